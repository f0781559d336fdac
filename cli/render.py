"""What the screen shows: tables, explanations, progress. The one module that knows rich.

On a terminal everything fits its width; in a pipe it is as wide as it needs to be. Text from files is shown as
plain characters: neither escape sequences nor rich's markup in it has any effect.
"""

import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from itertools import groupby

from rich import box
from rich.console import Console, JustifyMethod
from rich.table import Column, Table
from rich.text import Text
from rich.tree import Tree

from miner import COLUMNS, MARKS, Explanation, Finding, Observation, OnRead, Pivot, Reading, sparkline

from .options import clean

KINDS = ("park", "group", "region", "organization", "")
ARROWS = {"up": "↑", "down": "↓", "flat": "→"}

_WIDEST = 100_000  # in a pipe nothing is cut
_NARROWEST = 56  # a smaller terminal wraps lines itself


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Let the command see the closed pipe; rich would end the process with status 1."""
        raise  # noqa: PLE0704 - rich calls this while it handles the error


def _console() -> _Console:
    plain = _Console(highlight=False, markup=False, emoji=False)
    plain.width = max(plain.width, _NARROWEST) if plain.is_terminal else _WIDEST
    return plain


def print_tables(rows: Iterable[Observation], *, all_columns: bool = False) -> None:
    """Print a table for each park: parks first, then groups, regions and organizations, as the texts name them."""
    console = _console()
    by_park: dict[tuple[str, str], list[Observation]] = {}
    for row in rows:
        by_park.setdefault((row.park_kind, row.park), []).append(row)
    for kind, park in sorted(by_park, key=lambda key: KINDS.index(key[0])):
        figures = by_park[kind, park]
        heading = Text(clean(park) or "(no park named)", "bold")
        number = f"{len(figures):,} figure{'' if len(figures) == 1 else 's'}"
        heading.append(f"  {kind}, {number}" if kind else f"  {number}", "not bold")
        console.print(heading)
        for table in map(_record, figures) if all_columns else [_table(figures, console.width)]:
            console.print(table)
        if not all_columns:
            console.print()


def _table(figures: list[Observation], width: int) -> Table:
    """Lay the figures out in six columns, or in three of two lines each where six do not fit ``width``."""
    headings = [Text(name) for name in ("indicator", "figure", "value", "period", "change", "where")]
    rows = [_cells(row, change) for row, change in zip(figures, changes(figures), strict=True)]
    widths = [max(cell.cell_len for cell in column) for column in zip(headings, *rows, strict=True)]
    wide = sum(widths[1:]) + min(widths[0], 16) + 2 * len(widths) <= width
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="", leading=0 if wide else 1)
    for n, heading in enumerate(headings if wide else _pairs(headings)):
        justify: JustifyMethod = "right" if n == 2 else "left"
        table.add_column(heading, no_wrap=n > 0, overflow="ellipsis" if n else "fold", justify=justify)
    for cells in rows:
        table.add_row(*(cells if wide else _pairs(cells)))
    return table


def _cells(row: Observation, change: str) -> list[Text]:
    indicator = Text(clean(row.indicator))
    if row.subject:
        indicator.append(f" [{clean(row.subject)}]", "dim")
    period = clean(row.period or row.period_text)
    where = f"{clean(row.source)}:{clean(row.place) or row.line}"
    return [indicator, *map(Text, (clean(row.text), value(row), period, change, where))]


def _pairs(cells: list[Text]) -> list[Text]:
    indicator, figure, amount, period, change, where = cells
    return [Text("\n").join(pair) for pair in ((indicator, where), (figure, period), (amount, change))]


def _record(row: Observation) -> Table:
    """Lay one figure out with every column on a line of its own."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for name in COLUMNS:
        grid.add_row(Text(name, "dim"), Text(_shown(getattr(row, name))))
    grid.add_row()
    return grid


def _shown(value: object) -> str:
    if value is None:
        return ""
    return format(value, "f") if isinstance(value, Decimal) else clean(str(value))


def value(row: Observation) -> str:
    """Return the exact value with its digits grouped, its unit, and a mark where the text leaves it open."""
    if row.modifier == "range" and row.value_min is not None and row.value_max is not None:
        number = f"{row.value_min:,f}–{row.value_max:,f}"
    else:
        number = f"{MARKS.get(row.modifier, '')} {row.value:,f}"
    return clean(f"{number} {row.base_unit}")


def changes(figures: list[Observation]) -> list[str]:
    """Return how each figure changed, or what sort of figure it is.

    A level shows the growth and the changes that its own sentence states for it; the rows of these follow.
    """
    shown = [_change(row) for row in figures]
    level_of: dict[tuple[str, ...], int] = {}
    for n, row in enumerate(figures):
        key = (row.source, row.sentence, row.indicator, row.subject)
        if row.measure == "level":
            level_of[key] = n
        elif row.measure in {"growth", "change"} and key in level_of:
            level = level_of[key]
            shown[level] = "; ".join(filter(None, (shown[level], shown[n])))
    return shown


