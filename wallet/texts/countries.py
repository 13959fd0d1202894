"""Names of the countries that issue most of what a learner in Europe holds."""

from collections.abc import Mapping

from wallet.texts.catalogue import Message, Texts

COUNTRIES: Mapping[str, Message] = {
    "AL": Message("Albania"),
    "AM": Message("Armenia"),
    "AT": Message("Austria"),
    "AZ": Message("Azerbaijan"),
    "BA": Message("Bosnia and Herzegovina"),
    "BE": Message("Belgium"),
    "BG": Message("Bulgaria"),
    "CA": Message("Canada"),
    "CH": Message("Switzerland"),
    "CY": Message("Cyprus"),
    "CZ": Message("Czechia"),
    "DE": Message("Germany"),
    "DK": Message("Denmark"),
    "EE": Message("Estonia"),
    "ES": Message("Spain"),
    "FI": Message("Finland"),
    "FR": Message("France"),
    "GB": Message("United Kingdom"),
    "GE": Message("Georgia"),
    "GR": Message("Greece"),
    "HR": Message("Croatia"),
    "HU": Message("Hungary"),
    "IE": Message("Ireland"),
    "IS": Message("Iceland"),
    "IT": Message("Italy"),
    "LI": Message("Liechtenstein"),
    "LT": Message("Lithuania"),
    "LU": Message("Luxembourg"),
    "LV": Message("Latvia"),
    "MD": Message("Moldova"),
    "ME": Message("Montenegro"),
    "MK": Message("North Macedonia"),
    "MT": Message("Malta"),
    "NL": Message("Netherlands"),
    "NO": Message("Norway"),
    "PL": Message("Poland"),
    "PT": Message("Portugal"),
    "RO": Message("Romania"),
    "RS": Message("Serbia"),
    "SE": Message("Sweden"),
    "SI": Message("Slovenia"),
    "SK": Message("Slovakia"),
    "TR": Message("Türkiye"),
    "UA": Message("Ukraine"),
    "US": Message("United States"),
    "XK": Message("Kosovo"),
}


def country(t: Texts, code: str) -> str:
    """Name a country by its ISO 3166-1 code; what is not in the table stays as it is stated."""
    named = COUNTRIES.get(code.upper())
    return f"{t(named)} ({code.upper()})" if named else code
