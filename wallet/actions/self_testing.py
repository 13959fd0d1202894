"""The installed program tests itself: what a broken installation breaks, for real and at once."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from wallet.actions import demonstrating, importing, presenting, verifying
from wallet.actions import wallet as content
from wallet.errors import KeyringUnavailable, WalletError
from wallet.model.presentation import Form, PresentationRequest
from wallet.model.verification import CheckName, Outcome
from wallet.vault import keys

QT_PROBE = "from PySide6.QtWidgets import QApplication; print(QApplication([]).platformName())"
QT_SECONDS = 30


@dataclass(frozen=True, slots=True)
class SelfTest:
    """One part: whether it works, and what was seen. None: it is not there, which is no fault."""

    name: str
    works: bool | None
    detail: str


def self_test() -> tuple[SelfTest, ...]:
    """Try every part that an installation can break; one that fails stops no other."""
    parts: tuple[tuple[str, Callable[[], tuple[bool | None, str]]], ...] = (
        ("vault, signatures and progress", _wallet),
        ("QR code, both ways", _code),
        ("system keyring", _keyring),
        ("window", _qt),
    )
    return tuple(_tried(name, part) for name, part in parts)


def _tried(name: str, part: Callable[[], tuple[bool | None, str]]) -> SelfTest:
    try:
        works, detail = part()
    except (WalletError, OSError, ImportError) as error:
        return SelfTest(name, False, f"{type(error).__name__}: {error}")
    return SelfTest(name, works, detail)


def _wallet() -> tuple[bool, str]:
    with demonstrating.demonstration() as wallet:
        (item,) = importing.import_one(wallet, demonstrating.tour_mail())
        if item.id is None:
            return False, "the example mail was not read"
        report = content.show(wallet, item.id).report
        award = demonstrating.climate_action(wallet)[0].award("full")
        fine = report.outcome is Outcome.PASSED and award.status.value == "met"
        return fine, f"{len(content.entries(wallet))} example credentials"


def _code() -> tuple[bool, str]:
    with demonstrating.demonstration() as wallet, tempfile.TemporaryDirectory() as folder:
        badge = demonstrating.badge_for_a_code(wallet)
        request = PresentationRequest((badge.id,), Form.QR, None, None, None)
        made = presenting.present(wallet, request)
        assert made.code is not None  # noqa: S101 -- what Form.QR means
        picture = presenting.save(made.code.png, Path(folder) / "code.png")
        found = verifying.examine((picture,), wallet.trust, wallet.clock())
        proofs = [item.report.check(CheckName.PROOF).outcome for item in found.items]
        return proofs == [Outcome.PASSED, Outcome.PASSED], f"version {made.code.version}"


def _keyring() -> tuple[bool | None, str]:
    slot = "self-test"
    try:
        works = keys.remember(slot) == keys.recall(slot)
    except KeyringUnavailable as error:
        return None, str(error.facts["why"])
    finally:
        keys.forget(slot)
    return works, "stored, read back and removed"


def _qt() -> tuple[bool | None, str]:
    if getattr(sys, "frozen", False):
        return None, "not tried in a packaged program"
    environment = dict(os.environ)
    if sys.platform == "linux" and not (environment.keys() & {"DISPLAY", "WAYLAND_DISPLAY"}):
        environment["QT_QPA_PLATFORM"] = "offscreen"
    child = subprocess.run(  # noqa: S603 -- our own interpreter and words
        [sys.executable, "-c", QT_PROBE], env=environment,
        capture_output=True, text=True, timeout=QT_SECONDS, check=False,
    )  # fmt: skip
    said = (child.stdout or child.stderr).strip().splitlines()
    return child.returncode == 0, said[0] if said else "it did not start"
