"""The public API: complete, sorted, documented, typed, quick to import, and all that cli/ uses."""

import ast
import doctest
import inspect
import subprocess
import sys
from pathlib import Path
from typing import get_type_hints

import pytest

import miner
from miner.schema import COLUMNS

CALLABLES = [
    name for name in miner.__all__ if callable(getattr(miner, name)) and hasattr(getattr(miner, name), "__doc__")
]
FUNCTIONS = [name for name in miner.__all__ if inspect.isfunction(getattr(miner, name))]


def test_names_are_sorted_as_ruff_sorts_them() -> None:
    assert list(miner.__all__) == sorted(
        miner.__all__, key=lambda name: (not name.isupper(), not name[0].isupper(), name)
    )


def test_names_are_those_that_type_checkers_see() -> None:
    """The imports under TYPE_CHECKING, the table of homes and `__all__` agree."""
    tree = ast.parse(Path(miner.__file__).read_text(encoding="utf-8"))
    imported = {
        (node.module.removeprefix("miner."), alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("miner.")
        for alias in node.names
    }
    homes = {(home, name) for home, names in miner._HOMES.items() for name in names}  # noqa: SLF001 - it is the table
    assert imported == homes
    assert {name for _, name in homes} | {"__version__"} == set(miner.__all__) == set(dir(miner))


@pytest.mark.parametrize(
    "name", [name for name in CALLABLES if name not in {"Axis", "Format", "Language", "Measure", "OnRead", "Partition"}]
)
def test_documented(name: str) -> None:
    assert len(inspect.getdoc(getattr(miner, name)) or "") > 20


@pytest.mark.parametrize("name", FUNCTIONS)
def test_functions_have_an_example_that_runs(name: str) -> None:
    function = getattr(miner, name)
    assert doctest.DocTestFinder().find(function, name)[0].examples or name == "mine_document"


@pytest.mark.parametrize("name", FUNCTIONS)
def test_functions_are_typed(name: str) -> None:
    function = getattr(miner, name)
    assert set(function.__annotations__) == {*inspect.signature(function).parameters, "return"}


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'miner' has no attribute 'nothing'"):
        miner.nothing  # type: ignore[attr-defined]  # noqa: B018 - the look-up is the test


def test_importing_is_quick() -> None:
    code = "import miner, sys; print(*sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"pandas", "numpy", "jieba", "rich", "miner.lexicon", "miner.reading"} & set(result.stdout.split())


def test_mining_needs_no_pandas() -> None:
    code = "import miner, sys; miner.mine_text('园区有企业66家。'); print(*sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"pandas", "rich", "typer"} & set(result.stdout.split())


@pytest.mark.parametrize("path", sorted(Path("cli").glob("*.py")), ids=lambda path: path.name)
def test_the_command_line_uses_public_names_only(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    used = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and not node.level and (node.module or "").split(".")[0] == "miner":
            assert node.module == "miner"
            used |= {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            assert not any(alias.name.startswith("miner.") for alias in node.names)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "miner":
            used.add(node.attr)
    assert used <= set(miner.__all__)


def test_the_reference_lists_the_columns_in_order() -> None:
    lines = Path("docs/figures.md").read_text(encoding="utf-8").splitlines()
    cells = [line.split("|")[1] for line in lines if line.startswith("| `")]
    assert [name.strip().strip("`") for cell in cells for name in cell.split(",")] == list(COLUMNS)


def test_every_column_says_what_it_means() -> None:
    assert tuple(miner.MEANINGS) == COLUMNS
    assert all(miner.MEANINGS.values())


def test_types_of_a_row_resolve() -> None:
    import decimal  # noqa: PLC0415 - the name that the row's hints need

    assert (
        tuple(get_type_hints(miner.Observation, {**vars(sys.modules["miner.schema"]), "Decimal": decimal.Decimal}))
        == COLUMNS
    )


def test_a_fault_in_one_text_does_not_lose_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(document: miner.Document, _: object, **_why: object) -> tuple[list[miner.Reading], list[miner.Rejection]]:
        if document.source == "b":
            raise RuntimeError("broken")
        return [], []

    problems: list[miner.Problem] = []
    monkeypatch.setattr("miner.pipeline.read", read)
    documents = [miner.Document(source, "") for source in "abc"]
    assert list(miner.mine_documents(documents, on_problem=problems.append)) == []
    assert [problem.source for problem in problems] == ["b"]
    assert "broken" in problems[0].message


@pytest.mark.parametrize("asked", ["综保区", "綜保區", "天津港综保区", "天津港"])
def test_a_park_is_asked_for_in_short_and_in_full(asked: str) -> None:
    rows = miner.mine_text("天津港综合保税区有企业5家。咸宁高新区有企业66家。")
    assert [row.park for row in miner.select(rows, parks=[asked])] == ["天津港综合保税区"]
