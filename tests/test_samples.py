"""The real files of ../shared/samples: what a correct wallet says about each.

The rows of samples/README.md; nothing is known beside what a row names. Contexts that are not
bundled come from ../shared/contexts.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from tests import work
from tests.needs import shared
from wallet import formats
from wallet.intake import gather
from wallet.model.credential import Credential, Format
from wallet.model.intake import ProblemCode
from wallet.model.verification import Check, CheckName, Outcome, Reason, VerificationReport
from wallet.trust.anchors import TrustStore
from wallet.verification.verify import Demand, Verified, verify_with_parts

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)

PASSED = "passed"
UNAUTHENTICATED = "indeterminate ISSUER_NOT_AUTHENTICATED"
MISSING = "indeterminate TRUST_DATA_MISSING"
NO_SIGNATURE = "failed NO_SIGNATURE_FOUND"
CONSTRAINTS = "failed SIG_CONSTRAINTS_FAILURE"
EXPIRED = "failed EXPIRED"
UNCONFIRMED = "indeterminate HOLDER_UNCONFIRMED"


def day(year: int, month: int, number: int) -> datetime:
    return datetime(year, month, number, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the file, its proof, and the other checks it is about."""

    file: str
    proof: str
    issuer: str | None = None
    validity: str = PASSED
    status: str | None = None
    format: str | None = PASSED
    trust: tuple[str, ...] = ()
    kind: Format | None = None
    at: datetime = AT
    holder: str | None = None
    demand: Demand = field(default_factory=Demand)

    def __str__(self) -> str:
        named = self.file + "".join(f" + {name}" for name in self.trust)
        return named + ("" if self.at == AT else f" at {self.at.date()}")


