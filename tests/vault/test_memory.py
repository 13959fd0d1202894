"""A process that holds keys leaves no core dump."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="the limits and the kernel's answers are Linux's"
)


def _abort(folder: Path, before: str) -> None:
    """Let a process that may dump its memory abort in `folder`."""
    script = (
        "import os, resource, sys; sys.path.insert(0, sys.argv[1]); "
        "most = resource.getrlimit(resource.RLIMIT_CORE)[1]; "
        "resource.setrlimit(resource.RLIMIT_CORE, (most, most)); "
        f"{before}; os.abort()"
    )
    done = subprocess.run([sys.executable, "-c", script, str(ROOT)], cwd=folder, check=False)
    assert done.returncode < 0


def test_an_abort_leaves_no_core(tmp_path: Path) -> None:
    _abort(tmp_path, "from wallet.vault.memory import keep_out_of_dumps; keep_out_of_dumps()")
    assert list(tmp_path.iterdir()) == []


def test_the_kernel_is_told() -> None:
    script = (
        "import ctypes, resource, sys; sys.path.insert(0, sys.argv[1]); "
        "from wallet.vault.memory import keep_out_of_dumps; keep_out_of_dumps(); "
        "print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), resource.getrlimit(resource.RLIMIT_CORE)[0])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(ROOT)], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["0", "0"]


def test_an_open_vault_is_such_a_process(tmp_path: Path) -> None:
    script = (
        "import ctypes, sys; from pathlib import Path; sys.path.insert(0, sys.argv[1]); "
        "from wallet.vault import Kdf, Vault; "
        "vault = Vault.create(Path(sys.argv[2]), 'a b c', kdf=Kdf(8, 1, 1)); "
        "print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)); vault.close()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(ROOT), str(tmp_path / "v.mikrofolio")],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.split() == ["0"]
