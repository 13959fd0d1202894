"""From a checked definition's JSON to values. Nothing is checked here again."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from wallet.model.credential import JsonObject, Text
from wallet.model.programme import (
    Amount,
    Award,
    Constraint,
    ConstraintType,
    Count,
    Each,
    Equivalence,
    Fact,
    GradeRule,
    Institution,
    Item,
    ItemCode,
    Pathway,
    PathwayStep,
    Period,
    Programme,
    Requirement,
    Selector,
    SelectorKind,
    Share,
    Strength,
)


def build(document: JsonObject) -> Programme:
    """Make the programme that a checked definition describes."""
    audience = document.get("audience", {})
    return Programme(
        id=document["id"],
        version=document["version"],
        title=_text(document["title"]),
        kind=document["kind"],
        status=document["status"],
        sources=dict(document["sources"]),
        institutions=tuple(_institution(k, v) for k, v in document["institutions"].items()),
        catalogue=tuple(_item(one) for one in document["catalogue"]),
        awards=tuple(_award(one, f"/awards/{i}") for i, one in enumerate(document["awards"])),
        summary=_maybe_text(document.get("summary")),
        facts=tuple(Fact(f["at"], f["source"], f.get("note")) for f in document.get("facts", [])),
        owned_by=tuple(document.get("ownedBy", [])),
        audience=_maybe_text(audience.get("text")),
        audience_cycles=tuple(audience.get("cycles", [])),
        audience_institutions=tuple(audience.get("institutions", [])),
        valid=_period(document.get("valid", {})),
        integration=document.get("integration"),
        equivalences=tuple(
            Equivalence(tuple(one["items"]), one.get("max", 1))
            for one in document.get("equivalences", [])
        ),
        pathways=tuple(_pathway(one) for one in document.get("pathways", [])),
    )


def _text(value: dict[str, str]) -> Text:
    return Text(tuple(value.items()))


def _maybe_text(value: dict[str, str] | None) -> Text | None:
    return None if value is None else _text(value)


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)


def _period(value: JsonObject) -> Period:
    return Period(_day(value.get("from")), _day(value.get("until")))


def _count(value: JsonObject | None) -> Count | None:
    return None if value is None else Count(value.get("min", 0), value.get("max"))


def _amount(value: JsonObject | None) -> Amount | None:
    if value is None:
        return None
    return Amount(
        _decimal(value.get("min")), _decimal(value.get("moreThan")), _decimal(value.get("max"))
    )


def _institution(key: str, value: JsonObject) -> Institution:
    ids = tuple(value.get("ids", {}).values())
    return Institution(key, _text(value["name"]), value["country"], ids)


def _item(value: JsonObject) -> Item:
    reach = value.get("ectsRange")
    return Item(
        key=value["key"],
        title=_text(value["title"]),
        awarded_by=tuple(value["awardedBy"]),
        published=value["known"] == "published",
        achievement=tuple(value.get("achievement", [])),
        codes=tuple(ItemCode(one["institution"], one["code"]) for one in value.get("codes", [])),
        ects=_decimal(value.get("ects")),
        ects_range=None if reach is None else (Decimal(reach[0]), Decimal(reach[1])),
        eqf=value.get("eqf"),
        form=value.get("form"),
        mode=tuple(value.get("mode", [])),
        languages=tuple(value.get("languages", [])),
        groups=tuple(value.get("groups", [])),
        tags=tuple(value.get("tags", [])),
        isced=tuple(value.get("isced", [])),
        esco=tuple(value.get("esco", [])),
        outcomes=tuple(value.get("outcomes", [])),
        prerequisites=tuple(value.get("prerequisites", [])),
        repeatable=value.get("repeatable", 1),
        offered=tuple(_period(one) for one in value.get("offered", [])),
    )


def _award(value: JsonObject, at: str) -> Award:
    stated = [Strength(one) for one in value["accept"]] if "accept" in value else None
    accept = {} if stated is None else {"accept": frozenset(stated)}
    return Award(
        key=value["key"],
        title=_text(value["title"]),
        at=at,
        requirements=_requirements(value["requirements"], f"{at}/requirements"),
        constraints=tuple(
            _constraint(one, f"{at}/constraints/{i}")
            for i, one in enumerate(value.get("constraints", []))
        ),
        achievement=tuple(value.get("achievement", [])),
        eqf=value.get("eqf"),
        ects=_decimal(value.get("ects")),
        absorbs=tuple(value.get("absorbs", [])),
        **accept,
    )


def _requirements(values: Sequence[JsonObject], at: str) -> tuple[Requirement, ...]:
    return tuple(_requirement(one, f"{at}/{index}") for index, one in enumerate(values))


def _requirement(value: JsonObject, at: str) -> Requirement:
    chosen = "of" in value
    return Requirement(
        key=value["key"],
        title=_text(value["title"]),
        at=at,
        selector=None if chosen else selector(value["from"]),
        count=_count(value.get("count")),
        ects=_amount(value.get("ects")),
        each=_each(value.get("each")),
        layer=value.get("layer", ""),
        open_pool=value.get("openPool", False),
        choose=_count(value["choose"]) if chosen else None,
        children=_requirements(value["of"], f"{at}/of") if chosen else (),
    )


def _each(value: JsonObject | None) -> Each | None:
    if value is None:
        return None
    eqf, grade = value.get("eqf", {}), value.get("grade")
    rule = None
    if grade is not None:
        rule = GradeRule(grade["scale"], grade["atLeast"], tuple(grade.get("order", [])))
    awarded = _period(value["awarded"]) if "awarded" in value else None
    return Each(_amount(value.get("ects")), eqf.get("min"), eqf.get("max"), rule, awarded)


def selector(value: JsonObject) -> Selector:
    """Make a selector; one with several questions about outcomes asks all of them."""
    ((name, asked),) = value.items()
    if name in {"all", "any"}:
        return Selector(SelectorKind(name), parts=tuple(selector(one) for one in asked))
    if name == "not":
        return Selector(SelectorKind.NOT, parts=(selector(asked),))
    if name == "outcomes":
        parts = tuple(
            Selector(SelectorKind(f"outcomes-{kind}"), tuple(uris)) for kind, uris in asked.items()
        )
        return parts[0] if len(parts) == 1 else Selector(SelectorKind.ALL, parts=parts)
    if name == "fieldOfStudy":
        return Selector(SelectorKind.FIELD_OF_STUDY, (asked,))
    return Selector(SelectorKind(name), tuple(asked))


def _share(value: JsonObject | None) -> Share | None:
    if value is None:
        return None
    return Share(_decimal(value.get("ects")), value.get("count"), _decimal(value.get("percent")))


def _constraint(value: JsonObject, at: str) -> Constraint:
    facts: dict[str, Any] = {
        "of": value.get("of"),
        "min": value.get("min"),
        "max": value.get("max"),
        "months": value.get("months"),
        "before": value.get("before"),
        "after": value.get("after"),
        "by": value.get("by"),
    }
    return Constraint(
        key=value["key"],
        type=ConstraintType(value["type"]),
        title=_text(value["title"]),
        at=at,
        over=tuple(value.get("over", [])),
        ects=_amount(value.get("ects")),
        joint_once=value.get("joint", "each") == "once",
        where=selector(value["where"]) if "where" in value else None,
        at_least=_share(value.get("atLeast")),
        at_most=_share(value.get("atMost")),
        outcomes=tuple(value.get("outcomes", [])),
        anchor_today=value.get("anchor") == "today",
        advice=value.get("advice", False),
        layers=tuple(value.get("layers", [])),
        with_awards=tuple(value.get("with", [])),
        text=_maybe_text(value.get("text")),
        **facts,
    )


def _pathway(value: JsonObject) -> Pathway:
    return Pathway(
        value["key"],
        value["award"],
        _text(value["title"]),
        tuple(
            PathwayStep(
                tuple(step.get("items", [])), step.get("requirement"), _maybe_text(step.get("note"))
            )
            for step in value["steps"]
        ),
    )
