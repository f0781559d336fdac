"""Observations -> CSV, and back.

Every number is written in full and in plain notation. The CSV is for spreadsheets: a text cell that a spreadsheet
would run as a formula gets an apostrophe before it, which `read_csv` takes off again.
"""

from __future__ import annotations

import csv
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TextIO

from miner.exports.cells import FORMULA, guarded
from miner.schema import COLUMNS, DECIMALS, HEADINGS, INTEGERS, Observation, values_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from miner.exports.cells import Style


def write(observations: Iterable[Observation], file: TextIO, style: Style) -> int:
    """Write a header and a line for each row, as Excel has them; return how many rows there are."""
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(style.headings)
    count = 0
    for count, row in enumerate(observations, 1):  # noqa: B007 - the last count is the number of rows
        cells = list(values_of(row))
        for n in _GUARDED:
            cells[n] = guarded(cells[n])
        writer.writerow(cells)
    return count


_GUARDED = [n for n, name in enumerate(COLUMNS) if name not in INTEGERS]
"""Where a text or a decimal stands; an offset is written as it is."""


def read_csv(file: TextIO) -> Iterator[Observation]:
    r"""Read back what `export` wrote as CSV: the same observations.

    Args:
        file: opened with ``encoding="utf-8-sig"`` and ``newline=""``.

    Raises:
        ValueError: the header is neither `COLUMNS` nor their headings in a language, or a row is no observation; the
            line is named.

    Example:
        >>> import io
        >>> from miner import export, mine_text
        >>> rows = mine_text("园区有企业66家。")
        >>> file = io.StringIO(newline="")
        >>> export(rows, file, "csv")
        1
        >>> list(read_csv(io.StringIO(file.getvalue(), newline=""))) == rows
        True
    """
    csv.field_size_limit(2**31 - 1)  # a sentence may be longer than the default of 131,072 characters
    reader = csv.reader(file)
    header = next(reader, [])
    if tuple(header) not in {COLUMNS, *HEADINGS.values()}:
        raise ValueError(f"line 1: the columns are not those of a table of figures; they should be {','.join(COLUMNS)}")
    for cells in reader:
        try:
            values = {name: _value(name, cell) for name, cell in zip(COLUMNS, cells, strict=True)}
        except (ValueError, ArithmeticError) as error:
            raise ValueError(f"line {reader.line_num}: this row is no figure: {error}") from None
        yield Observation(**values)


def _value(name: str, cell: str) -> Any:  # noqa: ANN401 - of the column's type
    if name in DECIMALS:
        return Decimal(cell) if cell else None
    if name in INTEGERS:
        return int(cell)
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell
