"""`progress`, `confirm`, `unconfirm`, `profile`, `programme`: what the credentials add up to."""

import argparse
from pathlib import Path

from wallet.actions import progress as adding_up
from wallet.actions.wallet import now
from wallet.cli import shapes
from wallet.cli.arguments import Commands
from wallet.cli.exits import Exit
from wallet.cli.opening import opened
from wallet.cli.screen import Screen
from wallet.errors import ProgrammeInvalid, UsageError
from wallet.model.programme import Assessment, AwardAssessment, AwardStatus, RequirementProgress
from wallet.texts import progress as said


def add_to(commands: Commands) -> None:
    """Add the commands."""
    progress = commands.add_parser("progress", help="how far each certificate is")
    progress.add_argument("programme", nargs="?", metavar="PROGRAMME", help="only this one")
    progress.set_defaults(run=_progress)
    for name, run, help_text in (
        ("confirm", _confirm, "say that a credential is a programme's course"),
        ("unconfirm", _unconfirm, "take that back"),
    ):
        command = commands.add_parser(name, help=help_text)
        command.add_argument("id", metavar="ID")
        command.add_argument("item", metavar="ITEM", help="the course's key in the programme")
        command.add_argument("--programme", metavar="PROGRAMME", help="if several have that key")
        command.set_defaults(run=run)
    profile = commands.add_parser("profile", help="facts about you, for the audit alone")
    profile.add_argument("what", choices=["show", "set"])
    profile.add_argument("key", nargs="?", metavar="KEY", help="such as field (ISCED-F code)")
    profile.add_argument("value", nargs="?", metavar="VALUE")
    profile.set_defaults(run=_profile)
    programme = commands.add_parser("programme", help="programme definitions")
    inner = programme.add_subparsers(dest="programme_command", metavar="WHAT", required=True)
    listing = inner.add_parser("list", help="the definitions that are here")
    listing.set_defaults(run=_list)
    check = inner.add_parser("check", help="say what is wrong with a definition, and where")
    check.add_argument("file", type=Path, metavar="FILE")
    check.set_defaults(run=_check)
    assess = inner.add_parser("assess", help="evaluate a definition on a holdings file")
    assess.add_argument("file", type=Path, metavar="FILE")
    assess.add_argument("--holdings", type=Path, required=True, metavar="FILE")
    assess.set_defaults(run=_assess)
    for command in (progress, *(commands.choices[n] for n in ("confirm", "unconfirm")), profile,
                    listing, check, assess):  # fmt: skip
        command.add_argument("--json", action="store_true", help="print one JSON object")


def _progress(arguments: argparse.Namespace, screen: Screen) -> Exit:
    with opened(arguments) as wallet:
        assessments = adding_up.progress(wallet, arguments.programme)
    if screen.json:
        screen.data({"programmes": {one.programme: shapes.assessment(one) for one in assessments}})
    else:
        for one in assessments:
            print_assessment(one, screen)
    return Exit.OK


def print_assessment(assessment: Assessment, screen: Screen) -> None:
    """Print every award: the answer, what met what, what is missing, and what next."""
    screen.line(f"{assessment.title.best()} (version {assessment.version})")
    for award in assessment.awards:
        status = said.status(screen.texts, award.status)
        screen.line(f"  {award.title.best()}: {status}")
        for requirement in award.requirements:
            _print_requirement(requirement, screen, "    ")
        for rule in award.rules:
            screen.line(f"    {said.rule(screen.texts, rule)}")
        for line in said.remarks(screen.texts, award):
            screen.line(f"    {line}")
        _print_next(assessment, award, screen)
        if award.status is AwardStatus.MET:
            screen.line(f"    {said.decides(screen.texts, assessment)}")


def _print_requirement(requirement: RequirementProgress, screen: Screen, indent: str) -> None:
    met_by = ", ".join(
        f"{one.title.best()} ({shapes.number(one.ects)} ECTS)" for one in requirement.met_by
    )
    state = said.requirement_state(screen.texts, requirement.state)
    screen.line(f"{indent}{requirement.title.best()}: {state}" + (f", {met_by}" if met_by else ""))
    for child in requirement.children:
        _print_requirement(child, screen, indent + "  ")


def _print_next(assessment: Assessment, award: AwardAssessment, screen: Screen) -> None:
    programme = adding_up.find(assessment.programme)
    for plan in award.next:
        titles = [
            item.title.best() if programme and (item := programme.item(key)) else key
            for key in plan
        ]
        screen.line(f"    next: {screen.texts.listing(titles)}")


def _confirm(arguments: argparse.Namespace, screen: Screen) -> Exit:
    owner = arguments.programme or adding_up.programme_of_item(arguments.item)
    with opened(arguments) as wallet:
        adding_up.confirm(wallet, arguments.id, owner, arguments.item)
    return _kept(arguments, screen, "Kept as confirmed by you. Take it back with unconfirm.")


def _unconfirm(arguments: argparse.Namespace, screen: Screen) -> Exit:
    owner = arguments.programme or adding_up.programme_of_item(arguments.item)
    with opened(arguments) as wallet:
        adding_up.unconfirm(wallet, arguments.id, owner, arguments.item)
    return _kept(arguments, screen, "Taken back.")


def _kept(arguments: argparse.Namespace, screen: Screen, sentence: str) -> Exit:
    if screen.json:
        screen.data({"id": arguments.id, "item": arguments.item})
    else:
        screen.line(sentence)
    return Exit.OK


def _profile(arguments: argparse.Namespace, screen: Screen) -> Exit:
    if arguments.what == "set" and arguments.value is None:
        raise UsageError(detail="unknown_profile_key")
    with opened(arguments) as wallet:
        if arguments.what == "set":
            adding_up.set_profile(wallet, arguments.key, arguments.value)
        facts = adding_up.profile(wallet)
    if screen.json:
        screen.data({"profile": facts})
    else:
        for key, value in facts.items():
            screen.line(f"{key}: {value}")
    return Exit.OK


def _list(_arguments: argparse.Namespace, screen: Screen) -> Exit:
    shipped = adding_up.programmes()
    if screen.json:
        screen.data(
            {
                "programmes": [
                    {"id": one.id, "version": one.version, "title": one.title.best()}
                    for one in shipped
                ]
            }
        )
    else:
        screen.table([(one.id, one.version, one.title.best()) for one in shipped])
    return Exit.OK


def _check(arguments: argparse.Namespace, screen: Screen) -> Exit:
    try:
        programme = adding_up.check_file(arguments.file)
    except ProgrammeInvalid as invalid:
        if screen.json:
            places = [{"at": at, "what": what} for at, what in invalid.places]
            screen.data({"valid": False, "places": places})
        else:
            for at, what in invalid.places:
                screen.line(f"{at or '/'}: {what}")
        return Exit.FAILED
    if screen.json:
        screen.data({"valid": True, "id": programme.id, "version": programme.version})
    else:
        screen.line(f"{programme.title.best()}, version {programme.version}: nothing is wrong.")
    return Exit.OK


def _assess(arguments: argparse.Namespace, screen: Screen) -> Exit:
    assessment = adding_up.assess_files(arguments.file, arguments.holdings, now())
    if screen.json:
        screen.data(shapes.assessment(assessment))
    else:
        print_assessment(assessment, screen)
    return Exit.OK
