"""Data integrity proofs of the simulator, with PyLD alone and nothing of the wallet's own.

eddsa-rdfc-2022 (Data Integrity EdDSA Cryptosuites, section 3.2) and the older
Ed25519Signature2020 hash the same way: proof options first, then the document.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any

from pyld import jsonld
from pyld.documentloader.frozen import BUNDLED_CONTEXTS, FrozenDocumentLoader

from tests.issuer.defects import Defect
from tests.issuer.keys import IssuerKey, another, base58
from tests.issuer.subjects import stamp
from wallet.resources import resource

Document = dict[str, Any]

CREDENTIALS_1 = "https://www.w3.org/2018/credentials/v1"
CREDENTIALS_2 = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
DATA_INTEGRITY = "https://w3id.org/security/data-integrity/v2"
ED25519_2020 = "https://w3id.org/security/suites/ed25519-2020/v1"
PRIVATE_CONTEXT = "https://contexts.example.edu/honours/v1"
"""A context that only the simulator knows (`Defect.UNKNOWN_CONTEXT`)."""

_PRIVATE = {"@context": {"honours": "https://contexts.example.edu/honours#honours"}}


class Suite(StrEnum):
    """The suites that the simulator signs with."""

    EDDSA_RDFC_2022 = "eddsa-rdfc-2022"
    EDDSA_2022 = "eddsa-2022"
    ED25519_SIGNATURE_2020 = "Ed25519Signature2020"


class Purpose(StrEnum):
    """What a proof is for."""

    ASSERTION = "assertionMethod"
    AUTHENTICATION = "authentication"


@cache
def _loader() -> FrozenDocumentLoader:
    folder = resource("contexts")
    index = json.loads(folder.joinpath("index.json").read_text(encoding="utf-8"))
    documents = dict(BUNDLED_CONTEXTS)
    for address, entry in index.items():
        # "pyld:..." names a file of PyLD's own bundle, which is in the mapping already.
        if not entry["file"].startswith("pyld:"):
            documents[address] = folder / entry["file"]
    documents[PRIVATE_CONTEXT] = _PRIVATE
    return FrozenDocumentLoader(documents)


def quads(document: Document) -> bytes:
    """Canonicalise by RDFC-1.0 with SHA-256: canonical N-Quads as UTF-8."""
    options = {
        "algorithm": "URDNA2015",
        "format": "application/n-quads",
        "base": None,
        "rdfDirection": "i18n-datatype",
        "documentLoader": _loader(),
    }
    text: str = jsonld.normalize(document, options)
    return text.encode("utf-8")


def prove(
    document: Document,
    key: IssuerKey,
    *,
    method: str,
    created: datetime,
    suite: Suite = Suite.EDDSA_RDFC_2022,
    purpose: Purpose = Purpose.ASSERTION,
    members: Mapping[str, str] | None = None,
    defect: Defect | None = None,
) -> Document:
    """Return the document with a proof; `members` are the proof's domain, challenge and expires.

    Of the defects, those of the proof itself are applied here: wrong key, wrong purpose,
    unsupported suite, missing proof.
    """
    if defect is Defect.MISSING_PROOF:
        return document
    if defect is Defect.WRONG_PURPOSE:
        other = {Purpose.ASSERTION: Purpose.AUTHENTICATION}
        purpose = other.get(purpose, Purpose.ASSERTION)
    proof: Document = {"type": "DataIntegrityProof", "cryptosuite": suite.value}
    if suite is Suite.ED25519_SIGNATURE_2020:
        proof = {"type": suite.value}
    if defect is Defect.UNSUPPORTED_SUITE:
        proof = {"type": "DataIntegrityProof", "cryptosuite": "dilithium-rdfc-2049"}
    proof |= {
        "created": stamp(created),
        "verificationMethod": method,
        "proofPurpose": purpose.value,
        **(members or {}),
    }
    signer = another(key) if defect is Defect.WRONG_KEY else key
    hashes = _digest({"@context": document["@context"], **proof}) + _digest(document)
    proof["proofValue"] = "z" + base58(signer.sign(hashes))
    return {**document, "proof": proof}


def _digest(document: Document) -> bytes:
    return hashlib.sha256(quads(document)).digest()
