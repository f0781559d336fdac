"""`miner audit`: what texts claim, checked by arithmetic."""

import csv
import json
import sys
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
    use_lexicon,
)
from .tally import Tally

HELP = """Check what texts claim by arithmetic, and list each claim with its verdict and its figures.

PATH is as for miner extract. Checked is only what the texts give both sides of: parts against their whole \
(66 = 36 + 30), rates against counts (32 of 32 is 100 %), growth against levels, one text against another. A figure is \
as exact as it is written: 5053.91 has two decimals, 近500 is at most 500, and 约 is never checked.
"""

EXAMPLES = """Examples:

miner audit seeds/

miner audit news/ --fails --strict

miner audit news/ --format csv > findings.csv
"""

COLUMNS = ("verdict", "check", "claim", "figures", "where", "sentences")


def run(
    paths: Paths = None,
    output: Annotated[Literal["table", "csv", "json"], typer.Option("--format", "-f", help="What to print.")] = "table",
    fails: Annotated[bool, typer.Option("--fails", help="List only the checks that fail.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="End with status 1 where a check fails.")] = False,
    date: Date = None,
    lexicon: Lexicon = None,
    files_from: FilesFrom = None,
    name: Name = miner.STDIN_NAME,
    encoding: Encoding = None,
    limit: Limit = None,
    jobs: Jobs = None,
    quiet: Quiet = False,
) -> None:
    """Print what was checked; the help that users see is `HELP`."""
    from . import render  # noqa: PLC0415 - rich is needed only once there is something to show

    named = inputs(paths, files_from, name, encoding, limit)
    use_lexicon(lexicon, named.paths)
    tally = Tally()
    with output_to("standard output"):
        with render.progress(shown=not quiet and output == "table") as on_read:
            found = miner.audit(tally.count(tally.mined(named, date=date, jobs=jobs, on_read=on_read)))
        shown = [finding for finding in found if not fails or finding.verdict == "fails"]
        if output == "table":
            render.print_findings(shown)
        elif output == "json":
            typer.echo(json.dumps([_record(finding) for finding in shown], ensure_ascii=False, indent=1))
        else:
            writer = csv.writer(sys.stdout, lineterminator="\r\n")
            writer.writerow(COLUMNS)
            writer.writerows([miner.guarded(cell) for cell in _record(finding).values()] for finding in shown)
    failed = sum(finding.verdict == "fails" for finding in found)
    if not quiet:
        complain(f"{tally.summary()}: {len(found)} claims checked, {failed} failed")
    raise typer.Exit(LEFT_OUT if tally.left_out or (strict and failed) else 0)


def _record(finding: "miner.Finding") -> dict[str, str]:
    rows = finding.evidence
    where = "; ".join(f"{row.source}:{row.place or row.line}" for row in rows)
    sentences = " / ".join(dict.fromkeys(row.sentence for row in rows))
    cells = (finding.verdict, finding.check, finding.claim, "; ".join(row.text for row in rows), where, sentences)
    return dict(zip(COLUMNS, cells, strict=True))
