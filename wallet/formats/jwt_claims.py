"""The JWT around a credential: version 1.1 (a `vc` claim) and 2.0 (the body is the credential).

VC Data Model 1.1, section 6.3.1; VC-JOSE-COSE 1.0, section 3.1.1; Open Badges 3.0, section 8.2.4.
Registered claims win over the body, and must agree with it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from wallet.formats import dates
from wallet.formats.data_model import broken
from wallet.formats.values import objects, string
from wallet.model.credential import Defect, JsonObject

ROUNDING = timedelta(seconds=1)
"""A NumericDate has whole seconds where the body may have fractions."""

_TYPES_1 = frozenset({"", "jwt", "vc+jwt", "vc+ld+jwt", "vc+ld+json+jwt", "vp+jwt", "vp+ld+jwt"})
_TYPES_2 = frozenset({"vc+jwt", "vp+jwt"})


@dataclass(frozen=True, slots=True)
class Unfolded:
    """The credential (or presentation) in a JWT, and the bounds that the claims add."""

    document: JsonObject
    defects: tuple[Defect, ...]
    not_before: datetime | None
    expires: datetime | None


def unfold(claims: JsonObject, header: JsonObject) -> Unfolded:
    """Give the document inside the claims, with the registered claims put in their places."""
    media_type = _media_type(header)
    wrapped = [name for name in ("vc", "vp") if name in claims]
    bare = media_type in _TYPES_2 and "@context" in claims
    name = wrapped[0] if wrapped and not bare else None
    body = claims if name is None else claims[name]
    defects = [] if media_type in _TYPES_1 else [broken("typ", "")]
    if not isinstance(body, dict):
        return Unfolded(claims, (*defects, broken(str(name))), None, None)
    if media_type in _TYPES_2:
        # VC-JOSE-COSE, section 3.1.1: the claims `vc` and `vp` must not be there.
        defects += map(broken, wrapped)
    document = dict(body)
    defects += _issuer(document, claims)
    defects += _identifier(document, claims)
    defects += _subject(document, claims)
    start, end = dates.numeric(claims.get("nbf")), dates.numeric(claims.get("exp"))
    defects += [broken(n) for n in ("nbf", "exp") if n in claims and not dates.numeric(claims[n])]
    if name == "vc":
        defects += _bound(document, "issuanceDate", start, "nbf")
        defects += _bound(document, "expirationDate", end, "exp")
    # Of a presentation, for whom it was made and when; of a credential, the holder's key.
    for outside in ("aud", "nonce", "cnf"):
        if outside in claims:
            document.setdefault(outside, claims[outside])
    return Unfolded(document, tuple(defects), start, end)


def _media_type(header: JsonObject) -> str:
    value = header.get("typ", "")
    text = value.lower() if isinstance(value, str) else "?"
    return text.removeprefix("application/")


def _issuer(document: JsonObject, claims: JsonObject) -> Iterator[Defect]:
    """`iss` is `issuer`, or its `id` (for a presentation: `holder`)."""
    if "iss" not in claims:
        return
    name = "holder" if "verifiableCredential" in document else "issuer"
    claimed, stated = string(claims["iss"]), document.get(name)
    own = stated.get("id") if isinstance(stated, dict) else stated
    if claimed is None or own not in (None, claimed):
        yield broken("iss")
    if claimed is not None:
        document[name] = {**stated, "id": claimed} if isinstance(stated, dict) else claimed


def _identifier(document: JsonObject, claims: JsonObject) -> Iterator[Defect]:
    """`jti` is `id`."""
    if "jti" not in claims:
        return
    claimed = string(claims["jti"])
    if claimed is None or document.get("id") not in (None, claimed):
        yield broken("jti")
    if claimed is not None and ":" in claimed:
        # A bare token number is no identifier of the credential (VCDM wants an address).
        document["id"] = claimed


def _subject(document: JsonObject, claims: JsonObject) -> Iterator[Defect]:
    """`sub` is the `id` of the one subject."""
    subjects = objects(document.get("credentialSubject"))
    if "sub" not in claims or not subjects:
        return
    claimed = string(claims["sub"])
    if claimed is None or len(subjects) != 1 or subjects[0].get("id") not in (None, claimed):
        yield broken("sub")
    elif "id" not in subjects[0]:
        document["credentialSubject"] = {**subjects[0], "id": claimed}


def _bound(
    document: JsonObject, name: str, claimed: datetime | None, claim: str
) -> Iterator[Defect]:
    """`nbf` is `issuanceDate`, `exp` is `expirationDate`: where both stand, they are one time."""
    if claimed is None:
        return
    stated = dates.date(document.get(name))
    if document.get(name) is None:
        document[name] = dates.text(claimed)
    elif stated is None or abs(stated - claimed) > ROUNDING:
        yield broken(claim)
