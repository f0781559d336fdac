"""Unit words and classifiers: the longest spelling at a place -> `Unit` (base unit, kind).

Spellings, base units and kinds are data: lexicons/units.toml.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from miner import lexicon


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it stands in a text.

    ``base`` is its one spelling; ``kind`` is count, money, ratio, measure or time; ``shy`` tells that after a bare
    Chinese numeral it is more often part of a word (三部, 两手).
    """

    text: str
    base: str
    kind: str
    shy: bool = False


# 块 is money (三块五, 二十块钱) unless it counts what lies flat: 12块工业用地, 党建展板百余块.
_FLAT = "[地田板屏牌匾碑石布砖]"
_FLAT_AFTER = re.compile(rf"(?![钱多左以之上下])(?!零[一二三四五六七八九])[\u4e00-\u9fff]{{0,8}}{_FLAT}")
_FLAT_BEFORE = re.compile(rf"{_FLAT}[\d一二两三四五六七八九十百千万余多几]+$")
_SCALE = re.compile("[百千万亿]+")


@cache
def units() -> dict[str, Unit]:
    """Return every unit of the lexicon by its spelling.

    Example:
        >>> units()["美金"].base
        '美元'
    """
    return {
        word: Unit(word, entry.name, entry.get("kind"), entry.get("shy", False))
        for word, entry in lexicon.spellings("units", "unit").items()
    }


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """Return how long the units are that begin with a character, the longest first: most characters begin none."""
    found: dict[str, set[int]] = {}
    for word in units():
        found.setdefault(word[0], set()).add(len(word))
    return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in found.items()}


@cache
def _lookalikes() -> dict[str, tuple[str, ...]]:
    """Return the words that begin with the spelling of a unit, by their first character: 家庭 is no 家, 人才 no 人."""
    found: dict[str, tuple[str, ...]] = {}
    for word in lexicon.spellings("lookalikes"):
        found[word[0]] = (*found.get(word[0], ()), word)
    return found


def unit_at(twin: str, at: int) -> Unit | None:
    """Return the longest unit that begins at offset ``at`` of the folded text, compounds such as 元/吨 included.

    Example:
        >>> unit_at("139.7亿美元", 6).base
        '美元'
        >>> unit_at("每亩800元/吨", 5).base
        '元/吨'
        >>> unit_at("40家庭", 2) is None
        True
    """
    lengths = _lengths().get(twin[at : at + 1])
    if lengths is None:
        return None
    table = units()
    for length in lengths:
        word = twin[at : at + length]
        if unit := table.get(word):
            break
    else:
        return None
    end = at + length
    if word == "块" and (_FLAT_AFTER.match(twin, end) or _FLAT_BEFORE.search(twin, max(0, at - 12), at)):
        return Unit("块", "块", "count")
    if word.isascii() and word.isalpha() and twin[end : end + 1].isascii() and twin[end : end + 1].isalnum():
        return None  # 5GHz is no 5G, 3Mt no 3M
    if (longer := _lookalikes().get(word)) and twin.startswith(longer, at):
        return None
    if twin.startswith("/", end):
        scale = _SCALE.match(twin, end + 1)
        many = scale[0] if scale else ""  # 吨标准煤/万元
        below = unit_at(twin, end + 1 + len(many))
        if below is not None:
            return Unit(f"{unit.text}/{many}{below.text}", f"{unit.base}/{many}{below.base}", unit.kind)
    return unit
