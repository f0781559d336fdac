"""The names of parks in a text -> each `Park` with its full name, its short forms and its declared aliases.

A name is a place and an ending (天津港 | 综合保税区). Full names, short forms that share place and type (咸宁高新区
for 咸宁高新技术产业开发区) and aliases declared in the text (下称综保区, 以下简称“高新区”, brackets) are one park.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from miner import lexicon
from miner.regions import areas, is_place, known_places, provinces
from miner.spans import matches_around
from miner.words import cut, is_word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from miner.schema import ParkKind


class Place(NamedTuple):
    """A park, a group of parks or a region, by its full name."""

    name: str
    kind: ParkKind


NOWHERE = Place("", "")


@dataclass(frozen=True, slots=True)
class Park:
    """A park that the document names: its full name, the type of its ending, and what stands before that.

    ``weight`` counts its names in the text; ``declared`` tells that the text gives it an alias.
    """

    place: Place
    type: str
    stem: str
    spellings: tuple[str, ...]
    minor: bool = False
    weight: int = 0
    declared: bool = False

    def named_in(self, text: str) -> bool:
        """Tell whether a text bears one of the park's names."""
        return any(spelling in text for spelling in self.spellings)


@cache
def types() -> tuple[dict[str, lexicon.Entry], re.Pattern[str]]:
    """Return every ending of a park's name with its entry, and a pattern of endings."""
    table: dict[str, lexicon.Entry] = {}
    for entry in lexicon.load("parks"):
        if entry.kind == "type":
            table |= dict.fromkeys([*entry.spellings, *entry.get("short", [])], entry)
    endings = lexicon.any_of(table)
    return table, re.compile(rf"(?:{endings})(?!(?!道路|公路|铁路|街道|车站)[\u4e00-\u9fff]?[内里]?[路街站厦])")


@cache
def words(kind: str) -> str:
    """Return the words of one kind of lexicons/parks.toml as an alternation, the longest first."""
    return lexicon.any_of(lexicon.spellings("parks", kind))


@cache
def _collective() -> re.Pattern[str]:
    endings = [word for word, entry in types()[0].items() if not entry.get("minor") and word != "新区"]
    return re.compile(f"(?:{lexicon.any_of(endings)}|园区|集聚区|示范区)$")


def is_collective(indicator: str) -> bool:
    """Tell whether what a figure counts is parks, so that what follows may be about them: 13个重点园区.

    Example:
        >>> is_collective("重点园区"), is_collective("园区企业")
        (True, False)
    """
    return _collective().search(indicator) is not None


# Characters and words that stand before a name and are no part of it.
_STOPS = re.compile(
    r"在(?!线)|将|对(?!外)|从|由|与|及|是|的|了|为|至|到|向|被|个(?!旧)|于(?!都|田)|以|等|其|该|各|(?<!未)来(?!宾)|用|给|(?<!国)家|座|暨|不含|包含|大(?=[\u4e00-\u9fff]{0,2}(?:高新|经开))|(?<=[区市县])和"
)
COLLECTIVE = re.compile(
    r"(?:各类?|各级|以上|重点|全国|国家级?|省级|市级|区级|其他|其它|[个家类座批]|多个|所有|有关|相关|同类|两|三|四|五|示范|先进|特色|现代|一流|部分|世界|每个|产业|属|性|[两三四五六七八九十]大|\d)$"
)
_ALSO = ("和", "与", "及")
ALIAS = re.compile(
    r"[(\[](?:以?下(?:统|均)?(?:简?称)|简称|又称|又名|原名|即)[为:]?[“\"‘]?(?P<alias>[\u4e00-\u9fff]{2,12})[”\"’]?(?:[、,或][“\"]?(?P<second>[\u4e00-\u9fff]{2,12})[”\"]?)?[)\]]"
)
_BRACKETS = re.compile(r"[(\[][“\"]?(?P<alias>[\u4e00-\u9fff]{2,10}(?:区|园|城|港))[”\"]?[)\]]")


# What may belong to a name before its ending, a place in brackets or a word in quotes included: 长丰(双凤)经开区,
# 中国(四川)自由贸易试验区, 山东长岛“蓝色粮仓”海洋经济开发区.
_RUN = re.compile(
    r"(?:[\u4e00-\u9fff]{1,24}(?:\([\u4e00-\u9fff]{2,6}\)|“[\u4e00-\u9fff]{2,6}”|[-—](?=[\u4e00-\u9fff])))?[\u4e00-\u9fff]{0,24}\Z"
)
_LONGEST = 24  # code points before an ending that may belong to a name
_NEAR = 6  # code points from where a name may begin to the place in it that is known


