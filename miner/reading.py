"""Joins quantity, measure, period, place and indicator -> `Reading`, an observation with its reasons.

Theory of operation. A document is read paragraph by paragraph, a paragraph figure by figure, from left to right.
Whatever a figure's own clause does not say is taken from what came before, in this order: the clause, the sentence,
the paragraph, the document. What is carried along stands in `_Carried`; nothing else is remembered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from typing import TYPE_CHECKING

from miner.documents import Document, line_of, line_starts
from miner.indicators import Phrase, left_edge, left_phrase, list_items, right_phrase
from miner.masks import find_masks, is_furniture, rejected
from miner.measures import Verdict, is_rank, measure
from miner.numbers import EXACT
from miner.parks import Mention, Place, Places, mentions, survey
from miner.periods import Period, find_periods, governing, marked_events, own_reference
from miner.quantities import Quantity, bounds, quantities
from miner.schema import Observation, Reading, Reason, Rejection
from miner.spans import Span
from miner.subjects import Subject, find_subjects
from miner.text import Paragraph, fold, paragraphs, simplify
from miner.units import is_money

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

_TITLE_LENGTH = 80
_PERCENT_PLACES = Decimal("0.01")


@dataclass(slots=True)
class _Carried:
    """What a figure may take from the text before it."""

    place: Place
    subject: str = ""
    basis_yoy: bool = False
    framed: bool = False
    year: int | None = None
    last: Observation | None = None
    recent: list[Observation] = field(default_factory=list)  # of this paragraph
    listed: list[Place] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph with everything that was found in it, before figures are read."""

    twin: str
    text: str
    paragraph: Paragraph
    periods: list[Period]
    places: list[Mention]
    subjects: list[Subject]
    figures: list[Quantity]
    edges: list[int]  # where the clause of each figure begins

    def sentence(self, at: int) -> Span:
        """Return the sentence that holds offset ``at``."""
        return next((s for s in self.paragraph.sentences if s.start <= at < s.end), self.paragraph.span)


def read(document: Document, date: dt.date | None = None) -> tuple[list[Reading], list[Rejection]]:
    """Read every figure of a document, and every number that states none, each with its reasons.

    ``date`` overrides the document's own.

    Example:
        >>> readings, _ = read(Document("a.txt", "咸宁高新区1—4月新签约项目46个。"))
        >>> [(r.observation.park, r.observation.indicator, r.observation.text) for r in readings]
        [('咸宁高新区', '新签约项目', '46个')]
    """
    with localcontext(EXACT):
        return _read(document, date)


def _read(document: Document, date: dt.date | None) -> tuple[list[Reading], list[Rejection]]:
    twin = fold(document.text)
    blocks = [p for p in paragraphs(twin)]
    article = [p for p in blocks if not is_furniture(p.span.of(twin))]
    title = _title(twin, article)
    reference = own_reference(twin, date)
    places = survey(twin, title)
    starts = line_starts(document.text)
    readings: list[Reading] = []
    rejections: list[Rejection] = []
    carried = _Carried(places.main)
    kept = set(map(id, article))
    for paragraph in blocks:
        if id(paragraph) not in kept:
            rejections += [
                Rejection(q.start, q.end, q.text, "page furniture") for q in quantities(twin, document.text, paragraph.span)
            ]
            continue
        block, refused = _block(twin, document.text, paragraph, reference, places)
        rejections += refused
        _frame(block, carried)
        carried.recent, carried.subject = [], carried.subject if not paragraph.heading else ""
        carried.place = places.main
        for observation, reasons in _figures(block, places, carried, document.source, starts):
            readings.append(Reading(observation, reasons))
    return readings, rejections


def _title(twin: str, article: Sequence[Paragraph]) -> str:
    """Return the headline: the first heading lines before the first paragraph of running text."""
    lines = []
    for paragraph in article[:8]:
        text = paragraph.span.of(twin)
        if not paragraph.heading and len(text) > _TITLE_LENGTH // 2:
            break
        lines.append(text)
    return "\n".join(lines) if lines else twin[:_TITLE_LENGTH]


