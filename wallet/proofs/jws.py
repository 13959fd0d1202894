"""Compact JSON Web Signatures (RFC 7515) around a credential: VC-JWT and Open Badges.

JAdES has rules of its own and lives in jades.py.
"""

from dataclasses import dataclass

from wallet.errors import MalformedCredential, TooLarge
from wallet.model.credential import JsonObject
from wallet.model.verification import Outcome, Reason
from wallet.proofs import base64url, strict_json
from wallet.proofs.finding import ProofFinding, failed
from wallet.proofs.keys import ALGORITHMS, PrivateKey, PublicKey

MAX_HEADER_BYTES = 64 * 1024
"""Real badges carry RSA keys and certificate chains in their header."""
MAX_CHARACTERS = 12 * 1024 * 1024
HEADER_LIMITS = strict_json.Limits(size=MAX_HEADER_BYTES, depth=16, members=1000)

KNOWN_ALGORITHMS = frozenset().union(*ALGORITHMS.values())


@dataclass(frozen=True, slots=True)
class Jws:
    """A compact JWS, taken apart; `payload` is what was signed, decoded."""

    protected: str
    header: JsonObject
    payload: bytes
    signature: bytes
    signing_input: bytes

    @property
    def algorithm(self) -> str:
        """The stated `alg`, "" if there is none."""
        value = self.header.get("alg")
        return value if isinstance(value, str) else ""

    @property
    def kid(self) -> str | None:
        """The stated `kid`, if it is a text."""
        value = self.header.get("kid")
        return value if isinstance(value, str) else None


def looks_compact(text: str) -> bool:
    """Tell whether a text can be a compact JWS: three parts, the first one an encoded object."""
    return text.count(".") == 2 and text.startswith("ey")


def parse_compact(text: str) -> Jws:
    """Take a compact serialisation apart (RFC 7515, section 7.1).

    Raises:
        MalformedCredential: not three parts of strict base64url, or a header that is no JSON
            object with each name once.
        TooLarge: more characters than `MAX_CHARACTERS`, or a header beyond `HEADER_LIMITS`.
    """
    if len(text) > MAX_CHARACTERS:
        raise TooLarge("JWS", limit=MAX_CHARACTERS)
    parts = text.split(".")
    if len(parts) != 3:
        raise MalformedCredential("JWS parts")
    protected, payload, signature = parts
    return Jws(
        protected=protected,
        header=read_header(protected),
        payload=base64url.decode(payload),
        signature=base64url.decode(signature),
        signing_input=f"{protected}.{payload}".encode("ascii"),
    )


def read_header(protected: str) -> JsonObject:
    """Decode a protected header: a JSON object with each name once.

    Raises:
        MalformedCredential: it is anything else.
    """
    return strict_json.parse_object(base64url.decode(protected), limits=HEADER_LIMITS)


def check(jws: Jws, key: PublicKey) -> ProofFinding:
    """Check a compact JWS with a key (RFC 7515, section 5.2; RFC 8725).

    No critical header means anything to a credential, so `crit` is refused, even an empty one,
    and so is `b64`. The algorithm has to belong to the key's kind.
    """
    facts = {"algorithm": jws.algorithm, "key": key.thumbprint()}
    broken = broken_rule(jws)
    if broken is None and jws.algorithm not in ALGORITHMS[key.kind]:
        broken = "alg"
    if broken is not None:
        return failed(Reason.SIG_CONSTRAINTS_FAILURE, broken, **facts)
    holds = key.verify(jws.algorithm, jws.signature, jws.signing_input)
    return ProofFinding(
        outcome=Outcome.PASSED if holds else Outcome.FAILED,
        reason=None if holds else Reason.SIG_CRYPTO_FAILURE,
        key=key,
        method=jws.kid,
        facts=facts,
    )


def broken_rule(jws: Jws) -> str | None:
    """Name the first header that breaks a rule whatever the key is, or None."""
    if jws.algorithm not in KNOWN_ALGORITHMS:
        return "alg"
    for name in ("crit", "b64"):
        if name in jws.header:
            return name
    return None


def sign_compact(header: JsonObject, payload: bytes, key: PrivateKey) -> str:
    """Make a compact JWS; `header` has to hold the `alg` that fits the key.

    Raises:
        ValueError: the algorithm belongs to another kind of key.
    """
    import rfc8785  # noqa: PLC0415 -- only who signs needs it

    protected = base64url.encode(rfc8785.dumps(header))
    signing_input = f"{protected}.{base64url.encode(payload)}".encode("ascii")
    signature = key.sign(str(header.get("alg")), signing_input)
    return f"{signing_input.decode('ascii')}.{base64url.encode(signature)}"
