"""Write requirements.lock: the versions of all packages that miner is developed with here, with the hashes of their files.

``python docs/lock.py`` asks pip what it would install for ``pip install -e '.[dev]'``, with the newest versions that
pyproject.toml allows. Who wants the very same: ``pip install --require-hashes -r requirements.lock``, and then
``pip install --no-deps -e .``. The hashes are those of the files for one system and Python; on another, write it anew.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

LOCK: Final = Path(__file__).parents[1] / "requirements.lock"
HEAD: Final = (
    "# Written by python docs/lock.py, which says how it is used; no host is named, pip asks where it is set up to.\n"
)
PIP: Final = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed", "--report", "-"]


def lock(report: str) -> str:
    """Return the lock for what pip reports, in the order of the names.

    Example:
        >>> archive = {"archive_info": {"hashes": {"sha256": "12ab"}}}
        >>> print(lock(json.dumps({"install": [{"metadata": {"name": "A_b", "version": "1"}, "download_info": archive}]})))
        a-b==1 --hash=sha256:12ab
    """
    lines = []
    for item in json.loads(report)["install"]:
        name = re.sub(r"[-_.]+", "-", item["metadata"]["name"]).lower()
        if name != "miner":
            digest = item["download_info"]["archive_info"]["hashes"]["sha256"]
            lines.append(f"{name}=={item['metadata']['version']} --hash=sha256:{digest}")
    return "\n".join(sorted(lines))


if __name__ == "__main__":
    told = subprocess.run([*PIP, "-e", f"{LOCK.parent}[dev]"], capture_output=True, text=True, check=True)  # noqa: S603 - no text from outside
    LOCK.write_text(HEAD + lock(told.stdout) + "\n", encoding="utf-8")
