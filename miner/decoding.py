"""Bytes -> text: which of the encodings that Chinese texts come in, and whether they are text at all.

A byte order mark decides, then strict UTF-8. Otherwise each candidate decodes the bytes, and the one whose
characters are the commonest Chinese is taken: a wrong encoding yields rare characters and private ones. Where two read
about equally well, as in a name of three characters, the question is put to the user. A few damaged bytes become U+FFFD
and are counted. What is no text is refused, never guessed at.
"""

from __future__ import annotations

import codecs
import re
from difflib import get_close_matches
from encodings.aliases import aliases

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark begins it
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

CANDIDATES = {
    "utf-8": "UTF-8",
    "gb18030": "GB18030",
    "cp950": "Big5",
    "big5hkscs": "Big5",
    "utf-16-le": "UTF-16LE",
    "utf-16-be": "UTF-16BE",
}
"""The encodings that are tried, each with the name that a user knows; of equal ones the first is taken."""

_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "cp950"}  # what is called so often holds characters beyond

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FORMATS = (
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (_OLE, "an old Office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
)

COMMON = frozenset(
    "一是人了不在有大中国和为这上他个地年来我会以到时要出的生学说道民家子也成行下们于后就发自之对得主长可过天作分方用多你着部能市等业全里工公经本都而高政法面门动日进区事代那去心小同北定开产前其军还然起种所"
    "如现理机体表力好外与文当两实重新三么只山水关明从化平建又制南内西没此将员名手最东头者月间无安看见各城十相但已些正口通想度加第她合院物性战由位常点海意场武使次二向治因立数样身情入原问把路被并利石老教万知"
    "级量任江及应省资委务元美特期世湖回系比气汉总展电科金先声提品设或义王社很统处四首共马形己儿司太目基领队直计别女权话少流命至报米给打变果书清活几州华解议更称程今决张导术府才保交放管结师便走达族反再题色五"
    "京河接条规式县白它改风光运信受什组听布百济党指论强做取技黄神选记斯真却职号界件花类何眼兵传带空干农边据集联古广完质阳难增历史专官每住商即步认车台林必死游举线言皇土团收考求德叫近备研争非具李众连调感转笑"
    "革该持始英克士尔让拉思根格造较际亲单朝红型价校约器字段周亚深候则功属积快图火千准究往极育装许参半令吃观鱼精办像帝八复影告远群包整构料随划算象容示投势热值夫网望源息语股铁断派速怎需片爱律纪支早况病境证编"
    "越局推满且列觉服双未居除乐企引标确织初青志率项飞球节察龙响药站施均消客失轻存低甚般击曾防请离落显罗营足素视护副食创余照兴占巴虽洲村费易试星木黑左宝置跟央识维采六底宫房音环案批切斗富乡另倒若按查故突责严"
    "國爲這個來會時學說們於後發對長過業裏經門動進區開產軍還種現機體與當兩實麼關從內沒將員東頭間無見戰點場數樣問並萬級應資務氣漢總電聲設義統處馬兒領隊計別權話報給變書幾華議稱決張導術結師達題條規縣風運組聽濟"
    "黨論強黃選記卻職號類傳帶幹農邊據聯廣質陽難歷專認車臺遊舉線團備爭衆連調轉該爾讓較際親單紅價約亞則屬積圖準極裝許參喫觀魚辦復遠羣構隨劃勢熱網語鐵斷愛紀況證編滿覺雙樂標確織項飛節龍響藥輕擊請離顯羅營視護創"
    "餘興佔雖費試寶識維採宮環鬥鄉責嚴"
)
"""The 600 characters that make up three quarters of written Chinese, in both scripts."""

SAMPLE = 1 << 16  # bytes that are enough to recognise an encoding by
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
_PUNCTUATION = frozenset("，。、；：？！“”‘’《》（）【】「」『』—…·％　")


class NotText(ValueError):  # noqa: N818 - it says what the bytes are
    """The bytes are no text; the message says what they are."""


def format_of(data: bytes) -> str:
    """Return what bytes of a known format are that is no text, blank where they may be text.

    Example:
        >>> format_of(b"%PDF-1.7")
        'a PDF document'
    """
    if data.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in data:
        return "an Office document locked with a password"
    return next((name for magic, name in FORMATS if data.startswith(magic)), "")


def text_encoding(name: str) -> str:
    """Return Python's name of an encoding for text; of GBK and Big5 the wider one that includes it.

    Raises:
        ValueError: there is no such encoding; the message names those that are called nearly so.

    Example:
        >>> text_encoding("GBK"), text_encoding("utf8")
        ('gb18030', 'utf-8')
    """
    try:
        found = codecs.lookup(name).name
        "66".encode(found)  # refused by what is no encoding of text, such as base64
    except (LookupError, ValueError):
        known = sorted({*aliases, *aliases.values(), *CANDIDATES})
        close = get_close_matches(name.lower().replace("-", "_"), known, 3, 0.5) or ["gb18030", "big5", "utf-16"]
        raise ValueError(f"{name!r} is no encoding; there are {', '.join(close)}") from None
    return _WIDER.get(found, found)


def decode(data: bytes, encoding: str = "") -> tuple[str, str]:
    r"""Decode ``data``; return the text without byte order mark, and a warning, blank where all bytes are sound.

    Line ends stay as they are. ``encoding`` is the one that the user named, blank where it is to be found.

    Raises:
        NotText: the bytes are an image, an archive, a program or in no encoding known here, or they read equally well
            in two.

    Example:
        >>> decode("全区有企业66家".encode("gb18030"))
        ('全区有企业66家', '')
        >>> decode("园区共有企业66家".encode() + b"\xff")
        ('园区共有企业66家�', '1 damaged byte sequence was replaced by U+FFFD')
    """
    if told := told_encoding(data, encoding):
        named, mark = told
        return _replaced(data[mark:], named)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _replaced(data, _recognise(data))
    if not _is_binary(text):
        return text, ""
    return _replaced(data, _recognise(data))  # UTF-16 without its mark may look like ASCII with NULs


def told_encoding(data: bytes, encoding: str = "") -> tuple[str, int] | None:
    """Return the encoding that a byte order mark tells or the user named, with the length of the mark; None for neither.

    Raises:
        NotText: the bytes are of a format that is no text.

    Example:
        >>> told_encoding(codecs.BOM_UTF8 + b"66"), told_encoding(b"66", "gb18030"), told_encoding(b"66")
        (('utf-8', 3), ('gb18030', 0), None)
    """
    if name := format_of(data):
        raise NotText(f"this is {name}, not text")
    for mark, marked in MARKS:
        if data.startswith(mark) and (not encoding or marked.startswith(encoding)):
            return marked, len(mark)
    return (encoding, 0) if encoding else None


def found_encoding(sample: bytes) -> str:
    """Return the encoding of a stretch of text, which may end within a character.

    Raises:
        NotText: as for `decode`.

    Example:
        >>> found_encoding("全区有企业66家".encode()[:-1]), found_encoding("全区有企业66家".encode("gb18030"))
        ('utf-8', 'gb18030')
    """
    try:
        text, _ = codecs.utf_8_decode(sample, "strict", False)
    except UnicodeDecodeError:
        return _recognise(sample)
    return "utf-8" if not _is_binary(text) else _recognise(sample)


def _replaced(data: bytes, encoding: str) -> tuple[str, str]:
    text = data.decode(encoding, errors="replace")
    if _is_binary(text):
        raise NotText(BINARY)
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return text, damage(text.count("\ufffd"))
    return text, ""


BINARY = "this is binary data, not text"


def damage(sequences: int) -> str:
    """Return the warning that so many byte sequences are no characters."""
    return f"{sequences} damaged byte {'sequence was' if sequences == 1 else 'sequences were'} replaced by U+FFFD"


def _is_binary(text: str) -> bool:
    return are_binary(controls(text), text.count("\ufffd"), len(text))


def controls(text: str) -> int:
    """Count the control characters that no text has."""
    return len(_CONTROL.findall(text))


def are_binary(controls: int, undecodable: int, characters: int) -> bool:
    """Tell whether more than one character in twenty is a control character or undecodable."""
    return controls * 20 > characters or undecodable * 20 > max(characters, 100)


def _recognise(data: bytes) -> str:
    """Return the encoding in which ``data`` reads as the commonest Chinese."""
    foreign = re.search(rb"[\x80-\xff]", data)
    start = max(0, foreign.start() - 1000) & ~1 if foreign else 0  # even, for UTF-16
    sample = data[start : start + SAMPLE]
    texts = {name: sample.decode(name, errors="replace") for name in CANDIDATES}
    scores = {name: _familiarity(text) for name, text in texts.items()}
    best = max(CANDIDATES, key=scores.__getitem__)
    if scores[best] < _CHINESE:
        raise NotText("this is binary data or in an encoding not known here; save it as UTF-8")
    near = [
        name
        for name, text in texts.items()
        if text != texts[best]
        and scores[name] >= _CHINESE
        and scores[best] * len(texts[best]) - scores[name] * len(text) < _SURE
    ]
    names = dict.fromkeys(CANDIDATES[name] for name in (best, *near))
    if len(names) > 1:
        raise NotText(f"cannot tell whether this is {' or '.join(names)}; name it with --encoding")
    return best


_CHINESE = 0.4  # what the characters of a text are worth on average, at the least
_SURE = 3.0  # what one encoding has to be worth beyond the next: one common character


def _familiarity(text: str) -> float:
    """Return how much like Chinese ``text`` is, up to 3; plain ASCII is 0.5."""
    points = [_points(char) for char in text]
    return sum(points) / len(points) if points else 0.0


def _points(char: str) -> float:
    if char in COMMON:
        return 3.0
    if char <= "\x7f":
        return -9.0 if _CONTROL.match(char) else 0.5
    if char in _PUNCTUATION or "\uff01" <= char <= "\uff5e":
        return 2.0
    if "\u4e00" <= char <= "\u9fff":
        return 1.0 if _is_taught(char) else -1.0
    return -6.0 if char == "\ufffd" or not (char.isprintable() or char.isspace()) else -2.0


def _is_taught(char: str) -> bool:
    """Tell whether the character is of the first level of GB 2312 or of Big5: what schools teach."""
    gb, big5 = char.encode("gb2312", "ignore"), char.encode("big5", "ignore")
    return b"\xb0" <= gb[:1] <= b"\xd7" or b"\xa4" <= big5[:1] <= b"\xc6"
