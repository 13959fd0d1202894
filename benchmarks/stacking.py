"""How long an award takes to evaluate, as a ratio to HiGHS on the same instances in one run.

`python -m benchmarks.stacking` makes instances of several sizes, solves each with our exact search
and with HiGHS (a general solver of integer programmes, development only), and compares status,
credentials and ECTS used. HiGHS answers less: it finds one best assignment, or one smallest plan;
ours also finds all smallest plans and every reason. A disagreement ends the run with an error.
"Steps" are the options that our searches try, counted once more outside the time.
The last lines are the programmes that ship, and a wallet of 30 credentials with 5 programmes
against one frame of a 60 Hz screen.
"""

import gc
import json
import statistics
import sys
import time
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

import highspy

from wallet.actions.programmes import shipped as programmes
from wallet.model.programme import AwardAssessment, AwardStatus, Holdings, Programme
from wallet.stacking.blocking import held_view
from wallet.stacking.case import courses_of, make_case
from wallet.stacking.plans import smallest_plans
from wallet.stacking.problem import problems
from wallet.stacking.programme_file import load, load_holdings
from wallet.stacking.search import Budget, best
from wallet.stacking.solve import assess
from wallet.stacking.table import Table

Json = dict[str, Any]
CREDENTIALS = (20, 60, 120, 500)
REQUIREMENTS = (4, 6, 12)
SEEDS = 3
TODAY = date(2026, 6, 1)
FRAME = 1 / 60
"""Seconds."""
COUNTRIES = ("PL", "DE", "NO", "SE", "IT", "ES", "FR", "NL")
ITEMS_PER_GROUP = 8
MONTHS = 36
ELSEWHERE = "fr"
"""The university that at most half of the ECTS may come from."""


@dataclass(frozen=True, slots=True)
class Instance:
    """One award, what is held, and the same as tables for the peer."""

    programme: Programme
    holdings: Holdings
    award: Json
    items: tuple[Json, ...]
    held: tuple[Json, ...]


def instance(credentials: int, requirements: int, seed: int) -> Instance:
    """Make modules of one or two courses, with `distinct`, `share` and `window` over the whole."""
    rng = Random(seed * 10_000 + credentials * 100 + requirements)  # noqa: S311 -- not for secrets
    groups = [f"g{n}" for n in range(requirements)]
    items = [_item(rng, n, groups) for n in range(ITEMS_PER_GROUP * requirements)]
    held = [_held(rng, items, n) for n in range(credentials)]
    leaves = [
        {
            "key": group, "title": {"en": group}, "from": {"group": [group]},
            "count": {"min": 1 + (n % 4 == 0)}, "ects": {"min": "3"},
        }
        for n, group in enumerate(groups)
    ]  # fmt: skip
    rules: list[Json] = [
        {"type": "distinct", "of": "country", "joint": "each", "min": 3},
        {"type": "share", "where": {"institution": [ELSEWHERE]}, "atMost": {"percent": "50"}},
        {"type": "window", "months": MONTHS, "anchor": "earliest-counted"},
    ]
    for rule in rules:
        rule |= {"key": rule["type"], "title": {"en": rule["type"]}}
    award: Json = {"key": "award", "title": {"en": "Award"}}
    award |= {"requirements": leaves, "constraints": rules}
    definition: Json = {
        "format": "mc-programme/1", "id": "urn:mc-programme:benchmark:award", "version": "1",
        "title": {"en": "Benchmark"}, "kind": "other", "status": "illustrative",
        "sources": {"s": "made up"}, "catalogue": items, "awards": [award],
        "institutions": {
            country.lower(): {"name": {"en": f"University {country}"}, "country": country}
            for country in COUNTRIES
        },
    }  # fmt: skip
    return Instance(
        load(json.dumps(definition).encode()),
        load_holdings(json.dumps({"credentials": held}).encode()),
        award,
        tuple(items),
        tuple(held),
    )


