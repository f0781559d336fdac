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
from miner.parks import NOWHERE, Mention, Place, Places, mentions, survey
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

_TITLE_LENGTH = 40
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
    consumed: int = 0  # where the last figure's own phrase ends
    group: tuple[int, Place] | None = None  # a group of parks, and where its name ends


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
    blocks = list(paragraphs(twin))
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
                Rejection(q.start, q.end, q.text, "page furniture")
                for q in quantities(twin, document.text, paragraph.span)
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
        if not paragraph.heading and len(text) > _TITLE_LENGTH:
            break
        lines.append(text)
    return "\n".join(lines)


def _block(
    twin: str, text: str, paragraph: Paragraph, reference: object, places: Places
) -> tuple[_Block, list[Rejection]]:
    periods = find_periods(twin, paragraph.span, reference)  # type: ignore[arg-type]
    candidates = list(quantities(twin, text, paragraph.span))
    masked = find_masks(twin, paragraph.span, [period.span for period in periods]) if candidates else None
    figures, refused = [], []
    for quantity in candidates:
        rule = rejected(twin, quantity, masked) if masked else ""
        if (
            not rule
            and quantity.kind == "ordinal"
            and not is_rank(
                twin[paragraph.span.start : quantity.start], twin[quantity.end : quantity.end + 2], quantity
            )
        ):
            rule = "an ordinal"
        if rule:
            refused.append(Rejection(quantity.start, quantity.end, quantity.text, rule))
        else:
            figures.append(quantity)
    thresholds = _thresholds(twin, figures)
    refused += [Rejection(q.start, q.end, q.text, "a threshold, part of a name") for q in thresholds]
    figures = [q for q in figures if q not in thresholds]
    if not figures:
        block = _Block(twin, text, paragraph, periods, [], [], [], [])
        return block, refused
    clauses = _clauses(twin, paragraph.span)
    periods = list(marked_events(twin, periods, [q.start for q in figures], clauses))
    found = mentions(places, twin, paragraph.span)
    subjects = find_subjects(twin, paragraph.span, [m.span for m in found if m.place.kind != "region"])
    edges = [left_edge(twin, paragraph.span.start, q.start) for q in figures]
    return _Block(twin, text, paragraph, periods, found, subjects, figures, edges), refused


_THRESHOLD = re.compile(r"的?(?P<noun>[\u4e00-\u9fff]{1,12}?)(?:达到?|有|共有?|为)?")


def _thresholds(twin: str, figures: Sequence[Quantity]) -> list[Quantity]:
    """Find the amounts that only say which things the next figure counts: 产值超10亿元企业有6家."""
    found = []
    for one, other in zip(figures, figures[1:], strict=False):
        if (
            one.modifier not in {"at_least", "at_most", "over"}
            or one.kind not in {"money", "measure"}
            or other.kind != "count"
        ):
            continue
        gap = _THRESHOLD.fullmatch(twin, one.end, other.start)
        if gap and right_phrase(twin, *gap.span("noun")).span == Span(*gap.span("noun")):
            found.append(one)
    return found


_CLAUSE = re.compile(r"[^,;。:!?]+[,;。:!?]?")


def _clauses(twin: str, span: Span) -> list[Span]:
    return [Span(*match.span()) for match in _CLAUSE.finditer(twin, *span)]


def _frame(block: _Block, carried: _Carried) -> None:
    """Note whether years frame what follows: 五年来 at the head of a paragraph, until one opens with another time."""
    opening = next((p for p in block.periods if p.span.start - block.paragraph.span.start <= _HEAD), None)
    if opening is not None and (opening.wide or opening.set_off):
        carried.framed = opening.wide
    elif _NUMBERED.match(block.twin, block.paragraph.span.start):
        carried.framed = False


_HEAD = 4
_NUMBERED = re.compile(r"\s*[(]?[一二三四五六七八九十]{1,3}[)、.]")


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


