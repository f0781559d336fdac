"""The cells of a table -> `Cell`: each number with the unit, the sort of statement and the name that its headers give it.

The unit is the cell's own, its column's (产值(亿元)), a column's named 单位, its row's (税收(万元)), or the title's; a number
that no unit reaches is no figure. The name is composed of row, column and title: 生物医药 + 产值.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from miner.heads import is_measured
from miner.layouts import is_unit, is_value, unit_named
from miner.measures import Verdict, basis_of
from miner.places.regions import known_places
from miner.quantities import Quantity, find_quantities

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from miner.layouts import Grid
    from miner.spans import Span


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of a table: the quantity with its unit, what sort of statement it is, and its headers.

    The quantity is of the kind number where no unit reaches it: such a cell states no figure, but a rank.

    ``indicator`` is composed of what the headers say without place and period; ``row`` and ``columns`` are where the
    headers stand, for the place and the period in them: of a change, also the header of what changed. ``number`` counts
    the rows of the grid. ``named`` is the row's own header where a column lists places or organizations, of the sort
    that ``sort`` says: park, region or subject.
    """

    quantity: Quantity
    verdict: Verdict
    indicator: str
    number: int
    row: tuple[Span, ...]
    columns: tuple[Span, ...]
    named: str = ""
    sort: str = ""


_COUNTING = re.compile(
    r"序号|编号|行号|行次|NO\.?|No\.?|.*(?:代码|编码|编号|证号|号码|电话|手机|传真|邮编|日期)"
)  # what only identifies


@dataclass(frozen=True, slots=True)
class _Head:
    """What a column's or a row's headers say together."""

    cells: tuple[Span, ...]
    noun: str
    verdict: Verdict
    unit: str
    sort: str = ""
    named: str = ""


_BRACKETED = re.compile(r"[(](?:单位[:])?(?P<unit>[^()()]{1,12})[)]")
_CHANGE = re.compile(
    r"(?:同比|环比|[比较](?:上年|去年)(?:同期)?)?(?:增速|(?<!自然)增长(?:率|速度)?|[增降]幅|增减|±|涨跌|升降)(?:额|量|幅度?)?|同比|环比"
)
_SHARE = re.compile(r"占[^()]{0,8}比重?|比重|份额|构成")
_RANK = re.compile(r"(?:全[国省市县区])?(?:排名|位次|名次)")
_BESIDE = re.compile(
    r"^(?:其中[:]?|[#※]|[一二三四五六七八九十]{1,3}、|\d{1,2}[.、](?!\d)|[(][一二三四五六七八九十\d]{1,2}[)])|\s"
)
# Words of a header that say that a value stands there, not of what.
_PLAIN = re.compile(
    r"(?:[主一二三]?[要级]?指标|项目|名称"  # |主要指标|, |一级指标|, |项目|
    r"|(?:指标|产品|单位|项目|园区|企业)名称"  # |园区名称|
    r"|地区|园区|行业|产业|类别|年份|年度|月份"  # |类别|, |年份|
    r"|(?:本期|本月|当月|本年|全年|[上去]年|同期|期末|累计|完成|实际|绝对|本月止)*"  # |去年同期|, |本月止累计|
    r"(?:数量|数值|指标值|绝对[额数值量]|实绩|金额|数据|数|值|总量|完成情?况?|额)?)"  # |绝对值|, 本月|完成情况|
)


def cells(twin: str, grid: Grid, names: Sequence[Span] = ()) -> Iterator[Cell]:
    r"""Yield the numbers of a table with what their headers say; ``names`` are the places and periods in them.

    Example:
        >>> from miner.grids import find_grids
        >>> text = "产业\t产值(亿元)\t增速(%)\n医药\t98.6\t-3.5"
        >>> [(c.indicator, c.quantity.unit, c.verdict.measure) for c in cells(text, find_grids(text)[0])]
        [('医药产值', '亿元', 'level'), ('医药产值', '%', 'growth')]
    """
    width = max(map(len, grid.rows))
    columns = [_head(twin, grid.header(n), names) for n in range(width)]
    topic = next(filter(None, (_topic(_noun(twin, title, names)) for title in reversed(grid.titles))), "")
    topic = topic[next((end for begin, end in known_places(topic) if begin == 0), 0) :]  # |玉环市|生产总值
    seen: set[Span] = set()
    section: tuple[Span, ...] = ()  # the cell that stands alone above these rows
    grown = ""  # what the last row of values is about
    for number, row in enumerate(grid.rows[grid.headers :], grid.headers):
        held = [cell for cell in dict.fromkeys(row) if cell.end > cell.start]
        if len(held) == 1 and grid.labels and held[0] == row[grid.labels[0]]:
            section = (held[0],)
            continue
        head = _row_head(twin, grid, row, columns, (names, section))
        grown = (head.noun if head.verdict.measure == "level" else "") or grown
        head = replace(head, noun=head.noun or (grown if head.verdict.measure != "level" else ""))
        for n, cell in enumerate(row):
            if n in grid.labels or n == grid.units or cell in seen or cell in grid.years:
                continue
            seen.add(cell)
            told = _cell(twin, grid, number, n, head, columns, topic) if is_value(twin, cell) else None
            if told:
                yield told


