"""One hostile file each, in a process of its own: it ends, says what it found, and crashes nothing.

The time allowed is for a loaded machine; what runs on without end is killed and fails.
"""

import base64
import io
import json
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.formats.edci_documents import DOCUMENT
from tests.formats.sd_jwts import issue
from tests.issuer.data_integrity import CREDENTIALS_2, OPEN_BADGES
from tests.issuer.defects import Form
from tests.issuer.keys import base64url, ed25519_key, verification_method
from tests.issuer.presentations import enveloped
from tests.issuer.specimens import specimen
from tests.proofs.graphs import clique

SECONDS = 60
REFUSED = {0, 1, 2, 3}
"""The exit statuses of what is no bug (70) and no signal."""

KEY = ed25519_key("hostile")
BADGE: dict[str, Any] = json.loads(specimen(Form.OPEN_BADGE))
EDC = ["VerifiableCredential", "EuropeanDigitalCredential"]


def written(**members: Any) -> bytes:
    """A badge with other members; no signature holds over it, and all are tried."""
    return json.dumps({**BADGE, **members}).encode()


def proof(suite: str = "eddsa-rdfc-2022", value: str = "z" + "2" * 88) -> dict[str, str]:
    return {
        "type": "DataIntegrityProof",
        "cryptosuite": suite,
        "created": "2024-01-01T00:00:00Z",
        "verificationMethod": verification_method(KEY.did_key),
        "proofPurpose": "assertionMethod",
        "proofValue": value,
    }


def poison() -> bytes:
    """Blank nodes that all look the same to the canonicalisation, under sixteen proofs."""
    nodes: dict[str, list[str]] = {}
    for a, _, b, _ in clique(9):
        nodes.setdefault(a, []).append(b)
    issuers = [
        {"id": a, "type": ["Profile"], "parentOrg": [{"id": b} for b in others]}
        for a, others in nodes.items()
    ]
    return written(issuer=issuers, proof=[proof()] * 16)


def shells() -> bytes:
    """Presentations in presentations, each enveloped in the next."""
    inner = specimen(Form.CREDENTIAL_JWT)
    for _ in range(8):
        shown = {"@context": [CREDENTIALS_2], "type": ["VerifiablePresentation"]}
        entry = {**enveloped(b""), "id": _address(inner)}
        inner = json.dumps({**shown, "verifiableCredential": [entry] * 2}).encode()
    return inner


def _address(content: bytes) -> str:
    return "data:application/json;base64," + base64.b64encode(content).decode()


def crowd() -> bytes:
    """A presentation of as many badges as there may be, each with a proof to canonicalise."""
    shown = {"@context": [CREDENTIALS_2, OPEN_BADGES], "type": ["VerifiablePresentation"]}
    tags = [f"tag {n}" for n in range(150)]
    subject = {**BADGE["credentialSubject"]}
    subject["achievement"] = {**subject["achievement"], "tag": tags}
    badge = {**BADGE, "credentialSubject": subject}
    return json.dumps({**shown, "verifiableCredential": [badge] * 100, "proof": proof()}).encode()


def zipped(name: str, content: bytes, times: int = 1) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(times):
            archive.writestr(f"{number}-{name}", content)
    return packed.getvalue()


def spoiled(archive: bytes) -> bytes:
    """The same with checksums that do not hold, and packed sizes that make no bomb."""
    entries = archive.split(b"PK\x01\x02")
    return b"PK\x01\x02".join([entries[0], *(_spoiled(entry) for entry in entries[1:])])


def _spoiled(entry: bytes) -> bytes:
    """The checksum and the packed size of one entry of the directory (APPNOTE, section 4.3.12)."""
    return entry[:12] + b"spoi" + struct.pack("<I", 25_000) + entry[20:]


def large_picture() -> bytes:
    """A PNG that claims to be forty thousand pixels wide and high."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 6, 0, 0, 0)
    rows = chunk(b"IDAT", zlib.compress(bytes(10_000_000)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + rows + chunk(b"IEND", b"")


def laughs() -> bytes:
    """Entities of entities, in a document that begins as a European credential."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(12))
    return DOCUMENT.replace("?>", f"?><!DOCTYPE x [{entities}]>", 1).encode()


