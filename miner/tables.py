"""Observations -> a pandas table with exact values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from miner.exports.cells import encodable
from miner.schema import COLUMNS, DECIMALS, INTEGERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from miner.schema import Observation


def to_frame(observations: Iterable[Observation]) -> pd.DataFrame:
    """Return the observations as a DataFrame, one row each, with the columns of `COLUMNS`.

    ``number``, ``value`` and the bounds hold `decimal.Decimal` objects, None where a bound is blank; ``line``,
    ``start`` and ``end`` are integers; the rest is text.

    Example:
        >>> from miner import mine_text
        >>> to_frame(mine_text("园区有企业66家。")).loc[0, "value"]
        Decimal('66')
    """
    import pandas as pd  # noqa: PLC0415 - takes half a second, which only tables should cost

    rows = list(observations)
    kinds = dict.fromkeys(DECIMALS, "object") | dict.fromkeys(INTEGERS, "int64")
    columns = {}
    for name in COLUMNS:
        values = [getattr(row, name) for row in rows]
        if name not in kinds:
            values = [encodable(value) for value in values]  # where pandas keeps text with pyarrow, it is UTF-8
        columns[name] = pd.Series(values, dtype=kinds.get(name, "str"), name=name)
    return pd.DataFrame(columns)
