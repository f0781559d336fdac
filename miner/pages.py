"""What a whole document tells before its figures are read -> `Page`: its headline, date, places and tables."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from miner.datelines import Reference, own_reference
from miner.documents import Document, line_of, line_starts
from miner.grids import find_grids
from miner.masks import is_furniture
from miner.places.survey import survey
from miner.spans import Span
from miner.text import Paragraph, fold, paragraphs

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from miner.layouts import Grid
    from miner.places.known import Places


@dataclass(frozen=True, slots=True)
class Page:
    """A document as a whole.

    ``twin`` is its folded text; ``paragraphs`` are those of running text, each with whether it is page furniture;
    ``grids`` its tables; ``reference`` what relative times count from; ``places`` what it is about and names.
    """

    document: Document
    twin: str
    paragraphs: tuple[tuple[Paragraph, bool], ...]
    grids: tuple[Grid, ...]
    reference: Reference
    places: Places
    starts: Sequence[int]

    def line(self, at: int) -> int:
        """Return the line that offset ``at`` stands in."""
        return line_of(self.starts, at)


def open_page(document: Document, date: dt.date | None = None) -> Page:
    r"""Survey a document; ``date`` overrides its own.

    Example:
        >>> page = open_page(Document("a.txt", "咸宁高新区简报\n引进企业36家。"))
        >>> page.places.main.name
        '咸宁高新技术产业开发区'
    """
    twin = fold(document.text)
    grids = find_grids(twin, document.tables)
    found = [
        (part, is_furniture(part.span.of(twin)))
        for part in paragraphs(twin, [grid.span for grid in grids], list(_rows(document)))
    ]
    title = _title(twin, [paragraph for paragraph, furniture in found if not furniture])
    return Page(
        document,
        twin,
        tuple(found),
        tuple(grids),
        own_reference(fold(document.part.frame) if document.part else twin, date, of_file=document.date),
        survey(twin, title),
        line_starts(document.text),
    )


def _rows(document: Document) -> Iterator[Span]:
    """Yield where the rows of the file's own tables begin and end, those that stand in one line: without their quotes."""
    for table in document.tables:
        for row in table.rows:
            held = [cell for cell in row if cell.end > cell.start]
            if held and len(_LINE.findall(document.text, held[0].start, held[-1].end)) == 1:
                yield Span(held[0].start, held[-1].end)


_LINE = re.compile(r"[^\r\n]+")
_TITLE_LINES = 8


def _title(twin: str, article: Sequence[Paragraph]) -> str:
    """Return the headline: the lines before the first paragraph of running text."""
    lines = itertools.takewhile(lambda paragraph: paragraph.heading, article[:_TITLE_LINES])
    return "\n".join(_SOURCE.sub("", paragraph.span.of(twin)) for paragraph in lines)


# Who printed it says nothing of what it is about: 来源:平顶山日报, 《白城日报》2015年6月1日.
_SOURCE = re.compile(
    r"(?:信息|文章|稿件)?(?:来源|作者|编辑|责编)[:].*"  # |来源:平顶山日报|
    r"|《[^》]{2,10}》"  # |《白城日报》|2015年6月1日
    r"|[\u4e00-\u9fff]{2,8}(?:日报|晚报|时报|商报|新闻网|都市网|电视台|新闻中心"  # |八桂时报| 记者
    r"|经济发展局|统计局|党工委|管委会办公室)\b"  # |青岭高新区经济发展局|  2024年7月
    r"|(?:记者|通讯员).*"  # |记者 覃晓岚|
)
