"""The cells of a table that stands in the text -> readings, and a rejection for each cell that no unit reaches."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from miner.blocks import Block
from miner.cases import Name
from miner.cells import SUM, Cell, cells
from miner.periods import Period, find_periods
from miner.places.mentions import mentions
from miner.places.parks import Place
from miner.rows import Draft, reading
from miner.schema import Reading, Rejection
from miner.spans import Span
from miner.text import Paragraph, simplify

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from miner.layouts import Grid
    from miner.pages import Page
    from miner.places.known import Mention


@dataclass(frozen=True)
class Tabular:
    """A table of a page; ``about`` is the place of the cells whose headers and titles name none."""

    page: Page
    grid: Grid
    about: Place
    _known: dict[tuple[Span, int | None], list[Period]] = field(default_factory=dict, repr=False)

    def numbers(self) -> Iterator[Reading | Rejection]:
        """Read the cells that are numbers."""
        twin, text = self.page.twin, self.page.document.text
        for cell in self.cells:
            quantity = cell.quantity
            if quantity.kind == "number" and cell.verdict.measure != "rank":
                written = text[quantity.start : quantity.end]  # the cell's own text is that of the twin
                yield Rejection(quantity.start, quantity.end, written, "a cell whose unit the table does not tell")
                continue
            line = self._line(cell.number)
            block = Block(twin, text, Paragraph(line, (line,), heading=False), ())
            place = self._place(cell)
            draft = Draft(
                quantity,
                cell.verdict,
                Name(simplify(cell.indicator), "the headers of the table", quantity.end),
                place or self._titled_place or self.about,
                "the header of the row" if place else "what the document is about",
                self._period(cell),
                cell.verdict.basis,
                simplify(cell.named) if cell.sort == "subject" else "",
                "the header of the row",
            )
            yield reading(block, draft, self.page.document.source, self.page.line(quantity.start))

    def place_of(self, row: int, column: int) -> Place:
        """Return the place that a cell is about."""
        cell = next((cell for cell in self.cells if cell.number == row and cell.named), None)
        heads = (*self.grid.header(column), *(self.grid.rows[row][n] for n in self.grid.labels))
        named = next((mention.place for mention in self._mentioned(heads)), None)
        return (self._place(cell) if cell else named) or self._titled_place or self.about

    @cached_property
    def cells(self) -> list[Cell]:
        """The numbers of the table, with what their headers say."""
        named = [mention.span for mention in self._mentioned(self._heads)]
        periods = [(head, period) for head in (*self._heads, *self.grid.titles) for period in self._periods(head)]
        names = [*named, *(p.span for head, p in periods if not p.compared or p.span.start == head.start)]
        return list(cells(self.page.twin, self.grid, sorted(names)))

    @cached_property
    def _heads(self) -> list[Span]:
        header = [cell for row in self.grid.rows[: self.grid.headers] for cell in row]
        labels = [row[n] for row in self.grid.rows[self.grid.headers :] for n in self.grid.labels]
        return list(dict.fromkeys((*header, *labels)))

    @cached_property
    def _mentions(self) -> dict[Span, list[Mention]]:
        """The places that each header names."""
        page = self.page
        return {head: named for head in self._heads if (named := mentions(page.places, page.twin, head))}

    def _mentioned(self, heads: Iterable[Span]) -> Iterator[Mention]:
        return (mention for head in heads for mention in self._mentions.get(head, ()))

    @cached_property
    def _titled(self) -> Period | None:
        """The time that the titles name; the title next to the table goes first."""
        found = (find_periods(self.page.twin, title, self.page.reference) for title in reversed(self.grid.titles))
        return next((period for periods in found for period in periods), None)

    @cached_property
    def _titled_place(self) -> Place | None:
        found = (mentions(self.page.places, self.page.twin, title) for title in reversed(self.grid.titles))
        return next((mention.place for named in found for mention in named if mention.topic), None)

    def _periods(self, head: Span, year: int | None = None) -> list[Period]:
        """Return the times that a header names; ``year`` is the one that a bare month takes over."""
        known = self._known.get((head, year))
        if known is None:
            known = self._known[head, year] = self._find_periods(head, year)
        return known

    def _find_periods(self, head: Span, year: int | None) -> list[Period]:
        if head in self.grid.years:
            written = head.of(self.page.twin)
            return [Period(head, written, "a year in a header", year=int(written))]
        year = year or (self._titled.year if self._titled else None)
        found = find_periods(self.page.twin, head, self.page.reference, year)
        return [self._relative(period) for period in found]

    def _relative(self, period: Period) -> Period:
        """Resolve what a header says relative to the time that the title names: 本月, 去年同期."""
        written = period.span.of(self.page.twin)
        titled = self._titled
        if titled is None or not titled.iso:
            return period
        if written in {"上年", "去年"}:
            same = self.page.twin.startswith("同期", period.span.end)
            iso = re.sub(r"\d{4}", lambda year: str(int(year[0]) - 1), titled.iso if same else titled.iso[:4])
            return period._replace(span=Span(period.span.start, period.span.end + 2 * same), iso=iso)
        if written in {"本月", "当月"} and (month := re.search(r"\d{4}-\d\d$", titled.iso)):
            return period._replace(iso=month[0])
        return period._replace(iso=titled.iso[:4]) if written in {"本年", "今年"} else period

    def _period(self, cell: Cell) -> Period | None:
        """Return the time of a cell: the narrowest that its headers name, the year from another or from the title."""
        heads = (*cell.columns, *cell.row)
        grown = cell.verdict.measure != "level"  # 比上年增长: what is compared with is not its time
        years = (p.year for head in heads for p in self._periods(head) if not (p.compared and grown))
        year = next(filter(None, years), None)
        found = [p for head in heads for p in self._periods(head, year) if not (p.compared and grown)]
        period = max(found, key=lambda period: len(period.iso), default=self._titled)
        in_all = any("累计" in head.of(self.page.twin) for head in heads)
        if in_all and period and re.fullmatch(r"\d{4}-(?!01)\d\d", period.iso):
            return period._replace(iso=f"{period.iso[:4]}-01/{period.iso}")
        return period

    def _place(self, cell: Cell) -> Place | None:
        heads = (*cell.columns, *cell.row)
        named = next(self._mentioned(heads), None)
        total = any(SUM.fullmatch(re.sub(r"\s", "", head.of(self.page.twin))) for head in heads)
        if total and len(self._parks) > 1 and (named is None or named.place.kind == "group"):
            return Place("、".join(self._parks), "group")  # 合计
        if cell.sort in {"park", "region"} and cell.named and (named is None or named.span not in cell.row):
            return Place(simplify(cell.named), "park" if cell.sort == "park" else "region")
        return named.place if named else None

    @cached_property
    def _parks(self) -> list[str]:
        """The parks that rows and columns name, each once."""
        listed = [simplify(cell.named) for cell in self.cells if cell.sort == "park" and cell.named]
        return list(
            dict.fromkeys(listed or [m.place.name for m in self._mentioned(self._heads) if m.place.kind == "park"])
        )

    def _line(self, n: int) -> Span:
        """Return the row as one stretch, without the cells that it shares with the row above."""
        above = self.grid.rows[n - 1] if n else ()
        held = [cell for cell in self.grid.rows[n] if cell.end > cell.start]
        own = [cell for cell in held if cell not in above] or held
        return Span(min(cell.start for cell in own), max(cell.end for cell in own))
