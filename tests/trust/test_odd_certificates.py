"""Seals whose certificates strict readers refuse: the seal verifies and its path is judged."""

import base64
import hashlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from cryptography import x509

from tests.issuer.keys import IssuerKey, base64url
from tests.issuer.odd_certificates import ODD_FROM, ODDITIES, broken_extension, reissued
from tests.proofs.seals import Seal, general, header
from tests.trust import europe
from tests.trust.europe import AUTHORITY, EARLY, OPERATOR, SEAL, Listing
from wallet.model.credential import Organisation, Text
from wallet.model.verification import Outcome, Reason
from wallet.proofs import certificate, jades
from wallet.proofs.finding import ProofFinding
from wallet.trust import certificates, list_xml
from wallet.trust.anchors import TrustStore, issuer_check
from wallet.trust.lists import TrustedLists
from wallet.trust.trusted_list import TrustedList

AT = datetime(2026, 11, 22, tzinfo=UTC)
CA = europe.authority()
ISSUER = Organisation(Text.plain(SEAL), ("VATPL-0000000000",))
REFUSED = {"an accented notice", "odd times"}
"""Oddities that `cryptography` refuses; it warns of others, and may refuse them one day."""


def odd(oddity: str) -> bytes:
    return reissued(europe.seal(), europe.key(AUTHORITY), ODDITIES[oddity])


def sealed(leaf: bytes) -> ProofFinding:
    changes = {
        "x5c": [base64.b64encode(leaf).decode()],
        "x5t#S256": base64url(hashlib.sha256(leaf).digest()),
    }
    seal = Seal(header(**changes), key=IssuerKey(europe.key(SEAL)))
    document = jades.parse(general(seal))
    assert document is not None
    return jades.check(document)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("oddity", sorted(REFUSED))
def test_strict_readers_refuse_it(oddity: str) -> None:
    with pytest.raises((ValueError, TypeError)):
        _ = x509.load_der_x509_certificate(odd(oddity)).extensions


@pytest.mark.parametrize("oddity", ODDITIES)
def test_the_seal_of_an_odd_certificate_holds_and_its_path_is_judged(oddity: str) -> None:
    leaf = odd(oddity)
    finding = sealed(leaf)
    assert finding.outcome is Outcome.PASSED
    found = list_xml.read(
        europe.national(Listing(certificates=(CA,))), (europe.authority(OPERATOR),), "pl.xml", AT
    )
    assert isinstance(found, TrustedList)
    empty = TrustStore.empty()
    stores = {
        Reason.EU_TRUSTED_LIST: replace(empty, lists=TrustedLists(national=(found,))),
        Reason.KEY_SUPPLIED: empty.with_file(CA, "ca.der", AT),
    }
    name = "Universität Beispiel" if oddity == "odd strings" else SEAL
    for reason, trust in stores.items():
        check = issuer_check(
            key=finding.key,
            resolved=None,
            issuer=replace(ISSUER, name=Text.plain(name)),
            issuer_id=None,
            chain=finding.chain,
            awarding=(),
            trust=trust,
            at=AT,
            evidence=finding.evidence,
        )
        assert (check.outcome, check.reason) == (Outcome.PASSED, reason)
        assert check.facts["organisation"] == name
        assert check.facts["organisation_identifier"] == "VATPL-0000000000"


def test_an_extension_that_nothing_hangs_on_does_not_break_the_seal() -> None:
    finding = sealed(reissued(europe.seal(), europe.key(AUTHORITY), broken_extension))
    assert finding.outcome is Outcome.PASSED


def test_odd_certificates_read_as_they_are_meant() -> None:
    assert certificate.load(odd("odd times")).valid_from == ODD_FROM
    assert certificate.load(europe.seal()).valid_from == EARLY
    seal = certificates.seal_of(certificate.load(odd("odd strings")))
    assert (seal.name, seal.country) == ("Universität Beispiel", "PL")
    usual = certificates.seal_of(certificate.load(europe.seal("Politechnika Łódzka")))
    assert usual.name == "Politechnika Łódzka"
    assert certificate.load(odd("a negative serial number")).parsed.serial_number < 0


def test_an_odd_certificate_of_another_key_signs_nothing() -> None:
    for oddity in ODDITIES:
        forged = reissued(europe.seal("Another"), europe.key(AUTHORITY), ODDITIES[oddity])
        assert sealed(forged).reason is Reason.SIG_CRYPTO_FAILURE


def test_an_odd_certificate_is_as_signed_as_any() -> None:
    for oddity in ODDITIES:
        forged = certificate.load(reissued(europe.seal(), europe.key("Somebody"), ODDITIES[oddity]))
        assert certificates.find_path([forged], [certificate.load(CA)]) is None
