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
)
"""What else is said of a park, each with its rows but for their period."""


def _sentence(text: str, rows: list[Row]) -> Sentence:
    return Sentence(f"{text}。", tuple(rows), text)


def articles() -> st.SearchStrategy[list[Sentence]]:
    """Return articles: sentences that are each a paragraph, so that none lends another its period."""
    return st.lists(st.sampled_from(list(constructions())), min_size=1, max_size=6)
