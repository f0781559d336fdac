"""The noun phrase that a figure counts -> indicator and subject.

A figure takes its phrase from the left (进出口总额|139.7亿元|) or from the right (|66个|基层党组织). On either side
the phrase is what is left when verbs of having, connectives, times and places are taken away; the verbs are data
(lexicons/verbs.toml), and words are cut by jieba, so that 组织 in 党组织 is no verb.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from miner import lexicon
from miner.heads import is_measured
from miner.spans import Span
from miner.words import cut

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase in the folded text: its span, what stands before it in its clause, and the rule that found it.

    ``verb`` is true where it opens with a verb of newness or handling that belongs to it.
    """

    span: Span
    before: Span
    rule: str
    verb: bool = False

    def __bool__(self) -> bool:
        """Tell whether anything was found."""
        return self.span.end > self.span.start


@cache
def _verbs(kind: str) -> frozenset[str]:
    return frozenset(lexicon.spellings("verbs", kind))


@cache
def _link() -> re.Pattern[str]:
    moved = "(?:提高|增加|增长|提升|上升|扩大|下降|降低|减少|缩短|压缩|压减|收窄|回升|跃升|上涨|缩减|精简|攀升|回落|增|减|升|降|涨)[到至]"
    return re.compile(rf"(?:{moved}|{lexicon.any_of(_verbs('link'))}|[\s,])+$")


@cache
def _lead() -> re.Pattern[str]:
    return re.compile(
        rf"(?:\([^()]*\))?(?:(?:扣除|剔除|不含|不计)[^,;。]{{1,14}}?(?:因素后|因素|后|外)|{lexicon.any_of(_verbs('lead'))}|这|那|除(?![尘草湿雪霜险颤臭])|(?:[最居]多|为主|最高|最大)、|(?:项目|[一二三]期)?(?:全[部面])?(?:达产达标|达产达效|达产|投产|建成投产|建成|竣工)后|(?:连续)?[\d一二两三四五六七八九十]{{1,3}}个?(?:年|月|季度)(?:间|来|内|中)?|一[个家座栋条幢]|[\s、,的”])*"
    )


@cache
def _predicate() -> re.Pattern[str]:
    """What a clause says of its indicator without a figure, at its end: 进出口总值|创历史新高|."""
    return re.compile(f"(?:{'|'.join(entry.get('pattern') for entry in lexicon.load('predicates'))})$")


# 辖区内, 在“两新”组织中: a place that the phrase is in; 规模以上 and 市级以上 are part of the phrase.
_LOCATIVE = re.compile(
    r"(?:在[^、,]{1,14}?(?:中|内|里|上|下|方面)|[^、,]{0,6}?(?:范围内|区内|园内|境内|域内|市域|期间|方面|系统内))(?![小国央外长高职等欧型部间介心])"
)
_FROM = re.compile(r"[从由](?:[\d一二〇零今去上前年末底初月半季度至的]{2,10}|全国|原来的?|之前的?|过去的?)?$")
_FIRST = re.compile(
    r"(?:(?:成为|也?是)[^,;。、]{0,10}?|[全我][国省市区县])?(?:首|第[一二三四五六七八九十])[个家座条项]$"
)
_DONE = re.compile(r"[^、]*(?:落地|落户|投产|开工|竣工|签约|投用|建成|达产|挂牌|揭牌|启用)、")
_ET_CETERA = re.compile(r"等(?!级|候|待|距|额|同|值|于|奖)(?:方面|领域|各?类|系列|多?种)?的?")


def left_edge(twin: str, floor: int, at: int) -> int:
    """Return where the clause that leads up to ``at`` begins: after the last mark, whole brackets skipped.

    Example:
        >>> text = "可观。固定资产投资(不含农户)增长2.0%"
        >>> text[left_edge(text, 0, 17):17]
        '固定资产投资(不含农户)增长'
    """
    n = at
    while n > floor:
        char = twin[n - 1]
        if char in ")]】":
            opening = {")": "(", "]": "[", "】": "【"}[char]
            begin = twin.rfind(opening, floor, n - 1)
            if begin < 0:
                return n
            n = begin
        elif char in ",;。:!?…\n\r([【" or (char == "—" and twin[n - 2 : n - 1] == "—"):
            return n
        else:
            n -= 1
    return floor


