"""Open Badges 2.0 of the simulator: signed and hosted assertions, and pictures that carry badges.

Assertion, badge class, issuer, key and list of revocations are documents of their own, as issuers
host them. `Links` says what an assertion carries of them.
"""

import json
import struct
import zlib
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cache
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives import serialization

from tests.issuer.defects import Defect
from tests.issuer.keys import IssuerKey, another, base64url, rsa_key
from tests.issuer.pictures import emblem
from tests.issuer.spoiling import OTHER_ID, cut, doubled
from tests.issuer.subjects import NOW, Award, Course, University, stamp
from tests.issuer.universities import CHALMERS

Document = dict[str, Any]

CONTEXT = "https://w3id.org/openbadges/v2"
SALT = "sea"
EMAIL = "hanna@learners.example"


class Links(StrEnum):
    """How much of badge class and issuer an assertion carries."""

    INLINE = "inline"
    """Both stand inside."""
    BADGE_INLINE = "badge-inline"
    """The badge class stands inside and links to its issuer."""
    LINKED = "linked"
    """The assertion only links to its badge class, as most do."""


SIGNED_DEFECTS = frozenset(
    {
        Defect.EXPIRED,
        Defect.NOT_YET_VALID,
        Defect.ALTERED_PAYLOAD,
        Defect.SWAPPED_PAYLOAD,
        Defect.DUPLICATE_KEY,
        Defect.TRUNCATED,
        Defect.MISSING_PROOF,
        Defect.WRONG_KEY,
        Defect.UNAUTHENTICATED_KEY,
        Defect.NO_KEY_NAMED,
        Defect.STRIPPED_ALGORITHM,
        Defect.HS256_WITH_PUBLIC_KEY,
        Defect.UNKNOWN_CRITICAL_HEADER,
        Defect.EMPTY_CRIT,
        Defect.UNENCODED_PAYLOAD,
        Defect.PADDED_BASE64,
        Defect.UNSUPPORTED_SUITE,
        Defect.REVOKED,
    }
)
"""What can be wrong with a signed assertion. `REVOKED` is one that says so itself;
`UNAUTHENTICATED_KEY` brings its own key; `NO_KEY_NAMED` has no `creator`; `UNSUPPORTED_SUITE` is to
be verified in a way that nobody has heard of, and not signed; `MISSING_PROOF` says that it is
signed, and is plain JSON."""


@dataclass(frozen=True, slots=True)
class Badger:
    """Who issues badges: a university, a key, and the host of all its documents."""

    university: University
    key: IssuerKey
    host: str = "https://badges.chalmers.example"
    lists_revocations: bool = True

    def at(self, name: str) -> str:
        """Return the address of one of its documents."""
        return f"{self.host}/{name}.json"


@cache
def badger() -> Badger:
    """Return who issues the specimens, with an RSA key."""
    return Badger(CHALMERS, rsa_key("badges of Chalmers"))


def signed_assertion(
    who: Badger,
    award: Award,
    *,
    links: Links = Links.INLINE,
    algorithm: str | None = None,
    defect: Defect | None = None,
    **changes: Any,
) -> bytes:
    """Sign an assertion as a compact JWS (Open Badges 2.0, section 5.2), with any named defect.

    `changes` replace members of the assertion; None takes one out.
    """
    if defect is not None and defect not in SIGNED_DEFECTS:
        raise ValueError(f"a signed assertion cannot have the defect {defect}")
    verification: Document = {"type": "SignedBadge", "creator": who.at("key")}
    if defect is Defect.NO_KEY_NAMED:
        del verification["creator"]
    if defect is Defect.UNAUTHENTICATED_KEY:
        own = IssuerKey(another(who.key).private)
        verification["creator"] = {"id": OTHER_ID, "publicKeyPem": pem(own)}
        who = Badger(who.university, own, who.host)
    if defect is Defect.UNSUPPORTED_SUITE:
        verification = {"type": ["MoonProofVerification", "Extension"]}
    document = _assertion(who, award, links, defect) | {"verification": verification}
    _change(document, changes)
    if defect in {Defect.MISSING_PROOF, Defect.UNSUPPORTED_SUITE}:
        return _written(document)
    header: Document = {"alg": algorithm or who.key.algorithm, "typ": "JWT"}
    header |= _HEADERS.get(defect, {})
    return _jws(header, document, who.key, defect)


