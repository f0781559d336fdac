"""The row of the contract: `Observation`, one figure that a text states, and `COLUMNS`, its header.

The CSV header, the Python API, docs/figures.md and the gold files all draw on the fields below.
"""

from __future__ import annotations

from dataclasses import MISSING, dataclass, field, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args, get_origin

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from decimal import Decimal

ParkKind = Literal["park", "group", "region", "organization", ""]
Measure = Literal["level", "growth", "change", "share", "rank"]
Basis = Literal["yoy", "mom", "base", "average", "area", ""]
Direction = Literal["up", "down", "flat", ""]
Modifier = Literal["exact", "about", "nearly", "over", "under", "at_least", "at_most", "range"]


def column(
    meaning: str,
    default: Any = MISSING,  # noqa: ANN401 - of the field's type
    *,
    zh: str = "",
    en: str = "",
) -> Any:  # noqa: ANN401 - stands in for a field of any type
    """Declare a field of the row together with what it says and its headings in Chinese and English.

    ``default`` is given where a row may be made without the field.
    """
    return field(default=default, metadata={"meaning": meaning, "zh": zh, "en": en})


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One figure that the text states, with everything the text says about it (docs/figures.md)."""

    park: str = column(
        "full name, in simplified script, of the park or area that the figure describes", zh="园区", en="Park"
    )
    park_kind: ParkKind = column("park, group, region or organization", zh="园区类别", en="Kind of park")
    subject: str = column("the narrower thing measured, where it is not the park as a whole", zh="主体", en="Subject")
    indicator: str = column(
        "what is counted or measured, as the text names it, in simplified script", zh="指标", en="Indicator"
    )
    measure: Measure = column("level, growth, change, share or rank", zh="类别", en="Measure")
    basis: Basis = column(
        "what a growth or change is compared with: yoy, mom, base, average or area", zh="比较基准", en="Compared with"
    )
    direction: Direction = column("for growth and change: up, down or flat", zh="方向", en="Direction")
    number: Decimal = column("the number as written, without its magnitude word", zh="数字", en="Number")
    unit: str = column("the unit as written, simplified, magnitude word included", zh="单位", en="Unit")
    value: Decimal = column("the exact value in base_unit", zh="数值", en="Value")
    base_unit: str = column("the unit without its magnitude, in one spelling", zh="基本单位", en="Base unit")
    modifier: Modifier = column(
        "exact, about, nearly, over, under, at_least, at_most or range", zh="限定", en="Modifier"
    )
    value_min: Decimal | None = column(
        "the lower bound that the text states or implies", zh="数值下限", en="Lower bound"
    )
    value_max: Decimal | None = column(
        "the upper bound that the text states or implies", zh="数值上限", en="Upper bound"
    )
    period_text: str = column(
        "the time expression that governs the figure, simplified", zh="时期原文", en="Period as written"
    )
    period: str = column("that period in ISO 8601, blank where it cannot be resolved", zh="时期", en="Period")
    source: str = column("the file, as the path under the input root", zh="来源", en="Source")
    line: int = column("1-based line of the figure in the decoded file", zh="行号", en="Line")
    start: int = column(
        "offset of the figure's first character in the decoded file, in code points", zh="起始", en="Start"
    )
    end: int = column("offset after the figure's last character", zh="结束", en="End")
    text: str = column("the figure exactly as written: decoded[start:end]", zh="原文", en="Figure as written")
    sentence: str = column("the sentence that states it, exactly as in the file", zh="原句", en="Sentence")
    indicator_id: str = column(
        "the canonical indicator's id, blank where no entry of the lexicon fits",
        "",
        zh="标准指标编号",
        en="Canonical indicator's id",
    )
    indicator_std: str = column("the canonical indicator's name", "", zh="标准指标", en="Canonical indicator")
    qualifier: str = column(
        "what the indicator adds to the canonical one: 新增, 累计, 人均, 增速", "", zh="修饰", en="Qualifier"
    )
    park_id: str = column(
        "one id for the park or area in every text: the gazetteer's, else its name", "", zh="园区编号", en="Park id"
    )
    province: str = column(
        "the province that it lies in, blank where its name does not say", "", zh="省份", en="Province"
    )
    city: str = column("the prefecture-level city that it lies in", "", zh="城市", en="City")
    place: str = column(
        "where in a file that is no text: page 3, 产值!B7, line 120; blank in a text file", "", zh="位置", en="Place"
    )

    def __reduce__(self) -> tuple[Any, ...]:
        """Go between processes as bare values: twice as fast as a dataclass goes by itself."""
        return _remade, values_of(self)


COLUMNS: tuple[str, ...] = tuple(f.name for f in fields(Observation))
"""The columns of a row, in the order of every export."""

values_of: Callable[[Observation], tuple[Any, ...]] = attrgetter(*COLUMNS)
"""Return what a row says, in the order of `COLUMNS`."""


def _remade(*values: Any) -> Observation:  # noqa: ANN401 - of the columns' types
    """Make a row of its values where it stood in another process: set where they lie, twice as fast as by name."""
    row = object.__new__(Observation)
    for set_value, value in zip(_SETTERS, values, strict=True):
        set_value(row, value)
    return row


_SETTERS = [Observation.__dict__[name].__set__ for name in COLUMNS]


MEANINGS: dict[str, str] = {f.name: f.metadata["meaning"] for f in fields(Observation)}
"""What each column says, in one line."""

MARKS: dict[Modifier, str] = {
    "about": "≈", "nearly": "<", "under": "<", "over": ">", "at_least": "≥", "at_most": "≤",
}  # fmt: skip
"""How a table shows that the text leaves a figure open."""

Axis = Literal["park", "period", "indicator"]
"""What a table across texts may have for its rows and its columns."""

Language = Literal["zh", "en"]

HEADINGS: dict[Language, tuple[str, ...]] = {
    language: tuple(f.metadata[language] or f.name for f in fields(Observation)) for language in get_args(Language)
}
"""The headings of the columns for people, in each language and in the order of `COLUMNS`."""

CHOICES: dict[str, tuple[str, ...]] = {
    f.name: get_args(globals()[str(f.type)])
    for f in fields(Observation)
    if get_origin(globals().get(str(f.type))) is Literal
}
"""The columns that hold one of a few words, and these words; a blank among them where the column may be blank."""

DECIMALS = frozenset(f.name for f in fields(Observation) if "Decimal" in str(f.type))
"""The columns that hold exact numbers; the bounds may be blank."""

INTEGERS = frozenset(f.name for f in fields(Observation) if f.type == "int")
"""The columns that hold whole numbers; every other column but those of `DECIMALS` is text."""


class Reason(NamedTuple):
    """Why a column reads as it does: the rule or lexicon entry, and the characters it met."""

    column: str
    rule: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Reading:
    """An observation together with the reasons for what its columns say."""

    observation: Observation
    reasons: tuple[Reason, ...]


class Rejection(NamedTuple):
    """A number that states no figure, and the rule that says so."""

    start: int
    end: int
    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class Problem:
    """An input that was left out or read only in part, and what to do about it.

    ``fatal`` is true where the input was left out.
    """

    source: str
    message: str
    fatal: bool = True

    def __str__(self) -> str:
        """Return the line a user sees."""
        return f"{self.source}: {self.message}"


def fault(source: str, error: Exception, since: str = "") -> Problem:
    """Return the problem that this program itself fails on an input; ``since`` tells from where on, of a part of one.

    Example:
        >>> print(fault("a.txt", KeyError("年")))
        a.txt: left out: a fault of this program (KeyError('年')); please report it
    """
    return Problem(source, f"left out{since}: a fault of this program ({error!r}); please report it")


@dataclass(frozen=True, slots=True)
class Mined:
    """The observations of one document, under the name that its rows bear; its day, where that was asked for.

    Those of a big text come in several: ``more`` tells that others of the same document follow.
    """

    source: str
    rows: tuple[Observation, ...]
    date: dt.date | None = None
    more: bool = False
