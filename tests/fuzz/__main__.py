"""Feed what atheris thinks of to one part of the program: ``python -m tests.fuzz TARGET [SECONDS]``.

Targets are numbers, quantities, pipeline, and each reader by the name of its kind (text, CSV, Excel, Word, PDF, HTML, MHTML,
mail, ZIP). What a run finds new is kept in ``tests/fuzz/corpus/TARGET/``, which git ignores; it begins with the seeds.
A fault ends the run with its input in a file ``crash-…``.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import atheris

if TYPE_CHECKING:
    from collections.abc import Callable

with atheris.instrument_imports(include=["miner"]):
    import miner
    from miner.readers import KINDS, File, read_file

    import miner.reading  # isort: skip  # else it is loaded late, without being watched

CORPUS = Path(__file__).with_name("corpus")


def numbers(data: bytes) -> None:
    """Numerals stand where they say, in order and apart."""
    text = data.decode("utf-8", "replace")
    at = 0
    for number in miner.find_numbers(text):
        assert at <= number.start < number.end
        assert number.text == text[number.start : number.end]
        assert number.value.is_finite()
        at = number.end


def quantities(data: bytes) -> None:
    """Quantities stand where they say."""
    text = data.decode("utf-8", "replace")
    for quantity in miner.find_quantities(text):
        assert quantity.text == text[quantity.start : quantity.end]


def pipeline(data: bytes) -> None:
    """Rows stand where they say, in order."""
    text = data.decode("utf-8", "replace")
    rows = miner.mine_text(text)
    assert [row.start for row in rows] == sorted({row.start for row in rows})
    assert all(row.text == text[row.start : row.end] for row in rows)


def reader(suffix: str) -> Callable[[bytes], None]:
    """Return a target that reads bytes as a file of that suffix: documents or problems, never a fault."""

    def target(data: bytes) -> None:
        for told in read_file(File(f"a{suffix}", data)):
            if isinstance(told, miner.Document):
                assert all(row.text == told.text[row.start : row.end] for row in miner.mine_document(told))

    return target


TARGETS: dict[str, Callable[[bytes], None]] = {
    "numbers": numbers,
    "quantities": quantities,
    "pipeline": pipeline,
    **{kind.name: reader(kind.suffixes[0]) for kind in KINDS},
}


def main() -> None:
    """Fuzz the target that was named."""
    name, seconds = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "60"
    kept = CORPUS / name
    kept.mkdir(parents=True, exist_ok=True)
    for n, path in enumerate(sorted(Path("seeds").glob("*.txt"))):
        for k, line in enumerate(filter(None, path.read_text(encoding="utf-8").splitlines())):
            (kept / f"seed-{n}-{k}").write_text(line, encoding="utf-8")
    options = [f"-max_total_time={seconds}", "-max_len=2000", "-timeout=20", "-seed=1", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], *options, str(kept)], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
