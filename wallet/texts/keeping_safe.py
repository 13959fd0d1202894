"""What the window says about keys, the recovery sheet, damage, security and backups."""

from collections.abc import Mapping

from wallet.model.backups import BackupState
from wallet.texts.catalogue import Message

# ---- before a wallet is open --------------------------------------------------------------------

HAVE_SHEET = Message("I have the recovery sheet")
USE_PASSPHRASE = Message("I know the passphrase")
SHEET = Message("Recovery sheet")
SHEET_HINT = Message("Seven groups of five characters")
SHEET_FIELD_TEXT = Message("Capital or small letters, with or without hyphens: all the same.")
NEXT_TRY = Message("Next try in {n} second…", "Next try in {n} seconds…")
NEW_PASSPHRASE_NOW = Message(
    "The recovery sheet has opened the wallet. Choose a new passphrase for the next time."
)
DAMAGED = Message("What can be done")
DAMAGED_KEPT = Message(
    "Nothing was overwritten. When a backup is brought back, what is here now is moved aside under "
    "another name and stays."
)
LOOKING_FOR_BACKUP = Message("Good backups are being looked for…")
BEST_BACKUP = Message("The newest good backup was made on {time}.")
NO_GOOD_BACKUP = Message(
    "No good backup lies beside the wallet. If you keep copies elsewhere, choose one of them."
)
BRING_BACK = Message("Bring this backup back")
CHOOSE_BACKUP = Message("Choose a backup file…")
SECRET_FIRST = Message("Enter the passphrase or the recovery sheet above first: it opens backups.")
BRINGING_BACK = Message("The backup is being brought back…")
BROUGHT_BACK = Message("The backup is in its place. Kept aside: {names}")
BROUGHT_BACK_ONLY = Message("The backup is in its place.")

# ---- the recovery sheet -------------------------------------------------------------------------

SHEET_TITLE = Message("The recovery sheet")
SHEET_WHY = Message(
    "A recovery sheet is one line of characters on paper. It opens the wallet when the passphrase "
    "is forgotten."
)
SHEET_WARNING = Message(
    "Without the passphrase, the sheet and this computer's keyring everything in the wallet is "
    "lost. Nobody can bring it back: not we, not the university."
)
SHEET_REPLACES = Message("The sheet that you have now opens no more as soon as a new one is made.")
MAKE_SHEET = Message("Make the sheet")
LATER = Message("Later")
SHEET_ONCE = Message(
    "This is shown once. Print it or write it down, and keep it away from this computer. Whoever "
    "has it can open the wallet."
)
PRINT = Message("Print…")
SAVE_SHEET = Message("Save as a file…")
SAVE_SHEET_QUESTION = Message("Save the sheet as a file?")
SAVE_SHEET_TEXT = Message(
    "This file opens everything in the wallet, without the passphrase. Save it on a stick or "
    "another disk that you keep apart, never beside the wallet."
)
SAVE_SHEET_GO = Message("Choose where")
SHEET_FILE = Message("recovery-sheet")
SHEET_PRINTED = Message("Sent to the printer. Look whether it can be read.")
SHEET_AT_HAND = Message("I have it on paper")
ASK_GROUP = Message("Group {number} of your sheet")
ASK_GROUP_TEXT = Message("Type one group from your sheet, to be sure that it can be read.")
GROUP_WRONG = Message(
    "This is not group {number}. Count from the left, and compare it character by character."
)
SHOW_AGAIN = Message("Show it again")
COMPARE = Message("Compare")
SHEET_DONE = Message("The recovery sheet is made, and you have it at hand.")

PAPER_TITLE = Message("Mikrofolio: recovery sheet")
PAPER_PLACE = Message("It opens the wallet {path}")
PAPER_DATE = Message("Made on {date}. Sheets made before open no more.")
PAPER_GROUP = Message("Group {number}")
PAPER_HOW = Message(
    "If the passphrase is forgotten: start Mikrofolio, press “I have the recovery sheet”, and type "
    "the seven groups from left to right."
)
PAPER_CARE = Message(
    "Whoever holds this paper can open the wallet. Keep it where you keep your diploma, and away "
    "from the computer."
)

# ---- the one banner -----------------------------------------------------------------------------

