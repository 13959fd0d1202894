"""JAdES of every baseline level and serialisation: it holds, and the lists judge it."""

import json
from datetime import datetime
from typing import Any

import pytest

from tests.issuer.jades_levels import LeveledSeal
from tests.issuer.keys import IssuerKey, base64url
from tests.proofs import stamping
from tests.proofs.stamping import Token
from tests.trust import europe
from tests.trust.europe import SEAL, SIGNED
from tests.trust.judging import AT, CA, DAY, EXPIRED, GRANTED, LEAF, TIMES, known
from wallet import formats
from wallet.formats.proving import prove
from wallet.model.verification import Outcome, Reason
from wallet.proofs import jades
from wallet.proofs.finding import ProofFinding
from wallet.proofs.timestamps import Integrity
from wallet.trust.anchors import TrustStore
from wallet.trust.qualification import judge

PAYLOAD = '{"id":"urn:credential:1","title":"Łódź / 100 %"}'
STAMPS = {"B": 0, "T": 1, "LT": 1, "LTA": 3}


def stamper(over: bytes, time: datetime = SIGNED + DAY) -> bytes:
    return Token(over, time=time).der()


def seal(leaf: bytes = LEAF, **changes: Any) -> LeveledSeal:
    usual: dict[str, Any] = {
        "key": IssuerKey(europe.key(SEAL)),
        "chain": (leaf,),
        "stamper": stamper,
        "others": (CA, stamping.authority()),
        "ocsp": (europe.response(leaf),),
        "crls": (europe.revocations(),),
        "renewals": 2,
    }
    return LeveledSeal(**{**usual, **changes})


def found(data: bytes) -> ProofFinding:
    document = jades.parse(data)
    assert document is not None
    assert document.payload == PAYLOAD.encode()
    return jades.check(document)


@pytest.mark.parametrize("clear", [False, True])
@pytest.mark.parametrize("encoded", [False, True])
@pytest.mark.parametrize("form", ["general", "flattened"])
@pytest.mark.parametrize("level", STAMPS)
def test_every_level_in_every_form(level: str, form: str, *, encoded: bool, clear: bool) -> None:
    made = seal(level=level, form=form, encoded=encoded, clear=clear)
    finding = found(made.build(PAYLOAD))
    assert finding.outcome is Outcome.PASSED
    assert finding.evidence is not None
    assert [one.integrity for one in finding.evidence.stamps] == [Integrity.INTACT] * STAMPS[level]
    judgement = judge(finding.evidence, known(GRANTED, TIMES), AT)
    assert judgement.reason is None
    assert (judgement.existence is not None) is (level != "B")
    assert (judgement.revocation is not None) is level.startswith("L")


@pytest.mark.parametrize("level", STAMPS)
def test_a_certificate_that_has_expired_since(level: str) -> None:
    finding = found(seal(EXPIRED, level=level).build(PAYLOAD))
    assert finding.evidence is not None
    judgement = judge(finding.evidence, known(GRANTED, TIMES), AT)
    assert judgement.reason is (Reason.OUT_OF_BOUNDS_NO_POE if level == "B" else None)


def test_the_compact_form() -> None:
    assert found(seal(form="compact").build(PAYLOAD)).outcome is Outcome.PASSED


@pytest.mark.parametrize("changes", [{"chain": (LEAF, CA)}, {"level": "LT", "chain": (LEAF,)}])
def test_the_path_is_in_the_header_or_beside_it(changes: dict[str, Any]) -> None:
    assert found(seal(**changes).build(PAYLOAD)).outcome is Outcome.PASSED


def test_the_signing_time_as_a_number() -> None:
    finding = found(seal(changes={"sigT": None, "iat": 1709287200}).build(PAYLOAD))
    assert finding.evidence is not None
    assert finding.evidence.signed_at == SIGNED


def test_two_seals_are_both_told_and_the_worse_counts() -> None:

    document = json.loads(seal(level="T").build(PAYLOAD))
    document["signatures"] += json.loads(seal(level="B").build(PAYLOAD))["signatures"]

    def proof(stated: Any) -> tuple[Outcome, Reason | None, str]:
        credential = formats.read(json.dumps(stated).encode())
        assert credential is not None
        check = prove(credential, TrustStore.empty(), AT).proof
        return check.outcome, check.reason, check.facts["other_proofs"]

    assert proof(document) == (Outcome.PASSED, None, "ES256: passed")
    document["signatures"][1]["signature"] = base64url(bytes(64))
    assert proof(document)[:2] == (Outcome.FAILED, Reason.SIG_CRYPTO_FAILURE)
    assert proof(document)[2] == "ES256: passed"
    document["signatures"][1] = json.loads(seal(changes={"alg": "Ed448"}).build(PAYLOAD))[
        "signatures"
    ][0]
    assert proof(document)[:2] == (Outcome.INDETERMINATE, Reason.UNSUPPORTED_SUITE)
