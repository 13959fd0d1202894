"""Loading a language and filling a sentence: gettext, plural rules, dates and decimals."""

import gettext
import locale
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache

from wallet.resources import resource

LANGUAGES = ("en", "pl")
DOMAIN = "mikrofolio"


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence in English with `{named}` places; `many` is the plural, chosen by `{n}`."""

    one: str
    many: str | None = None


class Texts:
    """All sentences in one language. A value: make one with `use`, hand it on."""

    def __init__(self, language: str, translations: gettext.NullTranslations) -> None:
        self.language = language
        self._translations = translations

    def __call__(self, message: Message, **facts: object) -> str:
        """Fill a sentence. A fact that the sentence names and nobody gave is a bug (KeyError)."""
        if message.many is None:
            sentence = self._translations.gettext(message.one)
        else:
            number = facts["n"]
            assert isinstance(number, int)  # noqa: S101 -- a caller's bug, not a user's input
            sentence = self._translations.ngettext(message.one, message.many, number)
        return sentence.format(**facts)

    def decimal(self, number: Decimal) -> str:
        """Write a number without trailing zeros, with this language's decimal mark."""
        plain = f"{number.normalize():f}"
        return plain.replace(".", ",") if self.language == "pl" else plain

    def date(self, moment: datetime) -> str:
        """Write a date the way this language reads it: 27 September 2023 / 27 września 2023."""
        return f"{moment.day} {_MONTHS[self.language][moment.month - 1]} {moment.year}"

    def time(self, moment: datetime) -> str:
        """Write a date with hours and minutes, in the computer's own zone."""
        local = moment.astimezone()
        return f"{self.date(local)}, {local:%H:%M}"

    def listing(self, items: Iterable[str]) -> str:
        """Join with commas."""
        return ", ".join(items)


_MONTHS = {
    "en": (
        "January", "February", "March", "April", "May", "June", "July",
        "August", "September", "October", "November", "December",
    ),
    "pl": (
        "stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca",
        "sierpnia", "września", "października", "listopada", "grudnia",
    ),
}  # fmt: skip


@cache
def use(language: str) -> Texts:
    """Return the sentences in `language` ("en", "pl", "pl_PL"); English where it is unknown."""
    short = language.replace("-", "_").split("_")[0].lower()
    if short not in LANGUAGES:
        short = "en"
    translations = gettext.translation(DOMAIN, resource("i18n"), [short], fallback=short == "en")
    return Texts(short, translations)


def system_language() -> str:
    """Return the language of the person's system among ours, else English."""
    stated = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    for tag in (*stated, locale.getlocale()[0] or ""):
        if tag.split("_")[0].lower() in LANGUAGES:
            return tag.split("_")[0].lower()
    return "en"
