"""The JSON shapes of the command line (design/command-line.md), from the model's values."""

from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from wallet.model.credential import Concept, Credential, Elements, Organisation, Text
from wallet.model.intake import Examined, Problem
from wallet.model.keeping import Entry, TrustDecision, TrustItem
from wallet.model.presentation import LedgerEntry
from wallet.model.verification import Check, standing
from wallet.texts import Texts, problems

if TYPE_CHECKING:
    from wallet.model.programme import Assessment, AwardAssessment, Conflict, Place

Shape = dict[str, Any]


def moment(at: datetime | None) -> str | None:
    """RFC 3339 in UTC, seconds, with Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None


def day(at: datetime | None) -> str | None:
    """The date alone."""
    return at.astimezone(UTC).strftime("%Y-%m-%d") if at else None


def number(value: Decimal | None) -> str | None:
    """A decimal as text without trailing zeros."""
    return None if value is None else f"{value.normalize():f}"


def text(value: Text | None) -> str | None:
    """The best single text: English, else the first."""
    return value.best() if value else None


def examined(item: Examined) -> Shape:
    """One item of `verify --json`."""
    credential = item.credential
    return {
        "source": item.source,
        "path": list(item.path),
        "format": credential.format.value,
        "securing": credential.securing,
        "title": text(credential.title),
        "issuer": credential.issuer.label or None if credential.issuer else None,
        "awarding_bodies": [body.label for body in credential.awarding_bodies],
        "issued": day(credential.issued),
        "valid_until": day(credential.valid_until),
        "outcome": item.report.outcome.value,
        "state": item.standing.state.value,
        "checks": [check(one) for one in item.report.checks],
    }


def check(one: Check) -> Shape:
    """One check: name, outcome, reason or null, facts."""
    return {
        "name": one.name.value,
        "outcome": one.outcome.value,
        "reason": one.reason.value if one.reason else None,
        "facts": dict(one.facts),
    }


def problem(one: Problem, texts: Texts) -> Shape:
    """One entry of `problems`."""
    return {
        "source": one.source,
        "path": list(one.path),
        "code": one.code.value,
        "message": problems.problem(texts, one),
    }


def entry(one: Entry) -> Shape:
    """One credential of `list --json`."""
    return {
        "id": one.id,
        "title": text(one.title),
        "format": one.format.value,
        "issuer": one.issuer or None,
        "awarding_bodies": list(one.awarding_bodies),
        "issued": day(one.issued),
        "valid_until": day(one.valid_until),
        "ects": number(one.ects),
        "state": standing(one.report).state.value,
        "outcome": one.report.outcome.value,
        "versions": one.versions,
        "tags": list(one.tags),
    }


def shown_to(one: LedgerEntry) -> Shape:
    """One line of `ledger --json`."""
    return {
        "id": one.id,
        "made_at": moment(one.made_at),
        "form": one.form.value,
        "titles": list(one.titles),
        "credentials": list(one.credential_ids),
        "audience": one.audience,
        "expires": moment(one.expires),
        "holder": one.holder,
        "sha256": one.sha256,
        "bytes": one.size,
    }


def achievements(credential: Credential) -> list[Shape]:
    """Every achievement with its sixteen elements, null where not stated."""
    return [
        {
            "elements": elements(item.elements),
            "identifiers": list(item.identifiers),
            "codes": list(item.codes),
            "isced": list(item.isced),
            "esco": list(item.esco),
            "form": item.form,
        }
        for item in credential.achievements
    ]


def elements(stated: Elements) -> Shape:
    """The European standard elements of one achievement, in the Council's order."""
    return {
        "learner": _learner(stated),
        "title": _texts(stated.title),
        "country": list(stated.country) or None,
        "awarding_body": [_organisation(body) for body in stated.awarding_body] or None,
        "issued": day(stated.issued),
        "learning_outcomes": _outcomes(stated) or None,
        "workload": _workload(stated),
        "level": _level(stated),
        "assessment": _concepts(stated.assessment),
        "participation": _concepts(stated.participation),
        "quality_assurance": _concepts(stated.quality_assurance),
        "prerequisites": _all_texts(stated.prerequisites),
        "supervision": _concepts(stated.supervision),
        "grade": _grade(stated),
        "stackability": _all_texts(stated.stackability),
        "further_information": _all_texts(stated.further_information),
    }


