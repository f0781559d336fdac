"""Batches -> receipts on a cluster of Dask: plain futures, each a batch that a worker reads and writes.

A worker that ends, killed by the system or with its machine, loses nothing: its batch is done again by another. Where a batch
ends its worker twice, its files are tried apart, by halves, until those that do it are found; each is set aside after
three tries, and the batch is written without them. Its part is the same as if no worker had ended.
"""

from __future__ import annotations

import asyncio
import platform
import queue
import threading
from collections import deque
from concurrent import futures
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias
from uuid import uuid4

from distributed import Client, Future, KilledWorker, Security, WorkerPlugin
from distributed.comm import connect

from miner import lexicon
from miner.manifest import program
from miner.parts import UNFINISHED, Batch, ClusterError, Orders, Read, Receipt, Reject, kept, write
from miner.schema import Problem
from miner.stores import Folder
from miner.workers import TRIES, Done, How

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from miner.files import Input
    from miner.lexicon import Entry

PATIENCE: Final = 60
"""Seconds to wait for a scheduler, for a first worker, and for another where none is left."""

_LIBRARIES = ("distributed", "jieba", "rjieba", "lxml", "openpyxl", "pyarrow", "pypdfium2", "s3fs")
_AHEAD, _SMALL = 16, 1 << 20

State: TypeAlias = dict[str, str]


@cache
def state() -> State:
    """Return what must be the same on every machine for the same rows and bytes: this program and its libraries."""
    found = {"Python": ".".join(platform.python_version_tuple()[:2])}
    for library in ("miner", *_LIBRARIES):
        try:
            found[library] = version(library)
        except PackageNotFoundError:
            found[library] = "none"
    return found | {"miner": f"{found['miner']} ({program()[:8]})"}


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
        _check(client.run(state, on_error="return"), state())
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
            dashboard_address=None,
            local_directory=scratch,
            silence_logs=logging.CRITICAL,
        ) as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        yield client


def _check(states: Mapping[str, State | BaseException], here: State) -> None:
    for worker, there in sorted(states.items()):
        if not isinstance(there, dict):
            what = f"the worker {worker} has no miner, or an older one ({there})"
            raise ClusterError(f'{what}; install there: pip install "miner[cluster]", of this version')
        other = [
            f"{name} {there.get(name, 'none')}, here {here[name]}" for name in here if there.get(name) != here[name]
        ]
        if other:
            raise ClusterError(
                f"the worker {worker} is of another state: {'; '.join(other)}; install the same everywhere"
            )


_words: dict[str, dict[str, tuple[Entry, ...]]] = {}  # on a worker: of each run, the words that it was sent
_reading = threading.Lock()  # the words in use are the process's


class Words(WorkerPlugin):  # type: ignore[misc]  # distributed is typed in part only
    """Takes the user's own words to each worker, once, also to those that come later."""

    def __init__(self, run: str, own: dict[str, tuple[Entry, ...]]) -> None:
        """Take the words of a run."""
        self.name = f"miner-words-{run}"
        self._run, self._own = run, own

    def setup(self, worker: object) -> None:  # noqa: ARG002 - as it is called
        """Keep the words where batches are read."""
        _words[self._run] = self._own

    def teardown(self, worker: object) -> None:  # noqa: ARG002 - as it is called
        """Forget them when the run is over."""
        _words.pop(self._run, None)


class Task(NamedTuple):
    """What a worker is to do: write a batch, or only read some files of it, to see whether they can be."""

    batch: Batch
    files: tuple[Input, ...] = ()
    tries: int = 0


class Run(NamedTuple):
    """What all tasks of a run share; its name is like no other's, as several may use one cluster."""

    name: str
    orders: Orders
    folder: str
    state: State
    resume: bool


def do(task: Task, run: Run) -> Receipt | None:
    """Do a task, on a worker; return the receipt of a batch that was written.

    Raises:
        ClusterError: this worker is not as the one that sent the task.
        OSError: a part cannot be written.
    """
    _check({"that was given a batch": state()}, run.state)
    with _reading:
        if lexicon.own_entries() != _words[run.name]:
            lexicon.put_before(_words[run.name])
        if task.files:
            for _ in read_each(task.files, run.orders.how):
                pass
            return None
        folder = Folder(run.folder)
        done = kept(task.batch, run.orders, folder) if run.resume else None
        aside = {reject.document for reject in task.batch.rejects}
        files = [file for file in task.batch.files if file.source not in aside]
        return done or write(task.batch, run.orders, folder, read_each(files, run.orders.how))


def read_each(files: Iterable[Input], how: How) -> Iterator[Read]:
    """Read files; one of which there is only a problem, or that is a fault of this program, is read again, up to three times."""
    for file in _fetched(files):
        for tries in range(1, TRIES + 1):
            try:
                results = list(how.results(file))
            except Exception as error:  # noqa: BLE001 - whatever one document does must not lose the others
                fault = Problem(file.source, f"left out: a fault of this program ({error!r}); please report it")
                results = [fault, Done(file.source, file.size, "")]
            told = [result for result in results if not isinstance(result, Done)]
            failed = bool(told) and all(isinstance(result, Problem) and result.fatal for result in told)
            if not failed or tries == TRIES:
                yield results, tries
                break


def _fetched(files: Iterable[Input]) -> Iterator[Input]:
    """Return files in their order with their bytes, some read ahead: a store takes longer to answer than a disk."""
    pending: deque[futures.Future[Input]] = deque()
    with futures.ThreadPoolExecutor(_AHEAD) as threads:
        for file in files:
            pending.append(threads.submit(_fetch, file))
            if len(pending) > _AHEAD:
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()


def _fetch(file: Input) -> Input:
    if file.path is None or file.size > _SMALL:
        return file
    try:
        return file._replace(path=None, held=file.path.read_bytes())
    except OSError:
        return file  # it is tried again where the problem is told


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


def sees(folder: str, file: Input | None) -> str:
    """Return why this machine cannot work in ``folder`` or read ``file``, blank where it can."""
    try:
        if Folder(folder).read(UNFINISHED) is None:
            return f"{folder} is another folder there, or none"
    except OSError as error:
        return f"{folder}: {error}"
    loaded = file.load() if file else None
    return str(loaded) if isinstance(loaded, Problem) else ""
