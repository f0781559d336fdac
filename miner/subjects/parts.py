"""Parts of the park that go by a word for a part: |国昌精细化工片区|, 沾化经济开发区|化工产业园|, 其中|综合保税区|增长200% -> `Span`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from miner.places.names import not_in_names
from miner.search import Anchored
from miner.spans import Span
from miner.words import cut

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def parts(twin: str, span: Span, places: Sequence[Span]) -> Iterator[Span]:
    """Yield where a paragraph names parts of its park, right behind its name or at the head of a clause.

    Example:
        >>> text = "云岭经开区化工产业园面积5平方公里,新龙片区面积2平方公里"
        >>> [part.of(text) for part in parts(text, Span(0, len(text)), [Span(0, 5)])]
        ['化工产业园', '新龙片区']
    """
    ends = {place.end for place in places}
    for match in _PART.finditer(twin, *span):
        start, end = match.span("name")
        start = max([start, *(place for place in ends if start < place < end)])
        name = twin[start:end]
        whole = start == match.start("name") or start in ends
        sited = name.endswith(_SITES) or start in ends  # 化工产业园 by itself is a kind of park
        verbal = any(len(word) > 1 and word in not_in_names() for word in cut(name))
        if whole and sited and end not in ends and not verbal and not _OF_NO_ONE.search(name):
            yield Span(start, end)


_SITES = ("片区", "组团")
_PART = Anchored(
    re.compile(
        r"(?:(?<=[,。;:、\n])|^|(?<=[区园城]))(?:其中,?|即)?"
        r"(?P<name>[\u4e00-\u9fff]{1,16}?(?:片区|组团|(?:产业|工业|科技|物流|创业|软件)园(?!区)|保税物流园区))"
        r"(?:(?:并点)?(?:扩区|扩容|调整){1,2}后)?(?=[,、;为]|规划|总?面积|四至|占地|现有|已|目前|完成|实现|共|\d|产值|建成|入驻|引进)"
    ),
    re.compile("片区|组团|(?:产业|工业|科技|物流|创业|软件)园|保税物流园区"),
    reach=40,
)
_OF_NO_ONE = re.compile("^[该各两三四五六七八九十每本此全这其]|[个各大]片区|的|重点|[多几]个")