def _run(block: _Block, n: int, run: int, places: Places, carried: _Carried) -> Iterator[tuple[_Draft, list[Reason]]]:
    """Read the ``run`` figures of a list that begins at the figure ``n``; a figure by itself is a list of one."""
    twin, first, edge = block.twin, block.figures[n], block.edges[n]
    sentence = block.sentence(first.start)
    floor = max(edge, carried.consumed) if n else edge
    clause, lead = twin[edge : first.start], twin[floor : first.start]
    verdict = measure(clause, twin[first.end : first.end + 20], first)
    tail = max(floor, edge + verdict.tail)
    skip = [p.span for p in block.periods if floor <= p.span.start < first.start]
    skip += [m.span for m in block.places if floor <= m.span.start < first.start and m.topic]
    phrase = left_phrase(twin, Span(floor, tail), skip)
    pairs = _pairs(block, n, run, phrase, Span(floor, tail), carried, lead)
    for k in range(run):
        quantity = block.figures[n + k]
        own = _own_verdict(block, n + k, verdict) if k else verdict
        place, place_rule = _place(block, quantity, sentence, edge, carried, places)
        draft = _Draft(quantity, own, place)
        draft.period = _period(block, quantity, sentence, edge, carried)
        if pairs:
            draft.indicator, rule, draft.place = pairs[k].indicator, pairs[k].rule, pairs[k].place or place
            carried.consumed = quantity.end
        else:
            right = _right(block, n + k, sentence, run=n + run)
            draft.indicator, rule, carried.consumed = _indicator(block, n + k, phrase, right, own, carried)
        if k and _SPREAD.search(lead) and first.start < first.core.start and quantity.modifier == "exact":
            draft.modifier = first.modifier
        _adopt(block, draft, lead, carried)
        if _COLLECTIVE.search(draft.indicator) and own.measure == "level" and not places.about_park:
            group = Place(places.region.name + draft.indicator, "group")
            carried.group = (carried.consumed, group)
            carried.place = group if places.main == NOWHERE else carried.place
        draft.subject, subject_rule = _subject(block, quantity, sentence)
        draft.basis = own.basis or _carried_basis(block, draft, edge, sentence, carried)
        reasons = [Reason("value", rule, quantity.text) for rule in quantity.rules]
        reasons += [
            Reason("measure", draft.verdict.rule, clause[-12:] + quantity.text),
            Reason("indicator", rule, draft.indicator),
            Reason("park", place_rule, draft.place.name),
        ]
        if draft.subject:
            reasons.append(Reason("subject", subject_rule, draft.subject))
        if draft.period:
            reasons.append(Reason("period", draft.period.rule, draft.period.span.of(twin)))
        yield draft, reasons


_SPREAD = re.compile(r"分别|依次|各|均")
_COLLECTIVE = re.compile(r"(?:园区|开发区|先导区|示范区|集聚区|高新区|经开区|综保区|试验区)$")


def _own_verdict(block: _Block, n: int, first: Verdict) -> Verdict:
    """Return the verdict on a later figure of a list: its own verb where it has one (增长5.8%、下降2.4%)."""
    joint = _GAP.fullmatch(block.twin[block.figures[n - 1].end : block.figures[n].start])
    if joint is None or not joint["verb"]:
        return first
    own = measure(joint["verb"], "", block.figures[n])
    return Verdict(own.measure, first.basis or own.basis, own.direction, 0, own.rule)


def _adopt(block: _Block, draft: _Draft, lead: str, carried: _Carried) -> None:
    """Let 其中企业57.5万户 be the same sort of statement as the 净增 that it is part of."""
    before = carried.recent[-1] if carried.recent else None
    if not lead.startswith("其中") or before is None or draft.verdict.measure != "level":
        return
    if before.measure == "change" and before.base_unit == draft.quantity.base_unit:
        draft.verdict = Verdict("change", before.basis, before.direction, 0, "part of a change, 其中")


