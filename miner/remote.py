"""What a worker of a Dask cluster does: it tells what it is, keeps the user's words, and reads and writes batches."""

from __future__ import annotations

import platform
import threading
from collections import deque
from concurrent import futures
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from distributed import WorkerPlugin

from miner import lexicon
from miner.manifest import program
from miner.parts import UNFINISHED, Batch, ClusterError, Orders, Read, Receipt, kept, write
from miner.schema import Mined, Problem
from miner.stores import Folder
from miner.workers import TRIES, Done, How, read_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from miner.files import Input
    from miner.lexicon import Entry

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


def check(states: Mapping[str, State | BaseException], here: State) -> None:
    """Compare the states of workers with the one that is wanted.

    Raises:
        ClusterError: a worker is of another state, or could not tell its own.
    """
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
    check({"that was given a batch": state()}, run.state)
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
                results = list(read_all([file], how, 1))
            except Exception as error:  # noqa: BLE001 - whatever one document does must not lose the others
                fault = Problem(file.source, f"left out: a fault of this program ({error!r}); please report it")
                results = [fault, Done(file.source, file.size, "")]
            told = [result for result in results if isinstance(result, Mined | Problem)]
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


def sees(folder: str, file: Input | None) -> str:
    """Return why this machine cannot work in ``folder`` or read ``file``, blank where it can."""
    try:
        if Folder(folder).read(UNFINISHED) is None:
            return f"{folder} is another folder there, or none"
    except OSError as error:
        return f"{folder}: {error}"
    loaded = file.load() if file else None
    return str(loaded) if isinstance(loaded, Problem) else ""
