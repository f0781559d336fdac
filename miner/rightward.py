"""The phrase to the right of a figure: |66个|基层党组织."""

from __future__ import annotations

import re
from functools import cache

from miner import lexicon
from miner.heads import is_measured, says_little
from miner.phrases import LOCAL, PARKS, Phrase, trim_end, without_deed, without_predicate
from miner.spans import Span
from miner.verbs import manners, nominal, quotations, verbs, words_of
from miner.words import cut, is_adjective

# a bracket within a noun ends none: 152个村|(居)|民小组
_CLAUSE_END = re.compile(r"[,;:。!?…\[\]\n\r—《\s]|\((?![\u4e00-\u9fff]\)[\u4e00-\u9fff])|(?<!\([\u4e00-\u9fff])\)")
_RIGHT_END = re.compile(rf"、|{_CLAUSE_END.pattern}")


def right_phrase(twin: str, start: int, limit: int, *, listing: bool = False) -> Phrase:
    """Find the phrase that begins at ``start``, right after a figure, and ends before ``limit``.

    With ``listing``, 、 parts items of one phrase (42个产业园、产业集群), not the figure from the next.

    Example:
        >>> text = "机关干部担任党建指导员"
        >>> right_phrase(text, 0, len(text)).span.of(text)
        '机关干部'
    """
    nothing = Phrase(Span(start, start), Span(start, start), "nothing to the right")
    if opening := _OPENING.match(twin, start, limit):
        start = opening.end()
    stop = _stop(twin, start, limit, listing=listing)
    end = stop.start() if stop else limit
    if end <= start or (twin[start] in '、”’"及和与' and not _begins_a_word(twin, start)):
        return nothing
    open_end = stop is None  # the phrase runs up to another figure: a verb must stand between them
    begin, end = _noun(twin, start, without_deed(twin, start, end), open_end=open_end)
    numbered = stop is not None and _NUMBER.match(twin, stop.end()) is not None
    if stop and stop[0] == "、" and not numbered and (joint := _JOINED_TO_NEXT.search(twin, begin, end)):
        end = joint.start()  # 6个部门负责人和老乡鸡、顺丰等5家企业: what 和 brings in belongs to the next figure
    if (whom := _WITH_WHOM.search(twin, begin, limit)) and begin < whom.start() < end:
        end = whom.start()  # 538所中小学|与北京市学校结对办学
    for behind in (_DOES_SO, _YEARLY, _ONE_MORE, _DEALT_WITH, _HOW, _ITS_SIZE, _EACH_ONE):
        if (found := behind.search(twin, begin, end)) and found.start() > begin:
            end = found.start()
    end = without_predicate(twin, begin, end)
    if open_end and (parks := PARKS.match(twin, begin, end)):
        end = parks.end()  # 229家国家级经开区地区生产总值15.7万亿元: the rest is what the next figure counts
    if (counted := PARKS.match(twin, begin, end)) and (
        _THEIRS.search(twin, counted.end(), end) or is_measured(twin[counted.end() : end])
    ):
        end = counted.end()  # 89个开发区|主要经济指标实现快速增长, 178家国家高新区|综合排名
    if open_end and (own := _AVERAGE.search(twin, begin, end)) and own.start() - begin > 1:
        end = own.start()  # 38家龙头企业亩均税收超过80万元: what they have is the next figure's
    if (
        open_end
        and (whose := _WHOSE.match(twin, begin, end))
        and (is_measured(_SUMS.sub("", twin[whose.end() : end])) or twin[whose.end() : end] in _PEOPLE)
    ):
        end = whose.end()  # 三家企业|税收达3000万元
    end = trim_end(twin, begin, end)
    for tail in ("基本", "之一", "实际", "预计"):  # 3个“1小时交通圈”|基本建成, 首批5个国家公园|之一
        if end - begin > len(tail) and twin.endswith(tail, begin, end):
            end -= len(tail)
    if twin[end - 1] == "中" and twin[end - 2 : end - 1] in _ARE_AMONG:
        end -= 1  # 在24家|上榜企业|中
    text = twin[begin:end]
    if (open_end and end == limit and text in verbs("do")) or _names_nothing(text):
        return nothing  # 有23家投资|25个项目
    return Phrase(Span(begin, end), Span(start, begin), "to the right of the figure")


