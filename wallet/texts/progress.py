"""How far it is to a certificate, in sentences: answers, requirements, reasons, what comes next.

Polish terms are those of the programme rules: "nieuwzględnione" for not counted (never
"niezaliczone", which is a failed course), "efekty uczenia się", "punkty ECTS".
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, time
from decimal import Decimal

from wallet.model.assessment import (
    LEARNER,
    Assessment,
    AwardAssessment,
    AwardStatus,
    Candidate,
    Conflict,
    Counted,
    Missing,
    NotCounted,
    NotCountedReason,
    OpenFact,
    Place,
    RequirementState,
    RuleProgress,
    Strength,
    ToConfirm,
)
from wallet.texts.catalogue import Message, Texts
from wallet.texts.figures import MORE_THAN
from wallet.texts.sayings import Sayings, fullest

_DECIMAL = re.compile(r"(?<![\w.-])\d+\.\d+(?![\w.-])")

Names = Callable[[str], str]
"""From the id of a credential, or the key of a catalogue item, to what it is called."""

STATUSES: Mapping[AwardStatus, Message] = {
    AwardStatus.MET: Message("met"),
    AwardStatus.MET_IF_CONFIRMED: Message("met if you confirm"),
    AwardStatus.NOT_MET: Message("not met"),
    AwardStatus.NOT_FINISHED: Message("not finished"),
}
STATES: Mapping[RequirementState, Message] = {
    RequirementState.MET: Message("met"),
    RequirementState.MET_IF_CONFIRMED: Message("met if you confirm"),
    RequirementState.NOT_MET: Message("not met"),
    RequirementState.NOT_NEEDED: Message("not needed"),
}
WOULD = Message(
    "With what you plan you would meet the published rules (version {version}). Nothing planned "
    "is earned, and the university decides on the award."
)
WHAT_IF = Message("What if, as planned: {courses}")
DECIDES = Message(
    "You meet the published rules (version {version}). The university decides on the award."
)
STRENGTHS: Mapping[Strength, Message] = {
    Strength.IDENTIFIER: Message("recognised by its identifier"),
    Strength.CODE: Message("recognised by university and course code"),
    Strength.OUTCOMES: Message("recognised by its learning outcomes"),
    Strength.ATTRIBUTES: Message("fits by field, level or university"),
    Strength.CONFIRMED_TITLE: Message("confirmed by you"),
    Strength.TITLE: Message("suggested, needs confirmation"),
    Strength.STATED: Message("fits if what is not stated fits"),
}
OPEN_FACTS: Mapping[OpenFact, Message] = {
    OpenFact.CHECK: Message("it could not be checked yet"),
    OpenFact.SELF_ASSERTED: Message("it was entered by you"),
    OpenFact.ATTENDANCE: Message("it confirms attendance alone"),
    OpenFact.MATCH: Message("you have to confirm that it is this course"),
    OpenFact.APPROVAL: Message("needs approval by the programme office"),
    OpenFact.ECTS: Message("its ECTS credits are not stated; the catalogue's are assumed"),
    OpenFact.LEVEL: Message("its level is not stated"),
    OpenFact.GRADE: Message("its grade is not stated"),
    OpenFact.AWARDED: Message("its date is not stated"),
    OpenFact.AWARDING_BODY: Message("its awarding body is not stated"),
    OpenFact.FIELD: Message("its field is not stated"),
    OpenFact.OUTCOMES: Message("its learning outcomes are not stated"),
    OpenFact.FORM: Message("its form is not stated"),
    OpenFact.MODE: Message("its form of participation is not stated"),
    OpenFact.FIELD_OF_STUDY: Message("your own field of study is not known"),
}

# ---- met by, missing, could be met by -----------------------------------------------------------

MET_BY = Message("met by {title}: {ects} ECTS, {strength}")
MET_BY_PART = Message("met by {title}: {ects} of {held} ECTS, {strength}")
MET_BY_PLANNED = Message("planned: {title}, {ects} ECTS")
FRESH_COPY = Message("fetch a fresh copy")
MISSING_COURSES = Message("missing: {n} course", "missing: {n} courses")
MISSING_BOTH = Message("missing: {n} course, {ects} ECTS", "missing: {n} courses, {ects} ECTS")
MISSING_BOTH_MORE = Message(
    "missing: {n} course, more than {ects} ECTS", "missing: {n} courses, more than {ects} ECTS"
)
MISSING_ECTS = Message("missing: {ects} ECTS")
MISSING_ECTS_MORE = Message("missing: more than {ects} ECTS")
MISSING_ALMOST = Message("missing: it asks for more than you have, not for as much")
MISSING_ANYTHING = Message("missing: too many of its alternatives are met")
RULE_MISSING: Sayings = (
    Message("does not hold: {title} (found: {found}; asked: {needed})"),
    Message("does not hold: {title} (asked: {needed})"),
    Message("does not hold: {title}"),
)
COULD_BE = Message("could be met by {title}")
COULD_BE_IF = Message("could be met by {title}: {fact}")
COULD_BE_MOVED = Message("could be met by {title}, which counts elsewhere in this award now")
RULE: Sayings = (
    Message("{title}: {state} (found: {found}; asked: {needed})"),
    Message("{title}: {state} (asked: {needed})"),
    Message("{title}: {state}"),
)
RULE_ADVICE = Message("{title} (a recommendation)")

CONFLICT = Message(
    "{title} counts in “{award}”, and “{other}” would count it too, but not both. You decide."
)
CONFLICT_CHOSEN = Message("{title} counts in “{award}”, as you decided, and so not in “{other}”.")
COUNTS_THERE = Message("counts")
COUNTS_NOT = Message("does not count: {reason}")
GIVEN_TO = Message("Counts in “{title}” instead, as you decided")

# ---- not counted --------------------------------------------------------------------------------

REASONS: Mapping[NotCountedReason, Sayings] = {
    NotCountedReason.DUPLICATE: (Message("the same as {other}"), Message("a duplicate")),
    NotCountedReason.PART_OF: (
        Message("belongs together with {other} as whole and part"),
        Message("a part of another, or made of others"),
    ),
    NotCountedReason.EDITION_OF: (Message("another edition of {other}"), Message("an edition")),
    NotCountedReason.REVOKED: (Message("revoked"),),
    NotCountedReason.FAILED: (Message("its signature or form is not valid"),),
    NotCountedReason.EXPIRED: (Message("expired"),),
    NotCountedReason.NOT_MINE: (Message("issued to somebody else"),),
    NotCountedReason.IN_PROGRESS: (Message("not finished or not in force yet"),),
    NotCountedReason.NOT_CHECKED: (Message("it could not be checked yet"),),
    NotCountedReason.SELF_ASSERTED: (Message("it was entered by you"),),
    NotCountedReason.ATTENDANCE_ONLY: (Message("it confirms attendance alone"),),
    NotCountedReason.TOO_FEW_ECTS: (
        Message("too few ECTS: it has {found}, asked is {needed}"),
        Message("too few ECTS"),
    ),
    NotCountedReason.LEVEL_TOO_LOW: (
        Message("its level is {found}, asked is {needed}"),
        Message("its level does not fit"),
    ),
    NotCountedReason.LEVEL_NOT_STATED: (Message("its level is not stated"),),
    NotCountedReason.GRADE_TOO_LOW: (
        Message("its grade is {found}, asked is {needed}"),
        Message("its grade is too low"),
    ),
    NotCountedReason.OTHER_GRADE_SCALE: (Message("its grade is on another scale"),),
    NotCountedReason.OUTSIDE_DATES: (
        Message("its date ({found}) is outside the time allowed"),
        Message("its date is outside the time allowed"),
    ),
    NotCountedReason.COUNTED_ELSEWHERE: (
        Message("counted in {other}"),
        Message("counted in another award"),
    ),
    NotCountedReason.NEEDS_APPROVAL: (Message("needs approval by the programme office"),),
    NotCountedReason.NEEDS_CONFIRMATION: (Message("needs your confirmation"),),
    NotCountedReason.NOT_NEEDED: (Message("not needed here"),),
    NotCountedReason.NO_MATCH: (Message("it is no part of this programme"),),
}
NOT_COUNTED = Message("{title} is not counted: {reason}")

# ---- what next, and why not ---------------------------------------------------------------------

PLANS = Message("{n} plan of the same size", "{n} plans of the same size")
PLAN_SIZE = Message("The smallest plan: {n} course", "The smallest plan: {n} courses")
NO_PLAN = Message("No courses of the catalogue would be enough.")
CONFIRM = Message("To confirm: {title} ({facts})")
CONFIRM_ABOUT_YOU = Message("To fill in: {facts}")
BLOCKING = Message("These rules cannot hold together with what you have: {rules}")
BLOCKING_ONE = Message("With what you have this rule cannot hold: {rule}")
EARNED = Message("You hold this award already.")
APPROVAL_BY = Message("{title}: somebody else decides on this.")
BOUNDS = Message("Not finished: at least {least} and at most {most} courses are missing.")
BOUNDS_OPEN = Message("Not finished: at least {least} courses are missing.")
RESTS_ON = Message("Rests on {title}, version {version}, evaluated on {date}.")
ASSUMED = Message("Assumed, not published: {note}")
TRACK = Message("{title}: {done} of {n} step done", "{title}: {done} of {n} steps done")


def status(t: Texts, answer: AwardStatus) -> str:
    """Say one of the three answers (or that the search was not finished)."""
    return t(STATUSES[answer])


def requirement_state(t: Texts, state: RequirementState) -> str:
    """Say how one requirement stands."""
    return t(STATES[state])


def decides(t: Texts, assessment: Assessment) -> str:
    """Say, beside "met", which rules are met and who decides."""
    return t(WOULD if assessment.planned else DECIDES, version=assessment.version)


def rests_on(t: Texts, assessment: Assessment) -> str:
    """Say what the answer rests on: programme, version, day."""
    day = t.date(datetime.combine(assessment.on, time()))
    title = assessment.title.best(t.language)
    return t(RESTS_ON, title=title, version=assessment.version, date=day)


def strength(t: Texts, how: Strength) -> str:
    """Say how a credential was recognised."""
    return t(STRENGTHS[how])


def open_fact(t: Texts, fact: OpenFact) -> str:
    """Say what is open about a credential."""
    return t(OPEN_FACTS[fact])


# ---- requirements and rules ---------------------------------------------------------------------


def met_by(t: Texts, counted: Counted) -> str:
    """Say that a credential counts, how much of it, and how it was recognised."""
    title = counted.title.best(t.language)
    ects = t.decimal(counted.ects)
    if counted.planned:
        return t(MET_BY_PLANNED, title=title, ects=ects)
    how = strength(t, counted.strength)
    if counted.held_ects is not None and counted.held_ects != counted.ects:
        held = t.decimal(counted.held_ects)
        sentence = t(MET_BY_PART, title=title, ects=ects, held=held, strength=how)
    else:
        sentence = t(MET_BY, title=title, ects=ects, strength=how)
    notes = [open_fact(t, fact) for fact in counted.open]
    if counted.fresh_copy:
        notes.append(t(FRESH_COPY))
    return "; ".join(dict.fromkeys([sentence, *(note for note in notes if note not in sentence)]))


def missing(t: Texts, lack: Missing) -> str:
    """Say what a requirement lacks, or which rule over the whole does not hold."""
    if lack.rule:
        facts = {"title": lack.title.best(t.language)}
        return fullest(t, RULE_MISSING, facts | _figures(t, lack))
    ects = t.decimal(lack.ects)
    if lack.items and (lack.ects or lack.more_than):
        sentence = MISSING_BOTH_MORE if lack.more_than else MISSING_BOTH
        return t(sentence, n=lack.items, ects=ects)
    if lack.items:
        return t(MISSING_COURSES, n=lack.items)
    if lack.more_than:
        return t(MISSING_ECTS_MORE, ects=ects) if lack.ects else t(MISSING_ALMOST)
    return t(MISSING_ECTS, ects=ects) if lack.ects else t(MISSING_ANYTHING)


def could_be_met_by(t: Texts, candidate: Candidate) -> str:
    """Say which held credential could count, and the one thing in the way."""
    title = candidate.title.best(t.language)
    if candidate.fact is not None:
        return t(COULD_BE_IF, title=title, fact=open_fact(t, candidate.fact))
    if candidate.counted_in is not None:
        return t(COULD_BE_MOVED, title=title)
    return t(COULD_BE, title=title)


def rule(t: Texts, progress: RuleProgress) -> str:
    """Say how far a rule over the whole holds."""
    title = progress.title.best(t.language)
    if progress.advice:
        title = t(RULE_ADVICE, title=title)
    state = requirement_state(t, progress.state)
    return fullest(t, RULE, {"title": title, "state": state} | _figures(t, progress))


def _figures(t: Texts, one: RuleProgress | Missing) -> dict[str, str]:
    figures = {"found": one.found, "needed": one.needed}
    return {name: said.best(t.language) if said else "" for name, said in figures.items()}


# ---- why not ------------------------------------------------------------------------------------


def reason(t: Texts, one: NotCounted, names: Names = str) -> str:
    """Say why a held credential is not counted."""
    other = names(one.other) if one.other is not None else ""
    facts = {"other": other, "found": _numbers(t, one.found), "needed": _numbers(t, one.needed)}
    return fullest(t, REASONS[one.reason], facts)


def _numbers(t: Texts, figures: str) -> str:
    """Write decimal numbers with the language's mark, and a bare "> 3" in words."""
    written = _DECIMAL.sub(lambda found: t.decimal(Decimal(found[0])), figures)
    return t(MORE_THAN, number=written[2:]) if written.startswith("> ") else written


