"""What tests/mutants.toml explains is there: a mutant that is gone needs no reason, and a reason is no blank."""

from __future__ import annotations

import pytest

from tests.mutants import MODULES, equivalent, mutants


def test_only_modules_that_are_tried_are_explained() -> None:
    assert set(equivalent()) <= set(MODULES)


@pytest.mark.parametrize("module", equivalent())
def test_a_mutant_that_is_explained_exists(module: str) -> None:
    explained = equivalent()[module]
    assert set(explained) <= {mutant.name for mutant in mutants(module)}
    assert all(explained.values())
