"""Own programme files: kept as bytes, versions side by side, and who signed them."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.issuer.keys import base64url
from tests.issuer.subjects import Issuer
from tests.issuer.tokens import compact
from tests.issuer.universities import aachen_tokens, chalmers
from tests.stacking.small import item, leaf, programme_json
from wallet.actions import programmes
from wallet.actions.wallet import Wallet
from wallet.errors import NotFound, ProgrammeInvalid
from wallet.model.verification import CheckName, Outcome, Reason

SMALL = "urn:mc-programme:test:small"


def written(version: str = "1", **more: Any) -> bytes:
    """A programme file, with its own white space."""
    document = programme_json([item("a")], [leaf(count={"min": 1})], version=version, **more)
    return json.dumps(document, indent=3, ensure_ascii=False).encode()


def used(wallet: Wallet) -> str:
    """The version of the small programme that is evaluated."""
    return next(p.version for p in programmes.in_use(wallet) if p.id == SMALL)


def test_a_file_is_kept_as_its_bytes_and_removed(wallet: Wallet, tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    file.write_bytes(written())
    added = programmes.add_file(wallet, file)
    assert added.own is not None
    assert (added.own.source, added.own.raw) == ("mine.json", file.read_bytes())
    assert programmes.vouched(wallet, added.own) is None
    (kept,) = [one for one in programmes.versions(wallet) if one.own is not None]
    assert programmes.file_of(kept) == file.read_bytes()
    programmes.remove(wallet, "small")
    assert used_none(wallet)
    with pytest.raises(NotFound):
        programmes.remove(wallet, SMALL)


def used_none(wallet: Wallet) -> bool:
    return all(one.id != SMALL for one in programmes.in_use(wallet))


def test_shipped_programmes_are_shared_as_they_are_and_not_removed(wallet: Wallet) -> None:
    first = programmes.versions(wallet)[0]
    assert json.loads(programmes.file_of(first))["id"] == first.programme.id
    with pytest.raises(NotFound):
        programmes.remove(wallet, first.programme.id)


def test_what_is_wrong_is_named_with_its_place(wallet: Wallet) -> None:
    broken = json.loads(written())
    broken["awards"][0]["requirements"][0]["from"]["group"] = ["nothing"]
    with pytest.raises(ProgrammeInvalid) as caught:
        programmes.add(wallet, "x.json", json.dumps(broken).encode())
    assert caught.value.places[0][0] == "/awards/0/requirements/0/from/group/0"
    assert wallet.vault.programmes() == ()


def test_the_version_in_force_is_used_unless_another_is_picked(wallet: Wallet) -> None:
    today = wallet.clock().date()
    before, after = today - timedelta(days=90), today + timedelta(days=1)
    programmes.add(wallet, "new", written("2", valid={"from": str(after)}))
    programmes.add(wallet, "old", written("1", valid={"from": str(before)}))
    assert used(wallet) == "1"
    programmes.pick(wallet, SMALL, "2")
    assert used(wallet) == "2"
    (picked,) = [one for one in programmes.versions(wallet) if one.picked]
    assert not picked.in_force
    with pytest.raises(NotFound):
        programmes.pick(wallet, SMALL, "3")
    programmes.remove(wallet, SMALL, "2")
    assert used(wallet) == "1"
    programmes.pick(wallet, SMALL, None)
    assert used(wallet) == "1"


def test_an_own_version_can_stand_beside_a_shipped_one(wallet: Wallet) -> None:
    shipped = programmes.shipped()[0]
    document = json.loads(programmes.file_of(programmes.Version(shipped)))
    document["version"] = "my own reading"
    programmes.add(wallet, "mine", json.dumps(document).encode())
    names = {v.programme.version for v in programmes.versions(wallet)
             if v.programme.id == shipped.id}  # fmt: skip
    assert names == {shipped.version, "my own reading"}


# ---- who vouches --------------------------------------------------------------------------------


def token(payload: bytes, issuer: Issuer | None = None, kind: str = "JWT") -> str:
    """A JWS around these bytes; of Aachen's key, unless somebody else is named."""
    signer = issuer or aachen_tokens()
    key = signer.key
    header = {"alg": key.algorithm, "kid": signer.verification_method, "typ": kind}
    return compact(header, payload.decode(), key).decode()


def test_a_detached_signature_tells_who_vouches(wallet: Wallet) -> None:
    payload = written()
    header, _, signature = token(payload).split(".")
    detached = f"{header}..{signature}\n".encode()
    added = programmes.add(wallet, "mine.json", payload, detached)
    assert added.own is not None
    vouched = programmes.vouched(wallet, added.own)
    assert vouched is not None
    assert vouched.report.check(CheckName.PROOF).outcome is Outcome.PASSED
    with pytest.raises(ProgrammeInvalid) as caught:
        programmes.add(wallet, "mine.json", payload + b" ", detached)
    assert "does not match" in caught.value.places[0][1]
    with pytest.raises(ProgrammeInvalid):
        programmes.add(wallet, "mine.json", payload, b"no signature")


def test_a_signed_document_around_it(wallet: Wallet) -> None:
    added = programmes.add(wallet, "mine.jws", token(written()).encode())
    assert added.programme.id == SMALL
    assert added.own is not None
    assert programmes.vouched(wallet, added.own) is not None
    with pytest.raises(ProgrammeInvalid):
        programmes.add(wallet, "other.jws", token(b'{"nothing": 1}').encode())


@pytest.mark.parametrize("inside", [True, False])
def test_a_credential_around_it_names_its_issuer(wallet: Wallet, inside: bool) -> None:
    definition = json.loads(written())
    subject = {"id": SMALL, "programme": definition} if inside else definition
    issuer = chalmers()
    document = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential"],
        "issuer": {"id": issuer.did, "name": "Chalmers University of Technology"},
        "validFrom": "2024-01-01T00:00:00Z",
        "credentialSubject": subject,
    }
    signed = token(json.dumps(document).encode(), issuer, "vc+jwt").encode()
    added = programmes.add(wallet, "signed.jwt", signed)
    assert added.own is not None
    vouched = programmes.vouched(wallet, added.own)
    assert vouched is not None
    assert vouched.by == "Chalmers University of Technology"
    assert vouched.report.check(CheckName.ISSUER).reason is Reason.ISSUER_REGISTRY
    header, _, signature = signed.decode().split(".")
    changed = json.dumps(document).replace("Award", "Gift").encode()
    with pytest.raises(ProgrammeInvalid):
        programmes.add(wallet, "x", f"{header}.{base64url(changed)}.{signature}".encode())
