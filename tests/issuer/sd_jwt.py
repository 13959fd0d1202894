"""SD-JWT of the simulator: issued, disclosed and bound, sound or with one named defect.

RFC 9901, written from its text for the issuer's and the holder's side. `Hidden` around a member's
value or an array's element makes it selectively disclosable; inside one there may be others.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from tests.issuer.keys import IssuerKey, another, base64url

Document = dict[str, Any]

AUDIENCE = "https://verifier.example.org"
NONCE = "n-0S6_WzA2Mj"
BOUND_AT = 1711000000
_HASHES = {"sha-256": hashlib.sha256, "sha-384": hashlib.sha384, "sha-512": hashlib.sha512}


class SdJwtDefect(StrEnum):
    """One thing that is wrong; the steps are those of RFC 9901, section 7.1."""

    # ---- step 1: the parts ----
    NO_TILDE = "no-tilde"
    NO_CLOSING_TILDE = "no-closing-tilde"
    """The last disclosure stands where a key binding would."""
    PADDED_DISCLOSURE = "padded-disclosure"
    STRAY_BITS = "stray-bits"
    """Base64url whose unused bits are not zero: another text for the same bytes."""
    NOT_JSON = "not-json"
    NOT_AN_ARRAY = "not-an-array"
    FOUR_ELEMENTS = "four-elements"
    NUMBER_AS_SALT = "number-as-salt"
    NUMBER_AS_NAME = "number-as-name"
    PAYLOAD_IS_AN_ARRAY = "payload-is-an-array"
    # ---- step 2: the issuer's signature ----
    ALG_NONE = "alg-none"
    ALG_HS256 = "alg-hs256"
    CRITICAL_HEADER = "critical-header"
    WRONG_KEY = "wrong-key"
    ALTERED_PAYLOAD = "altered-payload"
    WRONG_TYPE = "wrong-type"
    WEAK_HASH = "weak-hash"
    """`_sd_alg` is sha-1."""
    HASH_IS_A_NUMBER = "hash-is-a-number"
    # ---- step 3: digests ----
    SD_IS_A_TEXT = "sd-is-a-text"
    SD_HOLDS_A_NUMBER = "sd-holds-a-number"
    DOTS_WITH_A_SIBLING = "dots-with-a-sibling"
    DOTS_ARE_A_NUMBER = "dots-are-a-number"
    DOTS_OUTSIDE_AN_ARRAY = "dots-outside-an-array"
    ELEMENT_IN_AN_OBJECT = "element-in-an-object"
    """`_sd` lists a disclosure of two elements."""
    MEMBER_IN_AN_ARRAY = "member-in-an-array"
    """An array's digest is that of a disclosure with a name."""
    CLAIM_NAMED_SD = "claim-named-sd"
    CLAIM_NAMED_DOTS = "claim-named-dots"
    NAME_TAKEN = "name-taken"
    """A disclosed claim has the name of one in clear beside it."""
    NAME_DISCLOSED_TWICE = "name-disclosed-twice"
    # ---- step 4 ----
    DIGEST_TWICE = "digest-twice"
    DIGEST_TWICE_DEEP = "digest-twice-deep"
    """Once in the payload, once inside what another disclosure opens."""
    DECOY_TWICE = "decoy-twice"
    # ---- step 5 ----
    UNREFERENCED = "unreferenced"
    ALTERED_DISCLOSURE = "altered-disclosure"
    SENT_TWICE = "sent-twice"
    ORPHANED = "orphaned"
    """The disclosure that holds another one's digest was left out."""
    # ---- step 6 ----
    EXPIRED = "expired"
    NOT_YET_VALID = "not-yet-valid"
    ISSUED_LATER = "issued-later"
    UNREADABLE_END = "unreadable-end"
    # ---- SD-JWT VC ----
    NO_VCT = "no-vct"
    HIDDEN_END = "hidden-end"
    """`exp` is left to the holder's choice."""
    HIDDEN_HOLDER = "hidden-holder"
    """`cnf` is."""
    STATUS_IS_A_TEXT = "status-is-a-text"


class BindingDefect(StrEnum):
    """What can be wrong with a key binding (section 7.3, step 5)."""

    WRONG_TYPE = "binding-wrong-type"
    NO_TYPE = "binding-no-type"
    ALG_NONE = "binding-alg-none"
    ALG_HS256 = "binding-alg-hs256"
    CRITICAL_HEADER = "binding-critical-header"
    OTHER_KEY = "binding-other-key"
    ALTERED = "binding-altered"
    NO_NONCE = "binding-no-nonce"
    NO_AUDIENCE = "binding-no-audience"
    AUDIENCE_LIST = "binding-audience-list"
    NO_TIME = "binding-no-time"
    TIME_AS_TEXT = "binding-time-as-text"
    NO_HASH = "binding-no-hash"
    OTHER_DISCLOSURES = "binding-other-disclosures"
    """A disclosure was left out after the holder had signed."""
    NOT_YET = "binding-not-yet"
    DUPLICATE_CLAIM = "binding-duplicate-claim"


