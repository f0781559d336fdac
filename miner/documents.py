"""`Document`: a text as it was read, under the name that its rows bear, and the way back to the file."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from miner.spans import Span

_LINE_END = re.compile(r"\r\n|\r|\n")


class Table(NamedTuple):
    """A table whose cells the file itself tells apart.

    ``rows`` are all of one length, the first ``headers`` of them its header, 0 where the file does not say; a merged
    cell stands in each place that it covers, and an empty cell is a span of no length. Titles and notes in rows of
    their own, and several tables with empty rows between them, are told apart later.
    """

    rows: tuple[tuple[Span, ...], ...]
    headers: int = 1


class Mark(NamedTuple):
    """Where in the file the text from ``offset`` on stands, in the file's own terms: page 3, Sheet1!B3, line 120."""

    offset: int
    place: str


class Part(NamedTuple):
    """What a document is of a text too big to be read at once: its rows are those of its own stretch, placed in the whole.

    ``lead`` code points at the start of the document's text are there for their context: how the whole begins, and
    what stands before the stretch. ``offset`` and ``line`` are those of the stretch's first character in the whole;
    ``frame`` is how the whole begins and ends, which tells its date.
    """

    lead: int
    offset: int
    line: int
    frame: str


@dataclass(frozen=True, slots=True)
class Document:
    """A text that figures are read from.

    ``source`` is its path under the input root, "/" between parts. ``text`` is, of a text file, its characters
    without the byte order mark, and line ends as they are, so that offsets count from the file's first character; of
    any other file, what its reader made of it: a line a paragraph, a line a row of a table.

    ``date`` is the day that its metadata bears, for a text that itself bears none. ``tables`` are those that the file
    marks as such, in their order. ``marks`` say where in the file a stretch of text stands. ``wrapped`` tells whether
    a line may end inside a sentence, as in text files, mail and PDF. ``part`` is set where ``text`` is not the whole.
    """

    source: str
    text: str
    date: dt.date | None = None
    tables: tuple[Table, ...] = ()
    marks: tuple[Mark, ...] = ()
    wrapped: bool = True
    part: Part | None = None

    @property
    def frame(self) -> str:
        """The text that tells the document's date."""
        return self.part.frame if self.part else self.text

    @property
    def since(self) -> str:
        """What a message adds to the name of the source: the line of a part, nothing for a whole document."""
        return f", from line {self.part.line} on" if self.part else ""

    def place(self, offset: int) -> str:
        """Return where in the file the character at ``offset`` stands, blank in a text file.

        Example:
            >>> Document("a.pdf", "企业66家", marks=(Mark(0, "page 1"), Mark(2, "page 2"))).place(2)
            'page 2'
        """
        n = bisect_right(self.marks, offset, key=lambda mark: mark.offset)
        return self.marks[n - 1].place if n else ""


def line_starts(text: str) -> list[int]:
    r"""Return the offset at which each line of ``text`` starts.

    Lines end at LF, CRLF or CR, as an editor counts; not at a form feed or U+2028, as `str.splitlines` does.

    Example:
        >>> line_starts("一\r\n二\r三")
        [0, 3, 5]
    """
    return [0, *(match.end() for match in _LINE_END.finditer(text))]


def line_of(starts: Sequence[int], offset: int) -> int:
    """Return the 1-based line of the character at ``offset``.

    Example:
        >>> line_of([0, 3, 5], 4)
        2
    """
    return bisect_right(starts, offset)
