"""A big text file -> chunks that are read one by one, by whoever has time, as documents of their own.

A text of up to `WHOLE` bytes is read as one. A bigger one is cut at the ends of paragraphs, always at the same ones,
so that the rows do not depend on how many processes read. What the rows of a chunk need of the text before it stands
before it in its document, as its lead, and the rows of the lead are dropped:

    how the whole begins      its headline, and what it calls itself for short
    the last 同比             for a text that has once said so compares with the year before from then on
    the header of a table     with the title and the unit above it, where the chunk begins within the table
    the paragraphs before     from which a figure may take its name, its park or its time

A date is the text's where its beginning or its end bears it. What the text is about is settled by the headline and
by the chunk, for a big text may be many articles, or the chapters of a yearbook.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Final, NamedTuple, TextIO

from miner.documents import Document, Part
from miner.grids import find_grids
from miner.layouts import LINES_ABOVE
from miner.readers import KINDS, File, Unreadable, kind_of
from miner.scanning import Scan, scan
from miner.spans import lines
from miner.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from miner.files import Input

WHOLE: Final = 1 << 21
"""The most bytes of a text that is read whole."""

CHUNK: Final = 100_000
"""The most code points of a chunk, besides its lead; some 300 kB of UTF-8, a fraction of a second of work."""

ENDS: Final = 1200  # code points at the start and at the end of a text that may tell its headline and its date
_BEFORE: Final = 3000  # code points of the paragraphs before a chunk
_SNIFF: Final = 4096  # bytes that tell the kind of a file

_LINE_END = r"(?>\r\n|\r|\n)"
_CUTS = tuple(
    map(
        re.compile,
        (
            rf"{_LINE_END}[ \t　]*{_LINE_END}",  # a blank line
            rf"[。!?;…！？；][”’\"')\]》】）]*[ \t　]*{_LINE_END}",  # the end of a paragraph, whose last line is closed
            _LINE_END,
            r"(?:[。!?！？]|…+)[”’\"')\]》】）]*",  # a line of 100,000 characters is cut between sentences
            r"[,;、，；\s]",
            r"\W",
        ),
    )
)
"""Where a text may be cut, the best first."""
_LINES, _SENTENCES = 2, 3


class Chunk(NamedTuple):
    """A chunk of a big text; its ``size`` in bytes, and how many were read with it.

    ``more`` tells that other chunks of the same text follow.
    """

    document: Document
    size: int
    read: int
    more: bool

    @property
    def source(self) -> str:
        """The name that the rows bear."""
        return self.document.source


def is_cut(file: Input) -> bool:
    """Tell whether a file is read in chunks: a big one that is plain text by its name and its first bytes."""
    if file.size <= WHOLE:
        return False
    try:
        with file.open() as opened:
            return kind_of(File(file.source, opened.read(_SNIFF))) is KINDS[0]
    except (OSError, Unreadable):
        return False


def look_through(file: Input, encoding: str) -> Scan:
    """Read a text file to its end, before it is cut.

    Raises:
        NotText: as for `miner.decoding.decode`.
        OSError: the file cannot be read.
    """
    with file.open() as opened:
        return scan(opened, encoding, ENDS)


def chunks(file: Input, scanned: Scan) -> Iterator[Chunk]:
    """Cut a text file into chunks; ``scanned`` is what `look_through` has told of it.

    Raises:
        OSError: the file cannot be read.
    """
    head = scanned.begins[: _cut(scanned.begins, ENDS)]
    frame = _frame(scanned.begins, scanned.ends)
    lead, offset, line, told = "", 0, 1, 0
    with file.open() as opened:
        opened.seek(scanned.mark)
        text = io.TextIOWrapper(opened, scanned.encoding, "replace", newline="")
        pieces = _pieces(text)
        piece = next(pieces, "")
        while piece:
            read, following = opened.tell(), next(pieces, "")
            part = Part(len(lead), offset, line, frame)
            document = Document(file.source, lead + piece, part=part)
            yield Chunk(document, read - told, read, bool(following))
            told, offset, line = read, offset + len(piece), line + len(re.findall(_LINE_END, piece))
            lead = _lead(head, document.text)
            piece = following


def _frame(begins: str, ends: str) -> str:
    """Join how a text begins and ends, without the lines that are cut off, which might look like datelines."""
    first, last = lines(begins), lines(ends)
    begins = begins[: first[-1].start] if len(first) > 1 else begins
    ends = ends[last[0].end :] if len(last) > 1 else ends
    return f"{begins}{_APART}\n{ends}"


_APART: Final = "\n…" * 12  # lines, so that none of the end is taken for one of the beginning


def _pieces(text: TextIO) -> Iterator[str]:
    """Cut a text into pieces of at most `CHUNK` code points, each as long as a good place to cut allows."""
    held = text.read(CHUNK + 1)
    while len(held) > CHUNK:
        at = _cut(held, CHUNK)
        yield held[:at]
        held = held[at:] + text.read(CHUNK + 1 - len(held) + at)
    if held:
        yield held


def _cut(text: str, most: int) -> int:
    r"""Return where to cut a text of more than ``most`` code points: in its second half, at the last of the best places.

    Example:
        >>> _cut("产值98.6亿元。\n企业\n66家。进出口139.7亿元", 16)
        10
    """
    for pattern in _CUTS:
        if ends := [match.end() for match in pattern.finditer(text, most // 2, most)]:
            return ends[-1] + (text[ends[-1] - 1 : ends[-1] + 1] == "\r\n")
    return most


def _lead(head: str, text: str) -> str:
    """Return what is to stand before the text that follows ``text``, a chunk with its own lead."""
    near = text[-_BEFORE:]
    starts = (pattern.search(near, 0, _BEFORE // 2) for pattern in (_CUTS[_LINES], _CUTS[_SENTENCES]))
    before = near[next((match.end() for match in starts if match), 0) :]
    compared = "" if _YOY in before else _clause(text, text.rfind(_YOY))
    return f"{head}\n\n{compared}{_header(text, len(text) - len(before))}{before}"


_YOY = "同比"
_CLAUSE = re.compile(rf"[^\r\n。;；]{{0,200}}{_YOY}[^\r\n。;；]{{0,40}}")


def _clause(text: str, at: int) -> str:
    """Return the clause around an offset, on a line of its own; nothing where the offset is less than 0."""
    found = _CLAUSE.search(text, max(0, at - 200)) if at >= 0 else None
    return f"{found[0].strip()}。\n\n" if found else ""


def _header(text: str, near: int) -> str:
    """Return the header of a table that goes on where ``text`` ends, with the lines above it, if it begins before ``near``."""
    written = text.rstrip()
    last = fold(written[max(written.rfind("\n"), written.rfind("\r")) + 1 :])
    if not any(gap in last for gap in ("\t", "|", "  ")):
        return ""
    twin = fold(written)
    table = next((grid.span for grid in find_grids(twin)[-1:] if grid.span.end == len(twin)), None)
    if table is None or table.start >= near:
        return ""
    found = lines(twin)
    n = next(n for n, line in enumerate(found) if line.start >= table.start)
    return text[found[max(0, n - LINES_ABOVE)].start : found[n].end] + "\n"
