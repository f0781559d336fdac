"""How the time of each pattern grows with the length of a hostile text: ``python -m tests.growth [--long] [NAME …]``.

For each regular expression of the package the text that it takes longest over is looked for, among those made of what
the pattern itself is made of (tests/patterns.py); then it reads 100 kB and 1 MB of it, with ``--long`` also 10 MB. Each line
says the seconds and the growth, the last of them divided by the one before: 10 is linear, 100 the square. Status 1 where
a pattern grows faster than that of a text of ten times the length, `STEEP`, or takes longer than `MOST`.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from tests.patterns import Pattern, patterns, repeated, units, uses

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

TAILS = ("", "\0", "。", "企" * 40 + "。")
SAMPLE = 20_000  # characters over which the hardest text is looked for
LIMIT = 3.0  # seconds of one such search: a pattern that needs them has met an exponential case
UNITS = 300  # texts to repeat, of each pattern
STEEP = 20.0  # times as long for ten times the text
FLOOR = 1.0  # seconds of the longest text that are not judged
MOST = 300.0  # seconds: a text that takes longer is not read to its end, and none that is longer is tried


class Hardest(NamedTuple):
    """What a pattern takes longest over: the method, the text that is repeated, what follows it, and the seconds."""

    seconds: float
    method: str
    unit: str
    tail: str


def took(pattern: Pattern, method: str, text: str, limit: float = LIMIT) -> float:
    """Return the seconds of the processor that a pattern takes over a text, ``limit`` where it takes longer."""
    subject = text if isinstance(pattern.pattern, str) else text.encode("utf-8", "replace")
    began = time.process_time()
    try:
        with at_most(limit):
            if method == "finditer":
                for _ in pattern.finditer(subject):  # type: ignore[arg-type]  # of one type with its subject
                    pass
            else:
                getattr(pattern, method)(subject)
    except TimeoutError:
        return limit
    return time.process_time() - began


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise TimeoutError after so many seconds of the processor."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def hardest(place: str, pattern: Pattern, length: int = SAMPLE) -> Hardest:
    """Return what the pattern of that name takes longest over, and try nothing more once one reaches the limit."""
    found = Hardest(0.0, "finditer", "企", "")
    for method in sorted(uses(place, pattern)):
        for unit in units(pattern, UNITS, turns=UNITS):
            text = repeated(unit, length)
            for tail in TAILS[: 4 if len(unit) > 1 else 2]:
                found = max(found, Hardest(took(pattern, method, text + tail), method, unit, tail))
                if found.seconds >= LIMIT:
                    return found
    return found


def main() -> int:
    """Measure each pattern; the slowest and the steepest are named at the end."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--long", action="store_true", help="up to 10 MB")
    parser.add_argument("names", nargs="*", help="only the patterns whose name holds one of these")
    asked = parser.parse_args()
    lengths = (100_000, 1_000_000, 10_000_000) if asked.long else (100_000, 1_000_000)
    found, _ = patterns()
    measured: list[tuple[float, float, str]] = []
    for place, pattern in found.items():
        if not asked.names or any(name in place for name in asked.names):
            seconds, growth = measure(place, pattern, lengths)
            measured.append((seconds, growth, place))
    told = sorted(measured, reverse=True)
    steep = [one for one in measured if one[0] >= MOST or (one[1] > STEEP and one[0] > FLOOR)]
    say(
        f"{len(measured)} patterns; the slowest: "
        + ", ".join(f"{place} {s:.1f} s (×{g:.1f})" for s, g, place in told[:5])
    )
    say(f"too steep: {', '.join(place for *_, place in steep) or 'none'}")
    return bool(steep)


def measure(place: str, pattern: Pattern, lengths: tuple[int, ...]) -> tuple[float, float]:
    """Print the seconds of a pattern over each length; return the last and its growth."""
    worst = hardest(place, pattern)
    seconds: list[float] = []
    for length in lengths:
        seconds.append(took(pattern, worst.method, repeated(worst.unit, length) + worst.tail, MOST))
        if seconds[-1] >= MOST:
            break
    growth = seconds[-1] / max(seconds[-2], 0.004) if len(seconds) > 1 else float("inf")
    taken = " ".join(f"{s:.3f}" for s in seconds)
    say(f"{place}: {taken} s, ×{growth:.1f}, {worst.method} of {worst.unit[:40]!r}{' and a tail' * bool(worst.tail)}")
    return seconds[-1], growth


def say(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)  # noqa: T201 - what it is for


if __name__ == "__main__":
    sys.exit(main())
