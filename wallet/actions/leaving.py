"""Leaving with everything: open files that any program reads, and coming back from them.

The folder holds `credentials/` with every version as it was issued, `trust/` with the trust data,
and `manifest.json` with all the rest. Nothing in it is encrypted.
"""

import base64
import hashlib
import json
import shutil
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from wallet import formats
from wallet.actions.files import safe_name, save, write_new
from wallet.actions.wallet import Wallet, original_name
from wallet.errors import MalformedCredential, NotWritable, TooLarge, Unreadable, UsageError
from wallet.model.credential import Credential
from wallet.model.keeping import (
    AddResult,
    Choice,
    Confirmation,
    Entry,
    HolderKey,
    Kept,
    Provenance,
)
from wallet.model.presentation import Form, LedgerEntry
from wallet.model.verification import standing
from wallet.proofs.keys import KeyKind, PrivateKey
from wallet.vault.backups import PREFIX
from wallet.vault.credentials import MAX_RAW
from wallet.vault.notes import joined
from wallet.verification.verify import verify

MANIFEST = "manifest.json"
FORMAT = "mikrofolio-export"
VERSION = 1
MAX_MANIFEST = 64 * 1024 * 1024
"""Bytes of manifest.json."""
CREDENTIALS, TRUST = "credentials", "trust"

Shape = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Left:
    """What was written."""

    folder: Path
    credentials: int
    files: int
    keys: int
    """Private keys among it."""


@dataclass(frozen=True, slots=True)
class Came:
    """What was brought in from such a folder."""

    imported: int
    already_here: int
    refused: tuple[str, ...]
    """Names of files that are missing, not what the manifest says, or no credential."""
    keys: int
    decisions: int
    """How many decisions about keys the manifest has; they are not taken."""


