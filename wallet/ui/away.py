"""Noticing that the person leaves: the screen is locked, or the computer goes to sleep.

Linux desktops say so on D-Bus, each in its own words (the names are those that the desktops
publish). Elsewhere Qt passes no such signal on; there `idle` notices the sleep afterwards, by the
clock.
"""

import os
import sys
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import SLOT, QObject, Signal, Slot

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection

_SCREEN_SAVERS = (
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
    ("org.freedesktop.ScreenSaver", "/ScreenSaver"),
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
    ("org.cinnamon.ScreenSaver", "/org/cinnamon/ScreenSaver"),
    ("org.mate.ScreenSaver", "/org/mate/ScreenSaver"),
    ("org.xfce.ScreenSaver", "/org/xfce/ScreenSaver"),
)
"""Services of the session bus with the signal ActiveChanged(bool), and where it comes from."""
_SWITCHED, _LOCKED = cast("bytes", SLOT("switched(bool)")), cast("bytes", SLOT("locked()"))
"""What Qt connects to. They are str, and nothing else works; PySide6's types say bytes."""
_LOGIN = "org.freedesktop.login1"
_MANAGER = "/org/freedesktop/login1"


class Away(QObject):
    """`left` comes when the screen is locked or the computer is about to sleep."""

    left = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        if not sys.platform.startswith("linux"):
            return
        from PySide6.QtDBus import QDBusConnection  # noqa: PLC0415 -- Linux alone has a bus

        session, system = QDBusConnection.sessionBus(), QDBusConnection.systemBus()
        if session.isConnected():
            for service, path in _SCREEN_SAVERS:
                session.connect(service, path, service, "ActiveChanged", self, _SWITCHED)
        if system.isConnected():
            manager = f"{_LOGIN}.Manager"
            system.connect(_LOGIN, _MANAGER, manager, "PrepareForSleep", self, _SWITCHED)
            path = _login_session(system)
            if path:
                system.connect(_LOGIN, path, f"{_LOGIN}.Session", "Lock", self, _LOCKED)

    @Slot(bool)
    def switched(self, on: bool) -> None:
        """Hear that a lock or sleep begins (`on`) or ends."""
        if on:
            self.left.emit()

    @Slot()
    def locked(self) -> None:
        """Hear that the login manager asks for the lock."""
        self.left.emit()


def _login_session(system: "QDBusConnection") -> str:
    """Ask the login manager for the object of this session; "" where there is none."""
    from PySide6.QtDBus import QDBusInterface, QDBusObjectPath  # noqa: PLC0415 -- as above

    name = os.environ.get("XDG_SESSION_ID")
    if not name:
        return ""
    manager = QDBusInterface(_LOGIN, _MANAGER, f"{_LOGIN}.Manager", system)
    manager.setTimeout(1000)
    found = manager.call("GetSession", name).arguments()
    return found[0].path() if found and isinstance(found[0], QDBusObjectPath) else ""
