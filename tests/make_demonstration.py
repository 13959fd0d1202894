"""Issues the demonstration wallet's files into resources/demonstration (`make demonstration`).

Run as `python -m tests.make_demonstration [FOLDER]`. Every byte follows from the simulator's words
and a fixed clock, so a second run changes nothing; a test compares the committed files.
"""

import json
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from tests.issuer import courses, universities
from tests.issuer.badges import open_badge
from tests.issuer.edc import sealed_edc
from tests.issuer.mail import Attachment, mail
from tests.issuer.registry import issuer_registry
from tests.issuer.status import status_list
from tests.issuer.subjects import (
    NOW,
    REVOKED_INDEX,
    Award,
    Course,
    StatusEntry,
    list_address,
    stamp,
)
from tests.issuer.tokens import open_badge_jwt

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "demonstration"

MAIL = "mail-joint-climate-laboratory.eml"
_ATTACHMENT = "Wspólne laboratorium klimatyczne – Hanna Żółkiewska.jsonld"

_TEXT = """Dzień dobry, Pani Hanno,

gratulujemy ukończenia Wspólnego laboratorium klimatycznego (COIL), prowadzonego przez
Politechnikę Warszawską i RWTH Aachen University. W załączniku przesyłamy poświadczenie
cyfrowe z elektroniczną pieczęcią uczelni: 3 punkty ECTS.

Proszę zachować plik bez zmian. Można go sprawdzić i przechowywać w portfelu poświadczeń.

Dear Hanna,

congratulations on completing the Joint climate laboratory (COIL). The attached digital
credential is sealed by the university and worth 3 ECTS credits. Please keep the file as it is.

Zofia Przykładowa
Biuro Obsługi Studentów

To jest przykład: adresy i osoby są zmyślone. / This is an example: addresses and people
are invented.
"""

_HTML = """<!DOCTYPE html>
<html lang="pl">
<body>
<p>Dzień dobry, Pani Hanno,</p>
<p>gratulujemy ukończenia <strong>Wspólnego laboratorium klimatycznego (COIL)</strong>,
prowadzonego przez Politechnikę Warszawską i RWTH Aachen University. W załączniku przesyłamy
poświadczenie cyfrowe z elektroniczną pieczęcią uczelni: 3 punkty ECTS.</p>
<p>Proszę zachować plik bez zmian. Można go sprawdzić i przechowywać w portfelu poświadczeń.</p>
<hr>
<p lang="en">Dear Hanna,</p>
<p lang="en">congratulations on completing the <strong>Joint climate laboratory (COIL)</strong>.
The attached digital credential is sealed by the university and worth 3 ECTS credits. Please keep
the file as it is.</p>
<p>Zofia Przykładowa<br>Biuro Obsługi Studentów</p>
<p><small>To jest przykład: adresy i osoby są zmyślone. / This is an example: addresses and people
are invented.</small></p>
</body>
</html>
"""


def _award(course: Course, scheme: str, *, issued: datetime, awarded: datetime) -> Award:
    """Award a course to Hanna under an identifier that follows from the course's."""
    identifier = f"{scheme}:{uuid5(NAMESPACE_URL, f'{course.identifier} Hanna')}"
    return Award(course, courses.HANNA, identifier, issued=issued, awarded=awarded)


def _day(year: int, month: int, day: int, hour: int = 9) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


def _sealed() -> dict[str, bytes]:
    """Issue rows 1 and 3: sealed European Digital Credentials."""
    climate = _award(
        courses.CLIMATE_DATA,
        "urn:credential",
        issued=_day(2024, 3, 12),
        awarded=_day(2024, 2, 29),
    )
    school = _award(
        courses.SUMMER_SCHOOL,
        "urn:credential",
        issued=_day(2023, 9, 5),
        awarded=_day(2023, 7, 21),
    )
    return {
        "01-climate-data-analysis.jsonld": sealed_edc(universities.berlin(), climate),
        "03-summer-school-2023.jsonld": sealed_edc(universities.warsaw(), school),
    }