EDC = [
    Row("edc/Sample-MC-Annex1-signed.jsonld", PASSED, MISSING),
    Row("edc/Sample-CertOfPart-signed.jsonld", PASSED, MISSING),
    Row("edc/Sample-MC-Annex1-unsigned.jsonld", NO_SIGNATURE),
    Row("edc/Sample-MC-Annex1-unsigned-uploadable.json", NO_SIGNATURE),
    Row("edc/credential-signed.jsonld", PASSED, MISSING, "failed EXPIRED"),
    Row(
        "edc/credential-jws-invalid.jsonld",
        PASSED,
        MISSING,
        "failed EXPIRED",
        format="passed SCHEMA_REMARKS",
    ),
    Row("edc/edc-mc-signed.jsonld", PASSED, MISSING, format="passed SCHEMA_REMARKS"),
    Row("edc/edc-dc-signed.jsonld", PASSED, MISSING),
]
TL = ("trusted-lists/eu-lotl-seq388.xml", "trusted-lists/es-tl-seq187.xml")
LISTED = "passed EU_TRUSTED_LIST"
NO_POE = "indeterminate OUT_OF_BOUNDS_NO_POE"
ANOTHER = "indeterminate SEAL_NOT_ISSUER"
NO_PATH = "indeterminate NO_CERTIFICATE_CHAIN_FOUND"
REMARKS = "passed SCHEMA_REMARKS"
EDC += [
    Row(f"edc/{file}", PASSED, issuer, validity, format=remarks, trust=TL, at=at)
    for file, at, issuer, validity, remarks in (
        ("Sample-MC-Annex1-signed.jsonld", day(2023, 9, 28), LISTED, PASSED, PASSED),
        ("Sample-MC-Annex1-signed.jsonld", AT, NO_POE, PASSED, PASSED),
        ("Sample-CertOfPart-signed.jsonld", day(2023, 9, 28), LISTED, PASSED, PASSED),
        ("Sample-CertOfPart-signed.jsonld", AT, NO_POE, PASSED, PASSED),
        ("credential-signed.jsonld", day(2022, 12, 22), ANOTHER, PASSED, PASSED),
        ("credential-signed.jsonld", AT, NO_POE, EXPIRED, PASSED),
        ("credential-jws-invalid.jsonld", day(2022, 10, 12), ANOTHER, PASSED, REMARKS),
        ("credential-jws-invalid.jsonld", AT, NO_POE, EXPIRED, REMARKS),
        ("edc-mc-signed.jsonld", AT, NO_PATH, PASSED, REMARKS),
        ("edc-dc-signed.jsonld", AT, NO_PATH, PASSED, PASSED),
    )
]
OLDER_EUROPEAN = [
    Row("edci-xml/EDC_DiplomaSupplement_AA.xml", PASSED, MISSING),
    Row("edci-xml/edci_credential_basic.xml", PASSED, MISSING),
]
HOSTILE = ("edci-xml/xxe_file.xml", "edci-xml/xxe_dos.xml")
JADES = [
    Row(f"jades/{name}.json", proof, issuer, "not_checked NOT_APPLICABLE")
    for name, proof, issuer in (
        ("jades-lta", PASSED, MISSING),
        ("altered-jws", "failed SIG_CRYPTO_FAILURE", None),
        ("jades-lta-broken-arcTst", PASSED, MISSING),
        ("jades-b-iat-and-sigt", CONSTRAINTS, None),
        ("jades-with-extra-crit-entry", CONSTRAINTS, None),
        ("jades-with-crit-string-type", CONSTRAINTS, None),
    )
]
LISTS = ("open-badges-3/bit-string-list/testlist", "open-badges-3/status-e5WK8CbZ1GjycuPombrj.json")
TRY_LATER = "indeterminate TRY_LATER"
REVOKED = "failed REVOKED"
BADGES = [
    Row("open-badges-3/simple.json", PASSED, UNAUTHENTICATED),
    Row("open-badges-3/simple-json.png", PASSED, UNAUTHENTICATED),
    Row("open-badges-3/simple-jwt.svg", PASSED, UNAUTHENTICATED),
    Row("open-badges-3/simple-multiple-proofs.json", PASSED, UNAUTHENTICATED),
    Row("open-badges-3/complete.json", PASSED, UNAUTHENTICATED, status=TRY_LATER),
    Row("open-badges-3/simple.jwt", "indeterminate NO_SIGNING_KEY_FOUND", format=None),
    Row("open-badges-3/simple-noproof.json", NO_SIGNATURE, format=None),
    Row("open-badges-3/simple-err-proof-value.json", "failed SIG_CRYPTO_FAILURE"),
    Row("open-badges-3/simple-err-expired.json", PASSED, UNAUTHENTICATED, "failed EXPIRED"),
    *(
        Row(file, PASSED, UNAUTHENTICATED, status=status, trust=lists)
        for file in (
            "open-badges-3/bit-string-list/credential-status-revoked.json",
            "open-badges-3/bit-string-list/credential-status-revoked-blank-nodes.json",
        )
        for status, lists in ((REVOKED, LISTS[:1]), (TRY_LATER, ()))
    ),
    Row(
        "open-badges-3/credential-status-revoked.json",
        PASSED,
        UNAUTHENTICATED,
        status=TRY_LATER,
        trust=LISTS,
    ),
    Row("open-badges-3/vc.getVCv1.json", PASSED, "indeterminate ISSUER_UNKNOWN"),
    Row("open-badges-3/vc.getVCv2.json", PASSED, "indeterminate ISSUER_UNKNOWN"),
    Row("open-badges-3/vc.getVCv2Tampered.json", "failed SIG_CRYPTO_FAILURE"),
    Row("open-badges-3/vc.getVCv2Revoked.json", PASSED, status=REVOKED, trust=LISTS),
    Row("open-badges-3/vc.getVCv2Revoked.json", PASSED, status=TRY_LATER),
    Row("open-badges-3/status-e5WK8CbZ1GjycuPombrj.json", PASSED, kind=Format.STATUS_LIST),
    Row("open-badges-3/unsigned-nl-microcredential.json", NO_SIGNATURE),
]
RECORDS = [
    Row("clr/simple.json", PASSED, UNAUTHENTICATED),
    Row("clr/complex.json", PASSED, UNAUTHENTICATED),
]
INTEGRITY = [
    Row(f"data-integrity/{name}.json", PASSED, UNAUTHENTICATED)
    for name in (
        "Ed25519Signature2020/signedEdSig",
        "eddsa-rdfc-2022/signedDataInt",
        "eddsa-rdfc-2022/employ/signedDataInt",
        "eddsa-jcs-2022/signedJCS",
        "ecdsa-rdfc-2019-p256/signedECDSAP256",
        "ecdsa-rdfc-2019-p256/employ/signedECDSAP256",
        "proof-set-chain/signedProofSet1",
        "proof-set-chain/signedProofSet2",
        "proof-set-chain/signedProofChain1",
        "proof-set-chain/signedProofChain2",
    )
]
NO_KEY = "indeterminate NO_SIGNING_KEY_FOUND"
SUPPLIED = "passed KEY_SUPPLIED"
ASKED_FOR = Demand(audience="https://example.com/verifier", nonce="1234567890")
ASKED_AGAIN = replace(ASKED_FOR, nonce="0987654321")
ASKED_BY_ANOTHER = replace(ASKED_FOR, audience="https://else.example")
SD_JWT = [
    Row(
        "sd-jwt/rfc9901-a3-sd-jwt-vc.txt",
        PASSED,
        SUPPLIED,
        trust=("sd-jwt/rfc9901-a5-issuer-key.json",),
    ),
    Row("sd-jwt/rfc9901-a3-sd-jwt-vc.txt", NO_KEY),
    Row("sd-jwt/eudi-pid-sd-jwt-vc.txt", PASSED, MISSING, "failed EXPIRED", TRY_LATER),
    Row("sd-jwt/eudi-pid-sd-jwt-vc.txt", PASSED, MISSING, status=TRY_LATER, at=day(2026, 7, 15)),
    Row(
        "sd-jwt/eudi-pid-sd-jwt-vc.txt",
        PASSED,
        SUPPLIED,
        status=TRY_LATER,
        trust=("sd-jwt/eudi-pid-issuer.pem",),
        at=day(2026, 7, 15),
    ),
    Row("sd-jwt/elm_credential", NO_KEY, validity="failed EXPIRED"),
    *(
        Row(
            f"sd-jwt/{name}/sd_jwt_presentation.txt",
            PASSED,
            SUPPLIED,
            trust=("sd-jwt/issuer-public-key.json",),
            kind=Format.SIGNED_DOCUMENT,
            holder=holder,
            demand=demand,
        )
        for name, demand, holder in (
            ("simple", Demand(), UNCONFIRMED),
            ("simple", ASKED_FOR, PASSED),
            ("simple", ASKED_BY_ANOTHER, "failed WRONG_AUDIENCE"),
            ("key_binding", Demand(), UNCONFIRMED),
            ("key_binding", ASKED_FOR, PASSED),
            ("key_binding", ASKED_AGAIN, "failed WRONG_NONCE"),
            ("array_recursive_sd", Demand(), "not_checked NO_HOLDER_BINDING"),
        )
    ),
]

