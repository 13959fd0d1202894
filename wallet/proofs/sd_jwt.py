"""SD-JWT (RFC 9901): claims that an issuer signed as digests, and disclosures that open them.

Section 7.1 step by step. The issuer's signature is a JWS and is checked as one (jws.py); here is
everything else: taking the parts apart (`parse`), and putting the disclosed claims in their places
(`process`). The holder's signature behind the last `~` is checked in key_binding.py.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from wallet.errors import MalformedCredential, TooLarge
from wallet.model.credential import Json, JsonObject
from wallet.model.verification import Reason
from wallet.proofs import base64url, jws, strict_json

MAX_DISCLOSURES = 2000
MAX_DEPTH = strict_json.MAX_DEPTH
"""Nesting of the claims when every disclosure is in its place."""
MAX_MEMBERS = strict_json.MAX_MEMBERS
"""Members and array entries of the payload and of all disclosures together."""
MAX_DUPLICATES = strict_json.MAX_DUPLICATES

HASHES: Mapping[str, str] = {"sha-256": "sha256", "sha-384": "sha384", "sha-512": "sha512"}
"""The hash algorithms that count as secure: their names in `_sd_alg`, and in Python."""
DEFAULT_HASH = "sha-256"

_SD, _DOTS, _SD_ALG = "_sd", "...", "_sd_alg"


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One disclosure (section 4.2), decoded; its digest is over `encoded`, the text as it came."""

    encoded: str
    name: str | None
    """The claim's name; None for an element of an array."""
    value: Json


@dataclass(frozen=True, slots=True)
class SdJwt:
    """An SD-JWT taken apart; nothing is checked yet."""

    tokens: tuple[jws.Jws, ...]
    """The issuer-signed JWT; several only in the JSON serialisation, all over one payload."""
    payload: JsonObject
    disclosures: tuple[Disclosure, ...]
    signed: str
    """What a key binding signs: the issuer-signed JWT and the disclosures, each with its `~`."""
    binding: jws.Jws | None = None
    duplicates: tuple[str, ...] = ()
    """JSON pointers of members that stand twice in one object."""

    @property
    def token(self) -> jws.Jws:
        """The issuer-signed JWT."""
        return self.tokens[0]

    @property
    def hash_name(self) -> str | None:
        """The hash algorithm (section 4.1.1); None where the stated one is not known here."""
        stated = self.payload.get(_SD_ALG, DEFAULT_HASH)
        return stated if isinstance(stated, str) and stated in HASHES else None


@dataclass(frozen=True, slots=True)
class Broken:
    """The first rule of section 7.1 that does not hold.

    `reason` says which check it fails: HASH_FAILURE and SIG_CONSTRAINTS_FAILURE the proof,
    FORMAT_FAILURE the format.
    """

    reason: Reason
    what: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Disclosed:
    """A disclosed claim: where it stands in the processed payload, and which text discloses it."""

    pointer: str
    encoded: str


@dataclass(frozen=True, slots=True)
class Processed:
    """The processed payload of section 7.1, or how far it came.

    Where a rule is broken `claims` hold only what is in clear; where a disclosure belongs to
    nothing, what the other ones open as well: this much the issuer did sign.
    """

    source: SdJwt
    claims: JsonObject
    disclosed: tuple[Disclosed, ...] = ()
    broken: Broken | None = None


# ---- taking apart -------------------------------------------------------------------------------


def parse(text: str) -> SdJwt:
    """Separate an SD-JWT or SD-JWT+KB in the compact form (section 4; steps 1 and 3 of 7.3).

    Line breaks and blanks are removed first: real files are wrapped. What stands behind the last
    `~` is a key-binding JWT, or nothing.

    Raises:
        MalformedCredential: no `~`, a part that is no strict base64url, a payload that is no JSON
            object, a disclosure that is none, a last part that is no JWT.
        TooLarge: beyond `MAX_DISCLOSURES`, `MAX_MEMBERS`, or the limits of JWS and JSON.
    """
    joined = "".join(text.split())
    if len(joined) > jws.MAX_CHARACTERS:
        raise TooLarge("SD-JWT", limit=jws.MAX_CHARACTERS)
    signed, tilde, last = joined.rpartition("~")
    if not tilde:
        raise MalformedCredential("SD-JWT")
    issuer, *encoded = signed.split("~", MAX_DISCLOSURES + 1)
    return assemble((jws.parse_compact(issuer),), encoded, last, signed + tilde)


