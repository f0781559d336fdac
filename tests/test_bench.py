"""The bench: its shares are of the run, its figures those of a run, and two results stand beside each other."""

import json
import sys
from pathlib import Path
from types import ModuleType

import pytest
from miner.cli.app import app
from typer.testing import CliRunner, Result

import miner
from miner import bench, mine, reading
from miner.benchmark import STAGES

KEPT = sorted(Path("tests/bench").glob("*.json"))


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["bench", *map(str, arguments)])


def test_the_stages_are_the_whole_run_and_its_figures_those_of_mine() -> None:
    found = bench("seeds/")
    assert (found.files, found.figures) == (5, len(list(mine("seeds/"))))
    assert found.size == sum(path.stat().st_size for path in Path("seeds").glob("*.txt"))
    assert sum(found.stages.values()) == pytest.approx(found.seconds)
    assert set(found.stages) == {*STAGES.values(), "reading files", "joining what was found", "writing CSV"}
    assert all(spent >= 0 for spent in found.stages.values())
    assert (found.expression.found > 100, found.peers) == (True, ())


def test_nothing_is_left_wrapped() -> None:
    before = {name: getattr(reading, name) for name in STAGES}
    bench("seeds/000*.txt")
    assert {name: getattr(reading, name) for name in STAGES} == before


def test_without_paths_the_examples_of_the_lexicons_are_mined() -> None:
    assert bench().figures > 1000


def test_peers_are_run_where_they_are_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    number = ModuleType("recognizers_number")
    number.recognize_number = lambda text, _: text.split(",")  # type: ignore[attr-defined]
    text = ModuleType("recognizers_text")
    text.Culture = ModuleType("Culture")  # type: ignore[attr-defined]
    text.Culture.Chinese = "zh-cn"
    monkeypatch.setitem(sys.modules, "recognizers_number", number)
    monkeypatch.setitem(sys.modules, "recognizers_text", text)
    monkeypatch.setitem(sys.modules, "jionlp", None)
    found = bench("seeds/000*.txt", peers=True)
    assert [peer.name for peer in found.peers] == ["Recognizers-Text", "cn2an", "jieba"]
    assert all(peer.found for peer in found.peers)


def test_a_result_can_be_kept_and_compared(tmp_path: Path) -> None:
    result = run("seeds/", "--json")
    assert json.loads(result.stdout)["figures"] == len(list(mine("seeds/")))
    (tmp_path / "before.json").write_text(result.stdout, encoding="utf-8")
    lines = run("seeds/", "--against", tmp_path / "before.json").stdout.splitlines()
    assert all(len(line.rsplit("  ")) > 2 for line in lines)
    assert [line for line in lines if line.count("112, ") == 2]


def test_a_file_that_is_no_result_is_named(tmp_path: Path) -> None:
    for text in ("", "[]", "{}", '{"seconds": 0}'):
        (tmp_path / "a.json").write_text(text)
        result = run("seeds/", "--against", tmp_path / "a.json")
        assert (result.exit_code, result.stdout) == (2, "")
        assert "no result of miner bench --json" in result.stderr
    assert "cannot be read" in run("--against", tmp_path / "none.json").stderr


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.name)
def test_the_results_that_are_kept_can_be_read(path: Path) -> None:
    assert set(json.loads(path.read_text(encoding="utf-8"))) == set(miner.Bench.__dataclass_fields__)
