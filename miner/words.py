"""Cuts a stretch of simplified text into words, with jieba's dictionary.

The tokenizer is this program's own: words that others add to jieba's global one change nothing here, and no cache
file is written or trusted. The dictionary (about a second) is loaded at the first stretch that needs it.
"""

from __future__ import annotations

import warnings
from functools import cache, lru_cache
from typing import Any

from miner import lexicon


@cache
def _tokenizer() -> Any:  # noqa: ANN401 - jieba is untyped
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba's own use of pkg_resources and of old escapes
        import jieba  # noqa: PLC0415 - its dictionary is heavy, and many texts need none

    tokenizer = jieba.Tokenizer()
    # What Tokenizer.initialize does, without its cache file in the shared temporary folder.
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    for entry in (*lexicon.load("heads"), *lexicon.load("parks")):
        for word in (*entry.spellings, *entry.get("short", ())) if entry.kind in {"head", "type", "whole"} else ():
            tokenizer.add_word(word)
    for entry in lexicon.load("verbs"):
        if entry.kind in {"have", "do"}:
            for word in entry.spellings:
                tokenizer.add_word(word)
    return tokenizer


def is_word(word: str) -> bool:
    """Tell whether a word stands in jieba's dictionary; what does not is a name, or no word.

    Example:
        >>> is_word("现代"), is_word("昆冈")
        (True, False)
    """
    return bool(_tokenizer().FREQ.get(word, 0))


def is_rare(word: str) -> bool:
    """Tell whether a word hardly ever stands in texts, so that it may be part of a name.

    Example:
        >>> is_rare("亚达"), is_rare("技术")
        (True, False)
    """
    return _tokenizer().FREQ.get(word, 0) < _RARE  # type: ignore[no-any-return]  # jieba is untyped


_RARE = 100  # occurrences in the texts that jieba's dictionary was counted in


@lru_cache(maxsize=50_000)
def cut(text: str) -> tuple[str, ...]:
    """Cut simplified ``text`` into words.

    Example:
        >>> cut("共有党组织")
        ('共有', '党组织')
    """
    return tuple(_tokenizer().cut(text, HMM=False))
