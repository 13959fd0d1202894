"""Open Badges 1.x and 2.0: assertions, signed as a JWS or hosted at an address of the issuer.

An assertion often only links to its BadgeClass, and that to its Issuer. Reading works with what the
file holds: what is only linked is not stated. `resolved` reads again with the documents that the
person supplied; nothing is fetched, and `document` and `raw` stay what the issuer wrote.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from wallet.formats import badge_elements, dates, open_badge_2_elements, open_badge_2_older
from wallet.formats.data_model import broken, is_credential, remark
from wallet.formats.opening import Opened, Securing
from wallet.formats.profile import profile
from wallet.formats.reading import duplicates, languages
from wallet.formats.values import literal, objects, string, strings, types
from wallet.model.credential import Credential, Defect, Format, JsonObject, StatusEntry, is_global
from wallet.trust import open_badges
from wallet.trust.open_badges import BadgeDocument

REVOKED = "Assertion"
"""Type of the status entry of an assertion that says itself that it is revoked."""
HOSTED = "HostedBadge"
"""Type of the status entry of a hosted assertion: whether it still stands is seen where it is."""
REVOCATION_LIST = "RevocationList"
"""Type of the status entry for a list. `id` is its address, absent where the issuer's document is
not here and so nobody knows whether there is one; `issuer` whose list it would have to be."""

TYPE = "Assertion"
_CONTEXTS = frozenset(
    {
        "https://w3id.org/openbadges/v2",
        "https://w3id.org/openbadges/v1",
        "https://openbadgespec.org/v2/context.json",
        "https://openbadgespec.org/v1/context.json",
    }
)
_SIGNED = frozenset({"SignedBadge", "signed"})
_HOSTED = frozenset({"HostedBadge", "hosted"})
_SOMEBODY = frozenset({"name", "url", "email", "publicKey", "revocationList"})
"""Members by which an issuer is described, not only named."""


class OpenBadge2:
    """The reader of assertions."""

    name = Format.OPEN_BADGE_2

    def read(self, opened: Opened) -> Credential | None:
        """Read an assertion, or return None where the document is something else."""
        if opened.securing not in {Securing.EMBEDDED, Securing.JWT}:
            return None
        document = open_badge_2_older.rewritten(opened.document)
        if not is_assertion(document):
            return None
        signed = opened.token is not None
        start, end = dates.moment(document.get("issuedOn")), dates.moment(document.get("expires"))
        read = Credential(
            raw=opened.raw,
            format=Format.OPEN_BADGE_2,
            securing=opened.securing.value if signed else _unsigned(document),
            document=document,
            id=string(document.get("id")) or _older_address(document),
            types=types(document),
            issued=dates.date(document.get("issuedOn")),
            valid_from=start.at if start is not None else None,
            valid_until=end.end if end is not None else None,
            defects=(*duplicates(opened), *_defects(document)),
        )
        return _with_content(read, document)


def resolved(credential: Credential, documents: Sequence[BadgeDocument]) -> Credential:
    """Read an assertion again with the BadgeClass and Issuer documents that were supplied.

    What the assertion itself states goes before what is only linked. Where its issuer is known, a
    hosted assertion has to lie where that issuer hosts (Open Badges 2.0, section 4.4,
    `VerificationObject`): one that does not fails the format.
    """
    whole = with_documents(credential.document, documents)
    if whole == credential.document:
        return credential
    return _with_content(credential, whole)


def is_assertion(document: JsonObject) -> bool:
    """Tell whether a document claims to be an assertion of Open Badges 1.x or 2.0.

    By its type and context; one without them by what it must have: a badge and a recipient.
    """
    if is_credential(document):
        return False
    named = TYPE in types(document)
    ours = not _CONTEXTS.isdisjoint(strings(document.get("@context")))
    whole = "badge" in document and "recipient" in document
    if named and ours:
        return True
    return whole and (named or ours or "verify" in document or "verification" in document)


def verification(document: JsonObject) -> JsonObject:
    """Return how the assertion says it is to be verified; of a name alone an object with it."""
    value = document.get("verification", document.get("verify"))
    if isinstance(value, str):
        known = value in _SIGNED | _HOSTED
        return {"type": value} if known else {"type": "hosted", "id": value}
    return value if isinstance(value, dict) else {}


def is_hosted(document: JsonObject) -> bool:
    """Tell whether an assertion says that it is verified where it is hosted."""
    return not _HOSTED.isdisjoint(types(verification(document)))


def is_signed(document: JsonObject) -> bool:
    """Tell whether an assertion says that it is signed."""
    return not _SIGNED.isdisjoint(types(verification(document)))


def hosted_at(document: JsonObject) -> str | None:
    """Return where a hosted assertion is to be found: its own id, or (1.0) `verify.url`."""
    return string(document.get("id")) or _older_address(document)


def badge_class(document: JsonObject) -> JsonObject:
    """Return the BadgeClass as far as it is here; of a link an object with that `id`."""
    return _object(document.get("badge"))


def issuer(document: JsonObject) -> JsonObject:
    """Return the Issuer as far as it is here; of a link an object with that `id`."""
    return _object(badge_class(document).get("issuer"))


def with_documents(document: JsonObject, documents: Sequence[BadgeDocument]) -> JsonObject:
    """Return the assertion with its BadgeClass and Issuer put in where they are only linked.

    Members that the assertion has of them are kept: they are what was signed.
    """
    badge = _joined(badge_class(document), documents, is_issuer=False)
    if not badge:
        return document
    whose = _joined(_object(badge.get("issuer")), documents, is_issuer=True)
    if whose.keys() - {"id"}:
        badge = {**badge, "issuer": whose}
    return {**document, "badge": badge} if badge.keys() - {"id"} else document


def _joined(
    known: JsonObject, documents: Sequence[BadgeDocument], *, is_issuer: bool
) -> JsonObject:
    found = open_badges.linked(documents, string(known.get("id")), is_issuer=is_issuer)
    return {**found, **known} if found is not None else known


def _object(value: object) -> JsonObject:
    if isinstance(value, list):
        value = value[0] if len(value) == 1 else None
    if isinstance(value, str) and value.strip():
        return {"id": value.strip()}
    return value if isinstance(value, dict) else {}


def _older_address(document: JsonObject) -> str | None:
    address = string(verification(document).get("url"))
    return address if is_hosted(document) else None


def _unsigned(document: JsonObject) -> str:
    return "hosted" if is_hosted(document) else "none"


# ---- content ------------------------------------------------------------------------------------


def _with_content(credential: Credential, whole: JsonObject) -> Credential:
    """Fill in what stands in BadgeClass and Issuer, as far as they are in `whole`."""
    badge, whose = badge_class(whole), issuer(whole)
    achievements = badge_elements.achievements(open_badge_2_elements.as_credential(whole))
    organisation = profile(whose)
    stated = organisation.name is not None or organisation.identifiers
    title = literal(badge.get("name"), string(badge.get("@language")) or "")
    read = replace(
        credential,
        issuer=organisation if stated else None,
        title=title,
        achievements=achievements,
        status=tuple(_status(credential, whole)),
        languages=languages(title, achievements),
    )
    elsewhere = broken("verification", "/id")
    if _hosted_elsewhere(credential, whose) and elsewhere not in read.defects:
        return replace(read, defects=(*read.defects, elsewhere))
    return read


def _status(credential: Credential, whole: JsonObject) -> Iterator[StatusEntry]:
    whose = issuer(whole)
    own = {"id": string(whose.get("id"))} if string(whose.get("id")) else {}
    address = string(_object(whose.get("revocationList")).get("id"))
    if whole.get("revoked") is True:
        reason = string(whole.get("revocationReason")) or ""
        yield StatusEntry(REVOKED, values={"revoked": True, "revocationReason": reason})
    if credential.securing == "hosted":
        yield StatusEntry(HOSTED, values={"id": hosted_at(whole), "issuer": own.get("id")})
    elif address is not None or whose.keys().isdisjoint(_SOMEBODY):
        yield StatusEntry(REVOCATION_LIST, values={"id": address, "issuer": own.get("id")})


def _hosted_elsewhere(credential: Credential, whose: JsonObject) -> bool:
    """Tell whether a hosted assertion lies outside what its issuer's policy allows.

    Without a policy, the issuer's own host is the only one.
    """
    if credential.securing != "hosted" or whose.keys().isdisjoint(_SOMEBODY):
        return False
    place = hosted_at(credential.document) or ""
    policy = _object(whose.get("verification"))
    beginnings = strings(policy.get("startsWith"))
    if beginnings and not any(place.startswith(beginning) for beginning in beginnings):
        return True
    own = _host(string(whose.get("id")) or "")
    origins = strings(policy.get("allowedOrigins")) or ([own] if own else [])
    # Seen written as a host and as an address; either names the host.
    hosts = {(_host(origin) or origin).lower() for origin in origins}
    return bool(hosts) and _host(place) not in hosts


def _host(address: str) -> str:
    """Return host and port of an http(s) address, "" for anything else."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return parts.netloc.lower() if parts.scheme in {"http", "https"} else ""


