"""Units where they stand: which spelling is one, and what beside it makes it another or none."""

from __future__ import annotations

import pytest

from miner.units import Unit, unit_at

CASES = {
    "kg": Unit("kg", "千克", "measure"),
    "kg企业": Unit("kg", "千克", "measure"),
    "kga": None,
    "kga企业": None,
    "kg2": None,
    "%a": Unit("%", "%", "ratio"),
    "块展板": Unit("块", "块", "count"),
    "块左右做石碑": Unit("块", "元", "money"),
    "块零四买石碑": Unit("块", "元", "money"),
    "家庭": None,
    "家企业": Unit("家", "家", "count"),
    "": None,
}


@pytest.mark.parametrize(("text", "unit"), CASES.items(), ids=CASES)
def test_at_the_start_of_a_text(text: str, unit: Unit | None) -> None:
    assert unit_at(text, 0) == unit


def test_what_lies_flat_is_counted_from_the_first_character_on() -> None:
    assert unit_at("地12块。", 3) == Unit("块", "块", "count")
    assert unit_at("元12块。", 3) == Unit("块", "元", "money")
