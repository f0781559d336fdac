"""Where a text names parks -> `Name`: a place and an ending (天津港 | 综合保税区).

A known place opens a name, or one that no list has, where the ending is written out or the place has the look of one.
"""

from __future__ import annotations

import itertools
import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from miner import lexicon
from miner.places.parks import COLLECTIVE, types, words
from miner.places.regions import areas, known_places
from miner.words import cut, is_word

if TYPE_CHECKING:
    from collections.abc import Iterable

# Characters and words that stand before a name and are no part of it.
_STOPS = re.compile(
    r"在(?!线)|将|把|对(?!外)|从|由|与|及|是|的|了|(?<!无)为|至|到|向|被|个(?!旧)|于(?!都|田)|以|等"  # |在|云岭高新区
    r"|[另还共]有|其中(?!国)|其|该|各|(?<!未)来(?!宾)|用|给"  # |另有|云岭高新区
    r"|(?<=[\d一两三四五六七八九十百千多余几各每])[家年]|座|暨|不含|包含"  # 5|家|高新区
    r"|大(?=[\u4e00-\u9fff]{0,2}(?:高新|经开))"  # 三|大|高新区
    r"|工作总结"  # a headline run into its text: XX年管委会|工作总结|成凉工业园区作为排头兵
    r"|报[导道]"  # 记者/屏东|报导|屏东农业生物科技园区
    r"|(?<=[区市县])和"  # 云岭区|和|青岭高新区
)
_CLOSING = frozenset('”")')
_ALSO = ("和", "与", "及")
ALIAS = re.compile(
    r"[(\[](?:以?下(?:统|均)?(?:简?称)|简称|又称|又名|原名|即)[为:]?[“\"‘]?(?P<alias>[\u4e00-\u9fff]{2,12})[”\"’]?(?:(?:[、,或和][“\"]?|[“\"])(?P<second>[\u4e00-\u9fff]{2,12})[”\"]?)?[)\]]"
)
_BRACKETS = re.compile(r"[(\[][“\"]?(?P<alias>[\u4e00-\u9fff]{2,10}(?:区|园|城|港))[”\"]?[)\]]")


# What may belong to a name before its ending, a place in brackets or a word in quotes included: 长丰(双凤)经开区,
# 中国(四川)自由贸易试验区, 山东长岛“蓝色粮仓”海洋经济开发区.
_RUN = re.compile(
    r"(?:[\u4e00-\u9fff]{1,24}(?:\([\u4e00-\u9fff]{2,6}\)|“[\u4e00-\u9fff]{2,6}”|[-—](?=[\u4e00-\u9fff])))?[\u4e00-\u9fff]{0,24}\Z"
)
_LONGEST = 24  # code points before an ending that may belong to a name
NEAR = 6  # code points from where a name may begin to the place in it that is known


class Name(NamedTuple):
    """A park's name where it stands: what stands before its ending, and the ending."""

    stem: str
    type: str
    start: int
    end: int
    placed: bool  # the stem opens with a known province or city
    follows: bool = False  # it stands right behind another ending


def find_names(twin: str) -> Iterable[Name]:
    """Yield every name of a park with its place before the ending; a bare ending has an empty stem."""
    pattern = types()[1]
    floor = 0
    last: Name | None = None
    for match in pattern.finditer(twin):
        if longer := _goes_on(twin, last, match):
            last, floor = longer, match.end()
            yield last
            continue
        if match[0] == _NEW_AREA and _SETTLED.search(twin, max(0, match.start() - 2), match.start()):
            continue  # 中村镇移民新区|产业园
        behind = floor
        run = _RUN.search(twin, max(floor, match.start() - _LONGEST), match.start())
        stem, start = (run[0], run.start()) if run else ("", match.start())
        if stem[:1] in {"年", "月", "日"} and twin[start - 1 : start].isdigit():
            stem, start = stem[1:], start + 1  # 2023年|外高桥保税区
        if stem[:1] == "中" and twin[start - 1 : start] in _CLOSING and not _opens_with_place(stem):
            stem, start = stem[1:], start + 1  # “八园”中|星沙产业基地
        floor = match.end()
        joined = (
            stem[:1] in _ALSO
            and (twin[max(0, start - 1) : start] == ")" or 0 < behind == start)
            and (next(known_places(stem), (1, 1))[0] > 0 or next(known_places(stem, 1), (0, 0))[0] == 1)
        )  # 高新区(以下简称火炬区)和翠亨新区, 江东新区|和|洋浦经开区, 经开区和|龙南经开区; not 高新区|和平路园区
        begin, placed = _opening(stem, joined=joined)
        start += begin
        if (beside := _place_beside(twin, start)) is not None:
            start, placed = beside, True
        last = Name(twin[start : match.start()], match[0], start, match.end(), placed, 0 < behind == start)
        yield last


