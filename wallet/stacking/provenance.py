"""Where each value of a written definition comes from: kept, changed by the person, or assumed."""

from typing import Any

from wallet.model.credential import JsonObject, Text
from wallet.model.draft import Draft
from wallet.texts import planning, use

_ABSENT = object()


def facts_of(draft: Draft, made: JsonObject, own: str) -> list[JsonObject]:
    """Write the facts of a definition made by hand.

    One fact speaks about the whole. A fact of the definition that it was adapted from stays where
    its value is still the same, says so where the value was changed, and goes with its value. Its
    pointer follows the parts, by their keys, when their numbers change.
    """
    t = use(draft.language)
    source = own if draft.source.strip() else "assumed"
    before = draft.before
    if before and before["id"] != draft.id:
        named = Text(tuple(before["title"].items())).best(draft.language)
        note = t(planning.ADAPTED_FROM, title=named, version=before["version"])
    else:
        note = t(planning.MADE_BY_HAND)
    facts: list[JsonObject] = [{"at": "", "source": source, "note": note}]
    for fact in before.get("facts", []):
        now = _moved(before, made, fact["at"]) if fact["at"] else None
        if now is None:
            continue
        pointer, same = now
        if same:
            facts.append({**fact, "at": pointer})
        else:
            facts.append({"at": pointer, "source": source, "note": t(planning.CHANGED_BY_HAND)})
    return facts


def _moved(before: Any, now: Any, pointer: str) -> tuple[str, bool] | None:
    """Return where a value is now, and whether it is the same; None: it is gone."""
    at = ""
    for step in pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        if isinstance(before, list):
            if not name.isdigit() or int(name) >= len(before) or not isinstance(now, list):
                return None
            before = before[int(name)]
            index = _index(now, before, int(name))
            if index is None:
                return None
            at, now = f"{at}/{index}", now[index]
        else:
            if not isinstance(before, dict) or not isinstance(now, dict):
                return None
            before, now = before.get(name, _ABSENT), now.get(name, _ABSENT)
            if before is _ABSENT or now is _ABSENT:
                return None
            at = f"{at}/{step}"
    return at, before == now


def _index(now: list[Any], wanted: Any, number: int) -> int | None:
    """Find a part by its key; a part without one by its number."""
    if isinstance(wanted, dict) and "key" in wanted:
        keys = [one.get("key") if isinstance(one, dict) else None for one in now]
        return keys.index(wanted["key"]) if wanted["key"] in keys else None
    return number if number < len(now) else None
