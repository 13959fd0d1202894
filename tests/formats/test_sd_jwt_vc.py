"""SD-JWT through reading and verification: what each defect comes to, and which format it is."""

import base64
import json
import random
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.sd_jwts import HEADER, HOLDER, ISSUER, NOBODY, issue, read, report, said, verdict
from tests.issuer.badges import badge_document
from tests.issuer.certificates import authority, der, seal_certificate
from tests.issuer.defects import Form
from tests.issuer.presentations import holder_key
from tests.issuer.sd_jwt import (
    Hidden,
    SdJwtDefect,
    bound,
    compact,
    flattened,
    general,
    sd_jwt,
)
from tests.issuer.specimens import BADGE_AWARD, issuer_of, specimen
from tests.issuer.subjects import NOW
from tests.needs import shared
from wallet import formats
from wallet.errors import MalformedCredential, TooLarge
from wallet.formats import sd_jwt_claims
from wallet.model.credential import Format
from wallet.model.verification import CheckName, Outcome, Reason
from wallet.trust.anchors import TrustStore
from wallet.verification.verify import verify, verify_with_parts

FORMAT, PROOF, ISSUER_CHECK = CheckName.FORMAT, CheckName.PROOF, CheckName.ISSUER
WRONG_FORMAT = (FORMAT, "failed FORMAT_FAILURE")
HASH = (PROOF, "failed HASH_FAILURE")
CONSTRAINED = (PROOF, "failed SIG_CONSTRAINTS_FAILURE")
BROKEN = (PROOF, "failed SIG_CRYPTO_FAILURE")

EXPECTED = {
    SdJwtDefect.ALG_NONE: CONSTRAINED,
    SdJwtDefect.ALG_HS256: CONSTRAINED,
    SdJwtDefect.CRITICAL_HEADER: CONSTRAINED,
    SdJwtDefect.WRONG_KEY: BROKEN,
    SdJwtDefect.ALTERED_PAYLOAD: BROKEN,
    SdJwtDefect.WEAK_HASH: CONSTRAINED,
    SdJwtDefect.HASH_IS_A_NUMBER: CONSTRAINED,
    SdJwtDefect.UNREFERENCED: HASH,
    SdJwtDefect.ALTERED_DISCLOSURE: HASH,
    SdJwtDefect.ORPHANED: HASH,
    SdJwtDefect.EXPIRED: (CheckName.VALIDITY, "failed EXPIRED"),
    SdJwtDefect.NOT_YET_VALID: (CheckName.VALIDITY, "failed NOT_YET_VALID"),
    SdJwtDefect.ISSUED_LATER: (CheckName.VALIDITY, "failed NOT_YET_VALID"),
}
MALFORMED = {
    SdJwtDefect.NO_TILDE,
    SdJwtDefect.NO_CLOSING_TILDE,
    SdJwtDefect.PADDED_DISCLOSURE,
    SdJwtDefect.STRAY_BITS,
    SdJwtDefect.NOT_JSON,
    SdJwtDefect.NOT_AN_ARRAY,
    SdJwtDefect.FOUR_ELEMENTS,
    SdJwtDefect.NUMBER_AS_SALT,
    SdJwtDefect.NUMBER_AS_NAME,
    SdJwtDefect.PAYLOAD_IS_AN_ARRAY,
}


def test_a_sound_one_passes_but_for_who_vouches() -> None:
    found = report(issue(decoys=2).data)
    assert said(found.check(FORMAT)) == "passed"
    assert said(found.check(PROOF)) == "passed"
    assert said(found.check(ISSUER_CHECK)) == "indeterminate ISSUER_UNKNOWN"
    assert said(found.check(CheckName.VALIDITY)) == "passed"
    assert said(found.check(CheckName.STATUS)) == "not_checked NO_STATUS_STATED"
    assert said(found.check(CheckName.HOLDER)) == "not_checked NOT_APPLICABLE"


