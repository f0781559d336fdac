"""Big texts: read in chunks, with the rows, places and bytes that one reading of the whole has, and in bounded memory."""

import hashlib
import io
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import miner
from miner import chunks
from miner.decoding import NotText, decode
from miner.files import Input
from miner.reading import read
from miner.scanning import scan
from miner.workers import Done, How, Progress

MINER = [sys.executable, "-m", "miner.cli"]
SEEDS = [path.read_text(encoding="utf-8") for path in sorted(Path("seeds").glob("*.txt"))]
NAMED = "咸宁高新区2023年年报\n发布时间:2024-03-31\n"


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks of a few paragraphs, so that a text of some kilobytes is many."""
    monkeypatch.setattr(chunks, "WHOLE", 3000)
    monkeypatch.setattr(chunks, "CHUNK", 1500)
    monkeypatch.setattr(chunks, "ENDS", 60)
    monkeypatch.setattr(chunks, "_BEFORE", 200)


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lines of the seeds, shuffled, for some ten chunks."""
    file = tmp_path_factory.mktemp("big") / "big.txt"
    lines = [line for text in SEEDS for line in text.splitlines() if line.strip()]
    chance = random.Random(5)  # noqa: S311 - texts, no secrets
    file.write_text("".join(f"{chance.choice(lines)}\n" for _ in range(12_000)), encoding="utf-8")
    assert file.stat().st_size > chunks.WHOLE
    return file


