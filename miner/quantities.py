"""Number + unit + modifier -> `Quantity` with exact value and bounds.

What a quantity is made of, in order (docs/figures.md, section "Span"):

    quantity  before? number (余|多)? unit half? after?        近500个   11万余家   十五万人左右
    range     number unit? (—|至|到|~) number unit             1000—3000元   1.2万至1.5万人
    bounds    lower bound, upper bound                      大于100小于300   20人以上50人以下
    share     百分之N   N成(N)?   N折   N分之N   半数              百分之五   九成五   三分之二   近半数
    shared    number (、|和) number unit                        高出0.8、1.3个百分点

Whether a quantity states a figure is not asked here: masks.py says what does not.
"""

from __future__ import annotations

import re
from decimal import Decimal, localcontext
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from miner import lexicon
from miner.amounts import Amount, bare_amount, magnitude, read_amount
from miner.numbers import EXACT, Number, plain, scan
from miner.spans import Span
from miner.text import fold
from miner.units import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from miner.schema import Modifier

_NOTHING = Unit("", "", "number")


class Quantity(NamedTuple):
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
    digits: bool
    rules: tuple[str, ...]

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
    if modifier == "exact":
        return value, value
    if modifier == "range":
        return value, high
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
    with localcontext(EXACT):
        return list(quantities(fold(text), text, Span(0, len(text))))


def quantities(twin: str, text: str, span: Span) -> Iterator[Quantity]:
    """Yield the quantities within ``span`` of the folded ``twin``; ``text`` gives them as written.

    To be called in the context `EXACT`, which is dear to enter for each paragraph.
    """
    told = _stated(twin, text, span)
    if twin.find(_FIRST, *span) < 0:  # nearly always
        yield from told
    else:
        stated = list(told)
        taken = {quantity.end for quantity in stated}  # 四|首位: a number has the 首 already
        yield from sorted([*stated, *(first for first in _firsts(twin, text, span) if first.start + 1 not in taken)])


def _open_ended(number: Number) -> Modifier:
    """Return what 余, 多 and 几 in a number say, that it is more, and what 来 says, that it is about so many: 两百来吨.

    Source: Lü Shuxiang, 现代汉语八百词, 来: a number near it, a little less or a little more.
    """
    if not number.more:
        return "exact"
    return "about" if number.text.rstrip("百千万亿")[-1] in "来來" else "over"


_FIRST = "首位"


def _firsts(twin: str, text: str, span: Span) -> Iterator[Quantity]:
    """Yield 首位, which is 第一位: 居全国首位."""
    one = Decimal(1)
    for match in re.finditer(_FIRST, twin[span.start : span.end]):
        own = Span(*match.span()).shifted(span.start)
        yield Quantity(
            *own,
            own.of(text),
            own,
            one,
            "位",
            one,
            "位",
            "ordinal",
            "exact",
            one,
            one,
            digits=False,
            rules=("首位, a place in an order",),
        )


def _stated(twin: str, text: str, span: Span) -> Iterator[Quantity]:
    """Yield the quantities that a number states."""
    numbers = scan(twin, text, span.start, span.end)
    at = span.start
    last: Quantity | None = None
    for n, number in enumerate(numbers):
        if number.start < at:
            continue
        quantity = _quantity(twin, text, numbers, n, at)
        at = quantity.end
        if last is not None:
            both = _between(twin, text, last, quantity) if last.modifier in _BOUND else None
            if both:
                quantity = both
            else:
                yield last
        last = quantity
    if last is not None:
        yield last


_LONGEST_LIST = 8  # numbers that may share one unit
_JOINTS = frozenset(" —~-至到或与和、,及")
"""What `_TO` and `_LIST` may open with."""
_TO = re.compile(r" ?(?:[—~-]{1,2}|至|到|或) ?|[与和](?=[-\d.一二三四五六七八九十百千万亿%]+[^,;。、\d]{0,4}之?间)")
_LIST = re.compile(r"[、,和与及]")
_FROM = re.compile(r"[从由自](?:[^,;。、]{0,6})$")


