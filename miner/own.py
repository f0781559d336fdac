"""The user's own words (miner.toml): parks and their aliases, indicators, units, phrases to ignore.

The file has the form of the built-in lexicons, each entry with a ``name`` and ``examples``:

    [[park]]        also, short, province, city, id
    [[indicator]]   also, units, id
    [[unit]]        also, kind: count, money, ratio, measure or time
    [[ignore]]      a phrase with a number in it that counts nothing

What an entry takes from a built-in one is said by `check_own`; it holds for every text that is mined after `use_own`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from miner import lexicon
from miner.lexicon import Entry, LexiconError

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping

    from miner.schema import Observation

_HOMES = {"park": ("zones", "zone"), "indicator": ("indicators", "indicator"), "unit": ("units", "unit")}
_HOMES |= {"ignore": ("slogans", "slogan")}
_KEYS = {
    "park": {"short", "province", "city", "id"},
    "indicator": {"units", "id", "english", "group", "definition", "source"},
    "unit": {"kind", "shy"},
    "ignore": set(),
}
_UNIT_KINDS = ("count", "money", "ratio", "measure", "time")


def read_own(path: str | os.PathLike[str]) -> dict[str, tuple[Entry, ...]]:
    """Read a user's lexicon; return its entries by the built-in lexicon that each adds to.

    Raises:
        OSError: the file cannot be read.
        LexiconError: an entry cannot be used; the message shows file, line and caret.
    """
    file = Path(path)
    text = file.read_text(encoding="utf-8-sig")
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in lexicon.parse(text, file.name):
        home, kind = _checked(entry, text.splitlines(), file.name)
        data = dict(entry.data) | {"own": True, "id": entry.get("id") or entry.name}
        found[home].append(replace(entry, kind=kind, data=data))
    return {home: tuple(entries) for home, entries in found.items()}


def _checked(entry: Entry, lines: list[str], source: str) -> tuple[str, str]:
    """Return the lexicon and the kind that an entry belongs to there."""
    problem = ""
    unknown = sorted(set(entry.data) - _KEYS.get(entry.kind, set()))
    if entry.kind not in _HOMES:
        problem = f"there is no [[{entry.kind}]]; write {', '.join(f'[[{kind}]]' for kind in _HOMES)}"
    elif unknown:
        problem = (
            f"[[{entry.kind}]] has no {unknown[0]!r}; it may have {', '.join(sorted(_KEYS[entry.kind] | {'also'}))}"
        )
    elif entry.kind == "unit" and entry.get("kind") not in _UNIT_KINDS:
        problem = f"{entry.name!r} needs kind = one of {', '.join(_UNIT_KINDS)}"
    elif entry.kind == "indicator" and not entry.get("units"):
        problem = f'{entry.name!r} needs the units that it is stated in, such as units = ["家"]'
    if problem:
        at = next(
            (n for n in range(entry.line, len(lines)) if unknown and lines[n].startswith(unknown[0])), entry.line - 1
        )
        raise LexiconError(f"{source}, line {at + 1}: {problem}\n  {lines[at]}\n  ^")
    return _HOMES[entry.kind]


def use_own(path: str | os.PathLike[str]) -> None:
    """Put the words of a user's lexicon before the built-in ones, for every text that is mined from now on.

    Raises:
        OSError: the file cannot be read.
        LexiconError: an entry cannot be used.

    Example:
        >>> use_own("news/miner.toml")  # doctest: +SKIP
    """
    lexicon.put_before(read_own(path))


@dataclass(frozen=True, slots=True)
class Overridden:
    """A spelling that an own entry takes from a built-in one."""

    entry: Entry
    spelling: str
    lexicon: str
    built_in: Entry


def check_own(path: str | os.PathLike[str]) -> list[Overridden]:
    r"""Read a user's lexicon and return what it takes from the built-in entries.

    Raises:
        OSError: the file cannot be read.
        LexiconError: an entry cannot be used.

    Example:
        >>> import tempfile
        >>> file = Path(tempfile.mkdtemp(), "miner.toml")
        >>> _ = file.write_text('[[unit]]\nname = "挂"\nalso = ["辆"]\nkind = "count"\nexamples = ["|12挂|"]', "utf-8")
        >>> [(found.spelling, found.built_in.name) for found in check_own(file)]
        [('辆', '辆')]
    """
    found = []
    for home, entries in read_own(path).items():
        built_in = _spelled(lexicon.built_in(home))
        for entry in entries:
            words = (*entry.spellings, *entry.get("short", ()))
            found += [Overridden(entry, w, home, built_in[w, entry.kind]) for w in words if (w, entry.kind) in built_in]
    return found


def _spelled(entries: Iterable[Entry]) -> Mapping[tuple[str, str], Entry]:
    return {(word, entry.kind): entry for entry in entries for word in (*entry.spellings, *entry.get("short", ()))}


def find_entries(word: str) -> list[tuple[str, Entry]]:
    """Return the entries of all lexicons that have a word in one of their spellings, with the lexicon of each.

    Example:
        >>> [(home, entry.name) for home, entry in find_entries("跨境电商进出口")][:1]
        [('indicators', '跨境电商进出口总额')]
    """
    return [
        (home, entry)
        for home in lexicon.names()
        for entry in lexicon.load(home)
        if any(word in spelling for spelling in (*entry.spellings, *entry.get("short", ())))
    ]


def suggest(observations: Iterable[Observation], *, at_least: int = 3) -> str:
    """Return entries for the indicators that texts name often and no entry covers, ready to be pasted into miner.toml.

    Example:
        >>> from miner import mine_text
        >>> print(suggest(mine_text("铺设缝制线2条,另铺设缝制线3条。"), at_least=2))
        # 2 figures
        [[indicator]]
        name = "缝制线"
        units = ["条"]
        examples = ["铺设缝制线2条,另铺设缝制线3条。"]
        <BLANKLINE>
    """
    counts: Counter[str] = Counter()
    units: dict[str, Counter[str]] = defaultdict(Counter)
    sentence: dict[str, str] = {}
    for row in observations:
        if row.measure == "level" and row.indicator and not row.indicator_id:
            counts[row.indicator] += 1
            units[row.indicator][row.base_unit] += 1
            sentence.setdefault(row.indicator, " ".join(row.sentence.split()))
    return "\n".join(
        f"# {n} figures\n[[indicator]]\nname = {_quoted(name)}\n"
        f"units = [{', '.join(_quoted(unit) for unit in units[name])}]\nexamples = [{_quoted(sentence[name])}]\n"
        for name, n in counts.most_common()
        if n >= at_least
    )


def _quoted(text: str) -> str:
    """Return a string of TOML, with nothing in it that a terminal would obey."""
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    if "\ud800" <= char <= "\udfff":  # TOML has no half characters
        return "\ufffd"
    return char if char.isprintable() else f"\\U{ord(char):08X}"