def _item(rng: Random, number: int, groups: list[str]) -> Json:
    own = groups[number % len(groups)]
    return {
        "key": f"i{number}",
        "title": {"en": f"Course {number}"},
        "awardedBy": [rng.choice(COUNTRIES).lower()],
        "achievement": [f"urn:x:i{number}"],
        "ects": rng.choice(["2", "2.5", "3", "4", "5", "6"]),
        "groups": sorted({own, rng.choice(groups)} if rng.random() < 0.3 else {own}),
        "repeatable": 10,
        "known": "illustrative",
    }


def _held(rng: Random, items: list[Json], number: int) -> Json:
    item = rng.choice(items)
    return {
        "id": f"c{number:03}",
        "achievement": [f"urn:x:{item['key']}"],
        "awardedBy": item["awardedBy"],
        "ects": item["ects"],
        "awarded": f"{rng.randint(2019, 2026)}-{rng.randint(1, 5):02}-15",
    }


def by_highs(given: Instance) -> tuple[bool, int, float]:
    """Solve with HiGHS: whether it is met, how many credentials (or planned items), their ECTS."""
    met = _highs(given, given.held, ())
    if met is not None:
        return True, *met
    used = {one["achievement"][0] for one in given.held}
    planned = tuple(one for one in given.items if one["achievement"][0] not in used)
    plan = _highs(given, given.held, planned)
    return False, *(plan or (-1, -1.0))


def _highs(
    given: Instance, held: tuple[Json, ...], planned: tuple[Json, ...]
) -> tuple[int, float] | None:
    """Build and solve one integer programme; None where it has no solution.

    Variables: x[course, module]; one y for each country. Courses whose dates lie further apart
    than the window exclude each other. What is planned costs, or else what is used.
    """
    solver = highspy.Highs()  # type: ignore[no-untyped-call]  # it has no types
    solver.silent()
    courses = [*held, *planned]
    item_of = {one["achievement"][0]: one for one in given.items}
    items = [item_of[course["achievement"][0]] for course in courses]
    ects = [float(item["ects"]) for item in items]
    place = [{group: solver.addBinary() for group in item["groups"]} for item in items]
    used = [solver.qsum(one.values()) for one in place]
    for one in used:
        solver.addConstr(one <= 1)
    for leaf in given.award["requirements"]:
        inside = [(i, one[leaf["key"]]) for i, one in enumerate(place) if leaf["key"] in one]
        solver.addConstr(solver.qsum(x for _, x in inside) >= leaf["count"]["min"])
        solver.addConstr(solver.qsum(ects[i] * x for i, x in inside) >= 3)
    countries = []
    for country in COUNTRIES:
        from_it = [
            used[i] for i, item in enumerate(items) if item["awardedBy"] == [country.lower()]
        ]
        if from_it:
            countries.append(solver.addBinary())
            solver.addConstr(countries[-1] <= solver.qsum(from_it))
    solver.addConstr(solver.qsum(countries) >= 3)
    solver.addConstr(
        solver.qsum(
            (0.5 if item["awardedBy"] == [ELSEWHERE] else -0.5) * ects[i] * used[i]
            for i, item in enumerate(items)
        )
        <= 0
    )
    _window(solver, courses, used)
    first = len(held) if planned else 0
    solver.minimize(
        solver.qsum((10_000 + 100 * ects[i]) * used[i] for i in range(first, len(used)))
    )
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    taken = [i for i in range(first, len(used)) if solver.val(used[i]) > 0.5]
    return len(taken), sum(ects[i] for i in taken)


def _window(solver: highspy.Highs, courses: list[Json], used: list[Any]) -> None:
    """One binary variable for each earliest date: what lies outside its window is not used."""
    dates = sorted({one["awarded"] for one in courses if "awarded" in one})
    begins = {day: solver.addBinary() for day in dates}
    solver.addConstr(solver.qsum(begins.values()) == 1)
    for i, course in enumerate(courses):
        if "awarded" in course:
            fitting = [b for day, b in begins.items() if _within(day, course["awarded"])]
            solver.addConstr(used[i] <= solver.qsum(fitting))


