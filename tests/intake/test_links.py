"""Which link of a mail a person is told to open."""

import time

import pytest

from wallet.intake import links


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("see https://example.org/a and http://example.org/b", "https://example.org/a"),
        ("http://example.org/b", "http://example.org/b"),
        (
            "https://a.example/x https://b.example/my-credential/1",
            "https://b.example/my-credential/1",
        ),
        ('<a href="https://a.example/?x=1&amp;y=2">tu</a>', "https://a.example/?x=1&y=2"),
        ("(https://a.example/diploma).", "https://a.example/diploma"),
        (
            "https://uczelnia.example/ https://europa.eu/europass/wallet?id=7",
            "https://europa.eu/europass/wallet?id=7",
        ),
    ],
)
def test_the_most_likely_link_is_named(text: str, address: str) -> None:
    found = links.best([text])
    assert found is not None
    assert found.address == address


@pytest.mark.parametrize(
    "text",
    [
        "no link",
        "https://",
        "https://x",
        "mailto:a@b.example",
        "https://mail.example/unsubscribe?credential=1",
        '<img src="https://a.example/credential/logo.png">',
        "https://www.facebook.com/uczelnia",
        "javascript:alert(1)",
        "https://[::1/credential",
    ],
)
def test_what_leads_nowhere_is_no_link(text: str) -> None:
    assert links.best([text]) is None


def test_the_host_is_the_real_one() -> None:
    found = links.best(["https://europass.europa.eu@evil.example:443/credential"])
    assert found is not None
    assert found.host == "evil.example"


def test_links_are_bounded_in_length_count_and_time() -> None:
    started = time.monotonic()
    texts = [f"https://a.example/{number} " * 3 for number in range(100_000)]
    assert links.best(["".join(texts), "https:/" * 500_000, "<" * 1_000_000]) is not None
    long = links.best(["https://a.example/" + "x" * 100_000])
    assert long is not None
    assert len(long.address) < 2100
    assert time.monotonic() - started < 10


def test_a_text_that_is_a_link_alone() -> None:
    found = links.as_link(" https://a.example/x\n")
    assert found is not None
    assert found.host == "a.example"
    assert links.as_link("see https://a.example/x") is None
