"""The names of parks in a text, counted and joined -> each `Park` with its full name, its short forms and its aliases.

Full names, short forms that share place and type (咸宁高新区 for 咸宁高新技术产业开发区) and aliases declared in the text (下称综保区,
以下简称“高新区”, brackets) are one park.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from miner import lexicon
from miner.places.gazetteer import is_official, official
from miner.places.names import (
    ALIAS,
    NEAR,
    bracketed,
    find_names,
    is_name,
    is_plain,
    is_short,
    not_in_names,
    of_two,
)
from miner.places.parks import COLLECTIVE, Park, Place, full_name, is_formal, types
from miner.places.regions import areas, is_place, known_places, provinces
from miner.search import Anchored
from miner.words import cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from miner.places.names import Name
    from miner.schema import ParkKind


@dataclass(slots=True)
class Census:
    """The names of parks in a text, counted.

    ``full`` counts names of a place and an ending; ``bare`` endings alone, by type, ``short`` by the word that stands
    for the park (综保区); ``aliases`` are the declared ones, ``known`` those that no text needs to declare (竹科), ``own`` the user's, ``sited`` named by their place alone (楠梓园区); ``first`` tells where each name is met first, ``listed`` are those of a list that a park opens; ``many`` tells that the text counts parks.
    """

    full: Counter[tuple[str, str]] = field(default_factory=Counter)
    first: dict[tuple[str, str], int] = field(default_factory=dict)
    bare: Counter[str] = field(default_factory=Counter)
    short: Counter[str] = field(default_factory=Counter)
    aliases: dict[str, tuple[str, str]] = field(default_factory=dict)
    known: dict[str, tuple[str, str]] = field(default_factory=dict)
    sited: dict[str, Park] = field(default_factory=dict)
    own: dict[str, Park] = field(default_factory=dict)
    listed: set[tuple[str, str]] = field(default_factory=set)
    many: bool = False


def take_census(twin: str) -> Census:
    """Count the names of parks in a folded text.

    Example:
        >>> census = take_census("将天津港综合保税区(下称综保区)打造成目标")
        >>> census.aliases
        {'综保区': ('天津港', '综合保税区')}
    """
    census = Census(many=_counts_many(twin))
    unplaced: set[tuple[str, str]] = set()
    plain: Counter[tuple[str, str]] = Counter()
    last = -1  # where the last name ends
    for name in find_names(twin):
        if _OF_A_COMPANY.match(twin, name.end) or _is_project(twin, name) or _is_goal(twin, name):
            continue
        needs = types()[0][name.type].get("needs")
        if (
            needs
            and not _PART_OF_ZONE.search(name.stem)
            and not (is_name(twin, name) and re.search(needs.format(name=re.escape(name.stem + name.type)), twin))
        ):
            continue
        national = name.placed and name.stem.endswith("国家")  # 鹤壁国家农业科技园区 is one
        of_a_trade = (
            name.placed and name.stem.endswith("产业") and len(name.stem) > _PLACE_AND_TRADE
        )  # 宁夏生态纺织产业|示范园
        alias = ALIAS.match(twin, name.end) or bracketed(twin, name)
        # One in spite of 现代: 宿州马鞍山现代产业园区(以下简称宿马园区).
        named = alias is not None or _TOWNS.search(name.stem)  # 木鱼镇上马现代农业园区
        modern = name.placed and named and name.stem.endswith("现代")
        collective = COLLECTIVE.search(name.stem) is not None and not (national or of_a_trade or modern)
        introduced = alias is not None and _is_introduced(twin, name)
        listed = last >= 0 and name.start - 1 == last and twin[last] == "、" and is_short(name)
        if collective or not (introduced or listed or is_name(twin, name)):
            if not collective and is_plain(name):
                plain[name.stem, name.type] += 1
            if not _is_of_a_trade(name):
                census.bare[types()[0][name.type].name] += 1
                counted = not name.stem and _SO_MANY.search(twin, max(0, name.start - NEAR), name.start)
                census.short[name.type] += not (collective or counted or name.stem in _OF_THE_AREA)
            continue
        key, last = (name.stem, name.type), name.end
        if not name.placed and twin[name.start - 1 : name.start].isalpha() and not name.follows:
            unplaced.add(key)
        if listed:
            census.listed.add(key)
        census.full[key] += twin[max(0, name.start - 1)] != "("  # an aside says nothing of what the text is about
        census.first.setdefault(key, name.start)
        if alias:
            census.aliases |= {
                word: key for word in alias.groups() if word and not is_place(word)
            }  # 成都经开区(龙泉驿区)
    _take_full_names(census, twin)
    _join_parts_of_zones(census)
    _leave_out_strays(census, unplaced)
    if not census.full and plain:
        _take_the_one_repeated(census, twin, plain)
    known, own = _named_elsewhere()
    for entry in own:
        _count_own(census, twin, entry)
    _count_sited(census, twin)
    _count_sharing(census, twin)
    _join_names(census)
    for count in (_count_initials, _count_areas, _count_defined):
        count(census, twin)
    for entry in known:
        if any(word in twin for word in entry.spellings[1:]) and re.search(entry.get("needs"), twin):
            _count_known(census, twin, entry)
            _count_sites(census, twin, entry)
    return census


def _is_introduced(twin: str, name: Name) -> bool:
    """Tell whether a name that an alias follows is one park's though no place stands before it.

    经济技术开发区(以下简称经开区) is one and so is 晨光科技园区(以下简称园区); 13个综合保税区(以下简称综保区) are many.
    """
    if name.stem:
        opens = not twin[max(0, name.start - 1) : name.start].isalpha()
        return opens and is_plain(name) and ALIAS.match(twin, name.end) is not None
    several = COLLECTIVE.search(twin, max(0, name.start - NEAR), name.start)
    return is_formal(name.type) and not several


def _take_full_names(census: Census, twin: str) -> None:
    """Take a name that a text gives in full for what it calls 园区: 一片工业园区…它的全称是|广州(清远)产业转移工业园|."""
    for key in census.full if "全称" in twin or "全名" in twin else ():
        if any(word + "".join(key) in twin for word in _IN_FULL):
            census.aliases.setdefault("园区", key)


def _join_parts_of_zones(census: Census) -> None:
    """Count 曹妃甸片区 as 河北自贸试验区曹妃甸片区 where the text has named it so."""
    for stem, ending in list(census.full):
        zone = _PART_OF_ZONE.search(stem)
        short = (stem[zone.end() :], ending) if zone else None
        if short is not None and short[0] and short in census.full:
            census.full[stem, ending] += census.full.pop(short)
            census.aliases.setdefault("".join(short), (stem, ending))


_PART_OF_ZONE = re.compile("自(?:由贸易|贸)(?:试验)?区")


def _take_the_one_repeated(census: Census, twin: str, plain: Counter[tuple[str, str]]) -> None:
    """Take for a name, in a text without another, what it names its park by again and again: 城区工业园区."""
    key, n = plain.most_common(1)[0]
    name = "".join(key)
    if n >= _AGAIN_AND_AGAIN and re.search(f"(?<![\u4e00-\u9fff]){name}", twin):
        census.full[key] = n
        census.first[key] = twin.index(name)


_AGAIN_AND_AGAIN = 3


def _is_of_a_trade(name: Name) -> bool:
    """Tell another park without a name of its own from a bare ending: 节能灯工业园 is none of what 工业园 stands for."""
    entry = types()[0][name.type]
    return bool(entry.get("placed") or entry.get("minor")) and is_plain(name)


def _leave_out_strays(census: Census, unplaced: set[tuple[str, str]]) -> None:
    """Leave out what looks like a name once, of no known place, where the text has a park of that ending: 力推|保税区."""
    placed = {ending for (_, ending), n in census.full.items() if n > 1}
    for key in unplaced:
        if census.full[key] <= 1 and key[1] in placed and key not in census.listed | set(census.aliases.values()):
            del census.full[key]
            census.bare[types()[0][key[1]].name] += 1
            census.short[key[1]] += 1


def _counts_many(twin: str) -> bool:
    """Tell whether a text counts parks; looked for before its words for parks, which are few, and not at every character."""
    return any(
        _COUNTS.search(twin, max(0, core.start() - _LONGEST_COUNT), core.end()) for core in _COUNTED.finditer(twin)
    )


_COUNTS = re.compile(
    r"(?:[\d两三四五六七八九十][个家]|所有|全市各?)[^,。;\d]{0,4}?(?:工业园区|产业园区|园区|开发区)"
)  # 建成25个千亿园区
_COUNTED = re.compile("园区|开发区")  # what each match of `_COUNTS` ends in
_LONGEST_COUNT = 10  # code points before it
_IN_FULL = ("全称是", "全称为", "全名是", "全名为")
_SO_MANY = re.compile(r"(?:\d|[两三四五六七八九十])[个家大]$")  # 4个|综保区: parks together
_PLACE_AND_TRADE = 5  # code points: a place, 产业, and more than one between them
_OF_THE_AREA = frozenset("市县区旗")  # 市开发区39个: one of many, in a text on the city


@cache
def _named_elsewhere() -> tuple[tuple[lexicon.Entry, ...], tuple[lexicon.Entry, ...]]:
    """Return the parks that go by a name that no ending tells: those that many texts know, and the user's own."""
    return tuple(entry for entry in lexicon.load("parks") if entry.kind == "known"), tuple(
        entry for entry in lexicon.load("zones") if entry.get("own")
    )


