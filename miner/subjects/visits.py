"""Where a text goes: 在高新区的甲公司车间里, 记者走进乙公司看到 -> the `Subject` that the sentences after it stay with."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from miner import lexicon
from miner.places.regions import known_places
from miner.spans import Span
from miner.subjects.organizations import Subject, is_coined, is_generic, trades

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


# 日前,在|高新区的甲公司车间里|, : at the head of a clause, with who goes there.
_GOES = re.compile(
    r"(?:在|走[进入访]|来到|探访|参观|(?<![^,;。:!?\n”])(?=[^,;。]{4,16}[里内],))(?P<where>(?:[\u4e00-\u9fff\d]{2,20}的)?[\u4e00-\u9fffA-Za-z()“”]{4,48}?(?:[A-Z]?\d{1,2}[栋号楼][\u4e00-\u9fff]{2,6})?)(?:看到|见到|了解到|采访时?|获悉)?(?=,)"
)
_WHO_GOES = re.compile(
    r"(?:^|[,;。:!?\n”)])(?:日前|近日|昨[天日]|今[天日])?(?:记者|笔者|我们)?(?:来到|走进|日前|近日)?$"
)
_LONGEST_WHO = 7  # code points, with the mark before
_SITE = re.compile(
    r"的?“[^“”]{1,12}”[里内]?"  # 走进康泽冶金|的“红色工坊”|,
    r"|的?[\u4e00-\u9fffA-Za-z\d“”]{0,14}?(?:车间|厂房|厂区|生产线|流水线|展厅|发货台|工地|现场|仓库|大厅|门口)[\u4e00-\u9fff]{0,2}|[里内]?"
)


@cache
def _endings() -> re.Pattern[str]:
    company = [*lexicon.spellings("subjects", "ending"), *lexicon.spellings("subjects", "stayed")]
    return re.compile(f"(?P<trade>{trades().pattern})|{lexicon.any_of(company)}")


# 目前,在|乙开发区|, 仅在|丙基地等19个园区|,就…: the text leaves who it stayed with.
_LEAVES = re.compile(
    r"(?<=[。!?…\n”])(?:[\u4e00-\u9fff\d]{2,8},)?(?:仅|而|单)?"  # 。|目前,|在乙开发区,
    r"在[\u4e00-\u9fff“”]{2,24}?(?:(?<!社)[园区县市镇乡]|基地|新城)"  # 。仅|在云岭区的总部基地|等19个园区,
    r"(?:等[\d一二两三四五六七八九十多余]{1,5}[个家座][\u4e00-\u9fff]{1,8})?"  # 。在总部基地|等19个园区|,
    r"[内里]?(?=,)"  # 。在乙开发区|内|,就有企业70家
)


def visits(twin: str, span: Span, places: Sequence[Span]) -> Iterator[Subject]:
    """Yield the organizations that a paragraph goes to; ``places`` are the parks that it names.

    Example:
        >>> text = "在云岭高新区的康泽药业有限公司车间里,机器轰鸣。"
        >>> [subject.name.of(text) for subject in visits(text, Span(0, len(text)), [])]
        ['康泽药业有限公司']
    """
    for match in _GOES.finditer(twin, *span):
        start, end = match.span("where")
        if not _WHO_GOES.search(twin[max(span.start, match.start() - _LONGEST_WHO) : match.start()]):
            continue
        company = _A_COMPANY_HAS.search(twin, match.end(), match.end() + _SOON) is not None
        found = [ending for ending in _endings().finditer(twin, start, end) if _SITE.fullmatch(twin, ending.end(), end)]
        for ending in reversed(found):
            name = Span(_after_the_way(twin, Span(start, ending.end()), places), ending.end())
            coined = twin[name.start : ending.start()]
            works = _WORKS.match(twin, ending.end(), end) is not None  # 康佳电子|生产车间
            company = company and not twin.startswith("化", ending.end())  # 智能|化车间
            named = is_coined(coined) or company or works if ending["trade"] else not is_generic(name.of(twin))
            if named and name.end - name.start >= _SHORTEST:
                yield Subject(name, "where the text goes", name, lasting=True)
                break
    for match in _SITE_OF_PROJECT.finditer(twin, *span):
        own = Span(*match.span("name"))
        yield Subject(own, "a project that the text goes to", own, lasting=True)
    for match in _LEAVES.finditer(twin, *span):
        at = match.start()
        yield Subject(Span(at, at), "the text goes elsewhere", Span(at, at))


# 在|冰熊智冷二期项目|现场,
_SITE_OF_PROJECT = re.compile(
    "(?:在|走[进入]|来到)(?P<name>(?:(?!公司|集团|重点|重大|签约)[\u4e00-\u9fffA-Za-z]){5,16}?项目)(?:建设|施工)?(?:现场|工地)(?=,)"
)
_SHORTEST = 4  # code points
# 在昆仑碱业,|负责人介绍,公司投资1.35亿元: what a company has, soon after.
_A_COMPANY_HAS = re.compile("[,。“](?:企业|公司)?(?:负责人|董事长|总?经理|厂长|车间|公司|工人|生产线)")
_WORKS = re.compile(
    "的?(?:[\u4e00-\u9fff]{0,3}(?:生产|总装|焊装|涂装|组装|纤维))?(?:车间|厂房|厂区|生产线|流水线|展厅)"
)
_SOON = 40  # code points


def _after_the_way(twin: str, name: Span, places: Sequence[Span]) -> int:
    """Return where a name begins after the places that lead to it: 在高新区内的|甲公司, 在高新区|湖南省甲公司."""
    start = max([name.start, *(place.end for place in places if name.start <= place.start < place.end < name.end)])
    inside = _INSIDE.match(twin, start)
    start = inside.end() if inside else start
    start = max(start, twin.rfind("的", start, name.end) + 1)
    parks = [m.end() for m in _PARK.finditer(twin, start, name.end)]
    for park in reversed(parks):
        if next(known_places(twin[park : name.end]), (1, 0))[0] == 0:
            return park
    return start


_INSIDE = re.compile("[内里]?的?")
_PARK = re.compile("[园区城镇村](?:内|里)?")
