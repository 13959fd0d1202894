"""SD-JWT VC (`dc+sd-jwt`, earlier `vc+sd-jwt`): credentials of the European wallet ecosystem.

What lies inside is read in sd_jwt_elements.py; identity data and other types get a title and no
achievements.
"""

from collections.abc import Iterator

from wallet.errors import MalformedCredential
from wallet.formats import data_model, sd_jwt_claims, sd_jwt_elements, type_metadata
from wallet.formats.opening import Opened
from wallet.formats.presentation import TYPE as PRESENTATION
from wallet.formats.reading import duplicates, languages
from wallet.formats.sd_jwt_elements import Content
from wallet.formats.values import string, strings, types
from wallet.model.credential import (
    Credential,
    Defect,
    Format,
    JsonObject,
    Organisation,
    Text,
    is_global,
)
from wallet.model.verification import Reason
from wallet.proofs import base64url, certificate, sd_jwt
from wallet.trust import certificates

_VALIDITY = frozenset({"validFrom", "validUntil", "issuanceDate", "expirationDate"})
"""Members of the data model whose dates count beside the registered claims."""


class SdJwtCredential:
    """The reader of SD-JWT VC."""

    name = Format.SD_JWT_VC

    def read(self, opened: Opened) -> Credential | None:
        """Read an SD-JWT VC, or return None for anything else.

        An SD-JWT around a W3C credential or presentation (VC-JOSE-COSE) is none: it has no `vct`.
        """
        found = opened.sd_jwt
        return _read(opened, found) if found is not None and _is_credential(found) else None


def _is_credential(found: sd_jwt.Processed) -> bool:
    claims, stated = found.claims, sd_jwt_claims.media_type(found.source.token.header)
    if "vct" in claims or stated == "dc+sd-jwt":
        return True
    shows = PRESENTATION in types(claims) or "verifiableCredential" in claims
    return stated == "vc+sd-jwt" and not shows and not data_model.is_credential(claims)


def _read(opened: Opened, found: sd_jwt.Processed) -> Credential:
    claims = found.claims
    content = sd_jwt_elements.content(claims)
    times = sd_jwt_claims.bounds(claims)
    envelope = data_model.read(content.body, sealed=True) if content is not None else None
    starts = [times.start, envelope.valid_from if envelope is not None else None]
    ends = [times.end, envelope.valid_until if envelope is not None else None]
    ends.append(sd_jwt_elements.achievement_ends(claims))
    achievements = content.achievements if content is not None else ()
    title = _title(found, content)
    issued = content.issued if content is not None else None
    return Credential(
        raw=opened.raw,
        format=Format.SD_JWT_VC,
        securing=opened.securing.value,
        document=claims,
        id=_identifier(claims, envelope),
        types=tuple(strings(claims.get("vct"))),
        issuer=_issuer(found, content),
        title=title,
        subject_ids=_subjects(claims, envelope),
        issued=issued or times.issued or times.start,
        valid_from=max((at for at in starts if at is not None), default=None),
        valid_until=min((at for at in ends if at is not None), default=None),
        achievements=achievements,
        status=sd_jwt_claims.status(claims) + (envelope.status if envelope is not None else ()),
        languages=languages(title, achievements),
        defects=(
            *duplicates(opened),
            *sd_jwt_claims.credential_defects(found),
            *_against_its_type(found),
            *(_dates(envelope) if envelope is not None else ()),
        ),
    )


def _against_its_type(found: sd_jwt.Processed) -> Iterator[Defect]:
    """What the issuer's own metadata of the type want left to the holder, or not left."""
    kind = string(found.claims.get("vct"))
    if kind is None or found.broken is not None:
        return
    disclosed = frozenset(entry.pointer for entry in found.disclosed)
    header = found.source.token.header
    for pointer in type_metadata.breaches(header, kind, found.claims, disclosed):
        yield data_model.remark(pointer[1:], pointer)


def _dates(envelope: data_model.Envelope) -> list[Defect]:
    """Of the inner document's rules only one holds here: an end has to be readable."""
    return [
        defect
        for defect in envelope.defects
        if defect.what in _VALIDITY and defect.kind == Reason.FORMAT_FAILURE
    ]


def _identifier(claims: JsonObject, envelope: data_model.Envelope | None) -> str | None:
    """The credential's own id where it means anything, else the token's."""
    inner = envelope.id if envelope is not None else None
    return inner if inner is not None and is_global(inner) else string(claims.get("jti")) or inner


def _subjects(claims: JsonObject, envelope: data_model.Envelope | None) -> tuple[str, ...]:
    inner = envelope.subject_ids if envelope is not None else ()
    return tuple(dict.fromkeys([*strings(claims.get("sub")), *inner]))


def _title(found: sd_jwt.Processed, content: Content | None) -> Text | None:
    """What the content says, else the type's own name, else our name for it, else its address."""
    if content is not None and content.title is not None:
        return content.title
    kind = string(found.claims.get("vct"))
    if kind is None:
        return None
    stated = type_metadata.stated_name(
        found.source.token.header, kind, found.claims.get("vct#integrity")
    )
    return stated or type_metadata.name(kind)


def _issuer(found: sd_jwt.Processed, content: Content | None) -> Organisation | None:
    """`iss`, with the name that the content has for it; without `iss` the certificate's subject."""
    stated = string(found.claims.get("iss"))
    named = content.issuer if content is not None else None
    if stated is not None:
        others = named.identifiers if named is not None else ()
        return Organisation(
            name=named.name if named is not None else None,
            identifiers=tuple(dict.fromkeys((stated, *others))),
            country=named.country if named is not None else None,
        )
    return named or _certified(found.source.token.header)


def _certified(header: JsonObject) -> Organisation | None:
    """The organisation that the signer's certificate names (SD-JWT VC, section 2.5)."""
    leaf = next(iter(strings(header.get("x5c"))), None)
    if leaf is None:
        return None
    try:
        seal = certificates.seal_of(certificate.load(base64url.decode_plain(leaf)))
    except MalformedCredential:
        return None
    name = Text.plain(seal.name) if seal.name else None
    return Organisation(name, (seal.identifier,) if seal.identifier else (), seal.country)