REGISTRY = "registry/community-registry.json"
ASSETS = "open-badges-2/assets"
OLDER_BADGES = [
    Row("open-badges-2/basic-assertion.json", NO_KEY, UNAUTHENTICATED),
    Row("open-badges-2/simple-badge.png", NO_KEY, UNAUTHENTICATED),
    Row("open-badges-2/simple.jwt", NO_KEY, UNAUTHENTICATED),
    Row("open-badges-2/simple.jwt", PASSED, SUPPLIED, trust=(f"{ASSETS}/key1.json",)),
    Row("open-badges-2/simple-revoked.jwt", NO_KEY, trust=(f"{ASSETS}/key1.json",)),
    Row(
        "open-badges-2/simple-revoked.jwt",
        PASSED,
        SUPPLIED,
        status=REVOKED,
        trust=(f"{ASSETS}/key3.json", f"{ASSETS}/revocation-list.json"),
    ),
    Row(
        "open-badges-2/simple-revoked.jwt",
        PASSED,
        SUPPLIED,
        status=TRY_LATER,
        trust=(f"{ASSETS}/key3.json",),
    ),
]

KINDS = (
    (EDC, Format.EDC),
    (OLDER_EUROPEAN, Format.EDCI_XML),
    (JADES, Format.SIGNED_DOCUMENT),
    (BADGES, Format.OPEN_BADGE_3),
    (RECORDS, Format.CLR_2),
    (INTEGRITY, Format.W3C_VC),
    (SD_JWT, Format.SD_JWT_VC),
    (OLDER_BADGES, Format.OPEN_BADGE_2),
)
ROWS = [(row, row.kind or kind) for rows, kind in KINDS for row in rows]


@cache
def nobody(contexts: Path) -> TrustStore:
    return TrustStore.empty().with_contexts(contexts)


@cache
def knowing(names: tuple[str, ...]) -> TrustStore:
    trust = nobody(shared("contexts"))
    for name in names:
        add = trust.with_status if name in LISTS else trust.with_file
        trust = add(shared("samples", name).read_bytes(), name, AT)
    return trust


