"""The programs that open what miner writes: found on this machine, or installed from the system's packages.

Run before the tests (tests/check.py does); a test asks `program` for one and is skipped where there is none.
"""

from __future__ import annotations

import os
import shutil
import subprocess

PACKAGES = {"soffice": "libreoffice-calc-nogui", "chromium": "chromium"}
"""Each program and the Debian or Ubuntu package that brings it."""

_ALSO = {"chromium": ("chromium-browser", "google-chrome"), "soffice": ("libreoffice",)}


def program(name: str) -> str | None:
    """Return the path of a program, None where it is not installed."""
    return next(filter(None, map(shutil.which, (name, *_ALSO[name]))), None)


def main() -> None:
    """Install what is missing, where this is a Debian whose packages may be installed; say what cannot be."""
    missing = [package for name, package in PACKAGES.items() if program(name) is None]
    if not missing:
        return
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        print(f"not installed, and the tests that need it are skipped: {', '.join(missing)}")  # noqa: T201
        return
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-qq"], ["install", "-qq", "-y", "--no-install-recommends", *missing]):
        subprocess.run(["apt-get", *command], check=False, env=quiet, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