def _badges() -> dict[str, bytes]:
    """Issue rows 2, 4, 12 and 13: Open Badges, one as a token, one revoked, one altered."""
    chalmers = universities.chalmers()
    development = _award(
        courses.SUSTAINABLE_DEVELOPMENT,
        "urn:uuid",
        issued=_day(2024, 4, 8),
        awarded=_day(2024, 3, 27),
    )
    # The tour shows this badge as a code, so it is brief.
    shown = replace(
        development,
        id="urn:mc-example:chalmers:award-24-0417",
        learner=replace(courses.HANNA, student_id=None),
        awarded=None,
    )
    data_one = _award(
        courses.DATA_ONE, "urn:uuid", issued=_day(2024, 2, 14), awarded=_day(2024, 2, 9)
    )
    leadership = replace(
        _award(courses.LEADERSHIP, "urn:uuid", issued=_day(2024, 6, 20), awarded=_day(2024, 6, 14)),
        status=(StatusEntry(list_address(chalmers), REVOKED_INDEX),),
    )
    energy = _award(
        courses.RENEWABLE_ENERGY, "urn:uuid", issued=_day(2024, 8, 2), awarded=_day(2024, 7, 26)
    )
    genuine = open_badge(universities.aachen(), energy)
    return {
        "02-sustainable-development.json": open_badge(chalmers, shown, brief=True),
        "04-data-one.jwt": open_badge_jwt(universities.aachen_tokens(), data_one, extended=True),
        "12-leadership-for-transitions.json": open_badge(chalmers, leadership),
        "13-renewable-energy.json": _altered(genuine, b'"value":"3.3"', b'"value":"1.0"'),
    }


def _altered(signed: bytes, old: bytes, new: bytes) -> bytes:
    """Change what was signed, in one place."""
    assert signed.count(old) == 1
    return signed.replace(old, new)


def _trust() -> dict[str, bytes]:
    """Issue what the demonstration wallet alone trusts."""
    named = (universities.chalmers(), universities.aachen(), universities.aachen_tokens())
    return {
        "trust-registry.json": issuer_registry(named),
        "trust-authority.pem": universities.seal_authority().pem,
        "trust-status-chalmers.json": status_list(universities.chalmers()),
    }


def _mail() -> bytes:
    """Write the mail of the tour: the joint climate laboratory, sealed by Warsaw."""
    laboratory = _award(
        courses.JOINT_CLIMATE_LABORATORY,
        "urn:credential",
        issued=_day(2024, 10, 14, 12),
        awarded=_day(2024, 7, 5),
    )
    content = sealed_edc(universities.warsaw(), laboratory)
    return mail(
        sender=("Biuro Obsługi Studentów (przykład)", "studies@wut.example.edu"),
        to=(courses.HANNA.full_name, "hanna.zolkiewska@example.org"),
        subject="Twoje poświadczenie: Wspólne laboratorium klimatyczne (przykład)",
        date="Tue, 15 Oct 2024 09:12:00 +0200",
        text=_TEXT,
        html=_HTML,
        attachments=(Attachment(_ATTACHMENT, content, "application/ld+json"),),
    )


def files() -> dict[str, bytes]:
    """Issue every file of the demonstration: name in the folder, content."""
    credentials = dict(sorted((_sealed() | _badges()).items()))
    trust = _trust()
    story = {
        "clock": stamp(NOW),
        "learner": courses.HANNA.full_name,
        "trust": list(trust),
        "credentials": list(credentials),
        "mail": MAIL,
    }
    index = json.dumps(story, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"
    return {"demonstration.json": index, **credentials, **trust, MAIL: _mail()}


def main(folder: Path) -> None:
    """Write the files into a folder, which is made if it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files().items():
        folder.joinpath(name).write_bytes(content)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