def _quantity(twin: str, text: str, numbers: Sequence[Number], n: int, floor: int) -> Quantity:
    number = numbers[n]
    part = read_amount(twin, number)
    end = part.end if part else number.end
    ordinal = number.start > floor and twin[number.start - 1] in "第前" and _is_place(twin, number, part)
    rules = []
    high = (part.number if part else number).high
    if high is not None:
        rules.append("two neighbouring digits are a range")
    after: list[Number] = []
    if twin[end : end + 1] in _JOINTS:  # of ten numbers nine stand by themselves
        after = [other for other in numbers[n + 1 : n + 1 + _LONGEST_LIST] if other.start >= end]
    to = (_TO.match(twin, end) or _neighbour(twin, number, part, after[0])) if after else None
    if to and after[0].start == to.end():
        ranged = _range(twin, number, part, after[0])
        begun = _FROM.search(twin, max(floor, number.start - 8), number.start)
        if ranged is not None and (not begun or twin.startswith(("不等", "之间"), ranged[0].end)):
            part, high = ranged
            rules.append("a range")
    if part is None and after:
        part = _shared(twin, number, after)
    elif part is not None and part.unit.text == "个" and after:
        part = _points(twin, part, *after) or part
    part = part or bare_amount(twin, number)
    if ordinal:
        return _ordinal(text, number, part, high, first=twin[number.start - 1] == "前")
    if part is None or (part.unit.shy and not _is_bold(number)):
        part = _unmeasured(number)
    if part.rule:
        rules.append(part.rule)
    return _modified(twin, text, number, part, high, floor, rules)


def _neighbour(twin: str, number: Number, part: Amount | None, following: Number) -> re.Match[str] | None:
    """Match the 、 between two neighbouring digits that are about so many: 五|、|六家; not 二、三产业, 三、四、五家."""
    low, high = _DIGIT.find(number.text), _DIGIT.find(following.text)
    if part is not None or low < 0 or high != low + 1 or len(number.text + following.text) > len("五六"):
        return None
    apart = (
        twin[number.start - 1 : number.start] not in {"第", "、"} and twin[following.end : following.end + 1] != "、"
    )
    unit = read_amount(twin, following) if apart else None
    return _COMMA.match(twin, number.end) if unit and unit.unit.text in _SPOKEN_OF else None


_DIGIT = "一二三四五六七八九"
_COMMA = re.compile("、")
_SPOKEN_OF = frozenset(
    {"家", "个", "人", "名", "户", "台", "辆", "亿元", "万元", "元", "天", "小时", "公里", "倍", "成"}
)


def _unmeasured(number: Number) -> Amount:
    return Amount(number, _NOTHING, "", number.value, number.value, number.end)


def _is_place(twin: str, number: Number, part: Amount | None) -> bool:
    """Tell whether a number after 第 or 前 is a place in an order: 第3位, 前三; 前10% and 前5家 are not."""
    return twin[number.start - 1] == "第" or part is None or part.unit.text in {"位", "名"}


def _is_bold(number: Number) -> bool:
    """Tell whether a shy unit after ``number`` is one: 三部 is a name, 3部 and 三十部 count."""
    return number.text[0].isdigit() or number.value >= 20


def _range(twin: str, number: Number, part: Amount | None, following: Number) -> tuple[Amount, Decimal] | None:
    """Join two numbers around — 至 到 ~ where they share a unit, or the first leaves it to the second."""
    upper = read_amount(twin, following) or bare_amount(twin, following) or _unmeasured(following)
    if following.parts != number.parts or upper.unit.text == "番":
        return None
    if part is not None and part.unit.base not in {upper.unit.base, upper.unit.base.partition("/")[0]}:
        return None  # 1300元至1500元/亩 is one
    if part is not None:
        low, mantissa, written = part.value, part.mantissa, part.written
    elif number.scale == following.scale == 1 or (number.scale == 1 and number.value < upper.mantissa):
        low, mantissa, written = number.value * _size(upper), number.value, upper.written  # 1.2至1.5万人, 二至三成
    else:
        low, mantissa, written = number.value, number.value / number.scale, magnitude(twin, number) + upper.unit.text
    if low >= upper.value:
        return None
    return Amount(number, upper.unit, written, mantissa, low, upper.end), upper.number.high or upper.value


def _size(amount: Amount) -> Decimal:
    """Return what one of a unit as written stands for: of 万元 ten thousand."""
    return amount.value / amount.mantissa if amount.mantissa else amount.number.scale


