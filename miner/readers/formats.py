"""Number formats of a spreadsheet -> what it shows: 0.334 in the format ``0.0%`` is read as 33.4%.

A format is up to four sections (above zero; below; zero; text) of places (``0 # ?``), a point, commas and words in quotes.
Source: ECMA-376 part 1, 18.8.31. What is rare (fractions, exponents, words between digits) is shown in full instead.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

_TOKEN = re.compile(
    r"""
    "(?P<quoted>[^"]*)"? | [\\!](?P<escaped>.) | [_*]. | \[\$(?P<symbol>[^\]-]{0,255}+)[^\]]{0,255}+\] | \[[^\]]{0,255}+\]
  | (?P<general>General|G/通用格式) | (?P<places>[0\#?][0\#?,.]*|\.[0\#?]+) | (?P<rare>[Ee][+-]|/) | (?P<literal>.)
    """,
    re.VERBOSE,
)
_SECTION = re.compile(r'(?:"[^"]*"?|\\.|\[[^\]]{0,255}+\]|[^;])*')
_EXACT = Context(prec=400)  # digits: more than the largest number of a spreadsheet has
_DIGITS = 15  # significant ones, which is what a spreadsheet keeps
_PLAIN = frozenset({"General", "G/通用格式", "@", ""})


def shown(value: float, code: str) -> str:
    """Return a number as a cell of the format ``code`` shows it.

    Example:
        >>> [shown(0.334, "0.0%"), shown(139.7, '0.0"亿元"'), shown(-1234.5, "#,##0.00_);(#,##0.00)")]
        ['33.4%', '139.7亿元', '-1,234.50']
        >>> [shown(12.300000000000001, "General"), shown(1e5, "General")]
        ['12.3', '100000']
    """
    number = Decimal(f"{value:.{_DIGITS}g}") if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        return ""
    if code in _PLAIN:
        return _full(number)
    sections = [section for section in _SECTION.findall(code) if section] or [""]
    section = sections[0]
    if number < 0 and len(sections) > 1:
        section = re.sub(r"[-()]", "", sections[1])
    elif not number and len(sections) > 2:
        section = sections[2]
    return _in_section(abs(number), section, "-" if number < 0 else "")


def _in_section(number: Decimal, section: str, sign: str) -> str:
    words = ["", ""]
    places = ""
    percent = 0
    for token in _TOKEN.finditer(section):
        told = token.groupdict()
        word = told["quoted"] or told["escaped"] or told["symbol"] or told["literal"] or ""
        if told["rare"] or ((told["places"] or told["general"]) and places):
            return sign + _full(number)
        places = places or told["places"] or told["general"] or ""
        percent += told["literal"] == "%"
        words[bool(places)] += word
    if not places:
        return "".join(words).strip()
    number = number.scaleb(2 * percent, _EXACT)
    digits = _full(number) if places.startswith("G") else _in_places(number, places)
    rounded_away = not re.search("[1-9]", digits)
    return f"{words[0].lstrip()}{'' if rounded_away else sign}{digits}{words[1].rstrip()}"


def _in_places(number: Decimal, places: str) -> str:
    whole, _, fraction = places.partition(".")
    scale = len(whole) - len(whole.rstrip(",")) + len(fraction) - len(fraction.rstrip(","))
    fraction = fraction.rstrip(",")
    number = number.scaleb(-3 * scale, _EXACT).quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP, _EXACT)
    if not number and "0" not in whole + fraction:
        return ""  # "-"?? shows a zero as -
    text = f"{number:,f}" if "," in whole.rstrip(",") else f"{number:f}"
    optional = len(fraction) - len(fraction.rstrip("#?"))
    end = len(text)
    while optional and text[end - 1] == "0":
        end, optional = end - 1, optional - 1
    return text[:end].rstrip(".")


def _full(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def shown_date(day: dt.date, code: str) -> str:
    """Return a date with as much of it as its format shows, in the form that Chinese writes.

    Example:
        >>> import datetime as dt
        >>> shown_date(dt.date(2024, 3, 31), "yyyy-mm-dd"), shown_date(dt.date(2024, 3, 1), "mmm-yy")
        ('2024年3月31日', '2024年3月')
    """
    code = re.sub(r'"[^"]*"|\[[^\]]{0,255}+\]|\\.', "", code).lower()
    parts = ((f"{day.year}年", "ye"), (f"{day.month}月", "m"), (f"{day.day}日", "d"))
    return "".join(part for part, letters in parts if any(letter in code for letter in letters)) or day.isoformat()
