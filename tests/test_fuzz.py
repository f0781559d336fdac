"""The inputs kept for fuzzing are read as any input: those to begin with, and those that once failed (tests/fuzz)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.mutation import Mutator
from tests.fuzz.targets import TARGETS

CORPUS = Path("tests/fuzz/corpus")
KEPT = [pytest.param(path, id=f"{path.parent.name}/{path.name}") for path in sorted(CORPUS.glob("*/*"))]
ROUNDS = 25  # changed inputs of each target: about a second


@pytest.mark.parametrize("path", KEPT)
def test_what_is_kept_holds_its_promises(path: Path) -> None:
    TARGETS[path.parent.name](path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_inputs_changed_at_random_hold_them_too(name: str) -> None:
    """Without atheris, by seeds that are always the same: what a change breaks at once is seen at once."""
    change = Mutator(lambda data, longest: data[::-1][:longest])
    kept = [path.read_bytes() for path in sorted((CORPUS / name).iterdir())]
    for seed in range(ROUNDS):
        data = kept[seed % len(kept)]
        for step in range(3):
            data = change(data, 3000, 1000 * step + seed)
        TARGETS[name](data)


def test_every_target_has_inputs_to_begin_with() -> None:
    assert {path.name for path in CORPUS.iterdir()} == set(TARGETS)
