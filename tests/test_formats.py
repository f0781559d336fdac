"""Every format carries the same rows: each is read back and compared; and each is whole, inert and the same each time."""

from __future__ import annotations

import doctest
import importlib.util
import io
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import unicodedata
from contextlib import closing
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from openpyxl import load_workbook

import miner
from miner.exports import FORMATS, Format, export, format_of, read_csv
from miner.exports.parquet import _fits
from miner.schema import COLUMNS, DECIMALS, HEADINGS, INTEGERS, Observation
from miner.tables import to_frame
from tests.rows import HOSTILE, decimals, observations, row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NAMES: list[Format] = list(FORMATS)
BINARY: list[Format] = [name for name, form in FORMATS.items() if form.binary]
SEEDS = sorted(Path("seeds").glob("*.txt"))


def observed(values: dict[str, Any]) -> Observation:
    """Return a row from values that may still be numbers or texts of another kind."""
    for name in DECIMALS:
        if not isinstance(values[name], Decimal):
            values[name] = None if values[name] in {None, ""} else Decimal(str(values[name]))
    whole = {name: int(values[name]) for name in INTEGERS}
    return Observation(**values | whole)


def from_csv(path: Path) -> list[Observation]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(read_csv(file))


def from_json(path: Path) -> list[Observation]:
    import json  # noqa: PLC0415 - beside the two formats that it reads

    text = path.read_text(encoding="utf-8")
    records = json.loads(text) if path.suffix == ".json" else map(json.loads, text.split("\n")[:-1])
    return [observed(record) for record in records]


def from_markdown(path: Path) -> list[Observation]:
    rows, names = [], list(COLUMNS)
    cells: list[str] = []
    for token in MarkdownIt("commonmark").enable("table").parse(path.read_text(encoding="utf-8")):
        if token.type == "inline":
            assert {child.type for child in token.children or ()} <= {"text"}, "text is markup"
            cells.append("".join(child.content for child in token.children or ()))
        elif token.type == "tr_open":
            cells = []
        elif token.type == "tr_close" and cells not in (names, *map(list, HEADINGS.values())):
            rows.append(observed(dict(zip(names, cells, strict=True))))
    return rows


def from_workbook(path: Path, sheet: int = 0) -> list[Observation]:
    with closing(load_workbook(path)) as book:
        lines = list(book.worksheets[sheet].iter_rows(min_row=2, max_col=len(COLUMNS), values_only=True))
    return [_from_cells(dict(zip(COLUMNS, cells, strict=True))) for cells in lines]


def _from_cells(values: dict[str, Any]) -> Observation:
    for name, value in values.items():
        if name in DECIMALS and isinstance(value, int | float):
            unit = values["unit" if name == "number" else "base_unit"]
            values[name] = Decimal(repr(value)).scaleb(2 if unit == "%" else 0)
        elif name not in DECIMALS | INTEGERS:
            values[name] = re.sub(r"_x([0-9A-F]{4})_", lambda match: chr(int(match[1], 16)), value or "")
    return observed(values)


def from_parquet(path: Path) -> list[Observation]:
    return [Observation(**record) for record in pq.read_table(path).to_pylist()]


def from_database(path: Path) -> list[Observation]:
    with closing(sqlite3.connect(path)) as base:
        found = base.execute("SELECT * FROM figures")
        assert tuple(column[0] for column in found.description) == COLUMNS
        return [observed(dict(zip(COLUMNS, values, strict=True))) for values in found]


READERS: dict[Format, Callable[[Path], list[Observation]]] = {
    "csv": from_csv,
    "json": from_json,
    "jsonl": from_json,
    "md": from_markdown,
    "xlsx": from_workbook,
    "parquet": from_parquet,
    "sqlite": from_database,
}


def there_and_back(rows: list[Observation], name: Format) -> list[Observation]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"figures.{name}")
        assert export(iter(rows), path) == len(rows)
        assert list(Path(folder).iterdir()) == [path]
        return READERS[name](path)


def in_markdown(rows: list[Observation]) -> list[Observation]:
    """Return rows as Markdown has them: by park, a space for white space, U+FFFD for what is not to be shown."""
    parks = {row.park: n for n, row in reversed(list(enumerate(rows)))}
    return [
        Observation(**{name: _shown(getattr(row, name)) for name in COLUMNS})
        for row in sorted(rows, key=lambda row: parks[row.park])
    ]


def _shown(value: Any) -> Any:  # noqa: ANN401 - of a column's type
    if not isinstance(value, str):
        return value
    marks = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    return "".join(
        "\ufffd" if unicodedata.category(char) == "Cc" or char in marks else char for char in " ".join(value.split())
    )


def test_each_format_is_read_back_here() -> None:
    assert list(READERS) == NAMES


