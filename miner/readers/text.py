"""Text files: the characters as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from miner.decoding import decode
from miner.documents import Document
from miner.schema import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from miner.readers.protocol import File


def read(file: File) -> Iterator[Document | Problem]:
    """Decode a text file; bytes that are damaged are replaced and reported.

    Raises:
        NotText: the bytes are no text, or in an encoding that cannot be told.
    """
    text, warning = decode(file.data, file.encoding)
    if warning:
        yield Problem(file.source, warning, fatal=False)
    yield Document(file.source, text)