# 上海张江高科技园区|开发股份有限公司: a company that bears the park's name.
_OF_A_COMPANY = re.compile(
    "(?:开发|建设|投资|发展|实业|运营|经营|管理|资产|产业|服务|高科|城市|股份|集团|控股|总){0,4}"
    "(?:有限责任公司|股份有限公司|有限公司|集团公司|股份公司|总公司)"
)


def _is_project(twin: str, name: Name) -> bool:
    """Tell a project that is called a park from the park: 投资16亿元的|华商工业园|项目将开工."""
    entry = types()[0][name.type]
    return bool(entry.get("minor") or entry.get("placed")) and _A_PROJECT.match(twin, name.end) is not None


def _is_goal(twin: str, name: Name) -> bool:
    """Tell what is to be built, as it is described, from what it is called: 建成以云平台为特色的|全产业链科技新城|."""
    described = not name.placed and twin[name.start - 1 : name.start] == "的"
    return described and _TO_BE.search(twin, max(0, name.start - _LONGEST_GOAL), name.start) is not None


_LONGEST_GOAL = 60  # code points
_TO_BE = re.compile("(?:建成|建设成?|打造成?|成为|形成)[^;。]{2,54}的$")


_A_PROJECT = re.compile(
    "(?:[一二三四五六]期|首期)?(?:建设|开发|扩建|改造)?(?:项目|工程)(?!建设|招商|签约|推进|落地|集中|[个数总库])"
)


