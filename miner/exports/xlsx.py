"""Observations -> an Excel workbook: a sheet of all figures, then one for each park.

- Numbers are numbers, shown with their unit (139.7 as 139.7亿元, 33.4 % as the percentage 33.4%, which Excel stores as
  0.334) and with the decimals as written. A number of more than 15 digits, which Excel would round, is text.
  Excel allows some 200 formats of numbers: those of the units met after the first 150 leave the unit to its column.
- Growth is blue where it is up and orange where it is down: red and green mean one thing in Shanghai and the other in
  London, and not all eyes tell them apart.
- A source leads to its file by its place relative to the workbook; at most 65,530 on a sheet do, which is Excel's limit.
- Sheets bear the names of parks, as far as Excel allows; those after the 200th share one. A sheet that is full
  (1,048,576 rows) goes on in another. A text beyond 32,767 characters, Excel's limit, ends in …: source, start and end
  say where the whole of it stands. Characters that XML cannot hold are written as Excel writes them (_x0000_).
"""

from __future__ import annotations

import datetime as dt
import os
import re
import tempfile
import unicodedata
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from xlsxwriter import Workbook
from xlsxwriter.exceptions import XlsxFileError
from xlsxwriter.utility import xl_col_to_name

from miner.exports.cells import FORMULA, distinct, encodable, fits_double
from miner.schema import COLUMNS, DECIMALS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from miner.exports.cells import Style
    from miner.schema import Observation

ALL, OTHERS = "全部 All", "其余 Others"
_MOST_PARKS = 200
_MOST_ROWS = 1_048_576
_MOST_LINKS = 65_530
_MOST_FORMATS = 150  # with a unit; Excel allows some 200 of numbers in a workbook
_LONGEST_NAME, _LONGEST_TEXT, _LONGEST_UNIT, _LONGEST_LINK = 31, 32_767, 20, 2_000
_MOST_DECIMALS = 15
_WIDEST = 60
_FORBIDDEN = re.compile(r"[\[\]:*?/\\'\x00-\x1f\x7f\ufffe\uffff]")
_NO_FORMAT = re.compile(r'[";\x00-\x1f\x7f\ufffe\uffff]')  # ; parts the halves of a format for who reads it back
_IN_LINKS = re.compile(r'[%"<>\[\]`^{}#?\\ ]')


@dataclass(frozen=True, slots=True)
class Cell:
    """A text or a number; a number with the unit that it is shown with and marks around it, ``%`` as a percentage."""

    text: str = ""
    number: Decimal | None = None
    unit: str = ""
    mark: str = ""
    link: str = ""


class Book:
    """A workbook that is written sheet by sheet, each row once; see `workbook`."""

    def __init__(self, book: Workbook) -> None:
        """Take a new workbook, and declare the formats that every sheet has."""
        self.book = book
        self.heading = book.add_format({"bold": True, "bottom": 1, "bg_color": "#F2F2F2", "quote_prefix": True})
        self.quoted = book.add_format({"quote_prefix": True})
        self.up = book.add_format({"font_color": "#1F4E9E", "bg_color": "#DDEBF7"})
        self.down = book.add_format({"font_color": "#9C4A00", "bg_color": "#FCE4D0"})
        self._taken: set[str] = {"history"}  # which Excel keeps for itself
        self._formats: dict[str, object] = {}
        self._worded = 0  # formats with a unit or a mark

    def named(self, name: str) -> str:
        """Return a sheet's name: ``name`` as far as Excel allows it, and no other sheet's."""
        return distinct(_FORBIDDEN.sub(" ", encodable(name)).strip() or "(no name)", self._taken, _LONGEST_NAME)

    def number_format(self, cell: Cell) -> object:
        """Return the format that shows a number as its cell asks; once there are too many formats, without the unit."""
        unit = _NO_FORMAT.sub("", encodable(cell.unit))
        percent = unit == "%"
        decimals = max(0, -int(cell.number.as_tuple().exponent)) if cell.number is not None else 0
        digits = f"#,##0{'.' * bool(decimals)}{'0' * decimals}"
        if decimals > _MOST_DECIMALS:
            digits = "0.00" if percent else "General"
        words = f'"{cell.mark}"' * bool(cell.mark), f'"{unit}"' * (not percent and 0 < len(unit) <= _LONGEST_UNIT)
        plain = digits + "%" * percent
        shown = f"{words[0]}{plain}{words[1]}"
        if shown not in self._formats and any(words):
            shown = shown if self._worded < _MOST_FORMATS else plain
            self._worded += 1
        if shown not in self._formats:
            self._formats[shown] = self.book.add_format({"num_format": shown})
        return self._formats[shown]


