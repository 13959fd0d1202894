"""X.509 certificates, as far as a seal needs them: who is named, until when, and who issued whom.

A short path of certificates that came along, up to a certificate that the person supplied. Lists
of qualified providers, revocation and time stamps are not judged here.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from wallet.model.credential import Organisation
from wallet.proofs.certificate import BROKEN, Certificate
from wallet.trust import paths

MAX_PATH = 6
"""Certificates between the leaf and a supplied one, both counted."""

_ORGANISATION, _COMMON_NAME, _COUNTRY = "2.5.4.10", "2.5.4.3", "2.5.4.6"
_ORGANISATION_IDENTIFIER = "2.5.4.97"
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


def seal_of(certificate: Certificate) -> Seal:
    """Read which organisation a certificate names."""
    return Seal(
        name=certificate.named(_ORGANISATION) or certificate.named(_COMMON_NAME) or "",
        identifier=certificate.named(_ORGANISATION_IDENTIFIER),
        country=certificate.named(_COUNTRY),
    )


def find_path(
    chain: Sequence[Certificate], anchors: Sequence[Certificate]
) -> tuple[Certificate, ...] | None:
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


def has_issued(issuer: Certificate, certificate: Certificate, *, below: int) -> bool:
    """Tell whether `issuer` is a CA that signed `certificate` (RFC 5280, section 6.1.4).

    `below` counts the CA certificates under this one in the path.
    """
    if issuer.subject != certificate.issuer:
        return False
    try:
        parsed = issuer.parsed
        length, usage = parsed.max_path_length, parsed.key_usage_value
        if not parsed.ca or (length is not None and below > length):
            return False
        if usage is not None and "key_cert_sign" not in usage.native:
            return False
    except BROKEN:
        return False
    return paths.has_signed(issuer, certificate)


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
