"""JAdES baseline B: every serialisation, every header rule, and the seals that others made."""

import base64
import hashlib
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import needs
from tests.issuer.keys import base64url, ed25519_key, p256_key
from tests.proofs.seals import (
    KEY,
    PAYLOAD,
    Seal,
    compact,
    flattened,
    general,
    header,
    leaf,
)
from wallet.errors import MalformedCredential, TooLarge
from wallet.model.verification import Outcome, Reason
from wallet.proofs import jades, jades_parts
from wallet.proofs.finding import ProofFinding

ENCODED = base64url(PAYLOAD.encode())


def found(data: bytes) -> ProofFinding:
    document = jades.parse(data)
    assert document is not None
    return jades.check(document)


# ---- serialisations -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (general(Seal()), "general"),
        (flattened(Seal()), "flattened"),
        (flattened(Seal(header(b64=None, crit=["sigT"])), ENCODED), "flattened"),
        (general(Seal(header(b64=True)), payload=ENCODED), "general"),
        (compact(Seal(header(b64=None, crit=None)), ENCODED), "compact"),
    ],
)
def test_every_serialisation_gives_the_same_payload(data: bytes, form: str) -> None:
    document = jades.parse(data)
    assert document is not None
    assert (document.form, document.payload) == (form, PAYLOAD.encode())
    finding = jades.check(document)
    assert finding.outcome is Outcome.PASSED
    assert finding.chain == (leaf(),)
    assert finding.facts["signing_time"] == "2026-03-01T10:00:00Z"
    assert "timestamps" not in finding.facts


def test_a_compact_seal_over_an_unencoded_payload() -> None:
    assert found(compact(Seal(), '{"a":1}')).outcome is Outcome.PASSED


def test_the_payload_is_signed_after_unescaping() -> None:
    data = general(Seal())
    assert b"\\u0141" in data
    plain = json.dumps(json.loads(data), ensure_ascii=False, indent=2).encode()
    assert found(data).outcome is found(plain).outcome is Outcome.PASSED
    moved = json.loads(data)
    moved["payload"] = moved["payload"].replace(":", ": ")
    assert found(json.dumps(moved).encode()).reason is Reason.SIG_CRYPTO_FAILURE


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b"[]", b'{"payload": "x"}', b'{"signatures": []}', b"plain", b'{"a": {"b": 1}}'],
)
def test_what_is_no_jws_is_none(data: bytes) -> None:
    assert jades.parse(data) is None


ENTRY = Seal().entry(PAYLOAD)


@pytest.mark.parametrize(
    "document",
    [
        {"payload": PAYLOAD, "signatures": []},
        {"payload": PAYLOAD, "signatures": [5]},
        {"payload": 5, "signatures": [ENTRY]},
        {"payload": PAYLOAD, "signatures": [ENTRY], "signature": "AAAA"},
        {"payload": PAYLOAD, "signatures": [{**ENTRY, "protected": "e30="}]},
        {"payload": PAYLOAD, "signatures": [{**ENTRY, "protected": base64url(b"[]")}]},
        {"payload": PAYLOAD, "signatures": [{**ENTRY, "signature": 5}]},
        {"payload": PAYLOAD, "signatures": [{**ENTRY, "header": []}]},
        {"payload": "not base64url!", **Seal(header(b64=None, crit=None)).entry(PAYLOAD)},
        {"payload": PAYLOAD, "protected": ENTRY["protected"]},
    ],
)
def test_a_broken_jws_is_refused(document: dict[str, Any]) -> None:
    with pytest.raises(MalformedCredential):
        jades.parse(json.dumps(document).encode())


def test_names_that_stand_twice_are_told() -> None:
    data = general(Seal()).replace(b'{"payload"', b'{"payload": "another", "payload"', 1)
    document = jades.parse(data)
    assert document is not None
    assert document.duplicates == ("/payload",)


def test_limits_of_signatures_and_properties() -> None:
    many = [Seal()] * jades_parts.MAX_SIGNATURES
    assert found(general(*many)).facts["signatures"] == str(len(many))
    with pytest.raises(TooLarge):
        jades.parse(general(*many, Seal()))
    properties = ["e30"] * jades_parts.MAX_ETSI_U
    assert found(general(Seal(unprotected={"etsiU": properties}))).outcome is Outcome.PASSED
    with pytest.raises(TooLarge):
        jades.parse(general(Seal(unprotected={"etsiU": [*properties, "e30"]})))


