"""The cities and counties that a clause turns to, beside what the document is about -> `Mention`."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from miner.places.known import BESIDE, Mention, Places
from miner.places.parks import Place
from miner.places.regions import counties, regions
from miner.places.shortforms import STATES
from miner.places.topics import ITS_RATIO, NOT_TOPIC_AFTER, is_distant, stands_beside
from miner.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@cache
def _areas() -> tuple[frozenset[str], frozenset[str], int]:
    """Return the full names of provinces, cities and counties, the two characters that open each, and how long they are.

    There are 3,000: a pattern of them would take 40 ms to compile.
    """
    names = frozenset(
        name
        for name in (*regions()[0].values(), *counties().values(), *_surroundings())
        if len(name) > 2 and name[-1] in "省市县旗区"
    )
    return names, frozenset(name[:2] for name in names), max(map(len, names))


@cache
def _surroundings() -> dict[str, str]:
    """Return the cities by what a text calls them with their surroundings: 昆山地区."""
    return {
        f"{word}地区": city for word, city in regions()[0].items() if city.endswith("市") and not word.endswith("市")
    }


@cache
def _heads() -> re.Pattern[str]:
    """Where an area may be named: at the head of a clause, or moved by what it is about: 助推|湖北省|科技成果转化率提升至67%.

    The characters that names open with stand first, and most others are passed in 5 ns.
    """
    first, second = ("".join(sorted({pair[n] for pair in _areas()[1]})) for n in (0, 1))
    return re.compile(
        rf"[{first}](?=[{second}])(?:(?<![\u4e00-\u9fffA-Za-z\d].)|(?<=(?:助推|助力|推动|带动|拉动|同期|其中|目前|全年).)|(?<=\d[年月].)|(?<=季度.)|(?<=半年.))"
    )


def _short_name(twin: str, start: int) -> str:
    """Return the short name of a province or city that stands at an offset: 宜宾, 西藏."""
    found = regions()[1].match(twin, start)
    return found[0] if found else ""


def areas_beside(places: Places, twin: str, span: Span, taken: Sequence[Span]) -> Iterator[Mention]:
    """Yield the areas that a clause turns to: of a text on a park the next clause is back, of one on a region the sentence."""
    region = places.main.name if places.main.kind == "region" else ""
    names, pairs, longest = _areas()
    for head in _heads().finditer(twin, *span):
        start = head.start()
        if twin[start : start + 2] not in pairs:
            continue
        ends = range(min(start + longest, span.end), start, -1)
        own = Span(start, next((end for end in ends if twin[start:end] in names), start))
        name = own.of(twin)
        if not name and not region and (short := _short_name(twin, start)) and STATES.match(twin, start + len(short)):
            own, name = Span(start, start + len(short)), regions()[0][short]  # 2021年,|宜宾|累计引进企业8家
        if (
            not name
            or name in region
            or twin[start - 1 : start] == "("
            or _NOT_AN_AREA.match(twin, own.end)
            or (NOT_TOPIC_AFTER.match(twin, own.end) and not ITS_RATIO.match(twin, own.end))
            or (places.about_park and twin[start - 1 : start] in _JOINTS and _OF_ITS_LEVEL.match(twin, own.end))
            or (places.main.kind == "group" and _WHERE_THEY_ARE.match(twin, own.end))
            or (twin[start - 2 : start] in _WHEN and twin[start - 3 : start - 2].isalpha())
            or any(own.overlaps(other) for other in taken)
            or is_distant(twin, span, start)
            or stands_beside(twin, span, start)  # 占海南省的13%、|海口市|的40%
        ):
            continue
        opens = _OPENS.search(twin, max(0, start - _LONGEST_TIME), start) is not None
        yield Mention(own, Place(_surroundings().get(name, name), "region"), f"{name}{BESIDE}", passing=not opens)


_JOINTS = frozenset("、;")
# 省工程中心5家、清远市|工程中心17家|: not of the city, of its level
_OF_ITS_LEVEL = re.compile(
    r"级?[“\u4e00-\u9fff”]{0,12}?(?:中心|实验室|工作站|平台|企业|团队|基地|单位|人才)\d{1,4}[家个名]"
)
# Nothing or a time stands before it in its sentence: 2021年,|宜宾市|实现进出口总值236.5亿元,列全省第三位.
_OPENS = re.compile(
    r"(?:^|[。;:!\n])(?:[^,。;:!\n]{2,14}(?:显示|介绍|获悉|了解),)?(?:[^,。;:!\n]{0,14}(?:[年月日末底初度期来]|显示|获悉|了解)|据[^,。;:!\n]{2,14}|近日|目前|同期)?,?$"
)
_LONGEST_TIME = 32  # code points
_WHEN = frozenset({"同期", "其中", "目前", "全年"})  # at the head of a clause; not 占同期|东莞市|进出口的11%
_WHERE_THEY_ARE = re.compile(r"[内的]?[\d两三四五六七八九十]{1,3}[个家]")  # 四川省|10个|国家级经开区
_NOT_AN_AREA = re.compile(
    "级|的?一[家位名]"  # 市|级|, 南康|一家|家具企业
    "|[\u4e00-\u9fff]{1,16}(?:"  # 香港|科技园|公司
    "(?<!上市)(?<!跨国)公司|集团|协会|联盟|法院|医院|学院|大学|商会|研究[所院])"  # 香港|科技园公司|
    "|[\u4e00-\u9fff]{0,4}(?:委|政府|局|日报|晚报|厅|办|部门|领导|书记|市长|海关|统计)"  # 烟台市|政府|, 黄埔|海关|
    "|[,、。;和与]"  # 梧州|、|昭平
    "|(?!举行|召开|组织|开展)[\u4e00-\u9fff]{0,6}(?:区|园|镇|乡|街道)"  # 临沂|经济技术开发区|, not 全市|召开园区|会议
)
