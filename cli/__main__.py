"""How the process starts: ``miner``, and ``python -m miner.cli``."""

import os
import signal
from types import FrameType

INTERRUPTED = 130


def main() -> None:
    """Load the command line and run it; while it loads there is nothing to clean up, and Ctrl-C ends it at once."""
    obeyed = signal.getsignal(signal.SIGINT) is signal.default_int_handler  # a shell may have it ignored
    if obeyed:
        signal.signal(signal.SIGINT, _leave)
    from .app import main as run  # noqa: PLC0415 - it is what takes time to load

    if obeyed:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    run()


def _leave(_number: int, _frame: FrameType | None) -> None:
    os._exit(INTERRUPTED)  # an exception would show the lines that were being imported


if __name__ == "__main__":
    main()
