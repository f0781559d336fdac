"""Which words of a stretch act as verbs, and what of the stretch is the noun that they leave.

The verbs are data (lexicons/verbs.toml): a verb of having is dropped (拥有|人才), one of newness or handling stays
(|引进|人才), and many are nouns too (|投资|增长2.0%). Words are cut by jieba, so that 组织 in 党组织 is no verb.
"""

from __future__ import annotations

import itertools
import re
from functools import cache
from typing import TYPE_CHECKING

from miner import lexicon
from miner.spans import Span
from miner.words import cut

if TYPE_CHECKING:
    from collections.abc import Sequence


@cache
def verbs(*kinds: str) -> frozenset[str]:
    """Return the words of some kinds of lexicons/verbs.toml: have, do, link, lead or stop."""
    return frozenset(word for kind in kinds for word in lexicon.spellings("verbs", kind))


@cache
def manners() -> frozenset[str]:
    """Return the adverbs that are parts of a noun where no verb follows: 高标准, 重点."""
    return frozenset(word for word, entry in lexicon.spellings("verbs", "lead").items() if entry.get("manner"))


@cache
def nominal() -> frozenset[str]:
    """Return the verbs that are nouns too: 建设, 投资."""
    return frozenset(word for entry in lexicon.load("verbs") if entry.get("nominal") for word in entry.spellings)


@cache
def _staying() -> frozenset[str]:
    entries = lexicon.spellings("verbs", "have").items()
    return frozenset(word + noun for word, entry in entries for noun in entry.get("brief", ()))


def words_of(twin: str, start: int, end: int) -> list[tuple[int, str]]:
    """Cut a stretch into words with their offsets; 现有企业, one word to jieba, is a verb and its object."""
    found = cut(twin[start:end])
    if max(map(len, found), default=0) <= _SHORT_WORD:
        return list(zip(itertools.accumulate(map(len, found), initial=start), found, strict=False))
    at, words, have = start, [], verbs("have")
    for word in found:
        if len(word) > _SHORT_WORD and word[:2] in have and word not in lexicon.spellings("heads", "whole"):
            words += [(at, word[:2]), (at + 2, word[2:])]
        else:
            words.append((at, word))
        at += len(word)
    return words


_SHORT_WORD = 3  # code points: none is a verb and its object


def weigh(twin: str, start: int, end: int) -> tuple[int, bool, str]:
    """Return where the phrase begins once its verbs are weighed, whether a verb opens it, and the rule.

    Example:
        >>> text = "拥有各类人才"
        >>> text[weigh(text, 0, len(text))[0] :]
        '各类人才'
    """
    words = words_of(twin, start, end)
    quoted = quotations(twin, start, end)
    have_or_do = verbs("have", "do")
    acting = [
        n
        for n, (at, word) in enumerate(words)
        if word in have_or_do
        and _acts(words, n)
        and not any(q.start < at < q.end for q in quoted)
        # GDP|超过|1000亿元的园区, 进出口额|超过|500亿元|的有40个
        and not (word in _REACHING and _OF_SO_MUCH.match(twin, at + len(word), end + 1))
    ]
    had = [n for n in acting if words[n][1] in verbs("have") and (n == 0 or n - 1 not in acting)]
    if had:
        n = had[-1] + 1
        while n < len(words) and words[n][1] in _PARTICLES and (words[n][1] != "过" or n + 1 == len(words)):
            n += 1
        if n == len(words):
            return end, False, "a verb of having"
        before = twin[start : words[n - 1][0]]
        if per := _EACH.match(before):
            return start + per.start("it"), False, "what each has"  # 平均每公顷土地年创造营业额
        if _INDUSTRY.search(before):
            return start, False, "what an industry has"  # 高新技术产业完成投资: the industry is part of what is counted
        if words[n - 1][1] in _ACHIEVING and (firms := _FIRMS.search(before)) and n < len(words):
            return start + firms.start(), False, "what a sort of firms has"  # |规上工业企业实现入库税收|
        if words[n - 1][1] == "实现" and n == len(words) - 1 and _PEOPLE.search(before):
            return start, False, "what people gain"  # 就业困难人员实现就业
        if words[n - 1][1] == "有" and _WHO_HAVE.search(twin, words[n][0], end):
            return words[n - 1][0], False, "those that have it"  # 有进出口实绩的企业数量
        start = words[n][0]
        if words[n - 1][1] in nominal() and _one_of_two(words, n):
            return words[n - 1][0], True, f"{words[n - 1][1]}, one of two verbs of handling"
        if words[n - 1][1] + twin[start:end] in _staying():
            return words[n - 1][0], True, f"{words[n - 1][1]}, part of a name"  # 完成投资
        alone = n == len(words) - 1 and words[n][1] in verbs("do") and words[n - 1][1] in nominal()
        if n in acting or alone:  # 建设|改造 4075公里城市地下管网
            return start, True, f"{words[n][1]}, a verb that stays"
        return start, False, "what is had"
    doing = [n for n in acting if words[n][1] in verbs("do")]
    if doing:
        n = doing[0]
        start = words[n - 1][0] if n and words[n - 1][1] == "新" else words[n][0]
        return start, True, f"{words[n][1]}, a verb that stays"
    return start, False, "to the left of the figure"


