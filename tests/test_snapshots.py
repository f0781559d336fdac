"""What is read in the seeds today, as tables for people: a change of a rule shows as a diff in review.

``pytest tests/test_snapshots.py --update-snapshots`` writes them anew.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

import miner

HERE = Path(__file__).parent
SEEDS = sorted(HERE.parent.joinpath("seeds").glob("*.txt"))
COLUMNS = ("text", "value", "base_unit", "measure", "indicator", "subject", "period", "park")


def width(text: str) -> int:
    """Return how many columns of a terminal ``text`` takes: a Chinese character two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def table(seed: Path) -> str:
    """Return the figures of a seed as a table, its columns aligned."""
    rows: list[tuple[str, ...]] = [COLUMNS]
    for row in miner.mine(seed):
        value = f"{row.value:f}"
        rows.append(tuple(value if column == "value" else getattr(row, column) for column in COLUMNS))
    widths = [max(width(row[n]) for row in rows) for n in range(len(COLUMNS))]
    lines = ("  ".join(cell + " " * (w - width(cell)) for cell, w in zip(row, widths, strict=True)) for row in rows)
    return "".join(f"{line.rstrip()}\n" for line in lines)


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem)
def test_snapshot(seed: Path, *, update_snapshots: bool) -> None:
    file = HERE / "snapshots" / seed.name
    today = table(seed)
    if update_snapshots:
        file.write_text(today, encoding="utf-8", newline="\n")
    assert file.read_text(encoding="utf-8") == today, "a change is meant? pytest --update-snapshots"


def test_no_snapshot_is_left_over() -> None:
    assert [path.name for path in sorted((HERE / "snapshots").iterdir())] == [seed.name for seed in SEEDS]
