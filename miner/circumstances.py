"""What surrounds a figure: when, compared with what, where, and of whom.

Whatever a figure's own clause does not say is taken from what came before, in this order: the clause, the sentence,
the paragraph, the document.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from miner.blocks import DEALT
from miner.heads import names_measure
from miner.lists import TOGETHER, joined
from miner.measures import Verdict, basis_of
from miner.owners import CLASSIFIERS
from miner.phrases import left_edge
from miner.places.known import BESIDE
from miner.places.parks import NOWHERE, Place
from miner.places.topics import in_aside
from miner.reach import governing
from miner.spans import Span
from miner.verbs import verbs
from miner.words import cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miner.blocks import Block
    from miner.cases import Case
    from miner.periods import Period
    from miner.places.known import Mention, Places
    from miner.quantities import Quantity
    from miner.schema import Basis


_AS_OF_NOW = re.compile(r"(?:已有|现有|现已|已达|已拥有|已建成)\D{0,6}$")
_AHEAD = re.compile("[达投]产后|建成后|运营后|预计|设计")
_ONCE_DONE = re.compile("(?:全部|全面|项目|(?<=[,;。]))(?:建成|达产|投产|建成投产)后")
_OF = re.compile("的(?:增长|下降|上升|负增长)?")
_FROM_TO = re.compile("(?:[从由自]|(?<!达)[至到])$")  # 从2020年的41.6%提升至2025年的52%


def period_of(case: Case, k: int) -> Period | None:
    """Return the time expression that governs figure ``k`` of a list."""
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
    if period is None and (told := _of_figures_before(case, clause)):
        return told
    if period is None:
        return None if _NOW.search(twin, sentence.start, quantity.start) else _frame(block, quantity)
    if period.span.start >= sentence.start:
        later = _ONCE_DONE.search(twin, max(period.span.end, sentence.start), quantity.start)
        return None if later and period.span.end < later.start() else period
    if _SIZE_OF_A_THING.search(twin, case.edge, quantity.start) and not _counted_there(case):
        return None  # 去年园区引进项目50个。甲项目|总投资|5亿元,|占地|200亩
    if _ONCE_DONE.search(twin, sentence.start, quantity.start):
        return None  # 厂房计划一季度投入使用。全部建成后,预计年产值超150亿元
    # A stock as of now (全区已有三十七家) is not of the year that a sentence before spoke of.
    return None if _AS_OF_NOW.search(clause.of(block.twin)) else period


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


def _of_figures_before(case: Case, clause: Span) -> Period | None:
    """Return the time of the figures whose change or share a clause tells: 2020年产值10亿元、税收2亿元,较2015年分别增长26%、12%."""
    if case.verdict.measure not in {"growth", "change", "share"} or not _THEIR_CHANGE.match(case.block.twin, *clause):
        return None
    rows = [row for row in case.carried.recent if row.start >= case.sentence.start]
    if not rows:
        return None
    return next((p for p in case.block.periods if p.iso and p.iso == rows[-1].period and not p.compared), None)


_THEIR_MEASURE = re.compile("(?![中里内])[^,;。、\\d]{2,14}(?=\\d)")
_THEIR_CHANGE = re.compile("[较比与]|[约均共]?占|分别|同比|环比|增长|下降|增加|减少|提高")


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


_NOW = re.compile("如今|今天|现在|目前|现有|已有")
_COUNTED = re.compile(r"[\d一二三四五六七八九十]")
_HEAD = 4  # code points before what opens a paragraph: （一）
_FRAMES = re.compile("是|发展|高质量|[的内]?[\u4e00-\u9fff]{0,8}(?:目标|进步|提升|提高|增强|突破)")
_IS = re.compile("是|[极很]不平凡")
_YEAR_BEFORE = re.compile(
    r"[比较与同](?P<year>(?:19|20)\d\d)年"
)  # 2025年上半年…,较2024年同期增加; 2023年…,同2022年相比
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
    return "yoy" if before and years == {str(int(before["year"]) + 1)} else ""


def place_of(case: Case, quantity: Quantity, places: Places) -> tuple[Place, str]:
    """Return the place that a figure is about: the last one named as a topic before it."""
    block, carried = case.block, case.carried
    before = [
        m
        for m in block.places
        if m.topic
        and m.span.start < quantity.start
        and (not m.passing or m.span.start >= case.edge)
        and not in_aside(block.twin, m.span, quantity.start)
    ]
    in_sentence = [m for m in before if m.span.start >= case.sentence.start and _reaches(case, m, places)]
    if (
        in_sentence
        and in_sentence[-1].place.name.endswith("片区")
        and ";" in block.twin[in_sentence[-1].span.end : case.edge]
    ):
        in_sentence = []  # 川南临港片区承担的141项启动了136项;改革试点经验已实施117项: of the whole
    if counted := _group_counted(case, quantity, in_sentence):
        return counted, "a group of parks named in the clause"
    if in_sentence:
        group = _named_together(block, in_sentence)
        if len(group) > 1:
            return _together(case, group), "places named together"
        last = in_sentence[-1]
        # under a heading, 全区 is its park
        headed = last.rule.endswith("a short form") and carried.place.kind == "park"
        return (carried.place if headed else last.place), last.rule
    if carried.together and TOGETHER.search(block.twin, case.sentence.start, quantity.start):
        return carried.together, "places named together before"
    if places.about_park and carried.group and _goes_on(case, carried.group[0], before):
        return carried.group[1], "a group of parks named in the sentence before"
    if places.about_park and (whole := _of_which(case)):
        return whole, "of the figures before, 其中"
    if places.main.kind == "region" and (told := _in_a_region(case, quantity, places, before)):
        return told
    if places.main.kind == "group":  # 10个园区,依次为高雄、楠梓与台中园区。|公司家数达564家|: of them all
        ended = {block.sentence(m.span.start) for m in before if block.twin.startswith("。", m.span.end)}
        before = [m for m in before if block.sentence(m.span.start) not in ended]
    before = (
        [m for m in before if not (m.rule.endswith(BESIDE) or _is_of_parts(block, m))] if places.about_park else before
    )
    if before and places.main.kind == "park" and _is_back(case, quantity, places.main):
        return places.main, "what the document is about"
    named = any(park.place == before[0].place and park.stem for park in places.parks) if before else False
    alone = named and places.main == NOWHERE and len({mention.place for mention in before}) == 1
    if before and (places.about_park or (alone and before[0].span.start - block.paragraph.span.start <= _OPENING)):
        group = _named_together(block, before)
        if len(group) > 1 and DEALT.search(block.twin, group[-1].span.end, block.sentence(group[-1].span.end).end):
            together = _together(case, group)  # A、B、C投资分别增长10%、8%、12%。大项目…; but 两区税收… are of both
            if TOGETHER.search(block.twin, case.sentence.start, quantity.start):
                return together, "places named together before"
            return carried.place, "what the document is about"
        return (_together(case, group) if len(group) > 1 else before[-1].place), before[-1].rule
    return carried.place, "what the document is about"


_OPENING = 8  # code points: 地处北部的|中关村软件园|云集了…


def _is_of_parts(block: Block, mention: Mention) -> bool:
    """Tell whether a place is named as a part, and only for its sentence: 其中,|洋浦经开区|7460亿元。全年预计16226亿元."""
    return block.twin.rfind("其中", block.sentence(mention.span.start).start, mention.span.start) >= 0


def _group_counted(case: Case, quantity: Quantity, in_sentence: Sequence[Mention]) -> Place | None:
    """Return the parks that the figure's clause, or the one that its sentence goes on with, counts together."""
    if case.carried.group is None:
        return None
    twin, start = case.block.twin, case.sentence.start
    end, group = case.carried.group
    # 4个综保区进出口714.8亿元,同比增长494.9%
    has = _THEIR_MEASURE.match(twin, end)  # 103家国家级经开区|地区生产总值9.3万亿元,…;财政收入1.7万亿元
    theirs = case.carried.recent[-1:] and case.carried.recent[-1].park in {group.name, ""}
    change = _THEIR_CHANGE.match(twin, case.edge, quantity.start) if theirs else None
    goes_on = change or ACHIEVES.match(twin, end)
    goes_on = goes_on or (has if has and names_measure(has[0]) else None)
    if not (case.edge <= end <= quantity.start or (start <= end <= quantity.start and goes_on)):
        return None
    later = (
        mention
        for mention in in_sentence
        if mention.span.start > min(case.edge, end)
        and not (mention.span.end <= end and group.name.startswith(mention.place.name))
        and not (mention.span.end == end and mention.place.kind == "group")
    )
    newer = any(not _INSIDE_THEM.fullmatch(mention.span.of(twin)) for mention in later)
    return None if newer or "、" in _ASIDE.sub("", twin[end : quantity.start]) else group


