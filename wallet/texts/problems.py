"""What went wrong, in sentences: what happened, what it means, what to do. Never a code alone."""

from collections.abc import Mapping

from wallet.errors import WalletError
from wallet.model.intake import Problem, ProblemCode
from wallet.model.keeping import AddResult
from wallet.texts.catalogue import Message, Texts
from wallet.texts.sayings import Sayings, fullest

IMPORT_RESULTS: Mapping[AddResult, Message] = {
    AddResult.IMPORTED: Message("imported"),
    AddResult.ALREADY_HERE: Message("already here"),
    AddResult.NEW_VERSION: Message("new version"),
    AddResult.REFUSED: Message("refused"),
}

PROBLEMS: Mapping[ProblemCode, Sayings] = {
    ProblemCode.NO_CREDENTIAL: (
        Message(
            "There is no credential in it. If the university sent a link, open the link in your "
            "browser and save the file that it offers."
        ),
    ),
    ProblemCode.UNKNOWN_FORMAT: (
        Message(
            "This kind of file is not known here ({what}). Ask the issuer for a European Digital "
            "Credential or an Open Badge."
        ),
        Message(
            "This kind of file is not known here. Ask the issuer for a European Digital "
            "Credential or an Open Badge."
        ),
    ),
    ProblemCode.MALFORMED: (
        Message(
            "The file is broken or was cut short ({what}). Download it again, or ask for a new "
            "copy."
        ),
        Message("The file is broken or was cut short. Download it again, or ask for a new copy."),
    ),
    ProblemCode.TOO_LARGE: (
        Message(
            "The file asks for more than this program reads at once ({what}); no genuine "
            "credential does. It was not opened."
        ),
        Message(
            "The file asks for more than this program reads at once; no genuine credential does. "
            "It was not opened."
        ),
    ),
    ProblemCode.ENCRYPTED: (
        Message(
            "The file is encrypted. Open it with its password and save it without, then try again."
        ),
    ),
    ProblemCode.UNREADABLE: (
        Message(
            "The file cannot be opened ({detail}). See whether it is still there and whether you "
            "may read it."
        ),
        Message(
            "The file cannot be opened. See whether it is still there and whether you may read it."
        ),
    ),
    ProblemCode.LINK_ONLY: (
        Message(
            "This picture does not hold the badge itself, only its address ({badge}). Open it in "
            "your browser, save what it shows, and drop that here."
        ),
        Message(
            "This mail has only a link ({link}). Open it in your browser, save the .jsonld file, "
            "and drop it here."
        ),
        Message(
            "This mail has only a link. Open it in your browser, save the .jsonld file, and drop "
            "it here."
        ),
    ),
    ProblemCode.NOT_IMPORTABLE: (
        Message(
            "This can be checked but not kept: it is a presentation or another signed document, "
            "and no credential of its own. Open it under “Check”."
        ),
    ),
}

