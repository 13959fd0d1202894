"""The rules a second time, as plainly as possible: try everything, look at the whole.

Works on the JSON of programme and holdings and shares no code with wallet.stacking. Exponential;
only for instances of a few credentials, items and requirements.
"""

import calendar
import itertools
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from fractions import Fraction
from typing import Any

ORDER = ["identifier", "code", "outcomes", "attributes", "confirmed-title", "title", "stated"]
COUNTING = {"valid", "unverified", "self-asserted"}
Json = dict[str, Any]
Counted = list[tuple["Thing", dict[str, Any]]]
"""What counts, and in which leaf of each layer."""


@dataclass(frozen=True)
class Result:
    """What is compared."""

    status: str
    cost: tuple[Any, ...] | None
    """(weakness, number, ECTS, ids) of the assignment shown, for an award that is met."""
    missing_items: int | None
    missing_ects: int | None
    plans: tuple[tuple[str, ...], ...]


def cents(text: Any) -> int:
    """ECTS as hundredths."""
    return int(Fraction(str(text)) * 100)


def fold(title: str) -> str:
    """Fold case and accents, keep letters and digits."""
    plain = unicodedata.normalize("NFKD", title.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


def alike(one: str, other: str) -> bool:
    """The title rule."""
    a, b = fold(one), fold(other)
    ratio = max(SequenceMatcher(None, a, b).ratio(), SequenceMatcher(None, b, a).ratio())
    return bool(a and b) and ratio >= 0.85


class Thing:
    """A credential in one reading, or a planned item."""

    def __init__(self, raw: Json, matches: dict[str, str], denied: set[str], planned: bool) -> None:
        self.raw = raw
        self.id: str = raw["id"]
        self.matches = matches
        self.denied = denied
        self.planned = planned
        self.stated = raw.get("ects")

    def ects(self, catalogue: dict[str, Json], generous: bool) -> int:
        """Hundredths that count."""
        if self.stated is not None:
            return cents(self.stated)
        if self.planned or not generous:
            return 0
        ordered = sorted(
            self.matches, key=lambda k: (ORDER.index(self.matches[k]), keys(catalogue, k))
        )
        for key in ordered:
            if catalogue[key].get("ects") is not None:
                return cents(catalogue[key]["ects"])
        return 0


def keys(catalogue: dict[str, Json], key: str) -> int:
    """Place in the catalogue."""
    return list(catalogue).index(key)


class Judge:
    """One award of one programme, with the holdings."""

    def __init__(self, programme: Json, award: Json, holdings: Json, today: date) -> None:
        self.programme = programme
        self.award = award
        self.today = today
        self.learner = holdings.get("learner", {}).get("field")
        self.taken = holdings.get("taken", {})
        self.catalogue = {item["key"]: item for item in programme["catalogue"]}
        self.accept = award.get("accept", ["identifier", "code", "outcomes"])
        self.leaves = list(self._leaves(award["requirements"]))
        self.raw = sorted(holdings["credentials"], key=lambda c: c["id"])
        self.things = [thing for raw in self.raw for thing in self._readings(raw)]
        owned: set[str] = set()
        for raw in self.raw:
            if raw.get("state", "valid") in COUNTING:
                readings = [t for t in self.things if t.id == raw["id"] and t.matches]
                if readings:
                    owned |= set(max(readings, key=self._likeness).matches)
        self.items = [self._planned(k) for k in sorted(self.catalogue) if k not in owned]
        self.everything = self.things + self.items

    def _leaves(self, nodes: list[Json]) -> Iterator[Json]:
        for node in nodes:
            if "of" in node:
                yield from self._leaves(node["of"])
            else:
                yield node

    # ---- matching ---------------------------------------------------------------------------

    def _readings(self, raw: Json) -> list[Thing]:
        strong: dict[str, str] = {}
        titles: list[str] = []
        for key, item in self.catalogue.items():
            strength = self._strength(raw, item)
            if strength == "title":
                titles.append(key)
            elif strength:
                strong[key] = strength
        if strong or not titles:
            return [Thing(raw, strong, set(), False)]
        found = [Thing(raw, {key: "title"}, set(), False) for key in titles]
        return [*found, Thing(raw, {}, set(titles), False)]

    def _strength(self, raw: Json, item: Json) -> str | None:
        if set(raw.get("achievement", [])) & set(item.get("achievement", [])):
            return "identifier"
        for code in item.get("codes", []):
            if code["institution"] in raw.get("awardedBy", []) and code["code"] in raw.get(
                "codes", []
            ):
                return "code"
        stated = set(raw.get("outcomes", [])) | set(raw.get("esco", []))
        if item.get("outcomes") and set(item["outcomes"]) <= stated:
            return "outcomes"
        if item["key"] in raw.get("confirmed", []):
            return "confirmed-title"
        if raw.get("achievement") or raw.get("codes") or "title" not in raw:
            return None
        if not set(raw.get("awardedBy", [])) & set(item["awardedBy"]):
            return None
        return "title" if any(alike(raw["title"], t) for t in item["title"].values()) else None

    def _likeness(self, thing: Thing) -> float:
        if list(thing.matches.values()) != ["title"]:
            return 0.0
        title = fold(thing.raw["title"])
        others = [fold(t) for t in self.catalogue[next(iter(thing.matches))]["title"].values()]
        return max(
            max(SequenceMatcher(None, title, o).ratio(), SequenceMatcher(None, o, title).ratio())
            for o in others
        )

    def _planned(self, key: str) -> Thing:
        item = self.catalogue[key]
        raw = {**item, "id": key, "title": next(iter(item["title"].values()))}
        return Thing(raw, {key: "identifier"}, set(), True)

    # ---- selectors: (True, False or None; strength; open) --------------------------------------

    def select(self, asked: Json, thing: Thing) -> tuple[bool | None, str, bool]:
        """Answer, strength and whether something is open."""
        ((name, values),) = asked.items()
        if name in {"all", "any", "not"}:
            return self._combine(name, values, thing)
        if name in {"item", "group", "tag"}:
            return self._by_item(name, values, thing)
        if name == "achievement":
            stated = set(thing.raw.get("achievement", []))
            if stated & set(values):
                return True, "identifier", False
            return False, "identifier" if stated else "attributes", False
        if name == "outcomes":
            parts = [self._outcomes(kind, uris, thing) for kind, uris in values.items()]
            return parts[0] if len(parts) == 1 else merge_all(parts)
        if name == "title":
            title = thing.raw.get("title")
            if title is None:
                return None, "stated", True
            return (
                (True, "title", False)
                if any(alike(title, v) for v in values)
                else (False, "attributes", False)
            )
        return self._attribute(name, values, thing)

    def _combine(self, name: str, values: Any, thing: Thing) -> tuple[bool | None, str, bool]:
        if name == "not":
            answer, strength, opened = self.select(values, thing)
            return (None if answer is None else not answer), strength, opened
        parts = [self.select(value, thing) for value in values]
        return merge_all(parts) if name == "all" else merge_any(parts)

    def _by_item(self, name: str, values: list[str], thing: Thing) -> tuple[bool | None, str, bool]:
        def named(key: str) -> bool:
            item = self.catalogue[key]
            member = {"item": [key], "group": item.get("groups", []), "tag": item.get("tags", [])}[
                name
            ]
            return bool(set(member) & set(values))

        hits = [s for key, s in thing.matches.items() if named(key)]
        if hits:
            return True, min(hits, key=ORDER.index), False
        own = min(thing.matches.values(), key=ORDER.index, default="attributes")
        return False, own, any(named(key) for key in thing.denied)

    def _outcomes(self, kind: str, uris: list[str], thing: Thing) -> tuple[bool | None, str, bool]:
        stated = set(thing.raw.get("outcomes", [])) | set(thing.raw.get("esco", []))
        hit = set(uris) <= stated if kind == "all" else bool(set(uris) & stated)
        if hit:
            return True, "outcomes", False
        return (False, "outcomes", False) if stated else (None, "stated", True)

    def _attribute(self, name: str, values: Any, thing: Thing) -> tuple[bool | None, str, bool]:
        raw = thing.raw
        answer: bool | None
        if name == "fieldOfStudy":
            if self.learner is None:
                return None, "stated", True
            answer = prefix(raw.get("isced", []), [self.learner[:3]])
            if values == "outside-learner" and answer is not None:
                answer = not answer
        elif name == "isced":
            answer = prefix(raw.get("isced", []), values)
        elif name == "country":
            stated = [
                self.programme["institutions"][b]["country"] for b in raw.get("awardedBy", [])
            ]
            answer = bool(set(stated) & set(values)) if stated else None
        elif name == "form":
            answer = None if raw.get("form") is None else raw["form"] in values
        else:
            member = {"institution": "awardedBy", "esco": "esco", "mode": "mode"}[name]
            stated = raw.get(member, [])
            answer = bool(set(stated) & set(values)) if stated else None
        return answer, "stated" if answer is None else "attributes", answer is None

    # ---- may it count here? -----------------------------------------------------------------

    def fit(self, leaf: Json, thing: Thing) -> tuple[bool, bool, str] | None:
        """(certain, possible, strength), or None."""
        answer, strength, opened = self.select(leaf["from"], thing)
        state = "valid" if thing.planned else thing.raw.get("state", "valid")
        if answer is False or state not in COUNTING:
            return None
        unpublished = thing.planned and (answer is None or opened)
        if unpublished and not self._learner_only(leaf["from"], thing):
            return None
        asked = [self._each_ects, self._each_level, self._each_grade, self._each_date]
        each = [ask(leaf.get("each", {}), thing) for ask in asked]
        if (False, False) in each or self._excluded(leaf, thing):
            return None
        certain = answer is True and not opened and state == "valid"
        certain = certain and not thing.raw.get("attendance", False)
        if strength == "attributes":
            certain = certain and (leaf.get("openPool", False) or "attributes" in self.accept)
        elif strength != "stated":
            certain = certain and strength in self.accept
        certain = certain and all(one[0] for one in each)
        possible = all(one[1] for one in each)
        return (certain, possible, strength) if certain or possible else None

    def _each_ects(self, each: Json, thing: Thing) -> tuple[bool, bool]:
        asked = each.get("ects", {})
        sure, maybe = thing.ects(self.catalogue, False), thing.ects(self.catalogue, True)
        return amount(asked, sure), amount(asked, maybe)

    def _each_level(self, each: Json, thing: Thing) -> tuple[bool, bool]:
        level = thing.raw.get("eqf")
        if "eqf" not in each:
            return True, True
        if level is None:
            return False, not thing.planned
        fits = each["eqf"].get("min", 0) <= level <= each["eqf"].get("max", 99)
        return fits, fits

    def _each_grade(self, each: Json, thing: Thing) -> tuple[bool, bool]:
        if "grade" not in each or thing.planned:
            return True, True
        grade, steps = thing.raw.get("grade"), each["grade"]["order"]
        if grade is None:
            return False, True
        fits = grade["scale"] == each["grade"]["scale"] and grade["value"] in steps
        fits = fits and steps.index(grade["value"]) >= steps.index(each["grade"]["atLeast"])
        return fits, fits

    def _each_date(self, each: Json, thing: Thing) -> tuple[bool, bool]:
        day = thing.raw.get("awarded")
        if "awarded" not in each or thing.planned:
            return True, True
        if day is None:
            return False, True
        fits = each["awarded"].get("from", "0") <= day <= each["awarded"].get("until", "9999")
        return fits, fits

    def _excluded(self, leaf: Json, thing: Thing) -> bool:
        nested = {f"{self.programme['id']}#{key}" for key in self._nested(self.award)}
        return any(
            thing.id in self.taken.get(name, [])
            for rule in self.award.get("constraints", [])
            if rule["type"] == "exclusive" and self._over(rule, leaf) and not thing.planned
            for name in rule["with"]
            if name not in nested
        )

    def _learner_only(self, asked: Json, thing: Thing) -> bool:
        """Whether all that is open is the learner's field: settle it both ways and see."""
        if self.learner is not None:
            return False
        answers = []
        for field in ("999", next(iter(thing.raw.get("isced", [])), "999")):
            self.learner = field
            answers.append(self.select(asked, thing))
        self.learner = None
        return all(answer is not None and not opened for answer, _, opened in answers)

    def _nested(self, award: Json) -> set[str]:
        found: set[str] = set()
        for key in award.get("absorbs", []):
            inner = next(a for a in self.programme["awards"] if a["key"] == key)
            found |= {key} | self._nested(inner)
        return found

    def _over(self, rule: Json, leaf: Json) -> bool:
        if not rule.get("over"):
            return True
        return leaf["key"] in {one for key in rule["over"] for one in self._below(key)}

    def _below(self, key: str) -> set[str]:
        def walk(nodes: list[Json], inside: bool) -> Iterator[str]:
            for node in nodes:
                here = inside or node["key"] == key
                if "of" in node:
                    yield from walk(node["of"], here)
                elif here:
                    yield node["key"]

        return set(walk(self.award["requirements"], False))

    # ---- all assignments --------------------------------------------------------------------

    def assignments(self, things: list[Thing], generous: bool) -> Iterator[Counted]:
        """Every way to count some of these, each in at most one leaf per layer."""
        groups: dict[tuple[bool, str], list[Counted]] = {}
        for thing in things:
            options = groups.setdefault((thing.planned, thing.id), [[]])
            layers: dict[str, list[Json]] = {}
            for leaf in self.leaves:
                fit = self.fit(leaf, thing)
                if fit and (fit[1] if generous else fit[0]):
                    layers.setdefault(leaf.get("layer", ""), []).append(leaf)
            for chosen in itertools.product(*([None, *leaves] for leaves in layers.values())):
                placed = {leaf.get("layer", ""): leaf for leaf in chosen if leaf}
                if placed:
                    options.append([(thing, placed)])
        for combination in itertools.product(*groups.values()):
            yield [pair for option in combination for pair in option]

    def holds(self, placed: Counted, generous: bool) -> bool:
        """Whether everything holds."""
        if not self._together([thing for thing, _ in placed], generous):
            return False
        for leaf in self.leaves:
            count = sum(1 for _, where in placed if leaf in where.values())
            total = sum(t.ects(self.catalogue, generous) for t, w in placed if leaf in w.values())
            most = leaf.get("count", {}).get("max")
            if most is not None and count > most:
                return False
            if "max" in leaf.get("ects", {}) and total > cents(leaf["ects"]["max"]):
                return False
        if not all(self._satisfied(node, placed, generous) for node in self.award["requirements"]):
            return False
        return all(self._rule(r, placed, generous) for r in self.award.get("constraints", []))

    def _satisfied(self, node: Json, placed: Counted, generous: bool) -> bool:
        if "of" in node:
            done = sum(1 for child in node["of"] if self._satisfied(child, placed, generous))
            least, most = node["choose"].get("min", 0), node["choose"].get("max", done)
            return bool(least <= done <= most)
        inside = [thing for thing, where in placed if node in where.values()]
        if len(inside) < node.get("count", {}).get("min", 0):
            return False
        return amount(node.get("ects", {}), sum(t.ects(self.catalogue, generous) for t in inside))

    def _together(self, things: list[Thing], generous: bool) -> bool:
        for key, item in self.catalogue.items():
            if sum(1 for t in things if key in t.matches) > item.get("repeatable", 1):
                return False
        for group in self.programme.get("equivalences", []):
            editions = set()
            for thing in things:
                inside = [k for k in self.catalogue if k in thing.matches and k in group["items"]]
                if inside:
                    editions.add(min(inside, key=lambda k: ORDER.index(thing.matches[k])))
            if len(editions) > group.get("max", 1):
                return False
        held = [t for t in things if not t.planned]
        for one, other in itertools.combinations(held, 2):
            if other.id in self._parts(one.raw) or one.id in self._parts(other.raw):
                return False
        alike = [*self._shared(), *([] if generous else self._suspected())]
        return all(sum(1 for t in held if t.id in same) <= self._repeatable(same) for same in alike)

    def _shared(self) -> Iterator[set[str]]:
        """Ids of credentials with something in common that the catalogue does not list."""
        listed = {u for item in self.catalogue.values() for u in item.get("achievement", [])}
        for uri in {u for t in self.things for u in t.raw.get("achievement", [])} - listed:
            yield {t.id for t in self.things if uri in t.raw.get("achievement", [])}
        for code in {pair for t in self.things for pair in pairs(t)}:
            yield {t.id for t in self.things if code in pairs(t)}

    def _suspected(self) -> Iterator[set[str]]:
        """The same title of the same bodies, and nothing better."""
        for look in {found for t in self.things if (found := looks(t))}:
            yield {t.id for t in self.things if looks(t) == look}

    def _repeatable(self, ids: set[str]) -> int:
        keys = [key for t in self.things if t.id in ids for key in t.matches]
        return max((self.catalogue[key].get("repeatable", 1) for key in keys), default=1)

    def _parts(self, raw: Json) -> set[str]:
        found: set[str] = set()
        waiting = list(raw.get("parts", []))
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += [p for r in self.raw if r["id"] == name for p in r.get("parts", [])]
        return found

    # ---- constraints ------------------------------------------------------------------------

    def _rule(self, rule: Json, placed: Counted, generous: bool) -> bool:
        kind = rule["type"]
        over = [(t, w) for t, w in placed if any(self._over(rule, leaf) for leaf in w.values())]
        things = [thing for thing, _ in over]
        total = sum(t.ects(self.catalogue, generous) for t in things)
        if kind == "total":
            return amount(rule["ects"], total)
        if kind == "distinct":
            return self._distinct(rule, things, generous)
        if kind == "share":
            low = [t for t in things if self._inside(rule, t, generous)]
            high = [t for t in things if self._inside(rule, t, not generous, upper=True)]
            return self._bound(rule.get("atLeast"), low, total, generous, 1) and self._bound(
                rule.get("atMost"), high, total, generous, -1
            )
        if kind == "coverage":
            stated = [set(t.raw.get("outcomes", [])) | set(t.raw.get("esco", [])) for t in things]
            silent = any(not s and not t.planned for s, t in zip(stated, things, strict=True))
            return (generous and silent) or set(rule["outcomes"]) <= set().union(*stated)
        if kind == "window":
            return self._window(rule, [t for t in things if not t.planned], generous)
        if kind == "order":
            before = dates(over, self._below(rule["before"]))
            after = dates(over, self._below(rule["after"]))
            return bool(rule.get("advice")) or not before or not after or max(before) <= min(after)
        if kind == "overlap":
            names = rule.get("layers") or [leaf.get("layer", "") for leaf in self.leaves]
            twice = []
            for thing, where in over:
                layers = {x for x, leaf in where.items() if self._over(rule, leaf)}
                if len(layers & set(names)) > 1:
                    twice.append(thing)
            return self._bound(rule["atMost"], twice, total, generous, -1)
        return kind != "approval" or generous

    def _distinct(self, rule: Json, things: list[Thing], generous: bool) -> bool:
        sets: list[list[str]] = []
        silent = 0
        for thing in things:
            values = self._values(rule["of"], thing)
            if values:
                sets.append(sorted(values))
            elif not rule["of"].startswith("tag:") and not thing.planned:
                silent += 1
        numbers: set[int]
        if rule.get("joint") == "once" and rule["of"] in {"institution", "country"}:
            numbers = {len(set(choice)) for choice in itertools.product(*sets)}
        else:
            numbers = {len({value for values in sets for value in values})}
        low, high = rule.get("min", 0), rule.get("max", 10**6)
        if generous:
            return any(low <= n + extra <= high for n in numbers for extra in range(silent + 1))
        return any(low <= n and n + silent <= high for n in numbers)

    def _values(self, of: str, thing: Thing) -> set[str]:
        raw = thing.raw
        if of == "institution":
            return set(raw.get("awardedBy", []))
        if of == "country":
            return {self.programme["institutions"][b]["country"] for b in raw.get("awardedBy", [])}
        if of == "mode":
            return set(raw.get("mode", []))
        if of == "form":
            return {raw["form"]} if raw.get("form") else set()
        if of == "isced2":
            return {code[:2] for code in raw.get("isced", [])}
        tags = {tag for key in thing.matches for tag in self.catalogue[key].get("tags", [])}
        return {tag for tag in tags if tag.startswith(of[4:] + "-")}

    def _inside(self, rule: Json, thing: Thing, optimistic: bool, upper: bool = False) -> bool:
        answer, strength, opened = self.select(rule["where"], thing)
        if answer is None or opened or (answer and strength == "title"):
            learners = answer is None and self._learner_only(rule["where"], thing)
            if thing.planned and not learners:
                return upper
            return optimistic
        return answer

    def _bound(
        self, bound: Json | None, part: list[Thing], total: int, generous: bool, sign: int
    ) -> bool:
        if bound is None:
            return True
        ects = sum(t.ects(self.catalogue, generous) for t in part)
        checks: list[Fraction | int] = []
        if "ects" in bound:
            checks.append(ects - cents(bound["ects"]))
        if "count" in bound:
            checks.append(len(part) - bound["count"])
        if "percent" in bound:
            checks.append(ects * 100 - Fraction(bound["percent"]) * total)
        return all(check * sign >= 0 for check in checks)

    def _window(self, rule: Json, things: list[Thing], generous: bool) -> bool:
        dated = sorted(date.fromisoformat(t.raw["awarded"]) for t in things if "awarded" in t.raw)
        silent = len(things) - len(dated)
        if rule.get("anchor") == "today":
            if silent and not generous:
                return False
            return not dated or later(dated[0], rule["months"]) >= self.today
        if silent and not generous and len(things) > 1:
            return False
        return not dated or later(dated[0], rule["months"]) >= dated[-1]

    # ---- the answer -------------------------------------------------------------------------

    def result(self) -> Result:
        """Try everything."""
        certain = self._best(self.things, False)
        if certain is not None:
            return Result("met", certain, 0, 0, ())
        possible = self._best(self.things, True)
        if possible is not None:
            return Result("met-if-confirmed", possible, 0, 0, ())
        for size in range(1, len(self.items) + 1):
            found: dict[tuple[str, ...], tuple[int, int]] = {}
            for chosen in itertools.combinations(self.items, size):
                confirmations = self._confirmations([*self.things, *chosen])
                if confirmations is not None:
                    names = tuple(sorted(t.id for t in chosen))
                    ects = sum(t.ects(self.catalogue, True) for t in chosen)
                    found[names] = (ects, confirmations)
            if found:
                least = min(found.values())
                plans = tuple(sorted(n for n, price in found.items() if price == least))
                return Result("not-met", None, size, least[0], plans)
        return Result("not-met", None, None, None, ())

    def _confirmations(self, things: list[Thing]) -> int | None:
        """The fewest confirmations with which these are enough, or None."""
        numbers = (
            sum(1 for thing, where in placed if self._unsure(thing, where))
            for placed in self.assignments(things, True)
            if self.holds(placed, True)
        )
        return min(numbers, default=None)

    def _best(self, things: list[Thing], generous: bool) -> tuple[Any, ...] | None:
        costs = [
            self._cost(placed, generous)
            for placed in self.assignments(things, generous)
            if self.holds(placed, generous)
        ]
        return min(costs, default=None)

    def _cost(self, placed: Counted, generous: bool) -> tuple[Any, ...]:
        weakness = 0
        for thing, where in placed:
            fits = [self.fit(leaf, thing) for leaf in where.values()]
            weakness += max(ORDER.index(fit[2]) for fit in fits if fit)
            weakness += 10 if generous and self._unsure(thing, where) else 0
        ects = sum(t.ects(self.catalogue, generous) for t, _ in placed)
        ids = tuple(sorted(t.id for t, _ in placed))
        return weakness, len(placed), ects, ids

    def _unsure(self, thing: Thing, where: dict[str, Json]) -> bool:
        """Whether a fact that some rule looks at is not certain."""
        fits = [self.fit(leaf, thing) for leaf in where.values()]
        if any(fit and not fit[0] for fit in fits):
            return True
        if thing.planned:
            return False
        rules = self.award.get("constraints", [])
        asked = any("ects" in leaf for leaf in where.values())
        asked = asked or any(rule["type"] in {"total", "share"} for rule in rules)
        if asked and thing.stated is None and thing.ects(self.catalogue, True):
            return True
        over = [r for r in rules if any(self._over(r, leaf) for leaf in where.values())]
        return any(self._silent(rule, thing) for rule in over)

    def _silent(self, rule: Json, thing: Thing) -> bool:
        if rule["type"] == "distinct":
            return not rule["of"].startswith("tag:") and not self._values(rule["of"], thing)
        if rule["type"] == "coverage":
            return not thing.raw.get("outcomes") and not thing.raw.get("esco")
        if rule["type"] == "window":
            return "awarded" not in thing.raw
        if rule["type"] == "share":
            kept, answers = self.learner, []
            for field in ["0000"] if kept is None else [kept]:
                self.learner = field
                answers.append(self.select(rule["where"], thing))
            self.learner = kept
            return any(a is None or o or (a and s == "title") for a, s, o in answers)
        return False


def pairs(thing: Thing) -> list[tuple[str, str]]:
    """Body and code."""
    return [(b, c) for b in thing.raw.get("awardedBy", []) for c in thing.raw.get("codes", [])]


def looks(thing: Thing) -> tuple[frozenset[str], str] | None:
    """Title and bodies of what has nothing better."""
    raw = thing.raw
    if raw.get("achievement") or raw.get("codes") or not raw.get("awardedBy") or "title" not in raw:
        return None
    return frozenset(raw["awardedBy"]), fold(raw["title"])


def merge_all(parts: list[tuple[bool | None, str, bool]]) -> tuple[bool | None, str, bool]:
    """Weakest yes; a no wins; else not known."""
    no = [part for part in parts if part[0] is False]
    if no:
        return min(no, key=lambda p: (ORDER.index(p[1]), p[2]))
    if any(part[0] is None for part in parts):
        return None, "stated", True
    worst = max(parts, key=lambda p: ORDER.index(p[1]))
    return True, worst[1], any(part[2] for part in parts)


def merge_any(parts: list[tuple[bool | None, str, bool]]) -> tuple[bool | None, str, bool]:
    """Best yes; else not known; a no needs all."""
    yes = [part for part in parts if part[0] is True]
    if yes:
        return min(yes, key=lambda p: (ORDER.index(p[1]), p[2]))
    if any(part[0] is None for part in parts):
        return None, "stated", True
    worst = max(parts, key=lambda p: ORDER.index(p[1]))
    return False, worst[1], any(part[2] for part in parts)


def prefix(codes: list[str], values: list[str]) -> bool | None:
    """ISCED by prefix; a broader code than asked says nothing."""
    if any(code.startswith(value) for code in codes for value in values):
        return True
    if not codes or any(value.startswith(code) for code in codes for value in values):
        return None
    return False


def amount(asked: Json, ects: int) -> bool:
    """An amount of hundredths within its bounds."""
    return (
        ects >= cents(asked.get("min", "0"))
        and ("moreThan" not in asked or ects > cents(asked["moreThan"]))
        and ("max" not in asked or ects <= cents(asked["max"]))
    )


def dates(over: Counted, leaves: set[str]) -> list[str]:
    """Award dates of what counts in these leaves."""
    return [
        thing.raw["awarded"]
        for thing, where in over
        if not thing.planned
        and "awarded" in thing.raw
        and any(leaf["key"] in leaves for leaf in where.values())
    ]


def later(day: date, months: int) -> date:
    """Calendar months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
