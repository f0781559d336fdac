"""The user's own words: what they change, what is said of a file that cannot be used, and what is suggested."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from cli.app import app
from miner import LexiconError, check_own, lexicon, mine_text, suggest, use_own
from miner.places.gazetteer import whereabouts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OWN = """
[[park]]
name = "云岭智谷"
also = ["云岭数字智谷"]
short = ["智谷"]
province = "云南省"
city = "昆明市"
examples = ["|云岭智谷|现有企业66家"]

[[indicator]]
name = "缝制线"
also = ["缝纫线"]
units = ["条"]
examples = ["|缝纫线|2条"]

[[unit]]
name = "挂"
kind = "count"
examples = ["货车|12挂|"]

[[ignore]]
name = "三个一百"
examples = ["实施三个一百工程"]
"""


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "miner.toml"
    path.write_text(OWN, encoding="utf-8")
    yield path
    lexicon.put_before({})


class TestUse:
    def test_own_parks_indicators_units_and_phrases(self, own: Path) -> None:
        text = "云岭数字智谷现有企业66家。智谷的缝纫线2条,货车12挂,实施三个一百工程。"
        use_own(own)
        rows = mine_text(text)
        assert [(row.park, row.province, row.text) for row in rows] == [
            ("云岭智谷", "云南省", "66家"), ("云岭智谷", "云南省", "2条"), ("云岭智谷", "云南省", "12挂"),
        ]  # fmt: skip
        assert [row.indicator_std for row in rows[1:]] == ["缝制线", ""]
        assert {row.park_id for row in rows} == {"云岭智谷"}

    def test_without_it_nothing_of_it_is_known(self) -> None:
        assert not any(row.park == "云岭智谷" for row in mine_text("云岭智谷现有企业66家。"))
        assert [row.text for row in mine_text("咸宁高新区货车12挂。")] == []

    def test_it_is_found_beside_the_input(self, own: Path) -> None:
        (own.parent / "a.txt").write_text("智谷现有企业66家。", encoding="utf-8")
        assert "云岭智谷" in CliRunner().invoke(app, ["extract", str(own.parent), "-f", "csv"]).stdout
        assert "云岭智谷" in CliRunner().invoke(app, ["extract", str(own.parent / "a.txt"), "-f", "csv"]).stdout

    def test_it_is_named(self, own: Path, tmp_path: Path) -> None:
        (tmp_path / "texts").mkdir()
        (tmp_path / "texts" / "a.txt").write_text("智谷现有企业66家。", encoding="utf-8")
        arguments = [
            "table",
            str(tmp_path / "texts"),
            "--rows",
            "indicator",
            "--columns",
            "park",
            "--lexicon",
            str(own),
        ]
        assert "云岭智谷" in CliRunner().invoke(app, arguments).stdout

    def test_it_explains(self, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        explain = ["explain", "智谷现有企业66家。"]
        assert "park: 云岭智谷" in CliRunner().invoke(app, [*explain, "--lexicon", str(own)]).stdout
        lexicon.put_before({})
        monkeypatch.chdir(own.parent)
        assert "park: 云岭智谷" in CliRunner().invoke(app, explain).stdout


class TestCheck:
    def test_what_is_taken_from_built_in_entries_is_said(self, own: Path) -> None:
        own.write_text(
            '[[indicator]]\nname = "外贸额"\nalso = ["进出口总额"]\nunits = ["元"]\nexamples = ["外贸额3亿元"]',
            encoding="utf-8",
        )
        assert [(found.spelling, found.built_in.name) for found in check_own(own)] == [("进出口总额", "货物进出口总额")]
        result = CliRunner().invoke(app, ["lexicon", "check", str(own)])
        assert result.exit_code == 0
        assert "line 1: 进出口总额 is taken from 货物进出口总额 (indicators.toml, line " in result.stdout
        use_own(own)
        assert [row.indicator_std for row in mine_text("进出口总额3亿元,进出口总值2亿元。")] == [
            "外贸额",
            "货物进出口总额",
        ]

    @pytest.mark.parametrize(
        ("written", "said"),
        [
            ("[[parks]]\nname = 'a'\nexamples = ['b']", "miner.toml, line 1: there is no [[parks]]; write [[park]], "),
            ("[[park]]\nname = 'a'", "miner.toml, line 1: 'a' needs an example"),
            (
                "[[park]]\nname = 'a'\nprovinz = 'b'\nexamples = ['c']",
                "miner.toml, line 3: [[park]] has no 'provinz'; ",
            ),
            ("[[unit]]\nname = 'a'\nexamples = ['c']", "miner.toml, line 1: 'a' needs kind = one of count, "),
            ("[[indicator]]\nname = 'a'\nexamples = ['c']", "miner.toml, line 1: 'a' needs the units that it is"),
            ("[[park]\n", "miner.toml: "),
        ],
    )
    def test_what_is_wrong_is_shown_with_its_line(self, own: Path, written: str, said: str) -> None:
        own.write_text(written, encoding="utf-8")
        with pytest.raises(LexiconError) as error:
            use_own(own)
        assert str(error.value).startswith(said)
        for command in (["lexicon", "check", str(own)], ["extract", str(own.parent)]):
            result = CliRunner().invoke(app, command)
            assert (result.exit_code != 0, result.stdout) == (True, "")
            assert said in result.stderr

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        result = CliRunner().invoke(app, ["lexicon", "check", str(tmp_path / "none.toml")])
        assert (result.exit_code, "cannot be read" in result.stderr) == (1, True)


def test_find_shows_entries_with_their_examples() -> None:
    result = CliRunner().invoke(app, ["lexicon", "find", "进出口总值"])
    assert "[[indicator]] 货物进出口总额" in result.stdout
    assert CliRunner().invoke(app, ["lexicon", "find", "没有这个词"]).exit_code == 1


def test_what_is_suggested_can_be_pasted(own: Path) -> None:
    rows = mine_text("园区铺设“缝制线”2条。另铺设“缝制线”3条,新增\\“缝制线”4条。" * 2)
    written = suggest(rows, at_least=1)
    assert tomllib.loads(written)["indicator"]
    own.write_text(written, encoding="utf-8")
    use_own(own)
    assert all(row.indicator_id for row in mine_text("园区铺设“缝制线”2条。另铺设“缝制线”3条。"))


@pytest.mark.parametrize(
    "mark", ["\x1b[31m", "\x07", "\x9b", "\u202e", "\ud83d", '"', "\\", "\\u", "\u3000"], ids=ascii
)
def test_whatever_stands_in_the_text_the_suggestion_is_toml(mark: str) -> None:
    written = suggest(mine_text(f"园区铺设{mark}缝制线{mark}2条,{mark}另铺设缝制线3条。"), at_least=1)
    entries = tomllib.loads(written)["indicator"]
    assert entries
    assert all(char.isprintable() or char == "\n" for char in written)


def test_the_short_form_of_an_own_park_goes_before_a_built_in_one(tmp_path: Path, own: Path) -> None:
    use_own(own)
    assert whereabouts("咸宁高新区").province == "湖北省"
    file = tmp_path / "other.toml"
    file.write_text(
        '[[park]]\nname = "云岭智谷"\nshort = ["咸宁高新区"]\nprovince = "云南省"\nexamples = ["|云岭智谷|"]', "utf-8"
    )
    use_own(file)
    assert whereabouts("咸宁高新区").province == "云南省"
