"""What is read today is no worse than what was read before: the scores in floors.json are floors.

``python tests/test_floors.py --raise`` raises the floors to what is reached, and lowers none: who wants one lower, or
changes the gold, edits floors.json by hand and says why.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

HERE = Path(__file__).parent
GOLD = HERE / "gold"
FLOORS = HERE / "floors.json"
SCORES = ("figures", "precision", "recall", "rows", "park", "indicator", "measure", "basis", "modifier", "period")
SLACK = 0.00005  # the floors are written to four places


def texts(gold: Path) -> list[Path]:
    """Return the texts that a gold file is about: the seeds, or what stands beside the gold."""
    sources = {json.loads(line)["source"] for line in gold.read_text(encoding="utf-8").splitlines()}
    folder = HERE.parent / "seeds" if gold.stem == "seeds" else GOLD
    return sorted(folder / source for source in sources)


def digest(gold: Path) -> str:
    """Return what tells one state of a gold file and its texts from another."""
    parts = [path.read_bytes() for path in (gold, *texts(gold))]
    return hashlib.sha256(b"".join(parts)).hexdigest()


def reached(gold: Path) -> dict[str, float]:
    """Mine the texts of a gold file, export them and score the table: the whole way, as a user would."""
    import miner  # noqa: PLC0415 - the script above is also run outside the tests

    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "figures.csv"
        miner.export(miner.mine(texts(gold)), table, "csv")
        command = [sys.executable, str(HERE / "score.py"), str(table), str(gold), "--json"]
        result = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    scores = json.loads(result.stdout)
    return {name: scores[name] for name in SCORES}


def floors() -> dict[str, dict[str, float | str]]:
    """Read the floors: for each gold file its digest and its scores."""
    found: dict[str, dict[str, float | str]] = json.loads(FLOORS.read_text(encoding="utf-8"))
    return found


GOLDS = sorted(GOLD.glob("*.jsonl"))


def test_every_gold_file_has_its_floors() -> None:
    assert sorted(floors()) == [path.name for path in GOLDS]


@pytest.mark.parametrize("gold", GOLDS, ids=lambda path: path.name)
def test_the_floors_speak_of_this_gold(gold: Path) -> None:
    assert floors()[gold.name]["digest"] == digest(gold)


@pytest.mark.parametrize("gold", GOLDS, ids=lambda path: path.name)
def test_no_lower(gold: Path) -> None:
    floor = floors()[gold.name]
    today = reached(gold)
    lower = {name: (today[name], floor[name]) for name in SCORES if today[name] < float(floor[name]) - SLACK}
    assert lower == {}, (
        f"lower than the floor; see: tests/score.py FIGURES.csv {gold.relative_to(HERE.parent)} --errors"
    )


def raise_floors() -> None:
    """Write what is reached where it is higher than the floor."""
    before = floors() if FLOORS.exists() else {}
    after = {}
    for gold in GOLDS:
        old = before.get(gold.name, {})
        if old and old["digest"] != digest(gold):
            sys.exit(f"{gold.name} has changed: take it out of floors.json, say why, and raise again")
        today = reached(gold)
        after[gold.name] = {
            "digest": digest(gold),
            **{name: max(round(today[name], 4), float(old.get(name, 0))) for name in SCORES},
        }
        for name in SCORES:
            if after[gold.name][name] != old.get(name):
                sys.stdout.write(f"{gold.name} {name}: {old.get(name, 'none')} -> {after[gold.name][name]}\n")
    FLOORS.write_text(json.dumps(after, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:] != ["--raise"]:
        sys.exit("usage: python tests/test_floors.py --raise")
    sys.path.insert(0, str(HERE.parent))
    raise_floors()
