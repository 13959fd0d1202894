"""JSON-LD contexts from files alone: the bundled set, and what the person supplies beside it.

Nothing is ever fetched. An address that no file stands for is refused. One published context was
edited in place, so an address may have several byte versions; each is a reading of its own.
"""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from wallet.errors import MalformedCredential, Unreadable, WalletError
from wallet.model.credential import JsonObject
from wallet.proofs import strict_json
from wallet.resources import resource

MAX_CONTEXT_BYTES = 1024 * 1024
MAX_PROCESSED = 200
"""Processed contexts that one thread keeps."""
MAX_READINGS = 4
"""Byte versions that are tried for one document."""

_PYLD = "pyld:"
_PLAIN_ALIASES = {"id", "type"}


class UnknownContext(WalletError):
    """A document names a context that no file stands for; `address`."""

    code = "unknown_context"

    def __init__(self, address: str, where: str = "") -> None:
        self.address = address
        self.where = where
        super().__init__(address=address, where=where)


class NotJsonLd(WalletError):
    """The document breaks a rule of JSON-LD itself; `detail` is the standard's word for it."""

    code = "not_json_ld"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What one thread keeps of its contexts: parsed files, and PyLD's cache of processed ones."""

    documents: dict[str, JsonObject]
    processed: Any
    """A cachetools cache; PyLD's own is shared by all threads and is not safe for that."""
    scoped: dict[tuple[object, ...], tuple[Any, object]]
    """Scoped contexts by the active context and the local one; emptied at `MAX_PROCESSED`."""
    aliases: dict[str, frozenset[str]]


class Contexts:
    """An immutable set of context files by address. Safe to share: each thread parses its own."""

    def __init__(self, files: Mapping[str, tuple[Path, ...]]) -> None:
        self._files = dict(files)
        self._local = threading.local()
        self._others: dict[str, tuple[Contexts, ...]] = {}
        for address, versions in self._files.items():
            if len(versions) > 1:
                self._others[address] = tuple(
                    Contexts({**self._first_versions(), address: (version,)})
                    for version in versions[1:MAX_READINGS]
                )

    @classmethod
    def bundled(cls) -> "Contexts":
        """The contexts that come with the program: resources/contexts, and PyLD's own."""
        return cls(_files(resource("contexts")))

    def with_folder(self, folder: Path) -> "Contexts":
        """Add the contexts of a folder with an `index.json`; the bundled ones go first.

        Raises:
            Unreadable: the folder, its index or a file in it cannot be read.
            MalformedCredential: the index is no JSON object of addresses and files.
        """
        return Contexts({**_files(folder), **self._files})

    def __contains__(self, address: object) -> bool:
        return address in self._files

    def readings(self, addresses: Iterable[str]) -> "tuple[Contexts, ...]":
        """All readings of a document that names `addresses`: the current byte versions first."""
        others = [other for address in addresses for other in self._others.get(address, ())]
        return (self, *others)[:MAX_READINGS]

    def document(self, address: str) -> JsonObject:
        """Return the parsed context file of this thread.

        Raises:
            UnknownContext: no file stands for the address.
        """
        loaded = self.loaded()
        if address not in loaded.documents:
            if address not in self._files:
                raise UnknownContext(address)
            loaded.documents[address] = _read(self._files[address][0])
        return loaded.documents[address]

    def loaded(self) -> Loaded:
        """What this thread keeps: made at its first use."""
        kept: Loaded | None = getattr(self._local, "loaded", None)
        if kept is None:
            from cachetools import LRUCache  # noqa: PLC0415 -- comes with PyLD, needed with it

            kept = self._local.loaded = Loaded({}, LRUCache(maxsize=MAX_PROCESSED), {}, {})
        return kept

    def aliases(self, address: str) -> frozenset[str]:
        """Terms of a context that stand for a JSON-LD keyword, beside plain `id` and `type`."""
        known = self.loaded().aliases
        if address not in known:
            known[address] = self._find_aliases(address)
        return known[address]

    def _find_aliases(self, address: str) -> frozenset[str]:
        found: set[str] = set()
        waiting: list[object] = [self.document(address).get("@context")]
        while waiting:
            item = waiting.pop()
            if isinstance(item, list):
                waiting += item
            elif isinstance(item, dict):
                for term, definition in item.items():
                    target = definition.get("@id") if isinstance(definition, dict) else definition
                    if _is_keyword(target) and not term.startswith("@"):
                        found.add(term)
                    if isinstance(definition, dict):
                        waiting.append(definition.get("@context"))
        return frozenset(found - _PLAIN_ALIASES)

    def _first_versions(self) -> dict[str, tuple[Path, ...]]:
        return {address: versions[:1] for address, versions in self._files.items()}


def _is_keyword(value: object) -> bool:
    return isinstance(value, str) and value.startswith("@")


def _files(folder: Path) -> dict[str, tuple[Path, ...]]:
    """Read an index.json: address to file, with other byte versions under `alternatives`."""
    index = _read(folder / "index.json")
    files: dict[str, tuple[Path, ...]] = {}
    for address, entry in index.items():
        if not isinstance(entry, dict):
            raise MalformedCredential("context index", where=address)
        entries = [entry, *entry.get("alternatives", [])]
        files[address] = tuple(_path(folder, address, item.get("file")) for item in entries)
    return files


def _path(folder: Path, address: str, name: object) -> Path:
    if not isinstance(name, str):
        raise MalformedCredential("context index", where=address)
    if name.startswith(_PYLD):
        # Found without importing PyLD, which takes a quarter of a second.
        spec = find_spec("pyld")
        if spec is None or spec.origin is None:
            raise Unreadable(name=name, detail="PyLD is not installed")
        bundled = Path(spec.origin).parent / "documentloader" / "frozen" / "bundled"
        return bundled / Path(name.removeprefix(_PYLD)).name
    if Path(name).name != name:
        raise MalformedCredential("context index", where=address)
    return folder / name


def _read(path: Path) -> JsonObject:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable(name=path.name, detail=str(error.strerror)) from error
    return strict_json.parse_object(data, limits=strict_json.Limits(size=MAX_CONTEXT_BYTES))