def _count_known(census: Census, twin: str, entry: lexicon.Entry) -> None:
    """Count a park that goes by a name of its own (竹科) in a text that speaks of such parks."""
    ending = entry.get("type")
    stem = entry.name.removesuffix(ending)
    key = next((key for key in census.full if key[0] == stem), (stem, ending))  # as the text itself writes it
    for word in (spelling + rest for spelling in entry.spellings[1:] for rest in ("园区", "")):
        found = [match.start() for match in re.finditer(rf"{word}(?![院大学教])", twin)]
        if found and word not in census.aliases:
            census.full[key] += len(found)
            census.known[word] = key
            census.first.setdefault(key, found[0])


def _count_defined(census: Census, twin: str) -> None:
    """Count the parks that a text says to be one, whatever they are called: 岐江新城智慧港|是中山的十大现代主题产业园之一."""
    for match in _DEFINED.finditer(twin, 0, len(twin)):
        name, ending = match["name"], match["type"]
        known = is_place(name) or name.endswith(tuple(types()[0])) or _OF_NO_ONE.match(name) or name in census.sited
        if known or ending not in types()[0] or any(len(word) > 1 and word in not_in_names() for word in cut(name)):
            continue
        census.sited[name] = Park(Place(name, "park"), types()[0][ending].name, name, (name,), weight=twin.count(name))


