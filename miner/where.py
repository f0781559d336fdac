"""Where a figure is: the park, region or group of parks that it is about, the last one named as a topic before it.

A place that the clause or the sentence names comes first, then what the sentence goes on with, then the paragraph, and
last what the whole text is about. Each step says why it answers; `miner explain` shows it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from miner.blocks import DEALT
from miner.heads import names_measure
from miner.lexicon import any_of
from miner.lists import TOGETHER, joined
from miner.measures import TOLD_OF_THEM
from miner.places.known import BESIDE
from miner.places.parks import NOWHERE, Place, types
from miner.places.regions import regions
from miner.places.topics import in_aside
from miner.verbs import verbs
from miner.words import cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miner.blocks import Block
    from miner.cases import Case
    from miner.places.known import Mention, Places
    from miner.quantities import Quantity


class _Look(NamedTuple):
    """A figure whose place is looked for: the topics of its paragraph before it, and those of them that its sentence names."""

    case: Case
    quantity: Quantity
    places: Places
    before: Sequence[Mention]
    here: Sequence[Mention]


def place_of(case: Case, quantity: Quantity, places: Places) -> tuple[Place, str]:
    """Return the place that a figure is about and the rule that tells so: the first step that answers, else the document's."""
    before = [
        m
        for m in case.block.places
        if m.topic
        and m.span.start < quantity.start
        and (not m.passing or m.span.start >= case.edge or _tells_its_change(case, m))
        and not in_aside(case.block.twin, m.span, quantity.start)
    ]
    look = _Look(case, quantity, places, before, _in_sentence(case, before, places))
    told = next(filter(None, (step(look) for step in _STEPS)), None)
    return told or (case.carried.place, _DOCUMENT)


def _tells_its_change(case: Case, passing: Mention) -> bool:
    """Tell whether a clause goes on with what one before it told of an area: 其中,|成都|进出口848亿元,|增长68.7%|,占比从81.7%升至87.8%."""
    if not passing.rule.endswith(BESIDE) or passing.span.start < case.sentence.start:
        return False
    twin, rows = case.block.twin, case.carried.recent
    told = [row for row in rows if row.start >= passing.span.end]
    if not told or any(row.park != passing.place.name for row in told) or ";" in twin[passing.span.end : case.edge]:
        return False
    return case.verdict.measure in {"growth", "change", "share"} and _GOES_ON.match(twin, case.edge) is not None


_GOES_ON = re.compile(
    "(?:同比|环比|按年|[较比])?[^,;。\\d]{0,4}(?:增长|下降|增加|减少|提高|提升|上升|回落)|在?全[省市国]|占|拉动|比重|份额"
)


_DOCUMENT = "what the document is about"
_TOGETHER = "places named together before"
_OF_WHICH = "of the figures before, 其中"


def _in_sentence(case: Case, before: Sequence[Mention], places: Places) -> Sequence[Mention]:
    """Return the places of the figure's sentence that it still speaks of.

    川南临港片区承担的141项启动了136项;改革试点经验已实施117项: after the ; the whole zone goes on, not its 片区. So it
    does after its parts: 综保区进出口6.4万亿元,其中泸州综保区增长62.8%;保税维修进出口2180亿元.
    """
    here = [m for m in before if m.span.start >= case.sentence.start and _reaches(case, m, places)]
    if here and _is_past_a_part(case, here[-1]):
        parts = case.block.twin.rfind("其中", case.sentence.start, here[-1].span.start)
        return [m for m in here if m.span.start < parts]
    if not here or ";" not in case.block.twin[here[-1].span.end : case.edge]:
        return here
    if here[-1].place.name.endswith("片区"):
        return []
    parts = case.block.twin.rfind("其中", case.sentence.start, here[-1].span.start)
    return [m for m in here if m.span.start < parts] if parts >= 0 else here


