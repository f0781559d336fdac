"""Time expressions -> `Period` in ISO 8601, resolved against the document's own date.

Calendar expressions are one grammar (below); set phrases such as 去年 and 截至目前 are data, lexicons/periods.toml.

    expression  截至? (year? part | year) edge? (… 以来 | 期间)?
    year        2023年   二〇二三年   民国112年   今年   去年   “十四五”
    part        8月   1月至8月   5月18日   一季度   前三季度   上半年
    edge        末   底   初

ISO 8601-1 gives years, months and days; ISO 8601-2 the open interval ``../2024-03``; ``2022-Q1`` and ``2022-H1``
are the contract's own for quarters and half years (docs/figures.md, column period).
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from miner import lexicon
from miner.datelines import FIRST_YEAR, NUMERALS, Reference, number_in
from miner.search import Anchored
from miner.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence


class Period(NamedTuple):
    """A time expression where it stands.

    ``iso`` is blank where it cannot be resolved. ``compared``: it is what something is compared with (比2020年).
    ``set_off``: a comma parts it from its clause. ``event``: it may date an event (2011年11月封关运作) and
    not the clauses after: `marked_events` decides.
    ``wide``: it spans years (五年来), a frame in which a single year stays local. ``ahead``: a goal is set for it (到2025年).
    ``near``: it reaches no further than its sentence, a day (今天) or a year after the document's own.
    ``aside`` is where the bracket closes that it stands in, 0 where it stands in none; ``year`` is the year it names.
    """

    span: Span
    iso: str
    rule: str
    compared: bool = False
    set_off: bool = False
    event: bool = False
    wide: bool = False
    ahead: bool = False
    near: bool = False
    aside: int = 0
    year: int | None = None


# 117年 by itself is a year of the Republic only in a text that counts so (find_periods).
_YEAR = rf"(?:(?:19|20)\d{{2}}|[一二][0{NUMERALS}]{{3}}|民国\s?\d{{1,3}}|(?<![\d.第近])1[0-3]\d(?=年(?:度|[上下]半年|第?[一二三四1-4]季|1?\d月)))年"
_REPUBLIC = re.compile(
    r"(?<![\d.第近过前约逾])(?<!\d,)(?P<until>截至|截止到?)?(?P<year>(?:[89]\d|1[0-3]\d))年(?![来间内以]|历(?!史))(?P<edge>底|末|初|度|起(?!点|草|步|伏))?"
)
_LONGEST_REPUBLIC = 140  # years: what is written with three digits is a year of the Republic
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?:份)?"
_DAY = r"(?:[12]\d|3[01]|0?[1-9]|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[日号]"
_DASH = r"(?:[—~-]{1,2}|至|到)"
_NUMERIC_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_PART = rf"""
    (?P<months>(?:{_MONTH}|{_NUMERIC_MONTH}){_DASH}{_MONTH})
  | (?P<first_months>[前头首][\d一二三四五六七八九十两]{{1,2}}个?月)
  | (?P<month>{_MONTH})\s?(?P<day>{_DAY})?(?:{_DASH}(?P<last_day>{_DAY}))?
  | (?P<each>[一二三1-3](?:、[一二三四1-4]){{1,3}}季度)
  | (?P<quarters>[前头首][三3两2]个?季度?|[一二三1-3]{_DASH}[二三四2-4]季度)
  | (?P<quarter>第?[一二三四1-4]季度|第[一二三四1-4]季(?!度)|首季度?)
  | (?P<half>[上下]半年)
