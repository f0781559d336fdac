"""Settings that all tests share."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from miner.pipeline import read_each

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miner.documents import Document

# A first call loads a lexicon or pandas: a deadline for each example would judge the machine, not the code. And a commit that
# passed passes again: to look for what nobody thought of is the work of `python -m tests.fuzz`, which looks longer and elsewhere.
settings.register_profile("miner", deadline=None, derandomize=True)
settings.load_profile("miner")

# A shell starts what is in the background deaf to Ctrl-C, and the runs that the tests start inherit that. Some of them are stopped so.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that writes the snapshots anew."""
    parser.addoption("--update-snapshots", action="store_true", help="write tests/snapshots/ as read today")


@pytest.fixture
def update_snapshots(request: pytest.FixtureRequest) -> bool:
    """Tell whether the snapshots are written anew."""
    return bool(request.config.getoption("--update-snapshots"))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the sources of the documents that a test has read, in this process."""
    read: list[str] = []

    def noted(documents: Sequence[Document], **options: object) -> object:
        read.extend(document.source for document in documents)
        return read_each(documents, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("miner.workers.read_each", noted)
    return read
