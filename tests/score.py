"""Score an exported table of figures against gold files, by the contract in docs/figures.md.

    score.py FIGURES.csv GOLD.jsonl [GOLD.jsonl ...] [--errors] [--json] [--at-least figures=0.98 --at-least rows=0.9]

A gold figure is found where a row of the same file overlaps its span with the same `value` and `base_unit`.
A row that overlaps only an optional gold figure (must: false) counts neither way; any other row without a gold
figure is spurious. `figures` is the F1 of that. The field figures are the shares of the found figures whose field
is right; `rows` is the share of ALL required gold figures that are found with park, indicator, measure,
direction, modifier and period all right. Only files that the gold names are scored, by their base name.
Standard library only.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections import defaultdict
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher
from pathlib import Path, PurePosixPath
from typing import Any

Row = dict[str, Any]
"""A row of the table or a line of gold: a column and what it says."""

ROW_FIELDS = ("park", "indicator", "measure", "direction", "modifier", "period")
FIELDS = (
    *("text", "park", "park_kind", "subject", "indicator", "measure", "basis", "direction", "number", "unit"),
    *("modifier", "value_min", "value_max", "period_text", "period"),
)
NUMERIC = {"number", "value", "value_min", "value_max"}
CLOSE_ENOUGH = {"indicator": 0.8, "subject": 0.8, "park": 0.8, "period_text": 0.6}
NOISE = re.compile(r"[\s的之、,，。;；:：\"“”‘’'()（）《》·]")


def decimal(text: object) -> Decimal | None:
    """Return what ``text`` says as a number, None where it says none."""
    try:
        return Decimal(str(text).replace(",", "").strip())
    except InvalidOperation:
        return None


def same(field: str, got: object, gold: Row) -> bool:
    """Tell whether a column says what the gold says, or one of its other right answers."""
    wanted = [str(gold.get(field, "") or ""), *[str(a) for a in gold.get(f"{field}_also", []) or []]]
    got = str(got or "").strip()
    if field in NUMERIC:
        return any(decimal(got) == decimal(w) if decimal(w) is not None else got == w for w in wanted)
    if field not in CLOSE_ENOUGH:
        return got in wanted
    plain = NOISE.sub("", got)
    for want in (NOISE.sub("", w) for w in wanted):
        if plain == want:
            return True
        close = SequenceMatcher(None, plain, want, autojunk=False).ratio() >= CLOSE_ENOUGH[field]
        if plain and want and close:
            return True
    return False


def read_rows(path: Path) -> dict[str, list[Row]]:
    """Read an exported table, its rows by the base name of their file."""
    csv.field_size_limit(sys.maxsize)
    by_source: defaultdict[str, list[Row]] = defaultdict(list)
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            spans = {"start": int(row["start"]), "end": int(row["end"])}
            by_source[PurePosixPath(row["source"]).name].append({**row, **spans})
    return by_source


def overlap(a: Row, b: Row) -> int:
    """Return how many characters two spans share; none where it is not above zero."""
    return int(min(a["end"], b["end"]) - max(a["start"], b["start"]))


def agrees(row: Row, gold: Row) -> bool:
    """Tell whether a row has the value and the base unit of the gold."""
    units = {gold["base_unit"], *(gold.get("base_unit_also") or [])}
    return same("value", row["value"], gold) and row["base_unit"] in units


def matched(rows: list[Row], golds: list[Row]) -> dict[int, int]:
    """Pair gold figures with rows, the longest overlap first; return the row of each gold figure."""
    pairs = sorted(
        (
            (overlap(row, gold), i, j)
            for i, row in enumerate(rows)
            for j, gold in enumerate(golds)
            if overlap(row, gold) > 0 and agrees(row, gold)
        ),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    match: dict[int, int] = {}
    for _, i, j in pairs:
        if i not in match.values() and j not in match:
            match[j] = i
    return match


def score(rows_by_source: dict[str, list[Row]], gold: list[Row]) -> tuple[dict[str, float], list[str]]:
    """Return the scores of a table against the gold, and every answer that is missed, wrong or spurious."""
    errors: list[str] = []
    found = missed = spurious = rows_right = 0
    right = dict.fromkeys(FIELDS, 0)
    gold_by_source: defaultdict[str, list[Row]] = defaultdict(list)
    for g in gold:
        gold_by_source[PurePosixPath(g["source"]).name].append(g)

    for source, golds in sorted(gold_by_source.items()):
        rows = rows_by_source.get(source, [])
        match = matched(rows, golds)
        for j, g in enumerate(golds):
            if not g["must"]:
                continue
            at = f"{source}:{g['start']} {g['text']}"
            if j not in match:
                missed += 1
                errors.append(f"missed    {at} = {g['value']} {g['base_unit']} ({g['park']} {g['indicator']})")
                continue
            found += 1
            row = rows[match[j]]
            wrong = [f for f in FIELDS if not same(f, row.get(f, ""), g)]
            for f in FIELDS:
                right[f] += f not in wrong
            rows_right += not set(wrong) & set(ROW_FIELDS)
            errors += [f"wrong     {at} {f}: {row.get(f, '')!r}, gold {g.get(f, '')!r}" for f in wrong]
        for i, r in enumerate(rows):
            if i in match.values() or any(overlap(r, g) > 0 and not g["must"] for g in golds):
                continue
            spurious += 1
            value = f"{r['value']} {r['base_unit']}"
            errors.append(f"spurious  {source}:{r['start']} {r['text']} = {value} ({r.get('indicator', '')})")

    total = found + missed
    precision = found / (found + spurious) if found + spurious else 0.0
    recall = found / total if total else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    result: dict[str, float] = {"gold": total, "found": found, "missed": missed, "spurious": spurious}
    result |= {"precision": precision, "recall": recall, "figures": f1, "rows": rows_right / total if total else 0.0}
    result |= {f: right[f] / found if found else 0.0 for f in FIELDS}
    return result, errors


def read_gold(paths: list[Path]) -> list[Row]:
    """Read gold files, an observation a line."""
    return [
        json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line.strip()
    ]


def main() -> int:
    """Score and print; return 1 where a score is lower than asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("figures", type=Path)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--errors", action="store_true", help="list every missed, spurious and wrong answer")
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--at-least", action="append", default=[], metavar="NAME=SHARE", help="exit 1 where a score is lower"
    )
    args = parser.parse_args()

    result, errors = score(read_rows(args.figures), read_gold(args.gold))
    lines = errors if args.errors else []
    if args.json:
        lines.append(json.dumps(result, ensure_ascii=False))
    else:
        for name, value in result.items():
            lines.append(f"{name:12} {value:.4f}" if isinstance(value, float) else f"{name:12} {value}")
    low = [f"{n} {result[n]:.4f} < {s}" for n, s in (a.split("=") for a in args.at_least) if result[n] < float(s)]
    if low:
        lines.append("falls short: " + "; ".join(low))
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
