"""The seeds in other encodings, scripts and files give the figures that they give as they are."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from functools import cache
from pathlib import Path

import opencc
import pytest
from openpyxl import Workbook

import miner
from miner.readers import File, read_file

SEEDS = sorted(Path("seeds").glob("*.txt"))
SCRIPTS = {"simplified": "t2s", "traditional": "s2t"}


@cache
def text_of(seed: Path) -> str:
    return seed.read_bytes().decode("utf-8-sig")


@cache
def figures_of(text: str) -> list[miner.Observation]:
    return miner.mine_text(text)


def said(rows: list[miner.Observation], *without: str) -> list[dict[str, object]]:
    """Return what rows say in the other columns."""
    return [{name: getattr(row, name) for name in miner.COLUMNS if name not in without} for row in rows]


def mined(name: str, data: bytes) -> list[miner.Observation]:
    (document,) = read_file(File(name, data))
    assert isinstance(document, miner.Document)
    return [replace(row, source="") for row in miner.mine_document(document)]


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name[:3])
@pytest.mark.parametrize("script", SCRIPTS)
def test_in_either_script(seed: Path, script: str) -> None:
    text = opencc.OpenCC(SCRIPTS[script]).convert(text_of(seed))
    assert len(text) == len(text_of(seed))
    assert said(figures_of(text), "text", "sentence") == said(figures_of(text_of(seed)), "text", "sentence")


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name[:3])
@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "cp950", "big5hkscs"])
def test_in_every_encoding(seed: Path, script: str, encoding: str) -> None:
    text = opencc.OpenCC(SCRIPTS[script]).convert(text_of(seed))
    if encoding in {"cp950", "big5hkscs"}:
        if script == "simplified":
            pytest.skip("Big5 has no simplified characters")
        # 爲 羣 衆 着 啓 礴 are not in Big5, nor the no-break space: what is usual there stands for them.
        text = text.translate(str.maketrans("爲羣衆着啓礴\xa0", "為群眾著啟薄 "))
    assert mined("a.txt", text.encode(encoding)) == [replace(row, source="") for row in figures_of(text)]


def paragraphs(seed: Path) -> list[list[str]]:
    return [[line] for line in text_of(seed).splitlines()]


def workbook(rows: list[list[str]]) -> bytes:
    book, file = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(file)
    return file.getvalue()


def separated(rows: list[list[str]]) -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file).writerows(rows)
    return file.getvalue().encode("gb18030")


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name[:3])
@pytest.mark.parametrize(("name", "write"), [("a.xlsx", workbook), ("a.csv", separated)], ids=["xlsx", "csv"])
class TestCells:
    def test_a_paragraph_a_cell(self, seed: Path, name: str, write: object) -> None:
        assert callable(write)
        elsewhere = ("source", "start", "end", "line", "sentence", "place")
        found = mined(name, write(paragraphs(seed)))
        assert said(found, *elsewhere) == said(figures_of(text_of(seed)), *elsewhere)

    def test_the_figures_themselves_as_a_table(self, seed: Path, name: str, write: object) -> None:
        # Growth and shares need columns of their own: levels are what one column of values holds.
        assert callable(write)
        rows = [row for row in figures_of(text_of(seed)) if row.measure == "level"]
        table = [["园区", "指标", "数值"], *([row.park, row.indicator, row.text] for row in rows)]
        found = mined(name, write(table))
        assert [(row.text, row.value, row.base_unit) for row in found] == [
            (row.text, row.value, row.base_unit) for row in rows
        ]
        assert [row.park for row in found] == [row.park for row in rows]
