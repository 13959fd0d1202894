"""European trusted lists as XML (ETSI TS 119 612): the signature checked, the content distilled.

The signature is checked by signxml, as pyHanko does, against pyHanko's bundle of the signers of
the list of lists; the distilling is ours. pyHanko 0.38 compares policies as the XML writes them
("urn:oid:1.3.6.1... ") with certificates' plain identifiers, so that "not qualified" never takes
effect, it registers no history entry without certificates (Spain's have none), and it needs 20
times the time and memory.
"""

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding

from wallet.errors import MalformedCredential, TooLarge
from wallet.trust import list_entries
from wallet.trust.list_names import EXTRA, TSL, XML_CERTIFICATE, all_texts, local, moment, text
from wallet.trust.trusted_list import EUROPE, ListOfLists, TrustedList

if TYPE_CHECKING:
    from lxml import etree

MAX_LIST_BYTES = 24 * 1024 * 1024
"""The largest national list of 2026 has about 8 MB."""
MAX_TAGS = 500_000
"""Opening and closing tags of one list, counted before anything is built; Spain's has 42,000."""
MAX_TRIED = 2
"""Certificates that a signature names and that are tried."""

_DS = "{http://www.w3.org/2000/09/xmldsig#}"
_ROOT = f"{TSL}TrustServiceStatusList"
_LIST_OF_LISTS = "EUlistofthelists"
_NATIONAL = "EUgeneric"
_SCHEME = f"{TSL}SchemeInformation"
_INFORMATION = f"{TSL}AdditionalInformation/{TSL}OtherInformation"
_AS_XML = frozenset({"application/vnd.etsi.tsl+xml", "text/xml", ""})
"""What a pointer says of the form; the same lists are published for people as PDF."""
_BUNDLE = ("sign", "validation", "qualified", "lotl-certs", "latest.cert.pem")
_FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY", b"<!doctype", b"<!entity")


@dataclass(frozen=True, slots=True)
class Claim:
    """What a list says of itself, before anybody has checked its signature."""

    territory: str
    issued: datetime
    is_list_of_lists: bool


def is_xml(data: bytes) -> bool:
    """Tell whether bytes look like XML at all."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def peek(data: bytes) -> Claim:
    """Read what a list claims to be, told by SchemeInformation/TSLType (clause 5.3.3).

    Raises:
        MalformedCredential: no trusted list, or one of another kind; a DTD or an entity.
        TooLarge: more than `MAX_LIST_BYTES` or `MAX_TAGS`.
    """
    return _claim(_parse(data))


def read(
    data: bytes, signers: Sequence[bytes], source: str, as_of: datetime
) -> TrustedList | ListOfLists:
    """Check a list's signature and distil what was signed, and nothing else.

    1. The bytes are parsed without a DTD, entities or the network.
    2. One of the signers has to have made the signature, with a certificate that was in force
       when the list was issued: an old list still serves for the times that it covers.
    3. Only the bytes that the signature covers are read on.

    Args:
        data: the XML as it was published.
        signers: certificates (DER) that may have signed it.
        source: where it came from, for people.
        as_of: when it was taken up.

    Raises:
        MalformedCredential: as `peek`; also a signature that is none of the signers', and content
            that cannot be read.
    """
    root = _parse(data)
    claim = _claim(root)
    signed = _parse(_signed(data, _named(root, signers), claim.issued))
    if _claim(signed) != claim:
        raise MalformedCredential("trusted list", detail="signature")
    scheme = _only(signed, _SCHEME)
    following = scheme.findtext(f"{TSL}NextUpdate/{TSL}dateTime")
    facts = (_sequence(scheme), claim.issued, None if following is None else moment(following))
    if claim.is_list_of_lists:
        locations = tuple(_locations(scheme))
        return ListOfLists(*facts, tuple(_signers(scheme)), source, as_of, locations)
    services = tuple(list_entries.services(signed))
    return TrustedList(claim.territory, *facts, services, source, as_of)


def europe_signers() -> tuple[bytes, ...]:
    """Give the certificates (DER) of the list of lists' signers, as pyHanko bundles them."""
    # The file itself: to ask pyHanko for it takes 0.6 s, with aiohttp and all.
    place = resources.files("pyhanko")
    for part in _BUNDLE:
        place = place.joinpath(part)
    found = x509.load_pem_x509_certificates(place.read_bytes())
    return tuple(certificate.public_bytes(Encoding.DER) for certificate in found)


def _parse(data: bytes) -> "etree._Element":
    from lxml import etree  # noqa: PLC0415 -- only who reads lists pays for it

    if len(data) > MAX_LIST_BYTES:
        raise TooLarge("trusted list", limit=MAX_LIST_BYTES)
    if data.count(b"<") > MAX_TAGS:
        raise TooLarge("trusted list tags", limit=MAX_TAGS)
    if any(word in data for word in _FORBIDDEN):
        raise MalformedCredential("trusted list", detail="DTD")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, collect_ids=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise MalformedCredential("trusted list") from error
    # In UTF-16 the words above are spelled otherwise.
    if root.getroottree().docinfo.internalDTD is not None or next(root.iter(etree.Entity), None):
        raise MalformedCredential("trusted list", detail="DTD")
    if root.tag != _ROOT:
        raise MalformedCredential("trusted list")
    return root


