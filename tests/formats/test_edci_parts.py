"""Credentials with a seal of their own inside a sealed EDCI credential."""

from typing import Any

import pytest

from tests.issuer.subjects import NOW
from tests.proofs.seals import leaf
from tests.proofs.xml_seals import (
    DOCUMENT,
    ENVELOPED,
    INCLUSIVE,
    WITHOUT_FILTER,
    WITHOUT_HERE,
    WITHOUT_XPATH,
    XmlSeal,
    without_all_signatures,
    without_own_signature,
)
from wallet import formats
from wallet.errors import TooLarge
from wallet.formats import edci_parts
from wallet.formats.edci_document import EDCI
from wallet.formats.proving import Proven, prove
from wallet.model.credential import Credential
from wallet.model.verification import CheckName, Outcome, Reason
from wallet.trust.anchors import TrustStore
from wallet.verification.verify import verify_with_parts

END = "</europassCredential>"
WAYS: dict[str, Any] = {
    "enveloped": (ENVELOPED, without_own_signature),
    "here": (WITHOUT_HERE, without_own_signature),
    "expression": (WITHOUT_XPATH, without_all_signatures),
    "filter": (WITHOUT_FILTER, without_all_signatures),
}


def inner(**changes: Any) -> str:
    """A sealed credential, as it stands in a file."""
    document = DOCUMENT.replace("credential:7", "credential:8").replace("literacy", "mining")
    text = XmlSeal(document=document, mark="-inner", **changes).build().decode()
    return text.partition("?>")[2].strip()


def outer(*parts: str, way: str = "here") -> bytes:
    without, cut = WAYS[way]
    held = "".join(f"<contains>{part}</contains>" for part in parts)
    document = DOCUMENT.replace(END, held + END)
    return XmlSeal(document=document, without=without, cut=cut).build()


def read(data: bytes) -> Credential:
    credential = formats.read(data)
    assert credential is not None
    return credential


def proven(credential: Credential) -> Proven:
    return prove(credential, TrustStore.empty(), NOW)


@pytest.mark.parametrize("way", WAYS)
def test_both_seals_hold(way: str) -> None:
    credential = read(outer(inner(), way=way))
    assert proven(credential).proof.outcome is Outcome.PASSED
    (part,) = credential.parts
    assert part.path == "credential 1"
    held = read(part.raw)
    assert (held.id, credential.id) == ("urn:credential:8", "urn:credential:7")
    found = proven(held)
    assert found.proof.outcome is Outcome.PASSED
    assert found.finding is not None
    assert found.finding.chain == (leaf(),)


@pytest.mark.parametrize("way", WAYS)
def test_an_altered_part_breaks_both(way: str) -> None:
    credential = read(outer(inner(), way=way).replace(b"Data mining", b"Data misuse"))
    assert proven(credential).proof.reason is Reason.HASH_FAILURE
    assert proven(read(credential.parts[0].raw)).proof.reason is Reason.HASH_FAILURE


def test_a_part_keeps_the_very_bytes_that_it_had() -> None:
    """Sealed in the inclusive form, it may be cut out and not written again."""
    text = inner(form=INCLUSIVE)
    credential = read(outer(text))
    # What the document declares stands on the part too, so nothing is lost when it is cut out.
    assert proven(read(credential.parts[0].raw)).proof.outcome is Outcome.PASSED


def test_a_part_that_leans_on_declarations_around_it() -> None:
    text = inner().replace(' xmlns="http://data.europa.eu/snb"', "", 1)
    credential = read(outer(text))
    assert proven(credential).proof.outcome is Outcome.PASSED
    assert proven(read(credential.parts[0].raw)).proof.outcome is Outcome.PASSED


def test_a_part_without_a_seal_is_what_the_document_seals() -> None:
    plain = DOCUMENT.partition("?>")[2].strip().replace("credential:7", "credential:8")
    credential = read(outer(plain))
    assert credential.parts == ()
    assert proven(credential).proof.outcome is Outcome.PASSED


def test_the_seal_of_a_part_is_none_of_the_document() -> None:
    document = DOCUMENT.replace("<proof/>", f"<contains>{inner()}</contains>")
    credential = read(document.encode())
    assert credential.securing == "none"
    assert proven(credential).proof.reason is Reason.NO_SIGNATURE_FOUND
    assert proven(read(credential.parts[0].raw)).proof.outcome is Outcome.PASSED


def test_a_sealed_part_is_told_wherever_it_lies_in_what_is_not() -> None:
    """In a presentation, and two credentials deep."""
    for depth in (1, 2):
        text = inner()
        for number in range(depth):
            around = DOCUMENT.partition("?>")[2].strip().replace("credential:7", f"around:{number}")
            text = around.replace(END, f"<contains>{text}</contains>{END}")
        opened = f'<verifiablePresentation xmlns="{EDCI}">{text}</verifiablePresentation>'
        credential = read(opened.encode())
        assert credential.securing == "none"
        (part,) = credential.parts
        held = read(part.raw)
        assert held.id == "urn:credential:8"
        assert proven(held).proof.outcome is Outcome.PASSED


def test_parts_inside_parts() -> None:
    deep = inner()
    document = DOCUMENT.replace("credential:7", "credential:9")
    document = document.replace(END, f"<contains>{deep}</contains>{END}")
    middle = XmlSeal(
        document=document, without=WITHOUT_HERE, cut=without_own_signature, mark="-middle"
    ).build()
    credential = read(outer(middle.decode().partition("?>")[2].strip()))
    assert proven(credential).proof.outcome is Outcome.PASSED
    held = read(credential.parts[0].raw)
    assert proven(held).proof.outcome is Outcome.PASSED
    assert proven(read(held.parts[0].raw)).proof.outcome is Outcome.PASSED


def test_the_number_of_parts_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    data = outer(inner(), inner())
    monkeypatch.setattr(edci_parts, "MAX_PARTS", 2)
    assert len(read(data).parts) == 2
    monkeypatch.setattr(edci_parts, "MAX_PARTS", 1)
    with pytest.raises(TooLarge):
        read(data)


def test_verification_tells_of_each_part_by_itself() -> None:
    found = verify_with_parts(read(outer(inner())), TrustStore.empty(), NOW)
    assert [path for path, _, _ in found] == [(), ("credential 1",)]
    for _, _, report in found:
        proofs = [check for check in report.checks if check.name is CheckName.PROOF]
        assert [check.outcome for check in proofs] == [Outcome.PASSED]
