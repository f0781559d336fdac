"""The indicator of a row -> its canonical indicator: one name for 进出口总值, 进出口总额 and 外贸进出口总额.

The indicators are data (lexicons/indicators.toml), each with its definition, the source of that, the units that it is
stated in and the names that it goes by. What a name adds to its indicator (新增, 累计, 人均, 增速) is kept apart as a
qualifier, so that 新增市场主体 is never added to 市场主体. Where no entry fits, nothing is said: a name is looked up,
not guessed at.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from miner import lexicon
from miner.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from miner.lexicon import Entry
    from miner.schema import Measure


class Standard(NamedTuple):
    """A canonical indicator: its id, its Chinese name, and what the text adds to it."""

    id: str
    name: str
    qualifier: str = ""


NO_STANDARD = Standard("", "")


def _entries() -> Mapping[str, Entry]:
    return lexicon.spellings("indicators", "indicator")


@cache
def _qualifiers() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What may stand before and after the name of an indicator, and says which part or which side of it is meant."""
    before = lexicon.spellings("indicators", "qualifier")
    after = lexicon.spellings("indicators", "side")
    whole = "占[^,]{1,12}?的?(?:比重|比例|份额)"  # 占全市的比重
    return re.compile(f"(?:{lexicon.any_of(before)})(?=..)"), re.compile(f"(?<=..)(?:{whole}|{lexicon.any_of(after)})$")


@cache
def _plain() -> re.Pattern[str]:
    """What may stand before a name and adds nothing: 完成, 实现, 全区."""
    return re.compile(f"(?:{lexicon.any_of(lexicon.spellings('indicators', 'plain'))})(?=..)")


@cache
def _tail() -> re.Pattern[str]:
    """What may stand after a name and adds nothing: 党员|人数."""
    return re.compile(f"(?<=..)(?:{lexicon.any_of(lexicon.spellings('indicators', 'tail'))})$")


_RATIOS = frozenset({"%", "‰", "倍"})
_POINTS = frozenset({"百分点", "千分点", "基点"})


@lru_cache(maxsize=20_000)
def standard(indicator: str, measure: Measure, base_unit: str) -> Standard:
    """Return the canonical indicator that a row is of, `NO_STANDARD` where no entry fits.

    The name must be one of an entry's, after words that add nothing (完成, 全区) and qualifiers are taken off, and the
    unit one that the entry allows: a level in the entry's own, a growth or share as a ratio, a rank in any.

    Example:
        >>> standard("进出口总值", "level", "元").name
        '货物进出口总额'
        >>> standard("新增市场主体", "level", "户")
        Standard(id='business_entity', name='经营主体', qualifier='新增')
        >>> standard("进出口总值", "level", "人").name
        ''
    """
    name, told, sided = _taken_apart(indicator)
    entry = _entries().get(name)
    if entry is None or not _fits(entry, measure, base_unit, sided=sided):
        return NO_STANDARD
    return Standard(entry.get("id"), entry.name, "、".join(told))


_FOOTNOTE = re.compile(r"[\[(]\d{1,2}[\])]$")  # 地区生产总值[2]


def named(indicator: str) -> Standard:
    """Return the canonical indicator that a name is one of, whatever its unit; `NO_STANDARD` where it is of none.

    Example:
        >>> named("新增经营主体")
        Standard(id='business_entity', name='经营主体', qualifier='新增')
    """
    name, told, _ = _taken_apart(indicator)
    entry = _entries().get(name)
    return Standard(entry.get("id"), entry.name, "、".join(told)) if entry else NO_STANDARD


def _taken_apart(indicator: str) -> tuple[str, list[str], bool]:
    """Return what is left of a name once qualifiers and words that add nothing are taken off, and the qualifiers.

    The last is true where one of them makes the name a rate of itself (增速).
    """
    before, after = _qualifiers()
    sided = False
    name, told = _FOOTNOTE.sub("", fold(indicator)), []
    while name not in _entries():
        if first := before.match(name):
            told.append(first[0])
            name = name[first.end() :]
        elif plain := _plain().match(name):
            name = name[plain.end() :]
        elif side := after.search(name):
            told.append(side[0])
            sided = True
            name = name[: side.start()]
        elif tail := _tail().search(name):
            name = name[: tail.start()]
        else:
            break
    return name, told, sided


def _fits(entry: Entry, measure: Measure, base_unit: str, *, sided: bool) -> bool:
    """Tell whether a unit is one that the entry allows for such a statement."""
    units = entry.get("units")
    if measure == "rank":
        return True
    if measure in {"growth", "share"} or sided:
        return base_unit in _RATIOS | _POINTS
    if measure == "change":
        return base_unit in units or base_unit in _POINTS
    return base_unit in units
