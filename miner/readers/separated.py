"""CSV and TSV files: the text as it is in the file, with the cells in it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from miner.decoding import decode
from miner.documents import Document, Mark, Table
from miner.readers.sheets import cell_name, own_table
from miner.schema import Problem
from miner.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from miner.readers.protocol import File

_SEPARATORS = ",\t;|，"
_SAMPLE = 1 << 16  # code points that are enough to see what separates the cells


def read(file: File) -> Iterator[Document | Problem]:
    """Read a table whose cells a comma, tab, semicolon or bar separates; the first that does in most lines.

    The csv module tells the cells of a line and not where they stand, so they are found here, by its rules.

    Raises:
        NotText: the bytes are no text, or in an encoding that cannot be told.
    """
    text, warning = decode(file.data, file.encoding)
    rows = list(_rows(text, _separator(text[:_SAMPLE])))
    if rows and (own := own_table(file.source, [cell.of(text) for cell in rows[0]])):
        yield own
        return
    if warning:
        yield Problem(file.source, warning, fatal=False)
    width = max(map(len, rows), default=0)
    table = Table(tuple(tuple(row + [Span(row[-1].end, row[-1].end)] * (width - len(row))) for row in rows), headers=0)
    marks = [Mark(cell.start, cell_name(n, k)) for n, row in enumerate(rows) for k, cell in enumerate(row) if any(cell)]
    yield Document(file.source, text, tables=(table,) if rows else (), marks=tuple(marks), wrapped=False)


def _separator(text: str) -> str:
    """Return what separates cells: what cuts the most lines into the same number of them."""

    def alike(separator: str) -> int:
        counts = Counter(len(row) for row in _rows(text, separator))
        return max((n for width, n in counts.items() if width > 1), default=0)

    return max(_SEPARATORS, key=alike)


def _rows(text: str, separator: str) -> Iterator[list[Span]]:
    """Cut a text into rows of cells, without the quotes and white space around them; an empty line is an empty cell."""
    cell = re.compile(rf'[ ]*"((?:[^"]|"")*+)"?([^{re.escape(separator)}\r\n]*)|([^{re.escape(separator)}\r\n]*)')
    row: list[Span] = []
    at = 0
    while True:
        found = cell.match(text, at)
        assert found is not None  # noqa: S101 - the last alternative is met by anything
        row.append(_trimmed(text, *found.span(1 if found[1] is not None and not found[2].strip() else 0)))
        at = found.end()
        if text.startswith(separator, at):
            at += 1
            continue
        yield row
        row = []
        at += 2 if text.startswith("\r\n", at) else 1
        if at >= len(text):
            return


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
