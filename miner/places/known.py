"""The places that a document knows, and where a stretch of its text names them -> `Places`, `Mention`.

Short forms are names too: 综保区, 园区, 全区 and 全市.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from miner import lexicon
from miner.lexicon import any_of
from miner.places.names import find_names, is_plain
from miner.places.parks import COLLECTIVE, Park, Place, types, words
from miner.places.regions import known_places, regions, situated, spellings_of
from miner.search import Opening, opening_of
from miner.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names a place.

    ``topic`` is false where the place is only compared with or part of a larger phrase (快于全市平均, 占全省);
    ``passing`` where the text turns to it for one clause.
    """

    span: Span
    place: Place
    rule: str
    topic: bool = True
    passing: bool = False


@dataclass(frozen=True, slots=True)
class Places:
    """The places of one document; ``main`` is what it is about, ``region`` the area around it.

    ``touring``: the text goes from place to place in the region, and each paragraph is about the one that it names.
    ``around``: 全区 is the district or the autonomous region around the park. ``several``: types of which the text has many.
    ``brief``: it is no longer than a story on a park.
    ``patterns`` are of every name and short form that the text may call them by, in the order in which they are tried; each has
    the groups park, generic, type, area and region. ``opening`` is what the text's own names begin with.
    """

    parks: tuple[Park, ...]
    main: Place
    region: Place
    spelled: dict[str, Park] = field(repr=False)
    patterns: tuple[re.Pattern[str], ...] = field(repr=False)
    opening: Opening = field(repr=False)
    touring: bool = False
    around: bool = False
    several: frozenset[str] = frozenset()
    brief: bool = False

    @property
    def told_of(self) -> Place | None:
        """The one park that a short text on a region names again and again: 厦门软件园 in a text on the trade of 厦门市."""
        if not self.brief or self.main.kind != "region" or not self.parks:
            return None
        most = max(self.parks, key=lambda park: park.weight)
        others = max((park.weight for park in self.parks if park is not most), default=0)
        return most.place if most.weight >= _AGAIN_AND_AGAIN and others <= 1 else None

    @property
    def about_park(self) -> bool:
        """Tell whether the document is about a park or a group, not a region."""
        return self.main.kind in {"park", "group"}

    def inner(self, twin: str, span: Span) -> list[Span]:
        """Return where a stretch names parks inside the park that the document is about: 襄阳软件园 in 襄阳高新区."""
        if self.main.kind != "park":
            return []
        words = [w for w, park in self.spelled.items() if self.holds(park)]
        words += [w for w in _OF_ANOTHER_KIND if not any(self._bears(park, w) for park in self.parks)]
        found = re.compile(f"(?:{any_of(words)}){_NOT_OF_IT}").finditer(twin, *span) if words else ()
        return [Span(*match.span()) for match in found]

    @staticmethod
    def _bears(park: Park, word: str) -> bool:
        """Tell whether a park is of the kind that a word names."""
        return types()[0][word].name == park.type or park.place.name.endswith(word)

    def holds(self, park: Park) -> bool:
        """Tell whether a park lies in the one that the document is about: 襄阳软件园 in 襄阳高新区, no 阳信化工产业园 in 沾化经开区."""
        if not park.minor or self.main.kind != "park" or park.place == self.main:
            return False
        named = [park.stem[begin:end] for begin, end in known_places(park.stem)]
        around = spellings_of(self.region.name)
        if not named or any(place in self.main.name or place in around for place in named):
            return True
        # Only a place of the same province is told from a word that is the name of one somewhere: 青山医药园 in 湖北.
        where, here = situated().get(named[-1]), [situated().get(each) for each in (*around, *self._own_places())]
        return where is None or not any(own and own[0] == where[0] for own in here)

    def _own_places(self) -> list[str]:
        return [self.main.name[begin:end] for begin, end in known_places(self.main.name)]

    def called(self, twin: str, span: Span) -> Iterator[re.Match[str]]:
        """Yield where a stretch calls a place by one of its names or short forms."""
        at, patterns = span.start, self.patterns
        for begin in sorted({*self.opening.begins(twin, *span), *_short_forms()[1].begins(twin, *span)}):
            if begin >= at:
                for pattern in patterns:
                    if match := pattern.match(twin, begin, span.end):
                        yield match
                        at = match.end()
                        break


