"""What sort of statement each figure of a list makes, and how near it is, once its neighbours are known."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from miner import lexicon
from miner.blocks import JOINT
from miner.measures import MADE_UP, Verdict, measure
from miner.quantities import Quantity, bounds

if TYPE_CHECKING:
    from miner.blocks import Block
    from miner.cases import Case
    from miner.schema import Observation


def in_a_make_up(block: Block, edge: int, quantity: Quantity) -> Verdict | None:
    """Return that a ratio is a share where it stands in a list of what makes up a whole: 外资结构:韩国46%;香港24%."""
    if quantity.base_unit != "%" or not edge:
        return None
    since = max(block.paragraph.span.start, edge - _LONGEST_LIST)
    told = _MAKE_UP.search(block.twin, since, edge)
    return Verdict("share", "", "", quantity.start - edge, MADE_UP) if told else None


_LONGEST_LIST = 400  # code points
_MAKE_UP = re.compile(r"(?:结构|构成|占比|比重|份额)(?:情况)?:(?:[^,;。:%\d]{1,16}[\d.]+%[、,;]){0,40}$")


def beside_another(block: Block, n: int, before: Observation | None) -> Verdict | None:
    """Return the verdict on the figure before where figure ``n`` is set against one more area: 占全市61%、|全省|24%."""
    quantity = block.figures[n]
    if not n or before is None or before.end != block.figures[n - 1].end or before.base_unit != quantity.base_unit:
        return None
    against = before.measure == "share" or before.basis == "area"
    if not against or not _ONE_MORE.fullmatch(block.twin, before.end, quantity.start):
        return None
    return Verdict(before.measure, before.basis, before.direction, 0, "set against one more area")


_ONE_MORE = re.compile("[、和与](?:[全我][国省市县区]|[\u4e00-\u9fff]{1,6}[省市县区州])(?:平均(?:水平)?)?的?")


def like_the_one_before(block: Block, n: int, before: Observation | None) -> Verdict | None:
    """Return the verdict on the figure before where a clause only names one more thing: 新能源汽车增长120.5%,|锂电池|35.2%."""
    quantity = block.figures[n]
    if not n or quantity.unit != "%" or before is None or before.end != block.figures[n - 1].end:
        return None
    if before.measure not in {"growth", "share"} or before.unit != "%":
        return None
    more = _ONE_MORE_NAME.fullmatch(block.twin, before.end, quantity.start)
    if more is None or not _ENDS_ITEM.match(block.twin, quantity.end):
        return None
    place = any(m.span == more.span("name") for m in block.places)
    if (more["is"] and not (more["next"] or place)) or _says_itself().search(more["name"]):
        return None
    tail = quantity.start - block.edges[n]
    return Verdict(before.measure, before.basis, before.direction, tail, "the same as of the one before it")


_ONE_MORE_NAME = re.compile(
    r"(?:的?(?:成长率|增长率|增速|增幅|占比|比重)?(?:最[高快大低慢]|居次|次之|居首))?"
    r"(?:[,;、]|以?及|和|与)(?:而)?(?P<next>(?:其次|再次|接下来|随后|最后|依次)(?:是|为)?,?)?(?P<name>[\u4e00-\u9fff]{2,14}?)(?P<is>,?则?(?:为|是|达到?))?"
)


@cache
def _says_itself() -> re.Pattern[str]:
    """What a name holds that tells what sort of figure it has: 城镇调查失业率, 税收占比, 万元能耗下降."""
    verbs = lexicon.any_of(word for word in lexicon.spellings("measures", "verb") if len(word) > 1)
    return re.compile(
        rf"率|比重|比例|份额|强度|指数|水平|进度|幅度|[度感面]$|其中|其余|合计|同比|环比|目标|完成|实现|贡献|占|的|{verbs}"
    )


_ENDS_ITEM = re.compile("(?:左右|以上)?(?:[,;。、)]|和|及|与|次之|居次|$)")


def in_brackets_beside(block: Block, n: int) -> Verdict | None:
    """Return that a ratio in brackets is the growth of the area that a clause compares with: 增速比全市(|13%|)高出4.7个百分点."""
    quantity, twin = block.figures[n], block.twin
    opening = quantity.start - 1
    if quantity.base_unit != "%" or twin[opening : opening + 1] != "(" or not twin.startswith(")", quantity.end):
        return None
    if _SPEED_OF.search(twin, max(0, opening - _LONGEST_STANDARD), opening) is None:
        return None
    return Verdict("growth", "", "up" if quantity.value >= 0 else "down", 0, "the growth of what it is compared with")


_SPEED_OF = re.compile(
    "(?:增速|增幅|涨幅|增长率)[^,;。]{0,6}(?:[比较于][^,;。()]{2,10}|[^,;。()]{0,6}高于[^,;。()]{2,10})$"
)
_LONGEST_STANDARD = 24  # code points


def verdict_of(case: Case, k: int) -> Verdict:
    """Return the verdict on figure ``k`` of a list, in the light of the figures before it."""
    quantity = case.block.figures[case.first + k]
    verdict = _part_of_change(case, _own_verdict(case, k), quantity)
    return _signed(_part_of_share(case, verdict, quantity), quantity)


def quantity_of(case: Case, k: int) -> Quantity:
    """Return figure ``k`` of a list with the modifier that it shares."""
    quantity = _about_a_share(case, _shared_modifier(case, k))
    return quantity._replace(base_unit="元", kind="money") if _is_money(case, quantity) else quantity


def _is_money(case: Case, quantity: Quantity) -> bool:
    """Tell whether an amount without its unit is money, by the verb before it or by what it is compared with: 投了6.5亿, 高出4万多."""
    if quantity.kind != "bare" or (not quantity.digits and quantity.value < _LEAST):
        return False
    last = case.carried.last
    beside = last is not None and last.base_unit == "元" and last.start >= case.sentence.start
    compared = beside and case.verdict.measure == "change" and case.verdict.basis != ""
    return compared or _SPENT.search(case.block.twin, case.edge, quantity.start) is not None


_LEAST = 10_000
_SPENT = re.compile(
    "(?:投入?|投资|花费?|拿出|斥资|耗资|筹集|筹措|[借赔赚挣]|卖|省下?|奖励|拨付)(?:了|近|约|超|过|出|到|达)?$"
)


def _own_verdict(case: Case, k: int) -> Verdict:
    """Return the verdict on figure ``k`` of a list: by its own verb where it has one (增长5.8%、下降2.4%)."""
    if not k:
        return case.verdict
    one, other = case.block.figures[case.first + k - 1 : case.first + k + 1]
    joint = JOINT.fullmatch(case.block.twin, one.end, other.start)
    if joint is None or not joint["verb"]:
        return case.verdict
    own = measure(joint["verb"], "", other)
    return own._replace(basis=case.verdict.basis or own.basis)


def _signed(verdict: Verdict, quantity: Quantity) -> Verdict:
    """Let a minus turn the direction: 增长-3.2% is down."""
    turned = quantity.value < 0 and verdict.measure in {"growth", "change"}
    return verdict._replace(direction="down") if turned else verdict


def _part_of_change(case: Case, verdict: Verdict, quantity: Quantity) -> Verdict:
    """Let 其中企业57.5万户 be the same sort of statement as the 净增 that it is part of."""
    before = case.carried.recent[-1] if case.carried.recent else None
    if verdict.measure != "level" or before is None or not case.lead.startswith("其中"):
        return verdict
    if case.block.twin[case.edge - 1 : case.edge] == ";":
        return verdict  # 比2020年增加5.1万人;其中高层次人才1860人: a part of the stock
    if before.measure != "change" or before.base_unit != quantity.base_unit or quantity.value > abs(before.value):
        return verdict
    return Verdict("change", before.basis, before.direction, 0, "part of a change, 其中")


def _part_of_share(case: Case, verdict: Verdict, quantity: Quantity) -> Verdict:
    """Let 占一半以上,达到62% be two shares of one whole."""
    before = case.carried.recent[-1] if case.carried.recent else None
    if (
        verdict.measure != "level"
        or before is None
        or before.measure != "share"
        or before.base_unit != quantity.base_unit
    ):
        return verdict
    return Verdict("share", "", "", 0, "a share said again") if _SAID_AGAIN.fullmatch(case.lead) else verdict


_SAID_AGAIN = re.compile(r",?(?:达到?|为|是|即|(?:预计|有望)(?:(?:19|20)\d\d年|今年|明年|将|首次){1,3}(?:达到?)?)")


def _shared_modifier(case: Case, k: int) -> Quantity:
    """Return figure ``k`` of a list with the modifier that stands before the first: 分别突破1.5万亿元、1.4万亿元."""
    first, quantity = case.block.figures[case.first], case.block.figures[case.first + k]
    shared = case.spread or "、" in case.lead  # 农村自来水、卫生户厕普及率超过98%、85%
    if not k or not shared or first.start == first.core.start or quantity.modifier != "exact":
        return quantity
    joint = JOINT.fullmatch(case.block.twin, case.block.figures[case.first + k - 1].end, quantity.start)
    if joint is None or joint["verb"]:
        return quantity
    low, high = bounds(first.modifier, quantity.value, None)
    return quantity._replace(modifier=first.modifier, value_min=low, value_max=high)


def _about_a_share(case: Case, quantity: Quantity) -> Quantity:
    """Let 约 before 占 say how near the share is: 约占全市三成."""
    clause = case.block.twin[case.edge : case.block.figures[case.first].start]
    if case.verdict.measure != "share" or quantity.modifier != "exact" or not _ABOUT.search(clause):
        return quantity
    return quantity._replace(modifier="about", value_min=None, value_max=None)


_ABOUT = re.compile(r"约占[^,;。\d]{1,12}$")
