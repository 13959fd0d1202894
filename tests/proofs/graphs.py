"""Random RDF datasets, and hard ones: graphs whose blank nodes look alike."""

from hypothesis import strategies as st

from wallet.proofs.rdfc import Quad, literal

_BLANK = st.sampled_from([f"_:x{n}" for n in range(5)])
_IRI = st.sampled_from(["<urn:a>", "<urn:b>", "<https://example.edu/c#d>"])
_LITERAL = st.builds(
    literal,
    st.sampled_from(["", "text", 'a "quoted" \\ one', "line\nbreak\r", "ż 😀"]),
    st.sampled_from([None, "http://www.w3.org/2001/XMLSchema#dateTime"]),
)
_QUAD = st.tuples(
    _BLANK | _IRI, _IRI, _BLANK | _IRI | _LITERAL, st.just("") | _BLANK | st.just("<urn:g>")
)

_DISTINCT = _QUAD.filter(lambda q: len({t for t in q if t[:2] == "_:"}) == _blanks(q))


def _blanks(quad: Quad) -> int:
    return sum(term.startswith("_:") for term in quad)


datasets: st.SearchStrategy[list[Quad]] = st.lists(_DISTINCT, max_size=10)
"""No quad names one blank node twice: there PyLD counts the quad twice, against the standard."""


def clique(size: int) -> list[Quad]:
    """Every blank node points to every other: all look alike, whoever looks."""
    names = [f"_:x{n}" for n in range(size)]
    return [(a, "<urn:p>", b, "") for a in names for b in names if a != b]


def ring(size: int) -> list[Quad]:
    """Blank nodes in a circle."""
    return [(f"_:x{n}", "<urn:p>", f"_:x{(n + 1) % size}", "") for n in range(size)]
