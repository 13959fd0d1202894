"""A small Europe: a list of lists, a national list, CAs, seals, and what revokes them.

Everything is made and signed here, so that each can be wrong in one way.
"""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from asn1crypto import ocsp as asn1_ocsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier
from lxml import etree
from signxml.xades.xades import XAdESSigner

from tests.issuer.keys import p256_key

TSL = "http://uri.etsi.org/02231/v2#"
SIE = "http://uri.etsi.org/TrstSvc/SvcInfoExt/eSigDir-1999-93-EC-TrustedList/#"
XADES = "http://uri.etsi.org/01903/v1.3.2#"
EXTRA = "http://uri.etsi.org/02231/v2/additionaltypes#"
BASE = "http://uri.etsi.org/TrstSvc"
ISSUED = datetime(2026, 6, 1, tzinfo=UTC)
EARLY, LATE = datetime(2020, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)
SIGNED = datetime(2024, 3, 1, 10, tzinfo=UTC)
SEAL = "Example University"
AUTHORITY = "Example Seal CA"
OPERATOR = "Example Operator"
EUROPE = "Example Commission"

COMPLIANCE, DEVICE = "04008e460101", "04008e460104"
"""QcStatements 0.4.0.1862.1.1 and .1.4, as the content of an object identifier in hexadecimal."""
FOR_SIGNATURES, FOR_SEALS, FOR_WEB = (f"04008e46010{6}0{n}" for n in (1, 2, 3))
NO_TYPE = ""


def key(name: str) -> ec.EllipticCurvePrivateKey:
    """Make the key of whoever is called so."""
    private = p256_key(f"europe {name}").private
    assert isinstance(private, ec.EllipticCurvePrivateKey)
    return private


def named(organisation: str, identifier: str | None = None) -> x509.Name:
    """Name an organisation."""
    parts = [(NameOID.COUNTRY_NAME, "PL"), (NameOID.ORGANIZATION_NAME, organisation)]
    if identifier is not None:
        parts.append((NameOID.ORGANIZATION_IDENTIFIER, identifier))
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts])


def statements(*, compliance: bool = True, kind: str = FOR_SEALS, device: bool = False) -> bytes:
    """Write QcStatements (ETSI EN 319 412-5) in DER."""

    def tlv(tag: int, content: bytes) -> bytes:
        return bytes((tag, len(content))) + content

    entries = b""
    if compliance:
        entries += tlv(0x30, tlv(0x06, bytes.fromhex(COMPLIANCE)))
    if device:
        entries += tlv(0x30, tlv(0x06, bytes.fromhex(DEVICE)))
    if kind:
        kinds = tlv(0x30, tlv(0x06, bytes.fromhex(kind)))
        entries += tlv(0x30, tlv(0x06, bytes.fromhex("04008e460106")) + kinds)
    return tlv(0x30, entries)


def _builder(
    subject: x509.Name, by: str, name: str, valid: tuple[datetime, datetime]
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(named(by))
        .public_key(key(name).public_key())
        .serial_number(int.from_bytes(f"{name}{by}".encode()[:15], "big"))
        .not_valid_before(valid[0])
        .not_valid_after(valid[1])
    )


@cache
def authority(
    name: str = AUTHORITY,
    by: str | None = None,
    *,
    ca: bool = True,
    path_length: int | None = None,
    valid: tuple[datetime, datetime] = (EARLY, LATE),
) -> bytes:
    """Certify a CA (DER), by itself or by another."""
    constraints = x509.BasicConstraints(ca=ca, path_length=path_length if ca else None)
    made = _builder(named(name), by or name, name, valid).add_extension(constraints, critical=True)
    return made.sign(key(by or name), hashes.SHA256(), ecdsa_deterministic=True).public_bytes(
        Encoding.DER
    )


