"""Hostile texts, each of a length that is asked for; ``python -m tests.hostile --long`` reads them at their full length.

The long run takes a line of 10 MB of each kind, and a file with one line of 300 MB; it says how long each took and how
much memory, and ends with status 1 where one fails.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import miner
from tests.patterns import repeated

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

UNITS: Mapping[str, str] = {
    "digits": "1",
    "digits and commas": "123,",
    "digits and points": "1.",
    "percentages": "1%",
    "Chinese numerals": "一",
    "places and digits": "九千",
    "magnitudes": "万亿",
    "half and more": "半余",
    "fractions": "百分之",
    "opened brackets": "（",
    "nested brackets": "（(【“",
    "quotes": "“",
    "titles": "《",
    "blanks": " ",
    "wide blanks": "　",
    "tabs": "a\t",
    "bars": "|",
    "commas": "，",
    "enumeration": "、",
    "full stops": "。",
    "dashes": "—",
    "characters": "企",
    "years": "2023年",
    "since": "年来",
    "months": "1月至",
    "comparisons": "比累计累计累计",
    "reached": "分别达到",
    "shares": "占达到",
    "ranks": "居全省第",
    "places": "省市县区",
    "parks": "天津港综合保税区",
    "companies": "公司企业集团",
    "addresses": "http://www.a@b",
    "emoji": "👩‍👩‍👧‍👦",
    "zero width": "1\u200b",
    "combining": "1\u0301",
    "turned around": "\u202e1",
    "figures": "企业66家",
    "figures in sentences": "园区企业66家，同比增长10%。",
    "list of figures": "66家、",
}
"""What each kind of hostile line repeats."""

MOST = 600.0  # seconds for 10 MB of one kind


def main() -> int:
    """Read a line of each kind, and say what it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--long", action="store_true", help="10 MB of each kind and a line of 300 MB, not 100 kB")
    parser.add_argument("kinds", nargs="*", help="only these kinds")
    asked = parser.parse_args()
    length = 10_000_000 if asked.long else 100_000
    kinds: list[str] = asked.kinds or list(UNITS)
    failed = [kind for kind in kinds if not passed(kind, partial(miner.mine_text, repeated(UNITS[kind], length)))]
    if asked.long and not asked.kinds and not passed("a line of 300 MB", a_line_of_300_mb):
        failed.append("a line of 300 MB")
    return bool(failed)


def passed(kind: str, run: Callable[[], list[miner.Observation]]) -> bool:
    """Tell whether a run ends in time, and print its seconds and the most memory of the process so far."""
    began = time.process_time()
    rows = run()
    seconds = time.process_time() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"{kind}: {seconds:.1f} s, {len(rows)} rows, {memory} MB at most", flush=True)  # noqa: T201 - what it is for
    return seconds < MOST


def a_line_of_300_mb() -> list[miner.Observation]:
    """Read a file with one line of 300 MB of digits, which are no number, in chunks."""
    problems: list[miner.Problem] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "line.txt")
        with path.open("wb") as file:
            for _ in range(300):
                file.write(b"1" * (1 << 20))
        rows = list(miner.mine(path, on_problem=problems.append))
    assert not problems, problems
    return rows


if __name__ == "__main__":
    sys.exit(main())
