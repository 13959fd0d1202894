"""What came along with a seal, in forms that genuine seals have and at the limits of each."""

from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from asn1crypto import ocsp as asn1_ocsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.serialization import Encoding

from tests.issuer.keys import IssuerKey
from tests.issuer.odd_certificates import ODDITIES, reissued
from tests.proofs.seals import mersenne_rsa
from tests.proofs.stamping import Token
from tests.proofs.test_xades_stamps import stamped
from tests.proofs.xml_seals import XmlSeal, found
from tests.trust import europe
from tests.trust.europe import AUTHORITY, EARLY, LATE, SEAL, SIGNED, Entry, Listing
from tests.trust.judging import AT, CA, DAY, ENDED, EXPIRED, GRANTED, LEAF, TIMES, judged, known
from wallet.model.verification import Outcome, Reason
from wallet.proofs.evidence import Evidence
from wallet.proofs.timestamps import Integrity
from wallet.trust import paths, revocation
from wallet.trust.qualification import Judgement, judge

# ---- XAdES --------------------------------------------------------------------------------------

_UNSIGNED = "<x:UnsignedSignatureProperties/>"


def xml_seal(leaf: bytes, time: str = "2024-03-01T10:00:00") -> bytes:
    key = IssuerKey(europe.key(SEAL))
    signing_time = f"<x:SigningTime>{time}</x:SigningTime>"
    chain = (leaf, CA)
    return XmlSeal(
        key=key, leaf=leaf, certificates=chain, signing_time=signing_time, unsigned=_UNSIGNED
    ).build()


def evidence_of(document: bytes) -> Evidence:
    finding = found(document)
    assert finding.outcome is Outcome.PASSED
    assert finding.evidence is not None
    return finding.evidence


def in_time(over: bytes) -> Token:
    return Token(over, time=SIGNED + DAY)


def test_a_xades_time_stamp_proves_existence_as_a_jades_one_does() -> None:
    lists = known(GRANTED, TIMES)
    expired = judge(evidence_of(xml_seal(EXPIRED)), lists, AT)
    assert expired.reason is Reason.OUT_OF_BOUNDS_NO_POE
    rescued = judge(evidence_of(stamped(xml_seal(EXPIRED), token=in_time)), lists, AT)
    assert rescued.reason is None
    assert rescued.existence is not None
    assert (rescued.existence.time, rescued.existence.source) == (SIGNED + DAY, "time stamp")
    assert ENDED < AT


def test_a_broken_xades_time_stamp_proves_nothing() -> None:
    broken = stamped(xml_seal(EXPIRED), over=lambda *_: b"something else", token=in_time)
    evidence = evidence_of(broken)
    assert [one.integrity for one in evidence.stamps] == [Integrity.IMPRINT_BROKEN]
    assert judge(evidence, known(GRANTED, TIMES), AT).reason is Reason.OUT_OF_BOUNDS_NO_POE


def test_a_xades_signing_time_without_a_zone_is_utc() -> None:
    assert evidence_of(xml_seal(LEAF)).signed_at == SIGNED


# ---- RSASSA-PSS throughout ----------------------------------------------------------------------

PSS = padding.PSS(padding.MGF1(hashes.SHA256()), 32)


@cache
def pss_certificate(subject: str, primes: tuple[int, int], *, ca: bool) -> bytes:
    """Certify an RSA key by an RSA authority that signs with PSS alone."""
    builder = (
        x509.CertificateBuilder()
        .subject_name(europe.named(subject))
        .issuer_name(europe.named("PSS CA"))
        .public_key(mersenne_rsa(*primes).private.public_key())
        .serial_number(5 if ca else 6)
        .not_valid_before(EARLY)
        .not_valid_after(LATE)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    )
    if not ca:
        oid = x509.ObjectIdentifier("1.3.6.1.5.5.7.1.3")
        builder = builder.add_extension(
            x509.UnrecognizedExtension(oid, europe.statements()), critical=False
        )
    signer: Any = mersenne_rsa(1279, 2203).private
    made = builder.sign(signer, hashes.SHA256(), rsa_padding=PSS)
    return made.public_bytes(Encoding.DER)


def pss_crl(*serials: int) -> bytes:
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(europe.named("PSS CA"))
        .last_update(SIGNED)
        .next_update(SIGNED + 7 * DAY)
    )
    for serial in serials:
        entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(SIGNED)
        builder = builder.add_revoked_certificate(entry.build())
    signer: Any = mersenne_rsa(1279, 2203).private
    return builder.sign(signer, hashes.SHA256(), rsa_padding=PSS).public_bytes(Encoding.DER)


def test_certificates_and_lists_signed_with_pss() -> None:
    top = pss_certificate("PSS CA", (1279, 2203), ca=True)
    leaf = pss_certificate(SEAL, (2203, 2281), ca=False)
    listing = Listing(certificates=(top,))
    good = judged(listing, chain=(leaf,), crls=(pss_crl(7),))
    assert good.reason is None
    assert good.revocation is not None
    assert (good.revocation.source, good.revocation.revoked_at) == ("CRL", None)
    revoked = judged(listing, chain=(leaf,), crls=(pss_crl(6),))
    assert revoked.reason is Reason.CERTIFICATE_REVOKED


