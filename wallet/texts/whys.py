"""Why something went wrong, where an error has several causes: the sentence for each."""

from collections.abc import Mapping

from wallet.texts import backups, noting
from wallet.texts.catalogue import Message

WHYS: Mapping[tuple[str, str], Message] = {
    ("vault_locked", "no_passphrase"): Message(
        "A passphrase is needed, and there is no terminal to ask at. Name a file with it in "
        "MIKROFOLIO_PASSPHRASE_FILE."
    ),
    ("vault_locked", "absent"): Message(
        "The wallet is locked, and this computer has no system keyring that could open it. Enter "
        "its passphrase."
    ),
    ("vault_locked", "locked"): Message(
        "The wallet is locked, and so is the system keyring that could open it. Enter the "
        "wallet's passphrase, or unlock the keyring and try again."
    ),
    ("vault_locked", "refused"): Message(
        "The wallet is locked: the system keyring refused to open it. Enter its passphrase."
    ),
    ("vault_locked", "no_answer"): Message(
        "The wallet is locked: the system keyring did not answer. Enter its passphrase."
    ),
    ("vault_locked", "forgotten"): Message(
        "The wallet is locked: the system keyring does not know it any more. Enter its passphrase, "
        "and switch the keyring off and on again."
    ),
    ("vault_damaged", "missing"): Message(
        "A file of the wallet is missing: {what}. Nothing was written. Put the newest good backup "
        "back, or the file if you moved it."
    ),
    ("vault_damaged", "empty"): Message(
        "A file of the wallet is empty: {what}. Nothing was written. Put the newest good backup "
        "back."
    ),
    ("vault_damaged", "plain"): Message(
        "The file {what} is a database of another program, without encryption. Nothing was "
        "written. Put the newest good backup back."
    ),
    ("vault_damaged", "cut_short"): Message(
        "A file of the wallet is cut short: {what}. Nothing was written. Put the newest good "
        "backup back."
    ),
    ("vault_damaged", "altered"): Message(
        "A file of the wallet is not what was written: {what}. The disk may be failing, or the "
        "file is another wallet's. Nothing was written. Put the newest good backup back."
    ),
    ("vault_damaged", "foreign"): Message(
        "The file {what} opens and holds no wallet. Nothing was written. Put the newest good "
        "backup back."
    ),
    ("vault_not_writable", "READONLY"): Message(
        "The wallet lies where nothing can be written, and is open for reading. Nothing was "
        "changed; move it to a folder of your own to change it."
    ),
    ("vault_not_writable", "MOVED"): Message(
        "The wallet's files were moved, replaced or deleted while it was open. The last change did "
        "not happen. Put them back, or lock the wallet and open it where it lies now."
    ),
    ("vault_not_writable", "ENOLCK"): Message(
        "The folder does not allow files to be locked, as happens on network drives. Two programs "
        "could spoil the wallet there, so it was not opened; move it to a local folder."
    ),
    ("wrong_sheet", "length"): Message(
        "A recovery sheet has seven groups of five characters. Something is missing or too much; "
        "put a space between the groups."
    ),
    ("wrong_sheet", "whole"): Message(
        "Each group is right, but they do not belong to one recovery sheet. Do not mix two sheets."
    ),
    ("wrong_sheet", "other"): Message(
        "This recovery sheet belongs to another wallet, or was replaced by a newer one. The "
        "passphrase opens the wallet as before."
    ),
    ("cannot_present", "too_many"): Message(
        "Too many credentials for one presentation. Choose fewer, and make two."
    ),
    ("cannot_present", "self_asserted"): Message(
        "What you entered yourself can never be presented as a credential: nobody has signed it. "
        "Show the paper itself."
    ),
    ("cannot_present", "a_presentation"): Message(
        "This is a presentation itself and cannot be put into another one. Choose the credentials."
    ),
    ("cannot_present", "too_large"): Message(
        "The presentation would be too large. Choose fewer credentials."
    ),
    ("cannot_present", "unsafe"): Message(
        "This credential uses terms that a presentation could not protect. Save the original "
        "file and send that."
    ),
    ("not_fetched", "address"): Message(
        "This address cannot be fetched. Write it whole, beginning with https://."
    ),
    ("not_fetched", "not_https"): Message(
        "The address does not begin with https://, so anyone on the way could change what comes. "
        "It was not fetched."
    ),
    ("not_fetched", "no_such_host"): Message(
        "There is no such host, or this computer is not connected. Try again later."
    ),
    ("not_fetched", "private_address"): Message(
        "The address leads into this computer or its own network, not to the Internet. It was not "
        "fetched."
    ),
    ("not_fetched", "unreachable"): Message(
        "The host does not answer. What was known before still counts; try again later."
    ),
    ("not_fetched", "certificate"): Message(
        "The host could not show that it is the one it says it is. Nothing was fetched; try again "
        "later, or from another network."
    ),
    ("not_fetched", "too_slow"): Message(
        "The host took too long. What was known before still counts; try again later."
    ),
    ("not_fetched", "too_large"): Message(
        "The answer is larger than anything that belongs there. It was not kept."
    ),
    ("not_fetched", "redirect_elsewhere"): Message(
        "The address sends on to another host. It was not followed; if you trust that place, "
        "save the file with your browser and add it."
    ),
    ("not_fetched", "refused"): Message(
        "The host answers, but does not give this file. What was known before still counts; try "
        "again later."
    ),
    ("not_fetched", "signature"): Message(
        "What came is not signed by those who may sign it. It was not kept."
    ),
    ("not_fetched", "not_expected"): Message(
        "Something else came than belongs at this address. It was not kept."
    ),
    ("not_fetched", "older"): Message(
        "What came is older than what is here already. It was not kept."
    ),
    ("keyring_unavailable", "absent"): Message(
        "This computer has no system keyring that could be used. The passphrase opens the wallet."
    ),
    ("keyring_unavailable", "locked"): Message(
        "The system keyring is locked. Unlock it, or open the wallet with its passphrase."
    ),
    ("keyring_unavailable", "no_answer"): Message(
        "The system keyring did not answer. The passphrase opens the wallet as before."
    ),
    ("keyring_unavailable", "refused"): Message(
        "The system keyring refused. The passphrase opens the wallet as before."
    ),
}