def _block(
    twin: str, text: str, paragraph: Paragraph, reference: object, places: Places
) -> tuple[_Block, list[Rejection]]:
    periods = find_periods(twin, paragraph.span, reference)  # type: ignore[arg-type]
    candidates = list(quantities(twin, text, paragraph.span))
    masked = find_masks(twin, paragraph.span, [period.span for period in periods]) if candidates else None
    figures, refused = [], []
    for quantity in candidates:
        rule = rejected(twin, quantity, masked) if masked else ""
        if not rule and quantity.kind == "ordinal" and not is_rank(twin[paragraph.span.start : quantity.start], quantity):
            rule = "an ordinal"
        if rule:
            refused.append(Rejection(quantity.start, quantity.end, quantity.text, rule))
        else:
            figures.append(quantity)
    if not figures:
        block = _Block(twin, text, paragraph, periods, [], [], [], [])
        return block, refused
    clauses = _clauses(twin, paragraph.span)
    periods = list(marked_events(twin, periods, [q.start for q in figures], clauses))
    found = mentions(places, twin, paragraph.span)
    subjects = find_subjects(twin, paragraph.span, [mention.span for mention in found])
    edges = [left_edge(twin, paragraph.span.start, q.start) for q in figures]
    return _Block(twin, text, paragraph, periods, found, subjects, figures, edges), refused


_CLAUSE = re.compile(r"[^,;。:!?]+[,;。:!?]?")


def _clauses(twin: str, span: Span) -> list[Span]:
    return [Span(*match.span()) for match in _CLAUSE.finditer(twin, *span)]


def _frame(block: _Block, carried: _Carried) -> None:
    """Note whether years frame what follows: 五年来 at the head of a paragraph, until a heading says otherwise."""
    opening = block.periods[0] if block.periods else None
    if opening is not None and opening.wide and opening.span.start - block.paragraph.span.start <= 4:
        carried.framed = True
    elif block.paragraph.heading and opening is not None:
        carried.framed = False


def _figures(
    block: _Block, places: Places, carried: _Carried, source: str, starts: Sequence[int]
) -> Iterator[tuple[Observation, tuple[Reason, ...]]]:
    n = 0
    while n < len(block.figures):
        run = _series(block, n)
        for observation, reasons in _run(block, n, run, places, carried):
            reasons = tuple(reasons)
            row = _row(block, observation, source, starts)
            carried.recent.append(row)
            carried.last = row
            if row.measure in {"growth", "change"} and row.basis == "yoy":
                carried.basis_yoy = True
            yield row, reasons
        n += run


_GAP = re.compile(r"(?:[、,]?(?:和|及|与|以及)|、)(?P<verb>[\u4e00-\u9fff]{0,4})$")


def _series(block: _Block, n: int) -> int:
    """Count the figures that stand in a list from ``n`` on, with nothing but a joint and a verb between them."""
    length = 1
    while n + length < len(block.figures):
        one, other = block.figures[n + length - 1], block.figures[n + length]
        gap = _GAP.fullmatch(block.twin[one.end : other.start])
        if gap is None or one.base_unit != other.base_unit:
            break
        verb = gap["verb"]
        if verb and measure(verb, "", other).measure == "level":
            break
        if other.kind == "count" and right_phrase(block.twin, one.core.end, other.start):
            break
        length += 1
    return length


@dataclass(slots=True)
class _Draft:
    """A row on its way: the figure and what is known of it so far."""

    quantity: Quantity
    verdict: Verdict
    place: Place
    indicator: str = ""
    subject: str = ""
    period: Period | None = None
    basis: str = ""
    modifier: str = ""


