"""What the program is made of: bounded requirements, a lock that fits them, permissive licences, and a quiet import."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
import textwrap
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from packaging.requirements import Requirement

if TYPE_CHECKING:
    from types import ModuleType

PROJECT = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))
NAMED = [
    Requirement(need)
    for group in (
        PROJECT["build-system"]["requires"],
        PROJECT["project"]["dependencies"],
        *PROJECT["project"]["optional-dependencies"].values(),
    )
    for need in group
    if not need.startswith("miner[")
]
LOCK = Path("requirements.lock").read_text(encoding="utf-8")
LOCKED = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", LOCK, re.MULTILINE))


@pytest.fixture(scope="module")
def licences() -> ModuleType:
    spec = importlib.util.spec_from_file_location("licences", "docs/licences.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("need", NAMED, ids=str)
def test_a_requirement_has_a_lower_and_an_upper_bound(need: Requirement) -> None:
    assert {">=", "<"} <= {bound.operator for bound in need.specifier}


@pytest.mark.parametrize("need", [need for need in NAMED if need.name in LOCKED], ids=str)
def test_the_lock_is_within_the_bounds(need: Requirement) -> None:
    assert need.specifier.contains(LOCKED[need.name])


def test_the_lock_holds_what_is_required_with_hashes_and_names_no_host() -> None:
    peers = {Requirement(need).name for need in PROJECT["project"]["optional-dependencies"]["peers"]}
    assert {need.name for need in NAMED} - peers <= set(LOCKED)
    assert len(re.findall(r"--hash=sha256:[0-9a-f]{64}\b", LOCK)) == len(LOCKED)
    assert "://" not in LOCK


def test_the_page_of_licences_lists_every_package_of_the_lock() -> None:
    """The lock and not what is installed: a package of tomorrow must not fail a change of today."""
    page = Path("docs/licences.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| ([a-z0-9-]+) \|", page, re.MULTILINE)) - {"package", "---"} == set(LOCKED)


def test_each_licence_of_what_is_installed_is_permissive(licences: ModuleType) -> None:
    told = {name: licences.licence(name) for name in licences.packages()}
    assert {name: text for name, text in told.items() if not licences.is_permissive(text)} == {}


QUIET = textwrap.dedent("""
    import sys, threading
    events = []
    sys.addaudithook(lambda event, arguments: events.append((event, arguments)))
    import {name}
    WRITES = ("socket.", "subprocess.", "os.exec", "os.fork", "os.mkdir", "os.remove", "os.rename", "tempfile.", "urllib.")
    for event, arguments in events:
        written = event == "open" and set(str(arguments[1])) & set("wax+")
        assert not (written or event.startswith(WRITES)), (event, arguments)
    assert threading.active_count() == 1
""")


@pytest.mark.parametrize(
    "name", ["miner", "miner.cli.app", "miner.words", "miner.jobs", "miner.report", "miner.exports"]
)
def test_importing_opens_no_file_to_write_no_connection_and_no_thread(tmp_path: Path, name: str) -> None:
    environment = os.environ | {"TMPDIR": str(tmp_path), "HOME": str(tmp_path), "PYTHONPATH": str(Path.cwd())}
    run = subprocess.run(
        [sys.executable, "-B", "-c", QUIET.format(name=name)], cwd=tmp_path, env=environment, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert (run.returncode, run.stderr, list(tmp_path.iterdir())) == (0, "", [])
