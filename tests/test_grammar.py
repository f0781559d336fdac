"""The grammar: every construction is read as it says, and docs/grammar.md is what the program does."""

from __future__ import annotations

from pathlib import Path

import pytest

import miner
from miner import lexicon
from miner.grammar import grammar_page, summary

PAGE = Path(__file__).parent.parent / "docs" / "grammar.md"
SENTENCES = [
    pytest.param(sentence, reads, id=f"{entry.name}: {sentence}")
    for entry in lexicon.load("constructions")
    for sentence, reads in zip(entry.examples, entry.get("reads"), strict=True)
]


@pytest.mark.parametrize(("sentence", "reads"), SENTENCES)
def test_a_construction_is_read_as_it_says(sentence: str, reads: list[str]) -> None:
    assert [summary(row) for row in miner.mine_text(sentence)] == reads


def test_the_page_is_what_the_program_does(*, update_snapshots: bool) -> None:
    today = grammar_page()
    if update_snapshots:
        PAGE.write_text(today, encoding="utf-8", newline="\n")
    assert PAGE.read_text(encoding="utf-8") == today, "the rules have changed: pytest --update-snapshots"
