"""Files, folders and globs -> documents; bytes -> text."""

import errno
import io
import os
import re
import stat
import sys
import tempfile
import warnings
from pathlib import Path

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from miner.decoding import NotText, decode, text_encoding
from miner.documents import line_of, line_starts
from miner.files import _Search, find_files, find_inputs, read_documents, read_list
from miner.jobs import mine
from miner.limits import Limits
from miner.readers import SUFFIXES
from miner.schema import Problem
from miner.spool import Spooled

SENTENCE = "截至10月，综保区进出口总额139.7亿元，比去年同期增长33.4%。"
TRADITIONAL = "截至10月，綜保區進出口總額139.7億元，比去年同期增長33.4%。"


def found(*paths: Path | str) -> tuple[list[str], list[str]]:
    """Return the sources of the files found and the problems met."""
    problems: list[Problem] = []
    return [source for source, _ in find_files(paths, problems.append)], [str(problem) for problem in problems]


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{name}有企业66家。", encoding="utf-8")


# Decoding


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_simplified_text_in_any_encoding(encoding: str) -> None:
    assert decode(SENTENCE.encode(encoding)) == (SENTENCE, "")


@pytest.mark.parametrize("encoding", ["utf-8", "big5", "cp950", "big5hkscs", "gb18030", "utf-16-le"])
def test_traditional_text_in_any_encoding(encoding: str) -> None:
    assert decode(TRADITIONAL.encode(encoding)) == (TRADITIONAL, "")


@pytest.mark.parametrize("seed", sorted(Path("seeds").glob("*.txt")), ids=lambda path: path.name[:3])
@pytest.mark.parametrize("length", [16, 64, 512])
def test_pieces_of_real_texts_in_gb18030(seed: Path, length: int) -> None:
    text = seed.read_bytes().decode()
    for start in range(0, len(text) - length, length * 7):
        piece = text[start : start + length]
        assert decode(piece.encode("gb18030")) == (piece, "")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "cp950"])
def test_a_damaged_byte_is_replaced_and_counted(encoding: str) -> None:
    data = (TRADITIONAL * 3).encode(encoding)
    text, warning = decode(data + b"\xff")
    assert text == TRADITIONAL * 3 + "\ufffd"
    assert warning == "1 damaged byte sequence was replaced by U+FFFD"


@pytest.mark.parametrize(
    ("data", "encodings"),
    [("凝聚".encode("gb18030"), "GB18030 or Big5"), ("20家園".encode("cp950"), "Big5 or GB18030")],
    ids=["GB18030", "Big5"],
)
def test_what_cannot_be_told_is_asked(data: bytes, encodings: str) -> None:
    with pytest.raises(NotText, match=r"cannot tell whether this is .*; name it with --encoding") as caught:
        decode(data)
    assert set(encodings.split(" or ")) <= set(re.findall(r"GB18030|Big5", str(caught.value)))
    for name in ("gb18030", "cp950"):
        assert decode(data, name) == (data.decode(name), "")


