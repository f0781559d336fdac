"""Observations to files and back."""

import csv
import io
import json
import os
import stat
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from miner.exports import Format, export, read_csv, replace_file
from miner.schema import COLUMNS, DECIMALS, HEADINGS, INTEGERS, Language, Observation
from miner.tables import to_frame
from tests.rows import observations, row, texts


def written(rows: list[Observation], form: Format) -> str:
    file = io.StringIO(newline="")
    assert export(rows, file, form) == len(rows)
    return file.getvalue()


def cells(observation: Observation) -> dict[str, str]:
    return next(csv.DictReader(io.StringIO(written([observation], "csv"), newline="")))


class TestCsv:
    @given(st.lists(observations(), max_size=3))
    def test_a_row_there_and_back_is_the_same_row(self, rows: list[Observation]) -> None:
        assert list(read_csv(io.StringIO(written(rows, "csv"), newline=""))) == rows

    @given(texts)
    @example("-8.8%")
    @example("\tx")
    def test_no_cell_is_a_formula(self, text: str) -> None:
        assert not cells(row(text=text))["text"].startswith(("=", "+", "-", "@", "\t", "\r", "\n", "\0"))

    def test_numbers_stay_numbers(self) -> None:
        shown = cells(
            row(value=Decimal("-8.8"), number=Decimal("1E+15"), value_max=None, value_min=Decimal("0.00000001"))
        )
        assert [shown[name] for name in ("value", "number", "value_max", "value_min")] == [
            "-8.8",
            "1000000000000000",
            "",
            "0.00000001",
        ]

    def test_the_header_is_the_contract_and_lines_end_as_excel_has_them(self) -> None:
        assert written([], "csv") == ",".join(COLUMNS) + "\r\n"

    @pytest.mark.parametrize("headers", ["zh", "en"])
    def test_headings_for_people_are_read_back_too(self, headers: Language) -> None:
        file = io.StringIO(newline="")
        export([row()], file, "csv", headers=headers)
        assert file.getvalue().split("\r\n")[0].split(",") == list(HEADINGS[headers])
        assert list(read_csv(io.StringIO(file.getvalue(), newline=""))) == [row()]

    def test_a_file_has_the_mark_by_which_excel_knows_utf_8(self, tmp_path: Path) -> None:
        export([row()], tmp_path / "figures.csv", "csv")
        assert (tmp_path / "figures.csv").read_bytes().startswith(b"\xef\xbb\xbfpark,")

    def test_a_lone_surrogate_does_not_crash(self, tmp_path: Path) -> None:
        assert export([row(text="\ud800")], tmp_path / "figures.csv", "csv") == 1
        assert export([row(text="\ud800")], tmp_path / "figures.jsonl", "jsonl") == 1
        assert json.loads((tmp_path / "figures.jsonl").read_text())["text"] == "\ud800"

    def test_a_sentence_longer_than_the_reader_of_csv_expects(self) -> None:
        long = [row(sentence="企业" * 100_000)]
        assert list(read_csv(io.StringIO(written(long, "csv"), newline=""))) == long

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("a,b\r\n", "line 1: the columns are not those"),
            ("", "line 1: the columns are not those"),
            (",".join(COLUMNS) + "\r\n1,2\r\n", "line 2: this row is no figure"),
            (",".join(COLUMNS) + "\r\n" + ",".join("x" * len(COLUMNS)) + "\r\n", "line 2: this row is no figure"),
        ],
    )
    def test_what_is_no_table_of_figures_is_refused(self, text: str, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            list(read_csv(io.StringIO(text, newline="")))


class TestJson:
    @given(st.lists(observations(), max_size=3))
    def test_numbers_are_exact_text(self, rows: list[Observation]) -> None:
        lines = [json.loads(line) for line in written(rows, "jsonl").split("\n")[:-1]]
        assert lines == json.loads(written(rows, "json"))
        assert [Decimal(line["value"]) for line in lines] == [row.value for row in rows]
        assert all(list(line) == list(COLUMNS) for line in lines)

    def test_a_blank_bound_is_null(self) -> None:
        assert json.loads(written([row(value_min=None)], "jsonl"))["value_min"] is None


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(ValueError, match="there are csv, json, jsonl, md"):
        export([], io.StringIO(), "xml")  # type: ignore[arg-type]  # what a caller without a type checker may write


class TestFrame:
    @given(st.lists(observations(), max_size=3))
    def test_values_are_exact(self, rows: list[Observation]) -> None:
        frame = to_frame(rows)
        assert tuple(frame.columns) == COLUMNS
        for name in DECIMALS:
            assert list(frame[name]) == [getattr(row, name) for row in rows]
        assert all(frame[name].dtype == "int64" for name in INTEGERS)

    def test_text_is_text(self) -> None:
        assert to_frame([row()]).loc[0, "park"] == "天津港综合保税区"


class TestReplaceFile:
    def test_what_fails_leaves_the_old_file_and_nothing_else(self, tmp_path: Path) -> None:
        path = tmp_path / "figures.csv"
        path.write_text("old")

        def rows() -> Any:  # noqa: ANN401 - a generator that fails
            yield row()
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            export(rows(), path, "csv")
        assert path.read_text() == "old"
        assert list(tmp_path.iterdir()) == [path]

    def test_a_link_stays_a_link(self, tmp_path: Path) -> None:
        (tmp_path / "link.csv").symlink_to("figures.csv")
        with replace_file(tmp_path / "link.csv") as file:
            file.write("new")
        assert (tmp_path / "link.csv").is_symlink()
        assert (tmp_path / "figures.csv").read_text() == "new"

    def test_the_mode_is_what_open_would_give(self, tmp_path: Path) -> None:
        mask = os.umask(0o027)
        try:
            with replace_file(tmp_path / "figures.csv"):
                pass
        finally:
            os.umask(mask)
        assert stat.S_IMODE((tmp_path / "figures.csv").stat().st_mode) == 0o640

    def test_a_device_is_written_to(self) -> None:
        with replace_file(os.devnull) as file:
            file.write("gone")
        assert not Path(os.devnull).is_file()

    @pytest.mark.parametrize("name", ["none/figures.csv", "."])
    def test_a_place_that_cannot_be_written_to(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(OSError, match="directory"), replace_file(tmp_path / name):
            pass