@pytest.mark.parametrize("defect", sorted(set(SdJwtDefect) - MALFORMED))
def test_a_defect_fails_the_check_it_is_about(defect: SdJwtDefect) -> None:
    found = report(issue(defect=defect).data)
    name, expected = EXPECTED.get(defect, WRONG_FORMAT)
    assert said(found.check(name)) == expected
    assert found.outcome is Outcome.FAILED
    if name is not FORMAT:
        assert said(found.check(FORMAT)) == "passed"
    if name is PROOF:
        assert said(found.check(ISSUER_CHECK)) == "not_checked PROOF_FAILED"


@pytest.mark.parametrize("defect", sorted(MALFORMED))
def test_what_cannot_be_taken_apart_is_no_item(defect: SdJwtDefect) -> None:
    with pytest.raises(MalformedCredential):
        formats.read(compact(issue(defect=defect), defect))


def test_an_altered_disclosure_fails_also_where_the_key_is_unknown() -> None:
    for header in ({"kid": None}, {}):
        issued = issue(header=header, defect=SdJwtDefect.ALTERED_DISCLOSURE)
        assert verdict(issued.data, PROOF) == "failed HASH_FAILURE"
    issued = issue(header={"kid": None})
    assert verdict(issued.data, PROOF) == "indeterminate NO_SIGNING_KEY_FOUND"


def test_duplicate_members_are_named() -> None:
    issued = issue()
    salted = base64.urlsafe_b64encode(b'["salt", "x", {"a": 1, "a": 2}]').rstrip(b"=")
    found = report(issued.data + salted + b"~")
    assert said(found.check(FORMAT)) == "failed DUPLICATE_KEY"
    assert said(found.check(PROOF)) == "failed HASH_FAILURE"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ({"typ": None}, "passed"),
        ({"typ": "vc+sd-jwt"}, "passed"),
        ({"typ": "application/dc+sd-jwt"}, "passed"),
        ({"typ": "DC+SD-JWT"}, "passed"),
        ({"typ": "example+sd-jwt"}, "passed"),
        ({"typ": "kb+jwt"}, "failed FORMAT_FAILURE"),
        ({"typ": 5}, "failed FORMAT_FAILURE"),
        ({"typ": ""}, "failed FORMAT_FAILURE"),
    ],
)
def test_the_type_is_absent_or_that_of_an_sd_jwt(header: dict[str, Any], expected: str) -> None:
    data = issue(header=header).data
    assert read(data).format is Format.SD_JWT_VC
    assert verdict(data, FORMAT) == expected


@pytest.mark.parametrize("form", [flattened, general])
def test_the_json_serialisation_reads_as_the_compact_one(form: Any) -> None:
    issued = issue()
    found, plain = read(json.dumps(form(issued)).encode()), read(issued.data)
    assert (found.format, found.document, found.title) == (
        Format.SD_JWT_VC,
        plain.document,
        plain.title,
    )
    assert verdict(found.raw, PROOF) == "passed"
    binding = bound(issued, HOLDER).decode().rpartition("~")[2]
    data = json.dumps(form(issued, binding)).encode()
    assert verdict(data, CheckName.HOLDER) == "indeterminate HOLDER_UNCONFIRMED"


def test_several_signatures_are_a_proof_set() -> None:
    document = general(issue())
    first = document["signatures"][0]
    wrong = {**first, "header": {}, "signature": "A" * 86}
    data = json.dumps({**document, "signatures": [first, wrong]}).encode()
    found = report(data).check(PROOF)
    assert said(found) == "passed"
    assert found.facts["other_proofs"] == "ES256: SIG_CRYPTO_FAILURE"


# ---- which format -------------------------------------------------------------------------------


def test_around_something_else_it_is_a_signed_document() -> None:
    data = issue({"vct": None}, header={"typ": "example+sd-jwt"}).data
    credential = read(data)
    assert credential.format is Format.SIGNED_DOCUMENT
    assert credential.securing == "sd-jwt"
    assert not credential.importable
    assert credential.document["given_name"] == "Ada"
    found = report(data)
    assert said(found.check(PROOF)) == "passed"
    assert said(found.check(ISSUER_CHECK)) == "indeterminate ISSUER_UNKNOWN"
    assert said(found.check(CheckName.VALIDITY)) == "passed"


