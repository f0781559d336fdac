"""The day that a document bears -> `Reference`, which relative expressions (去年, 1—4月) count from."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from miner.numbers import find_numbers


@dataclass(frozen=True, slots=True)
class Reference:
    """What a relative expression counts from.

    ``date`` is the document's own, or the one given; ``review`` the year that a heading puts under review (漳州市2023年
    统计公报); both None where the text says neither. ``republic`` tells that it counts years from 1911 (民国112年).
    ``printed`` is the first of the document's month, where it tells no day (2019年8月), ``issued`` its year where it tells
    no month (a journal's 2024年第3期).
    """

    date: dt.date | None = None
    review: int | None = None
    republic: bool = False
    printed: dt.date | None = None
    issued: int | None = None

    @property
    def month(self) -> dt.date | None:
        """A day in the document's month."""
        return self.date or self.printed

    @property
    def year(self) -> int | None:
        """The document's year."""
        return self.month.year if self.month else self.issued

    @property
    def reviewed(self) -> int | None:
        """The year that 全年 and 年末 speak of: the one under review, else the past one."""
        return self.past if self.review is None else self.review

    @property
    def past(self) -> int | None:
        """The year that 过去一年 speaks of: in the first half of a year, texts look back on the last."""
        return self.month.year - (self.month.month <= 6) if self.month else self.review  # June


NUMERALS = "〇零一二三四五六七八九十"
FIRST_YEAR = 1911
"""The year before the first of the Republic: 民国112年 is 2023."""
_TAIWAN = re.compile(
    "新台币|科学工业园|科学园区|行政院|农委会|国科会|中央社"
)  # 97年1-4月累计营业额: of the republic there
_OF_REPUBLIC = re.compile(
    r"1(?<![\d.第近].)[0-3]\d年(?:度|[上下]半年|第?[一二三四1-4]季|1?\d(?:至|-)?1?\d?月)"
)  # 107年上半年


def number_in(written: str) -> int:
    """Return the number that a piece of a date is, 0 for what is none.

    Example:
        >>> number_in("2023"), number_in("二〇二三"), number_in("二0二三"), number_in("112")
        (2023, 2023, 2023, 112)
    """
    if written.isdigit():
        return int(written)
    numbers = find_numbers(written.replace("0", "〇"))  # 二0二0年
    return int(numbers[0].value) if numbers else 0


_LABELLED = re.compile(
    r"(?:发布|更新|发表|刊发|出版|发稿)?(?:时间|日期)\s?[:]?\s*((?:19|20)\d{2})[-./年](\d{1,2})[-./月](\d{1,2})"
)
_DATE = re.compile(
    rf"((?:19|20)\d{{2}}|[一二][0{NUMERALS}]{{3}})[-./年]([\d{NUMERALS}]{{1,3}})[-./月]([\d{NUMERALS}]{{1,3}})日?"
)
# 来源:南宁日报 2019年8月; 2018年11月 四川经济日报
_PRINTED = re.compile(
    r"(?:^|[\s:)])((?:19|20)\d\d)[-年](\d{1,2})(?:月(?:号|刊)?)?\s*$|^\s*((?:19|20)\d\d)年(\d{1,2})月\s+(?=[\u4e00-\u9fff]+$)"
)
_URL_DATE = re.compile(r"https?://\S{0,400}?((?:19|20)\d{2})[-/]?(0[1-9]|1[0-2])[-/]?(0[1-9]|[12]\d|3[01])")
# A journal's issue with its day: 《湘商周刊》2023年第11期 11月15日出版.
_ISSUE = re.compile(r"((?:19|20)\d\d)年第\d+期\s*(\d{1,2})月(\d{1,2})日")
_ISSUED = re.compile(r"》\s*((?:19|20)\d\d)年第\d+期")  # 《赣江经济观察》2024年第3期  文/宋知行
# A news agency's: 中新网2004年8月10日电, 本报北京2021年3月5日讯. Without the year it tells no date.
_DATELINE = re.compile(
    r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日(?:(?:电|讯|消息|报道)(?!子|信|力|商)|[\u4e00-\u9fff]{2,3}(?:电|报导|报道)[)\]】])"
)
# With the time of day: 2016年09月29日 23:15; but not a page's clock, 2015年11月10日19:22:53 星期二.
_STAMPED = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[-./年\s]\s*(\d{1,2})[-./月](\d{1,2})日?\s*\d{1,2}:\d\d(?!:\d\d\s*星期|\d)(?!\s*星期)"
)
_NO_DATELINE = re.compile(r"[。;]|:\d\d\s*星期")
_DATED = (_LABELLED, _ISSUE, _DATELINE, _STAMPED)
# The last line of a Taiwanese agency: (編輯:張良知)1141215, in years of the republic.
_FILED = re.compile(r"编辑:[\u4e00-\u9fff]{2,4}\)(1\d\d)(\d\d)(\d\d)\s*$")
_ISO = re.compile(r"\W*(?:19|20)\d\d-\d\d-\d\d\s")
_BACKWARD = re.compile(r"\s*(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)(?:\s+\d{1,2}:\d\d)?\s*")  # 22.10.2014  11:32
_HEAD, _LINE_LENGTH = 1200, 60


# 2024年1至9月经济运行情况 is of that year; 2024年5月3日 and 2019年8月 by themselves are dates.
_IN_TITLE = re.compile(
    r"(?<![\d—~至-])((?:19|20)\d{2})年(?!\d)|(?<=[\u4e00-\u9fff])((?:19|20)\d{2})年(?=\d{1,2}月?[—~至到-]{1,2}\d{1,2}月|\d{1,2}月份?[\u4e00-\u9fff]{4})"
)


