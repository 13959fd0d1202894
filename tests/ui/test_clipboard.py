"""What is copied does not stay on the clipboard, whichever way it came there.

On a real X display, in a process of its own: Qt's offscreen platform does not know whose the
clipboard is.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests import needs
from wallet.ui.clipboard import copy_text

ROOT = Path(__file__).resolve().parents[2]
ON_A_DISPLAY = """
import json, subprocess, sys
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from wallet.ui.clipboard import ClipboardGuard, copy_text

application = QApplication([])
clipboard, seen = application.clipboard(), {}
guard = ClipboardGuard(application, 500)
copy_text("Climate Data Analysis")
seen["button"] = [clipboard.text()]
QTest.qWait(1500)
seen["button"].append(clipboard.text())
field = QLineEdit("Hanna Example")
field.show()
field.selectAll()
QTest.keyClick(field, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
seen["field"] = [clipboard.text(), clipboard.text(clipboard.Mode.Selection)]
QTest.qWait(1500)
seen["field"] += [clipboard.text(), clipboard.text(clipboard.Mode.Selection)]
copy_text("Hanna Example")
guard.clear()
seen["lock"] = clipboard.text()
copy_text("ours")
other = subprocess.Popen([sys.executable, "-c", sys.argv[1]], stdout=subprocess.PIPE)
while clipboard.text() != "another program's":
    QTest.qWait(50)
QTest.qWait(1500)
seen["another"] = clipboard.text()
other.kill()
other.wait()
print(json.dumps(seen))
"""
ANOTHER = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
application = QApplication([])
QTimer.singleShot(100, lambda: application.clipboard().setText("another program's"))
application.exec()
"""


@pytest.fixture(scope="module")
def seen() -> dict[str, object]:
    """What the clipboard held, by what was done."""
    command = [needs.program("xvfb-run"), "-a", sys.executable, "-c", ON_A_DISPLAY, ANOTHER]
    environment = {k: v for k, v in os.environ.items() if k != "QT_QPA_PLATFORM"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=90, check=False
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_what_a_button_copied_is_taken_back(seen: dict[str, object]) -> None:
    assert seen["button"] == ["Climate Data Analysis", ""]


def test_what_a_field_copied_by_itself_is_taken_back(seen: dict[str, object]) -> None:
    assert seen["field"] == ["Hanna Example", "Hanna Example", "", ""]


def test_locking_takes_it_back_at_once(seen: dict[str, object]) -> None:
    assert seen["lock"] == ""


def test_what_another_program_copied_is_left_alone(seen: dict[str, object]) -> None:
    assert seen["another"] == "another program's"


def test_histories_are_asked_not_to_keep_it(qtbot: QtBot) -> None:
    copy_text("Hanna Example")
    held: QMimeData = QGuiApplication.clipboard().mimeData()
    assert held.data("x-kde-passwordManagerHint").data() == b"secret"
    QGuiApplication.clipboard().clear()
