"""The line of imports: each stage knows only the stages before it (pyproject.toml), and says what it does."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

MODULES = sorted([*Path("miner").rglob("*.py"), *Path("cli").rglob("*.py"), *Path("tests").glob("*.py")])


def test_each_stage_knows_only_the_stages_before_it() -> None:
    code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    result = subprocess.run([sys.executable, "-c", code, "--no-cache"], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


def test_each_module_has_its_place_in_the_line() -> None:
    settings = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    placed = {module.strip() for layer in layers for module in layer.split("|")}
    modules = {path.stem for path in Path("miner").glob("*.py") if path.stem != "__init__"}
    packages = {path.parent.name for path in Path("miner").glob("*/__init__.py")} - {"lexicons"}
    assert placed == {f"miner.{name}" for name in modules | packages}


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_each_module_says_what_it_does(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
