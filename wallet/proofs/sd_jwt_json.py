"""SD-JWT in the JSON serialisation of JWS (RFC 9901, section 8): the same, written otherwise.

Disclosures and the key binding travel in the unprotected header of the first signature.
"""

from wallet.errors import MalformedCredential, TooLarge
from wallet.model.credential import Json, JsonObject
from wallet.proofs import base64url, jws, sd_jwt

MAX_SIGNATURES = 10


def looks_like(value: Json) -> bool:
    """Tell whether a JSON document is an SD-JWT: a JWS whose first header brings disclosures."""
    if not isinstance(value, dict) or not isinstance(value.get("payload"), str):
        return False
    signatures = value.get("signatures", [value])
    first = signatures[0] if isinstance(signatures, list) and signatures else None
    if not isinstance(first, dict) or not isinstance(first.get("protected"), str):
        return False
    header = first.get("header")
    return isinstance(header, dict) and not {"disclosures", "kb_jwt"}.isdisjoint(header)


def parse(value: JsonObject) -> sd_jwt.SdJwt:
    """Read the flattened or general form (RFC 7515, section 7.2); `looks_like` said yes.

    Raises:
        MalformedCredential: a member of the wrong kind, disclosures elsewhere than in the first
            signature's header, and whatever `sd_jwt.parse` refuses.
        TooLarge: more than `MAX_SIGNATURES`, and the limits of `sd_jwt.parse`.
    """
    signatures = value.get("signatures", [value])
    if "signatures" in value and not {"protected", "header", "signature"}.isdisjoint(value):
        raise MalformedCredential("JWS serialisation")
    if len(signatures) > MAX_SIGNATURES:
        raise TooLarge("signatures", limit=MAX_SIGNATURES)
    headers = [_header(entry) for entry in signatures]
    if any(not {"disclosures", "kb_jwt"}.isdisjoint(header) for header in headers[1:]):
        raise MalformedCredential("disclosures")
    payload = _text(value, "payload")
    tokens = tuple(_token(entry, payload) for entry in signatures)
    disclosures = headers[0].get("disclosures", [])
    if not isinstance(disclosures, list) or not all(isinstance(d, str) for d in disclosures):
        raise MalformedCredential("disclosures")
    last = headers[0].get("kb_jwt", "")
    if not isinstance(last, str) or (not last and "kb_jwt" in headers[0]):
        raise MalformedCredential("kb_jwt")
    first = f"{tokens[0].signing_input.decode('ascii')}.{_text(signatures[0], 'signature')}"
    signed = "".join(part + "~" for part in (first, *disclosures))
    return sd_jwt.assemble(tokens, disclosures, last, signed)


def _header(entry: Json) -> JsonObject:
    header = entry.get("header", {}) if isinstance(entry, dict) else None
    if not isinstance(header, dict):
        raise MalformedCredential("JWS header")
    return header


def _token(entry: JsonObject, payload: str) -> jws.Jws:
    """One signature; what matters has to stand in its protected header."""
    protected = _text(entry, "protected")
    header = jws.read_header(protected)
    if not set(header).isdisjoint(_header(entry)):
        raise MalformedCredential("JWS header")
    return jws.Jws(
        protected=protected,
        header=header,
        payload=base64url.decode(payload),
        signature=base64url.decode(_text(entry, "signature")),
        signing_input=f"{protected}.{payload}".encode("ascii"),
    )


def _text(value: JsonObject, name: str) -> str:
    found = value.get(name)
    if not isinstance(found, str):
        raise MalformedCredential(f"JWS {name}")
    return found
