"""European Digital Credentials of the simulator: sealed, unsigned, and the upload wrapper."""

import json
from typing import Any

from tests.issuer.defects import Defect, Form, require_sensible
from tests.issuer.elm import Claims
from tests.issuer.jades import Sealing, seal
from tests.issuer.spoiling import doubled, spoiled
from tests.issuer.subjects import Award, Issuer, stamp

Document = dict[str, Any]

CONTEXTS = (
    "https://www.w3.org/2018/credentials/v1",
    "http://data.europa.eu/snb/model/context/edc-ap",
)
_SNB = "http://data.europa.eu/snb"


def edc_document(issuer: Issuer, award: Award) -> Document:
    """Write the credential as the Commission's issuer does, before it is sealed."""
    languages = tuple(award.course.title)
    claims = Claims(languages)
    claim = claims.claim(award, issuer)
    document: Document = {
        "id": award.id,
        "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
        "credentialProfiles": claims.concept(f"{_SNB}/credential/e34929035b", {"en": "Generic"}),
        "displayParameter": _display(claims, issuer, award, languages),
        "credentialSchema": {
            "id": f"{_SNB}/model/ap/edc-generic-full",
            "type": "ShaclValidator2017",
        },
        "credentialSubject": claims.person(award.learner, claim),
        "issuanceDate": stamp(award.issued),
        "issued": stamp(award.issued),
        "validFrom": stamp(award.valid_from or award.issued),
    }
    if award.valid_until:
        document["expirationDate"] = stamp(award.valid_until)
        document["validUntil"] = stamp(award.valid_until)
    if award.status:
        entries = [entry.document() for entry in award.status]
        document["credentialStatus"] = entries[0] if len(entries) == 1 else entries
    document["issuer"] = claims.issuer(issuer)
    document["@context"] = list(CONTEXTS)
    return document


def unsigned_edc(issuer: Issuer, award: Award) -> bytes:
    """Write the bare credential: readable, and sealed by nobody."""
    return _compact(edc_document(issuer, award)).encode("utf-8")


def upload_wrapper(issuer: Issuer, award: Award) -> bytes:
    """Write the file that an issuer uploads for sealing, with the address it is sent to."""
    wrapper = {
        "credential": edc_document(issuer, award),
        "deliveryDetails": {"deliveryAddress": ["hanna.zolkiewska@example.org"]},
    }
    return json.dumps(wrapper, ensure_ascii=False, indent=2).encode("utf-8")


def sealed_edc(
    issuer: Issuer,
    award: Award,
    *,
    defect: Defect | None = None,
    algorithm: str | None = None,
    sealing: Sealing = Sealing.GENERAL,
) -> bytes:
    """Seal a credential (JAdES baseline B over the unencoded payload) with any named defect.

    `algorithm` is a JOSE name that fits the seal's key: RS256 and PS256 with an RSA key, ES256
    with a P-256 key; None takes the key's own.
    """
    require_sensible(Form.SEALED_EDC, defect)
    payload = _compact(edc_document(issuer, spoiled(award, issuer, defect)))
    if defect is Defect.MISSING_PROOF:
        return payload.encode("utf-8")
    if defect is Defect.DUPLICATE_KEY:
        payload = doubled(payload)
    return seal(
        payload,
        issuer,
        at=award.issued,
        algorithm=algorithm,
        sealing=sealing,
        defect=defect,
    )


def _display(
    claims: Claims, issuer: Issuer, award: Award, languages: tuple[str, ...]
) -> dict[str, Any]:
    pages = [
        claims.node(
            "IndividualDisplay",
            language=claims.language(tag),
            displayDetail=claims.node(
                "DisplayDetail", image=claims.picture(issuer.university), page=1
            ),
        )
        for tag in languages
    ]
    return claims.node(
        "DisplayParameter",
        title=dict(award.course.title),
        description=dict(award.course.description),
        primaryLanguage=claims.language(languages[0]),
        language=[claims.language(tag) for tag in languages],
        individualDisplay=pages,
    )


def _compact(document: Document) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))