_DEFINED = Anchored(
    re.compile(
        r"(?:^|(?<=[。;!?,\n]))(?:据悉,|目前,)?(?P<name>[\u4e00-\u9fff]{3,12}?[区园港城谷镇湾岛地])(?:\([^()]{0,20}\))?(?:是|作为|系)[^,。;!?\n]{0,40}?(?P<type>"
        r"产业园区?|工业园区?|科技园区?|开发区|高新区|保税区|试验区|示范区|集聚区)(?:之一|的[\u4e00-\u9fff]{0,4}组成部分)?(?=[,。;])"
    ),
    re.compile(r"[区园港城谷镇湾岛地](?:\([^()]{0,20}\))?(?:是|作为|系)"),
    reach=20,
)
_OF_NO_ONE = re.compile("[该这其本我此各每]|目前|园区|全区|辖区")


def _count_sharing(census: Census, twin: str) -> None:
    """Count the parks of a list that shares its ending, where the text names one by itself: 武威、|黄羊|两个工业园区…|黄羊工业园区|."""
    for match in _SHARING.finditer(twin, 0, len(twin)):
        for item in match["items"].split("、"):
            name = item + match["type"]
            if match["type"] == "园区" and twin.count(name):
                census.sited.setdefault(name, Park(Place(name, "park"), "", item, (name,), weight=twin.count(name)))
            elif (item, match["type"]) not in census.full and not COLLECTIVE.search(item) and name in twin:
                census.full[item, match["type"]] = twin.count(name)
                census.first[item, match["type"]] = twin.index(name)
                census.listed.add((item, match["type"]))


_SHARING = Anchored(
    re.compile(
        "(?<![\u4e00-\u9fff、])(?P<items>[\u4e00-\u9fff]{2,4}(?:、[\u4e00-\u9fff]{2,4}){1,5})[两三四五六七八九\\d][个大座处]"
        "(?P<type>工业园区?|产业园区?|开发区|经开区|高新区|科技园|园区)"
    ),
    re.compile("[两三四五六七八九\\d][个大座处](?:园区|工业园|产业园|开发区|经开区|高新区|科技园)"),
    reach=30,
)


def _join_names(census: Census) -> None:
    """Count what a text calls a park by its other names with the one that stays."""
    _join_loose(census)
    _join_variants(census)
    _join_counties(census)
    _join_placed(census)


def _join_loose(census: Census) -> None:
    """Count with a park what a text calls it by another ending of its place: 兰州经济区 for 兰州经济技术开发区."""
    for stem, ending in list(census.full):
        for loose in types()[0][ending].get("loose", ()):
            if (stem, loose) in census.full:
                _join(census, (stem, loose), (stem, ending))


def _join_variants(census: Census) -> None:
    """Count with a park what a text calls it with 市 or 县 after its place, or 园 for 园区: 临湘绿色化工产业园, 临湘市绿色化工产业园区."""
    alike: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for stem, ending in census.full:
        if types()[0][ending].get("minor"):
            place = next((end for begin, end in known_places(stem) if begin == 0), 0)
            bare = stem[:place].rstrip("市县区") + stem[place:]
            alike.setdefault((bare, ending.removesuffix("区")), []).append((stem, ending))
    for keys in alike.values():
        kept = max(keys, key=lambda key: (census.full[key], len(key[0] + key[1])))
        for gone in keys:
            if gone != kept:
                _join(census, gone, kept)


def _join_counties(census: Census) -> None:
    """Count with a park what a text calls it with 县 and without: 剑河工业园区 and 剑河县工业园区."""
    for stem, ending in list(census.full):
        keys = ((stem, ending), (stem[:-1], ending))
        if stem[-1:] in _COUNTIES and len(stem) > _SHORTEST_COUNTY and census.full.keys() >= set(keys):
            gone, kept = sorted(keys, key=lambda key: census.full[key])
            _join(census, gone, kept)


