"""`miner grammar`: how Chinese writes figures, and what they are read as."""

import sys

import miner

from .options import output_to

HELP = """Print the grammar of Chinese figures as this program reads it, in Markdown: constructions with sentences and \
their rows, the words of the lexicons, and what is no figure."""

EXAMPLES = """Examples:

miner grammar > grammar.md

miner grammar | less"""


def run() -> None:
    """Print the grammar; the help that users see is `HELP`."""
    with output_to("standard output"):
        sys.stdout.write(miner.grammar_page())
