"""The window as a process of its own: it opens, and an ordinary kill ends it in order."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from wallet.actions.demonstrating import tour_mail

PATIENCE = 60
"""Seconds that a slow machine may take to open the window."""
ROOT = Path(__file__).resolve().parents[2]


def _wait_until_it_listens(window: subprocess.Popen[str]) -> None:
    """Wait until the process catches SIGTERM, as the kernel says."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        assert window.poll() is None, window.communicate()[0]
        status = Path(f"/proc/{window.pid}/status").read_text("ascii")
        caught = int(status.split("SigCgt:")[1].split()[0], 16)
        if caught & (1 << (signal.SIGTERM - 1)):
            return
        time.sleep(0.1)
    raise AssertionError("the window did not come up")


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_a_kill_closes_the_window(tmp_path: Path, end: signal.Signals) -> None:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "wallet", "--vault", str(tmp_path / "w.mikrofolio")]
    with subprocess.Popen(
        [*command, str(tour_mail())],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    ) as window:  # fmt: skip
        _wait_until_it_listens(window)
        window.send_signal(end)
        said, _ = window.communicate(timeout=30)
    assert window.returncode == 0
    assert "Traceback" not in said
    assert not (tmp_path / "w.mikrofolio").exists()
