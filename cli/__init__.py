"""The command line, installed as ``miner.cli``: it uses only what ``import miner`` offers.

Whatever a command does, a few lines of Python can do. What is heavy is imported inside the commands, so that
``--help`` and completion answer at once.
"""
