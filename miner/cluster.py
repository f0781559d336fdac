"""Paths -> a folder of Parquet parts: the whole line for files too many for one output, or for one machine.

The parts are the same whoever reads: this process, several on this machine, or the workers of a Dask cluster.
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from miner.decoding import text_encoding
from miner.files import STDIN_NAME, find_inputs, warn
from miner.jobs import cores
from miner.limits import LIMITS, Limits
from miner.parts import PART_BYTES, Batch, Orders, Receipt, batches, begin, by_file, finish, kept, write
from miner.schema import Problem
from miner.stores import Folder, require
from miner.workers import How, read_all

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from miner.files import Input, OnProblem, OnRead, Paths
    from miner.parts import Partition


class Written(NamedTuple):
    """What a run wrote: documents read, figures, parts, and how much was set aside."""

    documents: int
    figures: int
    parts: int
    rejects: int


def mine_into(  # noqa: PLR0913 - what `mine_files` takes, and what parts may be like
    folder: str | os.PathLike[str],
    paths: Paths,
    *,
    cluster: str = "",
    jobs: int | None = None,
    date: dt.date | None = None,
    name: str = STDIN_NAME,
    encoding: str = "",
    limits: Limits = LIMITS,
    parks: Iterable[str] = (),
    indicators: Iterable[str] = (),
    measures: Iterable[str] = (),
    partition: Partition | None = None,
    part_bytes: int = PART_BYTES,
    resume: bool = False,
    on_problem: OnProblem | None = None,
    on_read: OnRead | None = None,
) -> Written:
    """Mine files and write the figures to a folder of Parquet parts, of one batch of files each (`miner.parts`).

    Where there is nothing to read, nothing is written.

    Args:
        folder: where to, on this machine or a URL that fsspec knows, such as ``s3://bucket/figures/``; new or empty.
        paths: as for `mine`.
        cluster: the address of a Dask scheduler, such as ``tcp://scheduler:8786``; ``"local"`` starts one here with
            ``jobs`` workers (in a script of your own, under ``if __name__ == "__main__"``); without it, none is used.
        jobs: how many processes of this machine read; None is one for each core.
        date: as for `mine`.
        name: as for `mine`.
        encoding: as for `mine`.
        limits: as for `mine`.
        parks: as for `select`, and so are ``indicators`` and ``measures``.
        indicators: as for `select`.
        measures: as for `select`.
        partition: ``"park"`` or ``"folder"``: have a part for each park of a batch, or each folder of its files.
        part_bytes: bytes of input for a part; the same for a run that is to go on.
        resume: go on in ``folder``: batches whose files are unchanged, by their bytes, are not done again.
        on_problem: called with each `Problem`; without it, problems are warnings. What was set aside is also in
            ``_rejects.jsonl``.
        on_read: called when a batch is done, with the source of its last file, the bytes read so far and the bytes in all.

    Raises:
        ValueError: there is no such encoding, fewer than one job is asked for, or a part is to be of no bytes.
        FileExistsError: ``folder`` is not empty, and ``resume`` is not asked for.
        OSError: ``folder`` cannot be listed or written.
        ClusterError: the cluster cannot be used, or has gone; what is written stays for ``resume``.
        ModuleNotFoundError: a package of the extra ``cluster`` is missing; the message names the command.

    Example:
        >>> mine_into("memory://seeds", "seeds/", jobs=1).parts
        1
    """
    require("fsspec", "pyarrow", *(["distributed"] if cluster else []))
    if (jobs is not None and jobs < 1) or part_bytes < 1:
        raise ValueError(f"{jobs} jobs, parts of {part_bytes} bytes: at least one of each is needed")
    on_problem = on_problem or warn
    how = How(date, text_encoding(encoding) if encoding else "", limits=limits)
    orders = Orders(how, tuple(parks), tuple(indicators), tuple(measures), partition)
    inputs = [_anywhere(file) for file in find_inputs(paths, name=name, on_problem=on_problem)]
    if not inputs:
        return Written(0, 0, 0, 0)
    laid = batches(inputs, part_bytes)
    target = Folder(os.fspath(folder))
    with ExitStack() as stack:
        if cluster:
            from miner.dispatch import connected, dispatch  # noqa: PLC0415 - half a second that only a cluster should cost

            client = stack.enter_context(connected(cluster, jobs or cores()))
            begin(target, resume=resume)
            ahead = 1 if cluster == "local" else 2
            done = dispatch(client, laid, orders, target, resume=resume, ahead=ahead)
        else:
            begin(target, resume=resume)
            done = _here(laid, orders, target, resume=resume, jobs=jobs or cores())
        receipts = dict(_told(done, sum(file.size for file in inputs), on_problem, on_read))
    in_order = [receipts[batch.number] for batch in laid]
    finish(target, in_order)
    parts = [part for receipt in in_order for part in receipt.parts]
    return Written(
        documents=sum(receipt.documents for receipt in in_order),
        figures=sum(part.rows for part in parts),
        parts=len(parts),
        rejects=sum(len(receipt.rejects) for receipt in in_order),
    )


def _anywhere(file: Input) -> Input:
    """Return a file whose path holds also for a process that stands in another folder."""
    return file._replace(path=file.path.absolute()) if isinstance(file.path, Path) else file


def _here(
    laid: Sequence[Batch], orders: Orders, folder: Folder, *, resume: bool, jobs: int
) -> Iterator[tuple[Batch, Receipt]]:
    """Do the batches on this machine, without a cluster, in their order."""
    before = {batch.number: kept(batch, orders, folder) for batch in laid} if resume else {}
    files = [file for batch in laid if not before.get(batch.number) for file in batch.files]
    read = by_file(read_all(files, orders.how, jobs))
    for batch in laid:
        receipt = before.get(batch.number)
        yield batch, receipt or write(batch, orders, folder, islice(read, len(batch.files)))


def _told(
    done: Iterable[tuple[Batch, Receipt]], total: int, on_problem: OnProblem, on_read: OnRead | None
) -> Iterator[tuple[int, Receipt]]:
    """Pass receipts on under the numbers of their batches, and tell what is in them."""
    size = 0
    for batch, receipt in done:
        for reject in receipt.rejects:
            on_problem(Problem(reject.document, reject.error))
        for document, message in receipt.warnings:
            on_problem(Problem(document, message, fatal=False))
        size += batch.size
        if on_read:
            on_read(batch.files[-1].source, size, total)
        yield batch.number, receipt