@dataclass(frozen=True, slots=True)
class Hidden:
    """A value that the holder may disclose or not."""

    value: Any


@dataclass(frozen=True, slots=True)
class Issued:
    """An SD-JWT with all its disclosures, as the issuer sends it."""

    jwt: str
    disclosures: tuple[str, ...]
    hash_name: str = "sha-256"

    @property
    def data(self) -> bytes:
        """The compact form."""
        return self.text.encode()

    @property
    def text(self) -> str:
        """The compact form, as text."""
        return "".join(part + "~" for part in (self.jwt, *self.disclosures))

    def without(self, *indices: int) -> "Issued":
        """Leave disclosures out, by their place."""
        left = (d for i, d in enumerate(self.disclosures) if i not in indices)
        return replace(self, disclosures=tuple(left))


@dataclass(slots=True)
class _Bench:
    """Where the disclosures of one SD-JWT are made: salts follow from their number."""

    hash_name: str
    made: list[str] = field(default_factory=list)
    salts: int = 0

    def salt(self) -> str:
        self.salts += 1
        return base64url(hashlib.sha256(f"salt {self.salts}".encode()).digest()[:16])

    def digest(self, text: str) -> str:
        return base64url(_HASHES[self.hash_name](text.encode()).digest())

    def disclose(self, *parts: Any, salt: Any = None) -> str:
        """Make a disclosure and return its digest."""
        return self.disclose_raw([self.salt() if salt is None else salt, *parts])

    def disclose_raw(self, value: Any) -> str:
        encoded = base64url(json.dumps(value, ensure_ascii=False).encode())
        self.made.append(encoded)
        return self.digest(encoded)

    def decoy(self) -> str:
        return self.digest(self.salt())

    def hide(self, value: Any) -> Any:
        """Replace what is hidden by digests, the innermost first."""
        if isinstance(value, dict):
            shown: Document = {}
            digests = []
            for name, entry in value.items():
                if isinstance(entry, Hidden):
                    digests.append(self.disclose(name, self.hide(entry.value)))
                else:
                    shown[name] = self.hide(entry)
            if digests:
                shown["_sd"] = sorted(digests)
            return shown
        if isinstance(value, list):
            return [
                {"...": self.disclose(self.hide(entry.value))}
                if isinstance(entry, Hidden)
                else self.hide(entry)
                for entry in value
            ]
        return value


def sd_jwt(
    claims: Document,
    key: IssuerKey,
    *,
    header: Document | None = None,
    hash_name: str | None = "sha-256",
    decoys: int = 0,
    defect: SdJwtDefect | None = None,
) -> Issued:
    """Issue an SD-JWT.

    Args:
        claims: the payload, with `Hidden` around what is selectively disclosable.
        key: the issuer's.
        header: beside `alg`; the `typ` is `dc+sd-jwt` unless it says otherwise (None: no `typ`).
        hash_name: `_sd_alg`; None leaves it out, which means sha-256.
        decoys: digests of nothing, at the top.
        defect: what is wrong with it.
    """
    bench = _Bench(hash_name or "sha-256")
    claims = _spoiled_claims(claims, defect)
    payload = bench.hide(claims)
    if hash_name is not None:
        payload["_sd_alg"] = hash_name
    if decoys:
        payload.setdefault("_sd", []).extend(bench.decoy() for _ in range(decoys))
    _spoil_digests(payload, bench, defect)
    full = {"alg": key.algorithm, "typ": "dc+sd-jwt", **(header or {})}
    full = {name: value for name, value in full.items() if value is not None}
    full |= _HEADERS.get(defect, {})
    body: Any = [payload] if defect is SdJwtDefect.PAYLOAD_IS_AN_ARRAY else payload
    signer = another(key) if defect is SdJwtDefect.WRONG_KEY else key
    jwt = token(full, json.dumps(body, ensure_ascii=False), signer)
    if defect is SdJwtDefect.ALTERED_PAYLOAD:
        head, _, tail = jwt.split(".")
        altered = json.dumps({**payload, "altered": True}).encode()
        jwt = f"{head}.{base64url(altered)}.{tail}"
    issued = Issued(jwt, tuple(bench.made), bench.hash_name)
    return _spoil_parts(issued, bench, defect)


