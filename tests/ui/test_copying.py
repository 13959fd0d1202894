"""What is shown can be taken along: selected, copied, and opened after a question."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from wallet.texts import labels
from wallet.ui.dialogs.links import LinkDialog
from wallet.ui.dialogs.report import ReportDialog
from wallet.ui.main_window import MainWindow
from wallet.ui.pages.credentials import CredentialsPage
from wallet.ui.widgets.plain import Paragraph

from .people import press, says, the
from .test_path import make_wallet

Idle = Callable[[], None]
LINK = "https://credentials.example.org/download/4711?token=abc"
MAIL = (
    "From: office@example.org\r\nTo: hanna@example.org\r\nSubject: Your credential\r\n"
    "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    f"Download your credential here: {LINK}\r\n"
)


def copied() -> str:
    return QGuiApplication.clipboard().text()


def test_a_text_can_be_selected_and_copied(qtbot: QtBot) -> None:
    label = Paragraph("SHA-256 0123456789abcdef", "fixed")
    qtbot.addWidget(label)
    label.resize(400, 40)
    label.show()
    qtbot.waitExposed(label)
    label.setFocus()
    QTest.keyClick(label, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert copied() == "SHA-256 0123456789abcdef"
    end = label.fontMetrics().horizontalAdvance("SHA-256")
    QTest.mousePress(label, Qt.MouseButton.LeftButton, pos=QPoint(0, 5))
    QTest.mouseMove(label, QPoint(end, 5))
    label.select(0, label._position(QPoint(end, 5).toPointF()))
    QTest.keyClick(label, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert copied() == "SHA-256"
    middle = QPoint(end + label.fontMetrics().horizontalAdvance(" 01234"), 5)
    QTest.mouseDClick(label, Qt.MouseButton.LeftButton, pos=middle)
    assert label.selected == "0123456789abcdef"
    assert not label.grab().isNull()


def test_the_hash_of_a_credential_is_reached_by_the_keyboard(
    window: MainWindow, idle: Idle
) -> None:
    window.open_demonstration()
    idle()
    window.open_entry(window.page(CredentialsPage).rows()[0].id)
    idle()
    found = [x for x in window.findChildren(Paragraph) if x.isVisible() and "SHA-256" in x.text()]
    assert found
    assert found[0].focusPolicy() & Qt.FocusPolicy.TabFocus


def test_a_mail_with_only_a_link_offers_the_link(
    window: MainWindow, idle: Idle, tmp_path: Path
) -> None:
    mail = tmp_path / "link.eml"
    mail.write_bytes(MAIL.encode())
    make_wallet(window, idle)
    window.import_files([mail])
    idle()
    report = the(window, ReportDialog)
    press(window, labels.COPY_LINK, report)
    assert copied() == LINK
    press(window, labels.OPEN_LINK, report)
    idle()
    question = the(window, LinkDialog)
    assert says(question, LINK)
    question.reject()
    report.accept()
    window.check_files([mail])
    idle()
    QGuiApplication.clipboard().clear()
    press(window, labels.COPY_LINK)
    assert copied() == LINK
