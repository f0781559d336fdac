"""HTML pages, saved pages: the article is read and nothing else, with its tables, its title and its date."""

import datetime as dt
import html
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from miner.documents import Document
from miner.pipeline import mine_document
from tests import originals
from tests.originals import SEEDS, figures, lines, original


def read(page: str | bytes, name: str = "a.html") -> Document:
    """Return what is read of a page that is read without a problem."""
    documents, problems = originals.read(page if isinstance(page, bytes) else page.encode(), name)
    assert problems == []
    assert len(documents) == 1
    return documents[0]


def article(page: str) -> list[str]:
    return lines(read(page).text)


# Pages of portals and governments, built around an article

OTHERS = ["浦口经开区前三季度产值增长17.3%", "江北新区引进项目58个总投资963亿元", "某高新区企业达7431家"]
TEASERS = ["浦口经开区前三季度完成工业产值1736亿元,同比增长17.3%。", "江北新区一季度引进项目58个,总投资963亿元。"]
NAV = '<div class="top"><a href="/">首页</a> | <a href="/xw">新闻</a> <span>今天是6月1日 气温23℃</span></div>'
FOOT = (
    '<div class="footer"><p>版权所有:某某开发区管委会 地址:某某路88号 邮编:300457</p>'
    "<p>津ICP备05001234号 建议使用1024×768分辨率 您是第1234567位访客</p></div>"
)


def links(tag: str = "li") -> str:
    return "".join(f'<{tag}><a href="/{n}">{other}</a><span>05-1{n}</span></{tag}>' for n, other in enumerate(OTHERS))


def cards() -> str:
    return "".join(f'<div class="i"><h4><a href="/">{OTHERS[n]}</a></h4><p>{TEASERS[n]}</p></div>' for n in (0, 1))


def government(title: str, body: list[str]) -> str:
    paragraphs = "".join(f"<p>&nbsp;&nbsp;&nbsp;&nbsp;{text}</p>" for text in body)
    return (
        f'<html><head><title>{title}-某某市人民政府</title></head><body>{NAV}<div class="main"><h2>{title}</h2>'
        '<div class="info">字号:[<a href="#">大</a> <a href="#">中</a>]</div>'
        f'<div class="TRS_Editor">{paragraphs}</div><div class="xgwz"><h3>相关新闻</h3><ul>{links()}</ul></div></div>'
        f"{FOOT}</body></html>"
    )


def laid_out_by_tables(title: str, body: list[str]) -> str:
    paragraphs = "<br><br>".join(f"　　{text}" for text in body)
    return (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>{title}</title></head>'
        '<body><form><table><tr><td colspan="2"><table><tr><td><a href="/">首页</a></td><td><a href="/b">概况</a></td>'
        f"</tr></table></td></tr><tr><td><table><tr><td>热点新闻</td></tr><tr>{links('td')}</tr></table></td><td>"
        f"<table><tr><td><b>{title}</b></td></tr><tr><td>{paragraphs}</td></tr></table></td></tr>"
        '<tr><td colspan="2">版权所有 电话:022-66123456</td></tr></table></form></body></html>'
    )


def portal(title: str, body: list[str]) -> str:
    paragraphs = "".join(f"<p>{text}</p>" for text in body)
    return (
        f'<html><head><title>{title}_新闻频道_某某网</title><meta property="og:title" content="{title}"></head><body>'
        f'<header><nav><a href="/">财经</a></nav></header><article><h1>{title}</h1><div>{paragraphs}</div></article>'
        f'<aside><h3>24小时热文</h3>{cards()}</aside><section class="recommend"><h3>推荐阅读</h3>{cards()}</section>'
        '<section class="comments"><p>网友123:说得好,我们区有88家企业呢。</p></section>'
        "<footer><p>报料热线:400-820-1234 ©2024</p></footer></body></html>"
    )


def without_names(title: str, body: list[str]) -> str:
    paragraphs = "".join(f"<div>{text}</div>" for text in body)
    teasers = "".join(f'<div><a href="/"><b>{OTHERS[n]}</b><span>{TEASERS[n]}</span></a></div>' for n in (0, 1))
    return (
        f'<html><head><title>{title}</title></head><body><div><a href="/">某某在线</a></div><div><div>{title}</div>'
        f"{paragraphs}</div><div><div>热门推荐</div>{teasers}</div></body></html>"
    )


