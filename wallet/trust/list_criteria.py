"""Which certificates of a listed service a qualifier means (ETSI TS 119 612, clause 5.5.9.2).

A trusted list can say of some of a CA's certificates, told by their policies, key usage, subject
or extended key usage, that they are qualified, are not, or are kept in a qualified device.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from wallet.model.credential import JsonObject


class Combine(StrEnum):
    """How criteria of one list work together (the `assert` attribute)."""

    ALL = "all"
    AT_LEAST_ONE = "atLeastOne"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Traits:
    """What the criteria look at in a certificate; object identifiers in dotted form."""

    policies: frozenset[str] = frozenset()
    key_usage: frozenset[str] = frozenset()
    """Bits that are set, in RFC 5280's words: `digitalSignature`, `nonRepudiation` ..."""
    subject: frozenset[str] = frozenset()
    """Types of the attributes in the subject's name."""
    extended: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Criteria:
    """A list of criteria. Each entry of a field is one criterion."""

    combine: Combine
    policies: tuple[tuple[str, ...], ...] = ()
    """All policies of an entry have to be there."""
    key_usage: tuple[tuple[tuple[str, bool], ...], ...] = ()
    """All bits of an entry have to be as stated."""
    subject: tuple[tuple[str, ...], ...] = ()
    extended: tuple[tuple[str, ...], ...] = ()
    nested: tuple["Criteria", ...] = ()

    def match(self, traits: Traits) -> bool:
        """Tell whether they apply to a certificate. A list without criteria applies to none."""
        answers = list(self._answers(traits))
        if not answers:
            return False
        if self.combine is Combine.ALL:
            return all(answers)
        return any(answers) if self.combine is Combine.AT_LEAST_ONE else not any(answers)

    def _answers(self, traits: Traits) -> Iterator[bool]:
        yield from (traits.policies.issuperset(wanted) for wanted in self.policies)
        for bits in self.key_usage:
            yield all((bit in traits.key_usage) is wanted for bit, wanted in bits)
        yield from (traits.subject.issuperset(wanted) for wanted in self.subject)
        yield from (traits.extended.issuperset(wanted) for wanted in self.extended)
        yield from (criteria.match(traits) for criteria in self.nested)

    def as_json(self) -> JsonObject:
        """Write it as JSON, without what is empty."""
        members: JsonObject = {
            "policies": [list(entry) for entry in self.policies],
            "key_usage": [[[bit, wanted] for bit, wanted in entry] for entry in self.key_usage],
            "subject": [list(entry) for entry in self.subject],
            "extended": [list(entry) for entry in self.extended],
            "nested": [criteria.as_json() for criteria in self.nested],
        }
        stated = {name: value for name, value in members.items() if value}
        return {"assert": self.combine.value, **stated}

    @classmethod
    def from_json(cls, value: Any) -> "Criteria":
        """Read what `as_json` wrote; KeyError, TypeError or ValueError for anything else."""

        def texts(name: str) -> tuple[tuple[str, ...], ...]:
            return tuple(tuple(map(str, entry)) for entry in value.get(name, []))

        return cls(
            Combine(value["assert"]),
            texts("policies"),
            tuple(
                tuple((str(bit), wanted is True) for bit, wanted in entry)
                for entry in value.get("key_usage", [])
            ),
            texts("subject"),
            texts("extended"),
            tuple(cls.from_json(entry) for entry in value.get("nested", [])),
        )


@dataclass(frozen=True, slots=True)
class Qualification:
    """Qualifiers (`NotQualified`, `QCForESeal`, `QCWithQSCD` ...) and whom they mean."""

    qualifiers: tuple[str, ...]
    criteria: Criteria

    def as_json(self) -> JsonObject:
        """Write it as JSON."""
        return {"qualifiers": list(self.qualifiers), "criteria": self.criteria.as_json()}

    @classmethod
    def from_json(cls, value: Any) -> "Qualification":
        """Read what `as_json` wrote; KeyError, TypeError or ValueError for anything else."""
        return cls(tuple(map(str, value["qualifiers"])), Criteria.from_json(value["criteria"]))
