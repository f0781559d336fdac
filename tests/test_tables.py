"""Statistical tables as users have them: each in two layouts, as a workbook, as CSV and in the text that both become."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

import miner
from miner.readers import File, read_file

if TYPE_CHECKING:
    from collections.abc import Iterable

# A row a line, cells between bars; < is merged with the cell at its left, ^ with the one above. All figures are invented.
# What is expected: park | indicator | measure | value and base unit | period, whatever the layout.
TABLES = {
    "main indicators of a zone": (
        """
        咸宁高新区2024年6月主要经济指标完成情况 | < | < | < | <
        指标 | 单位 | 本月 | 累计 | 累计同比(%)
        规模以上工业总产值 | 亿元 | 45.2 | 265.8 | 8.3
        固定资产投资 | 亿元 | 12.6 | 70.1 | -2.4
        其中:工业投资 | 亿元 | 9.8 | 51.3 | 5
        新注册企业 | 家 | 38 | 1,214 | —
        注:固定资产投资不含农户。 | < | < | < | <
        """,
        """
        咸宁高新区2024年6月主要经济指标完成情况 | < | < | < | <
         | 规模以上工业总产值(亿元) | 固定资产投资(亿元) | 工业投资(亿元) | 新注册企业(家)
        本月 | 45.2 | 12.6 | 9.8 | 38
        累计 | 265.8 | 70.1 | 51.3 | 1,214
        累计同比(%) | 8.3 | -2.4 | 5 | —
        """,
        """
        咸宁高新技术产业开发区 | 规模以上工业总产值 | level | 4520000000 元 | 2024-06
        咸宁高新技术产业开发区 | 规模以上工业总产值 | level | 26580000000 元 | 2024-01/2024-06
        咸宁高新技术产业开发区 | 规模以上工业总产值 | growth | 8.3 % | 2024-01/2024-06
        咸宁高新技术产业开发区 | 固定资产投资 | level | 1260000000 元 | 2024-06
        咸宁高新技术产业开发区 | 固定资产投资 | level | 7010000000 元 | 2024-01/2024-06
        咸宁高新技术产业开发区 | 固定资产投资 | growth | -2.4 % | 2024-01/2024-06
        咸宁高新技术产业开发区 | 工业投资 | level | 980000000 元 | 2024-06
        咸宁高新技术产业开发区 | 工业投资 | level | 5130000000 元 | 2024-01/2024-06
        咸宁高新技术产业开发区 | 工业投资 | growth | 5 % | 2024-01/2024-06
        咸宁高新技术产业开发区 | 新注册企业 | level | 38 家 | 2024-06
        咸宁高新技术产业开发区 | 新注册企业 | level | 1214 家 | 2024-01/2024-06
        """,
    ),
    "trade of several parks by month": (
        """
        2024年各园区进出口总额 | < | <
         | | 单位:亿元
        园区 | 1月 | 2月
        苏州工业园区 | 12.3 | 10.1
        昆山经济技术开发区 | 8.8 | 7.9
        合计 | 21.1 | 18
        """,
        """
        2024年各园区进出口总额(单位:亿元) | < | < | <
        月份 | 苏州工业园区 | 昆山经济技术开发区 | 合计
        1月 | 12.3 | 8.8 | 21.1
        2月 | 10.1 | 7.9 | 18
        """,
        """
        苏州工业园区 | 进出口总额 | level | 1230000000 元 | 2024-01
        苏州工业园区 | 进出口总额 | level | 1010000000 元 | 2024-02
        昆山经济技术开发区 | 进出口总额 | level | 880000000 元 | 2024-01
        昆山经济技术开发区 | 进出口总额 | level | 790000000 元 | 2024-02
        苏州工业园区、昆山经济技术开发区 | 进出口总额 | level | 2110000000 元 | 2024-01
        苏州工业园区、昆山经济技术开发区 | 进出口总额 | level | 1800000000 元 | 2024-02
        """,
    ),
    "a series of years": (
        """
        咸宁高新区历年主要指标 | < | < | <
        年份 | 地区生产总值(亿元) | 增长(%) | 企业数(家)
        2022 | 110.5 | 9.2 | 1315
        2023 | 118.9 | 7.6 | 1420
        """,
        """
        咸宁高新区历年主要指标 | < | <
        指标 | 2022 | 2023
        地区生产总值(亿元) | 110.5 | 118.9
        增长(%) | 9.2 | 7.6
        企业数(家) | 1315 | 1420
        """,
        """
        咸宁高新技术产业开发区 | 地区生产总值 | level | 11050000000 元 | 2022
        咸宁高新技术产业开发区 | 地区生产总值 | level | 11890000000 元 | 2023
        咸宁高新技术产业开发区 | 地区生产总值 | growth | 9.2 % | 2022
        咸宁高新技术产业开发区 | 地区生产总值 | growth | 7.6 % | 2023
        咸宁高新技术产业开发区 | 企业数 | level | 1315 家 | 2022
        咸宁高新技术产业开发区 | 企业数 | level | 1420 家 | 2023
        """,
    ),
    "a header of two rows": (
        """
        咸宁高新区产业运行情况 | < | < | < | <
        产业 | 2023年 | < | 2024年 | <
        ^ | 产值(亿元) | 增速(%) | 产值(亿元) | 增速(%)
        生物医药 | 98.6 | 11.2 | 105 | 6.5
        电子信息 | 52.1 | -3.5 | 60.3 | 15.7
        """,
        """
        咸宁高新区产业运行情况 | < | < | < | <
        产业 | 产值(亿元) | < | 增速(%) | <
        ^ | 2023年 | 2024年 | 2023年 | 2024年
        生物医药 | 98.6 | 105 | 11.2 | 6.5
        电子信息 | 52.1 | 60.3 | -3.5 | 15.7
        """,
        """
        咸宁高新技术产业开发区 | 生物医药产值 | level | 9860000000 元 | 2023
        咸宁高新技术产业开发区 | 生物医药产值 | growth | 11.2 % | 2023
        咸宁高新技术产业开发区 | 生物医药产值 | level | 10500000000 元 | 2024
        咸宁高新技术产业开发区 | 生物医药产值 | growth | 6.5 % | 2024
        咸宁高新技术产业开发区 | 电子信息产值 | level | 5210000000 元 | 2023
        咸宁高新技术产业开发区 | 电子信息产值 | growth | -3.5 % | 2023
        咸宁高新技术产业开发区 | 电子信息产值 | level | 6030000000 元 | 2024
        咸宁高新技术产业开发区 | 电子信息产值 | growth | 15.7 % | 2024
        """,
    ),
    "output by industry": (
        """
        2023年咸宁高新区分行业生产情况 | < | < | <
        单位:亿元 | < | < | <
        行业 | 企业数(家) | 总产值 | 比上年增长(%)
        医药制造业 | 23 | 98.6 | 11.2
        通用设备制造业 | 41 | 127.5 | -3.5
        合计 | 64 | 226.1 | 2.4
        """,
        """
        2023年咸宁高新区分行业生产情况 | < | < | < | <
        行业 | 指标 | 计量单位 | 数值 | 同比(%)
        医药制造业 | 企业数 | 家 | 23 | —
        ^ | 总产值 | 亿元 | 98.6 | 11.2
        通用设备制造业 | 企业数 | 家 | 41 | —
        ^ | 总产值 | 亿元 | 127.5 | -3.5
        合计 | 企业数 | 家 | 64 | —
        ^ | 总产值 | 亿元 | 226.1 | 2.4
        """,
        """
        咸宁高新技术产业开发区 | 医药制造业企业数 | level | 23 家 | 2023
        咸宁高新技术产业开发区 | 医药制造业总产值 | level | 9860000000 元 | 2023
        咸宁高新技术产业开发区 | 医药制造业总产值 | growth | 11.2 % | 2023
        咸宁高新技术产业开发区 | 通用设备制造业企业数 | level | 41 家 | 2023
        咸宁高新技术产业开发区 | 通用设备制造业总产值 | level | 12750000000 元 | 2023
        咸宁高新技术产业开发区 | 通用设备制造业总产值 | growth | -3.5 % | 2023
        咸宁高新技术产业开发区 | 企业数 | level | 64 家 | 2023
        咸宁高新技术产业开发区 | 总产值 | level | 22610000000 元 | 2023
        咸宁高新技术产业开发区 | 总产值 | growth | 2.4 % | 2023
        """,
    ),
    "a list of parks with text": (
        """
        湖北省省级以上园区名录 | < | < | < | <
        序号 | 园区名称 | 级别 | 规划面积(平方公里) | 简介
        1 | 咸宁高新技术产业开发区 | 国家级 | 60.5 | 现有企业66家,其中高新技术企业12家。
        2 | 黄石经济技术开发区 | 国家级 | 35.2 | 引进项目7个,总投资120亿元。
        """,
        """
        湖北省省级以上园区名录 | < | <
        项目 | 咸宁高新技术产业开发区 | 黄石经济技术开发区
        级别 | 国家级 | 国家级
        规划面积(平方公里) | 60.5 | 35.2
        简介 | 现有企业66家,其中高新技术企业12家。 | 引进项目7个,总投资120亿元。
        """,
        """
        咸宁高新技术产业开发区 | 规划面积 | level | 60.5 平方公里 |
        咸宁高新技术产业开发区 | 企业 | level | 66 家 |
        咸宁高新技术产业开发区 | 高新技术企业 | level | 12 家 |
        黄石经济技术开发区 | 规划面积 | level | 35.2 平方公里 |
        黄石经济技术开发区 | 引进项目 | level | 7 个 |
        黄石经济技术开发区 | 引进项目总投资 | level | 12000000000 元 |
        """,
    ),
}

# Layouts that are met by themselves: what is expected is written as above.
LAYOUTS = {
    "two tables on a sheet": (
        """
        表1 2023年进出口 | <
        园区 | 进出口总额(亿元)
        苏州工业园区 | 12.3
         |
        表2 2022年税收 | <
        单位:万元 | <
        园区 | 税收
        苏州工业园区 | 120
        """,
        """
        苏州工业园区 | 进出口总额 | level | 1230000000 元 | 2023
        苏州工业园区 | 税收 | level | 1200000 元 | 2022
        """,
    ),
    "two tables with no empty row between": (
        """
        2023年进出口 | <
        园区 | 进出口总额(亿元)
        苏州工业园区 | 12.3
        2022年税收 | <
        园区 | 税收(万元)
        苏州工业园区 | 120
        """,
        """
        苏州工业园区 | 进出口总额 | level | 1230000000 元 | 2023
        苏州工业园区 | 税收 | level | 1200000 元 | 2022
        """,
    ),
    "a unit in the corner": (
        """
        单位:亿元 | 2022年 | 2023年
        税收 | 1.2 | 1.5
        """,
        """
         | 税收 | level | 120000000 元 | 2022
         | 税收 | level | 150000000 元 | 2023
        """,
    ),
    "a row of units": (
        """
        产业 | 总产值 | 企业
         | 亿元 | 家
        生物医药 | 1.5 | 30
        """,
        """
         | 生物医药总产值 | level | 150000000 元 |
         | 生物医药企业 | level | 30 家 |
        """,
    ),
    "no header": (
        """
        企业数 | 66家
        总投资(亿元) | 12.5
        """,
        """
         | 企业数 | level | 66 家 |
         | 总投资 | level | 1250000000 元 |
        """,
    ),
    "sections, and a park for several rows": (
        """
        园区 | 年份 | 产值(亿元)
        苏州工业园区 | 2022 | 10.5
        ^ | 2023 | 11.5
        """,
        """
        苏州工业园区 | 产值 | level | 1050000000 元 | 2022
        苏州工业园区 | 产值 | level | 1150000000 元 | 2023
        """,
    ),
    "a label above its rows": (
        """
        指标 | 单位 | 2023年
        一、工业 | |
        总产值 | 亿元 | 12
        二、外贸 | |
        进出口总额 | 亿元 | 5
        """,
        """
         | 工业总产值 | level | 1200000000 元 | 2023
         | 进出口总额 | level | 500000000 元 | 2023
        """,
    ),
    "a row a figure": (
        """
        园区 | 年份 | 指标 | 单位 | 数值
        苏州工业园区 | 2022 | 进出口总额 | 亿元 | 12
        昆山经济技术开发区 | 2023 | 企业数 | 家 | 13
        """,
        """
        苏州工业园区 | 进出口总额 | level | 1200000000 元 | 2022
        昆山经济技术开发区 | 企业数 | level | 13 家 | 2023
        """,
    ),
    "numbers that only identify": (
        """
        2023年规上企业名单 | < | < | < | <
        单位:万元 | < | < | < | <
        序号 | 企业名称 | 统一社会信用代码 | 联系电话 | 营业收入
        1 | 聚仁化工有限公司 | 913 | 13812345678 | 1200
        2 | 华邦科技有限公司 | 914 | 13812345679 | 2200
        """,
        """
         | 营业收入 | level | 12000000 元 | 2023
         | 营业收入 | level | 22000000 元 | 2023
        """,
    ),
    "goals and how far they are reached": (
        """
        指标 | 2025年目标 | 2024年完成 | 完成率(%)
        总产值(亿元) | 100 | 90 | 90
        """,
        """
         | 总产值目标 | level | 10000000000 元 | 2025
         | 总产值 | level | 9000000000 元 | 2024
         | 总产值完成率 | level | 90 % |
        """,
    ),
    "months and the sum since January": (
        """
        月份 | 进出口总额(亿元) | 累计(亿元)
        2024年2月 | 2 | 3
        """,
        """
         | 进出口总额 | level | 200000000 元 | 2024-02
         | 进出口总额 | level | 300000000 元 | 2024-01/2024-02
        """,
    ),
    "one row of numbers below its header": (
        """
        地区生产总值(亿元) | 固定资产投资增速(%)
        100 | 5.5
        """,
        """
         | 地区生产总值 | level | 10000000000 元 |
         | 固定资产投资 | growth | 5.5 % |
        """,
    ),
    "shares and changes of shares": (
        """
        行业 | 占比(%) | 同比增减(百分点)
        医药产值 | 20.5 | -1.2
        """,
        """
         | 医药产值 | share | 20.5 % |
         | 医药产值 | change | -1.2 百分点 |
        """,
    ),
    "two tables side by side": (
        """
        2023年主要指标 | < | < | <
        指标 | 数值 | 指标 | 数值
        企业 | 66家 | 党员 | 478名
        税收(万元) | 12 | 专利(件) | 30
        """,
        """
         | 企业 | level | 66 家 | 2023
         | 税收 | level | 120000 元 | 2023
         | 党员 | level | 478 人 | 2023
         | 专利 | level | 30 件 | 2023
        """,
    ),
    "this year and the last": (
        """
        2024年1-6月税收情况 | < | < | < | <
        税种 | 本期(万元) | 上年同期(万元) | 增减额(万元) | 增减幅(%)
        所得税 | 80 | 90 | -10 | -11.1
        """,
        """
         | 所得税 | level | 800000 元 | 2024-01/2024-06
         | 所得税 | level | 900000 元 | 2023-01/2023-06
         | 所得税 | change | -100000 元 | 2024-01/2024-06
         | 所得税 | growth | -11.1 % | 2024-01/2024-06
        """,
    ),
}

Cells = list[list[str]]
ALL = {f"{name}, {layout}": (TABLES[name][n], TABLES[name][2]) for name in TABLES for n, layout in enumerate("ab")}
ALL |= LAYOUTS


def cut(drawn: str) -> Cells:
    rows = [[cell.strip() for cell in line.split("|")] for line in drawn.strip("\n").rstrip(" ").splitlines()]
    return [row for row in rows if row]


def workbook(rows: Cells) -> bytes:
    """Write the cells as numbers where they are, the ranges merged."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for n, row in enumerate(rows, 1):
        for k, cell in enumerate(row, 1):
            if cell not in {"<", "^", ""}:
                number = cell.replace(",", "").lstrip("-")
                sheet.cell(n, k, float(cell.replace(",", "")) if number.replace(".", "").isdigit() else cell)
    for n, row in enumerate(rows):
        for k, cell in enumerate(row):
            width = next((w for w in range(1, len(row) - k) if row[k + w] != "<"), len(row) - k)
            height = next((h for h in range(1, len(rows) - n) if rows[n + h][k : k + 1] != ["^"]), len(rows) - n)
            if cell not in {"<", "^"} and (width, height) != (1, 1):
                sheet.merge_cells(start_row=n + 1, start_column=k + 1, end_row=n + height, end_column=k + width)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def separated(rows: Cells) -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file).writerows([["" if cell in {"<", "^"} else cell for cell in row] for row in rows])
    return file.getvalue().encode("gb18030")


