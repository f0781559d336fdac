"""Write docs/licences.md: every package that miner uses or is developed with, and its licence: ``python docs/licences.py``.

The packages are those that pyproject.toml names and those that they need in turn, as they are installed here.
"""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING, Final

from packaging.requirements import Requirement

if TYPE_CHECKING:
    from email.message import Message

PAGE: Final = Path(__file__).with_name("licences.md")
PERMISSIVE: Final = frozenset({
    "0BSD", "Apache-2.0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "MIT-0", "MIT-CMU", "MPL-2.0", "PSF-2.0", "Zlib",
    "CNRI-Python",
})  # fmt: skip
"""The licences that allow what MIT allows, and MPL-2.0, which asks for changes to its own files only."""

HEAD: Final = """# Licences

What `miner` uses, and what it is developed with; `miner` itself is under the MIT licence. All are permissive, but for MPL-2.0,
which asks for the source of changes to its own files. `python docs/licences.py` writes this page from what is installed
with `pip install -e '.[dev]'`, and `tests/test_supply.py` holds it complete.

| package | licence | for |
| --- | --- | --- |
"""
# Licences as packages write them that know no SPDX expression.
_SPELT: Final = {
    "MIT License": "MIT", "BSD License": "BSD", "BSD 2-Clause License": "BSD-2-Clause", "ISC License (ISCL)": "ISC",
    "Apache Software License": "Apache-2.0", "Apache License 2.0": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
}  # fmt: skip


def packages() -> dict[str, str]:
    """Return the packages by name with what each is for: running, an extra, or development."""
    extras = ["xlsx", "pdf", "parquet", "fast", "cluster", "dev"]
    found: dict[str, str] = {}
    for extra in ["", *extras]:
        purpose = {"": "miner", "dev": "development"}.get(extra, f"miner[{extra}]")
        for name in sorted(_needed("miner", frozenset({extra})) - {"miner"}):
            found.setdefault(name, purpose)
    return dict(sorted(found.items()))


def _needed(name: str, extras: frozenset[str]) -> set[str]:
    """Return a package and what it needs in turn, as far as it is installed."""
    found: set[str] = set()
    waiting = [(name, extras)]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        name, extras = waiting.pop()
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        try:
            needs = distribution(name).requires or []
        except PackageNotFoundError:
            continue
        found.add(name)
        waiting += [
            (re.sub(r"[-_.]+", "-", need.name).lower(), frozenset(need.extras))
            for need in map(Requirement, needs)
            if need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in {"", *extras})
        ]
    return found


def licence(name: str) -> str:
    """Return the licence of a package as an SPDX expression, else as the package writes it."""
    data: Message = distribution(name).metadata  # type: ignore[assignment]  # it is one
    stated = [line.rpartition("::")[2].strip() for line in data.get_all("Classifier", []) if line.startswith("License")]
    told = (
        data.get("License-Expression") or (stated[0] if stated else "") or str(data.get("License", "")).split("\n")[0]
    )
    return _SPELT.get(told, told)


def is_permissive(expression: str) -> bool:
    """Tell whether an SPDX expression holds permissive licences only.

    Example:
        >>> is_permissive("Apache-2.0 OR BSD-2-Clause"), is_permissive("MIT AND GPL-3.0-only")
        (True, False)
    """
    return set(re.split(r" (?:AND|OR) ", expression)) <= PERMISSIVE


def page() -> str:
    """Return the page."""
    return HEAD + "".join(f"| {name} | {licence(name)} | {purpose} |\n" for name, purpose in packages().items())


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
