"""What a document is about, and the places that its text names -> `Places`, `Mention`.

`survey` reads the whole document once and settles what it is about: a park, a group of parks that the headline
speaks of, or a region. `mentions` then finds the places that a stretch of the text names, short forms such as 综保区,
园区, 全区 and 全市 included.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from miner import lexicon
from miner.lexicon import any_of
from miner.parks import COLLECTIVE, NOWHERE, Census, Park, Place, is_formal, parks_of, take_census, types, words
from miner.regions import counties, known_places, main_region, regions, speaks_of_region
from miner.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miner.schema import ParkKind


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names a place.

    ``topic`` is false where the place is only compared with or part of a larger phrase (快于全市平均, 占全省).
    """

    span: Span
    place: Place
    rule: str
    topic: bool = True


@dataclass(frozen=True, slots=True)
class Places:
    """The places of one document; ``main`` is what it is about, ``region`` the area around it."""

    parks: tuple[Park, ...]
    main: Place
    region: Place
    spelled: dict[str, Park] = field(repr=False)
    pattern: re.Pattern[str] = field(repr=False)

    @property
    def about_park(self) -> bool:
        """Tell whether the document is about a park or a group, not a region."""
        return self.main.kind in {"park", "group"}

    def inner(self, twin: str, span: Span) -> list[Span]:
        """Return where a stretch names parks inside the park that the document is about: 襄阳软件园 in 襄阳高新区."""
        if self.main.kind != "park":
            return []
        words = [w for w, park in self.spelled.items() if park.minor and park.place != self.main]
        found = re.compile(any_of(words)).finditer(twin, *span) if words else ()
        return [Span(*match.span()) for match in found]


def survey(twin: str, title: str) -> Places:
    """Settle the places of a document from its folded text; ``title`` is its headline.

    Example:
        >>> text = "岳阳绿色化工高新技术产业开发区(简称高新区)党工委。高新区共发放征求意见函106份。"
        >>> survey(text, "").main
        Place(name='岳阳绿色化工高新技术产业开发区', kind='park')
    """
    census = take_census(twin)
    parks = parks_of(census)
    park = _main_park(parks, census, title)
    # Where a text lists parks and is about none of them, their names do not tell its region either.
    beside = twin if park or len(parks) < _MANY else re.sub(any_of(p.place.name for p in parks), "", twin)
    name = main_region(beside, title, park.stem if park else "")
    region = Place(name, "region") if name else NOWHERE
    named = census.aliases or any(park.named_in(title) for park in parks)
    group = None if named else _group(title, region)
    titled = group is not None and park is not None and _is_short_for(group.name, park, parks)
    group = None if titled else group
    several = group is not None and COLLECTIVE.search(group.name[: -len("园区")])  # 三大科学园区
    if not parks and not several and (park := _unnamed_park(twin, title, census)):
        parks.append(park)
        group = None if park.named_in(title) else group
    spelled = {spelling: park for park in reversed(parks) for spelling in park.spellings}
    about = park is not None and (titled or _is_about(twin, title, park, census, region.name, sole=len(parks) == 1))
    main = park.place if park is not None and about and group is None else group or region
    return Places(tuple(parks), main, region, spelled, _pattern(spelled, main))


def _is_short_for(word: str, park: Park, parks: Sequence[Park]) -> bool:
    """Tell whether a headline's 开发区 is the one park of its type that the text names."""
    entry = types()[0].get(word)
    alike = [other for other in parks if other.type == park.type]
    return entry is not None and entry.name == park.type and alike == [park]


def _pattern(spelled: dict[str, Park], main: Place) -> re.Pattern[str]:
    area = any_of(word for word, name in regions()[0].items() if (name, "region") == main)
    quoted = re.search('[“"].*', main.name)
    own = quoted[0] if quoted else main.name
    group = [own] if main.kind == "group" and not re.fullmatch(words("generic"), own) else []
    names = any_of([*spelled, *group])
    return re.compile(
        rf"(?P<park>{names})|(?P<generic>{words('generic')})"
        rf"|(?P<type>该?(?:{any_of(types()[0])}))|(?P<area>{words('region')})"
        rf"|(?P<region>{area})(?:省|市|县|自治区)?"
    )


_MANY = 3
_DECLARED, _TITLED = 20, 10  # names that an alias and a headline are worth


def _main_park(parks: Sequence[Park], census: Census, title: str) -> Park | None:
    """Return the park that the text names most, one with an alias or in the headline before others.

    None where it names many alike: 苏州工业园区、厦门海沧投资区、上海金桥出口加工区等.
    """
    majors = [p for p in parks if p.named_in(title) or ((not p.minor or len(parks) == 1) and (p.weight or p.declared))]
    alike = Counter(park.type for park in parks)

    def weight(park: Park) -> int:
        told = _DECLARED * park.declared + _TITLED * park.named_in(title)
        return park.weight + told + (census.bare[park.type] if told or alike[park.type] == 1 else 0)

    best = max(majors, key=weight, default=None)
    rivals = [park for park in parks if best is not None and weight(park) >= weight(best)]
    return best if len(rivals) < _MANY else None


