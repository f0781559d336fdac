"""PDF files: what is set on pages is read as it was written."""

import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

from miner.documents import Document
from miner.limits import Limits
from miner.pipeline import mine_document
from miner.readers import File, read_file
from tests import originals
from tests.originals import SEEDS, figures, original


def read(data: bytes) -> tuple[list[Document], list[str]]:
    return originals.read(data, "a.pdf")


def text_of(data: bytes) -> str:
    (document,), problems = read(data)
    assert problems == []
    return document.text


def font(text: str) -> str:
    """Return a font that a PDF may name without holding it: one for each script."""
    name = "MSung-Light" if "產" in text or "關" in text else "STSong-Light"
    pdfmetrics.registerFont(UnicodeCIDFont(name))
    return name


def typeset(
    text: str,
    *,
    columns: int = 1,
    indent: int = 2,
    size: float = 12,
    decorate: Callable[[Canvas, int], None] | None = None,
) -> bytes:
    """Set the lines of a text as paragraphs."""
    used = font(text)
    style = ParagraphStyle(
        "body", fontName=used, fontSize=size, leading=size * 1.5, wordWrap="CJK", firstLineIndent=indent * size
    )

    def on_page(canvas: Canvas, template: BaseDocTemplate) -> None:
        if decorate:
            canvas.setFont(used, 9)
            decorate(canvas, template.page)

    buffer, width = io.BytesIO(), (A4[0] - 144) / columns
    template = BaseDocTemplate(buffer, pagesize=A4, invariant=1)
    frames = [Frame(72 + n * width, 72, width - 12, A4[1] - 144, 0, 0, 0, 0) for n in range(columns)]
    template.addPageTemplates([PageTemplate(frames=frames, onPage=on_page)])
    escaped = (line.strip().replace("&", "&amp;").replace("<", "&lt;") for line in text.splitlines() if line.strip())
    template.build([Paragraph(line, style) for line in escaped])
    return buffer.getvalue()