USAGES: Mapping[str, Message] = {
    "nothing_chosen": Message("No credential is chosen. Choose at least one."),
    "several_originals": Message(
        "Originals go one by one. Choose one credential, or a presentation file for several."
    ),
    "expires_in_the_past": Message("That moment is over already. Choose a later end."),
    "several_programmes": Message(
        "Several programmes have a course of that name. Say which one with --programme."
    ),
    "original_has_no_terms": Message(
        "An original carries no recipient, challenge or end: these belong to a presentation. "
        "Leave them out, or choose a presentation."
    ),
    "not_this_course": Message(
        "This credential names another course or another university itself, so your word cannot "
        "make it this one. Look at what it states, and choose a course that fits."
    ),
    "one_award": Message(
        "A supplement or an audit is about one award as it is. Name the programme and, where it "
        "has several awards, the award with --award; leave --plan out."
    ),
    "pdf_or_json": Message("The file's name has to end in .pdf or .json."),
    "does_not_count_there": Message(
        "This credential cannot count there. See where it can with: mikrofolio counts-in ID."
    ),
    "unknown_profile_key": Message(
        "There is no such fact about you. Known is: field (your field of study, an ISCED-F code "
        "of two to four digits, such as 0732)."
    ),
    "list_is_older": Message(
        "This trusted list is older than the one that is here already. Nothing was changed."
    ),
    "list_of_lists_first": Message(
        "This national trusted list cannot be checked yet: the European list of lists says who "
        "may sign it. Add the list of lists first."
    ),
    "how_is_missing": Message(
        "Say how you checked this key with the issuer: their web page, the study office, a call."
    ),
    "last_way": Message(
        "This is the only way to open the wallet. Add another one before you remove it."
    ),
    "name_too_long": Message("The name is too long. A hundred characters are enough."),
    "passphrases_differ": Message("The two passphrases are not the same. Try again."),
    "the passphrase is empty": Message("The passphrase is empty. Enter one."),
    "the passphrase is not text": Message("The passphrase is not text. Enter another one."),
    "qr_ending": Message("A QR code is saved as .png or .svg. Choose one of these endings."),
    **backups.USAGES,
    **noting.USAGES,
}