def export_all(wallet: Wallet, folder: Path, *, keys: bool = False) -> Left:
    """Write everything, in clear, into a new or empty folder: whole or not at all.

    The caller has asked the person before. Without `keys` the private holder keys stay in the
    vault: whoever has them can present the credentials as their holder, and no other wallet needs
    them to read a credential. The folder is the person's alone (mode 0700, files 0600). Raises
    UsageError when there is something in the folder, NotWritable.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise UsageError(detail="folder_not_empty")
        folder.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f".{folder.name}.new-", dir=folder.parent))
    except OSError as error:
        raise NotWritable(name=str(folder), detail=error.strerror or "") from error
    try:
        for name in (CREDENTIALS, TRUST):
            (work / name).mkdir(mode=0o700)
        manifest = _manifest(wallet, work, keys=keys)
        save(json.dumps(manifest, ensure_ascii=False, indent=1).encode() + b"\n", work / MANIFEST)
        if folder.exists():
            folder.rmdir()
        work.rename(folder)
    except OSError as error:
        raise NotWritable(name=str(folder), detail=error.strerror or "") from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    files = sum(path.is_file() for path in folder.rglob("*"))
    return Left(
        folder,
        len(manifest["credentials"]),
        files,
        sum("private" in key for key in manifest["holder_keys"]),
    )


def _manifest(wallet: Wallet, work: Path, *, keys: bool) -> Shape:
    vault = wallet.vault
    listed = [*vault.entries(), *vault.entries(deleted=True)]
    return {
        "format": FORMAT,
        "version": VERSION,
        "made_at": _time(wallet.clock()),
        "credentials": [_credential(wallet, entry, work / CREDENTIALS) for entry in listed],
        "ledger": [_line(line) for line in vault.ledger()],
        "profile": dict(vault.profile()),
        "settings": {
            name: value for name, value in vault.settings().items() if not name.startswith(PREFIX)
        },
        "holder_keys": [_key(key, private=keys) for key in vault.holder_keys()],
        "decisions": [
            {
                "id": one.id,
                "key": one.key,
                "decision": one.verdict.value,
                "how": one.how,
                "made_at": _time(one.made_at),
                "withdrawn_at": _time(one.withdrawn_at),
            }
            for one in vault.trust_decisions()
        ],
        "trust": [
            {
                "id": one.id,
                "kind": one.kind,
                "name": one.name,
                "source": one.source,
                "as_of": _time(one.as_of),
                "file": _write(work, TRUST, safe_name(one.id), one.raw),
                "sha256": hashlib.sha256(one.raw).hexdigest(),
            }
            for one in vault.trust_items()
        ],
    }


def _credential(wallet: Wallet, entry: Entry, folder: Path) -> Shape:
    kept = wallet.vault.get(entry.id)
    confirmed = (one for one in wallet.vault.confirmations() if one.credential_id == entry.id)
    return {
        "id": entry.id,
        "title": entry.title.best() if entry.title else None,
        "issuer": entry.issuer or None,
        "awarding_bodies": list(entry.awarding_bodies),
        "format": entry.format.value,
        "issued": _time(entry.issued),
        "valid_from": _time(entry.valid_from),
        "valid_until": _time(entry.valid_until),
        "deleted_at": _time(entry.deleted_at),
        "tags": list(entry.tags),
        "note": kept.note and {"text": kept.note.text, "written_at": _time(kept.note.written_at)},
        "confirmations": [
            {
                "programme": one.programme,
                "item": one.item,
                "achievement": one.achievement,
                "made_at": _time(one.made_at),
            }
            for one in confirmed
        ],
        "choices": [
            {"award": one.award, "achievement": one.achievement, "made_at": _time(one.made_at)}
            for one in wallet.vault.choices()
            if one.credential_id == entry.id
        ],
        "versions": _versions(wallet, kept, folder),
    }


def _versions(wallet: Wallet, kept: Kept, folder: Path) -> list[Shape]:
    name = original_name(kept)
    return [
        {
            "file": _write(
                folder.parent, folder.name, name, wallet.vault.raw(kept.entry.id, one.sha256)
            ),
            "sha256": one.sha256,
            "size": one.size,
            "shown": one.shown,
            "source": one.provenance.source,
            "path": list(one.provenance.path),
            "added_at": _time(one.provenance.added_at),
            "checked_at": _time(one.report.at),
            "state": standing(one.report).state.value,
        }
        for one in kept.versions
    ]


def _write(work: Path, folder: str, name: str, content: bytes) -> str:
    return f"{folder}/{write_new(work / folder, name, content).name}"


def _line(line: LedgerEntry) -> Shape:
    return {
        "id": line.id,
        "made_at": _time(line.made_at),
        "form": line.form.value,
        "titles": list(line.titles),
        "credentials": list(line.credential_ids),
        "audience": line.audience,
        "expires": _time(line.expires),
        "holder": line.holder,
        "sha256": line.sha256,
        "size": line.size,
    }


def _key(key: HolderKey, *, private: bool) -> Shape:
    shape: Shape = {
        "did": key.did,
        "kind": key.kind,
        "created_at": _time(key.created_at),
        "name": key.name,
        "retired_at": _time(key.retired_at),
    }
    return {**shape, "private": base64.b64encode(key.private).decode()} if private else shape


def _time(time: datetime | None) -> str | None:
    return None if time is None else time.astimezone(UTC).isoformat()


# ---- coming back --------------------------------------------------------------------------------


def import_all(wallet: Wallet, folder: Path) -> Came:
    """Bring in what `export_all` wrote: all of it in one change, and nothing twice.

    An open folder is no vault, so nothing is believed because it says so: each credential is
    verified anew, its arrival is dated now, and decisions about keys and trust data are not taken.
    Tags, notes, confirmations, choices, the ledger, holder keys, and profile and settings that are
    not set here are. Raises Unreadable for a folder without a manifest, MalformedCredential for a
    broken one.
    """
    manifest = _read_manifest(folder)
    try:
        with wallet.vault.batch():
            return _Coming(wallet, folder).all(manifest)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise MalformedCredential(MANIFEST) from error


def _read_manifest(folder: Path) -> Shape:
    try:
        with (folder / MANIFEST).open("rb") as file:
            data = file.read(MAX_MANIFEST + 1)
    except OSError as error:
        raise Unreadable(name=str(folder / MANIFEST), detail=error.strerror or "") from error
    if len(data) > MAX_MANIFEST:
        raise TooLarge(MANIFEST, size=len(data), limit=MAX_MANIFEST)
    try:
        manifest = json.loads(data)
        known = manifest["format"] == FORMAT and manifest["version"] == VERSION
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise MalformedCredential(MANIFEST) from error
    if not known:
        raise MalformedCredential(MANIFEST)
    found: Shape = manifest
    return found


class _Coming:
    """One import of an open folder: which entry became which, and what came of each file."""

    def __init__(self, wallet: Wallet, folder: Path) -> None:
        self._wallet, self._vault, self._folder = wallet, wallet.vault, folder
        self._places: dict[str, str] = {}
        self._imported = self._already_here = 0
        self._refused: list[str] = []

    def all(self, manifest: Shape) -> Came:
        # The list is newest first, and what is added last comes first again.
        for one in reversed(manifest["credentials"]):
            self._entry(one)
        self._ledger(manifest["ledger"])
        for store, put in (
            (self._vault.profile(), self._vault.set_profile),
            (self._vault.settings(), self._vault.set_setting),
        ):
            named = manifest["profile" if put == self._vault.set_profile else "settings"]
            for name, value in named.items():
                if name not in store and not name.startswith(PREFIX):
                    put(str(name), str(value))
        keys = sum(self._key(one) for one in manifest["holder_keys"])
        return Came(
            self._imported,
            self._already_here,
            tuple(self._refused),
            keys,
            len(manifest["decisions"]),
        )

    def _entry(self, one: Shape) -> None:
        place, new = None, False
        for version in one["versions"]:
            credential = self._credential(version)
            if credential is None:
                self._refused.append(str(version["file"]))
                continue
            at = self._wallet.clock()
            report = verify(credential, self._wallet.trust, at)
            came = Provenance(str(version["source"]), tuple(map(str, version["path"])), at)
            added = self._vault.add(credential, report, came)
            place, new = added.id, new or added.result is AddResult.IMPORTED
            self._imported += added.result is not AddResult.ALREADY_HERE
            self._already_here += added.result is AddResult.ALREADY_HERE
        if place is None:
            return
        self._places[one["id"]] = place
        self._words(place, one)
        if new and one["deleted_at"] is not None:
            self._vault.delete(place, self._wallet.clock())

    def _words(self, place: str, one: Shape) -> None:
        """Bring what the person wrote beside a credential; what is here stays.

        The older folders have neither notes nor choices, and confirm the first achievement.
        """
        here = self._vault.get(place)
        self._vault.set_tags(place, {*here.entry.tags, *map(str, one["tags"])})
        if one.get("note"):
            text, written_at = str(one["note"]["text"]), _moment(one["note"]["written_at"])
            if here.note is not None:
                text = joined(here.note.text, text)
                written_at = max(written_at, here.note.written_at)
            self._vault.set_note(place, text, written_at)
        for word in one["confirmations"]:
            made_at, achievement = _moment(word["made_at"]), int(word.get("achievement", 1))
            self._vault.confirm(
                Confirmation(place, str(word["programme"]), str(word["item"]), made_at, achievement)
            )
        chosen = {
            choice.achievement for choice in self._vault.choices() if choice.credential_id == place
        }
        for word in one.get("choices", ()):
            if (achievement := int(word["achievement"])) not in chosen:
                made_at = _moment(word["made_at"])
                self._vault.choose(Choice(place, str(word["award"]), made_at, achievement))

    def _credential(self, version: Shape) -> Credential | None:
        """Read a version's file; None unless it is exactly the bytes that the manifest names."""
        folder, _, name = str(version["file"]).partition("/")
        if folder != CREDENTIALS or Path(name).name != name or name in {"", ".", ".."}:
            return None
        try:
            with (self._folder / CREDENTIALS / name).open("rb") as file:
                data = file.read(MAX_RAW + 1)
            if len(data) > MAX_RAW or hashlib.sha256(data).hexdigest() != version["sha256"]:
                return None
            credential = formats.read(data)
        except (OSError, MalformedCredential):
            return None
        return credential if credential is not None and credential.importable else None

    def _ledger(self, lines: list[Shape]) -> None:
        here = {line.id for line in self._vault.ledger()}
        for one in reversed(lines):
            if one["id"] not in here:
                self._vault.record(
                    LedgerEntry(
                        id=str(one["id"]),
                        made_at=_moment(one["made_at"]),
                        form=Form(one["form"]),
                        titles=tuple(map(str, one["titles"])),
                        credential_ids=tuple(self._places.get(i, i) for i in one["credentials"]),
                        audience=_optional(one["audience"]),
                        expires=_moment(one["expires"]) if one["expires"] else None,
                        holder=_optional(one["holder"]),
                        sha256=str(one["sha256"]),
                        size=int(one["size"]),
                    )
                )

    def _key(self, one: Shape) -> bool:
        """Keep a private key that the folder holds, if it is the one that it says."""
        if "private" not in one or one["did"] in {key.did for key in self._vault.holder_keys()}:
            return False
        private = base64.b64decode(one["private"], validate=True)
        key = PrivateKey.from_bytes(KeyKind(one["kind"]), private)
        if key.public.did_key() != one["did"]:
            raise ValueError("another key")
        retired_at = _moment(one["retired_at"]) if one["retired_at"] else None
        self._vault.keep_holder_key(
            HolderKey(
                one["did"], one["kind"], private, _moment(one["created_at"]), str(one["name"]),
                retired_at,
            )
        )  # fmt: skip
        return True


def _optional(text: object) -> str | None:
    if text is not None and not isinstance(text, str):
        raise TypeError("neither a text nor nothing")
    return text


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a time without a zone")
    return moment
