"""The programmes there are: shipped ones and the person's own, their versions, who vouches."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path

from wallet import formats
from wallet.actions.files import read
from wallet.actions.wallet import Wallet
from wallet.errors import MalformedCredential, NotFound, ProgrammeInvalid, UsageError
from wallet.model.credential import Credential, Json, JsonObject
from wallet.model.holding import Holding
from wallet.model.keeping import OwnProgramme
from wallet.model.programme import Programme
from wallet.model.verification import CheckName, Outcome, VerificationReport
from wallet.proofs.base64url import decode, encode
from wallet.resources import resource
from wallet.stacking import programme_file
from wallet.stacking.versions import day_of_award, in_force
from wallet.verification.verify import verify

SCHEMA = ("programmes", "programme.schema.json")
FORMAT = "mc-programme/1"
PICKED = "programme.version:"
"""Settings that begin so keep the version of a programme that the person picked."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a programme that is here."""

    programme: Programme
    own: OwnProgramme | None = None
    """The file that the person brought or made; None for one that ships with the program."""
    in_force: bool = False
    """In force at the time of the award: what is evaluated unless the person picked another."""
    picked: bool = False
    """The person picked it."""
    used: bool = False
    """It is the one that is evaluated."""


@dataclass(frozen=True, slots=True)
class Vouched:
    """Who signed a programme file, and what the signature is worth: a report like any other."""

    by: str
    """The signer as stated or as the certificate says; "" where neither does."""
    report: VerificationReport


# ---- which there are ----------------------------------------------------------------------------


@cache
def shipped() -> tuple[Programme, ...]:
    """Return the programme definitions that ship with the program, by title."""
    files = sorted(set(resource("programmes").glob("*.json")) - {resource(*SCHEMA)})
    found = [programme_file.load(file.read_bytes()) for file in files]
    return tuple(sorted(found, key=lambda one: one.title.best()))


def versions(wallet: Wallet, held: Iterable[Holding] = ()) -> tuple[Version, ...]:
    """Return every version of every programme, by title and version.

    `held` are the holdings by which an award that is earned already is dated; without them the
    version in force is today's.
    """
    own = [(_definition(one.raw), one) for one in wallet.vault.programmes()]
    brought = {(one.id, one.version) for one, _ in own}
    here = [(one, None) for one in shipped() if (one.id, one.version) not in brought]
    by_id: dict[str, list[tuple[Programme, OwnProgramme | None]]] = {}
    for programme, kept in (*here, *own):
        by_id.setdefault(programme.id, []).append((programme, kept))
    settings = wallet.vault.settings()
    credentials = tuple(held)
    found = []
    for programme_id, several in by_id.items():
        programmes = [programme for programme, _ in several]
        day = day_of_award(programmes, credentials, wallet.clock().date())
        rules = in_force(programmes, day)
        wanted = settings.get(PICKED + programme_id)
        picked = next((one for one in programmes if one.version == wanted), None)
        for programme, kept in several:
            used = programme is (picked or rules)
            found.append(Version(programme, kept, programme is rules, programme is picked, used))
    return tuple(sorted(found, key=lambda v: (v.programme.title.best(), v.programme.version)))


def in_use(wallet: Wallet, held: Iterable[Holding] = ()) -> tuple[Programme, ...]:
    """Return the one version of each programme that is evaluated, by title."""
    return tuple(one.programme for one in versions(wallet, held) if one.used)


def named(programmes: Iterable[Programme], name: str) -> Programme:
    """Return the programme of that id, or of its last part ("climate-action"). Raises NotFound."""
    found = [one for one in programmes if name in {one.id, one.id.rsplit(":", 1)[-1]}]
    exact = [one for one in found if one.id == name]
    if not found:
        raise NotFound(id=name)
    if len(found) > 1 and not exact:
        raise UsageError(detail="several_programmes")
    return (exact or found)[0]


def pick(wallet: Wallet, programme_id: str, version: str | None) -> None:
    """Keep which version of a programme is evaluated; None goes back to the one in force.

    Raises NotFound for a version that is not here.
    """
    known = {(one.programme.id, one.programme.version) for one in versions(wallet)}
    if version is not None and (programme_id, version) not in known:
        raise NotFound(id=f"{programme_id} {version}")
    wallet.vault.set_setting(PICKED + programme_id, version)


# ---- the person's own ---------------------------------------------------------------------------


def check(data: bytes) -> Programme:
    """Read a definition, plain or signed. Raises ProgrammeInvalid with every wrong place."""
    return _definition(data)


def add_file(wallet: Wallet, path: Path, signature: Path | None = None) -> Version:
    """Keep a programme file, as its bytes; `signature` is a file with a detached JWS over them.

    Raises ProgrammeInvalid, Unreadable.
    """
    return add(wallet, path.name, read(path), read(signature) if signature is not None else None)


