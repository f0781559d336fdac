"""Provinces, cities and counties: their names and short forms -> the region that a text is about."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from miner import lexicon
from miner.search import Anchored, Opening, opening_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@cache
def regions() -> tuple[dict[str, str], re.Pattern[str]]:
    """Return every spelling of a province or city with its full name, and a pattern of them, the longest first."""
    table: dict[str, str] = {}
    for entry in lexicon.load("regions"):
        for city in entry.get("cities", []):
            table[city] = city
            short = _CITY_ENDING.sub("", city)
            if len(short) > 1 and short not in _NO_SHORT_FORM:
                table.setdefault(short, city)
            if city.endswith("自治州"):
                table.setdefault(f"{short}州", city)  # 延边州
        table |= dict.fromkeys(entry.spellings, entry.name)
    return table, re.compile(f"(?:{lexicon.any_of(table)})(?!{_WIDER})")


_WIDER = "都市[区圈]|盆地|平原|城市群"  # 太原盆地, 成都都市圈: more than the city, or nothing of it


@cache
def spellings_of(region: str) -> tuple[str, ...]:
    """Return every spelling of a province or city by its full name, none for what is none.

    Example:
        >>> spellings_of("咸宁市")
        ('咸宁市', '咸宁')
    """
    return tuple(word for word, name in regions()[0].items() if name == region)


@cache
def _opening() -> Opening:
    return opening_of(regions()[0])


def _spoken(text: str, end: int) -> Iterator[str]:
    """Yield the full names of the provinces and cities that a text names up to ``end``."""
    table, pattern = regions()
    found = _opening().finditer(pattern, text, 0, end)
    return (table[match[0]] for match in found if not (match[0] in _homographs() and _is_of_a_word(match)))


@cache
def _homographs() -> dict[str, list[tuple[str, int]]]:
    """Return the short names of places that words hold, each with the words and where it stands in them: 真金|白银|."""
    table: dict[str, list[tuple[str, int]]] = {}
    for word in lexicon.spellings("homographs"):
        for place in {word[at : at + 2] for at in range(len(word) - 1)} & regions()[0].keys():
            table.setdefault(place, []).append((word, word.index(place)))
    return table


def _is_of_a_word(match: re.Match[str]) -> bool:
    """Tell whether a place's name is part of another word where it stands: 复|合肥|."""
    return any(match.string.startswith(word, match.start() - at) for word, at in _homographs()[match[0]])


@cache
def counties() -> dict[str, str]:
    """Return every spelling of a county, district or county-level city with its full name.

    Source: lexicons/counties.txt, which tells where the names are from.

    Example:
        >>> counties()["新津"], counties()["定远"]
        ('新津县', '定远县')
    """
    table: dict[str, str] = {}
    for words in _counties_of().values():
        for word in words:
            name = word.rstrip("*")
            table.setdefault(name, name)
            short = _COUNTY_ENDING.sub("", name)
            if name == word and len(short) > 1:
                table.setdefault(short, name)
    return table


_PEOPLES = "满蒙古回土家苗侗瑶壮彝傣藏羌布依水仡佬黎白纳西哈尼拉祜佤朗傈僳独龙怒普米裕固萨克撒东乡保安畲毛南仫达斡尔朝鲜锡伯塔吉各京景颇"
_NATIONS = (
    "朝鲜族|土家族|苗族|藏族|羌族|彝族|布依族|侗族|哈尼族|壮族|傣族|白族|景颇族|傈僳族|回族|蒙古族?|哈萨克|柯尔克孜"
)
_CITY_ENDING = re.compile(rf"(?:市|地区|盟|(?:{_NATIONS}){{1,2}}自治州|新区|区|县)$")
# 海西: of the strait, in Fujian, more often than the prefecture in Qinghai; 江北, 河西: on a side of some river; 和平 and
# 长寿 are plain words.
_NO_SHORT_FORM = frozenset({"海西", "海北", "江北", "河东", "河西", "南岸", "和平", "长寿", "东方", "新星", "白杨"})
_COUNTY_ENDING = re.compile(
    rf"(?:(?:[{_PEOPLES}]{{1,4}}族){{0,9}}(?:哈萨克|锡伯|塔吉克|蒙古|各族|多民族)?自治县|自治旗|新区|林区|特区|[县市区旗])$"
)


