"""How long a command takes to start, as a ratio to the bare interpreter in the same run.

`python -m benchmarks.start_up` prints the median of RUNS for each. What is measured is the whole
process, so imports that creep in show.
"""

import statistics
import subprocess
import sys
import time

RUNS = 15
PEER = [sys.executable, "-I", "-c", "pass"]
MEASURED = {
    "mikrofolio --version": [sys.executable, "-m", "wallet", "--version"],
    "mikrofolio --help": [sys.executable, "-m", "wallet", "--help"],
    "mikrofolio import --help": [sys.executable, "-m", "wallet", "import", "--help"],
    "import of the verifier": [sys.executable, "-c", "import wallet.actions.verifying"],
}


def median_seconds(command: list[str]) -> float:
    """Run a command RUNS times and return the median of its wall-clock seconds."""
    times = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 -- listed above
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def main() -> None:
    """Print each measured command's median and its ratio to the bare interpreter."""
    peer = median_seconds(PEER)
    print(f"bare interpreter: {peer:.3f} s")
    for name, command in MEASURED.items():
        seconds = median_seconds(command)
        print(f"{name}: {seconds:.3f} s, {seconds / peer:.1f} times the bare interpreter")


if __name__ == "__main__":
    main()