def told(name: str, data: bytes) -> list[str]:
    """Return what is read from a file, as the cases write it, each figure found at its place."""
    (document,) = read_file(File(name, data, encoding="gb18030"))
    assert isinstance(document, miner.Document)
    figures = miner.mine_document(document)
    assert all(document.text[figure.start : figure.end] == figure.text for figure in figures)
    assert all(figure.place and figure.text in figure.sentence for figure in figures)
    assert [figure.start for figure in figures] == sorted(figure.start for figure in figures)
    return sorted(
        f"{f.park} | {f.indicator} | {f.measure} | {f.value.normalize():f} {f.base_unit} | {f.period}" for f in figures
    )


def expected(drawn: str) -> list[str]:
    return sorted(" | ".join(row) for row in cut(drawn))


@pytest.mark.parametrize("name", ALL)
def test_a_workbook_is_read_cell_by_cell(name: str) -> None:
    assert told("a.xlsx", workbook(cut(ALL[name][0]))) == expected(ALL[name][1])


@pytest.mark.parametrize("name", ALL)
def test_a_csv_file_is_read_cell_by_cell(name: str) -> None:
    assert told("a.csv", separated(cut(ALL[name][0]))) == expected(ALL[name][1])


def lines(rows: Iterable[Iterable[str]]) -> str:
    return "\n".join(",".join(row) for row in rows)


def test_a_cell_of_prose_outside_a_table_is_prose() -> None:
    (document,) = read_file(File("a.csv", lines([["名称", "说明"], ["甲", "全区有企业66家"]]).encode()))
    assert isinstance(document, miner.Document)
    assert [(row.text, row.place) for row in miner.mine_document(document)] == [("66家", "B2")]
