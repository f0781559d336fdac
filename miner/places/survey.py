"""What a document is about -> `Places`: a park, parks together, a region, or a company in its own report.

The headline decides where it names one; else what the text names, speaks of and points to most.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from miner.lexicon import any_of
from miner.places.census import Census, parks_of, take_census
from miner.places.companies import SENTENCE, company_of
from miner.places.groups import counted_group, group_opens, spoken_group, titled_group
from miner.places.known import Places, places_of
from miner.places.parks import COLLECTIVE, NOWHERE, Park, Place, is_formal, types
from miner.places.regions import main_region, regions, speaks_of_region, spellings_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miner.schema import ParkKind


def survey(twin: str, title: str) -> Places:
    """Settle the places of a document from its folded text; ``title`` is its headline.

    Example:
        >>> text = "岳阳绿色化工高新技术产业开发区(简称高新区)党工委。高新区共发放征求意见函106份。"
        >>> survey(text, "").main
        Place(name='岳阳绿色化工高新技术产业开发区', kind='park')
    """
    census = take_census(twin)
    parks = parks_of(census)
    park = _main_park(twin, parks, census, title)
    # Where a text lists parks and is about none of them, their names do not tell its region either.
    beside = twin if park or len(parks) < _MANY else re.sub(any_of(p.place.name for p in parks), "", twin)
    stem = park.stem if park else ""
    name = main_region(beside, title, stem)
    if not name and beside is not twin and speaks_of_region(twin):
        name = main_region(twin, title, stem)  # 全市工业园区: of the city that the names of its parks tell
    region = Place(name, "region") if name else NOWHERE
    named = census.aliases or any(park.named_in(title) for park in parks)
    if named and group_opens(title, parks):
        named = False  # 广西国家级经开区提档晋位 钦州港经开区首次进入百强
    group = (
        None
        if named
        else titled_group(twin, title, region, formal=len(parks) == 1 or any(not park.minor for park in parks))
    )
    titled = group is not None and park is not None and _is_short_for(group.name, title, park, parks)
    group = None if titled else group
    if group is None and not (titled or named or regions()[1].search(title)):
        group = spoken_group(twin, parks, census)
    if group is None and park is not None and (counted := counted_group(twin, park, region)):
        group = counted
    several = group is not None and (
        group.name.startswith("全国") or COLLECTIVE.search(group.name[: -len("园区")])
    )  # 三大科学园区
    in_passing = park is None or not (park.declared or park.weight > 1 or park.named_in(title))
    if (
        (not parks or (in_passing and _heads_with_a_type(title, census, parks)))
        and not several
        and (park := _unnamed_park(twin, title, census, region, parks))
    ):
        parks.append(park)
        group = None if park.named_in(title) else group
    about = park is not None and (titled or _is_about(twin, title, park, census, region.name, sole=len(parks) == 1))
    main = park.place if park is not None and about and group is None else group or region
    if main.kind in {"region", ""} or (park is not None and not park.stem):
        company = company_of(twin, title)
        where = max((p for p in parks if p.stem), key=lambda p: p.weight, default=None)
        main = (
            (where.place if where else company) if company else main
        )  # a company's story is of the park that it is in
    sited = list(census.sited.values())
    if main.kind == "region" and (headed := next((p for p in sited if p.named_in(title)), None)):
        main = headed.place  # 河套香港园区开园
    touring = main.kind == "region" and speaks_of_region(twin) <= 1 and _REPORT.search(title) is None
    around = main.kind == "park" and main.name != region.name and _is_area_around(twin, main, parks, region)
    several_of = frozenset(match["type"] for match in _SEVERAL.finditer(twin)) if main.kind == "region" else frozenset()
    return places_of([*parks, *sited], main, region, touring=touring, around=around, several=several_of)


def _is_area_around(twin: str, main: Place, parks: Sequence[Park], region: Place) -> bool:
    """Tell whether 全区 is the area around the park: 吴江开发区新签约项目9个,领跑全区, in a text that knows of 吴江区."""
    own = next((park for park in parks if park.place == main), None)
    if own is None or not region.name.endswith("区") or "全区" not in twin:
        return False
    for beyond in _BEYOND.finditer(twin):
        sentence = re.split("[。;!?\n]", twin[max(0, beyond.start() - _BESIDE) : beyond.start()])[-1]
        if own.named_in(sentence):
            return True
    return False


_BEYOND = re.compile("(?:领跑|领先|位居|居|列|占)全区")
# The type first and what stands before it looked back at: a text is gone through in 30 us, and not in 300.
_SEVERAL = re.compile(
    "(?P<type>经开区|高新区|综保区|保税区)(?:(?<=[\\d两三四五六七八九十][个家]...)|(?<=各...)|(?<=国家级...)|(?<=省级...))"
)
_BESIDE = 120  # code points


@cache
def _opening_type() -> re.Pattern[str]:
    return re.compile(f"(?:[全我][国省市台]|台)?(?P<type>{types()[1].pattern})")


def _heads_with_a_type(title: str, census: Census, parks: Sequence[Park]) -> bool:
    """Tell whether a headline opens with a type that no named park has, and the text stays with it: 加工区前10月贸易额创新高."""
    opening = _opening_type().match(title)
    if opening is None:
        return False
    alike = sum(types()[0][opening["type"]].name == park.type for park in parks)
    return alike != 1 and census.short[opening["type"]] >= _STAYS


def _is_short_for(name: str, title: str, park: Park, parks: Sequence[Park]) -> bool:
    """Tell whether a headline's 开发区 is the one park of its type that the text names."""
    opening = types()[1].match(title)
    word = opening[0] if opening and name.endswith(opening[0]) else name  # 开发区:开放推动集群发展
    entry = types()[0].get(word)
    alike = [other for other in parks if other.type == park.type]
    sole = [other for other in parks if not other.minor] == [park] and not COLLECTIVE.search(name)
    if sole and name.endswith("开发区") and park.type.endswith("开发区") and not _LEVEL.search(name):
        return True  # 走进沙漠中的经济开发区
    return entry is not None and entry.name == park.type and alike == [park]


