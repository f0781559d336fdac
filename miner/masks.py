"""What is no figure: stretches whose digits name, date or number something (docs/figures.md, section 2).

A mask is a rule over the text; a check is a rule over a quantity and the words beside it. Each has a name that
completes "it is …", examples with the stretch between bars, and counterexamples. Lexicons add set phrases
(slogans.toml) and the lines of page furniture (furniture.toml).
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from miner import lexicon
from miner.rules import Rule
from miner.spans import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from miner.quantities import Quantity

_CN = "一二三四五六七八九十"

MASKS: tuple[Rule, ...] = (
    Rule(
        "a title",
        r"《[^《》\n]{1,80}》",
        ("印发|《海南省园区党建工作十条》|", "制订|《高新区2023年实施方案》|"),
        ("制定整改措施16条",),
        marks="《",
    ),
    Rule(
        "a name or slogan in quotes",
        r"[“\"‘](?P<it>[^“”\"‘’。!?;,:\n]{1,16})[”\"’]",
        ("打造高水平“|五大中心|”目标", "实施“|六双工程|”", "推广“|7×24小时|”预约通关", "实现“|1+1>2|”的效果"),
        ("“从洽谈到签约仅用47天,这就是速度!”", "累计选派1.8万名党建指导员到两新组织"),
        marks='“"‘',
    ),
    Rule(
        "an address of the net",
        r"(?:https?://|www\.)(?a:[\w./?=&%#:+~@-]+)|[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9-]+\.[A-Za-z0-9.]+",
        ("原文链接:|https://www.hxw.gov.cn/content/2022/05/24/13768067.html|", "请联系|jubao@72177.com|"),
        ("进出口总额139.7亿元",),
        marks="@wt",
        needs="www|http|@",
    ),
    Rule(
        "a telephone number",
        r"(?<!\d)(?:0\d{2,3}-\d{7,8}|1[3-9]\d{9}|400-?\d{3}-?\d{4})(?!\d)|(?<=热线|电话|传真|拨打|邮编|微信|QQ)[:\s]?\d[\d-]{2,}\d",
        ("营商服务热线|0715-8126666|实行值守", "咨询电话|12345|"),
        ("热线受理1200件",),
        needs=r"[014线话真打编信Q](?:(?<=0)\d\d\d?-\d|(?<=1)[3-9]\d{9}|(?<=4)00-?\d{3}|(?<=[线话真打编信Q])[:\s]?\d)",
    ),
    Rule(
        "a model name or code",
        r"(?<![A-Za-z$\d])(?!(?:GDP|gdp|GNP|GMV|IPO|TEU)\d)[A-Za-z]{1,8}-?\d++(?:\.\d+)*(?:[A-Za-z]+)?|(?<![\d.])\d++[A-Z](?=[级类版个股座馆区])",
        (
            "距|G4|京港澳高速出口不足3公里",
            "符合|ISO14000|标准",
            "|PM2.5|浓度下降",
            "新增|5A|级物流企业3家",
            "见第|A2|版",
        ),
        ("出资US$500万", "总面积375km2", "实现GDP482.5亿元"),
        needs=r"[A-Za-z](?:-?\d|(?<=\d[A-Z]))",
    ),
    Rule(
        "a document number",
        r"[〔\[(](?:19|20)\d\d[〕\])]\s?第?\d+号|(?<!\d)\d++号(?!召|称|角)",
        ("国发|〔2023〕12号|文件", "位于永安大道|88号|"),
        ("制定措施16条",),
        marks="号",
    ),
    Rule(
        "a time of day",
        r"(?<!\d)(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?!\d)|(?<![\d.])\d{1,2}时(?:\d{1,2}分)?(?!间|候|代|限|许|有|速|长)|(?<=[早晚]上|[上下中]午|[凌清]晨|傍晚)\d{1,2}点(?:半|整|钟|\d{1,2}分)?",
        ("|08:15|", "当晚|20时30分|", "早上|8点|,园区内机声响成一片"),
        ("审批时限由60个工作日压减",),
        marks=":时点",
        needs=r"[:时点](?<=\d.)",
    ),
    Rule(
        "a day",
        r"(?<![\d.])(?:[12]?\d|3[01])日(?!均|元|产|处)",
        ("请在|30日|内与本网联系",),
        ("日均20万公斤",),
        marks="日",
        needs=r"日(?<=\d.)",
    ),
    Rule(
        "a year",
        r"(?:19|20)(?<![\d.]..)\d\d(?:年|[-—~至](?:19|20)\d\d年?|学年)",
        ("|2022年|,成立了综合党委",),
        ("新增市场主体2022户",),
        marks=("19", "20"),
    ),
    Rule(
        "a school year",
        r"(?<![\d.])\d{3}学年度?",
        ("桥头实验中学|115学年度|开始招生",),
        ("校企合作培养3学年",),
        marks=("学年",),
        needs=r"学年(?<=\d..)",
    ),
    Rule(
        "a step of a list",
        rf"(?m:^)[^\S\n]*+[(\[]?(?:[{_CN}]{{1,3}}|\d{{1,2}})[)\]、.](?!\d)|(?:(?m:^)|(?<=[,。;:!?]))[{_CN}]是|(?<![\d.])[(\[]\d{{1,2}}[)\]]",
        ("|一、|以学习为统揽", "收集问题。|一是|抓情况收集", "|四是|招募志愿者3000名", "地区生产总值|[2]|5727亿元"),
        ("一批典型",),
        needs=rf"[)\]、是](?<=[{_CN}\d].)|\.(?<=[{_CN}\d].)(?!\d)",
    ),
    Rule(
        "a unit that a price is for",
        r"一(?:公斤|斤|吨|亩|平方米|台|件|瓶|只|箱|袋|度)(?=(?:能|只|就|才)?(?:卖|要|只要)?到?\d[\d.,]{0,9}[万千百]?多?(?:块|元))",
        ("以前卖豆子,|一公斤|20块", "棉花|一吨|卖15000元"),
        ("重一公斤", "拆成一吨20袋"),
        marks="一",
        needs="一(?:公斤|斤|吨|亩|平|台|件|瓶|只|箱|袋|度)",
    ),
    Rule(
        "a piece, which is no money",
        r"一块(?=[“]|[\u4e00-\u9fff]{0,4}(?:地(?!方)|田|屏|招牌|布|石|饼|电池))",
        ("|一块|“锂饼”的远行", "|一块|屏,拉动一条链", "盘活|一块|闲置地"),
        ("一斤一块五", "卖到十一块钱"),
        marks="块",
        needs="一块",
    ),
    Rule(
        "a mark or ratio",
        r"(?<!\d)\d++(?:\.\d+)?(?::\d++(?:\.\d+)?)+",
        ("三次产业比为|8.3:41.4:50.3|", "以|3:1|获胜"),
        ("增长3.1%",),
        marks=":",
        needs=r":(?<=\d.)\d",
    ),
    Rule(
        "a generation or a set of years",
        r"[“]?(?:[5-9]0|00|[七八九][〇零]|零零)后(?!续|期|来|者)",
        ("八成以上是|90后|",),
        ("投产90后续项目",),
        marks="后",
        needs="后(?<=[0〇零].)",
    ),
    Rule(
        "a phase of a project",
        rf"[{_CN}\d](?:"
        r"(?<=\d)(?<![\d.].)期(?=计[划画])"  # |3期|计划
        rf"|(?<=[{_CN}])(?:"
        r"(?:(?<=工程.|项目.)|(?<=[园区].))期(?!培训|讲座|活动)"  # 香港园区|二期|动工
        rf"|(?<![{_CN}共了办训集第].)(?<!分[二两三四五六])(?:期|标段)(?=(?:"  # |二标段|开工, with what follows
        r"计划|建成|完工|投运|投用|全面|主体|厂房|新厂|厂区|工厂|扩建|改扩建|新建|封顶"  # what is built: |一期|厂房
        r"|工程|项目|建设|投资|总投资|占地|投产|封关|临床|改造|用地"  # what is done: |一期|建设生产线2条
        r"|等|完成|实现|分别|依次|尚|仍|则|拟|也|均|都|规划|已|正|将|动工|开工|竣工|及|和|一|设施|基础|预|技改"  # 润泽智算中心|三期|等项目
        r")|[\d、,。)])))",  # 晶澳|三期|10GW电池片项目
        (
            "晶澳|三期|10GW电池片项目开工",
            "润泽智算中心|三期|等项目开工",
            "|一期|建设生产线2条",
            "台南园区|三期|基地动土",
            "港区|四期|全自动化码头投产",
            "厦门软件园|三期|党群活动服务中心",
        ),
        ("组织三期党组织书记轮训", "举办了2期培训班", "在园区三期培训中"),
        marks="期标",
        needs=rf"[期标](?<=[{_CN}\d].)",
    ),
    Rule(
        "a run of phases of a project",
        rf"(?:一二|二三|三四)(?<![{_CN}共了办训集第]..)[三四]?期(?!培训)",
        ("保税港区|二三期|基础设施建设", "园区|一二三期|全部建成"),
        ("举办了二三期讲座", "每年二三期培训"),
        marks="期",
        needs=r"[二三四]期",
    ),
    Rule(
        "an issue of a journal",
        r"(?:19|20)\d{2}年第?\d{1,2}期",
        ("党建文汇|2016年9期|",),
        ("2016年举办9期培训",),
        marks="期",
    ),
    Rule(
        "an ordinal, 二轮",
        rf"二(?<![{_CN}第].)(?=[轮次批审线期]|跑道|航站楼|号线)",
        ("深化土地|二|轮延包试点", "推动园区|二|次创业", "总投资17.4亿元的清华科技园|二|期"),
        ("举办十二轮培训", "开展两轮培训"),
        marks="二",
    ),
    Rule(
        "a threshold that says which",
        r"海拔\d[\d,.]*米(?:以上|以下)|\d[\d,.]{0,20}万(?:人口以上|以上人口)(?=的?[县市乡镇区])",
        (
            "为100所|海拔1500米以上|农村中小学建设供暖设施",
            "特殊教育学校覆盖|20万人口以上|的县",
            "|20万以上人口|县实现全覆盖",
        ),
        ("主峰高1500米", "海拔418米至541米", "全县20万人口"),
        marks="拔口",
        needs="海拔|人口",
    ),
    Rule(
        "a place by its distance",
        rf"[{_CN}百]{{1,9}}里(?=[铺河店屯桥墩坡湾堡村岗沟塘庄])",
        ("|二十里|铺社区常住居民4870户",),
        ("全长二十里",),
        marks="里",
    ),
    Rule(
        "a circle by its reach",
        rf"[\d{_CN}]{{1,9}}分钟(?=”?[^,;。\d]{{0,12}}圈)",
        ("新建“|15分钟|品质文化生活圈”241个", "提升|十分钟|健身圈服务功能"),
        ("办结时间缩短15分钟",),
        marks="钟",
        needs="分钟",
    ),
    Rule(
        "a date with slashes",
        r"(?<![\d/])\d{1,4}/\d{1,2}/\d{1,4}(?![\d/])|(?m:^\d{1,2}/\d{1,2}[^\S\n]*$)",
        ("|11/22/26|", "2022\n|10/12|\n14:44"),
        ("占全市1/3", "燃油车1/2"),
        marks="/",
    ),
    Rule(
        "a version",
        r"(?<!\d)\d++\.\d(?=版|时代|方案|模式|行动|工程|计划|政策|系统|平台|升级)",
        ("出台服务业扩大开放|3.0|方案", "迈入工业|4.0|时代", "营商环境|6.0|版改革"),
        ("增长3.0%",),
        needs=r"\.\d[版时方模行工计政系平升]",
    ),
    Rule(
        "a place on the map",
        r"(?:东经|西经|北纬|南纬)[^,;。]{0,3}\d[\d.]*度(?:\d+分)?(?:\d+秒)?",
        ("位于|东经113.2度|,|北纬29.4度|",),
        ("用电113.2度",),
        marks=("东经", "西经", "北纬", "南纬"),
    ),
    Rule(
        "a place that a numeral opens",
        r"(?:七台河|五家渠(?!道)|三元区|六枝(?=特区)|五台山|[三五九]台[县区]"  # |五家渠|经开区, |三台县|
        r"|(?:[三五九]台|六枝)(?=(?:[、和与及][\u4e00-\u9fff]{2,3}){0,3}"  # |三台|、盐亭工业园区
        r"(?:县|工业园|产业园|开发区|经济开发区|经济技术开发区|经开区|高新区|农业园)))",  # |三台|工业园区
        (
            "|三台县|现有企业5家",
            "|三台|工业园区产值5亿元",
            "|三台|、盐亭工业园区",
            "|七台河|市",
            "|五家渠|经开区",
            "|五台山|机场",
        ),
        ("购置设备三台", "五家渠道商", "六枝火炬"),
        marks=("台", "五家渠", "三元区", "六枝"),
        needs="七台河|五家渠|三元区|六枝|[三五九]台",
    ),
    Rule(
        "a saying that half is done",
        r"(?:时间|任务)双?过半",
        ("基本实现|时间过半|、|任务过半|", "确保时间|任务双过半|"),
        ("新能源汽车产量过半",),
        marks=("过半",),
    ),
    Rule(
        "a numeral in a company's name",
        r"[一二三四五六七八九](?:元|星)(?=(?:乳业|食品|股份|集团|公司|生物|药业|医药|科技|电子|机电|重工|铝业|牧业|酒业|纺织|化工)[\u4e00-\u9fff]{0,8}(?:公司|集团|股份))",
        ("以新乡|三元|乳业有限公司为龙头的食品加工",),
        ("每斤三元食品券发了12张",),
        marks=("元", "星"),
    ),
    Rule(
        "a group named again",
        r"(?<![\u4e00-\u9fff])(?:其余|其他|另外|上述|这)?(?P<it>[两三四五六]家)(?=分别|依次|合计|共|为|均|各|都)",
        ("一般公共预算收入,|三家|分别为151.3亿元、78.9亿元和66亿元", "其余|两家|为83.2件、51件"),
        ("引进三家企业", "全区三家上市公司均增长"),
        marks="家",
        needs="[两三四五六]家",
    ),
    Rule(
        "a session of a congress",
        rf"[{_CN}\d](?:"
        rf"[{_CN}\d]{{0,2}}届(?:"  # a term of office:
        # 党的|二十届三中|全会, 省委|十一届九次、十次|全会
        rf"[{_CN}\d]{{1,3}}[中次](?:[、和至][{_CN}\d]{{1,3}}[中次])*"
        r"|(?=[全人党中省市区县委历]))"  # |十四届|全国人大
        rf"|(?<=(?:人大|政协|大会|[党省市区县州]委).)[{_CN}\d]{{0,2}}次(?=会议|全会|全体会议)"  # 区人大|七次|会议
        r")",
        (
            "党的|二十届三中|全会",
            "|十四届|全国人大",
            "省委|十一届九次、十次|全会",
            "区人大|七次|会议",
            "省委|十次|全会",
            "市政协|四次|会议",
            "妇女代表大会|三次|会议",
        ),
        ("连续举办五届博览会", "召开七次会议"),
        marks="届次",
        needs=rf"届(?<=[{_CN}\d].)|次(?=会议|全会|全体会议)",
    ),
)
"""The masks over a text, in the order in which they are tried."""


@dataclass(frozen=True, slots=True)
class Check:
    """A named test of a quantity and its neighbourhood.

    ``test`` takes the folded text and the quantity; examples hold the rejected quantity between bars.
    ``kinds`` are the kinds of quantity that it may reject; the others are not tested.
    """

    name: str
    test: Callable[[str, Quantity], bool]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    kinds: tuple[str, ...] = ()


def _numeral(twin: str, quantity: Quantity) -> str:
    return twin[quantity.core.start : quantity.core.end].removesuffix(quantity.unit)


def _before(twin: str, quantity: Quantity) -> str:
    return twin[max(0, quantity.start - 6) : quantity.start]


def _is_article(twin: str, quantity: Quantity) -> bool:
    if quantity.kind == "time" and _LASTING.search(_before(twin, quantity)):
        return False  # 只用了一个月
    if quantity.unit in {"位", "名"} and _before(twin, quantity).endswith(_moves()):
        return False  # 较上年上升一位
    listed = None
    if twin[quantity.start - 1 : quantity.start] == "、":
        listed = _COUNTED_BESIDE.search(twin, max(0, quantity.start - _LONGEST_ITEM), quantity.start)
    if listed and listed["unit"] == quantity.unit:
        return False  # 两幢通用厂房、|一幢|钢混厂房、两幢加工作坊
    exact = quantity.modifier == "exact" or quantity.unit == "批"  # 突破一批关键核心技术
    return exact and _numeral(twin, quantity) == "一" and quantity.value == 1


@cache
def _moves() -> tuple[str, ...]:
    """Return the words by which a place in an order moves: 上升, 前进, 下降."""
    return tuple(lexicon.spellings("measures", "verb"))


_LONGEST_ITEM = 20  # code points
_COUNTED_BESIDE = re.compile(r"[\d二两三四五六七八九十](?P<unit>[\u4e00-\u9fff])[\u4e00-\u9fff]{1,14}、$")
_LASTING = re.compile(r"(?:期|期限|年限|寿命|平均|时间|历时|用时|耗时|需|需要|仅用|只用|最长|不超过)[为是达约仅了]?$")
_AGED = re.compile(r"的?(?:党龄|工龄|教龄|历史|经验|建设期|周期|免租期|宽限期|期限)")


def _is_stretch_of_years(twin: str, quantity: Quantity) -> bool:
    if quantity.base_unit not in {"年", "个月", "月", "季度", "季", "周", "世纪", "日", "周年"}:
        return False
    before = _before(twin, quantity)
    if _STRETCH.search(before) or quantity.unit == "月":
        return True
    return not (_AGED.match(twin, quantity.end) or _LASTING.search(before) or quantity.base_unit == "个月")


_STRETCH = re.compile(r"(?:连|连续|持续|未来|今后|近|前|后|过去|第|提前|每|头)$")
_REACHED = re.compile(r"[破跨越跃达上]$|首次|跨入$")


def _is_bare_magnitude(twin: str, quantity: Quantity) -> bool:
    written = twin[quantity.core.start : quantity.core.end]
    rest = written.lstrip("百千万亿")
    if rest == written or rest != _base_of(quantity) or quantity.base_unit == "倍":
        return False
    reached = _REACHED.search(twin, max(0, quantity.start - 4), quantity.start)
    return quantity.modifier in {"exact", "at_least", "at_most"} and not reached


def _base_of(quantity: Quantity) -> str:
    return re.sub("^[百千万亿兆]+", "", quantity.unit)


def _is_grade(twin: str, quantity: Quantity) -> bool:
    if quantity.kind == "part":
        return False  # 三分之一强
    return (_GRADE if quantity.base_unit != "人" else _GRADE_OR_TEAM).match(twin, quantity.end) is not None


_GRADE = re.compile(
    "级(?!别)|(?:强(?![固化身力劲大烈势壮健调度])|线城|型)|(?<=类)(?:创新药|新药|医疗器械|水|口岸)|(?<=车道)(?=里程|高速|公路|道路|标准)"
)
_GRADE_OR_TEAM = re.compile(f"{_GRADE.pattern}|制(?![造度])")  # 三人制篮球
_WAFER = re.compile("[\u4e00-\u9fff]{0,6}(?:半导体|晶圆|硅片|芯片|集成电路|产线|生产线|屏|面板|衬底)")


def _is_size_of_model(twin: str, quantity: Quantity) -> bool:
    return quantity.base_unit in {"英寸", "寸", "纳米"} and _WAFER.match(twin, quantity.end) is not None


# 五年跨越两个千亿元台阶, 连续跨过3个万亿元大关: what is climbed is no thing in the world.
_CLIMBED = re.compile('[“"]?[百千万亿]+[元吨斤]?级?[”"]?大?(?:台阶|大关|关口|门槛)|大?(?:台阶|大关)')


def _is_a_step(twin: str, quantity: Quantity) -> bool:
    return quantity.base_unit in {"个", "道"} and _CLIMBED.match(twin, quantity.end) is not None


_CAMPAIGN = re.compile("[\u4e00-\u9fff]{0,4}(?:攻坚行动|专项行动|生活圈|经济圈|交通圈|高铁圈|公路圈|通勤圈|物流圈)")


def _names_a_campaign(twin: str, quantity: Quantity) -> bool:
    return _CAMPAIGN.match(twin, quantity.end) is not None


def _is_distributive(twin: str, quantity: Quantity) -> bool:
    return twin[quantity.start - 1 : quantity.start] == "每"


_ROUND = re.compile("不间断|不打烊|值守|值班|电话|热线|在线|服务|全天候|自助|预约|营业|应急|内|待命|无休")


def _is_round_the_clock(twin: str, quantity: Quantity) -> bool:
    hours = _numeral(twin, quantity) == "24" and quantity.base_unit == "小时"
    return hours and _ROUND.match(twin, quantity.end) is not None


def _counts_nothing(_twin: str, _quantity: Quantity) -> bool:
    return True


def _is_lone_magnitude(_twin: str, quantity: Quantity) -> bool:
    return not quantity.digits and quantity.modifier == "exact"


def _is_age_group(_twin: str, quantity: Quantity) -> bool:
    return quantity.base_unit in {"岁", "周岁"} and quantity.modifier in {"at_least", "at_most"}


CHECKS: tuple[Check, ...] = (
    Check("an age group", _is_age_group, ("|65岁以上|老年人健康管理率",), ("人均预期寿命78.6岁",), ("time",)),
    Check(
        "一 as an article",
        _is_article,
        ("|一名|党员就是一面旗帜", "走出|一条|特色党建之路", "每季度召开|一次|会议", "能级提升|一个|层级"),
        (
            "每吸纳一名搬迁群众奖补一千元"[-4:],
            "新增1家",
            "较上年上升一位",
            "两幢通用厂房、一幢钢混厂房",
            "排名下降一名",
            "建成二十一个",
            "接待游客一万人次",
        ),
        ("count", "time"),
    ),
    Check(
        "a stretch of time that dates, not measures",
        _is_stretch_of_years,
        ("连续|5年|举办示范培训班", "企业所得税前|三年|全免"),
        ("有着28年党龄的老党员", "工期3年", "47天"),
        ("time",),
    ),
    Check(
        "a bare magnitude, part of a name",
        _is_bare_magnitude,
        ("新签约|亿元以上|项目", "|万元|GDP能耗"),
        ("整车出口突破百万辆", "首次跨上千亿元台阶"),
    ),
    Check(
        "a size in the name of a campaign",
        _names_a_campaign,
        ("深入实施|0.1微克|攻坚行动", "“|1小时|高铁圈”基本形成"),
        ("建成120公里",),
        ("measure", "time"),
    ),
    Check("a grade", _is_grade, ("建成|30万吨|级航道",), ("建成30万吨航道", "兴建66公顷强固型温室")),
    Check("a size of a kind", _is_size_of_model, ("|8英寸|半导体项目投产",), ("直径8英寸",), ("measure",)),
    Check(
        "a count of steps that a figure climbs",
        _is_a_step,
        ("五年跨越|两个|千亿元台阶", "跨过|3个|万亿元大关"),
        ("建成3个关口",),
        ("count",),
    ),
    Check("a base of distribution", _is_distributive, ("每|10万人|发案",), ("户均10万元",)),
    Check("round the clock", _is_round_the_clock, ("公布综合党委|24小时|电话",), ("通关时间24小时",), ("time",)),
    Check(
        "a number that counts nothing",
        _counts_nothing,
        ("世界|500|强企业", "在|三|农领域"),
        ("引进3家企业",),
        ("number",),
    ),
    Check(
        "a magnitude with nothing counted",
        _is_lone_magnitude,
        ("|千万|要重视",),
        ("创造10亿产值", "税收近3000万"),
        ("bare",),
    ),
)
"""The checks of a quantity, in the order in which they are tried."""


@cache
def _checks_of(kind: str) -> tuple[Check, ...]:
    """Return the checks that may reject a quantity of a kind: four of twelve for most."""
    return tuple(check for check in CHECKS if not check.kinds or kind in check.kinds)


@dataclass(frozen=True, slots=True)
class Masked:
    """The masked stretches of a text, none within another, so that begins and ``ends`` are sorted; and the rule of each."""

    spans: tuple[Span, ...]
    ends: tuple[int, ...]
    rules: tuple[str, ...]

    def rule_over(self, span: Span) -> str:
        """Return the rule of the first stretch that meets ``span``, blank where none does."""
        at = bisect_right(self.ends, span.start)
        return self.rules[at] if at < len(self.ends) and self.spans[at].start < span.end else ""


@cache
def _slogans() -> re.Pattern[str]:
    return re.compile(lexicon.any_of(lexicon.spellings("slogans")))


@cache
def _furniture() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what stands anywhere in a line of the page, and what opens one: in one pattern, both are tried at every character."""
    entries = lexicon.spellings("furniture")
    anywhere = lexicon.any_of(word for word, e in entries.items() if e.get("where") == "anywhere")
    start = lexicon.any_of(word for word, e in entries.items() if e.get("where") == "start")
    return re.compile(anywhere), re.compile(rf"\W{{0,20}}(?P<word>{start})|\s{{0,20}}第?\s?\d{{1,3}}\s?版|\W{{0,20}}>>")


