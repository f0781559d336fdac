"""Observations -> CSV, JSON and JSON Lines, and CSV back to observations.

Every number is written in full and in plain notation, never through a float. The CSV is for spreadsheets: a text
cell that a spreadsheet would run as a formula gets an apostrophe before it, which `read_csv` takes off again.
"""

from __future__ import annotations

import csv
import json
import os
import re
import stat
import tempfile
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TextIO, get_args

from miner.schema import COLUMNS, DECIMALS, INTEGERS, Observation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Format = Literal["csv", "json", "jsonl"]

# What a spreadsheet takes for a formula; apostrophes before it are counted in, so that taking one off is exact.
_FORMULA = re.compile(r"'*[=+\-@\x00-\x1f\x7f]")


def export(
    observations: Iterable[Observation],
    file: TextIO | str | os.PathLike[str],
    format: Format,  # noqa: A002 - what it is called everywhere else
) -> int:
    """Write the observations to ``file``; return how many there are.

    Args:
        observations: the rows; they are written as they come.
        file: an open text file, or a path. A path is replaced as a whole once the last row is written, and
            bears, for CSV, the byte order mark by which Excel knows UTF-8.
        format: ``"csv"``, ``"json"`` (one list) or ``"jsonl"`` (one object a line).

    Raises:
        ValueError: there is no such format.
        OSError: the file cannot be written; what stood there before is untouched.

    Example:
        >>> import sys
        >>> from miner import mine_text
        >>> export(mine_text("园区有企业66家。"), "figures.csv", "csv")  # doctest: +SKIP
        1
    """
    if format not in _WRITERS:
        raise ValueError(f"no format {format!r}; there are {', '.join(get_args(Format))}")
    if isinstance(file, str | os.PathLike):
        encoding = "utf-8-sig" if format == "csv" else "utf-8"
        with replace_file(file, encoding=encoding) as opened:
            return _WRITERS[format](observations, opened)
    return _WRITERS[format](observations, file)


def _write_csv(observations: Iterable[Observation], file: TextIO) -> int:
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    count = 0
    for count, row in enumerate(observations, 1):  # noqa: B007 - the last count is the number of rows
        writer.writerow([guarded(getattr(row, name)) for name in COLUMNS])
    return count


def _write_json(observations: Iterable[Observation], file: TextIO) -> int:
    count = 0
    for count, row in enumerate(observations, 1):
        file.write("[\n" if count == 1 else ",\n")
        file.write(_object(row))
    file.write("\n]\n" if count else "[]\n")
    return count


def _write_jsonl(observations: Iterable[Observation], file: TextIO) -> int:
    count = 0
    for count, row in enumerate(observations, 1):  # noqa: B007 - the last count is the number of rows
        file.write(_object(row) + "\n")
    return count


_WRITERS: dict[str, Callable[[Iterable[Observation], TextIO], int]] = {
    "csv": _write_csv,
    "json": _write_json,
    "jsonl": _write_jsonl,
}


def guarded(value: object) -> str:
    """Return a value as a cell of CSV: exact numbers, and texts that no spreadsheet takes for a formula.

    Example:
        >>> guarded("=SUM(A1)"), guarded(Decimal("139.70")), guarded(None)
        ("'=SUM(A1)", '139.70', '')
    """
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f")
    text = str(value)
    return f"'{text}" if isinstance(value, str) and _FORMULA.match(text) else text


def _object(row: Observation) -> str:
    values = {name: getattr(row, name) for name in COLUMNS}
    # JSON has no decimals but floats, which would round them: they are strings.
    return json.dumps(values, ensure_ascii=False, default=lambda value: format(value, "f"))


def read_csv(file: TextIO) -> Iterator[Observation]:
    r"""Read back what `export` wrote as CSV: the same observations.

    Args:
        file: opened with ``encoding="utf-8-sig"`` and ``newline=""``.

    Raises:
        ValueError: the header is not `COLUMNS`, or a row is no observation; the line is named.

    Example:
        >>> import io
        >>> from miner import mine_text
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
    if tuple(header) != COLUMNS:
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
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


@contextmanager
def replace_file(path: str | os.PathLike[str], *, encoding: str = "utf-8") -> Iterator[TextIO]:
    """Open a text file that takes the place of ``path`` when the block ends well.

    On any exception ``path`` stays as it was and nothing else is left behind. Where ``path`` is a link, the file
    that it leads to is replaced; what is no regular file, such as ``/dev/stdout``, is written to directly.

    Raises:
        OSError: the folder does not exist or cannot be written to, or the disk is full.

    Example:
        >>> folder = tempfile.mkdtemp()
        >>> with replace_file(Path(folder, "园区.txt")) as file:
        ...     file.write("企业66家")
        5
        >>> [path.name for path in Path(folder).iterdir()]
        ['园区.txt']
    """
    target = Path(os.path.realpath(path))
    mode = _mode(target)
    if mode is not None and not stat.S_ISREG(mode):
        with target.open("w", encoding=encoding, errors="backslashreplace", newline="") as file:
            yield file
        return
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", dir=target.parent)
    try:
        with os.fdopen(handle, "w", encoding=encoding, errors="backslashreplace", newline="") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes files that only their owner can read: give what open() would have given.
        Path(name).chmod(stat.S_IMODE(mode) if mode is not None else 0o666 & ~_umask())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _mode(path: Path) -> int | None:
    """Return the mode of ``path``, None where there is nothing yet."""
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None


def _umask() -> int:
    """Return the mask for new files, which can be read only by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
