"""Signatures that somebody shaped: each algorithm against what verifiers have fallen for.

The arithmetic is here and the keys are of the simulator; a broken verifier accepts at least one.
"""

import base64
import hashlib
import math
from collections.abc import Iterator
from typing import cast

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)

from tests.issuer.keys import IssuerKey, ed25519_key, rsa_key
from tests.proofs.test_keys import issuer_key, public
from wallet.errors import MalformedCredential
from wallet.proofs import base64url
from wallet.proofs.keys import KeyKind, PublicKey
from wallet.proofs.weak_points import PRIME, SMALL_ORDER, is_weak

DATA = b"what is signed"

# ---- ECDSA --------------------------------------------------------------------------------------

ORDERS = {
    KeyKind.P256: 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
    KeyKind.P384: int(
        "ffffffffffffffffffffffffffffffffffffffffffffffff"
        "c7634d81f4372ddf581a0db248b0a77aecec196accc52973",
        16,
    ),
    KeyKind.P521: int(
        "01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa"
        "51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409",
        16,
    ),
    KeyKind.SECP256K1: 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141,
}
ALGORITHM = {
    KeyKind.P256: "ES256",
    KeyKind.P384: "ES384",
    KeyKind.P521: "ES512",
    KeyKind.SECP256K1: "ES256K",
}
DIGEST: dict[KeyKind, hashes.HashAlgorithm] = {
    KeyKind.P256: hashes.SHA256(),
    KeyKind.P384: hashes.SHA384(),
    KeyKind.P521: hashes.SHA512(),
    KeyKind.SECP256K1: hashes.SHA256(),
}
SIZE = {KeyKind.P256: 32, KeyKind.P384: 48, KeyKind.P521: 66, KeyKind.SECP256K1: 32}
CURVES = list(ORDERS)


def ecdsa(kind: KeyKind, digest: hashes.HashAlgorithm | None = None) -> tuple[int, int]:
    key = cast("ec.EllipticCurvePrivateKey", issuer_key(kind).private)
    return decode_dss_signature(key.sign(DATA, ec.ECDSA(digest or DIGEST[kind])))


def raw(kind: KeyKind, r: int, s: int) -> bytes:
    return r.to_bytes(SIZE[kind], "big") + s.to_bytes(SIZE[kind], "big")


@pytest.mark.parametrize("kind", CURVES)
def test_both_halves_of_the_range_of_s_are_good(kind: KeyKind) -> None:
    """JOSE demands no low s: both spellings of a signature are its owner's."""
    r, s = ecdsa(kind)
    for half in (s, ORDERS[kind] - s):
        assert public(kind).verify(ALGORITHM[kind], raw(kind, r, half), DATA)


def _special(kind: KeyKind) -> Iterator[tuple[int, int]]:
    n, (r, s) = ORDERS[kind], ecdsa(kind)
    top = (1 << (8 * SIZE[kind])) - 1
    values = (0, 1, n - 1, n, n + 1, top)
    yield from ((a, b) for a in values for b in values)
    yield from ((a, s) for a in values)
    yield from ((r, b) for b in values)
    yield from ((a, b) for a, b in ((r + n, s), (r, s + n), (r + n, s + n)) if max(a, b) <= top)
    yield s, r
    yield n - r, s


@pytest.mark.parametrize("kind", CURVES)
def test_special_values_of_r_and_s_never_hold(kind: KeyKind) -> None:
    for r, s in _special(kind):
        assert not public(kind).verify(ALGORITHM[kind], raw(kind, r, s), DATA)


def test_the_order_fits_twice_into_p521_alone() -> None:
    """There r + n and s + n can be written down: the case above is not empty."""
    assert 2 * ORDERS[KeyKind.P521] < 1 << (8 * SIZE[KeyKind.P521])
    assert len(list(_special(KeyKind.P521))) == len(list(_special(KeyKind.P256))) + 3


@pytest.mark.parametrize("kind", CURVES)
def test_a_short_number_keeps_its_leading_zero(kind: KeyKind) -> None:
    size, key = SIZE[kind], cast("ec.EllipticCurvePrivateKey", issuer_key(kind).private)
    for nonce in range(4000):
        data = b"%d" % nonce
        r, s = decode_dss_signature(key.sign(data, ec.ECDSA(DIGEST[kind])))
        if r.bit_length() <= 8 * size - (16 if kind is KeyKind.P521 else 8):
            break
    else:
        pytest.fail("no short number in 4000 signatures")
    signature = raw(kind, r, s)
    assert public(kind).verify(ALGORITHM[kind], signature, data)
    for bad in (signature[1:], b"\0" + signature, signature + b"\0", signature[:size]):
        assert not public(kind).verify(ALGORITHM[kind], bad, data)


