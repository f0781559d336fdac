"""What a table is laid out as, `Grid`, and the marks by which its parts are known: units, values, titles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from miner.quantities import find_quantities

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miner.spans import Span

    Row = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its titles, the unit that it names for all, and its cells, the ``headers`` rows of the header first.

    ``labels`` are the columns that say what a row is about, ``units`` the column of units, ``years`` those cells that are
    years without 年, and ``texts`` the cells that are running text, each with the row and the column that it stands in. A
    row has the same number of cells as the header, in plain text fewer where the last are missing.
    """

    span: Span
    titles: tuple[Span, ...]
    unit: str
    rows: tuple[Row, ...]
    headers: int = 1
    labels: tuple[int, ...] = (0,)
    units: int | None = None
    years: tuple[Span, ...] = ()
    texts: tuple[tuple[int, int, Span], ...] = ()

    def header(self, column: int) -> list[Span]:
        """Return the cells above a column, from the top, one that covers several rows once."""
        cells = dict.fromkeys(row[column] for row in self.rows[: self.headers] if column < len(row))
        return [cell for cell in cells if cell.end > cell.start]


NUMERIC = re.compile(
    r"(?:[约近超逾≥≤><]|超过|不足|突破)?[+-]?\d[\d,]*(?:\.\d+)?(?!(?<=\d{4})年|[月日号])\s?[^\s\d]{0,6}"
)
_DIGIT = re.compile(r"\d")
_UNIT_NAMED = re.compile(r"(?<![\u4e00-\u9fff])(?:计量|金额|货币)?单\s*位[:]\s*(?P<unit>[^\s,;。()]{1,12})")
UNIT_HEAD = re.compile(r"(?:计量)?单\s*位")
LINES_ABOVE = 3
LONGEST_TITLE = 60  # code points
_LONGEST_VALUE = 24


def is_unit(written: str) -> bool:
    """Tell whether a cell or a bracket holds a unit and nothing else.

    Example:
        >>> is_unit("亿元"), is_unit("下同")
        (True, False)
    """
    if not written or _DIGIT.search(written):
        return False
    return any(q.kind != "number" and (q.start, q.end) == (0, len(written) + 1) for q in find_quantities(f"1{written}"))


def is_value(twin: str, cell: Span) -> bool:
    """Tell whether a cell is a number and nothing else: 98.6, 66家, 十余次, 1000—3000元.

    Example:
        >>> from miner.spans import Span
        >>> is_value("不少于56学时", Span(0, 7)), is_value("共66家", Span(0, 4)), is_value("一级", Span(0, 2))
        (True, False, False)
    """
    if NUMERIC.fullmatch(twin, *cell):
        return True
    written = cell.of(twin)
    found = find_quantities(written) if len(written) <= _LONGEST_VALUE else ()
    return any((q.start, q.end) == (0, len(written)) and q.kind != "number" and q.unit not in _ORDERS for q in found)


_ORDERS = frozenset("类级等星档批号层期")  # 一级 is a grade, no number of grades


def heading(twin: str, above: Sequence[Span]) -> tuple[str, list[Span]]:
    """Return the unit and the titles that the lines above a table give it, the last next to it."""
    unit = next(filter(None, (unit_named(twin, line) for line in reversed(above))), "")
    return unit, [line for line in above if line.of(twin).strip() and not _UNIT_ALONE.match(twin, *line)]


_UNIT_ALONE = re.compile(r"\W*(?:计量|金额|货币)?单\s*位[:]")


def unit_named(twin: str, line: Span) -> str:
    """Return the unit that a line names for the table (单位:亿元、%), blank where it names none; % goes without saying."""
    found = _UNIT_NAMED.search(twin, *line)
    if found is None:
        return ""
    units = (found["unit"], *re.split("[、/]", found["unit"]))
    return next((unit for unit in units if is_unit(unit)), "")


def is_short(title: Span) -> bool:
    """Tell whether a line is short enough for a title."""
    return title.end - title.start <= LONGEST_TITLE