_LISTED = frozenset({"上榜", "入榜", "入围", "入选", "获评"})
_ARE_AMONG = frozenset("业区园家目户")
# 63家|大大小小的|咖啡企业, 30平方公里|的中国北方最大|保税港
_OPENING = re.compile(
    "[的 ]?(?:(?:大大小小|各式各样|形形色色|各种各样)的"
    "|(?:全国|全省|全市|全区|全球|世界|亚洲|国内|国际|中国)[\u4e00-\u9fff]{0,4}?最[大高长快早多强新](?:的(?!是|为))?(?=[\u4e00-\u9fff]{2}))?"
)


def _names_nothing(text: str) -> bool:
    """Tell whether what stands behind a figure is no noun: 较前年度的5.4亿元|收窄|四成三, 37家|多|."""
    changed = text in lexicon.spellings("measures", "verb") and text[-1] not in "量速幅率度"  # 2000亿元的|增量
    return changed or not _is_word(text) or bool(_SO_MANY_MORE.match(text)) or text.endswith(_THRESHOLDS)


# 两座湿实验室|及一座人才公寓
_ONE_MORE = re.compile("(?<=..)(?:以及|[和与及])一[个座家栋条所间]")
_SO_MANY_MORE = re.compile("余|多(?!层|功能|用途|元|式联|媒体|晶|边|样|维)")


def _stop(twin: str, start: int, limit: int, *, listing: bool) -> re.Match[str] | None:
    """Find the mark that ends a phrase at the latest; None where it runs up to ``limit``."""
    quoted = twin.find("”", start, limit) if twin.startswith("“", start) else -1
    whole = max(start, quoted)  # 87条“县城—中心镇—重点村”发展轴
    if listing:
        return _CLAUSE_END.search(twin, whole, limit)
    stop = _RIGHT_END.search(twin, whole, limit)
    while stop and stop[0] == "、" and stop.start() <= start + 1:
        start, stop = stop.end(), _RIGHT_END.search(twin, stop.end(), limit)  # 9个市、县重点项目: one letter is no noun
    return stop


def _noun(twin: str, start: int, end: int, *, open_end: bool) -> tuple[int, int]:
    """Return where the noun begins and ends, its end at a verb; an empty stretch where a verb comes first."""
    quoted = quotations(twin, start, end)
    words = words_of(twin, start, end)
    for n, (at, word) in enumerate(words):
        if any(q.start <= at < q.end < end for q in quoted):
            continue  # 60项“高效办成一件事”重点事项, 10所省级“双高建设计划”院校
        following = words[n + 1][1] if n + 1 < len(words) else ""
        if n and following in _WHO_DO:
            continue  # 1000名乡村|运营|人才
        if any(after.startswith("型") for _, after in words[n + 1 : n + 3]):
            continue  # 35家质量提升|型|、29家培育发展|型|开发区
        if n == 0:
            if word in _STANDARD and following in verbs("do"):
                return words[n + 1][0] + len(following), end  # 1000元的标准拨付启动经费
            if (
                word in _ATTRIBUTIVE
                and (len(words) == 2 or word in {"参保", "服务"})
                and following not in verbs("do", "have")
            ):
                continue  # 69项支持政策
            if word in verbs("stop") and len(words) > 1 and says_little(following) and twin[start - 1] == "的":
                continue  # 90%以上的投产企业
            if word in verbs("reached") and following == "项目":
                continue  # 14个签约项目
            if word in _PLANNED or (word in _LISTED and following in {"企业", "园区", "开发区", "项目", "单位"}):
                return start, end  # 3500多个拟竣工投产项目, 24家上榜企业
            if _ends_noun(word, following) or (_opens_clause(word, following) and not _modifies(word)):
                # 5个具有国际影响力的产业集群 counts what comes after 的.
                of = twin.find("的", at, end) + 1
                return _noun(twin, of, end, open_end=open_end) if of and end - of > 1 else (start, start)
        elif (
            (
                word == "的"
                and not _NEWLY.fullmatch(twin, start, at)
                and words[n - 1][1] not in _PLAIN
                and words[n - 1][1][-1] not in _QUALIFIES
                and not words[n - 1][1].endswith(_FIELDS)
                and not (n == 1 and following and is_adjective(words[0][1]))  # 300台崭新的机器
            )
            or (following in _MANNER and n + 2 < len(words))
            or word in LOCAL
            or (word in AREAS and words[n - 1][1] not in {"乃至", "和", "及"})
            or (
                (
                    _ends_noun(word, following)
                    or (open_end and word in verbs("do") and not (_modifies(word) and following))
                )
                and not (word in _NOUN_WITHIN and following)
            )
        ):
            if word in _IMPROVES and (_BUILT.match(following) or (following in _TOWNS and n + 2 == len(words))):
                continue  # 19个省级粮食产能提升重点县, 2500个提档升级村
            if word in nominal() and (_BUILT.match(following) or (words[n - 1][1] in manners() and following)):
                continue  # 21个重点建设项目, 4个国家生态文明建设示范区
            return start, at
    return start, end


