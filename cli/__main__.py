"""``python -m miner.cli`` is ``miner``."""

from .app import main

main()
