"""The Excel workbook: what LibreOffice shows of it, and what Excel would refuse."""

from __future__ import annotations

import subprocess
import zipfile
from contextlib import closing
from decimal import Decimal
from html.parser import HTMLParser
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

import miner
from miner.exports import export
from miner.exports.cells import distinct
from miner.exports.xlsx import ALL, OTHERS, Book, width, workbook
from miner.schema import COLUMNS, DECIMALS, INTEGERS, Observation
from tests.programs import program
from tests.rows import HOSTILE, row, texts

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

VALUE = COLUMNS.index("value")
BLUE, ORANGE = "#DDEBF7", "#FCE4D0"
HOSTILE_ROWS = [
    row(park="[园]:*?/\\'", text=text, sentence=text, indicator=text, source="b.txt")
    for text in HOSTILE
    if text.isprintable()
]
GROWTH = [
    row(
        measure="growth",
        direction=way,
        value=Decimal(value),
        number=Decimal(value),
        unit="%",
        base_unit="%",
        source="b",
    )
    for way, value in (("down", "-8.80"), ("flat", "0"), ("up", "12345.678"))
]
LONG = [row(number=Decimal("0.00000001"), value=Decimal("12345678901234567.25"), unit="亿", base_unit="元", source="b")]


class Shown(NamedTuple):
    """A cell as LibreOffice shows it, with the number and the link behind it and its colour."""

    text: str
    number: str
    color: str
    link: str


