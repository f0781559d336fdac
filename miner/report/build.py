"""Documents -> the page, in one file: markup, style, script and data, and no way out to a network."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Literal, get_args

from miner.checks import audit
from miner.pipeline import read_each
from miner.report.packing import pack

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from miner.checks import Finding
    from miner.documents import Document
    from miner.files import OnProblem
    from miner.pipeline import Read
    from miner.schema import Observation

Language = Literal["", "zh", "en"]

SCRIPTS = ("words", "data", "filters", "csv", "marks", "article", "table", "panels", "checks", "help", "page")
"""The parts of the script, in the order in which they build on each other."""


@dataclass(frozen=True, slots=True)
class Report:
    """A page, and what it shows."""

    page: str
    """The whole of the HTML file."""

    observations: tuple[Observation, ...]
    findings: tuple[Finding, ...]


def make_report(
    documents: Iterable[Document],
    *,
    date: dt.date | None = None,
    lang: Language = "",
    on_problem: OnProblem | None = None,
) -> Report:
    """Build a page that shows texts with their figures, a table of them, a panel for each park, and what was checked.

    Args:
        documents: the texts, such as `read_documents` gives.
        date: the day that 去年 or 截至目前 is said on; without it, each text's own date, where it has one.
        lang: the language of the page itself, ``"zh"`` or ``"en"``; without it, the reader's own.
        on_problem: called with each `Problem`; without it, problems are warnings.

    Raises:
        ValueError: there is no such language.

    Example:
        >>> from miner import Document
        >>> report = make_report([Document("a.txt", "综保区现有66个党组织,包括36个独立党组织和30个联合党支部。")])
        >>> report.page[:15], [row.text for row in report.observations], [f.verdict for f in report.findings]
        ('<!doctype html>', ['66个', '36个', '30个'], ['holds'])
    """
    return report_of(read_each(documents, date=date, on_problem=on_problem), lang=lang)


def report_of(read: Iterable[Read], *, lang: Language = "") -> Report:
    """Build the page of `make_report` from documents that have been read, such as `read_files` gives by several processes.

    Raises:
        ValueError: there is no such language.

    Example:
        >>> from miner import read_files
        >>> len(report_of(read_files("seeds/004*.txt")).observations)
        32
    """
    if lang not in get_args(Language):
        raise ValueError(f"no language {lang!r}; there are zh and en")
    read = list(read)
    observations = tuple(reading.observation for _, readings, _ in read for reading in readings)
    findings = tuple(audit(observations))
    return Report(_page(pack(read, findings, lang)), observations, findings)


def _page(data: str) -> str:
    folder = files("miner.report") / "page"
    style, page = ((folder / name).read_text(encoding="utf-8") for name in ("page.css", "page.html"))
    script = "\n".join(['"use strict";', *((folder / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)])
    for name, text in (
        ("style-hash", _hash(style)),
        ("script-hash", _hash(script)),
        ("style", style),
        ("script", script),
        ("data", data),
    ):
        page = page.replace(f"<!--{name}-->", text)
    return page


def _hash(text: str) -> str:
    """Return the name by which the page's Content-Security-Policy knows a style or a script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
