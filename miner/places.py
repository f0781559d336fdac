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
from miner.parks import COLLECTIVE, NOWHERE, Park, Place, is_formal, types, words
from miner.regions import counties, known_places, regions, spellings_of
from miner.spans import Opening, Span, opening_of

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


def places_of(parks: Sequence[Park], main: Place, region: Place, *, touring: bool = False) -> Places:
    """Return the places of a document that names ``parks``.

    Example:
        >>> places = places_of([], Place("咸宁高新区", "park"), NOWHERE)
        >>> [match["generic"] for match in places.called("园区现有企业66家", Span(0, 9))]
        ['园区']
    """
    spelled = {spelling: park for park in reversed(parks) for spelling in park.spellings}
    area = (spellings_of(main.name) or (main.name,)) if main.kind == "region" else ()
    quoted = re.search('[“"].*', main.name)
    own = quoted[0] if quoted else main.name
    group = [own] if main.kind == "group" and not re.fullmatch(words("generic"), own) else []
    names = re.compile(f"(?P<park>{any_of([*spelled, *group])}){_no_group('generic', 'type', 'area', 'region')}")
    patterns = [names, _short_forms()[0]]
    if area:
        around = f"(?P<region>{any_of(area)})(?:省|市|县|自治区)?{_no_group('park', 'generic', 'type', 'area')}"
        patterns.append(re.compile(around))
    opening = opening_of([*spelled, *group, *area])
    return Places(tuple(parks), main, region, spelled, tuple(patterns), opening, touring)


def _no_group(*names: str) -> str:
    """Return alternatives that never match, so that a pattern has these groups too."""
    return "".join(f"|(?P<{name}>(?!))" for name in names)


@cache
def _short_forms() -> tuple[re.Pattern[str], Opening]:
    """Return what any text may call its places by, 园区, 全市, 该开发区, and what that begins with.

    It is compiled once, in 3 ms; a text's own names, which come before it, in a tenth of that.
    """
    pattern = re.compile(
        rf"(?P<generic>{words('generic')})|(?P<type>该?(?:{any_of(types()[0])}))|(?P<area>{words('region')})"
        rf"{_no_group('park', 'region')}"
    )
    forms = (*lexicon.spellings("parks", "generic"), *lexicon.spellings("parks", "region"), *types()[0])
    return pattern, opening_of([*forms, *(f"该{ending}" for ending in types()[0])])


_NOT_TOPIC = re.compile(
    r"(?:[(]含|不含|包括|包含|领跑|领先|超过|高于|高出|低于|快于|慢于|超出|[比较占于距离据向赴往对从]|位居|位列|居|列|名列|排名|排|相当于|约占|共占|在|来自|面向|获|荣获|评为|占到|次于|覆盖|享誉|走向|被|获评|建设|打造|推进|支持|推动|创建|加快|落户|入驻|申建|规划|经|通过)$"
)
_NOT_TOPIC_AFTER = re.compile(
    r"性|占比|的(?:近|约)?[\d一二两三四五六七八九十][\d.]*倍|(?:近|约|超)?(?:\d[\d.]*%|[一二三四五六七八九十]成|[一二三四五六七八九十]分之)|排名|第\d|前列|平均(?:水平|值|线|增|[高低快慢\d])"
)
# 加快江山新材料产业园、大方燃煤发电等12个项目建设: what 等 sums up is what the clause is about.
_AN_EXAMPLE = re.compile(r"(?:(?:[、和与]|以?及)[^,;。、]{2,24}){0,6}等[\d一二两三四五六七八九十]{1,4}[个家项条座]")


def _titled(twin: str, span: Span, at: int) -> bool:
    """Tell whether an offset stands in the title of a document: 《…》."""
    opening = twin.rfind("《", max(span.start, at - _LONGEST_TITLE), at)
    return opening >= 0 and twin.find("》", opening, at) < 0


_LONGEST_TITLE = 60  # code points


def _stands_beside(twin: str, span: Span, at: int) -> bool:
    """Tell whether what stands at an offset is one more that something is set against: 高出全省5个百分点、|全市|1个百分点."""
    if twin[at - 1 : at] not in {"、", "和", "与"}:
        return False
    return _SET_AGAINST.search(twin, max(span.start, at - _LONGEST_STANDARD), at) is not None


