"""The parks that a text speaks of together, 海南重点园区 -> the group as a `Place`."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from miner.lexicon import any_of
from miner.places.names import ALIAS, find_names, is_plain
from miner.places.parks import COLLECTIVE, Park, Place, types
from miner.places.regions import regions, speaks_of_region, spellings_of
from miner.search import Anchored
from miner.text import SENTENCE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miner.places.census import Census


def counted_group(twin: str, park: Park, region: Place) -> Place | None:
    """Return a city's parks of a type where the text counts them more often than it names the one that bears the city's name.

    广州经开区 of a text on 广州市9个经开区 are these nine.
    """
    entry = types()[0].get(park.type)
    of_all = [match for match in _all_of_a_type().finditer(twin) if types()[0][match["type"]] is entry]
    if entry is not None and not park.declared and region.name and len(of_all) > park.weight:
        return Place(region.name + of_all[0]["type"], "group")  # 我省产业集聚区, …其中安阳市产业集聚区
    if entry is None or park.declared or not region.name.endswith("市") or park.stem != region.name.removesuffix("市"):
        return None
    counted = sum(types()[0][match["type"]] is entry for match in _some_of_a_type().finditer(twin))
    return Place(region.name + park.type, "group") if counted > park.weight else None


@cache
def _all_of_a_type() -> re.Pattern[str]:
    """How a text speaks of all parks of a type in its area: 全省产业集聚区."""
    return re.compile(f"[全我][省市](?P<type>{any_of(types()[0])})")


@cache
def _some_of_a_type() -> re.Pattern[str]:
    """How a text counts parks of a type that are not the whole country's: 9个经开区."""
    return re.compile(
        rf"(?<!全国)(?<!全省)(?<![在\d])[2-9两三四五六七八九十][个家](?:国家级|省级)?(?P<type>{any_of(types()[0])})"
    )


def group_opens(title: str, parks: Sequence[Park]) -> bool:
    """Tell whether a headline opens with a region's parks of one level, before it names one of them."""
    found = regions()[1].match(title)
    group = _LEVELED.match(title, _end_of_region(title, found)) if found else None
    return group is not None and not any(
        park.place.kind == "park" and park.named_in(title[: group.end()]) for park in parks
    )


def _end_of_region(title: str, region: re.Match[str]) -> int:
    """Return where the region that opens a headline ends: 湖南|省级园区 and 湖南省|国家级园区."""
    return region.end() - title.startswith(("省级", "市级"), region.end() - 1)


@cache
def _of_several() -> re.Pattern[str]:
    """How a headline speaks of parks together: 三大科学园区, 国家级高新区, “一区四园”."""
    return re.compile(
        rf"(?P<name>(?:自贸港|自由贸易港)重点园区|[“\"]?[一二两三四五][区园港][一二两三四五六七八九十][区园镇港][”\"]?"
        rf"|(?:[两三四五六七八九十]大|重点|各类?|(?:省级|市级|国家级)(?:及?以上)?|全国|省属|经济|第[一二三四五六七]批)?"
        r"(?:(?<=[两三四五六七八九十]大)[\u4e00-\u9fff]{0,6}?(?=园区|产业园|工业园))?(?:"  # 三大|特色|产业园
        rf"(?:(?<=[家省市]级)|(?<=全国)|(?<=[一二三四五六七]批))(?:现代|高效|特色|生态|农业){{0,4}}(?:{any_of(types()[0])})"  # 国家级|高新区|
        r"|科学园区|工业园区?|产业园区?|园区|开发区"  # 三大|科学园区|
        r"|(?:县域)?(?:工业集中区|产业集聚区)"  # 全市|县域工业集中区|
        r"))(?!项目|工程)"
    )


_KIND = "(?:现代|高效|特色|生态|农业|建设){0,3}"  # 重点|农业|园区


_QUOTATION = re.compile(
    '《[^》]{0,200}》|[“"](?![一二两三四五][区园港])[^”"]{1,200}[”"]'
)  # 入选全国“年度百佳园区党建品牌案例”


@cache
def _together() -> Anchored:
    """How a text speaks of parks together: 国家高新区, 海南省13个自贸港重点园区."""
    core = rf"(?P<level>国家级?|全国|重点|第[一二三四五六七]批|[中我]国(?=自贸|自由贸易))(?P<type>{_KIND}(?:{any_of(types()[0])}|园区))"
    return Anchored(
        re.compile(
            rf"(?P<where>{any_of(regions()[0])})?(?:\d{{1,6}}[个家]|[两三四五六七八九十]{{1,6}}[个家大])?(?P<port>自贸港|自由贸易港)?(?:\d{{1,6}}[个家]|[两三四五六七八九十]{{1,6}}[个家大])?"
            rf"{core}"
        ),
        re.compile(
            rf"[国全重第中我](?:(?<=国)家级?|(?<=全)国|(?<=重)点|(?<=第)[一二三四五六七]批|(?<=[中我])国(?=自贸|自由贸易)){_KIND}(?:{any_of(types()[0])}|园区)"
        ),
        reach=40,  # a province, its port and two counts stand before
    )