REMIND_SHEET = Message(
    "There is no recovery sheet yet. If the passphrase is forgotten, everything here is lost."
)
REMIND_CHECK = Message("The recovery sheet was made, but never compared. Do you have it on paper?")
CHECK_IT = Message("Compare it…")
NO_REMINDER = Message("Don't remind me")
BACKUP_PROBLEM = Message("The last backup failed: {why}")
READ_ONLY = Message(
    "This wallet lies where nothing can be written. It is open for reading: nothing can be brought "
    "in, changed or presented."
)

# ---- settings: security -------------------------------------------------------------------------

SECURITY = Message("Security")
SECURITY_LINE = Message("What opens the wallet, when it locks, and the keys that sign for you.")
OPEN_SECURITY = Message("Security…")
WHAT_OPENS = Message("What opens the wallet")
PASSPHRASE_COST = Message("One guess costs a thief {mebibytes} MiB of memory and {passes} passes.")
NO_SHEET = Message("There is none. If the passphrase is forgotten, everything here is lost.")
HAS_SHEET = Message("One sheet opens the wallet.")
HAS_UNCHECKED_SHEET = Message("One sheet opens the wallet. It was never compared.")
NEW_SHEET = Message("Make a new one…")
FIRST_SHEET = Message("Make one…")
CHECK_SHEET = Message("Check a sheet…")
REMOVE_SHEET = Message("Remove…")
REMOVE_SHEET_NAMED = Message("Remove the recovery sheet")
CHECK_SHEET_TEXT = Message("Type the sheet. It is compared on this computer, and nothing is kept.")
SHEET_OPENS = Message("This sheet opens the wallet.")
REMOVE_SHEET_QUESTION = Message("Let no sheet open the wallet any longer?")
REMOVE_SHEET_TEXT = Message(
    "The paper becomes worthless. If the passphrase is forgotten then, everything here is lost."
)
REMOVE_SHEET_GO = Message("Remove the sheet")
SHEET_REMOVED = Message("No recovery sheet opens the wallet any longer.")
LOCKING = Message("Locking by itself")
LOCKING_TEXT = Message(
    "It also locks when the screen is locked and when the computer goes to sleep."
)
LOCK_AFTER = Message("Lock when nothing is done for")
MINUTES = Message("{n} minute", "{n} minutes")
KEYS = Message("Keys that sign for you")
KEYS_TEXT = Message(
    "They show that a presentation comes from you, and never leave the wallet. A retired key signs "
    "no more; what it signed can still be told from forgeries."
)
NO_KEYS = Message("There is none yet. The first presentation makes one.")
KEY_FACTS = Message("{kind}, made on {date}")
KEY_RETIRED = Message("{kind}, made on {date}, retired on {end}")
UNNAMED_KEY = Message("Key without a name")
NEW_KEY = Message("New key…")
KEY_KIND = Message("Kind of key")
KEY_KIND_TEXT = Message("Ed25519 is right unless somebody asks for P-256.")
KEY_NAME = Message("Name for yourself")
KEY_NAME_HINT = Message("for example: for employers")
MAKE_KEY = Message("Make the key")
KEY_MADE = Message("The new key signs from now on.")
NAME_KEY = Message("Name…")
NAME_KEY_NAMED = Message("Name the key {key}")
KEY_NAMED = Message("The key has its new name.")
SAVE = Message("Save")
RETIRE = Message("Retire…")
RETIRE_NAMED = Message("Retire the key {key}")
RETIRE_QUESTION = Message("Sign with this key no longer?")
RETIRE_TEXT = Message(
    "This cannot be taken back. The next presentation is signed with another key; earlier ones "
    "keep their proof."
)
RETIRE_GO = Message("Retire the key")
KEY_GONE = Message("The key signs no more.")
REKEY = Message("After a suspected leak")
REKEY_TEXT = Message(
    "If somebody may have got hold of the wallet together with a way to open it, everything can be "
    "encrypted anew with another key. It does not take back what they have copied."
)
REKEY_OPEN = Message("Encrypt everything anew…")
REKEY_TITLE = Message("Encrypt everything anew")
REKEY_STAYS = Message("The passphrase stays the same: change it as well if it may be known.")
REKEY_GONE = Message(
    "The recovery sheet opens no more, and a new one has to be made. Backups made before keep the "
    "old key: whoever has one can still open it."
)
REKEY_GO = Message("Encrypt anew")
REKEYING = Message("Everything is being encrypted anew…")
REKEYED = Message("Everything is encrypted with a new key.")
REKEYED_SHEET = Message("The recovery sheet opens no more. Make a new one now.")
REKEYED_KEYRING = Message("The system keyring did not take part. Switch it on again.")
PROMISES = Message("What is promised, and what is not")
PROMISE_DISK = Message(
    "While the wallet is locked, whoever has this computer's disk or a backup sees only encrypted "
    "bytes."
)
PROMISE_OPEN = Message(
    "While it is open, another program of yours can read it, and parts may stay in the computer's "
    "memory after the lock: no desktop program can prevent this."
)
PROMISE_LOST = Message(
    "Without the passphrase, the sheet and the keyring nobody can open it, we neither."
)

