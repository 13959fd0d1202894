"""A second start hands its files to the window that is open, and nobody else can steer it."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from wallet.actions.demonstrating import tour_mail
from wallet.ui.instance import Instance, server_name
from wallet.ui.main_window import MainWindow
from wallet.ui.pages.check import CheckPage

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60
"""Seconds that a slow machine may take for a second start."""


@pytest.fixture(autouse=True)
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the sockets of a test lie in a folder of its own."""
    folder = tmp_path / "run"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))


def start(vault: Path, *files: Path) -> subprocess.Popen[str]:
    environment = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_CONFIG_HOME": str(vault.parent),
    }
    command = [sys.executable, "-m", "wallet", "--vault", str(vault), *map(str, files)]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True,
    )  # fmt: skip


@pytest.mark.qt_log_ignore("does not support raise")
def test_a_second_start_brings_its_files_to_the_first_and_ends(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    vault = tmp_path / "test.mikrofolio"
    instance = Instance(vault)
    assert instance.listen()
    instance.received.connect(window.called)
    window.showMinimized()
    second = start(vault, tour_mail())
    page = window.page(CheckPage)
    qtbot.waitUntil(lambda: page.examination is not None, timeout=PATIENCE * 1000)
    said, _ = second.communicate(timeout=PATIENCE)
    assert second.returncode == 0, said
    assert page.examination is not None
    assert page.examination.items
    assert not window.isMinimized()


def test_another_wallet_has_a_window_of_its_own(tmp_path: Path) -> None:
    first, other = Instance(tmp_path / "one.mikrofolio"), Instance(tmp_path / "two.mikrofolio")
    assert first.listen()
    assert not other.hand_over([])
    assert other.listen()


def test_what_a_killed_window_left_is_taken_over(tmp_path: Path) -> None:
    vault = tmp_path / "test.mikrofolio"
    name = server_name(vault)
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(name)
    assert Path(name).exists()
    instance = Instance(vault)
    assert not instance.hand_over([])
    assert instance.listen()
    assert Path(name).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "message",
    [
        b"\n",
        b"[" * 100_000 + b"\n",
        b'{"files": []}\n',
        b'["relative.json"]\n',
        b"[1]\n",
        b"\xff\n",
    ],
)
def test_a_message_that_is_none_is_dropped(qtbot: QtBot, tmp_path: Path, message: bytes) -> None:
    owner = QObject()
    instance = Instance(tmp_path / "test.mikrofolio", owner)
    assert instance.listen()
    heard: list[list[Path]] = []
    instance.received.connect(heard.append)
    with socket.socket(socket.AF_UNIX) as stranger:
        stranger.connect(server_name(tmp_path / "test.mikrofolio"))
        stranger.sendall(message)
        stranger.setblocking(False)

        def ended() -> bool:
            try:
                return stranger.recv(100) == b""
            except BlockingIOError:
                return False

        qtbot.waitUntil(ended, timeout=5000)
    assert heard == []
