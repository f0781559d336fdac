"""Wrapped lines: a text reads the same however an editor broke it into lines, and rows point into the file as it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import miner
from miner.spans import Span
from miner.wrapping import unwrap

HERE = Path(__file__).parent
PROSE = sorted((HERE / "gold").glob("written-*.txt")) + sorted((HERE.parent / "seeds").glob("*.txt"))
WIDTH = 38  # characters


def wrapped(text: str, width: int, end: str = "\n") -> str:
    """Break every line longer than ``width`` characters, as mail programs do."""
    lines = []
    for line in text.splitlines():
        while len(line) > width:
            lines.append(line[:width])
            line = line[width:]  # noqa: PLW2901 - the rest of it
        lines.append(line)
        lines.append("")
    return end.join(lines)


def told(text: str) -> list[tuple[object, ...]]:
    """Return what the rows of a text say, without where they stand."""
    return [
        (r.park, r.subject, r.indicator, r.measure, r.basis, r.value, r.base_unit, r.modifier, r.period)
        for r in miner.mine_text(text)
    ]


@pytest.mark.parametrize("path", PROSE, ids=lambda path: path.stem)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_wrapped_lines_change_nothing(path: Path, end: str) -> None:
    text = path.read_text(encoding="utf-8-sig")
    apart = "\n\n".join(text.splitlines())
    assert told(wrapped(text, WIDTH, end)) == told(apart)


@pytest.mark.parametrize("path", PROSE, ids=lambda path: path.stem)
def test_rows_of_a_wrapped_text_point_into_it(path: Path) -> None:
    text = wrapped(path.read_text(encoding="utf-8-sig"), WIDTH)
    for row in miner.mine_text(text):
        assert text[row.start : row.end] == row.text
        assert row.sentence in text
        assert row.text in row.sentence
        assert text.count("\n", 0, row.start) + 1 == row.line


@given(st.text(alphabet="引进企业36家,。、增长5%\n\r \t|(一)", max_size=400))
def test_the_way_back_loses_nothing(text: str) -> None:
    layout = unwrap(text)
    assert layout.running == "".join(text[layout.original(Span(n, n + 1)).start] for n in range(len(layout.running)))
    left_out = len(text) - len(layout.running)
    assert left_out == sum(char.isspace() for char in text) - sum(char.isspace() for char in layout.running)


@pytest.mark.parametrize(
    "text",
    [
        "一、引进企业36家\n二、新增党员7名",
        "高新区上半年经济运行情况\n引进企业36家。",
        "产业\t产值\n医药\t98.6\n装备\t71.4\n电子\t52.1",
    ],
)
def test_lines_that_stand_by_themselves_are_not_joined(text: str) -> None:
    assert unwrap(text).running == text
