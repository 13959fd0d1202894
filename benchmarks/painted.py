"""From a dropped file to the painted verdict: a real window, a vault with all of Europe's lists.

`python -m benchmarks.painted` drops a European credential of 500 kB on the window again and again
and prints the milliseconds until its verdict is painted, as ratios to what nobody can do without:
parsing the JSON and checking the one signature over the same bytes, in the same run. The window is
Qt's offscreen one unless QT_QPA_PLATFORM says otherwise; the lists are the simulator's, as many and
as large as Europe's, read and distilled once as `trust update` does.
"""

import base64
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from PySide6.QtCore import (
    QEventLoop,
    QMimeData,
    QPointF,
    Qt,
    QTimer,
    QUrl,
)
from PySide6.QtGui import QDropEvent, QPaintEvent
from PySide6.QtWidgets import QApplication

from tests.issuer import EDC_AWARD, edc_document, seal
from tests.issuer.keys import IssuerKey
from tests.issuer.universities import warsaw
from tests.trust import europe
from wallet.actions import unlocking
from wallet.model.keeping import TrustItem
from wallet.model.verification import CheckName, Outcome, Reason
from wallet.proofs import jades_parts
from wallet.proofs.jades import signing_input
from wallet.trust import list_xml, trusted_list
from wallet.ui.main_window import MainWindow
from wallet.ui.pages.check import CheckPage, DropZone
from wallet.ui.preferences import Preferences
from wallet.ui.session import Session
from wallet.ui.style import Style
from wallet.ui.tasks import Tasks
from wallet.ui.themes import Appearance
from wallet.ui.widgets import credential
from wallet.ui.widgets.places import Place
from wallet.ui.widgets.verdict import Badge
from wallet.vault.kdf import Kdf

RUNS = 20
FILE_BYTES = 500_000
SERVICES = 130
"""Of one list: Europe's lists have some four thousand services together."""
TERRITORIES = (
    "AT BE BG CY CZ DE DK EE EL ES FI FR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK UK"
)
FRAME = 1000 / 60
PATIENCE = 30.0
"""Seconds after which a verdict that is not painted is a defect."""
QUICK = Kdf(memory_kib=64, passes=1, lanes=1)


# ---- what is dropped, and what the vault knows --------------------------------------------------


