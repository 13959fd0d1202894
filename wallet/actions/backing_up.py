"""Backups: made when asked and by themselves, listed, previewed, merged, put in place."""

from pathlib import Path

from wallet.actions.trusting import judged_again
from wallet.actions.wallet import Clock, Wallet, now
from wallet.errors import NotFound, VaultError
from wallet.model.backups import Backup, BackupMade, BackupSettings, Merged, Preview
from wallet.vault import backup
from wallet.vault import backups_restoring as restoring
from wallet.vault.attempts import Attempts
from wallet.vault.finding import Secret as Secret  # noqa: PLC0414 -- who asks for it makes one


def make(wallet: Wallet) -> BackupMade:
    """Make a backup now, check it, and copy it to the second folder if there is one.

    Raises BackupFailed; a problem with the second folder is in the answer.
    """
    return wallet.vault.backups.make()


def found(wallet: Wallet) -> tuple[Backup, ...]:
    """List the backups, newest first; each is opened, so this takes its time."""
    return wallet.vault.backups.found()


def listed(wallet: Wallet) -> tuple[Backup, ...]:
    """List the backups, newest first, by what each states; GOOD means only that it has a list."""
    return wallet.vault.backups.listed()


def look(wallet: Wallet, path: Path) -> Backup:
    """Read one backup whole and open it, for a list that fills line by line."""
    return wallet.vault.backups.look(path)


def problem(wallet: Wallet) -> VaultError | None:
    """Return why the last backup that was made by itself failed; None where it did not.

    It can be asked after the wallet was closed, which makes the last one.
    """
    return wallet.vault.backups.problem


def settings(wallet: Wallet) -> BackupSettings:
    """Return how many backups stay, and the second folder."""
    return wallet.vault.backups.settings()


def set_settings(wallet: Wallet, chosen: BackupSettings) -> None:
    """Choose how many backups stay, and the second folder. Raises UsageError."""
    wallet.vault.backups.set_settings(chosen)


def preview(wallet: Wallet, path: Path, secret: Secret | None = None) -> Preview:
    """Compare what is in a backup with what is here.

    `secret` opens a backup that was made under another key. Raises BackupDamaged, BackupLocked
    (without a secret), WrongPassphrase, WrongSheet, VaultTooNew.
    """
    return wallet.vault.backups.preview(path, _find(path, secret))


def merge(wallet: Wallet, path: Path, secret: Secret | None = None) -> tuple[Wallet, Merged]:
    """Bring what is only in a backup here, and judge every credential by the trust of now.

    What is here is backed up first. Raises as `preview` does, and BackupFailed.
    """
    merged = wallet.vault.backups.merge(path, _find(path, secret))
    return judged_again(wallet), merged


def replace(wallet: Wallet, path: Path, secret: Secret | None = None) -> tuple[Wallet, BackupMade]:
    """Put what is in a backup in the place of what is here; the passphrase of now stays.

    Returns the backup of what was here. Raises as `merge` does.
    """
    made = wallet.vault.backups.replace(path, _find(path, secret))
    return judged_again(wallet), made


def newest_good(vault: Path, *folders: Path) -> Backup | None:
    """Return the newest good backup of a vault that does not open; no passphrase is needed.

    Looked for in the vault's own folder of backups and in `folders`.
    """
    return restoring.newest_good((vault / backup.FOLDER, *folders))


def restore_damaged(
    vault: Path, path: Path | None, secret: Secret, clock: Clock = now
) -> tuple[Path, tuple[Path, ...]]:
    """Bring a backup back where the vault is damaged or gone: None for the newest good one.

    Returns the backup, and the damaged files under their new names: nothing is overwritten. Raises
    NotFound when there is no good backup, and BackupDamaged, WrongPassphrase, WrongSheet,
    VaultTooNew, VaultBusy, VaultNotWritable; nothing has moved then.
    """
    if path is None:
        best = newest_good(vault)
        if best is None:
            raise NotFound(id=str(vault / backup.FOLDER))
        path = best.path
    find = restoring.with_secret(path, secret, Attempts())
    return path, restoring.restore_over(vault, path, find, clock())


def _find(path: Path, secret: Secret | None) -> restoring.Find | None:
    return None if secret is None else restoring.with_secret(path, secret, Attempts())
