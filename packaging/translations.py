"""Keeps the catalogues: `update` extracts, merges and compiles; `check` says what is not current.

Sentences are `Message(...)` constants in wallet/texts. The .po files are for people, the .mo files
beside them are what the program loads; both are committed, and `check` compares them.
"""

import argparse
import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_keywords
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "wallet" / "texts"
CATALOGUES = ROOT / "resources" / "i18n"
DOMAIN = "mikrofolio"
LANGUAGES = ("pl",)
"""English is the source and needs no catalogue."""
KEYWORDS = parse_keywords(["Message:1,1t", "Message:1,2,2t"])
WIDTH = 100
ALWAYS = datetime(2026, 1, 1, tzinfo=UTC)
"""The date in every header: a catalogue that did not change stays the same, byte for byte."""


def main() -> int:
    """Run one of the two commands; status 1 when something is not current or not finished."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=["update", "check"])
    update_wanted = parser.parse_args().command == "update"
    template = extract()
    faults = []
    for language in LANGUAGES:
        if update_wanted:
            update(language, template)
        faults += list(check(language, template))
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{len(template)} messages, {len(faults)} faults")
    return 1 if faults else 0


def extract() -> Catalog:
    """Gather every sentence of the source, in the order of the modules."""
    template = Catalog(project="Mikrofolio", charset="utf-8")
    found = extract_from_dir(SOURCES, [("**.py", "python")], keywords=KEYWORDS)
    for name, line, message, comments, _context in found:
        template.add(message, None, [(f"wallet/texts/{name}", line)], auto_comments=comments)
    return template


def po_file(language: str) -> Path:
    """Return where a language's catalogue lies."""
    return CATALOGUES / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read(language: str) -> Catalog:
    """Read a catalogue; an empty one where there is none yet."""
    path = po_file(language)
    if path.exists():
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language, domain=DOMAIN)
    else:
        catalogue = Catalog(locale=language, domain=DOMAIN)
    return _headed(catalogue)


def _headed(catalogue: Catalog) -> Catalog:
    """Give a catalogue the one header that all have, without dates and names that churn."""
    catalogue.project, catalogue.version, catalogue.charset = "Mikrofolio", "1", "utf-8"
    catalogue.header_comment = "# Sentences of Mikrofolio; `packaging/translations.py` keeps them."
    catalogue.last_translator = catalogue.language_team = catalogue.msgid_bugs_address = (
        "Mikrofolio"
    )
    catalogue.creation_date = catalogue.revision_date = ALWAYS
    catalogue.fuzzy = False
    return catalogue


def update(language: str, template: Catalog) -> None:
    """Bring a catalogue up to date with the source, and compile it. Nothing is guessed."""
    catalogue = read(language)
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    path = po_file(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(written(catalogue))
    path.with_suffix(".mo").write_bytes(compiled(read(language)))


def written(catalogue: Catalog) -> bytes:
    """Write a catalogue as text, without line numbers, which change with every edit."""
    buffer = io.BytesIO()
    write_po(buffer, _headed(catalogue), width=WIDTH, no_location=True)
    return buffer.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    """Compile a catalogue into the form that gettext loads."""
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def check(language: str, template: Catalog) -> Iterator[str]:
    """Name every fault: a missing, unfinished or obsolete sentence, a placeholder, an old .mo."""
    catalogue = read(language)
    wanted = {_key(message) for message in template if message.id}
    present = {_key(message) for message in catalogue if message.id}
    for key in sorted(wanted - present):
        yield f"{language}: missing: {key}"
    for key in sorted(present - wanted):
        yield f"{language}: no longer used: {key}"
    for message in catalogue:
        if message.id:
            yield from (f"{language}: {fault}: {_key(message)}" for fault in _faults(message))
    binary = po_file(language).with_suffix(".mo")
    if not binary.exists() or binary.read_bytes() != compiled(catalogue):
        yield f"{language}: the compiled catalogue is not that of the .po file"


def _faults(message: Message) -> Iterator[str]:
    sources = _forms(message.id)
    translations = _forms(message.string or "")
    if not all(translations):
        yield "unfinished"
        return
    if message.fuzzy:
        yield "fuzzy"
    needed = set().union(*(_places(source) for source in sources))
    for translation in translations:
        if _places(translation) != needed:
            yield "placeholders differ"


def _forms(text: "str | tuple[str, ...] | list[str]") -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def _key(message: Message) -> str:
    return _forms(message.id)[0]


if __name__ == "__main__":
    sys.exit(main())
