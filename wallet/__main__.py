"""The entry point: the window, or a command."""

import multiprocessing
import sys


def main() -> int:
    """Open the window without a command (and show FILEs in it), else run the command.

    The command line never imports Qt; the window never parses commands.
    """
    multiprocessing.freeze_support()
    from wallet.cli import main as command_line  # noqa: PLC0415 -- not in isolation's children

    arguments = sys.argv[1:]
    if command_line.is_command(arguments):
        return command_line.main(arguments)
    try:
        window = command_line.window_arguments(arguments)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 2
    from wallet.ui.app import run  # noqa: PLC0415 -- only the window needs Qt

    return run(window.files, window.vault)


if __name__ == "__main__":
    sys.exit(main())
