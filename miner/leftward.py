"""The phrase to the left of a figure: 进出口总额|139.7亿元|."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from miner import lexicon
from miner.heads import is_measured
from miner.phrases import LOCAL, PARKS, YEARLY, Phrase, is_predicate, trim_end, without_predicate
from miner.spans import Span
from miner.verbs import SHORT_NOUN, manners, nominal, verbs, weigh
from miner.words import cut

if TYPE_CHECKING:
    from collections.abc import Sequence


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
    end = _before_links(twin, start, end, skip)
    begin = _past_topics(twin, start, end, skip)
    end = _before_asides(twin, begin, end)
    if begin >= end:
        return Phrase(Span(end, end), Span(start, start), "nothing to the left")
    begin, verb, rule = weigh(twin, begin, end)
    begin, rule = _narrowed(twin, begin, end, rule, verb=verb)
    if not verb and skip:  # 扩厂的厂商有|甲公司|投资8亿元
        begin = max((part.end for part in skip if part.start == begin and part.end < end), default=begin)
    end = _without_tail(twin, begin, end)
    if (lone := twin.rfind("、", begin, end)) > begin and twin[lone + 1 : end] in verbs("have"):
        end = lone  # 提高城乡低保标准、覆盖119.2万人
    if twin.startswith("的", start) and is_measured(twin[twin.rfind("、", begin, end) + 1 : end]):
        begin = max(begin, twin.rfind("、", begin, end) + 1)  # 总投资99亿元|的甲项目、|总投资|120亿元
    if (one := _ONE.search(twin, max(begin, end - _LONGEST_ONE), end)) and is_measured(twin[one.end() : end]):
        begin, verb, rule = one.end(), False, "what one of them has"  # 建一个占地, 作为一家总投资
    if twin.startswith("“", begin) and "”" not in twin[begin:end]:
        begin += 1  # “园区产值超过13亿元: what is quoted goes on
    if twin[begin:end] in _NO_NOUN or is_predicate(twin[begin:end]):
        end = begin  # |受疫情影响|增幅缩窄至15.6%
    return Phrase(Span(begin, end), Span(start, begin), rule, verb=verb)


_NO_NOUN = LOCAL | {
    "实际",
    "另",
    "同步",
    "分列",
    "超",
    "已超",
    "半年",
    "全年",
    "单月",
    "单季",
    "一上午",
    "一天",
    "半天",
    "当天",
    "去年",
    "上年",
    "今年",
    "高",
    "低",
    "较",
    "比",
    "于",
    "围绕",
    "其他",
    "其余",
    "创",
    "创下",
}

# ------------------------------------------------------------------------------------------------ from the right


def _before_links(twin: str, start: int, end: int, skip: Sequence[Span]) -> int:
    """Step back over 达, 共计 and the like, and over the times and places between them: 缩减到2018年的|45条|."""
    end = _without_link(twin, start, without_predicate(twin, start, end))
    while skip and (last := next((part for part in skip if start <= part.start < part.end == end), None)):
        reached = twin.startswith(("到", "至"), last.start)
        stop = last.start - (twin[last.start - 1 : last.start] in _SINCE)  # 营业额自|2004年突破兆元以来
        end = _without_link(twin, start, stop + reached)
    return end


_SINCE = frozenset("自从由")


@cache
def _link() -> re.Pattern[str]:
    moved = rf"(?:{lexicon.any_of(lexicon.spellings('measures', 'verb'))}|回升|跃升|恢复|延展|延伸|拓展|扩展|扩增|扩张|推升|推高|拉升|拉高|压低)[到至](?:如今|现在|目前)?的?"
    brought = r"[\u4e00-\u9fff](?:[高低大小长短多少快慢]|(?<=[蹿飙跃爬猛骤急陡锐抬])[升降])?[到至]"  # 回收率|提到|80%, 成本|压低到|6元
    # 分别达到 can be cut in four ways: without a bound on how many words there are, each more would take four times as long.
    return re.compile(rf"(?:{moved}|{lexicon.any_of(verbs('link'))}|{brought}|(?<![\s,])[\s,]++){{1,6}}$")


@cache
def _link_ends() -> frozenset[str]:
    """Return the characters that what `_link` matches may end in, beside white space."""
    return frozenset(word[-1] for word in verbs("link")) | set("到至今在前的,")


def _without_link(twin: str, start: int, end: int) -> int:
    """Step back over 达, 为, 共计 before the figure, but not into a word such as 行为, 所得 or 产能(达)."""
    last = twin[end - 1 : end]
    # Most clauses end in none of these, and the search costs 3 us.
    match = _link().search(twin[start:end]) if last in _link_ends() or last.isspace() else None
    if match is None:
        return end
    at = start + match.start()
    if at == start or not twin[at:end].strip():
        return at
    edge = max(start, at - _LONGEST_WORD)
    for word in cut(twin[edge:end]):
        if edge >= at:
            return edge
        edge += len(word)
    return end


_LONGEST_WORD = 6  # code points


def _before_asides(twin: str, begin: int, end: int) -> int:
    """Step back over what a clause says beside its indicator: from when on, in what state, the how-manieth."""
    # A character that each holds is asked for first: a search of a clause that has none takes 1 us, this a tenth.
    clause = twin[begin:end]
    if not _FROM_MARKS.isdisjoint(clause) and (since := _FROM.search(twin, begin, end)):
        end = _without_link(twin, begin, since.start())  # 收入|却从2021年的|46503元提高到…
    end = without_predicate(twin, begin, trim_end(twin, begin, end))
    if "每" in clause and (per := _PER.search(twin, begin, end)) and per.start() > begin:
        end = _without_link(twin, begin, per.start())  # 单价被压到|每平方米2800元
    if twin[end - 1] in _STILL_ENDS and (still := _STILL.search(twin, begin, end)):
        end = still.start()  # 厂商数一度|跌破70家, 车程将|由两小时缩短
    if twin[end - 1] in _FIRST_ENDS and (first := _FIRST.search(twin, begin, end)):
        end = first.start()  # 成为全区第四个突破2000亿元的地区, 全省首个超百亿元水利工程
    return end


_FROM_MARKS = frozenset("从由到至")  # one of them stands in whatever `_FROM` matches
_FROM = re.compile(
    # |扩大到如今的|31万平方米
    r"(?:扩展|拓展|扩大|发展|增加|增长|提高|提升)(?:到|至)(?:了)?(?:现在|目前|如今|今天)的?$"
    r"|[从由](?:"
    r"[^,;。从由]{0,8}?(?:19|20)\d\d年(?:末|底|初)?的?"  # 收入|从2021年的|46503元
    r"|[\d一二〇零今去上前年末底初月半季度至的]{2,10}"  # 产值|由去年底的|90亿元
    r"|[^,;。从由]{1,6}?时的?"  # 常住人口|由建区时的|不足5000人增至12.3万人
    r"|[^,;。从由]{0,6}?(?:之初|初期|起初|当初|最初|最早|一开始)的?"  # 产值|从建园之初的|3亿元
    r"|[\d一二两三四五六七八九十几]{1,3}年前的?"  # 覆盖率|由三年前的|61.5%
    r"|[^,;。从由]{1,14}?(?:设立|成立|建立|实施|启用|改革|运行|投用|开通)前的?"  # 车辆|从自贸试验区设立前的|980辆
    r"|(?:去年|上年)?的?零"  # 混配量|由零|起步
    r"|全国|原来的?|原有?的?|之前的?|过去的?"  # 投资额|从原|30亿元增加到125亿元
    r")?$"
)
_PER = re.compile(
    "[从由]?(?:低于|高于|超过|达到?|为|仅)?(?:每[年月天日])?每(?:立方米|平方米|平方公里|公顷|亩|升|吨|千瓦时|万人|千人|人|户)$"
)
_STILL_ENDS = "年去往前还向达到破计料上稳返回举度曾经争求看战刺将会望可终越过"
_STILL = re.compile(
    r"(?<=..)(?:"
    r"(?:继[去上前]年)?(?:有望|可望)?再?(?:站上|站稳|重返|重回|登上)"  # 营业额|继去年站稳|兆元, 产值|有望重回|百亿元
    r"|应可挑战|有?机会(?:挑战|向|达到?|突破)"  # 营业额|应可挑战|2.15兆元
    r"|估计|预料"  # 土地|估计|240公顷
    r"|一举|一度|曾经?"  # 厂商数|一度|跌破70家
    r"|力争|力求|上看|挑战|冲刺"  # what is aimed at: 营业额|上看|5000亿元
    r"|仍将|将会?|即将|有望|可望|将可|预估可|预计可"  # what is to come: 车程|将|由两小时缩短, 职缺|可望|突破1万个
    r"|[比较](?:往年|过去|以往|以前|从前)"  # 价格|比往年|高0.4元
    r"|(?<![归偿返退交奉])还"  # 一年的税收|还|不到30万元
    r"|最终|始终"  # 厂商数|最终|跌破70家
    r"|(?:连续|先后|相继|接连)?(?:跨越|迈上|跨上|登上|迈过)"  # 税收收入|连续跨越|20亿元
    rf")(?<=[{_STILL_ENDS}])$"
)
_FIRST_ENDS = "个家座条项"
_FIRST = re.compile(
    rf"(?:(?:成为|也?是)[^,;。、]{{0,10}}?|[全我][国省市区县])?(?:首|第[一二三四五六七八九十])[{_FIRST_ENDS}]$"
)


def _without_tail(twin: str, begin: int, end: int) -> int:
    """Step back over what hangs on to the noun: particles, a stretch of years, 中 of 企业中有."""
    end = trim_end(twin, begin, end)
    if twin[end - 1] in _YEARS_END and (years := _YEARS.search(twin, begin, end)) and years.start() > begin:
        end = years.start()  # 常住人口城镇化率五年提高3.89个百分点
    if end - begin > SHORT_NOUN and twin[end - 1] in "中里" and twin[end : end + 1] in "有仅约":
        end -= 1  # 全球工程机械50强企业中有4家总部在这里
    return end


_YEARS_END = "年间来"
_YEARS = re.compile(f"(?<=[率量额值数重例])[两三四五六七八九十\\d]{{1,2}}年(?:间|来)?(?<=[{_YEARS_END}])$")

# ------------------------------------------------------------------------------------------------ from the left


def _past_topics(twin: str, start: int, end: int, skip: Sequence[Span]) -> int:
    """Step over connectives, and over times and places that lead the clause; inside the phrase they belong to it."""
    begin = without_lead(twin, start, end)
    for part in sorted(skip) if skip else ():
        if start <= part.start <= begin < end < part.end:
            return end  # 2022年|全年预计: what leads up to the figure began within the time
        if (start <= part.start <= begin or _LEADS_UP.search(twin[begin : part.start])) and begin < part.end <= end:
            inside = part.end + (_INSIDE.match(twin, part.end) is not None)
            aside = _ASIDE.match(twin, inside, end)  # 高新区|(红塔集团除外)|工业总产值
            begin = without_lead(twin, max(begin, aside.end() if aside else inside), end)
    return begin


_ASIDE = re.compile(r"\([^()]{0,24}\)")
_INSIDE = re.compile("[内里](?![蒙陆资贸])|中(?![央国部小心医外关])")  # 1-7月|中关村
_THRESHOLD = re.compile("以[上下内]的?(?=..)|在(?=“[^“”]*”[^中里内上])")  # 在“世界500强”排名由369位上升到235位
_LEADS_UP = re.compile(
    "(?:的|拉动|带动|推动|促进|^在|[把将])$"
)  # 位于大埔的香港科学园|占地, 成为拉动综保区|出口增长9.6倍的因素


@cache
def _lead() -> re.Pattern[str]:
    return re.compile(
        r"(?:[\u4e00-\u9fff]{2,6}(?:日报|晚报|晨报|商报|时报|网|新闻)讯\s*)?"  # |株洲日报讯 |新增工业产值
        r"(?:[\u4e00-\u9fff]{0,10}+(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:电|讯|消息)\s*)?"  # |新华社北京5月18日电|
        r"(?:[(\[【][^()\[\]【】]*[)\]】])?"  # 8月21日消息|(记者苏平)|今年; |【区位交通】|货运站场1个
        r"(?:"
        r"(?:扣除|剔除|不含|不计)[^,;。]{1,14}?(?:因素后|因素|后|外)"  # |扣除不可比因素后|增长3.4%
        rf"|{lexicon.any_of(verbs('lead'))}"  # |同时,累计|引进企业
        r"|(?:比重|增速|增幅|规模|体量|面积|产值|产量|占比|数量|增长)最[高大快多强]的"  # |增速最快的|新材料制造业完成投资
        r"|计划(?=全年|今年|年内|明年)"  # |计划|全年产值
        r"|(?:成立|设立|创立|建园|开园)(?:至今|以来)?[\d一二两三四五六七八九十]{1,3}[余多]?年的"  # |成立至今20余年的|竹科
        r"|像[^,;。的]{1,12}[这那]样的"  # |像桂燕堂这样的|燕窝企业
        r"|(?<![\u4e00-\u9fff])[半一]年(?:里|内|下来|多来)"  # |半年里|运出棉纱
        r"|(?:大大小小|各式各样|形形色色|各种各样)的"  # |大大小小的|咖啡企业63家
        r"|(?:[我他她你它咱]们|[我他她你]的|咱|大家)的?|一口气|整[个座]?(?:产业园|园区|园子|开发区|工业园|高新区|片区)|计划(?:用)?[\d一二两三四五六七八九十]{1,2}年内?(?=..)"  # |计划三年|定向培养技工6000名
        r"|[斥投耗][巨重]?资(?=建|兴建|新建|辟建|打造)"  # |斥巨资|建30平方公里保税港
        r"|为(?=总投资|计划|协议|亏损|盈利)"  # |为|总投资60亿元的
        r"|[\d两三四五六七八九十]{1,2}大(?:科学|特色|重点)?(?:产业)?(?:园区|开发区|片区)(?=[\u4e00-\u9fff]{2,10}$)"  # |三大科学园区|营收
        r"|该(?:产业|行业|领域|地区|板块)的|(?:[全该本我]|这个)[镇乡村](?=[\u4e00-\u9fff]{2})"  # |该产业的|企业总收入, |全镇|建成道路
        r"|(?:建[园区港]|开[园区港]|成立|设立|挂牌|起步)(?:之初|初期|之时|当年|时)"  # 1994年|开港时|港口吞吐量
        r"|以(?![上下内外后前来及])(?=[\u4e00-\u9fff]{2,12}$)"  # |以|生物技术成长46.05%最多
        r"|这[片块座栋幢](?=占地|总?面积|建筑)|(?:过去)?这[片块座栋幢条家个][\u4e00-\u9fff]{1,3}?一[年天]的|[这那]|除(?![尘草湿雪霜险颤臭])"  # |那|时, |除|对企业指导外
        r"|(?:[最居]多|为主|最高|最大)、"  # 规模|最大、|新能源占比最高
        r"|(?:项目|[一二三]期)?(?:全[部面])?"  # |项目全部|建成后
        r"(?:(?:达产达标|达产达效|达产|投产|投用|投运|建成投产|建成|竣工)后可?|[满达]产[时后])"  # 一期|达产后|预计年开票销售
        r"|历经[\d一二两三四五六七八九十]{1,3}年[至到]?"  # |历经20年至|113年
        # |连续24个月|增长, |五年间|
        r"|[于在]?(?:连续?)?[\d一二两三四五六七八九十]{1,3}个?(?:年|月|季度)(?:间|来|内|中)?"
        r"|[一二三四五六七八九十]{1,3}是"  # |一是|全市工业产值90亿元
        r"|\d{1,2}[.](?=[\u4e00-\u9fff])"  # |2.|累计引进企业
        r"|一[个家座栋条幢列辆艘架批]"  # |一座|占地15亩
        r"|[自从](?=\d)"  # |自|99年至103年
        r"|\d{1,2}日(?:[上下]午)?(?!游)"  # 记者|15日|从海关获悉
        r"|(?:透过|通过|经由|依托|借助)“[^“”]{1,20}”"  # |透过“e++产业服务平台”|协助厂商
        r"|[到赴](?:[^,;。到赴]{1,16}?(?:地区?|省市?|市|城市|国家?|沿海))(?=招商|考察|开展|推介|拜访|对接|学习|调研|参加|参展)"  # |到沿海地区|招商20次
        r"|[\s、,的”)]"  # “十四五|”|期间, 22家(净增18家|)、|服务业企业3家
        r")*"
    )


def without_lead(twin: str, start: int, end: int) -> int:
    """Step over the connectives and adverbs that open a stretch: |同时,累计|引进企业."""
    match = _lead().match(twin, start, end)
    if match is None or match.end() == start:
        return start
    stop = match.end()
    # 重点 in 重点园区, 中 in 中小企业: only whole words are dropped.
    at = before = start
    last = ""
    for word in cut(twin[start:end]):
        if at >= stop:
            # 高标准|建设 厂房 drops the adverb, 高标准|农田 keeps what is part of the noun.
            noun = last in manners() and word not in verbs("have", "do") and not PARKS.match(word + "企业")
            return before if noun else at
        if at + len(word) > stop:
            return at
        before, last, at = at, word, at + len(word)
    return min(at, end)


_BY = re.compile("由[^,;。、]{3,30}?(?:公司|集团|企业)(?=计划|总投资|投资)")


def _narrowed(twin: str, begin: int, end: int, rule: str, *, verb: bool) -> tuple[int, str]:
    """Step over what leads up to the noun within its phrase: what is done already, what 等 sums up, where it is."""
    phrase = twin[begin:end]
    if "由" in phrase and (investor := _BY.search(twin, begin, end)):
        begin = investor.end()  # 由浙江嘉兴豪企集成家居有限公司|总投资10.3亿元的产业园
    if (
        not _OBJECT_MARKS.isdisjoint(phrase)
        and (handled := _HANDLED.match(twin, begin, end))
        and _MOVES.match(twin, end)
    ):
        begin, verb = handled.end(), False  # 争取把|贫困发生率|控制在0.3%以内, 农户将|养羊规模|从30只扩大到200只
    if (
        not _RECKONS.isdisjoint(phrase)
        and (reckoned := _RECKONED.match(twin, begin, end))
        and is_measured(twin[reckoned.end() : end])
    ):
        begin, verb = reckoned.end(), False  # 管理局预估园区|营业额
    if "使" in phrase and (made := _MADE_TO.match(twin, begin, end)) and is_measured(twin[made.end() : end]):
        begin, verb = made.end(), False  # 产业受惠于需求增加等因素使|营业额
    if "(" in phrase and (but := _EXCEPT.match(twin, begin, end)) and is_measured(twin[but.end() : end]):
        begin = but.end()  # 工业园区及高新区(红塔集团除外)|工业总产值
    if (once := _ONCE.match(twin, begin, end)) and is_measured(twin[once.end() : end]):
        begin, verb = once.end(), False  # 项目全面投产后|年产值
    if "、" in phrase and (done := _DONE.match(twin, begin, end)) and is_measured(twin[done.end() : end]):
        begin = done.end()  # 20个项目落地、总投资1370亿元; not 签约、协议、意向项目
    at = begin
    begin = without_lead(twin, begin, end) if not verb else begin
    etc = list(_ET_CETERA.finditer(twin, begin, end)) if "等" in phrase else None
    summed = etc and (
        "、" in twin[begin : etc[-1].start()]
        or etc[-1][0].endswith("批")
        or _SORTED.fullmatch(twin, etc[-1].end(), end) is not None  # 红星美凯龙等|现代服务业项目
    )
    if etc and summed and end - etc[-1].end() >= SHORT_NOUN and twin[begin] != "距":
        begin, rule = etc[-1].end(), SUMMED
    if (place := _LOCATIVE.match(twin, begin, end)) and (end - place.end() >= SHORT_NOUN or end == place.end()):
        begin, rule = place.end(), "after the place it is in"
    if (led := _LED_BY.match(twin, begin, end)) and end - led.end() >= SHORT_NOUN:
        begin, rule = led.end(), "what has been exemplified"  # 以丽驰为代表的|先进制造业产值
    yearly = YEARLY.search(twin, begin, end)
    if yearly is None and _OF_A_PRODUCT.match(twin, end):
        yearly = _YEARLY_BEFORE.search(twin, begin, end)
    if yearly and yearly.start() > begin:
        begin = yearly.start()  # 乙烯装置|年产乙烯, 具备|年培训技能人才
    if (pulled := _PULLS.match(twin, begin, end)) and is_measured(twin[pulled.end() : end]):
        begin, rule = pulled.end(), PULLED
    begin = _after_deeds(twin, begin, end)
    begin = without_lead(twin, begin, end) if not verb and begin > at else begin  # else it was asked
    reached = _THRESHOLD.match(twin, begin, end)
    return (reached.end() if reached else begin), rule  # 建成20年以上的|旧厂房


def _after_deeds(twin: str, begin: int, end: int) -> int:
    """Step over the deeds before the last one of a list: 优化支出结构、|清收各类资金515亿元."""
    comma = twin.rfind("、", begin, end)
    if comma - begin < _DEED or end - comma <= _DEED:
        return begin
    words = cut(twin[comma + 1 : end])
    acting = words[1:] if words[0] in manners() else words
    return comma + 1 if acting[:1] and acting[0] in _plain_verbs() else begin


@cache
def _plain_verbs() -> frozenset[str]:
    """Return the verbs that are no nouns too."""
    return verbs("do", "have") - nominal()


SUMMED = "what 等 sums up"
PULLED = "what something else moves"
_PULLS = re.compile("[^、]*?(?:带动|拉动|推动|促进)")  # 带动|营业额增长32%
_LED_BY = re.compile("(?:.*为(?:代表|龙头|核心|主导|支撑|主体|引领)的|(?:在其)?带动下)")
_EXCEPT = re.compile(
    r"[^()]{1,23}(?:[区园市县省]|企业|公司)\((?:(?:不含|含|不包括|包括)[^()]{1,20}|[^()]{1,20}(?:除外|在内))\)"
)
_OF_A_PRODUCT = re.compile(r"[约近超]?[\d.,]+[余多百千万亿]*[\u4e00-\u9fff]{1,2}(?=[\u4e00-\u9fff]{2})")
_YEARLY_BEFORE = re.compile("[年日](?:产|加工|处理|吞吐|生产)$")  # 师宗产业园区|年产|200万吨环保钙
# What is changed stands before its verb, after 把 or 将: 把|发生率|控制在, 将|产能|提高到.
_OBJECT_MARKS = frozenset("把将")
_HANDLED = re.compile(
    "(?:(?:[^、“”将把]|“[^“”]{1,12}”){0,30}(?<![必即终可或]))?[把将](?:全[国省市县区旗镇])?(?=[\u4e00-\u9fff]{2})"
)
_MOVES = re.compile(
    "[从由自]|控制|[压砍省减降裁]掉|压[缩减降]|提[高升]|扩[大充]|[增降减缩][加至到低少短为]|稳定|保持|下调|上调|拓展|[\u4e00-\u9fff][高低]?[到至]"
)
_DEED = 4  # code points: a verb and its object
_MADE_TO = re.compile("[^、“”()]{2,40}?使得?(?!用)")
# Who reckons what the figure is of.
_RECKONED = re.compile(
    "[^、,“”()]{0,12}?(?:局|处|会|委|部门|海关|院|中心|机构|厅|方面|分析师)(?:初步)?(?:预估|预计|预期|预测|估计|估算|推算|测算|核算|统计)(?:[园全]区|全[市省县园年])?的?"
)
_RECKONS = frozenset("预估算统")  # one of which each way to reckon holds
# What is said of the thing before its measure: 项目|落地、|总投资1370亿元, 规模|最大、|占比|最高、|总投资2000亿元的基地.
_ONCE = re.compile("[^、]{0,24}?(?:投产|达产|建成|投用|运营|调整|扩区|扩容|整合|改造)后(?:预计|可|将)?")
_DONE = re.compile(
    r"(?:[^、]*(?:落地|落户|投产|开工|竣工|签约|投用|建成|达产|挂牌|揭牌|启用|试运转|试运行|运营|通车|开通|最[大高长快多优强好新全])、)+"
)
_ET_CETERA = re.compile(r"等(?!级|候|待|距|额|同|值|于|奖)(?:方面|领域|各?类|系列|多?种|一?大?批)?的?")
_SORTED = re.compile("[\u4e00-\u9fff]{2,10}(?:项目|企业|品牌|平台|机构)")
# 辖区内, 在“两新”组织中: a place that the phrase is in; 规模以上 and 市级以上 are part of the phrase.
_LOCATIVE = re.compile(
    r"(?:"
    r"在(?![建园孵册校岗库统线手谈职营产])[^、,]{1,14}?(?:中|内|里|(?<!以)上|(?<!以)下|方面)"  # not |在建亿元以上|项目; |在行业中|规模居前
    r"|[经由从][^、,]{2,14}?(?:区|港)(?=进出口|出口|进口|报关|通关|中转)"  # |经云岭综合保税区|进出口的货物402万吨
    r"|在全[国省市区球]"  # |在全国|复制推广88项
    r"|在[^、,]{2,14}?[区园港市县](?=注册|登记|落户|设立|就业|居住|斥资|规划)"  # |在楠梓产业园区|规划厂房5座
    r"|在[^,]{2,24}?(?:地区|区域|地带)"  # |在岳阳地区|的营业额
    r"|[^、,]{0,6}?(?:范围内|区内|园内|境内(?!上市)|域内|市域|期间|方面|系统内)"  # |保税区内|注册企业371家
    r")(?![小国央外长高职等欧型部间介心])"  # not |在全省中|小企业
)
_LONGEST_ONE = 8  # code points: 一, its classifier and six
_ONE = re.compile(
    r"这[座个家条]?(?:工厂|厂房|大楼|项目|公司|企业|基地)(?=总?投资|总?占地|年|产|月)|(?:[一两这首]|(?<![\u4e00-\u9fff]))[个家座栋条幢处片](?=[\u4e00-\u9fff]{2,6}$)"
)
