"""A text that is changed in a way that changes no figure has the same figures: seeds and gold texts, each changed."""

from __future__ import annotations

from pathlib import Path

import opencc
import pytest

import miner
from miner.text import fold

TEXTS = [*sorted(Path("seeds").glob("*.txt")), *sorted(Path("tests/gold").glob("*.txt"))]
each = pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name[:12])

Figure = tuple[object, ...]


def figures(text: str) -> list[Figure]:
    """Return the figures of a text without their offsets; names, which stay as written, at half width."""
    return [
        (row.park, fold(row.indicator), row.measure, row.value, row.base_unit, row.modifier, row.period)
        for row in miner.mine_text(text)
    ]


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@each
def test_full_width_digits_and_signs_are_the_same(path: Path) -> None:
    text = read(path)
    wide = {ord(char): ord(char) + 0xFEE0 for char in "0123456789%"}
    assert figures(text.translate(wide)) == figures(text)


@each
def test_the_other_script_has_the_same_values(path: Path) -> None:
    """By characters alone: phrases of the other side of the strait are other words."""
    text = read(path)
    plain = opencc.OpenCC("t2s").convert(text)
    assert len(plain) == len(text)
    assert [figure[3:6] for figure in figures(plain)] == [figure[3:6] for figure in figures(text)]


@each
def test_other_ends_of_lines_change_nothing(path: Path) -> None:
    text = read(path).replace("\r\n", "\n")
    assert figures(text.replace("\n", "\r\n")) == figures(text) == figures(text.replace("\n", "\r"))


@each
def test_furniture_of_a_page_adds_nothing(path: Path) -> None:
    text = read(path)
    values = [figure[3:6] for figure in figures(text)]
    framed = f"首页 > 新闻中心 > 正文\n{text}\n\n责任编辑:张三\n版权所有 未经许可不得转载\n"
    assert [figure[3:6] for figure in figures(framed)] == values


@each
def test_a_mark_of_byte_order_changes_nothing(path: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(read(path), encoding="utf-8")
    (tmp_path / "b.txt").write_text(read(path), encoding="utf-8-sig")
    one, other = (list(miner.mine(tmp_path / name)) for name in ("a.txt", "b.txt"))
    assert [(row.text, row.start, row.value) for row in one] == [(row.text, row.start, row.value) for row in other]


def test_a_file_given_twice_under_two_names_has_its_rows_twice(tmp_path: Path) -> None:
    text = read(TEXTS[0])
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    rows = list(miner.mine(tmp_path))
    halves = [
        [(row.text, row.park, row.value, row.start) for row in rows if row.source == name]
        for name in ("a.txt", "b.txt")
    ]
    assert halves[0] == halves[1]
    assert len(rows) == 2 * len(halves[0]) > 0


def test_again_after_other_texts() -> None:
    """Nothing that was read before has a part in what is read: texts in either order give the same rows."""
    texts = [read(path) for path in TEXTS]
    forward = [figures(text) for text in texts]
    assert [figures(text) for text in reversed(texts)] == forward[::-1]
