"""`miner explain`: why each figure of a text is read as it is."""

import os
import shlex
import sys
from typing import Annotated

import typer

import miner

from .options import Date, Lexicon, fail, output_to, use_lexicon

HELP = """Show how a text is read: each figure with the rules and lexicon entries behind its columns, and each number \
that is no figure with the reason."""

EXAMPLES = """Examples:

miner explain "截至10月,综保区进出口总额139.7亿元,比去年同期增长33.4%"

miner explain --date 2024-03-31 - < article.txt
"""


def run(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A clause or more; - reads standard input.")],
    date: Date = None,
    lexicon: Lexicon = None,
) -> None:
    """Show how a text is read; the help that users see is `HELP`."""
    from . import render  # noqa: PLC0415 - rich is needed only once there is something to show

    if os.path.isfile(text):
        fail(f"{text} is a file, and explain reads the text itself: miner explain - < {shlex.quote(text)}")
    use_lexicon(lexicon, ["."])
    with output_to("standard output"):
        render.print_explanation(miner.explain(sys.stdin.read() if text == "-" else text, date=date))
