"""What a figure takes its name from when its own clause does not say it: the clause, the sentence, the figures before.

attribute   …增长6.1%,增速居第3位                  an attribute of what was named
new ones    过江通道4座、在建8座                    more of the same, in another state
grade       创新平台118个,其中国家级21个             a grade of what was named
inherited   …139.7亿元,增长33.4%                  a topic, a contest, or the figure before
"""

from __future__ import annotations

import itertools
import re
from functools import cache
from typing import TYPE_CHECKING

from miner import lexicon
from miner.announced import what_is_moved
from miner.blocks import JOINT
from miner.cases import Case, Name
from miner.heads import is_measured, is_rate, owned
from miner.leftward import left_phrase
from miner.phrases import LOCAL, Phrase, is_predicate, left_edge
from miner.places.parks import is_collective
from miner.spans import Span
from miner.verbs import verbs, without_verb
from miner.words import cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miner.quantities import Quantity
    from miner.schema import Observation


_ATTRIBUTE = re.compile(
    r"(?:[\d两三四五六七八九十]{1,9}年)?增量|增速|增幅|降幅|涨幅|跌幅|(?:提升|提高|增长|下降|改善)?(?:幅度|速度)|占比|比重|总数|数量|总量|总额|总值|均值|规模"
)
_PART = re.compile(r"占[^,;。]{1,20}")


def _opening(case: Case, left: Phrase) -> str:
    """Return what the sentence before is about, where it states no figure and this one goes on: 经营主体持续壮大。总量接近800万户."""
    block, sentence = case.block, case.sentence
    clause = left_edge(block.twin, sentence.start, max(sentence.start, case.edge - 1))
    if clause < case.edge - 1 and block.twin[case.edge - 1] == ",":
        before: Span | None = Span(clause, case.edge)  # 市场经营主体增量提质,总量突破1000万户
    else:
        before = next((s for s in block.paragraph.sentences if s.end <= sentence.start < s.end + 2), None)
    if (
        before is None
        or left.span.start not in {sentence.start, case.edge}
        or any(before.start <= q.start < before.end for q in block.figures)
    ):
        return ""
    start = left_edge(block.twin, before.start, before.end - 1)
    phrase = left_phrase(block.twin, Span(start, before.end - 1), block.topics(start, before.end))
    return (
        block.named(phrase.span)
        if phrase and not phrase.verb and len(phrase.span.of(block.twin)) <= _TOPIC_LENGTH
        else ""
    )


def attribute(case: Case, quantity: Quantity, left: Phrase) -> Name | None:
    """Return 居民收入增速 for 增速 after 居民收入增长6.1%, and 产值占全市的比重 for 占全市的比重 after 产值."""
    text = case.block.named(left.span)
    if not (_ATTRIBUTE.fullmatch(text) or _PART.match(text)) or (text == "数量" and case.verdict.measure == "level"):
        return None
    done = _DONE_BEFORE.search(case.block.twin, case.sentence.start, case.edge) if text in {"总额", "金额"} else None
    whole = done["it"] if done else _peer(case, quantity) or _opening(case, left)
    whole = whole or (_whole(case.carried.recent) if case.carried.recent else "")
    if not whole:
        return None
    if text in {"总数", "总量", "数量"}:
        whole = _NEW.sub("", whole)
        if whole.endswith(("值", "额", "量", "数")):
            return Name(whole, "the total of what is named before", quantity.end)
    if text.endswith("增量"):
        text = ""
    if not text or not _PART.match(text):
        return Name(
            whole if whole.endswith(text) else whole + text, "an attribute of what is named before", quantity.end
        )
    if _PART.match(text) and case.verdict.measure in {"growth", "change", "rank", "share"}:
        return Name(whole + text, "a share of what is named before", quantity.end)
    return None


# 36间公司完成|融资|,总额达47亿元
_DONE_BEFORE = re.compile("(?:完成|获得|达成|追加)了?(?P<it>[\u4e00-\u9fff]{2,4}),$")


def _peer(case: Case, quantity: Quantity) -> str:
    """Return what each of a list is of where as many stand before it: 小巨人企业3家、单项冠军5家,总数|分别|达到11家和20家."""
    k = case.block.figures.index(quantity, case.first) - case.first
    rows = [row for row in case.carried.recent if row.start >= case.sentence.start and row.start < case.edge]
    peers = rows[-case.count :] if case.spread and len(rows) >= case.count > 1 else []
    same = {(row.base_unit, row.measure) for row in peers} == {(quantity.base_unit, "level")}
    return peers[k].indicator if same else ""


