"""Number + unit + modifier -> `Quantity` with exact value and bounds.

What a quantity is made of, in order (docs/figures.md, section "Span"):

    quantity  before? number (余|多)? unit half? after?        近500个   11万余家   十五万人左右
    range     number unit? (—|至|到|~) number unit             1000—3000元   1.2万至1.5万人
    share     百分之N   N成(N)?   N折   N分之N   半数              百分之五   九成五   三分之二   近半数
    shared    number (、|和) number unit                        高出0.8、1.3个百分点

Whether a quantity states a figure is not asked here: masks.py says what does not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from functools import cache
from typing import TYPE_CHECKING

from miner import lexicon
from miner.numbers import EXACT, Number, plain, scan
from miner.spans import Span
from miner.text import fold
from miner.units import Unit, unit_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from miner.schema import Modifier

_HUNDRED = Decimal(100)
_NOTHING = Unit("", "", "number")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit and modifiers.

    ``start`` and ``end`` take the modifiers in; ``core`` is number and unit alone; ``kind`` is that of the unit, or
    ``part`` for 三成 and 三分之二, ``ordinal`` after 第, ``bare`` where a number with a magnitude has no unit (10亿产值),
    ``number`` where any other has none.
    """

    start: int
    end: int
    text: str
    core: Span
    number: Decimal
    unit: str
    value: Decimal
    base_unit: str
    kind: str
    modifier: Modifier
    value_min: Decimal | None
    value_max: Decimal | None
    digits: bool = True
    rules: tuple[str, ...] = ()

    @property
    def span(self) -> Span:
        """The stretch of the text that the quantity takes."""
        return Span(self.start, self.end)


