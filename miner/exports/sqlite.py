"""Observations -> an SQLite database that Datasette opens: tables with keys, views, and an index of the texts.

- ``observation`` has a row for each figure, with keys into ``park``, ``indicator`` and ``source``;
- the view ``figures`` joins them to the columns of the contract, by their names and in their order;
- a view for each park, ``park 天津港综合保税区``, shows its figures alone;
- ``observation_fts`` and ``indicator_fts`` find sentences and indicators that hold three characters or more
  (``WHERE observation_fts MATCH '进出口'``; for two, ``WHERE sentence LIKE '%企业%'``).

A number is stored as a number, to sort and add up, where SQLite gives that very number back: a whole one below 2**63,
or one of 15 digits and fewer. Any other is its digits as text, which sorts after the numbers, so that nothing is lost.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from decimal import Decimal
from typing import TYPE_CHECKING

from miner.exports.cells import distinct, encodable, fits_double
from miner.schema import COLUMNS, DECIMALS, INTEGERS, values_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from miner.exports.cells import Style
    from miner.schema import Observation

PARTS: dict[str, tuple[str, ...]] = {
    "park": ("park", "park_kind", "park_id", "province", "city"),
    "indicator": ("indicator", "indicator_id", "indicator_std", "qualifier"),
    "source": ("source",),
}
"""The columns that stand in a table of their own, once for all figures that share them. The first is its ``name``."""

_OWN = tuple(name for name in COLUMNS if not any(name in columns[1:] for columns in PARTS.values()))
"""The columns of ``observation``; those named as a table of `PARTS` hold the key of a row in it."""

_INDEXED = {"observation": ("sentence", "text"), "indicator": ("name", "indicator_std")}
_UNNAMED = re.compile(r"[\x00-\x1f\x7f]")
_LONGEST_NAME = 200


def write(observations: Iterable[Observation], path: Path, _style: Style) -> int:
    """Write the rows into the empty file ``path``; return how many there are.

    Raises:
        OSError: the file cannot be written, or the disk is full.
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        try:
            # No journal: the file takes its place only once it is whole.
            for statement in ("PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "BEGIN", *_tables()):
                base.execute(statement)
            count, parks = _fill(base, observations)
            for statement in (*_views(parks), *_indexes(), "COMMIT"):
                base.execute(statement)
        except sqlite3.OperationalError as error:
            raise OSError(str(error)) from error
    return count


def _tables() -> Iterator[str]:
    for table, (_, *others) in PARTS.items():
        columns = ", ".join(["name TEXT NOT NULL", *(_typed(name) for name in others)])
        yield f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, {columns})"
    columns = ", ".join(_typed(name) for name in _OWN)
    yield f"CREATE TABLE observation (id INTEGER PRIMARY KEY, {columns})"


def _typed(name: str) -> str:
    if name in PARTS:
        return f"{name} INTEGER NOT NULL REFERENCES {name} (id)"
    blank = "" if name in {"value_min", "value_max"} else " NOT NULL"
    if name in DECIMALS:
        return f'"{name}"{blank}'  # without a type, so that SQLite stores what it is given
    return f'"{name}" {"INTEGER" if name in INTEGERS else "TEXT"}{blank}'


def _fill(base: sqlite3.Connection, observations: Iterable[Observation]) -> tuple[int, dict[str, list[int]]]:
    """Insert the rows; return how many there are, and the keys of each park by its name."""
    keys: dict[str, dict[tuple[str, ...], int]] = {table: {} for table in PARTS}
    count = 0
    for count, row in enumerate(observations, 1):
        values = dict(zip(COLUMNS, map(_stored, values_of(row)), strict=True))
        for table, columns in PARTS.items():
            part = tuple(str(values[name]) for name in columns)
            key = keys[table].get(part)
            if key is None:
                key = keys[table][part] = len(keys[table]) + 1
                _insert(base, table, (key, *part))
            values[table] = key
        _insert(base, "observation", (count, *(values[name] for name in _OWN)))
    parks: dict[str, list[int]] = {}
    for (name, *_), key in keys["park"].items():
        parks.setdefault(name, []).append(key)
    return count, parks


def _insert(base: sqlite3.Connection, table: str, values: tuple[str | int | float | None, ...]) -> None:
    base.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", values)  # noqa: S608 - our own table


def _stored(value: str | int | Decimal | None) -> str | int | float | None:
    r"""Return what SQLite stores for a value.

    Example:
        >>> [_stored(Decimal(number)) for number in ("66", "139.7", "1234567890123456.7")]
        [66, 139.7, '1234567890123456.7']
    """
    if isinstance(value, str):
        return encodable(value)
    if not isinstance(value, Decimal):
        return value
    if abs(value.adjusted()) <= 18 and value == value.to_integral_value() and -(2**63) <= value < 2**63:
        return int(value)
    return float(value) if fits_double(value) else format(value, "f")


def _views(parks: dict[str, list[int]]) -> Iterator[str]:
    """Return the view of all figures and one for each park; the name of a park is only ever a quoted name."""
    columns = ", ".join(f'{_home(name)} AS "{name}"' for name in COLUMNS)
    joins = " ".join(f"JOIN {table} ON {table}.id = observation.{table}" for table in PARTS)
    select = f"SELECT {columns} FROM observation {joins}"  # noqa: S608 - our own names
    yield f"CREATE VIEW figures AS {select} ORDER BY observation.id"
    taken: set[str] = set()
    for name, keys in parks.items():
        view = distinct(f"park {_UNNAMED.sub(' ', name) or '(no name)'}", taken, _LONGEST_NAME).replace('"', '""')
        which = f"WHERE observation.park IN ({', '.join(map(str, keys))})"
        yield f'CREATE VIEW "{view}" AS {select} {which} ORDER BY observation.id'


def _home(name: str) -> str:
    """Return the table and column in which a column of the contract stands."""
    for table, (first, *others) in PARTS.items():
        if name == first:
            return f"{table}.name"
        if name in others:
            return f"{table}.{name}"
    return f'observation."{name}"'


def _indexes() -> Iterator[str]:
    for table in PARTS:
        yield f"CREATE INDEX observation_{table} ON observation ({table})"
    tokens = "trigram" if sqlite3.sqlite_version_info >= (3, 34) else "unicode61"
    for table, columns in _INDEXED.items():
        index = f"{table}_fts"
        options = f'content="{table}", content_rowid="id", tokenize="{tokens}"'  # as Datasette looks for it
        yield f"CREATE VIRTUAL TABLE {index} USING fts5({', '.join(columns)}, {options})"
        yield f"INSERT INTO {index} ({index}) VALUES ('rebuild')"  # noqa: S608 - our own names
