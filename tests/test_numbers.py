"""Numerals and quantities by property: another library's numerals read back, and any text at all read without harm."""

from __future__ import annotations

import random
import time
import warnings
from decimal import Decimal, localcontext
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from miner import find_numbers, find_quantities
from miner.text import fold

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # cn2an's own use of pkg_resources
    import cn2an

WHOLE = st.integers(min_value=0, max_value=10**16 - 1)  # the longest that cn2an writes
TO_TRADITIONAL = str.maketrans("万亿两贰陆叁参", "萬億兩貳陸參參")
TO_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
# What a text on figures is made of, and what any file may hold.
ALPHABET = "0123456789０９.,，、—-~%％ 〇零一二两三五九十百千万亿兆廿卅点分之又半几数余多来约近超不足第前元人个家户成折倍番年月日以上至到增长下降\n。"
ANY_TEXT = st.one_of(st.text(alphabet=ALPHABET, max_size=60), st.text(max_size=60))


def value_of(text: str) -> Decimal:
    """Return the value of the one numeral that ``text`` is, before a unit: by itself, 伍 or 陆 may be a name."""
    found = find_numbers(f"{text}元")
    assert [n.text for n in found] == [text]
    return found[0].value


def left_out_zero(written: str, n: int) -> bool:
    """Tell the known fault of cn2an: a 零 left out after 亿 or 万 (30100008924 -> 三百零一亿八千九百二十四).

    Its own reader then refuses the numeral or reads another number.
    """
    try:
        return bool(cn2an.cn2an(written, "strict") != n)
    except (ValueError, KeyError):
        return True


class TestAgainstCn2an:
    """Whole numbers to 10^16, written by cn2an, are read back exactly."""

    @given(n=WHOLE, mode=st.sampled_from(["low", "up"]))
    def test_written_by_the_stranger(self, n: int, mode: str) -> None:
        written = cn2an.an2cn(n, mode)
        assume(not left_out_zero(written, n))
        assert value_of(written) == n

    @pytest.mark.parametrize("mode", ["low", "up"])
    def test_thousands_of_every_length(self, mode: str) -> None:
        chance = random.Random(20240531)  # noqa: S311 - the same numbers every time
        wrong = []
        for _ in range(3000):
            n = chance.randrange(10 ** chance.randint(1, 16))
            written = cn2an.an2cn(n, mode)
            if value_of(written) != n and not left_out_zero(written, n):
                wrong.append((n, written))
        assert wrong == []

    @given(n=WHOLE)
    def test_traditional(self, n: int) -> None:
        for mode in ("low", "up"):
            written = cn2an.an2cn(n, mode)
            assume(not left_out_zero(written, n))
            assert value_of(written.translate(TO_TRADITIONAL)) == n

    @given(n=st.integers(min_value=1, max_value=10**8), tenths=st.integers(min_value=1, max_value=9999))
    def test_decimals_in_characters(self, n: int, tenths: int) -> None:
        number = Decimal(f"{n}.{tenths}")
        assert value_of(cn2an.an2cn(str(number), "low")) == number

    @given(n=st.integers(min_value=1, max_value=10**6))
    def test_hundredths(self, n: int) -> None:
        assert value_of("百分之" + cn2an.an2cn(n, "low")) == Decimal(n) / 100


MAGNITUDES = {"": 0, "万": 4, "亿": 8, "万亿": 12, "萬": 4, "億": 8, "千": 3, "百万": 6, "千万": 7}


