"""Canonical N-Quads in safe mode: what is refused, what is not, and what comes out."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import needs
from tests.issuer.data_integrity import quads as quads_by_pyld
from tests.proofs.documents import BADGES, CONTEXTS, CREDENTIALS, Change, badge, put, rename
from wallet.errors import WalletError
from wallet.proofs import canonical, safe_mode
from wallet.proofs.budget import PoisonGraph
from wallet.proofs.canonical import UnsignedTerm, canonicalise
from wallet.proofs.contexts import NotJsonLd, UnknownContext

ACHIEVEMENT = ("credentialSubject", "achievement")
ODRL = "https://www.w3.org/ns/odrl.jsonld"


def test_a_badge_canonicalises_as_pyld_alone_does() -> None:
    assert canonicalise(badge(), CONTEXTS) == quads_by_pyld(badge())


@pytest.mark.parametrize(
    ("folder", "file", "expected"),
    [
        ("eddsa-rdfc-2022", "signedDataInt.json", "canonDocDataInt.txt"),
        ("eddsa-rdfc-2022/employ", "signedDataInt.json", "canonDocDataInt.txt"),
        ("Ed25519Signature2020", "signedEdSig.json", "canonDocEdSig.txt"),
        ("ecdsa-rdfc-2019-p256", "signedECDSAP256.json", "canonDocECDSAP256.txt"),
        ("ecdsa-rdfc-2019-p256/employ", "signedECDSAP256.json", "canonDocECDSAP256.txt"),
    ],
)
def test_the_published_canonical_documents(folder: str, file: str, expected: str) -> None:
    place = needs.shared("samples", "data-integrity", *folder.split("/"))
    contexts = CONTEXTS.with_folder(needs.shared("contexts"))
    document = json.loads((place / file).read_text("utf-8"))
    del document["proof"]
    assert canonicalise(document, contexts) == (place / expected).read_bytes()


def test_the_order_of_members_does_not_matter() -> None:
    turned = dict(reversed(badge().items()))
    assert canonicalise(turned, CONTEXTS) == canonicalise(badge(), CONTEXTS)


def test_the_document_is_not_changed() -> None:
    document = badge()
    canonicalise(document, CONTEXTS)
    assert document == badge()


# ---- what nothing signs -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "term", "where"),
    [
        (put("honours", value="magna"), "honours", "/honours"),
        (
            put(*ACHIEVEMENT, "honours", value=1),
            "honours",
            "/credentialSubject/achievement/honours",
        ),
        (put("id", value="credential-1"), "credential-1", "/id"),
        (put("id", value=""), "", "/id"),
        (
            put("id", value="https://example.edu/with space"),
            "https://example.edu/with space",
            "/id",
        ),
        (put("id", value='https://example.edu/"<>'), 'https://example.edu/"<>', "/id"),
        (put("id", value="../relative"), "../relative", "/id"),
        (put("type", value=["VerifiableCredential", "Diploma"]), "Diploma", "/type/1"),
        (put("type", value=["VerifiableCredential", "_:x"]), "_:x", "/type/1"),
        (
            put(*ACHIEVEMENT, "image", value="logo.png"),
            "logo.png",
            "/credentialSubject/achievement/image",
        ),
        (put("name", value={"@value": "x", "@language": "no_good"}), "no_good", "/name/@language"),
        # respelled members: the signature would hold, and a reader would miss them
        (
            rename("validUntil", name="https://www.w3.org/2018/credentials#validUntil"),
            "https://www.w3.org/2018/credentials#validUntil",
            "/https:~1~1www.w3.org~12018~1credentials#validUntil",
        ),
        (rename("id", name="@id"), "@id", "/@id"),
        (rename("type", name="@type"), "@type", "/@type"),
        (put("@graph", value=[]), "@graph", "/@graph"),
        (put("@included", value=[{"id": "urn:x", "name": "y"}]), "@included", "/@included"),
        (put("@reverse", value={}), "@reverse", "/@reverse"),
        (put("@nest", value={"name": "x"}), "@nest", "/@nest"),
        (put("name", value={"@set": ["x"]}), "@set", "/name/@set"),
        (put("name", value={"@list": ["x"]}), "@list", "/name/@list"),
        (put("name", value={"@value": "x", "@index": "y"}), "@index", "/name/@index"),
        (put("name", value={"@language": "pl"}), "@language", "/name/@language"),
        (put("name", value={"@value": None}), "@value", "/name/@value"),
        (
            put(*ACHIEVEMENT, "tag", value=[["a"], "b"]),
            "array in array",
            "/credentialSubject/achievement/tag/0",
        ),
    ],
)
def test_what_the_signature_does_not_cover_is_refused(
    change: Change, term: str, where: str
) -> None:
    with pytest.raises(UnsignedTerm) as caught:
        canonicalise(badge(change), CONTEXTS)
    assert (caught.value.term, caught.value.where) == (term, where)


@pytest.mark.parametrize(
    "change",
    [
        put("name", value={"@value": "Dane klimatyczne", "@language": "pl"}),
        put("name", value={"@value": "x", "@language": "ar", "@direction": "rtl"}),
        put("name", value=None),
        put("evidence", value=[]),
        put("credentialSubject", "id", value="_:learner"),
        put(*ACHIEVEMENT, "creditsAvailable", value=3),
        put(*ACHIEVEMENT, "tag", value=[]),
    ],
)
def test_what_is_signed_or_states_nothing_is_accepted(change: Change) -> None:
    document = badge(change)
    assert canonicalise(document, CONTEXTS) == quads_by_pyld(document)


def test_a_member_moved_to_another_object_of_the_same_id_is_refused() -> None:
    def cite(document: dict[str, Any]) -> None:
        document["evidence"] = [{"id": document["id"], "type": document["type"]}]

    def move(document: dict[str, Any]) -> None:
        cite(document)
        document["evidence"][0]["validUntil"] = document.pop("validUntil")

    honest = canonicalise(badge(cite), CONTEXTS)
    # The very same quads, from a document that shows no expiry.
    assert canonical.examine(badge(move), CONTEXTS).nquads == honest
    with pytest.raises(UnsignedTerm) as caught:
        canonicalise(badge(move), CONTEXTS)
    assert caught.value.term == "validUntil"


def test_a_subject_shown_twice_is_refused() -> None:
    named = put(*ACHIEVEMENT, "criteria", "id", value="urn:uuid:2")

    def repeat(document: dict[str, Any]) -> None:
        named(document)
        document["credentialSubject"] = [document["credentialSubject"]] * 2

    assert canonical.examine(badge(repeat), CONTEXTS).nquads == canonicalise(badge(named), CONTEXTS)
    with pytest.raises(UnsignedTerm) as caught:
        canonicalise(badge(repeat), CONTEXTS)
    assert caught.value.term == "credentialSubject"


def test_an_alias_from_a_context_that_was_slipped_in_is_refused() -> None:
    def slip(document: dict[str, Any]) -> None:
        document["@context"] = [ODRL, CREDENTIALS, BADGES]
        document["credentialSubject"]["uid"] = document["credentialSubject"].pop("id")

    with pytest.raises(UnsignedTerm) as caught:
        canonicalise(badge(slip), CONTEXTS)
    assert caught.value.term == "uid"


def test_a_type_spelled_as_an_address_is_refused() -> None:
    address = "https://www.w3.org/2018/credentials#VerifiableCredential"
    document = badge(put("type", value=[address, "OpenBadgeCredential"]))
    with pytest.raises(UnsignedTerm):
        canonicalise(document, CONTEXTS)


def test_a_credential_named_by_a_text_alone_is_refused() -> None:
    document = {
        "@context": CREDENTIALS,
        "type": "VerifiablePresentation",
        "verifiableCredential": ["urn:uuid:1"],
    }
    with pytest.raises(UnsignedTerm) as caught:
        canonicalise(document, CONTEXTS)
    assert caught.value.term == "urn:uuid:1"


# ---- contexts -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ([CREDENTIALS, "https://example.edu/v1"], "https://example.edu/v1"),
        ([CREDENTIALS, "relative"], "relative"),
        ([CREDENTIALS, {"validUntil": None}], "inline @context"),
        ([CREDENTIALS, {"@vocab": "urn:v#", "@base": "urn:b"}], "inline @context"),
        ([CREDENTIALS, {"@vocab": ""}], "inline @context"),
        ([CREDENTIALS, {"@vocab": "relative"}], "inline @context"),
        ([CREDENTIALS, {"@import": CREDENTIALS}], "inline @context"),
        ([CREDENTIALS, None], "inline @context"),
        ({}, "inline @context"),
        (None, "inline @context"),
        ([[CREDENTIALS]], "inline @context"),
    ],
)
def test_contexts_that_no_file_stands_for(value: object, address: str) -> None:
    with pytest.raises(UnknownContext) as caught:
        canonicalise(badge(put("@context", value=value)), CONTEXTS)
    assert caught.value.address == address


def test_a_default_vocabulary_alone_is_accepted() -> None:
    def change(document: dict[str, Any]) -> None:
        document["@context"].append({"@vocab": "https://example.edu/vocab#"})
        document["honours"] = "magna"

    assert b'<https://example.edu/vocab#honours> "magna"' in canonicalise(badge(change), CONTEXTS)
    spaced = badge(change) | {"with space": 1}
    with pytest.raises(UnsignedTerm):
        canonicalise(spaced, CONTEXTS)


@pytest.mark.parametrize("place", [("issuer",), ("credentialSubject",), ACHIEVEMENT])
def test_a_context_in_a_subtree_is_refused(place: tuple[str, ...]) -> None:
    with pytest.raises(UnknownContext) as caught:
        canonicalise(badge(put(*place, "@context", value=CREDENTIALS)), CONTEXTS)
    assert caught.value.where == "".join(f"/{step}" for step in place)


def test_an_embedded_credential_keeps_its_context_and_safe_mode_looks_inside() -> None:
    def embed(inner: dict[str, Any]) -> dict[str, Any]:
        return {
            "@context": [CREDENTIALS],
            "type": ["VerifiablePresentation"],
            "verifiableCredential": [inner],
        }

    assert canonicalise(embed(badge()), CONTEXTS) == quads_by_pyld(embed(badge()))
    with pytest.raises(UnsignedTerm) as unsigned:
        canonicalise(embed(badge(put("honours", value="magna"))), CONTEXTS)
    assert unsigned.value.where == "/verifiableCredential/0/honours"
    with pytest.raises(UnknownContext):
        canonicalise(embed(badge(put("@context", value=["https://example.edu/v1"]))), CONTEXTS)
    with pytest.raises(UnknownContext):
        canonicalise(embed(badge(put("@context", value=[{"@vocab": "urn:v#"}]))), CONTEXTS)


def test_a_context_that_redefines_protected_terms_is_refused(tmp_path: Path) -> None:
    (tmp_path / "index.json").write_text('{"https://example.edu/v1": {"file": "own.json"}}')
    (tmp_path / "own.json").write_text('{"@context": {"VerifiableCredential": "urn:other"}}')
    document = badge(put("@context", value=[CREDENTIALS, "https://example.edu/v1"]))
    with pytest.raises(NotJsonLd) as caught:
        canonicalise(document, CONTEXTS.with_folder(tmp_path))
    assert caught.value.facts["detail"] == "protected term redefinition"


def test_a_context_that_leads_to_another_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "index.json").write_text('{"https://example.edu/v1": {"file": "own.json"}}')
    scoped = {"term": {"@id": "urn:term", "@context": "https://example.edu/elsewhere"}}
    (tmp_path / "own.json").write_text(json.dumps({"@context": scoped}))
    document = {"@context": "https://example.edu/v1", "term": {"id": "urn:x"}}
    with pytest.raises(NotJsonLd):
        canonicalise(document, CONTEXTS.with_folder(tmp_path))


@pytest.mark.parametrize(
    "change",
    [
        put("id", value=5),
        put("id", value=["urn:a", "urn:b"]),
        put("type", value=5),
        put("name", value={"@value": 5, "@language": "en"}),
        put("name", value={"@value": "x", "@type": "not absolute"}),
        put("name", value={"@value": "x", "@direction": "up"}),
        put("name", value={"@value": ["x"]}),
        put("name", value=10**400),
    ],
)
def test_what_is_no_json_ld_is_refused(change: Change) -> None:
    with pytest.raises(NotJsonLd):
        canonicalise(badge(change), CONTEXTS)


# ---- limits -------------------------------------------------------------------------------------


def test_values_just_under_and_just_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safe_mode, "MAX_VALUES", 100)
    many = badge(put(*ACHIEVEMENT, "tag", value=["t"] * 60))
    canonicalise(many, CONTEXTS)
    with pytest.raises(PoisonGraph) as caught:
        canonicalise(badge(put(*ACHIEVEMENT, "tag", value=["t"] * 100)), CONTEXTS)
    assert caught.value.facts["limit"] == "values"


def test_contexts_just_under_and_just_over() -> None:
    most = [CREDENTIALS] * safe_mode.MAX_CONTEXT_ENTRIES
    bare = {"type": "VerifiableCredential", "issuer": "urn:x"}
    canonicalise({"@context": most, **bare}, CONTEXTS)
    with pytest.raises(PoisonGraph):
        canonicalise({"@context": [*most, CREDENTIALS], **bare}, CONTEXTS)


def test_different_contexts_just_under_and_just_over() -> None:
    def presentation(count: int) -> dict[str, Any]:
        inner = [
            {"@context": [CREDENTIALS] * (n + 2), "type": "VerifiableCredential", "issuer": "urn:x"}
            for n in range(count)
        ]
        return {
            "@context": CREDENTIALS,
            "type": "VerifiablePresentation",
            "verifiableCredential": inner,
        }

    canonicalise(presentation(safe_mode.MAX_CONTEXT_LISTS - 1), CONTEXTS)
    with pytest.raises(PoisonGraph):
        canonicalise(presentation(safe_mode.MAX_CONTEXT_LISTS), CONTEXTS)


def test_quads_are_counted_while_they_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wallet.proofs.rdf.MAX_QUADS", 40)
    canonicalise(badge(), CONTEXTS)
    with pytest.raises(PoisonGraph):
        canonicalise(badge(put(*ACHIEVEMENT, "tag", value=[str(n) for n in range(40)])), CONTEXTS)


def test_a_poison_graph_inside_a_credential_is_given_up() -> None:
    names = [f"_:x{n}" for n in range(9)]
    nodes = [
        {
            "id": a,
            "type": ["Profile"],
            "endorsement": None,
            "parentOrg": [{"id": b} for b in names if b != a],
        }
        for a in names
    ]
    with pytest.raises(PoisonGraph):
        canonicalise(badge(put("issuer", value=nodes)), CONTEXTS)


# ---- anything at all ----------------------------------------------------------------------------

_NAMES = st.sampled_from(
    ["id", "type", "name", "issuer", "image", "@value", "@type", "proof", "tag", "criteria", "x"]
)
_ANY = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["", "urn:a", "_:b", "Achievement", "Profile", "text", "\u0000"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=4),
    max_leaves=15,
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(_NAMES, _ANY, max_size=5))
def test_any_document_is_canonicalised_or_refused(members: dict[str, Any]) -> None:
    try:
        nquads = canonicalise({"@context": [CREDENTIALS, BADGES], **members}, CONTEXTS)
    except WalletError:
        return
    assert nquads == b"".join(sorted(nquads.splitlines(keepends=True)))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(_NAMES, _ANY, max_size=5))
def test_whatever_safe_mode_accepts_pyld_writes_alike(members: dict[str, Any]) -> None:
    document = {"@context": [CREDENTIALS, BADGES], **members}
    try:
        nquads = canonicalise(document, CONTEXTS)
    except WalletError:
        return
    if b"\\u00" not in nquads:
        assert nquads == quads_by_pyld(document)


def test_numbers_are_written_as_json_ld_says() -> None:
    def written(number: float) -> bytes:
        document = {"@context": {"@vocab": "urn:v#"}, "n": number}
        return canonicalise(document, CONTEXTS).split(b" ", 2)[2]

    integer, double = (
        b"^^<http://www.w3.org/2001/XMLSchema#%s> .\n" % name for name in (b"integer", b"double")
    )
    assert written(5) == b'"5"' + integer
    assert written(5.0) == b'"5"' + integer
    assert written(2.5) == b'"2.5E0"' + double
    assert written(-1e-7) == b'"-1.0E-7"' + double
    assert written(1e21) == b'"1.0E21"' + double
    assert written(10**20) == b'"100000000000000000000"' + integer


def test_a_direction_is_signed_with_its_language() -> None:
    def title(**members: str) -> bytes:
        return canonicalise(badge(put("name", value={"@value": "x", **members})), CONTEXTS)

    assert b'"x"^^<https://www.w3.org/ns/i18n#ar-eg_rtl>' in title(
        **{"@language": "ar-EG", "@direction": "rtl"}
    )
    assert b'"x"^^<https://www.w3.org/ns/i18n#_ltr>' in title(**{"@direction": "ltr"})
    assert b'"x"@ar .' in title(**{"@language": "ar"})


def test_json_literals_are_signed_as_canonical_json() -> None:
    def key(number: int) -> dict[str, Any]:
        context = "https://w3id.org/security/suites/jws-2020/v1"
        return {"@context": context, "privateKeyJwk": {"n": number, "a": ["\t"]}}

    nquads = canonicalise(key(5), CONTEXTS)
    assert rb'"{\"a\":[\"\\t\"],\"n\":5}"^^<' in nquads
    with pytest.raises(UnsignedTerm):
        canonicalise(key(2**60), CONTEXTS)
