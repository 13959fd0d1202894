"""The system keyring for real: a Secret Service of its own for each test, absent and locked too."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests import needs
from tests.vault.sketch import PASSPHRASE, reopen
from wallet.model.keeping import SlotKind

ROOT = Path(__file__).resolve().parents[2]
UNLOCKED = (
    "printf test | gnome-keyring-daemon --unlock --components=secrets --daemonize > /dev/null"
)
LOCKED = "gnome-keyring-daemon --start --components=secrets > /dev/null"

# What every child begins with; `lock()` locks the collection behind the vault's back.
_BEGIN = """
import sys
from pathlib import Path
from tests.vault.sketch import PASSPHRASE, make, reopen
from wallet.errors import KeyringUnavailable, VaultLocked, WrongPassphrase
from wallet.vault import keyfile
path = Path(sys.argv[1])

def service():
    import secretstorage
    return secretstorage.get_default_collection(secretstorage.dbus_init())

def why(action):
    try:
        action()
    except (KeyringUnavailable, VaultLocked) as error:
        return type(error).__name__, error.facts["why"]
    return "done"
"""

# The daemon goes into the background before it is on the bus.
_WAIT = """
import time
from jeepney import DBusAddress, new_method_call
from jeepney.io.blocking import open_dbus_connection
bus = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
question = new_method_call(bus, "NameHasOwner", "s", ("org.freedesktop.secrets",))
with open_dbus_connection("SESSION") as connection:
    until = time.monotonic() + 20
    while not connection.send_and_get_reply(question).body[0] and time.monotonic() < until:
        time.sleep(0.02)
