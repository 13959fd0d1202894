"""did:web: where the DID document of such an identifier lies.

W3C CCG did:web, section 3.2 (read). The document says nothing about any other identifier: see
`did_documents.did_document`.
"""

from urllib.parse import unquote

PREFIX = "did:web:"
MAX_CHARACTERS = 2048


def address(did: str) -> str | None:
    """Give the address of a did:web's document; None for another identifier or a broken one.

    The parts between colons are host and path; only a port's colon is written as %3A.
    """
    if not did.startswith(PREFIX) or len(did) > MAX_CHARACTERS:
        return None
    host, *path = did.removeprefix(PREFIX).split(":")
    if not host or not all(path) or any(not _is_part(part) for part in (host, *path)):
        return None
    place = "/".join(path) if path else ".well-known"
    return f"https://{unquote(host)}/{place}/did.json"


def _is_part(part: str) -> bool:
    """Letters, digits and what section 2.2.1 of DID Core allows; no way out of the path."""
    plain = unquote(part)
    return plain not in {".", ".."} and "/" not in part and not set(plain) & set("/\\?#@")
