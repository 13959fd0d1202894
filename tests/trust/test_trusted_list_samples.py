"""The rows of samples/README.md that name trusted lists, through the whole verification."""

from datetime import UTC, datetime

import pytest

from tests.needs import shared
from wallet import formats
from wallet.errors import MalformedCredential
from wallet.model.verification import Check, CheckName, Outcome, VerificationReport
from wallet.trust import trusted_list
from wallet.trust.anchors import TrustStore
from wallet.trust.lists import TrustedLists
from wallet.verification.verify import verify

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LISTED = "passed EU_TRUSTED_LIST"
NO_POE = "indeterminate OUT_OF_BOUNDS_NO_POE"
OTHER = "indeterminate SEAL_NOT_ISSUER"
NO_PATH = "indeterminate NO_CERTIFICATE_CHAIN_FOUND"


@pytest.fixture(scope="session")
def trust(real_lists: TrustedLists) -> TrustStore:
    store = TrustStore.empty()
    assert real_lists.european is not None
    return TrustStore(store.contexts, lists=real_lists)


def report(file: str, trust: TrustStore, at: datetime) -> VerificationReport:
    credential = formats.read(shared("samples", file).read_bytes())
    assert credential is not None
    return verify(credential, trust, at)


def said(check: Check) -> str:
    return f"{check.outcome.value} {check.reason.value}" if check.reason else check.outcome.value


ROWS = [
    ("edc/Sample-MC-Annex1-signed.jsonld", datetime(2023, 9, 28, tzinfo=UTC), LISTED, "passed"),
    ("edc/Sample-MC-Annex1-signed.jsonld", NOW, NO_POE, "passed"),
    ("edc/Sample-CertOfPart-signed.jsonld", datetime(2023, 9, 28, tzinfo=UTC), LISTED, "passed"),
    ("edc/Sample-CertOfPart-signed.jsonld", NOW, NO_POE, "passed"),
    ("edc/credential-signed.jsonld", datetime(2022, 12, 22, tzinfo=UTC), OTHER, "passed"),
    ("edc/credential-signed.jsonld", NOW, NO_POE, "failed EXPIRED"),
    ("edc/credential-jws-invalid.jsonld", datetime(2022, 10, 12, tzinfo=UTC), OTHER, "passed"),
    ("edc/credential-jws-invalid.jsonld", NOW, NO_POE, "failed EXPIRED"),
    ("edc/edc-mc-signed.jsonld", NOW, NO_PATH, "passed"),
    ("edc/edc-dc-signed.jsonld", NOW, NO_PATH, "passed"),
    ("jades/jades-lta.json", NOW, NO_PATH, "not_checked NOT_APPLICABLE"),
    ("jades/jades-lta-broken-arcTst.json", NOW, NO_PATH, "not_checked NOT_APPLICABLE"),
]


@pytest.mark.parametrize(("file", "at", "issuer", "validity"), ROWS)
def test_a_real_file_with_the_lists(
    file: str, at: datetime, issuer: str, validity: str, trust: TrustStore
) -> None:
    found = report(file, trust, at)
    assert said(found.check(CheckName.PROOF)) == "passed"
    assert said(found.check(CheckName.ISSUER)) == issuer
    assert said(found.check(CheckName.VALIDITY)) == validity
    if issuer == LISTED:
        assert found.outcome is Outcome.PASSED


@pytest.mark.parametrize("file", ["EDC_DiplomaSupplement_AA.xml", "edci_credential_basic.xml"])
def test_europass_xml_stays_undecided(file: str, trust: TrustStore) -> None:
    found = report(f"edci-xml/{file}", trust, NOW)
    assert found.check(CheckName.ISSUER).outcome is Outcome.INDETERMINATE