_AS_OF_NOW = re.compile(r"(?:已有|现有|现已|已达|已拥有|已建成)\D{0,6}$")


def _period(block: _Block, quantity: Quantity, sentence: Span, edge: int, carried: _Carried) -> Period | None:
    period = governing(block.periods, quantity.start, sentence, Span(edge, quantity.start), framed=carried.framed)
    if period is None or period.span.start >= sentence.start:
        return period
    # A stock as of now (全区已有三十七家) is not of the year that a sentence before spoke of.
    return None if _AS_OF_NOW.search(block.twin[edge : quantity.start]) else period


# ---------------------------------------------------------------------------------------------- indicator


@dataclass(frozen=True, slots=True)
class _Pair:
    indicator: str
    rule: str
    place: Place | None = None


def _written(block: _Block, span: Span) -> str:
    """Return a stretch of the folded text as the file has it, in simplified script."""
    return simplify(re.sub(r"\s+", "", span.of(block.text)))


def _right(block: _Block, n: int, sentence: Span, run: int) -> Phrase:
    """Return the phrase to the right of figure ``n``, up to the next figure or time; of a list, that of the last."""
    twin, quantity = block.twin, block.figures[n]
    following = block.figures[n + 1] if n + 1 < len(block.figures) else None
    if following is not None and following.start == quantity.end and following.end < sentence.end:
        return _right(block, n + 1, sentence, run)  # 21批173项案例: both count what the last one counts
    limit = following.start if following is not None else sentence.end
    limit = min([limit, *(p.span.start for p in block.periods if quantity.end <= p.span.start < limit)])
    start = quantity.end
    if twin.startswith("目", start) and quantity.unit.endswith("项"):
        start += 1  # 51余项目: the unit is part of the noun
    if quantity.kind == "part" and twin.startswith(("是", "为"), start):
        start += 1  # 八成以上是“九〇后”
    limit = min(limit, sentence.end)
    listing = following is None or _CLAUSE_MARK.search(twin, quantity.end, following.start) is not None
    phrase = right_phrase(twin, start, limit, listing=listing)
    if phrase or following is None or n + 1 >= run or following.start >= sentence.end:
        return phrase
    return _right(block, n + 1, sentence, run)


_CLAUSE_MARK = re.compile("[,;。:]")


_LEVELS = re.compile(r"^(?P<grade>[国省市区县州乡镇]+家?级)$")


def _shared_noun(block: _Block, n: int, span: Span) -> str:
    """Give 90个市级、303个区级示范点 its noun: what follows the grade of the next figure."""
    own = _written(block, span)
    if not _LEVELS.match(own) or n + 1 >= len(block.figures):
        return own
    after = block.figures[n + 1].end
    match = re.compile(r"[国省市区县州乡镇]+家?级").match(block.twin, after)
    if match is None:
        return own
    noun = right_phrase(block.twin, match.end(), block.sentence(after).end)
    return own + _written(block, noun.span) if noun else own


