"""The page in a browser, as its readers use it: what is under a highlight, what filters keep, what is taken away."""

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

import miner
from miner import COLUMNS, HEADINGS, Document, Observation, make_report
from tests.programs import program

CHROMIUM = program("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")

ARGUMENTS = [
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-first-run"),
]
MANY = "园区有企业66家,增长5%。\n" * 2_000
SERIES = "甲高新区2021年产值10亿元。\n甲高新区2022年产值12亿元。\n甲高新区2023年产值15亿元,同比增长25%,出口下降8.8%。\n"
FAILS = "甲高新区现有66个党组织,包括36个独立党组织和31个联合党支部。\n甲高新区有80个党组织,包括50个独立党组织和30个联合党支部。"
HOSTILE = (
    "甲高新区有企业66家</script><img src=x onerror=alert(1)><b>党员</b>478名,&amp;`${alert(2)}`。\n"
    "=1+1\x1b[31m[red]员工\u202e12人\u2066,\x00项目\ud80035个,🏭厂房7座。\r\n-党员8名\r\x0b"
)

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Give a function that opens a page of documents; at the end, nothing was asked for and no error was met."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []
    asked: list[str] = []

    def opened(documents: list[Document], **settings: Any) -> Page:  # noqa: ANN401 - what a browser may be told
        wanted = {"locale": "zh-CN", "viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce"}
        context = browser.new_context(**(wanted | settings))
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: faults.append(message.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("dialog", lambda dialog: faults.append(dialog.message))
        page.on("request", lambda request: asked.append(request.url))
        path = tmp_path / "report.html"
        path.write_text(make_report(documents).page, encoding="utf-8")
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-ready]")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []
    allowed = ((tmp_path / "report.html").as_uri(), "blob:", "data:,")
    assert [url for url in asked if not url.startswith(allowed)] == []


def seeds() -> list[Document]:
    return list(miner.read_documents("seeds/"))


SEEDS = tuple(miner.mine("seeds/"))


def shown(page: Page) -> list[int]:
    """Return the rows that are seen, in their order."""
    rows: list[int] = page.evaluate("[...state.rows]")
    return rows


def kept(keep: Callable[[Observation], bool]) -> list[int]:
    return [n for n, row in enumerate(SEEDS) if keep(row)]


def row(page: Page, n: int) -> Locator:
    return page.locator(f"#r{n}")


def saved(page: Page, button: str) -> bytes:
    with page.expect_download() as download:
        page.click(button)
    return Path(download.value.path()).read_bytes()


def csv_of(rows: list[Observation] | tuple[Observation, ...], folder: Path) -> bytes:
    miner.export(rows, folder / "figures.csv", "csv")
    return (folder / "figures.csv").read_bytes()


class TestTheTexts:
    @pytest.mark.parametrize(
        "documents",
        [
            seeds(),
            [Document("a", "🏭园区有企业66家,😀党员\n478名,近5\r\n00人。\r产值3亿元。")],
            [Document("b", HOSTILE)],
        ],
        ids=["seeds", "astral characters and line ends", "hostile"],
    )
    def test_the_figure_under_each_highlight_is_the_text_of_its_row(
        self, show: Open, documents: list[Document]
    ) -> None:
        page = show(documents)
        found: dict[str, str] = {}
        for n in range(len(documents)):
            page.select_option("#document", str(n))
            found |= page.evaluate(
                "Object.fromEntries([...article.querySelectorAll('mark')].map((m) => [m.dataset.row, m.textContent]))"
            )
        texts = [figure.text for figure in miner.mine_documents(documents)]
        assert found == {str(n): text for n, text in enumerate(texts)}
        assert texts

    def test_nothing_of_the_text_is_left_out_and_lines_have_their_numbers(self, show: Open) -> None:
        page = show(seeds())
        for n, document in enumerate(seeds()):
            page.select_option("#document", str(n))
            lines = page.evaluate("[...article.querySelectorAll('.line')].map((l) => [l.dataset.line, l.textContent])")
            assert [text for _, text in lines] == document.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            assert [int(number) for number, _ in lines] == list(range(1, len(lines) + 1))

    def test_every_figure_stands_in_the_line_that_its_row_names(self, show: Open) -> None:
        page = show(seeds())
        for n in (0, 30, 111):
            page.evaluate(f"select({n}, 'panel')")
            assert page.locator(f"#f{n}").locator("xpath=..").get_attribute("data-line") == str(SEEDS[n].line)

    def test_numbers_refused_by_a_rule_are_marked_with_the_rule(self, show: Open) -> None:
        page = show([Document("a", "按照第五条,园区有企业66家。")])
        refused = page.locator("#article .refused")
        assert (refused.all_text_contents(), refused.get_attribute("title")) == (["第五"], "不是数字: an ordinal")

    def test_colour_and_underline_say_the_measure(self, show: Open) -> None:
        page = show([Document("a", SERIES)])
        style = "(m) => [getComputedStyle(m).textDecorationStyle, getComputedStyle(m).textDecorationColor]"
        level, growth = (page.locator(f"mark.{name}").first.evaluate(style) for name in ("level", "growth"))
        assert (level[0], growth[0]) == ("solid", "double")
        assert level[1] != growth[1]

    def test_pointing_at_a_figure_or_reaching_it_by_key_shows_its_row(self, show: Open) -> None:
        page = show(seeds())
        page.hover("#f0")
        for value in (SEEDS[0].park, SEEDS[0].indicator, SEEDS[0].text):
            assert value in page.inner_text("#card")
        page.mouse.move(0, 0)
        assert page.is_hidden("#card")
        page.focus("#f0")
        page.keyboard.press("ArrowRight")
        assert SEEDS[1].indicator in page.inner_text("#card")
        page.keyboard.press("Escape")
        assert page.is_hidden("#card")


