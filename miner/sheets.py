"""A table whose file marks the cells -> `Grid`: its titles and unit, and which rows and columns are headers.

    云岭高新区2024年主要指标                  titles: what stands alone in its row
                              单位:亿元     the unit of every cell that has none of its own
    产业      2023年           2024年        the header: rows that say nothing new in their first cell,
              产值   增速(%)   产值  增速(%)   before the first row with a number
    生物医药   98.6   11.2     105   6.5      the rows: labels, and beside them numbers or running text
    注:数据为快报数。                         a note, which is running text

A sheet may hold several, with empty rows between them, or a title and a new header.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from miner.layouts import LINES_ABOVE, LONGEST_TITLE, NUMERIC, UNIT_HEAD, Grid, heading, is_short, is_unit, is_value
from miner.quantities import find_quantities
from miner.spans import Span, lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from miner.documents import Table
    from miner.layouts import Row


_YEAR = re.compile(r"(?:19|20)\d\d")
_LABEL = re.compile(
    r".*(?:指标|项目|名称|类[别型]|分类"  # |主要指标|
    r"|行业|产业|产品|领域"  # |工业行业|
    r"|年份|年度|月份|季度|时间|时期"  # when: |年份|
    r"|地区|区域|园区|开发区|高新区|经开区|保税区|[区县市]{2}|街道|乡镇|镇街"  # where: |县市|, |园区|
    r"|企业|公司|单位)"  # who: |重点企业|
    r"|[年月]"  # |年|
)
_NOTE = re.compile(r"\W*(?:附?注\s*\d?|说明|备注|(?:资料|数据)?来源)[:.]")
_LONGEST_LABEL = 24  # code points


def lay_out(twin: str, table: Table) -> Iterator[Grid]:
    r"""Find the tables in one that the file marks: a sheet may hold several, with titles and notes between them.

    Example:
        >>> from miner.readers.sheets import Sheet, document
        >>> told = document("a.xlsx", [Sheet("Sheet1", [["单位:亿元"], ["产业", "产值"], ["医药", "98.6"]])])
        >>> [(grid.unit, grid.headers, len(grid.rows)) for grid in lay_out(told.text, told.tables[0])]
        [('亿元', 1, 2)]
    """
    begin = min((cell.start for row in table.rows for cell in _held(row)), default=0)
    near = max(0, begin - LONGEST_TITLE * LINES_ABOVE)
    unit, above = heading(twin, lines(twin, near, begin)[-LINES_ABOVE:])
    titles = above[-1:]
    for n, rows in enumerate(_blocks(twin, table.rows)):
        alone, body = _split_titles(twin, rows)
        own, named = heading(twin, alone)
        unit, titles = own or ("" if n else unit), named or titles
        short = tuple(title for title in titles if is_short(title))
        if grid := _grid(twin, body, unit, short, table.headers - (len(rows) - len(body))):
            yield grid


def _held(row: Row) -> list[Span]:
    """Return the cells of a row that hold anything, a merged one once."""
    return [cell for cell in dict.fromkeys(row) if cell.end > cell.start]


def _blocks(twin: str, rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Cut the rows of a sheet where one is empty below numbers, and where a title and a new header follow them."""
    block: list[Row] = []
    counted = False
    for n, row in enumerate(rows):
        held = _held(row)
        following = rows[n + 1 : n + 3]
        anew = len(held) == 1 and len(following) == 2 and len(_held(following[0])) > 1
        anew = anew and not _is_counted(twin, following[0]) and _is_counted(twin, following[1])
        if counted and (not held or anew):
            yield block
            block, counted = [], False
        if held:
            block.append(row)
            counted = counted or _is_counted(twin, row)
    if block:
        yield block


def _is_counted(twin: str, row: Row) -> bool:
    """Tell whether a row has a number that is no year, after its first cell."""
    return any(NUMERIC.fullmatch(twin, *cell) and not _YEAR.fullmatch(twin, *cell) for cell in row[1:])


def _split_titles(twin: str, rows: Sequence[Row]) -> tuple[list[Span], Sequence[Row]]:
    """Part the titles of a block, which stand alone in their rows or beside the unit, from its header and body."""
    titles: list[Span] = []
    for n, row in enumerate(rows):
        filled = sum(cell.end > cell.start for cell in row)
        sparse = filled == 2 < len(row) // 2 + 1 and n + 1 < len(rows) and not _is_counted(twin, rows[n + 1])
        if len(_held(row)) > 1 and not (sparse and not _is_counted(twin, row)):
            return titles, rows[n:]
        titles += _held(row)
    return titles, ()


