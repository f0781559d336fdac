"""How fast a run is, and where its time goes: the stages of a real run, beside a bare regular expression and peers.

Time is that of the processor, so that other programs on the machine count for little. The stages are measured in the run
itself: each function that a stage enters by is wrapped for the time of the run, and what it spends in the functions of
other stages is theirs.
"""

from __future__ import annotations

import logging
import os
import re
import sys
import warnings
from collections import defaultdict
from contextlib import ExitStack, contextmanager, redirect_stdout
from dataclasses import dataclass
from importlib import import_module
from time import process_time
from typing import TYPE_CHECKING, Final, ParamSpec, TypeVar, cast
from unittest.mock import patch

from miner.documents import Document
from miner.exports import export
from miner.files import read_documents
from miner.lexicon import any_of, built_in, names, spellings
from miner.pipeline import mine_documents, mine_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from miner.files import OnProblem, Paths

_P = ParamSpec("_P")
_T = TypeVar("_T")

STAGES: Final = {
    "unwrap": "joining wrapped lines",
    "unspaced": "leaving out spaces",
    "open_page": "surveying the document",
    "read_block": "quantities, periods, places",
    "measure": "measures",
    "names": "indicators",
    "period_of": "when",
    "place_of": "where",
    "subject_of": "whom",
    "basis_for": "when",
    "reading": "rows",
}
"""The functions by which `miner.reading` enters its stages."""


@dataclass(frozen=True, slots=True)
class Peer:
    """What another program takes for the same texts, in seconds, and how much it finds of what."""

    name: str
    seconds: float
    found: int
    what: str


@dataclass(frozen=True, slots=True)
class Bench:
    """What a run took. Times are seconds of processor time; ``size`` is of the texts, in bytes of UTF-8.

    ``loading`` is spent once, before the first text; ``seconds`` is the rest of the run, ``stages`` what each took of
    it. ``memory`` is the most that the process held, in bytes, 0 where the system does not tell.
    """

    files: int
    size: int
    figures: int
    loading: float
    seconds: float
    stages: dict[str, float]
    memory: int
    expression: Peer
    peers: tuple[Peer, ...] = ()


class _Clock:
    """Gives the time that passes to one stage at a time."""

    def __init__(self, stage: str) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)
        self.stage, self.since = stage, process_time()

    def turn(self, stage: str) -> str:
        """Go over to a stage; return the one before."""
        now = process_time()
        self.spent[self.stage] += now - self.since
        before, self.stage, self.since = self.stage, stage, now
        return before

    def timed(self, stage: str, function: Callable[_P, _T]) -> Callable[_P, _T]:
        """Return a function whose time is the stage's."""

        def run(*args: _P.args, **options: _P.kwargs) -> _T:
            before = self.turn(stage)
            try:
                return function(*args, **options)
            finally:
                self.turn(before)

        return run

    def coming(self, stage: str, items: Iterable[_T]) -> Iterator[_T]:
        """Pass items on; the time until each of them comes is the stage's."""
        rest, end = iter(items), object()
        step = self.timed(stage, lambda: next(rest, end))
        while (item := step()) is not end:
            yield cast("_T", item)


def bench(paths: Paths = (), *, peers: bool = False, on_problem: OnProblem | None = None) -> Bench:
    """Mine files once, by one process, into a CSV that goes nowhere; say what it took.

    Args:
        paths: as `read_documents` takes them; without any, the examples of the lexicons are mined.
        peers: whether other programs, those that are installed, are run over the same texts.
        on_problem: called with each `Problem`; without it, problems are warnings.

    Example:
        >>> found = bench("seeds/")
        >>> found.files, found.figures, abs(sum(found.stages.values()) - found.seconds) < 0.001
        (5, 112, True)
    """
    began = process_time()
    mine_text("2023年园区现有企业66家,同比增长10%。")
    loading = process_time() - began
    texts: list[str] = []
    with _run() as clock, open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123 - no path
        documents = clock.coming("reading files", _documents(paths, on_problem))
        rows = mine_documents(_kept(documents, texts), on_problem=on_problem)
        figures = export(clock.coming("joining what was found", rows), nowhere, "csv")
    memory = _memory()
    stages = dict(clock.spent)
    expression = _peer("a regular expression", "numbers with a unit", _expression, texts)
    others = tuple(filter(None, (_installed(*peer, texts) for peer in _PEERS))) if peers else ()
    size = sum(len(text.encode("utf-8", "surrogatepass")) for text in texts)
    return Bench(len(texts), size, figures, loading, sum(stages.values()), stages, memory, expression, others)