class Page(HTMLParser):
    """The sheets of a workbook that LibreOffice wrote as a page: their names, and the cells of each line."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: dict[str, list[list[Shown]]] = {}
        self._path: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "em":
            self._path = ["em"]
        elif tag == "tr":
            list(self.sheets.values())[-1].append([])
        elif tag == "td":
            self._path = ["td"]
            self._last.append(Shown("", values.get("sdval", ""), values.get("bgcolor", ""), ""))
        elif tag == "a" and self._path == ["td"]:
            self._last[-1] = self._last[-1]._replace(link=values["href"])

    def handle_endtag(self, tag: str) -> None:
        if tag in self._path:
            self._path = []

    def handle_data(self, data: str) -> None:
        if self._path == ["em"]:
            self.sheets[data] = []
        elif self._path == ["td"]:
            self._last[-1] = self._last[-1]._replace(text=self._last[-1].text + data)

    @property
    def _last(self) -> list[Shown]:
        return list(self.sheets.values())[-1][-1]


@pytest.fixture(scope="module")
def rows() -> list[Observation]:
    return [*miner.mine("seeds/"), *HOSTILE_ROWS, *GROWTH, *LONG]


@pytest.fixture(scope="module")
def shown(rows: list[Observation], tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[Shown]]]:
    """The sheets of a workbook with the seeds and what is hard in them, as LibreOffice shows them."""
    soffice = program("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("workbook")
    export(rows, folder / "figures.xlsx", links=dict(miner.find_files("seeds/")))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    convert = [
        soffice,
        profile,
        "--headless",
        "--convert-to",
        "html",
        "--outdir",
        str(folder),
        str(folder / "figures.xlsx"),
    ]
    subprocess.run(convert, check=True, capture_output=True, timeout=300)
    page = Page()
    page.feed((folder / "figures.html").read_text(encoding="utf-8"))
    return page.sheets


def in_words(name: str, row: Observation) -> str:
    """Return what a reader of the sheet is to see."""
    value = getattr(row, name)
    if name in INTEGERS:
        return f"{value:,}"
    if name not in DECIMALS:
        return " ".join(value.split())
    if value is None:
        return ""
    digits = len(value.as_tuple().digits)
    return f"{value:,f}{row.unit if name == 'number' else row.base_unit}" if digits <= 15 else format(value, "f")


class TestInLibreOffice:
    def test_every_cell_shows_its_value_with_its_unit(
        self, shown: dict[str, list[list[Shown]]], rows: list[Observation]
    ) -> None:
        header, *lines = shown[ALL]
        assert [cell.text for cell in header] == list(COLUMNS)
        assert [[" ".join(cell.text.split()) for cell in line] for line in lines] == [
            [in_words(name, figure) for name in COLUMNS] for figure in rows
        ]

    def test_numbers_are_numbers_and_percentages_are_hundredths(
        self, shown: dict[str, list[list[Shown]]], rows: list[Observation]
    ) -> None:
        for line, figure in zip(shown[ALL][1:], rows, strict=True):
            if figure not in LONG:
                assert float(line[VALUE].number) == float(
                    figure.value / 100 if figure.base_unit == "%" else figure.value
                )

    def test_growth_is_blue_where_up_and_orange_where_down(
        self, shown: dict[str, list[list[Shown]]], rows: list[Observation]
    ) -> None:
        for sheet in shown.values():
            assert {cell.color for line in sheet[1:] for n, cell in enumerate(line) if n != VALUE} == {""}
        for line, figure in zip(shown[ALL][1:], rows, strict=True):
            growing = figure.measure == "growth" and figure.value
            assert line[VALUE].color == ((BLUE if figure.value > 0 else ORANGE) if growing else "")
        assert {line[VALUE].color for line in shown[ALL][1:]} == {"", BLUE, ORANGE}

    def test_a_sheet_for_each_park_has_its_rows(
        self, shown: dict[str, list[list[Shown]]], rows: list[Observation]
    ) -> None:
        parks = list(dict.fromkeys(figure.park for figure in rows))
        assert list(shown) == [ALL, *(park if park[0] != "[" else "园" for park in parks)]
        for park, (header, *lines) in zip(parks, list(shown.values())[1:], strict=True):
            assert header == shown[ALL][0]
            assert lines == [line for line, figure in zip(shown[ALL][1:], rows, strict=True) if figure.park == park]

    def test_a_source_leads_to_its_file(self, shown: dict[str, list[list[Shown]]], rows: list[Observation]) -> None:
        files = dict(miner.find_files("seeds/"))
        for line, figure in zip(shown[ALL][1:], rows, strict=True):
            link = unquote(line[COLUMNS.index("source")].link)
            assert (link or None) == (files[figure.source].resolve().as_uri() if figure.source in files else None)


def sheets(rows: list[Observation], path: Path) -> dict[str, list[str]]:
    """Return the column ``text`` of each sheet of a workbook with these rows."""
    export(rows, path)
    with closing(load_workbook(path)) as book:
        return {sheet.title: _texts(sheet) for sheet in book.worksheets}


def _texts(sheet: Worksheet) -> list[str]:
    return [str(line[COLUMNS.index("text")]) for line in sheet.iter_rows(min_row=2, values_only=True)]


class TestLimits:
    def test_a_full_sheet_goes_on_in_another(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("miner.exports.xlsx._MOST_ROWS", 3)
        found = sheets([row(park="甲", text=str(n)) for n in range(5)], tmp_path / "a.xlsx")
        assert found == {
            ALL: ["0", "1"], "甲": ["0", "1"], f"{ALL} (2)": ["2", "3"], "甲 (2)": ["2", "3"],
            f"{ALL} (3)": ["4"], "甲 (3)": ["4"],
        }  # fmt: skip

    def test_the_last_of_many_parks_share_a_sheet(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("miner.exports.xlsx._MOST_PARKS", 2)
        found = sheets([row(park=park, text=park) for park in "甲乙丙丁甲"], tmp_path / "a.xlsx")
        assert found == {ALL: list("甲乙丙丁甲"), "甲": ["甲", "甲"], "乙": ["乙"], OTHERS: ["丙", "丁"]}

    def test_more_parks_than_files_may_be_open(self, tmp_path: Path) -> None:
        found = sheets([row(park=str(n)) for n in range(1500)], tmp_path / "a.xlsx")
        assert len(found) == 202
        assert len(found[ALL]) == 1500

    def test_formats_beyond_what_excel_allows_go_without_their_units(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("miner.exports.xlsx._MOST_FORMATS", 2)
        export([row(unit=unit, base_unit=unit) for unit in "甲乙丙%"], tmp_path / "a.xlsx")
        with closing(load_workbook(tmp_path / "a.xlsx")) as book:
            formats = [line[VALUE].number_format for line in book.worksheets[0].iter_rows(min_row=2)]
        assert formats == ['#,##0"甲"', '#,##0"乙"', "#,##0", "#,##0%"]

    def test_links_beyond_what_excel_allows_are_plain(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("miner.exports.xlsx._MOST_LINKS", 1)
        export([row(source="a"), row(source="a")], tmp_path / "a.xlsx", links={"a": tmp_path / "a.txt"})
        assert links(tmp_path / "a.xlsx") == ["a.txt", None]

    @pytest.mark.parametrize(
        ("name", "link"),
        [
            ("a b#1%.txt", "a%20b%231%25.txt"),
            ("a%20.txt", "a%2520.txt"),
            ("园区.txt", "园区.txt"),
            ("甲/a:b.txt", r"甲\a:b.txt"),
            ("../x", r"..\x"),
            ("a", "a"),
            ("a\nb", None),
            ("a" * 3000, None),
        ],
    )
    def test_any_file_name_is_a_link_or_none(self, tmp_path: Path, name: str, link: str | None) -> None:
        export([row(source="a")], tmp_path / "a.xlsx", links={"a": tmp_path / name})
        assert links(tmp_path / "a.xlsx") == [link]

    @pytest.mark.parametrize(("char", "kept"), [("企", 32_766), ("😀", 16_383)])
    def test_a_text_longer_than_a_cell_ends_in_dots(self, tmp_path: Path, char: str, kept: int) -> None:
        whole = char * (32_767 // (1 + (char > "\uffff")))
        assert sheets([row(text=whole), row(text=whole + char)], tmp_path / "a.xlsx")[ALL] == [whole, char * kept + "…"]

    @given(st.lists(texts | st.sampled_from(["History", "甲" * 40, "a" * 31, "A" * 31, "'''", ALL]), max_size=8))
    def test_names_of_sheets_are_what_excel_allows(self, names: list[str]) -> None:
        taken: set[str] = set()

        class Unwritten:
            def add_format(self, _: object) -> None:
                """Stand in for a workbook."""

        book = Book(Unwritten())
        named = [book.named(name) for name in names]
        assert all(0 < len(name.encode("utf-16-le")) <= 62 for name in named)
        assert not any(set(name) & set("[]:*?/\\'\0\n") for name in named)
        assert len({name.lower() for name in named} | {"history"}) == len(names) + 1
        assert [distinct(name, taken, 31) for name in named] == named

    def test_every_hostile_name_is_taken_by_the_library(self, tmp_path: Path) -> None:
        assert len(sheets([row(park=text) for text in HOSTILE], tmp_path / "a.xlsx")) == len(HOSTILE) + 1


def links(path: Path) -> list[str | None]:
    with closing(load_workbook(path)) as book:
        cells = [line[COLUMNS.index("source")] for line in book.worksheets[0].iter_rows(min_row=2)]
        return [cell.hyperlink.target if cell.hyperlink else None for cell in cells]


class TestLayout:
    def test_the_header_is_frozen_and_filters(self, tmp_path: Path) -> None:
        export([row()], tmp_path / "a.xlsx", headers="zh")
        with closing(load_workbook(tmp_path / "a.xlsx")) as book:
            for sheet in book.worksheets:
                assert sheet["A1"].value == "园区"
                assert sheet.freeze_panes == "A2"
                assert sheet.auto_filter.ref == sheet.dimensions

    def test_columns_are_wide_enough_for_chinese_and_no_wider_than_a_screen(self, tmp_path: Path) -> None:
        export([row(park="岳阳绿色化工高新技术产业开发区", sentence="企业" * 1000)], tmp_path / "a.xlsx")
        with closing(load_workbook(tmp_path / "a.xlsx")) as book:
            widths = book.worksheets[0].column_dimensions
            assert widths["A"].width > 30
            assert widths["V"].width < 70
        assert width("ab企业") == 6

    def test_no_day_and_no_name_is_in_it(self, tmp_path: Path) -> None:
        export([row()], tmp_path / "a.xlsx")
        with zipfile.ZipFile(tmp_path / "a.xlsx") as parts:
            assert {part.date_time[0] for part in parts.infolist()} == {1980}
            assert parts.read("docProps/core.xml").count(b"2000-01-01T00:00:00Z") == 2

    def test_what_fails_leaves_no_file_open_or_behind(self, tmp_path: Path) -> None:
        def give_up() -> None:
            with workbook(tmp_path / "a.xlsx") as book:
                book.book.add_worksheet("a").write_string(0, 0, "x")
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            give_up()
        assert not list(tmp_path.iterdir())
