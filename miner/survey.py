"""What a document is about -> `Places`: a park, parks together, a region, or a company in its own report.

The headline decides where it names one; else what the text names, speaks of and points to most.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from miner.census import Census, parks_of, take_census
from miner.lexicon import any_of
from miner.parknames import ALIAS
from miner.parks import COLLECTIVE, NOWHERE, Park, Place, is_formal, types
from miner.places import Places, places_of
from miner.regions import known_places, main_region, regions, speaks_of_region, spellings_of
from miner.search import Anchored
from miner.words import cut

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
    if named and _group_opens(title, parks):
        named = False  # 广西国家级经开区提档晋位 钦州港经开区首次进入百强
    group = (
        None if named else _group(twin, title, region, formal=len(parks) == 1 or any(not park.minor for park in parks))
    )
    titled = group is not None and park is not None and _is_short_for(group.name, title, park, parks)
    group = None if titled else group
    if group is None and not (titled or named or regions()[1].search(title)):
        group = _spoken_group(twin, parks, census)
    if group is None and park is not None and (counted := _counted_group(twin, park, region)):
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
        company = _company(twin, title)
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


def _counted_group(twin: str, park: Park, region: Place) -> Place | None:
    """Return a city's parks of a type where the text counts them more often than it names the one that bears the city's name.

    广州经开区 of a text on 广州市9个经开区 are these nine.
    """
    entry = types()[0].get(park.type)
    if entry is None or park.declared or not region.name.endswith("市") or park.stem != region.name.removesuffix("市"):
        return None
    counted = sum(types()[0][match["type"]] is entry for match in _some_of_a_type().finditer(twin))
    return Place(region.name + park.type, "group") if counted > park.weight else None


@cache
def _some_of_a_type() -> re.Pattern[str]:
    """How a text counts parks of a type that are not the whole country's: 9个经开区."""
    return re.compile(
        rf"(?<!全国)(?<!全省)(?<!在)[2-9两三四五六七八九十][个家](?:国家级|省级)?(?P<type>{any_of(types()[0])})"
    )


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


def _group_opens(title: str, parks: Sequence[Park]) -> bool:
    """Tell whether a headline opens with a region's parks of one level, before it names one of them."""
    found = regions()[1].match(title)
    group = _LEVELED.match(title, found.end()) if found else None
    return group is not None and not any(
        park.place.kind == "park" and park.named_in(title[: group.end()]) for park in parks
    )


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
    first = _SENTENCE.match(twin)
    if first is None or not region or park.named_in(first[0]):
        return 0
    brief = f"{region[0]}市"
    names = [region, brief, *spellings_of(region)]
    named = re.search(rf"(?:{any_of(names)})(?!日报|晚报|讯|海关)", first[0])
    return _OPENING + (_BRIEF_CITY.findall(twin).count(brief) if brief in twin else 0) if named else 0


_BRIEF_CITY = re.compile("(?<![\u4e00-\u9fff])[\u4e00-\u9fff]市")  # 哈市


_OPENING = 2
_SENTENCE = re.compile(r"[^。!?;]+[。!?;]")
_REPORT = re.compile("政府工作报告|公报|经济运行|国民经济|统计")
_OFTEN = 2  # names of a park in a text whose headline speaks of a region
_CHARACTERS_A_NAME = 1500
"""A text about a park names it at least once in so many characters."""


@cache
def _of_several() -> re.Pattern[str]:
    """How a headline speaks of parks together: 三大科学园区, 国家级高新区, “一区四园”."""
    return re.compile(
        rf"(?P<name>[“\"]?[一二两三四五][区园港][一二两三四五六七八九十][区园镇港][”\"]?"
        rf"|(?:[两三四五六七八九十]大|重点|各类?|省级|市级|国家级|全国|省属|经济|第[一二三四五六七]批)?"
        rf"(?:(?<=[两三四五六七八九十]大)[\u4e00-\u9fff]{{0,6}}?(?=园区|产业园|工业园))?(?:(?:(?<=国家级)|(?<=全国)|(?<=[一二三四五六七]批))(?:{any_of(types()[0])})|科学园区|工业园区?|产业园区?|园区|开发区))"
    )


_QUOTATION = re.compile(
    '《[^》]{0,200}》|[“"](?![一二两三四五][区园港])[^”"]{1,200}[”"]'
)  # 入选全国“年度百佳园区党建品牌案例”


