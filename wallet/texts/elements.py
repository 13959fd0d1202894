"""The sixteen European standard elements in words: what each states, a line each."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeAlias

from wallet.model.credential import (
    Achievement,
    Concept,
    Element,
    Elements,
    LearningOutcome,
    Organisation,
    Text,
)
from wallet.texts import labels, verdicts
from wallet.texts.catalogue import Texts
from wallet.texts.countries import country

Lines: TypeAlias = "list[str]"
"""What an element states, a line each; empty where it is not stated."""


_EVENING = re.compile(r"\d{4}-\d\d-\d\dT(?:2[0-3]|1[0-9]):\d\d(?::\d\d(?:\.\d+)?)?Z")
"""A midnight east of Greenwich, as programs write it in UTC."""
_PLAIN_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:T00:00:00(?:\.0+)?Z)?")


class ElementWords:
    """Puts elements into lines, in the language chosen among those that the credential has."""

    def __init__(self, texts: Texts, language: str) -> None:
        self._t, self._language = texts, language

    def of(self, stated: Elements, element: Element) -> Lines:
        """Return the lines of one element."""
        simple: dict[Element, Callable[[], Lines]] = {
            Element.LEARNER: lambda: self._learner(stated),
            Element.TITLE: lambda: self._texts([stated.title] if stated.title else []),
            Element.COUNTRY: lambda: [country(self._t, code) for code in stated.country],
            Element.AWARDING_BODY: lambda: self._bodies(stated.awarding_body),
            Element.ISSUED: lambda: [self._t.date(stated.issued)] if stated.issued else [],
            Element.LEARNING_OUTCOMES: lambda: self._outcomes(stated.learning_outcomes),
            Element.WORKLOAD: lambda: self._workload(stated),
            Element.LEVEL: lambda: self._level(stated),
            Element.ASSESSMENT: lambda: self._concepts(stated.assessment),
            Element.PARTICIPATION: lambda: self._concepts(stated.participation),
            Element.QUALITY_ASSURANCE: lambda: self._concepts(stated.quality_assurance),
            Element.PREREQUISITES: lambda: self._texts(stated.prerequisites),
            Element.SUPERVISION: lambda: self._concepts(stated.supervision),
            Element.GRADE: lambda: self._grade(stated),
            Element.STACKABILITY: lambda: self._texts(stated.stackability),
            Element.FURTHER_INFORMATION: lambda: self._texts(stated.further_information),
        }
        return simple[element]()

    def best(self, text: Text) -> str:
        """Choose one text, in the chosen language before the reader's own."""
        return text.best(self._language, self._t.language)

    def _texts(self, texts: Sequence[Text]) -> Lines:
        return [self.best(text) for text in texts]

    def _learner(self, stated: Elements) -> Lines:
        learner = stated.learner
        if learner is None:
            return []
        lines = [learner.name] if learner.name else []
        if learner.birth_date:
            lines.append(self._born(learner.birth_date))
        return [*lines, *(self._t(labels.IDENTIFIER, identifier=i) for i in learner.identifiers)]

    def _born(self, stated: str) -> str:
        """Write out the day; one late in the evening by UTC is the next day further east."""
        if _EVENING.fullmatch(stated):
            day = self._day(stated[:10])
            if day != stated[:10]:
                return self._t(labels.BORN_ABOUT, date=day, stated=stated)
        return self._t(labels.BORN, date=self._day(stated))

    def _day(self, stated: str) -> str:
        """Write out a plain day; a time within the day is shown as stated, its zone may lie."""
        day = _PLAIN_DAY.fullmatch(stated)
        try:
            return self._t.date(datetime.fromisoformat(day[1])) if day else stated
        except ValueError:
            return stated

    def _bodies(self, bodies: Sequence[Organisation]) -> Lines:
        lines = []
        for body in bodies:
            name = self.best(body.name) if body.name else body.label
            others = [i for i in body.identifiers if i != name]
            lines += [name, *(self._t(labels.IDENTIFIER, identifier=i) for i in others)]
        return lines

    def _outcomes(self, outcomes: Sequence[LearningOutcome]) -> Lines:
        lines = []
        for outcome in outcomes:
            if outcome.text:
                lines.append("•\u00a0" + self.best(outcome.text))
            for skill in outcome.skills:
                lines.append(self._t(labels.SKILL, skill=self._concept(skill)))
                if skill.label is not None and skill.uri:
                    lines.append(f"\u2003{skill.uri}")
        return lines

    def _workload(self, stated: Elements) -> Lines:
        workload = stated.workload
        if workload is None:
            return []
        lines = []
        if workload.ects is not None:
            lines.append(self._t(labels.ECTS, number=self._t.decimal(workload.ects)))
        if workload.hours:
            bare = workload.hours.replace(".", "", 1).isdecimal()
            said = labels.HOURS_STATED if bare else labels.HOURS_AS_STATED
            lines.append(self._t(said, hours=workload.hours))
        if workload.remark:
            lines.append(self._t(labels.HOURS_ODD))
        return lines

    def _level(self, stated: Elements) -> Lines:
        level = stated.level
        if level is None:
            return []
        lines = [self._t(labels.EQF_LEVEL, level=level.eqf)] if level.eqf is not None else []
        return lines + self._concepts(level.others)

    def _grade(self, stated: Elements) -> Lines:
        grade = stated.grade
        if grade is None:
            return []
        value = self.best(grade.value)
        if grade.scale is None:
            return [value]
        return [self._t(labels.GRADE_ON_SCALE, grade=value, scale=self.best(grade.scale))]

    def _concepts(self, concepts: Sequence[Concept]) -> Lines:
        return [self._concept(concept) for concept in concepts]

    def _concept(self, concept: Concept) -> str:
        return concept.uri or "" if concept.label is None else self.best(concept.label)


def standard_line(t: Texts, achievement: Achievement) -> str:
    """Say how far an achievement is described to the European standard, and what is missing."""
    missing = achievement.elements.missing_mandatory()
    if not missing:
        return t(labels.FULL_STANDARD)
    total = sum(element.mandatory for element in Element)
    names = t.listing(verdicts.element(t, element) for element in missing)
    return t(labels.PART_STANDARD, stated=total - len(missing), total=total, missing=names)


def kind_of(t: Texts, achievements: Sequence[Achievement]) -> str:
    """Name the thing: a micro-credential only where all eleven mandatory elements are stated."""
    whole = bool(achievements) and not any(a.elements.missing_mandatory() for a in achievements)
    return t(labels.MICRO_CREDENTIAL if whole else labels.CREDENTIAL)
