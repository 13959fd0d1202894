"""`import`, `list`, `show`, `export`, `delete`, `restore`: the vault's content."""

import argparse
import sys
from pathlib import Path
from typing import Any

from wallet.actions import importing
from wallet.actions import wallet as content
from wallet.actions.importing import ImportItem
from wallet.actions.wallet import Wallet
from wallet.cli import shapes
from wallet.cli.arguments import Commands, file_name
from wallet.cli.exits import Exit, of_problem, worst
from wallet.cli.opening import opened
from wallet.cli.screen import Screen
from wallet.model.credential import Element
from wallet.model.verification import standing
from wallet.texts import problems, verdicts
from wallet.texts.elements import ElementWords


def add_to(commands: Commands) -> None:
    """Add the commands."""
    bring = commands.add_parser(
        "import",
        help="bring credentials into the vault",
        description="Brings every credential found in the files into the vault and says for each "
        "item what came of it. A broken seal is kept with its state; a presentation is not kept.",
    )
    bring.add_argument(
        "files",
        type=file_name,
        nargs="+",
        metavar="FILE",
        help="a mail, an archive, a picture or a plain file",
    )
    listing = commands.add_parser("list", help="list the credentials in the vault")
    listing.add_argument("--find", default="", metavar="TEXT", help="only those that state TEXT")
    listing.add_argument("--trash", action="store_true", help="what is in the trash instead")
    show = commands.add_parser("show", help="show one credential")
    show.add_argument("--raw", action="store_true", help="print the bytes as they were issued")
    show.add_argument("id", metavar="ID", help="as in list")
    export = commands.add_parser("export", help="write the original bytes into a folder")
    export.add_argument("ids", nargs="+", metavar="ID", help="as in list")
    export.add_argument("--to", type=Path, required=True, metavar="DIR", help="made if missing")
    delete = commands.add_parser("delete", help="move a credential to the trash")
    restore = commands.add_parser("restore", help="take a credential out of the trash")
    for one in (delete, restore):
        one.add_argument("id", metavar="ID", help="as in list")
    runs = ((bring, _import), (listing, _list), (show, _show), (export, _export),
            (delete, _delete), (restore, _restore))  # fmt: skip
    for command, run in runs:
        command.add_argument("--json", action="store_true", help="print one JSON object")
        command.set_defaults(run=run)


def _import(arguments: argparse.Namespace, screen: Screen) -> Exit:
    with opened(arguments) as wallet:
        report = importing.import_files(wallet, arguments.files)
    if screen.json:
        screen.data({"items": [_imported(item, screen) for item in report.items]})
    else:
        for item in report.items:
            where = " > ".join((item.source, *item.path))
            result = problems.result(screen.texts, item.result)
            title = f": {item.title.best()}" if item.title else ""
            screen.line(f"{where}: {result}{title}" + (f" [{item.id}]" if item.id else ""))
            if item.standing is not None:
                screen.line(f"  {verdicts.state(screen.texts, item.standing)}")
            if item.problem:
                screen.line(f"  {problems.problem(screen.texts, item.problem)}")
    return worst(of_problem(item.problem) for item in report.items if item.problem)


def _imported(item: ImportItem, screen: Screen) -> dict[str, Any]:
    problem = item.problem
    return {
        "source": item.source,
        "path": list(item.path),
        "result": item.result.value,
        "id": item.id,
        "state": item.standing.state.value if item.standing else None,
        "code": problem.code.value if problem else None,
        "message": problems.problem(screen.texts, problem) if problem else None,
    }


def _list(arguments: argparse.Namespace, screen: Screen) -> Exit:
    with opened(arguments) as wallet:
        found = content.entries(wallet, arguments.find, deleted=arguments.trash)
    if screen.json:
        screen.data({"credentials": [shapes.entry(one) for one in found]})
    elif not found:
        screen.message(_nothing(arguments))
    else:
        rows = [
            (
                one.id,
                one.title.best() if one.title else "",
                screen.texts.listing(one.awarding_bodies) or one.issuer,
                shapes.day(one.issued) or "",
                verdicts.state(screen.texts, standing(one.report)),
            )
            for one in found
        ]
        screen.table([("ID", "TITLE", "AWARDED BY", "ISSUED", "STATE"), *rows])
    return Exit.OK


