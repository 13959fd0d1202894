"""The universities of the simulator, with keys that only tests and the demonstration trust.

Their names are real, so that the demonstration speaks of programmes that exist; their seals'
register numbers are invented, and their keys are no university's.
"""

from datetime import UTC, datetime
from functools import cache

from tests.issuer.certificates import Authority, authority, seal_certificate
from tests.issuer.jades import AUTHORITY_SEED
from tests.issuer.keys import IssuerKey, ed25519_key, p256_key, rsa_key
from tests.issuer.subjects import Issuer, University

AUTHORITY_NAME = "Mikrofolio Example Trust"
SEAL_FROM = datetime(2023, 1, 1, tzinfo=UTC)
SEAL_UNTIL = datetime(2026, 1, 1, tzinfo=UTC)

_GERMAN_QUALITY = {
    "en": "System-accredited by the German Accreditation Council (Akkreditierungsrat)",
    "pl": "Akredytacja systemowa niemieckiej Rady Akredytacyjnej (Akkreditierungsrat)",
}

WARSAW = University(
    name={"en": "Warsaw University of Technology", "pl": "Politechnika Warszawska"},
    country="PL",
    ror="https://ror.org/00y0xnp53",
    homepage="https://www.pw.edu.pl",
    city="Warsaw",
    erasmus="PL WARSZAW02",
    identifier="VATPL-0000000001",
    quality={
        "en": "Evaluated by the Polish Accreditation Committee (PKA)",
        "pl": "Ocena Polskiej Komisji Akredytacyjnej (PKA)",
    },
)
BERLIN = University(
    name={"en": "Technische Universität Berlin"},
    country="DE",
    ror="https://ror.org/03v4gjf40",
    homepage="https://www.tu.berlin",
    city="Berlin",
    erasmus="D  BERLIN02",
    identifier="VATDE-000000002",
    quality=_GERMAN_QUALITY,
)
AACHEN = University(
    name={"en": "RWTH Aachen University"},
    country="DE",
    ror="https://ror.org/04xfq0f34",
    homepage="https://www.rwth-aachen.de",
    city="Aachen",
    erasmus="D  AACHEN01",
    identifier="VATDE-000000003",
    quality=_GERMAN_QUALITY,
)
CHALMERS = University(
    name={"en": "Chalmers University of Technology"},
    country="SE",
    ror="https://ror.org/040wg7k59",
    homepage="https://www.chalmers.se",
    city="Gothenburg",
    identifier="VATSE-000000000401",
    quality={"en": "Swedish Higher Education Authority (UKÄ)"},
)


@cache
def seal_authority() -> Authority:
    """Return the authority that certifies all of the simulator's seals."""
    return authority(AUTHORITY_SEED, name=AUTHORITY_NAME)


@cache
def warsaw() -> Issuer:
    """Seals with RSA, as the issuers in use do."""
    return sealing(WARSAW, rsa_key("seal of Warsaw"), ed25519_key("Warsaw"))


@cache
def berlin() -> Issuer:
    """Seals with RSA."""
    return sealing(BERLIN, rsa_key("seal of Berlin"), ed25519_key("Berlin"))


def chalmers() -> Issuer:
    """Signs with Ed25519 under a did:key."""
    return Issuer(CHALMERS, ed25519_key("Chalmers"))


def aachen() -> Issuer:
    """Signs badges with Ed25519 under a did:key."""
    return Issuer(AACHEN, ed25519_key("Aachen"))


def aachen_tokens() -> Issuer:
    """Signs tokens with P-256 under a did:jwk."""
    return Issuer(AACHEN, p256_key("Aachen"), by_jwk=True)


def sealing(university: University, seal_key: IssuerKey, key: IssuerKey) -> Issuer:
    """Make an issuer with a seal from the simulator's authority, valid from 2023 to 2026."""
    certificate = seal_certificate(
        seal_authority(),
        seal_key,
        organisation=university.label,
        identifier=university.identifier,
        country=university.country,
        valid=(SEAL_FROM, SEAL_UNTIL),
    )
    return Issuer(university, key, seal_key, certificate)
