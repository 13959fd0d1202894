"""`self-test`: the installed program tests itself."""

import argparse

from wallet.actions.self_testing import self_test
from wallet.cli.arguments import Commands
from wallet.cli.exits import Exit
from wallet.cli.screen import Screen

WORDS = {True: "works", False: "does NOT work", None: "is not there"}


def add_to(commands: Commands) -> None:
    """Add `self-test`."""
    command = commands.add_parser(
        "self-test",
        help="let the installed program test itself",
        description="Tries the vault, signatures, QR codes, the system keyring and the window of "
        "this installation, on example credentials. Ends with 1 if a part does not work.",
    )
    command.add_argument("--json", action="store_true", help="print one JSON object")
    command.set_defaults(run=_run)


def _run(_arguments: argparse.Namespace, screen: Screen) -> Exit:
    tests = self_test()
    if screen.json:
        parts = [{"name": t.name, "works": t.works, "detail": t.detail} for t in tests]
        screen.data({"parts": parts})
    else:
        for test in tests:
            screen.line(f"{test.name} {WORDS[test.works]} ({test.detail})")
    return Exit.FAILED if any(test.works is False for test in tests) else Exit.OK
