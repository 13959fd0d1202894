"""What the person adds to the vault themselves: notes, tags, confirmations, choices, programmes."""

from collections.abc import Iterable
from datetime import datetime

from wallet.model.keeping import Choice, Confirmation, OwnProgramme
from wallet.vault import notes, programmes
from wallet.vault.database import Database


class Personal:
    """These methods of a `Vault`, apart because they are many; the vault gives the database."""

    _database: Database

    def set_note(self, entry_id: str, text: str, at: datetime) -> None:
        """Write an entry's note; a blank text removes it."""
        notes.set_note(self._database, entry_id, text, at)

    def set_tags(self, entry_id: str, tags: Iterable[str]) -> None:
        """Give an entry exactly these tags."""
        notes.set_tags(self._database, entry_id, tags)

    def tags(self) -> tuple[str, ...]:
        """All tags in use, in order."""
        return notes.tags(self._database)

    def confirm(self, confirmation: Confirmation) -> None:
        """Store the person's word that a credential is a programme's item."""
        notes.confirm(self._database, confirmation)

    def unconfirm(self, entry_id: str, programme: str, item: str, achievement: int = 1) -> bool:
        """Take that word back; False when it was not given."""
        return notes.unconfirm(self._database, entry_id, programme, item, achievement)

    def confirmations(self) -> tuple[Confirmation, ...]:
        """All confirmations for entries in the list, oldest first."""
        return notes.confirmations(self._database)

    def choose(self, choice: Choice) -> None:
        """Store which award an achievement is given to; the last choice counts."""
        programmes.choose(self._database, choice)

    def unchoose(self, entry_id: str, achievement: int = 1) -> bool:
        """Take that choice back; False when it was not made."""
        return programmes.unchoose(self._database, entry_id, achievement)

    def choices(self) -> tuple[Choice, ...]:
        """All choices for entries in the list, oldest first."""
        return programmes.choices(self._database)

    def put_programme(self, one: OwnProgramme) -> None:
        """Store a programme definition; the same id and version replaces."""
        programmes.put(self._database, one)

    def programmes(self) -> tuple[OwnProgramme, ...]:
        """The person's own programme definitions, by id and version."""
        return programmes.everything(self._database)

    def remove_programme(self, programme: str, version: str) -> bool:
        """Remove one of them; False when it is not there."""
        return programmes.remove(self._database, programme, version)
