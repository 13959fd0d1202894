"""`note` and `tag`: what the person writes beside a credential."""

import argparse

from wallet.actions import noting
from wallet.cli.arguments import Commands
from wallet.cli.exits import Exit
from wallet.cli.opening import opened
from wallet.cli.screen import Screen


def add_to(commands: Commands) -> None:
    """Add the commands."""
    note = commands.add_parser(
        "note",
        help="show or write a note of your own on a credential",
        description="Without TEXT it prints the note; with one it replaces the note, and an empty "
        'text ("") removes it. Notes are plain text, found by "list --find", and never leave with '
        "a presentation.",
    )
    note.add_argument("id", metavar="ID", help="as in list")
    note.add_argument("text", nargs="?", metavar="TEXT", help="the new note")
    tag = commands.add_parser(
        "tag",
        help="give tags to credentials, or take them away",
        description="Without --add and --remove it prints the tags.",
    )
    tag.add_argument("ids", nargs="+", metavar="ID", help="as in list")
    for name in ("add", "remove"):
        tag.add_argument(f"--{name}", action="append", default=[], metavar="TAG")
    for command, run in ((note, _note), (tag, _tag)):
        command.add_argument("--json", action="store_true", help="print one JSON object")
        command.set_defaults(run=run)


def _note(arguments: argparse.Namespace, screen: Screen) -> Exit:
    with opened(arguments) as wallet:
        if arguments.text is not None:
            noting.set_note(wallet, arguments.id, arguments.text)
        text = noting.note(wallet, arguments.id)
    if screen.json:
        screen.data({"id": arguments.id, "note": text or None})
    elif text:
        screen.line(text)
    else:
        screen.message("There is no note on it.")
    return Exit.OK


def _tag(arguments: argparse.Namespace, screen: Screen) -> Exit:
    with opened(arguments) as wallet:
        if arguments.add or arguments.remove:
            noting.change_tags(wallet, arguments.ids, add=arguments.add, remove=arguments.remove)
        tagged = noting.tags_of(wallet, arguments.ids)
    if screen.json:
        screen.data({"tags": {one: list(tags) for one, tags in tagged.items()}})
    else:
        for one, tags in tagged.items():
            screen.line(f"{one}  {', '.join(tags)}")
    return Exit.OK