def _goes_on(case: Case, end: int, before: Sequence[Mention]) -> bool:
    """Tell whether a sentence without a subject goes on with the parks of its paragraph: 六个园区完成产值184亿元。|完成投资34.9亿元|."""
    here = case.block.paragraph.span.start <= end and not any(mention.span.start >= end for mention in before)
    return here and ACHIEVES.match(case.block.twin, case.sentence.start) is not None


def _in_a_region(case: Case, quantity: Quantity, places: Places, before: Sequence[Mention]) -> tuple[Place, str] | None:
    """Return the place inside the region of the text that a sentence which names none is about."""
    if (whole := _of_which(case)) and whole.kind != "region":
        return whole, "of the figures before, 其中"
    if opening := _opening_area(case.block, quantity):
        return opening.place, "the area that the paragraph opens with"
    if places.told_of and before and all(mention.place == places.told_of for mention in before):
        return places.told_of, "the one park of the region that the paragraph is about"
    sole = _sole_park(case.block, places.region.name) if places.touring else None
    return (sole.place, "the one place that the paragraph is about") if sole else None


_ASIDE = re.compile(r"\([^()]*\)")
_INSIDE_THEM = re.compile("(?:园?区|辖区)内?")  # 全省16家高新区实现产值9735亿元;|区内|注册企业62645家