def _whole(rows: Sequence[Observation]) -> str:
    """Return what the last of the rows is of, without an attribute that it added: 总产值 after 总产值增速."""
    bare = _ATTRIBUTE_END.sub("", rows[-1].indicator)
    return bare if any(row.indicator == bare for row in rows) else rows[-1].indicator


_ATTRIBUTE_END = re.compile(rf"(?:{_ATTRIBUTE.pattern})$")
SHORT_VERB = 4  # code points: 选派, 新批 and the like join what follows the figure


def new_ones(case: Case, quantity: Quantity, left: Phrase) -> str:
    """Return 新增企业 for 企业新增510户, 在建过江通道 for 在建8座 after 过江通道4座, 实施试点经验 for 实施117项 after 123项."""
    block, verb = case.block, case.block.written(left.span)
    if (state := _works_reached().fullmatch(verb)) and quantity.kind == "count":
        return state["verb"] + state["noun"]  # 重大项目开工390个
    if (
        quantity.kind == "measure"
        and verb in verbs("reached", "standing")
        and (of := _in_another_state(case, quantity))
    ):
        return of + verb  # 新能源开工1600万千瓦、|投产|1000万千瓦以上
    if quantity.kind == "measure" and verb in verbs("standing") and (left_of := _still_to_come(case, quantity, verb)):
        return left_of
    stated = (
        verb in verbs("reached")  # 89项改革试点任务已|落地|86项
        or (left.verb and len(verb) <= ONE_VERB)
        or _NEW.fullmatch(verb)
        or _two_states().fullmatch(verb)
    )
    if not stated or quantity.kind != "count":
        return ""
    noun = left_phrase(block.twin, left.before, block.topics(*left.before))
    told = block.named(noun.span) if noun and not noun.verb else ""
    if told and (_NEW.fullmatch(verb) or told[-1] == quantity.base_unit):  # “哈绥俄亚”班列累计开行294列
        return verb + told
    before = without_verb(_of_the_same_unit(case, quantity)).removeprefix("计划").removeprefix(verb)
    before = _BUILT_OR_TO_BE.sub("", before) if _BUILT_OR_TO_BE.match(verb) else before  # 在建11个,|筹建|7个
    return verb + before if before else ""  # 计划开工项目255项,已|开工|206项


_BUILT_OR_TO_BE = re.compile("^(?:在建|续建|新建|筹建|拟建|待建|在谈)")


def _in_another_state(case: Case, quantity: Quantity) -> str:
    """Return what the figure before measures in another state of works: 新能源 of 新能源开工."""
    before = case.carried.recent[-1] if case.carried.recent else None
    if before is None or before.start < case.sentence.start or before.base_unit != quantity.base_unit:
        return ""
    state = next((word for word in verbs("reached", "standing") if before.indicator.endswith(word)), "")
    return before.indicator.removesuffix(state) if state else ""


def _still_to_come(case: Case, quantity: Quantity, state: str) -> str:
    """Return 在建厂房 for |在建|8万平方米 after 建成厂房20万平方米."""
    rows = (row for row in reversed(case.carried.recent) if row.start >= case.sentence.start)
    before = next((row for row in rows if not row.indicator.startswith(tuple(verbs("standing")))), None)
    if before is None or before.base_unit != quantity.base_unit or before.measure != "level":
        return ""
    return state + without_verb(before.indicator)


@cache
def _works_reached() -> re.Pattern[str]:
    """Works and the state that they came to: 重大项目|开工|."""
    return re.compile(f"(?P<noun>.{{0,16}}(?:项目|工程))(?P<verb>(?:集中)?(?:{lexicon.any_of(verbs('reached'))}))")


@cache
def _two_states() -> re.Pattern[str]:
    """Two states that the same works reached: 新开工项目38个,|竣工投产|26个."""
    return re.compile(f"(?:{lexicon.any_of(verbs('reached'))}){{2}}")


def _of_the_same_unit(case: Case, quantity: Quantity) -> str:
    """Return what the figure before counts in the same sentence and unit, blank where none does."""
    before = case.carried.recent[-1] if case.carried.recent else None
    alike = before is not None and before.base_unit == quantity.base_unit and before.start >= case.sentence.start
    return before.indicator if before is not None and alike else ""


ONE_VERB = 2  # code points: a verb with nothing after it