def _join_placed(census: Census) -> None:
    """Count with a park what a text calls it without the city around it: 海沧保税港区 for 厦门海沧保税港区.

    A name that the gazetteer has, or that no more than its province stands before, is whole: 苏州工业园区, 德阳高新区.
    """
    for stem, ending in list(census.full):
        longer = next((one for one, other in census.full if other == ending and one != stem and one.endswith(stem)), "")
        where = longer.removesuffix(stem)
        inside = _IN_A_TOWN.match(stem) or next(known_places(stem), (1, 1))[0] == 0
        if longer and inside and _are_places(where):
            name = stem + ending
            whole = (where in provinces() and where[-1] not in "省区") or official(name) or is_official(name)
            keys = ((longer, ending), (stem, ending))
            _join(census, *(keys if whole else keys[::-1]))


def _are_places(word: str) -> bool:
    """Tell whether a word is places and no more: 厦门, 云南|嵩明."""
    at = 0
    for begin, end in known_places(word):
        if begin != at:
            return False
        at = end
    return 0 < at == len(word) or is_place(word)


def _join(census: Census, gone: tuple[str, str], kept: tuple[str, str]) -> None:
    census.full[kept] += census.full.pop(gone)
    census.known["".join(gone)] = kept


_TOWNS = re.compile("[镇乡][\u4e00-\u9fff]{4,6}$")
_IN_A_TOWN = re.compile("[\u4e00-\u9fff]{2,3}(?:镇|街道|乡)")
_COUNTIES = frozenset("县市旗")
_SHORTEST_COUNTY = 2  # code points: 剑河县


def _count_initials(census: Census, twin: str) -> None:
    """Count the parks by the first character of their place: 桥科 after 桥头科学园区, 西开区 after 西航港经济开发区."""
    for stem, ending in list(census.full):
        place = own_place(stem)
        for word in (place[:1] + rest for rest in types()[0][ending].get("initial", ()) if len(place) > 1):
            if word in twin and word not in census.aliases and re.search(f"(?<![\u4e00-\u9fff]){word}|的{word}", twin):
                census.known.setdefault(word, (stem, ending))
                census.full[stem, ending] += twin.count(word)


def _count_areas(census: Census, twin: str) -> None:
    """Count the one park that a text calls by the area that its name opens with: |前海|累计注册企业 after 前海蛇口自贸片区."""
    opened: dict[str, list[tuple[str, str]]] = {}
    for stem, ending in census.full:
        if (area := areas().match(stem)) and area[0] != stem:
            opened.setdefault(area[0], []).append((stem, ending))
    for word, keys in opened.items():
        bare = [m for m in _BARE_AREA.finditer(twin) if m["area"] == word] if len(keys) == 1 else []
        if len(bare) >= _AGAIN_AND_AGAIN - 1 and word not in census.aliases:
            census.known.setdefault(word, keys[0])
            census.full[keys[0]] += len(bare)


_BARE_AREA = re.compile(
    "(?<![\u4e00-\u9fff])(?P<area>[\u4e00-\u9fff]{2,3}?)(?=[,、的]|累计|实现|完成|现有|面积|地区生产总值|已|共|注册)"
)


def own_place(stem: str) -> str:
    """Return the place that stands right before a park's ending: 桥头 of 高雄新市镇桥头."""
    last = max((end for _, end in known_places(stem) if end < len(stem)), default=0)
    own = _ends_with_area().search(stem)
    return own[0] if own else _REST_OF_PLACE.sub("", stem[last:])


