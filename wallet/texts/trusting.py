"""Whose keys the wallet knows, in words: the European lists, fetching, and one's own decisions."""

from collections.abc import Mapping
from datetime import datetime

from wallet.model.keeping import TrustItem, Verdict
from wallet.texts.catalogue import Message, Texts
from wallet.texts.countries import country

# ---- the European lists -------------------------------------------------------------------------

NO_LISTS = Message(
    "Seals cannot be traced to the European lists of seal providers yet: the lists are not here."
)
GET_LISTS = Message("Get the European lists of seal providers")
OFFER_WHY = Message(
    "Universities seal credentials with certificates of supervised providers, and each country "
    "publishes a signed list of its providers. With these lists the wallet can tell who stands "
    "behind a seal; without them, only that nothing was changed."
)
OFFER_WHAT = Message("What is fetched")
OFFER_WHAT_TEXT = Message(
    "The European list of lists (half a megabyte), then the lists of the 31 countries that it "
    "names: about 30 MB in all. What is kept of them is much smaller."
)
OFFER_WHO = Message("Who is asked")
OFFER_WHO_TEXT = Message(
    "ec.europa.eu, which is the European Commission, and then the authority of each country at "
    "the address that the European list names. Each is shown while it is asked."
)
OFFER_LEARNS = Message("What they learn")
OFFER_LEARNS_TEXT = Message(
    "Nothing about you. These are public files, the same for everybody; nothing of your wallet "
    "is sent. The hosts see your Internet address, as with any web page."
)
OFFER_LATER = Message("It can be stopped at any time, and done later in the settings.")
GET = Message("Get them")
LATER = Message("Later")
NEVER = Message("Don't ask again")

# ---- fetching -----------------------------------------------------------------------------------

UPDATE = Message("Update…")
UPDATE_TITLE = Message("Update the trust data")
UPDATE_TEXT = Message(
    "The wallet uses the network for this alone, and only now. What is ticked is fetched, one "
    "address after the other."
)
FINDING_OUT = Message("Looking up what there is to fetch…")
FETCH = Message("Fetch")
ASKED_HOSTS = Message("Asked: {hosts}")
ASKED_LATER = Message("Asked: {hosts}, and then the authorities that the list names")
ADDRESSES = Message("{n} address", "{n} addresses")
ADDRESSES_OF = Message("Addresses: {group}")
GROUP_EUROPEAN = Message("European lists of seal providers")
GROUP_REGISTRIES = Message("Issuer registries")
GROUP_DOCUMENTS = Message("Keys that issuers publish (did:web)")
GROUP_STATUS = Message("Lists of revoked credentials")
PUBLIC_FILES = Message("Public files. It says nothing about you.")
HOLDS_ONE = Message(
    "Whoever runs these addresses can see that somebody at your Internet address holds one of "
    "their credentials. Most of them cannot tell which."
)
FETCHING = Message("Trust data are being fetched")
FETCHING_ONE = Message("{number} of {total}: {host}")
JUDGING = Message("Every credential is judged again…")
FETCHED = Message("What was fetched")
NOTHING_FETCHED = Message("Nothing was fetched.")
STOPPED = Message("Stopped before the end. What had come is kept.")
COUNT_NEW = Message("{n} new", "{n} new")
COUNT_UNCHANGED = Message("{n} as before", "{n} as before")
COUNT_FAILED = Message("{n} failed", "{n} failed")
RESULT_NEW = Message("Fetched from {host}.")
RESULT_UNCHANGED = Message("Fetched from {host}; it is the same as before.")
RESULT_FAILED = Message("Asked {host}.")
ALL_JUDGED = Message("Every credential was judged again with what is known now.")

# ---- the page -----------------------------------------------------------------------------------

TRUST = Message("Trust")
TRUST_TEXT = Message(
    "Whose keys and seals this wallet knows. All of it lies in your wallet; checking never asks "
    "the network."
)
OPEN_TRUST = Message("Trust data and decisions")
BACK_TO_SETTINGS = Message("Settings")
COUNT_LISTS = Message("{n} national list of seal providers", "{n} national lists of seal providers")
COUNT_ITEMS = Message("{n} other file of trust data", "{n} other files of trust data")
COUNT_DECISIONS = Message("{n} key judged by yourself", "{n} keys judged by yourself")
NATIONAL_LISTS = Message("The European lists")
NATIONAL_LISTS_TEXT = Message(
    "They say which providers of seals are supervised. The oldest was taken up on {oldest} "
    "({age}); the date of a list is said with each answer that rests on it."
)
BUNDLED_LISTS = Message("{n} of them came with the program", "{n} of them came with the program")
BUNDLED_LISTS_TEXT = Message(
    "As published on {date} ({age}), packed by whoever made this program from {source}. An update "
    "replaces them by newer ones."
)
SHOW_LISTS = Message("The lists that were fetched or added")
FILES = Message("Files and addresses")
FILES_TEXT = Message(
    "Keys, certificates, registries and lists that you added, or that were fetched for your "
    "credentials. You can drop files here."
)
NO_FILES = Message("Nothing yet.")
ADD_FILE = Message("Add a file…")
ADDED = Message("Kept: {what}. Every credential was judged again.")
REMOVE = Message("Remove")
REMOVE_NAMED = Message("Remove {what}")
REMOVED = Message("Removed: {what}. Every credential was judged again.")
FROM_SOURCE = Message("from {source}")
TODAY = Message("today")
DAYS_OLD = Message("{n} day old", "{n} days old")
DECISIONS = Message("What you decided about keys")
DECISIONS_TEXT = Message("Each decision counts until you take it back.")
NO_DECISIONS = Message(
    "Nothing yet. Where an issuer is not confirmed, the credential's page lets you say that you "
    "have checked its key."
)
TAKE_BACK = Message("Take back")
TAKE_BACK_NAMED = Message("Take back: {what}")
TAKEN_BACK = Message("Taken back. Every credential was judged again.")
CONCERNS = Message("Concerns: {titles}")

