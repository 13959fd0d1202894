"""Opening the vault for a command: which one, and with which passphrase or recovery sheet."""

import argparse
import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wallet.actions import unlocking
from wallet.actions.files import read
from wallet.actions.wallet import Wallet
from wallet.cli.screen import Screen
from wallet.errors import Unreadable, UsageError, VaultLocked
from wallet.texts import problems

PASSPHRASE_FILE = "MIKROFOLIO_PASSPHRASE_FILE"  # noqa: S105 -- the name of a variable
SHEET_FILE = "MIKROFOLIO_SHEET_FILE"


def vault_path(arguments: argparse.Namespace) -> Path:
    """Return the vault's folder: --vault, else $MIKROFOLIO_VAULT, else the platform's place."""
    if arguments.vault is not None:
        return Path(arguments.vault)
    named = os.environ.get("MIKROFOLIO_VAULT")
    return Path(named) if named else unlocking.default_path()


@contextmanager
def opened(arguments: argparse.Namespace) -> Iterator[Wallet]:
    """Unlock the vault for one command and close it again.

    The recovery sheet comes from the file that MIKROFOLIO_SHEET_FILE names, else the passphrase
    from the one that MIKROFOLIO_PASSPHRASE_FILE names; without one the system keyring is asked,
    then the person, if there is a terminal. Raises VaultLocked else.
    """
    wallet = _unlock(vault_path(arguments))
    try:
        if wallet.read_only:
            Screen().message("The vault lies where nothing can be written: it opens for reading.")
        yield wallet
    finally:
        wallet.close()
        problem = wallet.vault.backups.problem
        if problem is not None:
            screen = Screen()
            screen.message(problems.error(screen.texts, problem))


def given_passphrase() -> str | None:
    """Return the first line of the passphrase file ("-": standard input), or None."""
    named = os.environ.get(PASSPHRASE_FILE)
    return first_line(named) if named else None


def given_sheet() -> str | None:
    """Return the first line of the recovery sheet's file ("-": standard input), or None."""
    named = os.environ.get(SHEET_FILE)
    return first_line(named) if named else None


def asked_sheet() -> str:
    """Ask for the recovery sheet. Raises VaultLocked where there is no terminal to ask at."""
    if not sys.stdin.isatty():
        raise VaultLocked(why="no_passphrase")
    return getpass.getpass("Recovery sheet: ")


def asked_passphrase() -> str:
    """Ask for the passphrase. Raises VaultLocked where there is no terminal to ask at."""
    if not sys.stdin.isatty():
        raise VaultLocked(why="no_passphrase")
    return getpass.getpass("Passphrase: ")


def new_passphrase(given: str | None) -> str:
    """Return the passphrase for something new: the one given, else asked twice.

    Raises VaultLocked where there is no terminal to ask at, UsageError when the two differ.
    """
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise VaultLocked(why="no_passphrase")
    first = getpass.getpass("New passphrase: ")
    if getpass.getpass("The same again: ") != first:
        raise UsageError(detail="passphrases_differ")
    return first


def first_line(name: str) -> str:
    """Return the first line of a file with a passphrase, or of standard input for "-"."""
    if name == "-":
        return sys.stdin.readline().rstrip("\r\n")
    try:
        text = read(Path(name)).decode()
    except UnicodeDecodeError as error:
        raise Unreadable(name=name, detail="UTF-8") from error
    return text.split("\n", 1)[0].rstrip("\r")


def _unlock(path: Path) -> Wallet:
    sheet = given_sheet()
    if sheet is not None:
        return unlocking.unlock(path, None, sheet=sheet)
    passphrase = given_passphrase()
    if passphrase is not None:
        return unlocking.unlock(path, passphrase)
    try:
        return unlocking.unlock(path, None)
    except VaultLocked as error:
        if not sys.stdin.isatty():
            raise
        if error.facts["why"] != "passphrase":
            screen = Screen()
            screen.message(problems.error(screen.texts, error))
    passphrase = getpass.getpass("Passphrase (nothing, to type the recovery sheet): ")
    if passphrase:
        return unlocking.unlock(path, passphrase)
    return unlocking.unlock(path, None, sheet=asked_sheet())