def _pairs(block: _Block, n: int, run: int, phrase: Phrase, left: Span, carried: _Carried, lead: str) -> list[_Pair]:
    """Pair the figures of a list with the items named before it, in order (A、B分别增长x%、y%)."""
    if run < 2:
        return []
    twin = block.twin
    listed = [m for m in block.places if m.topic and left.start <= m.span.start < left.end]
    if len(listed) >= run and _joined(twin, listed[-run:]):
        after = left_phrase(twin, Span(listed[-1].span.end, left.end), [])
        indicator = _written(block, after.span) or (carried.last.indicator if carried.last else "")
        return [_Pair(indicator, "the places of a list, in order", m.place) for m in listed[-run:]]
    together = _TOGETHER.search(twin[block.edges[n] : left.end])
    if together:
        sentence = block.sentence(block.figures[n].start)
        named = (
            {m.place for m in block.places if sentence.start <= m.span.start < left.start}
            if together["rest"]
            else set()
        )
        parks = [Place(row.park, row.park_kind) for row in carried.recent if row.park_kind == "park"]
        rest = [place for place in carried.listed or dict.fromkeys(parks) if place not in named]
        if len(rest) == run:
            topic = _topic_clause(block, n) or (carried.last.indicator if carried.last else "")
            return [_Pair(topic, "the places listed before, in order", place) for place in rest]
    spread = bool(_SPREAD.search(lead))
    if phrase:
        split = re.search(r"分别|依次", twin[left.start : left.end])
        begin = phrase.span.start if not phrase.verb or split else phrase.before.start
        joint = Span(begin, left.start + split.start()) if split and left.start + split.start() > begin else phrase.span
        if spread and "、" in twin[phrase.before.start : joint.end]:
            joint = Span(_list_start(twin, phrase.before.start, joint.start), joint.end)
        items = list_items(twin, joint, run)
        if len(items) == run and (spread or "、" in joint.of(twin)):
            after = (
                _written(block, Span(joint.end + 2, phrase.span.end))
                if split and joint.end + 2 < phrase.span.end
                else ""
            )
            head = "对" if items[0].startswith("对") else ""
            return [
                _Pair(
                    simplify((head if not item.startswith(head) else "") + item + after),
                    "the items of a list, in order",
                )
                for item in items
            ]
        return []
    levels = carried.recent[-run:]
    if len(levels) == run and (spread or len({row.park for row in levels}) == run):
        return [_Pair(row.indicator, "the figures before, in order", Place(row.park, row.park_kind)) for row in levels]
    return []


_TOGETHER = re.compile(r"(?P<rest>其余|其他|另外)?[两三四五六](?:家|区|园|个园区|地)")


def _list_start(twin: str, start: int, end: int) -> int:
    """Return where a list begins that reaches back beyond the verb in its last item (…、新增工业用地支持…)."""
    return start if "、" in twin[start:end] else end


def _joined(twin: str, listed: Sequence[Mention]) -> bool:
    gaps = (twin[a.span.end : b.span.start] for a, b in zip(listed, listed[1:], strict=False))
    return all(re.fullmatch(r"(?:\([^)]*\))?(?:、|和|与|及|以及)", gap) for gap in gaps)


def _indicator(
    block: _Block, n: int, left: Phrase, right: Phrase, verdict: Verdict, carried: _Carried
) -> tuple[str, str, int]:
    """Choose the phrase that a figure counts: its own, on the left or right, or the one before it.

    Returns the phrase, the rule, and where the text is used up.
    """
    quantity, end = block.figures[n], block.figures[n].end
    before = block.figures[n - 1].end if n else 0
    if before > block.edges[n] and _REACHED.fullmatch(block.twin, before, quantity.start):
        return carried.recent[-1].indicator, "what is told to have moved from one figure to the next", end
    if left and _FROM.search(block.twin, block.edges[n], quantity.start):
        return _written(block, left.span), left.rule, end
    if verdict.measure in {"growth", "change", "rank"}:
        if left and _BARE_ATTRIBUTE.fullmatch(block.twin, *left.span) and carried.recent:
            return _attribute(block, left, carried), "an attribute of what is named before", end
        if left and _SHARED_PART.match(block.twin, *left.span) and carried.recent:
            return carried.recent[-1].indicator + _written(block, left.span), "a share of what is named before", end
        if left:
            return _written(block, _last_item(block, left)), left.rule, end
        return (*_inherited(block, n, verdict, carried), end)
    if left and _BARE_ATTRIBUTE.fullmatch(block.twin, *left.span) and carried.recent:
        return _attribute(block, left, carried), "an attribute of what is named before", end
    counted = quantity.kind in {"count", "bare", "part"}
    of = block.twin[quantity.end : quantity.end + 1] == "的"
    if right and (counted or not left or of) and not (verdict.measure == "share" and left and not of):
        noun = _shared_noun(block, n, right.span)
        if left.verb and left.span.end - left.span.start <= 4 and left.span.end >= quantity.start - 3:
            return _written(block, left.span) + noun, f"{left.rule}, with what follows the figure", right.span.end
        return noun, right.rule, right.span.end
    if left:
        return _written(block, left.span), left.rule, end
    if (
        verdict.measure == "level"
        and quantity.kind == "count"
        and left.before.end - left.before.start >= 3
        and left.rule == "a verb of having"
    ):
        return _written(block, left.before), "a verb by itself", end
    return (*_inherited(block, n, verdict, carried), end)


