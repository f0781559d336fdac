"""What a run over files has seen so far, and the line that says so at its end."""

import datetime as dt
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

import typer

import miner

from .options import LEFT_OUT, Inputs, complain


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
        self, inputs: Inputs, *, date: dt.date | None, on_read: Callable[[str, int], None] | None = None
    ) -> Iterator[miner.Observation]:
        """Return the rows of what is to be read; end the run where there is nothing to read."""
        texts = self.texts(inputs, on_read=on_read)
        return self.read(miner.mine_documents(texts, date=date, on_problem=self.note))

    def texts(self, inputs: Inputs, *, on_read: Callable[[str, int], None] | None = None) -> Iterator[miner.Document]:
        """Return the documents to be read, counted; end the run where there is nothing to read."""
        documents = miner.read_documents(
            inputs.paths, name=inputs.name, encoding=inputs.encoding, on_problem=self.note, on_read=on_read
        )
        first = next(documents, None)
        if first is None:
            complain("nothing to read; nothing was printed or written.")
            raise typer.Exit(LEFT_OUT)
        return self.opened(chain([first], documents))

    def opened(self, documents: Iterable[miner.Document]) -> Iterator[miner.Document]:
        """Pass the documents on, counted."""
        for document in documents:
            self.files += 1
            if self.dates is not None:
                self.dates[document.source] = miner.date_of(document)
            yield document

    def read(self, rows: Iterable[miner.Observation]) -> Iterator[miner.Observation]:
        """Pass on every row that was read, its park remembered."""
        for row in rows:
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
