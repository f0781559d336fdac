"""What a document is about -> `Places`: a park, parks together, a region, or a company in its own report.

The headline decides where it names one; else what the text names, speaks of and points to most.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from miner.lexicon import any_of
from miner.places.census import Census, own_place, parks_of, take_census
from miner.places.companies import company_of
from miner.places.gazetteer import whereabouts
from miner.places.groups import counted_group, group_opens, spoken_group, titled_group
from miner.places.known import Places, places_of
from miner.places.parks import COLLECTIVE, NOWHERE, Park, Place, is_formal, of_city, types
from miner.places.regions import (
    areas,
    is_place,
    known_places,
    main_region,
    regions,
    sole_city,
    speaks_of_region,
    spellings_of,
    town_told,
)
from miner.places.unlisted import headed_park, park_of_headed_place, spoken_park
from miner.text import SENTENCE
from miner.words import is_rare

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miner.schema import ParkKind


@dataclass(frozen=True, slots=True)
class _Told:
    """What a document tells of places: its folded text, its headline, the census of its parks, and these."""

    twin: str
    title: str
    census: Census
    parks: list[Park]

    def heads(self, park: Park) -> bool:
        """Tell whether the headline names a park, or the place inside a region that it is called by: 海南|洋浦|:探索自贸港."""
        if park.named_in(self.title):
            return True
        own = _own_place().search(park.stem)
        if own is not None:
            return own[0] in self.title and not is_place(own[0])
        place = own_place(park.stem)  # 因港而兴!|阳逻|三大园区竞相发展, in a text on 武汉阳逻经济开发区
        if place == park.stem or not 1 < len(place) <= _SHORT_PLACE or COLLECTIVE.search(place) or is_place(place):
            return False
        return place in self.title and is_rare(place) and self.twin.count(place) > _STAYS * park.weight


def survey(twin: str, title: str) -> Places:
    """Settle the places of a document from its folded text; ``title`` is its headline.

    Example:
        >>> text = "岳阳绿色化工高新技术产业开发区(简称高新区)党工委。高新区共发放征求意见函106份。"
        >>> survey(text, "").main
        Place(name='岳阳绿色化工高新技术产业开发区', kind='park')
    """
    census = take_census(twin)
    told = _Told(twin, title, census, parks_of(census))
    park = _main_park(told)
    region = _region_beside(told, park)
    group, in_short = _group_of(told, park, region)
    park, group = _otherwise_called(told, park, group, region)
    about = park is not None and (in_short or park.declared or told.heads(park))
    if park is not None and not about:
        name = _told_region(twin, title) if park.stem else region.name  # whatever the park's name opens with
        about = _is_about(told, park, region.name, name)
        if not about and name not in {"", park.place.name}:
            region = Place(name, "region")
    main = park.place if park is not None and about and group is None else group or region
    main = _of_its_own_name(told, main, region)
    if main.kind in {"region", ""} or (park is not None and not park.stem):
        main = _where_the_company_is(told) or main
    sited = list(census.sited.values())
    if main.kind in {"region", ""} and (town := town_told(twin)):
        main = Place(town, "region")
    if main.kind == "region":
        main = next((site.place for site in sited if site.named_in(title)), main)  # 河套香港园区开园
    of_region = main.kind == "region"
    return places_of(
        [*told.parks, *sited],
        main,
        region,
        touring=of_region and speaks_of_region(twin) <= 1 and _REPORT.search(title) is None,
        around=main.kind == "park" and main.name != region.name and _is_area_around(told, main, region),
        several=frozenset(match["type"] or match["formal"] for match in _SEVERAL.finditer(twin))
        if of_region or main.kind == "group"
        else frozenset(),
        brief=len(twin) <= _STORY,
    )


def _region_beside(told: _Told, park: Park | None) -> Place:
    """Return the region around the main park, or the one that the text tells beside its parks."""
    twin, title, parks = told.twin, told.title, told.parks
    # Where a text lists parks and is about none of them, their names do not tell its region either.
    beside = (
        twin
        if park or not (len(parks) >= _MANY or _of_two_provinces(parks))
        else re.sub(any_of(word for p in parks for word in p.spellings), "", twin)
    )
    stem = park.stem if park else ""
    name = _told_region(beside, title, stem)
    if not name and beside is not twin and speaks_of_region(twin):
        name = _told_region(twin, title, stem)  # 全市工业园区: of the city that the names of its parks tell
    return Place(name, "region") if name else NOWHERE


def _told_region(twin: str, title: str, stem: str = "") -> str:
    """Return the region that a text is about: of a text on all of a city, that city and none of its counties."""
    name = main_region(twin, title, stem)
    if name.endswith("县") and twin.count("全市") > twin.count("全县"):
        return whereabouts(name).city or name  # the parks of 旬阳县 and 汉阴县, in a text on 全市
    return name


def _of_two_provinces(parks: Sequence[Park]) -> bool:
    """Tell whether parks lie in different provinces: 福建省安溪县…, 四川省眉山市…."""
    return len({whereabouts(park.place.name).province for park in parks} - {"", None}) > 1


def _group_of(told: _Told, park: Park | None, region: Place) -> tuple[Place | None, bool]:
    """Return the parks that the headline or the text speaks of together, and whether the headline's 开发区 is the one ``park``."""
    twin, title, parks = told.twin, told.title, told.parks
    named = bool(told.census.aliases) or any(map(told.heads, parks))
    if named and group_opens(title, parks):
        named = False  # 广西国家级经开区提档晋位 钦州港经开区首次进入百强
    formal = len(parks) == 1 or any(not other.minor for other in parks)
    group = None if named else titled_group(twin, title, region, formal=formal)
    if group is not None and park is not None and _is_short_for(group.name, told, park):
        return counted_group(twin, park, region), True
    if (group is None and not (named or regions()[1].search(title))) or group == _PARKS:
        group = spoken_group(twin, title, parks, told.census) or group  # 现代农业园区建设: 丹阳市8个重点农业园区…
    if group is None and park is not None:
        group = counted_group(twin, park, region)
    return group, False


