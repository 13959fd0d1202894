"""From a passphrase to a wrapping key: Argon2id with parameters that are stored and bounded."""

import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from wallet.errors import UsageError

KEY_BYTES = 32
SALT_BYTES = 16

# What a stored file may ask for: a hostile one must neither take the memory nor the afternoon.
MAX_MEMORY_KIB = 1024 * 1024
MAX_PASSES = 32
MAX_LANES = 16
MAX_WORK_KIB = 8 * 1024 * 1024
"""Memory times passes: about half a minute on a slow machine."""
MIN_MEMORY_KIB_PER_LANE = 8
"""RFC 9106, section 3.1."""

TARGET_SECONDS = 1.0
"""How long one try takes on the machine where a passphrase is set."""
COMFORTABLE_MEMORY_KIB = 256 * 1024
"""What any desktop can spare; beyond it, passes are added."""


@dataclass(frozen=True, slots=True)
class Kdf:
    """Argon2id parameters: memory in KiB, passes over it, lanes. ValueError out of bounds."""

    memory_kib: int
    passes: int
    lanes: int

    def __post_init__(self) -> None:
        fits = (
            1 <= self.lanes <= MAX_LANES
            and 1 <= self.passes <= MAX_PASSES
            and MIN_MEMORY_KIB_PER_LANE * self.lanes <= self.memory_kib <= MAX_MEMORY_KIB
            and self.work_kib <= MAX_WORK_KIB
        )
        if not fits:
            raise ValueError("Argon2id parameters out of bounds")

    @property
    def work_kib(self) -> int:
        """Memory times passes: what one try costs."""
        return self.memory_kib * self.passes

    @classmethod
    def least(cls) -> "Kdf":
        """64 MiB, 3 passes, 4 lanes: the second recommendation of RFC 9106, section 4."""
        return cls(memory_kib=64 * 1024, passes=3, lanes=4)

    @classmethod
    def measured(
        cls, seconds: float = TARGET_SECONDS, timer: Callable[[], float] = time.perf_counter
    ) -> "Kdf":
        """Return the parameters that take about `seconds` here, and never less than `least`.

        One try with `least` is timed; what is left goes into memory first, which costs a thief
        with many processors the most, then into passes.
        """
        least = cls.least()
        begin = timer()
        least.derive("measured", bytes(SALT_BYTES))
        spent = max(timer() - begin, 0.001)
        memory, passes = least.memory_kib, least.passes
        while memory < COMFORTABLE_MEMORY_KIB and spent * 2 <= seconds:
            memory, spent = memory * 2, spent * 2
        bounded = min(MAX_PASSES, MAX_WORK_KIB // memory)
        return cls(memory, min(bounded, max(passes, round(passes * seconds / spent))), least.lanes)

    def weaker_than(self, other: "Kdf") -> bool:
        """Tell whether a guess costs less memory or less work than with `other`."""
        return self.memory_kib < other.memory_kib or self.work_kib < other.work_kib

    def derive(self, passphrase: str, salt: bytes) -> bytes:
        """Return the 32-byte key for a passphrase, which is normalised to NFC first.

        The same word typed on another keyboard or system must open the same vault. Raises
        `UsageError` for an empty passphrase, and for one that is no text (lone surrogates).
        """
        try:
            secret = unicodedata.normalize("NFC", passphrase).encode()
        except UnicodeEncodeError:
            raise UsageError(detail="the passphrase is not text") from None
        if not secret:
            raise UsageError(detail="the passphrase is empty")
        argon = Argon2id(
            salt=salt,
            length=KEY_BYTES,
            iterations=self.passes,
            lanes=self.lanes,
            memory_cost=self.memory_kib,
        )
        return argon.derive(secret)
