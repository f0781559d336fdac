"""Files and folders -> documents, each under the name that its rows bear.

The order depends on the names alone, not on the file system nor on the order of the paths, and a file that is
named twice, or linked to, is read once. Whatever cannot be read is a `Problem` and the rest is read all the same.
"""

from __future__ import annotations

import codecs
import io
import os
import stat
import sys
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import BinaryIO, NamedTuple, TypeAlias

from miner.decoding import text_encoding
from miner.documents import Document
from miner.limits import LIMITS, Limits, megabytes, more
from miner.readers import SUFFIXES, File, read_file
from miner.schema import Problem
from miner.spool import Spooled, take
from miner.stores import Stored, find_stored, is_url

Paths: TypeAlias = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]
OnProblem: TypeAlias = Callable[[Problem], None]
OnRead: TypeAlias = Callable[[str, int, int], None]

STDIN = "-"
STDIN_NAME = "stdin"  # no suffix: its content tells its kind


def warn(problem: Problem) -> None:
    """Report ``problem`` as a Python warning: what is done where the caller does not ask for problems."""
    warnings.warn(str(problem), stacklevel=2)


class Input(NamedTuple):
    """A file that is to be read: the name that its rows bear, its size in bytes, and where it is, or what it holds.

    ``known`` is the SHA-256 of bytes that need not be read again; where ``kept`` is set, that many of their chunks.
    """

    source: str
    size: int
    path: Path | Stored | Spooled | None
    held: bytes = b""
    known: str = ""
    kept: int = 0

    def beyond(self, limits: Limits) -> Problem | None:
        """Return the problem that the file is larger than what is read whole, None where it is not."""
        if self.size <= limits.file:
            return None
        size = f"{megabytes(self.size)}, more than {megabytes(limits.file)}"
        return Problem(self.source, f"left out: this is {size}; split it, {more('file', self.size)}")

    def load(self, encoding: str = "", limits: Limits = LIMITS) -> File | Problem:
        """Return the file with its bytes, or the problem that it cannot be read, or is beyond the limit."""
        if problem := self.beyond(limits):
            return problem
        try:
            return File(self.source, self.path.read_bytes() if self.path else self.held, encoding, limits)
        except OSError as error:
            return unreadable(self.source, error)

    def open(self) -> BinaryIO:
        """Open what the file holds.

        Raises:
            OSError: it cannot be opened.
        """
        return self.path.open("rb") if self.path else io.BytesIO(self.held)


def unreadable(source: str, error: OSError) -> Problem:
    """Return the problem that an input cannot be read."""
    return Problem(source, f"cannot be read: {_reason(error)}")


def read_documents(
    paths: Paths,
    *,
    name: str = STDIN_NAME,
    encoding: str = "",
    limits: Limits = LIMITS,
    on_problem: OnProblem | None = None,
    on_read: OnRead | None = None,
) -> Iterator[Document]:
    """Read the files, folders and globs ``paths``, one document at a time, in the order of their sources.

    Args:
        paths: one path or several. Of folders, and the folders in them, the files that end as one of
            `miner.SUFFIXES` are read, hidden ones left out; ``*``, ``?``, ``[…]`` and ``**`` are expanded here;
            ``-`` is standard input; a URL, such as ``s3://bucket/articles/``, is opened by fsspec.
        name: the name of standard input; an ending tells its kind, else its content does.
        encoding: of files that are text; without it, each file's is found from its bytes.
        limits: the most that one input may take; what goes beyond is a `Problem`.
        on_problem: called with each `Problem`; without it, problems are Python warnings.
        on_read: called when a file has been read, with its source, the bytes read so far and the bytes in all.

    Raises:
        ValueError: there is no such encoding.

    Example:
        >>> [document.text[:7] for document in read_documents("seeds/000*.txt")]
        ['來源:【津濱海']
    """
    on_problem = on_problem or warn
    encoding = text_encoding(encoding) if encoding else ""
    inputs = find_inputs(paths, name=name, on_problem=on_problem)
    done, total = 0, sum(file.size for file in inputs)
    for file in inputs:
        loaded = file.load(encoding, limits)
        for read in [loaded] if isinstance(loaded, Problem) else read_file(loaded):
            if isinstance(read, Document):
                yield read
            else:
                on_problem(read)
        done += file.size
        if on_read:
            on_read(file.source, done, total)


