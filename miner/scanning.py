"""A text file too big to be decoded at once: what a look through all of it tells, block by block."""

from __future__ import annotations

import codecs
import hashlib
import itertools
import re
from functools import partial
from typing import BinaryIO, Final, NamedTuple

from miner.decoding import BINARY, SAMPLE, NotText, are_binary, controls, damage, found_encoding, told_encoding

_BLOCK: Final = 1 << 20
_TELLING: Final = re.compile(rb"[\x00\x80-\xff]")  # bytes that tell one encoding from another
_REPLACED: Final = "\ufffd"


class Scan(NamedTuple):
    """What a file holds: how it is decoded, how it begins and ends, and the SHA-256 of its bytes.

    ``mark`` is the length of the byte order mark; ``warning`` is blank where all bytes are sound.
    """

    encoding: str
    mark: int
    begins: str
    ends: str
    digest: str
    warning: str


def scan(file: BinaryIO, encoding: str, ends: int) -> Scan:
    """Read an open file from its start to its end; of how it begins and ends, return ``ends`` code points.

    It is the text that `miner.decoding.decode` gives, but that the encoding is settled by the first megabyte that tells
    it, as the rest cannot be waited for.

    Raises:
        NotText: as for `miner.decoding.decode`.
        OSError: the file cannot be read.

    Example:
        >>> import io
        >>> scan(io.BytesIO("全区有企业66家".encode("gb18030")), "", 4)[:4]
        ('gb18030', 0, '全区有企', '业66家')
    """
    named, mark = _settled(file, encoding)
    file.seek(0)
    digest = hashlib.sha256(file.read(mark))
    sound, replaced, control, length, first, last = True, 0, 0, 0, "", ""
    decoder, strict = codecs.getincrementaldecoder(named)("replace"), codecs.getincrementaldecoder(named)()
    for block in itertools.chain(iter(partial(file.read, _BLOCK), b""), [b""]):
        digest.update(block)
        state = decoder.getstate()
        text = decoder.decode(block, final=not block)
        if sound and _REPLACED in text:
            sound = _fits(strict, state, block)
        replaced += text.count(_REPLACED)
        control += controls(text)
        length += len(text)
        first, last = (first + text[:ends])[:ends], (last + text)[-ends:]
    if are_binary(control, replaced, length):
        raise NotText(BINARY)
    return Scan(named, mark, first, last, digest.hexdigest(), "" if sound else damage(replaced))


def _settled(file: BinaryIO, encoding: str) -> tuple[str, int]:
    head = file.read(_BLOCK)
    if told := told_encoding(head, encoding):
        return told
    while not _tells(head) and (block := file.read(_BLOCK)):
        head = head[-SAMPLE:] + block
    return found_encoding(head), 0


def _tells(head: bytes) -> bool:
    """Tell whether enough stands in ``head`` after the first byte that is not ASCII."""
    first = _TELLING.search(head)
    return first is not None and len(head) - first.start() >= SAMPLE


def _fits(strict: codecs.IncrementalDecoder, state: tuple[bytes, int], block: bytes) -> bool:
    """Tell whether U+FFFD itself stands in a block, and nothing was replaced by it."""
    strict.setstate(state)
    try:
        strict.decode(block, final=not block)
    except UnicodeDecodeError:
        return False
    return True