def not_counted(t: Texts, one: NotCounted, names: Names = str) -> str:
    """Name the credential and say why it is not counted."""
    return t(NOT_COUNTED, title=names(one.id), reason=reason(t, one, names))


def conflict(t: Texts, one: Conflict, names: Names = str) -> str:
    """Say which two awards want a credential that only one may count."""
    sentence = CONFLICT_CHOSEN if one.chosen else CONFLICT
    title, other = names(one.holding), names(one.wanted_by)
    return t(sentence, title=title, award=names(one.counted_in), other=other)


def place(t: Texts, one: Place, names: Names = str) -> str:
    """Say that a credential counts in an award, or why it does not."""
    if one.reason is None:
        return t(COUNTS_THERE)
    why = NotCounted(one.holding, one.reason, one.requirement, one.other)
    return t(COUNTS_NOT, reason=reason(t, why, names))


def to_confirm(t: Texts, one: ToConfirm, names: Names = str) -> str:
    """Say what has to be confirmed or filled in."""
    facts = t.listing(open_fact(t, fact) for fact in one.facts)
    if one.subject == LEARNER:
        return t(CONFIRM_ABOUT_YOU, facts=facts)
    return t(CONFIRM, title=names(one.subject), facts=facts)


def plans(t: Texts, award: AwardAssessment) -> str:
    """Say how many courses the smallest plan has; "" where nothing is missing or none exists."""
    if award.missing_items is None or award.missing_items == 0:
        return ""
    sentence = t(PLAN_SIZE, n=award.missing_items)
    if award.plan_count > 1:
        sentence += f" ({t(PLANS, n=award.plan_count)})"
    return sentence


