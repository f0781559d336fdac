"""`Rule`: a pattern with a name that completes "it is …", what proves it, and what it must not match."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from miner.spans import Span, as_span


@dataclass(frozen=True, slots=True)
class Rule:
    """A named pattern over the simplified half-width twin of a text.

    ``examples`` are texts in which the rule fires, the stretch it takes between bars (``|第五条|办理``);
    in ``counterexamples`` it stays silent. ``pattern`` is written in verbose form: blanks mean nothing.
    One of the ``marks``, characters or words, stands in whatever the rule takes: a text without them is passed at once, which
    its caller asks. The short pattern ``needs`` stands in the text where the rule takes anything, and is looked for before the
    rule is tried: it begins with few characters, so that a paragraph is gone through in 1 us and not in 7. A paragraph is asked
    for a mark in 0.05 us.
    """

    name: str
    pattern: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...] = ()
    needs: str = ""
    marks: str | tuple[str, ...] = ""
    regex: re.Pattern[str] = field(init=False, repr=False, compare=False)
    needed: re.Pattern[str] = field(init=False, repr=False, compare=False)
    group: int | str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Compile the patterns once."""
        object.__setattr__(self, "regex", re.compile(self.pattern, re.VERBOSE))
        object.__setattr__(self, "needed", re.compile(self.needs))
        object.__setattr__(self, "group", "it" if "it" in self.regex.groupindex else 0)

    def find(self, text: str, at: int = 0) -> list[Span]:
        """Return each stretch of ``text`` that the rule takes: group ``it`` where the pattern names one.

        ``at`` is where the text begins in that which the spans point into.
        """
        if self.needs and not self.needed.search(text):
            return []
        group = self.group
        found = []
        for match in self.regex.finditer(text):
            start, end = match.span(group)
            found.append(as_span((at + start, at + end)))
        return found


def bars(example: str) -> tuple[str, tuple[Span, ...]]:
    """Split an example written with bars into its text and the spans between the bars.

    Raises:
        ValueError: the bars do not come in pairs.

    Example:
        >>> bars("按照|第五条|办理")
        ('按照第五条办理', (Span(start=2, end=5),))
    """
    parts = example.split("|")
    if len(parts) % 2 == 0:
        raise ValueError(f"bars must come in pairs: {example}")
    text, spans = "", []
    for n, part in enumerate(parts):
        if n % 2:
            spans.append(Span(len(text), len(text) + len(part)))
        text += part
    return text, tuple(spans)
