"""Paths from a certificate to a service on a trusted list, validated as RFC 5280 says.

Paths are validated by pyhanko-certvalidator, which works on certificates as asn1crypto reads them:
1 of 20 CAs on the Spanish list has a letter with an accent where a VisibleString stands, which
`cryptography` refuses, and is listed all the same.
"""

from collections.abc import Coroutine, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from wallet.errors import MalformedCredential
from wallet.proofs.certificate import BROKEN, Certificate, load
from wallet.trust.list_criteria import Traits
from wallet.trust.trusted_list import Service, ServiceType, TrustedList

if TYPE_CHECKING:
    from pyhanko_certvalidator.context import ValidationContext
    from pyhanko_certvalidator.path import ValidationPath

MAX_LENGTH = 6
"""Certificates of a path, the listed one counted."""
MAX_TRIED = 12
"""Paths that are tried: whoever adds namesakes to a file makes them many."""
MAX_OFFERED = 32
"""Certificates that came along and are looked at."""

_QC_STATEMENTS = "1.3.6.1.5.5.7.1.3"
_QC_TYPE = "0.4.0.1862.1.6"
_KEY_USAGE = {
    "digital_signature": "digitalSignature",
    "non_repudiation": "nonRepudiation",
    "key_encipherment": "keyEncipherment",
    "data_encipherment": "dataEncipherment",
    "key_agreement": "keyAgreement",
    "key_cert_sign": "keyCertSign",
    "crl_sign": "crlSign",
    "encipher_only": "encipherOnly",
    "decipher_only": "decipherOnly",
}

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Path:
    """A path that leads to a listed service: the leaf first, the listed certificate last."""

    certificates: tuple[Certificate, ...]
    service: Service
    list: TrustedList


@dataclass(frozen=True, slots=True)
class Statements:
    """What a certificate says of itself in its QcStatements (ETSI EN 319 412-5)."""

    identifiers: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    """Values of QcType: signature .1, seal .2, website .3 of 0.4.0.1862.1.6."""


def load_all(offered: Sequence[bytes]) -> tuple[Certificate, ...]:
    """Read the certificates that came along; those that cannot be read lead nowhere."""
    found = []
    for der in dict.fromkeys(offered[:MAX_OFFERED]):
        try:
            found.append(load(der))
        except MalformedCredential:
            continue
    return tuple(found)


def to_lists(
    leaf: Certificate,
    offered: Sequence[Certificate],
    lists: Sequence[TrustedList],
    kind: ServiceType,
    moment: datetime,
) -> Iterator[Path]:
    """Find valid paths from a leaf to services of a kind, the shortest first.

    A listed certificate is a trust anchor: its own period of validity is not judged, for the list
    says from when to when it counts.

    Args:
        leaf: the certificate to start from.
        offered: CA certificates that came along, in any order.
        lists: where to.
        kind: CAs for a seal, time-stamping authorities for a time stamp.
        moment: when all certificates below the listed one have to be in force.
    """
    tried = 0
    waiting: list[tuple[Certificate, ...]] = [(leaf,)]
    while waiting and tried < MAX_TRIED:
        path = waiting.pop(0)
        for trusted in lists:
            for service, listed in trusted.issuers(path[-1].issuer, kind):
                tried += 1
                found = (*path, load(listed.der))
                if tried <= MAX_TRIED and is_valid(found, moment):
                    yield Path(found, service, trusted)
        if len(path) + 1 < MAX_LENGTH:
            known = {certificate.der for certificate in path}
            for other in offered:
                if other.subject == path[-1].issuer and other.der not in known:
                    waiting.append((*path, other))
        del waiting[MAX_TRIED:]


def is_valid(path: Sequence[Certificate], moment: datetime) -> bool:
    """Tell whether a path holds at a moment (RFC 5280, section 6.1), revocation aside."""
    from pyhanko_certvalidator.errors import ValidationError  # noqa: PLC0415 -- takes 0.1 s
    from pyhanko_certvalidator.validate import async_validate_path  # noqa: PLC0415 -- as above

    try:
        if path[-1].parsed.basic_constraints_value is not None and not path[-1].parsed.ca:
            return False
        to_the_end(async_validate_path(context(moment), validation_path(path)))
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError, NotImplementedError):
        return False
    return True


