"""Bytes -> documents: which kind of file they are, and the reader that knows it.

A reader is a module with one function, ``read(file) -> Iterator[Document | Problem]``, imported when a file of its
kind is met. The suffix names the kind; the content has to agree, and decides where there is no suffix that is known.
A reader raises `Unreadable` for what it cannot make sense of, and ImportError where a package is missing.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from miner.decoding import NotText, format_of
from miner.readers.protocol import File, Unreadable
from miner.schema import Problem, fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from miner.documents import Document

__all__ = ["KINDS", "SUFFIXES", "File", "Kind", "Unreadable", "kind_of", "read_file"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: what it is called, its suffixes, the module that reads it, and the extra that it needs.

    What is no text is known by its bytes, which have to agree with the suffix: by ``magic``, with which they begin, and
    of what is a ZIP archive by a file in it that begins with ``holds``. ``opens`` is how a text of this kind begins, a regular
    expression, for files without a suffix that is known.
    """

    name: str
    suffixes: tuple[str, ...]
    module: str
    extra: str = ""
    magic: bytes = b""
    holds: str = ""
    opens: bytes = b""


_ZIP = b"PK"
_HTML = rb"<!doctype html|<(?:html|head|body)\b"
_MAIL = rb"(?:Return-Path|Received|Delivered-To|Message-ID|MIME-Version|From|Date|Subject):\s"
KINDS = (
    Kind("text", (".txt", ".md", ".text"), "text"),
    Kind("CSV", (".csv", ".tsv"), "separated"),
    Kind("Excel", (".xlsx", ".xlsm", ".xls"), "xlsx", extra="xlsx", magic=_ZIP, holds="xl/workbook.xml"),
    Kind("Word", (".docx", ".docm", ".doc"), "docx", magic=_ZIP, holds="word/"),
    Kind("PDF", (".pdf",), "pdf", extra="pdf", magic=b"%PDF-"),
    Kind("HTML", (".html", ".htm", ".xhtml"), "html", opens=_HTML),
    Kind("MHTML", (".mhtml", ".mht"), "mhtml", opens=rb"From: <Saved by"),
    Kind("mail", (".eml",), "eml", opens=_MAIL),
    Kind("ZIP", (".zip",), "zipped", magic=_ZIP),
)
"""Every kind that can be read; the first is what is left."""

SUFFIXES = tuple(suffix for kind in KINDS for suffix in kind.suffixes)
"""What is read in a folder; a file that is named itself, or by a glob, may end as it likes."""


def read_file(file: File) -> Iterator[Document | Problem]:
    """Read a file: its documents, and a problem for whatever of it is left out or damaged, or that this program fails on.

    Example:
        >>> [document.text for document in read_file(File("a.txt", "企业66家".encode("gb18030")))]
        ['企业66家']
    """
    try:
        yield from _read(file, kind_of(file))
    except (NotText, Unreadable) as error:
        yield Problem(file.source, f"left out: {error}")
    except Exception as error:  # noqa: BLE001 - a fault met in one file must not lose the others
        yield fault(file.source, error)


def _read(file: File, kind: Kind) -> Iterator[Document | Problem]:
    try:
        yield from import_module(f"miner.readers.{kind.module}").read(file)
    except ImportError:
        if not kind.extra:
            raise
        needs = f'pip install "miner[{kind.extra}]"'
        yield Problem(file.source, f"left out: {kind.name} files need one more package: {needs}")


def kind_of(file: File) -> Kind:
    r"""Return the kind of a file: what its suffix says, where the content agrees, else what the content says.

    Raises:
        Unreadable: suffix and content disagree; the message says how to name the file.

    Example:
        >>> kind_of(File("年报", b"PK\x05\x06" + bytes(18))).name
        'ZIP'
    """
    suffix = PurePosixPath(file.source).suffix.lower()
    named = next((kind for kind in KINDS if suffix in kind.suffixes), None)
    seen = _seen(file.data)
    if named is None:
        return seen or KINDS[0]
    damaged = seen is not None and seen.magic == named.magic and not _names(file.data)
    if not file.data or damaged or named is seen or not (named.magic or (seen and seen.magic)):
        return named
    if seen is None:
        content = format_of(file.data) or "something else"
        raise Unreadable(
            f"this is {content}, not {_a(named)}; save it as {named.suffixes[0]} with the program it is from"
        )
    name = PurePosixPath(file.source).stem + seen.suffixes[0]
    raise Unreadable(f"this is {_a(seen)}, not {_a(named)}; rename it to {name}")


def _a(kind: Kind) -> str:
    vowels = "AEFHILMNORSX" if kind.name.isupper() else "AEIOU"  # letters by themselves are spelt out
    return f"{'an' if kind.name[0] in vowels else 'a'} {kind.name} file"


def _seen(data: bytes) -> Kind | None:
    """Return the kind that the content shows, None where it shows none: text, or what cannot be read."""
    if data.startswith(_ZIP):
        names = _names(data)
        held = (kind for kind in KINDS if kind.holds and any(name.startswith(kind.holds) for name in names))
        return next(held, None) or next(kind for kind in KINDS if kind.magic == _ZIP and not kind.holds)
    told = (kind for kind in KINDS if kind.magic and kind.magic != _ZIP and data.startswith(kind.magic))
    return next(told, None) or next((kind for kind in KINDS if kind.opens and _opens(kind, data)), None)


def _names(data: bytes) -> frozenset[str]:
    """Return the names in a ZIP archive, none where it is damaged."""
    from zipfile import BadZipFile, ZipFile  # noqa: PLC0415 - not for every start of the program

    try:
        return frozenset(ZipFile(io.BytesIO(data)).namelist())
    except (BadZipFile, OSError, ValueError, NotImplementedError):
        return frozenset()


def _opens(kind: Kind, data: bytes) -> bool:
    return re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:" + kind.opens + rb")", re.IGNORECASE).match(data[:4096]) is not None