def left_phrase(twin: str, span: Span, skip: Sequence[Span]) -> Phrase:
    """Find the phrase that ends where ``span`` ends; ``skip`` are the times and places inside it.

    Example:
        >>> text = "已组建了总部楼宇、行业协会等非建制性党组织"
        >>> left_phrase(text, Span(0, len(text)), []).span.of(text)
        '非建制性党组织'
        >>> text = "累计选派"
        >>> left_phrase(text, Span(0, len(text)), []).span.of(text)
        '选派'
    """
    start, end = span
    end = _without_link(twin, start, _without_predicate(twin, start, end))
    while last := next((part for part in skip if start <= part.start < part.end == end), None):
        reached = twin.startswith(("到", "至"), last.start)
        end = _without_link(twin, start, last.start + reached)  # 缩减到2018年的45条
    # Times and places that lead the clause are passed over; inside the phrase they belong to it.
    begin = _without_lead(twin, start, end)
    for part in sorted(skip):
        if start <= part.start <= begin and part.end <= end:
            inside = part.end + (twin[part.end : part.end + 1] in {"内", "里", "中"})
            begin = _without_lead(twin, max(begin, inside), end)
    if begin >= end:
        return Phrase(Span(end, end), Span(start, start), "nothing to the left")
    if since := _FROM.search(twin, begin, end):
        end = since.start()  # 收入从2021年的46503元提高到…
    end = _without_predicate(twin, begin, _trim_end(twin, begin, end))
    if first := _FIRST.search(twin, begin, end):
        end = first.start()  # 成为全区第四个突破2000亿元的地区, 全省首个超百亿元水利工程
        if end == begin:
            return Phrase(Span(end, end), Span(start, start), "nothing to the left")
    begin, verb, rule = _after_verbs(twin, begin, end)
    if done := _DONE.match(twin, begin, end):
        begin = done.end()  # 20个项目落地、总投资1370亿元
    begin = _without_lead(twin, begin, end) if not verb else begin
    etc = list(_ET_CETERA.finditer(twin, begin, end))
    if etc and end - etc[-1].end() >= 2 and "、" in twin[begin : etc[-1].start()]:
        begin, rule = etc[-1].end(), "what 等 sums up"
    if (place := _LOCATIVE.match(twin, begin, end)) and (end - place.end() >= 2 or end == place.end()):
        begin, rule = place.end(), "after the place it is in"
    begin = _without_lead(twin, begin, end) if not verb else begin
    end = _trim_end(twin, begin, end)
    if (years := _YEARS.search(twin, begin, end)) and years.start() > begin:
        end = years.start()  # 常住人口城镇化率五年提高3.89个百分点
    if end - begin > _SHORT_NOUN and twin[end - 1] in "中里" and twin[end : end + 1] in "有仅约":
        end -= 1  # 全球工程机械50强企业中有4家总部在这里
    if (one := _ONE.search(twin, begin, end)) and is_measured(twin[one.end() : end]):
        begin, verb, rule = one.end(), False, "what one of them has"  # 建一个占地, 作为一家总投资
    if twin.startswith("“", begin) and "”" not in twin[begin:end]:
        begin += 1  # “园区产值超过13亿元: what is quoted goes on
    if twin[begin:end] in _LOCAL | {"较", "比"}:
        end = begin
    return Phrase(Span(begin, end), Span(start, begin), rule, verb=verb)


_YEARS = re.compile("(?<=[率量额值数])[两三四五六七八九十\\d]{1,2}年(?:间|来)?$")
_ONE = re.compile(r"(?:[一两这]|(?<![\u4e00-\u9fff]))[个家座栋条幢处](?=[\u4e00-\u9fff]{2,6}$)")


def _without_link(twin: str, start: int, end: int) -> int:
    """Step back over 达, 为, 共计 before the figure, but not into a word such as 行为, 所得 or 产能(达)."""
    match = _link().search(twin[start:end])
    if match is None:
        return end
    at = start + match.start()
    if at == start or not twin[at:end].strip():
        return at
    edge = max(start, at - _LONGEST_WORD)
    for word in cut(twin[edge:end]):
        if edge >= at:
            return edge
        edge += len(word)
    return end


