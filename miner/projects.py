"""Projects by their names -> the `Subject` that a clause is about: 甲智能制造项目|总投资12亿元."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from miner import lexicon
from miner.organizations import Subject, leading, objects
from miner.spans import Span
from miner.words import cut

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@cache
def said() -> re.Pattern[str]:
    """What is said of one project: 总投资, 占地, 达产."""
    return re.compile(lexicon.any_of(lexicon.spellings("subjects", "said")))


@cache
def _project() -> re.Pattern[str]:
    """One project by its name, where the clause says something of it alone or presents it (的是…)."""
    of_one = said().pattern
    run = r"[\u4e00-\u9fffA-Za-z“”()]"
    name = rf"(?P<name>{run}{{3,30}}?(?:年产[\d.]+[万亿]?{run}{{2,14}}?)?项目)(?:\d{{1,2}}月份?|今年|去年)?"
    return re.compile(
        rf"(?:^|(?<=[,;。:!?\n是])|(?<=元的))(?:\d{{1,2}}日)?(?:(?:{name})(?=[,。]|{of_one})|[^,;。]{{0,20}}签[约下订](?P<signed>{run}{{3,20}}项目)(?=,))"
    )


def projects(twin: str, span: Span, places: Sequence[Span]) -> Iterator[Subject]:
    """Yield the projects that a paragraph names as topics, without the parks at ``places`` that open their names.

    Example:
        >>> text = "天羽服饰智能制造项目总投资12亿元"
        >>> [subject.span.of(text) for subject in projects(text, Span(0, len(text)), [])]
        ['天羽服饰智能制造项目']
    """
    for match in _project().finditer(twin, *span) if twin.find("项目", *span) >= 0 else ():
        start, end = match.span("name" if match["name"] else "signed")
        start = max(
            [
                start,
                twin.rfind("是", start, end) + 1,
                twin.rfind("建设的", start, end) + 3 if "建设的" in twin[start:end] else 0,
                *(p.end for p in places if start == p.start and p.end < end),
            ]
        )
        presented = twin[start - 1 : start] == "是" or match["signed"]
        begin = _past_leads(twin, start, end)
        acted_on = next(iter(cut(twin[begin:end])), "") in objects()  # 完成城市更新项目投资
        named = end - begin > _SHORT_PROJECT and not _CLASS.search(twin, begin, end)
        if named and (presented or not (acted_on or twin[end] in ",。")):
            own = Span(begin, end)
            yield Subject(own, "a project that the clause is about", own, lasting=bool(presented))


def _past_leads(twin: str, start: int, end: int) -> int:
    for word in cut(twin[start:end]):
        if word not in leading() or word in objects():
            break
        start += len(word)
    return start


_SHORT_PROJECT = 5  # code points: 光伏项目 is a class
# 签约项目, 亿元以上工业项目, 12个在建项目: a class, not one of them.
_CLASS = re.compile(
    r"[\d万亿元上的些类批]项目|(?:签约|工程|在建|续建|新建|开工|竣工|重大|重点|工业|产业|建设|技改|招商|外资|储备|入库|合作|服务业|制造业|投资|个|等)项目$|^(?:新|各|全|该|此|这|本)"
)