def _run(
    block: _Block, n: int, run: int, places: Places, carried: _Carried
) -> Iterator[tuple[_Draft, list[Reason]]]:
    twin = block.twin
    first = block.figures[n]
    edge = block.edges[n]
    sentence = block.sentence(first.start)
    floor = max(edge, block.figures[n - 1].end if n and block.figures[n - 1].end > edge else edge)
    clause = twin[edge : first.start]
    lead = twin[floor : first.start]
    limit = block.figures[n + run].start if n + run < len(block.figures) else sentence.end
    last = block.figures[n + run - 1]
    verdict = measure(clause, twin[first.end : first.end + 20], first)
    tail = max(floor, edge + verdict.tail)
    skip = [p.span for p in block.periods if floor <= p.span.start < first.start]
    skip += [m.span for m in block.places if floor <= m.span.start < first.start and m.topic]
    phrase = left_phrase(twin, Span(floor, tail), skip)
    pairs = _pairs(block, n, run, phrase, floor, tail, carried, lead)
    for k in range(run):
        quantity = block.figures[n + k]
        own = verdict
        if k:
            gap = twin[block.figures[n + k - 1].end : quantity.start]
            verb = _GAP.fullmatch(gap)
            own = measure(verb["verb"], "", quantity) if verb and verb["verb"] else verdict
            if own is not verdict:
                own = Verdict(own.measure, verdict.basis or own.basis, own.direction, 0, own.rule)
        place, place_rule = _place(block, quantity, sentence, edge, carried, places)
        draft = _Draft(quantity, own, place)
        reasons = [Reason("value", rule, quantity.text) for rule in quantity.rules]
        reasons.append(Reason("measure", own.rule, clause[-12:] + quantity.text))
        if k and ("分别" in lead or "依次" in lead or "均" in lead) and first.modifier in {"over", "nearly", "about", "under"} and quantity.modifier == "exact" and first.start < first.core.start:
            draft.modifier = first.modifier
        draft.period = governing(block.periods, quantity.start, sentence, Span(edge, quantity.start), framed=carried.framed)
        if pairs:
            pair = pairs[k]
            draft.indicator, rule = pair.indicator, pair.rule
            draft.place = pair.place or place
        else:
            right = right_phrase(twin, quantity.end, limit if k == run - 1 else block.figures[n + k + 1].start)
            if k < run - 1 and not right:
                right = right_phrase(twin, last.end, limit)
            draft.indicator, rule = _indicator(block, n + k, phrase, right, own, carried, sentence, edge)
        draft.subject, subject_rule = _subject(block, quantity, sentence, carried, draft)
        draft.basis = own.basis or _carried_basis(block, own, edge, sentence, draft.period, carried)
        reasons.append(Reason("indicator", rule, draft.indicator))
        reasons.append(Reason("park", place_rule, draft.place.name))
        if draft.subject:
            reasons.append(Reason("subject", subject_rule, draft.subject))
        if draft.period:
            reasons.append(Reason("period", draft.period.rule, draft.period.span.of(twin)))
        yield draft, reasons


# ---------------------------------------------------------------------------------------------- indicator


@dataclass(frozen=True, slots=True)
class _Pair:
    indicator: str
    rule: str
    place: Place | None = None


def _written(block: _Block, span: Span) -> str:
    """Return a stretch of the folded text as the file has it, in simplified script."""
    return simplify(re.sub(r"\s+", "", span.of(block.text)))


def _pairs(
    block: _Block, n: int, run: int, phrase: Phrase, floor: int, tail: int, carried: _Carried, lead: str
) -> list[_Pair]:
    """Pair the figures of a list with the items named before it, in order (A、B分别增长x%、y%)."""
    if run < 2:
        return []
    twin = block.twin
    listed = [m for m in block.places if floor <= m.span.start < tail]
    if len(listed) >= run and _joined(twin, listed[-run:]):
        after = left_phrase(twin, Span(listed[-1].span.end, tail), [])
        indicator = _written(block, after.span) or (carried.last.indicator if carried.last else "")
        return [_Pair(indicator, "the places of a list, in order", m.place) for m in listed[-run:]]
    if phrase:
        spread = re.search(r"分别|依次", twin[phrase.span.start : tail])
        joint = Span(phrase.span.start, phrase.span.start + spread.start()) if spread else phrase.span
        items = list_items(twin, joint, run)
        if len(items) == run and (spread or "分别" in lead or "依次" in lead or run == len(items) and "、" in joint.of(twin)):
            after = _written(block, Span(joint.end + 2, phrase.span.end)) if spread else ""
            head = "对" if items[0].startswith("对") else ""
            return [
                _Pair(simplify((head if not item.startswith(head) else "") + item + after), "the items of a list, in order")
                for item in items
            ]
        return []
    levels = [row for row in carried.recent[-run:]]
    if len(levels) == run and ("分别" in lead or "依次" in lead or "各" in lead or len({r.park for r in levels}) == run):
        return [_Pair(row.indicator, "the figures before, in order", Place(row.park, row.park_kind)) for row in levels]
    if len(carried.listed) == run:
        topic = _topic_clause(block, n, carried)
        return [_Pair(topic, "the places listed before, in order", place) for place in carried.listed]
    return []