_PARKS = Place("园区", "group")


def _otherwise_called(
    told: _Told, park: Park | None, group: Place | None, region: Place
) -> tuple[Park | None, Place | None]:
    """Return the park and the group anew where the text calls a park by a name that no list has, or by a short form alone."""
    parks, title = told.parks, told.title
    several = group is not None and (
        group.name.startswith("全国") or COLLECTIVE.search(group.name[: -len("园区")])
    )  # 三大科学园区
    unheaded = not any(map(told.heads, parks))
    if unheaded and (headed := headed_park(told.twin, title) or park_of_headed_place(told.twin, title)):
        parks.append(headed)
        park, group = headed, None
    in_passing = park is None or not (park.declared or park.weight > 1 + park.minor or told.heads(park))
    nameless = not (parks or told.census.sited) or (in_passing and _heads_with_a_type(told))
    if nameless and not several and (unnamed := _unnamed_park(told, region)):
        parks.append(unnamed)
        return unnamed, None if told.heads(unnamed) else group
    return (None if nameless and not several else park), group


def _of_its_own_name(told: _Told, main: Place, region: Place) -> Place:
    """Return what a text is about, the park of a name of its own where it tells neither a park nor a region: 新昌高新园区."""
    if main.kind == "park":
        return main
    of_region = speaks_of_region(told.twin) or (region.name and region.name in told.title)
    if main.kind != "group" and of_region:
        return main
    spoken = spoken_park(told.twin)
    if spoken is None:
        return main
    heads = main.kind == "group" and spoken.place.name in told.title  # 中国西部皮具产业园建设忙, of no 自贡产业园
    if not heads and (main.kind == "group" or of_region or any(other.weight > 1 for other in told.parks)):
        return main
    told.parks.append(spoken)
    return spoken.place


def _where_the_company_is(told: _Told) -> Place | None:
    """Return the company whose report a text is; a story of one is of the park that it is in."""
    company = company_of(told.twin, told.title)
    where = max((p for p in told.parks if p.stem), key=lambda p: p.weight, default=None)
    if company and where and where.weight <= 1 and _first_named(told.twin, where) > _NEAR_THE_TOP:
        return company  # a report of a company that has a mine in a park
    return where.place if company and where else company


_STORY = 3000  # code points of a story on a park or two
_NEAR_THE_TOP = 600  # code points


def _is_area_around(told: _Told, main: Place, region: Place) -> bool:
    """Tell whether 全区 is the area around the park: 吴江开发区新签约项目9个,领跑全区, in a text that knows of 吴江区."""
    twin = told.twin
    own = next((park for park in told.parks if park.place == main), None)
    if own is None or not region.name.endswith("区") or "全区" not in twin:
        return False
    for beyond in _BEYOND.finditer(twin):
        sentence = re.split("[。;!?\n]", twin[max(0, beyond.start() - _BESIDE) : beyond.start()])[-1]
        if own.named_in(sentence):
            return True
    return False


