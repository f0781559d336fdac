"""The blocks of a page -> those of its article, from the headline to its end.

Theory of operation. What weighs is prose: characters outside links, in blocks with punctuation, and tables. From the
whole page one goes down into the box that holds nearly all of it; where the weight lies scattered, the article is that
box. Then the headline is looked for, the block that the page's title repeats, and what stands between it and the box
is taken in: the line with date and source. Left out are boxes that call themselves navigation, related or footer,
lists of links, teasers of other articles, and what follows a heading such as 相关新闻.

A line of furniture too many costs little, since the stages that follow know such lines; a paragraph that is lost never
comes back. So whatever is doubtful stays in.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miner.readers.markup import Block, Blocks

# Names of boxes beside the article: as part of a name between hyphens, as a whole name, anywhere in a name.
_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|submenu|foot|copyright|aside|crumbs?|relate|rank|ranking|comments?|share|bdshare"
    r"|toolbar|friendlinks?|pager|pagination|login|popup|dialog|modal|ads?|advert|banner|qrcode"
    r"|xgxw|xgwz|xgyd|xglj|tuijian|xiangguan|pinglun|paihang|rmtj)(?:$|[\s_-])"
    r"|(?:^|\s)(?:side|bottom|hot|rec|links?|next|prev|top10|position|location)(?:$|\s)"
    r"|related|recommend|footer|sidebar|comment-?list|hot-?news|breadcrumb"
)
_ASIDE_TAGS = frozenset({"nav", "footer", "aside"})
_PROSE = re.compile(r"[。！？；，、：,;!?]")
_WORD = re.compile(r"[\u3400-\u9fff0-9A-Za-z]")
_LEGAL = re.compile(r"版权所有|ICP备|公网安备|网站标识码|技术支持|Copyright|©|浏览器|违法和不良信息|增值电信|备案号")
_RELATED = re.compile(
    r"[【\[《>\s]*(?:相关|延伸|推荐|热门|热点|精彩|往期|更多|最新|猜你喜欢|为您推荐|大家都在看|编辑推荐|同类)"
    r"(?:新闻|阅读|文章|链接|报道|推荐|资讯|内容|专题|信息|评论|回顾|稿件|解读|信息|图集|视频)?[】\]》:：>\s]*|网友评论|上一[篇条页].*|下一[篇条页].*"
)
_INFO = re.compile(r"(?:19|20)\d\d\s*[-./年]\s*\d{1,2}|(?:来源|作者|发布|时间|日期)\s*[:：]")
_NEARLY_ALL = 0.7
_TEASER = 200  # code points
_INFO_LINES = 8


def find_article(page: Blocks, titles: Sequence[str]) -> tuple[list[Block], Block | None]:
    """Return the blocks of the article, and its headline where one of them is.

    A page without prose is read whole, but for links and what stands aside; of a list of articles, nothing is left.

    ``titles`` are what the page's metadata call it.

    Example:
        >>> from lxml import etree
        >>> from miner.readers.markup import lay_out
        >>> page = lay_out(etree.HTML("<ul><li><a href=x>某市产值增长9%</a></ul><p>园区现有企业66家。</p>"))
        >>> [block.text for block in find_article(page, [])[0]]
        ['园区现有企业66家。']
    """
    blocks = page.blocks
    dropped = _dropped(page)
    weights = [0 if out else _weight(block) for block, out in zip(blocks, dropped, strict=True)]
    sums = [0, *accumulate(weights)]
    if not sums[-1]:
        return [block for block, out in zip(blocks, dropped, strict=True) if not out], None
    first, last = _heaviest(page, sums)
    while first and weights[first - 1]:  # paragraphs that stand in a box around this one
        first -= 1
    while last < len(blocks) and weights[last]:
        last += 1
    head = _headline(blocks, dropped, titles)
    if head is not None and head < first:
        between = [n for n in range(head + 1, first) if not dropped[n]]
        if len(between) > _INFO_LINES and not any(weights[n] for n in between):
            for n in between:
                dropped[n] = not _INFO.search(blocks[n].text)
        first = head
    dropped = _without_related(page, first, last, dropped, sums)
    chosen = [blocks[n] for n in range(first, last) if not dropped[n]]
    return chosen, blocks[head] if head is not None and first <= head < last else None


def _weight(block: Block) -> int:
    if block.linked * 2 > len(block.text) or not (block.table or _PROSE.search(block.text)):
        return 0
    if len(block.text) < _TEASER and _LEGAL.search(block.text):
        return 0
    return len(_WORD.findall(block.text)) - block.linked


def _dropped(page: Blocks) -> list[bool]:
    """Tell of each block whether it stands aside: in a box that says so, as a link by itself, or as a teaser."""
    heavy = [0, *accumulate(map(_weight, page.blocks))]
    aside = [False] * len(page.boxes)
    for n, box in enumerate(page.boxes):
        inherited = box.parent >= 0 and aside[box.parent]
        says_so = box.tag in _ASIDE_TAGS or bool(_ASIDE.search(box.names))
        most = 2 * (heavy[box.last] - heavy[box.first]) > heavy[-1]
        aside[n] = inherited or (says_so and not most)
    return [aside[block.box] or _is_link(block) or _is_teaser(page, n, heavy) for n, block in enumerate(page.blocks)]


def _is_teaser(page: Blocks, n: int, heavy: Sequence[int]) -> bool:
    """Tell whether a block is the summary of another article: below a link in a box of a few blocks.

    A link that follows is one to an annex, and what is most of the page is its article.
    """
    if len(page.blocks[n].text) > _TEASER:
        return False
    around = (page.boxes[box] for box in page.around(n))
    box = next((box for box in around if box.last - box.first > 1), None)
    if box is None or box.last - box.first > 4 or box.tag in {"body", "html"}:
        return False
    if 2 * (heavy[box.last] - heavy[box.first]) > heavy[-1]:
        return False
    return any(_is_link(block) and len(block.text) > 7 for block in page.blocks[box.first : n])


def _is_link(block: Block) -> bool:
    """Tell whether a block is a link, with a date beside it perhaps; a sentence with a link in it is none."""
    tenths = 9 if block.text.endswith(("。", "；")) else 8 if len(block.text) < 12 else 5
    return block.linked * 10 > tenths * len(block.text)


def _heaviest(page: Blocks, sums: Sequence[int]) -> tuple[int, int]:
    """Return the stretch of blocks of the smallest box that holds nearly all the weight."""
    first, last = 0, len(page.blocks)
    for box in page.boxes:  # parents come before their children
        inside = first <= box.first and box.last <= last and box.last - box.first > 1
        if inside and sums[box.last] - sums[box.first] >= _NEARLY_ALL * (sums[last] - sums[first]):
            first, last = box.first, box.last
    return first, last


def _headline(blocks: Sequence[Block], dropped: Sequence[bool], titles: Sequence[str]) -> int | None:
    """Return the first block that says what the page's metadata call it."""
    plain = [title for title in map(_squeezed, titles) if len(title) >= _LEAST_TITLE]
    for n, block in enumerate(blocks):
        text = _squeezed(block.text) if len(block.text) < _TEASER and not dropped[n] else ""
        if len(text) >= _LEAST_TITLE and any(text in title or title in text for title in plain):
            return n
    return None