def _opening_area(block: Block, quantity: Quantity) -> Mention | None:
    """Return the city or county that a paragraph opens with and stays with: 大同市|共推进项目58个。其中,签约项目20个."""
    topics = [mention for mention in block.places if mention.topic and mention.span.start < quantity.start]
    opens = topics and topics[0].rule.endswith(BESIDE) and topics[0].span.start == block.paragraph.span.start
    return topics[0] if opens and len({mention.place for mention in topics}) == 1 else None


def _of_which(case: Case) -> Place | None:
    """Return the one park of the sentence before where this one tells parts of it: 广东综保区进出口4173亿元。|其中出口2067亿元|."""
    twin, rows = case.block.twin, case.carried.recent
    if not twin.startswith("其中", case.sentence.start) or not rows:
        return None
    start = max((twin.rfind(mark, 0, case.sentence.start - 1) for mark in "。\n"), default=-1)
    parks = {(row.park, row.park_kind) for row in rows if row.start > start}
    return Place(*next(iter(parks))) if len(parks) == 1 else None


def _is_back(case: Case, quantity: Quantity, main: Place) -> bool:
    """Tell whether a sentence opens with what the document is about, though not as its topic: 通过航空港实验区进口的货物涵盖9国."""
    start = case.sentence.start
    named = next((m for m in case.block.places if start <= m.span.start < quantity.start), None)
    return (
        named is not None
        and named.place == main
        and _BY_WAY_OF.fullmatch(case.block.twin, start, named.span.start) is not None
    )


_BY_WAY_OF = re.compile("(?:通过|经过?|从|在|依托|利用)")


def _sole_park(block: Block, region: str) -> Mention | None:
    """Return the park that a short paragraph names and no other place beside it: 洋口港经开区排出了全年目标."""
    span = block.paragraph.span
    topics = [mention for mention in block.places if mention.topic]
    alone = topics and span.end - span.start <= _SHORT_PARAGRAPH and len({m.place for m in topics}) == 1
    if not alone or topics[0].place.kind != "park":
        return None
    beside = span.of(block.twin).replace(topics[0].span.of(block.twin), "")
    area = region.rstrip("市县区旗")
    named = area and (area in beside or f"{area[0]}市" in beside or f"{area[0]}县" in beside)  # 哈市新开工项目290个
    return None if named else topics[0]


_SHORT_PARAGRAPH = 300  # code points


def _reaches(case: Case, mention: Mention, places: Places) -> bool:
    """Tell whether a place named in the sentence is still what it speaks of at the figure.

    江西内陆开放型经济试验区建设初见成效;引进项目793个: in a report on a region a park of which no figure is told is left
    with the ;, and with the comma where the next clause has a topic of its own (,民营经营主体超178万户).
    """
    nowhere = places.main == NOWHERE  # and there is no region to come back to
    if places.about_park or nowhere or mention.place.kind != "park" or case.edge <= mention.span.start:
        return True
    if mention.place == places.told_of:
        return True
    twin, after = case.block.twin, mention.span.end
    if _TOWNS.search(twin, after, case.edge + _LOOK_AHEAD):
        return False  # 经开区完成产值900亿元;|镇街|完成200亿元
    stop = _CLAUSE_MARK.search(twin, after, case.edge)
    if stop is None or any(after <= figure.start < stop.start() for figure in case.block.figures):
        return True
    if stop[0] == "," and twin.startswith("是", after):
        return True  # 长寿经开区是重庆规划面积最大的经开区,十年间累计引资1972亿元
    lead = _LEADS_ON.match(twin, stop.end())
    begin = lead.end() if lead else stop.end()
    following = next(iter(cut(twin[begin : begin + _LOOK_AHEAD])), "")
    return stop[0] == "," and (following in verbs("have", "do") or _INSIDE.match(twin, stop.end()) is not None)


_TOWNS = re.compile("[,;]各?(?:镇街|街镇|乡镇|镇乡|乡街|区县|县区|县市区|旗县)(?!工业园|园区)")
_CLAUSE_MARK = re.compile("[,;]")
_LEADS_ON = re.compile("(?:每[日天月年]|可|将|已|累计|预计|共|目前|现|并|年)*")
_LOOK_AHEAD = 8  # code points
_INSIDE = re.compile(
    "[^,;。\\d]{0,6}?(?:\\d{1,6}[余多]?[\u4e00-\u9fff])?(?:园区|产业园|园内|区内|在园|入园|入驻|集聚|吸引)"
)


ACHIEVES = re.compile(r"(?:\([^()]{0,40}\))?(?:共|累计|合计|全年|上半年|预计)*(?:实现|完成|创造|贡献|有|拥有|现有)")


def _together(case: Case, group: Sequence[Mention]) -> Place:
    case.carried.listed = [mention.place for mention in group]
    case.carried.together = Place("、".join(case.block.written(mention.span) for mention in group), "group")
    return case.carried.together


def _named_together(block: Block, found: Sequence[Mention]) -> list[Mention]:
    group = [found[-1]]
    for mention in reversed(found[:-1]):
        if not joined(block.twin, [mention, group[0]]):
            break
        group.insert(0, mention)
    return group if len({mention.place for mention in group}) == len(group) else group[-1:]
