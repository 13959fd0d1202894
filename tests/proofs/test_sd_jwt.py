"""SD-JWT: RFC 9901, section 7.1 step by step, its limits, and whatever else may come."""

import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.issuer.keys import base64url, p256_key
from tests.issuer.sd_jwt import (
    Hidden,
    Issued,
    SdJwtDefect,
    bound,
    compact,
    flattened,
    general,
    sd_jwt,
    token,
)
from tests.needs import shared
from wallet.errors import MalformedCredential, TooLarge
from wallet.model.verification import Outcome, Reason
from wallet.proofs import base64url as strict
from wallet.proofs import jws, sd_jwt_json
from wallet.proofs import sd_jwt as proofs
from wallet.proofs.keys import PublicKey

KEY = p256_key("sd-jwt issuer")
HOLDER = p256_key("sd-jwt holder")
CLAIMS: dict[str, Any] = {
    "iss": "https://issuer.example.edu",
    "vct": "urn:example:1",
    "given_name": Hidden("Ada"),
    "address": Hidden({"street": Hidden("Main Street 1"), "country": "PL"}),
    "nationalities": ["PL", Hidden("SE"), Hidden({"code": Hidden("DE")})],
    "outcomes": [Hidden("one"), [Hidden("nested"), 2]],
}
PLAIN = {
    "iss": "https://issuer.example.edu",
    "vct": "urn:example:1",
    "given_name": "Ada",
    "address": {"street": "Main Street 1", "country": "PL"},
    "nationalities": ["PL", "SE", {"code": "DE"}],
    "outcomes": ["one", ["nested", 2]],
}
SAMPLES = ("simple", "key_binding", "array_recursive_sd")

_UNPARSED = {
    SdJwtDefect.NO_TILDE,
    SdJwtDefect.NO_CLOSING_TILDE,
    SdJwtDefect.PADDED_DISCLOSURE,
    SdJwtDefect.STRAY_BITS,
    SdJwtDefect.NOT_JSON,
    SdJwtDefect.NOT_AN_ARRAY,
    SdJwtDefect.FOUR_ELEMENTS,
    SdJwtDefect.NUMBER_AS_SALT,
    SdJwtDefect.NUMBER_AS_NAME,
    SdJwtDefect.PAYLOAD_IS_AN_ARRAY,
}
_BROKEN = {
    SdJwtDefect.WEAK_HASH: (Reason.SIG_CONSTRAINTS_FAILURE, "_sd_alg", "/_sd_alg"),
    SdJwtDefect.HASH_IS_A_NUMBER: (Reason.SIG_CONSTRAINTS_FAILURE, "_sd_alg", "/_sd_alg"),
    SdJwtDefect.SD_IS_A_TEXT: (Reason.FORMAT_FAILURE, "_sd", ""),
    SdJwtDefect.SD_HOLDS_A_NUMBER: (Reason.FORMAT_FAILURE, "_sd", ""),
    SdJwtDefect.DOTS_WITH_A_SIBLING: (Reason.FORMAT_FAILURE, "...", "/list/0"),
    SdJwtDefect.DOTS_ARE_A_NUMBER: (Reason.FORMAT_FAILURE, "...", "/list/0"),
    SdJwtDefect.DOTS_OUTSIDE_AN_ARRAY: (Reason.FORMAT_FAILURE, "...", "/object"),
    SdJwtDefect.ELEMENT_IN_AN_OBJECT: (
        Reason.FORMAT_FAILURE,
        "disclosure of an array element",
        "",
    ),
    SdJwtDefect.MEMBER_IN_AN_ARRAY: (
        Reason.FORMAT_FAILURE,
        "disclosure of an object's member",
        "/list/0",
    ),
    SdJwtDefect.CLAIM_NAMED_SD: (Reason.FORMAT_FAILURE, "_sd", ""),
    SdJwtDefect.CLAIM_NAMED_DOTS: (Reason.FORMAT_FAILURE, "...", ""),
    SdJwtDefect.NAME_TAKEN: (Reason.FORMAT_FAILURE, "iss", ""),
    SdJwtDefect.NAME_DISCLOSED_TWICE: (Reason.FORMAT_FAILURE, "nickname", ""),
    SdJwtDefect.DIGEST_TWICE: (Reason.FORMAT_FAILURE, "digest at two places", ""),
    SdJwtDefect.DIGEST_TWICE_DEEP: (Reason.FORMAT_FAILURE, "digest at two places", "/deep"),
    SdJwtDefect.DECOY_TWICE: (Reason.FORMAT_FAILURE, "digest at two places", ""),
    SdJwtDefect.SENT_TWICE: (Reason.FORMAT_FAILURE, "disclosure sent twice", ""),
    SdJwtDefect.UNREFERENCED: (Reason.HASH_FAILURE, "stranger", ""),
    SdJwtDefect.ALTERED_DISCLOSURE: (Reason.HASH_FAILURE, "given_name", ""),
    SdJwtDefect.ORPHANED: (Reason.HASH_FAILURE, "inner", ""),
}


