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
from miner.regions import counties, is_place, known_places, provincial, regions, spellings_of
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


def places_of(
    parks: Sequence[Park],
    main: Place,
    region: Place,
    *,
    touring: bool = False,
    around: bool = False,
    several: frozenset[str] = frozenset(),
) -> Places:
    """Return the places of a document that names ``parks``.

    Example:
        >>> places = places_of([], Place("咸宁高新区", "park"), NOWHERE)
        >>> [match["generic"] for match in places.called("园区现有企业66家", Span(0, 9))]
        ['园区']
    """
    about = (park for park in parks if park.place == main)  # 楠梓园区 is the one that the text is about
    spelled = {spelling: park for park in (*reversed(parks), *about) for spelling in park.spellings}
    area = (spellings_of(main.name) or (main.name,)) if main.kind == "region" else ()
    quoted = re.search('[“"].*', main.name)
    own = quoted[0] if quoted else main.name
    group = [own] if main.kind == "group" and not re.fullmatch(words("generic"), own) else []
    names = re.compile(f"(?P<park>{any_of([*spelled, *group])}){_no_group('generic', 'type', 'area', 'region')}")
    patterns = [names, _short_forms()[0]]
    if area:
        named = f"(?P<region>{any_of(area)})(?:省|市|县|自治区)?{_no_group('park', 'generic', 'type', 'area')}"
        patterns.append(re.compile(named))
    opening = opening_of([*spelled, *group, *area])
    return Places(tuple(parks), main, region, spelled, tuple(patterns), opening, touring, around, several)


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
    return park.place if park is not None else places.main if word and word == places.main.name else None


@cache
def _short_forms() -> tuple[re.Pattern[str], Opening]:
    """Return what any text may call its places by, 园区, 全市, 该开发区, and what that begins with.

    It is compiled once, in 3 ms; a text's own names, which come before it, in a tenth of that.
    """
    pattern = re.compile(
        rf"(?P<generic>{words('generic')})|(?P<type>该?(?:{any_of(types()[0])}))|(?P<area>(?:{words('region')})(?!场))"
        rf"{_no_group('park', 'region')}"
    )
    forms = (*lexicon.spellings("parks", "generic"), *lexicon.spellings("parks", "region"), *types()[0])
    return pattern, opening_of([*forms, *(f"该{ending}" for ending in types()[0])])


_NOT_TOPIC = re.compile(
    r"(?:[(]含|不含|包括|包含|领跑|领先|超过|高于|高出|低于|快于|慢于|超出|[比较占于距离据向赴往对从]|位居|位列|居|列|名列|排名|排|相当于|约占|共占|在|来自|面向|获|荣获|评为|占到|次于|覆盖|享誉|走向|被|获评|建设|打造|推进|支持|推动|创建|加快|落户|入驻|进驻|涌入|迁入|申建|规划|经|通过|超|超越|优于|强于|好于|高过|跑赢|入选|入围|上榜|跻身|迈入|进入|成为|毗邻|紧邻|邻近|相邻|邻|辐射|惠及|形成|组成|分为|分成)$"
)
_IS = re.compile(
    "[^最一二三四五六七八九十特其但于凡要的]是$"
)  # 璧山工业园是|重庆|特色园区的代表; 一是|全市|…, 其中最大的是|苏州工业园区|
_NOT_TOPIC_AFTER = re.compile(
    r"性|占比|的(?:近|约)?[\d一二两三四五六七八九十][\d.]*倍|的?(?:近|约|超|逾|过|超过|接近)?(?:\d[\d.]*%|[一二三四五六七八九十]成|[一二三四五六七八九十]分之|半数|一?半(?![年导数]))"
    r"|排名|第\d|第[一二三四五六七八九十百]{1,5}(?:[位名]|[,。;、)])|前列|平均(?:水平|值|线|增|[高低快慢\d])"
)
# 加快江山新材料产业园、大方燃煤发电等12个项目建设: what 等 sums up is what the clause is about.
_AN_EXAMPLE = re.compile(r"(?:(?:[、和与]|以?及)[^,;。、]{2,24}){0,6}等[\d一二两三四五六七八九十]{1,4}[个家项条座]")


