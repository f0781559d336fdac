"""Projects by their names -> the `Subject` that a clause is about: 甲智能制造项目|总投资12亿元."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from miner import lexicon
from miner.spans import Span
from miner.subjects.organizations import Subject, leading, objects
from miner.words import cut

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@cache
def said() -> re.Pattern[str]:
    """What is said of one project: 总投资, 占地, 达产."""
    return re.compile(lexicon.any_of(lexicon.spellings("subjects", "said")))


_RUN = r"[\u4e00-\u9fffA-Za-z“”()]"
_NAME = rf"(?:{_RUN}{{2,14}}?[\d.]{{1,6}}[万亿]?(?:吨|千瓦|兆瓦|吉瓦|GW|套|台|辆)(?:/年)?{_RUN}{{2,14}}?|{_RUN}{{3,30}}?(?:年产[\d.]+[万亿]?{_RUN}{{2,14}}?)?|年产[\d.]+[万亿]?{_RUN}{{2,24}}?)项目"


@cache
def _project() -> re.Pattern[str]:
    """One project by its name, where the clause says something of it alone or presents it (的是…)."""
    of_one = said().pattern
    return re.compile(
        r"(?:^|(?<=[,;。:!?\n是—]))(?:\d{1,2}日)?(?:"  # |15日天羽服饰智能制造项目|总投资12亿元
        rf"[^,;。]{{0,20}}签[约下订](?P<signed>{_RUN}{{3,20}}项目)(?=,)|"  # |园区签约银江智慧城市项目|,总投资5亿元
        rf"(?P<name>{_NAME})(?:\d{{1,2}}月份?|今年|去年)?(?=[,。]|{of_one})"  # |天羽服饰智能制造项目|总投资12亿元
        rf"|(?P<phase>(?:园区|港区|基地|厂区|大厦)[一二三四五]期)(?!规划[现已])(?={of_one})"  # |园区二期|总投资16.7亿元
        rf"|(?P<works>{_RUN}{{4,16}}?(?:基地|生产线))(?="  # |康泽建筑基地|占地120亩, |康泽电池生产线|开工
        r"占地|总投资|总建筑面积|(?:\d{4}年)?(?:\d{1,2}月)?(?:签约|落户|开工|动工|投产|奠基))"
        r")"
    )


_MAY_BE = re.compile("项目|基地|生产线|区[一二三四五]期|大厦[一二三四五]期")
# 总投资30亿元的|甲产业园项目|, 开工建设的|乙加工项目|: what is said before it is of it.
_SAID_BEFORE = re.compile("的(?:(?<=元的)|(?<=(?:开工|建设|投产|竣工|签约|实施|打造|引进)的))")
_PROJECT_OF = re.compile(
    rf"{_NAME}|{_RUN}{{3,24}}?、{_RUN}{{2,6}}?[及和与]{_RUN}{{2,6}}?项目|{_RUN}{{3,24}}?(?:基地|生产线|产业园|工业园|电站|接收站)(?:项目|[一二三四]期)?"
)
_ONE_WITH = re.compile(",(?:计划|协议|预计)?(?:总投资|占地|总?用地面积|总建筑面积)")  # 甲产业园项目,|总投资220亿元
_OF_ONE = re.compile("^年产|公司|集团")  # of no class, whatever it ends with
_SHORT_PROJECT = 5  # code points: 光伏项目 is a class
_OWN_AMOUNT = 3  # 总投资3亿元的|变速箱项目| is one


def projects(twin: str, span: Span, places: Sequence[Span]) -> Iterator[Subject]:
    """Yield the projects that a paragraph names as topics, without the parks at ``places`` that open their names.

    Example:
        >>> text = "天羽服饰智能制造项目总投资12亿元"
        >>> [subject.span.of(text) for subject in projects(text, Span(0, len(text)), [])]
        ['天羽服饰智能制造项目']
    """
    for lead in _SAID_BEFORE.finditer(twin, *span):
        if match := _PROJECT_OF.match(twin, lead.end(), span.end):
            own = _named(twin, Span(*match.span()), places, shortest=_OWN_AMOUNT)
            if own and "的" not in cut(own.of(twin)) and not _SEVERAL.match(twin, own.end):
                yield Subject(own, "a project of which something was said before it", own)
    for match in _project().finditer(twin, *span) if _MAY_BE.search(twin, *span) else ():
        start, end = match.span(match.lastgroup or 0)
        start = max(start, twin.rfind("是", start, end) + 1)
        if (built := twin.find("建设的", start, end)) >= 0:
            start = built + len("建设的")
        if listed := _LISTED.match(twin, start, end):
            start = listed.end()
        presented = twin[start - 1 : start] == "是" or match["signed"] or listed
        measured = _ONE_WITH.match(twin, end) is not None
        start = max(start, twin.rfind("的", start, end) + 1) if measured else start
        own = Span(start, end) if match["phase"] else _named(twin, Span(start, end), places)
        acted_on = own and next(iter(cut(own.of(twin))), "") in objects()  # 完成城市更新项目投资
        if own and twin.endswith(("项目是", "项目就是"), 0, start):
            continue  # 甲矿井项目是乙产业园的配套项目: of the first
        if own and (presented or measured or not (acted_on or twin[end] in ",。")):
            lasting = bool(presented or match["phase"])
            yield Subject(own, "a project that the clause is about", own, lasting=lasting)


_LISTED = re.compile("[^,;。]{0,8}项目有|有(?=[\u4e00-\u9fff]{6})")  # 至今落地项目有|银江智慧城市项目|,总投资5亿元
# 总投资5亿元的新能源项目12个
_SEVERAL = re.compile(r"(?:达到?|有|共有?|为)?[\d一二两三四五六七八九十]{1,4}[多余]?个")


def _named(twin: str, span: Span, places: Sequence[Span], shortest: int = _SHORT_PROJECT) -> Span | None:
    """Return the name of one project, without a park and adverbs before it; none where a class of them is named."""
    inside = [p.end for p in places if span.start == p.start and p.end + shortest < span.end]
    start = max([span.start, *inside])
    own = Span(_past_leads(twin, start, span.end), span.end)
    name = own.of(twin)
    classed = _CLASS.search(name) and not (
        shortest == _OWN_AMOUNT and len(name) > _LONG_PROJECT and _BUILT.search(name)
    )
    return own if own.end - own.start > shortest and (_OF_ONE.search(name) or not classed) else None


_LONG_PROJECT = 10  # code points
_BUILT = re.compile("建设项目$")  # 总投资60亿元的|光伏电池片和光伏组件建设项目|


def _past_leads(twin: str, start: int, end: int) -> int:
    for word in cut(twin[start:end]):
        if word not in leading() or word in objects():
            break
        start += len(word)
    return start


# 签约项目, 亿元以上工业项目, 12个在建项目: a class, not one of them.
_CLASS = re.compile(
    r"[\d万亿元上的些类批]项目"  # 亿元以|上项目|
    r"|(?:签约|工程|在建|续建|新建|开工|竣工|重大|重点|工业|产业|建设|开发|技改|招商|外资|储备|入库"  # |签约项目|
    r"|合作|服务业|制造业|投资|入区|入园|入驻|个|等)项目$"  # |合作项目|
    r"|^(?:新(?![能材])|各|全|该|此|这|本)"  # |新|引进项目, not |新|能源项目
)
