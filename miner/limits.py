"""The most that one input may take, so that no file fills the memory: what goes beyond is left out and named.

Each limit is a field of `Limits`, with its unit; a user sets it by its name (``--limit file=1GB``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_SIZES: Final = {"": 1, "KB": 1 << 10, "MB": 1 << 20, "GB": 1 << 30}
_BYTES: Final = "bytes"


def _most(default: int, meaning: str) -> Any:  # noqa: ANN401 - stands in for a field
    return field(default=default, metadata={"meaning": meaning})


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The most that is read of one input; sizes are in bytes, and each field says what it counts (`MEANINGS`).

    Raises:
        ValueError: a limit is less than one.

    Example:
        >>> Limits(pages=10).pages, Limits().file
        (10, 268435456)
    """

    file: int = _most(256 << 20, "bytes of a file that is read as a whole")
    unpacked: int = _most(1 << 30, "bytes of all files in an archive, those of archives in it included")
    member: int = _most(256 << 20, "bytes of one file in an archive")
    members: int = _most(20_000, "files in an archive")
    ratio: int = _most(200, "times its packed size that a file in an archive may have, where that is more than 4 MB")
    depth: int = _most(3, "archives in an archive, mails attached to a mail, one within the other")
    workbook: int = _most(256 << 20, "bytes that an Excel workbook unpacks to")
    cells: int = _most(2_000_000, "cells of a sheet, rows times columns, empty ones counted")
    word: int = _most(128 << 20, "bytes that the text of a Word document unpacks to, without its pictures")
    pages: int = _most(5_000, "pages of a PDF file; those after them are left out")
    characters: int = _most(20_000_000, "characters of a PDF file; the pages after them are left out")
    attributes: int = _most(500, "attributes of one tag of an HTML page")

    def __post_init__(self) -> None:
        """Refuse a limit that nothing could keep."""
        for name in self.__slots__:
            if getattr(self, name) < 1:
                raise ValueError(f"the limit {name} is at least 1")

    def __str__(self) -> str:
        """Return the limits as a user writes them.

        Example:
            >>> str(Limits(file=3 << 30))[:26]
            'file=3072MB, unpacked=1024'
        """
        return ", ".join(f"{name}={written(name, getattr(self, name))}" for name in MEANINGS)


LIMITS: Final = Limits()
"""The limits where nobody sets others."""

MEANINGS: Final[dict[str, str]] = {limit.name: limit.metadata["meaning"] for limit in fields(Limits)}
"""What each limit counts, by its name."""


def written(name: str, value: int) -> str:
    """Return a value of a limit as a user writes it: sizes in full megabytes, rounded up.

    Example:
        >>> written("file", (300 << 20) + 1)
        '301MB'
    """
    return f"{-(-value >> 20)}MB" if _is_size(name) and value >= 1 << 20 else str(value)


def more(name: str, needed: int = 0) -> str:
    """Return how to allow more, for the end of a message; ``needed`` is what would be enough, where that is known.

    Example:
        >>> more("members", 30_000)
        'or allow more: --limit members=30000'
    """
    return f"or allow more: --limit {name}={written(name, needed) if needed else 'N'}"


def megabytes(size: int) -> str:
    """Return a number of bytes for people.

    Example:
        >>> megabytes(3 << 30), megabytes(2000)
        ('3,072 MB', '2,000 bytes')
    """
    return f"{size >> 20:,} MB" if size >= 1 << 20 else f"{size:,} bytes"


def limits_of(settings: Iterable[str]) -> Limits:
    """Return the limits with some of them set: ``file=1GB``, ``members=50000``.

    Args:
        settings: each a name, ``=`` and a whole number; sizes in bytes, KB, MB or GB.

    Raises:
        ValueError: a setting is none; the message says what is wrong.

    Example:
        >>> limits_of(["file=1GB", "pages=9,000"]).pages
        9000
    """
    values: dict[str, int] = {}
    for setting in settings:
        name, _, value = (part.strip() for part in setting.partition("="))
        if name not in MEANINGS:
            raise ValueError(f"{setting!r}: there is no such limit; there are {', '.join(MEANINGS)}")
        match = re.fullmatch(r"(\d[\d,_]{0,18})\s?([KMG]B)?", value, re.IGNORECASE | re.ASCII)
        if match is None or (match[2] and not _is_size(name)):
            form = "as 500MB or 2GB" if _is_size(name) else "as a whole number"
            raise ValueError(f"{setting!r}: write {name} {form}")
        values[name] = int(re.sub(r"[,_]", "", match[1])) * _SIZES[(match[2] or "").upper()]
    return replace(LIMITS, **values)


def _is_size(name: str) -> bool:
    return MEANINGS[name].startswith(_BYTES)
