"""Revoked or not, by the OCSP responses and CRLs that came along with a seal."""

from dataclasses import replace
from typing import Any

import pytest
from cryptography import x509

from tests.trust import europe
from tests.trust.europe import AUTHORITY, SIGNED, Listing
from tests.trust.judging import (
    CA,
    DAY,
    ENDED,
    EXPIRED,
    GRANTED,
    LEAF,
    STAMP,
    TIMES,
    judged,
)
from wallet.model.verification import Reason


def test_a_good_ocsp_response_is_told_with_its_dates() -> None:
    found = judged(ocsp=(europe.response(LEAF),))
    assert found.reason is None
    assert found.revocation is not None
    assert (found.revocation.source, found.revocation.as_of) == ("OCSP", SIGNED)
    assert found.revocation.until == SIGNED + 7 * DAY
    assert found.revocation.revoked_at is None


def test_a_responder_that_the_ca_named_may_answer() -> None:
    good = europe.response(LEAF, responder=europe.responder())
    found = judged(ocsp=(good,))
    assert found.revocation is not None
    assert found.revocation.source == "OCSP"


REVOKED: dict[str, Any] = {
    "OCSP": {"ocsp": (europe.response(LEAF, revoked_at=SIGNED - DAY),)},
    "CRL": {"crls": (europe.revocations((LEAF, SIGNED - DAY)),)},
    "CRL, OCSP good before": {
        "ocsp": (europe.response(LEAF, as_of=SIGNED - 2 * DAY),),
        "crls": (europe.revocations((LEAF, SIGNED - DAY)),),
    },
    "on hold": {
        "crls": (
            europe.revocations((LEAF, SIGNED - DAY), reason=x509.ReasonFlags.certificate_hold),
        )
    },
    "after signing": {"crls": (europe.revocations((LEAF, SIGNED + DAY), as_of=SIGNED + 2 * DAY),)},
}


@pytest.mark.parametrize("how", REVOKED)
def test_a_revoked_certificate(how: str) -> None:
    found = judged(**REVOKED[how])
    assert found.reason is Reason.CERTIFICATE_REVOKED
    assert found.revocation is not None
    assert found.revocation.revoked_at is not None


def test_a_revoked_ca_between_counts_too() -> None:
    between = europe.authority(AUTHORITY, "Root")
    crl = europe.revocations((between, SIGNED - DAY), by="Root")
    root = Listing(certificates=(europe.authority("Root"),))
    assert judged(root, chain=(LEAF, between), crls=(crl,)).reason is Reason.CERTIFICATE_REVOKED


def test_a_proof_of_existence_before_the_revocation_keeps_the_seal_good() -> None:
    crl = europe.revocations((LEAF, SIGNED + 2 * DAY), as_of=SIGNED + 3 * DAY)
    assert judged(GRANTED, TIMES, crls=(crl,), stamps=(STAMP,)).reason is None
    late = replace(STAMP, time=SIGNED + 3 * DAY)
    found = judged(GRANTED, TIMES, crls=(crl,), stamps=(late,))
    assert found.reason is Reason.CERTIFICATE_REVOKED


DISTRIBUTION: Any = {
    "full_name": None,
    "relative_name": None,
    "only_contains_user_certs": False,
    "only_contains_ca_certs": False,
    "only_some_reasons": None,
    "indirect_crl": False,
    "only_contains_attribute_certs": False,
}


def distribution(**changes: Any) -> x509.IssuingDistributionPoint:
    return x509.IssuingDistributionPoint(**{**DISTRIBUTION, **changes})


NOT_AUTHENTIC: dict[str, Any] = {
    "nonsense": {"ocsp": (b"", b"\x30\x00", b"x" * 99), "crls": (b"", b"\x30\x00")},
    "signed by another": {
        "ocsp": (europe.response(LEAF, revoked_at=SIGNED - DAY, signed_with="Impostor"),),
        "crls": (europe.revocations((LEAF, SIGNED - DAY), signed_with="Impostor"),),
    },
    "of another CA": {
        "ocsp": (europe.response(LEAF, by="Another CA", revoked_at=SIGNED - DAY),),
        "crls": (europe.revocations((LEAF, SIGNED - DAY), by="Another CA"),),
    },
    "a responder without the purpose": {
        "ocsp": (
            europe.response(
                LEAF,
                revoked_at=SIGNED - DAY,
                responder=europe.responder(allowed=False),
            ),
        )
    },
    "indirect": {
        "crls": (
            europe.revocations((LEAF, SIGNED - DAY), extension=distribution(indirect_crl=True)),
        )
    },
    "for CAs alone": {
        "crls": (
            europe.revocations(
                (LEAF, SIGNED - DAY), extension=distribution(only_contains_ca_certs=True)
            ),
        )
    },
    "a delta": {
        "crls": (europe.revocations((LEAF, SIGNED - DAY), extension=x509.DeltaCRLIndicator(1)),)
    },
}


@pytest.mark.parametrize("what", NOT_AUTHENTIC)
def test_what_is_not_authentic_is_passed_over(what: str) -> None:
    found = judged(**NOT_AUTHENTIC[what])
    assert (found.reason, found.revocation) == (None, None)


def test_what_is_about_others_says_nothing() -> None:
    other = europe.seal("Another University")
    found = judged(ocsp=(europe.response(other, revoked_at=SIGNED - DAY),))
    assert (found.reason, found.revocation) == (None, None)
    found = judged(crls=(europe.revocations((other, SIGNED - DAY)),))
    assert found.reason is None
    assert found.revocation is not None
    assert found.revocation.source == "CRL"


def test_a_crl_for_user_certificates_is_one() -> None:
    point = distribution(only_contains_user_certs=True)
    crl = europe.revocations((LEAF, SIGNED - DAY), extension=point)
    assert judged(crls=(crl,)).reason is Reason.CERTIFICATE_REVOKED
    assert judged(crls=(europe.revocations(extension=point),)).revocation is not None


def test_a_crl_that_is_one_of_several_revokes_and_clears_nobody() -> None:
    here = [x509.UniformResourceIdentifier("http://example.org/2.crl")]
    reasons = frozenset({x509.ReasonFlags.key_compromise})
    for changes in ({"full_name": here}, {"only_some_reasons": reasons}):
        point = distribution(**changes)
        assert judged(crls=(europe.revocations(extension=point),)).revocation is None
        crl = europe.revocations((LEAF, SIGNED - DAY), extension=point)
        assert judged(crls=(crl,)).reason is Reason.CERTIFICATE_REVOKED


def test_a_crl_from_after_the_certificate_says_nothing_good() -> None:
    crl = europe.revocations(as_of=ENDED + DAY)
    assert judged(chain=(EXPIRED, CA), crls=(crl,), at=ENDED).revocation is None
