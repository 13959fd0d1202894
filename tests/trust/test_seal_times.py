"""When a seal existed: certificates that expired, time stamps, the wallet's own import."""

from dataclasses import replace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from tests.proofs import stamping
from tests.trust import europe
from tests.trust.europe import AUTHORITY, EARLY, LATE, SIGNED, Entry, Listing
from tests.trust.judging import (
    AT,
    CA,
    DAY,
    ENDED,
    EXPIRED,
    GRANTED,
    STAMP,
    TIMES,
    judged,
    stamped,
)
from wallet.model.verification import Reason
from wallet.proofs.timestamps import Integrity, Kind
from wallet.trust.qualification import ProofOfExistence


def test_an_expired_certificate_needs_a_proof_of_existence() -> None:
    assert judged(chain=(EXPIRED, CA)).reason is Reason.OUT_OF_BOUNDS_NO_POE
    assert judged(chain=(EXPIRED, CA), at=ENDED).reason is None
    assert judged(chain=(EXPIRED, CA), at=ENDED + DAY).reason is Reason.OUT_OF_BOUNDS_NO_POE


@pytest.mark.parametrize(
    ("days", "expected"), [(-1, None), (1, Reason.OUT_OF_BOUNDS_NO_POE), (9999, "later than at")]
)
def test_the_wallets_own_import_is_one(days: int, expected: object) -> None:
    imported = ProofOfExistence(ENDED + days * DAY, "import")
    found = judged(chain=(EXPIRED, CA), existence=imported)
    if expected == "later than at":
        assert found.existence is None
        assert found.reason is Reason.OUT_OF_BOUNDS_NO_POE
    else:
        assert found.existence == imported
        assert found.reason is expected


def test_a_time_of_signing_outside_the_certificates_is_out_of_bounds() -> None:
    for signed in (EARLY - DAY, ENDED + DAY):
        listing = Listing((Entry(EARLY - 900 * DAY),), (CA,))
        found = judged(listing, chain=(EXPIRED, CA), signed_at=signed, at=ENDED)
        assert found.reason is Reason.OUT_OF_BOUNDS_NO_POE


def test_not_qualified_is_told_of_an_expired_certificate_too() -> None:
    listing = Listing((Entry(status="withdrawn"),), (CA,))
    assert judged(listing, chain=(EXPIRED, CA)).reason is Reason.NOT_QUALIFIED_AT_SIGNING


def test_a_time_stamp_of_a_listed_authority_proves_existence() -> None:
    found = stamped(STAMP)
    assert found.reason is None
    assert found.existence == ProofOfExistence(SIGNED + DAY, "time stamp")
    assert [entry.proves for entry in found.stamps] == [True]


def test_a_listed_ca_may_stand_for_its_time_stamping_units() -> None:
    unit = stamping.authority("Unit", by=AUTHORITY)
    root = replace(TIMES, certificates=(stamping_ca(),))
    assert stamped(replace(STAMP, certificate=unit), listing=root).reason is None
    other = replace(TIMES, certificates=(europe.authority("Elsewhere"),))
    found = stamped(replace(STAMP, certificate=unit), listing=other)
    assert found.reason is Reason.OUT_OF_BOUNDS_NO_POE


def stamping_ca() -> bytes:
    """A CA with the key that `stamping` signs units with."""
    name = x509.Name([x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, AUTHORITY)])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name)
    builder = builder.public_key(stamping.authority_key(AUTHORITY).public_key()).serial_number(1)
    builder = builder.not_valid_before(EARLY).not_valid_after(LATE)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    made = builder.sign(stamping.authority_key(AUTHORITY), hashes.SHA256())
    return made.public_bytes(Encoding.DER)


PROVES_NOTHING = {
    "its imprint is broken": replace(STAMP, integrity=Integrity.IMPRINT_BROKEN),
    "its signature is broken": replace(STAMP, integrity=Integrity.SIGNATURE_BROKEN),
    "it was not checked": replace(STAMP, integrity=Integrity.NOT_CHECKED),
    "it is over the payload alone": replace(STAMP, kind=Kind.CONTENT),
    "it is later than the certificate": replace(STAMP, time=ENDED + DAY),
    "it is later than the time asked about": replace(STAMP, time=AT + DAY),
    "nobody lists its authority": replace(STAMP, certificate=stamping.authority("Nobody")),
    "its authority's certificate was over": replace(
        STAMP, certificate=stamping.authority(until=SIGNED)
    ),
    "its authority's certificate is no certificate": replace(STAMP, certificate=b"x"),
}


@pytest.mark.parametrize("why", PROVES_NOTHING)
def test_a_time_stamp_proves_nothing_if(why: str) -> None:
    listing = replace(TIMES, certificates=(stamping.authority(), stamping.authority(until=SIGNED)))
    assert stamped(PROVES_NOTHING[why], listing=listing).reason is Reason.OUT_OF_BOUNDS_NO_POE
    # And it says nothing against a seal whose certificate is in force.
    assert judged(GRANTED, listing, stamps=(PROVES_NOTHING[why],)).reason is None


def test_an_authority_counts_while_it_is_granted() -> None:
    for since, expected in ((2, None), (0, Reason.OUT_OF_BOUNDS_NO_POE)):
        entries = (Entry(SIGNED + since * DAY, "withdrawn", ()), Entry(uses=()))
        assert stamped(STAMP, listing=replace(TIMES, entries=entries)).reason is expected


def test_a_ca_for_seals_is_no_time_stamping_authority() -> None:
    listing = replace(TIMES, type="CA/QC")
    assert stamped(STAMP, listing=listing).reason is Reason.OUT_OF_BOUNDS_NO_POE


def test_an_authority_that_has_expired_since_needs_a_later_archive_time_stamp() -> None:
    short = stamping.authority(until=SIGNED + 9 * DAY)
    listing = replace(TIMES, certificates=(short, stamping.authority()))
    old = replace(STAMP, certificate=short)
    archive = replace(STAMP, kind=Kind.ARCHIVE, time=SIGNED + 5 * DAY)
    assert stamped(old, listing=listing).reason is Reason.OUT_OF_BOUNDS_NO_POE
    found = stamped(old, archive, listing=listing)
    assert found.reason is None
    assert found.existence == ProofOfExistence(SIGNED + DAY, "time stamp")
    late = replace(archive, time=SIGNED + 10 * DAY)
    found = stamped(old, late, listing=listing)
    assert found.existence == ProofOfExistence(SIGNED + 10 * DAY, "time stamp")
    imported = ProofOfExistence(SIGNED + 8 * DAY, "import")
    assert stamped(old, listing=listing, existence=imported).existence is not None


def test_a_proof_of_existence_is_never_later_than_the_time_of_signing() -> None:
    """The claimed time is after the time stamp, when the service was withdrawn already."""
    listing = Listing((Entry(SIGNED + 2 * DAY, "withdrawn"), Entry()), (CA,))
    late = SIGNED + 3 * DAY
    assert judged(listing, signed_at=late).reason is Reason.NOT_QUALIFIED_AT_SIGNING
    assert judged(listing, TIMES, signed_at=late, stamps=(STAMP,)).reason is None