def _opens_clause(word: str, following: str) -> bool:
    """Tell whether a word is a verb, or one with its object in a single word before 的: 符合条件|的."""
    return word in verbs("do") or (following == "的" and len(word) > 3 and word[:2] in verbs("do"))


def _ends_noun(word: str, following: str) -> bool:
    if word in _hows() and following and following not in verbs("do", "have"):
        return False  # 18个现代|高效|农业示范园区
    return (
        following == "了"  # 通了高速公路
        or word in verbs("stop")
        or word in verbs("have")
        or (word in _changes() and following not in _KINDS)
        or (word in _SETTLES and following in _AT)
    )


@cache
def _hows() -> frozenset[str]:
    """Return the words that tell how something is done, and of what sort a thing is: 高效."""
    return frozenset(word for word, entry in lexicon.spellings("verbs", "stop").items() if entry.get("manner"))


@cache
def _changes() -> frozenset[str]:
    """Return the words of change that are verbs: 较2024年的1.51兆元|成长|12.25%, but not 增幅."""
    return frozenset(
        word for word in lexicon.spellings("measures", "verb") if len(word) > 1 and word[-1] not in "幅速量率"
    )


def _begins_a_word(twin: str, start: int) -> bool:
    """Tell whether 和 or 与 is the beginning of a noun and joins nothing: 1000个|和美乡村."""
    return len(next(iter(cut(twin[start : start + _LOOK_AHEAD])), "")) > 1


_LOOK_AHEAD = 4  # code points
_NEWLY = re.compile("新(?:近)?[\u4e00-\u9fff]{2}")  # 3家|新设立的开发区
_KINDS = {"型", "性", "期", "类"}
_QUALIFIES = frozenset("式型性级")  # 夫妻店式的小作坊
_PLAIN = {"新", "大", "小", "老", "好", "困难", "优秀", "先进", "合格", "不便", "偏远", "老旧"}  # 7个新的国际品牌
_BUILT = re.compile("示范|试点|先行|试验|先导|经费|资金|补[助贴]|(?:项目|工程|基地|中心|重点县|重点区)$|重点[县区市]")
_IMPROVES = {"提升", "改造", "升级", "保护", "治理", "修复"}
_TOWNS = {"村", "镇", "县", "小区", "社区", "户"}
_FIELDS = ("领域", "行业", "水平", "级别", "规模")
"""What a count is of in a phrase with 的, and never counted itself: 30家细分|领域|的单项冠军."""
_PLANNED = {"拟", "待"}
_MANNER = {"地", "着"}
"""Particles of a verb or of how it is done: 熟练|地|操作|着|机器."""
AREAS = frozenset({"全国", "全省", "全市", "全区", "全球", "世界"})
"""Words for an area that are no part of what is counted."""
_WHO_DO = {"人才", "人员", "能力"}
_NOUN_WITHIN = {"服务", "就业", "支持", "参保", "支撑", "示范", "领先", "领跑"}
"""Verbs that are part of a noun where another word follows: 就业人员, 服务中心."""