def _one_of_two(words: Sequence[tuple[int, str]], n: int) -> bool:
    """Tell whether a verb of handling and its object follow: 建设|筹集|保障性住房, 建设|或|改造|地下管网."""
    n += n < len(words) and words[n][1] in _OR
    return n + 1 < len(words) and words[n][1] in verbs("do") and not _is_tail(words[n + 1][1])


_WHO_HAVE = re.compile("....的[^的]+(?:数量?|总[量数])$")
_OR = {"或", "和", "及", "、", "与"}


def is_deed(text: str) -> bool:
    """Tell whether a phrase is nothing but what is done: 开诊运营.

    Example:
        >>> is_deed("开诊运营"), is_deed("运营里程")
        (True, False)
    """
    words = [word for _, word in words_of(text, 0, len(text))]
    return len(words) > 1 and all(word in verbs("stop", "have") for word in words)


def quotations(twin: str, start: int, end: int) -> Sequence[Span]:
    """Return what is quoted or bracketed within a stretch: nothing in most, where a search for the mark is all that it takes."""
    if twin.find("“", start, end) < 0 and twin.find("(", start, end) < 0:
        return ()
    return [Span(*match.span()) for match in _QUOTED.finditer(twin, start, end)]


_QUOTED = re.compile(r"“[^“”]*”|\([^()]*\)")  # 新批外资项目|(包括增资项目)|12个
_PEOPLE = re.compile("(?:人员|人口|劳动力|群众|毕业生|农民|居民|军人|青年|职工|妇女)$")
_EACH = re.compile("(?:平均)?(?P<it>每[百千万亿]?[个家户亩公平名人][^,;。]*)$")
_PARTICLES = {"了", "起", "出", "的", "到", "过", "着", "成"}
_INDUSTRY = re.compile(
    r"[\u4e00-\u9fff](?:(?<!企|专|就|创|毕|物)业|领域|项目"  # 服|务业|, not |企业|
    r"|制造|化工|材料|能源|医药|电子|信息|机械|装备|冶金|建材|纺织|食品|轻工|物流|旅游)$"  # 生|物医药|
    r"|(?:^|、)(?:交通|能源|水利|水运|公路|铁路|电力|房地产|基础设施|旅游|物流)$"  # 交通、能源|、水利|完成投资
)
_ACHIEVING = frozenset({"实现", "完成"})
# 规模以上工业企业|预计|完成总产值
_FIRMS = re.compile(
    "(?:新[上增])?(?<![\\d家户个])(?:规模(?:以上)?|规上|限额以上|限上|外商投资|外资|台资|港资|民营|国有|高新技术|中小|科技型)[\u4e00-\u9fff]{0,6}?企业(?:预计|累计|共计?|已)*$"
)
SHORT_NOUN = 2  # code points