def _joined(twin: str, listed: Sequence[Mention]) -> bool:
    gaps = (twin[a.span.end : b.span.start] for a, b in zip(listed, listed[1:], strict=False))
    return all(re.fullmatch(r"(?:\([^)]*\))?(?:、|和|与|及|以及)", gap) for gap in gaps)


def _indicator(
    block: _Block,
    n: int,
    left: Phrase,
    right: Phrase,
    verdict: Verdict,
    carried: _Carried,
    sentence: Span,
    edge: int,
) -> tuple[str, str]:
    """Choose the phrase that a figure counts: its own, on the left or right, or the one before it."""
    quantity = block.figures[n]
    counted = quantity.kind in {"count", "bare"} or (verdict.measure == "share" and quantity.unit != "%")
    if verdict.measure in {"growth", "change", "rank"}:
        if left:
            return _written(block, left.span), left.rule
        return _inherited(block, n, quantity, verdict, carried, sentence, edge)
    of = block.twin[quantity.end : quantity.end + 1] == "的"
    if right and (counted or not left or of) and not (verdict.measure == "share" and left and not of):
        span = right.span
        if left.verb and left.span.end - left.span.start <= 4:
            return _written(block, left.span) + _written(block, span), f"{left.rule}, with what follows the figure"
        return _written(block, span), right.rule
    if left:
        return _written(block, left.span), left.rule
    return _inherited(block, n, quantity, verdict, carried, sentence, edge)


def _inherited(
    block: _Block, n: int, quantity: Quantity, verdict: Verdict, carried: _Carried, sentence: Span, edge: int
) -> tuple[str, str]:
    topic = _topic_clause(block, n, carried)
    if topic:
        return topic, "the clause before names it"
    if verdict.measure == "level":
        same = next((r for r in reversed(carried.recent) if r.base_unit == quantity.base_unit and r.measure == "level"), None)
        if same is not None:
            return same.indicator, "what the figure before it counts"
    if carried.recent:
        return carried.recent[-1].indicator, "what the figure before it counts"
    return (carried.last.indicator if carried.last else ""), "what the paragraph before it counts"


def _topic_clause(block: _Block, n: int, carried: _Carried) -> str:
    """Return the indicator of a clause before the figure's that names a thing and states nothing of it."""
    edge = block.edges[n]
    sentence = block.sentence(block.figures[n].start)
    floor = max([sentence.start, *(q.end for q in block.figures[:n] if q.end <= edge)])
    if edge - 1 <= floor or block.twin[edge - 1] not in ",:":
        return ""
    start = left_edge(block.twin, floor, edge - 1)
    skip = [p.span for p in block.periods] + [m.span for m in block.places if m.topic]
    phrase = left_phrase(block.twin, Span(start, edge - 1), [s for s in skip if start <= s.start < edge])
    text = phrase.span.of(block.twin)
    if not phrase or phrase.verb or len(text) > 16 or re.search(r"[，,。了着过]|比|看$|显示|介绍|表示|中$", text):
        return ""
    return _written(block, phrase.span)


# ---------------------------------------------------------------------------------------------- place, subject


def _place(
    block: _Block, quantity: Quantity, sentence: Span, edge: int, carried: _Carried, places: Places
) -> tuple[Place, str]:
    """Return the place that a figure is about: the last one named as a topic before it."""
    before = [m for m in block.places if m.topic and m.span.start < quantity.start]
    in_sentence = [m for m in before if m.span.start >= sentence.start]
    if in_sentence:
        group = _listed(block, in_sentence)
        if len(group) > 1:
            carried.listed = [m.place for m in group]
            return Place("、".join(m.span.of(block.twin) for m in group), "group"), "places named together"
        return in_sentence[-1].place, in_sentence[-1].rule
    if before and places.about_park:
        return before[-1].place, before[-1].rule
    return carried.place, "what the document is about"


