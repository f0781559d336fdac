"""`miner extract -o FOLDER/`: the figures as a folder of Parquet parts, read here or by a cluster."""

import datetime as dt
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn

import typer

import miner

from .options import LEFT_OUT, Inputs, Kind, complain, fail
from .tally import Tally

MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Wanted:
    """What the options say about a folder."""

    folder: str
    cluster: str
    jobs: int | None
    partition: "miner.Partition | None"
    part_bytes: int
    resume: bool


def is_folder(name: str) -> bool:
    """Tell whether an output is a folder: it ends as one, or is one.

    Example:
        >>> is_folder("figures/"), is_folder("s3://bucket/figures/"), is_folder("figures.csv")
        (True, True, False)
    """
    return name.endswith(("/", os.sep)) or os.path.isdir(name)


def choose(
    files: list[str],
    others: Mapping[str, object],
    *,
    cluster: str | None,
    jobs: int | None,
    partition: "miner.Partition | None",
    part_size: float | None,
    resume: bool,
) -> Wanted | None:
    """Return what is asked for, None where no folder is; end the run where the options contradict each other.

    ``others`` are the options that only make sense for other outputs, by name, with what was given.
    """
    folders = [name for name in files if is_folder(name)]
    asked = {"--cluster": cluster, "--partition-by": partition, "--part-size": part_size}
    named = next((option for option, given in asked.items() if given), None)
    if not folders:
        if named:
            fail(f"{named} is for a folder of Parquet parts; name one with -o, ending in /: -o figures/")
        return None
    if len(files) > 1:
        fail(f"{folders[0]}: a folder of Parquet parts is written by itself; leave the other -o out.")
    wrong = next((option for option, given in others.items() if given), None)
    if wrong:
        fail(f"{folders[0]}: a folder is written as Parquet parts, all columns, for programs; leave {wrong} out.")
    if jobs and cluster and cluster != "local":
        fail("--jobs is for this machine; the workers of a cluster are as many as were started there.")
    size = int(part_size * MEGABYTE) if part_size else miner.PART_BYTES
    return Wanted(folders[0], cluster or "", jobs, partition, size, resume)


def write(  # noqa: D417 - the others are those of `miner.mine_into`
    wanted: Wanted,
    named: Inputs,
    *,
    parks: Sequence[str],
    indicators: Sequence[str],
    measures: Sequence[Kind],
    date: dt.date | None,
    quiet: bool,
) -> NoReturn:
    """Write the folder, say what was done, and end the run.

    Args:
        wanted: the folder, and how it is written.
        named: what is to be read.
        quiet: whether only problems are told.
    """
    from . import render  # noqa: PLC0415 - rich is needed only once there is something to show

    tally = Tally()
    try:
        with render.progress(shown=not quiet) as on_read:
            written = miner.mine_into(
                wanted.folder,
                named.paths,
                cluster=wanted.cluster,
                jobs=wanted.jobs,
                date=date,
                name=named.name,
                encoding=named.encoding,
                limits=named.limits,
                parks=parks,
                indicators=indicators,
                measures=[kind.value for kind in measures],
                partition=wanted.partition,
                part_bytes=wanted.part_bytes,
                resume=wanted.resume,
                on_problem=tally.note,
                on_read=on_read,
            )
    except (ModuleNotFoundError, miner.ClusterError) as error:
        fail(f"{error}.")
    except OSError as error:
        fail(f"{wanted.folder}: {error.strerror or error}.")
    if not written.parts and not written.documents:
        complain("nothing to read, or nothing could be.")
        raise typer.Exit(LEFT_OUT)
    if not quiet:
        counts = ((written.documents, "file"), (written.figures, "figure"), (written.parts, "part"))
        counted = ", ".join(f"{n:,} {noun}{'' if n == 1 else 's'}" for n, noun in counts)
        complain(f"{counted} in {time.perf_counter() - tally.began:.1f} s, written to {wanted.folder}")
    raise typer.Exit(LEFT_OUT if tally.left_out else 0)