@cache
def seal(
    name: str = SEAL,
    by: str = AUTHORITY,
    *,
    qc: bytes | None = statements(),
    policy: str | None = None,
    valid: tuple[datetime, datetime] = (EARLY, LATE),
) -> bytes:
    """Certify a seal (DER) with QcStatements, which may say something else."""
    made = _builder(named(name, "VATPL-0000000000"), by, name, valid).add_extension(
        x509.BasicConstraints(ca=False, path_length=None), critical=True
    )
    if qc is not None:
        oid = ObjectIdentifier("1.3.6.1.5.5.7.1.3")
        made = made.add_extension(x509.UnrecognizedExtension(oid, qc), critical=False)
    if policy is not None:
        stated = x509.PolicyInformation(ObjectIdentifier(policy), None)
        made = made.add_extension(x509.CertificatePolicies([stated]), critical=False)
    return made.sign(key(by), hashes.SHA256(), ecdsa_deterministic=True).public_bytes(Encoding.DER)


# ---- lists --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """One status of a service."""

    since: datetime = EARLY
    status: str = "granted"
    uses: tuple[str, ...] = ("ForeSeals",)
    certificates: tuple[bytes, ...] | None = None
    """None: those of the service in its current entry, none in history (as in Spain)."""
    extensions: str = ""
    """More XML extensions."""


@dataclass(frozen=True, slots=True)
class Listing:
    """One service: its current entry, then what it was."""

    entries: tuple[Entry, ...] = (Entry(),)
    certificates: tuple[bytes, ...] = ()
    type: str = "CA/QC"
    name: str = "Qualified seals"


def qualification(*qualifiers: str, criteria: str, combine: str = "all") -> str:
    """Write a Qualifications extension."""
    stated = "".join(
        f'<s:Qualifier uri="{BASE}/TrustedList/SvcInfoExt/{name}"/>' for name in qualifiers
    )
    return (
        '<Extension Critical="true"><s:Qualifications><s:QualificationElement>'
        f'<s:Qualifiers>{stated}</s:Qualifiers><s:CriteriaList assert="{combine}">{criteria}'
        "</s:CriteriaList></s:QualificationElement></s:Qualifications></Extension>"
    )


def policies(*identifiers: str) -> str:
    """Write a PolicySet as lists do, with the blank that some have."""
    entries = "".join(
        '<s:PolicyIdentifier><x:Identifier Qualifier="OIDAsURN">'
        f"urn:oid:{identifier} </x:Identifier></s:PolicyIdentifier>"
        for identifier in identifiers
    )
    return f"<s:PolicySet>{entries}</s:PolicySet>"


def national(
    *listings: Listing,
    territory: str = "PL",
    signer: str = OPERATOR,
    issued: datetime = ISSUED,
    sequence: int = 7,
    next_update: datetime | None = ISSUED + timedelta(days=180),
    kind: str = "EUgeneric",
    sign: bool = True,
    signer_until: datetime = LATE,
    twist: tuple[str, str] = ("", ""),
) -> bytes:
    """Write and sign a national trusted list (ETSI TS 119 612); `twist` replaces before that."""
    services = "".join(map(_service, listings or (Listing(certificates=(authority(),)),)))
    pointer = _pointer("EU", (), "EUlistofthelists")
    body = (
        "<TrustServiceProviderList><TrustServiceProvider><TSPInformation><TSPName>"
        '<Name xml:lang="pl">Przykładowe Centrum</Name><Name xml:lang="en">Example Trust</Name>'
        f"</TSPName></TSPInformation><TSPServices>{services}</TSPServices>"
        "</TrustServiceProvider></TrustServiceProviderList>"
    )
    scheme = _scheme(territory, kind, issued, sequence, next_update=next_update, pointers=pointer)
    text = (scheme + body).replace(*twist) if twist[0] else scheme + body
    return _document(text, authority(signer, valid=(EARLY, signer_until)), signer if sign else None)