_BEYOND = re.compile("(?:领跑|领先|位居|居|列|占)全区")
# The type first and what stands before it looked back at: a text is gone through in 30 us, and not in 300.
_SEVERAL = re.compile(
    "(?P<type>经开区|高新区|综保区|保税区)(?:(?<=[\\d两三四五六七八九十][个家]...)|(?<=各...)|(?<=国家级...)|(?<=省级...))"
    "|(?P<formal>综合保税区|自贸试验区)(?<=[\\d两三四五六七八九十][个家].....)"
)
_BESIDE = 120  # code points


@cache
def _opening_type() -> re.Pattern[str]:
    return re.compile(f"(?:[全我][国省市台]|台)?(?P<type>{types()[1].pattern})")


@cache
def _clause_of_type() -> re.Pattern[str]:
    return re.compile(
        f"(?:^|,|讯 ?|从[县市区]?)(?P<type>{types()[1].pattern})(?:经济)?"
        "(?=继续|持续|保持|共|累计|实现|完成|全面|积极|坚持|不断|紧紧|紧扣|围绕|聚焦|立足|深入|认真|始终|牢固|大力|抢抓"
        "|获悉|了解到|是[我全][市县区])"
    )


def _heads_with_a_type(told: _Told) -> bool:
    """Tell whether a headline opens with a type that no named park has, and the text stays with it: 加工区前10月贸易额创新高.

    Or, where nothing heads the text, its first sentence has a clause that does: 据悉,今年上半年,|保税区|经济快速增长.
    """
    first = SENTENCE.match(told.twin)
    opening = _opening_type().match(told.title) or (_clause_of_type().search(first[0]) if first else None)
    if opening is None:
        return False
    alike = sum(types()[0][opening["type"]].name == park.type for park in told.parks)
    short = told.census.short
    spoken = short[opening["type"]] + (short[_ANY_TYPE] if opening["type"] != _ANY_TYPE else 0)
    spoken += told.twin.count("该区", opening.end())
    presented = opening.string.startswith("是", opening.end())  # 开发区是我区经济发展的主战场
    return alike != 1 and (spoken >= _STAYS or presented)


_ANY_TYPE = "开发区"  # what a text also calls its 经开区


def _is_short_for(name: str, told: _Told, park: Park) -> bool:
    """Tell whether a headline's 开发区 is the one park of its type that the text names."""
    parks = told.parks
    opening = types()[1].match(told.title)
    word = opening[0] if opening and name.endswith(opening[0]) else name  # 开发区:开放推动集群发展
    bare = word[next((end for start, end in known_places(word) if start == 0), 0) :]  # 株洲|工业园
    word = word if _LEVEL.search(bare) else bare
    entry = types()[0].get(word)
    alike = [other for other in parks if other.type == park.type]
    sole = [other for other in parks if not other.minor] == [park] and not COLLECTIVE.search(name)
    if sole and name.endswith("开发区") and park.type.endswith("开发区") and not _LEVEL.search(name):
        return True  # 走进沙漠中的经济开发区
    return entry is not None and entry.name == park.type and alike == [park]


_SHORT_PLACE = 3  # code points: 阳逻
_LEVEL = re.compile("级|重点|全[国省市]|[两三四五六七八九十]|各")
_LONG_NAME = 7  # code points: 农业生物科技园区, which is the park without its place
_MANY = 3
_LEADS = 2  # names that the one park of the first sentence is worth
_DECLARED, _TITLED = 20, 10  # names that an alias and a headline are worth