def _cell(twin: str, grid: Grid, number: int, n: int, head: _Head, columns: Sequence[_Head], topic: str) -> Cell | None:
    column, cell = columns[n], grid.rows[number][n]
    verdict = column.verdict if column.verdict.measure != "level" else head.verdict
    if _COUNTING.fullmatch("".join(part.of(twin) for part in column.cells)):
        return None
    ranked = verdict.measure == "rank"
    unit = (
        grid.rows[number][grid.units].of(twin) if grid.units is not None and grid.units < len(grid.rows[number]) else ""
    )
    rate = "%" if verdict.measure in {"growth", "share"} else ""
    by_column = column.verdict is verdict
    first = (column.unit, rate) if by_column else (head.unit, rate)
    units = (*first, column.unit, unit, head.unit, grid.unit)
    corner = next((unit_named(twin, part) for k in grid.labels for part in columns[k].cells), "")
    quantity = _quantity(twin, cell, "" if ranked else next(filter(None, (*units, corner)), ""))
    if quantity is None:
        return None
    beside = (*grid.labels, grid.units)
    of = next((k for k in range(n, -1, -1) if k not in beside and columns[k].verdict.measure == "level"), n)
    of = n if column.verdict.measure == "level" or columns[n].noun else of
    noun = columns[of].noun
    if not (noun or head.noun or topic):  # 累计 beside the column of what it adds up
        noun = next((columns[k].noun for k in range(n, -1, -1) if k not in beside and columns[k].noun), "")
    indicator = _written(twin, column.cells) if ranked and by_column else _indicator(head, noun, topic)
    shown = tuple(dict.fromkeys((*column.cells, *columns[of].cells)))
    return Cell(quantity, _settled(verdict, quantity), indicator, number, head.cells, shown, head.named, head.sort)


def _head(twin: str, cells: Sequence[Span], names: Sequence[Span]) -> _Head:
    """Read the headers of a column, the topmost first."""
    verdicts = [_verdict(cell.of(twin)) for cell in cells]
    verdict = next((v for v in reversed(verdicts) if v.measure != "level"), _LEVEL)
    at = verdicts.index(verdict) if verdict in verdicts and verdict.measure != "level" else 0
    unit = next(filter(None, (_unit(cell.of(twin)) for cell in reversed(cells[at:]))), "")
    nouns = dict.fromkeys(_noun(twin, cell, names) for cell in cells if not is_unit(cell.of(twin)))
    return _Head(tuple(cells), "".join(nouns), verdict, unit)


def _row_head(
    twin: str, grid: Grid, row: Sequence[Span], columns: Sequence[_Head], known: tuple[Sequence[Span], tuple[Span, ...]]
) -> _Head:
    """Read the labels of a row: a park or company by its column's header, else what is measured.

    ``known`` are the names in the headers, and the label of the section that the row stands in.
    """
    names, section = known
    noun = "".join(_noun(twin, cell, names) for cell in section)
    named = sort = ""
    field = any(_FIELD.search(_written(twin, columns[k].cells)) for k in grid.labels[:1]) and not section
    labels = [(k, row[k]) for k in grid.labels if row[k].end > row[k].start]
    of: list[Span] = []
    for k, cell in labels:
        header = _written(twin, columns[k].cells)
        kind = next((kind for kind, pattern in _SORTS if pattern.search(header)), "")
        if kind and not sort:
            sort, named = kind, "" if SUM.fullmatch(re.sub(r"\s", "", cell.of(twin))) else cell.of(twin)
        elif not kind:
            item = _noun(twin, cell, names)
            alone = item.startswith(noun) or (len(item) > _BARE and not field)
            noun = item if item and alone else noun + item
            of.append(cell)
    noun = "" if sort and not of else noun
    cells = (*section, *dict.fromkeys(cell for _, cell in labels))
    told = _head(twin, of, names)
    return _Head(cells, noun, told.verdict, told.unit, sort, named)