def whole_of_place(case: Case, quantity: Quantity, place: str) -> str:
    """Return 规划用地 for 机电产业园|6平方公里 after 规划用地30平方公里: a place has no size or money but what is measured of it."""
    recent = [row for row in case.carried.recent if row.start >= case.sentence.start] or case.carried.recent[-1:]
    told = next((row for row in reversed(recent) if row.measure == "level"), None)  # 甲区3亿元,增长1.7倍;|乙区2亿元|
    if told is None or told.base_unit != quantity.base_unit:
        return ""
    whole = told.indicator
    if quantity.kind not in {"money", "measure"} and not whole.endswith(("人口", "人数")):
        listed = quantity.kind == "count" and _AMONG_THEM.search(case.block.twin, case.sentence.start, quantity.start)
        counted = listed and _A_COUNTY.fullmatch(place) and not whole.endswith(("园区", "开发区"))
        return without_verb(whole) if counted else ""  # 在建项目中,江油市56个、|安县|24个
    return whole if _A_PLACE.search(place) and is_measured(whole) and not is_measured(place) else ""


# 主营业务收入过百亿元的园区有5个,其中上饶经开区|494.82亿元|: what they are counted by
_ABOVE = re.compile("(?P<it>[^,;。]{2,14}?)(?:超过?|过|突破|达到?|在)[一二三四五六七八九十百千万亿\\d.]+元(?:以上)?的")
_AMONG_THEM = re.compile("其中(?=,|[东中西]部|东北)|(?:在[^,;。]{2,16}|[^,;。]{2,16})中,")
_A_COUNTY = re.compile(
    "[东中西]部地区|东北地区|[\u4e00-\u9fff]{1,5}(?:[市县区旗州]|开发区|经开区|高新区)|[\u4e00-\u9fff]{2,8}园区?"
)
_A_PLACE = re.compile("(?:[园区城镇村岸期]|基地|组团|板块)[”)]?$")


def grade_of(case: Case, quantity: Quantity, left: Phrase) -> str:
    """Return 国家级创新平台 for 国家级21个 after 省级以上创新平台118个."""
    grade, rows = case.block.written(left.span), case.carried.recent
    if not rows or not GRADE.fullmatch(grade) or rows[-1].base_unit != quantity.base_unit:
        return ""
    noun = without_verb(rows[-1].indicator)
    noun = noun[noun.rfind("的") + 1 :]  # 纳入统计的科技企业孵化器1239家(其中国家级435家)
    noun = noun[graded.end() :] if (graded := GRADE.match(noun)) else noun
    return grade + noun


GRADE = re.compile(
    r"规上|规模以上|限上|(?:[国省市区县州乡镇]+家?|世界|国际|全国|区域|地市|部|[十百千万]{0,2}[万亿](?:元|吨)?)级(?:及?以上)?"
)


def with_head(case: Case, indicator: str) -> str:
    """Return 第二产业增加值 for 第二产业 after 地区生产总值 or 第一产业增加值: a sector is measured by what it adds.

    Source: the accounts by sector of the National Bureau of Statistics, where a sector of GDP is its 增加值.
    """
    rows = case.carried.recent
    if _SECTOR.fullmatch(indicator) and rows and _GDP.search(rows[0].indicator):
        return f"{indicator}增加值"
    beside = rows and rows[-1].indicator.startswith("距") and not indicator.startswith("距")
    if beside and case.lead == f"、{indicator}" and case.block.figures[case.first].base_unit == rows[-1].base_unit:
        return f"距{indicator}"  # 距机场45公里、|高铁站|9公里
    sized = _OF_SUCH_A_SIZE.match(rows[-1].indicator) if rows and indicator[:1] in {"超", "过"} else None
    return sized["of"] + indicator if sized else indicator  # 产值超10亿元企业3家、|超亿元企业|20家


_OF_SUCH_A_SIZE = re.compile(r"(?P<of>[\u4e00-\u9fff]{2,8}?)(?:超过?|突破|过)[\d百千万亿]")
_SECTOR = re.compile("第[一二三]产业|[一二三]产")
_GDP = re.compile("增加值|生产总值|GDP")


