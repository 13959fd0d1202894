"""The program as a whole: its help, what it says of a typing error, and of a bug of its own."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from tests import needs
from tests.cli.conftest import Run
from wallet import __version__
from wallet.actions import verifying
from wallet.cli.main import COMMANDS, is_command, parser

ROOT = Path(__file__).resolve().parents[2]


def test_help_names_every_command_and_the_exit_statuses(run: Run) -> None:
    ran = run("--help")
    assert ran.status == 0
    for command in ("verify", "import", "list", "show", "export", "delete", "restore", "progress",
                    "confirm", "unconfirm", "profile", "programme", "present", "ledger", "key",
                    "vault", "tour"):  # fmt: skip
        assert command in ran.out
    assert "70" in ran.out


def test_every_command_is_found_in_its_own_module() -> None:
    everything = parser().format_help()
    for command, module in COMMANDS.items():
        alone = parser(command).format_help()
        assert f"    {command} " in everything
        assert f"    {command} " in alone
        assert import_module(f"wallet.cli.{module}").add_to


def test_version(run: Run) -> None:
    assert run("--version").out.strip() == f"mikrofolio {__version__}"


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        ([], False),
        (["letter.eml"], False),
        (["verify", "letter.eml"], True),
        (["--vault", "here", "list"], True),
        (["--vault=here", "list"], True),
        (["--vault", "here"], False),
        (["--help"], True),
    ],
)
def test_a_command_or_the_window(arguments: list[str], command: bool) -> None:
    assert is_command(arguments) is command


def test_a_typing_error_opens_no_window() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "wallet", "lits"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 2
    assert "lits" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_bug_is_one_line_and_holds_no_data(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "Hanna-Żółkiewska.json"
    secret.write_text("{}", "utf-8")

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError(str(secret))

    monkeypatch.setattr(verifying, "examine", broken)
    ran = run("verify", secret)
    assert ran.status == 70
    assert "Traceback" not in ran.err
    report = Path(ran.err.split()[-1])
    text = report.read_text("utf-8")
    report.unlink()
    assert "ZeroDivisionError" in text
    assert "Hanna" not in text


def test_every_option_is_explained() -> None:
    help_text = parser().format_help()
    assert "--vault" in help_text


def test_checking_asks_the_network_nothing() -> None:
    """Watched from outside: nothing connects or sends, not even what would be refused."""
    strace = needs.program("strace")
    sample = needs.shared("samples", "open-badges-3", "simple.json")
    watched = [strace, "-f", "-qq", "-e", "trace=connect,sendto,sendmsg,sendmmsg"]
    ran = subprocess.run(
        [*watched, sys.executable, "-m", "wallet", "verify", str(sample)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 3
    assert "AF_INET" not in ran.stderr