_BARE = 3  # code points: 增加值, 企业, 税收 need to be told of what
_FIELD = re.compile("行业|产业|产品|领域")
# What a column of labels lists, by its header.
_SORTS = (
    ("park", re.compile("园区|开发区|高新区|经开区|保税区")),
    ("region", re.compile("地区|区域|[区县市]{2}|省份|城市|街道|乡镇|镇街")),
    ("subject", re.compile("企业|公司|单位名称|项目名称")),
)
SUM = re.compile("合计|总计|小计|全[区市县省]|平均")
"""What stands for all rows or columns together, without white space."""


def _written(twin: str, cells: Sequence[Span]) -> str:
    return "".join(cell.of(twin) for cell in cells)


_LEVEL = Verdict("level", "", "", 0, "a column of values")


def _verdict(header: str) -> Verdict:
    if change := _CHANGE.search(header):
        basis, compared = basis_of(header)
        return Verdict("growth", basis or ("yoy" if "±" in change[0] else ""), "up", 0, "a column of growth", compared)
    if _SHARE.search(header):
        return Verdict("share", "", "", 0, "a column of shares")
    if _RANK.search(header):
        return Verdict("rank", "", "", 0, "a column of ranks")
    return _LEVEL


def _settled(verdict: Verdict, quantity: Quantity) -> Verdict:
    """Give a growth its direction; what is given in units or in percentage points is a change."""
    if verdict.measure != "growth":
        return verdict
    if quantity.base_unit not in {"%", "‰", "倍"}:
        verdict = verdict._replace(measure="change", rule="a column of changes")
    if quantity.value > 0:
        return verdict
    return verdict._replace(direction="down" if quantity.value else "flat")


def _unit(header: str) -> str:
    """Return the unit that a header names: in brackets (产值(亿元)), or alone."""
    found = (match["unit"] for match in _BRACKETED.finditer(header))
    return next((unit for unit in (*found, header) if is_unit(unit)), "")


def _quantity(twin: str, cell: Span, unit: str) -> Quantity | None:
    written = cell.of(twin).replace(" ", "")
    text = written + unit if written[-1].isdigit() else written
    found = next(iter(find_quantities(text)), None)
    if found is None:
        return None
    return found._replace(
        start=cell.start, end=cell.end, text=cell.of(twin), core=cell, rules=(*found.rules, "a cell of a table")
    )


def _noun(twin: str, header: Span, names: Sequence[Span]) -> str:
    """Return what a header names: its text without a unit in brackets, places, periods and words of change."""
    pieces, at = [], header.start
    for name in names[bisect_left(names, header.start, key=_start) : bisect_left(names, header.end, key=_start)]:
        if name.end <= header.end and name.start >= at:
            pieces.append(twin[at : name.start])
            at = name.end
    text = "".join(pieces) + twin[at : header.end]
    for pattern in (_BRACKETED, _CHANGE, _SHARE, _RANK, _BESIDE):
        text = pattern.sub("", text)
    return "" if _PLAIN.fullmatch(text) or SUM.fullmatch(text) or not _WORD.search(text) else text


def _start(name: Span) -> int:
    return name.start


_WORD = re.compile(r"[^\W\d_]")

# What a title says beside its indicator: 表1, 各园区, 三大主导产业 before it, 及增速, 情况表 after it.
_BEFORE_TOPIC = re.compile(
    r"^(?:附?表\s?\d*[:]?)?.*?(?:产业|企业|园区|开发区|行业|产品|各[区县市]|(?=规模以上|规上)|(?<=表)\d?)(?=.{2,})"
)
_AFTER_TOPIC = re.compile(r"(?:及其?|和|与).{0,6}$|(?:完成|运行)?(?:情况|一览|统计|汇总|对比){0,6}(?:一览)?表?$")


def _topic(title: str) -> str:
    """Return the indicator that a title names, blank where it names none."""
    text = _BEFORE_TOPIC.sub("", _AFTER_TOPIC.sub("", title))
    return text if is_measured(text) else ""


# A column that says more of the indicator than that its value stands there: 完成率, 年度目标.
_ADDS = re.compile("(?:率|目标|计划|任务|进度)[数值]?$")


def _indicator(head: _Head, column: str, topic: str) -> str:
    """Compose an indicator of what row, column and title name: 医药 + 产值, 发电量 (+ 产量), 医药 + 总产值."""
    row, value = head.noun, column or topic
    if row and _ADDS.search(column):
        return row + column
    if not row or (value and is_measured(row)) or row.endswith(value or row) or row[-1] == value[:1]:
        return row or value
    return row + value
