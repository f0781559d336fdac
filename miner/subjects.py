"""Companies, branches, streets and the like inside a park -> the `Subject` that a figure is narrower about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from miner import lexicon
from miner.spans import Span
from miner.words import cut

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Subject:
    """A named organization or person where it stands as the topic of a clause.

    ``lasting`` where the text goes there (走进香溪社区工厂) and stays for the sentences after.
    """

    span: Span
    rule: str
    lasting: bool = False
    person: bool = False


@cache
def _names() -> re.Pattern[str]:
    words = sorted(lexicon.spellings("subjects"), key=len, reverse=True)
    endings = "|".join(map(re.escape, words))
    return re.compile(
        rf"(?P<name>[\u4e00-\u9fff]{{2,28}}?(?:{endings})(?:(?:{endings}))?)(?!们|等|的(?:车|产)|[\u4e00-\u9fff]?家|[近超约达]?[\d一二三四五六七八九十百千万多余.]+[家个所座户](?![\u4e00-\u9fff]))"
    )


_PERSON = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,3})同志(?=[\u4e00-\u9fff])")
_GOES_THERE = re.compile(r"(?:走进|来到|走访|位于)$")
_ONE_OF_THEM = re.compile(r"(?:区内|园内|园区)?一家(?:[\u4e00-\u9fff]{2,8}?)(?:企业|公司)(?=[,的车])")
_BEFORE = re.compile(r"[,;。:!?\n—”“(\s、是由对]|的是|走进|来到|在$")
# 该公司, 上市公司 and the like name no one.
_GENERIC = re.compile(
    r"^(?:该|各|等|本|上市|外资|外商|民营|国有|多家|一些|相关|有关|部分|大型|通用|民用|运输|支线|国际|龙头|骨干|知名|中小|家|投资|[\u4e00-\u9fff]?级)*(?:公司|企业|集团|工厂|项目|化工|党支部|大学|医院|学院|研究院|电子企业|龙头企业|机场)$"
)


def find_subjects(twin: str, span: Span, places: Sequence[Span]) -> list[Subject]:
    """Find the organizations and persons that a paragraph names as topics, outside the parks at ``places``.

    Example:
        >>> text = "聚仁化工党支部为公司创收近1700万元"
        >>> [subject.span.of(text) for subject in find_subjects(text, Span(0, len(text)), [])]
        ['聚仁化工党支部']
    """
    found = []
    for match in _names().finditer(twin, *span):
        start, end = match.span("name")
        start = max([start, *(place.end for place in places if start < place.end < end)])
        start, had = _after_verbs(twin, start, end)
        name = twin[start:end]
        before = twin[max(span.start, start - 3) : start]
        opens = start == span.start or _BEFORE.search(before) or any(place.end == start for place in places)
        visited = _GOES_THERE.search(before) is not None
        if not visited and name.endswith(_only_visited()):
            continue
        if had or len(name) < 4 or _GENERIC.match(name) or not opens:
            continue
        found.append(Subject(Span(start, end), "an organization that the clause is about", visited))
    companies, persons = _ONE_OF_THEM.finditer(twin, *span), _PERSON.finditer(twin, *span)
    found += [Subject(Span(*m.span()), "a company that the text stays with", lasting=True) for m in companies]
    found += [Subject(Span(*m.span("name")), "a person that the clause is about", person=True) for m in persons]
    return sorted(found, key=lambda subject: subject.span)


def _after_verbs(twin: str, start: int, end: int) -> tuple[int, bool]:
    """Step over verbs and connectives before a name; tell whether it is the object of a verb (成立了街区党支部)."""
    begin = at = start
    had = False
    for word in cut(twin[start:end]):
        at += len(word)
        if at < end and word in _leading():
            begin, had = at, word in _objects()
    return begin, had


@cache
def _leading() -> frozenset[str]:
    verbs = (entry for entry in lexicon.load("verbs") if entry.kind in {"have", "do", "lead", "stop"})
    words = (word for entry in verbs if not entry.get("nominal") for word in entry.spellings)
    return frozenset([*words, "走进", "来到", "走访", "位于"])


@cache
def _only_visited() -> tuple[str, ...]:
    return tuple(lexicon.spellings("subjects", "visited"))


@cache
def _objects() -> frozenset[str]:
    verbs = (*lexicon.spellings("verbs", "have"), *lexicon.spellings("verbs", "do"))
    return frozenset([*verbs, "了"]) - {"有", "是"}
