"""Terms of controlled vocabularies: the label a credential brings, else ours, else the address.

The table holds the concepts of the European Learning Model that decide what a learner sees of a
standard element; everything else brings its own label or is shown as its address.
"""

from collections.abc import Mapping
from functools import cache

from wallet.formats.values import literal, string
from wallet.model.credential import Concept, JsonObject, Text, is_global

SNB = "http://data.europa.eu/snb/"
ECTS = SNB + "education-credit/6fcec5c5af"
_EQF = SNB + "eqf/"
_ISCED = SNB + "isced-f/"
_ESCO = "http://data.europa.eu/esco/"
_MAX_EQF = 8

_LABELS: Mapping[str, tuple[str, str]] = {
    "learning-assessment/920fbb3cbe": ("Online", "Zdalnie"),
    "learning-assessment/e92d221e4d": ("Blended", "Mieszana"),
    "learning-assessment/9191af2ed9": ("Presential", "Stacjonarnie"),
    "learning-assessment/729f3bed4b": ("Work-based", "W miejscu pracy"),
    "learning-assessment/7813801c77": ("Project-based", "Projekt"),
    "learning-assessment/ed4c557045": ("Laboratory", "Laboratorium"),
    "supervision-verification/70be69aaf9": (
        "Supervised with identity verification",
        "Z nadzorem i potwierdzeniem tożsamości",
    ),
    "supervision-verification/44314532f9": (
        "Supervised without identity verification",
        "Z nadzorem, bez potwierdzenia tożsamości",
    ),
    "supervision-verification/df2880c5cb": (
        "Unsupervised with identity verification",
        "Bez nadzoru, z potwierdzeniem tożsamości",
    ),
    "supervision-verification/c598449d64": (
        "Unsupervised without identity verification",
        "Bez nadzoru i bez potwierdzenia tożsamości",
    ),
    "accreditation/820101cba6": (
        "Programme quality assurance",
        "Zapewnianie jakości programu",
    ),
    "accreditation/bb4618238e": (
        "Institutional quality assurance",
        "Zapewnianie jakości instytucji",
    ),
    "accreditation/003293d2ce": ("Licence", "Zezwolenie"),
    "accreditation/e57dddfcf3": ("Licence", "Zezwolenie"),
    "education-credit/6fcec5c5af": ("European Credit Transfer System", "System ECTS"),
    "learning-opportunity/05053c1cbe": ("Course", "Przedmiot"),
    "learning-opportunity/79343569f3": ("Educational programme", "Program kształcenia"),
    "learning-opportunity/74a4a268e8": ("Short learning programme", "Krótki program kształcenia"),
    "learning-activity/efff75e10a": (
        "Workshop, seminar or conference",
        "Warsztaty, seminarium lub konferencja",
    ),
    "assessment/3484bd7e51": ("Continuous evaluation", "Ocena ciągła"),
    "assessment/b1b68f6735": ("Quiz", "Test"),
    "assessment/d30284d7df": ("Oral examination", "Egzamin ustny"),
}
PARTIAL_QUALIFICATION = Text((("en", "Partial qualification"), ("pl", "Kwalifikacja cząstkowa")))
IDENTITY_CHECKED = Text((("en", "Identity checked"), ("pl", "Tożsamość sprawdzona")))


def label(uri: str) -> Text | None:
    """Return our label for an address of the European vocabularies; EQF levels by their number."""
    level = eqf(uri)
    if level is not None:
        return Text((("en", f"EQF level {level}"), ("pl", f"Poziom {level} ERK")))
    pair = _LABELS.get(uri.removeprefix(SNB)) if uri.startswith(SNB) else None
    return Text((("en", pair[0]), ("pl", pair[1]))) if pair else None


@cache
def _our_texts() -> frozenset[Text]:
    levels = (label(f"{_EQF}{level}") for level in range(1, _MAX_EQF + 1))
    table = (label(SNB + name) for name in _LABELS)
    return frozenset((PARTIAL_QUALIFICATION, IDENTITY_CHECKED, *filter(None, (*levels, *table))))


def is_ours(text: Text) -> bool:
    """Tell our own words for a vocabulary's entry from what the credential says."""
    return text in _our_texts()


def concept(value: object) -> Concept | None:
    """Read a concept: an object with `prefLabel`, an address alone, or a plain text.

    Document-local addresses name nothing; a concept that has only one of those is not stated.
    """
    if isinstance(value, str):
        text = value.strip()
        if is_global(text):
            return Concept(label(text), text)
        return Concept(Text.plain(text)) if text else None
    if not isinstance(value, dict):
        return None
    uri = string(value.get("id"))
    uri = uri if uri is not None and is_global(uri) else None
    stated = _stated_label(value) or (label(uri) if uri else None)
    return Concept(stated, uri) if stated is not None or uri is not None else None


def _stated_label(value: JsonObject) -> Text | None:
    for name in ("prefLabel", "title", "altLabel", "definition"):
        found = literal(value.get(name))
        if found is not None:
            return found
    return None


def eqf(uri: str) -> int | None:
    """Return the level of an address of the EQF table, 1 to 8."""
    digits = uri.removeprefix(_EQF)
    if uri.startswith(_EQF) and digits.isascii() and digits.isdigit() and len(digits) == 1:
        return int(digits) if 1 <= int(digits) <= _MAX_EQF else None
    return None


def is_ects(framework: object) -> bool:
    """Tell whether a credit framework is ECTS: by its address, else by its label."""
    found = concept(framework)
    if found is None:
        return False
    if found.uri is not None and found.uri.startswith((SNB, SNB.replace("http:", "https:", 1))):
        return found.uri.split("://")[1] == ECTS.split("://")[1]
    words = " ".join(found.label.everything()).lower() if found.label else ""
    return "ects" in words.split() or "european credit transfer" in words


def isced(uri: str) -> str | None:
    """Return the digits of an address of the ISCED-F table: two, three or four of them."""
    digits = uri.removeprefix(_ISCED)
    known = uri.startswith(_ISCED) and digits.isascii() and digits.isdigit()
    return digits if known and 2 <= len(digits) <= 4 else None


def is_esco(uri: str) -> bool:
    """Tell whether an address belongs to ESCO."""
    return uri.startswith((_ESCO, _ESCO.replace("http:", "https:", 1)))
