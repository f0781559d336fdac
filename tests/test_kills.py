"""Runs that are stopped at moments chosen by chance, and go on; ``python -m tests.kills 100`` plays many rounds."""

from __future__ import annotations

import random
import resource
import subprocess
from pathlib import Path

import pytest

from tests.kills import MINER, Kills, without_privilege

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="the processes of a process are in /proc")


def test_whatever_is_killed_nothing_is_lost_doubled_or_left_running(tmp_path: Path) -> None:
    kills = Kills(tmp_path, megabytes=0.1)
    for n in range(2):
        kills.round(random.Random(n))  # noqa: S311 - moments, no secrets
    assert sum(kills.met.values()) >= 2


@pytest.fixture
def text(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text("园区现有企业66家。\n" * 2000, encoding="utf-8")
    return folder


def small_files() -> None:
    """Let no file grow beyond 16 kB, as on a full disk."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 14, 1 << 14))


def test_a_manifest_that_cannot_grow_ends_the_run_and_the_next_one_goes_on(tmp_path: Path, text: Path) -> None:
    output = tmp_path / "figures.csv"
    output.write_text("old")
    command = [*MINER, "extract", str(text), "-q", "--resume", "-o", str(output)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=small_files)
    assert run.returncode == 2
    assert "cannot be written: File too large" in run.stderr
    assert "Traceback" not in run.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"figures.csv", "figures.csv.resume", "texts"}
    assert output.read_text() == "old"
    subprocess.run(command, check=True)
    subprocess.run([*command[:-3], "-o", str(tmp_path / "b.csv")], check=True)
    assert output.read_bytes() == (tmp_path / "b.csv").read_bytes()


def test_where_nothing_may_be_written_the_run_ends_with_a_message(tmp_path: Path, text: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o555)
    run = subprocess.run(
        [*MINER, "extract", str(text), "-q", "-o", str(folder / "a.csv")],
        capture_output=True, text=True, check=False, preexec_fn=without_privilege,
    )  # fmt: skip
    assert (run.returncode, run.stderr) == (2, f"miner: {folder / 'a.csv'}: cannot be written: Permission denied\n")
    assert list(folder.iterdir()) == []