def known_places(text: str, start: int = 0) -> Iterator[tuple[int, int]]:
    """Yield where the provinces, cities and counties that ``text`` names from ``start`` on begin and end.

    Example:
        >>> list(known_places("在新津工业园区"))
        [(1, 3)]
    """
    tables, pairs = (regions()[0], counties()), _pairs()
    at = start
    while at < len(text):
        end = 0
        if text[at : at + 2] in pairs:
            ends = range(min(at + _LONGEST, len(text)), at + 1, -1)
            end = next((end for end in ends if any(text[at:end] in table for table in tables)), 0)
        if end:
            yield at, end
        at = end or at + 1


@cache
def _pairs() -> frozenset[str]:
    """Return the two characters that the names of places open with."""
    return frozenset(word[:2] for table in (regions()[0], counties()) for word in table)


_LONGEST = 11  # code points: 积石山保安族东乡族撒拉族自治县 goes by its short form


def is_place(word: str) -> bool:
    """Tell whether a word is the name of a province, city or county.

    Example:
        >>> is_place("柳州"), is_place("企业")
        (True, False)
    """
    return word in regions()[0] or word in counties()


@cache
def areas() -> re.Pattern[str]:
    """Return the places inside regions that open the names of parks (张江, 前海)."""
    words = [word for entry in lexicon.load("regions") for word in entry.get("areas", [])]
    return re.compile(lexicon.any_of(words))


@cache
def provinces() -> frozenset[str]:
    """Return the spellings of the provinces, without the cities that are provinces of their own.

    Example:
        >>> "广东" in provinces(), "上海" in provinces()
        (True, False)
    """
    return frozenset(
        word for entry in lexicon.load("regions") if entry.name.endswith(("省", "自治区")) for word in entry.spellings
    )


@cache
def provincial() -> frozenset[str]:
    """Return the full names of the provinces, autonomous regions and municipalities.

    Example:
        >>> "广东省" in provincial(), "上海市" in provincial(), "深圳市" in provincial()
        (True, True, False)
    """
    return frozenset(entry.name for entry in lexicon.load("regions"))


@cache
def _province_of() -> dict[str, str]:
    return {city: entry.name for entry in lexicon.load("regions") for city in entry.get("cities", [])}


def province_of(region: str) -> str:
    """Return the province that a region is or lies in, blank where it is none that the lists know.

    Example:
        >>> province_of("咸宁市"), province_of("湖北省"), province_of("乌有市")
        ('湖北省', '湖北省', '')
    """
    return region if region in provincial() else situated().get(region, ("", ""))[0]


@cache
def situated() -> dict[str, tuple[str, str]]:
    """Return every spelling of a province, city or county with its province and its prefecture-level city.

    The city of a municipality is the municipality itself; a name that stands in two provinces (朝阳区) is left out.

    Example:
        >>> situated()["咸宁"], situated()["浦东新区"], situated()["湖北"], "朝阳区" in situated()
        (('湖北省', '咸宁市'), ('上海市', '上海市'), ('湖北省', ''), False)
    """
    found: dict[str, set[tuple[str, str]]] = {}
    for entry in lexicon.load("regions"):
        municipality = entry.name if entry.name.endswith("市") else ""
        for word in (*entry.spellings, *entry.get("areas", [])):
            found.setdefault(word, set()).add((entry.name, municipality))
    table, _ = regions()
    below = {name.rstrip("*"): where for where, names in _counties_of().items() for name in names}
    for word, name in table.items():
        province = _province_of().get(name)
        if name in below and _twice()[name] < 2:
            found.setdefault(word, set()).add(below[name])
        elif province is not None and province != name:
            found.setdefault(word, set()).add((province, province if province.endswith("市") else name))
    for (province, city), names in _counties_of().items():
        for name in names:
            for word in {name.rstrip("*"), *([] if name.endswith("*") else [_COUNTY_ENDING.sub("", name)])}:
                if word not in table and len(word) > 1:
                    found.setdefault(word, set()).add((province, city))
    several = {word for (_, names) in _counties_of().items() for word in names if _twice()[word.rstrip("*")] > 1}
    return {word: next(iter(where)) for word, where in found.items() if len(where) == 1 and word not in several}


@cache
def _counties_of() -> dict[tuple[str, str], list[str]]:
    """Return the counties of each province and prefecture, as counties.txt writes them."""
    lines = (resources.files("miner.lexicons") / "counties.txt").read_text(encoding="utf-8").splitlines()
    heads = (line.partition(": ") for line in lines if not line.startswith("#"))
    found: dict[tuple[str, str], list[str]] = {}
    for head, _, names in heads:
        province, _, city = head.partition(" ")
        found.setdefault((province, city), []).extend(names.split())
    return found


