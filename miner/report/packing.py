"""What the page is given: rows, texts, reasons and findings as columns over tables of distinct values, packed.

A report may hold 10,000 figures and the articles they stand in, and is sent by mail. So each column is a table of
its distinct values and a list of places in it, a text stands there once, a figure is two offsets into it, and the
whole is compressed. What is packed is ASCII letters, digits, ``+/=``: nothing in a text can be markup in the page.
"""

from __future__ import annotations

import base64
import json
import zlib
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from miner.exports import guarded
from miner.schema import COLUMNS, DECIMALS, HEADINGS, INTEGERS, MARKS, Observation

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from miner.checks import Finding
    from miner.documents import Document
    from miner.pipeline import Read
    from miner.schema import Reading, Rejection


@dataclass
class Table:
    """Distinct values in the order in which they were met, each with its place.

    Example:
        >>> units = Table()
        >>> [units.place(unit) for unit in ("家", "人", "家")], units.values()
        ([0, 1, 0], ['家', '人'])
    """

    places: dict[Hashable, int] = field(default_factory=dict)

    def place(self, value: Hashable) -> int:
        """Return the place of ``value``, a new one where it is new."""
        return self.places.setdefault(value, len(self.places))

    def values(self) -> list[Any]:
        """Return the values, each at its place."""
        return list(self.places)


def utf16(text: str) -> Callable[[int], int]:
    """Return a function from offsets in code points to offsets in UTF-16, which browsers count in.

    Example:
        >>> [utf16("🏭园区")(offset) for offset in range(4)]
        [0, 2, 3, 4]
    """
    wide = [n for n, char in enumerate(text) if char > "\uffff"]  # such a character takes two units
    return lambda offset: offset + bisect_left(wide, offset)


def pack(read: Sequence[Read], findings: Iterable[Finding], lang: str) -> str:
    """Return what the page shows as base64 of compressed JSON."""
    rows = [reading.observation for _, readings, _ in read for reading in readings]
    places = {row: n for n, row in enumerate(rows)}
    why, rules = Table(), Table()
    data = {
        "lang": lang,
        "columns": COLUMNS,
        "headings": HEADINGS,
        "marks": MARKS,
        "numeric": sorted(DECIMALS | INTEGERS),
        "cells": {name: _column(rows, name) for name in COLUMNS},
        "documents": [_document(*text, rules) for text in read],
        "reasons": [
            [why.place((reason.column, reason.rule, reason.evidence)) for reason in reading.reasons]
            for _, readings, _ in read
            for reading in readings
        ],
        "why": why.values(),
        "rules": rules.values(),
        "findings": [
            [finding.check, finding.verdict, finding.claim, [places[row] for row in finding.evidence]]
            for finding in findings
        ],
    }
    # Lone surrogates, which a text may hold and UTF-8 cannot, are \udxxx in ASCII JSON; the page reads them back.
    packed = zlib.compress(json.dumps(data, ensure_ascii=True, separators=(",", ":")).encode("ascii"), 9)
    return base64.b64encode(packed).decode("ascii")


def _column(rows: Sequence[Observation], name: str) -> dict[str, list[Any]]:
    """Return a column as its distinct values and, for each row, the place of its own."""
    table = Table()
    places = [table.place(_cell(getattr(row, name))) for row in rows]
    return {"table": table.values(), "rows": places}


def _cell(value: object) -> str:
    """Return a value as text; texts as they are, for the page guards a cell only when it writes CSV."""
    return value if isinstance(value, str) else guarded(value)


def _document(document: Document, readings: list[Reading], rejections: list[Rejection], rules: Table) -> dict[str, Any]:
    units = utf16(document.text)
    return {
        "source": document.source,
        "text": document.text,
        "spans": [[units(row.start), units(row.end)] for row in (reading.observation for reading in readings)],
        "refused": [[units(r.start), units(r.end), rules.place(r.rule)] for r in rejections],
    }
