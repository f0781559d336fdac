"""Whether a place is what its clause is about, or only compared with, listed, built or gone to -> bool."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from miner.places.parks import types

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miner.places.known import Mention, Places
    from miner.spans import Span

_NOT_TOPIC = re.compile(
    r"(?:[(]含|不含|包括|包含"  # |(含|苏州工业园)
    r"|领跑|领先|超过|高出|超出|超越?|高过|跑赢"  # compared with: |领先|全省, |跑赢|全国
    r"|[比较占于距离据向赴往对从]"  # |占|海南省的13%, |低于|全省, |走向|东盟
    r"|[比较占于](?:同期|同年|去年|上年|全年|当年)"  # |占同期|东莞市
    r"|[居列排]|排名"  # its rank in: |位居|全省第三位
    r"|在|来自|[获被]|获评|评为|占到了?|占了"  # |荣获|全国先进
    r"|覆盖|享誉"  # |享誉|岳阳
    r"|建设|打造|推进|支持|推动|创建|加快|争创|争取|筹建|申报|谋划"  # built or backed: |支持|雄安新区
    r"|落户|入驻|进驻|涌入|迁入|申建|规划|经|通过"  # gone to: |迁入|雄安
    r"|入选|列入|纳入|入围|上榜|跻身|迈入|进入|成为"  # taken into: |跻身|全国
    r"|邻|邻近"  # near: |毗邻|天津
    r"|扩散[到至]|延伸[到至]|拓展[到至]|辐射|惠及"  # reached: |辐射|东盟
    r"|满足|方便"  # whom it serves: 为|满足|科学园区员工子女就学需求
    r"|抓住|把握|抢抓|借助|融入|对接|承接"  # made use of: |抓住|滨海新区开发开放
    r"|形成|组成|分为|分成|别[是为]:|即:?)$"  # its parts: |分为|高雄、楠梓园区, 5个项目|分别是:|甲产业园、…
)
_IS = re.compile(
    "[^最一二三四五六七八九十特其但于凡要的]是$"
)  # 璧山工业园是|重庆|特色园区的代表; 一是|全市|…, 其中最大的是|苏州工业园区|
NOT_TOPIC_AFTER = re.compile(
    r"性|占比"  # 全国|性|, 全市|占比|
    r"|“?(?:十[佳大强]|百[佳强]|优秀|先进|最佳|首[个批例家]|唯一|示范|标杆|典型)"  # 入选全省|“十佳”|案例7项
    r"|的(?:近|约)?[\d一二两三四五六七八九十][\d.]*倍"  # 香港科学园|的两倍|
    r"|的?(?:近|约|超|逾|过|超过|接近)?(?:"  # 海口市|的40%|, 全省|近九成|
    r"\d[\d.]*%|[一二三四五六七八九十]成|[一二三四五六七八九十]分之|半数|一?半(?![年导数]))"
    r"|排名|第\d|第[一二三四五六七八九十百]{1,5}(?:[位名]|[,。;、)])|前列|平均(?:水平|值|线|增|[高低快慢\d])"
)
# 加快江山新材料产业园、大方燃煤发电等12个项目建设: what 等 sums up is what the clause is about.
_AN_EXAMPLE = re.compile(r"(?:(?:[、和与]|以?及)[^,;。、]{2,24}){0,6}等[\d一二两三四五六七八九十]{1,4}[个家项条座]")


_LAID_OUT = re.compile("(?:规划|建设|打造|建成|兴建|划出|拿出)了?[\\d.]{1,8}(?:平方公里|亩|公顷|万?平方米)的$")
_OF_A_SORT = re.compile("(?:、[^,;。、]{2,16}){0,4}等[^,;。\\d]{0,8}(?:开发区|园区|高新区|经开区|保税区)[,;。]")
_SUCH_AS = re.compile("(?:包括|以及|例如|比如|譬如)[^,;。]{0,20}$")
_A_SORT = re.compile(r"(?:、[^,;。、]{2,16}){0,4}等[^,;。\d]{2,14}?\d{1,6}[个家]")


def is_topic(
    places: Places, twin: str, span: Span, match: re.Match[str], found: Sequence[Mention], compared: int
) -> bool:
    """Tell whether a place that a stretch calls by a name or a short form is what its clause is about.

    ``found`` are the places named before it, ``compared`` is where the last one ends that something is only compared with.
    """
    start, end = match.span()
    before, after = twin[max(span.start, start - 4) : start], twin[end : end + 16]
    pulled = match["area"] and before.endswith(
        ("拉动", "带动", "以")
    )  # 拉动全市增长1.4个百分点: who pulls is the topic
    if (pulled or _NOT_TOPIC.search(before) or NOT_TOPIC_AFTER.match(after)) and not _is_topic_yet(
        match, before, after
    ):
        return False
    if match["area"] and before.endswith(("是", "为")) and _ITS_SHARE.match(after):
        return False  # 贡献税收96.8亿元,是|全市|税收的八成以上
    if compared >= 0 and _ALSO.fullmatch(twin, compared, start):
        return False  # 比常州高新区、常州经开区分别高出: both are compared with
    near = max(span.start, start - 24)
    if "次于" in twin[near:start] and _AFTER.search(twin, near, start):
        return False  # 排名第四,仅次于北京中关村、上海张江和|苏州工业园
    if _IS.search(before) and found and found[-1].topic and not _STOP.search(twin, found[-1].span.end, start):
        return False  # what the place named before is
    if match["park"] and (
        _is_object(twin, span, match) or _is_made_into(twin, span, match) or is_raised(twin, span, start)
    ):
        return False
    if (match["type"] or match["park"] in types()[0]) and _A_SORT.match(twin, end):
        return False  # |经济技术开发区|、边境经济合作区等经济类开发区244个
    if match["park"] and _OF_A_SORT.match(twin, end) and _SUCH_AS.search(twin, near, start):
        return False  # 16个开发区,包括合肥经开区等国家级开发区,以及|蚌埠高新区|、马鞍山慈湖高新区等省级开发区
    if match["park"] and _LAID_OUT.search(twin, near, start):
        return False  # 南沙规划建设了23平方公里的|粤港深度合作产业园|
    if stands_beside(twin, span, start) or _titled(twin, span, start):
        return False  # 《关于支持建设关中—天水经济区副中心城市的意见》
    if _PROJECT.match(twin, end) or is_distant(twin, span, start):
        return False  # “|喀什综合保税区|市政基础设施建设及配套工程”
    named = places.spelled.get(match["park"] or "")
    loose = places.main.kind == "region" or (named is not None and (not named.type or places.holds(named)))
    return not (match["park"] and loose and _AN_EXAMPLE.match(twin, end))


def _is_topic_yet(match: re.Match[str], before: str, after: str) -> bool:
    """Tell whether a place is a topic though a word before or after it says that it is none."""
    if match["park"]:
        source = before.endswith("据") and _OF_ITS_OWN.match(after)
        ranked = after.startswith("排名") and not _NOT_TOPIC.search(before)  # 东盟经开区|排名152位
        built = before.endswith("在") and (
            _BUILDS.match(after) or after.startswith((",", "方面"))
        )  # 在|广丰工业园|,记者了解到
        if source or ranked or built or _RATED.match(after):
            return True
    if match["area"]:
        return False
    if before[-1:] in _HEADS and _ITS_PART.match(after):
        return True  # 固定资产投资增长20.4%。其中,|经开区|占比22.7%
    return before.rstrip("市县区旗")[-1:] in {"、", ":", "(", ",", ";"} and ITS_RATIO.match(after) is not None


_ITS_SHARE = re.compile(
    r"[\u4e00-\u9fff]{2,10}的(?:近|约|超|逾)?(?:\d[\d.]*[%倍]|[一二三四五六七八九]成|[一二三四五六七八九十]分之|一?半)"
)
_HEADS = frozenset({"", ",", ";", "。", ":", "、", "\n"})
_ITS_PART = re.compile(r"占比(?:达|为)?\d")
_STOP = re.compile("[。;!?\n]")


def _titled(twin: str, span: Span, at: int) -> bool:
    """Tell whether an offset stands in the title of a document: 《…》."""
    opening = twin.rfind("《", max(span.start, at - _LONGEST_TITLE), at)
    return opening >= 0 and twin.find("》", opening, at) < 0


_LONGEST_TITLE = 60  # code points


def _is_object(twin: str, span: Span, match: re.Match[str]) -> bool:
    """Tell whether a park is one of a list of what is built, or where something is from: 建设了软件园、|青松工业园|,…."""
    if twin[match.start() - 1 : match.start()] not in {"、", "和"}:
        return False
    before = max(span.start, match.start() - _LONGEST_OBJECTS), match.start()
    if _ORIGIN.search(twin, *before):
        return True
    return twin[match.end() : match.end() + 1] in _ENDS and _BUILT.search(twin, *before) is not None


def _is_made_into(twin: str, span: Span, match: re.Match[str]) -> bool:
    """Tell whether a park is one of those that another was made of: 由原|温州工业集中区|和河东科技工业园合并组建."""
    before = max(span.start, match.start() - _LONGEST_PARTS), match.start()
    if twin.find("由", *before) < 0 or _MADE_OF.search(twin, *before) is None:
        return False
    return _MADE.match(twin, match.end()) is not None


def is_raised(twin: str, span: Span, at: int) -> bool:
    """Tell whether what stands at an offset is what a park became: 2017年升级为|国家级高新区|."""
    return _RAISED.search(twin, span.start, at) is not None


_RAISED = re.compile("(?:升级|升格|晋升|提升|认定|确定|命名|更名)[为成](?:全国)?$")  # 批复升级为|国家级高新区|
_MADE_OF = re.compile("由原?[^,;。:!?\n]{0,58}$")
_MADE = re.compile("[^,;。:!?\n]{0,60}?(?:合并|整合|组建|组成|构成|升级|更名|演变)")
_LONGEST_PARTS = 60  # code points


_ORIGIN = re.compile("(?:来自|面向|覆盖|远销|销往)[^,;。!?\n]{1,36}、$")
_BUILT = re.compile("(?:建设|建成|打造|培育|布局|设立|启动|推进|形成|分为|分成|即:?)了?[^,;。:!?\n]{1,70}[、和]$")
_ENDS = frozenset("、,;。")
_LONGEST_OBJECTS = 80  # code points


def stands_beside(twin: str, span: Span, at: int) -> bool:
    """Tell whether what stands at an offset is one more that something is set against: 高出全省5个百分点、|全市|1个百分点."""
    if twin[at - 1 : at] not in {"、", "和", "与"}:
        return False
    return _SET_AGAINST.search(twin, max(span.start, at - _LONGEST_STANDARD), at) is not None


def in_aside(twin: str, span: Span, at: int) -> bool:
    """Tell whether a place is one of an aside that is over: 全省16家高新区(新增的六安和|亳州高新区|未计入)实现产值9735.4亿元.

    What stands alone in brackets restates what is before them; with a figure it is told of by the way: 420亿元(|甲区|292亿元).
    """
    closing = _CLOSING.match(twin, span.end, at)
    opening = twin.rfind("(", 0, span.start) if closing else -1
    if closing is None or opening < 0 or ")" in twin[opening : span.start]:
        return False
    return span.start - opening > 1 or _DIGIT.search(closing[0]) is not None


_DIGIT = re.compile(r"\d")
_CLOSING = re.compile("[^()。;]{0,40}\\)")


def is_distant(twin: str, span: Span, at: int) -> bool:
    """Tell whether something is said to lie so far from what stands at an offset: 距全国第二大海港|大连市|中心27公里."""
    begin = max(span.start, at - _LONGEST_STANDARD)
    return twin.find("距", begin, at) >= 0 and _DISTANT.search(twin, begin, at) is not None


_DISTANT = re.compile("距离?[^,;。\\d]{0,32}$")
_SET_AGAINST = re.compile(r"(?:占|[高低快慢优]于|高出|超过?|领先)[^,;。、]{1,16}\d(?:%|个百分点)[、和与]$")
_LONGEST_STANDARD = 32  # code points, with the figure after it
_AFTER = re.compile("次于[^,;。]{0,24}$")
ITS_RATIO = re.compile(r"\d[\d.]*%[、,;。)]")  # 开工率分别为:金安区93.5%、市开发区87.2%、霍邱县86.5%
_BUILDS = re.compile(
    "内?(?:总?投资|斥资|规划|兴建|新建|投建|扩建|扩厂|建厂|设厂|设立|建成|新设)"
)  # 华芯公司在|楠梓产业园区|规划5座厂房
_RATED = re.compile(
    r"\d[\d.]*%(?:的)?[^,;。\d]{0,6}(?:最高|次之|居次|居首|最低|领先|殿后|垫底)"
)  # 以中科48.85%成长率最高
_OF_ITS_OWN = re.compile("[^,;。]{0,6}?(?:数据|统计|介绍|公布|发布|消息)")  # 根据|安徽自贸试验区|最新数据
_PROJECT = re.compile("[^,;。“”()]{0,24}(?:工程|项目)”")
_ALSO = re.compile(r"(?:、|和|与|及|以及|乃至)(?:国家级?|省级)?")