@pytest.mark.parametrize("name", NAMES)
class TestSameRows:
    @settings(max_examples=60)
    @given(data=st.data())
    def test_of_anything(self, name: Format, data: st.DataObject) -> None:
        numbers = decimals.filter(_fits) if name == "parquet" else decimals
        rows = data.draw(st.lists(observations(numbers), max_size=3))
        assert there_and_back(rows, name) == (in_markdown(rows) if name == "md" else rows)

    @pytest.mark.parametrize("text", HOSTILE)
    def test_of_what_might_be_obeyed(self, name: Format, text: str) -> None:
        rows = [row(**dict.fromkeys(set(COLUMNS) - DECIMALS - INTEGERS, text))]
        assert there_and_back(rows, name) == (in_markdown(rows) if name == "md" else rows)

    @pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem[:3])
    def test_of_the_seeds(self, name: Format, seed: Path) -> None:
        rows = list(miner.mine(seed))
        assert rows
        assert there_and_back(rows, name) == (in_markdown(rows) if name == "md" else rows)

    def test_of_a_file_name_that_is_no_unicode(self, name: Format) -> None:
        (found,) = there_and_back([row(source="a\udc80.txt")], name)
        spelled = {"json": "a\udc80.txt", "jsonl": "a\udc80.txt", "md": "a\ufffd.txt"}
        assert found.source == spelled.get(name, r"a\udc80.txt")


@settings(max_examples=60)
@given(st.lists(observations(), max_size=3))
def test_the_frame_has_the_same_rows(rows: list[Observation]) -> None:
    assert [
        Observation(**dict(zip(COLUMNS, cells, strict=True))) for cells in to_frame(rows).itertuples(index=False)
    ] == rows


