"""`progress`, `confirm`, `unconfirm`, `counts-in`, `profile`: what the credentials add up to."""

import argparse
from pathlib import Path

from wallet.actions import auditing
from wallet.actions import progress as adding_up
from wallet.actions.wallet import Wallet
from wallet.cli import shapes
from wallet.cli.arguments import Commands
from wallet.cli.exits import Exit
from wallet.cli.opening import opened
from wallet.cli.reporting import Names, print_assessment, print_conflict, print_place
from wallet.cli.screen import Screen
from wallet.errors import UsageError
from wallet.texts import LANGUAGES


def add_to(commands: Commands) -> None:
    """Add the commands."""
    _add_progress(commands)
    for name, run, help_text in (
        ("confirm", _confirm, "say that a credential is a programme's course"),
        ("unconfirm", _unconfirm, "take that back"),
    ):
        command = commands.add_parser(name, help=help_text)
        command.add_argument("id", metavar="ID", help="ID, or ID#2 for its second achievement")
        command.add_argument("item", metavar="ITEM", help="the course's key in the programme")
        command.add_argument("--programme", metavar="PROGRAMME", help="if several have that key")
        command.set_defaults(run=run)
    counts = commands.add_parser(
        "counts-in", help="where a credential counts, and which programme gets it"
    )
    counts.add_argument("id", metavar="ID", help="ID, or ID#2 for its second achievement")
    counts.add_argument(
        "programme", nargs="?", metavar="PROGRAMME", help="give it to this one (or PROGRAMME#AWARD)"
    )
    counts.add_argument("--undo", action="store_true", help="take that choice back")
    counts.set_defaults(run=_counts_in)
    profile = commands.add_parser("profile", help="facts about you, for the audit alone")
    profile.add_argument("what", choices=["show", "set"])
    profile.add_argument("key", nargs="?", metavar="KEY", help="such as field (ISCED-F code)")
    profile.add_argument("value", nargs="?", metavar="VALUE")
    profile.set_defaults(run=_profile)
    for each in ("progress", "confirm", "unconfirm", "counts-in", "profile"):
        commands.choices[each].add_argument(
            "--json", action="store_true", help="print one JSON object"
        )


def _add_progress(commands: Commands) -> None:
    progress = commands.add_parser("progress", help="how far each certificate is")
    progress.add_argument("programme", nargs="?", metavar="PROGRAMME", help="only this one")
    progress.add_argument(
        "--plan", action="append", default=[], metavar="ITEM",
        help="what if: as if this course were taken; may be repeated",
    )  # fmt: skip
    progress.add_argument("--award", metavar="AWARD", help="which award of the programme to write")
    progress.add_argument(
        "--supplement", type=Path, metavar="FILE", help="write its supplement (.pdf or .json)"
    )
    progress.add_argument(
        "--audit", type=Path, metavar="FILE", help="write its audit, to apply with (.pdf or .json)"
    )
    progress.add_argument("--language", choices=LANGUAGES, default="en", help="of the PDF")
    progress.set_defaults(run=_progress)


def _progress(arguments: argparse.Namespace, screen: Screen) -> Exit:
    wanted = [path for path in (arguments.supplement, arguments.audit) if path is not None]
    if wanted and (arguments.programme is None or arguments.plan):
        raise UsageError(detail="one_award")
    with opened(arguments) as wallet:
        if wanted:
            return _write(wallet, arguments, screen)
        assessments = adding_up.progress(wallet, arguments.programme, arguments.plan)
        conflicts = adding_up.conflicts(wallet, assessments)
        names = Names.of(wallet)
    if screen.json:
        programmes = {one.programme: shapes.assessment(one) for one in assessments}
        between = [shapes.conflict(one) for one in conflicts]
        screen.data({"programmes": programmes, "conflicts": between})
    else:
        for one in assessments:
            print_assessment(one, screen, names)
        for conflict in conflicts:
            print_conflict(conflict, screen, names)
    return Exit.OK


def _write(wallet: Wallet, arguments: argparse.Namespace, screen: Screen) -> Exit:
    audit = auditing.audit(wallet, arguments.programme, arguments.award)
    makers = (
        (arguments.supplement, auditing.write_supplement),
        (arguments.audit, auditing.write_audit),
    )
    written = []
    for path, write in makers:
        if path is not None:
            written.append(str(write(audit, path, arguments.language)))
            if not screen.json:
                screen.line(f"Written: {path}")
    if screen.json:
        screen.data({"files": written})
    return Exit.OK


def _confirm(arguments: argparse.Namespace, screen: Screen) -> Exit:
    with opened(arguments) as wallet:
        owner = arguments.programme or adding_up.programme_of_item(wallet, arguments.item)
        adding_up.confirm(wallet, arguments.id, owner, arguments.item)
    return _kept(arguments, screen, "Kept as confirmed by you. Take it back with unconfirm.")


def _unconfirm(arguments: argparse.Namespace, screen: Screen) -> Exit:
    with opened(arguments) as wallet:
        owner = arguments.programme or adding_up.programme_of_item(wallet, arguments.item)
        adding_up.unconfirm(wallet, arguments.id, owner, arguments.item)
    return _kept(arguments, screen, "Taken back.")


def _kept(arguments: argparse.Namespace, screen: Screen, sentence: str) -> Exit:
    if screen.json:
        screen.data({"id": arguments.id, "item": arguments.item})
    else:
        screen.line(sentence)
    return Exit.OK


def _counts_in(arguments: argparse.Namespace, screen: Screen) -> Exit:
    with opened(arguments) as wallet:
        if arguments.undo:
            adding_up.take_back(wallet, arguments.id)
        elif arguments.programme is not None:
            adding_up.give(wallet, arguments.id, arguments.programme)
        places = adding_up.counts_in(wallet, arguments.id)
        names = Names.of(wallet)
    if screen.json:
        screen.data({"id": arguments.id, "places": [shapes.place(one) for one in places]})
    else:
        for one in places:
            print_place(one, screen, names)
        if not places:
            screen.line("It counts in no programme that is here.")
    return Exit.OK


def _profile(arguments: argparse.Namespace, screen: Screen) -> Exit:
    if arguments.what == "set" and arguments.value is None:
        raise UsageError(detail="unknown_profile_key")
    with opened(arguments) as wallet:
        if arguments.what == "set":
            adding_up.set_profile(wallet, arguments.key, arguments.value)
        facts = adding_up.profile(wallet)
    if screen.json:
        screen.data({"profile": facts})
    else:
        for key, value in facts.items():
            screen.line(f"{key}: {value}")
    return Exit.OK
