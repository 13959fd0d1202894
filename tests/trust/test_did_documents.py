"""Keys that an issuer publishes: forms, uses, ends, and whose they are."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from tests.issuer.did_documents import base58_form, did_document, issuer_metadata, method
from tests.issuer.keys import IssuerKey, ed25519_key, p256_key, p384_key, rsa_key
from tests.issuer.open_badges_2 import pem
from wallet.errors import MalformedCredential, TooLarge
from wallet.proofs.keys import PublicKey
from wallet.trust import did, did_documents
from wallet.trust.anchors import TrustStore

AT = datetime(2025, 6, 1, tzinfo=UTC)
WEB = "did:web:uni.example.edu"
KEY = ed25519_key("published")
BITCOIN = IssuerKey(ec.derive_private_key(7, ec.SECP256K1()))
ISSUER = "https://uni.example.edu/wallets"


def store(document: object) -> TrustStore:
    data = document if isinstance(document, bytes) else json.dumps(document).encode()
    return TrustStore.empty().with_file(data, "did.json", AT)


def resolved(document: dict[str, Any], name: str = f"{WEB}#1") -> PublicKey | None:
    found = store(document).resolve(name)
    return None if found is None or found.did is None else found.key


def public(key: IssuerKey) -> PublicKey:
    return PublicKey.from_jwk(key.jwk)


# ---- forms --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "key"),
    [
        ({"type": "Multikey", "publicKeyMultibase": KEY.multikey}, KEY),
        ({"type": "Ed25519VerificationKey2020", "publicKeyMultibase": KEY.multikey}, KEY),
        ({"type": "JsonWebKey", "publicKeyJwk": p384_key("a").jwk}, p384_key("a")),
        ({"type": "JsonWebKey2020", "publicKeyJwk": rsa_key("b").jwk}, rsa_key("b")),
        (base58_form(KEY), KEY),
        (base58_form(KEY, "Ed25519VerificationKey2020"), KEY),
        ({"type": "RsaVerificationKey2018", "publicKeyPem": pem(rsa_key("b"))}, rsa_key("b")),
    ],
)
def test_a_key_may_be_written_in_many_forms(form: dict[str, Any], key: IssuerKey) -> None:
    document = did_document(WEB, KEY, verificationMethod=[method(WEB, form)])
    assert resolved(document) == public(key)


def test_a_bare_key_of_bitcoins_curve() -> None:
    form = base58_form(BITCOIN, "EcdsaSecp256k1VerificationKey2019")
    found = resolved(did_document(WEB, KEY, verificationMethod=[method(WEB, form)]))
    assert found is not None
    assert found.kind.value == "secp256k1"


@pytest.mark.parametrize(
    "form",
    [
        {"type": "Multikey", "publicKeyMultibase": "z6LS" + KEY.multikey[4:]},
        {"publicKeyJwk": {"kty": "OKP", "crv": "X25519", "x": KEY.jwk["x"]}},
        {**base58_form(KEY), "type": "X25519KeyAgreementKey2019"},
        {**base58_form(KEY), "type": None},
        {"type": "Ed25519VerificationKey2018", "publicKeyBase58": "0OIl"},
        {"type": "Ed25519VerificationKey2018", "publicKeyBase58": ""},
        {"type": "Ed25519VerificationKey2018", "publicKeyHex": "00" * 32},
        {"publicKeyPem": "no key"},
        {"type": "Multikey"},
    ],
)
def test_a_key_that_cannot_be_used_is_none(form: dict[str, Any]) -> None:
    with pytest.raises(MalformedCredential):
        store(did_document(WEB, KEY, verificationMethod=[method(WEB, form)]))
    second = {"id": f"{WEB}#2", "publicKeyMultibase": KEY.multikey}
    document = did_document(WEB, KEY, verificationMethod=[method(WEB, form), second])
    document["assertionMethod"] = ["#1", "#2"]
    assert resolved(document) is None
    assert resolved(document, f"{WEB}#2") == public(KEY)


def test_names_may_be_relative_and_services_are_no_keys() -> None:
    service = {"id": "#1", "type": "LinkedDomains", "serviceEndpoint": "https://a.example"}
    for name in ("#1", f"{WEB}#1"):
        assert resolved(did_document(WEB, KEY, name, service=[service])) == public(KEY)
    document = did_document(WEB, KEY, assertionMethod=["#2"])
    document["service"] = [{**service, "id": "#2", "publicKeyMultibase": KEY.multikey}]
    with pytest.raises(MalformedCredential):
        store(document)


# ---- whose, and what for ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {"controller": "did:web:other.example"},
        {"controller": [WEB, "did:web:other.example"]},
        {"controller": None},
        {"id": "did:web:other.example#1"},
        {"id": f"{WEB}.evil#1"},
    ],
)
def test_anothers_key_has_nothing_to_say(changes: dict[str, Any]) -> None:
    form = {"publicKeyMultibase": KEY.multikey}
    name = changes.get("id", "#1")
    document = did_document(
        WEB, KEY, verificationMethod=[{**method(WEB, form), **changes}], assertionMethod=[name]
    )
    with pytest.raises(MalformedCredential):
        store(document)


def test_a_key_counts_for_what_it_is_listed_for() -> None:
    shows = store(did_document(WEB, KEY, assertionMethod=[], authentication=["#1"]))
    assert shows.resolve(f"{WEB}#1") is None
    holder = shows.resolve_holder(f"{WEB}#1")
    assert holder is not None
    assert (holder.key, holder.did) == (public(KEY), WEB)
    says = store(did_document(WEB, KEY))
    assert says.resolve_holder(f"{WEB}#1") is None
    assert says.resolve(f"{WEB}#1") is not None
    for use in ("keyAgreement", "capabilityInvocation"):
        with pytest.raises(MalformedCredential):
            store({**did_document(WEB, KEY, assertionMethod=[]), use: ["#1"]})


def test_a_key_in_its_own_name_is_for_both() -> None:
    for resolve in (TrustStore.empty().resolve, TrustStore.empty().resolve_holder):
        assert resolve(KEY.did_key) is not None


# ---- ends ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "until"),
    [
        ({}, None),
        ({"expires": "2026-01-01T00:00:00Z"}, datetime(2026, 1, 1, tzinfo=UTC)),
        ({"revoked": "2026-01-01T00:00:00"}, datetime(2026, 1, 1, tzinfo=UTC)),
        (
            {"expires": "2027-01-01T00:00:00Z", "revoked": "2026-01-01T02:00:00+02:00"},
            datetime(2026, 1, 1, tzinfo=UTC),
        ),
    ],
)
def test_a_key_has_an_end(changes: dict[str, Any], until: datetime | None) -> None:
    form = {"publicKeyMultibase": KEY.multikey}
    document = did_document(WEB, KEY, verificationMethod=[method(WEB, form, **changes)])
    found = store(document).resolve(f"{WEB}#1")
    assert found is not None
    assert found.until == until


@pytest.mark.parametrize("stated", ["soon", 5, None, True, "2026-13-01T00:00:00Z"])
@pytest.mark.parametrize("end", ["expires", "revoked"])
def test_an_end_that_nobody_can_read_takes_the_key_out(end: str, stated: object) -> None:
    form = {"publicKeyMultibase": KEY.multikey}
    with pytest.raises(MalformedCredential):
        store(did_document(WEB, KEY, verificationMethod=[{**method(WEB, form), end: stated}]))


def test_an_identifier_that_was_given_up_has_no_keys() -> None:
    whole = did_document(WEB, KEY)
    answer = {"didDocument": whole, "didDocumentMetadata": {"deactivated": False}}
    assert resolved(answer) == public(KEY)
    for gone in (
        {**answer, "didDocumentMetadata": {"deactivated": True}},
        {**whole, "deactivated": True},
        {"id": WEB, "deactivated": True},
    ):
        found = store(gone)
        assert [one.did for one in found.did_documents] == [WEB]
        assert found.resolve(f"{WEB}#1") is None


# ---- methods ------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [KEY, p256_key("m"), p384_key("m"), rsa_key("m")])
def test_a_did_key_of_every_kind(key: IssuerKey) -> None:
    for name in (key.did_key, f"{key.did_key}#{key.multikey}"):
        found = did.resolve_did_key(name)
        assert found is not None
        assert (found.key, found.did) == (public(key), key.did_key)


def test_a_did_key_of_bitcoins_curve() -> None:
    """The example of the method's specification for this curve begins with zQ3s."""
    form = base58_form(BITCOIN, "EcdsaSecp256k1VerificationKey2019")
    document = did_document(WEB, KEY, verificationMethod=[method(WEB, form)])
    key = resolved(document)
    assert key is not None
    name = key.did_key()
    assert name.startswith("did:key:zQ3s")
    found = did.resolve_did_key(name)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize(
    "name",
    ["did:ebsi:zfEmvX5twhXjQJiCWsukvQA", "did:ion:EiA", "did:ethr:0xabc", "did:peer:0z6Mk#1"],
)
def test_other_methods_are_not_known(name: str) -> None:
    assert TrustStore.empty().resolve(name) is None