class TestDigits:
    """Digits in any width, with thousands commas, a point and a magnitude, are exact."""

    @given(
        whole=st.integers(min_value=0, max_value=10**30),
        decimals=st.text(alphabet="0123456789", max_size=20),
        magnitude=st.sampled_from(sorted(MAGNITUDES)),
        commas=st.booleans(),
        wide=st.booleans(),
    )
    def test_exact(self, whole: int, decimals: str, magnitude: str, commas: bool, wide: bool) -> None:
        digits = f"{whole:,}" if commas else str(whole)
        digits += f".{decimals}" if decimals else ""
        written = (digits.translate(TO_FULL_WIDTH) if wide else digits) + magnitude
        with localcontext(prec=100):
            expected = Decimal(f"{whole}.{decimals or 0}").scaleb(MAGNITUDES[magnitude])
        assert value_of(written) == expected

    @given(n=st.integers(min_value=1, max_value=9999), rest=st.integers(min_value=1, max_value=9999))
    def test_two_magnitudes(self, n: int, rest: int) -> None:
        assert value_of(f"{n}亿{rest}万") == n * 10**8 + rest * 10**4

    @given(top=st.integers(min_value=1, max_value=999), bottom=st.integers(min_value=2, max_value=999))
    def test_fractions(self, top: int, bottom: int) -> None:
        assert abs(value_of(f"{bottom}分之{top}") * bottom - top) < Decimal("1e-50")


# What is found in a text that is more than a numeral: the other cases stand in tests/cases/numbers.toml.
AMONG = {
    "3E5A": ["3", "5"],
    "2.5e3。": ["2.5e3"],
    "1.5K,": ["1.5K"],
    "1.5M元": ["1.5M"],
    "4K屏": ["4"],
    "1,2345": ["1", "2345"],
    "5 1 234.5": ["5", "1", "234.5"],
    "1 234.5": ["1 234.5"],
    "1 234 a": ["1", "234"],
    "1 234万": ["1 234万"],
    "5 1 234家": ["5", "1", "234"],
    "14:30 200人": ["14", "30", "200"],
    "表2 112年": ["2", "112"],
    "22.10.2014": ["22.10"],
    "2023数十家": ["2023", "数十"],
    "3万 5家": ["3万", "5"],
    "2023/5/18": ["2023", "5/18"],
    "第一来源地": ["一"],
    "十几二十家": ["十", "二十"],
    "1万数字人民币": ["1万"],
    "半亩": ["半"],
    "半成套设备": [],
    "3000万 ,": ["3000万"],
    "3两千足金": ["3", "千"],
    "迈上5万亿两个台阶": ["5万亿"],
    "早上9点20分": ["9", "20"],
    "每一点进步": ["一"],
    "1.三项制度": ["1"],
    "三.加强领导": ["三"],
    "3 多措并举": ["3 多"],
    "三 多措并举": ["三"],
    "2024半程马拉松": ["2024"],
    "对折出售": ["对"],
    "占比超半": ["半"],
    "一半成品": ["一半"],
    "通过半封闭管理": [],
    "近半年": [],
    "近半小时": [],
    "近半个月": [],
    "近半世纪": [],
    "大半个工作日": [],
    "缩短半个工作日": ["半"],
    "3亿半导体基金": ["3亿"],
    "一百来二百人": ["一百", "二百"],
    "(+12.3%)": ["+12.3"],
    "(+百分之五)": ["+百分之五"],
    "环比+3.2%": ["+3.2"],
    "“1+1>2”": ["1", "1", "2"],
    "市场降温-三季度观察": ["三"],
}
POWERS = {"2k": 2_000, "1.5K": 1_500, "3M": 3_000_000, "1.5G": 1_500_000_000, "2.5e3": 2_500, "1.35E+08": 135_000_000}


@pytest.mark.parametrize(("text", "found"), AMONG.items(), ids=AMONG)
def test_digits_in_a_text(text: str, found: list[str]) -> None:
    assert [number.text for number in find_numbers(text)] == found


@pytest.mark.parametrize(("text", "value"), POWERS.items(), ids=POWERS)
def test_powers_of_a_thousand(text: str, value: int) -> None:
    assert [str(number.value) for number in find_numbers(text)] == [str(value)]  # without an exponent


