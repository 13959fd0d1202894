"""`vault ...`: making the encrypted vault, and looking after it."""

import argparse
import contextlib
from dataclasses import asdict

from wallet.actions import unlocking
from wallet.cli import backups, shapes
from wallet.cli.arguments import Commands
from wallet.cli.exits import Exit
from wallet.cli.opening import (
    asked_passphrase,
    asked_sheet,
    first_line,
    given_passphrase,
    given_sheet,
    new_passphrase,
    opened,
    vault_path,
)
from wallet.cli.screen import Screen
from wallet.model.keeping import SlotKind

_KEEP_SHEET = (
    "Write the recovery sheet down or print it, and keep it away from this computer: it opens the "
    "vault without the passphrase. It is not shown again; a sheet made before opens no more."
)


def add_to(commands: Commands) -> None:
    """Add the commands."""
    vault = commands.add_parser("vault", help="the encrypted vault")
    inner = vault.add_subparsers(dest="vault_command", metavar="WHAT", required=True)
    create = inner.add_parser("create", help="make a new vault")
    create.add_argument(
        "--keyring", action="store_true", help="let the system keyring open it as well"
    )
    create.add_argument(
        "--recovery-sheet",
        action="store_true",
        dest="sheet",
        help="make what opens it when the passphrase is forgotten, and print it, once",
    )
    test = inner.add_parser(
        "unlock-test", help="tell whether the passphrase, sheet or keyring opens the vault"
    )
    change = inner.add_parser(
        "change-passphrase",
        help="replace the passphrase",
        description="Opens the vault as usual and sets a new passphrase: the first line of "
        "--new FILE, or asked for at the terminal. Where the passphrase is forgotten, name a file "
        "with the recovery sheet in MIKROFOLIO_SHEET_FILE.",
    )
    change.add_argument("--new", metavar="FILE", help="a file with the new passphrase")
    sheet = inner.add_parser(
        "recovery-sheet",
        help="what opens the vault when the passphrase is forgotten",
        description="new: makes a sheet and prints it, once; the one before opens no more. check: "
        "tells whether a sheet opens the vault, and which group is wrong. remove: no sheet opens "
        "the vault any longer. A sheet is read from the file that MIKROFOLIO_SHEET_FILE names, or "
        "asked for at the terminal.",
    )
    sheet.add_argument("what", choices=sorted(_SHEETS))
    rekey = inner.add_parser(
        "rekey",
        help="encrypt everything anew, after a suspected leak",
        description="Gives the database a new random key. The passphrase stays; the recovery sheet "
        "opens no more. Backups made before keep the old key.",
    )
    info = inner.add_parser("info", help="what the vault holds, and what opens it")
    for command, run in (
        (create, _create), (test, _test), (change, _change), (sheet, _sheet), (rekey, _rekey),
        (info, _info),
    ):  # fmt: skip
        command.add_argument("--json", action="store_true", help="print one JSON object")
        command.set_defaults(run=run)
    backups.add_to(inner)


def _create(arguments: argparse.Namespace, screen: Screen) -> Exit:
    path = vault_path(arguments)
    passphrase = new_passphrase(given_passphrase())
    with contextlib.closing(
        unlocking.create(path, passphrase, keyring=arguments.keyring)
    ) as wallet:
        sheet = unlocking.new_recovery_sheet(wallet) if arguments.sheet else None
    if screen.json:
        screen.data({"path": str(path), "recovery_sheet": sheet})
        return Exit.OK
    screen.line(f"A new vault is at {path}.")
    if sheet is not None:
        screen.line(f"Recovery sheet: {sheet}")
        screen.message(_KEEP_SHEET)
    else:
        screen.message(
            "Its passphrase cannot be recovered by anybody: keep it where you will find it, or "
            "make a recovery sheet (vault recovery-sheet new)."
        )
    return Exit.OK


def _test(arguments: argparse.Namespace, screen: Screen) -> Exit:
    with opened(arguments):
        pass
    if screen.json:
        screen.data({"unlocked": True})
    else:
        screen.line("The vault opens.")
    return Exit.OK


def _change(arguments: argparse.Namespace, screen: Screen) -> Exit:
    with opened(arguments) as wallet:
        given = first_line(arguments.new) if arguments.new else None
        unlocking.change_passphrase(wallet, new_passphrase(given))
    if screen.json:
        screen.data({"changed": True})
    else:
        screen.line("The passphrase is changed. The credentials were not touched.")
    return Exit.OK


def _sheet(arguments: argparse.Namespace, screen: Screen) -> Exit:
    return _SHEETS[arguments.what](arguments, screen)


def _new_sheet(arguments: argparse.Namespace, screen: Screen) -> Exit:
    with opened(arguments) as wallet:
        text = unlocking.new_recovery_sheet(wallet)
    if screen.json:
        screen.data({"recovery_sheet": text})
    else:
        screen.line(text)
        screen.message(_KEEP_SHEET)
    return Exit.OK


def _check_sheet(arguments: argparse.Namespace, screen: Screen) -> Exit:
    text = given_sheet()
    unlocking.unlock(vault_path(arguments), None, sheet=text or asked_sheet()).close()
    if screen.json:
        screen.data({"unlocked": True})
    else:
        screen.line("The recovery sheet opens the vault.")
    return Exit.OK


def _remove_sheet(arguments: argparse.Namespace, screen: Screen) -> Exit:
    with opened(arguments) as wallet:
        unlocking.remove_recovery_sheet(wallet)
    if screen.json:
        screen.data({"removed": True})
    else:
        screen.line("No recovery sheet opens the vault any longer.")
    return Exit.OK


_SHEETS = {"new": _new_sheet, "check": _check_sheet, "remove": _remove_sheet}


def _rekey(arguments: argparse.Namespace, screen: Screen) -> Exit:
    given = given_passphrase()
    passphrase = asked_passphrase() if given is None else given
    with contextlib.closing(unlocking.unlock(vault_path(arguments), passphrase)) as wallet:
        gone = unlocking.rekey(wallet, passphrase)
    if screen.json:
        screen.data({"rekeyed": True, "gone": [slot.value for slot in gone]})
    else:
        screen.line("The vault has a new key. Backups made before keep the old one.")
        if SlotKind.SHEET in gone:
            screen.message("The recovery sheet opens no more: make a new one.")
        if SlotKind.KEYRING in gone:
            screen.message("The system keyring could not take part: switch it on again.")
    return Exit.OK


def _info(arguments: argparse.Namespace, screen: Screen) -> Exit:
    with opened(arguments) as wallet:
        info = unlocking.info(wallet)
    if screen.json:
        screen.data(
            {
                "path": str(info.path),
                "schema": info.schema,
                "credentials": info.credentials,
                "slots": [slot.value for slot in info.slots],
                "kdf": None if info.cost is None else {"name": "argon2id", **asdict(info.cost)},
                "read_only": info.read_only,
                "last_backup": shapes.moment(info.last_backup),
            }
        )
    else:
        screen.line(f"{info.path}")
        screen.line(f"credentials: {info.credentials}; schema {info.schema}")
        screen.line(f"opened by: {screen.texts.listing(slot.value for slot in info.slots)}")
        if info.cost is not None:
            mebibytes = info.cost.memory_kib // 1024
            screen.line(
                f"a guess of the passphrase costs: {mebibytes} MiB, {info.cost.passes} passes, "
                f"{info.cost.lanes} lanes (Argon2id)"
            )
        backup = shapes.moment(info.last_backup) or "none yet"
        screen.line(f"last backup: {backup}")
    return Exit.OK
