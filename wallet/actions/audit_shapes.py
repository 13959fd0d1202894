"""The audit and the supplement as JSON: stable names, ECTS as text, dates in ISO 8601."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from wallet.model.audit import Activity, Audit
from wallet.model.credential import Text
from wallet.model.programme import Missing, RequirementProgress, RuleProgress

AUDIT = "mikrofolio-audit/1"
SUPPLEMENT = "mikrofolio-supplement/1"

Shape = dict[str, Any]


def audit(found: Audit) -> Shape:
    """What was counted by which rule of which version, with the credentials' digests."""
    award = found.award
    return {
        "format": AUDIT,
        **_head(found),
        "requirements": [_requirement(one) for one in award.requirements],
        "rules": [_rule(one) for one in award.rules],
        "activities": [_evidence(one) for one in found.activities],
        "missing": [_missing(one) for one in award.missing],
        "missingItems": award.missing_items,
        "missingEcts": _number(award.missing_ects),
        "toConfirm": [
            {"id": one.subject, "facts": [fact.value for fact in one.facts]}
            for one in award.to_confirm
        ],
        "assumptions": list(found.assessment.assumptions),
    }


def supplement(found: Audit) -> Shape:
    """Activities, university, obligatory or elective, ECTS, date, grade."""
    return {
        "format": SUPPLEMENT,
        **_head(found),
        "activities": [_activity(one) for one in found.activities],
    }


def _head(found: Audit) -> Shape:
    assessment, award = found.assessment, found.award
    return {
        "programme": assessment.programme,
        "programmeTitle": _text(assessment.title),
        "version": assessment.version,
        "published": found.published,
        "definitionSha256": found.definition,
        "vouchedBy": found.vouched_by,
        "award": award.key,
        "awardTitle": _text(award.title),
        "status": award.status.value,
        "on": assessment.on.isoformat(),
        "at": _moment(found.at),
        "learners": list(found.learners),
        "ects": _number(found.total),
    }


def _activity(one: Activity) -> Shape:
    return {
        "id": one.holding,
        "title": _text(one.title),
        "universities": [_text(name) for name in one.universities],
        "countries": list(one.countries),
        "requirement": one.requirement,
        "requirementTitle": _text(one.requirement_title),
        "component": one.component.value,
        "ects": _number(one.ects),
        "heldEcts": _number(one.held_ects),
        "eqf": one.eqf,
        "awarded": one.awarded.isoformat() if one.awarded is not None else None,
        "grade": one.grade,
        "gradeScale": one.grade_scale,
    }


def _evidence(one: Activity) -> Shape:
    return {
        **_activity(one),
        "strength": one.strength.value,
        "matched": one.matched or None,
        "open": [fact.value for fact in one.open],
        "confirmedAt": _moment(one.confirmed_at),
        "credentialId": one.credential_id,
        "credentialFormat": one.format,
        "sha256": one.sha256,
        "state": one.standing.state.value,
        "checkedAt": _moment(one.checked_at),
    }


def _requirement(one: RequirementProgress) -> Shape:
    return {
        "key": one.key,
        "title": _text(one.title),
        "at": one.at,
        "state": one.state.value,
        "countedEcts": _number(one.counted_ects),
        "metBy": [counted.id for counted in one.met_by],
        "missing": _missing(one.missing) if one.missing is not None else None,
        "of": [_requirement(child) for child in one.children],
    }


def _rule(one: RuleProgress) -> Shape:
    return {
        "key": one.key,
        "title": _text(one.title),
        "at": one.at,
        "type": one.type,
        "state": one.state.value,
        "found": _text(one.found),
        "needed": _text(one.needed),
        "advice": one.advice,
    }


def _missing(one: Missing) -> Shape:
    return {
        "key": one.key,
        "title": _text(one.title),
        "rule": one.rule,
        "items": one.items,
        "ects": _number(one.ects),
        "moreThan": one.more_than,
    }


def _text(value: Text | None) -> Shape | None:
    return None if value is None else {tag or "und": said for tag, said in value.values}


def _number(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"


def _moment(at: datetime | None) -> str | None:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at is not None else None