_LEVEL = re.compile("级|重点|全[国省市]|[两三四五六七八九十]|各")
_LONG_NAME = 7  # code points: 农业生物科技园区, which is the park without its place
_MANY = 3
_DECLARED, _TITLED = 20, 10  # names that an alias and a headline are worth


def _main_park(twin: str, parks: Sequence[Park], census: Census, title: str) -> Park | None:
    """Return the park that the text names most, one with an alias or in the headline before others.

    A text that says 该区 names once more the park before it. None where it names many alike: 苏州工业园区、厦门海沧投资区、
    上海金桥出口加工区等; or many, and each a few times.
    """
    pointed = _pointed_at(twin, parks)
    majors = [p for p in parks if p.named_in(title) or ((not p.minor or len(parks) == 1) and (p.weight or p.declared))]
    alike = Counter(park.type for park in parks)

    def weight(park: Park) -> int:
        named = _times_named(twin, park)
        once = park.weight <= 1 and max(map(twin.count, park.spellings)) <= 1
        titled = park.named_in(title) and not (once and any(_of_that_place(p, park) for p in majors))
        told = _DECLARED * park.declared + _TITLED * titled
        return named + told + pointed[park.place] + (census.bare[park.type] if told or alike[park.type] == 1 else 0)

    weights = {park: weight(park) for park in parks}
    best = max(majors, key=lambda park: weights[park], default=None)
    if best is None:
        return None
    most = weights[best]
    rivals = sum(weights[park] >= most for park in parks)
    listed = len(majors) > _MANY and _MANY * most < sum(weights[park] for park in majors)
    return best if rivals < _MANY and not listed else None


def _times_named(twin: str, park: Park) -> int:
    """Return how often a text names a park, with the place that its name opens with or without."""
    own = (word for word in park.spellings if len(word) >= _LONG_NAME and word not in types()[0])
    return max([park.weight, *(twin.count(word) - twin.count(f"{word}区") for word in own)])


def _of_that_place(other: Park, park: Park) -> bool:
    """Tell whether a text names another park of the same place more often than a headline's one: 攸县会战催热产业园区."""
    return other.weight > 1 and other.stem[:2] == park.stem[:2] != "" and other.place != park.place