def _change(row: Observation) -> str:
    if row.measure == "level":
        return ""
    if row.measure in {"share", "rank"}:
        return row.measure
    size = f"{abs(row.value):,f}{'' if row.base_unit in {'%', '‰'} else ' '}{row.base_unit}"
    return clean(" ".join(filter(None, (ARROWS.get(row.direction, ""), MARKS.get(row.modifier, ""), size, row.basis))))


def print_pivots(tables: Iterable[Pivot], *, series: bool, notes: bool) -> None:
    """Print tables of figures across texts; ``series`` adds a sparkline to rows of three or more periods."""
    console = _console()
    for pivot in tables:
        bars = [sparkline(pivot.series(row)) if series else "" for row in pivot.rows]
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="")
        table.add_column(Text(clean(pivot.unit)), overflow="fold")
        for column in pivot.columns:
            table.add_column(Text(clean(pivot.header(column))), justify="right", no_wrap=True)
        if any(bars):
            table.add_column(Text(""), no_wrap=True)
        for row, bar in zip(pivot.rows, bars, strict=True):
            cells = [Text(clean(pivot.shown(row, column))) for column in pivot.columns]
            table.add_row(Text(clean(pivot.header(row))), *cells, *([Text(bar)] if any(bars) else []))
        console.print(table)
        console.print()
        for cell in pivot.cells.values() if notes else ():
            if cell.disputed:
                for n, figure in enumerate((cell.shown, *cell.others)):
                    mark = "* " if n == 0 else "  "
                    console.print(Text(f"{mark}{_note(figure)}", "dim" if n else ""))


def _note(row: Observation) -> str:
    return clean(f"{row.park} {row.indicator} {row.period}: {row.text}  {row.source}:{row.place or row.line}")


def print_findings(findings: Iterable[Finding]) -> None:
    """Print each claim that was checked: the failed ones first, with the sentences that state them."""
    console = _console()
    for finding in sorted(findings, key=lambda finding: finding.verdict):
        style = "bold red" if finding.verdict == "fails" else "green"
        claim = Text.assemble((finding.verdict, style), f"  {clean(finding.claim)}  ", (finding.check, "dim"))
        tree = Tree(claim, guide_style="dim")
        for sentence, rows in groupby(finding.evidence, key=lambda row: (row.source, row.sentence)):
            row = next(rows)
            tree.add(
                Text.assemble((f"{clean(sentence[0])}:{clean(row.place) or row.line}  ", "dim"), clean(sentence[1]))
            )
        console.print(tree)


def print_explanation(explanation: Explanation) -> None:
    """Print each figure as a tree of its columns with the reasons, then the numbers that are no figures."""
    console = _console()
    for reading in explanation.readings:
        console.print(_tree(reading))
    if explanation.rejections:
        tree = Tree(Text("no figure"), guide_style="dim")
        for rejection in explanation.rejections:
            tree.add(Text.assemble((clean(rejection.text), "bold"), (f"  ← {clean(rejection.rule)}", "dim")))
        console.print(tree)
    if not explanation.readings and not explanation.rejections:
        console.print("There is no number in this text.")


def _tree(reading: Reading) -> Tree:
    row = reading.observation
    tree = Tree(Text.assemble((clean(row.text), "bold"), f"  {value(row)}"), guide_style="dim")
    in_order = sorted(reading.reasons, key=lambda reason: COLUMNS.index(reason.column))
    for column, reasons in groupby(in_order, key=lambda reason: reason.column):
        branch = Text.assemble((f"{column}: ", "dim"), _shown(getattr(row, column)) or "blank")
        for reason in reasons:
            evidence = f" ({clean(reason.evidence)})" if reason.evidence else ""
            branch.append(f"  ← {clean(reason.rule)}{evidence}", "dim")
        tree.add(branch)
    return tree


@contextmanager
def progress(*, shown: bool) -> Iterator[OnRead]:
    """Give a function to call when a file has been read; on a terminal, it moves a bar once a second has passed."""
    if not (shown and sys.stderr.isatty()):
        yield lambda _source, _done, _total: None
        return
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415 - only for terminals

    began = time.perf_counter()
    rest = Column(ratio=1, no_wrap=True)  # a long name is cut: it leaves the bar its place
    name = TextColumn("{task.description}", markup=False, table_column=rest)
    columns = (BarColumn(20), DownloadColumn(), TimeRemainingColumn(), name)
    bar = Progress(*columns, console=Console(stderr=True), transient=True, expand=True)
    task = bar.add_task("")

    def on_read(source: str, done: int, total: int) -> None:
        bar.update(task, completed=done, total=total, description=clean(source))
        if time.perf_counter() - began > 1:
            bar.start()

    try:
        yield on_read
    finally:
        bar.stop()