def _texts(value: Text | None) -> Shape | None:
    return None if value is None else {tag or "und": said for tag, said in value.values}


def _all_texts(values: tuple[Text, ...]) -> list[Shape | None] | None:
    return [_texts(value) for value in values] or None


def _organisation(body: Organisation) -> Shape:
    return {
        "name": _texts(body.name),
        "identifiers": list(body.identifiers),
        "country": body.country,
    }


def _concept(concept: Concept) -> Shape:
    return {"label": _texts(concept.label), "uri": concept.uri}


def _concepts(concepts: tuple[Concept, ...]) -> list[Shape] | None:
    return [_concept(concept) for concept in concepts] or None


def _outcomes(stated: Elements) -> list[Shape]:
    return [
        {"text": _texts(one.text), "skills": [_concept(skill) for skill in one.skills]}
        for one in stated.learning_outcomes
    ]


def _learner(stated: Elements) -> Shape | None:
    learner = stated.learner
    if learner is None:
        return None
    return {
        "name": learner.name,
        "birth_date": learner.birth_date,
        "identifiers": list(learner.identifiers),
    }


def _workload(stated: Elements) -> Shape | None:
    workload = stated.workload
    if workload is None:
        return None
    return {"ects": number(workload.ects), "hours": workload.hours}


def _level(stated: Elements) -> Shape | None:
    level = stated.level
    if level is None:
        return None
    return {"eqf": level.eqf, "others": [_concept(other) for other in level.others]}


def _grade(stated: Elements) -> Shape | None:
    grade = stated.grade
    if grade is None:
        return None
    return {"value": _texts(grade.value), "scale": _texts(grade.scale)}


def assessment(one: "Assessment") -> Shape:
    """What `programme assess --json` prints (programmes/README.md); of a what-if, what is planned.

    Planned items are never among what is used.
    """
    return {
        "programme": one.programme,
        "version": one.version,
        **({"planned": list(one.planned)} if one.planned else {}),
        "awards": {award.key: _award(award, frozenset(one.planned)) for award in one.awards},
    }


def conflict(one: "Conflict") -> Shape:
    """A credential that two awards want, of which one excludes the other."""
    return {
        "id": one.holding,
        "countedIn": one.counted_in,
        "wantedBy": one.wanted_by,
        "chosen": one.chosen,
    }


def place(one: "Place") -> Shape:
    """Where a credential counts, or would and why it does not."""
    return {
        "id": one.holding,
        "programme": one.programme,
        "award": one.award,
        "requirement": one.requirement,
        "reason": one.reason.value if one.reason else None,
        "other": one.other,
    }


def _award(award: "AwardAssessment", planned: frozenset[str]) -> Shape:
    used = {key: [one for one in ids if one not in planned] for key, ids in award.used}
    return {
        "status": award.status.value,
        "used": {key: ids for key, ids in used.items() if ids},
        "usedEcts": number(award.used_ects),
        "missingItems": award.missing_items,
        "missingEcts": number(award.missing_ects),
        "next": [list(plan) for plan in award.next],
        "toConfirm": [one.subject for one in award.to_confirm],
        "notCounted": {one.id: one.reason.value for one in award.not_counted},
    }


def trust(items: Iterable[TrustItem], decisions: Iterable[TrustDecision]) -> Shape:
    """What `trust list --json` prints."""
    return {
        "anchors": [
            {
                "id": one.id,
                "kind": one.kind,
                "name": one.name,
                "source": one.source,
                "as_of": moment(one.as_of),
            }
            for one in items
        ],
        "decisions": [
            {
                "id": one.id,
                "key": one.key,
                "decision": one.verdict.value,
                "how": one.how,
                "made_at": moment(one.made_at),
            }
            for one in decisions
        ],
    }
