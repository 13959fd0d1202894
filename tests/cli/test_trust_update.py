"""`mikrofolio trust update`: it says what it fetches, and each address fails alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import needs
from tests.cli.conftest import Run
from tests.conftest import NetworkUsed
from tests.issuer import Form, issuer_of, issuer_registry, specimen
from tests.trust import serving
from tests.trust.serving import Server, ok
from wallet.cli import trusting
from wallet.trust.fetch import look_up

REGISTRY = "https://registry.example/registry.json"


@pytest.fixture
def server(tmp_path: Path, own_machine: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server that `trust update` is led to, whatever it asks for."""
    hosts = ("registry.example", "ec.europa.eu", "tsl.digital.gob.es")
    with serving.serving(tmp_path, *hosts) as found:
        monkeypatch.setattr(trusting, "NETWORK", found.network())
        yield found


def test_one_source_is_said_fetched_and_judged_by(
    vault: Run, server: Server, tmp_path: Path
) -> None:
    file = tmp_path / "badge.json"
    file.write_bytes(specimen(Form.OPEN_BADGE))
    entry = vault("import", "--json", file).json["items"][0]["id"]
    server.answers["/registry.json"] = ok(issuer_registry([issuer_of(Form.OPEN_BADGE)]))
    ran = vault("trust", "update", REGISTRY)
    assert ran.status == 0
    assert ran.err.startswith(f"Fetching {REGISTRY} from registry.example")
    assert f"new: registry {REGISTRY}" in ran.out
    assert vault("show", "--json", entry).json["checks"][2]["reason"] == "ISSUER_REGISTRY"
    (kept,) = vault("trust", "list", "--json").json["anchors"]
    assert (kept["source"], kept["kind"]) == (REGISTRY, "registry")
    (again,) = vault("trust", "update", REGISTRY, "--json").json["updates"]
    assert (again["result"], again["address"], again["id"]) == ("unchanged", REGISTRY, kept["id"])
    assert server.asked == ["registry.example /registry.json"] * 2


def test_what_fails_has_its_reason_and_a_sentence(vault: Run, server: Server) -> None:
    ran = vault("trust", "update", REGISTRY, "--json")
    assert ran.status == 3
    (failed,) = ran.json["updates"]
    assert (failed["result"], failed["why"], failed["id"]) == ("failed", "refused", None)
    assert failed["message"].startswith("The host answers")
    assert "failed: registry" in vault("trust", "update", REGISTRY).out
    assert vault("trust", "update", "http://registry.example/").status == 2
    assert vault("trust", "update", "https://a b/").status == 3
    assert vault("trust", "update", "nothing").status == 2


def test_everything_brings_the_national_lists_along(vault: Run, server: Server) -> None:
    folder = needs.shared("samples", "trusted-lists")
    europe = (folder / "eu-lotl-seq388.xml").read_bytes()
    spain = (folder / "es-tl-seq187.xml").read_bytes()
    server.answers |= {"/tools/lotl/eu-lotl.xml": ok(europe), "/TSL.xml": ok(spain)}
    ran = vault("trust", "update", "--json")
    assert ran.status == 3
    first, *others = ran.json["updates"]
    assert (first["name"], first["result"]) == ("lotl", "new")
    assert len(others) == 31
    results = {one["name"]: (one["result"], one["why"]) for one in others}
    assert results["ES"] == ("new", None)
    # The server is none of the others' hosts, and cannot make itself one.
    assert results["PL"] == ("failed", "certificate")
    assert all(address["address"].startswith("https://") for address in others)
    held = {one["id"]: one for one in vault("trust", "list", "--json").json["anchors"]}
    assert set(held) == {"lotl", "list-ES"}
    assert held["list-ES"]["source"] == "https://tsl.digital.gob.es/TSL.xml"
    (again,) = vault("trust", "update", "ES", "--json").json["updates"]
    assert again["result"] == "unchanged"
    server.answers["/TSL.xml"] = ok(europe)
    (swapped,) = vault("trust", "update", "ES", "--json").json["updates"]
    assert swapped["why"] == "not_expected"
    server.answers["/TSL.xml"] = ok(spain.replace(b"granted", b"Granted", 1))
    (changed,) = vault("trust", "update", "ES", "--json").json["updates"]
    assert changed["why"] == "signature"


def test_no_other_command_reaches_out(vault: Run, tmp_path: Path) -> None:
    """Here every connection is refused: only the update tries one."""
    file = tmp_path / "badge.json"
    file.write_bytes(specimen(Form.OPEN_BADGE))
    assert vault("import", file).status == 0
    assert vault("trust", "list").status == 0
    with pytest.raises(NetworkUsed):
        look_up("registry.example", 443)
