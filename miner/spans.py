"""`Span`: a half-open stretch of code points in the decoded file."""

from __future__ import annotations

from typing import NamedTuple


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

    def covers(self, other: Span) -> bool:
        """Tell whether every character of ``other`` is in this span."""
        return self.start <= other.start and other.end <= self.end

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
