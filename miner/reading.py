"""Joins quantity, measure, period, place and name -> `Reading`, an observation with its reasons.

Theory of operation. Wrapped lines are joined first (wrapping.py), the document is surveyed as a whole (pages.py), and then
read paragraph by paragraph (`Block`), a paragraph list of figures by list of figures, from left to right. Whatever a
figure's own clause does not say is taken from what came before (when.py, where.py, context.py); what is carried along
stands in `Carried`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import localcontext
from typing import TYPE_CHECKING

from miner.announced import foremost, speed_announced
from miner.blocks import Block, read_block, series, subjects_in
from miner.carried import Carried
from miner.cases import Case, Name
from miner.datelines import under_heading
from miner.documents import Document, line_of, line_starts
from miner.measures import measure
from miner.naming import names
from miner.numbers import EXACT
from miner.pages import Page, open_page
from miner.places.census import is_site_of
from miner.places.known import heads_with
from miner.places.parks import Place, is_collective
from miner.places.regions import is_place, part_of_country, province_of
from miner.quantities import Quantity, quantities
from miner.rows import Draft, reading
from miner.schema import Observation, Reading, Rejection
from miner.spacing import unspaced
from miner.spans import Span
from miner.subjects import points_back
from miner.tabular import Tabular
from miner.text import paragraph
from miner.verbs import without_verb
from miner.verdicts import (
    beside_another,
    in_a_make_up,
    in_brackets_beside,
    like_the_one_before,
    quantity_of,
    verdict_of,
)
from miner.when import basis_for, period_of
from miner.where import ACHIEVES, place_of
from miner.whom import subject_of
from miner.wrapping import Layout, unwrap

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from miner.documents import Part
    from miner.layouts import Grid
    from miner.places.known import Places
    from miner.text import Paragraph


def read(document: Document, date: dt.date | None = None, *, why: bool = True) -> tuple[list[Reading], list[Rejection]]:
    """Read every figure of a document, and every number that states none, each with its reasons.

    ``date`` overrides the document's own. Who wants no more than the rows asks not ``why``: the reasons are then blank.

    Example:
        >>> readings, _ = read(Document("a.txt", "咸宁高新区1—4月新签约项目46个。"))
        >>> [(r.observation.park, r.observation.indicator, r.observation.text) for r in readings]
        [('咸宁高新技术产业开发区', '新签约项目', '46个')]
    """
    layout = unwrap(document.text) if document.wrapped else Layout(document.text, document.text)
    layout = layout if document.tables else unspaced(layout)  # where the cells of a table stand is told in the file
    with localcontext(EXACT):
        readings, rejections = _read(replace(document, text=layout.running), date, why=why)
    if layout.running is not layout.text:
        starts = line_starts(layout.text)
        readings = [replace(told, observation=_in_file(told.observation, layout, starts)) for told in readings]
        rejections = [_put_back(rejection, layout) for rejection in rejections]
    if document.marks:
        readings = [replace(told, observation=_placed(told.observation, document)) for told in readings]
    if document.part:
        return _of_part(readings, rejections, document.text, document.part)
    return readings, rejections


def _placed(row: Observation, document: Document) -> Observation:
    return replace(row, place=document.place(row.start))


def _of_part(
    readings: Sequence[Reading], rejections: Sequence[Rejection], text: str, part: Part
) -> tuple[list[Reading], list[Rejection]]:
    """Return what is told of a part's own stretch, placed in the whole text."""
    by, down = part.offset - part.lead, part.line - len(line_starts(text[: part.lead]))
    rows = ((told, told.observation) for told in readings if told.observation.start >= part.lead)
    return [
        replace(told, observation=replace(row, start=row.start + by, end=row.end + by, line=row.line + down))
        for told, row in rows
    ], [r._replace(start=r.start + by, end=r.end + by) for r in rejections if r.start >= part.lead]


def _in_file(row: Observation, layout: Layout, starts: Sequence[int]) -> Observation:
    """Return a row of the running text with the offsets, the line and the characters of the file."""
    figure = layout.original(Span(row.start, row.end))
    begin = layout.running.rfind(row.sentence, max(0, row.end - len(row.sentence)), row.start + len(row.sentence))
    sentence = layout.original(Span(begin, begin + len(row.sentence))).of(layout.text)
    line = line_of(starts, figure.start)
    return replace(row, start=figure.start, end=figure.end, line=line, text=figure.of(layout.text), sentence=sentence)


def _put_back(rejection: Rejection, layout: Layout) -> Rejection:
    span = layout.original(Span(rejection.start, rejection.end))
    return Rejection(span.start, span.end, span.of(layout.text), rejection.rule)


