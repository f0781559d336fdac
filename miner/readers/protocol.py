"""What every reader is given, and what it raises."""

from __future__ import annotations

from dataclasses import dataclass

from miner.limits import LIMITS, Limits


class Unreadable(ValueError):  # noqa: N818 - it says what the file is
    """The file is not what its name or its first bytes say; the message says what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class File:
    """A file, or a part of one: the name that its rows bear, its bytes, the encoding that the user named, and the limits."""

    source: str
    data: bytes
    encoding: str = ""
    limits: Limits = LIMITS