_ATTRIBUTIVE = _NOUN_WITHIN | {"升级", "改革", "优化", "创新", "保障", "扶持", "激励", "便利", "攻坚"}
"""Verbs that are part of a noun where they open it and one word follows: 支持政策, 升级举措."""


def _modifies(verb: str) -> bool:
    """Tell whether a verb before a noun is its modifier: 21个新建项目, 20家投资企业."""
    return verb in nominal() or verb.startswith("新")


_THRESHOLDS = ("台阶", "大关", "关口", "门槛", "行列", "新高", "佳绩", "纪录", "荣景")
_AT = {"在", "于", "到", "至", "为"}
_SETTLES = {
    "集中",
    "分布",
    "聚集",
    "集聚",
    "汇聚",
    "应用",
    "转移",
    "延伸",
    "覆盖",
    "辐射",
    "服务",
    "输送",
    "成长",
    "发展",
}
_THEIRS = re.compile("(?:指标|(?:排名|考核|考评|测评|评估|评价)(?:结果)?|增加值|产值|投资|总额|总值|收入|外资|资金)$")
_EACH_ONE = re.compile("(?<=..)(?:人均|户均|亩均)年?$")  # 5000户农民|人均年|增收1000元
_AVERAGE = re.compile(
    "(?:亩均|人均|户均|平均|单位(?=GDP|面积|产品|能耗|产值|工业|生产|国内|地区))[\u4e00-\u9fff]{2,8}$"
)
_WHOSE = re.compile(
    "(?:[省市区]、)?[\u4e00-\u9fff“”]*(?:企业|公司|集团|园区|开发区|单位|机构|项目|农户|合作社|产业链?|行业|事项|厂|电站)(?=..)"
)
_SUMS = re.compile("(?:合计|共计|总计|共|达|为){1,3}$")  # 两座污水处理厂|日处理能力合计12万吨
_PEOPLE = {"员工", "职工", "从业人员", "用工"}
_NUMBER = re.compile(r"[约近超逾]?[\d一二两三四五六七八九十百千]")  # 1400个本地及国际奖项、500多个知识产权
_WITH_WHOM = re.compile("与[^,;。、]{2,16}?(?:结对|合作|签约|签订|签署|对接|共建|开展|建立)")
_JOINED_TO_NEXT = re.compile(r"(?:以及|[和与及])[^和与及]{2,}$")
_YEARLY = re.compile("(?<=..)年(?:加工|产|处理|生产|销售)[\u4e00-\u9fff]{0,8}$")  # 12家中药饮片企业|年加工中药材|2万吨
_DOES_SO = re.compile("(?<=企业|公司|园区|机构|项目)“[^“”]{2,8}”$")  # 38户企业|“瘦身强体”|。
# 24个省份、|规模|居全国前列
_ITS_SIZE = re.compile("、(?:规模|总量|总数|数量|增速|增幅|占比|总投资)$")
# 9个自贸服务大厅|开展调研
_DEALT_WITH = re.compile("(?<=..)(?:开展|进行|予以|给予|加以)[\u4e00-\u9fff]{2,8}$")
# 8条产业链产值|两位数增长
_HOW = re.compile(
    "(?:一年|每年|全年|一天|每天"  # how often: 城乡公交|每天|160班次
    "|两位数|成倍"  # 8条产业链产值|两位数|增长
    "|大幅|快速|稳步|持续|双双|同步|扎实|有序|顺利|加快|深入|圆满|全面|如期|全线"  # 进口、出口|双双|增长
    "|(?:全面|有序|扎实|顺利|基本|圆满)[\u4e00-\u9fff]{2})$"  # 三件大事|圆满完成|
)
_STANDARD = {"标准", "价格", "比例", "速度", "规模"}


def _is_word(text: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" or char.isalpha() for char in text)
