"""The text of a line of a page, from the elements that run on within it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

_SPACE = re.compile(r"[ \t\n\r\f]+")
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]")
_NOTE_MARK = re.compile(r"\s*(?:[\[(〔［（]?[\d*①-⑳]{1,3}[\])〕］）]?|注\d?)\s*")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def line_of(element: etree._Element) -> int:
    """Return the line of the page on which an element begins."""
    return int(element.sourceline or 0)


def meet(before: str, after: str) -> bool:
    """Tell whether two characters are both wide, so that no blank parts them."""
    return bool(_WIDE.match(before) and _WIDE.match(after))


class Inline:
    """Gathers the text of a line from the elements that run on within it."""

    def __init__(self) -> None:
        """Begin an empty line."""
        self.pieces: list[tuple[str, int, bool]] = []
        self.links = self.raised = 0

    def enter(self, element: etree._Element, tag: str) -> None:
        """Begin an element, with its first text."""
        self.links += tag == "a" and element.get("href") is not None
        self.raised += tag == "sup"
        self.add(element.text or "", element)

    def leave(self, element: etree._Element, tag: str) -> None:
        """End an element; the text after it is added by itself."""
        self.links -= tag == "a" and element.get("href") is not None
        self.raised -= tag == "sup"

    def add(self, text: str, element: etree._Element) -> None:
        """Add text that stands in an element or right after it."""
        if text and self.raised and _NOTE_MARK.fullmatch(text):
            # 10⁸ and m² are numbers and units; any other raised figure is the mark of a note.
            before = next((piece[0][-1] for piece in reversed(self.pieces) if piece[0].strip()), "")
            text = text.strip().translate(_RAISED) if before.isascii() and before.isalnum() else ""
        if text:
            self.pieces.append((text, line_of(element), self.links > 0))

    def take(self, *, preformatted: bool) -> Iterator[tuple[int, str, int]]:
        """Yield the lines gathered, each with where it begins and how many of its characters are links."""
        end = "\n" if preformatted else "\0"
        line: list[tuple[str, bool]] = []
        begin = 0
        pieces, self.pieces = self.pieces, []
        for text, at, linked in pieces:
            for n, part in enumerate(text.split(end)):
                if n:
                    yield from _told(begin, line)
                    line, begin = [], 0
                if part.strip() and not begin:
                    begin = at + text[: len(text) - len(text.lstrip("\n"))].count("\n")
                line.append((part, linked))
        yield from _told(begin, line)


def _told(begin: int, line: list[tuple[str, bool]]) -> Iterator[tuple[int, str, int]]:
    text = collapse("".join(part for part, _ in line))
    if text:
        yield begin, text, sum(len(part.strip()) for part, linked in line if linked)


def collapse(text: str) -> str:
    r"""Return ``text`` as a browser sets it: runs of blanks as one, and none for a line end between characters.

    Source: CSS Text Module Level 3, 4.1.3, on line ends between wide characters; hard blanks are kept as blanks.

    Example:
        >>> collapse(" 同比增\n    长\xa0\xa0 8.5% ")
        '同比增长   8.5%'
    """
    text = text.strip(" \t\n\r\f\xa0\u3000\u200b\ufeff")
    pieces, at = [], 0
    for space in _SPACE.finditer(text):
        pieces.append(text[at : space.start()])
        at = space.end()
        joined = "\n" in space[0] and meet(text[space.start() - 1], text[at])
        pieces.append("" if joined else " ")
    return "".join([*pieces, text[at:]]).replace("\xa0", " ").replace("\u200b", "").replace("\ufeff", "")
