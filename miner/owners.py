"""Whose a measure is, where its own clause names nothing but the measure: 省属企业资产总额2.7万亿元,产值1万亿元.

A measure that says little by itself (产值, 利润, 总投资) is of what the sentence has just spoken of: of the industry or the
enterprises whose measure came before, of the projects that were counted, or of those that the clause before is about.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from miner import lexicon

if TYPE_CHECKING:
    from miner.cases import Case
    from miner.quantities import Quantity
    from miner.schema import Observation


def with_owner(case: Case, quantity: Quantity, indicator: str) -> str:
    """Return 新签约项目总投资 for 总投资 after 新签约项目46个, and 省属企业产值 for 产值 after 省属企业资产总额."""
    kind = _owned().get(indicator.removeprefix("总"), "") or _owned().get(indicator, "")
    block, at = case.block, quantity.start
    begin = block.twin.rfind(indicator, case.floor, at) if kind else -1
    if begin < 0 or block.twin.startswith("的", quantity.end) or not _LEADS_UP.fullmatch(block.twin, case.floor, begin):
        return indicator
    since = max(case.sentence.start, block.twin.rfind(";", case.sentence.start, at))
    rows = [row for row in case.carried.recent if row.start >= since]
    whose = _of_row(rows[-1], kind) if rows else ""
    return whose + indicator


_LEADS_UP = re.compile(r"[,、和及]*(?:合计|累计|总计|共计|全年|上半年|预计|可|共|实现|完成|创造|达成|获得|取得|带来)*")
"""What may stand before a measure whose owner was told before; any other word is a topic of its own."""


@cache
def _owned() -> dict[str, str]:
    """Return the measures that say little by themselves, each with the sort of thing that has it."""
    return {word: entry.get("of") for word, entry in lexicon.spellings("heads", "owned").items()}


@cache
def _measured() -> re.Pattern[str]:
    return re.compile(f"(?:{lexicon.any_of(_owned())}|{lexicon.any_of(lexicon.spellings('heads', 'head'))})$")


@cache
def _owners(kind: str) -> re.Pattern[str]:
    words = [word for word, entry in lexicon.spellings("heads", "owner").items() if kind in entry.get("has")]
    return re.compile(f"(?:{lexicon.any_of(words)})$")


def _of_row(row: Observation, kind: str) -> str:
    """Return the owner that the row before names: what is counted, or whose measure it is."""
    if row.subject:
        return ""
    measured = _measured().search(row.indicator)
    if measured is None and (kind != "投入" or row.base_unit not in _CLASSIFIERS or row.measure != "level"):
        return ""  # 企业45家,产值200亿元 may be of all
    if measured and kind == "投入" and _owned().get(measured[0], "") != kind:
        return ""
    whose = row.indicator[: measured.start()] if measured else row.indicator
    whose = whose[whose.rfind("的") + 1 :]  # 投资1000万美元以上的外资大项目
    return whose if 1 < len(whose) <= _LONGEST and _owners(kind).search(whose) else ""


_CLASSIFIERS = frozenset("个项宗单票列笔件座条份起次班批家")
_LONGEST = 14  # code points of an owner
