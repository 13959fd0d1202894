"""What every test has: no display, no network, and a UTF-8 locale."""

import os
import socket

import pytest
from hypothesis import settings

# How fast a machine is decides no test.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LANG"] = os.environ["LC_ALL"] = "C.UTF-8"


class NetworkUsed(AssertionError):
    """Something tried to reach the network; nothing here may."""


# Kept before any test takes it away: what `own_machine` gives back in part.
_CONNECT = socket.socket.connect
LOOPBACK = "127.0.0.1"


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forbid every socket but the local ones that processes and the desktop's bus use."""
    connect = socket.socket.connect

    def refuse(self: socket.socket, address: object) -> None:
        if self.family == getattr(socket, "AF_UNIX", None):
            connect(self, address)  # type: ignore[arg-type]  # the address of a local socket
            return
        raise NetworkUsed(f"connect to {address!r}")

    def refuse_name(*arguments: object, **_: object) -> None:
        raise NetworkUsed(f"look up {arguments!r}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse_name)


@pytest.fixture
def own_machine(_no_network: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Allow connections to this machine's own loopback address, for a server of the test's."""

    def connect(self: socket.socket, address: object) -> None:
        if not (isinstance(address, tuple) and address[0] == LOOPBACK):
            raise NetworkUsed(f"connect to {address!r}")
        _CONNECT(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)
