"""Numerals in any script, read into exact `Decimal`s with their span.

The grammar (GB/T 15835-2011, and how newspapers write):

    number    sign? (mixed | fraction)
    mixed     (digits | numeral)+            1349.6万   3亿4300万   一万两千   二〇二三   十三点七亿
    open      mixed with 余 多 几 来 inside    11万余     8000余万    十几万     上千
    pair      two digits that neighbour       三五家     十七八人    三千五六百块
    fraction  number 分之 number              百分之九点四   三分之二   三又二分之一   1/2
    half      一半, 半数, 半 before a unit        过半   近半数   半亩

One pattern finds the stretch; a short loop over its characters gives the value.
"""

from __future__ import annotations

import itertools
import math
import re
from decimal import Context, Decimal, localcontext
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from miner import lexicon
from miner.spans import Span
from miner.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_DIGITS = 60
"""Longest run of digits that states a quantity; anything longer is a code."""

# Wide enough that no product of a written number and its magnitude is ever rounded.
EXACT = Context(prec=2 * MAX_DIGITS + 40)


class Number(NamedTuple):
    """A numeral found in a text.

    ``value`` is what it says: the lower bound where it names two. ``scale`` is the magnitude word that ends it
    (万, 亿, 万亿), ``scale_at`` where that word begins; ``high`` the upper of two named numbers; ``more`` tells that
    余, 多 or 几 leaves it open above; ``parts`` is true for a fraction (百分之五, 三分之二), whose value is a share of 1.
    """

    start: int
    end: int
    text: str
    value: Decimal
    scale: Decimal = Decimal(1)
    scale_at: int = -1
    high: Decimal | None = None
    more: bool = False
    parts: bool = False

    @property
    def span(self) -> Span:
        """The stretch of the text that the numeral takes."""
        return Span(self.start, self.end)


Token = tuple[Literal["literal", "digit", "zero", "ten", "small", "big", "point"], Decimal]


@cache
def _tokens() -> dict[str, Token]:
    return {
        word: (entry.kind, Decimal(entry.get("value")))  # type: ignore[misc]  # the kinds are those of Token
        for word, entry in lexicon.spellings("numerals").items()
    }


def _class(*kinds: str) -> str:
    return "".join(word for word, (kind, _) in _tokens().items() if kind in kinds)