def _read(document: Document, date: dt.date | None, *, why: bool) -> tuple[list[Reading], list[Rejection]]:
    page = open_page(document, date)
    carried = Carried(page.places.main)
    told: list[Reading | Rejection] = []
    tables = list(page.grids)
    for part, furniture in page.paragraphs:
        while tables and tables[0].span.start < part.span.start:
            told += _table(page, tables.pop(0), carried.place)
        if part.heading:
            under = under_heading(part.span.of(page.twin), page.reference)
            page = page if under == page.reference else replace(page, reference=under)
        if furniture:
            numbers = quantities(page.twin, document.text, part.span)
            told += [Rejection(q.start, q.end, q.text, "page furniture") for q in numbers]
        else:
            told += _paragraph(page, part, carried, why=why)
    for table in tables:
        told += _table(page, table, carried.place)
    return [t for t in told if isinstance(t, Reading)], [t for t in told if isinstance(t, Rejection)]


def _table(page: Page, grid: Grid, about: Place) -> list[Reading | Rejection]:
    """Read a table in the order of its cells; a cell of running text is about its row's or column's place."""
    table = Tabular(page, grid, about)
    told = list(table.numbers())
    for row, column, cell in grid.texts:
        told += _paragraph(page, paragraph(page.twin, cell), Carried(table.place_of(row, column)))
    return sorted(told, key=_start)


def _start(told: Reading | Rejection) -> int:
    return told.observation.start if isinstance(told, Reading) else told.start


def _paragraph(page: Page, part: Paragraph, carried: Carried, *, why: bool = True) -> Iterator[Reading | Rejection]:
    named = None if part.heading else _named_before(page, part, carried)
    block, refused = read_block(page.twin, page.document.text, part, page.reference, page.places, named, carried.firms)
    yield from refused
    carried.enter(block)
    if part.heading and part.span.start and (headed := heads_with(page.twin, part.span, page.places)):
        carried.place = headed
    if not (block.figures or part.heading):
        carried.passed.append(part.span)
    n = 0
    while n < len(block.figures):
        count = series(block, n)
        for draft in _drafts(block, n, count, page.places, carried):
            told = reading(block, draft, page.document.source, page.line(draft.quantity.start), why=why)
            carried.note(told.observation)
            yield told
        n += count


def _named_before(page: Page, part: Paragraph, carried: Carried) -> Span | None:
    """Return where an organization was named last; a paragraph without a figure is looked into where one asks for it."""
    if carried.passed and points_back(page.twin, part.span):
        near = [span for span in carried.passed[-_FEW:] if _NAMES.search(page.twin, *span)]
        carried.passed.clear()
        for span in near:
            carried.name(page.twin, subjects_in(page.twin, span, page.places))
    return carried.named


_NAMES = re.compile("公司|集团|实业|项目|厂")  # how most names end that a reference points to
_FEW = 3  # paragraphs that a reference reaches back over


def _drafts(block: Block, n: int, count: int, places: Places, carried: Carried) -> Iterator[Draft]:
    """Read the ``count`` figures of a list that begins with figure ``n``; a figure by itself is a list of one."""
    first, edge = block.figures[n], block.edges[n]
    floor = max(edge, carried.consumed) if n else edge
    if block.twin[floor : floor + 1] in _STEPS and (reached := _STEP.match(block.twin, floor, first.start)):
        floor = reached.end()
    told = in_a_make_up(block, edge, first) or beside_another(block, n, carried.last) or in_brackets_beside(block, n)
    told = told or speed_announced(block, n) or like_the_one_before(block, n, carried.last) or foremost(block, n)
    verdict = told or measure(
        _FOOTNOTE.sub("", block.twin[edge : first.start].rstrip()), block.twin[first.end : first.end + 20], first
    )
    whole = verdict.measure == "share" or first.base_unit == "倍"
    if whole and edge + verdict.tail < floor:  # 三个园区企业数占11个园区总数的59%
        floor = max([edge, *(figure.end for figure in block.figures[:n] if figure.end <= edge + verdict.tail)])
    case = Case(block, n, count, floor, max(floor, edge + verdict.tail), verdict, carried)
    for k, name in enumerate(names(case)):
        quantity, period = block.figures[n + k], period_of(case, k)
        carried.consumed = name.end
        own = verdict_of(case, k)
        place, rule = (name.place, name.rule) if name.place else place_of(case, quantity, places)
        parks = own.measure == "level" and is_collective(name.indicator)
        if parks and (rivals := _rivals(block, quantity, places, name)):
            place, rule = rivals, "the parks that one is ranked among"
        basis = basis_for(case, own, quantity, period)
        subject, subject_rule = (name.part, name.rule) if name.part else subject_of(case, quantity, places)
        if is_site_of(place, places.main):
            subject, subject_rule = (subject, subject_rule) if subject else (place.name, rule)
            place, rule = places.main, "the park that it is a part of"
        counted = parks and not _FRAMES.match(block.twin, name.end)
        if counted and _ITEM_OF.search(block.twin, max(0, quantity.start - _LEADING), quantity.start):
            counted = False  # 包括|5个保税区、2个保税港区|: what a whole is made of
        if counted and (group := _group_of(block, quantity, places, name)):
            carried.gather(group)
        yield Draft(quantity_of(case, k), own, name, place, rule, period, basis, subject, subject_rule)


