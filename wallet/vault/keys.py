"""The system keyring: keeps one random secret for a vault, and says why where it cannot."""

import secrets
import threading
from concurrent.futures import Future
from typing import Any

from wallet.errors import KeyringUnavailable
from wallet.vault.kdf import KEY_BYTES

SERVICE = "Mikrofolio"
ANSWER_SECONDS = 30.0
"""How long a keyring may take: time to type its own password, and no more for one that hangs."""

# Only keyrings that the system itself encrypts; a plain file that calls itself a keyring is none.
_SYSTEM_BACKENDS = (
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
    "keyring.backends.macOS",
    "keyring.backends.Windows",
)


def remember(slot_id: str, seconds: float = ANSWER_SECONDS) -> bytes:
    """Make a random 32-byte secret, store it under `slot_id`, read it back, and return it.

    Raises `KeyringUnavailable` with `why`: `absent`, `locked`, `refused` or `no_answer`, when a
    call took longer than `seconds`.
    """
    secret = secrets.token_bytes(KEY_BYTES)
    _call(seconds, "set_password", slot_id, secret.hex())
    if recall(slot_id, seconds) != secret:
        raise KeyringUnavailable(why="refused")
    return secret


def recall(slot_id: str, seconds: float = ANSWER_SECONDS) -> bytes | None:
    """Return the secret stored under `slot_id`, None when the keyring has none that fits.

    May ask the person to open the keyring, and waits for the answer, `seconds` at most. Raises
    `KeyringUnavailable` as `remember` does.
    """
    text = _call(seconds, "get_password", slot_id)
    try:
        secret = bytes.fromhex(text) if isinstance(text, str) else b""
    except ValueError:
        return None
    return secret if len(secret) == KEY_BYTES else None


def forget(slot_id: str, seconds: float = ANSWER_SECONDS) -> bool:
    """Remove the secret; False when it could not be done. Without its slot it opens nothing."""
    try:
        _call(seconds, "delete_password", slot_id)
    except KeyringUnavailable:
        return False
    return True


def _call(seconds: float, verb: str, *values: str) -> Any:
    """Ask in a thread of its own: neither D-Bus nor a backend has a time limit that holds."""
    answer: Future[Any] = Future()

    def ask() -> None:
        try:
            answer.set_result(_ask(verb, *values))
        except BaseException as error:  # raised again where somebody waits for it
            answer.set_exception(error)

    threading.Thread(target=ask, name="keyring", daemon=True).start()
    try:
        return answer.result(seconds)
    except TimeoutError:
        raise KeyringUnavailable(why="no_answer") from None


def _ask(verb: str, *values: str) -> Any:
    from keyring import errors  # noqa: PLC0415 -- importing keyring looks for its backends

    try:
        return getattr(_backend(), verb)(SERVICE, *values)
    except KeyringUnavailable:
        raise
    except errors.KeyringLocked as error:
        raise KeyringUnavailable(why="locked") from error
    except (errors.NoKeyringError, errors.InitError, OSError) as error:
        # A prompt that nobody answered is no missing keyring, but comes as the same error.
        dismissed = type(error.__cause__).__name__ == "PromptDismissedException"
        raise KeyringUnavailable(why="refused" if dismissed else "absent") from error
    except Exception as error:  # each backend lets the errors of its own D-Bus library through
        raise KeyringUnavailable(why="refused") from error


def _backend() -> Any:
    from keyring import get_keyring  # noqa: PLC0415 -- as above

    chosen: Any = get_keyring()
    candidates = getattr(chosen, "backends", None) or [chosen]
    for backend in candidates:
        if type(backend).__module__ in _SYSTEM_BACKENDS:
            return backend
    raise KeyringUnavailable(why="absent")
