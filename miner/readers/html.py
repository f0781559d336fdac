"""HTML pages, as saved from a browser or fetched: the article's text and tables; its title and date from the metadata.

A place is the line of the page's source where the block begins: it can be found in any editor and by any program,
where a selector breaks on the first repair that a parser makes of bad markup.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from lxml import etree

from miner.decoding import NotText, decode, text_encoding
from miner.limits import more
from miner.readers.article import find_article
from miner.readers.markup import Block, lay_out, place
from miner.readers.protocol import Unreadable
from miner.readers.writing import Writer
from miner.schema import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from miner.documents import Document
    from miner.limits import Limits
    from miner.readers.protocol import File


def read(file: File) -> Iterator[Document | Problem]:
    r"""Read the article of a page.

    Raises:
        NotText: the bytes are no text.
        Unreadable: a tag has hundreds of attributes.

    Example:
        >>> from miner.readers.protocol import File
        >>> page = "<title>简报</title><nav>首页 | 要闻</nav><p>园区现有企业66家。</p>"
        >>> [document.text for document in read(File("a.html", page.encode()))]
        ['简报\n园区现有企业66家。\n']
    """
    declared = _CHARSET.search(file.data[:4096])
    charset = declared[1].decode("ascii", "replace") if declared else ""
    markup, warning = decode_declared(file.data, charset, file.encoding)
    if warning:
        yield Problem(file.source, warning, fatal=False)
    root, whole = _parse(markup, file.limits)
    if not whole:
        yield Problem(file.source, "read only in part: its tags are nested too deep", fatal=False)
    if root is None:
        root = etree.Element("html")
    writer, head, page = Writer(), _Head(root), lay_out(root)
    blocks, headline = find_article(page, head.titles)
    if not blocks:
        yield Problem(file.source, "no article in this page, only links or nothing at all", fatal=False)
    title = head.title
    if title and headline is None and not any(title in block.text for block in blocks[:3]):
        writer.line(title, place(head.line))
    for block in blocks:
        _write(writer, block)
    yield writer.document(file.source, head.date)


def write_all(writer: Writer, markup: str, where: str, limits: Limits) -> None:
    """Write the whole of a page that is no page of a site, such as a mail, at the place ``where``."""
    root, _ = _parse(markup, limits)
    for block in [] if root is None else lay_out(root).blocks:
        _write(writer, block, where)


def _write(writer: Writer, block: Block, where: str = "") -> None:
    if block.table:
        writer.table([replace(row, place=where or row.place) for row in block.table])
    else:
        writer.line(block.text, where or place(block.line))


_LINE_END = re.compile(r"\r\n?")


class _Census:
    """Counts the attributes of each tag, without a tree: to build one takes seconds for a tag that has 10,000."""

    most = 0

    def start(self, _tag: str, attributes: Mapping[str, str]) -> None:
        self.most = max(self.most, len(attributes))

    def close(self) -> None:
        pass


def _parse(markup: str, limits: Limits) -> tuple[etree._Element | None, bool]:
    """Return the tree of a page, and whether it is whole."""
    if not markup.strip():
        return None, True
    data = _LINE_END.sub("\n", markup).encode()  # LF alone, by which libxml2 counts lines
    census = _Census()
    etree.fromstring(data, _parser(target=census))
    if census.most > limits.attributes:
        allowed = more("attributes", census.most)
        raise Unreadable(f"a tag of this page has more than {limits.attributes} attributes; save it as text, {allowed}")
    parser = _parser(remove_comments=True, remove_pis=True)
    root = etree.fromstring(data, parser)
    return root, not any("depth" in error.message for error in parser.error_log)


def _parser(**options: Any) -> etree.HTMLParser[etree._Element]:  # noqa: ANN401 - handed on
    parser: etree.HTMLParser[etree._Element] = etree.HTMLParser(encoding="utf-8", huge_tree=True, **options)
    return parser


_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,30})", re.IGNORECASE)


def decode_declared(data: bytes, declared: str, named: str = "") -> tuple[str, str]:
    """Decode as `decode` does; in the encoding that a page or a mail declares only where nothing else reads it.

    ``named`` is the encoding that the user named.

    Example:
        >>> decode_declared("企业66家".encode("gb18030"), "utf-8")
        ('企业66家', '')
    """
    try:
        text, warning = decode(data, named)
        if not warning or named:
            return text, warning
        refused = None
    except NotText as error:
        refused = error
    try:
        return data.decode(text_encoding(declared)), ""
    except ValueError:
        if refused:
            raise refused from None
    return text, warning


_TITLES = ("ArticleTitle", "og:title", "twitter:title")
_DATES = (
    "PubDate",
    "publishdate",
    "publish_date",
    "pubtime",
    "article:published_time",
    "og:release_date",
    "datePublished",
    "og:published_time",
    "weibo:article:create_at",
    "publishedtime",
    "firstpublishedtime",
    "DC.date.issued",
)
_SITE = re.compile(r"(?<!\s)\s*[_|｜]\s*|(?<!\s)\s+[-–—]+\s+|--|-(?=[^-\d]{2,14}$)")
_DAY = re.compile(r"((?:19|20)\d\d)\s*[-./年]?\s*(\d{1,2})\s*[-./月]?\s*(\d{1,2})")
_JSON_DATE = re.compile(r"\"(?:datePublished|pubDate|publish_?[tT]ime)\"\s*:\s*\"([^\"]{8,40})\"")


class _Head:
    """What the metadata of a page say: its titles, the one to print with the line that it stands on, and its date."""

    def __init__(self, root: etree._Element) -> None:
        metas: dict[str, tuple[str, int]] = {}
        for meta in root.iter("meta"):
            name = (meta.get("name") or meta.get("property") or meta.get("itemprop") or "").lower()
            metas.setdefault(name, ((meta.get("content") or "").strip(), int(meta.sourceline or 0)))
        named = [metas[name.lower()] for name in _TITLES if metas.get(name.lower(), ("",))[0]]
        titles = [(_text(title), int(title.sourceline or 0)) for title in root.iter("title")][:1]
        heads = [(_text(head), int(head.sourceline or 0)) for head in root.iter("h1")]
        self.titles = [text for text, _ in (*named, *titles, *(heads if len(heads) == 1 else ()))]
        said = [*named, *((_SITE.split(text)[0], line) for text, line in titles)]
        self.title, self.line = next(((text, line) for text, line in said if text), ("", 0))
        dates = [metas[name.lower()][0] for name in _DATES if name.lower() in metas]
        scripts = root.iterfind(".//script[@type='application/ld+json']")
        dates += [found[1] for script in scripts if (found := _JSON_DATE.search(script.text or ""))]
        dates += [time.get("datetime") or "" for time in root.iter("time")]
        self.date = next(filter(None, map(_day, dates)), None)


def _text(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def _day(written: str) -> dt.date | None:
    found = _DAY.match(written.strip())
    try:
        return dt.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
