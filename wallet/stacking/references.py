"""What a schema cannot say of a programme definition: references, cycles, impossible rules."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from wallet.model.credential import JsonObject

Place = tuple[str, str]


def check_references(document: JsonObject) -> list[Place]:
    """Name every place of a definition (that keeps the schema) whose references lead nowhere."""
    return [
        *_keys(document["catalogue"], "/catalogue"),
        *_catalogue(document),
        *_keys(document["awards"], "/awards"),
        *_awards(document),
        *_pathways(document),
        *_facts(document),
    ]


def _keys(entries: Sequence[JsonObject], at: str) -> Iterator[Place]:
    seen: set[str] = set()
    for index, entry in enumerate(entries):
        if entry["key"] in seen:
            yield f"{at}/{index}/key", f"{entry['key']} is there twice"
        seen.add(entry["key"])


def _unknown(names: Sequence[str], known: Any, at: str, what: str) -> Iterator[Place]:
    for index, name in enumerate(names):
        if name not in known:
            yield f"{at}/{index}", f"no {what} {name}"


def _period(value: JsonObject | None, at: str) -> Iterator[Place]:
    if value and "from" in value and "until" in value and value["from"] > value["until"]:
        yield at, "ends before it begins"


# ---- the catalogue ------------------------------------------------------------------------------


def _catalogue(document: JsonObject) -> Iterator[Place]:
    institutions = document["institutions"]
    items = {item["key"]: item for item in document["catalogue"]}
    yield from _period(document.get("valid"), "/valid")
    for index, item in enumerate(document["catalogue"]):
        at = f"/catalogue/{index}"
        yield from _unknown(item["awardedBy"], institutions, f"{at}/awardedBy", "institution")
        codes = [code["institution"] for code in item.get("codes", [])]
        for place, what in _unknown(codes, institutions, f"{at}/codes", "institution"):
            yield f"{place}/institution", what
        yield from _unknown(item.get("prerequisites", []), items, f"{at}/prerequisites", "item")
        reach = item.get("ectsRange")
        if reach and Decimal(reach[0]) > Decimal(reach[1]):
            yield f"{at}/ectsRange", "the first number is greater than the second"
        for number, offered in enumerate(item.get("offered", [])):
            yield from _period(offered, f"{at}/offered/{number}")
    graph = {key: item.get("prerequisites", []) for key, item in items.items()}
    yield from _cycle(graph, "/catalogue", "prerequisites")
    for index, one in enumerate(document.get("equivalences", [])):
        yield from _unknown(one["items"], items, f"/equivalences/{index}/items", "item")


def _cycle(graph: Mapping[str, Sequence[str]], at: str, what: str) -> Iterator[Place]:
    """Say once that following the edges comes back to where it started."""
    done: set[str] = set()
    for start in graph:
        path: list[str] = []
        waiting: list[tuple[str, bool]] = [(start, True)]
        while waiting:
            node, enter = waiting.pop()
            if not enter:
                path.pop()
                done.add(node)
                continue
            if node in path:
                circle = [*path[path.index(node) :], node]
                yield at, f"{what} go in a circle: {' > '.join(circle)}"
                return
            if node in done:
                continue
            path.append(node)
            waiting.append((node, False))
            waiting += [(after, True) for after in graph.get(node, ())]


# ---- awards -------------------------------------------------------------------------------------


def _awards(document: JsonObject) -> Iterator[Place]:
    awards = {award["key"]: award for award in document["awards"]}
    for index, award in enumerate(document["awards"]):
        at = f"/awards/{index}"
        yield from _unknown(award.get("absorbs", []), awards, f"{at}/absorbs", "award")
        nodes = dict(_nodes(award["requirements"], f"{at}/requirements"))
        seen: set[str] = set()
        for place, node in nodes.items():
            if node["key"] in seen:
                yield f"{place}/key", f"{node['key']} is there twice"
            seen.add(node["key"])
            yield from _requirement(document, node, place)
        rules = award.get("constraints", [])
        yield from _keys(rules, f"{at}/constraints")
        layers = {node["layer"] for node in nodes.values() if "layer" in node}
        for number, rule in enumerate(rules):
            place = f"{at}/constraints/{number}"
            if rule["key"] in seen:
                yield f"{place}/key", f"{rule['key']} is the key of a requirement"
            yield from _constraint(document, rule, place, seen, layers)
        order: dict[str, list[str]] = {}
        for rule in rules:
            if rule["type"] == "order" and "before" in rule and "after" in rule:
                order.setdefault(rule["before"], []).append(rule["after"])
        yield from _cycle(order, f"{at}/constraints", "rules of order")
    graph = {key: award.get("absorbs", []) for key, award in awards.items()}
    yield from _cycle(graph, "/awards", "absorbs")


def _nodes(requirements: Sequence[JsonObject], at: str) -> Iterator[tuple[str, JsonObject]]:
    for index, node in enumerate(requirements):
        here = f"{at}/{index}"
        yield here, node
        yield from _nodes(node.get("of", []), f"{here}/of")


def _requirement(document: JsonObject, node: JsonObject, at: str) -> Iterator[Place]:
    if "from" in node:
        yield from _selector(document, node["from"], f"{at}/from")
    yield from _count(node.get("count"), f"{at}/count")
    yield from _amount(node.get("ects"), f"{at}/ects")
    if "of" in node:
        yield from _count(node["choose"], f"{at}/choose")
        children = len(node["of"])
        if node["choose"].get("min", 0) > children:
            yield f"{at}/choose/min", f"asks for more than its {children} children"
    each = node.get("each", {})
    yield from _amount(each.get("ects"), f"{at}/each/ects")
    yield from _count(each.get("eqf"), f"{at}/each/eqf")
    yield from _period(each.get("awarded"), f"{at}/each/awarded")
    grade = each.get("grade", {})
    if grade.get("order") and grade["atLeast"] not in grade["order"]:
        yield f"{at}/each/grade/atLeast", f"{grade['atLeast']} is not on the scale"
    yield from _enough_items(document, node, at)


def _count(value: JsonObject | None, at: str) -> Iterator[Place]:
    if value and "max" in value and value.get("min", 0) > value["max"]:
        yield at, "the least is greater than the most"


def _amount(value: JsonObject | None, at: str) -> Iterator[Place]:
    if not value or "max" not in value:
        return
    most = Decimal(value["max"])
    if Decimal(value.get("min", "0")) > most:
        yield at, "the least is greater than the most"
    if "moreThan" in value and Decimal(value["moreThan"]) >= most:
        yield at, "asks for more than the most"


def _enough_items(document: JsonObject, node: JsonObject, at: str) -> Iterator[Place]:
    """A count that the catalogue cannot give, where nothing but catalogue items may count."""
    needed = node.get("count", {}).get("min", 0)
    found = _only_items(document, node.get("from"))
    if needed and found is not None:
        there = sum(item.get("repeatable", 1) for item in found)
        if there < needed:
            yield f"{at}/count/min", f"asks for {needed}, the catalogue has {there}"


def _only_items(document: JsonObject, asked: JsonObject | None) -> list[JsonObject] | None:
    """The items that a selector names by key, group or tag; None where others may fit too."""
    if not asked:
        return None
    ((name, values),) = asked.items()
    member = {"item": "key", "group": "groups", "tag": "tags"}.get(name)
    if member is None:
        return None
    wanted = set(values)
    return [
        item
        for item in document["catalogue"]
        if not wanted.isdisjoint([item["key"]] if member == "key" else item.get(member, []))
    ]


def _selector(document: JsonObject, asked: JsonObject, at: str) -> Iterator[Place]:
    ((name, values),) = asked.items()
    here = f"{at}/{name}"
    if name in {"all", "any"}:
        for index, part in enumerate(values):
            yield from _selector(document, part, f"{here}/{index}")
    elif name == "not":
        yield from _selector(document, values, here)
    elif name == "institution":
        yield from _unknown(values, document["institutions"], here, "institution")
    elif name in {"item", "group", "tag"}:
        members = {"item": "key", "group": "groups", "tag": "tags"}[name]
        known = {
            key
            for item in document["catalogue"]
            for key in ([item["key"]] if name == "item" else item.get(members, []))
        }
        for index, value in enumerate(values):
            if value not in known:
                what = f"no item {value}" if name == "item" else f"no item in {name} {value}"
                yield f"{here}/{index}", what


# ---- rules over the whole -----------------------------------------------------------------------

_NEEDS = {
    "total": ("ects",),
    "distinct": ("of",),
    "share": ("where",),
    "coverage": ("outcomes",),
    "window": ("months",),
    "order": ("before", "after"),
    "overlap": ("atMost",),
    "exclusive": ("with",),
}
_EITHER = {"distinct": ("min", "max"), "share": ("atLeast", "atMost")}


def _constraint(
    document: JsonObject, rule: JsonObject, at: str, requirements: set[str], layers: set[str]
) -> Iterator[Place]:
    kind = rule["type"]
    for member in _NEEDS.get(kind, ()):
        if member not in rule:
            yield at, f"{kind} needs {member}"
    either = _EITHER.get(kind)
    if either and not any(member in rule for member in either):
        yield at, f"{kind} needs {' or '.join(either)}"
    yield from _unknown(rule.get("over", []), requirements, f"{at}/over", "requirement")
    for member in ("before", "after"):
        if member in rule and rule[member] not in requirements:
            yield f"{at}/{member}", f"no requirement {rule[member]}"
    yield from _unknown(rule.get("layers", []), layers, f"{at}/layers", "layer")
    yield from _amount(rule.get("ects"), f"{at}/ects")
    if rule.get("min", 0) > rule.get("max", rule.get("min", 0)):
        yield at, "the least is greater than the most"
    if "where" in rule:
        yield from _selector(document, rule["where"], f"{at}/where")
    for member in ("atLeast", "atMost"):
        if member in rule:
            yield from _share(rule[member], f"{at}/{member}")
    for index, name in enumerate(rule.get("with", [])):
        programme, sharp, key = name.partition("#")
        if not sharp or not key:
            yield f"{at}/with/{index}", "is not programme#award"
        elif programme == document["id"] and key not in {a["key"] for a in document["awards"]}:
            yield f"{at}/with/{index}", f"no award {key}"


def _share(value: JsonObject, at: str) -> Iterator[Place]:
    if not value:
        yield at, "states no bound"
    if Decimal(value.get("percent", "0")) > 100:
        yield f"{at}/percent", "is more than 100"


# ---- pathways and facts -------------------------------------------------------------------------


def _pathways(document: JsonObject) -> Iterator[Place]:
    items = {item["key"] for item in document["catalogue"]}
    awards = {award["key"]: award for award in document["awards"]}
    yield from _keys(document.get("pathways", []), "/pathways")
    for index, pathway in enumerate(document.get("pathways", [])):
        at = f"/pathways/{index}"
        award = awards.get(pathway["award"])
        if award is None:
            yield f"{at}/award", f"no award {pathway['award']}"
            continue
        keys = {node["key"] for _, node in _nodes(award["requirements"], "")}
        for number, step in enumerate(pathway["steps"]):
            here = f"{at}/steps/{number}"
            yield from _unknown(step.get("items", []), items, f"{here}/items", "item")
            if "requirement" in step and step["requirement"] not in keys:
                yield f"{here}/requirement", f"no requirement {step['requirement']}"


def _facts(document: JsonObject) -> Iterator[Place]:
    for index, fact in enumerate(document.get("facts", [])):
        if fact["source"] != "assumed" and fact["source"] not in document["sources"]:
            yield f"/facts/{index}/source", f"no source {fact['source']}"
        if not _leads_somewhere(document, fact["at"]):
            yield f"/facts/{index}/at", f"nothing is at {fact['at']}"


def _leads_somewhere(document: Any, pointer: str) -> bool:
    here = document
    for step in pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        if isinstance(here, dict) and name in here:
            here = here[name]
        elif isinstance(here, list) and name.isdigit() and int(name) < len(here):
            here = here[int(name)]
        else:
            return False
    return True
