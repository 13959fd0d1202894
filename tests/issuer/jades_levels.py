"""JAdES seals of every baseline level, as ETSI's reference implementation writes them.

B is the seal alone, T adds a time stamp over it, LT what judges its certificate, LTA an archive
time stamp over all that, once more for each renewal (ETSI TS 119 182-1, clause 6).
"""

import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.issuer.keys import IssuerKey, base64url

Stamper = Callable[[bytes], bytes]
"""From what is stamped to a token (DER)."""


@dataclass(frozen=True, slots=True)
class LeveledSeal:
    """A seal to be."""

    key: IssuerKey
    chain: tuple[bytes, ...]
    """DER, the signer's first."""
    stamper: Stamper
    level: str = "B"
    """`B`, `T`, `LT` or `LTA`."""
    form: str = "general"
    clear: bool = False
    """Whether unsigned properties are objects, not texts in base64url."""
    encoded: bool = True
    """Whether the payload is in base64url; else it stands as it is."""
    others: tuple[bytes, ...] = ()
    ocsp: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()
    renewals: int = 1
    changes: dict[str, Any] = field(default_factory=dict)

    def build(self, payload: str) -> bytes:
        """Seal a text."""
        protected = base64url(json.dumps(self._header()).encode())
        stated = base64url(payload.encode()) if self.encoded else payload
        signature = base64url(self.key.sign(f"{protected}.{stated}".encode()))
        if self.form == "compact":
            return f"{protected}.{stated}.{signature}".encode()
        entry: dict[str, Any] = {"protected": protected, "signature": signature}
        properties = self._unsigned(f"{stated}.{protected}.{signature}.", signature)
        if properties:
            entry["header"] = {"etsiU": properties}
        document = {"payload": stated, **entry}
        if self.form == "general":
            document = {"payload": stated, "signatures": [entry]}
        return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()

    def _header(self) -> dict[str, Any]:
        leaf = self.chain[0]
        header: dict[str, Any] = {
            "alg": self.key.algorithm,
            "cty": "json",
            "kid": "MDAwAgEB",
            "x5t#S256": base64url(hashlib.sha256(leaf).digest()),
            "x5c": [_base64(der) for der in self.chain],
            "typ": "jose" if self.form == "compact" else "jose+json",
            "sigT": "2024-03-01T10:00:00Z",
        }
        if not self.encoded:
            header["b64"] = False
        header |= self.changes
        own = ("b64", "sigT", "x5t#o", "sigX5ts", "srCms", "sigPl", "srAts", "adoTst", "sigPId")
        header = {name: value for name, value in header.items() if value is not None}
        critical = [name for name in own if name in header]
        return {**header, "crit": critical} if critical else header

    def _unsigned(self, start: str, signature: str) -> list[Any]:
        found: list[Any] = []
        if self.level == "B":
            return found
        found.append(self._written({"sigTst": self._container(signature.encode())}))
        if self.level == "T":
            return found
        found.append(self._written({"xVals": [_certificate(der) for der in self.others]}))
        stated = (("ocspVals", self.ocsp), ("crlVals", self.crls))
        values = {name: [_value(der) for der in ders] for name, ders in stated if ders}
        found.append(self._written({"rVals": values}))
        if self.level == "LT":
            return found
        for renewal in range(self.renewals):
            if renewal:
                data = {"xVals": [_certificate(der) for der in self.others]}
                found.append(self._written({"tstVD": data}))
            over = start + "".join(map(self._hashed, found))
            found.append(self._written({"arcTst": self._container(over.encode())}))
        return found

    def _written(self, stated: dict[str, Any]) -> Any:
        if self.clear:
            return stated
        return base64url(json.dumps(stated, separators=(",", ":")).encode())

    @staticmethod
    def _hashed(entry: Any) -> str:
        """Objects are hashed as that implementation writes them, slashes escaped, values alone."""
        if isinstance(entry, str):
            return entry
        (value,) = entry.values()
        return json.dumps(value, separators=(",", ":")).replace("/", "\\/")

    def _container(self, over: bytes) -> dict[str, Any]:
        return {"tstTokens": [_value(self.stamper(over))]}


def _certificate(der: bytes) -> dict[str, Any]:
    return {"x509Cert": _value(der)}


def _value(der: bytes) -> dict[str, str]:
    return {"val": _base64(der)}


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
