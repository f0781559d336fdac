"""Hostile texts, each of a length that is asked for; ``python -m tests.hostile --long`` reads them at their full length.

Each kind is read in lengths that grow by ten, the long run up to 10 MB, then a file with one line of 300 MB; what each took is
printed, with the memory, and the status is 1 where one takes more than twenty times as long for ten times the text.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import miner
from tests.patterns import repeated

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
    "words before a change": "按可比口径计算",
    "words after a change": "速度为",
    "headers": "去年同期",
    "asides": "(下同)",
    "figures": "企业66家",
    "figures in sentences": "园区企业66家，同比增长10%。",
    "list of figures": "66家、",
}
"""What each kind of hostile line repeats."""

LENGTHS = (10_000, 100_000, 1_000_000, 10_000_000)
STEEP = 20.0  # times as long for ten times the text
FLOOR = 1.0  # seconds that are not judged


def main() -> int:
    """Read a line of each kind in every length, and say what it took; the slowest is named at the end."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--long", action="store_true", help="up to 10 MB of each kind and a line of 300 MB, not 100 kB")
    parser.add_argument("--most", type=float, default=600, help="seconds: a length that would take longer is left out")
    parser.add_argument("kinds", nargs="*", help="only these kinds")
    asked = parser.parse_args()
    kinds: list[str] = asked.kinds or list(UNITS)
    miner.mine_text("园区现有企业66家。")  # words and lexicons are loaded
    measured = {kind: measure(kind, LENGTHS if asked.long else LENGTHS[:2], asked.most) for kind in kinds}
    steep = [kind for kind, times in measured.items() if is_steep(times)]
    slowest = max(measured, key=lambda kind: max(seconds / length for length, seconds in measured[kind].items()))
    say(f"the slowest: {slowest}; too steep: {', '.join(steep) or 'none'}")
    if asked.long and not asked.kinds:
        say(f"a line of 300 MB: {len(a_line_of_300_mb())} rows")
    return bool(steep)


def measure(kind: str, lengths: Sequence[int], most: float) -> dict[int, float]:
    """Read a line of a kind in each length that does not take too long; return the seconds of each, and print them."""
    times: dict[int, float] = {}
    rows = 0
    for length in lengths:
        if times and 10 * max(times.values()) > most:
            break
        began = time.process_time()
        rows = len(miner.mine_text(repeated(UNITS[kind], length)))
        times[length] = time.process_time() - began
    told = ", ".join(f"{length / 1e6:g} MB {seconds:.2f} s" for length, seconds in times.items())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    say(f"{kind}: {told}, {rows} rows, {memory} MB at most so far")
    return times


def is_steep(times: Mapping[int, float]) -> bool:
    """Tell whether a text of ten times the length took more than twenty times as long."""
    return any(longer > max(FLOOR, STEEP * shorter) for shorter, longer in pairwise(times.values()))


def say(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)  # noqa: T201 - what it is for


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
