"""`trust ...`: whose keys this wallet knows, and the person's own word on a key."""

import argparse
from pathlib import Path

from wallet.actions import trusting
from wallet.cli import shapes
from wallet.cli.checking import Commands
from wallet.cli.exits import Exit
from wallet.cli.opening import opened
from wallet.cli.screen import Screen
from wallet.model.keeping import Verdict


def add_to(commands: Commands) -> None:
    """Add the commands."""
    trust = commands.add_parser("trust", help="whose keys this wallet knows")
    inner = trust.add_subparsers(dest="trust_command", metavar="WHAT", required=True)
    listing = inner.add_parser("list", help="the trust data and your decisions")
    add = inner.add_parser(
        "add", help="keep a file: keys, certificates, DID documents, registries, status lists"
    )
    add.add_argument("file", type=Path, metavar="FILE")
    remove = inner.add_parser("remove", help="forget a file, or take a decision back")
    remove.add_argument("id", metavar="ID")
    accept = inner.add_parser("accept", help="say that you have checked a key with its issuer")
    distrust = inner.add_parser("distrust", help="say that a key is not to be believed")
    for command in (accept, distrust):
        command.add_argument(
            "key", metavar="KEY", help="its thumbprint, or the ID of a credential signed with it"
        )
        command.add_argument(
            "--how", default="", metavar="TEXT", help="how you checked it with the issuer"
        )
    runs = ((listing, _list), (add, _add), (remove, _remove), (accept, _accept),
            (distrust, _distrust))  # fmt: skip
    for command, run in runs:
        command.add_argument("--json", action="store_true", help="print one JSON object")
        command.set_defaults(run=run)


def _list(arguments: argparse.Namespace, screen: Screen) -> Exit:
    with opened(arguments) as wallet:
        held = trusting.trusted(wallet)
    if screen.json:
        screen.data(shapes.trust(held.items, held.decisions))
        return Exit.OK
    rows = [(i.id, i.kind, i.source, shapes.day(i.as_of) or "") for i in held.items]
    rows += [
        (d.id, d.verdict.value, f"{d.key} {d.how}".strip(), shapes.day(d.made_at) or "")
        for d in held.decisions
    ]
    if rows:
        screen.table([("ID", "KIND", "WHAT", "SINCE"), *rows])
    else:
        screen.message("No trust data yet. Add a file with: mikrofolio trust add FILE")
    return Exit.OK


def _add(arguments: argparse.Namespace, screen: Screen) -> Exit:
    with opened(arguments) as wallet:
        _, item = trusting.add(wallet, arguments.file)
    if screen.json:
        screen.data({"id": item.id, "kind": item.kind})
    else:
        screen.line(f"Kept as {item.kind} [{item.id}]; every credential was judged again.")
    return Exit.OK


def _remove(arguments: argparse.Namespace, screen: Screen) -> Exit:
    with opened(arguments) as wallet:
        trusting.remove(wallet, arguments.id)
    if screen.json:
        screen.data({"id": arguments.id})
    else:
        screen.line("Forgotten; every credential was judged again.")
    return Exit.OK


def _accept(arguments: argparse.Namespace, screen: Screen) -> Exit:
    return _decide(arguments, screen, Verdict.ACCEPTED)


def _distrust(arguments: argparse.Namespace, screen: Screen) -> Exit:
    return _decide(arguments, screen, Verdict.DISTRUSTED)


def _decide(arguments: argparse.Namespace, screen: Screen, verdict: Verdict) -> Exit:
    with opened(arguments) as wallet:
        trusting.decide(wallet, arguments.key, verdict, arguments.how)
    if screen.json:
        screen.data({"key": arguments.key, "decision": verdict.value})
    else:
        screen.line("Kept, with today's date; every credential was judged again.")
    return Exit.OK