def add(wallet: Wallet, name: str, data: bytes, signature: bytes | None = None) -> Version:
    """Keep a programme definition as it was given; the same id and version replaces.

    It may be plain, a signed document or a credential around it. Raises ProgrammeInvalid for one
    that breaks the rules of the format or whose signature does not match it.
    """
    programme = _definition(data)
    own = OwnProgramme(programme.id, programme.version, data, name, wallet.clock(), signature)
    found = vouched(wallet, own)
    if found is None and signature is not None:
        raise ProgrammeInvalid((("", "the signature cannot be read as a detached JWS"),))
    if found is not None and found.report.check(CheckName.PROOF).outcome is Outcome.FAILED:
        raise ProgrammeInvalid((("", "the signature does not match: the file was changed"),))
    wallet.vault.put_programme(own)
    return Version(programme, own)


def remove(wallet: Wallet, programme_id: str, version: str | None = None) -> None:
    """Remove an own definition, all its versions or one. Shipped ones stay. Raises NotFound."""
    mine = [
        one
        for one in wallet.vault.programmes()
        if programme_id in {one.id, one.id.rsplit(":", 1)[-1]}
    ]
    chosen = [one for one in mine if version in {None, one.version}]
    if not chosen:
        raise NotFound(id=programme_id)
    with wallet.vault.batch():
        for one in chosen:
            wallet.vault.remove_programme(one.id, one.version)


def vouched(wallet: Wallet, own: OwnProgramme) -> Vouched | None:
    """Say who signed an own definition, checked with the trust and clock of now; None: nobody."""
    credential = _signed(own.raw) if own.signature is None else _detached(own.raw, own.signature)
    if credential is None:
        return None
    report = verify(credential, wallet.trust, wallet.clock(), known_since=own.added_at)
    return Vouched(_signer(credential, report), report)


def file_of(version: Version) -> bytes:
    """Return a version's file, to share it: the bytes as they were given."""
    if version.own is not None:
        return version.own.raw
    wanted = (version.programme.id, version.programme.version)
    for file in sorted(set(resource("programmes").glob("*.json")) - {resource(*SCHEMA)}):
        data = file.read_bytes()
        document = json.loads(data)
        if (document["id"], document["version"]) == wanted:
            return data
    raise NotFound(id=wanted[0])


def document_of(data: bytes) -> JsonObject:
    """Return the definition in a programme file, whether it is plain or signed.

    Raises ProgrammeInvalid.
    """
    _definition(data)
    signed = _signed(data)
    inside = _inside(signed.document) if signed is not None else None
    document: JsonObject = inside if inside is not None else json.loads(data)
    return document


def added_at(version: Version) -> datetime | None:
    """When the person added it; None for one that ships with the program."""
    return version.own.added_at if version.own is not None else None


# ---- plain or signed ----------------------------------------------------------------------------


@lru_cache(maxsize=64)
def _definition(data: bytes) -> Programme:
    signed = _signed(data)
    if signed is None:
        return programme_file.load(data)
    inside = _inside(signed.document)
    if inside is None:
        raise ProgrammeInvalid((("", "is signed, and holds no programme definition"),))
    return programme_file.read(inside)


def _signed(data: bytes) -> Credential | None:
    """The signature around a definition; None for a plain one and for anything unreadable."""
    try:
        found = formats.read(data)
    except MalformedCredential:
        return None
    plain = found is not None and found.securing == "none"
    return None if plain else found


def _inside(document: JsonObject) -> JsonObject | None:
    """The definition in a signed document: itself, or a credential's subject, or in that."""
    holder = document.get("vc")
    subjects = _objects((holder if isinstance(holder, dict) else document).get("credentialSubject"))
    for candidate in (document, document.get("programme"), *subjects,
                      *(subject.get("programme") for subject in subjects)):  # fmt: skip
        if isinstance(candidate, dict) and candidate.get("format") == FORMAT:
            return candidate
    return None


def _objects(value: Json) -> list[JsonObject]:
    each = value if isinstance(value, list) else [value]
    return [one for one in each if isinstance(one, dict)]


def _detached(data: bytes, signature: bytes) -> Credential | None:
    """Put the payload back into a detached JWS (RFC 7515, appendix F; RFC 7797 for `b64`)."""
    try:
        header, _, sealed = signature.decode("ascii").strip().split(".")
        if json.loads(decode(header)).get("b64", True) is not False:
            return formats.read(f"{header}.{encode(data)}.{sealed}".encode("ascii"))
        parts = {"protected": header, "payload": data.decode("utf-8"), "signature": sealed}
        return formats.read(json.dumps(parts, ensure_ascii=False).encode("utf-8"))
    except (ValueError, AttributeError, MalformedCredential):
        return None


def _signer(credential: Credential, report: VerificationReport) -> str:
    if credential.issuer is not None and credential.issuer.label:
        return credential.issuer.label
    facts = report.check(CheckName.ISSUER).facts
    return str(facts.get("organisation") or facts.get("key") or "")
