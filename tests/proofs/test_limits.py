"""What foreign bytes can ask of the proofs: just under a limit it is done, just over refused."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from tests.issuer.keys import base64url, p256_key
from tests.proofs.seals import Seal, general
from tests.proofs.test_jws import make
from tests.proofs.writing_cbor import encode
from wallet.errors import MalformedCredential, TooLarge
from wallet.proofs import (
    ecdsa_sd,
    evidence,
    jades,
    jades_stamps,
    jws,
    keys,
    sd_jwt,
    strict_json,
    xml_reading,
)
from wallet.proofs.contexts import MAX_READINGS, Contexts
from wallet.proofs.keys import PublicKey


def test_bytes_of_json() -> None:
    text = b'"' + b"x" * (strict_json.MAX_BYTES - 2) + b'"'
    assert strict_json.parse(text).value
    with pytest.raises(TooLarge):
        strict_json.parse(text + b" ")


def test_depth_of_json() -> None:
    for depth in (strict_json.MAX_DEPTH, strict_json.MAX_DEPTH + 1):
        text = b"[" * depth + b"]" * depth
        if depth == strict_json.MAX_DEPTH:
            strict_json.parse(text)
        else:
            with pytest.raises(TooLarge):
                strict_json.parse(text)


def test_members_of_json() -> None:
    # The array itself counts as one, and so does each of its commas.
    under = json.dumps([0] * strict_json.MAX_MEMBERS).encode()
    assert strict_json.parse(under).value
    with pytest.raises(TooLarge):
        strict_json.parse(json.dumps([0] * (strict_json.MAX_MEMBERS + 1)).encode())


def test_duplicate_names_are_told_to_a_limit() -> None:
    for count in (strict_json.MAX_DUPLICATES, strict_json.MAX_DUPLICATES + 1):
        text = "{" + ",".join(f'"{n}":0,"{n}":1' for n in range(count)) + "}"
        told = strict_json.parse(text.encode()).duplicates
        assert len(told) == strict_json.MAX_DUPLICATES


def test_bytes_of_a_header() -> None:
    empty = len(json.dumps({"alg": "EdDSA", "note": ""}))
    fits: dict[str, object] = {"alg": "EdDSA", "note": "x" * (jws.MAX_HEADER_BYTES - empty)}
    assert jws.parse_compact(make(fits)).algorithm == "EdDSA"
    with pytest.raises(TooLarge):
        jws.parse_compact(make({**fits, "more": 1}))


@pytest.mark.parametrize("more", [0, 1])
def test_characters_of_a_pointer(more: int) -> None:
    pointer = "/" + "x" * (ecdsa_sd.MAX_POINTER_CHARACTERS - 1 + more)
    value: Any = [bytes(64), _compressed(), bytes(32), [], [pointer]]
    text = "u" + base64url(b"\xd9\x5d\x00" + encode(value))
    if more:
        with pytest.raises(MalformedCredential):
            ecdsa_sd.parse(text)
    else:
        assert isinstance(ecdsa_sd.parse(text), ecdsa_sd.BaseProof)


def _compressed() -> bytes:
    return keys.multibase(p256_key("limits").multikey)


@pytest.mark.parametrize("bits", [keys.MIN_RSA_BITS, keys.MAX_RSA_BITS])
def test_bits_of_an_rsa_key(bits: int) -> None:
    over = bits + 1 if bits == keys.MAX_RSA_BITS else bits - 1
    for size in (bits, over):
        modulus = ((1 << size) - 1).to_bytes((size + 7) // 8, "big")
        jwk = {"kty": "RSA", "e": "AQAB", "n": base64url(modulus)}
        if size == bits:
            assert PublicKey.from_jwk(jwk).kind is keys.KeyKind.RSA
        else:
            with pytest.raises(MalformedCredential):
                PublicKey.from_jwk(jwk)


def test_bytes_of_a_pem_file() -> None:
    for size in (keys.MAX_PEM_BYTES, keys.MAX_PEM_BYTES + 1):
        with pytest.raises(MalformedCredential) as caught:
            PublicKey.from_pem(b"-" * size)
        assert isinstance(caught.value, TooLarge) == (size > keys.MAX_PEM_BYTES)


def test_byte_versions_of_a_context(tmp_path: Path) -> None:
    files = []
    for number in range(MAX_READINGS + 1):
        path = tmp_path / f"{number}.json"
        path.write_text(json.dumps({"@context": {"term": f"https://example.edu/{number}"}}))
        files.append(path)
    address = "https://example.edu/context"
    for count in (MAX_READINGS - 1, MAX_READINGS, MAX_READINGS + 1):
        contexts = Contexts({address: tuple(files[:count])})
        assert len(contexts.readings([address])) == min(count, MAX_READINGS)


# ---- what nothing signs ------------------------------------------------------------------------


def values(*entries: Any) -> evidence.Evidence:
    """What is taken up of the unsigned properties of a seal."""
    document = jades.parse(general(Seal(unprotected={"etsiU": list(entries)})))
    assert document is not None
    return evidence.of_jades(document, document.signatures[0], ())


@pytest.mark.parametrize("more", [0, 1])
def test_bytes_of_an_unsigned_property(more: int, monkeypatch: pytest.MonkeyPatch) -> None:
    data = json.dumps({"xVals": [{"x509Cert": {"val": "AAAA"}}]}).encode()
    monkeypatch.setattr(jades_stamps, "MAX_PROPERTY_BYTES", len(data) - more)
    assert len(values(base64url(data)).certificates) == 1 - more


@pytest.mark.parametrize("more", [0, 1])
def test_characters_of_a_value(more: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "MAX_VALUE_CHARACTERS", 8 - more)
    assert len(values({"xVals": [{"x509Cert": {"val": "AAAAAAAA"}}]}).certificates) == 1 - more


@pytest.mark.parametrize("more", [0, 1])
def test_how_many_values_are_taken_up(more: int) -> None:
    many = [
        {"val": base64.b64encode(bytes([n])).decode()} for n in range(evidence.MAX_VALUES + more)
    ]
    found = values(
        {"xVals": [{"x509Cert": one} for one in many]},
        {"rVals": {"ocspVals": many, "crlVals": many}},
    )
    for taken in (found.certificates, found.ocsp, found.crls):
        assert taken == tuple(bytes([n]) for n in range(evidence.MAX_VALUES))


# ---- the rest ----------------------------------------------------------------------------------


def test_duplicate_names_of_an_sd_jwt_are_told_to_a_limit() -> None:
    for count in (sd_jwt.MAX_DUPLICATES - 1, sd_jwt.MAX_DUPLICATES, sd_jwt.MAX_DUPLICATES + 1):
        claims = "{" + ",".join(f'"{n}":0,"{n}":1' for n in range(count - 1)) + "}"
        token = ".".join(map(base64url, (b'{"alg":"ES256"}', claims.encode(), b"")))
        disclosure = base64url(b'["salt", "name", {"a": 0, "a": 1}]')
        told = sd_jwt.parse(f"{token}~{disclosure}~").duplicates
        assert len(told) == min(count, sd_jwt.MAX_DUPLICATES)


@pytest.mark.parametrize("more", [0, 1])
def test_namespaces_that_are_written_again(more: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten elements below a namespace of twenty characters, and their own names."""
    data = f'<a xmlns="{"u" * 20}">'.encode() + b"<b/>" * 10 + b"</a>"
    monkeypatch.setattr(xml_reading, "MAX_REPEATED", 11 * 20 - more)
    if more:
        with pytest.raises(TooLarge):
            xml_reading.parse(data)
    else:
        xml_reading.parse(data)