_LEAST_TITLE = 6  # characters: less is the name of the site


def _squeezed(text: str) -> str:
    return "".join(_WORD.findall(text))


def _without_related(page: Blocks, begin: int, end: int, dropped: Sequence[bool], sums: Sequence[int]) -> list[bool]:
    """Drop what follows a heading such as 相关新闻 in its box: links, and what stands between links or after the article."""
    out = list(dropped)
    for n in range(begin, end):
        text = page.blocks[n].text
        if len(text) > 40 or not _RELATED.fullmatch(text):
            continue
        boxes = (page.boxes[box] for box in page.around(n))
        last = next((min(box.last, end) for box in boxes if box.last > n + 1), n + 1)
        links = _links(page.blocks, n + 1, last)
        if 2 * (sums[last] - sums[n]) < sums[n] - sums[begin]:
            out[n:last] = [True] * (last - n)
        elif links and sums[links[-1]] > sums[links[0]]:
            out[n : links[-1] + 2] = [True] * len(out[n : links[-1] + 2])
    return out


_BESIDE = 3  # blocks: how far apart the links of a list stand that has a few lines on each


def _links(blocks: Sequence[Block], first: int, last: int) -> list[int]:
    """Return the blocks of a list of links that begins at ``first``."""
    found: list[int] = []
    for n in range(first, last):
        if n > (found[-1] if found else first - 1) + _BESIDE:
            break
        if _is_link(blocks[n]):
            found.append(n)
    return found