def related_inside(title: str, body: list[str]) -> str:
    paragraphs = "".join(f"<p>{text}</p>" for text in body)
    plain = "".join(f'<p><a href="/">{OTHERS[n]}</a></p><p>{TEASERS[n]}</p>' for n in (0, 1))
    return (
        f'<html><head><title>{title}</title></head><body><div class="left"><div>{title}</div><div class="con">{paragraphs}'
        f'<p><strong>相关阅读:</strong></p>{plain}</div></div><div class="right"><ol>{links()}</ol></div></body></html>'
    )


def wechat(title: str, body: list[str]) -> str:
    sections = "".join(f"<section><span>{text[:9]}</span><span>{text[9:]}</span></section>" for text in body)
    return (
        f'<html><head><meta property="og:title" content="{title}"></head><body><h1>{title}</h1>'
        f'<div id="js_content" style="visibility: hidden;">{sections}</div>'
        f'<div style="display:none">已赞 100000+ 预览时不可点,共5个。</div><a href="/">{OTHERS[0]}</a></body></html>'
    )


TEMPLATES = [government, laid_out_by_tables, portal, without_names, related_inside, wechat]
Template = Callable[[str, list[str]], str]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.__name__)
@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name[:3])
def test_a_seed_in_a_page_gives_the_same_figures(seed: Path, template: Template) -> None:
    """Blank lines and blanks that indent are lost.

    Seed 002 begins with what its page had above the headline, which an article does not: from its headline on.
    """
    text = original(seed).text
    text = text[text.index("增强重点园区") :] if seed.name.startswith("002") else text
    title, *body = lines(text)
    page = template(html.escape(title, quote=False), [html.escape(line, quote=False) for line in body])
    encoding = "gb18030" if "gb2312" in page else "utf-8"
    assert figures(read(page.encode(encoding))) == figures(Document(seed.name, text))


BODY = [
    "园区现有企业66家，同比增长12.4%。",
    "全年完成产值312.6亿元，增长8.5%，进出口139.7亿元。",
    "新增就业5.27万人，引进项目36个。",
]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.__name__)
def test_short_articles_are_told_from_what_surrounds_them(template: Template) -> None:
    for count in (1, 2, 3):
        found = article(template("某某园区工作简报第三期", BODY[:count]))
        assert found[0] == "某某园区工作简报第三期"
        assert [line for line in found if line in BODY] == BODY[:count]
        assert not any(other in line for line in found for other in OTHERS + TEASERS)


def test_a_list_of_articles_is_no_article() -> None:
    page = f"<title>要闻</title><h2>要闻</h2><ul>{links() * 9}</ul>{FOOT}"
    (document,), problems = originals.read(page.encode(), "a.html")
    assert not any(other in document.text for other in OTHERS)
    assert mine_document(document) == []
    assert problems in ([], ["a.html: no article in this page, only links or nothing at all"])


def test_a_sentence_with_a_link_in_it_is_read_and_one_that_is_a_link_is_not() -> None:
    linked = '<p><a href="/">浦口经开区</a>企业66家。</p><p><a href="/">某高新区企业达7431家，增长8.5%。</a></p>'
    assert article(f"<div>{linked}<p>{BODY[1]}</p></div>") == ["浦口经开区企业66家。", BODY[1]]


def test_a_notice_with_an_annex_is_no_teaser() -> None:
    side = "".join(f"<div><p>{text}</p></div>" for text in BODY[1:])
    notice = f'<title>关于企业数的通报</title><div><h1>关于企业数的通报</h1><p>{BODY[0]}</p><p><a href="/a.pdf">附件：园区企业名单（2024年）.pdf</a></p></div>'
    assert BODY[0] in article(f"<div>{notice}</div><div>{side}</div>")


def test_a_page_without_a_sentence_is_read() -> None:
    assert article("<nav>首页</nav><div>企业数<br>66家</div>") == ["企业数", "66家"]


