"""Words: the dictionary is read in part and means the same, and rjieba gives the rows that jieba gives."""

from collections.abc import Iterator
from pathlib import Path

import jieba
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from miner import words
from miner.lexicon import put_before
from miner.pipeline import mine_text

HERE = Path(__file__).parent
TEXTS = [*sorted((HERE.parent / "seeds").glob("*.txt")), *sorted((HERE / "gold").glob("*.txt"))]


@pytest.fixture
def afresh() -> Iterator[None]:
    """Forget what was cut and loaded, before a test and after it."""
    put_before({})
    yield
    put_before({})


@pytest.mark.usefixtures("afresh")
def test_the_dictionary_read_in_part_is_that_of_jieba() -> None:
    whole = jieba.Tokenizer()
    frequencies, total = whole.gen_pfdict(whole.get_dict_file())
    tokenizer = words._Tokenizer()  # noqa: SLF001 - what the module promises is about its inside
    asked = sorted(frequencies, key=lambda word: word[::-1])  # in another order than it is written in
    assert all(tokenizer.frequency(word) == frequencies[word] for word in asked)
    assert tokenizer._frequencies == frequencies  # noqa: SLF001 - likewise
    assert tokenizer._jieba.total == total  # noqa: SLF001 - likewise


def test_only_what_a_text_asks_for_is_read() -> None:
    tokenizer = words._Tokenizer()  # noqa: SLF001 - likewise
    assert tokenizer.cut("共有党组织") == ("共有", "党组织")
    assert {word[0] for word in tokenizer._frequencies} == set("共有党组织")  # noqa: SLF001 - likewise


@pytest.mark.usefixtures("afresh")
def test_rows_by_rjieba_are_the_rows_by_jieba(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("rjieba")
    texts = [path.read_bytes().decode() for path in TEXTS]
    fast = [mine_text(text) for text in texts]
    put_before({})
    monkeypatch.setattr(words, "find_spec", lambda _: None)
    assert [mine_text(text) for text in texts] == fast
    assert sum(map(len, fast))


@given(st.text(st.characters(codec=None) | st.sampled_from("园区企业 \r\n\t\0.%12aB\ud800🏭"), max_size=30))
@example("\0项目\ud800")
def test_words_put_together_are_the_text(text: str) -> None:
    assert "".join(words.cut(text)) == text
