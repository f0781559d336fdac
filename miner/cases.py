"""The figures of a list, with what leads up to them, and the name that each is given."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from miner.blocks import Block
    from miner.carried import Carried
    from miner.measures import Verdict
    from miner.places.parks import Place
    from miner.spans import Span


class Name(NamedTuple):
    """What a figure counts, and why.

    ``end`` is the offset up to which the text is used up; ``place`` is set where a list pairs figures with places,
    ``part`` where the figure is of a part of the place (其中|核心区|30平方公里).
    """

    indicator: str
    rule: str
    end: int
    place: Place | None = None
    part: str = ""


@dataclass(slots=True)  # not frozen, which would take as long as all that is found below
class Case:
    """The figures ``first`` to ``first + count`` of a block, which stand in a list (often of one), and what leads up to it.

    ``floor`` is where the text begins that no figure before has used; ``tail`` where the words of change or share
    begin; ``verdict`` the sort of statement that the first figure makes. What follows from these is found once:
    ``edge`` is where the clause of the list begins; ``lead`` the text between what the figure before has used and the
    first figure; ``sentence`` the sentence that holds the list; ``spread`` tells whether 分别, 依次 or 各 deals the figures out.
    """

    block: Block
    first: int
    count: int
    floor: int
    tail: int
    verdict: Verdict
    carried: Carried
    edge: int = field(init=False)
    lead: str = field(init=False)
    sentence: Span = field(init=False)
    spread: bool = field(init=False)

    def __post_init__(self) -> None:
        """Find what follows from the rest: each is asked for five times and more."""
        start = self.block.figures[self.first].start
        self.edge = self.block.edges[self.first]
        self.lead = self.block.twin[self.floor : start]
        self.sentence = self.block.sentence(start)
        self.spread = _SPREAD.search(self.lead) is not None


_SPREAD = re.compile(r"分别|依次|各|均")
