"""What stands inside a park and a figure is narrower about -> the `Subject` of each clause: its organizations and persons."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from miner.spans import Span
from miner.subjects.introduced import introduced
from miner.subjects.organizations import Subject, is_kind, opens, organizations, speaks
from miner.subjects.projects import projects, said
from miner.subjects.shortnames import full_names, short_names
from miner.subjects.speech import speakers
from miner.subjects.visits import visits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


INNER = "a park inside the park"
_PERSON = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,3})(?<!负责|领导|有关|广大|全体|党员|先进)同志(?=[\u4e00-\u9fff])")
_ONE_OF_THEM = re.compile(
    r"(?<![有无的是为一])(?:区内|园内|园区)?一家(?:[\u4e00-\u9fff]{2,8}?)(?:企业|公司)(?=[,的车])"
)


def find_subjects(
    twin: str,
    span: Span,
    places: Sequence[Span],
    named: Span | None = None,
    inner: Sequence[Span] = (),
    firms: Sequence[Span] = (),
) -> list[Subject]:
    """Find the organizations and persons that a paragraph names as topics, outside the parks at ``places``.

    ``named`` is where the text before it named one last; ``inner`` are the parks named inside the park,
    ``firms`` where companies were named in full.

    Example:
        >>> text = "聚仁化工党支部为公司创收近1700万元"
        >>> [subject.span.of(text) for subject in find_subjects(text, Span(0, len(text)), [])]
        ['聚仁化工党支部']
    """
    found = list(visits(twin, span, places))
    found += _apart(organizations(twin, span, places), found)
    short = list(short_names(twin, span, [*firms, *full_names(twin, found)]))
    found = [*_apart(found, short), *short]
    ends = {place.end for place in places}  # 沾化经开区|化工产业园|
    found += _apart(
        [Subject(part, INNER, part) for part in inner if part.start in ends or opens(twin, span, part.start)], found
    )
    found += projects(twin, span, places)
    found += _apart(list(introduced(twin, span)), found)
    # The word that each needs is looked for first: a pattern that opens with any character costs 20 to 40 ns for each.
    companies = _ONE_OF_THEM.finditer(twin, *span) if twin.find("一家", *span) >= 0 else ()
    persons = _PERSON.finditer(twin, *span) if twin.find("同志", *span) >= 0 else ()
    for match in companies:
        own = Span(*match.span())
        found.append(Subject(own, "a company that the text stays with", own, lasting=True))
    for match in persons:
        own = Span(*match.span("name"))
        found.append(Subject(own, "a person that the clause is about", own, person=True))
    found += speakers(twin, span, sorted(found, key=_where), places, named)
    found += _references(twin, span, sorted(found, key=_where), named)
    return sorted(found, key=_where)


def _apart(found: Sequence[Subject], known: Sequence[Subject]) -> list[Subject]:
    """Return those that overlap none that is known."""
    spans = sorted(subject.span for subject in known)
    near = ((subject, bisect_left(spans, subject.span)) for subject in found)
    return [
        subject for subject, n in near if not any(subject.span.overlaps(span) for span in spans[max(0, n - 1) : n + 1])
    ]


def _where(subject: Subject) -> Span:
    return subject.span


# 该公司现有员工260人, 公司年产值3亿元: at the head of a clause, and no part of a longer noun (公司数量, 项目库).
_REFERENCE = re.compile(
    r"(?:^|(?<=[,;。:!?\n“ ]))(?:其中,?|目前,?|[今去前]年,?|近年来,?|据[^,;。]{2,8},)?"
    r"(?P<name>(?:(?P<points>(?:我们|咱们)?这[家个座所][\u4e00-\u9fff]{0,6}?|该[^\W区县市省镇乡园]{0,2}?|我们|咱们)|(?=公司|项目|电站|大楼|大厦|合作社|基地))"
    r"(?P<kind>公司|集团|企业|工厂|厂|项目|医院|学校|学院|研究院|酒店|银行|电站|大楼|大厦|合作社|基地))(?![数量库制化们法股债群家名类等清里内区间的])"
)


_SPEAKER = re.compile("”(?:[^“”。]{0,24}?(?:公司|企业|集团|负责人|经理|厂长|书记))")


def points_back(twin: str, span: Span) -> bool:
    """Tell whether a paragraph may speak of who was named before it.

    Example:
        >>> points_back("目前,公司有员工300人", Span(0, 11)), points_back("税收3亿元", Span(0, 5))
        (True, False)
    """
    return next(_referring(twin, span), None) is not None or _SPEAKER.search(twin, *span) is not None


# Before where one may stand: the pattern by itself is tried at every character.
_POINTS = re.compile(r"[,;。:!?\n“ ](?=[其目据我咱这该公项今去前近电大合基])")


def _referring(twin: str, span: Span) -> Iterator[re.Match[str]]:
    """Yield the references of a paragraph, tried only where a clause begins."""
    begins = [0] if span.start == 0 else []
    begins += [mark.end() for mark in _POINTS.finditer(twin, max(0, span.start - 1), span.end)]
    at = span.start
    for begin in begins:
        if begin >= at and (match := _REFERENCE.match(twin, begin, span.end)):
            yield match
            at = match.end()


_COUNTS_THEM = re.compile(r"[^,;。]{0,12}[\d一二两三四五六七八九十百余多]个")


def _references(twin: str, span: Span, found: Sequence[Subject], named: Span | None) -> Iterator[Subject]:
    """Find what speaks of who was named before; 该 and 这家 stand for themselves where no one was."""
    for match in _referring(twin, span):
        own = Span(*match.span("name"))
        if any(subject.span.start <= own.start < subject.span.end for subject in found):
            continue
        of_one = said().match(twin, own.end) and not _COUNTS_THEM.match(twin, own.end)
        if match["kind"] == "项目" and not match["points"] and not of_one:
            continue  # 项目开工率达58.2%, 项目已开工12个: projects, not the project
        before = [Subject(named, "", named)] if named else []
        before += [subject for subject in found if subject.span.end <= own.start and not subject.person]
        names = (subject for subject in reversed(before) if is_kind(subject.name.of(twin), match["kind"]))
        if subject := next(names, None):
            ours = own.of(twin).startswith(("我们", "咱们"))  # who says so goes on to speak of it
            lasting = subject.lasting or ours or speaks(twin, own.end)
            yield Subject(own, "who was named before", subject.name, lasting)
        elif match["points"]:
            stays = next((s for s in reversed(before) if s.lasting and match["kind"] == "项目"), None)
            yield Subject(
                own, "who is spoken of", stays.name if stays else own
            )  # 走进甲公司项目现场,|该项目|总投资2亿元
    for match in _ALL_OF_THEM.finditer(twin, *span):
        yield Subject(Span(*match.span()), "all that were named before", Span(match.end(), match.end()))


# …甲公司投资1亿元,预计|各公司|新厂完工后: what follows is of no single one.
_ALL_OF_THEM = re.compile(
    r"(?<=[,;。])(?:预计|目前|其中|届时)?"  # ,|预计|各公司完工后
    r"(?:各(?:大|家)?|[这以]上|上述|这些|[一两三四五六七八九十\d]{1,3}家)(?:公司|企业|厂商|集团)"  # ,|各公司|完工后
    r"(?![\u4e00-\u9fff]{0,6}[\d一二两三四五六七八九十百余多]家)"  # not ,|上述企业|中5家
)
