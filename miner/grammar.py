"""The grammar of Chinese figures as this program reads it -> Markdown, from the rules and lexicons themselves.

Nothing is written twice: productions are the docstrings of the modules that read them, words are the lexicons, and every
sentence is read when the page is made (`miner grammar`, docs/grammar.md).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from miner import amounts, cells, context, grids, lexicon, lists, naming, numbers, quantities, sheets, spacing, wrapping
from miner.masks import CHECKS, MASKS, Check
from miner.pipeline import mine_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import ModuleType

    from miner.lexicon import Entry
    from miner.rules import Rule
    from miner.schema import Observation

_HEAD = """# The grammar of Chinese figures

How Chinese writes figures, and what this program reads them as. This page is made by `miner grammar` from the rules and
lexicons of the program and is never edited by hand: whatever stands here is what the program does.

A row is written `park/subject: indicator = value unit, modifier, measure basis direction, period`; what is blank, a level or
exact is left out, and `?` is an indicator that the sentence does not name.
"""

_KINDS = {
    "numeral": "Numerals",
    "share": "Shares, times and points",
    "unit": "Units and money",
    "range": "Ranges and modifiers",
    "list": "Lists",
    "implied": "Indicators left implicit",
    "comparison": "Comparison, change and rank",
    "period": "Periods",
    "place": "Parks, regions and subjects",
}


def summary(row: Observation) -> str:
    """Write a row in one line.

    Example:
        >>> summary(mine_text("去年,咸宁高新区进出口总额比上年增长近三成。")[0])
        '咸宁高新技术产业开发区: 进出口总额 = 30 %, nearly, growth yoy up'
    """
    high = f"..{row.value_max:f}" if row.modifier == "range" and row.value_max is not None else ""
    modifier = "" if row.modifier in {"exact", "range"} else row.modifier
    measure = "" if row.measure == "level" else " ".join(filter(None, (row.measure, row.basis, row.direction)))
    who = "/".join(filter(None, (row.park, row.subject)))
    told = (f"{row.value:f}{high} {row.base_unit}".strip(), modifier, measure, row.period)
    return f"{f'{who}: ' if who else ''}{row.indicator or '?'} = {', '.join(filter(None, told))}"


def grammar_page() -> str:
    """Return the grammar as Markdown.

    Example:
        >>> grammar_page().splitlines()[0]
        '# The grammar of Chinese figures'
    """
    return "\n".join((_HEAD, *_constructions(), *_productions(), *_words(), *_rules()))


def _constructions() -> Iterator[str]:
    yield "## Constructions\n"
    for kind, title in _KINDS.items():
        yield f"### {title}\n"
        for entry in (e for e in lexicon.load("constructions") if e.kind == kind):
            read = ("<br>".join(map(summary, mine_text(sentence))) or "no figure" for sentence in entry.examples)
            yield _table((entry.name, "read as"), zip(entry.examples, read, strict=True))


_MODULES = (numbers, amounts, quantities, naming, lists, context, grids, sheets, cells, wrapping, spacing)


def _productions() -> Iterator[str]:
    yield "## Productions\n"
    for module in _MODULES:
        yield f"### {_production_title(module)}\n\n```text\n{(module.__doc__ or '').strip()}\n```\n"


def _production_title(module: ModuleType) -> str:
    return f"{module.__name__.rpartition('.')[2]}.py"


def _words() -> Iterator[str]:
    yield "## Words\n"
    yield "### Numerals\n"
    yield _table(
        ("written", "stands for", "as"),
        ((" ".join(e.spellings), str(e.get("value")), e.kind) for e in lexicon.load("numerals")),
    )
    yield "### Units\n"
    for kind in ("count", "money", "ratio", "measure", "time"):
        entries = [e for e in lexicon.load("units") if e.get("kind") == kind]
        yield f"{kind} ({len(entries)}): " + ", ".join(_spelled(e) for e in entries) + "\n"
    yield "### Modifiers\n"
    yield _table(
        ("written", "side", "says", "example"),
        (
            (" ".join(e.spellings), e.get("side"), e.get("gives"), _shown(e.examples[:1]))
            for e in lexicon.load("modifiers")
        ),
    )
    yield "### Change, and what it is compared with\n"
    yield _table(
        ("written", "says", "example"),
        (
            (f"`{e.get('pattern')}`" if e.get("pattern") else " ".join(e.spellings), e.get("gives"), _shown(e.examples))
            for e in lexicon.load("measures")
        ),
    )
    yield "### Phrases of time\n"
    yield _table(
        ("written", "resolves to", "example"),
        ((" ".join(e.spellings), e.get("gives"), _shown(e.examples[:1])) for e in lexicon.load("periods")),
    )
    yield "### How the name of a park ends\n"
    yield _table(
        ("written", "short", "example"),
        (
            (" ".join(e.spellings), " ".join(e.get("short", ())), _shown(e.examples[:1]))
            for e in lexicon.load("parks")
            if e.kind == "type"
        ),
    )


def _rules() -> Iterator[str]:
    yield "## What is no figure\n"
    rules: tuple[Rule | Check, ...] = (*MASKS, *CHECKS)
    rows = ((rule.name, _shown(rule.examples), _shown(rule.counterexamples)) for rule in rules)
    yield _table(("rule", "what it refuses", "what it lets pass"), rows)
    phrases = (word for entry in lexicon.load("slogans") for word in entry.spellings)
    yield "Set phrases: " + ", ".join(phrases) + "."


def _spelled(entry: Entry) -> str:
    others = entry.spellings[1:]
    return f"{entry.name} ({' '.join(others)})" if others else entry.name


def _shown(examples: Iterable[str]) -> str:
    """Return examples with the stretch between bars in bold."""
    return "<br>".join(re.sub(r"\|([^|]+)\|", r"**\1**", example) for example in examples)


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [header, tuple("---" for _ in header), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines) + "\n"


def _cell(text: str) -> str:
    return str(text).replace("|", "\\|").replace("\n", " ")
