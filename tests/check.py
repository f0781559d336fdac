"""Every check, in order: format, lint, types, imports, tests. The one command before a commit, and what CI runs.

Before the tests, the programs that some of them open files with are installed where that is possible.
"""

import os
import subprocess
import sys
from pathlib import Path

LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"
CHECKS = {
    "format": ["-m", "ruff", "format", "--check", "--diff"],
    "lint": ["-m", "ruff", "check"],
    "types": ["-m", "mypy"],
    "imports": ["-c", LINT_IMPORTS],
    "programs": ["tests/programs.py"],
    "tests": ["-m", "pytest", "-n", "auto"],
}


def main() -> int:
    """Run the checks, all of them whatever fails; return 1 where one did."""
    os.chdir(Path(__file__).parents[1])
    failed = []
    for name, arguments in CHECKS.items():
        print(f"== {name}", flush=True)  # noqa: T201 - what it is for
        if subprocess.run([sys.executable, *arguments], check=False).returncode:
            failed.append(name)
    if failed:
        print(f"failed: {', '.join(failed)}")  # noqa: T201
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
