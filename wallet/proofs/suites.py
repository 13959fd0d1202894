"""The cryptosuites that we verify: how each one turns a document and proof options into a digest.

W3C Data Integrity EdDSA Cryptosuites 1.0, Data Integrity ECDSA Cryptosuites 1.0, and the older
Ed25519Signature2020 and JsonWebSignature2020. All of them sign hash(proof options) followed by
hash(document).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from wallet.model.credential import JsonObject
from wallet.proofs.keys import KeyKind

ED25519_SIGNATURE_2020 = "Ed25519Signature2020"
JSON_WEB_SIGNATURE_2020 = "JsonWebSignature2020"
DATA_INTEGRITY_PROOF = "DataIntegrityProof"


class Transformation(Enum):
    """How a document becomes bytes."""

    RDFC = "RDFC-1.0"
    JCS = "RFC 8785"


class Seal(Enum):
    """How a proof holds its signature."""

    PROOF_VALUE = "proofValue"
    DETACHED_JWS = "jws"
    SELECTIVE = "proofValue of many signatures"

    @property
    def member(self) -> str:
        """The member's name."""
        return "jws" if self is Seal.DETACHED_JWS else "proofValue"


@dataclass(frozen=True, slots=True)
class Sealed:
    """A signature taken out of a proof, and what it has to hold over."""

    algorithm: str
    signature: bytes
    data: bytes


@dataclass(frozen=True, slots=True)
class Suite:
    """One cryptosuite: its transformation, and for each key it allows the algorithm and hash."""

    name: str
    transformation: Transformation
    keys: Mapping[KeyKind, tuple[str, str]]
    seal: Seal = Seal.PROOF_VALUE


_ED25519: Mapping[KeyKind, tuple[str, str]] = {KeyKind.ED25519: ("EdDSA", "sha256")}
_ECDSA: Mapping[KeyKind, tuple[str, str]] = {
    KeyKind.P256: ("ES256", "sha256"),
    KeyKind.P384: ("ES384", "sha384"),
}

_SUITES = {
    suite.name: suite
    for suite in (
        Suite("eddsa-rdfc-2022", Transformation.RDFC, _ED25519),
        # The name that the suite had in drafts; the same bytes.
        Suite("eddsa-2022", Transformation.RDFC, _ED25519),
        Suite("ecdsa-rdfc-2019", Transformation.RDFC, _ECDSA),
        Suite(
            "ecdsa-sd-2023",
            Transformation.RDFC,
            {KeyKind.P256: ("ES256", "sha256")},
            Seal.SELECTIVE,
        ),
        Suite("eddsa-jcs-2022", Transformation.JCS, _ED25519),
        Suite("ecdsa-jcs-2019", Transformation.JCS, _ECDSA),
    )
}
# Of a detached JWS the header says the algorithm; here stands what is usual for the kind of key.
_JWS: Mapping[KeyKind, tuple[str, str]] = {
    KeyKind.ED25519: ("EdDSA", "sha256"),
    KeyKind.SECP256K1: ("ES256K", "sha256"),
    KeyKind.P256: ("ES256", "sha256"),
    # Unlike in the newer suites, a P-384 signature too is over SHA-256 hashes.
    KeyKind.P384: ("ES384", "sha256"),
    KeyKind.RSA: ("PS256", "sha256"),
}
_OLDER = {
    suite.name: suite
    for suite in (
        Suite(ED25519_SIGNATURE_2020, Transformation.RDFC, _ED25519),
        Suite(JSON_WEB_SIGNATURE_2020, Transformation.RDFC, _JWS, Seal.DETACHED_JWS),
    )
}


def suite_name(proof: JsonObject) -> str:
    """Name what secures a proof: its cryptosuite, else its type; "" if it states neither."""
    kind = proof.get("type")
    if kind == DATA_INTEGRITY_PROOF:
        kind = proof.get("cryptosuite")
    return kind if isinstance(kind, str) else ""


def suite_of(proof: JsonObject) -> Suite | None:
    """Find the suite of a proof, or None for one that we do not verify."""
    name = suite_name(proof)
    if proof.get("type") == DATA_INTEGRITY_PROOF:
        return _SUITES.get(name)
    return _OLDER.get(name)


def suite_for_signing(kind: KeyKind) -> Suite:
    """The suite that a holder's key of this kind signs with: RDFC, as verifiers in use expect."""
    return _SUITES["eddsa-rdfc-2022" if kind is KeyKind.ED25519 else "ecdsa-rdfc-2019"]
