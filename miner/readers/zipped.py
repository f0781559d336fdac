"""ZIP archives: each file in one is read as a file of its own, under ``archive.zip/folder/name.txt``.

Names are only names: ``../`` and a leading ``/`` are left out of them, since nothing is written anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from miner.decoding import NotText, decode
from miner.limits import more
from miner.readers import SUFFIXES, kind_of, read_file
from miner.readers.archives import open_archive, unpack
from miner.readers.protocol import File, Unreadable
from miner.schema import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zipfile import ZipInfo

    from miner.documents import Document
    from miner.readers.archives import Archive

_UTF_8 = 0x800  # the bit of a member's flags that says in which encoding its name is


@dataclass
class _Room:
    """How many bytes have been unpacked: one for an archive and all that are in it."""

    taken: int = 0


def read(file: File) -> Iterator[Document | Problem]:
    """Read what is in an archive: the files that would be read in a folder, in the order of their names.

    Raises:
        Unreadable: the archive is damaged, beyond a limit, or holds nothing that can be read.
    """
    yield from _read(file, _Room(), file.limits.depth)


def _read(file: File, room: _Room, depth: int) -> Iterator[Document | Problem]:
    archive = open_archive(file, taken=room.taken)
    room.taken += sum(member.file_size for member in archive.infolist())
    members = _members(archive)
    if not members:
        raise Unreadable(f"this archive holds no file that can be read: {', '.join(SUFFIXES)}")
    for name, member in members:
        source = f"{file.source}/{name}"
        try:
            inner = replace(file, source=source, data=unpack(archive, member))
            if kind_of(inner).module != "zipped":
                yield from read_file(inner)
            elif depth == 1:
                most = file.limits.depth
                within = f"an archive within {most} others; unpack it first, {more('depth', most + 1)}"
                yield Problem(source, f"left out: {within}")
            else:
                yield from _read(inner, room, depth - 1)
        except Unreadable as error:
            yield Problem(source, f"left out: {error}")


def _members(archive: Archive) -> list[tuple[str, ZipInfo]]:
    """Return the files to read, each once, by name: none that is hidden or of a kind that is not known."""
    found: dict[str, ZipInfo] = {}
    files = [member for member in archive.infolist() if member.filename and not member.is_dir()]
    for name, member in zip(_names(files), files, strict=True):
        parts = [part for part in name.replace("\\", "/").split("/") if part not in {"", ".", ".."}]
        hidden = any(part.startswith((".", "__MACOSX")) for part in parts)
        if parts and not hidden and PurePosixPath(parts[-1]).suffix.lower() in SUFFIXES:
            found["/".join(parts)] = member  # of two that bear one name the later counts, as where they are unpacked
    return sorted(found.items())


def _names(members: list[ZipInfo]) -> list[str]:
    """Return the names of members; those not marked as UTF-8 come as code page 437 and are mostly GB18030."""
    unmarked = [m.filename.encode("cp437", "replace") for m in members if not m.flag_bits & _UTF_8]
    try:
        names = iter(decode(b"\n".join(unmarked))[0].split("\n"))
    except NotText:  # too few to tell
        names = iter([name.decode("gb18030", "replace") for name in unmarked])
    return [member.filename if member.flag_bits & _UTF_8 else next(names) for member in members]