_SET_AGAINST = re.compile(r"(?:占|[高低快慢优]于|高出|超过?|领先)[^,;。、]{1,16}\d(?:%|个百分点)[、和与]$")
_LONGEST_STANDARD = 32  # code points, with the figure after it
_AFTER = re.compile("次于[^,;。]{0,24}$")
_ITS_RATIO = re.compile(r"\d[\d.]*%[、,;。]")  # 开工率分别为:金安区93.5%、市开发区87.2%、霍邱县86.5%
_OF_ITS_OWN = re.compile("[^,;。]{0,6}?(?:数据|统计|介绍|公布|发布|消息)")  # 根据|安徽自贸试验区|最新数据
_ALSO = re.compile(r"、|和|与|及")


def mentions(places: Places, twin: str, span: Span) -> list[Mention]:
    """Find the places that a stretch of the folded text names, in order."""
    found: list[Mention] = []
    compared = -1  # where the last place ends that something is only compared with
    for match in places.called(twin, span):
        before = twin[max(span.start, match.start() - 4) : match.start()]
        after = twin[match.end() : match.end() + 16]
        pulled = match["area"] and before.endswith("拉动")  # 拉动全市增长1.4个百分点: who pulls is the topic
        source = match["park"] and before.endswith("据") and _OF_ITS_OWN.match(after)
        dealt = not match["area"] and before.rstrip("市县区旗")[-1:] in {"、", ":"} and _ITS_RATIO.match(after)
        ranked = match["park"] and after.startswith("排名") and not _NOT_TOPIC.search(before)  # 东盟经开区|排名152位
        topic = bool(source or dealt or ranked) or not (
            pulled or _NOT_TOPIC.search(before) or _NOT_TOPIC_AFTER.match(after)
        )
        if compared >= 0 and _ALSO.fullmatch(twin, compared, match.start()):
            topic = False  # 比常州高新区、常州经开区分别高出: both are compared with
        named = places.spelled.get(match["park"] or "")
        loose = places.main.kind == "region" or (
            named is not None and (not named.type or (named.minor and places.main.kind == "park"))
        )
        if "次于" in twin[max(span.start, match.start() - 24) : match.start()] and _AFTER.search(
            twin, max(span.start, match.start() - 24), match.start()
        ):
            topic = False  # 排名第四,仅次于北京中关村、上海张江和|苏州工业园
        if _stands_beside(twin, span, match.start()):
            topic = False
        if _titled(twin, span, match.start()):
            topic = False  # 《关于支持建设关中—天水经济区副中心城市的意见》
        if match["park"] and loose and _AN_EXAMPLE.match(twin, match.end()):
            topic = False
        compared = compared if topic else match.end()
        area = _of_the_area(places, match[0], before)
        place, rule = (area, _OWN) if area else _resolve(places, twin, match, before)
        one = match["generic"] and places.main.kind == "group" and not COLLECTIVE.search(before)
        points = match["generic"] and found and found[-1].topic and "。" not in twin[found[-1].span.end : match.start()]
        # 威海经济技术开发区是1992年批准的国家级开发区,|辖区|面积278平方公里
        again = match["generic"] and before.endswith("该")  # 在万洋高新技术产业园…。该|园区|实现100%招商
        if (one or points or again) and found and found[-1].place.kind == "park":
            place, rule = found[-1].place, f"{match[0]}, the park named before"
        restated = (
            found and before.endswith("(") and found[-1].place == place and match.start() - found[-1].span.end <= 3
        )
        if place is not None and not restated:
            found.append(Mention(Span(match.start() - (rule == _OWN), match.end()), place, rule, topic))
    if places.main.kind == "organization":
        return found
    taken = [mention.span for mention in found]
    return sorted([*found, *_areas_beside(places, twin, span, taken)], key=lambda mention: mention.span)


_PRAISE = re.compile(
    r"首|百|第|唯|最|一流|领先|先进|知名|同类|各地|劳|优秀|文明|重点|性|人大|政协|两会|范围|统一|共产党|特色|\d|银行|科学院|制造|品牌|石|移动|联通|电信"
)
# 综合保税区156个,保税区8个: how many there are, not what one of them has.
_COUNTED = re.compile(
    r"(?:数量|总数|总量|个数)?(?:有|共有?|各|增至|达到?)?[\d一二两三四五六七八九十百]{1,9}[多余]?[个家](?![\u4e00-\u9fff])"
)
_OTHER_AREAS = frozenset("街城社校片景库小市县牧林灾战山")


