"""`miner bench`: how fast a run is, where its time goes, and what others take for the same texts."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

import miner

from .options import LEFT_OUT, Paths, fail, output_to
from .tally import Tally

HELP = """Say how fast texts are mined, and where the time goes.

PATH is as for miner extract; without it, the examples of the lexicons are mined. One process mines, and the times are of \
the processor. Beside them stands a bare regular expression, a number and a unit, over the same texts.
"""

EXAMPLES = """Examples:

miner bench seeds/

miner bench news/ --peers

miner bench seeds/ --json > before.json

miner bench seeds/ --against before.json
"""

MEGABYTE = 1_000_000


def run(
    paths: Paths = None,
    peers: Annotated[
        bool, typer.Option("--peers", help="Run also the others that are installed: pip install 'miner[peers]'.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
    against: Annotated[
        str | None,
        typer.Option("--against", metavar="FILE", help="Print the result of FILE, as --json wrote it, beside."),
    ] = None,
) -> None:
    """Print what a run takes; the help that users see is `HELP`."""
    before = _result_of(against) if against else None
    tally = Tally()
    result = asdict(miner.bench(paths or (), peers=peers, on_problem=tally.note))
    with output_to("standard output"):
        if as_json:
            json.dump(result, sys.stdout, ensure_ascii=False, indent=1)
            typer.echo()
        else:
            columns = [_lines(result), *([_lines(before)] if before else [])]
            for name in dict.fromkeys(name for column in columns for name in column):
                typer.echo(f"{name:<48}" + "".join(f"{column.get(name, ''):>32}" for column in columns))
    raise typer.Exit(LEFT_OUT if tally.left_out else 0)


def _result_of(name: str) -> dict[str, Any]:
    try:
        result: dict[str, Any] = json.loads(Path(name).read_text(encoding="utf-8"))
        _lines(result)
    except OSError as error:
        fail(f"{name}: cannot be read: {error.strerror or error}")
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError):
        fail(f"{name}: this is no result of miner bench --json.")
    return result


def _lines(result: dict[str, Any]) -> dict[str, str]:
    """Return what is printed, line by line, each with its heading."""
    seconds, size = result["seconds"], result["size"]
    lines = {
        "texts": f"{result['files']:,}, {size / MEGABYTE:,.3f} MB",
        "speed": f"{size / MEGABYTE / seconds:.2f} MB/s",
        "figures": f"{result['figures']:,}, {result['figures'] / seconds:,.0f} a second",
        "loading, once": f"{result['loading']:.2f} s",
        "memory at most": f"{result['memory'] / MEGABYTE:,.0f} MB",
    }
    for stage, spent in sorted(result["stages"].items(), key=lambda pair: -pair[1]):
        lines[f"  {stage}"] = f"{spent / seconds:.1%}"
    for peer in (result["expression"], *result["peers"]):
        ratio = f"miner takes {seconds / max(peer['seconds'], 1e-6):,.2f} times"
        lines[f"{peer['name']}: {peer['what']}"] = f"{peer['found']:,}; {ratio}"
    return lines
