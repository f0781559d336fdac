"""Stores and folders of Parquet parts: what a run reads and writes there, and how it goes on after it was stopped."""

from __future__ import annotations

import json
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest
from distributed import KilledWorker
from hypothesis import given
from hypothesis import strategies as st
from miner.cli.app import app
from pyarrow import dataset, parquet
from typer.testing import CliRunner

from miner import Problem, Written, export, mine, mine_into, read_documents
from miner.dispatch import Dispatcher
from miner.files import Input
from miner.parts import Batch, ClusterError, Orders, Receipt, batches, segment
from miner.remote import Run, Task, do, read_each, state
from miner.stores import Folder, Stored
from miner.workers import How

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def memory() -> Iterator[None]:
    """Empty the store in memory after each test."""
    yield
    from fsspec.implementations.memory import MemoryFileSystem  # noqa: PLC0415 - only here

    MemoryFileSystem.store.clear()


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    for n in range(9):
        file = folder / f"{n % 2}" / f"{n}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"咸宁高新区2023年产值1.{n}0亿元,有企业约{n}千家。", encoding="utf-8")
    return folder


def rows_of(folder: Path) -> list[dict[str, Any]]:
    return [row for file in sorted(folder.rglob("*.parquet")) for row in parquet.ParquetFile(file).read().to_pylist()]


def files_of(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def rejects_of(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "_rejects.jsonl").read_text().splitlines()]


def stored(texts: Path, under: str = "memory://bucket/articles") -> Folder:
    folder = Folder(under)
    for file in sorted(texts.rglob("*")):
        if file.is_file():
            folder.write(file.relative_to(texts).as_posix(), file.read_bytes())
    return folder


