"""Whose a measure is, where its own clause names nothing but the measure: 省属企业资产总额2.7万亿元,产值1万亿元.

A measure that says little by itself (产值, 利润, 总投资) is of what the sentence has just spoken of: of the industry or the
enterprises whose measure came before, of the projects that were counted, or of those that the clause before is about.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from miner import lexicon
from miner.announced import what_is_moved
from miner.heads import owned, owners
from miner.leftward import left_phrase
from miner.phrases import left_edge
from miner.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miner.cases import Case
    from miner.quantities import Quantity
    from miner.schema import Observation


def with_owner(case: Case, quantity: Quantity, indicator: str) -> str:
    """Return 新签约项目总投资 for 总投资 after 新签约项目46个, and 省属企业产值 for 产值 after 省属企业资产总额."""
    kind = owned().get(indicator.removeprefix("总"), "") or owned().get(indicator, "")
    block, at = case.block, quantity.start
    begin = block.twin.rfind(indicator, case.floor, at) if kind else -1
    if begin < 0 or block.twin.startswith("的", quantity.end):
        return indicator
    since = max(case.sentence.start, block.twin.rfind(";", case.sentence.start, at))
    lead = block.named(Span(case.floor, begin)) if begin > case.floor else ""
    if lead.lstrip(",") in _CAUSED:
        return _of_cause(case, since) + indicator
    if not _LEADS_UP.fullmatch(lead):
        return indicator
    rows = [row for row in case.carried.recent if row.start >= since and not _in_brackets(block.twin, row, at)]
    if kind == "物产":
        return (_of_thing(case, rows, indicator) if indicator in owned() else "") + indicator
    if len(rows) > 1 and _OF_ALL.search(block.twin, rows[-1].end, begin) and block.twin[rows[-2].end] == "、":
        return indicator  # 产业类项目10个、科技人才类项目6个,累计|总投资|达17亿元
    if rows and any(rows[-1].end <= subject.span.start < at for subject in block.subjects):
        return indicator  # 签约项目10个,有甲智慧城市项目,|总投资|5亿元
    if any(subject.span.end == begin for subject in block.subjects):
        return indicator  # 这座工厂|总投资|460亿元
    whose = _of_row(rows[-1], kind) if rows else _of_clause(case, since, kind) or _of_item(case, kind)
    shared = next((k for k in range(len(indicator), 1, -1) if whose.endswith(indicator[:k])), 0)
    return whose + indicator[shared:]  # 规模以上工业企业保持增长,|工业总产值|30亿元


def _in_brackets(twin: str, row: Observation, at: int) -> bool:
    """Tell whether a row stands in brackets that are over: 高端化项目76项(新建48项),|总投资|1782亿元 is of all 76."""
    closing = twin.find(")", row.end, at)
    return (
        closing >= 0
        and "(" not in twin[row.end : closing]
        and twin.rfind("(", max(0, row.start - _LONGEST_ASIDE), row.start) >= 0
    )


_LONGEST_ASIDE = 60  # code points
_OF_ALL = re.compile("合计|累计|总计|共计")
_LEADS_UP = re.compile(r"[,、和及]*(?:合计|累计|总计|共计|全年|上半年|预计|可|共|实现|完成|创造|达成|获得|取得|带来)*")
"""What may stand before a measure whose owner was told before; any other word is a topic of its own."""


@cache
def _measured() -> re.Pattern[str]:
    return re.compile(f"(?:{lexicon.any_of(owned())}|{lexicon.any_of(lexicon.spellings('heads', 'head'))})$")


def _of_row(row: Observation, kind: str) -> str:
    """Return the owner that the row before names: what is counted, or whose measure it is."""
    if row.subject:
        return ""
    measured = _measured().search(row.indicator)
    if measured is None and (kind != "投入" or row.base_unit not in CLASSIFIERS or row.measure != "level"):
        return ""  # 企业45家,产值200亿元 may be of all
    if measured and kind == "投入" and owned().get(measured[0], "") != kind:
        return ""
    whose = row.indicator[: measured.start()] if measured else row.indicator
    whose = whose[whose.rfind("的") + 1 :]  # 投资1000万美元以上的外资大项目
    if whose.endswith("企业") and measured is None and not _MADE_NEW.match(whose):
        return ""
    return whose if 1 < len(whose) <= _LONGEST and whose.endswith(owners(kind)) else ""


# What projects, orders and firms are counted by: 117项, 15个.
CLASSIFIERS = frozenset("个项宗单票列笔件座条份起次班批家处")


def _of_thing(case: Case, rows: Sequence[Observation], measured: str) -> str:
    """Return 猕猴桃 for 出口 after 猕猴桃综合产值, where 、 joins the two."""
    if not rows or not case.block.twin.startswith("、", rows[-1].end):
        return ""
    after: list[str] = lexicon.spellings("heads", "owned")[measured].get("after")
    ending = max((word for word in after if rows[-1].indicator.endswith(word)), key=len, default="")
    thing = rows[-1].indicator.removesuffix(ending) if ending else ""
    return thing if 1 < len(thing) <= _LONGEST and not _SUMS.search(thing) else ""


_SUMS = re.compile("总|规[上模]|全|[工农林牧渔]业|社会")  # 规上工业总产值增长5%、出口增长3%: of the area
_MADE_NEW = re.compile(".*(?:新|引进|签约|落户)")  # 新注册企业1990家,总投资5785亿元
_LONGEST = 14  # code points of an owner


def _of_clause(case: Case, since: int, kind: str) -> str:
    """Return the owner that the clause before is about: 新材料产业加快发展,|产值超过350亿元|."""
    twin, end = case.block.twin, case.edge - 1
    if end <= since or twin[end] != "," or case.edge != case.floor:
        return ""
    start = left_edge(twin, since, end)
    start = item.end() if (item := _ITEM.match(twin, start, end)) else start
    if any(start <= subject.span.start < end for subject in case.block.subjects):
        return ""  # 规模最大的是甲项目,|计划总投资32亿元|
    found = _named_owners(kind).search(twin, start, end)
    phrase = left_phrase(twin, Span(start, found.end()), case.block.topics(start, end)) if found else None
    whose = case.block.named(phrase.span) if phrase and not phrase.verb else ""
    if _SHORTEST < len(whose) <= _LONGEST:
        return whose
    return _of_cause(case, since)


def _of_cause(case: Case, since: int) -> str:
    """Return the owner that the sentence opens with and tells the cause of: |光电产业|在需求推动下回升,惟受淡季影响,致|营业额|…."""
    moved = what_is_moved(case.block, since + case.block.twin.startswith(";", since), case.edge)
    return moved if len(moved) > _SHORTEST and not any(since <= row.start for row in case.carried.recent) else ""


_CAUSED = frozenset("致使令")


def _of_item(case: Case, kind: str) -> str:
    """Return the owner that the item of a numbered list opens with: 1.生物医药产业恢复增长。|产值23亿元|."""
    block, start = case.block, case.block.paragraph.span.start
    if any(start <= figure.start < case.sentence.start for figure in block.figures):
        return ""
    found = _ITEM.match(block.twin, start, case.sentence.start)
    owner = _named_owners(kind).search(block.twin, found.end(), found.end() + _LONGEST) if found else None
    if found is None or owner is None or _CLAUSE_MARK.search(block.twin, found.end(), owner.end()):
        return ""
    whose = block.written(Span(found.end(), owner.end()))
    return whose if len(whose) > _SHORTEST else ""


_ITEM = re.compile(r"\s{0,8}[(]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})(?:[)、.]|是)\s{0,8}")
_CLAUSE_MARK = re.compile("[,;。:、]")


@cache
def _named_owners(kind: str) -> re.Pattern[str]:
    return re.compile(f"(?:{lexicon.any_of(owners(kind))})(?!的|链|园|区|家|集群|体系|化|人)")


_SHORTEST = 3  # code points: 企业 and 产业 name none
