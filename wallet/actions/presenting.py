"""Showing credentials to somebody: the original, a verifiable presentation, or its QR code."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from wallet.actions import files
from wallet.actions.wallet import Wallet, original_name
from wallet.errors import CannotPresent, NotFound, NotWritable, UsageError
from wallet.model.credential import Format
from wallet.model.keeping import Kept
from wallet.model.presentation import Code, Form, LedgerEntry, PresentationRequest, Presented
from wallet.presentation.build import build
from wallet.presentation.code import code
from wallet.proofs.keys import KeyKind, PrivateKey

KEY_FILE = "keys.json"
"""What marks the folder of a vault."""
DEFAULT_LIFE = timedelta(days=7)
"""How long a presentation holds unless the person says otherwise."""


def preview(wallet: Wallet, request: PresentationRequest) -> tuple[Kept, ...]:
    """Return what the other side would get, whole: these forms hide nothing.

    Raises NotFound, also for what lies in the trash.
    """
    kept = tuple(wallet.vault.get(one) for one in dict.fromkeys(request.credential_ids))
    for one in kept:
        if one.entry.deleted_at is not None:
            raise NotFound(id=one.entry.id)
    return kept


def present(
    wallet: Wallet,
    request: PresentationRequest,
    hand_over: Callable[[Presented], object] = lambda _: None,
) -> Presented:
    """Make what was asked for, hand it over (write the file), and write it into the ledger.

    Raises NotFound, UsageError (nothing chosen, several originals in one file), CannotPresent and,
    for a code, DoesNotFit with the sizes, and what `hand_over` raises. Nothing is in the ledger
    then: it tells what was shown.
    """
    kept = preview(wallet, request)
    if not kept:
        raise UsageError(detail="nothing_chosen")
    at = wallet.clock()
    picture: Code | None = None
    holder: str | None = None
    if request.form is Form.ORIGINAL:
        content, name = _original(kept)
    else:
        if request.expires is not None and request.expires <= at:
            raise UsageError(detail="expires_in_the_past")
        key = wallet.vault.holder_key()
        holder = key.did
        content = build(
            [item.credential for item in kept],
            wallet.trust.contexts,
            PrivateKey.from_bytes(KeyKind(key.kind), key.private),
            audience=request.audience,
            nonce=request.nonce,
            expires=request.expires,
            at=at,
        )
        name = files.safe_name(_titles(kept)[0]) + "-presentation.json"
        if request.form is Form.QR:
            picture = code(content)
    presented = Presented(
        content=content,
        form=request.form,
        sha256=hashlib.sha256(content).hexdigest(),
        suggested_name=name,
        holder=holder,
        request=request,
        disclosed=_titles(kept),
        ledger_id=secrets.token_hex(6),
        code=picture,
    )
    hand_over(presented)
    wallet.vault.record(_ledger_entry(presented, kept, at))
    return presented


def _ledger_entry(presented: Presented, kept: tuple[Kept, ...], at: datetime) -> LedgerEntry:
    return LedgerEntry(
        id=presented.ledger_id,
        made_at=at,
        form=presented.form,
        titles=presented.disclosed,
        credential_ids=tuple(item.entry.id for item in kept),
        audience=presented.request.audience,
        expires=presented.request.expires if presented.holder else None,
        holder=presented.holder,
        sha256=presented.sha256,
        size=len(presented.content),
    )


def save(content: bytes, path: Path) -> Path:
    """Write a file that the person asked for: in one step, readable by the person alone.

    Raises NotWritable, also for a place inside a vault's folder: nothing may replace its files.
    """
    if any((folder / KEY_FILE).exists() for folder in (path.absolute().parent, path.absolute())):
        raise NotWritable(name=str(path), detail="a wallet lies there")
    return files.save(content, path)


def _original(kept: tuple[Kept, ...]) -> tuple[bytes, str]:
    if len(kept) > 1:
        raise UsageError(detail="several_originals")
    if kept[0].credential.format is Format.SELF_ASSERTED:
        raise CannotPresent(form=Form.ORIGINAL, why="self_asserted")
    return kept[0].credential.raw, original_name(kept[0])


def _titles(kept: tuple[Kept, ...]) -> tuple[str, ...]:
    return tuple(item.entry.title.best() if item.entry.title else item.entry.id for item in kept)