# ---- one key ------------------------------------------------------------------------------------

KEY = Message("The issuer's key")
KEY_OPEN = Message(
    "The signature holds, but whose key made it is not confirmed. Knowing the name is not "
    "knowing the key: ask the issuer, and compare."
)
KEY_KNOWN = Message("The issuer is confirmed by other data; you need to do nothing.")
CHECKED_KEY = Message("I have checked this key with the issuer…")
CHECKED_KEY_TITLE = Message("I have checked this key with the issuer")
CHECKED_KEY_TEXT = Message(
    "Compare the fingerprint with the one that the issuer publishes or reads out to you. Find "
    "their page or number yourself: a link in the credential would lead to whoever made it."
)
DISTRUST = Message("Distrust this key…")
DISTRUST_TITLE = Message("Distrust this key")
DISTRUST_TEXT = Message(
    "Everything that is signed with this key is then shown as rejected by you, whatever else "
    "vouches for it. You can take it back at any time."
)
DISTRUST_GO = Message("Distrust it")
FINGERPRINT = Message("Fingerprint of the key")
COPY_FINGERPRINT = Message("Copy the fingerprint")
STATED_ISSUER = Message("Issuer as stated")
STATED_BODY = Message("Awarding body as stated")
SEALED_BY = Message("Sealed by")
IDENTIFIER = Message("Identifier of the issuer")
CERTIFICATE_UNTIL = Message("Certificate until")
HOW_CHECKED = Message("How did you check it?")
NOTE = Message("With whom, where, what for")
NOTE_HINT = Message("for example the address of the page, or who answered")
WHY = Message("Why")
WHY_HINT = Message("for example what the issuer told you")
NOTE_NEEDED = Message("Choose how you checked it.")
OTHER_NEEDS_NOTE = Message("Say above how you checked it.")
CONFIRM = Message("Yes, it is their key")
ALSO_SIGNED = Message(
    "{n} credential in the wallet is signed with this key.",
    "{n} credentials in the wallet are signed with this key; it counts for all of them.",
)
YOU_ACCEPTED = Message("You have checked this key with the issuer")
YOU_DISTRUSTED = Message("You distrust this key")
DECIDED = Message("Kept with today's date. Every credential was judged again.")

WAYS_TO_CHECK: tuple[Message, ...] = (
    Message("On their own web page"),
    Message("At the study office"),
    Message("By a call, to a number that I found myself"),
    Message("In another way"),
)
"""The last one says nothing without a note."""

VERDICTS: Mapping[Verdict, Message] = {
    Verdict.ACCEPTED: YOU_ACCEPTED,
    Verdict.DISTRUSTED: YOU_DISTRUSTED,
}

KINDS: Mapping[str, Message] = {
    "lotl": Message("European list of lists"),
    "trusted-list": Message("List of seal providers"),
    "status-list": Message("List of revoked credentials"),
    "revocation-list": Message("List of revoked badges"),
    "registry": Message("Issuer registry"),
    "did-document": Message("Keys that an issuer publishes"),
    "certificate": Message("Certificate"),
    "badge-document": Message("Description of a badge or its issuer"),
    "key": Message("Key"),
}
"""By the kind of a kept item, and of what is fetched."""
SOME_KIND = Message("Trust data")

GROUP = 4
"""Characters of a fingerprint that stand together."""


def kind(t: Texts, stated: str, name: str = "") -> str:
    """Name a kind of trust data; a national list with its country."""
    said = t(KINDS.get(stated, SOME_KIND))
    return f"{said}: {country(t, name)}" if stated == "trusted-list" and name else said


def item(t: Texts, held: TrustItem) -> str:
    """Name one kept item."""
    return kind(t, held.kind, held.name)


def age(t: Texts, of: datetime, now: datetime) -> str:
    """Say how old something is, in whole days."""
    days = (now - of).days
    return t(DAYS_OLD, n=days) if days > 0 else t(TODAY)


def grouped(fingerprint: str) -> str:
    """Write a fingerprint in groups, to be compared by eye or read out."""
    groups = range(0, len(fingerprint), GROUP)
    return " ".join(fingerprint[start : start + GROUP] for start in groups)
