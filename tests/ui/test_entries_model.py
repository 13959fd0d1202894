"""The list's model: which rows there are, and that a row costs nothing before it is looked at."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from tests.vault.sketch import make, provenance, report, sketch
from wallet.model.keeping import Entry
from wallet.model.verification import VerificationReport
from wallet.texts import use
from wallet.ui.models.entries import EntriesModel


@pytest.fixture
def entries(tmp_path: Path) -> tuple[Entry, ...]:
    vault = make(tmp_path / "a.mikrofolio")
    for title in ("One", "Two", "Three"):
        vault.add(sketch(title=title), report(), provenance())
    found = vault.entries()
    vault.close()
    return found


@pytest.fixture
def parent(qapp: QApplication) -> QObject:
    return QObject()


def titles(model: EntriesModel) -> list[str]:
    return [model.row_at(model.index(row)).title for row in range(model.rowCount())]


def test_some_of_the_entries_are_listed_in_their_order(
    parent: QObject, entries: tuple[Entry, ...]
) -> None:
    model = EntriesModel(use("en"), parent)
    model.show_entries(entries, {entry.id for entry in entries})
    assert titles(model) == ["Three", "Two", "One"]

    model.show_only({entries[0].id, entries[2].id, "gone since"})
    assert titles(model) == ["Three", "One"]
    assert model.position(entries[2].id).row() == 1
    assert not model.position(entries[1].id).isValid()

    model.show_entries(entries[1:], {entry.id for entry in entries})
    assert titles(model) == ["Two", "One"]


def test_a_report_is_read_when_its_row_is_looked_at_and_once(
    parent: QObject, entries: tuple[Entry, ...]
) -> None:
    read: list[str] = []

    def watched(entry: Entry) -> Entry:
        def stored() -> VerificationReport:
            read.append(entry.id)
            return entry.report

        return replace(entry, stored=stored)

    model = EntriesModel(use("en"), parent)
    model.show_entries([watched(entry) for entry in entries], {entry.id for entry in entries})
    assert read == []

    for _ in range(2):
        model.index(1).data()
    assert read == [entries[1].id]