_LONGEST_WORD = 6  # code points


def _without_predicate(twin: str, start: int, end: int) -> int:
    """Step back over what is said of the indicator without a figure: 进出口总值|创历史新高|."""
    state = _predicate().search(twin, start, end)
    return state.start() if state and state.start() > start else end


def _without_lead(twin: str, start: int, end: int) -> int:
    match = _lead().match(twin, start, end)
    if match is None:
        return start
    stop = match.end()
    # 重点 in 重点园区, 中 in 中小企业: only whole words are dropped.
    at = before = start
    last = ""
    for word in cut(twin[start:end]):
        if at >= stop:
            # 高标准|建设 厂房 drops the adverb, 高标准|农田 keeps what is part of the noun.
            noun = word not in _verbs("have") | _verbs("do") and not _PARKS.match(word + "企业")
            return before if last in _manners() and noun else at
        if at + len(word) > stop:
            return at
        before, last, at = at, word, at + len(word)
    return min(at, end)


def _after_verbs(twin: str, start: int, end: int) -> tuple[int, bool, str]:
    """Return where the phrase begins once its verbs are weighed, whether a verb opens it, and the rule."""
    words = _words(twin, start, end)
    quoted = [Span(*match.span()) for match in _QUOTED.finditer(twin, start, end)]
    acting = [
        n for n in range(len(words)) if _acts(words, n) and not any(q.start < words[n][0] < q.end for q in quoted)
    ]
    had = [n for n in acting if words[n][1] in _verbs("have") and (n == 0 or n - 1 not in acting)]
    if had:
        n = had[-1] + 1
        while n < len(words) and words[n][1] in _PARTICLES:
            n += 1
        if n == len(words):
            return end, False, "a verb of having"
        before = twin[start : words[n - 1][0]]
        if per := _EACH.match(before):
            return start + per.start("it"), False, "what each has"  # 平均每公顷土地年创造营业额
        if _INDUSTRY.search(before):
            return start, False, "what an industry has"  # 高新技术产业完成投资: the industry is part of what is counted
        start = words[n][0]
        if words[n - 1][1] in _staying() and end - start <= _SHORT_NOUN:
            return words[n - 1][0], True, f"{words[n - 1][1]}, before a short noun"
        if n in acting:
            return start, True, f"{words[n][1]}, a verb that stays"
        return start, False, "what is had"
    doing = [n for n in acting if words[n][1] in _verbs("do")]
    if doing:
        n = doing[0]
        start = words[n - 1][0] if n and words[n - 1][1] == "新" else words[n][0]
        return start, True, f"{words[n][1]}, a verb that stays"
    return start, False, "to the left of the figure"


def _words(twin: str, start: int, end: int) -> list[tuple[int, str]]:
    """Cut a stretch into words with their offsets; 现有企业, one word to jieba, is a verb and its object."""
    at, words = start, []
    for word in cut(twin[start:end]):
        if len(word) > 3 and word[:2] in _verbs("have") and word not in lexicon.spellings("heads", "whole"):
            words += [(at, word[:2]), (at + 2, word[2:])]
        else:
            words.append((at, word))
        at += len(word)
    return words


_QUOTED = re.compile("“[^“”]*”")
_EACH = re.compile("(?:平均)?(?P<it>每[个家户亩公平名人][^,;。]*)$")
_PARTICLES = {"了", "起", "出", "的", "到", "过", "着", "成"}
# Who acts: what stands before a verb when the verb is one, and no part of a name.
_ACTOR = re.compile(
    r"(?:公司|企业|集团|党委|支部|中心|园区|[高经]开?新?区|我们|同志|部门|单位|委员会|工作站|服务队|研究院|学院|大学|医院|银行|平台|项目|模式|岗)$"
)


_INDUSTRY = re.compile(r"[\u4e00-\u9fff](?:(?<!企|专|就|创|毕|物)业|领域)$")
_SHORT_NOUN = 2


@cache
def _staying() -> frozenset[str]:
    return frozenset(word for word, entry in lexicon.spellings("verbs", "have").items() if entry.get("brief"))


