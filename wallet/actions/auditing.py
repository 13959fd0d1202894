"""What is handed in with an application: the audit of an award, and its supplement.

First the data (`audit`), then its file: JSON for machines, PDF for people. A file's ending decides.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from wallet.actions import audit_pages, audit_shapes
from wallet.actions import programmes as shelf
from wallet.actions import progress as counting
from wallet.actions.files import save
from wallet.actions.wallet import Wallet, entries
from wallet.errors import NotFound, UsageError
from wallet.model.audit import Activity, Audit, Component
from wallet.model.credential import Achievement, Format, Text
from wallet.model.keeping import Kept
from wallet.model.programme import (
    Award,
    AwardAssessment,
    Counted,
    Programme,
    RequirementProgress,
)
from wallet.model.verification import Outcome, standing
from wallet.presentation.typesetting import typeset
from wallet.stacking import matching
from wallet.stacking.components import component
from wallet.texts import use


def audit(wallet: Wallet, programme_id: str, award_key: str | None = None) -> Audit:
    """Evaluate one award and collect what was counted, by which rule, and the evidence.

    Without an award's key the programme has to have one award only, or one that contains the
    others. Raises NotFound, UsageError.
    """
    credentials = counting.held(wallet, entries(wallet))
    known = shelf.named(counting.in_use(wallet, credentials), programme_id)
    award = _award(known, award_key)
    assessment = counting.assess_held(wallet, known, credentials)
    answer = assessment.award(award.key)
    version = next(
        one
        for one in shelf.versions(wallet)
        if (one.programme.id, one.programme.version) == (known.id, known.version)
    )
    vouched = shelf.vouched(wallet, version.own) if version.own is not None else None
    signed = vouched is not None and vouched.report.outcome is Outcome.PASSED
    activities = tuple(_activities(wallet, known, award, answer))
    return Audit(
        assessment=assessment,
        award=answer,
        at=wallet.clock(),
        definition=hashlib.sha256(shelf.file_of(version)).hexdigest(),
        published=known.status,
        vouched_by=vouched.by if vouched is not None and signed else None,
        learners=_learners(wallet, activities),
        activities=activities,
    )


def audit_json(found: Audit) -> bytes:
    """Write the audit as JSON."""
    return _json(audit_shapes.audit(found))


def supplement_json(found: Audit) -> bytes:
    """Write the supplement as JSON."""
    return _json(audit_shapes.supplement(found))


def audit_pdf(found: Audit, language: str) -> bytes:
    """Print the audit in a language, as PDF/A-3a and PDF/UA-1."""
    return typeset("award", audit_pages.audit(found, use(language)), found.at)


def supplement_pdf(found: Audit, language: str) -> bytes:
    """Print the supplement in a language, as PDF/A-3a and PDF/UA-1."""
    return typeset("award", audit_pages.supplement(found, use(language)), found.at)


def write_audit(found: Audit, path: Path, language: str) -> Path:
    """Save the audit as the file's ending says. Raises UsageError for another, NotWritable."""
    return save(audit_pdf(found, language) if _is_pdf(path) else audit_json(found), path)


def write_supplement(found: Audit, path: Path, language: str) -> Path:
    """Save the supplement as the file's ending says. Raises UsageError for another, NotWritable."""
    return save(supplement_pdf(found, language) if _is_pdf(path) else supplement_json(found), path)


def _is_pdf(path: Path) -> bool:
    ending = path.suffix.lower()
    if ending not in {".pdf", ".json"}:
        raise UsageError(detail="pdf_or_json")
    return ending == ".pdf"


def _json(shape: object) -> bytes:
    return json.dumps(shape, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"


def _award(programme: Programme, key: str | None) -> Award:
    if key is not None:
        found = programme.award(key)
        if found is None:
            raise NotFound(id=key)
        return found
    nested = {inner for award in programme.awards for inner in award.absorbs}
    outer = [award for award in programme.awards if award.key not in nested]
    if len(outer) != 1:
        raise UsageError(detail="one_award")
    return outer[0]


def _activities(
    wallet: Wallet, programme: Programme, award: Award, answer: AwardAssessment
) -> Iterator[Activity]:
    confirmed = {
        (one.credential_id, one.achievement, one.item): one.made_at
        for one in counting.confirmations(wallet)
        if one.programme == programme.id
    }
    for node in _leaves(answer.requirements):
        for counted in node.met_by:
            if not counted.planned:
                entry_id, number = counting.achievement_of(counted.id)
                made = _activity(wallet.vault.get(entry_id), number, node, counted)
                yield replace(
                    made,
                    component=component(programme, award, node.key),
                    confirmed_at=confirmed.get((entry_id, number, counted.matched)),
                )


def _leaves(nodes: tuple[RequirementProgress, ...]) -> Iterator[RequirementProgress]:
    for node in nodes:
        if node.met_by:
            yield node
        yield from _leaves(node.children)


def _activity(kept: Kept, number: int, node: RequirementProgress, counted: Counted) -> Activity:
    achievement = kept.credential.achievements[number - 1]
    stated, credential = achievement.elements, kept.credential
    grade = stated.grade
    entered = credential.format is Format.SELF_ASSERTED
    return Activity(
        holding=counted.id,
        title=stated.title or credential.title or counted.title,
        universities=_universities(achievement),
        countries=tuple(b.country for b in stated.awarding_body if b.country is not None),
        requirement=node.key,
        requirement_title=node.title,
        component=Component.ELECTIVE,
        ects=counted.ects,
        held_ects=counted.held_ects,
        eqf=stated.level.eqf if stated.level is not None else None,
        awarded=matching.day_of(stated.issued),
        grade=grade.value.best() if grade is not None else None,
        grade_scale=grade.scale.best() if grade is not None and grade.scale is not None else None,
        strength=counted.strength,
        matched=counted.matched,
        open=counted.open,
        confirmed_at=None,
        credential_id=credential.global_id,
        format=credential.format.value,
        sha256=next(one for one in kept.versions if one.shown).sha256,
        standing=standing(kept.entry.report, self_asserted=entered),
        checked_at=kept.entry.report.at,
    )


def _universities(achievement: Achievement) -> tuple[Text, ...]:
    return tuple(
        body.name or Text.plain(body.label)
        for body in achievement.elements.awarding_body
        if body.label
    )


def _learners(wallet: Wallet, activities: tuple[Activity, ...]) -> tuple[str, ...]:
    kept = (wallet.vault.get(one.holding.partition("#")[0]) for one in activities)
    return tuple(dict.fromkeys(name for one in kept for name in _names(one)))


def _names(kept: Kept) -> Iterator[str]:
    for achievement in kept.credential.achievements:
        learner = achievement.elements.learner
        if learner is not None and learner.name:
            yield " ".join(learner.name.split())
