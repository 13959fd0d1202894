"""A key and the person's word on it: asked with reason, kept with date, taken back, for all."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from tests.issuer import NOW, Defect, Form, specimen
from wallet.model.verification import State
from wallet.proofs.keys import PublicKey
from wallet.texts import trusting as words
from wallet.ui.dialogs.key import KeyDialog
from wallet.ui.main_window import MainWindow
from wallet.ui.widgets.key_card import KeyCard

from .people import press, says, the
from .test_pages import check_parts
from .trusting import ISSUER, Idle, badges, entry_ids, open_wallet, states

OPEN, GREEN = State.UNCHANGED_ISSUER_NOT_CONFIRMED, State.VERIFIED
THUMBPRINT = PublicKey.from_jwk(ISSUER.key.jwk).thumbprint()


def opened(window: MainWindow, idle: Idle) -> KeyCard:
    """Show the badge without a status list: a confirmed key is all that it lacks."""
    raw, other = badges()
    open_wallet(window, idle, other, raw)
    assert states(window, idle) == [OPEN, OPEN]
    for entry in entry_ids(window, idle):
        window.open_entry(entry)
        idle()
        if says(window, "names no list"):
            break
    return the(window, KeyCard)


def test_a_key_checked_with_the_issuer_counts_for_all_it_signed(
    window: MainWindow, idle: Idle
) -> None:
    opened(window, idle)
    press(window, words.CHECKED_KEY)
    dialog = the(window, KeyDialog)
    idle()
    check_parts(dialog)
    assert dialog.fingerprint.text() == words.grouped(THUMBPRINT)
    assert says(dialog, window.session(words.ALSO_SIGNED, n=2))
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == THUMBPRINT
    assert not dialog.save.isEnabled()
    dialog.choose(len(words.WAYS_TO_CHECK) - 1)
    assert not dialog.save.isEnabled()
    dialog.choose(1)
    assert dialog.save.isEnabled()
    dialog.note.setText("Ms Kowalczyk, by letter")
    dialog.save.click()
    idle()
    assert says(window, "Verified")
    assert says(window, "At the study office: Ms Kowalczyk, by letter")
    assert says(window, window.session.texts.date(NOW))
    assert sorted(states(window, idle)) == [State.REVOCATION_NOT_CHECKED, GREEN]
    assert not the(window, KeyCard).findChildren(KeyDialog)


def test_it_is_taken_back_where_it_is_shown(window: MainWindow, idle: Idle) -> None:
    opened(window, idle)
    press(window, words.CHECKED_KEY)
    dialog = the(window, KeyDialog)
    dialog.choose(0)
    dialog.save.click()
    idle()
    press(window, words.TAKE_BACK)
    idle()
    assert states(window, idle) == [OPEN, OPEN]
    assert says(window, "Unchanged, issuer not confirmed")
    assert says(the(window, KeyCard), window.session(words.KEY_OPEN))


def test_a_distrusted_key_is_red_until_it_is_taken_back(window: MainWindow, idle: Idle) -> None:
    opened(window, idle)
    press(window, words.DISTRUST)
    dialog = the(window, KeyDialog)
    idle()
    check_parts(dialog)
    dialog.note.setText("The university says that it is not theirs.")
    dialog.save.click()
    idle()
    assert says(window, "Rejected by you")
    assert says(window, "The university says that it is not theirs.")
    assert states(window, idle) == [State.REJECTED_BY_YOU] * 2
    press(window, words.TAKE_BACK)
    idle()
    assert states(window, idle) == [OPEN, OPEN]


def test_escape_decides_nothing_and_the_wallet_knows_what_was_decided_after_it(
    window: MainWindow, idle: Idle
) -> None:
    opened(window, idle)
    press(window, words.CHECKED_KEY)
    dialog = the(window, KeyDialog)
    dialog.choose(0)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    idle()
    assert states(window, idle) == [OPEN, OPEN]
    press(window, words.CHECKED_KEY)
    dialog = the(window, KeyDialog)
    dialog.choose(0)
    dialog.save.click()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    idle()
    assert GREEN in states(window, idle)
    assert THUMBPRINT in window.session.open_wallet.trust.decisions


def test_the_dialog_is_used_by_keys_alone(window: MainWindow, idle: Idle) -> None:
    opened(window, idle)
    press(window, words.CHECKED_KEY)
    dialog = the(window, KeyDialog)
    dialog.activateWindow()
    seen = []
    for _ in range(12):
        focused = dialog.focusWidget()
        seen.append(focused.accessibleName())
        dialog.focusNextChild()
    ways = [window.session(way) for way in words.WAYS_TO_CHECK]
    wanted = [window.session(words.COPY_FINGERPRINT), window.session(words.NOTE)]
    assert set(wanted) <= set(seen)
    assert set(ways) & set(seen)
    dialog.close()


def test_a_broken_signature_has_no_key_to_judge(window: MainWindow, idle: Idle) -> None:
    open_wallet(window, idle, specimen(Form.OPEN_BADGE, Defect.ALTERED_PAYLOAD))
    window.open_entry(entry_ids(window, idle)[0])
    idle()
    assert not window.findChildren(KeyCard)
