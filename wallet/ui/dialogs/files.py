"""Choosing files and folders. The dialogs are shown without stopping the window."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from wallet.texts import Message, labels
from wallet.ui.session import Session


def choose_files(
    parent: QWidget, session: Session, title: Message, then: Callable[[list[Path]], None]
) -> None:
    """Ask for existing files of any kind: content decides, never the ending."""
    dialog = _dialog(parent, session(title))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setNameFilters([session(labels.ALL_FILES) + " (*)"])
    dialog.filesSelected.connect(lambda names: then([Path(name) for name in names]))
    dialog.open()


def choose_folder(
    parent: QWidget, session: Session, title: Message, then: Callable[[Path], None]
) -> None:
    """Ask for an existing folder."""
    dialog = _dialog(parent, session(title))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(lambda name: then(Path(name)))
    dialog.open()


def choose_new_file(
    parent: QWidget, session: Session, title: Message, name: str, then: Callable[[Path], None]
) -> None:
    """Ask where to save; the dialog itself asks before it replaces something."""
    dialog = _dialog(parent, session(title))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.selectFile(name)
    dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
    dialog.open()


def _dialog(parent: QWidget, title: str) -> QFileDialog:
    dialog = QFileDialog(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog
