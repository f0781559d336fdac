"""Files -> what was read of them, by one process or several, in the order of the files.

A worker is a Python process of its own that takes batches of files, or chunks of a big one, on its standard input and
answers on its standard output. One that is killed is replaced and its batch is done again; a file that ends its worker each time is a
`Problem`. A thread waits for each worker, so that there is nothing here but calls that block.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from miner.chunks import Chunk, chunks, is_cut, look_through
from miner.decoding import NotText
from miner.documents import Document
from miner.files import unreadable
from miner.lexicon import own_entries, put_before
from miner.limits import LIMITS, Limits
from miner.pipeline import Read, date_of, read_each
from miner.readers import read_file
from miner.schema import Mined, Problem

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from miner.files import Input

BATCH_BYTES: Final = 1 << 18  # a fraction of a second of work
BATCH_FILES: Final = 256
AHEAD: Final = 4  # batches for each worker, of full size, that are done or under way before the first is given out
TRIES: Final = 3


@dataclass(frozen=True, slots=True)
class Done:
    """The end of a file, whose documents and problems come before it; the SHA-256 of the bytes that were read."""

    source: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Begun:
    """The beginning of the chunks of a file, with the SHA-256 of its bytes; the first ``kept`` of them are not read again."""

    source: str
    digest: str
    kept: int


@dataclass(frozen=True, slots=True)
class Progress:
    """So many bytes of a big file have been read; its `Done` comes later."""

    source: str
    read: int


Result: TypeAlias = Mined | Read | Problem | Begun | Progress | Done


@dataclass(frozen=True, slots=True)
class How:
    """How files are read: the day that overrides their own, the encoding of texts, whether the days are told, the limits.

    ``whole`` asks for the documents themselves with all that was read of them; then none is cut into chunks.
    """

    date: dt.date | None = None
    encoding: str = ""
    dated: bool = False
    whole: bool = False
    limits: Limits = LIMITS

    def results(self, file: Input | Chunk) -> Iterator[Result]:
        """Read a file, unless what it holds is known; or a chunk of one."""
        if isinstance(file, Chunk):
            yield from self._mined(file.document, more=file.more)
            yield Progress(file.source, file.read)
            return
        loaded = file.load(self.encoding, self.limits)
        if isinstance(loaded, Problem):
            yield loaded
            yield Done(file.source, file.size, "")
            return
        digest = hashlib.sha256(loaded.data).hexdigest()
        for read in read_file(loaded) if digest != file.known else ():
            if isinstance(read, Document):
                yield from self._mined(read)
            else:
                yield read
        yield Done(file.source, file.size, digest)

    def cut(self, file: Input) -> Iterator[Chunk | Result]:
        """Cut a big file into its chunks; with them come its problems, and its end."""
        try:
            scanned = look_through(file, self.encoding)
            kept = file.kept if scanned.digest == file.known else 0
            if kept or scanned.digest != file.known:
                if scanned.warning:
                    yield Problem(file.source, scanned.warning, fatal=False)
                yield Begun(file.source, scanned.digest, kept)
                yield from itertools.islice(chunks(file, scanned), kept, None)
        except NotText as error:
            yield Problem(file.source, f"left out: {error}")
        except OSError as error:
            yield unreadable(file.source, error)
        else:
            yield Done(file.source, file.size, scanned.digest)
            return
        yield Done(file.source, file.size, "")

    def _mined(self, document: Document, *, more: bool = False) -> Iterator[Result]:
        problems: list[Problem] = []
        for read in read_each([document], date=self.date, on_problem=problems.append, why=self.whole):
            if self.whole:
                yield read
            else:
                rows = tuple(reading.observation for reading in read.readings)
                yield Mined(document.source, rows, date_of(document) if self.dated else None, more)
        yield from problems


Batch: TypeAlias = "list[Input | Chunk]"


def read_all(files: Iterable[Input], how: How, jobs: int) -> Iterator[Result]:
    """Read files, ``jobs`` at a time; the results come in the order of the files, whoever is done first."""
    tasks = _tasks(files, how)
    first = list(itertools.islice(tasks, 2))
    if jobs == 1 or len(first) < 2:
        for task in itertools.chain(first, tasks):
            yield from _results(task, how) if isinstance(task, list) else [task]
        return
    crew = _Crew(how)
    threads = ThreadPoolExecutor(jobs)
    pending: deque[tuple[int, Future[list[Result]]]] = deque()
    try:
        for task in itertools.chain(first, tasks):
            size = sum(file.size for file in task) if isinstance(task, list) else 0
            while len(pending) >= jobs and (
                len(pending) >= AHEAD * jobs or sum(held for held, _ in pending) + size > AHEAD * jobs * BATCH_BYTES
            ):
                yield from pending.popleft()[1].result()
            pending.append((size, threads.submit(crew.read, task) if isinstance(task, list) else _done(task)))
        while pending:
            yield from pending.popleft()[1].result()
    finally:
        crew.dismiss()
        threads.shutdown(cancel_futures=True)
        crew.bury()


def _tasks(files: Iterable[Input], how: How) -> Iterator[Batch | Result]:
    """Yield batches of small files, the chunks of big ones each by itself, and what is known without reading."""
    batch: Batch = []
    size = 0
    for file in files:
        cut = not how.whole and is_cut(file)
        beyond = None if cut else file.beyond(how.limits)
        if batch and (cut or beyond or size + file.size > BATCH_BYTES or len(batch) == BATCH_FILES):
            yield batch
            batch, size = [], 0
        if cut:
            for part in how.cut(file):
                yield [part] if isinstance(part, Chunk) else part
        elif beyond:
            yield beyond
            yield Done(file.source, file.size, "")
        else:
            batch.append(file)
            size += file.size
    if batch:
        yield batch


def _results(batch: Sequence[Input | Chunk], how: How) -> Iterator[Result]:
    return (result for file in batch for result in how.results(file))


def _done(result: Result) -> Future[list[Result]]:
    """Return a result as the answer of a worker that has answered."""
    future: Future[list[Result]] = Future()
    future.set_result([result])
    return future


class _Ended(Exception):  # noqa: N818 - it is what happened to a worker
    """The process of a worker has ended."""


class _Crew:
    """The workers, as many as threads ask for one at a time."""

    def __init__(self, how: How) -> None:
        self.orders = (own_entries(), how)
        self.idle: deque[_Worker] = deque()
        self.all: set[_Worker] = set()
        self.lock = threading.Lock()
        self.dismissed = False

    def read(self, batch: Sequence[Input | Chunk]) -> list[Result]:
        """Have a batch read; where that ends three workers, each file by itself, to find the one that does it."""
        status = 0
        for _ in range(TRIES):
            worker = self._worker()
            try:
                results = worker.ask(batch)
            except _Ended:
                with self.lock:
                    self.all.discard(worker)
                status = worker.bury()
                if status > 0 and not worker.answered and not self.dismissed:
                    raise RuntimeError(
                        f"a process that was to read files ended at once, with status {status}"
                    ) from None
            else:
                self.idle.append(worker)
                return results
        if len(batch) > 1:
            return [result for file in batch for result in self.read([file])]
        how = f"signal {-status}, as where memory runs out" if status < 0 else f"status {status}"
        file = batch[0]
        fault = f"reading it ended the process {TRIES} times ({how}); split it, or report this"
        if isinstance(file, Chunk):
            return [Problem(file.source, f"left out{file.document.since}: {fault}"), Progress(file.source, file.read)]
        return [Problem(file.source, f"left out: {fault}"), Done(file.source, file.size, "")]

    def _worker(self) -> _Worker:
        with suppress(IndexError):
            return self.idle.pop()
        with self.lock:
            if self.dismissed:
                raise _Ended
            worker = _Worker(self.orders)
            self.all.add(worker)
        return worker

    def dismiss(self) -> None:
        """End every worker at once."""
        with self.lock:
            self.dismissed = True
            for worker in self.all:
                worker.process.kill()

    def bury(self) -> None:
        """Clear up after the workers, once no thread waits for them."""
        for worker in self.all:
            worker.bury()


class _Worker:
    """A process that reads batches of files. A session of its own keeps Ctrl-C, which is for the first process, from it."""

    def __init__(self, orders: tuple[Any, ...]) -> None:
        code = f"import sys; sys.path[:] = {sys.path!r}; from miner.workers import serve; serve()"
        self.process = subprocess.Popen(  # noqa: S603 - this very Python, and no text from outside
            [sys.executable, "-P", "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
        )
        self.orders = orders
        self.answered = False

    def ask(self, batch: Sequence[Input | Chunk]) -> list[Result]:
        """Have a batch read.

        Raises:
            _Ended: the process ends before it answers.
        """
        assert self.process.stdin  # noqa: S101 - for mypy: it is a pipe
        assert self.process.stdout  # noqa: S101 - likewise
        try:
            if not self.answered:
                pickle.dump(self.orders, self.process.stdin)
            pickle.dump(batch, self.process.stdin)
            self.process.stdin.flush()
            results: list[Result] = pickle.load(self.process.stdout)  # noqa: S301 - what our own process wrote
        except (EOFError, OSError, pickle.UnpicklingError):
            raise _Ended from None
        self.answered = True
        return results

    def bury(self) -> int:
        """End the process, where it has not ended, and its pipes; return its status, less than 0 for a signal."""
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(OSError):  # what it has not taken is lost
                if pipe:
                    pipe.close()
        return self.process.wait()


def serve() -> None:
    """Be a worker: read what standard input asks for until it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints must not come between answers
    with suppress(EOFError, BrokenPipeError):
        own, how = pickle.load(asked)  # noqa: S301 - what our own process wrote
        put_before(own)
        while True:
            batch = pickle.load(asked)  # noqa: S301 - likewise
            pickle.dump(list(_results(batch, how)), answers)
            answers.flush()
