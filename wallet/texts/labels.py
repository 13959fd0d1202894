"""The window's own words, page by page. Beside them: the names of formats, forms, key slots."""

from collections.abc import Mapping

from wallet.model.credential import Format
from wallet.model.keeping import SlotKind
from wallet.model.presentation import Form
from wallet.texts.catalogue import Message

# ---- everywhere ---------------------------------------------------------------------------------

CREDENTIALS = Message("Credentials")
PROGRESS = Message("Progress")
PRESENT = Message("Present")
CHECK = Message("Check")
SETTINGS = Message("Settings")
SIDEBAR = Message("Places")
LOCK_NOW = Message("Lock now")
BACK = Message("Back")
CLOSE = Message("Close")
COPY = Message("Copy")
COPIED = Message("Copied.")
COPY_LINK = Message("Copy the link")
OPEN_LINK = Message("Open in the browser…")
LINK_TITLE = Message("Open this address in your browser?")
LINK_TEXT = Message(
    "Your browser will use the network, and whoever runs this address can see that it was opened. "
    "Save the file that it offers, and drop it on this window."
)
LINK_GO = Message("Open it")
STOP = Message("Stop")
UNDO = Message("Undo")
SHOW = Message("Show")
SHOW_NAMED = Message("Show {title}")
HELP = Message("Help")
OPEN_FILE = Message("Open a file…")
SAVE_FILE = Message("Save as a file…")
SAVE_AS = Message("Save as {kind}…")
SAVED_AS = Message("Saved as {path}")
FILE_NAME = Message("presentation")
ALL_FILES = Message("All files")
DEMONSTRATION = Message(
    "These are example credentials of an invented person. Their keys are trusted nowhere else, "
    "and the clock stands at {date}."
)
LEAVE_EXAMPLES = Message("Leave the examples")
MICRO_CREDENTIAL = Message("Micro-credential")
CREDENTIAL = Message("Credential")
UNTITLED = Message("Without a title")
ECTS = Message("{number} ECTS")
EQF_LEVEL = Message("EQF level {level}")
VERSIONS = Message("{n} version", "{n} versions")
STATE_IS = Message("State: {state}")

# ---- before a wallet is open --------------------------------------------------------------------

WELCOME = Message("Your credentials, on your own computer")
WELCOME_TEXT = Message(
    "Mikrofolio keeps the micro-credentials that universities send you, checks whether they are "
    "genuine, counts what they add up to, and shows them to whom you choose. Everything stays "
    "here, encrypted; nothing is sent anywhere."
)
WAY_CREATE = Message("Make a wallet")
WAY_CREATE_TEXT = Message(
    "An encrypted folder on this computer, opened by a passphrase that only you know."
)
WAY_CHECK = Message("Check a file first")
WAY_CHECK_TEXT = Message(
    "See what a credential says and whether it is genuine. Nothing is set up and nothing is kept."
)
WAY_LOOK = Message("Look around with example credentials")
WAY_LOOK_TEXT = Message("A wallet of an invented student, to try everything without risk.")
CREATE_TITLE = Message("Make a wallet")
WALLET_PLACE = Message("Where it lives")
CHANGE_PLACE = Message("Another folder…")
PASSPHRASE = Message("Passphrase")
PASSPHRASE_AGAIN = Message("The same once more")
PASSPHRASES_DIFFER = Message("The two are not the same yet.")
PASSPHRASE_ADVICE = Message(
    "Four or five words that do not belong together are easy to remember and hard to guess. "
    "Nobody can open the wallet without it: write it down and keep the paper safe."
)
STRENGTH = Message("Strength of the passphrase")
STRENGTH_NONE = Message("Nothing entered yet.")
STRENGTH_WEAK = Message("Weak: a thief with the file would soon guess it.")
STRENGTH_FAIR = Message("Fair: one more word would make it good.")
STRENGTH_GOOD = Message("Good: hard to guess, even with the file in hand.")
WEAK_QUESTION = Message("Use this passphrase anyway?")
WEAK_TEXT = Message(
    "It is weak: whoever gets hold of the wallet's folder would soon guess it and read everything."
)
WEAK_GO = Message("Use it anyway")
KEPT_AFTER = Message("What you wanted to keep goes in as soon as the wallet is open.")
USE_KEYRING = Message("Let this computer's keyring open it too")
CREATE = Message("Make the wallet")
CREATING = Message("Being made…")
UNLOCK_TITLE = Message("Your wallet is locked")
UNLOCK = Message("Unlock")
UNLOCKING = Message("Unlocking…")
UNLOCK_KEYRING = Message("Use the system keyring")
OTHER_WALLET = Message("Open another wallet…")

