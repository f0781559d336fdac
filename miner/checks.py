"""Observations -> what can be checked of them by arithmetic: each claim with its evidence and a verdict.

A check is made only where the text itself gives both sides; what cannot be checked is not reported as checked. Every
figure is as exact as it is written: 5053.91亿元 stands for anything between 5053.905 and 5053.915, a count of 66 for 66,
近500 for at most 500, and 约 for nothing that can be checked. A check fails where no values that the figures allow agree.

    parts and whole     66 = 36 + 30                          in one sentence
    part of a whole     10, 其中 7                             a part is no larger than its whole
    rate and counts     32 of 32 is 100%
    share and parts     66, 其中33, 占50%
    from one to other   从31家增加到80家, 净增49家
    growth and levels   139.7亿 after 104.7亿 is +33.4%          across texts, and within one
    growth of a count   510 after a whole number is +32.81%
    two values          one park, indicator and period, two values that no rounding explains
    over a hundred      a share of 120%
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext
from typing import TYPE_CHECKING, Literal, NamedTuple

from miner.numbers import EXACT, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from miner.schema import Observation

Verdict = Literal["holds", "fails"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim that was checked: the sort of check, its verdict, the arithmetic in words, and the figures behind it."""

    check: str
    verdict: Verdict
    claim: str
    evidence: tuple[Observation, ...]


class Interval(NamedTuple):
    """The values that a figure as written allows; None where it is open to that side."""

    low: Decimal | None
    high: Decimal | None

    def meets(self, other: Interval) -> bool:
        """Tell whether some value lies in both."""
        return (self.low is None or other.high is None or self.low <= other.high) and (
            other.low is None or self.high is None or other.low <= self.high
        )


_HUNDRED = Decimal(100)
_DECIMALS = re.compile(r"\.(\d+)")
_COUNTS = frozenset(
    {"人", "家", "户", "个", "项", "件", "座", "条", "名", "所", "支", "栋", "张", "份", "期", "次", "例"}
)


def interval(row: Observation) -> Interval | None:
    """Return the values that a figure allows, to half a unit of its last digit; None where 约 leaves it open.

    Example:
        >>> from miner import mine_text
        >>> [interval(row) for row in mine_text("产值5053.91亿元,企业66家,党员近500名。")]
        ... # doctest: +NORMALIZE_WHITESPACE
        [Interval(low=Decimal('505390500000'), high=Decimal('505391500000')),
         Interval(low=Decimal('66'), high=Decimal('66')), Interval(low=None, high=Decimal('500'))]
    """
    if row.modifier == "about":
        return None
    with localcontext(EXACT):
        half = _half(row)
        low, high = row.value_min, row.value_max
        return Interval(
            None if low is None else plain(low - half if row.modifier in {"exact", "range"} else low),
            None if high is None else plain(high + half if row.modifier in {"exact", "range"} else high),
        )


def _half(row: Observation) -> Decimal:
    """Return half a unit of the last digit of a figure as written, 0 for a count of whole things."""
    scale = abs(row.value / row.number) if row.number else Decimal(1)
    digits = _DECIMALS.search(row.text.replace("．", "."))
    if digits is None and scale == 1 and row.base_unit in _COUNTS:
        return Decimal(0)
    return scale / 2 / Decimal(10) ** (len(digits[1]) if digits else 0)


def audit(observations: Iterable[Observation]) -> list[Finding]:
    """Check what figures claim, in the order of the texts; a sentence that several files print counts once.

    Example:
        >>> from miner import mine_text
        >>> text = "综保区现有66个基层党组织,包括36个独立党组织和30个联合党支部。"
        >>> [(finding.verdict, finding.claim) for finding in audit(mine_text(text))]
        [('holds', '66 = 36 + 30')]
    """
    rows = _once(observations)
    with localcontext(EXACT):
        found: list[Finding] = []
        for _, group in itertools.groupby(rows, key=lambda row: (row.source, row.sentence)):
            sentence = list(group)
            for check in (_parts, _shares, _rates, _moved, _over_a_hundred, _counts_that_grew):
                found += check(sentence)
        return [*found, *_growth(rows), *_two_values(rows)]


def _once(observations: Iterable[Observation]) -> list[Observation]:
    """Leave out what another file prints in the same words: a copy is no second witness."""
    first: dict[str, str] = {}
    return [row for row in observations if first.setdefault(" ".join(row.sentence.split()), row.source) == row.source]


# ------------------------------------------------------------------------------------------------ within a sentence

_INCLUDES = re.compile(r"[^。;；]{0,12}?(?:其中|包括|包含|分别为?)[^。;；\d]{0,10}?$|[^。;；\d]{0,14}[(（]$")
_EXHAUSTIVE = re.compile("包括|包含")
_JOINED = re.compile(r"[^,，。;；\d]{0,16}(?:[、,，]|和|与|及)?[^,，。;；\d]{0,16}")


