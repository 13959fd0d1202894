"""Fetching one address over HTTPS when the person asks for it: the only module that has sockets.

RFC 9110 and RFC 9112 through http.client, on a socket that is opened here: the name is looked up
first, the address that is connected to is one that was checked, and the certificate and the `Host`
header are the name's, so that a second answer of the name server changes nothing. No proxies, no
cookies, no credentials, no compression. Every step ends by the one deadline.
"""

import http.client
import io
import ipaddress
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast
from urllib.parse import quote, urljoin, urlsplit

from wallet import __version__
from wallet.errors import NotFetched

HTTPS_PORT = 443
MAX_ADDRESS_CHARACTERS = 2048
MAX_TRIED = 4
"""Addresses of one name that are tried, one after the other."""
CHUNK_BYTES = 64 * 1024

Endpoint = tuple[str, int]
"""A numeric address and a port."""
Lookup = Callable[[str, int], Sequence[Endpoint]]
"""From a host's name and a port to where it answers. Raises OSError for a name that is unknown."""

_HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*\.?\Z")
_MOVED = frozenset({301, 302, 303, 307, 308})
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_SAFE = "%/:=&?~+!$,;'@()*[]"


def look_up(host: str, port: int) -> Sequence[Endpoint]:
    """Ask the system where a host is."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return tuple((str(entry[4][0]), int(entry[4][1])) for entry in found)


@dataclass(frozen=True, slots=True)
class AllowedNetwork:
    """Where fetching may lead. As it is: public addresses, port 443, the system's authorities."""

    ports: frozenset[int] = frozenset({HTTPS_PORT})
    private: bool = False
    """Whether addresses of the own machine and the local network may be connected to."""
    authorities: str | None = None
    """Certificates (PEM) that vouch for servers in place of the system's own."""
    lookup: Lookup = look_up


INTERNET = AllowedNetwork()


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may cost."""

    size: int = 24 * 1024 * 1024
    """Bytes of the answer's body; the largest national list of 2026 has about 8 MB."""
    seconds: float = 120.0
    """From the call to the last byte."""
    read_seconds: float = 15.0
    """For each single step: to connect, to agree on a key, to read something."""
    redirects: int = 3


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered."""

    data: bytes
    url: str
    """Where it was in the end, after redirects on the same host."""
    at: datetime


def fetch(
    url: str, *, network: AllowedNetwork = INTERNET, limits: Limits = DEFAULT_LIMITS
) -> Fetched:
    """Fetch one address.

    Args:
        url: `https://`, without a user's name.
        network: where that may lead.
        limits: what it may cost.

    Raises:
        NotFetched: with `host` and `why`: `address`, `not_https`, `port`, `no_such_host`,
            `private_address`, `unreachable`, `certificate`, `tls`, `too_slow`, `too_large`,
            `redirect_elsewhere`, `too_many_redirects`, `refused` (with `status`), `garbled`.
    """
    deadline = time.monotonic() + limits.seconds
    target = parse(url)
    for _ in range(limits.redirects + 1):
        if target.port not in network.ports:
            raise NotFetched(target.host, "port")
        answer = _ask(target, network, limits, deadline)
        if isinstance(answer, bytes):
            return Fetched(answer, target.url, datetime.now(UTC))
        following = parse(urljoin(target.url, answer.location))
        if (following.host, following.port) != (target.host, target.port):
            raise NotFetched(target.host, "redirect_elsewhere")
        target = following
    raise NotFetched(target.host, "too_many_redirects")


@dataclass(frozen=True, slots=True)
class Target:
    """An address, taken apart."""

    host: str
    """In lower case and ASCII; a numeric address without brackets."""
    port: int
    path: str
    """With the query, in ASCII."""

    @property
    def authority(self) -> str:
        """The `Host` header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == HTTPS_PORT else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The address as it is asked for."""
        return f"https://{self.authority}{self.path}"


def parse(url: str) -> Target:
    """Take an address apart, strictly; a fragment is left out.

    Raises:
        NotFetched: `address` or `not_https`.
    """
    if len(url) > MAX_ADDRESS_CHARACTERS or "\\" in url or not all(map(_is_plain, url)):
        raise NotFetched("", "address")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        if not host.isascii():
            host = host.encode("idna").decode("ascii").lower()
    except ValueError as error:
        raise NotFetched("", "address") from error
    if parts.scheme != "https":
        raise NotFetched(host, "not_https")
    if "@" in parts.netloc or not (_HOST.match(host) or _numeric(host) is not None):
        raise NotFetched("", "address")
    path = quote(parts.path or "/", safe=_SAFE)
    query = f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
    return Target(host, HTTPS_PORT if port is None else port, path + query)


def _is_plain(character: str) -> bool:
    return character.isprintable() and not character.isspace()


# ---- one request --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Moved:
    location: str


def _ask(
    target: Target, network: AllowedNetwork, limits: Limits, deadline: float
) -> bytes | _Moved:
    """Ask once: the body, or where it moved."""
    try:
        with _connected(target, network, limits, deadline) as plain:
            plain.settimeout(_left(limits, deadline))
            context = _context(network)
            with context.wrap_socket(
                plain, server_hostname=target.host, suppress_ragged_eofs=False
            ) as secured:
                secured.settimeout(_left(limits, deadline))
                secured.sendall(_request(target))
                return _answer(target, _Stream(secured, limits, deadline), limits.size)
    except TimeoutError as error:
        raise NotFetched(target.host, "too_slow") from error
    except ssl.SSLCertVerificationError as error:
        raise NotFetched(target.host, "certificate") from error
    except ssl.SSLEOFError as error:
        raise NotFetched(target.host, "garbled") from error
    except ssl.SSLError as error:
        raise NotFetched(target.host, "tls") from error
    except (http.client.HTTPException, OSError, ValueError) as error:
        raise NotFetched(target.host, "garbled") from error


def _context(network: AllowedNetwork) -> ssl.SSLContext:
    context = ssl.create_default_context(cadata=network.authorities)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    return context


def _request(target: Target) -> bytes:
    lines = (
        f"GET {target.path} HTTP/1.1",
        f"Host: {target.authority}",
        f"User-Agent: mikrofolio/{__version__}",
        "Accept: */*",
        "Accept-Encoding: identity",
        "Connection: close",
    )
    return "\r\n".join((*lines, "", "")).encode("ascii")


def _answer(target: Target, stream: "_Stream", size: int) -> bytes | _Moved:
    # All that a response does with a socket is to make a file of it.
    response = http.client.HTTPResponse(cast("socket.socket", stream), method="GET")
    response.begin()
    if response.status in _MOVED:
        return _Moved(response.getheader("Location") or "")
    if response.status != http.client.OK:
        raise NotFetched(target.host, "refused", status=response.status)
    if response.getheader("Content-Encoding", "identity").strip().lower() != "identity":
        raise NotFetched(target.host, "garbled")
    if response.length is not None and response.length > size:
        raise NotFetched(target.host, "too_large", limit=size)
    found = bytearray()
    while chunk := response.read(CHUNK_BYTES):
        found += chunk
        if len(found) > size:
            raise NotFetched(target.host, "too_large", limit=size)
    if response.length:
        raise NotFetched(target.host, "garbled")
    return bytes(found)


class _Stream(io.RawIOBase):
    """Reads a socket, and gives up when one read takes too long or all of them together do."""

    def __init__(self, source: ssl.SSLSocket, limits: Limits, deadline: float) -> None:
        super().__init__()
        self._source, self._limits, self._deadline = source, limits, deadline

    def makefile(self, _mode: str) -> io.BufferedReader:
        """Give what a response reads from, as a socket does."""
        return io.BufferedReader(self)

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # narrower
        """Read what is there, at least a byte unless it is the end."""
        self._source.settimeout(_left(self._limits, self._deadline))
        return self._source.recv_into(buffer)


def _left(limits: Limits, deadline: float) -> float:
    """Seconds that the next step may take."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return min(left, limits.read_seconds)