def _titled(twin: str, span: Span, at: int) -> bool:
    """Tell whether an offset stands in the title of a document: 《…》."""
    opening = twin.rfind("《", max(span.start, at - _LONGEST_TITLE), at)
    return opening >= 0 and twin.find("》", opening, at) < 0


_LONGEST_TITLE = 60  # code points


def _sharing_its_ending(places: Places, twin: str, before: Span, word: str, *, topic: bool) -> Iterator[Mention]:
    """Yield the parks of a list whose ending only its last name has: |广州|、南沙经开区."""
    ending = word.removeprefix(places.spelled[word].stem)
    listed = _SHARING.search(twin, max(before.start, before.end - _LONGEST_LIST), before.end)
    if listed is None or ending == word:
        return
    items = [Span(*item.span()) for item in _ITEM.finditer(twin, *listed.span("items"))]
    if not all(is_place(item.of(twin)) and item.of(twin) not in places.spelled for item in items):
        return  # 贵安新区和洋浦经开区 are two names
    for item in items:
        name = item.of(twin) + ending
        park = places.spelled.get(name)
        yield Mention(item, park.place if park else Place(name, "park"), f"{name}, whose ending a list shares", topic)


_SHARING = re.compile(
    "(?:(?<![\u4e00-\u9fff、])|(?<=[是中括对]))(?P<items>[\u4e00-\u9fff]{2,4}(?:[、和与及][\u4e00-\u9fff]{2,4}){0,6})[、和与及]$"
)
_ITEM = re.compile("[^、和与及]{2,4}")
_LONGEST_LIST = 40  # code points


def _is_object(twin: str, span: Span, match: re.Match[str]) -> bool:
    """Tell whether a park is one of a list of what is built, or where something is from: 建设了软件园、|青松工业园|,…."""
    before = max(span.start, match.start() - _LONGEST_OBJECTS), match.start()
    if _ORIGIN.search(twin, *before):
        return True
    return twin[match.end() : match.end() + 1] in _ENDS and _BUILT.search(twin, *before) is not None


_ORIGIN = re.compile("(?:来自|面向|覆盖|远销|销往)[^,;。!?\n]{1,36}、$")
_BUILT = re.compile("(?:建设|建成|打造|培育|布局|设立|启动|推进|形成|分为|分成)了?[^,;。:!?\n]{1,70}[、和]$")
_ENDS = frozenset("、,;。")
_LONGEST_OBJECTS = 80  # code points
_THAT_PARK = re.compile("该园区?")


def _stands_beside(twin: str, span: Span, at: int) -> bool:
    """Tell whether what stands at an offset is one more that something is set against: 高出全省5个百分点、|全市|1个百分点."""
    if twin[at - 1 : at] not in {"、", "和", "与"}:
        return False
    return _SET_AGAINST.search(twin, max(span.start, at - _LONGEST_STANDARD), at) is not None


_SET_AGAINST = re.compile(r"(?:占|[高低快慢优]于|高出|超过?|领先)[^,;。、]{1,16}\d(?:%|个百分点)[、和与]$")
_LONGEST_STANDARD = 32  # code points, with the figure after it
_AFTER = re.compile("次于[^,;。]{0,24}$")
_ITS_RATIO = re.compile(r"\d[\d.]*%[、,;。]")  # 开工率分别为:金安区93.5%、市开发区87.2%、霍邱县86.5%
_BUILDS = re.compile("内?(?:总?投资|规划|兴建|新建|投建|设立|建成|新设)")  # 华芯公司在|楠梓产业园区|规划5座厂房
_RATED = re.compile(
    r"\d[\d.]*%(?:的)?[^,;。\d]{0,6}(?:最高|次之|居次|居首|最低|领先|殿后|垫底)"
)  # 以中科48.85%成长率最高
_OF_ITS_OWN = re.compile("[^,;。]{0,6}?(?:数据|统计|介绍|公布|发布|消息)")  # 根据|安徽自贸试验区|最新数据
_ALSO = re.compile(r"(?:、|和|与|及|以及|乃至)(?:国家级?|省级)?")


