"""What can be wrong with a credential, by name, and where each defect makes sense."""

from enum import StrEnum


class Form(StrEnum):
    """What the simulator issues."""

    SEALED_EDC = "sealed-edc"
    OPEN_BADGE = "open-badge"
    OPEN_BADGE_JWT = "open-badge-jwt"
    CREDENTIAL = "credential"
    CREDENTIAL_JWT = "credential-jwt"
    STATUS_LIST = "status-list"
    PRESENTATION = "presentation"


class Defect(StrEnum):
    """One thing that is wrong; everything else about the credential stays right."""

    # ---- what the credential says ----
    EXPIRED = "expired"
    """Its validity ended before the simulator's usual clock."""
    NOT_YET_VALID = "not-yet-valid"
    """Its validity begins after the simulator's usual clock."""
    REVOKED = "revoked"
    """It names the revoked index of the issuer's status list."""
    SUSPENDED = "suspended"
    """It names the suspended index of the issuer's status list for suspensions."""
    STATUS_UNKNOWN = "status-unknown"
    """It names a status list that nobody has. (Any list of that issuer and purpose, if it is the
    only one, may stand in for it: give the verifier none.)"""

    # ---- the bytes after signing ----
    ALTERED_PAYLOAD = "altered-payload"
    """The title was changed after signing."""
    SWAPPED_PAYLOAD = "swapped-payload"
    """A genuine signature of the same key over another credential."""
    DUPLICATE_KEY = "duplicate-key"
    """One member of the outermost object, `id` where there is one, stands twice, the first time
    with another value: who keeps the last finds what was signed, who keeps the first does not."""
    TRUNCATED = "truncated"
    """The file ends in the middle."""
    MISSING_PROOF = "missing-proof"
    """Never signed: no proof, no signature."""

    # ---- the key ----
    WRONG_KEY = "wrong-key"
    """Signed with another key than the one it names."""
    UNAUTHENTICATED_KEY = "unauthenticated-key"
    """The issuer is an https address, and the key is named by nothing but a fragment of it (data
    integrity) or by the token's own `jwk` header: sound, and no sign of who holds it."""
    NO_KEY_NAMED = "no-key-named"
    """The header of a JWT has neither `kid` nor `jwk`."""

    # ---- data integrity ----
    WRONG_PURPOSE = "wrong-purpose"
    """A proof for another purpose: authentication of a credential, assertion of a presentation."""
    UNSUPPORTED_SUITE = "unsupported-suite"
    """A cryptosuite that nobody has heard of."""
    UNSIGNED_TERM = "unsigned-term"
    """A member that no context defines: canonicalisation drops it, so nobody signed it."""
    UNKNOWN_CONTEXT = "unknown-context"
    """A context that only this issuer knows, properly signed with it."""
    INLINE_CONTEXT = "inline-context"
    """An inline context gives `validUntil` another name, so that a reader of JSON misses it."""
    NESTED_CONTEXT = "nested-context"
    """A context inside the achievement."""
    RESPELLED_TERM = "respelled-term"
    """Expired, and after signing `validUntil` was written as its address: the proof still holds."""

    # ---- JOSE headers, JWT and JAdES ----
    STRIPPED_ALGORITHM = "stripped-algorithm"
    """`alg` is `none` and the signature is empty (RFC 8725, section 2.1)."""
    HS256_WITH_PUBLIC_KEY = "hs256-with-public-key"
    """`alg` is HS256, with the public key as the secret (RFC 8725, section 2.1)."""
    UNKNOWN_CRITICAL_HEADER = "unknown-critical-header"
    """`crit` names a header that no specification defines (RFC 7515, section 4.1.11)."""
    EMPTY_CRIT = "empty-crit"
    """`crit` is an empty array (RFC 7515, section 4.1.11)."""

    # ---- JWT alone ----
    UNENCODED_PAYLOAD = "unencoded-payload"
    """`b64` is false in a JWT, which RFC 7797, section 7 forbids."""
    PADDED_BASE64 = "padded-base64"
    """The signature ends with an equals sign (RFC 7515, section 2)."""
    CLAIMS_DISAGREE = "claims-disagree"
    """The claim `iss` names another issuer than the credential."""
    BOTH_SHAPES = "both-shapes"
    """`typ` is `vc+jwt` and there is a `vc` claim (VC-JOSE-COSE, section 1.1.2.1)."""
    WRONG_TYPE = "wrong-type"
    """`typ` says that this is another kind of token (`at+jwt`)."""

    # ---- JAdES alone ----
    MISSING_B64_IN_CRIT = "missing-b64-in-crit"
    """`b64` is false and not critical (RFC 7797, section 6)."""
    REPEATED_CRIT = "repeated-crit"
    """`crit` names a header twice (RFC 7515, section 4.1.11)."""
    REGISTERED_HEADER_IN_CRIT = "registered-header-in-crit"
    """`crit` names `alg`, which RFC 7515 itself defines."""
    ABSENT_HEADER_IN_CRIT = "absent-header-in-crit"
    """`crit` names `etsiU`, which is not there."""
    CRIT_AS_TEXT = "crit-as-text"
    """`crit` is text and no array."""
    BOTH_SIGT_AND_IAT = "both-sigt-and-iat"
    """Two claimed signing times (ETSI TS 119 182-1, section 5.1.11)."""
    NO_SIGNING_TIME = "no-signing-time"
    """Neither `sigT` nor `iat`, which baseline B requires."""
    WRONG_CERTIFICATE_DIGEST = "wrong-certificate-digest"
    """`x5t#S256` is the digest of another certificate."""
    NO_CERTIFICATE = "no-certificate"
    """No `x5c`: nothing to verify with."""
    DUPLICATE_HEADER = "duplicate-header"
    """`alg` stands twice in the protected header."""

    # ---- who sealed ----
    EXPIRED_CERTIFICATE = "expired-certificate"
    """The seal's certificate was valid when it sealed and has expired since."""
    UNKNOWN_AUTHORITY = "unknown-authority"
    """The seal's certificate comes from an authority of the same name with another key."""
    SEAL_NOT_ISSUER = "seal-not-issuer"
    """Another organisation sealed than the one stated as issuer."""

    # ---- presentations ----
    FOREIGN_HOLDER = "foreign-holder"
    """Presented by another key than the one that the credential names as its subject."""


