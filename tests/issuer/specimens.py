"""One specimen of every form with any defect, made from the same issuers, course and learner."""

from dataclasses import replace
from datetime import UTC, datetime

from tests.issuer.badges import credential, open_badge
from tests.issuer.courses import CLIMATE_DATA, HANNA, SUSTAINABLE_DEVELOPMENT
from tests.issuer.defects import Defect, Form, require_sensible
from tests.issuer.edc import sealed_edc
from tests.issuer.keys import ed25519_key
from tests.issuer.presentations import holder_key, presentation
from tests.issuer.registry import issuer_registry
from tests.issuer.status import status_list
from tests.issuer.subjects import SUSPENDED_INDEX, Award, Issuer
from tests.issuer.tokens import credential_jwt, open_badge_jwt
from tests.issuer.universities import (
    aachen,
    aachen_tokens,
    berlin,
    chalmers,
    seal_authority,
    warsaw,
)

AUDIENCE = "https://employer.example.org"
NONCE = "n-0S6_WzA2Mj"

EDC_AWARD = Award(
    CLIMATE_DATA,
    HANNA,
    "urn:credential:2b1d6f0e-7c39-4a55-9d0b-64e2a1f0c3aa",
    issued=datetime(2024, 3, 12, 8, 30, tzinfo=UTC),
)
BADGE_AWARD = Award(
    SUSTAINABLE_DEVELOPMENT,
    HANNA,
    "urn:uuid:5c7e3a52-3b7e-4b43-9f5c-0d6a2f1b9e11",
    issued=datetime(2024, 4, 8, 9, tzinfo=UTC),
)


def issuer_of(form: Form) -> Issuer:
    """Return who issues the specimens of a form."""
    if form is Form.SEALED_EDC:
        return berlin()
    if form in (Form.OPEN_BADGE_JWT, Form.CREDENTIAL_JWT):
        return aachen_tokens()
    return chalmers()


def specimen(form: Form, defect: Defect | None = None) -> bytes:
    """Issue one item of `form`, sound or with one defect.

    A presentation is made for `AUDIENCE` and `NONCE` and holds one badge, whose subject is the
    holder (`Defect.FOREIGN_HOLDER`: somebody else).
    """
    require_sensible(form, defect)
    issuer = issuer_of(form)
    if form is Form.SEALED_EDC:
        return sealed_edc(issuer, EDC_AWARD, defect=defect)
    if form is Form.OPEN_BADGE:
        return open_badge(issuer, BADGE_AWARD, defect=defect)
    if form is Form.OPEN_BADGE_JWT:
        return open_badge_jwt(issuer, BADGE_AWARD, defect=defect)
    if form is Form.CREDENTIAL:
        return credential(issuer, BADGE_AWARD, defect=defect)
    if form is Form.CREDENTIAL_JWT:
        return credential_jwt(issuer, BADGE_AWARD, defect=defect)
    if form is Form.STATUS_LIST:
        return status_list(issuer, defect=defect)
    return _presentation(issuer, defect)


def trust_files() -> tuple[bytes, ...]:
    """Return what a wallet needs to confirm every specimen: a registry and an authority."""
    issuers = (warsaw(), berlin(), chalmers(), aachen(), aachen_tokens())
    return (issuer_registry(issuers), seal_authority().pem)


def status_files() -> tuple[bytes, ...]:
    """Return the status lists of every issuer of specimens, for both purposes."""
    lists = []
    for issuer in (berlin(), chalmers(), aachen_tokens()):
        lists.append(status_list(issuer))
        lists.append(status_list(issuer, (SUSPENDED_INDEX,), purpose="suspension"))
    return tuple(lists)


def _presentation(issuer: Issuer, defect: Defect | None) -> bytes:
    holder = holder_key()
    subject = ed25519_key("somebody else") if defect is Defect.FOREIGN_HOLDER else holder
    award = replace(BADGE_AWARD, learner=replace(HANNA, did=subject.did_key))
    badge = open_badge(issuer, award)
    return presentation((badge,), holder, audience=AUDIENCE, nonce=NONCE, defect=defect)
