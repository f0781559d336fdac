"""Miner: every figure that a Chinese text states, what it counts, and where the text says so.

Example:
    >>> import miner
    >>> for figure in miner.mine_text("园区有企业66家,同比增长10%。"):
    ...     print(figure.text, figure.measure, figure.value, figure.base_unit)
    66家 level 66 家
    10% growth 10 %

A name is imported when it is first used, so that ``import miner`` is quick: no lexicon is read and no table
library loaded before there is something to mine.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from miner.benchmark import Bench, bench
    from miner.checks import Finding, audit
    from miner.cluster import Written, mine_into
    from miner.decoding import text_encoding
    from miner.documents import Document
    from miner.exports import FORMATS, Format, export, format_of, guarded, read_csv, replace_file
    from miner.exports.datapackage import write_datapackage
    from miner.files import STDIN_NAME, OnRead, find_files, read_documents, read_list
    from miner.grammar import grammar_page
    from miner.jobs import mine, mine_files, read_files
    from miner.lexicon import LexiconError
    from miner.limits import Limits, limits_of
    from miner.manifest import ManifestError
    from miner.numbers import Number, find_numbers
    from miner.own import check_own, find_entries, suggest, use_own
    from miner.parts import PART_BYTES, ClusterError, Partition
    from miner.pipeline import Read, date_of, mine_document, mine_documents, mine_text, select
    from miner.pivot import Cell, Pivot, of_indicator, pivots, sparkline, write_sheets, write_tables
    from miner.quantities import Quantity, find_quantities
    from miner.readers import SUFFIXES
    from miner.reasons import Explanation, explain
    from miner.report import Report, make_report, report_of
    from miner.schema import (
        COLUMNS,
        HEADINGS,
        MARKS,
        MEANINGS,
        Axis,
        Language,
        Measure,
        Mined,
        Observation,
        Problem,
        Reading,
        Reason,
        Rejection,
    )
    from miner.stores import is_url
    from miner.tables import to_frame

    __version__: str

_HOMES = {
    "benchmark": ("Bench", "bench"),
    "checks": ("Finding", "audit"),
    "cluster": ("Written", "mine_into"),
    "decoding": ("text_encoding",),
    "documents": ("Document",),
    "exports": ("FORMATS", "Format", "export", "format_of", "guarded", "read_csv", "replace_file"),
    "exports.datapackage": ("write_datapackage",),
    "files": ("STDIN_NAME", "OnRead", "find_files", "read_documents", "read_list"),
    "grammar": ("grammar_page",),
    "jobs": ("mine", "mine_files", "read_files"),
    "lexicon": ("LexiconError",),
    "limits": ("Limits", "limits_of"),
    "manifest": ("ManifestError",),
    "numbers": ("Number", "find_numbers"),
    "own": ("check_own", "find_entries", "suggest", "use_own"),
    "parts": ("PART_BYTES", "ClusterError", "Partition"),
    "pipeline": ("Read", "date_of", "mine_document", "mine_documents", "mine_text", "select"),
    "pivot": ("Cell", "Pivot", "of_indicator", "pivots", "sparkline", "write_sheets", "write_tables"),
    "quantities": ("Quantity", "find_quantities"),
    "readers": ("SUFFIXES",),
    "reasons": ("Explanation", "explain"),
    "report": ("Report", "make_report", "report_of"),
    "schema": (
        "COLUMNS",
        "HEADINGS",
        "MARKS",
        "MEANINGS",
        "Axis",
        "Language",
        "Measure",
        "Mined",
        "Observation",
        "Problem",
        "Reading",
        "Reason",
        "Rejection",
    ),
    "stores": ("is_url",),
    "tables": ("to_frame",),
}

__all__ = [
    "COLUMNS",
    "FORMATS",
    "HEADINGS",
    "MARKS",
    "MEANINGS",
    "PART_BYTES",
    "STDIN_NAME",
    "SUFFIXES",
    "Axis",
    "Bench",
    "Cell",
    "ClusterError",
    "Document",
    "Explanation",
    "Finding",
    "Format",
    "Language",
    "LexiconError",
    "Limits",
    "ManifestError",
    "Measure",
    "Mined",
    "Number",
    "Observation",
    "OnRead",
    "Partition",
    "Pivot",
    "Problem",
    "Quantity",
    "Read",
    "Reading",
    "Reason",
    "Rejection",
    "Report",
    "Written",
    "__version__",
    "audit",
    "bench",
    "check_own",
    "date_of",
    "explain",
    "export",
    "find_entries",
    "find_files",
    "find_numbers",
    "find_quantities",
    "format_of",
    "grammar_page",
    "guarded",
    "is_url",
    "limits_of",
    "make_report",
    "mine",
    "mine_document",
    "mine_documents",
    "mine_files",
    "mine_into",
    "mine_text",
    "of_indicator",
    "pivots",
    "read_csv",
    "read_documents",
    "read_files",
    "read_list",
    "replace_file",
    "report_of",
    "select",
    "sparkline",
    "suggest",
    "text_encoding",
    "to_frame",
    "use_own",
    "write_datapackage",
    "write_sheets",
    "write_tables",
]


if not TYPE_CHECKING:  # a type checker sees the names above, and that there are no others

    def __getattr__(name: str) -> object:
        """Import the public name ``name`` from the module it lives in."""
        if name == "__version__":
            from importlib.metadata import version  # noqa: PLC0415 - 20 ms that only --version should cost

            return version("miner")
        for home, names in _HOMES.items():
            if name in names:
                value = getattr(import_module(f"miner.{home}"), name)
                globals()[name] = value
                return value
        raise AttributeError(f"module 'miner' has no attribute {name!r}")


def __dir__() -> list[str]:
    """List the public names, also those not imported yet."""
    return __all__
