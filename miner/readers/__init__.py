"""Bytes -> documents: which kind of file they are, and the reader that knows it.

A reader is a module with one function, ``read(file) -> Iterator[Document | Problem]``, imported when a file of its
kind is met. The suffix names the kind; the content has to agree, and decides where there is no suffix that is known.
A reader raises `Unreadable` for what it cannot make sense of, and ImportError where a package is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from miner.decoding import NotText
from miner.readers.protocol import File, Unreadable
from miner.schema import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from miner.documents import Document

__all__ = ["KINDS", "SUFFIXES", "File", "Kind", "Unreadable", "read_file"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: what it is called, its suffixes, the module that reads it, and the extra that it needs."""

    name: str
    suffixes: frozenset[str]
    module: str
    extra: str = ""


KINDS = (
    Kind("text", frozenset({".txt", ".md", ".text"}), "text"),
    Kind("HTML", frozenset({".html", ".htm", ".xhtml"}), "html"),
    Kind("MHTML", frozenset({".mhtml", ".mht"}), "mhtml"),
    Kind("mail", frozenset({".eml"}), "eml"),
    Kind("PDF", frozenset({".pdf"}), "pdf", "pdf"),
    Kind("Word", frozenset({".docx", ".docm"}), "docx"),
)
"""Every kind that can be read."""

SUFFIXES = frozenset(suffix for kind in KINDS for suffix in kind.suffixes)
"""What is read in a folder; a file that is named itself, or by a glob, may end as it likes."""


def read_file(file: File) -> Iterator[Document | Problem]:
    """Read a file: its documents, and a problem for whatever of it is left out or damaged.

    Example:
        >>> [document.text for document in read_file(File("a.txt", "企业66家".encode("gb18030")))]
        ['企业66家']
    """
    kind = _kind_of(file)
    try:
        yield from import_module(f"miner.readers.{kind.module}").read(file)
    except (NotText, Unreadable) as error:
        yield Problem(file.source, f"left out: {error}")
    except ImportError:
        if not kind.extra:
            raise
        needs = f'pip install "miner[{kind.extra}]"'
        yield Problem(file.source, f"left out: {kind.name} files need one more package: {needs}")


def _kind_of(file: File) -> Kind:
    suffix = PurePosixPath(file.source).suffix.lower()
    return next((kind for kind in KINDS if suffix in kind.suffixes), KINDS[0])