def test_a_heading_of_related_articles_at_the_start_drops_nothing_below_the_article() -> None:
    page = f'<div><p>相关新闻：</p><p><a href="/">{OTHERS[0]}</a></p><p>{"</p><p>".join(BODY)}</p></div>'
    assert article(page)[1:] == BODY


def test_boxes_that_nobody_closed_lose_no_paragraph() -> None:
    assert article("<div>" + "<div>".join(BODY * 4)) == BODY * 4


def test_a_box_of_a_bad_name_around_everything_is_no_sidebar() -> None:
    assert article(f'<body class="sidebar nav"><div class="footer-wrap">{"<br>".join(BODY)}</div></body>') == BODY


# The text of a line


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("园区<b>现有</b><i>企业</i><font>66</font>家。", "园区现有企业66家。"),
        ("园区\n   现有企业\n66 家。", "园区现有企业 66 家。"),
        ("&nbsp;&nbsp;企业&nbsp;66&#23478;&hellip;。", "企业 66家…。"),
        ("企业66家<sup>[1]</sup>，<sup>①</sup>党员478名。", "企业66家，党员478名。"),
        ('企业66家<sup><a href="#n">2</a></sup>。', "企业66家。"),
        ("面积10<sup>6</sup>m<sup>2</sup>。", "面积10⁶m²。"),
        ("<ruby>园<rp>(</rp><rt>yuan</rt><rp>)</rp></ruby>区。", "园区。"),
        ("企业<!-- 6 -->66家。<script>7</script><style>8</style><noscript>9家。</noscript>", "企业66家。"),
        (
            "企业<span hidden>1</span><span style='DISPLAY : none'>2</span>66家。<template>3家。</template>",
            "企业66家。",
        ),
        ("企业66\u200b家\ufeff。", "企业66家。"),
    ],
)
def test_what_a_reader_sees_is_the_text(markup: str, text: str) -> None:
    assert article(f"<p>{markup}</p>") == [text]


def test_a_line_end_in_the_page_is_a_line_end() -> None:
    assert article("<p>企业66家。<br>党员478名。<br/><br>完。</p>") == ["企业66家。", "党员478名。", "完。"]
    assert article("<pre>企业66家。\n党员478名。</pre>") == ["企业66家。", "党员478名。"]


# Title, date, place


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>园区简报第三期_要闻_某某网</title>", "园区简报第三期"),
        ("<title>园区简报第三期 - 某某网</title>", "园区简报第三期"),
        ("<title>园区简报第三期-某某市政府</title>", "园区简报第三期"),
        ("<title>2020-2024年园区简报</title>", "2020-2024年园区简报"),
        ('<meta property="og:title" content="园区简报第三期"><title>某某网</title>', "园区简报第三期"),
        ('<meta name="ArticleTitle" content="园区简报第三期"><title>某某网</title>', "园区简报第三期"),
    ],
)
def test_a_title_that_stands_in_the_metadata_only_is_the_first_line(head: str, title: str) -> None:
    assert article(f"<head>{head}</head><p>{BODY[0]}</p>") == [title, BODY[0]]


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="PubDate" content="2024-05-31 10:20">',
        '<meta name="pubdate" content="2024/5/31">',
        '<meta property="article:published_time" content="2024-05-31T08:00:00+08:00">',
        '<meta itemprop="datePublished" content="20240531">',
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2024-05-31T08:00:00Z"}</script>',
        '<time datetime="2024-05-31">昨天</time>',
    ],
)
def test_the_date_is_taken_from_the_metadata(head: str) -> None:
    assert read(f"<head>{head}</head><p>{BODY[0]}</p>").date == dt.date(2024, 5, 31)


def test_the_line_with_date_and_source_below_the_headline_is_read() -> None:
    page = f"<title>园区工作简报</title><div><h1>园区工作简报</h1><p>发布时间:2024-05-31 来源:某报</p></div><div>{'<p>'.join(BODY)}</div>"
    assert article(page)[:2] == ["园区工作简报", "发布时间:2024-05-31 来源:某报"]


