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
def _longest_first(kind: str) -> str:
    return "|".join(map(re.escape, sorted(_verbs(kind), key=len, reverse=True)))


@cache
def _link() -> re.Pattern[str]:
    return re.compile(rf"(?:{_longest_first('link')}|[\s,])+$")


@cache
def _lead() -> re.Pattern[str]:
    return re.compile(rf"(?:{_longest_first('lead')}|[\s、,的“”])+")


_PREPOSITION = re.compile(r"(?:为|对|向|在|从|以|按|将|把|由|通过|围绕|依托|根据|针对|与|同|跟|给|经|于|让|使|用|就)(?![\u4e00-\u9fff]?(?:外|期|资|于))")
_LOCATIVE = re.compile(r"^[^、,]{0,14}?(?:范围内|区内|园内|境内|域内|辖区内|市域|内|中|里|上|下|间|期间|方面)(?=[\u4e00-\u9fff“])")
_WORD_WITH_PLACE = re.compile(r"(?:中[小国央外长高职期等欧型]|上[市级缴半网海年月]|下[一半属设]|内[资外陆贸需容部销存]|里程|间接)")
_ET_CETERA = re.compile(r"等(?!级|候|待|距|额|同|值|于|奖)(?:方面|领域|各?类|系列|多?种)?的?")
_TITLE_MARK = re.compile(r"[——]+|[:]")