"""
_PLAN = r"(?:[“\"]?十[一二三四五六]?五[”\"]?|[“\"][一二三四六七八九]五[”\"])"
_EDGE = r"(?:年?(?:末|底|初|中(?![央国部小心医外关科马]))前?|内|全年|当月|收官|结束|收官之年)"
_SINCE = r"(?:以来|起(?!数|点|步|草|重|飞|伏|诉)|之后|以后|至今)"
# What an expression may open with is looked at first, so that other characters are passed fast.
# No expression is without one of _MARKS, and none begins more than 20 characters before it: what has none ahead is passed
# before the ten alternatives are tried.
_MARKS = r"年月季来五\-./"
_HAN = r"\u4e00-\u81e9\u81eb-\u9fff"  # Chinese characters but 自, after which an expression may begin: 自成立以来
_FIRST = rf"[\d{NUMERALS}两截到至近未过今去前明当上同本民首头第下“\"]"
_OPENING = rf"(?:(?={_FIRST})|(?<![{_HAN}]))(?=[^{_MARKS}]{{0,20}}+[{_MARKS}])"
_STARTS = re.compile(rf"{_FIRST}|(?<![{_HAN}])[\u4e00-\u9fff]")
_ROLLING = (
    rf"(?P<rolling>近(?P<n1>[\d{NUMERALS}两]{{1,3}})年(?:来|间)?"  # |近三年|累计实现工业总产值
    rf"|(?<![第续持每\d{NUMERALS}])[\d{NUMERALS}两]{{1,3}}年多来"  # |三年多来|,园区引进
    rf"|(?<![第续持每短仅\d{NUMERALS}])(?P<n2>[\d{NUMERALS}两]{{1,3}})年(?:"  # years by themselves, which go on with
    r"来|间(?=,)|时间(?=增长|提高|提升|下降|减少|翻|实现)"  # |五年来|,园区引进, |五年间|,新建, |四年时间|增长了11倍
    r"|(?=累计|净增|新[增设建]|生产|增量|提高|提升|增长(?!率)|下降|降低|增加|减少))"  # |五年|净增企业12个
    rf"|这(?P<n5>[\d{NUMERALS}]{{1,3}})年"  # |这五年|,园区引进
    rf"|(?<=的)(?P<n6>[\d{NUMERALS}]{{1,3}})年(?=。)"  # 民生福祉全面增进的|五年|。
    rf"|(?:未来|今后)[\d{NUMERALS}两]{{1,3}}(?:(?:[至到—~-]|或)[\d{NUMERALS}]{{1,3}})?年"  # |今后五年|, |未来3至5年|,投资过60亿元
    rf"|(?P<n4>[\d{NUMERALS}两]{{1,3}})年前(?=[,的]|[\u4e00-\u9fff])"  # 覆盖率由|三年前|的61.5%提高, |三年前|卖58元
    rf"|过去(?P<n3>[\d{NUMERALS}两]{{1,3}})年(?<!过去一年)间?"  # |过去5年间|,全县
    rf"|(?:过去|最近|近)的?[\d{NUMERALS}两]{{1,2}}个(?:财政年度|会计年度|财年|季度|月)(?:[来间内里]|以来)?"  # |过去两个财政年度|,园内
    rf"|(?<![{_HAN}])[\d{NUMERALS}两]{{1,2}}年后(?=,))"  # |3年后|,全市将新建公园
)
_CALENDAR = re.compile(
    rf"""
    {_OPENING}
    (?:(?P<until>截至到?|截止到?|截至|(?<![加长高升减降缩大少展涨增跃扩])(?:到|至(?!少|多|今)))\s?)?
    (?:
        (?P<years>(?:(?:19|20)\d{{2}}年?|[一二][0{NUMERALS}]{{3}}年){_DASH}(?:{_YEAR}|\d\d年(?=度))|(?<![\d.])(?:[89]\d|1[0-3]\d)年{_DASH}1[0-3]\d年)
      | (?P<iso>(?<![A-Za-z\d])(?:19|20)\d{{2}}(?:[-/]\d{{1,2}}(?:[-/]\d{{1,2}})?|\.\d{{1,2}}\.\d{{1,2}})(?![\d.]))
      | (?P<plan>{_PLAN})(?=时期|期间|末|以来|规划|开局|收官|前|初|中期|(?<=[”\"]),)(?:时期|期间|规划期?)?
      | {_ROLLING}
      | (?P<from>{_YEAR}{_MONTH}){_DASH}(?P<to>{_YEAR}{_MONTH})
      | (?P<lunar>(?:农历)?[正腊]月(?:初[一二三四五六七八九十]|[一二]?十[一二三四五六七八九]?|廿[一二三四五六七八九]))
      | (?P<near>[本上]月)(?P<date>{_DAY})
      | (?:(?P<year>{_YEAR}|今年|去年|前年|明年|当年|上年|同年|本年)\s?)?(?:{_PART})
      | (?P<only>{_YEAR}|(?:今年|去年|前年|明年|当年)(?=年?[末底初]|年中|以来))
      | (?<![{_HAN}])(?P<happening>(?!由|贸|治)(?:(?!自(?!贸|由|治))[\u4e00-\u9fff]){{1,14}}?)(?=以来)
    )(?:\d{{1,2}}时(?:\d{{1,2}}分)?)?
    (?P<edge>{_EDGE})?
    (?P<between>(?:[\u4e00-\u9fff]{{1,14}}?)?(?={_SINCE}))?(?P<since>{_SINCE})?
    (?P<while>期间|度)?
    """,
    re.VERBOSE,
)
_TIMED = re.compile(
    r"[年月季以十“\"一二三四六七八九12](?:(?<=[年月季])|(?<=以)来|(?<=[十“\"一二三四六七八九])五|(?:(?<=1)9|(?<=2)0)\d\d[-./—~至到])"
)
_DATED = Anchored(_CALENDAR, _TIMED, reach=20)
_AT_THE_TIME = re.compile(
    "[^,;。\\d]{1,16}?(?:之初|之时|伊始|初期|(?<!小)时),|时,|(?:这?一|整)年,"
)  # 民国58年设区之初,园区面积97.8公顷
_STARTED = re.compile("的(?:零|增长|下降|上升|负增长)")  # 由1—8月的下降1.4%转为增长0.9%
_BEFORE_COMPARED = re.compile(
    r"(?:比|较|相比|同比|超过|高于|低于|多于|快于|慢于|好于|优于|少于|(?<![协共会合])同)[“\"]?$"
)
_AFTER_COMPARED = re.compile(
    r"(?:同期)?的?[高低]?基数|同期|目标(?![为是]|[订定]为)|任务|预算|相比|比(?=[,增减])|比较(?!集中|好|高|大|多|完善)"  # 去年|同期|的三倍, 与2020年|相比|
    r"|(?:基本|大体)?持平|同口径|同比|的[\d一二两三四五六七八九十]|水平"  # 2018年|的2|.4倍
    r"|(?:的)?(?:日|月)?(?:平均值|均值|平均水平)"  # 去年|的月均值|
    r"|(?:、\d{1,3}年来)?(?:首次(?!突破|超|达|实现|跨|迈|破|站|上)|首个|新高|新低|最[高低好快大多少])"  # 2013年|、12年来最高|
)


_SAME_TIME = re.compile("(?P<it>同期)(?:仅|只)?(?:为|是|有)")  # 1—9月产值300亿元,去年同期为280亿元
_AND_THEN = re.compile("(?:同期)?(?:、|和|与|及)")
LISTED_YEARS = re.compile(r"、(?:19|20)\d\d年")  # 2027年、2028年分别建成: years of a list date what happens in them


@cache
def _phrases() -> re.Pattern[str]:
    return re.compile(lexicon.any_of(lexicon.spellings("periods")))


_QUICK = re.compile(
    r"[年月季日前届以今昨当\-./十五发现](?:(?<=[年月季日前])|(?<=五)[”\"]|(?<=届)时|(?<=以)来|(?<=[今昨当])天|(?<=[-./])\d|(?<=十)[一二三四]?五|(?<=发)稿|(?<=现)在|(?<=[今当])日)"
)


def find_periods(twin: str, span: Span, reference: Reference, year: int | None = None) -> list[Period]:
    """Find the time expressions of a paragraph in order; ``year`` is the one that a bare month takes over.

    Example:
        >>> text = "截至2024年3月,登记注册企业11万余家"
        >>> [(p.span.of(text), p.iso) for p in find_periods(text, Span(0, len(text)), Reference())]
        [('截至2024年3月', '../2024-03')]
        >>> ref = Reference(dt.date(2023, 4, 20))
        >>> [p.iso for p in find_periods("去年3月,1—4月", Span(0, 9), ref)]
        ['2022-03', '2022-01/2022-04']
    """
    if not _QUICK.search(twin, *span):
        return []
    found: list[Period] = []
    taken = span.start
    matches = [*_phrases().finditer(twin, *span), *_DATED.starting(_STARTS, twin, *span)]
    if reference.republic:
        matches += _REPUBLIC.finditer(twin, *span)
    matches.sort(key=lambda match: (match.start(), -match.end()))
    for match in matches:
        if match.start() < taken or not match[0]:
            continue
        period = _read_as(match, reference, year, found)
        if period is None:
            continue
        period = _placed(twin, span, period)
        if found and found[-1].compared and _AND_THEN.fullmatch(twin, found[-1].span.end, period.span.start):
            period = period._replace(compared=True)  # 高于上年同期、2017年全年0.1、0.9个百分点
        if (same := _SAME_TIME.match(twin, period.span.end, span.end)) and found:
            before = re.sub(r"\d{4}", lambda m: str(int(m[0]) - 1), found[-1].iso)
            period = period._replace(span=Span(period.span.start, same.end("it")), iso=before, compared=False)
        found += _each(period, match) if match.re is _CALENDAR and match["each"] else [period]
        taken = period.span.end
        if period.year is not None and not period.compared and (period.set_off or _opens(twin, span, period)):
            year = period.year
    return found


def _read_as(match: re.Match[str], reference: Reference, year: int | None, found: Sequence[Period]) -> Period | None:
    if match.re is _REPUBLIC:
        named = FIRST_YEAR + int(match["year"])
        iso = f"../{named}" if match["until"] else f"{named}/.." if match["edge"] == "起" else str(named)
        return Period(Span(*match.span()), iso, "a year of the Republic", event=not match["until"], year=named)
    if match.re is _CALENDAR:
        period = _calendar(match, reference, year)
        last = found[-1] if found and period and not period.iso and match["n2"] and match[0].endswith("间") else None
        if last and last.year and _UNTIL.match(match.string, last.span.start):
            first = last.year - number_in(match["n2"]) + 1  # 到2005年底,企业420家;|十三年间|,投入18.7亿元
            return period and period._replace(iso=f"{first}/{last.year}")
        return period
    period = _phrase(match, reference, year)
    if (
        period
        and match[0] == "全年"
        and (
            _AIMED.search(match.string, max(0, match.start() - 4), match.start())
            or _EXPECTED.match(match.string, match.end())
        )
    ):
        since = match.string.rfind("。", 0, match.start())
        of = next((p.year for p in reversed(found) if p.year and p.span.start > since and not p.compared), None)
        opening = (
            found[0].year if found and found[0].set_off and _OPENS.match(match.string, found[0].span.start) else None
        )
        return period._replace(
            iso=str(of or reference.year or opening or "")
        )  # 力争全年投资2300亿元: of the year that has begun
    if _is_no_time(match):
        return None
    if match[0] in _THAT_YEAR and period:
        told = next((p for p in reversed(found) if p.year and not p.compared), None)
        near = told is not None and "。" not in match.string[told.span.end : match.start()]
        if told and (near or not period.iso):  # 自|2014年|运营,|当年|进出口1868万元
            return period._replace(iso=str(told.year))  # 翻身仗是2021年打的。那年,…;当年营收18.6亿元
        return period
    if match[0] in {"前一年", "前一年度"} and found:
        before = re.sub(r"\d{4}", lambda m: str(int(m[0]) - 1), found[-1].iso)
        return found[-1]._replace(span=Span(*match.span()), iso=before, event=False, rule="前一年, a phrase of time")
    if match[0] == "当月":  # 8月份…当月: the month that was named
        month = next((m[0] for p in reversed(found) if (m := _MONTH_AT_END.search(p.iso))), "")
        return period._replace(iso=month or period.iso) if period else None
    if match[0] == "届时" and found:
        rule = "届时, a phrase of time"
        return found[-1]._replace(span=Span(*match.span()), event=False, ahead=True, rule=rule)
    if period and period.iso.endswith("/..") and found and found[-1].iso.startswith("../"):
        gap = match.start() - found[-1].span.end
        if gap <= 1:  # 截至12月10日,今年以来: from the start of the year to that day
            return period._replace(iso=period.iso.removesuffix("..") + found[-1].iso.removeprefix("../"))
    return period


def _is_no_time(match: re.Match[str]) -> bool:
    """Tell words that only look like a time: 半|年内, 建成|后年|销售额, 压缩到最快|当天|, 提|前一年|完成, 学|前一年|免费教育."""
    before = match.string[match.start() - 1 : match.start()]
    if match[0] == "年内":
        return _SO_LONG.search(before) is not None
    if match[0] == "后年":
        return before in _DONE_AFTER
    if match[0] in {"当天", "当日"}:
        return before not in _AFTER_A_MARK
    return match[0] in {"前一年", "前一年度"} and before not in _AFTER_WHICH


_UNTIL = re.compile("到|至|截至|截止")
_OPENS = re.compile("(?<![^\\n])")
_THAT_YEAR = frozenset({"当年", "同年", "该年", "那年", "那一年"})
_DONE_AFTER = frozenset("成产用工营投立")
_AFTER_A_MARK = frozenset({"", *",;。:!?(“\n "})
_AFTER_WHICH = frozenset({"", "较", "比", "与", "于", "是", "为", ",", "。", "("})
_SO_LONG = re.compile(rf"[半几\d{NUMERALS}两]$")
_AIMED = re.compile("(?:力争|确保|争取|力保)$")
_EXPECTED = re.compile("[\u4e00-\u9fff]{0,8}?(?:上看|可望|有望|力争)")  # 全年上看8000亿元
_MONTH_AT_END = re.compile(r"\d{4}-\d{2}$")


def _each(period: Period, match: re.Match[str]) -> list[Period]:
    """Return one period for each quarter of 一、二、三季度, so that a list of figures can be dealt out to them."""
    year = period.iso.partition("-")[0]
    numbers = (number_in(quarter) for quarter in match["each"].removesuffix("季度").split("、"))
    return [period._replace(iso=f"{year}-Q{number}" if year else "") for number in numbers]


def _opens(twin: str, span: Span, period: Period) -> bool:
    before = twin[max(span.start, period.span.start - 2) : period.span.start]
    return period.span.start == span.start or not before[-1].isalpha() or before in {"预计", "计划", "力争", "预测"}


def _placed(twin: str, span: Span, period: Period) -> Period:
    start, end = period.span
    before, after = twin[max(span.start, start - 4) : start], twin[end : end + 12]
    compared = bool(_BEFORE_COMPARED.search(before) or _AFTER_COMPARED.match(after) or _STARTED.match(after))
    set_off = (
        (after[:1] in {",", "、"} and not LISTED_YEARS.match(after))
        or bool(_AT_THE_TIME.match(after))
        or (before[-1:] in {"", "—", "\n", " "} and after[:1] == " ")
    )
    if _SESSION.search(before) and after.startswith(")"):
        return period._replace(compared=False, set_off=True)  # 第29届(|2022年|)吸引1800多家单位
    opening, closing = twin.rfind("(", span.start, start), twin.find(")", end, span.end)
    aside = closing if opening >= 0 and ")" not in twin[opening:start] else 0
    if before.endswith(("其中", "其中,")):
        part = _PART_ENDS.search(twin, end, span.end)
        aside = max(
            aside, part.start() if part else span.end
        )  # 其中|6月|增长12%,居第3位;投资216亿元: of all of the time again
    if _DISPATCH.match(after) or before.endswith(("排到", "排到了", "排至", "签到", "签至")):
        aside = end  # 央广网天津|8月21日|消息: when it was sent; 订单排到了|8月份
    goal = _WHOLE_GOAL.match(twin, end, span.end)  # 占|全年|计划的50%
    if goal or (before.endswith("完成") and (goal := _OF_A_GOAL.match(twin, end, span.end))):
        aside = max(aside, goal.end())  # 提前完成|全年|招引2个项目的任务。重大项目占33%
    if before.endswith(("从", "由")) and (reached := _REACHED.match(twin, end, span.end)):
        aside = reached.end() - 1
    return period._replace(compared=compared, set_off=set_off, aside=max(0, aside))


_WHOLE_GOAL = re.compile("(?:总?目标|计划|任务|预算){1,2}(?:总?[数额量])?(?=的)")
_OF_A_GOAL = re.compile("[^,;。]{0,30}(?:任务|目标|计划)")
_PART_ENDS = re.compile("[;。!?\n]")
_SESSION = re.compile("[届期次轮批]\\($")
_DISPATCH = re.compile("(?:电|讯|消息)(?=[(\\s])|[上下]?午?(?:表示|宣布|指出|透露|介绍|说[,:])")
_REACHED = re.compile(
    r"[^,;。]{0,14}?\d[^,;。]{0,8}[升降增减高加大少展长短到缩移进退跃][到至]"
)  # 年末从|上半年|5.5%降到5.3%


def _year(written: str, reference: Reference, carried: int | None) -> int | None:
    if written in {"今年", "本年"}:
        return reference.year
    if written == "上年":
        known = carried or reference.year or reference.review
        return known - 1 if known else None
    if written == "去年":
        return None if reference.year is None else reference.year - 1
    if written == "前年":
        return None if reference.year is None else reference.year - 2
    if written == "明年":
        return None if reference.year is None else reference.year + 1
    if written in {"当年", "同年"}:
        return carried
    if written.startswith("民国"):
        return FIRST_YEAR + number_in(written[2:-1].strip())
    named = number_in(written.removesuffix("年"))
    return named if named > _LONGEST_REPUBLIC else named + FIRST_YEAR  # 107年上半年


def _calendar(match: re.Match[str], reference: Reference, carried: int | None) -> Period | None:
    groups = match.groupdict()
    if groups["while"] == "度" and not (groups["only"] or groups["year"] or groups["years"]):
        return None
    year: int | None = None
    wide = False
    if groups["years"]:
        first, last = _first_and_last(groups["years"])
        iso, year, wide = f"{first}/{last}", last, True
    elif groups["iso"]:
        pieces = re.split(r"[-./]", groups["iso"])
        if not 1 <= int(pieces[1]) <= 12:
            return None
        year = int(pieces[0])
        iso = "-".join([pieces[0], *(piece.zfill(2) for piece in pieces[1:])])
    elif groups["from"]:
        iso, wide = "/".join(_year_month(groups[end] or "") for end in ("from", "to")), True
    elif groups["near"]:
        iso = _day_of_month(groups, reference)
    elif groups["happening"] or groups["lunar"]:
        iso, wide = "", True  # 成立以来: since a time that the expression does not tell
    elif groups["plan"]:
        iso, wide = _plan(groups), not groups["edge"]
    elif groups["rolling"]:
        iso, wide = _rolling(groups, reference)
    else:
        written = groups["year"] or groups["only"]
        year = _year(written, reference, carried) if written else None
        iso = _part(groups, year if written else _year_unsaid(match, reference, carried))
        if not written:
            year = None
    ended = groups["since"] and (groups["half"] or groups["quarter"] or groups["quarters"])  # 上半年以来: the half year
    if groups["since"] and not ended:
        iso, wide = iso and iso.split("/")[0] + "/..", True
    elif groups["until"] in {"截至", "截止", "截至到", "截止到"} and iso:
        iso = "../" + iso.split("/")[-1]
    rule = "a stretch since a date" if groups["since"] else "a calendar date"
    start = match.start()
    if groups["until"] == "至" or (groups["until"] == "到" and not iso):
        start = match.end("until")
    past = year is not None and reference.year is not None and year < reference.year
    ahead = groups["until"] == "到" and not past
    future = year is not None and reference.year is not None and year > reference.year
    return Period(Span(start, match.end()), iso, rule, wide=wide, event=True, ahead=ahead, near=future, year=year)


def _year_unsaid(match: re.Match[str], reference: Reference, carried: int | None) -> int | None:
    """Return the year of months that name none: the one told of, under review, the document's own, or named before."""
    told = carried or reference.review
    if carried and reference.year == _named_before(match) == carried + 1:
        return reference.year  # 2023年前三季度…。2022年,…。|前三季度|营业收入37.66万亿元
    if told or reference.year is None:
        return told or _named_before(match)
    return reference.year - _is_of_year_before(match.groupdict(), reference)


def _named_before(match: re.Match[str]) -> int | None:
    """Return the year that a text without a date has named with the same months: 2023年上半年…。|上半年|,新签约项目53个."""
    at = match.string.rfind("年" + match[0], 0, match.start())
    year = match.string[max(0, at - 4) : max(0, at)]
    return int(year) if _YEAR_IN_DIGITS.fullmatch(year) else None


_YEAR_IN_DIGITS = re.compile(r"(?:19|20)\d\d")


def _is_of_year_before(groups: dict[str, str | None], reference: Reference) -> bool:
    """Tell whether months are those of the year before a text of the first months: 12月当月, 1—11月 in a text of January."""
    told, month = reference.month, groups["month"] or groups["months"]
    if told is None or month is None:
        return False
    last = re.findall(rf"\d{{1,2}}|[{NUMERALS}]{{1,2}}", month)[-1]
    return number_in(last) - told.month >= _MONTHS_BEFORE


_MONTHS_BEFORE = 8


def _first_and_last(written: str) -> tuple[int, int]:
    """Return the years that 2021—2025年, 2022至23年度 and 99年至103年 (of the Republic) begin and end with."""
    found = re.findall(rf"\d{{2,4}}(?=年|[—~-])|\d{{4}}|[0{NUMERALS}]{{4}}", written)[:2]
    first, last = (number_in(year) for year in found)
    if first <= _LONGEST_REPUBLIC:
        return first + FIRST_YEAR, last + FIRST_YEAR
    return first, last + (first // 100 * 100 if last < 100 else 0)


def _year_month(written: str) -> str:
    year, month = written.split("年")
    return f"{_year(year + '年', Reference(), None)}-{number_in(re.sub('[月份]', '', month)):02}"


def _part(groups: dict[str, str | None], year: int | None) -> str:
    """Return the ISO form of a part of ``year``, blank where the year is not known."""
    if year is None:
        return ""
    if groups["months"]:
        first, last = re.findall(rf"\d{{1,2}}|[{NUMERALS}]{{1,2}}", groups["months"])[:2]
        return f"{year}-{number_in(first):02}/{year}-{number_in(last):02}"
    if groups["first_months"]:
        return (
            f"{year}-01/{year}-{number_in(re.sub('[前头首个月]', '', groups['first_months']).replace('两', '二')):02}"
        )
    if groups["month"]:
        month = f"{year}-{number_in(re.sub('[月份]', '', groups['month'])):02}"
        day = f"{month}-{number_in(groups['day'][:-1]):02}" if groups["day"] else month
        return f"{day}/{month}-{number_in(groups['last_day'][:-1]):02}" if groups["last_day"] else day
    if groups["each"]:
        return f"{year}-Q1"
    if groups["quarters"]:
        first, last = re.findall(rf"[\d{NUMERALS}两]", "1" + groups["quarters"].removeprefix("前"))[-2:]
        return f"{year}-Q{number_in(first)}/{year}-Q{number_in(last.replace('两', '二'))}"
    if groups["quarter"]:
        return f"{year}-Q{number_in(re.sub('[第季度首]', '', groups['quarter']) or '1')}"
    if groups["half"]:
        return f"{year}-H{1 if groups['half'][0] == '上' else 2}"
    return str(year)


def _phrase(match: re.Match[str], reference: Reference, carried: int | None) -> Period | None:
    entry = lexicon.spellings("periods")[match[0]]
    gives, _, offset = entry.get("gives").partition(" ")
    date, year = reference.date, None
    iso = ""
    if gives == "year" and reference.year:
        year = reference.year + int(offset)
        iso = str(year)
    elif gives == "before" and (known := carried or reference.year or reference.review):
        year = known + int(offset)  # 2022年…,由|上年|的2.9%提高到3.3%: before the year that is told of
        iso = str(year)
    elif gives == "same":
        iso = str(carried) if carried else ""
    elif gives == "within":
        iso = str(carried or reference.year or "")
    elif gives == "review":
        known = carried or reference.reviewed
        iso = str(known) if known else ""
    elif gives == "past":
        known = reference.past or carried  # in February 2023 it is 2022, though the text has spoken of 2023
        iso = str(known) if known else ""
    elif gives == "since" and reference.year:
        year = reference.year
        iso = f"{year}/.."
    elif gives == "now" and date:
        iso = f"../{date.isoformat()}"
    elif gives == "day" and date:
        iso = (date + dt.timedelta(days=int(offset))).isoformat()
    elif gives == "that":
        iso = _named_day(match.string, match.start(), reference) or (date.isoformat() if date else "")
    elif gives == "month":
        iso = _month_from(reference, int(offset))
    return Period(
        Span(*match.span()),
        iso,
        f"{entry.name}, a phrase of time",
        event=gives in {"now", "within"} or match[0] == "同年",
        wide=gives == "none",
        near=gives == "day",
        year=year,
    )


def _named_day(twin: str, at: int, reference: Reference) -> str:
    """Return the day that a text named last before an offset, blank where it named none: 3月20日…。|当天|,…签约."""
    named = list(_A_NAMED_DAY.finditer(twin, max(0, at - _LONG_AGO), at))
    year = _year(named[-1]["year"] or "今年", reference, None) if named else None
    return f"{year}-{int(named[-1]['month']):02}-{int(named[-1]['day']):02}" if year else ""


_A_NAMED_DAY = re.compile(
    r"(?P<year>(?:19|20)\d\d年)?(?<!\d)(?P<month>1[0-2]|0?[1-9])月(?P<day>[12]\d|3[01]|0?[1-9])日"
)
_LONG_AGO = 600  # code points


def _rolling(groups: dict[str, str | None], reference: Reference) -> tuple[str, bool]:
    """Return the years that are counted back (近三年, 五年来), and whether they are a stretch."""
    counted = (groups["n1"], groups["n2"], groups["n3"], groups["n4"], groups["n5"], groups["n6"])
    years = number_in(next(filter(None, counted), "0"))
    if groups["n4"]:  # 由三年前的61.5%提高到94.8%
        return str(reference.year - years) if reference.year and years <= 50 else "", False
    now = reference.year if groups["n1"] else reference.reviewed
    if years == 1 and not groups["n1"]:
        return str(now or ""), False  # 这一年, 一年来: the one that is looked back on
    return f"{now - years + 1}/{now}" if now and 1 < years <= 50 else "", True


def _plan(groups: dict[str, str | None]) -> str:
    """Return the years of a five-year plan, the one that it begins or ends with where its edge is told: 十四五末."""
    number = number_in(re.sub(r"[“”\"]", "", groups["plan"] or "")[:-1] or "0")
    last = 1955 + 5 * number - 3 * (number <= 2)  # the third began in 1966, three years after the second
    first = last - 4
    if groups["since"] or groups["edge"] == "初":
        return str(first)
    return str(last) if groups["edge"] in {"末", "收官", "收官之年", "结束"} else f"{first}/{last}"


def _day_of_month(groups: dict[str, str | None], reference: Reference) -> str:
    """Return the day that 本月12日 names, blank where the document's month is not known."""
    month = _month_from(reference, -(groups["near"] == "上月"))
    return f"{month}-{number_in((groups['date'] or '')[:-1]):02}" if month else ""


def _month_from(reference: Reference, offset: int) -> str:
    """Return the month so many after the document's, blank where that is not known."""
    if reference.month is None:
        return ""
    month = reference.month.year * 12 + reference.month.month - 1 + offset
    return f"{month // 12}-{month % 12 + 1:02}"