@pytest.mark.parametrize("date", ["2024-13-45", "昨天", "", "0000-00-00", "9" * 5000])
def test_what_is_no_date_is_none(date: str) -> None:
    assert read(f'<meta name="pubdate" content="{date}"><p>{BODY[0]}</p>').date is None


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_place_is_the_line_of_the_page(end: str) -> None:
    page = end.join(
        ["<html>", "<body>", "<p>", "", "园区现有企业66家。</p>", "<p", 'class="a">党员478名。</p>', "</body>"]
    )
    assert [(row.text, row.place) for row in mine_document(read(page))] == [("66家", "line 5"), ("478名", "line 7")]


def test_a_line_beyond_those_that_the_parser_counts_is_blank() -> None:
    document = read("\n" * 70_000 + f"<p>{BODY[0]}</p>")
    assert {row.place for row in mine_document(document)} == {""}


# Encodings


@pytest.mark.parametrize("declared", ["", "utf-8", "gb2312", "gbk", "big5", "iso-8859-1", "no-such-thing"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_bytes_tell_the_encoding_whatever_is_declared(encoding: str, declared: str) -> None:
    page = f'<meta charset="{declared}"><p>{BODY[0]}</p><p>{BODY[1]}</p>'
    assert lines(read(page.encode(encoding)).text) == BODY[:2]


def test_traditional_script_in_big5() -> None:
    text = "截至10月，綜保區進出口總額139.7億元，比去年同期增長33.4%。"
    assert lines(read(f'<meta charset="gb2312"><p>{text}</p>'.encode("big5")).text) == [text]


def test_an_xml_declaration_does_no_harm() -> None:
    assert article(f'<?xml version="1.0" encoding="gb2312"?><html><body><p>{BODY[0]}</p></body></html>') == BODY[:1]


# Tables

TABLE = """<p>单位:亿元</p><table><thead><tr><th rowspan=2>产业</th><th colspan=2>产值</th></tr>
<tr><th>一季度</th><th>上半年</th></tr></thead><tr><td>医药</td><td>98.6</td><td>205.3</td></tr>
<tr><td>装备</td><td colspan=2>71.4</td></tr></table><p>以上为2023年数据。</p>"""


def cells(document: Document) -> list[list[list[str]]]:
    return [[[cell.of(document.text) for cell in row] for row in table.rows] for table in document.tables]


def test_a_table_is_read_cell_by_cell_with_merged_cells_in_each_place() -> None:
    document = read(TABLE)
    assert cells(document) == [
        [["产业", "产值", "产值"], ["产业", "一季度", "上半年"], ["医药", "98.6", "205.3"], ["装备", "71.4", "71.4"]]
    ]
    assert document.tables[0].headers == 2
    found = [(row.indicator, row.text, row.unit, row.place) for row in mine_document(document)]
    assert found[:2] == [("医药产值", "98.6", "亿元", "line 2"), ("医药产值", "205.3", "亿元", "line 2")]


def test_the_caption_of_a_table_heads_it() -> None:
    rows = (
        "<tr><th>指标</th><th>2022年</th><th>2023年</th></tr><tr><td>工业总产值</td><td>312.5</td><td>350.1</td></tr>"
    )
    page = f"<h1>咸宁高新区简报</h1><p>今年园区引进企业36家。</p><table><caption>单位：亿元</caption>{rows}</table>"
    found = [(row.indicator, row.base_unit, row.period, f"{row.value:f}") for row in mine_document(read(page))]
    assert found[1:] == [("工业总产值", "元", "2022", "31250000000"), ("工业总产值", "元", "2023", "35010000000")]
    assert found[0][2] == ""  # the years of a header are not the year that the page is of


def test_rows_of_one_cell_above_and_below_a_table_are_lines() -> None:
    rows = "<tr><td colspan=2>单位:亿元</td></tr><tr><td>产业</td><td>产值</td></tr><tr><td>医药</td><td>98.6</td></tr>"
    document = read(f"<p>{BODY[0]}</p><table>{rows}<tr><td colspan=2>注：快报数。</td></tr></table>")
    assert cells(document) == [[["产业", "产值"], ["医药", "98.6"]]]
    assert lines(document.text) == [BODY[0], "单位:亿元", "产业\t产值", "医药\t98.6", "注：快报数。"]


def test_a_table_that_lays_out_the_page_is_none() -> None:
    long = "".join(BODY) * 2
    for layout in (
        f"<table><tr><td>侧栏</td><td>{long}</td></tr><tr><td>一</td><td>二</td></tr></table>",
        f"<table><tr><td>侧栏</td><td><table><tr><td>{BODY[0]}</td></tr></table></td></tr></table>",
    ):
        document = read(layout)
        assert document.tables == ()
        assert BODY[0] in document.text


SMALL = st.integers(0, 4)


@given(st.lists(st.lists(st.tuples(SMALL, SMALL, st.sampled_from(["td", "th"])), max_size=4), max_size=5))
@example([[(0, 2, "th")], [(0, 2, "th")], [], [(0, 0, "td")]])
def test_any_spans_give_rows_of_one_length(rows: Sequence[Sequence[tuple[int, int, str]]]) -> None:
    made = "".join(
        "<tr>"
        + "".join(f"<{tag} colspan={across} rowspan={down}>{n}{k}</{tag}>" for k, (across, down, tag) in enumerate(row))
        for n, row in enumerate(rows)
    )
    documents, _ = originals.read(f"<p>{BODY[0]}</p><table>{made}</table>".encode(), "a.html")
    for table in documents[0].tables:
        assert len({len(row) for row in table.rows}) == 1
        assert 1 <= table.headers <= len(table.rows)
        assert all(cell.of(documents[0].text).strip("0123456789") == "" for row in table.rows for cell in row)
    mine_document(documents[0])


# Hostile pages

DEEP = "a.html: read only in part: its tags are nested too deep"
HOSTILE = {
    "nested boxes": "<div>" * 100_000,
    "nested words": "<b>" * 100_000,
    "nested tables": "<table><tr><td>" * 50_000,
    "only <": "<" * 1_000_000,
    "entities": "&amp;&#x4e00;&bogus;&" * 100_000,
    "half tags": "<a " * 100_000,
    "comments": "<!--" * 100_000,
    "spans": "<table>" + "<tr><td colspan=1000 rowspan=60000>1<td>2" * 5000 + "</table>",
    "links": "<a href=x>园区" * 20_000,
    "notes": "<sup>1</sup>" * 50_000,
    "blanks": "<p>" + " \n\t" * 300_000,
    "one class": f'<div class="{"nav-" * 100_000}">',
    "NULs": "<p>\0" * 100,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_read_or_named(name: str) -> None:
    page = f"<html><body><p>{BODY[0]}</p>{HOSTILE[name]}<p>{BODY[1]}"
    documents, problems = originals.read(page.encode(), "a.html")
    assert len(documents) + len(problems) >= 1
    assert all(BODY[0] in document.text for document in documents)


def test_nesting_too_deep_is_named() -> None:
    assert DEEP in originals.read(("<div>" * 100_000 + BODY[0]).encode(), "a.html")[1]


def test_a_tag_with_very_many_attributes_is_refused() -> None:
    attributes = " ".join(f'a{n}="<"' for n in range(5000))
    assert originals.read(f"<p {attributes}>{BODY[0]}</p>".encode(), "a.html") == (
        [],
        [
            "a.html: left out: a tag of this page has more than 500 attributes; save it as text, or allow more: --limit attributes=5000"
        ],
    )


@given(st.text(st.sampled_from('<>/ab"=pdivtr \n园区6家。&;!-\0')))
def test_any_markup_is_read(markup: str) -> None:
    documents, _ = originals.read(markup.encode(), "a.html")
    for document in documents:
        assert [mark.offset for mark in document.marks] == sorted({mark.offset for mark in document.marks})
        mine_document(document)


def test_what_looks_like_markup_in_the_text_stays_text() -> None:
    assert article("<p>园区&lt;script&gt;alert(1)&lt;/script&gt;现有企业66家。</p>") == [
        "园区<script>alert(1)</script>现有企业66家。"
    ]


@pytest.mark.parametrize("page", ["", " \n", "<html></html>", "<!-- -->", "<p></p>"])
def test_a_page_of_nothing_is_named(page: str) -> None:
    (document,), problems = originals.read(page.encode(), "a.html")
    assert document.text == ""
    assert len(problems) == 1