def _listed(block: _Block, found: Sequence[Mention]) -> list[Mention]:
    group = [found[-1]]
    for mention in reversed(found[:-1]):
        if not _joined(block.twin, [mention, group[0]]):
            break
        group.insert(0, mention)
    distinct = {m.place for m in group}
    return list(group) if len(distinct) == len(group) else group[-1:]


def _subject(
    block: _Block, quantity: Quantity, sentence: Span, carried: _Carried, draft: _Draft
) -> tuple[str, str]:
    found = [s for s in block.subjects if s.span.start < quantity.start]
    topic = max((m.span.start for m in block.places if m.topic and m.span.start < quantity.start), default=-1)
    if not found or found[-1].span.start < topic:
        return "", ""
    last = found[-1]
    if last.span.start < sentence.start and not last.lasting:
        return "", ""
    return _written(block, last.span), last.rule


# ---------------------------------------------------------------------------------------------- the row


def _carried_basis(
    block: _Block, verdict: Verdict, edge: int, sentence: Span, period: Period | None, carried: _Carried
) -> str:
    if verdict.measure not in {"growth", "change"}:
        return ""
    before = block.twin[sentence.start : edge]
    if re.search(r"(?:同比|与?去年同期相比|与?上年相比|比上年)[,]?$", before):
        return "yoy"
    if period is not None and period.wide and period.span.start >= sentence.start:
        return "base"
    return "yoy" if carried.basis_yoy and verdict.measure == "growth" else ""


def _row(block: _Block, draft: _Draft, source: str, starts: Sequence[int]) -> Observation:
    quantity, verdict = draft.quantity, draft.verdict
    value, number = _rounded(quantity.value), _rounded(quantity.number)
    low, high = quantity.value_min, quantity.value_max
    low, high = (None if low is None else _rounded(low)), (None if high is None else _rounded(high))
    modifier = draft.modifier or quantity.modifier
    if draft.modifier:
        low, high = bounds(draft.modifier, value, None)  # type: ignore[arg-type]
    if verdict.direction == "down" and value > 0:
        value = -value
        low, high = (None if high is None else -high), (None if low is None else -low)
    base_unit = quantity.base_unit
    if quantity.kind == "bare" and _is_amount(draft.indicator):
        base_unit = "元"
    sentence = block.sentence(quantity.start)
    return Observation(
        park=draft.place.name,
        park_kind=draft.place.kind,
        subject=draft.subject,
        indicator=draft.indicator,
        measure=verdict.measure,
        basis=draft.basis,  # type: ignore[arg-type]
        direction=verdict.direction,
        number=number,
        unit=quantity.unit,
        value=value,
        base_unit=base_unit,
        modifier=modifier,  # type: ignore[arg-type]
        value_min=low,
        value_max=high,
        period_text=_written(block, draft.period.span) if draft.period else "",
        period=draft.period.iso if draft.period else "",
        source=source,
        line=line_of(starts, quantity.start),
        start=quantity.start,
        end=quantity.end,
        text=quantity.text,
        sentence=sentence.of(block.text),
    )


_AMOUNT = re.compile(r"产值|税收|收入|资金|投资|利润|销售额|营收|经费|资产|产出|出资|贷款|存款|预算|支出|成本|总额|交易额|成交额|补贴|工资|价格|货值|外资")


def _is_amount(indicator: str) -> bool:
    """Tell whether the indicator is money, so that 10亿 of it are 元."""
    return _AMOUNT.search(indicator) is not None


def _rounded(value: Decimal) -> Decimal:
    """Return the value as a row states it: exact, or a share that has no end (三分之二) to two places."""
    digits = -int(value.as_tuple().exponent)
    return value.quantize(_PERCENT_PLACES, ROUND_HALF_EVEN) if digits > 60 else value
