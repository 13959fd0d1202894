"""`tour`: the demonstration in the terminal, for machines without a display."""

import argparse
import tempfile
from pathlib import Path

from wallet.actions import demonstrating, importing, presenting, verifying
from wallet.actions import wallet as content
from wallet.actions.wallet import Wallet
from wallet.cli import shapes
from wallet.cli.arguments import Commands
from wallet.cli.checking import print_examination
from wallet.cli.exits import Exit
from wallet.cli.reporting import Names, print_assessment
from wallet.cli.screen import Screen
from wallet.model.presentation import Form, PresentationRequest
from wallet.model.verification import State, standing
from wallet.texts import verdicts

AUDIENCE = "Example Employer"
NONCE = "tour-1"


def add_to(commands: Commands) -> None:
    """Add `tour`."""
    tour = commands.add_parser(
        "tour",
        help="show the whole story with example credentials, in the terminal",
        description="Opens the demonstration wallet: a mail goes in, is verified, counts toward a "
        "Certificate, and comes out as a presentation file and a QR code.",
    )
    tour.add_argument("--to", type=Path, metavar="DIR", help="where the files go (else a new one)")
    tour.set_defaults(run=_tour)


def _tour(arguments: argparse.Namespace, screen: Screen) -> Exit:
    folder = arguments.to or Path(tempfile.mkdtemp(prefix="mikrofolio-tour-"))
    folder.mkdir(parents=True, exist_ok=True)
    with demonstrating.demonstration() as wallet:
        screen.line("The demonstration wallet of Hanna Żółkiewska: example credentials, keys that "
                    f"no other wallet trusts, and a clock that stands at "
                    f"{shapes.moment(wallet.clock())}.")  # fmt: skip
        _list(wallet, screen)
        _heading(screen, "Climate Action, before the mail")
        _progress(wallet, screen)
        _heading(screen, "A mail from the university goes in")
        _mail(wallet, screen)
        _heading(screen, "Climate Action, now")
        _progress(wallet, screen)
        _heading(screen, "Shown to an employer")
        return _show(wallet, folder, screen)


def _heading(screen: Screen, text: str) -> None:
    screen.line()
    screen.line(f"== {text}")


def _list(wallet: Wallet, screen: Screen) -> None:
    for entry in content.entries(wallet):
        title = entry.title.best() if entry.title else entry.id
        screen.line(f"  {title}: {verdicts.state(screen.texts, standing(entry.report))}")


def _progress(wallet: Wallet, screen: Screen) -> None:
    for assessment in demonstrating.climate_action(wallet):
        print_assessment(assessment, screen, Names.of(wallet))


def _mail(wallet: Wallet, screen: Screen) -> None:
    for item in importing.import_one(wallet, demonstrating.tour_mail()):
        screen.line(f"  {' > '.join((item.source, *item.path))}: {item.result.value}")
        if item.id is not None:
            for check in content.show(wallet, item.id).report.checks:
                name = verdicts.check_name(screen.texts, check.name)
                outcome = verdicts.outcome(screen.texts, check.outcome)
                screen.line(f"    {name}: {outcome}. {verdicts.check(screen.texts, check)}")


def _show(wallet: Wallet, folder: Path, screen: Screen) -> Exit:
    badge = demonstrating.badge_for_a_code(wallet)
    expires = wallet.clock() + presenting.DEFAULT_LIFE
    everything = tuple(e.id for e in content.entries(wallet) if _verified(wallet, e.id))
    request = PresentationRequest(everything, Form.PRESENTATION, AUDIENCE, NONCE, expires)
    file = presenting.save(presenting.present(wallet, request).content, folder / "shown.json")
    made = presenting.present(
        wallet, PresentationRequest((badge.id,), Form.QR, AUDIENCE, NONCE, expires)
    )
    assert made.code is not None  # noqa: S101 -- what Form.QR means
    png = presenting.save(made.code.png, folder / "shown.png")
    svg = presenting.save(made.code.svg, folder / "shown.svg")
    original = content.export(wallet, (badge.id,), folder)
    for path in (file, png, svg, *original):
        screen.line(f"  {path}")
    _heading(screen, "And checked by the employer, from the picture")
    result = verifying.examine((png,), wallet.trust, wallet.clock(), audience=AUDIENCE, nonce=NONCE)
    print_examination(result, screen)
    return Exit.OK if result.items and not result.problems else Exit.FAILED


def _verified(wallet: Wallet, entry_id: str) -> bool:
    return standing(content.show(wallet, entry_id).report).state is State.VERIFIED
