"""Lines that an editor wrapped -> one running text, and the way back to the file's own offsets.

Mail, terminals and many PDFs break a paragraph into lines of one width, also inside a word or a number (突|破40万标准箱).
Everything else reads the running text; `Layout` turns its offsets into those of the file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from miner.spans import Span, lines

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Layout:
    """A text as the file has it, and as one reads it: ``running``, without the line ends that only wrap.

    ``cuts`` are the offsets in the running text before which something was left out, ``left_out`` how much in all up
    to each; ``outer`` is the layout out of whose running text it was, None where it was the file's.
    """

    text: str
    running: str
    cuts: tuple[int, ...] = ()
    left_out: tuple[int, ...] = ()
    outer: Layout | None = None

    def original(self, span: Span) -> Span:
        r"""Return where a stretch of the running text stands in the file.

        Example:
            >>> layout = unwrap("全年完成进出口货值312.6亿元，同比增长18.4%，集装箱吞吐量突\n破40万标准箱。\n" * 3)
            >>> at = layout.running.index("突破40万标准箱")
            >>> layout.original(Span(at, at + 8)).of(layout.text)
            '突\n破40万标准箱'
        """
        if span.end > span.start:
            span = Span(self._offset(span.start), self._offset(span.end - 1) + 1)
        return self.outer.original(span) if self.outer else span

    def _offset(self, at: int) -> int:
        n = bisect_right(self.cuts, at)
        return at + (self.left_out[n - 1] if n else 0)


_CLOSING, _CLOSERS = tuple("。!?;…:.！？；："), "”’\"')]》】）"
_OPEN = re.compile(r"[,、，]\s*$")
# What begins a new paragraph wherever it stands: an indent, a bracketed heading, a numbered item, a bullet.
_INDENT = re.compile(r"\s{2,}|　")
_FRESH = re.compile(r"[(（【\[□◎●■▲*#|-]|[一二三四五六七八九十]{1,3}[、.]|\d{1,2}[.、]\D|第\S{1,3}[章节条]|——|──")
_LABELLED = re.compile(r"\s{0,8}[\u4e00-\u9fffA-Z]{2,14}[:：]\s?\S")
_CELLS = re.compile(r"\t|\S {2,}\S|\|")
_NARROW, _WIDE = 44, 160  # columns: a line that an editor wraps is no shorter, and no longer
_RAGGED = 6  # columns by which a wrapped line may be shorter than the widest
_HANGING = 2  # columns by which a line that is full may be shorter, where a mark would begin the next
_LINES = 3  # lines of one width: fewer are chance


def unwrap(text: str) -> Layout:
    r"""Join the lines that an editor wrapped.

    A line runs on into the next where it is as wide as its neighbours, or ends in a comma, and nothing closes it; a
    blank line, an indent or the number of an item always begins anew.

    Example:
        >>> unwrap("一、引进企业\n二、新增党员").running
        '一、引进企业\n二、新增党员'
    """
    found = lines(text)
    written = [line.of(text).rstrip() for line in found]
    closed = [_is_closed(line) for line in written]
    # Some editors count columns, some characters; a character is as wide as two columns.
    measures = [_columns(line) for line in written], [2 * len(line) for line in written]
    columns = max(measures, key=lambda columns: _width(columns, closed)[1])
    width, _ = _width(columns, closed)
    if not width:
        return Layout(text, text)
    apart = _stands_apart(text, found, columns, closed, width)
    pieces, cuts, left_out = [], [], []
    at = kept = 0
    for n in range(len(found) - 1):
        line, following = found[n], found[n + 1]
        if not _follows(text, line, following) or not _runs_on(text, line, following, columns[n], width, apart=apart):
            continue
        end = line.start + len(written[n])
        start = following.end - len(following.of(text).lstrip())
        pieces.append(text[at:end])
        kept += end - at
        cuts.append(kept)
        left_out.append(start - kept)
        at = start
    return Layout(text, "".join([*pieces, text[at:]]), tuple(cuts), tuple(left_out))


def _is_closed(line: str) -> bool:
    """Tell whether a mark closes a line, and with it what stands in quotes or brackets."""
    return line.rstrip(_CLOSERS).endswith(_CLOSING)


def _columns(line: str) -> int:
    """Return how wide a line stands in a terminal: two columns for each character that is not ASCII."""
    return 2 * len(line) - len(line.encode("ascii", "ignore"))


def _width(columns: Sequence[int], closed: Sequence[bool]) -> tuple[int, int]:
    """Return the width at which the text is wrapped and how many lines are so wide, zeros where it is not.

    What is wrapped has lines that nothing closes, of one width, and none that is longer.
    """
    open_lines = [n for n, shut in zip(columns, closed, strict=True) if not shut and _NARROW <= n <= _WIDE]
    width = max(open_lines, default=0)
    wide = sum(width - n <= _RAGGED for n in open_lines)
    told = wide >= _LINES and 2 * wide > len(open_lines) and max(columns) <= width + _RAGGED
    return (width, wide) if told else (0, 0)


def _follows(text: str, line: Span, following: Span) -> bool:
    """Tell whether a line follows the other at once, with no blank line, indent or table cell between."""
    gap = text[line.end : following.start].replace("\r\n", "\n")
    after = following.of(text)
    return len(gap) == 1 and bool(after.strip()) and not _INDENT.match(after)


def _stands_apart(text: str, found: Sequence[Span], columns: Sequence[int], closed: Sequence[bool], width: int) -> bool:
    """Tell whether paragraphs stand apart by a blank line or an indent, so that a full line never ends one."""
    ends = [n for n in range(len(found) - 1) if closed[n] and columns[n] < width - _RAGGED]
    return bool(ends) and not any(_follows(text, found[n], found[n + 1]) for n in ends)


def _runs_on(text: str, line: Span, following: Span, columns: int, width: int, *, apart: bool) -> bool:
    written, after = line.of(text), following.of(text)
    if _CELLS.search(written.strip()) or _CELLS.search(after.strip()):
        return False
    if _LABELLED.match(written) and _LABELLED.match(after):
        return False  # 建成投产企业:10家, and under it 规上企业数:5家
    if columns >= width - _HANGING and apart:
        return True
    if _is_closed(written.rstrip()) or _FRESH.match(after):
        return False
    return columns >= (_NARROW if _OPEN.search(written) else width - _RAGGED)
