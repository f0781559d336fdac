"""Word documents: what a reader sees with all changes accepted, in order, with its tables."""

import io
import zipfile
from html import escape
from pathlib import Path

import pytest

from miner.documents import Document
from miner.limits import Limits
from miner.pipeline import mine_document
from miner.readers import File, read_file
from tests import originals
from tests.originals import SEEDS, figures, lines, original

NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
STRICT = NAMES.replace(
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main"
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Target="{}" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)


def pack(parts: dict[str, str], main: str = "word/document.xml") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", RELATIONS.format(main))
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def word(body: str, names: str = NAMES, **notes: str) -> bytes:
    """Make a document of a body, and of other parts: ``footnotes`` and the like."""
    parts = {"word/document.xml": f"<w:document {names}><w:body>{body}<w:sectPr/></w:body></w:document>"}
    return pack(parts | {f"word/{name}.xml": text for name, text in notes.items()})


def p(*runs: str) -> str:
    return "<w:p><w:pPr><w:jc/></w:pPr>" + "".join(runs) + "</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(r(text))}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def read(data: bytes) -> Document:
    documents, problems = originals.read(data, "a.docx")
    assert problems == []
    assert len(documents) == 1
    return documents[0]


def text_of(body: str) -> list[str]:
    return lines(read(word(body)).text)


@pytest.mark.parametrize("names", [NAMES, STRICT], ids=["transitional", "strict"])
@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name[:3])
def test_a_seed_as_word_document_gives_the_same_figures(seed: Path, names: str) -> None:
    """Blank lines are lost, and the blanks around a line, and with them nothing that a figure depends on."""
    body = "".join(p(r(line[:7]), r(line[7:], "<w:b/>")) for line in original(seed).text.splitlines())
    document = read(word(body, names))
    assert lines(document.text) == lines(original(seed).text)
    assert figures(document) == figures(original(seed))


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (r("企业") + f"<w:ins>{r('66家')}</w:ins>", "企业66家"),
        (r("企业66家") + "<w:del><w:r><w:delText>36家</w:delText></w:r></w:del>", "企业66家"),
        (f"<w:moveFrom>{r('36家')}</w:moveFrom><w:moveTo>{r('企业66家')}</w:moveTo>", "企业66家"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{r('企业66家')}</w:sdtContent></w:sdt>", "企业66家"),
        (f'<w:hyperlink w:anchor="a">{r("企业66家")}</w:hyperlink>', "企业66家"),
        (f"<w:smartTag>{r('企业')}<w:smartTag>{r('66家')}</w:smartTag></w:smartTag>", "企业66家"),
        (f'<w:fldSimple w:instr="DATE">{r("企业66家")}</w:fldSimple>', "企业66家"),
        ("<w:r><w:fldChar/></w:r><w:r><w:instrText>PAGE 7</w:instrText></w:r>" + r("企业66家"), "企业66家"),
        (r("企业66家") + r("36家", "<w:vanish/>"), "企业66家"),
        (r("企业66家", '<w:vanish w:val="0"/>'), "企业66家"),
        (r("企业66家") + '<w:r><w:footnoteReference w:id="2"/></w:r>', "企业66家"),
        ("<w:r><w:t>企业</w:t><w:tab/><w:t>66</w:t><w:noBreakHyphen/><w:t>70家</w:t></w:r>", "企业\t66-70家"),
        (
            "<w:r><w:ruby><w:rt><w:r><w:t>yuan</w:t></w:r></w:rt><w:rubyBase>"
            + r("园")
            + "</w:rubyBase></w:ruby></w:r>",
            "园",
        ),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:char="2116"/></w:r>' + r("66"), "№66"),
        ("<w:r><w:t>企业</w:t><w:br w:type='page'/><w:t>66家</w:t></w:r>", "企业66家"),
    ],
)
def test_a_paragraph_reads_as_it_is_shown(runs: str, text: str) -> None:
    assert text_of(p(runs)) == [text]


def test_a_line_break_is_a_line_end() -> None:
    assert text_of(p("<w:r><w:t>企业66家。</w:t><w:br/><w:t>党员478名。</w:t></w:r>")) == ["企业66家。", "党员478名。"]


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    first = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{r('企业')}</w:p>"
    assert text_of(first + p(r("66家。"))) == ["企业66家。"]


def test_text_boxes_are_read_once_and_content_controls_in_their_place() -> None:
    box = f"<w:txbxContent>{p(r('盒中36家。'))}</w:txbxContent>"
    shape = f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    body = (
        p(r("一。"))
        + f"<w:sdt><w:sdtContent>{p(r('二。'))}</w:sdtContent></w:sdt>"
        + p(r("三。"), shape)
        + p(r("四。"))
    )
    document = read(word(body))
    assert lines(document.text) == ["一。", "二。", "三。", "盒中36家。", "四。"]
    assert [mark.place for mark in document.marks] == [
        "paragraph 1",
        "paragraph 2",
        "paragraph 3",
        "text box 1",
        "paragraph 4",
    ]


def test_footnotes_stand_at_the_end_and_headers_nowhere() -> None:
    notes = f'<w:footnotes {NAMES}><w:footnote w:type="separator">{p(r("-"))}</w:footnote><w:footnote w:id="2">{p(r("注36家。"))}</w:footnote></w:footnotes>'
    header = f"<w:hdr {NAMES}>{p(r('页眉99家。'))}</w:hdr>"
    document = read(word(p(r("企业66家。")), footnotes=notes, header1=header, footer1=header, comments=header))
    assert lines(document.text) == ["企业66家。", "注36家。"]
    assert [row.place for row in mine_document(document)] == ["paragraph 1", "footnote 1"]


