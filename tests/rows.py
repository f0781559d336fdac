"""Observations to test with: a plain one to vary, and any that hypothesis can think of."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from miner.schema import COLUMNS, DECIMALS, INTEGERS, Observation

PLAIN: dict[str, Any] = (
    dict.fromkeys(COLUMNS, "")
    | dict.fromkeys(DECIMALS, Decimal(66))
    | dict.fromkeys(INTEGERS, 1)
    | {"park": "天津港综合保税区", "measure": "level", "modifier": "exact", "text": "66家", "unit": "家"}
)

HOSTILE = [
    "=1+1", "'=1", "''@", "-8.8%", "+1", "@SUM(A1)", "\t", "\r\n", "'", "%", "亿元", "a|b\\", "`x`", "<script>alert(1)</script>",
    "&lt;", "**x**", "[x](javascript:alert(1))", "# x", "_x0041_", "a\0b", "\x1b[31m", "\u202e", '"; DROP TABLE park; --',
    "园区'\"]", "\ufffe", "https://example.org/", '=HYPERLINK("x")',
]  # fmt: skip
"""Texts that a spreadsheet, a page, a shell or a database might obey, and that all must show as they are."""

texts = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(HOSTILE)
decimals = st.decimals(allow_nan=False, allow_infinity=False, places=None).filter(lambda d: abs(d.adjusted()) < 60)


def observations(numbers: st.SearchStrategy[Decimal] = decimals) -> st.SearchStrategy[Observation]:
    """Return a strategy for rows of any texts and of these numbers."""
    columns: dict[str, st.SearchStrategy[Any]] = (
        dict.fromkeys(COLUMNS, texts)
        | dict.fromkeys(DECIMALS, numbers)
        | dict.fromkeys(["value_min", "value_max"], numbers | st.none())
        | dict.fromkeys(INTEGERS, st.integers(0, 2**40))
    )
    return st.builds(Observation, **columns)


def row(**values: Any) -> Observation:  # noqa: ANN401 - of the columns' types
    """Return the plain row with some of its values changed."""
    return Observation(**PLAIN | values)
