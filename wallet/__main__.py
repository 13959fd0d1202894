"""The entry point: the window, or a command."""

import gc
import os
import signal
import sys


def main() -> int:
    """Open the window without a command (and show FILEs in it), else run the command.

    The command line never imports Qt; the window never parses commands.
    """
    if getattr(sys, "frozen", False):
        from multiprocessing import freeze_support  # noqa: PLC0415 -- of no use elsewhere

        freeze_support()
    try:
        return _run(sys.argv[1:])
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        return 2


def _run(arguments: list[str]) -> int:
    from wallet.cli import main as command_line  # noqa: PLC0415 -- not in isolation's children

    if command_line.is_command(arguments):
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # an end that cleans up
        status = command_line.main(arguments)
        gc.freeze()  # the process ends: nobody needs to look for cycles in all that was imported
        return status
    try:
        window = command_line.window_arguments(arguments)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 2
    if not _has_display():
        sys.stderr.write(
            "There is no display here, so the window cannot open. In the terminal: "
            "mikrofolio tour, mikrofolio verify FILE, mikrofolio --help.\n"
        )
        return 2
    from wallet.ui.app import run  # noqa: PLC0415 -- only the window needs Qt

    return run(window.files, window.vault)


def _has_display() -> bool:
    if sys.platform in {"win32", "darwin"} or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    sys.exit(main())
