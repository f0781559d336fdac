"""Units where they stand: which spelling is one, and what beside it makes it another or none."""

from __future__ import annotations

import pytest

from miner.units import unit_at

CASES = {
    "kg": ("kg", "千克", "measure"),
    "kg企业": ("kg", "千克", "measure"),
    "kga": None,
    "kga企业": None,
    "kg2": None,
    "kga,": None,
    "%a": ("%", "%", "ratio"),
    "块展板": ("块", "块", "count"),
    "块左右做石碑": ("块", "元", "money"),
    "块零四买石碑": ("块", "元", "money"),
    "家庭": None,
    "家企业": ("家", "家", "count"),
    "": None,
}


def read(text: str, at: int) -> tuple[str, str, str] | None:
    """Return text, base unit and kind of the unit at an offset."""
    unit = unit_at(text, at)
    return (unit.text, unit.base, unit.kind) if unit else None


@pytest.mark.parametrize(("text", "unit"), CASES.items(), ids=CASES)
def test_at_the_start_of_a_text(text: str, unit: tuple[str, str, str] | None) -> None:
    assert read(text, 0) == unit


def test_what_lies_flat_is_counted_from_the_first_character_on() -> None:
    assert read("地12块。", 3) == ("块", "块", "count")
    assert read("元12块。", 3) == ("块", "元", "money")