@contextmanager
def _run() -> Iterator[_Clock]:
    clock = _Clock("writing CSV")
    reading = import_module("miner.reading")
    with ExitStack() as stack:
        for name, stage in STAGES.items():
            stack.enter_context(patch.object(reading, name, clock.timed(stage, getattr(reading, name))))
        yield clock
        clock.turn("")


def _documents(paths: Paths, on_problem: OnProblem | None) -> Iterable[Document]:
    if paths:
        return read_documents(paths, on_problem=on_problem)
    entries = {name: built_in(name) for name in names()}
    return [
        Document(name, "\n".join(example.replace("|", "") for entry in found for example in entry.examples))
        for name, found in entries.items()
    ]


def _kept(documents: Iterable[Document], texts: list[str]) -> Iterator[Document]:
    for document in documents:
        texts.append(document.text)
        yield document


def _memory() -> int:
    try:
        from resource import RUSAGE_SELF, getrusage  # noqa: PLC0415 - not on every system
    except ImportError:
        return 0
    return getrusage(RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _expression() -> Callable[[str], int]:
    """Numbers in digits or words with a unit, and no thought of what they count."""
    number = r"(?:\d[\d,]*(?:\.\d+)?|[〇零一二两三四五六七八九十百千]+)[十百千万亿]*"
    pattern = re.compile(f"{number}(?:{any_of(spellings('units'))})")
    return lambda text: len(pattern.findall(text))


def _recognizers() -> Callable[[str], int]:
    from recognizers_number import recognize_number  # noqa: PLC0415 - an extra
    from recognizers_text import Culture  # noqa: PLC0415 - likewise

    return lambda text: len(recognize_number(text, Culture.Chinese))


def _jionlp() -> Callable[[str], int]:
    import jionlp  # noqa: PLC0415 - an extra

    return lambda text: len(jionlp.ner.extract_money(text)) + len(jionlp.ner.extract_time(text))


def _cn2an() -> Callable[[str], int]:
    import cn2an  # noqa: PLC0415 - loads a table

    return lambda text: sum(old != new for old, new in zip(text, cn2an.transform(text, "cn2an"), strict=False))


def _jieba() -> Callable[[str], int]:
    import jieba  # noqa: PLC0415 - loads the dictionary

    jieba.setLogLevel(60)
    return lambda text: len(jieba.lcut(text))


_PEERS: Final[tuple[tuple[str, str, Callable[[], Callable[[str], int]]], ...]] = (
    ("Recognizers-Text", "numbers", _recognizers),
    ("JioNLP", "amounts of money and times", _jionlp),
    ("cn2an", "characters changed", _cn2an),
    ("jieba", "words", _jieba),
)


def _installed(name: str, what: str, make: Callable[[], Callable[[str], int]], texts: list[str]) -> Peer | None:
    try:
        return _peer(name, what, make, texts)
    except ImportError:
        return None


def _peer(name: str, what: str, make: Callable[[], Callable[[str], int]], texts: list[str]) -> Peer:
    with redirect_stdout(sys.stderr), warnings.catch_warnings(action="ignore"):  # one greets, others complain of texts
        count = make()
        logging.disable()
        count("2023年园区现有企业66家,同比增长10%。")  # loads what it needs
        began = process_time()
        found = sum(count(line) for text in texts for line in text.splitlines())
        seconds = process_time() - began
        logging.disable(logging.NOTSET)
    return Peer(name, seconds, found, what)
