"""ecdsa-sd-2023: one signature over what must be shown, and one over each other statement.

W3C Data Integrity ECDSA Cryptosuites 1.0, section 3.4. A derived proof covers what its holder
chose to show; the issuer's base proof covers everything. Both are checked here: the standard has
verifiers refuse base proofs, but a wallet has to know whether what it was given is what was signed.
"""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from wallet.errors import MalformedCredential
from wallet.proofs import base64url, cbor
from wallet.proofs.cbor import Cbor
from wallet.proofs.keys import KeyKind, PublicKey
from wallet.proofs.rdfc import Quad, renamed, write

_BASE = b"\xd9\x5d\x00"
_DERIVED = b"\xd9\x5d\x01"
_SIGNATURE_BYTES = 64
_KEY_BYTES = 35
_LABEL_BYTES = 32
_FIELDS = 5

MAX_POINTERS = 1000
MAX_POINTER_CHARACTERS = 1000


@dataclass(frozen=True, slots=True)
class BaseProof:
    """What an issuer gives: the secret of the labels, and which parts must always be shown."""

    signature: bytes
    key: PublicKey
    encoded_key: bytes
    label_secret: bytes
    signatures: tuple[bytes, ...]
    pointers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DerivedProof:
    """What a holder shows: labels of the blank nodes, and which statements are the mandatory."""

    signature: bytes
    key: PublicKey
    encoded_key: bytes
    signatures: tuple[bytes, ...]
    labels: Mapping[int, bytes]
    mandatory: tuple[int, ...]


Proof: TypeAlias = BaseProof | DerivedProof


@dataclass(frozen=True, slots=True)
class Graph:
    """A document as quads, with the canonical name (`_:c14n0` ...) of each blank node."""

    quads: tuple[Quad, ...]
    names: Mapping[str, str]
    selected: frozenset[Quad] = frozenset()
    """Of a base proof, the quads to which its pointers lead, with the same blank nodes."""


def parse(text: str) -> Proof:
    """Read a proof value (sections 3.4.19 and 3.4.21 of the standard).

    Raises:
        MalformedCredential: `proofValue`: not base64url, not that CBOR, or a part of it has not
            the form that it must.
    """
    try:
        if not text.startswith("u"):
            raise MalformedCredential("multibase")
        data = base64url.decode(text[1:])
        value = cbor.decode(data[len(_BASE) :])
        if not isinstance(value, list) or len(value) != _FIELDS:
            raise MalformedCredential("fields")
        if data.startswith(_BASE):
            return _base(value)
        if data.startswith(_DERIVED):
            return _derived(value)
        raise MalformedCredential("header")
    except MalformedCredential as error:
        raise MalformedCredential("proofValue") from error


def holds(proof: Proof, options: bytes, graph: Graph, issuer_key: PublicKey) -> bool:
    """Tell whether a proof holds over a document (sections 3.4.7 and 3.4.20).

    1. Every blank node gets the label that it was signed with; no two get the same.
    2. The statements are put in order and divided: those that must be shown, and the others.
    3. The issuer's key has signed options, the proof's own key, and what must be shown.
    4. The proof's own key has signed each other statement, one by one and in order.

    Args:
        proof: as parsed.
        options: SHA-256 of the canonical proof options.
        graph: the document, of a base proof with what its pointers select.
        issuer_key: the key of the verification method, P-256.

    Raises:
        MalformedCredential: labels or indexes that do not fit the document: which of them.
    """
    labels = _labels(proof, graph.names)  # 1
    lines = sorted((write(renamed(quad, labels)), quad) for quad in graph.quads)  # 2
    chosen = _mandatory(proof, lines, graph)
    mandatory = "".join(line for index, (line, _) in enumerate(lines) if index in chosen)
    others = [line for index, (line, _) in enumerate(lines) if index not in chosen]
    if len(others) != len(proof.signatures):
        return False
    signed = options + proof.encoded_key + hashlib.sha256(mandatory.encode()).digest()  # 3
    if not issuer_key.verify("ES256", proof.signature, signed):
        return False
    return all(  # 4
        proof.key.verify("ES256", signature, line.encode())
        for signature, line in zip(proof.signatures, others, strict=True)
    )


