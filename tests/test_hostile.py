"""Hostile and broken input: read where a reader would read it, else named; never a crash, nothing obeyed, nothing fetched."""

from __future__ import annotations

import io
import os
import socket
import subprocess
import sys
import textwrap
import time
import zipfile
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from miner.cli.app import app
from typer.testing import CliRunner

import miner
from miner.files import find_inputs
from miner.numbers import MAX_DIGITS
from miner.readers import File, read_file
from tests.hostile import UNITS
from tests.kills import without_privilege
from tests.patterns import repeated

SENTENCE = "园区现有企业66家，同比增长10%。"


def read(text: str) -> list[tuple[str, Decimal, str]]:
    """Return text, value and unit of the rows of a text, each of which stands at its offsets."""
    rows = miner.mine_text(text)
    assert all(row.text == text[row.start : row.end] for row in rows)
    return [(row.text, row.value, row.base_unit) for row in rows]


PLAIN = [("66家", Decimal(66), "家")]


class TestCharacters:
    @pytest.mark.parametrize(
        "text",
        [
            "\ufeff园区有企业66家。",
            "园区\ufeff有企业66家。",
            "园区有\u200b企业\u200b66家。",
            "\u202e园区有企业66家。\u202c",
            "园区有企业66家👩‍👩‍👧‍👦。",
            "园区👍有企业66家。",
            "园区\u0301有企业66家。",
        ],
        ids=ascii,
    )
    def test_marks_and_pictures_around_a_figure_change_nothing(self, text: str) -> None:
        assert read(text) == PLAIN

    @pytest.mark.parametrize(
        "text",
        [
            "园区有企业6\u200b6家。",
            "园区有企业6\u202e6家。",
            "园区有企业6\ufeff6家。",
            "园区有企业6\u03016家。",
            "园区有企业6👍6家。",
            "园区有企业٦٦家。",
            "园区有企业𝟔𝟔家。",
            "园区有企业⑥家。",
            "园区有企业6６家。",
            "园区有企业\ud83d66家。",
        ],
        ids=ascii,
    )
    def test_marks_and_other_digits_within_a_number_make_no_crash_and_no_digit_that_is_not_there(
        self, text: str
    ) -> None:
        assert {value for _, value, _ in read(text)} <= {Decimal(66), Decimal(6)}

    @pytest.mark.parametrize(
        ("data", "told"),
        [
            (f"园区\0有企业66家。{SENTENCE}".encode(), ""),
            (f"{SENTENCE}\n".encode() + b"\xed\xa0\xbd", "3 damaged byte sequences were replaced by U+FFFD"),
            (
                f"\ufeff{SENTENCE}\n".encode("utf-16-le") + b"\x3d\xd8\n\0",
                "1 damaged byte sequence was replaced by U+FFFD",
            ),
            (f"{SENTENCE}\n".encode() + f"\ufeff{SENTENCE}".encode(), ""),
        ],
        ids=["a NUL", "a surrogate in UTF-8", "half a pair in UTF-16", "a mark in the middle"],
    )
    @pytest.mark.parametrize("form", ["csv", "json", "jsonl", "md", "xlsx", "parquet", "sqlite"])
    def test_what_is_no_character_in_a_file_is_told_and_reaches_every_format(
        self, tmp_path: Path, data: bytes, told: str, form: miner.Format
    ) -> None:
        (tmp_path / "a.txt").write_bytes(data)
        problems: list[miner.Problem] = []
        rows = list(miner.mine(tmp_path, on_problem=problems.append))
        assert rows[0].text == "66家"
        assert "".join(problem.message for problem in problems) == told
        assert miner.export(rows, tmp_path / "figures", form) == len(rows)

    def test_lines_are_counted_over_mixed_ends(self) -> None:
        text = "一\r\n二\r三\n四\u2028五\u0085六\x0b七\x0c园区有企业66家。"
        assert [row.line for row in miner.mine_text(text)] == [4]