def find_inputs(paths: Paths, *, name: str = STDIN_NAME, on_problem: OnProblem | None = None) -> list[Input]:
    """Find what ``paths`` name, sorted by source; ``-`` is standard input, which is read here, under ``name``."""
    on_problem = on_problem or warn
    paths = _several(paths)
    search = _Search(on_problem)
    for path in paths:
        search.add(path)
    inputs = [Input(source, _size(path), path) for source, path in search.result()]
    if any(os.fspath(path) == STDIN for path in paths):
        try:
            taken = take(sys.stdin.buffer)
        except OSError as error:
            on_problem(unreadable(name, error))
        else:
            held = (
                Input(name, taken.size, taken) if isinstance(taken, Spooled) else Input(name, len(taken), None, taken)
            )
            inputs.append(held)
    return sorted(inputs, key=lambda file: file.source)


def _size(path: Path | Stored) -> int:
    if isinstance(path, Stored):
        return path.size
    try:
        return path.stat().st_size
    except OSError:  # it has gone since it was found, and will be named when it is read
        return 0


def find_files(paths: Paths, on_problem: OnProblem | None = None) -> list[tuple[str, Path]]:
    """Find the files that ``paths`` name; return each with its source, sorted by source; ``-`` and URLs are none.

    Two files of one name get as many parent folders before it as tell them apart.

    Example:
        >>> [source for source, path in find_files(["seeds/000*.txt", "seeds/"])][:2]
        ['000_fccba04969db1309.txt', '001_bd64fa0ccd9bfbd6.txt']
    """
    search = _Search(on_problem or warn)
    for path in _several(paths):
        if not is_url(path):
            search.add(path)
    return [(source, path) for source, path in search.result() if isinstance(path, Path)]


def read_list(file: str | os.PathLike[str], on_problem: OnProblem | None = None) -> list[str]:
    r"""Return the paths that a file lists, a line a path, or with NUL between them, as ``find -print0`` writes them.

    Args:
        file: the list; ``-`` is standard input. Its paths are relative to the current folder.
        on_problem: called with a `Problem` for each empty line; without it, problems are warnings.

    Raises:
        OSError: the list cannot be read.

    Example:
        >>> import tempfile
        >>> file = Path(tempfile.mkdtemp(), "list.txt")
        >>> _ = file.write_text("a.txt\n园区/b.txt\n", encoding="utf-8")
        >>> read_list(file)
        ['a.txt', '园区/b.txt']
    """
    data = sys.stdin.buffer.read() if os.fspath(file) == STDIN else Path(file).read_bytes()
    data = data.removeprefix(codecs.BOM_UTF8)
    ends_in = b"\0" if b"\0" in data else b"\n"
    paths = (
        [os.fsdecode(line.removesuffix(b"\r")) for line in data.removesuffix(ends_in).split(ends_in)] if data else []
    )
    for n, path in enumerate(paths, 1):
        if not path.strip():
            (on_problem or warn)(Problem(_printable(os.fspath(file)), f"line {n} is empty", fatal=False))
    return [path for path in paths if path.strip()]


def _several(paths: Paths) -> list[str | os.PathLike[str]]:
    return [paths] if isinstance(paths, str | os.PathLike) else list(paths)