class TestSelecting:
    def test_a_click_in_the_table_shows_the_sentence(self, show: Open) -> None:
        page = show(seeds())
        page.locator("#scroll").evaluate("(s) => { s.scrollTop = 34 * 80; }")
        row(page, 85).click()
        figure = page.locator("#f85")
        assert figure.text_content() == SEEDS[85].text
        assert page.locator("#document option:checked").text_content() == "004_bfaf95d459e0521d.txt (32 条)"
        inside = "(m) => { const [a, b] = [m, article].map((e) => e.getBoundingClientRect()); return a.top >= b.top && a.bottom <= b.bottom; }"
        assert figure.evaluate(inside)

    def test_a_click_in_the_text_selects_the_row(self, show: Open) -> None:
        page = show(seeds())
        page.click("#f25")
        assert row(page, 25).get_attribute("aria-selected") == "true"
        assert row(page, 25).is_visible()
        assert SEEDS[25].indicator in page.inner_text("#detail")

    def test_the_reasons_are_shown(self, show: Open) -> None:
        page = show(seeds())
        page.click("#f0")
        reasons = [reason for reading in miner.explain(seeds()[0].text).readings[:1] for reason in reading.reasons]
        assert all(reason.rule in page.inner_text("#detail .why") for reason in reasons)

    def test_all_of_it_by_keyboard(self, show: Open) -> None:
        page = show(seeds())
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") == "search"
        page.keyboard.type("进出口")
        assert shown(page) == kept(lambda figure: "进出口" in figure.indicator + figure.sentence + figure.indicator_std)
        page.keyboard.press("Escape")
        assert len(shown(page)) == len(SEEDS)
        page.focus("#grid")
        for key in ("ArrowDown", "ArrowDown", "End", "Home", "PageDown", "ArrowUp"):
            page.keyboard.press(key)
        selected = page.evaluate("state.selected")
        assert page.get_attribute("#grid", "aria-activedescendant") == f"r{selected}"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == f"f{selected}"
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        assert page.evaluate("[document.activeElement.id, state.selected]") == ["grid", selected + 1]
        page.keyboard.press("Escape")
        assert page.is_hidden("#detail")


