"""`miner extract`: the figures of files and folders, as tables on the screen or as rows for other programs."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

import miner

from . import folder, outputs
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
    inputs,
    output_to,
    refuse_input,
    use_lexicon,
)
from .tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable

HELP = f"""Print a table of the figures that texts state, for every park; or write them as rows.

PATH is a file, a folder, a quoted glob, or - for standard input. Of folders, and the folders in them, these are read: \
{", ".join(miner.SUFFIXES)}.
Tables and rows go to standard output, everything else to standard error.

-o FILE writes the rows to a file, whose suffix says the format: .csv, .json, .jsonl, .md, .xlsx, .parquet or .sqlite. \
A workbook has a sheet for each park; its growth is blue where up and orange where down, as red and green mean opposite \
things in China and elsewhere. A database has a view for each park and opens in Datasette.

-o FOLDER/ writes a folder of Parquet parts, for more than one output or one machine can hold: s3:// and other URLs are \
read and written, and --cluster has the workers of a Dask cluster read (docs/scale.md).
"""

EXAMPLES = """Examples:

miner extract seeds/

miner extract seeds/ --csv figures.csv

miner extract seeds/ -o 园区.xlsx -o figures.sqlite --headers zh

miner extract 'news/**/*.txt' reports.zip --park 综保区 --indicator 进出口 --measure growth

miner extract report.xlsx --date 2024-03-31 --format jsonl | head -3

miner extract archive/ -o figures.csv --resume

miner extract s3://bucket/articles/ -o s3://bucket/figures/ --cluster tcp://scheduler:8786

find . -name '*年报*' -print0 | miner extract --files-from -

curl -s https://example.com/data.csv | miner extract - --name data.csv --encoding gb18030
"""


def run(
    paths: Paths = None,
    csv: Annotated[
        str | None,
        typer.Option("--csv", metavar="FILE", help="Write the rows to FILE, for a spreadsheet; - is standard output."),
    ] = None,
    files: Annotated[
        list[str] | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write the rows to FILE, by its suffix, or to a folder, FOLDER/. May be repeated.",
        ),
    ] = None,
    form: Annotated[
        Literal["table", "csv", "json", "jsonl", "md", "xlsx", "parquet", "sqlite"] | None,
        typer.Option(
            "--format",
            "-f",
            help="What to print: table, where no file is asked for. With -o, the format of FILE whatever its suffix.",
        ),
    ] = None,
    headers: Annotated[
        miner.Language | None,
        typer.Option(help="Headings in Chinese or English, in CSV, Markdown and Excel, for the names of the columns."),
    ] = None,
    datapackage: Annotated[
        bool, typer.Option("--datapackage", help="Describe the CSV file to programs, in a datapackage.json beside it.")
    ] = False,
    park: Parks = None,
    indicator: Annotated[
        list[str] | None, typer.Option(metavar="TEXT", help="Only indicators that hold TEXT. May be repeated.")
    ] = None,
    measure: Annotated[list[Kind] | None, typer.Option(help="Only figures of this kind. May be repeated.")] = None,
    date: Date = None,
    lexicon: Lexicon = None,
    files_from: FilesFrom = None,
    name: Name = miner.STDIN_NAME,
    encoding: Encoding = None,
    limit: Limit = None,
    jobs: Jobs = None,
    resume: Annotated[
        bool,
        typer.Option(
            "--resume",
            help="Keep what is read beside the output, in FILE.resume, or in FOLDER/, and go on from there: unchanged files are not read again.",
        ),
    ] = False,
    cluster: Annotated[
        str | None,
        typer.Option(
            "--cluster",
            metavar="ADDRESS",
            help="Have a Dask cluster read, for -o FOLDER/: tcp://scheduler:8786, or local, with --jobs workers here.",
        ),
    ] = None,
    partition: Annotated[
        Literal["park", "folder"] | None,
        typer.Option(
            "--partition-by", help="With -o FOLDER/: a folder in it for each park, or for each of the texts'."
        ),
    ] = None,
    part_size: Annotated[
        float | None,
        typer.Option(
            "--part-size",
            metavar="MB",
            min=0.001,
            help="With -o FOLDER/: megabytes of texts for a part. [default: 16]",
            show_default=False,
        ),
    ] = None,
    all_columns: Annotated[bool, typer.Option("--all-columns", help="Print every column, one figure a list.")] = False,
    quiet: Quiet = False,
) -> None:
    """Print the figures of texts; the help that users see is `HELP`."""
    from . import render  # noqa: PLC0415 - rich is needed only once there is something to show

    others = {"--csv": csv, f"--format {form}": form not in {None, "parquet"}, "--headers": headers}
    others |= {"--datapackage": datapackage, "--all-columns": all_columns}
    if parts := folder.choose(
        files or [], others, cluster=cluster, jobs=jobs, partition=partition, part_size=part_size, resume=resume
    ):
        named = inputs(paths, files_from, name, encoding, limit)
        use_lexicon(lexicon, named.paths)
        folder.write(
            parts, named, parks=park or [], indicators=indicator or [], measures=measure or [], date=date, quiet=quiet
        )
    out = outputs.choose(csv, files or [], form, headers, datapackage=datapackage)
    manifest = out.manifest if resume else None
    named = inputs(paths, files_from, name, encoding, limit)
    refuse_input(named.paths, out.names)

    use_lexicon(lexicon, named.paths)
    tally = Tally()
    bar = render.progress(shown=not quiet and out.printed in {None, "table"})
    with output_to("standard output"):
        with bar as on_read:
            mined = tally.mined(named, date=date, jobs=jobs, on_read=on_read, resume=manifest)
            wanted = miner.select(mined, parks=park or (), indicators=indicator or (), measures=measure or ())
            rows: Iterable[miner.Observation] = tally.count(wanted)
            if not out.once:
                rows = list(rows)
            out.write(rows, _links(named.paths, out))
        if out.printed == "table":
            render.print_tables(rows, all_columns=all_columns)
        out.print(rows)
    if tally.parks_read and not tally.figures:
        complain(f"no figure is of the kind asked for; the texts are about {'、'.join(sorted(tally.parks_read))}.")
    if not quiet:
        complain(tally.summary() + (f", written to {' and '.join(out.names)}" if out.names else ""))
    raise typer.Exit(LEFT_OUT if tally.left_out else 0)


def _links(paths: list[str], out: outputs.Outputs) -> dict[str, Path]:
    """Return the file of each source, where a workbook is to lead to them."""
    wanted = any(target.form == "xlsx" for target in out.files)
    return dict(miner.find_files(paths, lambda _: None)) if wanted else {}