class _Name(NamedTuple):
    stem: str
    type: str
    start: int
    end: int
    placed: bool  # the stem opens with a known province or city
    follows: bool = False  # it stands right behind another ending


def _names(twin: str) -> Iterable[_Name]:
    """Yield every name of a park with its place before the ending; a bare ending has an empty stem."""
    pattern = types()[1]
    leaders = re.compile(rf"(?:{words('leader')})")
    floor = 0
    last: _Name | None = None
    for match in pattern.finditer(twin):
        if last and last.stem and last.end == match.start() and types()[0][match[0]].get("inside"):
            last = _Name(last.stem + last.type, match[0], last.start, match.end(), last.placed)
            floor = match.end()
            yield last  # 合肥经开区|综保区
            continue
        behind = floor
        run = _RUN.search(twin, max(floor, match.start() - _LONGEST), match.start())
        stem, start = (run[0], run.start()) if run else ("", match.start())
        if stem[:1] in {"年", "月", "日"} and twin[start - 1 : start].isdigit():
            stem, start = stem[1:], start + 1  # 2023年|外高桥保税区
        floor = match.end()
        joined = stem[:1] in _ALSO and twin[max(0, start - 1) : start] == ")"  # 高新区(以下简称火炬区)和翠亨新区
        whole = list(known_places(stem)) if _STOPS.search(stem) else []
        within = {at for begin, end in whole for at in range(begin, end)}  # 石|家|庄高新区, 张|家|港保税区
        stops = max(
            (m.end() for m in _STOPS.finditer(stem) if m.start() not in within and not _joins_fields(stem, m)),
            default=int(joined),
        )
        # 张江和|苏州工业园, 国家级|钦州港经开区
        stops = max([stops, *(at for at, _ in known_places(stem, stops) if stem[:at].endswith(("和", "家级", "省级")))])
        # A known place inside the stretch is where the name begins; of several that touch, the first.
        begin, last_end = None, 0
        found = list(known_places(stem, stops))
        bounds = _word_bounds(stem, stops) if found else set()
        for at, end in found:
            if at > stops and not {at, end} <= bounds:
                continue  # 希望|城 is not 望城, 黎安|国际 not 安国; 如东|洋口 opens the name
            if begin is None or at > last_end + 6:
                begin = at
            last_end = end
        if begin is None and areas().search(stem, stops, stops + _NEAR):
            begin = stops  # 陵水黎安…试验区: the area is known, what stands before it belongs to the name
        placed = begin is not None
        if begin is not None and stem[:begin].endswith("兵团"):
            begin -= 2  # 新疆生产建设|兵团乌鲁木齐工业园区
        if together := (_OF_TWO.search(stem, stops, begin) if begin is not None else _TOGETHER.match(stem, stops)):
            begin, placed = together.start(), True  # 中马|钦州产业园区, 中德|生态园
        if begin is None:
            begin = max(
                (m.end() for m in leaders.finditer(stem, stops) if len(m[0]) > 1 or m.start() == stops),
                default=stops,
            )
        opening, closing = stem.find("("), stem.find(")")
        if opening < begin <= closing:
            begin = max(0, opening - 2)  # 中国(四川), 中哈(连云港)
        start += begin
        last = _Name(twin[start : match.start()], match[0], start, match.end(), placed, 0 < behind == start)
        yield last


def _joins_fields(stem: str, joint: re.Match[str]) -> bool:
    """Tell whether 与 stands between two fields of a park's name: 现代装备|与|航空航天产业园."""
    return joint[0] in _ALSO and _field().search(stem, 0, joint.start()) is not None


@cache
def _field() -> re.Pattern[str]:
    return re.compile(f"(?:{lexicon.any_of(lexicon.spellings('subjects', 'trade'))})$")


# 中马钦州产业园区, 中德生态园, 粤澳合作产业园: by two countries or places together, in their short forms.
_TOGETHER = re.compile(
    "中(?:[德新马韩日意法白泰俄哈以奥瑞芬英美]|白俄罗斯|印尼)|粤港澳|粤[澳港]|深[港汕]|川渝|沪苏|海峡两岸|两岸"
)
_OF_TWO = re.compile(f"(?:{_TOGETHER.pattern})$")


def _word_bounds(text: str, start: int) -> set[int]:
    """Return the offsets from ``start`` on at which a word of ``text`` begins or ends."""
    return set(itertools.accumulate(map(len, cut(text[start:])), initial=start))