class TestFilters:
    @pytest.mark.parametrize("name", ["park", "source"])
    def test_by_park_and_file(self, show: Open, name: str) -> None:
        page = show(seeds())
        wanted = getattr(SEEDS[60], name)
        option = page.locator(f"#by-{name} option").filter(has_text=wanted).first
        page.select_option(f"#by-{name}", option.get_attribute("value"))
        assert shown(page) == kept(lambda figure: getattr(figure, name) == wanted)
        assert page.text_content("#count") == f"{len(shown(page))} / 112 条"

    def test_by_period(self, show: Open) -> None:
        page = show(seeds())
        page.select_option("#by-when", page.locator("#by-when option").filter(has_text="2023 (").get_attribute("value"))
        assert shown(page) == kept(lambda figure: (figure.period or figure.period_text) == "2023")

    def test_by_measure_several_at_once_and_clear(self, show: Open) -> None:
        page = show(seeds())
        page.click('[data-measure="growth"]')
        page.click('[data-measure="share"]')
        assert shown(page) == kept(lambda figure: figure.measure in {"growth", "share"})
        assert page.locator("#f0.out").count() == 1
        page.click("#clear")
        assert len(shown(page)) == len(SEEDS)
        assert page.is_hidden("#clear")

    def test_by_indicator_under_either_name_and_by_search_together(self, show: Open) -> None:
        page = show(seeds())
        page.fill("#by-indicator", "党")
        page.fill("#search", "岳阳 名")
        assert shown(page) == kept(
            lambda figure: (
                "党" in f"{figure.indicator} {figure.indicator_std}"
                and all(any(word in str(getattr(figure, name)) for name in SEARCHED) for word in ("岳阳", "名"))
            )
        )
        assert shown(page)

    def test_nothing_found_is_said(self, show: Open) -> None:
        page = show(seeds())
        page.fill("#search", "没有这样的词")
        assert page.is_visible("#none")
        assert page.text_content("#count") == "0 / 112 条"

    def test_sorting_up_down_and_back(self, show: Open) -> None:
        page = show(seeds())
        header = page.locator('#head [data-column="value"]')
        up = sorted(range(len(SEEDS)), key=lambda n: (SEEDS[n].value, n))
        header.click()
        assert shown(page) == up
        assert page.locator('#head th[aria-sort="ascending"]').count() == 1
        header.click()
        assert [SEEDS[n].value for n in shown(page)] == [SEEDS[n].value for n in reversed(up)]
        header.click()
        assert shown(page) == list(range(len(SEEDS)))

    def test_columns_are_chosen(self, show: Open) -> None:
        page = show(seeds())
        page.click("#choice summary")
        page.check('#chosen input[value="sentence"]')
        page.uncheck('#chosen input[value="park"]')
        heads = page.locator("#head button").evaluate_all("(all) => all.map((b) => b.dataset.column)")
        assert "sentence" in heads
        assert "park" not in heads
        assert page.locator("#chosen input").count() == len(COLUMNS)


SEARCHED = (
    "park",
    "subject",
    "indicator",
    "indicator_std",
    "text",
    "sentence",
    "period_text",
    "period",
    "source",
    "unit",
)


class TestTakingAway:
    @pytest.mark.parametrize("documents", [seeds(), [Document("=a,b.txt", HOSTILE)]], ids=["seeds", "hostile"])
    def test_the_download_of_all_is_byte_for_byte_the_csv_of_extract(
        self, show: Open, tmp_path: Path, documents: list[Document]
    ) -> None:
        assert saved(show(documents), "#download") == csv_of(list(miner.mine_documents(documents)), tmp_path)

    def test_the_download_is_what_is_seen_in_its_order(self, show: Open, tmp_path: Path) -> None:
        page = show(seeds())
        page.click('[data-measure="growth"]')
        page.click('#head [data-column="value"]')
        wanted = sorted((figure for figure in SEEDS if figure.measure == "growth"), key=lambda figure: figure.value)
        content = saved(page, "#download")
        assert content == csv_of(wanted, tmp_path)
        assert list(miner.read_csv(io.StringIO(content.decode("utf-8-sig"), newline=""))) == wanted

    def test_marks_are_lines_of_a_gold_file_and_outlast_the_page(self, show: Open) -> None:
        page = show(seeds())
        page.click("#f2")
        page.keyboard.press("x")
        page.fill(".mark-form [name=note]", '"两新"</b>')
        page.click(".mark-form .strong")
        page.click("#f4")
        page.click("#wrong")
        page.select_option(".mark-form [name=column]", "indicator")
        page.fill(".mark-form [name=should]", "轮训期数")
        page.click(".mark-form .strong")
        page.reload()
        page.wait_for_selector("html[data-ready]")
        assert page.locator("mark.wrong").count() == 2
        first, second = map(json.loads, saved(page, "#export").decode().splitlines())
        columns = {name for name in COLUMNS if name not in {"line", "sentence"}}
        assert set(first) == columns | {"must", "wrong", "note"}
        assert set(second) == columns | {"must", "wrong", "read"}
        assert (first["must"], first["wrong"], first["note"]) == (False, "not a figure", '"两新"</b>')
        assert (second["must"], second["wrong"]) == (True, "indicator")
        assert (second["read"], second["indicator"]) == (SEEDS[4].indicator, "轮训期数")
        for line, figure in ((first, SEEDS[2]), (second, SEEDS[4])):
            same = ("source", "start", "end", "text", "park", "measure")
            assert [line[name] for name in same] == [getattr(figure, name) for name in same]
            assert line["value"] == str(figure.value)

    def test_a_mark_is_taken_back(self, show: Open) -> None:
        page = show(seeds())
        page.click("#f2")
        page.click("#wrong")
        page.click(".mark-form .strong")
        assert page.is_visible("#export")
        page.locator("#detail button", has_text="取消标记").click()
        assert page.is_hidden("#export")
        assert page.locator("mark.wrong").count() == 0


