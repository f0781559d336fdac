"""A noun phrase in a clause, and what both directions of reading take away from its ends."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from miner import lexicon

if TYPE_CHECKING:
    from miner.spans import Span


SUPERLATIVE = "最[高低大小多少快慢强]"
"""What is said of the first or the last of several: 甲区|最快|,为13.8%."""


class Phrase(NamedTuple):
    """A noun phrase in the folded text: its span, what stands before it in its clause, and the rule that found it.

    ``verb`` is true where it opens with a verb of newness or handling that belongs to it.
    """

    span: Span
    before: Span
    rule: str
    verb: bool = False

    def __bool__(self) -> bool:
        """Tell whether anything was found."""
        return self.span.end > self.span.start


LONGEST_CLAUSE = 400
"""Code points of a clause that are looked at; a text without a mark is as slow to read as a clause is long."""


def left_edge(twin: str, floor: int, at: int) -> int:
    """Return where the clause that leads up to ``at`` begins: after the last mark, whole brackets skipped.

    Example:
        >>> text = "可观。固定资产投资(不含农户)增长2.0%"
        >>> text[left_edge(text, 0, 17):17]
        '固定资产投资(不含农户)增长'
    """
    n, floor = at, max(floor, at - LONGEST_CLAUSE)
    while n > floor and (mark := _LAST_MARK.match(twin, floor, n)):
        n = mark.end()
        char = twin[n - 1]
        if opening := _OPENED_BY.get(char):
            begin = twin.rfind(opening, floor, n - 1)
            if begin < 0:
                return n
            n = begin
        elif char == "—" and twin[n - 2 : n - 1] != "—":
            n -= 1
        else:
            return n
    return floor


# What something yields or handles in a year or a day, at the head of a noun phrase: 建设|年产风电整机|150万千瓦的制造厂.
YEARLY = re.compile(
    r"(?<![\d今去明上本全当每同前后半一二两三四五六七八九十])[年日](?:产|加工|处理|培训|吞吐|生产)(?!能|值|量)(?=[\u4e00-\u9fff]{2})"
)
_OPENED_BY = {")": "(", "]": "[", "】": "【"}
_LAST_MARK = re.compile(rf"(?s:.{{0,{LONGEST_CLAUSE}}})[,;。:!?…\n\r(\[【)\]】—]")


@cache
def _predicate() -> re.Pattern[str]:
    """What a clause says of its indicator without a figure, at its end: 进出口总值|创历史新高|."""
    return re.compile(
        f"(?:{'|'.join(entry.get('pattern') for entry in lexicon.load('predicates') if entry.kind == 'predicate')})$"
    )


@lru_cache(maxsize=10_000)
def _predicated(clause: str) -> int:
    """Return where the predicate at the end of a clause begins, its length where it ends in none.

    Each clause is asked about twice and more, and a search costs 4 us, the cache 0.2.
    """
    state = _predicate().search(clause)
    return state.start() if state else len(clause)


def without_predicate(twin: str, start: int, end: int) -> int:
    """Step back over what is said of the indicator without a figure: 进出口总值|创历史新高|."""
    while 0 < (state := _predicated(twin[start:end])) < end - start:
        end = start + state
        end -= twin[end - 1] == "、"  # 跳跃增长、连攀新高
    return end


@cache
def _behind() -> re.Pattern[str]:
    """What those do that a figure counts, at the end of the clause: 3个综保区|高质量发展|."""
    return re.compile(
        f"(?:{'|'.join(entry.get('pattern') for entry in lexicon.load('predicates') if entry.kind == 'behind')})$"
    )


def without_deed(twin: str, start: int, end: int) -> int:
    """Step back over what those do that a figure counts: 综保区|高质量发展|."""
    deed = _behind().search(twin, start, end)
    return deed.start() if deed and deed.start() > start else end


def is_predicate(text: str) -> bool:
    """Tell whether a clause only says something of an indicator that was named before it: 为历年最高.

    Example:
        >>> is_predicate("为历年最高"), is_predicate("贸易总额")
        (True, False)
    """
    return bool(text) and _predicated(text) == 0


def trim_end(twin: str, start: int, end: int) -> int:
    """Step back over particles and marks at the end of a phrase."""
    if twin.endswith("以及", start, end):
        end -= 2  # 10条航线|以及全国首个自动化码头
    while end > start and twin[end - 1] in "的了、,;:-—~ \t\r\n“(和与及" and twin[end - 2 : end] not in _WITH_AND:
        end -= 1
    if end > start and twin[end - 1] == "”" and "“" not in twin[start:end]:
        end -= 1  # what is quoted began before the phrase
    return end


_WITH_AND = {"涉及", "普及", "提及", "危及", "惠及", "遍及", "波及", "参与", "给与", "温和", "总和", "共和"}


LOCAL = frozenset(
    {
        "其中",
        "首期",
        "同期",
        "首批",
        "中",
        "内",
        "里",
        "上",
        "下",
        "间",
        "外",
        "后",
        "以外",
        "之外",
        "以来",
        "之间",
        "当中",
    }
)
"""Words that say where or which, and count nothing by themselves."""

PARKS = re.compile(
    r"[^、,]{0,10}?"  # |229家国家级|经开区地区生产总值
    r"(?:园区|开发区|经开区|高新区|综保区|保税区|示范区|试验区|先导区"  # 229家国家级|经开区|地区生产总值
    r"|(?:产业|工业|科技)园(?!区|项目|建设|工程))"  # 5个现代|产业园|营业收入
    r"(?=[\u4e00-\u9fff]{2})(?!内|以上|管委会|党|非公|企业|重点企业|龙头企业|道路|路网|管网|厂房)"  # not |园区|管委会
)
"""Parks in a phrase that goes on with what they have: 229家国家级经开区|地区生产总值15.7万亿元."""
