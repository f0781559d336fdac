"""The description of a CSV for programs: the properties that the standard requires, and the file as it is."""

from __future__ import annotations

import csv
import hashlib
import json
from typing import TYPE_CHECKING, Any

import pytest

import miner
from miner.exports.datapackage import write_datapackage
from miner.schema import CHOICES, COLUMNS, DECIMALS, HEADINGS, INTEGERS

if TYPE_CHECKING:
    from pathlib import Path

    from miner.schema import Language


def described(folder: Path, headers: Language | None = None) -> dict[str, Any]:
    """Return the one resource of the package that describes the figures of the seeds."""
    miner.export(miner.mine("seeds/"), folder / "园区.csv", headers=headers)
    path = write_datapackage(folder / "园区.csv")
    assert path == folder / "datapackage.json"
    (resource,) = json.loads(path.read_text(encoding="utf-8"))["resources"]
    return dict(resource)


def test_it_has_what_the_standard_requires(tmp_path: Path) -> None:
    resource = described(tmp_path)
    assert resource["name"] == "figures"
    assert (resource["path"], resource["format"], resource["mediatype"]) == ("园区.csv", "csv", "text/csv")
    assert (resource["type"], resource["encoding"]) == ("table", "utf-8")
    assert all({"name", "type", "description"} <= set(field) for field in resource["schema"]["fields"])


def test_the_hash_and_the_size_are_those_of_the_file(tmp_path: Path) -> None:
    resource = described(tmp_path)
    written = (tmp_path / resource["path"]).read_bytes()
    assert resource["hash"] == f"sha256:{hashlib.sha256(written).hexdigest()}"
    assert resource["bytes"] == len(written)


@pytest.mark.parametrize("headers", [None, "zh", "en"])
def test_fields_bear_the_headings_of_the_file_and_the_names_of_the_columns(
    tmp_path: Path, headers: Language | None
) -> None:
    fields = described(tmp_path, headers)["schema"]["fields"]
    with (tmp_path / "园区.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [field["name"] for field in fields] == next(csv.reader(file))
    assert [field["name"] for field in fields] == list(HEADINGS[headers] if headers else COLUMNS)
    assert [field["title"] for field in fields] == list(COLUMNS)


def test_types_and_constraints_hold_for_every_row(tmp_path: Path) -> None:
    fields = {field["name"]: field for field in described(tmp_path)["schema"]["fields"]}
    assert {name for name, field in fields.items() if field["type"] == "number"} == DECIMALS
    assert {name for name, field in fields.items() if field["type"] == "integer"} == INTEGERS
    assert {name for name, field in fields.items() if "enum" in field.get("constraints", {})} == set(CHOICES)
    for row in miner.mine("seeds/"):
        for name, field in fields.items():
            value, rules = getattr(row, name), field.get("constraints", {})
            if value in {"", None}:
                assert not rules.get("required")
            else:
                assert value in rules.get("enum", [value])


def test_what_is_no_table_of_figures_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\n")
    with pytest.raises(ValueError, match="no table of figures"):
        write_datapackage(tmp_path / "a.csv")


def test_no_day_and_no_place_is_in_it(tmp_path: Path) -> None:
    described(tmp_path)
    text = (tmp_path / "datapackage.json").read_text(encoding="utf-8")
    assert str(tmp_path) not in text
    assert "created" not in text
