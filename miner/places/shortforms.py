"""What 园区, 全市 and 经开区 mean in a text -> the `Place` and the rule that tells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from miner import lexicon
from miner.places.parks import COLLECTIVE, NOWHERE, Place, is_formal, of_city, types
from miner.places.regions import counties, known_places, provincial

if TYPE_CHECKING:
    from miner.places.known import Places

_PRAISE = re.compile(
    r"首|百|第|唯|最|一流|领先|先进|知名|同类|各地|劳|优秀|文明|重点|性|人大|政协|两会|范围|统一|共产党|特色|\d|银行|科学院|制造|品牌|石|移动|联通|电信"
)
# 综合保税区156个,保税区8个: how many there are, not what one of them has.
_COUNTED = re.compile(
    r"(?:数量|总数|总量|个数)?(?:有|共有?|各|增至|达到?)?[\d一二两三四五六七八九十百]{1,9}[多余]?[个家](?![\u4e00-\u9fff])"
)
_OTHER_AREAS = frozenset("街城社校片景库小市县牧林灾战山")
_OF_THE_AREA = re.compile("(?<![\u4e00-\u9fff])(?P<level>[市县区旗])$")  # 市开发区39个, in a text on a city
OWN = "the area's own park"


def _of_the_area(places: Places, word: str, before: str) -> Place | None:
    """Return 六安市开发区 for 市开发区 in a text on 六安市."""
    own = _OF_THE_AREA.search(before) if places.main.kind == "region" and word in types()[0] else None
    return Place(places.main.name + word, "park") if own and own["level"] == places.main.name[-1] else None


def place_called(places: Places, twin: str, match: re.Match[str], before: str) -> tuple[Place | None, str]:
    """Return the place that a name or a short form calls, None for none, and the rule that tells; ``before`` are the four characters ahead of it."""
    area = _of_the_area(places, match[0], before)
    if area:
        return area, OWN
    if match["park"] and match["park"] not in places.spelled:
        return places.main, f"{match['park']}, what the text is about"
    named = match["park"] and places.spelled[match["park"]].stem
    if not named and not match["region"] and _COUNTED.match(twin, match.end()):
        return None, ""
    if match["park"]:
        park = places.spelled[match["park"]]
        if places.holds(park):
            return None, ""
        return park.place, f"{match['park']}, a name of {park.place.name}"
    if match["area"]:
        return _area_of(places, twin, match, before)
    if match["type"] or match["generic"]:
        return _short_form(places, twin, match, before)
    return places.main, f"{match['region']}, a name of {places.main.name}"


def _short_form(places: Places, twin: str, match: re.Match[str], before: str) -> tuple[Place | None, str]:
    """Return what 园区, 全区 or 经开区 means."""
    if (match[0].startswith("区") and before[-1:] in _OTHER_AREAS) or (match[0] == "新区" and before.endswith("创")):
        return None, ""  # 国家综合改革创|新区|
    if match["generic"] == "全区" and places.around:
        return places.region, "全区, the area around the park"
    if match["generic"] and places.main == NOWHERE and not COLLECTIVE.search(before):
        return NOWHERE, f"{match[0]}, a park that the text does not name"
    if match["type"] and places.main.kind == "group" and (found := _type_of_group(places, match["type"], before)):
        return found
    if places.main.kind in {"region", ""} and match["type"] and _ONE_OF_A_CITY.fullmatch(match["type"]):
        return _park_of_the_city(places, twin, match, before)
    if COLLECTIVE.search(before) or not places.about_park or places.main.kind == "group":
        return None, ""
    kind = types()[0].get((match["type"] or "").removeprefix("该"))
    same = next((p for p in places.parks if kind is not None and p.type == kind.name and p.place == places.main), None)
    ends = match["type"] is not None and places.main.name.endswith(match["type"])  # 保税区 for the 综合保税区
    if match["generic"] or same is not None or ends or (kind is not None and kind.name == "经济技术开发区"):
        return places.main, f"{match[0]}, a short form"
    return None, ""


def _type_of_group(places: Places, word: str, before: str) -> tuple[Place | None, str] | None:
    """Return what a type means in a text on a group: the group, one of it, or nothing; None where nothing tells."""
    own = places.main.name.endswith(word)
    if not own and word.startswith("国家") and before[-1:] in {"", ",", ";", "。", "中", ":"}:
        alike = types()[0][word] is types()[0].get(places.main.name)
        return places.main if alike else Place(word, "group"), f"{word}, parks of a level"
    if _NAMED_ALONE.search(before) and is_formal(word):  # 自贸试验区 in a text on 中国自贸试验区
        return places.main if own else Place(
            word, "group" if word in places.several else "park"
        ), f"{word}, one of the group"
    if _ALL_OF_THEM.search(before):
        return (places.main, f"{word}, the group") if own else (None, "")
    return None


_ALL_OF_THEM = re.compile("[全我该][市省县]各?$")  # 全市|工业园区|, in a text on 银川市工业园区
_OF_LEVELS = re.compile("(?:国家级?|省级|各类?)[\u4e00-\u9fff]{0,8}(?:[、和与][\u4e00-\u9fff]{2,8}){0,3}[、和与]$")
_ONE_OF_A_LIST = re.compile(
    "[、和与](?:[\u4e00-\u9fff]{2,4}、){0,3}[\u4e00-\u9fff]{0,6}(?:经开区|高新区|综保区|保税区|园区|开发区)(?!等)|分别"
)  # 经开区、|高新区|、综保区产值分别为30亿元、20亿元、10亿元
_LONGEST_LIST = 40  # code points
_NOT_LONG_AGO = 2000  # code points
_ONE_OF_A_CITY = re.compile("经开区|高新区|综保区|保税区")
STATES = re.compile(
    r"(?:[\d前上下][\d—-]{0,5}(?:个?月|季度|半年))?(?:累计|共|全年)?(?:实现|完成|新增|新签|签约|引进|招引|拥有|现有|工业|规上|规模|货物贸易|外贸|进出口|产值|税收|占比)"
)


def _park_of_the_city(places: Places, twin: str, match: re.Match[str], before: str) -> tuple[Place | None, str]:
    """Return the one park of its type that opens a clause of a text on a city: |经开区|完成产值911亿元."""
    name, word = places.main.name, match["type"]
    city = not name or (name.endswith(("市", "县", "区", "旗", "州")) and name not in provincial())
    opens = before[-1:] in {"", "。", ";", ",", "\n", "、", "和", "与"} and not _OF_LEVELS.search(
        twin, max(0, match.start() - _LONGEST_LIST), match.start()
    )
    stated = STATES.match(twin, match.end()) or _ONE_OF_A_LIST.match(twin, match.end())
    if not city or not opens or not stated or word in places.several:
        return None, ""
    begin = max(0, match.start() - _NOT_LONG_AGO)
    known = [park for park in places.parks if types()[0][word].name == park.type]
    named = {p.place for p in known if any(twin.rfind(s, begin, match.start()) >= 0 for s in p.spellings)}
    if len(named) > 1:
        return None, ""
    return next(iter(named), Place(of_city(name, word), "park")), f"{word}, the one of {name}"


_HEADS = frozenset({"", ",", ";", "。", ":", "\n"})
# 统计显示,2017年|我国|货物贸易进出口总值27.79万亿元; 8月当月,|全国|纺织品出口额147.2亿美元; |全国|共有国家级经开区230家
_OF_COUNTRY = re.compile(
    r"(?!市场)(?P<noun>(?!共?有|[现已]有)[\u4e00-\u9fff]{2,14}?|[\u4e00-\u9fff]{0,4}GDP)(?:达到?|为|超过?|约|近)?\d|(?:共有?|现有|已有|有)[\u4e00-\u9fff]{2,14}\d"
)
_TRADES = re.compile("(?:进出口|出口|进口|收入|投资|税收|人口|面积|GDP|[额值量])$")
_THEIR_PARKS = re.compile(
    r"\d{1,3}[个家](?:国家级|省级)?(?:经济技术)?(?:经开区|高新区|开发区|综保区)"
)  # 该市|9个经开区
_NAMED_ALONE = re.compile("(?:^|[,;。]|其中,?)$")
_PART_OF_NAME = re.compile("(?![的有共现已在])[\u4e00-\u9fffA-Z(]")
_ONLY = re.compile("唯一|首|最|第一(?!产)")


def _area_of(places: Places, twin: str, match: re.Match[str], before: str) -> tuple[Place | None, str]:
    if _ONLY.match(twin, match.end()):
        return None, ""  # 拥有全市唯一的国家级孵化器
    if match["area"] == "中国" and _PART_OF_NAME.match(twin, match.end()):
        return None, ""  # 中国软件百强企业
    own = places.main.name.removeprefix("全国") if places.main.kind == "group" else ""
    if own and match["area"] in {"全国", "我国"} and twin.startswith(own, match.end()):
        return places.main, f"{match[0]}{own}, the group"
    if match["area"] in {"全国", "我国", "中国"}:
        told = _OF_COUNTRY.match(twin, match.end()) if before[-1:] in _HEADS or before[-2:-1].isdigit() else None
        if told and (told["noun"] is None or _TRADES.search(told["noun"])):
            return Place("全国", "region"), f"{match['area']}, whose trade or output the clause tells"
        if before[-1:].isalnum() or _PRAISE.match(twin, match.end()) or places.main.kind in {"park", "region"}:
            return None, ""
        return Place("全国", "region"), f"{match['area']}, the country"
    if places.main.kind == "group" and _THEIR_PARKS.match(twin, match.end()):
        return places.main, f"{match['area']}, whose parks the text is about"
    return _of_level(places, match["area"]), f"{match['area']}, the area of the text"


def _of_level(places: Places, word: str) -> Place:
    """Return the area that 全县 or 全市 means: the county or city that the park's name opens with, else the text's own."""
    level = lexicon.spellings("parks", "region")[word].get("gives")
    name = places.main.name
    named = [counties().get(name[start:end], name[start:end]) for start, end in known_places(name)]
    county = next((place for place in named if level == "county" and place.endswith(("县", "旗"))), "")
    return Place(county, "region") if county else places.region
