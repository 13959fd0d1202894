"""Names and small readers for the XML of trusted lists (ETSI TS 119 612, annex C)."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from wallet.errors import MalformedCredential

if TYPE_CHECKING:
    from lxml import etree

TSL = "{http://uri.etsi.org/02231/v2#}"
SIE = "{http://uri.etsi.org/TrstSvc/SvcInfoExt/eSigDir-1999-93-EC-TrustedList/#}"
EXTRA = "{http://uri.etsi.org/02231/v2/additionaltypes#}"
XADES = "{http://uri.etsi.org/01903/v1.3.2#}"
XML_CERTIFICATE = f"{TSL}X509Certificate"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

MAX_NAME = 500
"""Characters of a name that are kept."""


def local(tag: str) -> str:
    """Give a tag without its namespace."""
    return tag.rpartition("}")[2]


def text(parent: "etree._Element", path: str) -> str:
    """Give the text at a path, without blanks around it; "" where there is none."""
    return (parent.findtext(path) or "").strip()


def all_texts(parent: "etree._Element", tag: str) -> Iterator[str]:
    """Give the texts of all elements below, at any depth."""
    return (element.text or "" for element in parent.iter(tag))


def name(parent: "etree._Element", path: str) -> str:
    """Give a name in English, else in the language that comes first."""
    found = parent.findall(f"{path}/{TSL}Name")
    found.sort(key=lambda element: element.get(LANGUAGE, "").lower() != "en")
    return " ".join((found[0].text or "").split())[:MAX_NAME] if found else ""


def moment(stated: str) -> datetime:
    """Read a dateTime of XML Schema; without a zone it is UTC.

    Raises:
        MalformedCredential: it is none.
    """
    try:
        found = datetime.fromisoformat(stated.strip())
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise MalformedCredential("trusted list", detail="date") from error
