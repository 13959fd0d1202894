"""Random small programmes and holdings, as JSON, that touch every selector and every rule."""

from dataclasses import dataclass
from random import Random
from typing import Any

Json = dict[str, Any]
INSTITUTIONS = {"aa": "PL", "bb": "DE", "cc": "PL", "dd": "NO"}
ISCED = ["0532", "0521", "0612", "0613", "06", "1041"]
OUTCOMES = ["urn:o:1", "urn:o:2", "urn:o:3"]
FORMS = ["course", "mooc", "bip"]
MODES = ["online", "onsite"]
GROUPS = ["g1", "g2", "g3"]
TAGS = ["s-x", "s-y", "t-x"]
DATES = ["2020-01-31", "2020-02-29", "2021-06-30", "2022-05-31", "2023-03-24", "2024-01-31"]
STEPS = ["2.0", "3.0", "3.5", "4.0", "5.0"]
SIZES = ["1", "2", "2.5", "3", "3", "4", "6"]
KINDS = ["total", "distinct", "distinct", "share", "share", "coverage", "window", "order"]
KINDS += ["overlap", "approval", "exclusive"]
TITLES = ["Climate data analysis", "Climate data analysis II", "Urban mobility", "Ethics of AI"]


@dataclass(frozen=True)
class Size:
    """The least and the most of each."""

    items: tuple[int, int] = (1, 4)
    credentials: tuple[int, int] = (0, 4)
    leaves: tuple[int, int] = (1, 3)


SMALL = Size()


def instance(seed: int, size: Size = SMALL) -> tuple[Json, Json]:
    """A programme and holdings."""
    rng = Random(seed)  # noqa: S311 -- the same instance for the same seed
    items = [_item(rng, f"i{n}") for n in range(rng.randint(*size.items))]
    programme: Json = {
        "format": "mc-programme/1",
        "id": "urn:mc-programme:test:random",
        "version": str(seed),
        "title": {"en": "Random"},
        "kind": "other",
        "status": "illustrative",
        "sources": {"s": "made up"},
        "institutions": {
            k: {"name": {"en": f"University {k}"}, "country": c} for k, c in INSTITUTIONS.items()
        },
        "catalogue": items,
        "awards": [_award(rng, items, "full", size)],
    }
    if len(items) > 1 and rng.random() < 0.3:
        some = rng.sample([item["key"] for item in items], 2)
        programme["equivalences"] = [{"items": some, "max": rng.choice([1, 1, 2])}]
    credentials = [_credential(rng, items, n) for n in range(rng.randint(*size.credentials))]
    if len(credentials) > 1 and rng.random() < 0.2:
        credentials[0]["parts"] = [credentials[1]["id"]]
    holdings: Json = {"credentials": credentials}
    if rng.random() < 0.5:
        holdings["learner"] = {"field": rng.choice(["0532", "0612", "0732"])}
    if credentials and rng.random() < 0.3:
        holdings["taken"] = {"urn:p:other#award": [rng.choice(credentials)["id"]]}
    return programme, holdings


def _some(rng: Random, values: list[str], chance: float = 0.6) -> list[str]:
    return [rng.choice(values)] if rng.random() < chance else []


def _item(rng: Random, key: str) -> Json:
    item: Json = {
        "key": key,
        "title": {"en": rng.choice(TITLES)},
        "awardedBy": rng.sample(sorted(INSTITUTIONS), rng.choice([1, 1, 1, 2])),
        "achievement": [f"urn:x:{key}"],
        "ects": rng.choice([*SIZES, None]),
        "eqf": rng.choice([6, 7, 8, None]),
        "groups": rng.sample(GROUPS, rng.choice([1, 1, 2])),
        "tags": _some(rng, TAGS),
        "isced": _some(rng, ISCED, 0.8),
        "outcomes": _some(rng, OUTCOMES, 0.3),
        "mode": _some(rng, MODES),
        "known": "illustrative",
    }
    if rng.random() < 0.7:
        item["form"] = rng.choice(FORMS)
    if rng.random() < 0.2:
        item["repeatable"] = 2
    if rng.random() < 0.3:
        item["codes"] = [{"institution": item["awardedBy"][0], "code": f"K{key}"}]
    return item


