"""The parts of a programme in a form: university, course, module, certificate."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from wallet.model.draft import (
    Draft,
    DraftAward,
    DraftCourse,
    DraftModule,
    DraftUniversity,
    KeptRule,
    Shape,
    modules_at,
    next_key,
)
from wallet.texts import labels, planning
from wallet.texts.countries import COUNTRIES, country
from wallet.ui.session import Session
from wallet.ui.themes import GRID
from wallet.ui.widgets.basic import button, clear, column, row
from wallet.ui.widgets.flow import Flow
from wallet.ui.widgets.form import ChoiceField, Field, Part, TextField, TickField
from wallet.ui.widgets.plain import Paragraph

Rows = Sequence[tuple[str, str]]
"""What there is to tick: (key, what it is called)."""
Placed = Iterator[tuple[str, Field]]
"""Fields with the place in the file (a JSON pointer) that each one fills."""


class UniversityPart(Part):
    """A university: name, country, register address."""

    def __init__(self, session: Session, number: int, draft: DraftUniversity, *, unfolded: bool):
        super().__init__(session, number, planning.UNIVERSITY, unfolded=unfolded)
        self._draft = draft
        self.name = TextField(session, planning.FIELD_NAME, planning.WRONG_NAME, draft.name)
        codes = sorted({*COUNTRIES, draft.country} - {""})
        named = sorted(((c, country(session.texts, c)) for c in codes), key=lambda pair: pair[1])
        self.country = ChoiceField(
            session, planning.FIELD_COUNTRY, planning.WRONG_COUNTRY, named, draft.country
        )
        self.ror = TextField(
            session, planning.FIELD_ROR, text=draft.identifier, hint=planning.HINT_ROR
        )
        self.add(self.name)
        self.add(self.country, self.ror)

    def draft(self) -> DraftUniversity:
        """What is typed now."""
        return replace(
            self._draft,
            name=self.name.text,
            country=self.country.chosen,
            identifier=self.ror.text,
        )

    def tell(self, draft: DraftUniversity) -> None:
        """Say on the folded line what it is."""
        self.call(draft.name.strip(), draft.country)

    def fields(self) -> Placed:
        """Every field with its place."""
        at = f"/institutions/{self._draft.key}"
        yield f"{at}/name", self.name
        yield f"{at}/country", self.country
        yield f"{at}/ids", self.ror


class CoursePart(Part):
    """A course of the catalogue."""

    def __init__(self, session: Session, number: int, draft: DraftCourse, *, unfolded: bool):
        super().__init__(session, number, planning.COURSE, unfolded=unfolded)
        self._draft = draft
        s = session
        self.title = TextField(s, planning.FIELD_TITLE, planning.WRONG_TITLE, draft.title)
        self.ects = TextField(
            s, planning.FIELD_ECTS, planning.WRONG_ECTS, _local(session, draft.ects)
        )
        self.level = TextField(s, planning.FIELD_LEVEL, planning.WRONG_LEVEL, draft.level)
        self.code = TextField(s, planning.FIELD_CODE, text=draft.code)
        self.identifiers = TextField(
            s,
            planning.FIELD_IDENTIFIERS,
            planning.WRONG_IDENTIFIERS,
            draft.identifiers,
            planning.HINT_IDENTIFIERS,
        )
        self.universities = TickField(
            s, planning.FIELD_AWARDED_BY, planning.WRONG_AWARDED_BY, draft.universities
        )
        self.add(self.title)
        self.add(self.ects, self.level, self.code)
        self.add(self.universities)
        self.add(self.identifiers)

    def draft(self) -> DraftCourse:
        """What is typed now."""
        return replace(
            self._draft,
            title=self.title.text,
            universities=self.universities.keys,
            ects=self.ects.text,
            level=self.level.text,
            code=self.code.text,
            identifiers=self.identifiers.text,
        )

    def tell(self, draft: DraftCourse, universities: Rows) -> None:
        """Offer the universities of now, and say on the folded line what it is."""
        self.universities.offer(universities)
        bodies = [name for key, name in universities if key in draft.universities]
        ects = draft.ects.strip()
        number = self.session(labels.ECTS, number=ects) if ects else ""
        self.call(draft.title.strip(), number, self.session.texts.listing(bodies))

    def fields(self, number: int) -> Placed:
        """Every field with its place."""
        at = f"/catalogue/{number}"
        yield f"{at}/title", self.title
        yield f"{at}/ects", self.ects
        yield f"{at}/eqf", self.level
        yield f"{at}/codes", self.code
        yield f"{at}/awardedBy", self.universities
        yield f"{at}/achievement", self.identifiers


class ModulePart(Part):
    """What has to be there: so many of these courses, so many ECTS."""

    def __init__(self, session: Session, number: int, draft: DraftModule, *, unfolded: bool):
        super().__init__(session, number, planning.MODULE, unfolded=unfolded)
        self._draft = draft
        s = session
        self.title = TextField(s, planning.FIELD_TITLE, planning.WRONG_TITLE, draft.title)
        self.courses = TickField(
            s, planning.FIELD_MODULE_COURSES, planning.WRONG_COURSES, draft.courses
        )
        self.universities = TickField(
            s, planning.FIELD_MODULE_UNIVERSITIES, None, draft.universities
        )
        self.countries = TickField(s, planning.FIELD_MODULE_COUNTRIES, None, draft.countries)
        self.count = TextField(s, planning.FIELD_COUNT, planning.WRONG_COUNT, draft.count)
        self.ects = TextField(
            s,
            planning.FIELD_AT_LEAST_ECTS,
            planning.WRONG_ECTS,
            _local(session, draft.ects),
            planning.HINT_AT_LEAST_ECTS,
        )
        self.level = TextField(s, planning.FIELD_AT_LEAST_LEVEL, planning.WRONG_LEVEL, draft.level)
        self.add(self.title)
        if draft.shape is Shape.OPEN:
            self.add(self.courses)
        else:
            self.inside.addWidget(Paragraph(s(planning.KEPT_MODULE), "muted"))
        if draft.shape is not Shape.NESTED:
            self.add(self.count, self.ects, self.level)
        if draft.shape is Shape.OPEN:
            self.add(self.universities, self.countries)

    def draft(self) -> DraftModule:
        """What is typed now."""
        return replace(
            self._draft,
            title=self.title.text,
            courses=self.courses.keys,
            universities=self.universities.keys,
            countries=self.countries.keys,
            count=self.count.text,
            ects=self.ects.text,
            level=self.level.text,
        )

    def tell(self, draft: DraftModule, courses: Rows, universities: Rows, countries: Rows) -> None:
        """Offer what there is to choose from now, and say on the folded line what it asks."""
        if draft.shape is Shape.OPEN:
            self.courses.offer(courses)
            self.universities.offer(universities)
            self.countries.offer(countries)
        s, ects = self.session, draft.ects.strip()
        of = ""
        if draft.count.strip().isdigit() and draft.courses:
            of = s(planning.N_OF, count=draft.count.strip(), of=len(draft.courses))
        self.call(draft.title.strip(), of, s(labels.ECTS, number=ects) if ects else "")

    def fields(self, at: str) -> Placed:
        """Every field with its place; `at` is the module's own."""
        yield f"{at}/title", self.title
        if self._draft.shape is Shape.OPEN:
            yield f"{at}/from", self.courses
        if self._draft.shape is not Shape.NESTED:
            yield f"{at}/count", self.count
            yield f"{at}/ects", self.ects
            yield f"{at}/each/eqf", self.level


