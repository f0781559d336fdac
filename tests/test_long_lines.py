"""What a text costs grows with its length, also where the whole of it is one line."""

from collections import Counter

import pytest

from miner.blocks import Block, series
from miner.documents import Document
from miner.reading import read
from miner.spans import Span
from miner.text import MAX_PARAGRAPH, MAX_SENTENCE, paragraphs

SENTENCE = "去年园区新增企业66家,实现产值139.7亿元,同比增长33.4%,其中出口5亿元、进口3亿元。"


@pytest.mark.parametrize("line", [SENTENCE * 2000, SENTENCE.replace("。", ",") * 2000, "园" * 50_000])
def test_a_long_line_is_read_in_pieces_that_leave_nothing_out(line: str) -> None:
    parts = list(paragraphs(line))
    assert len(parts) > 1
    assert all(part.span.end - part.span.start <= MAX_PARAGRAPH for part in parts)
    assert "".join(part.span.of(line) for part in parts) == line
    sentences = [sentence for part in parts for sentence in part.sentences]
    assert "".join(sentence.of(line) for sentence in sentences) == line
    assert all(sentence.end - sentence.start <= MAX_SENTENCE for sentence in sentences)


def test_a_line_that_is_not_long_is_one_paragraph() -> None:
    line = SENTENCE * (MAX_PARAGRAPH // len(SENTENCE))
    assert [part.span for part in paragraphs(line)] == [Span(0, len(line))]


def test_the_figures_that_one_is_weighed_against_do_not_grow_with_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    held: Counter[int] = Counter()

    def counted(block: Block, n: int) -> int:
        held[len(figures)] = max(held[len(figures)], len(block.figures))
        return series(block, n)

    monkeypatch.setattr("miner.reading.series", counted)
    figures: list[str] = []
    rows = []
    for times in (300, 1200):
        figures = [SENTENCE] * times
        rows.append(len(read(Document("a.txt", "".join(figures)))[0]))
    assert held[1200] <= held[300]
    assert rows[1] == 4 * rows[0]
