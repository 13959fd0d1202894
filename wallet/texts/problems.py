"""What went wrong, in sentences: what happened, what it means, what to do. Never a code alone."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from wallet.errors import WalletError
from wallet.model.intake import Problem, ProblemCode
from wallet.texts import backups
from wallet.texts.catalogue import Message, Texts
from wallet.texts.sayings import Sayings, fullest
from wallet.texts.whys import USAGES, WHYS

if TYPE_CHECKING:
    from wallet.model.keeping import AddResult

IMPORT_RESULTS: Mapping[str, Message] = {
    "imported": Message("imported"),
    "already_here": Message("already here"),
    "new_version": Message("new version"),
    "refused": Message("refused"),
}
"""By the value of an `AddResult`: every command has these texts, few have a vault."""

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
            "The wallet was opened on another computer ({computer}) and not closed there. Close it "
            "there and try again; if that computer crashed, delete the file “lock” in the wallet's "
            "folder."
        ),
        Message(
            "The wallet is open in another window or program (process {process}). Close it there "
            "and try again; nothing was changed."
        ),
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
    "wrong_sheet": (
        Message(
            "A slip in the recovery sheet: look at group {groups}, counted from the left, and "
            "compare it character by character."
        ),
        Message("This recovery sheet does not open the wallet. Compare it character by character."),
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
    **backups.ERRORS,
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
    reason = raised.facts.get("why") or raised.facts.get("detail", "")
    why = WHYS.get((raised.code, str(reason)))
    if why is not None:
        return fullest(t, (why,), raised.facts)
    return fullest(t, ERRORS.get(raised.code, ERRORS["error"]), raised.facts)


def result(t: Texts, found: "AddResult") -> str:
    """Name what an import did with one item: "already here"."""
    return t(IMPORT_RESULTS[found.value])
