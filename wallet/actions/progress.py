"""How far the held credentials bring the learner toward each award, and the person's word on it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from wallet.actions import programmes as shelf
from wallet.actions.files import read
from wallet.actions.wallet import Wallet, entries
from wallet.errors import HoldingsInvalid, NotFound, ProgrammeInvalid, UsageError
from wallet.model.credential import Credential
from wallet.model.keeping import Choice, Confirmation, Entry
from wallet.model.programme import (
    Assessment,
    Closing,
    Conflict,
    Holding,
    Holdings,
    LearnerFacts,
    NotCountedReason,
    Place,
    Programme,
)
from wallet.stacking import matching, programme_file
from wallet.stacking.across import Among, conflicts_of
from wallet.stacking.solve import assess

FIELD_OF_STUDY = "field"
"""The profile's key for the learner's field of study (ISCED-F)."""


@dataclass(frozen=True, slots=True)
class Held:
    """A credential of the list, read once for all programmes."""

    entry: Entry
    credential: Credential


def held(wallet: Wallet, listed: Sequence[Entry]) -> tuple[Held, ...]:
    """Read these credentials: the slow part, which a window does some at a time."""
    return tuple(Held(entry, wallet.vault.get(entry.id).credential) for entry in listed)


def in_use(wallet: Wallet, credentials: Sequence[Held]) -> tuple[Programme, ...]:
    """Return the programmes that are evaluated, one version of each, by title."""
    return shelf.in_use(wallet, _holdings(credentials))


def progress(
    wallet: Wallet, programme_id: str | None = None, planned: Sequence[str] = ()
) -> tuple[Assessment, ...]:
    """Evaluate one programme, or all, on what the vault holds now.

    `planned` are keys of catalogue items that are taken as done, in every programme that has
    them: what-if, marked as planned. Raises NotFound for a programme or an item that nobody has.
    """
    credentials = held(wallet, entries(wallet))
    known = in_use(wallet, credentials)
    chosen = known if programme_id is None else (shelf.named(known, programme_id),)
    return assess_all(wallet, chosen, credentials, planned)


def assess_all(
    wallet: Wallet,
    chosen: Sequence[Programme],
    credentials: Sequence[Held],
    planned: Sequence[str] = (),
) -> tuple[Assessment, ...]:
    """Evaluate programmes on what `held` has read, with the person's word of now.

    What one counts is kept from those that exclude it, whether they are among the chosen or not.
    Raises NotFound for a planned item that is in no programme.
    """
    base = _holdings(credentials)
    among = {one.id: one for one in (*shelf.in_use(wallet, base), *chosen)}
    for key in planned:
        if all(one.item(key) is None for one in among.values()):
            raise NotFound(id=key)
    together = _among(wallet, tuple(among.values()), base, planned)
    return tuple(together.assess(one) for one in chosen)


def assess_held(
    wallet: Wallet, one: Programme, credentials: Sequence[Held], planned: Sequence[str] = ()
) -> Assessment:
    """Evaluate one programme; see `assess_all`."""
    return assess_all(wallet, (one,), credentials, planned)[0]


def check_file(path: Path) -> Programme:
    """Read a programme definition. Raises ProgrammeInvalid with every place that is wrong."""
    return shelf.check(read(path))


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


# ---- the person's word --------------------------------------------------------------------------


def confirm(wallet: Wallet, holding: str, programme_id: str, item: str) -> None:
    """Keep the person's word that an achievement ("ID", "ID#2") is this catalogue item.

    Their word settles what the credential leaves open, and nothing that it states: UsageError
    where it names another achievement, a course code or another awarding body. Raises NotFound.
    """
    one = shelf.named(shelf.in_use(wallet), programme_id)
    if one.item(item) is None:
        raise NotFound(id=item)
    entry_id, number = achievement_of(holding)
    kept = wallet.vault.get(entry_id)
    every = matching.holdings(entry_id, kept.credential, kept.entry.report)
    if number > len(every):
        raise NotFound(id=holding)
    if not matching.may_be(one, every[number - 1], item):
        raise UsageError(detail="not_this_course")
    wallet.vault.confirm(Confirmation(entry_id, one.id, item, wallet.clock(), number))


def unconfirm(wallet: Wallet, holding: str, programme_id: str, item: str) -> None:
    """Take the person's word back. Raises NotFound when it was never given."""
    entry_id, number = achievement_of(holding)
    known = next((o.id for o in shelf.in_use(wallet) if o.id.endswith(f":{programme_id}")), None)
    if not wallet.vault.unconfirm(entry_id, known or programme_id, item, number):
        raise NotFound(id=item)


def confirmations(wallet: Wallet) -> tuple[Confirmation, ...]:
    """Return everything that the person confirmed, with its date, oldest first."""
    return wallet.vault.confirmations()


def programme_of_item(wallet: Wallet, item: str) -> str:
    """Return the id of the programme whose catalogue has `item`. Raises NotFound.

    UsageError when several have it: the person then has to say which.
    """
    owners = [one.id for one in shelf.in_use(wallet) if one.item(item) is not None]
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


# ---- between programmes -------------------------------------------------------------------------


def conflicts(wallet: Wallet, assessments: Sequence[Assessment]) -> tuple[Conflict, ...]:
    """Say which credentials several of these awards want, though one excludes the other."""
    return conflicts_of(assessments, _choices(wallet))