def has_signed(issuer: Certificate, certificate: Certificate) -> bool:
    """Tell whether a certificate's signature holds with the key of another."""
    from cryptography.exceptions import (  # noqa: PLC0415 -- beside what is heavy
        InvalidSignature,
        UnsupportedAlgorithm,
    )
    from pyhanko_certvalidator.sig_validate import (  # noqa: PLC0415 -- takes 0.1 s
        DefaultSignatureValidator,
    )

    try:
        signed = certificate.parsed
        DefaultSignatureValidator().validate_signature(
            signature=signed["signature_value"].native,
            signed_data=signed["tbs_certificate"].dump(),
            public_key_info=issuer.parsed.public_key,
            signature_algorithm=signed["signature_algorithm"],
        )
    except (InvalidSignature, UnsupportedAlgorithm, NotImplementedError, AssertionError, *BROKEN):
        return False
    return True


def context(moment: datetime, **options: Any) -> "ValidationContext":
    """Make a context of the validator that asks nobody: no network, no revocation, no roots."""
    from pyhanko_certvalidator.context import ValidationContext  # noqa: PLC0415 -- as above
    from pyhanko_certvalidator.policy_decl import (  # noqa: PLC0415 -- as above
        CertRevTrustPolicy,
        RevocationCheckingPolicy,
        RevocationCheckingRule,
    )

    nothing = RevocationCheckingRule.NO_CHECK
    policy = CertRevTrustPolicy(RevocationCheckingPolicy(nothing, nothing))
    return ValidationContext(
        trust_roots=[],
        moment=moment,
        allow_fetching=False,
        revinfo_policy=policy,
        **options,
    )


def validation_path(path: Sequence[Certificate]) -> "ValidationPath":
    """Write a path as the validator wants it: the anchor apart, then downwards."""
    from pyhanko_certvalidator.authority import (  # noqa: PLC0415 -- as above
        AuthorityWithCert,
        TrustAnchor,
        TrustQualifiers,
    )
    from pyhanko_certvalidator.path import ValidationPath  # noqa: PLC0415 -- as above

    anchor = path[-1].parsed
    between = [certificate.parsed for certificate in reversed(path[1:-1])]
    length = anchor.max_path_length
    # The validator reads the second one for every path as soon as the first one is stated.
    limits = TrustQualifiers(max_path_length=length, max_aa_path_length=length or 0)
    return ValidationPath(TrustAnchor(AuthorityWithCert(anchor), limits), between, path[0].parsed)


def to_the_end(coroutine: Coroutine[Any, Any, _T]) -> _T:
    """Run a coroutine that never waits: the validator's, when it may fetch nothing.

    An event loop would open sockets on some systems.
    """
    try:
        coroutine.send(None)
    except StopIteration as end:
        result: _T = end.value
        return result
    coroutine.close()
    raise RuntimeError("validation without a network waited for something")


def statements(certificate: Certificate) -> Statements:
    """Read the QcStatements (RFC 3739, section 3.2.6; ETSI EN 319 412-5).

    Raises:
        MalformedCredential: the extension is there and cannot be read.
    """
    from asn1crypto import core  # noqa: PLC0415 -- as above

    try:
        identifiers: set[str] = set()
        types: set[str] = set()
        for extension in certificate.parsed["tbs_certificate"]["extensions"]:
            if extension["extn_id"].dotted != _QC_STATEMENTS:
                continue
            for statement in core.SequenceOf.load(
                extension["extn_value"].contents, spec=core.Sequence
            ):
                identifier = statement[0].dotted
                identifiers.add(identifier)
                if identifier == _QC_TYPE:
                    kinds = core.SequenceOf.load(statement[1].dump(), spec=core.ObjectIdentifier)
                    types |= {kind.dotted for kind in kinds}
    except BROKEN as error:
        raise MalformedCredential("QcStatements") from error
    return Statements(frozenset(identifiers), frozenset(types))


def traits(certificate: Certificate) -> Traits:
    """Read what a trusted list's criteria look at.

    Raises:
        MalformedCredential: an extension that cannot be read.
    """
    found = certificate.parsed
    try:
        policies = found.certificate_policies_value
        usage = found.key_usage_value
        extended = found.extended_key_usage_value
        return Traits(
            policies=frozenset(entry["policy_identifier"].dotted for entry in policies or ()),
            key_usage=frozenset(_KEY_USAGE[bit] for bit in (usage.native if usage else ())),
            subject=frozenset(
                pair["type"].dotted for part in found.subject.chosen for pair in part
            ),
            extended=frozenset(purpose.dotted for purpose in extended or ()),
        )
    except BROKEN as error:
        raise MalformedCredential("certificate") from error