@cache
def _together() -> Anchored:
    """How a text speaks of parks together: 国家高新区, 海南省13个自贸港重点园区."""
    core = rf"(?P<level>国家级?|全国|重点|第[一二三四五六七]批|[中我]国(?=自贸|自由贸易))(?P<type>{any_of(types()[0])}|园区)"
    return Anchored(
        re.compile(
            rf"(?P<where>{any_of(regions()[0])})?(?:\d{{1,6}}[个家]|[两三四五六七八九十]{{1,6}}[个家大])?(?P<port>自贸港|自由贸易港)?(?:\d{{1,6}}[个家]|[两三四五六七八九十]{{1,6}}[个家大])?"
            rf"{core}"
        ),
        re.compile(
            rf"[国全重第中我](?:(?<=国)家级?|(?<=全)国|(?<=重)点|(?<=第)[一二三四五六七]批|(?<=[中我])国(?=自贸|自由贸易))(?:{any_of(types()[0])}|园区)"
        ),
        reach=40,  # a province, its port and two counts stand before
    )


def _spoken_group(twin: str, parks: Sequence[Park], census: Census) -> Place | None:
    """Name the parks together where the text speaks of them more than of single ones or of its region."""
    found = list(_together().finditer(twin, 0, len(twin)))
    if not found:
        return None
    fullest = max(found, key=lambda match: (match["where"] is not None, len(match["type"])))
    alike = sum(types()[0].get(fullest["type"]) is types()[0].get(park.type) for park in parks)
    bare = census.short[fullest["type"]] if alike > 1 else 0  # 自贸试验区 in a text that names two of them
    introduced = any(ALIAS.match(twin, match.end()) for match in found)  # 13个重点园区(以下简称重点园区)
    if not introduced and len(found) + bare <= max(1, sum(park.weight for park in parks), speaks_of_region(twin)):
        return None
    where = fullest["where"] or ""
    return Place(where + (fullest["port"] or "") + fullest["level"] + fullest["type"], "group")


def _group(twin: str, title: str, region: Place, *, formal: bool) -> Place | None:
    """Name the parks together where the headline speaks of them and the text names none: 海南重点园区.

    ``formal`` tells that the text names parks in full: then a bare 园区 is one of them.
    """
    found = _of_several().finditer(_QUOTATION.sub("", title))
    group = next((m for m in found if not _AMONG_OTHERS.match(m.string, m.end())), None)
    if group is None or (formal and group["name"] in {"园区", "产业园区", "示范园区"}):
        return None
    where = region.name if group["name"][0] in '“"' else region.name.removesuffix("省").removesuffix("市")
    opening = regions()[1].match(title)
    if opening and opening.end() == group.start() and _LEVELED.match(title, opening.end()):
        where = opening[0]  # 广西|国家级经开区, in a text that names Qinzhou more often
    often = twin.count(where, 0, _HEAD) >= _SPOKEN_OF or speaks_of_region(twin) > 0
    told = where in title or (often and not (group["name"] == "园区" or group["name"].startswith("第")))
    return Place((where if told else "") + group["name"], "group")


_SPOKEN_OF = 3  # names of a region in a text that speaks of its parks; 竹科 is in 新竹 too
_HEAD = 20_000  # code points
_LEVELED = re.compile(
    "(?:省|市|区|自治区)?(?:各|全部|\\d{1,3}[个家])?(?:国家级|省级|自治区级|市级|重点)(?:经开区|高新区|开发区|经济技术开发区|高新技术产业开发区|综保区|园区|产业园区)"
)
_AMONG_OTHERS = re.compile("前列|前茅|首位|排名|第一|名单|行列")  # 多项数据居国家级经开区前列

# ------------------------------------------------------------------------------------------------ a company's report

_COMPANY = re.compile(
    r"(?:^|[^\u4e00-\u9fff]|日)[在由据]?(?P<core>[\u4e00-\u9fff]{2,20}?)(?:股份|集团|控股)?(?:有限)?(?:责任)?(?:公司|集团)(?![们数总旗的内各]|产值)"
)


def _company(twin: str, title: str) -> Place | None:
    """Return the company that the headline or the first sentence names, where the text stays with it.

    Example:
        >>> _company("8月,聚仁化工集团公布年报。公司营收180亿元,公司利润8亿元。聚仁化工投资3亿元。", "")
        Place(name='聚仁化工集团', kind='organization')
    """
    first = _SENTENCE.match(twin)
    found = _COMPANY.search(title) or (_COMPANY.search(first[0]) if first else None)
    if found is None or any(word in _OF_MANY for word in cut(found["core"])):
        return None
    name = found[0][found.start("core") - found.start() :]
    placed = max((end for at, end in known_places(found["core"]) if at == 0), default=0)
    brief = found["core"][placed : placed + _BRIEF]
    spoken = len(re.findall(rf"{re.escape(brief)}|(?<![\u4e00-\u9fff])(?:该|本)?(?:公司|集团)", twin))
    return Place(name, "organization") if spoken > max(_STAYS, 2 * speaks_of_region(twin)) else None


_STAYS = 3  # names of a company in a text that stays with it
_BRIEF = 4  # code points: 昊源化工 for 安徽昊源化工集团有限公司
_OF_MANY = {"企业", "家", "上市", "多家", "国有", "世界", "公司", "投资", "建设", "上市公司", "央企"}
