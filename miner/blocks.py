"""A paragraph with everything that was found in it, before its figures are read.

Quantities that state no figure are sorted out here, each with the rule that says so; the rest are the figures.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from miner.masks import find_masks, rejected
from miner.measures import is_rank, measure
from miner.periods import Period, find_periods
from miner.phrases import left_edge
from miner.places.mentions import mentions
from miner.quantities import Quantity, quantities
from miner.reach import marked_events
from miner.rightward import right_phrase
from miner.schema import Rejection
from miner.spans import Span, as_span
from miner.subjects import find_subjects
from miner.subjects.parts import parts
from miner.text import Paragraph, simplify

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from miner.datelines import Reference
    from miner.places.known import Mention, Places
    from miner.subjects.organizations import Subject


_LAYOUT = re.compile(r"\s+|[\[［]\d{1,2}[\]］]")  # 地区生产总值[2]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of the folded text ``twin`` and what it holds, in order.

    ``text`` is the text as it is in the file; ``edges`` tells for each figure where its clause begins.
    """

    twin: str
    text: str
    paragraph: Paragraph
    periods: Sequence[Period]
    places: Sequence[Mention] = ()
    subjects: Sequence[Subject] = ()
    figures: Sequence[Quantity] = ()
    edges: Sequence[int] = ()

    def sentence(self, at: int) -> Span:
        """Return the sentence that holds offset ``at``."""
        sentences = self.paragraph.sentences
        n = bisect_right(sentences, (at, sys.maxsize)) - 1  # they are in order and apart
        return sentences[n] if n >= 0 and at < sentences[n].end else self.paragraph.span

    def written(self, span: Span) -> str:
        """Return a stretch as the file has it, in simplified script, without white space and the marks of footnotes."""
        start, end = span
        written = self.text[start:end]
        plain = written.isalpha() and written == self.twin[start:end]  # four in five, at a sixth of the cost
        return written if plain else simplify(_LAYOUT.sub("", written))

    def named(self, span: Span) -> str:
        """Return what a phrase names, without the times inside it: 海关全年监管货运量 names 海关监管货运量."""
        if not self.periods:
            return self.written(span)
        inside = [p.span for p in self.periods if span.start <= p.span.start and p.span.end < span.end]
        if not inside:
            return self.written(span)
        starts, ends = (span.start, *(time.end for time in inside)), (*(time.start for time in inside), span.end)
        return "".join(map(self.written, map(Span, starts, ends)))

    def topics(self, start: int, end: int) -> list[Span]:
        """Return the times, places and subjects that are topics and begin between ``start`` and ``end``."""
        found = [period.span for period in self.periods if start <= period.span.start < end]
        found += [place.span for place in self.places if start <= place.span.start < end and place.topic]
        found += [subject.span for subject in self.subjects if start <= subject.span.start < end]
        # 联合钢铁|350万吨|综合钢厂项目投资14亿美元: the name of a project goes on after its size
        found += [Span(start, s.span.end) for s in self.subjects if s.span.start < start < s.span.end < end]
        if self.twin.find("区", start, end) < 0 and self.twin.find("园", start, end) < 0:
            return found
        return found + [Span(*match.span()) for match in _TOGETHER.finditer(self.twin, start, end)]


_TOGETHER = re.compile("[两二三四五六](?:区|园|[个大座](?:园区|开发区))(?![域位间内外])")  # 两区税收合计500亿元


def read_block(
    twin: str,
    text: str,
    paragraph: Paragraph,
    reference: Reference,
    places: Places,
    named: Span | None = None,
    firms: Sequence[Span] = (),
) -> tuple[Block, list[Rejection]]:
    """Find everything in a paragraph; return it with the numbers that state no figure.

    ``named`` is where the text before it named an organization last, ``firms`` where it named companies in full.
    """
    periods = find_periods(twin, paragraph.span, reference)
    figures, refused = _sorted_out(twin, text, paragraph.span, periods)
    if not figures:
        return Block(twin, text, paragraph, periods), refused
    clauses = [as_span(match.span()) for match in _CLAUSE.finditer(twin, *paragraph.span)] if periods else []
    found = mentions(places, twin, paragraph.span)
    subjects = _subjects(twin, paragraph.span, places, found, named, firms)
    block = Block(
        twin,
        text,
        paragraph,
        list(marked_events(twin, periods, [figure.start for figure in figures], clauses)),
        found,
        subjects,
        figures,
        [_edge(twin, _floor(paragraph, figure.start), figure.start) for figure in figures],
    )
    return block, refused