@pytest.mark.parametrize("kind", CURVES)
def test_der_is_not_the_form_of_jose(kind: KeyKind) -> None:
    r, s = ecdsa(kind)
    der = encode_dss_signature(r, s)
    for bad in (der, der.rjust(2 * SIZE[kind], b"\0"), der[-2 * SIZE[kind] :]):
        assert not public(kind).verify(ALGORITHM[kind], bad, DATA)


@pytest.mark.parametrize("kind", CURVES)
def test_another_hash_or_curve_is_another_algorithm(kind: KeyKind) -> None:
    for digest in (hashes.SHA1(), hashes.SHA256(), hashes.SHA384(), hashes.SHA512()):  # noqa: S303 -- weak on purpose
        holds = public(kind).verify(ALGORITHM[kind], raw(kind, *ecdsa(kind, digest)), DATA)
        assert holds == (digest.name == DIGEST[kind].name)
    for other in CURVES:
        if other is not kind:
            assert not public(other).verify(ALGORITHM[kind], raw(kind, *ecdsa(kind)), DATA)
            assert not public(other).verify(ALGORITHM[other], raw(kind, *ecdsa(kind)), DATA)


@pytest.mark.parametrize("kind", CURVES)
def test_points_that_are_none(kind: KeyKind) -> None:
    prefix = {"P-256": "8024", "P-384": "8124", "P-521": "8224", "secp256k1": "e701"}[kind.value]
    key = public(kind)
    size = SIZE[kind]
    x, y = key.encoded[1 : 1 + size], key.encoded[1 + size :]
    hybrid = bytes([6 + (y[-1] & 1)])
    off = x[:-1] + bytes([x[-1] ^ 1])
    points = (b"", b"\0", b"\x04" + x + y, hybrid + x + y, b"\x04" + off + y, b"\x05" + x)
    for point in (*points, b"\x02" + b"\xff" * size, b"\x02" + x[1:], b"\x02" + x + b"\0"):
        with pytest.raises(MalformedCredential):
            PublicKey.from_multikey("u" + base64url.encode(bytes.fromhex(prefix) + point))
    jwk = key.to_jwk()
    for spoiled in ({"x": jwk["y"]}, {"y": base64url.encode(bytes(size))}, {"crv": "P-192"}):
        with pytest.raises(MalformedCredential):
            PublicKey.from_jwk({**jwk, **spoiled})


# ---- Ed25519 ------------------------------------------------------------------------------------

GROUP = 2**252 + 27742317777372353535851937790883648493
ED25519 = public(KeyKind.ED25519)


def eddsa() -> bytes:
    return issuer_key(KeyKind.ED25519).sign(DATA)


@pytest.mark.parametrize("times", [1, 2, 8, 15])
def test_s_is_below_the_order(times: int) -> None:
    signature = eddsa()
    s = int.from_bytes(signature[32:], "little") + times * GROUP
    assert ED25519.verify("EdDSA", signature, DATA)
    if s < 1 << 256:
        assert not ED25519.verify("EdDSA", signature[:32] + s.to_bytes(32, "little"), DATA)


def test_special_values_of_r_and_s_never_hold_for_ed25519() -> None:
    points = [y.to_bytes(32, "little") for y in (*SMALL_ORDER, PRIME, PRIME + 1, 2**255 - 1)]
    scalars = [s.to_bytes(32, "little") for s in (0, 1, GROUP - 1, GROUP, GROUP + 1, 2**256 - 1)]
    signature = eddsa()
    for point in (*points, *scalars, signature[:32]):
        for scalar in (*scalars, signature[32:]):
            if (point, scalar) != (signature[:32], signature[32:]):
                assert not ED25519.verify("EdDSA", point + scalar, DATA)


@pytest.mark.parametrize("length", [0, 1, 32, 63, 65, 96, 128])
def test_an_ed25519_signature_has_64_bytes(length: int) -> None:
    padded = (eddsa() + bytes(64))[:length]
    assert not ED25519.verify("EdDSA", padded, DATA)
    assert not ED25519.verify("EdDSA", padded[::-1], DATA)


