"""A document's text for reading: a simplified half-width twin of equal length, cut into paragraphs and sentences.

Every stage works on the twin; because one character stands for one character, an offset into the twin is an
offset into the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from miner.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MAX_SENTENCE = 2000
"""Longest sentence in code points; a text without punctuation is cut here, so that a row stays readable."""

# Corner brackets and the dashes that only look different; every other mark is read as it stands.
_MARKS = str.maketrans("「」『』﹁﹂﹃﹄–―−﹣〜∶　\u00a0\u2002\u2003\u2009○◯", "“”‘’“”‘’——--~:     〇〇")


@cache
def _script() -> dict[int, int]:
    lines = (resources.files("miner.lexicons") / "script.txt").read_text(encoding="utf-8").splitlines()
    pairs = (pair for line in lines if not line.startswith("#") for pair in line.split())
    return {ord(pair[0]): ord(pair[1]) for pair in pairs}


@cache
def _folding() -> dict[int, int]:
    width = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    return _script() | width | _MARKS


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

    Example:
        >>> fold("１．１萬戶，「四上」")
        '1.1万户,“四上”'
    """
    return text.translate(_folding())


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of text that is read as one, and its sentences; spans point into the whole twin.

    ``heading`` is true for a line that closes with no mark and stands by itself.
    """

    span: Span
    sentences: tuple[Span, ...]
    heading: bool


_LINE = re.compile(r"[^\r\n]+")
_CLOSED = re.compile(r"[。!?;…:.][”’\"')\]》】]*\s*$")
_OPEN = re.compile(r"[,、]\s*$")
# What begins a new paragraph wherever it stands: an indent, a bracketed heading, a numbered item, a bullet.
_FRESH = re.compile(r"\s{2,}|[(【\[□◎●■▲*#|-]|[一二三四五六七八九十]{1,3}[、.]|\d{1,2}[.、]\D|第\S{1,3}[章节条]|——|──")
_SENTENCE_END = re.compile(r"(?:[。!?]|…+)[”’\"')\]】]*")
_RAGGED = 2  # code points by which a wrapped line may be shorter than the widest
_WRAPPED_LINES = 3  # lines of one width: fewer are chance
_UNWRAPPED = 81  # code points: no editor wraps so late
_HARD_WRAP = 24  # code points: shorter lines are headings, not lines that an editor has wrapped


def paragraphs(twin: str, without: Sequence[Span] = ()) -> Iterator[Paragraph]:
    """Cut the twin into paragraphs, joining lines that an editor wrapped within a sentence.

    The stretches ``without``, whole lines, are left out.

    A line runs on into the next where it ends in a comma, or where it is as wide as its neighbours and ends in
    no mark at all; a blank line always ends a paragraph.
    """
    lines = [Span(*match.span()) for match in _LINE.finditer(twin)]
    lines = [line for line in lines if not any(part.overlaps(line) for part in without)] if without else lines
    lengths = [line.end - line.start for line in lines]
    width = max(lengths, default=0)
    if sum(width - length <= _RAGGED for length in lengths) < _WRAPPED_LINES:
        width = _UNWRAPPED
    start: int | None = None
    for n, line in enumerate(lines):
        if not line.of(twin).strip():
            continue
        start = line.start if start is None else start
        following = lines[n + 1] if n + 1 < len(lines) else None
        if following is not None and _runs_on(twin, line, following, width):
            continue
        span = Span(start, line.end)
        start = None
        yield Paragraph(span, tuple(_sentences(twin, span)), heading=_is_heading(span.of(twin)))


def _runs_on(twin: str, line: Span, following: Span, width: int) -> bool:
    gap = twin[line.end : following.start].replace("\r\n", "\n")
    text, after = line.of(twin), following.of(twin)
    if len(gap) > 1 or not after.strip() or _FRESH.match(after) or _CLOSED.search(text):
        return False
    if _OPEN.search(text):
        return len(text) >= _HARD_WRAP
    return len(text) >= _HARD_WRAP and width - len(text) <= _RAGGED and width < _UNWRAPPED


def _is_heading(text: str) -> bool:
    return len(text) <= 60 and not _CLOSED.search(text)


def _sentences(twin: str, span: Span) -> Iterator[Span]:
    start = span.start
    for match in _SENTENCE_END.finditer(twin, span.start, span.end):
        yield from _trimmed(twin, Span(start, match.end()))
        start = match.end()
    yield from _trimmed(twin, Span(start, span.end))


def _trimmed(twin: str, span: Span) -> Iterator[Span]:
    start, end = span
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