def many_parts() -> bytes:
    head = b'Content-Type: multipart/mixed; boundary="b"\nSubject: x\nFrom: a@example.edu\n\n'
    return head + b"--b\nContent-Type: application/json\n\n{}\n" * 20_000 + b"--b--\n"


def disclosed() -> bytes:
    """An SD-JWT with as many disclosures that belong to nothing as it may have."""
    stray = [base64url(json.dumps(["salt", f"name {n}", n]).encode()) for n in range(1990)]
    return issue().data + "~".join(stray).encode() + b"~"


HOSTILE: Mapping[str, Callable[[], bytes]] = {
    "quotes without end": lambda: b'{"a": "' + b'\\"' * 3_000_000,
    "backslashes": lambda: b'{"a": "' + b"\\" * 6_000_000,
    "members": lambda: b'{"a": [' + b"0," * 2_000_000,
    "brackets": lambda: b'{"a":' + b"[" * 4_000_000,
    "digits": lambda: b'{"a": ' + b"9" * 7_000_000 + b"}",
    "dots": lambda: b"eyJhbGciOiJFUzI1NiJ9" + b"." * 5_000_000,
    "tildes": lambda: b"eyJhbGciOiJFUzI1NiJ9.e30.AA" + b"~" * 5_000_000,
    "texts in one language": lambda: written(
        type=EDC, displayParameter={"title": {"en": [str(n) for n in range(150_000)]}}
    ),
    "subjects with endorsements": lambda: written(
        credentialSubject=[{"id": "urn:x"}] * 50_000,
        endorsement=[{"name": str(n)} for n in range(15_000)],
    ),
    "one learner of many claims": lambda: written(
        type=EDC,
        credentialSubject={
            "identifier": [str(n) for n in range(50_000)],
            "hasClaim": [{"type": "LearningAchievement"}] * 500,
        },
    ),
    "contexts": lambda: written(**{"@context": [CREDENTIALS_2, OPEN_BADGES] * 5_000}),
    "proofs": lambda: written(proof=[proof()] * 50_000),
    "poison graph": poison,
    "tags": lambda: written(tag=["x" * 50] * 100_000),
    "digits in base58": lambda: written(proof=proof(value="z" + "2" * 4_000_000)),
    "selective disclosure": lambda: written(
        proof=proof(
            "ecdsa-sd-2023", "u2V0A" + base64url(b"\x9a\xff\xff\xff\xff" + bytes(3_000_000))
        )
    ),
    "shells": shells,
    "crowd": crowd,
    "disclosures": disclosed,
    "laughs": laughs,
    "elements": lambda: b"<svg>" + b"<g>" * 1_000_000,
    "attributes": lambda: b"<svg " + b" ".join(b'a%d=""' % n for n in range(300_000)) + b"/>",
    "large picture": large_picture,
    "zip of zeros": lambda: zipped("zeros", bytes(20_000_000), 20),
    "zip of zips": lambda: zipped("a.zip", zipped("b.zip", zipped("c", bytes(9_000_000), 9), 9), 9),
    "zip of lies": lambda: spoiled(zipped("a", bytes(20_000) + b"x" * 20_000_000, 20)),
    "zip of names": lambda: zipped("name", b"{}", 5_000),
    "mail of parts": many_parts,
    "base64 of base64": lambda: base64.b64encode(
        base64.b64encode(base64.b64encode(bytes(5_000_000)))
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends(name: str, tmp_path: Path) -> None:
    file = tmp_path / "hostile"
    file.write_bytes(HOSTILE[name]())
    ran = subprocess.run(
        [sys.executable, "-m", "wallet", "verify", "--json", str(file)],
        check=False,
        capture_output=True,
        timeout=SECONDS,
    )
    assert ran.returncode in REFUSED, ran.stderr[-500:]
    told = json.loads(ran.stdout)
    assert told["items"] or told["problems"]
    for item in told["items"]:
        assert item["outcome"] != "passed"
