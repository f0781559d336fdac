"""The whole line for documents: document -> readings -> observations."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from miner.datelines import own_reference
from miner.documents import Document
from miner.files import warn
from miner.places.parks import asked_for
from miner.reading import read
from miner.schema import fault
from miner.text import fold, simplify

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from miner.files import OnProblem
    from miner.schema import Observation, Reading, Rejection


class Read(NamedTuple):
    """A document with its readings, and with the numbers in it that are no figures."""

    document: Document
    readings: list[Reading]
    rejections: list[Rejection]


def mine_documents(
    documents: Iterable[Document], *, date: dt.date | None = None, on_problem: OnProblem | None = None
) -> Iterator[Observation]:
    """Mine documents, one at a time; one that this program fails on is a `Problem`, and the others are mined.

    Example:
        >>> [figure.text for figure in mine_documents([Document("a.txt", "园区现有企业66家。")])]
        ['66家']
    """
    for _, readings, _ in read_each(documents, date=date, on_problem=on_problem, why=False):
        yield from (reading.observation for reading in readings)


def read_each(
    documents: Iterable[Document],
    *,
    date: dt.date | None = None,
    on_problem: OnProblem | None = None,
    why: bool = True,
) -> Iterator[Read]:
    """Read documents, one at a time: each with its readings and with the numbers in it that are no figures.

    Who wants no more than the rows asks not ``why``, and is given readings without reasons.

    Example:
        >>> for document, readings, rejections in read_each([Document("a.txt", "按照第五条,园区现有企业66家。")]):
        ...     print(document.source, readings[0].observation.text, rejections[0].rule)
        a.txt 66家 an ordinal
    """
    for document in documents:
        try:
            readings, rejections = read(document, date, why=why)
        except Exception as error:  # noqa: BLE001 - a fault met in one text must not lose the others
            (on_problem or warn)(fault(document.source, error, document.since))
        else:
            yield Read(document, readings, rejections)


def mine_document(document: Document, *, date: dt.date | None = None) -> list[Observation]:
    """Mine one document; return its observations in the order of the text."""
    readings, _ = read(document, date, why=False)
    return [reading.observation for reading in readings]


def date_of(document: Document) -> dt.date | None:
    r"""Return the day that a document bears, None where it bears none.

    Example:
        >>> date_of(Document("a.txt", "园区动态\n发布时间:2024-03-31\n园区有企业66家。"))
        datetime.date(2024, 3, 31)
    """
    return own_reference(fold(document.frame), of_file=document.date).date


def mine_text(text: str, *, date: dt.date | None = None, source: str = "") -> list[Observation]:
    """Mine a text; ``source`` is the name that its rows bear.

    Example:
        >>> [figure.text for figure in mine_text("园区现有企业66家,党员478名。")]
        ['66家', '478名']
    """
    return mine_document(Document(source, text), date=date)


def select(
    observations: Iterable[Observation],
    *,
    parks: Iterable[str] = (),
    indicators: Iterable[str] = (),
    measures: Iterable[str] = (),
) -> Iterator[Observation]:
    """Yield the observations that hold one of the words asked for, in each column that is asked about.

    Args:
        observations: what to choose from.
        parks: parts of the park's name, in full or in short (综保区), in either script.
        indicators: parts of the indicator.
        measures: whole measures, such as ``"growth"``.

    Example:
        >>> figures = mine_text("园区有企业66家,党员478名。")
        >>> [figure.text for figure in select(figures, indicators=["黨員"])]
        ['478名']
    """
    parks = tuple(form for word in parks for form in asked_for(simplify(word)))
    indicators = tuple(map(simplify, indicators))
    measures = frozenset(measures)
    for row in observations:
        if (
            (not parks or any(word in row.park for word in parks))
            and (not indicators or any(word in row.indicator for word in indicators))
            and (not measures or row.measure in measures)
        ):
            yield row