# 由162个整合为123个: the words between two figures of one thing.
_REACHED = re.compile(r"(?:[\u4e00-\u9fff]{2,6}(?:为|到|至)|[升降增减](?:为|到|至))了?")
_FROM = re.compile(r"[由从]$")
_BARE_ATTRIBUTE = re.compile(r"增速|增幅|占比|比重|总数|总量|均值|规模")


def _attribute(block: _Block, left: Phrase, carried: _Carried) -> str:
    """Return 居民收入增速 for 增速 after 居民收入增长6.1%."""
    name, attribute = carried.recent[-1].indicator, _written(block, left.span)
    return name if name.endswith(attribute) else name + attribute


_SHARED_PART = re.compile(r"占[^,;。]{1,20}")


def _last_item(block: _Block, phrase: Phrase) -> Span:
    """Return the last item of a list whose first ones belong to the verb before it (实现集中管理、经费下降28%)."""
    if phrase.rule != "what is had":
        return phrase.span
    comma = block.twin.rfind("、", *phrase.span)
    return Span(comma + 1, phrase.span.end) if comma >= 0 else phrase.span


def _inherited(block: _Block, n: int, verdict: Verdict, carried: _Carried) -> tuple[str, str]:
    quantity = block.figures[n]
    topic = _topic_clause(block, n)
    if topic:
        return topic, "the clause before names it"
    reached = [r for r in carried.recent if not _closed_off(block.twin[r.end : quantity.start])]
    follows = n > 0 and _GAP.fullmatch(block.twin, block.figures[n - 1].end, quantity.start)
    if verdict.measure == "level" and not follows:
        same = next((r for r in reversed(reached) if r.base_unit == quantity.base_unit and r.measure == "level"), None)
        if same is not None:
            return same.indicator, "what the figure before it counts"
    if reached:
        return reached[-1].indicator, "what the figure before it counts"
    return (carried.last.indicator if carried.last else ""), "what the paragraph before it counts"


def _closed_off(between: str) -> bool:
    """Tell whether a bracket closes between two figures, so that the first is an aside: 10.1万亿元(出口6万亿元),增长1%."""
    return between.count(")") > between.count("(")


def _topic_clause(block: _Block, n: int) -> str:
    """Return the indicator of a clause before the figure's that names a thing and states nothing of it."""
    edge, twin = block.edges[n], block.twin
    sentence = block.sentence(block.figures[n].start)
    if edge - 1 <= sentence.start or twin[edge - 1] not in ",:" or (n and block.figures[n - 1].end > edge):
        return ""
    start = left_edge(twin, sentence.start, edge - 1)
    if n and block.figures[n - 1].end > start:
        return ""
    among = _AMONG.fullmatch(twin, start, edge - 1)
    if among:
        return _written(block, Span(*among.span("it")))
    skip = [
        s
        for s in [*(p.span for p in block.periods), *(m.span for m in block.places if m.topic)]
        if start <= s.start < edge
    ]
    phrase = left_phrase(twin, Span(start, edge - 1), skip)
    text = phrase.span.of(twin)
    if not phrase or phrase.rule != "to the left of the figure" or len(text) > 16 or _STATES.search(text):
        return ""
    return _written(block, phrase.span)