def without_verb(indicator: str) -> str:
    """Return an indicator without the verb of newness or handling that opens it.

    Example:
        >>> without_verb("新签约项目"), without_verb("企业")
        ('项目', '企业')
    """
    words = [word for _, word in _words(indicator, 0, len(indicator))]
    return "".join(words[1:]) if len(words) > 1 and words[0] in _verbs("do") | _verbs("have") else indicator


@cache
def _manners() -> frozenset[str]:
    return frozenset(word for word, entry in lexicon.spellings("verbs", "lead").items() if entry.get("manner"))


@cache
def _nominal() -> frozenset[str]:
    return frozenset(word for entry in lexicon.load("verbs") if entry.get("nominal") for word in entry.spellings)


def _acts(words: Sequence[tuple[int, str]], n: int) -> bool:
    """Tell whether the word at ``n`` is a verb here, and no part of a noun (组建率, 商品房销售面积)."""
    word = words[n][1]
    if word not in _verbs("have") and word not in _verbs("do"):
        return False
    following = words[n + 1][1] if n + 1 < len(words) else ""
    before = words[n - 1][1] if n else ""
    if following[:1] in _NOUN_TAILS or following in {"的", "区", "带", "园"} or before in {"的", "到"}:
        return False
    if n == 0:
        return following != "" or word not in _nominal()
    if word == "贡献" and not following and any(w == "对" for _, w in words[:n]):
        return False  # 新产业对工业增长贡献: what it does for something, a noun
    if before in _verbs("lead") or before in _ADVERBS:
        return True
    if _INDEX.search(words[-1][1]):
        return False  # 产业链集聚企业数, 税收占收入比重: what is measured is told in a clause
    prepared = any(w in _PREPOSITIONS for _, w in words[:n])
    if word in _nominal() or word in _verbs("do") or not following:
        actor = "".join(w for _, w in words[:n])
        return prepared or bool(len(actor) > 2 and _ACTOR.search(actor) and (following or word not in _nominal()))
    return before not in {"、", "和", "与", "及"}


_NOUN_TAILS = frozenset("率量额数费者性类型化期业")
_INDEX = re.compile(r"(?:数|率|比重|占比|指数|人次)$")
_PREPOSITIONS = {"为", "对", "向", "给", "从", "以", "按", "将", "把", "由", "通过"}
_ADVERBS = {"共", "已", "主动", "先后", "累计", "陆续", "年均", "长期", "共计", "直接", "新"}


def _trim_end(twin: str, start: int, end: int) -> int:
    while end > start and twin[end - 1] in "的了、,;:-—~ \t\r\n“(和与及":
        end -= 1
    return end


_CLAUSE_END = re.compile(r"[,;:。!?…)(\[\]\n\r—《\s]")
_RIGHT_END = re.compile(rf"、|{_CLAUSE_END.pattern}")
_LOCAL = {
    "其中",
    "首期",
    "同期",
    "首批",
    "中",
    "内",
    "里",
    "上",
    "下",
    "间",
    "外",
    "以外",
    "之外",
    "以来",
    "之间",
    "当中",
}


def right_phrase(twin: str, start: int, limit: int, *, listing: bool = False) -> Phrase:
    """Find the phrase that begins at ``start``, right after a figure, and ends before ``limit``.

    With ``listing``, 、 parts items of one phrase (42个产业园、产业集群), not the figure from the next.

    Example:
        >>> text = "机关干部担任党建指导员"
        >>> right_phrase(text, 0, len(text)).span.of(text)
        '机关干部'
    """
    nothing = Phrase(Span(start, start), Span(start, start), "nothing to the right")
    if twin.startswith(("的", " "), start):
        start += 1
    stop = _stop(twin, start, limit, listing=listing)
    end = stop.start() if stop else limit
    if end <= start or twin[start] in '、”’"及和与':
        return nothing
    open_end = stop is None  # the phrase runs up to another figure: a verb must stand between them
    begin, end = _noun(twin, start, end, open_end=open_end)
    if stop and stop[0] == "、" and (joint := _JOINED_TO_NEXT.search(twin, begin, end)):
        end = joint.start()  # 6个部门负责人和老乡鸡、顺丰等5家企业: what 和 brings in belongs to the next figure
    end = _without_predicate(twin, begin, end)
    if open_end and (parks := _PARKS.match(twin, begin, end)):
        end = parks.end()  # 229家国家级经开区地区生产总值15.7万亿元: the rest is what the next figure counts
    end = _trim_end(twin, begin, end)
    text = twin[begin:end]
    if not _is_word(text) or text[0] in "余多" or text.endswith(_THRESHOLDS):
        return nothing
    return Phrase(Span(begin, end), Span(start, begin), "to the right of the figure")


