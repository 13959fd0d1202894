"""Slowing guesses at the door: each wrong passphrase makes the next try in this process wait."""

import time
from collections.abc import Callable

FREE = 3
"""Wrong tries before the first wait: anybody mistypes."""
LONGEST_SECONDS = 10.0
"""No wait is longer: this slows a guesser and never locks a person out."""


class Attempts:
    """The wrong tries since the last right one. One object for one window, or one program."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Count with a clock of seconds that never goes back."""
        self._clock = clock
        self._sleep = sleep
        self._wrong = 0
        self._last = 0.0

    @property
    def seconds(self) -> float:
        """How long the next try would wait from now: 0, then 1, 2, 4, 8, 10 seconds."""
        if self._wrong < FREE:
            return 0.0
        delay = min(LONGEST_SECONDS, 2.0 ** min(self._wrong - FREE, 10))
        return max(0.0, self._last + delay - self._clock())

    def wait(self) -> None:
        """Wait until the next try may begin."""
        if self.seconds:
            self._sleep(self.seconds)

    def wrong(self) -> None:
        """Count a wrong try."""
        self._wrong += 1
        self._last = self._clock()

    def right(self) -> None:
        """Forget the wrong tries."""
        self._wrong = 0