class Sheet:
    """A table that grows row by row under a frozen header, and goes on in another sheet where one is full."""

    def __init__(self, book: Book, name: str, headings: Sequence[str], growth: tuple[int, int] | None = None) -> None:
        """Begin a table; ``growth`` are the columns of the measure and of the value that is coloured."""
        self.book, self.name, self.headings, self.growth = book, name, headings, growth
        self._begin()

    def _begin(self) -> None:
        self.sheet = self.book.book.add_worksheet(self.book.named(self.name))
        self.rows, self.links = 0, 0
        self.widths = [0] * len(self.headings)
        self.append([Cell(heading) for heading in self.headings])

    def append(self, cells: Sequence[Cell]) -> None:
        """Write a row."""
        if self.rows >= _MOST_ROWS:
            self.finish()
            self._begin()
        for column, cell in enumerate(cells):
            if cell.number is not None:
                shown = self._number(column, cell, cell.number)
            elif cell.text:
                shown = self._text(column, cell)
            else:
                continue
            if self.widths[column] < _WIDEST:
                self.widths[column] = max(self.widths[column], width(shown))
        self.rows += 1

    def _number(self, column: int, cell: Cell, number: Decimal) -> str:
        if not fits_double(number):
            self.sheet.write_string(self.rows, column, format(number, "f"))
            return ""  # so long a number does not widen its column
        value = float(number.scaleb(-2) if cell.unit == "%" else number)
        self.sheet.write_number(self.rows, column, value, self.book.number_format(cell))
        return f"{cell.mark}{number:,f}{cell.unit[:_LONGEST_UNIT]}"

    def _text(self, column: int, cell: Cell) -> str:
        text = _held(encodable(cell.text))
        form = self.book.heading if not self.rows else self.book.quoted if FORMULA.match(text) else None
        if cell.link and self.links < _MOST_LINKS:
            self.links += 1
            self.sheet.write_url(self.rows, column, f"external:{cell.link}", string=text)
        else:
            self.sheet.write_string(self.rows, column, text, form)
        return text

    def finish(self) -> None:
        """Set what depends on all rows: the widths, the filters and the colours."""
        last = max(self.rows - 1, 0), len(self.headings) - 1
        for column, wide in enumerate(self.widths):
            self.sheet.set_column(column, column, min(wide, _WIDEST) + 3)  # the button of the filter is as wide as 3
        self.sheet.freeze_panes(1, 0)
        self.sheet.autofilter(0, 0, *last)
        self.sheet.ignore_errors({"number_stored_as_text": f"A1:{xl_col_to_name(last[1])}{last[0] + 1}"})
        if self.growth and self.rows > 1:
            measure, value = map(xl_col_to_name, self.growth)
            for sign, form in ((">", self.book.up), ("<", self.book.down)):
                grows = f'=AND(${measure}2="growth",N(${value}2){sign}0)'
                where = (1, self.growth[1], last[0], self.growth[1])
                self.sheet.conditional_format(*where, {"type": "formula", "criteria": grows, "format": form})


@contextmanager
def workbook(path: Path) -> Iterator[Book]:
    """Give a workbook that is written to ``path`` when the block ends well; its bytes depend on its cells alone.

    Raises:
        OSError: the file cannot be written.
    """
    with tempfile.TemporaryDirectory() as folder:
        book = Workbook(os.fspath(path), {"constant_memory": True, "tmpdir": folder, "use_zip64": True})
        book.set_properties({"created": dt.datetime(2000, 1, 1)})  # noqa: DTZ001 - no day, but the same each time
        try:
            yield Book(book)
            book.close()
        except XlsxFileError as error:
            raise error.__context__ or OSError(str(error)) from None
        finally:
            for sheet in book.worksheets():
                sheet._opt_close()  # noqa: SLF001 - its file would stay open where the workbook is given up


def write(observations: Iterable[Observation], path: Path, style: Style) -> int:
    """Write the workbook; return how many rows there are."""
    growth = COLUMNS.index("measure"), COLUMNS.index("value")
    with workbook(path) as book:
        everything = Sheet(book, ALL, style.headings, growth)
        parks: dict[str, Sheet] = {}
        count = 0
        for count, row in enumerate(observations, 1):  # noqa: B007 - the last count is the number of rows
            cells = [_cell(name, row, path, style) for name in COLUMNS]
            everything.append(cells)
            name = row.park if row.park in parks or len(parks) < _MOST_PARKS else OTHERS
            if name not in parks:
                parks[name] = Sheet(book, name or "(no park named)", style.headings, growth)
            parks[name].append(cells)
        for sheet in (everything, *parks.values()):
            sheet.finish()
    return count


def _cell(name: str, row: Observation, path: Path, style: Style) -> Cell:
    value = getattr(row, name)
    if name in DECIMALS:
        return Cell(number=value, unit=row.unit if name == "number" else row.base_unit)
    if isinstance(value, int):
        return Cell(number=Decimal(value))
    return Cell(value, link=_link(style.links.get(value), path) if name == "source" else "")


def _link(file: str | os.PathLike[str] | None, book: Path) -> str:
    """Return the place of a file relative to the workbook, as a link has it; blank where it cannot be one."""
    if file is None:
        return ""
    try:
        relative = os.path.relpath(os.path.realpath(file), os.path.realpath(book.parent))
    except ValueError:  # another drive
        return ""
    link = "./" + _IN_LINKS.sub(lambda match: f"%{ord(match[0]):02X}", relative.replace(os.sep, "/"))
    return link if link.isprintable() and len(link) <= _LONGEST_LINK else ""


def _held(text: str) -> str:
    """Return as much of a text as a cell holds, which counts in UTF-16 units."""
    units = text.encode("utf-16-le") if len(text) * 2 > _LONGEST_TEXT else b""
    if len(units) <= 2 * _LONGEST_TEXT:
        return text
    return units[: 2 * _LONGEST_TEXT - 2].decode("utf-16-le", "ignore") + "…"


@lru_cache(maxsize=10_000)
def width(text: str) -> int:
    """Return how many columns a text takes, wide characters two, as far as anyone wants a column wide.

    Example:
        >>> width("139.7亿元"), width("企业" * 100)
        (9, 60)
    """
    return min(_WIDEST, sum(1 + (unicodedata.east_asian_width(char) in "WF") for char in text[:_WIDEST]))