# ---- header rules -------------------------------------------------------------------------------

B64 = ["b64", "sigT"]
ANOTHER_DIGEST = base64url(hashlib.sha256(b"another").digest())
S3_512 = {"digAlg": "S3-512", "digVal": base64url(hashlib.sha3_512(leaf()).digest())}
S512 = {"digAlg": "S512", "digVal": base64url(hashlib.sha512(leaf()).digest())}


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"crit": []}, "crit"),
        ({"crit": "b64"}, "crit"),
        ({"crit": ["b64", 5]}, "crit"),
        ({"crit": ["b64", ""]}, "crit"),
        ({"crit": ["b64", "b64"]}, "crit"),
        ({"crit": [*B64, "moonPhase"], "moonPhase": 1}, "crit moonPhase"),
        ({"crit": [*B64, "adoTst"]}, "crit adoTst"),
        ({"crit": [*B64, "sigPl"]}, "crit sigPl"),
        ({"crit": [*B64, "etsiU"]}, "crit etsiU"),
        ({"crit": [*B64, "alg"]}, "crit alg"),
        ({"crit": [*B64, "x5c"]}, "crit x5c"),
        ({"crit": [*B64, "x5t#S256"]}, "crit x5t#S256"),
        ({"crit": [*B64, "exp"], "exp": 1}, "crit exp"),
        ({"crit": ["sigT"]}, "b64"),
        ({"crit": None}, "b64"),
        ({"b64": "false"}, "b64"),
        ({"b64": 0}, "b64"),
        ({"iat": 1}, "signing time"),
        ({"sigT": None, "crit": ["b64"]}, "signing time"),
        ({"sigT": 5}, "sigT"),
        ({"sigT": "yesterday"}, "sigT"),
        ({"sigT": None, "crit": ["b64"], "iat": True}, "iat"),
        ({"sigT": None, "crit": ["b64"], "iat": -1}, "iat"),
        ({"sigT": None, "crit": ["b64"], "iat": 1e16}, "iat"),
        ({"alg": None}, "alg"),
        ({"alg": "none"}, "alg"),
        ({"alg": "HS256"}, "alg"),
        ({"alg": ["ES256"]}, "alg"),
        ({"alg": "RS256"}, "alg"),
        ({"x5t#S256": None}, "x5t#S256"),
        ({"x5t#S256": ANOTHER_DIGEST}, "x5t#S256"),
        ({"x5t#S256": 5}, "x5t#S256"),
        ({"x5t#o": {"digAlg": "S256", "digVal": ANOTHER_DIGEST}}, "x5t#S256"),
        ({"x5t#o": {**S512, "digAlg": "S1"}}, "x5t#S256"),
        ({"x5t#o": "text"}, "x5t#S256"),
        ({"sigX5ts": [{"digAlg": "S256", "digVal": ANOTHER_DIGEST}]}, "x5t#S256"),
        ({"x5c": "text"}, "x5c"),
        ({"x5c": [5]}, "x5c"),
        ({"x5c": [base64url(leaf())]}, "x5c"),
        ({"x5c": [base64.b64encode(b"no certificate").decode()]}, "x5c"),
    ],
)
def test_a_broken_header_rule_fails_whatever_the_signature(
    changes: dict[str, Any], what: str
) -> None:
    payload = PAYLOAD if changes.get("b64", False) is False else ENCODED
    finding = found(general(Seal(header(**changes)), payload=payload))
    assert finding.outcome is Outcome.FAILED
    assert finding.reason is Reason.SIG_CONSTRAINTS_FAILURE
    assert finding.facts["what"] == what


