"""Certificates as some providers write them: sound, and odd in one way that strict readers refuse.

A sound certificate is taken apart, one part is written oddly, and it is signed once more.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from asn1crypto import core, parser, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

Parts = list[bytes]
"""The parts of a certificate's body in DER, in their order (RFC 5280, section 4.1)."""

_SERIAL, _VALIDITY, _SUBJECT, _EXTENSIONS = 1, 4, 5, 7
_POLICIES = "2.5.29.32"
_KEY_IDENTIFIER = "2.5.29.14"
ODD_FROM = datetime(2019, 12, 31, 23, 0, tzinfo=UTC)
"""What the first of the odd times says, in UTC."""


def reissued(
    certificate: bytes, signer: ec.EllipticCurvePrivateKey, change: Callable[[Parts], None]
) -> bytes:
    """Change a certificate (DER) and sign it again with the key of its issuer, as ES256."""
    found = x509.Certificate.load(certificate)
    parts = _parts(found["tbs_certificate"].contents)
    change(parts)
    body = tlv(0x30, b"".join(parts))
    value = signer.sign(body, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
    return tlv(0x30, body + found["signature_algorithm"].dump() + tlv(0x03, b"\0" + value))


def accented_notice(parts: Parts) -> None:
    """A notice to users with a letter with an accent where a VisibleString stands."""
    text = tlv(0x1A, "Certificado cualificado de sello electrónico".encode("latin-1"))
    notice = tlv(0x30, _oid("1.3.6.1.5.5.7.2.2") + tlv(0x30, text))
    _extend(parts, _POLICIES, tlv(0x30, tlv(0x30, _oid("1.2.3.4") + tlv(0x30, notice))))


def negative_serial(parts: Parts) -> None:
    """A serial number that reads as a negative one, for want of a zero in front."""
    parts[_SERIAL] = tlv(0x02, bytes.fromhex("b1946ac92492d2347c6235b4d2611184"))


def odd_strings(parts: Parts) -> None:
    """Names in string types to which their letters do not belong, or that should not stand there.

    A letter with an accent in a PrintableString, one in Latin-1 in a TeletexString, a country in
    UTF-8, an identifier as a BMPString.
    """
    parts[_SUBJECT] = tlv(
        0x30,
        b"".join(
            tlv(0x31, tlv(0x30, _oid(own) + value))
            for own, value in (
                ("2.5.4.6", tlv(0x0C, b"PL")),
                ("2.5.4.10", tlv(0x13, "Universität Beispiel".encode("latin-1"))),
                ("2.5.4.97", tlv(0x1E, "VATPL-0000000000".encode("utf-16-be"))),
                ("2.5.4.3", tlv(0x14, "Universität Beispiel".encode("latin-1"))),
            )
        ),
    )


def odd_times(parts: Parts) -> None:
    """A time without seconds and with a zone, and one with a fraction."""
    parts[_VALIDITY] = tlv(0x30, tlv(0x17, b"2001010000+0100") + tlv(0x18, b"20391231235959.5Z"))


def broken_extension(parts: Parts) -> None:
    """An extension that is not what its name says."""
    _extend(parts, _KEY_IDENTIFIER, b"\x30\x03non")


ODDITIES: dict[str, Callable[[Parts], None]] = {
    "an accented notice": accented_notice,
    "a negative serial number": negative_serial,
    "odd strings": odd_strings,
    "odd times": odd_times,
}
"""What a certificate may have and be read all the same."""


def tlv(tag: int, content: bytes) -> bytes:
    """Write one DER value."""
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content


def _parts(content: bytes) -> Parts:
    """Take apart what stands one after another."""
    found = []
    while content:
        whole = parser.peek(content)
        found.append(content[:whole])
        content = content[whole:]
    return found


def _extend(parts: Parts, identifier: str, value: bytes) -> None:
    """Add an extension (RFC 5280, section 4.2)."""
    stated = parts[_EXTENSIONS] if len(parts) > _EXTENSIONS else tlv(0xA3, tlv(0x30, b""))
    others = parser.parse(parser.parse(stated)[4])[4]
    added = tlv(0x30, _oid(identifier) + tlv(0x04, value))
    parts[_EXTENSIONS:] = [tlv(0xA3, tlv(0x30, others + added))]


def _oid(identifier: str) -> bytes:
    return bytes(core.ObjectIdentifier(identifier).dump())
