r"""Observations -> Markdown: a heading and a table for each park, as GitHub and CommonMark with tables read them.

Text stays text: what Markdown or HTML would obey is escaped. A line end or a run of spaces becomes one space, and a
control character, or a mark that turns the direction of writing, becomes U+FFFD. The lines of a park are kept until
the last row has been seen, as a park may be met again.
"""

from __future__ import annotations

import html
import re
from decimal import Decimal
from typing import TYPE_CHECKING, TextIO

from miner.schema import COLUMNS, DECIMALS, INTEGERS, values_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from miner.exports.cells import Style
    from miner.schema import Observation

_UNSHOWN = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_MARKUP = re.compile(r"[\\`*_\[\]|~$#]")


def write(observations: Iterable[Observation], file: TextIO, style: Style) -> int:
    """Write the tables, parks in the order in which they are first met; return how many rows there are."""
    count = 0
    parks: dict[str, list[str]] = {}
    for count, row in enumerate(observations, 1):  # noqa: B007 - the last count is the number of rows
        parks.setdefault(row.park, []).append(_line(map(inert, values_of(row))))
    right = DECIMALS | INTEGERS
    header = _line(style.headings) + _line("---:" if name in right else "---" for name in COLUMNS)
    for n, (park, lines) in enumerate(parks.items()):
        file.write("\n" * bool(n) + f"## {inert(park) or '(no park named)'}\n\n{header}")
        file.writelines(lines)
    return count


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def inert(value: object) -> str:
    r"""Return a value as text that Markdown and HTML show as it is.

    Example:
        >>> print(inert("<b>66家</b> | `x`"), inert(Decimal("1E+4")))
        &lt;b&gt;66家&lt;/b&gt; \| \`x\` 10000
    """
    if value is None:
        return ""
    text = format(value, "f") if isinstance(value, Decimal) else " ".join(str(value).split())
    return _MARKUP.sub(r"\\\g<0>", html.escape(_UNSHOWN.sub("\ufffd", text), quote=False))
