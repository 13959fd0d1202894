"""What is said is true: what counts for sure, what an import brought in, what was only checked."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from wallet.actions.importing import ImportItem
from wallet.model.credential import Text
from wallet.model.keeping import AddResult
from wallet.model.programme import (
    AwardAssessment,
    AwardStatus,
    Counted,
    OpenFact,
    RequirementProgress,
    RequirementState,
    Strength,
)
from wallet.model.verification import CheckName, Reason, Standing, State, not_checked
from wallet.texts import labels, use, verdicts
from wallet.ui.dialogs.report import ReportDialog
from wallet.ui.imports import PATIENCE
from wallet.ui.main_window import MainWindow
from wallet.ui.models.earned import Earned, earned
from wallet.ui.widgets.basic import Icon
from wallet.ui.widgets.verdict import Badge

from .people import says, the

Idle = Callable[[], None]


def counted(name: str, ects: str, *open_: OpenFact) -> Counted:
    amount = Decimal(ects)
    return Counted(name, Text.plain(name), amount, amount, Strength.IDENTIFIER, name, open_)


def award(*met_by: Counted, missing: str = "0") -> AwardAssessment:
    leaf = RequirementProgress("r", Text.plain("R"), "/r", RequirementState.NOT_MET, met_by, None)
    twice = replace(leaf, key="again")
    return AwardAssessment(
        "a", Text.plain("A"), AwardStatus.NOT_MET, (leaf, twice), (), (), Decimal(99), (), None,
        Decimal(missing), (), 0, (), (), (),
    )  # fmt: skip


def test_only_what_is_certain_is_earned() -> None:
    some = (counted("sure", "3"), counted("open", "7.5", OpenFact.CHECK))
    found = earned(award(*some, missing="4"), None)
    assert found == Earned(Decimal(3), Decimal("7.5"), Decimal(4), Decimal("14.5"))


def test_the_awards_own_number_is_what_is_needed() -> None:
    found = earned(award(counted("sure", "3"), missing="40"), Decimal(30))
    assert (found.needed, found.missing) == (Decimal(30), Decimal(27))


def test_a_report_shows_states_and_refusals_first(window: MainWindow) -> None:
    window.open_demonstration()
    broken = Standing(State.SIGNATURE_NOT_VALID)
    items = (
        ImportItem("a.json", (), AddResult.IMPORTED, "1", Text.plain("A" * 900), None, broken),
        ImportItem("b.txt", (), AddResult.REFUSED),
    )
    report = ReportDialog(window, window.session, items)
    report.show()
    assert [item.result for item in report.items] == [AddResult.REFUSED, AddResult.IMPORTED]
    assert len(report.findChildren(Badge)) == 1
    assert says(report, "Signature not valid")
    drawn = {icon._name for icon in report.findChildren(Icon)}
    assert "passed" not in drawn
    assert not says(report, "A" * 200)
    report.close()


def test_what_is_only_checked_is_not_said_to_be_in_the_wallet() -> None:
    for language, word in (("en", "wallet"), ("pl", "portfel")):
        check = not_checked(CheckName.HOLDER, Reason.NOT_APPLICABLE)
        assert word not in verdicts.check(use(language), check)


def test_a_long_import_of_one_file_says_what_it_reads(
    window: MainWindow, idle: Idle, tmp_path: Path
) -> None:
    import time  # noqa: PLC0415 -- only this test keeps the worker busy

    window.open_demonstration()
    idle()
    seen: list[bool] = []

    def look() -> None:
        seen.append(says(window, "slow.json"))

    window.session.tasks.ask(window, lambda: time.sleep(PATIENCE / 1000 * 2), lambda _: look())
    file = tmp_path / "slow.json"
    file.write_text("{}")
    window.import_files([file])
    idle()
    assert seen == [True]
    assert says(the(window, ReportDialog), window.session.texts(labels.COUNT_REFUSED, n=1))


def test_the_country_of_a_trusted_list_is_named() -> None:
    from wallet.model.verification import passed  # noqa: PLC0415 -- beside its only use

    facts = {"organisation": "O", "provider": "P", "country": "ES", "date": "2026-01-01"}
    check = passed(CheckName.ISSUER, Reason.EU_TRUSTED_LIST, **facts)
    assert "Hiszpania" in verdicts.check(use("pl"), check)
