"""Organisations and places of the European Learning Model."""

import re

from wallet.formats.concepts import concept
from wallet.formats.countries import country
from wallet.formats.values import first_text, identifying, objects, string, strings, walk
from wallet.model.credential import JsonObject, Organisation, is_global

MAX_PLACES = 50
"""Countries of one organisation that are listed."""

_LEGAL = ("eIDASIdentifier", "vatIdentifier", "taxIdentifier", "registration")
_ERASMUS = re.compile(r"([A-Z]{1,3})[ _]+([A-Z][A-Z-]{0,9}\d{2,3})", re.ASCII)


def organisation(value: JsonObject) -> Organisation:
    """Read an Organisation: its legal name, what identifies it, and where it is."""
    own = [entry for entry in strings(value.get("id")) if is_global(entry)]
    legal = [entry for name in _LEGAL for entry in identifiers(value.get(name))]
    others = identifiers(value.get("identifier"))
    found = identifying(normal_identifier(entry) for entry in (*own, *legal, *others))
    names = (value.get(name) for name in ("legalName", "prefLabel", "altLabel", "title"))
    countries = places(value)
    return Organisation(first_text(*names), found, countries[0] if countries else None)


def organisations(values: list[JsonObject]) -> tuple[Organisation, ...]:
    """Read several, each once; those that state nothing are left out."""
    found = dict.fromkeys(organisation(value) for value in values)
    return tuple(item for item in found if item.name is not None or item.identifiers)


def identifiers(value: object) -> list[str]:
    """Read identifiers: the notation, else a global `id`, else the text itself."""
    found = strings(value)
    for entry in objects(value):
        notation = strings(entry.get("notation"))
        # A file of the Commission's issuer writes the number as the id, without a notation.
        own = [text for text in strings(entry.get("id")) if not text.startswith("urn:epass:")]
        found += notation or own
    return found


def normal_identifier(text: str) -> str:
    """Write an Erasmus code with one blank ("D  BERLIN02" and "D BERLIN02" are one)."""
    match = _ERASMUS.fullmatch(text)
    return f"{match[1]} {match[2]}" if match else text


def places(value: JsonObject) -> tuple[str, ...]:
    """Return the countries of an organisation's locations, as ISO codes where they can be told."""
    locations = objects(value.get("location"))
    codes = [code for place in walk(locations, "address") for code in _codes(place, "countryCode")]
    codes += [code for place in locations for code in _codes(place, "spatialCode")]
    return tuple(dict.fromkeys(codes))[:MAX_PLACES]


def _codes(place: JsonObject, name: str) -> list[str]:
    found = []
    for entry in objects(place.get(name)) + strings(place.get(name)):
        uri = string(entry.get("id")) if isinstance(entry, dict) else entry
        code = country(uri) if uri is not None else None
        if code is None and name == "countryCode":
            # No known code: a country is shown in the words of the credential.
            stated = concept(entry)
            code = stated.label.best() if stated and stated.label else None
        if code is not None:
            found.append(code)
    return found
