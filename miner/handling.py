"""The verb of newness or handling that a name keeps where it stands further off: one verb for a list, or before 等.

shared     办理代表建议250件、|办理|政协提案320件
summed up  |引进|索尼、卡特彼勒等7个品牌
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from miner import lexicon
from miner.heads import is_rate
from miner.leftward import without_lead
from miner.lexicon import any_of
from miner.phrases import left_edge
from miner.verbs import is_deed, verbs
from miner.words import cut

if TYPE_CHECKING:
    from miner.blocks import Block
    from miner.cases import Case
    from miner.phrases import Phrase
    from miner.quantities import Quantity
    from miner.schema import Observation


def shared_verb(case: Case, n: int, indicator: str, left: Phrase) -> str:
    """Return 办理政协提案 for the second of 办理代表建议250件、政协提案320件: one verb of newness or handling for a list."""
    before = case.carried.recent[-1] if case.carried.recent else None
    if before is None or not indicator or not before.measure == case.verdict.measure == "level":
        return indicator
    if case.block.figures[n].kind == "ratio" and is_rate(indicator):
        return indicator  # 引进重点项目40个以上、履约率70%以上
    verb = _handled().match(before.indicator)
    if verb is None or len(verb[0]) == len(before.indicator) or not _goes_on(case.block, n, before, verb[0]):
        return indicator
    if verb[0] + indicator == before.indicator and not left:
        return indicator  # 新增“小巨人”企业7家、累计28家: the second is of them all
    if left.verb or left.rule == "what is had" or _has_its_own(case.block, n, before, indicator):
        return indicator
    if not (verb[0].startswith("新") or _governs(case.block, verb[0], before)):
        return indicator
    if (both := _SECOND.match(before.indicator, verb.end())) and not verb[0].startswith("新"):
        return verb[0] + both[0] + indicator  # 开工改造老旧小区196个、城中村6万户
    noun = before.indicator.removeprefix(verb[0]) if indicator.endswith(("以上", "以下")) else ""
    return verb[0] + indicator + noun  # 新签约项目60个,其中亿元以上18个


def _goes_on(block: Block, n: int, before: Observation, verb: str) -> bool:
    """Tell whether figure ``n`` stands in a list with the row before it, or is a part of what is new."""
    gap = block.twin[before.end : block.figures[n].start]
    part = verb.startswith("新") and before.base_unit == block.figures[n].base_unit and _OF_THEM_NEW.fullmatch(gap)
    return bool(part or _GOES_ON.fullmatch(gap))


def _has_its_own(block: Block, n: int, before: Observation, indicator: str) -> bool:
    """Tell whether an indicator has a verb of its own, or is of another sort than the row before.

    Not 接待游客3亿人次、旅游收入3700亿元, nor 新签约落地项目256项,其中已落成投产119项.
    """
    money = block.figures[n].kind == "money"
    own = _handled().match(indicator) or _not_new().match(indicator) or indicator.endswith(tuple(verbs("reached")))
    # 新增智能工厂80家、人形机器人|产量|突破5000台
    another = money != before.base_unit.endswith("元") or indicator.endswith(("产量", "产值", "产能"))
    return bool(own) or another or is_deed(indicator)


_SECOND = re.compile("(?:改造|建设|筹集|更新|提升|修缮|修复|整治)(?=[\u4e00-\u9fff]{3})")


def _governs(block: Block, verb: str, row: Observation) -> bool:
    """Tell whether a verb opens the clause of a row, or its part of a list, and has what is counted as its object.

    Not 新增签约项目10个、洽谈项目40个, nor 符合标准的企业10家、社会组织5家.
    """
    edge = left_edge(block.twin, block.paragraph.span.start, row.start)
    at = block.twin.rfind(verb, edge, row.start)
    lead = without_lead(block.twin, max(edge, block.twin.rfind("、", edge, at) + 1), at) if at >= 0 else -1
    return lead == at >= 0 and "的" not in block.twin[at : row.start]


@cache
def _handled() -> re.Pattern[str]:
    """The verbs that a list of what they are done to may share: 新增, 办理."""
    entries = lexicon.spellings("verbs", "do").items()
    return re.compile(any_of(word for word, entry in entries if not entry.get("alone")))


@cache
def _not_new() -> re.Pattern[str]:
    """How a name opens that no verb of newness before it governs: a total, a state of its own (开工项目), 新入规企业."""
    return re.compile(f"新[入签建增认获设批注培开]|{any_of(['总', '合计', '累计', '通车', *verbs('reached')])}")


_OF_THEM_NEW = re.compile("[,、(]其中,?[^,;。:()、\\d]{2,24}")  # 新增技能人才39万人次,其中高技能人才7万人次
_GOES_ON = re.compile("[^,;。:()、]{0,24}(?:、|和|及|以及|与)[^,;。:()、]{0,24}")


def verb_of_list(block: Block, quantity: Quantity, at: int) -> str:
    """Return 引进 for 引进索尼、卡特彼勒等7个品牌: the verb of the clause whose objects 等 sums up, blank where none is."""
    if "等" not in block.twin[at - _ET_CETERA : at]:
        return ""
    edge = left_edge(block.twin, block.paragraph.span.start, quantity.start)
    begin = max([edge, *(p.end for p in block.topics(edge, quantity.start) if p.start <= edge + _OPENS)])
    begin = without_lead(block.twin, begin, quantity.start)
    verb = _handled().match(block.twin, begin, quantity.start)
    if verb is None:
        return ""
    following = next(iter(cut(block.twin[verb.end() : verb.end() + _LOOK_AHEAD])), "")
    return verb[0] + (following if following in verbs("have", "do", "stop") else "")  # 新建提升柳林公园等13座城市公园


_LOOK_AHEAD = 4  # code points
_ET_CETERA = 3  # code points: 等各类
_OPENS = 1  # code points: a place or a time that opens the clause