def spoken_group(twin: str, title: str, parks: Sequence[Park], census: Census) -> Place | None:
    """Name the parks together where the text speaks of them more than of single ones or of its region.

    ``title`` is its headline, which names no single one: |国家高新区|成独角兽企业摇篮 tells of them all.
    """
    spoken = _together().finditer(twin, 0, len(twin))
    found = [match for match in spoken if not _OF_ONE.search(twin, max(0, match.start() - _NEAR), match.start())]
    if not found:
        return _of_one_type(twin, parks, census)
    if opening := _has_so_many().match(twin):
        return Place(regions()[0][opening["where"]] + opening["those"], "group")
    fullest = max(found, key=lambda match: (match["where"] is not None, len(match["type"])))
    alike = sum(types()[0].get(fullest["type"]) is types()[0].get(park.type) for park in parks)
    bare = census.short[fullest["type"]] if alike > 1 else 0  # 自贸试验区 in a text that names two of them
    introduced = any(ALIAS.match(twin, match.end()) for match in found)  # 13个重点园区(以下简称重点园区)
    introduced |= any(match.start() == 0 for match in _together().finditer(title, 0, len(title)))
    if not introduced and len(found) + bare <= max(1, sum(park.weight for park in parks), speaks_of_region(twin)):
        return None
    where = fullest["where"] or ""
    return Place(where + (fullest["port"] or "") + fullest["level"] + fullest["type"], "group")


_OF_ONE = re.compile("(?:升级|升格|晋升|认定|确定)[为成](?:全国)?$|(?:唯一|第[一二三四五六七八九十])一?[家个]?(?:的)?$")
"""What one park became or is the how-manieth of: 升级为|国家级高新区|, 我市唯一一家|国家级高新区|."""
_NEAR = 8  # code points


@cache
def _has_so_many() -> re.Pattern[str]:
    """How a text on a region's parks opens: |安徽|目前有16个|省级以上开发区|."""
    return re.compile(
        rf"\s{{0,8}}(?:截至[^,。]{{2,10}},?)?(?P<where>{any_of(regions()[0])})(?:目前|现|已|共|拥|总){{0,3}}有?\d{{1,3}}[个家]"
        rf"(?P<those>(?:国家级|省级|市级)(?:及?以上)?(?:{any_of(types()[0])}))"
    )


def _of_one_type(twin: str, parks: Sequence[Park], census: Census) -> Place | None:
    """Name the parks by their type where a text opens with it alone and names several of it: 科学园区营业额1兆元,竹科5135亿元…."""
    word, spoken = next(iter(census.short.most_common(1)), ("", 0))
    first = SENTENCE.match(twin)
    alike = [park for park in parks if types()[0].get(park.type) is types()[0].get(word)]
    if spoken < _AGAIN or len(alike) < _SEVERAL or len(alike) < len(parks) or first is None or word not in first[0]:
        return None
    return None if any(park.named_in(first[0]) for park in parks) else Place(word, "group")


_AGAIN, _SEVERAL = 2, 3


def titled_group(twin: str, title: str, region: Place, *, formal: bool) -> Place | None:
    """Name the parks together where the headline speaks of them and the text names none: 海南重点园区.

    ``formal`` tells that the text names parks in full: then a bare 园区 is one of them.
    """
    plain = _QUOTATION.sub("", title)
    named = {
        name.end
        for name in find_names(plain)
        if is_plain(name)
        and not (name.placed or _LEVEL.match(name.stem) or _ALL_OF_IT.match(name.stem))
        and len(COLLECTIVE.sub("", name.stem).removeprefix("第")) > 1
    }
    found = (m for m in _of_several().finditer(plain) if m.end() not in named)  # 苏滁现代|产业园|更名
    group = next((m for m in found if not _AMONG_OTHERS.match(plain, m.end())), None)
    if group is None:
        return None
    if (
        (group["name"] in {"园区", "工业园区", "开发区"} or group["name"].endswith(("集中区", "集聚区")))
        and _OF_THE_WHOLE.search(plain, 0, group.start())
        and region.name
    ):
        spoken = Counter(_ALL_ITS_PARKS.findall(twin, 0, _HEAD)).most_common(1)
        return Place(region.name + (spoken[0][0] if spoken else group["name"]), "group")  # 全市园区…全市工业园区
    if formal and group["name"] in {"园区", "产业园区", "示范园区"}:
        return None
    spelled = max((word for word in spellings_of(region.name) if word in title), key=len, default=region.name)
    where = region.name if group["name"][0] in '“"' else spelled.removesuffix("省").removesuffix("市")
    opening = regions()[1].match(title)
    end = _end_of_region(title, opening) if opening else 0
    if opening and end == group.start() and _LEVELED.match(title, end):
        where = title[:end]  # 广西|国家级经开区, in a text that names Qinzhou more often
    often = twin.count(where, 0, _HEAD) >= _SPOKEN_OF or speaks_of_region(twin) > 0
    told = where in title or (often and not (group["name"] == "园区" or group["name"].startswith("第")))
    return Place((where if told else "") + group["name"].removeprefix("各"), "group")


_ALL_ITS_PARKS = re.compile("全[省市县州](工业园区|产业园区|开发区|园区)")
_ALL_OF_IT = re.compile("[全我][省市县州]")
_OF_THE_WHOLE = re.compile("[全我][省市县州]$")  # 全市|园区经济保持较快增长
_SPOKEN_OF = 3  # names of a region in a text that speaks of its parks; 竹科 is in 新竹 too
_HEAD = 20_000  # code points
_LEVEL = re.compile("(?:[省市]|国家)级")
_LEVELED = re.compile(
    "(?:省|市|区|自治区)?(?:各|全部|\\d{1,3}[个家])?(?:国家级|省级|自治区级|市级|重点)(?:及?以上)?(?:经开区|高新区|开发区|经济技术开发区|高新技术产业开发区|综保区|园区|产业园区)"
)
_AMONG_OTHERS = re.compile("前列|前茅|首位|排名|第一|名单|行列")  # 多项数据居国家级经开区前列
