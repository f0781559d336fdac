"""The nouns that end an indicator (产值, 贷款余额, 占比): what is an amount, a size or a rate, what a list shares.

The nouns are data (lexicons/heads.toml).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from miner import lexicon
from miner.words import cut

if TYPE_CHECKING:
    from collections.abc import Sequence

_SUMMED = re.compile(r"等(?:[各几多\d一二三四五六七八九十]*[项个大类]?)?(?:主要)?(?:经济)?(?:指标|方面|领域|数据)?$")
_JOINT = re.compile(r"、|和|与|以及|及")


def list_items(phrase: str, wanted: int) -> list[str]:
    """Split the phrase of a list into its items, the head that they share given to each.

    Example:
        >>> list_items("制造业、普惠小微贷款余额", 2)
        ['制造业贷款余额', '普惠小微贷款余额']
    """
    text = _SUMMED.sub("", phrase)
    if fused := _pairs().search(text):
        parts: list[str] = lexicon.spellings("heads", "pair")[fused[0]].get("items")
        before, after = text[: fused.start()], text[fused.end() :]
        if len(parts) == wanted and not _JOINT.search(before + after):
            return [before + part + after for part in parts]
    items = [item for item in text.split("、") if item]
    if len(items) != wanted:  # 汽车及零部件、智能家电、新能源: 及 parts no item where 、 gives as many as are wanted
        items = [item for item in _JOINT.split(text) if item]
    if len(items) < wanted:
        return []
    items = [_REALIZED.sub("", item) for item in items[-wanted:]]
    if (together := _TOGETHER.search(items[-1])) and len(items) == wanted:
        items[-1] = items[-1][: together.start()]
        return [item + _ACHIEVED.sub("", together["head"]) for item in items]  # 工程机械、新能源两大产业集群规模
    if completed := _sharing_the_rest(items):
        return completed
    if (whose := _whose(items[0])) and all(owned().get(item) == "产出" for item in items[1:]):
        return [items[0], *(whose + item for item in items[1:])]  # 省属企业营业收入、利润
    head = _head(items[-1])
    if any(map(_WHOLE.search, items[:-1])):
        return items  # 全市GDP和规模以上工业增加值
    if head in {"率", "占比", "比重"} and (rate := _rate(items[-1], items[-2])):
        head = rate
    if (first := _FIRST_OF.search(items[0])) and any(item in _of() for item in items[1:]):
        topic = items[0][: first.start()]
        return [topic + item if item in _of() else item for item in items]
    if not head and (tail := _tail().search(items[-1])) and not any(_tail().search(item) for item in items[:-1]):
        return [*(item + tail[0] for item in items[:-1]), items[-1]]
    if len(head) > 1 and all(_tail().search(f"__{item}") for item in (*items[:-1], items[-1].removesuffix(head))):
        return [*(item + head for item in items[:-1]), items[-1]]  # 钦州港口岸进口、出口|整体通关时间
    if len(head) > 1:
        own = max((n for n, item in enumerate(items[:-1]) if _head(item)), default=-1)
        if own < 0 and (restricted := _shared().match(items[0])):
            items = [item if n == 0 else restricted[0] + item for n, item in enumerate(items)]
        # 入园率、巩固率、高中阶段和高等教育毛入学率: what follows the last item with a head of its own shares the last head.
        items = [
            item + head if own < n < len(items) - 1 and not _tail().search(item) else item
            for n, item in enumerate(items)
        ]
    return items


_SHORTEST_HEAD = 2  # code points


def _sharing_the_rest(items: Sequence[str]) -> list[str]:
    """Complete the items that share what follows in the last: 省、市|重点项目|, 开、竣|工率|; none where they share nothing.

    A 第 before the first is of all: 第一、二、三产业.
    """
    if items[0].startswith("第") and all(item[0] in _NUMERALS for item in items[1:]):
        items = [items[0], *("第" + item for item in items[1:])]
    *others, last = items
    if all(len(item) == 1 for item in others) and len(last) > _SHORTEST_HEAD:
        return [*(item + last[1:] for item in others), last]
    for kind in (_GRADE, _NUMBERED, _part(), _SIDE, _A_PLACE):
        opening = kind.match(last)
        if opening and all(kind.fullmatch(item) for item in others):
            rest = last[opening.end() :]
            return [*(item + rest for item in others), last] if kind is not _A_PLACE or is_measured(rest) else []
    return []


# 一、二、三产业增加值, 东部、中部国家级经开区, |城镇|和农村居民人均可支配收入, |东区|、西区和南区规模以上工业产值
_SIDE = re.compile("城镇|农村|城市|乡村|国内|国外|境内|境外|省内|省外|市内|市外|线上|线下")
_A_PLACE = re.compile("[\u4e00-\u9fff]{1,6}?(?:片?区|园|县|市|镇|港)")


@cache
def _part() -> re.Pattern[str]:
    """A part of the country: |东部|国家级经开区."""
    return re.compile(lexicon.any_of(lexicon.spellings("world", "part")))


@cache
def owned() -> dict[str, str]:
    """Return the measures that say little without whose they are (产值, 总投资), each with the sort of thing that has it."""
    return {word: entry.get("of") for word, entry in lexicon.spellings("heads", "owned").items()}


@cache
def owners(kind: str) -> tuple[str, ...]:
    """Return how the names of those end who have a sort of measure: 企业, 产业 of 产出."""
    return tuple(word for word, entry in lexicon.spellings("heads", "owner").items() if kind in entry.get("has"))


@cache
def _with_owner() -> re.Pattern[str]:
    """An owner and its measure: 省属企业|营业收入."""
    measures = lexicon.any_of(word for word, kind in owned().items() if kind == "产出")
    return re.compile(rf"(?P<whose>.+(?:{lexicon.any_of(owners('产出'))}))(?:{measures})")


def _whose(item: str) -> str:
    """Return whose measure an item is: 省属企业 of 省属企业营业收入, blank where it tells no owner."""
    found = _with_owner().fullmatch(item)
    return found["whose"] if found and len(found["whose"]) > _SHORTEST_OWNER else ""


_SHORTEST_OWNER = 2  # code points: 企业 names none


@cache
def _pairs() -> re.Pattern[str]:
    """Words for several things that a list of figures parts: 城乡, 三次产业."""
    return re.compile(lexicon.any_of(lexicon.spellings("heads", "pair")))


@cache
def _shared() -> re.Pattern[str]:
    """Words that restrict all items of a list that share their head: 限额以上."""
    return re.compile(lexicon.any_of(lexicon.spellings("heads", "shared")))


_TOGETHER = re.compile(r"(?<=..)(?:等)?[两二三四五六七八九十\d]大?个?(?P<head>[\u4e00-\u9fff]{2,12})$")
_WHOLE = re.compile("(?:GDP|生产总值)$")  # of all the economy: it takes no head of what follows
_REALIZED = re.compile("^(?:实现|取得)(?=..)")  # 接待游客、|实现|旅游总花费分别增长11.8%、11.5%
_ACHIEVED = re.compile("^产业(?=实现|完成)|实现|完成|拥有")
_GRADE = re.compile("(?:国家?|世界|省部?|市|县|区|部|厅)级?")
_NUMERALS = "一二三四五六七八九十"
_NUMBERED = re.compile(f"第?[{_NUMERALS}]")


def _rate(item: str, before: str) -> str:
    """Return the rate that two parallel items share: 抽检合格率 of 食品、药品抽检合格率."""
    first, *rest = cut(item)
    rate = "".join(rest)
    return rate if len(first) == len(before) and len(rate) >= _SHORTEST_RATE else ""


_SHORTEST_RATE = 3  # code points: 化率 of 城镇化率 is none


_FIRST_OF = re.compile("(?<=..)(?:起数|件数|数量|受理数|发案数|总数)$")


@cache
def _tail() -> re.Pattern[str]:
    """A word that the items of a list share and that stands for itself as well: 汽车零配件、锂电池|出口|."""
    return re.compile(rf"(?<=..)(?:{lexicon.any_of(lexicon.spellings('heads', 'tail'))})$")


@cache
def _of() -> frozenset[str]:
    """Return the nouns that say nothing without what they are of: 生产安全事故起数、|死亡人数|."""
    return frozenset(lexicon.spellings("heads", "of"))


@cache
def _heads() -> re.Pattern[str]:
    return re.compile(lexicon.any_of(lexicon.spellings("heads", "head")))


@cache
def _money() -> re.Pattern[str]:
    words = [word for word, entry in lexicon.spellings("heads", "head").items() if entry.get("money")]
    return re.compile(lexicon.any_of(words))


def is_amount(indicator: str) -> bool:
    """Tell whether an indicator is an amount of money, so that 10亿 of it are 元.

    Example:
        >>> is_amount("税收"), is_amount("群众")
        (True, False)
    """
    return _money().search(indicator) is not None


def says_little(noun: str) -> bool:
    """Tell whether a noun by itself hardly says what is counted, so that what they do belongs to it.

    Example:
        >>> says_little("企业"), says_little("特色产业集群"), says_little("职工")
        (True, False, False)
    """
    return len(noun) <= _LONGEST_PLAIN and noun.endswith(_plain())


_LONGEST_PLAIN = 4  # code points: 经验做法


@cache
def _plain() -> tuple[str, ...]:
    return tuple(lexicon.spellings("heads", "plain"))


def names_measure(clause: str) -> bool:
    """Tell whether a clause names an amount, a size or a rate anywhere.

    Example:
        >>> names_measure("进出口额居首位的是外高桥保税区"), names_measure("封关运作")
        (True, False)
    """
    return _heads().search(clause) is not None


def is_measured(phrase: str) -> bool:
    """Tell whether a phrase ends in a noun of amount or size, so that an amount after it is of it.

    Example:
        >>> is_measured("总投资"), is_measured("占地"), is_measured("营业额"), is_measured("企业")
        (True, True, True, False)
    """
    return len(_head(phrase)) > 1 or _AMOUNT.search(phrase) is not None


_AMOUNT = re.compile("..(?<![质力能热变])[额值量率]$")  # 营业额, 发电量; 高质量 and 新力量 are none


def is_rate(phrase: str) -> bool:
    """Tell whether a phrase names a rate: 优良率, 比重.

    Example:
        >>> is_rate("水质优良率")
        True
    """
    return phrase.endswith(("率", "比重", "占比"))


def _head(item: str) -> str:
    """Return the head noun that ends an item (贷款余额, 增加值), blank where none is known."""
    for match in _heads().finditer(item):
        if match.end() == len(item):
            return match[0]
    return item[-1] if item[-1:] in _INDEX_ENDS else ""


_INDEX_ENDS = frozenset("数量额率值")
