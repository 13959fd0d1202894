"""Verifiable presentations (VC Data Model 1.1 and 2.0): who shows which credentials to whom.

JSON-LD with a Data Integrity proof for authentication, or a JWT. The credentials inside are parts
and are verified by themselves.
"""

from collections.abc import Iterator

from wallet.formats import conformance, data_model, embedded, enveloped
from wallet.formats.data_model import V1, V2, broken
from wallet.formats.opening import Opened
from wallet.formats.reading import Body, body, duplicates, securing
from wallet.formats.values import many, string, strings, types
from wallet.model.credential import Credential, Defect, Format, Json, JsonObject

TYPE = "VerifiablePresentation"


class VerifiablePresentation:
    """The reader of presentations."""

    name = Format.PRESENTATION

    def read(self, opened: Opened) -> Credential | None:
        """Read a presentation, or return None where the document is something else."""
        taken = body(opened)
        document = taken.document
        contexts = strings(document.get("@context"))
        shows = "verifiableCredential" in document and (V1 in contexts or V2 in contexts)
        if TYPE not in types(document) and not (shows and "credentialSubject" not in document):
            return None
        return _read(opened, taken)


def _read(opened: Opened, taken: Body) -> Credential:
    document = taken.document
    shown = tuple(embedded.members(document, "verifiableCredential"))
    found = tuple(pair for pair in shown if not _is_foreign(pair[1]))
    held = holder(document)
    return Credential(
        raw=opened.raw,
        format=Format.PRESENTATION,
        securing=securing(opened, document),
        document=document,
        id=string(document.get("id")),
        types=types(document),
        subject_ids=(held,) if held is not None else (),
        valid_from=taken.not_before,
        valid_until=taken.expires,
        parts=embedded.parts(opened, document, found, "credential"),
        defects=(*duplicates(opened), *taken.defects, *_defects(document)),
    )


def holder(document: JsonObject) -> str | None:
    """Return the stated holder: an address, or an object with one."""
    value = document.get("holder")
    return string(value.get("id") if isinstance(value, dict) else value)


def _defects(document: JsonObject) -> Iterator[Defect]:
    """VCDM 2.0, section 4.13; VCDM 1.1, section 4.10."""
    contexts = many(document.get("@context"))
    if not contexts or contexts[0] not in (V1, V2):
        yield broken("@context")
    if TYPE not in types(document):
        yield broken("type")
    yield from data_model.members(document)
    if "holder" in document and not conformance.is_url(holder(document)):
        yield broken("holder")
    if "verifiableCredential" in document:
        yield from _shown(document)


def _shown(document: JsonObject) -> Iterator[Defect]:
    """Objects; in version 1.1 also tokens as text. Of a securing that is not ours, a remark."""
    entries = document["verifiableCredential"]
    texts = data_model.version(document) == 1
    for entry in entries if isinstance(entries, list) else [entries]:
        if not (isinstance(entry, dict) or (texts and isinstance(entry, str) and entry)):
            yield broken("verifiableCredential")
        elif _is_undefined(entry):
            yield broken("@context", "/verifiableCredential")
        elif _is_foreign(entry):
            yield data_model.remark("verifiableCredential")


def _is_undefined(entry: Json) -> bool:
    envelope = isinstance(entry, dict) and enveloped.address(entry) is not None
    return envelope and isinstance(entry, dict) and not enveloped.is_defined(entry)


def _is_foreign(entry: Json) -> bool:
    """Tell an enveloped credential that no reader here is for: it is not shown, and not broken."""
    address = enveloped.address(entry)
    return address is not None and not enveloped.is_readable(address)
