"""`mikrofolio verify` on a folder of two hundred mixed files: each is reported, none stops it."""

import io
import json
import random
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from tests import needs
from tests.cli.conftest import Run
from tests.formats.edci_documents import DOCUMENT
from tests.formats.sd_jwts import issue
from tests.issuer.defects import SENSIBLE, Form
from tests.issuer.mail import Attachment, mail
from tests.issuer.open_badges_2 import badger, baked_png, baked_svg, signed_assertion
from tests.issuer.pictures import emblem
from tests.issuer.presentations import enveloped
from tests.issuer.specimens import BADGE_AWARD, specimen, status_files, trust_files
from tests.proofs.xml_seals import XmlSeal
from wallet.resources import resource

WANTED = 200
REFUSED = {0, 1, 2, 3}
"""The exit statuses of what is no bug (70)."""


def credentials() -> Iterator[tuple[str, bytes]]:
    """Every form, sound and with each of its defects."""
    for form in Form:
        for defect in (None, *sorted(SENSIBLE[form])):
            yield f"{form.value}-{defect or 'sound'}.json", specimen(form, defect)
    yield "sd-jwt.txt", issue().data
    yield "open-badge-2.jwt", signed_assertion(badger(), BADGE_AWARD)
    yield "europass.xml", XmlSeal(document=DOCUMENT).build()
    token = specimen(Form.CREDENTIAL_JWT)
    yield "envelope.json", json.dumps(enveloped(token)).encode()
    yield "cose.json", json.dumps({**enveloped(token), "id": "data:application/vc+cose,x"}).encode()


def carriers() -> Iterator[tuple[str, bytes]]:
    """Pictures, archives and mails: with a credential in them, with nothing, and broken."""
    badge = specimen(Form.OPEN_BADGE)
    yield "plain.png", emblem("plain")
    yield "baked.png", baked_png(badge, "openbadgecredential")
    yield "older.png", baked_png(signed_assertion(badger(), BADGE_AWARD))
    yield "baked.svg", baked_svg(badge.decode())
    yield "letter.eml", letter(badge)
    for name, content in (("full", badge), ("empty", b""), ("nested", zipped(badge))):
        yield f"{name}.zip", zipped(content)
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        archive.addfile(tarfile.TarInfo("nothing"), io.BytesIO())
    yield "other.tar.gz", packed.getvalue()


def letter(content: bytes) -> bytes:
    return mail(
        sender=("Registry", "registry@example.edu"),
        to=("Hanna", "hanna@example.org"),
        subject="Your badge",
        date="Mon, 08 Apr 2024 11:00:00 +0200",
        text="Attached.",
        html="<p>Attached.</p>",
        attachments=(Attachment("badge.json", content),),
    )


def zipped(content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inside.zip" if content.startswith(b"PK") else "inside.json", content)
    return packed.getvalue()


def junk() -> Iterator[tuple[str, bytes]]:
    """Nothing, noise, and the beginnings of everything."""
    chance = random.Random(4711)  # noqa: S311 -- no secret, but the same every time
    starts = (b"", b"{", b"[", b"<", b"eyJ", b"PK\x03\x04", b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n")
    for number, start in enumerate((*starts, b"\xff\xd8\xff", b"\x1f\x8b", b"From ", b"\0" * 64)):
        yield f"junk-{number}", start
        yield f"noise-{number}", start + chance.randbytes(400)
    for name, data in [*[*credentials()][::8], *carriers()]:
        yield f"half-{name}", data[: len(data) // 2]


def mixed() -> dict[str, bytes]:
    """All of it, and other people's files where they are beside the project."""
    files = dict([*credentials(), *carriers(), *junk()])
    files |= {f"trust-{n}": data for n, data in enumerate((*trust_files(), *status_files()))}
    folders = [resource("programmes"), needs.SHARED / "samples", needs.SHARED / "programmes"]
    for folder in folders:
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.is_file() and path.stat().st_size < 1_000_000:
                files["-".join(path.relative_to(folder.parent).parts)] = path.read_bytes()
    return files


def test_each_of_two_hundred_files_is_reported(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    files = mixed()
    assert len(files) >= WANTED
    for name, data in files.items():
        (folder / name).write_bytes(data)
    ran = run("verify", "--json", *sorted(folder.iterdir()))
    assert ran.status in REFUSED
    assert "Traceback" not in ran.err
    told = {entry["source"] for entry in (*ran.json["items"], *ran.json["problems"])}
    assert {Path(source).name for source in told} == set(files)
    for item in ran.json["items"]:
        assert len(item["checks"]) == 6


def test_the_folder_itself_is_reported_the_same(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    for name, data in [*[*credentials()][::15], *carriers(), *junk()]:
        (folder / name).write_bytes(data)
    ran = run("verify", "--json", folder)
    single = run("verify", "--json", *sorted(folder.iterdir()))
    assert ran.status in REFUSED
    assert len(ran.json["items"]) == len(single.json["items"])