def assemble(tokens: tuple[jws.Jws, ...], encoded: list[str], last: str, signed: str) -> SdJwt:
    """Put an SD-JWT together from its parts, in whichever serialisation they came.

    Args:
        tokens: the issuer's signatures, one payload under all of them.
        encoded: the disclosures as they came.
        last: the key-binding JWT; "" for none.
        signed: what a key binding signs.

    Raises:
        MalformedCredential: see `parse`.
        TooLarge: see `parse`.
    """
    if len(encoded) > MAX_DISCLOSURES:
        raise TooLarge("disclosures", limit=MAX_DISCLOSURES)
    members = _members(tokens[0].payload)
    payload = strict_json.parse(tokens[0].payload)
    if not isinstance(payload.value, dict):
        raise MalformedCredential("SD-JWT payload")
    doubles = list(payload.duplicates)
    disclosures = []
    for index, part in enumerate(encoded):
        data = base64url.decode(part)
        members += _members(data)
        if members > MAX_MEMBERS:
            raise TooLarge("JSON members", limit=MAX_MEMBERS)
        parsed = strict_json.parse(data)
        doubles += [f"/disclosures/{index}{where}" for where in parsed.duplicates]
        disclosures.append(_disclosure(part, parsed.value))
    return SdJwt(
        tokens=tokens,
        payload=payload.value,
        disclosures=tuple(disclosures),
        signed=signed,
        binding=jws.parse_compact(last) if last else None,
        duplicates=tuple(doubles[:MAX_DUPLICATES]),
    )


def _members(data: bytes) -> int:
    """Count at most too many: commas inside texts are counted too."""
    return len(data) - len(data.translate(None, b",[{"))


def _disclosure(encoded: str, value: Json) -> Disclosure:
    """Read `[salt, name, value]` or `[salt, value]` (sections 4.2.1 and 4.2.2)."""
    if not isinstance(value, list) or len(value) not in {2, 3} or not isinstance(value[0], str):
        raise MalformedCredential("disclosure")
    if len(value) == 2:
        return Disclosure(encoded, None, value[1])
    name = value[1]
    if not isinstance(name, str):
        raise MalformedCredential("disclosure name")
    return Disclosure(encoded, name, value[2])


def digest(hash_name: str, text: str) -> str:
    """Hash a text as digests and `sd_hash` do (section 4.2.3): base64url of the hash of its ASCII.

    Raises:
        KeyError: the algorithm is not in `HASHES`.
    """
    return base64url.encode(hashlib.new(HASHES[hash_name], text.encode("ascii")).digest())


# ---- processing ---------------------------------------------------------------------------------


def process(source: SdJwt) -> Processed:
    """Put the disclosed claims in their places (section 7.1, steps 2.d to 5).

    1. (step 2.d) `_sd_alg` is an algorithm that is known and secure.
    2. (3.a) Compute the digest of every disclosure; one that was sent twice is refused.
    3. (3.b, 3.c) Find the digests in objects and arrays, and open each: the disclosure has to be
       of the right kind, its name no other claim's beside it, nor `_sd` or `...`; what it opens is
       processed in the same way. A digest that opens nothing may be a decoy.
    4. (3.d to 3.f) Take out what was not opened, `_sd` and `_sd_alg`.
    5. (4) No digest stands at two places.
    6. (5) Every disclosure was opened.

    Signature (2.a to 2.c) and time (6) are asked elsewhere. A broken rule is a result, not an
    error, and nothing after it is done.

    Raises:
        TooLarge: the claims nest deeper than `MAX_DEPTH`.
    """
    hash_name = source.hash_name
    if hash_name is None:  # 1
        what = Broken(Reason.SIG_CONSTRAINTS_FAILURE, _SD_ALG, f"/{_SD_ALG}")
        return Processed(source, _in_clear(source.payload), broken=what)
    waiting: dict[str, Disclosure] = {}
    for disclosure in source.disclosures:  # 2
        key = digest(hash_name, disclosure.encoded)
        if key in waiting:
            twice = Broken(Reason.FORMAT_FAILURE, "disclosure sent twice")
            return Processed(source, _in_clear(source.payload), broken=twice)
        waiting[key] = disclosure
    walk = _Walk(waiting)
    try:
        claims = walk.object(source.payload, "", 1)  # 3, 4, 5
    except _Refused as refused:
        what = Broken(Reason.FORMAT_FAILURE, refused.what, refused.where)
        return Processed(source, _in_clear(source.payload), broken=what)
    # Step 3.f once more, for one that was disclosed: it says nothing about the digests.
    claims.pop(_SD_ALG, None)
    unopened = None
    if walk.waiting:  # 6
        stray = next(iter(walk.waiting.values()))
        unopened = Broken(Reason.HASH_FAILURE, stray.name or "disclosure")
    return Processed(source, claims, tuple(walk.disclosed), unopened)


