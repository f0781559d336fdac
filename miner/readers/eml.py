"""Mail: the subject, the body and each attachment, which is a file of its own under ``mail.eml/attachment.pdf``."""

from __future__ import annotations

import re
from dataclasses import replace
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import parsedate_to_datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from miner.decoding import NotText, decode, text_encoding
from miner.limits import more
from miner.readers import html, read_file
from miner.readers.protocol import File, Unreadable
from miner.readers.writing import Writer
from miner.schema import Problem

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from miner.documents import Document
    from miner.limits import Limits


def read(file: File) -> Iterator[Document | Problem]:
    r"""Read a mail, and then its attachments.

    Of a body in several forms, the plain text is read. The pictures that a page shows are no attachments.

    Raises:
        Unreadable: the file is no mail.

    Example:
        >>> mail = "Subject: =?gb2312?B?vPKxqA==?=\nDate: Sun, 31 Mar 2024 09:00:00 +0800\n\n引进企业66家。"
        >>> document, = read(File("a.eml", mail.encode()))
        >>> document.date.isoformat(), document.text
        ('2024-03-31', '简报\n引进企业66家。\n')
    """
    try:
        mail = message_from_bytes(file.data)
        parts = list(_parts(mail))
        files = [(part, _data(part)) for part in parts if _is_file(part)]
    except (MessageError, ValueError, LookupError, RecursionError) as error:
        raise Unreadable(f"this mail is damaged: {error}") from None
    if not mail.keys():
        raise Unreadable("this is no mail: it begins with no header")
    body = _body(parts)
    writer = Writer()
    writer.line(_header(mail, "Subject"), "subject")
    plain = body is not None and body.get_content_type() != "text/html"
    if body is not None:
        try:
            text, warning = _text(body, file.encoding)
        except NotText as error:
            yield Problem(file.source, f"its body is left out: {error}", fatal=False)
        else:
            if warning:
                yield Problem(file.source, warning, fatal=False)
            _write(writer, text, file.limits, plain=plain)
    yield writer.document(file.source, _date(mail), wrapped=plain)
    yield from _attachments(file, files)


def _body(parts: list[Message]) -> Message | None:
    shown = [part for part in parts if part.get_content_disposition() != "attachment" and not part.get_filename()]
    kinds = ("text/plain", "text/html")
    return next((part for kind in kinds for part in shown if part.get_content_type() == kind), None)


def _write(writer: Writer, text: str, limits: Limits, *, plain: bool) -> None:
    if not plain:
        html.write_all(writer, text, "body", limits)
        return
    for line in text.splitlines():
        writer.line(line, "body") if line.strip() else writer.blank()


def _text(part: Message, named: str) -> tuple[str, str]:
    data = part.get_payload(decode=True)
    text, warning = html.decode_declared(
        data if isinstance(data, bytes) else b"", part.get_content_charset() or "", named
    )
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if str(part.get_param("format", "")).lower() == "flowed":
        text = _unflowed(text, spaces=str(part.get_param("delsp", "")).lower() != "yes")
    return text, warning


def _unflowed(text: str, *, spaces: bool) -> str:
    """Join the lines that end in a blank with the next of the same depth of quotation (RFC 3676)."""
    lines: list[str] = []
    soft, depth = False, 0
    for line in text.split("\n"):
        quoted = len(line) - len(line.lstrip(">"))
        content = line[quoted:].removeprefix(" ")
        if soft and quoted == depth:
            lines[-1] += content
        else:
            lines.append(">" * quoted + " " * bool(quoted) + content)
        soft, depth = content.endswith(" ") and content != "-- ", quoted
        if soft and not spaces:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)


def _header(mail: Message, name: str) -> str:
    """Return a header as it reads: words encoded after RFC 2047, or raw bytes of any encoding."""
    return _decoded(next((value for key, value in mail.raw_items() if key.lower() == name.lower()), ""))


def _decoded(written: str) -> str:
    if _RAW.search(written):
        try:
            return " ".join(decode(written.encode("utf-8", "surrogateescape"))[0].split())
        except NotText:
            return ""
    try:
        pieces = [
            piece if isinstance(piece, str) else piece.decode(text_encoding(charset or "ascii"), "replace")
            for piece, charset in decode_header(written)
        ]
    except (MessageError, ValueError):
        return " ".join(written.split())
    return " ".join("".join(pieces).split())


_RAW = re.compile("[\udc80-\udcff]")


def _date(mail: Message) -> dt.date | None:
    try:
        return parsedate_to_datetime(str(mail.get("Date", ""))).date()
    except (ValueError, TypeError, IndexError, OverflowError):  # OverflowError: the minutes have ten digits
        return None


def _attachments(file: File, files: list[tuple[Message, bytes]]) -> Iterator[Document | Problem]:
    taken: set[str] = set()
    inside = sum(name.lower().endswith(".eml") for name in file.source.split("/"))
    for part, data in files:
        source = f"{file.source}/{_name(part, taken)}"
        if inside > (most := file.limits.depth):
            within = f"attached to a mail within {most} others; save it by itself, {more('depth', most + 1)}"
            yield Problem(source, f"left out: {within}")
        else:
            yield from read_file(replace(file, source=source, data=data))


def _parts(mail: Message) -> Iterator[Message]:
    """Yield the parts of a mail that are no containers; a mail that is attached is one part."""
    parts = [mail]
    while parts:
        part = parts.pop()
        payload = part.get_payload()
        if part.is_multipart() and isinstance(payload, list) and part.get_content_type() != _MAIL:
            parts += [inner for inner in reversed(payload) if isinstance(inner, Message)]
        else:
            yield part


_MAIL = "message/rfc822"


def _is_file(part: Message) -> bool:
    """Tell whether a part is a file: it has a name and is no picture that the page shows, or it is a mail."""
    shown = part.get_content_maintype() == "image" and part["Content-ID"] is not None
    return part.get_content_type() == _MAIL or (bool(part.get_filename()) and not shown)


def _data(part: Message) -> bytes:
    payload = part.get_payload()
    if isinstance(payload, list):  # a mail
        return b"".join(mail.as_bytes() for mail in payload[:1] if isinstance(mail, Message))
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _name(part: Message, taken: set[str]) -> str:
    """Return the name of an attachment, without folders and control characters, unlike those before it."""
    written = _decoded(part.get_filename() or "") or "message.eml"
    name = _FORBIDDEN.sub("_", written).strip(". ") or "attachment"
    path, n = PurePosixPath(name), 1
    while name in taken:
        n += 1
        name = f"{path.stem} ({n}){path.suffix}"
    taken.add(name)
    return name


_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f/\\]+")