def _count_sited(census: Census, twin: str) -> None:
    """Count the parks that are named by their place alone: 楠梓园区, 香港园区."""
    for match in _SITED.finditer(twin, 0, len(twin)):
        stem = match[0].removesuffix("园区")
        place = next((stem[at:end] for at, end in known_places(stem) if end == len(stem)), "")
        if not place and (area := _ends_with_area().search(stem)):
            place = area[0]
        name = f"{place}园区"
        if not place or place == "新建" or place in provinces() or _OF_MANY_PARKS.match(twin, match.end()):
            continue  # 灾后重建规划|新建|园区 is newly built, and not of 新建区
        before = census.sited.get(name)
        inside = next(
            (park for park in map("".join, census.full) if twin.endswith(park, 0, match.end() - len(name))), ""
        )
        whole = inside + name if inside else before.place.name if before else name
        weight = before.weight + 1 if before else 1
        census.sited[name] = Park(Place(whole, "park"), "", place, tuple({name, whole}), weight=weight)
    for name, park in list(census.sited.items()):
        alike = sum(n for (stem, _), n in census.full.items() if park.stem in stem)
        if alike and (park.weight < _OFTEN or park.weight <= alike):
            del census.sited[name]  # the place has a park of a full name
    for run in _RUN_OF_SITES.finditer(twin) if len(census.sited) > 1 else ():
        for name in set(_BETWEEN_SITES.split(run[0])) - census.sited.keys():
            census.sited[name] = Park(Place(name, "park"), "", name.removesuffix("园区"), (name,), weight=1)


@cache
def _ends_with_area() -> re.Pattern[str]:
    return re.compile(f"(?:{areas().pattern})$")


# 台中园区、虎尾园区及|二林园区|: beside others that are known
_BETWEEN_SITES = re.compile("[、及和与]|以及")
_RUN_OF_SITES = re.compile(
    "(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,3}园区(?:、[\u4e00-\u9fff]{2,3}园区)+(?:[及和与以][\u4e00-\u9fff]{2,3}园区)?"
)
_SITED = Anchored(re.compile("[\u4e00-\u9fff]{2,4}园区"), re.compile("园区"), reach=4)
_OFTEN = 3
_OF_MANY_PARKS = re.compile("经济(?!开发|技术|区)|工业|企业")  # 鄂尔多斯园区经济


def _count_sites(census: Census, twin: str, entry: lexicon.Entry) -> None:
    """Count the parts of a known park that the text names: 中科的|二林园区|."""
    for name in entry.get("sites", ()):
        if name in twin and name not in census.sited:
            census.sited[name] = Park(Place(name, "park"), "", name.removesuffix("园区"), (name,), weight=1)


@cache
def _whole_of_sites() -> dict[str, str]:
    return {site: entry.name for entry in _named_elsewhere()[0] for site in entry.get("sites", ())}


def is_site_of(site: Place, main: Place) -> bool:
    """Tell whether a place is one of the parts of the park that the text is about: 二林园区 in a text on 中部科学园区.

    Example:
        >>> is_site_of(Place("二林园区", "park"), Place("中部科学园区", "park"))
        True
    """
    return main.kind == "park" and _whole_of_sites().get(site.name) == main.name


def _count_own(census: Census, twin: str, entry: lexicon.Entry) -> None:
    """Count a park that the user's own lexicon names, whatever its name ends in."""
    names = (*entry.spellings, *entry.get("short", ()))
    found = re.findall(lexicon.any_of(names), twin)
    if found:
        census.own[entry.name] = Park(Place(entry.name, "park"), "", entry.name, names, False, len(found), True)
        for key in [key for key in census.full if "".join(key) in names]:
            del census.full[key]  # it is that park


def parks_of(census: Census) -> list[Park]:
    """Join the names that share a type and whose places agree: 咸宁高新区 and 咸宁高新技术产业开发区.

    A park's full name is its formal one where the text has it, else the one it uses most.
    """
    table = types()[0]
    groups: list[list[tuple[str, str]]] = []

    def formal_first(key: tuple[str, str]) -> tuple[bool, bool, int, int]:
        brief = key[1] in table[key[1]].get("short", [])
        return brief, "(" not in key[0], -census.full[key], census.first[key]  # 中哈(连云港)物流合作基地

    for stem, ending in sorted(census.full, key=formal_first):
        for group in groups:
            head, head_ending = group[0]
            if table[head_ending] is table[ending] and _agree(head, stem):
                group.append((stem, ending))
                break
        else:
            groups.append([(stem, ending)])
    parks = _one_of_a_name([*census.own.values(), *(_park(group, census) for group in groups)])
    several = census.many and len(parks) > _OTHERS
    shared = {word for word, n in Counter(word for park in parks for word in park.spellings).items() if n > 1}
    if shared:  # 现代农业产业园 is neither 安仁县's nor 涟源市's
        own = (tuple(word for word in park.spellings if word not in shared) for park in parks)
        parks = [replace(park, spellings=words or park.spellings) for park, words in zip(parks, own, strict=True)]
    return [_of_a_city(park) if several else park for park in parks]


