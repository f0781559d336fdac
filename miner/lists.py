"""Lists: which noun phrase each figure of a list counts.

In the order in which they are tried:

    places         A区、B区、C区新开工项目89个、64个和47个
    places before  三家分别为151.3亿元、78.9亿元和66亿元
    items          A、B分别增长x%、y%
    parks before   …B区为460万元/亩;亩均税收分别达38万元和25万元
    items before   钢铁、石化等行业增势良好,分别增长5.1%、6.3%
    told before    甲区进出口2237亿元,实际使用外资15.3亿美元。乙区两项指标分别为312亿元和1.9亿美元
    figures        企业61903家、社会组织5994家,分别增加28.33%、22.98%
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from miner.announced import without_speed
from miner.blocks import DEALT, JOINT
from miner.cases import Case, Name
from miner.context import contest, is_aside, topic_clause
from miner.heads import list_items
from miner.leftward import left_phrase
from miner.phrases import SUPERLATIVE, Phrase, left_edge
from miner.places.parks import Place
from miner.spans import Span
from miner.text import simplify

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miner.places.known import Mention
    from miner.schema import Observation


def paired(case: Case, left: Phrase) -> list[Name]:
    """Pair the figures of a list with places, with the items of a phrase, or with the figures before them."""
    return (
        _with_places(case)
        or _with_places_before(case)
        or _with_places_of_the_clause_before(case)
        or _with_indicators_before(case)
        or (
            _with_items(case, left) or _with_parks_before(case, left)
            if left
            else _with_items_before(case) or _with_figures(case)
        )
    )


def _dealt(case: Case, indicators: Sequence[str], rule: str, places: Sequence[Place] = ()) -> list[Name]:
    figures = case.block.figures[case.first : case.first + case.count]
    if not places:
        return [Name(name, rule, q.end) for name, q in zip(indicators, figures, strict=True)]
    return [Name(name, rule, q.end, place) for name, q, place in zip(indicators, figures, places, strict=True)]


def _with_places(case: Case) -> list[Name]:
    """常州高新区、武进高新区、常州经开区新开工产业项目89个、64个和47个."""
    block = case.block
    listed = [m for m in block.places if m.topic and case.floor <= m.span.start < case.tail][-case.count :]
    if len(listed) < case.count or not joined(block.twin, listed):
        return []
    begin = listed[-1].span.end
    after = left_phrase(block.twin, Span(begin, case.tail), block.topics(begin, case.tail))
    indicator = block.written(after.span) or case.carried.indicator
    return _dealt(case, [indicator] * case.count, "the places of a list, in order", [m.place for m in listed])


TOGETHER = re.compile(
    r"(?P<rest>其余|其他|另外)?[双两二三四五六](?:家|区|园|地|[个大座](?:科学|产业|工业)?(?:园区|开发区|区))"
)
"""Places named before, spoken of together: 两区, 三个园区, 其余两家."""


def _with_places_before(case: Case) -> list[Name]:
    """三家分别为151.3亿元、78.9亿元和66亿元; 其余两家为83.2件、51件."""
    together = TOGETHER.search(case.block.twin, case.edge, case.tail)
    if together is None:
        return []
    start = case.sentence.start
    named = {m.place for m in case.block.places if together["rest"] and start <= m.span.start < case.floor}
    parks = [Place(row.park, row.park_kind) for row in case.carried.recent if row.park_kind == "park"]
    rest = [place for place in case.carried.listed or dict.fromkeys(parks) if place not in named]
    if len(rest) != case.count and not together["rest"]:
        rest = _named_one_by_one(case, together.start())
    if len(rest) != case.count:
        return []
    own = left_phrase(case.block.twin, Span(together.end(), case.tail), [])
    topic = case.block.named(own.span) or topic_clause(case, case.first) or case.carried.indicator
    return _dealt(case, [topic] * case.count, "the places listed before, in order", rest)


def _named_one_by_one(case: Case, end: int) -> list[Place]:
    """Return the parks that the sentence, or else the paragraph, names before an offset: 甲区底子厚,乙区势头猛,|两家|产值分别为….

    Those in their order where they are as many as the figures, none otherwise.
    """
    for start in (case.sentence.start, case.block.paragraph.span.start):
        named = (m for m in case.block.places if start <= m.span.start < m.span.end <= end)
        parks = list(dict.fromkeys(m.place for m in named if m.place.kind == "park"))
        if len(parks) == case.count:
            return parks
    return []


def _with_places_of_the_clause_before(case: Case) -> list[Name]:
    """Deal out to the places that the clause before lists: what is told of them, or what was counted and is there.

    洋浦经开区、海口综保区贡献突出,分别完成税收195亿元、24亿元; 企业有82家,主要分布在洋浦经开区、海口综保区,分别为36家、14家.
    """
    block, floor = case.block, case.sentence.start
    rows = case.carried.recent
    dealt = DEALT.search(block.twin, case.floor, block.figures[case.first].start)
    if dealt is None or case.edge - 1 <= floor:
        return []
    start = left_edge(block.twin, floor, case.edge - 1)
    listed = [m for m in block.places if start <= m.span.start < case.edge and m.place.kind != "group"][-case.count :]
    if len(listed) < case.count or not joined(block.twin, listed):
        return []
    if case.verdict.measure == "rank" and (ranking := _ranking(case, start)):
        return _dealt(
            case, [ranking] * case.count, "the places of the clause before, in order", [m.place for m in listed]
        )
    before = block.twin[start : listed[0].span.start]
    if not before or _AMONG_THEM.fullmatch(before) or _FOREMOST.search(before):
        own = left_phrase(block.twin, Span(dealt.end(), case.tail), [])
        own = own or left_phrase(block.twin, Span(case.edge, dealt.start()), block.topics(case.edge, dealt.start()))
        theirs = _THEIR.match(block.twin, listed[-1].span.end, case.edge)
        span = own.span if own else Span(*theirs.span("topic")) if theirs else None
        if span:
            places = [m.place for m in listed]
            return _dealt(case, [block.named(span)] * case.count, "the places of the clause before, in order", places)
        if rows and case.verdict.measure == "growth":  # 甲区收入1080亿元;乙区和丙区算得上黑马,分别增长18.9%、16.7%
            told = [without_speed(rows[-1].indicator) or rows[-1].indicator] * case.count
            return _dealt(case, told, "the places of the clause before, in order", [m.place for m in listed])
    last = rows[-1] if rows else None
    if last is None or not _SITUATED.search(block.twin, start, listed[0].span.start):
        return []
    if last.base_unit != block.figures[case.first].base_unit or last.end > start:
        return []
    return _dealt(case, [last.indicator] * case.count, "where it is, in order", [m.place for m in listed])


def _with_indicators_before(case: Case) -> list[Name]:
    """Deal out to the indicators that were told of another place: 乙区|两项指标|分别为312亿元和1.9亿美元."""
    block = case.block
    those = block.figures[case.first - 1] if case.first else None
    if those is None or those.value != case.count or not _THOSE.match(block.twin, those.end, case.tail):
        return []
    rows = [row for row in case.carried.recent if row.end <= those.start and row.measure == "level"]
    told = list(dict.fromkeys(row.indicator for row in reversed(rows)))[: case.count]
    return _dealt(case, told[::-1], "the indicators told before, in order") if len(told) == case.count else []


_THOSE = re.compile("(?:主要|核心|经济)?(?:指标|数据)(?:则?分别|依次)")


def _ranking(case: Case, start: int) -> str:
    """Return what places are ranked in: A、B进入“进出口总额”十强榜单,分别列第一名、第二名; else what the text announced."""
    block = case.block
    quoted = _LEAGUE.search(block.twin, start, case.edge) or _OVERALL.search(block.twin, case.sentence.start, case.edge)
    told = None if quoted else contest(case, block.figures[case.first])
    return block.written(Span(*quoted.span("it"))) if quoted else told.indicator if told else ""


_LEAGUE = re.compile("“(?P<it>[^“”]{2,12})”(?:[十百]|\\d{2,3})?强?(?:榜单?|排行榜|排名)")
_OVERALL = re.compile("(?P<it>(?:综合|总|单项)排名)")  # 综合排名前三十名里,A、B上榜,分别排在第四名、第八名
# “五园”中A产业园、B产业园发展最快,产值分别增长20%、15%; A、B的投资增长尤为迅速,分别增长50%和45%.
_AMONG_THEM = re.compile('(?:[“"]?[^,;。]{0,8}[中里]|而|其中|特别是|尤其是)')
# 营业收入增速|排名前三的是|A区、B区和C区,分别增长13.8%、8.1%和5.2%
_FOREMOST = re.compile(
    rf"(?:{SUPERLATIVE}|(?:排名?|位[居列]|居)前[两二三四五六\d](?:名|位)?|居[首前](?:列|位)?|领先)的?(?:分别|依次)?(?:是|为|有)$"
)
_THEIR = re.compile("的?(?P<topic>[\u4e00-\u9fff]{2,8}?)(?:增[长速幅]|下降|提升|表现|势头|较快|领先)")
_SITUATED = re.compile("(?:分布|集中|位于|坐落|落户|聚集|集聚|来自)(?:在|于|到)?$")


def _with_items(case: Case, left: Phrase) -> list[Name]:
    """制造业、普惠小微贷款余额分别增长10.7%、13.3%; 对美国、欧盟分别进出口263.5亿元、187.9亿元."""
    block, twin = case.block, case.block.twin
    split = DEALT.search(twin, case.floor, case.tail)
    begin = left.before.start if case.spread and "、" in twin[left.before.start : left.span.start] else left.span.start
    times = [t for t in block.topics(begin, left.span.start) if "、" not in twin[begin : t.start]]
    begin = max([begin, *(time.end for time in times if time.end < left.span.end)])
    end = split.start() if split and split.start() > begin else left.span.end
    end = next((t.span.start for t in block.periods if begin < t.span.start and t.span.end == end), end)
    joint = Span(begin, end)
    if not (case.spread or "、" in joint.of(twin)):
        return []
    told = block.named(joint)
    items = list_items(told if case.block.periods else joint.of(twin), case.count)
    if len(items) != case.count:
        return []
    after = case.block.written(Span(split.end(), left.span.end)) if split and split.end() < left.span.end else ""
    head = "对" if items[0].startswith("对") else ""
    indicators = [simplify(head + item.removeprefix(head) + after) for item in items]
    return _dealt(case, indicators, "the items of a list, in order")


def _with_items_before(case: Case) -> list[Name]:
    """钢铁、石化等行业增势良好,分别增长5.1%、6.3%: the clause before lists what they are of."""
    twin, edge, floor = case.block.twin, case.edge, case.sentence.start
    if not case.spread or edge - 1 <= floor or twin[edge - 1] not in ",:":
        return []
    start = left_edge(twin, floor, edge - 1)
    if any(start <= figure.start < edge for figure in case.block.figures):
        return []
    summed = _SUMMED_UP.match(twin, start, edge - 1)
    phrase = left_phrase(twin, Span(start, edge - 1), case.block.topics(start, edge)).span
    items = list_items(summed["list"] if summed else phrase.of(twin), case.count)
    indicators = [simplify(item) for item in items] if len(items) == case.count else []
    return _dealt(case, indicators, "the items of the clause before, in order") if indicators else []


def _with_parks_before(case: Case, left: Phrase) -> list[Name]:
    """A区平均投资强度520万元/亩,B区为460万元/亩;亩均税收分别达38万元和25万元: dealt out to the parks of the figures before."""
    rows = case.carried.recent[-case.count :]
    places = [Place(row.park, row.park_kind) for row in rows]
    if not DEALT.search(case.lead) or len(set(places)) < case.count or any(p.kind != "park" for p in places):
        return []
    return _dealt(case, [case.block.named(left.span)] * case.count, "the parks of the figures before, in order", places)


_SUMMED_UP = re.compile(r"(?:.*(?:源自|来自|包括|主要是|得益于))?(?P<list>[^,;。、]{1,12}、[^,;。]{1,40}?)等")


def _with_figures(case: Case) -> list[Name]:
    """非公企业61903家、社会组织5994家,分别增加28.33%、22.98%."""
    if case.verdict.basis == "area":
        return []  # 比A区、B区分别高出0.8、1.3个百分点: dealt out to what is compared with
    if case.verdict.measure == "share" and _WHOLES.search(
        case.block.twin, case.edge, case.block.figures[case.first].start
    ):
        return []  # 分别占全省、全市进出口的80%、85%: dealt out to what they are parts of
    twin, since = case.block.twin, case.block.figures[case.first].start
    latest = case.carried.recent[-_LATEST * case.count :]
    rows = [row for row in latest if not is_aside(twin[row.end : since])][-case.count :]
    parks = len({row.park for row in rows}) == case.count
    if len(rows) < case.count or not (case.spread or parks or _were_listed(case, rows)):
        return []
    places = [Place(row.park, row.park_kind) for row in rows]
    figures = case.block.figures[case.first : case.first + case.count]
    mixed = len({figure.base_unit for figure in figures}) > 1 and any(figure.kind != "ratio" for figure in figures)
    mixed = mixed and case.verdict.measure != "rank"  # 以90.84分、88.7分分列第2、第3位
    if mixed and any(row.base_unit != figure.base_unit for row, figure in zip(rows, figures, strict=True)):
        return []
    return _dealt(case, [row.indicator for row in rows], "the figures before, in order", places)


_LATEST = 3  # figures for each that is dealt out, asides among them: 财政总收入1.2亿元(比上年增加4398万元)
_WHOLES = re.compile("占[^,;。、占]{2,12}(?:、[^,;。、占]{2,20}){1,4}$")


def _were_listed(case: Case, rows: Sequence[Observation]) -> bool:
    """Tell whether the rows are a list of the same sentence whose changes these are: 为412吨和786吨,同比下降9.5%和7.8%."""
    twin, first = case.block.twin, case.block.figures[case.first]
    if case.verdict.measure not in {"growth", "change", "share"} or first.kind not in {"ratio", "part"}:
        return False
    if rows[0].start < case.sentence.start or len({row.indicator for row in rows}) < len(rows):
        return False
    if any(row.measure != "level" for row in rows):
        return False
    told = sum(row.start >= case.sentence.start for row in case.carried.recent)
    if len(rows) == told > _PAIR:
        return (
            True  # 完成投资4652万元,实现收入7.03亿元,税收3300万元,增长85.7%、25.5%、25.4%: as many as the sentence told
        )
    return all(JOINT.fullmatch(twin, one.end, other.start) for one, other in itertools.pairwise(rows))


_PAIR = 2


def joined(twin: str, listed: Sequence[Mention]) -> bool:
    """Tell whether places are named one after the other, with nothing but 、 or 和 between them."""
    gaps = (twin[a.span.end : b.span.start] for a, b in itertools.pairwise(listed))
    return all(_LIST_JOINT.fullmatch(gap) for gap in gaps)


_LIST_JOINT = re.compile(r"(?:\([^)]*\))?(?:、|和|与|及|以及)")