def inherited(case: Case, n: int) -> Name:
    """Name a figure by what stands before it: a contest, the topic of its clause, or the figure before."""
    block, quantity = case.block, case.block.figures[n]
    if case.verdict.measure == "rank" and (told := contest(case, quantity)):
        return told
    if _AREA_OF.search(block.twin, max(0, quantity.start - 2), quantity.start) and quantity.base_unit in _AREAS:
        before = case.carried.indicator
        return Name(before if _AREA_TOLD.search(before) else "", "an area in brackets", quantity.end)
    if quantity.base_unit in _AREAS and (sized := _sized(case, quantity)):
        return Name(sized, "what the bracket gives the size of", quantity.end)
    if told := _parks_counted(case, quantity) or _restated(case, n) or _topic(case, n):
        return told
    # 产值17.78亿元,占年任务75亿元的23.7%: the whole is no more than that.
    whole = case.edge + case.verdict.tail if case.verdict.measure == "share" else quantity.start
    latest = case.carried.recent[-_LATEST:]
    recent = [row for row in latest if row.start < whole] or latest
    recent = [row for row in recent if not row.indicator.startswith(PULLING)] or recent
    rows = [row for row in recent if not is_aside(block.twin[row.end : quantity.start])]
    listed = n > 0 and JOINT.fullmatch(block.twin, block.figures[n - 1].end, quantity.start)
    if quantity.kind == "money" and rows and (above := _ABOVE.match(rows[-1].indicator)) and is_measured(above["it"]):
        return Name(above["it"], "what those are counted by that it is one of", quantity.end)
    both = quantity.kind == "count" and _BOTH.search(case.lead) is not None  # A169家、B230家,两者合计近400家
    summed = _summed(case, rows) if rows and (both or case.verdict.measure == "share") else ""
    if rows and (summed or case.verdict.measure == "share"):
        return Name(summed or _whole(rows), "what the figures before it count", quantity.end)
    alike = [row for row in rows if row.base_unit == quantity.base_unit and row.measure == "level"]
    reached = rows and rows[-1].measure in {"growth", "change"}  # 翻了一番,达到31.2亿元
    reached = reached and not _parted(block.twin, rows[-1].end, quantity.start)
    if (
        alike
        and _parted(block.twin, alike[-1].end, rows[-1].start)
        and not _parted(block.twin, rows[-1].end, quantity.start)
    ):
        alike = []  # 出境班列362列、24861标箱;进境班列102列,7748标箱
    bounds = BOUND.search(block.twin, case.edge, quantity.start) if quantity.kind == "count" and alike else None
    if bounds:
        sort, size = alike[-1].indicator, block.written(Span(*bounds.span()))
        noun = without_verb(sort)
        sized = sort.removesuffix(noun) + size + noun  # 新引进|10亿元以上|项目
        those = _AT_LEAST_SO_MUCH.sub(size, sort) if _AT_LEAST_SO_MUCH.search(sort) else sized
        return Name(those, "what the figure before it counts, of another size", quantity.end)
    if alike and case.lead.rstrip("约近超过").endswith("完成") and alike[-1].indicator.endswith("总投资"):
        spent = alike[-1].indicator.removesuffix("总投资") + "完成投资"  # 总投资186亿元,当年完成|34.7亿元
        return Name(spent, "what is done of what the figure before it counts", quantity.end)
    if case.verdict.measure in {"level", "change"} and not listed and alike and not reached:
        return Name(_stock(case, quantity, alike[-1]), "what the figure before it counts", quantity.end)
    counted = rows and (listed or block.twin[rows[-1].end : quantity.start].count("、"))
    if counted and quantity.base_unit == "人" and rows[-1].base_unit not in {"人", "%"}:
        return Name("", "nothing names what is counted", quantity.end)  # 十几条流水线、三四百人; 两条线、90来号人
    if rows and rows[-1].measure == "share" and quantity.base_unit == "百分点":
        return Name(_with_share(case, rows[-1]), "the share before it", quantity.end)
    return _told_before(case, quantity, rows)


def _restated(case: Case, n: int) -> Name | None:
    """Return the name of the sum that a bracket gives in another currency: 收益超过20亿新台币(|4亿港元|)."""
    figures, rows = case.block.figures, case.carried.recent
    if not (n and rows and figures[n].kind == figures[n - 1].kind == "money" and rows[-1].end == figures[n - 1].end):
        return None
    restates = _RESTATES.fullmatch(case.block.twin, figures[n - 1].end, figures[n].start)
    return Name(rows[-1].indicator, "what the bracket restates", figures[n].end) if restates else None


_RESTATES = re.compile("[(](?:大?约|折合?|合|相当于|等于){0,2}")


def _parks_counted(case: Case, quantity: Quantity) -> Name | None:
    """Return the parks right before their own number: 全国共有|国家级高新区|169家, 分布的|国家高新区|从12个增加至32个."""
    block = case.block
    if quantity.base_unit not in {"个", "家"}:
        return None
    for mention in block.places:
        between = block.twin[mention.span.end : quantity.start] if mention.span.start >= case.edge else ","
        if mention.place.kind == "group" and _SO_MANY.fullmatch(between):
            return Name(block.written(mention.span), "the parks that are counted", quantity.end)
    return None


