"""`Span`: a half-open stretch of code points in the decoded file."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator


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


def matches_around(
    pattern: re.Pattern[str],
    core: re.Pattern[str],
    reach: int,
    text: str,
    start: int,
    end: int,
    apart: re.Pattern[str] | None = None,
) -> Iterator[re.Match[str]]:
    """Yield what ``pattern.finditer`` does, where each match holds one of ``core`` at most ``reach`` code points after its start.

    A pattern that may open with almost any character is tried at every one, about 500 ns each; a core that opens with
    a few literal characters is looked for in 5 ns a character, and the pattern is tried only ahead of it. ``apart``
    matches up to the last character that no match holds before its core; the pattern is tried after it.

    Example:
        >>> name, ending = re.compile("[一-龥]{2,8}?区"), re.compile("区")
        >>> [match[0] for match in matches_around(name, ending, 8, "据介绍,高新区", 0, 7)]
        ['高新区']
    """
    at = start
    while found := core.search(text, at, end):
        begin = max(at, found.start() - reach)
        if apart is not None and (parted := apart.match(text, begin, found.start())):
            begin = parted.end()
        match = pattern.search(text, begin, end)
        if match is None:
            return
        yield match
        at = match.end()


def matches_from(
    starts: re.Pattern[str],
    pattern: re.Pattern[str],
    core: re.Pattern[str],
    reach: int,
    text: str,
    start: int,
    end: int,
) -> Iterator[re.Match[str]]:
    """Yield what `matches_around` does, where each match begins with one of ``starts``.

    It is tried there and nowhere else, so that a core without a match around it costs no look at the rest of the text.

    Example:
        >>> starts, name, ending = re.compile("(?<=,)"), re.compile("[一-龥]{2,8}?区"), re.compile("区")
        >>> [match[0] for match in matches_from(starts, name, ending, 8, "据介绍,高新区", 0, 7)]
        ['高新区']
    """
    at = start
    for found in core.finditer(text, start, end):
        near = found.start()
        for begin in starts.finditer(text, max(at, near - reach), near + 1):
            if match := pattern.match(text, begin.start(), end):
                yield match
                at = match.end()
                break
        at = max(at, near + 1)


class Opening(NamedTuple):
    """What some words begin with: ``chars`` finds the first character of one before a second, ``pairs`` are both together.

    ``single`` are the words of one character.

    A pattern of many words in named groups tries every group at every character, 80 ns each; these cost 15.
    """

    chars: re.Pattern[str]
    pairs: frozenset[str]
    single: frozenset[str]

    def finditer(self, pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """Yield what ``pattern.finditer`` does, where each match begins with one of the words.

        Example:
            >>> opening = opening_of(["园区", "高新区"])
            >>> [match[0] for match in opening.finditer(re.compile("(?P<generic>园区)|(?P<type>高新区)"), "新园区", 0, 3)]
            ['园区']
        """
        at = start
        for begin in self.begins(text, start, end):
            if begin >= at and (match := pattern.match(text, begin, end)):
                yield match
                at = match.end()

    def begins(self, text: str, start: int, end: int) -> list[int]:
        """Return the offsets at which a word may begin, in order."""
        pairs, single = self.pairs, self.single
        offsets = [char.start() for char in self.chars.finditer(text, start, end)]
        if single:
            return [at for at in offsets if text[at : at + 2] in pairs or text[at] in single]
        return [at for at in offsets if text[at : at + 2] in pairs]


def opening_of(words: Collection[str]) -> Opening:
    """Return what words begin with; one of a single character is looked for by itself, which is slower."""
    first = "".join(sorted({word[0] for word in words}))
    second = "".join(sorted({word[1:2] for word in words}))
    ahead = f"(?=[{re.escape(second)}])" if all(len(word) > 1 for word in words) else ""
    return Opening(
        re.compile(f"[{re.escape(first)}]{ahead}" if words else "(?!)"),
        frozenset(word[:2] for word in words),
        frozenset(word for word in words if len(word) == 1),
    )
