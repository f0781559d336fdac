"""The name of a park or an area -> where it lies, and one id for the same zone in every text.

The national-level zones are data (lexicons/zones.toml), each with its official name, the names that it went by, its
short forms, province and city. What the gazetteer does not know keeps the name that its text gives it as its id; where
it lies is read off the place that the name opens with, and left blank where it opens with none.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from miner import lexicon
from miner.places.regions import areas, known_places, situated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from miner.lexicon import Entry


class Whereabouts(NamedTuple):
    """The id of a park or an area, and the province and the city that it lies in."""

    id: str
    province: str
    city: str


@cache
def _zones() -> dict[str, Entry]:
    """Every name of a zone; the user's own, which stand first, go before the built-in ones."""
    return {
        word: entry for entry in reversed(lexicon.load("zones")) for word in (*entry.spellings, *entry.get("short", ()))
    }


@cache
def _of_cities() -> dict[tuple[str, str], set[str]]:
    """The names of the zones by their city and type."""
    table: dict[tuple[str, str], set[str]] = {}
    for entry in lexicon.load("zones"):
        table.setdefault((entry.get("city", ""), entry.get("type", "")), set()).add(entry.name)
    return table


def zone_of_city(city: str, kind: str) -> str:
    """Return the official name of the one national zone of a type in a city, blank where there is none or several.

    Example:
        >>> zone_of_city("芜湖市", "经济技术开发区")
        '芜湖经济技术开发区'
    """
    names = _of_cities().get((city, kind), set())
    return next(iter(names)) if len(names) == 1 else ""


@cache
def _shortened() -> dict[str, str]:
    """The official names of the zones by the short forms that texts use."""
    return {
        word: entry.name
        for entry in reversed(lexicon.load("zones"))
        if entry.get("type") != "新区"  # 滨海新区 is of Tianjin, and of 绍兴
        for word in entry.get("short", ())
    }


def official(name: str) -> str:
    """Return the official name of the zone that a text calls by a short form, blank for what is none.

    Example:
        >>> official("咸宁高新区"), official("湖北自贸区"), official("射洪经开区")
        ('咸宁高新技术产业开发区', '中国(湖北)自由贸易试验区', '')
    """
    return _shortened().get(name, "")


def is_official(name: str) -> bool:
    """Tell whether a name is a zone's official one.

    Example:
        >>> is_official("苏州工业园区"), is_official("咸宁高新区"), is_official("射洪经开区")
        (True, False, False)
    """
    zone = _zones().get(name)
    return zone is not None and zone.name == name


@lru_cache(maxsize=10_000)
def whereabouts(name: str) -> Whereabouts:
    """Return the id, province and city of a park or an area by its name.

    Example:
        >>> whereabouts("咸宁高新区") == whereabouts("咸宁高新技术产业开发区")
        True
        >>> whereabouts("山阳县中村镇数码纺织产业园")
        Whereabouts(id='山阳县中村镇数码纺织产业园', province='陕西省', city='商洛市')
    """
    zone = _zone(name)
    if zone is not None:
        return Whereabouts(zone.get("id"), zone.get("province"), zone.get("city"))
    province = city = ""
    opening = list(_opening(name))
    if not opening and (area := areas().match(name)):
        opening = [area[0]]  # 张江高科技园区
    for place in opening:
        where = situated().get(place)
        if where is not None and province in {"", where[0]}:
            province, city = where[0], where[1] or city
    return Whereabouts(name, province, city)


def _opening(name: str) -> Iterator[str]:
    """Yield the places that a name opens with, one after the other: 陕西省, 商洛市, 山阳县."""
    at = 0
    while end := next((end for begin, end in known_places(name, at) if begin == at), 0):
        yield name[at:end]
        at = end + (name[end : end + 1] in set("省市县区"))


def _zone(name: str) -> Entry | None:
    """Return the zone of a name, also where a text puts its province or city before it: 湖北|咸宁高新区."""
    at, zones = 0, _zones()
    for place in ("", *_opening(name)):
        at = name.index(place, at) + len(place)
        at += bool(place) and name[at : at + 1] in set("省市")
        if name[at:] in zones:
            return zones[name[at:]]
    return None