_OTHERS = 2


def _one_of_a_name(parks: Sequence[Park]) -> list[Park]:
    """Join parks that turn out to have one official name: 中国(广东)自由贸易试验区 and 广东自贸试验区."""
    known: dict[Place, Park] = {}
    for park in parks:
        same = known.get(park.place)
        if same is None:
            known[park.place] = park
        else:
            spellings = tuple(sorted({*same.spellings, *park.spellings}))
            declared = same.declared or park.declared
            known[park.place] = replace(same, spellings=spellings, weight=same.weight + park.weight, declared=declared)
    return list(known.values())


def _of_a_city(park: Park) -> Park:
    """Return the parks of a city together, where the text counts them: 重庆市工业园区."""
    together = park.type in _PLAIN_TYPES and park.stem.endswith("市") and is_place(park.stem)
    return replace(park, place=Place(park.place.name, "group")) if together else park


_PLAIN_TYPES = frozenset({"工业园区", "产业园区", "经济技术开发区"})


def _park(group: list[tuple[str, str]], census: Census) -> Park:
    stem, ending = group[0]
    entry = types()[0][ending]
    aliases = {word for word, key in census.aliases.items() if key in group}
    known = {word for word, key in census.known.items() if key in group}
    spellings = {stem + ending for stem, ending in group} | aliases | known | set(_without_places(group))
    spellings |= {stem + "园区" for stem, ending in group if stem and ending.endswith("园区")}  # 楠梓园区
    weight = sum(census.full[key] for key in group)
    minor = entry.get("minor", False) and not (census.listed.intersection(group) or of_two(stem))
    of_a_level = not stem and ending.startswith(("国家", "省级"))  # 国家级经济技术开发区(以下简称国家级经开区)
    of_province = stem in provinces() and not is_place(f"{stem}市")  # 吉林经开区 is of the city
    together = of_a_level or (of_province and entry.get("several", True))
    kind: ParkKind = "group" if together else "park"
    name = full_name(stem, ending) if stem and kind == "park" else stem + ending
    return Park(Place(name, kind), entry.name, stem, tuple(sorted(spellings)), minor, weight, bool(aliases))


def _without_places(group: Iterable[tuple[str, str]]) -> Iterable[str]:
    """Yield what names of a park are without the places that open them: 包头|稀土高新区, 山阳县中村镇|数码纺织产业园."""
    for stem, ending in group:
        last = max((end for _, end in known_places(stem)), default=0)
        own = _REST_OF_PLACE.sub("", stem[last:]).removeprefix(")") if last else ""
        if len(own) > 1 and not COLLECTIVE.search(own):
            yield own + ending
            yield from (own + short for short in types()[0][ending].get("short", []))


_REST_OF_PLACE = re.compile("^(?:.?[省市县区镇乡-](?=..))?(?:[\u4e00-\u9fff]{2,3}[县镇乡](?=..))?")  # 山阳|县中村镇


def _agree(one: str, other: str) -> bool:
    """Tell whether two places before an ending may be one: 通辽 and 内蒙古通辽, 岳阳 and 岳阳绿色化工."""
    one, other = (_IN_BRACKETS.sub("", stem) for stem in (one, other))
    overlap = any(a[n:] and b.startswith(a[n:]) for a, b in ((one, other), (other, one)) for n in range(len(a) - 2))
    brief, long = sorted((one, other), key=len)
    within = len(brief) > 1 and long.find(brief) > 0  # 璧山 and 重庆璧山生态; not 成都 and 成都国际铁路港
    return overlap or within or brief == long


_IN_BRACKETS = re.compile(r"\([^()]{0,12}\)")  # 中哈(连云港)物流合作基地 is 中哈物流合作基地 too