def test_the_frame_takes_a_file_name_that_is_no_unicode() -> None:
    assert to_frame([row(source="a\udc80.txt")]).loc[0, "source"] == r"a\udc80.txt"


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two folders with the figures of the seeds in every format, written by two processes."""
    code = f"import miner, sys; [miner.export(miner.mine('seeds/'), f'{{sys.argv[1]}}/{{name}}', name) for name in {NAMES}]"
    folders = tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("other")
    for n, folder in enumerate(folders):
        environment = os.environ | {"PYTHONHASHSEED": str(n), "TZ": f"UTC+{n}"}
        subprocess.run([sys.executable, "-c", code, str(folder)], check=True, env=environment)
    return folders


@pytest.mark.parametrize("name", NAMES)
class TestFiles:
    def test_the_same_rows_are_the_same_bytes(self, name: Format, twice: tuple[Path, Path]) -> None:
        one, other = twice
        assert (one / name).read_bytes() == (other / name).read_bytes()

    def test_what_fails_leaves_the_old_file_and_nothing_else(self, name: Format, tmp_path: Path) -> None:
        path = tmp_path / f"figures.{name}"
        path.write_text("old")

        def rows() -> Iterator[Observation]:
            yield row()
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            export(rows(), path)
        assert path.read_text() == "old"
        assert list(tmp_path.iterdir()) == [path]

    def test_an_old_file_is_replaced_and_keeps_its_mode(self, name: Format, tmp_path: Path) -> None:
        path = tmp_path / f"figures.{name}"
        path.write_text("old")
        path.chmod(0o600)
        export([row()], path)
        assert READERS[name](path) == [row()]
        assert path.stat().st_mode & 0o777 == 0o600

    def test_no_rows_are_an_empty_table(self, name: Format) -> None:
        assert there_and_back([], name) == []

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has a device that is always full")
    def test_a_full_disk_is_an_error_of_the_system(self, name: Format) -> None:
        with pytest.raises(OSError, match="No space left"):
            export([row(sentence="企业" * 10_000)] * 20, "/dev/full", name)


@pytest.mark.parametrize("name", BINARY)
def test_a_stream_has_the_bytes_of_the_file(name: Format, tmp_path: Path) -> None:
    stream = io.BytesIO()
    assert export([row()], stream, name) == 1
    export([row()], tmp_path / "figures", name)
    assert stream.getvalue() == (tmp_path / "figures").read_bytes()


class TestChoice:
    @pytest.mark.parametrize(
        ("name", "form"),
        [("a.csv", "csv"), ("a.ndjson", "jsonl"), ("a.XLSX", "xlsx"), ("a.b.db", "sqlite"), ("园区.sqlite3", "sqlite")],
    )
    def test_by_suffix(self, name: str, form: Format) -> None:
        assert format_of(name) == form

    @pytest.mark.parametrize("name", ["a.xls", "a", ".csv", "csv"])
    def test_an_unknown_suffix_names_those_there_are(self, name: str) -> None:
        with pytest.raises(ValueError, match=r"may end in \.csv, \.json, \.jsonl, \.ndjson, \.md, \.xlsx, \.parquet"):
            export([], name)

    def test_an_open_file_has_no_suffix(self) -> None:
        with pytest.raises(ValueError, match="name the format"):
            export([], io.StringIO())

    @pytest.mark.parametrize("name", [name for name, form in FORMATS.items() if not form.headed])
    def test_formats_for_programs_keep_the_names_of_columns(self, name: Format, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match="keep their names"):
            export([], tmp_path / "a", name, headers="zh")
        assert not list(tmp_path.iterdir())

    def test_every_column_has_headings_of_its_own(self) -> None:
        for headings in HEADINGS.values():
            assert len(set(headings)) == len(COLUMNS)
        assert all(re.search(r"[\u4e00-\u9fff]", heading) for heading in HEADINGS["zh"])
        assert not set(HEADINGS["en"]) & set(COLUMNS)

    @pytest.mark.parametrize("name", [name for name, form in FORMATS.items() if form.library])
    def test_a_missing_library_is_named_with_its_command(self, name: Format, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("miner.exports.find_spec", lambda _: None)
        with pytest.raises(ModuleNotFoundError, match=re.escape(f"pip install 'miner[{name}]'")):
            export([], f"figures.{name}")

    def test_what_a_format_needs_is_an_extra(self) -> None:
        import tomllib  # noqa: PLC0415 - here alone

        extras = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
        for name, form in FORMATS.items():
            if form.library:
                assert any(needed.startswith(form.library) for needed in extras[name])
                assert importlib.util.find_spec(form.library)
                assert name in extras["all"][0]

    def test_a_csv_loads_nothing_of_the_other_formats(self) -> None:
        code = "import miner.exports, sys, os; miner.export([], os.devnull, 'csv'); print(*sys.modules)"
        loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
        assert not {"json", "sqlite3", "xlsxwriter", "pyarrow", "pandas", "hashlib"} & set(loaded)


class TestMarkdown:
    def test_a_table_for_each_park_with_headings_for_people(self) -> None:
        file = io.StringIO()
        export([row(park="甲"), row(park="乙"), row(park="甲")], file, "md", headers="zh")
        lines = file.getvalue().split("\n")
        assert [line for line in lines if line.startswith("#")] == ["## 甲", "## 乙"]
        assert lines[2] == f"| {' | '.join(HEADINGS['zh'])} |"

    def test_nothing_is_html(self) -> None:
        file = io.StringIO()
        export([row(park=text, text=text) for text in HOSTILE], file, "md")
        page = MarkdownIt("commonmark").enable("table").render(file.getvalue())
        assert set(re.findall(r"<(\w+)", page)) == {"h2", "table", "thead", "tbody", "tr", "th", "td"}


class TestParquet:
    def test_numbers_are_decimals_and_repeated_texts_dictionaries(self, tmp_path: Path) -> None:
        export(miner.mine("seeds/"), tmp_path / "a.parquet")
        schema = pq.read_schema(tmp_path / "a.parquet")
        kinds = {name: str(schema.field(name).type) for name in COLUMNS}
        assert {kinds[name] for name in DECIMALS} == {"decimal128(38, 12)"}
        assert {kinds[name] for name in INTEGERS} == {"int64"}
        texts = {kinds.pop(name) for name in ("text", "sentence")}
        assert texts == {"string"}
        others = {kinds[name] for name in kinds if name not in DECIMALS | INTEGERS}
        assert others == {"dictionary<values=string, indices=int32, ordered=0>"}

    def test_each_field_says_what_it_means(self, tmp_path: Path) -> None:
        export([], tmp_path / "a.parquet")
        schema = pq.read_schema(tmp_path / "a.parquet")
        assert {name: schema.field(name).metadata[b"meaning"].decode() for name in COLUMNS} == miner.MEANINGS

    @given(decimals)
    def test_a_number_is_exact_or_refused_by_name(self, number: Decimal) -> None:
        rows = [row(value=number, source="a.txt", line=12)]
        if _fits(number):
            assert there_and_back(rows, "parquet") == rows
        else:
            with pytest.raises(ValueError, match=r"^a\.txt:12: .* does not fit"):
                there_and_back(rows, "parquet")

    def test_row_groups_follow_each_other(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("miner.exports.parquet.GROUP", 2)
        rows = [row(line=n, park=str(n)) for n in range(5)]
        export(iter(rows), tmp_path / "a.parquet")
        assert pq.ParquetFile(tmp_path / "a.parquet").num_row_groups == 3
        assert from_parquet(tmp_path / "a.parquet") == rows


def test_the_documentation_is_true(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = Path("docs/exports.md").resolve()
    monkeypatch.chdir(tmp_path)
    assert doctest.testfile(str(page), module_relative=False, encoding="utf-8").failed == 0
    text = page.read_text(encoding="utf-8")
    assert all(suffix in text for form in FORMATS.values() for suffix in form.suffixes)


def test_parks_of_markdown_stand_together() -> None:
    rows = [row(park=park, line=n) for n, park in enumerate("甲乙甲乙")]
    assert [park for park, _ in groupby(found.park for found in there_and_back(rows, "md"))] == ["甲", "乙"]
