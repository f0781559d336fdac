"""When a figure is told of, and what its growth is compared with.

What a figure's own clause does not say is taken from what came before, in this order: the clause, the sentence, the
paragraph, the document.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from miner.datelines import FIRST_YEAR
from miner.measures import TOLD_OF_THEM, Verdict, basis_of
from miner.owners import CLASSIFIERS
from miner.phrases import left_edge
from miner.reach import governing
from miner.spans import Span

if TYPE_CHECKING:
    from miner.blocks import Block
    from miner.cases import Case
    from miner.periods import Period
    from miner.quantities import Quantity
    from miner.schema import Basis


_AS_OF_NOW = re.compile(r"(?:已有|现有|现已|已达|已拥有|已建成)\D{0,6}$")
_AHEAD = re.compile("[达投]产后|建成后|运营后|预计|设计")
_ONCE_DONE = re.compile("(?:全部|全面|项目|(?<=[,;。]))(?:建成|达产|投产|建成投产)后")
# 1至8月发电8930万千瓦时,|每年可|减少排放12万吨: what it does any year
_EVERY_YEAR = re.compile("(?:每年|年均|平均每年)[可能][^,;。]{0,16}$")
_OF = re.compile("的(?:增长|下降|上升|负增长)?")
_FROM_TO = re.compile("(?:[从由自]|(?<!达)[至到])$")  # 从2020年的41.6%提升至2025年的52%


def period_of(case: Case, k: int) -> Period | None:
    """Return the time expression that governs figure ``k`` of a list, of years that are dealt out its own."""
    period = _governing_time(case, k)
    years = _YEARS.fullmatch(period.iso) if period and case.spread and case.count > 1 else None
    if period is None or years is None or int(years["last"]) - int(years["first"]) + 1 != case.count:
        return period
    return period._replace(iso=str(int(years["first"]) + k))  # 2016年至2018年,分别完成236亿元、314亿元、365亿元


_YEARS = re.compile(r"(?P<first>\d{4})/(?P<last>\d{4})")


def _governing_time(case: Case, k: int) -> Period | None:
    """Return the time expression that governs figure ``k`` of a list, from its clause outward to the paragraph."""
    if not case.block.periods:
        return None  # two in three
    block, sentence, quantity = case.block, case.sentence, case.block.figures[case.first + k]
    before = block.figures[case.first].start
    if case.spread and case.count > 1:
        listed = [p for p in block.periods if case.edge <= p.span.start < before and not p.compared]
        if len(listed) == case.count:
            return listed[k]  # 一、二、三、四季度分别完成301亿元、336亿元、342亿元和372亿元
    clause = Span(case.edge, quantity.start)
    twin = block.twin
    if twin.startswith("(", quantity.end):
        aside = (p for p in block.periods if p.span.start == quantity.end + 1 and twin.startswith(")", p.span.end))
        if stated := next(aside, None):
            return stated  # 从126.8亿元(2015年)增长到401.24亿元(2019年)
    if told_then := _time_compared_with(case, quantity):
        return told_then
    near = (p for p in reversed(block.periods) if quantity.start - 5 < p.span.end < quantity.start)
    of = next((p for p in near if _OF.fullmatch(twin, p.span.end, quantity.start)), None)
    if of and (
        quantity.kind not in {"ratio", "part"} or _FROM_TO.search(twin, max(0, of.span.start - 2), of.span.start)
    ):
        return of  # 由2015年的320亿元增加到2020年的586亿元
    period = governing(twin, block.periods, quantity.start, sentence, clause, framed=case.carried.framed)
    if period is not None and period.rule.startswith("目前") and _AHEAD.search(twin, period.span.end, quantity.start):
        return None  # 目前已完成投资140亿元,全部达产后,预计可实现年销售583亿元
    if period is None:
        told = _of_the_whole(case, quantity) or _of_figures_before(case, clause)
        return told or (None if _NOW.search(twin, sentence.start, quantity.start) else _frame(block, quantity))
    if period.wide and period.span.start < case.edge and (told := _of_what_is_ranked(case, period)):
        return told
    if period.span.start >= sentence.start:
        later = _ONCE_DONE.search(twin, max(period.span.end, sentence.start), quantity.start)
        yearly = _EVERY_YEAR.search(twin, max(period.span.end, case.edge), quantity.start)
        yearly = yearly or _NOWADAYS.search(twin, period.span.end, quantity.start)
        return None if (later and period.span.end < later.start()) or yearly else period
    if _SIZE_OF_A_THING.search(twin, case.edge, quantity.start) and not _counted_there(case):
        return None  # 去年园区引进项目50个。甲项目|总投资|5亿元,|占地|200亩
    if _ONCE_DONE.search(twin, sentence.start, quantity.start) or _NOWADAYS.search(
        twin, sentence.start, quantity.start
    ):
        return None  # 厂房计划一季度投入使用。全部建成后,预计年产值超150亿元; 2016年创办。如今,公司有员工96人
    # A stock as of now (全区已有三十七家) is not of the year that a sentence before spoke of.
    return None if _AS_OF_NOW.search(clause.of(block.twin)) else period


def _of_what_is_ranked(case: Case, frame: Period) -> Period | None:
    """Return the time of the figure whose rank or share is told, within years that frame it: 11年来…,去年产值增长41%,增速|居首位|."""
    if case.verdict.measure not in {"rank", "share"}:
        return None
    told = [row for row in case.carried.recent if row.start < case.edge]  # 占比从2015年的1%提高到|13.3%
    last = told[-1] if told else None
    if last is None or last.start < frame.span.end or not last.period or last.period == frame.iso:
        return None
    return next((p for p in reversed(case.block.periods) if p.span.end <= last.start and p.iso == last.period), None)


_SIZE_OF_A_THING = re.compile(
    "(?:总投资额?|占地(?:面积)?|建筑(?:总?面积|体量)|规划(?:用地|控制)?总?面积|全长|总长)[约达为近超过]*$"
)


def _counted_there(case: Case) -> bool:
    """Tell whether the sentence has counted things before: 开工建设项目117项,|总投资|32.84亿元 of the time that was told."""
    return any(row.start >= case.sentence.start and row.unit in CLASSIFIERS for row in case.carried.recent)


def _time_compared_with(case: Case, quantity: Quantity) -> Period | None:
    """Return 去年同期 for 较去年同期|1兆1335亿元|, 2024年 for 较2024年|0.74兆元|: what is compared with is of that time."""
    block = case.block
    if quantity.kind not in {"money", "count", "measure"} or case.verdict.measure != "level":
        return None
    then = next((p for p in reversed(block.periods) if p.compared and p.span.start < quantity.start), None)
    if then is None:
        return None
    if _A_YEAR.search(then.iso) and block.twin[then.span.end : quantity.start] in {"", "的"}:
        return then  # 较|2024年上半年|0.74兆元成长11.47%
    if not _SAME_THEN.fullmatch(block.twin, then.span.start, quantity.start):
        return None
    named = [p.iso for p in block.periods if p.span.end <= then.span.start and not p.compared and p.iso]
    before = re.sub(r"\d{4}", lambda match: str(int(match[0]) - 1), named[-1]) if named else then.iso
    return then._replace(iso=before)


_SAME_THEN = re.compile(r"(?:去年|上年)?同期(?:\([^()]*\))?的?|上年的?")
_A_YEAR = re.compile(r"\d{4}")


def _of_the_whole(case: Case, quantity: Quantity) -> Period | None:
    """Return the time of the whole whose parts a sentence tells: |近两年|推出创新成果181项,其中全国首创的有35项."""
    at = case.block.twin.rfind("其中", case.sentence.start, quantity.start)
    within = (p for p in reversed(case.block.periods) if case.sentence.start <= p.span.start and p.span.end <= at)
    told = next((p for p in within if not p.compared), None)
    return told if told is not None and told.wide and _LATELY.match(case.block.twin, *told.span) else None


_LATELY = re.compile(r"近[一二两三四五六七八九十几\d]{1,2}年来?")


def _of_figures_before(case: Case, clause: Span) -> Period | None:
    """Return the time of the figures whose change or share a clause tells: 2020年产值10亿元、税收2亿元,较2015年分别增长26%、12%."""
    if case.verdict.measure not in {"growth", "change", "share"} or not TOLD_OF_THEM.match(case.block.twin, *clause):
        return None
    rows = [row for row in case.carried.recent if row.start >= case.sentence.start]
    if not rows:
        return None
    return next((p for p in case.block.periods if p.iso and p.iso == rows[-1].period and not p.compared), None)


def _frame(block: Block, quantity: Quantity) -> Period | None:
    """Return the years that open a paragraph or a sentence and frame what follows: 五年来,…; 2025年极不平凡."""
    before = [p for p in block.periods if p.span.start < quantity.start and not p.compared]
    named = [p for n, p in enumerate(before) if n == 0 or p.set_off or not p.event]  # dates of events replace nothing
    if len(named) > 1 and named[-1].iso == named[-2].iso:
        named.pop()  # 这五年,是跨越发展的五年
    if len(named) > 1 and not named[0].wide:
        stop = block.sentence(named[0].span.start).end
        if all(period.span.start < stop for period in named):
            named = named[:1]  # 2021年是“十四五”开局之年
    opening = named[-1] if named else None
    if opening is None or not _COUNTED.search(opening.span.of(block.twin)):
        return None  # 近年来 tells no years
    sentence = block.sentence(opening.span.start)
    bare = not any(sentence.start <= figure.start < sentence.end for figure in block.figures)
    first = sentence.start == block.paragraph.sentences[0].start
    if first and bare and opening.wide and block.twin.startswith("。", opening.span.end):
        return opening  # ——这是民生福祉全面增进的五年。
    if opening.span.start - sentence.start > _HEAD:
        return None
    if not opening.wide:
        aimed = opening.ahead and opening.set_off and bare  # 到2030年,高质量发展明显进位。
        return opening if len(named) == 1 and (aimed or _IS.match(block.twin, opening.span.end)) else None
    if first:
        return opening if opening.set_off or bare or _FRAMES.match(block.twin, opening.span.end) else None
    local = opening.iso.endswith("/..") or block.twin[opening.span.start] == "近"  # 2018年成立以来, 近三年来
    return opening if opening.set_off and not local else None


_NOWADAYS = re.compile("如今|而今|眼下|现在|时至今日")
_NOW = re.compile("如今|今天|现在|目前|现有|已有")
_COUNTED = re.compile(r"[\d一二三四五六七八九十]")
_HEAD = 4  # code points before what opens a paragraph: （一）
_FRAMES = re.compile("是|发展|高质量|[的内]?[\u4e00-\u9fff]{0,8}(?:目标|进步|提升|提高|增强|突破)")
_IS = re.compile("是|[极很]不平凡")
# 2025年上半年…,较2024年同期增加; 2023年…,同2022年相比
_YEAR_BEFORE = re.compile(r"[比较与同](?P<year>(?:19|20)\d\d|(?:1[0-3]|[89])\d)年")  # 较2022年, 较112年
_SET_OFF = re.compile(r"(?:同比|相比|比上年|比较)[,]?$")


def basis_for(case: Case, verdict: Verdict, quantity: Quantity, period: Period | None) -> Basis:
    """Return what a growth or change is compared with: what its clause says, else what the text said before."""
    if verdict.measure not in {"growth", "change"}:
        return ""
    if verdict.basis:
        return _told_by_year(case.block.twin[case.edge : quantity.start], period) or verdict.basis
    before = case.block.twin[
        left_edge(case.block.twin, case.sentence.start, max(case.sentence.start, case.edge - 1)) : case.edge
    ]
    if _SET_OFF.search(before):
        return _told_by_year(before, period) or basis_of(before)[0]  # 与2020年相比,增长32%
    wide = period is not None and period.wide
    if wide or (case.carried.framed and period is None):
        return "base"
    return "yoy" if case.carried.yoy and quantity.kind == "ratio" else ""


def _told_by_year(clause: str, period: Period | None) -> Basis:
    """Return yoy where a clause compares with the year before the figure's own, blank where it does not."""
    before = _YEAR_BEFORE.search(clause) if period else None
    years = {iso[:4] for iso in period.iso.split("/")} if period else set()
    compared = int(before["year"]) if before else 0
    compared += FIRST_YEAR if 0 < compared < FIRST_YEAR else 0
    return "yoy" if before and years == {str(compared + 1)} else ""
