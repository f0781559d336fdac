"""What is fuzzed: for each part of the program a function that takes bytes and asserts what holds of any bytes.

Nothing but an `AssertionError` or a fault of the program comes out of a target: what a part may raise is met in it.
"""

from __future__ import annotations

import io
import re
import zipfile
from itertools import pairwise
from typing import TYPE_CHECKING

import miner
from miner.decoding import NotText, decode
from miner.documents import Document, line_of, line_starts
from miner.pipeline import mine_document
from miner.readers import File, formats, read_file
from miner.reading import read
from miner.schema import CHOICES, Observation, Problem
from miner.text import fold, simplify
from miner.wrapping import unwrap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from miner.quantities import Quantity
    from miner.spans import Span


def text_of(data: bytes) -> str:
    """Return bytes as a text that Python may hold, lone surrogates too."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace")


def numbers(data: bytes) -> None:
    """Numerals stand where they say, in order and apart, and are the same each time; the twin is of equal length."""
    text = text_of(data)
    assert len(fold(text)) == len(simplify(text)) == len(text)
    found = miner.find_numbers(text)
    assert found == miner.find_numbers(text)
    for number in found:
        assert number.text == text[number.start : number.end] != ""
        assert number.value.is_finite()
        assert number.high is None or number.high.is_finite()
    assert_apart(found)


def quantities(data: bytes) -> None:
    """Quantities stand where they say, in order and apart, their values within their bounds."""
    text = text_of(data)
    found = miner.find_quantities(text)
    assert found == miner.find_quantities(text)
    for quantity in found:
        assert quantity.text == text[quantity.start : quantity.end] != ""
        assert quantity.start <= quantity.core.start < quantity.core.end <= quantity.end
        assert_bounds(quantity)
    assert_apart(found)


def pipeline(data: bytes) -> None:
    """Rows and refusals stand where they say; a second reading gives the same."""
    text = text_of(data)
    assert unwrap(text).text == text
    readings, rejections = read(Document("a.txt", text), None)
    assert_rows([reading.observation for reading in readings], text)
    assert all(refused.text == text[refused.start : refused.end] != "" for refused in rejections)
    assert (readings, rejections) == read(Document("a.txt", text), None)


def outputs(data: bytes) -> None:
    """What is read of a file is audited and written, and is read back as it was."""
    rows = [row for document in documents("a.txt", data) for row in mine_document(document)]
    for finding in miner.audit(rows):
        assert set(finding.evidence) <= set(rows)
    for form in ("json", "jsonl", "md"):
        assert miner.export(rows, io.StringIO(newline=""), form) == len(rows)
    file = io.StringIO(newline="")
    miner.export(rows, file, "csv")
    assert list(miner.read_csv(io.StringIO(file.getvalue(), newline=""))) == rows


def decoding(data: bytes) -> None:
    """Bytes are text, or are said to be none; what is sound goes back into the same bytes where its encoding is named."""
    try:
        text, warning = decode(data)
    except NotText:
        return
    assert warning or text.encode("utf-8", "surrogatepass").decode("utf-8", "surrogatepass") == text
    assert len(text) <= len(data)


def number_formats(data: bytes) -> None:
    """Any number is shown in any format of a spreadsheet: first line the number, second the format."""
    first, _, code = text_of(data).partition("\n")
    try:
        value = float(first)
    except ValueError:
        value = float(len(first))
    shown = formats.shown(value, code)
    assert shown == formats.shown(value, code)
    if value.is_integer():
        formats.shown(int(value), code)


def reader(name: str) -> Callable[[bytes], None]:
    """Return a target that reads bytes as a file of that name: documents or problems, never a fault."""

    def target(data: bytes) -> None:
        for document in documents(name, packed(data) if name in PACKED else data):
            assert_rows(mine_document(document), document.text)

    return target


def documents(name: str, data: bytes) -> list[Document]:
    """Read a file twice and alike; return its documents, whose tables and marks stand in their text."""
    told = list(read_file(File(name, data)))
    assert told == list(read_file(File(name, data)))
    assert all(one.source.startswith(name) for one in told)
    problems = [problem.message for problem in told if isinstance(problem, Problem)]
    assert all(message and "a fault of this program" not in message for message in problems), problems
    found = [document for document in told if isinstance(document, Document)]
    for document in found:
        marks = [mark.offset for mark in document.marks]
        assert marks == sorted(set(marks))
        assert not marks or 0 <= marks[0] <= marks[-1] <= len(document.text)
        for table in document.tables:
            assert 0 <= table.headers <= len(table.rows)
            assert len({len(row) for row in table.rows}) == 1
            assert all(0 <= cell.start <= cell.end <= len(document.text) for row in table.rows for cell in row)
    return found


def assert_rows(rows: list[Observation], text: str) -> None:
    """Assert what docs/figures.md says of any row: its place, its sentence, its line, its words and its bounds."""
    starts = line_starts(text)
    for row in rows:
        assert row.text == text[row.start : row.end] != ""
        assert row.line == line_of(starts, row.start)
        assert row.sentence == row.sentence.strip()
        begin = text.rfind(row.sentence, max(0, row.end - len(row.sentence)), row.start + len(row.sentence))
        assert begin >= 0, (row.text, row.sentence)
        assert all(getattr(row, name) in words for name, words in CHOICES.items())
        assert not row.direction or row.measure in {"growth", "change"}, row
        assert row.direction != "down" or row.value <= 0, row
        assert_bounds(row)
    assert_apart(rows)


def assert_bounds(row: Observation | Quantity) -> None:
    assert row.value.is_finite()
    assert row.number.is_finite()
    assert row.value_min is None or row.value_min <= row.value, row
    assert row.value_max is None or row.value <= row.value_max, row
    assert row.modifier != "exact" or row.value_min == row.value == row.value_max, row


def assert_apart(found: Iterable[Span | Observation | Quantity | miner.Number]) -> None:
    assert all(one.end <= other.start for one, other in pairwise(found))


PACKED = {"a.docx", "a.xlsx", "a.zip"}
_PART = re.compile(rb"^== ([^\n]{1,200})\n", re.MULTILINE)


def packed(data: bytes) -> bytes:
    """Return a ZIP archive of the parts of a text, each after a line ``== name``; other bytes as they are.

    So that what an archive holds can be changed by hand and by a fuzzer; bytes of an archive itself are tried too.
    """
    _, *parts = _PART.split(data)
    if not parts:
        return data
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        members = {
            zipfile.ZipInfo(name.decode("utf-8", "replace")).filename: held
            for name, held in zip(parts[::2], parts[1::2], strict=True)
        }
        for name, held in members.items():
            if name:
                archive.writestr(zipfile.ZipInfo(name), held.removesuffix(b"\n"))
    return buffer.getvalue()


TARGETS: dict[str, Callable[[bytes], None]] = {
    "numbers": numbers,
    "quantities": quantities,
    "pipeline": pipeline,
    "outputs": outputs,
    "decoding": decoding,
    "formats": number_formats,
    "text": reader("a.txt"),
    "markdown": reader("a.md"),
    "csv": reader("a.csv"),
    "html": reader("a.html"),
    "mhtml": reader("a.mhtml"),
    "mail": reader("a.eml"),
    "docx": reader("a.docx"),
    "xlsx": reader("a.xlsx"),
    "zip": reader("a.zip"),
    "pdf": reader("a.pdf"),
}
"""Each target by its name; its inputs are in ``tests/fuzz/corpus/NAME/``."""