@pytest.mark.parametrize("length", [16, 32, 64, 512])
def test_pieces_of_the_seeds_are_read_right_or_asked_about(length: int) -> None:
    wrong, asked, pieces = 0, 0, 0
    for seed in sorted(Path("seeds").glob("*.txt")):
        text = seed.read_bytes().decode()
        for script in ("t2s", "s2t"):
            converted = opencc.OpenCC(script).convert(text)
            for start in range(0, len(text) - length // 2, max(length, 64)):
                piece = converted[start : start + length // 2]
                for encoding in ("gb18030", "cp950", "utf-16-le", "utf-16-be"):
                    data = piece.encode(encoding, "ignore")
                    pieces += 1
                    try:
                        wrong += decode(data)[0] != data.decode(encoding)
                    except NotText:
                        asked += 1
    assert wrong * 1000 <= pieces
    assert asked * 100 <= pieces


def test_an_encoding_that_was_named_goes_before_what_is_found() -> None:
    assert decode("园区66家".encode("gb18030") + b"\xff", "gb18030") == (
        "园区66家\ufffd",
        "1 damaged byte sequence was replaced by U+FFFD",
    )
    assert decode(b"\xff\xfe" + "园区".encode("utf-16-le"), "utf-16-le") == ("园区", "")
    with pytest.raises(ValueError, match="'gb18300' is no encoding; there are gb18030"):
        text_encoding("gb18300")
    with pytest.raises(ValueError, match="no encoding"):
        text_encoding("base64")


def test_line_ends_and_a_mark_inside_the_text_stay() -> None:
    text = "一\r\n二\r三\n四\u2028五\ufeff六"
    assert decode(b"\xef\xbb\xbf" + text.encode()) == (text, "")


def test_plain_ascii_and_nothing_at_all() -> None:
    assert decode(b"no figure here") == ("no figure here", "")
    assert decode(b"") == ("", "")


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(40),
        b"PK\x03\x04" + bytes(40),
        b"%PDF-1.7\nabc",
        b"abc\x00\x01\x02def",
        bytes(1000),
        bytes(range(256)) * 8,
        "園區66家".encode("utf-32-le"),
    ],
    ids=["png", "zip", "pdf", "NULs", "zeros", "all bytes", "UTF-32 without its mark"],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(NotText):
        decode(data)


@given(st.binary(max_size=2000))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text, _ = decode(data)
    except NotText:
        return
    text.encode()  # there are no lone surrogates


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_utf_8_is_read_exactly(text: str) -> None:
    assert decode(b"\xef\xbb\xbf" + text.encode()) == (text, "")


# Lines


@given(st.text(st.sampled_from("一\r\n\x0b\x0c\x85\u2028")))
def test_lines_end_at_lf_crlf_and_cr_only(text: str) -> None:
    starts = line_starts(text)
    lines = text.replace("\r\n", "\0\n").replace("\r", "\n").replace("\0\n", "x\n").split("\n")
    assert len(starts) == len(lines)
    for offset in range(len(text)):
        assert starts[line_of(starts, offset) - 1] <= offset


# Finding files


def test_a_folder_is_read_with_what_is_below_it(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "a/c.md", "a/.hidden.txt", ".git/d.txt", "e.csv", "F.TXT", "园区.text")
    assert found(tmp_path) == (["F.TXT", "a/c.md", "b.txt", "e.csv", "园区.text"], [])


def test_a_file_named_itself_may_end_as_it_likes(tmp_path: Path) -> None:
    write(tmp_path, "e.csv", "报道")
    assert found(tmp_path / "e.csv", tmp_path / "报道") == (["e.csv", "报道"], [])


def test_globs_are_expanded(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "x/b.txt", "x/y/c.log", ".z/d.txt")
    assert found(tmp_path / "**" / "*.txt")[0] == ["a.txt", "x/b.txt"]
    assert found(tmp_path / "x" / "**" / "*.log")[0] == ["y/c.log"]
    assert found(tmp_path / "?.txt")[0] == ["a.txt"]
    assert found(tmp_path / "*")[0] == ["a.txt", "x/b.txt"]


@pytest.mark.parametrize("pattern", ["*/b.txt", "**/b.txt", "?/*.txt", "[a-z]/b.txt", "**/**/b.*", "*", "**"])
def test_a_glob_finds_what_stands_beside_what_may_not_be_looked_at(tmp_path: Path, pattern: str) -> None:
    """Path.glob passes over the rest of a folder in silence, once it meets such a link."""
    write(tmp_path / "texts", *(f"{folder}/b.txt" for folder in "abcxyz"), ".hidden/b.txt")
    for name in "dlz0":
        (tmp_path / "texts" / f"{name}1").symlink_to(f"{name}1")
    assert found(tmp_path / "texts" / pattern)[0] == [f"{folder}/b.txt" for folder in "abcxyz"]
    assert found(tmp_path / "texts" / ".*" / pattern)[0] in ([".hidden/b.txt"], [])


@pytest.mark.parametrize(
    "pattern", ["*", "**", "**/*.txt", "x/**/*.log", "*/*/*", "?.txt", "[!a]*/*.txt", "x/*/..", ".z/*", "x/y"]
)
def test_a_glob_is_what_pathlib_takes_it_for(tmp_path: Path, pattern: str) -> None:
    write(tmp_path, "a.txt", "b.md", "x/b.txt", "x/y/c.log", "x/y/d.txt", ".z/d.txt", "x/.w/e.txt")
    (tmp_path / "x" / "loop").symlink_to(tmp_path)
    hidden = any(part.startswith(".") for part in Path(pattern).parts)
    matches = set(_Search(lambda _: None).matches(tmp_path, Path(pattern).parts))
    assert matches == {
        path for path in tmp_path.glob(pattern)
        if hidden or not any(part.startswith(".") for part in path.relative_to(tmp_path).parts)
    }  # fmt: skip


def test_a_name_with_brackets_is_not_a_glob_where_it_exists(tmp_path: Path) -> None:
    write(tmp_path, "[草案].txt")
    assert found(tmp_path / "[草案].txt") == (["[草案].txt"], [])


def test_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    write(tmp_path, "2023/a.txt", "2024/a.txt", "2024/b.txt")
    assert found(tmp_path / "2023", tmp_path / "2024")[0] == ["2023/a.txt", "2024/a.txt", "b.txt"]
    assert found(tmp_path / "2024", tmp_path / "2023")[0] == ["2023/a.txt", "2024/a.txt", "b.txt"]


def test_a_file_is_read_once_whatever_it_is_called(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    (tmp_path / "b.txt").symlink_to("a.txt")
    (tmp_path / "c.txt").hardlink_to(tmp_path / "a.txt")
    assert found(tmp_path, tmp_path / "a.txt", f"{tmp_path}/./b.txt") == (["a.txt"], [])


def test_a_link_to_a_folder_above_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path, "x/a.txt")
    (tmp_path / "x" / "loop").symlink_to(tmp_path)
    (tmp_path / "x" / "loop.txt").symlink_to(tmp_path)
    assert found(tmp_path) == (["x/a.txt"], [])
    assert found(tmp_path / "**" / "*.txt")[0] == ["x/a.txt"]


def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    sources, problems = found(tmp_path, "/dev/zero")
    assert sources == []
    assert all("not a file" in problem for problem in problems)
    assert len(problems) == 2


def test_a_very_deep_folder(tmp_path: Path) -> None:
    deep = tmp_path
    for _ in range(500):
        deep /= "d"
    deep.mkdir(parents=True)
    write(deep, "a.txt")
    assert [source[-5:] for source in found(tmp_path)[0]] == ["a.txt"]


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "dangling.txt").symlink_to("nowhere")
    for path, message in {
        tmp_path / "none.txt": "cannot be found: No such file or directory",
        tmp_path / "empty": f"holds no file that is read in a folder: {', '.join(SUFFIXES)}",
        tmp_path / "*.log": "no file matches",
        tmp_path / "dangling.txt": "cannot be found: No such file or directory",
    }.items():
        assert found(path) == ([], [f"{path}: {message}"])