ERRORS: Mapping[str, Sayings] = {
    "error": (Message("It could not be done. Nothing was changed."),),
    "malformed": PROBLEMS[ProblemCode.MALFORMED],
    "too_large": PROBLEMS[ProblemCode.TOO_LARGE],
    "unreadable": (
        Message(
            "“{name}” cannot be opened ({detail}). See whether it is still there and whether you "
            "may read it."
        ),
        Message(
            "“{name}” cannot be opened. See whether it is still there and whether you may read it."
        ),
        *PROBLEMS[ProblemCode.UNREADABLE][1:],
    ),
    "not_writable": (
        Message(
            "“{name}” cannot be written ({detail}). Nothing was changed. Choose another folder, or "
            "make room on the disk."
        ),
        Message(
            "The file cannot be written. Nothing was changed. Choose another folder, or make room "
            "on the disk."
        ),
    ),
    "vault_error": (
        Message("The wallet could not do this. It is unchanged; close the program and try again."),
    ),
    "vault_missing": (
        Message(
            "There is no wallet at {path}. See whether the disk is connected, or make a new wallet."
        ),
        Message(
            "There is no wallet there. See whether the disk is connected, or make a new wallet."
        ),
    ),
    "vault_exists": (
        Message(
            "There is already something at {path}. It was left as it is: unlock it, or choose "
            "another place."
        ),
        Message(
            "There is already something there. It was left as it is: unlock it, or choose another "
            "place."
        ),
    ),
    "vault_busy": (
        Message(
            "The wallet is open in another window or program. Close it there and try again; "
            "nothing was changed."
        ),
    ),
    "vault_locked": (
        Message("The wallet is locked. Enter its passphrase; the system keyring does not open it."),
    ),
    "wrong_passphrase": (
        Message(
            "This passphrase does not open the wallet. Look at capital letters and the keyboard "
            "language, and try again; you can try as often as you like."
        ),
    ),
    "vault_damaged": (
        Message(
            "The wallet's files are damaged ({what}). Nothing was written. Put back a copy of the "
            "whole folder from a backup."
        ),
        Message(
            "The wallet's files are damaged. Nothing was written. Put back a copy of the whole "
            "folder from a backup."
        ),
    ),
    "vault_too_new": (
        Message(
            "A later version of Mikrofolio wrote this wallet (its form {found}, known here "
            "{known}). It was left untouched; install the newer version."
        ),
        Message(
            "A later version of Mikrofolio wrote this wallet. It was left untouched; install the "
            "newer version."
        ),
    ),
    "vault_not_writable": (
        Message(
            "The wallet cannot be written ({detail}): the disk is full, read-only or gone. The "
            "last change did not happen; make room and try again."
        ),
        Message(
            "The wallet cannot be written: the disk is full, read-only or gone. The last change "
            "did not happen; make room and try again."
        ),
    ),
    "keyring_unavailable": (
        Message(
            "The system keyring cannot be used ({why}). The passphrase opens the wallet as "
            "before; unlock the keyring and switch it on again under Settings."
        ),
        Message(
            "The system keyring cannot be used. The passphrase opens the wallet as before; unlock "
            "the keyring and switch it on again under Settings."
        ),
    ),
    "not_found": (
        Message("There is nothing by the name {id} here. Look in the list for what there is."),
        Message("This is not here any more. It may have been deleted; look in the list."),
    ),
    "no_trust_data": (
        Message(
            "“{name}” is no trust data that is known here. Give certificates, keys, DID documents, "
            "issuer registries, trusted lists or status lists."
        ),
        Message(
            "This is no trust data that is known here. Give certificates, keys, DID documents, "
            "issuer registries, trusted lists or status lists."
        ),
    ),
    "not_fetched": (
        Message(
            "{host} gave nothing that could be used. What was known before still counts; try "
            "again later."
        ),
        Message(
            "The address gave nothing that could be used. What was known before still counts; try "
            "again later."
        ),
    ),
    "holdings_invalid": (
        Message(
            "The holdings file cannot be used (places: {count}). Correct them and try again; "
            "nothing was evaluated."
        ),
    ),
    "programme_invalid": (
        Message(
            "The programme file breaks its own rules (places: {count}). It is not used; ask its "
            "author for a corrected one."
        ),
    ),
    "cannot_present": (
        Message("This credential cannot be shown in this form. Choose the original file instead."),
    ),
    "does_not_fit": (
        Message(
            "This is too large for a QR code: {size} bytes, and a code holds {capacity}. Choose "
            "fewer credentials, or save the presentation as a file and send it."
        ),
        Message(
            "This is too large for a QR code. Choose fewer credentials, or save the presentation "
            "as a file and send it."
        ),
    ),
    "usage": (Message("This makes no sense as it was asked. Nothing was changed."),),
}

WHYS: Mapping[tuple[str, str], Message] = {
    ("vault_locked", "no_passphrase"): Message(
        "A passphrase is needed, and there is no terminal to ask at. Name a file with it in "
        "MIKROFOLIO_PASSPHRASE_FILE."
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
    "only_first_achievement": Message(
        "Only the first achievement of a credential can be confirmed so far. Nothing was changed."
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
    "passphrases_differ": Message("The two passphrases are not the same. Try again."),
    "the passphrase is empty": Message("The passphrase is empty. Enter one."),
    "the passphrase is not text": Message("The passphrase is not text. Enter another one."),
    "qr_ending": Message("A QR code is saved as .png or .svg. Choose one of these endings."),
}


def problem(t: Texts, found: Problem) -> str:
    """Say why something in a source is no item, and what to do."""
    return fullest(t, PROBLEMS[found.code], found.facts)


def link(found: Problem) -> str | None:
    """Return the address that a person could open instead, where the problem names one."""
    address = found.facts.get("link") or found.facts.get("badge")
    return address if address and address.lower().startswith(("https://", "http://")) else None


def error(t: Texts, raised: WalletError) -> str:
    """Say what happened, what it means and what to do."""
    usage = USAGES.get(str(raised.facts.get("detail", "")))
    if raised.code == "usage" and usage is not None:
        return t(usage)
    why = WHYS.get((raised.code, str(raised.facts.get("why", ""))))
    if why is not None:
        return t(why)
    return fullest(t, ERRORS.get(raised.code, ERRORS["error"]), raised.facts)


def result(t: Texts, found: AddResult) -> str:
    """Name what an import did with one item: "already here"."""
    return t(IMPORT_RESULTS[found])
