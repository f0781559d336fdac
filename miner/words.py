"""Cuts a stretch of simplified text into words, with jieba's dictionary.

The tokenizer is this program's own: words that others add to jieba's global one change nothing here, and no cache
file is written or trusted. Of the dictionary's 349,046 words only those are read that begin with a character of what
is cut, when it is: to read them all takes 0.35 s, more than to mine a page.

Where rjieba is installed (``pip install "miner[fast]"``), it cuts in the place of jieba: the same dictionary in Rust, some
twenty times as fast, which saves a quarter of the time that new texts take and costs 0.15 s at the start. jieba remains
the reference, whose rows those by rjieba are tested to equal.
"""

from __future__ import annotations

import re
import warnings
import zlib
from functools import cache, lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from miner import lexicon

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_RUN = re.compile(r"(?m)^(.).*(?:\n\1.*)*")
"""Neighbouring lines that begin with the same character: the dictionary is sorted, all but a few lines."""

_SUM = 60_101_967
_SUMMED = 0x1394096D  # the checksum of the dictionary of jieba 0.42.1, whose frequencies add up to this


class _Tokenizer:
    """A tokenizer of jieba and the part of its dictionary that was not read yet: lines by their first character."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # jieba's own use of pkg_resources and of old escapes
            import jieba  # noqa: PLC0415 - its dictionary is heavy, and many texts need none

        self._jieba: Any = jieba.Tokenizer()
        with self._jieba.get_dict_file() as file:
            written: bytes = file.read()
        text = written.decode()
        self._unread: dict[str, list[str]] = {}
        for run in _RUN.finditer(text):
            self._unread.setdefault(run[1], []).append(run[0])
        # What Tokenizer.initialize does, without its cache file in the shared temporary folder.
        known = zlib.crc32(written) == _SUMMED
        self._jieba.total = _SUM if known else sum(map(int, re.findall(r"(?m)^\S+ (\d+)", text)))
        self._jieba.initialized = True
        self._frequencies: dict[str, int] = self._jieba.FREQ
        self._adjectives: set[str] = set()

    def _read(self, text: str) -> None:
        """Read the words that begin with a character of ``text``, and as jieba does their beginnings, which are no words."""
        for char in self._unread.keys() & set(text):
            for lines in self._unread.pop(char):
                for line in lines.split("\n"):
                    word, frequency, *tag = line.split(" ", 2)
                    self._frequencies[word] = int(frequency)
                    if tag and tag[0] in _ADJECTIVES:
                        self._adjectives.add(word)
                    for n in range(1, len(word)):
                        self._frequencies.setdefault(word[:n], 0)

    def add(self, word: str) -> None:
        """Add a word that the dictionary may lack."""
        self._read(word)
        self._jieba.add_word(word)

    def frequency(self, word: str) -> int:
        """Return how often a word stood in the texts that the dictionary was counted in, 0 for what is no word."""
        self._read(word[:1])
        return self._frequencies.get(word, 0)

    def is_adjective(self, word: str) -> bool:
        """Tell whether the dictionary has a word as one that describes: 崭新, 宽阔."""
        self._read(word[:1])
        return word in self._adjectives

    def cut(self, text: str) -> tuple[str, ...]:
        """Cut a text into words of the dictionary; what it lacks falls apart into characters."""
        self._read(text)
        return tuple(self._jieba.cut(text, HMM=False))


def _own_words() -> Iterator[str]:
    """Yield the words of the lexicons that texts are cut at and the dictionary may lack."""
    for entry in (*lexicon.load("heads"), *lexicon.load("parks")):
        if entry.kind in {"head", "type", "whole"}:
            yield from (*entry.spellings, *entry.get("short", ()))
    for entry in lexicon.load("verbs"):
        if entry.kind in {"have", "do"}:
            yield from entry.spellings


@cache
def _dictionary() -> _Tokenizer:
    return _Tokenizer()


@cache
def _tokenizer() -> _Tokenizer:
    """Return the tokenizer with the words of the lexicons, which take 0.1 s to add and change nothing of other words."""
    tokenizer = _dictionary()
    for word in _own_words():
        tokenizer.add(word)
    return tokenizer


def _by_rjieba() -> Callable[[str], tuple[str, ...]]:
    import rjieba  # noqa: PLC0415 - optional, and it loads its dictionary

    fast = rjieba.Jieba()
    for word in _own_words():
        fast.add_word(word, None, None)

    def cut_fast(text: str) -> tuple[str, ...]:
        try:
            return tuple(fast.cut(text, False))  # words that the dictionary lacks are not guessed
        except UnicodeEncodeError:
            return _tokenizer().cut(text)  # a lone surrogate, which Rust has no character for

    return cut_fast


@cache
def _segmenter() -> Callable[[str], tuple[str, ...]]:
    """Choose what cuts texts; here, and nowhere else."""
    return _by_rjieba() if find_spec("rjieba") else _tokenizer().cut


def is_word(word: str) -> bool:
    """Tell whether a word stands in jieba's dictionary; what does not is a name, or no word.

    Example:
        >>> is_word("现代"), is_word("昆冈")
        (True, False)
    """
    return word in _own() or bool(_dictionary().frequency(word))


@lru_cache(maxsize=10_000)
def is_adjective(word: str) -> bool:
    """Tell whether a word describes a thing, by jieba's dictionary.

    Example:
        >>> is_adjective("崭新"), is_adjective("企业")
        (True, False)
    """
    return _dictionary().is_adjective(word)


def is_rare(word: str) -> bool:
    """Tell whether a word hardly ever stands in texts, so that it may be part of a name.

    Example:
        >>> is_rare("亚达"), is_rare("技术")
        (True, False)
    """
    if _dictionary().frequency(word) >= _RARE:
        return False  # jieba gives a word that is added no less than it has
    return word not in _own() or _tokenizer().frequency(word) < _RARE


@cache
def _own() -> frozenset[str]:
    return frozenset(_own_words())


_ADJECTIVES = frozenset({"a", "z", "b"})
"""The tags of words that describe, in jieba's dictionary."""

_RARE = 100  # occurrences in the texts that jieba's dictionary was counted in


@lru_cache(maxsize=50_000)
def cut(text: str) -> tuple[str, ...]:
    """Cut simplified ``text`` into words.

    Example:
        >>> cut("共有党组织")
        ('共有', '党组织')
    """
    return _segmenter()(text)
