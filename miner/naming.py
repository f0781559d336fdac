"""Which noun phrase each figure counts: one of a list, its own, or one named before.

In the order in which they are tried:

    listed      A、B分别增长x%、y%         lists.py
    parted      分两期建设                 what is done in parts
    moved       由162个整合为123个          both figures count one thing
    attribute   …增长6.1%,增速居第3位       context.py
    own         66个基层党组织             to the right, or to the left, of the figure
    inherited   …139.7亿元,增长33.4%       context.py
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from miner import lexicon
from miner.announced import FASTEST_GROWTH, GREATEST_SHARE, announced, what_is_foremost, without_speed
from miner.cases import Case, Name
from miner.context import (
    BOUND,
    GRADE,
    ONE_VERB,
    PULLING,
    SHORT_VERB,
    attribute,
    contest,
    grade_of,
    inherited,
    new_ones,
    topic_clause,
    whole_of_place,
    with_head,
)
from miner.handling import shared_verb, verb_of_list
from miner.heads import is_measured, is_rate, says_little
from miner.leftward import PULLED, SUMMED, left_phrase
from miner.lists import paired
from miner.measures import MADE_UP
from miner.owners import with_owner
from miner.phrases import YEARLY
from miner.places.parks import is_collective
from miner.places.regions import is_place
from miner.rightward import AREAS, right_phrase
from miner.spans import Span
from miner.verbs import is_deed, nominal, verbs, without_verb
from miner.words import cut

if TYPE_CHECKING:
    from collections.abc import Iterator

    from miner.blocks import Block
    from miner.phrases import Phrase
    from miner.quantities import Quantity


def names(case: Case) -> list[Name]:
    """Return what each figure of the list counts."""
    block = case.block
    left = left_phrase(block.twin, Span(case.floor, case.tail), block.topics(case.floor, case.tail))
    if case.count > 1 and left and _SAYS_NOTHING.fullmatch(block.named(left.span)):
        left = left._replace(span=Span(left.span.end, left.span.end))  # 与上年排名相比分别上升5位和1位
    listed = paired(case, left) if case.count > 1 else []
    ranked = case.verdict.measure == "rank" and not left and listed
    told = contest(case, block.figures[case.first]) if ranked else None
    if told and told.indicator in block.twin[case.sentence.start : case.edge]:
        listed = [_renamed(name, told.indicator) for name in listed]  # 在综合排名中,A、B区分别居第65名和第128名
    found = listed or [_own(case, n, left) for n in range(case.first, case.first + case.count)]
    if case.carried.recent:
        found = [_renamed(name, with_head(case, name.indicator)) for name in found]
    if listed:
        return found
    if len(found) == 1:
        found = [_renamed(found[0], with_owner(case, block.figures[case.first], found[0].indicator))]
    return [_renamed(name, shared_verb(case, n, name.indicator, left)) for n, name in enumerate(found, case.first)]


def _renamed(name: Name, indicator: str) -> Name:
    return name if indicator == name.indicator else name._replace(indicator=indicator)  # hardly any is renamed


# 从提交申请到到账只用了两天: the time that passes between two deeds.
_SPAN = re.compile(
    r"(?:^|[,;。:“])(?P<it>从[^,;。]{2,20}?到[^,;。由]{1,16}?)(?:[,]?[只仅]?(?:用|需要?|花|耗时)了?|[只仅])?$"
)


# 已完成|全年计划|3.5亿元的94.3%
_PLANNED = re.compile("完成了?(?P<it>[^,;。\\d]{0,8}(?:计划|目标|任务))(?:投资)?$")
_DONE_OF_IT = re.compile(r"的\d[\d.]*%")
_WORK = re.compile("完成(?:了|到)?(?P<it>总?工程量|工程总量|总?工作量|总投资)的?$")  # 二路已完成|总工程量|的50%


def _told_outright(case: Case, n: int) -> Name | None:
    """Return the name that the form of a clause or a sentence gives, whatever stands beside the figure."""
    block = case.block
    quantity = block.figures[n]
    if case.verdict.rule == MADE_UP and (item := _ITEM.search(block.twin, case.floor, quantity.start)):
        return Name(block.written(Span(*item.span())), MADE_UP, quantity.end)  # 外资结构:韩国46%;香港24%
    span = _SPAN.search(block.twin[case.sentence.start : quantity.start]) if quantity.kind == "time" else None
    if span:
        stretch = Span(*span.span("it")).shifted(case.sentence.start)
        return Name(block.named(stretch), "the time from one deed to another", quantity.end)
    if (plan := _PLANNED.search(block.twin, case.edge, quantity.start)) and _DONE_OF_IT.match(block.twin, quantity.end):
        return Name(plan["it"], "the plan of which so much is done", quantity.end)
    if case.verdict.measure == "share" and (work := _WORK.search(block.twin, case.edge, quantity.start)):
        return Name(work["it"], "the work that is done", quantity.end)
    most = what_is_foremost(block, n) if case.verdict.rule in {GREATEST_SHARE, FASTEST_GROWTH} else ""
    if most and not (most.endswith("地区") or is_place(most)):
        return Name(most, case.verdict.rule, quantity.end)
    if of := announced(block, n):
        grows = without_speed(of)
        return Name(grows or case.carried.indicator, "what the sentence says that it speaks of", quantity.end)
    return None


# 园区|占全省规上工业增加值比重|达到28%
_WHOLE = re.compile(
    "占(?:[^,;。占]{0,8}?(?:地区|[全我][省市国区县]|[省市县]))?的?(?P<it>[^,;。占]{2,20}?)的?(?:比重|比例|份额)(?:达到?|为|约|超过?)*$"
)


def _spans(block: Block) -> Iterator[Span]:
    return (place.span for place in block.places)


def _own(case: Case, n: int, left: Phrase) -> Name:
    """Choose the phrase that figure ``n`` counts."""
    block = case.block
    quantity = block.figures[n]
    if told := _told_outright(case, n):
        return told
    if left and block.twin.startswith("有", left.span.end) and block.twin[left.span.start - 1] in "与同和":
        left = left._replace(span=Span(left.span.end, left.span.end))  # 与|俄罗斯|有2981公里边境线
    if left and block.twin[left.span.start] == "在" and Span(left.span.start + 1, left.span.end) in _spans(block):
        left = left._replace(span=Span(left.span.end, left.span.end))  # 在|大连高新区|24家上榜企业中
    alone = left.span.of(block.twin)
    whole = _WHOLE.search(block.twin, case.edge, quantity.start) if case.verdict.measure == "share" else None
    if whole and any(case.edge <= place.span.start and place.span.end == whole.start() for place in block.places):
        return Name(block.named(Span(*whole.span("it"))), "what the place has a share of", quantity.end)
    compared = left and _SAYS_NOTHING.fullmatch(block.named(left.span)) is not None
    moved = n > 0 and _MOVED.fullmatch(block.twin, block.figures[n - 1].end, quantity.start)
    if case.verdict.measure == "rank" and not moved and _RANKING.fullmatch(alone):
        if told := contest(case, quantity):
            return told
        compared = not alone.endswith(("排名", "位次"))
    if (
        compared
        or (is_place(alone) and alone not in verbs("do"))
        or alone in _PARTS_OF_A_COUNTRY
        or (case.carried.recent and BOUND.fullmatch(alone))
        or (quantity.kind == "measure" and _A_VILLAGE.fullmatch(alone))
        or not _LETTER.search(alone)
        or (quantity.kind == "measure" and _AN_EXAMPLE.search(block.twin, left.span.start, quantity.start))
    ):
        left = left._replace(span=Span(left.span.end, left.span.end))  # 柳州连续六年保持第一
    if quantity.base_unit in _AREAS_COUNTED and _SAYS_MORE.match(block.twin, quantity.end, case.sentence.end):
        return Name(quantity.base_unit, "areas by themselves", quantity.end)  # 关中5市|PM2.5浓度下降24.7%
    if (despite := _DESPITE.search(block.twin, case.edge, quantity.start)) and despite.end() > case.floor:
        before = left_phrase(
            block.twin, Span(case.edge, despite.start()), block.topics(case.edge, despite.start())
        )  # 外贸进出口|在对美贸易下降超3成的情况下增长12%
        if before:
            return Name(block.named(before.span), "what grows all the same", quantity.end)
    name = (
        _pointing_back(case, n, alone) or _parted(case, n) or _moved(case, n, left) or _attribute(case, quantity, left)
    )
    if name:
        return name
    if case.verdict.measure in {"growth", "change", "rank"}:
        if among := _ranked_among(case, n):
            return among
        if left and not is_deed(left.span.of(block.twin)):
            return Name(block.named(_last_item(block, left)), left.rule, quantity.end)
        return inherited(case, n)
    return (
        _of_a_project(case, n, left)
        or _made_yearly(case, n, left)
        or _how_long(case, n)
        or _to_the_right(case, n, left)
        or _how_many(case, quantity)
        or _to_the_left(case, n, left)
        or _done(case, n)
        or inherited(case, n)
    )


def _pointing_back(case: Case, n: int, alone: str) -> Name | None:
    """Name a figure that points back to one before it: this number, so many a day, those of them that are so."""
    quantity = case.block.figures[n]
    if _THIS_NUMBER.search(case.lead) and case.carried.recent:
        return inherited(case, n)
    if alone in {"前者", "后者"}:
        told = list(dict.fromkeys(row.indicator for row in case.carried.recent if row.measure == "level"))[-2:]
        return Name(told[alone == "后者"], "of the two named before", quantity.end) if len(told) > 1 else None
    if alone in _EACH_DAY and case.verdict.measure == "level":
        whole = inherited(case, n)  # 班列开行4596列,日均|超过12列|; 高企698家,每平方公里|达6.4家
        if whole.indicator.startswith(_ON_AVERAGE):
            return whole  # 亩均税收最高的是甲区,|每亩|达18.6万元
        return whole._replace(indicator=alone + whole.indicator if whole.indicator else alone)
    which = _WHICH_OF_THEM.search(case.lead)
    those = _those_before(case) if which else ""
    if which is None or not those:
        return None
    at = Span(*which.span("it")).shifted(case.floor)
    return Name(case.block.written(at) + those, "those of the ones before that are so", quantity.end)


# 2002年GDP只有251亿元;到2012年,|这一数字变成|1738亿元
_THIS_NUMBER = re.compile(
    "[这该此]一?个?(?:数字|数据|数值|比例|指标|金额|总量|总数)(?:则|已|就|又|更)*"
    "(?:变成|变为|升至|增至|增加到|提高到|扩大到|达到?|高达|为|是|突破|超过|近|接近)?了?$"
)
_ON_AVERAGE = ("亩均", "地均", "人均", "户均", "日均", "月均", "年均", "单位")
_EACH_DAY = frozenset(
    {"人均", "户均", "日均", "月均", "年均", "周均", "平均每天", "平均每月", "平均每周", "每平方公里", "每公顷", "每亩"}
)
# 港资企业超万家,其中|资本金1亿元以上|的1120家; 岗位3470个,其中|月薪6000元以上|的占三成
_WHICH_OF_THEM = re.compile(
    r"^[,;(]?其中,?(?P<it>[\u4e00-\u9fff]{2,8}\d[\d.]{0,8}[百千万亿]{0,2}[\u4e00-\u9fff]{1,2}以[上下])的(?:有|约?占)?$"
)


def _those_before(case: Case) -> str:
    """Return what the count before in the sentence is of, blank where there is none: 港资企业 of 注册港资企业."""
    counts = (row for row in reversed(case.carried.recent) if row.measure == "level" and row.unit and row.value > 1)
    of = next((row for row in counts if row.start >= case.sentence.start and not row.base_unit.endswith("元")), None)
    return without_verb(of.indicator) if of is not None else ""


_A_VILLAGE = re.compile(
    "[\u4e00-\u9fff]{2,8}[县区][\u4e00-\u9fff]{1,8}[乡镇村]"
)  # 化隆县谢家滩乡拉扎村|3.73亿立方米|山体滑坡
_AN_EXAMPLE = re.compile("等$")  # 加快川州二期等|500千伏|输变电工程
_PARTS_OF_A_COUNTRY = AREAS | {
    "西部",
    "中部",
    "东部",
    "东北",
    "国内",
    "行业",
    "同类",
    "西北",
    "西南",
    "亚洲",
    "亚太",
    "欧洲",
    "世界",
    "全球",
}  # 居西部|第一|
# 营业额1兆780亿元,较去年同期|1兆1335亿元; 前5名合计|2.5万亿元: with whom it is compared, or of whom it is.
_SAYS_NOTHING = re.compile(
    r"(?:较|比|与|同)?(?:[去上前往]年)?(?:全年)?(?:同期|同月|当期)?(?:\([^()]{0,12}\))?的?"  # |较去年同期|
    r"|(?:与|较|比|同)?(?:排名|位次)相比|相(?:较|比)?于?"  # |与排名相比|, |相较于|2010年
    r"|[两二三]者(?:合计)?|(?:合计|共计|总计|累计|共)?贡献"  # |两者合计|400家, 三家企业|合计贡献|287亿元
    r"|按[^,;。()]{2,14}折算|折合|约合"  # 人均93250元(|按年平均汇率折算|为13233美元)
    r"|[由从][^,;。]{0,10}(?:增长|下降)转[为正负]"  # 投资41.35亿元,|由一季度的负增长转为|增长8.3%
    r"|最[高低大小多少快慢强优]|次之|居首|领跑|垫底"  # 甲区|最快|,为13.8%
    r"|目标"  # 回收率仅73%,|目标|后年拉高到8成以上
    r"|相当于(?:每[\u4e00-\u9fff]{1,3})?"  # |相当于每秒钟|14件
    r"|(?:大幅|明显|远)?[高低快慢]于(?:同期)?(?:[全][国省市县])?"  # |高于全国|12.7个百分点
    r"|(?:创立|创建|成立|设立|建立|建区|建园|开园|起步)(?:之?时|之初|初期)?"  # |创立时|仅有2.14平方公里
    r"|前\d{1,4}[名位强家]|[我全][国省市县区]唯一"  # |前5名|合计2.5万亿元, |我省唯一|
)
# 在西部|排名第27位, 排名|152位; 2022年度建设|成效考核中|荣获第2名
_RANKING = re.compile(
    "排?(?:在?(?:[全][国省市区]|[西中东]部|东北))?(?:排名|位次)?|[区县市]|[^,;。]{0,12}(?:考评|评价|考核|评估|测评|评选|竞赛|大赛)[中里]"
)
_DESPITE = re.compile("在[^,;。]{2,40}(?:(?:情况|背景|形势|压力|条件|前提)下|的基础上)")
_ITEM = re.compile(r"[^、,;:\s]+$")
_LETTER = re.compile(r"[^\W_]")
_AREAS_COUNTED = frozenset("市县区省州盟旗镇乡")
_SAYS_MORE = re.compile("[^,;。、的]{2,16}?[增下上升降提达占为改][^,;。、]{0,4}\\d")


def _attribute(case: Case, quantity: Quantity, left: Phrase) -> Name | None:
    of = case.block.twin.startswith("的", quantity.end) and _SIZE.fullmatch(left.span.of(case.block.twin))
    return attribute(case, quantity, left) if left and not of else None


# 规模居全区4个|综合保税区|第2位: what stands between a count and a rank is who is ranked.
_AMONG = re.compile(
    "(?:市|[\u4e00-\u9fff]{2,12}|[\u4e00-\u9fff]{1,6}\\([^()]{1,12}\\)[\u4e00-\u9fff]{0,8})(?<![增升提达至到为居列])[中里]?(?:(?:排名?|排在|位居|位列|居|列)(?:[全][国省市区])?)?"
)

# 在178家国家高新区|综合排名|中居第22位
_RANKED_BY = re.compile(
    "[^,;。]{2,12}?(?:区|园|市|县|企业)(?P<it>[\u4e00-\u9fff]{2,8}?(?:排名|考核|评价|评估|考评))(?:结果)?[中里](?:[\u4e00-\u9fff]{0,12},)?(?:[位名]?[列居]|排名?)"
)
_CONTEST = re.compile("在[^,;。]{0,8}$")
_RANKED_AT = re.compile("(?:排名|排在|位居|位列|[居列])(?:[全][国省市]|西部|中部|东部)?$")


def _ranked_among(case: Case, n: int) -> Name | None:
    """Name a rank among others that are counted by what was measured before them."""
    block, quantity = case.block, case.block.figures[n]
    others = block.figures[n - 1] if n and case.verdict.measure == "rank" else None
    if others and (ranked := _RANKED_BY.fullmatch(block.twin, others.end, quantity.start)):
        return Name(block.written(Span(*ranked.span("it"))), "what it is ranked by", quantity.end)
    if others is None or others.kind != "count" or not _AMONG.fullmatch(block.twin, others.end, quantity.start):
        return None
    contest_at = _CONTEST.search(block.twin, case.sentence.start, others.start)
    if contest_at and contest_at.start() > block.edges[n - 1]:  # not 收入494亿元,在|全省100个工业园区里排在第五位
        start = block.edges[n - 1]
        span = Span(start, max(start, contest_at.start()))
        by = left_phrase(block.twin, span, block.topics(*span))
        told = [row for row in case.carried.recent if row.end < others.start and not row.indicator.startswith(PULLING)]
        if by and told and block.named(by.span) in _ATTRIBUTES_RANKED:
            whole = told[-1].indicator.removesuffix(block.named(by.span))  # 投资增长42.5%,|增速|在10个园区中居第一
            return Name(whole + block.named(by.span), by.rule, quantity.end)
        # 综合评价在43个软件园中排名第七; in 园区在全省47家省级经开区中居第3名 who is ranked is all that is told.
        return Name(block.named(by.span), by.rule, quantity.end) if by and not by.verb else None
    ranked_at = None if case.spread else _RANKED_AT.search(block.twin, block.edges[n - 1], others.start)
    if ranked_at:
        start = block.edges[n - 1]
        by = left_phrase(block.twin, Span(start, ranked_at.start()), block.topics(start, others.start))
        if by and not by.verb:
            return Name(block.named(by.span), by.rule, quantity.end)  # 综合发展水平|排名全国217个国家级经开区第15位
    rows = [row for row in case.carried.recent if row.end < others.start and not row.indicator.startswith(PULLING)]
    if rows and is_collective(rows[-1].indicator):
        return contest(
            case, quantity
        )  # 西部地区(共46家综保区)中居第二: not what is counted, but what the text announced
    return Name(rows[-1].indicator, "what is ranked among those counted", quantity.end) if rows else None


_ATTRIBUTES_RANKED = frozenset({"增速", "增幅", "总量", "规模", "占比"})
_DEALT_OUT = re.compile(r"[\u4e00-\u9fff]{2}")


def _parted(case: Case, n: int) -> Name | None:
    """Name the parts in which something is done by what is done: 分两期建设."""
    block, quantity = case.block, case.block.figures[n]
    if block.twin[quantity.start - 1 : quantity.start] != "分" or quantity.unit not in {"期", "批", "步"}:
        return None
    deed = _DEALT_OUT.match(block.twin, quantity.end)
    if deed is None:
        return None
    return Name(block.written(Span(*deed.span())), "what is done in parts", deed.end())


# 由162个整合为123个: the words between two figures of one thing.
_MOVED = re.compile(
    r"(?:[\u4e00-\u9fff]{2,6}为|[\u4e00-\u9fff]{1,6}[到至]|[升降增减]?(?:为|到|至)|转为(?:增长|下降|上升))了?(?:(?:如今|目前|现在|今天)的?)?"
)
_DONE_BY = re.compile(r"由[\d一二两三四五六七八九十百千万余多近约]{1,8}[\u4e00-\u9fff]{2,12}?(?<![到至为])(?=[,;。])")
# 从十年前的1座、储量500吨,|扩到如今的|14座
_GROWN_TO = re.compile("[\u4e00-\u9fff]{1,4}[到至](?:如今|目前|现在|今天)的?$")
_NOW_ENDS = frozenset("的今前在天")
_FROM = re.compile(r"[由从](?:(?:最初|起初|当初|原来|原先)的?)?$")


def _moved(case: Case, n: int, left: Phrase) -> Name | None:
    block, quantity = case.block, case.block.figures[n]
    before = block.figures[n - 1].end if n else -1
    if before >= case.edge and _MOVED.fullmatch(block.twin, before, quantity.start):
        return Name(case.carried.indicator, "moved from one figure to the next", quantity.end)
    now = block.twin[quantity.start - 1] in _NOW_ENDS  # what few figures have before them
    grown = _GROWN_TO.search(block.twin, case.edge, quantity.start) if now else None
    if grown and grown.start() <= case.edge + 1:
        alike = (row for row in reversed(case.carried.recent) if row.base_unit == quantity.base_unit)
        then = next((row for row in alike if row.start >= case.sentence.start), None)
        if then is not None:
            return Name(then.indicator, "what there were so many of before", quantity.end)
    if quantity.kind == "count" and _DONE_BY.match(block.twin, quantity.start - 1) and (who := _right(case, n)):
        return Name(block.written(who.span), "who does it", who.span.end)  # 工坊由|5名|老党员牵头
    if _FROM.search(block.twin, case.edge, quantity.start):
        if left:
            return Name(block.named(left.span), left.rule, quantity.end)
        after = block.figures[n + 1].start if n + 1 < len(block.figures) else quantity.end
        return inherited(case, n) if _MOVED.fullmatch(block.twin, quantity.end, after) else None
    return None


def _last_item(block: Block, phrase: Phrase) -> Span:
    """Return the last item of a list whose first ones belong to the verb before it (实现集中管理、经费下降28%)."""
    if phrase.rule != "what is had":
        return phrase.span
    comma = block.twin.rfind("、", *phrase.span)
    return Span(comma + 1, phrase.span.end) if comma >= 0 else phrase.span


def _to_the_right(case: Case, n: int, left: Phrase) -> Name | None:
    block, quantity = case.block, case.block.figures[n]
    right = _right(case, n)
    of = block.twin.startswith("的", quantity.end)
    touches = left.span.end >= quantity.start - 3
    # 覆盖95%以上行政村, 建设47.8万亩高标准农田: a verb that is a noun elsewhere.
    alone = left.span.of(block.twin) if quantity.kind in {"ratio", "measure"} and touches else ""
    last = _last_verb(block.twin, left.span) if left and touches and (left.verb or alone in _SPARES) else ""
    handed = last or (left.verb and touches and left.span.end - left.span.start <= ONE_VERB)  # 发放3000元生活补贴
    reached = not of and (alone in nominal() or alone in _BUILDS)
    counted = quantity.kind in {"count", "bare", "part"} or handed or reached
    among = left and _IN_WHICH.match(block.twin, left.span.end, quantity.start)  # 50强企业中有4家总部在这里
    given = case.verdict.measure == "share" and block.twin.endswith("贡献", 0, quantity.start)  # 贡献约7成出口增量
    shared = case.verdict.measure == "share" and left and not (of or given)
    invested = (
        quantity.kind == "bare" and touches and left.span.of(block.twin).endswith(_INVESTED)
    )  # 投资|逾百亿兴建工厂
    only_state = left and right.span.of(block.twin) in verbs("standing")  # 景观类项目8个|在建|
    if among or only_state or invested or not right or not (counted or not left or of or given) or shared:
        return None
    noun = _shared_noun(block, n, right.span)
    told_left = left.span.of(block.twin)
    again = quantity.kind == "count" and len(noun) > 1 and told_left.endswith(noun) and not _LISTED.search(told_left)
    told = is_measured if quantity.kind in {"money", "measure", "bare"} else is_rate
    if again or (
        of
        and left
        and not _SIZE.fullmatch(left.span.of(block.twin))
        and (told(left.span.of(block.twin)) or _ABSTRACT.match(noun) or YEARLY.match(left.span.of(block.twin)))
    ):
        # |入园企业|共有194家企业; 总投资40亿元的企业, 优良率保持100%的省份: what is measured is told before it
        return None
    apart = left and block.twin[quantity.end : right.span.start].isspace()
    if apart or (quantity.kind == "money" and not of and right.span.start > quantity.end):
        return None  # 用工缺口|约1.4万人| 技工最抢手; 安排450亿元支持以AI为引领的新质生产力发展
    come_from = quantity.kind == "count" and block.twin.endswith(_COME_FROM, case.floor, quantity.start)
    if come_from or (left.verb and touches and block.named(left.span) in _MOVING):
        state = _brought_to().match(block.twin, right.span.end) if says_little(noun) and not come_from else None
        if state:
            return Name(state[0] + noun, "what they are brought to do", state.end())  # 推动101个项目开工建设
        return Name(noun, right.rule, right.span.end)  # 推动30余项试点任务全部落地, 引进来自|99个|国家和地区的项目
    if left.verb and touches and left.span.end - left.span.start <= SHORT_VERB:
        moved = _MOVED_ON.match(block.twin, left.span.start, left.span.end)
        handled = Span(moved.end(), left.span.end) if moved else left.span  # 推动漓江4条支流水质达标
        return Name(block.named(handled) + noun, f"{left.rule}, with what follows the figure", right.span.end)
    if last:
        return Name(last + noun, f"{last}, the verb before the figure", right.span.end)
    if reached and alone in verbs("do"):
        return Name(alone + noun, f"{alone}, a verb that stays, with what follows the figure", right.span.end)
    generic = quantity.kind == "count" and not left and not of and says_little(noun)
    deed = _DEED.match(block.twin, right.span.end) if generic else None
    if deed and deed[0].endswith(("后", "时")):
        deed = None  # 5个项目|建成达产后|,可实现收入71.7亿元
    after = block.figures[n + 1] if n + 1 < len(block.figures) else None
    if deed and after is not None and after.start < deed.end() and after.kind == "money":
        deed = None  # 40多家企业|完成产值|超亿元
    if deed and (deed.end() >= case.sentence.end - 1 or _CLAUSE_MARK.match(block.twin, deed.end())):
        done = block.written(Span(*deed.span()))
        return Name(done.removesuffix(noun) + noun, "what it does", deed.end())  # 34个项目入选全国名录
    sorted_so = _AN_EXAMPLE.search(block.twin, left.span.start, left.span.end) is not None  # 债权登记等14项改革举措
    if (
        not sorted_so
        and touches
        and left.span.end == quantity.start
        and _MEASURES.fullmatch(noun)
        and not left.verb
        and not of
    ):
        return Name(block.named(left.span) + noun, f"{left.rule}, with what follows the figure", right.span.end)
    if verb := verb_of_list(block, quantity, quantity.start):
        return Name(verb + noun, f"{verb}, done to all that 等 sums up", right.span.end)
    sized = after is not None and after.start < right.span.start and block.twin.startswith("的", after.end)
    return Name(noun, right.rule, quantity.end if sized else right.span.end)  # 13个总投资|62亿元|的项目


_MADE = re.compile("[年日](?:产|加工|处理|培训|吞吐|生产)$")
_WORKS = re.compile(
    "(?<=..)(?:及其?配套)?(?:的|建设|生产|加工|扩建|技改|改造|智能制造){0,3}(?:项目|工程|生产线|产线|基地|装置|工厂)(?:建设)?$"
)


def _of_a_project(case: Case, n: int, left: Phrase) -> Name | None:
    """Return the project whose size a figure is, where no measure stands before it: 紧盯岳阳150万吨|乙烯炼化一体化项目|进展."""
    block, quantity = case.block, case.block.figures[n]
    before = block.twin[case.floor : quantity.start]
    if quantity.kind != "measure" or is_measured(left.span.of(block.twin)) or _OF_OUTPUT.search(before):
        return None
    project = _SIZED_PROJECT.match(block.twin, quantity.end, case.sentence.end)
    return (
        Name(block.written(Span(*project.span("it"))), "the project of that size", project.end()) if project else None
    )


_OF_OUTPUT = re.compile("产|能力|规模|面积|[长宽高]|建成|新增|完成|供应|[可能]|利用|使用|用")
_SIZED_PROJECT = re.compile(
    "(?P<it>(?:(?![等的]|完成|重大)[\u4e00-\u9fffA-Za-z]){2,16}?(?:项目|工程)(?:建设)?)(?![总投化])"
)


def _made_yearly(case: Case, n: int, left: Phrase) -> Name | None:
    """Return 年产乙烯 for 年产|10万吨|乙烯项目."""
    block, quantity = case.block, case.block.figures[n]
    made = _MADE.search(block.twin, *left.span) if left and quantity.kind in {"measure", "count"} else None
    if made is None or left.span.end != quantity.start or block.twin.startswith("的", quantity.end):
        return None
    right = _right(case, n)
    return (
        Name(made[0] + _WORKS.sub("", block.written(right.span)), "what is made in a year", right.span.end)
        if right
        else None
    )


def _how_long(case: Case, n: int) -> Name | None:
    """Return 观光塔高 for 300米|高的观光塔, 隧道长 for 3.5公里|长的隧道."""
    block, quantity = case.block, case.block.figures[n]
    size = _SIZE_OF.match(block.twin, quantity.end) if quantity.kind == "measure" else None
    thing = right_phrase(block.twin, size.end(), case.sentence.end) if size else None
    if size is None or not thing:
        return None
    return Name(block.written(thing.span) + size["it"], "how high or long it is", thing.span.end)


_SIZE_OF = re.compile("(?P<it>[高长宽深厚重])的")
_INVESTED = ("投资", "斥资", "耗资", "出资")
_SPARES = {"减少", "替代", "消纳", "减排"}  # 每年可减少约11万吨废弃物


_COME_FROM = ("来自", "来自于")
_MOVING = {"推动", "推进", "促成", "带动"}
_MOVED_ON = re.compile("(?:推动|推进|促成)(?=.{2})")


@cache
def _brought_to() -> re.Pattern[str]:
    """The state that works are brought to: 推动101个项目|开工建设|, 促成20个项目|签约落地|."""
    state = lexicon.any_of(verbs("reached"))
    return re.compile(f"(?:集中|顺利|全部)?(?:{state}|落户)(?:{state}|建设)?")


def _last_verb(twin: str, span: Span) -> str:
    """Return the verb of handling that ends a phrase: 协助厂商|争取|3000万元研发补助; blank where none does."""
    last = cut(span.of(twin))[-1]
    return last if last in verbs("do") - nominal() or last in _SPARES else ""


_MEASURES = re.compile(
    "(?:政策|具体|若干|支持|升级|硬核|改革|提升|优化|创新|便利|惠企|服务)*(?:举措|措施)"
)  # 科技金融|20条|政策措施


_SIZE = re.compile("(?:总|首期)?规模")  # 设立规模2亿元的产业引导基金
_IN_WHICH = re.compile("[中里](?:已|仅|约|就)?有")
_ABSTRACT = re.compile("(?:能力|目标|任务|成绩|要求|规模|速度|水平|跨越|新高|高位|佳绩|历史|台阶|关口|总量)")


def _to_the_left(case: Case, n: int, left: Phrase) -> Name | None:
    block, quantity = case.block, case.block.figures[n]
    if left:
        own_text = block.named(left.span)
        if left.rule == PULLED and case.verdict.measure == "level" and quantity.kind != "ratio":
            pulled = Span(left.span.start - _MOVES, left.span.end)
            if pulled.of(block.twin).startswith(("带动", "拉动")):
                return Name(block.named(pulled), left.rule, quantity.end)  # 基金带动社会投资超千亿元
        if left.verb and block.twin.startswith("的", quantity.end) and (size := _OF_WHAT_FOLLOWS.search(own_text)):
            return Name(size[0], left.rule, quantity.end)  # 全力推进|总投资190亿元|的11个项目
        beside = left.rule in {"to the left of the figure", "after the place it is in"}  # not 建成|甲示范基地|3000亩
        beside = beside and not own_text.endswith("建成区")  # a size by itself
        if beside and (whole := whole_of_place(case, quantity, own_text)):
            named = any(mention.span.overlaps(left.span) for mention in block.places)
            rule = "a place by what is measured of the whole before"
            return Name(whole, rule, quantity.end, part="" if named else own_text)
        if grade := grade_of(case, quantity, left):
            return Name(grade, "a grade of what is named before", quantity.end)
        if counted := _of_those_before(case, quantity, left):
            return counted
        if new := new_ones(case, quantity, left):
            return Name(new, "new ones of what is named before", quantity.end)
        if (
            left.rule == SUMMED
            and quantity.kind == "count"
            and (handled := verb_of_list(block, quantity, left.span.start))
        ):
            return Name(handled + block.named(left.span), left.rule, quantity.end)  # 引进索尼等品牌7个
        gain = _GAIN.match(block.twin, quantity.end) if left.verb and quantity.kind == "count" else None
        gained = block.written(Span(*gain.span())) if gain else ""
        if left.verb and (moved := _MOVED_ON.match(own_text)):
            return Name(own_text[moved.end() :], left.rule, quantity.end)  # 推进“三北”工程建设10万亩
        own = _ACHIEVED.sub("", block.named(left.span))
        own = _OF_WHOLE.sub("", own) if case.verdict.measure == "level" else own
        return Name(own + gained, left.rule, gain.end() if gain else quantity.end)
    verb = left.before if left.rule == "a verb of having" else Span(0, 0)
    if quantity.kind == "measure" and (done := _BUILT.search(block.twin, *verb)) and done.start() - verb.start > 1:
        built = left_phrase(block.twin, Span(verb.start, done.start()), block.topics(verb.start, done.start()))
        return Name(block.named(built.span), "what is built", quantity.end)  # 各类科技载体累计建成超1000万平方米
    if case.verdict.measure == "level" and quantity.kind == "count" and verb.end - verb.start > 2:
        alone = block.written(verb).removeprefix("共")
        return Name(alone, "a verb by itself", quantity.end)  # 单独组建32家
    return None


def _how_many(case: Case, quantity: Quantity) -> Name | None:
    """Name a count of parks whose number is what the clause tells: |园区数量|超过160个, |国家高新区的数量|达到88家."""
    told = _NUMBER_OF.search(case.block.twin, case.floor, quantity.start)
    place = next((m.span for m in case.block.places if m.span.end == told.start()), None) if told else None
    if told is None or place is None:
        return None
    return Name(case.block.written(Span(place.start, told.end("of"))), "how many there are", quantity.end)


_NUMBER_OF = re.compile("(?P<of>的?(?:数量|总数|个数))(?:已|现)?(?:达到?|为|增至|增加到|扩大到|有)?[了约]?$")


def _of_those_before(case: Case, quantity: Quantity, left: Phrase) -> Name | None:
    """Name a count by the noun before it: 千万元投资建设项目|实施11个; GDP超过千亿元的园区48个,进出口额超过500亿元的|有40个."""
    block, text = case.block, case.block.named(left.span)
    if left.verb and text in _CARRIED_OUT and (works := _WORKS_BEFORE.search(block.twin, *left.before)):
        return Name(text + block.named(Span(*works.span("it"))), "what is done to those before it", quantity.end)
    which = _WHICH.fullmatch(block.twin, left.span.end, quantity.start) and _BOUNDED.search(text)
    if not (which and case.carried.recent and quantity.kind == "count"):
        return None
    things = case.carried.recent[-1].indicator
    return Name(f"{text}的{things[things.rfind('的') + 1 :]}", "those of a sort", quantity.end)


_WHICH = re.compile("的(?:共?有|达到?)")
_BOUNDED = re.compile("(?:超过?|突破|达到?|过)[\\d一二两三四五六七八九十百千万亿]")
_CARRIED_OUT = frozenset({"实施", "开工", "续建", "推进", "谋划", "储备"})
_WORKS_BEFORE = re.compile("(?P<it>[^,;。、]{2,20}(?:项目|工程))(?:共|已|累计)?$")  # 千万元投资建设项目|实施11个
_BUILT = re.compile("(?:已|累计|共|现已|全部|陆续){0,3}(?:建成|投用|落成|铺设)$")
_OF_WHAT_FOLLOWS = re.compile("(?:计划|协议)?(?:总投资|投资额?|占地面积|占地|建筑面积|面积|规模|产能|注册资本)$")
_MOVES = 2  # code points: 带动
_ACHIEVED = re.compile(
    "(?:(?<=业)|(?<=领域))(?:预计|累计|共计?|已)*(?:完成|实现)"
    "(?=(?:工业)?(?:总?产值|增加值|销售额|营业额|营业?收入|销售收入|主营业务收入|零售额|利润|(?:入库)?税收|进出口|消费品零售总额))"
)
_LISTED = re.compile("[、和及与]")  # 水东工业园区和西关工业园区|二个|工业园区
_BUILDS = frozenset({"建", "盖", "修", "筑"})  # |盖|66公顷温室
_OF_WHOLE = re.compile("^占(?![地用比有])")  # 占年任务75亿元的23.7%
# 带动3000余人就业: what those who are counted gain.
_GAIN = re.compile(r"(?:稳定|实现|就近|转移|灵活|家门口)*(?:再?就业|创业|增收|脱贫|致富|受益|务工){1,2}")
_DEED = re.compile(
    r"(?:获|向|入选|参与|荣获|投用|上榜|通过|入围|完成|建成|当选|获评|获批|实现|落户|进入|参加|跻身|纳入|达到|凭|晋升)[^,;:。、()\d\n]{2,16}"
    r"|在[^,;:。、()\d\n]{2,6}?(?:复制|推广|应用){1,2}(?![\u4e00-\u9fff])"  # 37项|在全省复制推广|
)


def _done(case: Case, n: int) -> Name | None:
    """Name what has nothing but a verb by what it does: 37项向全国推广, 2人当选院士."""
    quantity = case.block.figures[n]
    deed = _DEED.match(case.block.twin, quantity.end, case.sentence.end) if quantity.kind in {"count", "time"} else None
    if deed and case.lead in _OF_THEM and (those := topic_clause(case, n)):
        return Name(those, "the clause before names it", quantity.end)  # 省级高新区中,已有7家|向国务院递交了请示
    return Name(case.block.written(Span(*deed.span())), "what it does", deed.end()) if deed else None


_CLAUSE_MARK = re.compile("[,;。:]")


def _right(case: Case, n: int) -> Phrase:
    """Return the phrase to the right of figure ``n``, up to the next figure or time; of a list, that of the last."""
    block, sentence = case.block, case.sentence
    twin, first = block.twin, n
    while True:  # no recursion: a hostile text has thousands of figures side by side
        quantity = block.figures[n]
        following = block.figures[n + 1] if n + 1 < len(block.figures) else None
        if following is not None and following.end >= sentence.end:
            following = following if following.start < sentence.end else None
        beside = following is not None and _BESIDE.fullmatch(twin, quantity.end, following.start)
        if beside and n < first + _SIDE_BY_SIDE:
            n += 1  # 21批173项案例, 两批共计84项案例: both count what the last one counts
            continue
        if following is not None and (
            _BOUND.fullmatch(twin, quantity.end, following.start)
            or (twin.startswith("的", following.end) and _OF_A_SIZE.fullmatch(twin, quantity.end, following.start))
        ):
            return right_phrase(twin, following.end, sentence.end)  # 3个过三千亿元城市
        limit = following.start if following is not None else sentence.end
        if block.periods:
            limit = min([limit, *(p.span.start for p in block.periods if quantity.end <= p.span.start < limit)])
        start = quantity.end
        if twin.startswith("之间", start):
            start += len("之间")  # 400件到450件之间
        if twin.startswith("目", start) and quantity.unit.endswith("项"):
            start += 1  # 51余项目: the unit is part of the noun
        if (said := _SAID_TO_BE.match(twin, start)) and (quantity.kind == "part" or case.lead in _OF_THEM):
            start = said.end()  # 八成以上是“九〇后”; 其中12家为上市公司
        listing = following is None or _CLAUSE_MARK.search(twin, quantity.end, following.start) is not None
        phrase = right_phrase(twin, start, limit, listing=listing)
        if quantity.kind == "count" and (made := _PRODUCT.search(twin, *phrase.span)) and phrase.span.end == made.end():
            return phrase._replace(span=Span(phrase.span.start, made.start()))
        if phrase or following is None or n + 1 >= case.first + case.count:
            return phrase
        n += 1


# What a thing that is counted makes or takes in, of which there are no so many: 8条产业链|产值两位数增长, 17个制造业|增加值.
_PRODUCT = re.compile(
    r"(?<=.[业链群区司户目])(?:工业|年)?(?:总?产值|增加值|营业?收入|营收|销售收入|销售额|利润总额|利润|税收)$"
)
_BESIDE = re.compile("(?:共计?|合计|计)?")
_SIDE_BY_SIDE = 8  # figures: a longer row of them counts nothing, and would be gone through for each
_BOUND = re.compile("[过超逾破达近]")
# 13个|总投资|62亿元的项目, 六个|GDP突破|两万亿元的城市
_OF_A_SIZE = re.compile(
    "(?:计划|协议|固定资产)?(?:总投资|投资|总产值|年产值|产值|GDP|营业收入|主营业务收入|年?营收|年?税收|销售收入|注册资本|面积)额?(?:达到?|超过?|突破|过|逾|在)?"
)
_SAID_TO_BE = re.compile("(?:均|都|全部|全)?(?:[为是]|成为)")
_OF_THEM = frozenset({"", "其中", "其中,", "其余", "其他", "另有", "另外", "已有", "有"})


_GRADES = 3  # grades of one noun: 6个世界级、7个国家级、9个区域级产业集群


def _shared_noun(block: Block, n: int, span: Span) -> str:
    """Give 90个市级、303个区级示范点 its noun: what follows the grade of the next figure."""
    own = block.written(span)
    if not GRADE.fullmatch(own):
        return own
    for figure in block.figures[n + 1 : n + 1 + _GRADES]:
        grade = GRADE.match(block.twin, figure.end)
        if grade is None or block.twin[grade.end() : grade.end() + 1] not in "、和及与,":
            start = grade.end() if grade else figure.end
            noun = right_phrase(block.twin, start, block.sentence(figure.end).end) if grade else None
            return own + block.written(noun.span) if noun else own
    return own
