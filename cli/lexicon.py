"""`miner lexicon`: look at the lexicons, check one's own words, and find words that they lack."""

from typing import Annotated

import typer

import miner

from .options import (
    LEFT_OUT,
    Encoding,
    FilesFrom,
    Jobs,
    Lexicon,
    Limit,
    Name,
    Paths,
    Quiet,
    clean,
    complain,
    inputs,
    output_to,
    use_lexicon,
)
from .tally import Tally

app = typer.Typer(
    help="""Look at the words that the program knows, check your own, and find those that it lacks.

Your own words stand in miner.toml, beside the texts or named with --lexicon: [[park]], [[indicator]], [[unit]] and \
[[ignore]] entries, each with a name and examples, and also for its other spellings.
""",
    no_args_is_help=True,
)


@app.command("check", epilog="Example:\n\nminer lexicon check miner.toml")
def check(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A lexicon of your own.")],
) -> None:
    """Say what is wrong in a lexicon of your own, with line and caret, and which built-in entries it overrides."""
    try:
        overridden = miner.check_own(file)
    except miner.LexiconError as error:
        typer.echo(f"miner: {error}", err=True)
        raise typer.Exit(1) from None
    except (OSError, UnicodeDecodeError) as error:
        complain(f"{file}: cannot be read: {getattr(error, 'strerror', None) or error}")
        raise typer.Exit(1) from None
    for found in overridden:
        where = f"{found.lexicon}.toml, line {found.built_in.line}"
        typer.echo(clean(f"line {found.entry.line}: {found.spelling} is taken from {found.built_in.name} ({where})"))
    typer.echo(f"{clean(file)}: every entry can be used; {len(overridden)} built-in spellings are overridden.")


@app.command("find", epilog="Example:\n\nminer lexicon find 进出口")
def find(word: Annotated[str, typer.Argument(metavar="WORD", help="A part of a word, in simplified script.")]) -> None:
    """Show the entries that have a word in one of their spellings, with what they say and their examples."""
    found = miner.find_entries(word)
    for home, entry in found:
        typer.echo(f"{home}.toml, line {entry.line}: [[{entry.kind}]] {entry.name}")
        for key, value in (("also", entry.spellings[1:]), *entry.data.items(), ("examples", entry.examples)):
            if value:
                typer.echo(f"    {key}: {'、'.join(map(str, value)) if isinstance(value, (list, tuple)) else value}")
    if not found:
        complain(f"no entry has {word}; miner lexicon suggest lists what texts name and no entry covers.")
        raise typer.Exit(1)


@app.command("suggest", epilog="Example:\n\nminer lexicon suggest news/ >> news/miner.toml")
def suggest(
    paths: Paths = None,
    at_least: Annotated[int, typer.Option(metavar="N", min=1, help="Only indicators of N figures and more.")] = 3,
    lexicon: Lexicon = None,
    files_from: FilesFrom = None,
    name: Name = miner.STDIN_NAME,
    encoding: Encoding = None,
    limit: Limit = None,
    jobs: Jobs = None,
    quiet: Quiet = False,
) -> None:
    """List the indicators that texts name often and no entry covers, with counts and a sentence, ready to be pasted."""
    named = inputs(paths, files_from, name, encoding, limit)
    use_lexicon(lexicon, named.paths)
    tally = Tally()
    with output_to("standard output"):
        rows = tally.count(tally.mined(named, date=None, jobs=jobs))
        typer.echo(miner.suggest(rows, at_least=at_least), nl=False)
    if not quiet:
        complain(tally.summary())
    raise typer.Exit(LEFT_OUT if tally.left_out else 0)
