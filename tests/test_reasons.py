"""Every reason of the model can occur, and no other: one small case for each, verified whole."""

import ast
import base64
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509

import wallet
from tests.formats.sd_jwts import issue
from tests.issuer.defects import Defect, Form
from tests.issuer.edc import sealed_edc
from tests.issuer.jades import Sealing
from tests.issuer.keys import IssuerKey, base64url, p256_key
from tests.issuer.registry import issuer_registry
from tests.issuer.sd_jwt import SdJwtDefect
from tests.issuer.specimens import AUDIENCE, EDC_AWARD, NONCE, specimen
from tests.issuer.status import status_list
from tests.issuer.subjects import NOW, SUSPENDED_INDEX, Issuer
from tests.issuer.tokens import compact
from tests.issuer.universities import BERLIN, chalmers, seal_authority
from tests.trust import europe
from tests.trust.europe import AUTHORITY, OPERATOR, SIGNED, Entry, Listing
from wallet import formats
from wallet.model.verification import CheckName, Outcome, Reason, VerificationReport
from wallet.proofs.keys import PublicKey
from wallet.trust.anchors import Decision, TrustStore
from wallet.verification.verify import Demand, verify_with_parts

FORMAT, PROOF, ISSUER = CheckName.FORMAT, CheckName.PROOF, CheckName.ISSUER
VALIDITY, STATUS, HOLDER = CheckName.VALIDITY, CheckName.STATUS, CheckName.HOLDER
PASSED, FAILED, OPEN = Outcome.PASSED, Outcome.FAILED, Outcome.INDETERMINATE
ASKED = NOW
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Case:
    """What is verified, with what is known, and the check that the reason belongs to."""

    check: CheckName
    outcome: Outcome
    data: bytes
    trust: tuple[bytes, ...] = ()
    demand: Demand = field(default_factory=Demand)
    decided: bool | None = None
    """What the person decided about the key of Chalmers."""


def of(form: Form, defect: Defect | None = None) -> bytes:
    return specimen(form, defect)


def token(**members: object) -> bytes:
    """A plain credential in a JWT."""
    issuer = chalmers()
    document = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential"],
        "issuer": issuer.did,
        "credentialSubject": {"name": "x"},
        **members,
    }
    header = {"alg": issuer.key.algorithm, "typ": "vc+jwt", "kid": issuer.verification_method}
    return compact(header, json.dumps(document), issuer.key, None)


# ---- a seal that a trusted list knows -----------------------------------------------------------


def europes(*entries: Entry) -> tuple[bytes, ...]:
    """A national trusted list, and its signer as the person supplied it."""
    listing = Listing(entries or (Entry(),), (europe.authority(AUTHORITY),))
    return europe.authority(OPERATOR), europe.national(listing)


def sealed(crl: bytes | None = None) -> bytes:
    """A European credential under a qualified seal, with revocation values beside it or none."""
    university = replace(BERLIN, name={"en": europe.SEAL}, identifier="VATPL-0000000000")
    certificate = x509.load_der_x509_certificate(europe.seal())
    key = IssuerKey(europe.key(europe.SEAL))
    issuer = Issuer(university, p256_key("unused"), key, certificate)
    data = sealed_edc(issuer, EDC_AWARD, sealing=Sealing.FLATTENED)
    if crl is None:
        return data
    document = json.loads(data)
    values = {"rVals": {"crlVals": [{"val": base64.b64encode(crl).decode()}]}}
    document["header"] = {"etsiU": [base64url(json.dumps(values).encode())]}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def revoked_seal() -> bytes:
    return sealed(europe.revocations((europe.seal(), SIGNED - DAY)))


# ---- the cases ----------------------------------------------------------------------------------

BADGE, TOKEN, EDC = Form.OPEN_BADGE, Form.OPEN_BADGE_JWT, Form.SEALED_EDC
SHOWN = Form.PRESENTATION
DEMANDED = Demand(audience=AUDIENCE, nonce=NONCE)
AUTHORITY_FILE = seal_authority().pem

