"""Credentials of the simulator as JSON Web Tokens, with any named defect of a JOSE header."""

import json
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Any

from tests.issuer.badges import HTTPS_ISSUER, badge_document, credential_document
from tests.issuer.defects import Defect, Form, require_sensible
from tests.issuer.keys import IssuerKey, another, base64url
from tests.issuer.spoiling import OTHER_ID, cut, doubled, spoiled
from tests.issuer.subjects import Award, Course, Issuer, Mode, Supervision

Document = dict[str, Any]

DUTCH_EXTENSION = (
    "https://raw.githubusercontent.com/educredentials/obv3-examples/refs/heads/main"
    "/contexts/educredential.json"
)
_PARTICIPATION = {Mode.ONLINE: "online", Mode.BLENDED: "blended", Mode.ONSITE: "onsite"}
_SUPERVISION = {
    Supervision.SUPERVISED_WITH_IDENTITY: "onsite with identity verification",
    Supervision.SUPERVISED: "onsite without identity verification",
    Supervision.UNSUPERVISED_WITH_IDENTITY: "unsupervised with identity verification",
    Supervision.UNSUPERVISED: "unsupervised",
}


class Shape(StrEnum):
    """How a credential lies in a token."""

    VC_CLAIM = "vc-claim"
    """The claim `vc` (Verifiable Credentials 1.1, section 6.3.1), `typ` JWT."""
    VC_JWT = "vc+jwt"
    """The payload is the credential (VC-JOSE-COSE, section 3.1.1), `typ` vc+jwt."""
    OPEN_BADGE = "open-badge"
    """The payload is the credential with the registered claims beside it (Open Badges 3.0, JSON
    Web Token proof format), `typ` JWT."""


def open_badge_jwt(
    issuer: Issuer,
    award: Award,
    *,
    defect: Defect | None = None,
    shape: Shape = Shape.OPEN_BADGE,
    algorithm: str | None = None,
    extended: bool = False,
) -> bytes:
    """Issue an Open Badge 3.0 as a compact JWT, and any named defect.

    `extended` adds the Dutch extension, which says assessment, participation and supervision.
    """
    require_sensible(Form.OPEN_BADGE_JWT, defect)
    document = badge_document(issuer, spoiled(award, issuer, defect))
    if extended:
        _extend(document, award.course)
    return _token(document, issuer, award, shape=shape, algorithm=algorithm, defect=defect)


def credential_jwt(
    issuer: Issuer,
    award: Award,
    *,
    defect: Defect | None = None,
    shape: Shape = Shape.VC_JWT,
    algorithm: str | None = None,
) -> bytes:
    """Issue a plain credential as a compact JWT, and any named defect."""
    require_sensible(Form.CREDENTIAL_JWT, defect)
    model = 1 if shape is Shape.VC_CLAIM else 2
    document = credential_document(issuer, spoiled(award, issuer, defect), model=model)
    return _token(document, issuer, award, shape=shape, algorithm=algorithm, defect=defect)


def _extend(document: Document, course: Course) -> None:
    document["@context"].append(DUTCH_EXTENSION)
    achievement = document["credentialSubject"]["achievement"]
    achievement["type"].append("EducredentialAchievement")
    if course.mode:
        achievement["participationType"] = _PARTICIPATION[course.mode]
    if course.assessment:
        achievement["assessmentType"] = course.assessment["en"]
    if course.supervision:
        achievement["supervisionType"] = _SUPERVISION[course.supervision]
    if course.hours:
        achievement["timeInvestment"] = course.hours


def _token(
    document: Document,
    issuer: Issuer,
    award: Award,
    *,
    shape: Shape,
    algorithm: str | None,
    defect: Defect | None,
) -> bytes:
    key = issuer.key
    if defect is Defect.UNAUTHENTICATED_KEY:
        stated = document["issuer"]
        profile = stated if isinstance(stated, dict) else {}
        document["issuer"] = {**profile, "id": HTTPS_ISSUER}
    header: Document = {
        "alg": algorithm or key.algorithm,
        "typ": "vc+jwt" if shape is Shape.VC_JWT else "JWT",
        "kid": issuer.verification_method,
    }
    claims = _claims(document, award, shape)
    if defect in _HEADER_DEFECTS:
        _HEADER_DEFECTS[defect](header)
    if defect is Defect.UNAUTHENTICATED_KEY:
        del header["kid"]
        header["jwk"] = key.jwk
    if defect is Defect.BOTH_SHAPES:
        header["typ"] = "vc+jwt"
        claims["vc"] = document
    if defect is Defect.CLAIMS_DISAGREE:
        claims["iss"] = "https://issuers.example.edu/another"
    body = json.dumps(claims, ensure_ascii=False, separators=(",", ":"))
    if defect is Defect.DUPLICATE_KEY:
        body = doubled(body)
    return compact(header, body, key, defect)


def _claims(document: Document, award: Award, shape: Shape) -> Document:
    """Lay the credential into the token's claims."""
    if shape is Shape.VC_JWT:
        return dict(document)
    issuer = document["issuer"]
    claims: Document = {
        "iss": issuer["id"] if isinstance(issuer, dict) else issuer,
        "nbf": int((award.valid_from or award.issued).timestamp()),
        "jti": document["id"],
    }
    subject = document["credentialSubject"].get("id")
    if subject:
        claims["sub"] = subject
    end = document.get("validUntil") or document.get("expirationDate")
    if end:
        claims["exp"] = int(datetime.fromisoformat(end).timestamp())
    if shape is Shape.OPEN_BADGE:
        return {**document, **claims}
    return {"vc": document, **claims}


def compact(header: Document, body: str, key: IssuerKey, defect: Defect | None = None) -> bytes:
    """Sign as a compact JWS (RFC 7515, section 3.1), and apply the defects of the bytes."""
    protected = base64url(json.dumps(header, separators=(",", ":")).encode())
    payload = signed = base64url(body.encode("utf-8"))
    if defect is Defect.SWAPPED_PAYLOAD:
        signed = base64url(json.dumps({"id": OTHER_ID}).encode())
    if defect is Defect.UNENCODED_PAYLOAD:
        signed = body
    signer = another(key) if defect is Defect.WRONG_KEY else key
    signature = base64url(signer.sign_as(f"{protected}.{signed}".encode(), header["alg"]))
    if defect is Defect.ALTERED_PAYLOAD:
        payload = base64url(body.replace('"id":"', '"id":"x', 1).encode("utf-8"))
    if defect is Defect.PADDED_BASE64:
        signature += "=="
    data = f"{protected}.{payload}.{signature}".encode()
    return cut(data) if defect is Defect.TRUNCATED else data


def _set(**members: object) -> Callable[[Document], None]:
    return lambda header: header.update(members)


def _no_key(header: Document) -> None:
    del header["kid"]


_HEADER_DEFECTS: dict[Defect | None, Callable[[Document], None]] = {
    Defect.STRIPPED_ALGORITHM: _set(alg="none"),
    Defect.HS256_WITH_PUBLIC_KEY: _set(alg="HS256"),
    Defect.UNKNOWN_CRITICAL_HEADER: _set(moonPhase="waxing", crit=["moonPhase"]),
    Defect.EMPTY_CRIT: _set(crit=[]),
    Defect.UNENCODED_PAYLOAD: _set(b64=False, crit=["b64"]),
    Defect.WRONG_TYPE: _set(typ="at+jwt"),
    Defect.NO_KEY_NAMED: _no_key,
}
