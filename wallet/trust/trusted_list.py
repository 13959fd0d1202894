"""What European trusted lists say (ETSI TS 119 612), distilled to what a seal's verifier asks.

Small frozen values, and their form as JSON bytes: a national list is megabytes of XML whose
signature takes a moment to check, so it is read once (list_xml.py) and kept like this.
"""

import base64
import binascii
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from wallet.errors import MalformedCredential
from wallet.model.credential import JsonObject
from wallet.proofs import strict_json

if TYPE_CHECKING:
    from wallet.trust.list_criteria import Qualification

EUROPE = "EU"
"""SchemeTerritory of the list of lists."""
GRANTED = "granted"
FOR_SEALS = "ForeSeals"
LIST_OF_LISTS_KIND, NATIONAL_KIND = "lotl", "trusted-list"
"""What a kept list is called; its bytes are those of `to_bytes`, not the XML."""
NOT_UNDERSTOOD = "not understood"
"""Status of an entry with a critical extension that we do not know (clause 5.5.9)."""

_VERSION = 1
_LIMITS = strict_json.Limits(size=64 * 1024 * 1024, members=4_000_000)
_ISO = {"EL": "GR", "UK": "GB"}
"""Territories that European lists write otherwise than ISO 3166-1."""


class ServiceType(StrEnum):
    """The services that bear on seals (clause 5.5.1), by the end of their identifiers."""

    CA_QC = "CA/QC"
    TSA_QTST = "TSA/QTST"


@dataclass(frozen=True, slots=True)
class Listed:
    """A certificate of a service, and the key of its subject's name to find it by."""

    der: bytes
    subject: str


@dataclass(frozen=True, slots=True)
class Status:
    """What a service was from a moment on (clauses 5.5.4 to 5.5.9)."""

    since: datetime
    value: str
    """The end of the status identifier: `granted`, `withdrawn`, `undersupervision` ..."""
    uses: tuple[str, ...] = ()
    """Additional service information: `ForeSeals`, `ForeSignatures` ..."""
    qualifications: "tuple[Qualification, ...]" = ()
    certificates: tuple[Listed, ...] = ()


@dataclass(frozen=True, slots=True)
class Service:
    """One trust service with everything that it has been, the newest status first."""

    type: ServiceType
    name: str
    provider: str
    history: tuple[Status, ...]

    def at(self, moment: datetime) -> Status | None:
        """What it was at a moment; None before the list knows it."""
        return next((status for status in self.history if status.since <= moment), None)


@dataclass(frozen=True, slots=True)
class TrustedList:
    """A national list, its signature checked."""

    territory: str
    sequence: int
    issued: datetime
    next_update: datetime | None
    """None for a closed list. A list past it still serves for the times that it covers."""
    services: Sequence[Service]
    source: str
    as_of: datetime
    bundled: bool = False
    """Whether it came with the program: see snapshot.py."""

    @property
    def country(self) -> str:
        """The territory as ISO 3166-1 alpha-2."""
        return _ISO.get(self.territory, self.territory)

    def issuers(self, name: str, kind: ServiceType) -> Iterator[tuple[Service, Listed]]:
        """Services of a kind with a certificate of that subject, whenever they were listed."""
        for service in self.services:
            if service.type is kind:
                found = {c for s in service.history for c in s.certificates if c.subject == name}
                yield from ((service, certificate) for certificate in found)


@dataclass(frozen=True, slots=True)
class ListOfLists:
    """The European list of lists, its signature checked: who signs which national list."""

    sequence: int
    issued: datetime
    next_update: datetime | None
    signers: Sequence[tuple[str, tuple[bytes, ...]]]
    """By territory; that of Europe is who may sign the next list of lists."""
    source: str
    as_of: datetime
    locations: Sequence[tuple[str, str]] = ()
    """By territory: the address where its list is published."""
    bundled: bool = False

    def signers_of(self, territory: str) -> tuple[bytes, ...]:
        """Certificates (DER) of those who may sign a territory's list."""
        return next((found for name, found in self.signers if name == territory), ())


# ---- as bytes and back --------------------------------------------------------------------------


