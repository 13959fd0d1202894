"""The audit and the supplement as a page: every text in one language, for resources/pages/award."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from wallet.model.audit import Activity, Audit
from wallet.model.credential import Text
from wallet.model.programme import AwardStatus, RequirementProgress
from wallet.texts import Message, Texts, verdicts
from wallet.texts import auditing as words
from wallet.texts import progress as said

Facts = dict[str, Any]
Rows = list[list[str]]
CODE = "code"
"""Marks a row whose value is a digest or an identifier."""


def supplement(found: Audit, t: Texts) -> Facts:
    """The table of activities under a few lines about the award."""
    page = _page(found, t, words.SUPPLEMENT)
    return {**page, "sections": [_table(found, t)], "remark": ""}


def audit(found: Audit, t: Texts) -> Facts:
    """The table, then every requirement and rule, then the evidence for each credential."""
    page = _page(found, t, words.AUDIT)
    requirements = [
        line for one in found.award.requirements for line in _requirement(t, one, _titles(found))
    ]
    sections = [_table(found, t), _lines(t, words.REQUIREMENTS, requirements)]
    sections += _some(t, words.OVERALL, [said.rule(t, one) for one in found.award.rules])
    open_ = [said.to_confirm(t, one, _names(found, t)) for one in found.award.to_confirm]
    sections += _some(t, words.OPEN, open_)
    if found.activities:
        entries = [_evidence(t, one) for one in found.activities]
        sections.append({"kind": "entries", "title": t(words.EVIDENCE), "entries": entries})
    sections += _some(t, words.ASSUMPTIONS, found.assessment.assumptions)
    page["head"].append([t(words.DEFINITION), found.definition, CODE])
    return {**page, "sections": sections, "remark": t(words.CHECK_DIGESTS)}


def _page(found: Audit, t: Texts, title: Message) -> Facts:
    assessment, award = found.assessment, found.award
    status = award.status
    verdict = t(words.NOT_MET_YET)
    if status is AwardStatus.MET:
        verdict = said.decides(t, assessment)
    elif status is AwardStatus.MET_IF_CONFIRMED:
        verdict = t(words.MET_IF)
    head: Rows = [
        [t(words.LEARNER), t.listing(found.learners) or t(words.NOT_STATED)],
        [t(words.PROGRAMME), assessment.title.best(t.language)],
        [t(words.VERSION), assessment.version],
        [t(words.RULES_FROM), t(words.PUBLISHED[found.published])],
        [t(words.EVALUATED), _day(t, assessment.on)],
    ]
    if found.vouched_by:
        head.insert(4, [t(words.VOUCHED_BY), found.vouched_by])
    return {
        "language": t.language,
        "title": t(title),
        "award": award.title.best(t.language),
        "authors": list(found.learners),
        "date": [found.at.year, found.at.month, found.at.day],
        "result": f"{t(words.RESULT)}: {said.status(t, status)}",
        "verdict": verdict,
        "head": head,
        "footer": t(words.NOT_ISSUED),
        "page": t(words.PAGE, page="{page}", pages="{pages}"),
    }


def _table(found: Audit, t: Texts) -> Facts:
    if not found.activities:
        return _lines(t, words.ACTIVITIES, [t(words.NOTHING_COUNTED)])
    columns = (words.ACTIVITY, words.UNIVERSITY, words.COMPONENT, words.ECTS, words.DATE,
               words.GRADE)  # fmt: skip
    return {
        "kind": "table",
        "title": t(words.ACTIVITIES),
        "columns": [t(one) for one in columns],
        "rows": [_row(t, one) for one in found.activities],
        "total": [t(words.TOTAL), t.decimal(found.total)],
    }


def _row(t: Texts, one: Activity) -> list[str]:
    return [
        one.title.best(t.language),
        _universities(t, one),
        t(words.COMPONENTS[one.component]),
        t.decimal(one.ects),
        _day(t, one.awarded),
        _grade(t, one),
    ]


def _universities(t: Texts, one: Activity) -> str:
    names = [name.best(t.language) for name in one.universities]
    return t.listing(names) or t(words.NOT_STATED)


def _grade(t: Texts, one: Activity) -> str:
    if one.grade is None:
        return "–"
    if one.grade_scale is None:
        return one.grade
    return t(words.GRADE_ON, grade=one.grade, scale=one.grade_scale)


def _day(t: Texts, day: date | datetime | None) -> str:
    if day is None:
        return t(words.NOT_STATED)
    return t.date(day if isinstance(day, datetime) else datetime.combine(day, time()))


def _titles(found: Audit) -> dict[str, Text]:
    return {one.holding: one.title for one in found.activities}


def _requirement(
    t: Texts, one: RequirementProgress, titles: Mapping[str, Text], above: str = ""
) -> Iterator[str]:
    title = above + one.title.best(t.language)
    parts = [f"{title}: {said.requirement_state(t, one.state)}"]
    named = (replace(c, title=titles.get(c.id, c.title)) for c in one.met_by)
    parts += [said.met_by(t, counted) for counted in named]
    if one.missing is not None:
        parts.append(said.missing(t, one.missing))
    yield "; ".join(parts)
    for child in one.children:
        yield from _requirement(t, child, titles, f"{title} – ")


def _evidence(t: Texts, one: Activity) -> Facts:
    counted, held = t.decimal(one.ects), one.held_ects
    if held is None:
        counted = t(words.COUNTED_SILENT, ects=counted)
    elif held != one.ects:
        counted = t(words.COUNTED_OF, ects=counted, held=t.decimal(held))
    state = verdicts.state(t, one.standing)
    rows: Rows = [
        [t(words.COUNTED_FOR), one.requirement_title.best(t.language)],
        [t(words.COUNTED_ECTS), counted],
        [t(words.UNIVERSITY), _universities(t, one)],
        [t(words.RECOGNISED), _recognised(t, one)],
        [t(words.STATE), t(words.STATE_ON, state=state, date=_day(t, one.checked_at))],
    ]
    if one.open:
        rows.append([t(words.OPEN), t.listing(said.open_fact(t, fact) for fact in one.open)])
    if one.credential_id is not None:
        rows.append([t(words.CREDENTIAL_ID), one.credential_id, CODE])
    rows.append([t(words.DIGEST), one.sha256, CODE])
    return {"title": one.title.best(t.language), "rows": rows}


def _recognised(t: Texts, one: Activity) -> str:
    strength = said.strength(t, one.strength)
    if one.confirmed_at is not None:
        return t(words.CONFIRMED_ON, strength=strength, date=_day(t, one.confirmed_at))
    if one.matched:
        return f"{strength}: {one.matched}"
    return strength


def _names(found: Audit, t: Texts) -> said.Names:
    titles = _titles(found)
    return lambda name: titles[name].best(t.language) if name in titles else name


def _lines(t: Texts, title: Message, lines: Iterable[str]) -> Facts:
    return {"kind": "lines", "title": t(title), "lines": list(lines)}


def _some(t: Texts, title: Message, lines: Iterable[str]) -> list[Facts]:
    found = list(lines)
    return [_lines(t, title, found)] if found else []
