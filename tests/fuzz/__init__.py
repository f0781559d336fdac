"""Fuzzing led by coverage; it needs atheris, which is no part of ``dev``: ``pip install atheris``."""
