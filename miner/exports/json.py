"""Observations -> JSON: one list of objects, numbers as exact text."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from miner.exports.jsonl import as_object

if TYPE_CHECKING:
    from collections.abc import Iterable

    from miner.exports.cells import Style
    from miner.schema import Observation


def write(observations: Iterable[Observation], file: TextIO, _style: Style) -> int:
    """Write a list, an object a line; return how many there are."""
    count = 0
    for count, row in enumerate(observations, 1):
        file.write("[\n" if count == 1 else ",\n")
        file.write(as_object(row))
    file.write("\n]\n" if count else "[]\n")
    return count