def list_of_lists(
    signers: Mapping[str, Sequence[bytes]] | None = None,
    *,
    signer: str = EUROPE,
    issued: datetime = ISSUED,
    sequence: int = 40,
) -> bytes:
    """Write and sign a list of lists; by default it names the operator for Poland."""
    named_signers = signers or {"PL": (authority(OPERATOR),), "EU": (authority(EUROPE),)}
    pointers = "".join(
        _pointer(territory, found, "EUlistofthelists" if territory == "EU" else "EUgeneric")
        for territory, found in named_signers.items()
    )
    scheme = _scheme(
        "EU", "EUlistofthelists", issued, sequence, next_update=None, pointers=pointers
    )
    return _document(scheme, authority(signer), signer)


def _scheme(
    territory: str,
    kind: str,
    issued: datetime,
    sequence: int,
    *,
    next_update: datetime | None,
    pointers: str,
) -> str:
    following = f"<dateTime>{next_update.isoformat()}</dateTime>" if next_update else ""
    return (
        f"<SchemeInformation><TSLSequenceNumber>{sequence}</TSLSequenceNumber>"
        f"<TSLType>{BASE}/TrustedList/TSLType/{kind}</TSLType>"
        f"<SchemeTerritory>{territory}</SchemeTerritory>"
        f"<PointersToOtherTSL>{pointers}</PointersToOtherTSL>"
        f"<ListIssueDateTime>{issued.isoformat()}</ListIssueDateTime>"
        f"<NextUpdate>{following}</NextUpdate></SchemeInformation>"
    )


def _pointer(territory: str, signers: Sequence[bytes], kind: str) -> str:
    certificates = "".join(map(_certificate, signers))
    return (
        "<OtherTSLPointer><ServiceDigitalIdentities><ServiceDigitalIdentity>"
        f"{certificates}</ServiceDigitalIdentity></ServiceDigitalIdentities><AdditionalInformation>"
        f"<OtherInformation><TSLType>{BASE}/TrustedList/TSLType/{kind}</TSLType>"
        f"</OtherInformation><OtherInformation><SchemeTerritory>{territory}</SchemeTerritory>"
        "</OtherInformation></AdditionalInformation></OtherTSLPointer>"
    )


def _service(listing: Listing) -> str:
    current, *former = listing.entries
    history = "".join(
        f"<ServiceHistoryInstance>{_entry(listing, entry, entry.certificates or ())}"
        "</ServiceHistoryInstance>"
        for entry in former
    )
    found = listing.certificates if current.certificates is None else current.certificates
    return (
        f"<TSPService><ServiceInformation>{_entry(listing, current, found)}</ServiceInformation>"
        f"<ServiceHistory>{history}</ServiceHistory></TSPService>"
    )


def _entry(listing: Listing, entry: Entry, certificates: Sequence[bytes]) -> str:
    uses = "".join(
        '<Extension Critical="true"><AdditionalServiceInformation><URI xml:lang="en">'
        f"{BASE}/TrustedList/SvcInfoExt/{use}</URI></AdditionalServiceInformation></Extension>"
        for use in entry.uses
    )
    return (
        f"<ServiceTypeIdentifier>{BASE}/Svctype/{listing.type}</ServiceTypeIdentifier>"
        f'<ServiceName><Name xml:lang="en">{listing.name}</Name></ServiceName>'
        "<ServiceDigitalIdentity><DigitalId><X509SKI>AAAA</X509SKI></DigitalId>"
        f"{''.join(map(_certificate, certificates))}</ServiceDigitalIdentity>"
        f"<ServiceStatus>{BASE}/TrustedList/Svcstatus/{entry.status}</ServiceStatus>"
        f"<StatusStartingTime>{entry.since.isoformat()}</StatusStartingTime>"
        f"<ServiceInformationExtensions>{uses}{entry.extensions}</ServiceInformationExtensions>"
    )


def _certificate(der: bytes) -> str:
    text = base64.encodebytes(der).decode()
    return f"<DigitalId><X509Certificate>{text}</X509Certificate></DigitalId>"