def cells(document: Document) -> list[list[list[str]]]:
    return [[[cell.of(document.text) for cell in row] for row in table.rows] for table in document.tables]


HEAD = '<w:vMerge w:val="restart"/>'


def test_a_table_is_read_cell_by_cell_with_merged_cells_in_each_place() -> None:
    rows = (
        tr(tc("产业", HEAD), tc("产值", '<w:gridSpan w:val="2"/>'), properties="<w:tblHeader/>")
        + tr(tc("", "<w:vMerge/>"), tc("一季度"), tc("上半年"), properties="<w:tblHeader/>")
        + tr(tc("医药"), tc("98.6"), f"<w:sdt><w:sdtContent>{tc('205.3')}</w:sdtContent></w:sdt>")
        + tr(tc("删去"), tc("1"), tc("2"), properties="<w:del/>")
        + tr(tc("装备"), tc("71.4"))
    )
    document = read(word(p(r("单位：亿元")) + f"<w:tbl><w:tblPr/>{rows}</w:tbl>" + p(r("以上。"))))
    assert cells(document) == [
        [["产业", "产值", "产值"], ["产业", "一季度", "上半年"], ["医药", "98.6", "205.3"], ["装备", "71.4", ""]]
    ]
    assert document.tables[0].headers == 2
    found = [(row.indicator, row.text, row.unit, row.place) for row in mine_document(document)]
    assert found == [
        ("医药产值", "98.6", "亿元", "table 1 row 3"),
        ("医药产值", "205.3", "亿元", "table 1 row 3"),
        ("装备产值", "71.4", "亿元", "table 1 row 4"),
    ]


def test_a_table_that_lays_out_the_page_is_read_as_paragraphs() -> None:
    inner = f"<w:tbl>{tr(tc('产业'), tc('产值'))}{tr(tc('医药'), tc('98.6'))}</w:tbl>"
    cell = f"<w:tc>{p(r('企业66家。'))}{inner}{p()}</w:tc>"
    outer = f"<w:tbl>{tr(cell, tc('党员478名。'))}</w:tbl>"
    document = read(word(outer))
    assert cells(document) == [[["产业", "产值"], ["医药", "98.6"]]]
    assert [line for line in lines(document.text) if "。" in line] == ["企业66家。", "党员478名。"]


def test_the_document_may_stand_under_another_name() -> None:
    text = f"<w:document {NAMES}><w:body>{p(r('企业66家。'))}</w:body></w:document>"
    data = pack({"word/document2.xml": text}, "/word/document2.xml")
    assert lines(read(data).text) == ["企业66家。"]


# Hostile and damaged files

LAUGHS = '<!DOCTYPE w [<!ENTITY a "哈"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def problems_of(data: bytes, name: str = "a.docx") -> list[str]:
    documents, problems = originals.read(data, name)
    assert documents == []
    return problems


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    empty = "<w:p/>" * (1 << 23)
    data = pack({"word/document.xml": f"<w:document {NAMES}><w:body>{empty}</w:body></w:document>"})
    assert len(data) < 1 << 20
    assert problems_of(data)[0].startswith("a.docx: left out: 'word/document.xml' in it unpacks to 48 MB")
    (problem,) = read_file(File("a.docx", word(p(r("企业66家。"))), limits=Limits(word=100)))
    assert str(problem).startswith(
        "a.docx: left out: its text unpacks to 239 bytes, more than 100 bytes; split it, or allow more: --limit word="
    )


@pytest.mark.parametrize("doctype", [LAUGHS, OUTSIDE], ids=["laughs", "a file of this machine"])
def test_entities_are_refused(doctype: str) -> None:
    data = pack({"word/document.xml": f"{doctype}<w:document {NAMES}><w:body>{p(r('x'))}&a;</w:body></w:document>"})
    assert problems_of(data) == ["a.docx: left out: this is no Word document: word/document.xml declares entities"]


def test_very_deep_nesting_is_read_or_named() -> None:
    for part in ("<w:sdt>", "<w:smartTag>", "<w:tbl><w:tr><w:tc>"):
        end = "".join(f"</{tag[1:]}" for tag in reversed(part.replace(">", "> ").split()))
        for depth in (80, 100_000):
            documents, problems = originals.read(word(part * depth + p(r("企业66家。")) + end * depth), "a.docx")
            assert len(documents) + len(problems) >= 1


def test_an_old_document_is_named_with_what_to_do() -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    for name in ("a.doc", "a.docx"):
        (problem,) = problems_of(old, name)
        assert "this is an old Office document" in problem
        assert "save it as .docx" in problem
    (problem,) = problems_of(old + "EncryptedPackage".encode("utf-16-le"))
    assert "locked with a password" in problem


def test_a_damaged_document_is_named() -> None:
    (problem,) = problems_of(pack({"word/document.xml": "<w:document"}))
    assert problem.startswith("a.docx: left out: this document is damaged: word/document.xml: ")
    gone = pack({"word/styles.xml": "<a/>"}, "word/gone.xml")
    assert problems_of(gone) == ["a.docx: left out: this is no Word document: it holds no text"]


def test_every_cut_of_a_file_is_read_or_named() -> None:
    data = word(p(r("企业66家。")))
    for length in range(0, len(data), 13):
        documents, problems = originals.read(data[:length], "a.docx")
        assert len(documents) + len(problems) >= 1