def hosted_assertion(
    who: Badger,
    award: Award,
    *,
    links: Links = Links.INLINE,
    defect: Defect | None = None,
    **changes: Any,
) -> bytes:
    """Write a hosted assertion (Open Badges 2.0, section 5.1): nobody signs it."""
    document = _assertion(who, award, links, defect) | {"verification": {"type": "HostedBadge"}}
    _change(document, changes)
    return _written(document)


def oldest_assertion(who: Badger, award: Award, **changes: Any) -> bytes:
    """Write an assertion of version 0.5, with everything inside and no address of its own."""
    course = award.course
    document: Document = {
        "recipient": "sha256$" + sha256((EMAIL + SALT).encode()).hexdigest(),
        "salt": SALT,
        "evidence": "/work",
        "issued_on": award.issued.date().isoformat(),
        "badge": {
            "version": "0.5.0",
            "name": course.title["en"],
            "image": "/emblem.png",
            "description": course.outcomes[0].text["en"],
            "criteria": "/criteria",
            "issuer": {
                "origin": who.host,
                "name": who.university.label,
                "contact": "badges@chalmers.example",
            },
        },
    }
    _change(document, changes)
    return _written(document)


def badge_class(who: Badger, course: Course, *, issuer: Document | None = None) -> Document:
    """Write the badge class of a course; it links to the issuer unless that is given."""
    outcomes = " ".join(outcome.text["en"] for outcome in course.outcomes)
    document: Document = {
        "@context": CONTEXT,
        "type": "BadgeClass",
        "id": who.at("badge"),
        "name": course.title["en"],
        "description": course.description.get("en", outcomes),
        "image": who.at("emblem").replace(".json", ".png"),
        "criteria": {"narrative": outcomes},
        "alignment": [
            {"targetName": skill.label, "targetUrl": skill.uri, "targetFramework": "ESCO"}
            for outcome in course.outcomes
            for skill in outcome.skills
        ],
        "issuer": issuer or who.at("issuer"),
    }
    if course.ects:
        document["extensions:ECTSExtension"] = {
            "type": ["Extension", "extensions:ECTSExtension"],
            "ECTS": float(course.ects),
        }
    if course.eqf:
        document["extensions:EQFExtension"] = {
            "type": ["Extension", "extensions:EQFExtension"],
            "EQF": course.eqf,
        }
    return document


def issuer_profile(who: Badger) -> Document:
    """Write the issuer's profile: it names its key and its list of revocations."""
    document: Document = {
        "@context": CONTEXT,
        "type": ["Issuer", "Profile"],
        "id": who.at("issuer"),
        "name": who.university.label,
        "url": who.university.homepage,
        "email": "badges@chalmers.example",
        "publicKey": who.at("key"),
    }
    if who.lists_revocations:
        document["revocationList"] = who.at("revocations")
    return document


def key_document(who: Badger, *, owner: str | None = None) -> Document:
    """Write the CryptographicKey; `owner` is the issuer unless another is given."""
    return {
        "@context": CONTEXT,
        "type": "CryptographicKey",
        "id": who.at("key"),
        "owner": owner or who.at("issuer"),
        "publicKeyPem": pem(who.key),
    }


def revocation_list(
    who: Badger, revoked: list[Any], *, issuer: str | None = "", address: str | None = None
) -> bytes:
    """Write the list of revocations; `issuer` None leaves the issuer out."""
    document: Document = {
        "@context": CONTEXT,
        "type": "RevocationList",
        "id": address or who.at("revocations"),
        "revokedAssertions": revoked,
    }
    if issuer is not None:
        document["issuer"] = issuer or who.at("issuer")
    return _written(document)


def older_list(revoked: dict[str, str]) -> bytes:
    """Write a list of revocations of version 1.x: identifiers, each with the reason."""
    return _written(revoked)


def one_edtech_list(address: str, issuer: str | None, revoked: list[Any]) -> bytes:
    """Write a list of the 1EdTech Revocation List Status Method 1.0."""
    document: Document = {"id": address, "issuer": issuer, "revokedCredentials": revoked}
    return _written({name: value for name, value in document.items() if value is not None})


def pem(key: IssuerKey) -> str:
    """Write the public key as SubjectPublicKeyInfo."""
    return (
        key.private.public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        .decode("ascii")
    )


def supplied(document: Document) -> bytes:
    """Write one of the documents as a file."""
    return _written(document)


