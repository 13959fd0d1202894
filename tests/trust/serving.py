"""An HTTPS server on this machine, with a certificate of an authority of its own."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from tests.conftest import LOOPBACK
from tests.issuer.keys import p256_key
from wallet.trust.fetch import AllowedNetwork, Endpoint

Answer = bytes | Callable[[ssl.SSLSocket], None]
"""A whole answer as it goes over the line, or a function that misbehaves."""


def ok(body: bytes, *headers: str) -> bytes:
    """Write a plain answer."""
    return _head("200 OK", f"Content-Length: {len(body)}", *headers) + body


def chunked(*chunks: bytes) -> bytes:
    """Write an answer in chunks."""
    written = b"".join(b"%x\r\n%b\r\n" % (len(chunk), chunk) for chunk in (*chunks, b""))
    return _head("200 OK", "Transfer-Encoding: chunked") + written


def moved(location: str) -> bytes:
    """Write a redirect."""
    return _head("302 Found", f"Location: {location}", "Content-Length: 0")


def status(line: str) -> bytes:
    """Write an answer without a body."""
    return _head(line, "Content-Length: 0")


def _head(line: str, *headers: str) -> bytes:
    return "\r\n".join((f"HTTP/1.1 {line}", *headers, "", "")).encode("latin-1")


@dataclass
class Server:
    """Answers by path; everything that was asked is in `asked`, as `host path`."""

    answers: dict[str, Answer]
    port: int
    asked: list[str] = field(default_factory=list)

    def network(
        self,
        *,
        addresses: Mapping[str, str] | None = None,
        private: bool = True,
        authorities: str | None = None,
    ) -> AllowedNetwork:
        """Every name leads here, whatever its port; `addresses` says where else."""

        def lookup(host: str, _port: int) -> tuple[Endpoint, ...]:
            return (((addresses or {}).get(host, LOOPBACK), self.port),)

        return AllowedNetwork(private=private, authorities=authorities or root(), lookup=lookup)


@contextmanager
def serving(folder: Path, *hosts: str, **answers: Answer) -> Iterator[Server]:
    """Serve for the given names; keyword `x` answers `/x`, others are added to `answers`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    file = folder / "server.pem"
    file.write_bytes(_server(hosts))
    context.load_cert_chain(file)
    listener = socket.create_server((LOOPBACK, 0))
    server = Server({f"/{k}": v for k, v in answers.items()}, listener.getsockname()[1])

    def serve() -> None:
        while True:
            try:
                plain, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=_one, args=(server, context, plain), daemon=True).start()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        # Closing alone does not wake the thread that accepts.
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def _one(server: Server, context: ssl.SSLContext, plain: socket.socket) -> None:
    # A client that gives up breaks the line off at any place.
    gone = suppress(OSError, ValueError, IndexError)
    with plain, gone, context.wrap_socket(plain, server_side=True) as secured:
        lines = secured.recv(65536).decode("ascii").split("\r\n")
        path = lines[0].split(" ")[1]
        host = next(line[6:] for line in lines if line.startswith("Host: "))
        server.asked.append(f"{host} {path}")
        answer = server.answers.get(path, status("404 Not Found"))
        if isinstance(answer, bytes):
            secured.sendall(answer)
        else:
            answer(secured)
        secured.unwrap()


_NOW = datetime.now(UTC)


def _certificate(subject: str, *, hosts: tuple[str, ...] = ()) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)])
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test Root")])
    own = _key(subject).public_key()
    root_key = _key("Test Root").public_key()
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=False, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=not hosts,
        crl_sign=not hosts, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    builder = (
        x509.CertificateBuilder(issuer if hosts else name, name, own)
        .serial_number(x509.random_serial_number())
        .not_valid_before(_NOW - timedelta(days=1))
        .not_valid_after(_NOW + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=not hosts, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(own), critical=False)
    )
    if hosts:
        names = x509.SubjectAlternativeName([x509.DNSName(host) for host in hosts])
        by = x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key)
        serves = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
        builder = builder.add_extension(names, critical=False)
        builder = builder.add_extension(by, critical=False).add_extension(serves, critical=False)
    return builder.sign(_key("Test Root" if hosts else subject), hashes.SHA256())


def _key(name: str) -> ec.EllipticCurvePrivateKey:
    private = p256_key(f"serving {name}").private
    assert isinstance(private, ec.EllipticCurvePrivateKey)
    return private


@cache
def root(name: str = "Test Root") -> str:
    """Give the authority's certificate, in PEM."""
    return _certificate(name).public_bytes(serialization.Encoding.PEM).decode("ascii")


def _server(hosts: tuple[str, ...]) -> bytes:
    private = _key("server").private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    certificate = _certificate("server", hosts=hosts)
    return private + certificate.public_bytes(serialization.Encoding.PEM)
