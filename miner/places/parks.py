"""What a park is, and how the names of parks end (lexicons/parks.toml)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from miner import lexicon
from miner.places.gazetteer import official, zone_of_city

if TYPE_CHECKING:
    from miner.schema import ParkKind


class Place(NamedTuple):
    """A park, a group of parks or a region, by its full name."""

    name: str
    kind: ParkKind


NOWHERE = Place("", "")


@dataclass(frozen=True, slots=True)
class Park:
    """A park that the document names: its full name, the type of its ending, and what stands before that.

    ``weight`` counts its names in the text; ``declared`` tells that the text gives it an alias.
    """

    place: Place
    type: str
    stem: str
    spellings: tuple[str, ...]
    minor: bool = False
    weight: int = 0
    declared: bool = False

    def named_in(self, text: str) -> bool:
        """Tell whether a text bears one of the park's names."""
        return any(spelling in text for spelling in self.spellings)


@cache
def types() -> tuple[dict[str, lexicon.Entry], re.Pattern[str]]:
    """Return every ending of a park's name with its entry, and a pattern of endings."""
    table: dict[str, lexicon.Entry] = {}
    for entry in lexicon.load("parks"):
        if entry.kind == "type":
            table |= dict.fromkeys([*entry.spellings, *entry.get("short", [])], entry)
    endings = lexicon.any_of(table)
    return table, re.compile(rf"(?:{endings})(?!(?!道路|公路|铁路|街道|车站)[\u4e00-\u9fff]?[内里]?[路街站厦])")


@cache
def words(kind: str) -> str:
    """Return the words of one kind of lexicons/parks.toml as an alternation, the longest first."""
    return lexicon.any_of(lexicon.spellings("parks", kind))


@cache
def _collective() -> re.Pattern[str]:
    endings = [word for word, entry in types()[0].items() if not entry.get("minor") and word != "新区"]
    return re.compile(f"(?:{lexicon.any_of(endings)}|园区|集聚区|示范区)$")


def is_collective(indicator: str) -> bool:
    """Tell whether what a figure counts is parks, so that what follows may be about them: 13个重点园区.

    Example:
        >>> is_collective("重点园区"), is_collective("园区企业")
        (True, False)
    """
    return _collective().search(indicator) is not None


COLLECTIVE = re.compile(
    r"(?:各类?|各级|以上|重点|全国|国家级?|省级|市级|区级"  # of what level: |各类|园区, |国家级|园区
    r"|其他|其它|[个家类座批]|多个|所有|有关|相关|同类|两|三|四|五"  # how many, which: 12|个|园区, |其他|园区
    r"|示范|先进|特色|现代|一流|部分|世界|每个|产业|属|性"  # what they are like: |特色|园区
    r"|[两三四五六七八九十]大|\d)$"  # |三大|园区
)


def full_name(place: str, ending: str) -> str:
    """Return the canonical full name of a park that a text calls by a place and an ending (docs/figures.md, column park).

    What a text only shortens has the official name where the gazetteer knows it, else its type written out.

    Example:
        >>> full_name("咸宁", "高新区"), full_name("射洪", "经开区"), full_name("新津", "工业园区")
        ('咸宁高新技术产业开发区', '射洪经开区', '新津工业园区')
    """
    entry = types()[0].get(ending)
    if entry is None or (ending not in entry.get("short", []) and "自贸" not in place + ending):
        return place + ending
    return official(place + ending) or place + entry.get("whole", {}).get(ending, ending)


def asked_for(word: str) -> tuple[str, ...]:
    """Return what the full name of a park may hold that is asked for by a word, in short or in full.

    Example:
        >>> asked_for("综保区"), asked_for("咸宁")
        (('综保区', '综合保税区'), ('咸宁',))
        >>> "咸宁高新技术产业开发区" in asked_for("咸宁高新区")
        True
    """
    forms = {word}
    for ending, entry in types()[0].items():
        if ending in entry.get("short", []) and word.endswith(ending):
            forms |= {word.removesuffix(ending) + whole for whole in entry.spellings}
    return tuple(sorted({*forms, official(word)} - {""}))


def of_city(city: str, word: str) -> str:
    """Return the name of a city's park that a text calls by its type alone: 芜湖经济技术开发区 for 经开区 in 芜湖市.

    Example:
        >>> of_city("芜湖市", "经开区"), of_city("射洪市", "经开区"), of_city("", "经开区")
        ('芜湖经济技术开发区', '射洪经开区', '经开区')
    """
    if not city:
        return word
    return zone_of_city(city, types()[0][word].name) or full_name(city.removesuffix("市"), word)


def is_formal(word: str) -> bool:
    """Tell whether the ending of a park's name is written out.

    Example:
        >>> is_formal("经济开发区"), is_formal("开发区")
        (True, False)
    """
    entry = types()[0].get(word)
    return entry is not None and word not in entry.get("short", []) and not (entry.get("minor") or entry.get("placed"))
