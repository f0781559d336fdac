"""Time grows with the length of a text and not with its square: each pattern by itself, and the whole on hostile lines.

Time is that of the process, and only growth is judged: four times the text may take ten times as long, where a
quadratic pattern takes sixteen.
"""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest

from tests.growth import LIMIT, TAILS, took
from tests.patterns import is_long, patterns, repeated, units, uses

if TYPE_CHECKING:
    from tests.patterns import Pattern

LENGTH = 4000
FLOOR = 0.02  # seconds that are not judged

FOUND, UNKNOWN = patterns()
LONG = {place: pattern for place, pattern in FOUND.items() if is_long(pattern)}

# Made of the names in a text, each escaped, and of bounded repetitions or none; two of their own have a test elsewhere.
OF_WHAT_IS_READ = {
    "miner.benchmark._expression",  # the bare expression that the bench compares with
    "miner.benchmark.pattern",
    "miner.checks._between",
    "miner.places.mentions._by_their_places",
    "miner.owners._named_owners",  # alternations of words
    "miner.places.census._count_initials",
    "miner.places.census._count_known",
    "miner.places.census._count_own",
    "miner.places.census._take_the_one_repeated",
    "miner.places.census.found",
    "miner.places.census.take_census",
    "miner.places.companies.company_of",
    "miner.places.companies.spoken",
    "miner.places.known.found",
    "miner.places.known.inner",
    "miner.places.known.names",
    "miner.places.known.places_of",
    "miner.places.survey._is_about",
    "miner.places.survey._opens_with",
    "miner.places.survey._pointed_at",
    "miner.places.survey._region_beside",
    "miner.places.survey._unnamed_park",
    "miner.places.survey.beside",
    "miner.places.survey.named",
    "miner.places.survey.outside",
    "miner.places.unlisted.bare",
    "miner.places.unlisted.headed_park",
    "miner.places.unlisted.park_of_headed_place",
    "miner.readers._opens",
    "miner.readers.separated._rows",  # tests/test_readers.py::test_a_very_long_line_of_quotes_is_linear
    "miner.readers.separated.cell",
    "miner.rules.__post_init__",  # the rules themselves are among the patterns
    "miner.search.opening_of",
}


def is_steep(pattern: Pattern, method: str, unit: str, tail: str) -> bool:
    """Tell whether four times the text takes more than ten times as long; what is seen once has to be seen thrice."""
    long = took(pattern, method, repeated(unit, 4 * LENGTH) + tail)
    if long < FLOOR:
        return False
    if long >= LIMIT:
        return True
    pairs = [(took(pattern, method, repeated(unit, n * LENGTH) + tail) for n in (1, 4)) for _ in range(3)]
    return all(four > 10 * one for one, four in map(tuple, pairs))


def test_every_pattern_is_looked_at() -> None:
    assert len(FOUND) > 450
    assert UNKNOWN == OF_WHAT_IS_READ


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs a timer of the process")
@pytest.mark.parametrize("place", LONG)
def test_time_grows_with_the_length_of_the_text(place: str) -> None:
    pattern = LONG[place]
    for method in uses(place, pattern):
        for unit in units(pattern, 150, turns=50):
            for tail in TAILS:
                assert not is_steep(pattern, method, unit, tail), (method, unit, tail)
