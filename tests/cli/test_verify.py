"""`mikrofolio verify`: its JSON, its exit statuses, and its words."""

import json
from pathlib import Path

import pytest

from tests import needs
from tests.cli.conftest import Run

CHECKS = ["format", "proof", "issuer", "validity", "status", "holder"]


def test_a_sealed_credential(run: Run) -> None:
    ran = run("verify", "--json", needs.shared("samples", "edc", "Sample-MC-Annex1-signed.jsonld"))
    assert ran.status == 3
    assert set(ran.json) == {"at", "items", "problems"}
    (item,) = ran.json["items"]
    assert item["format"] == "edc"
    assert item["securing"] == "jades"
    assert item["state"] == "unchanged_issuer_not_confirmed"
    assert item["outcome"] == "indeterminate"
    assert item["issued"] == "2023-09-27"
    assert [check["name"] for check in item["checks"]] == CHECKS
    proof, issuer = item["checks"][1:3]
    assert (proof["outcome"], proof["reason"]) == ("passed", None)
    assert proof["facts"]["algorithm"] == "RS256"
    assert (issuer["outcome"], issuer["reason"]) == ("indeterminate", "TRUST_DATA_MISSING")


@pytest.mark.parametrize(
    ("sample", "status"),
    [
        ("open-badges-3/simple.json", 3),
        ("open-badges-3/simple-err-expired.json", 1),
        ("open-badges-3/vc.getVCv2Tampered.json", 1),
        ("edc/Sample-MC-Annex1-unsigned.jsonld", 1),
    ],
)
def test_exit_status_says_what_was_found(run: Run, sample: str, status: int) -> None:
    assert run("verify", needs.shared("samples", *sample.split("/"))).status == status


def test_a_registry_makes_an_issuer_known(run: Run, tmp_path: Path) -> None:
    badge = needs.shared("samples", "open-badges-3", "vc.getVCv2.json")
    did = json.loads(badge.read_text("utf-8"))["issuer"]["id"]
    registry = tmp_path / "registry.json"
    entry = {did: {"name": "A university", "location": "", "url": ""}}
    registry.write_text(json.dumps({"meta": {}, "registry": entry}), "utf-8")
    (without,) = run("verify", "--json", badge).json["items"]
    (known,) = run("verify", "--json", "--trust", registry, badge).json["items"]
    assert without["checks"][2]["reason"] == "ISSUER_UNKNOWN"
    assert known["checks"][2]["reason"] == "ISSUER_REGISTRY"


def test_the_worst_of_several_files_wins(run: Run, tmp_path: Path) -> None:
    good = needs.shared("samples", "open-badges-3", "simple.json")
    bad = needs.shared("samples", "open-badges-3", "simple-err-expired.json")
    missing = tmp_path / "missing.json"
    assert run("verify", good, bad).status == 1
    ran = run("verify", "--json", missing, bad, good)
    assert ran.status == 2
    assert [problem["code"] for problem in ran.json["problems"]] == ["unreadable"]
    assert len(ran.json["items"]) == 2


@pytest.mark.parametrize(
    ("content", "code", "status"),
    [
        (b"Dear Hanna, congratulations.", "no_credential", 0),
        (b"", "no_credential", 0),
        (b'{"@context": ["https://www.w3.org/ns/credentials/v2"', "malformed", 2),
        (b'{"a": 1}', "unknown_format", 2),
        (b"%PDF-1.7 nothing in it", "no_credential", 0),
    ],
)
def test_not_a_credential(run: Run, tmp_path: Path, content: bytes, code: str, status: int) -> None:
    file = tmp_path / "letter.txt"
    file.write_bytes(content)
    ran = run("verify", "--json", file)
    (problem,) = ran.json["problems"]
    assert (problem["code"], ran.status) == (code, status)
    assert problem["source"] == "letter.txt"
    assert problem["message"].endswith(".")


def test_words_name_every_check(run: Run) -> None:
    ran = run("verify", needs.shared("samples", "open-badges-3", "simple.json"))
    for word in ("Structure", "Seal or signature", "Issuer", "Validity", "Revocation", "Holder"):
        assert word in ran.out


def test_bad_usage_is_status_two(run: Run) -> None:
    assert run("verify").status == 2
    assert run("verify", "--at", "yesterday", "x").status == 2
    assert run("nonsense").status == 2
