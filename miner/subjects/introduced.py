"""Companies by names that no ending shows (特斯拉, 华润雪花), where the text has said that it speaks of companies -> `Subject`.

龙头企业拉动强劲。1—8月,特斯拉完成产值688亿元,三一重机完成产值112亿元: the sentence before tells of 龙头企业, and each
name stands at the head of a clause before what a company makes. 规上工业 and 第三产业 stand there too; they are no names.
"""

from __future__ import annotations

import re
from bisect import bisect
from functools import cache
from typing import TYPE_CHECKING

from miner import lexicon
from miner.heads import owned
from miner.spans import Span
from miner.subjects.organizations import Subject, leading, trades
from miner.words import cut, is_rare

if TYPE_CHECKING:
    from collections.abc import Iterator


@cache
def _companies() -> re.Pattern[str]:
    """What tells that the sentences after it speak of single companies."""
    return re.compile(rf"(?:{lexicon.any_of(lexicon.spellings('subjects', 'introduces'))})(?![\d、的名培])")


def _told(twin: str, span: Span) -> list[int]:
    """Return where they end that stand at the head of a clause."""
    return [m.end() for m in _companies().finditer(twin, *span) if twin[m.start() - 1 : m.start()] in _MARKS]


_MARKS = {"", *",。;:)\n”"}


@cache
def _makes() -> re.Pattern[str]:
    """A name at the head of a clause, and what it has made."""
    made = [word for word, kind in owned().items() if kind == "产出"]
    return re.compile(
        r"(?P<name>[\u4e00-\u9fffA-Za-z]{2,14}?)"  # |特斯拉|完成产值688亿元
        r"(?:前?[\d一二三四五六七八九十]{1,2}个?(?:月|季度)(?:份)?|全年|去年|今年|累计|共|预计)?"  # 特斯拉|1月|完成产值
        rf"(?:(?:完成|实现)(?:工业|规上)?|工业)?(?:{lexicon.any_of(made)})"  # 特斯拉|完成产值|688亿元
    )


_NEAR = 300  # code points
_SENTENCES = 2  # that begin after they were spoken of
_HEADS = re.compile(r"(?<=[,;。:、])(?:其中,)?")


def introduced(twin: str, span: Span) -> Iterator[Subject]:
    """Yield the companies of a paragraph that only their place in it shows.

    Example:
        >>> text = "龙头企业支撑有力。1月,特斯拉完成产值68亿元,规上工业产值300亿元。"
        >>> [subject.name.of(text) for subject in introduced(text, Span(0, len(text)))]
        ['特斯拉']
    """
    told = _told(twin, span)
    for head in _HEADS.finditer(twin, told[0], span.end) if told else ():
        since = told[bisect(told, head.start()) - 1]
        if head.end() - since > _NEAR or twin.count("。", since, head.end()) > _SENTENCES:
            continue
        match = _makes().match(twin, head.end(), span.end)
        if match is None:
            continue
        own = Span(*match.span("name"))
        if is_name(own.of(twin)):
            yield Subject(own, "a company among those that the text speaks of", own, passing=True)


def is_name(word: str) -> bool:
    """Tell whether a word at the head of such a clause is a company's name: none that says a kind, and in part made up.

    Example:
        >>> [is_name(word) for word in ("特斯拉", "中财管道", "规上工业", "高新技术企业", "全区")]
        [True, True, False, False, False]
    """
    if _KIND.search(word):
        return False
    if any(piece in leading() for piece in cut(word)) or "全" in word:
        return False  # 研发投入占
    # 生物医药, 新能源: a trade by itself is not made up.
    return any(len(piece) == 1 or is_rare(piece) for piece in cut(trades().sub("", word)))


_KIND = re.compile(
    r"(?:业|企|区|园|县|市|省|镇|乡|村|州|商|链|群|类"  # 第三产|业|
    r"|贸易|产品|经济|项目|板块|领域|平台|单位|机构|公司|主体|品牌|部门"  # 市场|主体|
    r"|[口产量额值数率])$"  # 货物吞吐|量|
    r"|^(?:全|各|规[上模]|其|该|新|第|总|外|内|民营|国有|私营|限[上额]"  # |规上|工业, |全|区
    r"|累计|实现|完成|共|上半|同|这"  # |累计|引进
    r"|重点|主要|一般|高新|战略|已|现|人均|户均|亩均"  # |高新|技术企业
    r"|地|市|县|区|省|保税|跨境|数字|[近止截])"  # |跨境|电商
    r"|年|[一二三四五六七八九十\d][月日]|月底"  # 2023|年|, 上|月底|
)
