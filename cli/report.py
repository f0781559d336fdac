"""`miner report`: a page to look at, with the texts, their figures and what was checked."""

import sys
from collections import deque
from typing import Annotated, Literal

import typer

import miner

from .options import (
    LEFT_OUT,
    Date,
    Encoding,
    FilesFrom,
    Jobs,
    Lexicon,
    Limit,
    Name,
    Paths,
    Quiet,
    complain,
    inputs,
    output_to,
    refuse_input,
    use_lexicon,
)
from .tally import Tally

HELP = """Write one page that shows the figures where they stand in their texts, for people who will not open a terminal.

PATH is as for miner extract. The page is one HTML file that needs no network: the texts with their figures, a table \
with search and filters, a panel for each park, and what miner audit checks. Readers may mark rows as wrong and send \
back the marks as lines of a gold file.
"""

EXAMPLES = """Examples:

miner report seeds/ -o report.html

miner report 'news/**/*.txt' --date 2024-03-31 --lang en -o report.html
"""


def run(
    paths: Paths = None,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="Write the page to FILE; - is standard output.")
    ] = "report.html",
    lang: Annotated[
        Literal["zh", "en"] | None,
        typer.Option(help="The language of the page; without it, that of the reader's browser.", show_default=False),
    ] = None,
    files_from: FilesFrom = None,
    name: Name = miner.STDIN_NAME,
    encoding: Encoding = None,
    limit: Limit = None,
    date: Date = None,
    lexicon: Lexicon = None,
    jobs: Jobs = None,
    quiet: Quiet = False,
) -> None:
    """Write the page; the help that users see is `HELP`."""
    from . import render  # noqa: PLC0415 - rich is needed only once there is something to show

    to_file = output if output != "-" else None
    named = inputs(paths, files_from, name, encoding, limit)
    if to_file:
        refuse_input(named.paths, [to_file])
    use_lexicon(lexicon, named.paths)
    tally = Tally()
    with output_to(to_file or "standard output"):
        with render.progress(shown=not quiet) as on_read:
            report = miner.report_of(tally.read(named, date=date, jobs=jobs, on_read=on_read), lang=lang or "")
        if to_file:
            with miner.replace_file(to_file) as file:
                file.write(report.page)
        else:
            sys.stdout.write(report.page)
    deque(tally.count(report.observations), maxlen=0)
    if not quiet:
        failed = sum(finding.verdict == "fails" for finding in report.findings)
        checked = f"{len(report.findings)} claims checked, {failed} failed"
        complain(f"{tally.summary()}: {checked}" + (f", written to {to_file}" if to_file else ""))
    raise typer.Exit(LEFT_OUT if tally.left_out else 0)