def _is_past_a_part(case: Case, part: Mention) -> bool:
    """Tell whether a clause is past the part of a place whose size was told: 面积278平方公里,其中合作区80平方公里,|下辖四个街道|."""
    twin, quantity = case.block.twin, case.block.figures[case.first]
    parted = twin.endswith("其中", 0, part.span.start)  # 其中,中新合作区80平方公里,下辖四个街道,常住人口76.2万
    parted |= twin.endswith("其中,", 0, part.span.start) and "下辖" in twin[part.span.end : case.edge + len("下辖")]
    if not parted or case.verdict.measure != "level" or quantity.base_unit in _SIZES:
        return False
    rows = [row for row in case.carried.recent if part.span.end <= row.start]
    return bool(rows) and rows[0].base_unit in _SIZES and twin[case.edge - 1] == ","


_SIZES = frozenset({"平方公里", "公顷", "亩", "平方米"})


def _ranked_so(look: _Look) -> tuple[Place, str] | None:
    """Answer with the place that stands behind its rank: 贸易额排名第一的是|上海外高桥保税区|."""
    quantity, block = look.quantity, look.case.block
    told = (
        _WHO_IT_IS.match(block.twin, quantity.end)
        if look.case.verdict.measure == "rank" and quantity.value == 1
        else None
    )
    named = next((m for m in block.places if m.span.start == told.end()), None) if told else None
    return (named.place, "the place whose rank it is") if named else None


_WHO_IT_IS = re.compile("的(?:分别)?(?:是|为|当属)")
_PRESENTED = re.compile(f"{_WHO_IT_IS.pattern}$")


def _has_parks(look: _Look) -> tuple[Place, str] | None:
    """Answer with the area whose parks are counted: |杞县|现有水东工业园区和西关工业园区二个工业园区."""
    twin, case = look.case.block.twin, look.case
    if look.quantity.kind != "count":
        return None
    before, after = _so_many_parks()
    if not (after.match(twin, look.quantity.end) or before.search(twin, case.edge, look.quantity.start)):
        return None
    has = _HAS_PARKS.match(twin, case.edge, look.quantity.start)
    if has is None or any(m.span.end == has.end("where") and m.place.kind == "park" for m in case.block.places):
        return None  # |沾化经济开发区|有片区2个
    where = regions()[0].get(has["where"], has["where"])
    return Place(where, "region"), "the area that has the parks that are counted"


_HAS_PARKS = re.compile(
    "(?P<where>(?:(?![现有建已共拥设全我本各])[\u4e00-\u9fff]){1,6}[省市县区州旗])(?:目前|现|已|共|总|拥)*"
    "(?:有|建有|设有|建成了?|建立了?|设立了?|规划了?|形成了?)"
)


