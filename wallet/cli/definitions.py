"""`programme`: definitions of programmes, shipped and the person's own."""

import argparse
from pathlib import Path

from wallet.actions import programmes as shelf
from wallet.actions import progress as adding_up
from wallet.actions.wallet import Wallet, now
from wallet.cli import shapes
from wallet.cli.arguments import Commands
from wallet.cli.exits import Exit
from wallet.cli.opening import opened, vault_path
from wallet.cli.reporting import Names, print_assessment
from wallet.cli.screen import Screen
from wallet.errors import ProgrammeInvalid
from wallet.model.verification import standing
from wallet.texts import verdicts


def add_to(commands: Commands) -> None:
    """Add the command."""
    programme = commands.add_parser("programme", help="programme definitions")
    inner = programme.add_subparsers(dest="programme_command", metavar="WHAT", required=True)
    listing = inner.add_parser("list", help="the definitions that are here, every version")
    listing.set_defaults(run=_list)
    check = inner.add_parser("check", help="say what is wrong with a definition, and where")
    check.add_argument("file", type=Path, metavar="FILE")
    check.set_defaults(run=_check)
    assess = inner.add_parser("assess", help="evaluate a definition on a holdings file")
    assess.add_argument("file", type=Path, metavar="FILE")
    assess.add_argument("--holdings", type=Path, required=True, metavar="FILE")
    assess.set_defaults(run=_assess)
    add = inner.add_parser("add", help="keep a definition of your own in the vault")
    add.add_argument("file", type=Path, metavar="FILE", help="plain, or signed")
    add.add_argument("--signature", type=Path, metavar="FILE", help="a detached JWS over it")
    add.set_defaults(run=_add)
    pick = inner.add_parser("use", help="choose the version that is evaluated")
    pick.add_argument("id", metavar="PROGRAMME")
    pick.add_argument("version", nargs="?", metavar="VERSION", help="absent: the one in force")
    pick.set_defaults(run=_use)
    remove = inner.add_parser("remove", help="remove a definition of your own")
    remove.add_argument("id", metavar="PROGRAMME")
    remove.add_argument("--version", metavar="VERSION", help="only this one")
    remove.set_defaults(run=_remove)
    for command in (listing, check, assess, add, pick, remove):
        command.add_argument("--json", action="store_true", help="print one JSON object")


def _list(arguments: argparse.Namespace, screen: Screen) -> Exit:
    if not vault_path(arguments).exists():
        shipped = [shelf.Version(one, in_force=True, used=True) for one in shelf.shipped()]
        return _show(screen, [(one, None) for one in shipped])
    with opened(arguments) as wallet:
        found = [(one, _vouched(wallet, one)) for one in shelf.versions(wallet)]
    return _show(screen, found)


def _vouched(wallet: Wallet, one: shelf.Version) -> shelf.Vouched | None:
    return shelf.vouched(wallet, one.own) if one.own is not None else None


def _show(screen: Screen, found: list[tuple[shelf.Version, shelf.Vouched | None]]) -> Exit:
    if screen.json:
        screen.data({"programmes": [_shape(one, vouched) for one, vouched in found]})
    else:
        screen.table([_row(screen, one, vouched) for one, vouched in found])
    return Exit.OK


def _shape(one: shelf.Version, vouched: shelf.Vouched | None) -> shapes.Shape:
    signed = None
    if vouched is not None:
        state = standing(vouched.report).state.value
        signed = {"by": vouched.by, "state": state, "outcome": vouched.report.outcome.value}
    return {
        "id": one.programme.id,
        "version": one.programme.version,
        "title": one.programme.title.best(),
        "own": one.own is not None,
        "in_force": one.in_force,
        "picked": one.picked,
        "used": one.used,
        "signed": signed,
    }


def _row(
    screen: Screen, one: shelf.Version, vouched: shelf.Vouched | None
) -> tuple[str, str, str, str]:
    remarks = ["yours"] if one.own is not None else []
    if one.used:
        remarks.append("chosen by you" if one.picked else "in force")
    if vouched is not None:
        state = verdicts.state(screen.texts, standing(vouched.report))
        remarks.append(f"signed by {vouched.by or 'somebody'}: {state}")
    programme = one.programme
    return programme.id, programme.version, programme.title.best(), "; ".join(remarks)


def _check(arguments: argparse.Namespace, screen: Screen) -> Exit:
    try:
        programme = adding_up.check_file(arguments.file)
    except ProgrammeInvalid as invalid:
        if screen.json:
            places = [{"at": at, "what": what} for at, what in invalid.places]
            screen.data({"valid": False, "places": places})
        else:
            for at, what in invalid.places:
                screen.line(f"{at or '/'}: {what}")
        return Exit.FAILED
    if screen.json:
        screen.data({"valid": True, "id": programme.id, "version": programme.version})
    else:
        screen.line(f"{programme.title.best()}, version {programme.version}: nothing is wrong.")
    return Exit.OK


def _assess(arguments: argparse.Namespace, screen: Screen) -> Exit:
    assessment = adding_up.assess_files(arguments.file, arguments.holdings, now())
    if screen.json:
        screen.data(shapes.assessment(assessment))
    else:
        names = Names(programmes=(adding_up.check_file(arguments.file),))
        print_assessment(assessment, screen, names)
    return Exit.OK


def _add(arguments: argparse.Namespace, screen: Screen) -> Exit:
    with opened(arguments) as wallet:
        added = shelf.add_file(wallet, arguments.file, arguments.signature)
        vouched = _vouched(wallet, added)
    if screen.json:
        screen.data(_shape(added, vouched))
    else:
        screen.line(" ".join(part for part in _row(screen, added, vouched) if part))
    return Exit.OK


def _use(arguments: argparse.Namespace, screen: Screen) -> Exit:
    with opened(arguments) as wallet:
        known = [one.programme for one in shelf.versions(wallet) if one.used]
        shelf.pick(wallet, shelf.named(known, arguments.id).id, arguments.version)
        found = [(one, _vouched(wallet, one)) for one in shelf.versions(wallet)]
    return _show(screen, found)


def _remove(arguments: argparse.Namespace, screen: Screen) -> Exit:
    with opened(arguments) as wallet:
        shelf.remove(wallet, arguments.id, arguments.version)
    if screen.json:
        screen.data({"removed": arguments.id})
    else:
        screen.line("Removed.")
    return Exit.OK
