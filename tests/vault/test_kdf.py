"""Argon2id: what it is asked for, and what it may not be asked for."""

import pytest

from wallet.errors import UsageError
from wallet.vault.kdf import Kdf

SALT = b"0123456789abcdef"
QUICK = Kdf(memory_kib=8, passes=1, lanes=1)


def test_the_default_is_at_least_64_mib() -> None:
    assert Kdf.default().memory_kib >= 64 * 1024


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
