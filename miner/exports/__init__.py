"""Observations -> files: CSV, JSON, JSON Lines, Markdown, Excel, Parquet and SQLite, each with the same rows.

A format is a module of this package that bears its name and has one function ``write``; `FORMATS` lists them. It is
imported when it is first written, so that a library that only one of them needs is loaded for that one alone.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, Protocol, TextIO, cast

from miner.exports.cells import Style, guarded
from miner.exports.csv import read_csv
from miner.exports.whole import is_replaced, replace_file, replace_path
from miner.schema import COLUMNS, HEADINGS
from miner.stores import Folder, is_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from miner.schema import Language, Observation

__all__ = [
    "FORMATS",
    "Format",
    "export",
    "format_of",
    "guarded",
    "read_csv",
    "replace_file",
    "replace_path",
]

Format = Literal["csv", "json", "jsonl", "md", "xlsx", "parquet", "sqlite"]


class Writer(Protocol):
    """What the module of a format offers as ``write``."""

    def __call__(self, observations: Iterable[Observation], file: Any, style: Style, /) -> int:  # noqa: ANN401 - see below
        """Write the rows to an open file of text, or for a binary format to a path; return how many there are."""


@dataclass(frozen=True, slots=True)
class Form:
    """What is to be known of a format before it is written.

    ``suffixes`` are those that a file of this format may end in; ``binary`` formats are no text for a screen;
    ``headed`` ones are read by people, who may ask for headings in their language; ``library`` is what it needs.
    """

    suffixes: tuple[str, ...]
    binary: bool = False
    headed: bool = False
    library: str = ""

    def require(self) -> None:
        """Make sure that the library is there, without loading it.

        Raises:
            ModuleNotFoundError: it is not installed; the message names the command that installs it.
        """
        if self.library and find_spec(self.library) is None:
            extra = self.suffixes[0].removeprefix(".")
            message = f"{self.suffixes[0]} needs {self.library}, which is not installed: pip install 'miner[{extra}]'"
            raise ModuleNotFoundError(message, name=self.library)


FORMATS: dict[Format, Form] = {
    "csv": Form((".csv",), headed=True),
    "json": Form((".json",)),
    "jsonl": Form((".jsonl", ".ndjson")),
    "md": Form((".md",), headed=True),
    "xlsx": Form((".xlsx",), binary=True, headed=True, library="xlsxwriter"),
    "parquet": Form((".parquet",), binary=True, library="pyarrow"),
    "sqlite": Form((".sqlite", ".sqlite3", ".db"), binary=True),
}
"""The formats, each a module of this package."""


def format_of(path: str | os.PathLike[str]) -> Format:
    """Return the format that a file has by its suffix.

    Raises:
        ValueError: no format has this suffix; those there are are listed.

    Example:
        >>> format_of("figures.xlsx"), format_of("figures.DB")
        ('xlsx', 'sqlite')
    """
    suffix = Path(path).suffix.lower()
    for name, form in FORMATS.items():
        if suffix in form.suffixes:
            return name
    known = ", ".join(suffix for form in FORMATS.values() for suffix in form.suffixes)
    raise ValueError(f"{os.fspath(path)}: no format is known by this name; a file may end in {known}")


def export(
    observations: Iterable[Observation],
    file: TextIO | BinaryIO | str | os.PathLike[str],
    format: Format | None = None,  # noqa: A002 - what it is called everywhere else
    *,
    headers: Language | None = None,
    links: Mapping[str, str | os.PathLike[str]] | None = None,
) -> int:
    """Write the observations to ``file``; return how many there are.

    Args:
        observations: the rows; they are written as they come, and none is kept longer than its format needs.
        file: a path, a URL that fsspec knows, or an open file: of text for a text format, else of bytes. A path is
            replaced as a whole once the last row is written, and bears, for CSV, the byte order mark by which Excel
            knows UTF-8.
        format: one of `FORMATS`; without it, by the suffix of the path.
        headers: the language of the headings, for CSV, Markdown and Excel; without it, the names of the columns.
        links: the file of each source, that the sources in a workbook lead to.

    Raises:
        ValueError: there is no such format or suffix, the format has no headings for people, or a number does not
            fit into it (`miner.exports.parquet`).
        ModuleNotFoundError: the library of this format is not installed.
        OSError: the file cannot be written; what stood there before is untouched.

    Example:
        >>> from miner import mine_text
        >>> export(mine_text("园区有企业66家。"), "figures.xlsx")  # doctest: +SKIP
        1
    """
    path = file if isinstance(file, str | os.PathLike) else None
    if format is None:
        if path is None:
            raise ValueError(f"name the format of an open file: {', '.join(FORMATS)}")
        format = format_of(path)  # noqa: A001 - the parameter
    if format not in FORMATS:
        raise ValueError(f"no format {format!r}; there are {', '.join(FORMATS)}")
    form = FORMATS[format]
    if headers and not form.headed:
        raise ValueError(f"{format} is for programs, its columns keep their names; leave the headings out")
    form.require()
    if isinstance(path, str) and is_url(path):
        parent, _, name = path.rpartition("/")
        with tempfile.TemporaryDirectory() as folder:
            count = export(observations, Path(folder, "figures"), format, headers=headers, links=links)
            Folder(parent).write(name, Path(folder, "figures"))
        return count
    write: Writer = import_module(f"miner.exports.{format}").write
    headings = HEADINGS[headers] if headers else COLUMNS
    if not form.binary:
        if path is None:
            return write(observations, file, Style(headings))
        with replace_file(path, encoding="utf-8-sig" if format == "csv" else "utf-8") as text:
            return write(observations, text, Style(headings))
    if path is None:
        return _write_through(write, observations, cast("BinaryIO", file), Style(headings))
    if not is_replaced(path):
        with Path(path).open("wb") as device:
            return _write_through(write, observations, device, Style(headings))
    with replace_path(path) as whole:
        return write(observations, whole, Style(headings, links or {}))


def _write_through(write: Writer, observations: Iterable[Observation], stream: BinaryIO, style: Style) -> int:
    """Write to a stream what can only be written to a file, back and forth."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "figures")
        count = write(observations, path, style)
        with path.open("rb") as written:
            shutil.copyfileobj(written, stream)
    return count
