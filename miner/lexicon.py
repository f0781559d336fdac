"""Reads a TOML lexicon into frozen entries; a bad entry is shown with file, line and caret.

A lexicon is a file of ``[[kind]]`` tables. Every entry has a ``name`` and ``examples``: clauses in which it
was met. ``also`` lists other spellings. Further keys belong to the kind and are checked by `load`.
"""

from __future__ import annotations

import functools
import re
import sys
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class LexiconError(ValueError):
    """A lexicon entry that cannot be used; the message shows file, line and caret."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a lexicon.

    ``spellings`` holds the name and every other spelling; ``data`` the keys that belong to its kind.
    """

    kind: str
    name: str
    spellings: tuple[str, ...]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    data: Mapping[str, Any]
    line: int

    def get(self, key: str, default: Any = "") -> Any:  # noqa: ANN401 - TOML values are of any type
        """Return what the entry says under ``key``."""
        return self.data.get(key, default)


_SHOWN = 40  # characters of a long line on either side of the caret
_COMMON = {"name": str, "also": list, "examples": list, "counterexamples": list}


def parse(text: str, source: str) -> tuple[Entry, ...]:
    r"""Parse the lexicon ``text``; ``source`` is named in errors.

    Raises:
        LexiconError: the text is no TOML, or an entry lacks a name or an example.

    Example:
        >>> parse('[[unit]]\nname = "人"\nexamples = ["党员478人"]', "units.toml")[0].spellings
        ('人',)
    """
    lines = text.splitlines()
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{source}: {error}") from None
    entries = []
    for kind, rows in tables.items():
        if not isinstance(rows, list):
            raise LexiconError(f"{source}: {kind!r} is no list of entries; write [[{kind}]]")
        starts = [n for n, line in enumerate(lines, 1) if line.strip() == f"[[{kind}]]"]
        entries += [_entry(kind, row, line, lines, source) for row, line in zip(rows, starts, strict=True)]
    return tuple(entries)


def _entry(kind: str, row: dict[str, Any], line: int, lines: list[str], source: str) -> Entry:
    def fail(message: str, key: str = "", word: str = "") -> LexiconError:
        at = next((n for n in range(line, len(lines)) if lines[n].startswith(key)), line - 1) if key else line - 1
        found = max(lines[at].rfind(f'"{word}"'), 0) if word else 0
        shown = lines[at][max(0, found - _SHOWN) : found + _SHOWN]
        return LexiconError(f"{source}, line {at + 1}: {message}\n  {shown}\n  {' ' * min(found, _SHOWN)}^")

    for key, wanted in _COMMON.items():
        if key in row and not isinstance(row[key], wanted):
            raise fail(f"{key!r} must be a {wanted.__name__}", key)
    if not row.get("name"):
        raise fail("an entry needs a name")
    if not row.get("examples"):
        raise fail(f"{row['name']!r} needs an example: a clause in which it was met")
    spellings = (row["name"], *row.get("also", ()))
    twice = next((word for word in spellings if spellings.count(word) > 1), None)
    if twice is not None:
        raise fail(f"{row['name']!r} lists {twice!r} twice", "also", twice)
    return Entry(
        kind=kind,
        name=row["name"],
        spellings=spellings,
        examples=tuple(row["examples"]),
        counterexamples=tuple(row.get("counterexamples", ())),
        data={key: value for key, value in row.items() if key not in _COMMON},
        line=line,
    )


@cache
def built_in(name: str) -> tuple[Entry, ...]:
    """Load the built-in lexicon ``name``, such as ``"units"``, once.

    Raises:
        LexiconError: the file is no valid lexicon.
    """
    file = resources.files("miner.lexicons") / f"{name}.toml"
    return parse(file.read_text(encoding="utf-8"), f"{name}.toml")


_own: dict[str, tuple[Entry, ...]] = {}


@cache
def load(name: str) -> tuple[Entry, ...]:
    """Return the entries of the lexicon ``name``: a user's own, then the built-in ones without the spellings of these."""
    own = _own.get(name, ())
    taken = {(entry.kind, word) for entry in own for word in entry.spellings}
    kept = (
        replace(entry, spellings=tuple(word for word in entry.spellings if (entry.kind, word) not in taken))
        for entry in built_in(name)
    )
    return (*own, *(entry for entry in kept if entry.spellings)) if own else built_in(name)


def own_entries() -> dict[str, tuple[Entry, ...]]:
    """Return the entries that `put_before` put before the built-in ones."""
    return dict(_own)


def put_before(own: Mapping[str, tuple[Entry, ...]]) -> None:
    """Put entries before the built-in ones of their lexicons; what was read from the lexicons before is forgotten."""
    _own.clear()
    _own.update(own)
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "miner":
            for value in vars(module).values():
                if isinstance(value, functools._lru_cache_wrapper) and value is not built_in:  # noqa: SLF001 - the type of @cache
                    value.cache_clear()


@cache
def spellings(name: str, kind: str | None = None) -> Mapping[str, Entry]:
    """Return every spelling of the lexicon ``name`` with its entry, only those of ``kind`` where one is given."""
    return {word: entry for entry in load(name) if kind in {None, entry.kind} for word in entry.spellings}


def any_of(words: Iterable[str]) -> str:
    """Return a pattern that matches any of the words, the longest that fits; one that matches nothing for none.

    Example:
        >>> any_of(["园区", "工业园区"]), any_of([])
        ('工业园区|园区', '(?!)')
    """
    longest_first = sorted(words, key=len, reverse=True)
    if len(longest_first) <= _FEW:
        return "|".join(map(re.escape, longest_first)) or "(?!)"
    rest: dict[str, list[str]] = {}  # by first character: where it does not fit, none of its words is tried
    for word in longest_first:
        rest.setdefault(word[:1], []).append(re.escape(word[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(ends)})" for first, ends in rest.items())


_FEW = 8


def names() -> tuple[str, ...]:
    """Return the names of the built-in lexicons, sorted."""
    files = resources.files("miner.lexicons").iterdir()
    return tuple(sorted(file.name.removesuffix(".toml") for file in files if file.name.endswith(".toml")))
