"""A folder of Parquet parts: what is in it, and how a batch of files becomes a part.

    part-00000.parquet      the rows of the first batch of files, in the order of the files; or, partitioned,
    by_park=…/part-00000.parquet
    _rejects.jsonl          what was set aside: document, error, tries
    _SUCCESS                the manifest, once all is there: each part with its rows, bytes and SHA-256
    _UNFINISHED             until then
    _batches/00000.json     what became of each batch, by which a run that stopped goes on

The batches depend on the names and sizes of the files alone, so that a batch that is done again, wherever and whenever,
gives the same parts under the same names. Readers of Parquet pass over names that begin with an underscore.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections import defaultdict
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, TypeAlias

from miner.exports.cells import Style, encodable
from miner.manifest import fingerprint
from miner.pipeline import select
from miner.schema import COLUMNS, Mined, Problem
from miner.workers import Done, How

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from miner.files import Input
    from miner.schema import Observation
    from miner.stores import Folder
    from miner.workers import Result

Partition = Literal["park", "folder"]
"""What the parts of a folder may be told apart by: the park of a figure, or the folder of its source."""

PART_BYTES: Final = 1 << 24
"""Bytes of input for a part: seconds of work for one process."""

PART_FILES: Final = 4096

SUCCESS, UNFINISHED, REJECTS, RECEIPTS = "_SUCCESS", "_UNFINISHED", "_rejects.jsonl", "_batches"
_PART = re.compile(r"(?:by_(?:park|folder)=[^/]+/)?part-\d{5,}\.parquet")
_OURS = re.compile(rf"{_PART.pattern}|{SUCCESS}|{UNFINISHED}|{REJECTS}|{RECEIPTS}/\d{{5,}}\.json")

_UNKNOWN = "__HIVE_DEFAULT_PARTITION__"  # what Hive, and those who follow it, write for a partition without a value
_ESCAPED = re.compile(r"[\x00-\x1f\x7f\"#%'*/:=?\\{\[\]^<>|]")  # Hive's list, and what Windows forbids
_LONGEST = 60

Read: TypeAlias = tuple[list["Result"], int]
"""What was read of a file, to its `Done`, and how often that was tried."""


class ClusterError(Exception):
    """A cluster that a run cannot use or go on with; the message says what to do."""


class Reject(NamedTuple):
    """A document that was set aside, why, and after how many tries."""

    document: str
    error: str
    tries: int


class Part(NamedTuple):
    """A Parquet file under its name in the folder."""

    path: str
    rows: int
    bytes: int
    sha256: str


class Batch(NamedTuple):
    """Files that become a part, and those of them that were set aside."""

    number: int
    files: tuple[Input, ...]
    rejects: tuple[Reject, ...] = ()

    @property
    def size(self) -> int:
        """The bytes of its files."""
        return sum(file.size for file in self.files)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a batch; ``key`` changes with whatever the parts depend on: the files' bytes, settings, words, program."""

    key: str
    documents: int
    parts: tuple[Part, ...]
    rejects: tuple[Reject, ...]
    warnings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Orders:
    """How batches are read and what is written of them."""

    how: How
    parks: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    partition: Partition | None = None

    def key(self, digests: Iterable[tuple[str, str]]) -> str:
        """Return the key of a batch whose files have these sources and SHA-256."""
        chosen = (self.parks, self.indicators, self.measures, self.partition)
        written = json.dumps([fingerprint(self.how), chosen, sorted(digests)])
        return hashlib.sha256(written.encode()).hexdigest()

    def name(self, row: Observation, number: int) -> str:
        """Return the name of the part that a row of a batch stands in."""
        name = f"part-{number:05}.parquet"
        if self.partition is None:
            return name
        parent = PurePosixPath(row.source).parent
        value = row.park if self.partition == "park" else parent.as_posix() if parent.parts else ""
        return f"by_{self.partition}={segment(value)}/{name}"