# ---- pictures -----------------------------------------------------------------------------------


def baked_png(content: bytes, keyword: str = "openbadges", *, packed: bool = False) -> bytes:
    """Bake into an emblem as an `iTXt` chunk behind the header, packed or not."""
    body = zlib.compress(content) if packed else content
    flags = b"\0\1\0\0\0" if packed else b"\0\0\0\0\0"
    return with_chunk(b"iTXt", keyword.encode() + flags + body)


def with_chunk(kind: bytes, body: bytes, picture: bytes | None = None) -> bytes:
    """Put one chunk behind a picture's header."""
    whole = emblem("badge") if picture is None else picture
    end = 8 + 12 + 13
    return whole[:end] + chunk(kind, body) + whole[end:]


def chunk(kind: bytes, body: bytes) -> bytes:
    """Write one chunk of a PNG."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def baked_svg(
    content: str = "",
    *,
    verify: str = "",
    element: str = "assertion",
    namespace: str = "http://openbadges.org",
    doctype: str = "",
) -> bytes:
    """Draw a disc with a badge in its element: JSON as CDATA, or something in `verify`."""
    attribute = f' verify="{verify}"' if verify else ""
    inside = f"<![CDATA[{content}]]>" if content else ""
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n{doctype}'
        '<svg xmlns="http://www.w3.org/2000/svg" '
        f'xmlns:ob="{namespace}" viewBox="0 0 10 10">\n'
        f"<ob:{element}{attribute}>{inside}</ob:{element}>\n"
        '<circle cx="5" cy="5" r="4"/></svg>'
    ).encode()


# ---- parts --------------------------------------------------------------------------------------


def _assertion(who: Badger, award: Award, links: Links, defect: Defect | None) -> Document:
    issuer = issuer_profile(who) if links is Links.INLINE else None
    whole = badge_class(who, award.course, issuer=issuer)
    month = timedelta(days=30)
    document: Document = {
        "@context": CONTEXT,
        "type": "Assertion",
        "id": who.at(f"assertions/{award.id.rsplit(':', 1)[-1]}"),
        "recipient": {
            "type": "email",
            "hashed": True,
            "salt": SALT,
            "identity": "sha256$" + sha256((EMAIL + SALT).encode()).hexdigest(),
        },
        "badge": who.at("badge") if links is Links.LINKED else whole,
        "issuedOn": stamp(NOW + month if defect is Defect.NOT_YET_VALID else award.issued),
        "evidence": [{"id": who.at("work"), "narrative": "A report of twelve pages."}],
    }
    if defect is Defect.EXPIRED:
        document["expires"] = stamp(NOW - month)
    if defect is Defect.REVOKED:
        document |= {"revoked": True, "revocationReason": "Issued in error."}
    return document


_HEADERS: dict[Defect | None, Document] = {
    Defect.STRIPPED_ALGORITHM: {"alg": "none"},
    Defect.HS256_WITH_PUBLIC_KEY: {"alg": "HS256"},
    Defect.UNKNOWN_CRITICAL_HEADER: {"moonPhase": "waxing", "crit": ["moonPhase"]},
    Defect.EMPTY_CRIT: {"crit": []},
    Defect.UNENCODED_PAYLOAD: {"b64": False, "crit": ["b64"]},
}


def _jws(header: Document, document: Document, key: IssuerKey, defect: Defect | None) -> bytes:
    body = _written(document).decode()
    if defect is Defect.DUPLICATE_KEY:
        body = doubled(body)
    protected = base64url(json.dumps(header).encode())
    payload = signed = base64url(body.encode())
    if defect is Defect.SWAPPED_PAYLOAD:
        signed = base64url(_written({**document, "id": OTHER_ID}))
    signer = another(key) if defect is Defect.WRONG_KEY else key
    signature = base64url(signer.sign_as(f"{protected}.{signed}".encode(), header["alg"]))
    if defect is Defect.ALTERED_PAYLOAD:
        payload = base64url(_written({**document, "issuedOn": "1999-01-01T00:00:00Z"}))
    if defect is Defect.PADDED_BASE64:
        signature += "=="
    token = f"{protected}.{payload}.{signature}".encode()
    return cut(token) if defect is Defect.TRUNCATED else token


def _change(document: Document, changes: Document) -> None:
    for name, value in changes.items():
        if value is None:
            document.pop(name, None)
        else:
            document[name] = value


def _written(document: Document) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
