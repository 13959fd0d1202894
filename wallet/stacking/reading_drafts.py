"""From a checked programme definition to the fields of a form, for a person to change."""

from typing import Any

from wallet.model.credential import JsonObject
from wallet.model.draft import (
    Draft,
    DraftAward,
    DraftCourse,
    DraftModule,
    DraftUniversity,
    KeptRule,
    Shape,
)
from wallet.stacking.drafting import OWN_SOURCE, asked_by, one_code, shown
from wallet.stacking.whole_rules import RULES


def draft_of(document: JsonObject, language: str, new_id: str) -> Draft:
    """Make a draft of a definition that passed its check.

    `new_id` is the id that the draft gets: the definition's own to change it, another to adapt it.
    """
    own = document["id"] == new_id
    items = document["catalogue"]
    return Draft(
        id=new_id,
        language=language,
        version=document["version"] if own else "1",
        title=shown(document["title"], language),
        source=document["sources"].get(OWN_SOURCE, "") if own and _published(document) else "",
        universities=tuple(
            _university(k, v, language) for k, v in document["institutions"].items()
        ),
        courses=tuple(_course(one, language) for one in items),
        awards=tuple(_award(one, items, language) for one in document["awards"]),
        before=document,
    )


def _published(document: JsonObject) -> bool:
    return bool(document["status"] != "illustrative")


def _university(key: str, value: JsonObject, language: str) -> DraftUniversity:
    ror = value.get("ids", {}).get("ror", "")
    return DraftUniversity(key, shown(value["name"], language), value["country"], ror, value)


def _course(value: JsonObject, language: str) -> DraftCourse:
    return DraftCourse(
        key=value["key"],
        title=shown(value["title"], language),
        universities=tuple(value["awardedBy"]),
        ects=value.get("ects") or "",
        level=_text(value.get("eqf")),
        code=one_code(value) or "",
        identifiers=" ".join(value.get("achievement", [])),
        rest=value,
    )


def _award(value: JsonObject, items: list[JsonObject], language: str) -> DraftAward:
    requirements, around, needed = value["requirements"], {}, ""
    if _some_of_all(requirements):
        node = requirements[0]
        requirements, needed = node["of"], str(node["choose"]["min"])
        around = {name: node[name] for name in ("key", "title")}
    rest = {name: part for name, part in value.items() if name != "requirements"}
    ours: dict[str, str] = {}
    kept = []
    for rule in value.get("constraints", []):
        field = next((one for one in RULES if one.field not in ours and one.fits(rule)), None)
        if field is None:
            kept.append(KeptRule(rule["key"], shown(rule["title"], language)))
        else:
            ours[field.field] = field.number(rule)
    return DraftAward(
        key=value["key"],
        title=shown(value["title"], language),
        modules=tuple(_module(one, items, language) for one in requirements),
        needed=needed,
        kept=tuple(kept),
        around=around,
        rest=rest,
        **ours,
    )


def _some_of_all(requirements: list[JsonObject]) -> bool:
    """Whether an award is nothing but a choice of at least n among modules."""
    if len(requirements) != 1 or "of" not in requirements[0]:
        return False
    return set(requirements[0]) <= {"key", "title", "choose", "of"} and set(
        requirements[0]["choose"]
    ) == {"min"}


def _module(value: JsonObject, items: list[JsonObject], language: str) -> DraftModule:
    key, title = value["key"], shown(value["title"], language)
    if "of" in value:
        return DraftModule(key, title, shape=Shape.NESTED, rest=value)
    asked = asked_by(value["from"], items)
    amount = value.get("ects", {})
    return DraftModule(
        key=key,
        title=title,
        courses=asked.get("item", ()) if asked else (),
        universities=asked.get("institution", ()) if asked else (),
        countries=asked.get("country", ()) if asked else (),
        count=_text(value.get("count", {}).get("min")),
        ects=f"> {amount['moreThan']}" if "moreThan" in amount else amount.get("min", ""),
        level=_text(value.get("each", {}).get("eqf", {}).get("min")),
        shape=Shape.OPEN if asked else Shape.KEPT,
        rest=value,
    )


def _text(value: Any) -> str:
    return "" if value is None else str(value)
