"""What a Data Integrity proof has to state, before anything is hashed (Data Integrity 1.0)."""

import re
from typing import Literal, TypeAlias

from wallet.model.credential import JsonObject
from wallet.proofs.suites import DATA_INTEGRITY_PROOF, Suite

Purpose: TypeAlias = Literal["assertionMethod", "authentication"]

_STAMP = re.compile(
    r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
    r"T(?:[01]\d|2[0-4]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?"
    r"(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))?",
    re.ASCII,
)


def unnamed(proof: JsonObject) -> str | None:
    """Name the member without which nobody knows which suite is meant (sections 2.1 and 3.1)."""
    if not isinstance(proof.get("type"), str):
        return "type"
    named = proof["type"] != DATA_INTEGRITY_PROOF or isinstance(proof.get("cryptosuite"), str)
    return None if named else "cryptosuite"


def broken_rule(
    suite: Suite, proof: JsonObject, document: JsonObject, purpose: Purpose
) -> str | None:
    """Name the first member that a proof lacks or that says something else than it must."""
    if not isinstance(proof.get(suite.seal.member), str):
        return suite.seal.member
    if method(proof) is None:
        return "verificationMethod"
    if proof.get("proofPurpose") != purpose:
        return "proofPurpose"
    for name in ("created", "expires"):
        if name in proof and not _is_time(proof[name]):
            return name
    if "@context" in proof and not _is_prefix(proof["@context"], document.get("@context")):
        return "@context"
    return None


def _is_time(value: object) -> bool:
    """XML Schema's dateTimeStamp; a missing zone means UTC (Data Integrity 1.0, section 2.1)."""
    return isinstance(value, str) and _STAMP.fullmatch(value) is not None


def _is_prefix(first: object, whole: object) -> bool:
    """A proof's own @context is the beginning of the document's (vc-di-eddsa, section 3.3.2)."""
    start = first if isinstance(first, list) else [first]
    entries = whole if isinstance(whole, list) else [whole]
    return entries[: len(start)] == start


def method(proof: JsonObject) -> str | None:
    """The verification method as a name; of an embedded one its id, for its key proves nothing."""
    stated = proof.get("verificationMethod")
    if isinstance(stated, dict):
        stated = stated.get("id")
    return stated if isinstance(stated, str) and stated else None
