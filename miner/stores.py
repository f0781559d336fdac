"""Stores: what a URL names (s3://, hdfs://, file://, memory://, …), found, read and written whole by fsspec.

Credentials, endpoints and other settings are those of fsspec and of the library behind each scheme, from their files and
environment variables (docs/scale.md): nothing of them is kept here or sent anywhere.
"""

from __future__ import annotations

import os
import re
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, BinaryIO, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,30}://")  # one letter is a drive of Windows
_PAGES = ("http://", "https://")

_PUTS_ARE_WHOLE: Final = frozenset({"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "memory"})
"""Object stores: an object is there when its last byte has arrived, and until then the old one is."""


def is_url(path: object) -> bool:
    """Tell whether a path is a URL, to be opened by fsspec.

    Example:
        >>> is_url("s3://bucket/articles/"), is_url("seeds/"), is_url("C://texts")
        (True, False, False)
    """
    return isinstance(path, str) and _URL.match(path) is not None


def require(*libraries: str) -> None:
    """Make sure that libraries of the extra ``cluster`` are there, without loading them.

    Raises:
        ModuleNotFoundError: one is not; the message names the command that installs them.
    """
    for library in libraries:
        if find_spec(library) is None:
            message = f'this needs {library}, which is not installed: pip install "miner[cluster]"'
            raise ModuleNotFoundError(message, name=library)


@dataclass(frozen=True, slots=True)
class Stored:
    """A file in a store: its URL, its size in bytes, and the parts of its path there."""

    url: str
    size: int

    @property
    def parts(self) -> tuple[str, ...]:
        """The store's bucket or root and the folders, then the name; as of a path."""
        return tuple(_URL.sub("", self.url).lstrip("/").split("/"))

    def open(self, mode: str = "rb") -> BinaryIO:
        """Open it, to be read piece by piece.

        Raises:
            OSError: it cannot be opened.
        """
        with _told_as_os_error():
            store, path = _open(self.url)
            file: BinaryIO = store.open(path, mode)
        return file

    def read_bytes(self) -> bytes:
        """Return what it holds.

        Raises:
            OSError: it cannot be read.
        """
        with _told_as_os_error():
            store, path = _open(self.url)
            data: bytes = store.cat_file(path)
        return data


def find_stored(url: str, suffixes: Iterable[str]) -> list[tuple[Stored, int]]:
    """Find the files that a URL names: a file, a folder or a glob; of folders, those that end in one of ``suffixes``.

    Returns:
        Each file, and how many of its path's last parts stand under the folder or the fixed part of the glob.

    Raises:
        OSError: there is nothing, or the store cannot be reached.
    """
    if url.startswith(_PAGES):
        raise OSError("a web address is not read; fetch it and pass it on: curl -s URL | miner extract - --name a.html")
    endings = tuple(suffixes)
    with _told_as_os_error():
        store, path = _open(url)
        store.invalidate_cache()
        magic = [n for n, part in enumerate(path.split("/")) if any(char in part for char in "*?[")]
        if magic and not store.exists(path):
            listed, root, chosen = store.glob(path, detail=True), "/".join(path.split("/")[: magic[0]]), True
        elif store.isfile(path):
            listed, root, chosen = {path: store.info(path)}, path.rpartition("/")[0], True
        else:
            listed, root, chosen = store.find(path, detail=True), path, False
        depth = len(Stored(store.unstrip_protocol(root), 0).parts) if root else 0
        found = []
        for name, info in listed.items():
            file = Stored(store.unstrip_protocol(name), info.get("size") or 0)
            inside = file.parts[depth:]
            hidden = any(part.startswith(".") for part in inside)
            wanted = chosen or PurePosixPath(name).suffix.lower() in endings
            if info["type"] == "file" and wanted and (chosen or not hidden):
                found.append((file, len(inside)))
    if not found:
        raise FileNotFoundError(f"holds no file that is read in a folder: {', '.join(endings)}")
    return found


class Folder:
    """A folder in a store, or on this machine, whose files are written whole: each is there complete or not at all.

    Example:
        >>> folder = Folder("memory://example/figures")
        >>> folder.write("a/part", b"PAR1")
        >>> folder.names(), folder.read("a/part"), folder.read("b")
        (['a/part'], b'PAR1', None)
    """

    def __init__(self, url: str) -> None:
        """Open it; it need not be there yet.

        Raises:
            OSError: no store is known by this URL, or the package that knows it is missing.
        """
        with _told_as_os_error():
            self._store, path = _open(os.fspath(url))
        self._path = path.rstrip("/")
        self.url: str = self._store.unstrip_protocol(self._path)
        protocol = self._store.protocol
        self._at_once = bool(_PUTS_ARE_WHOLE.intersection([protocol] if isinstance(protocol, str) else protocol))

    def names(self) -> list[str]:
        """Return the names of its files and of those in the folders in it, sorted; none where it is not there.

        Raises:
            OSError: it cannot be listed.
        """
        with _told_as_os_error():
            self._store.invalidate_cache()
            try:
                found = self._store.find(self._path)
            except FileNotFoundError:
                return []
        return sorted(name.removeprefix(self._path).lstrip("/") for name in found)

    def read(self, name: str) -> bytes | None:
        """Return what a file holds, None where there is none.

        Raises:
            OSError: it cannot be read.
        """
        with _told_as_os_error():
            try:
                data: bytes = self._store.cat_file(f"{self._path}/{name}")
            except FileNotFoundError:
                return None
        return data

    def write(self, name: str, data: bytes | Path) -> None:
        """Write a file whole, of these bytes or as a copy of a file of this machine, over what stood there.

        Where a store shows what is half written, it is written under another name first.

        Raises:
            OSError: it cannot be written.
        """
        path = f"{self._path}/{name}"
        with _told_as_os_error():
            if self._at_once:
                self._put(path, data)
                return
            parent, _, last = path.rpartition("/")
            self._store.makedirs(parent, exist_ok=True)
            beside = f"{parent}/.{last}.{os.urandom(8).hex()}"
            try:
                self._put(beside, data)
                self._store.mv(beside, path)
            except BaseException:
                with suppress(Exception):  # the first failure is the one to tell
                    self._store.rm_file(beside)
                raise

    def _put(self, path: str, data: bytes | Path) -> None:
        if isinstance(data, bytes):
            self._store.pipe_file(path, data)
        else:
            self._store.put_file(str(data), path)

    def remove(self, name: str) -> None:
        """Remove a file, where it is there.

        Raises:
            OSError: it cannot be removed.
        """
        with _told_as_os_error(), suppress(FileNotFoundError):
            self._store.rm_file(f"{self._path}/{name}")


def _open(url: str) -> tuple[Any, str]:
    require("fsspec")
    from fsspec.core import url_to_fs  # noqa: PLC0415 - only a run over a store needs it

    store, path = url_to_fs(url)
    return store, str(path)


@contextmanager
def _told_as_os_error() -> Iterator[None]:
    """Raise whatever the library of a store raises as the `OSError` that a file on this machine would."""
    try:
        yield
    except OSError:
        raise
    except Exception as error:  # each library has errors of its own
        raise OSError(f"{error}" or type(error).__name__) from error
