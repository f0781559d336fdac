"""Tables in plain text: lines of cells -> each number with what its row, its column and the title say of it.

    表1 2023年主导产业总产值              the title
    单位:亿元                           the unit of every cell that has none of its own
    产业      一季度   上半年   同比(%)     the header: a period, an indicator or a change for each column
    生物医药   98.6    205.3   11.2       the rows: an indicator, a place or a period before its cells

Cells stand apart by a tab, by ``|`` or by two spaces and more. The unit is the cell's own, its column's (产值(亿元)), a
column's named 单位, its row's (税收(万元)), or the title's; a number that no unit reaches is no figure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from miner.heads import is_measured
from miner.measures import Verdict, basis_of
from miner.quantities import Quantity, find_quantities
from miner.spans import Span, lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from miner.documents import Table


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its title, the unit that it names for all, and its cells, the header first."""

    span: Span
    title: Span
    unit: str
    rows: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of a table: the quantity with its unit, what sort of statement it is, and its headers.

    The quantity is of the kind number where no unit reaches it: such a cell states no figure, but a rank.

    ``indicator`` is composed of what the headers say without place and period; ``row`` and ``columns`` are where the
    headers stand, for the place and the period in them: of a change, also the header of what changed. ``named`` is
    the row's own header where the first column lists places or organizations, of the sort that ``sort`` says: park,
    region or subject.
    """

    quantity: Quantity
    verdict: Verdict
    indicator: str
    row: Span
    columns: tuple[Span, ...]
    named: str = ""
    sort: str = ""


_GAP = re.compile(r"\s*(?:\t|\|)\s*| {2,}")
_ANY_GAP = re.compile(r"[^\s|](?:\t|\s?\|\s?|  )[ \t]*[^\s|]")
_NUMERIC = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?\s?[^\s\d]{0,6}")
_DIGIT = re.compile(r"\d")
_RULED = re.compile(r"[\s|:+-]+")  # the rule below a Markdown header
_UNIT_LINE = re.compile(r"\W*(?:计量)?单位[:]\s*(?P<unit>[^\s,;。()]{1,12})")
_UNIT_HEAD = re.compile(r"(?:计量)?单位")
_BRACKETED = re.compile(r"[(](?P<unit>[^()()]{1,12})[)]")
_LINES_ABOVE = 3


def find_grids(twin: str, tables: Sequence[Table] = ()) -> list[Grid]:
    r"""Find the tables of a folded text; ``tables`` are those that the file itself marks, and then the only ones.

    Example:
        >>> text = "单位:亿元\n产业\t产值\n医药\t98.6\n装备\t71.4\n"
        >>> [(grid.unit, len(grid.rows)) for grid in find_grids(text)]
        [('亿元', 3)]
    """
    if tables:
        return [grid for table in tables for grid in _marked(twin, table)]
    if not _ANY_GAP.search(twin):
        return []
    found = lines(twin)
    rows = [tuple(_cells(twin, line)) for line in found]
    grids, n = [], 0
    while n < len(found):
        last = _last_row(twin, rows, n)
        if last > n:
            unit, title = _above(twin, found[max(0, n - _LINES_ABOVE) : n], found[n].start)
            body = tuple(row for row in rows[n : last + 1] if row)
            grids.append(Grid(Span(found[n].start, found[last].end), title, unit, body))
            n = last
        n += 1
    return grids


def _marked(twin: str, table: Table) -> Iterator[Grid]:
    """Turn a table of the file into a grid, where it has a header and rows below it."""
    body = table.rows[max(table.headers, 1) - 1 :]
    if len(body) < 2 or len(body[0]) < 2:
        return
    begin, end = table.rows[0][0].start, table.rows[-1][-1].end
    above = lines(twin, max(0, begin - _LONGEST_TITLE * _LINES_ABOVE), begin)[-_LINES_ABOVE:]
    unit, title = _above(twin, above, begin)
    yield Grid(Span(begin, end), title, unit, body)


def _above(twin: str, above: Sequence[Span], begin: int) -> tuple[str, Span]:
    """Return the unit and the title that the lines above a table give it; the title may be empty."""
    unit = next((m["unit"] for line in reversed(above) if (m := _UNIT_LINE.match(twin, *line))), "")
    titles = [line for line in above if not _UNIT_LINE.match(twin, *line) and line.of(twin).strip()]
    short = titles and titles[-1].end - titles[-1].start <= _LONGEST_TITLE
    return unit, titles[-1] if short else Span(begin, begin)


_LONGEST_TITLE = 60  # code points


def _cells(twin: str, line: Span) -> Iterator[Span]:
    """Cut a line into cells; none where it is only the rule below a header."""
    if _RULED.fullmatch(twin, *line):
        return
    start, end = line
    while start < end and twin[start] in " |\t":
        start += 1
    while end > start and twin[end - 1] in " |\t":
        end -= 1
    at = start
    for gap in _GAP.finditer(twin, start, end):
        yield Span(at, gap.start())
        at = gap.end()
    yield Span(at, end)


def _last_row(twin: str, rows: Sequence[tuple[Span, ...]], first: int) -> int:
    """Return the last line of a table whose header is line ``first``; ``first`` itself where there is none."""
    header = rows[first]
    if len(header) < 2 or any(_NUMERIC.fullmatch(cell.of(twin)) for cell in header):
        return first
    last = first
    for n in range(first + 1, len(rows)):
        row = rows[n]
        if not row and n == first + 1:
            continue
        values = [cell for cell in row[1:] if _DIGIT.search(twin, *cell)]
        whole = all(_NUMERIC.fullmatch(twin, *cell) for cell in values)
        if not (values and whole and 0 <= len(header) - len(row) <= len(header) // 2):
            break
        last = n
    return last


_CHANGE = re.compile(r"(?:同比|环比|[比较](?:上年|去年)(?:同期)?)?(?:增速|增长率?|增幅|增减|±|涨跌幅?|升降)|同比|环比")
_SHARE = re.compile(r"占[^()]{0,8}比重?|比重|份额|构成")
_RANK = re.compile(r"(?:全[国省市县区])?(?:排名|位次|名次)")
_BESIDE = re.compile(r"^其中[:]?|\s")
# Words of a header that say that a value stands there, not of what.
_PLAIN = re.compile(
    r"(?:指标|项目|名称|产品名称|单位名称|地区|园区|行业|产业|类别|(?:本期|本月|累计|完成|实际|绝对)*(?:数量|数值|指标值|绝对[额数值量]|实绩|金额|数据|数|值|总量|完成情?况?|额)?)"
)


def cells(twin: str, grid: Grid, names: Sequence[Span] = ()) -> Iterator[Cell]:
    r"""Yield the numbers of a table with what their headers say; ``names`` are the places and periods in them.

    Example:
        >>> text = "产业\t产值(亿元)\t增速(%)\n医药\t98.6\t-3.5"
        >>> [(c.indicator, c.quantity.unit, c.verdict.measure) for c in cells(text, find_grids(text)[0])]
        [('医药产值', '亿元', 'level'), ('医药产值', '%', 'growth')]
    """
    header, *rows = grid.rows
    with_units = next((n for n, cell in enumerate(header) if _UNIT_HEAD.fullmatch(cell.of(twin))), 0)
    verdicts = [_verdict(cell.of(twin)) for cell in header]
    columns = [_noun(twin, cell, names) for cell in header]
    topic = _topic(_noun(twin, grid.title, names))
    sort = next((sort for sort, pattern in _SORTS if pattern.search(header[0].of(twin))), "")
    for row in rows:
        own, unit = _noun(twin, row[0], names), row[with_units].of(twin) if with_units else ""
        for n, cell in enumerate(row):
            if n in {0, with_units} or not _NUMERIC.fullmatch(cell.of(twin)):
                continue
            ranked = verdicts[n].measure == "rank"
            units = (
                _bracketed(header[n].of(twin)),
                _of_verdict(verdicts[n]),
                unit,
                _bracketed(row[0].of(twin)),
                grid.unit,
            )
            quantity = _quantity(twin, cell, "" if ranked else next(filter(None, units), ""))
            of = next((k for k in range(n, 0, -1) if k != with_units and verdicts[k].measure == "level"), n)
            named = row[0].of(twin) if sort and not _SUM.fullmatch(row[0].of(twin)) else ""
            indicator = header[n].of(twin) if ranked else _indicator("" if sort else own, columns[of], topic)
            verdict = _signed(verdicts[n], quantity)
            yield Cell(quantity, verdict, indicator, row[0], (header[n], header[of]), named, sort)


# What the first column lists, by its header.
_SORTS = (
    ("park", re.compile("园区|开发区|高新区|经开区|保税区")),
    ("region", re.compile("地区|区域|[区县市]{2}|省份|城市|街道|乡镇|镇街")),
    ("subject", re.compile("企业|公司|单位名称|项目名称")),
)
_SUM = re.compile("合计|总计|小计|全[区市县省]|平均")


def _verdict(header: str) -> Verdict:
    if change := _CHANGE.search(header):
        basis, compared = basis_of(header)
        return Verdict("growth", basis or ("yoy" if "±" in change[0] else ""), "up", 0, "a column of growth", compared)
    if _SHARE.search(header):
        return Verdict("share", "", "", 0, "a column of shares")
    if _RANK.search(header):
        return Verdict("rank", "", "", 0, "a column of ranks")
    return Verdict("level", "", "", 0, "a column of values")


def _signed(verdict: Verdict, quantity: Quantity) -> Verdict:
    if verdict.measure != "growth" or quantity.value > 0:
        return verdict
    return replace(verdict, direction="down" if quantity.value else "flat")


def _of_verdict(verdict: Verdict) -> str:
    return "%" if verdict.measure in {"growth", "share"} else ""


def _bracketed(header: str) -> str:
    """Return the unit that a header names in brackets: 产值(亿元)."""
    found = _BRACKETED.search(header)
    unit = found["unit"] if found else ""
    return unit if any(q.kind != "number" and q.end == len(unit) + 1 for q in find_quantities(f"1{unit}")) else ""


def _quantity(twin: str, cell: Span, unit: str) -> Quantity:
    written = cell.of(twin).replace(" ", "")
    text = written + unit if written[-1].isdigit() else written
    found = next(iter(find_quantities(text)))
    return replace(
        found, start=cell.start, end=cell.end, text=cell.of(twin), core=cell, rules=(*found.rules, "a cell of a table")
    )


def _noun(twin: str, header: Span, names: Sequence[Span]) -> str:
    """Return what a header names: its text without a unit in brackets, places, periods and words of change."""
    pieces, at = [], header.start
    for name in names:
        if header.start <= name.start and name.end <= header.end and name.start >= at:
            pieces.append(twin[at : name.start])
            at = name.end
    text = "".join(pieces) + twin[at : header.end]
    for pattern in (_BRACKETED, _CHANGE, _SHARE, _RANK, _BESIDE):
        text = pattern.sub("", text)
    return "" if _PLAIN.fullmatch(text) else text


# What a title says beside its indicator: 表1, 各园区, 三大主导产业 before it, 及增速, 情况表 after it.
_BEFORE_TOPIC = re.compile(
    r"^(?:附?表\s?\d*[:]?)?.*?(?:产业|企业|园区|开发区|行业|产品|各[区县市]|(?=规模以上|规上)|(?<=表)\d?)(?=.{2,})"
)
_AFTER_TOPIC = re.compile(r"(?:及其?|和|与).{0,6}$|(?:完成|运行)?(?:情况|一览|统计|汇总|对比)*(?:一览)?表?$")


def _topic(title: str) -> str:
    """Return the indicator that a title names, blank where it names none."""
    text = _BEFORE_TOPIC.sub("", _AFTER_TOPIC.sub("", title))
    return text if is_measured(text) else ""


def _indicator(row: str, column: str, topic: str) -> str:
    """Compose an indicator of what row, column and title name: 医药 + 产值, 发电量 (+ 产量), 医药 + 总产值."""
    value = column or topic
    if not row or (value and is_measured(row)) or row.endswith(value or row):
        return row or value
    return row + value
