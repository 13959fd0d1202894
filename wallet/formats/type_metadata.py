"""Names of SD-JWT VC types: from the type metadata that travels in the header, else ours.

Type metadata (SD-JWT VC, section 6) in `vctm` lie under the issuer's signature. Addresses in them
are never followed.
"""

from collections.abc import Iterator

from wallet.errors import MalformedCredential
from wallet.formats.values import objects, string, strings
from wallet.model.credential import JsonObject, Text
from wallet.proofs import base64url, strict_json

MAX_DOCUMENTS = 10
LIMITS = strict_json.Limits(size=64 * 1024, depth=16, members=5000)

_NAMES: tuple[tuple[str, str, str], ...] = (
    ("urn:eudi:pid:", "Person identification data", "Dane identyfikujące osobę"),
    ("urn:eudi:elm:", "Learning credential", "Poświadczenie uczenia się"),
    ("urn:eudi:diploma:", "Diploma", "Dyplom"),
    ("urn:eudi:micro_credential:", "Micro-credential", "Mikropoświadczenie"),
    ("urn:eudi:openbadge_complete:", "Open Badge", "Open Badge"),
    (
        "urn:eu.europa.ec.eudi:learning:credential:",
        "Learning credential",
        "Poświadczenie uczenia się",
    ),
)


def name(kind: str) -> Text:
    """Our name for a type; of a type that we do not know, its own text."""
    for prefix, english, polish in _NAMES:
        if kind.startswith(prefix):
            return Text((("en", english), ("pl", polish)))
    return Text.plain(kind)


def stated_name(header: JsonObject, kind: str) -> Text | None:
    """The name that the issuer's own metadata give the type, in every language they have.

    Metadata that cannot be read, or are another type's, say nothing.
    """
    for document in _documents(header):
        if document.get("vct") != kind:
            continue
        found = dict(_display(document))
        plain = string(document.get("name"))
        if found:
            return Text(tuple(found.items()))
        if plain is not None:
            return Text.plain(plain)
    return None


def _documents(header: JsonObject) -> Iterator[JsonObject]:
    for encoded in strings(header.get("vctm"))[:MAX_DOCUMENTS]:
        try:
            yield strict_json.parse_object(base64url.decode(encoded), limits=LIMITS)
        except MalformedCredential:
            continue


def _display(document: JsonObject) -> Iterator[tuple[str, str]]:
    """Earlier drafts say `lang`, later ones `locale`."""
    for display in objects(document.get("display")):
        language = string(display.get("locale")) or string(display.get("lang")) or ""
        text = string(display.get("name"))
        if text is not None:
            yield language, text
