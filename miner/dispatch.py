"""Batches -> receipts on a cluster of Dask: plain futures, each a batch that a worker reads and writes.

A worker that ends, killed by the system or with its machine, loses nothing: its batch is done again by another. Where a batch
ends its worker twice, its files are tried apart, by halves, until those that do it are found; each is set aside after
three tries, and the batch is written without them. Its part is the same as if no worker had ended.
"""

from __future__ import annotations

import asyncio
import queue
from collections import deque
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from distributed import Client, Future, KilledWorker, Security
from distributed.comm import connect

from miner import lexicon
from miner.parts import Batch, ClusterError, Reject
from miner.remote import Run, Task, Words, check, do, sees, state
from miner.workers import TRIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from miner.parts import Orders, Receipt
    from miner.stores import Folder

PATIENCE: Final = 60
"""Seconds to wait for a scheduler, for a first worker, and for another where none is left."""


@contextmanager
def connected(address: str, jobs: int) -> Iterator[Client]:
    """Connect to the scheduler at ``address``, or for ``"local"`` start one with ``jobs`` workers, which end with the block.

    Raises:
        ClusterError: there is no scheduler at this address, no worker comes, or one has another miner or none.
    """
    with _local(jobs) if address == "local" else _remote(address) as client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            raise ClusterError(
                f"{address}: no worker has come in {PATIENCE} s; start some, see docs/scale.md"
            ) from None
        check(client.run(state, on_error="return"), state())
        yield client


@contextmanager
def _remote(address: str) -> Iterator[Client]:
    try:
        asyncio.run(_reach(address))  # a client that finds nobody leaves a thread behind, which complains later
        client = Client(address, set_as_default=False)
    except (OSError, ValueError, ImportError) as error:
        what = "an address is written as tcp://scheduler:8786, or local for this machine"
        raise ClusterError(f"{address}: no scheduler answers there ({error}); {what}") from None
    with client:
        yield client


async def _reach(address: str) -> None:
    comm = await connect(address, timeout=PATIENCE / 6, **Security().get_connection_args("client"))
    comm.abort()


@contextmanager
def _local(jobs: int) -> Iterator[Client]:
    import logging  # noqa: PLC0415 - only here is it needed
    import tempfile  # noqa: PLC0415 - likewise

    import dask.config  # noqa: PLC0415 - likewise
    from distributed import LocalCluster  # noqa: PLC0415 - likewise

    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch,
        dask.config.set(
            {"distributed.scheduler.allowed-failures": 0}
        ),  # each end of a worker is told, and counted here
        LocalCluster(
            n_workers=jobs,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
            local_directory=scratch,
            silence_logs=logging.CRITICAL,
        ) as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        yield client


@dataclass
class _Hunt:
    """A batch whose files are tried apart: how many trials are open, and what they found."""

    batch: Batch
    open: int = 1
    found: list[Reject] = field(default_factory=list)


