"""`miner table`: parks, periods and indicators against each other, on the screen or as CSV."""

import sys
from typing import Annotated, get_args

import typer

import miner

from .options import (
    LEFT_OUT,
    Date,
    Encoding,
    FilesFrom,
    Jobs,
    Kind,
    Lexicon,
    Limit,
    Name,
    Parks,
    Paths,
    Quiet,
    complain,
    fail,
    inputs,
    output_to,
    refuse_input,
    use_lexicon,
)
from .tally import Tally

HELP = """Print a table of figures across texts: parks against periods, indicators against parks, and so on.

PATH is as for miner extract. Figures of one unit stand together by magnitude alone (12000万元 and 1.2亿元), and the \
header says in which; nothing is summed. A cell that has several figures shows the one with the better evidence: an \
exact figure before about or over, a later text before an earlier one, the first in a text before those after it; \
where they differ it bears a *, and --notes lists them. ≈ is about, < nearly or under, > over, ≥ at least, ≤ at most.
"""

EXAMPLES = """Examples:

miner table seeds/ --rows park --columns period --indicator 进出口总额

miner table seeds/ --rows indicator --columns park

miner table news/ --rows park --columns indicator --period 2023 --csv table.csv

miner table news/ --rows park --columns period --indicator 进出口总额 --measure growth
"""


def run(
    paths: Paths = None,
    rows: Annotated[miner.Axis, typer.Option(help="What the rows are.")] = "park",
    columns: Annotated[miner.Axis, typer.Option(help="What the columns are.")] = "period",
    indicator: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Only this indicator, by any of its names. May be repeated."),
    ] = None,
    park: Parks = None,
    period: Annotated[
        list[str] | None, typer.Option(metavar="PERIOD", help="Only this period: 2023, 2023-Q1. May be repeated.")
    ] = None,
    measure: Annotated[Kind, typer.Option(help="Only figures of this kind.")] = Kind.LEVEL,
    csv: Annotated[
        str | None, typer.Option("--csv", metavar="FILE", help="Write the table to FILE as CSV; - is standard output.")
    ] = None,
    xlsx: Annotated[
        str | None, typer.Option("--xlsx", metavar="FILE", help="Write the table to FILE as an Excel workbook.")
    ] = None,
    notes: Annotated[bool, typer.Option("--notes", help="List the figures of every cell that bears a *.")] = False,
    date: Date = None,
    lexicon: Lexicon = None,
    files_from: FilesFrom = None,
    name: Name = miner.STDIN_NAME,
    encoding: Encoding = None,
    limit: Limit = None,
    jobs: Jobs = None,
    quiet: Quiet = False,
) -> None:
    """Print a pivot of the figures of texts; the help that users see is `HELP`."""
    from . import render  # noqa: PLC0415 - rich is needed only once there is something to show

    if rows == columns:
        fail(f"--rows and --columns are both {rows}; choose two of {', '.join(get_args(miner.Axis))}.")
    if {rows, columns} == {"park", "period"} and not indicator:
        fail("a table of parks and periods is of one indicator: name it, such as --indicator 进出口总额.")
    named = inputs(paths, files_from, name, encoding, limit)
    use_lexicon(lexicon, named.paths)
    tally = Tally(dates={})
    written = [name for name in (csv, xlsx) if name and name != "-"]
    refuse_input(named.paths, written)
    with output_to("standard output"):
        with render.progress(shown=not quiet) as on_read:
            mined = tally.mined(named, date=date, jobs=jobs, on_read=on_read)
            wanted = list(miner.select(mined, parks=park or (), measures=[measure]))
        if indicator:
            wanted = [row for name in indicator for row in miner.of_indicator(wanted, name)]
        if period:
            wanted = [row for row in wanted if row.period in period]
        tables = miner.pivots(tally.count(wanted), rows, columns, dates=tally.dates)
        if csv:
            with output_to(csv if csv != "-" else "standard output"):
                miner.write_tables(tables, sys.stdout if csv == "-" else csv)
        if xlsx:
            with output_to(xlsx):
                _write_sheets(tables, xlsx)
        if not csv and not xlsx:
            render.print_pivots(tables, series=columns == "period", notes=notes)
    if not tally.figures:
        complain("no figure is of the kind asked for; miner extract lists what the texts state.")
    if not quiet:
        complain(tally.summary() + (f", written to {' and '.join(written)}" if written else ""))
    raise typer.Exit(LEFT_OUT if tally.left_out else 0)


def _write_sheets(tables: "list[miner.Pivot]", name: str) -> None:
    try:
        miner.write_sheets(tables, name)
    except ModuleNotFoundError as error:
        fail(f"{error}.")
