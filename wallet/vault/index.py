"""What the list needs to know of a credential: computed when it is added, from its reading."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from wallet.model.credential import Credential, Organisation, Text, first, is_global
from wallet.vault import search
from wallet.vault.values import strings_out


@dataclass(frozen=True, slots=True)
class Index:
    """One version's index columns; everything here can be computed again from `raw`."""

    identity: str | None
    """Which entry it belongs to; None when nothing in it means anything outside the document."""
    title: Text | None
    issuer: str
    awarding_bodies: tuple[str, ...]
    issued: datetime | None
    valid_from: datetime | None
    valid_until: datetime | None
    ects: Decimal | None
    eqf: int | None
    stated: str


def index_of(credential: Credential) -> Index:
    """Compute the index columns of a credential."""
    elements = [item.elements for item in credential.achievements]
    ects = [e.workload.ects for e in elements if e.workload and e.workload.ects is not None]
    levels = {e.level.eqf for e in elements if e.level and e.level.eqf is not None}
    return Index(
        identity=identity(credential),
        title=credential.title or _only_title(credential),
        issuer=credential.issuer.label if credential.issuer else "",
        awarding_bodies=tuple(body.label for body in credential.awarding_bodies if body.label),
        issued=credential.issued,
        valid_from=credential.valid_from,
        valid_until=credential.valid_until,
        ects=sum(ects, Decimal(0)) if ects else None,
        eqf=levels.pop() if len(levels) == 1 else None,
        stated=search.stated(credential),
    )


def identity(credential: Credential) -> str | None:
    """Name the entry that a credential is a version of: its issuer and its global id.

    Document-local ids identify nothing: None, and the same for an issuer that is not stated.
    """
    issuer = _issuer(credential.issuer)
    if issuer is None or credential.global_id is None:
        return None
    return strings_out((*issuer, credential.global_id))


def _issuer(issuer: Organisation | None) -> tuple[str, str] | None:
    if issuer is None:
        return None
    identifier = first(item for item in issuer.identifiers if is_global(item))
    if identifier is not None:
        return "id", identifier
    if issuer.name is not None:
        return "name", " ".join(search.fold(issuer.name.best()).split())
    return None


def _only_title(credential: Credential) -> Text | None:
    """The only achievement's title, for a credential that has none of its own."""
    if len(credential.achievements) != 1:
        return None
    return credential.achievements[0].elements.title