def _between(one: Observation, other: Observation) -> str:
    """Return what stands between two figures of one sentence, blank where their places in it cannot be told."""
    apart = other.start - one.start
    for match in re.finditer(re.escape(one.text), one.sentence):
        if one.sentence.startswith(other.text, match.start() + apart):
            return one.sentence[match.end() : match.start() + apart]
    return ""


def _parts(rows: Sequence[Observation]) -> Iterator[Finding]:
    """66个, 包括36个和30个: the parts that follow a whole make it up; 10名, 其中7名: one is no larger than its whole."""
    levels = [row for row in rows if row.measure == "level" and row.base_unit in _COUNTS | {"元", "美元", "亩", "公里"}]
    for n, whole in enumerate(levels):
        parts = list(itertools.takewhile(lambda row, unit=whole.base_unit: row.base_unit == unit, levels[n + 1 :]))  # type: ignore[misc]
        if not parts or not (cue := _INCLUDES.search(_between(whole, parts[0]))):
            continue
        parts = [parts[0], *_listed(parts)]
        total, sums = interval(whole), _sum([interval(part) for part in parts])
        if total is None or sums is None or whole.subject != parts[0].subject:
            continue
        figures = (whole, *parts)
        if len(parts) > 1 and total.meets(sums):
            claim = f"{_short(whole)} = {' + '.join(map(_short, parts))}"
            yield Finding("parts and whole", "holds", claim, figures)
        elif len(parts) > 1 and _EXHAUSTIVE.search(cue[0]) and _are_of_one_kind(whole, parts):
            yield Finding("parts and whole", "fails", f"{_short(whole)} ≠ {' + '.join(map(_short, parts))}", figures)
        elif "其中" in cue[0] and total.high is not None and (first := interval(parts[0])) and first.low is not None:
            larger = first.low > total.high
            claim = f"{_short(parts[0])} {'>' if larger else '≤'} {_short(whole)}"
            yield Finding("part of a whole", "fails" if larger else "holds", claim, (whole, parts[0]))


def _are_of_one_kind(whole: Observation, parts: Sequence[Observation]) -> bool:
    """Tell whether the parts are what the whole is of: 年度计划投资168亿元,包括总投资99亿元的项目 adds nothing up."""
    return whole.base_unit in _COUNTS or all(part.indicator == whole.indicator for part in parts)


def _listed(parts: Sequence[Observation]) -> Iterator[Observation]:
    """Yield the parts after the first while nothing but a joint and a noun stands between two of them."""
    for one, other in itertools.pairwise(parts):
        if not _JOINED.fullmatch(_between(one, other)):
            return
        yield other


def _sum(intervals: Sequence[Interval | None]) -> Interval | None:
    if any(part is None for part in intervals):
        return None
    lows, highs = zip(*(part for part in intervals if part is not None), strict=True)
    return Interval(None if None in lows else sum(lows), None if None in highs else sum(highs))


_OF_ALL = re.compile("(?P<deed>[\u4e00-\u9fff]{2})率$")


def _rates(rows: Sequence[Observation]) -> Iterator[Finding]:
    """符合组建条件32家,单独组建32家,组建率100%: a rate of two counts that name its deed."""
    for n, rate in enumerate(rows):
        deed = _OF_ALL.search(rate.indicator) if rate.base_unit == "%" and rate.measure == "level" else None
        counts = [row for row in rows[:n] if deed and deed["deed"] in row.indicator and row.base_unit in _COUNTS]
        if deed is None or len(counts) < 2 or counts[-1].base_unit != counts[-2].base_unit:
            continue
        whole, part = counts[-2:]
        if part.value > whole.value or not whole.value:
            continue
        allowed, exact = interval(rate), part.value / whole.value * _HUNDRED
        if allowed is None or any(row.modifier != "exact" for row in (whole, part)):
            continue
        holds = allowed.meets(Interval(exact, exact))
        claim = f"{_short(part)} / {_short(whole)} {'=' if holds else '≠'} {_short(rate)}"
        yield Finding("rate and counts", "holds" if holds else "fails", claim, (whole, part, rate))


_SHARE_OF_IT = re.compile("[,，、]?占(?:比|总数|总量|全部|其)?(?:的)?(?:比重|比例)?(?:为|达)?")


