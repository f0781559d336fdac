"""What a figure may take from the text before it: place, time frame, basis, and the rows already read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from miner.places.parks import NOWHERE, Place
from miner.subjects.shortnames import MOST, full_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miner.blocks import Block
    from miner.schema import Observation
    from miner.spans import Span
    from miner.subjects.organizations import Subject


@dataclass(slots=True)
class Carried:
    """The memory of a document while its figures are read from left to right; nothing else is remembered.

    ``place`` is what the document is about; ``recent`` the rows of this paragraph and ``last`` the last row at all;
    ``listed`` the places last named together, ``together`` as one group; ``group`` parks counted in a clause (13个重点园区), with the offset
    where their name ends; ``consumed`` where the last figure's own phrase ends; ``named`` is where an
    organization was named last, ``passed`` the paragraphs without a figure since, which nobody has looked into;
    ``firms`` are where companies were named in full; ``framed`` tells that years frame the text (五年来), ``yoy`` that it has
    said that it compares with the year before.
    """

    place: Place
    recent: list[Observation] = field(default_factory=list)
    last: Observation | None = None
    listed: list[Place] = field(default_factory=list)
    together: Place | None = None
    group: tuple[int, Place] | None = None
    consumed: int = 0
    named: Span | None = None
    passed: list[Span] = field(default_factory=list)
    firms: list[Span] = field(default_factory=list)
    framed: bool = False
    yoy: bool = False

    def enter(self, block: Block) -> None:
        """Begin a paragraph: its rows are new, and its opening may set a frame of years or end one."""
        self.recent = []
        self.name(block.twin, block.subjects)
        start = block.paragraph.span.start
        opening = next((period for period in block.periods if period.span.start - start <= _HEAD), None)
        if opening is not None and (opening.wide or opening.set_off):
            self.framed = opening.wide and bool(opening.iso or not opening.rule.startswith("a stretch since"))
        elif _NUMBERED.match(block.twin, start):
            self.framed = False
        if "预期目标" in block.paragraph.span.of(block.twin):
            self.framed = False  # what is aimed at is of one year

    def name(self, twin: str, subjects: Sequence[Subject]) -> None:
        """Remember the organization that was named last, if any was."""
        named = next((s.name for s in reversed(subjects) if not s.person and s.name.start < s.name.end), None)
        if named:
            self.firms = [*self.firms, *full_names(twin, subjects)][-MOST:]
            self.named = named
            self.passed.clear()

    def note(self, row: Observation) -> None:
        """Remember a row that was read."""
        self.recent.append(row)
        self.last = row
        self.yoy = self.yoy or (row.measure in {"growth", "change"} and row.basis == "yoy")

    def gather(self, group: Place) -> None:
        """Remember a group of parks that a clause counts; a text that names no place is about them."""
        self.group = (self.consumed, group)
        if self.place == NOWHERE:
            self.place = group

    @property
    def indicator(self) -> str:
        """What the last figure counts, blank before the first."""
        return self.last.indicator if self.last else ""


_HEAD = 4  # code points before which a time still opens the paragraph
_NUMBERED = re.compile(r"\s*[(]?[一二三四五六七八九十]{1,3}[)、.]")
