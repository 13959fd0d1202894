"""`vault backup`, `backups`, `backup-settings`, `restore`, `export-all`, `import-all`."""

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from wallet.actions import backing_up, leaving
from wallet.actions.backing_up import Secret
from wallet.actions.wallet import Wallet
from wallet.cli import shapes
from wallet.cli.arguments import Commands, file_name
from wallet.cli.exits import Exit
from wallet.cli.opening import (
    asked_passphrase,
    first_line,
    given_passphrase,
    given_sheet,
    opened,
    vault_path,
)
from wallet.cli.screen import Screen
from wallet.errors import BackupLocked, UsageError, VaultDamaged, VaultMissing
from wallet.model.backups import Backup, BackupMade, BackupState, Preview
from wallet.model.keeping import Entry
from wallet.texts import backups as words
from wallet.texts import problems


def add_to(inner: Commands) -> None:
    """Add the commands below `vault`."""
    make = inner.add_parser("backup", help="make a backup now, and check it")
    listing = inner.add_parser("backups", help="list the backups, each opened and checked")
    chosen = inner.add_parser("backup-settings", help="how many daily backups stay, and where")
    for name in ("daily", "weekly", "monthly"):
        chosen.add_argument(f"--{name}", type=int, metavar="N", help=f"how many {name} ones stay")
    where = chosen.add_mutually_exclusive_group()
    where.add_argument("--folder", type=Path, metavar="DIR", help="a second folder for a copy")
    where.add_argument("--no-folder", action="store_true", help="no second folder any more")
    restore = inner.add_parser(
        "restore",
        help="look into a backup, or bring it back",
        description="Without an option it says what is in the backup and changes nothing. A "
        "damaged vault needs --replace; its damaged files are kept beside it.",
    )
    restore.add_argument("backup", type=file_name, nargs="?", metavar="BACKUP",
                         help="a backup file; without one the newest good one")  # fmt: skip
    how = restore.add_mutually_exclusive_group()
    how.add_argument("--merge", action="store_true", help="bring what is only in the backup here")
    how.add_argument("--replace", action="store_true", help="put it in the place of what is here")
    restore.add_argument("--passphrase-file", metavar="FILE", help="its own passphrase")
    restore.add_argument("--sheet-file", metavar="FILE", help="its own recovery sheet")
    leave = inner.add_parser(
        "export-all",
        help="write everything as open files",
        description="Writes every credential as it was issued, and a list of everything else, into "
        "a new folder, unencrypted. It asks before; without a terminal, --yes says so.",
    )
    leave.add_argument("--to", type=file_name, required=True, metavar="DIR", help="a new folder")
    leave.add_argument("--with-keys", action="store_true", help="the private holder keys as well")
    leave.add_argument("--yes", action="store_true", help="do not ask")
    enter = inner.add_parser("import-all", help="bring in what export-all wrote")
    enter.add_argument("folder", type=file_name, metavar="DIR", help="the folder")
    runs = ((make, _make), (listing, _list), (chosen, _settings), (restore, _restore),
            (leave, _leave), (enter, _enter))  # fmt: skip
    for command, run in runs:
        command.add_argument("--json", action="store_true", help="print one JSON object")
        command.set_defaults(run=run)


def offer(screen: Screen, vault: Path) -> dict[str, Any] | None:
    """Say which backup a damaged vault could be brought back from; the same for JSON."""
    found = backing_up.newest_good(vault)
    if found is None or found.made_at is None:
        screen.message(screen.texts(words.NO_BEST))
        return None
    time = screen.texts.time(found.made_at)
    screen.message(screen.texts(words.BEST, time=time, path=found.path))
    screen.message("  mikrofolio vault restore --replace")
    return _shape(found)