# ---- where to -----------------------------------------------------------------------------------


def _connected(
    target: Target, network: AllowedNetwork, limits: Limits, deadline: float
) -> socket.socket:
    """Connect to the first address of the name that may be connected to and answers."""
    found = _found(target, network, _left(limits, deadline))
    allowed = [one for one in found if network.private or is_public(one[0])]
    if not allowed:
        raise NotFetched(target.host, "private_address")
    for endpoint in allowed[:MAX_TRIED]:
        family = socket.AF_INET6 if ":" in endpoint[0] else socket.AF_INET
        connection = socket.socket(family, socket.SOCK_STREAM)
        try:
            connection.settimeout(_left(limits, deadline))
            connection.connect(endpoint)
        except TimeoutError:
            connection.close()
            if endpoint == allowed[:MAX_TRIED][-1]:
                raise
        except OSError:
            connection.close()
        except BaseException:
            connection.close()
            raise
        else:
            return connection
    raise NotFetched(target.host, "unreachable")


def _found(target: Target, network: AllowedNetwork, seconds: float) -> Sequence[Endpoint]:
    """Look a name up. The system's own way knows no limit, so it has a thread to wait in."""
    found: list[Sequence[Endpoint]] = []

    def ask() -> None:
        try:
            found.append(network.lookup(target.host, target.port))
        except (OSError, UnicodeError):
            found.append(())

    asking = threading.Thread(target=ask, name="look up", daemon=True)
    asking.start()
    asking.join(seconds)
    if not found:
        raise TimeoutError
    if not found[0]:
        raise NotFetched(target.host, "no_such_host")
    return found[0]


def is_public(address: str) -> bool:
    """Tell whether a numeric address is one of the public Internet (IANA's special registries).

    An IPv6 address that stands for an IPv4 one is judged by that.
    """
    found = _numeric(address)
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return is_public(str(found.ipv4_mapped))
        if found in _NAT64:
            return is_public(str(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)))
        if found.sixtofour is not None or found.teredo is not None or found.is_site_local:
            return False
    return found is not None and found.is_global and not (found.is_multicast or found.is_reserved)


def _numeric(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None