def _main_park(told: _Told) -> Park | None:
    """Return the park that the text names most, one with an alias or in the headline before others.

    A text that says 该区 names once more the park before it. None where it names many alike: 苏州工业园区、厦门海沧投资区、
    上海金桥出口加工区等; or many, and each a few times.
    """
    twin, title, parks, census = told.twin, told.title, told.parks, told.census
    pointed = _pointed_at(twin, parks)
    lead = SENTENCE.match(twin, len(title))
    first = _WHERE_IT_IS.sub("", _LISTED.sub("", lead[0])) if lead is not None else ""
    leads = {park for park in parks if park.named_in(first)}
    majors = [
        p
        for p in parks
        if told.heads(p) or ((not p.minor or len(parks) == 1 or {p} == leads) and (p.weight or p.declared))
    ]
    if told_of := [park for park in parks if park.minor and park.weight > 1]:
        beside = _WHERE_IT_IS.sub("", twin)  # 位于苏州高新区的|苏州创业园|, which the text goes on with
        if majors and not any(park.named_in(beside) or told.heads(park) for park in majors):
            majors = told_of
    alike = Counter(park.type for park in parks)

    def weight(park: Park) -> int:
        named = _times_named(twin, park)
        once = park.weight <= 1 and max(map(twin.count, park.spellings)) <= 1
        titled = told.heads(park) and not (once and any(_of_that_place(p, park) for p in majors))
        said = _DECLARED * park.declared + _TITLED * titled
        return (
            named
            + said
            + _LEADS * ({park} == leads)
            + pointed[park.place]
            + (census.bare[park.type] if said or alike[park.type] == 1 else 0)
        )

    weights = {park: weight(park) for park in parks}
    best = max(majors, key=lambda park: (weights[park], -_first_named(twin, park)), default=None)
    if best is None:
        return None
    most = weights[best]
    rivals = sum(weights[park] >= most for park in parks)
    listed = len(majors) > _MANY and _MANY * most < sum(weights[park] for park in majors)
    return best if rivals < _MANY and not listed else None


_WHERE_IT_IS = re.compile("(?:位于|坐落[于在]|地处|设在)[^,;。的]{2,20}的")  # |位于苏州高新区的|苏州创业园
# |5个保税区、2个保税港区及珠澳跨境工业区|
_LISTED = re.compile("[^,;。:、及和与]{0,24}(?:[、及和与][^,;。、及和与年]{2,24}){2,}")


def _first_named(twin: str, park: Park) -> int:
    return min((at for at in map(twin.find, park.spellings) if at >= 0), default=len(twin))


@cache
def _own_place() -> re.Pattern[str]:
    return re.compile(f"(?:{areas().pattern})$")


def _times_named(twin: str, park: Park) -> int:
    """Return how often a text names a park, with the place that its name opens with or without."""
    own = (word for word in park.spellings if len(word) >= _LONG_NAME and word not in types()[0])
    return max([park.weight, *(twin.count(word) - twin.count(f"{word}区") for word in own)])


def _of_that_place(other: Park, park: Park) -> bool:
    """Tell whether a text names another park of the same place more often than a headline's one: 攸县会战催热产业园区."""
    return other.weight > 1 and other.stem[:2] == park.stem[:2] != "" and other.place != park.place


def _pointed_at(twin: str, parks: Sequence[Park]) -> Counter[Place]:
    """Count how often 该区 points back to each park."""
    found: Counter[Place] = Counter()
    if "该区" not in twin:
        return found
    spelled = {spelling: park.place for park in parks for spelling in park.spellings}
    last: Place | None = None
    for match in re.finditer(rf"(?P<it>该区(?!域))|{any_of(spelled)}", twin) if spelled else ():
        if not match["it"]:
            last = spelled[match[0]]
        elif last is not None:
            found[last] += 1
    return found


def _unnamed_park(told: _Told, region: Place) -> Park | None:
    """Return the park that a text only calls by a short form (经开区), None where it names another or speaks of many.

    Of 全省开发区 all are meant, 河北省开发区.
    """
    twin, title, census, parks = told.twin, told.title, told.census, told.parks
    table = types()[0]
    found = [word for word, n in census.short.most_common() if n and not table[word].get("minor")]
    if not found or COLLECTIVE.search(title, 0, max(0, title.find(found[0]))):
        return None
    word = found[0]
    formal = [
        other for other in census.short if other.endswith(word) and is_formal(other)
    ]  # 先进制造业开发区, 开发区 for short
    n = sum(census.short[other] for other in {word, *formal})
    if word not in title and (n < len(twin) / _CHARACTERS_A_NAME or n <= speaks_of_region(twin)):
        return None
    others = [other for other in found[1:] if table[other] is not table[word] and not other.endswith(word)]
    if region.name and word not in title and any(2 * census.short[other] > n for other in others):
        return None  # 经开区、高新区和综保区 of a city
    name = max([word, *formal], key=len)
    if region.name and len(re.findall(f"[全我][省市区](?:各类?|各级)?{word}", twin)) > 1:
        return Park(Place(region.name + word, "group"), table[word].name, "", tuple({word, name}), weight=n)
    alike = sum(park.type == table[word].name for park in parks)
    kind: ParkKind = "group" if alike > 1 or name.startswith("国家") else "park"
    city = region.name or sole_city(twin, title)
    own = kind == "park" and city.endswith("市") and word in _TYPES_OF_A_CITY
    return Park(Place(of_city(city, word) if own else name, kind), table[word].name, "", tuple({word, name}), weight=n)


