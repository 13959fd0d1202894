"""Adding to the trust store what a file holds, recognised by its content.

Apart from anchors.py because it knows every kind of trust data, and asking needs none of it.
"""

from dataclasses import replace
from datetime import datetime

from wallet.errors import MalformedCredential, TooLarge
from wallet.model.credential import JsonObject
from wallet.proofs import certificate, strict_json
from wallet.proofs.keys import PublicKey
from wallet.trust import (
    did_documents,
    documents,
    list_xml,
    open_badges,
    status_list,
    token_status_list,
)
from wallet.trust.anchors import Anchor, StatusSource, TrustStore
from wallet.trust.documents import SuppliedKey

MAX_FILE_BYTES = 8 * 1024 * 1024
MAX_ANCHORS = 1000
"""Certificates of one PEM file."""

_PEM_CERTIFICATE = b"-----BEGIN CERTIFICATE-----"
_PEM_KEY = b"-----BEGIN PUBLIC KEY-----"


def with_file(trust: TrustStore, data: bytes, source: str, as_of: datetime) -> TrustStore:
    """Do what `TrustStore.with_file` says, where the limits and errors are."""
    if list_xml.is_xml(data):
        lists = trust.european.with_file(data, source, as_of, supplied=_supplied(trust))
        return replace(trust, lists=lists)
    if len(data) > MAX_FILE_BYTES:
        raise TooLarge("trust data", limit=MAX_FILE_BYTES)
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if _PEM_CERTIFICATE in data or data.startswith(b"\x30"):
        return _with_certificates(trust, data, source, as_of)
    if _PEM_KEY in data and not start.startswith(b"{"):
        key = SuppliedKey(PublicKey.from_pem(data), (), source, as_of)
        return replace(trust, keys=(*trust.keys, key))
    found = token_status_list.read(data) or status_list.read(data)
    if found is not None:
        entry = StatusSource(found, source, as_of)
        return replace(trust, status_lists=(*trust.status_lists, entry))
    stated = documents.entity_statement(data, source, as_of)
    if stated is not None:
        return replace(trust, registries=(*trust.registries, stated))
    return _with_json(trust, strict_json.parse_object(data), source, as_of)


def _with_certificates(trust: TrustStore, data: bytes, source: str, as_of: datetime) -> TrustStore:
    if data.startswith(b"\x30"):
        loaded = [certificate.load(data)]
    else:
        loaded = [certificate.load(der) for der in _blocks(data)]
    anchors = tuple(Anchor(one, source, as_of) for one in loaded)
    added = replace(trust, certificates=(*trust.certificates, *anchors))
    return replace(added, lists=trust.lists.settled(_supplied(added)))


def _blocks(data: bytes) -> tuple[bytes, ...]:
    """The certificates of a PEM file (RFC 7468, section 5); other blocks are passed over."""
    from asn1crypto import pem  # noqa: PLC0415 -- only who supplies such a file pays for it

    try:
        found = tuple(pem.unarmor(data, multiple=True))
    except (ValueError, TypeError) as error:
        raise MalformedCredential("certificate") from error
    ders = tuple(der for label, _, der in found if label == "CERTIFICATE")
    if len(ders) > MAX_ANCHORS:
        raise TooLarge("certificates", limit=MAX_ANCHORS)
    return ders


def _supplied(trust: TrustStore) -> tuple[bytes, ...]:
    """Certificates that may sign a national list, because the person says so."""
    return tuple(anchor.certificate.der for anchor in trust.certificates)


def _with_json(trust: TrustStore, document: JsonObject, source: str, as_of: datetime) -> TrustStore:
    keys = documents.supplied_keys(document, source, as_of)
    if keys:
        return replace(trust, keys=(*trust.keys, *keys))
    registry = documents.registry(document, source, as_of)
    if registry is not None:
        return replace(trust, registries=(*trust.registries, registry))
    pinned = did_documents.did_document(document, source, as_of)
    if pinned is not None:
        return replace(trust, did_documents=(*trust.did_documents, pinned))
    return _with_badge_data(trust, document, source, as_of)


def _with_badge_data(
    trust: TrustStore, document: JsonObject, source: str, as_of: datetime
) -> TrustStore:
    revoked = open_badges.revocation_list(document, source, as_of)
    if revoked is not None:
        return replace(trust, revocation_lists=(*trust.revocation_lists, revoked))
    found = open_badges.badge_document(document, source, as_of)
    if found is None:
        raise MalformedCredential("trust data")
    keys = documents.issuers_keys(document, source, as_of) if found.is_issuer else ()
    return replace(
        trust, badge_documents=(*trust.badge_documents, found), keys=(*trust.keys, *keys)
    )
