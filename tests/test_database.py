"""The SQLite database: keys that hold, views and an index that find, numbers that sort and add up."""

from __future__ import annotations

import io
import re
import sqlite3
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import miner
from miner.exports import export
from miner.exports.sqlite import PARTS
from miner.schema import COLUMNS
from tests.rows import HOSTILE, observations, row, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from miner.schema import Observation


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path = tmp_path_factory.mktemp("database") / "figures.db"
    export(miner.mine("seeds/"), path)
    with closing(sqlite3.connect(path)) as base:
        yield base


def database(rows: list[Observation]) -> sqlite3.Connection:
    written = io.BytesIO()
    export(rows, written, "sqlite")
    base = sqlite3.connect(":memory:")
    base.deserialize(written.getvalue())
    return base


def views(base: sqlite3.Connection) -> list[str]:
    """Return the names of the views of parks, in the order in which they were made."""
    return [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'view'")][1:]


def seen(base: sqlite3.Connection, view: str, column: str = "text") -> list[str]:
    """Return a column of a view."""
    quoted = view.replace('"', '""')
    return [value for (value,) in base.execute(f'SELECT "{column}" FROM "{quoted}"')]  # noqa: S608 - quoted


class TestTables:
    def test_every_column_of_the_contract_has_one_place(self, seeds: sqlite3.Connection) -> None:
        own = {name for _, name, *_ in seeds.execute("PRAGMA table_info(observation)")}
        parts = {name for table in PARTS for _, name, *_ in seeds.execute(f"PRAGMA table_info({table})")}
        assert own | parts == {*COLUMNS, "id", "name"}

    def test_keys_hold_and_the_file_is_sound(self, seeds: sqlite3.Connection) -> None:
        assert seeds.execute("PRAGMA foreign_key_check").fetchall() == []
        assert seeds.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert {line[2] for line in seeds.execute("PRAGMA foreign_key_list(observation)")} == set(PARTS)

    def test_a_park_stands_once(self, seeds: sqlite3.Connection) -> None:
        parks = {(row.park, row.park_kind, row.park_id, row.province, row.city) for row in miner.mine("seeds/")}
        assert set(seeds.execute("SELECT name, park_kind, park_id, province, city FROM park")) == parks
        assert seeds.execute("SELECT count(*) FROM park").fetchone() == (len(parks),)

    @settings(max_examples=30)
    @given(st.lists(observations(), max_size=4))
    def test_of_anything(self, rows: list[Observation]) -> None:
        with closing(database(rows)) as base:
            assert base.execute("PRAGMA foreign_key_check").fetchall() == []
            assert sorted(text for view in views(base) for text in seen(base, view)) == sorted(row.text for row in rows)


class TestNumbers:
    def test_they_sort_and_add_up(self) -> None:
        with closing(database([row(value=Decimal(text)) for text in ("10", "9.5", "-8.8")])) as base:
            assert base.execute("SELECT value FROM figures ORDER BY value").fetchall() == [(-8.8,), (9.5,), (10,)]
            assert base.execute("SELECT sum(value) FROM figures").fetchone() == (10.7,)

    @pytest.mark.parametrize(
        ("number", "kind"),
        [
            ("66", "integer"),
            ("6.6E+10", "integer"),
            ("9223372036854775807", "integer"),
            ("9223372036854775808", "text"),
            ("1E+30", "real"),
            ("139.7", "real"),
            ("1234567890123.45", "real"),
            ("12345678901234.567", "text"),
        ],
    )
    def test_a_number_that_no_double_holds_is_its_digits(self, number: str, kind: str) -> None:
        with closing(database([row(value=Decimal(number))])) as base:
            ((found, stored),) = base.execute("SELECT value, typeof(value) FROM figures")
        assert (Decimal(repr(found) if kind != "text" else found), stored) == (Decimal(number), kind)


class TestViews:
    def test_one_for_each_park(self, seeds: sqlite3.Connection) -> None:
        rows = list(miner.mine("seeds/"))
        assert views(seeds) == [f"park {park}" for park in dict.fromkeys(row.park for row in rows)]
        assert seen(seeds, "park 天津港综合保税区") == [row.text for row in rows if row.park == "天津港综合保税区"]

    def test_one_park_of_two_kinds_has_one_view(self) -> None:
        with closing(database([row(park_kind="park"), row(park_kind="group")])) as base:
            assert views(base) == ["park 天津港综合保税区"]
            assert len(seen(base, "park 天津港综合保税区")) == 2

    @pytest.mark.parametrize("name", HOSTILE)
    def test_a_name_is_only_a_name(self, name: str) -> None:
        with closing(database([row(park=name), row(park="observation"), row()])) as base:
            view, *others = views(base)
            assert others == ["park observation", "park 天津港综合保税区"]
            assert seen(base, view, "park") == [name]
            assert base.execute("SELECT count(*) FROM park").fetchone() == (3,)

    def test_names_that_differ_in_case_alone_are_two_views(self) -> None:
        with closing(database([row(park="Park"), row(park="PARK"), row(park="")])) as base:
            assert views(base) == ["park Park", "park PARK (2)", "park (no name)"]


@pytest.mark.parametrize(
    "query", re.findall(r"```sql\n(.+?)```", Path("docs/exports.md").read_text("utf-8"), re.DOTALL)
)
def test_the_queries_of_the_documentation_find_something(seeds: sqlite3.Connection, query: str) -> None:
    assert seeds.execute(query).fetchall()


class TestIndex:
    @pytest.mark.parametrize("word", ["进出口", "外商投資", "139.7億元"])
    def test_part_of_a_sentence_is_found(self, seeds: sqlite3.Connection, word: str) -> None:
        found = seeds.execute(
            "SELECT sentence FROM observation WHERE id IN (SELECT rowid FROM observation_fts WHERE observation_fts MATCH ?)",
            [f'"{word}"'],
        ).fetchall()
        stated = [row.sentence for row in miner.mine("seeds/") if word in row.sentence]
        assert [sentence for (sentence,) in found] == stated

    def test_part_of_an_indicator_is_found_also_by_its_canonical_name(self, seeds: sqlite3.Connection) -> None:
        query = "SELECT name FROM indicator WHERE id IN (SELECT rowid FROM indicator_fts WHERE indicator_fts MATCH ?)"
        assert ("进出口总额",) in seeds.execute(query, ["货物进出口"]).fetchall()

    def test_datasette_finds_the_index_of_a_table(self, seeds: sqlite3.Connection) -> None:
        """Datasette's own search (datasette.utils.detect_fts_sql) looks for this text."""
        for table in ("observation", "indicator"):
            like = f'%VIRTUAL TABLE%USING FTS%content="{table}"%'
            found = seeds.execute("SELECT name FROM sqlite_master WHERE rootpage = 0 AND sql LIKE ?", [like]).fetchall()
            assert found == [(f"{table}_fts",)]

    @settings(max_examples=30)
    @given(texts)
    def test_text_of_any_kind_can_be_indexed(self, text: str) -> None:
        with closing(database([row(sentence=text, indicator=text)])) as base:
            base.execute("INSERT INTO observation_fts (observation_fts) VALUES ('integrity-check')")