@pytest.mark.parametrize(
    ("claims", "name", "expected"),
    [
        ({"exp": 1000000000}, CheckName.VALIDITY, "failed EXPIRED"),
        ({"exp": "never"}, FORMAT, "failed FORMAT_FAILURE"),
        (
            {"status": {"status_list": {"idx": 1, "uri": "https://x.example"}}},
            CheckName.STATUS,
            "indeterminate TRY_LATER",
        ),
    ],
)
def test_its_registered_claims_count_all_the_same(
    claims: dict[str, Any], name: CheckName, expected: str
) -> None:
    data = issue({"vct": None, **claims}, header={"typ": "example+sd-jwt"}).data
    assert verdict(data, name) == expected


@pytest.mark.parametrize("typ", ["dc+sd-jwt", "vc+sd-jwt"])
def test_a_credential_without_its_type_is_one_and_broken(typ: str) -> None:
    data = issue({"vct": None}, header={"typ": typ}).data
    assert read(data).format is Format.SD_JWT_VC
    assert verdict(data, FORMAT) == "failed FORMAT_FAILURE"


def test_a_badge_secured_as_sd_jwt_is_a_badge() -> None:
    """VC-JOSE-COSE, section 3.2: the payload is the credential."""
    issuer = issuer_of(Form.OPEN_BADGE)
    document = badge_document(issuer, BADGE_AWARD)
    subject = document["credentialSubject"]
    hidden = {
        **document,
        "credentialSubject": {**subject, "achievement": Hidden(subject["achievement"])},
    }
    header = {"typ": "vc+sd-jwt", "kid": issuer.verification_method}
    data = sd_jwt(hidden, issuer.key, header=header).data
    credential = read(data)
    assert (credential.format, credential.securing) == (Format.OPEN_BADGE_3, "sd-jwt")
    assert credential.document == document
    assert credential.achievements == read(specimen(Form.OPEN_BADGE)).achievements
    found = report(data)
    assert said(found.check(FORMAT)) == "passed"
    assert said(found.check(PROOF)) == "passed"
    assert said(found.check(ISSUER_CHECK)) == "indeterminate ISSUER_UNKNOWN"
    other = sd_jwt({**hidden, "vc": document}, issuer.key, header=header).data
    assert verdict(other, FORMAT) == "failed FORMAT_FAILURE"


def test_a_presentation_secured_as_sd_jwt_is_one() -> None:
    holder = holder_key()
    badge = json.loads(specimen(Form.OPEN_BADGE))
    document = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "holder": holder.did_key,
        "aud": "https://employer.example.org",
        "nonce": "n",
        "verifiableCredential": [Hidden(badge)],
    }
    header = {"typ": "vp+sd-jwt", "kid": f"{holder.did_key}#{holder.multikey}"}
    data = sd_jwt(document, holder, header=header).data
    items = verify_with_parts(read(data), NOBODY, NOW)
    assert [credential.format for _, credential, _ in items] == [
        Format.PRESENTATION,
        Format.OPEN_BADGE_3,
    ]
    for _, _, found in items:
        assert said(found.check(PROOF)) == "passed"
    assert items[0][2].check(CheckName.HOLDER).facts["audience"] == "https://employer.example.org"
    unbound = bound(sd_jwt(document, holder, header=header), holder)
    assert verdict(unbound, CheckName.HOLDER) == "failed KEY_BINDING_FAILURE"


# ---- whose key ----------------------------------------------------------------------------------


