"""The contract (docs/figures.md), one class a clause, the clause quoted above its tests."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import miner
from miner.schema import COLUMNS
from miner.text import fold, simplify

SEEDS = sorted(Path(__file__).parents[1].joinpath("seeds").glob("*.txt"))
DATE = dt.date(2024, 5, 31)


@cache
def sentences() -> tuple[str, ...]:
    """Return the sentences of the seeds, in both scripts."""
    found = [s for path in SEEDS for s in re.findall(r"[^。\n]{4,200}[。\n]", path.read_text(encoding="utf-8"))]
    return (*found, *map(simplify, found))


PIECES = st.one_of(
    st.sampled_from(sentences()),
    st.text(max_size=20),
    st.text(alphabet="0123456789一二三十百千万亿%，、。元人个家增长约超至第年月 \n“”《》()", max_size=20),
)
TEXTS = st.lists(PIECES, max_size=5).map("".join)


def only(text: str, date: dt.date | None = None) -> miner.Observation:
    """Return the one row of a text."""
    rows = miner.mine_text(text, date=date)
    assert len(rows) == 1, [row.text for row in rows]
    return rows[0]


class TestColumns:
    """The same words are used in the CSV header, the Python API and the gold files."""

    def test_the_row_has_the_columns_of_the_contract(self) -> None:
        row = only("园区现有企业66家。")
        assert [name for name in COLUMNS if hasattr(row, name)] == list(COLUMNS)
        assert (
            len(COLUMNS) == 22 + 6 + 1
        )  # six that place a row in a table across texts, and its place in a file that is no text


class TestOffsets:
    """`start`, `end`: offsets in characters into the decoded file; `text`: decoded[start:end], exactly."""

    @settings(max_examples=200)
    @given(text=TEXTS)
    def test_text_is_what_stands_there(self, text: str) -> None:
        for row in miner.mine_text(text, date=DATE):
            assert row.text == text[row.start : row.end] != ""

    @settings(max_examples=200)
    @given(text=TEXTS)
    def test_figures_stand_in_order_and_apart(self, text: str) -> None:
        rows = miner.mine_text(text, date=DATE)
        assert all(one.end <= other.start for one, other in pairwise(rows))

    @settings(max_examples=200)
    @given(text=TEXTS)
    def test_line_and_sentence_hold_the_figure(self, text: str) -> None:
        """`line`: 1-based; lines end at LF, CRLF or CR. `sentence`: exactly as in the file, stripped."""
        for row in miner.mine_text(text, date=DATE):
            assert row.line == 1 + len(re.findall(r"\r\n|\r|\n", text[: row.start]))
            assert row.sentence in text
            assert row.sentence == row.sentence.strip()

    @settings(max_examples=200)
    @given(text=TEXTS)
    def test_no_text_raises_and_values_are_exact(self, text: str) -> None:
        for row in miner.mine_text(text):
            assert isinstance(row.value, Decimal)
            assert row.value.is_finite()

    @given(text=st.text())
    def test_the_twin_is_of_equal_length(self, text: str) -> None:
        assert len(fold(text)) == len(simplify(text)) == len(text)


@given(
    st.text(st.sampled_from("，（）；：！％［］,()苧薴乾於總額「」\u3000○〇①é\U00020000\ud800增长5家")),
    st.sampled_from([1, 400]),
)
def test_a_text_is_folded_as_its_characters_are(text: str, times: int) -> None:
    assert fold(text * times) == "".join(map(fold, text)) * times


class TestSameInputSameRows:
    """The same input gives the same rows."""

    @settings(max_examples=50)
    @given(text=TEXTS)
    def test_again(self, text: str) -> None:
        assert miner.mine_text(text, date=DATE) == miner.mine_text(text, date=DATE)

    @pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name)
    def test_text_before_and_after_moves_nothing_but_offsets(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        values = [(row.text, row.value, row.base_unit) for row in miner.mine_text(text)]
        moved = [(row.text, row.value, row.base_unit) for row in miner.mine_text(f"\n\n{text}\n\n")]
        assert moved == values


class TestTwoScripts:
    """Digits, numerals and mixtures count alike, in simplified and traditional script."""

    @pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name)
    def test_twins_give_the_same_rows(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        rows, twins = miner.mine_text(text), miner.mine_text(simplify(text))
        hidden = {"text", "sentence"}
        plain = [{c: getattr(row, c) for c in COLUMNS if c not in hidden} for row in rows]
        assert plain == [{c: getattr(row, c) for c in COLUMNS if c not in hidden} for row in twins]

    @settings(max_examples=100)
    @given(text=TEXTS)
    def test_twins_give_the_same_values(self, text: str) -> None:
        values = [(row.start, row.end, row.value, row.base_unit) for row in miner.mine_text(text)]
        twins = [(row.start, row.end, row.value, row.base_unit) for row in miner.mine_text(simplify(text))]
        assert values == twins

    @pytest.mark.parametrize("column", ["park", "subject", "indicator", "unit", "period_text"])
    def test_columns_are_simplified(self, column: str) -> None:
        rows = [row for path in SEEDS for row in miner.mine_text(path.read_text(encoding="utf-8"))]
        assert rows
        assert [getattr(row, column) for row in rows if simplify(getattr(row, column)) != getattr(row, column)] == []


class TestNumberUnitValue:
    """`number` as written, without its magnitude word; `unit` with it; `value` exact, in `base_unit`."""

    @pytest.mark.parametrize(
        ("text", "number", "unit", "value", "base_unit"),
        [
            ("进出口总额139.7亿元", "139.7", "亿元", "13970000000", "元"),
            ("市场主体达1.1万户", "1.1", "万户", "11000", "户"),
            ("占比三成", "3", "成", "30", "%"),
            ("按七折收取租金", "7", "折", "70", "%"),
            ("党员两名", "2", "名", "2", "人"),
            ("绿道长60KM", "60", "KM", "60", "公里"),
            ("整车出口突破百万辆", "100", "万辆", "1000000", "辆"),
            ("产值突破亿元", "1", "亿元", "100000000", "元"),
            ("党员人数478人", "478", "人", "478", "人"),
            ("用电量3亿度", "3", "亿度", "300000000", "千瓦时"),
            ("耕地60亩", "60", "亩", "60", "亩"),
            ("比上年提高2个百分点", "2", "个百分点", "2", "百分点"),
        ],
    )
    def test_example(self, text: str, number: str, unit: str, value: str, base_unit: str) -> None:
        row = only(text)
        assert (str(row.number), row.unit, f"{row.value:f}", row.base_unit) == (number, unit, value, base_unit)


class TestMeasure:
    """level, growth, change, share, rank; `value` carries the sign: 下降8.8% is value -8.8, direction down."""

    @pytest.mark.parametrize(
        ("text", "measure", "value", "direction"),
        [
            ("组建率84.8%", "level", "84.8", ""),
            ("产值同比增长33.4%", "growth", "33.4", "up"),
            ("产值翻一番", "growth", "100", "up"),
            ("产值增长1.2倍", "growth", "1.2", "up"),
            ("产值下降8.8%", "growth", "-8.8", "down"),
            ("企业比上年增加54家", "change", "54", "up"),
            ("占比提高2个百分点", "change", "2", "up"),
            ("企业净增42家", "change", "42", "up"),
            ("企业比上年减少54家", "change", "-54", "down"),
            ("产值占全市近九成", "share", "90", ""),
            ("服务业比重60%", "share", "60", ""),
            ("产值位居全省第3位", "rank", "3", ""),
        ],
    )
    def test_example(self, text: str, measure: str, value: str, direction: str) -> None:
        row = only(text)
        assert (row.measure, f"{row.value:f}", row.direction) == (measure, value, direction)

    @settings(max_examples=200)
    @given(text=TEXTS)
    def test_sign_and_direction_agree(self, text: str) -> None:
        for row in miner.mine_text(text, date=DATE):
            if row.direction == "down":
                assert row.value <= 0
            if row.measure not in {"growth", "change"}:
                assert row.direction == row.basis == ""


class TestBasis:
    """yoy (同比, 比上年同期, 比上年), mom (环比, 比上月), base (any other), average (年均增长), area (快于全市平均)."""

    @pytest.mark.parametrize(
        ("words", "basis"),
        [
            ("同比增长", "yoy"),
            ("比上年同期增长", "yoy"),
            ("比上年增长", "yoy"),
            ("环比增长", "mom"),
            ("比上月增长", "mom"),
            ("比2015年增长", "base"),
            ("较“十三五”末增长", "base"),
            ("年均增长", "average"),
            ("两年平均增长", "average"),
            ("增长", ""),
        ],
    )
    def test_growth(self, words: str, basis: str) -> None:
        assert only(f"园区产值{words}5.2%。").basis == basis

    def test_five_years(self) -> None:
        assert only("五年来，园区产值增长52%。").basis == "base"

    def test_area(self) -> None:
        assert only("园区产值增速快于全市平均0.4个百分点。").basis == "area"


class TestBounds:
    """Both for range; min for over and at_least; max for nearly, under, at_most; both equal value for exact; both
    blank for about. For range, value is the lower bound and number too.
    """

    @settings(max_examples=200)
    @given(text=TEXTS)
    def test_bounds_follow_the_modifier(self, text: str) -> None:
        for row in miner.mine_text(text):
            bounds = (row.value_min is not None, row.value_max is not None)
            assert (
                bounds
                == {
                    "exact": (True, True),
                    "range": (True, True),
                    "about": (False, False),
                    "over": (True, False),
                    "at_least": (True, False),
                    "nearly": (False, True),
                    "under": (False, True),
                    "at_most": (False, True),
                }[row.modifier]
                or row.direction == "down"
            )
            if row.modifier == "exact":
                assert row.value_min == row.value_max == row.value
            if row.modifier == "range" and row.direction != "down":
                assert row.value == row.value_min
                assert row.value_max is not None
                assert row.value_max > row.value

    def test_a_fall_turns_its_bounds(self) -> None:
        row = only("园区能耗下降超过5%。")
        assert (row.value, row.value_min, row.value_max) == (Decimal(-5), None, Decimal(-5))

    def test_a_shared_modifier(self) -> None:
        """分别突破1.5万亿元、1.4万亿元: both are `over`."""
        rows = miner.mine_text("出口、进口分别突破1.5万亿元、1.4万亿元。")
        assert [(row.text, row.modifier) for row in rows] == [("突破1.5万亿元", "over"), ("1.4万亿元", "over")]


class TestSpan:
    """Span: modifier, number, magnitude and unit, contiguous. Not the indicator, and not 增长/占."""

    @pytest.mark.parametrize(
        "figure", ["近500个", "不少于56学时", "1000—3000元", "约三成", "11万余家", "百分之五", "120多条", "32.81%"]
    )
    def test_example(self, figure: str) -> None:
        assert only(f"园区登记在册{figure}。").text == figure

    def test_the_verb_stays_outside(self) -> None:
        assert [row.text for row in miner.mine_text("园区产值增长近两成，占全市的近九成。")] == ["近两成", "近九成"]


class TestPeriods:
    """A period carries to later figures of the same paragraph until another replaces it; it does not cross a heading
    or a blank line.
    """

    def test_it_carries(self) -> None:
        rows = miner.mine_text("2023年，园区引进项目12个，到位资金5亿元。新增企业66家。")
        assert {row.period for row in rows} == {"2023"}

    def test_another_replaces_it(self) -> None:
        rows = miner.mine_text("2022年，园区引进项目12个。2023年，园区引进项目18个。新增企业66家。")
        assert [row.period for row in rows] == ["2022", "2023", "2023"]

    def test_it_stops_at_a_blank_line(self) -> None:
        rows = miner.mine_text("2023年，园区引进项目12个。\n\n园区现有企业66家。")
        assert [row.period for row in rows] == ["2023", ""]

    def test_it_stops_at_a_heading(self) -> None:
        rows = miner.mine_text("2023年，园区引进项目12个。\n二、创新发展\n园区现有企业66家。")
        assert [row.period for row in rows] == ["2023", ""]

    def test_never_guessed(self) -> None:
        """Where the document has no date and none is given on the command line, blank, never guessed."""
        row = only("去年，园区引进项目12个。")
        assert (row.period_text, row.period) == ("去年", "")

    def test_given(self) -> None:
        assert only("去年，园区引进项目12个。", date=DATE).period == "2023"

    def test_the_document_has_a_date(self) -> None:
        assert only("园区动态\n发布时间：2022-06-22 来源：红星网\n去年，园区引进项目12个。").period == "2021"

    def test_since(self) -> None:
        """Since (2018年成立以来): `2018/..`. 近三年来 resolved from 2025: `2023/2025`."""
        assert only("2018年成立以来，园区引进项目12个。").period == "2018/.."
        assert only("近三年来，园区引进项目12个。", date=dt.date(2025, 3, 1)).period == "2023/2025"


class TestNotFigures:
    """Not figures: dates, ordinals, names and slogans, 一 as an article, identifiers, the page's furniture."""

    @pytest.mark.parametrize(
        "text",
        [
            "2022年，今年1月至8月，近三年来。",
            "公布24小时电话。",
            "按照第五条、第二章办理，一是抓学习。",
            "见第006版，荣获一等奖。",
            "打造“五大中心”，建设“三支队伍”，落实三会一课。",
            "两新组织学习十八大精神，获五一劳动奖。",
            "实现“1+1>2”，推进“六双工程”，一支一策。",
            "中铁十六局健全三级组织体系。",
            "一名党员就是一面旗帜，一项长远工作，一批典型，一个个，一系列。",
            "走出一条特色发展之路。",
            "多种形式，数家企业，若干部门，几年时间。",
            "COVID-19、5G、ISO14000、PM2.5。",
            "请在30日内联系，第001版，报料热线966123。",
        ],
    )
    def test_example(self, text: str) -> None:
        assert [row.text for row in miner.mine_text(text)] == []