_SO_MANY = re.compile("(?:共计|总计|合计|共|已|现|总数|数量|达到?|为|有|从|由|约|超过?|近)*")


def _topic(case: Case, n: int) -> Name | None:
    """Return what the sentence or the clause before figure ``n`` says that it is about."""
    block, quantity = case.block, case.block.figures[n]
    since = max(case.sentence.start, block.twin.rfind(";", case.sentence.start, quantity.start) + 1)
    alone = case.verdict.measure in {"growth", "change"} and not any(since <= f.start for f in block.figures[:n])
    if alone and (moved := what_is_moved(block, since, case.edge)):
        before = case.carried.indicator
        measured = max(
            (word for word, of in owned().items() if of == "产出" and before.endswith(word)), key=len, default=""
        )
        return Name(moved + measured, "what its sentence says the cause of", quantity.end)  # 光电产业|营业额
    told = max(since, block.figures[n - 1].end) if n else since
    if case.verdict.measure == "growth" and (compared := _SPEEDS.search(block.twin, told, case.edge)):
        span = Span(*compared.span("it"))
        noun = left_phrase(block.twin, span, block.topics(*span))
        return Name(block.named(noun.span), "what grows at the speed told before", quantity.end)
    done = _DONE_BEFORE.search(block.twin, case.sentence.start, case.edge) if case.lead in _IN_SUM else None
    topic = done["it"] if done and quantity.kind == "money" else topic_clause(case, n)  # 追加了|投资|,合计1.8亿美元
    return Name(topic, "the clause before names it", quantity.end) if topic else None


# 11个市|主营业务收入|增速高于全省,其中郑州市增长达到74%
_SPEEDS = re.compile("(?P<it>[^,;。]{2,24}?)增[速幅](?:均|都)?(?:[高低快慢]于|超过|领先)[^,;。\\d]{2,20},(?:其中,?)?")


# 引进|5000万元以上|项目27个,其中|10亿元以上|4个; 新签约|亿元|项目413个,其中|1—5亿元|311个
_SO_MUCH = r"[百千万亿]{0,3}(?:美元|欧元|元)?(?:[—~至到-][\d.]{1,12}[百千万亿]{0,3}(?:美元|欧元|元))?(?:以[上下])?"
BOUND = re.compile(rf"(?:超过?|突破|逾)?[\d.一二两三四五六七八九十]{{1,12}}{_SO_MUCH}(?=(?:的有?|有)?$)")
"""An amount that tells which of those before are counted, right before their count."""
_AT_LEAST_SO_MUCH = re.compile(
    r"(?:超过?|突破|逾|过)?(?:[\d.]{1,12}[百千万亿]{0,3}(?:美元|欧元|元)?[—~至到-])?"
    r"[\d.一二两三四五六七八九十]{0,12}[百千万亿]{1,3}(?:美元|欧元|元)(?:以[上下])?"
)


def _told_before(case: Case, quantity: Quantity, rows: Sequence[Observation]) -> Name:
    """Name a figure by the one before it in the sentence or the paragraph, where nothing nearer names it."""
    block, last = case.block, rows[-1] if rows else case.carried.last
    if quantity.kind == "count" and quantity.base_unit in "家个" and last is not None and last.base_unit.endswith("元"):
        spoken = [m.span for m in block.places if m.topic and case.sentence.start <= m.span.start < quantity.start]
        parks = block.written(spoken[-1]) if spoken else ""  # 经开区实现跨越式发展:从最初的|14家|扩展到|232家|
        return Name(parks if is_collective(parks) else "", "the parks that the sentence is about", quantity.end)
    if quantity.base_unit == "人次" and last is not None and last.base_unit not in {"人次", "人", "%", "百分点"}:
        return Name("", "nothing names what is counted", quantity.end)  # 岗位1200个。仅一上午,就有|900余人次|
    told = last is not None and last.start >= case.sentence.start
    if not told and case.verdict.measure == "level" and quantity.base_unit == "%":
        asked = _ASKED.search(block.twin, max(0, case.sentence.start - _JUST_ASKED), case.sentence.start)
        if asked or (last is not None and last.base_unit != "%"):
            return Name(asked["it"] if asked else "", "what was asked", quantity.end)  # 空置率高吗?一度到了|14%|
    if rows:
        return Name(_stock(case, quantity, rows[-1]), "what the figure before it counts", quantity.end)
    if first := _first_clause(case):
        return Name(first, "what its sentence opens with", quantity.end)
    return Name(case.carried.indicator, "what the paragraph before it counts", quantity.end)


