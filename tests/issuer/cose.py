"""COSE_Sign1 of the simulator (RFC 9052, section 4.2), with a CBOR writer of its own."""

import struct
from collections.abc import Mapping

from tests.issuer.keys import IssuerKey

ALGORITHMS = {"ES256": -7, "ES384": -35, "EdDSA": -8, "RS256": -257}


def cbor(value: object) -> bytes:
    """Write a value in the shortest form (RFC 8949, section 4.2.1); members that are None are out.

    Raises:
        TypeError: a value of a type that CBOR does not have here.
    """
    if isinstance(value, bool):
        return b"\xf5" if value else b"\xf4"
    if isinstance(value, int):
        return _head(0, value) if value >= 0 else _head(1, -1 - value)
    if isinstance(value, float):
        return b"\xfb" + struct.pack(">d", value)
    if isinstance(value, bytes):
        return _head(2, len(value)) + value
    if isinstance(value, str):
        return _head(3, len(value.encode())) + value.encode()
    if isinstance(value, list):
        return _head(4, len(value)) + b"".join(map(cbor, value))
    if isinstance(value, Mapping):
        kept = {name: inner for name, inner in value.items() if inner is not None}
        return _head(5, len(kept)) + b"".join(cbor(n) + cbor(inner) for n, inner in kept.items())
    raise TypeError(type(value))


def sign1(
    protected: Mapping[int, object],
    unprotected: Mapping[int, object],
    payload: object,
    key: IssuerKey,
) -> bytes:
    """Sign a payload; the algorithm is the key's unless the protected header has another."""
    header = cbor({1: ALGORITHMS[key.algorithm], **protected})
    body = cbor(payload)
    signature = key.sign(cbor(["Signature1", header, b"", body]))
    return cbor([header, unprotected, body, signature])


def _head(major: int, argument: int) -> bytes:
    if argument < 24:
        return bytes([major << 5 | argument])
    code, size = next(
        (code, size)
        for code, size in ((24, 1), (25, 2), (26, 4), (27, 8))
        if argument < 1 << 8 * size
    )
    return bytes([major << 5 | code]) + argument.to_bytes(size, "big")