# ---- the list -----------------------------------------------------------------------------------

IMPORT = Message("Import…")
SEARCH = Message("Search")
SEARCH_HINT = Message("Search in everything that is stated")
CREDENTIAL_COUNT = Message("{n} credential", "{n} credentials")
EMPTY_HEADING = Message("Nothing here yet")
EMPTY_TEXT = Message(
    "When a university sends you a credential, drop the mail or the file on this window. A saved "
    "mail (.eml), an archive (.zip) and a picture with a QR code will do as well."
)
NOTHING_FOUND = Message("Nothing found")
NOTHING_FOUND_TEXT = Message(
    "No credential states all these words. Titles, universities, learning outcomes and names are "
    "searched."
)
SHOW_ALL = Message("Show all")
TRASH = Message("Trash")
TRASH_TEXT = Message("What you deleted. It counts nowhere, and you can put it back.")
TRASH_EMPTY = Message("The trash is empty.")
DELETED_ON = Message("deleted {date}")
PUT_BACK = Message("Put back")
PUT_BACK_NAMED = Message("Put {title} back")
IS_BACK = Message("“{title}” is in the list again.")
DELETED = Message("“{title}” is in the trash.")

# ---- one credential -----------------------------------------------------------------------------

BACK_TO_LIST = Message("All credentials")
SHOW_TO_SOMEBODY = Message("Show to somebody")
SAVE_ORIGINAL = Message("Save the original…")
CHECK_AGAIN = Message("Check again")
CHECKED_NOW = Message("Checked again from its bytes.")
DELETE = Message("Delete")
ISSUED_BY = Message("issued by {issuer}")
ISSUED_ON = Message("issued {date}")
VALID_UNTIL = Message("valid until {date}")
CONTENT = Message("What it says")
CONTENT_LANGUAGE = Message("Language of the content")
ACHIEVEMENT_NUMBER = Message("What it says: achievement {number}")
NO_ACHIEVEMENT = Message("It describes no learning: none of the sixteen elements is stated.")
MANDATORY_ELEMENTS = Message("Elements that the European standard demands")
OPTIONAL_ELEMENTS = Message("Elements that it allows")
FULL_STANDARD = Message("Described to the European standard: 11 of 11.")
PART_STANDARD = Message(
    "Described to the European standard: {stated} of {total}. Not stated: {missing}."
)
BORN = Message("born {date}")
BORN_ABOUT = Message("born {date} or the day after (stated with a time: {stated})")
IDENTIFIER = Message("identifier: {identifier}")
SKILL = Message("skill: {skill}")
HOURS_STATED = Message("stated as {hours} hours")
HOURS_AS_STATED = Message("stated as {hours}")
HOURS_ODD = Message("This is an odd amount; probably another unit was meant.")
GRADE_ON_SCALE = Message("{grade} (scale: {scale})")
HOW_CHECKED = Message("How we checked this")
CHECK_LINE = Message("{check}: {outcome}")
CHECKED_AT = Message("Checked on {time}.")
CHECKED_OFFLINE = Message("On this computer alone, without asking the network.")
SHOWN_TO = Message("Shown to")
SHOWN_TO_NOBODY = Message("Nobody yet.")
WHERE_FROM = Message("Where it came from")
VERSIONS_TEXT = Message(
    "The issuer has sent this more than once. The newest version is shown, counted and presented; "
    "the older ones are kept."
)
THIS_IS_SHOWN = Message("This version is shown.")
ADDED_ON = Message("added {date}, {bytes} bytes")

# ---- importing ----------------------------------------------------------------------------------

IMPORTING = Message("Files are being read")
FILE_OF = Message("{number} of {total}: {name}")
COUNT_IMPORTED = Message("{n} imported", "{n} imported")
COUNT_NEW_VERSION = Message("{n} new version", "{n} new versions")
COUNT_ALREADY_HERE = Message("{n} already here", "{n} already here")
COUNT_REFUSED = Message("{n} refused", "{n} refused")
RESULT_FROM = Message("{result}, from {source}")
NOTHING_IN_IT = Message("There was nothing in it.")

# ---- progress -----------------------------------------------------------------------------------

