"""Type metadata of SD-JWT VC: what a type extends, that it is whole, and what may be left out."""

import base64
import hashlib
import json
from typing import Any

import pytest

from tests.formats.sd_jwts import ISSUER, PLAIN, read
from tests.issuer.keys import base64url
from tests.issuer.sd_jwt import Hidden, sd_jwt
from wallet.formats import type_metadata
from wallet.model.credential import Text
from wallet.model.verification import Reason

KIND, BASE = "urn:example:course:1", "urn:example:base:1"


def encoded(document: dict[str, Any]) -> bytes:
    return json.dumps(document).encode()


def sri(data: bytes, name: str = "sha256") -> str:
    return f"{name}-" + base64.b64encode(hashlib.new(name, data).digest()).decode()


def vctm(*documents: dict[str, Any]) -> dict[str, Any]:
    return {"vctm": [base64url(encoded(one)) for one in documents]}


PARENT = {"vct": BASE, "name": "Base"}
CHILD = {"vct": KIND, "extends": BASE, "extends#integrity": sri(encoded(PARENT))}


def named(*documents: dict[str, Any], integrity: object = None) -> Text | None:
    return type_metadata.stated_name(vctm(*documents), KIND, integrity)


def test_a_type_is_called_like_the_one_it_extends() -> None:
    assert named(CHILD, PARENT) == named(PARENT, CHILD) == Text.plain("Base")
    assert named({**CHILD, "name": "Course"}, PARENT) == Text.plain("Course")
    assert named({**CHILD, "extends#integrity": None}, PARENT) == Text.plain("Base")


def test_what_is_not_here_or_not_whole_says_nothing() -> None:
    assert named(CHILD) is None
    assert named(CHILD, {**PARENT, "name": "Forged"}) is None
    for wrong in ("", "sha256-", "sha256-!", "md5-AAAA", 5, sri(b"x"), sri(encoded(PARENT))[:-2]):
        assert named({**CHILD, "extends#integrity": wrong}, PARENT) is None


def test_the_credential_states_a_digest_of_its_type() -> None:
    own = {"vct": KIND, "name": "Course"}
    data = encoded(own)
    for good in (sri(data), sri(data, "sha512"), f"{sri(b'x')} {sri(data, 'sha384')}"):
        assert named(own, integrity=good) == Text.plain("Course")
    for wrong in (sri(b"x"), f"{sri(data)} {sri(b'x', 'sha512')}"):
        assert named(own, integrity=wrong) is None


def test_types_that_extend_each_other_come_to_an_end() -> None:
    loop = {"vct": BASE, "extends": KIND}
    assert named({"vct": KIND, "extends": BASE}, loop) is None
    assert named({"vct": KIND, "extends": KIND}) is None


# ---- what may be left out -----------------------------------------------------------------------


def remarks(claims: list[dict[str, Any]], *others: dict[str, Any], **stated: Any) -> list[str]:
    """Where a credential departs from its type: `name` and one of two grades are hidden."""
    body = {**PLAIN, "vct": KIND, "name": Hidden("Ada"), "grades": [5, Hidden(4)], **stated}
    own = {**CHILD, "extends#integrity": None, "claims": claims}
    header = {"typ": "dc+sd-jwt", "jwk": ISSUER.jwk, **vctm(own, *others)}
    found = read(sd_jwt(body, ISSUER, header=header).data)
    assert {one.kind for one in found.defects} <= {Reason.SCHEMA_REMARKS}
    return [one.where for one in found.defects]


@pytest.mark.parametrize(
    ("path", "rule", "expected"),
    [
        (["name"], "always", []),
        (["name"], "allowed", []),
        (["name"], "never", ["/name"]),
        (["grades"], "never", []),
        (["grades"], "always", ["/grades"]),
        (["grades", None], "always", ["/grades/0"]),
        (["grades", None], "never", ["/grades/1"]),
        (["grades", 1], "never", ["/grades/1"]),
        (["grades", 9], "always", []),
        (["grades", True], "always", []),
        (["absent"], "always", []),
        (["name", "of"], "always", []),
        ([], "always", []),
        ("name", "never", []),
        (["name"], ["never"], []),
        ([{}], "never", []),
    ],
)
def test_a_type_says_what_may_be_left_out(path: object, rule: object, expected: list[str]) -> None:
    assert remarks([{"path": path, "sd": rule}]) == expected


def test_what_a_type_says_one_that_extends_it_cannot_change() -> None:
    parent = {"vct": BASE, "claims": [{"path": ["name"], "sd": "never"}]}
    assert remarks([{"path": ["name"], "sd": "always"}], parent) == ["/name"]
    assert remarks([{"path": ["name"], "sd": "never"}], {"vct": BASE}) == ["/name"]


def test_metadata_that_are_not_whole_demand_nothing() -> None:
    rule = [{"path": ["name"], "sd": "never"}]
    assert remarks(rule, **{"vct#integrity": sri(b"x")}) == []


def test_the_number_of_claims_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type_metadata, "MAX_CLAIMS", 2)
    rule = {"path": ["name"], "sd": "never"}
    assert remarks([{}, rule]) == ["/name"]
    assert remarks([{}, {}, rule]) == []
    monkeypatch.setattr(type_metadata, "MAX_PLACES", 1)
    assert remarks([{"path": ["grades", None], "sd": "never"}]) == []
