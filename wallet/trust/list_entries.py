"""The services of a national trusted list (ETSI TS 119 612, clause 5.5), one by one.

Kept are CAs that issue qualified certificates and qualified time-stamping authorities, with every
status that they have had. History entries often state names and key identifiers alone: they get
the certificates of their service's current entry, for it is the same service with the same key
(clause 5.6.3).
"""

import base64
import binascii
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from wallet.errors import MalformedCredential, TooLarge
from wallet.proofs import certificate
from wallet.trust.list_criteria import Combine, Criteria, Qualification
from wallet.trust.list_names import (
    EXTRA,
    SIE,
    TSL,
    XADES,
    XML_CERTIFICATE,
    all_texts,
    moment,
    name,
    text,
)
from wallet.trust.trusted_list import (
    NOT_UNDERSTOOD,
    Listed,
    Service,
    ServiceType,
    Status,
)

if TYPE_CHECKING:
    from lxml import etree

MAX_SERVICES = 20_000
"""Services of one list; Spain's has 429."""
MAX_HISTORY = 200
"""Status entries of one service."""
MAX_CRITERIA_DEPTH = 8

_TYPES = {f"http://uri.etsi.org/TrstSvc/Svctype/{kind.value}": kind for kind in ServiceType}
_OID = re.compile(r"(?:urn:oid:)?(\d+(?:\.\d+)+)", re.ASCII | re.IGNORECASE)
_KNOWN = frozenset(
    {
        f"{TSL}AdditionalServiceInformation",
        f"{SIE}Qualifications",
        f"{TSL}ExpiredCertsRevocationInfo",
        f"{EXTRA}TakenOverBy",
    }
)


def services(root: "etree._Element") -> Iterator[Service]:
    """Read the services that bear on seals.

    Raises:
        MalformedCredential: a date or a certificate that cannot be read.
        TooLarge: more than `MAX_SERVICES`, `MAX_HISTORY`, `certificate.MAX_BYTES`.
    """
    count = 0
    providers = f"{TSL}TrustServiceProviderList/{TSL}TrustServiceProvider"
    for provider in root.iterfind(providers):
        called = name(provider, f"{TSL}TSPInformation/{TSL}TSPName")
        for entry in provider.iterfind(f"{TSL}TSPServices/{TSL}TSPService"):
            count += 1
            if count > MAX_SERVICES:
                raise TooLarge("trusted list services", limit=MAX_SERVICES)
            found = _service(entry, called)
            if found is not None:
                yield found