def test_a_name_in_gb18030_can_be_printed(tmp_path: Path) -> None:
    name = os.fsdecode("园区.txt".encode("gb18030"))
    (tmp_path / name).write_text("企业66家", encoding="utf-8")
    documents = list(read_documents(tmp_path))
    assert [(document.source, document.text) for document in documents] == [("园区.txt", "企业66家")]


# Reading


def test_the_rest_is_read_when_a_file_cannot_be(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "c.txt")
    (tmp_path / "b.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    problems: list[Problem] = []
    calls: list[tuple[str, int, int]] = []
    documents = read_documents(tmp_path, on_problem=problems.append, on_read=lambda *call: calls.append(call))
    assert [document.source for document in documents] == ["a.txt", "c.txt"]
    assert [str(problem) for problem in problems] == ["b.txt: left out: this is a PNG image, not text"]
    size = (tmp_path / "a.txt").stat().st_size
    assert calls == [
        ("a.txt", size, 2 * size + 8),
        ("b.txt", size + 8, 2 * size + 8),
        ("c.txt", 2 * size + 8, 2 * size + 8),
    ]


def test_a_file_that_vanishes_is_named(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "b.txt")
    problems: list[Problem] = []
    documents = read_documents(tmp_path, on_problem=problems.append)
    next(documents)
    (tmp_path / "b.txt").unlink()
    assert list(documents) == []
    assert problems == [Problem("b.txt", "cannot be read: No such file or directory")]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_named(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    (tmp_path / "a.txt").chmod(stat.S_IWUSR)
    problems: list[Problem] = []
    assert list(read_documents(tmp_path, on_problem=problems.append)) == []
    assert problems == [Problem("a.txt", "cannot be read: Permission denied")]


def test_a_damaged_file_is_read_with_a_warning(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes((SENTENCE * 2).encode() + b"\xff")
    problems: list[Problem] = []
    assert len(list(read_documents(tmp_path, on_problem=problems.append))) == 1
    assert [problem.fatal for problem in problems] == [False]


def test_problems_are_warnings_where_nobody_asks_for_them(tmp_path: Path) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert list(read_documents(tmp_path / "none.txt")) == []
    assert [str(warning.message) for warning in caught] == [
        f"{tmp_path}/none.txt: cannot be found: No such file or directory"
    ]


def test_a_folder_of_a_thousand_files_of_every_kind(tmp_path: Path) -> None:
    for n in range(1000):
        (tmp_path / f"{n}{('.txt', '.csv', '.md', '.zip')[n % 4]}").write_bytes(b"" if n % 4 else SENTENCE.encode())
    problems: list[Problem] = []
    assert len(list(read_documents(tmp_path, on_problem=problems.append))) == 750
    assert len(problems) == 250  # an empty archive is damaged


# Standard input and lists of paths


def test_standard_input_is_a_file_of_the_name_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a.txt", "z.txt")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("产业,产值\n医药,98.6亿元\n".encode("gb18030"))))
    documents = list(read_documents([tmp_path, "-"], name="m.csv"))
    assert [document.source for document in documents] == ["a.txt", "m.csv", "z.txt"]
    assert len(documents[1].tables) == 1
    assert find_files("-") == []


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "\n".join(f"园区现有企业{n}家。" for n in range(300))),
        ("a.csv", "产业,产值\n" + "医药,98.6亿元\n" * 300),
        ("a.txt", "园区现有企业66家。"),
    ],
    ids=["in chunks", "whole", "small"],
)
def test_standard_input_is_read_as_the_file_would_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str, jobs: int
) -> None:
    """What is long goes to a temporary file without a name, from which it is read as often as is needed."""
    monkeypatch.setattr("miner.spool.HELD", 2000)
    monkeypatch.setattr("miner.chunks.WHOLE", 2000)
    monkeypatch.setattr("miner.chunks.CHUNK", 1000)
    write(tmp_path, "b.txt", "c.txt")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    others = [tmp_path / "b.txt", tmp_path / "c.txt"]
    (held,) = (file for file in find_inputs("-", name=name) if file.source == name)
    assert isinstance(held.path, Spooled) == (len(text) > 1000)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    rows = list(mine([*others, "-"], name=name, jobs=jobs))
    assert rows == list(mine([*others, tmp_path / name]))
    assert len(rows) > 2
    assert list((tmp_path / "tmp").iterdir()) == []