class _Search:
    """Gathers files; remembers for each how many of its path's last parts make its source."""

    def __init__(self, on_problem: OnProblem) -> None:
        self.on_problem = on_problem
        self.found: list[tuple[Path, int]] = []
        self.stored: list[tuple[Stored, int]] = []
        self.told: set[Problem] = set()

    def add(self, named: str | os.PathLike[str]) -> None:
        """Add what one argument names: a file, a folder, or a glob where nothing bears that very name; ``-`` is none."""
        if isinstance(named, str) and is_url(named):
            self._add_stored(named)
        elif os.fspath(named) != STDIN:
            self._add_local(Path(named))

    def _add_stored(self, url: str) -> None:
        try:
            found = find_stored(url, SUFFIXES)
        except OSError as error:
            self.on_problem(Problem(_printable(url), f"cannot be found: {_reason(error)}"))
            return
        self.stored += found

    def _add_local(self, path: Path) -> None:
        if not os.path.lexists(path) and any(char in str(path) for char in "*?["):
            self._add_glob(path)
        elif os.path.isdir(path):
            if not self._add_folder(path, len(_parts(path))):
                self._problem(path, f"holds no file that is read in a folder: {', '.join(SUFFIXES)}")
        else:
            self._add_file(path, 1)

    def _add_glob(self, pattern: Path) -> None:
        magic = next(n for n, part in enumerate(pattern.parts) if any(char in part for char in "*?["))
        root, rest = Path(*pattern.parts[:magic]), pattern.parts[magic:]
        depth = len(_parts(root))
        found, told = False, len(self.told)
        for match in self.matches(root, rest):
            if os.path.isdir(match):
                found |= self._add_folder(match, depth)
            else:
                self._add_file(match, len(_parts(match)) - depth)
                found = True
        if not found and len(self.told) == told:
            self._problem(pattern, "no file matches")

    def matches(self, root: Path, pattern: tuple[str, ...]) -> Iterator[Path]:
        """Expand a glob below ``root``; ``**`` follows no link to a folder, and hidden names match only where one is asked for.

        Not `Path.glob`, which passes over what is left of a folder once it meets a link to where it may not look.
        """
        hidden = any(part.startswith(".") for part in pattern)
        pending = [(root, pattern)]
        while pending:
            path, parts = pending.pop()
            if not parts:
                yield path
            elif not any(char in parts[0] for char in "*?["):
                pending += [(path / parts[0], parts[1:])] if os.path.lexists(path / parts[0]) else []
            elif os.path.isdir(path):
                entries = [entry for entry in self._entries(path) or () if hidden or not entry.name.startswith(".")]
                if parts[0] == "**":
                    pending.append((path, parts[1:]))
                    pending += [(path / entry.name, parts) for entry in entries if entry.is_dir(follow_symlinks=False)]
                else:
                    pending += [(path / entry.name, parts[1:]) for entry in entries if fnmatch(entry.name, parts[0])]

    def _entries(self, folder: Path) -> list[os.DirEntry[str]] | None:
        """List a folder; None where that is a problem."""
        try:
            return list(os.scandir(folder))
        except OSError as error:
            self._problem(folder, f"cannot be opened: {_reason(error)}")
            return None

    def _add_folder(self, top: Path, depth: int) -> bool:
        """Add the files below ``top``, links to folders not followed; tell whether there are any."""
        found = False
        folders = [top]
        while folders:  # no recursion: a folder may be a thousand deep
            folder = folders.pop()
            entries = self._entries(folder)
            found |= entries is None  # it has been named, whatever it holds
            for entry in entries or ():
                path = folder / entry.name
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(path)
                elif path.suffix.lower() in SUFFIXES and not os.path.isdir(path):
                    self._add_file(path, len(_parts(path)) - depth)
                    found = True
        return found

    def _add_file(self, path: Path, depth: int) -> None:
        self.found.append((path, depth))

    def result(self) -> list[tuple[str, Path | Stored]]:
        """Return the files that can be opened, each once, by source."""
        named = _tell_apart([*self._regular(), *dict(self.stored).items()])
        return sorted(named, key=lambda pair: pair[0])

    def _regular(self) -> list[tuple[Path, int]]:
        """Drop what is no regular file (opening a pipe would wait for ever) and each second name of a file."""
        once: dict[tuple[int, int], tuple[Path, int]] = {}
        for path, depth in sorted(self.found, key=lambda pair: (_source(*pair), pair)):
            try:
                status = path.stat()
            except OSError as error:
                self._problem(path, f"cannot be found: {_reason(error)}")
                continue
            if stat.S_ISREG(status.st_mode):
                once.setdefault((status.st_dev, status.st_ino), (path, depth))
            else:
                self._problem(path, "left out: this is a pipe, socket or device, not a file")
        return list(once.values())

    def _problem(self, path: Path, message: str) -> None:
        problem = Problem(_printable(str(path)), message)
        if problem not in self.told:
            self.told.add(problem)
            self.on_problem(problem)


def _tell_apart(files: Sequence[tuple[Path | Stored, int]]) -> list[tuple[str, Path | Stored]]:
    """Return each file with its source; files of one source get one more parent folder, until they differ."""
    while True:
        by_source: dict[str, list[tuple[Path | Stored, int]]] = defaultdict(list)
        for path, depth in files:
            by_source[_source(path, depth)].append((path, depth))
        shared = {file for group in by_source.values() if len(group) > 1 for file in group}
        if not any(depth < len(_parts(path)) for path, depth in shared):
            return [(source, path) for source, group in by_source.items() for path, _ in group]
        files = [(path, depth + ((path, depth) in shared)) for path, depth in files]


def _source(path: Path | Stored, depth: int) -> str:
    return "/".join(_printable(part) for part in _parts(path)[-depth:])


def _parts(path: Path | Stored) -> tuple[str, ...]:
    if isinstance(path, Stored):
        return path.parts
    return Path(os.path.abspath(path)).parts  # noqa: PTH100 - links are to keep their names


def _printable(name: str) -> str:
    """Return a file name that can be printed: one in GB 18030 arrives as lone surrogates on a UTF-8 system."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name).decode("gb18030", errors="replace")
    return name


def _reason(error: OSError) -> str:
    return error.strerror or str(error)