def _labels(proof: Proof, names: Mapping[str, str]) -> dict[str, str]:
    """Give each blank node the label that it was signed with (sections 3.4.3 and 3.4.4)."""
    numbers = {node: int(name.removeprefix("_:c14n")) for node, name in names.items()}
    if isinstance(proof, BaseProof):
        secret = proof.label_secret
        signed = {n: hmac.digest(secret, f"c14n{n}".encode(), "sha256") for n in numbers.values()}
    else:
        signed = dict(proof.labels)
        if set(signed) != set(numbers.values()) or len(set(signed.values())) != len(signed):
            # Two nodes under one label would be one node to the signature, and two to a reader.
            raise MalformedCredential("labelMap")
    return {node: f"_:u{base64url.encode(signed[n])}" for node, n in numbers.items()}


def _mandatory(proof: Proof, lines: Sequence[tuple[str, Quad]], graph: Graph) -> frozenset[int]:
    """Which statements must be shown: of a base proof those that the pointers select."""
    if isinstance(proof, BaseProof):
        return frozenset(n for n, (_, quad) in enumerate(lines) if quad in graph.selected)
    chosen = frozenset(proof.mandatory)
    if len(chosen) != len(proof.mandatory) or not chosen <= set(range(len(lines))):
        raise MalformedCredential("mandatoryIndexes")
    return chosen


# ---- the proof value ----------------------------------------------------------------------------


def _base(value: list[Cbor]) -> BaseProof:
    signature, key, secret, signatures, pointers = value
    if not isinstance(pointers, list) or len(pointers) > MAX_POINTERS:
        raise MalformedCredential("pointers")
    texts = [item for item in pointers if isinstance(item, str)]
    if len(texts) != len(pointers) or any(len(text) > MAX_POINTER_CHARACTERS for text in texts):
        raise MalformedCredential("pointers")
    return BaseProof(
        signature=_bytes(signature, _SIGNATURE_BYTES),
        key=_key(key),
        encoded_key=_bytes(key, _KEY_BYTES),
        label_secret=_bytes(secret, _LABEL_BYTES),
        signatures=_signatures(signatures),
        pointers=tuple(texts),
    )


def _derived(value: list[Cbor]) -> DerivedProof:
    signature, key, signatures, labels, mandatory = value
    if not isinstance(labels, dict) or not isinstance(mandatory, list):
        raise MalformedCredential("labels")
    return DerivedProof(
        signature=_bytes(signature, _SIGNATURE_BYTES),
        key=_key(key),
        encoded_key=_bytes(key, _KEY_BYTES),
        signatures=_signatures(signatures),
        labels={_number(name): _bytes(label, _LABEL_BYTES) for name, label in labels.items()},
        mandatory=tuple(_number(index) for index in mandatory),
    )


def _key(value: Cbor) -> PublicKey:
    """The key of this proof alone: a compressed P-256 Multikey."""
    key = PublicKey.from_multikey("u" + base64url.encode(_bytes(value, _KEY_BYTES)))
    if key.kind is not KeyKind.P256:
        raise MalformedCredential("publicKey")
    return key


def _signatures(value: Cbor) -> tuple[bytes, ...]:
    if not isinstance(value, list):
        raise MalformedCredential("signatures")
    return tuple(_bytes(item, _SIGNATURE_BYTES) for item in value)


def _bytes(value: Cbor, length: int) -> bytes:
    if not isinstance(value, bytes) or len(value) != length:
        raise MalformedCredential("bytes")
    return value


def _number(value: Cbor) -> int:
    if not isinstance(value, int):
        raise MalformedCredential("number")
    return value