def segment(value: str) -> str:
    """Return a value as it stands in the name of a folder, escaped as Hive does; one too long is cut and told apart.

    Example:
        >>> segment("天津港综合保税区"), segment("a/b=c"), segment("")
        ('天津港综合保税区', 'a%2Fb%3Dc', '__HIVE_DEFAULT_PARTITION__')
    """
    value = encodable(value)
    if len(value) > _LONGEST:
        value = f"{value[:_LONGEST]}~{hashlib.sha256(value.encode()).hexdigest()[:8]}"
    return _ESCAPED.sub(lambda match: f"%{ord(match[0]):02X}", value) or _UNKNOWN


def batches(files: Sequence[Input], part_bytes: int = PART_BYTES) -> list[Batch]:
    """Lay files out in batches, in their order, each of as many as have ``part_bytes`` together, or of one larger file."""
    laid: list[list[Input]] = []
    size = 0
    for file in files:
        if not laid or size + file.size > part_bytes or len(laid[-1]) == PART_FILES:
            laid.append([])
            size = 0
        laid[-1].append(file)
        size += file.size
    return [Batch(number, tuple(batch)) for number, batch in enumerate(laid)]


def by_file(results: Iterable[Result]) -> Iterator[Read]:
    """Gather what was read file by file."""
    gathered: list[Result] = []
    for result in results:
        gathered.append(result)
        if isinstance(result, Done):
            yield gathered, 1
            gathered = []


def write(batch: Batch, orders: Orders, folder: Folder, read: Iterable[Read]) -> Receipt:
    """Write the parts of a batch, each whole, and then its receipt.

    Args:
        batch: the files, and what was set aside of them before.
        orders: which rows, and how they are told apart.
        folder: where to.
        read: what was read of each file that is not set aside, in their order.

    Raises:
        OSError: a part cannot be written.
    """
    from miner.exports import parquet  # noqa: PLC0415 - pyarrow takes a quarter of a second

    sorter = _Sorter(batch)
    rows = select(
        (row for row in sorter.rows(read) if sorter.fits(row, parquet.misfit(row))),
        parks=orders.parks,
        indicators=orders.indicators,
        measures=orders.measures,
    )
    named: dict[str, Iterable[Observation]] = {f"part-{batch.number:05}.parquet": rows}
    if orders.partition:
        sorted_rows = defaultdict(list)
        for row in rows:
            sorted_rows[orders.name(row, batch.number)].append(row)
        named = dict(sorted(sorted_rows.items()))
    parts = []
    for name, its_rows in named.items():
        data = io.BytesIO()
        count = parquet.write(its_rows, data, Style(COLUMNS))
        folder.write(name, data.getvalue())
        parts.append(Part(name, count, data.tell(), hashlib.sha256(data.getbuffer()).hexdigest()))
    rejects = tuple(sorted((*batch.rejects, *sorter.rejects)))
    receipt = Receipt(orders.key(sorter.digests), sorter.documents, tuple(parts), rejects, tuple(sorter.warnings))
    folder.write(_receipt_name(batch), json.dumps(asdict(receipt), ensure_ascii=False, indent=1).encode())
    return receipt


class _Sorter:
    """Passes rows on, and keeps what else was read of the files."""

    def __init__(self, batch: Batch) -> None:
        self.digests = [(encodable(reject.document), "") for reject in batch.rejects]
        self.documents = 0
        self.rejects: list[Reject] = []
        self.warnings: list[tuple[str, str]] = []

    def rows(self, read: Iterable[Read]) -> Iterator[Observation]:
        for results, tries in read:
            for result in results:
                if isinstance(result, Mined):
                    self.documents += not result.more
                    yield from result.rows
                elif isinstance(result, Done):
                    self.digests.append((encodable(result.source), result.digest))
                elif isinstance(result, Problem) and result.fatal:
                    self.rejects.append(Reject(encodable(result.source), encodable(result.message), tries))
                elif isinstance(result, Problem):
                    self.warnings.append((encodable(result.source), encodable(result.message)))

    def fits(self, row: Observation, misfit: str) -> bool:
        """Tell whether Parquet can hold a row; one figure that it cannot does not lose the others."""
        if misfit:
            self.rejects.append(Reject(encodable(row.source), f"a figure was left out: {misfit}", 1))
        return not misfit