def test_the_certificate_names_the_issuer_where_no_claim_does() -> None:
    root = authority("sd-jwt", name="Example Trust")
    leaf = seal_certificate(
        root,
        ISSUER,
        organisation="University of Examples",
        identifier="VATPL-0000000000",
        country="PL",
        valid=(datetime(2020, 1, 1, tzinfo=UTC), datetime(2039, 1, 1, tzinfo=UTC)),
    )
    x5c = [base64.b64encode(der(leaf)).decode()]
    data = issue({"iss": None}, header={"kid": None, "x5c": x5c}).data
    issuer = read(data).issuer
    assert issuer is not None
    assert (issuer.label, issuer.identifiers, issuer.country) == (
        "University of Examples",
        ("VATPL-0000000000",),
        "PL",
    )
    trust = TrustStore.empty().with_file(root.pem, "root.pem", NOW)
    found = report(data, trust=trust)
    assert said(found.check(PROOF)) == "passed"
    assert said(found.check(ISSUER_CHECK)) == "passed KEY_SUPPLIED"
    assert said(report(data).check(ISSUER_CHECK)) == "indeterminate TRUST_DATA_MISSING"
    odd = issue({"iss": None}, header={"kid": None, "x5c": ["AAAA"]}).data
    assert read(odd).issuer is None


def test_a_key_in_the_header_is_nobodys() -> None:
    data = issue(header={"kid": None, "jwk": ISSUER.jwk}).data
    assert verdict(data, PROOF) == "passed"
    assert verdict(data, ISSUER_CHECK) == "indeterminate ISSUER_NOT_AUTHENTICATED"


def test_the_issuer_is_the_claim_whatever_the_content_calls_it() -> None:
    """An issuer object inside cannot lend its name to the key."""
    data = issue({"iss": "https://else.example", "issuer": {"id": ISSUER.did_key}}).data
    assert verdict(data, ISSUER_CHECK) == "indeterminate ISSUER_NOT_AUTHENTICATED"


# ---- status -------------------------------------------------------------------------------------


def test_a_status_list_token_is_an_entry_of_its_kind() -> None:
    stated = {"idx": 4216, "uri": "https://issuer.example/list/1"}
    data = issue({"status": {"status_list": stated}}).data
    (entry,) = read(data).status
    assert (entry.type, entry.purpose, entry.values) == ("status_list", "revocation", stated)
    assert verdict(data, CheckName.STATUS) == "indeterminate TRY_LATER"


@pytest.mark.parametrize("status", [{"status_attestation": {}}, {"new": "x"}])
def test_a_status_of_another_kind_is_never_no_status(status: dict[str, Any]) -> None:
    data = issue({"status": status}).data
    assert verdict(data, CheckName.STATUS) == "indeterminate TRY_LATER"


def test_status_entries_are_limited() -> None:
    most: dict[str, Any] = {f"kind{n}": {} for n in range(sd_jwt_claims.MAX_STATUS_ENTRIES)}
    assert len(read(issue({"status": most}).data).status) == sd_jwt_claims.MAX_STATUS_ENTRIES
    with pytest.raises(TooLarge):
        formats.read(issue({"status": {**most, "more": {}}}).data)


# ---- the published samples ----------------------------------------------------------------------


def sample(name: str) -> bytes:
    return shared("samples", "sd-jwt", name).read_bytes()


def test_the_identity_data_pass_in_july() -> None:
    at = datetime(2026, 7, 15, tzinfo=UTC)
    credential = read(sample("eudi-pid-sd-jwt-vc.txt"))
    assert credential.title is not None
    assert credential.title.best() == "Person identification data"
    assert credential.achievements == ()
    assert credential.valid_until == datetime(2026, 8, 1, 9, 53, 46, tzinfo=UTC)
    trust = TrustStore.empty().with_file(sample("eudi-pid-issuer.pem"), "issuer.pem", at)
    for store, expected in (
        (trust, "passed KEY_SUPPLIED"),
        (TrustStore.empty(), "indeterminate TRUST_DATA_MISSING"),
    ):
        found = verify(credential, store, at)
        assert said(found.check(PROOF)) == "passed"
        assert said(found.check(ISSUER_CHECK)) == expected
        assert said(found.check(CheckName.VALIDITY)) == "passed"
        assert said(found.check(CheckName.STATUS)) == "indeterminate TRY_LATER"
        assert said(found.check(CheckName.HOLDER)) == "not_checked NOT_APPLICABLE"


