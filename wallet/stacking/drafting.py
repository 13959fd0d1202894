"""From what a person typed in a form to a programme definition (mc-programme/1).

Nothing is judged here: what was typed wrongly lands at its place in the document, and the check of
`programme_file` names that place. What a form cannot show stays as the file has it.
"""

import copy
from collections.abc import Mapping, Sequence
from typing import Any

from wallet.model.credential import JsonObject
from wallet.model.draft import (
    Draft,
    DraftAward,
    DraftCourse,
    DraftModule,
    DraftUniversity,
    Shape,
    next_key,
)
from wallet.stacking.provenance import facts_of
from wallet.stacking.whole_rules import whole_rules
from wallet.texts import LANGUAGES, planning, use

FORMAT = "mc-programme/1"
OWN_SOURCE = "own"
"""Key of the source that the person names."""


def document(draft: Draft) -> JsonObject:
    """Write the definition that a draft describes, right or wrong."""
    made: JsonObject = copy.deepcopy(draft.before)
    source = draft.source.strip()
    made |= {
        "format": FORMAT,
        "id": draft.id,
        "version": draft.version.strip(),
        "title": title(made.get("title"), draft.title, draft.language),
        "kind": made.get("kind", "other"),
        "status": _status(draft),
        "institutions": {one.key: _university(one, draft.language) for one in draft.universities},
        "catalogue": [_course(one, draft) for one in draft.courses],
        "awards": [_award(one, draft) for one in draft.awards],
    }
    by_hand = use(draft.language)(planning.BY_HAND)
    made["sources"] = {**made.get("sources", {}), OWN_SOURCE: source or by_hand}
    _prune(made)
    made["facts"] = facts_of(draft, made, OWN_SOURCE)
    return made


def _status(draft: Draft) -> str:
    if not draft.source.strip():
        return "illustrative"
    return "partly-published" if draft.before else "as-published"


def title(before: Mapping[str, str] | None, typed: str, language: str) -> dict[str, str]:
    """Put a title into one language; the others stay, and so does what was only shown."""
    kept = dict(before or {})
    if kept and typed == shown(kept, language):
        return kept
    return {**kept, language: typed.strip()}


def shown(titles: Mapping[str, str], language: str) -> str:
    """Return the title that a form shows: in its language, else in English, else the first."""
    return titles.get(language) or titles.get("en") or next(iter(titles.values()), "")


def decimal(typed: str) -> str:
    """Write a number as the format does, with a point."""
    return typed.strip().replace(",", ".")


def whole(typed: str) -> int | str:
    """Read a whole number; anything else stays as it was typed, for the check to find."""
    plain = typed.strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 10 else plain


def _set(made: JsonObject, member: str, inner: str, value: Any) -> None:
    """Set or take away one part of a member; a member without parts goes."""
    parts = {key: old for key, old in made.get(member, {}).items() if key != inner}
    if value != "":
        parts[inner] = value
    if parts:
        made[member] = parts
    else:
        made.pop(member, None)


def _university(one: DraftUniversity, language: str) -> JsonObject:
    made = copy.deepcopy(one.rest)
    made["name"] = title(made.get("name"), one.name, language)
    made["country"] = one.country
    _set(made, "ids", "ror", one.identifier.strip())
    return made


def _course(one: DraftCourse, draft: Draft) -> JsonObject:
    made = copy.deepcopy(one.rest)
    made |= {
        "key": one.key,
        "title": title(made.get("title"), one.title, draft.language),
        "awardedBy": list(one.universities),
    }
    made.setdefault("known", "published" if draft.source.strip() else "illustrative")
    for member, value in (("ects", decimal(one.ects)), ("eqf", whole(one.level))):
        if value != "":
            made[member] = value
        elif made.get(member) is not None:
            del made[member]
    if code := one.code.strip():
        made["codes"] = [{"institution": key, "code": code} for key in one.universities]
    elif one_code(made) is not None:
        made.pop("codes", None)
    if identifiers := one.identifiers.split():
        made["achievement"] = identifiers
    else:
        made.pop("achievement", None)
    return made


def one_code(course: JsonObject) -> str | None:
    """Return the one code that a course has everywhere ("" for none); None: several differ."""
    codes = {one["code"] for one in course.get("codes", [])}
    return codes.pop() if len(codes) == 1 else None if codes else ""


