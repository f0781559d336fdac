"""Observations -> JSON Lines: one object a line, numbers as exact text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TextIO

from miner.schema import COLUMNS, values_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from miner.exports.cells import Style
    from miner.schema import Observation


def write(observations: Iterable[Observation], file: TextIO, _style: Style) -> int:
    """Write a line for each row; return how many there are."""
    count = 0
    for count, row in enumerate(observations, 1):  # noqa: B007 - the last count is the number of rows
        file.write(as_object(row) + "\n")
    return count


def as_object(row: Observation) -> str:
    """Return a row as an object of JSON, on one line."""
    values = dict(zip(COLUMNS, values_of(row), strict=True))
    # JSON has no decimals but floats, which would round them: they are strings.
    return json.dumps(values, ensure_ascii=False, default=lambda value: format(value, "f"))
