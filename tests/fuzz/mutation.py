"""Changes of an input that keep it a text: words of the lexicons, clauses of their examples, pieces of it moved or doubled.

A fuzzer that changes bytes makes few Chinese characters and fewer words; it has its turn too.
"""

from __future__ import annotations

import tomllib
from importlib import resources
from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SYNTAX: tuple[str, ...] = (
    *"0123456789.,，、。；：:;!?%‰+-—~～*#|/\\()（）[]【】<>《》“”\"'「」 　\t\n\r=&@$￥€_^`{}\0\x1b\x7f",
    "\r\n", "\n\n", "\u2028", "\u200b", "\ufeff", "\u202e", "\u0301", "\ufffd", "\ud83d", "👩‍👩‍👧‍👦", "٦", "𝟔", "⑥", "Ⅲ", "㎡", "亿", "萬",
    "| --- | --- |\n", "\n|", "|\n", "\n# ", "\n- ", "1,234.5", "0.0%", "1e400", "-0", "百分之", "分别", "其中", "同比", "占", "第",
    "<p>", "</p>", "<table>", "<tr>", "<td>", "<th>", "</table>", "<td rowspan=3 colspan=2>", "<br>", "<!--", "-->", "<sup>2</sup>", "&nbsp;",
    "&#x6;", "<script>", "</script>", "<style>", "<meta charset=gbk>", "<![CDATA[", "<!DOCTYPE html>", '<!ENTITY a "b">', "&a;", "</div>",
    "Content-Type: text/html; charset=gb2312\n", "Content-Type: multipart/mixed; boundary=b\n", "--b\n", "--b--\n", "Subject: ", "Date: ",
    "Content-Transfer-Encoding: base64\n", "Content-Transfer-Encoding: quoted-printable\n", "=E4=BC=81", "=?utf-8?B?5LyB?=", "=\n",
    'Content-Disposition: attachment; filename="a.csv"\n', "Content-Type: message/rfc822\n", "; format=flowed", "filename*=utf-8''%E4",
    "<w:p>", "</w:p>", "<w:r>", "<w:t>", "</w:t>", "</w:r>", "<w:tbl>", "<w:tr>", "<w:tc>", "</w:tc>", "</w:tr>", "</w:tbl>", "<w:del>", "<w:ins>",
    '<w:gridSpan w:val="3"/>', "<w:vMerge/>", '<w:vMerge w:val="restart"/>', '<w:footnoteReference w:id="1"/>', "<w:br/>", "<w:tab/>",
    '<row r="2">', "</row>", '<c r="B2" t="s">', '<c r="XFD1048576">', "<v>", "</v>", "</c>", '<mergeCell ref="A1:C2"/>', 't="inlineStr"',
    't="e"', 't="b"', 's="1"', "<is><t>", "</t></is>", "1E+308", "-1", "99999999999", "\n== word/document.xml\n", "\n== a/b.txt\n", "\n== ../c.csv\n",
    "BT /F1 12 Tf", " Tj", " TJ", " Td", "ET", "stream\n", "endstream\n", "endobj\n", "1 0 0 1 72 700 Tm", "<4f01>", "/Count 3", "%PDF-1.4\n", "%%EOF\n",
)  # fmt: skip
"""Marks and the syntax of the formats that are read."""


def vocabulary() -> tuple[list[str], list[str]]:
    """Return the words of the lexicons, and the clauses that are their examples."""
    words: list[str] = []
    clauses: list[str] = []
    for path in sorted(resources.files("miner.lexicons").iterdir(), key=lambda path: path.name):
        if path.name.endswith(".toml"):
            for key, text in _texts("", tomllib.loads(path.read_text(encoding="utf-8"))):
                (clauses if key in {"examples", "not"} or len(text) > 12 else words).append(text.replace("|", ""))
    return sorted({*words, *SYNTAX}), sorted({*clauses})


def _texts(key: str, value: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - whatever a TOML file holds
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, list):
        for part in value:
            yield from _texts(key, part)
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from _texts(name, part)


class Mutator:
    """Changes inputs by a seed; ``by_bytes`` is what changes bytes, of the fuzzer."""

    def __init__(self, by_bytes: Callable[[bytes, int], bytes]) -> None:
        self.words, self.clauses = vocabulary()
        self.by_bytes = by_bytes

    def __call__(self, data: bytes, longest: int, seed: int) -> bytes:
        """Return ``data`` changed, no longer than ``longest`` bytes; the same for the same seed."""
        random = Random(seed)  # noqa: S311 - no secret
        if random.random() < 0.25:
            return self.by_bytes(data, longest)
        text = data.decode("utf-8", "surrogateescape")
        for _ in range(random.choice((1, 1, 1, 2, 3, 6))):
            text = self._changed(text, random)
        return text.encode("utf-8", "surrogatepass" if "\ud83d" in text else "surrogateescape")[:longest]

    def _changed(self, text: str, random: Random) -> str:
        at, to = sorted((random.randint(0, len(text)), random.randint(0, len(text))))
        near = min(to, at + random.randint(1, 12))
        piece = text[at:near]
        other = random.randint(0, len(text))
        times: int = random.choice((2, 3, 20))
        match random.randrange(9):
            case 0 | 1:
                return text[:at] + random.choice(self.words) + text[at:]
            case 2:
                return text[:at] + random.choice(self.clauses) + text[at:]
            case 3:
                return text[:at] + random.choice(self.words) + text[near:]
            case 4:
                return text[:at] + text[near:]
            case 5:
                return text[:other] + piece + text[other:]
            case 6:
                return text[:at] + piece * times + text[near:]
            case 7:
                return text[:at] + random.choice(SYNTAX) + text[at:]
            case _:
                return text[:at] + text[to:] if random.random() < 0.3 else text[to:] + text[at:to] + text[:at]
