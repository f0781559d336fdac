"""`Span`: a half-open stretch of code points in the decoded file."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


class Span(NamedTuple):
    """A half-open stretch ``[start, end)`` of code points.

    Example:
        >>> Span(2, 5).of("党员478人")
        '478'
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters of ``text`` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share a character.

        Example:
            >>> Span(0, 3).overlaps(Span(3, 5))
            False
        """
        return self.start < other.end and other.start < self.end

    def shifted(self, by: int) -> Span:
        """Return the span moved ``by`` code points."""
        return Span(self.start + by, self.end + by)


as_span: Callable[[tuple[int, int]], Span] = partial(tuple.__new__, Span)
"""Return the span of a pair, ``as_span(match.span())``: in half the time of `Span`, where thousands are made."""

_LINE = re.compile(r"[^\r\n]+")


def lines(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    r"""Return the lines of a stretch of text that hold anything, without their ends.

    Example:
        >>> lines("招商\n\n引进")
        [Span(start=0, end=2), Span(start=4, end=6)]
    """
    return [as_span(match.span()) for match in _LINE.finditer(text, start, len(text) if end is None else end)]
