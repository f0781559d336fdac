"""Fuzzing led by coverage: targets.py says what holds of any input, corpus/ has inputs to begin with and those that once failed.

tests/test_fuzz.py replays them. ``python -m tests.fuzz`` thinks of new ones; it needs atheris, which is no part of ``dev``
since it has no wheel for every Python: ``pip install atheris``.
"""
