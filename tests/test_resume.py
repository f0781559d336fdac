"""Runs that go on: what is read again, what is not, and that the output is that of one run."""

import datetime as dt
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from miner.cli.app import app
from typer.testing import CliRunner

from miner import ManifestError, Observation, mine, mine_files

MINER = [sys.executable, "-m", "miner.cli"]


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for n in range(4):
        (folder / f"{n}.txt").write_text(f"咸宁高新区2023年产值1.{n}0亿元,有企业约{n}千家。", encoding="utf-8")
    return folder


def resumed(texts: Path, manifest: Path, date: dt.date | None = None) -> list[Observation]:
    files = mine_files(texts, resume=manifest, date=date, on_problem=lambda _: None)
    return [row for file in files for row in file.rows]


def test_unchanged_files_are_not_read_again_and_changed_ones_are(texts: Path, tmp_path: Path, read: list[str]) -> None:
    manifest = tmp_path / "figures.csv.resume"
    first = resumed(texts, manifest)
    assert first == list(mine(texts))
    read.clear()
    assert [repr(row) for row in resumed(texts, manifest)] == [repr(row) for row in first]
    assert read == []
    (texts / "1.txt").write_text("咸宁高新区有企业8家。", encoding="utf-8")
    (texts / "2.txt").unlink()
    (texts / "9.txt").write_bytes((texts / "0.txt").read_bytes())
    found = resumed(texts, manifest)
    assert read == ["1.txt", "9.txt"]
    assert found == list(mine(texts))
    assert manifest.read_bytes().count(b'["done"') == 4
    assert b"2.txt" not in manifest.read_bytes()


@pytest.mark.parametrize("cut", [1, 30, 700])
def test_what_a_stopped_run_wrote_in_part_is_cut_off(texts: Path, tmp_path: Path, read: list[str], cut: int) -> None:
    manifest = tmp_path / "m"
    first = resumed(texts, manifest)
    whole = manifest.read_bytes()
    manifest.write_bytes(whole[:-cut])
    read.clear()
    assert resumed(texts, manifest) == first
    assert 0 < len(read) < 4
    assert manifest.read_bytes() == whole


def test_other_settings_begin_anew(texts: Path, tmp_path: Path, read: list[str]) -> None:
    resumed(texts, tmp_path / "m")
    read.clear()
    resumed(texts, tmp_path / "m", date=dt.date(2024, 3, 31))
    assert len(read) == 4


def test_what_was_left_out_is_tried_again(texts: Path, tmp_path: Path) -> None:
    (texts / "4.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    for _ in range(2):
        problems: list[object] = []
        for _ in mine_files(texts, resume=tmp_path / "m", on_problem=problems.append):
            pass
        assert [str(problem) for problem in problems] == ["4.txt: left out: this is a PNG image, not text"]


def test_several_workers_write_and_read_the_manifest_of_one(
    texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("miner.workers.BATCH_FILES", 1)
    first = resumed(texts, tmp_path / "one")
    for _ in range(2):
        files = mine_files(texts, jobs=2, resume=tmp_path / "two")
        assert [row for file in files for row in file.rows] == first
        assert (tmp_path / "two").read_bytes() == (tmp_path / "one").read_bytes()


def test_a_file_that_is_no_manifest_is_left_alone(texts: Path, tmp_path: Path) -> None:
    (tmp_path / "a.csv.resume").write_text("my own notes")
    result = CliRunner().invoke(app, ["extract", str(texts), "-o", str(tmp_path / "a.csv"), "--resume"])
    assert result.exit_code == 2
    assert result.stderr == f"miner: {tmp_path}/a.csv.resume: this is no manifest that miner wrote; move it away.\n"
    assert (tmp_path / "a.csv.resume").read_text() == "my own notes"
    assert not (tmp_path / "a.csv").exists()


def test_a_damaged_manifest_is_named(texts: Path, tmp_path: Path) -> None:
    resumed(texts, tmp_path / "m")
    (tmp_path / "m").write_bytes((tmp_path / "m").read_bytes().replace(b'"1.1"', b'"1,1"'))
    with pytest.raises(ManifestError, match="damaged; remove it"):
        resumed(texts, tmp_path / "m")


def test_there_is_a_file_to_go_on_with(texts: Path) -> None:
    for options in ([], ["--csv", "-"], ["-o", "/dev/null", "-f", "csv"]):
        result = CliRunner().invoke(app, ["extract", str(texts), "--resume", *options])
        assert (result.exit_code, "name it with -o" in result.stderr) == (2, True)


def test_a_stopped_run_goes_on_to_the_bytes_of_one_run(tmp_path: Path) -> None:
    seed = min(Path("seeds").glob("*.txt"), key=lambda path: path.stat().st_size).read_text(encoding="utf-8")
    (tmp_path / "texts").mkdir()
    for n in range(12):
        (tmp_path / "texts" / f"{n}.txt").write_text(seed, encoding="utf-8")
    command: list[str | Path] = [*MINER, "extract", tmp_path / "texts", "-q", "-j", "1", "--resume", "-o"]
    manifest = tmp_path / "a.jsonl.resume"
    child = subprocess.Popen([*command, tmp_path / "a.jsonl"])
    while not manifest.exists() or manifest.stat().st_size < 40_000:
        time.sleep(0.01)
    child.kill()
    assert child.wait() == -signal.SIGKILL
    assert not (tmp_path / "a.jsonl").exists()
    subprocess.run([*command, tmp_path / "a.jsonl"], check=True)
    subprocess.run([*MINER, "extract", tmp_path / "texts", "-q", "-j", "1", "-o", tmp_path / "b.jsonl"], check=True)
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()
