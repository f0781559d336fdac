"""Short names of companies that a text has named in full: 百茂板业, 百茂公司 after 浙江百茂板业有限公司 -> `Subject`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from miner.places.regions import known_places
from miner.spans import Span
from miner.subjects.organizations import Subject, leading, trades
from miner.words import cut, is_rare

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


_LEGAL = re.compile("(?:股份|控股)?(?:集团)?(?:股份)?(?:有限)?(?:责任)?(?:公司|集团)$")
_ASIDE = re.compile(r"\([^()]{1,8}\)")
# 国际港务, 开发区投资: words that many names open with.
_COMMON = re.compile(
    "国际|中国|全国|开发|工业|建设|工程|投资|发展|实业|科技|城市|交通|机械|电力|能源|石油|农业|旅游|文化|经济|产业|园|第一|东方|高新"
)
_GRADE = re.compile("[省市县区]")


def full_names(twin: str, subjects: Sequence[Subject]) -> list[Span]:
    """Return where a paragraph names companies in full."""
    return [s.name for s in subjects if s.name == s.span and twin.endswith(("公司", "集团"), *s.name)]


def short_names(twin: str, span: Span, firms: Sequence[Span]) -> Iterator[Subject]:
    """Yield where a clause of a paragraph opens with the short name of one of ``firms``, which the text has named in full.

    Example:
        >>> text = "浙江百茂板业有限公司投产。百茂板业产值3亿元。"
        >>> [subject.span.of(text) for subject in short_names(text, Span(13, len(text)), [Span(0, 10)])]
        ['百茂板业']
    """
    known = {form: firm for firm in reversed(firms[:MOST]) for form in forms(firm.of(twin))}
    opening = {form[:2] for form in known}
    heads = [span.start, *(head.end() for head in _HEADS.finditer(twin, *span))] if known else []
    for start in heads:
        if twin[start : start + 2] not in opening:
            continue
        form = next((form for form in sorted(known, key=len, reverse=True) if twin.startswith(form, start)), "")
        end = start + len(form)
        if form and known[form].start < start and not _GOES_ON.match(twin, end):
            yield Subject(Span(start, end), "a short name of one that was named in full", known[form])


MOST = 20  # companies whose short names are looked for
_HEADS = re.compile("[,;。:!?”“\n](?:目前|据悉|如今|今年|去年|近年来|其中)?[,]?")
_GOES_ON = re.compile("[\u4e00-\u9fff()]{0,12}(?:有限|公司|集团|大道|大厦|路|桥|街)")  # the full name, or another's


@lru_cache(maxsize=1_000)
def forms(full: str) -> tuple[str, ...]:
    """Return what a text may call a company by that it has named in full, the longest first.

    Example:
        >>> forms("浙江百茂板业有限公司")
        ('百茂公司', '百茂板业', '百茂集团', '百茂')
    """
    name = _LEGAL.sub("", _ASIDE.sub("", full))
    while (place := next(known_places(name), (1, 1)))[0] == 0 and place[1] < len(name):
        name = name[place[1] :]
        name = name[1:] if _GRADE.match(name) else name
    pieces = cut(name)
    found: list[str] = []
    first = "".join(pieces[: 1 if pieces and len(pieces[0]) > 1 else 2])
    if not _LONGEST_CORE >= len(first) > 1 or first in leading() or _COMMON.search(first) or trades().fullmatch(first):
        return ()
    found += [first + "公司", first + "集团"]
    longer = ""
    for piece in pieces:
        longer += piece
        if _SHORTEST <= len(longer) <= _LONGEST:
            found.append(longer)
    if len(first) == _LONGEST_CORE or is_rare(first):
        found.append(first)
    return tuple(sorted(set(found), key=lambda form: (-len(form), form)))


_SHORTEST, _LONGEST = 4, 8  # code points of a short name that has its trade
_LONGEST_CORE = 4