def examine(row: Row) -> tuple[Verified, ...]:
    return verify_with_parts(_read(row.file), knowing(row.trust), row.at, row.demand)


def _read(file: str) -> Credential:
    if file.endswith((".png", ".svg")):
        (found,) = gather(shared("samples", file)).items
        return found.credential
    credential = formats.read(shared("samples", file).read_bytes())
    assert credential is not None
    return credential


def said(check: Check) -> str:
    return f"{check.outcome.value} {check.reason.value}" if check.reason else check.outcome.value


@pytest.mark.parametrize(("row", "kind"), ROWS, ids=str)
def test_a_real_file_gets_its_verdict(row: Row, kind: Format) -> None:
    path, credential, report = examine(row)[0]
    assert path == ()
    assert credential.format is kind
    found = {name: said(report.check(name)) for name in CheckName}
    assert found[CheckName.PROOF] == row.proof
    assert found[CheckName.VALIDITY] == row.validity
    assert row.format is None or found[CheckName.FORMAT] == row.format
    assert row.issuer is None or found[CheckName.ISSUER] == row.issuer
    assert row.status is None or found[CheckName.STATUS] == row.status
    assert row.holder is None or found[CheckName.HOLDER] == row.holder
    if row.issuer == LISTED:
        assert report.outcome is Outcome.PASSED
    if row.proof.startswith("failed"):
        assert found[CheckName.ISSUER] == "not_checked PROOF_FAILED"


def test_every_sample_of_these_formats_has_a_row() -> None:
    known = {row.file for row, _ in ROWS} | {LISTS[0], *HOSTILE}
    found = set()
    for folder in ("edc", "edci-xml", "jades", "open-badges-3", "open-badges-2", "clr"):
        for path in shared("samples", folder).rglob("*"):
            if path.is_file() and path.parent.name != "assets":
                found.add(str(path.relative_to(shared("samples"))))
    for pattern in ("data-integrity/**/signed*.json", "sd-jwt/**/sd_jwt_presentation.txt"):
        places = shared("samples").glob(pattern)
        found |= {str(path.relative_to(shared("samples"))) for path in places}
    assert found <= known


def test_the_table_names_nothing_that_is_not_asked_here() -> None:
    """The first file of each row of README.md, and so each row, is one that a test reads."""
    table = shared("samples", "README.md").read_text("utf-8")
    firsts = re.findall(r"^\| ([a-z0-9-]+/[^ ,|]+)", table, re.MULTILINE)
    known = {row.file for row, _ in ROWS} | {*HOSTILE, *TL, REGISTRY}
    missing = [
        name
        for name in firsts
        if not any(file == name or file.startswith(name.rstrip("*")) for file in known)
    ]
    assert len(firsts) > 30
    assert missing == []


@pytest.mark.parametrize("file", HOSTILE)
def test_hostile_xml_is_refused_at_once(file: str) -> None:
    with work.at_most(100_000):
        gathered = gather(shared("samples", file))
    assert gathered.items == ()
    assert [problem.code for problem in gathered.problems] == [ProblemCode.MALFORMED]


def test_an_old_list_is_told_and_fails_nothing() -> None:
    lists = knowing(TL).lists
    assert lists.european is not None
    assert lists.european.sequence == 388
    assert [(one.territory, one.sequence) for one in lists.national] == [("ES", 187)]
    row = Row("edc/Sample-MC-Annex1-signed.jsonld", PASSED, trust=TL, at=day(2023, 9, 28))
    facts = examine(row)[0][2].check(CheckName.ISSUER).facts
    assert facts["list_next_update"] == "2026-12-28"
    assert facts["qualified"] == "yes"
    assert facts["qscd"] == "not stated"
    assert facts["revocation"] == "good"
    assert facts["revocation_until"].startswith("2023-10-04")


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("jades-lta", "intact"),
        ("jades-lta-broken-arcTst", "arcTst"),
        ("jades-lta-broken-arcTst", "broken"),
    ],
)
def test_time_stamps_are_a_remark(file: str, said: str) -> None:
    proof = examine(Row(f"jades/{file}.json", PASSED))[0][2].check(CheckName.PROOF)
    assert proof.outcome is Outcome.PASSED
    assert said in proof.facts["timestamps"]
    assert ("broken" in proof.facts["timestamps"]) == ("broken" in file)


