"""Files that are no plain text: workbooks, CSV and archives, sound, damaged and hostile."""

from __future__ import annotations

import csv
import datetime as dt
import io
import sys
import tracemalloc
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

import miner
from miner.limits import Limits
from miner.readers import KINDS, File, kind_of, read_file
from miner.readers.formats import shown, shown_date
from miner.readers.separated import _rows
from miner.readers.sheets import Sheet, document

if TYPE_CHECKING:
    from collections.abc import Mapping

SENTENCE = "全区有企业66家。"


def read(name: str, data: bytes) -> tuple[list[tuple[str, str]], list[str]]:
    """Return source and text of the documents in a file, and the problems met."""
    told = list(read_file(File(name, data)))
    documents = [(part.source, part.text) for part in told if isinstance(part, miner.Document)]
    return documents, [str(part) for part in told if isinstance(part, miner.Problem)]


def workbook(*rows: list[object], formats: Mapping[str, str] | None = None, name: str = "产值") -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    for row in rows:
        sheet.append(row)
    for cell, code in (formats or {}).items():
        sheet[cell].number_format = code
    return saved(book)


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def archive(members: Mapping[str, bytes | str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, data in members.items():
            opened.writestr(name, data)
    return file.getvalue()


def changed(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """Return an archive with a piece of one member replaced."""
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        members = {member: opened.read(member) for member in opened.namelist()}
    assert old in members[name]
    return archive(members | {name: members[name].replace(old, new)})


class TestNumberFormats:
    @pytest.mark.parametrize(
        ("value", "code", "text"),
        [
            (12.300000000000001, "General", "12.3"),
            (1e5, "General", "100000"),
            (139700000.25, "General", "139700000.25"),
            (0.1 + 0.2, "General", "0.3"),
            (0.334, "0.0%", "33.4%"),
            (0.334, "0%", "33%"),
            (-0.088, "0.0%", "-8.8%"),
            (139.65, "0.0", "139.7"),
            (1234567.5, "#,##0.00", "1,234,567.50"),
            (-1234.5, "#,##0.00_);[Red](#,##0.00)", "-1,234.50"),
            (139.7, '0.0"亿元"', "139.7亿元"),
            (66, "0\\家", "66家"),
            (5, "General\\ ", "5"),
            (1234567, '#,##0,"千"', "1,235千"),
            (99.5, "[$¥-804]#,##0.00", "¥99.50"),
            (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
            (12.5, "0.0##", "12.5"),
            (0.5, "# ?/?", "0.5"),
            (1e5, "0.00E+00", "100000"),
            (-0.04, "0.0", "0.0"),
            (float("inf"), "0.0", ""),
        ],
    )
    def test_a_number_is_read_as_it_is_shown(self, value: float, code: str, text: str) -> None:
        assert shown(value, code) == text

    @pytest.mark.parametrize(
        ("code", "text"),
        [("yyyy-mm-dd", "2024年3月31日"), ('yyyy"年"m"月"', "2024年3月"), ("m月d日", "3月31日"), ("yyyy", "2024年")],
    )
    def test_a_date_is_read_as_far_as_it_is_shown(self, code: str, text: str) -> None:
        assert shown_date(dt.date(2024, 3, 31), code) == text

    @given(st.floats(), st.text('0#?.,%;"\\_-()[]E亿/', max_size=12))
    def test_any_format_gives_one_line(self, value: float, code: str) -> None:
        assert "\n" not in shown(value, code)


class TestWorkbooks:
    def test_figures_have_their_cell_as_their_place(self) -> None:
        data = workbook(["产业", "产值(亿元)", "同比"], ["医药", 98.6, 0.112], formats={"C2": "0.0%"})
        (told,) = read_file(File("a.xlsx", data))
        assert isinstance(told, miner.Document)
        rows = miner.mine_document(told)
        assert [(row.place, row.text, row.indicator, row.measure) for row in rows] == [
            ("产值!B2", "98.6", "医药产值", "level"),
            ("产值!C2", "11.2%", "医药产值", "growth"),
        ]

    def test_a_year_is_no_figure_and_a_date_is_a_date(self) -> None:
        data = workbook(["时间", "企业(家)"], [dt.datetime(2023, 3, 1), 66], formats={"A2": "yyyy年m月"})  # noqa: DTZ001
        (told,) = read_file(File("a.xlsx", data))
        assert isinstance(told, miner.Document)
        assert [(row.text, row.period) for row in miner.mine_document(told)] == [("66", "2023-03")]

    def test_hidden_sheets_are_named_and_left_out(self) -> None:
        book = Workbook()
        sheet, hidden = book.active, book.create_sheet("底稿")
        assert sheet is not None
        sheet.append([SENTENCE])
        hidden.append(["企业99家"])
        hidden.sheet_state = "hidden"
        assert read("a.xlsx", saved(book)) == (
            [("a.xlsx", f"{SENTENCE}\n")],
            ["a.xlsx: hidden sheets are left out: 底稿"],
        )

    def test_formulas_are_read_by_their_values_and_those_without_are_counted(self) -> None:
        data = workbook(["企业(家)", 66], ["党员(人)", "=1+1"])
        told, problems = read("a.xlsx", data)
        assert told == [("a.xlsx", "产值\n\n企业(家)\t66\n党员(人)\n")]
        assert problems == [
            "a.xlsx: 1 formulas have no stored value; open the file in a spreadsheet program and save it"
        ]
        stored = changed(data, "xl/worksheets/sheet1.xml", b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>")
        assert read("a.xlsx", stored)[0] == [("a.xlsx", "产值\n\n企业(家)\t66\n党员(人)\t2\n")]

    def test_errors_empty_sheets_and_breaks_in_cells(self) -> None:
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.append(["#N/A", "两行\n一格\t制表"])
        book.create_sheet("空")
        told, problems = read("a.xlsx", saved(book))
        assert (told, problems) == ([("a.xlsx", "#N/A\t两行 一格 制表\n")], [])
        assert read("a.xlsx", saved(Workbook())) == ([], ["a.xlsx: this workbook is empty"])

    def test_formulas_in_text_stay_text(self) -> None:
        told, _ = read("a.xlsx", workbook(["'=cmd|' /C calc'!A0", "<b>企业66家</b>"]))
        assert "<b>企业66家</b>" in told[0][1]

    def test_a_cell_far_out_costs_nothing(self) -> None:
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        sheet["A1"] = SENTENCE
        sheet["XFD9000"] = 1
        told, problems = read("a.xlsx", saved(book))
        assert told == []
        assert "spreads over more than 2,000,000 cells" in problems[0]
        merged = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        told, problems = read("a.xlsx", changed(saved(book), "xl/worksheets/sheet1.xml", b"</sheetData>", merged))
        assert (told, problems) == (
            [],
            [
                "a.xlsx: left out: sheet Sheet spreads over more than 2,000,000 cells; delete what is empty in it, or allow more: --limit cells=N"
            ],
        )

    def test_entities_are_not_expanded(self) -> None:
        bomb = b'<!DOCTYPE x [<!ENTITY a "66"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">%s]>' % b"".join(
            b'<!ENTITY c%d "%s">' % (n, b"&c%d;" % (n - 1) * 10 if n else b"&b;" * 10) for n in range(9)
        )
        data = workbook(["企业66家"])
        spoiled = changed(data, "xl/worksheets/sheet1.xml", b"<worksheet", bomb + b"<worksheet")
        with zipfile.ZipFile(io.BytesIO(spoiled)) as opened:
            written = "企业66家".encode("ascii", "xmlcharrefreplace")  # as lxml writes it, which openpyxl then uses
            home = next(name for name in opened.namelist() if written in opened.read(name))
        spoiled = changed(spoiled, home, written, b"&c8;")
        told, problems = read("a.xlsx", spoiled)
        assert told == [] or len(told[0][1]) < 1000
        assert told or "damaged" in problems[0]

    @given(st.integers(0, 5000), st.integers(0, 255))
    def test_a_damaged_workbook_is_read_or_named(self, at: int, byte: int) -> None:
        data = bytearray(_SOUND)
        data[at % len(data)] = byte
        told, problems = read("a.xlsx", bytes(data))
        assert told or problems

    def test_a_workbook_cut_off_is_damaged(self) -> None:
        assert read("a.xlsx", _SOUND[:-200])[1] == ["a.xlsx: left out: this archive is damaged: File is not a zip file"]


_SOUND = workbook(["产业", "产值"], ["医药", 98.6])

_CELLS = st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=6), min_size=1), min_size=1)


def test_without_openpyxl_the_command_that_installs_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    assert read("a.xlsx", _SOUND)[1] == [
        'a.xlsx: left out: Excel files need one more package: pip install "miner[xlsx]"'
    ]


_WORDS = st.sampled_from(
    [
        "98.6",
        "66家",
        "-3.5%",
        "2023",
        "2023年",
        "1-6月",
        "累计",
        "同比(%)",
        "产值(亿元)",
        "单位:亿元",
        "单位",
        "亿元",
        "园区",
        "苏州工业园区",
        "合计",
        "其中:出口",
        "一、工业",
        "指标",
        "排名",
        "1",
        "—",
        "序号",
        "增长",
        "占比",
        "本月",
        "上年同期",
        "三期",
        "约12",
        "1,234.5",
        "#DIV/0!",
        "1—3",
        "12.5*",
        "年份",
        "注:全区有企业66家。",
    ]
) | st.text("产值企业家元%().-1234567890年月合计", max_size=8)
_RANGES = st.tuples(st.integers(0, 6), st.integers(0, 4), st.integers(0, 2), st.integers(0, 2))


class TestCells:
    @given(st.lists(st.lists(_WORDS, max_size=5), max_size=7), st.lists(_RANGES, max_size=2))
    def test_any_table_has_its_figures_at_their_offsets_each_once(
        self, rows: list[list[str]], ranges: list[tuple[int, int, int, int]]
    ) -> None:
        merged = [(n, k, n + down, k + right) for n, k, down, right in ranges if n < len(rows) and k < len(rows[n])]
        told = document("a.xlsx", [Sheet("产值", rows, merged)])
        for n, row in enumerate(rows if not merged else ()):
            assert [cell.of(told.text) for cell in told.tables[0].rows[n]][: len(row)] == row
        figures = miner.mine_document(told)
        assert all(told.text[figure.start : figure.end] == figure.text for figure in figures)
        starts = [figure.start for figure in figures]
        assert starts == sorted(set(starts))

    @given(_CELLS)
    def test_cells_of_csv_are_those_of_the_csv_module(self, rows: list[list[str]]) -> None:
        clean = [[cell.replace("\0", "") for cell in row] for row in rows]
        file = io.StringIO(newline="")
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows(clean)
        text = file.getvalue()
        cut = [[cell.of(text).replace('""', '"') for cell in row] for row in _rows(text, ",")]
        assert cut == [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]

    @given(st.text('企业66家,;\t|"\r\n ', max_size=60))
    def test_any_text_is_csv(self, text: str) -> None:
        (told,) = read_file(File("a.csv", b"\xef\xbb\xbf" + text.encode()))
        assert isinstance(told, miner.Document)
        assert told.text == text
        for figure in miner.mine_document(told):
            assert text[figure.start : figure.end] == figure.text

    @pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
    @pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
    def test_what_separates_is_found(self, separator: str, encoding: str) -> None:
        text = f'产业{separator}"产值(亿元)"\r\n医药{separator}"1,234.5"\r\n装备{separator}20\r\n'
        (told,) = read_file(File("a.csv", text.encode(encoding)))
        assert isinstance(told, miner.Document)
        rows = miner.mine_document(told)
        assert [(row.text, row.place, row.line, row.indicator) for row in rows] == [
            ("1,234.5", "B2", 2, "医药产值"),
            ("20", "B3", 3, "装备产值"),
        ]

    def test_a_very_long_line_of_quotes_is_linear(self) -> None:
        (told,) = read_file(File("a.csv", ('"' * 200_000 + "\n").encode()))
        assert isinstance(told, miner.Document)

    @pytest.mark.parametrize("name", ["figures.csv", "figures.xlsx"])
    def test_a_table_that_miner_wrote_is_left_out_and_no_fault(self, name: str) -> None:
        rows: list[list[object]] = [list(miner.COLUMNS), ["1"] * len(miner.COLUMNS)]
        data = workbook(*rows) if name.endswith("xlsx") else ",".join(miner.COLUMNS).encode("utf-8-sig")
        (problem,) = read_file(File(name, data))
        assert isinstance(problem, miner.Problem)
        assert not problem.fatal
        assert "a table of figures that miner wrote" in problem.message


class TestArchives:
    def test_each_file_in_it_is_read_under_its_name(self) -> None:
        data = archive({"园区/b.txt": SENTENCE.encode("gb18030"), "a.csv": "企业,66家", "照片.png": b"\x89PNG"})
        assert read("报告.zip", data) == ([("报告.zip/a.csv", "企业,66家"), ("报告.zip/园区/b.txt", SENTENCE)], [])

    def test_what_a_mac_adds_and_what_is_hidden_is_left_out(self) -> None:
        data = archive({"a.txt": SENTENCE, "__MACOSX/._a.txt": b"\0\5", ".DS_Store": b"\0", ".git/b.txt": "企业1家"})
        assert [source for source, _ in read("a.zip", data)[0]] == ["a.zip/a.txt"]

    @pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
    def test_names_without_a_mark_are_read_as_chinese(self, encoding: str) -> None:
        name = "园区统计公报.txt"
        data = archive({"x" * len(name.encode(encoding)): SENTENCE}).replace(
            b"x" * len(name.encode(encoding)), name.encode(encoding)
        )
        assert [source for source, _ in read("a.zip", data)[0]] == [f"a.zip/{name}"]

    def test_names_that_lead_elsewhere_are_only_names(self) -> None:
        data = archive({"../../etc/a.txt": SENTENCE, "/b.txt": SENTENCE, "x\\..\\c.txt": SENTENCE})
        assert [source for source, _ in read("a.zip", data)[0]] == ["a.zip/b.txt", "a.zip/etc/a.txt", "a.zip/x/c.txt"]

    def test_archives_in_archives_are_read_to_a_limit(self) -> None:
        data = archive({"a.txt": SENTENCE})
        most = Limits().depth
        for _ in range(most):
            data = archive({"in.zip": data, "a.txt": SENTENCE})
        told, problems = read("out.zip", data)
        assert len(told) == most
        deepest = "out.zip" + "/in.zip" * most
        allow = f"unpack it first, or allow more: --limit depth={most + 1}"
        assert problems == [f"{deepest}: left out: an archive within {most} others; {allow}"]

    def test_one_made_to_fill_the_memory_is_refused_at_no_cost(self) -> None:
        data = archive({"a.txt": bytes(100 << 20)})
        inner = archive({"in.zip": data, "b.txt": SENTENCE})
        tracemalloc.start()
        problems = read("a.zip", data)[1] + read("b.zip", inner)[1]
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert all("made to fill the memory" in problem for problem in problems)
        assert len(problems) == 2
        assert peak < 10 << 20

    def test_a_workbook_made_to_fill_the_memory_is_refused(self) -> None:
        with zipfile.ZipFile(io.BytesIO(_SOUND)) as opened:
            members = {member: opened.read(member) for member in opened.namelist()}
        data = archive(members | {"xl/worksheets/sheet1.xml": b"<worksheet>" + b" " * (300 << 20)})
        told, problems = read("a.xlsx", data)
        assert told == []
        allow = "split it, or allow more: --limit workbook=301MB"
        assert problems == [f"a.xlsx: left out: unpacked this would be 300 MB, more than 256 MB; {allow}"]

    def test_too_many_files(self) -> None:
        data = archive({f"{n}.txt": b"" for n in range(Limits().members + 1)})
        assert "more than 20,000; unpack it first, or allow more: --limit members=20001" in read("a.zip", data)[1][0]

    def test_a_locked_file_is_named_and_the_rest_is_read(self) -> None:
        data = bytearray(archive({"a.txt": SENTENCE, "b.txt": SENTENCE}))
        data[6] |= 1  # the flags of the first member, here and in the directory
        data[data.index(b"PK\x01\x02") + 8] |= 1
        told, problems = read("a.zip", bytes(data))
        assert [source for source, _ in told] == ["a.zip/b.txt"]
        assert problems == ["a.zip/a.txt: left out: this is locked with a password; unpack it first"]

    def test_a_damaged_file_is_named_and_the_rest_is_read(self) -> None:
        data = bytearray(archive({"a.txt": SENTENCE * 50, "b.txt": SENTENCE}))
        data[45] ^= 0xFF
        told, problems = read("a.zip", bytes(data))
        assert [source for source, _ in told] == ["a.zip/b.txt"]
        assert problems[0].startswith("a.zip/a.txt: left out: this is damaged in the archive")

    def test_one_with_nothing_to_read(self) -> None:
        assert read("a.zip", archive({"a.png": b"\x89PNG"}))[1][0].startswith(
            "a.zip: left out: this archive holds no file that can be read: .txt"
        )

    @given(st.binary(max_size=400))
    def test_any_bytes_are_read_or_named(self, data: bytes) -> None:
        for name in ("a.zip", "a.xlsx", "a.csv", "a"):
            told, problems = read(name, b"PK\x03\x04" + data)
            assert told or problems


class TestKinds:
    @pytest.mark.parametrize(
        ("name", "data", "message"),
        [
            ("a.txt", _SOUND, "this is an Excel file, not a text file; rename it to a.xlsx"),
            (
                "a.zip",
                _SOUND,
                "this is an Excel file, not a ZIP file; rename it to a.zip".replace("to a.zip", "to a.xlsx"),
            ),
            ("a.xlsx", archive({"a.txt": ""}), "this is a ZIP file, not an Excel file; rename it to a.zip"),
            ("a.csv", b"\x89PNG\r\n\x1a\n", "this is a PNG image, not text"),
            (
                "a.xls",
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(90),
                "this is an old Office document, not an Excel file",
            ),
            (
                "a.xlsx",
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
                "this is an Office document locked with a password, not an Excel file",
            ),
            ("a.xlsx", b"", "this archive is damaged: File is not a zip file"),
        ],
        ids=range(7),
    )
    def test_name_and_content_have_to_agree(self, name: str, data: bytes, message: str) -> None:
        told, problems = read(name, data)
        assert told == []
        assert problems[0].startswith(f"{name}: left out: {message}")

    @pytest.mark.parametrize("name", ["a", "a.dat"])
    def test_without_a_suffix_that_is_known_the_content_tells(self, name: str) -> None:
        assert kind_of(File(name, _SOUND)).name == "Excel"
        assert kind_of(File(name, archive({"a.txt": ""}))).name == "ZIP"
        assert kind_of(File(name, SENTENCE.encode())).name == "text"

    def test_suffixes_are_of_one_kind_each(self) -> None:
        suffixes = [suffix for kind in KINDS for suffix in kind.suffixes]
        assert len(suffixes) == len(set(suffixes))
