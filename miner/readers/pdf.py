"""PDF files: the text of each page, a paragraph a line, with the page as its place.

Words, paragraphs and repeated headers are made out from where the characters stand (typeset.py). A PDF knows no
tables: wide gaps in a line become two blanks, by which a plain table is known, but no cell is promised. The day on
which a file was made is not taken for the day on which its text was published.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from statistics import median
from typing import TYPE_CHECKING

import pypdfium2
from pypdfium2 import raw

from miner.limits import more
from miner.readers.protocol import File, Unreadable
from miner.readers.typeset import Line, paragraphs, without_margins
from miner.readers.writing import Writer
from miner.schema import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from miner.documents import Document


def read(file: File) -> Iterator[Document | Problem]:
    """Read the text of a PDF; pages that are only images are named.

    Raises:
        Unreadable: the file is damaged, locked with a password, or a scan without text.
    """
    try:
        pdf = pypdfium2.PdfDocument(file.data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Unreadable("this PDF is locked with a password; save it without one") from None
        raise Unreadable("this PDF is damaged and cannot be opened") from None
    try:
        yield from _read(file, pdf)
    finally:
        pdf.close()


def _read(file: File, pdf: pypdfium2.PdfDocument) -> Iterator[Document | Problem]:
    source, limits = file.source, file.limits
    pages: list[list[Line]] = []
    images: list[int] = []
    broken: list[int] = []
    room = limits.characters
    for number in range(1, min(len(pdf), limits.pages) + 1):
        try:
            page = pdf[number - 1]
            lines, scanned = _lines(page, number, room), False
            if not any(line.text.strip() for line in lines):
                scanned = next(iter(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)), None) is not None
            page.close()
        except pypdfium2.PdfiumError:
            broken.append(number)
            continue
        pages.append(lines)
        if scanned:
            images.append(number)
        room -= sum(len(line.text) for line in lines)
        if room < 0:
            break
    if not any(pages):
        raise Unreadable(_empty(images, broken))
    if images:
        yield Problem(source, f"{_named(images)} no text, only images (a scan); run OCR first", fatal=False)
    if broken:
        yield Problem(source, f"{_named(broken)} damage and cannot be read", fatal=False)
    if len(pages) + len(broken) < len(pdf):
        done, all_pages = len(pages) + len(broken), len(pdf)
        allowed = more("characters") if room < 0 else more("pages", all_pages)
        yield Problem(source, f"read only up to page {done} of {all_pages}; split it, {allowed}", fatal=False)
    writer = Writer()
    for paragraph in paragraphs(without_margins(pages)):
        writer.spread(list(_joined(paragraph)))
    yield writer.document(source)


def _empty(images: Sequence[int], broken: Sequence[int]) -> str:
    if images:
        return f"{_named(images)} no text, only images (a scan); run OCR first"
    return f"{_named(broken)} damage and cannot be read" if broken else "this PDF holds no text"


def _named(pages: Sequence[int]) -> str:
    """Name pages, runs of them by their ends: pages 1-3, 7 hold."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1][1:] = [page]
        else:
            runs.append([page])
    told = ", ".join("-".join(map(str, run)) for run in runs)
    return f"page {told} holds" if len(pages) == 1 else f"pages {told} hold"


_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]")


def _joined(paragraph: Sequence[Line]) -> Iterator[tuple[str, str]]:
    """Yield the lines of a paragraph with their places, a blank where two words meet, none in a number."""
    for n, line in enumerate(paragraph):
        text, before = line.text.strip(), paragraph[n - 1].text.rstrip() if n else ""
        words = before[-1:].isascii() and text[:1].isascii() and (before[-1:].isalpha() or text[:1].isalpha())
        yield " " * (bool(before) and words) + text, f"page {line.page}"


# Radicals stand for the characters that they look like where a font maps both to one glyph.
SAME = {
    code: same
    for first, last in ((0x2E80, 0x2FDF), (0xF900, 0xFAFF))
    for code in range(first, last + 1)
    if len(same := unicodedata.normalize("NFKC", chr(code))) == 1 and same != chr(code)
}
_HYPHENS = {0x02: "-", 0xFFFE: "-", 0xAD: "", 0x00: "", 0xFEFF: "", 0x200B: ""}
_TWIN = {**SAME, **_HYPHENS}


def _lines(page: pypdfium2.PdfPage, number: int, most: int) -> list[Line]:
    """Return the lines of a page, as PDFium orders them, of ``most`` characters and one, which tells that there are more."""
    text_page = page.get_textpage()
    handle, box = text_page.raw, raw.FS_RECTF()
    found: list[Line] = []
    chars: list[tuple[str, bool, float, float, float]] = []
    count = min(text_page.count_chars(), most + 1)
    for n in range(count + 1):
        code = raw.FPDFText_GetUnicode(handle, n) if n < count else 0x0A
        if code in {0x0A, 0x0D}:
            if line := _line(chars, number):
                found.append(line)
            chars = []
            continue
        char = _TWIN.get(code, chr(code))
        if not char or not raw.FPDFText_GetLooseCharBox(handle, n, ctypes.byref(box)):
            continue
        chars.append((char, raw.FPDFText_IsGenerated(handle, n) == 1, box.left, box.right, box.bottom))
    text_page.close()
    return found


_AUTOSPACE = 0.5  # sizes: the gap that programs set between Chinese and Western characters
_CELLS = 2.0  # sizes: the gap that only stands between cells


def _line(chars: Sequence[tuple[str, bool, float, float, float]], number: int) -> Line | None:
    """Put a line together; a blank that stands for a gap only is kept by the width of the gap."""
    solid = [char for char in chars if not char[0].isspace()]
    if not solid:
        return None
    widths = [right - left for text, _, left, right, _ in solid if _WIDE.match(text)]
    size = median(widths) if widths else 2 * median(right - left for _, _, left, right, _ in solid)
    pieces: list[str] = []
    edge = solid[0][2]
    gap, generated = "", True
    for text, is_gap, left, right, _ in chars:
        if text.isspace():
            gap, generated = gap + " ", generated and is_gap
            continue
        width = left - edge
        if pieces and (gap or width > _CELLS * size):
            between = _between(pieces[-1], text, width / size, generated=generated and bool(gap)) if gap else "  "
            pieces.append(between)
        pieces.append(text)
        edge, gap, generated = right, "", True
    text = "".join(pieces)
    whole = _WHOLE.match(text)
    head = solid[min(len(whole[0].replace(" ", "")) if whole else 1, len(solid)) - 1][3] - solid[0][2]
    return Line(text, number, solid[0][2], solid[-1][3], min(char[4] for char in solid), size, head)


# What is never parted at the end of a line: opening marks, a word or a character, closing marks.
_WHOLE = re.compile(r"[“‘（(《「『【\[]*(?:[0-9A-Za-z.,%:/@_-]+|[—─…]{1,2}|.)[，。、；：？！,;:?!%”’）)》」』】\]—…]*")


def _between(before: str, after: str, gap: float, *, generated: bool) -> str:
    if gap > _CELLS:
        return "  "
    wide = bool(_WIDE.match(before[-1:]) or _WIDE.match(after))
    return "" if generated and wide and gap < _AUTOSPACE else " "
