"""`present`, `ledger`: showing credentials, and what was shown."""

import argparse
from datetime import datetime
from pathlib import Path

from wallet.actions import presenting
from wallet.actions import wallet as content
from wallet.cli import shapes
from wallet.cli.arguments import Commands, file_name, time
from wallet.cli.exits import Exit
from wallet.cli.opening import opened
from wallet.cli.screen import Screen
from wallet.errors import UsageError
from wallet.model.presentation import Form, PresentationRequest, Presented

COMFORTABLE_VERSION = 25
"""Above this version a phone's camera needs a large, sharp code."""


def add_to(commands: Commands) -> None:
    """Add the commands."""
    present = commands.add_parser(
        "present",
        help="make a presentation file, or a QR code",
        description="Shows credentials to somebody: the original bytes, a W3C verifiable "
        "presentation signed with the key of this wallet, or the same as a QR code (PNG or SVG "
        "by the file's ending). All of each credential is shown. Without --expires a "
        "presentation holds for seven days; what was handed over cannot be called back.",
    )
    present.add_argument("ids", nargs="+", metavar="ID")
    present.add_argument(
        "--to", type=file_name, required=True, metavar="FILE", help="replaced if it is there"
    )
    present.add_argument(
        "--as",
        dest="form",
        choices=[form.value for form in Form],
        default=Form.PRESENTATION.value,
        metavar="FORM",
        help="original, presentation (the default) or qr",
    )
    present.add_argument("--audience", metavar="A", help="for whom it is made")
    present.add_argument("--nonce", metavar="N", help="the challenge that it answers")
    present.add_argument("--expires", type=_expiry, metavar="TIME", help="RFC 3339, or never")
    present.set_defaults(run=_present)
    ledger = commands.add_parser("ledger", help="what was shown to whom, until when")
    ledger.set_defaults(run=_ledger)
    for command in (present, ledger):
        command.add_argument("--json", action="store_true", help="print one JSON object")


def _expiry(text: str) -> datetime | str:
    return text if text == "never" else time(text)


def _present(arguments: argparse.Namespace, screen: Screen) -> Exit:
    form = Form(arguments.form)
    picture = arguments.to.suffix.lower()
    if form is Form.QR and picture not in {".png", ".svg"}:
        raise UsageError(detail="qr_ending")
    if form is Form.ORIGINAL and (arguments.audience or arguments.nonce or arguments.expires):
        raise UsageError(detail="original_has_no_terms")
    with opened(arguments) as wallet:
        expires = None
        if form is not Form.ORIGINAL and arguments.expires != "never":
            expires = arguments.expires or wallet.clock() + presenting.DEFAULT_LIFE
        request = PresentationRequest(
            tuple(arguments.ids),
            form,
            arguments.audience or None,
            arguments.nonce or None,
            expires,
        )
        presented = presenting.present(
            wallet, request, lambda made: presenting.save(_bytes(made, picture), arguments.to)
        )
    if screen.json:
        screen.data(_shape(arguments.to, presented))
    else:
        screen.line(str(arguments.to))
        code = presented.code
        if code is not None and code.version > COMFORTABLE_VERSION:
            screen.message(
                f"This is a large code (version {code.version} of 40): show it full screen or "
                "print it at least 8 cm wide, or send the presentation as a file instead."
            )
    return Exit.OK


def _bytes(presented: Presented, picture: str) -> bytes:
    if presented.code is None:
        return presented.content
    return presented.code.svg if picture == ".svg" else presented.code.png


def _shape(path: Path, presented: Presented) -> shapes.Shape:
    return {
        "file": str(path),
        "form": presented.form.value,
        "sha256": presented.sha256,
        "audience": presented.request.audience,
        "nonce": presented.request.nonce,
        "expires": shapes.moment(presented.request.expires) if presented.holder else None,
        "holder": presented.holder,
        "disclosed": list(presented.disclosed),
        "ledger_id": presented.ledger_id,
    }


def _ledger(arguments: argparse.Namespace, screen: Screen) -> Exit:
    with opened(arguments) as wallet:
        lines = content.ledger(wallet)
    if screen.json:
        screen.data({"ledger": [shapes.shown_to(one) for one in lines]})
    elif not lines:
        screen.message("Nothing was shown to anybody yet.")
    else:
        rows = [
            (
                shapes.moment(one.made_at) or "",
                one.form.value,
                one.audience or "",
                shapes.moment(one.expires) or "no end",
                screen.texts.listing(one.titles),
            )
            for one in lines
        ]
        screen.table([("WHEN", "FORM", "FOR", "UNTIL", "WHAT"), *rows])
    return Exit.OK
