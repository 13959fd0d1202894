"""What names, registries, networks and namesakes can ask for, just under a limit and over it."""

import socket
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.conftest import LOOPBACK
from tests.issuer.keys import ed25519_key
from tests.trust import europe, serving
from tests.trust.judging import judged
from tests.trust.serving import ok
from tests.trust.test_status_list import credential, found, packed
from wallet.errors import MalformedCredential, NotFetched, TooLarge
from wallet.model.verification import Reason
from wallet.trust import did, did_web, documents, fetch, paths
from wallet.trust.status_list import MAX_STATUS_BITS

AT = datetime(2026, 11, 22, tzinfo=UTC)


# ---- names --------------------------------------------------------------------------------------


@pytest.mark.parametrize("more", [0, 1])
def test_characters_of_a_did(more: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is longer than any key is not even decoded."""
    key = ed25519_key("limits")
    for method, resolve in (
        (key.did_key, did.resolve_did_key),
        (key.did_jwk, did.resolve_did_jwk),
        (f"https://univ.example#{key.multikey}", did.resolve_fragment),
    ):
        monkeypatch.setattr(did, "MAX_DID_CHARACTERS", len(method) - more)
        assert (resolve(method) is None) == bool(more)


@pytest.mark.parametrize("more", [0, 1])
def test_characters_of_a_did_web(more: int) -> None:
    name = "did:web:univ.example:".ljust(did_web.MAX_CHARACTERS + more, "x")
    assert (did_web.address(name) is None) == bool(more)


@pytest.mark.parametrize("more", [0, 1])
def test_issuers_of_a_registry(more: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAX_REGISTERED", 3)
    document = {"registry": {f"did:web:{n}.example": {"name": "x"} for n in range(3 + more)}}
    if more:
        with pytest.raises(TooLarge):
            documents.registry(document, "file", AT)
    else:
        made = documents.registry(document, "file", AT)
        assert made is not None
        assert len(made.issuers) == 3


# ---- the network --------------------------------------------------------------------------------


@pytest.mark.parametrize("more", [0, 1])
def test_characters_of_an_address(more: int) -> None:
    address = "https://a.example/".ljust(fetch.MAX_ADDRESS_CHARACTERS + more, "x")
    if more:
        with pytest.raises(NotFetched) as raised:
            fetch.parse(address)
        assert raised.value.facts["why"] == "address"
    else:
        assert fetch.parse(address).host == "a.example"


@pytest.mark.parametrize("more", [0, 1])
def test_addresses_of_a_host_that_are_tried(more: int, tmp_path: Path, own_machine: None) -> None:
    with socket.create_server((LOOPBACK, 0)) as taken:
        shut = taken.getsockname()
    with serving.serving(tmp_path, "a.example", list=ok(b"here")) as server:
        dead = [shut] * (fetch.MAX_TRIED - 1 + more)
        network = replace(server.network(), lookup=lambda *_: (*dead, (LOOPBACK, server.port)))
        if more:
            with pytest.raises(NotFetched) as raised:
                fetch.fetch("https://a.example/list", network=network)
            assert raised.value.facts["why"] == "unreachable"
        else:
            assert fetch.fetch("https://a.example/list", network=network).data == b"here"


# ---- lists --------------------------------------------------------------------------------------


@pytest.mark.parametrize("more", [0, 1])
def test_paths_that_are_tried(more: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Namesakes that nobody listed certified come along before the one whom somebody did."""
    monkeypatch.setattr(paths, "MAX_TRIED", 3)
    namesakes = [europe.authority("Middle", "Nobody", path_length=n) for n in range(2 + more)]
    chain = (europe.seal(by="Middle"), *namesakes, europe.authority("Middle", europe.AUTHORITY))
    expected = Reason.NO_CERTIFICATE_CHAIN_FOUND if more else None
    assert judged(chain=chain).reason is expected


@pytest.mark.parametrize("size", [1, MAX_STATUS_BITS])
def test_bits_of_an_entry(size: int) -> None:
    set_ones = found(credential(encodedList=packed(b"\xff" * 16)))
    assert set_ones.status(1, size) == 2**size - 1
    for beyond in (0, MAX_STATUS_BITS + 1):
        with pytest.raises(MalformedCredential):
            set_ones.status(1, beyond)