def _claim(root: "etree._Element") -> Claim:
    scheme = _only(root, _SCHEME)
    kind = text(scheme, f"{TSL}TSLType").rpartition("/")[2]
    territory = text(scheme, f"{TSL}SchemeTerritory")
    if kind not in {_LIST_OF_LISTS, _NATIONAL} or not territory:
        raise MalformedCredential("trusted list", detail="type")
    issued = moment(text(scheme, f"{TSL}ListIssueDateTime"))
    return Claim(territory, issued, kind == _LIST_OF_LISTS)


def _only(parent: "etree._Element", tag: str) -> "etree._Element":
    found = parent.findall(tag)
    if len(found) != 1:
        raise MalformedCredential("trusted list", detail=local(tag))
    return found[0]


def _sequence(scheme: "etree._Element") -> int:
    stated = text(scheme, f"{TSL}TSLSequenceNumber")
    if not stated.isascii() or not stated.isdigit() or len(stated) > 9:
        raise MalformedCredential("trusted list", detail="sequence")
    return int(stated)


def _signers(scheme: "etree._Element") -> Iterator[tuple[str, tuple[bytes, ...]]]:
    """Who signs which list (clause 5.3.13): pointers to XML lists, by territory."""
    found: dict[str, dict[bytes, None]] = {}
    for territory, pointer in _pointers(scheme):
        place = found.setdefault(territory, {})
        for der in all_texts(pointer, XML_CERTIFICATE):
            place[list_entries.certificate_bytes(der)] = None
    for territory, ders in found.items():
        yield territory, tuple(ders)


def _locations(scheme: "etree._Element") -> Iterator[tuple[str, str]]:
    """Where each list is published as XML; of several places the first."""
    seen: set[str] = set()
    for territory, pointer in _pointers(scheme):
        place = text(pointer, f"{TSL}TSLLocation")
        form = text(pointer, f"{_INFORMATION}/{EXTRA}MimeType")
        if place and form in _AS_XML and territory not in seen:
            seen.add(territory)
            yield territory, place


def _pointers(scheme: "etree._Element") -> Iterator[tuple[str, "etree._Element"]]:
    """The pointers to the list of lists itself and to national lists, by territory."""
    for pointer in scheme.iterfind(f"{TSL}PointersToOtherTSL/{TSL}OtherTSLPointer"):
        territory = text(pointer, f"{_INFORMATION}/{TSL}SchemeTerritory")
        kind = text(pointer, f"{_INFORMATION}/{TSL}TSLType").rpartition("/")[2]
        if kind == (_LIST_OF_LISTS if territory == EUROPE else _NATIONAL):
            yield territory, pointer


def _named(root: "etree._Element", signers: Sequence[bytes]) -> tuple[bytes, ...]:
    """Of the signers those whose certificates stand in the signature (annex B, KeyInfo)."""
    known = set(signers)
    found: dict[bytes, None] = {}
    path = f"{_DS}Signature/{_DS}KeyInfo/{_DS}X509Data/{_DS}X509Certificate"
    for element in root.iterfind(path):
        der = list_entries.certificate_bytes(element.text or "")
        if der in known:
            found[der] = None
    return tuple(found)[:MAX_TRIED]


def _signed(data: bytes, signers: Sequence[bytes], issued: datetime) -> bytes:
    """Give the bytes of the list that the signature of one of the signers covers."""
    for der in signers:
        with warnings.catch_warnings():
            # What is odd about a government's certificate is not for our users' terminal.
            warnings.simplefilter("ignore")
            try:
                signer = x509.load_der_x509_certificate(der)
            except (ValueError, x509.InvalidVersion):
                continue
            found = _verified(data, signer, issued)
        if found is not None:
            return found
    raise MalformedCredential("trusted list", detail="signature")


def _verified(data: bytes, signer: x509.Certificate, issued: datetime) -> bytes | None:
    from lxml import etree  # noqa: PLC0415 -- as above
    from signxml.exceptions import SignXMLException  # noqa: PLC0415 -- takes 0.1 s
    from signxml.xades.xades import (  # noqa: PLC0415 -- as above
        XAdESSignatureConfiguration,
        XAdESVerifier,
    )

    config = XAdESSignatureConfiguration(
        require_x509=True,
        expect_references=True,  # any number: XAdES signs its properties too
        location="./",
        verification_time=issued,
    )
    try:
        results = XAdESVerifier().verify(data, x509_cert=signer, expect_config=config)
    except (
        *(SignXMLException, etree.LxmlError, UnsupportedAlgorithm, NotImplementedError),
        # What foreign XML makes of code that expects the schema's shape.
        *(ValueError, TypeError, KeyError, AttributeError, IndexError, AssertionError),
    ):
        return None
    for result in results:
        if result.signed_xml is not None and result.signed_xml.tag == _ROOT:
            return result.signed_data
    return None
