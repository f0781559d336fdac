"""Spaces that a typesetter sets between Chinese and digits (2024 年,第 75 位) -> the text without them, and the way back.

Many web pages and papers are written so throughout, and words, times and units are then read as they would stand
without. A text with a few such spaces keeps them: there they part one thing from another.
"""

from __future__ import annotations

import re

from miner.wrapping import Layout


def unspaced(layout: Layout) -> Layout:
    """Leave out the spaces between Chinese and digits or letters of a text that sets most of its digits apart.

    A line of cells, which two spaces, a tab or a bar part, and a line without a mark keep theirs.

    Example:
        >>> text = "2024 年,保税区进出口总额达 382.84 亿元,同比增长 28.8%,排名升至第 75 位。"
        >>> unspaced(Layout(text, text)).running
        '2024年,保税区进出口总额达382.84亿元,同比增长28.8%,排名升至第75位。'
        >>> unspaced(Layout("企业 45家,产值3亿元", "企业 45家,产值3亿元")).running
        '企业 45家,产值3亿元'
    """
    running = layout.running
    apart = len(_APART.findall(running))
    if apart < _FEWEST or apart <= len(_TOGETHER.findall(running)):
        return layout
    pieces, cuts, left_out = [], [], []
    at = kept = 0
    for line in _LINE.finditer(running):
        if _CELLS.search(line[0]) or not _MARK.search(line[0]):
            continue
        for space in _SPACE.finditer(running, *line.span()):
            pieces.append(running[at : space.start()])
            kept += space.start() - at
            at = space.end()
            cuts.append(kept)
            left_out.append(at - kept)
    return Layout(layout.text, "".join([*pieces, running[at:]]), tuple(cuts), tuple(left_out), outer=layout)


_APART = re.compile(r"\d [\u4e00-\u9fff]")
_TOGETHER = re.compile(r"\d[\u4e00-\u9fff]")
_FEWEST = 3  # fewer are chance
_LINE = re.compile(r"[^\r\n]+")
_CELLS = re.compile(r"\S(?:\t|\|| {2,})\S")
_MARK = re.compile("[,;。、\uff0c\uff1b]")
_SPACE = re.compile(
    r"(?<=[\u4e00-\u9fff])[ \u00a0\u2009](?=[\dA-Za-z])|(?<=[\dA-Za-z%])[ \u00a0\u2009](?=[\u4e00-\u9fff])"
    # 投资 24. 3 亿元, but not a number that a line or a sentence opens with: 1. 3家企业
    r"|(?<=\d\.)(?<!^\d\.)(?<![\n。;:!?]\d\.)(?<!^\d\d\.)(?<![\n。;:!?]\d\d\.)[ \u00a0\u2009](?=\d)"
)
