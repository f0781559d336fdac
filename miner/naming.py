"""Which noun phrase each figure counts: its own, one shared in a list, or one named before.

In the order in which they are tried:

    paired     A、B分别增长x%、y%          the items of a list, in order
    moved      由162个整合为123个          both figures count one thing
    attribute  …增长6.1%,增速居第3位       增速 of what was named
    own        66个基层党组织             to the right, or to the left, of the figure
    inherited  …139.7亿元,增长33.4%       what the clause or the figure before names
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from miner.blocks import DEALT, JOINT, Block
from miner.heads import is_measured, is_rate, list_items
from miner.leftward import left_phrase
from miner.parks import Place
from miner.phrases import Phrase, left_edge
from miner.regions import is_place
from miner.rightward import right_phrase
from miner.spans import Span
from miner.text import simplify
from miner.verbs import without_verb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miner.carried import Carried
    from miner.measures import Verdict
    from miner.places import Mention
    from miner.quantities import Quantity
    from miner.schema import Observation


@dataclass(frozen=True, slots=True)
class Name:
    """What a figure counts, and why.

    ``end`` is the offset up to which the text is used up; ``place`` is set where a list pairs figures with places.
    """

    indicator: str
    rule: str
    end: int
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """The figures ``first`` to ``first + count`` of a block, which stand in a list (often of one), and what leads up to it.

    ``floor`` is where the text begins that no figure before has used; ``tail`` where the words of change or share
    begin; ``verdict`` the sort of statement that the first figure makes.
    """

    block: Block
    first: int
    count: int
    floor: int
    tail: int
    verdict: Verdict
    carried: Carried

    @property
    def edge(self) -> int:
        """Where the clause of the list begins."""
        return self.block.edges[self.first]

    @property
    def lead(self) -> str:
        """The text between what the figure before has used and the first figure."""
        return self.block.twin[self.floor : self.block.figures[self.first].start]

    @property
    def sentence(self) -> Span:
        """The sentence that holds the list."""
        return self.block.sentence(self.block.figures[self.first].start)

    @property
    def spread(self) -> bool:
        """Tell whether 分别, 依次 or 各 deals the figures out."""
        return _SPREAD.search(self.lead) is not None


_SPREAD = re.compile(r"分别|依次|各|均")


def names(case: Case) -> list[Name]:
    """Return what each figure of the list counts."""
    block = case.block
    left = left_phrase(block.twin, Span(case.floor, case.tail), block.topics(case.floor, case.tail))
    paired = _paired(case, left) if case.count > 1 else []
    return paired or [_own(case, n, left) for n in range(case.first, case.first + case.count)]


# ------------------------------------------------------------------------------------------------ lists


def _paired(case: Case, left: Phrase) -> list[Name]:
    """Pair the figures of a list with places, with the items of a phrase, or with the figures before them."""
    return (
        _with_places(case)
        or _with_places_before(case)
        or (
            _with_items(case, left) or _with_parks_before(case, left)
            if left
            else _with_items_before(case) or _with_figures(case)
        )
    )


def _dealt(case: Case, indicators: Sequence[str], rule: str, places: Sequence[Place] = ()) -> list[Name]:
    figures = case.block.figures[case.first : case.first + case.count]
    if not places:
        return [Name(name, rule, q.end) for name, q in zip(indicators, figures, strict=True)]
    return [Name(name, rule, q.end, place) for name, q, place in zip(indicators, figures, places, strict=True)]


def _with_places(case: Case) -> list[Name]:
    """常州高新区、武进高新区、常州经开区新开工产业项目89个、64个和47个."""
    block = case.block
    listed = [m for m in block.places if m.topic and case.floor <= m.span.start < case.tail][-case.count :]
    if len(listed) < case.count or not joined(block.twin, listed):
        return []
    begin = listed[-1].span.end
    after = left_phrase(block.twin, Span(begin, case.tail), block.topics(begin, case.tail))
    indicator = block.written(after.span) or case.carried.indicator
    return _dealt(case, [indicator] * case.count, "the places of a list, in order", [m.place for m in listed])


TOGETHER = re.compile(r"(?P<rest>其余|其他|另外)?[两二三四五六](?:家|区|园|地|[个大座](?:园区|开发区|区))")
"""Places named before, spoken of together: 两区, 三个园区, 其余两家."""


def _with_places_before(case: Case) -> list[Name]:
    """三家分别为151.3亿元、78.9亿元和66亿元; 其余两家为83.2件、51件."""
    together = TOGETHER.search(case.block.twin, case.edge, case.tail)
    if together is None:
        return []
    start = case.sentence.start
    named = {m.place for m in case.block.places if together["rest"] and start <= m.span.start < case.floor}
    parks = [Place(row.park, row.park_kind) for row in case.carried.recent if row.park_kind == "park"]
    rest = [place for place in case.carried.listed or dict.fromkeys(parks) if place not in named]
    if len(rest) != case.count:
        return []
    own = left_phrase(case.block.twin, Span(together.end(), case.tail), [])
    topic = case.block.named(own.span) or _topic_clause(case, case.first) or case.carried.indicator
    return _dealt(case, [topic] * case.count, "the places listed before, in order", rest)


def _with_items(case: Case, left: Phrase) -> list[Name]:
    """制造业、普惠小微贷款余额分别增长10.7%、13.3%; 对美国、欧盟分别进出口263.5亿元、187.9亿元."""
    block, twin = case.block, case.block.twin
    split = DEALT.search(twin, case.floor, case.tail)
    begin = left.before.start if case.spread and "、" in twin[left.before.start : left.span.start] else left.span.start
    times = [t for t in block.topics(begin, left.span.start) if "、" not in twin[begin : t.start]]
    begin = max([begin, *(time.end for time in times if time.end < left.span.end)])
    end = split.start() if split and split.start() > begin else left.span.end
    joint = Span(begin, end)
    if not (case.spread or "、" in joint.of(twin)):
        return []
    items = list_items(joint.of(twin), case.count)
    if len(items) != case.count:
        return []
    after = case.block.written(Span(split.end(), left.span.end)) if split and split.end() < left.span.end else ""
    head = "对" if items[0].startswith("对") else ""
    indicators = [simplify(head + item.removeprefix(head) + after) for item in items]
    return _dealt(case, indicators, "the items of a list, in order")


def _with_items_before(case: Case) -> list[Name]:
    """钢铁、石化等行业增势良好,分别增长5.1%、6.3%: the clause before lists what they are of."""
    twin, edge, floor = case.block.twin, case.edge, case.sentence.start
    if not case.spread or edge - 1 <= floor or twin[edge - 1] not in ",:":
        return []
    start = left_edge(twin, floor, edge - 1)
    if any(start <= figure.start < edge for figure in case.block.figures):
        return []
    summed = _SUMMED_UP.match(twin, start, edge - 1)
    phrase = left_phrase(twin, Span(start, edge - 1), case.block.topics(start, edge)).span
    items = list_items(summed["list"] if summed else phrase.of(twin), case.count)
    indicators = [simplify(item) for item in items] if len(items) == case.count else []
    return _dealt(case, indicators, "the items of the clause before, in order") if indicators else []


def _with_parks_before(case: Case, left: Phrase) -> list[Name]:
    """A区平均投资强度520万元/亩,B区为460万元/亩;亩均税收分别达38万元和25万元: dealt out to the parks of the figures before."""
    rows = case.carried.recent[-case.count :]
    places = [Place(row.park, row.park_kind) for row in rows]
    if not DEALT.search(case.lead) or len(set(places)) < case.count or any(p.kind != "park" for p in places):
        return []
    return _dealt(case, [case.block.named(left.span)] * case.count, "the parks of the figures before, in order", places)


_SUMMED_UP = re.compile(r"(?:.*(?:源自|来自|包括|主要是|得益于))?(?P<list>[^,;。、]{1,12}、[^,;。]{1,40}?)等")


def _with_figures(case: Case) -> list[Name]:
    """非公企业61903家、社会组织5994家,分别增加28.33%、22.98%."""
    if case.verdict.basis == "area":
        return []  # 比A区、B区分别高出0.8、1.3个百分点: dealt out to what is compared with
    rows = case.carried.recent[-case.count :]
    if len(rows) < case.count or not (case.spread or len({row.park for row in rows}) == case.count):
        return []
    places = [Place(row.park, row.park_kind) for row in rows]
    figures = case.block.figures[case.first : case.first + case.count]
    mixed = len({figure.base_unit for figure in figures}) > 1
    if mixed and any(row.base_unit != figure.base_unit for row, figure in zip(rows, figures, strict=True)):
        return []
    return _dealt(case, [row.indicator for row in rows], "the figures before, in order", places)


def joined(twin: str, listed: Sequence[Mention]) -> bool:
    """Tell whether places are named one after the other, with nothing but 、 or 和 between them."""
    gaps = (twin[a.span.end : b.span.start] for a, b in itertools.pairwise(listed))
    return all(_LIST_JOINT.fullmatch(gap) for gap in gaps)


_LIST_JOINT = re.compile(r"(?:\([^)]*\))?(?:、|和|与|及|以及)")

# ------------------------------------------------------------------------------------------------ one figure


# 从提交申请到到账只用了两天: the time that passes between two deeds.
_SPAN = re.compile(
    r"(?:^|[,;。:“])(?P<it>从[^,;。]{2,20}?到[^,;。]{1,16}?)(?:[,]?[只仅]?(?:用|需要?|花|耗时)了?|[只仅])?$"
)


def _own(case: Case, n: int, left: Phrase) -> Name:
    """Choose the phrase that figure ``n`` counts."""
    span = _SPAN.search(case.block.twin[case.sentence.start : case.block.figures[n].start])
    if span and case.block.figures[n].kind == "time":
        stretch = Span(*span.span("it")).shifted(case.sentence.start)
        return Name(case.block.named(stretch), "the time from one deed to another", case.block.figures[n].end)
    block, recent = case.block, case.carried.recent
    quantity = block.figures[n]
    if is_place(left.span.of(block.twin)):
        left = replace(left, span=Span(left.span.end, left.span.end))  # 柳州连续六年保持第一
    name = _parted(case, n) or _moved(case, n, left) or (left and recent and _attribute(case, quantity, left))
    if name:
        return name
    if case.verdict.measure in {"growth", "change", "rank"}:
        if left:
            return Name(block.named(_last_item(block, left)), left.rule, quantity.end)
        return _inherited(case, n)
    return _to_the_right(case, n, left) or _to_the_left(case, n, left) or _done(case, n) or _inherited(case, n)


_DEALT_OUT = re.compile(r"[\u4e00-\u9fff]{2}")


def _parted(case: Case, n: int) -> Name | None:
    """Name the parts in which something is done by what is done: 分两期建设."""
    block, quantity = case.block, case.block.figures[n]
    deed = _DEALT_OUT.match(block.twin, quantity.end)
    if block.twin[quantity.start - 1 : quantity.start] != "分" or quantity.unit not in {"期", "批", "步"} or not deed:
        return None
    return Name(block.written(Span(*deed.span())), "what is done in parts", deed.end())


# 由162个整合为123个: the words between two figures of one thing.
_MOVED = re.compile(r"(?:[\u4e00-\u9fff]{2,6}(?:为|到|至)|[升降增减]?(?:为|到|至)|转为(?:增长|下降|上升))了?")
_FROM = re.compile(r"[由从]$")


def _moved(case: Case, n: int, left: Phrase) -> Name | None:
    block, quantity = case.block, case.block.figures[n]
    before = block.figures[n - 1].end if n else -1
    if before >= case.edge and _MOVED.fullmatch(block.twin, before, quantity.start):
        return Name(case.carried.indicator, "moved from one figure to the next", quantity.end)
    if _FROM.search(block.twin, case.edge, quantity.start):
        if left:
            return Name(block.named(left.span), left.rule, quantity.end)
        after = block.figures[n + 1].start if n + 1 < len(block.figures) else quantity.end
        return _inherited(case, n) if _MOVED.fullmatch(block.twin, quantity.end, after) else None
    return None


_ATTRIBUTE = re.compile(
    r"(?:[\d两三四五六七八九十]+年)?增量|增速|增幅|降幅|涨幅|跌幅|幅度|占比|比重|总数|总量|总额|总值|均值|规模"
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


def _attribute(case: Case, quantity: Quantity, left: Phrase) -> Name | None:
    """Return 居民收入增速 for 增速 after 居民收入增长6.1%, and 产值占全市的比重 for 占全市的比重 after 产值."""
    whole, text = _opening(case, left) or _whole(case.carried.recent), case.block.named(left.span)
    if text in {"总数", "总量"}:
        whole = _NEW.sub("", whole)
        if whole.endswith(("值", "额", "量", "数")):
            return Name(whole, "the total of what is named before", quantity.end)
    if text.endswith("增量"):
        text = ""
    if not text or _ATTRIBUTE.fullmatch(text):
        return Name(
            whole if whole.endswith(text) else whole + text, "an attribute of what is named before", quantity.end
        )
    if _PART.match(text) and case.verdict.measure in {"growth", "change", "rank"}:
        return Name(whole + text, "a share of what is named before", quantity.end)
    return None


def _whole(rows: Sequence[Observation]) -> str:
    """Return what the last of the rows is of, without an attribute that it added: 总产值 after 总产值增速."""
    bare = _ATTRIBUTE_END.sub("", rows[-1].indicator)
    return bare if any(row.indicator == bare for row in rows) else rows[-1].indicator


_ATTRIBUTE_END = re.compile(rf"(?:{_ATTRIBUTE.pattern})$")


def _last_item(block: Block, phrase: Phrase) -> Span:
    """Return the last item of a list whose first ones belong to the verb before it (实现集中管理、经费下降28%)."""
    if phrase.rule != "what is had":
        return phrase.span
    comma = block.twin.rfind("、", *phrase.span)
    return Span(comma + 1, phrase.span.end) if comma >= 0 else phrase.span


_SHORT_VERB = 4  # code points: 选派, 新批 and the like join what follows the figure


def _to_the_right(case: Case, n: int, left: Phrase) -> Name | None:
    block, quantity = case.block, case.block.figures[n]
    right = _right(case, n)
    of = block.twin.startswith("的", quantity.end)
    touches = left.span.end >= quantity.start - 3
    handed = left.verb and touches and left.span.end - left.span.start <= _ONE_VERB  # 发放3000元生活补贴
    counted = quantity.kind in {"count", "bare", "part"} or handed
    if not right or not (counted or not left or of) or (case.verdict.measure == "share" and left and not of):
        return None
    noun = _shared_noun(block, n, right.span)
    told = is_measured if quantity.kind in {"money", "measure"} else is_rate
    if left and _IN_WHICH.match(block.twin, left.span.end, quantity.start):
        return None  # 全球工程机械50强企业中有4家总部在这里
    if of and left and (told(left.span.of(block.twin)) or _ABSTRACT.match(noun)):
        return None  # 总投资40亿元的企业, 优良率保持100%的省份: what is measured is told before it
    if left.verb and touches and left.span.end - left.span.start <= _SHORT_VERB:
        return Name(block.named(left.span) + noun, f"{left.rule}, with what follows the figure", right.span.end)
    return Name(noun, right.rule, right.span.end)


_IN_WHICH = re.compile("[中里](?:已|仅|约|就)?有")
_ABSTRACT = re.compile("(?:目标|任务|成绩|要求|规模|速度|水平|跨越|新高|高位|佳绩|历史|台阶|关口|总量)")


def _to_the_left(case: Case, n: int, left: Phrase) -> Name | None:
    block, quantity = case.block, case.block.figures[n]
    if left:
        if grade := _grade_of(case, quantity, left):
            return Name(grade, "a grade of what is named before", quantity.end)
        if new := _new_ones(case, quantity, left):
            return Name(new, "new ones of what is named before", quantity.end)
        gain = _GAIN.match(block.twin, quantity.end) if left.verb and quantity.kind == "count" else None
        gained = block.written(Span(*gain.span())) if gain else ""
        own = _OF_WHOLE.sub("", block.named(left.span)) if case.verdict.measure == "level" else block.named(left.span)
        return Name(own + gained, left.rule, gain.end() if gain else quantity.end)
    verb = left.before if left.rule == "a verb of having" else Span(0, 0)
    if case.verdict.measure == "level" and quantity.kind == "count" and verb.end - verb.start > 2:
        alone = block.written(verb).removeprefix("共")
        return Name(alone, "a verb by itself", quantity.end)  # 单独组建32家
    return None


def _new_ones(case: Case, quantity: Quantity, left: Phrase) -> str:
    """Return 新增企业 for 企业新增510户, 在建过江通道 for 在建8座 after 过江通道4座, 实施试点经验 for 实施117项 after 123项."""
    block, verb = case.block, case.block.written(left.span)
    if not (_NEW.fullmatch(verb) or (left.verb and len(verb) <= _ONE_VERB)) or quantity.kind != "count":
        return ""
    noun = left_phrase(block.twin, left.before, block.topics(*left.before))
    if noun and not noun.verb and _NEW.fullmatch(verb):
        return verb + block.named(noun.span)
    before = case.carried.recent[-1] if case.carried.recent else None
    alike = before is not None and before.base_unit == quantity.base_unit and before.start >= case.sentence.start
    return verb + without_verb(before.indicator) if before is not None and alike and before.indicator else ""


_ONE_VERB = 2  # code points


def _grade_of(case: Case, quantity: Quantity, left: Phrase) -> str:
    """Return 国家级创新平台 for 国家级21个 after 省级以上创新平台118个."""
    grade, rows = case.block.written(left.span), case.carried.recent
    if not rows or not _GRADE.fullmatch(grade) or rows[-1].base_unit != quantity.base_unit:
        return ""
    noun = _GRADED.sub("", without_verb(rows[-1].indicator))
    return grade + noun


_GRADED = re.compile(r"^[国省市区县]+家?级(?:及?以上)?")
_OF_WHOLE = re.compile("^占(?![地用比有])")  # 占年任务75亿元的23.7%
# 带动3000余人就业: what those who are counted gain.
_GAIN = re.compile(r"(?:稳定|实现|就近|转移|灵活|家门口)*(?:再?就业|创业|增收|脱贫|致富|受益|务工)")
_DEED = re.compile(
    r"(?:获|向|入选|上榜|通过|入围|完成|建成|当选|获评|获批|实现|落户|进入|参加|跻身|纳入|达到|凭|晋升)[^,;。、()\d]{2,16}"
)


def _done(case: Case, n: int) -> Name | None:
    """Name what has nothing but a verb by what it does: 37项向全国推广, 2人当选院士."""
    quantity = case.block.figures[n]
    deed = _DEED.match(case.block.twin, quantity.end, case.sentence.end) if quantity.kind in {"count", "time"} else None
    return Name(case.block.written(Span(*deed.span())), "what it does", deed.end()) if deed else None


_CLAUSE_MARK = re.compile("[,;。:]")


def _right(case: Case, n: int) -> Phrase:
    """Return the phrase to the right of figure ``n``, up to the next figure or time; of a list, that of the last."""
    block, sentence = case.block, case.sentence
    twin, quantity = block.twin, block.figures[n]
    following = block.figures[n + 1] if n + 1 < len(block.figures) else None
    if following is not None and following.end >= sentence.end:
        following = following if following.start < sentence.end else None
    if following is not None and following.start == quantity.end:
        return _right(case, n + 1)  # 21批173项案例: both count what the last one counts
    limit = following.start if following is not None else sentence.end
    limit = min([limit, *(p.span.start for p in block.periods if quantity.end <= p.span.start < limit)])
    start = quantity.end
    if twin.startswith("目", start) and quantity.unit.endswith("项"):
        start += 1  # 51余项目: the unit is part of the noun
    if (said := _SAID_TO_BE.match(twin, start)) and (quantity.kind == "part" or case.lead in _OF_THEM):
        start = said.end()  # 八成以上是“九〇后”; 其中12家为上市公司
    listing = following is None or _CLAUSE_MARK.search(twin, quantity.end, following.start) is not None
    phrase = right_phrase(twin, start, limit, listing=listing)
    if phrase or following is None or n + 1 >= case.first + case.count:
        return phrase
    return _right(case, n + 1)


_SAID_TO_BE = re.compile("(?:均|都|全部|全)?[为是]")
_OF_THEM = frozenset({"", "其中", "其中,", "其余", "其他", "另有", "另外"})
_GRADE = re.compile(r"[国省市区县州乡镇]+家?级(?:及?以上)?")


def _shared_noun(block: Block, n: int, span: Span) -> str:
    """Give 90个市级、303个区级示范点 its noun: what follows the grade of the next figure."""
    own = block.written(span)
    if not _GRADE.fullmatch(own) or n + 1 >= len(block.figures):
        return own
    after = block.figures[n + 1].end
    grade = _GRADE.match(block.twin, after)
    return own + block.written(right_phrase(block.twin, grade.end(), block.sentence(after).end).span) if grade else own


# ------------------------------------------------------------------------------------------------ inherited


def _inherited(case: Case, n: int) -> Name:
    block, quantity = case.block, case.block.figures[n]
    since = max(case.sentence.start, block.twin.rfind(";", case.sentence.start, quantity.start))
    if case.verdict.measure == "rank" and (contests := [*_CONTEST.finditer(block.twin[since : quantity.start])]):
        contest = Span(*contests[-1].span("it")).shifted(since)
        return Name(block.named(contest), "what it is ranked by", quantity.end)
    topic = _topic_clause(case, n)
    if topic:
        return Name(topic, "the clause before names it", quantity.end)
    # 产值17.78亿元,占年任务75亿元的23.7%: the whole is no more than that.
    whole = case.edge + case.verdict.tail if case.verdict.measure == "share" else quantity.start
    recent = [row for row in case.carried.recent if row.start < whole] or case.carried.recent
    rows = [row for row in recent if not _is_aside(block.twin[row.end : quantity.start])]
    listed = n > 0 and JOINT.fullmatch(block.twin, block.figures[n - 1].end, quantity.start)
    alike = [row for row in rows if row.base_unit == quantity.base_unit and row.measure == "level"]
    reached = rows and rows[-1].measure in {"growth", "change"}  # 翻了一番,达到31.2亿元
    if case.verdict.measure in {"level", "change"} and not listed and alike and not reached:
        return Name(_stock(case, alike[-1].indicator), "what the figure before it counts", quantity.end)
    if rows and listed and quantity.base_unit == "人" and rows[-1].base_unit not in {"人", "%"}:
        return Name("", "nothing names what is counted", quantity.end)  # 十几条流水线、三四百人
    if rows and case.verdict.measure == "share":
        summed = _summed(case, rows)
        return Name(summed or _whole(rows), "what the figures before it count", quantity.end)
    if rows:
        return Name(rows[-1].indicator, "what the figure before it counts", quantity.end)
    return Name(case.carried.indicator, "what the paragraph before it counts", quantity.end)


_TOTAL = re.compile("合计|总计|共计|三者|两者|共占")


def _summed(case: Case, rows: Sequence[Observation]) -> str:
    """Return what a total is of: 对A、B分别进出口3亿元、2亿元,合计占六成 is of 对A、B进出口; blank where none is told."""
    if not _TOTAL.search(case.lead):
        return ""
    items = [row.indicator for row in rows if row.start >= case.sentence.start and row.measure == rows[-1].measure]
    head, tail = _common(items), _common([item[::-1] for item in items])[::-1]
    if len(items) < 2 or not head + tail:
        return ""
    return head + "、".join(item[len(head) : len(item) - len(tail)] for item in items) + tail


def _common(words: Sequence[str]) -> str:
    """Return what all words begin with."""
    alike = itertools.takewhile(lambda chars: len(set(chars)) == 1, zip(*words, strict=False))
    return "".join(chars[0] for chars in alike)


_IN_ALL = re.compile(r"累计|总[数量]|共[有计达]|达到?")


def _stock(case: Case, indicator: str) -> str:
    """Return what a total counts: of 新增上市企业5家,累计达70家 the second is of 上市企业."""
    return _NEW.sub("", indicator) if _IN_ALL.search(case.lead) and len(indicator) > _SHORT_VERB else indicator


_NEW = re.compile("^(?:新增|净增|在建|新建|续建|新设|拟建)")


def _is_aside(between: str) -> bool:
    """Tell whether a bracket closes between two figures, so that the first is an aside: 10.1万亿元(出口6万亿元),增长1%."""
    return between.count(")") > between.count("(")


_AMONG = re.compile(r"在(?P<it>[^,;。]{2,20}?)(?:中|里|方面)")
# 公布2024年度全国综保区发展绩效评估结果; 在国家级经开区综合考核评价中稳居第一.
_CONTEST = re.compile(
    r"(?:^|在|(?:公布|发布|通报)的?|[,:]在?)(?P<it>(?:(?!在)[^,;。:]){2,24}?(?:考评|评价|考核|评估|测评|评选|竞赛|大赛|竞争力|实力|百强)(?:排名|榜)?)(?=结果|名单|中|,|:|里)"
)


_STATES = re.compile(
    r"[了着过]|比|计算|口径|因素|看$|显示|介绍|表示|投运|投用|开局|升级|显著|提升$|壮大$|优化$|发展$|增强$|不断|持续|全面|加快|推进$|中$|持平"
)
_TOPIC_LENGTH = 16


def _topic_clause(case: Case, n: int) -> str:
    """Return the indicator of a clause before the figure's that names a thing and states nothing of it."""
    block, edge = case.block, case.block.edges[n]
    twin, before = block.twin, block.figures[n - 1].end if n else 0
    if edge - 1 <= case.sentence.start or twin[edge - 1] not in ",:" or before > edge:
        return ""
    start = left_edge(twin, case.sentence.start, edge - 1)
    if before > start:
        return ""
    if among := _AMONG.fullmatch(twin, start, edge - 1):
        return "" if any(start <= q.start < edge for q in block.figures) else block.named(Span(*among.span("it")))
    phrase = left_phrase(twin, Span(start, edge - 1), block.topics(start, edge))
    text = phrase.span.of(twin)
    plain = phrase.rule == "to the left of the figure" and len(text) <= _TOPIC_LENGTH and not _STATES.search(text)
    return block.named(phrase.span) if phrase and plain else ""
