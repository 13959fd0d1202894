"""From what a person has (file, mail, mailbox, archive, picture, folder) to credentials.

Content decides, never the extension. Nothing that a source can do raises: what is wrong with one
thing becomes a `Problem` with its place, and the rest is read.

Decisions
- Mails and archives are taken apart in the isolated process: the standard library's parsers are
  tolerant, and a hostile source can make them slow. It costs a copy of the bytes.
- A mail is parsed with the old `compat32` policy and its headers are decoded by us. The newer
  policy replaces raw UTF-8 in headers and can be made to work for very long; both file name
  notations, and the wrong ones that are in circulation, take a page of code.
- In a path an attachment is "attachment NAME", a part shown inline is "NAME", a body is "text",
  a QR code "code N", a message of a mailbox "message N", a file in an archive its name there; what
  is baked into a picture has the keyword of its chunk ("openbadgecredential"), in SVG as in PNG.
- A picture that carries a badge is not searched for QR codes: the badge is what it is for.
- Each attachment that is no credential gives `no_credential`, which changes no exit status; bodies
  give none. A link is reported only for a mail in which nothing else was found or went wrong:
  nearly every mail has links.
- A folder stands for the files directly in it. Deeper folders are not walked: dropping a home
  folder on the window must not read a disk.
- JSON, a JWT or an EDCI document that no format knows is `unknown_format`: the person expected a
  credential there. Anything else without one is `no_credential`.
- Names inside archives and mails are labels: nothing is ever written, so they need no sanitising
  as paths, only for the eye.
"""

import stat
from pathlib import Path

from wallet.intake.labels import label
from wallet.intake.limits import MAX_CONTAINER, MAX_ENTRIES
from wallet.model.intake import Gathered, Problem, ProblemCode


def gather(path: Path) -> Gathered:
    """Read a file, or every file directly in a folder, and return all it holds, in order.

    Never raises for what is in the file or for a file that cannot be read: see `problems`.
    """
    name = label(path.name or str(path))
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            return _folder(path, name)
        if not stat.S_ISREG(mode):
            return _problem(name, ProblemCode.UNREADABLE, detail="not a regular file")
        with path.open("rb") as file:
            data = file.read(MAX_CONTAINER + 1)
    except (OSError, ValueError) as error:
        return _problem(name, ProblemCode.UNREADABLE, detail=_detail(error))
    return gather_bytes(path.name, data)


def gather_bytes(name: str, data: bytes) -> Gathered:
    """Read bytes that came from somewhere else, pasted for example; `name` is what to call them."""
    # The isolated process imports this package for `mail` and `archive`, and needs no formats.
    from wallet.intake.gathering import Walk  # noqa: PLC0415 -- heavy, and needed here alone

    return Walk(label(name)).look(data)


def _folder(folder: Path, name: str) -> Gathered:
    files = sorted(
        entry for entry in folder.iterdir() if entry.is_file() and not entry.name.startswith(".")
    )
    gathered = Gathered()
    for file in files[:MAX_ENTRIES]:
        gathered += gather(file)
    if len(files) > MAX_ENTRIES:
        gathered += _problem(name, ProblemCode.TOO_LARGE, what="files", limit=str(MAX_ENTRIES))
    if not files:
        gathered += _problem(name, ProblemCode.NO_CREDENTIAL, kind="folder")
    return gathered


def _problem(name: str, code: ProblemCode, **facts: str) -> Gathered:
    return Gathered((), (Problem(name, (), code, facts),))


def _detail(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