# ---- metadata of an issuer ----------------------------------------------------------------------


def test_metadata_are_keys_under_the_issuers_address() -> None:
    trust = store(issuer_metadata(ISSUER, KEY, p256_key("m")))
    found = trust.resolve(f"{ISSUER}#2")
    assert found is not None
    assert (found.key, found.did, found.source) == (public(p256_key("m")), ISSUER, "did document")
    assert trust.resolve("2") is None
    assert trust.keys == ()
    (nameless,) = store(
        issuer_metadata(ISSUER, jwks={"keys": [KEY.jwk, {"kty": "oct"}, 7]})
    ).did_documents
    assert list(nameless.methods) == [f"{ISSUER}#{public(KEY).thumbprint()}"]


@pytest.mark.parametrize(
    "changes",
    [
        {"issuer": 7},
        {"issuer": "http://uni.example.edu"},
        {"issuer": "did:web:uni.example.edu"},
        {"issuer": f"{ISSUER}?a=b"},
        {"jwks": None},
        {"jwks": []},
        {"jwks": {"keys": {}}},
        {"jwks": {"keys": []}},
        {"jwks": {"keys": [{"kty": "oct", "k": "AAAA"}]}},
    ],
)
def test_metadata_without_a_key_or_an_issuer_are_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(MalformedCredential):
        store({**json.loads(issuer_metadata(ISSUER, KEY)), **changes})


