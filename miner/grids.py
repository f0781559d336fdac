"""Tables in plain text: lines of cells -> `Grid`; a table whose file marks the cells is laid out by sheets.py.

    表1 2023年主导产业总产值              the title
    单位:亿元                           the unit of every cell that has none of its own
    产业      一季度   上半年   同比(%)     the header, one line: a period, an indicator or a change for each column
    生物医药   98.6    205.3   11.2       the rows: an indicator, a place or a period before its cells

Cells stand apart by a tab, by ``|`` or by two spaces and more; by one space where several rows of numbers have as many
words as the header.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from miner.layouts import LINES_ABOVE, NUMERIC, UNIT_HEAD, Grid, heading, is_short
from miner.sheets import lay_out
from miner.spans import Span, lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from miner.documents import Table
    from miner.layouts import Row

_GAP = re.compile(r"(?<!\s)\s*(?:\t|\|)\s*| {2,}")
_ANY_GAP = re.compile(r"[^\s|](?:\t|\s?\|\s?|  )[ \t]*[^\s|]")
# Two lines of words that spaces part, of which the first ends in a number: 烟草 31 286.5
_COPIED = re.compile(r" [+-]?\d[\d,.]*%?[ ]*\r?\n[^\s,;。]{2,20} [^\n,;。]*\d")
_DIGIT = re.compile(r"\d")
_RULED = re.compile(r"[\s|:+-]+")  # the rule below a Markdown header


def find_grids(twin: str, tables: Sequence[Table] = ()) -> list[Grid]:
    r"""Find the tables of a folded text; ``tables`` are those that the file itself marks, and then the only ones.

    Example:
        >>> text = "单位:亿元\n产业\t产值\n医药\t98.6\n装备\t71.4\n"
        >>> [(grid.unit, len(grid.rows)) for grid in find_grids(text)]
        [('亿元', 3)]
    """
    if tables:
        return [grid for table in tables for grid in lay_out(twin, table)]
    # The three marks are looked for first: the pattern costs 30 ns a character, they cost next to nothing.
    marked = "\t" in twin or "|" in twin or "  " in twin
    if not (marked and _ANY_GAP.search(twin)) and not _COPIED.search(twin):
        return []
    found = lines(twin)
    cut = [tuple(_cells(twin, line)) for line in found]
    grids, n = [], 0
    while n < len(found):
        rows = _rows(twin, cut, n)
        if rows:
            unit, above = heading(twin, found[max(0, n - LINES_ABOVE) : n])
            body = tuple(row for row in rows if row)
            units = next((k for k, cell in enumerate(body[0]) if k and UNIT_HEAD.fullmatch(cell.of(twin))), None)
            titles = tuple(line for line in above[-1:] if is_short(line))
            last = n + len(rows) - 1
            grids.append(Grid(Span(found[n].start, found[last].end), titles, unit, body, units=units))
            n = last
        n += 1
    return grids


def _cells(twin: str, line: Span) -> Iterator[Span]:
    """Cut a line into cells; none where it is only the rule below a header."""
    if _RULED.fullmatch(twin, *line):
        return
    start, end = line
    while start < end and (twin[start] == "|" or twin[start].isspace()):
        start += 1
    while end > start and (twin[end - 1] == "|" or twin[end - 1].isspace()):
        end -= 1
    at = start
    for gap in _GAP.finditer(twin, start, end):
        yield Span(at, gap.start())
        at = gap.end()
    yield Span(at, end)


def _rows(twin: str, cut: Sequence[Row], first: int) -> list[Row]:
    """Return the rows of a table whose header is line ``first``, an empty one for a blank line; none where there is none.

    Wide cells of a header may stand apart by one space, and all cells of a table that was copied from a page.
    """
    return _below(twin, cut, first, _with_corner(twin, cut, first)) or _below(
        twin, cut, first, _apart(twin, cut[first]), _SEVERAL
    )


def _with_corner(twin: str, cut: Sequence[Row], first: int) -> Row:
    """Return a header with the empty cell that stands before its bar, where the row below has a cell there.

    | 绝对数(亿元) | 比上年增长(%) |
    地区生产总值 | 617.50 | 5.2 |
    """
    header, below = cut[first], cut[first + 1] if first + 1 < len(cut) else ()
    if (
        len(below) != len(header) + 1
        or not header
        or not twin[max(0, header[0].start - 2) : header[0].start].rstrip(" ").endswith("|")
    ):
        return header
    return (Span(header[0].start, header[0].start), *header)


def _below(twin: str, cut: Sequence[Row], first: int, header: Row, fewest: int = 1) -> list[Row]:
    """Return the header and the rows below it, none where they are fewer than ``fewest``."""
    if len(header) < 2 or any(NUMERIC.fullmatch(twin, *cell) for cell in header):
        return []
    rows, told = [header], 0
    for n in range(first + 1, len(cut)):
        row = cut[n]
        if not row and len(rows) == 1:
            rows.append(row)
            continue
        wide = len(row) > 1
        row = _apart(twin, row) if fewest > 1 and not wide else row
        values = [cell for cell in row[1:] if _DIGIT.search(twin, *cell)]
        whole = all(NUMERIC.fullmatch(twin, *cell) for cell in values)
        short = len(header) - len(row)
        if not (values and whole and 0 <= short <= (len(header) // 2 if fewest == 1 else 0)):
            break
        rows.append(row)
        told += fewest if wide else 1
    return rows if told >= fewest else []


def _apart(twin: str, row: Row) -> Row:
    """Cut cells at every space."""
    return tuple(Span(*word.span()) for cell in row for word in _WORD.finditer(twin, *cell))


_WORD = re.compile(r"\S+")
_SEVERAL = 2  # rows that show that what one space parts is a table