class TestLength:
    @pytest.mark.parametrize("kind", UNITS)
    def test_a_hostile_line_is_read_in_time_that_grows_with_its_length(self, kind: str) -> None:
        def took(length: int) -> float:
            began = time.process_time()
            miner.mine_text(repeated(UNITS[kind], length))
            return time.process_time() - began

        took(100)  # words and lexicons are loaded
        assert any((long := took(8_000)) < 0.1 or long < 10 * took(2_000) for _ in range(3))

    def test_a_million_digits_are_no_number_and_no_crash(self) -> None:
        assert read("园区有企业" + "1" * 1_000_000 + "家。") == []
        read("园区有企业" + "1," * 2000 + "家。")

    def test_thousands_of_numerals_are_no_number_and_no_crash(self) -> None:
        assert all(abs(value.adjusted()) <= MAX_DIGITS for _, value, _ in read("企业" + "九千万亿" * 1250 + "家。"))
        assert all(abs(value.adjusted()) <= MAX_DIGITS for _, value, _ in read("企业" + "九" * 5000 + "家。"))

    @pytest.mark.parametrize("pair", ["（）", "()", "“”", "《》", "【】", "「」"])
    def test_brackets_by_the_thousand(self, pair: str) -> None:
        text = pair[0] * 5000 + "园区有企业66家。" + pair[1] * 5000
        assert read(text) in (PLAIN, [])

    def test_thousands_of_figures_side_by_side(self) -> None:
        assert len(read("园区有企业" + "1%" * 2500)) == 2500


