"""Companies, branches, streets and the like inside a park -> the `Subject` that a figure is narrower about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from miner import lexicon
from miner.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Subject:
    """A named organization where it stands; ``lasting`` where it goes on governing the sentences after."""

    span: Span
    rule: str
    lasting: bool = False


@cache
def _endings() -> re.Pattern[str]:
    words = sorted(lexicon.spellings("subjects", "ending"), key=len, reverse=True)
    return re.compile(rf"(?P<name>[\u4e00-\u9fff()“”\w]{{2,30}}?(?:{'|'.join(map(re.escape, words))}))(?![\u4e00-\u9fff]?[部办区们业]|[内外]的)")


@cache
def _kinds() -> dict[str, lexicon.Entry]:
    return lexicon.spellings("subjects", "ending")


_BEFORE = re.compile(r"^(?:[^,;。]*?(?:等|的是|其中|和|与|由|对|在|为|像|走进|来到|依托|享誉|支持|帮助|协助|打造|建设))?")


def find_subjects(twin: str, span: Span, places: Sequence[Span]) -> list[Subject]:
    """Find the organizations that a paragraph names, outside the names of its ``places``."""
    found = []
    for match in _endings().finditer(twin, *span):
        start, end = match.span("name")
        inside = [place for place in places if place.start < end and place.end > start]
        if inside:
            start = max(place.end for place in inside)
        if end - start < 3:
            continue
        found.append(Subject(Span(start, end), "an organization named before the figure"))
    return found
