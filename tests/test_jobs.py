"""Several processes: the bytes that one writes, whatever happens to a worker, and nothing half-written."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from miner import Mined, Observation, Problem, lexicon, mine, mine_files, use_own
from miner.chunks import Chunk
from miner.files import Input
from miner.lexicon import put_before
from miner.workers import Done, How, Result, _Crew, _Worker
from miner.workers import _Ended as Ended

MINER = [sys.executable, "-m", "miner.cli"]
SEEDS = [path.read_text(encoding="utf-8") for path in sorted(Path("seeds").glob("*.txt"))]


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("miner.workers.BATCH_FILES", 3)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lines of the seeds in files of all sizes, with what cannot be read among them."""
    folder = tmp_path_factory.mktemp("texts")
    chance = random.Random(7)  # noqa: S311 - texts, no secrets
    for n in range(40):
        lines = chance.choice(SEEDS).splitlines(keepends=True)
        at = chance.randrange(len(lines))
        (folder / f"{n}.txt").write_text("".join(lines[at : at + chance.choice([0, 1, 5])]), encoding="utf-8")
    (folder / "30.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "7.csv").write_text("园区,企业(家)\n滨海园区,66\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Texts that keep two workers busy for some seconds."""
    folder = tmp_path_factory.mktemp("large")
    for n in range(12):
        (folder / f"{n}.txt").write_text(SEEDS[n % 5] * 30, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def alone(large: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """What one worker writes of them."""
    output = tmp_path_factory.mktemp("alone") / "figures.csv"
    subprocess.run([*MINER, "extract", large, "-q", "-j", "1", "-o", output], check=True)
    return output.read_bytes()


def mined(paths: object, jobs: int) -> tuple[list[Observation], list[Problem]]:
    problems: list[Problem] = []
    return list(mine(paths, jobs=jobs, on_problem=problems.append)), problems  # type: ignore[arg-type]


def workers_of(parent: int) -> list[int]:
    """Return the processes that ``parent`` has started."""
    children = [Path(f"/proc/{parent}/task/{task.name}/children") for task in Path(f"/proc/{parent}/task").iterdir()]
    return [int(child) for file in children if file.exists() for child in file.read_text().split()]


def until(condition: Callable[[], object], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.005)


linux = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="the processes of a process are in /proc")


@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize("jobs", [2, 3])
def test_the_rows_and_problems_of_one_worker_in_its_order(many: Path, jobs: int) -> None:
    rows, problems = mined(many, jobs)
    assert (rows, problems) == mined(many, 1)
    assert rows
    assert [problem.source for problem in problems] == ["30.txt"]


@pytest.mark.usefixtures("small_batches")
def test_the_order_of_paths_does_not_matter(many: Path) -> None:
    files = sorted(many.iterdir())
    assert mined(files[::-1], 2) == mined(files, 2)


def test_the_bytes_of_one_worker(large: Path, alone: bytes, tmp_path: Path) -> None:
    subprocess.run([*MINER, "extract", large, "-q", "-j", "2", "-o", tmp_path / "2.csv"], check=True)
    assert (tmp_path / "2.csv").read_bytes() == alone
    assert len(alone) > 200_000


@pytest.mark.usefixtures("small_batches")
def test_progress_counts_the_bytes_in_order(many: Path) -> None:
    calls: list[tuple[str, int, int]] = []
    for _ in mine_files(many, jobs=2, on_problem=lambda _: None, on_read=lambda *call: calls.append(call)):
        pass
    total = sum(path.stat().st_size for path in many.iterdir())
    assert [source for source, _, _ in calls] == sorted(path.name for path in many.iterdir())
    assert calls[-1][1:] == (total, total)


@pytest.fixture
def own(tmp_path: Path) -> Iterator[None]:
    entry = '[[indicator]]\nname = "缝制线"\nunits = ["条"]\nexamples = ["|缝制线|2条"]\n'
    (tmp_path / "miner.toml").write_text(entry, encoding="utf-8")
    use_own(tmp_path / "miner.toml")
    yield
    put_before({})


@pytest.mark.usefixtures("small_batches", "own")
def test_the_words_of_the_user_reach_the_workers(tmp_path: Path) -> None:
    assert lexicon.own_entries()
    for n in range(5):
        (tmp_path / f"{n}.txt").write_text("园区新增缝制线2条。", encoding="utf-8")
    rows, _ = mined(tmp_path, 2)
    assert {row.indicator_id for row in rows} == {"缝制线"}


def test_no_job_is_no_run() -> None:
    with pytest.raises(ValueError, match="at least one"):
        mine("seeds/", jobs=0)


@linux
def test_killed_workers_are_replaced_and_their_batches_read_again(large: Path, alone: bytes, tmp_path: Path) -> None:
    child = subprocess.Popen([*MINER, "extract", large, "-j", "2", "-o", tmp_path / "a.csv"], stderr=subprocess.PIPE)
    killed: set[int] = set()
    for _ in range(3):  # each in its turn, whether it is starting, reading or answering
        until(lambda: set(workers_of(child.pid)) - killed)
        victim = max(set(workers_of(child.pid)) - killed)
        time.sleep(0.4)
        os.kill(victim, signal.SIGKILL)
        killed.add(victim)
    _, errors = child.communicate(timeout=60)
    assert (child.returncode, len(killed), b"left out" in errors) == (0, 3, False)
    assert (tmp_path / "a.csv").read_bytes() == alone


def test_a_file_that_kills_its_workers_is_named_and_the_others_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    buried: list[_Worker] = []

    class Mortal(_Worker):
        def __init__(self, orders: tuple[How, ...]) -> None:
            self.how = orders[-1]
            self.answered = True

        def ask(self, batch: Sequence[Input | Chunk]) -> list[Result]:
            if any(file.source == "4.txt" for file in batch):
                raise Ended
            return [result for file in batch for result in self.how.results(file)]

        def bury(self) -> int:
            buried.append(self)
            return -signal.SIGKILL

    monkeypatch.setattr("miner.workers._Worker", Mortal)
    batch = [Input(f"{n}.txt", 27, None, "园区有企业66家。".encode()) for n in range(7)]
    results = _Crew(How()).read(batch)
    assert [result.source for result in results if isinstance(result, Done)] == [file.source for file in batch]
    assert [result.source for result in results if isinstance(result, Mined)] == [
        f"{n}.txt" for n in (0, 1, 2, 3, 5, 6)
    ]
    assert [str(result) for result in results if isinstance(result, Problem)] == [
        "4.txt: left out: reading it ended the process 3 times (signal 9, as where memory runs out); split it, or report this"
    ]
    assert len(buried) == 6


@linux
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_run_stops_at_once_and_leaves_nothing(
    large: Path, tmp_path: Path, number: int, status: int
) -> None:
    output = tmp_path / "out" / "figures.csv"
    output.parent.mkdir()
    output.write_text("old")
    child = subprocess.Popen([*MINER, "extract", large, "-j", "2", "-o", output], stderr=subprocess.PIPE)
    until(lambda: len(workers_of(child.pid)) == 2)
    time.sleep(1)
    workers = workers_of(child.pid)
    child.send_signal(number)
    _, errors = child.communicate(timeout=5)
    assert (child.returncode, b"Traceback" in errors) == (status, False)
    assert [path.read_text() for path in output.parent.iterdir()] == ["old"]
    until(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers), 2)


@pytest.mark.parametrize("module", ["typer", "miner.cli.table", "miner.jobs", "miner.numbers"])
def test_ctrl_c_while_it_loads_is_no_fault(module: str) -> None:
    code = f"""
import os, signal, sys
class Interrupt:
    @staticmethod
    def find_spec(name, *_):
        if name == {module!r}:
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Interrupt)
sys.argv = ["miner", "extract", "seeds/"]
from miner.cli.__main__ import main
main()
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (130, "")
    assert "Traceback" not in run.stderr
