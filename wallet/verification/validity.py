"""In force at the time asked? Dates of the credential, its JWT and its proof, and a clock."""

from collections.abc import Mapping
from datetime import datetime

from wallet.formats import dates
from wallet.model.verification import Check, CheckName, Reason, failed, passed


def validity(
    valid_from: datetime | None,
    valid_until: datetime | None,
    at: datetime,
    proof: Mapping[str, str] | None = None,
) -> Check:
    """Compare the bounds with the time asked about: from the first to before the last moment.

    VCDM 2.0, section 4.9 (`validUntil`: when it ceases to be valid); RFC 7519, sections 4.1.4 and
    4.1.5; Data Integrity 1.0, section 2.1 (`expires` of the proof).

    Args:
        valid_from: the latest stated start, None if none is stated.
        valid_until: the earliest stated end.
        at: the time asked about.
        proof: facts of the proof check; `expires` among them ends the credential too.
    """
    facts = {}
    if valid_from is not None:
        facts["from"] = dates.text(valid_from)
    stated = (proof or {}).get("expires")
    if stated is not None:
        end = dates.moment(stated)
        if end is None:
            return failed(CheckName.VALIDITY, Reason.EXPIRED, **facts)
        valid_until = min(end.end, valid_until) if valid_until is not None else end.end
    if valid_from is not None and at < valid_from:
        return failed(CheckName.VALIDITY, Reason.NOT_YET_VALID, **facts, date=facts["from"])
    if valid_until is not None:
        facts["until"] = facts["date"] = dates.text(valid_until)
        if at >= valid_until:
            return failed(CheckName.VALIDITY, Reason.EXPIRED, **facts)
    return passed(CheckName.VALIDITY, None, **facts)
