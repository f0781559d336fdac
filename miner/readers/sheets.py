"""What tables of cells have in common: the names of their cells, their text, and tables that this program wrote."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from miner.documents import Document, Mark, Table
from miner.schema import COLUMNS, Problem
from miner.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook: its name, its cells as a reader sees them, and the ranges that are merged.

    ``merged`` are ranges of cells, first row, first column, last row and last column, from 0 and inclusive.
    """

    name: str
    rows: Sequence[Sequence[str]]
    merged: Sequence[tuple[int, int, int, int]] = ()


_UNNAMED = re.compile(r"(?:Sheet|工作表|表|Table)\s*\d*")  # what a sheet is called that nobody named


def document(source: str, sheets: Sequence[Sheet]) -> Document:
    r"""Write sheets out as a text, a line a row with tabs between the cells, below the name of each sheet that has one.

    Example:
        >>> told = document("a.xlsx", [Sheet("产值", [["产业", "产值"], ["医药", "98.6"]])])
        >>> told.text, told.place(told.text.index("98.6"))
        ('产值\n\n产业\t产值\n医药\t98.6\n', '产值!B2')
    """
    pieces: list[str] = []
    tables, marks = [], []
    at = 0

    def write(text: str) -> Span:
        nonlocal at
        pieces.append(text)
        at += len(text)
        return Span(at - len(text), at)

    for sheet in sheets:
        marks.append(Mark(at, sheet.name))
        if not _UNNAMED.fullmatch(sheet.name):
            write(f"{sheet.name}\n\n")
        width = max(map(len, sheet.rows), default=0)
        rows: list[list[Span]] = []
        for n, row in enumerate(sheet.rows):
            spans = []
            for k, cell in enumerate(row):
                if k:
                    write("\t")
                if cell:
                    marks.append(Mark(at, f"{sheet.name}!{cell_name(n, k)}"))
                spans.append(write(cell))
            rows.append(spans + [Span(at, at)] * (width - len(spans)))
            write("\n")
        for top, left, bottom, right in sheet.merged:
            for covered in rows[top : bottom + 1]:
                covered[left : right + 1] = [rows[top][left]] * len(covered[left : right + 1])
        if rows:
            tables.append(Table(tuple(map(tuple, rows)), headers=0))
    return Document(source, "".join(pieces), tables=tuple(tables), marks=tuple(marks), wrapped=False)


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell, counted from 0, as a spreadsheet shows it.

    Example:
        >>> cell_name(6, 1), cell_name(0, 26)
        ('B7', 'AA1')
    """
    letters = ""
    column += 1
    while column:
        column, last = divmod(column - 1, 26)
        letters = chr(ord("A") + last) + letters
    return f"{letters}{row + 1}"


def own_table(source: str, header: Sequence[str]) -> Problem | None:
    """Return the problem that a table is one of figures that this program wrote: they are not read again.

    Example:
        >>> str(own_table("figures.csv", COLUMNS))
        'figures.csv: left out: a table of figures that miner wrote'
    """
    if {"park", "indicator", "value"} <= set(header) <= set(COLUMNS):
        return Problem(source, "left out: a table of figures that miner wrote", fatal=False)
    return None
