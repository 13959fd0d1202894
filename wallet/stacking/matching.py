"""From a credential in the vault to holdings: what programmes look at, and whether it counts.

One holding per achievement. The state follows from the verification report: `valid` when proof,
issuer and validity passed and status passed or none is stated; anything open is `unverified`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from wallet import formats
from wallet.errors import MalformedCredential
from wallet.model.credential import (
    Achievement,
    Concept,
    Credential,
    Element,
    Format,
    Grade,
    JsonObject,
    Organisation,
    Text,
    is_global,
)
from wallet.model.programme import (
    AwardingBody,
    HeldCode,
    HeldGrade,
    Holding,
    HoldingState,
    Programme,
)
from wallet.model.verification import CheckName, Outcome, Reason, VerificationReport, passed
from wallet.stacking.courses import Bodies

MAX_PARTS = 200
"""Credentials inside one that are opened to learn what it is made of."""
EVENING = (22, 23)
"""Hours in UTC at which a day begins in Central Europe, in summer and in winter."""

_MODES = {
    "920fbb3cbe": "online",
    "e92d221e4d": "blended",
    "9191af2ed9": "onsite",
    "online": "online",
    "blended": "blended",
    "presential": "onsite",
    "onsite": "onsite",
    "on site": "onsite",
    "hybrid": "blended",
}
_COUNTRY = re.compile(r"[A-Z]{2}")
"""A country as rules compare it; anything else stated is a name, and would count twice."""
_ISCED = re.compile(r"(?:^|[/#:])(\d{2,4})$")


def holdings(
    entry_id: str,
    credential: Credential,
    report: VerificationReport,
    *,
    not_mine: bool = False,
    name_differs: bool = False,
) -> tuple[Holding, ...]:
    """Make holdings of a credential: one per achievement.

    Args:
        entry_id: the vault's id. The first achievement bears it; further ones "ID#2", "ID#3".
        credential: as read from its bytes.
        report: what its verification found.
        not_mine: the person said so, or an identifier differs.
        name_differs: only a name differs from "About me": open, never somebody else's.
    """
    stale = _attestation_expired(credential, report)
    state = state_of(credential, _in_force(report) if stale else report)
    if not_mine:
        state = HoldingState.NOT_MINE
    elif name_differs and state is HoldingState.VALID:
        state = HoldingState.UNVERIFIED
    inside = tuple(dict.fromkeys(_parts(credential)))
    found = []
    for number, achievement in enumerate(credential.achievements, start=1):
        name = holding_id(entry_id, number)
        made = _holding(
            name,
            credential,
            achievement,
            state=state,
            parts=tuple(one for one in inside if one not in achievement.identifiers),
        )
        found.append(replace(made, attestation_expired=stale))
    return tuple(found)


def holding_id(entry_id: str, achievement: int) -> str:
    """Name an achievement of a credential: "ID" for the first, then "ID#2", "ID#3"."""
    return entry_id if achievement == 1 else f"{entry_id}#{achievement}"


def may_be(programme: Programme, held: Holding, key: str) -> bool:
    """Tell whether the person's word can make a credential this catalogue item.

    Only where it states neither a global identifier nor a code, and no other awarding body.
    """
    item = programme.item(key)
    if item is None or held.codes or any(is_global(one) for one in held.achievement):
        return False
    bodies = Bodies(programme, (held,))
    stated = [bodies.resolve(one) for one in held.awarded_by]
    return not stated or any(body is not None and body.key in item.awarded_by for body in stated)


def state_of(credential: Credential, report: VerificationReport) -> HoldingState:
    """Derive whether the credential counts from its report; the first that applies.

    A failed proof never counts, whatever else is known; a credential that is not in force yet
    does not count yet.
    """
    if credential.format is Format.SELF_ASSERTED:
        return HoldingState.SELF_ASSERTED
    check = report.check
    for name in (CheckName.FORMAT, CheckName.PROOF, CheckName.ISSUER):
        if check(name).outcome is Outcome.FAILED:
            return HoldingState.INVALID
    if check(CheckName.STATUS).outcome is Outcome.FAILED:
        return HoldingState.REVOKED
    if check(CheckName.HOLDER).outcome is Outcome.FAILED:
        return HoldingState.NOT_MINE
    validity = check(CheckName.VALIDITY)
    if validity.outcome is Outcome.FAILED:
        early = validity.reason is Reason.NOT_YET_VALID
        return HoldingState.IN_PROGRESS if early else HoldingState.EXPIRED
    settled = (CheckName.FORMAT, CheckName.PROOF, CheckName.ISSUER, CheckName.VALIDITY)
    if all(check(name).outcome is Outcome.PASSED for name in settled) and _status_is_settled(
        report
    ):
        return HoldingState.VALID
    return HoldingState.UNVERIFIED


def _attestation_expired(credential: Credential, report: VerificationReport) -> bool:
    """Whether only the attestation is out of date: an SD-JWT's `exp`, and no end of its content.

    SD-JWT VC are issued anew every few weeks; what they attest ends where it says so
    (`date_of_expiry`, the inner document's own end), and else not at all.
    """
    if credential.format is not Format.SD_JWT_VC:
        return False
    validity = report.check(CheckName.VALIDITY)
    if validity.outcome is not Outcome.FAILED or validity.reason is not Reason.EXPIRED:
        return False
    own = _own_end(credential.document)
    return own is None or own > report.at


def _in_force(report: VerificationReport) -> VerificationReport:
    checks = (passed(c.name) if c.name is CheckName.VALIDITY else c for c in report.checks)
    return replace(report, checks=tuple(checks))


def _own_end(claims: JsonObject) -> datetime | None:
    """The first end that the content of an SD-JWT states for itself."""
    from wallet.formats import data_model, sd_jwt_elements  # noqa: PLC0415 -- only stale ones pay

    content = sd_jwt_elements.content(claims)
    inner = data_model.read(content.body, sealed=True).valid_until if content is not None else None
    ends = [at for at in (inner, sd_jwt_elements.achievement_ends(claims)) if at is not None]
    return min(ends, default=None)


def _status_is_settled(report: VerificationReport) -> bool:
    status, holder = report.check(CheckName.STATUS), report.check(CheckName.HOLDER)
    none_stated = {Reason.NO_STATUS_STATED, Reason.NOT_APPLICABLE}
    settled = status.outcome is Outcome.PASSED or (
        status.outcome is Outcome.NOT_CHECKED and status.reason in none_stated
    )
    return settled and holder.outcome is not Outcome.INDETERMINATE


def _holding(
    name: str,
    credential: Credential,
    achievement: Achievement,
    *,
    state: HoldingState,
    parts: tuple[str, ...],
) -> Holding:
    elements = achievement.elements
    title = elements.title or credential.title
    workload, level = elements.workload, elements.level
    outcomes = (skill.uri for outcome in elements.learning_outcomes for skill in outcome.skills)
    return Holding(
        id=name,
        achievement=achievement.identifiers,
        codes=tuple(HeldCode(code) for code in achievement.codes),
        awarded_by=tuple(_body(body) for body in elements.awarding_body),
        titles=_texts(title),
        ects=workload.ects if workload is not None else None,
        eqf=level.eqf if level is not None else None,
        isced=tuple(dict.fromkeys(_isced(achievement.isced))),
        esco=achievement.esco,
        outcomes=tuple(dict.fromkeys(uri for uri in outcomes if uri and is_global(uri))),
        form=achievement.form,
        mode=_modes(elements.participation),
        grade=_grade(elements.grade),
        awarded=day_of(elements.issued),
        state=state,
        attendance_only=_attendance(achievement, credential),
        parts=parts,
    )


def _texts(text: Text | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.everything())) if text is not None else ()


def _body(body: Organisation) -> AwardingBody:
    country = body.country if body.country and _COUNTRY.fullmatch(body.country) else None
    return AwardingBody(body.identifiers, _texts(body.name), country)


def _isced(stated: Iterable[str]) -> Iterator[str]:
    for code in stated:
        found = _ISCED.search(code.strip())
        if found:
            yield found[1]


def _modes(stated: Iterable[Concept]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for concept in stated:
        words = [concept.uri.rstrip("/").rpartition("/")[2]] if concept.uri else []
        words += concept.label.everything() if concept.label is not None else []
        for word in words:
            mode = _MODES.get(word.strip().casefold().replace("-", ""))
            if mode is not None:
                found[mode] = None
    return tuple(found)


def _grade(grade: Grade | None) -> HeldGrade | None:
    return HeldGrade(grade.value.best(), _texts(grade.scale)) if grade is not None else None


def day_of(moment: datetime | None) -> date | None:
    """The day of an award. Midnight in Central Europe is written as the evening before in UTC."""
    if moment is None:
        return None
    midnight = moment.hour in EVENING and moment.minute == moment.second == 0
    return (moment + timedelta(hours=24 - moment.hour)).date() if midnight else moment.date()


def _attendance(achievement: Achievement, credential: Credential) -> bool:
    """Attendance alone: it says so, or no assessment is stated. A grade is an assessment."""
    if credential.format is Format.SELF_ASSERTED:
        return False
    stated = achievement.elements.stated()
    assessed = Element.ASSESSMENT in stated or Element.GRADE in stated
    return achievement.attendance_only or not assessed


def _parts(credential: Credential) -> Iterator[str]:
    """Global identifiers of the achievements that the credentials inside are about."""
    for part in credential.parts[:MAX_PARTS]:
        try:
            inner = formats.read(part.raw)
        except MalformedCredential:
            continue
        if inner is not None:
            yield from (one for each in inner.achievements for one in each.identifiers)
