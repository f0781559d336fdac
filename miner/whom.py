"""Of whom a figure is, inside the park: the organization, the project or the person that its sentence is about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from miner import lexicon
from miner.leftward import left_phrase
from miner.phrases import left_edge
from miner.spans import Span
from miner.subjects import INNER
from miner.subjects.projects import said
from miner.verbs import verbs
from miner.words import cut

if TYPE_CHECKING:
    from miner.blocks import Block
    from miner.cases import Case
    from miner.places.known import Places
    from miner.quantities import Quantity
    from miner.subjects.organizations import Subject


def subject_of(case: Case, quantity: Quantity, places: Places) -> tuple[str, str]:
    """Return the organization that the figure's sentence, or a text that stays there, is about."""
    block = case.block
    of = max((s for s in block.subjects if quantity.end + 1 == s.span.start), key=_end, default=None)
    if of and block.twin[quantity.end] == "的":
        return block.written(of.name), of.rule  # 总投资22亿元的|西格玛项目
    if (ahead := _introduced(case, quantity)) is not None:
        return block.written(ahead.name), ahead.rule
    before = (subject for subject in reversed(block.subjects) if subject.span.end <= quantity.start)
    found = (s for s in before if s.lasting or not _set_apart(block.twin, s.span, quantity.start))
    last = next(found, None)
    if last is None:
        return "", ""
    if block.twin.endswith("由", 0, last.span.start) and (project := next(found, None)):
        last = project if _is_built(block, project, last) else last  # 甲项目由|乙公司|投资建设,总投资50亿元
    # What a clause says of a park inside the park is of that park as a place.
    described = None if last.rule == INNER else _DESCRIBED.match(block.twin, last.span.end)
    own_clause = described.end() if described else last.span.end
    turned = (
        m
        for m in block.places
        if m.topic
        and own_clause <= m.span.start < quantity.start
        and not _WHERE.fullmatch(block.twin, own_clause, m.span.start)
    )
    replaced = any(not (last.lasting and _OURS.search(block.twin, m.span.end, quantity.start)) for m in turned)
    if last.passing and not all(
        map(_GOES_ON.match, _CLAUSE_MARK.split(block.twin[last.span.end : quantity.start])[1:])
    ):
        return "", ""
    if replaced or (last.span.start < case.sentence.start and not last.lasting and not _is_told_more(case, last)):
        return "", ""
    if (
        _PROJECT.search(block.written(last.name))
        and not last.reference
        and ";" in block.twin[last.span.end : quantity.start]
    ):
        return "", ""  # 总投资5亿元的甲项目;二期占地60亩: in a list of projects each has its part
    stays = last.lasting or last.reference or described is not None or _acts(case, last)
    if places.main.kind == "region" and last.span.start < case.edge and not stays:
        own = left_edge(block.twin, case.sentence.start, last.span.start)
        until = min((n for n in map(block.twin.find, ",;", (last.span.end,) * 2) if n >= 0), default=quantity.start)
        if not any(own <= figure.start < until for figure in block.figures):
            return "", ""  # in a report on a region an organization is left with its clause
    if not (stays or last.person) and _has_own_topic(block, last.span.end, quantity):
        return "", ""
    return block.written(last.name), last.rule


def _is_told_more(case: Case, project: Subject) -> bool:
    """Tell whether a sentence opens with what the project of the one before measures: 甲项目占地5400亩。|总投资2000亿元|."""
    twin, start = case.block.twin, case.sentence.start
    if not _PROJECT.search(project.name.of(twin)) or not _ITS_SIZE.match(twin, start):
        return False
    return project.span.start >= case.block.sentence(start - 1).start and ";" not in twin[project.span.end : start]


def _end(subject: Subject) -> int:
    return subject.span.end


_ITS_SIZE = re.compile(
    "(?:其中,?)?(?:[一二三四]期|首期|该?项目|该工程)?(?:计划|预计|协议)?(?:总投资|造价|楼高|总?楼面|总?占地|总?建筑面积|规划总?(?:用地)?面积)"
)
_OURS = re.compile("我们|咱们|我[厂司]")  # “园区服务好,|我们|投资5亿元”: back to who speaks
# 甲公司是全市最大的药企,|2023年生产片剂3亿片|: the first clause says what it is, and those after it go on.
_DESCRIBED = re.compile(
    r"(?:也|则|便)?(?:"
    r"(?:就|正)?是(?!由)|作为|成为|系"  # 甲公司|是全市最大的药企|,
    r"|位于|坐落|地处"  # where it lies: 甲公司|位于云岭高新区|,
    r"|成立于|创[建立办]于|始建于|建于"  # since when: 甲公司|成立于1992年|,
    r"|主要从事|从事|专注|专业从事|主营"  # what it does: 康泽新材料|专注于柔性材料|,
    r"|以[^,;。]{2,30}?为(?:主|核心|龙头)"  # 康泽集团|以生产零部件为主|,
    r")[^,;。]{0,60}(?=,)"
)


