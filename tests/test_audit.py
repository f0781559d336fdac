"""What is checked of the figures of texts, and what is not: true claims hold, planted errors fail, the rest is left alone."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from cli.app import app
from miner import Finding, audit, mine, mine_text


def told(*texts: str) -> list[tuple[str, str, str]]:
    """Audit texts as files of their own."""
    rows = [row for n, text in enumerate(texts) for row in mine_text(text, source=f"{n}.txt")]
    return [(finding.check, finding.verdict, finding.claim) for finding in audit(rows)]


def test_every_check_that_a_reader_can_make_on_the_seeds_is_made() -> None:
    assert sorted((f.check, f.verdict, f.claim) for f in audit(mine("seeds/"))) == [
        ("growth of a count", "holds", "510 is 32.81 % more than 384"),  # 510 / 384 = 1.328125
        ("growth of a count", "holds", "9 is 200 % more than 3"),
        ("part of a whole", "holds", "7 ≤ 10"),  # 10名技术能手,其中就有7名是共产党员
        ("parts and whole", "holds", "66 = 36 + 30"),
        ("rate and counts", "holds", "32 / 32 = 100 %"),
    ]


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["现有67个基层党组织,包括36个独立党组织和30个联合党支部。"], [("parts and whole", "fails", "67 ≠ 36 + 30")]),
        (["现有企业66家,其中外资企业70家。"], [("part of a whole", "fails", "70 > 66")]),
        (["符合组建党支部条件32家,单独组建30家,组建率100%。"], [("rate and counts", "fails", "30 / 32 ≠ 100 %")]),
        (
            ["咸宁高新区新增企业9家,同比增长33%。"],
            [("growth of a count", "fails", "no whole number grows by 33 % to 9")],
        ),
        (
            ["咸宁高新区现有企业66家,其中外资企业33家,占50%。"],
            [("part of a whole", "holds", "33 ≤ 66"), ("share and parts", "holds", "33 / 66 = 50 %")],
        ),
        (
            ["咸宁高新区现有企业66家,其中外资企业33家,占60%。"],
            [("part of a whole", "holds", "33 ≤ 66"), ("share and parts", "fails", "33 / 66 ≠ 60 %")],
        ),
        (["咸宁高新区高新技术企业从31家提高到80家,净增49家。"], [("from one to the other", "holds", "31 → 80 is 49")]),
        (
            ["咸宁高新区高新技术企业从31家提高到80家,净增59家。"],
            [("from one to the other", "fails", "31 → 80 is not 59")],
        ),
        (
            ["咸宁高新区党组织覆盖率由60%提高到80%,提高20个百分点。"],
            [("from one to the other", "holds", "60 % → 80 % is 20 points")],
        ),
        (
            ["咸宁高新区党组织覆盖率由60%提高到80%,提高20%。"],
            [("from one to the other", "fails", "60 % → 80 % is not 20 %, but as many percentage points")],
        ),
        (["咸宁高新区党组织覆盖率120%。"], [("over a hundred", "fails", "党组织覆盖率 120 % > 100 %")]),
        (
            [
                "2023年咸宁高新区进出口总额139.7亿元,同比增长33.4%。",
                "2022年咸宁高新技术产业开发区外贸进出口总值104.7亿元。",
            ],
            [("growth and levels", "holds", "104.7亿 → 139.7亿 is 33.4 %")],
        ),
        (
            ["2023年咸宁高新区进出口总额139.7亿元,同比增长33.4%。", "2022年咸宁高新区进出口总额114.7亿元。"],
            [("growth and levels", "fails", "114.7亿 → 139.7亿 is not 33.4 %")],
        ),
        (
            ["2023年咸宁高新区进出口总额139.7亿元。", "2023年咸宁高新区进出口总值139.7万元。"],
            [
                (
                    "two values",
                    "fails",
                    "咸宁高新技术产业开发区 进出口总额 2023: 139.7亿 and 139.7万, a slip of magnitude?",
                )
            ],
        ),
    ],
)
def test_a_claim_is_judged(texts: list[str], found: list[tuple[str, str, str]]) -> None:
    assert told(*texts) == found


@pytest.mark.parametrize(
    "texts",
    [
        ["现有企业约66家,其中外资企业70家。"],  # 约 is open
        ["2023年咸宁高新区进出口总额139.7亿元。", "2023年咸宁高新区进出口总额139.70亿元。"],
        ["2023年咸宁高新区进出口总额140亿元。", "2023年咸宁高新区进出口总额近150亿元。"],
        ["2023年咸宁高新区进出口总额由139.7亿元增加到150亿元。"],
        ["2023年咸宁高新区企业36家。", "2023年合肥高新区企业30家。", "2022年咸宁高新区企业20家。"],
        ["咸宁高新区完成年度计划的128%。"],
        ["年度计划投资168亿元,包括总投资99.2亿元的甲项目、总投资120亿元的乙项目。"],  # the parts are of another kind
    ],
)
def test_what_cannot_be_checked_is_not_said_to_be(texts: list[str]) -> None:
    assert told(*texts) == []


def test_the_same_sentence_in_two_files_is_one_witness() -> None:
    text = "现有66个基层党组织,包括36个独立党组织和30个联合党支部。"
    assert len(told(text, text)) == 1


@given(st.lists(st.integers(1, 999), min_size=2, max_size=4), st.integers(-3, 3))
def test_a_sum_with_and_without_an_error(parts: list[int], error: int) -> None:
    """A whole that its parts make up holds; one that is off by something fails."""
    nouns = ["独立党组织", "联合党支部", "党总支", "党小组"]
    listed = "、".join(f"{n}个{noun}" for n, noun in zip(parts[:-1], nouns, strict=False))
    text = f"园区现有{sum(parts) + error}个基层党组织,包括{listed}和{parts[-1]}个{nouns[len(parts) - 1]}。"
    if sum(parts) + error > 0:
        assert [verdict for _, verdict, _ in told(text)] == ["fails" if error else "holds"]


@given(st.integers(10_000, 99_999), st.integers(-30, 60), st.sampled_from([0, 0, 5, -5]))
def test_a_growth_with_and_without_an_error(before: int, growth: int, error: int) -> None:
    """Levels to one decimal and a growth to one decimal that follows from them hold; one off by five points fails."""
    now = (Decimal(before) * (100 + growth) / 100).quantize(Decimal(1))
    exact = ((now / before - 1) * 100).quantize(Decimal("0.1")) + error
    if abs(exact) < Decimal("0.1"):
        return
    verb = "增长" if exact > 0 else "下降"
    texts = (
        f"2023年咸宁高新区进出口总额{now / 10}亿元,同比{verb}{abs(exact)}%。",
        f"2022年咸宁高新区进出口总额{Decimal(before) / 10}亿元。",
    )
    assert [verdict for check, verdict, _ in told(*texts) if check == "growth and levels"] == [
        "fails" if error else "holds"
    ]


class TestCommand:
    def test_a_failed_check_ends_a_strict_run(self, tmp_path: pytest.TempPathFactory) -> None:
        text = "现有67个基层党组织,包括36个独立党组织和30个联合党支部。"
        path = tmp_path / "a.txt"  # type: ignore[operator]
        path.write_text(text, encoding="utf-8")
        run = CliRunner().invoke
        assert run(app, ["audit", str(path)]).exit_code == 0
        assert run(app, ["audit", str(path), "--strict"]).exit_code == 1
        (record,) = json.loads(run(app, ["audit", str(path), "-q", "--format", "json"]).stdout)
        assert (record["verdict"], record["claim"], record["sentences"]) == ("fails", "67 ≠ 36 + 30", text)
        assert run(app, ["audit", str(path), "-q", "--format", "csv"]).stdout.splitlines()[1].startswith("fails,parts")

    def test_a_finding_is_frozen(self) -> None:
        with pytest.raises(AttributeError):
            Finding("a", "holds", "b", ()).check = "c"  # type: ignore[misc]
