"""The figures of a list, with what leads up to them, and the name that each is given."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from miner.blocks import Block
    from miner.carried import Carried
    from miner.measures import Verdict
    from miner.parks import Place
    from miner.spans import Span


@dataclass(frozen=True, slots=True)
class Name:
    """What a figure counts, and why.

    ``end`` is the offset up to which the text is used up; ``place`` is set where a list pairs figures with places.
    """

    indicator: str
    rule: str
    end: int
    place: Place | None = None


@dataclass(frozen=True)  # without slots: what follows from a case is asked for five times each, and kept
class Case:
    """The figures ``first`` to ``first + count`` of a block, which stand in a list (often of one), and what leads up to it.

    ``floor`` is where the text begins that no figure before has used; ``tail`` where the words of change or share
    begin; ``verdict`` the sort of statement that the first figure makes.
    """

    block: Block
    first: int
    count: int
    floor: int
    tail: int
    verdict: Verdict
    carried: Carried

    @cached_property
    def edge(self) -> int:
        """Where the clause of the list begins."""
        return self.block.edges[self.first]

    @cached_property
    def lead(self) -> str:
        """The text between what the figure before has used and the first figure."""
        return self.block.twin[self.floor : self.block.figures[self.first].start]

    @cached_property
    def sentence(self) -> Span:
        """The sentence that holds the list."""
        return self.block.sentence(self.block.figures[self.first].start)

    @property
    def spread(self) -> bool:
        """Tell whether 分别, 依次 or 各 deals the figures out."""
        return _SPREAD.search(self.lead) is not None


_SPREAD = re.compile(r"分别|依次|各|均")