# ---- settings: backups --------------------------------------------------------------------------

BACKUPS = Message("Backups")
OPEN_BACKUPS = Message("Backups…")
BACKUPS_TEXT = Message(
    "A backup is made after the first change of a day and when the wallet closes. Each is opened "
    "again and checked before it counts, and is encrypted as the wallet is."
)
LAST_BACKUP = Message("Last backup: {time}.")
NO_BACKUP_YET = Message("There is no backup yet.")
BACK_UP_NOW = Message("Back up now")
BACKING_UP = Message("The backup is being made and checked…")
BACKED_UP = Message("The backup is made and was checked.")
BACKED_UP_TWICE = Message("The backup is made and was checked, and a copy is in the second folder.")
BACKUP_LIST = Message("What there is")
BACKUP_ENTRY = Message("Backup of {time}")
BACKUP_OF_NO_TIME = Message("File that cannot be read")
BEING_CHECKED = Message("being checked…")
IN_SECOND_FOLDER = Message("second folder")
SIZE_KB = Message("{number} KB")
SIZE_MB = Message("{number} MB")
LOOK_INTO = Message("Look inside…")
LOOK_INTO_NAMED = Message("Look inside the backup of {time}")
ANOTHER_FILE = Message("Bring back from another file…")
SECOND_FOLDER = Message("Second folder")
SECOND_FOLDER_TEXT = Message(
    "Each backup can be copied to another folder as well: a stick, another disk, or a folder that "
    "is copied elsewhere. The wallet's own disk alone is no safe place."
)
NO_SECOND_FOLDER = Message("None is chosen.")
CHOOSE_SECOND = Message("Choose a folder…")
NO_SECOND = Message("No second folder any more")
HOW_MANY = Message("How many stay")
HOW_MANY_TEXT = Message("Only backups made by themselves are ever removed.")
DAILY = Message("Daily")
WEEKLY = Message("Weekly")
MONTHLY = Message("Monthly")
LEAVING = Message("Leave with everything")
LEAVING_TEXT = Message(
    "Writes every credential as it was issued, and everything else in one list, as open files that "
    "any program can read."
)
EXPORT_ALL = Message("Write open files…")
EXPORT_TITLE = Message("Write everything in clear?")
EXPORT_KEYS = Message("The private keys that sign presentations, too")
EXPORT_KEYS_TEXT = Message("Whoever has them can present your credentials as you.")
EXPORT_GO = Message("Write it in clear")
EXPORTING = Message("Everything is being written…")
EXPORT_FOLDER = Message("mikrofolio-export-{date}")

# ---- bringing a backup back ---------------------------------------------------------------------

RESTORE_TITLE = Message("What is in the backup")
COMPARING = Message("The backup is opened and compared…")
COUNT_ONLY_THERE = Message("{n} only in the backup", "{n} only in the backup")
COUNT_MORE_THERE = Message("{n} with a newer version there", "{n} with a newer version there")
COUNT_SAME = Message("{n} in both", "{n} in both")
COUNT_ONLY_HERE = Message("{n} only here", "{n} only here")
MERGE = Message("Bring in what is missing")
MERGE_TEXT = Message("Nothing that is here goes away, and nothing becomes two.")
MERGING = Message("Being brought in…")
REPLACE = Message("Replace everything here…")
REPLACE_QUESTION = Message("Put the backup in the place of what is here?")
REPLACE_TEXT = Message(
    "What is here now is backed up first, so this can be taken back. The passphrase of now stays."
)
REPLACE_GO = Message("Replace everything")
REPLACED = Message("The wallet holds what the backup holds. What was here before is backed up.")
OPEN_BACKUP = Message("Open the backup")
OPENING_BACKUP = Message("Being opened…")

SHORT_STATES: Mapping[BackupState, Message] = {
    BackupState.GOOD: Message("good"),
    BackupState.DAMAGED: Message("damaged"),
    BackupState.OTHER_KEY: Message("needs its own passphrase"),
    BackupState.TOO_NEW: Message("made by a later version"),
}