def test_what_the_sentence_needs(trust: TrustStore) -> None:
    at = datetime(2023, 9, 28, tzinfo=UTC)
    check = report("edc/Sample-MC-Annex1-signed.jsonld", trust, at).check(CheckName.ISSUER)
    wanted = {
        "organisation": "ORGANIZACION TEST",
        "organisation_identifier": "VATES-A00000000",
        "provider": "ANF AUTORIDAD DE CERTIFICACIÓN ASOCIACIÓN ANF AC",
        "country": "ES",
        "date": "2026-07-01",
        "list_next_update": "2026-12-28",
        "qualified": "yes",
        "qscd": "not stated",
        "revocation": "good",
        "revocation_until": "2023-10-04T11:54:00Z",
        "certificate_expires": "2025-05-10",
    }
    assert {name: check.facts.get(name) for name in wanted} == wanted


def test_a_seal_of_another_names_both(trust: TrustStore) -> None:
    at = datetime(2022, 12, 22, tzinfo=UTC)
    facts = report("edc/credential-signed.jsonld", trust, at).check(CheckName.ISSUER).facts
    assert facts["organisation"] == "Certificado TEST Sello Electronico"
    assert facts["organisation_identifier"] == "VATES-B00000000"
    assert facts["awarding_body"] == "some legal name"
    assert facts["qualified"] == "yes"


def test_a_broken_archive_time_stamp_is_reported(trust: TrustStore) -> None:
    proof = report("jades/jades-lta-broken-arcTst.json", trust, NOW).check(CheckName.PROOF)
    assert proof.outcome is Outcome.PASSED
    assert proof.facts["timestamps"] == (
        "sigTst 2021-01-25T10:15:01Z Nowina Solutions: intact; "
        "arcTst 2021-01-25T10:15:01Z Nowina Solutions: imprint broken"
    )


def test_lists_come_by_file_in_any_order(trust: TrustStore) -> None:
    folder = shared("samples", "trusted-lists")
    names = ["eu-lotl-seq388.xml", "es-tl-seq187.xml"]
    stores = []
    for order in (names, names[::-1]):
        store = TrustStore.empty()
        for name in order:
            store = store.with_file((folder / name).read_bytes(), name, NOW)
        stores.append(store.lists)
    assert stores[0] == stores[1]
    assert stores[0].waiting == ()
    assert TrustStore(trust.contexts, lists=stores[0]).as_of == NOW


def test_a_signer_that_the_person_supplies_will_do(trust: TrustStore) -> None:
    """Spain's list with its signer's certificate, and no list of lists."""
    folder = shared("samples", "trusted-lists")
    store = TrustStore.empty().with_file((folder / "es-tl-seq187.xml").read_bytes(), "es", NOW)
    assert store.lists.national == ()
    store = store.with_file((folder / "es-tl-signer.pem").read_bytes(), "signer.pem", NOW)
    assert [entry.sequence for entry in store.lists.national] == [187]
    at = datetime(2023, 9, 28, tzinfo=UTC)
    found = report("edc/Sample-MC-Annex1-signed.jsonld", store, at)
    assert said(found.check(CheckName.ISSUER)) == LISTED
    assert trust.lists.national[0].services == store.lists.national[0].services


def test_a_waiting_list_judges_nothing() -> None:
    spain = shared("samples", "trusted-lists", "es-tl-seq187.xml").read_bytes()
    store = TrustStore.empty().with_file(spain, "es.xml", NOW)
    found = report("edc/Sample-MC-Annex1-signed.jsonld", store, NOW)
    assert said(found.check(CheckName.ISSUER)) == "indeterminate TRUST_DATA_MISSING"


def test_a_list_kept_distilled_says_the_same(trust: TrustStore) -> None:
    store = TrustStore.empty()
    for kept in trust.lists.national:
        store = store.with_distilled(trusted_list.to_bytes(kept), kept.source, kept.as_of)
    assert store.lists.national == trust.lists.national
    at = datetime(2023, 9, 28, tzinfo=UTC)
    found = report("edc/Sample-MC-Annex1-signed.jsonld", store, at)
    assert said(found.check(CheckName.ISSUER)) == LISTED


def test_distilled_bytes_are_no_trust_data_of_a_persons(trust: TrustStore) -> None:
    """No signature covers them: whoever could hand them in could list anybody."""
    data = trusted_list.to_bytes(trust.lists.national[0])
    with pytest.raises(MalformedCredential):
        TrustStore.empty().with_file(data, "es.json", NOW)