_DIGIT, _PLACE, _BIG = _class("digit"), _class("small", "ten"), _class("big")
_ANY = _class("digit", "zero", "ten", "small", "big")
# Digits: an unbroken run, or groups of three (1,234 or 1 234.5); a comma that parts two numbers of a list is no thousands mark.
# 1.35E+08, as spreadsheets write; 1.2M, but not 5G网络 or 4K屏.
_POWER = r"(?:[eE][+-]?\d{1,2}(?![A-Za-z\d.])|[kKMG](?=元|[^\w/-]|$))?+"
_POWERS = {"k": 10**3, "K": 10**3, "M": 10**6, "G": 10**9}
_DIGITS = (
    r"(?:\d{1,3}(?:,\d{3})++(?![\d])"  # |1,234.5|万元
    r"|(?<!\d[ ])\d{1,3}(?:[ ]\d{3})++(?=\.\d)"  # |1 234.5|亿元
    r"|(?<![A-Za-z\d.,:-])(?<!\d[ ])\d{1,3}(?:[ ]\d{3})++(?=[\u4e00-\u9fff%]|$)(?![年月日])"  # |12 345|人
    rf"|\d++)(?:\.\d++)?+{_POWER}"  # |58692|元, |1.35E+08|元
    rf"|(?<![\d.])\.\d++{_POWER}"  # |.5|个百分点
)
# 参, 伍, 陆, 拾 are words of their own (参加, 陆续, 拾起): numerals only beside another formal one.
_FORMAL = "壹贰叁参肆伍陆柒捌玖拾佰仟万亿"
_WORDS = "参伍陆拾仨俩幺"
_COMMON = "".join(char for char in _ANY if char not in _WORDS and char != "两")
_OPEN = "余多来几数"
_NUMERAL = rf"(?:{_DIGITS}|[{_COMMON}]|(?<![\d万亿])两|(?<=[万亿])两(?=[百千万])|(?<=[{_FORMAL}零])[{_WORDS}]|[{_WORDS}](?=[{_FORMAL}零元圆]))"
# 兆 before a unit of physics is mega (兆瓦), 千 is kilo (9157万千瓦, 5千米, but 三千米): they belong to the unit.
_MEGA = rf"(?:兆(?=[瓦赫帕欧焦字比位伏])|(?<=[\d.万亿{_PLACE}])千(?=[瓦克米伏卡赫焦帕])|千(?=[瓦伏卡])|[百千](?=分点))"
_MIXED = rf"""
    (?:[数几](?=[{_PLACE}{_BIG}]))?+                             # 数十, 几百
    (?:(?!{_MEGA})(?:
        {_NUMERAL}
      | (?<=[{_ANY}])\ ?点(?=\ ?[{_DIGIT}零〇\d])                # 十二点五, 零点77, 六 点 五
      | (?<=[{_DIGIT}{_PLACE}零〇])\.(?=[{_DIGIT}零〇])           # 九.六四, 五十.〇八
      | (?<=点)\x20
      | \ (?=[{_PLACE}{_BIG}余])(?!千[米克瓦卡伏赫焦帕])           # 二十 亿, 1.1 万, 十几 万; not 792.3| 千米
      | (?<=[{_PLACE}{_BIG}\d])\ (?=多[\u4e00-\u9fff])           # 120 多条, 二十 多家
      | (?<=[{_PLACE}{_BIG}])\ (?=(?:[{_DIGIT}]|\d++)(?:[{_PLACE}{_BIG}\ 点又]|(?![\u4e00-\u9fff\d])))  # 三千 八百 九十六 万, 7万 5千
      | (?<=[{_BIG}])半(?![导径岛成数年月天小世截])             # 一万半, 一万半亩
      | \ ?几(?=[{_BIG}]|(?![{_ANY}何]))                      # 十几万, 十几家, 20几家
      | (?<=[{_PLACE}{_BIG}])[数几](?=[{_PLACE}])               # 一百几十, 一万几千
      | (?<=[{_PLACE}{_BIG}\d\ ])[余多来](?=[{_BIG}]|[^{_ANY}\d]|$)  # 8000余万, 11万余, 十多家
    ))++
"""
# What a numeral may open with is looked for by itself: most characters are none of it, and are passed twenty times faster.
_STARTS = re.compile(rf"[-+.\d负零下{_ANY}两{_WORDS}{_OPEN}]")
_NUMBER = re.compile(
    rf"""
    (?P<sign>(?:(?:(?<=\()|(?<=[同环]比))\+|(?<![减担抱肩胜自])负|零下|(?<![\w.%‰~—)-])-|(?:(?<=[长加少降低跌幅速率为达是约差值温和与及在到至由从])|(?<=[同环]比))-(?=\d))\ ?)?+
    (?P<first>(?:(?<![\d.])|(?=[数几]))(?:{_MIXED}))
    (?:\ ?又\ ?(?P<whole>(?:{_MIXED})))?+
    (?:\ ?(?P<over>分\ {{0,2}}之|/(?!\d+/))\ ?(?P<second>(?:{_MIXED})))?+
    """,
    re.VERBOSE,
)
_PIECE = re.compile(rf"{_DIGITS}|[点.]\ ?[{_DIGIT}零〇\d]+|.")


def find_numbers(text: str) -> list[Number]:
    """Find every numeral of ``text``, whatever it counts or names.

    Example:
        >>> [(n.text, str(n.value)) for n in find_numbers("1.1萬戶，三亿五千万，百分之八十")]
        [('1.1萬', '11000'), ('三亿五千万', '350000000'), ('百分之八十', '0.8')]
    """
    with localcontext(EXACT):
        return scan(fold(text), text, 0, len(text))


def scan(twin: str, text: str, start: int, end: int) -> list[Number]:
    """Return the numerals between ``start`` and ``end`` of the folded ``twin``; ``text`` gives them as written.

    To be called in the context `EXACT`, which is dear to enter for each paragraph.
    """
    numbers = []
    at = start
    while begin := _STARTS.search(twin, at, end):
        match = _NUMBER.match(twin, begin.start(), end)
        at = match.end() if match else begin.end()
        if match and (number := _read(match, text)):
            numbers.append(number)
    if twin.find("半", start, end) < 0 and twin.find("对折", start, end) < 0:
        return numbers
    halves = [_half(match, text) for match in _HALF.finditer(twin, start, end)]
    taken = {at for half in halves for at in range(half.start, half.end)}
    numbers = [number for number in numbers if number.start not in taken]
    found = sorted(numbers + halves, key=lambda number: number.start)
    ends = itertools.accumulate((number.end for number in found), max, initial=start)
    return [number for number, end in zip(found, ends, strict=False) if number.start >= end]  # 24/1半 is read once


