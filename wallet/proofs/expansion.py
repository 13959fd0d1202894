"""JSON-LD expansion with PyLD: base is null, contexts come from files alone, nothing is fetched.

This module imports PyLD, which takes a while: import it where it is needed. PyLD looks for an HTTP
client when it is imported, and imports what that and HTML need, which takes longer than all the
rest. Nothing here fetches or reads HTML: there is none for it to find.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from wallet.model.credential import JsonObject
from wallet.proofs.contexts import MAX_PROCESSED, Contexts, NotJsonLd

_HTTP_CLIENTS = ("requests", "aiohttp")
_UNUSED = ("asyncio", "lxml.html", "urllib.request")


class _Nothing(ModuleType):
    """A module that PyLD insists on importing and that nothing here calls: its names are None."""

    def __getattr__(self, name: str) -> None:
        if name.startswith("__"):
            raise AttributeError(name)


_hidden = [name for name in (*_HTTP_CLIENTS, *_UNUSED) if name not in sys.modules]
for _name in _hidden:
    # None in place of a module: not to be found.
    _stands_for = _Nothing(_name) if _name in _UNUSED else None
    sys.modules[_name] = _stands_for  # type: ignore[assignment]  # None has no place in its type
try:
    from pyld.context_resolver import ContextResolver
    from pyld.jsonld import JsonLdError, JsonLdProcessor
finally:
    for _name in _hidden:
        sys.modules.pop(_name, None)


_AS_TERM = {"vocab": True}
"""How PyLD asks what a name stands for outside the definition of a context."""


class _Processor(JsonLdProcessor):  # type: ignore[misc]  # PyLD has no types
    """PyLD's processor, which processes each scoped context once and not at each of its nodes."""

    def __init__(
        self, contexts: Contexts, on_property_dropped: Callable[[str | None], None]
    ) -> None:
        super().__init__(on_property_dropped=on_property_dropped)
        self._processed = contexts.loaded().scoped

    def _expand_iri(self, active_ctx: Any, value: Any, *args: Any, **kwargs: Any) -> Any:
        """Answer at once for a term of the context, which nearly every member's name is.

        PyLD looks there as well, after a pattern for what looks like a keyword.
        """
        if kwargs == _AS_TERM and not args and value.__class__ is str and value[:1] != "@":
            term = active_ctx["mappings"].get(value)
            if term is not None:
                return term["@id"]
        return super()._expand_iri(active_ctx, value, *args, **kwargs)

    def _process_context(
        self, active_ctx: Any, local_ctx: Any, options: Any, *args: Any, **kwargs: Any
    ) -> Any:
        """Look up what the same context gave over the same active one.

        PyLD caches by the active context, but clones that first where a scope does not propagate,
        so that type-scoped contexts are never found again. Contexts are frozen once processed.
        """
        active = active_ctx.get("_uuid")
        if active is None or args or "cycles" in kwargs:
            return super()._process_context(active_ctx, local_ctx, options, *args, **kwargs)
        wanted = (active, id(local_ctx), *sorted(kwargs.items()))
        found = self._processed.get(wanted)
        if found is None:
            result = super()._process_context(active_ctx, local_ctx, options, **kwargs)
            if len(self._processed) >= MAX_PROCESSED:
                self._processed.clear()
            # The context is kept with the result, so that its id cannot come to mean another.
            found = self._processed[wanted] = (result, local_ctx)
        return found[0]


def expand(document: JsonObject, contexts: Contexts) -> tuple[list[Any], list[str]]:
    """Expand a document (JSON-LD 1.1 API, section 5.1), and name the members that were dropped.

    Raises:
        NotJsonLd: a rule of JSON-LD is broken, a protected term redefined among them.
        UnknownContext: a context that no file stands for.
    """
    dropped: list[str] = []
    processor = _Processor(contexts, lambda name: dropped.append(name or "null"))
    with _translated():
        expanded = processor.expand(document, _options(contexts))
    return expanded, dropped


def compact(expanded: list[Any], context: object, contexts: Contexts) -> JsonObject:
    """Compact an expanded document with a context (JSON-LD 1.1 API, section 6.1).

    Raises what `expand` raises.
    """
    processor = _Processor(contexts, lambda _: None)
    with _translated():
        options = {**_options(contexts), "skipExpansion": True}
        document: JsonObject = processor.compact(expanded, context, options)
    return document


def _options(contexts: Contexts) -> dict[str, Any]:
    def load(address: str, _options: object) -> dict[str, Any]:
        return {
            "contentType": "application/ld+json",
            "contextUrl": None,
            "documentUrl": address,
            "document": contexts.document(address),
            "tag": "static",
        }

    return {
        "base": None,
        "documentLoader": load,
        "contextResolver": ContextResolver(contexts.loaded().processed, load),
        "processingMode": "json-ld-1.1",
    }


@contextmanager
def _translated() -> Iterator[None]:
    """Say PyLD's errors in our words."""
    try:
        yield
    except JsonLdError as error:
        raise NotJsonLd(detail=_root_cause(error)) from error
    except (
        ArithmeticError,
        AttributeError,
        LookupError,
        RecursionError,
        TypeError,
        ValueError,
    ) as error:
        # PyLD meets JSON that no rule of it foresaw: no document of ours, and no verdict on us.
        raise NotJsonLd(detail=type(error).__name__) from error


def _root_cause(error: BaseException) -> str:
    """PyLD wraps its errors; the innermost one has the standard's code."""
    detail = ""
    cause: BaseException | None = error
    while cause is not None:
        detail = getattr(cause, "code", None) or detail
        cause = cause.__cause__
    return detail or "JSON-LD"