def _shares(rows: Sequence[Observation]) -> Iterator[Finding]:
    """66家,其中外资企业33家,占50%: the share of a part in the whole that the sentence gives."""
    for whole, part, share in zip(rows, rows[1:], rows[2:], strict=False):
        if (whole.measure, part.measure, share.measure, share.base_unit) != ("level", "level", "share", "%"):
            continue
        if whole.base_unit != part.base_unit or "其中" not in _between(whole, part):
            continue
        allowed, ratio = interval(share), _quotient(interval(part), interval(whole))
        if allowed is None or ratio is None or not _SHARE_OF_IT.fullmatch(_between(part, share)):
            continue
        holds = ratio.meets(allowed)
        claim = f"{_short(part)} / {_short(whole)} {'=' if holds else '≠'} {_short(share)}"
        yield Finding("share and parts", "holds" if holds else "fails", claim, (whole, part, share))


_ROSE = re.compile("[\u4e00-\u9fff]{0,6}(?:到|至|为|為)(?:了)?")
_BY = re.compile("[,，、]?(?:共|累计|净|實|实际)?(?:增长|增長|增加|提高|提升|上升|下降|减少|減少|降低|净增|淨增|增)了?")


def _moved(rows: Sequence[Observation]) -> Iterator[Finding]:
    """从31家增加到80家,净增49家; 由61.5%提高到94.8%,提高33.3个百分点: what lies between the two that are given."""
    for before, now, by in zip(rows, rows[1:], rows[2:], strict=False):
        same = (before.indicator, before.base_unit, before.measure) == (now.indicator, now.base_unit, now.measure)
        if not same or by.measure not in {"growth", "change"} or by.basis in {"yoy", "mom", "average", "area"}:
            continue
        if not (_ROSE.fullmatch(_between(before, now)) and _BY.fullmatch(_between(now, by))):
            continue
        claimed, first, second = interval(by), interval(before), interval(now)
        apart, grown = _difference(second, first), _ratio(second, first)
        wanted = grown if by.measure == "growth" else apart
        if claimed is None or wanted is None or by.base_unit not in {now.base_unit, "%", "百分点"}:
            continue
        holds = wanted.meets(claimed)
        points = by.measure == "growth" and now.base_unit == "%" and apart is not None and apart.meets(claimed)
        claim = f"{_short(before)} → {_short(now)} {'is' if holds else 'is not'} {_short(by)}"
        claim += ", but as many percentage points" * (points and not holds)
        yield Finding("from one to the other", "holds" if holds else "fails", claim, (before, now, by))


_PLANNED = re.compile("完成|计划|目标|任务|预期|进度|预算|相当于|达到")
_AT_MOST_ALL = re.compile("(?:组建|覆盖|合格|达标|普及|优良|城镇化|满意|入园|就业|参保|使用|利用|出租|入驻|履约)率$")


def _over_a_hundred(rows: Sequence[Observation]) -> Iterator[Finding]:
    """A share or a rate of parts that is more than its whole."""
    for row in rows:
        part = row.measure == "share" or (row.measure == "level" and _AT_MOST_ALL.search(row.indicator))
        low = (interval(row) or Interval(None, None)).low
        if row.base_unit == "%" and part and low is not None and low > _HUNDRED and not _PLANNED.search(row.sentence):
            yield Finding("over a hundred", "fails", f"{row.indicator} {_short(row)} > 100 %", (row,))


_LARGEST_COUNT = 10_000
"""Of a larger count, a growth in whole percent or tenths always has a whole number that gives it."""


def _counts_that_grew(rows: Sequence[Observation]) -> Iterator[Finding]:
    """510户,同比增长32.81%: some whole number of the year before must give that growth."""
    for level, growth in itertools.pairwise(rows):
        if not (
            _grew(level, growth) and level.base_unit in _COUNTS and _half(level) == 0 and level.modifier == "exact"
        ):
            continue
        allowed = interval(growth)
        if allowed is None or allowed.low is None or allowed.high is None or allowed.low <= -_HUNDRED:
            continue
        low, high = (level.value / (1 + bound / _HUNDRED) for bound in (allowed.high, allowed.low))
        whole = low.to_integral_value(ROUND_CEILING)
        if high - low > 1 or level.value > _LARGEST_COUNT:
            continue  # any growth has a whole number that gives it
        holds = whole <= high.to_integral_value(ROUND_FLOOR) and whole > 0
        claim = (
            f"{_short(level)} is {_short(growth)} more than {whole:f}"
            if holds
            else f"no whole number grows by {_short(growth)} to {_short(level)}"
        )
        yield Finding("growth of a count", "holds" if holds else "fails", claim, (level, growth))


_DIRECTLY = re.compile("[,，、]?(?:[同比較较上去年期]{2,6})?(?:增长|增長|增加|下降|减少|減少)")


def _grew(level: Observation, growth: Observation) -> bool:
    same = (level.indicator, level.park_id, level.subject) == (growth.indicator, growth.park_id, growth.subject)
    return (
        same
        and _DIRECTLY.fullmatch(_between(level, growth)) is not None
        and level.measure == "level"
        and growth.measure == "growth"
        and growth.base_unit == "%"
        and growth.basis in {"yoy", ""}
    )


