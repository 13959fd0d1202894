"""Updating trust data: what belongs at an address is kept, anything else is refused and said."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.issuer import (
    BADGE_AWARD,
    GOOD_INDEX,
    NOW,
    Form,
    StatusEntry,
    badge_document,
    issuer_of,
    issuer_registry,
    list_address,
    open_badge,
    prove,
    status_list,
)
from tests.issuer.did_documents import issuer_metadata
from tests.issuer.keys import IssuerKey, ed25519_key, p256_key
from tests.issuer.sd_jwt import sd_jwt
from tests.trust import europe, serving
from tests.trust.serving import Server, ok, status
from wallet.actions import importing, unlocking, updating
from wallet.actions.updating import Source, SourceKind, Update, UpdateResult
from wallet.actions.wallet import Wallet, show
from wallet.errors import NotFound
from wallet.model.keeping import TrustItem
from wallet.model.verification import CheckName, Reason

ISSUER = issuer_of(Form.OPEN_BADGE)
LIST = list_address(ISSUER)
DID = "did:web:univ.example:issuers:1"
HOSTS = ("status.example.edu", "univ.example", "registry.example", "evil.example")


@pytest.fixture
def server(tmp_path: Path, own_machine: None) -> Iterator[Server]:
    with serving.serving(tmp_path, *HOSTS) as found:
        yield found


def _serve(server: Server, address: str, body: bytes) -> None:
    server.answers["/" + address.split("/", 3)[3]] = ok(body)


def _hold(wallet: Wallet, raw: bytes) -> str:
    (item,) = importing.import_bytes(wallet, "badge.json", raw)
    assert item.id is not None
    return item.id


def _with_status(address: str | None = None) -> bytes:
    entry = StatusEntry(address or LIST, GOOD_INDEX)
    return open_badge(ISSUER, replace(BADGE_AWARD, status=(entry,)))


def _stated(entry: dict[str, Any]) -> bytes:
    """A badge with a status entry of any kind, signed."""
    document = badge_document(ISSUER, BADGE_AWARD) | {"credentialStatus": entry}
    signed = prove(document, ISSUER.key, method=ISSUER.verification_method, created=NOW)
    return json.dumps(signed).encode()


def _one(wallet: Wallet, server: Server, name: str) -> tuple[Wallet, Update]:
    source = updating.chosen(wallet, name)
    wallet, (done,) = updating.update_all(wallet, server.network(), only=source)
    return wallet, done


def _why(wallet: Wallet, server: Server, name: str) -> str:
    """Update one source that fails, and see that nothing has changed."""
    before = wallet.vault.trust_items()
    _, done = _one(wallet, server, name)
    assert (done.result, done.item) == (UpdateResult.FAILED, None)
    assert wallet.vault.trust_items() == before
    assert done.error is not None
    return str(done.error.facts["why"])


def _key_file(key: IssuerKey) -> bytes:
    return json.dumps(key.jwk).encode()


def _did_document(did: str, key: IssuerKey) -> bytes:
    method = {"id": f"{did}#1", "type": "Multikey", "controller": did,
              "publicKeyMultibase": key.multikey}  # fmt: skip
    return json.dumps(
        {"id": did, "verificationMethod": [method], "assertionMethod": [f"{did}#1"]}
    ).encode()


def test_an_empty_wallet_needs_the_list_of_lists_alone(wallet: Wallet) -> None:
    assert updating.sources(wallet) == (
        Source(SourceKind.LIST_OF_LISTS, "lotl", updating.LIST_OF_LISTS),
    )
    with pytest.raises(NotFound):
        updating.chosen(wallet, "nothing")


def test_a_status_list_that_a_credential_names_is_kept_under_its_address(
    wallet: Wallet, server: Server
) -> None:
    entry = _hold(wallet, _with_status())
    assert [one.address for one in updating.sources(wallet)][1:] == [LIST]
    assert show(wallet, entry).report.check(CheckName.STATUS).reason is Reason.TRY_LATER
    _serve(server, LIST, status_list(ISSUER))
    wallet, done = _one(wallet, server, LIST)
    assert done.result is UpdateResult.NEW
    assert done.item is not None
    assert (done.item.source, done.item.kind, done.item.as_of) == (LIST, "status-list", NOW)
    check = show(wallet, entry).report.check(CheckName.STATUS)
    assert (check.reason, check.facts["source"]) == (None, LIST)
    wallet, again = _one(wallet, server, LIST)
    assert again.result is UpdateResult.UNCHANGED
    _serve(server, LIST, status_list(ISSUER, (GOOD_INDEX,)))
    wallet, later = _one(wallet, server, LIST)
    assert later.result is UpdateResult.NEW
    assert show(wallet, entry).report.check(CheckName.STATUS).reason is Reason.REVOKED
    assert len([item for item in wallet.vault.trust_items() if item.source == LIST]) == 1


def test_what_a_credential_points_at_brings_nothing_but_a_status_list(
    wallet: Wallet, server: Server
) -> None:
    """Whoever writes a credential names the address: it must not make anybody trusted."""
    address = "https://evil.example/list"
    _hold(wallet, _with_status(address))
    stranger = ed25519_key("a stranger")
    for body in (
        _key_file(stranger),
        _did_document(ISSUER.did, stranger),
        issuer_registry([replace(ISSUER, key=stranger)]),
        serving.root().encode("ascii"),
        b"<html></html>",
        b"",
    ):
        _serve(server, address, body)
        assert _why(wallet, server, address) == "not_expected"


def test_an_unsigned_list_of_revocations_has_to_come_from_its_issuer(
    wallet: Wallet, server: Server
) -> None:
    address = "https://evil.example/revoked"
    _hold(wallet, _stated({"id": address, "type": "1EdTechRevocationList"}))
    assert updating.sources(wallet)[1] == Source(SourceKind.STATUS_LIST, address, address)
    whole = {"id": address, "issuer": ISSUER.did, "revokedCredential": []}
    for change in ({"issuer": "https://univ.example"}, {"issuer": None}, {"id": LIST}):
        _serve(server, address, json.dumps(whole | change).encode())
        assert _why(wallet, server, address) == "not_expected"
    for change in (
        {},
        {"issuer": "https://evil.example/profile"},
        {"issuer": "did:web:evil.example"},
    ):
        _serve(server, address, json.dumps(whole | change).encode())
        assert _one(wallet, server, address)[1].result is UpdateResult.NEW


def _around(inner: bytes, place: str) -> bytes:
    """A credential with another inside, which alone names a list."""
    part = json.loads(inner)
    document = badge_document(ISSUER, BADGE_AWARD) | {"id": "urn:uuid:outer"}
    if place == "endorsement":
        document["endorsement"] = [part]
    else:
        document["@context"].append("https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json")
        document["type"] = ["VerifiableCredential", "ClrCredential"]
        document["credentialSubject"] = {"type": ["ClrSubject"], "verifiableCredential": [part]}
    return json.dumps(document).encode()


@pytest.mark.parametrize("place", ["endorsement", "record", "record in a record"])
def test_what_lies_inside_a_credential_names_lists_too(wallet: Wallet, place: str) -> None:
    inner = _with_status()
    if place == "record in a record":
        inner = _around(inner, "record")
    _hold(wallet, _around(inner, place))
    assert [one.address for one in updating.sources(wallet)][1:] == [LIST]


def test_a_part_that_is_its_issuers_lets_its_issuer_revoke(wallet: Wallet, server: Server) -> None:
    address = "https://evil.example/revoked"
    part = _stated({"id": address, "type": "1EdTechRevocationList"})
    entry = _hold(wallet, _around(part, "record"))
    _serve(server, address, json.dumps({"id": address, "issuer": ISSUER.did,
                                        "revokedCredential": []}).encode())  # fmt: skip
    assert _one(wallet, server, address)[1].result is UpdateResult.NEW
    wallet.vault.delete(entry, NOW)
    forged = _around(part.replace(b'"name"', b'"Name"', 1), "record")
    _hold(wallet, forged.replace(b"urn:uuid:outer", b"urn:uuid:forged"))
    assert _why(wallet, server, address) == "not_expected"


def test_a_document_speaks_for_its_own_identifier(wallet: Wallet, server: Server) -> None:
    key, place = ed25519_key("a university's new key"), "https://univ.example/issuers/1/did.json"
    document = badge_document(ISSUER, BADGE_AWARD)
    document["issuer"] = {**document["issuer"], "id": DID}
    signed = prove(document, key, method=f"{DID}#1", created=NOW)
    entry = _hold(wallet, json.dumps(signed).encode())
    assert show(wallet, entry).report.check(CheckName.PROOF).reason is Reason.NO_SIGNING_KEY_FOUND
    assert updating.sources(wallet)[1] == Source(SourceKind.DID_DOCUMENT, DID, place)
    _serve(server, place, _did_document("did:web:another.example", key))
    assert _why(wallet, server, DID) == "not_expected"
    _serve(server, place, _key_file(key))
    assert _why(wallet, server, DID) == "not_expected"
    _serve(server, place, _did_document(DID, key))
    wallet, done = _one(wallet, server, DID)
    assert done.result is UpdateResult.NEW
    assert show(wallet, entry).report.check(CheckName.PROOF).reason is None


def test_an_sd_jwts_issuer_publishes_its_keys_at_a_well_known_place(
    wallet: Wallet, server: Server
) -> None:
    issuer, key = "https://univ.example/wallets", p256_key("a university's tokens")
    place = "https://univ.example/.well-known/jwt-vc-issuer/wallets"
    claims = {"vct": "urn:eudi:micro_credential:1", "iss": issuer}
    header = {"typ": "dc+sd-jwt", "kid": "1"}
    entry = _hold(wallet, sd_jwt(claims, key, header=header).data)
    assert show(wallet, entry).report.check(CheckName.PROOF).reason is Reason.NO_SIGNING_KEY_FOUND
    assert updating.sources(wallet)[1] == Source(SourceKind.DID_DOCUMENT, issuer, place)
    for body in (issuer_metadata("https://evil.example", key), _key_file(key), b"{}"):
        _serve(server, place, body)
        assert _why(wallet, server, issuer) == "not_expected"
    for elsewhere in ("https://evil.example/keys", "http://univ.example/keys", "keys"):
        _serve(server, place, issuer_metadata(issuer, jwks=None, jwks_uri=elsewhere))
        _serve(server, "https://evil.example/keys", json.dumps({"keys": [key.jwk]}).encode())
        assert _why(wallet, server, issuer) == "not_expected"
    linked = "https://univ.example/our-keys"
    _serve(server, place, issuer_metadata(issuer, jwks=None, jwks_uri=linked))
    _serve(server, linked, b"no keys")
    assert _why(wallet, server, issuer) == "not_expected"
    _serve(server, linked, json.dumps({"keys": [{**key.jwk, "kid": "1"}]}).encode())
    wallet, done = _one(wallet, server, issuer)
    assert done.result is UpdateResult.NEW
    report = show(wallet, entry).report
    assert report.check(CheckName.PROOF).reason is None
    assert report.check(CheckName.ISSUER).reason is Reason.KEY_SUPPLIED
    assert report.check(CheckName.ISSUER).facts["source"] == place


def test_a_registry_is_fetched_by_its_address_and_from_then_on(
    wallet: Wallet, server: Server
) -> None:
    address = "https://registry.example/registry.json"
    _serve(server, address, issuer_registry([ISSUER]))
    wallet, done = _one(wallet, server, address)
    assert done.result is UpdateResult.NEW
    assert updating.sources(wallet)[-1] == Source(SourceKind.REGISTRY, address, address)
    _serve(server, address, _key_file(ed25519_key("a stranger")))
    assert _why(wallet, server, address) == "not_expected"


def test_each_fails_alone_and_is_announced_before(wallet: Wallet, server: Server) -> None:
    _hold(wallet, _with_status())
    _serve(server, LIST, status_list(ISSUER))
    told: list[str] = []
    wallet, done = updating.update_all(
        wallet,
        server.network(),
        before=lambda source: told.append(f"{source.host} {len(server.asked)}"),
        after=lambda one: told.append(one.result.value),
    )
    # Nothing serves the list of lists; the other is fetched all the same.
    assert told == ["ec.europa.eu 0", "failed", "status.example.edu 0", "new"]
    assert [one.error.facts["why"] for one in done if one.error] == ["certificate"]


def test_what_is_gone_leaves_what_was_known(wallet: Wallet, server: Server) -> None:
    _hold(wallet, _with_status())
    _serve(server, LIST, status_list(ISSUER))
    wallet, _ = _one(wallet, server, LIST)
    server.answers["/" + LIST.split("/", 3)[3]] = status("404 Not Found")
    assert _why(wallet, server, LIST) == "refused"


def test_a_national_list_is_the_countrys_own_signed_and_no_older(
    wallet: Wallet, server: Server
) -> None:
    poland = Source(SourceKind.NATIONAL_LIST, "PL", "https://univ.example/PL.xml")
    operator = europe.authority(europe.OPERATOR)
    network, month = server.network(), timedelta(days=30)

    def gives(known: Wallet, body: bytes) -> tuple[Wallet, str]:
        _serve(server, poland.address, body)
        later = known.clock() + timedelta(seconds=1)
        known = replace(known, clock=lambda: later)
        known, done = updating.update(known, poland, network)
        return known, str(done.error.facts["why"]) if done.error else done.result.value

    wallet, unknown = gives(wallet, europe.national())
    assert (unknown, wallet.trust.lists.waiting) == ("signature", ())
    wallet.vault.put_trust_item(TrustItem("op", "certificate", "op", "op", NOW, operator))
    wallet = unlocking.with_trust(wallet)
    wallet, first = gives(wallet, europe.national())
    wallet, same = gives(wallet, europe.national())
    wallet, older = gives(wallet, europe.national(issued=europe.ISSUED - month, sequence=6))
    wallet, foreign = gives(wallet, europe.national(territory="DE"))
    wallet, broken = gives(wallet, europe.national()[:-100])
    wallet, later = gives(wallet, europe.national(issued=europe.ISSUED + month, sequence=8))
    assert (first, same, older) == ("new", "unchanged", "older")
    assert (foreign, broken, later) == ("not_expected", "not_expected", "new")
    assert [one.sequence for one in wallet.trust.lists.national] == [8]
    assert [i.id for i in wallet.vault.trust_items() if i.kind == "trusted-list"] == ["list-PL"]