# Where the word of magnitude begins that ends a number, 万 or 万亿; -1 where none does.
ENDINGS = {
    "亿元": 0,
    "万亿元": 0,
    "-3万元": 2,
    "3亿4300万元": 6,
    "1.27万亿元": 4,
    "11万余家": 2,
    "三万五": -1,
    "3家": -1,
}


@pytest.mark.parametrize(("text", "at"), ENDINGS.items(), ids=ENDINGS)
def test_the_magnitude_that_ends_a_number(text: str, at: int) -> None:
    assert [number.scale_at for number in find_numbers(text)] == [at]


def test_the_longest_number_has_sixty_digits() -> None:
    for text in ("7" * 60, f"{int('7' * 60):,}", "七" * 60):
        assert [number.value for number in find_numbers(text)] == [Decimal("7" * 60)]
    assert find_numbers("7" * 61) == find_numbers("七" * 61) == []
    assert [number.value for number in find_numbers("万" * 14)] == [10**56]
    assert find_numbers("万" * 15) == []


def test_a_fraction_is_a_share_to_160_digits_without_a_magnitude() -> None:
    (third,) = find_numbers("三分之一")
    assert third.value == Decimal("0." + "3" * 160)
    assert third[4:] == (Decimal(1), -1, None, False, True)


SHARES = [
    "百分之零点五",
    "一成",
    "百分之十一",
    "两成",
    "四分之一",
    "三成",
    "三分之一",
    "四成五",
    "一半",
    "三分之二",
    "七折",
    "九成",
    "九成五",
    "百分之九十八",
]


def test_shares_are_ordered_as_they_are_written() -> None:
    values = [find_quantities(text)[0].value for text in SHARES]
    assert values == sorted(set(values))


class TestAnyTextAtAll:
    """No text raises; what is found stands in the text where it says, in order, and its value is an exact Decimal."""

    @given(text=ANY_TEXT)
    def test_numbers(self, text: str) -> None:
        self.holds(text, find_numbers(text))

    @given(text=ANY_TEXT)
    def test_quantities(self, text: str) -> None:
        found = find_quantities(text)
        self.holds(text, found)
        for quantity in found:
            assert quantity.start <= quantity.core.start < quantity.core.end <= quantity.end
            for bound in (quantity.value_min, quantity.value_max):
                assert bound is None or (isinstance(bound, Decimal) and bound.is_finite())
            if quantity.value_min is not None and quantity.value_max is not None:
                assert quantity.value_min <= quantity.value <= quantity.value_max

    @staticmethod
    def holds(text: str, found: list[Any]) -> None:
        end = 0
        for thing in found:
            assert thing.text == text[thing.start : thing.end] != ""
            assert end <= thing.start, "two stretches overlap"
            end = thing.end
            assert isinstance(thing.value, Decimal)
            assert thing.value.is_finite()

    @given(text=st.text(max_size=200))
    def test_the_twin_is_of_equal_length(self, text: str) -> None:
        assert len(fold(text)) == len(text)
        assert fold(fold(text)) == fold(text)


LONG = {
    "digits": "7" * 10**5,
    "digits with commas": "123," * 25_000,
    "digits with points": "1." * 50_000,
    "numerals": "一百二十三万" * 5_000,
    "one numeral": "九" * 5_000,
    "tens": "十" * 5_000,
    "magnitudes": "万亿" * 5_000,
    "open ends": "几十余" * 5_000,
    "fractions": "百分之" * 5_000,
    "points": "三点" * 5_000,
    "signs": "-" * 10**4 + "1",
    "ranges": "1—" * 5_000,
    "lists": "1、" * 5_000 + "1个",
    "modifiers": "不超过" * 5_000 + "3家",
    "ordinals": "第" * 10**4 + "三",
    "whole and part": "三又" * 5_000 + "二分之一",
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_a_long_text_is_read_quickly(text: str) -> None:
    start = time.perf_counter()
    for found in (find_numbers(text), find_quantities(text)):
        assert all(thing.text == text[thing.start : thing.end] for thing in found)
    assert time.perf_counter() - start < 5
