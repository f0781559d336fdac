"""Why a text is read as it is: the rules and lexicon entries behind every figure, and behind what is none."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from miner.documents import Document
from miner.numbers import find_numbers
from miner.reading import read
from miner.schema import Reason
from miner.text import fold

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
    return Explanation(text, tuple(map(_witnessed, readings)), tuple(rejections))


_WHOLE = re.compile(r"(?<![点分])[零一二两三四五六七八九十百千万亿]{2,}(?![点分之])")
_LARGEST = 2**53  # cn2an counts in floats: beyond this it loses digits


def _witnessed(reading: Reading) -> Reading:
    """Add what cn2an, a library of its own, makes of a whole number in Chinese numerals: a second opinion."""
    numeral = _WHOLE.search(fold(reading.observation.text))
    ours = find_numbers(numeral[0]) if numeral else []
    if numeral is None or len(ours) != 1 or ours[0].value >= _LARGEST:
        return reading
    import cn2an  # noqa: PLC0415 - 0.2 s that only an explanation should cost

    try:
        theirs = cn2an.cn2an(numeral[0], "normal")
    except (ValueError, KeyError):
        return reading  # it refuses some of what people write (三五百, 十余)
    rule = f"cn2an reads {theirs}" + (" as well" if theirs == ours[0].value else f", not {ours[0].value}")
    return replace(reading, reasons=(*reading.reasons, Reason("value", rule, numeral[0])))
