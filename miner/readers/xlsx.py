"""Excel workbooks: the cells of each sheet as a reader sees them, numbers in their formats, formulas by their values."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
from typing import TYPE_CHECKING, Any

from miner.limits import more
from miner.readers.archives import open_archive
from miner.readers.formats import shown, shown_date
from miner.readers.protocol import Unreadable
from miner.readers.sheets import Sheet, document, own_table
from miner.schema import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from miner.documents import Document
    from miner.readers.archives import Archive
    from miner.readers.protocol import File

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^<>]*?ref="\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})"')
_NO_VALUE = re.compile(rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^<>]*/>)(?:<(?:\w+:)?v\s*/>|<v></v>)?</(?:\w+:)?c>")


def read(file: File) -> Iterator[Document | Problem]:
    """Read the sheets of a workbook that are shown; those that are hidden are named.

    Raises:
        Unreadable: the workbook is damaged or beyond a limit.
        ImportError: openpyxl is not installed.
    """
    from openpyxl import load_workbook  # noqa: PLC0415 - an extra, loaded where a workbook is met

    archive = open_archive(file, "workbook")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what it does not know (validations, pictures) holds no figure
            workbook = load_workbook(io.BytesIO(file.data), read_only=True, data_only=True)
            found = [(sheet.title, sheet.sheet_state, _sheet(sheet, archive)) for sheet in workbook.worksheets]
    except (Unreadable, ImportError):
        raise
    except Exception as error:  # noqa: BLE001 - a damaged file fails anywhere in openpyxl, with any exception
        raise Unreadable(f"this workbook is damaged: {' '.join(str(error).split())[:200]}") from None
    hidden = [title for title, state, (sheet, _) in found if state != "visible" and sheet.rows]
    if hidden:
        yield Problem(file.source, f"hidden sheets are left out: {'、'.join(hidden)}", fatal=False)
    told = [(sheet, missing) for _, state, (sheet, missing) in found if state == "visible" and sheet.rows]
    if missing := sum(missing for _, missing in told):
        message = f"{missing} formulas have no stored value; open the file in a spreadsheet program and save it"
        yield Problem(file.source, message, fatal=False)
    sheets = []
    for sheet, _ in told:
        if own := own_table(f"{file.source}, {sheet.name}", sheet.rows[0]):
            yield own
        else:
            sheets.append(sheet)
    if sheets:
        yield document(file.source, sheets)
    elif not told:
        yield Problem(file.source, "this workbook is empty", fatal=False)


def _sheet(sheet: Any, archive: Archive) -> tuple[Sheet, int]:  # noqa: ANN401 - openpyxl's, imported where used
    """Return a sheet and how many of its formulas have no value."""
    sheet.reset_dimensions()  # what the file says of its size may be wrong
    rows: list[list[str]] = []
    width = 0
    for row in sheet.iter_rows():
        rows.append(list(_shown(row)))
        width = max(width, len(rows[-1]))
        if len(rows) * width > (most := archive.limits.cells):
            raise Unreadable(
                f"sheet {sheet.title} spreads over more than {most:,} cells; delete what is empty in it, {more('cells')}"
            )
    while rows and not any(rows[-1]):
        rows.pop()
    # openpyxl tells the merged cells only of sheets that it holds in memory as a whole.
    data = archive.read(sheet._worksheet_path)  # noqa: SLF001 - see above
    merged = [_range(match) for match in _MERGED.finditer(data)]
    inside = [r for r in merged if r[0] < len(rows) and r[1] < len(rows[r[0]])]
    return Sheet(sheet.title, rows, inside), len(_NO_VALUE.findall(data))


def _shown(row: Iterable[Any]) -> Iterator[str]:
    """Yield the cells of a row as they are seen, up to the last that holds anything."""
    empty = 0
    for cell in row:
        text = _text(cell.value, getattr(cell, "number_format", ""))
        if not text:
            empty += 1
            continue
        yield from [""] * empty
        yield text
        empty = 0


def _text(value: object, code: str) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case int() | float():
            return shown(value, code)
        case dt.datetime() | dt.date():
            return shown_date(value, code)
        case _:
            return " ".join(str(value).split())


def _range(match: re.Match[bytes]) -> tuple[int, int, int, int]:
    left, top, right, bottom = match.groups()
    return int(top) - 1, _column(left), int(bottom) - 1, _column(right)


def _column(letters: bytes) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + letter - ord("A") + 1
    return column - 1
