"""Runs that are killed at random moments and go on: ``python -m tests.kills 100``.

Each round mines the same texts with ``--resume``, and some runs of it are stopped: the whole program by SIGKILL, SIGTERM
or SIGINT, or one of its workers by SIGKILL. After each, no process is left, and the output is the old one or none. The
run that nothing stops ends with the bytes of a run that was never stopped.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

MINER: Final = [sys.executable, "-m", "miner.cli"]
STOPS: Final = {signal.SIGKILL: {-9}, signal.SIGTERM: {143, -15}, signal.SIGINT: {130, -2}}
"""The signals that stop a run, with the exit statuses of it; one that Python meets before the program has it is its own."""
OLD: Final = "what stood there before"


class Kills:
    """Texts, what one run that nothing stops writes of them, and rounds of runs that are stopped."""

    def __init__(self, folder: Path, megabytes: float) -> None:
        """Write texts of this many megabytes into a folder, and mine them once."""
        # A shell starts what is in the background deaf to Ctrl-C, and its children inherit that.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        self.texts, self.out = folder / "texts", folder / "out"
        self.texts.mkdir()
        self.out.mkdir()
        seeds = [path.read_text(encoding="utf-8") for path in sorted(Path("seeds").glob("*.txt"))]
        size = n = 0
        if megabytes > 4:  # half of it in one file, which is read in chunks
            whole = "".join(seeds)
            size = (self.texts / "big.txt").write_bytes(whole.encode() * int(megabytes * 5e5 / len(whole.encode())))
        while size < megabytes * 1e6:
            text = seeds[n % len(seeds)] * (1 + n % 4)
            size += (self.texts / f"{n}.txt").write_bytes(text.encode())
            n += 1
        began = time.monotonic()
        subprocess.run([*MINER, "extract", self.texts, "-q", "-o", folder / "figures.csv"], check=True)
        self.seconds = time.monotonic() - began
        self.expected = (folder / "figures.csv").read_bytes()
        self.met: Counter[str] = Counter()

    def round(self, chance: random.Random) -> None:
        """Stop up to three runs, and let the last one end.

        Raises:
            AssertionError: a byte differs, something is left behind, or a process lives on.
        """
        output = self.out / "figures.csv"
        if chance.random() < 0.5:
            output.write_text(OLD, encoding="utf-8")
        hidden = 0
        for _ in range(chance.randint(1, 3)):
            stop = chance.choice([signal.SIGKILL, signal.SIGTERM, signal.SIGINT, None])
            status, errors = self._run(chance, stop)
            finished = status == 0
            assert finished or status in STOPS.get(stop or signal.SIGKILL, set()), (stop, status, errors)
            assert stop or (finished and "left out" not in errors), (status, errors)
            written = output.read_bytes() if output.exists() else b""
            assert written in ({self.expected} if finished else {b"", OLD.encode(), self.expected}), "half-written"
            hidden += stop is signal.SIGKILL and not finished
            self.met["finished before" if stop and finished else stop.name if stop else "SIGKILL of a worker"] += 1
        left = {path.name for path in self.out.iterdir()} - {"figures.csv", "figures.csv.resume"}
        assert len(left) <= hidden, left  # what is killed cannot clear up: a hidden file may stay, and nothing else
        assert all(name.startswith(".figures.csv.") for name in left), left
        status, errors = self._run(chance, None, strike=False)
        assert status == 0, (status, errors)
        assert output.read_bytes() == self.expected, "the bytes are not those of one run"
        for path in self.out.iterdir():
            path.unlink()

    def _run(self, chance: random.Random, stop: signal.Signals | None, *, strike: bool = True) -> tuple[int, str]:
        """Start a run, strike it or a worker of it at a random moment, and wait for its end and for that of its workers."""
        command: list[str | Path] = [
            *MINER,
            "extract",
            self.texts,
            "-q",
            "-j",
            str(chance.choice([1, 2, 2])),
            "--resume",
            "-o",
        ]
        with tempfile.TemporaryFile() as errors:
            child = subprocess.Popen([*command, self.out / "figures.csv"], stderr=errors)
            workers: set[int] = set()
            end = time.monotonic() + chance.uniform(0, self.seconds * 1.1) if strike else 0.0
            while child.poll() is None and time.monotonic() < end:
                workers |= set(children(child.pid))
                time.sleep(0.01)
            if strike and child.poll() is None:
                if stop:
                    workers |= set(children(child.pid))
                    child.send_signal(stop)
                elif victims := children(child.pid):
                    kill(chance.choice(victims))
            status = child.wait(timeout=60 + 20 * self.seconds)
            until(lambda: not any(map(alive, workers)))
            errors.seek(0)
            return status, errors.read().decode(errors="replace")


def children(parent: int) -> list[int]:
    """Return the processes that ``parent`` has started, none where it has ended."""
    found: list[int] = []
    try:
        for task in Path(f"/proc/{parent}/task").iterdir():
            found += map(int, (task / "children").read_text(encoding="ascii").split())
    except OSError:  # it ends while it is looked at
        return found
    return found


def alive(process: int) -> bool:
    """Tell whether a process runs: one that has ended and that nobody has asked about is dead."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def kill(process: int) -> None:
    """End a process that may just have ended by itself."""
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return


def until(condition: Callable[[], object], seconds: float = 30) -> None:
    """Wait for a condition.

    Raises:
        AssertionError: it does not come true.
    """
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


def without_privilege() -> None:
    """Take from root what lets it read and write anything, for what is started next.

    CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH are dropped from the bounding set (capabilities(7)).
    """
    for capability in (1, 2):
        ctypes.CDLL(None).prctl(24, capability)


def main() -> int:
    """Play rounds; end with status 1 at the first that fails."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rounds", nargs="?", type=int, default=100)
    parser.add_argument("--megabytes", type=float, default=2.0, help="of text; without it, two")
    parser.add_argument(
        "--seed", type=int, default=0, help="another makes other rounds; the machine makes the moments differ"
    )
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        kills = Kills(Path(folder), asked.megabytes)
        for n in range(asked.rounds):
            kills.round(random.Random(asked.seed * 1_000_003 + n))  # noqa: S311 - moments, no secrets
            sys.stderr.write(f"round {n + 1} of {asked.rounds}\n")
    met = ", ".join(f"{number} {name}" for name, number in sorted(kills.met.items()))
    sys.stdout.write(f"{asked.rounds} rounds over {asked.megabytes} MB: {met}; nothing lost, doubled or left running\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
