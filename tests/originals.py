"""The seeds as they are, and what of them any other format has to give: for the tests of the readers."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from miner.documents import Document
from miner.pipeline import mine_document
from miner.readers import File, read_file
from miner.schema import Observation, Problem

SEEDS = sorted(Path("seeds").glob("*.txt"))

_LOCATION = {"source", "line", "start", "end", "place", "sentence"}  # depend on where in its file a figure stands


def read(data: bytes, name: str) -> tuple[list[Document], list[str]]:
    """Return the documents of a file and the problems met."""
    told = list(read_file(File(name, data)))
    problems = [str(problem) for problem in told if isinstance(problem, Problem)]
    return [document for document in told if isinstance(document, Document)], problems


def figures(document: Document) -> list[dict[str, object]]:
    """Return the rows of a document without what depends on where in its file a figure stands."""
    return [{name: getattr(row, name) for name in _NAMES} for row in mine_document(document)]


_NAMES = [field.name for field in fields(Observation) if field.name not in _LOCATION]


def original(seed: Path) -> Document:
    """Return a seed as it is."""
    (document,), _ = read(seed.read_bytes(), seed.name)
    return document


def lines(text: str) -> list[str]:
    """Return the lines of a text that are not blank, without the blanks around them."""
    return [line.strip() for line in text.splitlines() if line.strip()]
