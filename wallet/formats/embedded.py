"""Credentials inside a credential or presentation: found, and cut out as the bytes they were.

Endorsements anywhere in a badge, the credentials of a transcript, and those of a presentation,
embedded as JSON, as a JWT text, or enveloped as a `data:` address.
"""

from collections.abc import Iterator

from wallet.errors import TooLarge
from wallet.formats import enveloped
from wallet.formats.data_model import is_credential
from wallet.formats.opening import Opened, Securing
from wallet.formats.slices import Path, cut
from wallet.model.credential import Json, JsonObject, Part

MAX_PARTS = 100

_TOKENS = frozenset({Securing.JWT, Securing.SD_JWT})


def endorsements(opened: Opened, document: JsonObject) -> tuple[Part, ...]:
    """Return the endorsements of a badge, its achievement, issuer and creators, in order.

    Raises:
        TooLarge: more than `MAX_PARTS`.
    """
    return parts(opened, document, tuple(_endorsed(document)), "endorsement")


def _endorsed(document: JsonObject) -> Iterator[tuple[Path, Json]]:
    """Walk the document without entering the endorsements, which have their own."""
    waiting: list[tuple[Path, Json]] = [((), document)]
    while waiting:
        here, value = waiting.pop()
        if isinstance(value, list):
            waiting += [((*here, i), entry) for i, entry in reversed(list(enumerate(value)))]
        elif isinstance(value, dict):
            if here and is_credential(value):
                if "endorsement" in here[-2:]:
                    yield here, value
                continue
            waiting += [((*here, name), entry) for name, entry in reversed(value.items())]
        elif isinstance(value, str) and "endorsementJwt" in here[-2:]:
            yield here, value


def members(document: JsonObject, *names: str) -> Iterator[tuple[Path, Json]]:
    """Walk to the entries of a member: one value or an array of them."""
    value: Json = document
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    if isinstance(value, list):
        for index, entry in enumerate(value):
            yield (*names, index), entry
    elif value is not None:
        yield names, value


def parts(
    opened: Opened, document: JsonObject, found: tuple[tuple[Path, Json], ...], kind: str
) -> tuple[Part, ...]:
    """Make parts of what was found, each with its exact bytes.

    In a JSON document an embedded object is cut out of the text as it stands. Inside a JWT of
    version 1.1 the text is that of the claims, where the paths begin with `vc` or `vp`.

    Raises:
        MalformedCredential: a `data:` address that is none.
        TooLarge: more than `MAX_PARTS`.
    """
    if len(found) > MAX_PARTS:
        raise TooLarge("parts", limit=MAX_PARTS)
    prefix = _prefix(opened, document)
    plain = [(*prefix, *path) for path, entry in found if enveloped.address(entry) is None]
    texts = cut(opened.text, plain) if plain else {}
    made = []
    for index, (path, entry) in enumerate(found, 1):
        address = enveloped.address(entry)
        if address is not None:
            raw = enveloped.decode(address)
        elif isinstance(entry, str):
            raw = entry.encode("utf-8")
        else:
            raw = texts[(*prefix, *path)].encode("utf-8")
        made.append(Part(f"{kind} {index}", raw))
    return tuple(made)


def _prefix(opened: Opened, document: JsonObject) -> Path:
    """Where the document stands in the opened text: in an envelope's claim, or at the top."""
    names = ("vc", "vp") if opened.securing in _TOKENS else ("credential",)
    for name in names:
        inner = opened.document.get(name)
        if isinstance(inner, dict) and document is not opened.document:
            return (name,)
    return ()
