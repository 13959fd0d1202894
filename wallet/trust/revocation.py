"""Was a certificate revoked? Asked of the OCSP responses and CRLs that came along with a seal.

Each is authenticated as of its own time: what it says of that time stays true for ever. That a
later one might say more is a fact with a date, not a verdict: offline nobody can know.
"""

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm

from wallet.errors import MalformedCredential
from wallet.proofs.certificate import BROKEN, Certificate, name_key
from wallet.proofs.keys import certificate_key
from wallet.trust import paths
from wallet.trust.paths import Path

if TYPE_CHECKING:
    from asn1crypto import ocsp as asn1_ocsp

MAX_OCSP_BYTES = 128 * 1024
MAX_CRL_BYTES = 4 * 1024 * 1024
MAX_VALUES = 16
"""OCSP responses, and CRLs, of one file that are looked at."""
MAX_RESPONSES = 8
"""Certificates that one OCSP response speaks of."""


@dataclass(frozen=True, slots=True)
class Revocation:
    """What one authentic OCSP response or CRL says of a certificate."""

    source: str
    """`OCSP` or `CRL`."""
    as_of: datetime
    """thisUpdate."""
    until: datetime | None
    """nextUpdate."""
    revoked_at: datetime | None = None
    """None: not revoked as of then."""
    reason: str | None = None


def find(path: Path, ocsp: Sequence[bytes], crls: Sequence[bytes]) -> Revocation | None:
    """Say what is known of the leaf and of the CAs below the listed one; None if nothing.

    A revocation outranks everything, the earliest one first; else the latest answer about the
    leaf counts. What is not authentic, or about others, is passed over.
    """
    chain = path.certificates
    answers: list[Revocation] = []
    for place in range(len(chain) - 1):
        found = [*_by_ocsp(chain[place:], ocsp), *_by_crl(chain[place], chain[place + 1], crls)]
        answers += found if place == 0 else [answer for answer in found if answer.revoked_at]
    revoked = [answer for answer in answers if answer.revoked_at is not None]
    if revoked:
        return min(revoked, key=lambda answer: answer.revoked_at or answer.as_of)
    return max(answers, key=lambda answer: answer.as_of, default=None)


# ---- OCSP (RFC 6960) ----------------------------------------------------------------------------


def _by_ocsp(chain: Sequence[Certificate], values: Sequence[bytes]) -> Iterator[Revocation]:
    from asn1crypto import ocsp as asn1_ocsp  # noqa: PLC0415 -- only who has such values pays

    for der in values[:MAX_VALUES]:
        if len(der) > MAX_OCSP_BYTES:
            continue
        try:
            response = asn1_ocsp.OCSPResponse.load(der, strict=True)
            if response["response_status"].native != "successful":
                continue
            basic = response["response_bytes"]["response"].parsed
            entries = list(basic["tbs_response_data"]["responses"])[:MAX_RESPONSES]
            serial = chain[0].parsed.serial_number
            for entry in entries:
                if entry["cert_id"]["serial_number"].native == serial:
                    yield from _answer(chain, response, entry)
        except BROKEN:
            continue


def _answer(
    chain: Sequence[Certificate],
    response: "asn1_ocsp.OCSPResponse",
    entry: "asn1_ocsp.SingleResponse",
) -> Iterator[Revocation]:
    """Authenticate a response by the issuing CA or a responder that it has named."""
    from pyhanko_certvalidator.errors import (  # noqa: PLC0415 -- takes 0.1 s
        OCSPNoMatchesError,
        OCSPValidationIndeterminateError,
        RevokedError,
        ValidationError,
    )
    from pyhanko_certvalidator.revinfo.validate_ocsp import (  # noqa: PLC0415 -- as above
        verify_ocsp_response,
    )

    as_of = entry["this_update"].native.astimezone(UTC)
    following = entry["next_update"].native
    until = following.astimezone(UTC) if following is not None else None
    path = paths.validation_path(chain)
    context = paths.context(as_of, ocsps=[response])
    try:
        paths.to_the_end(verify_ocsp_response(path.leaf, path, context))
        yield Revocation("OCSP", as_of, until)
    except RevokedError as revoked:
        if revoked.reason.native != "remove_from_crl":
            when = revoked.revocation_dt.astimezone(UTC)
            yield Revocation("OCSP", as_of, until, when, str(revoked.reason.native))
    except (OCSPNoMatchesError, OCSPValidationIndeterminateError, ValidationError):
        return


