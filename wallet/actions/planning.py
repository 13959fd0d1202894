"""What the person thinks of taking: kept in the wallet, shown as planned, never as earned."""

import json
from collections.abc import Iterable

from wallet.actions.wallet import Wallet
from wallet.model.programme import Programme

_PLAN = "plan"
"""The setting that keeps the keys of the courses that are ticked."""
MOST = 500
"""Courses that are kept as planned."""


def plan(wallet: Wallet, programmes: Iterable[Programme]) -> tuple[str, ...]:
    """Return the keys of the planned courses that these programmes still have, in their order."""
    kept = wallet.vault.settings().get(_PLAN)
    wanted = set(json.loads(kept)) if kept else set()
    keys = (item.key for one in programmes for item in one.catalogue if item.key in wanted)
    return tuple(dict.fromkeys(keys))


def set_plan(wallet: Wallet, keys: Iterable[str]) -> None:
    """Keep these courses as planned; none takes the plan away."""
    ordered = sorted(set(keys))[:MOST]
    wallet.vault.set_setting(_PLAN, json.dumps(ordered) if ordered else None)
