"""How long verifying takes, as a ratio to Node's verifiers on this machine in the same run.

`python -m benchmarks.verify` prints median and worst of RUNS. The peers are those of tests/peers:
`@digitalbazaar/vc` checks the proof and the dates; `@digitalcredentials/verifier-core` also looks
for status and registries, of which there are none here. Ours are all six checks, from bytes.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests import needs
from tests.issuer import Form, issuer_of, specimen
from tests.issuer.data_integrity import prove
from tests.issuer.keys import IssuerKey, ed25519_key, verification_method
from tests.peers.node import FOLDER, Peer, context_files, started
from tests.peers.test_peers import ED25519_2020, KEYS, SUITES, issued_by
from tests.proofs.documents import BADGES, CREDENTIALS, badge
from wallet.actions import verifying
from wallet.model.verification import CheckName, Outcome
from wallet.trust.anchors import TrustStore

RUNS = 30
PROCESSES = 15
NODES = 700
LIBRARIES = {"vc": "@digitalbazaar/vc", "verifier-core": "@digitalcredentials/verifier-core"}
RECORDS = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
EDC = ("samples", "edc", "edc-mc-signed.jsonld")
LISTS = ("eu-lotl-seq388.xml", "es-tl-seq187.xml")

KEY: IssuerKey = ed25519_key("benchmark")
CREATED = datetime(2026, 1, 1, tzinfo=UTC)


def signed_badge() -> dict[str, Any]:
    """Issue one badge."""
    document = badge()
    del document["credentialStatus"]
    document["issuer"]["id"] = KEY.did_key
    return prove(document, KEY, method=verification_method(KEY.did_key), created=CREATED)


def signed_record() -> dict[str, Any]:
    """Issue a Comprehensive Learner Record of about NODES nodes."""
    document = badge()
    del document["credentialStatus"]
    document["@context"] = [CREDENTIALS, RECORDS, BADGES]
    document["type"] = ["VerifiableCredential", "ClrCredential"]
    document["issuer"]["id"] = KEY.did_key
    document["credentialSubject"] = {
        "type": ["ClrSubject"],
        "achievement": [_achievement(number) for number in range(NODES // 7)],
    }
    return prove(document, KEY, method=verification_method(KEY.did_key), created=CREATED)


def _achievement(number: int) -> dict[str, Any]:
    """Seven nodes: the achievement, its criteria, three alignments and two results."""
    return {
        "id": f"https://example.edu/achievements/{number}",
        "type": ["Achievement"],
        "name": f"Course {number}",
        "description": "Reading and presenting climate data.",
        "criteria": {"narrative": f"Pass the examination number {number}."},
        "alignment": [
            {"type": ["Alignment"], "targetName": f"Skill {n}", "targetUrl": f"https://e.eu/{n}"}
            for n in (number, number + 1, number + 2)
        ],
        "resultDescription": [
            {
                "id": f"urn:uuid:{kind}-{number}",
                "type": ["ResultDescription"],
                "name": "Grade",
                "resultType": kind,
            }
            for kind in ("GradePointAverage", "CreditHours")
        ],
    }


# ---- measuring ----------------------------------------------------------------------------------


def ours(name: str, data: bytes, trust: TrustStore) -> list[float]:
    """Verify RUNS times, after once to warm up; milliseconds."""

    def verify() -> None:
        found = verifying.examine_bytes(name, data, trust, datetime.now(UTC))
        proof = found.items[0].report.check(CheckName.PROOF)
        if proof.outcome is not Outcome.PASSED:
            raise AssertionError(f"{name}: {proof.reason}")

    verify()
    return [_milliseconds(verify) for _ in range(RUNS)]


def theirs(library: str, document: dict[str, Any]) -> list[float]:
    """Let Node do the same: RUNS after one to warm up; milliseconds."""
    times: list[float] = json.loads(_node(library, document, RUNS + 1))
    return times[1:]


def _node(library: str, document: dict[str, Any], runs: int) -> str:
    request = {
        "files": context_files(),
        "document": document,
        "library": library,
        "runs": runs,
    }
    command = [needs.program("node"), "verify.mjs"]
    done = subprocess.run(  # noqa: S603 -- our own script
        command,
        cwd=needs.packages(FOLDER),
        input=json.dumps(request),
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


def _milliseconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def line(what: str, times: list[float], peer: float | None = None) -> str:
    """Say median and worst, and the ratio to the peer's median."""
    median = statistics.median(times)
    ratio = "" if peer is None else f"  {median / peer:.2f} times"  # of the peer's median
    return f"  {what:44} median {median:8.1f} ms  worst {max(times):8.1f} ms{ratio}"


# ---- what is measured ---------------------------------------------------------------------------


