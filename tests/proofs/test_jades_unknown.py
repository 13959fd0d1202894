"""JAdES: what is not known here shows nothing, and the limits, just under and just over."""

import base64
import hashlib
import json

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from tests.issuer.keys import IssuerKey, base64url
from tests.proofs.seals import (
    PAYLOAD,
    Seal,
    compact,
    flattened,
    for_pss_alone,
    general,
    header,
    leaf,
    mersenne_rsa,
)
from tests.proofs.test_jades import ANOTHER_DIGEST, found
from tests.proofs.xml_seals import certificate
from wallet.errors import TooLarge
from wallet.model.verification import Outcome, Reason
from wallet.proofs import jades, jades_rules, jws
from wallet.proofs.finding import ProofFinding


def unsupported(finding: ProofFinding, what: str) -> bool:
    """Tell whether it may be sound for all that is known here."""
    reason = Reason.UNSUPPORTED_SUITE
    stated = (finding.outcome, finding.reason, finding.facts["what"])
    return stated == (Outcome.INDETERMINATE, reason, what)


@pytest.mark.parametrize("mechanism", ["HttpHeaders", "ObjectIdByURI", "ObjectIdByURIHash"])
def test_a_detached_seal_is_not_judged(mechanism: str) -> None:
    """ETSI TS 119 182-1, clause 5.2.8: `sigD` is critical, and there is no payload here."""
    stated = {"mId": f"http://uri.etsi.org/19182/{mechanism}", "pars": ["diploma.pdf"]}
    encoded = header(b64=None, sigD=stated, crit=["sigT", "sigD"])
    assert unsupported(found(compact(Seal(encoded), "")), "sigD")
    for sealed in (general(Seal(encoded), payload=""), flattened(Seal(encoded), "")):
        document = json.loads(sealed)
        assert unsupported(found(json.dumps(document).encode()), "sigD")
        del document["payload"]
        assert unsupported(found(json.dumps(document).encode()), "sigD")


def test_a_detached_payload_without_a_word_about_it() -> None:
    document = json.loads(flattened(Seal()))
    del document["payload"]
    assert unsupported(found(json.dumps(document).encode()), "payload")
    document["title"] = "and something else"
    assert jades.parse(json.dumps(document).encode()) is None


# ---- what is not known here shows nothing ------------------------------------------------------


def by(key: IssuerKey, algorithm: str, der: bytes, payload: str = PAYLOAD) -> bytes:
    """Seal with a key of any kind."""
    changes = {
        "alg": algorithm,
        "x5c": [base64.b64encode(der).decode()],
        "x5t#S256": base64url(hashlib.sha256(der).digest()),
    }
    seal = Seal(header(**changes), key=key, algorithm=algorithm)
    return general(seal, payload=payload)


def ec_key(curve: ec.EllipticCurve) -> IssuerKey:
    return IssuerKey(ec.derive_private_key(0x1234567890ABCDEF, curve))


@pytest.mark.parametrize(
    ("curve", "algorithm", "expected"),
    [
        (ec.SECP521R1(), "ES512", None),
        (ec.SECP384R1(), "ES384", None),
        (ec.SECP384R1(), "ES256", "ES256 P-384"),
        (ec.SECP521R1(), "ES256", "ES256 P-521"),
        (ec.SECP256R1(), "ES512", "ES512 P-256"),
        (ec.BrainpoolP256R1(), "ES256", "brainpoolP256r1"),
        (ec.BrainpoolP384R1(), "ES384", "brainpoolP384r1"),
    ],
)
def test_curves_and_digests(curve: ec.EllipticCurve, algorithm: str, expected: str | None) -> None:
    """Digests combined with other curves than JOSE ties them to are unknown, and not wrong."""
    key = ec_key(curve)
    data = by(key, algorithm, certificate(key))
    finding = found(data)
    if expected is None:
        assert finding.outcome is Outcome.PASSED
    else:
        assert unsupported(finding, expected)
    if "brainpool" not in curve.name:
        changed = found(data.replace(b"credential:1", b"credential:2"))
        assert changed.reason is Reason.SIG_CRYPTO_FAILURE


def test_an_algorithm_of_another_curve_than_was_signed_with() -> None:
    finding = found(general(Seal(header(alg="ES384"))))
    assert (finding.outcome, finding.reason) == (Outcome.FAILED, Reason.SIG_CRYPTO_FAILURE)


@pytest.mark.parametrize("algorithm", ["RS256", "RS512", "PS256", "PS384"])
def test_rsa(algorithm: str) -> None:
    key = mersenne_rsa(1279, 2203)
    assert found(by(key, algorithm, certificate(key))).outcome is Outcome.PASSED
    assert found(by(key, algorithm, for_pss_alone(certificate(key)))).outcome is Outcome.PASSED


def test_the_size_of_an_rsa_key() -> None:
    for primes, passes in (((521, 607), False), ((3217, 4423), True), ((4253, 4423), False)):
        key = mersenne_rsa(*primes)
        finding = found(by(key, "RS256", certificate(key)))
        if passes:
            assert finding.outcome is Outcome.PASSED
        else:
            assert unsupported(finding, "RSA key size")


@pytest.mark.parametrize("algorithm", ["ES256B", "Ed448", "ML-DSA-65"])
def test_algorithms_that_are_not_known(algorithm: str) -> None:
    assert unsupported(found(general(Seal(header(alg=algorithm)))), algorithm)


def test_a_digest_of_the_certificate_that_is_not_known() -> None:
    other = {"digAlg": "S1024", "digVal": "AAAA"}
    assert unsupported(found(general(Seal(header(**{"x5t#S256": None, "x5t#o": other})))), "x5t#o")


@pytest.mark.parametrize("more", [0, 1])
def test_the_number_of_certificates_is_limited(more: int) -> None:
    count = jades_rules.MAX_CERTIFICATES + more
    finding = found(general(Seal(header(x5c=[base64.b64encode(leaf()).decode()] * count))))
    assert unsupported(finding, "x5c") if more else finding.outcome is Outcome.PASSED


def test_the_size_of_a_header_is_limited() -> None:
    def sealed(size: int) -> bytes:
        rest = len(json.dumps(header(note="")))
        return general(Seal(header(note="x" * (size - rest))))

    assert found(sealed(jws.MAX_HEADER_BYTES)).outcome is Outcome.PASSED
    with pytest.raises(TooLarge):
        jades.parse(sealed(jws.MAX_HEADER_BYTES + 1))


def test_a_certificate_that_came_along_may_be_the_named_one() -> None:
    values = {
        "xVals": [{"x509Cert": {"val": base64.b64encode(der).decode()}} for der in (b"x", leaf())]
    }
    finding = found(general(Seal(header(x5c=None), {"etsiU": [values]})))
    assert finding.outcome is Outcome.PASSED
    assert finding.chain == (leaf(),)
    other = header(x5c=None, **{"x5t#S256": ANOTHER_DIGEST})
    finding = found(general(Seal(other, {"etsiU": [values]})))
    assert finding.reason is Reason.NO_SIGNING_KEY_FOUND
