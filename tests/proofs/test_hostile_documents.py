"""Documents made to be hard, with up to sixteen proofs: how much work they get, and no more."""

from contextlib import suppress
from typing import Any

import pytest

from tests import work
from tests.proofs.documents import badge, put
from tests.proofs.graphs import clique
from tests.proofs.test_data_integrity import findings, signed
from wallet.model.verification import Reason
from wallet.proofs import safe_mode
from wallet.proofs.budget import Budget
from wallet.proofs.data_integrity import UnsafeDocument


def chain(length: int) -> list[dict[str, Any]]:
    """Make proofs of which each secures the one before it, so that nothing is shared."""
    made = signed()["proof"]
    return [
        {**made, "id": f"urn:p:{n}", **({"previousProof": f"urn:p:{n - 1}"} if n else {})}
        for n in range(length)
    ]


def copied(number: int) -> dict[str, Any]:
    """Make a badge of so many more tags, each a value and six characters."""
    tags = [f"t{n:05}" for n in range(number)]
    return badge(put("credentialSubject", "achievement", "tag", value=tags))


def test_the_proofs_of_a_document_share_one_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wallet.proofs.budget.MAX_VALUES", 600)
    assert len(findings({**copied(200), "proof": chain(4)})) == 4
    with pytest.raises(UnsafeDocument) as caught:
        findings({**copied(200), "proof": chain(16)})
    assert (caught.value.reason, caught.value.what) == (Reason.FORMAT_FAILURE, "values")
    assert caught.value.findings[-1].reason is Reason.UNSUPPORTED_SUITE


@pytest.mark.parametrize("suite", ["eddsa-rdfc-2022", "eddsa-jcs-2022"])
def test_characters_just_under_and_just_over(suite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    document = copied(100) | {"proof": {**signed()["proof"], "cryptosuite": suite}}
    secured = {name: value for name, value in document.items() if name != "proof"}
    options = {**document["proof"], "@context": document["@context"]}
    options.pop("proofValue")
    if suite == "eddsa-jcs-2022":
        options.pop("@context")
    needed = sum(safe_mode.size(part)[1] for part in (secured, options))
    if suite == "eddsa-rdfc-2022":
        # Contexts cost by themselves.
        needed -= 2 * sum(map(len, document["@context"]))
    monkeypatch.setattr(Budget, "for_a_check", lambda: Budget(characters=needed))
    assert len(findings(document)) == 1
    monkeypatch.setattr(Budget, "for_a_check", lambda: Budget(characters=needed - 1))
    with pytest.raises(UnsafeDocument) as caught:
        findings(document)
    assert caught.value.what == "characters"


def _nodes(number: int) -> dict[str, Any]:
    results = [{"type": ["Result"], "value": str(n)} for n in range(number)]
    return badge(put("credentialSubject", "result", value=results))


def _poison(number: int) -> dict[str, Any]:
    nodes: dict[str, list[str]] = {}
    for a, _, b, _ in clique(number):
        nodes.setdefault(a, []).append(b)
    return badge(
        put(
            "issuer",
            value=[
                {"id": a, "type": ["Profile"], "parentOrg": [{"id": b} for b in others]}
                for a, others in nodes.items()
            ],
        )
    )


@pytest.mark.parametrize(
    "document",
    [
        _nodes(4500),
        _nodes(2000),
        copied(19_500),
        _poison(9),
        _poison(60),
        badge(put("name", value='"' * 4_000_000)),
        {**badge(), "x": [{"a": n} for n in range(100_000)]},
    ],
    ids=["4500 nodes", "2000 nodes", "values", "poison", "wide poison", "characters", "json"],
)
@pytest.mark.parametrize("suites", [["eddsa-rdfc-2022"], ["eddsa-jcs-2022", "ecdsa-rdfc-2019"]])
def test_sixteen_proofs_of_a_hostile_document_take_bounded_work(
    document: dict[str, Any], suites: list[str]
) -> None:
    proofs = [{**p, "cryptosuite": suites[n % len(suites)]} for n, p in enumerate(chain(16))]
    with suppress(UnsafeDocument), work.at_most(10_000_000):
        findings({**document, "proof": proofs})


def test_a_poison_graph_fails_the_format() -> None:
    with pytest.raises(UnsafeDocument) as caught:
        findings({**_poison(9), "proof": signed()["proof"]})
    assert (caught.value.reason, caught.value.what) == (Reason.FORMAT_FAILURE, "steps")
