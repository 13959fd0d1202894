"""From opened bytes to a `Credential`: what all formats of verifiable credentials share."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from functools import cache
from typing import Any

from wallet.formats import concepts, data_model, jwt_claims
from wallet.formats.opening import Opened, Securing
from wallet.formats.values import objects, string, types
from wallet.model.credential import (
    Achievement,
    Credential,
    Defect,
    Format,
    JsonObject,
    Organisation,
    Part,
    Text,
)
from wallet.model.verification import Reason

MAX_SUITE_CHARACTERS = 64
"""Of a stated suite's name; real ones have twenty."""


@dataclass(frozen=True, slots=True)
class Body:
    """The document to read, taken out of its envelope, and what the envelope adds."""

    document: JsonObject
    defects: tuple[Defect, ...] = ()
    not_before: datetime | None = None
    expires: datetime | None = None


def body(opened: Opened) -> Body:
    """Take the credential or presentation out of its envelope.

    The issuer's upload wrapper (`{"credential": {...}}`) of European Digital Credentials is one,
    and so is the claim set of a JWT.
    """
    document = opened.document
    if opened.securing is Securing.JWT and opened.token is not None:
        unfolded = jwt_claims.unfold(document, opened.token.header)
        return Body(unfolded.document, unfolded.defects, unfolded.not_before, unfolded.expires)
    if opened.sd_jwt is not None:
        unfolded = jwt_claims.unfold(document, _as_jwt(opened.sd_jwt.source.token.header))
        return Body(unfolded.document, unfolded.defects, unfolded.not_before, unfolded.expires)
    inner = document.get("credential")
    if isinstance(inner, dict) and "type" not in document and "type" in inner:
        return Body(inner)
    return Body(document)


def _as_jwt(header: JsonObject) -> JsonObject:
    """The header that the same document would have in a plain JWT (VC-JOSE-COSE, section 3.2)."""
    from wallet.formats import sd_jwt_claims  # noqa: PLC0415 -- only an SD-JWT pays for it

    known = {"vc+sd-jwt": "vc+jwt", "vp+sd-jwt": "vp+jwt"}
    kind = known.get(sd_jwt_claims.media_type(header))
    return {"typ": kind} if kind is not None else {}


def issuer_id(credential: Credential) -> str | None:
    """Return the issuer as the signed document names it, global or not.

    Of an SD-JWT that is `iss`, whatever the credential inside says about an issuer.
    """
    if credential.securing == Securing.SD_JWT and "iss" in credential.document:
        return string(credential.document["iss"])
    stated = credential.document.get("issuer")
    return string(stated.get("id") if isinstance(stated, dict) else stated)


def securing(opened: Opened, document: JsonObject) -> str:
    """Name how the item is secured, as `verify --json` does."""
    if opened.securing is not Securing.EMBEDDED:
        return opened.securing.value
    names = [_suite(proof) for proof in objects(document.get("proof"))]
    known = [name for name in names if name.startswith("data-integrity:") or "Signature" in name]
    return next(iter(known or names), "none")


def _suite(proof: JsonObject) -> str:
    kind = next(iter(types(proof)), "unknown")
    if kind == "DataIntegrityProof":
        kind = f"data-integrity:{string(proof.get('cryptosuite')) or 'unknown'}"
    return kind[:MAX_SUITE_CHARACTERS]


def assemble(
    opened: Opened,
    form: Format,
    taken: Body,
    *,
    envelope: data_model.Envelope,
    issuer: Organisation | None,
    title: Text | None,
    issued: datetime | None,
    achievements: tuple[Achievement, ...] = (),
    parts: tuple[Part, ...] = (),
    defects: Iterable[Defect] = (),
) -> Credential:
    """Put a credential together; bounds of the envelope narrow those of the document."""
    starts = [at for at in (envelope.valid_from, taken.not_before) if at is not None]
    ends = [at for at in (envelope.valid_until, taken.expires) if at is not None]
    return Credential(
        raw=opened.raw,
        format=form,
        securing=securing(opened, taken.document),
        document=taken.document,
        id=envelope.id,
        types=envelope.types,
        issuer=issuer,
        title=title,
        subject_ids=envelope.subject_ids,
        issued=issued,
        valid_from=max(starts, default=None),
        valid_until=min(ends, default=None),
        achievements=achievements,
        status=envelope.status,
        languages=languages(title, achievements),
        parts=parts,
        defects=(*duplicates(opened), *taken.defects, *envelope.defects, *defects),
    )


def duplicates(opened: Opened) -> tuple[Defect, ...]:
    """Say which members stand twice, and of an SD-JWT what else is wrong with it as one."""
    twice = tuple(
        Defect(Reason.DUPLICATE_KEY, where.rsplit("/", 1)[-1], where) for where in opened.duplicates
    )
    if opened.sd_jwt is None:
        return twice
    from wallet.formats import sd_jwt_claims  # noqa: PLC0415 -- as above

    return twice + sd_jwt_claims.defects(opened.sd_jwt)


def languages(*values: object) -> tuple[str, ...]:
    """Collect the language tags of all stated texts inside model values, in order of appearance."""
    found: dict[str, None] = {}
    waiting = list(reversed(values))
    while waiting:
        value = waiting.pop()
        if isinstance(value, Text):
            if not concepts.is_ours(value):
                found.update(dict.fromkeys(value.languages))
        elif isinstance(value, tuple):
            waiting += reversed(value)
        else:
            kind: Any = type(value)  # mypy takes a class for something without a hash
            waiting += [getattr(value, name) for name in _names(kind)]
    return tuple(found)


@cache
def _names(kind: type) -> tuple[str, ...]:
    """The fields of a model's class, the last one first; none of anything else."""
    return tuple(item.name for item in reversed(fields(kind))) if is_dataclass(kind) else ()
