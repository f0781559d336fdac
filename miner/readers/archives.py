"""ZIP archives, and the Office files that are such: opened in memory and within limits, nothing unpacked to disk.

A member is never read beyond the size that its archive states, and what the archive states is checked before any
member is read, so that a file made to fill the memory costs none.
"""

from __future__ import annotations

import io
import zlib
from typing import Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from miner.readers.protocol import Unreadable

MAX_MEMBERS: Final = 20_000
MAX_UNPACKED: Final = 1 << 30  # bytes, of all members together
MAX_MEMBER: Final = 1 << 28  # bytes, of one
MAX_RATIO: Final = 200  # a text shrinks to a third, the emptiest sheet to a hundredth
RATIO_FROM: Final = 1 << 22  # bytes below which no ratio does harm

_ENCRYPTED = 0x1  # the bit of a member's flags that says so


def open_archive(data: bytes, *, unpacked: int = MAX_UNPACKED) -> ZipFile:
    """Open an archive whose members are within the limits; ``unpacked`` is how many bytes they may be together.

    Raises:
        Unreadable: the archive is damaged or beyond a limit, which is named.

    Example:
        >>> buffer = io.BytesIO()
        >>> with ZipFile(buffer, "w") as archive:
        ...     archive.writestr("a.txt", "企业66家")
        >>> open_archive(buffer.getvalue()).namelist()
        ['a.txt']
    """
    try:
        archive = ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Unreadable(f"this archive is damaged: {error}") from None
    if len(members) > MAX_MEMBERS:
        raise Unreadable(f"this archive holds {len(members):,} files, more than {MAX_MEMBERS:,}; unpack it first")
    size = sum(member.file_size for member in members)
    if size > unpacked:
        raise Unreadable(f"unpacked this would be {_megabytes(size)}, more than {_megabytes(unpacked)}")
    for member in members:
        if member.file_size > max(RATIO_FROM, MAX_RATIO * member.compress_size):
            raise Unreadable(
                f"{member.filename!r} in it unpacks to {_megabytes(member.file_size)}, "
                f"more than {MAX_RATIO} times its size: it is made to fill the memory"
            )
    return archive


def unpack(archive: ZipFile, member: ZipInfo) -> bytes:
    """Return the bytes of a member.

    Raises:
        Unreadable: the member is encrypted, damaged or too large.
    """
    if member.flag_bits & _ENCRYPTED:
        raise Unreadable("this is locked with a password; unpack it first")
    if member.file_size > MAX_MEMBER:
        raise Unreadable(f"this is {_megabytes(member.file_size)}, more than {_megabytes(MAX_MEMBER)}")
    try:
        return archive.read(member)
    except (BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        raise Unreadable(f"this is damaged in the archive: {error}") from None


def _megabytes(size: int) -> str:
    return f"{max(1, size >> 20):,} MB"
