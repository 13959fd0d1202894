"""A W3C verifiable presentation, data model 2.0, with the holder's `eddsa-rdfc-2022` proof."""

import base64
import json
import re
from collections.abc import Sequence
from datetime import datetime

from wallet.errors import CannotPresent, MalformedCredential
from wallet.model.credential import Credential, Format, Json, JsonObject
from wallet.model.presentation import Form
from wallet.proofs import data_integrity, strict_json
from wallet.proofs.contexts import Contexts
from wallet.proofs.keys import PrivateKey

CONTEXT = "https://www.w3.org/ns/credentials/v2"
MAX_CREDENTIALS = 100
"""In one presentation: more than any programme asks for."""

_EMBEDDED = ("data-integrity:", "Ed25519Signature2020", "JsonWebSignature2020")
_AS_TEXT = {"jwt": "application/vc+jwt", "sd-jwt": "application/dc+sd-jwt"}
_AS_BASE64 = {"jades": "application/jose+json", "xades": "application/xml"}
_OTHER = "application/vc"
"""Unsigned, or signed in a way that cannot be embedded here (VCDM 2.0, C.1)."""
_PLACE = re.compile(r"/verifiableCredential/(\d+)(?:/|$)")


def build(
    credentials: Sequence[Credential],
    contexts: Contexts,
    key: PrivateKey,
    *,
    audience: str | None,
    nonce: str | None,
    expires: datetime | None,
    at: datetime,
) -> bytes:
    """Return the JSON text of a presentation of these credentials, in their order.

    VCDM 2.0, 4.13 (presentations) and 4.13.2 (enveloped credentials); Data Integrity EdDSA 1.0,
    3.2. `audience` becomes the proof's domain and `nonce` its challenge.

    Args:
        credentials: at least one; none entered by hand.
        contexts: the JSON-LD contexts that embedded credentials refer to.
        key: the holder's Ed25519 key, which becomes the holder as did:key.
        audience: whom it is for, or None.
        nonce: what the other side gave to prevent a replay, or None.
        expires: until when it may be accepted, aware; None without an end.
        at: when the proof is made, aware.

    Raises:
        CannotPresent: with `why`: `nothing`, `too_many`, `self_asserted`, `a_presentation`,
            `too_large`, or `unsafe` where the presentation itself cannot be signed.
    """
    _check(credentials)
    texts = [_text(credential) for credential in credentials]
    while True:
        document: JsonObject = {
            "@context": [CONTEXT],
            "type": ["VerifiablePresentation"],
            "holder": key.public.did_key(),
            "verifiableCredential": [_parsed(text) for text in texts],
        }
        try:
            document["proof"] = _proof(
                document, contexts, key, audience=audience, nonce=nonce, expires=expires, at=at
            )
        except data_integrity.UnsafeDocument as error:
            # Signing anyway would leave out what the signature cannot cover.
            if not _put_into_envelopes(credentials, texts, error.where):
                raise _refused("unsafe", what=error.what) from error
            continue
        return _spliced(document, texts)


def _check(credentials: Sequence[Credential]) -> None:
    if not credentials:
        raise _refused("nothing")
    if len(credentials) > MAX_CREDENTIALS:
        raise _refused("too_many", limit=MAX_CREDENTIALS)
    for credential in credentials:
        if credential.format is Format.SELF_ASSERTED:
            raise _refused("self_asserted")
        if credential.format is Format.PRESENTATION:
            raise _refused("a_presentation")


def _refused(why: str, **facts: str | int) -> CannotPresent:
    return CannotPresent(form=Form.PRESENTATION.value, why=why, **facts)


def _text(credential: Credential) -> str:
    """Return the JSON text that stands for a credential: its own, or an envelope around it."""
    if credential.securing.startswith(_EMBEDDED):
        return credential.raw.decode("utf-8").strip(" \t\r\n")
    return _envelope(credential)


def _envelope(credential: Credential) -> str:
    return _written(
        {
            "@context": CONTEXT,
            "type": "EnvelopedVerifiableCredential",
            "id": _address(credential),
        }
    )


def _put_into_envelopes(credentials: Sequence[Credential], texts: list[str], where: str) -> bool:
    """Replace the embedded credential at `where`, or all of them where none is named.

    Returns False when nothing was left to replace.
    """
    named = _PLACE.match(where)
    before = list(texts)
    for index in [int(named[1])] if named else range(len(texts)):
        texts[index] = _envelope(credentials[index])
    return texts != before


def _address(credential: Credential) -> str:
    """Return the `data:` address (RFC 2397) of a credential's bytes."""
    text_type = _AS_TEXT.get(credential.securing)
    if text_type is not None:
        # Neither notation has white space; files of them have line ends or wraps.
        return f"data:{text_type},{''.join(credential.raw.decode('ascii').split())}"
    media_type = _AS_BASE64.get(credential.securing, _OTHER)
    return f"data:{media_type};base64,{base64.b64encode(credential.raw).decode('ascii')}"


def _proof(
    document: JsonObject,
    contexts: Contexts,
    key: PrivateKey,
    *,
    audience: str | None,
    nonce: str | None,
    expires: datetime | None,
    at: datetime,
) -> JsonObject:
    did = key.public.did_key()
    return data_integrity.sign(
        document,
        contexts,
        key,
        purpose="authentication",
        verification_method=f"{did}#{did.removeprefix('did:key:')}",
        created=at,
        domain=audience,
        challenge=nonce,
        expires=expires,
    )


def _parsed(text: str) -> Json:
    return strict_json.parse(text.encode("utf-8")).value


def _spliced(document: JsonObject, texts: Sequence[str]) -> bytes:
    """Write the presentation with each credential's own text in its place."""
    written = {name: _written(value) for name, value in document.items()}
    written["verifiableCredential"] = f"[{','.join(texts)}]"
    members = ",".join(f"{_written(name)}:{value}" for name, value in written.items())
    content = f"{{{members}}}".encode()
    try:
        read_back = strict_json.parse(content).value
    except MalformedCredential as error:
        # Each part kept to the limits of a reader, all of them together do not.
        raise _refused("too_large", size=len(content)) from error
    if read_back != document:
        raise RuntimeError("the presentation's text is not what was signed")
    return content


def _written(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