def process(data: bytes | str) -> proofs.Processed:
    return proofs.process(proofs.parse(data if isinstance(data, str) else data.decode()))


# ---- what holds ---------------------------------------------------------------------------------


@pytest.mark.parametrize("hash_name", [None, "sha-256", "sha-384", "sha-512"])
def test_every_disclosure_gets_its_place(hash_name: str | None) -> None:
    issued = sd_jwt(CLAIMS, KEY, hash_name=hash_name, decoys=3)
    found = process(issued.data)
    assert found.claims == PLAIN
    assert found.broken is None
    assert {entry.encoded for entry in found.disclosed} == set(issued.disclosures)
    assert {entry.pointer for entry in found.disclosed} == {
        "/given_name",
        "/address",
        "/address/street",
        "/nationalities/1",
        "/nationalities/2",
        "/nationalities/2/code",
        "/outcomes/0",
        "/outcomes/1/0",
    }


def test_what_is_not_disclosed_is_not_there() -> None:
    issued = sd_jwt(CLAIMS, KEY, decoys=2)
    found = process(issued.without(*range(len(issued.disclosures))).data)
    assert found.broken is None
    assert found.claims == {
        "iss": PLAIN["iss"],
        "vct": PLAIN["vct"],
        "nationalities": ["PL"],
        "outcomes": [[2]],
    }


def test_an_object_with_nothing_left_is_empty() -> None:
    issued = sd_jwt({"a": {"b": Hidden(1)}, "c": [Hidden({"d": Hidden(2)})]}, KEY)
    assert process(issued.without(0, 1, 2).data).claims == {"a": {}, "c": []}
    assert process(issued.without(0, 1).data).claims == {"a": {}, "c": [{}]}


def test_a_deeper_member_named_as_the_algorithm_is_a_claim() -> None:
    assert process(sd_jwt({"a": {"_sd_alg": "x"}}, KEY).data).claims == {"a": {"_sd_alg": "x"}}


def test_a_disclosed_algorithm_changes_nothing() -> None:
    hidden = {"name": Hidden("Ada"), "_sd_alg": Hidden("sha-512")}
    assert process(sd_jwt(hidden, KEY, hash_name=None).data).claims == {"name": "Ada"}
    found = process(sd_jwt(hidden, KEY).data)
    assert found.broken == proofs.Broken(Reason.FORMAT_FAILURE, "_sd_alg", "")


@pytest.mark.parametrize("name", SAMPLES)
def test_the_published_samples(name: str) -> None:
    text = shared("samples", "sd-jwt", name, "sd_jwt_presentation.txt").read_text()
    expected = shared("samples", "sd-jwt", name, "verified_contents.json").read_text()
    key = shared("samples", "sd-jwt", "issuer-public-key.json").read_text()
    assert "\n" in text
    found = process(text)
    assert found.broken is None
    assert found.claims == json.loads(expected)
    finding = jws.check(found.source.token, PublicKey.from_jwk(json.loads(key)))
    assert finding.outcome is Outcome.PASSED


@pytest.mark.parametrize("wrap", ["\n", "\r\n", " \t\n  "])
def test_line_wraps_are_removed_first(wrap: str) -> None:
    text = bound(sd_jwt(CLAIMS, KEY), HOLDER).decode()
    lines = wrap.join(text[start : start + 70] for start in range(0, len(text), 70))
    assert proofs.parse(lines) == proofs.parse(text)


def test_what_stands_behind_the_last_tilde_is_the_binding() -> None:
    issued = sd_jwt(CLAIMS, KEY)
    found = proofs.parse(bound(issued, HOLDER).decode())
    assert found.binding is not None
    assert found.binding.header["typ"] == "kb+jwt"
    assert found.signed == issued.text
    assert proofs.parse(issued.text).binding is None


# ---- what does not ------------------------------------------------------------------------------


@pytest.mark.parametrize("defect", sorted(_UNPARSED))
def test_what_cannot_be_taken_apart_is_malformed(defect: SdJwtDefect) -> None:
    data = compact(sd_jwt(CLAIMS, KEY, defect=defect), defect)
    with pytest.raises(MalformedCredential):
        proofs.parse(data.decode())