def kept(batch: Batch, orders: Orders, folder: Folder) -> Receipt | None:
    """Return the receipt of a batch that was done before, where nothing that it depends on has changed.

    None where it is to be done: it never was, a file is not what it was by its bytes, a part is gone, or something of it
    was set aside, which is tried again.
    """
    data = folder.read(_receipt_name(batch))
    receipt = _receipt(data) if data else None
    if receipt is None or receipt.rejects or orders.key(_digests(batch)) != receipt.key:
        return None
    parts = ((part, folder.read(part.path)) for part in receipt.parts)
    whole = all(held is not None and hashlib.sha256(held).hexdigest() == part.sha256 for part, held in parts)
    return receipt if whole else None


def _digests(batch: Batch) -> Iterator[tuple[str, str]]:
    for file in batch.files:
        loaded = file.load()
        held = "" if isinstance(loaded, Problem) else hashlib.sha256(loaded.data).hexdigest()
        yield encodable(file.source), held


def _receipt(data: bytes) -> Receipt | None:
    """Return a receipt as it was written, None for what is none: the batch is done again."""
    try:
        held: dict[str, Any] = json.loads(data)
        parts = tuple(Part(*part) for part in held.pop("parts"))
        rejects = tuple(Reject(*reject) for reject in held.pop("rejects"))
        warnings = tuple((source, message) for source, message in held.pop("warnings"))
        return Receipt(parts=parts, rejects=rejects, warnings=warnings, **held)
    except (ValueError, TypeError, LookupError, AttributeError):
        return None


def _receipt_name(batch: Batch) -> str:
    return f"{RECEIPTS}/{batch.number:05}.json"


def begin(folder: Folder, *, resume: bool) -> None:
    """Make a folder ready to be written.

    Raises:
        FileExistsError: it is not empty, and the run is not to go on there, or holds what no such run wrote.
        OSError: it cannot be listed or written.
    """
    names = folder.names()
    strange = next((name for name in names if not _OURS.fullmatch(name) and not _is_left(name)), None)
    if set(names) - {UNFINISHED} and not resume:
        raise FileExistsError("is not empty; name a new folder, or go on there with --resume")
    if strange is not None:
        raise FileExistsError(f"holds {strange}, which no run of this kind wrote; name a new folder")
    folder.write(UNFINISHED, b"This run has not come to its end; --resume goes on with it.\n")
    folder.remove(SUCCESS)


def finish(folder: Folder, receipts: Sequence[Receipt]) -> None:
    """Write what was set aside and the manifest, once every batch is done; what earlier runs left goes.

    Raises:
        OSError: it cannot be written.
    """
    parts = sorted(part for receipt in receipts for part in receipt.parts)
    rejects = sorted(reject for receipt in receipts for reject in receipt.rejects)
    here = {part.path for part in parts} | {f"{RECEIPTS}/{number:05}.json" for number in range(len(receipts))}
    for name in folder.names():
        stale = _PART.fullmatch(name) or name.startswith(f"{RECEIPTS}/") or _is_left(name)
        if stale and name not in here:
            folder.remove(name)
    lines = [json.dumps(reject._asdict(), ensure_ascii=False) + "\n" for reject in rejects]
    folder.write(REJECTS, "".join(lines).encode())
    manifest = {
        "documents": sum(receipt.documents for receipt in receipts),
        "rows": sum(part.rows for part in parts),
        "rejects": len(rejects),
        "parts": [part._asdict() for part in parts],
    }
    folder.write(SUCCESS, json.dumps(manifest, ensure_ascii=False, indent=1).encode())
    folder.remove(UNFINISHED)


def _is_left(name: str) -> bool:
    """Tell whether a file is what a process that was killed left half written (`miner.stores.Folder.write`)."""
    folder, slash, last = name.rpartition("/")
    written, _, mark = last.rpartition(".")
    left = last.startswith(".") and re.fullmatch(r"[0-9a-f]{16}", mark)
    return bool(left and _OURS.fullmatch(folder + slash + written[1:]))
