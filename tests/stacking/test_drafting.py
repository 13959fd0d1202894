"""A form becomes a definition, and a definition becomes a form that loses nothing of it."""

import json
from dataclasses import replace

import pytest

from tests.issuer import NOW
from wallet.actions import making
from wallet.actions import programmes as shelf
from wallet.model.credential import JsonObject
from wallet.model.draft import Draft, DraftAward, DraftCourse, DraftModule, DraftUniversity, Shape
from wallet.model.keeping import OwnProgramme
from wallet.model.programme import Programme
from wallet.stacking.programme_file import load
from wallet.texts import LANGUAGES

SHIPPED = {one.id.rsplit(":", 1)[-1]: one for one in shelf.shipped()}


def adapted(programme: Programme, language: str = "en") -> Draft:
    """A draft of a shipped programme."""
    return making.adapt(shelf.Version(programme), language)


def file_of(draft: Draft) -> JsonObject:
    """What the draft writes."""
    found: JsonObject = json.loads(making.definition(draft))
    return found


def whole() -> Draft:
    """A small draft in which everything is right."""
    courses = tuple(
        DraftCourse(f"course-{n}", f"Course {n}", ("u",), "2,5", "6", f"C {n}", f"urn:x:{n}")
        for n in range(3)
    )
    keys = tuple(one.key for one in courses)
    modules = tuple(
        DraftModule(f"module-{n}", f"Module {n}", keys, count="1", ects="> 2", level="6")
        for n in range(2)
    )
    award = DraftAward(
        "award-1", "Award", modules, needed="1", total="2,5", universities="1", months="24"
    )
    university = DraftUniversity("u", "University", "PL", "https://ror.org/00y0xnp53")
    return Draft("urn:uuid:1", "en", "1", "Small", "", (university,), courses, (award,))


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_changed_stays_byte_for_byte(name: str, language: str) -> None:
    draft = adapted(SHIPPED[name], language)
    assert making.check(draft) == ()
    before = json.loads(shelf.file_of(shelf.Version(SHIPPED[name])))
    after = file_of(draft)
    assert after["id"] != before["id"]
    for member in before.keys() - {"id", "version", "status", "sources", "facts"}:
        assert after[member] == before[member], member
    assert [fact for fact in before["facts"] if fact not in after["facts"]] == []


def test_everything_in_the_form_is_in_the_file() -> None:
    made = load(making.definition(whole()))
    (award,) = made.awards
    assert [str(item.ects) for item in made.catalogue] == ["2.5"] * 3
    assert made.catalogue[0].codes[0].code == "C 0"
    assert award.requirements[0].choose is not None
    assert award.requirements[0].choose.min == 1
    first = award.requirements[0].children[0]
    assert first.ects is not None
    assert str(first.ects.more_than) == "2"
    assert first.each is not None
    assert first.each.eqf_min == 6
    assert {(rule.type.value, rule.of) for rule in award.constraints} == {
        ("total", None),
        ("distinct", "institution"),
        ("window", None),
    }
    assert {tag for rule in award.constraints for tag in rule.title.languages} == set(LANGUAGES)


def test_a_written_file_reads_back_as_the_same_form() -> None:
    draft = replace(whole(), id="urn:uuid:2", source="https://example.edu/rules")
    raw = making.definition(draft)
    programme = load(raw)
    own = OwnProgramme(programme.id, "1", raw, "a.json", NOW)
    again = making.adapt(shelf.Version(programme, own), "en")
    assert again.id == draft.id
    assert again.source == draft.source
    assert [one.title for one in again.courses] == [one.title for one in draft.courses]
    assert again.awards[0].needed == "1"
    assert again.awards[0].modules[0].ects == "> 2"
    assert again.awards[0].total == "2.5"
    assert again.awards[0].months == "24"
    assert again.awards[0].kept == ()


def test_a_fact_about_a_changed_value_no_longer_says_that_it_was_published() -> None:
    draft = adapted(SHIPPED["smart-sustainable-cities"])
    first = replace(draft.courses[0], ects="5")
    after = file_of(replace(draft, courses=(*draft.courses[1:], first)))
    facts = {fact["at"]: fact["source"] for fact in after["facts"]}
    assert facts[""] == "assumed"
    assert facts["/catalogue/6"] == "assumed"
    assert facts["/catalogue/0"] == "tub", "the fact follows its course to another place"


def test_what_refers_to_something_gone_goes_too() -> None:
    draft = adapted(SHIPPED["climate-action"])
    kept = tuple(one for one in draft.courses if one.key != draft.courses[0].key)
    gone = draft.courses[0].key
    awards = tuple(
        replace(
            award,
            modules=tuple(
                replace(m, courses=tuple(k for k in m.courses if k != gone)) for m in award.modules
            ),
        )
        for award in draft.awards
        if award.key == "full"
    )
    made = file_of(replace(draft, courses=kept, awards=awards))
    text = json.dumps({name: made[name] for name in made if name not in {"facts", "sources"}})
    assert f'"{gone}"' not in text
    assert load(json.dumps(made).encode()).awards[0].absorbs == ()


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"title": " "}, "/title/en"),
        ({"universities": ()}, "/institutions"),
        ({"awards": ()}, "/awards"),
        ({"version": ""}, "/version"),
    ],
)
def test_a_fault_names_its_place(change: dict[str, object], place: str) -> None:
    draft = replace(whole(), **change)  # type: ignore[arg-type]  # fields of a draft
    assert place in [at for at, _what in making.check(draft)]


@pytest.mark.parametrize("field", ["total", "universities", "countries", "months"])
def test_a_fault_in_a_rule_names_the_field(field: str) -> None:
    draft = whole()
    award = replace(draft.awards[0], **{field: "many"})  # type: ignore[arg-type]  # one of the texts
    (fault,) = {at.split("/", 4)[3] for at, _what in making.check(replace(draft, awards=(award,)))}
    assert fault == field


def test_a_module_that_a_form_cannot_show_is_kept() -> None:
    draft = adapted(SHIPPED["climate-action"])
    nested = draft.awards[0].modules[0]
    assert nested.shape is Shape.NESTED
    changed = replace(nested, title="Another title")
    award = replace(draft.awards[0], modules=(changed, *draft.awards[0].modules[1:]))
    made = file_of(replace(draft, awards=(award, *draft.awards[1:])))
    assert made["awards"][0]["requirements"][0]["title"]["en"] == "Another title"
    assert made["awards"][0]["requirements"][0]["of"] == nested.rest["of"]
