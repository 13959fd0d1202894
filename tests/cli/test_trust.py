"""`mikrofolio trust`: trust data and decisions change what is shown, and can be taken back."""

from pathlib import Path

from tests import needs
from tests.cli.conftest import Run
from tests.issuer import Form, specimen, trust_files


def _issuer(vault: Run, entry: str) -> tuple[str, str | None]:
    check = vault("show", "--json", entry).json["checks"][2]
    return check["outcome"], check["reason"]


def _badge(vault: Run, folder: Path) -> str:
    file = folder / "badge.json"
    file.write_bytes(specimen(Form.OPEN_BADGE))
    entry: str = vault("import", "--json", file).json["items"][0]["id"]
    return entry


def test_a_registry_is_kept_and_forgotten(vault: Run, tmp_path: Path) -> None:
    entry = _badge(vault, tmp_path)
    assert _issuer(vault, entry) == ("indeterminate", "ISSUER_UNKNOWN")
    registry = tmp_path / "registry.json"
    registry.write_bytes(trust_files()[0])
    kept = vault("trust", "add", registry, "--json").json
    assert kept["kind"] == "registry"
    assert _issuer(vault, entry) == ("passed", "ISSUER_REGISTRY")
    (anchor,) = vault("trust", "list", "--json").json["anchors"]
    assert (anchor["id"], anchor["source"]) == (kept["id"], "registry.json")
    assert vault("trust", "remove", kept["id"]).status == 0
    assert _issuer(vault, entry) == ("indeterminate", "ISSUER_UNKNOWN")


def test_a_decision_is_the_persons_and_can_be_taken_back(vault: Run, tmp_path: Path) -> None:
    entry = _badge(vault, tmp_path)
    assert vault("trust", "accept", entry).status == 2
    assert vault("trust", "accept", entry, "--how", "called the study office").status == 0
    assert _issuer(vault, entry) == ("passed", "TRUSTED_BY_YOU")
    (decision,) = vault("trust", "list", "--json").json["decisions"]
    assert decision["how"] == "called the study office"
    assert vault("trust", "remove", decision["id"]).status == 0
    assert _issuer(vault, entry) == ("indeterminate", "ISSUER_UNKNOWN")
    assert vault("trust", "distrust", entry).status == 0
    assert _issuer(vault, entry) == ("failed", "DISTRUSTED_BY_YOU")
    assert vault("list", "--json").json["credentials"][0]["state"] == "rejected_by_you"


def test_what_is_no_trust_data_is_refused(vault: Run, tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear Hanna", "utf-8")
    ran = vault("trust", "add", file, "--json")
    assert (ran.status, ran.json["error"]["code"]) == (2, "no_trust_data")
    assert vault("trust", "list", "--json").json == {"anchors": [], "decisions": []}


def test_european_lists_confirm_a_seal_at_its_time(vault: Run) -> None:
    sample = needs.shared("samples", "edc", "Sample-MC-Annex1-signed.jsonld")
    entry = vault("import", "--json", sample).json["items"][0]["id"]
    assert _issuer(vault, entry) == ("indeterminate", "TRUST_DATA_MISSING")
    spain = needs.shared("samples", "trusted-lists", "es-tl-seq187.xml")
    assert vault("trust", "add", spain).status == 2
    europe = needs.shared("samples", "trusted-lists", "eu-lotl-seq388.xml")
    assert vault("trust", "add", europe, "--json").json["kind"] == "lotl"
    assert vault("trust", "add", spain, "--json").json["kind"] == "trusted-list"
    # The certificate has expired since, and nothing trusted proves that the seal is older.
    assert _issuer(vault, entry) == ("indeterminate", "OUT_OF_BOUNDS_NO_POE")
