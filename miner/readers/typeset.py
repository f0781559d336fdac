"""Lines as they are set on the pages of a PDF -> paragraphs.

A line runs on into the next where it reaches the right edge of its column, or stops short of it by no more than the
word that had to go over, and where the next is not indented, not set apart by space, and of the same size. Edges are
those of the lines around. What most pages repeat at their top or bottom, and the numbers of pages, are left out first,
so that a sentence goes on from one page to the next.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, its edges and its base in points from the left and from the bottom, and its size.

    ``size`` is the width of a Chinese character, ``head`` that of what the line begins with and is never parted: a word,
    or a character with the marks around it.
    """

    text: str
    page: int
    left: float
    right: float
    base: float
    size: float
    head: float = 0.0


_EDGE_LINES = 2  # lines at the top and the bottom of a page in which something may be repeated
_FEWEST_PAGES = 3  # on two pages a line may be the same by chance
_DIGITS = re.compile(r"\d{1,4}")
_NUMBERED = re.compile(
    r"[-–—·\s]*+(?:第|Page)?\s*+(\d{1,4})\s*(?:页|[/／]\s*\d{1,4}|of \d{1,4})?[-–—·\s]*", re.IGNORECASE
)
_PRINTED = re.compile(  # by a browser
    r"(?:https?|file)://\S+(?:\s+\d+\s*/\s*\d+)?|\d{1,4}/\d{1,2}/\d{1,4}, \d{1,2}:\d\d.*"
)


def without_margins(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Drop what most pages repeat at their top or bottom, but for the number of the page, and that number.

    Example:
        >>> def page(n, *texts):
        ...     return [Line(text, n, 50, 100, 800 - 20 * k, 10) for k, text in enumerate(texts)]
        >>> pages = [page(n, "2023年报", f"产值{n * 7}亿元。", f"第{n + 4}页 共9页") for n in (1, 2, 3)]
        >>> [[line.text for line in lines] for lines in without_margins(pages)]
        [['产值7亿元。'], ['产值14亿元。'], ['产值21亿元。']]
    """
    edges = [_edges(lines) for lines in pages]
    seen = Counter(
        key for lines, at in zip(pages, edges, strict=True) for key in {key for n in at for key in _keys(lines[n])}
    )
    filled = sum(1 for lines in pages if lines)
    repeated = {key for key, count in seen.items() if count >= _FEWEST_PAGES and 2 * count > filled}
    return [
        [line for n, line in enumerate(lines) if n not in at or not (_is_margin(line) or _keys(line) & repeated)]
        for lines, at in zip(pages, edges, strict=True)
    ]


def _edges(lines: Sequence[Line]) -> set[int]:
    """Return the lines that stand highest and lowest; a footer need not come last in the file."""
    by_height = sorted(range(len(lines)), key=lambda n: -lines[n].base)
    return {*by_height[:_EDGE_LINES], *by_height[-_EDGE_LINES:]}


def _keys(line: Line) -> set[tuple[str, int]]:
    """Return what a line is the same by on other pages: its text, or its text with a number less the page's number."""
    text, height = line.text.strip(), round(line.base / 10)
    counted = (
        f"{text[: m.start()]}#{int(m[0]) - line.page}{text[m.end() :]}" for m in islice(_DIGITS.finditer(text), 9)
    )
    return {(key, height) for key in (text, *counted)}


def _is_margin(line: Line) -> bool:
    numbered = _NUMBERED.fullmatch(line.text)
    return (numbered is not None and int(numbered[1]) == line.page) or _PRINTED.fullmatch(line.text.strip()) is not None


def paragraphs(pages: Sequence[Sequence[Line]]) -> Iterator[list[Line]]:
    """Yield the paragraphs of a document, each the lines that make it up.

    Example:
        >>> lines = [Line("全年完成货值312.6亿元，吞吐量突", 1, 50, 250, 700, 12),
        ...          Line("破40万标准箱。", 1, 50, 130, 682, 12), Line("二是招商。", 1, 50, 110, 664, 12)]
        >>> ["".join(line.text for line in paragraph) for paragraph in paragraphs([lines])]
        ['全年完成货值312.6亿元，吞吐量突破40万标准箱。', '二是招商。']
    """
    lines = [line for page in pages for line in page]
    columns = [column for page in pages for column in _columns(page)]
    pitches = {page[0].page: _pitch(page) for page in pages if page}
    paragraph: list[Line] = []
    for n, line in enumerate(lines):
        if n and not _runs_on(lines[n - 1], line, columns[n - 1], columns[n], pitches):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


class _Column(NamedTuple):
    """The edges of a column, and how many of the lines around reach the right one."""

    left: float
    right: float
    full: int


_AROUND = 12  # lines


def _columns(page: Sequence[Line]) -> list[_Column]:
    """Return the column that each line stands in, by the lines around it."""
    found = []
    for n, line in enumerate(page):
        around = [
            other
            for other in page[max(0, n - _AROUND) : n + _AROUND + 1]
            if abs(other.left - line.left) < 4 * line.size and abs(other.size - line.size) < line.size / 10
        ]
        right = max(other.right for other in around)
        full = sum(other.right >= right - _HUNG * line.size for other in around)
        found.append(_Column(min(other.left for other in around), right, full))
    return found


def _pitch(page: Sequence[Line]) -> float:
    """Return how far the lines of a paragraph stand apart: a step that a quarter of the page's does not exceed."""
    steps = sorted(
        above.base - below.base for above, below in pairwise(page) if above.base > below.base + above.size / 2
    )
    return steps[len(steps) // 4] if steps else 0.0


_INDENT = 1.2  # sizes
_HUNG = 1.3  # sizes: the edge is that of the line whose last mark hangs over
_APART = 1.4  # pitches
_FRESH = re.compile(r"[（(【\[□◎●■▲◆★※*]|[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}[.．、]\D|第\S{1,3}[章节条]\s|——|──")
_CLOSED = re.compile(r"[。！？!?…][”’\"')\]》】）]*\s*$")
_ENDED = re.compile(r"[。！？!?…；;：:，,、][”’\"')\]》】）]*\s*$")
_NARROWEST = 8  # sizes: a column that holds fewer characters is one of a table


def _runs_on(line: Line, below: Line, column: _Column, below_column: _Column, pitches: dict[int, float]) -> bool:
    size = line.size
    closed = _CLOSED.search(line.text)
    if abs(line.size - below.size) > size / 10 or column.right - column.left < _NARROWEST * size:
        return False
    if "  " in line.text.strip() or "  " in below.text.strip():  # cells
        return False
    if line.right < column.right - _HUNG * size - (0.0 if closed else below.head):
        return False
    if below.left > below_column.left + _INDENT * size:
        return False
    if line.page == below.page and line.base - below.base > _APART * pitches[line.page] > 0:
        return False
    if not closed:
        return True
    heading = below.right < below_column.right - _HUNG * size and not _ENDED.search(below.text)
    return column.full > 1 and not heading and not _FRESH.match(below.text)
