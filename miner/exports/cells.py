"""What the formats share: how a value stands in a cell, and names for sheets and views."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from miner.schema import COLUMNS

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

# What a spreadsheet takes for a formula; apostrophes before it are counted in, so that taking one off is exact.
FORMULA = re.compile(r"'*[=+\-@\x00-\x1f\x7f]")

EXACT_DIGITS = 15
"""A number of so many digits goes through a double, and through a spreadsheet, and comes back as it was."""


@dataclass(frozen=True, slots=True)
class Style:
    """What people ask for: the headings of the columns, and the file that each source leads to."""

    headings: tuple[str, ...] = COLUMNS
    links: Mapping[str, str | os.PathLike[str]] = field(default_factory=dict)


def guarded(value: object) -> str:
    """Return a value as a cell of CSV: exact numbers, and texts that no spreadsheet takes for a formula.

    Example:
        >>> guarded("=SUM(A1)"), guarded(Decimal("139.70")), guarded(None)
        ("'=SUM(A1)", '139.70', '')
    """
    if isinstance(value, str):  # first what most cells hold, then what most of those begin with: no ASCII
        return value if value >= "\x80" or not FORMULA.match(value) else f"'{value}"
    if value is None:
        return ""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def fits_double(value: Decimal) -> bool:
    """Tell whether a double gives this number back: it has no more than `EXACT_DIGITS` and is not beyond all measure.

    Example:
        >>> [fits_double(Decimal(number)) for number in ("139.7", "13970000000", "1E+30", "1234567890123456.7")]
        [True, True, True, False]
    """
    digits = "".join(map(str, value.as_tuple().digits)).strip("0")
    return len(digits) <= EXACT_DIGITS and abs(value.adjusted()) < 300


def encodable(text: str) -> str:
    r"""Return a text that UTF-8 can hold: a lone surrogate, of a file name in another encoding, is spelled out.

    Example:
        >>> print(encodable("a\udc80"))
        a\udc80
    """
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def distinct(name: str, taken: set[str], longest: int) -> str:
    """Return ``name`` cut to ``longest`` UTF-16 units, with a number after it where it is taken; take it.

    Example:
        >>> taken: set[str] = set()
        >>> distinct("Park", taken, 31), distinct("PARK", taken, 31), distinct("天津港综合保税区", taken, 4)
        ('Park', 'PARK (2)', '天津港综')
    """
    n, mark = 1, ""
    while (found := _cut(name, longest - len(mark)) + mark).casefold() in taken:
        n += 1
        mark = f" ({n})"
    taken.add(found.casefold())
    return found


def _cut(text: str, longest: int) -> str:
    return text.encode("utf-16-le")[: 2 * longest].decode("utf-16-le", "ignore")