def _stop(twin: str, start: int, limit: int, *, listing: bool) -> re.Match[str] | None:
    """Find the mark that ends a phrase at the latest; None where it runs up to ``limit``."""
    if listing:
        return _CLAUSE_END.search(twin, start, limit)
    stop = _RIGHT_END.search(twin, start, limit)
    if stop and stop[0] == "、" and stop.start() == start + 1:
        return _RIGHT_END.search(twin, stop.end(), limit)  # 9个市、县重点项目: one letter is no noun
    return stop


def _noun(twin: str, start: int, end: int, *, open_end: bool) -> tuple[int, int]:
    """Return where the noun begins and ends, its end at a verb; an empty stretch where a verb comes first."""
    quoted = twin.find("”", start, end) + 1 if twin.startswith("“", start) else start
    words = _words(twin, start, end)
    for n, (at, word) in enumerate(words):
        if at < quoted:
            continue  # 60项“高效办成一件事”重点事项
        following = words[n + 1][1] if n + 1 < len(words) else ""
        if n == 0:
            if word in _STANDARD and following in _verbs("do"):
                return words[n + 1][0] + len(following), end  # 1000元的标准拨付启动经费
            if word in _PLANNED:
                return start, end  # 3500多个拟竣工投产项目
            if _ends_noun(word, following) or (word in _verbs("do") and not _modifies(word)):
                # 5个具有国际影响力的产业集群 counts what comes after 的.
                of = twin.find("的", at, end) + 1
                return (of, end) if of and end - of > 1 else (start, start)
        elif (
            (word == "的" and words[n - 1][1][-1] not in _QUALIFIES)
            or (following in _MANNER and n + 2 < len(words))
            or word in _LOCAL
            or word in _AREAS
            or (
                (
                    _ends_noun(word, following)
                    or (open_end and word in _verbs("do") and not (_modifies(word) and following))
                )
                and not (word in _NOUN_WITHIN and following)
            )
        ):
            return start, at
    return start, end


def _ends_noun(word: str, following: str) -> bool:
    return (
        following == "了"  # 通了高速公路
        or word in _verbs("stop")
        or word in _verbs("have")
        or (word in _SETTLES and following in _AT)
    )


_QUALIFIES = frozenset("式型性级")  # 夫妻店式的小作坊
_PLANNED = {"拟", "待"}
_MANNER = {"地", "着"}
"""Particles of a verb or of how it is done: 熟练|地|操作|着|机器."""
_AREAS = {"全国", "全省", "全市", "全区", "全球", "世界"}
_NOUN_WITHIN = {"服务", "就业", "支持", "参保", "支撑", "示范", "领先"}
"""Verbs that are part of a noun where another word follows: 就业人员, 服务中心."""


def _modifies(verb: str) -> bool:
    """Tell whether a verb before a noun is its modifier: 21个新建项目, 20家投资企业."""
    return verb in _nominal() or verb.startswith("新")


_THRESHOLDS = ("台阶", "大关", "关口", "门槛", "行列")
_AT = {"在", "于", "到", "至", "为"}
_PARKS = re.compile(
    r"[^、,]{0,10}?(?:园区|开发区|经开区|高新区|综保区|保税区|示范区|试验区|先导区)(?=[\u4e00-\u9fff]{2})(?!内|以上|管委会|党|非公|企业家)"
)
_SETTLES = {
    "集中",
    "分布",
    "聚集",
    "集聚",
    "汇聚",
    "应用",
    "转移",
    "延伸",
    "覆盖",
    "辐射",
    "服务",
    "输送",
    "成长",
    "发展",
}
_JOINED_TO_NEXT = re.compile(r"[和与及][^和与及]{2,}$")
_STANDARD = {"标准", "价格", "比例", "速度", "规模"}


def _is_word(text: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" or char.isalpha() for char in text)
