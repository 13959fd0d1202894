"""What a check found beside its first sentence, in words and only where it is true."""

import pytest

from wallet.model.verification import Check, CheckName, Outcome, Reason
from wallet.texts import LANGUAGES, findings, use, verdicts
from wallet.texts.sayings import places

LISTED = {
    "organisation": "Example University",
    "provider": "Example Trust",
    "country": "ES",
    "list_sequence": "187",
    "list_date": "2026-11-12",
    "list_as_of": "2026-11-14",
    "list_next_update": "2027-05-12",
    "qualified": "yes",
    "certificate_type": "seal",
    "qscd": "not stated",
    "revocation": "not checked",
    "date": "2026-11-12",
}
GOOD = {
    "revocation": "good",
    "revocation_as_of": "2024-03-01T10:00:00Z",
    "revocation_until": "2024-03-08T10:00:00Z",
}


def said(reason: Reason | None, **changes: str) -> tuple[str, ...]:
    check = Check(CheckName.ISSUER, Outcome.PASSED, reason, {**LISTED, **changes})
    return verdicts.more(use("en"), check)


def test_the_list_the_device_and_the_revocation_are_told() -> None:
    assert said(Reason.EU_TRUSTED_LIST) == (
        "Trusted list of Spain (ES), no. 187 of 12 November 2026: here since 14 November 2026, "
        "not checked since then; the next one was announced for 12 May 2027.",
        "Nothing states that the seal's key lies in a qualified device: a seal based on a "
        "qualified certificate, not a qualified seal.",
        "Whether the certificate was revoked was not checked: no answer of its provider came "
        "with the file.",
    )


def test_a_closed_list_has_no_next_one() -> None:
    first, *_ = said(Reason.EU_TRUSTED_LIST, list_next_update="")
    assert first.endswith("not checked since then.")


@pytest.mark.parametrize(("age", "words"), [("1", "1 day old"), ("185", "185 days old")])
def test_an_old_list_says_its_age(age: str, words: str) -> None:
    assert any(words in one for one in said(Reason.EU_TRUSTED_LIST, list_age=age))


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"qscd": "stated"}, "in a qualified device: a qualified seal."),
        (GOOD, "not revoked, and to ask again by 8 March 2024"),
        ({**GOOD, "revocation_until": ""}, "said on 1 March 2024 that it was not revoked; nobody"),
        ({"revocation": "revoked", "revoked_at": "2025-01-02T00:00:00Z"}, "on 2 January 2025"),
        ({"existence": "2024-03-02", "existence_source": "import"}, "for you, a proof"),
        (
            {
                "existence": "2024-03-02",
                "existence_source": "time stamp",
                "time_stamp_authority": "Example Times",
            },
            "A time stamp of Example Times proves that the seal existed on 2 March 2024.",
        ),
        (
            {"existence": "2024-03-02", "existence_source": "time stamp"},
            "A time stamp proves that the seal existed on 2 March 2024.",
        ),
    ],
)
def test_evidence_is_told_with_its_dates(facts: dict[str, str], words: str) -> None:
    assert any(words in one for one in said(Reason.EU_TRUSTED_LIST, **facts))


def test_what_is_not_qualified_is_not_said_to_be_based_on_a_qualified_certificate() -> None:
    for changes in ({"qualified": "no"}, {"certificate_type": "signature"}):
        found = said(Reason.NOT_QUALIFIED_AT_SIGNING, **changes)
        assert not any("qualified certificate" in one for one in found)


def test_a_revoked_seal_is_not_said_to_stay_good() -> None:
    facts = {"revocation": "revoked", "revoked_at": "2025-01-02", "revocation_as_of": "2025-01-03"}
    found = said(Reason.CERTIFICATE_REVOKED, **facts)
    assert "That is what the certificate's provider said on 3 January 2025." in found
    assert not any("stays good" in one for one in found)


def test_a_check_without_such_facts_says_nothing_more() -> None:
    for name in CheckName:
        for language in LANGUAGES:
            assert verdicts.more(use(language), Check(name, Outcome.PASSED, None, {})) == ()


def test_every_sentence_is_said_in_every_language() -> None:
    rows = [(needs, message) for needs, said in findings.BESIDE for message in said]
    for language in LANGUAGES[1:]:
        for needs, message in rows:
            named = places(message)
            facts = {**dict.fromkeys(named, "2026-11-12"), "n": 2}
            assert use(language)(message, **facts) != use("en")(message, **facts), needs


STALE = {"list": "https://univ.example/status/1", "date": "2026-05-03T10:00:00Z"}


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({**STALE, "list_age": "203"}, "of 3 May 2026, is too old to be asked"),
        ({**STALE, "value": "3"}, "no word for (status 3)"),
        ({"list": "", "unknown_type": "OddStatus"}, "cannot read (OddStatus)"),
        ({"list": "https://univ.example/status/1"}, "is not here"),
    ],
)
def test_why_revocation_is_open(facts: dict[str, str], words: str) -> None:
    check = Check(CheckName.STATUS, Outcome.INDETERMINATE, Reason.TRY_LATER, facts)
    assert words in verdicts.check(use("en"), check)
    more = verdicts.more(use("en"), check)
    assert more == (("The list was 203 days old when asked.",) if "list_age" in facts else ())


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"what": "no key binding"}, "without the holder's signature that was asked for"),
        ({"what": "signature"}, "does not hold the key that the credential names"),
        ({}, "does not hold the key that the credential names"),
        ({"what": "sd_hash"}, "breaks a rule (sd_hash)"),
    ],
)
def test_a_missing_binding_is_not_a_wrong_one(facts: dict[str, str], words: str) -> None:
    check = Check(CheckName.HOLDER, Outcome.FAILED, Reason.KEY_BINDING_FAILURE, facts)
    assert words in verdicts.check(use("en"), check)
