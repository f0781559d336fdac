"""Number + unit -> `Amount`, before ranges and modifiers are asked for.

amount    number unit                     139.7亿元   82.5％   1349.6万平方米   ￥500万
half      number unit 半                  十五斤半     两年半
coins     number 块|元 number 角|毛 …        五块六       一百三十五块六角七分
tenths    number 成 number? | number 折     九成五       三折
share     百分之N   N分之N   一半             百分之五     三分之二（as %）   四分之三升（of the unit）
doubling  number 番                       翻两番 is +300 %
spoken    number 个 magnitude              2个亿
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from miner.lexicon import any_of
from miner.units import Unit, unit_at, units

if TYPE_CHECKING:
    from miner.numbers import Number

_HUNDRED = Decimal(100)
_THOUSAND = Decimal(1000)
_DIGITS: dict[str | None, int] = {"两": 2, "半": 5}
_DIGITS |= {digit: value for digits in ("一二三四五六七八九", "123456789") for value, digit in enumerate(digits, 1)}
_OPEN = "余多几来"


class Amount(NamedTuple):
    """A number with the unit after it.

    ``written`` is the unit as written, magnitude included, ``mantissa`` the number without that magnitude; ``start``
    is where a currency before the number begins, -1 where none does.
    """

    number: Number
    unit: Unit
    written: str
    mantissa: Decimal
    value: Decimal
    end: int
    rule: str = ""
    start: int = -1


def read_amount(twin: str, number: Number) -> Amount | None:
    """Read the unit that follows ``number``; None where it has none.

    Example:
        >>> from miner.numbers import find_numbers
        >>> text = "约九成五的企业"
        >>> found = read_amount(text, find_numbers(text)[0])
        >>> (found.written, found.unit.base, str(found.value)) if found else ()
        ('成', '%', '95.0')
    """
    if number.parts:
        return _fraction(twin, number)
    at = number.end
    after = twin[at : at + 1]
    if after == " ":
        at += 1
        after = twin[at : at + 1]
    if (after in _GIGA or number.text[-1] in _GIGA) and (data := _of_data(twin, number, at)):
        return data
    if after == "个":
        return _open_time(twin, number, at) or _spoken(twin, number, at) or _counted(twin, number, at)
    return (_tenths(twin, number, at) if after in {"成", "折"} else None) or _counted(twin, number, at)


def _of_data(twin: str, number: Number, at: int) -> Amount | None:
    """Read an amount of data or of bandwidth by its G: 出口带宽达到|400g|, |200G|直连骨干网带宽; not 800|Gbps or 千兆光纤、|5G|网络."""
    written = twin[at : at + 1] in _GIGA  # else the number has taken it for so many billions
    giga, end = (twin[at], at + 1) if written else (number.text[-1], number.end)
    value = number.value if written else number.value / _BILLION
    near = _BANDWIDTH.search(twin, max(0, number.start - _LONGEST_CLAUSE), number.start) or _ITS_BANDWIDTH.match(
        twin, end
    )
    if not near or _LETTER.match(twin, end):
        return None
    return Amount(number, Unit(giga, giga, "measure"), giga, value, value, end, "of data")


def bare_amount(twin: str, number: Number) -> Amount | None:
    """Read a number whose magnitude has no unit behind it: 10亿产值, 76万群众, 近3000万."""
    if number.scale_at < 0:
        return _paid(twin, number)
    unit = Unit("", "", "bare")
    scale, mantissa = magnitude(twin, number), number.value / number.scale
    if (
        scale == "兆"
        and number.text[0].isdigit()
        and _OF_DATA.search(twin[max(0, number.start - _BESIDE) : number.end + _BESIDE])
    ):
        return Amount(number, Unit(scale, scale, "measure"), scale, mantissa, mantissa, number.end, "兆 of data, mega")
    return Amount(number, unit, scale, mantissa, number.value, number.end, "a magnitude without unit")


def _paid(twin: str, number: Number) -> Amount | None:
    """Read what is paid, as it is said without its unit: 底薪|四千五|, 月薪从|两千八|涨到五千."""
    before = twin[max(0, number.start - _LONGEST_PAY) : number.start]
    if _ROUND.fullmatch(number.text) is None or not _PAY.search(before) or not _SAID.match(twin, number.end):
        return None
    return Amount(
        number, Unit("", "元", "money"), "", number.value, number.value, number.end, "what is paid, by its noun"
    )


_LONGEST_PAY = 12  # code points
_ROUND = re.compile("[一二两三四五六七八九]{1,2}[千百万][一二三四五六七八九千百零]{0,4}")
_PAY = re.compile(
    "(?:底薪|月薪|年薪|日薪|周薪|起薪|薪水|薪资|工资|月?收入|房租|租金)[^,;。:\\d]{0,6}$|(?:[挣赚卖]到?|能?拿到?)[了个]?$"
)
_SAID = re.compile("(?=[,;。!?、”)]|$)|[左上]|没问题|出头|以上|多|到|[涨升提降]|的")
_GIGA = frozenset("gG")
_LETTER = re.compile("[A-Za-z]")  # 800|Gbps
_BANDWIDTH = re.compile("(?:带宽|网速|内存|速率|容量)[^,;。、]{0,6}$")
_ITS_BANDWIDTH = re.compile("[^,;。、\\d]{0,14}?(?:带宽|网速)")
_BILLION = Decimal(10**9)
_OF_HEAT = re.compile("温|摄氏|炎热|酷热|严寒")
_OF_DATA = re.compile("带宽|宽带|网速|光纤|光网|下载|上传|入户|内存")
_LONGEST_CLAUSE = 16  # code points
_BESIDE = 6  # code points to either side of the number


def magnitude(twin: str, number: Number) -> str:
    """Return the magnitude word that ends a number as written (万, 万亿), blank where none does."""
    return twin[number.scale_at : number.end].rstrip(_OPEN) if number.scale_at >= 0 else ""


def _fraction(twin: str, number: Number) -> Amount:
    unit, at = unit_at(twin, number.end), number.end
    if unit is not None and (unit.kind == "measure" or "又" in number.text):
        return Amount(number, unit, unit.text, number.value, number.value, at + len(unit.text), "a fraction of a unit")
    if number.text.startswith("千分之"):
        unit = Unit("‰", "‰", "part")
        return Amount(number, unit, unit.text, number.value * _THOUSAND, number.value * _THOUSAND, at, "a fraction")
    share = number.value * _HUNDRED
    unit = Unit("%", "%", "ratio" if number.text[0] in "百佰" else "part")
    return Amount(number, unit, unit.text, share, share, at, "a fraction")


_TENTHS = re.compile(
    r"(?P<unit>成(?![立员果本功为交效都熟长绩套就分])(?P<more>[一二三四五六七八九](?![一二三四五六七八九十百千万亿])|半(?![年天小导数])|(?<=\d成)[1-9](?![\d.,]))?"  # 男性占4成6
    r"|折(?![扣合旧线叠算射]))"
)


# 其中近八|成|为规上企业: a share and what it is, where 八 alone could not 成为.
_SOME_OF_THEM = re.compile("(?:超过?|近|约|逾|其中,?)$")
_IS = re.compile("(?P<unit>成)(?=为)(?P<more>)")


def _tenths(twin: str, number: Number, at: int) -> Amount | None:
    match = _TENTHS.match(twin, at)
    if match is None and _SOME_OF_THEM.search(twin, max(0, number.start - 3), number.start):
        match = _IS.match(twin, at)
    if match is None or not 0 < number.value <= 10:
        return None
    sign = match["unit"][0]
    tenths = number.value + Decimal(_DIGITS.get(match["more"]) or match["more"] or 0) / 10
    number = number._replace(high=None if number.high is None else number.high * 10)
    return Amount(number, Unit(sign, "%", "part"), sign, tenths, tenths * 10, match.end(), f"tenths, {sign}")


def _open_time(twin: str, number: Number, at: int) -> Amount | None:
    """Read 3个多月, 两个多百分点, 两个半小时: 多 or 半 stands inside the unit."""
    if not twin.startswith(("个多", "个半"), at):
        return None
    unit = unit_at("个" + twin[at + 2 : at + 6], 0)
    if unit is None or not (unit.kind == "time" or unit.base == "百分点"):
        return None
    end, written = at + 1 + len(unit.text), magnitude(twin, number) + unit.text
    if twin[at + 1] == "半":
        value = number.value + Decimal("0.5")
        return Amount(number, unit, written, value, value, end, "半 inside the unit") if number.scale == 1 else None
    mantissa = number.value / number.scale
    return Amount(number._replace(more=True), unit, written, mantissa, number.value, end, "多 inside the unit")


# 完成2个亿, 总投资6个亿人民币; 12个亿元项目 are twelve, 6个千万千瓦级基地 six.
_SPOKEN_SCALE = re.compile(r"个(?P<scale>[万亿]|[百千]万|万亿)(?![元万亿级吨斤立次]|[\u4e00-\u9fff]{1,3}级)")
_SPOKEN = {"万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "万亿": 10**12}


def _spoken(twin: str, number: Number, at: int) -> Amount | None:
    """Read a magnitude that 个 parts from its number, as in speech."""
    spoken = _SPOKEN_SCALE.match(twin, at)
    if spoken is None or number.scale != 1:
        return None
    unit = unit_at(twin, spoken.end())
    unit = unit if unit is not None and unit.kind == "money" else Unit("", "", "bare")
    size = _SPOKEN[spoken["scale"]]
    number = number._replace(high=None if number.high is None else number.high * size)  # 一两个亿
    value, end = number.value * size, spoken.end() + len(unit.text)
    return Amount(number, unit, spoken[0] + unit.text, number.value, value, end, "a magnitude after 个")


@cache
def _currency() -> re.Pattern[str]:
    """A currency before a number: US$500万, 欧元30万, 港币5000万元."""
    money = (word for word, unit in units().items() if unit.kind == "money" and word not in {"元", "块", "圆", "块钱"})
    return re.compile(rf"(?:{any_of(money)}) ?\Z")


@cache
def _currency_ends() -> frozenset[str]:
    """Return the characters that `_currency` may end in, beside white space: a search of it takes 2 us."""
    return frozenset(word[-1] for word, unit in units().items() if unit.kind == "money")


CURRENCY = "a currency before the number"
_LONGEST_CURRENCY = 8  # code points


def _counted(twin: str, number: Number, at: int) -> Amount | None:
    unit = unit_at(twin, at)
    before = twin[number.start - 1 : number.start]
    begun = (unit is None or unit.text == "元") and (before in _currency_ends() or before.isspace())
    if unit is None and not begun:
        return None  # one in three
    scale, value = magnitude(twin, number), number.value
    mantissa = value if number.scale_at < 0 else value / number.scale
    if begun:
        prefix = _currency().search(twin, max(0, number.start - _LONGEST_CURRENCY), number.start)
        if prefix:
            currency = units()[prefix[0].strip()]
            if unit is None or currency.base != "元":
                written, end = (currency.text, number.end) if unit is None else (unit.text, at + len(unit.text))
                return Amount(number, currency, scale + written, mantissa, value, end, CURRENCY, prefix.start())
    if unit is None:
        return None
    end = at + len(unit.text)
    if unit.text == "番":
        return _doubled(number, end)
    if unit.text == "度" and _OF_HEAT.search(twin, max(0, number.start - _LONGEST_CLAUSE), number.start):
        unit = Unit("度", "摄氏度", "measure")  # 温度从五十摄氏度降到了三十五六|度
    more, end = _smaller(twin, unit, end)
    if more:
        mantissa, value = mantissa + more, value + more * number.scale
    return Amount(number, unit, scale + unit.text, mantissa, value, end)


def _doubled(number: Number, end: int) -> Amount | None:
    """Read 翻两番 as a growth of 300 %, 翻三五番 as one of 700 to 3100 %."""
    low, high = number.value, number.high or number.value
    if not 0 < low == int(low) <= high <= _MOST_DOUBLINGS:
        return None
    low, high = ((Decimal(2) ** int(times) - 1) * _HUNDRED for times in (low, high))
    number = number._replace(high=None if number.high is None else high)
    unit = Unit("番", "%", "ratio")
    return Amount(number, unit, unit.text, number.value, low, end, "doublings, 番")


_MOST_DOUBLINGS = 60


# What may follow a unit and belongs to it: 十五斤半, 三米九, 1米8, 五块六, 五块七毛八, 一百三十五块六角七分, 三块零四.
_HALF_MORE = re.compile(r"半(?![导径岛成数])")
_COINS = re.compile(
    r"(?:(?P<dimes>[一二三四五六七八九两\d])[角毛])?"
    r"(?:(?P<cents>[一二三四五六七八九两\d])分|(?P<rest>[一二三四五六七八九]))?(?:钱)?(?![之\d])"
)
_TENTH = re.compile(
    r"(?P<zero>零)?(?P<digit>[一二三四五六七八九\d])(?:(?=[到至][一二三四五六七八九十\d])|(?![\d.:\u4e00-\u9fff]))"
)


_SMALL = frozenset("半零两一二三四五六七八九")
"""What smaller parts may begin with, beside a digit."""


def _smaller(twin: str, unit: Unit, end: int) -> tuple[Decimal, int]:
    """Read what follows a unit in smaller parts of it: how much it adds, and where it ends."""
    following = twin[end : end + 1]
    if not (following in _SMALL or following.isdigit()):
        return Decimal(0), end
    half = _HALF_MORE.match(twin, end)
    if half and unit.kind in {"measure", "time", "money"}:
        return Decimal("0.5"), half.end()
    if unit.base == "元" and (coins := _COINS.match(twin, end)) and (coins["dimes"] or coins["cents"]):
        return _coin(coins["dimes"]) / 10 + _coin(coins["cents"] or coins["rest"]) / 100, coins.end()
    if unit.text in {"块", "米"} and (tenth := _TENTH.match(twin, end)):
        return _coin(tenth["digit"]) / (100 if tenth["zero"] else 10), tenth.end()
    return Decimal(0), end


def _coin(written: str | None) -> Decimal:
    return Decimal(_DIGITS.get(written, 0))
