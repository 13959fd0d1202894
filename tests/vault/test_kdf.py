"""Argon2id: what it is asked for, and what it may not be asked for."""

import pytest

from wallet.errors import UsageError
from wallet.vault.kdf import Kdf

SALT = b"0123456789abcdef"
QUICK = Kdf(memory_kib=8, passes=1, lanes=1)


def test_the_default_is_at_least_64_mib() -> None:
    assert Kdf.least().memory_kib >= 64 * 1024


def test_one_passphrase_gives_one_key_however_it_is_typed() -> None:
    assert QUICK.derive("żółć", SALT) == QUICK.derive("z\u0307o\u0301łc\u0301", SALT)
    assert QUICK.derive("żółć", SALT) != QUICK.derive("zolc", SALT)
    assert len(QUICK.derive("żółć", SALT)) == 32


def test_every_parameter_and_the_salt_change_the_key() -> None:
    keys = {
        QUICK.derive("a", SALT),
        QUICK.derive("a", b"another salt 123"),
        Kdf(memory_kib=16, passes=1, lanes=1).derive("a", SALT),
        Kdf(memory_kib=8, passes=2, lanes=1).derive("a", SALT),
        Kdf(memory_kib=16, passes=1, lanes=2).derive("a", SALT),
    }
    assert len(keys) == 5


@pytest.mark.parametrize(
    ("memory_kib", "passes", "lanes"),
    [
        (7, 1, 1),
        (8, 1, 2),
        (8, 0, 1),
        (8, 1, 0),
        (8, 33, 1),
        (1024, 1, 17),
        (1024 * 1024 + 1, 1, 1),
        (1024 * 1024, 32, 1),
        (-1, 1, 1),
    ],
)
def test_bounds(memory_kib: int, passes: int, lanes: int) -> None:
    with pytest.raises(ValueError, match="bounds"):
        Kdf(memory_kib, passes, lanes)


@pytest.mark.parametrize("passphrase", ["", "\ud800"])
def test_no_passphrase_is_no_passphrase(passphrase: str) -> None:
    with pytest.raises(UsageError):
        QUICK.derive(passphrase, SALT)


class _Timer:
    """A timer by which one try with the least parameters takes `seconds`."""

    def __init__(self, seconds: float) -> None:
        self.times = [0.0, seconds]

    def __call__(self) -> float:
        return self.times.pop(0)


@pytest.mark.parametrize(
    ("seconds", "measured"),
    [
        (5.0, Kdf(64 * 1024, 3, 4)),
        (1.0, Kdf(64 * 1024, 3, 4)),
        (0.6, Kdf(64 * 1024, 5, 4)),
        (0.34, Kdf(128 * 1024, 4, 4)),
        (0.1, Kdf(256 * 1024, 8, 4)),
        (0.02, Kdf(256 * 1024, 32, 4)),
        (0.0, Kdf(256 * 1024, 32, 4)),
    ],
)
def test_the_cost_is_what_takes_about_a_second_and_never_less_than_the_least(
    seconds: float, measured: Kdf
) -> None:
    found = Kdf.measured(timer=_Timer(seconds))

    assert found == measured
    assert not found.weaker_than(Kdf.least())
    assert Kdf.least().memory_kib >= 64 * 1024


def test_weaker_is_less_memory_or_less_work() -> None:
    kdf = Kdf(128, 4, 1)
    assert Kdf(64, 32, 1).weaker_than(kdf)
    assert Kdf(128, 3, 1).weaker_than(kdf)
    assert not Kdf(256, 2, 1).weaker_than(kdf)
    assert not kdf.weaker_than(kdf)