_OF_THE_AREA = re.compile("(?<![\u4e00-\u9fff])(?P<level>[市县区旗])$")  # 市开发区39个, in a text on a city
_OWN = "the area's own park"


def _of_the_area(places: Places, word: str, before: str) -> Place | None:
    """Return 六安市开发区 for 市开发区 in a text on 六安市."""
    own = _OF_THE_AREA.search(before) if places.main.kind == "region" and word in types()[0] else None
    return Place(places.main.name + word, "park") if own and own["level"] == places.main.name[-1] else None


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
        return _area_of(places, twin, match, before)
    if match["type"] or match["generic"]:
        if match[0].startswith("区") and before[-1:] in _OTHER_AREAS:
            return None, ""
        if match["generic"] and places.main == NOWHERE and not COLLECTIVE.search(before):
            return NOWHERE, f"{match[0]}, a park that the text does not name"
        if match["type"] and places.main.kind == "group" and _NAMED_ALONE.search(before) and is_formal(match["type"]):
            own = places.main.name.endswith(match["type"])  # 自贸试验区 in a text on 中国自贸试验区
            return places.main if own else Place(match["type"], "park"), f"{match['type']}, one of the group"
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


@cache
def _areas() -> tuple[frozenset[str], frozenset[str], int]:
    """Return the full names of provinces, cities and counties, the two characters that open each, and how long they are.

    There are 3,000: a pattern of them would take 40 ms to compile.
    """
    names = frozenset(
        name for name in (*regions()[0].values(), *counties().values()) if len(name) > 2 and name[-1] in "省市县旗区"
    )
    return names, frozenset(name[:2] for name in names), max(map(len, names))


@cache
def _heads() -> re.Pattern[str]:
    """Where an area may be named: at the head of a clause, or moved by what it is about: 助推|湖北省|科技成果转化率提升至67%.

    The characters that names open with stand first, and most others are passed in 5 ns.
    """
    first, second = ("".join(sorted({pair[n] for pair in _areas()[1]})) for n in (0, 1))
    return re.compile(rf"[{first}](?=[{second}])(?:(?<![\u4e00-\u9fffA-Za-z\d].)|(?<=(?:助推|助力|推动|带动|拉动).))")


def _areas_beside(places: Places, twin: str, span: Span, taken: Sequence[Span]) -> Iterator[Mention]:
    """Yield the areas that a clause turns to: of a text on a park the next clause is back, of one on a region the sentence."""
    region = places.main.name if places.main.kind == "region" else ""
    names, pairs, longest = _areas()
    for head in _heads().finditer(twin, *span):
        start = head.start()
        if twin[start : start + 2] not in pairs:
            continue
        ends = range(min(start + longest, span.end), start, -1)
        own = Span(start, next((end for end in ends if twin[start:end] in names), start))
        name = own.of(twin)
        if (
            not name
            or name in region
            or twin[start - 1 : start] == "("
            or _NOT_AN_AREA.match(twin, own.end)
            or (places.main.kind == "group" and _WHERE_THEY_ARE.match(twin, own.end))
            or any(own.overlaps(other) for other in taken)
            or _stands_beside(twin, span, start)  # 占海南省的13%、|海口市|的40%
        ):
            continue
        opens = region != "" and twin[max(0, start - 1) : start] in {"", "。", ";", "\n", "!"}
        yield Mention(own, Place(name, "region"), f"{name}, an area that the clause is about", passing=not opens)


_WHERE_THEY_ARE = re.compile(r"[内的]?[\d两三四五六七八九十]{1,3}[个家]")  # 四川省|10个|国家级经开区
_NOT_AN_AREA = re.compile(
    "[\u4e00-\u9fff]{0,4}(?:委|政府|局|日报|晚报|厅|办|部门|领导|书记|市长|海关|统计|召开|举行)|[,、。;和与]|[\u4e00-\u9fff]{0,6}(?:区|园|镇|乡|街道)"
)


_NAMED_ALONE = re.compile("(?:^|[,;。]|其中,?)$")


_PART_OF_NAME = re.compile("(?![的有共现已在])[\u4e00-\u9fffA-Z(]")
_ONLY = re.compile("唯一|首|最|第一(?!产)")


def _area_of(places: Places, twin: str, match: re.Match[str], before: str) -> tuple[Place | None, str]:
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