def _make(arguments: argparse.Namespace, screen: Screen) -> Exit:
    with opened(arguments) as wallet:
        made = backing_up.make(wallet)
    problem = problems.error(screen.texts, made.problem) if made.problem else None
    if screen.json:
        screen.data({**_made(made), "problem": problem})
    else:
        screen.line(screen.texts(words.MADE, path=made.path))
        if made.copy is not None:
            screen.line(screen.texts(words.COPIED, path=made.copy))
    if problem is not None:
        screen.message(problem)
    return Exit.OK if problem is None else Exit.USAGE


def _list(arguments: argparse.Namespace, screen: Screen) -> Exit:
    with opened(arguments) as wallet:
        found = backing_up.found(wallet)
    if screen.json:
        screen.data({"backups": [_shape(one) for one in found]})
    elif not found:
        screen.message(screen.texts(words.NO_BACKUPS))
    else:
        rows = [
            (
                shapes.moment(one.made_at) or "",
                words.kind(screen.texts, one.kind) if one.kind else "",
                f"{one.size:,}",
                "" if one.credentials is None else str(one.credentials),
                words.state(screen.texts, one.state),
            )
            for one in found
        ]
        screen.table([("MADE", "WHY", "BYTES", "CREDENTIALS", "STATE"), *rows])
        for one in found:
            screen.line(str(one.path))
    damaged = any(one.state is BackupState.DAMAGED for one in found)
    return Exit.FAILED if damaged else Exit.OK


def _settings(arguments: argparse.Namespace, screen: Screen) -> Exit:
    with opened(arguments) as wallet:
        chosen = backing_up.settings(wallet)
        names = ("daily", "weekly", "monthly")
        numbers = {name: getattr(arguments, name) for name in names}
        stated = {name: number for name, number in numbers.items() if number is not None}
        folder = None if arguments.no_folder else chosen.folder
        if arguments.folder is not None:
            folder = arguments.folder.absolute()
        changed = replace(chosen, policy=replace(chosen.policy, **stated), folder=folder)
        if changed != chosen:
            backing_up.set_settings(wallet, changed)
    policy = changed.policy
    if screen.json:
        screen.data(
            {
                "daily": policy.daily,
                "weekly": policy.weekly,
                "monthly": policy.monthly,
                "folder": str(folder) if folder else None,
            }
        )
    else:
        screen.line(f"daily {policy.daily}, weekly {policy.weekly}, monthly {policy.monthly}")
        screen.line(f"second folder: {folder or 'none'}")
    return Exit.OK


def _restore(arguments: argparse.Namespace, screen: Screen) -> Exit:
    try:
        with opened(arguments) as wallet:
            path = arguments.backup or _newest(wallet)
            own = _own_secret(arguments)
            try:
                return _bring(arguments, screen, wallet, path, own)
            except BackupLocked:
                if own is not None or not sys.stdin.isatty():
                    raise
            return _bring(arguments, screen, wallet, path, Secret(asked_passphrase()))
    except (VaultDamaged, VaultMissing):
        if not arguments.replace:
            raise
    return _restore_damaged(arguments, screen)


def _bring(
    arguments: argparse.Namespace, screen: Screen, wallet: Wallet, path: Path, own: Secret | None
) -> Exit:
    if arguments.merge:
        _, merged = backing_up.merge(wallet, path, own)
        if screen.json:
            names = ("entries", "versions", "already_here", "tags", "confirmations", "ledger",
                     "holder_keys", "decisions", "trust_items")  # fmt: skip
            counts = {name: getattr(merged, name) for name in names}
            screen.data({"merged": {**counts, "kept_here": list(merged.kept_here)}})
        for line in () if screen.json else words.merged(screen.texts, merged):
            screen.line(line)
    elif arguments.replace:
        _, made = backing_up.replace(wallet, path, own)
        if screen.json:
            screen.data({"restored": str(path), "before": _made(made), "moved": []})
        else:
            screen.line(screen.texts(words.REPLACED, path=made.path))
    else:
        _preview(screen, backing_up.preview(wallet, path, own))
    return Exit.OK