def _document(content: str, certificate: bytes, signer: str | None) -> bytes:
    text = (
        f'<TrustServiceStatusList xmlns="{TSL}" xmlns:s="{SIE}" xmlns:x="{XADES}" '
        f'xmlns:a="{EXTRA}">{content}</TrustServiceStatusList>'
    )
    if signer is None:
        return text.encode()
    pem = x509.load_der_x509_certificate(certificate).public_bytes(Encoding.PEM)
    made = XAdESSigner(signature_algorithm="ecdsa-sha256", digest_algorithm="sha256")
    signed = made.sign(etree.fromstring(text), key=key(signer), cert=[pem.decode()])
    document: bytes = etree.tostring(signed)
    return document


# ---- revocation ---------------------------------------------------------------------------------


def response(
    about: bytes,
    *,
    by: str = AUTHORITY,
    as_of: datetime = SIGNED,
    revoked_at: datetime | None = None,
    responder: bytes | None = None,
    signed_with: str | None = None,
) -> bytes:
    """Write an OCSP response (DER) about a certificate, by its CA or a responder."""
    issuer = x509.load_der_x509_certificate(authority(by))
    signer = issuer if responder is None else x509.load_der_x509_certificate(responder)
    builder = ocsp.OCSPResponseBuilder().add_response(
        cert=x509.load_der_x509_certificate(about),
        issuer=issuer,
        algorithm=hashes.SHA256(),
        cert_status=ocsp.OCSPCertStatus.REVOKED if revoked_at else ocsp.OCSPCertStatus.GOOD,
        this_update=as_of,
        next_update=as_of + timedelta(days=7),
        revocation_time=revoked_at,
        revocation_reason=x509.ReasonFlags.key_compromise if revoked_at else None,
    )
    builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, signer)
    builder = builder.certificates([signer])
    own = "Example Responder" if responder is not None else by
    made = builder.sign(key(own), hashes.SHA256()).public_bytes(Encoding.DER)
    if signed_with is None:
        return made
    forged = asn1_ocsp.OCSPResponse.load(made)
    basic = forged["response_bytes"]["response"].parsed
    signed = basic["tbs_response_data"].dump()
    basic["signature"] = key(signed_with).sign(signed, ec.ECDSA(hashes.SHA256()))
    forged["response_bytes"]["response"] = basic
    document: bytes = forged.dump(force=True)
    return document


@cache
def responder(by: str = AUTHORITY, *, allowed: bool = True) -> bytes:
    """Certify an OCSP responder, with or without the purpose that makes it one."""
    made = _builder(named("Example Responder"), by, "Example Responder", (EARLY, LATE))
    purpose = ExtendedKeyUsageOID.OCSP_SIGNING if allowed else ExtendedKeyUsageOID.CODE_SIGNING
    made = made.add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
    made = made.add_extension(x509.OCSPNoCheck(), critical=False)
    return made.sign(key(by), hashes.SHA256(), ecdsa_deterministic=True).public_bytes(Encoding.DER)


def revocations(
    *revoked: tuple[bytes, datetime],
    by: str = AUTHORITY,
    as_of: datetime = SIGNED,
    signed_with: str | None = None,
    reason: x509.ReasonFlags = x509.ReasonFlags.key_compromise,
    extension: x509.ExtensionType | None = None,
) -> bytes:
    """Write a CRL (DER) that revokes some certificates."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(named(by))
        .last_update(as_of)
        .next_update(as_of + timedelta(days=7))
    )
    for der, moment in revoked:
        serial = x509.load_der_x509_certificate(der).serial_number
        entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(moment)
        entry = entry.add_extension(x509.CRLReason(reason), critical=False)
        builder = builder.add_revoked_certificate(entry.build())
    if extension is not None:
        builder = builder.add_extension(extension, critical=True)
    made = builder.sign(key(signed_with or by), hashes.SHA256())
    return made.public_bytes(Encoding.DER)