@pytest.fixture(scope="module")
def alone(big: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    output = tmp_path_factory.mktemp("alone") / "figures.csv"
    subprocess.run([*MINER, "extract", big, "-q", "-j", "1", "-o", output], check=True)
    return output.read_bytes()


def mined(path: Path, jobs: int = 1) -> tuple[list[miner.Observation], list[miner.Problem]]:
    problems: list[miner.Problem] = []
    return list(miner.mine(path, jobs=jobs, on_problem=problems.append)), problems


def pieces_of(path: Path, data: bytes) -> list[chunks.Chunk]:
    path.write_bytes(data)
    file = Input(path.name, len(data), path)
    return list(chunks.chunks(file, chunks.look_through(file, "")))


def own(chunk: chunks.Chunk) -> str:
    assert chunk.document.part
    return chunk.document.text[chunk.document.part.lead :]


LINE = st.sampled_from(
    [
        "全年引进企业36家,同比增长12.5%。",
        "招商引资",
        "",
        "产业\t产值\n医药\t98.6",
        "增速居第3位!" * 40,
        "\r",
        "\r\n",
        "  缩进",
    ]
)


class TestCuts:
    @pytest.mark.usefixtures("small")
    @given(lines=st.lists(LINE, min_size=1, max_size=60), end=st.sampled_from(["\n", "\r\n", "\r", "。"]))
    def test_the_chunks_are_the_text_and_know_where_they_stand(
        self, tmp_path_factory: pytest.TempPathFactory, lines: list[str], end: str
    ) -> None:
        text = end.join(lines)
        found = pieces_of(tmp_path_factory.getbasetemp() / "a.txt", text.encode())
        assert "".join(map(own, found)) == text
        at = 0
        for chunk in found:
            part = chunk.document.part
            assert part
            assert part.offset == at
            assert part.line == 1 + len(re.findall("\r\n|\r|\n", text[:at]))
            assert text[at - 1 : at + 1] != "\r\n"
            assert 0 < len(own(chunk)) <= chunks.CHUNK + 1
            at += len(own(chunk))
        assert [chunk.more for chunk in found] == [n + 1 < len(found) for n in range(len(found))]
        assert sum(chunk.size for chunk in found) == len(text.encode())

    @pytest.mark.usefixtures("small")
    @pytest.mark.parametrize(
        ("text", "ends"),
        [
            ("企业66家。\n" * 600, "。\n"),
            ("企业66家,\n" * 600 + "\n" + "企业66家。\n" * 100, ",\n"),
            ("企业66家。" * 700, "。"),
            ("企业66家," * 700, ","),
        ],
        ids=["paragraphs", "lines", "sentences", "clauses"],
    )
    def test_the_best_place_is_taken(self, tmp_path: Path, text: str, ends: str) -> None:
        found = pieces_of(tmp_path / "a.txt", text.encode())
        assert len(found) > 2
        assert own(found[0]).endswith(ends)

    @pytest.mark.usefixtures("small")
    def test_a_text_without_any_mark_is_cut_at_the_limit(self, tmp_path: Path) -> None:
        found = pieces_of(tmp_path / "a.txt", "企".encode() * 4000)
        assert [len(own(chunk)) for chunk in found] == [1500, 1500, 1000]


class TestRows:
    @pytest.mark.usefixtures("small")
    def test_figures_offsets_and_lines_are_those_of_the_whole(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = tmp_path / "a.txt"
        file.write_text("\r\n".join(SEEDS * 3), encoding="utf-8", newline="")
        text = file.read_bytes().decode()
        rows, problems = mined(file)
        assert not problems
        for row in rows:
            assert text[row.start : row.end] == row.text
            assert row.sentence in text
            assert row.line == 1 + len(re.findall("\r\n|\r|\n", text[: row.start]))
        monkeypatch.setattr(chunks, "WHOLE", 1 << 40)
        whole, _ = mined(file)
        assert [(row.start, row.value, row.measure) for row in rows] == [
            (row.start, row.value, row.measure) for row in whole
        ]

    @pytest.mark.usefixtures("small")
    def test_the_headline_and_the_date_reach_every_chunk(self, tmp_path: Path) -> None:
        file = tmp_path / "a.txt"
        file.write_text(NAMED + "今年引进企业36家。\n上年末,党员478名。\n" * 300, encoding="utf-8")
        rows, _ = mined(file)
        assert len(rows) == 600
        assert {(row.park, row.period) for row in rows} == {
            ("咸宁高新技术产业开发区", "2024"),
            ("咸宁高新技术产业开发区", "2023"),
        }

    @pytest.mark.usefixtures("small")
    def test_a_date_in_the_middle_is_not_that_of_the_text(self, tmp_path: Path) -> None:
        file = tmp_path / "a.txt"
        file.write_text(
            "园区今年引进企业36家。\n" * 200 + "2021年5月1日\n" + "园区今年引进企业36家。\n" * 200, encoding="utf-8"
        )
        rows, _ = mined(file)
        assert {row.period for row in rows} == {""}

    @pytest.mark.usefixtures("small")
    def test_a_line_that_is_cut_off_is_no_dateline(self, tmp_path: Path) -> None:
        long = f"2021年5月1日揭牌{',产业兴旺' * 20},2021年5月1日揭牌"
        file = tmp_path / "a.txt"
        lines = ["园区概况", long, *["园区今年引进企业36家。"] * 300, long, "园区概况"]
        file.write_text("\n".join(lines), encoding="utf-8")
        rows, _ = mined(file)
        assert len(rows) == 300
        assert {row.period for row in rows} == {""}

    @pytest.mark.usefixtures("small")
    def test_what_growth_is_compared_with_is_said_once_for_all(self, tmp_path: Path) -> None:
        file = tmp_path / "a.txt"
        file.write_text("产值同比增长5%。\n" + "园区环境优美。\n" * 900 + "税收增长6%。\n" * 200, encoding="utf-8")
        rows, _ = mined(file)
        assert {row.basis for row in rows} == {"yoy"}

    @pytest.mark.usefixtures("small")
    @pytest.mark.parametrize("end", ["\n", "\r\n"])
    def test_the_header_of_a_table_reaches_every_row(self, tmp_path: Path, end: str) -> None:
        file = tmp_path / "a.txt"
        table = ["云岭高新区2023年主要指标", "单位:亿元", "产业\t产值\t税收"]
        table += [f"产业{'甲乙丙丁'[n % 4]}{'子丑寅卯'[n % 3]}\t{n}.5\t{n}.25" for n in range(500)]
        file.write_text(end.join([*table, "注:数据为快报数。", ""]), encoding="utf-8", newline="")
        rows, _ = mined(file)
        assert len(rows) == 1000
        assert {row.unit for row in rows} == {"亿元"}
        assert {row.indicator[-2:] for row in rows} == {"产值", "税收"}
        assert {row.period for row in rows} == {"2023"}

    @pytest.mark.usefixtures("small")
    def test_one_line_is_read_to_its_end(self, tmp_path: Path) -> None:
        file = tmp_path / "a.txt"
        file.write_text("".join(f"第一季度引进企业{n}家。" for n in range(1, 1001)), encoding="utf-8")
        rows, _ = mined(file)
        assert [row.number for row in rows] == list(range(1, 1001))
        assert {row.line for row in rows} == {1}

    @pytest.mark.usefixtures("small")
    @pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "big5", "utf-16"])
    def test_whatever_the_encoding(self, tmp_path: Path, encoding: str) -> None:
        file = tmp_path / "a.txt"
        file.write_text("咸寧高新區年報\n" + "今年引進企業36家,產值增長5.5%。\n" * 400, encoding=encoding)
        rows, problems = mined(file)
        assert (len(rows), problems) == (800, [])
        assert rows[-1].text == "5.5%"

    def test_a_text_below_the_limit_is_read_whole(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def never(*_: object) -> Iterator[chunks.Chunk]:
            raise AssertionError

        monkeypatch.setattr("miner.workers.chunks", never)
        assert mined(Path("seeds"))[0]

    @pytest.mark.parametrize("name", ["a.csv", "a.html", "a.eml"])
    def test_what_has_structure_is_read_whole(self, tmp_path: Path, name: str) -> None:
        file = Input(name, 1 << 30, tmp_path / name, b"")
        (tmp_path / name).write_text("园区有企业66家。", encoding="utf-8")
        assert not chunks.is_cut(file)
        assert chunks.is_cut(file._replace(source="a.md"))


class TestScan:
    @given(data=st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
    def test_it_is_the_text_that_decoding_the_whole_gives(self, data: bytes) -> None:
        self.same(data + b"\n" * 4)  # a character may be cut off at the end of what settles the encoding

    @given(text=st.text("企业66家。\r\n,\ufffd", max_size=300), cut=st.integers(1, 9), damaged=st.booleans())
    @pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
    def test_damage_is_counted_over_blocks(self, encoding: str, text: str, cut: int, *, damaged: bool) -> None:
        data = text.encode(encoding) + b"\xff" * damaged + "企业".encode(encoding) * 100
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("miner.scanning._BLOCK", cut)
            self.same(data, encoding)

    @staticmethod
    def same(data: bytes, encoding: str = "") -> None:
        try:
            text, warning = decode(data, encoding)
        except NotText as error:
            with pytest.raises(NotText, match=re.escape(str(error))):
                scan(io.BytesIO(data), encoding, 1200)
        else:
            found = scan(io.BytesIO(data), encoding, 1200)
            assert (found.begins, found.ends, found.warning) == (text[:1200], text[-1200:], warning)
            assert found.digest == hashlib.sha256(data).hexdigest()

    def test_a_character_in_a_later_block_tells_the_encoding(self) -> None:
        data = b"figures\n" * 200_000 + "园区现有企业六十六家,党员四百七十八名。\n".encode("gb18030") * 4000
        assert scan(io.BytesIO(data), "", 1200).encoding == "gb18030"

    @pytest.mark.usefixtures("small")
    def test_damage_in_the_middle_is_named_and_the_rest_is_read(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_bytes("企业66家。\n".encode() * 300 + b"\xff\n" + "企业66家。\n".encode() * 300)
        rows, problems = mined(tmp_path)
        assert len(rows) == 600
        assert [str(problem) for problem in problems] == ["a.txt: 1 damaged byte sequence was replaced by U+FFFD"]

    @pytest.mark.usefixtures("small")
    def test_what_is_no_text_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_bytes(b"\x89PNG\r\n" + bytes(5000))
        rows, problems = mined(tmp_path)
        assert (rows, [str(problem) for problem in problems]) == (
            [],
            ["a.txt: left out: this is a PNG image, not text"],
        )


class TestRuns:
    def test_the_bytes_of_one_worker(self, big: Path, alone: bytes, tmp_path: Path) -> None:
        for jobs in ("2", "3"):
            subprocess.run([*MINER, "extract", big, "-q", "-j", jobs, "-o", tmp_path / "a.csv"], check=True)
            assert (tmp_path / "a.csv").read_bytes() == alone

    def test_workers_that_are_killed_are_replaced(self, big: Path, alone: bytes, tmp_path: Path) -> None:
        tasks = Path("/proc/self/task")
        if not tasks.exists():
            pytest.skip("the processes of a process are in /proc")
        child = subprocess.Popen([*MINER, "extract", big, "-q", "-j", "2", "-o", tmp_path / "a.csv"])
        killed: set[int] = set()
        while child.poll() is None and len(killed) < 2:  # a chunk that ends three is left out
            time.sleep(0.7)
            found = [
                int(pid)
                for task in Path(f"/proc/{child.pid}/task").iterdir()
                for pid in (task / "children").read_text().split()
            ]
            if found:
                os.kill(found[-1], signal.SIGKILL)
                killed.add(found[-1])
        assert (child.wait(120), len(killed)) == (0, 2)
        assert (tmp_path / "a.csv").read_bytes() == alone

    @pytest.mark.usefixtures("small")
    def test_it_is_one_file_with_one_end_and_progress_in_between(self, tmp_path: Path) -> None:
        file = tmp_path / "a.txt"
        file.write_text("企业66家。\n" * 900, encoding="utf-8")
        size = file.stat().st_size
        calls: list[tuple[str, int, int]] = []
        texts = list(miner.mine_files(file, on_read=lambda *call: calls.append(call)))
        assert [text.more for text in texts] == [True] * (len(texts) - 1) + [False]
        assert len(texts) > 3
        read = [done for _, done, _ in calls]
        assert read == sorted(read)
        assert (len(calls), calls[-1]) == (len(texts) + 1, ("a.txt", size, size))
        run = subprocess.run([*MINER, "extract", file], capture_output=True, text=True, check=True)
        assert run.stderr.startswith("miner: 1 file,")

    @pytest.mark.usefixtures("small")
    def test_it_goes_on_where_it_was_read(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        file, manifest = tmp_path / "a.txt", tmp_path / "m"
        file.write_text("企业66家。\n" * 900, encoding="utf-8")
        first = list(miner.mine_files(file, resume=manifest))
        kept = manifest.read_bytes()
        monkeypatch.setattr("miner.workers.read_each", None)
        assert list(miner.mine_files(file, resume=manifest)) == first
        assert manifest.read_bytes() == kept

    @pytest.mark.usefixtures("small")
    @settings(max_examples=12)
    @given(stops=st.lists(st.integers(0, 9000), min_size=1, max_size=4), damaged=st.booleans())
    def test_a_stopped_run_goes_on_after_the_last_chunk_that_was_read(
        self, tmp_path_factory: pytest.TempPathFactory, stops: list[int], *, damaged: bool
    ) -> None:
        folder = tmp_path_factory.mktemp("texts")
        (folder / "a.txt").write_text("企业66家。", encoding="utf-8")
        (folder / "b.txt").write_bytes("".join(f"企业{n}家。\n" for n in range(600)).encode() + b"\xff" * damaged)
        (folder / "c.txt").write_text("企业66家。", encoding="utf-8")

        def run(manifest: Path) -> tuple[list[miner.Mined], list[miner.Problem]]:
            problems: list[miner.Problem] = []
            return list(miner.mine_files(folder, resume=manifest, on_problem=problems.append)), problems

        with tempfile.TemporaryDirectory() as kept:
            first = run(Path(kept, "one"))
            whole = Path(kept, "one").read_bytes()
            manifest = Path(kept, "two")
            for stop in stops:
                manifest.write_bytes(whole[: len(whole) * stop // 9000])
                assert run(manifest) == first
                assert manifest.read_bytes() == whole

    @pytest.mark.usefixtures("small")
    def test_chunks_that_were_read_are_not_read_again(self, tmp_path: Path, read: list[str]) -> None:
        file, manifest = tmp_path / "b.txt", tmp_path / "m"
        file.write_text("企业66家。\n" * 900, encoding="utf-8")
        first = list(miner.mine_files(file, resume=manifest))
        whole = manifest.read_bytes()
        lines = whole.splitlines(keepends=True)
        read.clear()
        manifest.write_bytes(b"".join(lines[:4]) + lines[4][:50])
        assert lines[1].startswith(b'["begun", "b.txt", ')
        stopped = miner.mine_files(file, resume=manifest)
        assert [next(stopped) for _ in range(3)] == first[:3]
        assert len(read) == 1  # two chunks were there
        (tmp_path / "a.txt").write_text("企业66家。", encoding="utf-8")  # comes before it now
        del stopped
        read.clear()
        again = list(miner.mine_files([tmp_path / "a.txt", file], resume=manifest))
        assert [text for text in again if text.source == "b.txt"] == first
        assert read == ["a.txt", *["b.txt"] * (len(first) - 3)]
        file.write_text("企业67家。\n" * 900, encoding="utf-8")
        manifest.write_bytes(whole[:-80])
        assert {row.value for text in miner.mine_files(file, resume=manifest) for row in text.rows} == {67}

    @pytest.mark.usefixtures("small")
    def test_a_chunk_that_was_left_out_is_tried_again_with_those_after_it(
        self, tmp_path: Path, read: list[str]
    ) -> None:
        file, manifest = tmp_path / "b.txt", tmp_path / "m"
        file.write_text("企业66家。\n" * 900, encoding="utf-8")
        first = list(miner.mine_files(file, resume=manifest))
        lines = manifest.read_bytes().splitlines(keepends=True)
        lines[3] = b'["problem", "b.txt", "left out, from line 215 on: a fault", true]\n'
        manifest.write_bytes(b"".join(lines[:5]))
        read.clear()
        assert list(miner.mine_files(file, resume=manifest)) == first
        assert len(read) == len(first) - 1

    @pytest.mark.usefixtures("small")
    def test_a_fault_in_one_chunk_loses_no_other(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        file = tmp_path / "a.txt"
        file.write_text("企业66家。\n" * 300 + "园区有毒。\n" + "企业66家。\n" * 600, encoding="utf-8")

        def faulty(document: miner.Document, _date: object, **_why: object) -> object:
            if "有毒" in document.text[document.part.lead if document.part else 0 :]:
                raise RuntimeError("stumbled")
            return read(document)

        monkeypatch.setattr("miner.pipeline.read", faulty)
        rows, problems = mined(file)
        assert 400 < len(rows) < 900
        assert [re.sub(r"\d+", "N", problem.message) for problem in problems] == [
            "left out, from line N on: a fault of this program (RuntimeError('stumbled')); please report it"
        ]

    def test_a_chunk_s_end_is_no_end_of_the_file(self) -> None:
        chunk = chunks.Chunk(miner.Document("a.txt", "园区有企业66家。"), 9, 9, more=True)
        text, progress = How().results(chunk)
        assert isinstance(text, miner.Mined)
        assert progress == Progress("a.txt", 9)
        assert not isinstance(progress, Done)
