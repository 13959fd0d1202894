"""What is said about backups, about bringing them back, and about leaving with everything."""

from collections.abc import Mapping

from wallet.model.backups import BackupKind, BackupState, Merged
from wallet.texts.catalogue import Message, Texts
from wallet.texts.sayings import Sayings

KINDS: Mapping[BackupKind, Message] = {
    BackupKind.DAILY: Message("daily"),
    BackupKind.MIGRATION: Message("before an upgrade"),
    BackupKind.RESTORE: Message("before a restore"),
    BackupKind.ASKED: Message("made by you"),
}
STATES: Mapping[BackupState, Message] = {
    BackupState.GOOD: Message("good"),
    BackupState.DAMAGED: Message("damaged: it cannot be used"),
    BackupState.OTHER_KEY: Message("made under another key: it needs its own passphrase"),
    BackupState.TOO_NEW: Message("made by a later version: install that one"),
}

MADE = Message("The backup is made and was checked: {path}")
COPIED = Message("A copy of it is in the second folder: {path}")
NO_BACKUPS = Message("There is no backup yet. One is made with the first change of each day.")
BEST = Message(
    "The newest good backup is of {time}: {path}. Bring it back; the damaged files stay beside it."
)
NO_BEST = Message("No good backup lies beside it. Look for one on other disks.")
RESTORED = Message("The backup is in its place again: {path}")
MOVED = Message("The damaged file is kept as {path}")
REPLACED = Message("The wallet holds what the backup holds. What was here before is in {path}")

ENTRIES = Message("{n} credential came in.", "{n} credentials came in.")
VERSIONS = Message("{n} further version came in.", "{n} further versions came in.")
ALREADY_HERE = Message("{n} was here already.", "{n} were here already.")
OTHERS = Message("{n} note, key or decision came in.", "{n} notes, keys or decisions came in.")
KEPT_HERE = Message("What differs stayed as it is here: {names}")

ONLY_THERE = Message("Only in the backup:")
MORE_THERE = Message("Here as well, with a version more in the backup:")
SAME = Message("In both:")
ONLY_HERE = Message("Only here:")

IN_CLEAR = Message(
    "Everything in the wallet is written unencrypted into {path}: whoever gets that folder can "
    "read it."
)
KEYS_LEFT_OUT = Message(
    "The private keys that sign presentations are not in it: whoever has them can present your "
    "credentials as you."
)
LEFT = Message("Everything is in {path}. Its list is manifest.json.")
TRUST_NOT_TAKEN = Message(
    "Your decisions about keys are not taken from an open folder, where anybody could have added "
    "one. Make them again where you still hold them."
)

ERRORS: Mapping[str, Sayings] = {
    "backup_failed": (
        Message(
            "No backup could be made in {path} ({detail}). The wallet itself is whole; make room "
            "there, or choose another folder."
        ),
        Message(
            "No backup could be made. The wallet itself is whole; make room on the disk, or choose "
            "another folder."
        ),
    ),
    "backup_folder_missing": (
        Message(
            "The second folder for backups is not there now: {path}. The backup beside the wallet "
            "is made; connect the disk, and the next one goes there as well."
        ),
        Message(
            "The second folder for backups is not there now. The backup beside the wallet is made; "
            "connect the disk, and the next one goes there as well."
        ),
    ),
    "backup_damaged": (
        Message("{path} is no whole backup. Nothing was changed; choose another one."),
        Message("This is no whole backup. Nothing was changed; choose another one."),
    ),
    "backup_locked": (
        Message(
            "The backup {path} was made under another key. Give the passphrase or the recovery "
            "sheet that opened the wallet then."
        ),
        Message(
            "This backup was made under another key. Give the passphrase or the recovery sheet "
            "that opened the wallet then."
        ),
    ),
}
USAGES: Mapping[str, Message] = {
    "no_backup": Message("There is no good backup beside the wallet. Name a backup file."),
    "not_agreed": Message(
        "Nothing was written. To write everything unencrypted without being asked, say --yes."
    ),
    "folder_not_empty": Message("There is something in this folder already. Choose a new one."),
    "backup_numbers": Message("Keep at least 1 and at most 1000 backups of a kind."),
    "backup_folder_relative": Message("Give the second folder's whole path."),
}


def kind(t: Texts, found: BackupKind) -> str:
    """Name why a backup was made."""
    return t(KINDS[found])


def state(t: Texts, found: BackupState) -> str:
    """Say whether a backup can be brought back."""
    return t(STATES[found])


def merged(t: Texts, found: Merged) -> tuple[str, ...]:
    """Say what a merge brought, line by line; what is nothing is left out but the first."""
    others = (
        found.tags
        + found.notes
        + found.confirmations
        + found.ledger
        + found.holder_keys
        + found.decisions
        + found.trust_items
    )
    counts = (
        (VERSIONS, found.versions),
        (ALREADY_HERE, found.already_here),
        (OTHERS, others),
    )
    lines = [t(ENTRIES, n=found.entries), *(t(message, n=n) for message, n in counts if n)]
    if found.kept_here:
        lines.append(t(KEPT_HERE, names=t.listing(found.kept_here)))
    return tuple(lines)
