"""Fetching: what comes whole comes, everything else ends with its reason and within its limit."""

import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import LOOPBACK
from tests.trust import serving
from tests.trust.serving import Server, chunked, moved, ok, status
from wallet.errors import NotFetched
from wallet.trust.fetch import (
    AllowedNetwork,
    Endpoint,
    Limits,
    fetch,
    is_public,
    parse,
)

HOST = "lists.example"
LIMITS = Limits(size=1000, seconds=2.0, read_seconds=0.4, redirects=2)


@pytest.fixture
def server(tmp_path: Path, own_machine: None) -> Iterator[Server]:
    with serving.serving(tmp_path, HOST) as found:
        yield found


def _why(url: str, network: AllowedNetwork, limits: Limits = LIMITS) -> str:
    with pytest.raises(NotFetched) as raised:
        fetch(url, network=network, limits=limits)
    return str(raised.value.facts["why"])


def _drip(data: bytes) -> Callable[[ssl.SSLSocket], None]:
    """Send a byte at a time, each in time, all of them never."""

    def answer(line: ssl.SSLSocket) -> None:
        with suppress(OSError):
            for place in range(len(data)):
                line.sendall(data[place : place + 1])
                time.sleep(0.2)

    return answer


def _silent(line: ssl.SSLSocket) -> None:
    with suppress(OSError):
        line.recv(1)


def test_what_is_there_comes(server: Server) -> None:
    server.answers["/list.xml?a=b"] = ok(b"<list/>")
    found = fetch(f"https://{HOST}/list.xml?a=b#part", network=server.network(), limits=LIMITS)
    assert (found.data, found.url) == (b"<list/>", f"https://{HOST}/list.xml?a=b")
    assert found.at.tzinfo is not None
    assert server.asked == [f"{HOST} /list.xml?a=b"]


def test_chunks_and_a_body_up_to_the_end_come(server: Server) -> None:
    server.answers |= {"/chunks": chunked(b"one", b"two"), "/end": b"HTTP/1.1 200 OK\r\n\r\nbody"}
    network = server.network()
    assert fetch(f"https://{HOST}/chunks", network=network).data == b"onetwo"
    assert fetch(f"https://{HOST}/end", network=network).data == b"body"


def test_the_size_counts_however_it_is_stated(server: Server) -> None:
    exact, above = bytes(LIMITS.size), bytes(LIMITS.size + 1)
    server.answers |= {
        "/just": ok(exact),
        "/over": ok(above),
        "/chunks": chunked(*[above[:300]] * 9),
    }
    network = server.network()
    assert fetch(f"https://{HOST}/just", network=network, limits=LIMITS).data == exact
    assert _why(f"https://{HOST}/over", network) == "too_large"
    assert _why(f"https://{HOST}/chunks", network) == "too_large"


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (_silent, "too_slow"),
        (_drip(b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 100), "too_slow"),
        (_drip(ok(b"a" * 100)), "too_slow"),
        (b"HTTP/1.1 100 Continue\r\n\r\n" * 1000, "garbled"),
        (b"", "garbled"),
        (b"\x00\xffnot http", "garbled"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n", "garbled"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70000, "garbled"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", "garbled"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "garbled"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", "garbled"),
        (ok(b"abc", "Content-Encoding: gzip"), "garbled"),
        (status("404 Not Found"), "refused"),
        (status("204 No Content"), "refused"),
        (status("500 Oh"), "refused"),
    ],
)  # fmt: skip
def test_other_answers_are_refused_in_time(
    server: Server, answer: serving.Answer, why: str
) -> None:
    server.answers["/x"] = answer
    assert _why(f"https://{HOST}/x", server.network()) == why


def test_a_line_that_breaks_off_is_no_end(server: Server) -> None:
    def cut(line: ssl.SSLSocket) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\n\r\nhalf of")
        line.shutdown(2)

    server.answers["/x"] = cut
    assert _why(f"https://{HOST}/x", server.network()) == "garbled"


def test_redirects_stay_on_the_host_and_are_few(server: Server) -> None:
    server.answers |= {
        "/one": moved("/two"), "/two": moved(f"https://{HOST.upper()}:443/three"),
        "/three": ok(b"here"), "/zero": moved("one"), "/round": moved("/round"),
        "/other": moved("https://elsewhere.example/three"), "/plain": moved(f"http://{HOST}/three"),
        "/port": moved(f"https://{HOST}:8443/three"), "/none": moved(""),
        "/file": moved("file:///etc/passwd"), "/user": moved(f"https://a:b@{HOST}/three"),
    }  # fmt: skip
    network = server.network()
    assert fetch(f"https://{HOST}/one", network=network, limits=LIMITS).url.endswith("/three")
    for path, why in (
        ("zero", "too_many_redirects"), ("round", "too_many_redirects"),
        ("other", "redirect_elsewhere"), ("port", "redirect_elsewhere"), ("plain", "not_https"),
        ("file", "not_https"), ("user", "address"), ("none", "too_many_redirects"),
    ):  # fmt: skip
        assert _why(f"https://{HOST}/{path}", network) == why, path
    assert not [line for line in server.asked if "elsewhere" in line]