def _acts(case: Case, subject: Subject) -> bool:
    """Tell whether the figure's clause is a deed of the organization before it: 甲公司响应号召,|投资2亿元."""
    twin = case.block.twin
    if subject.span.end > case.edge:
        return False
    if _PROJECT.search(subject.name.of(twin)):
        return twin[case.edge - 1] == "," and said().match(twin, case.edge) is not None  # 甲项目…,|计划总投资50亿元|
    if not subject.name.of(twin).endswith(("公司", "集团", *lexicon.spellings("subjects", "trade"))):
        return False
    lead = _DOES.match(twin, case.edge)
    begin = lead.end() if lead else case.edge
    words = cut(twin[begin : begin + _LOOK_AHEAD])
    if words[0] == "在" and len(words) > _DEED_AT:
        words = words[_DEED_AT:]  # 在|科特迪瓦|投资建成2家
    return twin[case.edge - 1] == "," and words[0] in verbs("have", "do") and words[0] not in _EMERGES


# 甲公司去年在|乙片区|斥资2亿美元, 爱菊集团在哈萨克斯坦建成的|加工园区|
_WHERE = re.compile(
    "[^,;。:]{0,16}(?:(?:在|于|落户|入驻)(?:[\u4e00-\u9fff]{2,10}区)?|(?:建成|投资|建设|兴建|设立|创办|运营)的[^,;。]{0,12})"
)
_DOES = re.compile("(?:每[日天月年]|可|将|已|累计|预计|共|目前|现|并|年|拟|计划|分[两二三四]期|还|又|先后)*")
_DEED_AT = 2  # words: 在 and where
_EMERGES = {"新增", "净增", "增加"}  # 甲公司关停,|新增货车8978辆|: there are more of them, whoever bought them
_GOES_ON = re.compile("同比|环比|比|较|增长|下降|分别|占|增幅|增速|降幅|净增")
_PROJECT = re.compile("(?:项目|期|基地|生产线|站)$")


def _introduced(case: Case, quantity: Quantity) -> Subject | None:
    """Return the organization that a clause introduces: 作为一家总投资40亿元的企业,|锦荣新材料|专注于…."""
    twin = case.block.twin
    if not twin.startswith(("作为", "”作为"), case.edge):
        return None
    stop = twin.find(",", quantity.end, case.sentence.end)
    return next((s for s in case.block.subjects if stop > 0 and s.span.start == stop + 1), None)


def _is_built(block: Block, project: Subject, builder: Subject) -> bool:
    """Tell whether an organization only builds the project that its sentence is about."""
    begin = block.sentence(builder.span.start).start
    return project.span.start >= begin and project.name.of(block.twin).endswith("项目")


def _set_apart(twin: str, span: Span, at: int) -> bool:
    """Tell whether an organization is not what the figure at ``at`` is about: one of a list, in brackets, part of a name.

    Example:
        >>> _set_apart("安东公司、明泰公司等12家企业", Span(5, 9), 10)
        True
        >>> _set_apart("龙头企业4家(安东公司、明泰公司),省级", Span(7, 11), 18), _set_apart("安东公司投资3亿元", Span(0, 4), 6)
        (True, False)
    """
    if _ITEM.match(twin, span.end, at):
        return True
    closing = _CLOSES.match(twin, span.end, at)
    if closing is None or (twin.startswith("“", span.start - 1) and closing[0] == "”"):
        return False  # “先锋服务队”为企业解决问题6个
    inside = _OPENED[closing["mark"]].match(twin[max(0, span.start - _LONGEST_ASIDE) : span.start][::-1])
    return inside is not None


# 甲公司、乙公司等12家企业, 甲公司研究院、乙公司…: what follows is of the list.
_ITEM = re.compile(
    r"(?:[\u4e00-\u9fffA-Za-z]{0,14}(?:项目|研究所|研究院|基地|总部|工程|中心|产业园)|的[\u4e00-\u9fff]{2,8}?)?(?:、|等(?![级候待距额同值于奖]))"
)
_CLOSES = re.compile(r"(?:[^(),。;!?“”]{0,40}|[^()。]{0,60}(?=\)))(?P<mark>[)”])")
_OPENED = {")": re.compile(r"[^()。]{0,60}\("), "”": re.compile("[^,。;!?“”]{0,60}“")}  # read backwards
_LONGEST_ASIDE = 60  # code points


def _has_own_topic(block: Block, after: int, quantity: Quantity) -> bool:
    """Tell whether the figure's clause has left a subject that has done its part.

    马栏山实验室投入运营,红色研学规模突破100万人次: the second clause speaks of something else.
    """
    clause = left_edge(block.twin, after, quantity.start)
    if clause > after and clause == quantity.start:
        return quantity.kind == "count"  # …研究所正式成立,3项成果入选
    rest = block.twin[after:clause].split(",")[0] if clause > after else ""
    if (
        not rest
        or _ITS_SIZE.match(block.twin, clause)
        or any(after <= figure.start < clause for figure in block.figures)
    ):
        return False
    phrase = left_phrase(block.twin, Span(clause, quantity.start), [])
    return bool(phrase) and not phrase.verb and phrase.rule == "to the left of the figure"


_CLAUSE_MARK = re.compile("[,;]")
_LOOK_AHEAD = 8  # code points
