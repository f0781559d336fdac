"""Files -> what was read of them, by one process or several, in the order of the files.

A worker is a Python process of its own that takes batches of files on its standard input and answers on its standard
output. One that is killed is replaced and its batch is done again; a file that ends its worker each time is a
`Problem`. A thread waits for each worker, so that there is nothing here but calls that block.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from miner.documents import Document
from miner.lexicon import own_entries, put_before
from miner.limits import LIMITS, Limits
from miner.pipeline import date_of, read_each
from miner.readers import read_file
from miner.schema import Mined, Problem

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence
    from concurrent.futures import Future

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


Result: TypeAlias = Mined | Problem | Done


@dataclass(frozen=True, slots=True)
class How:
    """How files are read: the day that overrides their own, the encoding of texts, whether the days are told, the limits."""

    date: dt.date | None = None
    encoding: str = ""
    dated: bool = False
    limits: Limits = LIMITS

    def results(self, file: Input) -> Iterator[Result]:
        """Read a file, unless what it holds is known."""
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

    def _mined(self, document: Document) -> Iterator[Result]:
        problems: list[Problem] = []
        for _, readings, _ in read_each([document], date=self.date, on_problem=problems.append):
            rows = tuple(reading.observation for reading in readings)
            yield Mined(document.source, rows, date_of(document) if self.dated else None)
        yield from problems


def read_all(files: Sequence[Input], how: How, jobs: int) -> Iterator[Result]:
    """Read files, ``jobs`` at a time; the results come in the order of the files, whoever is done first."""
    batches = list(_batches(files)) if jobs > 1 else []
    if len(batches) < 2:
        for file in files:
            yield from how.results(file)
        return
    crew = _Crew(how)
    threads = ThreadPoolExecutor(min(jobs, len(batches)))
    pending: deque[tuple[int, Future[list[Result]]]] = deque()
    try:
        for batch in batches:
            size = sum(file.size for file in batch)
            while len(pending) >= jobs and (
                len(pending) >= AHEAD * jobs or sum(held for held, _ in pending) + size > AHEAD * jobs * BATCH_BYTES
            ):
                yield from pending.popleft()[1].result()
            pending.append((size, threads.submit(crew.read, batch)))
        while pending:
            yield from pending.popleft()[1].result()
    finally:
        crew.dismiss()
        threads.shutdown(cancel_futures=True)
        crew.bury()


def _batches(files: Iterable[Input]) -> Iterator[list[Input]]:
    batch: list[Input] = []
    size = 0
    for file in files:
        if batch and (size + file.size > BATCH_BYTES or len(batch) == BATCH_FILES):
            yield batch
            batch, size = [], 0
        batch.append(file)
        size += file.size
    if batch:
        yield batch


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

    def read(self, batch: list[Input]) -> list[Result]:
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
        fault = f"left out: reading it ended the process {TRIES} times ({how}); split it, or report this"
        return [Problem(batch[0].source, fault), Done(batch[0].source, batch[0].size, "")]

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

    def ask(self, batch: list[Input]) -> list[Result]:
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
            pickle.dump([result for file in batch for result in how.results(file)], answers)
            answers.flush()