def _bracketed(twin: str, name: _Name) -> re.Match[str] | None:
    """Return the alias in bare brackets behind a name; a short form of another type (经开区) is none of it."""
    match = _BRACKETS.match(twin, name.end)
    entry = types()[0].get(match["alias"]) if match else None
    return None if entry is not None and entry is not types()[0][name.type] else match


def _is_name(twin: str, name: _Name) -> bool:
    """Tell a park's name from a phrase that only ends like one (增强高新区, 夜间文旅消费集聚区).

    A known place opens a name; a place that is not known does where the ending is written out in full, at the head
    of a clause, and no verb stands in it.
    """
    leveled = _OF_A_LEVEL.fullmatch(name.stem) or _LEVELS.search(name.stem) or name.stem.startswith("国家")
    if leveled and not name.placed:
        return False  # 据县|开发区, 国家省级水网|先导区, 国家跨境电商综合|试验区
    verbal = any(len(word) > 1 and word in _not_in_names() for word in cut(name.stem))
    if name.placed:
        return len(name.stem) > 1 and not verbal
    entry = types()[0][name.type]
    if entry.get("sited"):
        return False  # 海港|片区, 重化|工业区
    brief = name.type in entry.get("short", []) or entry.get("placed")
    longest = _SHORT_STEM if brief else _LONG_STEM
    if not 1 < len(name.stem) <= longest or entry.get("minor"):
        return False
    if brief and (_of_parks().search(name.stem) or not (_GEOGRAPHIC.search(name.stem) or _is_unknown(name.stem))):
        return False  # 特色工业园区
    before = twin[name.start - 1 : name.start]
    opens = name.start == 0 or name.follows or not before.isalpha() or before in "在将对从由与及是的为至到向被"
    return opens and not verbal


def _is_short(name: _Name) -> bool:
    """Tell whether a name may be one of a list of names: 南川工业园区、|甘河工业园区|."""
    return 1 < len(name.stem) <= _SHORT_STEM + 1 and not any(word in _not_in_names() for word in cut(name.stem))


_LEVELS = re.compile("[省市县区]级")
_OF_A_LEVEL = re.compile("[\u4e00-\u9fff][县市州旗]")
# 白沙洲, 大榭岛: a place by its last character, whether a list has it or not.
_GEOGRAPHIC = re.compile("..[洲港湖河岛江溪湾]$")


def _is_unknown(word: str) -> bool:
    return not is_word(word) and all(len(piece) == 1 or not is_word(piece) for piece in cut(word))


@cache
def _of_parks() -> re.Pattern[str]:
    """A word for a park, which no park's place is: 园区|开发区."""
    return re.compile(f"{words('generic')}|{types()[1].pattern}")


_SHORT_STEM = 3  # code points: a place that no list has (昆冈工业园区, 大榭开发区)
_LONG_STEM = 14  # code points: the same, before an ending written out in full


def is_formal(word: str) -> bool:
    """Tell whether the ending of a park's name is written out.

    Example:
        >>> is_formal("经济开发区"), is_formal("开发区")
        (True, False)
    """
    entry = types()[0].get(word)
    return entry is not None and word not in entry.get("short", []) and not (entry.get("minor") or entry.get("placed"))


@cache
def _not_in_names() -> frozenset[str]:
    verbs = (word for entry in lexicon.load("verbs") if not entry.get("nominal") for word in entry.spellings)
    return frozenset(
        [
            *verbs,
            *lexicon.spellings("periods"),
            *lexicon.spellings("parks", "leader"),
            *lexicon.spellings("parks", "region"),
        ]
    )


@dataclass(slots=True)
class Census:
    """The names of parks in a text, counted.

    ``full`` counts names of a place and an ending; ``bare`` endings alone, by type, ``short`` by the word that stands
    for the park (综保区); ``aliases`` are the declared ones, ``known`` those that no text needs to declare (竹科), ``own`` the user's, ``sited`` named by their place alone (楠梓园区); ``first`` tells where each name is met first, ``listed`` are those of a list that a park opens.
    """

    full: Counter[tuple[str, str]] = field(default_factory=Counter)
    first: dict[tuple[str, str], int] = field(default_factory=dict)
    bare: Counter[str] = field(default_factory=Counter)
    short: Counter[str] = field(default_factory=Counter)
    aliases: dict[str, tuple[str, str]] = field(default_factory=dict)
    known: dict[str, tuple[str, str]] = field(default_factory=dict)
    sited: dict[str, Park] = field(default_factory=dict)
    own: dict[str, Park] = field(default_factory=dict)
    listed: set[tuple[str, str]] = field(default_factory=set)


