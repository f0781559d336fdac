"""A text that is changed in a way that changes no figure has the same figures: seeds and gold texts, each changed."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import opencc
import pytest

import miner
from miner.text import fold
from miner.wrapping import unwrap

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # cn2an's own use of pkg_resources
    import cn2an

if TYPE_CHECKING:
    from collections.abc import Callable

TEXTS = [*sorted(Path("seeds").glob("*.txt")), *sorted(Path("tests/gold").glob("*.txt"))]
each = pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name[:12])

Figure = tuple[object, ...]


def figures(text: str) -> list[Figure]:
    """Return the figures of a text without their offsets; names, which stay as written, at half width."""
    return [
        (row.park, fold(row.indicator), row.measure, row.value, row.base_unit, row.modifier, row.period)
        for row in miner.mine_text(text)
    ]


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@each
def test_full_width_digits_and_signs_are_the_same(path: Path) -> None:
    text = read(path)
    wide = {ord(char): ord(char) + 0xFEE0 for char in "0123456789%"}
    assert figures(text.translate(wide)) == figures(text)


@each
def test_marks_of_either_width_are_the_same(path: Path) -> None:
    text = read(path)
    half = {code + 0xFEE0: code for code in range(0x21, 0x7F)}
    wide = {
        narrow: full for full, narrow in half.items() if chr(narrow) not in ".-@/:#<>|_*"
    }  # these mean other things
    assert figures(text.translate(half)) == figures(text) == figures(text.translate(wide))


@pytest.mark.parametrize("direction", ["t2s", "s2t"])
@each
def test_the_other_script_has_the_same_values(path: Path, direction: str) -> None:
    """By characters alone: phrases of the other side of the strait are other words."""
    text = read(path)
    other = opencc.OpenCC(direction).convert(text)
    assert len(other) == len(text)
    assert [figure[3:6] for figure in figures(other)] == [figure[3:6] for figure in figures(text)]


def in_characters(row: miner.Observation) -> tuple[int, int, str] | None:
    """Return where a figure has a whole number in digits, and the numeral for it; None where no one would write one.

    一 is an article, tables have digits, and 51余 and 10亿产值 are written so only in digits.
    """
    digits = re.fullmatch(r"\D*(?P<it>[1-9]\d{1,8})(?![\d.,余多])\D*", row.text)
    if digits is None or row.modifier == "range" or row.unit in {"万", "亿"} or re.search(r"\t|\||  ", row.sentence):
        return None
    return row.start + digits.start("it"), row.start + digits.end("it"), cn2an.an2cn(int(digits["it"]), "low")


def in_digits(row: miner.Observation) -> tuple[int, int, str] | None:
    """Return where a figure has a whole number in characters, and the digits for it; None where they say more (十余)."""
    found = miner.find_numbers(row.text)
    number = found[0] if len(found) == 1 else None
    if (
        number is None
        or number.parts
        or number.more
        or number.high is not None
        or number.scale != 1
        or number.value < 2
    ):
        return None
    if re.search(r"\d|半", number.text) or number.value != int(number.value):
        return None
    return row.start + number.start, row.start + number.end, str(int(number.value))


@pytest.mark.parametrize(("rewritten", "times"), [(in_characters, 300), (in_digits, 80)])
def test_numerals_and_digits_say_the_same(
    rewritten: Callable[[miner.Observation], tuple[int, int, str] | None], times: int
) -> None:
    """Lines that an editor wrapped are joined before: what is written longer is wrapped elsewhere."""
    changed = 0
    for path in TEXTS:
        text = other = unwrap(read(path)).running
        for start, end, number in reversed([*filter(None, map(rewritten, miner.mine_text(text)))]):
            other = other[:start] + number + other[end:]
            changed += 1
        assert Counter(figure[2:5] for figure in figures(other)) == Counter(figure[2:5] for figure in figures(text)), (
            path
        )
    assert changed > times


@each
def test_a_text_twice_in_one_file_has_its_values_twice(path: Path) -> None:
    text = read(path)
    once = Counter(figure[3:6] for figure in figures(text))
    assert Counter(figure[3:6] for figure in figures(f"{text}\n\n{text}")) == once + once


@each
def test_other_ends_of_lines_change_nothing(path: Path) -> None:
    text = read(path).replace("\r\n", "\n")
    assert figures(text.replace("\n", "\r\n")) == figures(text) == figures(text.replace("\n", "\r"))


@each
def test_furniture_of_a_page_adds_nothing(path: Path) -> None:
    text = read(path)
    values = [figure[3:6] for figure in figures(text)]
    for above, below in FURNITURE:
        assert [figure[3:6] for figure in figures(f"{above}\n{text}\n\n{below}\n")] == values, (above, below)


FURNITURE = [
    ("首页 > 新闻中心 > 正文", "责任编辑:张三\n版权所有 未经许可不得转载"),
    ("您当前的位置：首页 > 政务公开 > 统计信息\n字号：大 中 小", "上一篇：我市召开会议\n下一篇：关于开展检查的通知"),
    ("分享到：微信 微博\n打印 关闭", "技术支持：信息中心\n京ICP备12345678号-1\n京公网安备11010102000001号"),
    (
        "【字体：大 中 小】",
        "网站地图 | 联系我们 | 关于我们\n联系电话：010-12345678 邮编：100000\n建议使用1024×768分辨率浏览",
    ),
]


@each
def test_a_mark_of_byte_order_changes_nothing(path: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(read(path), encoding="utf-8")
    (tmp_path / "b.txt").write_text(read(path), encoding="utf-8-sig")
    one, other = (list(miner.mine(tmp_path / name)) for name in ("a.txt", "b.txt"))
    assert [(row.text, row.start, row.value) for row in one] == [(row.text, row.start, row.value) for row in other]


def test_a_file_given_twice_under_two_names_has_its_rows_twice(tmp_path: Path) -> None:
    text = read(TEXTS[0])
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    rows = list(miner.mine(tmp_path))
    halves = [
        [(row.text, row.park, row.value, row.start) for row in rows if row.source == name]
        for name in ("a.txt", "b.txt")
    ]
    assert halves[0] == halves[1]
    assert len(rows) == 2 * len(halves[0]) > 0


def test_again_after_other_texts() -> None:
    """Nothing that was read before has a part in what is read: texts in either order give the same rows."""
    texts = [read(path) for path in TEXTS]
    forward = [figures(text) for text in texts]
    assert [figures(text) for text in reversed(texts)] == forward[::-1]