def _within(first: str, day: str) -> bool:
    begin, end = date.fromisoformat(first), date.fromisoformat(day)
    return begin <= end <= begin.replace(year=begin.year + MONTHS // 12)


def unfinished(ours: AwardAssessment) -> bool:
    """Tell whether the answer says bounds instead of what is exact."""
    return ours.bounds is not None or not ours.proven_best


def agree(given: Instance, ours: AwardAssessment, theirs: tuple[bool, int, float]) -> None:
    """Raise where the two answers differ."""
    met, number, ects = theirs
    if unfinished(ours):
        return
    assert (ours.status is AwardStatus.MET) is met, (ours.status, theirs)
    if met:
        used = {name for _, ids in ours.used for name in ids}
        assert (len(used), float(ours.used_ects)) == (number, ects), (ours.used, theirs)
    else:
        assert ours.missing_items == (None if number < 0 else number), (
            ours.missing_items,
            ours.missing_ects,
            theirs,
        )


def explored(given: Instance) -> int:
    """Count the steps of our searches: for the answer, and for plans and conflicts without one."""
    programme, holdings = given.programme, given.holdings
    courses = courses_of(programme, holdings)
    case = make_case(programme, programme.awards[0], courses, holdings, TODAY)
    budget = Budget(sys.maxsize)
    before = budget.left
    if best(problems(Table(case, generous=False), case.all_rules), budget) is None:
        table = Table(case, generous=True)
        smallest_plans(table, case.all_rules, budget)
        held_view(table, budget)
    return before - budget.left


def main() -> int:
    """Print, by size, our time, the peer's, their ratio, and how much we tried."""
    print("credentials requirements   ours ms   HiGHS ms   ratio     steps   not finished")
    ratios = []
    for credentials in CREDENTIALS:
        for requirements in REQUIREMENTS:
            given = [instance(credentials, requirements, seed) for seed in range(SEEDS)]
            rows = [_row(one) for one in given]
            steps = statistics.median(explored(one) for one in given)
            ours, peer = (statistics.median(row[n] for row in rows) for n in (0, 1))
            ratios += [row[0] / row[1] for row in rows]
            open_ = sum(row[2] for row in rows)
            print(
                f"{credentials:11} {requirements:12} {ours * 1000:9.1f} {peer * 1000:10.1f} "
                f"{ours / peer:7.2f} {steps:9.0f} {open_:14}"
            )
            sys.stdout.flush()
    print(f"median ratio over all instances: {statistics.median(ratios):.2f} (goal: below 1)")
    _a_real_wallet()
    return 0


def _row(given: Instance) -> tuple[float, float, bool]:
    # What earlier rows and imports left behind is not collected while one of the two is timed.
    gc.collect()
    gc.freeze()
    begin = time.perf_counter()
    ours = assess(given.programme, given.holdings, TODAY).awards[0]
    middle = time.perf_counter()
    theirs = by_highs(given)
    end = time.perf_counter()
    agree(given, ours, theirs)
    return middle - begin, end - middle, unfinished(ours)


def _a_real_wallet() -> None:
    """Thirty credentials for the catalogues that ship, all five programmes, the second time."""
    rng = Random(1)  # noqa: S311 -- not for secrets
    catalogue = [item for one in programmes() for item in one.catalogue]
    held = [
        {
            "id": f"c{n:02}", "achievement": list(item.achievement), "ects": str(item.ects or 3),
            "awarded": "2025-05-15",
        }
        for n, item in enumerate(rng.sample(catalogue, 30))
    ]  # fmt: skip
    for attempt in ("first", "second"):
        holdings = load_holdings(json.dumps({"credentials": held}).encode())
        begin = time.perf_counter()
        for one in programmes():
            assess(one, holdings, TODAY)
        spent = time.perf_counter() - begin
        print(
            f"30 credentials, {len(programmes())} programmes, {attempt} time: "
            f"{spent * 1000:.1f} ms, {spent / FRAME:.2f} frames"
        )


if __name__ == "__main__":
    sys.exit(main())