def take_census(twin: str) -> Census:
    """Count the names of parks in a folded text.

    Example:
        >>> census = take_census("将天津港综合保税区(下称综保区)打造成目标")
        >>> census.aliases
        {'综保区': ('天津港', '综合保税区')}
    """
    census = Census()
    unplaced: set[tuple[str, str]] = set()
    last = -1  # where the last name ends
    for name in _names(twin):
        if _OF_A_COMPANY.match(twin, name.end):
            continue
        needs = types()[0][name.type].get("needs")
        if needs and not re.search(needs.format(name=re.escape(name.stem + name.type)), twin):
            continue
        national = name.placed and name.stem.endswith("国家")  # 鹤壁国家农业科技园区 is one
        of_a_trade = (
            name.placed and name.stem.endswith("产业") and len(name.stem) > _PLACE_AND_TRADE
        )  # 宁夏生态纺织产业|示范园
        collective = COLLECTIVE.search(name.stem) is not None and not (national or of_a_trade)
        alias = ALIAS.match(twin, name.end) or _bracketed(twin, name)
        # 经济技术开发区(以下简称经开区) is one, 13个综合保税区(以下简称综保区) are many.
        several = COLLECTIVE.search(twin, max(0, name.start - _NEAR), name.start)
        introduced = alias is not None and not name.stem and is_formal(name.type) and not several
        listed = last >= 0 and name.start - 1 == last and twin[last] == "、" and _is_short(name)
        if collective or not (introduced or listed or _is_name(twin, name)):
            census.bare[types()[0][name.type].name] += 1
            census.short[name.type] += not (collective or name.stem in _OF_THE_AREA)
            continue
        key, last = (name.stem, name.type), name.end
        if not name.placed and twin[name.start - 1 : name.start].isalpha() and not name.follows:
            unplaced.add(key)
        if listed:
            census.listed.add(key)
        census.full[key] += twin[max(0, name.start - 1)] != "("  # an aside says nothing of what the text is about
        census.first.setdefault(key, name.start)
        if alias:
            census.aliases |= {
                word: key for word in alias.groups() if word and not is_place(word)
            }  # 成都经开区(龙泉驿区)
    _leave_out_strays(census, unplaced)
    known, own = _named_elsewhere()
    for entry in own:
        _count_own(census, twin, entry)
    _count_sited(census, twin)
    for entry in known:
        if any(word in twin for word in entry.spellings[1:]) and re.search(entry.get("needs"), twin):
            _count_known(census, twin, entry)
    return census


def _leave_out_strays(census: Census, unplaced: set[tuple[str, str]]) -> None:
    """Leave out what looks like a name once, of no known place, where the text has a park of that ending: 力推|保税区."""
    placed = {ending for (_, ending), n in census.full.items() if n > 1}
    for key in unplaced:
        if census.full[key] <= 1 and key[1] in placed and key not in census.listed | set(census.aliases.values()):
            del census.full[key]
            census.bare[types()[0][key[1]].name] += 1
            census.short[key[1]] += 1


_PLACE_AND_TRADE = 5  # code points: a place, 产业, and more than one between them
_OF_THE_AREA = frozenset("市县区旗")  # 市开发区39个: one of many, in a text on the city


@cache
def _named_elsewhere() -> tuple[tuple[lexicon.Entry, ...], tuple[lexicon.Entry, ...]]:
    """Return the parks that go by a name that no ending tells: those that many texts know, and the user's own."""
    return tuple(entry for entry in lexicon.load("parks") if entry.kind == "known"), tuple(
        entry for entry in lexicon.load("zones") if entry.get("own")
    )


# 上海张江高科技园区|开发股份有限公司: a company that bears the park's name.
_OF_A_COMPANY = re.compile("[\u4e00-\u9fff]{0,6}?(?:股份|集团|控股)?(?:有限)?(?:责任)?(?:有限公司|集团公司|股份公司)")


def _count_known(census: Census, twin: str, entry: lexicon.Entry) -> None:
    """Count a park that goes by a name of its own (竹科) in a text that speaks of such parks."""
    ending = entry.get("type")
    stem = entry.name.removesuffix(ending)
    key = next((key for key in census.full if key[0] == stem), (stem, ending))  # as the text itself writes it
    for word in (spelling + rest for spelling in entry.spellings[1:] for rest in ("园区", "")):
        found = [match.start() for match in re.finditer(rf"{word}(?![院大学教])", twin)]
        if found and word not in census.aliases:
            census.full[key] += len(found)
            census.known[word] = key
            census.first.setdefault(key, found[0])


