"""What SD-JWT VC types are called, and what may be left out of them: by their metadata, else ours.

Type metadata (SD-JWT VC, sections 6 to 9) in `vctm` lie under the issuer's signature. A type may
extend another; addresses in them are never followed, so a type that is not there says nothing.
"""

import base64
import binascii
import hashlib
from collections.abc import Iterator

from wallet.errors import MalformedCredential
from wallet.formats.values import objects, string, strings
from wallet.model.credential import Json, JsonObject, Text
from wallet.proofs import base64url, strict_json

MAX_DOCUMENTS = 10
MAX_CLAIMS = 500
"""Claims of one type that are looked at."""
MAX_PLACES = 1000
"""Places that one claim path may lead to."""
LIMITS = strict_json.Limits(size=64 * 1024, depth=16, members=5000)

_DIGESTS = ("sha512", "sha384", "sha256")

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


def stated_name(header: JsonObject, kind: str, integrity: object = None) -> Text | None:
    """The name that the issuer's own metadata give the type, in every language they have.

    A type that gives none is called like the one that it extends. Metadata that cannot be read, or
    are another type's, say nothing.

    Args:
        header: of the issuer's signature.
        kind: the type, `vct`.
        integrity: `vct#integrity`, where the credential states one.
    """
    for document in _chain(header, kind, integrity):
        found = dict(_display(document))
        plain = string(document.get("name"))
        if found:
            return Text(tuple(found.items()))
        if plain is not None:
            return Text.plain(plain)
    return None


def breaches(
    header: JsonObject, kind: str, claims: JsonObject, disclosed: frozenset[str]
) -> Iterator[str]:
    """Claims that the holder may leave out and must not be able to, or the other way round.

    Section 9.3: `always` has to be a disclosure of its own, `never` must be none. What a type says
    so, one that extends it cannot change.

    Args:
        header: of the issuer's signature.
        kind: the type, `vct`.
        claims: with every disclosure in its place.
        disclosed: JSON pointers of the claims that were disclosed.
    """
    rules: dict[str, tuple[list[Json], str]] = {}
    for document in reversed(list(_chain(header, kind, claims.get("vct#integrity")))):
        for entry in objects(document.get("claims"))[:MAX_CLAIMS]:
            path, rule = entry.get("path"), entry.get("sd")
            if isinstance(path, list) and path and rule in ("always", "never"):
                rules.setdefault(repr(path), (path, str(rule)))
    for path, rule in list(rules.values())[:MAX_CLAIMS]:
        for pointer in _places(claims, path):
            if (pointer in disclosed) is (rule == "never"):
                yield pointer


def _places(claims: JsonObject, path: list[Json]) -> list[str]:
    """Where a claim path leads (section 9.1): names, indexes, and null for every entry."""
    found: list[tuple[str, Json]] = [("", claims)]
    for step in path:
        inner: list[tuple[str, Json]] = []
        for pointer, value in found:
            if isinstance(step, str) and isinstance(value, dict) and step in value:
                name = step.replace("~", "~0").replace("/", "~1")
                inner.append((f"{pointer}/{name}", value[step]))
            elif isinstance(value, list) and not isinstance(step, str):
                chosen = range(len(value)) if step is None else [step]
                inner += [
                    (f"{pointer}/{index}", value[index])
                    for index in chosen
                    if type(index) is int and 0 <= index < len(value)
                ]
        found = inner[:MAX_PLACES]
    return [pointer for pointer, _ in found]


def _chain(header: JsonObject, kind: str, integrity: object) -> Iterator[JsonObject]:
    """The type's own metadata, then those of what it extends, as far as they are here and whole."""
    known = list(_documents(header))
    wanted: str | None = kind
    seen: set[str] = set()
    while wanted is not None and wanted not in seen:
        seen.add(wanted)
        found = next(
            (
                document
                for data, document in known
                if document.get("vct") == wanted and _is_whole(data, integrity)
            ),
            None,
        )
        if found is None:
            return
        yield found
        wanted, integrity = string(found.get("extends")), found.get("extends#integrity")


def _is_whole(data: bytes, integrity: object) -> bool:
    """Compare with a stated digest (W3C Subresource Integrity); the strongest one counts."""
    if integrity is None:
        return True
    stated = integrity.split() if isinstance(integrity, str) else []
    for name in _DIGESTS:
        for entry in stated:
            algorithm, _, encoded = entry.partition("?")[0].partition("-")
            if algorithm != name:
                continue
            try:
                digest = base64.b64decode(encoded, validate=True)
            except binascii.Error:
                return False
            return digest == hashlib.new(name, data).digest()
    return False


def _documents(header: JsonObject) -> Iterator[tuple[bytes, JsonObject]]:
    for encoded in strings(header.get("vctm"))[:MAX_DOCUMENTS]:
        try:
            data = base64url.decode(encoded)
            yield data, strict_json.parse_object(data, limits=LIMITS)
        except MalformedCredential:
            continue


def _display(document: JsonObject) -> Iterator[tuple[str, str]]:
    """Earlier drafts say `lang`, later ones `locale`."""
    for display in objects(document.get("display")):
        language = string(display.get("locale")) or string(display.get("lang")) or ""
        text = string(display.get("name"))
        if text is not None:
            yield language, text
