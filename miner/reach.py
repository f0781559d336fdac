"""How far a time expression reaches: which one governs a figure, and which only say when something happened."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from miner.heads import names_measure
from miner.periods import LISTED_YEARS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from miner.periods import Period
    from miner.spans import Span


_TWO_YEARS = re.compile(r"\d{2,4}年?\D{1,3}\d{2,4}年(?:间|期间)?")  # 自99年至103年活化面积12万坪,占全区49.7%
# 今天上午招聘会开场。|截至中午12时|,入场2600人次
_BY_THAT_HOUR = re.compile(r"截[至止]到?[^,;。]{0,4}\d{1,2}[时点]")
_UNTIL_NOW = ("至今", "以来")  # 2024年至今签约项目20个,|总投资250亿元|; not 2010年2月起推行改革,|辖5个镇|
# 数据显示,2016年完成投资15.5亿元,项目13个; 数据印证了拉动作用:前三季度进出口5799.95亿元,占全省8.3%
_LED_UP = re.compile("(?:(?:数据|统计|资料)显示,|据[^,;。]{1,8},|[^,;。:]{1,40}:)?")


def governing(
    twin: str, periods: Sequence[Period], at: int, sentence: Span, clause: Span, *, framed: bool
) -> Period | None:
    """Return the expression that governs a figure at offset ``at``: the nearest one before it whose sense reaches it.

    A date of comparison governs nothing. A date that says when something happened (2011年11月封关运作) governs its own
    clause only; so does a stretch of years (十年间翻了两番) and, where such a stretch frames the text (五年来), a single
    year, unless a comma sets them off: then they govern their sentence, as does a year ahead (到二〇二五年).
    """
    for period in reversed(periods):
        if period.span.start >= at or period.compared or (period.aside and at > period.aside):
            continue
        if clause.start <= period.span.start:
            return period
        begun = period.event and sentence.start < period.span.start and twin[period.span.start - 1] == "于"
        if begun and _BEGUN_IN.search(twin, max(0, period.span.start - _LONGEST_LEAD), period.span.start):
            return None  # 农高会始于|1994年|,已办29届: not of the time that the sentence before told
        in_sentence = sentence.start <= period.span.start
        goes_on = period.near and _BY_THAT_HOUR.match(twin, sentence.start) is not None
        led = _LED_UP.fullmatch(twin, sentence.start, period.span.start) is not None
        opens = led and (not period.wide or twin.endswith(_UNTIL_NOW, 0, period.span.end))
        if period.wide or (framed and not period.set_off):
            named = _TWO_YEARS.fullmatch(period.span.of(twin)) is not None
            if in_sentence and (period.set_off or opens or named):
                return period
            if period.set_off and period.iso.endswith("/..") and not in_sentence:
                return None  # 2017年升格。2022年7月整合扩区以来,…。|党支部17个|: not of 2017
        elif not period.event and (in_sentence or goes_on or not (period.ahead or period.near)):
            return period
    return None


def marked_events(
    twin: str, periods: Sequence[Period], figures: Sequence[int], clauses: Sequence[Span]
) -> Iterator[Period]:
    """Settle which expressions date an event: not set off, in a clause that states no figure."""
    for period in periods:
        clause = next((c for c in clauses if c.start <= period.span.start < c.end), None)
        bare = clause is not None and not any(clause.start <= at < clause.end for at in figures)
        local = (
            period.event
            and not period.set_off
            and not period.wide
            and not _STRETCH.search(period.iso)
            and bare
            and not period.span.of(twin).endswith("年度")
            and (
                twin[period.span.end : period.span.end + 1] not in ",、"
                or bool(LISTED_YEARS.match(twin, period.span.end))
            )
            and not (clause and (twin[clause.end - 1] == ":" or twin[clause.end - 2 : clause.end] in {"中,", "后,"}))
            and not _DEALT_AFTER.match(twin, clause.end if clause else 0)
            and not (clause and _opens(twin, period) and names_measure(twin[period.span.end : clause.end]))
            and not _HEADS_WHAT_FOLLOWS.match(twin, period.span.end)
            and not _DATA_OF.match(twin, period.span.end)
            and not _IS_THE_YEAR.match(twin, period.span.end)
            and not _ASSESSED.match(twin, period.span.end)
        )
        hoped = bare and _HOPED.match(twin, period.span.end) is not None
        ahead = (period.ahead or hoped) and not _looks_back(twin[period.span.end : clauses[-1].end])
        founded = period.set_off and bool(_MONTH_OR_DAY.fullmatch(period.iso)) and _happened(twin, period, figures)
        today = period.span.of(twin) in {"今日", "昨日", "今天", "昨天"}
        told = (today or _A_DAY.fullmatch(period.iso) is not None) and (
            _ONE_OF_DAYS.search(twin, max(0, period.span.start - 12), period.span.start) is not None
            or _SAID.match(twin, period.span.end) is not None
        )
        before = max(0, period.span.start - _LONGEST_LEAD), period.span.start
        named = _BEGUN_IN.search(twin, *before) or _DEED_OF.search(twin, *before)
        attribute = _BEGUN_THEN.match(twin, period.span.end) is not None
        yield period._replace(event=local or founded or told or attribute or named is not None, ahead=ahead)


def _opens(twin: str, period: Period) -> bool:
    """Tell whether an expression opens its sentence: 2023年保税区进出口额居首位的是外高桥,总额为9980亿元."""
    return _LEAD.search(twin, max(0, period.span.start - _LONGEST_LEAD), period.span.start) is not None


# 2018年主要指标。实现生产总值1577亿元
_HEADS_WHAT_FOLLOWS = re.compile("的?(?:主要|重点|经济|工作|发展){0,3}(?:指标|情况|数据|成绩|业绩)[。:]")
_DATA_OF = re.compile(
    "的?(?:(?:统计|监测|调查|快报)(?:数据|结果|快报)?|[\u4e00-\u9fff]{1,8}[额值量率])显示"
)  # 2017年7月的统计数据显示,园区有上市企业8家
_IS_THE_YEAR = re.compile("是[^。;]{4,60}之?年,(?:力争|确保|要|计划|预计|全年|争取)")  # 2019年是关键一年,力争增长8%以上
# 2016年省产业园总体取得较好成效,|53个园区完成投资1628.6亿元|: what all of the year was like
_ASSESSED = re.compile(
    "[^,;。]{0,24}?(?:取得|呈现|保持|实现)[^,;。]{0,12}(?:成效|成绩|进展|态势|势头|发展|提升|增长|跨越|突破),"
)
_LONGEST_LEAD = 9  # code points: a mark and the place that is spoken of
_LEAD = re.compile(r"(?:^|[。;!,\n])(?:[\u4e00-\u9fff]{2,8})?$")


def _looks_back(rest: str) -> bool:
    """Tell whether a paragraph goes on with what was done by then: 到2001年底,建成区16平方公里。|累计|完成投资180亿元."""
    return _DONE_BY_THEN.search(rest) is not None and _PLANNED.search(rest) is None


_HOPED = re.compile("(?:可望|有望|预期|料将|将可?)[^,;。\\d]*[,;。]")  # 下半年|可望带动营收。|产值成长15.67%
_DONE_BY_THEN = re.compile("累计|已|[成立办起展建]了")
_PLANNED = re.compile("将|力争|目标|规划|计划|预计|争取|确保")


_STRETCH = re.compile(r"[HQ]|\d/\d")  # 2023年上半年产业受惠于扩厂,营业额5473亿元: nothing happens in a half year
_DEALT_AFTER = re.compile(
    "[,、]?(?:(?:分别|依次)[为达]|合计|总计|共计|累计)"
)  # 2025年产值、出口均创新高,|分别为1.7亿元、2亿元
_MONTH_OR_DAY = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")
_A_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# 9月6日,省商务厅刘海城在新闻发布会上说,累计生成200余项成果: when it was said.
_SAID = re.compile(
    r"(?:\([^()]{2,12}\))?[,]?[^,;。\d]{0,60}?(?:表示|介绍|指出|透露|获悉|发布会|通报|宣布|公布|记者会|说[,:])"
)
# 设立于|1992年|,现有工业企业210户
_BEGUN_IN = re.compile(
    "(?:设立|成立|创建|始建|兴建|组建|建成|创立|创办|启动|开工|奠基|批准|挂牌|投产|封关|开园|起步|诞生|始|建)于$"
)
# |今年6月8日|开工的社棠产业孵化园…。有20余户企业计划入驻: when it began, and no more.
_BEGUN_THEN = re.compile(
    "(?:正式|开始|建成|获批|启动)?(?:开工|动工|投产|成立|设立|获批|建成|启用|挂牌|落户|入驻|创办|开业|封顶|揭牌|开园|奠基)的"
)
# 实施|一季度|良好开局等行动,余额突破5万亿元: the time is part of what a deed is called.
_DEED_OF = re.compile("(?:实施|开展|打好|抓好|抓实|夺取|决战|冲刺|实现|聚焦)$")
_ONE_OF_DAYS = re.compile("于$|日、$")  # 分别于2月28日、6月6日、8月8日共实施3期活动,推动132个项目落地
_HAPPENED = re.compile(
    "获得?|批准|成立|揭牌|挂牌|封关|动工|奠基|开园|开业|设立|创建|入选|升级|启动建设|正式运行|封顶|竣工|完工"
)


_AT_THAT_TIME = re.compile(r"。?\s*(?:那时|当时|彼时|其时|此时|当年)")


def _happened(twin: str, period: Period, figures: Sequence[int]) -> bool:
    """Tell whether a date only says when something happened: 1999年2月,软件园获得批准。园区现有企业1410家."""
    stop = twin.find("。", period.span.end)
    stop = len(twin) if stop < 0 else stop
    told = any(period.span.start <= at < stop for at in figures)
    told = told or _AT_THAT_TIME.match(twin, stop) is not None
    return not told and _HAPPENED.search(twin, period.span.end, stop) is not None
