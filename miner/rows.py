"""A figure with everything known of it -> `Reading`: the observation, and the reasons for its columns."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING, NamedTuple

from miner.amounts import CURRENCY
from miner.heads import is_amount
from miner.indicators import standard
from miner.places.gazetteer import whereabouts
from miner.schema import Observation, Reading, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from miner.blocks import Block
    from miner.cases import Name
    from miner.measures import Verdict
    from miner.periods import Period
    from miner.places.parks import Place
    from miner.quantities import Quantity
    from miner.schema import Basis


class Draft(NamedTuple):
    """A row on its way: the figure and what is known of it so far, with the rules that told."""

    quantity: Quantity
    verdict: Verdict
    name: Name
    place: Place
    place_rule: str
    period: Period | None
    basis: Basis = ""
    subject: str = ""
    subject_rule: str = ""


def reading(block: Block, draft: Draft, source: str, line: int, *, why: bool = True) -> Reading:
    """Write the row of a figure in ``line`` of the text ``source``, with its reasons where it is asked ``why``."""
    row = _row(block, draft, source, line)
    return Reading(row, (*_reasons(block, draft), *_placed(row)) if why else ())


def _row(block: Block, draft: Draft, source: str, line: int) -> Observation:
    quantity, verdict = draft.quantity, draft.verdict
    value, low, high = _rounded(quantity.value), quantity.value_min, quantity.value_max
    number = value if quantity.number is quantity.value else _rounded(quantity.number)
    low = value if low is quantity.value else None if low is None else _rounded(low)
    high = value if high is quantity.value else None if high is None else _rounded(high)
    if verdict.direction == "down" and value > 0:
        value = -value
        low, high = (None if high is None else -high), (None if low is None else -low)
    start, base_unit = _begins(quantity), _base_unit(draft)
    named = standard(draft.name.indicator, verdict.measure, base_unit)
    since = max(0, start - _LONGEST_LEAD)
    if named.id and block.twin.find("累计", since, start) >= 0 and _IN_ALL.search(block.twin, since, start):
        named = named._replace(qualifier="、".join(filter(None, ("累计", named.qualifier))))  # no part of the indicator
    where = whereabouts(draft.place.name)
    return Observation(
        park=draft.place.name,
        park_kind=draft.place.kind,
        subject=draft.subject,
        indicator=draft.name.indicator,
        measure=verdict.measure,
        basis=draft.basis,
        direction=verdict.direction,
        number=number,
        unit=quantity.unit,
        value=value,
        base_unit=base_unit,
        modifier=quantity.modifier,
        value_min=low,
        value_max=high,
        period_text=block.written(draft.period.span) if draft.period else "",
        period=draft.period.iso if draft.period else "",
        source=source,
        line=line,
        start=start,
        end=quantity.end,
        text=block.text[start : quantity.end],
        sentence=block.sentence(quantity.start).of(block.text),
        indicator_id=named.id,
        indicator_std=named.name,
        qualifier=named.qualifier,
        park_id=where.id,
        province=where.province,
        city=where.city,
    )


def _begins(quantity: Quantity) -> int:
    """Return where a figure begins: a currency whose 元 follows stays outside, as 人民币 does: 新台币|105亿元."""
    if CURRENCY not in quantity.rules or not quantity.unit.endswith("元"):
        return quantity.start
    alone = [rule for rule in quantity.rules if rule.endswith("before the number")] == [CURRENCY]
    return quantity.core.start if alone else quantity.start


def _base_unit(draft: Draft) -> str:
    quantity = draft.quantity
    if quantity.kind == "bare" and is_amount(draft.name.indicator):
        return "元"  # 创造10亿产值
    if (
        quantity.unit in {"位", "名"}
        and draft.verdict.measure in {"change", "rank"}
        and not _OF_PERSONS.search(draft.name.indicator)
    ):
        return quantity.unit  # 排名前进4位: places, not persons
    return quantity.base_unit


_IN_ALL = re.compile("累计[^,;。:!?、]{0,30}$")
_LONGEST_LEAD = 30  # code points
_OF_PERSONS = re.compile("(?:人[数员才]|[员工民生师])$")  # 党员人数净增近500名
_ENDLESS = 60  # decimal places that no text writes: the value is a fraction without end
_PLACES = Decimal("0.01")


def _rounded(value: Decimal) -> Decimal:
    """Return the value as a row states it: exact, or a share that has no end (三分之二) to two places."""
    written = str(value)
    if len(written) < _ENDLESS and "E" not in written:
        return value  # all but a few, at a third of the cost of asking for its exponent
    endless = -int(value.as_tuple().exponent) > _ENDLESS
    return value.quantize(_PLACES, ROUND_HALF_EVEN) if endless else value


def _placed(row: Observation) -> Iterator[Reason]:
    """Say by which name a row found its canonical indicator and its zone."""
    if row.indicator_id:
        yield Reason("indicator_id", f"a name of {row.indicator_std}", row.indicator)
    if row.park_id != row.park:
        yield Reason("park_id", "a zone of the gazetteer, by one of its names", row.park)


_EVIDENCE = 16


def _reasons(block: Block, draft: Draft) -> tuple[Reason, ...]:
    quantity = draft.quantity
    context = block.text[max(block.paragraph.span.start, quantity.start - _EVIDENCE) : quantity.end]
    reasons = [Reason("value", rule, quantity.text) for rule in quantity.rules]
    if quantity.unit:
        reasons.append(Reason("unit", f"{quantity.base_unit}, a unit of {quantity.kind}", quantity.unit))
    reasons.append(Reason("measure", draft.verdict.rule, context))
    if draft.basis:
        rule = "what it is compared with" if draft.verdict.compared else "what the text compared with before"
        reasons.append(Reason("basis", rule, draft.verdict.compared))
    reasons += [
        Reason("indicator", draft.name.rule, draft.name.indicator),
        Reason("park", draft.place_rule, draft.place.name),
    ]
    if draft.subject:
        reasons.append(Reason("subject", draft.subject_rule, draft.subject))
    if draft.period:
        reasons.append(Reason("period", draft.period.rule, draft.period.span.of(block.text)))
    return tuple(reasons)
