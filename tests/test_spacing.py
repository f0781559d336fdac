"""Spaces that a typesetter sets between Chinese and digits: read as if they were not there, told where they are."""

from __future__ import annotations

import pytest

import miner

SPACED = "2024 年，保税区进出口总额达 382.84 亿元，其中进口 269.16 亿元，同比增长 52.3%，排名升至全省第 75 位。"


def test_figures_of_a_spaced_text_are_those_of_the_text_without_spaces() -> None:
    def told(text: str) -> list[tuple[object, ...]]:
        return [(o.indicator, o.value, o.base_unit, o.measure, o.period) for o in miner.mine_text(text)]

    assert told(SPACED) == told(SPACED.replace(" ", ""))
    assert [row[-1] for row in told(SPACED)] == ["2024"] * 4


@pytest.mark.parametrize("lead", ["", "前言。\r\n", "一、引进企业\n"])
def test_offsets_are_those_of_the_file(lead: str) -> None:
    text = lead + SPACED
    found = miner.mine_text(text)
    assert [o.text for o in found] == ["382.84 亿元", "269.16 亿元", "52.3%", "第 75 位"]
    assert all(text[o.start : o.end] == o.text and o.sentence in text for o in found)


@pytest.mark.parametrize(
    "text",
    [
        "企业 45 家 产值 30 亿元 税收 2 亿元",  # cells: nothing but spaces parts them
        "园区有企业 45 家，产值30亿元，税收2亿元，出口1亿元。",  # one space is chance
    ],
)
def test_other_spaces_stay(text: str) -> None:
    found = miner.mine_text(text)
    assert found
    assert all(text[o.start : o.end] == o.text for o in found)
