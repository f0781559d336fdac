"""Tables across texts: what stands in a cell, in which unit, under which name."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miner import Observation, Pivot, mine_text, of_indicator, pivots, sparkline

if TYPE_CHECKING:
    from miner import Axis

NEWS = {
    "2024.txt": "咸宁高新区2023年进出口总额12.5亿元,2022年为9.8亿元。",
    "2023.txt": "咸宁高新技术产业开发区2022年外贸进出口总值约9.7亿元。合肥经开区2022年进出口总额8600万元。",
}


def rows(**texts: str) -> list[Observation]:
    """Mine texts by the names of their files."""
    return [row for source, text in texts.items() for row in mine_text(text, source=source)]


def table(observations: list[Observation], across: Axis, along: Axis, **options: object) -> Pivot:
    (found,) = pivots(observations, across, along, **options)  # type: ignore[arg-type]
    return found


class TestCells:
    def test_one_park_by_two_names_is_one_row_and_magnitudes_are_one_unit(self) -> None:
        trade = table(list(of_indicator(rows(**NEWS), "进出口总额")), "park", "period")
        assert (trade.rows, trade.columns, trade.unit) == (
            ("咸宁高新技术产业开发区", "合肥经济技术开发区"),
            ("2022", "2023"),
            "亿元",
        )
        assert trade.shown("合肥经济技术开发区", "2022") == "0.86"
        assert trade.shown("合肥经济技术开发区", "2023") == ""

    def test_an_exact_figure_goes_before_about_and_the_difference_is_marked(self) -> None:
        trade = table(list(of_indicator(rows(**NEWS), "进出口总值")), "park", "period")
        assert (trade.shown("咸宁高新技术产业开发区", "2022"), trade.shown("咸宁高新技术产业开发区", "2023")) == (
            "9.8*",
            "12.5",
        )
        cell = trade.cells["咸宁高新技术产业开发区", "2022"]
        assert [row.text for row in (cell.shown, *cell.others)] == ["9.8亿元", "约9.7亿元"]

    def test_a_later_document_goes_before_an_earlier_one(self) -> None:
        figures = rows(a="咸宁高新区2022年有企业30家。", b="咸宁高新区2022年有企业36家。")
        days = {"a": dt.date(2024, 1, 5), "b": dt.date(2023, 1, 5)}
        assert table(figures, "park", "period").shown("咸宁高新技术产业开发区", "2022") == "30*"
        assert table(figures, "park", "period", dates=days).shown("咸宁高新技术产业开发区", "2022") == "30*"
        days["b"] = dt.date(2025, 1, 5)
        assert table(figures, "park", "period", dates=days).shown("咸宁高新技术产业开发区", "2022") == "36*"

    def test_the_same_figure_twice_is_no_difference(self) -> None:
        figures = rows(a="咸宁高新区2022年有企业30家。", b="咸宁高新区2022年有企业30家。")
        assert table(figures, "park", "period").shown("咸宁高新技术产业开发区", "2022") == "30"

    @pytest.mark.parametrize(
        ("text", "shown"),
        [("近500家", "<500"), ("120多家", ">120"), ("约36家", "≈36"), ("不少于5家", "≥5"), ("10至20家", "10–20")],
    )
    def test_a_modifier_is_shown(self, text: str, shown: str) -> None:
        assert (
            table(rows(a=f"咸宁高新区2022年有企业{text}。"), "park", "period").shown("咸宁高新技术产业开发区", "2022")
            == shown
        )

    def test_what_is_of_a_subject_is_left_out(self) -> None:
        assert pivots(rows(a="咸宁高新区的聚仁化工党支部现有党员30名。"), "park", "indicator") == []


class TestAxes:
    def test_new_ones_stand_beside_all(self) -> None:
        found = table(rows(a="咸宁高新区2022年市场主体1.1万户,新增市场主体510户。"), "indicator", "period")
        assert [found.header(name) for name in found.rows] == ["经营主体 (万户)", "新增经营主体 (户)"]

    def test_units_that_no_magnitude_joins_are_tables_of_their_own(self) -> None:
        found = pivots(rows(a="咸宁高新区2022年进出口总额12亿元,2023年进出口总额3亿美元。"), "park", "period")
        assert [part.unit for part in found] == ["亿元", "亿美元"]

    def test_periods_stand_in_order_and_none_at_the_end(self) -> None:
        text = "咸宁高新区2023年一季度企业5家。2021年企业3家。截至2022年6月企业4家。"
        found = table(rows(a=text, b="咸宁高新区有企业9家。"), "park", "period")
        assert found.columns == ("2021", "../2022-06", "2023-Q1", "(no period)")

    def test_the_axes_must_differ(self) -> None:
        with pytest.raises(ValueError, match="choose two"):
            pivots([], "park", "park")


@given(st.lists(st.tuples(st.integers(2015, 2024), st.integers(1, 10**6)), min_size=1, max_size=12))
def test_nothing_is_summed(figures: list[tuple[int, int]]) -> None:
    """Every cell shows a figure that its text states for that period, the first of them."""
    text = "".join(f"咸宁高新区{year}年有企业{number}家。" for year, number in figures)
    found = table(rows(a=text), "park", "period")
    first = dict(reversed(figures))
    assert {int(c): cell.shown.value for (_, c), cell in found.cells.items()} == {
        y: Decimal(n) for y, n in first.items()
    }


@given(st.lists(st.none() | st.decimals(-(10**9), 10**9, places=2), max_size=10))
def test_a_sparkline_has_a_bar_for_each_value(values: list[Decimal | None]) -> None:
    bars = sparkline(values)
    known = [value for value in values if value is not None]
    assert len(bars) == (len(values) if len(known) > 2 else 0)
    assert not bars or [bar == " " for bar in bars] == [value is None for value in values]