def compact(issued: Issued, defect: SdJwtDefect | None = None) -> bytes:
    """Write it down, with the defects of the outermost form."""
    if defect is SdJwtDefect.NO_TILDE:
        return issued.jwt.encode()
    if defect is SdJwtDefect.NO_CLOSING_TILDE:
        return issued.data[:-1]
    return issued.data


def bound(
    issued: Issued,
    key: IssuerKey,
    *,
    audience: str = AUDIENCE,
    nonce: str = NONCE,
    claims: Document | None = None,
    defect: BindingDefect | None = None,
) -> bytes:
    """Present an SD-JWT with a key binding (section 4.3)."""
    body: Document = {
        "iat": BOUND_AT,
        "aud": audience,
        "nonce": nonce,
        "sd_hash": base64url(_HASHES[issued.hash_name](issued.data).digest()),
        **(claims or {}),
        **_BINDING_CLAIMS.get(defect, {}),
    }
    body = {name: value for name, value in body.items() if value is not None}
    header = {"alg": key.algorithm, "typ": "kb+jwt", **_BINDING_HEADERS.get(defect, {})}
    header = {name: value for name, value in header.items() if value is not None}
    text = json.dumps(body)
    if defect is BindingDefect.DUPLICATE_CLAIM:
        text = '{"nonce": "another", ' + text[1:]
    signer = another(key) if defect is BindingDefect.OTHER_KEY else key
    binding = token(header, text, signer)
    if defect is BindingDefect.ALTERED:
        head, _, tail = binding.split(".")
        binding = f"{head}.{base64url(json.dumps({**body, 'more': 1}).encode())}.{tail}"
    if defect is BindingDefect.OTHER_DISCLOSURES:
        issued = issued.without(0)
    return issued.data + binding.encode()


def token(header: Document, body: str, key: IssuerKey) -> str:
    """Sign a compact JWS."""
    head = base64url(json.dumps(header).encode())
    signing_input = f"{head}.{base64url(body.encode())}"
    return f"{signing_input}.{base64url(key.sign_as(signing_input.encode(), header['alg']))}"


def flattened(issued: Issued, binding: str | None = None) -> Document:
    """Write it in the flattened JSON serialisation (section 8)."""
    protected, payload, signature = issued.jwt.split(".")
    header: Document = {"disclosures": list(issued.disclosures)}
    if binding is not None:
        header["kb_jwt"] = binding
    return {"payload": payload, "protected": protected, "header": header, "signature": signature}


def general(issued: Issued, binding: str | None = None) -> Document:
    """Write it in the general JSON serialisation."""
    flat = flattened(issued, binding)
    return {"payload": flat.pop("payload"), "signatures": [flat]}


# ---- defects ------------------------------------------------------------------------------------

_HEADERS: dict[SdJwtDefect | None, Document] = {
    SdJwtDefect.ALG_NONE: {"alg": "none"},
    SdJwtDefect.ALG_HS256: {"alg": "HS256"},
    SdJwtDefect.CRITICAL_HEADER: {"crit": ["moon"], "moon": "waxing"},
    SdJwtDefect.WRONG_TYPE: {"typ": "JWT"},
}
_CLAIMS: dict[SdJwtDefect | None, Document] = {
    SdJwtDefect.EXPIRED: {"exp": 1000000000},
    SdJwtDefect.NOT_YET_VALID: {"nbf": 4000000000},
    SdJwtDefect.ISSUED_LATER: {"iat": 4000000000},
    SdJwtDefect.UNREADABLE_END: {"exp": "some day"},
    SdJwtDefect.STATUS_IS_A_TEXT: {"status": "fine"},
    SdJwtDefect.HIDDEN_END: {"exp": Hidden(1000000000)},
}
_BINDING_HEADERS: dict[BindingDefect | None, Document] = {
    BindingDefect.WRONG_TYPE: {"typ": "JWT"},
    BindingDefect.NO_TYPE: {"typ": None},
    BindingDefect.ALG_NONE: {"alg": "none"},
    BindingDefect.ALG_HS256: {"alg": "HS256"},
    BindingDefect.CRITICAL_HEADER: {"crit": ["moon"], "moon": "waxing"},
}
_BINDING_CLAIMS: dict[BindingDefect | None, Document] = {
    BindingDefect.NO_NONCE: {"nonce": None},
    BindingDefect.NO_AUDIENCE: {"aud": None},
    BindingDefect.AUDIENCE_LIST: {"aud": [AUDIENCE]},
    BindingDefect.NO_TIME: {"iat": None},
    BindingDefect.TIME_AS_TEXT: {"iat": str(BOUND_AT)},
    BindingDefect.NO_HASH: {"sd_hash": None},
    BindingDefect.NOT_YET: {"nbf": 4000000000},
}


