"""X.509 certificates, as far as a seal needs them: who is named, until when, and who issued whom.

A short path of certificates that came along, up to a certificate that the person supplied. Lists
of qualified providers, revocation and time stamps are not judged here.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.x509.oid import NameOID

from wallet.model.credential import Organisation

MAX_PATH = 6
"""Certificates between the leaf and a supplied one, both counted."""

_SEMANTIC = re.compile(r"(?P<kind>[A-Z]{3})(?P<country>[A-Z]{2})-(?P<number>.+)")
"""An organizationIdentifier as ETSI EN 319 412-1 writes it: `VATES-A00000000`."""


@dataclass(frozen=True, slots=True)
class Seal:
    """The organisation that a certificate names."""

    name: str
    """O, else CN, else ""."""
    identifier: str | None
    """organizationIdentifier (2.5.4.97), as it stands."""
    country: str | None


def seal_of(certificate: x509.Certificate) -> Seal:
    """Read which organisation a certificate names."""
    return Seal(
        name=_first(certificate, NameOID.ORGANIZATION_NAME)
        or _first(certificate, NameOID.COMMON_NAME)
        or "",
        identifier=_first(certificate, NameOID.ORGANIZATION_IDENTIFIER),
        country=_first(certificate, NameOID.COUNTRY_NAME),
    )


def is_in_force(certificate: x509.Certificate, at: datetime) -> bool:
    """Tell whether `at` lies in the certificate's validity period."""
    return certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc


def find_path(
    chain: Sequence[x509.Certificate], anchors: Sequence[x509.Certificate]
) -> tuple[x509.Certificate, ...] | None:
    """Find a path from the leaf, `chain[0]`, over what came along, to one of `anchors`.

    A leaf that was itself supplied is a path of one. Signatures and CA flags are checked; validity
    periods are the caller's business.
    """
    path = [chain[0]]
    while len(path) <= MAX_PATH:
        current = path[-1]
        if current in anchors:
            return tuple(path)
        for anchor in anchors:
            if has_issued(anchor, current, below=len(path) - 1):
                return (*path, anchor)
        following = next(
            (
                other
                for other in chain[1:]
                if other not in path and has_issued(other, current, below=len(path) - 1)
            ),
            None,
        )
        if following is None:
            return None
        path.append(following)
    return None


def has_issued(issuer: x509.Certificate, certificate: x509.Certificate, *, below: int) -> bool:
    """Tell whether `issuer` is a CA that signed `certificate` (RFC 5280, section 6.1.4).

    `below` counts the CA certificates under this one in the path.
    """
    try:
        constraints = issuer.extensions.get_extension_for_class(x509.BasicConstraints).value
    except x509.ExtensionNotFound:
        return False
    if not constraints.ca:
        return False
    if constraints.path_length is not None and below > constraints.path_length:
        return False
    try:
        usage = issuer.extensions.get_extension_for_class(x509.KeyUsage).value
        if not usage.key_cert_sign:
            return False
    except x509.ExtensionNotFound:
        pass
    try:
        certificate.verify_directly_issued_by(issuer)
    except (InvalidSignature, ValueError, TypeError, UnsupportedAlgorithm):
        return False
    return True


def names_issuer(seal: Seal, issuer: Organisation) -> bool:
    """Tell whether the organisation on the seal is the one that the credential states.

    - Of legal identifiers written as ETSI EN 319 412-1 does, one has to be the seal's. One without
      the prefix counts where the number is the same (`17207834` for `NTREE-17207834`).
    - A stated name has to be the seal's, letter case, accents and punctuation aside. Where the
      identifier is the seal's, one name may be a part of the other (a legal form left out).
    - Addresses and DIDs are compared with nothing: no certificate carries them.
    """
    same = _same_identifier(seal, issuer)
    if same is False:
        return False
    if issuer.name is None:
        return same is True or not _legal_identifiers(issuer)
    wanted = _fold(seal.name)
    for stated in map(_fold, issuer.name.everything()):
        if stated == wanted:
            return True
        if same is True and stated and wanted and (stated in wanted or wanted in stated):
            return True
    return False


def _same_identifier(seal: Seal, issuer: Organisation) -> bool | None:
    """True: one is the seal's. False: of the same kind, another. None: they do not compare."""
    if seal.identifier is None:
        return None
    wanted = _SEMANTIC.fullmatch(seal.identifier.strip())
    comparable = False
    for stated in map(str.strip, issuer.identifiers):
        if stated.casefold() == seal.identifier.strip().casefold():
            return True
        if wanted is not None and stated == wanted["number"]:
            return issuer.country is None or issuer.country == wanted["country"]
        comparable = comparable or _SEMANTIC.fullmatch(stated) is not None
    return False if comparable else None


def _legal_identifiers(issuer: Organisation) -> list[str]:
    return [text for text in issuer.identifiers if ":" not in text]


def _fold(text: str) -> str:
    """Compare names as people do: without case, accents and punctuation."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    words = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join(words.split())


_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "æ": "ae", "œ": "oe"})


def _first(certificate: x509.Certificate, oid: x509.ObjectIdentifier) -> str | None:
    for attribute in certificate.subject.get_attributes_for_oid(oid):
        value = attribute.value
        return value if isinstance(value, str) else value.decode("utf-8", "replace")
    return None
