"""Cuts a stretch of simplified text into words, with jieba's dictionary.

The tokenizer is this program's own: words that others add to jieba's global one change nothing here, and no cache
file is written or trusted. The dictionary (about a second) is loaded at the first stretch that needs it.
"""

from __future__ import annotations

import warnings
from functools import cache, lru_cache
from typing import Any


@cache
def _tokenizer() -> Any:  # noqa: ANN401 - jieba is untyped
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba's own use of pkg_resources and of old escapes
        import jieba

    tokenizer = jieba.Tokenizer()
    # What Tokenizer.initialize does, without its cache file in the shared temporary folder.
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    for word in _KEPT_WHOLE:
        tokenizer.add_word(word)
    return tokenizer


_KEPT_WHOLE = ("党组织", "社会组织", "党支部", "党员人数", "从业人员", "进出口", "注册资本", "市场主体", "经营主体", "增加值", "建设用地", "组建率", "实际使用外资", "规上")


@lru_cache(maxsize=50_000)
def cut(text: str) -> tuple[str, ...]:
    """Cut simplified ``text`` into words.

    Example:
        >>> cut("共有党组织")
        ('共有', '党组织')
    """
    return tuple(_tokenizer().cut(text, HMM=False))
