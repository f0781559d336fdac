"""What a sentence says that it speaks of before it goes from place to place: 从增速看,甲区最快,为13.8%,乙区8.1%."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from miner.leftward import left_phrase
from miner.measures import Verdict
from miner.phrases import SUPERLATIVE, left_edge
from miner.spans import Span

if TYPE_CHECKING:
    from miner.blocks import Block


def announced(block: Block, n: int) -> str:
    """Return what the sentence says that it speaks of, where the clause of figure ``n`` names no more than a place.

    Example sentences: 从|总量|看,甲区最大,达1186亿元; |实际利用外资|最多的是甲区,达2.3亿美元; 论|税收|,甲区3亿元,乙区2亿元.
    """
    twin, at = block.twin, block.figures[n].start
    start = block.sentence(at).start
    here = [m.span for m in block.places if start < m.span.start < m.span.end <= at]
    told = _OPENS.match(twin, start, at) if here else None
    if told is None or here[-1].start < told.end():
        return ""
    pieces: list[str] = []
    last = max(
        told.end(), block.figures[n - 1].end if n else 0
    )  # not from the edge: a clause between may name a measure
    for place in here:
        if place.start >= last:
            pieces.append(twin[last : place.start])
            last = place.end
    pieces.append(twin[last:at])
    return block.named(Span(*told.span(told.lastgroup or 0))) if _BARE.fullmatch("".join(pieces)) else ""


_MEASURED = "(?:[\u4e00-\u9fff]|GDP){2,14}?"
_OPENS = re.compile(
    rf"(?:其中|再|先|而)?,?(?:"
    rf"(?:从|就|按|以)(?P<seen>{_MEASURED})(?:上?来?[看说讲]|而言|而论|计)[,:]"  # 从|增速|看,
    rf"|论(?P<weighed>{_MEASURED})[,:]"  # 论|规模|,
    rf"|(?!各?(?:省份?|城市|地区|区域|园区|区县)[方上])(?P<about>{_MEASURED})(?:方面|上)[,:]"  # |税收|方面,
    rf"|(?P<most>{_MEASURED})(?:排名)?(?:{SUPERLATIVE}|居[首前]|领先)的?(?:分别)?(?:是|为|有|数|当属|要数)"  # |投资|最多的是
    rf"|(?P<ranked>{_MEASURED})(?:却|则)?要?(?:倒着|由高到低|从高到低|由大到小)(?:来)?(?:排(?:序|名|列)?|看|依次为)?:"  # |增速|由高到低排:
    r")"
)
_BARE = re.compile(
    rf"(?:其次|再次|次之|居首|{SUPERLATIVE}|而|则|也|[,:()\s]|分别|依次|是|为|有|达到?|约|仅|只有|以|至|到|列第[一二三四五六]|排第[一二三四五六])*"
)


def what_is_moved(block: Block, start: int, end: int) -> str:
    """Return what a stretch opens with and says the cause of: |光电产业|受惠于需求增加,产值回升,; blank where it does neither."""
    told = _MOVED.match(block.twin, start, end)
    if told is None:
        return ""
    span = Span(*told.span("it"))
    noun = left_phrase(block.twin, span, block.topics(*span))
    return block.named(noun.span) if noun and not noun.verb and noun.rule == "to the left of the figure" else ""


_MOVED = re.compile(
    "(?:其中|而|至于)?,?(?P<it>(?:[\u4e00-\u9fff]|[A-Z]{2,4}){2,10}?)(?:则|亦|也|主要|方面|部分)?(?:"
    "受惠|受益|受制|受累|受挫|受到|得益于|得力于|由于|因(?![此而])"  # 电脑周边产业|因|厂商转移
    "|受(?=[^,;。]{2,24}影响)|在(?=[^,;。]{2,30}下(?:[,产需]|营业?[额收]))"  # 通讯|受|地缘政治、厂商转移影响
    "|有(?=[^,;。]{2,24}(?:带动|挹注|加持))|则?是(?=[^,;。]{2,24}(?:带来|带动|效应))"  # 生医科技|有|新药行销等带动
    ")[^,;。]"
)


def speed_announced(block: Block, n: int) -> Verdict | None:
    """Return that a ratio is a growth where the sentence says that it speaks of speed: 从|增速|看,甲区最快,为13.8%."""
    quantity = block.figures[n]
    if quantity.base_unit != "%" or not announced(block, n).endswith(SPEEDS):
        return None
    tail = quantity.start - block.edges[n]
    return Verdict("growth", "", "up" if quantity.value >= 0 else "down", tail, "the speed that the sentence speaks of")


def foremost(block: Block, n: int) -> Verdict | None:
    """Return of what sort a ratio is where the clause before says that it is the greatest: 产值增长最快,|达18.2%|.

    电子信息产业占比最高,达35.2% is a share of what the text spoke of.
    """
    told, tail = _told_foremost(block, n), block.figures[n].start - block.edges[n]
    if told is None:
        return None
    if told["part"]:
        return Verdict("share", "", "", tail, GREATEST_SHARE)
    return Verdict("growth", "", "up", tail, FASTEST_GROWTH)


def what_is_foremost(block: Block, n: int) -> str:
    """Return what the clause before figure ``n`` says to be the greatest: |产值|增长最快,达18.2%, blank where it does not."""
    told = _told_foremost(block, n)
    if told is None:
        return ""
    begin = left_edge(block.twin, block.sentence(told.start()).start, told.start())
    return block.named(Span(begin, told.start()))


GREATEST_SHARE = "the greatest share"
FASTEST_GROWTH = "the fastest growth"


def _told_foremost(block: Block, n: int) -> re.Match[str] | None:
    quantity = block.figures[n]
    if quantity.base_unit != "%":
        return None
    floor = block.figures[n - 1].end if n else 0
    return _FOREMOST.search(block.twin, max(floor, quantity.start - _LONGEST), quantity.start)


_FOREMOST = re.compile(
    rf"(?:(?P<part>占比|比重|份额)|增长|增速|增幅|涨幅|成长率?|增长率)(?:{SUPERLATIVE}|居首),(?:达到?|高达|为|约)?$"
)
_LONGEST = 9  # code points of what it matches


def without_speed(text: str) -> str:
    """Return what grows at a speed: 营业收入 of 营业收入增速, blank where only the speed is told."""
    end = next((word for word in SPEEDS if text.endswith(word)), "")
    return text.removesuffix(end).removesuffix("的")


SPEEDS = ("增速", "增幅", "涨幅", "增长率", "成长率", "增长速度")
