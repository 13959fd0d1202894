"""How much work canonicalising a foreign document may cost: counted, never timed."""

from dataclasses import dataclass

from wallet.errors import WalletError

MAX_VALUES = 20_000
"""Members and entries of one document that is canonicalised."""
MAX_QUADS = 20_000
MAX_CHARACTERS = 8 * 1024 * 1024
"""Characters of all names and texts of one document: a text is escaped, hashed and sorted."""
MAX_STEPS = 150_000
"""Looks at a blank node's neighbours while telling alike nodes apart, over all orders: about a
second. The largest genuine records ask for some hundreds, alone or in a presentation."""
MAX_SIGNATURES = 5_000
"""Signatures of one check: a selective disclosure proof has one for each statement."""
JSON_SHARE = 16
"""Canonical JSON costs a sixteenth of what a graph does, for each value."""
READINGS = 2
"""How many documents of about the largest size one check may canonicalise: byte versions of
contexts and chains of proofs ask for more than one."""


class PoisonGraph(WalletError):
    """A document asks for more work than the limits allow; `limit` names which of them."""

    code = "poison_graph"


@dataclass(slots=True)
class Budget:
    """What is left for one document, or (`for_a_check`) for everything that one check needs.

    Once anything is used up, everything is: what comes after is refused before it costs anything.
    """

    values: int = MAX_VALUES
    characters: int = MAX_CHARACTERS
    quads: int = MAX_QUADS
    steps: int = MAX_STEPS
    signatures: int = MAX_SIGNATURES
    used_up: str = ""
    """The limit that was reached, "" if none was."""

    @classmethod
    def for_a_check(cls) -> "Budget":
        """Make a budget for all proofs of a document, under all readings of its contexts."""
        return cls(
            READINGS * MAX_VALUES, READINGS * MAX_CHARACTERS, READINGS * MAX_QUADS, MAX_STEPS
        )

    def spend_values(self, count: int, characters: int = 0) -> None:
        """Take JSON values and their characters off; raises PoisonGraph when fewer are left."""
        self.values -= count
        self.characters -= characters
        if self.values < 0:
            self.close("values")
        if self.characters < 0:
            self.close("characters")
        self.ensure()

    def spend_json(self, count: int, characters: int) -> None:
        """Take off what canonical JSON of so many values costs; raises PoisonGraph."""
        self.spend_values(count // JSON_SHARE, characters)

    def spend_quads(self, count: int) -> None:
        """Take `count` quads off; raises PoisonGraph when fewer are left."""
        self.quads -= count
        if self.quads < 0:
            self.close("quads")
        self.ensure()

    def spend_steps(self, count: int) -> None:
        """Take `count` steps off; raises PoisonGraph when fewer are left."""
        self.steps -= count
        if self.steps < 0:
            self.close("steps")
            self.ensure()

    def spend_signatures(self, count: int) -> None:
        """Take `count` signatures off; raises PoisonGraph when fewer are left."""
        self.signatures -= count
        if self.signatures < 0:
            self.close("signatures")
        self.ensure()

    def close(self, limit: str) -> None:
        """Note that a limit was reached: nothing more is done. The first one counts."""
        self.used_up = self.used_up or limit

    def ensure(self) -> None:
        """Raise PoisonGraph if a limit was reached."""
        if self.used_up:
            raise PoisonGraph(limit=self.used_up)