def draw(*pages: Sequence[tuple[float, float, str]], password: str = "") -> bytes:
    """Put texts where they are to stand, in points from the left and from the top."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1, encrypt=password or None)
    for page in pages:
        canvas.setFont(font(""), 12)
        for left, top, text in page:
            canvas.drawString(left, A4[1] - top, text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("indent", [0, 2])
@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name[:3])
def test_a_seed_as_pdf_gives_the_same_figures(seed: Path, columns: int, indent: int) -> None:
    """Blank lines and the blanks that indent a line are lost, and with them nothing that a figure depends on."""
    document, problems = read(typeset(original(seed).text, columns=columns, indent=indent))
    assert problems == []
    assert figures(document[0]) == figures(original(seed))


SENTENCE = "截至10月，综保区进出口总额139.7亿元，比去年同期增长33.4%，其中出口86.2亿元，增长12.9%；"


def test_a_sentence_goes_on_over_a_page() -> None:
    def decorate(canvas: Canvas, page: int) -> None:
        canvas.drawString(72, A4[1] - 40, "某某经济技术开发区2023年统计公报")
        canvas.drawCentredString(A4[0] / 2, 30, f"- {page} -")

    text = SENTENCE * 60 + "企业66家。"
    (document,), _ = read(typeset(text, decorate=decorate, size=16))
    assert document.text == text + "\n"
    places = [mark.place for mark in document.marks]
    assert places == [f"page {n}" for n in range(1, len(places) + 1)]
    assert len(places) > 2
    second = document.marks[1].offset
    assert document.place(second - 1) == "page 1"
    assert document.place(second) == "page 2"


def test_what_is_only_alike_at_the_top_of_pages_stays() -> None:
    pages = [[(72, 72, f"甲区{n}月产值{n * 7}亿元。"), (72, 120, "以上。")] for n in range(1, 6)]
    assert [f"产值{n * 7}亿元" in text_of(draw(*pages)) for n in range(1, 6)] == [True] * 5


def test_a_page_that_a_browser_printed_has_no_address_on_it() -> None:
    page = [(24, 20, "5/31/24, 9:00 AM 简报"), (72, 72, "园区现有企业66家。"), (24, 820, "https://a.gov.cn/b.html 1/1")]
    assert text_of(draw(page)) == "园区现有企业66家。\n"


def test_gaps_between_chinese_and_digits_are_no_blanks_and_wide_ones_part_cells() -> None:
    size = 12
    line = [(72, 72, "共有企业"), (72 + 4 * size + 3, 72, "66"), (72 + 5 * size + 6, 72, "家，党员478名。")]
    rows = [
        [(72, y, name), (200, y, first), (320, y, second)]
        for y, name, first, second in (
            (120, "产业", "产值(亿元)", "增速(%)"),
            (140, "医药", "98.6", "11.2"),
            (160, "装备", "71.4", "-3.5"),
        )
    ]
    (document,), _ = read(draw([*line, *(cell for row in rows for cell in row)]))
    assert document.text.splitlines()[0] == "共有企业66家，党员478名。"
    assert [(row.indicator, row.text, row.unit) for row in mine_document(document)][2:] == [
        ("医药产值", "98.6", "亿元"),
        ("医药产值", "11.2", "%"),
        ("装备产值", "71.4", "亿元"),
        ("装备产值", "-3.5", "%"),
    ]


def test_lines_that_end_a_paragraph_are_not_joined() -> None:
    lines = ["二、工业", "全年完成产值312.6亿元，增长18.4%。", "三、贸易", "进出口139.7亿元。"]
    assert text_of(draw([(72, 72 + 18 * n, line) for n, line in enumerate(lines)])).splitlines() == lines


def test_radicals_are_read_as_the_characters_that_they_look_like() -> None:
    from miner.readers.pdf import SAME  # noqa: PLC0415 - as the reader is: only with its package

    assert SAME[ord("⽂")] == "文"
    assert SAME[ord("⼯")] == "工"
    assert all(len(same) == 1 for same in SAME.values())


def scan(*pages: str) -> bytes:
    """Make pages that hold a text, or an image where the text is blank."""
    from PIL import Image  # noqa: PLC0415 - reportlab brings it

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    for page in pages:
        canvas.setFont(font(""), 12)
        if page:
            canvas.drawString(72, 700, page)
        else:
            canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, A4[0], A4[1])
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def test_a_scan_is_named_as_such() -> None:
    assert read(scan("", "", "")) == (
        [],
        ["a.pdf: left out: pages 1-3 hold no text, only images (a scan); run OCR first"],
    )


def test_scanned_pages_among_others_are_named() -> None:
    (document,), problems = read(scan("园区现有企业66家。", "", "党员478名。", "", ""))
    assert document.text == "园区现有企业66家。\n党员478名。\n"
    assert problems == ["a.pdf: pages 2, 4-5 hold no text, only images (a scan); run OCR first"]


def test_pages_without_anything_are_named() -> None:
    assert read(draw([], []))[1] == ["a.pdf: left out: this PDF holds no text"]


def test_a_locked_file_is_named() -> None:
    assert read(draw([(72, 72, "园区现有企业66家。")], password="a"))[1] == [  # noqa: S106 - of a file made here
        "a.pdf: left out: this PDF is locked with a password; save it without one"
    ]


@pytest.mark.parametrize("data", [b"%PDF-1.7\nabc", b"%PDF-1.4\n" + bytes(10_000)], ids=["cut", "zeros"])
def test_a_damaged_file_is_named(data: bytes) -> None:
    assert read(data)[1] == ["a.pdf: left out: this PDF is damaged and cannot be opened"]


def test_every_cut_of_a_file_is_read_or_named() -> None:
    data = typeset(SENTENCE * 3)
    for length in range(0, len(data), 97):
        documents, problems = read(b"%PDF-" + data[5:length])
        assert len(documents) + len(problems) >= 1


@pytest.mark.parametrize(
    ("limits", "option"), [(Limits(pages=2), "pages=5"), (Limits(characters=9), "characters=N")], ids=str
)
def test_more_pages_than_the_limit_are_named(limits: Limits, option: str) -> None:
    data = draw(*[[(72, 72, f"企业{n}家。")] for n in range(1, 6)])
    problem, document = read_file(File("a.pdf", data, limits=limits))
    assert str(problem) == f"a.pdf: read only up to page 2 of 5; split it, or allow more: --limit {option}"
    assert isinstance(document, Document)
    assert document.text.splitlines() == ["企业1家。", "企业2家。"]


def test_a_missing_package_is_named_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    monkeypatch.delitem(sys.modules, "miner.readers.pdf", raising=False)
    assert read(b"%PDF-1.7")[1] == ['a.pdf: left out: PDF files need one more package: pip install "miner[pdf]"']
