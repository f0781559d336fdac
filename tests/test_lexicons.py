"""Every entry of every lexicon: its spellings are its own, and each of its examples is read by the entry it stands in."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from miner import lexicon
from miner.datelines import Reference
from miner.heads import list_items
from miner.indicators import named, standard
from miner.leftward import left_phrase
from miner.masks import find_masks, is_furniture
from miner.measures import measure
from miner.numbers import find_numbers
from miner.periods import find_periods
from miner.pipeline import mine_text
from miner.places.gazetteer import whereabouts
from miner.places.mentions import mentions
from miner.places.regions import main_region, regions, situated
from miner.places.survey import survey
from miner.quantities import Quantity, find_quantities
from miner.rightward import right_phrase
from miner.rules import bars
from miner.spans import Span
from miner.subjects import find_subjects
from miner.text import fold
from miner.units import unit_at
from miner.words import cut

if TYPE_CHECKING:
    from miner.lexicon import Entry
    from miner.places.known import Mention

KINDS = sorted({(name, entry.kind) for name in lexicon.names() for entry in lexicon.load(name)})


def each(name: str, *kinds: str, of: str, known: dict[str, str] | None = None) -> pytest.MarkDecorator:
    """Parametrize a test over the entries of a lexicon and what each lists under ``of``.

    ``known`` names the faults that stand, each with its reason: when one is mended, its test says so.
    """
    rows = []
    known = known or {}
    for entry in lexicon.load(name):
        if kinds and entry.kind not in kinds:
            continue
        for word in getattr(entry, of):
            marks = [pytest.mark.xfail(strict=True, reason=known[word])] if word in known else []
            rows.append(pytest.param(entry, word, id=f"{entry.name}: {word}", marks=marks))
    assert rows, f"{name} lists no {of}"
    assert set(known) <= {row.values[1] for row in rows}, "a known fault that is listed nowhere"
    return pytest.mark.parametrize(("entry", of.removesuffix("s")), rows)


def barred(example: str) -> tuple[str, list[str]]:
    """Return an example without its bars, folded, and what stands between them."""
    text, spans = bars(example)
    return fold(text), [span.of(text) for span in spans]


def counted(text: str) -> list[Quantity]:
    """Return the quantities of a text, numbers without a unit left out."""
    return [quantity for quantity in find_quantities(text) if quantity.kind != "number"]


# ------------------------------------------------------------------------------------------------ all lexicons


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_a_spelling_stands_in_one_entry_of_its_kind(name: str, kind: str) -> None:
    entries = [entry for entry in lexicon.load(name) if entry.kind == kind]
    count = Counter(word for e in entries for word in (*e.spellings, *e.get("short", ()), *e.get("cities", ())))
    assert [word for word, n in count.items() if n > 1] == []


@pytest.mark.parametrize(("name", "kind"), sorted({*KINDS} - {("numerals", "big")}))  # 萬, 億: said for the reader
def test_spellings_are_written_as_the_folded_text_has_them(name: str, kind: str) -> None:
    """Traditional and full-width forms are folded before look-up: a spelling that folding changes is never met."""
    entries = [entry for entry in lexicon.load(name) if entry.kind == kind]
    words = [word for e in entries for word in (*e.spellings, *e.get("short", ()), *e.get("cities", ()))]
    assert [word for word in words if fold(word) != word] == []


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_every_entry_has_examples_and_their_bars_come_in_pairs(name: str, kind: str) -> None:
    for entry in lexicon.load(name):
        if entry.kind == kind:
            assert entry.examples
            assert all(bars(example)[0] for example in (*entry.examples, *entry.counterexamples))


# ------------------------------------------------------------------------------------------------ units


NO_UNIT_YET = {"兆": "a magnitude of 10^12, but beside a word of data (100兆 of bandwidth)"}


@each("units", of="examples")
def test_a_unit_is_read_in_its_example(entry: Entry, example: str) -> None:
    text, spans = bars(example)
    found = [(q.text, q.base_unit) for q in counted(text)]
    base = "%" if entry.name == "番" else entry.name  # 翻两番 is growth by 300%
    assert found == [(span.of(text), base) for span in spans]
    assert len(spans) == 1
    assert spans[0].of(text).endswith(entry.spellings)


@each("units", of="spellings")
def test_a_spelling_of_a_unit_is_found(entry: Entry, spelling: str) -> None:
    unit = unit_at(fold(spelling), 0)
    assert unit is not None
    assert (unit.text, unit.base, unit.kind) == (fold(spelling), entry.name, entry.get("kind"))


@each("units", of="spellings", known=NO_UNIT_YET)
def test_a_spelling_of_a_unit_makes_a_quantity(entry: Entry, spelling: str) -> None:
    base = "%" if entry.name == "番" else entry.name
    assert [(q.text, q.base_unit) for q in counted(f"共计36{spelling}。")] == [(f"36{spelling}", base)]


@each("lookalikes", of="examples")
def test_a_lookalike_is_no_unit_in_its_example(entry: Entry, example: str) -> None:
    words = [word for word in entry.spellings if word in example]
    assert words
    assert all(unit_at(example, example.index(word)) is None for word in words)


NO_UNIT = dict.fromkeys(
    ["线上", "线下", "线路", "线索", "线缆", "线城", "级别", "体化"], "its first character is no unit"
)


@each("lookalikes", of="spellings", known={**NO_UNIT, "车道": "it is a unit itself (双向8车道)"})
def test_a_lookalike_begins_like_a_unit_and_is_none(entry: Entry, spelling: str) -> None:
    assert unit_at(spelling[0], 0) is not None, f"{entry.name}: {spelling[0]} is no unit, nothing looks alike"
    assert unit_at(spelling, 0) is None


# ------------------------------------------------------------------------------------------------ modifiers


@each("modifiers", of="examples")
def test_a_modifier_is_read_in_its_example(entry: Entry, example: str) -> None:
    text, spans = bars(example)
    assert [(q.text, q.modifier) for q in counted(text)] == [(span.of(text), entry.get("gives")) for span in spans]
    place = text if entry.get("outside") else spans[0].of(text)
    assert any(word in place for word in entry.spellings)


@each("modifiers", of="counterexamples")
def test_a_modifier_is_not_read_in_its_counterexample(entry: Entry, counterexample: str) -> None:
    assert any(word in counterexample for word in entry.spellings)
    found = counted(counterexample)
    assert found
    assert {q.modifier for q in found} == {"exact"}


@each(
    "modifiers",
    of="spellings",
    known={
        "临近": "quantities.py lists it among the words that are no modifiers",
        "过": "not read after a verb or an adverb (共计过500元)",
    },
)
def test_a_spelling_of_a_modifier_is_found(entry: Entry, spelling: str) -> None:
    """Some stand beside money or time only (500元起, 3天内): one of the figures takes it in."""
    figures = ("500元", "30天", "12公里", "20%", "三分之一")
    whole = [spelling + f if entry.get("side") == "before" else f + spelling for f in figures]
    read = [[(q.text, q.modifier) for q in counted(f"共计{text}。")] for text in whole]
    spans = figures if entry.get("outside") else whole
    assert any(found == [(text, entry.get("gives"))] for text, found in zip(spans, read, strict=True))


# ------------------------------------------------------------------------------------------------ numerals


@each("numerals", of="examples")
def test_a_numeral_stands_in_a_number_of_its_example(entry: Entry, example: str) -> None:
    assert any(word in number.text for number in find_numbers(example) for word in entry.spellings)


@each("numerals", of="spellings")
def test_a_spelling_of_a_numeral_has_its_value(entry: Entry, spelling: str) -> None:
    assert [number.value for number in find_numbers(f"{spelling}元")] == [entry.get("value")]  # 拾 alone is a word


# ------------------------------------------------------------------------------------------------ periods


@each("periods", of="examples")
def test_a_time_expression_is_read_in_its_example(entry: Entry, example: str) -> None:
    text, words = barred(example)
    assert [p.span.of(text) for p in find_periods(text, Span(0, len(text)), Reference())] == words
    assert all(word in entry.spellings for word in words)


@each("periods", of="counterexamples", known={"全年龄段": "全年 is found in 全年龄段"})
def test_no_time_expression_is_read_in_a_counterexample(entry: Entry, counterexample: str) -> None:
    assert any(word in counterexample for word in entry.spellings)
    assert find_periods(counterexample, Span(0, len(counterexample)), Reference()) == []


@each(
    "periods",
    of="spellings",
    known={},
)
def test_a_spelling_of_a_time_expression_is_found_whole(entry: Entry, spelling: str) -> None:
    text = f"{spelling},园区引进项目12个"
    found = find_periods(text, Span(0, len(text)), Reference())
    assert [(p.span.of(text), p.rule) for p in found] == [(spelling, f"{entry.name}, a phrase of time")]


# ------------------------------------------------------------------------------------------------ measures


@each("measures", "verb", of="examples", known={"与上年持平": "持平 states no figure: nothing reads the entry"})
def test_a_word_of_change_is_read_in_its_example(entry: Entry, example: str) -> None:
    text, words = barred(example)
    assert any(word in text for word in entry.spellings)
    found = [q for q in counted(text) if q.text in words]
    assert [q.text for q in found] == words != []
    for quantity in found:
        verdict = measure(text[: quantity.start], text[quantity.end :], quantity)
        assert verdict.measure in {"growth", "change"}
        assert verdict.direction == entry.get("gives")


@each("measures", "verb", of="spellings")
@pytest.mark.parametrize(("figure", "kind"), [("5.2%", "growth"), ("0.4个百分点", "change")])
def test_a_spelling_of_a_word_of_change_is_found(entry: Entry, spelling: str, figure: str, kind: str) -> None:
    verdict = measure(f"产量{spelling}", "", counted(figure)[0])
    assert (verdict.measure, verdict.direction) == (kind, entry.get("gives"))


@each("measures", "basis", of="examples")
def test_a_basis_is_read_in_its_example(entry: Entry, example: str) -> None:
    text, words = barred(example)
    quantity = next(q for q in counted(text) if q.start >= text.index(words[0]) + len(words[0]))
    assert measure(text[: quantity.start], "", quantity).basis == entry.get("gives")


# ------------------------------------------------------------------------------------------------ masks


@each("furniture", of="examples")
def test_a_line_of_furniture_is_told(entry: Entry, example: str) -> None:
    assert any(word in fold(example) for word in entry.spellings)
    assert is_furniture(fold(example))


@each("furniture", of="counterexamples")
def test_a_line_of_text_is_no_furniture(entry: Entry, counterexample: str) -> None:
    assert any(word in fold(counterexample) for word in entry.spellings)
    assert not is_furniture(fold(counterexample))


@each("furniture", of="spellings")
def test_a_spelling_of_furniture_is_enough(entry: Entry, spelling: str) -> None:
    assert entry.get("where") in {"anywhere", "start"}
    assert is_furniture(spelling)


def slogans_in(text: str) -> list[str]:
    """Return the stretches of a text that are masked as slogans."""
    masked = find_masks(text, Span(0, len(text)))
    return [span.of(text) for span, rule in zip(masked.spans, masked.rules, strict=True) if rule == "a slogan"]


@each("slogans", of="examples")
def test_a_slogan_is_masked_in_its_example(entry: Entry, example: str) -> None:
    assert set(slogans_in(example)) & set(entry.spellings)


@each("slogans", of="counterexamples")
def test_no_slogan_is_masked_in_a_counterexample(entry: Entry, counterexample: str) -> None:
    assert not set(slogans_in(counterexample)) & set(entry.spellings)


@each("slogans", of="spellings")
def test_a_spelling_of_a_slogan_is_masked_whole(entry: Entry, spelling: str) -> None:
    assert slogans_in(f"落实{spelling}。") == [spelling], entry.name


# ------------------------------------------------------------------------------------------------ places


@each("parks", "type", of="examples")
def test_a_park_is_named_in_its_example(entry: Entry, example: str) -> None:
    text, words = barred(example)
    named = {spelling for park in survey(text, "").parks if park.type == entry.name for spelling in park.spellings}
    assert set(words) <= named


@each("parks", "type", of="counterexamples", known={"长三角经济区": "it is taken for a park"})
def test_no_park_is_named_in_a_counterexample(entry: Entry, counterexample: str) -> None:
    assert [park for park in survey(counterexample, "").parks if park.type == entry.name] == []


@pytest.mark.parametrize(
    ("ending", "entry"), [(w, e) for e in lexicon.load("parks") if e.kind == "type" for w in e.spellings]
)
def test_a_known_place_and_an_ending_are_a_park(ending: str, entry: Entry) -> None:
    text = f"咸宁{ending}引进项目12个"
    known = [park.place.name for park in survey(text, "").parks]
    within = [park.place.name for park in survey(f"湖北自贸区{text}。{ending}内有企业", "").parks]
    assert known == ([] if entry.get("needs") else [f"咸宁{ending}"])
    assert not entry.get("needs") or {f"咸宁{ending}", f"湖北自贸区咸宁{ending}"} & set(within)


@each("parks", "headed", of="examples")
def test_a_headline_names_a_park_that_the_text_stays_with(entry: Entry, example: str) -> None:
    text, words = barred(example)
    assert words[0].endswith(entry.spellings)
    assert survey(text, text.partition("\n")[0]).main.name == words[0]


@each("parks", "headed", of="spellings")
def test_an_ending_in_a_headline_is_a_park(entry: Entry, spelling: str) -> None:
    name = f"聚仁泓芯{spelling}"
    assert survey(f"{name}加快建设\n{name}引进项目12个,{name}产值增长", f"{name}加快建设").main.name == name, entry.name


@each("parks", "generic", of="examples")
def test_a_word_for_the_park_means_the_park_of_the_text(entry: Entry, example: str) -> None:
    text, words = barred(example)
    assert [(m.span.of(text), m.place.name) for m in about_xianning(text)] == [(words[0], "咸宁高新技术产业开发区")]
    assert words[0] in entry.spellings


@each("parks", "generic", of="spellings")
def test_a_spelling_of_a_word_for_the_park_is_found(entry: Entry, spelling: str) -> None:
    text = f"{spelling}引进高技能人才417人"
    assert [m.span.of(text) for m in about_xianning(text)] == [spelling], entry.name


def about_xianning(text: str) -> list[Mention]:
    """Return the places that ``text`` names at the end of an article on 咸宁高新区."""
    return mentions(survey(f"咸宁高新区简介\n{text}", "咸宁高新区简介"), text, Span(0, len(text)))


@each(
    "parks",
    "region",
    of="examples",
)
def test_a_word_for_the_area_means_the_area_of_the_text(entry: Entry, example: str) -> None:
    text, words = barred(example)
    places = survey("漳州市统计公报\n" + text, "漳州市统计公报")
    found = [(m.span.of(text), m.place) for m in mentions(places, text, Span(0, len(text)))]
    if entry.get("gives") == "country":
        assert all(place.name == "全国" for _, place in found)  # the text's own area is not meant
    else:
        assert found == [(words[0], places.region)]


@each("parks", "leader", of="spellings")
def test_a_leader_is_no_part_of_a_name(entry: Entry, spelling: str) -> None:
    text = f"{spelling}咸宁高新技术产业开发区"
    assert [park.place.name for park in survey(text, "").parks] == ["咸宁高新技术产业开发区"], entry.name


@each("regions", of="examples")
def test_a_region_is_known_in_its_example(entry: Entry, example: str) -> None:
    _, words = barred(example)
    table, pattern = regions()
    found = {match.start(): table[match[0]] for match in pattern.finditer(bars(example)[0])}
    assert found[bars(example)[1][0].start] == entry.name
    assert words[0] in entry.spellings


@each("regions", of="spellings")
def test_a_spelling_of_a_region_is_known_whole(entry: Entry, spelling: str) -> None:
    assert known_region(spelling) == entry.name
    assert main_region(f"{spelling}新增企业12家", spelling) == entry.name


@pytest.mark.parametrize("city", [city for entry in lexicon.load("regions") for city in entry.get("cities", ())])
def test_a_city_is_known_by_its_full_name(city: str) -> None:
    assert known_region(city) == city


def known_region(word: str) -> str:
    """Return the region that ``word`` names, blank where a shorter name is found in it."""
    table, pattern = regions()
    match = pattern.match(word)
    return table[match[0]] if match and match[0] == word else ""


@each("world", "part", of="spellings")
def test_the_parks_of_a_part_of_the_country_are_one_group(entry: Entry, spelling: str) -> None:
    rows = mine_text(f"{spelling}103家国家级经开区地区生产总值9.3万亿元,财政收入1.7万亿元。")
    assert [row.park for row in rows[1:]] == [f"{spelling}国家级经开区"] * 2, entry.name


@each("world", "part", of="examples")
def test_a_part_of_the_country_is_named_in_its_example(entry: Entry, example: str) -> None:
    text, words = barred(example)
    assert words[0] in entry.spellings
    assert all(row.park.startswith(words[0]) for row in mine_text(text)[1:])


@each("world", "country", of="examples")
def test_where_investors_are_from_is_not_what_a_text_is_about(entry: Entry, example: str) -> None:
    text, words = barred(example)
    assert words[0] in entry.spellings
    assert [row.park for row in mine_text(text)] == [""]


@each("world", "country", of="spellings")
def test_a_country_beside_hong_kong_is_where_investors_are_from(entry: Entry, spelling: str) -> None:
    assert [row.park for row in mine_text(f"外商来自{spelling}、香港,注册企业120家。")] == [""], entry.name


@each("homographs", of="spellings")
def test_a_word_that_holds_a_place_tells_no_region(entry: Entry, spelling: str) -> None:
    assert [row.park for row in mine_text(f"{spelling},产值5亿元。")] == [""], entry.name


@each("homographs", of="examples")
def test_the_barred_word_of_an_example_is_of_its_homograph(entry: Entry, example: str) -> None:
    text, words = barred(example)
    assert words[0] in entry.spellings
    assert {row.park for row in mine_text(text)} <= {""}


# ------------------------------------------------------------------------------------------------ words


@each("verbs", of="examples")
def test_the_barred_word_of_an_example_is_of_its_entry(entry: Entry, example: str) -> None:
    _, words = barred(example)
    assert words
    assert all(word in entry.spellings for word in words)


@each(
    "verbs",
    of="examples",
    known={
        "一期|建设|生产线2条": "the phase and its verb stay in the indicator",
        "街区|统筹|建制性党组织6家": "who acts and the verb stay in the indicator",
    },
)
def test_a_verb_does_in_its_example_what_its_kind_says(entry: Entry, example: str) -> None:
    """A verb of newness or handling and a state stay in the indicator; any other word is dropped from it."""
    text, words = barred(example)
    indicators = [row.indicator for row in mine_text(text)]
    assert indicators
    if entry.kind in {"do", "reached", "standing"}:
        assert any(words[0] in indicator for indicator in indicators)
    else:
        assert all(indicator and words[0] not in indicator for indicator in indicators)


@each("verbs", of="counterexamples")
def test_a_verb_is_a_noun_in_its_counterexample(entry: Entry, counterexample: str) -> None:
    indicator = mine_text(counterexample)[0].indicator
    assert counterexample.startswith(indicator)
    assert any(word in indicator for word in entry.spellings)


@each("predicates", "predicate", of="examples")
def test_an_indicator_ends_before_its_predicate(entry: Entry, example: str) -> None:
    text, words = barred(example)
    assert re.fullmatch(entry.get("pattern"), words[0])
    assert left_phrase(text, Span(0, len(text)), []).span.of(text) == text.removesuffix(words[0])


@each("predicates", "behind", of="examples")
def test_what_is_counted_ends_before_what_it_does(entry: Entry, example: str) -> None:
    text, words = barred(example)
    assert re.fullmatch(entry.get("pattern"), words[0])
    start = next(figure.end for figure in find_quantities(text))
    assert right_phrase(text, start, len(text)).span.of(text) == text.removesuffix(words[0])[start:]


@each("heads", "head", of="examples")
def test_the_head_of_a_list_is_shared(entry: Entry, example: str) -> None:
    text, words = barred(example)
    assert words[0] in entry.spellings
    items = list_items(text[: text.index(words[0]) + len(words[0])], 2)
    assert len(items) == 2
    assert all(item.endswith(words[0]) for item in items)


@each("heads", "head", of="spellings")
def test_a_spelling_of_a_head_is_shared(entry: Entry, spelling: str) -> None:
    text = f"甲类、乙类{spelling}"
    assert list_items(text, 2) == [f"甲类{spelling}", f"乙类{spelling}"], entry.name


@each("heads", "whole", of="examples")
def test_a_noun_is_cut_whole_in_its_example(entry: Entry, example: str) -> None:
    text, words = barred(example)
    assert words[0] in entry.spellings
    assert words[0] in cut(text)


@each("heads", "whole", of="spellings")
def test_a_spelling_of_a_noun_is_one_word(entry: Entry, spelling: str) -> None:
    assert cut(spelling) == (spelling,), entry.name


@each("subjects", of="examples")
def test_a_subject_is_found_in_its_example(entry: Entry, example: str) -> None:
    text, words = barred(example)
    found = find_subjects(text, Span(0, len(text)), [])
    assert [subject.name.of(text) for subject in found] == words
    assert words[0].endswith(entry.spellings) or entry.kind in {"said", "introduces", "before"}


@each("subjects", "ending", of="spellings", known={"风情园": "园, an ending only where the text goes there, hides it"})
def test_an_ending_of_subjects_is_found(entry: Entry, spelling: str) -> None:
    assert subjects(f"聚仁东方{spelling},共有职工37人") == [f"聚仁东方{spelling}"], entry.name


@each("subjects", "visited", of="spellings")
def test_an_ending_of_places_is_found_where_the_text_goes_there(entry: Entry, spelling: str) -> None:
    assert subjects(f"走进聚仁东方{spelling},共有职工37人") == [f"聚仁东方{spelling}"], entry.name
    assert subjects(f"聚仁东方{spelling},共有职工37人") == []


@each("subjects", "stayed", of="spellings")
def test_an_ending_is_found_where_the_text_stays_there(entry: Entry, spelling: str) -> None:
    assert subjects(f"在聚仁东方{spelling},共有职工37人") == [f"聚仁东方{spelling}"], entry.name
    assert subjects(f"聚仁东方{spelling},共有职工37人") == []


@each("subjects", "introduces", of="spellings")
def test_a_company_is_found_where_the_text_speaks_of_companies(entry: Entry, spelling: str) -> None:
    assert subjects(f"{spelling}支撑有力。1月,特斯拉完成产值68亿元") == ["特斯拉"], entry.name
    assert subjects(f"{spelling}支撑有力。1月,规上工业完成产值68亿元") == []
    assert subjects("外贸支撑有力。1月,特斯拉完成产值68亿元") == []


@each("subjects", "trade", of="spellings")
def test_a_trade_ends_the_short_name_of_a_company(entry: Entry, spelling: str) -> None:
    assert subjects(f"康泽{spelling}全年实现销售收入52.6亿元") == [f"康泽{spelling}"], entry.name
    assert subjects(f"新兴{spelling}全年实现销售收入52.6亿元") == []


@each("subjects", "before", of="spellings")
def test_what_stands_before_a_name_is_no_part_of_it(entry: Entry, spelling: str) -> None:
    assert subjects(f"{spelling}聚仁东方公司,共有职工37人") in (["聚仁东方公司"], []), entry.name


@each("subjects", "trade", of="counterexamples")
def test_a_trade_is_no_company(entry: Entry, counterexample: str) -> None:
    assert subjects(counterexample) == [], entry.name


@each("subjects", "said", of="spellings")
def test_a_project_is_found_by_what_is_said_of_it(entry: Entry, spelling: str) -> None:
    assert subjects(f"天羽服饰智能制造项目{spelling}12亿元") == ["天羽服饰智能制造项目"], entry.name
    assert subjects(f"签约项目{spelling}12亿元") == []


def subjects(text: str) -> list[str]:
    """Return what ``text``, a paragraph by itself, is about."""
    return [subject.span.of(text) for subject in find_subjects(text, Span(0, len(text)), [])]


# ------------------------------------------------------------------------------------------- tables across texts


@each("indicators", "indicator", of="examples")
def test_an_indicator_goes_by_the_name_of_its_examples(entry: Entry, example: str) -> None:
    (word,) = barred(example)[1]
    assert named(word).name == entry.name


@pytest.mark.parametrize(
    "entry", [e for e in lexicon.load("indicators") if e.kind == "indicator"], ids=lambda e: e.name
)
def test_an_indicator_says_what_it_is(entry: Entry) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9_]*", entry.get("id"))
    assert entry.get("units")
    assert all(entry.get(key) for key in ("english", "group", "definition", "source"))
    assert all(
        standard(word, "level", unit).id == entry.get("id") for word in entry.spellings for unit in entry.get("units")
    )


@each("indicators", "qualifier", "side", of="examples")
def test_a_qualifier_is_kept_apart(entry: Entry, example: str) -> None:
    text, (word,) = barred(example)
    assert word in entry.spellings
    assert [row.qualifier for row in mine_text(text)] == [word]
    assert all(row.indicator_std for row in mine_text(text))


@each("indicators", "plain", "tail", of="examples")
def test_what_adds_nothing_is_left_out(entry: Entry, example: str) -> None:
    text, (word,) = barred(example)
    assert word in entry.spellings
    (row,) = mine_text(text)
    assert (bool(row.indicator_std), row.qualifier) == (True, "")


@pytest.mark.parametrize("name", ["indicators", "zones"])
def test_an_id_stands_once(name: str) -> None:
    ids = Counter(entry.get("id") for entry in lexicon.load(name) if entry.get("id"))
    assert [word for word, n in ids.items() if n > 1] == []


@each("zones", of="spellings")
def test_a_zone_has_one_id_by_all_its_names(entry: Entry, spelling: str) -> None:
    assert whereabouts(spelling).id == entry.get("id")
    assert entry.get("type") in {
        "经济技术开发区",
        "高新技术产业开发区",
        "综合保税区",
        "保税区",
        "自由贸易试验区",
        "新区",
    }
    assert situated().get(entry.get("province"), ("",))[0] == entry.get("province")
