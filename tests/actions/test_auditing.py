"""The audit and the supplement of an award: data, JSON, and a page that can be read and copied."""

import json
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests import needs
from tests.actions.test_progress import bring
from wallet.actions import auditing, demonstrating
from wallet.actions.wallet import Wallet
from wallet.errors import NotFound, UsageError
from wallet.model.audit import Component
from wallet.model.credential import Text
from wallet.model.programme import AwardStatus


@pytest.fixture(scope="module")
def example() -> Iterator[Wallet]:
    """The demonstration wallet, in which much counts."""
    with demonstrating.demonstration() as wallet:
        yield wallet


def printed(pdf: bytes, folder: Path) -> str:
    """What can be copied from a PDF, on one line."""
    file = folder / "page.pdf"
    file.write_bytes(pdf)
    command = [needs.program("pdftotext"), "-layout", str(file), "-"]
    done = subprocess.run(command, capture_output=True, check=True)
    return " ".join(done.stdout.decode("utf-8").split())


def test_what_was_counted_by_which_rule(example: Wallet) -> None:
    found = auditing.audit(example, "climate-action", "mini")
    assert found.award.status is AwardStatus.MET
    assert found.total == sum(one.ects for one in found.activities)
    assert found.learners == ("Hanna Żółkiewska",)
    school = next(one for one in found.activities if one.requirement == "summer-school")
    assert school.component is Component.ELECTIVE
    assert school.matched == "urn:mc-example:wut:summer-school-2023"
    assert {name.best("pl") for name in school.universities} == {"Politechnika Warszawska"}
    kept = example.vault.get(school.holding)
    assert school.sha256 in {version.sha256 for version in kept.versions}


def test_without_a_key_it_is_the_award_that_contains_the_others(example: Wallet) -> None:
    assert auditing.audit(example, "climate-action").award.key == "full"
    assert auditing.audit(example, "smart-sustainable-cities").award.key == "award"
    with pytest.raises(UsageError):
        auditing.audit(example, "higher-education-teaching")
    with pytest.raises(NotFound):
        auditing.audit(example, "climate-action", "nothing")


def test_the_audit_as_json(example: Wallet) -> None:
    shape = json.loads(auditing.audit_json(auditing.audit(example, "climate-action", "mini")))
    assert (shape["format"], shape["status"], shape["ects"]) == ("mikrofolio-audit/1", "met", "7")
    assert shape["version"] == "2024-07-08"
    assert len(shape["definitionSha256"]) == 64
    first = shape["activities"][0]
    assert first["strength"] == "identifier"
    assert len(first["sha256"]) == 64
    assert {one["key"] for one in shape["rules"]} == {"two-countries", "two-universities"}


def test_the_supplement_as_json(example: Wallet) -> None:
    found = auditing.audit(example, "data-literacy", "full")
    shape = json.loads(auditing.supplement_json(found))
    assert shape["format"] == "mikrofolio-supplement/1"
    kinds = {one["requirement"]: one["component"] for one in shape["activities"]}
    assert kinds["data-one"] == "obligatory"
    assert kinds["elective"] == "elective"
    assert "sha256" not in shape["activities"][0]


def test_the_printed_audit(example: Wallet, tmp_path: Path) -> None:
    found = auditing.audit(example, "climate-action", "mini")
    english = printed(auditing.audit_pdf(found, "en"), tmp_path)
    assert "You meet the published rules (version 2024-07-08)" in english
    assert "The university decides on the award." in english
    assert all(one.sha256 in english for one in found.activities)
    polish = printed(auditing.audit_pdf(found, "pl"), tmp_path)
    assert "o przyznaniu decyduje uczelnia" in polish
    assert "minicertyfikat Climate Action" in polish
    assert "Hanna Żółkiewska" in polish


def test_the_printed_supplement_says_when_it_is_not_met(example: Wallet, tmp_path: Path) -> None:
    found = auditing.audit(example, "climate-action", "full")
    text = printed(auditing.supplement_pdf(found, "pl"), tmp_path)
    assert "nie są jeszcze spełnione" in text
    assert "14,5" in text
    assert "Spełniasz" not in text


def test_other_alphabets_can_be_copied(example: Wallet, tmp_path: Path) -> None:
    found = auditing.audit(example, "climate-action", "mini")
    title = "Їжак і ґедзь, Ξεσκεπάζω ψυχοφθόρα, zażółć gęślą"
    named = replace(found.activities[0], title=Text.plain(title))
    text = printed(auditing.supplement_pdf(replace(found, activities=(named,)), "en"), tmp_path)
    assert all(word.strip(",") in text for word in title.split())


def test_the_page_is_archivable_and_tagged(example: Wallet) -> None:
    pdf = auditing.supplement_pdf(auditing.audit(example, "climate-action"), "en")
    for mark in (b"<pdfaid:part>3<", b"<pdfaid:conformance>A<", b"<pdfuaid:part>1<"):
        assert mark in pdf
    same = auditing.supplement_pdf(auditing.audit(example, "climate-action"), "en")
    assert pdf == same


def test_an_empty_wallet_has_an_honest_page(wallet: Wallet, tmp_path: Path) -> None:
    found = auditing.audit(wallet, "climate-action")
    assert "No credential counts" in printed(auditing.supplement_pdf(found, "en"), tmp_path)


def test_a_met_award_counts_no_ects_that_nobody_stated(wallet: Wallet) -> None:
    for course in ("teaching-basics", "course-design", "assessment-design"):
        body = {"teaching-basics": "upv", "course-design": "chalmers"}.get(course, "tudelft")
        bring(wallet, f"urn:mc-example:{body}:{course}", ects=None)
    found = auditing.audit(wallet, "higher-education-teaching", "basic")
    assert found.total == sum(one.ects for one in found.activities)


def test_the_ending_decides(example: Wallet, tmp_path: Path) -> None:
    found = auditing.audit(example, "climate-action")
    made = auditing.write_audit(found, tmp_path / "a.PDF", "en")
    assert made.read_bytes().startswith(b"%PDF")
    json.loads(auditing.write_supplement(found, tmp_path / "a.json", "en").read_bytes())
    with pytest.raises(UsageError):
        auditing.write_audit(found, tmp_path / "a.txt", "en")