def _rivals(block: Block, quantity: Quantity, places: Places, parks: Name) -> Place | None:
    """Return the country's or the province's parks among which one is ranked: 在全国|154个综合保税区|中位列榜首."""
    area = _RANKED_IN.search(block.twin, max(0, quantity.start - _LONGEST_NAME), quantity.start)
    if area is None or not _AS_RANKED.match(block.twin, name_end := parks.end) or name_end < quantity.end:
        return None
    province = "全国" if area["area"] == "全国" else province_of(places.region.name)
    return Place(province + without_verb(parks.indicator), "group") if province else None


_RANKED_IN = re.compile(r"(?:在|居|列|[位居]于)(?:\d{4}年度?)?(?P<area>全[国省])\s*$")
_AS_RANKED = re.compile("[^,;。]{0,20}?(?:[中里]|考评|考核|评估|评价|排名|第[\\d一二三四五六七八九十])")


def _group_of(block: Block, quantity: Quantity, places: Places, parks: Name) -> Place | None:
    """Name the parks that a figure counts by the places before it, else by the region: 喀什、霍尔果斯和乌鲁木齐|3个综合保税区|.

    A text on a park turns to others only where it says what an area's parks, or one and others, have together:
    全省|16家高新区|共实现产值9735亿元, 高新区和|六个省级工业园区|完成产值184.3亿元.
    """
    if wide := part_of_country().search(
        block.twin, max(block.paragraph.span.start, quantity.start - _LONGEST_NAME), quantity.start
    ):
        return Place(wide[0] + without_verb(parks.indicator), "group")
    if places.about_park:
        area = next((m.place for m in block.places if m.span.end == quantity.start and m.place.kind == "region"), None)
        one = _AND_ONE.search(block.twin, max(0, quantity.start - _LONGEST_NAME), quantity.start)
        name = area.name if area else f"{places.region.name}{one['it']}和" if one else ""
        name = "全国" if block.twin.endswith("全国", 0, quantity.start) else name
        return Place(name + parks.indicator, "group") if name and ACHIEVES.match(block.twin, parks.end) else None
    listed = _LISTED.search(block.twin, max(block.paragraph.span.start, quantity.start - _LONGEST_LIST), quantity.start)
    if listed and is_place(listed["first"]):
        return Place(listed[0] + parks.indicator, "group")
    return Place(places.region.name + without_verb(parks.indicator), "group")


_AND_ONE = re.compile("(?<![\u4e00-\u9fff])(?P<it>[\u4e00-\u9fff]{0,4}(?:高新区|经开区|综保区|保税区|开发区))[和与及]$")
_LONGEST_NAME = 12  # code points
_LISTED = re.compile("(?<![\u4e00-\u9fff、])(?P<first>[\u4e00-\u9fff]{2,8})(?:[、和与及][\u4e00-\u9fff]{2,8}){1,8}$")
_LONGEST_LIST = 80  # code points
_ITEM_OF = re.compile("(?:包括|包含|分为)(?:\\d{1,4}[个家][^,;。、和及\\d]{2,14}[、和及]){0,6}$")
_LEADING = 60  # code points
_FRAMES = re.compile(
    "[中里内]|第[\\d一二三四五六七八九十]|前[\\d一二三四五六七八九十列茅]"
)  # 在全省100个工业园区|中|排位第五位
_FOOTNOTE = re.compile(r"\[\d{1,2}\]$")  # 两年平均增长[1]17.6%
_STEPS = "的台大关门行"
_STEP = re.compile(f"(?=[{_STEPS}])的?(?:台阶|大关|关口|门槛|行列)[、,]?")  # 迈上5万亿台阶、五年增量超1.36万亿元
