"""The wallet locks when its person leaves: no sign of life, a locked screen, a sleep."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests import needs
from wallet.ui.idle import Idle

ROOT = Path(__file__).resolve().parents[2]
LISTENER = """
import sys
from PySide6.QtCore import QCoreApplication, QTimer
from wallet.ui.away import Away
application = QCoreApplication([])
away = Away(application)
away.left.connect(lambda: application.exit(7))
QTimer.singleShot(30000, lambda: application.exit(1))
print("listening", flush=True)
sys.exit(application.exec())
"""
DESKTOP = """
import sys
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtDBus import QDBusConnection, QDBusMessage
service, path, active = sys.argv[1], sys.argv[2], sys.argv[3] == "on"
application = QCoreApplication([])
bus = QDBusConnection.sessionBus()
assert bus.registerService(service)
signal = QDBusMessage.createSignal(path, service, "ActiveChanged")
signal.setArguments([active])
assert bus.send(signal)
QTimer.singleShot(1000, application.quit)
application.exec()
"""


def _told(service: str, path: str, active: str) -> int:
    """Let a desktop's screen saver say so on a real bus; return the listener's exit status."""
    script = (
        f'coproc "{sys.executable}" -c "$LISTENER"; read -r word <&"${{COPROC[0]}}"; '
        f'listener=$COPROC_PID; "{sys.executable}" -c "$DESKTOP" {service} {path} {active}; '
        "if [ $? -ne 0 ]; then kill $listener; exit 9; fi; "
        "[ off = " + active + " ] && kill -TERM $listener; wait $listener"
    )
    environment = os.environ | {"LISTENER": LISTENER, "DESKTOP": DESKTOP}
    done = subprocess.run(
        [needs.program("dbus-run-session"), "--", needs.program("bash"), "-c", script],
        cwd=ROOT, env=environment, timeout=90, check=False, capture_output=True,
    )  # fmt: skip
    return done.returncode


@pytest.mark.parametrize(
    ("service", "path"),
    [
        ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
        ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
    ],
)
def test_a_locked_screen_is_noticed(service: str, path: str) -> None:
    assert _told(service, path, "on") == 7


def test_an_unlocked_screen_means_nothing() -> None:
    assert _told("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver", "off") == 128 + 15


def test_a_sleep_is_noticed_by_the_clock(qtbot: QtBot, qapp: QApplication) -> None:
    owner, wall = QObject(), [1000.0]
    idle = Idle(qapp, owner, interval=300_000, glance=20, wall=lambda: wall[0])
    heard: list[bool] = []
    idle.reached.connect(lambda: heard.append(True))
    wall[0] += 200
    qtbot.wait(100)
    assert not heard
    wall[0] += 301
    qtbot.waitUntil(lambda: heard == [True])


def test_a_clock_set_back_is_no_sleep(qtbot: QtBot, qapp: QApplication) -> None:
    owner, wall = QObject(), [1_000_000_000.0]
    idle = Idle(qapp, owner, interval=300_000, glance=20, wall=lambda: wall[0])
    heard: list[bool] = []
    idle.reached.connect(lambda: heard.append(True))
    wall[0] -= 10 * 365 * 86400
    qtbot.wait(100)
    assert not heard