def compare(title: str, document: dict[str, Any]) -> None:
    """Compare one credential in processes that are warm."""
    print(title)
    data = json.dumps(document).encode()
    mine = ours(title, data, TrustStore.empty())
    print(line("mikrofolio, all six checks", mine))
    for library, name in LIBRARIES.items():
        try:
            times = theirs(library, document)
        except subprocess.CalledProcessError as error:
            why = next((line for line in error.stderr.splitlines() if "Error:" in line), "")
            print(f"  {name}: {why}")
            continue
        ratio = statistics.median(mine) / statistics.median(times)
        print(line(name, times) + f"  (mikrofolio takes {ratio:.2f} times as long)")


def formats() -> None:
    """Compare every form that Node's libraries can verify, in processes that are warm."""
    print("each form that Node verifies: @digitalbazaar/vc; for tokens jose, the signature alone")
    empty = TrustStore.empty()
    with started() as peer:
        for name, data, request in forms(peer):
            mine = ours(name, data, empty)
            answer = peer.ask("timed", runs=RUNS + 1, **request)
            said = answer.get("answer", answer)
            if not said.get("verified", "payload" in said):
                raise AssertionError(f"{name}: {said}")
            times: list[float] = answer["times"][1:]
            print(line(name, mine, statistics.median(times)) + f" Node's {_both(times)}")


def forms(peer: Peer) -> Iterator[tuple[str, bytes, dict[str, Any]]]:
    """Issue each form: its name, its bytes, and the request that has Node verify it."""
    moment = {"created": "2026-01-01T00:00:00Z", "now": datetime.now(UTC).isoformat()}
    for suite, kind in SUITES:
        key = KEYS[kind]
        older = [ED25519_2020] if suite == "Ed25519Signature2020" else []
        unsigned = issued_by(key.did_key, *older)
        made = {"document": unsigned, "key": key.private_jwk(), "suite": suite, **moment}
        document = peer.ask("sign", **made)["document"]
        request = {"what": "verify", "document": document, "now": moment["now"]}
        yield f"{suite}, {kind}", json.dumps(document).encode(), request
    key = KEYS["P-256"]
    made = {"document": issued_by(key.did_key), "key": key.private_jwk(), **moment}
    derived = peer.ask(
        "disclose", mandatory=["/issuer"], chosen=["/credentialSubject/achievement"], **made
    )["derived"]
    request = {"what": "verify", "document": derived, "now": moment["now"]}
    yield "ecdsa-sd-2023, derived", json.dumps(derived).encode(), request
    for form in (Form.OPEN_BADGE_JWT, Form.CREDENTIAL_JWT):
        token = specimen(form)
        asked = {"what": "jwtVerify", "token": token.decode(), "key": issuer_of(form).key.jwk}
        yield form.value, token, asked


def _both(times: list[float]) -> str:
    return f"{statistics.median(times):.1f}, worst {max(times):.1f} ms"


def processes(document: dict[str, Any]) -> None:
    """Compare whole processes, from the shell's point of view."""
    print("one badge in a process of its own")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "badge.json"
        path.write_text(json.dumps(document))
        command = [sys.executable, "-m", "wallet", "verify", str(path)]

        def verify() -> None:
            # 3: the proof holds, and nothing vouches for the issuer.
            done = subprocess.run(command, check=False, capture_output=True)  # noqa: S603 -- ours
            if done.returncode not in {0, 3}:
                raise AssertionError(done.stderr.decode())

        # In turns, so that what else the machine does weighs on both.
        pairs = [
            (_milliseconds(verify), _milliseconds(lambda: _node("vc", document, 1)))
            for _ in range(PROCESSES)
        ]
    mine, times = ([pair[side] for pair in pairs] for side in (0, 1))
    print(line("mikrofolio verify", mine))
    ratio = statistics.median(mine) / statistics.median(times)
    print(line("node with @digitalbazaar/vc", times) + f"  (mikrofolio: {ratio:.2f} times as long)")


def others() -> None:
    """Measure what no peer reads: median and worst alone."""
    print("other formats")
    empty = TrustStore.empty()
    for form in (Form.SEALED_EDC, Form.PRESENTATION):
        print(line(form.value, ours(form.value, specimen(form), empty)))
    path = needs.SHARED.joinpath(*EDC)
    if path.exists():
        lists = [needs.SHARED / "samples" / "trusted-lists" / name for name in LISTS]
        trust = verifying.trust_from_files(lists, None, datetime.now(UTC))
        name = f"EDC of {path.stat().st_size // 1000} kB, trusted lists loaded"
        print(line(name, ours(path.name, path.read_bytes(), trust)))


def main() -> None:
    """Print everything."""
    one, record = signed_badge(), signed_record()
    compare("one badge (eddsa-rdfc-2022)", one)
    compare(f"a learner record of {NODES} nodes", record)
    formats()
    processes(one)
    others()


if __name__ == "__main__":
    main()
