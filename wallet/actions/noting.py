"""What the person writes beside a credential: one note, and tags, on one or on several."""

from collections.abc import Iterable, Mapping, Sequence

from wallet.actions.wallet import Wallet
from wallet.errors import UsageError

MAX_NOTE = 10_000
"""Characters of a note that is written; one that two were merged into may be longer."""
MAX_TAG = 60
"""Characters of a tag."""
MAX_TAGS = 50
"""Tags of one credential."""

Tagged = Mapping[str, tuple[str, ...]]
"""The tags of some credentials, by their ids."""


def note(wallet: Wallet, entry_id: str) -> str:
    """Return a credential's note, "" where there is none. Raises NotFound."""
    found = wallet.vault.get(entry_id).note
    return found.text if found is not None else ""


def set_note(wallet: Wallet, entry_id: str, text: str) -> str:
    """Write a credential's note, dated now, and return the one before; a blank text removes it.

    Raises NotFound, and UsageError where it grows above `MAX_NOTE`.
    """
    before = note(wallet, entry_id)
    if len(text.strip()) > max(MAX_NOTE, len(before)):
        raise UsageError(detail="note_too_long")
    wallet.vault.set_note(entry_id, text, wallet.clock())
    return before


def change_tags(
    wallet: Wallet,
    entry_ids: Sequence[str],
    *,
    add: Iterable[str] = (),
    remove: Iterable[str] = (),
) -> Tagged:
    """Add and remove tags on all of these, and return what each had before; all or nothing.

    A tag is compared as it is written, blanks at its ends aside. Raises NotFound, and UsageError
    where a new one is above `MAX_TAG` or a credential gets more than `MAX_TAGS`.
    """
    added = {" ".join(tag.split()) for tag in add} - {""}
    removed = {" ".join(tag.split()) for tag in remove}
    if any(len(tag) > MAX_TAG for tag in added):
        raise UsageError(detail="tags_too_long")
    before = tags_of(wallet, entry_ids)
    with wallet.vault.batch():
        for one, had in before.items():
            wanted = set(had) - removed | added
            if len(wanted) > max(MAX_TAGS, len(had)):
                raise UsageError(detail="tags_too_long")
            wallet.vault.set_tags(one, wanted)
    return before


def tags_of(wallet: Wallet, entry_ids: Sequence[str]) -> Tagged:
    """Return the tags of each of these. Raises NotFound."""
    return {one: wallet.vault.get(one).entry.tags for one in entry_ids}


def put_tags(wallet: Wallet, tagged: Tagged) -> None:
    """Give each of these credentials exactly these tags: a change taken back. Raises NotFound."""
    with wallet.vault.batch():
        for one, tags in tagged.items():
            wallet.vault.set_tags(one, tags)


def tags_in_use(wallet: Wallet) -> tuple[str, ...]:
    """Return all tags of what is not in the trash, in order."""
    return wallet.vault.tags()
