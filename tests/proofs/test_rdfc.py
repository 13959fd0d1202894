"""RDFC-1.0: the same as PyLD where PyLD is right, and the budget that ends poison graphs."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyld.canon import URDNA2015
from pyld.nquads import parse_nquads

from tests import work
from tests.proofs.graphs import clique, datasets, ring
from wallet.proofs import rdfc
from wallet.proofs.budget import MAX_STEPS, Budget, PoisonGraph
from wallet.proofs.rdfc import Quad, arrangements, canonicalise_quads, literal, write


@settings(max_examples=300, deadline=None)
@given(datasets)
def test_gives_what_pyld_gives(quads: list[Quad]) -> None:
    text = "".join(write(quad) for quad in dict.fromkeys(quads))
    expected = URDNA2015().main(parse_nquads(text), {"format": "application/n-quads"})
    assert canonicalise_quads(quads) == expected


@settings(max_examples=100, deadline=None)
@given(datasets, st.permutations(range(5)), st.randoms(use_true_random=False))
def test_labels_and_order_do_not_matter(
    quads: list[Quad], labels: list[int], random: object
) -> None:
    names = {f"_:x{n}": f"_:y{label}" for n, label in enumerate(labels)}
    other = [(names.get(s, s), p, names.get(o, o), names.get(g, g)) for s, p, o, g in quads]
    random.shuffle(other)  # type: ignore[attr-defined]  # Hypothesis gives a random.Random
    for algorithm in ("sha256", "sha384"):
        assert canonicalise_quads(quads, algorithm) == canonicalise_quads(other, algorithm)


def test_the_hash_decides_who_is_first() -> None:
    quads = [("_:a", "<urn:p>", '"1"', ""), ("_:b", "<urn:p>", '"2"', "")]
    texts = {canonicalise_quads(quads, name) for name in ("sha256", "sha384")}
    assert all(text.startswith('_:c14n0 <urn:p> "') for text in texts)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("\x00\x07\x08\t\n\x0b\f\r\x1f\x7f", r"\u0000\u0007\b\t\n\u000B\f\r\u001F\u007F"),
        ('"\\', '\\"\\\\'),
        ("ł\u0080\u2028😀", "ł\u0080\u2028😀"),
    ],
)
def test_control_characters_are_escaped_as_the_standard_says(text: str, written: str) -> None:
    assert literal(text) == f'"{written}"'


def test_literals_with_datatype_and_language() -> None:
    assert literal("1", "urn:t") == '"1"^^<urn:t>'
    assert literal("a", language="pl") == '"a"@pl'


def test_a_quad_that_names_a_blank_node_twice_counts_once() -> None:
    # RDFC-1.0, section 4.4.3, step 2: a quad is mentioned once for each blank node in it.
    quads = [("_:x", "<urn:a>", "_:x", ""), ("_:y", "<urn:a>", "_:x", "")]
    assert canonicalise_quads(quads) == ("_:c14n0 <urn:a> _:c14n0 .\n_:c14n1 <urn:a> _:c14n0 .\n")


def test_small_cliques_and_rings_are_done() -> None:
    assert len(canonicalise_quads(clique(5)).splitlines()) == 20
    assert len(canonicalise_quads(ring(60)).splitlines()) == 60


@given(st.text("abc", min_size=1, max_size=6))
def test_each_order_is_tried_once(nodes: str) -> None:
    orders = list(arrangements(nodes))
    assert len(orders) == len(set(orders))
    assert set(orders) == set(permutations(nodes))


def test_a_graph_of_many_quads_is_one_neighbour() -> None:
    """Every quad of a named graph mentions its name: taken for different ones, n! orders."""

    def graph(name: str) -> list[Quad]:
        people = [f"{name}{number}" for number in range(12)]
        named = [(who, "<urn:name>", f'"{number}"', name) for number, who in enumerate(people)]
        return [*named, *((who, "<urn:knows>", "<urn:x>", name) for who in people)]

    budget = Budget()
    text = canonicalise_quads([*graph("_:g"), *graph("_:h"), ("_:g", "<urn:p>", '"1"', "")])
    assert len(text.splitlines()) == 49
    canonicalise_quads([*graph("_:g"), *graph("_:h")], budget=budget)
    assert MAX_STEPS - budget.steps < 10_000


@pytest.mark.parametrize("size", [8, 10, 30, 60])
def test_poison_graphs_are_given_up(size: int) -> None:
    with pytest.raises(PoisonGraph) as caught, work.at_most(10_000_000):
        canonicalise_quads(clique(size))
    assert caught.value.facts["limit"] == "steps"


def test_deep_recursion_is_given_up() -> None:
    canonicalise_quads(ring(rdfc.MAX_RECURSION))
    with pytest.raises(PoisonGraph) as caught:
        canonicalise_quads(ring(rdfc.MAX_RECURSION + 2))
    assert caught.value.facts["limit"] == "recursion"


def test_steps_just_under_and_just_over() -> None:
    budget = Budget()
    canonicalise_quads(ring(10), budget=budget)
    needed = MAX_STEPS - budget.steps
    canonicalise_quads(ring(10), budget=Budget(steps=needed))
    with pytest.raises(PoisonGraph) as caught:
        canonicalise_quads(ring(10), budget=Budget(steps=needed - 1))
    assert caught.value.facts["limit"] == "steps"


def test_quads_just_under_and_just_over() -> None:
    canonicalise_quads(clique(4) * 2, budget=Budget(quads=12))
    with pytest.raises(PoisonGraph) as caught:
        canonicalise_quads(ring(13), budget=Budget(quads=12))
    assert caught.value.facts["limit"] == "quads"