def _pointed_at(twin: str, parks: Sequence[Park]) -> Counter[Place]:
    """Count how often 该区 points back to each park."""
    found: Counter[Place] = Counter()
    if "该区" not in twin:
        return found
    spelled = {spelling: park.place for park in parks for spelling in park.spellings}
    last: Place | None = None
    for match in re.finditer(rf"(?P<it>该区(?!域))|{any_of(spelled)}", twin) if spelled else ():
        if not match["it"]:
            last = spelled[match[0]]
        elif last is not None:
            found[last] += 1
    return found


def _unnamed_park(twin: str, title: str, census: Census, region: Place, parks: Sequence[Park]) -> Park | None:
    """Return the park that a text only calls by a short form (经开区), None where it names another or speaks of many.

    Of 全省开发区 all are meant, 河北省开发区.
    """
    table = types()[0]
    found = [word for word, n in census.short.most_common() if n and not table[word].get("minor")]
    if not found or COLLECTIVE.search(title):
        return None
    word, n = found[0], census.short[found[0]]
    if word not in title and (n < len(twin) / _CHARACTERS_A_NAME or n <= speaks_of_region(twin)):
        return None
    others = [other for other in found[1:] if table[other] is not table[word] and not other.endswith(word)]
    if region.name and word not in title and any(2 * census.short[other] > n for other in others):
        return None  # 经开区、高新区和综保区 of a city
    formal = [
        other for other in census.short if other.endswith(word) and is_formal(other)
    ]  # 先进制造业开发区, 开发区 for short
    name = max([word, *formal], key=len)
    if region.name and len(re.findall(f"[全我][省市区](?:各类?|各级)?{word}", twin)) > 1:
        return Park(Place(region.name + word, "group"), table[word].name, "", tuple({word, name}), weight=n)
    alike = sum(park.type == table[word].name for park in parks)
    kind: ParkKind = "group" if alike > 1 or name.startswith("国家") else "park"
    return Park(Place(name, kind), table[word].name, "", tuple({word, name}), weight=n)


def _is_about(twin: str, title: str, park: Park, census: Census, region: str, *, sole: bool) -> bool:
    """Tell whether the document is about ``park``, the ``sole`` one that it names or not, rather than the ``region`` around it."""
    if park.declared or park.named_in(title):
        return True
    only = len(re.findall("(?<![\u4e00-\u9fff])(?:该?园区|园内)", twin)) if sole else 0
    alone = sum(n for word, n in census.short.items() if types()[0][word].name == park.type) if park.stem else 0
    pointed = _pointed_at(twin, [park])[park.place]
    named, spoken = (
        _times_named(twin, park) + alone + only + pointed,
        speaks_of_region(twin) + _opens_with(twin, region, park),
    )
    brief = region.rstrip("市县区旗")
    elsewhere = (regions()[1].search(title) or (brief and brief in title)) and types()[1].search(title) is None
    if elsewhere and brief in title and not park.stem.startswith(brief) and named < twin.count(brief):
        return False  # 如东激活跨越赶超“强引擎”: the county, though a park in it is named four times
    if elsewhere and (_REPORT.search(title) or named < _OFTEN * max(1, spoken)):
        return False  # 江苏省政府工作报告
    return named >= len(twin) / _CHARACTERS_A_NAME and named > spoken


def _opens_with(twin: str, region: str, park: Park) -> int:
    """Return what it counts for that the first sentence names the region, by its short form too (哈市), and not the park."""
    first = SENTENCE.match(twin)
    if first is None or not region or park.named_in(first[0]):
        return 0
    brief = f"{region[0]}市"
    names = [region, brief, *spellings_of(region)]
    named = re.search(rf"(?:{any_of(names)})(?!日报|晚报|讯|海关)", first[0])
    return _OPENING + (_BRIEF_CITY.findall(twin).count(brief) if brief in twin else 0) if named else 0


_BRIEF_CITY = re.compile("(?<![\u4e00-\u9fff])[\u4e00-\u9fff]市")  # 哈市
_OPENING = 2
_REPORT = re.compile("政府工作报告|公报|经济运行|国民经济|统计")
_OFTEN = 2  # names of a park in a text whose headline speaks of a region
_CHARACTERS_A_NAME = 1500
"""A text about a park names it at least once in so many characters."""
_STAYS = 3  # names of a company in a text that stays with it
