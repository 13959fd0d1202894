"""Tell which system library the window misses, before the tests say it in a worse way."""

import re
import subprocess
import sys

PROBE = "from PySide6 import QtDBus, QtGui, QtNetwork, QtSvg, QtWidgets; QtWidgets.QApplication([])"
DEBIAN = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}


def main() -> int:
    """Import Qt and open an application offscreen in a child process; 1 and a message if not."""
    child = subprocess.run(  # noqa: S603 -- our own interpreter and probe
        [sys.executable, "-c", PROBE],
        env={"QT_QPA_PLATFORM": "offscreen", "PATH": "", "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    if child.returncode == 0:
        return 0
    missing = re.search(r"(lib[\w.+-]+\.so[.\d]*): cannot open", child.stderr)
    if missing is None:
        sys.stderr.write(f"Qt does not start on this machine:\n{child.stderr}\n")
    else:
        library = missing.group(1)
        package = DEBIAN.get(library)
        hint = f" On Debian and Ubuntu: apt-get install {package}." if package else ""
        sys.stderr.write(
            f"Qt needs the system library {library}, which is not installed here.{hint}\n"
            "The window and its tests cannot run without it. The README lists all of them.\n"
        )
    return 1


if __name__ == "__main__":
    sys.exit(main())