class _Refused(Exception):
    """A rule of section 7.1 is broken."""

    def __init__(self, what: str, where: str) -> None:
        self.what = what
        self.where = where
        super().__init__(what)


@dataclass(slots=True)
class _Walk:
    """One walk over the payload and into what it discloses (steps * and ** of section 7.1)."""

    waiting: dict[str, Disclosure]
    """Disclosures that no digest has opened yet, by their digests."""
    disclosed: list[Disclosed] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def value(self, value: Json, where: str, depth: int) -> Json:
        """Process any value; what is no container stands for itself."""
        if not isinstance(value, dict | list):
            return value
        if depth > MAX_DEPTH:
            raise TooLarge("JSON depth", limit=MAX_DEPTH)
        if isinstance(value, dict):
            return self.object(value, where, depth)
        return self.array(value, where, depth)

    def object(self, value: JsonObject, where: str, depth: int) -> JsonObject:
        """Process the members, then open what `_sd` lists."""
        found: JsonObject = {}
        for name, entry in value.items():
            if name == _DOTS:
                raise _Refused(_DOTS, where)
            if name == _SD or (name == _SD_ALG and depth == 1):
                continue
            found[name] = self.value(entry, where + strict_json.pointer(name), depth + 1)
        for text in _listed(value, where):
            opened = self.open(text, where)
            if opened is None:
                continue
            if opened.name is None:
                raise _Refused("disclosure of an array element", where)
            if opened.name in {_SD, _DOTS}:
                raise _Refused(opened.name, where)
            if opened.name in found or opened.name in value:
                raise _Refused(opened.name, where)
            place = where + strict_json.pointer(opened.name)
            self.disclosed.append(Disclosed(place, opened.encoded))
            found[opened.name] = self.value(opened.value, place, depth + 1)
        return found

    def array(self, value: list[Json], where: str, depth: int) -> list[Json]:
        """Process the elements; one that is a digest is opened or left out."""
        found: list[Json] = []
        for entry in value:
            place = where + strict_json.pointer(len(found))
            if not isinstance(entry, dict) or _DOTS not in entry:
                found.append(self.value(entry, place, depth + 1))
                continue
            text = entry[_DOTS]
            if len(entry) != 1 or not isinstance(text, str):
                raise _Refused(_DOTS, place)
            opened = self.open(text, place)
            if opened is None:
                continue
            if opened.name is not None:
                raise _Refused("disclosure of an object's member", place)
            self.disclosed.append(Disclosed(place, opened.encoded))
            found.append(self.value(opened.value, place, depth + 1))
        return found

    def open(self, text: str, where: str) -> Disclosure | None:
        """Find the disclosure of a digest; each digest may stand once, decoys too (step 4)."""
        if text in self.seen:
            raise _Refused("digest at two places", where)
        self.seen.add(text)
        return self.waiting.pop(text, None)


def _listed(value: JsonObject, where: str) -> Iterator[str]:
    """The digests of an object (section 4.2.4.1): `_sd` is an array of texts."""
    listed = value.get(_SD, [])
    if not isinstance(listed, list):
        raise _Refused(_SD, where)
    for text in listed:
        if not isinstance(text, str):
            raise _Refused(_SD, where)
        yield text


def _in_clear(payload: JsonObject) -> JsonObject:
    """What the issuer signed without digests: all that can be shown where processing stopped."""
    payload = {name: value for name, value in payload.items() if name != _SD_ALG}
    return _without_digests(payload)


def _without_digests(value: JsonObject) -> JsonObject:
    return {name: _cleared(entry) for name, entry in value.items() if name not in {_SD, _DOTS}}


def _cleared(value: Json) -> Json:
    if isinstance(value, dict):
        return _without_digests(value)
    if isinstance(value, list):
        return [_cleared(e) for e in value if not (isinstance(e, dict) and _DOTS in e)]
    return value