def give(wallet: Wallet, holding: str, award: str) -> None:
    """Keep which award gets an achievement, where awards exclude each other.

    `award` is "programme id#award key", or a programme: any of its awards. Raises NotFound for
    an award or a credential that is not here; UsageError where it could not count there.
    """
    name, sharp, key = award.partition("#")
    one = shelf.named(shelf.in_use(wallet), name)
    if sharp and one.award(key) is None:
        raise NotFound(id=award)
    entry_id, number = achievement_of(holding)
    places = counts_in(wallet, holding)
    counting = {None, NotCountedReason.COUNTED_ELSEWHERE, NotCountedReason.NOT_NEEDED}
    if not any(
        place.programme == one.id and place.reason in counting and key in {"", place.award}
        for place in places
    ):
        raise UsageError(detail="does_not_count_there")
    wallet.vault.choose(Choice(entry_id, one.id + sharp + key, wallet.clock(), number))


def take_back(wallet: Wallet, holding: str) -> None:
    """Take the choice of an award back. Raises NotFound when none was made."""
    if not wallet.vault.unchoose(*achievement_of(holding)):
        raise NotFound(id=holding)


def choices(wallet: Wallet) -> tuple[Choice, ...]:
    """Return which awards the person gave achievements to, with the date, oldest first."""
    return wallet.vault.choices()


def counts_in(wallet: Wallet, holding: str) -> tuple[Place, ...]:
    """Say for every award where a credential counts, or would count and why it does not.

    `holding` is a credential's id: all its achievements; or "ID#2": one of them. Awards that it
    has nothing to do with are left out. Raises NotFound.
    """
    wallet.vault.get(achievement_of(holding)[0])
    assessments = progress(wallet)
    return tuple(
        place
        for one in assessments
        for award in one.awards
        for place in (
            *(
                Place(used, one.programme, award.key, requirement)
                for requirement, ids in award.used
                for used in ids
            ),
            *(
                Place(n.id, one.programme, award.key, n.requirement, n.reason, n.other)
                for n in award.not_counted
                if n.reason is not NotCountedReason.NO_MATCH
            ),
        )
        if holding in {place.holding, place.holding.partition("#")[0]}
    )


# ---- what-if ------------------------------------------------------------------------------------


def closes(
    wallet: Wallet,
    programme_id: str,
    item: str,
    credentials: Sequence[Held] | None = None,
    planned: Sequence[str] = (),
) -> tuple[Closing, ...]:
    """Say what one more course would close, in all programmes whose catalogue has it.

    It is the same course where catalogues share one of its identifiers. `planned` is what is
    planned already. Awards that come no nearer are among them; `Closing.helps` tells. Raises
    NotFound.
    """
    read_already = held(wallet, entries(wallet)) if credentials is None else credentials
    known = in_use(wallet, read_already)
    if shelf.named(known, programme_id).item(item) is None:
        raise NotFound(id=item)
    found = []
    for one in known:
        keys = _same_items(known, programme_id, item, one)
        if keys:
            now = assess_held(wallet, one, read_already, planned)
            then = assess_held(wallet, one, read_already, (*planned, *keys))
            found += [
                Closing(one.id, before.key, before.title, keys, before.status, after.status,
                        before.missing_items, after.missing_items)
                for before, after in zip(now.awards, then.awards, strict=True)
            ]  # fmt: skip
    return tuple(found)


# ---- from the vault to holdings -----------------------------------------------------------------


def _among(
    wallet: Wallet,
    known: Sequence[Programme],
    base: Sequence[Holding],
    planned: Sequence[str],
) -> Among:
    """All programmes on what is held, each with the confirmations and plans that are about it."""
    confirmed: dict[str, dict[str, tuple[str, ...]]] = {}
    for one in wallet.vault.confirmations():
        about = confirmed.setdefault(one.programme, {})
        name = matching.holding_id(one.credential_id, one.achievement)
        about[name] = (*about.get(name, ()), one.item)
    field = LearnerFacts(wallet.vault.profile().get(FIELD_OF_STUDY) or None)

    def holdings(programme: Programme) -> Holdings:
        items = [
            i for key in planned for o in known for i in _same_items(known, o.id, key, programme)
        ]
        about = confirmed.get(programme.id, {})
        credentials = tuple(
            replace(one, confirmed=about[one.id]) if one.id in about else one for one in base
        )
        return Holdings(credentials, field, planned=tuple(dict.fromkeys(items)))

    return Among(known, holdings, wallet.clock().date(), _choices(wallet))


def _holdings(credentials: Sequence[Held]) -> tuple[Holding, ...]:
    return tuple(
        holding
        for one in credentials
        for holding in matching.holdings(one.entry.id, one.credential, one.entry.report)
    )


def _choices(wallet: Wallet) -> dict[str, str]:
    return {
        matching.holding_id(one.credential_id, one.achievement): one.award
        for one in wallet.vault.choices()
    }


def achievement_of(holding: str) -> tuple[str, int]:
    """Take "ID" or "ID#2" apart. Raises NotFound for a number that cannot be one."""
    entry_id, sharp, number = holding.partition("#")
    if sharp and not re.fullmatch(r"[1-9][0-9]{0,3}", number):
        raise NotFound(id=holding)
    return entry_id, int(number) if sharp else 1


def _same_items(
    known: Sequence[Programme], programme_id: str, key: str, there: Programme
) -> tuple[str, ...]:
    """Keys in `there` of the course that a programme calls `key`."""
    item = next((o.item(key) for o in known if o.id == programme_id), None)
    if item is None:
        return ()
    if there.id == programme_id:
        return (key,)
    return tuple(
        one.key for one in there.catalogue if not set(item.achievement).isdisjoint(one.achievement)
    )
