"""Joins quantity, measure, period, place and name -> `Reading`, an observation with its reasons.

Theory of operation. A document is read paragraph by paragraph (`Block`), a paragraph list of figures by list of
figures, from left to right. Whatever a figure's own clause does not say is taken from what came before, in this order:
the clause, the sentence, the paragraph, the document. What is carried along stands in `Carried`.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from typing import TYPE_CHECKING

from miner.blocks import JOINT, Block, read_block, series
from miner.carried import Carried
from miner.cases import Case, Name
from miner.documents import Document, line_of, line_starts
from miner.grids import Grid, cells, find_grids
from miner.heads import is_amount
from miner.leftward import left_phrase
from miner.lists import TOGETHER, joined
from miner.masks import is_furniture
from miner.measures import Verdict, basis_of, measure
from miner.naming import names
from miner.numbers import EXACT
from miner.parks import Place, is_collective
from miner.periods import Period, Reference, find_periods, governing, own_reference
from miner.phrases import left_edge
from miner.places import Mention, Places, mentions, survey
from miner.quantities import Quantity, bounds, quantities
from miner.schema import Observation, Reading, Reason, Rejection
from miner.spans import Span
from miner.text import Paragraph, fold, paragraphs, simplify
from miner.wrapping import Layout, unwrap

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from miner.schema import Basis


def read(document: Document, date: dt.date | None = None) -> tuple[list[Reading], list[Rejection]]:
    """Read every figure of a document, and every number that states none, each with its reasons.

    ``date`` overrides the document's own.

    Example:
        >>> readings, _ = read(Document("a.txt", "咸宁高新区1—4月新签约项目46个。"))
        >>> [(r.observation.park, r.observation.indicator, r.observation.text) for r in readings]
        [('咸宁高新区', '新签约项目', '46个')]
    """
    layout = unwrap(document.text)
    with localcontext(EXACT):
        readings, rejections = _read(Document(document.source, layout.running), date)
    if layout.running is layout.text:
        return readings, rejections
    starts = line_starts(layout.text)
    return (
        [replace(reading, observation=_placed(reading.observation, layout, starts)) for reading in readings],
        [_put_back(rejection, layout) for rejection in rejections],
    )


def _placed(row: Observation, layout: Layout, starts: Sequence[int]) -> Observation:
    """Return a row of the running text with the offsets, the line and the characters of the file."""
    figure = layout.original(Span(row.start, row.end))
    begin = layout.running.rfind(row.sentence, max(0, row.end - len(row.sentence)), row.start + len(row.sentence))
    sentence = layout.original(Span(begin, begin + len(row.sentence))).of(layout.text)
    line = line_of(starts, figure.start)
    return replace(row, start=figure.start, end=figure.end, line=line, text=figure.of(layout.text), sentence=sentence)


def _put_back(rejection: Rejection, layout: Layout) -> Rejection:
    span = layout.original(Span(rejection.start, rejection.end))
    return Rejection(span.start, span.end, span.of(layout.text), rejection.rule)


def _read(document: Document, date: dt.date | None) -> tuple[list[Reading], list[Rejection]]:
    twin = fold(document.text)
    grids = find_grids(twin)
    found = [(p, is_furniture(p.span.of(twin))) for p in paragraphs(twin, [grid.span for grid in grids])]
    title = _title(twin, [paragraph for paragraph, furniture in found if not furniture])
    reference = own_reference(twin, date)
    places = survey(twin, title)
    starts = line_starts(document.text)
    carried = Carried(places.main)
    told: list[Reading | Rejection] = []
    for paragraph, furniture in found:
        while grids and grids[0].span.start < paragraph.span.start:
            told += _table(twin, document, grids.pop(0), reference, places, carried, starts)
        if furniture:
            numbers = quantities(twin, document.text, paragraph.span)
            told += [Rejection(q.start, q.end, q.text, "page furniture") for q in numbers]
            continue
        block, refused = read_block(
            twin, document.text, paragraph, reference, places, None if paragraph.heading else carried.named
        )
        told += refused
        carried.enter(block)
        n = 0
        while n < len(block.figures):
            count = series(block, n)
            for draft in _drafts(block, n, count, places, carried):
                row = _row(block, draft, document.source, line_of(starts, draft.quantity.start))
                carried.note(row)
                told.append(Reading(row, _reasons(block, draft)))
            n += count
    for grid in grids:
        told += _table(twin, document, grid, reference, places, carried, starts)
    return [t for t in told if isinstance(t, Reading)], [t for t in told if isinstance(t, Rejection)]


def _table(
    twin: str,
    document: Document,
    grid: Grid,
    reference: Reference,
    places: Places,
    carried: Carried,
    starts: Sequence[int],
) -> Iterator[Reading | Rejection]:
    """Read the cells of a table that stands in the text."""
    titled = find_periods(twin, grid.title, reference)
    year = next((period.year for period in titled), None)
    heads = [*grid.rows[0], *(row[0] for row in grid.rows[1:])]
    periods = [p for head in heads for p in find_periods(twin, head, reference, year) if not p.compared]
    named = [mention for head in heads for mention in mentions(places, twin, head)]
    names = sorted([*(p.span for p in titled), *(p.span for p in periods), *(m.span for m in named)])
    lines = tuple(Span(row[0].start, row[-1].end) for row in grid.rows)
    block = Block(twin, document.text, Paragraph(grid.span, lines, heading=False), periods)
    for cell in cells(twin, grid, names):
        quantity, within = cell.quantity, (*cell.columns, cell.row)
        if quantity.kind == "number" and cell.verdict.measure != "rank":
            yield Rejection(quantity.start, quantity.end, quantity.text, "a cell whose unit the table does not tell")
            continue
        period = next((p for head in within for p in periods if head.covers(p.span)), next(iter(titled), None))
        place = next((m.place for head in within for m in named if head.covers(m.span)), None)
        if cell.sort == "park" and not cell.named:
            place = Place("、".join(simplify(row[0].of(twin)) for row in grid.rows[1:-1]), "group")  # 合计
        elif cell.sort in {"park", "region"} and not any(m.span == cell.row for m in named):
            place = Place(simplify(cell.named), "park" if cell.sort == "park" else "region")
        draft = _Draft(
            quantity,
            cell.verdict,
            Name(simplify(cell.indicator), "the headers of the table", quantity.end),
            place or carried.place,
            "the header of the row" if place else "what the document is about",
            period,
            cell.verdict.basis,
            simplify(cell.named) if cell.sort == "subject" else "",
            "the header of the row",
        )
        yield Reading(_row(block, draft, document.source, line_of(starts, quantity.start)), _reasons(block, draft))


_TITLE_LINES = 8


def _title(twin: str, article: Sequence[Paragraph]) -> str:
    """Return the headline: the lines before the first paragraph of running text."""
    lines = itertools.takewhile(lambda paragraph: paragraph.heading, article[:_TITLE_LINES])
    return "\n".join(_SOURCE.sub("", paragraph.span.of(twin)) for paragraph in lines)


# Who printed it says nothing of what it is about: 来源:平顶山日报, 《白城日报》2015年6月1日.
_SOURCE = re.compile(
    r"(?:信息|文章|稿件)?(?:来源|作者|编辑|责编)[:].*|《[^》]{2,10}》|[\u4e00-\u9fff]{2,8}(?:日报|晚报|时报|商报|新闻网|都市网|电视台|新闻中心|经济发展局|统计局|党工委|管委会办公室)\b|(?:记者|通讯员).*"
)


@dataclass(slots=True)
class _Draft:
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


def _drafts(block: Block, n: int, count: int, places: Places, carried: Carried) -> Iterator[_Draft]:
    """Read the ``count`` figures of a list that begins with figure ``n``; a figure by itself is a list of one."""
    first, edge = block.figures[n], block.edges[n]
    floor = max(edge, carried.consumed) if n else edge
    if reached := _STEP.match(block.twin, floor, first.start):
        floor = reached.end()
    verdict = measure(block.twin[edge : first.start].rstrip(), block.twin[first.end : first.end + 20], first)
    case = Case(block, n, count, floor, max(floor, edge + verdict.tail), verdict, carried)
    for k, name in enumerate(names(case)):
        quantity = block.figures[n + k]
        carried.consumed = name.end
        own = _signed(_part_of_share(case, _part_of_change(case, _own_verdict(case, k), quantity), quantity), quantity)
        place, rule = (name.place, name.rule) if name.place else _place(case, quantity, places)
        draft = _Draft(_about_a_share(case, _shared_modifier(case, k)), own, name, place, rule, _period(case, k))
        draft.basis = own.basis or _carried_basis(case, draft)
        draft.subject, draft.subject_rule = _subject(case, quantity, places)
        if own.measure == "level" and not places.about_park and is_collective(name.indicator):
            carried.gather(Place(places.region.name + name.indicator, "group"))
        yield draft


_STEP = re.compile("的?(?:台阶|大关|关口|门槛|行列)[、,]?")  # 迈上5万亿台阶、五年增量超1.36万亿元


def _own_verdict(case: Case, k: int) -> Verdict:
    """Return the verdict on figure ``k`` of a list: by its own verb where it has one (增长5.8%、下降2.4%)."""
    if not k:
        return case.verdict
    one, other = case.block.figures[case.first + k - 1 : case.first + k + 1]
    joint = JOINT.fullmatch(case.block.twin, one.end, other.start)
    if joint is None or not joint["verb"]:
        return case.verdict
    own = measure(joint["verb"], "", other)
    return replace(own, basis=case.verdict.basis or own.basis)


def _signed(verdict: Verdict, quantity: Quantity) -> Verdict:
    """Let a minus turn the direction: 增长-3.2% is down."""
    turned = quantity.value < 0 and verdict.measure in {"growth", "change"}
    return replace(verdict, direction="down") if turned else verdict


def _part_of_change(case: Case, verdict: Verdict, quantity: Quantity) -> Verdict:
    """Let 其中企业57.5万户 be the same sort of statement as the 净增 that it is part of."""
    before = case.carried.recent[-1] if case.carried.recent else None
    if verdict.measure != "level" or before is None or not case.lead.startswith("其中"):
        return verdict
    if case.block.twin[case.edge - 1 : case.edge] == ";":
        return verdict  # 比2020年增加5.1万人;其中高层次人才1860人: a part of the stock
    if before.measure != "change" or before.base_unit != quantity.base_unit or quantity.value > abs(before.value):
        return verdict
    return Verdict("change", before.basis, before.direction, 0, "part of a change, 其中")


def _part_of_share(case: Case, verdict: Verdict, quantity: Quantity) -> Verdict:
    """Let 占一半以上,达到62% be two shares of one whole."""
    before = case.carried.recent[-1] if case.carried.recent else None
    if (
        verdict.measure != "level"
        or before is None
        or before.measure != "share"
        or before.base_unit != quantity.base_unit
    ):
        return verdict
    return Verdict("share", "", "", 0, "a share said again") if _SAID_AGAIN.fullmatch(case.lead) else verdict


_SAID_AGAIN = re.compile(",?(?:达到?|为|是|即)")


def _shared_modifier(case: Case, k: int) -> Quantity:
    """Return figure ``k`` of a list with the modifier that stands before the first: 分别突破1.5万亿元、1.4万亿元."""
    first, quantity = case.block.figures[case.first], case.block.figures[case.first + k]
    if not k or not case.spread or first.start == first.core.start or quantity.modifier != "exact":
        return quantity
    low, high = bounds(first.modifier, quantity.value, None)
    return replace(quantity, modifier=first.modifier, value_min=low, value_max=high)


def _about_a_share(case: Case, quantity: Quantity) -> Quantity:
    """Let 约 before 占 say how near the share is: 约占全市三成."""
    clause = case.block.twin[case.edge : case.block.figures[case.first].start]
    if case.verdict.measure != "share" or quantity.modifier != "exact" or not _ABOUT.search(clause):
        return quantity
    return replace(quantity, modifier="about", value_min=None, value_max=None)


_ABOUT = re.compile(r"约占[^,;。\d]{1,12}$")

# ---------------------------------------------------------------------------------------------- time and basis

_AS_OF_NOW = re.compile(r"(?:已有|现有|现已|已达|已拥有|已建成)\D{0,6}$")


_AHEAD = re.compile("[达投]产后|建成后|预计")
_OF = re.compile("的(?:增长|下降|上升|负增长)?")
_FROM_TO = re.compile("(?:[从由自]|(?<!达)[至到])$")  # 从2020年的41.6%提升至2025年的52%


def _period(case: Case, k: int) -> Period | None:
    block, sentence, quantity = case.block, case.sentence, case.block.figures[case.first + k]
    before = block.figures[case.first].start
    listed = [p for p in block.periods if case.edge <= p.span.start < before and not p.compared]
    if case.spread and len(listed) == case.count > 1:
        return listed[k]  # 一、二、三、四季度分别完成301亿元、336亿元、342亿元和372亿元
    clause = Span(case.edge, quantity.start)
    twin = block.twin
    near = (p for p in reversed(block.periods) if quantity.start - 5 < p.span.end < quantity.start)
    of = next((p for p in near if _OF.fullmatch(twin, p.span.end, quantity.start)), None)
    if of and (quantity.kind not in {"ratio", "part"} or _FROM_TO.search(twin, 0, of.span.start)):
        return of  # 由2015年的320亿元增加到2020年的586亿元
    period = governing(block.periods, quantity.start, sentence, clause, framed=case.carried.framed)
    if period is not None and period.rule.startswith("目前") and _AHEAD.search(twin, period.span.end, quantity.start):
        return None  # 目前已完成投资140亿元,全部达产后,预计可实现年销售583亿元
    if period is None or period.span.start >= sentence.start:
        return period
    # A stock as of now (全区已有三十七家) is not of the year that a sentence before spoke of.
    return None if _AS_OF_NOW.search(clause.of(block.twin)) else period


_SET_OFF = re.compile(r"(?:同比|相比|比上年|比较)[,]?$")


def _carried_basis(case: Case, draft: _Draft) -> Basis:
    if draft.verdict.measure not in {"growth", "change"}:
        return ""
    before = case.block.twin[
        left_edge(case.block.twin, case.sentence.start, max(case.sentence.start, case.edge - 1)) : case.edge
    ]
    if _SET_OFF.search(before):
        return basis_of(before)[0]  # 与2020年相比,增长32%
    wide = draft.period is not None and draft.period.wide
    if wide or (case.carried.framed and draft.period is None):
        return "base"
    return "yoy" if case.carried.yoy and draft.quantity.kind == "ratio" else ""


# ---------------------------------------------------------------------------------------------- place and subject


def _place(case: Case, quantity: Quantity, places: Places) -> tuple[Place, str]:
    """Return the place that a figure is about: the last one named as a topic before it."""
    block, carried = case.block, case.carried
    before = [m for m in block.places if m.topic and m.span.start < quantity.start]
    in_sentence = [m for m in before if m.span.start >= case.sentence.start and _reaches(case, m, places)]
    if carried.group and (
        case.edge <= carried.group[0] <= quantity.start
        or (case.sentence.start <= carried.group[0] <= quantity.start and _ACHIEVES.match(block.twin, carried.group[0]))
    ):
        newer = bool(in_sentence) and in_sentence[-1].span.start > min(case.edge, carried.group[0])
        if not newer and "、" not in block.twin[carried.group[0] : quantity.start]:
            return carried.group[1], "a group of parks named in the clause"
    if in_sentence:
        group = _named_together(block, in_sentence)
        if len(group) > 1:
            return _together(case, group), "places named together"
        return in_sentence[-1].place, in_sentence[-1].rule
    if carried.together and TOGETHER.search(block.twin, case.sentence.start, quantity.start):
        return carried.together, "places named together before"
    if before and (places.about_park or places.main.kind == "group"):
        group = _named_together(block, before)
        return (_together(case, group) if len(group) > 1 else before[-1].place), before[-1].rule
    return carried.place, "what the document is about"


def _reaches(case: Case, mention: Mention, places: Places) -> bool:
    """Tell whether a place named in the sentence is still what it speaks of at the figure.

    江西内陆开放型经济试验区建设初见成效;引进项目793个: in a report on a region the park is left with the ;.
    """
    if places.about_park or mention.place.kind != "park" or case.edge <= mention.span.start:
        return True
    stop = case.block.twin.find(";", mention.span.end, case.edge)
    return stop < 0 or any(mention.span.end <= figure.start < stop for figure in case.block.figures)


_ACHIEVES = re.compile(r"(?:共|累计|合计|全年|上半年)*(?:实现|完成|创造|贡献|有|拥有|现有)")


def _together(case: Case, group: Sequence[Mention]) -> Place:
    case.carried.listed = [mention.place for mention in group]
    case.carried.together = Place("、".join(case.block.written(mention.span) for mention in group), "group")
    return case.carried.together


def _named_together(block: Block, found: Sequence[Mention]) -> list[Mention]:
    group = [found[-1]]
    for mention in reversed(found[:-1]):
        if not joined(block.twin, [mention, group[0]]):
            break
        group.insert(0, mention)
    return group if len({mention.place for mention in group}) == len(group) else group[-1:]


def _subject(case: Case, quantity: Quantity, places: Places) -> tuple[str, str]:
    """Return the organization that the figure's sentence, or a text that stays there, is about."""
    block = case.block
    found = [subject for subject in block.subjects if subject.span.end <= quantity.start]
    if not found:
        return "", ""
    last = found[-1]
    replaced = any(m.topic and last.span.end < m.span.start < quantity.start for m in block.places)
    if replaced or (last.span.start < case.sentence.start and not last.lasting):
        return "", ""
    if places.main.kind == "region" and last.span.start < case.edge and not last.lasting:
        own = left_edge(block.twin, case.sentence.start, last.span.start)
        until = min((n for n in map(block.twin.find, ",;", (last.span.end,) * 2) if n >= 0), default=quantity.start)
        if not any(own <= figure.start < until for figure in block.figures):
            return "", ""  # in a report on a region an organization is left with its clause
    if not (last.lasting or last.person or last.reference) and _has_own_topic(block, last.span.end, quantity):
        return "", ""
    return block.written(last.name), last.rule


