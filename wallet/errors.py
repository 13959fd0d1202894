"""What can go wrong, as types with a stable code and facts; the sentences live in wallet/texts.

A known error says something about the world (a file, a passphrase, a disk). Anything else that is
raised is a bug of ours and is reported as one.
"""

from typing import ClassVar


class WalletError(Exception):
    """A known error: `code` is stable and appears in JSON, `facts` fill the sentence."""

    code: ClassVar[str] = "error"

    def __init__(self, **facts: str | int) -> None:
        self.facts = facts
        super().__init__(self.code, facts)


# ---- foreign bytes ------------------------------------------------------------------------------


class MalformedCredential(WalletError):
    """Foreign bytes that cannot be read. The only error a parser raises.

    `what` names the broken part in the standards' words ("JSON", "JWS header", "depth").
    """

    code = "malformed"

    def __init__(self, what: str, **facts: str | int) -> None:
        super().__init__(what=what, **facts)


class TooLarge(MalformedCredential):
    """Foreign bytes that ask for more than a named limit; `limit` in the unit of `what`."""

    code = "too_large"


class Unreadable(WalletError):
    """A file of the person's own that cannot be opened or read; `name`, `detail`."""

    code = "unreadable"


class NoTrustData(WalletError):
    """A file given as trust data is none of the kinds that can be read; `name`."""

    code = "no_trust_data"


class NotFetched(WalletError):
    """An address gave nothing that could be used; `host` ("" for no address at all), `why`."""

    code = "not_fetched"

    def __init__(self, host: str = "", why: str = "", **facts: str | int) -> None:
        super().__init__(host=host, why=why, **facts)


class NotWritable(WalletError):
    """A place that cannot be written, a full disk among them; `name`, `detail`."""

    code = "not_writable"


# ---- the vault ----------------------------------------------------------------------------------


class VaultError(WalletError):
    """The encrypted vault cannot do what was asked; it is unchanged."""

    code = "vault_error"


class VaultMissing(VaultError):
    """There is no vault at `path`."""

    code = "vault_missing"


class VaultExists(VaultError):
    """There is already a vault (or something else) at `path`."""

    code = "vault_exists"


class VaultBusy(VaultError):
    """Another process holds the vault at `path`: its number is `process`, where that is known.

    `why` is `elsewhere` when the lock was taken on another computer, which is `computer`.
    """

    code = "vault_busy"


class VaultLocked(VaultError):
    """No passphrase was given and no other key slot opens the vault; `why` names the reason."""

    code = "vault_locked"


class WrongPassphrase(VaultError):
    """The passphrase opens no slot."""

    code = "wrong_passphrase"


class WrongSheet(VaultError):
    """What was typed from a recovery sheet opens no slot; `why`.

    `length`, `group` (`groups`: the wrong ones, counted from 1), `whole` (typed groups that do not
    belong together), `other` (typed well, and the sheet of another wallet or replaced since).
    """

    code = "wrong_sheet"


class VaultDamaged(VaultError):
    """The files at `path` are not a whole vault; nothing was written. `what` names the file.

    `why`: `missing`, `empty`, `plain` (an SQLite file that nobody encrypted), `cut_short`,
    `altered` (not the bytes that were written, or another vault's), `foreign` (no vault inside).
    """

    code = "vault_damaged"


class VaultTooNew(VaultError):
    """A later version wrote the vault; `found` and `known` are schema numbers."""

    code = "vault_too_new"


class VaultNotWritable(VaultError):
    """The disk is full, read-only or gone; `path`, `detail`. The last change did not happen."""

    code = "vault_not_writable"


class BackupFailed(VaultError):
    """A backup could not be made in `path`; `detail`. The vault is whole and goes on."""

    code = "backup_failed"


class BackupFolderMissing(BackupFailed):
    """The second folder at `path` is not there now; the backup in the vault's own folder is."""

    code = "backup_folder_missing"


class BackupDamaged(VaultError):
    """The file at `path` is no whole backup; nothing was changed."""

    code = "backup_damaged"


class BackupLocked(VaultError):
    """The backup at `path` was made under another key: it needs the passphrase of then."""

    code = "backup_locked"


class KeyringUnavailable(VaultError):
    """The system keyring is absent, locked or refuses; `why` is one of these words."""

    code = "keyring_unavailable"


class NotFound(WalletError):
    """Nothing in the vault (or among the programmes) has this `id`."""

    code = "not_found"


# ---- programmes and presentations ---------------------------------------------------------------


class ProgrammeInvalid(WalletError):
    """A programme or holdings file breaks its rules; `places` is a tuple of (pointer, what)."""

    code = "programme_invalid"

    def __init__(self, places: tuple[tuple[str, str], ...]) -> None:
        self.places = places
        super().__init__(count=len(places))


class HoldingsInvalid(ProgrammeInvalid):
    """A holdings file breaks its rules; `places` as in ProgrammeInvalid."""

    code = "holdings_invalid"


class CannotPresent(WalletError):
    """This credential cannot be presented in this form; `form`, `why` (a stable word)."""

    code = "cannot_present"


class DoesNotFit(CannotPresent):
    """Too large for a QR code: `size` and `capacity` in bytes."""

    code = "does_not_fit"


class UsageError(WalletError):
    """The command or dialog was asked for something that makes no sense; `detail`."""

    code = "usage"