# ---- CRL (RFC 5280, section 6.3) ----------------------------------------------------------------


def _by_crl(
    certificate: Certificate, issuer: Certificate, values: Sequence[bytes]
) -> Iterator[Revocation]:
    """Read CRLs that the issuing CA signed itself; indirect and delta CRLs are passed over.

    `cryptography` reads them: one with ten thousand entries takes a moment, not seconds.
    """
    for der in values[:MAX_VALUES]:
        if len(der) > MAX_CRL_BYTES:
            continue
        try:
            found = _in_crl(der, certificate, issuer)
        except (*BROKEN, UnsupportedAlgorithm, MalformedCredential):
            continue
        except (x509.DuplicateExtension, x509.InvalidVersion):
            continue
        if found is not None:
            yield found


def _in_crl(der: bytes, certificate: Certificate, issuer: Certificate) -> Revocation | None:
    from asn1crypto import crl  # noqa: PLC0415 -- only who has such values pays

    name = name_key(crl.CertificateList.load(der)["tbs_cert_list"]["issuer"])
    if name != issuer.subject or name != certificate.issuer:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        listed = x509.load_der_x509_crl(der)
    usage = issuer.parsed.key_usage_value
    if usage is not None and "crl_sign" not in usage.native:
        return None
    key = certificate_key(issuer.der)
    if not listed.is_signature_valid(key):  # type: ignore[arg-type]  # a DH key raises TypeError
        return None
    coverage = _coverage(listed, certificate)
    if coverage is _Coverage.NONE:
        return None
    as_of = listed.last_update_utc
    until = listed.next_update_utc
    serial = certificate.parsed.serial_number
    entry = listed.get_revoked_certificate_by_serial_number(serial)
    if entry is None:
        # A CA may take expired certificates off its list.
        in_time = as_of <= certificate.valid_until
        whole = coverage is _Coverage.WHOLE
        return Revocation("CRL", as_of, until) if in_time and whole else None
    try:
        reason = entry.extensions.get_extension_for_class(x509.CRLReason).value.reason.value
    except x509.ExtensionNotFound:
        reason = "unspecified"
    if reason == "removeFromCRL":
        return Revocation("CRL", as_of, until)
    return Revocation("CRL", as_of, until, entry.revocation_date_utc, reason)


class _Coverage(Enum):
    """What a CRL says by not naming a certificate of its CA's."""

    WHOLE = "whole"
    PART = "part"
    """Nothing: it is one of several, or for some reasons alone."""
    NONE = "none"
    """Nothing, whomever it names: it is no list of this CA's own certificates of the kind."""


def _coverage(listed: x509.CertificateRevocationList, certificate: Certificate) -> _Coverage:
    """Tell whom a CRL is about (RFC 5280, sections 5.2.4, 5.2.5 and 6.3.3)."""
    found = _Coverage.WHOLE
    for extension in listed.extensions:
        point = extension.value
        if isinstance(point, x509.IssuingDistributionPoint):
            is_ca = bool(certificate.parsed.ca)
            wrong_kind = point.only_contains_user_certs if is_ca else point.only_contains_ca_certs
            if wrong_kind or point.indirect_crl or point.only_contains_attribute_certs:
                return _Coverage.NONE
            if point.only_some_reasons or not _is_its_own(point, certificate):
                found = _Coverage.PART
        elif extension.critical:
            return _Coverage.NONE
    return found


def _is_its_own(point: x509.IssuingDistributionPoint, certificate: Certificate) -> bool:
    """Tell whether the certificate names the place that the CRL says it is published at."""
    if point.full_name is None:
        return point.relative_name is None
    stated = {name.value for name in point.full_name}
    return any(place.url in stated for place in certificate.parsed.crl_distribution_points)