class AwardPart(Part):
    """A certificate: its modules, and the rules over the whole."""

    def __init__(self, session: Session, number: int, draft: DraftAward, *, unfolded: bool):
        super().__init__(session, number, planning.AWARD, unfolded=unfolded)
        s = self.session
        self._draft = draft
        self._kept = draft.kept
        self.title = TextField(s, planning.FIELD_TITLE, planning.WRONG_TITLE, draft.title)
        self.add(self.title)
        self.inside.addWidget(Paragraph(s(planning.MODULES), "strong"))
        self.modules: list[ModulePart] = []
        self._modules = column(GRID)
        self.inside.addLayout(self._modules)
        add = button(s.style, s(planning.ADD_MODULE), self.add_module, icon="plus")
        self.inside.addLayout(Flow(add))
        for module in draft.modules:
            self._put(module, unfolded=unfolded and not module.title)
        self._add_rules(draft)

    def _add_rules(self, draft: DraftAward) -> None:
        s = self.session
        self.needed = TextField(
            s, planning.FIELD_NEEDED, planning.WRONG_NEEDED, draft.needed, planning.HINT_NEEDED
        )
        self.total = TextField(s, planning.FIELD_TOTAL, planning.WRONG_ECTS, _local(s, draft.total))
        wrong = planning.WRONG_NUMBER
        self.universities = TextField(s, planning.FIELD_MIN_UNIVERSITIES, wrong, draft.universities)
        self.countries = TextField(s, planning.FIELD_MIN_COUNTRIES, wrong, draft.countries)
        self.months = TextField(s, planning.FIELD_MONTHS, wrong, draft.months)
        self.inside.addWidget(Paragraph(s(planning.RULES), "strong"))
        self.add(self.needed, self.total, self.months)
        self.add(self.universities, self.countries)
        self._rules = column(GRID)
        self.inside.addLayout(self._rules)
        self.error = Paragraph("", "error")
        self.error.hide()
        self.inside.addWidget(self.error)
        self._show_kept()

    def _show_kept(self) -> None:
        clear(self._rules)
        s = self.session
        if self._kept:
            self._rules.addWidget(Paragraph(s(planning.KEPT_RULES), "small"))
        for rule in self._kept:
            line = row(spacing=GRID)
            line.addWidget(Paragraph(s(planning.KEPT_RULE, title=rule.title)), 1)
            name = s(planning.LEAVE_OUT_NAMED, title=rule.title)
            text = s(planning.LEAVE_OUT)
            leave = button(s.style, text, partial(self._leave_out, rule), role="link", name=name)
            line.addWidget(leave)
            self._rules.addLayout(line)

    def _leave_out(self, rule: KeptRule) -> None:
        self._kept = tuple(one for one in self._kept if one is not rule)
        self._show_kept()
        self.changed.emit()

    def add_module(self) -> ModulePart:
        """Add an empty module and put the focus into it."""
        taken = frozenset(module.draft().key for module in self.modules)
        part = self._put(DraftModule(next_key("module", taken)), unfolded=True)
        self.changed.emit()
        part.title.go()
        return part

    def _put(self, module: DraftModule, *, unfolded: bool) -> ModulePart:
        part = ModulePart(self.session, len(self.modules) + 1, module, unfolded=unfolded)
        part.changed.connect(self.changed)
        part.removed.connect(lambda: self._take_away(part))
        self.modules.append(part)
        self._modules.addWidget(part)
        return part

    def _take_away(self, part: ModulePart) -> None:
        self.modules.remove(part)
        part.hide()
        part.deleteLater()
        self.changed.emit()

    def draft(self) -> DraftAward:
        """What is typed now."""
        return replace(
            self._draft,
            title=self.title.text,
            modules=tuple(module.draft() for module in self.modules),
            needed=self.needed.text,
            total=self.total.text,
            universities=self.universities.text,
            countries=self.countries.text,
            months=self.months.text,
            kept=self._kept,
        )

    def tell(self, draft: DraftAward, courses: Rows, universities: Rows, countries: Rows) -> None:
        """Pass on what there is to choose from, and say on the folded line what it is."""
        for part, module in zip(self.modules, draft.modules, strict=True):
            part.tell(module, courses, universities, countries)
        number = self.session(planning.N_MODULES, n=len(draft.modules))
        self.call(draft.title.strip(), number)

    def fields(self, number: int) -> Placed:
        """Every field with its place."""
        at = f"/awards/{number}"
        yield f"{at}/title", self.title
        inner = modules_at(number, self.draft())
        for place, module in enumerate(self.modules):
            yield from module.fields(f"{inner}/{place}")
        if self.needed.text.strip():
            yield f"{at}/requirements", self.needed
        yield f"{at}/total", self.total
        yield f"{at}/universities", self.universities
        yield f"{at}/countries", self.countries
        yield f"{at}/months", self.months


def _local(session: Session, number: str) -> str:
    """Show a number of the file with the language's decimal mark."""
    return number.replace(".", ",") if session.texts.language == "pl" else number


def tell(
    session: Session,
    draft: Draft,
    universities: Sequence[UniversityPart],
    courses: Sequence[CoursePart],
    awards: Sequence[AwardPart],
) -> None:
    """Offer in every part what the others name now."""
    s = session
    named = [
        (one.key, one.name.strip() or s(planning.UNIVERSITY, number=number))
        for number, one in enumerate(draft.universities, 1)
    ]
    countries = {one.country for one in draft.universities if one.country}
    chosen = {c for award in draft.awards for m in award.modules for c in m.countries}
    lands = [(code, country(s.texts, code)) for code in sorted(countries | chosen)]
    titles = [
        (one.key, one.title.strip() or s(planning.COURSE, number=number))
        for number, one in enumerate(draft.courses, 1)
    ]
    for university, one in zip(universities, draft.universities, strict=True):
        university.tell(one)
    for course, typed in zip(courses, draft.courses, strict=True):
        course.tell(typed, named)
    for award, asked in zip(awards, draft.awards, strict=True):
        award.tell(asked, titles, named, lands)