@pytest.mark.parametrize(
    "changes",
    [
        {"x5t#S256": None, "x5t#o": S512, "crit": [*B64, "x5t#o"]},
        {"x5t#S256": None, "sigX5ts": [S512, {"digAlg": "S256", "digVal": ANOTHER_DIGEST}]},
        {"sigPl": {"addressCountry": "PL"}, "crit": [*B64, "sigPl"]},
        {"adoTst": {"tstTokens": [{"val": "AA=="}]}, "crit": [*B64, "adoTst"]},
        {"x5t#o": S3_512},
        {"x5t#o": {"digAlg": "S1024", "digVal": "AAAA"}},
        {
            "srCms": [{"commId": {"id": "http://uri.etsi.org/01903/v1.2.2#ProofOfApproval"}}],
            "srAts": [{"claimed": [{"mediaType": "text", "vals": ["dean"]}]}],
            "sigPId": {"id": "urn:oid:1.2.3", "digPSp": False},
            "crit": [*B64, "srCms", "srAts", "sigPId"],
        },
        {"sigT": "2026-03-01T10:00:00.123+01:00"},
        {"sigT": "2026-03-01T10:00:00"},
        {"sigT": None, "iat": 1772359200, "crit": ["b64", "iat"]},
    ],
)
def test_headers_of_jades_that_are_understood(changes: dict[str, Any]) -> None:
    assert found(general(Seal(header(**changes)))).outcome is Outcome.PASSED


@pytest.mark.parametrize("iat", [1772359200, 1772359200.0, 1772359200.25, 1772359200000])
def test_iat_becomes_the_signing_time(iat: float) -> None:
    """A fraction is allowed (RFC 7519, section 2), and milliseconds are in circulation."""
    finding = found(general(Seal(header(sigT=None, iat=iat, crit=["b64"]))))
    assert finding.evidence is not None
    assert finding.evidence.signed_at is not None
    assert finding.evidence.signed_at.isoformat().startswith("2026-03-01T10:00:00")
    assert finding.facts["signing_time"] == "2026-03-01T10:00:00Z"


def test_a_header_that_stands_twice_fails() -> None:
    text = '{"alg": "ES256", ' + json.dumps(header())[1:]
    finding = found(general(Seal(text)))
    assert (finding.reason, finding.facts["what"]) == (
        Reason.SIG_CONSTRAINTS_FAILURE,
        "duplicate header",
    )


@pytest.mark.parametrize(
    ("unprotected", "what"),
    [({"typ": "jose"}, "typ"), ({"iat": 5}, "iat"), ({"crit": ["b64"]}, "crit")],
)
def test_headers_that_must_be_protected(unprotected: dict[str, Any], what: str) -> None:
    finding = found(general(Seal(unprotected=unprotected)))
    assert (finding.reason, finding.facts["what"]) == (Reason.SIG_CONSTRAINTS_FAILURE, what)


@pytest.mark.parametrize(
    ("options", "passes"), [({"signs": False}, False), ({"stated": False}, True)]
)
def test_the_key_usage_of_the_certificate(options: dict[str, bool], passes: bool) -> None:
    der = leaf(**options)
    changes = {
        "x5c": [base64.b64encode(der).decode()],
        "x5t#S256": base64url(hashlib.sha256(der).digest()),
    }
    finding = found(general(Seal(header(**changes))))
    assert (finding.outcome is Outcome.PASSED) is passes
    if not passes:
        assert finding.facts["what"] == "key usage"


def test_without_a_certificate_no_key_is_found() -> None:
    finding = found(general(Seal(header(x5c=None))))
    assert (finding.outcome, finding.reason) == (
        Outcome.INDETERMINATE,
        Reason.NO_SIGNING_KEY_FOUND,
    )


# ---- signatures ---------------------------------------------------------------------------------


def test_another_key_or_another_payload_fails() -> None:
    assert found(general(Seal(key=p256_key("other")))).reason is Reason.SIG_CRYPTO_FAILURE
    data = general(Seal()).replace(b"credential:1", b"credential:2")
    assert found(data).reason is Reason.SIG_CRYPTO_FAILURE


def test_of_several_signatures_the_worst_counts() -> None:
    good, bad = Seal(), Seal(key=ed25519_key("no"))
    assert found(general(good, good)).outcome is Outcome.PASSED
    for seals in ((good, bad), (bad, good)):
        assert found(general(*seals)).reason is Reason.SIG_CRYPTO_FAILURE
    unknown = Seal(header(x5c=None))
    assert found(general(good, unknown)).reason is Reason.NO_SIGNING_KEY_FOUND
    assert found(general(unknown, bad)).outcome is Outcome.FAILED
    document = jades.parse(general(good, unknown, bad))
    assert document is not None
    outcomes = [one.outcome for one in jades.check_each(document)]
    assert outcomes == [Outcome.PASSED, Outcome.INDETERMINATE, Outcome.FAILED]


