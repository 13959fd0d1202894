"""X.509 certificates from foreign bytes: what a seal needs of one, read leniently.

asn1crypto reads them, part by part: `cryptography` refuses a whole certificate for a letter with
an accent in a notice to its users, a negative serial number or an odd string type, and qualified
providers issue such certificates. What no question here hangs on is not looked at.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from wallet.errors import MalformedCredential, TooLarge

if TYPE_CHECKING:
    from asn1crypto import x509

MAX_BYTES = 64 * 1024

BROKEN = (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError)
"""What asn1crypto raises over bytes that are not what they should be."""

_KEY_USAGE = "2.5.29.15"
_MAY_SIGN = frozenset({"digital_signature", "non_repudiation"})
_UTF_8, _UNIVERSAL, _BMP = 12, 28, 30
"""Tags of the string types that are not one byte a letter."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate; names as short keys that compare (RFC 5280, section 7.1)."""

    der: bytes
    subject: str
    issuer: str
    valid_from: datetime
    valid_until: datetime

    @property
    def parsed(self) -> "x509.Certificate":
        """The certificate as asn1crypto reads it, each part when it is asked for."""
        from asn1crypto import x509  # noqa: PLC0415 -- only who has certificates pays for it

        return x509.Certificate.load(self.der)

    @property
    def key_info(self) -> bytes:
        """The SubjectPublicKeyInfo, DER."""
        return bytes(self.parsed["tbs_certificate"]["subject_public_key_info"].dump())

    def is_in_force(self, moment: datetime) -> bool:
        """Tell whether a moment lies in its validity period."""
        return self.valid_from <= moment <= self.valid_until

    def named(self, attribute: str) -> str | None:
        """Give the first value of an attribute of the subject, by its identifier, if it is a text.

        Whatever string type it has, and whether or not its letters belong to that type.
        """
        return next(
            (value for own, value in self._attributes() if own == attribute and value), None
        )

    def names_no_curve(self) -> bool:
        """Tell whether it has an elliptic curve key whose curve is written out, not named."""
        try:
            algorithm = self.parsed["tbs_certificate"]["subject_public_key_info"]["algorithm"]
            is_curve = algorithm["algorithm"].native == "ec"
            return bool(is_curve and algorithm["parameters"].name != "named")
        except BROKEN:
            return False

    def may_sign(self) -> bool:
        """Tell whether the key usage, where stated, includes signing (RFC 5280, section 4.2.1.3).

        Raises:
            MalformedCredential: the extension cannot be read.
        """
        try:
            stated = [
                extension["extn_value"].parsed.native
                for extension in self.parsed["tbs_certificate"]["extensions"]
                if extension["extn_id"].dotted == _KEY_USAGE
            ]
            return all(bool(_MAY_SIGN & usage) for usage in stated)
        except BROKEN as error:
            raise MalformedCredential("key usage") from error

    def _attributes(self) -> Iterator[tuple[str, str]]:
        from asn1crypto import core  # noqa: PLC0415 -- as above

        try:
            name = self.parsed["tbs_certificate"]["subject"].dump()
            for part in core.SequenceOf.load(name, spec=core.SetOf):
                for pair in core.SetOf.load(part.dump(), spec=core.Sequence):
                    yield pair[0].dotted, _text(pair[1].tag, pair[1].contents)
        except BROKEN:
            return


def load(der: bytes) -> Certificate:
    """Read a DER certificate (RFC 5280): its structure, its names and times.

    Raises:
        MalformedCredential: it is none, or one of these cannot be read.
        TooLarge: more than `MAX_BYTES`.
    """
    from asn1crypto import x509  # noqa: PLC0415 -- as above

    if len(der) > MAX_BYTES:
        raise TooLarge("certificate", limit=MAX_BYTES)
    try:
        found = x509.Certificate.load(der, strict=True)
        body = found["tbs_certificate"]
        for extension in body["extensions"]:
            _ = extension["extn_id"].dotted
        _ = body["serial_number"].native, body["subject_public_key_info"].dump()
        validity = body["validity"]
        return Certificate(
            der,
            name_key(body["subject"]),
            name_key(body["issuer"]),
            _moment(validity["not_before"].native),
            _moment(validity["not_after"].native),
        )
    except BROKEN as error:
        raise MalformedCredential("certificate") from error


def _moment(stated: datetime) -> datetime:
    """Times without a zone are UTC."""
    return stated.replace(tzinfo=UTC) if stated.tzinfo is None else stated.astimezone(UTC)


def name_key(name: "x509.Name") -> str:
    """Make a short key of a name: the same for names that are the same (RFC 5280, section 7.1)."""
    try:
        text = name.hashable.encode("utf-8", "surrogatepass")
    except BROKEN:
        # A text that is not what its type says: then names are the same if their bytes are.
        text = name.dump()
    return hashlib.sha256(text).hexdigest()[:32]


def _text(tag: int, content: bytes) -> str:
    """Read a text by its type; of the types with one byte a letter many hold UTF-8 all the same."""
    wide = {_BMP: "utf-16-be", _UNIVERSAL: "utf-32-be"}.get(tag)
    if wide is not None:
        return content.decode(wide, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("latin-1")
