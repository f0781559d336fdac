"""A document's text for reading: a simplified half-width twin of equal length, cut into paragraphs and sentences.

Every stage works on the twin; because one character stands for one character, an offset into the twin is an
offset into the file.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from miner.spans import Span, as_span, lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MAX_SENTENCE = 2000
"""Longest sentence in code points; a text without punctuation is cut here, so that a row stays readable."""

MAX_PARAGRAPH = 10_000
"""Longest paragraph in code points; a file that is one line is read in pieces, cut between sentences.

What is said of one figure may depend on all others of its paragraph, so that time would grow with the square of its length.
"""

# Corner brackets, the dashes that only look different, and the arrows that tables have for signs (↑9.6%); every other mark is read as it stands.
_MARKS = str.maketrans(
    "「」『』﹁﹂﹃﹄–―−﹣〜∶‧﹐﹑﹒﹔﹕﹗﹙﹚﹪〔〕　\u00a0\u2002\u2003\u2009○◯↑↓",
    "“”‘’“”‘’——--~:.,、.;:!()%[]     〇〇+-",
)


def _table(pairs: dict[int, int]) -> list[int]:
    """Return a table for `str.translate`: a list, since a dictionary raises and drops an error for each character that it lacks.

    A list is read at 130 MB/s, a dictionary at 60; characters beyond its end stay as they are.
    """
    table = list(range(max(pairs) + 1))
    for code, becomes in pairs.items():
        table[code] = becomes
    return table


@cache
def _pairs() -> dict[int, int]:
    lines = (resources.files("miner.lexicons") / "script.txt").read_text(encoding="utf-8").splitlines()
    pairs = (pair for line in lines if not line.startswith("#") for pair in line.split())
    return {ord(pair[0]): ord(pair[1]) for pair in pairs}


@cache
def _script() -> list[int]:
    return _table(_pairs())


@cache
def _folding() -> list[int]:
    width = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    return _table(_pairs() | width | _MARKS)


def simplify(text: str) -> str:
    """Return ``text`` in simplified script, of equal length, its punctuation as it stands.

    Source: the character table of OpenCC; phrases are not converted.

    Example:
        >>> simplify("進出口總額，139.7億元")
        '进出口总额，139.7亿元'
    """
    return text.translate(_script())


def fold(text: str) -> str:
    """Return the twin that the stages read: simplified, half width, of equal length.

    A half-width point between two words closes a sentence as 。 does.

    Example:
        >>> fold("１．１萬戶，「四上」"), fold("企业19家.其中规上16家")
        ('1.1万户,“四上”', '企业19家。其中规上16家')
    """
    return _POINT.sub("。", _folded(text))


# It begins with the one character, which is found fast; 十二.五 is a number.
_POINT = re.compile(r"\.(?<=[%)”\u4e00-\u9fff].)(?= ?[\u4e00-\u9fff])(?![一二三四五六七八九十零〇])")


def _folded(text: str) -> str:
    for mark, half in _FREQUENT:
        text = text.replace(mark, half)
    # A text in simplified script has next to nothing left, and is through four times faster than by the table.
    left = len(_unfolded().findall(text))
    if not left:
        return text
    table = _folding()
    return _unfolded().sub(lambda char: chr(table[ord(char[0])]), text) if left < _RARE else text.translate(table)


_FREQUENT = tuple(zip("，（）；：！％［］", ",();:!%[]", strict=True))
_RARE = 500
"""So many characters cost more one by one than a text of 10,000 by the table."""


@cache
def _unfolded() -> re.Pattern[str]:
    """Return what the frequent marks leave to fold."""
    rest = (chr(code) for code, becomes in enumerate(_folding()) if code != becomes)
    return re.compile(f"[{re.escape(''.join(rest))}]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of text that is read as one, and its sentences; spans point into the whole twin.

    ``heading`` is true for a line that closes with no mark and stands by itself.
    """

    span: Span
    sentences: tuple[Span, ...]
    heading: bool


SENTENCE = re.compile(r"[^。!?;]+[。!?;]")
"""A sentence from where it is matched on, line ends and all: with the headline before the first where that has no mark."""