@cache
def _twice() -> Counter[str]:
    return Counter(name.rstrip("*") for names in _counties_of().values() for name in names)


# The words stand before the look-behind, so that the search skips to their first characters: 30 ns a character without.
_OF_REGION = re.compile("(?:全市(?!场)|全省|我市|我省|全县)(?<![居占在比于对出超]..)")


def speaks_of_region(twin: str) -> int:
    """Count how often a text speaks of the area itself, not of a place in it (居全市第一).

    Example:
        >>> speaks_of_region("全市新增企业76家,居全省第一")
        1
    """
    return len(_OF_REGION.findall(twin))


def town_told(twin: str) -> str:
    """Return the town that a text names again and again and points to, blank where it does not: 耿车镇…该镇….

    Example:
        >>> town_told("耿车镇网店578家。该镇党委说,该镇把电商作为支柱。耿车镇还有实体店,耿车镇举办培训。")
        '耿车镇'
    """
    if len(_THE_TOWN.findall(twin)) < _OFTEN_POINTED:
        return ""
    ends = [match.end() for match in re.finditer("镇", twin)]
    names = Counter(name for end in ends for k in (3, 4) if _TOWN.fullmatch(name := twin[max(0, end - k) : end]))
    name, n = max(names.items(), key=lambda item: (item[1], len(item[0])), default=("", 0))
    return name if n >= _OFTEN else ""


_THE_TOWN = re.compile("[全该我]镇")
_TOWN = re.compile("[\u4e00-\u9fff]{2,3}(?<![全该我各本乡村街城小])镇")
_OFTEN_POINTED = 2


# 桐溪县2023年统计公报, 2025年江临市经济运行情况: the headline names the area, known or not.
_HEADED = re.compile(
    r"(?:^|[年月日\s—])(?P<name>[\u4e00-\u9fff]{1,4}(?:自治[州县旗]|[市县州区]))(?=(?:\d{4}年|[^,。\n]{0,4}(?:国民经济|经济运行|经济社会|统计公报|政府工作报告|主要经济)))"
)
# 2012年1月3日在盐田区第四届人民代表大会第一次会议上: who reports.
_CONGRESS = re.compile(
    r"\d日,?(?:在)?(?P<name>[\u4e00-\u9fff]{1,6}?(?:自治[州县旗]|[市县州区]))第?[一二三四五六七八九十]{1,3}届人(?:民代表)?大"
)
_COUNTY = re.compile(r"(?:^|[,。;!?\n])[^,。;!?\n]{0,4}?(?P<name>[\u4e00-\u9fff]{1,5}?(?:自治县|县|旗))(?![级域城])")
# (记者周国和 通讯员龙海英): a name, not 龙海; 来源:南通网, 德州新闻网讯, 中评社北京12月23日电: who prints and where, not what it is about.
_PRINTED_BY = re.compile(
    r"(?:记者|通讯员)[^()\n,。]{2,20}[)]"  # (|记者周国和 通讯员龙海英)|
    r"|来源:\s?[^\s,。]{2,12}"  # |来源:南通网|
    r"|[\u4e00-\u9fff]{1,4}[社报网][\u4e00-\u9fff]{2,4}\d{1,2}月\d{1,2}日[电讯]"  # |中评社北京12月23日电|
    r"|[\u4e00-\u9fff]{2,6}(?:新闻网|发布)(?=[\s(]|社?讯|记者)"  # |德州新闻网|讯
    r"|[\u4e00-\u9fff]{2,4}(?:日报|晚报|晨报|商报|时报|都市报|文汇报|大公报)"  # |平顶山日报|
)
_PRINTS = re.compile("记者|通讯员|来源:|日电|日讯|新闻网|发布|日报|晚报|晨报|商报|时报|都市报|文汇报|大公报")
_PRINTED = Anchored(_PRINTED_BY, _PRINTS, reach=14)
_ANYWHERE = re.compile("(?s:.)")
_PLAIN = 3  # code points: a county of one character and 县
_MANY_CITIES = 5
"""A text that names so many cities of one province is about the province."""
_OFTEN = 3
"""A text is about a region that it names so often, or that it calls 全市 or 全省."""
_OF_PROVINCE = re.compile(
    r"省(?<=[全我].)(?![第\d前首最均]|平均|排)"
)  # not 居全省第二, 全省100个园区: beside which it stands
_FIRST_LINES = 60  # code points
_LONGEST_COUNTY = 16  # code points of `_COUNTY`, with what stands after it
_SHORT = 400  # code points: in a text so short, once is often
_TITLE_WEIGHT = 5
_HEAD = 20_000  # code points: the beginning of a long report tells enough