_AMONG = re.compile(r"在(?P<it>[^,;。]{2,20}?)(?:中|里|方面)")
_STATES = re.compile(
    r"[了着过]|比|看$|显示|介绍|表示|投运|投用|开局|升级|显著|提升$|壮大$|优化$|发展$|增强$|不断|持续|全面|加快|推进$|中$"
)


# ---------------------------------------------------------------------------------------------- place, subject


def _place(
    block: _Block, quantity: Quantity, sentence: Span, edge: int, carried: _Carried, places: Places
) -> tuple[Place, str]:
    """Return the place that a figure is about: the last one named as a topic before it."""
    before = [m for m in block.places if m.topic and m.span.start < quantity.start]
    in_sentence = [m for m in before if m.span.start >= sentence.start]
    if (
        carried.group is not None
        and edge <= carried.group[0] <= quantity.start
        and not (
            "、" in block.twin[carried.group[0] : quantity.start] or (in_sentence and in_sentence[-1].span.start > edge)
        )
    ):
        return carried.group[1], "a group of parks named in the clause"
    if in_sentence:
        group = _listed(block, in_sentence)
        if len(group) > 1:
            carried.listed = [m.place for m in group]
            return Place("、".join(_written(block, m.span) for m in group), "group"), "places named together"
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


def _subject(block: _Block, quantity: Quantity, sentence: Span) -> tuple[str, str]:
    """Return the organization that the figure's sentence, or a text that stays there, is about."""
    found = [s for s in block.subjects if s.span.end <= quantity.start]
    if not found:
        return "", ""
    last = found[-1]
    clause_end = left_edge(block.twin, last.span.end, quantity.start)
    rest = block.twin[last.span.end : clause_end].split(",")[0] if clause_end > last.span.end else ""
    if (
        rest
        and last.rule.startswith("an org")
        and _opens_with_noun(block.twin, clause_end, quantity.start)
        and not any(last.span.end <= q.start < clause_end for q in block.figures)
    ):
        return "", ""  # 马栏山实验室投入运营,红色研学规模突破100万人次: the clause has a topic of its own
    replaced = any(m.topic and last.span.end < m.span.start < quantity.start for m in block.places)
    if replaced or (last.span.start < sentence.start and not last.lasting):
        return "", ""
    return _written(block, last.span), last.rule


def _opens_with_noun(twin: str, start: int, end: int) -> bool:
    """Tell whether a clause leads up to its figure with a noun of its own."""
    phrase = left_phrase(twin, Span(start, end), [])
    return bool(phrase) and not phrase.verb and phrase.rule == "to the left of the figure"


# ---------------------------------------------------------------------------------------------- the row


def _carried_basis(block: _Block, draft: _Draft, edge: int, sentence: Span, carried: _Carried) -> str:
    if draft.verdict.measure not in {"growth", "change"}:
        return ""
    before = block.twin[sentence.start : edge]
    if re.search(r"(?:同比|与?去年同期相比|与?上年相比|比上年)[,]?$", before):
        return "yoy"
    wide = draft.period is not None and draft.period.wide
    if wide or (carried.framed and draft.period is None):
        return "base"
    return "yoy" if carried.basis_yoy else ""


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


_AMOUNT = re.compile(
    r"产值|税收|收入|资金|投资|利润|销售额|营收|经费|资产|产出|出资|贷款|存款|预算|支出|成本|总额|交易额|成交额|补贴|工资|价格|货值|外资"
)


def _is_amount(indicator: str) -> bool:
    """Tell whether the indicator is money, so that 10亿 of it are 元."""
    return _AMOUNT.search(indicator) is not None


def _rounded(value: Decimal) -> Decimal:
    """Return the value as a row states it: exact, or a share that has no end (三分之二) to two places."""
    digits = -int(value.as_tuple().exponent)
    return value.quantize(_PERCENT_PLACES, ROUND_HALF_EVEN) if digits > 60 else value