CASES: dict[Reason, Callable[[], Case]] = {
    Reason.FORMAT_FAILURE: lambda: Case(FORMAT, FAILED, of(TOKEN, Defect.WRONG_TYPE)),
    Reason.DUPLICATE_KEY: lambda: Case(FORMAT, FAILED, of(BADGE, Defect.DUPLICATE_KEY)),
    Reason.UNKNOWN_CONTEXT: lambda: Case(FORMAT, FAILED, of(BADGE, Defect.UNKNOWN_CONTEXT)),
    Reason.UNSIGNED_TERM: lambda: Case(FORMAT, FAILED, of(BADGE, Defect.UNSIGNED_TERM)),
    Reason.SCHEMA_REMARKS: lambda: Case(FORMAT, PASSED, token(validFrom="2024-01-01T00:00:00")),
    Reason.SIG_CRYPTO_FAILURE: lambda: Case(PROOF, FAILED, of(BADGE, Defect.WRONG_KEY)),
    Reason.HASH_FAILURE: lambda: Case(PROOF, FAILED, issue(defect=SdJwtDefect.UNREFERENCED).data),
    Reason.NO_SIGNATURE_FOUND: lambda: Case(PROOF, FAILED, of(BADGE, Defect.MISSING_PROOF)),
    Reason.SIG_CONSTRAINTS_FAILURE: lambda: Case(PROOF, FAILED, of(TOKEN, Defect.EMPTY_CRIT)),
    Reason.NO_SIGNING_KEY_FOUND: lambda: Case(PROOF, OPEN, of(TOKEN, Defect.NO_KEY_NAMED)),
    Reason.UNSUPPORTED_SUITE: lambda: Case(PROOF, OPEN, of(BADGE, Defect.UNSUPPORTED_SUITE)),
    Reason.EU_TRUSTED_LIST: lambda: Case(ISSUER, PASSED, sealed(), europes()),
    Reason.ISSUER_REGISTRY: lambda: Case(
        ISSUER, PASSED, of(BADGE), (issuer_registry((chalmers(),)),)
    ),
    Reason.TRUSTED_BY_YOU: lambda: Case(ISSUER, PASSED, of(BADGE), decided=True),
    Reason.KEY_SUPPLIED: lambda: Case(ISSUER, PASSED, of(EDC), (AUTHORITY_FILE,)),
    Reason.ISSUER_NOT_AUTHENTICATED: lambda: Case(
        ISSUER, OPEN, of(BADGE, Defect.UNAUTHENTICATED_KEY)
    ),
    Reason.TRUST_DATA_MISSING: lambda: Case(ISSUER, OPEN, of(EDC)),
    Reason.NO_CERTIFICATE_CHAIN_FOUND: lambda: Case(
        ISSUER, OPEN, of(EDC, Defect.UNKNOWN_AUTHORITY), (AUTHORITY_FILE,)
    ),
    Reason.OUT_OF_BOUNDS_NO_POE: lambda: Case(
        ISSUER, OPEN, of(EDC, Defect.EXPIRED_CERTIFICATE), (AUTHORITY_FILE,)
    ),
    Reason.SEAL_NOT_ISSUER: lambda: Case(
        ISSUER, OPEN, of(EDC, Defect.SEAL_NOT_ISSUER), (AUTHORITY_FILE,)
    ),
    Reason.ISSUER_UNKNOWN: lambda: Case(ISSUER, OPEN, of(BADGE)),
    Reason.CERTIFICATE_REVOKED: lambda: Case(ISSUER, FAILED, revoked_seal(), europes()),
    Reason.NOT_QUALIFIED_AT_SIGNING: lambda: Case(
        ISSUER, FAILED, sealed(), europes(Entry(status="withdrawn"))
    ),
    Reason.DISTRUSTED_BY_YOU: lambda: Case(ISSUER, FAILED, of(BADGE), decided=False),
    Reason.EXPIRED: lambda: Case(VALIDITY, FAILED, of(BADGE, Defect.EXPIRED)),
    Reason.NOT_YET_VALID: lambda: Case(VALIDITY, FAILED, of(BADGE, Defect.NOT_YET_VALID)),
    Reason.REVOKED: lambda: Case(
        STATUS, FAILED, of(BADGE, Defect.REVOKED), (status_list(chalmers()),)
    ),
    Reason.SUSPENDED: lambda: Case(
        STATUS,
        FAILED,
        of(BADGE, Defect.SUSPENDED),
        (status_list(chalmers(), (SUSPENDED_INDEX,), purpose="suspension"),),
    ),
    Reason.TRY_LATER: lambda: Case(STATUS, OPEN, of(BADGE, Defect.REVOKED)),
    Reason.STATUS_LIST_INVALID: lambda: Case(
        STATUS,
        OPEN,
        of(BADGE, Defect.REVOKED),
        (status_list(chalmers(), defect=Defect.WRONG_KEY),),
    ),
    Reason.NO_STATUS_STATED: lambda: Case(STATUS, Outcome.NOT_CHECKED, of(BADGE)),
    Reason.KEY_BINDING_FAILURE: lambda: Case(HOLDER, FAILED, issue().data, demand=DEMANDED),
    Reason.WRONG_AUDIENCE: lambda: Case(
        HOLDER, FAILED, of(SHOWN), demand=replace(DEMANDED, audience="https://else.example")
    ),
    Reason.WRONG_NONCE: lambda: Case(
        HOLDER, FAILED, of(SHOWN), demand=replace(DEMANDED, nonce="another")
    ),
    Reason.PRESENTATION_EXPIRED: lambda: Case(HOLDER, FAILED, of(SHOWN, Defect.EXPIRED)),
    Reason.HOLDER_UNCONFIRMED: lambda: Case(HOLDER, OPEN, of(SHOWN)),
    Reason.NO_HOLDER_BINDING: lambda: Case(HOLDER, Outcome.NOT_CHECKED, of(BADGE)),
    Reason.PROOF_FAILED: lambda: Case(
        ISSUER, Outcome.NOT_CHECKED, of(BADGE, Defect.ALTERED_PAYLOAD)
    ),
    Reason.NOT_APPLICABLE: lambda: Case(VALIDITY, Outcome.NOT_CHECKED, of(SHOWN)),
}
"""One case a reason; what each is made of is told by the test of its own kind."""