def _award(one: DraftAward, draft: Draft) -> JsonObject:
    made = copy.deepcopy(one.rest)
    language = draft.language
    made["key"] = one.key
    made["title"] = title(made.get("title"), one.title, language)
    modules = [_module(module, draft) for module in one.modules]
    if needed := one.needed.strip():
        around = one.around or {
            "key": next_key("modules", frozenset(module.key for module in one.modules)),
            "title": {tag: use(tag)(planning.SOME_MODULES, n=needed) for tag in LANGUAGES},
        }
        modules = [{**around, "choose": {"min": whole(needed)}, "of": modules}]
    made["requirements"] = modules
    rules = whole_rules(one, made.get("constraints", []))
    if rules or "constraints" in made:
        made["constraints"] = rules
    return made


def _module(one: DraftModule, draft: Draft) -> JsonObject:
    made = copy.deepcopy(one.rest)
    made["key"] = one.key
    made["title"] = title(made.get("title"), one.title, draft.language)
    if one.shape is Shape.NESTED:
        return made
    if one.shape is Shape.OPEN:
        made["from"] = _selector(one, draft)
    _set(made, "count", "min", whole(one.count))
    amount = decimal(one.ects)
    more = amount.startswith(">")
    _set(made, "ects", "moreThan", amount[1:].strip() if more else "")
    _set(made, "ects", "min", "" if more else amount)
    _set(made, "each", "eqf", _levels(made, one.level))
    return made


def _levels(module: JsonObject, typed: str) -> Any:
    levels = {k: v for k, v in module.get("each", {}).get("eqf", {}).items() if k != "min"}
    if typed.strip():
        levels["min"] = whole(typed)
    return levels or ""


def _selector(one: DraftModule, draft: Draft) -> JsonObject:
    asked = {
        name: values
        for name, values in (
            ("item", one.courses),
            ("institution", one.universities),
            ("country", one.countries),
        )
        if values
    }
    before: JsonObject = one.rest.get("from", {})
    if before and asked == asked_by(before, draft.before.get("catalogue", [])):
        return before
    parts: list[JsonObject] = [{name: list(values)} for name, values in asked.items()]
    if not parts:
        return {"item": []}  # nothing chosen: the check says so
    return parts[0] if len(parts) == 1 else {"all": parts}


def asked_by(selector: JsonObject, items: Sequence[JsonObject]) -> dict[str, tuple[str, ...]]:
    """Read a selector as ticked courses, universities and countries; {} where it says more.

    A group or tag is read as the courses that are in it now.
    """
    found: dict[str, tuple[str, ...]] = {}
    for part in selector.get("all", [selector]):
        ((name, values),) = part.items()
        if name in {"group", "tag"}:
            member, wanted = f"{name}s", set(values)
            values = [x["key"] for x in items if not wanted.isdisjoint(x.get(member, []))]
            name = "item"
        if name not in {"item", "institution", "country"} or name in found:
            return {}
        found[name] = tuple(values)
    return found


def _prune(made: JsonObject) -> None:
    """Take away what refers to courses, modules and awards that are no longer there."""
    items = {course["key"] for course in made["catalogue"]}
    for course in made["catalogue"]:
        if "prerequisites" in course:
            course["prerequisites"] = [key for key in course["prerequisites"] if key in items]
    equal = [
        {**one, "items": [key for key in one["items"] if key in items]}
        for one in made.pop("equivalences", [])
    ]
    if equal := [one for one in equal if len(one["items"]) > 1]:
        made["equivalences"] = equal
    awards = {award["key"]: _keys(award["requirements"]) for award in made["awards"]}
    pathways = [x for x in made.pop("pathways", []) if _whole_pathway(x, items, awards)]
    if pathways:
        made["pathways"] = pathways
    for award in made["awards"]:
        if "absorbs" in award:
            award["absorbs"] = [key for key in award["absorbs"] if key in awards]


def _keys(requirements: list[JsonObject]) -> set[str]:
    below = (key for one in requirements for key in _keys(one.get("of", [])))
    return {one["key"] for one in requirements}.union(below)


def _whole_pathway(pathway: JsonObject, items: set[str], awards: Mapping[str, set[str]]) -> bool:
    """A recommendation that lost a step is no longer the programme's recommendation."""
    known = awards.get(pathway["award"])
    return known is not None and all(
        items.issuperset(step.get("items", [])) and step.get("requirement", "") in {"", *known}
        for step in pathway["steps"]
    )