# --------------------------------------------------------------------------------------------------- across sentences

_Key = tuple[str, str, str, str, str]


def _key(row: Observation) -> _Key:
    """Return what a figure is of, by its canonical indicator where it has one."""
    return row.park_id, row.subject, row.indicator_id or row.indicator, row.qualifier, row.base_unit


def _levels(rows: Iterable[Observation]) -> dict[tuple[_Key, str], list[Observation]]:
    found: dict[tuple[_Key, str], list[Observation]] = defaultdict(list)
    for row in rows:
        if row.measure == "level" and row.period and row.indicator and row.park_id:
            found[_key(row), row.period].append(row)
    return found


_YEAR = re.compile(r"\d{4}")


def _growth(rows: Sequence[Observation]) -> Iterator[Finding]:
    """Check a growth over the year before against the levels of both years, whichever texts state them."""
    levels = _levels(rows)
    units = {key[:4]: key[4] for key, _ in levels}
    for row in rows:
        if row.measure != "growth" or row.basis not in {"yoy", ""} or row.base_unit != "%" or not row.period:
            continue
        unit = units.get(_key(row)[:4])
        if unit is None or unit == "%":
            continue
        key = (*_key(row)[:4], unit)
        now = levels.get((key, row.period), [])
        before = levels.get((key, _YEAR.sub(lambda year: str(int(year[0]) - 1), row.period)), [])
        claimed = interval(row)
        if not now or not before or claimed is None:
            continue
        grown = _ratio(interval(now[-1]), interval(before[-1]))
        if grown is None:
            continue
        holds = grown.meets(claimed)
        claim = f"{_short(before[-1])} → {_short(now[-1])} {'is' if holds else 'is not'} {_short(row)}"
        yield Finding("growth and levels", "holds" if holds else "fails", claim, (before[-1], now[-1], row))


def _ratio(now: Interval | None, before: Interval | None) -> Interval | None:
    """Return the growths in percent from one figure to another that their digits allow."""
    if (
        now is None
        or before is None
        or not now.low
        or not now.high
        or not before.low
        or not before.high
        or before.low <= 0
    ):
        return None
    return Interval((now.low / before.high - 1) * _HUNDRED, (now.high / before.low - 1) * _HUNDRED)


def _quotient(part: Interval | None, whole: Interval | None) -> Interval | None:
    """Return the shares in percent that the digits of a part and its whole allow."""
    if part is None or whole is None or part.low is None or part.high is None or not whole.low or not whole.high:
        return None
    return Interval(part.low / whole.high * _HUNDRED, part.high / whole.low * _HUNDRED)


def _difference(now: Interval | None, before: Interval | None) -> Interval | None:
    if now is None or before is None or None in (*now, *before):
        return None
    return Interval(now.low - before.high, now.high - before.low)  # type: ignore[operator]  # none of them is None


_MAGNITUDES = {Decimal(10) ** n for n in (2, 3, 4, 8)}


def _two_values(rows: Sequence[Observation]) -> Iterator[Finding]:
    """Name the figures of one park, indicator and period that cannot both be right.

    Only of canonical indicators, and only where each sentence states one such figure: in 由30亿元增加到125亿元 and in
    续建项目投资15亿元,新建项目投资2亿元 two values of one name are no contradiction.
    """
    for found in _levels(row for row in rows if row.indicator_id).values():
        told: dict[tuple[str, str], list[Observation]] = defaultdict(list)
        for row in found:
            told[row.source, row.sentence].append(row)
        alone = [part[0] for part in told.values() if len(part) == 1]
        for one, other in itertools.combinations(alone, 2):
            first, second = interval(one), interval(other)
            if first is None or second is None or first.meets(second):
                continue
            larger, smaller = sorted((abs(one.value), abs(other.value)), reverse=True)
            slip = smaller and any(abs(larger / smaller / size - 1) < Decimal("0.001") for size in _MAGNITUDES)
            claim = f"{one.park} {one.indicator} {one.period}: {_short(one)} and {_short(other)}"
            yield Finding("two values", "fails", claim + ", a slip of magnitude?" * bool(slip), (one, other))


def _short(row: Observation) -> str:
    """Return a figure as the arithmetic shows it: the number as written, its magnitude where it has one, and %."""
    if row.base_unit == "百分点":
        return f"{row.number:f} points"
    magnitude = row.unit[: len(row.unit) - len(row.base_unit)] if row.unit.endswith(row.base_unit) else ""
    return f"{row.number:f}{magnitude}{' %' if row.base_unit == '%' else ''}"
