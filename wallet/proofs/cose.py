"""Signed CBOR tokens: COSE_Sign1 (RFC 9052, section 4.2) around the claims of a CWT (RFC 8392).

A token is written in the words of JOSE (`alg`, `kid`, `x5c`, `typ`, `crit`), and then everything
that checks a JWS checks it: which key, which algorithm, which certificate.
"""

import base64
from collections.abc import Iterator

from wallet.errors import MalformedCredential
from wallet.proofs import cbor
from wallet.proofs.cbor import Cbor
from wallet.proofs.jws import Jws

_STARTS = tuple(
    tags + array
    for tags in (b"\xd2", b"\xd8\x3d\xd2", b"\xd8\x3d", b"")
    for array in (b"\x84", b"\x9f")
)
"""An array, tagged as COSE_Sign1 (18), as CWT (61), as both, or not at all."""
_TAGS = b"\xd2\xd8\x3d"
_EMPTY_MAP = b"\xa0"
_ALG, _CRIT, _KID, _TYP, _X5CHAIN = 1, 2, 4, 16, 33

_ALGORITHMS = {
    -7: "ES256", -9: "ES256", -35: "ES384", -51: "ES384", -36: "ES512", -52: "ES512",
    -47: "ES256K", -8: "EdDSA", -19: "EdDSA", -37: "PS256", -38: "PS384", -39: "PS512",
    -257: "RS256", -258: "RS384", -259: "RS512",
}  # fmt: skip
"""By their numbers in the IANA registry; RFC 9864 has new ones for a curve and its hash."""


def parse(data: bytes) -> Jws | None:
    """Take a COSE_Sign1 apart; None for bytes that do not begin as one.

    `alg`, `crit` and `typ` count where they are protected, the key's name and its certificates
    wherever they are: what they lead to has to verify the signature. What the application adds to
    the signed bytes (`external_aad`) is empty, as a CWT has it.

    Raises:
        MalformedCredential: not four parts of their kinds, a label twice in both headers, or CBOR
            that is not read here (see `cbor`).
        TooLarge: beyond the limits of `cbor`.
    """
    if not data.startswith(_STARTS):
        return None
    parts = cbor.decode(data.lstrip(_TAGS), open_to_others=True)
    if not isinstance(parts, list) or len(parts) != 4:
        raise MalformedCredential("COSE_Sign1")
    protected, unprotected, payload, signature = parts
    if not (
        isinstance(protected, bytes)
        and isinstance(unprotected, dict)
        and isinstance(payload, bytes)
        and isinstance(signature, bytes)
    ):
        raise MalformedCredential("COSE_Sign1")
    stated = cbor.decode(protected or _EMPTY_MAP, open_to_others=True)
    if not isinstance(stated, dict) or stated.keys() & unprotected.keys():
        raise MalformedCredential("COSE header")
    return Jws(
        protected="",
        header={**dict(_key(unprotected)), **dict(_rules(stated)), **dict(_key(stated))},
        payload=payload,
        signature=signature,
        signing_input=_signed(protected, payload),
    )


def claims(token: Jws) -> dict[Cbor, Cbor]:
    """Read the claims of a CWT, by their labels.

    Raises:
        MalformedCredential: the payload is no map.
    """
    found = cbor.decode(token.payload, open_to_others=True)
    if not isinstance(found, dict):
        raise MalformedCredential("CWT")
    return found


def _rules(stated: dict[Cbor, Cbor]) -> Iterator[tuple[str, str | list[str]]]:
    number = stated.get(_ALG)
    yield "alg", _ALGORITHMS.get(number, "") if isinstance(number, int) else ""
    if _CRIT in stated:
        yield "crit", []
    kind = stated.get(_TYP)
    if isinstance(kind, str):
        yield "typ", kind


def _key(stated: dict[Cbor, Cbor]) -> Iterator[tuple[str, str | list[str]]]:
    """What names the key (RFC 9052, section 3.1) or certifies it (RFC 9360)."""
    name, chain = stated.get(_KID), stated.get(_X5CHAIN)
    if isinstance(name, bytes):
        yield "kid", name.decode("utf-8", "replace")
    if chain is not None:
        each = chain if isinstance(chain, list) else [chain]
        if not all(isinstance(one, bytes) for one in each):
            raise MalformedCredential("x5chain")
        yield "x5c", [base64.b64encode(one).decode() for one in each if isinstance(one, bytes)]


def _signed(protected: bytes, payload: bytes) -> bytes:
    """The Sig_structure (RFC 9052, section 4.4): what the signature is over."""
    context = b"Signature1"
    parts = (_bytes(protected), _bytes(b""), _bytes(payload))
    return b"\x84" + bytes([0x60 | len(context)]) + context + b"".join(parts)


def _bytes(data: bytes) -> bytes:
    size = len(data)
    if size < 24:
        return bytes([0x40 | size]) + data
    for code, width in ((24, 1), (25, 2), (26, 4)):
        if size < 1 << 8 * width:
            return bytes([0x40 | code]) + size.to_bytes(width, "big") + data
    raise MalformedCredential("COSE_Sign1")
