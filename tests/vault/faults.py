"""Operations on a vault that a test can kill, or let fail, at any one of their writes.

`python -m tests.vault.faults OPERATION FOLDER` does one operation in a prepared scene: a vault with
one of everything, a recovery sheet and an older backup. It ends with 0, or with 3 and the code of a
known error; anything else is a bug. Under strace one of its system calls kills it or fails.
"""

import json
import os
import shutil
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from tests.vault.keep import VAULTS
from tests.vault.sketch import NOW, PASSPHRASE, make, noise, provenance, reopen, report
from tests.vault.sketch import sketch as sketched
from wallet.errors import WalletError
from wallet.model.backups import BackupKind
from wallet.model.keeping import Confirmation
from wallet.model.presentation import Form, LedgerEntry
from wallet.vault import Vault
from wallet.vault import backups_restoring as restoring
from wallet.vault.attempts import Attempts
from wallet.vault.finding import Secret

OTHER = "another word"
KEPT_PASSPHRASE = "kept for the tests"
KNOWN = 3
"""How the child ends after a known error."""
LATER = NOW + timedelta(days=1)


def vault_in(folder: Path) -> Path:
    """Where a scene's vault lies."""
    return folder / "a.mikrofolio"


def older_in(folder: Path) -> Path:
    """Where a scene's older backup lies, which holds `Older` alone."""
    return folder / "older.mikrofolio.zip"


# ---- what is done -------------------------------------------------------------------------------


def _import(vault: Vault, _: Path) -> None:
    with vault.batch():
        for number in range(3):
            new = sketched(title=f"New {number}", pad=noise(9000))
            vault.add(new, report(), provenance())
        # Another version of One, and what lies in the trash comes back.
        vault.add(sketched(title="One, again", issuer="A", id="urn:1"), report(), provenance())
        vault.add(sketched(title="Gone", pad=noise(9000)), report(), provenance())


def _delete(vault: Vault, _: Path) -> None:
    vault.delete(_named(vault, "Two"), NOW)


def _erase(vault: Vault, _: Path) -> None:
    vault.erase_deleted_before(LATER)


def _note(vault: Vault, _: Path) -> None:
    vault.set_note(_named(vault, "Two"), "A note", NOW)


def _backup(vault: Vault, _: Path) -> None:
    vault.backups.make()


def _day(vault: Vault, _: Path) -> None:
    """A day's last change: closing makes the backup of the day anew, and removes the one before."""
    vault.backups.make(BackupKind.DAILY)
    vault.backups.keep()
    vault.add(sketched(title="Three"), report(), provenance())


def _restore(folder: Path) -> None:
    older = older_in(folder)
    find = restoring.with_secret(older, Secret(PASSPHRASE), Attempts())
    restoring.restore_over(vault_in(folder), older, find, NOW)


def _create(folder: Path) -> None:
    make(folder / "new.mikrofolio").close()


def _migrate(folder: Path) -> None:
    reopen(vault_in(folder), KEPT_PASSPHRASE).close()


def _with_vault(change: Callable[[Vault, Path], object]) -> Callable[[Path], None]:
    def act(folder: Path) -> None:
        with closing(reopen(vault_in(folder))) as vault:
            change(vault, folder)

    return act


@dataclass(frozen=True, slots=True)
class Operation:
    """What the child does in a scene's folder."""

    act: Callable[[Path], None]
    damaged: bool = False
    """Whether the scene's vault is damaged before."""
    kept: bool = False
    """Whether the scene's vault is the one of schema 1."""

    @property
    def passphrase(self) -> str:
        """What opens the scene's vault before."""
        return KEPT_PASSPHRASE if self.kept else PASSPHRASE


OPERATIONS = {
    "import": Operation(_with_vault(_import)),
    "delete": Operation(_with_vault(_delete)),
    "erase": Operation(_with_vault(_erase)),
    "note": Operation(_with_vault(_note)),
    "passphrase": Operation(_with_vault(lambda vault, _: vault.change_passphrase(OTHER))),
    "sheet": Operation(_with_vault(lambda vault, _: vault.new_recovery_sheet())),
    "rekey": Operation(_with_vault(lambda vault, _: vault.rekey(PASSPHRASE))),
    "migration": Operation(_migrate, kept=True),
    "backup": Operation(_with_vault(_backup)),
    "day": Operation(_with_vault(_day)),
    "merge": Operation(_with_vault(lambda vault, folder: vault.backups.merge(older_in(folder)))),
    "replace": Operation(
        _with_vault(lambda vault, folder: vault.backups.replace(older_in(folder)))
    ),
    "restore": Operation(_restore, damaged=True),
    "create": Operation(_create),
}


def _named(vault: Vault, title: str) -> str:
    everything = (*vault.entries(), *vault.entries(deleted=True))
    return next(entry.id for entry in everything if entry.title and entry.title.best() == title)


# ---- the scene ----------------------------------------------------------------------------------


def prepare(folder: Path, operation: Operation) -> None:
    """Make a scene."""
    path = vault_in(folder)
    if operation.kept:
        shutil.copytree(VAULTS / "schema-1.mikrofolio", path)
        return
    vault = make(path)
    older = vault.add(sketched(title="Older"), report(), provenance()).id
    shutil.copy(vault.backups.make().path, older_in(folder))
    shutil.rmtree(path / "backups")
    vault.delete(older, NOW)
    vault.erase_deleted_before(LATER)
    _furnish(vault)
    (folder / "sheet").write_text(vault.new_recovery_sheet(), "ascii")
    vault.close()
    if operation.damaged:
        data = b"x" * 4096 + (path / "wallet.db").read_bytes()[4096:]
        (path / "wallet.db").write_bytes(data)


def _furnish(vault: Vault) -> None:
    gone = vault.add(sketched(title="Gone", pad=noise(9000)), report(), provenance()).id
    vault.delete(gone, NOW)
    vault.add(sketched(title="Two", pad=noise(9000)), report(), provenance())
    one = sketched(title="One", issuer="A", id="urn:1", pad=noise(9000))
    entry = vault.add(one, report(), provenance()).id
    vault.set_tags(entry, ["kept"])
    vault.set_note(entry, "Ask the study office", NOW)
    vault.confirm(Confirmation(entry, "programme", "item", NOW))
    vault.set_profile("name", "Hanna Żółkiewska")
    did = vault.holder_key().did
    shown = ("One",)
    vault.record(
        LedgerEntry("l1", NOW, Form.ORIGINAL, shown, (entry,), "Acme", LATER, did, "0" * 64, 1)
    )


# ---- the child ----------------------------------------------------------------------------------


def main(name: str, folder: str) -> int:
    """Do one operation; see the module."""
    try:
        OPERATIONS[name].act(Path(folder))
    except WalletError as error:
        os.writev(1, [json.dumps([error.code, error.facts]).encode()])  # no `write` to be refused
        return KNOWN
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
