"""Write CBOR (RFC 8949) for tests: what a proof value is made of, and heads of any size."""

from wallet.proofs.cbor import Cbor


def head(major: int, argument: int, size: int = -1) -> bytes:
    """Write a head; `size` bytes of argument, the shortest form if it is -1."""
    if size < 0:
        size = next(
            n for n, limit in ((0, 24), (1, 1 << 8), (2, 1 << 16), (4, 1 << 32)) if argument < limit
        )
    if size == 0:
        return bytes([major << 5 | argument])
    return bytes([major << 5 | {1: 24, 2: 25, 4: 26, 8: 27}[size]]) + argument.to_bytes(size, "big")


def encode(value: Cbor) -> bytes:
    """Write a value in the shortest form."""
    if isinstance(value, int):
        return head(0, value)
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, str):
        return head(3, len(value.encode())) + value.encode()
    if isinstance(value, list):
        return head(4, len(value)) + b"".join(map(encode, value))
    if not isinstance(value, dict):
        raise TypeError("no proof has one")
    return head(5, len(value)) + b"".join(encode(k) + encode(v) for k, v in value.items())