def _has_own_topic(block: Block, after: int, quantity: Quantity) -> bool:
    """Tell whether the figure's clause has left a subject that has done its part.

    马栏山实验室投入运营,红色研学规模突破100万人次: the second clause speaks of something else.
    """
    clause = left_edge(block.twin, after, quantity.start)
    if clause > after and clause == quantity.start:
        return quantity.kind == "count"  # …研究所正式成立,3项成果入选
    rest = block.twin[after:clause].split(",")[0] if clause > after else ""
    if not rest or any(after <= figure.start < clause for figure in block.figures):
        return False
    phrase = left_phrase(block.twin, Span(clause, quantity.start), [])
    return bool(phrase) and not phrase.verb and phrase.rule == "to the left of the figure"


# ---------------------------------------------------------------------------------------------- the row


def _row(block: Block, draft: _Draft, source: str, line: int) -> Observation:
    quantity, verdict = draft.quantity, draft.verdict
    value = _rounded(quantity.value)
    low, high = (None if bound is None else _rounded(bound) for bound in (quantity.value_min, quantity.value_max))
    if verdict.direction == "down" and value > 0:
        value = -value
        low, high = (None if high is None else -high), (None if low is None else -low)
    return Observation(
        park=draft.place.name,
        park_kind=draft.place.kind,
        subject=draft.subject,
        indicator=draft.name.indicator,
        measure=verdict.measure,
        basis=draft.basis,
        direction=verdict.direction,
        number=_rounded(quantity.number),
        unit=quantity.unit,
        value=value,
        base_unit=_base_unit(draft),
        modifier=quantity.modifier,
        value_min=low,
        value_max=high,
        period_text=block.written(draft.period.span) if draft.period else "",
        period=draft.period.iso if draft.period else "",
        source=source,
        line=line,
        start=quantity.start,
        end=quantity.end,
        text=quantity.text,
        sentence=block.sentence(quantity.start).of(block.text),
    )


def _base_unit(draft: _Draft) -> str:
    quantity = draft.quantity
    if quantity.kind == "bare" and is_amount(draft.name.indicator):
        return "元"  # 创造10亿产值
    if quantity.unit == "位" and draft.verdict.measure in {"change", "rank"}:
        return "位"  # 排名前进4位: places, not persons
    return quantity.base_unit


_ENDLESS = 60  # decimal places that no text writes: the value is a fraction without end
_PLACES = Decimal("0.01")


def _rounded(value: Decimal) -> Decimal:
    """Return the value as a row states it: exact, or a share that has no end (三分之二) to two places."""
    endless = -int(value.as_tuple().exponent) > _ENDLESS
    return value.quantize(_PLACES, ROUND_HALF_EVEN) if endless else value


_EVIDENCE = 16


def _reasons(block: Block, draft: _Draft) -> tuple[Reason, ...]:
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