def test_one_payload_is_not_both_encoded_and_unencoded() -> None:
    # Both signatures hold over the same characters, which mean two different payloads.
    encoded = Seal(header(b64=None, crit=["sigT"]))
    finding = found(general(Seal(), encoded, payload=ENCODED))
    assert (finding.reason, finding.facts["what"]) == (Reason.SIG_CONSTRAINTS_FAILURE, "b64")


SEALED = general(Seal(unprotected={"etsiU": ["e30"]}))


@settings(max_examples=200)
@given(st.integers(0, len(SEALED) - 1), st.integers(0, 255))
def test_changed_bytes_are_read_or_refused_and_never_pass_with_another_payload(
    index: int, value: int
) -> None:
    data = SEALED[:index] + bytes([value]) + SEALED[index + 1 :]
    try:
        document = jades.parse(data)
    except MalformedCredential:
        return
    if document is not None and jades.check(document).outcome is Outcome.PASSED:
        assert document.payload == PAYLOAD.encode()


def test_unsigned_properties_without_time_stamps_say_nothing() -> None:
    document = jades.parse(SEALED)
    assert document is not None
    assert document.signatures[0].etsi_u == ("e30",)
    assert "timestamps" not in jades.check(document).facts


def test_a_plain_jws_does_not_state_jades() -> None:
    plain = jades.parse(flattened(Seal({"alg": "ES256"}), ENCODED))
    sealed = jades.parse(flattened(Seal()))
    assert plain is not None
    assert sealed is not None
    assert (plain.stated, sealed.stated) == (False, True)


# ---- seals that others made ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "reason", "signing_time"),
    [
        ("edc/Sample-MC-Annex1-signed.jsonld", None, "2023-09-27T11:54:17Z"),
        ("edc/Sample-CertOfPart-signed.jsonld", None, "2023-09-27T12:07:01Z"),
        ("edc/credential-signed.jsonld", None, "2022-12-21T18:50:21Z"),
        ("edc/credential-jws-invalid.jsonld", None, "2022-10-11T09:27:47Z"),
        ("edc/edc-mc-signed.jsonld", None, "2026-01-12T07:12:23Z"),
        ("edc/edc-dc-signed.jsonld", None, "2026-01-12T08:58:28Z"),
        ("jades/jades-lta.json", None, "2021-01-25T10:20:02Z"),
        ("jades/jades-lta-broken-arcTst.json", None, "2021-01-25T10:15:00Z"),
        ("jades/altered-jws.json", Reason.SIG_CRYPTO_FAILURE, "2020-06-15T06:21:48Z"),
        ("jades/jades-b-iat-and-sigt.json", Reason.SIG_CONSTRAINTS_FAILURE, None),
        ("jades/jades-with-extra-crit-entry.json", Reason.SIG_CONSTRAINTS_FAILURE, None),
        ("jades/jades-with-crit-string-type.json", Reason.SIG_CONSTRAINTS_FAILURE, None),
    ],
)
def test_seals_in_circulation(file: str, reason: Reason | None, signing_time: str | None) -> None:
    finding = found(needs.shared("samples", *file.split("/")).read_bytes())
    assert finding.reason is reason
    assert finding.outcome is (Outcome.PASSED if reason is None else Outcome.FAILED)
    assert finding.facts.get("signing_time") == signing_time


@pytest.mark.parametrize(
    "name", ["Sample-MC-Annex1-unsigned.jsonld", "Sample-MC-Annex1-unsigned-uploadable.json"]
)
def test_unsigned_files_are_no_jws(name: str) -> None:
    assert jades.parse(needs.shared("samples", "edc", name).read_bytes()) is None


def test_the_key_of_the_finding_is_the_certificates() -> None:
    finding = found(general(Seal()))
    assert finding.key is not None
    assert finding.key.to_multikey() == KEY.multikey
