"""Paths -> observations: the whole line for files, by one process or by several, with the same rows in the same order."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from miner.decoding import text_encoding
from miner.files import STDIN_NAME, find_inputs, warn
from miner.limits import LIMITS, Limits
from miner.manifest import resume as go_on
from miner.pipeline import Read
from miner.schema import Mined, Problem
from miner.workers import Done, How, Progress, read_all

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from miner.files import OnProblem, OnRead, Paths
    from miner.schema import Observation
    from miner.workers import Result

WORTHWHILE: Final = 1_000_000
"""Bytes of input for which starting several processes, a second of loading each, is quicker than one alone."""


def mine(
    paths: Paths,
    *,
    jobs: int | None = 1,
    date: dt.date | None = None,
    name: str = STDIN_NAME,
    encoding: str = "",
    limits: Limits = LIMITS,
    on_problem: OnProblem | None = None,
) -> Iterator[Observation]:
    """Mine the files, folders and globs ``paths``, in the order of their sources.

    Args:
        paths: one path or several, as `read_documents` takes them.
        jobs: how many processes read; None is one for each core where there is enough to read, else one.
        date: the day that 去年 or 截至目前 is said on; without it, each text's own date, where it has one.
        name: the name of standard input, where ``-`` is among the paths.
        encoding: of files that are text; without it, each file's is found from its bytes.
        limits: the most that one input may take; what goes beyond is a `Problem`.
        on_problem: called with each `Problem`, an input left out or damaged; without it, problems are warnings.

    Raises:
        ValueError: there is no such encoding, or fewer than one job is asked for.

    Example:
        >>> figures = list(mine("seeds/"))
        >>> all(figure.source.endswith(".txt") for figure in figures)
        True
    """
    texts = mine_files(paths, jobs=jobs, date=date, name=name, encoding=encoding, limits=limits, on_problem=on_problem)
    return (row for text in texts for row in text.rows)


def mine_files(  # noqa: PLR0913 - what `mine` takes, and what a command asks for besides
    paths: Paths,
    *,
    jobs: int | None = 1,
    date: dt.date | None = None,
    name: str = STDIN_NAME,
    encoding: str = "",
    limits: Limits = LIMITS,
    dated: bool = False,
    on_problem: OnProblem | None = None,
    on_read: OnRead | None = None,
    resume: str | os.PathLike[str] | None = None,
) -> Iterator[Mined]:
    """Mine files as `mine` does, and yield what was mined document by document, of a big text chunk by chunk.

    Args:
        paths: as for `mine`.
        jobs: as for `mine`.
        date: as for `mine`.
        name: as for `mine`.
        encoding: as for `mine`.
        limits: as for `mine`.
        on_problem: as for `mine`.
        dated: whether the day of each document is told.
        on_read: called when a file, or a chunk of a big one, has been read, with its source, the bytes read so far and
            the bytes in all.
        resume: the manifest, a file in which is kept what was read of each file (`miner.manifest`); files that it
            holds unchanged, by their bytes, are not read again. It need not be there yet.

    Raises:
        ValueError: there is no such encoding, or fewer than one job is asked for.
        ManifestError: ``resume`` is no manifest, or a damaged one.
        OSError: the manifest cannot be read or written.

    Example:
        >>> [(text.source, len(text.rows)) for text in mine_files("seeds/004*.txt")]
        [('004_bfaf95d459e0521d.txt', 32)]
    """
    how = How(date, text_encoding(encoding) if encoding else "", dated, limits=limits)
    return _told(Mined, _Inputs(paths, name, on_problem or warn), how, jobs, on_read, resume)


def read_files(  # noqa: PLR0913 - what may be set of a run, all but the paths by name
    paths: Paths,
    *,
    jobs: int | None = 1,
    date: dt.date | None = None,
    name: str = STDIN_NAME,
    encoding: str = "",
    limits: Limits = LIMITS,
    on_problem: OnProblem | None = None,
    on_read: OnRead | None = None,
) -> Iterator[Read]:
    """Read files as `mine` does, and yield each document whole, with its readings and their reasons.

    Args:
        paths: as for `mine`.
        jobs: as for `mine`.
        date: as for `mine`.
        name: as for `mine`.
        encoding: as for `mine`.
        limits: as for `mine`.
        on_problem: as for `mine`.
        on_read: as for `mine_files`.

    Raises:
        ValueError: there is no such encoding, or fewer than one job is asked for.

    Example:
        >>> [(read.document.source, len(read.readings)) for read in read_files("seeds/004*.txt")]
        [('004_bfaf95d459e0521d.txt', 32)]
    """
    how = How(date, text_encoding(encoding) if encoding else "", whole=True, limits=limits)
    return _told(Read, _Inputs(paths, name, on_problem or warn), how, jobs, on_read)


class _Inputs(NamedTuple):
    """What is to be read, and who is told of problems."""

    paths: Paths
    name: str
    on_problem: OnProblem


Told = TypeVar("Told", Mined, Read)


def _told(
    kind: type[Told],
    named: _Inputs,
    how: How,
    jobs: int | None,
    on_read: OnRead | None,
    resume: str | os.PathLike[str] | None = None,
) -> Iterator[Told]:
    """Read files; return what is told of their documents, of the ``kind`` that ``how`` asks for."""
    if jobs is not None and jobs < 1:
        raise ValueError(f"{jobs} jobs: at least one is needed")
    inputs = find_inputs(named.paths, name=named.name, on_problem=named.on_problem)
    total = sum(file.size for file in inputs)
    jobs = jobs or (cores() if total >= WORTHWHILE else 1)
    results = go_on(resume, inputs, how, jobs) if resume else read_all(inputs, how, jobs)
    return _sorted_out(kind, results, total, named.on_problem, on_read)


def _sorted_out(
    kind: type[Told], results: Iterator[Result], total: int, on_problem: OnProblem, on_read: OnRead | None
) -> Iterator[Told]:
    done = 0
    for result in results:
        if isinstance(result, kind):
            yield result
        elif isinstance(result, Problem):
            on_problem(result)
        elif isinstance(result, Progress | Done):
            read = done + (result.read if isinstance(result, Progress) else result.size)
            if isinstance(result, Done):
                done = read
            if on_read:
                on_read(result.source, read, total)


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
