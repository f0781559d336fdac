"""Web pages that a browser saved as one file (MHTML): the first HTML part, read as any page.

A place is a line of that part, as it was before it was packed.
"""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.errors import MessageError
from typing import TYPE_CHECKING

from miner.readers import html
from miner.readers.protocol import File, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from miner.documents import Document
    from miner.schema import Problem


def read(file: File) -> Iterator[Document | Problem]:
    r"""Read the page that the file holds.

    Raises:
        NotText: the page is no text.
        Unreadable: the file holds no page.

    Example:
        >>> saved = "MIME-Version: 1.0\nContent-Type: text/html\n\n<p>园区现有企业66家。</p>"
        >>> [document.text for document in read(File("a.mhtml", saved.encode()))]
        ['园区现有企业66家。\n']
    """
    try:
        parts = message_from_bytes(file.data).walk()
        page = next((part for part in parts if part.get_content_type() in _PAGES), None)
        data = page.get_payload(decode=True) if page else None
    except (MessageError, ValueError, LookupError, RecursionError) as error:
        raise Unreadable(f"this saved page is damaged: {error}") from None
    if not isinstance(data, bytes):
        raise Unreadable("this holds no page; save it again from the browser")
    yield from html.read(replace(file, data=data))


_PAGES = frozenset({"text/html", "application/xhtml+xml"})
