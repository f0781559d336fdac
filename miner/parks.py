"""Names, aliases and short forms of parks and regions -> the `Place` that each figure is about.

`survey` reads the whole document once: full names (天津港综合保税区), aliases declared in the text (下称综保区,
以下简称“高新区”, brackets after a name), short forms that share place and type (咸宁高新区), and the place that
the document is about. `mentions` then finds all of them in a stretch of text.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from miner import lexicon
from miner.spans import Span
from miner.words import cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from miner.schema import ParkKind


class Place(NamedTuple):
    """A park, a group of parks or a region, by its full name."""

    name: str
    kind: ParkKind


NOWHERE = Place("", "")


@dataclass(frozen=True, slots=True)
class Park:
    """A park that the document names: its full name, the type of its ending, and what stands before that."""

    place: Place
    type: str
    stem: str
    spellings: tuple[str, ...]
    minor: bool = False


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


@cache
def _types() -> tuple[dict[str, lexicon.Entry], re.Pattern[str]]:
    table: dict[str, lexicon.Entry] = {}
    for entry in lexicon.load("parks"):
        if entry.kind == "type":
            table |= dict.fromkeys([*entry.spellings, *entry.get("short", [])], entry)
    words = sorted(table, key=len, reverse=True)
    return table, re.compile(
        rf"(?P<stem>[\u4e00-\u9fff]{{0,24}}?)(?P<type>{'|'.join(words)})(?![\u4e00-\u9fff]?[内里]?[路街站站厦])"
    )


@cache
def _regions() -> tuple[dict[str, str], re.Pattern[str]]:
    """Every spelling of a province or city with its full name, longest first in the pattern."""
    table: dict[str, str] = {}
    for entry in lexicon.load("regions"):
        for city in entry.get("cities", []):
            table[city] = city
            short = re.sub(r"(?:市|地区|盟|[\u4e00-\u9fff]*自治州|新区|区|县)$", "", city)
            if len(short) > 1:
                table.setdefault(short, city)
        table |= dict.fromkeys(entry.spellings, entry.name)
    words = sorted(table, key=len, reverse=True)
    return table, re.compile("|".join(map(re.escape, words)))


@cache
def _province_of() -> dict[str, str]:
    return {city: entry.name for entry in lexicon.load("regions") for city in entry.get("cities", [])}


@cache
def _words(kind: str) -> str:
    return "|".join(sorted(map(re.escape, lexicon.spellings("parks", kind)), key=len, reverse=True))


# Characters and words that stand before a name and are no part of it.
_STOPS = re.compile(
    r"在(?!线)|将|对(?!外)|从|由|与|及|是|的|了|为|至|到|向|被|个(?!旧)|于(?!都|田)|以|等|其|该|各|来(?!宾)|用|给|家|座|大(?=[\u4e00-\u9fff]{0,2}(?:高新|经开))|(?<=[区市县])和"
)
_COLLECTIVE = re.compile(
    r"(?:各类?|各级|以上|重点|全国|国家级?|省级|市级|区级|其他|其它|[个家类座批]|多个|所有|有关|相关|同类|两|三|四|五|示范|先进|特色|现代|一流|部分|世界|每个|产业|属|\d)$"
)
_ALIAS = re.compile(
    r"[(\[](?:以?下(?:统|均)?(?:简?称)|简称|又称|又名|原名|即)[为:]?[“\"‘]?(?P<alias>[\u4e00-\u9fff]{2,12})[”\"’]?(?:[、,或][“\"]?(?P<second>[\u4e00-\u9fff]{2,12})[”\"]?)?[)\]]"
)
_BRACKETS = re.compile(r"[(\[][“\"]?(?P<alias>[\u4e00-\u9fff]{2,10}(?:区|园|城|港))[”\"]?[)\]]")


class _Name(NamedTuple):
    stem: str
    type: str
    start: int
    end: int
    placed: bool  # the stem opens with a known province or city


def _names(twin: str) -> Iterable[_Name]:
    """Yield every name of a park with its place before the ending; a bare ending has an empty stem."""
    pattern = _types()[1]
    regions = _regions()[1]
    leaders = re.compile(rf"(?:{_words('leader')})")
    for match in pattern.finditer(twin):
        stem, start = match["stem"], match.start("stem")
        cut = max((m.end() for m in _STOPS.finditer(stem)), default=0)
        # A known place inside the stretch is where the name begins; of several that touch, the first.
        begin, last_end = None, 0
        for region in regions.finditer(stem, cut):
            if begin is None or region.start() > last_end + 6:
                begin = region.start()
            last_end = region.end()
        placed = begin is not None
        if begin is None:
            begin = max(
                (m.end() for m in leaders.finditer(stem, cut) if len(m[0]) > 1 or m.start() == cut), default=cut
            )
        yield _Name(stem[begin:], match["type"], start + begin, match.end(), placed)


def _is_name(twin: str, name: _Name) -> bool:
    """Tell a park's name from a phrase that only ends like one (增强高新区, 夜间文旅消费集聚区).

    A known place opens a name; a place that is not known does where the ending is written out in full, at the head
    of a clause, and no verb stands in it.
    """
    if name.placed:
        return len(name.stem) > 1
    entry = _types()[0][name.type]
    if len(name.stem) < 2 or len(name.stem) > 14 or name.type in entry.get("short", []) or entry.get("minor"):
        return False
    before = twin[name.start - 1 : name.start]
    opens = name.start == 0 or not before.isalpha() or before in "在将对从由与及是的为至到向被"
    return opens and not any(len(word) > 1 and word in _not_in_names() for word in cut(name.stem))


@cache
def _not_in_names() -> frozenset[str]:
    verbs = (word for entry in lexicon.load("verbs") for word in entry.spellings)
    return frozenset([*verbs, *lexicon.spellings("periods"), *lexicon.spellings("parks", "leader")])


def survey(twin: str, title: str) -> Places:
    """Read the places of a document from its folded text; ``title`` is its headline.

    Example:
        >>> text = "岳阳绿色化工高新技术产业开发区(简称高新区)党工委。高新区共发放征求意见函106份。"
        >>> survey(text, "").main
        Place(name='岳阳绿色化工高新技术产业开发区', kind='park')
    """
    table = _types()[0]
    counts: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], int] = {}
    bare: Counter[str] = Counter()
    shorts: Counter[str] = Counter()
    declared: dict[str, tuple[str, str]] = {}
    for name in _names(twin):
        entry = table[name.type]
        if not _is_name(twin, name) or _COLLECTIVE.search(name.stem):
            bare[entry.name] += 1
            shorts[name.type] += not _COLLECTIVE.search(name.stem)
            continue
        key = (name.stem, name.type)
        counts[key] += 1
        first.setdefault(key, name.start)
        alias = _ALIAS.match(twin, name.end) or _BRACKETS.match(twin, name.end)
        if alias:
            for word in (alias["alias"], alias.groupdict().get("second")):
                if word:
                    declared[word] = key
    parks = _merge(counts, first, declared)
    main_park = _main_park(parks, counts, bare, title, declared)
    region = _main_region(twin, title, main_park)
    spelled = {spelling: park for park in reversed(parks) for spelling in park.spellings}
    if main_park is None and (word := _generic_name(twin, title, shorts)):
        kind: ParkKind = "group" if word.startswith("国家") else "park"
        main_park = Park(Place(word, kind), table[word].name, "", (word,))
        parks.append(main_park)
        spelled[word] = main_park
    words = sorted(spelled, key=len, reverse=True)
    titled = any(spelling in title for spelling in spelled)
    group = None if titled or declared else _main_group(title, region)
    about_park = main_park is not None and group is None and _is_about(twin, title, main_park, spelled, declared)
    main = main_park.place if main_park is not None and about_park else group or region
    pattern = re.compile(
        rf"(?P<park>{'|'.join(map(re.escape, words)) or '(?!)'})|(?P<generic>{_words('generic')})"
        rf"|(?P<type>{'|'.join(sorted(table, key=len, reverse=True))})|(?P<area>{_words('region')})|(?P<region>{_regions()[1].pattern})(?:省|市|县|自治区)?"
    )
    return Places(tuple(parks), main, region, spelled, pattern)


def _generic_name(twin: str, title: str, shorts: Counter[str]) -> str:
    """Return the short form by which alone a text names its park (经开区), blank where it names one in full or none."""
    table = _types()[0]
    words = [w for w, n in shorts.most_common() if not table[w].get("minor") and n and not _COLLECTIVE.search(title)]
    if not words:
        return ""
    word = words[0]
    return word if shorts[word] >= len(twin) / _CHARACTERS_A_NAME and shorts[word] > _regional(twin) else ""


def _regional(twin: str) -> int:
    """Count how often a text speaks of the area itself, not of a place in it (居全市第一)."""
    return len(re.findall("(?<![居占在比于])(?:全市|全省|我市|我省|全县)", twin))


def _merge(
    counts: Counter[tuple[str, str]], first: dict[tuple[str, str], int], declared: dict[str, tuple[str, str]]
) -> list[Park]:
    """Join the names that share a type and whose places agree: 咸宁高新区 and 咸宁高新技术产业开发区."""
    table = _types()[0]
    groups: list[list[tuple[str, str]]] = []
    formal_first = sorted(counts, key=lambda key: (key[1] in table[key[1]].get("short", []), -counts[key], first[key]))
    for key in formal_first:
        stem, kind = key
        for group in groups:
            head, head_kind = group[0]
            if table[head_kind] is table[kind] and (_agree(head, stem)):
                group.append(key)
                break
        else:
            groups.append([key])
    parks = []
    for group in groups:
        stem, kind = group[0]
        entry = table[kind]
        spellings = {stem + kind for stem, kind in group}
        spellings |= {word for word, key in declared.items() if key in group}
        name = stem + kind
        parks.append(Park(Place(name, "park"), entry.name, stem, tuple(sorted(spellings)), entry.get("minor", False)))
    return parks


def _agree(one: str, other: str) -> bool:
    return one.endswith(other) or other.endswith(one) or one.startswith(other) or other.startswith(one)


def _main_park(
    parks: Sequence[Park],
    counts: Counter[tuple[str, str]],
    bare: Counter[str],
    title: str,
    declared: dict[str, tuple[str, str]],
) -> Park | None:
    majors = [park for park in parks if not park.minor] or [
        park for park in parks if any(spelling in title for spelling in park.spellings)
    ]

    def weight(park: Park) -> int:
        own = sum(n for (stem, kind), n in counts.items() if stem + kind in park.spellings)
        aliased = any(word in park.spellings for word in declared)
        titled = any(spelling in title for spelling in park.spellings)
        return own + 20 * aliased + 10 * titled + (bare[park.type] if aliased or titled else 0)

    return max(majors, key=weight, default=None)


def _is_about(
    twin: str, title: str, park: Park, spelled: dict[str, Park], declared: dict[str, tuple[str, str]]
) -> bool:
    """Tell whether the document is about ``park`` rather than about the region around it."""
    if any(spelling in title for spelling in park.spellings) or any(word in park.spellings for word in declared):
        return True
    named = sum(twin.count(spelling) for spelling, owner in spelled.items() if owner is park)
    return named >= max(2, len(twin) / _CHARACTERS_A_NAME) and named > _regional(twin)


_CHARACTERS_A_NAME = 1500
"""A text about a park names it at least once in so many characters."""


_GROUP = re.compile(r"(?P<name>(?:重点|各类?|省级|市级|国家级|省属|经济)?(?:园区|开发区))")


def _main_group(title: str, region: Place) -> Place | None:
    """Name the parks together where the headline speaks of them and the text names none: 海南自贸港重点园区."""
    group = _GROUP.search(title)
    if group is None:
        return None
    where = region.name.removesuffix("省").removesuffix("市")
    return Place((where if where in title or group["name"] != "园区" else "") + group["name"], "group")


_MANY_CITIES = 5
"""A text that names so many cities of one province is about the province."""


def _main_region(twin: str, title: str, park: Park | None) -> Place:
    table, pattern = _regions()
    counts: Counter[str] = Counter()
    for where, weight in ((title, 5), (twin[:20_000], 1)):
        for match in pattern.finditer(where):
            counts[table[match[0]]] += weight
    provinces = _province_of()
    totals: Counter[str] = Counter()
    cities: Counter[str] = Counter()
    for name, n in counts.items():
        totals[provinces.get(name, name)] += n
        cities[provinces.get(name, name)] += name in provinces
    if totals:
        province = totals.most_common(1)[0][0]
        if "全省" in twin or "我省" in twin or cities[province] >= _MANY_CITIES:
            return Place(province, "region")
    if park is not None:
        opening = pattern.match(park.stem)
        if opening:
            return Place(table[opening[0]], "region")
    if counts:
        name, n = counts.most_common(1)[0]
        if n >= _OFTEN or _regional(twin):
            return Place(name, "region")
    return NOWHERE


_OFTEN = 3
"""A text is about a region that it names so often, or that it calls 全市 or 全省."""


_NOT_TOPIC = re.compile(
    r"(?:[比较占于距离据向赴往对从]|位居|位列|居|列|名列|排名|排|相当于|约占|共占|在|来自|面向|获|荣获|评为|占到|覆盖|享誉|走向|被|获评|建设|打造|推进|支持|推动|创建|加快|落户|入驻|申建|规划)$"
)
_NOT_TOPIC_AFTER = re.compile(r"平均")
_ALSO = re.compile(r"、|和|与|及")


def mentions(places: Places, twin: str, span: Span) -> list[Mention]:
    """Find the places that a stretch of the folded text names, in order."""
    found: list[Mention] = []
    for match in places.pattern.finditer(twin, *span):
        before = twin[max(span.start, match.start() - 4) : match.start()]
        after = twin[match.end() : match.end() + 16]
        topic = not (_NOT_TOPIC.search(before) or _NOT_TOPIC_AFTER.match(after))
        if found and not found[-1].topic and _ALSO.fullmatch(twin, found[-1].span.end, match.start()):
            topic = False  # 比常州高新区、常州经开区分别高出: both are compared with
        place, rule = _resolve(places, twin, match, before)
        restated = (
            found and before.endswith("(") and found[-1].place == place and match.start() - found[-1].span.end <= 3
        )
        if place is not None and not restated:
            found.append(Mention(Span(*match.span()), place, rule, topic))
    return found


_PRAISE = re.compile(
    r"首|百|第|唯|最|一流|领先|先进|知名|同类|各地|劳|优秀|文明|重点|性|人大|政协|两会|范围|统一|共产党|特色|\d|银行|科学院|制造|品牌|石|移动|联通|电信"
)
_OTHER_AREAS = frozenset("街城社校片景库小市县牧林灾战山")


@cache
def _collective() -> re.Pattern[str]:
    words = [word for word, entry in _types()[0].items() if not entry.get("minor") and word != "新区"]
    return re.compile(f"(?:{'|'.join(sorted(words, key=len, reverse=True))}|园区|集聚区|示范区)$")


def is_collective(indicator: str) -> bool:
    """Tell whether what a figure counts is parks, so that what follows may be about them: 13个重点园区.

    Example:
        >>> is_collective("重点园区"), is_collective("园区企业")
        (True, False)
    """
    return _collective().search(indicator) is not None


def _resolve(places: Places, twin: str, match: re.Match[str], before: str) -> tuple[Place | None, str]:
    if match["park"]:
        park = places.spelled[match["park"]]
        if park.minor and places.about_park and park.place != places.main:
            return None, ""
        return park.place, f"{match['park']}, a name of {park.place.name}"
    if match["type"] or match["generic"]:
        if match[0].startswith("区") and before[-1:] in _OTHER_AREAS:
            return None, ""
        if match["generic"] and places.main == NOWHERE and not _COLLECTIVE.search(before):
            return NOWHERE, f"{match[0]}, a park that the text does not name"
        if _COLLECTIVE.search(before) or not places.about_park or places.main.kind == "group":
            return None, ""
        kind = _types()[0].get(match["type"] or "")
        same = next(
            (p for p in places.parks if kind is not None and p.type == kind.name and p.place == places.main), None
        )
        if match["generic"] or same is not None or (kind is not None and kind.name == "经济技术开发区"):
            return places.main, f"{match[0]}, a short form"
        return None, ""
    if match["area"]:
        if match["area"] in {"全国", "我国", "中国"}:
            if before[-1:].isalnum() or _PRAISE.match(twin, match.end()) or places.main.kind in {"park", "region"}:
                return None, ""
            return Place("全国", "region"), f"{match['area']}, the country"
        return places.region, f"{match['area']}, the area of the text"
    name = _regions()[0][match["region"]]
    if places.main.kind == "region" and places.main.name == name:
        return places.main, f"{match['region']}, a name of {name}"
    return None, ""
