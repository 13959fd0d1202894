"""Registries of issuers, whole and issuer by issuer: whom they name, and for how long."""

from datetime import timedelta
from typing import Any

import pytest

from tests.issuer.badges import open_badge
from tests.issuer.keys import p256_key
from tests.issuer.registry import entity_statement, issuer_registry
from tests.issuer.specimens import BADGE_AWARD
from tests.issuer.subjects import NOW
from tests.issuer.universities import aachen, chalmers
from wallet import formats
from wallet.errors import MalformedCredential
from wallet.model.verification import Check, CheckName, Reason
from wallet.trust.anchors import TrustStore
from wallet.verification.verify import verify

WHO, OTHER = chalmers(), aachen()
REGISTRY = p256_key("registry")
BADGE = open_badge(WHO, BADGE_AWARD)


def issuer(*files: bytes, after: timedelta = timedelta()) -> Check:
    trust = TrustStore.empty()
    for data in files:
        trust = trust.with_file(data, "statement", NOW)
    read = formats.read(BADGE)
    assert read is not None
    return verify(read, trust, NOW + after).check(CheckName.ISSUER)


def test_a_statement_names_one_issuer() -> None:
    found = issuer(entity_statement(REGISTRY, WHO))
    assert found.reason is Reason.ISSUER_REGISTRY
    assert found.facts["registry"] == "https://registry.example"
    assert found.facts["organisation"] == WHO.university.label
    assert issuer(entity_statement(REGISTRY, OTHER)).reason is Reason.ISSUER_UNKNOWN


def test_a_statement_vouches_until_its_end() -> None:
    statement, day = entity_statement(REGISTRY, WHO), timedelta(days=1)
    second = timedelta(seconds=1)
    assert issuer(statement, after=day - second).reason is Reason.ISSUER_REGISTRY
    assert issuer(statement, after=day).reason is Reason.ISSUER_UNKNOWN
    both = issuer(statement, issuer_registry([WHO]), after=day)
    assert both.reason is Reason.ISSUER_REGISTRY


def test_the_name_may_be_the_legal_one_or_missing() -> None:
    legal = {"institution_additional_information": {"legal_name": " Chalmers AB "}}
    assert issuer(entity_statement(REGISTRY, WHO, metadata=legal)).facts["organisation"] == (
        "Chalmers AB"
    )
    others: tuple[Any, ...] = (None, [], {"federation_entity": {"organization_name": 5}})
    for metadata in others:
        found = issuer(entity_statement(REGISTRY, WHO, metadata=metadata))
        assert found.facts["organisation"] == WHO.did


@pytest.mark.parametrize(
    "changes",
    [
        {"sub": None},
        {"sub": 7},
        {"iss": None},
        {"sub": "https://registry.example"},
        {"exp": None},
        {"exp": "tomorrow"},
        {"exp": True},
        {"exp": 10**13},
        {"kind": "JWT"},
    ],
)
def test_other_statements_are_no_trust_data(changes: dict[str, Any]) -> None:
    with pytest.raises(MalformedCredential):
        issuer(entity_statement(REGISTRY, WHO, **changes))