def _unnamed_park(twin: str, title: str, census: Census) -> Park | None:
    """Return the park that a text only calls by a short form (经开区), None where it names another or speaks of many."""
    table = types()[0]
    found = [word for word, n in census.short.most_common() if n and not table[word].get("minor")]
    if not found or COLLECTIVE.search(title):
        return None
    word, n = found[0], census.short[found[0]]
    if word not in title and (n < len(twin) / _CHARACTERS_A_NAME or n <= speaks_of_region(twin)):
        return None
    formal = [
        other for other in census.short if other.endswith(word) and is_formal(other)
    ]  # 先进制造业开发区, 开发区 for short
    name = max([word, *formal], key=len)
    kind: ParkKind = "group" if name.startswith("国家") else "park"
    return Park(Place(name, kind), table[word].name, "", tuple({word, name}), weight=n)


def _is_about(twin: str, title: str, park: Park, census: Census, region: str, *, sole: bool) -> bool:
    """Tell whether the document is about ``park``, the ``sole`` one that it names or not, rather than the ``region`` around it."""
    if park.declared or park.named_in(title):
        return True
    only = len(re.findall("(?<![\u4e00-\u9fff])(?:该?园区|园内)", twin)) if sole else 0
    alone = sum(n for word, n in census.short.items() if types()[0][word].name == park.type) if park.stem else 0
    named, spoken = park.weight + alone + only, speaks_of_region(twin)
    elsewhere = (regions()[1].search(title) or (region and region in title)) and types()[1].search(title) is None
    if elsewhere and (_REPORT.search(title) or named < _OFTEN * max(1, spoken)):
        return False  # 江苏省政府工作报告
    return named >= len(twin) / _CHARACTERS_A_NAME and named > spoken


_REPORT = re.compile("政府工作报告|公报|经济运行|国民经济|统计")
_OFTEN = 2  # names of a park in a text whose headline speaks of a region
_CHARACTERS_A_NAME = 1500
"""A text about a park names it at least once in so many characters."""


@cache
def _of_several() -> re.Pattern[str]:
    """How a headline speaks of parks together: 三大科学园区, 国家级高新区, “一区四园”."""
    return re.compile(
        rf"(?P<name>[“\"]?[一二两三四五][区园港][一二两三四五六七八九十][区园镇港][”\"]?"
        rf"|(?:[两三四五六七八九十]大|重点|各类?|省级|市级|国家级|省属|经济)?"
        rf"(?:(?<=国家级)(?:{any_of(types()[0])})|科学园区|工业园区|产业园区|园区|开发区))"
    )


_QUOTATION = re.compile('《[^》]*》|[“"][^”"]{6,}[”"]')  # 入选全国“年度百佳园区党建品牌案例”


def _group(title: str, region: Place) -> Place | None:
    """Name the parks together where the headline speaks of them and the text names none: 海南重点园区."""
    group = _of_several().search(_QUOTATION.sub("", title))
    if group is None:
        return None
    where = region.name if group["name"][0] in '“"' else region.name.removesuffix("省").removesuffix("市")
    return Place((where if where in title or group["name"] != "园区" else "") + group["name"], "group")


_NOT_TOPIC = re.compile(
    r"(?:领跑|领先|超过|高于|低于|快于|慢于|超出|[比较占于距离据向赴往对从]|位居|位列|居|列|名列|排名|排|相当于|约占|共占|在|来自|面向|获|荣获|评为|占到|覆盖|享誉|走向|被|获评|建设|打造|推进|支持|推动|创建|加快|落户|入驻|申建|规划|经|通过)$"
)
_NOT_TOPIC_AFTER = re.compile(
    r"的(?:近|约)?[\d一二两三四五六七八九十][\d.]*倍|(?:近|约|超)?(?:\d[\d.]*%|[一二三四五六七八九十]成|[一二三四五六七八九十]分之)|排名|第\d|前列|平均(?:水平|值|线|增|[高低快慢\d])"
)
_ALSO = re.compile(r"、|和|与|及")