# 一半, 过半, 近半数: a half that is a share, not half a unit (半年, 半小时) and not part of a word (半导体).
_HALF = re.compile(
    r"(?P<it>[一1]半|半数|(?<=[近超逾])半|(?<![通经超度]过)(?<=过)半)(?![导径岛天年月百日山路程空辈生价夜晌信票个]|小时|世纪)"
    r"|(?<![一两三四五六七八九十百千万亿\d多各大下上前后])(?P<unit>半)(?=(?:加仑|公里|公斤|公升|英里|斤|吨|亩|公顷|平方|立方|升|米)|成(?![品套型])|个(?:工作日|小时|百分点))"
    r"|(?<=[到至需用了仅])半(?=天|年|小时|个月)"  # 通关时间由3天缩短至|半|天
    r"|(?P<even>[对半])(?=折)"
)


def _half(match: re.Match[str], text: str) -> Number:
    """Read 半 as a number: 半亩, 半成 are half a unit, 对折 five tenths, 一半 a share of 1."""
    at = match.span()
    value = Decimal(5) if match["even"] else Decimal("0.5")
    return Number(*at, text[slice(*at)], value, parts=bool(match["it"]))


def _read(match: re.Match[str], text: str) -> Number | None:
    minus, written, over = match.group("sign", "first", "over")
    first = _mixed(written)
    if first is None:
        return None
    start, (begin, end) = match.start(), match.span("first")
    scale_at = begin + first.scale_at if first.scale_at >= 0 else -1
    number = Number(start, end, text[start:end], first.value, first.scale, scale_at, first.high, first.more)
    if over:
        share = _share(match, first.value)
        if share is None:
            return None
        number = Number(start, match.end(), text[start : match.end()], share, parts=True)
    if minus and minus[0] != "+":
        high = number.high  # 零下三五度 is -5 to -3
        number = number._replace(value=-(high or number.value), high=high and -number.value)
    return number


def _share(match: re.Match[str], first: Decimal) -> Decimal | None:
    """Read a fraction that begins with ``first``; None where a part cannot be read, or what divides is nothing."""
    second, whole = _mixed(match["second"]), Decimal(0)
    if match["whole"]:  # 三又二分之一: the number before 又 is whole, the one after it the denominator
        middle = _mixed(match["whole"])
        if middle is None:
            return None
        whole, first = first, middle.value
    if second is None:
        return None
    top, bottom = (second.value, first) if match["over"][0] == "分" else (first, second.value)
    return whole + top / bottom if bottom else None


class _Mixed(NamedTuple):
    value: Decimal
    scale: Decimal
    scale_at: int
    high: Decimal | None
    more: bool


@lru_cache(maxsize=10_000)
def _mixed(written: str) -> _Mixed | None:
    """Read one mixed numeral, without sign and without 分之; a text says most of its numerals (一, 2025, 10) over and over."""
    tokens: list[Token] = []
    scale_at = -1
    for match in _PIECE.finditer(written):
        if match[0] in _OPEN or match[0] == " ":
            continue
        token = _token(match[0])
        if token is None:
            return None
        if token[0] != "big":
            scale_at = -1
        elif scale_at < 0:
            scale_at = match.start()
        tokens.append(token)
    if any(one[0] == other[0] == "point" for one, other in itertools.pairwise(tokens)):
        return None  # 三点五点六
    if not tokens:
        return None  # 多 after a blank
    lows, highs = _pair(tokens)
    low = _evaluate(lows)
    if low is None:
        return None
    ending = itertools.takewhile(lambda token: token[0] == "big", reversed(tokens))
    scale = math.prod((value for _, value in ending), start=Decimal(1))
    more = any(char in _OPEN for char in written)
    return _Mixed(low, scale, scale_at, _evaluate(highs) if highs else None, more)