def subjects_in(twin: str, span: Span, places: Places) -> list[Subject]:
    """Return the organizations and persons that a paragraph without a figure names."""
    return _subjects(twin, span, places, mentions(places, twin, span))


def _subjects(
    twin: str,
    span: Span,
    places: Places,
    found: Sequence[Mention],
    named: Span | None = None,
    firms: Sequence[Span] = (),
) -> list[Subject]:
    parks = [mention.span for mention in found if mention.place.kind != "region"]
    inner = [*places.inner(twin, span), *parts(twin, span, parks)]
    return find_subjects(twin, span, parks, named, inner, firms)


def _floor(paragraph: Paragraph, at: int) -> int:
    """Return where the clause of a figure may begin: the halves of a heading are apart, and no mark tells."""
    if not paragraph.heading:
        return paragraph.span.start
    return max(
        (sentence.start for sentence in paragraph.sentences if sentence.start <= at), default=paragraph.span.start
    )


def _edge(twin: str, floor: int, at: int) -> int:
    """Return where the clause of a figure begins; 占全市的比重,也从31.8%升至56.2% is one clause."""
    edge = left_edge(twin, floor, at)
    if edge - 1 > floor and _SHARE_OF.search(twin, max(floor, edge - 3), edge) and _GOES_ON.fullmatch(twin, edge, at):
        return left_edge(twin, floor, edge - 1)
    if edge == at and twin[edge - 1 : edge] == ":" and _DEALT_BY_COLON.search(twin, max(floor, edge - 9), edge):
        return left_edge(twin, floor, edge - 1)  # 增长率分别为:|4.1%|、6.9%
    return edge


_DEALT_BY_COLON = re.compile("(?:率|增速|增幅|降幅|占比|比重)(?:分别|依次)?为:$")
_SHARE_OF = re.compile("(?:比重|占比|比例|份额),$")
_GOES_ON = re.compile("[也已则均都]?(?:由|从)?(?:(?:19|20)\\d\\d年的?)?")
_CLAUSE = re.compile(r"[^,;。:!?]+[,;。:!?]?")


def _sorted_out(twin: str, text: str, span: Span, periods: Sequence[Period]) -> tuple[list[Quantity], list[Rejection]]:
    """Part the quantities of a paragraph into its figures and those that state none."""
    candidates = list(quantities(twin, text, span))
    if not candidates:
        return [], []
    masked = find_masks(twin, span, [period.span for period in periods])
    figures: list[Quantity] = []
    refused: list[Rejection] = []
    for quantity in candidates:
        ordinal = "" if figures and _next_in_order(twin, figures[-1], quantity) else _ordinal(twin, span, quantity)
        if rule := rejected(twin, quantity, masked) or ordinal:
            refused.append(Rejection(quantity.start, quantity.end, quantity.text, rule))
        else:
            figures.append(quantity)
    names = list(_thresholds(twin, figures))
    if names:
        figures = [quantity for quantity in figures if quantity not in names]
        refused += [Rejection(q.start, q.end, q.text, "a threshold, part of a name") for q in names]
        refused.sort()
    return figures, refused


def _ordinal(twin: str, span: Span, quantity: Quantity) -> str:
    if quantity.kind != "ordinal":
        return ""
    before, after = twin[span.start : quantity.start], twin[quantity.end : quantity.end + 2]
    return "" if is_rank(before, after, quantity) else "an ordinal"


_BOUNDED = frozenset({"at_least", "at_most", "over", "range"})


def _next_in_order(twin: str, one: Quantity, other: Quantity) -> bool:
    """Tell whether an ordinal goes on with the ranks before it: 甲区、乙区分别位居第二、|第三|,丙区|第四|."""
    if one.kind != "ordinal" or other.kind != "ordinal":
        return False
    beside = _NEXT_RANK.fullmatch(twin, one.end, other.start)
    return beside is not None and twin[other.end : other.end + 1] in _ENDS