class TestFiles:
    @pytest.mark.parametrize(
        ("name", "data"),
        [
            ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(100)),
            ("a.txt", b"PK\x03\x04" + bytes(100)),
            ("a.txt", bytes(range(256)) * 20),
            ("a.txt", b"abc\0" * 50),
            ("a.csv", bytes(500)),
            ("a.html", bytes(500)),
            ("a.docx", b"nothing of the sort"),
            ("a.xlsx", b"PK\x03\x04" + bytes(100)),
            ("a.pdf", b"%PDF-1.7\n" + bytes(100)),
            ("a.zip", b"PK\x03\x04" + bytes(100)),
        ],
        ids=["PNG", "ZIP", "all bytes", "NULs", "CSV", "HTML", "Word", "Excel", "PDF", "damaged ZIP"],
    )
    def test_what_is_none_of_its_kind_is_named_and_the_rest_is_read(
        self, tmp_path: Path, name: str, data: bytes
    ) -> None:
        (tmp_path / name).write_bytes(data)
        (tmp_path / "z.txt").write_text(SENTENCE, encoding="utf-8")
        problems: list[miner.Problem] = []
        rows = list(miner.mine(tmp_path, on_problem=problems.append))
        assert {row.source for row in rows} == {"z.txt"}
        assert [problem.source for problem in problems if problem.fatal] == [name]

    def test_a_fault_of_a_reader_loses_no_other_file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def read(file: File) -> list[miner.Document]:
            raise IndexError(file.source)

        monkeypatch.setattr("miner.readers.separated.read", read)
        (tmp_path / "a.csv").write_text("1", encoding="utf-8")
        (tmp_path / "z.txt").write_text(SENTENCE, encoding="utf-8")
        problems: list[miner.Problem] = []
        rows = list(miner.mine(tmp_path, on_problem=problems.append))
        assert {row.source for row in rows} == {"z.txt"}
        told = "a.csv: left out: a fault of this program (IndexError('a.csv')); please report it"
        assert [(str(problem), problem.fatal) for problem in problems] == [(told, True)]

    def test_a_member_of_an_archive_without_a_name_is_passed_over(self) -> None:
        """Found by fuzzing: a name that begins with NUL is an empty one, on which ZipInfo.is_dir fails."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("?.txt", SENTENCE)
            archive.writestr("b.txt", SENTENCE)
        told = list(read_file(File("a.zip", buffer.getvalue().replace(b"?.txt", b"\0.txt"))))
        assert [one.source for one in told] == ["a.zip/b.txt"]

    def test_an_empty_file_has_no_figure_and_no_fault(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_bytes(b"")
        problems: list[miner.Problem] = []
        assert list(miner.mine(tmp_path, on_problem=problems.append)) == []
        assert problems == []

    def test_a_file_of_2_gb_is_named_and_not_read(self, tmp_path: Path) -> None:
        for name in ("a.txt", "b.csv"):
            with (tmp_path / name).open("wb") as file:
                file.truncate(2 << 30)
        problems: list[miner.Problem] = []
        assert list(miner.mine(tmp_path, on_problem=problems.append)) == []
        assert [problem.message for problem in problems] == [
            "left out: this is binary data or in an encoding not known here; save it as UTF-8",
            "left out: this is 2,048 MB, more than 256 MB; split it, or allow more: --limit file=2048MB",
        ]

    def test_a_link_to_itself_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").symlink_to("b.txt")
        (tmp_path / "b.txt").symlink_to("a.txt")
        (tmp_path / "folder").symlink_to("folder")
        problems: list[miner.Problem] = []
        assert list(miner.mine([tmp_path, tmp_path / "folder"], on_problem=problems.append)) == []
        assert {problem.message for problem in problems} == {"cannot be found: Too many levels of symbolic links"}
        assert len(problems) == 3

    @pytest.mark.parametrize("jobs", [1, 2])
    @pytest.mark.parametrize("size", [1, 200_000], ids=["whole", "in chunks"])
    def test_files_that_vanish_are_named_and_the_rest_is_read(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, jobs: int
    ) -> None:
        monkeypatch.setattr("miner.workers.BATCH_FILES", 1)
        for name in ("a.txt", "b.txt", "c.txt"):
            (tmp_path / name).write_text(SENTENCE * (size if name == "b.txt" else 1), encoding="utf-8")
        found = find_inputs(tmp_path)
        monkeypatch.setattr("miner.jobs.find_inputs", lambda *_, **__: found)
        (tmp_path / "b.txt").unlink()
        problems: list[miner.Problem] = []
        rows = list(miner.mine(tmp_path, jobs=jobs, on_problem=problems.append))
        assert {row.source for row in rows} == {"a.txt", "c.txt"}
        assert [str(problem) for problem in problems] == ["b.txt: cannot be read: No such file or directory"]

    def test_what_may_not_be_read_is_named_and_the_rest_is_read(self, tmp_path: Path) -> None:
        (tmp_path / "closed").mkdir()
        for name in ("a.txt", "b.txt"):
            (tmp_path / name).write_text(SENTENCE, encoding="utf-8")
        (tmp_path / "a.txt").chmod(0)
        (tmp_path / "closed").chmod(0)
        run = subprocess.run(
            [sys.executable, "-m", "miner.cli", "extract", tmp_path, "-q", "-f", "csv"],
            capture_output=True, text=True, check=False, preexec_fn=without_privilege,
        )  # fmt: skip
        assert (run.returncode, len(run.stdout.splitlines())) == (1, 3)
        assert run.stderr.splitlines() == [
            f"miner: {tmp_path / 'closed'}: cannot be opened: Permission denied",
            "miner: a.txt: cannot be read: Permission denied",
        ]

    @pytest.mark.parametrize(
        ("arguments", "status", "told"),
        [
            (["extract", "closed/a.txt", "seeds"], 1, "closed/a.txt: cannot be found: Permission denied"),
            (["extract", "closed/folder", "seeds"], 1, "closed/folder: cannot be found: Permission denied"),
            (["extract", "closed/*.txt", "seeds"], 1, "closed: cannot be opened: Permission denied"),
            (["extract", "linked", "seeds"], 1, "linked/a.txt: cannot be found: Permission denied"),
            (["extract", "seeds", "-o", "closed/x.csv"], 2, "closed/x.csv: cannot be written: Permission denied"),
            (["extract", "seeds", "--resume", "-o", "closed/x.csv"], 2, "closed/x.csv.resume: cannot be written: Permission denied."),
            (["extract", "seeds", "--lexicon", "closed/x"], 2, "closed/x: cannot be read: Permission denied"),
            (["report", "seeds", "-o", "closed/x.html"], 2, "closed/x.html: cannot be written: Permission denied"),
        ],
        ids=lambda value: " ".join(value) if isinstance(value, list) else "",
    )  # fmt: skip
    def test_a_folder_that_may_not_be_searched_is_named(
        self, tmp_path: Path, arguments: list[str], status: int, told: str
    ) -> None:
        for name in ("closed", "linked", "seeds"):
            (tmp_path / name).mkdir()
        (tmp_path / "seeds" / "a.txt").write_text(SENTENCE, encoding="utf-8")
        (tmp_path / "linked" / "a.txt").symlink_to("../closed/a.txt")
        (tmp_path / "closed").chmod(0)
        run = subprocess.run(
            [sys.executable, "-m", "miner.cli", *arguments, "-q"], cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(Path.cwd())},
            capture_output=True, text=True, check=False, preexec_fn=without_privilege,
        )  # fmt: skip
        assert (run.returncode, run.stderr) == (status, f"miner: {told}\n")
        assert ("66" in run.stdout) == (status == 1)

    def test_sockets_are_not_opened(self, tmp_path: Path) -> None:
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(str(tmp_path / "a.txt"))
            problems: list[miner.Problem] = []
            assert list(miner.mine(tmp_path, on_problem=problems.append)) == []
        assert [problem.message for problem in problems] == ["left out: this is a pipe, socket or device, not a file"]

    @pytest.mark.parametrize("name", ["a\nb.txt", "a\tb.txt", "-rf.txt", "'; DROP TABLE x; --.txt", "$(touch x).txt"])
    def test_a_name_is_only_a_name(self, tmp_path: Path, name: str) -> None:
        (tmp_path / name).write_text(SENTENCE, encoding="utf-8")
        assert {row.source for row in miner.mine(tmp_path)} == {name}
        run = subprocess.run(
            [sys.executable, "-m", "miner.cli", "extract", tmp_path], capture_output=True, text=True, check=False
        )
        assert run.returncode == 0, run.stderr
        assert [path.name for path in tmp_path.iterdir()] == [name]


STEERING = "\x1b]0;x\x07\x1b[31m\x9b31m\u202e"


@pytest.mark.parametrize(
    ("command", "status"),
    [
        (["extract", "."], 1),
        (["extract", ".", "--all-columns"], 1),
        (["extract", ".", "-f", "md"], 1),
        (["table", ".", "--rows", "indicator", "--columns", "park", "--notes"], 1),
        (["audit", "."], 1),
        (["lexicon", "suggest", "."], 1),
        (["lexicon", "find", f"进出口{STEERING}"], 1),
        (["lexicon", "check", f"none{STEERING}.toml"], 1),
        (["explain", f"按照第五条{STEERING},园区{STEERING}现有企业66家。"], 0),
        (["extract", f"none{STEERING}.txt"], 1),
        (["extract", ".", "-o", f"none{STEERING}/figures.csv"], 2),
        (["extract", ".", "-o", f"figures{STEERING}"], 2),
        (["extract", ".", "--limit", f"file{STEERING}=1"], 2),
        (["extract", ".", "--date", STEERING], 2),
        (["extract", ".", "--encoding", STEERING], 2),
        (["extract", "--files-from", f"none{STEERING}"], 2),
    ],
    ids=lambda value: " ".join(value).replace(STEERING, "…") if isinstance(value, list) else str(value),
)
def test_no_command_hands_the_terminal_what_would_steer_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str], status: int
) -> None:
    """Neither of a text nor of a name, in what is shown and in what is complained about."""
    monkeypatch.chdir(tmp_path)
    plain = "园区环境优美,企业活力充沛,各项工作有序推进。" * 20
    text = f"{plain}滨海{STEERING}高新区产值{STEERING}139.7亿元,增长{STEERING}3%。园区有{STEERING}企业66家,其中{STEERING}外企70家。第{STEERING}五条。\n"
    Path(f"a{STEERING}.txt").write_text(text * 3, encoding="utf-8")
    Path(f"b{STEERING}.txt").write_bytes(b"\x89PNG\r\n")
    Path(f"c{STEERING}.csv").write_text(
        f"{plain}\n{STEERING}园区,企业{STEERING}(家)\n滨海园区{STEERING},66\n", encoding="utf-8"
    )
    result = CliRunner().invoke(app, command)
    assert result.exit_code == status, result.output
    assert not set(STEERING[:1] + "\x07\x9b\u202e") & set(result.stdout + result.stderr)


GUARDED = textwrap.dedent("""
    import sys
    FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.spawn", "os.posix_spawn", "os.fork", "webbrowser.",
                 "urllib.", "ftplib.", "smtplib.", "pickle.")
    def guard(event, arguments):
        if event.startswith(FORBIDDEN):
            raise SystemExit(f"{event} {arguments!r}")
    import encodings.idna, miner, lxml.etree, pandas, miner.exports.xlsx
    miner.mine_text("园区现有企业66家。")
    sys.addaudithook(guard)
    rows = list(miner.mine(sys.argv[1], on_problem=lambda problem: None))
    miner.export(rows, sys.argv[2])
    print(len(rows))