def bounds(modifier: Modifier, value: Decimal, high: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
    """Return the bounds that a modifier implies (docs/figures.md, value_min and value_max).

    Example:
        >>> bounds("nearly", Decimal(500), None)
        (None, Decimal('500'))
    """
    if modifier == "range":
        return value, high
    if modifier == "exact":
        return value, value
    if modifier in {"over", "at_least"}:
        return value, None
    if modifier in {"nearly", "under", "at_most"}:
        return None, value
    return None, None


def find_quantities(text: str) -> list[Quantity]:
    """Find every quantity of ``text``, whether or not it states a figure.

    Example:
        >>> q = find_quantities("以不到2%的土地面積")[0]
        >>> q.text, str(q.value), q.base_unit, q.modifier
        ('不到2%', '2', '%', 'under')
    """
    return list(quantities(fold(text), text, Span(0, len(text))))


def quantities(twin: str, text: str, span: Span) -> Iterator[Quantity]:
    """Yield the quantities within ``span`` of the folded ``twin``; ``text`` gives them as written."""
    with localcontext(EXACT):
        numbers = scan(twin, text, span.start, span.end)
        at = span.start
        for n, number in enumerate(numbers):
            if number.start < at:
                continue
            quantity = _quantity(twin, text, number, numbers[n + 1 :], at)
            at = quantity.end
            yield quantity


@dataclass(frozen=True, slots=True)
class _Part:
    """A number with the unit after it, before modifiers are asked for."""

    number: Number
    unit: Unit
    written: str  # the unit as written, magnitude included
    mantissa: Decimal
    value: Decimal
    end: int
    rule: str = ""
    start: int = -1  # where a currency before the number begins


_TITHE = re.compile(
    r"成(?![立员果本功为交效都熟长绩套就分])(?P<more>[一二三四五六七八九](?![一二三四五六七八九十百千万亿]))?"
)
_DISCOUNT = re.compile(r"折(?![扣合旧线叠算射])(?P<more>)")
_DIGIT_VALUES = dict(zip("一二三四五六七八九", range(1, 10), strict=True)) | {"两": 2}
_HALF_MORE = re.compile(r"半(?![导径岛成数])")
_TO = re.compile(r"\s?(?:[—~-]{1,2}|至|到|或)\s?")
_LIST = re.compile(r"[、,和与及]")
_FROM = re.compile(r"[从由自](?:[^,;。、]{0,6})$")
_CURRENCY = re.compile(r"(?:人民币|港币|新台币|台币|美元|欧元|日元|RMB|HK\$|US\$|NT\$|[$¥€£])\s?$")


def _part(twin: str, number: Number, before: str = "") -> _Part | None:
    """Read the unit that follows ``number``; None where it has none."""
    at = number.end
    if number.parts:
        unit = unit_at(twin, at)
        if unit is not None and unit.kind == "measure" and not before:
            return _Part(
                number, unit, unit.text, number.value, number.value, at + len(unit.text), "a fraction of a unit"
            )
        share = number.value * _HUNDRED
        return _Part(
            number, Unit("%", "%", "ratio" if number.text[0] in "百佰" else "part"), "%", share, share, at, "a fraction"
        )
    for pattern, sign in ((_TITHE, "成"), (_DISCOUNT, "折")):
        match = pattern.match(twin, at)
        if match and 0 < number.value <= 10:
            tithes = number.value + Decimal(_DIGIT_VALUES.get(match["more"], 0)) / 10
            high = None if number.high is None else number.high * 10
            number = replace(number, high=high)
            return _Part(number, Unit(sign, "%", "part"), sign, tithes, tithes * 10, match.end(), f"tenths, {sign}")
    mantissa, value = number.value / number.scale, number.value
    scale = twin[number.scale_at : number.end].rstrip("余多几来") if number.scale_at >= 0 else ""
    if twin.startswith("个多", at) and (span := unit_at("个" + twin[at + 2 : at + 6], 0)) and span.kind == "time":
        opened, end = replace(number, more=True), at + 1 + len(span.text)
        return _Part(opened, span, scale + span.text, mantissa, value, end, "多 inside the unit")
    if number.scale == 1 and (spoken := _SPOKEN_SCALE.match(twin, at)):
        return _spoken(twin, number, spoken)
    unit = unit_at(twin, at + (twin[at : at + 1] == " "))
    if unit is None:
        prefix = _CURRENCY.search(twin, max(0, number.start - 5), number.start)
        if prefix and (unit := unit_at(prefix[0].strip(), 0)):
            rule = "a currency before the number"
            return _Part(number, unit, scale + unit.text, mantissa, value, at, rule, prefix.start())
        return None
    end = at + (twin[at : at + 1] == " ") + len(unit.text)
    if unit.text == "番":
        gain = (Decimal(2) ** int(value) - 1) * _HUNDRED if value <= 60 else value
        return _Part(number, Unit("番", "%", "ratio"), "番", mantissa, gain, end, "doublings, 番")
    more, end = _smaller(twin, unit, end)
    return _Part(number, unit, scale + unit.text, mantissa + more, value + more * number.scale, end)


# 完成2个亿, 总投资6个亿人民币; 12个亿元项目 are twelve.
_SPOKEN_SCALE = re.compile(r"个(?P<scale>[万亿]|[百千]万|万亿)(?![元万亿级吨斤立次])")
_SPOKEN = {"万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "万亿": 10**12}


def _spoken(twin: str, number: Number, spoken: re.Match[str]) -> _Part:
    """Read a magnitude that 个 parts from its number, as in speech."""
    unit = unit_at(twin, spoken.end())
    unit = unit if unit is not None and unit.kind == "money" else Unit("", "", "bare")
    value, end = number.value * _SPOKEN[spoken["scale"]], spoken.end() + len(unit.text)
    return _Part(number, unit, spoken[0] + unit.text, number.value, value, end, "a magnitude after 个")


# What may follow a unit and belongs to it: 十五斤半, 三米九, 五块六, 一百三十五块六角七分, 三块零四.
_COINS = re.compile(
    r"(?:(?P<dimes>[一二三四五六七八九两\d])[角毛])?(?:(?P<cents>[一二三四五六七八九两\d])分)?(?:钱)?(?![之\d])"
)
_TENTH = re.compile(r"(?P<zero>零)?(?P<digit>[一二三四五六七八九])(?![一二三四五六七八九十百千万亿\u4e00-\u9fff])")


def _smaller(twin: str, unit: Unit, end: int) -> tuple[Decimal, int]:
    """Read what follows a unit in smaller parts of it: how much it adds, and where it ends."""
    half = _HALF_MORE.match(twin, end)
    if half and unit.kind in {"measure", "time", "money"}:
        return Decimal("0.5"), half.end()
    if unit.base == "元" and (coins := _COINS.match(twin, end)) and (coins["dimes"] or coins["cents"]):
        return Decimal(_coin(coins["dimes"])) / 10 + Decimal(_coin(coins["cents"])) / 100, coins.end()
    if unit.text in {"块", "米"} and (tenth := _TENTH.match(twin, end)):
        return Decimal(_coin(tenth["digit"])) / (100 if tenth["zero"] else 10), tenth.end()
    return Decimal(0), end


def _coin(written: str | None) -> int:
    return int(written) if written and written.isdigit() else _DIGIT_VALUES.get(written or "", 0)


def _bare(twin: str, number: Number) -> _Part | None:
    """A number whose magnitude has no unit behind it: 10亿产值, 76万群众, 近3000万."""
    if number.scale <= 1 or number.scale_at < 0:
        return None
    scale = twin[number.scale_at : number.end].rstrip("余多几来")
    unit = Unit("", "", "bare")
    return _Part(number, unit, scale, number.value / number.scale, number.value, number.end, "a magnitude without unit")


def _quantity(twin: str, text: str, number: Number, after: Sequence[Number], floor: int) -> Quantity:
    following = after[0] if after else None
    part = _part(twin, number)
    ordinal = number.start > floor and _is_place(twin, number, part)
    rules = []
    high = (part.number if part else number).high
    if high is not None:
        rules.append("two neighbouring digits are a range")
    to = _TO.match(twin, part.end if part else number.end)
    if to and following is not None and following.start == to.end() and not ordinal:
        ranged = _range(twin, number, part, following)
        if ranged is not None and not _FROM.search(twin, max(floor, number.start - 8), number.start):
            part, high = ranged
            rules.append("a range")
    if part is None and following is not None:
        part = _shared(twin, number, after)
    elif part is not None and part.unit.text == "个" and following is not None:
        part = _points(twin, part, following) or part
    part = part or _bare(twin, number)
    if ordinal:
        return _ordinal(text, number, part, first=twin[number.start - 1] == "前")
    if part is None or (part.unit.shy and not _is_bold(number)):
        part = _Part(number, _NOTHING, "", number.value, number.value, number.end)
    if part.rule:
        rules.append(part.rule)
    return _modified(twin, text, number, part, high, floor, rules)


def _is_place(twin: str, number: Number, part: _Part | None) -> bool:
    """Tell whether a number is a place in an order: 第3位, 前三; 前10% and 前5家 are not."""
    before = twin[number.start - 1]
    return before == "第" or (before == "前" and (part is None or part.unit.text in {"位", "名", "强"}))


def _is_bold(number: Number) -> bool:
    """Tell whether a shy unit after ``number`` is one: 三部 is a name, 3部 and 三十部 count."""
    return number.text[0].isdigit() or number.scale > 1 or number.value >= 20


def _range(twin: str, number: Number, part: _Part | None, following: Number) -> tuple[_Part, Decimal] | None:
    """Join two numbers around — 至 到 ~ where they share a unit, or the first leaves it to the second."""
    upper = _part(twin, following) or _bare(twin, following)
    if upper is None or following.parts != number.parts:
        return None
    if part is not None and part.unit.base != upper.unit.base:
        return None
    low = number.value if part is None else part.value
    mantissa = number.value / number.scale if part is None else part.mantissa
    written = upper.written
    if part is None and number.scale == 1 and following.scale > 1 and number.value < upper.mantissa:
        low = number.value * following.scale  # 1.2至1.5万人: both are counted in 万
    elif part is None and upper.unit.text in {"成", "折"}:
        low = number.value * 10
    if low >= upper.value:
        return None
    if part is not None:
        written = part.written
    elif number.scale > 1:
        written = twin[number.scale_at : number.end] + upper.unit.text
    return _Part(number, upper.unit, written, mantissa, low, upper.end), upper.value


def _shared(twin: str, number: Number, after: Sequence[Number], depth: int = 6) -> _Part | None:
    """Give 0.8 in 0.8、1.3个百分点 the unit of the next number of its list."""
    following, *rest = after
    comma = _LIST.match(twin, number.end)
    if comma is None or following.start != comma.end() or number.parts:
        return None
    other = _part(twin, following) or (_shared(twin, following, rest, depth - 1) if rest and depth else None)
    if (
        other is None
        or other.rule not in {"", _SHARED}
        or not (number.text[0].isdigit() and following.text[0].isdigit())
    ):
        return None
    scale = other.value / other.mantissa if number.scale == 1 and other.mantissa else Decimal(1)
    return _Part(number, other.unit, other.written, number.value, number.value * scale, number.end, _SHARED)


def _points(twin: str, part: _Part, following: Number) -> _Part | None:
    """Give 12.7个 in 12.7个、12个百分点 the unit that it shares."""
    comma = _LIST.match(twin, part.end)
    other = _part(twin, following) if comma and comma.end() == following.start else None
    if other is None or other.unit.base != "百分点":
        return None
    return replace(part, unit=other.unit, written=other.written, rule=_SHARED)


_SHARED = "a unit shared"


def _ordinal(text: str, number: Number, part: _Part | None, *, first: bool) -> Quantity:
    """第3位, 第一名, 第30, 前三: a place in an order, or the ``first`` of it; whether it is a rank, measures.py says."""
    ranked = part is not None and part.unit.text in {"位", "名"} and number.scale == 1
    unit, end = (part.unit.text, part.end) if part is not None and ranked else ("", number.end)
    start = number.start - 1
    value = number.value
    modifier: Modifier = "at_most" if first else "exact"
    return Quantity(
        start, end, text[start:end], Span(start, end), value, unit, value, unit, "ordinal", modifier, *bounds(modifier, value, None),
        digits=number.text[0].isdigit(), rules=("a place in an order",),
    )  # fmt: skip


@cache
def _modifiers(side: str) -> tuple[dict[str, lexicon.Entry], tuple[int, ...]]:
    """Return the modifiers of one side and their lengths, the longest first."""
    words = {word: e for word, e in lexicon.spellings("modifiers").items() if e.get("side") == side}
    return words, tuple(sorted({len(word) for word in words}, reverse=True))


# A word that ends in the character of a modifier, and is none: 最近, 通过, 附近.
_NO_MODIFIER = re.compile(
    r"(?:最近|附近|通过|经过|不过|度过|走过|临近|邻近|靠近|爆破|打破|大多|许多|[签条合预节集公制履违邀盟]约|不约)$"
)
_NO_AFTER = re.compile(
    r"以上海|上下游|以内蒙|以下简称|以上述|起来|起步|起点|起草|内外|内部|内陆|内容|内设|内资|内贸|内需|内地|以内外|[余多][元样种边功能层方]|许可|许昌|前后端"
)
_UP_TO = re.compile(r"(?<![跨迈登踏站])上$")


def _before(twin: str, number: Number, floor: int, kind: str) -> tuple[int, Modifier, str] | None:
    """Find the modifier that ends where ``number`` begins, before a unit of ``kind``: its start, sense and rule."""
    anchor = number.start - (twin[number.start - 1 : number.start] == " ")  # 约 1500 人
    words, lengths = _modifiers("before")
    for length in lengths:
        at = anchor - length
        entry = words.get(twin[at:anchor]) if at >= floor else None
        if entry is None or kind not in entry.get("with", (kind,)):
            continue
        if entry.get("bare") and number.text[0] not in "百千万亿半":
            continue  # 举办过5届: 过 belongs to the verb
        if not _NO_MODIFIER.search(twin, max(floor, at - 1), anchor):
            start = number.start if entry.get("outside") else at
            return start, entry.get("gives"), f"{twin[at:anchor]} before the number"
    if number.text[0] in "百千万亿" and _UP_TO.search(twin, max(floor, number.start - 2), number.start):
        return number.start - 1, "over", "上 before a magnitude"
    return None


def _after(twin: str, end: int, kind: str) -> tuple[int, Modifier, str] | None:
    """Find the modifier that begins at ``end``, after a unit of ``kind``: where it ends, what it gives, and the rule."""
    end += twin[end : end + 1] == " "  # 60 % 以上
    words, lengths = _modifiers("after")
    for length in lengths:
        word = twin[end : end + length]
        entry = words.get(word)
        if entry is not None and kind in entry.get("with", (kind,)) and not _NO_AFTER.match(twin, end):
            return end + length, entry.get("gives"), f"{word} after the unit"
    return None


def _modified(
    twin: str, text: str, number: Number, part: _Part, high: Decimal | None, floor: int, rules: list[str]
) -> Quantity:
    """Put the modifiers to a number and its unit; one before the number says more than one after it."""
    start, end = (number.start if part.start < 0 else part.start), part.end
    modifier: Modifier = "over" if part.number.more else "exact"
    number = part.number
    if number.more:
        rules.append("余, 多 or 几 after the number")
    if before := _before(twin, number, floor, part.unit.kind):
        start, modifier, rule = before
        rules.append(rule)
    while after := _after(twin, end, part.unit.kind):
        end, gives, rule = after
        modifier = gives if modifier in {"exact", "over"} and not before else modifier
        rules.append(rule)
    if high is not None:
        modifier = "range"
    value = plain(part.value)
    low, top = bounds(modifier, value, None if high is None else plain(high))
    return Quantity(
        start, end, text[start:end], Span(number.start, part.end), part.mantissa, part.written, value,
        part.unit.base, part.unit.kind, modifier, low, top, digits=number.text[0].isdigit(), rules=tuple(rules),
    )  # fmt: skip