# ---- paths --------------------------------------------------------------------------------------


def test_a_cross_certified_ca_leads_to_whichever_is_listed() -> None:
    """The same CA certified by itself and by two others, one of which is listed."""
    others = tuple(europe.authority(AUTHORITY, name) for name in ("Old Root", "New Root"))
    listing = Listing(certificates=(europe.authority("New Root"),))
    for chain in ((LEAF, CA, *others), (LEAF, *others, CA), (LEAF, others[1])):
        judgement = judged(listing, chain=chain)
        assert judgement.reason is None
        assert judgement.path is not None
        assert [one.der for one in judgement.path.certificates][1] == others[1]
    assert judged(listing, chain=(LEAF, CA, others[0])).path is None


@pytest.mark.parametrize("oddity", ["an accented notice", "odd strings"])
def test_revocation_of_an_odd_certificate(oddity: str) -> None:
    odd = reissued(europe.seal(), europe.key(AUTHORITY), ODDITIES[oddity])
    serial_of = europe.seal()
    crl = europe.revocations((serial_of, SIGNED))
    assert judged(chain=(odd, CA), crls=(crl,)).reason is Reason.CERTIFICATE_REVOKED
    good = judged(chain=(odd, CA), crls=(europe.revocations(),)).revocation
    assert good is not None
    assert good.revoked_at is None


# ---- limits -------------------------------------------------------------------------------------


def with_values(kind: str, *values: bytes) -> Judgement:
    return judged(ocsp=values) if kind == "ocsp" else judged(crls=values)


@pytest.mark.parametrize(
    ("kind", "limit", "make"),
    [
        ("ocsp", "MAX_OCSP_BYTES", lambda: europe.response(LEAF)),
        ("crls", "MAX_CRL_BYTES", europe.revocations),
    ],
)
def test_the_size_of_revocation_values(
    kind: str, limit: str, make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    value = make()
    monkeypatch.setattr(revocation, limit, len(value))
    assert with_values(kind, value).revocation is not None
    monkeypatch.setattr(revocation, limit, len(value) - 1)
    over = with_values(kind, value)
    assert (over.reason, over.revocation) == (None, None)


@pytest.mark.parametrize("kind", ["ocsp", "crls"])
def test_the_number_of_revocation_values(kind: str) -> None:
    value = europe.response(LEAF) if kind == "ocsp" else europe.revocations()
    noise = (b"noise",) * (revocation.MAX_VALUES - 1)
    assert with_values(kind, *noise, value).revocation is not None
    assert with_values(kind, *noise, b"noise", value).revocation is None


def test_the_number_of_certificates_in_one_response(monkeypatch: pytest.MonkeyPatch) -> None:
    value = europe.response(LEAF)
    count = len(
        asn1_ocsp.OCSPResponse.load(value)["response_bytes"]["response"].parsed[
            "tbs_response_data"
        ]["responses"]
    )
    monkeypatch.setattr(revocation, "MAX_RESPONSES", count)
    assert judged(ocsp=(value,)).revocation is not None
    monkeypatch.setattr(revocation, "MAX_RESPONSES", count - 1)
    assert judged(ocsp=(value,)).revocation is None


def test_the_number_of_certificates_that_came_along() -> None:
    middle = europe.authority("Middle", AUTHORITY)
    leaf = europe.seal(by="Middle")
    others = tuple(europe.authority(f"Other {n}") for n in range(paths.MAX_OFFERED - 2))
    assert judged(chain=(leaf, *others, middle)).reason is None
    more = (*others, europe.authority("One more"))
    assert judged(chain=(leaf, *more, middle)).reason is Reason.NO_CERTIFICATE_CHAIN_FOUND


def test_the_length_of_a_path() -> None:
    def chain(length: int) -> tuple[bytes, ...]:
        names = [f"CA {n}" for n in range(length - 2)]
        links = [
            europe.authority(a, b) for a, b in zip(names, [*names[1:], AUTHORITY], strict=True)
        ]
        return (europe.seal(by=names[0]), *links)

    assert judged(chain=chain(paths.MAX_LENGTH)).reason is None
    assert judged(chain=chain(paths.MAX_LENGTH + 1)).reason is Reason.NO_CERTIFICATE_CHAIN_FOUND


def test_a_withdrawn_time_stamp_authority_proves_nothing_for_xml_either() -> None:
    withdrawn = replace(TIMES, entries=(Entry(status="withdrawn", uses=()),))
    evidence = evidence_of(stamped(xml_seal(EXPIRED), token=in_time))
    judgement = judge(evidence, known(GRANTED, withdrawn), AT)
    assert judgement.reason is Reason.OUT_OF_BOUNDS_NO_POE