_ASKED = re.compile("(?P<it>[\u4e00-\u9fff]{2,10}率)[高低大]?[吗呢]?\\?")
_JUST_ASKED = 60  # code points


def _first_clause(case: Case) -> str:
    """Return the measure that a sentence opens with: 国科会分析六大产业上半年|营业额|,积体电路受需求带动,成长34.33%."""
    block, (start, end) = case.block, case.sentence
    comma = block.twin.find(",", start, min(end, case.edge))
    if comma < 0 or any(start <= figure.start < comma for figure in block.figures):
        return ""
    words = cut(block.twin[start:comma])
    if not words or len(words[-1]) <= ONE_VERB or not is_measured(words[-1]):
        return ""  # a sentence that opens with its comma has no words before it
    return block.written(Span(comma - len(words[-1]), comma))


def _sized(case: Case, quantity: Quantity) -> str:
    """Return H栋加值厂房 for the size in brackets after it: 建设H栋加值厂房(|1.2公顷|)."""
    block, opening = case.block, quantity.start - 1
    if block.twin[opening] != "(" or not block.twin.startswith(")", quantity.end):
        return ""
    start = max([left_edge(block.twin, case.sentence.start, opening), *(row.end for row in case.carried.recent[-1:])])
    phrase = left_phrase(block.twin, Span(start, opening), block.topics(start, opening))
    return without_verb(block.named(phrase.span)) if phrase else ""


def _parted(twin: str, start: int, end: int) -> bool:
    return twin.find(";", start, end) >= 0


_SHARE = re.compile("占[^,;。占]{1,20}?(?:比重|比例|份额)|占比|比重")


def _with_share(case: Case, row: Observation) -> str:
    """Return 面积占农田比例 for the change of a share: 面积占农田比例达66%,提升21个百分点."""
    block = case.block
    told = list(_SHARE.finditer(block.twin, left_edge(block.twin, case.sentence.start, row.start), row.start))
    share = block.written(Span(*told[-1].span())) if told else ""
    return row.indicator if row.indicator.endswith(("比重", "占比", "比例", "份额")) else row.indicator + share


_IN_SUM = frozenset({"合计", "共计", "总计", "累计", "共"})
_BOTH = re.compile("[两二三]者|合计")
_TOTAL = re.compile("合计|总计|共计|三者|两者|共占")


def _summed(case: Case, rows: Sequence[Observation]) -> str:
    """Return what a total is of: 对A、B分别进出口3亿元、2亿元,合计占六成 is of 对A、B进出口; blank where none is told."""
    if not _TOTAL.search(case.lead):
        return ""
    told = [row for row in rows if row.start >= case.sentence.start and row.measure == rows[-1].measure]
    items = [row.indicator for row in told if row.base_unit == told[-1].base_unit]
    if len(set(items)) == 1 and len(items) > 1:
        return items[0]  # 进出口1245亿元,其中A区401亿元、B区376亿元,合计占62.4%
    head, tail = _common(items), _common([item[::-1] for item in items])[::-1]
    if len(items) < 2:
        return ""
    if len(head + tail) < 2 or is_collective(tail):
        head = tail = ""  # 出口、进口 share 口, which is no word; 高新技术产业开发区 and 经济技术开发区 are names
    return head + "、".join(item[len(head) : len(item) - len(tail)] for item in items) + tail


def _common(words: Sequence[str]) -> str:
    """Return what all words begin with."""
    alike = itertools.takewhile(lambda chars: len(set(chars)) == 1, zip(*words, strict=False))
    return "".join(chars[0] for chars in alike)


_IN_ALL = re.compile(r"累计|总[数量]|共[有计达]|达到?")


def _stock(case: Case, quantity: Quantity, row: Observation) -> str:
    """Return what a total counts: of 新增上市企业5家,累计达70家 the second is of 上市企业."""
    done = _DONE_IN_ALL.fullmatch(case.lead.strip(",;"))
    if done and row.indicator.startswith("新增"):
        return done["deed"] + _NEW.sub("", row.indicator)  # 新增面积393公顷,累计|建成|5040公顷
    total = _IN_ALL.search(case.lead) or _SUMS_UP.fullmatch(case.block.twin, row.end, quantity.start)
    return _NEW.sub("", row.indicator) if total and len(row.indicator) > SHORT_VERB else row.indicator


