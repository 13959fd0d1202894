"""A credential looked at more closely: its bytes as issued, an older version, where it counts."""

import json
from dataclasses import dataclass

from wallet import formats
from wallet.actions import progress
from wallet.actions.wallet import Wallet
from wallet.errors import MalformedCredential, NotFound
from wallet.model.assessment import RequirementProgress
from wallet.model.credential import Credential, Text
from wallet.model.keeping import Version
from wallet.model.verification import VerificationReport
from wallet.verification.verify import refresh

MAX_SHOWN = 100_000
"""Characters of a file that are shown; all of it can be saved."""


@dataclass(frozen=True, slots=True)
class Raw:
    """A file as issued, for the eye: what is no text in it appears as escapes."""

    size: int
    """Bytes of the whole."""
    text: str
    laid_out: str
    """What was signed, line by line; "" where it is no JSON."""
    cut: bool
    """Whether one of the two texts is only the beginning."""


@dataclass(frozen=True, slots=True)
class Older:
    """A version that is kept and not shown: read again, with the validity of now."""

    version: Version
    credential: Credential
    report: VerificationReport


@dataclass(frozen=True, slots=True)
class Counted:
    """An award that a credential counts for, and the requirement that it counts in."""

    award: Text
    requirement: Text | None


def raw(wallet: Wallet, entry_id: str) -> Raw:
    """Return the shown version's bytes as text, and what was signed set out. Raises NotFound."""
    kept = wallet.vault.get(entry_id)
    data, document = kept.credential.raw, kept.credential.document
    text = data.decode("utf-8", "backslashreplace")
    laid_out = ""
    if document and not text.lstrip("\ufeff \r\n\t").startswith("<"):  # of XML we hold a reading
        laid_out = json.dumps(document, ensure_ascii=False, indent=2, default=str)
    return Raw(
        size=len(data),
        text=text[:MAX_SHOWN],
        laid_out=laid_out[:MAX_SHOWN],
        cut=max(len(text), len(laid_out)) > MAX_SHOWN,
    )


def version(wallet: Wallet, entry_id: str, sha256: str) -> Older:
    """Read one version of a credential from its bytes. Raises NotFound, MalformedCredential."""
    kept = wallet.vault.get(entry_id)
    found = next((one for one in kept.versions if one.sha256 == sha256), None)
    if found is None:
        raise NotFound(id=sha256)
    credential = formats.read(wallet.vault.raw(entry_id, sha256))
    if credential is None:
        raise MalformedCredential(found.provenance.source)
    return Older(
        found,
        credential,
        refresh(found.report, credential.valid_from, credential.valid_until, wallet.clock()),
    )


def counts_in(wallet: Wallet, entry_id: str) -> tuple[Counted, ...]:
    """Return every award and requirement that a credential counts in now, in their words."""
    return tuple(
        Counted(award.title, _title(award.requirements, requirement))
        for one in progress.progress(wallet)
        for award in one.awards
        for requirement, ids in award.used
        if any(used.partition("#")[0] == entry_id for used in ids)
    )


def _title(requirements: tuple[RequirementProgress, ...], key: str) -> Text | None:
    for one in requirements:
        found = one.title if one.key == key else _title(one.children, key)
        if found is not None:
            return found
    return None