_SENTENCE = re.compile(r"[^,。]{6,60},[^。]{6,150}。\s{0,9}$")
_SHORT_LINE = 150  # code points


def is_furniture(line: str) -> bool:
    """Tell whether a folded line belongs to the page, not to the article.

    Example:
        >>> is_furniture("2024年05月31日 星期五  报料热线:966123")
        True
    """
    anywhere, start = _furniture()
    words = {match[0] for match in anywhere.finditer(line)}
    if opening := start.match(line):
        words.add(opening["word"] or opening[0])
    entries = lexicon.spellings("furniture")
    if words and all(word in entries and entries[word].get("text") for word in words) and _SENTENCE.search(line):
        return False  # 相关链接:2022年一季度,试验区完成到位资金2.28亿元。
    # 侵权 or 阅读量 may stand in a long paragraph; what is left out there is never found again.
    return len(words) > 1 or (bool(words) and len(line) <= _SHORT_LINE)


def find_masks(twin: str, span: Span, times: Sequence[Span] = ()) -> Masked:
    """Find the stretches of a paragraph that state no figure; ``times`` are its time expressions.

    Example:
        >>> text = "设立“三支队伍”,见第006版"
        >>> find_masks(text, Span(0, len(text))).rules
        ('a name or slogan in quotes',)
    """
    part = span.of(twin)
    found: list[tuple[Span, str]] = []
    tried: Rule | None = None
    for mark, rule in _MARKED:  # asked here and not in `find`, which 48,000 calls a megabyte would be made to in vain
        if mark in part and rule is not tried:
            tried = rule
            found += [(stretch, rule.name) for stretch in rule.find(part, span.start)]
    found += [(Span(*m.span()).shifted(span.start), "a slogan") for m in _slogans().finditer(part)]
    found += [(time, "a time expression") for time in times]
    found.sort()
    ends = itertools.accumulate((stretch.end for stretch, _ in found), max, initial=0)
    found = [each for each, end in zip(found, ends, strict=False) if each[0].end > end]
    spans = tuple([stretch for stretch, _ in found])
    return Masked(spans, tuple([stretch.end for stretch in spans]), tuple([name for _, name in found]))


_MARKED = tuple((mark, rule) for rule in MASKS for mark in rule.marks or ("",))


def rejected(twin: str, quantity: Quantity, masked: Masked) -> str:
    """Return the rule by which ``quantity`` states no figure, blank where it states one."""
    if rule := masked.rule_over(quantity.core):
        return rule
    for check in _checks_of(quantity.kind):  # next() over a generator takes twice as long
        if check.test(twin, quantity):
            return check.name
    return ""
