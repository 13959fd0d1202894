"""The argument parser, the dispatch and the last line of defence: errors become sentences."""

import argparse
import contextlib
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from wallet import __version__
from wallet.cli.arguments import Commands
from wallet.cli.exits import Exit
from wallet.cli.screen import Screen, utf8
from wallet.errors import NotWritable, ProgrammeInvalid, VaultDamaged, WalletError

COMMANDS = {
    "verify": "checking",
    "import": "keeping",
    "list": "keeping",
    "show": "keeping",
    "export": "keeping",
    "delete": "keeping",
    "restore": "keeping",
    "note": "noting",
    "tag": "noting",
    "progress": "programmes",
    "confirm": "programmes",
    "unconfirm": "programmes",
    "counts-in": "programmes",
    "profile": "programmes",
    "programme": "definitions",
    "present": "presenting",
    "ledger": "presenting",
    "key": "holder_keys",
    "trust": "trusting",
    "vault": "vaults",
    "tour": "tour",
    "self-test": "self_testing",
}
"""Which module of this package has which command: a command loads its own alone."""


def parser(command: str | None = None) -> argparse.ArgumentParser:
    """Build the command line: with every command, or with those of the module of one."""
    top = argparse.ArgumentParser(
        prog="mikrofolio",
        description="A personal wallet for micro-credentials: keep them encrypted, check them "
        "without a network, see what they add up to, show them.",
        epilog="Without a command it opens the window: mikrofolio [FILE...]. "
        "Exit status: 0 all well; 1 a check failed; 2 usage, refused input or a locked vault; "
        "3 nothing failed but something could not be decided; 70 a bug.",
    )
    top.add_argument("--version", action="version", version=f"mikrofolio {__version__}")
    top.add_argument(
        "--vault", type=Path, help="the vault's folder (else $MIKROFOLIO_VAULT, else the default)"
    )
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    if command == "--version":
        modules: Iterable[str] = ()
    else:
        modules = [COMMANDS[command]] if command in COMMANDS else dict.fromkeys(COMMANDS.values())
    for module in modules:
        import_module(f"wallet.cli.{module}").add_to(commands)
    _add_vault_option(commands)
    return top


def _add_vault_option(commands: Commands) -> None:
    """Accept --vault behind a command as well as before it."""
    for command in set(commands.choices.values()):
        inner = [a for a in command._actions if isinstance(a, argparse._SubParsersAction)]
        for action in inner:
            _add_vault_option(action)
        if not inner:
            command.add_argument(
                "--vault", type=Path, default=argparse.SUPPRESS, help=argparse.SUPPRESS
            )


def is_command(arguments: Sequence[str]) -> bool:
    """Tell a command from a call of the window: the first word is a command's name, or an option.

    Raises nothing; what is neither a command nor a file is said by `window_arguments`.
    """
    word = _first_word(arguments)
    return word is not None and (word.startswith("-") or word in COMMANDS)


def _first_word(arguments: Sequence[str]) -> str | None:
    rest = list(arguments)
    while rest and rest[0].startswith("--vault"):
        del rest[: 1 if "=" in rest[0] else 2]
    return rest[0] if rest else None


@dataclass(frozen=True, slots=True)
class WindowArguments:
    """What the window is opened with."""

    files: tuple[Path, ...]
    vault: Path


def window_arguments(arguments: Sequence[str]) -> WindowArguments:
    """Read `[--vault PATH] [FILE...]`. A word that is no file ends the program with usage."""
    from wallet.cli.opening import vault_path  # noqa: PLC0415 -- loads the vault

    reader = argparse.ArgumentParser(prog="mikrofolio", add_help=False)
    reader.add_argument("--vault", type=Path)
    reader.add_argument("files", type=Path, nargs="*", metavar="FILE")
    parsed = reader.parse_args(arguments)
    for file in parsed.files:
        if not file.exists():
            reader.error(f"there is no file and no command named {str(file)!r}; try --help")
    return WindowArguments(tuple(parsed.files), vault_path(parsed))


def main(arguments: Sequence[str]) -> int:
    """Run one command and return the exit status. Never shows a traceback."""
    utf8()
    screen = Screen(json="--json" in arguments)
    try:
        parsed = parser(_first_word(arguments)).parse_args(
            [_text(argument) for argument in arguments]
        )
        status = int(parsed.run(parsed, screen))
        screen.out.flush()
    except SystemExit as stop:
        status = stop.code if isinstance(stop.code, int) else int(Exit.USAGE)
        if status and screen.json:
            screen.data({"error": {"code": "usage", "message": "The command line is not valid."}})
    except BrokenPipeError:
        _leave_output()
        return int(Exit.OK)
    except (WalletError, OSError) as error:
        return int(_known(error, screen))
    except Exception as bug:
        return int(_bug(bug, screen))
    return status


def _text(argument: str) -> str:
    """Make what the shell passed printable: bytes that are no text appear as escapes.

    File names keep theirs, or they would not be found.
    """
    if os.path.lexists(argument):
        return argument
    return argument.encode("utf-8", "backslashreplace").decode("utf-8")


def _known(error: WalletError | OSError, screen: Screen) -> Exit:
    """Say what happened; a programme file that breaks its rules is a check that failed."""
    from wallet.texts import problems  # noqa: PLC0415 -- only who has one pays for the sentences

    if isinstance(error, OSError):
        error = NotWritable(name=str(error.filename or "output"), detail=error.strerror or "")
    sentence = problems.error(screen.texts, error)
    screen.message(sentence)
    shape: dict[str, object] = {"code": error.code, "message": sentence}
    if isinstance(error, VaultDamaged):
        from wallet.cli import backups  # noqa: PLC0415 -- only a damaged vault needs it

        shape["backup"] = backups.offer(screen, Path(str(error.facts["path"])))
    if isinstance(error, ProgrammeInvalid):
        shape["places"] = [{"at": at, "what": what} for at, what in error.places]
        for at, what in error.places:
            screen.message(f"  {at or '/'}: {what}")
    if screen.json:
        try:
            screen.data({"error": shape})
            screen.out.flush()
        except OSError:
            _leave_output()
    return Exit.FAILED if error.code == ProgrammeInvalid.code else Exit.USAGE


def _leave_output() -> None:
    """Give up standard output, so that the interpreter does not try it again at its end."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _bug(bug: Exception, screen: Screen) -> Exit:
    """Write a report that names our own lines only: no values, no credential data."""
    import tempfile  # noqa: PLC0415 -- only a bug pays for them
    import traceback  # noqa: PLC0415 -- as above

    frames = traceback.extract_tb(bug.__traceback__)
    lines = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    report = f"mikrofolio {__version__}, {sys.version}\n{type(bug).__name__}\n" + "\n".join(lines)
    with tempfile.NamedTemporaryFile(
        "w", prefix="mikrofolio-bug-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        file.write(report + "\n")
    screen.message(
        f"This is a bug in Mikrofolio, not in your file. A report without your data is in "
        f"{file.name}"
    )
    return Exit.BUG
