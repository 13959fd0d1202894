"""`verify`: checks what is in files, without a vault and without a network."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from wallet.actions import verifying
from wallet.cli.arguments import Commands, file_name, time
from wallet.cli.exits import Exit, of_outcome, of_problem, worst
from wallet.cli.screen import Screen
from wallet.texts import verdicts


def add_to(commands: Commands) -> None:
    """Add `verify`."""
    verify = commands.add_parser(
        "verify",
        help="check credentials and presentations in files",
        description="Checks every credential and presentation found in the files (mails, archives, "
        "pictures with a QR code, plain files), without a vault and without a network.",
    )
    verify.add_argument(
        "--trust",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="keys, certificates, DID documents, issuer registries",
    )
    verify.add_argument(
        "--status", type=Path, action="append", default=[], metavar="FILE", help="status lists"
    )
    verify.add_argument(
        "--contexts",
        type=Path,
        metavar="DIR",
        help="more JSON-LD contexts: a folder with an index.json",
    )
    verify.add_argument("--at", type=time, metavar="TIME", help="the time to judge at (RFC 3339)")
    verify.add_argument("--audience", metavar="A", help="for whom a presentation must be made")
    verify.add_argument("--nonce", metavar="N", help="the challenge it must answer")
    verify.add_argument("--json", action="store_true", help="print one JSON object")
    verify.add_argument("files", type=file_name, nargs="+", metavar="FILE")
    verify.set_defaults(run=_verify)  # fmt: skip


def _verify(arguments: argparse.Namespace, screen: Screen) -> Exit:
    at = arguments.at or datetime.now(UTC)
    result = verifying.examine(
        arguments.files,
        verifying.trust_from_files(
            arguments.trust, arguments.contexts, at, status=arguments.status
        ),
        at,
        audience=arguments.audience,
        nonce=arguments.nonce,
    )
    if screen.json:
        from wallet.cli import shapes  # noqa: PLC0415 -- knows the whole model

        screen.data(
            {
                "at": shapes.moment(result.at),
                "items": [shapes.examined(item) for item in result.items],
                "problems": [shapes.problem(one, screen.texts) for one in result.problems],
            }
        )
    else:
        print_examination(result, screen)
    return worst(
        [
            *(of_outcome(item.report.outcome) for item in result.items),
            *(of_problem(problem) for problem in result.problems),
        ]
    )


def print_examination(result: verifying.Examination, screen: Screen) -> None:
    """Print every item with its state and six checks, then the problems."""
    texts = screen.texts
    for item in result.items:
        credential = item.credential
        title = credential.title.best() if credential.title else credential.format.value
        screen.line(" > ".join((item.source, *item.path)))
        screen.line(f"  {title}")
        screen.line(f"  {verdicts.state(texts, item.standing)}")
        for check in item.report.checks:
            name = verdicts.check_name(texts, check.name)
            outcome = verdicts.outcome(texts, check.outcome)
            sentence = verdicts.check(texts, check)
            screen.line(f"    {name}: {outcome}. {sentence}")
            for said in verdicts.more(texts, check):
                screen.line(f"      {said}")
        screen.line()
    for problem in result.problems:
        from wallet.texts import problems  # noqa: PLC0415 -- only who has one pays for them

        where = " > ".join((problem.source, *problem.path))
        screen.message(f"{where}: {problems.problem(texts, problem)}")
