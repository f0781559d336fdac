"""Lines and tables -> `Document`: what the readers of pages, mail and word processor files write their text with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from miner.documents import Document, Mark, Table
from miner.spans import Span

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """A cell of a table; a merged one is the same object in each place that it covers."""

    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table and where in the file it stands."""

    cells: tuple[Cell, ...]
    place: str = ""
    header: bool = False


_NUMERIC = re.compile(r"[+-]?\d[\d,.]*\s?\S{0,4}")
_PROSE = 80  # code points


def is_data(rows: Sequence[Row]) -> bool:
    """Tell whether a table is one of data: rows and columns, and where cells hold running text, also many numbers.

    Example:
        >>> is_data([Row((Cell("产业"), Cell("产值"))), Row((Cell("医药"), Cell("98.6")))])
        True
    """
    if len(rows) < 2 or len(rows[0].cells) < 2:
        return False
    texts = [cell.text for cell in dict.fromkeys(cell for row in rows for cell in row.cells) if cell.text]
    prose = sum(len(text) > _PROSE and text.count("。") > 1 for text in texts)
    return not prose or 5 * sum(_NUMERIC.fullmatch(text) is not None for text in texts) > len(texts)


class Writer:
    """Gathers the text of a document, a line a paragraph or a row of a table, with its tables and its places."""

    def __init__(self) -> None:
        """Begin an empty document."""
        self._pieces: list[str] = []
        self._length = 0
        self._marks: list[Mark] = []
        self._tables: list[Table] = []

    def line(self, text: str, place: str = "") -> None:
        """Write a line; one that is blank is left out."""
        if text.strip():
            self._put(text, place)
            self._put("\n", place)

    def spread(self, pieces: Sequence[tuple[str, str]]) -> None:
        """Write a line whose pieces stand in several places, such as a paragraph that runs over two pages."""
        for text, place in pieces:
            self._put(text, place)
        self._put("\n", pieces[-1][1])

    def blank(self) -> None:
        """Write a blank line, which ends a paragraph where lines are wrapped."""
        self._put("\n", self._marks[-1].place if self._marks else "")

    def table(self, rows: Sequence[Row]) -> None:
        """Write a table, its cells apart by tabs; all rows are of one length.

        Rows of one cell at its top or its end are a title, a unit or a note, and are lines of their own; so are the
        cells of what has one row or one column.
        """
        body = [n for n, row in enumerate(rows) if len(set(row.cells)) > 1]
        first, last = (body[0], body[-1] + 1) if len(body) > 1 else (len(rows), len(rows))
        self._lines(rows[:first])
        if table := rows[first:last]:
            headers = next((n for n, row in enumerate(table) if not row.header), len(table) - 1)
            self._tables.append(Table(tuple(self._rows(table)), max(headers, 1)))
        self._lines(rows[last:])

    def document(self, source: str, date: dt.date | None = None, *, wrapped: bool = False) -> Document:
        """Return what was written."""
        marks = self._marks[:1] + [mark for last, mark in pairwise(self._marks) if mark.place != last.place]
        text = "".join(self._pieces)
        return Document(source, text, date, tuple(self._tables), tuple(marks), wrapped)

    def _put(self, text: str, place: str) -> None:
        self._marks.append(Mark(self._length, place))
        self._pieces.append(text)
        self._length += len(text)

    def _lines(self, rows: Sequence[Row]) -> None:
        for row in rows:
            for cell in dict.fromkeys(row.cells):
                self.line(cell.text, row.place)

    def _rows(self, rows: Sequence[Row]) -> list[tuple[Span, ...]]:
        spans: dict[Cell, Span] = {}
        written = []
        for row in rows:
            for n, cell in enumerate(cell for cell in dict.fromkeys(row.cells) if cell not in spans):
                self._put("\t" if n else "", row.place)
                spans[cell] = Span(self._length, self._length + len(cell.text))
                self._put(cell.text, row.place)
            self._put("\n", row.place)
            written.append(tuple(spans[cell] for cell in row.cells))
        return written