def sealed_file() -> bytes:
    """Seal a credential of FILE_BYTES, pictures mostly, with a seal that Poland's list vouches for.

    Real files of this size are that: a background for each page and language.
    """
    base = warsaw()
    name = base.university.label
    issuer = replace(
        base,
        university=replace(base.university, identifier="VATPL-0000000000"),
        seal_key=IssuerKey(europe.key(name)),
        seal=x509.load_der_x509_certificate(europe.seal(name)),
    )
    document = edc_document(issuer, EDC_AWARD)
    missing = FILE_BYTES - len(json.dumps(document, ensure_ascii=False).encode())
    pages = document["displayParameter"]["individualDisplay"]
    for page in pages:
        picture = page["displayDetail"]["image"]
        picture["content"] = base64.b64encode(bytes(missing // len(pages) // 4 * 3)).decode()
    payload = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return seal(payload, issuer, at=EDC_AWARD.issued)


def kept_lists() -> Iterator[TrustItem]:
    """Make Europe's lists and distil them as `trust update` does; Poland's names the seal's CA."""
    at, operator = europe.ISSUED, europe.authority(europe.OPERATOR)
    listed = europe.Listing(certificates=(europe.authority(),))
    for territory in TERRITORIES.split():
        others = [
            europe.Listing(certificates=(europe.authority(f"{territory} CA {number}"),))
            for number in range(SERVICES - 1)
        ]
        own = [listed] if territory == "PL" else []
        document = europe.national(*own, *others, territory=territory)
        raw = trusted_list.to_bytes(list_xml.read(document, (operator,), territory, at))
        kind = trusted_list.NATIONAL_KIND
        yield TrustItem(f"list-{territory}", kind, territory, territory, at, raw)


# ---- the window ---------------------------------------------------------------------------------


class _WatchedBadge(Badge):
    """A verdict that says when it was last painted; it takes the place of the page's own."""

    painted = 0.0

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        _WatchedBadge.painted = time.perf_counter()


@dataclass(frozen=True, slots=True)
class Run:
    """One drop: milliseconds until the verdict was painted, and of the window's own work for it."""

    painted: float
    window: float


@contextmanager
def window(folder: Path) -> Iterator[tuple[QApplication, MainWindow]]:
    """Show a window on a vault that was just unlocked, at the page where files are checked."""
    credential.__dict__["Badge"] = _WatchedBadge
    application = QApplication(sys.argv[:1])
    preferences = Preferences(folder / "window.ini")
    preferences.language = "en"
    place = folder / "bench.mikrofolio"
    made = unlocking.create(place, "benchmark", kdf=QUICK)
    for item in kept_lists():
        made.vault.put_trust_item(item)
    made.close()
    session = Session(Tasks(), Style(application, Appearance.LIGHT), preferences, place)
    shown = MainWindow(session)
    shown.show()
    session.tasks.ask(shown, lambda: unlocking.unlock(place, "benchmark"), session.opened)
    _until(application, lambda: session.wallet is not None)
    shown.show_place(Place.CHECK)
    _until(application, lambda: not session.tasks.busy)
    yield application, shown
    shown.close()
    session.end()


def _until(application: QApplication, done: Callable[[], bool]) -> None:
    """Run the event loop until something is so, asleep like a window's while it has no events."""
    end = time.monotonic() + PATIENCE
    alarm = QTimer()
    alarm.start(int(PATIENCE * 1000))
    while not done():
        if time.monotonic() > end:
            raise AssertionError("the window does not get there")
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def _since(begun: float) -> float:
    return (time.perf_counter() - begun) * 1000


def drop(application: QApplication, shown: MainWindow, file: Path) -> Run:
    """Drop a file where files are checked, and wait for its verdict."""
    page = shown.page(CheckPage)
    zone = page.findChildren(DropZone)[-1]
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    event = QDropEvent(
        QPointF(zone.rect().center()),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    begun, worked = time.perf_counter(), time.thread_time()
    zone.dropEvent(event)
    _until(application, lambda: _WatchedBadge.painted > begun)
    busy = (time.thread_time() - worked) * 1000
    return Run((_WatchedBadge.painted - begun) * 1000, busy)


def _checked(shown: MainWindow) -> None:
    """The run counts only if Europe's lists were asked, and vouched for the seal."""
    found = shown.page(CheckPage).examination
    if found is None:
        raise AssertionError("nothing was checked")
    issuer = found.items[0].report.check(CheckName.ISSUER)
    if (issuer.outcome, issuer.reason) != (Outcome.PASSED, Reason.EU_TRUSTED_LIST):
        raise AssertionError(f"the lists do not vouch for it: {issuer}")


# ---- what nobody can do without -----------------------------------------------------------------


def bare(data: bytes) -> float:
    """Parse the JSON and check the one signature, with the libraries alone; milliseconds."""
    document = jades_parts.parse(data)
    if document is None:
        raise AssertionError("no seal")
    (signature,) = document.signatures
    signed = signing_input(document, signature)
    key = x509.load_der_x509_certificate(base64.b64decode(signature.header["x5c"][0])).public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise AssertionError("another key")
    half = len(signature.value) // 2
    r, s = (
        int.from_bytes(part, "big") for part in (signature.value[:half], signature.value[half:])
    )
    begun = time.perf_counter()
    json.loads(json.loads(data)["payload"] if signature.unencoded else document.payload)
    key.verify(encode_dss_signature(r, s), signed, ec.ECDSA(hashes.SHA256()))
    return _since(begun)


def _line(what: str, times: list[float]) -> str:
    return f"  {what:52} median {statistics.median(times):7.1f} ms  worst {max(times):7.1f} ms"


def main() -> None:
    """Print everything."""
    data = sealed_file()
    limit = statistics.median(bare(data) for _ in range(RUNS))
    print(f"a European credential of {len(data) // 1000} kB, dropped on the window")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "credential.jsonld"
        file.write_bytes(data)
        with window(folder) as (application, shown):
            lists = shown.session.open_wallet.trust.lists.national
            services = sum(len(entry.services) for entry in lists)
            print(f"  {len(lists)} trusted lists with {services} services in the vault")
            first = drop(application, shown, file)
            _checked(shown)
            runs = [drop(application, shown, file) for _ in range(RUNS)]
            _checked(shown)
    painted = [run.painted for run in runs]
    median = statistics.median(painted)
    print(f"  {'the first one after the start':52}        {first.painted:7.1f} ms")
    print(_line("until the verdict is painted", painted))
    print(_line("of that, work in the window's own thread", [run.window for run in runs]))
    print(
        f"  JSON and signature of the same bytes alone: {limit:.1f} ms; the verdict takes "
        f"{median / limit:.1f} times as long, or {median / FRAME:.1f} frames of a screen"
    )


if __name__ == "__main__":
    main()
