"""Seals of a small Europe, judged: what the tests of judging have in common."""

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from tests.proofs import stamping
from tests.trust import europe
from tests.trust.europe import EARLY, OPERATOR, SEAL, SIGNED, Entry, Listing
from wallet.model.credential import Organisation, Text
from wallet.proofs.evidence import Evidence
from wallet.proofs.timestamps import Integrity, Kind, TimeStamp
from wallet.trust import list_xml
from wallet.trust.qualification import Judgement, ProofOfExistence, judge
from wallet.trust.trusted_list import TrustedList

AT = datetime(2026, 11, 22, tzinfo=UTC)
DAY = timedelta(days=1)
LEAF, CA = europe.seal(), europe.authority()
GRANTED = Listing(certificates=(CA,))
EXPIRED = europe.seal(valid=(EARLY, SIGNED + 30 * DAY))
ENDED = SIGNED + 30 * DAY
ISSUER = Organisation(Text.plain(SEAL), ("VATPL-0000000000",))


@cache
def known(*listings: Listing) -> tuple[TrustedList, ...]:
    found = list_xml.read(
        europe.national(*(listings or (GRANTED,))), (europe.authority(OPERATOR),), "pl.xml", AT
    )
    assert isinstance(found, TrustedList)
    return (found,)


def judged(
    *listings: Listing,
    at: datetime = AT,
    existence: ProofOfExistence | None = None,
    chain: tuple[bytes, ...] = (LEAF, CA),
    **evidence: Any,
) -> Judgement:
    stated = Evidence(chain, **{"signed_at": SIGNED, **evidence})
    return judge(stated, known(*listings), at, existence)


TIMES = Listing((Entry(uses=()),), (stamping.authority(),), type="TSA/QTST")
STAMP = TimeStamp(
    Kind.SIGNATURE, Integrity.INTACT, SIGNED + DAY, "Example Time", stamping.authority()
)


def stamped(*stamps: TimeStamp, listing: Listing = TIMES, **changes: Any) -> Judgement:
    return judged(GRANTED, listing, chain=(EXPIRED, CA), stamps=stamps, **changes)
