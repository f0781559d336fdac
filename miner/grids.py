"""Tables in plain text: lines of cells -> `Grid`; a table whose file marks the cells is laid out by sheets.py.

    表1 2023年主导产业总产值              the title
    单位:亿元                           the unit of every cell that has none of its own
    产业      一季度   上半年   同比(%)     the header, one line: a period, an indicator or a change for each column
    生物医药   98.6    205.3   11.2       the rows: an indicator, a place or a period before its cells

Cells stand apart by a tab, by ``|`` or by two spaces and more.
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
    if not ("\t" in twin or "|" in twin or "  " in twin) or not _ANY_GAP.search(twin):
        return []
    found = lines(twin)
    rows = [tuple(_cells(twin, line)) for line in found]
    grids, n = [], 0
    while n < len(found):
        last = _last_row(twin, rows, n)
        if last > n:
            unit, above = heading(twin, found[max(0, n - LINES_ABOVE) : n])
            body = tuple(row for row in rows[n : last + 1] if row)
            units = next((k for k, cell in enumerate(body[0]) if k and UNIT_HEAD.fullmatch(cell.of(twin))), None)
            titles = tuple(line for line in above[-1:] if is_short(line))
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


def _last_row(twin: str, rows: Sequence[Row], first: int) -> int:
    """Return the last line of a table whose header is line ``first``; ``first`` itself where there is none."""
    header = rows[first]
    if len(header) < 2 or any(NUMERIC.fullmatch(cell.of(twin)) for cell in header):
        return first
    last = first
    for n in range(first + 1, len(rows)):
        row = rows[n]
        if not row and n == first + 1:
            continue
        values = [cell for cell in row[1:] if _DIGIT.search(twin, *cell)]
        whole = all(NUMERIC.fullmatch(twin, *cell) for cell in values)
        if not (values and whole and 0 <= len(header) - len(row) <= len(header) // 2):
            break
        last = n
    return last
