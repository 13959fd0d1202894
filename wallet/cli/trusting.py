"""`trust ...`: whose keys this wallet knows, and the person's own word on a key."""

import argparse
from pathlib import Path

from wallet.actions import trusting, updating
from wallet.actions.trusting import TrustList
from wallet.actions.updating import Source, Update, UpdateResult
from wallet.cli import shapes
from wallet.cli.arguments import Commands
from wallet.cli.exits import Exit
from wallet.cli.opening import opened
from wallet.cli.screen import Screen
from wallet.model.keeping import Verdict
from wallet.texts import problems

NETWORK = updating.INTERNET
"""Where `trust update` may lead."""
_RESULTS = {
    UpdateResult.NEW: "new",
    UpdateResult.UNCHANGED: "unchanged",
    UpdateResult.FAILED: "failed",
}


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
    update = inner.add_parser(
        "update",
        help="fetch trusted lists, DID documents, status lists and registries: the only command "
        "that uses the network",
    )
    update.add_argument(
        "source",
        nargs="?",
        metavar="SOURCE",
        help="one alone: lotl, a country's code, a did:web identifier, or an address "
        "(else everything that the wallet's credentials need)",
    )
    runs = ((listing, _list), (add, _add), (remove, _remove), (accept, _accept),
            (distrust, _distrust), (update, _update))  # fmt: skip
    for command, run in runs:
        command.add_argument("--json", action="store_true", help="print one JSON object")
        command.set_defaults(run=run)


def _list(arguments: argparse.Namespace, screen: Screen) -> Exit:
    with opened(arguments) as wallet:
        held = trusting.trusted(wallet)
    if screen.json:
        screen.data({**shapes.trust(held.items, held.decisions), **_bundled(held)})
        return Exit.OK
    rows = [(i.id, i.kind, i.source, shapes.day(i.as_of) or "") for i in held.items]
    if held.bundled is not None:
        of = f"{', '.join(held.bundled.territories)} ({held.bundled.source})"
        since = f"{shapes.day(held.bundled.as_of)}, {held.bundled.age} days old"
        rows.append(("-", "bundled", of, since))
    rows += [
        (d.id, d.verdict.value, f"{d.key} {d.how}".strip(), shapes.day(d.made_at) or "")
        for d in held.decisions
    ]
    if rows:
        screen.table([("ID", "KIND", "WHAT", "SINCE"), *rows])
    else:
        screen.message("No trust data yet. Add a file with: mikrofolio trust add FILE")
    return Exit.OK


def _bundled(held: TrustList) -> shapes.Shape:
    """The lists that came with the program, in what `trust list --json` prints."""
    found = held.bundled
    if found is None:
        return {}
    return {
        "bundled": {
            "source": found.source,
            "as_of": shapes.moment(found.as_of),
            "age_days": found.age,
            "territories": list(found.territories),
        }
    }


def _add(arguments: argparse.Namespace, screen: Screen) -> Exit:
    with opened(arguments) as wallet:
        _, item = trusting.add(wallet, arguments.file)
    if screen.json:
        screen.data({"id": item.id, "kind": item.kind})
    else:
        screen.line(f"Kept as {item.kind} [{item.id}]; every credential was judged again.")
    return Exit.OK


def _update(arguments: argparse.Namespace, screen: Screen) -> Exit:
    def before(source: Source) -> None:
        screen.message(f"Fetching {source.address} from {source.host} ...")

    def after(done: Update) -> None:
        if screen.json:
            return
        line = f"{_RESULTS[done.result]}: {done.source.kind.value} {done.source.name}"
        said = f": {problems.error(screen.texts, done.error)}" if done.error else ""
        screen.line(line + said)

    with opened(arguments) as wallet:
        name = arguments.source
        only = updating.chosen(wallet, name) if name is not None else None
        _, done = updating.update_all(wallet, NETWORK, only=only, before=before, after=after)
    if screen.json:
        screen.data({"updates": [_fetched(one, screen) for one in done]})
    else:
        screen.line("Every credential was judged again.")
    failed = any(one.result is UpdateResult.FAILED for one in done)
    return Exit.UNDECIDED if failed else Exit.OK


def _fetched(one: Update, screen: Screen) -> shapes.Shape:
    """One address of what `trust update --json` prints."""
    error = one.error
    return {
        "kind": one.source.kind.value,
        "name": one.source.name,
        "address": one.source.address,
        "host": one.source.host,
        "result": one.result.value,
        "at": shapes.moment(one.at),
        "id": one.item.id if one.item is not None else None,
        "size": len(one.item.raw) if one.item is not None else None,
        "why": error.facts["why"] if error is not None else None,
        "message": problems.error(screen.texts, error) if error is not None else None,
    }


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