def _nothing(arguments: argparse.Namespace) -> str:
    if arguments.find:
        return "No credential states that. Try fewer or other words."
    if arguments.trash:
        return "The trash is empty."
    return "No credential here yet. Bring one in with: mikrofolio import FILE"


def _counts_in(wallet: Wallet, entry_id: str) -> list[dict[str, Any]]:
    from wallet.actions import progress  # noqa: PLC0415 -- the solver, for this one answer

    places = progress.counts_in(wallet, entry_id)
    return [shapes.place(one) for one in places if one.reason is None]


def _show(arguments: argparse.Namespace, screen: Screen) -> Exit:
    with opened(arguments) as wallet:
        shown = content.show(wallet, arguments.id)
        counted = _counts_in(wallet, arguments.id) if screen.json else []
    kept, credential = shown.kept, shown.kept.credential
    if arguments.raw:
        sys.stdout.buffer.write(credential.raw)
        return Exit.OK
    if screen.json:
        version = next(one for one in kept.versions if one.shown)
        screen.data(
            {
                **shapes.entry(kept.entry),
                "state": standing(shown.report).state.value,
                "outcome": shown.report.outcome.value,
                "achievements": shapes.achievements(credential),
                "checks": [shapes.check(one) for one in shown.report.checks],
                "provenance": {
                    "source": version.provenance.source,
                    "path": list(version.provenance.path),
                    "added_at": shapes.moment(version.provenance.added_at),
                    "sha256": version.sha256,
                },
                "counts_in": counted,
                "note": kept.note.text if kept.note else None,
                "shown_to": [shapes.shown_to(one) for one in shown.shown_to],
            }
        )
        return Exit.OK
    _print(shown, screen)
    return Exit.OK


def _print(shown: content.Shown, screen: Screen) -> None:
    texts = screen.texts
    credential = shown.kept.credential
    words = ElementWords(texts, texts.language)
    screen.line(credential.title.best() if credential.title else shown.kept.entry.id)
    screen.line(verdicts.state(texts, standing(shown.report)))
    for achievement in credential.achievements:
        screen.line()
        for element in Element:
            name = verdicts.element(texts, element)
            stated = words.of(achievement.elements, element)
            screen.line(f"  {name}: {'; '.join(stated) or texts(verdicts.NOT_STATED)}")
    screen.line()
    for check in shown.report.checks:
        outcome = verdicts.outcome(texts, check.outcome)
        sentence = verdicts.check(texts, check)
        screen.line(f"  {verdicts.check_name(texts, check.name)}: {outcome}. {sentence}")
        for said in verdicts.more(texts, check):
            screen.line(f"    {said}")


def _export(arguments: argparse.Namespace, screen: Screen) -> Exit:
    with opened(arguments) as wallet:
        paths = content.export(wallet, arguments.ids, arguments.to)
    if screen.json:
        screen.data({"files": [str(path) for path in paths]})
    else:
        for path in paths:
            screen.line(str(path))
    return Exit.OK


def _delete(arguments: argparse.Namespace, screen: Screen) -> Exit:
    with opened(arguments) as wallet:
        content.delete(wallet, arguments.id)
    return _said(screen, arguments.id, "In the trash. Bring it back with: "
                 f"mikrofolio restore {arguments.id}")  # fmt: skip


def _restore(arguments: argparse.Namespace, screen: Screen) -> Exit:
    with opened(arguments) as wallet:
        content.restore(wallet, arguments.id)
    return _said(screen, arguments.id, "It is in the list again.")


def _said(screen: Screen, entry_id: str, sentence: str) -> Exit:
    if screen.json:
        screen.data({"id": entry_id})
    else:
        screen.line(sentence)
    return Exit.OK
