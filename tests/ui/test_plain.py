"""Foreign texts on labels: plain, visible, within their width."""

from pytestqt.qtbot import QtBot

from wallet.ui.widgets.plain import Line, Paragraph, button_text, one_line, tip, visible


def test_ordinary_text_of_any_language_stays() -> None:
    for text in ("Żółkiewska", "Київ", "Αθήνα", "नमस्ते", "可信", "a\nb", "naïve – “x”"):
        assert visible(text) == text


def test_what_steers_is_shown_by_its_number() -> None:
    assert visible("abc\u202etxt.exe") == "abc⟨U+202E⟩txt.exe"
    assert visible("a\u2066b\u2069") == "a⟨U+2066⟩b⟨U+2069⟩"
    assert visible("a\u200bb\ufeff\x07") == "a⟨U+200B⟩b⟨U+FEFF⟩⟨U+0007⟩"
    assert visible("\ud800") == "⟨U+D800⟩"
    assert one_line("a\r\nb\u2028c") == "a b⟨U+2028⟩c"


def test_nothing_becomes_markup_or_a_mnemonic() -> None:
    assert button_text("R&D") == "R&&D"
    assert "&lt;img" in tip("<img src=x>")


def test_a_paragraph_breaks_inside_a_word_that_is_too_long(qtbot: QtBot) -> None:
    label = Paragraph("https://example.org/" + "a" * 400)
    qtbot.addWidget(label)
    assert label.minimumSizeHint().width() < 300
    metrics = label.fontMetrics()
    lines = metrics.horizontalAdvance(label.text()) / 200
    assert label.heightForWidth(200) >= lines * metrics.height()


def test_a_line_keeps_its_whole_text_in_the_tooltip(qtbot: QtBot) -> None:
    label = Line("a long <b>name</b> " * 20)
    qtbot.addWidget(label)
    label.resize(60, 20)
    assert label.minimumSizeHint().width() < 120
    assert "&lt;b&gt;" in label.toolTip()
    assert not label.grab().isNull()