def mentions(places: Places, twin: str, span: Span) -> list[Mention]:
    """Find the places that a stretch of the folded text names, in order."""
    found: list[Mention] = []
    compared = -1  # where the last place ends that something is only compared with
    for match in places.pattern.finditer(twin, *span):
        before = twin[max(span.start, match.start() - 4) : match.start()]
        after = twin[match.end() : match.end() + 16]
        pulled = match["area"] and before.endswith("拉动")  # 拉动全市增长1.4个百分点: who pulls is the topic
        topic = not (pulled or _NOT_TOPIC.search(before) or _NOT_TOPIC_AFTER.match(after))
        if compared >= 0 and _ALSO.fullmatch(twin, compared, match.start()):
            topic = False  # 比常州高新区、常州经开区分别高出: both are compared with
        compared = compared if topic else match.end()
        place, rule = _resolve(places, twin, match, before)
        one = match["generic"] and places.main.kind == "group" and not COLLECTIVE.search(before)
        if one and found and found[-1].place.kind == "park":
            place, rule = found[-1].place, f"{match[0]}, the park named before"
        restated = (
            found and before.endswith("(") and found[-1].place == place and match.start() - found[-1].span.end <= 3
        )
        if place is not None and not restated:
            found.append(Mention(Span(*match.span()), place, rule, topic))
    return found


_PRAISE = re.compile(
    r"首|百|第|唯|最|一流|领先|先进|知名|同类|各地|劳|优秀|文明|重点|性|人大|政协|两会|范围|统一|共产党|特色|\d|银行|科学院|制造|品牌|石|移动|联通|电信"
)
# 综合保税区156个,保税区8个: how many there are, not what one of them has.
_COUNTED = re.compile(r"(?:有|共有?|各|增至|达到?)?[\d一二两三四五六七八九十百]+[多余]?[个家](?![\u4e00-\u9fff])")
_OTHER_AREAS = frozenset("街城社校片景库小市县牧林灾战山")


def _resolve(places: Places, twin: str, match: re.Match[str], before: str) -> tuple[Place | None, str]:
    if match["park"] and match["park"] not in places.spelled:
        return places.main, f"{match['park']}, what the text is about"
    named = match["park"] and places.spelled[match["park"]].stem
    if not named and not match["region"] and _COUNTED.match(twin, match.end()):
        return None, ""
    if match["park"]:
        park = places.spelled[match["park"]]
        if park.minor and places.main.kind == "park" and park.place != places.main:
            return None, ""
        return park.place, f"{match['park']}, a name of {park.place.name}"
    if match["area"]:
        return _area(places, twin, match, before)
    if match["type"] or match["generic"]:
        if match[0].startswith("区") and before[-1:] in _OTHER_AREAS:
            return None, ""
        if match["generic"] and places.main == NOWHERE and not COLLECTIVE.search(before):
            return NOWHERE, f"{match[0]}, a park that the text does not name"
        if match["type"] and places.main.kind == "group" and _NAMED_ALONE.search(before) and is_formal(match["type"]):
            return Place(match["type"], "park"), f"{match['type']}, one of the group"
        if COLLECTIVE.search(before) or not places.about_park or places.main.kind == "group":
            return None, ""
        kind = types()[0].get((match["type"] or "").removeprefix("该"))
        same = next(
            (p for p in places.parks if kind is not None and p.type == kind.name and p.place == places.main), None
        )
        ends = match["type"] is not None and places.main.name.endswith(match["type"])  # 保税区 for the 综合保税区
        if match["generic"] or same is not None or ends or (kind is not None and kind.name == "经济技术开发区"):
            return places.main, f"{match[0]}, a short form"
        return None, ""
    return places.main, f"{match['region']}, a name of {places.main.name}"


_NAMED_ALONE = re.compile("(?:^|[,;。]|其中,?)$")


_PART_OF_NAME = re.compile("(?![的有共现已在])[\u4e00-\u9fffA-Z(]")
_ONLY = re.compile("唯一|首|最|第一(?!产)")


def _area(places: Places, twin: str, match: re.Match[str], before: str) -> tuple[Place | None, str]:
    if _ONLY.match(twin, match.end()):
        return None, ""  # 拥有全市唯一的国家级孵化器
    if match["area"] == "中国" and _PART_OF_NAME.match(twin, match.end()):
        return None, ""  # 中国软件百强企业
    if match["area"] in {"全国", "我国", "中国"}:
        if before[-1:].isalnum() or _PRAISE.match(twin, match.end()) or places.main.kind in {"park", "region"}:
            return None, ""
        return Place("全国", "region"), f"{match['area']}, the country"
    return _of_level(places, match["area"]), f"{match['area']}, the area of the text"


def _of_level(places: Places, word: str) -> Place:
    """Return the area that 全县 or 全市 means: the county or city that the park's name opens with, else the text's own."""
    level = lexicon.spellings("parks", "region")[word].get("gives")
    name = places.main.name
    named = [counties().get(name[start:end], name[start:end]) for start, end in known_places(name)]
    county = next((place for place in named if level == "county" and place.endswith(("县", "旗"))), "")
    return Place(county, "region") if county else places.region