def _spoiled_claims(claims: Document, defect: SdJwtDefect | None) -> Document:
    claims = {**claims, **_CLAIMS.get(defect, {})}
    if defect is SdJwtDefect.NO_VCT:
        del claims["vct"]
    if defect is SdJwtDefect.HIDDEN_HOLDER:
        claims["cnf"] = Hidden(claims["cnf"])
    if defect is SdJwtDefect.ORPHANED:
        claims["outer"] = Hidden({"inner": Hidden("x")})
    return claims


_PAYLOADS: dict[SdJwtDefect | None, Document] = {
    SdJwtDefect.WEAK_HASH: {"_sd_alg": "sha-1"},
    SdJwtDefect.HASH_IS_A_NUMBER: {"_sd_alg": 256},
    SdJwtDefect.SD_IS_A_TEXT: {"_sd": "digest"},
    SdJwtDefect.DOTS_WITH_A_SIBLING: {"list": [{"...": "digest", "more": 1}]},
    SdJwtDefect.DOTS_ARE_A_NUMBER: {"list": [{"...": 5}]},
    SdJwtDefect.DOTS_OUTSIDE_AN_ARRAY: {"object": {"...": "digest"}},
}
_DIGESTS: dict[SdJwtDefect | None, Callable[[_Bench], list[Any]]] = {
    SdJwtDefect.SD_HOLDS_A_NUMBER: lambda _: [5],
    SdJwtDefect.ELEMENT_IN_AN_OBJECT: lambda bench: [bench.disclose("value alone")],
    SdJwtDefect.CLAIM_NAMED_SD: lambda bench: [bench.disclose("_sd", ["x"])],
    SdJwtDefect.CLAIM_NAMED_DOTS: lambda bench: [bench.disclose("...", "x")],
    SdJwtDefect.NAME_TAKEN: lambda bench: [bench.disclose("iss", "https://else.example")],
    SdJwtDefect.NAME_DISCLOSED_TWICE: lambda bench: [
        bench.disclose("nickname", "Ada"),
        bench.disclose("nickname", "Eve"),
    ],
    SdJwtDefect.DIGEST_TWICE: lambda bench: [bench.disclose("twice", 1)] * 2,
    SdJwtDefect.DIGEST_TWICE_DEEP: lambda bench: [
        digest := bench.disclose("twice", 1),
        bench.disclose("deep", {"_sd": [digest]}),
    ],
    SdJwtDefect.DECOY_TWICE: lambda bench: [bench.decoy()] * 2,
    SdJwtDefect.NOT_AN_ARRAY: lambda bench: [bench.disclose_raw({"salt": "x"})],
    SdJwtDefect.FOUR_ELEMENTS: lambda bench: [bench.disclose("name", "value", "more")],
    SdJwtDefect.NUMBER_AS_SALT: lambda bench: [bench.disclose("name", "value", salt=5)],
    SdJwtDefect.NUMBER_AS_NAME: lambda bench: [bench.disclose(5, "value")],
}


def _spoil_digests(payload: Document, bench: _Bench, defect: SdJwtDefect | None) -> None:
    """Spoil the payload before it is signed: the issuer's own mistakes."""
    if defect in _DIGESTS:
        payload.setdefault("_sd", []).extend(_DIGESTS[defect](bench))
    if defect is SdJwtDefect.MEMBER_IN_AN_ARRAY:
        payload["list"] = [{"...": bench.disclose("name", "value")}]
    payload |= _PAYLOADS.get(defect, {})


def _spoil_parts(issued: Issued, bench: _Bench, defect: SdJwtDefect | None) -> Issued:
    """Spoil the disclosures after signing: what a holder can do."""
    made = list(issued.disclosures)
    if defect is SdJwtDefect.PADDED_DISCLOSURE:
        made[0] += "="
    elif defect is SdJwtDefect.STRAY_BITS:
        made.append("WyJhIiwxXR")  # the last character could be Q to T alike
    elif defect is SdJwtDefect.NOT_JSON:
        made.append(base64url(b'["salt", '))
    elif defect is SdJwtDefect.UNREFERENCED:
        bench.disclose("stranger", True)
        made = list(bench.made)
    elif defect is SdJwtDefect.ALTERED_DISCLOSURE:
        made[0] = base64url(b'["another salt", "given_name", "Eve"]')
    elif defect is SdJwtDefect.SENT_TWICE:
        made.append(made[0])
    elif defect is SdJwtDefect.ORPHANED:
        made.pop()
    return replace(issued, disclosures=tuple(made))