""")


def test_nothing_is_fetched_and_nothing_is_run(tmp_path: Path) -> None:
    """The interpreter itself reports each connection and each program started."""
    texts = tmp_path / "texts"
    texts.mkdir()
    page = f"""<!DOCTYPE html SYSTEM "http://example.com/a.dtd" [<!ENTITY x SYSTEM "http://example.com/x">]><html><head>
    <base href="http://example.com/"><link rel="stylesheet" href="a.css"><script src="//example.com/a.js"></script></head>
    <body onload="fetch('/')"><iframe src="http://example.com/"></iframe><img src="http://example.com/a.png">
    <article><p>{SENTENCE}</p><p>&x;</p></article></body></html>"""
    mail = f"From: a@example.com\nSubject: 园区\nContent-Type: text/html; charset=utf-8\n\n{page}"
    for name, text in {
        "a.html": page,
        "b.eml": mail,
        "c.txt": f"{SENTENCE} http://example.com/",
        "d.csv": '=cmd|" /C x"!A0,66家',
    }.items():
        (texts / name).write_text(text, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-c", GUARDED, texts, tmp_path / "figures.xlsx"], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert int(run.stdout) >= 6


def test_nothing_is_written_but_what_was_asked_for(tmp_path: Path) -> None:
    """jieba keeps a cache in the shared temporary folder, and trusts what lies there; here it keeps none."""
    (tmp_path / "tmp").mkdir()
    (tmp_path / "home").mkdir()
    (tmp_path / "a.txt").write_text(SENTENCE, encoding="utf-8")
    places = {"TMPDIR": str(tmp_path / "tmp"), "HOME": str(tmp_path / "home"), "XDG_CACHE_HOME": str(tmp_path / "home")}
    run = subprocess.run(
        [sys.executable, "-m", "miner.cli", "extract", "a.txt", "-o", "figures.csv"],
        cwd=tmp_path, env=os.environ | places | {"PYTHONPATH": str(Path.cwd())}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    files = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file())
    assert files == ["a.txt", "figures.csv"]


@pytest.mark.parametrize("name", ["miner", "miner.cli.app", "miner.words", "miner.pipeline"])
def test_importing_writes_nothing_and_says_nothing(tmp_path: Path, name: str) -> None:
    code = f"import os; before = dict(os.environ); import {name}; assert dict(os.environ) == before"
    environment = os.environ | {"TMPDIR": str(tmp_path), "HOME": str(tmp_path), "PYTHONPATH": str(Path.cwd())}
    run = subprocess.run(
        [sys.executable, "-B", "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stdout, run.stderr, list(tmp_path.iterdir())) == (0, "", "", [])


@pytest.mark.parametrize("text", ["24/1半", "21半", "5/24/1半3768", "三分之1半"])
def test_numerals_are_apart(text: str) -> None:
    """Found by fuzzing: 1半 was read besides 24/1."""
    found = miner.find_numbers(text)
    assert found
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize("text", ["三点五点六家", "九.六.四家", "九点6.9六万单", "三点五.六亿元"])
def test_a_number_has_one_point(text: str) -> None:
    """Found by fuzzing: 三点五点六 was 4.1."""
    assert miner.find_numbers(text) == []


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("翻三五番", 700, 3100), ("翻两番", 300, 300), ("翻一番多", 100, None), ("翻一两番", 100, 300)],
)
def test_doublings_have_both_bounds(text: str, low: int, high: int | None) -> None:
    """Found by fuzzing: the upper bound of 三五番 was 5 %."""
    (found,) = miner.find_quantities(text)
    bounds = [None if bound is None else int(bound) for bound in (found.value, found.value_min, found.value_max)]
    assert bounds == [low, low, high]


@pytest.mark.parametrize("text", ["翻1.5番", "翻0番", "翻99番"])
def test_what_no_one_would_write_is_no_doubling(text: str) -> None:
    assert [found for found in miner.find_quantities(text) if found.unit == "番"] == []


@pytest.mark.parametrize("text", ["占比两\n成", "产值12\n—15亿元", "产值美元\n500万", "价格九\r\n折"])
def test_no_figure_runs_over_a_line_that_is_not_wrapped(text: str) -> None:
    """Found by fuzzing: 两 and 成 of two lines were a figure that its own sentence does not hold."""
    assert all("\n" not in found.text for found in miner.find_quantities(text))
    assert all(row.text in row.sentence for row in miner.mine_text(text))
