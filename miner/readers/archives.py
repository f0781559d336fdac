"""ZIP archives, and the Office files that are such: opened in memory and within limits, nothing unpacked to disk.

A member is never read beyond the size that its archive states, and what the archive states is checked before any
member is read, so that a file made to fill the memory costs none.
"""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING, Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from miner.limits import megabytes, more
from miner.readers.protocol import Unreadable

if TYPE_CHECKING:
    from miner.readers.protocol import File

RATIO_FROM: Final = (
    4 << 20
)  # bytes below which no ratio does harm; a text shrinks to a third, the emptiest sheet to a hundredth


class Archive(ZipFile):
    """An archive in memory, with the limits for what it unpacks to."""

    def __init__(self, file: File) -> None:
        """Open the archive that a file is."""
        super().__init__(io.BytesIO(file.data))
        self.limits = file.limits


_ENCRYPTED = 0x1  # the bit of a member's flags that says so


def open_archive(file: File, within: str = "unpacked", *, taken: int = 0) -> Archive:
    """Open an archive whose members are within the limits of the file.

    Args:
        file: the archive.
        within: the name of the limit for all members together.
        taken: how many bytes of that limit are taken by archives that this one is in.

    Raises:
        Unreadable: the archive is damaged or beyond a limit, which is named.

    Example:
        >>> from miner.readers.protocol import File
        >>> buffer = io.BytesIO()
        >>> with ZipFile(buffer, "w") as archive:
        ...     archive.writestr("a.txt", "企业66家")
        >>> open_archive(File("a.zip", buffer.getvalue())).namelist()
        ['a.txt']
    """
    try:
        archive = Archive(file)
        members = archive.infolist()
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Unreadable(f"this archive is damaged: {error}") from None
    limits, count = file.limits, len(members)
    if count > limits.members:
        raise Unreadable(
            f"this archive holds {count:,} files, more than {limits.members:,}; unpack it first, {more('members', count)}"
        )
    size, most = sum(member.file_size for member in members), getattr(limits, within)
    if size > most - taken:
        needed = more(within, size + taken)
        raise Unreadable(
            f"unpacked this would be {megabytes(size)}, more than {megabytes(most - taken)}; split it, {needed}"
        )
    for member in members:
        if member.file_size > max(RATIO_FROM, limits.ratio * member.compress_size):
            raise Unreadable(
                f"{member.filename!r} in it unpacks to {megabytes(member.file_size)}, more than {limits.ratio} times "
                f"its size: it is made to fill the memory; where it is not, unpack it first, "
                f"{more('ratio', -(-member.file_size // max(1, member.compress_size)))}"
            )
    return archive


def unpack(archive: Archive, member: ZipInfo) -> bytes:
    """Return the bytes of a member that is within the limit for one.

    Raises:
        Unreadable: the member is encrypted, damaged or too large.
    """
    if member.flag_bits & _ENCRYPTED:
        raise Unreadable("this is locked with a password; unpack it first")
    if member.file_size > (most := archive.limits.member):
        size, needed = megabytes(member.file_size), more("member", member.file_size)
        raise Unreadable(f"this is {size}, more than {megabytes(most)}; split it, {needed}")
    try:
        return archive.read(member)
    except (BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        raise Unreadable(f"this is damaged in the archive: {error}") from None