def _count_sited(census: Census, twin: str) -> None:
    """Count the parks that are named by their place alone: 楠梓园区, 香港园区."""
    for match in matches_around(_SITED, _PARK, _LONGEST_SITE, twin, 0, len(twin)):
        place = next((match[0][at:end] for at, end in known_places(match[0]) if end == len(match[0]) - len("园区")), "")
        name = f"{place}园区"
        if not place or place in provinces() or any(place in stem for stem, _ in census.full):
            continue
        before = census.sited.get(name)
        census.sited[name] = Park(Place(name, "park"), "", place, (name,), weight=before.weight + 1 if before else 1)


_SITED, _PARK = re.compile("[\u4e00-\u9fff]{2,4}园区"), re.compile("园区")
_LONGEST_SITE = 4  # code points


def _count_own(census: Census, twin: str, entry: lexicon.Entry) -> None:
    """Count a park that the user's own lexicon names, whatever its name ends in."""
    names = (*entry.spellings, *entry.get("short", ()))
    found = re.findall(lexicon.any_of(names), twin)
    if found:
        census.own[entry.name] = Park(Place(entry.name, "park"), "", entry.name, names, False, len(found), True)
        for key in [key for key in census.full if "".join(key) in names]:
            del census.full[key]  # it is that park


def parks_of(census: Census) -> list[Park]:
    """Join the names that share a type and whose places agree: 咸宁高新区 and 咸宁高新技术产业开发区.

    A park's full name is its formal one where the text has it, else the one it uses most.
    """
    table = types()[0]
    groups: list[list[tuple[str, str]]] = []

    def formal_first(key: tuple[str, str]) -> tuple[bool, bool, int, int]:
        brief = key[1] in table[key[1]].get("short", [])
        return brief, "(" not in key[0], -census.full[key], census.first[key]  # 中哈(连云港)物流合作基地

    for stem, ending in sorted(census.full, key=formal_first):
        for group in groups:
            head, head_ending = group[0]
            if table[head_ending] is table[ending] and _agree(head, stem):
                group.append((stem, ending))
                break
        else:
            groups.append([(stem, ending)])
    return [*census.own.values(), *(_park(group, census) for group in groups)]


def _park(group: list[tuple[str, str]], census: Census) -> Park:
    stem, ending = group[0]
    entry = types()[0][ending]
    aliases = {word for word, key in census.aliases.items() if key in group}
    known = {word for word, key in census.known.items() if key in group}
    spellings = {stem + ending for stem, ending in group} | aliases | known | set(_without_places(group))
    spellings |= {stem + "园区" for stem, ending in group if stem and ending.endswith("园区")}  # 楠梓园区
    weight = sum(census.full[key] for key in group)
    minor = entry.get("minor", False) and not census.listed.intersection(group)
    kind: ParkKind = "group" if stem in provinces() and entry.get("several", True) else "park"
    return Park(Place(stem + ending, kind), entry.name, stem, tuple(sorted(spellings)), minor, weight, bool(aliases))


def _without_places(group: Iterable[tuple[str, str]]) -> Iterable[str]:
    """Yield what names of a park are without the places that open them: 包头|稀土高新区, 山阳县中村镇|数码纺织产业园."""
    for stem, ending in group:
        last = max((end for _, end in known_places(stem)), default=0)
        own = _REST_OF_PLACE.sub("", stem[last:]) if last else ""
        if len(own) > 1 and not COLLECTIVE.search(own):
            yield own + ending
            yield from (own + short for short in types()[0][ending].get("short", []))


_REST_OF_PLACE = re.compile("^(?:.?[省市县区镇乡-](?=..))?(?:[\u4e00-\u9fff]{2,3}[县镇乡](?=..))?")  # 山阳|县中村镇


def _agree(one: str, other: str) -> bool:
    """Tell whether two places before an ending may be one: 通辽 and 内蒙古通辽, 岳阳 and 岳阳绿色化工."""
    one, other = (_IN_BRACKETS.sub("", stem) for stem in (one, other))
    overlap = any(a[n:] and b.startswith(a[n:]) for a, b in ((one, other), (other, one)) for n in range(len(a) - 2))
    brief, long = sorted((one, other), key=len)
    within = len(brief) > 1 and long.find(brief) > 0  # 璧山 and 重庆璧山生态; not 成都 and 成都国际铁路港
    return overlap or within or brief == long


_IN_BRACKETS = re.compile(r"\([^()]{0,12}\)")  # 中哈(连云港)物流合作基地 is 中哈物流合作基地 too
