"""The cells of a table that stands in the text -> readings, and a rejection for each cell that no unit reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from miner.blocks import Block
from miner.cases import Name
from miner.grids import Grid, cells
from miner.parks import Place
from miner.periods import find_periods
from miner.places import mentions
from miner.rows import Draft, reading
from miner.schema import Reading, Rejection
from miner.spans import Span
from miner.text import Paragraph, simplify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from miner.pages import Page


def read_table(page: Page, grid: Grid, about: Place) -> Iterator[Reading | Rejection]:
    """Read a table; ``about`` is the place of the cells whose headers name none."""
    twin, reference, places = page.twin, page.reference, page.places
    titled = find_periods(twin, grid.title, reference)
    year = next((period.year for period in titled), None)
    heads = [*grid.rows[0], *(row[0] for row in grid.rows[1:])]
    periods = [p for head in heads for p in find_periods(twin, head, reference, year) if not p.compared]
    named = [mention for head in heads for mention in mentions(places, twin, head)]
    names = sorted([*(p.span for p in titled), *(p.span for p in periods), *(m.span for m in named)])
    lines = tuple(Span(row[0].start, row[-1].end) for row in grid.rows)
    block = Block(twin, page.document.text, Paragraph(grid.span, lines, heading=False), periods)
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
        draft = Draft(
            quantity,
            cell.verdict,
            Name(simplify(cell.indicator), "the headers of the table", quantity.end),
            place or about,
            "the header of the row" if place else "what the document is about",
            period,
            cell.verdict.basis,
            simplify(cell.named) if cell.sort == "subject" else "",
            "the header of the row",
        )
        yield reading(block, draft, page.document.source, page.line(quantity.start))