def test_the_registry_names_issuers() -> None:
    (registry,) = knowing((REGISTRY,)).registries
    assert len(registry.issuers) > 10
    assert all(did.startswith("did:") for did in registry.issuers)
    row = Row("open-badges-3/vc.getVCv2.json", PASSED, trust=(REGISTRY,))
    named = examine(row)[0][2].check(CheckName.ISSUER)
    assert named.reason is Reason.ISSUER_UNKNOWN


def test_the_seals_stated_identifier_may_leave_its_prefix_out() -> None:
    facts = examine(Row("edc/edc-mc-signed.jsonld", PASSED, trust=TL))[0][2]
    assert facts.check(CheckName.ISSUER).facts["organisation_identifier"] == "NTREE-17207834"


def test_what_a_badge_links_to_is_read_from_what_was_supplied() -> None:
    documents = ("key1.json", "robotics-badge.json", "organization.json")
    row = Row(
        "open-badges-2/simple.jwt", PASSED, trust=tuple(f"{ASSETS}/{name}" for name in documents)
    )
    _, credential, report = examine(row)[0]
    assert credential.title is not None
    assert credential.title.best() == "Awesome Robotics Badge"
    assert credential.issuer is not None
    assert credential.issuer.label == "An Example Badge Issuer"
    assert report.check(CheckName.ISSUER).facts["organisation"] == "An Example Badge Issuer"
    assert report.outcome is Outcome.PASSED


@pytest.mark.parametrize("file", ["clr/simple.json", "clr/complex.json"])
def test_the_parts_of_a_record_are_verified_one_by_one(file: str) -> None:
    items = examine(Row(file, PASSED))
    assert len(items) > 1
    for path, credential, report in items[1:]:
        assert path[0].startswith("credential ")
        assert credential.format is Format.OPEN_BADGE_3
        assert report.check(CheckName.PROOF).outcome is Outcome.PASSED


def test_endorsements_are_parts_and_do_not_touch_the_badge() -> None:
    (_, _, badge), *parts = examine(Row("open-badges-3/complete.json", PASSED))
    assert [path for path, _, _ in parts] == [(f"endorsement {n}",) for n in range(1, 6)]
    for _, _, report in parts:
        assert report.check(CheckName.PROOF).reason is Reason.UNSUPPORTED_SUITE
        assert report.check(CheckName.VALIDITY).reason is Reason.EXPIRED
    assert badge.check(CheckName.VALIDITY).outcome is Outcome.PASSED
    assert badge.check(CheckName.FORMAT).outcome is Outcome.PASSED


def test_a_list_that_stands_for_another_address_says_so() -> None:
    report = examine(Row("open-badges-3/vc.getVCv2Revoked.json", PASSED, trust=LISTS))[0][2]
    facts = report.check(CheckName.STATUS).facts
    assert facts["list_id"] == "https://testing.dcconsortium.org/status/e5WK8CbZ1GjycuPombrj"
    assert facts["list"] != facts["list_id"]


def test_a_registry_that_names_the_issuer_confirms_it() -> None:
    registry = (
        b'{"meta": {"created": "2026-01-01T00:00:00Z", "updated": "2026-01-01T00:00:00Z"},'
        b' "registry": {"did:key:z6MknNQD1WHLGGraFi6zcbGevuAgkVfdyCdtZnQTGWVVvR5Q":'
        b' {"name": "An Example", "location": "", "url": "https://example.org"}}}'
    )
    trust = nobody(shared("contexts")).with_file(registry, "registry.json", AT)
    report: VerificationReport = verify_with_parts(
        _read("open-badges-3/vc.getVCv2.json"), trust, AT
    )[0][2]
    assert report.check(CheckName.ISSUER).reason is Reason.ISSUER_REGISTRY
    assert report.outcome is Outcome.PASSED


def test_the_seal_says_when_it_was_made() -> None:
    for file, moment in (
        ("edc/Sample-MC-Annex1-signed.jsonld", "2023-09-27T11:54:17Z"),
        ("edc/Sample-CertOfPart-signed.jsonld", "2023-09-27T12:07:01Z"),
    ):
        facts = examine(Row(file, PASSED))[0][2].check(CheckName.PROOF).facts
        assert facts["signing_time"] == moment
        assert facts["algorithm"] == "RS256"
