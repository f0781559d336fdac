"""A Dask cluster and an object store, as processes on loopback: the rows of one process, whatever happens to a worker."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from pyarrow import parquet

from tests.servers import PATIENCE, dask, object_store, process, until

if TYPE_CHECKING:
    from collections.abc import Iterator

MINER = [sys.executable, "-m", "miner.cli"]
SEEDS = [path.read_text(encoding="utf-8") for path in sorted(Path("seeds").glob("*.txt"))]
WORD = '[[indicator]]\nname = "缝制线"\nunits = ["条"]\nexamples = ["|缝制线|2条"]\n'
SMALL = ["--part-size", "0.01"]


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of texts, with words of the user beside them and a file that is no text among them."""
    folder = tmp_path_factory.mktemp("articles")
    for n in range(15):
        file = folder / f"{n % 3}" / f"{n}.txt"
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"园区新增缝制线{n}条。\n{SEEDS[n % 5]}", encoding="utf-8")
    (folder / "1" / "photo.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    (folder / "miner.toml").write_text(WORD, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def alone(texts: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """Return the rows that one process writes."""
    file = tmp_path_factory.mktemp("alone") / "figures.parquet"
    assert (
        subprocess.run([*MINER, "extract", str(texts), "-q", "-j", "1", "-o", str(file)], check=False).returncode == 1
    )
    return rows_of([file])


class Store:
    """An object store with a bucket of articles and a cluster that reads it."""

    def __init__(self, env: dict[str, str], address: str, folder: Path) -> None:
        self.env, self.address, self.folder = os.environ | env, address, folder
        names = {"endpoint_url": "AWS_ENDPOINT_URL", "region_name": "AWS_DEFAULT_REGION"}
        names |= {"aws_access_key_id": "AWS_ACCESS_KEY_ID", "aws_secret_access_key": "AWS_SECRET_ACCESS_KEY"}
        resource: Any = boto3.resource("s3", **{option: env[name] for option, name in names.items()})
        self.bucket = resource.create_bucket(Bucket="bucket")

    def put(self, folder: Path, under: str) -> None:
        for file in folder.rglob("*.txt"):
            self.bucket.upload_file(str(file), f"{under}/{file.relative_to(folder).as_posix()}")

    def names(self, under: str) -> list[str]:
        return [each.key.removeprefix(f"{under}/") for each in self.bucket.objects.filter(Prefix=f"{under}/")]

    def get(self, under: str, folder: Path) -> Path:
        for name in self.names(under):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            self.bucket.download_file(f"{under}/{name}", str(folder / name))
        return folder

    def extract(self, under: str, to: str, *options: str | Path, cluster: str = "") -> subprocess.Popen[bytes]:
        paths = [f"s3://bucket/{under}/", "-o", f"s3://bucket/{to}/", "--cluster", cluster or self.address]
        return subprocess.Popen([*MINER, "extract", *paths, *options], env=self.env, stderr=subprocess.PIPE)

    def workers(self) -> set[int]:
        return {int(file.stem) for file in self.folder.glob("*.pid") if Path("/proc", file.stem).exists()}


@pytest.fixture(scope="module")
def store(texts: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("servers")
    with object_store(folder) as env, dask(folder, os.environ | env) as address:
        store = Store(env, address, folder)
        store.put(texts, "articles")
        yield store


def rows_of(files: list[Path]) -> list[dict[str, Any]]:
    return [row for file in files for row in parquet.ParquetFile(file).read().to_pylist()]


def parts_of(folder: Path) -> list[Path]:
    return sorted(folder.glob("part-*.parquet"))


def files_of(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_a_cluster_writes_the_rows_of_one_process_though_a_worker_is_killed(
    store: Store, texts: Path, alone: list[dict[str, Any]], tmp_path: Path
) -> None:
    run = store.extract("articles", "figures", *SMALL, "--lexicon", texts / "miner.toml")
    until(lambda: "_batches/00000.json" in store.names("figures"))
    assert "_SUCCESS" not in store.names("figures")
    assert "_UNFINISHED" in store.names("figures")
    os.kill(min(store.workers()), signal.SIGKILL)
    _, errors = run.communicate(timeout=PATIENCE)
    assert (run.returncode, b"photo.txt: left out" in errors, b"Traceback" in errors) == (1, True, False), (
        errors.decode()
    )
    written = store.get("figures", tmp_path / "cluster")
    assert rows_of(parts_of(written)) == alone
    assert len(parts_of(written)) >= 5
    here = [*MINER, "extract", str(texts), "-q", "-j", "1", "-o", f"{tmp_path}/here/", *SMALL]
    assert subprocess.run(here, check=False).returncode == 1
    rejects = [json.loads(line) for line in (written / "_rejects.jsonl").read_text().splitlines()]
    assert [(reject["document"], reject["tries"]) for reject in rejects] == [("1/photo.txt", 3)]
    assert "_UNFINISHED" not in files_of(written)
    assert {name: data for name, data in files_of(written).items() if name.startswith("part")} == {
        name: data for name, data in files_of(tmp_path / "here").items() if name.startswith("part")
    }


def test_a_document_that_kills_its_worker_is_set_aside_and_the_others_are_read(
    store: Store, alone: list[dict[str, Any]], texts: Path, tmp_path: Path
) -> None:
    some = tmp_path / "some"
    some.mkdir()
    for name in ("0.txt", "12.txt"):
        shutil.copy(texts / "0" / name, some)
    (some / "bomb.txt").write_text("园区有企业66家。", encoding="utf-8")
    store.put(some, "with a bomb")
    run = store.extract("with a bomb", "bombed", "--lexicon", texts / "miner.toml")
    _, errors = run.communicate(timeout=PATIENCE)
    assert (run.returncode, b"bomb.txt: left out: reading it ended its worker 3 times" in errors) == (1, True)
    written = store.get("bombed", tmp_path / "bombed")
    rejects = [json.loads(line) for line in (written / "_rejects.jsonl").read_text().splitlines()]
    assert [(reject["document"], reject["tries"]) for reject in rejects] == [("bomb.txt", 3)]
    expected = [row | {"source": row["source"][2:]} for row in alone if row["source"] in {"0/0.txt", "0/12.txt"}]
    assert rows_of(parts_of(written)) == expected
    assert len(parts_of(written)) == 1


def test_a_cluster_on_this_machine_writes_the_files_of_none(texts: Path, tmp_path: Path) -> None:
    for name, options in {"here": [], "local": ["--cluster", "local"]}.items():
        command = [
            *MINER,
            "extract",
            str(texts),
            "-q",
            "-j",
            "2",
            "-o",
            f"{tmp_path / name}/",
            "--partition-by",
            "folder",
        ]
        assert subprocess.run([*command, *options], check=False).returncode == 1
    local, here = files_of(tmp_path / "local"), files_of(tmp_path / "here")
    assert "by_folder=2/part-00000.parquet" in here
    tried = {name for name in here if name in {"_rejects.jsonl", "_batches/00000.json"}}  # how often, differs
    assert {name: data for name, data in local.items() if name not in tried} == {
        name: data for name, data in here.items() if name not in tried
    }


def test_a_worker_of_another_miner_is_refused(tmp_path: Path) -> None:
    (tmp_path / "miner").mkdir()
    (tmp_path / "miner" / "__init__.py").write_text('raise ModuleNotFoundError("No module named miner")')
    (tmp_path / "workers").mkdir()
    other = os.environ | {"PYTHONPATH": str(tmp_path)}
    worker = ["distributed.cli.dask_worker", "--no-nanny", "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1"]
    with (
        dask(tmp_path / "workers", os.environ, workers=0) as address,
        process(*worker, address, "--local-directory", tmp_path, env=other, log=tmp_path / "log", cwd=tmp_path),
    ):
        command = [*MINER, "extract", "seeds/", "-o", f"{tmp_path}/figures/", "--cluster", address]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (run.returncode, (tmp_path / "figures").exists()) == (2, False)
    assert "has no miner, or an older one" in run.stderr
    assert 'pip install "miner[cluster]"' in run.stderr