_CLOSED = re.compile(r"[。!?;…:.][”’\"')\]》】]*\s*$")
_SENTENCE_END = re.compile(r"[。!?…](?:(?<=…)…*)?[”’\"')\]】]*")  # a pattern that begins with few characters


def paragraphs(twin: str, without: Sequence[Span] = (), rows: Sequence[Span] = ()) -> Iterator[Paragraph]:
    r"""Cut the twin into paragraphs, one for each line that is not blank; the lines in ``without`` are left out.

    A line of more than `MAX_PARAGRAPH` code points is several. Of a line that is a row of cells, ``rows`` say where its text begins and ends; both are in order and apart.

    Example:
        >>> [(p.span.of("招商\n引进企业36家。"), p.heading) for p in paragraphs("招商\n引进企业36家。")]
        [('招商', True), ('引进企业36家。', False)]
    """
    for whole in lines(twin):
        span = _within(rows, whole) or whole
        line = span.of(twin)
        if line.strip() and not _within(without, whole):
            sentences = tuple(_sentences(twin, span))
            if _is_heading(line):
                yield Paragraph(span, tuple(_halves(twin, sentences)), heading=True)
            elif len(line) <= MAX_PARAGRAPH:
                yield Paragraph(span, sentences, heading=False)
            else:
                yield from _pieces(sentences)


def _pieces(sentences: Sequence[Span]) -> Iterator[Paragraph]:
    """Cut a line that is too long between sentences, each of which is shorter."""
    first = 0
    for n, sentence in enumerate(sentences):
        last = n + 1 == len(sentences)
        if last or sentences[n + 1].end - sentences[first].start > MAX_PARAGRAPH:
            yield Paragraph(Span(sentences[first].start, sentence.end), tuple(sentences[first : n + 1]), heading=False)
            first = n + 1


def _within(parts: Sequence[Span], line: Span) -> Span | None:
    """Return the last of the parts that shares a character with a line."""
    n = bisect_left(parts, line.end, key=lambda part: part.start)
    return parts[n - 1] if n and parts[n - 1].overlaps(line) else None


def paragraph(twin: str, span: Span) -> Paragraph:
    """Return a stretch of text as a paragraph of its own: the cell of a table, never a heading."""
    return Paragraph(span, tuple(_sentences(twin, span)), heading=False)


def _is_heading(text: str) -> bool:
    return len(text) <= 60 and not _CLOSED.search(text)


def _sentences(twin: str, span: Span) -> Iterator[Span]:
    start = span.start
    for match in _SENTENCE_END.finditer(twin, span.start, span.end):
        end = match.end()
        if end - start <= MAX_SENTENCE and not twin[start].isspace():
            yield as_span((start, end))  # all but a few
        else:
            yield from _trimmed(twin, start, end)
        start = end
    yield from _trimmed(twin, start, span.end)


def _halves(twin: str, sentences: Iterable[Span]) -> Iterator[Span]:
    """Cut a heading where a blank stands for a mark: 高新区加快项目建设步伐 上半年固定资产投资增长44.6%."""
    for span in sentences:
        start = span.start
        for blank in _BLANK.finditer(twin, *span):
            if min(blank.start() - start, span.end - blank.end()) >= _SHORTEST_HALF:
                yield Span(start, blank.start())
                start = blank.end()
        yield Span(start, span.end)


_BLANK = re.compile(
    r"(?<=[\u4e00-\u9fff”%])[ \u3000]{1,4}(?=[\u4e00-\u9fff“\dA-Z])(?![增下同减升降达为约占]|[\d.]+[%万亿])"
)
_SHORTEST_HALF = 4  # code points


def _trimmed(twin: str, start: int, end: int) -> Iterator[Span]:
    while start < end and twin[start].isspace():
        start += 1
    while end > start and twin[end - 1].isspace():
        end -= 1
    while end - start > MAX_SENTENCE:
        cut = max(twin.rfind(mark, start, start + MAX_SENTENCE) for mark in ",;、 ") + 1
        cut = cut if cut > start else start + MAX_SENTENCE
        yield Span(start, cut)
        start = cut
    if start < end:
        yield Span(start, end)