def places_of(
    parks: Sequence[Park],
    main: Place,
    region: Place,
    *,
    touring: bool = False,
    around: bool = False,
    several: frozenset[str] = frozenset(),
    brief: bool = False,
) -> Places:
    """Return the places of a document that names ``parks``.

    Example:
        >>> places = places_of([], Place("咸宁高新区", "park"), Place("", ""))
        >>> [match["generic"] for match in places.called("园区现有企业66家", Span(0, 9))]
        ['园区']
    """
    about = (park for park in parks if park.place == main)  # 楠梓园区 is the one that the text is about
    spelled = {spelling: park for park in (*reversed(parks), *about) for spelling in park.spellings}
    area = (spellings_of(main.name) or (main.name,)) if main.kind == "region" else ()
    group = _called(main) if main.kind == "group" else []
    names = re.compile(f"(?P<park>{any_of([*spelled, *group])}){_no_group('generic', 'type', 'area', 'region')}")
    patterns = [names, _short_forms()[0]]
    if area:
        named = f"(?P<region>{any_of(area)})(?:省|市|县|自治区)?{_no_group('park', 'generic', 'type', 'area')}"
        patterns.append(re.compile(named))
    opening = opening_of([*spelled, *group, *area])
    return Places(tuple(parks), main, region, spelled, tuple(patterns), opening, touring, around, several, brief)


_AGAIN_AND_AGAIN = 4  # names
_NOT_OF_IT = "(?!的(?:公司|企业|项目|商户))"  # 进驻综保区的|公司|
# What may lie in a park without a name of its own: 兰州新区进出口增长118%,其中|综合保税区|增长200%.
_OF_ANOTHER_KIND = ("综合保税区", "综保区", "保税港区", "出口加工区")


def _called(group: Place) -> list[str]:
    """Return what a text calls a group by, its name with and without the region that opens it: 自贸港重点园区."""
    quoted = re.search('[“"].*', group.name)
    own = quoted[0] if quoted else group.name
    where = regions()[1].match(own)
    rest = own[where.end() :].removeprefix("省").removeprefix("市") if where else ""
    names = [own, rest] if rest and rest not in types()[0] else [own]
    return [name for name in names if not re.fullmatch(words("generic"), name)]


def _no_group(*names: str) -> str:
    """Return alternatives that never match, so that a pattern has these groups too."""
    return "".join(f"|(?P<{name}>(?!))" for name in names)


_NUMBERING = re.compile(r"[(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)、.]{1,2}\s?")


def heads_with(twin: str, span: Span, places: Places) -> Place | None:
    """Return the park that a heading consists of, so that what stands under it is about that park."""
    number = _NUMBERING.match(twin, *span)
    begin = number.end() if number else span.start
    word = twin[begin : span.end].strip(" :")
    park = places.spelled.get(word)
    if park is not None:
        return park.place
    if word and word == places.main.name:
        return places.main
    return None if places.main.kind == "park" else _named_by_heading(word)


def _named_by_heading(word: str) -> Place | None:
    """Return the park that a heading names and the text only calls 园区 under it: 清新产业园."""
    name = next(iter(find_names(word)), None)
    whole = name is not None and name.end == len(word) and not COLLECTIVE.search(name.stem) and is_plain(name)
    return Place(word, "park") if whole else None


# 成|本省|下, 资|本市|场, 健|全区|域: a short form across two words is none.
_WHOLE_WORD = "(?!(?<=[安健完齐周])全|(?<=[成资样基根原标版文课书])本)"


@cache
def _short_forms() -> tuple[re.Pattern[str], Opening]:
    """Return what any text may call its places by, 园区, 全市, 该开发区, and what that begins with.

    It is compiled once, in 3 ms; a text's own names, which come before it, in a tenth of that.
    """
    pattern = re.compile(
        rf"{_WHOLE_WORD}(?P<generic>{words('generic')})|(?P<type>该?(?:{any_of(types()[0])}))"
        rf"|{_WHOLE_WORD}(?P<area>(?:{words('region')})(?!场|(?<=省)[下去心时力]))"
        rf"{_no_group('park', 'region')}"
    )
    forms = (*lexicon.spellings("parks", "generic"), *lexicon.spellings("parks", "region"), *types()[0])
    return pattern, opening_of([*forms, *(f"该{ending}" for ending in types()[0])])


BESIDE = ", an area that the clause is about"
