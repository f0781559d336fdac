"""Sentences whose figures are known because they are made of parts that are: park, period, indicator, amount, comparison.

A construction is one choice of each part that a frame takes; `constructions` yields every one, and `articles` strings
some of them together in paragraphs.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Iterator

PARK = "苏州工业园区"


class Row(NamedTuple):
    """What is to be read of a figure."""

    indicator: str
    measure: str
    basis: str
    value: str
    unit: str
    modifier: str
    period: str


class Sentence(NamedTuple):
    """A sentence, its rows, and the name of its construction."""

    text: str
    rows: tuple[Row, ...]
    name: str


PERIODS = (
    ("2023年，", "2023"),
    ("2023年全年，", "2023"),
    ("2023年3月，", "2023-03"),
    ("2023年1—8月，", "2023-01/2023-08"),
    ("2023年一季度，", "2023-Q1"),
    ("2023年上半年，", "2023-H1"),
    ("二〇二三年，", "2023"),
    ("截至2023年底，", "../2023"),
    ("截至2023年9月，", "../2023-09"),
)
COUNTS = (
    ("66家", "66"),
    ("６６家", "66"),
    ("六十六家", "66"),
    ("1,066家", "1066"),
    ("1.1万家", "11000"),
    ("一万一千家", "11000"),
    ("两千三百家", "2300"),
    ("3万4000家", "34000"),
    ("廿三家", "23"),
    ("一百零八家", "108"),
    ("1 066家", "1066"),
)
SUMS = (
    ("139.7亿元", "13970000000"),
    ("１３９．７亿元", "13970000000"),
    ("139.7億元", "13970000000"),
    ("一百三十九亿元", "13900000000"),
    ("十三点七亿元", "1370000000"),
    ("612亿4300万元", "61243000000"),
    ("3,000万元", "30000000"),
    ("三千万元", "30000000"),
    ("1.3万亿元", "1300000000000"),
)
MODIFIERS = (
    ("", "", "exact"),
    ("约", "", "about"),
    ("近", "", "nearly"),
    ("超", "", "over"),
    ("超过", "", "over"),
    ("突破", "", "over"),
    ("不足", "", "under"),
    ("不少于", "", "at_least"),
    ("至少", "", "at_least"),
    ("不超过", "", "at_most"),
    ("", "以上", "at_least"),
    ("", "左右", "about"),
)
COUNTED = (("现有企业", "企业"), ("企业总数达", "企业总数"), ("引进企业", "引进企业"))
SUMMED = (("实现工业总产值", "工业总产值"), ("税收收入达到", "税收收入"), ("固定资产投资为", "固定资产投资"))
CHANGES = (
    ("，同比增长5.2%", "growth", "yoy", "5.2", "%"),
    ("，同比下降5.2%", "growth", "yoy", "-5.2", "%"),
    ("，环比增长5.2%", "growth", "mom", "5.2", "%"),
    ("，比上年增长5.2%", "growth", "yoy", "5.2", "%"),
    ("，比上年同期增长百分之五", "growth", "yoy", "5", "%"),
    ("，年均增长5.2%", "growth", "average", "5.2", "%"),
    ("，较2015年增长1.2倍", "growth", "base", "1.2", "倍"),
    ("，增长两成", "growth", "", "20", "%"),
    ("，同比提高2个百分点", "change", "yoy", "2", "百分点"),
    ("，占全市的12.5%", "share", "", "12.5", "%"),
)


def constructions() -> Iterator[Sentence]:
    """Yield every construction: amounts with modifiers, periods with changes, lists, ranges, ranks and asides."""
    for (verb, name), (count, value), (before, after, modifier) in product(COUNTED, COUNTS, MODIFIERS):
        yield _sentence(f"{PARK}{verb}{before}{count}{after}", [Row(name, "level", "", value, "家", modifier, "")])
    for (verb, name), (amount, value), (before, after, modifier) in product(SUMMED, SUMS, MODIFIERS):
        yield _sentence(f"{PARK}{verb}{before}{amount}{after}", [Row(name, "level", "", value, "元", modifier, "")])
    for (time, period), (verb, name), change in product(PERIODS, SUMMED, CHANGES):
        words, measure, basis, rate, unit = change
        level = Row(name, "level", "", "13970000000", "元", "exact", period)
        changed = Row(name, measure, basis, rate, unit, "exact", period)
        yield _sentence(f"{time}{PARK}{verb}139.7亿元{words}", [level, changed])
    for (time, period), (one, other) in product(PERIODS, (("5.8%、2.4%", "%"), ("12.7个、12个百分点", "百分点"))):
        values = ("5.8", "2.4") if other == "%" else ("12.7", "12")
        measure = "growth" if other == "%" else "change"
        names = ("工业总产值", "税收收入")
        rows = [Row(n, measure, "", v, other, "exact", period) for n, v in zip(names, values, strict=True)]
        yield _sentence(f"{time}{PARK}工业总产值、税收收入分别{'增长' if other == '%' else '提高'}{one}", rows)
    for (time, period), dash in product(PERIODS, ("—", "至", "~", "到")):
        row = Row("税收收入", "level", "", "1200000000", "元", "range", period)
        yield _sentence(f"{time}{PARK}税收收入12{dash}15亿元", [row])
    for time, period in PERIODS:
        yield _sentence(f"{time}{PARK}综合实力居全省第3位", [Row("综合实力", "rank", "", "3", "位", "exact", period)])
        total = Row("税收收入", "level", "", "13970000000", "元", "exact", period)
        grown = Row("税收收入", "growth", "", "5.2", "%", "exact", period)
        yield _sentence(f"{time}{PARK}税收收入139.7亿元（增长5.2%）", [total, grown])
    for (time, period), (words, said) in product(PERIODS, SAID):
        yield _sentence(f"{time}{PARK}{words}", [Row(*row, period) for row in said])


_ = ""  # no basis
SAID: tuple[tuple[str, tuple[tuple[str, str, str, str, str, str], ...]], ...] = (
    ("引进66家企业", (("引进企业", "level", _, "66", "家", "exact"),)),
    ("共有规模以上工业企业66家", (("规模以上工业企业", "level", _, "66", "家", "exact"),)),
    (
        "新增企业66家，其中外资企业12家",
        (("新增企业", "level", _, "66", "家", "exact"), ("新增外资企业", "level", _, "12", "家", "exact")),
    ),
    ("单位能耗下降超过5%", (("单位能耗", "growth", _, "-5", "%", "over"),)),
    ("亩均税收35万元", (("亩均税收", "level", _, "350000", "元", "exact"),)),
    (
        "税收收入同比增长5.2%，达139.7亿元",
        (("税收收入", "growth", "yoy", "5.2", "%", "exact"), ("税收收入", "level", _, "13970000000", "元", "exact")),
    ),
    (
        "企业比上年增加54家，达到66家",
        (("企业", "change", "yoy", "54", "家", "exact"), ("企业", "level", _, "66", "家", "exact")),
    ),
    (
        "工业总产值、税收收入、固定资产投资分别达12亿元、3亿元和5亿元",
        (
            ("工业总产值", "level", _, "1200000000", "元", "exact"),
            ("税收收入", "level", _, "300000000", "元", "exact"),
            ("固定资产投资", "level", _, "500000000", "元", "exact"),
        ),
    ),
    (
        "工业总产值12亿元，税收收入3亿元，分别增长5.8%、2.4%",
        (
            ("工业总产值", "level", _, "1200000000", "元", "exact"),
            ("税收收入", "level", _, "300000000", "元", "exact"),
            ("工业总产值", "growth", _, "5.8", "%", "exact"),
            ("税收收入", "growth", _, "2.4", "%", "exact"),
        ),
    ),
    (
        "税收收入139.7亿元、增长5.2%，固定资产投资3亿元、下降2.4%",
        (
            ("税收收入", "level", _, "13970000000", "元", "exact"),
            ("税收收入", "growth", _, "5.2", "%", "exact"),
            ("固定资产投资", "level", _, "300000000", "元", "exact"),
            ("固定资产投资", "growth", _, "-2.4", "%", "exact"),
        ),
    ),
    ("税收收入翻一番", (("税收收入", "growth", _, "100", "%", "exact"),)),
    ("税收收入占全市比重为三分之一", (("税收收入", "share", _, "33.33", "%", "exact"),)),
    ("税收收入增速快于全市平均0.4个百分点", (("税收收入增速", "change", "area", "0.4", "百分点", "exact"),)),
    ("实际使用外资1.2亿美元", (("实际使用外资", "level", _, "120000000", "美元", "exact"),)),
    ("规划面积278平方公里", (("规划面积", "level", _, "278", "平方公里", "exact"),)),
    ("集装箱吞吐量120万标箱", (("集装箱吞吐量", "level", _, "1200000", "标箱", "exact"),)),
    ("新增就业岗位三五百个", (("新增就业岗位", "level", _, "300", "个", "range"),)),
    ("用电量3亿度", (("用电量", "level", _, "300000000", "千瓦时", "exact"),)),
    ("企业净增42家", (("企业", "change", _, "42", "家", "exact"),)),
    ("税收收入减少2亿元", (("税收收入", "change", _, "-200000000", "元", "exact"),)),
    ("税收收入同比减少2亿元", (("税收收入", "change", "yoy", "-200000000", "元", "exact"),)),
    ("税收收入占比六成", (("税收收入", "share", _, "60", "%", "exact"),)),
    ("税收收入占全市近三成", (("税收收入", "share", _, "30", "%", "nearly"),)),
    ("税收收入占全市的九成五", (("税收收入", "share", _, "95", "%", "exact"),)),
    ("税收收入占全市一半以上", (("税收收入", "share", _, "50", "%", "at_least"),)),
    ("出生人口增长5‰", (("出生人口", "growth", _, "5", "‰", "exact"),)),
    ("税收收入比2015年增长1.2倍", (("税收收入", "growth", "base", "1.2", "倍", "exact"),)),
    ("税收收入增长5%—8%", (("税收收入", "growth", _, "5", "%", "range"),)),
    ("税收收入增长10%左右", (("税收收入", "growth", _, "10", "%", "about"),)),
    ("税收收入增长超过10%", (("税收收入", "growth", _, "10", "%", "over"),)),
    (
        "税收收入由12亿元增加到15亿元",
        (("税收收入", "level", _, "1200000000", "元", "exact"), ("税收收入", "level", _, "1500000000", "元", "exact")),
    ),
    ("实际使用外资US$1.2亿", (("实际使用外资", "level", _, "120000000", "美元", "exact"),)),
    ("实际使用外资1.2亿欧元", (("实际使用外资", "level", _, "120000000", "欧元", "exact"),)),
    ("进出口总额港币3亿元", (("进出口总额", "level", _, "300000000", "港元", "exact"),)),
    ("税收近3000万", (("税收", "level", _, "30000000", "元", "nearly"),)),
    ("工业总产值突破百亿元", (("工业总产值", "level", _, "10000000000", "元", "over"),)),
    ("整车出口突破百万辆", (("整车出口", "level", _, "1000000", "辆", "over"),)),
    ("综合能耗3万吨标准煤", (("综合能耗", "level", _, "30000", "吨标准煤", "exact"),)),
    ("绿化面积1200亩", (("绿化面积", "level", _, "1200", "亩", "exact"),)),
    ("绿化面积80公顷", (("绿化面积", "level", _, "80", "公顷", "exact"),)),
    ("建筑面积12万㎡", (("建筑面积", "level", _, "120000", "平方米", "exact"),)),
    ("建筑面积12万平方米", (("建筑面积", "level", _, "120000", "平方米", "exact"),)),
    ("培训时间不少于56学时", (("培训时间", "level", _, "56", "学时", "at_least"),)),
    ("审批时间压缩至3个工作日", (("审批时间", "level", _, "3", "个工作日", "exact"),)),
    ("党员478名", (("党员", "level", _, "478", "人", "exact"),)),
    ("从业人员3.2万人", (("从业人员", "level", _, "32000", "人", "exact"),)),
    ("接待游客12万人次", (("接待游客", "level", _, "120000", "人次", "exact"),)),
    ("接待游客一万人次", (("接待游客", "level", _, "10000", "人次", "exact"),)),
    ("综合实力位居全国第一", (("综合实力", "rank", _, "1", "", "exact"),)),
    ("综合实力排名全省第12位", (("综合实力", "rank", _, "12", "位", "exact"),)),
    ("综合实力跻身全国前三", (("综合实力", "rank", _, "3", "", "at_most"),)),
    ("综合实力居全国第一名", (("综合实力", "rank", _, "1", "名", "exact"),)),
    (
        "工业总产值、税收收入分别突破12亿元、3亿元",
        (("工业总产值", "level", _, "1200000000", "元", "over"), ("税收收入", "level", _, "300000000", "元", "over")),
    ),
    ("工业总产值、税收收入均增长5.2%", (("工业总产值、税收收入", "growth", _, "5.2", "%", "exact"),)),
    (
        "现有企业66家，其中外资企业12家、内资企业54家",
        (
            ("企业", "level", _, "66", "家", "exact"),
            ("外资企业", "level", _, "12", "家", "exact"),
            ("内资企业", "level", _, "54", "家", "exact"),
        ),
    ),
    ("引进10亿元以上项目12个", (("引进10亿元以上项目", "level", _, "12", "个", "exact"),)),
    ("组建率84.8%", (("组建率", "level", _, "84.8", "%", "exact"),)),
    ("土地利用率达到九成", (("土地利用率", "level", _, "90", "%", "exact"),)),
    ("税收收入高于全市平均水平2.4个百分点", (("税收收入", "change", "area", "2.4", "百分点", "exact"),)),
    ("税收收入两年平均增长5.2%", (("税收收入", "growth", "average", "5.2", "%", "exact"),)),
    ("税收收入比上月下降5.2%", (("税收收入", "growth", "mom", "-5.2", "%", "exact"),)),
    ("税收收入较上年同期回落2个百分点", (("税收收入", "change", "yoy", "-2", "百分点", "exact"),)),
    ("新签约项目三十余个", (("新签约项目", "level", _, "30", "个", "over"),)),
    ("新签约项目数十个", (("新签约项目", "level", _, "10", "个", "over"),)),
    ("新签约项目十几个", (("新签约项目", "level", _, "10", "个", "over"),)),
    ("新签约项目若干个", ()),
    ("新建厂房半亩", (("新建厂房", "level", _, "0.5", "亩", "exact"),)),
    ("用地面积一亩半", (("用地面积", "level", _, "1.5", "亩", "exact"),)),
    ("推进“三大工程”，落实第五条规定，引进企业66家", (("引进企业", "level", _, "66", "家", "exact"),)),
    ("一名党员就是一面旗帜，引进企业66家", (("引进企业", "level", _, "66", "家", "exact"),)),
    ("5G网络覆盖全区，引进企业66家", (("引进企业", "level", _, "66", "家", "exact"),)),
    ("通过ISO14000认证，引进企业66家", (("引进企业", "level", _, "66", "家", "exact"),)),
    ("召开“1+1>2”党建座谈会，引进企业66家", (("引进企业", "level", _, "66", "家", "exact"),)),
    ("咨询电话010-88888888，引进企业66家", (("引进企业", "level", _, "66", "家", "exact"),)),
    ("学习贯彻二十大精神，引进企业66家", (("引进企业", "level", _, "66", "家", "exact"),)),
    ("完成固定资产投资额三亿五千万元", (("固定资产投资额", "level", _, "350000000", "元", "exact"),)),
    ("固定资产投资额3亿多元", (("固定资产投资额", "level", _, "300000000", "元", "over"),)),
    ("固定资产投资额上亿元", (("固定资产投资额", "level", _, "100000000", "元", "over"),)),
    ("户均收入3.5万元", (("户均收入", "level", _, "35000", "元", "exact"),)),
    (
        "申请专利1200余件，授权专利660件",
        (("申请专利", "level", _, "1200", "件", "over"), ("授权专利", "level", _, "660", "件", "exact")),
    ),
    ("税收收入为上年的1.2倍", (("税收收入", "growth", "yoy", "1.2", "倍", "exact"),)),
    ("单位能耗降至0.5吨标准煤/万元", (("单位能耗", "level", _, "0.5", "吨标准煤/万元", "exact"),)),
    ("环境空气PM2.5浓度28微克/立方米", (("环境空气PM2.5浓度", "level", _, "28", "微克/立方米", "exact"),)),
    (
        "税收收入3亿元，占全市12.5%，居全市第2位",
        (
            ("税收收入", "level", _, "300000000", "元", "exact"),
            ("税收收入", "share", _, "12.5", "%", "exact"),
            ("税收收入", "rank", _, "2", "位", "exact"),
        ),
    ),
    ("企业数量增长三分之一", (("企业数量", "growth", _, "33.33", "%", "exact"),)),
    ("企业数量增加一倍", (("企业数量", "growth", _, "1", "倍", "exact"),)),
    ("企业数量增长1.5倍以上", (("企业数量", "growth", _, "1.5", "倍", "at_least"),)),
    ("增加值增速为-5.2%", (("增加值", "growth", _, "-5.2", "%", "exact"),)),
    ("增加值增速5.2%", (("增加值", "growth", _, "5.2", "%", "exact"),)),
)
"""What else is said of a park, each with its rows but for their period."""


def _sentence(text: str, rows: list[Row]) -> Sentence:
    return Sentence(f"{text}。", tuple(rows), text)


def articles() -> st.SearchStrategy[list[Sentence]]:
    """Return articles: sentences that are each a paragraph, so that none lends another its period."""
    return st.lists(st.sampled_from(list(constructions())), min_size=1, max_size=6)