def report(case: Case) -> VerificationReport:
    trust = TrustStore.empty()
    for number, given in enumerate(case.trust):
        trust = trust.with_file(given, f"file {number}", ASKED)
    if case.decided is not None:
        thumbprint = PublicKey.from_jwk(chalmers().key.jwk).thumbprint()
        trust = trust.with_decision(Decision(thumbprint, case.decided, "by telephone", ASKED))
    credential = formats.read(case.data)
    assert credential is not None
    return verify_with_parts(credential, trust, ASKED, case.demand)[0][2]


def test_every_reason_has_its_case() -> None:
    assert set(CASES) == set(Reason)


@pytest.mark.parametrize("reason", Reason)
def test_a_reason_occurs(reason: Reason) -> None:
    case = CASES[reason]()
    found = report(case)
    check = found.check(case.check)
    assert (check.outcome, check.reason) == (case.outcome, reason), found
    for each in found.checks:
        assert each.reason is None or isinstance(each.reason, Reason)


# ---- no other reason ----------------------------------------------------------------------------

MAKERS = {"Check": 2, "Defect": 0, "ProofFinding": 1}
"""What holds a reason, and its place. Types say `Reason`, but a text would run as well."""


def texts_for_reasons() -> Iterator[str]:
    """Where the code gives a text that is no reason."""
    package = Path(wallet.__file__).parent
    for path in sorted(package.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            place = MAKERS.get(node.func.id)
            stated = [word.value for word in node.keywords if word.arg in {"reason", "kind"}]
            if place is not None and stated + node.args[place : place + 1]:
                given = (stated + node.args[place : place + 1])[0]
                if isinstance(given, ast.Constant) and given.value not in {None, *Reason}:
                    yield f"{path.relative_to(package)}:{node.lineno}"


def test_no_reason_is_a_text_outside_the_model() -> None:
    assert list(texts_for_reasons()) == []


def test_reasons_are_called_what_they_say() -> None:
    assert all(reason.value == reason.name for reason in Reason)