@pytest.mark.parametrize("defect", sorted(_BROKEN))
def test_a_broken_rule_is_named_and_nothing_hidden_is_believed(defect: SdJwtDefect) -> None:
    found = process(sd_jwt(CLAIMS, KEY, defect=defect).data)
    assert found.broken is not None
    assert (found.broken.reason, found.broken.what, found.broken.where) == _BROKEN[defect]
    if found.broken.reason is not Reason.HASH_FAILURE:
        assert found.disclosed == ()
        assert "given_name" not in found.claims
        assert not {"_sd", "_sd_alg", "..."} & set(found.claims)
        assert found.claims["nationalities"] == ["PL"]


def test_an_altered_disclosure_is_not_shown() -> None:
    issued = sd_jwt(CLAIMS, KEY, defect=SdJwtDefect.ALTERED_DISCLOSURE)
    found = process(issued.data)
    assert "given_name" not in found.claims
    assert found.claims["address"] == PLAIN["address"]


def test_the_other_defects_are_not_the_digests() -> None:
    rest = set(SdJwtDefect) - _UNPARSED - set(_BROKEN)
    for defect in rest:
        claims = {**CLAIMS, "cnf": {"jwk": HOLDER.jwk}}
        found = process(sd_jwt(claims, KEY, defect=defect).data)
        assert found.broken is None


@pytest.mark.parametrize(
    ("header", "payload", "where"),
    [("{}", '{"a": 1, "a": 2}', "/a"), ("{}", '{"b": [{"a": 1, "a": 2}]}', "/b/0/a")],
)
def test_duplicate_names_are_told(header: str, payload: str, where: str) -> None:
    text = f"{base64url(header.encode())}.{base64url(payload.encode())}.AA~"
    assert proofs.parse(text).duplicates == (where,)


def test_duplicate_names_in_a_disclosure_are_told() -> None:
    part = base64url(b'["salt", "name", {"x": 1, "x": 2}]')
    text = f"{sd_jwt({}, KEY).jwt}~{part}~"
    assert proofs.parse(text).duplicates == ("/disclosures/0/2/x",)


@pytest.mark.parametrize(
    "text",
    ["", "~", "~~", "a~", "a.b.c", "a.b.c~", "e30.e30.AA~~", "e30.e30.AA~x", "e30.e30.AA~ä~"],
)
def test_what_is_no_sd_jwt_is_malformed(text: str) -> None:
    with pytest.raises(MalformedCredential):
        proofs.parse(text)


def test_a_digest_names_its_text_not_its_meaning() -> None:
    """The same array written with other blanks is another disclosure (section 4.2.1)."""
    issued = sd_jwt({"name": Hidden("Ada")}, KEY)
    salt = json.loads(strict.decode(issued.disclosures[0]))[0]
    again = base64url(f'["{salt}","name","Ada"]'.encode())
    found = process(f"{issued.jwt}~{again}~")
    assert found.broken is not None
    assert found.broken.reason is Reason.HASH_FAILURE


# ---- limits -------------------------------------------------------------------------------------


def test_the_number_of_disclosures_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    assert proofs.MAX_DISCLOSURES >= 1000
    monkeypatch.setattr(proofs, "MAX_DISCLOSURES", 20)
    under = sd_jwt({"list": [Hidden(n) for n in range(20)]}, KEY)
    assert process(under.data).claims == {"list": list(range(20))}
    over = sd_jwt({"list": [Hidden(n) for n in range(21)]}, KEY)
    with pytest.raises(TooLarge):
        proofs.parse(over.text)
    with pytest.raises(TooLarge):
        proofs.parse(over.jwt + "~" * 100_000)


def test_the_full_number_of_disclosures_is_processed() -> None:
    count = proofs.MAX_DISCLOSURES
    found = process(sd_jwt({"list": [Hidden(n) for n in range(count)]}, KEY).data)
    assert len(found.disclosed) == count


def nested(levels: int) -> Issued:
    """The payload is level 1; each further one lies in a disclosure of its own."""
    value: Any = {"end": 1}
    for _ in range(levels - 2):
        value = {"in": Hidden(value)}
    return sd_jwt({"in": Hidden(value)}, KEY)


def test_nesting_is_limited_across_disclosures() -> None:
    assert process(nested(proofs.MAX_DEPTH).data).broken is None
    with pytest.raises(TooLarge):
        process(nested(proofs.MAX_DEPTH + 1).data)


def test_members_are_limited_across_disclosures(monkeypatch: pytest.MonkeyPatch) -> None:
    issued = sd_jwt({"a": Hidden(list(range(50))), "b": Hidden(list(range(50)))}, KEY)
    parts = [strict.decode(part) for part in (issued.jwt.split(".")[1], *issued.disclosures)]
    count = sum(part.count(mark) for part in parts for mark in (b",", b"[", b"{"))
    monkeypatch.setattr(proofs, "MAX_MEMBERS", count)
    assert process(issued.data).broken is None
    monkeypatch.setattr(proofs, "MAX_MEMBERS", count - 1)
    with pytest.raises(TooLarge):
        proofs.parse(issued.text)


