"""Word documents (.docx): paragraphs and tables in the order of the page, as they read with all changes accepted.

Inserted text, content controls, links and text boxes are kept; deleted and hidden text, headers, footers, comments and
the numbers of lists are not. Footnotes stand at the end. Places count the paragraphs outside tables that hold text. The
day on which a file was made is not taken for the day on which its text was published.
"""

from __future__ import annotations

import io
import posixpath
from typing import TYPE_CHECKING

from lxml import etree

from miner.limits import megabytes, more
from miner.readers.archives import open_archive, unpack
from miner.readers.protocol import File, Unreadable
from miner.readers.writing import Cell, Row, Writer, is_data

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from miner.documents import Document
    from miner.readers.archives import Archive
    from miner.schema import Problem


def read(file: File) -> Iterator[Document | Problem]:
    """Read a Word document.

    Raises:
        Unreadable: this is damaged, or unpacks to more than the limits allow.
    """
    archive = open_archive(file)
    name = _main_part(archive)
    writer = Writer()
    _Body(writer).read(_stream(archive, name), "paragraph")
    for notes in ("footnote", "endnote"):
        root = _xml(archive, posixpath.join(posixpath.dirname(name), f"{notes}s.xml"))
        count = 0
        for note in root:
            if _kind(note) == notes and _attribute(note, "type") in {"", "normal"}:
                count += 1
                _Body(writer).read(_blocks(note), f"{notes} {count}")
    yield writer.document(file.source)


def _main_part(archive: Archive) -> str:
    relations = _xml(archive, "_rels/.rels")
    targets = [r.get("Target", "") for r in relations if r.get("Type", "").endswith("/officeDocument")]
    name = posixpath.normpath(targets[0].lstrip("/")) if targets else "word/document.xml"
    if name not in archive.namelist():
        raise Unreadable("this is no Word document: it holds no text")
    return name


def _xml(archive: Archive, name: str) -> etree._Element:
    """Parse a part, an empty one where there is none."""
    if name not in archive.namelist():
        return etree.Element("none")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(_unpacked(archive, name), parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(f"this document is damaged: {name}: {error.msg}") from None
    return _without_entities(root, name)


def _stream(archive: Archive, name: str) -> Iterator[etree._Element]:
    """Yield the paragraphs and tables of a part as they are parsed, and forget each: a tree of all takes much memory."""
    events = etree.iterparse(
        io.BytesIO(_unpacked(archive, name)),
        events=("start", "end"),
        tag=("{*}p", "{*}tbl"),
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )
    depth = 0
    try:
        for event, element in events:
            depth += 1 if event == "start" else -1
            if event == "start" or depth:
                continue
            yield _without_entities(element, name)
            element.clear()
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]
    except etree.XMLSyntaxError as error:
        raise Unreadable(f"this document is damaged: {name}: {error.msg}") from None


def _unpacked(archive: Archive, name: str) -> bytes:
    member = archive.getinfo(name)
    if member.file_size > (most := archive.limits.word):
        size, needed = megabytes(member.file_size), more("word", member.file_size)
        raise Unreadable(f"its text unpacks to {size}, more than {megabytes(most)}; split it, {needed}")
    return unpack(archive, member)


def _without_entities(root: etree._Element, name: str) -> etree._Element:
    """Refuse a part that declares entities, as Word does."""
    if etree.ElementTree(root).docinfo.doctype:
        raise Unreadable(f"this is no Word document: {name} declares entities")
    return root


def _kind(element: etree._Element) -> str:
    """Return the name of an element without its namespace, which two versions of the standard spell differently."""
    return str(element.tag).rpartition("}")[2]


def _attribute(element: etree._Element | None, name: str) -> str:
    if element is None:
        return ""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _child(element: etree._Element, *path: str) -> etree._Element | None:
    found: etree._Element | None = element
    for name in path:
        found = None if found is None else next((child for child in found if _kind(child) == name), None)
    return found


def _is_on(element: etree._Element | None) -> bool:
    """Tell whether a property is set: present, and not set to off."""
    return element is not None and _attribute(element, "val") not in {"0", "false", "off"}


# What holds text that is not part of the document as it reads, and what is read elsewhere.
_LEFT_OUT = frozenset(
    "del moveFrom delText instrText delInstrText pPr rPr sdtPr sdtEndPr tblPr tblGrid trPr tcPr rt rubyPr Fallback "  # noqa: SIM905 - reads best so
    "sectPr".split()
)
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}


