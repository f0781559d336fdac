"""What the commands share: what they read, common options, messages, exit statuses, and how a command ends."""

import datetime as dt
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

import miner

LEFT_OUT, UNUSABLE, CLOSED_PIPE = 1, 2, 141

EXIT_STATUSES = """Exit status: 0 all done; 1 an input was left out; 2 wrong usage, or the output cannot be \
written; 130 interrupted; 141 the reader of the output has gone."""


# Control characters (C0, C1) and the marks that turn the direction of writing.
_UNSHOWN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def _date(written: str) -> dt.date:
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", written, re.ASCII):
            return dt.date.fromisoformat(written)
    except ValueError as error:
        raise typer.BadParameter(f"{written!r} is no date: {error}.") from None
    raise typer.BadParameter(f"{written!r} is no date. Write it as 2024-03-31.")


Date = Annotated[
    dt.date | None,
    typer.Option(
        parser=_date,
        metavar="YYYY-MM-DD",
        help="The day on which 去年, 今年 or 截至目前 is said; without it, the date that each text bears.",
        show_default=False,
    ),
]


def _encoding(written: str) -> str:
    try:
        return miner.text_encoding(written)
    except ValueError as error:
        raise typer.BadParameter(f"{error}.") from None


Paths = Annotated[
    list[str] | None,
    typer.Argument(metavar="PATH", help="Files, folders, quoted globs, s3:// and other URLs; - is standard input."),
]

FilesFrom = Annotated[
    str | None,
    typer.Option(
        "--files-from", metavar="FILE", help="Read also the paths listed in FILE, a line a path; - is standard input."
    ),
]

Name = Annotated[
    str,
    typer.Option(
        "--name", metavar="NAME", help="What standard input is called; an ending tells its kind, else its content does."
    ),
]

Encoding = Annotated[
    str | None,
    typer.Option(
        parser=_encoding,
        metavar="ENC",
        help="The encoding of files that are text (gb18030, big5, utf-16); without it, found for each from its bytes.",
        show_default=False,
    ),
]


Limit = Annotated[
    list[str] | None,
    typer.Option(
        "--limit",
        metavar="NAME=N",
        help=f"The most that one input may take, where not this: {miner.Limits()}. May be repeated.",
        show_default=False,
    ),
]


Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        "-j",
        min=1,
        metavar="N",
        help="How many processes read; without it, one for each core where there is more than a megabyte to read.",
        show_default=False,
    ),
]


@dataclass(frozen=True)
class Inputs:
    """What a command is to read, as its options name it."""

    paths: list[str]
    name: str
    encoding: str
    limits: miner.Limits


def inputs(
    paths: list[str] | None, files_from: str | None, name: str, encoding: str | None, limit: list[str] | None
) -> Inputs:
    """Return what is to be read; end the run where nothing is named, or a list that cannot be read."""
    listed: list[str] = []
    if files_from is not None:
        if files_from == "-" and "-" in (paths or ()):
            fail("- and --files-from - both ask for standard input; leave one out.")
        try:
            listed = miner.read_list(files_from, lambda problem: complain(str(problem)))
        except OSError as error:
            fail(f"{files_from}: cannot be read: {error.strerror or error}")
    if not (paths or listed):
        fail(
            "Missing argument PATH: name a file, a folder, a glob or -, or a list of paths with --files-from; see --help."
        )
    try:
        limits = miner.limits_of(limit or ())
    except ValueError as error:
        fail(f"--limit: {error}.")
    return Inputs([*(paths or ()), *listed], name, encoding or "", limits)


class Kind(StrEnum):
    """The measures, as a choice on the command line."""

    LEVEL = "level"
    GROWTH = "growth"
    CHANGE = "change"
    SHARE = "share"
    RANK = "rank"


Parks = Annotated[
    list[str] | None,
    typer.Option(metavar="TEXT", help="Only parks whose name holds TEXT, in full or in short. May be repeated."),
]


Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No summary and no progress bar; problems are still named.")]


Lexicon = Annotated[
    str | None,
    typer.Option(
        "--lexicon",
        metavar="FILE",
        help="Your own parks, indicators, units and phrases to ignore; without it, miner.toml beside the first PATH (for explain, in this folder).",
        show_default=False,
    ),
]


def use_lexicon(named: str | None, paths: list[str]) -> None:
    """Use the lexicon that was named, or the miner.toml beside the first of the paths, where there is one."""
    first = Path(paths[0])
    beside = (first if os.path.isdir(first) else first.parent) / "miner.toml"
    file = named or (str(beside) if os.path.isfile(beside) else None)
    if file is None:
        return
    try:
        miner.use_own(file)
    except miner.LexiconError as error:
        typer.echo(f"miner: {error}", err=True)
        raise typer.Exit(UNUSABLE) from None
    except (OSError, UnicodeDecodeError) as error:
        fail(f"{file}: cannot be read: {getattr(error, 'strerror', None) or error}")


def clean(text: str) -> str:
    r"""Return ``text`` as one line without what a terminal would obey.

    Example:
        >>> clean("企业\x1b[31m66家\n")
        '企业[31m66家'
    """
    return " ".join(_UNSHOWN.sub("", text).split())


def complain(message: str) -> None:
    """Print one line for the user on standard error."""
    # Where a progress bar is shown, it stands in for sys.stderr, and puts the line above itself.
    typer.echo(f"miner: {clean(message)}", sys.stderr, err=True)


@contextmanager
def output_to(name: str) -> Iterator[None]:
    """Turn the failures of writing to ``name`` into a message and an exit status.

    Inputs that cannot be read are problems by then, so any `OSError` that arrives here is about the output.
    """
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_stdout()
        raise typer.Exit(CLOSED_PIPE) from None
    except miner.ManifestError as error:
        fail(f"{error}.")
    except OSError as error:
        _drop_stdout()
        fail(f"{name}: cannot be written: {error.strerror or error}")


def fail(message: str) -> NoReturn:
    """Print ``message`` and end with the status for wrong usage or an output that cannot be written."""
    complain(message)
    raise typer.Exit(UNUSABLE)


def refuse_input(paths: list[str], names: list[str]) -> None:
    """Refuse to write an output over a file that is read, but for a table that this program wrote."""
    if named := next((name for name in names if miner.is_url(name) and name in paths), None):
        fail(f"{named}: this is one of the texts to read; choose another file for the output.")
    there = [name for name in names if os.path.isfile(name)]
    for _, path in miner.find_files(paths, lambda _: None) if there else ():
        for name in there:
            if path.samefile(name) and not _is_own(path):
                fail(f"{name}: this is one of the texts to read; choose another file for the output.")


def _is_own(path: Path) -> bool:
    """Tell whether nothing of a file is read and nothing is wrong with it: a table of figures."""
    problems: list[miner.Problem] = []
    documents = list(miner.read_documents(path, on_problem=problems.append))
    return not documents and bool(problems) and not any(problem.fatal for problem in problems)


def _drop_stdout() -> None:
    """Lead standard output nowhere: Python writes what is left in its buffer when it ends, and would fail again."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError:  # not a real file, as in a test
        return
