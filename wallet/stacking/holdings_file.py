"""A holdings file as values: what `programme assess` is asked about, without a vault."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from wallet.errors import ProgrammeInvalid
from wallet.model.credential import JsonObject
from wallet.model.programme import (
    AwardingBody,
    HeldCode,
    HeldGrade,
    Holding,
    Holdings,
    HoldingState,
    LearnerFacts,
)

MAX_CREDENTIALS = 5000
MAX_ECTS = 10_000

_SCENARIO = {"id", "title", "programme", "expect", "why"}
"""What a scenario says beside its holdings; it is no remark."""


class _Reader:
    """Collects what is wrong with its place, so that all of it is told at once."""

    def __init__(self) -> None:
        self.places: list[tuple[str, str]] = []
        self.remarks: list[tuple[str, str]] = []

    def wrong(self, at: str, what: str) -> None:
        self.places.append((at, what))

    def texts(self, value: Any, at: str) -> tuple[str, ...]:
        """A text, a list of texts, or texts by language."""
        if value is None:
            return ()
        if isinstance(value, str):
            return (value,) if value.strip() else ()
        if isinstance(value, dict):
            value = list(value.values())
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self.wrong(at, "is not a text or a list of texts")
            return ()
        return tuple(dict.fromkeys(one for one in value if one.strip()))

    def text(self, value: Any, at: str) -> str | None:
        found = self.texts(value, at)
        return found[0] if found else None

    def ects(self, value: Any, at: str) -> Decimal | None:
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            self.wrong(at, "is not a decimal number")
            return None
        try:
            number = Decimal(str(value).strip())
        except InvalidOperation:
            self.wrong(at, "is not a decimal number")
            return None
        if not number.is_finite() or not 0 <= number <= MAX_ECTS:
            self.wrong(at, "is no possible number of ECTS credits")
            return None
        return number

    def day(self, value: Any, at: str) -> date | None:
        if value is None:
            return None
        try:
            return date.fromisoformat(str(value)[:10])
        except ValueError:
            self.wrong(at, "is not a date (YYYY-MM-DD)")
            return None

    def level(self, value: Any, at: str) -> int | None:
        if value is None:
            return None
        if isinstance(value, bool) or not str(value).isdigit() or not 1 <= int(value) <= 8:
            self.wrong(at, "is no EQF level (1 to 8)")
            return None
        return int(value)

    def flag(self, value: Any, at: str) -> bool:
        if not isinstance(value, bool):
            self.wrong(at, "is not true or false")
            return False
        return value


def read_holdings(document: JsonObject) -> Holdings:
    """Read the object with `credentials`, `learner` and `taken`; see `load_holdings`."""
    reader = _Reader()
    listed = document.get("credentials", [])
    if not isinstance(listed, list) or len(listed) > MAX_CREDENTIALS:
        reader.wrong("/credentials", "is not a list of credentials")
        listed = []
    credentials = [_credential(reader, c, f"/credentials/{i}") for i, c in enumerate(listed)]
    held = [one for one in credentials if one is not None]
    _unique(reader, held)
    learner = _learner(reader, document.get("learner") or {})
    taken = _taken(reader, document.get("taken") or {})
    known = {"credentials", "learner", "taken"} | _SCENARIO
    reader.remarks += [(f"/{key}", key) for key in document if key not in known]
    if reader.places:
        raise ProgrammeInvalid(tuple(reader.places))
    return Holdings(tuple(held), learner, taken, tuple(reader.remarks))


def _unique(reader: _Reader, held: Iterable[Holding]) -> None:
    seen: set[str] = set()
    for index, one in enumerate(held):
        if one.id in seen:
            reader.wrong(f"/credentials/{index}/id", f"{one.id} is there twice")
        seen.add(one.id)


def _learner(reader: _Reader, value: Any) -> LearnerFacts:
    if not isinstance(value, dict):
        reader.wrong("/learner", "is not an object")
        return LearnerFacts()
    known = {"field", "fieldOfStudy"}
    reader.remarks += [(f"/learner/{key}", key) for key in value if key not in known]
    stated = value.get("field", value.get("fieldOfStudy"))
    return LearnerFacts(reader.text(stated, "/learner/field"))


def _taken(reader: _Reader, value: Any) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        reader.wrong("/taken", "is not an object")
        return {}
    return {name: reader.texts(ids, f"/taken/{name}") for name, ids in value.items()}


def _credential(reader: _Reader, value: Any, at: str) -> Holding | None:
    if not isinstance(value, dict):
        reader.wrong(at, "is not an object")
        return None
    name = value.get("id")
    if not isinstance(name, str) or not name:
        reader.wrong(f"{at}/id", "is missing")
        return None
    facts: dict[str, Any] = {}
    for key, member in value.items():
        found = _MEMBERS.get(key)
        if found is None:
            reader.remarks.append((f"{at}/{key}", key))
            continue
        attribute, read = found
        facts[attribute] = read(reader, member, f"{at}/{key}")
    return Holding(**facts)


# ---- members ------------------------------------------------------------------------------------


def _bodies(reader: _Reader, value: Any, at: str) -> tuple[AwardingBody, ...]:
    entries = value if isinstance(value, list) else [value]
    found = []
    for index, entry in enumerate(entries):
        if entry is None:
            continue
        here = f"{at}/{index}"
        if isinstance(entry, str):
            found.append(AwardingBody((entry,), (entry,)))
        elif isinstance(entry, dict):
            found.append(_body(reader, entry, here))
        else:
            reader.wrong(here, "is not an awarding body")
    return tuple(found)


def _body(reader: _Reader, entry: JsonObject, at: str) -> AwardingBody:
    names = reader.texts(entry.get("name", entry.get("legalName")), f"{at}/name")
    kinds = entry.get("ids")
    stated = list(kinds.values()) if isinstance(kinds, dict) else kinds
    identifiers = [
        one
        for key in ("id", "key", "identifier", "ror", "erasmus", "did")
        for one in reader.texts(entry.get(key), f"{at}/{key}")
    ]
    identifiers += reader.texts(stated, f"{at}/ids")
    country = reader.text(entry.get("country"), f"{at}/country")
    return AwardingBody(tuple(identifiers), names, country)


def _codes(reader: _Reader, value: Any, at: str) -> tuple[HeldCode, ...]:
    entries = value if isinstance(value, list) else [value]
    found = []
    for index, entry in enumerate(entries):
        if isinstance(entry, str):
            found.append(HeldCode(entry))
        elif isinstance(entry, dict) and isinstance(entry.get("code"), str):
            where = reader.text(entry.get("institution"), f"{at}/{index}/institution")
            found.append(HeldCode(entry["code"], where))
        elif entry is not None:
            reader.wrong(f"{at}/{index}", "is not a course code")
    return tuple(found)


def _grade(reader: _Reader, value: Any, at: str) -> HeldGrade | None:
    if value is None:
        return None
    if isinstance(value, str):
        return HeldGrade(value)
    if not isinstance(value, dict) or value.get("value") is None:
        reader.wrong(at, "is not a grade")
        return None
    return HeldGrade(str(value["value"]), reader.texts(value.get("scale"), f"{at}/scale"))


def _state(reader: _Reader, value: Any, at: str) -> HoldingState:
    try:
        return HoldingState(str(value))
    except ValueError:
        reader.wrong(at, "is none of " + ", ".join(state.value for state in HoldingState))
        return HoldingState.INVALID


def _isced(reader: _Reader, value: Any, at: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in reader.texts(value, at))


def _attendance(reader: _Reader, value: Any, at: str) -> bool:
    return reader.flag(value, at)


def _assessed(reader: _Reader, value: Any, at: str) -> bool:
    """`assessed: false`, or an `assessment` of which nothing is stated, is attendance alone."""
    if isinstance(value, bool):
        return not value
    return not reader.texts(value, at) or value in {"none", "attendance", "participation"}


_Read = Callable[[_Reader, Any, str], Any]
_MEMBERS: dict[str, tuple[str, _Read]] = {
    "id": ("id", lambda reader, value, at: value),
    "achievement": ("achievement", _Reader.texts),
    "awardedBy": ("awarded_by", _bodies),
    "code": ("codes", _codes),
    "codes": ("codes", _codes),
    "title": ("titles", _Reader.texts),
    "ects": ("ects", _Reader.ects),
    "eqf": ("eqf", _Reader.level),
    "isced": ("isced", _isced),
    "esco": ("esco", _Reader.texts),
    "outcomes": ("outcomes", _Reader.texts),
    "form": ("form", _Reader.text),
    "mode": ("mode", _Reader.texts),
    "grade": ("grade", _grade),
    "awarded": ("awarded", _Reader.day),
    "state": ("state", _state),
    "attestationExpired": ("attestation_expired", _Reader.flag),
    "attendanceOnly": ("attendance_only", _attendance),
    "attendance": ("attendance_only", _attendance),
    "assessed": ("attendance_only", _assessed),
    "assessment": ("attendance_only", _assessed),
    "parts": ("parts", _Reader.texts),
    "confirmed": ("confirmed", _Reader.texts),
}
