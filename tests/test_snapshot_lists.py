"""A packager's snapshot of the European lists, written by the script and used by the program."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests import needs
from tests.issuer import Form, specimen
from tests.trust import europe, serving
from tests.trust.serving import ok
from wallet.actions import updating
from wallet.trust import snapshot

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = ROOT / "packaging" / "snapshot_lists.py"


@pytest.fixture(scope="session")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("snapshot_lists", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def packaged(script: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program as a packager ships it: with a snapshot among its resources."""
    root = tmp_path_factory.mktemp("packaged")
    ignored = shutil.ignore_patterns("__pycache__")
    for name in ("wallet", "resources"):
        shutil.copytree(ROOT / name, root / name, ignore=ignored)
    out = root / "resources" / "trust" / "european-lists.bin"
    lists = needs.shared("samples", "trusted-lists")
    assert script.main([str(lists), "--out", str(out), "--date", "2026-11-12"]) == 0
    return root


def run(program: Path, *arguments: str) -> tuple[int, str]:
    env = {**os.environ, "PYTHONPATH": str(program), "MIKROFOLIO_VAULT": str(program / "vault")}
    env["MIKROFOLIO_PASSPHRASE_FILE"] = "-"
    done = subprocess.run(
        [sys.executable, "-m", "wallet", *arguments],
        cwd=program,
        env=env,
        input="a passphrase for tests\n",
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def test_the_program_judges_seals_by_a_bundled_snapshot(packaged: Path) -> None:
    sample = needs.shared("samples", "edc", "Sample-MC-Annex1-signed.jsonld")
    for program, reason in ((packaged, "EU_TRUSTED_LIST"), (ROOT, "TRUST_DATA_MISSING")):
        _, out = run(program, "verify", "--json", "--at", "2024-01-01T00:00:00Z", str(sample))
        (item, *_) = json.loads(out)["items"]
        (issuer,) = (one for one in item["checks"] if one["name"] == "issuer")
        assert issuer["reason"] == reason
    assert issuer["facts"].get("list_date") is None


def test_a_badge_is_verified_without_opening_it(packaged: Path) -> None:
    badge = packaged / "badge.json"
    badge.write_bytes(specimen(Form.OPEN_BADGE))
    program = (
        "import sys; from wallet.__main__ import main; main();"
        "print('wallet.trust.snapshot' in sys.modules, 'wallet.trust.trusted_list' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "verify", str(badge)],
        cwd=packaged,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines()[-1] == "False False", done.stderr


def test_the_wallet_shows_it_as_bundled_with_its_date(packaged: Path) -> None:
    assert run(packaged, "vault", "create")[0] == 0
    _, out = run(packaged, "trust", "list", "--json")
    bundled = json.loads(out)["bundled"]
    assert bundled.pop("age_days") >= 0
    assert bundled == {
        "source": "the packager's files",
        "as_of": "2026-11-12T00:00:00Z",
        "territories": ["ES", "EU"],
    }
    _, out = run(packaged, "trust", "list")
    assert "bundled" in out
    assert "2026-11-12" in out
    spain = needs.shared("samples", "trusted-lists", "es-tl-seq187.xml")
    assert run(packaged, "trust", "add", str(spain))[0] == 0
    _, out = run(packaged, "trust", "list", "--json")
    found = json.loads(out)
    assert found["bundled"]["territories"] == ["EU"]
    assert [one["kind"] for one in found["anchors"]] == ["trusted-list"]


def test_it_fetches_as_trust_update_does(
    script: ModuleType, tmp_path: Path, own_machine: None, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, out = needs.shared("samples", "trusted-lists"), tmp_path / "out.bin"
    europes, spains = (
        ok((folder / name).read_bytes()) for name in ("eu-lotl-seq388.xml", "es-tl-seq187.xml")
    )
    with serving.serving(tmp_path, "ec.europa.eu", "tsl.digital.gob.es") as server:
        arguments = ["--fetch", "--out", str(out)]
        assert script.main(arguments, server.network()) == 1
        assert not out.exists()
        server.answers |= {"/tools/lotl/eu-lotl.xml": europes, "/TSL.xml": spains}
        assert script.main(arguments, server.network()) == 0
    found = snapshot.read(out)
    assert [one.territory for one in found.national] == ["ES"]
    assert found.national[0].source == updating.LIST_OF_LISTS
    said = capsys.readouterr()
    assert "new: ES" in said.err
    assert "without: AT, BE" in said.err
    assert "1 lists" in said.out


@pytest.mark.parametrize("what", ["unsigned", "waiting", "no national", "somebody's"])
def test_nothing_is_written_of_what_the_wallet_would_refuse(
    script: ModuleType, tmp_path: Path, what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    europes = needs.shared("samples", "trusted-lists", "eu-lotl-seq388.xml").read_bytes()
    spains = needs.shared("samples", "trusted-lists", "es-tl-seq187.xml").read_bytes()
    files = {
        "unsigned": {"eu.xml": europes, "es.xml": spains.replace(b"granted", b"Granted", 1)},
        "waiting": {"es.xml": spains},
        "no national": {"eu.xml": europes},
        "somebody's": {"eu.xml": europe.list_of_lists()},
    }[what]
    for name, raw in files.items():
        (tmp_path / name).write_bytes(raw)
    out = tmp_path / "out.bin"
    assert script.main([str(tmp_path), "--out", str(out)]) == 1
    assert not out.exists()
    assert capsys.readouterr().err
