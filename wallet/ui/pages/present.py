"""Showing something to somebody: what, in which form, for whom, until when; and the ledger."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QWidget

from wallet.actions import presenting
from wallet.actions import wallet as content
from wallet.errors import WalletError
from wallet.model.credential import Credential
from wallet.model.keeping import Entry, Kept
from wallet.model.presentation import Form, LedgerEntry, PresentationRequest, Presented
from wallet.texts import Message, labels, problems
from wallet.ui.dialogs.code import CodeDialog
from wallet.ui.dialogs.files import choose_new_file
from wallet.ui.pages.detail import ledger_line
from wallet.ui.session import Session
from wallet.ui.themes import GRID
from wallet.ui.widgets.basic import Card, Columns, Folded, Page, button, clear, column, group, line
from wallet.ui.widgets.choosing import Chooser, FormChoice, UntilChoice, labelled_line
from wallet.ui.widgets.elements import ElementsCard
from wallet.ui.widgets.flow import Flow
from wallet.ui.widgets.places import EmptyState
from wallet.ui.widgets.plain import Paragraph

_WIDEST = 1240
_SIDE_BY_SIDE = 820


@dataclass(frozen=True, slots=True)
class Begun:
    """A presentation that is not made yet: what was chosen and typed."""

    chosen: tuple[str, ...]
    form: Form
    audience: str
    term: int
    day: QDate


class PresentPage(Page):
    """Choose on the left, say how on the right, see below what was shown before."""

    told = Signal(str)
    import_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(_WIDEST)
        self._session = s = session
        heading = column(GRID)
        heading.addWidget(Paragraph(s(labels.PRESENT), "title"))
        heading.addWidget(Paragraph(s(labels.PRESENT_TEXT), "muted"))
        self.body.addLayout(heading)
        self.chooser = Chooser(s)
        self.chooser.changed.connect(self._changed)
        self.forms = FormChoice(s)
        self.forms.changed.connect(self._changed)
        self.until = UntilChoice(s)
        whom, self.whom = labelled_line(s, labels.FOR_WHOM, labels.FOR_WHOM_HINT)
        self._preview = column(GRID)
        self._error = Paragraph("", "error")
        self._error.hide()
        self.make = button(s.style, s(labels.SAVE_FILE), self._make, icon="export", role="main")
        left, right = column(GRID * 2), column(GRID * 2)
        left.addWidget(self._card(labels.STEP_WHAT, self.chooser))
        left.addWidget(self._card(labels.STEP_PREVIEW, group(self._preview)))
        left.addStretch(1)
        right.addWidget(self._card(labels.STEP_FORM, self.forms))
        terms = self._card(labels.STEP_TERMS, group(whom), self.until)
        terms.add(Paragraph(s(labels.EXPIRY_TEXT), "small"))
        terms.add(self._error)
        terms.add(Flow(self.make))
        right.addWidget(terms)
        right.addStretch(1)
        self._work = Columns(group(left), group(right), narrow=_SIDE_BY_SIDE, shares=(1, 1))
        self._nothing = EmptyState(
            s,
            "present",
            s(labels.NOTHING_TO_PRESENT),
            s(labels.EMPTY_TEXT),
            button(s.style, s(labels.OPEN_FILE), self.import_wanted.emit, icon="folder"),
        )
        self.body.addWidget(self._work)
        self.body.addWidget(self._nothing)
        self._ledger = Card(s(labels.LEDGER))
        self._lines = column(GRID * 2)
        self._ledger.add(self._lines)
        self.body.addWidget(self._ledger)
        self.body.addStretch(1)
        s.tasks.changed.connect(self.reload)
        self._changed()
        self.reload()

    def preselect(self, *entry_ids: str) -> None:
        """Choose these credentials and no other."""
        self.chooser.choose(*entry_ids)

    def begun(self) -> Begun:
        """Return what was chosen and typed so far."""
        return Begun(
            self.chooser.chosen,
            self.forms.form,
            self.whom.text(),
            self.until.choice.currentIndex(),
            self.until.day.date(),
        )

    def go_on(self, begun: Begun) -> None:
        """Take up what was begun before."""
        self.chooser.choose(*begun.chosen)
        self.forms.choose(begun.form)
        self.whom.setText(begun.audience)
        self.until.choice.setCurrentIndex(begun.term)
        self.until.day.setDate(begun.day)

    def reload(self) -> None:
        """Ask for the credentials and the ledger anew."""
        wallet = self._session.open_wallet
        self._session.tasks.ask(
            self, lambda: (content.entries(wallet), content.ledger(wallet)), self._show
        )

    def _show(self, found: tuple[tuple[Entry, ...], tuple[LedgerEntry, ...]]) -> None:
        entries, ledger = found
        self.chooser.show_entries(entries)
        self._work.setVisible(bool(entries))
        self._nothing.setVisible(not entries)
        clear(self._lines)
        if not ledger:
            self._lines.addWidget(Paragraph(self._session(labels.LEDGER_EMPTY), "muted"))
        for number, entry in enumerate(ledger):
            if number:
                self._lines.addWidget(line())
            self._lines.addWidget(ledger_line(self._session, entry, titles=True))

    def _card(self, heading: Message, *content_: QWidget) -> Card:
        card = Card(self._session(heading))
        for item in content_:
            card.add(item)
        return card

    # ---- what the other side gets

    def _changed(self) -> None:
        s, form = self._session, self.forms.form
        self._error.hide()
        self.until.setVisible(form is not Form.ORIGINAL)
        self.make.setEnabled(bool(self.chooser.chosen) and not s.read_only)
        if not self.make.waiting:
            self.make.ready(self._make_text())
        if not self.chooser.chosen:
            clear(self._preview)
            self._preview.addWidget(Paragraph(s(labels.PREVIEW_NOTHING), "muted"))
            return
        wallet, request = s.open_wallet, self._request()
        s.tasks.ask(self, lambda: presenting.preview(wallet, request), self._show_preview)

    def _show_preview(self, kept: tuple[Kept, ...]) -> None:
        s = self._session
        with self.settled():
            clear(self._preview)
            text = f"{s(labels.PREVIEW_COUNT, n=len(kept))} {s(labels.PREVIEW_WHOLE)}"
            self._preview.addWidget(Paragraph(text, "muted"))
            for one in kept:
                self._preview.addWidget(self._previewed(one.credential))

    def _previewed(self, credential: Credential) -> QWidget:
        s, t = self._session, self._session.texts
        title = credential.title.best(t.language) if credential.title else s(labels.UNTITLED)
        learners = (a.elements.learner for a in credential.achievements)
        names = dict.fromkeys(x.name for x in learners if x is not None and x.name)
        facts = [*names, t.listing(b.label for b in credential.awarding_bodies)]
        words = column(2)
        words.addWidget(Paragraph(title, "strong"))
        words.addWidget(Paragraph(" · ".join(fact for fact in facts if fact), "muted"))
        whole = Folded(s.style, s(labels.SHOW_WHOLE), s(labels.SHOW_WHOLE_OF, title=title))
        for achievement in credential.achievements:
            whole.inside.addWidget(
                ElementsCard(s, achievement, t.language, s(labels.CONTENT), margin=GRID * 2)
            )
        if not credential.achievements:
            whole.inside.addWidget(Paragraph(s(labels.NO_ACHIEVEMENT), "muted"))
        words.addWidget(whole)
        return group(words)

    def _make_text(self) -> str:
        qr = self.forms.form is Form.QR
        return self._session(labels.SHOW_CODE if qr else labels.SAVE_FILE)

    def _request(self) -> PresentationRequest:
        form = self.forms.form
        return PresentationRequest(
            credential_ids=self.chooser.chosen,
            form=form,
            audience=self.whom.text().strip() or None,
            expires=None if form is Form.ORIGINAL else self.until.expires(),
        )

    # ---- doing it

    def _make(self) -> None:
        self._error.hide()
        if self.forms.form is Form.QR:
            self._present(None)
            return
        name = self._session(labels.FILE_NAME) + ".json"
        choose_new_file(self, self._session, labels.SAVE_FILE, name, self._present)

    def _present(self, path: Path | None) -> None:
        wallet, request = self._session.open_wallet, self._request()
        self.make.wait(self._session(labels.CREATING))

        def present() -> Presented:
            if path is None:
                return presenting.present(wallet, request)
            return presenting.present(
                wallet, request, lambda made: presenting.save(made.content, path)
            )

        def done(made: Presented) -> None:
            self.make.ready(self._make_text())
            if self._session.wallet is not wallet:
                return
            if made.code is not None:
                CodeDialog(self, self._session, made).open()
            elif path is not None:
                self.told.emit(self._session(labels.SAVED_AS, path=str(path)))

        self._session.tasks.change(self, present, done, self._failed)

    def _failed(self, error: WalletError) -> None:
        self.make.ready(self._make_text())
        self._error.set(problems.error(self._session.texts, error))
        self._error.show()
        self.ensureWidgetVisible(self._error)
