"""Why a text is read as it is: the rules and lexicon entries behind every figure, and behind what is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from miner.documents import Document
from miner.reading import read

if TYPE_CHECKING:
    import datetime as dt

    from miner.schema import Reading, Rejection


@dataclass(frozen=True, slots=True)
class Explanation:
    """A text, its figures with their reasons, and the numbers in it that state no figure."""

    text: str
    readings: tuple[Reading, ...]
    rejections: tuple[Rejection, ...]


def explain(text: str, *, date: dt.date | None = None) -> Explanation:
    """Read ``text`` and keep the reasons.

    Args:
        text: a clause, a sentence or a whole article.
        date: the day that 去年 or 截至目前 is said on.

    Example:
        >>> explanation = explain("按照第五条,园区有企业66家。")
        >>> [reading.observation.text for reading in explanation.readings]
        ['66家']
        >>> [rejection.rule for rejection in explanation.rejections]
        ['an ordinal']
    """
    readings, rejections = read(Document("", text), date)
    return Explanation(text, tuple(readings), tuple(rejections))