def test_standard_input_beyond_the_limit_is_named_and_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Spooled, "read_bytes", None)
    for jobs in (1, 2):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(bytes(3 << 20))))
        problems: list[Problem] = []
        rows = mine(
            ["-", "seeds/004_bfaf95d459e0521d.txt"],
            name="z.csv",
            jobs=jobs,
            limits=Limits(file=1 << 20),
            on_problem=problems.append,
        )
        assert len(list(rows)) == 32
        assert [str(problem) for problem in problems] == [
            "z.csv: left out: this is 3 MB, more than 1 MB; split it, or allow more: --limit file=3MB"
        ]


def test_where_there_is_no_room_for_standard_input_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("miner.spool.shutil.copyfileobj", full)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(bytes(3 << 20))))
    problems: list[Problem] = []
    assert list(mine("-", on_problem=problems.append)) == []
    assert [str(problem) for problem in problems] == [
        f"stdin: cannot be read: there is no room for it in {tempfile.gettempdir()}; set TMPDIR to another folder"
    ]


@pytest.mark.parametrize("between", ["\n", "\r\n", "\0"], ids=["LF", "CRLF", "NUL"])
@pytest.mark.parametrize("last", [True, False])
def test_a_list_of_paths(tmp_path: Path, between: str, last: bool) -> None:
    listed = ["a.txt", "园区 名录/b.txt", "c\td.txt"]
    data = between.join(listed) + between * last
    (tmp_path / "list").write_bytes(data.encode())
    problems: list[Problem] = []
    assert read_list(tmp_path / "list", problems.append) == listed
    assert problems == []


def test_what_is_wrong_in_a_list_of_paths_is_named(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    (tmp_path / "list").write_text(f"{tmp_path}/a.txt\n\n{tmp_path}/none.txt\n", encoding="utf-8")
    problems: list[Problem] = []
    paths = read_list(tmp_path / "list", problems.append)
    assert [document.source for document in read_documents(paths, on_problem=problems.append)] == ["a.txt"]
    assert [str(problem) for problem in problems] == [
        f"{tmp_path}/list: line 2 is empty",
        f"{tmp_path}/none.txt: cannot be found: No such file or directory",
    ]
    (tmp_path / "list").write_bytes(b"")
    assert read_list(tmp_path / "list") == []