PROGRESS_TEXT = Message(
    "How far what you hold brings you toward a certificate, by the rules that the universities "
    "have published."
)
COUNTING = Message("Being counted…")
NOTHING_TO_COUNT = Message("There is nothing to count yet")
TITLE_AND_STATE = Message("{title}: {state}")
EARNED_OF = Message("{earned} of {needed} ECTS earned")
EARNED_ONLY = Message("{earned} ECTS earned")
MORE_IF_CONFIRMED = Message("{ects} ECTS more if you confirm")
ECTS_MISSING = Message("{ects} ECTS missing")
ITEMS_MISSING = Message("{n} course to go", "{n} courses to go")
NEXT_IS = Message("What next: {plan}")
DETAILS = Message("Details")
DETAILS_OF = Message("Details of {title}")
REQUIREMENTS = Message("What is required")
TO_CONFIRM = Message("To be confirmed by you")
CONFIRM_MATCH = Message("Yes, it is “{item}”")
CONFIRM_NAMED = Message("Confirm that “{title}” is “{item}”")
REMARKS = Message("What stands in the way, and what is open")
WHAT_NEXT = Message("What next")
NOT_COUNTED = Message("What is not counted, and why")
TRACKS = Message("Recommended ways")
RESTS_ON = Message("What this rests on")
RESTS_ON_NAMED = Message("What the answers on {title} rest on")

# ---- present ------------------------------------------------------------------------------------

PRESENT_TEXT = Message(
    "Choose what somebody should see, and make a file or a code of it. What was sent cannot be "
    "called back."
)
NOTHING_TO_PRESENT = Message("There is nothing to present yet")
STEP_WHAT = Message("1. What is shown")
STEP_FORM = Message("2. In which form")
STEP_TERMS = Message("3. For whom, until when")
STEP_PREVIEW = Message("What the other side gets")
FOR_WHOM = Message("For whom")
FOR_WHOM_HINT = Message("for example the name of the employer")
UNTIL_WHEN = Message("Until when")
UNTIL_WEEK = Message("Seven days, until {date}")
UNTIL_TABLE = Message("Across the table, 15 minutes")
UNTIL_DATE = Message("Until a date…")
UNTIL_NEVER = Message("Without an end")
LAST_DAY = Message("Last day")
EXPIRY_TEXT = Message(
    "This is the end of this showing alone. The credential itself stays valid as long as its "
    "issuer says."
)
PREVIEW_NOTHING = Message("Nothing is chosen yet.")
PREVIEW_COUNT = Message("{n} whole credential.", "{n} whole credentials.")
PREVIEW_WHOLE = Message(
    "Everything that is stated is shown, grades and dates of birth included: these formats hide "
    "nothing."
)
SHOW_WHOLE = Message("Show all of it")
SHOW_WHOLE_OF = Message("Show all of {title}")
SHOW_CODE = Message("Show the QR code")
CODE_TITLE = Message("QR code")
CODE_ADVICE = Message(
    "Hold this screen toward the other side, and turn the brightness up. They read it with "
    "Mikrofolio: under “Check”, from a photo or a picture file of the code."
)
CODE_DENSE = Message("This is a dense code: a picture file of it is read more surely than a photo.")
CODE_FACTS = Message("Code version {version} of 40, {bytes} bytes.")
SHOWN_FOR = Message("For {name}")
HOLDS_UNTIL = Message("holds until {time}")
LEDGER = Message("What was shown to whom")
LEDGER_EMPTY = Message("Nothing yet. Whatever you show is written down here, for you alone.")
NOBODY_NAMED = Message("Nobody named")

# ---- check --------------------------------------------------------------------------------------

CHECK_HEADING = Message("Drop a credential here")
CHECK_TEXT = Message("A file, a mail, an archive, or a picture with a QR code.")
CHECK_PRIVACY = Message(
    "It is checked on this computer alone. Nothing is stored, and nobody is asked or told."
)
CHECKING = Message("Being checked…")
NOTHING_STORED = Message("Checked, and not kept.")
KEEP_IT = Message("Keep it")

# ---- settings -----------------------------------------------------------------------------------