class _Body:
    """Writes what stands in a body, a cell or a note."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.paragraphs = self.tables = self.boxes = 0
        self.kept = ""

    def read(self, blocks: Iterable[etree._Element], place: str) -> None:
        """Write paragraphs and tables; the place "paragraph" is counted."""
        for element in blocks:
            if _kind(element) == "tbl":
                self.tables += 1
                self._table(element)
            else:
                self._paragraph(element, place)

    def _paragraph(self, element: etree._Element, place: str) -> None:
        boxes: list[etree._Element] = []
        self.kept += _text(element, boxes.append)
        if _child(element, "pPr", "rPr", "del") is None:  # a deleted mark joins the paragraph with the next
            text, self.kept = self.kept, ""
            if text.strip():
                self.paragraphs += place == "paragraph"
                where = f"paragraph {self.paragraphs}" if place == "paragraph" else place
                for line in text.split("\n"):
                    self.writer.line(line.strip(" \xa0\u3000"), where)
        for box in boxes:
            self.boxes += 1
            self.read(_blocks(box), f"text box {self.boxes}")

    def _table(self, table: etree._Element) -> None:
        number = self.tables
        rows = _grid(table, number)
        nested = any(_kind(inner) == "tbl" for inner in table.iterdescendants() if isinstance(inner.tag, str))
        if nested or not is_data(rows):
            for n, row in enumerate(_rows(table), start=1):
                for cell in _cells(row):
                    self.read(_blocks(cell), f"table {number} row {n}")
        else:
            self.writer.table(rows)


def _blocks(body: etree._Element) -> Iterator[etree._Element]:
    """Yield the paragraphs and tables of a body, those in content controls and the like in their place."""
    stack = list(reversed(body))
    while stack:
        element = stack.pop()
        kind = _kind(element)
        if kind in {"p", "tbl"}:
            yield element
        elif kind not in _LEFT_OUT:
            stack.extend(reversed(element))


def _text(paragraph: etree._Element, on_box: Callable[[etree._Element], None]) -> str:
    """Return the text of a paragraph; hand the text boxes that hang on it to ``on_box``."""
    pieces: list[str] = []
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        kind = _kind(element)
        if kind == "txbxContent":
            on_box(element)
        elif kind in _LEFT_OUT or (kind == "r" and _is_on(_child(element, "rPr", "vanish"))):
            continue
        elif kind == "t":
            pieces.append(element.text or "")
        elif kind == "sym":
            code = int(_attribute(element, "char") or "0", 16)
            pieces.append(chr(code) if 0 < code < 0xE000 else "")
        elif kind in _SIGNS and not (kind == "br" and _attribute(element, "type") in {"page", "column"}):
            pieces.append(_SIGNS[kind])
        else:
            stack.extend(reversed(element))
    return "".join(pieces)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    return _held(table, "tr")


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    return _held(row, "tc")


def _held(element: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """Yield the rows of a table or the cells of a row that are not deleted, those in content controls too."""
    stack = list(reversed(element))
    while stack:
        inner = stack.pop()
        kind = _kind(inner)
        if kind == wanted:
            gone = _child(inner, "trPr", "del") is not None or _child(inner, "tcPr", "cellDel") is not None
            if not gone:
                yield inner
        elif kind not in _LEFT_OUT | {"p", "tbl"}:
            stack.extend(reversed(inner))


def _grid(table: etree._Element, number: int) -> list[Row]:
    """Lay the cells out in rows of one length, merged cells in each place that they cover."""
    rows: list[Row] = []
    above: tuple[Cell, ...] = ()
    for n, row in enumerate(_rows(table), start=1):
        cells = [Cell("")] * _number(_child(row, "trPr", "gridBefore"), least=0)
        for element in _cells(row):
            merged = _child(element, "tcPr", "vMerge")
            goes_on = merged is not None and _attribute(merged, "val") != "restart" and len(cells) < len(above)
            cell = above[len(cells)] if goes_on else Cell(_cell_text(element))
            cells += [cell] * _number(_child(element, "tcPr", "gridSpan"))
        above = tuple(cells)
        if cells:
            rows.append(Row(above, f"table {number} row {n}", _is_on(_child(row, "trPr", "tblHeader"))))
    width = max((len(row.cells) for row in rows), default=0)
    return [
        Row((*row.cells, *(Cell("") for _ in range(width - len(row.cells)))), row.place, row.header) for row in rows
    ]


def _number(element: etree._Element | None, least: int = 1) -> int:
    written = _attribute(element, "val")
    return max(least, min(int(written), 100)) if written.isascii() and written.isdigit() and len(written) < 5 else least


def _cell_text(cell: etree._Element) -> str:
    lines = [_text(element, lambda _: None) for element in _blocks(cell) if _kind(element) == "p"]
    return " ".join(" ".join(lines).split())
