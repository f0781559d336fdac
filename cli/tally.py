"""What a run over files has seen so far, and the line that says so at its end."""

import datetime as dt
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import TypeVar

import typer

import miner

from .options import LEFT_OUT, Inputs, complain

Read = TypeVar("Read")


@dataclass
class Tally:
    """What a run has seen so far."""

    files: int = 0
    left_out: int = 0
    figures: int = 0
    parks: set[str] = field(default_factory=set)
    parks_read: set[str] = field(default_factory=set)
    dates: dict[str, dt.date | None] | None = None
    """The day of each document, where the run needs it and gives a place for it."""

    began: float = field(default_factory=time.perf_counter)

    def note(self, problem: miner.Problem) -> None:
        """Name a problem to the user and remember whether an input is missing."""
        self.left_out += problem.fatal
        complain(str(problem))

    def mined(
        self,
        inputs: Inputs,
        *,
        date: dt.date | None,
        jobs: int | None,
        on_read: "miner.OnRead | None" = None,
        resume: str | None = None,
    ) -> Iterator[miner.Observation]:
        """Return the rows of what is to be read; end the run where there is nothing to read."""
        texts = miner.mine_files(
            inputs.paths,
            jobs=jobs,
            date=date,
            name=inputs.name,
            encoding=inputs.encoding,
            limits=inputs.limits,
            dated=self.dates is not None,
            on_problem=self.note,
            on_read=on_read,
            resume=resume,
        )
        return self._rows(_some(texts))

    def read(
        self, inputs: Inputs, *, date: dt.date | None, jobs: int | None, on_read: "miner.OnRead | None" = None
    ) -> "Iterator[miner.Read]":
        """Return the documents with what is read of them, counted; end the run where there is nothing to read."""
        texts = miner.read_files(
            inputs.paths,
            jobs=jobs,
            date=date,
            name=inputs.name,
            encoding=inputs.encoding,
            limits=inputs.limits,
            on_problem=self.note,
            on_read=on_read,
        )
        for text in _some(texts):
            self.files += 1
            yield text

    def _rows(self, texts: Iterable[miner.Mined]) -> Iterator[miner.Observation]:
        """Pass on every row that was read; the texts counted, the parks remembered."""
        for text in texts:
            self.files += not text.more
            if self.dates is not None:
                self.dates[text.source] = text.date
            for row in text.rows:
                self.parks_read.add(row.park)
                yield row

    def count(self, rows: Iterable[miner.Observation]) -> Iterator[miner.Observation]:
        """Pass the rows on, counted."""
        for row in rows:
            self.figures += 1
            self.parks.add(row.park)
            yield row

    def summary(self) -> str:
        """Return what the run did, in one line."""
        counts = ((self.files, "file"), (len(self.parks), "park"), (self.figures, "figure"))
        counted = ", ".join(f"{n:,} {noun}{'' if n == 1 else 's'}" for n, noun in counts)
        return f"{counted} in {time.perf_counter() - self.began:.1f} s"


def _some(read: Iterator[Read]) -> Iterator[Read]:
    """Return what there is to be read; end the run where there is nothing."""
    for first in read:
        return chain([first], read)
    complain("nothing to read; nothing was printed or written.")
    raise typer.Exit(LEFT_OUT)
