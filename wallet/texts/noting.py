"""What the person writes beside a credential, and what is done with several at once."""

from collections.abc import Mapping

from wallet.texts.catalogue import Message

# ---- a note -------------------------------------------------------------------------------------

NOTE = Message("Your note")
NOTE_NONE = Message("Nothing written yet. A note stays in the wallet and is never shown to others.")
NOTE_WRITE = Message("Write a note…")
NOTE_CHANGE = Message("Change the note…")
NOTE_FIELD = Message("Text of the note")
NOTE_KEEP = Message("Keep the note")
NOTE_KEPT = Message("The note is kept.")
NOTE_REMOVED = Message("The note is removed.")
NOTE_WRITTEN = Message("written {time}")
NOTE_ROOM = Message("Room for {n} more character.", "Room for {n} more characters.")
NOTE_OVER = Message("{n} character too many.", "{n} characters too many.")

# ---- tags ---------------------------------------------------------------------------------------

TAGS = Message("Tags")
TAGS_TEXT = Message("Words of your own to find things by, such as “to send” or “2026”.")
TAG_ADD = Message("Add a tag…")
TAG_NEW = Message("New tag")
TAG_GO = Message("Add")
TAG_OFF = Message("Take the tag “{tag}” away")
TAG_SUGGESTED = Message("In use already")
TAG_PUT = Message("Add the tag “{tag}”")
TAG_REMOVED = Message("The tag “{tag}” is gone.")
TAGS_CHANGED = Message("The tags are changed.")
TAGS_OF_SEVERAL = Message("Tags of {n} credential", "Tags of {n} credentials")
TAG_ON_SOME = Message("{tag} (on {number} of {total})")
TAG_NONE = Message("None yet.")

# ---- several ------------------------------------------------------------------------------------

CHOOSE_SEVERAL = Message("Choose several")
CHOOSE_DONE = Message("Done")
CHOSEN = Message("{n} chosen", "{n} chosen")
CHOSEN_NONE = Message("Click the credentials that you want, or press Ctrl+A for all.")
SEVERAL_SHOW = Message("Show to somebody")
SEVERAL_SAVE = Message("Save the originals…")
SEVERAL_TAG = Message("Tags…")
SEVERAL_DELETE = Message("Delete")
SEVERAL_DELETED = Message("{n} credential is in the trash.", "{n} credentials are in the trash.")
SEVERAL_SAVED = Message("{n} file saved in {folder}", "{n} files saved in {folder}")

USAGES: Mapping[str, Message] = {
    "note_too_long": Message("A note has room for 10,000 characters. Shorten it."),
    "tags_too_long": Message(
        "A tag has room for 60 characters, and a credential for 50 tags. Use shorter or fewer."
    ),
}
"""By the `detail` of a UsageError."""