class TestPanelsAndChecks:
    def test_levels_and_growth_are_bars_with_the_figures_as_written(self, show: Open) -> None:
        page = show(seeds())
        page.click("#tab-parks")
        while page.locator(".more").count():
            page.locator(".more").first.click()
        for name in {figure.park for figure in SEEDS}:
            panel = page.locator(".panel").filter(has=page.locator("h2", has_text=name))
            figures = [figure for figure in SEEDS if figure.park == name and figure.measure != "rank"]
            assert sorted(panel.locator(".bar-text").all_text_contents()) == sorted(figure.text for figure in figures)
        assert {"对数刻度", "线性刻度"} == set(page.locator(".block h3 small").all_text_contents())

    def test_growth_goes_to_the_right_of_the_middle_and_decline_to_the_left(self, show: Open) -> None:
        page = show([Document("a", SERIES)])
        page.click("#tab-parks")
        fill = page.locator("svg.growth .fill").evaluate_all(
            "(all) => all.map((r) => [+r.getAttribute('x'), +r.getAttribute('width')])"
        )
        (right, far), (left, near) = fill
        assert right == 50
        assert left + near == pytest.approx(50)
        assert near / far == pytest.approx(8.8 / 25)

    def test_three_periods_make_a_series(self, show: Open) -> None:
        page = show([Document("a", SERIES)])
        page.click("#tab-parks")
        series = page.locator("svg.series")
        assert "2021 10亿元, 2022 12亿元, 2023 15亿元" in (series.get_attribute("aria-label") or "")
        heights = series.locator("circle").evaluate_all("(all) => all.map((c) => -c.getAttribute('cy'))")
        assert heights == sorted(heights)

    def test_a_bar_leads_to_its_sentence(self, show: Open) -> None:
        page = show(seeds())
        page.click("#tab-parks")
        page.locator(".bars button").first.click()
        assert page.locator("#article mark.selected").count() == 1

    def test_checks_are_listed_the_failed_ones_first_and_lead_to_the_figures(self, show: Open) -> None:
        page = show([Document("a", FAILS)])
        assert page.locator(".flag-fails").count() == 3
        page.click("#tab-checks")
        assert page.locator(".finding .claim").all_text_contents()[0] == "66 ≠ 36 + 31"
        assert page.locator(".finding").evaluate_all("(all) => all.map((f) => f.className)") == [
            "finding fails",
            "finding holds",
        ]
        page.locator(".to-figure", has_text="31个").click()
        assert page.locator("#article mark.selected").text_content() == "31个"


class TestHostileTexts:
    def test_they_stay_text_everywhere(self, show: Open) -> None:
        page = show([Document("</script><b>.txt", HOSTILE)])
        for tab in ("#tab-parks", "#tab-checks", "#tab-table"):
            page.click(tab)
            assert page.locator("main img, main script, #article b, #rows b").count() == 0
        for n in range(page.evaluate("total")):
            page.evaluate(f"select({n}, 'panel')")
        page.hover("#f0")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.locator("#paper img").count() == 0
        assert "</script><img src=x onerror=alert(1)>" in (page.text_content("#article") or "")

    def test_a_script_that_is_not_the_page_s_own_does_not_run(self, browser: Browser, tmp_path: Path) -> None:
        page = browser.new_page()
        text = make_report(seeds()).page.replace("</body>", "<script>window.ran = 1</script></body>")
        (tmp_path / "a.html").write_text(text, encoding="utf-8")
        page.goto((tmp_path / "a.html").as_uri())
        page.wait_for_selector("html[data-ready]")
        assert page.evaluate("window.ran") is None
        page.close()


