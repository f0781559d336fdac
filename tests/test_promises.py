"""docs/promises.md: every promise names tests, and every test that it names exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

PAGE = Path("docs/promises.md").read_text(encoding="utf-8")
PROMISES = {part.partition("\n")[0]: part for part in PAGE.split("\n## ")[1:]}


def named(text: str) -> list[str]:
    return re.findall(r"^- `(tests/\S+)`$", text, re.MULTILINE)


def _tests_of(file: str) -> set[str]:
    """Return the tests of a file by their names, with the class before where there is one."""
    found: set[str] = set()
    for node in ast.parse(Path(file).read_text(encoding="utf-8")).body:
        parts = node.body if isinstance(node, ast.ClassDef) else [node]
        before = f"{node.name}::" if isinstance(node, ast.ClassDef) else ""
        found |= {before + part.name for part in parts if isinstance(part, ast.FunctionDef)}
    return found


@pytest.mark.parametrize("promise", PROMISES)
def test_every_promise_names_a_test(promise: str) -> None:
    assert named(PROMISES[promise])


@pytest.mark.parametrize("test", sorted(set(named(PAGE))))
def test_every_test_that_is_named_exists(test: str) -> None:
    file, _, name = test.partition("::")
    assert name.startswith("test_") or "::test_" in name
    assert name in _tests_of(file)