"""


# A bus that starts no service on demand: the daemon of the test is the only one.
_BARE_BUS = """<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow own="*"/></policy>
</busconfig>"""


def child(path: Path, code: str, daemon: str | None = UNLOCKED) -> str:
    """Run code in a session of its own with a keyring daemon (or without a bus at all)."""
    wait = _WAIT if daemon in {UNLOCKED, LOCKED} else ""
    program = [sys.executable, "-c", _BEGIN + wait + textwrap.dedent(code), str(path)]
    home = path.parent / "home"
    home.mkdir(exist_ok=True)
    environment = {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home),
    }
    if daemon is not None:
        needs.program("gnome-keyring-daemon")
        config = home / "bus.conf"
        config.write_text(_BARE_BUS)
        bus = [needs.program("dbus-run-session"), f"--config-file={config}"]
        session = [*bus, "--", "bash", "-c"]
        program = [*session, f'{daemon}; exec "$@"', "bash", *program]
    found = subprocess.run(
        program, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert found.returncode == 0, found.stderr
    return found.stdout.strip()


def test_the_keyring_opens_the_vault_without_a_passphrase(path: Path) -> None:
    said = child(
        path,
        """
        vault = reopen(path)
        vault.add_keyring_slot()
        print([slot.value for slot in vault.info().slots])
        vault.close()
        reopen(path, None).close()
        print("opened")
        """,
    )

    assert said.splitlines() == ["['passphrase', 'keyring']", "opened"]
    assert child(path, "reopen(path, None).close(); print('again')") == "again"
    reopen(path).close()  # the passphrase still does


def test_the_keyring_holds_neither_the_passphrase_nor_the_key(path: Path) -> None:
    said = child(
        path,
        """
        from wallet.vault import finding
        from wallet.vault.finding import Secret
        vault = reopen(path)
        vault.add_keyring_slot()
        key = finding.find_key(path, keyfile.load(path), Secret(PASSPHRASE))
        items = [item.get_secret() for item in service().get_all_items()]
        print(len(items), key in items, key.hex().encode() in items, PASSPHRASE.encode() in items)
        """,
    )

    assert said == "1 False False False"


def test_adding_again_replaces_and_removing_forgets(path: Path) -> None:
    said = child(
        path,
        """
        vault = reopen(path)
        vault.add_keyring_slot()
        vault.add_keyring_slot()
        print(len(vault.info().slots), len(list(service().get_all_items())))
        vault.remove_keyring_slot()
        print(len(vault.info().slots), len(list(service().get_all_items())))
        vault.close()
        print(why(lambda: reopen(path, None)))
        """,
    )

    assert said.splitlines() == ["2 1", "1 0", "('VaultLocked', 'passphrase')"]


def test_a_changed_passphrase_leaves_the_keyring_slot(path: Path) -> None:
    said = child(
        path,
        """
        vault = reopen(path)
        vault.add_keyring_slot()
        vault.change_passphrase("another word")
        vault.close()
        reopen(path, None).close()
        print("opened")
        """,
    )

    assert said == "opened"


def test_a_wrong_passphrase_is_wrong_whatever_the_keyring_has(path: Path) -> None:
    said = child(
        path,
        """
        vault = reopen(path)
        vault.add_keyring_slot()
        vault.close()
        try:
            reopen(path, "wrong")
        except WrongPassphrase:
            print("wrong")
        """,
    )

    assert said == "wrong"


@pytest.mark.parametrize(
    "change", ["item.delete()", "item.set_secret(b'ff' * 32)", "item.set_secret(b'not ours')"]
)
def test_a_secret_that_is_gone_or_changed_is_forgotten(path: Path, change: str) -> None:
    said = child(
        path,
        f"""
        vault = reopen(path)
        vault.add_keyring_slot()
        vault.close()
        for item in service().get_all_items():
            {change}
        print(why(lambda: reopen(path, None)))
        """,
    )

    assert said == "('VaultLocked', 'forgotten')"


def test_a_locked_keyring_says_so(path: Path) -> None:
    said = child(
        path,
        """
        vault = reopen(path)
        vault.add_keyring_slot()
        vault.close()
        service().lock()
        print(why(lambda: reopen(path, None)))
        vault = reopen(path)
        print(why(vault.add_keyring_slot))
        print(len(vault.info().slots))
        """,
    )

    assert said.splitlines() == [
        "('VaultLocked', 'locked')",
        "('KeyringUnavailable', 'locked')",
        "2",
    ]


def test_a_keyring_that_asks_and_gets_no_answer_refuses(path: Path) -> None:
    said = child(path, "print(why(reopen(path).add_keyring_slot))", LOCKED)

    assert said == "('KeyringUnavailable', 'refused')"


def test_without_a_bus_the_keyring_is_absent(path: Path) -> None:
    child(path, "reopen(path).add_keyring_slot()")

    said = child(
        path,
        """
        print(why(lambda: reopen(path, None)))
        vault = reopen(path)
        print(why(vault.add_keyring_slot))
        vault.remove_keyring_slot()
        print([slot.value for slot in vault.info().slots])
        """,
        daemon=None,
    )

    assert said.splitlines() == [
        "('VaultLocked', 'absent')",
        "('KeyringUnavailable', 'absent')",
        "['passphrase']",
    ]


def test_without_a_service_on_the_bus_the_keyring_is_absent(path: Path) -> None:
    said = child(path, "print(why(reopen(path).add_keyring_slot))", daemon="true")

    assert said == "('KeyringUnavailable', 'absent')"


def test_a_service_that_hangs_is_not_waited_for(path: Path) -> None:
    said = child(
        path,
        """
        from jeepney import DBusAddress, new_method_call
        from jeepney.io.blocking import open_dbus_connection
        from wallet.vault import keys
        bus = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
        silent = open_dbus_connection("SESSION")
        name = new_method_call(bus, "RequestName", "su", ("org.freedesktop.secrets", 0))
        print(silent.send_and_get_reply(name).body)
        print(why(lambda: keys.recall("slot", seconds=0.3)))
        print(why(lambda: keys.remember("slot", seconds=0.3)))
        print(keys.forget("slot", seconds=0.3))
        """,
        daemon="true",
    )

    assert said.splitlines() == [
        "(1,)",
        "('KeyringUnavailable', 'no_answer')",
        "('KeyringUnavailable', 'no_answer')",
        "False",
    ]


def test_a_new_key_renews_the_keyrings_secret_or_says_that_it_could_not(path: Path) -> None:
    said = child(
        path,
        """
        vault = reopen(path)
        vault.add_keyring_slot()
        print(vault.rekey(PASSPHRASE), len(list(service().get_all_items())))
        vault.close()
        reopen(path, None).close()
        vault = reopen(path)
        service().lock()
        print([slot.value for slot in vault.rekey(PASSPHRASE)])
        print([slot.value for slot in vault.info().slots])
        """,
    )

    assert said.splitlines() == ["() 1", "['keyring']", "['passphrase']"]


@pytest.mark.parametrize("backend", ["null.Keyring", "fail.Keyring"])
def test_what_is_no_system_keyring_is_absent(path: Path, backend: str) -> None:
    said = child(
        path,
        f"""
        import os
        os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.{backend}"
        print(why(reopen(path).add_keyring_slot))
        """,
    )

    assert said == "('KeyringUnavailable', 'absent')"


def test_a_vault_without_the_keyring_never_asks_it(path: Path) -> None:
    vault = reopen(path, PASSPHRASE)
    assert vault.info().slots == (SlotKind.PASSPHRASE,)
    vault.remove_keyring_slot()
    vault.close()
