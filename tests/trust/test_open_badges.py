"""Documents of Open Badges as trust data: recognised by content, each with source and date."""

import json
from datetime import timedelta
from typing import Any

import pytest

from tests.issuer.open_badges_2 import (
    badge_class,
    badger,
    issuer_profile,
    key_document,
    older_list,
    one_edtech_list,
    pem,
    revocation_list,
    supplied,
)
from tests.issuer.specimens import BADGE_AWARD
from tests.issuer.subjects import NOW
from tests.needs import shared
from wallet.errors import MalformedCredential, TooLarge
from wallet.trust import open_badges
from wallet.trust.anchors import TrustStore
from wallet.trust.open_badges import ListKind

WHO = badger()
COURSE = BADGE_AWARD.course


def added(data: bytes) -> TrustStore:
    return TrustStore.empty().with_file(data, "a file", NOW)


def test_a_key_has_an_owner() -> None:
    (entry,) = added(supplied(key_document(WHO))).keys
    assert (entry.names, entry.owner) == ((WHO.at("key"),), WHO.at("issuer"))
    assert (entry.source, entry.as_of) == ("a file", NOW)


def test_badge_class_and_issuer_are_told_apart() -> None:
    (badge,) = added(supplied(badge_class(WHO, COURSE))).badge_documents
    assert (badge.id, badge.is_issuer) == (WHO.at("badge"), False)
    for kind in ("Issuer", "Profile", ["Profile", "extensions:X"]):
        store = added(supplied(issuer_profile(WHO) | {"type": kind}))
        (issuer,) = store.badge_documents
        assert (issuer.id, issuer.is_issuer, store.keys) == (WHO.at("issuer"), True, ())
        assert (issuer.source, issuer.as_of) == ("a file", NOW)


def test_the_keys_inside_an_issuer_are_its_own_and_no_others() -> None:
    own = {"id": WHO.at("key"), "publicKeyPem": pem(WHO.key)}
    foreign = {**own, "owner": "https://a.example"}
    store = added(supplied(issuer_profile(WHO) | {"publicKey": [own, foreign, WHO.at("key"), 7]}))
    assert [(entry.names, entry.owner) for entry in store.keys] == [
        ((WHO.at("key"),), WHO.at("issuer"))
    ]
    with pytest.raises(MalformedCredential):
        added(supplied(issuer_profile(WHO) | {"publicKey": {**own, "publicKeyPem": "x"}}))
    badge = badge_class(WHO, COURSE) | {"publicKey": own}
    assert added(supplied(badge)).keys == ()


def test_of_several_documents_under_one_address_the_last_counts() -> None:
    store = added(supplied(badge_class(WHO, COURSE)))
    store = store.with_file(supplied(badge_class(WHO, COURSE) | {"name": "New"}), "b", NOW)
    found = open_badges.linked(store.badge_documents, WHO.at("badge"), is_issuer=False)
    assert found is not None
    assert found["name"] == "New"
    assert open_badges.linked(store.badge_documents, WHO.at("badge"), is_issuer=True) is None
    assert open_badges.linked(store.badge_documents, None, is_issuer=False) is None


def test_lists_are_recognised_by_what_they_hold() -> None:
    (ours,) = added(revocation_list(WHO, ["urn:a:1"])).revocation_lists
    assert (ours.kind, ours.id) == (ListKind.OPEN_BADGES_2, WHO.at("revocations"))
    assert ours.issuer == WHO.at("issuer")
    assert dict(ours.revoked) == {"urn:a:1": ""}
    entries = [{"id": "urn:a:1", "revocationReason": "x"}]
    (theirs,) = added(one_edtech_list("urn:l:1", "urn:i:1", entries)).revocation_lists
    assert (theirs.kind, theirs.id, theirs.issuer) == (ListKind.ONE_EDTECH, "urn:l:1", "urn:i:1")
    assert dict(theirs.revoked) == {"urn:a:1": "x"}


def test_a_reason_is_cut_where_nobody_would_read_on() -> None:
    limit = open_badges.MAX_REASON_CHARACTERS
    for length in (limit, limit + 1):
        entry = {"id": "urn:a:1", "revocationReason": "x" * length}
        (found,) = added(revocation_list(WHO, [entry])).revocation_lists
        assert found.revoked["urn:a:1"] == "x" * limit


def test_the_number_of_entries_is_limited() -> None:
    names = [f"urn:a:{number}" for number in range(open_badges.MAX_REVOKED + 1)]
    (found,) = added(revocation_list(WHO, names[:-1])).revocation_lists
    assert len(found.revoked) == open_badges.MAX_REVOKED
    with pytest.raises(TooLarge):
        added(revocation_list(WHO, names))


@pytest.mark.parametrize(
    "document",
    [
        {"type": "BadgeClass", "name": "x"},
        {"type": "Issuer", "id": "a"},
        {"type": "Issuer", "id": "_:b0"},
        {"type": 7, "id": "https://a.example"},
        {"type": "Assertion", "id": "https://a.example"},
        {"narrative": "Do the important things."},
        {"error": "not found"},
        {"@context": "https://w3id.org/openbadges/v1"},
        {"f2c20": 7},
        {},
    ],
)
def test_other_documents_are_no_trust_data(document: dict[str, Any]) -> None:
    with pytest.raises(MalformedCredential):
        added(json.dumps(document).encode())


def test_a_list_of_version_1_is_an_object_of_reasons() -> None:
    (found,) = added(older_list({"f2c20": "Issued in error", " f2c21 ": ""})).revocation_lists
    assert found.revoked == {"f2c20": "Issued in error", "f2c21": ""}
    assert (found.id, found.issuer) == (None, None)


def test_their_age_is_part_of_the_stores() -> None:
    old = NOW - timedelta(days=3)
    for data in (revocation_list(WHO, []), supplied(issuer_profile(WHO))):
        assert added(supplied(key_document(WHO))).with_file(data, "b", old).as_of == old


def test_real_documents_are_recognised() -> None:
    folder = shared("samples", "open-badges-2", "assets")
    kinds = {"badge": 0, "issuer": 0, "list": 0, "key": 0}
    for path in sorted(folder.glob("*.json")):
        if path.stem == "openbadges_context":
            continue
        try:
            store = added(path.read_bytes())
        except MalformedCredential:
            kind = json.loads(path.read_bytes()).get("type")
            assert kind in {None, "Endorsement"} or path.stem == "issuer-invalid-type"
            continue
        kinds["key"] += len(store.keys)
        kinds["list"] += len(store.revocation_lists)
        for document in store.badge_documents:
            kinds["issuer" if document.is_issuer else "badge"] += 1
    assert (kinds["key"], kinds["list"]) == (3, 2)
    assert kinds["badge"] > 5
    assert kinds["issuer"] > 5