@pytest.mark.parametrize("name", ["simple", "key_binding", "array_recursive_sd"])
def test_the_processed_payload_is_the_document(name: str) -> None:
    expected = json.loads(sample(f"{name}/verified_contents.json"))
    assert read(sample(f"{name}/sd_jwt_presentation.txt")).document == expected


def test_the_learning_model_under_one_disclosure_reads() -> None:
    credential = read(sample("elm_credential"))
    assert credential.format is Format.SD_JWT_VC
    assert credential.types == ("ElmCredential",)
    assert credential.valid_from == datetime(2025, 3, 11, 12, 58, 25, tzinfo=UTC)
    assert credential.valid_until == datetime(2026, 3, 11, 12, 58, 25, tzinfo=UTC)
    assert [body.label for body in credential.awarding_bodies] == ["The Blue lärosäte"]
    elements = credential.achievements[0].elements
    assert elements.learner is not None
    assert elements.learner.name == "Marit Berg"
    assert elements.country == ("SE",)
    found = verify(credential, NOBODY, datetime(2025, 6, 1, tzinfo=UTC))
    assert said(found.check(FORMAT)) == "passed"
    assert said(found.check(PROOF)) == "indeterminate NO_SIGNING_KEY_FOUND"
    assert said(found.check(CheckName.VALIDITY)) == "passed"


# ---- whatever comes -----------------------------------------------------------------------------

SPECIMEN = bound(issue({"elm": Hidden({"credentialSubject": {"hasClaim": []}})}), HOLDER)


@given(seed=st.integers(0, 2**32))
@settings(max_examples=200, deadline=None)
def test_mutated_bytes_raise_only_one_error(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 -- no secret, but the same every time
    data = bytearray(SPECIMEN)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(data))
        data[place : place + chance.randint(0, 9)] = chance.choice([b"", b"~", b".", b"A", b"\xff"])
    try:
        credential = formats.read(bytes(data))
    except MalformedCredential:
        return
    if credential is not None:
        assert formats.read(credential.raw) == credential
        verify_with_parts(credential, NOBODY, NOW)


JUNK: list[Any] = [
    None, True, 0, -1, 1.5, 1e300, "", "x", [], {}, [[]], [None], {"id": 3}, {"en": [1]},
    "2024-99-99", {"jwk": {}}, {"status_list": []}, {"credentialSubject": [{"hasClaim": 5}]},
]  # fmt: skip
NAMES = (
    "iss", "sub", "iat", "nbf", "exp", "vct", "cnf", "status", "jti", "elm", "issuer", "name",
    "type", "credentialSubject", "validUntil", "achievement_title", "date_of_expiry",
    "learning_outcomes", "issuing_country", "issuing_authority",
    "level_of_learning_experience", "@context", "vc", "aud",
)  # fmt: skip


@given(
    claims=st.dictionaries(st.sampled_from(NAMES), st.sampled_from(JUNK), max_size=6),
    header=st.dictionaries(
        st.sampled_from(["typ", "kid", "x5c", "jwk", "vctm"]), st.sampled_from(JUNK), max_size=3
    ),
)
@settings(max_examples=200, deadline=None)
def test_claims_of_any_type_are_read_or_refused(
    claims: dict[str, Any], header: dict[str, Any]
) -> None:
    plain = {"iss": ISSUER.did_key, "vct": "urn:example:1"}
    issued = sd_jwt({**plain, **claims}, ISSUER, header={**HEADER, **header})
    try:
        credential = formats.read(bound(issued, HOLDER))
    except MalformedCredential:
        return
    assert credential is not None
    found = verify_with_parts(credential, NOBODY, NOW)[0][2]
    assert found.check(CheckName.HOLDER).reason is not None or claims.get("cnf")
    assert found.check(PROOF).reason is not Reason.SIG_CRYPTO_FAILURE
