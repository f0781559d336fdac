"""The `miner` command: the list of its commands, and how the process starts and ends."""

import io
import signal
import sys
from types import FrameType
from typing import Annotated

import typer

from . import audit, bench, explain, extract, grammar, lexicon, report, table
from .options import EXIT_STATUSES

app = typer.Typer(
    name="miner",
    help=f"""Find every figure that Chinese texts state: what it counts, its exact value, its period, and where.

{EXIT_STATUSES}""",
    epilog="Start with: miner extract seeds/",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("extract", help=extract.HELP, epilog=extract.EXAMPLES)(extract.run)
app.command("table", help=table.HELP, epilog=table.EXAMPLES)(table.run)
app.command("audit", help=audit.HELP, epilog=audit.EXAMPLES)(audit.run)
app.command("report", help=report.HELP, epilog=report.EXAMPLES)(report.run)
app.command("explain", help=explain.HELP, epilog=explain.EXAMPLES)(explain.run)
app.command("grammar", help=grammar.HELP, epilog=grammar.EXAMPLES)(grammar.run)
app.command("bench", help=bench.HELP, epilog=bench.EXAMPLES)(bench.run)
app.add_typer(lexicon.app, name="lexicon")


def _show_version(asked: bool) -> None:
    if asked:
        from miner import __version__  # noqa: PLC0415 - only here is it needed

        typer.echo(f"miner {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line as a process: text is UTF-8 whatever the locale, and SIGTERM cleans up as Ctrl-C does."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            errors = "replace" if stream is sys.stdin else "backslashreplace"
            stream.reconfigure(encoding="utf-8", errors=errors, newline=None if stream is sys.stdin else "")
    sys.unraisablehook = _clearing_up
    asked: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        asked.append(128 + number)
        if number == signal.SIGINT:
            raise KeyboardInterrupt
        sys.exit(asked[0])

    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # a shell may have it ignored
        signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    try:
        app()
    except (Exception, KeyboardInterrupt):
        if (
            asked
        ):  # raised while a library makes its classes it comes out as a RuntimeError, or at the very end as it is
            sys.exit(asked[0])
        raise


def _clearing_up(failure: "sys.UnraisableHookArgs") -> None:
    """Keep quiet where a library that has met a full disk, which was told of, meets it again when it is cleared away."""
    if not issubclass(failure.exc_type, OSError):
        sys.__unraisablehook__(failure)


if __name__ == "__main__":
    main()