class Dispatcher:
    """Hands batches out and takes their receipts, until all are done."""

    def __init__(self, client: Client, run: Run, *, ahead: int) -> None:
        """Work through ``client``; ``ahead`` batches a worker thread are handed out."""
        self._client, self._run, self._ahead = client, run, ahead
        self._again: deque[Task] = deque()
        self._hunts: dict[int, _Hunt] = {}
        self._running: dict[str, tuple[Task, Future]] = {}
        self._done: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._count = 0

    def receipts(self, batches: Iterable[Batch]) -> Iterator[tuple[Batch, Receipt]]:
        """Yield each batch with its receipt, as they are done.

        Raises:
            ClusterError: the scheduler has gone, no worker is left, or nothing can be written.
        """
        waiting = map(Task, batches)
        try:
            while True:
                self._hand_out(waiting)
                if not self._running:
                    return
                task, future = self._next()
                receipt = self._outcome(task, future)
                if receipt:
                    yield task.batch, receipt
        finally:
            with suppress(Exception):  # the cluster may have gone
                self._client.cancel([future for _, future in self._running.values()], force=True)

    def _hand_out(self, waiting: Iterator[Task]) -> None:
        room = max(1, self._ahead * sum(self._client.nthreads().values()))
        while len(self._running) < room:
            task = self._again.popleft() if self._again else next(waiting, None)
            if task is None:
                return
            self._count += 1
            key = f"miner-{self._run.name}-{task.batch.number}-{self._count}"
            future = self._client.submit(do, task, self._run, key=key, pure=False)
            self._running[key] = task, future
            future.add_done_callback(lambda future: self._done.put(future.key))

    def _next(self) -> tuple[Task, Future]:
        while True:
            try:
                return self._running.pop(self._done.get(timeout=PATIENCE))
            except queue.Empty:
                if not self._client.nthreads():
                    raise ClusterError("no worker is left; start some, and go on with --resume") from None

    def _outcome(self, task: Task, future: Future) -> Receipt | None:
        """Take the result of a task; see to it that what failed is done again, or apart."""
        if future.cancelled():
            raise ClusterError("the scheduler has gone; go on with --resume")
        error = future.exception()
        if error is None:
            receipt: Receipt | None = future.result()
            if receipt is None:
                self._close(task)
            return receipt
        if isinstance(error, KilledWorker):
            self._ended(task._replace(tries=task.tries + error.allowed_failures + 1))
        elif isinstance(error, ClusterError) or task.tries + 1 >= TRIES:
            cause = f" ({error.__cause__})" if error.__cause__ else ""
            raise ClusterError(f"a batch failed: {error}{cause}; mend it, and go on with --resume") from error
        else:
            self._again.append(task._replace(tries=task.tries + 1))
        return None

    def _ended(self, task: Task) -> None:
        """See what to do with a task that ended its worker, or was only there when it ended."""
        number, files = task.batch.number, task.files
        if not files and task.tries < TRIES - 1:
            self._again.append(task)
        elif not files and number in self._hunts:
            self._again.append(Task(_given_up(task)))
        elif not files:
            self._hunts[number] = _Hunt(task.batch)
            self._ended(task._replace(files=task.batch.files))
        elif len(files) > 1:
            half = len(files) // 2
            self._hunts[number].open += 1
            self._again.extend([Task(task.batch, files[:half]), Task(task.batch, files[half:])])
        elif task.tries < TRIES:
            self._again.append(task)
        else:
            error = f"left out: reading it ended its worker {task.tries} times, as where memory runs out; split it, or report this"
            self._hunts[number].found.append(Reject(files[0].source, error, task.tries))
            self._close(task)

    def _close(self, task: Task) -> None:
        """End a trial; after the last one, have the batch written without what was found."""
        hunt = self._hunts[task.batch.number]
        hunt.open -= 1
        if not hunt.open:
            self._again.append(Task(hunt.batch._replace(rejects=tuple(hunt.found))))


def _given_up(task: Task) -> Batch:
    """Return a batch of which nothing is read: it ends its workers though each file alone does not."""
    error = "left out: its batch ended its worker, though it can be read alone; give workers more memory, or make smaller parts"
    aside = {reject.document for reject in task.batch.rejects}
    more = (Reject(file.source, error, task.tries) for file in task.batch.files if file.source not in aside)
    return task.batch._replace(rejects=(*task.batch.rejects, *more))


def dispatch(
    client: Client, batches: Sequence[Batch], orders: Orders, folder: Folder, *, resume: bool, ahead: int
) -> Iterator[tuple[Batch, Receipt]]:
    """Have batches read and written by the workers of a cluster; yield each with its receipt, as they are done.

    Raises:
        ClusterError: the cluster cannot be used or has gone, or nothing can be written.
    """
    run = Run(uuid4().hex, orders, folder.url, state(), resume)
    smallest = min((file for batch in batches for file in batch.files), key=lambda file: file.size, default=None)
    blind = {worker: told for worker, told in client.run(sees, folder.url, smallest, on_error="return").items() if told}
    if blind:
        worker, told = min(blind.items())
        raise ClusterError(f"the worker {worker} cannot read or write there: {told}; name places that all workers see")
    plugin = Words(run.name, lexicon.own_entries())
    client.register_plugin(plugin)
    try:
        yield from Dispatcher(client, run, ahead=ahead).receipts(batches)
    finally:
        with suppress(Exception):  # the cluster may have gone
            client.unregister_worker_plugin(plugin.name)
