"""SD-JWT credentials for the tests of reading and verifying: one issuer, one holder, one store."""

from typing import Any

from tests.issuer.keys import ed25519_key, p256_key, verification_method
from tests.issuer.sd_jwt import Hidden, Issued, sd_jwt
from tests.issuer.subjects import NOW
from wallet import formats
from wallet.model.credential import Credential
from wallet.model.verification import Check, CheckName, VerificationReport
from wallet.trust.anchors import TrustStore
from wallet.verification.verify import Demand, verify_with_parts

ISSUER, HOLDER = p256_key("sd-jwt issuer"), ed25519_key("sd-jwt holder")
HEADER = {"kid": verification_method(ISSUER.did_key)}
PLAIN: dict[str, Any] = {
    "iss": ISSUER.did_key,
    "iat": 1683000000,
    "exp": 1883000000,
    "vct": "urn:example:library-card:1",
    "cnf": {"jwk": HOLDER.jwk},
    "given_name": Hidden("Ada"),
    "nationalities": [Hidden("PL"), Hidden("SE")],
}
NOBODY = TrustStore.empty()


def issue(claims: dict[str, Any] | None = None, **options: Any) -> Issued:
    """Issue the plain card, with other claims beside or instead (None takes one away)."""
    merged = {**PLAIN, **(claims or {})}
    header = {**HEADER, **options.pop("header", {})}
    kept = {name: value for name, value in merged.items() if value is not None}
    return sd_jwt(kept, ISSUER, header=header, **options)


def read(data: bytes) -> Credential:
    """Read it; it has to be something."""
    credential = formats.read(data)
    assert credential is not None
    return credential


def report(
    data: bytes, demand: Demand | None = None, trust: TrustStore = NOBODY
) -> VerificationReport:
    """Verify the outermost item."""
    return verify_with_parts(read(data), trust, NOW, demand or Demand())[0][2]


def said(check: Check) -> str:
    """What a check came to, in one text."""
    return f"{check.outcome.value} {check.reason.value}" if check.reason else check.outcome.value


def verdict(data: bytes, name: CheckName, demand: Demand | None = None) -> str:
    """What one check came to."""
    return said(report(data, demand).check(name))