_NEXT_RANK = re.compile("[、和与及]|[,、;][\u4e00-\u9fff]{1,12}?[区园市县省]")
_ENDS = frozenset({"", *",;。、)\n"})
_MAKE_UP = re.compile("的约?占(?:比)?")
_ARE = "(?:(?:达到?|有|共有?|为)了?)?"
_THRESHOLD = re.compile(rf"的?(?P<noun>[\u4e00-\u9fff]{{1,12}}?){_ARE}")
# 80亿元|项目|1个, in a list or after a verb; 总投资5亿元的项目 states what was invested.
_SORT = re.compile(rf"(?P<noun>[\u4e00-\u9fff]{{0,6}}(?:项目|企业)){_ARE}")
_WHICH_HAVE = re.compile("的(?:园区|企业|项目)?(?:共?有|达)")
_OPENS_ITEM = re.compile("(?:^|[,;:。、]|有|实施|签约|引进|开工|竣工|其中)$")
_OPENS = 2  # code points that are looked at before it


def _thresholds(twin: str, figures: Sequence[Quantity]) -> Iterator[Quantity]:
    """Find the amounts that only say which things the next figure counts: 产值超10亿元企业有6家, 50亿元或5亿美元以上项目2个."""
    named = False  # whether the figure after these says which things are counted
    for one, other in pairwise(reversed(figures)):
        named = _says_which(twin, other, one) or (named and twin[other.end : one.start] == "或")
        if named:
            yield other


def _says_which(twin: str, one: Quantity, other: Quantity) -> bool:
    """Tell whether an amount says which things the count after it counts."""
    share = other.base_unit == "%" and one.kind == "money" and one.modifier in {"at_least", "at_most"}
    if share and _MAKE_UP.fullmatch(twin, one.end, other.start):
        return True  # 其中月薪6000元以上的占三成
    if other.kind != "count":
        return False
    if one.modifier in {"at_least", "over"} and _WHICH_HAVE.fullmatch(twin, one.end, other.start):
        return True  # 高新技术企业数量超过300家的有65个
    if one.kind == "money" and one.modifier in _BOUNDED and twin[one.end : other.start] in {"", "的"}:
        return True  # 其中10亿元以上9个, 5000万元至1亿元的9家
    if one.kind not in {"money", "measure", "bare", "ratio"}:
        return False
    bounded = (
        one.text[0] == "前"  # 前1%学科24个
        if one.kind == "ratio"
        else one.modifier in _BOUNDED
    )
    sorts = one.kind == "money" and _OPENS_ITEM.search(twin, max(0, one.start - _OPENS), one.start)
    pattern = _THRESHOLD if bounded else _SORT if sorts else None
    gap = pattern.fullmatch(twin, one.end, other.start) if pattern else None
    return gap is not None and right_phrase(twin, *gap.span("noun")).span == gap.span("noun")


DEALT = re.compile(r"分别|依次|分[列居获占]")
"""The words that deal a list of figures out in order."""

_JOINTS = "、,和及与以/"
JOINT = re.compile(rf"(?=[{_JOINTS}])(?:[、,]?(?:和|及|与|以及)|[、/])(?P<verb>[\u4e00-\u9fff]{{0,4}})")
"""What joins two figures of a list: a mark or 和, and the second one's own verb (增长5.8%、下降2.4%)."""


_COMMA = re.compile("(?P<verb>),")


def series(block: Block, n: int) -> int:
    """Count the figures that stand in a list from figure ``n`` on, with nothing but a joint between them."""
    length = 1
    dealt = DEALT.search(block.twin, block.edges[n], block.figures[n].start)
    for one, other in pairwise(block.figures[n:]):
        joint = JOINT.fullmatch(block.twin, one.end, other.start) if block.twin[one.end] in _JOINTS else None
        if dealt and joint is None and one.base_unit == other.base_unit:
            joint = _COMMA.fullmatch(block.twin, one.end, other.start)  # 分别占16.4%,22.6%
        alike = one.base_unit == other.base_unit or {one.base_unit, other.base_unit} == {"%", "倍"}  # 增长1.1倍和94%
        if joint is None or not (dealt or alike):
            break
        if joint["verb"]:
            own = measure(joint["verb"], "", other)
            if own.measure == "level" or own.tail:
                break  # 综合产值增长8.5%、出口增长53.6%: 出口 is its own
        if other.kind == "count" and right_phrase(block.twin, one.core.end, other.start):
            break
        length += 1
    return length