# What may stand between two bounds of one quantity: 大于等于100并且小于300, 20人以上50人以下.
_AND = re.compile(r" ?的?(?:同时|并且|而且|并|且|又)? ?")
_LOWER, _UPPER = frozenset({"over", "at_least"}), frozenset({"under", "at_most", "nearly"})
_BOUND = _LOWER | _UPPER


def _between(twin: str, text: str, one: Quantity, other: Quantity) -> Quantity | None:
    """Join a lower and an upper bound that stand side by side into the range that they state."""
    lower, upper = (one, other) if one.modifier in _LOWER else (other, one)
    if lower.modifier not in _LOWER or upper.modifier not in _UPPER or not _AND.fullmatch(twin, one.end, other.start):
        return None
    alike = one.base_unit == other.base_unit or (one.kind == "number" and other.value == other.number)
    if not alike or lower.value >= upper.value:
        return None
    start, end = one.start, other.end
    return other._replace(
        start=start, end=end, text=text[start:end], core=Span(one.core.start, other.core.end),
        number=lower.number, value=lower.value, modifier="range", value_min=lower.value, value_max=upper.value,
        unit=lower.unit or upper.unit, digits=one.digits, rules=(*one.rules, *other.rules, "two bounds are a range"),
    )  # fmt: skip


def _shared(twin: str, number: Number, after: Sequence[Number]) -> Amount | None:
    """Give 0.8 in 0.8、1.3个百分点 the unit of the next number of its list."""
    following, *rest = after
    comma = _LIST.match(twin, number.end)
    if comma is None or following.start != comma.end():
        return None
    other = read_amount(twin, following) or (_shared(twin, following, rest) if rest else None)
    if (
        other is None
        or other.rule not in {"", _SHARED}
        or not (number.text[0].isdigit() and following.text[0].isdigit())
    ):
        return None
    if number.scale != 1:  # 12万、15万元
        written = magnitude(twin, number) + other.unit.text
        return Amount(number, other.unit, written, number.value / number.scale, number.value, number.end, _SHARED)
    return Amount(number, other.unit, other.written, number.value, number.value * _size(other), number.end, _SHARED)


def _points(twin: str, part: Amount, following: Number, *rest: Number) -> Amount | None:
    """Give 12.7个 in 12.7个、12个百分点 the unit that it shares."""
    comma = _LIST.match(twin, part.end)
    other = read_amount(twin, following) if comma and comma.end() == following.start else None
    if other is not None and other.unit.text == "个" and rest:
        other = _points(twin, other, *rest)
    if other is None or other.unit.base != "百分点":
        return None
    return part._replace(unit=other.unit, written=other.written, rule=_SHARED)


_SHARED = "a unit shared"


def _ordinal(text: str, number: Number, part: Amount | None, high: Decimal | None, *, first: bool) -> Quantity:
    """第3位, 第一名, 第30, 第3至5位, 前三: a place in an order, or the ``first`` of it; whether it is a rank, measures.py says."""
    if part is not None and part.unit.text in {"位", "名"} and number.scale == 1:
        unit, end = part.unit.text, part.end
    else:
        unit, end, high = "", number.end, None
    if first and text.startswith("强", end):
        unit, end = "强", end + 1  # 跻身全国前三强
    start = number.start - 1
    value = number.value
    modifier: Modifier = "at_most" if first else "range" if high is not None else "exact"
    return Quantity(
        start, end, text[start:end], Span(start, end), value, unit, value, unit, "ordinal", modifier, *bounds(modifier, value, high),
        digits=number.text[0].isdigit(), rules=("a place in an order",),
    )  # fmt: skip


@cache
def _modifiers(side: str) -> dict[str, tuple[tuple[str, lexicon.Entry], ...]]:
    """Return the modifiers of one side by the character that touches the figure, the longest first: most touch none."""
    words = {word: e for word, e in lexicon.spellings("modifiers").items() if e.get("side") == side}
    touching = -1 if side == "before" else 0
    found: dict[str, tuple[tuple[str, lexicon.Entry], ...]] = {}
    for word in sorted(words, key=len, reverse=True):
        found[word[touching]] = (*found.get(word[touching], ()), (word, words[word]))
    return found


