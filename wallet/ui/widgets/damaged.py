"""A vault that is damaged or gone: the newest good backup, and bringing it back."""

from pathlib import Path

from PySide6.QtCore import Signal

from wallet.actions import backing_up
from wallet.actions.backing_up import Secret
from wallet.errors import WalletError
from wallet.model.backups import Backup
from wallet.texts import keeping_safe as safe
from wallet.texts import problems
from wallet.ui.dialogs.files import choose_files
from wallet.ui.session import Session
from wallet.ui.widgets.basic import Card, button
from wallet.ui.widgets.flow import Flow
from wallet.ui.widgets.plain import Paragraph


class DamagedCard(Card):
    """Offers a backup for the vault at the session's path. Nothing there is overwritten."""

    wanted = Signal(object)
    """A backup's path: the person wants it back. Whoever has the secret calls `bring_back`."""
    restored = Signal(object)
    """The `Secret` that opened the backup, and opens the vault now."""

    def __init__(self, session: Session) -> None:
        super().__init__(session(safe.DAMAGED))
        self._session = s = session
        self._best: Path | None = None
        self.add(Paragraph(s(safe.DAMAGED_KEPT)))
        self._found = Paragraph(s(safe.LOOKING_FOR_BACKUP), "strong")
        self._path = Paragraph("", "fixed")
        self._path.hide()
        self._error = Paragraph("", "error")
        self._error.hide()
        for part in (self._found, self._path, self._error):
            self.add(part)
        self.bring = button(s.style, s(safe.BRING_BACK), self._bring_best)
        self.bring.hide()
        self.choose = button(s.style, s(safe.CHOOSE_BACKUP), self._choose, icon="folder")
        self.add(Flow(self.bring, self.choose))
        path = s.path
        s.tasks.ask(self, lambda: backing_up.newest_good(path), self._show)

    def bring_back(self, path: Path, secret: Secret | None) -> None:
        """Put a backup in the vault's place, off this thread; `restored` follows, or the reason."""
        s, vault, clock = self._session, self._session.path, self._session.clock
        if secret is None:
            self._say(s(safe.SECRET_FIRST))
            return
        self._error.hide()
        self.bring.wait(s(safe.BRINGING_BACK))

        def done(moved: tuple[Path, tuple[Path, ...]]) -> None:
            names = s.texts.listing(one.name for one in moved[1])
            kept = s(safe.BROUGHT_BACK, names=names) if names else s(safe.BROUGHT_BACK_ONLY)
            self._found.set(kept)
            self.bring.hide()
            self.choose.hide()
            self.restored.emit(secret)

        s.tasks.ask(
            self,
            lambda: backing_up.restore_damaged(vault, path, secret, clock),
            done,
            self._failed,
        )

    def _show(self, best: Backup | None) -> None:
        s = self._session
        if best is None or best.made_at is None:
            self._found.set(s(safe.NO_GOOD_BACKUP))
            return
        self._best = best.path
        self._found.set(s(safe.BEST_BACKUP, time=s.texts.time(best.made_at)))
        self._path.set(str(best.path))
        self._path.show()
        self.bring.show()

    def _bring_best(self) -> None:
        if self._best is not None:
            self.wanted.emit(self._best)

    def _choose(self) -> None:
        def chosen(paths: list[Path]) -> None:
            self.wanted.emit(paths[0])

        choose_files(self, self._session, safe.CHOOSE_BACKUP, chosen)

    def _failed(self, error: WalletError) -> None:
        self._say(problems.error(self._session.texts, error))

    def _say(self, text: str) -> None:
        self.bring.ready(self._session(safe.BRING_BACK))
        self._error.set(text)
        self._error.show()
