"""Every rule of what is no figure: it fires on each of its examples and on nothing else in it, and it can be silent."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from miner import masks
from miner.pipeline import mine_text
from miner.places.regions import counties, regions
from miner.quantities import Quantity, find_quantities
from miner.rules import Rule, bars
from miner.text import fold

TABLE: dict[str, dict[str, str]] = tomllib.loads(
    Path(__file__).with_name("cases").joinpath("rules.toml").read_text(encoding="utf-8")
)


def rules() -> list[Rule | masks.Check]:
    """Return the rules as the module has them now: tests/mutants.py puts others in."""
    return [*masks.MASKS, *masks.CHECKS]


NAMES = [rule.name for rule in rules()]
MASKS = NAMES[: len(masks.MASKS)]


def found(name: str) -> Rule | masks.Check:
    """Return the rule of a name."""
    (rule,) = (rule for rule in rules() if rule.name == name)
    return rule


def each(of: str) -> pytest.MarkDecorator:
    """Parametrize a test over the names of the rules and what each lists under ``of``."""
    rows = [(name, text) for name in NAMES for text in getattr(found(name), of)]
    return pytest.mark.parametrize(
        ("name", "text"), [pytest.param(name, text, id=f"{name}: {text}") for name, text in rows]
    )


def taken(name: str, text: str) -> list[str]:
    """Return what a rule takes of a text."""
    rule = found(name)
    return rejected_by(rule, text)[1] if isinstance(rule, masks.Check) else [span.of(text) for span in rule.find(text)]


def rejected_by(check: masks.Check, text: str) -> tuple[list[Quantity], list[str]]:
    """Return all quantities of ``text``, and the text of those that ``check`` rejects."""
    quantities = find_quantities(text)
    asked = [q for q in quantities if q.kind in (check.kinds or (q.kind,))]
    return quantities, [q.text for q in asked if check.test(fold(text), q)]


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_brings_both_sides_and_a_name_that_completes_a_sentence(name: str) -> None:
    rule = found(name)
    assert rule.examples
    assert rule.counterexamples
    assert rule.name.split()[0] in {"a", "an", "一", "round"}  # it is …


def test_names_are_unique() -> None:
    assert len(set(NAMES)) == len(NAMES)


@each("examples")
def test_a_rule_takes_the_stretch_between_the_bars(name: str, text: str) -> None:
    text, spans = bars(text)
    assert taken(name, text) == [span.of(text) for span in spans]
    rule = found(name)
    assert isinstance(rule, masks.Check) or rule.find(text) == list(spans)


@each("counterexamples")
def test_a_rule_is_silent(name: str, text: str) -> None:
    assert taken(name, text) == []
    rule = found(name)
    if isinstance(rule, masks.Check):
        assert rejected_by(rule, text)[0], "a counterexample without a quantity proves nothing"


@pytest.mark.parametrize(
    ("name", "text"),
    [pytest.param(name, text, id=f"{name}: {text}") for name, rows in TABLE.items() for text in rows],
)
def test_a_rule_takes_what_stands_between_the_bars_of_the_table(name: str, text: str) -> None:
    text, spans = bars(text)
    assert taken(name, text) == [span.of(text) for span in spans]
    marks = getattr(found(name), "marks", ())
    assert not marks or all(any(mark in span.of(text) for mark in marks) for span in spans)


@pytest.mark.parametrize("name", MASKS)
def test_a_mark_of_a_rule_stands_in_all_that_it_takes(name: str) -> None:
    examples = (each for mask in masks.MASKS for each in (*mask.examples, *mask.counterexamples))
    text = "\n".join(bars(example)[0] for example in examples)
    rule = found(name)
    assert isinstance(rule, Rule)
    stretches = [match[0] for match in rule.regex.finditer(text)]
    assert stretches
    assert not rule.marks or all(any(mark in stretch for mark in rule.marks) for stretch in stretches)


FURNITURE = {
    "第006版 综合新闻": True,
    "06版 综合新闻": True,
    ">>更多新闻": True,
    "版面设计66项": False,
    "转载自" + "园" * 147: True,
    "转载自" + "园" * 148: False,
    "转载自" + "园" * 148 + "侵权请": True,
    "责任编辑" + "园" * 148: False,
    "责任编辑" + "园" * 148 + "侵权请": True,
    "园区现有企业66家": False,
}


@pytest.mark.parametrize(("line", "is_one"), FURNITURE.items(), ids=[line[:12] for line in FURNITURE])
def test_a_line_of_the_page_is_told_by_one_word_or_in_a_long_line_by_two(line: str, *, is_one: bool) -> None:
    assert masks.is_furniture(line) is is_one


def test_no_place_that_a_numeral_opens_is_a_figure() -> None:
    """七台河, 三台, 五家渠: of all the places that the lexicons know."""
    names = {
        name for table in (counties(), regions()[0]) for name in table if name[0] in "一二三四五六七八九十百千万亿两双"
    }
    assert len(names) > 150
    for name in names:
        assert not mine_text(f"{name}工业园区建成。"), name
