"""One window for one wallet: a second start hands its files to the first and ends."""

import json
import os
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from wallet.ui.drops import MOST_FILES

_MOST_BYTES = 8 * 1024 * 1024
"""Bytes of one message; a thousand of the longest paths are 4 MiB."""
_PATIENCE = 3000
"""Milliseconds in which the other window has to answer."""
_RECEIVED = b"received\n"


def server_name(vault: Path) -> str:
    """Name the local socket of the window that has this wallet: in a folder of the user alone."""
    name = "mikrofolio-" + sha256(os.fsencode(vault.absolute())).hexdigest()[:16]
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.RuntimeLocation)
    return str(Path(folder) / name) if os.name == "posix" and folder else name


class Instance(QObject):
    """This start of the program: either the one with the window, or a messenger to it."""

    received = Signal(list)
    """Another start brings files (`list[Path]`, which may be empty) and asks to be shown."""

    def __init__(self, vault: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = server_name(vault)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._welcome)

    def hand_over(self, files: list[Path]) -> bool:
        """Give the files to the window that is open for this wallet; False if there is none."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_PATIENCE):
            return False
        paths = [str(file.absolute()) for file in files[:MOST_FILES]]
        socket.write(json.dumps(paths).encode() + b"\n")
        while not socket.canReadLine():
            if not socket.waitForReadyRead(_PATIENCE):
                return False
        return socket.readLine().data() == _RECEIVED

    def listen(self) -> bool:
        """Become the one with the window. What a killed program left behind is taken over."""
        if self._server.listen(self._name):
            return True
        QLocalServer.removeServer(self._name)
        return self._server.listen(self._name)

    def _welcome(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(lambda socket=socket: self._read(socket))
            socket.disconnected.connect(socket.deleteLater)

    def _read(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() > _MOST_BYTES:
                socket.abort()
            return
        paths = _paths(bytes(socket.readLine(_MOST_BYTES).data()))
        if paths is None:
            socket.abort()
            return
        socket.write(_RECEIVED)
        socket.flush()
        self.received.emit(paths)


def _paths(message: bytes) -> list[Path] | None:
    """Read what another start sent: a JSON array of absolute paths; None if it is not that."""
    try:
        found = json.loads(message)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, list) or not all(isinstance(path, str) for path in found):
        return None
    paths = [Path(path) for path in found[:MOST_FILES]]
    return paths if all(path.is_absolute() for path in paths) else None
