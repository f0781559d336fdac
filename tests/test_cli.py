"""The command line: what a user types, sees and gets."""

import csv
import fcntl
import inspect
import io
import json
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest
from miner.cli import extract, render
from miner.cli.app import app
from miner.cli.extract import Kind
from miner.cli.options import complain
from miner.cli.outputs import Printed
from openpyxl import Workbook
from rich.cells import cell_len
from typer.testing import CliRunner, Result

from miner import COLUMNS, FORMATS, SUFFIXES, Format, Measure, Observation, export, find_files, mine, read_csv

MINER = [sys.executable, "-m", "miner.cli"]
SENTENCE = "园区现有企业66家,党员478名,企业同比增长10%。"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def saved(rows: list[list[object]]) -> bytes:
    book, file = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(file)
    return file.getvalue()


def process(*arguments: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    command = [*MINER, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, **options)  # type: ignore[call-overload,no-any-return]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text(SENTENCE, encoding="utf-8")
    (folder / "b.txt").write_text("高新区有企业1家。", encoding="utf-8")
    return folder


class TestExtract:
    def test_tables_of_the_seeds_hold_every_figure(self) -> None:
        result = run("extract", "seeds/")
        assert result.exit_code == 0
        for figure in mine("seeds/"):
            assert figure.text in result.stdout
            assert f"{figure.source}:{figure.line}" in result.stdout

    def test_every_park_has_a_table(self) -> None:
        parks = {figure.park for figure in mine("seeds/")}
        stdout = run("extract", "seeds/").stdout
        assert all(f"{park}  " in stdout for park in parks)

    def test_csv_to_a_file_is_what_mine_gives(self, tmp_path: Path) -> None:
        result = run("extract", "seeds/", "--csv", tmp_path / "figures.csv")
        assert (result.exit_code, result.stdout) == (0, "")
        assert f"written to {tmp_path / 'figures.csv'}" in result.stderr
        with (tmp_path / "figures.csv").open(encoding="utf-8-sig", newline="") as file:
            assert list(read_csv(file)) == list(mine("seeds/"))

    def test_csv_to_standard_output(self, folder: Path) -> None:
        result = run("extract", folder, "--csv", "-")
        assert result.stdout == run("extract", folder, "--format", "csv").stdout
        assert [row["text"] for row in csv.DictReader(io.StringIO(result.stdout))] == ["66家", "478名", "10%", "1家"]

    def test_csv_to_a_file_and_a_format_to_the_screen(self, folder: Path, tmp_path: Path) -> None:
        result = run("extract", folder, "--csv", tmp_path / "figures.csv", "--format", "jsonl")
        assert result.stdout.count("\n") == (tmp_path / "figures.csv").read_text(encoding="utf-8").count("\n") - 1

    def test_json_and_json_lines(self, folder: Path) -> None:
        rows = json.loads(run("extract", folder, "--format", "json").stdout)
        assert rows == [json.loads(line) for line in run("extract", folder, "-f", "jsonl").stdout.splitlines()]
        assert tuple(rows[0]) == COLUMNS

    @pytest.mark.parametrize(
        ("options", "texts"),
        [
            (["--measure", "growth"], ["10%"]),
            (["--measure", "level", "--measure", "growth"], ["66家", "478名", "10%", "1家"]),
            (["--indicator", "企業", "--measure", "level"], ["66家", "1家"]),
            (["--park", "火星"], []),
        ],
    )
    def test_a_choice_of_figures(self, folder: Path, options: list[str], texts: list[str]) -> None:
        result = run("extract", folder, "--format", "jsonl", *options)
        assert [json.loads(line)["text"] for line in result.stdout.splitlines()] == texts

    def test_no_figure_of_the_kind_asked_for(self, folder: Path) -> None:
        assert "no figure is of the kind asked for" in run("extract", folder, "--park", "火星").stderr

    def test_all_columns(self, folder: Path) -> None:
        stdout = run("extract", folder / "b.txt", "--all-columns").stdout
        assert [line.split()[0] for line in stdout.splitlines()[1:] if line.strip()] == list(COLUMNS)

    def test_the_summary_can_be_silenced(self, folder: Path) -> None:
        assert re.search(r"2 files, \d parks?, 4 figures in \d", run("extract", folder).stderr)
        assert run("extract", folder, "--quiet").stderr == ""

    def test_the_order_of_paths_does_not_matter(self, folder: Path) -> None:
        one = run("extract", folder / "a.txt", folder / "b.txt", "-f", "csv").stdout
        assert run("extract", folder / "b.txt", folder / "a.txt", "-f", "csv").stdout == one

    def test_the_measures_are_those_of_the_contract(self) -> None:
        assert [kind.value for kind in Kind] == list(Measure.__args__)  # type: ignore[attr-defined]


class TestOutputs:
    def test_a_file_by_its_suffix(self, folder: Path, tmp_path: Path) -> None:
        for form, suffixes in ((name, form.suffixes) for name, form in FORMATS.items()):
            for suffix in suffixes:
                output = tmp_path / f"figures{suffix}"
                result = run("extract", folder, "-o", output)
                assert (result.exit_code, result.stdout) == (0, "")
                assert f"written to {output}" in result.stderr
                export(mine(folder), tmp_path / "same", form, links=dict(find_files(folder)))
                assert output.read_bytes() == (tmp_path / "same").read_bytes()

    def test_several_files_of_one_run_and_a_table_on_the_screen(self, folder: Path, tmp_path: Path) -> None:
        csv_file, jsonl = tmp_path / "a.csv", tmp_path / "a.jsonl"
        result = run("extract", folder, "-o", csv_file, "-o", jsonl, "--format", "table")
        assert result.stdout == run("extract", folder).stdout
        assert [json.loads(line)["text"] for line in jsonl.read_text(encoding="utf-8").splitlines()] == [
            row["text"] for row in csv.DictReader(io.StringIO(csv_file.read_text(encoding="utf-8-sig")))
        ]

    def test_a_format_goes_before_the_suffix(self, folder: Path, tmp_path: Path) -> None:
        run("extract", folder, "-o", tmp_path / "figures.txt", "--format", "jsonl")
        assert (tmp_path / "figures.txt").read_text(encoding="utf-8") == run("extract", folder, "-f", "jsonl").stdout

    def test_standard_output_by_its_dash(self, folder: Path) -> None:
        assert run("extract", folder, "-o", "-").stdout == run("extract", folder, "-f", "csv").stdout
        assert run("extract", folder, "-o", "-", "-f", "md").stdout.startswith("## ")

    def test_the_choice_on_the_command_line_is_every_format(self) -> None:
        assert {name for part in get_args(Printed) for name in get_args(part) or (part,)} == {*FORMATS, "table"}
        choices = get_args(get_args(inspect.signature(extract.run).parameters["form"].annotation)[0])[0]
        assert get_args(choices) == ("table", *FORMATS)

    @pytest.mark.parametrize("form", [name for name, form in FORMATS.items() if form.binary])
    def test_binary_data_goes_to_a_pipe_and_not_to_a_screen(self, folder: Path, tmp_path: Path, form: Format) -> None:
        piped = subprocess.run([*MINER, "extract", folder, "-q", "-f", form], capture_output=True, check=True).stdout
        export(mine(folder), tmp_path / "same", form)
        assert piped == (tmp_path / "same").read_bytes()
        assert "is no text for a screen" in on_terminal(80, "extract", str(folder), "-f", form, status=2, errors=True)

    @pytest.mark.parametrize(("headers", "first"), [("zh", "园区"), ("en", "Park")])
    def test_headings_for_people(self, folder: Path, tmp_path: Path, headers: str, first: str) -> None:
        assert run("extract", folder, "-f", "csv", "--headers", headers).stdout.split(",")[0] == first
        assert f"| {first} |" in run("extract", folder, "-f", "md", "--headers", headers).stdout
        run("extract", folder, "-o", tmp_path / "a.csv", "--headers", headers)
        with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
            assert list(read_csv(file)) == list(mine(folder))

    def test_of_several_files_those_for_people_have_the_headings(self, folder: Path, tmp_path: Path) -> None:
        run("extract", folder, "-o", tmp_path / "a.csv", "-o", tmp_path / "a.jsonl", "--headers", "zh")
        assert (tmp_path / "a.csv").read_text(encoding="utf-8-sig").startswith("园区,")
        assert (tmp_path / "a.jsonl").read_text(encoding="utf-8").startswith('{"park":')

    def test_a_description_beside_the_csv(self, folder: Path, tmp_path: Path) -> None:
        result = run("extract", folder, "--csv", tmp_path / "a.csv", "--datapackage")
        assert f"written to {tmp_path / 'a.csv'} and {tmp_path / 'datapackage.json'}" in result.stderr
        package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
        assert package["resources"][0]["path"] == "a.csv"

    def test_the_sources_in_a_workbook_lead_to_the_texts(self, folder: Path, tmp_path: Path) -> None:
        from openpyxl import load_workbook  # noqa: PLC0415 - heavy

        run("extract", folder, "-o", tmp_path / "a.xlsx")
        cell = load_workbook(tmp_path / "a.xlsx").worksheets[0].cell(2, COLUMNS.index("source") + 1)
        assert cell.hyperlink
        assert cell.hyperlink.target == r"texts\a.txt"

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            (["-o", "a.xls"], "may end in .csv, .json"),
            (["-o", "a.xlsx", "-o", "./a.xlsx"], "named twice"),
            (["-o", "a.csv", "--csv", "a.csv"], "named twice"),
            (["-o", "-", "-f", "json", "--csv", "-"], "leave one out"),
            (["-o", "a.parquet", "--headers", "zh"], "and parquet for programs"),
            (["-f", "jsonl", "--headers", "en"], "and jsonl for programs"),
            (["--headers", "zh"], "--headers is for CSV, Markdown and Excel"),
            (["--datapackage"], "describes one CSV file"),
            (["-o", "a.csv", "-o", "b.csv", "--datapackage"], "describes one CSV file"),
        ],
    )
    def test_wrong_usage_writes_nothing(
        self, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], message: str
    ) -> None:
        monkeypatch.chdir(tmp_path)
        result = run("extract", folder, *options)
        assert (result.exit_code, result.stdout) == (2, "")
        assert message in result.stderr
        assert list(tmp_path.iterdir()) == [folder]

    @pytest.mark.parametrize("form", [name for name, form in FORMATS.items() if form.library])
    def test_a_missing_library_is_named_before_anything_is_read(
        self, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: Format
    ) -> None:
        monkeypatch.setattr("miner.exports.find_spec", lambda _: None)
        result = run("extract", folder, "-o", tmp_path / f"a.{form}")
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.endswith(f"is not installed: pip install 'miner[{form}]'.\n")
        result = run("table", folder, "--rows", "indicator", "--columns", "park", "--xlsx", tmp_path / "a.xlsx")
        assert (result.exit_code, "pip install 'miner[xlsx]'" in result.stderr) == (2, True)

    def test_a_number_that_does_not_fit_is_named(self, folder: Path, tmp_path: Path) -> None:
        (folder / "c.txt").write_text(f"园区产值{'9' * 30}元。", encoding="utf-8")
        (tmp_path / "a.parquet").write_text("old")
        result = run("extract", folder, "-o", tmp_path / "a.parquet")
        assert result.exit_code == 2
        assert f"a.parquet: c.txt:1: {'9' * 30} does not fit" in result.stderr
        assert (tmp_path / "a.parquet").read_text() == "old"

    def test_no_text_is_overwritten(self, folder: Path) -> None:
        text = (folder / "a.txt").read_text(encoding="utf-8")
        assert run("extract", folder, "-o", folder / "a.txt", "-f", "jsonl").exit_code == 2
        assert run("extract", folder, "-o", folder / "b.csv", "--csv", folder / "a.txt").exit_code == 2
        (folder / "datapackage.json").write_text(text, encoding="utf-8")
        paths = folder, folder / "datapackage.json"
        assert run("extract", *paths, "-o", folder / "b.csv", "--datapackage").exit_code == 2
        assert sorted(path.name for path in folder.iterdir()) == ["a.txt", "b.txt", "datapackage.json"]
        assert (folder / "a.txt").read_text(encoding="utf-8") == text