_DONE_IN_ALL = re.compile("(?:已|共|全市|全区|全省)*累计已?(?P<deed>建成|完成|开发|实施|投用)(?:达到?|了)?")
_SUMS_UP = re.compile("[,、]?(?:累计|共计|总数|总量)(?:达到?|为|有)?")


_NEW = re.compile(
    "^(?:单月|当月|新增|新进|净增|在建|新建|续建|新设|拟建|筹建|在谈|开工|竣工|投产|签约"
    "|新(?:开工|投产|签约|注册|登记|引进|入库|认定|培育|获批|批准|备案|设立|落户|入驻|发展))"
)


_AREA_OF = re.compile(r"[区园镇城港岛]\($")  # 东部新区(6.15平方公里)
_AREA_TOLD = re.compile("面积|占地|用地")
_AREAS = frozenset({"平方公里", "公顷", "亩", "平方米"})
PULLING = ("拉动", "带动")  # 出口39亿元,拉动全省外贸增长2.5个百分点,占全省的5%: of 出口
_LATEST = 60  # figures of a paragraph that one may be named after


def is_aside(between: str) -> bool:
    """Tell whether a bracket closes between two figures, so that the first is an aside: 10.1万亿元(出口6万亿元),增长1%."""
    return between.count(")") > between.count("(")


def contest(case: Case, quantity: Quantity) -> Name | None:
    """Name a rank by the contest that its sentence or, where nothing was measured in that, the text before announced."""
    block, rows = case.block, case.carried.recent
    since = max(case.sentence.start, block.twin.rfind(";", case.sentence.start, quantity.start))
    told = [*_CONTEST.finditer(block.twin, since, quantity.start)]
    if not told and (own := _RANKING.search(case.lead)):
        return Name(own["it"], "the ranking that it is of", quantity.end)  # 全国综合排名第27位
    ranked_in = None if told else _RANKED_IN.search(case.lead)
    if ranked_in and (is_measured(ranked_in["it"]) or _LEAGUE.search(ranked_in["it"])):
        return Name(ranked_in["it"], "what it is ranked in", quantity.end)
    if not told and (entered := _ENTERED.search(case.lead)):
        return Name(entered["it"] + "排名", "what it is ranked among", quantity.end)
    before = rows[-1] if rows and rows[-1].start >= since else None
    if not told and before and before.base_unit == quantity.base_unit and before.measure in {"rank", "change"}:
        return Name(before.indicator, "the ranking of the figure before", quantity.end)
    if not told and (before is None or _OTHERS.match(block.twin, before.end)):
        told = [*_ANNOUNCED.finditer(block.twin, max(0, since - _LONG_AGO), since)]
    if not told:
        return None
    return Name(_YEAR.sub("", block.named(Span(*told[-1].span("it")))), "what it is ranked by", quantity.end)


_YEAR = re.compile(r"^(?:19|20)\d\d年度?")


