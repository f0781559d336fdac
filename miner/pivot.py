"""Observations -> a pivot: parks, periods and indicators against each other, a figure in each cell.

Nothing is summed. A cell shows one figure that a text states; of several, the one with the better evidence: an exact
figure before about or over, a later document before an earlier one, the first in a text before those after it. Where
they differ, the cell is marked, and the others are kept.

Units are brought together by magnitude alone (12000万元 and 1.2亿元 are one unit, 元 and 美元 are two), and the header
says which.
"""

from __future__ import annotations

import csv
import os
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, TextIO

from miner.exports import FORMATS, guarded, replace_file, replace_path
from miner.indicators import NO_STANDARD, Standard, named
from miner.numbers import plain
from miner.schema import MARKS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from miner.schema import Axis, Observation

NO_PERIOD = "(no period)"


@dataclass(frozen=True, slots=True)
class Cell:
    """The figure that a cell shows, and the others that it has; ``disputed`` where one of these says something else."""

    shown: Observation
    others: tuple[Observation, ...] = ()

    @property
    def disputed(self) -> bool:
        """Tell whether the figures of the cell differ."""
        return any((row.value, row.modifier) != (self.shown.value, self.shown.modifier) for row in self.others)


@dataclass(frozen=True, slots=True)
class Pivot:
    """A table: the names of its rows and columns in order, and the cells that are not empty.

    ``units`` gives the unit of each name on the axis of indicators, or under ``""`` that of the whole table: the unit
    as it is shown (亿元) and what one of it is in the base unit (100000000).
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str, str], Cell]
    units: Mapping[str, tuple[str, Decimal]]

    def shown(self, row: str, column: str) -> str:
        """Return what a cell shows: the exact value in the table's unit, with the marks of its figure."""
        cell = self.cells.get((row, column))
        if cell is None:
            return ""
        _, scale = next((self.units[key] for key in (row, column, "") if key in self.units), ("", Decimal(1)))
        figure = cell.shown
        number = MARKS.get(figure.modifier, "") + format(plain(figure.value / scale), "f")
        if figure.modifier == "range" and figure.value_min is not None and figure.value_max is not None:
            number = "–".join(format(plain(bound / scale), "f") for bound in (figure.value_min, figure.value_max))
        return number + "*" * cell.disputed

    def header(self, name: str) -> str:
        """Return the name of a row or column, with the unit that its figures are shown in where it has one."""
        unit, _ = self.units.get(name, ("", Decimal(1)))
        return f"{name.rpartition('·')[0]} ({unit})" if name and unit else name.rpartition("·")[0] or name

    @property
    def unit(self) -> str:
        """The unit of the whole table, blank where each indicator has its own."""
        return self.units.get("", ("", Decimal(1)))[0]

    def series(self, row: str) -> list[Decimal | None]:
        """Return the values of a row in the order of the columns, None where a cell is empty."""
        found = (self.cells.get((row, column)) for column in self.columns)
        return [None if cell is None else cell.shown.value for cell in found]


def pivots(
    observations: Iterable[Observation], rows: Axis, columns: Axis, *, dates: Mapping[str, dt.date | None] | None = None
) -> list[Pivot]:
    """Lay observations out, one table for each base unit where neither axis tells the indicators apart.

    Args:
        observations: levels, growths or others, one measure at a time; those of a subject inside a park are left out.
        rows: what the rows are.
        columns: what the columns are, another axis.
        dates: the day of each source, so that a later document goes before an earlier one.

    Raises:
        ValueError: both axes are the same.

    Example:
        >>> from miner import mine_text
        >>> table, = pivots(mine_text("咸宁高新区2023年有企业36家,2022年有企业30家。"), "park", "period")
        >>> table.columns, table.shown(table.rows[0], "2023"), table.units[""][0]
        (('2022', '2023'), '36', '家')
    """
    if rows == columns:
        raise ValueError(f"rows and columns are both {rows}; choose two of park, period and indicator")
    kept = [row for row in observations if not row.subject]
    names = _park_names(kept)
    if "indicator" in {rows, columns}:
        return [_pivot(kept, rows, columns, names, dates or {})] if kept else []
    by_unit: dict[str, list[Observation]] = defaultdict(list)
    for row in kept:
        by_unit[row.base_unit].append(row)
    return [_pivot(part, rows, columns, names, dates or {}) for part in by_unit.values()]


def _pivot(
    observations: Sequence[Observation],
    rows: Axis,
    columns: Axis,
    names: Mapping[str, str],
    dates: Mapping[str, dt.date | None],
) -> Pivot:
    cells: dict[tuple[str, str], list[Observation]] = defaultdict(list)
    for row in observations:
        cells[_name(row, rows, names), _name(row, columns, names)].append(row)
    by_header: dict[str, list[Observation]] = defaultdict(list)
    for row in observations:
        by_header[next((_name(row, axis, names) for axis in (rows, columns) if axis == "indicator"), "")].append(row)
    return Pivot(
        _ordered(rows, (key[0] for key in cells)),
        _ordered(columns, (key[1] for key in cells)),
        {key: _cell(found, dates) for key, found in cells.items()},
        {header: _unit(found) for header, found in by_header.items()},
    )


def _park_names(observations: Sequence[Observation]) -> dict[str, str]:
    """Return the name under which each park stands: the one that texts use most, the longest of those."""
    used: dict[str, Counter[str]] = defaultdict(Counter)
    for row in observations:
        used[row.park_id][row.park] += 1
    return {key: max(counts, key=lambda name: (counts[name], len(name))) for key, counts in used.items()}