def _opening(stem: str, *, joined: bool) -> tuple[int, bool]:
    """Return where a name opens in the stretch before its ending, and whether a known place opens it.

    ``joined`` tells that the stretch begins with 和, and is one more of a list.
    """
    whole = list(known_places(stem)) if _STOPS.search(stem) else []
    within = {at for begin, end in whole for at in range(begin, end)}  # 石|家|庄高新区, 张|家|港保税区
    stops = max(
        (
            m.end()
            for m in _STOPS.finditer(stem)
            if m.start() not in within and not (_joins_fields(stem, m) or _joins_words(stem, m))
        ),
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
    if begin is None and areas().search(stem, stops, stops + NEAR):
        begin = stops  # 陵水黎安…试验区: the area is known, what stands before it belongs to the name
    if begin is None and _OF_A_TOWN.match(stem, stops):
        begin = stops  # 张家窝镇|农业产业园区
    placed = begin is not None
    if begin is not None and stem[:begin].endswith("兵团"):
        begin -= 2  # 新疆生产建设|兵团乌鲁木齐工业园区
    if together := (_OF_TWO.search(stem, stops, begin) if begin is not None else _TOGETHER.match(stem, stops)):
        begin, placed = together.start(), True  # 中马|钦州产业园区, 中德|生态园
    if begin is None:
        begin = max(
            (m.end() for m in _leaders().finditer(stem, stops) if len(m[0]) > 1 or m.start() == stops),
            default=stops,
        )
    opening, closing = stem.find("("), stem.find(")")
    if opening < begin <= closing:
        national = stem.rfind("国家", stops, opening)
        begin = national if national >= 0 else max(0, opening - 2)  # 国家大数据(内蒙古), 中国(四川), 中哈(连云港)
    return begin, placed


def _goes_on(twin: str, last: Name | None, match: re.Match[str]) -> Name | None:
    """Return the longer name where an ending goes on with the name before it: 合肥经开区|综保区, 河北自贸试验区|曹妃甸片区.

    A port or a city that a zone is named for opens its name: 成都国际铁路港|经济技术开发区.
    """
    if last is None:
        return None
    within = (
        last.stem and last.end == match.start() and (types()[0][match[0]].get("inside") or last.type.endswith(_SITES))
    )
    part = match[0] == _PART and _FREE_TRADE.search(last.type) and _AREA.fullmatch(twin, last.end, match.start())
    if not (within or part):
        return None
    stem = last.stem + last.type if within else twin[last.start : match.start()]
    return Name(stem, match[0], last.start, match.end(), last.placed or bool(part))


_SITES = ("港", "城")
_PART = "片区"  # of a free trade zone
_FREE_TRADE = re.compile("自(?:由贸易|贸)")
_AREA = re.compile("[\u4e00-\u9fff]{2,5}")


def _place_beside(twin: str, start: int) -> int | None:
    """Return where the place begins that stands before a name with a point between: |南浔·|广安东西部扶贫协作产业园."""
    before = _BESIDE.search(twin, max(0, start - _LONG_STEM), start) if twin[start - 1 : start] in _JOINING else None
    known = before and any(end == len(before["place"]) for _, end in known_places(before["place"]))
    return before.start("place") if before and known else None


_NEW_AREA = "新区"
_SETTLED = re.compile("移民|搬迁|安置|发展")  # where people were moved to, 城市发展新区: a quarter, and no zone
_JOINING = frozenset("·•・")
_BESIDE = re.compile("(?P<place>[\u4e00-\u9fff]{2,4})[·•・]$")


@cache
def _leaders() -> re.Pattern[str]:
    return re.compile(words("leader"))


def _opens_with_place(stem: str) -> bool:
    """Tell whether a stretch opens with a place or two countries: 中关村, 中山, 中德."""
    named = areas().match(stem) or _TOGETHER.match(stem)
    return named is not None or stem.startswith("中国") or next(known_places(stem), (1, 1))[0] == 0


def _joins_fields(stem: str, joint: re.Match[str]) -> bool:
    """Tell whether 与 stands between two fields of a park's name: 现代装备|与|航空航天产业园."""
    return joint[0] in _ALSO and _field().search(stem, 0, joint.start()) is not None


@cache
def _field() -> re.Pattern[str]:
    return re.compile(f"(?:{lexicon.any_of(lexicon.spellings('subjects', 'trade'))})$")


def _joins_words(stem: str, joint: re.Match[str]) -> bool:
    """Tell whether 及 stands between two words of a name that two places open: 港深创新|及|科技园."""
    together = _TOGETHER.match(stem)
    return together is not None and joint[0] in _ALSO and 0 < joint.start() - together.end() <= _WORD


_WORD = 3  # code points


# 中马钦州产业园区, 中德生态园, 粤澳合作产业园: by two countries or places together, in their short forms.
_TOGETHER = re.compile(
    "(?:马|柬|埃|白)中|中(?:[德新马韩日意法白泰俄哈以奥瑞芬英美]|白俄罗斯|印尼)|粤港澳|粤[澳港]|深[港汕]|港深|川渝|沪苏|海峡两岸|两岸"
)
_OF_TWO = re.compile(f"(?:{_TOGETHER.pattern})$")


def of_two(stem: str) -> bool:
    """Tell whether two countries have a park together: 中马|钦州, 马中|关丹."""
    return _TOGETHER.search(stem) is not None


def _word_bounds(text: str, start: int) -> set[int]:
    """Return the offsets from ``start`` on at which a word of ``text`` begins or ends."""
    return set(itertools.accumulate(map(len, cut(text[start:])), initial=start))


def bracketed(twin: str, name: Name) -> re.Match[str] | None:
    """Return the alias in bare brackets behind a name; a short form of another type (经开区) is none of it."""
    match = _BRACKETS.match(twin, name.end)
    entry = types()[0].get(match["alias"]) if match else None
    return None if entry is not None and entry is not types()[0][name.type] else match


def is_name(twin: str, name: Name) -> bool:
    """Tell a park's name from a phrase that only ends like one (增强高新区, 夜间文旅消费集聚区).

    A known place opens a name; a place that is not known does where the ending is written out in full, at the head
    of a clause, and no verb stands in it.
    """
    leveled = _OF_A_LEVEL.fullmatch(name.stem) or _LEVELS.search(name.stem) or name.stem.startswith("国家")
    if leveled and not name.placed:
        return False  # 据县|开发区, 国家省级水网|先导区, 国家跨境电商综合|试验区
    if _GAINED.search(name.stem):
        return False  # 山东|再添|国家级经济技术开发区
    if _OF_AN_OFFICE.search(name.stem):
        return False  # 青岛海关|自贸区|和特殊区域发展处
    stem = name.stem.removeprefix("中国") if name.placed else name.stem  # 中国(广西)自由贸易试验区
    stem = _TAKES_OVER.sub("", stem)
    verbal = any(len(word) > 1 and word in not_in_names() for word in cut(stem))
    if verbal and (village := _IN_A_TOWN.search(stem)) and twin.count(village["own"] + name.type) > 1:
        verbal = False  # 青川县木鱼镇|上马现代|农业园区: the text also calls it 上马现代农业园区
    if name.placed:
        return len(name.stem) > 1 and not verbal
    entry = types()[0][name.type]
    if entry.get("sited"):
        return False  # 海港|片区, 重化|工业区
    brief = name.type in entry.get("short", []) or entry.get("placed")
    longest = _SHORT_STEM if brief else _LONG_STEM
    if brief and not verbal and (_goes_on_a_list(twin, name) or _is_part_with_figure(twin, name)):
        return True
    if not 1 < len(name.stem) <= longest:
        return False
    if entry.get("minor"):
        return not verbal and (_heads_a_statement(twin, name) or _is_in_headline(twin, name))
    known = not (_GEOGRAPHIC.search(name.stem) or _is_unknown(name.stem) or _is_headed(twin, name))
    if brief and (_of_parks().search(name.stem) or known):
        return False  # 特色工业园区
    before = twin[name.start - 1 : name.start]
    if _AWARDED.search(twin, max(0, name.start - _LONGEST_AWARD), name.start):
        return False  # 是国家产业转型升级示范区、|现代煤化工产业示范区|
    opens = (
        name.start == 0
        or twin.endswith("工作总结", 0, name.start)
        or name.follows
        or not before.isalpha()
        or before in "在将对从由与及是的为至到向被"
    )
    return opens and not verbal


_IN_A_TOWN = re.compile("[\u4e00-\u9fff]{2,3}[镇乡](?P<own>[\u4e00-\u9fff]{2,6})$")
_TAKES_OVER = re.compile("承接产业转移(?:集中)?$")  # 马鞍山|承接产业转移集中|示范园区


def _goes_on_a_list(twin: str, name: Name) -> bool:
    """Tell whether a name heads a clause with a figure right behind it, as the one before it does: 西永综保区2512亿元,|两路果园港综保区|214亿元."""
    if len(name.stem) < _SHORT_STEM or name.stem[-1] in "级型类性":
        return False  # 百亿级|开发区|22个, 产城融合型|开发区|110个
    if twin[name.start - 1 : name.start] not in {",", "、", ";"}:
        return False
    clause = twin[max(0, name.start - _LONGEST_ITEM) : name.start - 1]
    if noun := _NOUN_BEHIND.match(twin, name.end):  # 城东工业区规划面积12.7平方公里,|乌马营工业园区|规划面积10平方公里
        item = _item_with_noun().search(clause)
        return item is not None and item["it"] == noun["it"]
    if not _FIGURE_BEHIND.match(twin, name.end):
        return False
    item = _ITEM_WITH_FIGURE.search(clause)
    return item is not None and item["name"].endswith(name.type) and len(item["name"]) > len(name.type) + 1


def _is_part_with_figure(twin: str, name: Name) -> bool:
    """Tell whether a park is told of as a part, with its figure: 7个综保区进出口1245亿元,其中|黄花综保区|401亿元."""
    if not (name.stem and twin.endswith("其中", 0, name.start)):
        return False
    if COLLECTIVE.search(name.stem) or name.stem[-1] in "级型类性":
        return False
    return name.type in _BRIEF_TYPES and _FIGURE_BEHIND.match(twin, name.end) is not None


_BRIEF_TYPES = frozenset({"高新区", "经开区", "综保区", "综合保税区", "自贸片区"})


@cache
def _item_with_noun() -> re.Pattern[str]:
    behind = r"(?P<it>[\u4e00-\u9fff]{2,8})(?<![约达为有])(?:约|达|为|有)?\d[\d.]{0,12}[^,;。、\d]{1,8}$"
    return re.compile(f"(?:{types()[1].pattern}){behind}")


_NOUN_BEHIND = re.compile(r"(?P<it>[\u4e00-\u9fff]{2,8}?)(?:约|达|为|有)?\d")
_FIGURE_BEHIND = re.compile(r"(?:约|达|为|有)?\d")
_ITEM_WITH_FIGURE = re.compile(r"(?P<name>[\u4e00-\u9fff]{3,30}?)(?:约|达|为|有)?\d[\d.]{0,12}[^,;。、\d]{1,8}$")
_LONGEST_ITEM = 40  # code points


def _is_headed(twin: str, name: Name) -> bool:
    """Tell whether a text opens with a name and stays with it: 稀土高新区:以重点项目为依托."""
    whole = name.stem + name.type
    if not (name.type.endswith(_BRIEF) and twin.startswith(whole) and twin.count(whole) >= _STAYS):
        return False
    return f"-{whole}" not in twin and f"—{whole}" not in twin  # 广西-|东盟经开区


def _is_in_headline(twin: str, name: Name) -> bool:
    """Tell whether a text opens with a park of no known place and names it again: 七苏木国际物流枢纽园区."""
    whole = name.stem + name.type
    nobody = COLLECTIVE.search(name.stem) or _of_parks().search(name.stem) or _field().fullmatch(name.stem)
    return name.start == 0 and not nobody and twin.count(whole) > 1


_BRIEF = ("高新区", "经开区", "保税区", "综保区")
_STAYS = 3  # times that a text names what it opens with


def _heads_a_statement(twin: str, name: Name) -> bool:
    """Tell whether a sentence opens with a park in a park and says what it has: 。|苏银产业园|共签约4个项目."""
    opens = name.start == 0 or twin[name.start - 1] in "。;:\n"
    return opens and not _of_parks().search(name.stem) and _HAS.match(twin, name.end) is not None


_HAS = re.compile(
    "(?:于(?=去年|今年|前年|\\d{4}年|\\d{1,2}月)|[一二三四]期(?:厂房|项目|工程)(?=\\d{4}年|已)|[一二三四]期|首期|目前|今年|去年|已|共|现|累计|全年)?(?:共|已|现)?(?:签约|有|实现|完成|拥有|占地|去年|今年|前年|\\d|已|规划(?:总|用地)?面积|规划用地|总投资|入驻|引进|吸引|集聚)"
)
_OF_A_TOWN = re.compile("[\u4e00-\u9fff]{2,3}(?<![城乡集村建市各全本])(?:镇|街道)(?=..)")
_GAINED = re.compile("[再新又喜增]添|新增|获批|晋升")
_OF_AN_OFFICE = re.compile("(?:海关|总署|[\u4e00-\u9fff][厅局委]|管理区|行政区)$|政府")
# What a park is called or is to be called, after the first of a list of such titles.
_AWARDED = re.compile(
    "(?:是|成为|作为|入选|获批|获评|评为|命名为|认定为|列为|列入|建成|建设|打造)[^,;。:!?\n]{1,40}[、和与及暨]$"
)
_LONGEST_AWARD = 48  # code points


def is_short(name: Name) -> bool:
    """Tell whether a name may be one of a list of names: 南川工业园区、|甘河工业园区|."""
    return len(name.stem) <= _SHORT_STEM + 1 and is_plain(name)


def is_plain(name: Name) -> bool:
    """Tell whether nothing but nouns stand before an ending: 节能灯|工业园."""
    return 1 < len(name.stem) <= _LONG_STEM and not any(word in not_in_names() for word in cut(name.stem))


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


@cache
def not_in_names() -> frozenset[str]:
    """Return the words that no park's name holds: verbs, times, what stands before a name."""
    entries = (entry for entry in lexicon.load("verbs") if not (entry.get("nominal") or entry.get("manner")))
    verbs = (word for entry in entries for word in entry.spellings)  # 姜堰现代|高效|生态农业科技园
    return frozenset(
        [
            *verbs,
            *lexicon.spellings("periods"),
            *lexicon.spellings("parks", "leader"),
            *lexicon.spellings("parks", "region"),
        ]
    )
