"""The tree of an HTML page -> its blocks: each line of text and each table, in order, with the box it stands in.

Elements that lay out text in lines are boxes, all others run on within a line. What a browser does not show is left
out. Blocks and boxes are numbered in the order of the page, so that a box is a stretch of blocks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from miner.readers.inline import Inline, line_of, meet
from miner.readers.writing import Cell, Row, is_data

if TYPE_CHECKING:
    from collections.abc import Iterator

_BOXES = frozenset(
    "html body main article section div p header footer nav aside h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption "  # noqa: SIM905 - reads best so
    "tbody thead tfoot tr td th blockquote pre center form fieldset legend figure figcaption address details summary "
    "hr dir menu hgroup search video audio".split()
)
_UNSEEN = frozenset(
    "head script style template noscript noembed noframes iframe object embed applet svg math canvas map select option "  # noqa: SIM905 - as above
    "button input textarea datalist progress meter rt rp rtc".split()
)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_FAR = 65_535  # libxml2 counts lines up to here


@dataclass(frozen=True, slots=True)
class Block:
    """A line of text or a table: the line of the page where it begins, and how much of it stands in links."""

    text: str
    line: int
    box: int
    linked: int = 0
    table: tuple[Row, ...] = ()


@dataclass(slots=True)
class Box:
    """An element that holds blocks ``first`` up to ``last``, in box ``parent``; ``names`` are its class and its id."""

    parent: int
    tag: str
    names: str
    first: int
    last: int = 0


@dataclass(slots=True)
class Blocks:
    """The blocks of a page and their boxes."""

    blocks: list[Block] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)

    def around(self, n: int) -> Iterator[int]:
        """Yield the boxes that block ``n`` stands in, the smallest first."""
        box = self.blocks[n].box
        while box >= 0:
            yield box
            box = self.boxes[box].parent


def place(line: int) -> str:
    """Return the place of what begins on a line of the page, blank where libxml2 has lost count."""
    return f"line {line}" if 0 < line < _FAR else ""


def lay_out(root: etree._Element) -> Blocks:
    """Return the blocks and boxes below ``root``.

    Example:
        >>> page = etree.HTML("<h1>简报</h1><p>引进<b>36</b>家<br>投产2家</p>")
        >>> [block.text for block in lay_out(page).blocks]
        ['简报', '引进36家', '投产2家']
    """
    found, here, inline = Blocks(), -1, Inline()
    preformatted = 0

    def flush() -> None:
        for line, text, linked in inline.take(preformatted=preformatted > 0):
            found.blocks.append(Block(text, line, here, linked))

    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = _tag(element)
        if event == "start":
            if _is_unseen(element, tag):
                walk.skip_subtree()
                continue
            if tag in _BOXES:
                flush()
                names = f"{element.get('class', '')} {element.get('id', '')}".strip().lower()
                found.boxes.append(Box(here, tag, names, len(found.blocks)))
                here = len(found.boxes) - 1
                preformatted += tag == "pre"
                if tag == "table" and (rows := _data(element)):
                    found.blocks += [Block(line, line_of(element), here) for line in _captions(element)]
                    text = " ".join(cell.text for row in rows for cell in dict.fromkeys(row.cells))
                    found.blocks.append(Block(text, line_of(element), here, 0, rows))
                    walk.skip_subtree()
                    continue
            elif tag == "br":
                inline.add("\n" if preformatted else "\0", element)
            inline.enter(element, tag)
            continue
        if _is_unseen(element, tag):
            pass
        elif tag in _BOXES:
            flush()
            found.boxes[here].last = len(found.blocks)
            here = found.boxes[here].parent
            preformatted -= tag == "pre"
        else:
            inline.leave(element, tag)
        if element is not root:
            inline.add(element.tail or "", element)
    flush()
    return found


def _tag(element: etree._Element) -> str:
    return element.tag if isinstance(element.tag, str) else "script"  # a comment is as unseen


def _is_unseen(element: etree._Element, tag: str) -> bool:
    return tag in _UNSEEN or element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


_MAX_SPAN = 1000  # columns, as in the HTML standard


def _data(table: etree._Element) -> tuple[Row, ...]:
    """Return the rows of a table of data, none where the table lays out the page or lists links."""
    if next(table.iterdescendants("table"), None) is not None:
        return ()
    made = _grid(table)
    linked = sum(len("".join(map(str, a.itertext())).strip()) for a in table.iterdescendants("a") if a.get("href"))
    return made if is_data(made) and 2 * linked < sum(len(cell.text) for row in made for cell in set(row.cells)) else ()


def _captions(table: etree._Element) -> list[str]:
    """Return what a table is headed with (单位:亿元), which stands above it as its title and unit do."""
    return [block.text for caption in table if _tag(caption) == "caption" for block in lay_out(caption).blocks]


def _grid(table: etree._Element) -> tuple[Row, ...]:
    """Lay the cells of a table out in rows of one length, merged cells in each place that they cover."""
    made: list[Row] = []
    below: dict[int, tuple[Cell, int]] = {}  # column -> a merged cell and how many rows it has left
    left = _MOST_CELLS
    for row in table.iterdescendants("tr"):
        if _is_unseen(row, "tr"):
            continue
        cells: list[Cell] = []
        own = [cell for cell in row if _tag(cell) in {"td", "th"} and not _is_unseen(cell, "td")]
        for element in own:
            _continue(cells, below)
            cell = Cell(_cell_text(element))
            down = _number(element.get("rowspan"))
            for _ in range(min(_number(element.get("colspan")), _MAX_SPAN)):
                if down > 1:
                    below[len(cells)] = (cell, down - 1)
                cells.append(cell)
        while below and max(below) >= len(cells):
            _continue(cells, below)
            if below and max(below) >= len(cells):
                cells.append(Cell(""))
        left -= len(cells)
        if left < 0:
            return ()
        if cells:
            header = next(row.iterancestors("thead"), None) is not None or all(cell.tag == "th" for cell in own)
            made.append(Row(tuple(cells), place(line_of(row)), header))
    width = max((len(row.cells) for row in made), default=0)
    if width * len(made) > _MOST_CELLS:  # a bomb of colspans
        return ()
    return tuple(
        Row((*row.cells, *(Cell("") for _ in range(width - len(row.cells)))), row.place, row.header) for row in made
    )


_MOST_CELLS = 1_000_000


def _continue(cells: list[Cell], below: dict[int, tuple[Cell, int]]) -> None:
    """Add the cells that reach down into this row at the place where it has come to."""
    while len(cells) in below:
        cell, left = below.pop(len(cells))
        if left > 1:
            below[len(cells)] = (cell, left - 1)
        cells.append(cell)


def _number(span: str | None) -> int:
    return int(span) if span and span.isascii() and span.isdigit() and len(span) < 6 and int(span) else 1


def _cell_text(cell: etree._Element) -> str:
    """Return the text of a cell on one line."""
    inner = lay_out(cell).blocks
    text = ""
    for block in inner:
        text += (" " if text and not meet(text[-1], block.text[0]) else "") + block.text
    return " ".join(text.split())