_TYPES_OF_A_CITY = frozenset({"经开区", "高新区", "综保区", "综合保税区", "经济技术开发区", "高新技术产业开发区"})


def _is_about(told: _Told, park: Park, region: str, around: str) -> bool:
    """Tell whether a document is about a park that no headline names, rather than the region around it.

    ``region`` is the park's own, ``around`` the one that the text tells without it.
    """
    twin, title, parks, census = told.twin, told.title, told.parks, told.census
    only = len(re.findall("(?<![\u4e00-\u9fff])(?:该?园区|园内)", twin)) if len(parks) == 1 else 0
    alone = sum(n for word, n in census.short.items() if types()[0][word].name == park.type) if park.stem else 0
    pointed = _pointed_at(twin, [park])[park.place]
    brief = region.rstrip("市县区旗")
    opening = (park.stem[begin:end] for begin, end in known_places(park.stem))
    bears = brief != "" and (park.stem.startswith(brief) or brief in opening)  # 嵩明 of 云南嵩明杨林工业园区
    named, spoken = (
        _times_named(twin, park) + alone + only + pointed,
        speaks_of_region(twin) + (0 if bears and region.endswith(_COUNTIES) else _opens_with(twin, region, park)),
    )
    around = region if bears else around
    if spoken < _OFTEN and any(twin.lstrip().startswith(word) for word in park.spellings if word == park.place.name):
        return True  # |苏州工业园区|于1994年经国务院批准设立…园区实现地区生产总值1738亿元
    outside = re.sub(any_of(spelling for other in (park, *parks) for spelling in other.spellings), "", twin)
    if around and outside.count(around.rstrip("省市县区旗")) >= _MUCH_OFTENER * named:
        return False  # 红安力神…红安县…, and 红安经济开发区 in it
    earlier = any(_first_named(twin, other) < len(twin) / 2 for other in parks if other is not park)
    if (named <= 1 or (earlier and not told.heads(park))) and _first_named(twin, park) > len(twin) / 2:
        return False  # 分区域看,经开区增长4%,|兴汉新区|增长2%: one of its areas, named late
    elsewhere = (regions()[1].search(title) or (brief and brief in title)) and types()[1].search(title) is None
    if elsewhere and brief in title and not bears and named < twin.count(brief):
        return False  # 如东激活跨越赶超“强引擎”: the county, though a park in it is named four times
    if elsewhere and (_REPORT.search(title) or named < _OFTEN * max(1, spoken)):
        return False  # 江苏省政府工作报告
    return named >= len(twin) / _CHARACTERS_A_NAME and named > spoken


def _opens_with(twin: str, region: str, park: Park) -> int:
    """Return what it counts for that the first sentence names the region, by its short form too (哈市), and not the park."""
    first = SENTENCE.match(twin)
    if first is None or not region or not park.stem or park.named_in(first[0]):
        return 0  # a 高新区 without a name is the city's own
    brief = f"{region[0]}市"
    names = [region, brief, *spellings_of(region)]
    named = re.search(rf"(?:{any_of(names)})(?!日报|晚报|讯|海关)", first[0])
    return _OPENING + (_BRIEF_CITY.findall(twin).count(brief) if brief in twin else 0) if named else 0


_BRIEF_CITY = re.compile("(?<![\u4e00-\u9fff])[\u4e00-\u9fff]市")  # 哈市
_OPENING = 2
_REPORT = re.compile("政府工作报告|公报|经济运行|国民经济|统计")
_MUCH_OFTENER = 3
_COUNTIES = ("县", "区", "旗")
_OFTEN = 2  # names of a park in a text whose headline speaks of a region
_CHARACTERS_A_NAME = 1500
"""A text about a park names it at least once in so many characters."""
_STAYS = 3  # names of a company in a text that stays with it
