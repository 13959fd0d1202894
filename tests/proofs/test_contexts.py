"""Contexts from files alone: bundled, supplied, in several byte versions, per thread."""

import json
import threading
from pathlib import Path

import pytest

from tests import needs
from wallet.errors import MalformedCredential, TooLarge, Unreadable
from wallet.proofs import contexts
from wallet.proofs.contexts import Contexts, UnknownContext
from wallet.resources import resource

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"


def folder(path: Path, index: object, **files: object) -> Path:
    (path / "index.json").write_text(json.dumps(index))
    for name, content in files.items():
        (path / name).write_text(content if isinstance(content, str) else json.dumps(content))
    return path


def test_every_bundled_context_can_be_read() -> None:
    bundled = Contexts.bundled()
    index = json.loads(resource("contexts", "index.json").read_text("utf-8"))
    assert CREDENTIALS in index
    for address in index:
        assert address in bundled
        assert "@context" in bundled.document(address)


def test_the_bundled_files_say_what_was_published() -> None:
    published = json.loads(needs.shared("contexts", "index.json").read_text("utf-8"))
    bundled = Contexts.bundled()
    index = json.loads(resource("contexts", "index.json").read_text("utf-8"))
    for address in index:
        path = needs.shared("contexts", published[address]["file"])
        assert bundled.document(address) == json.loads(path.read_text("utf-8")), address


def test_an_unknown_address_is_refused() -> None:
    assert "https://example.edu/v1" not in Contexts.bundled()
    with pytest.raises(UnknownContext) as caught:
        Contexts.bundled().document("https://example.edu/v1")
    assert caught.value.address == "https://example.edu/v1"


def test_the_badge_context_has_two_readings_and_the_others_one() -> None:
    bundled = Contexts.bundled()
    assert bundled.readings([CREDENTIALS]) == (bundled,)
    both = bundled.readings([CREDENTIALS, BADGES])
    assert both[0] is bundled
    assert [len(json.dumps(one.document(BADGES))) for one in both] == [
        len(json.dumps(json.loads(resource("contexts", name).read_text("utf-8"))))
        for name in ("ob-v3p0-3.0.3.json", "ob-v3p0-3.0.3-before-2026-06.json")
    ]
    assert both[1].document(CREDENTIALS) == bundled.document(CREDENTIALS)


def test_what_a_person_supplies_stands_beside_the_bundled_set(tmp_path: Path) -> None:
    own = {"https://example.edu/v1": {"file": "own.json"}, CREDENTIALS: {"file": "own.json"}}
    supplied = Contexts.bundled().with_folder(
        folder(tmp_path, own, **{"own.json": {"@context": {}}})
    )
    assert supplied.document("https://example.edu/v1") == {"@context": {}}
    assert supplied.document(CREDENTIALS) == Contexts.bundled().document(CREDENTIALS)


@pytest.mark.parametrize(
    "index",
    [
        [],
        {"urn:a": "own.json"},
        {"urn:a": {}},
        {"urn:a": {"file": "../own.json"}},
        {"urn:a": {"file": 5}},
    ],
)
def test_a_broken_index_is_refused(tmp_path: Path, index: object) -> None:
    with pytest.raises(MalformedCredential):
        Contexts.bundled().with_folder(folder(tmp_path, index))


def test_missing_and_oversized_files(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        Contexts.bundled().with_folder(tmp_path / "nowhere")
    index = {"urn:a": {"file": "a.json"}, "urn:b": {"file": "b.json"}}
    large = " " * (contexts.MAX_CONTEXT_BYTES - 1) + "{}"
    supplied = Contexts.bundled().with_folder(folder(tmp_path, index, **{"b.json": large}))
    with pytest.raises(Unreadable):
        supplied.document("urn:a")
    with pytest.raises(TooLarge):
        supplied.document("urn:b")


def test_each_thread_has_its_own_parsed_contexts() -> None:
    bundled = Contexts.bundled()
    seen: list[object] = [bundled.document(CREDENTIALS)]
    thread = threading.Thread(target=lambda: seen.append(bundled.document(CREDENTIALS)))
    thread.start()
    thread.join()
    assert seen[0] == seen[1]
    assert seen[0] is not seen[1]
    assert bundled.document(CREDENTIALS) is seen[0]


def test_aliases_of_keywords_are_found() -> None:
    bundled = Contexts.bundled()
    assert bundled.aliases(CREDENTIALS) == frozenset()
    assert bundled.aliases("https://www.w3.org/ns/odrl.jsonld") == {"uid"}
