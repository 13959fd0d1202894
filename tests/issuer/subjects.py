"""Who issues what to whom: the values that every format of the simulator is made from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from cryptography import x509

from tests.issuer.keys import IssuerKey, verification_method

Texts = Mapping[str, str]
"""A text by language tag, in the order in which it is written."""

NOW = datetime(2024, 10, 15, 10, tzinfo=UTC)
"""The simulator's usual clock, which is also the demonstration's."""


def stamp(moment: datetime) -> str:
    """Write an aware datetime as RFC 3339 in UTC, whole seconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True)
class University:
    """A university as it names itself."""

    name: Texts
    country: str
    """ISO 3166-1 alpha-2."""
    ror: str
    homepage: str
    city: str
    erasmus: str | None = None
    identifier: str = ""
    """The organizationIdentifier of its seal, such as "VATPL-0000000000"."""
    quality: Texts = field(default_factory=dict)
    """Who assures the quality of its programmes."""

    @property
    def label(self) -> str:
        """The English name."""
        return self.name["en"]


@dataclass(frozen=True, slots=True)
class Issuer:
    """A university with its keys: one that badges are signed with, and perhaps a seal."""

    university: University
    key: IssuerKey
    seal_key: IssuerKey | None = None
    seal: x509.Certificate | None = None
    by_jwk: bool = False
    """Whether its identifier is the key's did:jwk, not its did:key."""

    @property
    def did(self) -> str:
        """The decentralised identifier that is the key itself."""
        return self.key.did_jwk if self.by_jwk else self.key.did_key

    @property
    def verification_method(self) -> str:
        """The identifier of the key in the issuer's DID document."""
        return verification_method(self.did)


@dataclass(frozen=True, slots=True)
class Learner:
    """The person a credential is about; invented."""

    given_name: str
    family_name: str
    birth_date: str | None = None
    student_id: str | None = None
    """A European Student Identifier."""
    did: str | None = None

    @property
    def full_name(self) -> str:
        """Given and family name."""
        return f"{self.given_name} {self.family_name}"


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill of ESCO with its English label."""

    uri: str
    label: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """One learning outcome and the skills that it is linked to."""

    text: Texts
    skills: tuple[Skill, ...] = ()


class Mode(StrEnum):
    """Forms of participation, with their code in the European learning-assessment vocabulary."""

    ONLINE = "920fbb3cbe"
    BLENDED = "e92d221e4d"
    ONSITE = "9191af2ed9"


class Supervision(StrEnum):
    """How an assessment was watched, with its code in the supervision-verification vocabulary."""

    SUPERVISED_WITH_IDENTITY = "70be69aaf9"
    SUPERVISED = "44314532f9"
    UNSUPERVISED_WITH_IDENTITY = "df2880c5cb"
    UNSUPERVISED = "c598449d64"


@dataclass(frozen=True, slots=True)
class Course:
    """What is learned: the European standard elements of one achievement."""

    title: Texts
    identifier: str
    """The achievement's global identifier."""
    ects: str | None
    outcomes: tuple[Outcome, ...]
    description: Texts = field(default_factory=dict)
    code: str | None = None
    hours: int | None = None
    eqf: int | None = None
    mode: Mode | None = None
    assessment: Texts = field(default_factory=dict)
    grade: Texts = field(default_factory=dict)
    scale: Texts = field(default_factory=dict)
    supervision: Supervision | None = None
    prerequisites: Texts = field(default_factory=dict)
    counts_toward: Texts = field(default_factory=dict)
    """Stackability, in words."""
    further: Texts = field(default_factory=dict)
    isced: tuple[str, str] | None = None
    """Code and English name of the ISCED-F field."""
    taught: tuple[str, str] | None = None
    """First and last day of teaching."""
    awarded_by: tuple[University, ...] = ()
    """The awarding bodies; empty: the issuer alone."""


@dataclass(frozen=True, slots=True)
class Award:
    """One course awarded to one learner: when, for how long, under which identifier."""

    course: Course
    learner: Learner
    id: str
    issued: datetime = datetime(2024, 3, 18, 9, tzinfo=UTC)
    awarded: datetime | None = None
    """When the university decided; None: when it issued."""
    valid_from: datetime | None = None
    """None: from `issued` on."""
    valid_until: datetime | None = None
    status: tuple["StatusEntry", ...] = ()


@dataclass(frozen=True, slots=True)
class StatusEntry:
    """A credential's place in a status list."""

    list_id: str
    index: int
    purpose: str = "revocation"

    def document(self) -> dict[str, str]:
        """Write it as a `BitstringStatusListEntry` (Bitstring Status List, section 2.1)."""
        return {
            "id": f"{self.list_id}#{self.index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": self.purpose,
            "statusListIndex": str(self.index),
            "statusListCredential": self.list_id,
        }


REVOKED_INDEX = 4711
"""The index that the simulator's lists of revocations set unless asked otherwise."""
SUSPENDED_INDEX = 815
GOOD_INDEX = 94567
"""An index that no list of the simulator sets."""


def list_address(issuer: Issuer, purpose: str = "revocation") -> str:
    """Return the address of an issuer's status list; nothing answers there."""
    name = issuer.university.ror.rsplit("/", 1)[-1]
    return f"https://status.example.edu/{name}/{purpose}/1"