class TestStores:
    def test_the_rows_of_a_store_are_those_of_a_folder(self, texts: Path) -> None:
        (texts / "1" / ".hidden.txt").write_text("企业66家", encoding="utf-8")
        (texts / "1" / "notes.xyz").write_text("企业66家", encoding="utf-8")
        folder = stored(texts)
        assert list(mine("memory://bucket/articles/")) == list(mine(texts))
        assert list(mine(folder.url)) == list(mine(texts))
        assert list(mine("memory://bucket/articles/*/[0-3].txt")) == list(mine(f"{texts}/*/[0-3].txt"))
        assert list(mine("memory://bucket/articles/1/notes.xyz")) == list(mine(texts / "1" / "notes.xyz"))

    def test_a_stored_file_is_opened_to_be_read_piece_by_piece(self, texts: Path) -> None:
        stored(texts)
        with Stored("memory://bucket/articles/0/0.txt", 0).open() as file:
            file.seek(3)
            assert file.read(6) == (texts / "0" / "0.txt").read_bytes()[3:9]
        with pytest.raises(OSError, match="none"):
            Stored("memory://bucket/none.txt", 0).open()

    def test_files_of_one_name_are_told_apart(self, texts: Path) -> None:
        stored(texts)
        sources = [row.source for row in read_documents([texts / "0" / "0.txt", "memory://bucket/articles/0/0.txt"])]
        assert sources == ["articles/0/0.txt", "texts/0/0.txt"]

    @pytest.mark.parametrize(
        ("url", "said"),
        [
            ("memory://nowhere/", "holds no file that is read"),
            ("memory://nowhere/*.txt", "holds no file"),
            ("https://example.org/a.html", "curl -s URL | miner extract -"),
            ("nosuch://bucket/", "nosuch"),
        ],
    )
    def test_what_cannot_be_found_is_named(self, url: str, said: str) -> None:
        problems: list[Problem] = []
        assert list(mine(url, on_problem=problems.append)) == []
        assert [(problem.source, said in problem.message) for problem in problems] == [(url, True)]

    def test_a_file_that_goes_is_named_and_the_rest_is_read(self, texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        folder = stored(texts)
        read_bytes = Stored.read_bytes

        def vanishing(file: Stored) -> bytes:
            folder.remove("1/1.txt")
            return read_bytes(file)

        monkeypatch.setattr(Stored, "read_bytes", vanishing)
        problems: list[Problem] = []
        assert len(list(read_documents(folder.url, on_problem=problems.append))) == 8
        assert [problem.source for problem in problems] == ["1/1.txt"]

    def test_one_file_is_written_to_a_store(self) -> None:
        assert export(mine("seeds/"), "memory://bucket/figures.csv") == 112
        held = Folder("memory://bucket").read("figures.csv")
        assert held
        assert held.startswith(b"\xef\xbb\xbfpark,")

    def test_what_cannot_be_written_leaves_the_old_file_and_nothing_else(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folder = Folder(str(tmp_path))
        folder.write("a/b", b"old")

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(folder._store, "mv", full)  # noqa: SLF001 - the disk is full
        with pytest.raises(OSError, match="No space"):
            folder.write("a/b", b"new")
        assert files_of(tmp_path) == {"a/b": b"old"}


class TestParts:
    @pytest.mark.parametrize("part_bytes", [1, 150, 1 << 20])
    @pytest.mark.parametrize("jobs", [1, 2])
    def test_the_rows_of_one_output_in_their_order(
        self, texts: Path, tmp_path: Path, part_bytes: int, jobs: int
    ) -> None:
        export(mine(texts), tmp_path / "one.parquet")
        written = mine_into(tmp_path / "out", texts, jobs=jobs, part_bytes=part_bytes)
        assert rows_of(tmp_path / "out") == parquet.ParquetFile(tmp_path / "one.parquet").read().to_pylist()
        assert written == Written(9, len(rows_of(tmp_path / "out")), {1: 9, 150: 5, 1 << 20: 1}[part_bytes], 0)
        mine_into(tmp_path / "again", f"{texts}/*/", jobs=1, part_bytes=part_bytes)
        assert files_of(tmp_path / "again") == files_of(tmp_path / "out")

    def test_the_manifest_says_what_is_there(self, texts: Path, tmp_path: Path) -> None:
        out = tmp_path / "out"
        mine_into(out, texts, jobs=1, part_bytes=200, partition="folder")
        manifest = json.loads((out / "_SUCCESS").read_text())
        assert manifest["rows"] == len(rows_of(out)) == sum(part["rows"] for part in manifest["parts"])
        assert [part["path"] for part in manifest["parts"]] == sorted(
            name for name in files_of(out) if name.endswith(".parquet")
        )

    @pytest.mark.parametrize("partition", ["park", "folder"])
    def test_partitions_are_read_back(self, texts: Path, tmp_path: Path, partition: Any) -> None:  # noqa: ANN401 - one of two words
        (texts / "1" / "a.txt").write_text("一则=消息:企业8家。", encoding="utf-8")
        (texts / "b.txt").write_text("天津港综合保税区有企业9家。", encoding="utf-8")
        mine_into(tmp_path / "out", texts, jobs=1, partition=partition)
        found = dataset.dataset(tmp_path / "out", partitioning="hive").to_table()
        assert len(found) == len(list(mine(texts)))
        for row in found.to_pylist():
            told = row[f"by_{partition}"]
            expected = row["park"] if partition == "park" else row["source"].rpartition("/")[0]
            assert ("" if told is None else str(told)) == expected

    @given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
    def test_the_name_of_a_partition_is_one_folder_and_reads_back(self, value: str) -> None:
        name = segment(value)
        assert "/" not in name
        assert unquote(name) == (value or "__HIVE_DEFAULT_PARTITION__")

    def test_long_names_of_partitions_stay_apart(self) -> None:
        assert segment("园" * 200) != segment("园" * 201)
        assert len(segment("园" * 200).encode()) < 255

    def test_a_figure_that_parquet_cannot_hold_does_not_lose_the_others(self, texts: Path, tmp_path: Path) -> None:
        (texts / "0" / "0.txt").write_text(f"园区产值{'9' * 30}元,有企业8家。", encoding="utf-8")
        problems: list[Problem] = []
        mine_into(tmp_path / "out", texts, jobs=1, on_problem=problems.append)
        assert [row["text"] for row in rows_of(tmp_path / "out") if row["source"] == "0/0.txt"] == ["8家"]
        assert [reject["document"] for reject in rejects_of(tmp_path / "out")] == ["0/0.txt"]
        assert "does not fit the 26 digits" in problems[0].message

    def test_nothing_to_read_writes_nothing(self, tmp_path: Path) -> None:
        problems: list[Problem] = []
        assert mine_into(tmp_path / "out", tmp_path / "none", on_problem=problems.append) == Written(0, 0, 0, 0)
        assert (len(problems), (tmp_path / "out").exists()) == (1, False)


class TestResume:
    def test_only_what_changed_is_read_again(self, texts: Path, tmp_path: Path, read: list[str]) -> None:
        out = tmp_path / "out"
        mine_into(out, texts, jobs=1, part_bytes=1)
        before = files_of(out)
        read.clear()
        mine_into(out, texts, jobs=1, part_bytes=1, resume=True)
        assert (files_of(out), read) == (before, [])
        (out / "_SUCCESS").unlink()
        (out / "part-00003.parquet").unlink()
        (out / "_batches" / "00005.json").write_text("{")
        (texts / "1" / "1.txt").write_text("咸宁高新区有企业八家。", encoding="utf-8")
        mine_into(out, texts, jobs=1, part_bytes=1, resume=True)
        assert read == ["0/6.txt", "1/1.txt"]
        mine_into(tmp_path / "anew", texts, jobs=1, part_bytes=1)
        assert files_of(out) == files_of(tmp_path / "anew")

    def test_other_parts_leave_none_of_the_old(self, texts: Path, tmp_path: Path) -> None:
        out = tmp_path / "out"
        mine_into(out, texts, jobs=1, part_bytes=1)
        (out / f".part-00003.parquet.{'0' * 16}").write_bytes(b"left by a worker that was killed")
        mine_into(out, texts, jobs=1, partition="folder", resume=True)
        mine_into(tmp_path / "anew", texts, jobs=1, partition="folder")
        assert files_of(out) == files_of(tmp_path / "anew")

    def test_what_was_set_aside_is_tried_again(self, texts: Path, tmp_path: Path, read: list[str]) -> None:
        (texts / "0" / "0.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
        for _ in range(2):
            read.clear()
            mine_into(tmp_path / "out", texts, jobs=1, part_bytes=150, resume=True, on_problem=lambda _: None)
        assert read == ["0/2.txt", "0/4.txt"]

    def test_what_is_there_is_not_written_over(self, texts: Path, tmp_path: Path) -> None:
        mine_into(tmp_path / "out", texts, jobs=1)
        before = files_of(tmp_path / "out")
        with pytest.raises(FileExistsError, match="is not empty"):
            mine_into(tmp_path / "out", texts, jobs=1)
        assert files_of(tmp_path / "out") == before
        (tmp_path / "out" / "mine.txt").write_text("")
        with pytest.raises(FileExistsError, match=r"holds mine\.txt"):
            mine_into(tmp_path / "out", texts, jobs=1, resume=True)


class TestOptions:
    @pytest.mark.parametrize(
        ("options", "said"),
        [
            (["-o", "a.csv", "--cluster", "local"], "--cluster is for a folder of Parquet parts"),
            (["--partition-by", "park"], "--partition-by is for a folder of Parquet parts"),
            (["-o", "a.parquet", "--part-size", "3"], "--part-size is for a folder of Parquet parts"),
            (["-o", "a/", "-o", "b.csv"], "a folder of Parquet parts is written by itself"),
            (["-o", "a/", "--csv", "b.csv"], "leave --csv out"),
            (["-o", "a/", "--format", "csv"], "leave --format csv out"),
            (["-o", "a/", "--headers", "zh"], "leave --headers out"),
            (["-o", "a/", "--all-columns"], "leave --all-columns out"),
            (["-o", "a/", "--cluster", "tcp://127.0.0.1:1", "-j", "2"], "--jobs is for this machine"),
            (["-o", "nosuch://bucket/"], "nosuch://bucket/: "),
            (["-o", "memory://bucket/a.csv", "--resume"], "or with a folder of Parquet parts"),
            (["-o", "memory://bucket/a.csv", "--datapackage"], "one CSV file of this machine"),
            (["-o", "a/", "--cluster", "scheduler:x"], "scheduler:x: no scheduler answers there"),
            (["-o", "a/", "--cluster", "tcp://127.0.0.1:1"], "tcp://127.0.0.1:1: no scheduler answers there"),
        ],
    )
    def test_what_makes_no_sense_is_refused(
        self, options: list[str], said: str, texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr("miner.dispatch.PATIENCE", 2)
        result = CliRunner().invoke(app, ["extract", str(texts), *options])
        assert (result.exit_code, said in result.stderr) == (2, True), result.stderr
        assert [path.name for path in tmp_path.iterdir()] == ["texts"]

    @pytest.mark.parametrize("library", ["fsspec", "distributed"])
    def test_what_is_not_installed_is_named_with_its_command(
        self, library: str, texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("miner.stores.find_spec", lambda name: None if name == library else name)
        result = CliRunner().invoke(app, ["extract", str(texts), "-o", f"{tmp_path}/out/", "--cluster", "local"])
        assert (result.exit_code, 'pip install "miner[cluster]"' in result.stderr) == (2, True)

    def test_what_is_asked_for_is_written(self, texts: Path, tmp_path: Path) -> None:
        choice = ["--indicator", "企业", "--date", "2024-03-31"]
        result = CliRunner().invoke(app, ["extract", str(texts), "-o", f"{tmp_path}/out/", *choice])
        assert (result.exit_code, "9 files, 9 figures, 1 part in " in result.stderr) == (0, True)
        assert {row["indicator"] for row in rows_of(tmp_path / "out")} == {"企业"}


class TestTries:
    def test_a_store_that_fails_for_a_moment_is_asked_again(self, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: list[str] = []

        def unsteady(file: Stored) -> bytes:
            asked.append(file.url)
            if file.url.endswith("gone.txt") or asked.count(file.url) < 3:
                raise OSError("slow down")
            return "园区有企业66家。".encode()

        monkeypatch.setattr(Stored, "read_bytes", unsteady)
        names = ("slow.txt", "gone.txt")
        files = [Input(name, 27, Stored(f"s3://bucket/{name}", 27)) for name in names]
        (slow, _), (gone, tries) = read_each(files, How())
        assert [type(result).__name__ for result in slow] == ["Mined", "Done"]
        assert (gone[0], tries) == (Problem("gone.txt", "cannot be read: slow down"), 3)

    def test_a_fault_in_a_reader_is_told_after_three_tries(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(_file: object) -> None:
            raise RecursionError("deep")

        monkeypatch.setattr("miner.workers.read_file", broken)
        [(results, tries)] = read_each([Input("a.txt", 1, None, b"1")], How())
        assert ("RecursionError('deep')" in str(results[0]), tries) == (True, 3)


class Mortal:
    """A client whose workers are killed by some files, and once in a while for nothing."""

    def __init__(self, killers: set[str], accidents: set[int] = frozenset(), limit: int = 1 << 20) -> None:  # type: ignore[assignment]
        self.killers, self.accidents, self.limit = killers, accidents, limit
        self.deaths = self.submitted = 0

    def nthreads(self) -> dict[str, int]:
        return {"tcp://worker": 1}

    def submit(self, _do: object, task: Task, _run: Run, *, key: str, pure: bool) -> Future[Receipt | None]:
        assert not pure
        future: Any = Future()
        future.key = key
        self.submitted += 1
        aside = {reject.document for reject in task.batch.rejects}
        files = task.files or [file for file in task.batch.files if file.source not in aside]
        killed = any(file.source in self.killers for file in files) or len(files) > self.limit
        if killed or self.submitted in self.accidents:
            self.deaths += 1
            future.set_exception(KilledWorker(key, None, 0))
        else:
            future.set_result(None if task.files else Receipt("", len(files), (), task.batch.rejects, ()))
        return future  # type: ignore[no-any-return]

    def cancel(self, _futures: object, *, force: bool) -> None:
        assert force


RUN = Run("run", Orders(How()), "memory://bucket", {}, resume=False)


def laid(count: int, part_bytes: int) -> list[Batch]:
    return batches([Input(f"{n}.txt", 1, None, b"1") for n in range(count)], part_bytes)


class TestDispatcher:
    @given(
        st.integers(1, 40),
        st.integers(1, 20),
        st.sets(st.integers(0, 40), max_size=4),
        st.sets(st.integers(1, 60), max_size=1),
    )
    def test_what_kills_workers_is_set_aside_and_nothing_else(
        self, count: int, part_bytes: int, killers: set[int], accidents: set[int]
    ) -> None:
        client = Mortal({f"{n}.txt" for n in killers}, accidents)
        given = laid(count, part_bytes)
        receipts = dict(Dispatcher(client, RUN, ahead=2).receipts(given))
        assert sorted(batch.number for batch in receipts) == [batch.number for batch in given]
        rejects = [reject for receipt in receipts.values() for reject in receipt.rejects]
        assert {reject.document for reject in rejects} == {f"{n}.txt" for n in killers if n < count}
        assert {reject.tries for reject in rejects} <= {3}
        assert sum(receipt.documents for receipt in receipts.values()) == count - len(rejects)

    def test_a_batch_that_is_too_much_is_named_and_the_others_are_done(self) -> None:
        receipts = dict(
            Dispatcher(Mortal(set(), limit=3), RUN, ahead=2).receipts([*laid(3, 3), Batch(1, laid(9, 9)[0].files)])
        )
        rejects = [reject for receipt in receipts.values() for reject in receipt.rejects]
        assert len(rejects) == 9
        assert all("though it can be read alone" in reject.error for reject in rejects)

    def test_a_worker_that_came_with_another_miner_ends_the_run(self) -> None:
        with pytest.raises(ClusterError, match=r"that was given a batch is of another state: miner .*, here 0\.0\.9"):
            do(Task(laid(1, 1)[0]), RUN._replace(state=state() | {"miner": "0.0.9"}))

    def test_what_cannot_be_written_ends_the_run_after_three_tries(self) -> None:
        class Full(Mortal):
            def submit(self, *_: object, key: str, pure: bool) -> Future[Receipt | None]:
                future = super().submit(*_, key=key, pure=pure)  # type: ignore[arg-type]
                failed: Any = Future()
                failed.key = future.key  # type: ignore[attr-defined]
                failed.set_exception(OSError("Access Denied"))
                return failed  # type: ignore[no-any-return]

        client = Full(set())
        with pytest.raises(ClusterError, match="Access Denied"):
            list(Dispatcher(client, RUN, ahead=2).receipts(laid(1, 1)))
        assert client.submitted == 3
