"""Guesses at the door: slower and slower, and never locked out."""

from pathlib import Path

import pytest

from tests.vault.sketch import NOW, PASSPHRASE, make, read
from wallet.errors import VaultError, WrongPassphrase, WrongSheet
from wallet.vault import Vault, sheet
from wallet.vault.attempts import LONGEST_SECONDS, Attempts


class Time:
    """A clock that stands, but for who sleeps by it."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def time() -> Time:
    """A clock of the test's own."""
    return Time()


@pytest.fixture
def attempts(time: Time) -> Attempts:
    """Attempts by that clock."""
    return Attempts(lambda: time.now, time.sleep)


def test_the_wait_grows_to_ten_seconds_and_no_further(time: Time, attempts: Attempts) -> None:
    for _ in range(12):
        attempts.wait()
        attempts.wrong()

    assert time.slept == [1, 2, 4, 8, 10, 10, 10, 10, 10]
    assert attempts.seconds == LONGEST_SECONDS


def test_time_that_passed_is_not_waited_for_again(time: Time, attempts: Attempts) -> None:
    for _ in range(5):
        attempts.wrong()
    time.now += 3
    attempts.wait()
    assert time.slept == [1]
    time.now += 100
    attempts.wait()
    assert time.slept == [1]


def test_the_right_one_ends_it(time: Time, attempts: Attempts) -> None:
    for _ in range(9):
        attempts.wrong()
    attempts.right()
    attempts.wait()
    assert time.slept == []


def test_wrong_passphrases_and_sheets_wait_and_the_right_one_still_opens(
    path: Path, time: Time, attempts: Attempts
) -> None:
    def guess(word: str | None, text: str | None = None) -> None:
        vault = Vault.open(
            path, word, sheet=text, attempts=attempts, clock=lambda: NOW, reader=read
        )
        vault.close()

    for _ in range(3):
        with pytest.raises(WrongPassphrase):
            guess("wrong")
    with pytest.raises(WrongSheet):
        guess(None, sheet.write(bytes(16)))
    assert time.slept == [1]
    with pytest.raises(VaultError):  # the keyring is no guess
        guess(None)
    guess(PASSPHRASE)
    assert time.slept == [1, 2]
    with pytest.raises(WrongPassphrase):
        guess("wrong")
    assert time.slept == [1, 2]


def test_who_opens_without_attempts_never_waits(tmp_path: Path) -> None:
    make(tmp_path / "a.mikrofolio").close()
    for _ in range(6):
        with pytest.raises(WrongPassphrase):
            Vault.open(tmp_path / "a.mikrofolio", "wrong")