_RANKED_IN = re.compile("(?:位居|位列|居|列)(?P<it>[^,;。、居列]{4,14})$")  # 位居|中国品牌乘用车出口|第一
_LEAGUE = re.compile("(?:出口|进口|行业)$|[十百千]强|榜")  # 列|全国先进制造业百强园区|第87位
_ENTERED = re.compile("(?:进入|跻身|入围|迈入|迈进)(?P<it>[^,;。、]{2,12}(?:区|园|企业))$")  # 进入|国家高新区|前100名
_RANKING = re.compile("(?P<it>(?:[全各][国省市县区])?综合排名)(?:[居列为]|位居|位列|升至)?$")
_OTHERS = re.compile("[\u4e00-\u9fff]{1,12}[中里],?")  # 在154个|综保区中,
_LONG_AGO = 600  # code points
# 在认定的企业|中,有7家上市; 省级高新区|中,已有7家递交了请示
_AMONG = re.compile(
    r"在(?!园|建|册|校|岗)(?P<it>[^,;。]{2,20}?)(?:中|里|方面)|(?P<they>[^,;。]{2,20}?[区业家户目])(?:中|里)"
)
_REGARDING = re.compile(
    "(?:在|从)?(?P<it>[\u4e00-\u9fff]{2,12})方面|但?[就从以](?P<as>[\u4e00-\u9fff]{2,12})(?:而言|来看|来说|而论)"
)  # |营业收入|方面,园区预计达到15374亿元
_RUN = r"(?:(?!在|公布|发布|通报|进入|入选|跻身|\d[个家])[^,;。:]){2,24}?"
_TRIED = "(?:满意度调查|考评|评价|考核|评估|测评|评选|竞赛|大赛|竞争力|实力|百强)(?:排名|榜)?"
# 公布2024年度全国综保区发展绩效评估结果; 在国家级经开区综合考核评价中稳居第一.
_CONTEST = re.compile(
    rf"(?:^|在(?:(?:[全各][国省市县区]的?)?\d{{1,4}}[个家](?![^,;。]{{0,12}}综合排名))?|[个家][^,;。:的]{{2,10}}的|(?:公布|发布|通报)[了的]?|[,:]在?)(?P<it>(?:{_RUN})?(?:{_TRIED}|综合排名)(?:和[^,;。:]{{2,10}}排名)?)(?=结果|名单|中|,|:|里)"
)
_ANNOUNCED = re.compile(rf"(?:公布|发布|通报|揭晓|出炉)[了的]?(?P<it>{_RUN}{_TRIED})(?=结果|名单|,)")
_STATES = re.compile(
    r"^(?:据|连同|加上|虽然?|尽管|受(?!理)|随着|由于|为了?|通过)"  # |据|统计, |由于|需求不足
    r"|[了着过]|比(?![重例率])|计算|口径|因素|看$"  # 党建取得|了|成效, 按不变价格|计算|, 从产业|看|
    r"|显示|介绍|表示|指出|透露|强调|报告$|说$"  # who tells it: 统计数据|显示|, 他|透露|
    r"|投运|投用|开局|升级"  # 传统产业提质|升级|
    r"|显著|提升$|壮大$|优化$|发展$|增强$"  # 成效|显著|, 财政收入稳步|提升|
    r"|不断|持续|全面|加快|推进$|中$|持平"  # 民生福祉|不断|增进, 工业总产值与上年|持平|
)
_TOPIC_LENGTH = 16
_LABEL = re.compile("(?!其中|其余|合计|总计|共计|注)[\u4e00-\u9fff]{2,12}")
_SUM = re.compile("(?:合计|共计|总计|共)(?:约|达|超)?")
_SUMMED_LENGTH = 32


_TELLS = re.compile("[^,;。]{0,40}(?:公布|发布|通报)的?")


def topic_clause(case: Case, n: int) -> str:
    """Return the indicator of a clause before the figure's that names a thing and states nothing of it."""
    block, edge = case.block, case.block.edges[n]
    twin, before = block.twin, block.figures[n - 1].end if n else 0
    opens = case.sentence.start
    if edge == opens and twin[opens - 1 : opens] == " ":
        opens = block.sentence(opens - 2).start  # in a headline a space parts clauses: 中科9月出口额 较去年同期成长55%
    if edge - 1 <= opens or twin[edge - 1] not in ",: " or before > edge:
        return ""
    start = left_edge(twin, opens, edge - 1)
    if before > start:
        return ""
    if regard := _REGARDING.fullmatch(twin, start, edge - 1):
        return block.named(Span(*regard.span("it" if regard["it"] else "as")))
    if among := _AMONG.fullmatch(twin, start, edge - 1):
        those = Span(*among.span("it" if among["it"] else "they"))
        return "" if any(start <= q.start < edge for q in block.figures) else block.named(those)
    label = Span(start, edge - 1)
    if twin.endswith("显示", *label) and is_measured(twin[start : edge - len(",显示")]):
        told = _TELLS.match(twin, start, edge)
        label = Span(told.end() if told else start, edge - len(",显示"))  # 公布园区9月出口额显示,较去年同期成长55%
    dated = any(period.span.start <= start and label.end <= period.span.end for period in block.periods)
    heads = start == case.sentence.start and edge == block.figures[n].start and not dated
    if heads and _LABEL.fullmatch(twin, *label):
        return block.named(label)  # 建成投产企业:10家
    phrase = left_phrase(twin, label, block.topics(start, edge))
    text = phrase.span.of(twin)
    if is_predicate(text) or text in LOCAL or (_ATTRIBUTE.fullmatch(text) and case.carried.recent):
        return ""
    summed = _SUM.fullmatch(case.lead) and len(text) <= _SUMMED_LENGTH
    if phrase and summed and block.figures[n].kind == "count":
        return block.named(phrase.span)  # 资助残疾人大学生和困难家庭大学生,合计6300名
    noun = phrase.rule == "to the left of the figure" or is_rate(text)  # 研发经费占营业收入比重,三区均不超过2%
    plain = noun and len(text) <= _TOPIC_LENGTH and not _STATES.search(text)
    return block.named(phrase.span) if phrase and plain else ""
