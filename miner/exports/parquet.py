"""Observations -> Parquet, written in row groups as the rows come.

Numbers are decimal128(38, 12): 26 digits before the point and 12 after it. A wider type would hold more for fewer:
DuckDB reads decimal256 as floats, and Polars refuses it. A number beyond these digits is refused by name rather than
rounded; CSV, JSON Lines and SQLite hold any. Trailing zeros are not kept (139.70 is 139.7): the column ``text`` has
the figure as written. Columns whose texts come again and again are dictionaries, and each field says in its metadata
what it means.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

import pyarrow as pa
from pyarrow.parquet import ParquetWriter

from miner.exports.cells import encodable
from miner.schema import COLUMNS, DECIMALS, INTEGERS, MEANINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal
    from pathlib import Path

    from miner.exports.cells import Style
    from miner.schema import Observation

DIGITS, SCALE = 38, 12
GROUP = 10_000
"""The rows of a group: enough for dictionaries to pay, few enough to be held; each thousand takes some 4 MB."""

_OWN = frozenset({"text", "sentence"})
_NUMBERS = tuple(name for name in COLUMNS if name in DECIMALS)
_BLANK = frozenset({"value_min", "value_max"})


def write(observations: Iterable[Observation], path: Path | BinaryIO, _style: Style) -> int:
    """Write the rows to ``path``, or to an open file; return how many there are.

    Raises:
        ValueError: a number has too many digits; its text, source and line are named.
    """
    schema = pa.schema([_field(name) for name in COLUMNS])
    rows, count = iter(observations), 0
    with ParquetWriter(path, schema, compression="zstd") as writer:
        while group := list(islice(rows, GROUP)):
            count += len(group)
            writer.write_table(pa.table([_array(name, schema.field(name).type, group) for name in COLUMNS], schema))
    return count


def misfit(row: Observation) -> str:
    """Return what is wrong with a row that has a number of too many digits, blank for any other.

    Example:
        >>> from miner import mine_text
        >>> [misfit(row) for row in mine_text("园区有企业66家。", source="a.txt")]
        ['']
    """
    numbers = (getattr(row, name) for name in _NUMBERS)
    large = next((number for number in numbers if number is not None and not _fits(number)), None)
    if large is None:
        return ""
    return (
        f"{row.source}:{row.line}: {large:f} does not fit the {DIGITS - SCALE} digits before and {SCALE} after "
        "the point that Parquet has here"
    )


def _field(name: str) -> pa.Field:
    if name in DECIMALS:
        kind = pa.decimal128(DIGITS, SCALE)
    elif name in INTEGERS:
        kind = pa.int64()
    else:
        kind = pa.string() if name in _OWN else pa.dictionary(pa.int32(), pa.string())
    return pa.field(name, kind, nullable=name in _BLANK, metadata={"meaning": MEANINGS[name]})


def _array(name: str, kind: pa.DataType, rows: Sequence[Observation]) -> pa.Array:
    values = [getattr(row, name) for row in rows]
    if name in DECIMALS:
        for row, value in zip(rows, values, strict=True):
            if value is not None and not _fits(value):
                raise ValueError(f"{misfit(row)}; write CSV, JSON Lines or SQLite, or leave this figure out")
    elif name not in INTEGERS:
        values = [encodable(value) for value in values]
    return pa.array(values, kind)


def _fits(value: Decimal) -> bool:
    """Tell whether a number has no more digits, before and after the point, than the type of the columns.

    Example:
        >>> from decimal import Decimal
        >>> _fits(Decimal("139.7")), _fits(Decimal("1E+26")), _fits(Decimal("1E-13")), _fits(Decimal("1.5E-11000"))
        (True, False, False, False)
    """
    _, digits, _ = value.as_tuple()
    trailing = len(digits) - len("".join(map(str, digits)).rstrip("0"))
    return not value or (value.adjusted() < DIGITS - SCALE and value.adjusted() - len(digits) + 1 + trailing >= -SCALE)