@cache
def _touching(side: str) -> frozenset[str]:
    """Return what may stand next to a figure that has a modifier on one side: its character, or a blank before it."""
    return frozenset(_modifiers(side)) | {" "}


# A word that ends in the character of a modifier, and is none: 最近, 通过, 附近.
_NO_MODIFIER = re.compile(
    r"(?:[提目之以日空此年月面当较日]前|[签条合预节集公制履违邀盟不]约"
    r"|(?:最近|附近|通过|经过|不过|度过|走过|临近|邻近|靠近|爆破|打破|大多|许多))$"
)
_NO_AFTER = re.compile(
    r"[余多][元样种边功能层方晶媒]"  # 12个|多元|化项目, 3万平方米的|多层|仓库
    r"|多[出达]"  # 7510亿元|多出|2153亿元
    r"|(?:以上海|上下游|以内蒙|以下简称|以上述|起来|起步|起点|起草"  # 5户|以上海|为总部的, 12家|上下游|企业
    r"|内外|内部|内陆|内容|内设|内资|内贸|内需|内地|以内外"  # 5家|内资|企业
    r"|许可|许昌|前后端)"  # 5项|许可|
)
_UP_TO = re.compile(r"(?<![跨迈登踏站])上$")


def _before(twin: str, number: Number, start: int, floor: int, kind: str) -> tuple[int, Modifier, str] | None:
    """Find the modifier that ends at ``start``, where a number or its currency begins: its start, sense and rule."""
    anchor = start - twin.startswith(" ", start - 1)  # 约 1500 人
    for word, entry in _modifiers("before").get(twin[anchor - 1 : anchor], ()):
        at = anchor - len(word)
        if at < floor or not twin.startswith(word, at) or kind not in entry.get("with", (kind,)):
            continue
        if (
            entry.get("bare")
            and twin[number.start] not in "百千万亿半"
            and twin[at - 1 : at] not in set(entry.get("after"))
        ):
            continue  # 举办过5届: 过 belongs to the verb
        if not _NO_MODIFIER.search(twin, max(floor, at - 1), anchor):
            return number.start if entry.get("outside") else at, entry.get("gives"), f"{word} before the number"
    if _UP_TO.search(twin, max(floor, number.start - 1), number.start):
        return number.start - 1, "over", "上 before a magnitude"
    return None


def _after(twin: str, end: int, kind: str) -> tuple[int, Modifier, str] | None:
    """Find the modifier that begins at ``end``, after a unit of ``kind``: where it ends, what it gives, and the rule."""
    end += twin.startswith(" ", end)  # 60 % 以上
    for word, entry in _modifiers("after").get(twin[end : end + 1], ()):
        if twin.startswith(word, end) and kind in entry.get("with", (kind,)) and not _NO_AFTER.match(twin, end):
            return end + len(word), entry.get("gives"), f"{word} after the unit"
    return None


def _modified(
    twin: str, text: str, number: Number, part: Amount, high: Decimal | None, floor: int, rules: list[str]
) -> Quantity:
    """Put the modifiers to a number and its unit; one before the number says more than one after it."""
    start, end = (number.start if part.start < floor else part.start), part.end  # 0£0: the £ is the first one's
    modifier: Modifier = _open_ended(part.number)
    number = part.number
    if number.more:
        rules.append("余, 多 or 几 after the number")
    # Most figures are touched by no modifier: their neighbours tell so, and no function is called.
    touched = twin[start - 1] in _touching("before") or twin[number.start] in "百千万亿"
    before = _before(twin, number, start, floor, part.unit.kind) if touched else None
    if before:
        start, modifier, rule = before
        rules.append(rule)
    while twin[end : end + 1] in _touching("after") and (after := _after(twin, end, part.unit.kind)):
        end, gives, rule = after
        modifier = gives if modifier in {"exact", "over"} and not before else modifier
        rules.append(rule)
    if high is not None:
        modifier = "range"
    value = plain(part.value)
    low, top = bounds(modifier, value, None if high is None else plain(high))
    return Quantity(
        start, end, text[start:end], Span(number.start, part.end), part.mantissa, part.written, value,
        part.unit.base, part.unit.kind, modifier, low, top, number.text[0].isdigit(), tuple(rules),
    )  # fmt: skip