class TestReaders:
    @pytest.mark.parametrize(
        ("locale", "title"), [("zh-CN", "园区数字"), ("en-US", "Figures of parks"), ("de-DE", "Figures of parks")]
    )
    def test_the_page_speaks_the_reader_s_language_and_the_other(self, show: Open, locale: str, title: str) -> None:
        page = show(seeds(), locale=locale)
        assert page.text_content("h1") == title
        page.click("#language")
        assert page.text_content("h1") == ("Figures of parks" if title == "园区数字" else "园区数字")

    def test_no_word_lacks_a_language(self, show: Open) -> None:
        page = show(seeds())
        zh, en = page.evaluate("[Object.keys(WORDS.zh), Object.keys(WORDS.en)]")
        assert zh == en
        used = page.evaluate("[...document.querySelectorAll('[data-t]')].map((e) => e.dataset.t)")
        assert set(used) <= set(zh)
        for language in ("zh", "en"):
            shown = page.evaluate("language => { speak(language); return data.columns.map(columnWord); }", language)
            assert shown == list(HEADINGS[language])

    @pytest.mark.parametrize("theme", ["light", "dark"])
    def test_what_is_written_can_be_read_by_wcag_aa(self, show: Open, theme: str) -> None:
        page = show(
            [Document("a", SERIES + FAILS + "产值占全市的9%,居第3位,比上年增加54家,按照第五条。")], color_scheme=theme
        )
        assert page.get_attribute("html", "data-theme") == theme
        page.click("#f0")
        low = page.evaluate(
            CONTRAST,
            [
                "mark",
                ".refused",
                "td",
                "th button",
                ".kind",
                "small",
                "#summary",
                "button",
                "dt",
                "dd",
                "label span",
                "legend",
                ".why span",
            ],
        )
        assert low == []
        page.click("#tab-checks")
        assert page.evaluate(CONTRAST, [".verdict", ".claim", "blockquote"]) == []

    def test_the_theme_follows_the_reader_and_the_switch(self, show: Open) -> None:
        page = show(seeds(), color_scheme="dark")
        page.click("#theme")
        assert page.get_attribute("html", "data-theme") == "light"

    def test_everything_that_can_be_used_has_a_name(self, show: Open) -> None:
        page = show(seeds())
        page.click("#f0")
        page.keyboard.press("x")
        nameless = page.evaluate(
            "[...document.querySelectorAll('button, input, select, summary, [role=tab], [role=grid]')]"
            ".filter((e) => e.checkVisibility() && !(e.textContent.trim() || e.ariaLabel || e.labels?.length)).map((e) => e.outerHTML)"
        )
        assert nameless == []

    def test_a_screen_reader_is_told_how_many_rows_there_are(self, show: Open) -> None:
        page = show(seeds())
        assert page.get_attribute("#grid", "aria-rowcount") == str(len(SEEDS) + 1)
        assert page.get_attribute("#count", "aria-live") == "polite"
        assert row(page, 3).get_attribute("aria-rowindex") == "5"

    def test_paper_gets_every_row_and_every_text(self, show: Open) -> None:
        page = show(seeds(), color_scheme="dark")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.locator("#paper tbody tr").count() == len(SEEDS)
        assert page.locator("#paper mark").all_text_contents() == [figure.text for figure in SEEDS]
        assert page.get_attribute("html", "data-theme") == "light"
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert page.locator("#paper *").count() == 0
        assert page.get_attribute("html", "data-theme") == "dark"
        assert page.pdf().startswith(b"%PDF")

    def test_of_many_figures_only_those_in_view_are_in_the_table(self, show: Open) -> None:
        page = show([Document("a", MANY)])
        assert page.get_attribute("#grid", "aria-rowcount") == "4001"
        assert page.locator("#rows tr").count() < 100
        page.focus("#grid")
        page.keyboard.press("End")
        assert row(page, 3999).is_visible()
        assert page.locator("#rows tr").count() < 100

    @pytest.mark.parametrize("width", [360, 800, 1440])
    def test_nothing_is_wider_than_the_window(self, show: Open, width: int) -> None:
        page = show(seeds(), viewport={"width": width, "height": 800})
        page.click("#f0")
        assert page.evaluate("document.documentElement.scrollWidth") <= width


CONTRAST = """(selectors) => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const paint = (colours) => {
    canvas.clearRect(0, 0, 1, 1);
    for (const colour of colours) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (rgb) => {
    const [r, g, b] = rgb.map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const low = [];
  for (const element of document.querySelectorAll(selectors.join())) {
    if (!element.checkVisibility() || !element.textContent.trim()) continue;
    const grounds = [];
    for (let e = element; e; e = e.parentElement) grounds.unshift(getComputedStyle(e).backgroundColor);
    const [a, b] = [light(paint(grounds)), light(paint([...grounds, getComputedStyle(element).color]))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) low.push([element.tagName, element.className, element.textContent.slice(0, 20), ratio]);
  }
  return low;
}"""
"""Return the elements whose text stands out from its ground by less than 4.5 to 1 (WCAG 2.2, 1.4.3)."""