class TestTable:
    def test_parks_against_periods(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(
            "咸宁高新区2023年进出口总额12.5亿元,2022年为9.8亿元,2021年为9.1亿元。", encoding="utf-8"
        )
        result = run("table", tmp_path, "--indicator", "进出口总值", "-q")
        assert result.exit_code == 0
        assert [line.split() for line in result.stdout.splitlines() if line.strip()][0::2] == [
            ["亿元", "2021", "2022", "2023"],
            ["咸宁高新技术产业开发区", "9.1", "9.8", "12.5", "▁▂█"],
        ]

    def test_csv(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("咸宁高新区2023年进出口总额12.5亿元,企业36家。", encoding="utf-8")
        result = run("table", tmp_path, "--rows", "indicator", "--columns", "park", "--csv", "-", "-q")
        assert result.stdout.splitlines() == [",咸宁高新技术产业开发区", "货物进出口总额 (亿元),12.5", "企业 (家),36"]
        run("table", tmp_path, "--rows", "indicator", "--columns", "park", "--csv", tmp_path / "t.csv")
        assert (tmp_path / "t.csv").read_text(encoding="utf-8-sig").splitlines() == result.stdout.splitlines()

    def test_a_workbook_holds_real_numbers(self, tmp_path: Path) -> None:
        from openpyxl import load_workbook  # noqa: PLC0415 - an extra

        text = "咸宁高新区2023年进出口总额12.5亿元,2022年进出口总额近9.8亿元。合肥高新区2023年进出口总额3亿美元。"
        (tmp_path / "a.txt").write_text(text, encoding="utf-8")
        result = run("table", tmp_path, "--indicator", "进出口总额", "--xlsx", tmp_path / "t.xlsx")
        assert (result.exit_code, result.stdout) == (0, "")
        yuan, dollars = load_workbook(tmp_path / "t.xlsx").worksheets
        assert [[cell.value for cell in row] for row in yuan.iter_rows()] == [
            ["亿元", "2022", "2023"],
            ["咸宁高新技术产业开发区", 9.8, 12.5],
        ]
        assert [cell.number_format for cell in yuan[2]][1:] == ['"<"#,##0.0', "#,##0.0"]
        assert dollars["B2"].value == 3

    def test_notes_name_the_figures_that_differ(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("咸宁高新区2023年有企业36家。咸宁高新区2023年企业数量37家。", encoding="utf-8")
        stdout = run("table", tmp_path, "--rows", "park", "--columns", "indicator", "--notes").stdout
        assert "36*" in stdout
        assert "* 咸宁高新技术产业开发区 企业 2023: 36家 a.txt:1" in stdout

    @pytest.mark.parametrize("options", [[], ["--rows", "period", "--columns", "period"]])
    def test_axes_that_say_too_little(self, folder: Path, options: list[str]) -> None:
        result = run("table", folder, *options)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "miner: " in result.stderr

    def test_nothing_of_the_kind(self, folder: Path) -> None:
        assert "miner extract lists" in run("table", folder, "--indicator", "粮食产量").stderr


class TestBadInput:
    def test_a_missing_path_is_named_and_the_rest_is_read(self, folder: Path) -> None:
        result = run("extract", folder / "none.txt", folder, "-f", "jsonl", "-q")
        assert result.exit_code == 1
        assert result.stderr == f"miner: {folder / 'none.txt'}: cannot be found: No such file or directory\n"
        assert result.stdout.count("\n") == 4

    def test_binary_data_is_named_and_the_rest_is_read(self, folder: Path) -> None:
        (folder / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
        result = run("extract", folder, "-f", "jsonl", "-q")
        assert (result.exit_code, result.stderr) == (1, "miner: image.txt: left out: this is a PNG image, not text\n")
        assert result.stdout.count("\n") == 4

    def test_damaged_text_is_read_with_a_warning(self, folder: Path) -> None:
        (folder / "c.txt").write_bytes(SENTENCE.encode() + b"\xff")
        result = run("extract", folder, "-q", "-f", "jsonl")
        assert (result.exit_code, result.stdout.count("\n")) == (0, 7)
        assert result.stderr == "miner: c.txt: 1 damaged byte sequence was replaced by U+FFFD\n"

    def test_nothing_to_read_leaves_the_old_output(self, tmp_path: Path) -> None:
        (tmp_path / "empty").mkdir()
        (tmp_path / "figures.csv").write_text("old")
        result = run("extract", tmp_path / "empty", "--csv", tmp_path / "figures.csv")
        assert (result.exit_code, result.stdout) == (1, "")
        assert "nothing to read" in result.stderr
        assert (tmp_path / "figures.csv").read_text() == "old"

    def test_an_empty_file_has_no_figure(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_bytes(b"")
        assert run("extract", tmp_path / "a.txt", "-q").exit_code == 0

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
    def test_a_file_without_permission(self, folder: Path) -> None:
        (folder / "a.txt").chmod(0)
        result = run("extract", folder, "-q")
        assert (result.exit_code, result.stderr) == (1, "miner: a.txt: cannot be read: Permission denied\n")

    def test_a_place_that_cannot_be_written_to(self, folder: Path, tmp_path: Path) -> None:
        result = run("extract", folder, "--csv", tmp_path / "none" / "figures.csv", "-q")
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.endswith("figures.csv: cannot be written: No such file or directory\n")

    def test_a_text_is_not_overwritten_with_its_figures(self, folder: Path) -> None:
        result = run("extract", folder, "--csv", folder / "a.txt")
        assert (result.exit_code, (folder / "a.txt").read_text(encoding="utf-8")) == (2, SENTENCE)

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["extract"], "Missing argument"),
            (["extract", "seeds", "--date", "2024-02-30"], "is no date"),
            (["extract", "seeds", "--date", "20240229"], "Write it as 2024-03-31"),
            (["extract", "seeds", "--format", "xml"], "xml"),
            (["extract", "seeds", "--measure", "size"], "size"),
            (["extract", "seeds", "--csv", "-", "--format", "json"], "leave one out"),
            (["explain"], "Missing argument"),
            (["mine"], "No such command"),
        ],
    )
    def test_wrong_usage(self, arguments: list[str], message: str) -> None:
        result = run(*arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        assert message in " ".join(result.stderr.replace("│", " ").split())


class TestInputs:
    def test_standard_input(self) -> None:
        text = "园区现有企業66家。".encode("big5", "ignore")
        result = CliRunner().invoke(
            app, ["extract", "-", "--name", "报告.txt", "--encoding", "big5", "-f", "csv"], text
        )
        assert [(row["source"], row["text"]) for row in csv.DictReader(io.StringIO(result.stdout))] == [
            ("报告.txt", "66家")
        ]

    @pytest.mark.parametrize(
        "command", [["extract"], ["audit"], ["table", "--indicator", "企业"], ["lexicon", "suggest"]]
    )
    def test_every_command_reads_a_list_of_paths(self, folder: Path, command: list[str]) -> None:
        names = "\0".join(str(path) for path in sorted(folder.iterdir()))
        result = CliRunner().invoke(app, [*command, "--files-from", "-"], names.encode())
        assert "2 files" in result.stderr

    @pytest.mark.parametrize("option", ["--csv", "--xlsx"])
    def test_a_table_is_not_written_over_a_text(self, folder: Path, option: str) -> None:
        text = next(folder.glob("*.txt"))
        before = text.read_bytes()
        result = run("table", folder, "--rows", "indicator", "--columns", "park", option, text)
        assert result.exit_code == 2
        assert "this is one of the texts to read" in result.stderr
        assert text.read_bytes() == before

    def test_a_run_into_the_folder_that_is_read_can_be_repeated(self, folder: Path) -> None:
        for _ in range(2):
            result = run("extract", folder, "--csv", folder / "figures.csv")
            assert result.exit_code == 0
        assert "figures.csv: left out: a table of figures that miner wrote" in result.stderr
        (folder / "figures.csv").write_text("企业,66家", encoding="utf-8")
        result = run("extract", folder, "--csv", folder / "figures.csv")
        assert result.exit_code == 2
        assert "this is one of the texts to read" in result.stderr

    def test_the_help_names_every_kind_of_file(self) -> None:
        told = " ".join(run("extract", "--help").stdout.split())
        assert all(f"{suffix}" in told for suffix in SUFFIXES)


class TestProcess:
    def test_a_closed_pipe_is_no_error(self) -> None:
        command = f"{' '.join(MINER)} extract seeds/ -q | head -1; exit ${{PIPESTATUS[0]}}"
        result = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, bufsize=0)
        assert (result.returncode, result.stderr) in {(141, ""), (0, "")}  # 0: all was written before head left

    def test_a_reader_that_has_gone(self) -> None:
        reader, writer = os.pipe()
        os.close(reader)
        result = subprocess.run([*MINER, "extract", "seeds/", "-q"], stdout=writer, stderr=subprocess.PIPE, check=False)
        os.close(writer)
        assert (result.returncode, result.stderr) == (141, b"")

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has a device that is always full")
    @pytest.mark.parametrize("form", ["table", "csv", "json"])
    def test_a_full_disk(self, form: str) -> None:
        with Path("/dev/full").open("wb") as full:
            result = subprocess.run(
                [*MINER, "extract", "seeds/", "-f", form], stdout=full, stderr=subprocess.PIPE, check=False
            )
        assert result.returncode == 2
        assert result.stderr == b"miner: standard output: cannot be written: No space left on device\n"

    @pytest.mark.parametrize("form", ["csv", *(name for name, form in FORMATS.items() if form.binary)])
    def test_a_file_that_cannot_grow_leaves_the_old_one(self, tmp_path: Path, form: str) -> None:
        output = tmp_path / f"a.{form}"
        output.write_text("old")
        command = f"ulimit -f 16; exec {' '.join(MINER)} extract seeds/ -q -o {output}"
        result = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
        assert (result.returncode, result.stdout) == (2, "")
        assert result.stderr.startswith(f"miner: {output}: cannot be written: ")
        assert [path.read_text() for path in tmp_path.iterdir()] == ["old"]

    @pytest.mark.parametrize(("fault", "shown"), [("OSError(28, 'full')", False), ("ValueError('a fault')", True)])
    def test_a_disk_that_is_still_full_when_a_library_clears_up_is_not_told_of_again(
        self, fault: str, shown: bool
    ) -> None:
        """xlsxwriter's archive is closed when it is collected, and writes its end then."""
        code = f"""
            import sys
            from miner.cli.app import main
            class Archive:
                def __del__(self): raise {fault}
            sys.argv[1:] = ["--version"]
            try: main()
            except SystemExit: Archive()
        """
        run = subprocess.run([sys.executable, "-c", inspect.cleandoc(code)], capture_output=True, text=True, check=True)
        assert ("Traceback" in run.stderr) == shown

    def test_a_locale_without_chinese(self, folder: Path) -> None:
        environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
        result = process("extract", folder, env=environment)
        assert result.returncode == 0
        assert "66家" in result.stdout

    @pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
    def test_an_interrupted_run_leaves_the_old_output(self, tmp_path: Path, number: int, status: int) -> None:
        # Enough text that the run is still under way when the signal comes.
        text = Path("seeds").joinpath("000_fccba04969db1309.txt").read_text(encoding="utf-8")
        texts = tmp_path / "texts"
        texts.mkdir()
        for n in range(300):
            (texts / f"{n}.txt").write_text(text * 3, encoding="utf-8")
        output = tmp_path / "out" / "figures.csv"
        output.parent.mkdir()
        output.write_text("old")
        child = subprocess.Popen([*MINER, "extract", str(texts), "--csv", str(output)], stderr=subprocess.PIPE)
        until(lambda: len(list(output.parent.iterdir())) == 2)
        child.send_signal(number)
        _, errors = child.communicate(timeout=30)
        assert child.returncode == status
        assert b"Traceback" not in errors
        assert [path.read_text() for path in output.parent.iterdir()] == ["old"]

    @pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
    def test_a_signal_that_comes_while_a_library_makes_its_classes(self, number: int, status: int) -> None:
        """Python 3.11 raises a RuntimeError from what is raised in ``__set_name__``; 3.12 adds a note."""
        code = f"""
            import os
            from miner.cli import app
            class Named:
                def __set_name__(self, owner, name): os.kill(os.getpid(), {number})
            def load():
                class Late:
                    named = Named()
            app.app = load
            app.main()
        """
        run = subprocess.run(
            [sys.executable, "-c", inspect.cleandoc(code)], capture_output=True, text=True, check=False
        )
        assert (run.returncode in {status, -number}, run.stderr.count("RuntimeError")) == (True, 0)

    def test_the_same_bytes_whatever_the_seed_of_hashes(self) -> None:
        runs = {process("extract", "seeds/", "-f", "csv", env={**os.environ, "PYTHONHASHSEED": n}).stdout for n in "12"}
        assert len(runs) == 1

    def test_help_and_version_load_nothing_heavy(self) -> None:
        code = "import sys; from miner.cli.app import app; app(['--help'], standalone_mode=False); print(*sys.modules)"
        result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert not {"pandas", "jieba", "cn2an", "miner.reading", "miner.numbers"} & set(result.stdout.split())
        assert re.fullmatch(r"miner \d+\.\d+\.\d+\n", process("--version").stdout)

    def test_completion_installs(self, tmp_path: Path) -> None:
        environment = {**os.environ, "HOME": str(tmp_path), "SHELL": "/bin/bash"}
        command = [sys.executable, "-m", "miner.cli", "--install-completion", "bash"]
        subprocess.run(command, env=environment, check=True, capture_output=True)
        assert list(tmp_path.glob(".bash_completions/*.sh"))


def until(condition: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


def on_terminal(width: int, *arguments: str, status: int = 0, errors: bool = False) -> str:
    """Return what a terminal of ``width`` columns shows, with ``errors`` what is written there as an error."""
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 50, width, 0, 0))
    environment = {key: text for key, text in os.environ.items() if key not in {"COLUMNS", "LINES"}} | {"TERM": "xterm"}
    problems = follower if errors else subprocess.DEVNULL
    child = subprocess.Popen([*MINER, *arguments], stdout=follower, stderr=problems, env=environment)
    os.close(follower)
    shown = b""
    try:
        while piece := os.read(leader, 65536):
            shown += piece
    except OSError:  # Linux: the other side is closed
        pass
    os.close(leader)
    assert child.wait() == status
    return re.sub(r"\x1b\[[0-9;]*m", "", shown.decode()).replace("\r\n", "\n")


class Terminal(io.StringIO):
    """What a terminal is shown."""

    def isatty(self) -> bool:
        return True


class TestScreen:
    @pytest.mark.parametrize("width", [160, 100, 80, 60])
    def test_tables_fit_the_terminal(self, width: int) -> None:
        lines = on_terminal(width, "extract", "seeds/").split("\n")
        assert max(map(cell_len, lines)) <= width
        shown = "".join("".join(lines).split())
        for figure in mine("seeds/"):
            assert "".join(figure.text.split()) in shown
            assert "".join(render.value(figure).split()) in shown

    def test_in_a_pipe_nothing_is_cut(self, tmp_path: Path) -> None:
        name = "很长的名字" * 10 + ".txt"
        (tmp_path / name).write_text(SENTENCE, encoding="utf-8")
        assert f"{name}:1" in process("extract", tmp_path).stdout

    def test_text_cannot_steer_the_terminal(self, tmp_path: Path) -> None:
        (tmp_path / "a\x1b[31m\u202eb[red].txt").write_text("[red]园区[/red]有\x1b]0;x\x07企业66家。", encoding="utf-8")
        for options in ([], ["--all-columns"]):
            stdout = process("extract", tmp_path, *options).stdout
            assert not set("\x1b\x07\x9b\u202e") & set(stdout)
            assert "b[red].txt" in stdout

    def test_a_bar_keeps_its_place_beside_a_long_name_and_below_a_message(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        screen = Terminal()
        monkeypatch.setattr(sys, "stderr", screen)
        monkeypatch.setattr("time.perf_counter", iter(range(100)).__next__)
        monkeypatch.setenv("COLUMNS", "80")
        monkeypatch.setenv("TERM", "xterm")
        with render.progress(shown=True) as on_read:
            for done in (300_000, 700_000):
                on_read("关于二〇二三年度经济运行情况的报告" * 5 + "\x1b[31m.txt", done, 1_000_000)
            complain("b.txt: left out: this is a PNG image, not text")
            on_read("c.txt", 1_000_000, 1_000_000)
        shown = [
            line.rstrip()
            for line in re.split(r"[\r\n]+|\x1b\[2K", re.sub(r"\x1b\[[\d;?]*[A-JL-Za-z]", "", screen.getvalue()))
        ]
        assert "miner: b.txt: left out: this is a PNG image, not text" in shown
        bars = [line for line in shown if "━" in line]
        assert all(re.fullmatch(r"[━╸╺]{20} [\d.]+/1\.0 MB [\d:-]+ .*", line) for line in bars), bars
        assert "关于二〇二三年度" in bars[0]
        assert bars[-1].endswith("c.txt")

    def test_where_there_is_no_terminal_there_is_no_bar(self, monkeypatch: pytest.MonkeyPatch) -> None:
        screen = io.StringIO()
        monkeypatch.setattr(sys, "stderr", screen)
        monkeypatch.setattr("time.perf_counter", iter(range(100)).__next__)
        with render.progress(shown=True) as on_read:
            on_read("a.txt", 1, 2)
            on_read("b.txt", 2, 2)
        assert screen.getvalue() == ""

    def test_values_are_grouped_and_marked(self) -> None:
        figure = next(iter(mine("seeds/")))
        change: Callable[..., Observation] = lambda **values: Observation(  # noqa: E731 - a short name for one test
            **{name: getattr(figure, name) for name in COLUMNS} | {"base_unit": "元"} | values
        )
        assert render.value(change(value=Decimal(13970000000), modifier="exact")) == "13,970,000,000 元"
        assert render.value(change(value=Decimal("1E+4"), modifier="over")) == "> 10,000 元"
        bounds = {"value_min": Decimal(1000), "value_max": Decimal(3000)}
        assert render.value(change(value=Decimal(1000), modifier="range", **bounds)) == "1,000–3,000 元"

    def test_a_level_shows_the_growth_that_its_sentence_states(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("综保区进出口总额139.7亿元,同比增长33.4%。", encoding="utf-8")
        lines = process("extract", tmp_path, "-q").stdout.splitlines()
        assert [line for line in lines if "139.7亿元" in line and "↑ 33.4% yoy" in line]


class TestExplain:
    def test_a_sentence(self) -> None:
        result = run("explain", "截至10月,综保区进出口总额139.7亿元,比去年同期增长33.4%")
        assert result.exit_code == 0
        assert "139.7亿元  13,970,000,000 元" in result.stdout
        assert "33.4%  33.4 %" in result.stdout
        assert "measure: growth  ←" in result.stdout

    def test_what_is_no_figure(self) -> None:
        assert re.search(r"第五条?  ← an ordinal", run("explain", "按照第五条办理").stdout)

    def test_no_number_at_all(self) -> None:
        assert run("explain", "园区").stdout == "There is no number in this text.\n"

    def test_a_file_is_not_taken_for_a_text(self, folder: Path) -> None:
        file = next(folder.glob("*.txt"))
        result = run("explain", file)
        assert result.exit_code == 2
        assert f"miner explain - < {file}" in result.stderr.replace("\n", "")

    def test_standard_input(self) -> None:
        assert "66家" in process("explain", "-", input=SENTENCE).stdout


def test_help_has_examples() -> None:
    for command in ("extract", "explain"):
        stdout = run(command, "--help").stdout
        assert f"miner {command}" in stdout
        assert "综保区" in stdout