@pytest.mark.parametrize(
    ("url", "why"),
    [
        (f"http://{HOST}/", "not_https"),
        ("ftp://lists.example/", "not_https"),
        ("lists.example", "not_https"),
        ("https://", "address"),
        (f"https://user@{HOST}/", "address"),
        (f"https://user:secret@{HOST}/", "address"),
        (f"https://{HOST}/a b", "address"),
        (f"https://{HOST}/a\r\nHost: evil.example", "address"),
        (f"https://{HOST}\\@evil.example/", "address"),
        (f"https://{HOST}:99999/", "address"),
        (f"https://{HOST}:-1/", "address"),
        (f"https://{HOST}:8443/", "port"),
        ("https://li%73ts.example/", "address"),
        ("https://a..b/", "address"),
        (f"https://{HOST}/" + "a" * 2048, "address"),
    ],
)
def test_addresses_are_strict(url: str, why: str, server: Server) -> None:
    assert _why(url, server.network()) == why
    assert server.asked == []


def test_addresses_become_plain_ascii() -> None:
    assert parse("https://UNIV.Example").url == "https://univ.example/"
    assert parse("https://żółw.example/ą?ę=1").url == (
        "https://xn--w-uga1v8h.example/%C4%85?%C4%99=1"
    )
    assert parse("https://[2001:db8::1]/%20").url == "https://[2001:db8::1]/%20"


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.1.2.3"),
        *("100.64.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "::1", "::"),
        *(
            "fe80::1",
            "fe80::1%eth0",
            "fc00::1",
            "fec0::1",
            "ff02::1",
            "2001:db8::1",
            "2002:a00:1::",
        ),
        *("::ffff:10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::a00:1", "2001::1", "::127.0.0.1", "x"),
    ],
)
def test_addresses_of_no_public_network_are_refused(address: str, server: Server) -> None:
    assert not is_public(address)
    network = server.network(addresses={HOST: address}, private=False)
    assert _why(f"https://{HOST}/", network) == "private_address"


def test_public_addresses_are_told() -> None:
    for address in ("147.67.34.45", "2a01:7080:14:100::1", "::ffff:8.8.8.8", "64:ff9b::808:808"):
        assert is_public(address)


def test_a_number_in_the_address_is_judged_alike(server: Server) -> None:
    for host in ("127.0.0.1", "[::1]", "169.254.169.254", "localhost"):
        assert _why(f"https://{host}/", server.network(private=False)) == "private_address"


def test_the_address_that_was_checked_is_the_one_that_is_used(server: Server) -> None:
    """A name server's second answer changes nothing: there is one question."""
    server.answers["/"] = ok(b"here")
    asked: list[str] = []

    def lookup(host: str, _port: int) -> tuple[Endpoint, ...]:
        asked.append(host)
        return ((LOOPBACK if len(asked) == 1 else "10.0.0.1", server.port),)

    network = replace(server.network(), lookup=lookup)
    assert fetch(f"https://{HOST}/", network=network).data == b"here"
    assert asked == [HOST]


def test_the_certificate_is_of_a_known_authority_and_of_the_name(server: Server) -> None:
    server.answers["/"] = ok(b"here")
    stranger = server.network(authorities=serving.root("Another Root"))
    assert _why(f"https://{HOST}/", stranger) == "certificate"
    assert _why("https://other.example/", server.network()) == "certificate"
    assert _why(f"https://{HOST}/", replace(server.network(), authorities=None)) == "certificate"
    assert server.asked == []


def test_names_and_hosts_that_do_not_answer(server: Server) -> None:
    def unknown(host: str, _port: int) -> tuple[Endpoint, ...]:
        raise OSError(host)

    def nobody(_host: str, _port: int) -> tuple[Endpoint, ...]:
        return ((LOOPBACK, 1),)

    def slow(_host: str, _port: int) -> tuple[Endpoint, ...]:
        time.sleep(1)
        return ()

    for lookup, why in ((unknown, "no_such_host"), (nobody, "unreachable"), (slow, "too_slow")):
        assert _why(f"https://{HOST}/", replace(server.network(), lookup=lookup)) == why


def test_a_second_address_is_tried(server: Server) -> None:
    server.answers["/"] = ok(b"here")
    network = replace(
        server.network(), lookup=lambda _host, _port: ((LOOPBACK, 1), (LOOPBACK, server.port))
    )
    assert fetch(f"https://{HOST}/", network=network).data == b"here"


def test_the_test_server_is_the_only_place_that_tests_reach() -> None:
    with pytest.raises(AssertionError):
        fetch(
            "https://192.0.2.1/",
            network=AllowedNetwork(private=True, lookup=lambda *_: (("192.0.2.1", 443),)),
        )
