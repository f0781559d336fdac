"""Looking only where something can be: ahead of the few characters that every match has -> matches, in order.

A pattern that may open with almost any character is tried at every one, about 500 ns each. Plain words are looked for in
5 ns a character, and the pattern is tried only ahead of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


@dataclass(frozen=True, slots=True)
class Anchored:
    """A pattern each of whose matches holds one of ``core``, which opens with literal characters, at most ``reach`` after its start."""

    pattern: re.Pattern[str]
    core: re.Pattern[str]
    reach: int

    def finditer(
        self, text: str, start: int, end: int, apart: re.Pattern[str] | None = None
    ) -> Iterator[re.Match[str]]:
        """Yield what ``pattern.finditer`` does; ``apart`` matches up to the last character that no match holds before its core.

        Example:
            >>> zone = Anchored(re.compile("[一-龥]{2,8}?区"), re.compile("区"), 8)
            >>> [match[0] for match in zone.finditer("据介绍,高新区", 0, 7)]
            ['高新区']
        """
        at = start
        while found := self.core.search(text, at, end):
            begin = max(at, found.start() - self.reach)
            if apart is not None and (parted := apart.match(text, begin, found.start())):
                begin = parted.end()
            match = self.pattern.search(text, begin, end)
            if match is None:
                return
            yield match
            at = match.end()

    def starting(self, starts: re.Pattern[str], text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """Yield the matches that begin with one of ``starts``; tried nowhere else, a core without a match costs little.

        Example:
            >>> zone = Anchored(re.compile("[一-龥]{2,8}?区"), re.compile("区"), 8)
            >>> [match[0] for match in zone.starting(re.compile("(?<=,)"), "据介绍,高新区", 0, 7)]
            ['高新区']
        """
        at = start
        for found in self.core.finditer(text, start, end):
            near = found.start()
            for begin in starts.finditer(text, max(at, near - self.reach), near + 1):
                if match := self.pattern.match(text, begin.start(), end):
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