def to_bytes(item: TrustedList | ListOfLists) -> bytes:
    """Write a distilled list as JSON; `from_bytes` reads it back."""
    document = _list_of_lists(item) if isinstance(item, ListOfLists) else _national(item)
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def from_bytes(data: bytes, source: str, as_of: datetime) -> TrustedList | ListOfLists:
    """Read what `to_bytes` wrote. Only for the wallet's own keeping: no signature covers it.

    Raises:
        MalformedCredential: it is something else, or of another version.
    """
    document = strict_json.parse(data, limits=_LIMITS).value
    try:
        if not isinstance(document, dict) or document["version"] != _VERSION:
            raise MalformedCredential("distilled list")
        if document["kind"] == LIST_OF_LISTS_KIND:
            return _read_list_of_lists(document, source, as_of)
        return _read_national(document, source, as_of)
    except (KeyError, TypeError, ValueError, IndexError, binascii.Error) as error:
        raise MalformedCredential("distilled list") from error


def _national(item: TrustedList) -> JsonObject:
    table: dict[Listed, int] = {}

    def places(certificates: Iterable[Listed]) -> list[int]:
        return [table.setdefault(certificate, len(table)) for certificate in certificates]

    services = [
        {
            "type": service.type.value,
            "name": service.name,
            "provider": service.provider,
            "history": [
                {
                    "since": status.since.isoformat(),
                    "status": status.value,
                    "uses": list(status.uses),
                    "qualifications": [q.as_json() for q in status.qualifications],
                    "certificates": places(status.certificates),
                }
                for status in service.history
            ],
        }
        for service in item.services
    ]
    return {
        "version": _VERSION,
        "kind": NATIONAL_KIND,
        "territory": item.territory,
        **_dates(item),
        "certificates": [[c.subject, _base64(c.der)] for c in table],
        "services": services,
    }


def _list_of_lists(item: ListOfLists) -> JsonObject:
    signers = [[territory, [_base64(der) for der in found]] for territory, found in item.signers]
    return {
        "version": _VERSION,
        "kind": LIST_OF_LISTS_KIND,
        **_dates(item),
        "signers": signers,
        "locations": [list(pair) for pair in item.locations],
    }


def _dates(item: TrustedList | ListOfLists) -> JsonObject:
    return {
        "sequence": item.sequence,
        "issued": item.issued.isoformat(),
        "next_update": item.next_update.isoformat() if item.next_update else None,
    }


def _read_national(document: JsonObject, source: str, as_of: datetime) -> TrustedList:
    from wallet.trust.list_criteria import (  # noqa: PLC0415 -- only who looks into a list pays
        Qualification,
    )

    table = [Listed(_bytes(der), _text(subject)) for subject, der in document["certificates"]]
    services = tuple(
        Service(
            ServiceType(entry["type"]),
            _text(entry["name"]),
            _text(entry["provider"]),
            tuple(
                Status(
                    moment(status["since"]),
                    _text(status["status"]),
                    tuple(map(_text, status["uses"])),
                    tuple(Qualification.from_json(q) for q in status["qualifications"]),
                    tuple(table[place] for place in status["certificates"]),
                )
                for status in entry["history"]
            ),
        )
        for entry in document["services"]
    )
    territory = _text(document["territory"])
    return TrustedList(territory, *read_dates(document), services, source, as_of)


def _read_list_of_lists(document: JsonObject, source: str, as_of: datetime) -> ListOfLists:
    signers = tuple(
        (_text(name), tuple(_bytes(der) for der in found)) for name, found in document["signers"]
    )
    # Wallets kept lists of lists without them, once.
    locations = tuple((_text(name), _text(at)) for name, at in document.get("locations", []))
    return ListOfLists(*read_dates(document), signers, source, as_of, locations)


def read_dates(document: JsonObject) -> tuple[int, datetime, datetime | None]:
    """Read the sequence number, the date of issue and that of the next list.

    Raises KeyError, TypeError or ValueError for what `to_bytes` did not write.
    """
    following = document["next_update"]
    return (
        int(document["sequence"]),
        moment(document["issued"]),
        None if following is None else moment(following),
    )


def moment(text: Any) -> datetime:
    """Read a time as `to_bytes` writes it; TypeError or ValueError for anything else."""
    found = datetime.fromisoformat(_text(text))
    if found.tzinfo is None:
        raise ValueError("a time without a zone")
    return found


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(text: Any) -> bytes:
    return base64.b64decode(_text(text), validate=True)
