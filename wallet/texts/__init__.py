"""Every sentence, in every language, without Qt.

`use(language)` returns a `Texts` value; nothing is global. A sentence is a `Message` constant
in one of the modules here (`labels`, `verdicts`, `problems`, `progress`, ...), written in
English; catalogues in resources/i18n translate it by its English text.

Decisions
- Sentences are constants and not literals at their place of use: mypy then knows every one, a
  test walks them all, and a person who writes a sentence sees its neighbours. It costs an import.
- gettext from the standard library. The .po files are for people, the .mo files beside them are
  what the program loads; both are committed, so that no tool is needed to run from a source tree,
  and `packaging/translations.py check` (part of `make check`) compares them byte for byte and finds
  what is missing, unfinished, unused, or has other placeholders. It costs a binary file in the
  repository that has to be made anew with every sentence.
- A sentence that names facts has plainer ones behind it (`sayings`): the fullest whose facts are
  stated is said. A check made by another version therefore never breaks a page.
"""

from wallet.texts.catalogue import LANGUAGES, Message, Texts, system_language, use

__all__ = ["LANGUAGES", "Message", "Texts", "system_language", "use"]