def _name(row: Observation, axis: Axis, names: Mapping[str, str]) -> str:
    if axis == "park":
        return names[row.park_id] or "(no park named)"
    if axis == "period":
        return row.period or NO_PERIOD
    return (
        f"{row.qualifier}{row.indicator_std}·{row.base_unit}"
        if row.indicator_std
        else f"{row.indicator}·{row.base_unit}"
    )


def _ordered(axis: Axis, names: Iterable[str]) -> tuple[str, ...]:
    """Return names once each: periods by time, the others as the texts bring them up."""
    found = dict.fromkeys(names)
    return tuple(sorted(found, key=_when)) if axis == "period" else tuple(found)


def _when(period: str) -> tuple[bool, str, str]:
    begin, _, end = period.partition("/")
    begin = end if begin == ".." else begin
    return period == NO_PERIOD, begin, end


def _cell(found: Sequence[Observation], dates: Mapping[str, dt.date | None]) -> Cell:
    def evidence(numbered: tuple[int, Observation]) -> tuple[bool, int, int]:
        n, row = numbered
        day = dates.get(row.source)
        return row.modifier != "exact", -day.toordinal() if day else 0, n

    (_, shown), *others = sorted(enumerate(found), key=evidence)
    return Cell(shown, tuple(row for _, row in others))


_MAGNITUDES = ("亿", Decimal(10**8)), ("万", Decimal(10**4))
_UNSCALED = frozenset({"%", "‰", "百分点", "倍", "位", "名", "岁", ""})


def _unit(found: Sequence[Observation]) -> tuple[str, Decimal]:
    """Return the unit that figures are shown in: the largest magnitude that at least half of them reach."""
    base = found[0].base_unit
    if base in _UNSCALED:
        return base, Decimal(1)
    for word, size in _MAGNITUDES:
        if sum(abs(row.value) >= size for row in found) * 2 >= len(found):
            return word + base, size
    return base, Decimal(1)


def write_tables(tables: Iterable[Pivot], file: str | os.PathLike[str] | TextIO) -> None:
    """Write tables as CSV for a spreadsheet, one below the other; a file is whole or absent.

    Raises:
        OSError: the file cannot be written.

    Example:
        >>> import io
        >>> from miner import mine_text
        >>> file = io.StringIO()
        >>> write_tables(pivots(mine_text("园区2023年有企业36家。"), "indicator", "period"), file)
        >>> file.getvalue().splitlines()
        [',2023', '企业 (家),36']
    """
    if isinstance(file, str | os.PathLike):
        with replace_file(file, encoding="utf-8-sig") as opened:
            return write_tables(tables, opened)
    writer = csv.writer(file, lineterminator="\r\n")
    for n, table in enumerate(tables):
        if n:
            writer.writerow([])
        writer.writerow(map(guarded, [table.unit, *map(table.header, table.columns)]))
        for row in table.rows:
            writer.writerow(map(guarded, [table.header(row), *(table.shown(row, name) for name in table.columns)]))
    return None


def write_sheets(tables: Sequence[Pivot], path: str | os.PathLike[str]) -> None:
    """Write tables as an Excel workbook, a sheet for each: real numbers, their marks in the number format.

    The workbook is whole or absent.

    Raises:
        ModuleNotFoundError: xlsxwriter is not installed; it comes with ``pip install "miner[xlsx]"``.
        OSError: the file cannot be written.

    Example:
        >>> write_sheets([], "tables.xlsx")  # doctest: +SKIP
    """
    FORMATS["xlsx"].require()
    from miner.exports.xlsx import Cell, Sheet, workbook  # noqa: PLC0415 - needs an extra

    with replace_path(path) as whole, workbook(whole) as book:
        for n, table in enumerate(tables, 1):
            sheet = Sheet(book, f"{n} {table.unit}", [table.unit, *map(table.header, table.columns)])
            for row in table.rows:
                texts = [table.shown(row, column) for column in table.columns]
                numbers = [
                    Cell(number=Decimal(match["number"]), mark=match["mark"], unit=match["star"])
                    if match
                    else Cell(text)
                    for text, match in zip(texts, map(_NUMBER.fullmatch, texts), strict=True)
                ]
                sheet.append([Cell(table.header(row)), *numbers])
            sheet.finish()


_NUMBER = re.compile(r"(?P<mark>[≈<>≥≤]?)(?P<number>-?\d+(?:\.\d+)?)(?P<star>\*?)")


def of_indicator(observations: Iterable[Observation], wanted: str) -> Iterator[Observation]:
    """Yield the observations of one indicator: of the canonical one that ``wanted`` names, else of that very name.

    Example:
        >>> from miner import mine_text
        >>> rows = mine_text("园区进出口总值139.7亿元,新增企业36家。")
        >>> [row.text for row in of_indicator(rows, "进出口总额")]
        ['139.7亿元']
    """
    standard: Standard = named(wanted)
    for row in observations:
        own = Standard(row.indicator_id, row.indicator_std, row.qualifier)
        if (standard != NO_STANDARD and own == standard) or (standard == NO_STANDARD and row.indicator == wanted):
            yield row


_BARS = "▁▂▃▄▅▆▇█"


def sparkline(values: Sequence[Decimal | None]) -> str:
    """Draw a series of three or more values as bars, blank where one is missing.

    Example:
        >>> sparkline([Decimal(1), Decimal(2), None, Decimal(3)]), sparkline([Decimal(1), Decimal(2)])
        ('▁▄ █', '')
    """
    known = [value for value in values if value is not None]
    if len(known) < _SHORTEST_SERIES:
        return ""
    low, high = min(known), max(known)
    step = (high - low) / (len(_BARS) - 1) or Decimal(1)
    return "".join(" " if value is None else _BARS[int((value - low) / step)] for value in values)


_SHORTEST_SERIES = 3