def certificate_bytes(stated: str) -> bytes:
    """Decode a certificate of a list: base64, blanks and line ends aside.

    Raises:
        MalformedCredential: it is no base64, or too long.
    """
    if len(stated) > 4 * certificate.MAX_BYTES:
        raise TooLarge("certificate", limit=certificate.MAX_BYTES)
    try:
        return base64.b64decode("".join(stated.split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise MalformedCredential("trusted list", detail="certificate") from error


def _service(entry: "etree._Element", provider: str) -> Service | None:
    current = entry.find(f"{TSL}ServiceInformation")
    if current is None:
        return None
    kind = _TYPES.get(text(current, f"{TSL}ServiceTypeIdentifier"))
    if kind is None:
        return None
    own = _certificates(current)
    former = entry.findall(f"{TSL}ServiceHistory/{TSL}ServiceHistoryInstance")
    if len(former) > MAX_HISTORY:
        raise TooLarge("trusted list history", limit=MAX_HISTORY)
    statuses = [_status(current, own)]
    for instance in former:
        # A service that was of another kind before was not this one then.
        if _TYPES.get(text(instance, f"{TSL}ServiceTypeIdentifier")) is kind:
            statuses.append(_status(instance, _certificates(instance) or own))
    statuses.sort(key=lambda status: status.since, reverse=True)
    return Service(kind, name(current, f"{TSL}ServiceName"), provider, tuple(statuses))


def _status(entry: "etree._Element", listed: tuple[Listed, ...]) -> Status:
    value = text(entry, f"{TSL}ServiceStatus").rpartition("/")[2]
    uses: list[str] = []
    qualifications: list[Qualification] = []
    extensions = f"{TSL}ServiceInformationExtensions/{TSL}Extension"
    for extension in entry.iterfind(extensions):
        critical = extension.get("Critical") in {"true", "1"}
        for content in extension.iterchildren("*"):
            if content.tag == f"{TSL}AdditionalServiceInformation":
                uses.append(text(content, f"{TSL}URI").rpartition("/")[2])
            elif content.tag == f"{SIE}Qualifications":
                for element in content.iterfind(f"{SIE}QualificationElement"):
                    found = _qualification(element)
                    if found is None:
                        value = NOT_UNDERSTOOD
                    else:
                        qualifications.append(found)
            elif critical and content.tag not in _KNOWN:
                value = NOT_UNDERSTOOD
    since = moment(text(entry, f"{TSL}StatusStartingTime"))
    return Status(since, value, tuple(uses), tuple(qualifications), listed)


def _certificates(entry: "etree._Element") -> tuple[Listed, ...]:
    identity = entry.find(f"{TSL}ServiceDigitalIdentity")
    if identity is None:
        return ()
    found: dict[Listed, None] = {}
    for stated in all_texts(identity, XML_CERTIFICATE):
        der = certificate_bytes(stated)
        try:
            loaded = certificate.load(der)
        except TooLarge:
            raise
        except MalformedCredential:
            # One odd certificate of an old service must not cost a country its list.
            continue
        found[Listed(der, loaded.subject)] = None
    return tuple(found)


def _qualification(element: "etree._Element") -> Qualification | None:
    """Read a QualificationElement; None if a criterion is not understood."""
    places = element.iterfind(f"{SIE}Qualifiers/{SIE}Qualifier")
    stated = tuple(place.get("uri", "").rpartition("/")[2] for place in places)
    criteria = element.find(f"{SIE}CriteriaList")
    found = None if criteria is None else _criteria(criteria, 1)
    return None if found is None else Qualification(stated, found)


def _criteria(element: "etree._Element", depth: int) -> Criteria | None:
    if depth > MAX_CRITERIA_DEPTH or element.get("assert") not in set(Combine):
        return None
    policies: list[tuple[str, ...]] = []
    key_usage: list[tuple[tuple[str, bool], ...]] = []
    subject: list[tuple[str, ...]] = []
    extended: list[tuple[str, ...]] = []
    nested: list[Criteria] = []
    others = [child for place in element.iterfind(f"{SIE}otherCriteriaList") for child in place]
    for child in (*element.iterchildren("*"), *others):
        if child.tag == f"{SIE}PolicySet":
            policies.append(_identifiers(child))
        elif child.tag == f"{SIE}KeyUsage":
            key_usage.append(_bits(child))
        elif child.tag == f"{EXTRA}CertSubjectDNAttribute":
            subject.append(_identifiers(child))
        elif child.tag == f"{EXTRA}ExtendedKeyUsage":
            extended.append(_identifiers(child))
        elif child.tag == f"{SIE}CriteriaList":
            inner = _criteria(child, depth + 1)
            if inner is None:
                return None
            nested.append(inner)
        elif child.tag not in {f"{SIE}otherCriteriaList", f"{SIE}Description"}:
            return None
    if not all((*policies, *key_usage, *subject, *extended)):
        return None
    return Criteria(
        Combine(element.get("assert", "")),
        tuple(policies),
        tuple(key_usage),
        tuple(subject),
        tuple(extended),
        tuple(nested),
    )


def _identifiers(element: "etree._Element") -> tuple[str, ...]:
    """Object identifiers as lists write them: `urn:oid:1.2.3`, plain, with blanks around."""
    found = []
    for stated in all_texts(element, f"{XADES}Identifier"):
        match = _OID.fullmatch(stated.strip())
        if match is None:
            return ()
        found.append(match[1])
    return tuple(found)


def _bits(element: "etree._Element") -> tuple[tuple[str, bool], ...]:
    return tuple(
        (bit.get("name", ""), (bit.text or "").strip() in {"true", "1"})
        for bit in element.iterfind(f"{SIE}KeyUsageBit")
    )
