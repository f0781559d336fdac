"""The README is true: its commands are those that run, its samples what they print."""

import doctest
import re
from pathlib import Path

from miner.cli.app import app
from typer.testing import CliRunner

from miner import SUFFIXES

README = Path("README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"```sh\n(.+?)\n```", README, re.DOTALL)


def test_there_are_two_commands() -> None:
    first, second = COMMANDS
    assert first.endswith(".venv/bin/miner extract seeds/")
    assert second.endswith(".venv/bin/python tests/check.py")
    assert Path("tests/check.py").is_file()


def test_ci_runs_the_second() -> None:
    assert COMMANDS[1] in Path(".ci/run").read_text(encoding="utf-8").splitlines()


def test_the_sample_table_is_what_the_first_prints() -> None:
    sample = re.search(r"```text\n(.+?)\n…\n```", README, re.DOTALL)
    assert sample
    printed = {" ".join(line.split()) for line in CliRunner().invoke(app, ["extract", "seeds/"]).stdout.splitlines()}
    wanted = [" ".join(line.split()) for line in sample[1].splitlines() if not line.startswith("─")]
    assert [line for line in wanted if line not in printed] == []


def test_every_command_of_the_table_is_accepted(tmp_path: Path) -> None:
    commands = re.findall(r"\| `miner (.+?)`", README)
    options = [f"extract seeds/ {options}" for options in re.findall(r"\| `(--.+?)`", README)]
    assert (len(commands), len(options)) == (11, 2)
    for command in commands + options:
        written = command.replace(" figures", f" {tmp_path}/figures").replace("report.html", "-")
        arguments = [argument.strip('"') for argument in written.split()]
        assert CliRunner().invoke(app, arguments).exit_code == 0, command


def test_every_kind_of_file_that_is_read_is_named() -> None:
    assert [suffix for suffix in SUFFIXES if f"`{suffix}`" not in README] == []


def test_the_tour_runs() -> None:
    results = doctest.testfile("../README.md", encoding="utf-8", optionflags=doctest.NORMALIZE_WHITESPACE)
    assert results.failed == 0


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert Path(target).exists()
