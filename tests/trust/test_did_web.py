"""did:web: from an identifier to the address of its document, and nowhere else."""

import pytest

from wallet.trust import did_web


@pytest.mark.parametrize(
    ("did", "address"),
    [
        ("did:web:univ.example", "https://univ.example/.well-known/did.json"),
        ("did:web:univ.example:issuers:1", "https://univ.example/issuers/1/did.json"),
        ("did:web:univ.example%3A8443", "https://univ.example:8443/.well-known/did.json"),
        ("did:key:z6Mk", None),
        ("did:web:", None),
        ("did:web:univ.example:", None),
        ("did:web:univ.example::a", None),
        ("did:web:univ.example/../x", None),
        ("did:web:univ.example:..:x", None),
        ("did:web:univ.example:%2e%2e:x", None),
        ("did:web:user%40univ.example", None),
        ("did:web:univ.example%2Fx", None),
        ("did:web:univ.example%23x", None),
        ("did:web:univ.example?x=y", None),
        ("did:web:" + "a" * 2048, None),
    ],
)
def test_address(did: str, address: str | None) -> None:
    assert did_web.address(did) == address