# ---- structure ----------------------------------------------------------------------------------


def _defects(document: JsonObject) -> Iterator[Defect]:
    """Name what an assertion must have (Open Badges 2.0, section 4.1) and has not.

    A revoked one may be stripped to its id. Version 1.0 has neither context nor type nor id.
    """
    older = "verify" in document and "verification" not in document
    if not older:
        yield from _declared(document)
    yield from _times(document)
    if document.get("revoked") is True:
        return
    for name in ("badge", "recipient"):
        if not _object(document.get(name)):
            yield broken(name)
    if document.get("issuedOn") is None:
        yield broken("issuedOn")
    if not types(verification(document)):
        yield broken("verify" if older else "verification")
    elif is_hosted(document) and not _host(hosted_at(document) or ""):
        yield remark("id")


def _declared(document: JsonObject) -> Iterator[Defect]:
    contexts = document.get("@context")
    if _CONTEXTS.isdisjoint(strings(contexts)):
        # Some write the context out; it changes nothing about a signature over bytes.
        yield remark("@context") if objects(contexts) else broken("@context")
    if TYPE not in types(document):
        yield broken("type") if types(document) else remark("type")
    own = string(document.get("id"))
    if own is None or not is_global(own):
        yield remark("id")


def _times(document: JsonObject) -> Iterator[Defect]:
    found = {}
    for name in ("issuedOn", "expires"):
        if document.get(name) is None:
            continue
        found[name] = dates.moment(document[name])
        if found[name] is None:
            # An end that nobody can read must not read as "without an end".
            yield broken(name)
    start, end = found.get("issuedOn"), found.get("expires")
    if start is not None and end is not None and end.end < start.at:
        yield broken("expires")
