"""EDCI XML recognised by its content, before anything of it is parsed."""

from wallet.proofs import xml_reading
from wallet.proofs.xml_reading import XmlDocument

EDCI = "http://data.europa.eu/snb"
"""The namespace of the European learning model before its third version."""
PRESENTATION = EDCI + "/vp"
"""The namespace of the envelope that the Commission's issuer put around a credential."""

CREDENTIAL_TAG = f"{{{EDCI}}}europassCredential"
PRESENTATION_TAGS = frozenset(
    f"{{{namespace}}}verifiablePresentation" for namespace in (EDCI, PRESENTATION)
)
PARTS = frozenset({CREDENTIAL_TAG})
"""Elements that may bear a seal of their own inside a document."""
_NAMES = frozenset({"europassCredential", "verifiablePresentation"})


def document(data: bytes) -> XmlDocument | None:
    """Parse bytes that are an EDCI credential or presentation; None where they are not.

    Raises:
        MalformedCredential: they begin as one and are broken, or bring a document type.
        TooLarge: beyond the limits of proofs/xml_reading.py.
    """
    if xml_reading.first_tag(data) not in _NAMES:
        return None
    if EDCI.encode("ascii") not in data[: xml_reading.PROLOG]:
        return None
    parsed = xml_reading.parse(data)
    return parsed if parsed.root.tag in {CREDENTIAL_TAG, *PRESENTATION_TAGS} else None
