"""Companies, branches, streets and the like, by the words that their names end with -> the `Subject` that a clause is about."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from miner import lexicon
from miner.places.regions import counties, is_place, known_places
from miner.search import Anchored
from miner.spans import Span
from miner.words import cut, is_rare

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Subject:
    """An organization or person where it stands as the topic of a clause.

    ``lasting`` where the text goes there (走进香溪社区工厂) and stays for the sentences after; ``name`` where it is named,
    before ``span`` for a reference (该公司); ``passing`` where only its own clause is of it.
    """

    span: Span
    rule: str
    name: Span
    lasting: bool = False
    person: bool = False
    passing: bool = False

    @property
    def reference(self) -> bool:
        """Tell whether it only points to who is named elsewhere."""
        return not self.span.start <= self.name.start < self.span.end


@cache
def _names() -> Anchored:
    """Names by their endings; the 28 code points before one may stand in brackets in part."""
    endings = lexicon.any_of([*lexicon.spellings("subjects", "ending"), *lexicon.spellings("subjects", "visited")])
    return Anchored(
        re.compile(
            r"(?P<name>(?:[\u4e00-\u9fff]|\([\u4e00-\u9fff]{2,6}\)){2,28}?"  # |康泽|药业有限公司
            rf"(?:{endings})(?:(?:{endings}))?)(?!"  # 康泽药业|有限公司|, but not before
            r"们|(?:国家)?(?:科技|创业|产业|工业|软件)园|工程|技术|产业|行业|设备|等"  # 云岭医院|工程|
            r"|(?<=园)区|大道|[\u4e00-\u9fff]?[路街桥]"  # 云岭大学|南路|
            r"|的(?:车|产(?!品))"  # 康泽公司|的产|业
            r"|[\u4e00-\u9fff]?家"  # 三甲医院|百家|
            r"|[约仅只近]?[\d一二三四五六七八九十百千多余.]{1,8}(?:公里|千米|海里|小时|分钟)"  # 吴圩国际机场|仅25公里|
            r"|(?:达到?|增至|增加到|已?有|共有?|超过|突破|接近)?[近超约达]?"  # 三甲医院|达到|55家
            r"[\d一二三四五六七八九十百千万多余.]{1,20}[家个所座户](?![\u4e00-\u9fff])"  # 三甲医院达到|55家|。
            r")"
        ),
        re.compile(endings),
        _LONGEST_NAME,
    )


_LONGEST_NAME = 40  # code points before an ending


_NO_NAME = re.compile(r"(?s:.{0,40})[^\u4e00-\u9fff()]")


_HEADS = re.compile(r"(?:^|(?<=[,;。:!?\n“”的、]))")


@cache
def _coined() -> Anchored:
    """A company by its short name, a coined word and its trade (康泽生物, 秦星商用车), at the head of a clause."""
    return Anchored(
        re.compile(
            rf"{_HEADS.pattern}(?:(?:19|20)\d\d年|在"  # |2023年|康泽生物产值5亿元
            r"|[^,;。\d]{0,8}(?:企业|厂商|公司|厂))?"  # |园区电路板厂|同泰电子营收67亿元
            rf"(?P<name>(?P<coined>[\u4e00-\u9fff]{{2,4}}?)(?:{trades().pattern}))"
        ),
        trades(),
        reach=14,  # with the kind of company that introduces it
    )


@cache
def trades() -> re.Pattern[str]:
    """Return the pattern of the trades that end the short name of a company."""
    return re.compile(lexicon.any_of(lexicon.spellings("subjects", "trade")))


_GOES_THERE = re.compile(r"(?:走进|来到|走访|位于)$")
# 德赛光联科技有限公司财务负责人李婷说: what follows is of the company.
_SPEAKS = re.compile(
    r"[^,;。]{0,8}(?:负责人|董事长|理事长|总经理|经理|厂长|站长|场长|总监|主管|创始人)[^,;。]{0,6}"
    r"(?:说|介绍|表示|告诉|坦言|透露|算了?[一笔]{0,2}账)"
)
_BEFORE = re.compile(r"[,;。:!?\n—“(\s、是由对]|[元%][及和与]|的是|元的|走进|来到|在$")
_AMONG_THEM = re.compile("(?:企业|厂商|公司|业者)(?:有|包括|如)$")  # 扩厂的厂商有|晶杰达公司|
_LONGEST_OPENING = 4
_COUNTED = re.compile(r"[\d两三四五六七八九十百千万余多]$")
# 该公司, 上市公司 and the like name no one.
_GENERIC = re.compile(
    r"^(?:单个|单体|境内|境外|招商引资|落地|签约|“[^”]*”|[多余]?[家个]"  # |“四上”企业|, |签约项目|
    r"|央企|二三级|跨国|[今去前]年|近年来|这[家个]"  # |这家公司|
    r"|三甲|二甲|公立|综合|专科|中医"  # a class of hospital: |三甲医院|
    r"|全国|全省|全市|该|我们?|咱们|目前(?:全(?![国省市]))?|如今|各|等|本"  # |该公司|
    r"|上市|外资|外商|民营|国有|一些|相关|有关|部分"  # whose it is: |上市公司|
    r"|大型|通用|民用|运输|支线|国际|龙头|骨干|知名|中小|投资"  # of what size or trade: |骨干企业|
    r"|[\u4e00-\u9fff]?级|[\d一二两三四五六七八九十百多余几]+[所家个])*+"  # how many: |56家企业|
    r"(?:公司|企业|集团|工厂|项目|化工|(?:公司|企业|集团)?党(?:支部|总支|委)"  # |企业党支部|
    r"|大学|医院|学院|研究院|电子企业|龙头企业|机场)$"  # |支线机场|
)


def is_generic(name: str) -> bool:
    """Tell whether a name names no one.

    Example:
        >>> is_generic("上市公司"), is_generic("大型生态农业集团"), is_generic("华润燃气有限公司")
        (True, True, False)
    """
    return (
        name.endswith(("上市公司", "国有控股")) or name.startswith(("大型", "项目")) or _GENERIC.match(name) is not None
    )


_SUMMED = re.compile(r"[\u4e00-\u9fffA-Za-z]{0,14}?等[\d一二两三四五六七八九十]{1,4}[个家项]")
_LIES = re.compile("(?:位于|坐落[于在]|地处)[^,;。]{2,24}的$")
_AT_WORK = re.compile("的?[\u4e00-\u9fff]{0,6}(?:车间|厂房|生产线|流水线)(?:内|里|上|旁|中)")  # 甲公司车间内一派繁忙
_SEVERAL = re.compile("[两三四五六七八九十\\d]个|[一两三四五六七八九十\\d][幢栋座]")
_BESIDE = ("与", "和", "同", "跟")  # who does something with the topic of the clause


def speaks(twin: str, at: int) -> bool:
    """Tell whether someone of the organization that is named before ``at`` says what follows."""
    return _SPEAKS.match(twin, at) is not None


def opens(twin: str, span: Span, at: int) -> bool:
    """Tell whether a name at ``at`` of a paragraph opens its clause."""
    before = twin[max(span.start, at - _LONGEST_OPENING) : at]
    return at == span.start or _BEFORE.search(before[-3:]) is not None or _AMONG_THEM.search(before) is not None


def organizations(twin: str, span: Span, places: Sequence[Span]) -> list[Subject]:
    """Find the organizations that a paragraph names as topics, outside the parks at ``places``.

    Example:
        >>> text = "聚仁化工党支部为公司创收近1700万元"
        >>> [subject.span.of(text) for subject in organizations(text, Span(0, len(text)), [])]
        ['聚仁化工党支部']
    """
    found = []
    for match in _names().finditer(twin, *span, _NO_NAME):
        start, first = match.span("name")
        end = _to_its_end(twin, first, span.end)
        start = max([start, *(place.end for place in places if start < place.end < first)])
        start, had = _after_verbs(twin, start, first)
        start = max(start, _after_kind(twin, start, first))
        name = twin[start:end]
        before = twin[max(span.start, start - 3) : start]
        opening = (
            opens(twin, span, start)
            or _LIES.search(twin[max(span.start, start - _LONGEST_NAME) : start])
            or (any(twin[place.end : start] in {"", "的"} for place in places if place.end <= start))
        )
        speaking = speaks(twin, end) and not name.endswith("车间")  # 云岭合作社|理事长齐峰说
        visited = _GOES_THERE.search(before) is not None or _AT_WORK.match(twin, end) is not None or speaking
        if name.endswith(_only_visited()) and (not visited or before.endswith("位于")):
            continue  # 开发区位于|南关镇金华村|, 规划面积33平方公里
        if had or name[0] in "距离至经沿含" or len(name) < 4 or is_generic(name) or not opening:
            continue
        if _COUNTED.search(before) or before.endswith(_BESIDE):
            continue  # 3|名专职党建工作站人员, 与|甲集团|合作
        if _SUMMED.match(twin, end) or _SEVERAL.search(name):
            continue  # 高坪、|董公寺两个街道|, |甲集团|储能电站等20个项目
        own = Span(start, end)
        found.append(Subject(own, "an organization that the clause is about", own, visited))
    found += _coined_names(twin, span, found)
    for match in _LOCATED.finditer(twin, *span) if _LIES_IN.search(twin, *span) else ():
        own = Span(*match.span("name"))
        if not any(subject.span.overlaps(own) for subject in found) and not is_generic(match["name"]):
            found.append(Subject(own, "what lies somewhere", own))
    return [*found, *_told_by_officers(twin, span, found)]


def _to_its_end(twin: str, at: int, stop: int) -> int:
    """Return where a name ends that goes on after an ending: 甲集团|嘉利科技股份有限公司, but not 甲集团投资成立了乙有限公司."""
    longer = _LEGAL_FORM.match(twin, at, stop)
    verbs = longer and any(len(word) > 1 and word in leading() for word in cut(longer[0]))
    return longer.end() if longer and not verbs else at


_LEGAL_FORM = re.compile(
    r"[^\W\d_A-Za-z与和及同对向为由将把被让在从是的旗下个家等]{0,14}?(?:股份有限|有限责任|有限|分)公司(?:[^\W\d_A-Za-z与和及同对向为由将把被让在从是的]{2,6}分公司)?"
)


def _after_verbs(twin: str, start: int, end: int) -> tuple[int, bool]:
    """Step over verbs and connectives before a name; tell whether it is the object of a verb (成立了街区党支部)."""
    begin = at = start
    had = False
    words = cut(twin[start:end])
    for n, word in enumerate(words):
        at += len(word)
        if at < end and word in leading() and not _is_a_syllable(words, n):
            begin, had = at, word in objects()
    return begin, had


def _after_kind(twin: str, start: int, end: int) -> int:
    """Step over the kind of company before its name: 开发区企业|浙江百茂板业有限公司."""
    kind = twin.rfind("企业", start, end - _SHORTEST) + len("企业")
    return kind if kind > start + 1 and next(known_places(twin[kind:end]), (1, 1))[0] == 0 else start


_SHORTEST = 4  # code points of a name


def _is_a_syllable(words: Sequence[str], n: int) -> bool:
    """Tell whether a character is one of several that a coined name falls apart into: 上海|同|星|科技, 达|兴|材料."""
    if len(words[n]) > 1 or words[n] in _PARTICLES:
        return False
    beside = (*words[max(0, n - 1) : n], words[n + 1])
    return any(len(word) == 1 and word not in leading() for word in beside)


_PARTICLES = frozenset("的了在由对为将把被是有和与及向从给让使到至赴经因据以受任")


def _coined_names(twin: str, span: Span, known: Sequence[Subject]) -> Iterator[Subject]:
    for match in _coined().starting(_HEADS, twin, *span):
        start, end = match.span("name")
        following = next(iter(cut(twin[end : end + _LOOK_AHEAD])), "")
        goes_on = (
            following in _acting()
            or _YEAR.match(twin, end) is not None
            or following in lexicon.spellings("periods")
            or following in _OF_COMPANIES
            or _ITS_OWN.match(twin, end) is not None
        )
        overlaps = any(subject.span.start < end and start < subject.span.end for subject in known)
        bounds = itertools.accumulate(map(len, cut(twin[start:end])))
        whole_trade = len(match["coined"]) in bounds  # 农牧区|劳动力 is no 动力
        officer = _OFFICER.match(twin, end) is not None and not _PLAIN_WORD.fullmatch(match["coined"])
        listed = (
            twin[match.start() - 1 : match.start()] == "、"
        )  # 企业代表、|中外运物流|总经理徐永强; not 铜箔、|负极材料|产能
        shows = twin.endswith("显示", start, end) and following in {",", ":"}  # 对企业的摸排显示,
        sort = match["coined"][-1] in "基型系类性"  # 铜基|新材料|产值占六成
        acts = not (shows or sort) and goes_on and is_coined(match["coined"]) and not listed
        if (officer or acts) and whole_trade and not overlaps:
            own = Span(start, end)
            visited = twin[start - 1 : start] == "在" and following == ","
            dated = twin[start - 1 : start] == "年" and match.start() < start
            whole = (
                own if visited or dated else Span(match.start(), end)
            )  # 龙头企业康泽生物: the kind belongs to the topic
            yield Subject(whole, "a company by its short name", own, visited)


_LIES_IN = re.compile("位[于於][^,;。的]{2,14}的")
# 位于元朗创新园的|微电子中心|楼高六层
_LOCATED = re.compile(
    "位[于於][^,;。的]{2,14}的(?P<name>[\u4e00-\u9fffA-Za-z]{2,12}?(?:中心|大楼|大厦|基地|工厂|厂房|公寓|广场|仓库|码头))"
    "(?=楼高|总?占地|总?建筑面积|总?投资|总?楼面|年产)"
)


def _told_by_officers(twin: str, span: Span, known: Sequence[Subject]) -> Iterator[Subject]:
    """Yield the companies whose officers tell of them, whatever their names end in: |武汉京东方|总经理助理郭钊介绍."""
    for match in _OFFICER_SPEAKS.finditer(twin, *span) if _OFFICERS.search(twin, *span) else ():
        own = Span(*match.span("name"))
        plain = _PLAIN_WORD.fullmatch(match["name"]) or is_generic(match["name"]) or is_place(match["name"])
        acting = any(word in leading() for word in cut(match["name"]))
        if not (plain or acting or any(subject.span.overlaps(own) for subject in known)):
            yield Subject(own, "a company whose officer speaks", own, lasting=True)


_OFFICERS = re.compile("总经理|董事长|总裁|创始人|厂长")
_OFFICER_SPEAKS = re.compile(
    r"(?:(?<=[,;。:!?\n”、])|^)(?P<name>[\u4e00-\u9fff]{2,8}?)(?:副?总经理|董事长|总裁|创始人|厂长)(?:助理)?"
    r"[\u4e00-\u9fff]{2,3}?(?:说|介绍|表示|告诉|坦言|透露|指出)"
)
# 绿然电子|财务总监|陈静说: who has such an officer is a company, whatever its name is made of.
_OFFICER = re.compile(
    "的?(?:(?:财务|技术|行政|销售|生产|运营|人事)?(?:总监|主管)|(?:人事|销售|市场|生产)经理|(?:副?总经理|董事长|创始人|总裁))"
)
_PLAIN_WORD = re.compile("园区|企业|公司|集团|当地|全[国省市区县]|[本该我][市区县园厂]|.*[区市县园业产能]")
_OF_COMPANIES = {
    ",",
    "一家",
    "党支部",
    "总经理",
    "副总经理",
    "董事长",
    "负责人",
    "厂长",
    "经理",
    "创始人",
    "是",
    "就是",
    "正是",
    "则",
    "专注",
    "专注于",
    "深耕",
    "成立于",
    "位于",
}
# 立德电子|年产值13.8亿元, 立德电子|在赣州投入3.5亿元: what a company has, or where it acts.
_ITS_OWN = re.compile(
    "(?:仍然?|也|还|最近|近期|日前|在(?![内中])|(?:计划|拟|将|预计)+(?:总?投资|建设|新建|扩建|年产)|(?:年|累计|上半年|一季度)?(?:产值|营收|营业收入|销售|税收|利润|出口|员工|产能|投资|订单|总投资))"
)
_YEAR = re.compile(r"(?:19|20)\d\d年")
_LOOK_AHEAD = 6  # code points


@cache
def _acting() -> frozenset[str]:
    words = (word for kind in ("have", "do", "lead") for word in lexicon.spellings("verbs", kind))
    return frozenset(word for word in words if word[0] != "占")  # 富硒食品占到总产值的三成五: a trade


def is_coined(word: str) -> bool:
    """Tell whether a word is made up: no dictionary has it, so that it falls apart into characters (康|泽)."""
    if len(word) > 3 and is_place(word[:2]):
        word = word[2:]  # 贵州|泓芯
    return (
        word not in counties()
        and all(len(piece) == 1 or (len(piece) == 2 and is_rare(piece)) for piece in cut(word))
        and not _FUNCTION & set(word)
    )


_FUNCTION = frozenset("的了在是和与及对从由将把被为以其各本该此这那个家新老大小多全我有无不已也都每上下中内外前后再另")


@cache
def leading() -> frozenset[str]:
    """Return the verbs and connectives that may stand before a name."""
    verbs = (entry for entry in lexicon.load("verbs") if entry.kind in {"have", "do", "lead", "stop"})
    words = (word for entry in verbs if not entry.get("nominal") for word in entry.spellings)
    return frozenset([*words, *lexicon.spellings("subjects", "before")])


@cache
def _only_visited() -> tuple[str, ...]:
    return tuple(lexicon.spellings("subjects", "visited"))


@cache
def objects() -> frozenset[str]:
    """Return the verbs whose object a name after them is."""
    verbs = (*lexicon.spellings("verbs", "have"), *lexicon.spellings("verbs", "do"))
    return frozenset([*verbs, "了"]) - {"有", "是"}


def is_kind(name: str, kind: str) -> bool:
    """Tell whether a reference to a ``kind`` may point back to a name: 公司 to a company or its branch.

    Example:
        >>> is_kind("华润燃气有限公司", "企业"), is_kind("华润燃气有限公司", "项目")
        (True, False)
    """
    if kind == "项目" and name.endswith(("基地", "生产线")):
        return True  # 天际汽车泉州制造基地…,|项目|总投资32.63亿元
    return bool(name) and (not name.endswith(_NO_COMPANIES) if kind in _COMPANIES else name.endswith(kind))


_COMPANIES = frozenset({"公司", "集团", "企业", "厂", "工厂", "酒店"})
_NO_COMPANIES = ("项目", "大学", "学院", "医院", "学校", "机场", "港", "站", "街", "园", "村", "社区")
