"""Who is quoted: “年产值将突破40亿元。”甲公司经理说 -> the `Subject` that the quotation is about.

Reporters quote first and name the speaker after it, or point to who was named before (公司厂长说, 支部书记李明说). What
someone of a company says is of the company; what an official says is of the place that the text is about.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from miner.spans import Span
from miner.subjects.organizations import Subject, is_kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


# “…。”甲公司厂长说: a quotation that is a clause or more, and what follows it up to the end of the sentence.
_QUOTED = re.compile(r"“(?P<said>[^”]{4,400}[,。!?…])”(?P<who>[^“”。;!?\n]{0,80})")
_SAYS = re.compile("说|介绍|表示|告诉|坦言|感慨|感叹|透露|称|谈|道(?![路])|回忆|算|的话|[信自]心?满满|兴奋|笑着")


def speakers(
    twin: str, span: Span, found: Sequence[Subject], places: Sequence[Span], named: Span | None
) -> Iterator[Subject]:
    """Yield the subject of each quotation whose speaker is named after it.

    ``found`` are the subjects of the paragraph, ``places`` the parks it names, ``named`` the organization that the text
    before it named last.

    Example:
        >>> from miner.subjects.organizations import organizations
        >>> text = "“今年产值将突破3亿元。”康泽药业厂长说。"
        >>> span = Span(0, len(text))
        >>> [subject.name.of(text) for subject in speakers(text, span, organizations(text, span, []), [], None)]
        ['康泽药业']
    """
    spans = [subject.span for subject in found]
    for match in _QUOTED.finditer(twin, *span) if twin.find("”", *span) >= 0 else ():
        begin, (start, end) = match.start("said"), match.span("who")
        if not _SAYS.search(twin, start, end):
            continue
        at = Span(begin, begin)
        near = found[bisect_left(spans, (start, start)) : bisect_left(spans, (end, end))]
        own = [subject for subject in near if not subject.person]
        if own:
            yield Subject(at, "who is quoted", _without_branch(twin, own[0].name), lasting=True)
        elif _OFFICIAL.search(twin, start, end):
            yield Subject(at, "an official is quoted", at, lasting=True)
        elif (who := _before(twin, match, found, places, named)) is not None:
            yield Subject(at, "who is quoted, of whom was named before", _without_branch(twin, who), lasting=True)


def _before(
    twin: str, match: re.Match[str], found: Sequence[Subject], places: Sequence[Span], named: Span | None
) -> Span | None:
    """Return who was named before a quotation whose speaker only points to it: 公司厂长说, 支部书记李明说."""
    at = (match.start(), match.start())
    last = next((s for s in reversed(found[: bisect_left(found, at, key=_where)]) if not s.person), None)
    place = bisect_left(places, at)
    if last and place and places[place - 1].start >= last.name.end:
        return None  # the text has turned to a park since
    name = last.name if last else named if named and _OF_IT.match(twin, match.start("who")) else None
    return name if name and is_kind(name.of(twin), "公司") else None


def _where(subject: Subject) -> Span:
    return subject.span


def _without_branch(twin: str, name: Span) -> Span:
    """Return the company whose branch has a secretary that speaks: 甲公司|党支部|书记."""
    branch = _BRANCH.search(twin, name.start + 1, name.end)
    return Span(name.start, branch.start()) if branch and _SECRETARY.match(twin, name.end) else name


_BRANCH = re.compile("党(?:支部|委|总支)$")
_SECRETARY = re.compile("[^,;。]{0,4}书记")
_OF_IT = re.compile("(?:该|这家)?(?:公司|企业|集团|工?厂)")


_OFFICIAL = re.compile(
    "管委会|管理局|管理委员会|[市区县省州旗镇乡]委|政府|开发区|园区|[局厅署]|海关|工委|[市区县镇乡]长|街道|人大|政协|招商|专家|教授|协会|商会"
)