def _without_printers(text: str) -> str:
    """Leave out who wrote and who printed a text.

    Example:
        >>> _without_printers("来源:南通网 德州新闻网讯 园区")
        ' 讯 园区'
    """
    pieces, at = [], 0
    for match in _PRINTED.starting(_ANYWHERE, text, 0, len(text)):
        pieces.append(text[at : match.start()])
        at = match.end()
    return "".join([*pieces, text[at:]])


def main_region(twin: str, title: str, stem: str = "") -> str:
    """Return the full name of the region that a text is about, blank where it names none.

    ``stem`` is what stands before the ending of its park's name: a park's region is the one its name opens with.

    Example:
        >>> main_region("全市民营经济增加值5053.91亿元", "天津“两新”组织党建工作综述")
        '天津市'
    """
    title = _PRINTED_BY.sub("", title)
    table, pattern = regions()
    provinces = _province_of()
    counts = _times_spoken_of(twin, title)
    titled = _titled_regions(title)
    if told := _county_told(twin, title, stem, counts):
        return told
    totals: Counter[str] = Counter()
    cities: Counter[str] = Counter()
    for name, n in counts.items():
        totals[provinces.get(name, name)] += n
        cities[provinces.get(name, name)] += name in provinces
    if not counts:
        return _sole_county(twin[:_FIRST_LINES], title)
    province = totals.most_common(1)[0][0]
    if titled and "全省" not in title and (titled[0] in provinces or not pattern.match(stem)):
        return titled[0]  # a report of a city speaks of its province too
    if titled and stem not in title:
        return titled[0]  # a report of a province speaks of a park in it
    of_county = any(word in twin for word in ("全县", "我县", "该县"))
    if county := _COUNTY.search(twin, 0, _HEAD if of_county else _FIRST_LINES + _LONGEST_COUNTY):
        name = county["name"]
        stays = of_county or (county.end() < _FIRST_LINES and twin.count(name) > _OFTEN)
        if name in counties() and stays and not regions()[1].match(stem):
            return name
    of_city, of_province = twin.count("全市") + twin.count("我市"), len(_OF_PROVINCE.findall(twin))
    if of_province > of_city or cities[province] >= _MANY_CITIES:
        return province
    if opening := pattern.match(stem):
        return table[opening[0]]
    name, n = max(counts.items(), key=lambda item: item[1])
    if twin.count("全国", 0, _HEAD) > n and not speaks_of_region(twin):
        return ""  # 全国孵化器13206家,…广东1013家居第一: of the country
    return name if n >= min(_OFTEN, 1 + len(twin) // _SHORT) or speaks_of_region(twin) else ""


_BESIDE_ABROAD = ("香港", "台湾", "澳门")


@cache
def _investors() -> re.Pattern[str]:
    """Where investors are from, which is not what the text is about: 韩国、|香港|、美国."""
    abroad, near = lexicon.any_of(lexicon.spellings("world", "country")), lexicon.any_of(_BESIDE_ABROAD)
    near = f"(?:中国)?(?:{near})"
    after_another = rf"(?:{abroad})(?:[\d.]{{1,6}}%)?[、和及与,;]{near}"
    before_another = f"{near}(?:[、和及与]{near})?[、和及与](?:{abroad})"
    return re.compile(f"{after_another}|{before_another}")


@cache
def part_of_country() -> re.Pattern[str]:
    """Return a pattern of the parts of China that statistics are told by, at the end of a stretch: 东部地区."""
    return re.compile(f"(?:{lexicon.any_of(lexicon.spellings('world', 'part'))})$")


def _sole_county(head: str, title: str) -> str:
    """Return the one county or district that the first lines of a text name in full and its headline in short: 大观区."""
    found = {name for name in _COUNTY_NAMED.findall(head) if name in counties()}
    named = found.pop() if len(found) == 1 else ""
    return named if named and title.startswith(named[:-1]) else ""


_COUNTY_NAMED = re.compile("(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,4}?[县市区旗]")


def sole_city(twin: str, title: str) -> str:
    """Return the one city that a text names, blank where it names none or several.

    Example:
        >>> sole_city("经开区产值685亿元,助力芜湖市实现突破。", "经开区工作汇报")
        '芜湖市'
    """
    cities = [name for name in _times_spoken_of(twin, title) if name.endswith("市")]
    return cities[0] if len(cities) == 1 else ""


@lru_cache(maxsize=1)  # a survey asks twice of a text: with its park, and without
def _times_spoken_of(twin: str, title: str) -> Mapping[str, int]:
    """Count how often a text names each province and city, its headline above all."""
    counts: Counter[str] = Counter()
    head = _without_printers(twin[:_HEAD])
    if any(name in head for name in _BESIDE_ABROAD):
        title, head = _investors().sub("", title), _investors().sub("", head)
    for text, weight in ((title, _TITLE_WEIGHT), (head, 1)):
        for name in _spoken(text, _HEAD):
            counts[name] += weight
    if not counts and speaks_of_region(twin):
        counts.update(
            _spoken(_investors().sub("", twin[:_HEAD]), _HEAD)
        )  # 河北新闻网讯…我省开发区: whose paper it is tells whose province
    return counts


def _county_told(twin: str, title: str, stem: str, counts: Mapping[str, int]) -> str:
    """Return the county or district that reports, that the headline names or that a text without one names most."""
    reported = _CONGRESS.search(twin, 0, _HEAD) if twin.find("届人民代表大会", 0, _HEAD) >= 0 else None
    for headed in (_HEADED.search(title), reported):
        brief = headed is not None and (headed["name"].endswith("区") or len(headed["name"]) < _PLAIN)
        known = headed is not None and not {headed["name"], headed["name"].partition("市")[2]}.isdisjoint(counties())
        if headed and (not brief or known):  # 滑县 and 珠海市斗门区 are in the list, 全县 is not
            return headed["name"]
    titled = _titled_county(title, twin)
    if titled and (titled in title or not titled.startswith(stem or "-")):
        return titled
    most = "" if _titled_regions(title) else _county_most_named(twin, counts)
    return most if not stem or most[:-1] in stem else ""


def _county_most_named(twin: str, counts: Mapping[str, int]) -> str:
    """Return the county or district that a text names in full and then more often than all else: 红安县…红安力神….

    ``counts`` are how often provinces and cities are named; the county's own are no rivals of it.
    """
    head = twin[:_HEAD]
    found: Counter[str] = Counter()
    for end in (match.end() for match in _ENDS_A_COUNTY.finditer(head)):
        name = next(
            (head[at:end] for at in range(max(0, end - _LONGEST), end - 1) if head[at:end] in _full_names()), ""
        )
        found[name] += bool(name)
    if not found:
        return ""
    often = {name: head.count(name[:-1] if len(name) > _PLAIN - 1 else name) for name in found if name}
    name = max(often, key=lambda name: (often[name], name), default="")
    own = {above for above in situated().get(name, ()) if above}
    rivals = [n for other, n in counts.items() if other not in own]
    alike = [n for other, n in often.items() if other != name]
    if often.get(name, 0) <= _OFTEN or often[name] <= 2 * max([*rivals, *alike], default=0):
        return ""
    return name if all(counts.get(above, 0) < often[name] for above in own if above.endswith("市")) else ""


_ENDS_A_COUNTY = re.compile("[县区旗]")


@cache
def _full_names() -> frozenset[str]:
    return frozenset(counties().values()) - frozenset(regions()[0])


def _titled_regions(title: str) -> list[str]:
    """Return the full names of the provinces and cities of a headline, without the province of one that it opens."""
    table, pattern = regions()
    found = list(pattern.finditer(title))
    titled = [table[match[0]] for match in found]
    if len(found) > 1 and found[0].end() == found[1].start() and _province_of().get(titled[1]) == titled[0]:
        titled.pop(0)  # 河南长垣:“起重机之乡”迈向高成长
    return titled


def _titled_county(title: str, twin: str) -> str:
    """Return the county or district that a headline names and the text stays with: 如东激活跨越赶超“强引擎”."""
    before = (0, 0)
    for start, end in known_places(title):
        word = title[start:end]
        if word in counties() and word not in regions()[0] and not _GOES_ON.match(title, end):
            city = title[slice(*before)] if before[1] == start and title[start - 1 : start] == "市" else ""
            if title.startswith("、", end) or title[start - 1 : start] == "、":
                continue  # 湖南新添两个产业园: 安仁县、涟源市入列
            if word == counties()[word] or twin.count(word) >= _STAYS_WITH:
                return city + counties()[word]  # 德州市陵城区
        before = (start, end)
    return ""


_GOES_ON = re.compile("[\u4e00-\u9fff]{0,12}?(?:园|开发区|经开区|高新区|保税区|综保区|公司|集团|镇|乡|街道|村)")
_STAYS_WITH = 3  # times that a text names what its headline calls by a short form
