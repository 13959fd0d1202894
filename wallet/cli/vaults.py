"""`vault ...`: making the encrypted vault, and looking after it."""

import argparse

from wallet.actions import unlocking
from wallet.cli import shapes
from wallet.cli.arguments import Commands
from wallet.cli.exits import Exit
from wallet.cli.opening import first_line, given_passphrase, new_passphrase, opened, vault_path
from wallet.cli.screen import Screen


def add_to(commands: Commands) -> None:
    """Add the commands."""
    vault = commands.add_parser("vault", help="the encrypted vault")
    inner = vault.add_subparsers(dest="vault_command", metavar="WHAT", required=True)
    create = inner.add_parser("create", help="make a new vault")
    create.add_argument(
        "--keyring", action="store_true", help="let the system keyring open it as well"
    )
    test = inner.add_parser("unlock-test", help="tell whether the passphrase opens the vault")
    change = inner.add_parser(
        "change-passphrase",
        help="replace the passphrase",
        description="Opens the vault as usual and sets a new passphrase: the first line of "
        "--new FILE, or asked for at the terminal.",
    )
    change.add_argument("--new", metavar="FILE", help="a file with the new passphrase")
    info = inner.add_parser("info", help="what the vault holds")
    for command, run in ((create, _create), (test, _test), (change, _change), (info, _info)):
        command.add_argument("--json", action="store_true", help="print one JSON object")
        command.set_defaults(run=run)  # fmt: skip


def _create(arguments: argparse.Namespace, screen: Screen) -> Exit:
    path = vault_path(arguments)
    unlocking.create(path, new_passphrase(given_passphrase()), keyring=arguments.keyring).close()
    if screen.json:
        screen.data({"path": str(path)})
    else:
        screen.line(f"A new vault is at {path}.")
        screen.message(
            "Its passphrase cannot be recovered by anybody: keep it where you will find it."
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
                "last_backup": shapes.moment(info.last_backup),
            }
        )
    else:
        screen.line(f"{info.path}")
        screen.line(f"credentials: {info.credentials}; schema {info.schema}")
        screen.line(f"opened by: {screen.texts.listing(slot.value for slot in info.slots)}")
        backup = shapes.moment(info.last_backup) or "none yet"
        screen.line(f"last backup: {backup}")
    return Exit.OK
