"""Every code has its sentence, and a fact that is missing never breaks one."""

from datetime import UTC, datetime

import pytest

from wallet import errors
from wallet.errors import WalletError
from wallet.model.credential import Element
from wallet.model.intake import Problem, ProblemCode
from wallet.model.keeping import AddResult
from wallet.model.verification import Check, CheckName, Outcome, Reason, Standing, State
from wallet.texts import LANGUAGES, Texts, problems, use, verdicts, whys

FACTS = {
    name: "2026-05-03T10:00:00Z" if "date" in name else f"<{name}>"
    for name in (
        "date", "organisation", "awarding_body", "provider", "country", "what", "detail", "name",
        "path", "id", "size", "capacity", "link", "algorithm", "until", "audience", "expires",
    )
}  # fmt: skip

# The reasons of each check, as the table of the command line lists them.
TABLE = {
    CheckName.FORMAT: "FORMAT_FAILURE DUPLICATE_KEY UNKNOWN_CONTEXT UNSIGNED_TERM SCHEMA_REMARKS",
    CheckName.PROOF: "SIG_CRYPTO_FAILURE HASH_FAILURE NO_SIGNATURE_FOUND SIG_CONSTRAINTS_FAILURE"
    " NO_SIGNING_KEY_FOUND UNSUPPORTED_SUITE",
    CheckName.ISSUER: "EU_TRUSTED_LIST ISSUER_REGISTRY TRUSTED_BY_YOU KEY_SUPPLIED"
    " ISSUER_NOT_AUTHENTICATED TRUST_DATA_MISSING NO_CERTIFICATE_CHAIN_FOUND OUT_OF_BOUNDS_NO_POE"
    " SEAL_NOT_ISSUER ISSUER_UNKNOWN CERTIFICATE_REVOKED NOT_QUALIFIED_AT_SIGNING"
    " DISTRUSTED_BY_YOU PROOF_FAILED NOT_APPLICABLE",
    CheckName.VALIDITY: "EXPIRED NOT_YET_VALID NOT_APPLICABLE",
    CheckName.STATUS: "REVOKED SUSPENDED TRY_LATER STATUS_LIST_INVALID NO_STATUS_STATED"
    " NOT_APPLICABLE",
    CheckName.HOLDER: "KEY_BINDING_FAILURE WRONG_AUDIENCE WRONG_NONCE PRESENTATION_EXPIRED"
    " HOLDER_UNCONFIRMED NO_HOLDER_BINDING PROOF_FAILED NOT_APPLICABLE",
}


@pytest.fixture(params=LANGUAGES)
def t(request: pytest.FixtureRequest) -> Texts:
    return use(str(request.param))


def every_error(kind: type[WalletError] = WalletError) -> list[type[WalletError]]:
    """Those of wallet/errors.py: what is raised inside a package never reaches a person."""
    below = [found for one in kind.__subclasses__() for found in every_error(one)]
    return [kind, *below] if kind.__module__ == errors.__name__ else below


def test_every_state_outcome_check_and_element_has_a_name(t: Texts) -> None:
    for state in State:
        assert verdicts.state(t, Standing(state))
        assert verdicts.state(t, Standing(state, FACTS))
    for outcome in Outcome:
        assert verdicts.outcome(t, outcome)
    for name in CheckName:
        assert verdicts.check_name(t, name)
    for element in Element:
        assert verdicts.element(t, element)


def test_every_reason_of_every_check_has_its_own_sentence(t: Texts) -> None:
    for name, reasons in TABLE.items():
        for reason in reasons.split():
            for facts in ({}, FACTS):
                said = verdicts.check(t, Check(name, Outcome.INDETERMINATE, Reason(reason), facts))
                assert said not in {t(plain) for plain in verdicts.PLAIN.values()}
    assert {Reason(r) for reasons in TABLE.values() for r in reasons.split()} == set(Reason)


def test_a_plain_pass_has_a_sentence(t: Texts) -> None:
    for name in CheckName:
        assert verdicts.check(t, Check(name, Outcome.PASSED, None, {}))


def test_a_reason_without_a_sentence_still_says_how_it_came_out(t: Texts) -> None:
    odd = Check(CheckName.VALIDITY, Outcome.INDETERMINATE, Reason.TRY_LATER)
    assert verdicts.check(t, odd) == t(verdicts.PLAIN[Outcome.INDETERMINATE])


def test_dates_are_written_out_and_other_facts_stay_as_they_are() -> None:
    english = use("en")
    expired = Standing(State.EXPIRED, {"date": "2026-05-03T10:00:00Z"})
    assert verdicts.state(english, expired) == "Expired on 3 May 2026"
    numbered = Check(CheckName.FORMAT, Outcome.FAILED, Reason.DUPLICATE_KEY, {"what": "20260503"})
    assert "“20260503”" in verdicts.check(english, numbered)


def test_the_polish_states_are_those_of_the_design() -> None:
    t = use("pl")
    facts = {"date": "2026-05-03", "organisation": "A", "awarding_body": "B"}
    said = {state: verdicts.state(t, Standing(state, facts)) for state in State}
    assert said[State.VERIFIED] == "Zweryfikowane"
    assert said[State.NOT_SIGNED] == "Bez podpisu i pieczęci"
    assert said[State.SIGNATURE_NOT_VALID] == "Nieprawidłowy podpis lub pieczęć"
    assert said[State.EXPIRED] == "Po terminie ważności (3 maja 2026)"
    assert said[State.UNCHANGED_ISSUER_NOT_CONFIRMED] == "Niezmienione, wystawca niepotwierdzony"
    assert said[State.UNCHANGED_SEALED_BY_ANOTHER] == "Niezmienione; pieczęć: A; nadane przez: B"
    assert said[State.REVOCATION_NOT_CHECKED] == "Nie sprawdzono unieważnienia"


def test_every_error_code_has_a_sentence_of_its_own(t: Texts) -> None:
    codes = {kind.code for kind in every_error()}
    assert codes == set(problems.ERRORS)
    plain = {problems.error(t, raised) for raised in map(_made, every_error())}
    assert len(plain) == len({kind.code for kind in every_error()})


def test_errors_take_the_facts_that_they_have(t: Texts) -> None:
    said = problems.error(t, errors.DoesNotFit(form="qr", why="size", size=5000, capacity=2900))
    assert "5000" in said
    assert "2900" in said
    chosen = problems.error(t, errors.UsageError(detail="nothing_chosen"))
    assert chosen == t(whys.USAGES["nothing_chosen"])


def test_every_problem_and_result_has_a_sentence(t: Texts) -> None:
    for code in ProblemCode:
        assert problems.problem(t, Problem("a", (), code))
        assert problems.problem(t, Problem("a", (), code, FACTS))
    for result in AddResult:
        assert problems.result(t, result)


def test_times_and_numbers_are_written_in_the_language(t: Texts) -> None:
    moment = datetime(2023, 9, 27, tzinfo=UTC)
    assert t.date(moment) in {"27 September 2023", "27 września 2023"}


def _made(kind: type[WalletError]) -> WalletError:
    if issubclass(kind, errors.MalformedCredential):
        return kind("depth")
    if issubclass(kind, errors.ProgrammeInvalid):
        return kind((("/a", "b"),))
    return kind()