def test_the_number_of_keys_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(did_documents, "MAX_KEYS", 2)
    store(issuer_metadata(ISSUER, KEY, KEY))
    with pytest.raises(TooLarge):
        store(issuer_metadata(ISSUER, KEY, KEY, KEY))


@pytest.mark.parametrize(
    ("issuer", "expected"),
    [
        ("https://a.example", "https://a.example/.well-known/jwt-vc-issuer"),
        ("https://a.example/", "https://a.example/.well-known/jwt-vc-issuer"),
        ("https://a.example:8443/b/c", "https://a.example:8443/.well-known/jwt-vc-issuer/b/c"),
        ("http://a.example", None),
        ("https://", None),
        ("https://a.example/b?c", None),
        ("https://a.example/b#c", None),
        ("https://[a", None),
        ("did:web:a.example", None),
        ("https://" + "a" * did_documents.MAX_ADDRESS_CHARACTERS, None),
    ],
)
def test_where_metadata_lie(issuer: str, expected: str | None) -> None:
    assert did_documents.metadata_address(issuer) == expected


def test_keys_that_lie_elsewhere_are_put_in() -> None:
    linking = issuer_metadata(ISSUER, jwks=None, jwks_uri=f"{ISSUER}/keys")
    with pytest.raises(MalformedCredential):
        store(linking)
    assert did_documents.keys_address(linking) == f"{ISSUER}/keys"
    assert did_documents.keys_address(issuer_metadata(ISSUER, KEY)) is None
    whole = did_documents.with_keys(linking, json.dumps({"keys": [KEY.jwk]}).encode())
    assert len(store(whole).did_documents[0].methods) == 1