def _restore_damaged(arguments: argparse.Namespace, screen: Screen) -> Exit:
    secret = _own_secret(arguments) or Secret(given_passphrase(), given_sheet())
    if secret == Secret():
        secret = Secret(asked_passphrase())
    path, moved = backing_up.restore_damaged(vault_path(arguments), arguments.backup, secret)
    if screen.json:
        screen.data({"restored": str(path), "before": None, "moved": [str(one) for one in moved]})
    else:
        screen.line(screen.texts(words.RESTORED, path=path))
        for one in moved:
            screen.line(screen.texts(words.MOVED, path=one))
    return Exit.OK


def _own_secret(arguments: argparse.Namespace) -> Secret | None:
    if arguments.sheet_file:
        return Secret(sheet=first_line(arguments.sheet_file))
    return Secret(first_line(arguments.passphrase_file)) if arguments.passphrase_file else None


def _newest(wallet: Wallet) -> Path:
    best = backing_up.newest_good(wallet.path)
    if best is None:
        raise UsageError(detail="no_backup")
    return best.path


def _preview(screen: Screen, found: Preview) -> None:
    parts = (
        (words.ONLY_THERE, "only_there", found.only_there),
        (words.MORE_THERE, "more_there", found.more_there),
        (words.SAME, "same", found.same),
        (words.ONLY_HERE, "only_here", found.only_here),
    )
    if screen.json:
        lists = {name: [_titled(one) for one in entries] for _, name, entries in parts}
        screen.data({"backup": _shape(found.backup), **lists})
        return
    screen.line(f"{shapes.moment(found.backup.made_at)}  {found.backup.path}")
    for message, _, entries in parts:
        if entries:
            screen.line(screen.texts(message))
        for one in entries:
            screen.line(f"  {shapes.text(one.title) or one.id}")


def _leave(arguments: argparse.Namespace, screen: Screen) -> Exit:
    folder: Path = arguments.to
    with opened(arguments) as wallet:
        screen.message(screen.texts(words.IN_CLEAR, path=folder))
        if not arguments.with_keys:
            screen.message(screen.texts(words.KEYS_LEFT_OUT))
        if not arguments.yes and not _agreed():
            raise UsageError(detail="not_agreed")
        left = leaving.export_all(wallet, folder, keys=arguments.with_keys)
    if screen.json:
        screen.data({"folder": str(left.folder), "files": left.files,
                     "credentials": left.credentials, "keys": left.keys})  # fmt: skip
    else:
        screen.line(screen.texts(words.LEFT, path=left.folder))
    return Exit.OK


def _agreed() -> bool:
    if not sys.stdin.isatty():
        return False
    sys.stderr.write("Write it? [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().casefold() in {"y", "yes"}


def _enter(arguments: argparse.Namespace, screen: Screen) -> Exit:
    with opened(arguments) as wallet:
        came = leaving.import_all(wallet, arguments.folder)
    if screen.json:
        screen.data({"imported": came.imported, "already_here": came.already_here,
                     "refused": list(came.refused), "keys": came.keys})  # fmt: skip
    else:
        screen.line(screen.texts(words.ENTRIES, n=came.imported))
        if came.already_here:
            screen.line(screen.texts(words.ALREADY_HERE, n=came.already_here))
        for name in came.refused:
            screen.line(f"  refused: {name}")
    if came.decisions:
        screen.message(screen.texts(words.TRUST_NOT_TAKEN))
    return Exit.USAGE if came.refused else Exit.OK


def _made(made: BackupMade) -> dict[str, Any]:
    return {"path": str(made.path), "copy": str(made.copy) if made.copy else None}


def _shape(one: Backup) -> dict[str, Any]:
    return {
        "path": str(one.path),
        "made_at": shapes.moment(one.made_at),
        "kind": one.kind.value if one.kind else None,
        "bytes": one.size,
        "state": one.state.value,
        "schema": one.schema,
        "credentials": one.credentials,
    }


def _titled(entry: Entry) -> dict[str, Any]:
    return {"id": entry.id, "title": shapes.text(entry.title)}