def remarks(t: Texts, award: AwardAssessment, names: Names = str) -> Iterator[str]:
    """Everything about an award that stands beside its requirements, line by line."""
    if award.earned_by is not None:
        yield t(EARNED)
    for one in award.missing:
        if one.rule:
            yield missing(t, one)
    for one_to_confirm in award.to_confirm:
        yield to_confirm(t, one_to_confirm, names)
    for approval in award.approvals:
        yield t(APPROVAL_BY, title=approval.title.best(t.language))
    if award.status is AwardStatus.NOT_MET:
        yield from why_not(t, award)
    if award.bounds is not None:
        if award.bounds.most is None:
            yield t(BOUNDS_OPEN, least=award.bounds.least)
        else:
            yield t(BOUNDS, least=award.bounds.least, most=award.bounds.most)


def why_not(t: Texts, award: AwardAssessment) -> Iterator[str]:
    """Name the smallest set of rules that cannot hold together, and say where no plan exists."""
    titles = [one.title.best(t.language) for one in award.blocking]
    if len(titles) == 1:
        yield t(BLOCKING_ONE, rule=titles[0])
    elif titles:
        yield t(BLOCKING, rules="; ".join(titles))
    if award.missing_items is None and award.bounds is None:
        yield t(NO_PLAN)