def left_edge(twin: str, floor: int, at: int) -> int:
    """Return where the clause that leads up to ``at`` begins: after the last mark, whole brackets skipped.

    Example:
        >>> text = "可观。固定资产投资(不含农户)增长2.0%"
        >>> text[left_edge(text, 0, 16):16]
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
    end = _without_link(twin, start, end)
    # Times and places that lead the clause or stand inside it end what comes before the phrase.
    lead = start
    for part in skip:
        if part.start >= start and part.end <= end:
            lead = max(lead, part.end)
    begin = _without_lead(twin, lead, end)
    if begin >= end:
        return Phrase(Span(end, end), Span(start, start), "nothing to the left")
    begin, verb, rule = _after_verbs(twin, begin, end)
    begin = _without_lead(twin, begin, end) if not verb else begin
    etc = list(_ET_CETERA.finditer(twin, begin, end))
    if etc and end - etc[-1].end() >= 2 and "、" in twin[begin : etc[-1].start()]:
        begin, rule = etc[-1].end(), "what 等 sums up"
    if (place := _LOCATIVE.match(twin[begin:end])) and not _WORD_WITH_PLACE.match(twin, begin + place.end() - 1) and end - begin - place.end() >= 2:
        begin, rule = begin + place.end(), "after the place it is in"
    begin = _without_lead(twin, begin, end) if not verb else begin
    end = _trim_end(twin, begin, end)
    return Phrase(Span(begin, end), Span(start, begin), rule, verb=verb)


def _without_link(twin: str, start: int, end: int) -> int:
    """Step back over 达, 为, 共计 before the figure, but not into a word such as 行为 or 所得."""
    while match := _link().search(twin[start:end]):
        cut_at = start + match.start()
        piece = twin[cut_at:end]
        if cut_at == start or len(piece.strip()) > 1 or not piece.strip():
            end = cut_at
            break
        words = cut(twin[max(start, cut_at - 6) : end])
        if words and words[-1] == piece:
            end = cut_at
            break
        break
    return end


def _without_lead(twin: str, start: int, end: int) -> int:
    match = _lead().match(twin, start, end)
    if match is None:
        return start
    stop = match.end()
    # 重点 in 重点园区, 中 in 中小企业: only whole words are dropped.
    at = start
    for word in cut(twin[start:end]):
        if at >= stop:
            break
        if at + len(word) > stop:
            return at
        at += len(word)
    return at if at <= end else end


def _after_verbs(twin: str, start: int, end: int) -> tuple[int, bool, str]:
    """Return where the phrase begins once its verbs are weighed, whether a verb opens it, and the rule."""
    have, do = _verbs("have"), _verbs("do")
    at, words = start, []
    for word in cut(twin[start:end]):
        words.append((at, word))
        at += len(word)
    last_have = max((n for n, (_, word) in enumerate(words) if word in have and _governs(words, n)), default=-1)
    if last_have >= 0:
        n = last_have + 1
        while n < len(words) and words[n][1] in {"了", "起", "出", "的", "到", "过", "着", "成"}:
            n += 1
        start, words = (words[n][0] if n < len(words) else end), words[n:]
        if not words:
            return end, False, "a verb of having"
    doing = [n for n, (_, word) in enumerate(words) if word in do and _governs(words, n)]
    if doing and (last_have < 0 or doing[0] == 0):
        first = doing[0]
        # Of several verbs in a row the first opens the phrase: 签约入驻高校, 推动出台法规.
        if first == 0 or _opens(words, first):
            return words[first][0], True, f"{words[first][1]}, a verb that stays"
    if _PREPOSITION.match(twin, start) and len(words) > 2 and doing:
        return words[doing[0]][0], True, f"{words[doing[0]][1]}, after a preposition"
    return start, False, "to the left of the figure" if last_have < 0 else "what is had"


def _governs(words: Sequence[tuple[int, str]], n: int) -> bool:
    """Tell whether the verb at ``n`` is a verb here: not inside 的 phrases, not the head that ends the phrase."""
    following = words[n + 1][1] if n + 1 < len(words) else ""
    before = words[n - 1][1] if n else ""
    if following in {"率", "量", "额", "数", "费", "者", "性", "类", "型", "化", "期", "的"} or before in {"的"}:
        return False
    return not (following == "" and len(words) > 1 and n > 0 and words[n][1] in _NOMINAL)


_NOMINAL = {"投资", "投入", "出资", "销售", "交易", "融资", "加工", "生产", "保税", "创汇", "创收", "减负", "捐款", "就业", "建设", "发展", "开行", "加注", "注册", "登记", "新增", "贡献", "服务", "培训", "采购", "减免", "运输", "供应", "开工", "签约"}


def _opens(words: Sequence[tuple[int, str]], n: int) -> bool:
    return n < len(words) - 1


def _trim_end(twin: str, start: int, end: int) -> int:
    while end > start and twin[end - 1] in "的了、,;:-—~ \t\n“(":
        end -= 1
    return end


_RIGHT_END = re.compile(r"[,;:。!?…、)(\[\]\n\r—《]|\s{2,}")
_DROPPED = re.compile(r"的?(?:独立的?|各?类)?")
_FOLLOWING_OF = re.compile(r"的")
_LOCAL = {"中", "内", "里", "上", "下", "间", "以来", "之间", "当中"}


def right_phrase(twin: str, start: int, limit: int) -> Phrase:
    """Find the phrase that begins at ``start``, right after a figure, and ends before ``limit``.

    Example:
        >>> text = "机关干部担任党建指导员"
        >>> right_phrase(text, 0, len(text)).span.of(text)
        '机关干部'
    """
    nothing = Phrase(Span(start, start), Span(start, start), "nothing to the right")
    if twin[start : start + 1] == "的":
        start += 1
    stop = _RIGHT_END.search(twin, start, limit)
    end = stop.start() if stop else limit
    if end <= start or twin[start] in "”’\"":
        return nothing
    stops, do = _verbs("stop"), _verbs("do")
    words = cut(twin[start:end])
    at, begin = start, start
    for n, word in enumerate(words):
        if (word in stops or word in _verbs("have")) and not (at > begin and _is_noun_tail(words, n)):
            if at > begin:
                end = at
                break
            # A verb right after the figure: 5个具有国际影响力的产业集群 counts what comes after 的.
            of = _FOLLOWING_OF.search(twin, at, end)
            if of is None or end - of.end() < 2 or word not in _verbs("have") | do:
                return nothing
            begin = of.end()
        elif word == "的" and at > begin:
            end = at if _stands_alone(twin[begin:at]) else end
            if end == at:
                break
        elif word in _LOCAL and at > begin:
            end = at
            break
        at += len(word)
    end = _trim_end(twin, begin, end)
    if end - begin < 1 or twin[begin] in "余多" or not _is_word(twin[begin:end]):
        return nothing
    return Phrase(Span(begin, end), Span(start, begin), "to the right of the figure")


def _is_noun_tail(words: Sequence[str], n: int) -> bool:
    """Tell whether the verb at ``n`` is part of a noun: 就业人员, 服务中心, 建成区."""
    return words[n] in {"服务", "就业", "支持", "获得", "落地", "推广", "投入", "使用", "运营", "等", "领先", "参保", "投产", "认定", "支撑", "覆盖", "示范"} and n + 1 < len(words)


def _stands_alone(head: str) -> bool:
    return len(head) >= 2


def _is_word(text: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" or char.isalpha() for char in text)


_JOINT = re.compile(r"、|和|与|以及|及")


def list_items(twin: str, phrase: Span, wanted: int) -> list[str]:
    """Split the phrase of a list into its items, the head that they share given to each.

    Example:
        >>> text = "制造业、普惠小微贷款余额"
        >>> list_items(text, Span(0, len(text)), 2)
        ['制造业贷款余额', '普惠小微贷款余额']
    """
    text = phrase.of(twin)
    items = [item for item in _JOINT.split(text) if item]
    if len(items) < wanted:
        return []
    items = items[-wanted:]
    head = _head(items[-1])
    if head and not any(_head(item) for item in items[:-1]):
        items = [item + head for item in items[:-1]] + items[-1:]
    return items


@cache
def _heads() -> re.Pattern[str]:
    words = sorted(lexicon.spellings("heads"), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def _head(item: str) -> str:
    """Return the head noun that ends an item (贷款余额, 增加值), blank where none is known."""
    for match in _heads().finditer(item):
        if match.end() == len(item):
            return match[0]
    return ""
