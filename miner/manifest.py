"""What was read of each file of a run, kept in a file beside its output, so that a run that stopped can go on.

A line of JSON says how the files were read, and by which program. After it, file by file: a line for each document with
its rows, a line for each problem, and a line with the file's size and SHA-256. What follows the last of these, where a
run stopped in the middle, is cut off, but for the chunks of a big file, which has a line with its SHA-256 before them too: its
reading goes on after the last of them. A file counts as unchanged by its bytes; its date is not looked at.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from miner.exports.whole import replace_path
from miner.lexicon import own_entries
from miner.pipeline import Read
from miner.schema import COLUMNS, DECIMALS, Mined, Observation, Problem, values_of
from miner.workers import Begun, Done, Progress, read_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from miner.files import Input
    from miner.workers import How, Result

_HEADER = b'{"manifest of miner": '
_BEGUN, _CHUNK, _ENDS = b'["begun", ', b'["part", ', (b'["stopped", ', b'["done", ')


class ManifestError(Exception):
    """A manifest that a run cannot go on from; the message says what to do."""


def resume(path: str | os.PathLike[str], files: Sequence[Input], how: How, jobs: int) -> Iterator[Result]:
    """Read files as `read_all` does, but for those that the manifest ``path`` holds unchanged; keep there what is read.

    A manifest of other settings, other words of the user or another state of this program is begun anew.

    Raises:
        ManifestError: ``path`` is no manifest, or a damaged one, or cannot be opened.
        OSError: it cannot be read or written.
    """
    with _opened(path) as file:
        manifest = _Manifest(path, file, how)
        known = [manifest.known(each) for each in files]
        for result in read_all(known, how, jobs):
            if isinstance(result, Begun):
                yield from manifest.begin(result)
            elif isinstance(result, Done) and manifest.holds(result):
                yield from manifest.results(result.source)
            else:
                if not isinstance(result, Progress | Read):
                    manifest.add(result)
                yield result
        manifest.shorten(known)


def _opened(path: str | os.PathLike[str]) -> BinaryIO:
    try:
        return Path(path).open("a+b")
    except OSError as error:
        raise ManifestError(f"{os.fspath(path)}: cannot be written: {error.strerror or error}") from None


class _Kept(NamedTuple):
    """The digest of a file, and where in the manifest its lines begin and end; how many chunks, where that is not all."""

    digest: str
    start: int
    end: int
    chunks: int = 0


class _Manifest:
    def __init__(self, path: str | os.PathLike[str], file: BinaryIO, how: How) -> None:
        self.path, self.file = path, file
        self.kept: dict[str, _Kept] = {}
        self.whole = True  # nothing of the file that is being read was left out
        header = _HEADER + json.dumps(fingerprint(how)).encode() + b"}\n"
        file.seek(0)
        first = file.readline()
        if not (first.startswith(_HEADER) or _HEADER.startswith(first)):  # of a full disk, it may be the half of one
            raise ManifestError(f"{os.fspath(path)}: this is no manifest that miner wrote; move it away")
        self.end = len(header)
        if first == header:
            self._index()
        else:
            file.truncate(0)
            file.write(header)
        self.start = self.end

    def _index(self) -> None:
        start = at = self.end
        source, digest, chunks, follows = "", "", 0, 0  # of the big file that comes last; where its next chunk begins
        for line in self.file:
            begins, at = at, at + len(line)
            if not line.endswith(b"]\n"):
                break
            if line.startswith(_ENDS):
                kind, source, size, digest = self._parse(line)
                self.kept[source] = _Kept(digest, start, at, size if kind == "stopped" else 0)
                self.end, start, chunks = at, at, 0
            elif line.startswith(_BEGUN):
                _, source, digest = self._parse(line)
                follows = at
            elif line.startswith(_CHUNK) and begins == follows:  # not after one that was left out
                self.end = follows = at
                chunks += 1
        self.file.truncate(self.end)
        if chunks:
            self._write("stopped", source, chunks, digest)
            self.kept[source] = _Kept(digest, start, self.end, chunks)

    def known(self, file: Input) -> Input:
        """Return the file with the digest that it had when it was read, where it was, and how many of its chunks were."""
        kept = self.kept.get(file.source)
        return file._replace(known=kept.digest, kept=kept.chunks) if kept else file

    def holds(self, done: Done) -> bool:
        """Tell whether a file was left unread because what it holds is here."""
        kept = self.kept.get(done.source)
        return bool(kept and done.digest and kept.digest == done.digest and not kept.chunks)

    def results(self, source: str) -> Iterator[Result]:
        """Yield what is kept of a file."""
        return (self._result(line) for line in self._lines(self.kept[source]) if not line.startswith(_BEGUN))

    def begin(self, begun: Begun) -> Iterator[Result]:
        """Write down that the chunks of a big file follow, and with it those that a run before has read; yield these."""
        kept = self.kept.get(begun.source)
        self._write("begun", begun.source, begun.digest)
        for line in self._lines(kept) if kept and begun.kept else ():
            if line.startswith(_CHUNK):
                self._append(line)
                yield self._result(line)

    def _lines(self, kept: _Kept) -> Iterator[bytes]:
        at = kept.start
        while at < kept.end:
            self.file.flush()  # one buffer serves reading and appending: what it holds would be taken for the file
            self.file.seek(at)
            line = self.file.readline()
            at += len(line)
            yield line

    def add(self, result: Mined | Problem | Done) -> None:
        """Write down a result. What was left out of a file may be there next time: then it is to be read again."""
        if isinstance(result, Mined):
            rows = [list(values_of(row)) for row in result.rows]
            self._write("part" if result.more else "mined", result.source, result.date, rows)
            if result.more:
                self.file.flush()
        elif isinstance(result, Problem):
            self.whole &= not result.fatal
            self._write("problem", result.source, result.message, result.fatal)
        else:
            digest = result.digest if self.whole else ""
            self._write("done", result.source, result.size, digest)
            self.file.flush()
            self.kept[result.source] = _Kept(digest, self.start, self.end)
            self.start, self.whole = self.end, True

    def _write(self, *values: object) -> None:
        self._append(json.dumps(values, ensure_ascii=False, default=str).encode("utf-8", "surrogatepass") + b"\n")

    def _append(self, line: bytes) -> None:
        self.file.write(line)  # opened to append, wherever it was read
        self.end += len(line)

    def shorten(self, files: Sequence[Input]) -> None:
        """Leave out the lines of files that have changed or are no longer read, once the run has come to its end."""
        kept = [self.kept[file.source] for file in files]
        self.file.seek(0)
        header = self.file.readline()
        if len(header) + sum(each.end - each.start for each in kept) == self.end:
            return
        with replace_path(self.path) as whole, whole.open("wb") as copy:
            copy.write(header)
            for each in kept:
                self.file.seek(each.start)
                copy.write(self.file.read(each.end - each.start))

    def _result(self, line: bytes) -> Result:
        kind, source, *values = self._parse(line)
        try:
            if kind in {"mined", "part"}:
                date, rows = values
                day = dt.date.fromisoformat(date) if date else None
                return Mined(source, tuple(map(_row, rows)), day, kind == "part")
            return Problem(source, *values) if kind == "problem" else Done(source, *values)
        except (TypeError, ValueError, ArithmeticError):
            raise self._damaged() from None

    def _parse(self, line: bytes) -> Any:  # noqa: ANN401 - what JSON gives
        try:
            return json.loads(line.decode("utf-8", "surrogatepass"))
        except ValueError:
            raise self._damaged() from None

    def _damaged(self) -> ManifestError:
        return ManifestError(
            f"{os.fspath(self.path)}: this manifest is damaged; remove it, and all files are read again"
        )


def _row(cells: list[Any]) -> Observation:
    values: dict[str, Any] = dict(zip(COLUMNS, cells, strict=True))
    return Observation(**values | {name: Decimal(values[name]) for name in DECIMALS if values[name] is not None})


def fingerprint(how: How) -> str:
    """Return what changes with anything that rows depend on besides their files: settings, words and this program."""
    return hashlib.sha256(repr((how, own_entries(), program())).encode("utf-8", "surrogatepass")).hexdigest()


@cache
def program() -> str:
    """Return what changes with any file of this program that reads figures; the command line reads none."""
    digest = hashlib.sha256()
    here = Path(__file__).parent
    files = sorted(path for path in here.rglob("*") if path.suffix in {".py", ".toml", ".txt"})
    for file in (file for file in files if file.relative_to(here).parts[0] != "cli"):
        digest.update(f"{file.relative_to(here).as_posix()}\n".encode() + file.read_bytes())
    return digest.hexdigest()
