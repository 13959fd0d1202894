"""`key ...`: the keys that sign presentations."""

import argparse

from wallet.actions import holder_keys
from wallet.actions import wallet as content
from wallet.cli import shapes
from wallet.cli.arguments import Commands
from wallet.cli.exits import Exit
from wallet.cli.opening import opened
from wallet.cli.screen import Screen
from wallet.model.keeping import HolderKey


def add_to(commands: Commands) -> None:
    """Add the commands."""
    key = commands.add_parser("key", help="the keys that sign presentations")
    inner = key.add_subparsers(dest="key_command", metavar="WHAT", required=True)
    listing = inner.add_parser("list", help="all keys, retired ones too")
    new = inner.add_parser("new", help="make a key; it signs from now on")
    new.add_argument("--kind", choices=holder_keys.KINDS, default=holder_keys.KINDS[0])
    new.add_argument("--name", default="", help="a name of your own for it")
    name = inner.add_parser("name", help="give a key another name")
    retire = inner.add_parser(
        "retire",
        help="sign with a key no longer",
        description="The key stays in the vault, and what it signed stays provable. The next "
        "presentation is signed with another one.",
    )
    for command in (name, retire):
        command.add_argument("did", metavar="DID")
    name.add_argument("name", metavar="NAME")
    for command, run in ((listing, _list), (new, _new), (name, _name), (retire, _retire)):
        command.add_argument("--json", action="store_true", help="print one JSON object")
        command.set_defaults(run=run)  # fmt: skip


def _list(arguments: argparse.Namespace, screen: Screen) -> Exit:
    with opened(arguments) as wallet:
        found = content.holder_keys(wallet)
    return _say(screen, found)


def _new(arguments: argparse.Namespace, screen: Screen) -> Exit:
    with opened(arguments) as wallet:
        made = holder_keys.new(wallet, arguments.kind, arguments.name)
    return _say(screen, (made,))


def _name(arguments: argparse.Namespace, screen: Screen) -> Exit:
    with opened(arguments) as wallet:
        holder_keys.rename(wallet, arguments.did, arguments.name)
        found = content.holder_keys(wallet)
    return _say(screen, tuple(one for one in found if one.did == arguments.did))


def _retire(arguments: argparse.Namespace, screen: Screen) -> Exit:
    with opened(arguments) as wallet:
        holder_keys.retire(wallet, arguments.did)
        found = content.holder_keys(wallet)
    return _say(screen, tuple(one for one in found if one.did == arguments.did))


def _say(screen: Screen, keys: tuple[HolderKey, ...]) -> Exit:
    if screen.json:
        screen.data({"keys": [_shape(one) for one in keys]})
        return Exit.OK
    for one in keys:
        until = f", retired {shapes.day(one.retired_at)}" if one.retired_at else ""
        screen.line(f"{one.did}  {one.kind} since {shapes.day(one.created_at)}{until}  {one.name}")
    if not keys:
        screen.message("There is no key yet; the first presentation makes one.")
    return Exit.OK


def _shape(key: HolderKey) -> shapes.Shape:
    return {
        "did": key.did,
        "kind": key.kind,
        "name": key.name,
        "created_at": shapes.moment(key.created_at),
        "retired_at": shapes.moment(key.retired_at),
    }
