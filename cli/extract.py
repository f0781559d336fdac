"""`miner extract`: the figures of files and folders, as tables on the screen or as rows for other programs."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

import miner

from .options import (
    LEFT_OUT,
    Date,
    Encoding,
    FilesFrom,
    Kind,
    Lexicon,
    Name,
    Paths,
    Quiet,
    complain,
    fail,
    inputs,
    output_to,
    use_lexicon,
)
from .tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable

HELP = f"""Print a table of the figures that texts state, for every park; or write them as rows.

PATH is a file, a folder, a quoted glob, or - for standard input. Of folders, and the folders in them, these are read: \
{", ".join(miner.SUFFIXES)}.
Tables and rows go to standard output, everything else to standard error.
"""

EXAMPLES = """Examples:

miner extract seeds/

miner extract seeds/ --csv figures.csv

miner extract 'news/**/*.txt' reports.zip --park 综保区 --indicator 进出口 --measure growth

miner extract report.xlsx --date 2024-03-31 --format jsonl | head -3

find . -name '*年报*' -print0 | miner extract --files-from -

curl -s https://example.com/data.csv | miner extract - --name data.csv --encoding gb18030
"""


def run(
    paths: Paths = None,
    csv: Annotated[
        str | None,
        typer.Option("--csv", metavar="FILE", help="Write the rows to FILE, for a spreadsheet; - is standard output."),
    ] = None,
    output: Annotated[
        Literal["table", "csv", "json", "jsonl"] | None,
        typer.Option("--format", "-f", help="What to print: table, where neither this nor --csv is given."),
    ] = None,
    park: Annotated[
        list[str] | None, typer.Option(metavar="TEXT", help="Only parks whose name holds TEXT. May be repeated.")
    ] = None,
    indicator: Annotated[
        list[str] | None, typer.Option(metavar="TEXT", help="Only indicators that hold TEXT. May be repeated.")
    ] = None,
    measure: Annotated[list[Kind] | None, typer.Option(help="Only figures of this kind. May be repeated.")] = None,
    date: Date = None,
    lexicon: Lexicon = None,
    files_from: FilesFrom = None,
    name: Name = miner.STDIN_NAME,
    encoding: Encoding = None,
    all_columns: Annotated[bool, typer.Option("--all-columns", help="Print every column, one figure a list.")] = False,
    quiet: Quiet = False,
) -> None:
    """Print the figures of texts; the help that users see is `HELP`."""
    from . import render  # noqa: PLC0415 - rich is needed only once there is something to show

    to_file = csv if csv != "-" else None
    printed = output or ("table" if csv is None else None if to_file else "csv")
    if csv == "-" and printed != "csv":
        fail(f"--csv - and --format {printed} both ask for standard output; leave one out.")
    named = inputs(paths, files_from, name, encoding)
    if to_file:
        _refuse_input(named.paths, to_file)

    use_lexicon(lexicon, named.paths)
    tally = Tally()
    bar = render.progress(shown=not quiet and printed in {None, "table"})
    with output_to(to_file or "standard output"):
        with bar as on_read:
            mined = tally.mined(named, date=date, on_read=on_read)
            wanted = miner.select(mined, parks=park or (), indicators=indicator or (), measures=measure or ())
            rows: Iterable[miner.Observation] = tally.count(wanted)
            if to_file:
                rows = list(rows) if printed else rows
                miner.export(rows, to_file, "csv")
            if printed == "table":
                rows = list(rows)
        if printed == "table":
            render.print_tables(rows, all_columns=all_columns)
        elif printed:
            miner.export(rows, sys.stdout, printed)
    if tally.parks_read and not tally.figures:
        complain(f"no figure is of the kind asked for; the texts are about {'、'.join(sorted(tally.parks_read))}.")
    if not quiet:
        complain(tally.summary() + (f", written to {to_file}" if to_file else ""))
    raise typer.Exit(LEFT_OUT if tally.left_out else 0)


def _refuse_input(paths: list[str], output: str) -> None:
    """Refuse to write the rows over a file that they are read from, but for a table that this program wrote."""
    if Path(output).is_file():
        for _, path in miner.find_files(paths, lambda _: None):
            if path.samefile(output) and not _is_own(path):
                fail(f"{output}: this is one of the texts to read; choose another file for --csv.")


def _is_own(path: Path) -> bool:
    """Tell whether nothing of a file is read and nothing is wrong with it: a table of figures."""
    problems: list[miner.Problem] = []
    documents = list(miner.read_documents(path, on_problem=problems.append))
    return not documents and bool(problems) and not any(problem.fatal for problem in problems)
