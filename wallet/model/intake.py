"""What was found in the files, mails and archives that a person has, and what could not be used."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from wallet.model.credential import Credential
from wallet.model.verification import Standing, VerificationReport, standing


class ProblemCode(StrEnum):
    """Why something in a source is no item."""

    NO_CREDENTIAL = "no_credential"
    UNKNOWN_FORMAT = "unknown_format"
    MALFORMED = "malformed"
    TOO_LARGE = "too_large"
    ENCRYPTED = "encrypted"
    UNREADABLE = "unreadable"
    LINK_ONLY = "link_only"
    NOT_IMPORTABLE = "not_importable"
    """Can be checked and not kept: a presentation, a status list, a signed document."""


@dataclass(frozen=True, slots=True)
class Found:
    """A credential, presentation or signed document, and where it was."""

    source: str
    """The file's name, without its folder."""
    path: tuple[str, ...]
    """The way inside the source: ("attachment diploma.zip", "climate.jsonld")."""
    credential: Credential


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a source that gave no item. One bad item never stops the rest."""

    source: str
    path: tuple[str, ...]
    code: ProblemCode
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything that one or several sources held, in order."""

    items: tuple[Found, ...] = ()
    problems: tuple[Problem, ...] = ()

    def __add__(self, other: "Gathered") -> "Gathered":
        return Gathered(self.items + other.items, self.problems + other.problems)


@dataclass(frozen=True, slots=True)
class Examined:
    """One item with what its verification found."""

    source: str
    path: tuple[str, ...]
    credential: Credential
    report: VerificationReport

    @property
    def standing(self) -> Standing:
        """The one state in words."""
        return standing(self.report)
