"""Parks whose names end in nothing that the lexicon has, 中国声谷 and 港深创新及科技园 -> `Park`, by how the text names them."""

from __future__ import annotations

import re
from functools import cache

from miner.places.names import find_names, not_in_names
from miner.places.parks import COLLECTIVE, Park, Place, types, words
from miner.places.regions import areas, is_place
from miner.words import cut, is_rare


def headed_park(twin: str, title: str) -> Park | None:
    """Return the park that a headline names and the text stays with, whatever its name ends in: 中国声谷, 未来科技城, 中关村.

    A place inside a region that parks are called by is one by itself.
    """
    match = _headed().search(_GONE_TO.sub("", title))
    if match is not None and twin.count(match["name"]) > 1:
        name, ending = match["name"], match["type"]
        own = len(ending) > _PLAIN_ENDING  # 健康谷, wherever it stands
        bare = twin.count(ending) - twin.count(name) if own else len(re.findall(f"(?<![\u4e00-\u9fff]){ending}", twin))
        longer = any(name.endswith(word) and len(word) > len(ending) for word in types()[0])  # 第三批|自贸试验区
        verbal = any(word in not_in_names() for word in cut(name.removeprefix("中国")))
        plain = not (longer or verbal or COLLECTIVE.search(name[: -len(ending)]))
        if plain and not is_place(name) and twin.count(name) + bare > _STAYS_WITH:
            return Park(Place(name, "park"), _type_of(ending), name, (name,), weight=twin.count(name))
    area = areas().search(title)
    if area is None or is_place(area[0]) or twin.count(area[0]) <= _STAYS_WITH:
        return None
    return Park(Place(area[0], "park"), "", area[0], (area[0],), weight=twin.count(area[0]))


def park_of_headed_place(twin: str, title: str) -> Park | None:
    r"""Return the park whose place a headline opens a clause with, known to no list: |大龙|发展提速, in a text on 大龙开发区.

    Example:
        >>> park_of_headed_place("大龙发展提速\n走进大龙开发区,大龙一派繁忙。", "大龙发展提速").place.name
        '大龙开发区'
    """
    for name in find_names(twin):
        stem, whole = name.stem, name.stem + name.type
        brief = 1 < len(stem) <= _SHORT_PLACE and not name.placed and stem in title
        if (
            not brief
            or COLLECTIVE.search(stem)
            or is_place(stem)
            or not is_rare(stem)
            or twin.count(stem) < _STAYS_WITH
        ):
            continue
        if re.search(rf"(?:^|[\s】:!,。]){stem}", title):
            return Park(Place(whole, "park"), _type_of(name.type), stem, (whole,), weight=twin.count(stem))
    return None


_SHORT_PLACE = 3  # code points


def _type_of(ending: str) -> str:
    entry = types()[0].get(ending)
    return entry.name if entry else ""


_GONE_TO = re.compile("[\u4e00-\u9fff]{2,30}(?:落户|走进|入驻)")  # 项目落户|德阳健康谷


@cache
def _headed() -> re.Pattern[str]:
    return re.compile(
        rf"(?:^|(?<=[\s】:!,。年度月]))(?P<name>[\u4e00-\u9fff—]{{2,12}}?(?P<type>{words('headed')}))(?![路站线])"
    )


_PLAIN_ENDING = 2  # code points: 新城, 小镇
_STAYS_WITH = 2


def spoken_park(twin: str) -> Park | None:
    """Return the park that a text opens with and then calls 园区, whatever it is called: 港深创新及科技园, 新昌高新园区.

    Example:
        >>> spoken_park("新昌高新园区,聚焦制造。目前,园区有企业98家。新昌高新园区产值221亿元。").place.name
        '新昌高新园区'
    """
    if _BARE.search(twin) is None:
        return None
    for match in _OPENING.finditer(twin, 0, _HEAD):
        name = _GONE_IN.sub("", match["name"])
        verbal = any(len(word) > 1 and word in not_in_names() for word in cut(name.removeprefix("中国")))
        plain = name not in types()[0] and not (
            verbal or COLLECTIVE.search(name[: -len(match["type"])]) or is_place(name)
        )
        if plain and twin.count(name) > 1:
            return Park(Place(name, "park"), "", name, (name,), weight=twin.count(name))
    return None


# |走进大甲镇|宁达汽配小微园: who comes, and where to.
_GONE_IN = re.compile(
    "^(?:笔者|记者)?(?:走进|来到|走入|步入|位于|地处|坐落于|在)(?:[\u4e00-\u9fff]{2,4}(?:县|镇|乡|街道))?(?=..)"
)
_BARE = re.compile("(?:(?<![\u4e00-\u9fff])|(?<=[年月度的]))该?(?:园区|产业园)(?!经济|平台|化|项目)")
_OPENING = re.compile(
    r"(?:^|(?<=[,。:;\n、“的了]))(?P<name>(?:(?!的)[\u4e00-\u9fff]){2,12}?(?P<type>园区|(?:产业|工业|科技|物流)园(?!区)|(?<![公校花乐果田陵茶菜家庭儿物])园|产业基地|物流港))"
    r"(?=[,。:|]|是|位于|坐落|现有|已|共|实现|完成|一方面|总?占地|规划|总投资|总面积|项目建设|虽然?|自从?|目前|今年|去年|始终|一直)"
)
_HEAD = 600  # code points