class TestLists:
    """A shared unit belongs to both numbers, and a list that shares a verb is paired off in order."""

    def test_a_shared_noun(self) -> None:
        rows = miner.mine_text("全市打造90个市级、303个区级党建工作示范点。")
        assert [(row.text, row.indicator) for row in rows] == [
            ("90个", "市级党建工作示范点"),
            ("303个", "区级党建工作示范点"),
        ]

    def test_paired_off(self) -> None:
        rows = miner.mine_text("出口、进口分别增长5.8%、2.4%。")
        assert [(row.indicator, row.value) for row in rows] == [("出口", Decimal("5.8")), ("进口", Decimal("2.4"))]

    def test_one_rate_for_a_joined_subject(self) -> None:
        """A、B均增长x%: one row, indicator A、B."""
        assert only("出口、进口均增长5.8%。").indicator == "出口、进口"


class TestPointsThatReadersAskedAbout:
    """Section 4 of the contract."""

    @pytest.mark.parametrize(
        ("text", "value", "unit", "modifier"),
        [
            ("综合实力位居全省第3位", "3", "位", "exact"),
            ("综合实力位居全省第一名", "1", "名", "exact"),
            ("综合实力居全国第一", "1", "", "exact"),
            ("综合实力居全省前三", "3", "", "at_most"),
        ],
    )
    def test_rank(self, text: str, value: str, unit: str, modifier: str) -> None:
        """The span takes 第 and the classifier; unit and base_unit as written, blank in 居全国第一."""
        row = only(text)
        assert (row.measure, str(row.value), row.unit, row.base_unit) == ("rank", value, unit, unit)
        assert row.modifier == modifier

    @pytest.mark.parametrize("text", ["去年新增企业510户。", "去年新增510户企业。"])
    def test_newly_added(self, text: str) -> None:
        """新增 in either order is a level and stays in the indicator."""
        row = only(text)
        assert (row.measure, row.indicator) == ("level", "新增企业")

    @pytest.mark.parametrize("text", ["去年净增企业510户。", "去年企业净增510户。", "去年企业增量510户。"])
    def test_net(self, text: str) -> None:
        """净增 and 增量 are change."""
        assert only(text).measure == "change"

    @pytest.mark.parametrize(
        ("text", "unit", "base_unit"),
        [("为园区创造10亿产值", "亿", "元"), ("税收近3000万", "万", "元"), ("惠及76万群众", "万", "")],
    )
    def test_money_without_its_unit(self, text: str, unit: str, base_unit: str) -> None:
        """`unit` as written, `base_unit` 元 where the indicator is money; a count without its classifier: blank."""
        row = only(text)
        assert (row.unit, row.base_unit) == (unit, base_unit)

    def test_a_measured_duration(self) -> None:
        """A measured duration (28年党龄, 不少于56学时) is a figure."""
        assert only("他有28年党龄。").text == "28年"
        assert only("培训不少于56学时。").text == "不少于56学时"

    def test_a_shared_unit_behind_its_classifier(self) -> None:
        """Shared unit (高于全国12.7个、12个百分点): the first span is 12.7个, unit 个百分点."""
        rows = miner.mine_text("增速高于全国12.7个、12个百分点。")
        assert [(row.text, row.unit) for row in rows] == [("12.7个", "个百分点"), ("12个百分点", "个百分点")]
