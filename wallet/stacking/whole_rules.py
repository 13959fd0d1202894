"""The rules over a whole award that a form has fields for, and how a file is read for them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from wallet.model.credential import JsonObject
from wallet.model.draft import DraftAward
from wallet.texts import LANGUAGES, Message, planning, use

_ALWAYS = {"key", "type", "title"}


@dataclass(frozen=True, slots=True)
class WholeRule:
    """One field: what it is called in the draft, and what it is in the file."""

    field: str
    type: str
    member: str
    others: frozenset[str]
    """Members that the rule may have besides without saying more than the field does."""
    called: Callable[[str, str], str]
    """The rule's title in a language, for a number as typed."""
    fixed: tuple[tuple[str, str], ...] = ()

    def fits(self, rule: JsonObject) -> bool:
        """Whether a rule of a file says this and nothing else."""
        return (
            rule["type"] == self.type
            and all(rule.get(name) == value for name, value in self.fixed)
            and set(rule) <= _ALWAYS | {self.member} | self.others | {n for n, _ in self.fixed}
            and self.number(rule) != ""
        )

    def number(self, rule: JsonObject) -> str:
        """Return the number that the field shows; "" where the rule asks in another way."""
        value = rule.get(self.member)
        if isinstance(value, dict):
            return str(value["min"]) if set(value) == {"min"} else ""
        return "" if value is None else str(value)

    def write(self, before: JsonObject | None, typed: str) -> JsonObject:
        """Write the rule with another number; unchanged, it stays as it is."""
        if before is not None and self.number(before) == typed:
            return before
        value: Any = int(typed) if typed.isascii() and typed.isdigit() else typed
        if self.member == "ects":
            value = {"min": typed}
        key = before["key"] if before else f"whole-{self.field}"
        titles = {tag: self.called(tag, typed) for tag in LANGUAGES}
        made = {**(before or {}), "key": key, "type": self.type, "title": titles}
        return made | dict(self.fixed) | {self.member: value}


def _ects(language: str, typed: str) -> str:
    t = use(language)
    return t(planning.RULE_TOTAL, ects=typed.replace(".", ",") if language == "pl" else typed)


def _counted(message: Message) -> Callable[[str, str], str]:
    return lambda language, typed: use(language)(message, n=int(typed) if typed.isdigit() else 0)


RULES = (
    WholeRule("total", "total", "ects", frozenset(), _ects),
    WholeRule(
        "universities",
        "distinct",
        "min",
        frozenset({"joint"}),
        _counted(planning.RULE_UNIVERSITIES),
        (("of", "institution"),),
    ),
    WholeRule(
        "countries",
        "distinct",
        "min",
        frozenset({"joint"}),
        _counted(planning.RULE_COUNTRIES),
        (("of", "country"),),
    ),
    WholeRule("months", "window", "months", frozenset({"anchor"}), _counted(planning.RULE_MONTHS)),
)


def whole_rules(award: DraftAward, before: Sequence[JsonObject]) -> list[JsonObject]:
    """Write the rules of an award: those of the file in their order, then what is new.

    A rule of the file stays if a field still asks for it, or if the person has not left it out.
    """
    typed = {rule.field: getattr(award, rule.field).strip().replace(",", ".") for rule in RULES}
    kept = {one.key for one in award.kept}
    made = []
    for old in before:
        field = next((one for one in RULES if one.field in typed and one.fits(old)), None)
        if field is not None:
            number = typed.pop(field.field)
            made += [field.write(old, number)] if number else []
        elif old["key"] in kept:
            made.append(old)
    new = (rule for rule in RULES if typed.get(rule.field))
    return [*made, *(rule.write(None, typed[rule.field]) for rule in new)]


def field_of(rule: JsonObject) -> str | None:
    """Return the field of `DraftAward` that a rule of a written draft came from, if any."""
    return next((one.field for one in RULES if one.fits(rule)), None)