WINDOW = Message("Window")
LANGUAGE = Message("Language")
APPEARANCE = Message("Appearance")
APPEARANCE_SYSTEM = Message("As the system")
APPEARANCE_LIGHT = Message("Light")
APPEARANCE_DARK = Message("Dark")
WALLET = Message("Wallet")
NO_WALLET_OPEN = Message("No wallet is open. Its place would be:")
OPENED_BY = Message("opened by: {ways}")
CHANGE_PASSPHRASE = Message("Change the passphrase…")
CHANGE = Message("Change it")
PASSPHRASE_CHANGED = Message("The new passphrase is in force.")
ABOUT = Message("About")
VERSION = Message("Mikrofolio {version}")
ABOUT_TEXT = Message(
    "A personal wallet for micro-credentials. Free software under the Apache License 2.0, without "
    "any warranty. It never uses the network by itself."
)

# ---- errors and help ----------------------------------------------------------------------------

ERROR_TITLE = Message("This did not work")
CRASH_TITLE = Message("Mikrofolio made a mistake")
CRASH_TEXT = Message(
    "This is our fault, not yours, and your wallet is as it was before. If you report it, send "
    "the lines below: they name places in the program and nothing from your credentials."
)
HELP_PARTS: tuple[tuple[Message, tuple[Message, ...]], ...] = (
    (
        Message("Keys"),
        (
            Message("Ctrl+O: open or import files. You can also drop them anywhere."),
            Message("Ctrl+F: search. Ctrl+E: show something to somebody."),
            Message("Ctrl+Z: take a deletion back. Ctrl+L: lock the wallet. F1: this help."),
        ),
    ),
    (
        Message("Unchanged and confirmed are two things"),
        (
            Message(
                "A signature that holds shows that nothing was changed. Who signed is another "
                "question: until that is confirmed, the state is amber. Red is for what is "
                "proven to be wrong."
            ),
        ),
    ),
    (
        Message("Nothing leaves this computer"),
        (
            Message(
                "Checking, counting and searching work without the network. Only what you save "
                "or hold up yourself is seen by others."
            ),
        ),
    ),
)

# ---- names --------------------------------------------------------------------------------------

FORMATS: Mapping[Format, Message] = {
    Format.EDC: Message("European Digital Credential"),
    Format.EDCI_XML: Message("Europass credential (XML)"),
    Format.OPEN_BADGE_3: Message("Open Badge 3.0"),
    Format.OPEN_BADGE_2: Message("Open Badge 2.0"),
    Format.CLR_2: Message("Comprehensive Learner Record"),
    Format.W3C_VC: Message("W3C Verifiable Credential"),
    Format.SD_JWT_VC: Message("SD-JWT credential"),
    Format.PRESENTATION: Message("Presentation"),
    Format.STATUS_LIST: Message("List of revoked credentials"),
    Format.SELF_ASSERTED: Message("Record entered by you"),
    Format.SIGNED_DOCUMENT: Message("Signed document"),
}

FORMS: Mapping[Form, Message] = {
    Form.PRESENTATION: Message("Presentation file"),
    Form.QR: Message("QR code"),
    Form.ORIGINAL: Message("Original file"),
}

FORM_TEXTS: Mapping[Form, Message] = {
    Form.PRESENTATION: Message(
        "One file for all that is chosen, signed by you for this one occasion. It shows that it "
        "comes from you."
    ),
    Form.QR: Message("The same as a code to hold up. Room for about one small credential."),
    Form.ORIGINAL: Message(
        "The bytes as the issuer sent them. One credential at a time; nothing says that it comes "
        "from you."
    ),
}

SLOTS: Mapping[SlotKind, Message] = {
    SlotKind.PASSPHRASE: Message("passphrase"),
    SlotKind.KEYRING: Message("system keyring"),
    SlotKind.SHEET: Message("recovery sheet"),
}

OWN_NAMES: Mapping[str, str] = {"en": "English", "pl": "Polski"}
"""Languages of the window, each called by its own name."""

LANGUAGE_NAMES: Mapping[str, Message] = {
    "cs": Message("Czech"),
    "da": Message("Danish"),
    "de": Message("German"),
    "el": Message("Greek"),
    "en": Message("English"),
    "es": Message("Spanish"),
    "fi": Message("Finnish"),
    "fr": Message("French"),
    "hu": Message("Hungarian"),
    "it": Message("Italian"),
    "lt": Message("Lithuanian"),
    "nb": Message("Norwegian"),
    "nl": Message("Dutch"),
    "pl": Message("Polish"),
    "pt": Message("Portuguese"),
    "ro": Message("Romanian"),
    "sk": Message("Slovak"),
    "sl": Message("Slovenian"),
    "sv": Message("Swedish"),
    "uk": Message("Ukrainian"),
}
