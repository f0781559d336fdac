"""The page as a file: complete, the same every time, small, inert; and the command that writes it."""

import base64
import json
import re
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from miner.cli.app import app
from typer.testing import CliRunner, Result

import miner
from miner import COLUMNS, Document, make_report
from miner.report.packing import Table, utf16

DIGITS = "123456789"
HOSTILE = "园区有企业66家</script><img src=x onerror=alert(1)>,=1+1\x1b[31m[red]\u202e甲\x00乙\ud800丙,党员478名。"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["report", *map(str, arguments)])


def unpacked(page: str) -> dict[str, Any]:
    found = re.search(r'id="data">([A-Za-z0-9+/=]+)</script>', page)
    assert found
    data: dict[str, Any] = json.loads(zlib.decompress(base64.b64decode(found[1])))
    return data


class TestTheFile:
    def test_every_cell_of_every_row_is_in_it(self) -> None:
        report = make_report(miner.read_documents("seeds/"))
        cells = unpacked(report.page)["cells"]
        assert report.observations == tuple(miner.mine("seeds/"))
        for name in COLUMNS:
            column = [cells[name]["table"][place] for place in cells[name]["rows"]]
            values = [getattr(row, name) for row in report.observations]
            assert column == [value if isinstance(value, str) else miner.guarded(value) for value in values]

    def test_spans_are_those_of_the_rows_in_utf_16(self) -> None:
        document = Document("a.txt", "🏭园区有企业66家,😀党员478名。")
        data = unpacked(make_report([document]).page)["documents"][0]
        units = document.text.encode("utf-16-le")
        shown = [units[2 * start : 2 * end].decode("utf-16-le") for start, end in data["spans"]]
        assert shown == ["66家", "478名"]

    def test_findings_point_at_their_rows(self) -> None:
        report = make_report(miner.read_documents("seeds/"))
        found = unpacked(report.page)["findings"]
        texts = [[report.observations[row].text for row in rows] for *_, rows in found]
        assert texts == [[row.text for row in finding.evidence] for finding in report.findings]
        assert found

    def test_the_same_texts_give_the_same_bytes(self) -> None:
        pages = {make_report(miner.read_documents("seeds/")).page for _ in range(2)}
        assert len(pages) == 1

    def test_nothing_of_a_text_is_markup(self) -> None:
        page = make_report([Document("a<b>.txt", HOSTILE)]).page
        assert "onerror" not in page
        assert unpacked(page)["documents"][0]["text"] == HOSTILE
        page.encode("utf-8")

    def test_it_asks_for_nothing(self) -> None:
        page = make_report([]).page
        assert "default-src 'none'" in page
        assert not re.findall(r'(?:src|href)="(?!#|data:,")', page)
        assert set(re.findall(r"https?://[^\"' ]+", page)) == {"http://www.w3.org/2000/svg"}

    def test_10_000_figures_and_their_texts_stay_under_5_megabytes(self) -> None:
        """The texts of the seeds and of the gold, their digits changed in each round, so that none is a copy."""
        texts = list(miner.read_documents(["seeds/", "tests/gold/"], on_problem=lambda _: None))
        documents = [
            Document(f"{turn}/{text.source}", text.text.translate(str.maketrans(DIGITS, DIGITS[turn:] + DIGITS[:turn])))
            for turn in range(10)
            for text in texts
        ]
        report = make_report(documents)
        assert len(report.observations) >= 10_000
        assert len(report.page.encode()) < 5_000_000

    def test_an_unknown_language_is_refused(self) -> None:
        with pytest.raises(ValueError, match="no language 'fr'"):
            make_report([], lang="fr")  # type: ignore[arg-type]

    @pytest.mark.parametrize("document", [Document("a.txt", ""), Document("a.txt", "没有数字。")])
    def test_texts_without_figures_make_a_page_too(self, document: Document) -> None:
        report = make_report([document])
        assert (report.observations, report.findings) == ((), ())
        assert unpacked(report.page)["documents"][0]["text"] == document.text

    def test_a_fault_in_one_text_does_not_lose_the_others(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def read(document: Document, _: object, **_why: object) -> tuple[list[miner.Reading], list[miner.Rejection]]:
            if document.source == "b":
                raise RuntimeError("broken")
            return [], []

        problems: list[miner.Problem] = []
        monkeypatch.setattr("miner.pipeline.read", read)
        page = make_report([Document(source, "") for source in "abc"], on_problem=problems.append).page
        assert [document["source"] for document in unpacked(page)["documents"]] == ["a", "c"]
        assert [problem.source for problem in problems] == ["b"]


@given(st.text())
def test_offsets_in_utf_16_cut_as_code_points_do(text: str) -> None:
    units = utf16(text)
    encoded = text.encode("utf-16-le", "surrogatepass")
    for end in range(len(text) + 1):
        assert encoded[: 2 * units(end)] == text[:end].encode("utf-16-le", "surrogatepass")


@given(st.lists(st.text(max_size=2)))
def test_a_table_gives_back_what_was_put_into_it(values: list[str]) -> None:
    table = Table()
    places = [table.place(value) for value in values]
    assert [table.values()[place] for place in places] == values


class TestTheCommand:
    def test_writes_the_page_and_says_what_it_did(self, tmp_path: Path) -> None:
        result = run("seeds/", "-o", tmp_path / "report.html")
        assert (result.exit_code, result.stdout) == (0, "")
        assert "112 figures" in result.stderr
        assert "5 claims checked, 0 failed, written to" in result.stderr
        page = (tmp_path / "report.html").read_text(encoding="utf-8")
        assert page == make_report(miner.read_documents("seeds/")).page

    def test_several_processes_write_the_same_page(self, tmp_path: Path) -> None:
        for n, document in enumerate(miner.read_documents("seeds/")):
            (tmp_path / f"{n}.txt").write_text(document.text * 20, encoding="utf-8")
        assert run(tmp_path, "-o", "-", "-q", "-j", "2").stdout == run(tmp_path, "-o", "-", "-q", "-j", "1").stdout

    def test_a_dash_is_standard_output(self) -> None:
        assert run("seeds/", "-o", "-", "-q").stdout.startswith("<!doctype html>")

    def test_language_and_date(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("去年园区有企业66家。", encoding="utf-8")
        data = unpacked(run(tmp_path, "--lang", "en", "--date", "2024-03-31", "-o", "-").stdout)
        assert (data["lang"], data["cells"]["period"]["table"]) == ("en", ["2023"])

    def test_an_input_left_out_is_status_1_and_the_others_are_shown(self, tmp_path: Path) -> None:
        result = run("seeds/", tmp_path / "missing.txt", "-o", tmp_path / "report.html")
        assert result.exit_code == 1
        assert (tmp_path / "report.html").is_file()

    def test_nothing_to_read_writes_nothing(self, tmp_path: Path) -> None:
        assert run(tmp_path, "-o", tmp_path / "report.html").exit_code == 1
        assert not (tmp_path / "report.html").exists()

    def test_an_input_is_not_overwritten(self, tmp_path: Path) -> None:
        text = tmp_path / "a.txt"
        text.write_text("园区有企业66家。", encoding="utf-8")
        result = run(text, "-o", text)
        assert result.exit_code == 2
        assert "choose another file for the output" in result.stderr
        assert text.read_text(encoding="utf-8") == "园区有企业66家。"

    def test_an_output_that_cannot_be_written_is_status_2(self, tmp_path: Path) -> None:
        assert run("seeds/", "-o", tmp_path / "none" / "report.html").exit_code == 2