def _token(piece: str) -> Token | None:
    """Read one piece of a numeral; None where no one would write it."""
    known = _tokens().get(piece)
    if known is not None:
        return known
    if len(piece.replace(",", "")) > MAX_DIGITS:
        return None
    if piece[0] == "点" or (piece[0] == "." and not piece.isascii()):
        digits = "".join(str(_tokens()[char][1]) if char in _tokens() else char for char in piece[1:].strip())
        return "point", Decimal(f"0.{digits}")
    if piece == "半":
        return "digit", Decimal(5)  # 一万半: five tenths of the magnitude before it
    digits = piece.replace(",", "").replace(" ", "")
    return "literal", Decimal(digits.rstrip("kKMG")) * _POWERS.get(digits[-1], 1)


def _pair(tokens: list[Token]) -> tuple[list[Token], list[Token]]:
    """Split 三五百 into 三百 and 五百, 十七八 into 十七 and 十八; the second is empty where no pair stands."""
    for n in range(len(tokens) - 1):
        (kind, low), (next_kind, high) = tokens[n], tokens[n + 1]
        alone = (n == 0 or tokens[n - 1][0] in {"small", "big"}) and (
            n + 2 == len(tokens) or tokens[n + 2][0] in {"small", "big"}
        )
        if kind == next_kind == "digit" and alone and (high - low == 1 or (low == 3 and high == 5)):
            return tokens[: n + 1] + tokens[n + 2 :], tokens[:n] + tokens[n + 1 :]
    return tokens, []


def _evaluate(tokens: Sequence[Token]) -> Decimal | None:
    """Add up a numeral: digits wait for their unit, 万 and 亿 close what stands before them.

    Example:
        >>> str(_evaluate([("digit", Decimal(3)), ("big", Decimal(10000)), ("digit", Decimal(5))]))
        '35000'
    """
    if all(kind in {"digit", "zero"} for kind, _ in tokens):
        return _digit_by_digit(tokens)
    tokens = _written_in_places(tokens)
    closed = group = last = none = Decimal(0)  # the last is the unit before the waiting digit, for 三万五 and 一百二
    waiting: Decimal | None = None
    said = False  # a digit or a unit was met: 0万亿 is nothing, 万亿 is one
    for kind, value in tokens:
        if kind == "zero":
            if waiting is not None:
                return None
            last = none
        elif kind in {"digit", "literal"}:
            if waiting is not None:
                return None
            waiting = value
        elif kind == "point":  # 十三点七亿: the point belongs to what stands before the magnitude
            group, waiting, last = none, group + (waiting or 0) + value, none
        elif kind == "ten":
            group, waiting, last = group + value, None, none
        elif kind == "small":
            group, waiting, last = group + (Decimal(1) if waiting is None else waiting) * value, None, value
        else:
            group += waiting or 0
            if not said:
                group = Decimal(1)  # 万亿元, 亿元 with no number before it
            if closed < value or not group:
                closed = (closed + group) * value  # 二十万亿, 一万五千亿, 十万万
            else:
                closed += group * value
            group, waiting, last = none, None, value
        said = True
        if closed.adjusted() >= MAX_DIGITS:
            return None
    if waiting is not None:
        group += waiting * last / 10 if last >= 100 and waiting < 10 else waiting
    return plain(closed + group)


def _written_in_places(tokens: Sequence[Token]) -> Sequence[Token]:
    """Join the digits that stand in their places before a magnitude or a point, as newspapers write: 一九〇亿, 二五.三亿.

    Two digits before a magnitude are two numbers (三五亿) or none (三零万).
    """
    run = list(itertools.takewhile(lambda token: token[0] in {"digit", "zero"}, tokens))
    after = tokens[len(run)][0]
    digits = [str(value) for _, value in run]
    if (after == "big" and len(run) > _PAIR) or (after == "point" and len(run) >= _PAIR):
        return [("literal", Decimal("".join(digits))), *tokens[len(run) :]]
    return tokens


_PAIR = 2


def _digit_by_digit(tokens: Sequence[Token]) -> Decimal | None:
    """Read 二〇二三; two digits side by side (唯一一家) are no number."""
    if len(tokens) > MAX_DIGITS or (len(tokens) == 2 and all(kind == "digit" for kind, _ in tokens)):
        return None
    return Decimal("".join(str(value) for _, value in tokens))


def plain(value: Decimal) -> Decimal:
    """Return ``value`` without trailing zeros and without exponent: 13970000000, not 13970000000.0.

    Example:
        >>> str(plain(Decimal("139.70E+8")))
        '13970000000'
    """
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
