"""Every rule of what is no figure: it fires on each of its examples and on nothing else in it, and it can be silent."""

from __future__ import annotations

import pytest

from miner.masks import CHECKS, MASKS, Check
from miner.quantities import Quantity, find_quantities
from miner.rules import Rule, bars
from miner.text import fold


def each(rules: tuple[Rule, ...] | tuple[Check, ...], of: str) -> pytest.MarkDecorator:
    """Parametrize a test over the rules and what each lists under ``of``."""
    rows = [(rule, text) for rule in rules for text in getattr(rule, of)]
    return pytest.mark.parametrize(
        ("rule", "text"),
        [pytest.param(rule, text, id=f"{rule.name}: {text}") for rule, text in rows],
    )


RULES: list[Rule | Check] = [*MASKS, *CHECKS]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_brings_both_sides_and_a_name_that_completes_a_sentence(rule: Rule | Check) -> None:
    assert rule.examples
    assert rule.counterexamples
    assert rule.name.split()[0] in {"a", "an", "一", "round"}  # it is …


def test_names_are_unique() -> None:
    names = [rule.name for rule in RULES]
    assert len(set(names)) == len(names)


@each(MASKS, "examples")
def test_a_mask_takes_the_stretch_between_the_bars(rule: Rule, text: str) -> None:
    text, spans = bars(text)
    assert [span.of(text) for span in rule.find(text)] == [span.of(text) for span in spans]
    assert list(rule.find(text)) == list(spans)


@each(MASKS, "counterexamples")
def test_a_mask_is_silent(rule: Rule, text: str) -> None:
    assert [span.of(text) for span in rule.find(text)] == []


def rejected_by(check: Check, text: str) -> tuple[list[Quantity], list[str]]:
    """Return all quantities of ``text``, and the text of those that ``check`` rejects."""
    found = find_quantities(text)
    return found, [q.text for q in found if check.test(fold(text), q)]


@each(CHECKS, "examples")
def test_a_check_rejects_the_quantity_between_the_bars(rule: Check, text: str) -> None:
    text, spans = bars(text)
    assert rejected_by(rule, text)[1] == [span.of(text) for span in spans]


@each(CHECKS, "counterexamples")
def test_a_check_lets_pass(rule: Check, text: str) -> None:
    found, refused = rejected_by(rule, text)
    assert found, "a counterexample without a quantity proves nothing"
    assert refused == []


@pytest.mark.parametrize("rule", MASKS, ids=lambda rule: rule.name)
def test_a_mark_of_a_rule_stands_in_all_that_it_takes(rule: Rule) -> None:
    text = "\n".join(bars(example)[0] for mask in MASKS for example in (*mask.examples, *mask.counterexamples))
    taken = [match[0] for match in rule.regex.finditer(text)]
    assert taken
    assert not rule.marks or all(any(mark in stretch for mark in rule.marks) for stretch in taken)