def _credential(rng: Random, items: list[Json], number: int) -> Json:
    item = rng.choice(items)
    raw: Json = {"id": f"c{number}", **_recognised(rng, item)}
    if rng.random() < 0.85:
        own = rng.random() < 0.8
        raw["awardedBy"] = item["awardedBy"] if own else [rng.choice(sorted(INSTITUTIONS))]
    facts: list[tuple[float, str, Any]] = [
        (0.8, "ects", item["ects"] if rng.random() < 0.5 else rng.choice(SIZES)),
        (0.6, "awarded", rng.choice(DATES)),
        (0.6, "isced", [rng.choice(ISCED)]),
        (0.3, "outcomes", rng.sample(OUTCOMES, rng.randint(1, 2))),
        (0.6, "eqf", rng.choice([6, 7, 8])),
        (0.5, "form", rng.choice(FORMS)),
        (0.5, "mode", [rng.choice(MODES)]),
        (0.5, "grade", {"scale": rng.choice(["pl", "pl", "de"]), "value": rng.choice(STEPS)}),
        (0.2, "state", rng.choice(["unverified", "self-asserted", "revoked", "in-progress"])),
        (0.05, "attendance", True),
    ]
    return raw | {name: value for chance, name, value in facts if rng.random() < chance}


def _recognised(rng: Random, item: Json) -> Json:
    """By what a credential may be recognised: identifier, code, title, or nothing."""
    how = rng.random()
    if how < 0.55:
        return {"achievement": [f"urn:x:{item['key']}"]}
    if how < 0.65 and "codes" in item:
        return {"codes": [item["codes"][0]["code"]]}
    if how < 0.75:
        title = rng.choice([item["title"]["en"], *TITLES]) + rng.choice(["", " (spring)"])
        confirmed = {"confirmed": [item["key"]]} if rng.random() < 0.4 else {}
        return {"title": title, **confirmed}
    if how < 0.85:
        return {"achievement": [rng.choice(["urn:y:1", "urn:y:2", "urn:y:3"])]}
    return {}


def _selector(rng: Random, items: list[Json], depth: int = 0) -> Json:
    groups = sorted({group for item in items for group in item["groups"]})
    tags = sorted({tag for item in items for tag in item["tags"]})
    kinds = ["group"] * 8 + ["item", "item", "achievement", "outcomes", "institution", "country"]
    kinds += ["isced", "form", "mode", "title", "fieldOfStudy"] + (["tag"] if tags else [])
    if depth < 2:
        kinds += ["all", "any", "any", "not"]
    kind = rng.choice(kinds)
    if kind in {"all", "any"}:
        return {kind: [_selector(rng, items, depth + 1) for _ in range(2)]}
    if kind == "not":
        return {"not": _selector(rng, items, depth + 1)}
    if kind == "outcomes":
        return {"outcomes": {rng.choice(["all", "any"]): rng.sample(OUTCOMES, rng.randint(1, 2))}}
    if kind == "fieldOfStudy":
        return {kind: rng.choice(["outside-learner", "inside-learner"])}
    choices = {
        "group": groups,
        "item": [item["key"] for item in items],
        "tag": tags,
        "achievement": ["urn:y:1", "urn:y:2", "urn:x:i0"],
        "institution": sorted(INSTITUTIONS),
        "country": ["PL", "DE"],
        "isced": ["05", "061", "0532"],
        "form": FORMS,
        "mode": MODES,
        "title": TITLES,
    }[kind]
    return {kind: rng.sample(choices, rng.randint(1, min(2, len(choices))))}


def _amount(rng: Random, *, upper: bool = False) -> Json:
    kind = rng.random()
    if upper and kind < 0.15:
        return {"max": rng.choice(["4", "6", "8"])}
    if kind < 0.4:
        return {"moreThan": rng.choice(["2", "3", "4"])}
    found = {"min": rng.choice(["2", "2.5", "3", "5"])}
    if upper and kind > 0.8:
        found["max"] = rng.choice(["6", "8"])
    return found


