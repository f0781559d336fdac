"""Tables in plain text: cells read with what their headers say, prose left alone, nothing lost."""

from __future__ import annotations

import pytest

import miner
from miner import Document
from miner.reading import read

TABLES = {
    "periods above, industries beside": (
        "表1 2023年三大主导产业规模以上工业总产值\n单位：亿元\n产业\t一季度\t全年\t全年同比(%)\n生物医药\t98.6\t428.7\t11.2\n电子信息\t52.1\t226.4\t-3.5\n",
        [
            ("", "生物医药规模以上工业总产值", "level", "98.6", "亿元", "2023-Q1"),
            ("", "生物医药规模以上工业总产值", "level", "428.7", "亿元", "2023"),
            ("", "生物医药规模以上工业总产值", "growth", "11.2", "%", "2023"),
            ("", "电子信息规模以上工业总产值", "level", "52.1", "亿元", "2023-Q1"),
            ("", "电子信息规模以上工业总产值", "level", "226.4", "亿元", "2023"),
            ("", "电子信息规模以上工业总产值", "growth", "-3.5", "%", "2023"),
        ],
    ),
    "a column of units": (
        "表1 2023年主要工业产品产量及其增速\n产品名称    单位      产量      比上年增长(%)\n罐头        万吨      61.84     -3.7\n发电量      亿千瓦时  412.6     6.1\n",
        [
            ("", "罐头产量", "level", "61.84", "万吨", "2023"),
            ("", "罐头产量", "growth", "-3.7", "%", "2023"),
            ("", "发电量", "level", "412.6", "亿千瓦时", "2023"),
            ("", "发电量", "growth", "6.1", "%", "2023"),
        ],
    ),
    "a header whose wide cells one space parts": (
        "表2　2023年主导产业情况\n产业　　　　企业数（户）　产值（亿元）　占全区比重（%）\n烟草及配套　　31　　286.5　　29.6\n",
        [
            ("", "烟草及配套企业数", "level", "31", "户", "2023"),
            ("", "烟草及配套产值", "level", "286.5", "亿元", "2023"),
            ("", "烟草及配套产值", "share", "29.6", "%", "2023"),
        ],
    ),
    "a table copied from a page, a space between its cells": (
        "2023年主要指标\n指标 绝对数（亿元） 比上年增长（%）\n规模以上工业总产值 968.3 6.4\n固定资产投资 215.7 -8.2\n",
        [
            ("", "规模以上工业总产值", "level", "968.3", "亿元", "2023"),
            ("", "规模以上工业总产值", "growth", "6.4", "%", "2023"),
            ("", "固定资产投资", "level", "215.7", "亿元", "2023"),
            ("", "固定资产投资", "growth", "-8.2", "%", "2023"),
        ],
    ),
    "a header whose first cell is left out before its bar": (
        "表1 2019年生产总值\n| 绝 对 数 (亿元) | 比上年增长 (%) |\n地区生产总值 | 617.50 | 5.2 |\n第一产业 | 37.11 | -2.6 |\n",
        [
            ("", "地区生产总值", "level", "617.50", "亿元", "2019"),
            ("", "地区生产总值", "growth", "5.2", "%", "2019"),
            ("", "第一产业生产总值", "level", "37.11", "亿元", "2019"),
            ("", "第一产业生产总值", "growth", "-2.6", "%", "2019"),
        ],
    ),
    "a table of Markdown": (
        "| 指标 | 单位 | 2024年1—6月 | 同比增长（%） |\n|---|---|---|---|\n| 规模以上工业总产值 | 亿元 | 96.4 | 8.7 |\n| 新增企业 | 家 | 120 | -2.0 |\n",
        [
            ("", "规模以上工业总产值", "level", "96.4", "亿元", "2024-01/2024-06"),
            ("", "规模以上工业总产值", "growth", "8.7", "%", "2024-01/2024-06"),
            ("", "新增企业", "level", "120", "家", "2024-01/2024-06"),
            ("", "新增企业", "growth", "-2.0", "%", "2024-01/2024-06"),
        ],
    ),
    "parks beside, a rank": (
        "单位：亿元\n园区\t产值\t企业（家）\t占比(%)\t排名\n苏州工业园区\t30.5\t120\t12.5\t1\n昆山开发区\t20\t80\t8.1\t2\n",
        [
            ("苏州工业园区", "产值", "level", "30.5", "亿元", ""),
            ("苏州工业园区", "企业", "level", "120", "家", ""),
            ("苏州工业园区", "企业", "share", "12.5", "%", ""),
            ("苏州工业园区", "排名", "rank", "1", "", ""),
            ("昆山开发区", "产值", "level", "20", "亿元", ""),
            ("昆山开发区", "企业", "level", "80", "家", ""),
            ("昆山开发区", "企业", "share", "8.1", "%", ""),
            ("昆山开发区", "排名", "rank", "2", "", ""),
        ],
    ),
    "units in the cells": (
        "项目\t数量\n企业\t120家\n党员\t30名\n",
        [("", "企业", "level", "120", "家", ""), ("", "党员", "level", "30", "名", "")],
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_read_cell_by_cell(name: str) -> None:
    text, expected = TABLES[name]
    rows = miner.mine_text(text)
    found = [(r.park, r.indicator, r.measure, r.text.rstrip("家名"), r.unit, r.period) for r in rows]
    assert found == expected
    assert [text[row.start : row.end] for row in rows] == [row.text for row in rows]
    assert all(row.text in row.sentence and "\n" not in row.sentence for row in rows)


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("before", ["", "泰州经济开发区简报\n\n"])
def test_rows_keep_the_order_of_the_text(name: str, before: str) -> None:
    text = f"{before}全区有企业36家。\n\n{TABLES[name][0]}\n引进项目7个。"
    starts = [row.start for row in miner.mine_text(text)]
    assert starts == sorted(starts)
    assert {"36家", "7个"} <= {text[row.start : row.end] for row in miner.mine_text(text)}


def test_a_cell_that_no_unit_reaches_is_refused_by_name() -> None:
    readings, rejections = read(Document("a.txt", "产业\t产值\n医药\t98.6\n"))
    assert readings == []
    assert [(r.text, r.rule) for r in rejections] == [("98.6", "a cell whose unit the table does not tell")]


@pytest.mark.parametrize(
    "text",
    [
        "发布时间:2024-07-19  来源:管委会  浏览次数:214\n全区有企业36家。",
        "名称\t说明\n企业\t共36家，增长5%\n",
        "单位：亿元\n全区有企业36家。",
    ],
)
def test_prose_is_no_table(text: str) -> None:
    assert "36家" in [row.text.removeprefix("共") for row in miner.mine_text(text)]