@pytest.mark.parametrize("sign", [0, 1 << 255])
@pytest.mark.parametrize("y", [*sorted(SMALL_ORDER), PRIME, PRIME + 1, PRIME + 3, 2**255 - 1])
def test_a_key_for_which_anybody_can_sign_is_none(y: int, sign: int) -> None:
    point = (y | sign).to_bytes(32, "little")
    assert is_weak(point)
    with pytest.raises(MalformedCredential):
        PublicKey.from_jwk({"kty": "OKP", "crv": "Ed25519", "x": base64url.encode(point)})
    with pytest.raises(MalformedCredential):
        PublicKey.from_multikey("u" + base64url.encode(b"\xed\x01" + point))
    spki = bytes.fromhex("302a300506032b6570032100") + point
    with pytest.raises(MalformedCredential):
        PublicKey.from_pem(_pem(spki))


def test_the_small_orders_are_those_of_the_curve() -> None:
    """Doubling each y three times gives the neutral element (y = 1), by the curve's own formula."""
    d = -121665 * pow(121666, -1, PRIME) % PRIME
    for y in SMALL_ORDER:
        for _ in range(3):
            # Of x only the square is needed: x² = (y² - 1) / (d y² + 1), y(2P) = (y² + x²) /
            # (2 + x² - y²), from -x² + y² = 1 + d x² y².
            square = (y * y - 1) * pow(d * y * y + 1, -1, PRIME) % PRIME
            y = (y * y + square) * pow(2 + square - y * y, -1, PRIME) % PRIME  # noqa: PLW2901 -- a walk
        assert y == 1
    assert not any(is_weak(public_bytes(f"key {n}")) for n in range(20))


def public_bytes(seed: str) -> bytes:
    return base64url.decode(ed25519_key(seed).jwk["x"])


def _pem(der: bytes) -> bytes:
    return b"-----BEGIN PUBLIC KEY-----\n%b\n-----END PUBLIC KEY-----\n" % base64.b64encode(der)


# ---- RSA ----------------------------------------------------------------------------------------

RSA = rsa_key("keys")
RSA_NAMES = {"256": hashes.SHA256(), "384": hashes.SHA384(), "512": hashes.SHA512()}
# DigestInfo of RFC 8017, section 9.2, with SHA-256.
DIGEST_INFO = bytes.fromhex("3031300d060960864801650304020105000420")
BYTES = 256


def rsa_private(key: IssuerKey) -> rsa.RSAPrivateKey:
    return cast("rsa.RSAPrivateKey", key.private)


def raised(block: bytes) -> bytes:
    """What the owner of the key would sign if the padding were left to somebody else."""
    numbers = rsa_private(RSA).private_numbers()
    return pow(int.from_bytes(block, "big"), numbers.d, numbers.public_numbers.n).to_bytes(
        BYTES, "big"
    )


def padded(info: bytes, filler: bytes = b"\xff", head: bytes = b"\0\1", tail: bytes = b"") -> bytes:
    fill = BYTES - len(head) - 1 - len(info) - len(tail)
    return head + filler * fill + b"\0" + info + tail


HASH = hashlib.sha256(DATA).digest()
WITHOUT_NULL = bytes.fromhex("302f300b0609608648016503040201") + b"\x04\x20"
BLOCKS = {
    "garbage behind the hash": b"\0\1"
    + b"\xff" * 8
    + b"\0"
    + (DIGEST_INFO + HASH).ljust(245, b"x"),
    "short padding": b"\0\1\0" + (DIGEST_INFO + HASH).ljust(253, b"\0"),
    "no padding": b"\0" * (BYTES - 51) + DIGEST_INFO + HASH,
    "padding of zeros": padded(DIGEST_INFO + HASH, filler=b"\0"),
    "padding with one other byte": padded(DIGEST_INFO + HASH).replace(b"\xff", b"\xfe", 1),
    "block type 2": padded(DIGEST_INFO + HASH, head=b"\0\2"),
    "block type 0": padded(DIGEST_INFO + HASH, head=b"\0\0"),
    "first byte not zero": padded(DIGEST_INFO + HASH, head=b"\1\1"),
    "hash without its name": padded(HASH),
    "name of another hash": padded(DIGEST_INFO.replace(b"\x04\x02\x01", b"\x04\x02\x02") + HASH),
    "no parameters": padded(WITHOUT_NULL + HASH),
    "hash one byte short": padded(DIGEST_INFO + HASH[:-1]),
    "two hashes": padded(DIGEST_INFO + HASH + HASH),
    "long form lengths": padded(b"\x30\x81" + DIGEST_INFO[1:] + HASH),
}