def test_characters_are_limited() -> None:
    with pytest.raises(TooLarge):
        proofs.parse("~" * (jws.MAX_CHARACTERS + 1))


# ---- the JSON serialisation ---------------------------------------------------------------------


@pytest.mark.parametrize("form", [flattened, general])
def test_the_json_forms_say_the_same(form: Any) -> None:
    issued = sd_jwt(CLAIMS, KEY)
    binding = bound(issued, HOLDER).decode().rpartition("~")[2]
    for last in (None, binding):
        document = form(issued, last)
        assert sd_jwt_json.looks_like(document)
        assert sd_jwt_json.parse(document) == proofs.parse(issued.text + (last or ""))


@pytest.mark.parametrize(
    "change",
    [
        {"payload": 5},
        {"signatures": []},
        {"protected": 5},
        {"header": {"disclosures": "x"}},
        {"header": {"disclosures": [5]}},
        {"header": {"disclosures": [], "kb_jwt": ""}},
        {"header": {"disclosures": [], "kb_jwt": 5}},
        {"header": {"disclosures": [], "alg": "none"}},
        {"signature": None},
        {"signature": "ä"},
    ],
)
def test_json_forms_that_are_none(change: dict[str, Any]) -> None:
    document = {**flattened(sd_jwt(CLAIMS, KEY)), **change}
    if sd_jwt_json.looks_like(document):
        with pytest.raises(MalformedCredential):
            sd_jwt_json.parse(document)


def test_disclosures_belong_to_the_first_of_several_signatures() -> None:
    document = general(sd_jwt(CLAIMS, KEY))
    first = document["signatures"][0]
    other = {**first, "header": {}}
    found = sd_jwt_json.parse({**document, "signatures": [first, other]})
    assert len(found.tokens) == 2
    for signatures in ([first, first], [first] + [other] * sd_jwt_json.MAX_SIGNATURES):
        with pytest.raises(MalformedCredential):
            sd_jwt_json.parse({**document, "signatures": signatures})
    sd_jwt_json.parse({**document, "signatures": [first] + [other] * 9})


@pytest.mark.parametrize(
    "value", [None, [], "x", {}, {"payload": "x"}, {"payload": "x", "protected": "x"}]
)
def test_other_json_is_not_taken_for_one(value: Any) -> None:
    assert not sd_jwt_json.looks_like(value)


# ---- whatever comes -----------------------------------------------------------------------------

SPECIMEN = bound(sd_jwt(CLAIMS, KEY, decoys=1), HOLDER).decode()


@given(seed=st.integers(0, 2**32))
@settings(max_examples=300, deadline=None)
def test_mutations_raise_one_error_and_never_pass(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 -- no secret, but the same every time
    text = list(SPECIMEN)
    for _ in range(chance.randint(1, 3)):
        place = chance.randrange(len(text))
        text[place : place + chance.randint(0, 2)] = chance.choice(["", "~", ".", "A", "e", "_"])
    try:
        found = process("".join(text))
    except MalformedCredential:
        return
    whole = found.source
    key = PublicKey.from_jwk(KEY.jwk)
    holds = jws.check(whole.token, key).outcome is Outcome.PASSED and found.broken is None
    if holds:
        # Only the holder's part can have changed, or a disclosure was left out as a whole.
        sent = {entry.encoded for entry in whole.disclosures}
        assert sent <= {*SPECIMEN.split("~")}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just("..."),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["a", "_sd", "...", "_sd_alg", ""]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(payload=json_values, parts=st.lists(json_values, max_size=4))
@settings(max_examples=300, deadline=None)
def test_any_json_is_processed_or_refused(payload: Any, parts: list[Any]) -> None:
    encoded = [base64url(json.dumps(part).encode()) for part in parts]
    jwt = token({"alg": "ES256"}, json.dumps(payload), KEY)
    try:
        found = process("".join(part + "~" for part in (jwt, *encoded)))
    except MalformedCredential:
        return
    assert not {"_sd", "..."} & set(names(found.claims))


def names(value: Any) -> Iterator[str]:
    """Every member's name, at any depth."""
    if isinstance(value, dict):
        yield from value
    for inner in value.values() if isinstance(value, dict) else value:
        if isinstance(inner, dict | list):
            yield from names(inner)


@given(st.text(max_size=80))
def test_arbitrary_texts_are_malformed(text: str) -> None:
    with pytest.raises(MalformedCredential):
        proofs.parse(text)
