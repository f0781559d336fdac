"""What sort of statement a figure makes: level, growth, change, share or rank; with its basis and direction.

The words around the figure decide, together with its unit (docs/figures.md, columns measure, basis, direction):

    growth   增长 33.4%   下降 8.8%   翻 两番          a word of change touches a ratio
    change   增加 54家   提高 2个百分点   净增 42家     a word of change touches a count, or the unit is 百分点
    share    占全市 近九成   比重 60%   以2%的土地       part of a whole
    rank     位居全省 第3位                            a place in an order
    level    everything else, also 提高到 72.2%: what is reached is a level
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from miner import lexicon

if TYPE_CHECKING:
    from miner.quantities import Quantity
    from miner.schema import Basis, Direction, Measure


class Verdict(NamedTuple):
    """What sort of statement a figure makes.

    ``tail`` is the offset in the clause's text where the words of change, share or rank begin, so that the
    indicator is looked for before them; ``rule`` names what decided, ``compared`` the words that told the basis.
    """

    measure: Measure
    basis: Basis
    direction: Direction
    tail: int
    rule: str
    compared: str = ""


MADE_UP = "a part of what makes up a whole"
TOLD_OF_THEM = re.compile("[较比与]|[约均共]?占|分别|同比|环比|增长|下降|增加|减少|提高")
"""How a clause opens that tells the change or the share of what the clause before measured."""


@cache
def _verbs() -> dict[str, Direction]:
    return {word: entry.get("gives") for word, entry in lexicon.spellings("measures", "verb").items()}


@cache
def _compared() -> frozenset[str]:
    """Return the words that tell a change only where something is compared with: 同比|增收|."""
    verbs = lexicon.spellings("measures", "verb").items()
    return frozenset(word for word, entry in verbs if entry.get("compared"))


@cache
def _long_verbs() -> str:
    """The words of change without those of one character, which stand in other words."""
    return lexicon.any_of(verb for verb in _verbs() if len(verb) > 1)


# Adverbs and comparisons that stand between the indicator and its word of change.
_ADVERBS = (
    r"按[年季月]|(?:(?<=[额值量率入数,、以])|(?<=保持)|^)[年月季](?=$)"  # |按年|升12.5%, 营业额|年|增8%, 经济保持|年|增长14%
    r"|(?:按?(?:同口径|可比口径|可比价格?|不变价格?)(?:计算)?)|可比"  # at what prices: |按不变价格计算|,增长7.0%
    r"|分别|依次|各|均|都|也|又|再|仍|还|则"  # 进出口|分别|增长8%, 贫困发生率|仍|高达23%
    r"|进一步|持续|累计|共|合计|[年月季日]?平均|反而|反倒|倒|却|实际|名义|[年月日季]均|同比|环比|约"  # 出口额|环比|增长3.2%
    r"|逆势|骤|锐|急|遽|小幅|微幅|大幅|稳步|快速"  # how fast: 营业额|骤|减28.7%
    r"|实现|保持|总体|整体|普遍"  # 产值|保持|增长
)
_TAKES = r"\(下同\)|:|年均|力争|高达|了|均|都|更|率为|(?<=[增成]长)率|(?<=年增)率|幅度?|速度?|为|仅为?|只有?|达到?|至少|约|依次|分别|[又也亦]|同样|近|超过?|(?<=[速幅])在"


@cache
def _change() -> re.Pattern[str]:
    of_month = r"(?![年月]增(?<=[\d一二三四五六七八九十]..))"  # 1—7|月增速|
    return re.compile(
        rf"{of_month}(?P<verb>{lexicon.any_of(_verbs())})(?<!多(?=达))(?:{_TAKES}){{0,24}}+$"
    )  # 企业多达148家


@cache
def _last_verb() -> re.Pattern[str]:
    """The last word of change of a clause."""
    return re.compile(rf"^(?:.*[,;。])?+.*(?P<verb>{_long_verbs()})[^,;。]*$")


@cache
def _lead() -> re.Pattern[str]:
    """What stands before a word of change and belongs to it: adverbs, and what it is compared with.

    What it is compared with takes all that it may, and gives nothing back: otherwise each 比 would double the time.
    """
    return re.compile(
        r"(?:"
        rf"{_ADVERBS}|同比\d{{4}}年(?:同期)?"  # |同比2020年分别|增长89.3%
        r"|与(?:[^,;。、与]{1,24}?)(?:相比|比较|同期|比(?![\u4e00-\u9fff]))"  # |与2020年相比,|增长32%
        r"|相?(?<!可)[比较](?![重例率])(?:(?![同环可]比)[^,;。比较]){1,30}+"  # |比去年同期|增长33.4%
        r"|同(?:上一?年|去年)(?:同期|末)?(?:相比)?"  # 企业数分别|同上年|增长48%
        r"|\([^()]{0,8}同\)"  # |(下同)|增长
        r"|两年平均|[两三四五十]年间|[,]|的"  # 产值|两年平均|增长5.1%
        r"){0,24}$"
    )


@cache
def _of_change() -> re.Pattern[str]:
    """The word of change after the figure: 保持20%以上的增幅, 以年均15%的速度增长."""
    return re.compile(
        rf"的(?:年均|平均|较快|快速|稳定|高|同比|环比)?(?:速度|速率|幅度|比例)?(?:持续|稳步|快速|逐年|同比)?(?P<verb>{_long_verbs()})"
        r"|(?P<noun>[增成]长率|增[速幅]|[涨跌降]幅)"
    )


@cache
def _before_change() -> re.Pattern[str]:
    """What leads up to such a figure and belongs to it."""
    return re.compile(
        rf"(?:连续|多年|[数两三四五六七八九十\d]{{1,9}}年|{_ADVERBS}|取得|达到?|获得|呈现|以|有|了|过去|每年|按){{0,24}}+$"
    )


_REACHED = re.compile(
    r"(?:提高|增加|增长|提升|上升|扩大|攀升|升|增|降|减|减少|下降|降低|缩短|压缩|压减|压|收窄|回升|跃升|上涨|涨|达|扩展|拓展|翻番|发展|推进|精简)(?:到|至|为|成)(?:了)?$"
)
_BY_SO_MUCH = re.compile("(?:增长|成长|下降|下滑|衰退|上涨|增幅?)达到$")  # 出口增长达到|20%, but 占比提高到
# Told of GDP: 年均增速保持在|22%以上
_STEADY = re.compile(
    "(?P<tail>(?:(?:年均|年平均)?增[速幅]|(?:年均|年平均)增长率?)(?:始终|一直|均|都|连续|分别|依次)?(?:(?:保持|稳定|维持)在|(?:收窄|缩窄|回落|放缓|减缓|扩大|提高|加快|提升)[到至]))$"
)
_BEYOND = re.compile("超(?:额完成|过|出)?(?P<compared>[^,;。超]{0,8}(?:计划|目标|任务|预期|进度))的?$")  # 超年度计划28%
_PULLED = re.compile("^(?:.*[,;。])?+.*?(?:下拉|拉低|拖累)")
_SIGNS = frozenset("+-＋－−")  # 固定资产投资300亿元(+12.3%)
_SET_AGAINST = re.compile("(?:同比|环比)$")  # 增加值同比-5.5%
_POINTS = {"百分点", "基点", "千分点"}
_RATIOS = {"%", "‰", "倍"}
_NOT_CHANGE = re.compile(
    r"(?:新增|净高"  # 园区|新增|76家
    r"|最多|最高|最快|最低|最少|至少|许多|很多|大多|多少|不少"  # |至少|1名专员
    r"|身高|层高|楼高|海拔高|提前|降雨量高|倍增|高速"  # |身高|1.7米, |提前|3年
    r"|(?<![速幅长加升降减])(?<!增率更)高达|起降|升降)$"  # 贫困发生率仍|高达|23%, 飞机|起降|1.2万架次
    r"|自然增长率(?:[为达]|仅为|达到|控制在)*$"  # 人口|自然增长率为|2.94‰
)
_COMPARED_NEW = re.compile("[比较][^,;。比较]{1,10}新增$")  # 较年初新增73亿元
_NOUN = re.compile(r"(?![和与及][\d近约超一二两三四五六七八九十百千])[\u4e00-\u9fff“](?!上|下|内)")
_NET = re.compile(r"净(?:增加?|减少?|流入|流出)[^,;。、\d]{0,14}$")
_SHARE = re.compile(
    r"(?P<tail>(?:分别|各|平均|均|共|合计|约|已){0,9}(?:"
    r"(?<!税)占(?!有率|地)"  # 出口|约占|江苏省的13%
    r"|稳[定居]在?(?=(?:全[国省市球区]|世界)(?:的|总量)?[^,;。\d]{0,8}$)"  # 企业|稳定在全国|1/10以上
    r")(?P<whole>(?:"
    r"(?!(?:%|成\d?|半)(?:以[上下]|多|左右)?、)[^,;。]"  # 占|规上工业|65.2%, not |占90%、|80%
    r"|(?<=比重),|(?<=占比),|(?<=比例),"  # 占|全市的比重,|从31.8%升至56.2%
    r"){0,26}?)"
    r"(?:的?(?:比重|比例|份额|比))?"  # 占全市|的比重|为5%
    r"(?:[提升降增]\w{0,2}[到至])?"  # 占全省比重|提升到|9.5%
    r"(?:[为达超约近有]|达到|超过|仅|不到|接近|的|分别|各)*)$"  # 占规上工业比重|达|65.2%
)
_GIVES = re.compile(r"(?P<tail>贡献(?![率度额值])了?[^,;。\d]{0,12})$")  # 贡献全区营业额75%以上
# 比重|5年来由|31%, 比重|由31%拉高到|46.5%
_FOR_YEARS = re.compile(r"(?:[\d一二两三四五六七八九十]{1,3}年来?)?[由从](?:[\d.]{1,8}%[^,;。\d]{1,4}[到至为])?$")
_SHARE_NOUN = re.compile(
    r"(?:平均)?(?:(?<!税)占比|比重|比例|份额|分量|权重|占有率|市占率)(?:[提升降增]\w?[高升低加少]?[到至])?(?:[为达超约近是]|达到|超过|已|均|分别|依次|高达|仅|接近)*$"
)
# 在全省、全市的占比分别为64.5%、84%
_SHARE_WITHIN = re.compile("(?P<tail>在[^,;。]{2,16}的?(?:占比|比重|份额|分量)(?:分别|依次|已|均)*[为达]?)$")
# 实际利用外资1.2亿元,完成全年任务74.9%: the task is what was to be done of it.
_OF_A_TASK = re.compile(
    r"(?P<tail>(?:已|共|累计){0,3}完成(?:全年|年度|年初|目标|计划|预算|省市?下达|[\u4e00-\u9fff]{0,10}?)(?:目标)?(?:任务|计划|目标|预算)(?:数|额|量)?的?)$"
)
_OF_A_WHOLE = re.compile(
    r"(?P<tail>(?:完成|相当于|是|为|(?<!下)达)?(?P<whole>(?:(?!相当于|[约仅]?[为是]|(?<!下)达)[^,;。]){1,20})的)$"
)
# 提升至2025年的52%: when, not of what; 相当于上年全年的80% is a share.
_OF_A_TIME = re.compile("(?!完成|相当于|是|为|达).*[年月日初末底季度前]的")
_TIMES_OF = re.compile(r"(?P<tail>(?:大?约|仅|已)?(?:是|相当于|达到?|为)[^,;。是为]{1,20}的)$")  # 产值是2018年的2.4倍
_FALL = re.compile("[降跌]幅(?:进一步|继续|已)?(?:收窄|缩小|缩窄|扩大|放大)[至到为]$")  # 进出口|降幅收窄至|1.3%
# 是|去年同期|的三倍 is a growth, 是|上海自贸区|的1.9倍 none.
_A_TIME = re.compile("[年月季]|十[一二三四五]?五|同期|当期|之前|[时初末底前](?=总?[量和]?的)")
_AREA = re.compile("[全各][国省市县区]|平均水平|同期水平|[区园港市省县州国]$")  # 高出|全市平均水平|
# 满意度|提高到|98.5%, 租用率|回升至|八成八, 发生率|下降到|0.3%
_CAME_TO = "(?:[\u4e00-\u9fff]?[提升降增减跌涨落滑扩缩掉拉压][\u4e00-\u9fff]{0,2}?[到至])?"
_RATE = re.compile(
    r"(?:率|强度|水平|贡献度|系数|指数|密度|满意度|覆盖面|进度|速度)"  # 研发投入|强度|4.6%
    r"(?:[连持]续[\d一二两三四五六七八九十]{1,3}个?(?:年|月|季度))?"  # 水质优良率|连续五年|保持100%
    rf"(?:[从由][^,;。]{{0,24}}?)?{_CAME_TO}"  # 毛利率|从四成多掉到|一成二, 出租率|从2015年的|六成二
    r"(?:[为达过超约近是保持在稳定]|达到|超过|已|均|分别|依次|高达|仅|接近)*$"  # 满意度|达|98.5%
)
_RANK = re.compile(
    r"(?P<tail>"
    r"(?:在[^,;。、]{2,24}?中)?"  # |在178家国家高新区综合排名中|居第22位
    r"(?:[全各][国省市县区](?=排))?"  # |全省|排名第1位
    r"(?:[连持]续[\d一二三四五六七八九十]{1,3}[年次个季月度]{1,2})?"  # |连续11年|稳居河南第一
    r"(?:稳|(?<!吨)位|名|分(?=列)|排名?|跃|综合)?"  # 总吨位|居全国第二, |跃|升至第4位, |综合|排名第3位
    r"(?:赶超[到至]|位于|处于|居(?!民|住)|列(?!车|入)|排(?!放|查|水)"  # 规模|居|全区第2位
    r"|[为是创](?=历年|历史|近年)"  # |为历年|第二高
    r"|升至|前移至|跻身|[挤冲闯杀][进入]|荣获|获得?|进入|稳定在|提升至|蝉联|评为|保持|进位至|跃至|入选"  # 首次|进入|前10位
    r"|排名|位次)"  # 综合|排名|第3位
    r"(?:[^,;。、(“”]|\([^()]{1,12}\)|“[^“”]{1,16}”){0,14}"  # 居|全国国家级经开区|第4位, 列|全市十个县(市、区)|第二
    r"|(?:[连持]续[\d一二三四五六七八九十两]{1,3}[年次个季月度]{1,2})?(?:[全各][国省市球区]|世界)"  # |连续4年全国|第一
    r")$"
)
_AHEAD = re.compile("^(?:高出|快于|高于|好于|优于|(?P<less>低于|慢于|少于|落后于?))")
_RANKED = re.compile("(?:排名|位次|名次|排位)[^,;。]{0,12}[由从到至为]$")  # 排名由369位上升到235位
# 排名152位, 在全省工业园区排10位以内
_RANKED_AT = re.compile(
    "(?:(?:排名|排在|排到|位列|位居|名列|位次|(?<![下系])列|(?<![定移])居)(?:[全各][国省市区]|西部|中部|东部)?|(?P<tail>在[^,;。、]{2,14}排))$"
)
_TO_RANK = re.compile(r"(?:上升|提升|跃升|前移|前进|下降|跃居|升)(?:到|至)?(?:全[国省市])?第")  # 由24位上升到第4位
_RANK_WORD = re.compile(
    r"(?:居(?!民|住)|列(?!车|入)|排(?!放|查|水)|名"  # 规模|居|全区第2位
    r"|升至|升到|前移至|进至|蝉联|稳定在|保持"  # 由24位上|升到|第4位
    r"|全国|全省|全市|全区|全球|世界|亚洲|中部|西部|东部|东北|[地省国市]级"  # among whom: 连续4年|全国|第一
    r"|历年|历史上?|近年"  # |历年|第二
    r"|跻身|进入|位列|入围|入选|晋级|迈入|迈进|挺进|[挤冲闯杀][进入]"  # 经开区|位列|第5名
    r")[^,;。、]{0,12}$"
)
_ASIDE = re.compile(r"\([^()]*\)")
_NOT_RANKED = re.compile(r"[梯方场届期批次个轮条章节款项产代类方季部段层站步年月天日号版卷集阶]")


def measure(clause: str, right: str, quantity: Quantity) -> Verdict:
    """Say what sort of statement ``quantity`` makes; ``clause`` is the text that leads up to it, ``right`` what follows.

    Example:
        >>> from miner.quantities import find_quantities
        >>> text = "比去年同期增长33.4%"
        >>> verdict = measure(text[:7], "", find_quantities(text)[0])
        >>> verdict.measure, verdict.basis, verdict.direction, verdict.tail
        ('growth', 'yoy', 'up', 0)
    """
    if quantity.kind == "ordinal":
        rank = _RANK.search(clause)
        return Verdict("rank", "", "", rank.start("tail") if rank else len(clause), "a place in an order")
    placed = _RANKED_AT.search(clause) if quantity.unit in {"位", "名"} else None
    if quantity.unit in {"位", "名"} and (
        placed or _RANKED.search(clause) or (clause.endswith(("由", "从")) and _TO_RANK.match(right))
    ):
        tail = placed.start("tail") if placed and placed["tail"] else len(clause)
        return Verdict("rank", "", "", tail, "a rank by its number")
    ratio = quantity.base_unit in _RATIOS
    if ratio and quantity.text[0] == "前":
        rank = _RANK.search(clause)
        return Verdict("rank", "", "", rank.start("tail") if rank else len(clause), "the top part of an order")
    if ratio and not clause.strip() and quantity.text[0] in _SIGNS:
        return Verdict("growth", "", "up" if quantity.value >= 0 else "down", 0, "a sign before a ratio, in brackets")
    if ratio and quantity.text[0] in _SIGNS and (against := _SET_AGAINST.search(clause)):
        basis, compared = basis_of(clause)
        direction: Direction = "up" if quantity.value >= 0 else "down"
        return Verdict("growth", basis, direction, against.start(), "a sign after a comparison", compared)
    changed = _change().search(clause)
    leapt = not ratio and quantity.modifier == "over" and clause.endswith(("跃升", "攀升"))  # 贸易值跃升超过5兆元
    noun = changed is not None and changed["verb"][-1] in "幅速率"  # 同比增幅达到三成五
    by = ratio and _BY_SO_MUCH.search(clause) is not None
    told = changed and not leapt and (noun or by or not _REACHED.search(clause))
    if ratio and (named := _named_growth(clause, quantity)):
        return named
    if changed and told and (_COMPARED_NEW.search(clause) or not _NOT_CHANGE.search(clause)):
        verdict = _by_verb(clause, changed, "growth" if ratio else "change", f"{changed['verb']} before the figure")
        # 提升1000个综合体: a verb and its counted object, where nothing is compared.
        alone = changed["verb"] not in _compared() or clause.endswith(
            changed["verb"] + "了"
        )  # 同比增收2740万元, but 助农增收3.5亿元
        if ratio or verdict.basis or quantity.base_unit in _POINTS or (alone and not _NOUN.match(right)):
            return verdict
    if quantity.base_unit in _POINTS and (beyond := _BEYOND.search(clause)):
        return Verdict("change", "base", "up", beyond.start(), "beyond what was planned", beyond["compared"])
    if quantity.base_unit in _POINTS:
        return _by_verb(clause, _last_verb().search(clause), "change", "percentage points are a change")
    return _ratio(clause, right, quantity) if ratio else _amount(clause)


def _named_growth(clause: str, quantity: Quantity) -> Verdict | None:
    """Return the growth that a noun before the figure names: 增速保持在22%, 降幅收窄至1.3%, 超年度计划28%."""
    if quantity.base_unit == "%" and (steady := _STEADY.search(clause)):
        basis, compared = basis_of(clause)
        return Verdict("growth", basis, "up", steady.start("tail"), "a rate of growth that is kept", compared)
    if quantity.base_unit == "%" and (fall := _FALL.search(clause)):
        return Verdict("growth", basis_of(clause)[0], "down", fall.start(), "a fall that is smaller or greater now")
    if beyond := _BEYOND.search(clause):
        return Verdict("growth", "base", "up", beyond.start(), "beyond what was planned", beyond["compared"])
    return None


_BESIDE_OTHERS = re.compile("[高低快慢多少好优][于出]|落后")


def _amount(clause: str) -> Verdict:
    """Return what sort of statement a count or an amount makes that no word of change touches."""
    net, beside = _NET.search(clause), _BESIDE_OTHERS.search(clause)
    if not (net or beside):
        return Verdict("level", "", "", len(clause), "a count or amount")
    basis, compared = basis_of(clause)
    ahead = (
        _AHEAD.search(compared) if basis == "area" and clause.endswith(compared) and _AREA.search(compared) else None
    )
    if ahead:
        gives: Direction = "down" if ahead["less"] else "up"  # 收入4.3万元,高出全市平均水平6100元
        return Verdict("change", basis, gives, clause.rfind(compared), "ahead of others by", compared)
    if net:
        down = "减" in net[0] or "流出" in net[0]
        return Verdict("change", basis, "down" if down else "up", len(clause), "净 makes a change", compared)
    return Verdict("level", "", "", len(clause), "a count or amount")


def _by_verb(clause: str, found: re.Match[str] | None, sort: Measure, rule: str) -> Verdict:
    """Return the verdict that a word of change gives, or none where none was found."""
    basis, compared = basis_of(clause)
    tail = _lead_start(clause, found.start("verb")) if found else len(clause)
    if basis == "area":
        tail = min(tail, clause.rfind(compared))  # 高于园区整体增速4.6个百分点
    direction: Direction = "down" if _PULLED.search(clause) else _verbs()[found["verb"]] if found else ""
    return Verdict(sort, basis, direction, tail, rule, compared)


def _ratio(clause: str, right: str, quantity: Quantity) -> Verdict:
    share = (
        _SHARE_WITHIN.search(clause)
        or _SHARE.search(clause)
        or (None if quantity.base_unit == "倍" else _GIVES.search(clause))
    )
    if share:
        return Verdict("share", "", "", share.start("tail"), "占 before the figure")
    basis, compared = basis_of(clause)
    if of := _of_change().match(right):
        lead = _before_change().search(clause)
        tail = lead.start() if lead else len(clause)
        basis = basis or basis_of(of[0])[0]  # 30%的同比涨幅
        return Verdict("growth", basis, _verbs()[of["verb"] or of["noun"]], tail, f"{of[0]} after the figure", compared)
    if basis == "area" and clause.endswith(compared) and (ahead := _AHEAD.search(compared)):
        gives: Direction = "down" if ahead["less"] else "up"
        sort: Measure = "growth" if quantity.unit == "成" else "change"  # 月薪高于平均一成五; 占比高出1.2%
        return Verdict(sort, basis, gives, clause.rfind(compared), "ahead of others by", compared)
    if done := _OF_A_TASK.search(clause):
        return Verdict("share", "", "", done.start("tail"), "part of what was to be done")
    if _SHARE_NOUN.search(_FOR_YEARS.sub("", clause)):
        return Verdict("share", "", "", len(clause), "a noun of share")
    if _RATE.search(clause):
        return Verdict("level", "", "", len(clause), "a named rate")
    whole = _OF_A_WHOLE.search(clause)
    if whole and quantity.base_unit != "倍" and not _OF_A_TIME.fullmatch(whole["tail"]):
        return Verdict("share", "", "", whole.start("tail"), "part of a whole, …的")
    if quantity.base_unit == "倍":
        return _times(clause, _TIMES_OF.search(clause) or whole, basis, compared)
    among = _OF_THEM.search(clause) or _THEY.search(clause)  # 其中90%以上为外资企业, 园区企业90%为外商投资企业
    among = among if right.startswith(_ARE) else None
    if _OF_AN_AREA.search(clause) and _NOUN.match(right):
        return Verdict("share", "", "", len(clause), "a part of what an area has")
    if among or right.startswith("的") or quantity.kind == "part":
        return Verdict("share", "", "", len(clause), "part of a whole, in words or with what follows")
    if quantity.base_unit == "%" and not clause.strip() and _WHICH.match(right):
        return Verdict("share", "", "", len(clause), "a part of what follows the figure")
    return Verdict("level", "", "", len(clause), "a ratio")


def _times(clause: str, whole: re.Match[str] | None, basis: Basis, compared: str) -> Verdict:
    if whole and not _A_TIME.search(whole["tail"]):
        return Verdict("level", "", "", whole.start("tail"), "a multiple of what another has")
    return Verdict("growth", basis, "up", whole.start("tail") if whole else len(clause), "倍", compared)


_OF_AN_AREA = re.compile("(?:全[国省市区球县州]|世界)的?$")  # 集聚了全国50%以上高新技术企业
_ARE = ("为", "是", "来自", "属于", "出口", "销往", "销售", "用于", "实现")  # 产品|90%以上|出口到欧美
_THEY = re.compile("(?:企业|厂商|项目|员工|职工|产品|人员)(?:的)?$")
_OF_THEM = re.compile("其中,?$|[司业员人工户目]中?[已约]?有$")  # 园区公司有70%是香港企业
# 60%|公办中小学校|纳入集团化管理: a part of things that are counted, at the head of a clause.
_WHICH = re.compile(
    r"[\u4e00-\u9fff“”]{0,18}?(?:企业|公司|医院|学校|机构|乡镇|街道|村庄?|社区|家庭|农户|人口|对象|项目|居民|党员|职工|群众|学生|园区)(?=[\u4e00-\u9fff])"
)


def _lead_start(clause: str, verb: int) -> int:
    lead = _lead().search(clause[:verb])
    return lead.start() if lead else verb


@cache
def _bases() -> tuple[tuple[Basis, re.Pattern[str]], ...]:
    return tuple((e.get("gives"), re.compile(e.get("pattern"))) for e in lexicon.load("measures") if e.kind == "basis")


def basis_of(clause: str) -> tuple[Basis, str]:
    """Return what the clause compares with, and in which words; another area stands right before the figure."""
    found = [(match.end(), basis, match[0]) for basis, pattern in _bases() for match in pattern.finditer(clause)]
    for wanted in ("area", "average"):
        for _, basis, words in found:
            if basis == wanted:
                return basis, words
    return max(found)[1:] if found else ("", "")


def is_rank(clause: str, right: str, quantity: Quantity) -> bool:
    """Tell whether an ordinal states a rank (居全省第3位), not a place in a list (第五条).

    Example:
        >>> from miner.quantities import find_quantities
        >>> is_rank("综合实力居全省", "", find_quantities("第3位")[0])
        True
    """
    if quantity.text == "首位":
        return bool(_RANK_WORD.search(clause[-14:])) and not clause.endswith(("放在", "摆在", "置于"))
    if quantity.unit in {"位", "名"} and quantity.modifier == "exact":
        return True
    if ")" in clause[-14:]:
        clause = _ASIDE.sub("", clause)  # 列全市十个县(市、区)第二
    return not _NOT_RANKED.match(right) and bool(_RANK_WORD.search(clause[-14:]))