def mentions(places: Places, twin: str, span: Span) -> list[Mention]:
    """Find the places that a stretch of the folded text names, in order."""
    found: list[Mention] = []
    compared = -1  # where the last place ends that something is only compared with
    for match in places.called(twin, span):
        before = twin[max(span.start, match.start() - 4) : match.start()]
        after = twin[match.end() : match.end() + 16]
        pulled = match["area"] and before.endswith(("拉动", "带动"))  # 拉动全市增长1.4个百分点: who pulls is the topic
        source = match["park"] and before.endswith("据") and _OF_ITS_OWN.match(after)
        dealt = not match["area"] and before.rstrip("市县区旗")[-1:] in {"、", ":"} and _ITS_RATIO.match(after)
        rated = match["park"] and _RATED.match(after)
        ranked = match["park"] and after.startswith("排名") and not _NOT_TOPIC.search(before)  # 东盟经开区|排名152位
        built = match["park"] and before.endswith("在") and _BUILDS.match(after)
        topic = bool(source or dealt or ranked or rated or built) or not (
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
        if _IS.search(before) and found and found[-1].topic and _same_sentence(twin, found[-1].span.end, match.start()):
            topic = False  # what the place named before is
        if match["park"] and before[-1:] in {"、", "和"} and _is_object(twin, span, match):
            topic = False
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
        again = match["generic"] and (before.endswith("该") or _THAT_PARK.fullmatch(match["generic"]))
        # 在万洋高新技术产业园…。该|园区|实现100%招商
        if (one or points or again) and found and found[-1].place.kind == "park":
            place, rule = found[-1].place, f"{match[0]}, the park named before"
        restated = bool(
            found and before.endswith("(") and found[-1].place == place and match.start() - found[-1].span.end <= 3
        )
        if named is not None and place is not None and place.kind == "park":
            found += _sharing_its_ending(
                places, twin, Span(max(span.start, compared), match.start()), match[0], topic=topic
            )
        if place is not None and not restated:
            parted = place.kind == "park" and place != places.main and places.about_park and _is_part(before, after)
            found.append(
                Mention(Span(match.start() - (rule == _OWN), match.end()), place, rule, topic, passing=topic and parted)
            )
    if places.main.kind == "organization":
        return found
    taken = [mention.span for mention in found]
    return sorted([*found, *_areas_beside(places, twin, span, taken)], key=lambda mention: mention.span)


def _is_part(before: str, after: str) -> bool:
    """Tell whether a park is one of a list of parts with a figure each: 软件园5家、|生态工业园|1家."""
    return before[-1:] in {"、", ":"} and _ITS_COUNT.match(after) is not None


_ITS_COUNT = re.compile(r"\d[\d.]*[\u4e00-\u9fff%]{1,3}[、。;]")


def _same_sentence(twin: str, start: int, end: int) -> bool:
    return re.search("[。;!?\n]", twin[start:end]) is None


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
        return _short_form(places, twin, match, before)
    return places.main, f"{match['region']}, a name of {places.main.name}"


def _short_form(places: Places, twin: str, match: re.Match[str], before: str) -> tuple[Place | None, str]:
    """Return what 园区, 全区 or 经开区 means."""
    if match[0].startswith("区") and before[-1:] in _OTHER_AREAS:
        return None, ""
    if match["generic"] == "全区" and places.around:
        return places.region, "全区, the area around the park"
    if match["generic"] and places.main == NOWHERE and not COLLECTIVE.search(before):
        return NOWHERE, f"{match[0]}, a park that the text does not name"
    if match["type"] and places.main.kind == "group" and (found := _type_of_group(places, match["type"], before)):
        return found
    if places.main.kind == "region" and match["type"] and _ONE_OF_A_CITY.fullmatch(match["type"]):
        return _park_of_the_city(places, twin, match, before)
    if COLLECTIVE.search(before) or not places.about_park or places.main.kind == "group":
        return None, ""
    kind = types()[0].get((match["type"] or "").removeprefix("该"))
    same = next((p for p in places.parks if kind is not None and p.type == kind.name and p.place == places.main), None)
    ends = match["type"] is not None and places.main.name.endswith(match["type"])  # 保税区 for the 综合保税区
    if match["generic"] or same is not None or ends or (kind is not None and kind.name == "经济技术开发区"):
        return places.main, f"{match[0]}, a short form"
    return None, ""


def _type_of_group(places: Places, word: str, before: str) -> tuple[Place | None, str] | None:
    """Return what a type means in a text on a group: the group, one of it, or nothing; None where nothing tells."""
    own = places.main.name.endswith(word)
    if not own and word.startswith("国家") and before[-1:] in {"", ",", ";", "。", "中", ":"}:
        alike = types()[0][word] is types()[0].get(places.main.name)
        return places.main if alike else Place(word, "group"), f"{word}, parks of a level"
    if _NAMED_ALONE.search(before) and is_formal(word):  # 自贸试验区 in a text on 中国自贸试验区
        return places.main if own else Place(word, "park"), f"{word}, one of the group"
    if _ALL_OF_THEM.search(before):
        return (places.main, f"{word}, the group") if own else (None, "")
    return None


_ALL_OF_THEM = re.compile("[全我该][市省县]各?$")  # 全市|工业园区|, in a text on 银川市工业园区
_OF_LEVELS = re.compile("(?:国家级?|省级|各类?)[\u4e00-\u9fff]{0,8}(?:[、和与][\u4e00-\u9fff]{2,8}){0,3}[、和与]$")
_ONE_OF_A_LIST = re.compile(
    "[、和与](?:[\u4e00-\u9fff]{2,4}、){0,3}[\u4e00-\u9fff]{0,6}(?:经开区|高新区|综保区|保税区|园区|开发区)(?!等)|分别"
)  # 经开区、|高新区|、综保区产值分别为30亿元、20亿元、10亿元
_NOT_LONG_AGO = 2000  # code points
_ONE_OF_A_CITY = re.compile("经开区|高新区|综保区|保税区")
_STATES = re.compile(
    r"(?:[\d前上下][\d—-]{0,5}(?:个?月|季度|半年))?(?:累计|共|全年)?(?:实现|完成|新增|新签|签约|引进|招引|拥有|现有|工业|规上|规模|进出口|产值|税收)"
)


def _park_of_the_city(places: Places, twin: str, match: re.Match[str], before: str) -> tuple[Place | None, str]:
    """Return the one park of its type that opens a clause of a text on a city: |经开区|完成产值911亿元."""
    name, word = places.main.name, match["type"]
    city = name.endswith(("市", "县", "区", "旗", "州")) and name not in provincial()
    opens = before[-1:] in {"", "。", ";", ",", "\n", "、", "和", "与"} and not _OF_LEVELS.search(
        twin, max(0, match.start() - _LONGEST_LIST), match.start()
    )
    stated = _STATES.match(twin, match.end()) or _ONE_OF_A_LIST.match(twin, match.end())
    if not city or not opens or not stated or word in places.several:
        return None, ""
    begin = max(0, match.start() - _NOT_LONG_AGO)
    known = [park for park in places.parks if types()[0][word].name == park.type]
    named = {p.place for p in known if any(twin.rfind(s, begin, match.start()) >= 0 for s in p.spellings)}
    if len(named) > 1:
        return None, ""
    return next(iter(named), Place(name + word, "park")), f"{word}, the one of {name}"


@cache
def _areas() -> tuple[frozenset[str], frozenset[str], int]:
    """Return the full names of provinces, cities and counties, the two characters that open each, and how long they are.

    There are 3,000: a pattern of them would take 40 ms to compile.
    """
    names = frozenset(
        name
        for name in (*regions()[0].values(), *counties().values(), *_surroundings())
        if len(name) > 2 and name[-1] in "省市县旗区"
    )
    return names, frozenset(name[:2] for name in names), max(map(len, names))


@cache
def _surroundings() -> dict[str, str]:
    """Return the cities by what a text calls them with their surroundings: 昆山地区."""
    return {
        f"{word}地区": city for word, city in regions()[0].items() if city.endswith("市") and not word.endswith("市")
    }


@cache
def _heads() -> re.Pattern[str]:
    """Where an area may be named: at the head of a clause, or moved by what it is about: 助推|湖北省|科技成果转化率提升至67%.

    The characters that names open with stand first, and most others are passed in 5 ns.
    """
    first, second = ("".join(sorted({pair[n] for pair in _areas()[1]})) for n in (0, 1))
    return re.compile(
        rf"[{first}](?=[{second}])(?:(?<![\u4e00-\u9fffA-Za-z\d].)|(?<=(?:助推|助力|推动|带动|拉动|同期|其中|目前|全年).))"
    )


def _areas_beside(places: Places, twin: str, span: Span, taken: Sequence[Span]) -> Iterator[Mention]:
    """Yield the areas that a clause turns to: of a text on a park the next clause is back, of one on a region the sentence."""
    region = places.main.name if places.main.kind == "region" else ""
    names, pairs, longest = _areas()
    brief = places.region.name[:-1] if places.region.name.endswith(("市", "县")) and not region else ""
    for head in _heads().finditer(twin, *span):
        start = head.start()
        if twin[start : start + 2] not in pairs:
            continue
        ends = range(min(start + longest, span.end), start, -1)
        own = Span(start, next((end for end in ends if twin[start:end] in names), start))
        name = own.of(twin)
        if not name and brief and twin.startswith(brief, start) and _STATES.match(twin, start + len(brief)):
            own, name = Span(start, start + len(brief)), places.region.name  # 2021年,|宜宾|累计引进企业8家
        if (
            not name
            or name in region
            or twin[start - 1 : start] == "("
            or _NOT_AN_AREA.match(twin, own.end)
            or (_NOT_TOPIC_AFTER.match(twin, own.end) and not _ITS_RATIO.match(twin, own.end))
            or (places.main.kind == "group" and _WHERE_THEY_ARE.match(twin, own.end))
            or (twin[start - 2 : start] in _WHEN and twin[start - 3 : start - 2].isalpha())
            or any(own.overlaps(other) for other in taken)
            or _stands_beside(twin, span, start)  # 占海南省的13%、|海口市|的40%
        ):
            continue
        opens = _OPENS.search(twin, max(0, start - _LONGEST_TIME), start) is not None
        yield Mention(own, Place(_surroundings().get(name, name), "region"), f"{name}{BESIDE}", passing=not opens)


BESIDE = ", an area that the clause is about"
# Nothing or a time stands before it in its sentence: 2021年,|宜宾市|实现进出口总值236.5亿元,列全省第三位.
_OPENS = re.compile(
    r"(?:^|[。;:!\n])(?:[^,。;:!\n]{0,14}(?:[年月日末底初度期来]|显示|获悉|了解)|据[^,。;:!\n]{2,14}|近日|目前|同期)?,?$"
)
_LONGEST_TIME = 20  # code points
_WHEN = frozenset({"同期", "其中", "目前", "全年"})  # at the head of a clause; not 占同期|东莞市|进出口的11%
_WHERE_THEY_ARE = re.compile(r"[内的]?[\d两三四五六七八九十]{1,3}[个家]")  # 四川省|10个|国家级经开区
_THEIR_PARKS = re.compile(
    r"\d{1,3}[个家](?:国家级|省级)?(?:经济技术)?(?:经开区|高新区|开发区|综保区)"
)  # 该市|9个经开区
_NOT_AN_AREA = re.compile(
    "[\u4e00-\u9fff]{1,16}(?:(?<!上市)(?<!跨国)公司|集团|协会|联盟|法院|医院|学院|大学|商会|研究[所院])|[\u4e00-\u9fff]{0,4}(?:委|政府|局|日报|晚报|厅|办|部门|领导|书记|市长|海关|统计|召开|举行)|[,、。;和与]|[\u4e00-\u9fff]{0,6}(?:区|园|镇|乡|街道)"
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
    if places.main.kind == "group" and _THEIR_PARKS.match(twin, match.end()):
        return places.main, f"{match['area']}, whose parks the text is about"
    return _of_level(places, match["area"]), f"{match['area']}, the area of the text"


def _of_level(places: Places, word: str) -> Place:
    """Return the area that 全县 or 全市 means: the county or city that the park's name opens with, else the text's own."""
    level = lexicon.spellings("parks", "region")[word].get("gives")
    name = places.main.name
    named = [counties().get(name[start:end], name[start:end]) for start, end in known_places(name)]
    county = next((place for place in named if level == "county" and place.endswith(("县", "旗"))), "")
    return Place(county, "region") if county else places.region