@cache
def _so_many_parks() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return how parks are counted before and after the figure: 现有|高新区|8家, 现有两个|工业园区|."""
    parks = f"(?:国家级|省级|市级|特色|重点|产业|工业|农业|物流|科技){{0,3}}(?:{any_of(types()[0])}|园区)"
    return re.compile(f"[有成立]了?{parks}$"), re.compile(f"{parks}(?=[,;。、\n(]|$)")


def _counted_together(look: _Look) -> tuple[Place, str] | None:
    group = _group_counted(look.case, look.quantity, look.here)
    return (group, "a group of parks named in the clause") if group else None


def _named_here(look: _Look) -> tuple[Place, str] | None:
    """Answer with the place that the sentence named last, or with those that it names together."""
    if not look.here:
        return None
    together = look.case.carried.together
    if together and _ALL_AFTER.search(look.case.block.twin, look.here[-1].span.end, look.quantity.start):
        return together, _TOGETHER  # 甲区14.6万元最高;占比,三区均不超过2%
    if look.case.block.twin[look.here[-1].span.end : look.quantity.start] == "(":
        return look.here[-1].place, look.here[-1].rule  # 居前的有甲区(18.2%)、|乙区|(13.5%)
    group = _named_together(look.case.block, look.here)
    if len(group) > 1 and look.case.spread and look.case.count == len(group):
        k = look.case.block.figures.index(look.quantity, look.case.first) - look.case.first
        return group[k].place, "dealt out to the places named before"  # 甲区和乙区算得上黑马,分别增长18.9%、16.7%
    if len(group) > 1:
        return _together(look.case, group), "places named together"
    last, carried = look.here[-1], look.case.carried
    headed = last.rule.endswith("a short form") and carried.place.kind == "park"  # under a heading, 全区 is its park
    return (carried.place if headed else last.place), last.rule


_ALL_AFTER = re.compile(f";[^;。]*?{TOGETHER.pattern}")


def _both_of_before(look: _Look) -> tuple[Place, str] | None:
    together = look.case.carried.together
    if together and TOGETHER.search(look.case.block.twin, look.case.sentence.start, look.quantity.start):
        return together, _TOGETHER
    return None


def _group_goes_on(look: _Look) -> tuple[Place, str] | None:
    group = look.case.carried.group
    if look.places.about_park and group and _goes_on(look.case, group[0], look.before):
        return group[1], "a group of parks named in the sentence before"
    return None


def _part_of_a_park(look: _Look) -> tuple[Place, str] | None:
    whole = _of_which(look.case) if look.places.about_park else None
    return (whole, _OF_WHICH) if whole else None


def _in_a_region(look: _Look) -> tuple[Place, str] | None:
    """Answer with the place inside the region of the text that a sentence which names none is about."""
    case, places = look.case, look.places
    if places.main.kind != "region":
        return None
    if (whole := _of_which(case)) and whole.kind != "region":
        return whole, _OF_WHICH
    if opening := _opening_area(case.block, look.quantity):
        return opening.place, "the area that the paragraph opens with"
    if places.told_of and look.before and all(mention.place == places.told_of for mention in look.before):
        return places.told_of, "the one park of the region that the paragraph is about"
    sole = _sole_park(case.block, places.region.name) if places.touring else None
    if sole is None:
        return None
    begin = sole.span.start
    told = begin < look.quantity.start or case.block.sentence(begin).start == begin  # later, it opens a sentence
    return (sole.place, "the one place that the paragraph is about") if told else None


def _told_before(look: _Look) -> tuple[Place, str] | None:
    """Answer with the place that the sentences before in the paragraph are about."""
    case, places, block = look.case, look.places, look.case.block
    before = _still_told(look)
    if not before:
        return None
    if places.main.kind == "park" and _is_back(case, look.quantity, places.main):
        return places.main, _DOCUMENT
    named = any(park.place == before[0].place and park.stem for park in places.parks)
    alone = named and places.main == NOWHERE and len({mention.place for mention in before}) == 1
    opens = alone and before[0].span.start - block.paragraph.span.start <= _OPENING
    if not (places.about_park or opens):
        return None
    group = _named_together(block, before)
    if len(group) == 1:
        return before[-1].place, before[-1].rule
    together = _together(case, group)
    if not DEALT.search(block.twin, group[-1].span.end, block.sentence(group[-1].span.end).end):
        return together, before[-1].rule
    # A、B、C投资分别增长10%、8%、12%。大项目…: of the document; but 两区税收… are of both
    both = TOGETHER.search(block.twin, case.sentence.start, look.quantity.start)
    return (together, _TOGETHER) if both else None


def _still_told(look: _Look) -> Sequence[Mention]:
    """Return the places named before that a new sentence may still be about."""
    block = look.case.block
    before = look.before
    if look.places.main.kind == "group":  # 10个园区,依次为高雄、楠梓与台中园区。|公司家数达564家|: of them all
        ended = {block.sentence(m.span.start) for m in before if block.twin.startswith("。", m.span.end)}
        before = [m for m in before if block.sentence(m.span.start) not in ended]
    if not look.places.about_park:
        return before
    return [m for m in before if not (m.rule.endswith(BESIDE) or _is_of_parts(block, m) or _is_of_events(look, m))]


def _is_of_events(look: _Look, mention: Mention) -> bool:
    """Tell whether a place only stands in a list of what happened in the park: …;2011年|中德生态园|奠基。目前管理区域总面积478平方公里."""
    block, main = look.case.block, look.places.main
    listed = block.twin.rfind(";", block.sentence(mention.span.start).start, mention.span.start) >= 0
    if not listed or mention.place == main or any(row.park == mention.place.name for row in look.case.carried.recent):
        return False
    return any(m.place == main for m in look.before)


_STEPS = (
    _ranked_so,
    _has_parks,
    _counted_together,
    _named_here,
    _both_of_before,
    _group_goes_on,
    _part_of_a_park,
    _in_a_region,
    _told_before,
)
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
    last = case.carried.recent[-1] if case.carried.recent else None
    theirs = last is not None and (last.park == group.name or (last.park == "" and last.start < end))
    change = TOLD_OF_THEM.match(twin, case.edge, quantity.start) if theirs else None
    goes_on = change or ACHIEVES.match(twin, end) or _BY_SO_LITTLE.match(twin, end)
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
    # 43家园区建立党委、|308座|商务楼宇…: of others
    others = twin.startswith("、", end) or (quantity.kind == "count" and twin.endswith("、", end, quantity.start))
    return None if newer or others else group


def _goes_on(case: Case, end: int, before: Sequence[Mention]) -> bool:
    """Tell whether a sentence without a subject goes on with the parks of its paragraph: 六个园区完成产值184亿元。|完成投资34.9亿元|."""
    here = case.block.paragraph.span.start <= end and not any(mention.span.start >= end for mention in before)
    return here and ACHIEVES.match(case.block.twin, case.sentence.start) is not None


# 13个开发区|以不到全市5%的土地面积,|贡献了43%的工业增加值、51%的税收
_BY_SO_LITTLE = re.compile(
    "(?:仅?[以用靠])[^,;。]{2,24}?(?:面积|土地|企业|人口|投入|用地|能耗),(?:贡献|创造|实现|产出|集聚|承载)"
)
_THEIR_MEASURE = re.compile("(?![中里内])[^,;。、\\d]{2,14}(?=\\d)")
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
    if stop[0] == "," and (
        twin.startswith("是", after) or _PRESENTED.search(twin, case.sentence.start, mention.span.start)
    ):
        return (
            True  # 出口第一的是|外高桥保税区|,总额9980亿元; 长寿经开区是重庆规划面积最大的经开区,十年间累计引资1972亿元
        )
    if _CAME_TO_BE.search(twin, after, stop.start()):
        return False  # 滁州保税物流中心获批设立,|新开通|航线15条: the region goes on
    several = places.brief and len(places.parks) >= _COMPARED
    if several and stop[0] == "," and mention.topic and _opens_its_part(twin, case.sentence.start, mention):
        return True  # 宁乡高新区依旧领跑,|上半年技工贸收入|1080亿元: a story on several parks, and a sentence on one
    lead = _LEADS_ON.match(twin, stop.end())
    begin = lead.end() if lead else stop.end()
    following = next(iter(cut(twin[begin : begin + _LOOK_AHEAD])), "")
    return stop[0] == "," and (following in verbs("have", "do") or _INSIDE.match(twin, stop.end()) is not None)


def _opens_its_part(twin: str, start: int, mention: Mention) -> bool:
    """Tell whether a place, or a list that it ends, opens a sentence or what follows a semicolon: ;|祁阳高新区和永兴经开区|算得上黑马."""
    begin = max(start, twin.rfind(";", start, mention.span.start) + 1)
    return _LISTED_BEFORE.fullmatch(twin, begin, mention.span.start) is not None


_COMPARED = 3  # parks that a story sets side by side
_LISTED_BEFORE = re.compile("(?:[\u4e00-\u9fff]{2,12}[、和与及]){0,6}")
_TOWNS = re.compile("[,;]各?(?:镇街|街镇|乡镇|镇乡|乡街|区县|县区|县市区|旗县)(?!工业园|园区)")
_CLAUSE_MARK = re.compile("[,;]")
_CAME_TO_BE = re.compile("(?:封关运[行作]|获批(?:设立|建设|落地)?|批准设立|揭牌|挂牌|通过验收|开园|落地|投运)$")
_LEADS_ON = re.compile("(?:每[日天月年]|可|将|已|累计|预计|共|目前|现|并|年)*")
_LOOK_AHEAD = 8  # code points
_INSIDE = re.compile(
    "[^,;。\\d]{0,6}?(?:\\d{1,6}[余多]?[\u4e00-\u9fff])?(?:园区|产业园|园内|区内|在园|入园|入驻|集聚|吸引)"
)


ACHIEVES = re.compile(
    r"(?:\([^()]{0,40}\))?(?:交出[^,;。:]{2,16}:)?(?:共|累计|合计|全年|上半年|预计)*(?:实现|完成|创造|贡献|有|拥有|现有)"
)


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
