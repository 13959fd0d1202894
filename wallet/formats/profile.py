"""The Profile of Open Badges 3.0 and the plain issuer object: an organisation, as stated."""

from wallet.formats.countries import country
from wallet.formats.elm_organisation import normal_identifier
from wallet.formats.values import first_text, identifying, objects, string, strings, walk
from wallet.model.credential import JsonObject, Organisation, is_global


def profile(value: JsonObject) -> Organisation:
    """Read name, identifiers (`id`, `otherIdentifier`) and country of an issuer or creator."""
    own = [text for text in strings(value.get("id")) if is_global(text)]
    entries = objects(value.get("otherIdentifier"))
    others = [text for entry in entries for text in strings(entry.get("identifier"))]
    return Organisation(
        name=first_text(value.get("name"), value.get("legalName")),
        identifiers=identifying(normal_identifier(text) for text in (*own, *others)),
        country=_country(value),
    )


def _country(value: JsonObject) -> str | None:
    """The profile's own address, else (Dutch extension) that of the organisation above it."""
    addresses = [*walk([value], "address"), *walk([value], "parentOrg", "address")]
    for address in addresses:
        code = string(address.get("addressCountryCode"))
        stated = string(address.get("addressCountry"))
        for text in (code, stated):
            if text is not None and (known := country(text)) is not None:
                return known
        if code or stated:
            return code or stated
    return None
