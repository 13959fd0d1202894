"""Is a certificate qualified, by its own statements and the list's qualifiers?"""

import pytest

from tests.trust import europe
from tests.trust.europe import Entry, Listing
from tests.trust.judging import (
    CA,
    judged,
)
from wallet.model.verification import Reason
from wallet.trust.qualification import Judgement

STATED = {
    "seal": (europe.statements(), True),
    "seal in a device": (europe.statements(device=True), True),
    "signature": (europe.statements(kind=europe.FOR_SIGNATURES), False),
    "web": (europe.statements(kind=europe.FOR_WEB), False),
    "no type": (europe.statements(kind=europe.NO_TYPE), False),
    "no compliance": (europe.statements(compliance=False), False),
    "nothing": (None, False),
    "nonsense": (b"\x30\x03\x30\x01\x06", False),
}


@pytest.mark.parametrize("stated", STATED)
def test_what_the_certificate_says_of_itself(stated: str) -> None:
    qc, qualified = STATED[stated]
    found = judged(chain=(europe.seal(qc=qc), CA))
    assert found.reason is (None if qualified else Reason.NOT_QUALIFIED_AT_SIGNING)
    if qualified:
        assert found.quality is not None
        assert found.quality.device is (stated == "seal in a device")


def qualified_by(*qualifiers: str, qc: bytes, policy: str = "1.2.3") -> Judgement:
    extension = europe.qualification(*qualifiers, criteria=europe.policies("1.2.3"))
    listing = Listing((Entry(extensions=extension),), (CA,))
    return judged(listing, chain=(europe.seal(qc=qc, policy=policy), CA))


@pytest.mark.parametrize(
    ("qualifiers", "qc", "qualified"),
    [
        (("NotQualified",), europe.statements(), False),
        (("QCStatement", "QCForESeal"), europe.statements(compliance=False, kind=""), True),
        (("QCStatement",), europe.statements(compliance=False), True),
        (("QCForESeal",), europe.statements(kind=europe.FOR_SIGNATURES), True),
        (("QCForESig",), europe.statements(), False),
        (("QCForLegalPerson",), europe.statements(), True),
        (("QCStatement", "NotQualified"), europe.statements(), False),
    ],
)
def test_the_lists_qualifiers_overrule(
    qualifiers: tuple[str, ...], qc: bytes, qualified: bool
) -> None:
    found = qualified_by(*qualifiers, qc=qc)
    assert found.reason is (None if qualified else Reason.NOT_QUALIFIED_AT_SIGNING)
    untouched = qualified_by(*qualifiers, qc=europe.statements(), policy="1.2.4")
    assert untouched.reason is None


@pytest.mark.parametrize(
    ("qualifier", "stated", "device"),
    [
        ("QCWithQSCD", False, True),
        ("QCQSCDManagedOnBehalf", False, True),
        ("QCNoQSCD", True, False),
        ("QCQSCDStatusAsInCert", True, True),
    ],
)
def test_the_lists_qualifiers_say_where_the_key_lies(
    qualifier: str, stated: bool, device: bool
) -> None:
    found = qualified_by(qualifier, qc=europe.statements(device=stated))
    assert found.quality is not None
    assert found.quality.device is device
