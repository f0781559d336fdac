"""Feed what atheris thinks of to a part of the program: ``python -m tests.fuzz TARGET SECONDS``, for each in turn ``all SECONDS``.

Targets are those of targets.py. A run begins with ``tests/fuzz/corpus/TARGET/`` and with what earlier runs found new, which is
kept in ``.fuzz/TARGET/`` (git ignores it). An input that fails is kept as ``.fuzz/crash-TARGET-…``, and the run goes on, five times
at most; ``.fuzz/runs.jsonl`` gets a line for each part of a run: its seconds, its executions and its failure.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
WORK = Path(".fuzz")
FUZZ = "from tests.fuzz.__main__ import fuzz; fuzz()"
MOST = 5  # failures of a target after which it is left
LONGEST = {"pdf": 8000, "xlsx": 8000, "docx": 6000, "zip": 6000}  # bytes of an input, 3000 of others


def main() -> int:
    """Fuzz the targets that were named; return 1 where one failed."""
    from tests.fuzz.targets import TARGETS  # noqa: PLC0415 - a run of one target first asks for its coverage

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", choices=[*TARGETS, "all"])
    parser.add_argument("seconds", type=int, nargs="?", default=60, help="for each target")
    asked = parser.parse_args()
    WORK.mkdir(exist_ok=True)
    return bool(sum([in_turn(name, asked.seconds) for name in (TARGETS if asked.target == "all" else [asked.target])]))


def in_turn(name: str, seconds: int) -> int:
    """Fuzz a target in processes of its own, a new one after each failure; return how many there were."""
    ends, failures, number = time.monotonic() + seconds, 0, sum(1 for _ in WORK.glob(f"{name}-*.log"))
    while (left := round(ends - time.monotonic())) > 0 and failures < MOST:
        log = WORK / f"{name}-{(number := number + 1)}.log"
        began = time.monotonic()
        with log.open("wb") as told:
            command = [sys.executable, "-c", FUZZ, name, str(left), str(number)]
            status = subprocess.run(command, stdout=told, stderr=told, check=False).returncode
        said = log.read_text(encoding="utf-8", errors="replace")
        executed = max(map(int, re.findall(r"(?:number_of_executed_units: |^#)(\d+)", said, re.MULTILINE)), default=0)
        failed = re.findall(r"Test unit written to (\S+)", said)
        took = round(time.monotonic() - began)
        run = {"target": name, "seconds": took, "executions": executed, "failed": failed, "status": status}
        with (WORK / "runs.jsonl").open("a", encoding="utf-8") as runs:
            runs.write(json.dumps(run) + "\n")
        told_of = f"{name}: {took} s, {executed:,} executions, {', '.join(failed) or 'nothing failed'}"
        print(told_of, flush=True)  # noqa: T201 - what it is for
        failures += status != 0
    return failures


def fuzz() -> None:
    """Be the process that fuzzes one target; arguments are the target, the seconds and the seed."""
    import atheris  # noqa: PLC0415 - only here
    from atheris.core_with_libfuzzer import Mutate  # noqa: PLC0415 - that of atheris itself does not find it

    with atheris.instrument_imports(include=["miner"], enable_loader_override=False):
        from miner.readers import KINDS  # noqa: PLC0415
        from tests.fuzz.targets import TARGETS  # noqa: PLC0415

        for kind in KINDS:  # else they are loaded late, without being watched
            __import__(f"miner.readers.{kind.module}")
    from tests.fuzz.mutation import Mutator  # noqa: PLC0415

    name, seconds, seed = sys.argv[1:]
    found = WORK / name
    found.mkdir(exist_ok=True)
    options = [
        f"-max_total_time={seconds}", f"-seed={seed}", f"-max_len={LONGEST.get(name, 3000)}", "-timeout=20", "-rss_limit_mb=3000",
        "-print_final_stats=1", "-len_control=20", f"-artifact_prefix={WORK}/crash-{name}-",
    ]  # fmt: skip
    atheris.Setup(
        [sys.argv[0], *options, str(found), str(HERE / "corpus" / name)], TARGETS[name], custom_mutator=Mutator(Mutate)
    )
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
