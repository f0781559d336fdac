"""What can be read only once, such as standard input, kept so that it can be read again piece by piece."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
import weakref
from contextlib import suppress
from typing import BinaryIO, Final, cast

HELD: Final = 1 << 21
"""The most bytes that are held in memory."""


def take(stream: BinaryIO) -> bytes | Spooled:
    """Read a stream to its end; what is more than `HELD` bytes goes to a temporary file.

    Raises:
        OSError: the stream cannot be read, or the disk is full.

    Example:
        >>> import io
        >>> take(io.BytesIO(b"66"))
        b'66'
    """
    first = stream.read(HELD + 1)
    if len(first) <= HELD:
        return first
    return Spooled(first, stream)


class Spooled:
    """Bytes in a temporary file without a name: whatever ends this program, nothing of it is left.

    It is read from its start each time that it is opened, by one reader at a time.
    """

    def __init__(self, first: bytes, rest: BinaryIO | None = None) -> None:
        """Write ``first``, and after it what is left to read of a stream.

        Raises:
            OSError: the stream cannot be read, or the disk is full.
        """
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - it is there as long as this is
        weakref.finalize(self, self._file.close)
        try:
            self._file.write(first)
            if rest:
                shutil.copyfileobj(rest, self._file)
            self._file.flush()
        except OSError as error:
            with suppress(OSError):  # it writes once more what it holds
                self._file.close()
            if error.errno != errno.ENOSPC:
                raise
            folder = tempfile.gettempdir()
            raise OSError(errno.ENOSPC, f"there is no room for it in {folder}; set TMPDIR to another folder") from None
        self.size = self._file.tell()

    def open(self, mode: str = "rb") -> BinaryIO:
        """Open it at its start."""
        opened = os.fdopen(os.dup(self._file.fileno()), mode)
        opened.seek(0)
        return cast("BinaryIO", opened)

    def read_bytes(self) -> bytes:
        """Return what it holds."""
        with self.open() as opened:
            return opened.read()

    def __reduce__(self) -> tuple[type[Spooled], tuple[bytes]]:
        """Hand the bytes themselves to another process."""
        return Spooled, (self.read_bytes(),)
