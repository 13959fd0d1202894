"""The European trusted lists that are known: who may sign which, and which are still waiting.

A national list counts once its signature is that of a signer whom the European list of lists
names for its territory, or whose certificate the person supplied. The order in which they come
does not matter: a list without a known signer waits, and says nothing until then.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from wallet.errors import MalformedCredential, TooLarge

if TYPE_CHECKING:
    from wallet.trust.trusted_list import ListOfLists, TrustedList

MAX_WAITING = 64
"""National lists that wait for a list of lists; Europe has 31."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A national list whose signer is not known yet, as it came."""

    data: bytes
    territory: str
    source: str
    as_of: datetime


@dataclass(frozen=True, slots=True)
class TrustedLists:
    """A value: adding a list gives a new one. One list for each territory, the latest issued.

    Empty it knows none. What came with the program: see `TrustStore.shipped`.
    """

    european: "ListOfLists | None" = None
    national: "tuple[TrustedList, ...]" = ()
    """What seals are judged by; a list of lists alone names no provider."""
    waiting: tuple[Waiting, ...] = ()

    @property
    def as_of(self) -> tuple[datetime, ...]:
        """When each was taken up."""
        european = () if self.european is None else (self.european.as_of,)
        return (*european, *(entry.as_of for entry in self.national))

    def with_file(
        self,
        data: bytes,
        source: str,
        as_of: datetime,
        *,
        supplied: Sequence[bytes] = (),
        roots: Sequence[bytes] | None = None,
    ) -> "TrustedLists":
        """Add a list of lists or a national list as published, its signature checked.

        Args:
            data: the XML.
            source: where it came from, for people.
            as_of: when it was taken up, aware.
            supplied: certificates (DER) that the person trusts to sign national lists.
            roots: who may sign the list of lists; None for the bundled ones. The signers that a
                list of lists already here names for the next one are tried too.

        Raises:
            MalformedCredential: see `list_xml.read`; also a list of lists, or a waiting list that
                it decides on, that none of its signers has signed (`territory` names it).
        """
        from wallet.trust import list_xml, trusted_list  # noqa: PLC0415 -- many know no list

        claim = list_xml.peek(data)
        if claim.is_list_of_lists:
            known = (
                self.european.signers_of(trusted_list.EUROPE) if self.european is not None else ()
            )
            bundled = list_xml.europe_signers() if roots is None else roots
            found = list_xml.read(data, (*dict.fromkeys((*bundled, *known)),), source, as_of)
            return self.with_list(found).settled(supplied)
        entry = Waiting(data, claim.territory, source, as_of)
        waiting = tuple(w for w in self.waiting if w.data != data)
        if len(waiting) >= MAX_WAITING:
            raise TooLarge("trusted lists", limit=MAX_WAITING)
        return replace(self, waiting=(*waiting, entry)).settled(supplied)

    def settled(self, supplied: Sequence[bytes] = ()) -> "TrustedLists":
        """Decide on the waiting lists whose signers are known by now.

        Raises:
            MalformedCredential: none of the signers that the list of lists names signed one.
        """
        result = replace(self, waiting=())
        if not self.waiting:
            return result
        from wallet.trust import list_xml  # noqa: PLC0415 -- as above

        for entry in self.waiting:
            named = self.european.signers_of(entry.territory) if self.european is not None else ()
            try:
                found = list_xml.read(entry.data, (*named, *supplied), entry.source, entry.as_of)
            except MalformedCredential as error:
                if error.facts.get("detail") != "signature":
                    raise
                if named:
                    raise MalformedCredential(
                        "trusted list", detail="signature", territory=entry.territory
                    ) from error
                result = replace(result, waiting=(*result.waiting, entry))
            else:
                result = result.with_list(found)
        return result

    def with_list(self, found: "TrustedList | ListOfLists") -> "TrustedLists":
        """Add a list that was checked before: distilled, or just now. The later one stays.

        Later is what has the higher sequence number (clause 5.3.2), or the same and a later date;
        of equals the one that comes now, so that a person's own takes a bundled one's place.
        """
        from wallet.trust.trusted_list import ListOfLists  # noqa: PLC0415 -- as above

        if isinstance(found, ListOfLists):
            if self.european is not None and _edition(self.european) > _edition(found):
                return self
            return replace(self, european=found)
        for entry in self.national:
            if entry.territory == found.territory and _edition(entry) > _edition(found):
                return self
        others = tuple(entry for entry in self.national if entry.territory != found.territory)
        return replace(self, national=(*others, found))

    def with_lists(self, others: "TrustedLists") -> "TrustedLists":
        """Add others' lists as `with_list` does; those of theirs that wait, wait on."""
        result = replace(self, waiting=others.waiting)
        for one in (*(() if others.european is None else (others.european,)), *others.national):
            result = result.with_list(one)
        return result


def _edition(entry: "TrustedList | ListOfLists") -> tuple[int, datetime]:
    return entry.sequence, entry.issued
