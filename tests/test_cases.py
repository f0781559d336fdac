"""The tables in cases/, one test a row; the clause of the row is the name of its test.

Each file opens with its own grammar. A row that is also listed under ``[known]`` states what the contract asks for and
the program does not yet do, with the reason; its test fails when that is mended, so that the line is taken out.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any

import pytest

import miner
from miner.amounts import bare_amount, read_amount
from miner.numbers import EXACT
from miner.rules import bars
from miner.schema import DECIMALS
from miner.text import fold

CASES = Path(__file__).with_name("cases")


def rows(name: str) -> pytest.MarkDecorator:
    """Parametrize a test over the rows of a table: what each is written as, and what is expected of it."""
    table: dict[str, dict[str, Any]] = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))
    known = table.pop("known", {})
    found = {text: (section, expected) for section, part in table.items() for text, expected in part.items()}
    assert len(found) == sum(map(len, table.values())), f"{name}: a case stands in two sections"
    assert set(known) <= set(found), f"{name}: a known fault without its case"
    return pytest.mark.parametrize(
        ("text", "expected"),
        [
            pytest.param(
                text,
                expected,
                id=f"{section}: {text}",
                marks=[pytest.mark.xfail(strict=True, reason=known[text])] if text in known else [],
            )
            for text, (section, expected) in found.items()
        ],
    )


def several(expected: Any) -> list[Any]:  # noqa: ANN401 - a row of a table
    """Return what is expected of each figure; a row with one figure may leave the outer brackets out."""
    return expected if not expected or isinstance(expected[0], list) else [expected]


def figures(text: str, date: str = "") -> tuple[list[miner.Observation], list[str]]:
    """Mine a clause written with bars; return the rows, and the texts between the bars."""
    plain, spans = bars(text)
    found = miner.mine_text(plain, date=dt.date.fromisoformat(date) if date else None)
    return found, [span.of(plain) for span in spans]


@rows("numbers")
def test_number(text: str, expected: str) -> None:
    found = [(n.text, n.value, n.high) for n in miner.find_numbers(text)]
    low, _, high = expected.partition("..")
    assert found == ([(text, Decimal(low), Decimal(high) if high else None)] if low else [])


@rows("quantities")
def test_quantity(text: str, expected: list[Any]) -> None:
    plain, spans = bars(text)
    found = [
        [
            q.text,
            f"{q.value:f}",
            q.base_unit,
            q.modifier,
            *("" if b is None else f"{b:f}" for b in (q.value_min, q.value_max)),
        ]
        for q in miner.find_quantities(plain)
        if q.kind != "number"
    ]
    assert found == [[span.of(plain), *row] for span, row in zip(spans, several(expected), strict=True)]


@rows("parts")
def test_parts_of_a_quantity(text: str, expected: list[Any]) -> None:
    plain, spans = bars(text)
    found = miner.find_quantities(plain)
    assert [q.span for q in found] == list(spans)
    parts = [[q.core.of(plain), f"{q.number:f}", q.unit, q.kind, q.digits, "; ".join(q.rules)] for q in found]
    assert parts == several(expected)


@rows("amounts")
def test_amount(text: str, expected: list[str]) -> None:
    plain, spans = bars(text)
    with localcontext(EXACT):
        number = miner.find_numbers(plain)[0]
        found = read_amount(fold(plain), number) or bare_amount(fold(plain), number)
    row = []
    if found:
        begin = number.start if found.start < 0 else found.start
        assert [(begin, found.end)] == list(spans)
        numbers = [found.mantissa, found.value, *([] if found.number.high is None else [found.number.high])]
        mantissa, value, *high = (f"{number:f}" for number in numbers)
        row = [found.written, mantissa, value, found.unit.base, found.unit.kind, found.rule, *high]
        assert found.number.more is bool({"余", "多"} & set(spans[0].of(plain)))
    assert row == expected


@rows("masks")
def test_no_figure(text: str, expected: str) -> None:
    assert expected
    assert [row.text for row in miner.mine_text(text)] == []


@rows("periods")
def test_period(text: str, expected: list[str]) -> None:
    date, iso = expected
    found, words = figures(text, date)
    assert [(row.period_text, row.period) for row in found] == [(words[0], iso)]


@rows("parks")
def test_park(text: str, expected: list[Any]) -> None:
    found, words = figures(text)
    assert [[row.text, row.park, row.park_kind] for row in found] == [
        [word, *row] for word, row in zip(words, several(expected), strict=True)
    ]


@rows("subjects")
def test_subject(text: str, expected: str | list[str]) -> None:
    found, words = figures(text)
    wanted = [expected] if isinstance(expected, str) else expected
    told = [(row.text, row.subject) for row in found]
    assert [row for row in told if row[0] in words] == list(zip(words, wanted, strict=True))


@rows("indicators")
def test_indicator(text: str, expected: str | list[str]) -> None:
    found, words = figures(text)
    wanted = [expected] if isinstance(expected, str) else expected
    assert [(row.text, row.indicator) for row in found] == list(zip(words, wanted, strict=True))


@rows("measures")
def test_measure(text: str, expected: list[Any]) -> None:
    found, words = figures(text)
    assert [[row.text, row.measure, row.basis, row.direction] for row in found] == [
        [word, *row] for word, row in zip(words, several(expected), strict=True)
    ]


@rows("observations")
def test_observations(text: str, expected: list[dict[str, str]]) -> None:
    """The date that a sentence is read with stands in its first row."""
    date = expected[0].get("date", "")
    found = miner.mine_text(text, date=dt.date.fromisoformat(date) if date else None)
    assert [whole(row) for row in found] == [filled(row) for row in expected]


LEFT_OUT = {"source", "line", "start", "end", "sentence"}
LEFT_OUT |= {"indicator_id", "indicator_std", "qualifier", "park_id", "province", "city"}  # tests/cases/standards.toml
COLUMNS = [column for column in miner.COLUMNS if column not in LEFT_OUT]


def whole(row: miner.Observation) -> dict[str, str]:
    """Return the columns of a row that a case states, as text."""
    values = {column: getattr(row, column) for column in COLUMNS}
    return {c: "" if v is None else f"{v:f}" if c in DECIMALS else str(v) for c, v in values.items()}


def filled(case: dict[str, str]) -> dict[str, str]:
    """Return a case with every column: blank where it states none, and the usual for what most figures are."""
    row = dict.fromkeys(COLUMNS, "") | {"measure": "level", "modifier": "exact", "park_kind": "park"}
    row |= {column: value for column, value in case.items() if column != "date"}
    row["number"] = case.get("number", row["value"])
    row["base_unit"] = case.get("base_unit", row["unit"])
    if row["modifier"] == "exact":
        row |= {"value_min": row["value"], "value_max": row["value"]}
    return row


@rows("standards")
def test_standard(text: str, expected: list[Any]) -> None:
    found, _ = figures(text)
    assert [[row.indicator_std, row.qualifier] for row in found] == several(expected)
    assert all(bool(row.indicator_id) == bool(row.indicator_std) for row in found)