def own_reference(twin: str, given: dt.date | None = None, of_file: dt.date | None = None) -> Reference:
    r"""Read the document's own date: 发布时间, then a masthead or dateline, then a dated last line, then its URL.

    A date in the running text is not the document's. ``given`` (``--date``) overrides; ``of_file``, the day that the
    file's metadata bears, stands in where the text bears none.

    Example:
        >>> own_reference("岳阳高新区\n发布时间:2022-06-22 来源: 红星网").date
        datetime.date(2022, 6, 22)
    """
    head = twin[:_HEAD]
    lines = [line for line in twin.replace("\r", "\n").split("\n") if line.strip()]
    titles = [line for line in lines[:3] if not re.search(r"[。;\t|]", line)]
    title = next((m for line in titles for m in [_IN_TITLE.search(line)] if m), None)
    # 2026年政府工作报告 is given in 2026 and speaks of both years: 全年 is neither for sure.
    of_a_year = title and not _DATE.search(title.string) and "工作报告" not in title.string
    review = int(title[1] or title[2]) if title and of_a_year else None
    if review is None and (headed := _REVIEWED.search(twin[:_REPORT_HEAD])):
        review = int(headed[1])
    taiwan = "民国" in twin or ("中国" not in twin and _TAIWAN.search(twin) is not None)
    republic = taiwan or _OF_REPUBLIC.search(twin) is not None
    if given is not None:
        return Reference(given, review, republic)
    printed = issued = None
    labelled = next(filter(None, (pattern.search(head) for pattern in _DATED)), None) or _LABELLED.search(twin[-_HEAD:])
    date = _date(labelled) if labelled else None
    if date is None and (filed := _FILED.search(twin)):
        date = _date(filed)
    if date is None:
        short = [
            line for line in [*lines[:12], *lines[-4:]] if len(line) <= _LINE_LENGTH and not _NO_DATELINE.search(line)
        ]
        short += [line for line in (*lines[:5], *lines[-3:]) if _ISO.match(line)]
        found = (_DATE.search(line) or _BACKWARD.fullmatch(line) for line in short)
        date = next((day for match in found if match and (day := _date(match))), None)
        dated = (_PRINTED.search(line) for line in short[:5])
        printed = next((day for match in dated if match and (day := _date(match))), None)
        issued = next((int(match[1]) for line in short[:5] if (match := _ISSUED.search(line))), None)
    if date is None and (url := _URL_DATE.search(twin)):
        date = _date(url)
    if date is None and printed is None and (meeting := _MEETING.search(twin)):
        date = _date_of_meeting(meeting)
    date = date or (None if printed else of_file)
    if (date or printed or issued or review) is None and (opened := _OPENED.search(twin[:_REPORT_HEAD])):
        review = int(opened[1])
    return Reference(date, review, republic, printed, issued)


def under_heading(heading: str, reference: Reference) -> Reference:
    """Return the reference of what stands under a heading of a report: its 全年 is of the year that the heading names.

    Example:
        >>> under_heading("三、2026年重点工作", Reference(dt.date(2026, 1, 20))).reviewed
        2026
    """
    found = _SECTION.match(heading)
    year = int(found["year"]) if found and found["year"] else reference.year if found else None
    return replace(reference, review=year) if year else reference


_SECTION = re.compile(
    r"\W{0,4}第?[一二三四五六七八九十]{1,3}(?:部分)?[、.):\s]{1,3}(?:做好|全力做好)?(?:(?P<year>(?:19|20)\d\d)年|今年|本年)度?的?[^。,;]{0,8}?(?:工作|任务|目标|安排|打算|回顾|总结)"
)

# 7月18日上午,在淮安经开区2020年度上半年工作会议上: on that day of the year that the meeting is of. What meets in the
# first months of a year may be of the year before.
_REVIEWED = re.compile(
    r"(?m)^[^\n。,]{0,6}((?:19|20)\d\d)年(?:度)?的?(?:主要)?工作(?:回顾|总结|情况|完成情况)"
)  # 一、2022年工作回顾
# 2023年,在市委、市政府的坚强领导下,…;2023年,开发区紧紧围绕…: the year that a report without a date speaks of
_OPENED = re.compile(
    r"(?m)^(?: {0,8}|[\u4e00-\u9fff]{2,8}讯 ?(?:\([^()\n]{2,40}\) ?)?)((?:19|20)\d\d) ?年度?,(?:"
    r"在[^。\n]{4,60}(?:领导|支持|指导|关心|帮助|部署)|面[对临][^。,\n]{4,40},|[^,。\n]{2,12}(?:多项|主要|各项)?经济指标"
    r"|[^,。\n]{2,24}(?:紧紧围绕|坚持|认真贯彻|深入贯彻|全面贯彻|全面落实|深入学习|聚焦|立足))"
)
_REPORT_HEAD = 3000  # code points
_MEETING = re.compile(
    r"(?P<month>1[0-2]|0?[4-9])月(?P<day>[12]\d|3[01]|0?[1-9])日[^。;]{0,24}?(?<!\d)(?P<year>(?:19|20)\d\d)年[^。,;]{0,16}?(?:会议|工作会|推进会|座谈会|发布会|会)上"
)


def _date_of_meeting(match: re.Match[str]) -> dt.date | None:
    try:
        return dt.date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def _date(match: re.Match[str]) -> dt.date | None:
    try:
        found = [piece for piece in match.groups() if piece is not None]
        year, month, day = (number_in(piece) for piece in (*found, "1")[:3])
        if match.re is _BACKWARD:
            year, day = day, year
        return dt.date(year + FIRST_YEAR if match.re is _FILED else year, month, day)
    except ValueError:
        return None
