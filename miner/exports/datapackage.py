"""What a CSV holds, said for programs: a ``datapackage.json`` beside it, with a Table Schema.

Source: Data Package 1 and 2 (https://datapackage.org/), whose required properties are the same for one table.
"""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

from miner.exports.whole import replace_file
from miner.schema import CHOICES, COLUMNS, DECIMALS, INTEGERS, MEANINGS

if TYPE_CHECKING:
    import os

NAME = "datapackage.json"


def write_datapackage(path: str | os.PathLike[str]) -> Path:
    """Describe the CSV at ``path``, which `export` wrote, in a ``datapackage.json`` beside it; return where that is.

    The description bears no date, and the hash and the size of the CSV, so that one of another file is found out.

    Raises:
        OSError: the CSV cannot be read, or the description cannot be written.
        ValueError: the file has not the columns of a table of figures.

    Example:
        >>> import tempfile
        >>> from miner import export, mine_text
        >>> file = Path(tempfile.mkdtemp(), "figures.csv")
        >>> export(mine_text("园区有企业66家。"), file)
        1
        >>> described = json.loads(write_datapackage(file).read_text(encoding="utf-8"))
        >>> described["resources"][0]["schema"]["fields"][0]["name"]
        'park'
    """
    table = Path(path)
    with table.open(encoding="utf-8-sig", newline="") as text:
        names = next(csv.reader(text), [])
    if len(names) != len(COLUMNS):
        raise ValueError(f"{table}: this is no table of figures: it has not {len(COLUMNS)} columns")
    with table.open("rb") as whole:
        digest = hashlib.file_digest(whole, "sha256").hexdigest()
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "figures",
        "title": "Figures that Chinese texts state about industrial parks",
        "resources": [
            {
                "name": "figures",
                "path": table.name,
                "type": "table",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": table.stat().st_size,
                "hash": f"sha256:{digest}",
                "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
                "schema": {
                    "fields": [_field(column, name) for column, name in zip(COLUMNS, names, strict=True)],
                    "missingValues": [""],
                },
            }
        ],
    }
    described = table.with_name(NAME)
    with replace_file(described) as file:
        file.write(json.dumps(package, ensure_ascii=False, indent=2) + "\n")
    return described


def _field(column: str, name: str) -> dict[str, object]:
    """Describe a column; ``name`` is its heading in this file, which its title gives back as a name."""
    kind = "number" if column in DECIMALS else "integer" if column in INTEGERS else "string"
    words = CHOICES.get(column, ())
    required = column in INTEGERS or column in {"number", "value"} or bool(words and "" not in words)
    constraints: dict[str, object] = {"required": True} if required else {}
    if words:
        constraints["enum"] = [word for word in words if word]
    if column in INTEGERS:
        constraints["minimum"] = 0
    described: dict[str, object] = {"name": name, "type": kind, "title": column, "description": MEANINGS[column]}
    return described | ({"constraints": constraints} if constraints else {})
