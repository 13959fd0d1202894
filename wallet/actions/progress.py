"""How far the held credentials bring the learner toward each award, and the person's word on it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from wallet.actions.files import read
from wallet.actions.wallet import Wallet, entries
from wallet.errors import HoldingsInvalid, NotFound, ProgrammeInvalid, UsageError
from wallet.model.credential import Credential
from wallet.model.keeping import Confirmation, Entry
from wallet.model.programme import Assessment, Holding, Holdings, LearnerFacts, Programme
from wallet.resources import resource
from wallet.stacking import matching, programme_file
from wallet.stacking.solve import assess

SCHEMA = ("programmes", "programme.schema.json")
FIELD_OF_STUDY = "field"
"""The profile's key for the learner's field of study (ISCED-F)."""


@cache
def programmes() -> tuple[Programme, ...]:
    """Return the programme definitions that ship with the program, by title."""
    files = sorted(set(resource("programmes").glob("*.json")) - {resource(*SCHEMA)})
    shipped = [programme_file.load(file.read_bytes()) for file in files]
    return tuple(sorted(shipped, key=lambda one: one.title.best()))


def programme(programme_id: str) -> Programme:
    """Return the shipped programme of that id. Raises NotFound."""
    for one in programmes():
        if programme_id in {one.id, one.id.rsplit(":", 1)[-1]}:
            return one
    raise NotFound(id=programme_id)


def progress(wallet: Wallet, programme_id: str | None = None) -> tuple[Assessment, ...]:
    """Evaluate one programme, or all, on what the vault holds now. Raises NotFound."""
    chosen = programmes() if programme_id is None else (programme(programme_id),)
    credentials = held(wallet, entries(wallet))
    return tuple(assess_held(wallet, one, credentials) for one in chosen)


@dataclass(frozen=True, slots=True)
class Held:
    """A credential of the list, read once for all programmes."""

    entry: Entry
    credential: Credential


def held(wallet: Wallet, listed: Sequence[Entry]) -> tuple[Held, ...]:
    """Read these credentials: the slow part, which a window does some at a time."""
    return tuple(Held(entry, wallet.vault.get(entry.id).credential) for entry in listed)


def assess_held(wallet: Wallet, one: Programme, credentials: Sequence[Held]) -> Assessment:
    """Evaluate a programme on what `held` has read, with the person's word of now."""
    return assess(one, _holdings(wallet, one.id, credentials), wallet.clock().date())


def check_file(path: Path) -> Programme:
    """Read a programme definition. Raises ProgrammeInvalid with every place that is wrong."""
    return programme_file.load(read(path))


def assess_files(path: Path, holdings: Path, at: datetime) -> Assessment:
    """Evaluate a definition on a holdings file, without a vault.

    Raises ProgrammeInvalid and HoldingsInvalid, each with every place that is wrong.
    """
    definition = check_file(path)
    try:
        held = programme_file.load_holdings(read(holdings))
    except ProgrammeInvalid as invalid:
        raise HoldingsInvalid(invalid.places) from invalid
    return assess(definition, held, at.date())


def confirm(wallet: Wallet, entry_id: str, programme_id: str, item: str) -> None:
    """Keep the person's word that a credential is this catalogue item.

    Their word settles what the credential leaves open, and nothing that it states: UsageError
    where it names another achievement, a course code or another awarding body. Raises NotFound.
    """
    one = programme(programme_id)
    if one.item(item) is None:
        raise NotFound(id=item)
    if "#" in entry_id:
        raise UsageError(detail="only_first_achievement")
    kept = wallet.vault.get(entry_id)
    held = matching.holdings(entry_id, kept.credential, kept.entry.report)
    if not held or not matching.may_be(one, held[0], item):
        raise UsageError(detail="not_this_course")
    wallet.vault.confirm(Confirmation(entry_id, one.id, item, wallet.clock()))


def unconfirm(wallet: Wallet, entry_id: str, programme_id: str, item: str) -> None:
    """Take the person's word back. Raises NotFound when it was never given."""
    if not wallet.vault.unconfirm(entry_id, programme(programme_id).id, item):
        raise NotFound(id=item)


def programme_of_item(item: str) -> str:
    """Return the id of the shipped programme whose catalogue has `item`. Raises NotFound.

    UsageError when several have it: the person then has to say which.
    """
    owners = [one.id for one in programmes() if one.item(item) is not None]
    if not owners:
        raise NotFound(id=item)
    if len(owners) > 1:
        raise UsageError(detail="several_programmes")
    return owners[0]


def profile(wallet: Wallet) -> dict[str, str]:
    """Return what the person said about themselves."""
    return dict(wallet.vault.profile())


def set_profile(wallet: Wallet, key: str, value: str) -> None:
    """Keep one fact about the person; an empty value removes it. UsageError for any other."""
    if key != FIELD_OF_STUDY or not re.fullmatch(r"[0-9]{2,4}|", value):
        raise UsageError(detail="unknown_profile_key")
    wallet.vault.set_profile(key, value or None)


def _holdings(wallet: Wallet, programme_id: str, credentials: Sequence[Held]) -> Holdings:
    confirmed: dict[str, list[str]] = {}
    for one in wallet.vault.confirmations():
        if one.programme == programme_id:
            confirmed.setdefault(one.credential_id, []).append(one.item)
    holdings = [
        holding
        for one in credentials
        for holding in _holding(one, tuple(confirmed.get(one.entry.id, ())))
    ]
    field = wallet.vault.profile().get(FIELD_OF_STUDY)
    return Holdings(tuple(holdings), LearnerFacts(field or None))


def _holding(one: Held, confirmed: tuple[str, ...]) -> tuple[Holding, ...]:
    entry = one.entry
    return matching.holdings(entry.id, one.credential, entry.report, confirmed=confirmed)


def find(programme_id: str) -> Programme | None:
    """Return the shipped programme of that id, None for one from elsewhere."""
    return next((one for one in programmes() if one.id == programme_id), None)


@dataclass(frozen=True, slots=True)
class CountsIn:
    """Where a credential counts: a requirement of an award, by their keys."""

    programme: str
    award: str
    requirement: str


def counts_in(wallet: Wallet, entry_id: str) -> tuple[CountsIn, ...]:
    """Return every requirement that a credential counts in now, over all programmes."""
    return tuple(
        CountsIn(one.programme, award.key, requirement)
        for one in progress(wallet)
        for award in one.awards
        for requirement, ids in award.used
        if any(used.split("#")[0] == entry_id for used in ids)
    )
