"""The link in a mail that most likely leads to the credential, for a person to open."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from wallet.intake.limits import MAX_LINK, MAX_LINKS, MAX_TEXT

_ADDRESS = re.compile(r"https?://[^\s<>\"'\\^`{|}]{3," + str(MAX_LINK) + "}", re.IGNORECASE)
_TRAILING = ".,;:!?)]*_"
_LIKELY = (
    "credential",
    "europass",
    "europa.eu",
    "badge",
    "diploma",
    "certificat",
    "micro",
    "wallet",
    "poswiadcz",
    "certyfikat",
    "claim",
    "award",
    "download",
    "issue",
)
_UNLIKELY = (
    "unsubscribe",
    "privacy",
    "facebook.",
    "twitter.",
    "//x.com",
    "instagram.",
    "linkedin.",
    "youtube.",
    "/legal",
    "/terms",
    "cookie",
    "schemas.",
    "w3.org",
    ".png",
    ".jpg",
    ".jpeg",
    ".gif",
    ".css",
    ".woff",
)


@dataclass(frozen=True, slots=True)
class Link:
    """An address as it stands in the mail, and its host alone."""

    address: str
    host: str


def best(texts: Iterable[str]) -> Link | None:
    """Return the most credential-like link of some texts or HTML, or None where none is one.

    Links to images, social networks, legal notes and unsubscribing are none. At equal likeness
    https comes before http, then the first.
    """
    found: dict[str, None] = {}
    for text in texts:
        for match in _ADDRESS.finditer(html.unescape(text[:MAX_TEXT])):
            found[match[0].rstrip(_TRAILING)] = None
            if len(found) >= MAX_LINKS:
                break
    ranked = [(_likeness(address), link) for address in found if (link := _link(address))]
    likely = [(score, link) for score, link in ranked if score >= 0]
    return max(likely, key=lambda pair: pair[0])[1] if likely else None


def as_link(text: str) -> Link | None:
    """Return the link that a text is as a whole, as in a QR code, or None."""
    stripped = text.strip()
    return _link(stripped) if _ADDRESS.fullmatch(stripped) else None


def _link(address: str) -> Link | None:
    try:
        host = urlsplit(address).hostname
    except ValueError:
        return None
    return Link(address, host) if host and "." in host else None


def _likeness(address: str) -> int:
    lowered = address.lower()
    if any(word in lowered for word in _UNLIKELY):
        return -1
    return 2 * sum(word in lowered for word in _LIKELY) + lowered.startswith("https:")
