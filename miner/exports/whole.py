"""Files that are replaced as a whole: what stood there before stays until the new one is complete."""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def replace_file(path: str | os.PathLike[str], *, encoding: str = "utf-8") -> Iterator[TextIO]:
    """Open a text file that takes the place of ``path`` when the block ends well.

    On any exception ``path`` stays as it was and nothing else is left behind. Where ``path`` is a link, the file
    that it leads to is replaced; what is no regular file, such as ``/dev/stdout``, is written to directly.

    Raises:
        OSError: the folder does not exist or cannot be written to, or the disk is full.

    Example:
        >>> import tempfile
        >>> folder = tempfile.mkdtemp()
        >>> with replace_file(Path(folder, "园区.txt")) as file:
        ...     file.write("企业66家")
        5
        >>> [path.name for path in Path(folder).iterdir()]
        ['园区.txt']
    """
    if not is_replaced(path):
        with Path(path).open("w", encoding=encoding, errors="backslashreplace", newline="") as file:
            yield file
        return
    with (
        replace_path(path) as whole,
        whole.open("w", encoding=encoding, errors="backslashreplace", newline="") as file,
    ):
        yield file


@contextmanager
def replace_path(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Give the path of an empty file in the same folder, which takes the place of ``path`` when the block ends well.

    For what has to be written by name, such as a database; otherwise as `replace_file`.
    """
    target = Path(os.path.realpath(path))
    mode = _mode(target)
    # The name is settled before the file is made, within the try: a signal may come between any two steps.
    whole = target.with_name(f".{target.name[:40]}.{os.urandom(8).hex()}")
    try:
        whole.touch(mode=0o600, exist_ok=False)
        yield whole
        with whole.open("rb+") as file:
            os.fsync(file.fileno())
        # Until now only its owner could read it: give what open() would have given.
        whole.chmod(stat.S_IMODE(mode) if mode is not None else 0o666 & ~_umask())
        whole.replace(target)
    except BaseException:
        whole.unlink(missing_ok=True)
        raise


def is_replaced(path: str | os.PathLike[str]) -> bool:
    """Tell whether ``path`` is a regular file or nothing yet; a device or a pipe is written to directly."""
    mode = _mode(Path(path))
    return mode is None or stat.S_ISREG(mode)


def _mode(path: Path) -> int | None:
    """Return the mode of ``path``, None where there is nothing yet."""
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None


def _umask() -> int:
    """Return the mask for new files, which can be read only by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