def _acts(words: Sequence[tuple[int, str]], n: int) -> bool:
    """Tell whether the word at ``n``, one of having or doing, is a verb here, and no part of a noun (组建率, 商品房销售面积)."""
    word = words[n][1]
    following = words[n + 1][1] if n + 1 < len(words) else ""
    before = words[n - 1][1] if n else ""
    if word in nominal() and following in _EXTENTS and n + 2 == len(words):
        return False  # 运营里程, 覆盖面积
    if before in manners() and word in nominal() and following in {"项目", "工程"} and n + 2 == len(words):
        return False  # 重点建设项目
    if before == "企业" and word in _OF_ENTERPRISES and following == "项目":
        return False  # 世界500强企业投资项目
    if word in _DONE_THERE and following in _WHERE_IT_IS_DONE and n + 2 == len(words):
        return False  # 省企业研发中心
    if _is_tail(following) or following in {"的", "区", "带", "园"} or before in {"的", "到"}:
        return False
    if n == 0:
        return following != "" or word not in nominal()
    if word == "贡献" and not following and any(w == "对" for _, w in words[:n]):
        return False  # 新产业对工业增长贡献: what it does for something, a noun
    indexed = _INDEX.search(words[-1][1]) is not None
    if before in verbs("lead") or before in _ADVERBS:
        if before in _SUMMING and word in nominal() and not following and n > 1:
            return _ACTOR.search("".join(w for _, w in words[: n - 1])) is not None  # 基础设施累计|投资|18.9亿元
        return not (indexed and n > 1 and before in manners())  # 城市生活污水集中收集处理率
    if indexed:
        return False  # 产业链集聚企业数, 税收占收入比重: what is measured is told in a clause
    prepared = any(w in _PREPOSITIONS for _, w in words[:n])
    if word in nominal() or word in verbs("do") or not following:
        actor = "".join(w for _, w in words[:n])
        return prepared or bool(len(actor) > 2 and _ACTOR.search(actor) and (following or word not in nominal()))
    return before not in {"、", "和", "与", "及"}


_DONE_THERE = frozenset({"研发", "孵化", "检测", "检验", "培训", "创新", "创业", "实训", "设计"})
_WHERE_IT_IS_DONE = frozenset({"中心", "机构", "平台", "基地"})
# Who acts: what stands before a verb when the verb is one, and no part of a name.
_ACTOR = re.compile(
    r"(?:[省市县区镇乡]政府|人民政府|公司|企业|集团|党委|支部|中心|园区|[高经]开?新?区|我们|同志|部门|单位|委员会|工作站|服务队|研究院|学院|大学|医院|银行|平台|项目|模式|岗|队伍|指导员|志愿者)$"
)


def _is_tail(word: str) -> bool:
    """Tell whether a word only ends the noun that a verb begins: 组建|率|, 培训|费用|; but 实现|业务|收入, 完成|化工|产值."""
    return word[:1] in _NOUN_TAILS and (len(word) == 1 or word in _LONG_TAILS)


_NOUN_TAILS = frozenset("率量额数费者性类型化期业")
_LONG_TAILS = frozenset({"数量", "额度", "期限", "费用", "类型", "类别", "性质", "业态", "数目", "期间", "费率"})
_REACHING = {"超过", "突破", "达到", "达"}
_OF_SO_MUCH = re.compile(r"[\d.]+[\u4e00-\u9fff%]{0,5}(?:以上)?的")
_SUMMING = {"累计", "年均", "共计"}
_OF_ENTERPRISES = {"投资", "合作"}
_EXTENTS = {"里程", "面积", "成本", "时间", "范围"}
_INDEX = re.compile(r"(?:数|率|比[重例]|占比|指数|人次)$")
_PREPOSITIONS = {"为", "对", "向", "给", "从", "以", "按", "将", "把", "由", "通过"}
_ADVERBS = {"共", "已", "主动", "先后", "累计", "陆续", "年均", "长期", "共计", "直接", "新"}


def without_verb(indicator: str) -> str:
    """Return an indicator without the verb of newness or handling that opens it.

    Example:
        >>> without_verb("新签约项目"), without_verb("企业")
        ('项目', '企业')
    """
    words = [word for _, word in words_of(indicator, 0, len(indicator))]
    return "".join(words[1:]) if len(words) > 1 and words[0] in verbs("do", "have") else indicator
