"""An object store and a Dask cluster on loopback, each of processes of its own, for the tests that need real ones."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

PATIENCE = 600
"""Seconds to wait for what takes a few on an idle machine."""

PRELOAD = """
import os, signal
from pathlib import Path

def dask_setup(worker):
    from miner.workers import How

    read = How.results

    def results(how, file):
        if file.source.endswith("bomb.txt"):
            os.kill(os.getpid(), signal.SIGKILL)
        return read(how, file)

    How.results = results
    Path(os.environ["WORKERS"], f"{os.getpid()}.pid").touch()
"""
"""What the workers load first: each leaves its number in the folder, and a file named bomb.txt ends it at once."""


def until(condition: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Wait until a condition holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


@contextmanager
def process(*arguments: str | Path, env: Mapping[str, str], log: Path, cwd: Path | None = None) -> Iterator[None]:
    """Run a Python module as a process while the block runs; what it says goes to a file."""
    with (
        log.open("w") as said,
        subprocess.Popen(
            [sys.executable, "-m", *arguments], env=dict(env), cwd=cwd, stdout=said, stderr=said, start_new_session=True
        ) as child,
    ):
        try:
            yield
        finally:
            os.killpg(child.pid, signal.SIGKILL)


@contextmanager
def object_store(folder: Path) -> Iterator[dict[str, str]]:
    """Start moto's server; give the environment in which s3:// leads to it."""
    log = folder / "store.log"
    with process("moto.server", "-H", "127.0.0.1", "-p", "0", env=os.environ, log=log):
        until(lambda: "Running on" in log.read_text())
        found = re.search(r"http://127\.0\.0\.1:\d+", log.read_text())
        assert found
        keys = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing", "AWS_DEFAULT_REGION": "us-east-1"}
        yield keys | {"AWS_ENDPOINT_URL": found[0], "AWS_EC2_METADATA_DISABLED": "true"}


@contextmanager
def dask(folder: Path, env: Mapping[str, str], *, workers: int = 2, allowed_failures: int = 0) -> Iterator[str]:
    """Start a scheduler and workers of one thread each; give the scheduler's address."""
    (folder / "first.py").write_text(PRELOAD)
    file, log = folder / "scheduler.json", folder / "scheduler.log"
    env = {**env, "WORKERS": str(folder), "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": str(allowed_failures)}
    scheduler = ["distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
    scheduler += ["--dashboard-address", "127.0.0.1:0"]
    worker = ["distributed.cli.dask_worker", "--nworkers", str(workers), "--nthreads", "1", "--no-dashboard"]
    worker += ["--local-directory", str(folder), "--host", "127.0.0.1", "--preload", str(folder / "first.py")]
    with process(*scheduler, "--scheduler-file", file, env=env, log=log), ExitStack() as stack:
        until(lambda: file.exists() and file.read_text().endswith("}"))
        address = re.search(r"tcp://127\.0\.0\.1:\d+", file.read_text())
        assert address
        if workers:
            stack.enter_context(process(*worker, address[0], env=env, log=folder / "workers.log"))
        yield address[0]
