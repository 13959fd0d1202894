"""Status lists: the bits, their order, and what unpacks too far."""

import gzip
import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import needs
from tests.issuer.keys import ed25519_key
from wallet.errors import MalformedCredential, TooLarge
from wallet.proofs import base64url
from wallet.trust import status_list
from wallet.trust.status_list import StatusList, read, unpack

BITS = bytes([0b10000001, 0b01000000]) + bytes(14)


def packed(bits: bytes, prefix: str = "u") -> str:
    return prefix + base64url.encode(gzip.compress(bits, mtime=0))


def credential(**subject: Any) -> dict[str, Any]:
    return {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": "https://example.edu/status/3",
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": {"id": "did:web:example.edu"},
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": packed(BITS),
            **subject,
        },
    }


def found(document: object) -> StatusList:
    result = read(json.dumps(document).encode())
    assert result is not None
    return result


def test_the_first_entry_is_the_most_significant_bit() -> None:
    listed = found(credential())
    assert listed.length == 128
    assert [n for n in range(128) if listed.bit(n)] == [0, 7, 9]
    for index in (-1, 128, 10**9):
        with pytest.raises(MalformedCredential):
            listed.bit(index)


def test_what_the_list_states() -> None:
    listed = found(credential(ttl=60_000, statusPurpose=["revocation", "suspension"]))
    assert listed.id == "https://example.edu/status/3"
    assert listed.issuer == "did:web:example.edu"
    assert listed.purpose == "revocation suspension"
    assert listed.ttl == timedelta(minutes=1)
    assert listed.valid_from == "2026-01-01T00:00:00Z"
    assert listed.valid_until is None
    assert json.loads(listed.credential) == credential(
        ttl=60_000, statusPurpose=["revocation", "suspension"]
    )


@pytest.mark.parametrize("ttl", [None, True, "soon", -1, 1e300, [], {}])
def test_a_time_to_live_that_is_none(ttl: object) -> None:
    assert found(credential(ttl=ttl)).ttl is None


def test_status_list_2021_has_no_multibase() -> None:
    document = credential(type="StatusList2021", encodedList=packed(BITS, ""))
    assert found(document).bit(7)


def test_a_list_in_a_jwt() -> None:
    key = ed25519_key("status")
    for claims in (credential(), {"vc": credential()}):
        head = base64url.encode(b'{"alg":"EdDSA"}') + "."
        body = head + base64url.encode(json.dumps(claims).encode())
        token = f"{body}.{base64url.encode(key.sign(body.encode()))}".encode()
        listed = read(token)
        assert listed is not None
        assert listed.bit(0)
        assert listed.credential == token


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b"eyJ.x.y", b"<xml/>", b'{"credentialSubject": {"type": 5}}']
)
def test_what_is_no_status_list_is_none(data: bytes) -> None:
    assert read(data) is None


@pytest.mark.parametrize(
    "encoded",
    [None, 5, "", "u", "uAAAA", "H4sI", packed(BITS)[:-6], packed(BITS) + "AA", "m" + packed(BITS)],
)
def test_broken_lists_are_refused(encoded: object) -> None:
    with pytest.raises(MalformedCredential):
        unpack(encoded)


def test_a_list_that_unpacks_too_far_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(status_list, "MAX_LIST_BYTES", 4096)
    assert len(unpack(packed(bytes(4096)))) == 4096
    with pytest.raises(TooLarge):
        unpack(packed(bytes(4097)))
    with pytest.raises(TooLarge):
        unpack(packed(bytes(10_000_000)))


@given(st.text(max_size=40))
def test_any_text_is_unpacked_or_refused(text: str) -> None:
    with pytest.raises(MalformedCredential):
        unpack("uH4" + text)


def test_lists_of_others() -> None:
    place = needs.shared("samples", "open-badges-3")
    first = read((place / "bit-string-list" / "testlist").read_bytes())
    second = read((place / "status-e5WK8CbZ1GjycuPombrj.json").read_bytes())
    assert first is not None
    assert second is not None
    assert (first.bit(23), first.bit(24)) == (True, False)
    assert (second.bit(8), second.bit(7)) == (True, False)
    assert (first.length, second.length) == (131072, 100_000)