@pytest.mark.parametrize("name", BLOCKS)
def test_a_padding_is_compared_whole(name: str) -> None:
    key = public(KeyKind.RSA)
    assert key.verify("RS256", raised(padded(DIGEST_INFO + HASH)), DATA)
    assert not key.verify("RS256", raised(BLOCKS[name]), DATA)


def test_a_cube_root_is_no_signature() -> None:
    """With e = 3 a verifier that leaves the end of the block unread takes a cube root for it."""
    modulus = rsa_private(RSA).private_numbers().public_numbers.n
    jwk = {**RSA.jwk, "e": base64url.encode(b"\x03")}
    key = PublicKey.from_jwk(jwk)
    wanted = b"\0\1" + b"\xff" * 8 + b"\0" + DIGEST_INFO + HASH
    block = int.from_bytes(wanted.ljust(BYTES, b"\xff"), "big")
    root = _cube_root(block)
    assert (root**3).to_bytes(BYTES, "big").startswith(wanted)
    assert root**3 < modulus
    assert not key.verify("RS256", root.to_bytes(BYTES, "big"), DATA)


def _cube_root(number: int) -> int:
    low, high = 0, 1 << (number.bit_length() // 3 + 1)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if middle**3 <= number else (low, middle - 1)
    return low


@pytest.mark.parametrize("scheme", ["RS", "PS"])
@pytest.mark.parametrize("size", RSA_NAMES)
def test_an_rsa_signature_is_one_number_below_the_modulus(scheme: str, size: str) -> None:
    name, key = scheme + size, public(KeyKind.RSA)
    good = RSA.sign(DATA, name)
    number, modulus = (
        int.from_bytes(good, "big"),
        rsa_private(RSA).private_numbers().public_numbers.n,
    )
    assert key.verify(name, good, DATA)
    spelled = [b"", good[1:], b"\0" + good, good + b"\0", good[:-1], bytes(BYTES), b"\xff" * BYTES]
    others = [1, modulus - 1, modulus, modulus - number]
    if (number + modulus).bit_length() <= 8 * BYTES:
        others.append(number + modulus)
    spelled += [other.to_bytes(BYTES, "big") for other in others]
    assert not any(key.verify(name, bad, DATA) for bad in spelled)
    for family in ("RS", "PS"):
        for other_size in RSA_NAMES:
            assert key.verify(family + other_size, good, DATA) == (family + other_size == name)


@pytest.mark.parametrize("size", RSA_NAMES)
def test_the_salt_is_as_long_as_the_hash(size: str) -> None:
    digest = RSA_NAMES[size]
    others = [other for other in RSA_NAMES.values() if other.name != digest.name]
    longest = padding.PSS.MAX_LENGTH
    for salt in (0, 1, digest.digest_size - 1, digest.digest_size, 20, longest):
        signature = rsa_private(RSA).sign(DATA, padding.PSS(padding.MGF1(digest), salt), digest)
        holds = public(KeyKind.RSA).verify(f"PS{size}", signature, DATA)
        assert holds == (salt == digest.digest_size)
    for other in others:
        masked = padding.PSS(padding.MGF1(other), digest.digest_size)
        signature = rsa_private(RSA).sign(DATA, masked, digest)
        assert not public(KeyKind.RSA).verify(f"PS{size}", signature, DATA)


@pytest.mark.parametrize(
    ("exponent", "change"),
    [(1, 0), (2, 0), (0, 0), (65536, 0), (2**32 + 1, 0), (65537, 1)],
)
def test_rsa_keys_that_protect_nothing(exponent: int, change: int) -> None:
    modulus = rsa_private(RSA).private_numbers().public_numbers.n - change
    length = max(1, math.ceil(exponent.bit_length() / 8))
    jwk = {
        "kty": "RSA",
        "n": base64url.encode(modulus.to_bytes(BYTES, "big")),
        "e": base64url.encode(exponent.to_bytes(length, "big")),
    }
    with pytest.raises(MalformedCredential):
        PublicKey.from_jwk(jwk)
