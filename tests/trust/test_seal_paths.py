"""From a seal to a listed authority, and what that was when the seal was made."""

from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from tests.trust import europe
from tests.trust.europe import AUTHORITY, EARLY, LATE, SEAL, SIGNED, Entry, Listing
from tests.trust.judging import (
    CA,
    DAY,
    GRANTED,
    LEAF,
    judged,
)
from wallet.model.verification import Reason
from wallet.trust import paths


def test_a_seal_of_a_listed_ca_is_qualified() -> None:
    found = judged()
    assert found.reason is None
    assert found.path is not None
    assert found.path.service.provider == "Example Trust"
    assert found.quality is not None
    assert (found.quality.for_seals, found.quality.device) == (True, False)
    assert (found.revocation, found.existence, found.stamps) == (None, None, ())


def test_the_ca_itself_need_not_come_along() -> None:
    assert judged(chain=(LEAF,)).reason is None


def test_a_path_may_lead_over_others_to_the_listed_one() -> None:
    root = europe.authority("Root")
    between = europe.authority(AUTHORITY, "Root")
    listing = Listing(certificates=(root,))
    assert judged(listing, chain=(LEAF, root, between)).reason is None
    found = judged(listing, chain=(LEAF, root))
    assert found.reason is Reason.NO_CERTIFICATE_CHAIN_FOUND


@pytest.mark.parametrize(
    "chain",
    [
        (europe.seal(by="Unknown CA"), europe.authority("Unknown CA")),
        (europe.seal(by="Unknown CA"), CA),
        (),
        (b"not a certificate", CA),
        (b"", LEAF),
    ],
)
def test_no_path(chain: tuple[bytes, ...]) -> None:
    assert judged(chain=chain).reason is Reason.NO_CERTIFICATE_CHAIN_FOUND


def test_a_namesake_of_the_listed_ca_is_not_the_listed_ca() -> None:
    """Signed by somebody who calls himself what the listed CA is called."""
    forged = (
        x509.CertificateBuilder()
        .subject_name(europe.named(SEAL))
        .issuer_name(europe.named(AUTHORITY))
        .public_key(europe.key(SEAL).public_key())
        .serial_number(1)
        .not_valid_before(EARLY)
        .not_valid_after(LATE)
        .sign(europe.key("Impostor"), hashes.SHA256())
        .public_bytes(Encoding.DER)
    )
    assert judged(chain=(forged, CA)).reason is Reason.NO_CERTIFICATE_CHAIN_FOUND


def test_what_is_between_has_to_be_a_ca() -> None:
    root = Listing(certificates=(europe.authority("Root"),))
    for between in (
        europe.authority(AUTHORITY, "Root", ca=False),
        europe.authority(AUTHORITY, "Root", valid=(EARLY, SIGNED - DAY)),
    ):
        found = judged(root, chain=(LEAF, between))
        assert found.reason is Reason.NO_CERTIFICATE_CHAIN_FOUND


def test_the_listed_one_bounds_the_length_of_the_path() -> None:
    between = europe.authority(AUTHORITY, "Root")
    for length, expected in ((1, None), (0, Reason.NO_CERTIFICATE_CHAIN_FOUND)):
        root = Listing(certificates=(europe.authority("Root", path_length=length),))
        assert judged(root, chain=(LEAF, between)).reason is expected


def test_a_listed_end_entity_issues_nothing() -> None:
    listing = Listing(certificates=(europe.authority(ca=False),))
    assert judged(listing).reason is Reason.NO_CERTIFICATE_CHAIN_FOUND


def test_namesakes_without_end_cost_little() -> None:
    many = tuple(europe.authority(AUTHORITY, AUTHORITY, path_length=n) for n in range(40))
    found = judged(Listing(certificates=(europe.authority("Elsewhere"),)), chain=(LEAF, *many))
    assert found.reason is Reason.NO_CERTIFICATE_CHAIN_FOUND


def test_validation_never_waits() -> None:
    class Forever:
        def __await__(self) -> Any:
            yield

    async def waits() -> None:
        await Forever()

    with pytest.raises(RuntimeError):
        paths.to_the_end(waits())


# ---- status at the time of signing --------------------------------------------------------------


HISTORY = {
    "withdrawn before": ((Entry(SIGNED - DAY, "withdrawn"), Entry()), False),
    "withdrawn since": ((Entry(SIGNED + DAY, "withdrawn"), Entry()), True),
    "granted later": ((Entry(SIGNED + DAY),), False),
    "granted in time": ((Entry(SIGNED - DAY),), True),
    "granted again": ((Entry(SIGNED + DAY), Entry(SIGNED - DAY, "withdrawn"), Entry()), False),
    "before eIDAS": ((Entry(SIGNED + DAY), Entry(status="undersupervision")), False),
    "for signatures": ((Entry(uses=("ForeSignatures",)),), False),
    "for seals among others": ((Entry(uses=("ForeSignatures", "ForeSeals")),), True),
    "for nothing stated": ((Entry(uses=()),), False),
    "for seals only later": ((Entry(SIGNED + DAY), Entry(uses=("ForeSignatures",))), False),
}


@pytest.mark.parametrize("history", HISTORY)
def test_the_status_at_signing_decides(history: str) -> None:
    entries, qualified = HISTORY[history]
    found = judged(Listing(entries, (CA,)))
    assert found.reason is (None if qualified else Reason.NOT_QUALIFIED_AT_SIGNING)
    assert found.path is not None


def test_an_entry_that_is_not_understood_decides_nothing() -> None:
    extension = '<Extension Critical="true"><s:Weather/></Extension>'
    found = judged(Listing((Entry(extensions=extension),), (CA,)))
    assert found.reason is Reason.NO_CERTIFICATE_CHAIN_FOUND


def test_of_two_listings_of_a_ca_the_better_counts() -> None:
    withdrawn = Listing((Entry(status="withdrawn"),), (CA,))
    assert judged(withdrawn, GRANTED).reason is None
    assert judged(GRANTED, withdrawn).reason is None


def test_without_a_claimed_time_the_time_asked_about_counts() -> None:
    listing = Listing((Entry(SIGNED + DAY, "withdrawn"), Entry()), (CA,))
    assert judged(listing, signed_at=None).reason is Reason.NOT_QUALIFIED_AT_SIGNING
    assert judged(listing, signed_at=None, at=SIGNED).reason is None
