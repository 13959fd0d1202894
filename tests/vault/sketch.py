"""Small credentials for the vault's tests: a JSON of our own, read back by our own reader."""

import base64
import json
import random
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from wallet.model.credential import (
    Achievement,
    Credential,
    Elements,
    Format,
    Learner,
    Level,
    Organisation,
    Text,
    Workload,
)
from wallet.model.keeping import Provenance
from wallet.model.verification import (
    Check,
    CheckName,
    Outcome,
    Reason,
    VerificationReport,
    failed,
    indeterminate,
    not_checked,
    passed,
)
from wallet.vault import Kdf, Vault, finding, keyfile
from wallet.vault.finding import Secret

QUICK = Kdf(memory_kib=8, passes=1, lanes=1)
"""The least that Argon2id allows: the tests are about everything but its cost."""
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
PASSPHRASE = "żółte krzesło 17"


def sketch(**stated: Any) -> Credential:
    """Make a credential that states these things, and whose bytes say the same."""
    credential = read(json.dumps(stated, ensure_ascii=False).encode())
    assert credential is not None
    return credential


def read(data: bytes) -> Credential | None:
    """Read a sketch: what `wallet.formats.read` is for real credentials."""
    document = json.loads(data)
    titles = document.get("titles", {"": document.get("title", "Course")})
    title = Text(tuple(titles.items()))
    elements = Elements(
        learner=Learner(name=document["learner"]) if "learner" in document else None,
        title=title,
        awarding_body=tuple(_organisation(name) for name in document.get("bodies", ())),
        level=Level(eqf=document["eqf"]) if "eqf" in document else None,
    )
    achievements = tuple(
        Achievement(Elements(**_fields(elements), workload=Workload(ects=Decimal(ects))))
        for ects in document.get("ects", ())
    )
    return Credential(
        raw=data,
        format=Format.OPEN_BADGE_3,
        securing="none",
        document=document,
        id=document.get("id"),
        issuer=_issuer(document),
        title=title,
        issued=_time(document.get("issued")),
        valid_until=_time(document.get("until")),
        achievements=achievements or (Achievement(elements),),
    )


def report(proof: Outcome = Outcome.PASSED, at: datetime = NOW) -> VerificationReport:
    """Make a report whose proof came out so."""
    proofs: dict[Outcome, Check] = {
        Outcome.PASSED: passed(CheckName.PROOF, algorithm="EdDSA"),
        Outcome.FAILED: failed(CheckName.PROOF, Reason.SIG_CRYPTO_FAILURE),
        Outcome.INDETERMINATE: indeterminate(CheckName.PROOF, Reason.NO_SIGNING_KEY_FOUND),
    }
    checks = (
        passed(CheckName.FORMAT),
        proofs[proof],
        indeterminate(CheckName.ISSUER, Reason.ISSUER_UNKNOWN, issuer="Politechnika Łódzka"),
        passed(CheckName.VALIDITY),
        not_checked(CheckName.STATUS, Reason.NO_STATUS_STATED),
        not_checked(CheckName.HOLDER, Reason.NOT_APPLICABLE),
    )
    return VerificationReport(checks, at)


def noise(characters: int) -> str:
    """A text that fills the disk: it cannot be stored in much less than its length."""
    seeded = random.Random(characters)  # noqa: S311 -- no secret
    return base64.b64encode(seeded.randbytes(characters)).decode()[:characters]


def provenance(source: str = "letter.eml", at: datetime = NOW) -> Provenance:
    """Make a provenance."""
    return Provenance(source, ("attachment course.json",), at)


def make(path: Path, passphrase: str = PASSPHRASE) -> Vault:
    """Make a vault of sketches."""
    return Vault.create(path, passphrase, kdf=QUICK, clock=lambda: NOW, reader=read)


def reopen(path: Path, passphrase: str | None = PASSPHRASE) -> Vault:
    """Open a vault of sketches."""
    return Vault.open(path, passphrase, clock=lambda: NOW, reader=read)


def content(path: Path) -> dict[str, bytes]:
    """Read every file of a vault but its lock, which is taken to look at all."""
    files = {str(p.relative_to(path)): p.read_bytes() for p in path.rglob("*") if p.is_file()}
    files.pop("lock", None)
    return files


def key_of(path: Path) -> bytes:
    """Find the database key of a closed vault."""
    return finding.find_key(path, keyfile.load(path), Secret(PASSPHRASE))


def _organisation(name: str) -> Organisation:
    return Organisation(name=Text.plain(name))


def _issuer(document: dict[str, Any]) -> Organisation | None:
    if "issuer" not in document and "issuer_id" not in document:
        return None
    name = document.get("issuer")
    return Organisation(
        name=Text.plain(name) if name else None,
        identifiers=(document["issuer_id"],) if "issuer_id" in document else (),
    )


def _time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _fields(elements: Elements) -> dict[str, Any]:
    names = ("learner", "title", "awarding_body", "level")
    return {name: getattr(elements, name) for name in names}