_CONTENT = {
    Defect.EXPIRED,
    Defect.NOT_YET_VALID,
    Defect.REVOKED,
    Defect.SUSPENDED,
    Defect.STATUS_UNKNOWN,
}
_BYTES = {
    Defect.ALTERED_PAYLOAD,
    Defect.SWAPPED_PAYLOAD,
    Defect.DUPLICATE_KEY,
    Defect.TRUNCATED,
    Defect.MISSING_PROOF,
    Defect.WRONG_KEY,
}
_PROOF = {
    Defect.WRONG_PURPOSE,
    Defect.UNSUPPORTED_SUITE,
    Defect.UNSIGNED_TERM,
    Defect.UNKNOWN_CONTEXT,
    Defect.NESTED_CONTEXT,
}
_DATA_INTEGRITY = _PROOF | {
    Defect.UNAUTHENTICATED_KEY,
    Defect.INLINE_CONTEXT,
    Defect.RESPELLED_TERM,
}
_HEADER = {
    Defect.STRIPPED_ALGORITHM,
    Defect.HS256_WITH_PUBLIC_KEY,
    Defect.UNKNOWN_CRITICAL_HEADER,
    Defect.EMPTY_CRIT,
}
_TOKEN = _HEADER | {
    Defect.UNAUTHENTICATED_KEY,
    Defect.NO_KEY_NAMED,
    Defect.UNENCODED_PAYLOAD,
    Defect.PADDED_BASE64,
    Defect.CLAIMS_DISAGREE,
    Defect.BOTH_SHAPES,
    Defect.WRONG_TYPE,
}
_SEAL = _HEADER | {
    Defect.MISSING_B64_IN_CRIT,
    Defect.REPEATED_CRIT,
    Defect.REGISTERED_HEADER_IN_CRIT,
    Defect.ABSENT_HEADER_IN_CRIT,
    Defect.CRIT_AS_TEXT,
    Defect.BOTH_SIGT_AND_IAT,
    Defect.NO_SIGNING_TIME,
    Defect.WRONG_CERTIFICATE_DIGEST,
    Defect.NO_CERTIFICATE,
    Defect.DUPLICATE_HEADER,
    Defect.EXPIRED_CERTIFICATE,
    Defect.UNKNOWN_AUTHORITY,
    Defect.SEAL_NOT_ISSUER,
}

SENSIBLE: dict[Form, frozenset[Defect]] = {
    Form.SEALED_EDC: frozenset(_CONTENT | _BYTES | _SEAL),
    Form.OPEN_BADGE: frozenset(_CONTENT | _BYTES | _DATA_INTEGRITY),
    Form.OPEN_BADGE_JWT: frozenset(_CONTENT | _BYTES - {Defect.MISSING_PROOF} | _TOKEN),
    Form.CREDENTIAL: frozenset(_CONTENT | _BYTES | _DATA_INTEGRITY),
    Form.CREDENTIAL_JWT: frozenset(_CONTENT | _BYTES - {Defect.MISSING_PROOF} | _TOKEN),
    Form.STATUS_LIST: frozenset(
        {Defect.EXPIRED, Defect.NOT_YET_VALID} | _BYTES | {Defect.WRONG_PURPOSE}
    ),
    Form.PRESENTATION: frozenset(
        {Defect.EXPIRED, Defect.FOREIGN_HOLDER}
        | _BYTES - {Defect.SWAPPED_PAYLOAD}
        | _PROOF - {Defect.NESTED_CONTEXT}
    ),
}
"""Which defects each form can have. Anything else is a mistake of the test, and refused."""


def require_sensible(form: Form, defect: Defect | None) -> None:
    """Refuse a defect that `form` cannot have."""
    if defect is not None and defect not in SENSIBLE[form]:
        raise ValueError(f"{form} cannot have the defect {defect}")