def _grid(twin: str, rows: Sequence[Row], unit: str, titles: tuple[Span, ...], headers: int) -> Grid | None:
    """Lay out a table of header and rows; None where it has no number: then it is running text."""
    while rows and (len(_held(rows[-1])) < 2 or _NOTE.match(twin, *rows[-1][0])):
        rows = rows[:-1]
    columns = [n for n in range(len(rows[0])) if any(row[n].end > row[n].start for row in rows)] if rows else []
    first = next((n for n, row in enumerate(rows) if _is_counted(twin, row)), None)
    if first is None or len(columns) < 2:
        return None
    if headers < 2:
        headers = next((n for n in range(1, first) if not _goes_on(twin, rows[n - 1], rows[n])), first)
    rows = [tuple(row[n] for n in columns) for row in rows]
    if headers == 1:
        rows = _stacked(twin, rows)
        columns = columns[: len(rows[0])]
    rows = [*(_spread(row, below) for row, below in pairwise(rows[:headers])), *rows[max(0, headers - 1) :]]
    heads = [
        "".join(cell.of(twin) for cell in dict.fromkeys(row[n] for row in rows[:headers])) for n in range(len(columns))
    ]
    bodies = [[row[n] for row in rows[headers:] if row[n].end > row[n].start] for n in range(len(columns))]
    units = next((n for n, body in enumerate(bodies) if n and _is_of_units(twin, heads[n], body)), None)
    years = [body if _are_years(twin, heads[n], body) else [] for n, body in enumerate(bodies)]
    numeric = [not years[n] and any(NUMERIC.fullmatch(twin, *cell) for cell in body) for n, body in enumerate(bodies)]
    labels = _labels(heads, numeric, units)
    rows = _carried_down(rows, headers, labels)
    dated = [cell for row in rows[:headers] for cell in row if _YEAR.fullmatch(twin, *cell)]
    dated += [cell for n in labels for cell in years[n]]
    texts = [
        (n, k, cell)
        for n, row in enumerate(rows[headers:], headers)
        for k, cell in enumerate(row)
        if k != units and cell not in (*row[:k], *rows[n - 1]) and _is_text(twin, cell, label=k in labels)
    ]
    inside = [cell for row in rows for cell in row if cell.end > cell.start]
    if not inside:
        return None
    span = Span(min(cell.start for cell in inside), max(cell.end for cell in inside))
    return Grid(span, titles, unit, tuple(rows), headers, labels, units, tuple(dict.fromkeys(dated)), tuple(texts))


def _stacked(twin: str, rows: list[Row]) -> list[Row]:
    """Put the halves of a table whose header says the same twice below each other: two stand side by side in it."""
    half = len(rows[0]) // 2
    heads = [cell.of(twin) for cell in rows[0]]
    alike = half > 1 and heads[:half] == heads[half:] and heads[0]
    if not alike or any(NUMERIC.fullmatch(twin, *row[half]) for row in rows):
        return rows
    return [rows[0][:half], *(part for row in rows[1:] for part in (row[:half], row[half:]) if _held(part))]


def _spread(row: Row, below: Row) -> Row:
    """Let the cells of an upper header row cover the empty ones at their right, as where a file cannot merge cells."""
    spread = list(row)
    for n in range(2, len(row)):
        if row[n].end == row[n].start and below[n].end > below[n].start:
            spread[n] = spread[n - 1]
    return tuple(spread)


def _carried_down(rows: Sequence[Row], headers: int, labels: tuple[int, ...]) -> list[Row]:
    """Let a label stand for the rows below it where theirs is empty and another label of theirs is not."""
    carried = list(rows)
    for n in range(headers + 1, len(rows) if labels else 0):
        row, empty = list(rows[n]), [k for k in labels[:-1] if rows[n][k].end == rows[n][k].start]
        if rows[n][labels[-1]].end > rows[n][labels[-1]].start:
            for k in empty:
                row[k] = carried[n - 1][k]
            carried[n] = tuple(row)
    return carried


def _goes_on(twin: str, above: Row, row: Row) -> bool:
    """Tell whether a row without numbers is a header like the one above: nothing new is said in its first cell."""
    first = row[0].of(twin)
    return not first or row[0] == above[0] or first == above[0].of(twin) or UNIT_HEAD.fullmatch(first) is not None


def _is_of_units(twin: str, head: str, body: Sequence[Span]) -> bool:
    if UNIT_HEAD.fullmatch(head):
        return True
    return not head and bool(body) and all(is_unit(cell.of(twin)) for cell in body)


def _are_years(twin: str, head: str, body: Sequence[Span]) -> bool:
    named = not head or re.search("年|时间|时期", head)
    return bool(named and body) and all(_YEAR.fullmatch(twin, *cell) for cell in body)


def _labels(heads: Sequence[str], numeric: Sequence[bool], units: int | None) -> tuple[int, ...]:
    """Return the columns that say what a row is about: the first without numbers, and those next to it that label.

    There are none where every column holds numbers, or only remarks stand beside them.
    """
    told = (n for n, held in enumerate(numeric) if not held and n != units and (n < 2 or _LABEL.fullmatch(heads[n])))
    first = next(told, None)
    if first is None:
        return ()
    labels = [first]
    for n in range(first + 1, len(heads)):
        if numeric[n] or n == units or not (_LABEL.fullmatch(heads[n]) or heads[n] in {"", heads[first]}):
            break
        labels.append(n)
    return tuple(labels)


def _is_text(twin: str, cell: Span, *, label: bool) -> bool:
    """Tell whether a cell is to be read as running text: it has a number in it and is no number."""
    written = cell.of(twin)
    if is_value(twin, cell) or _YEAR.fullmatch(written):
        return False
    if label and len(written) <= _LONGEST_LABEL and not re.search("[,;。]", written):
        return False
    return bool(find_quantities(written))