def _leaf(rng: Random, items: list[Json], key: str) -> Json:
    leaf: Json = {"key": key, "title": {"en": key}, "from": _selector(rng, items)}
    kind = rng.random()
    if kind < 0.75:
        leaf["count"] = {"min": rng.choice([0, 1, 1, 1, 2])}
        if rng.random() < 0.2:
            leaf["count"]["max"] = 2
    if kind > 0.5:
        leaf["ects"] = _amount(rng, upper=True)
    if rng.random() < 0.35:
        leaf["each"] = rng.choice(
            [
                {"ects": _amount(rng)},
                {"eqf": {"min": 7}},
                {"grade": {"scale": "pl", "atLeast": "3.5", "order": STEPS}},
                {"awarded": {"from": "2021-01-01", "until": "2023-12-31"}},
            ]
        )
    if rng.random() < 0.4:
        leaf["layer"] = rng.choice(["one", "two"])
    if rng.random() < 0.5:
        leaf["openPool"] = True
    return leaf


def _award(rng: Random, items: list[Json], key: str, size: Size) -> Json:
    leaves = [_leaf(rng, items, f"r{n}") for n in range(rng.randint(*size.leaves))]
    requirements = leaves
    if len(leaves) > 1 and rng.random() < 0.35:
        choose: Json = {"min": rng.randint(1, len(leaves))}
        if rng.random() < 0.3:
            choose["max"] = choose["min"]
        requirements = [{"key": "pick", "title": {"en": "pick"}, "choose": choose, "of": leaves}]
    award: Json = {"key": key, "title": {"en": key}, "requirements": requirements}
    names = [leaf["key"] for leaf in leaves]
    layers = sorted({leaf["layer"] for leaf in leaves if "layer" in leaf})
    rules = [_constraint(rng, items, names, layers, n) for n in range(rng.choice([0, 1, 1, 2, 3]))]
    award["constraints"] = [rule for rule in rules if rule]
    if rng.random() < 0.5:
        award["accept"] = rng.sample(
            ["identifier", "code", "outcomes", "attributes", "confirmed-title"], rng.randint(2, 5)
        )
    return award


def _constraint(
    rng: Random, items: list[Json], names: list[str], layers: list[str], number: int
) -> Json | None:
    kind = rng.choice(KINDS)
    if kind == "order" and len(names) < 2:
        return None
    rule: Json = {"key": f"k{number}", "title": {"en": f"k{number}"}, "type": kind}
    if kind != "order" and rng.random() < 0.25:
        rule["over"] = rng.sample(names, 1)
    return rule | _bounds(rng, kind, items, names, layers)


def _bounds(rng: Random, kind: str, items: list[Json], names: list[str], layers: list[str]) -> Json:
    """What a rule of this kind asks."""
    if kind == "total":
        return {"ects": _amount(rng, upper=True)}
    if kind == "distinct":
        found: Json = {"joint": rng.choice(["each", "once"]), "min": rng.randint(1, 2)}
        found["of"] = rng.choice(
            ["institution", "country", "country", "mode", "form", "isced2", "tag:s"]
        )
        return found | ({"max": 2} if rng.random() < 0.25 else {})
    if kind == "share":
        bound = rng.choice([{"ects": "3"}, {"count": 1}, {"percent": "50"}, {"percent": "33.3"}])
        return {"where": _selector(rng, items), rng.choice(["atLeast", "atMost"]): bound}
    if kind == "coverage":
        return {"outcomes": rng.sample(OUTCOMES, rng.randint(1, 2))}
    if kind == "window":
        anchor = rng.choice(["earliest-counted", "earliest-counted", "today"])
        return {"months": rng.choice([1, 12, 24, 36]), "anchor": anchor}
    if kind == "order":
        before, after = rng.sample(names, 2)
        return {"before": before, "after": after, "advice": rng.random() < 0.2}
    if kind == "overlap":
        bound = rng.choice([{"count": 0}, {"count": 1}, {"ects": "3"}, {"percent": "50"}])
        return {"atMost": bound} | ({"layers": layers} if len(layers) == 2 else {})
    return {"with": ["urn:p:other#award"]} if kind == "exclusive" else {}
