"""From the mail to the employer and back to the bytes, on a genuine sealed credential."""

import base64
import hashlib
import json
from pathlib import Path

from tests import needs
from tests.cli.conftest import Run
from tests.issuer import Attachment, mail

DEMANDED = ("--audience", "Acme Sp. z o.o.", "--nonce", "4711")


def test_a_mail_goes_in_and_comes_out_as_a_presentation_and_as_its_original_bytes(
    vault: Run, tmp_path: Path
) -> None:
    issued = needs.shared("samples", "edc", "Sample-MC-Annex1-signed.jsonld").read_bytes()
    letter = tmp_path / "list-z-uczelni.eml"
    letter.write_bytes(
        mail(
            sender=("Biuro Spraw Studenckich", "biuro@university.example"),
            to=("Hanna Żółkiewska", "hanna@student.example"),
            subject="Twoje mikropoświadczenie jest gotowe",
            date="Mon, 02 Oct 2023 09:00:00 +0200",
            text="W załączniku przesyłamy poświadczenie.",
            html="<p>W załączniku przesyłamy poświadczenie.</p>",
            attachments=(Attachment("Poświadczenie – Hanna Żółkiewska.jsonld", issued),),
        )
    )

    (item,) = vault("import", "--json", letter).json["items"]
    assert item["result"] == "imported"
    assert item["path"] == ["attachment Poświadczenie – Hanna Żółkiewska.jsonld"]
    assert "Unchanged, issuer not confirmed" in vault("list").out

    shown = tmp_path / "shown.json"
    made = vault("present", item["id"], "--to", shown, *DEMANDED, "--json").json
    assert made["holder"].startswith("did:key:z6Mk")
    outer, inner = vault("verify", "--json", shown, *DEMANDED).json["items"]
    assert outer["outcome"] == "passed"
    assert inner["checks"][1]["outcome"] == "passed"
    assert issued in _enveloped(shown)

    original = tmp_path / "original.jsonld"
    assert vault("present", item["id"], "--as", "original", "--to", original).status == 0
    (exported,) = vault("export", item["id"], "--to", tmp_path / "out", "--json").json["files"]
    for path in (original, Path(exported)):
        assert hashlib.sha256(path.read_bytes()).digest() == hashlib.sha256(issued).digest()


def _enveloped(presentation: Path) -> bytes:
    document = json.loads(presentation.read_text("utf-8"))
    credentials = document["verifiableCredential"]
    (one,) = credentials if isinstance(credentials, list) else [credentials]
    media_type, _, data = one["id"].partition(",")
    assert media_type == "data:application/jose+json;base64"
    return base64.b64decode(data, validate=True)


def test_the_tour_tells_the_whole_story(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "tour"
    ran = run("tour", "--to", folder)
    assert ran.status == 0
    before, after = ran.out.split("A mail from the university goes in")
    assert "Certificate in Climate Action: not met" in before
    assert "\n  Certificate in Climate Action: met" in after
    assert str(folder / "shown.png") in after
    assert {path.suffix for path in folder.iterdir()} == {".json", ".png", ".svg"}
    assert after.count("Holder: confirmed") == 1
