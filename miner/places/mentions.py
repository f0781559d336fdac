"""Where a stretch of text names places, by a name or a short form -> `Mention`, in order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from miner.lexicon import any_of
from miner.places.areas import areas_beside
from miner.places.known import Mention, Places
from miner.places.parks import COLLECTIVE, NOWHERE, Place, full_name, types
from miner.places.regions import is_place, province_of
from miner.places.shortforms import OWN, place_called
from miner.places.topics import in_aside, is_raised, is_topic
from miner.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def _sharing_its_ending(places: Places, twin: str, before: Span, word: str, *, topic: bool) -> Iterator[Mention]:
    """Yield the parks of a list whose ending only its last name has: |广州|、南沙经开区."""
    ending = word.removeprefix(places.spelled[word].stem)
    listed = _SHARING.search(twin, max(before.start, before.end - _LONGEST_LIST), before.end)
    if listed is None or ending == word:
        return
    items = [Span(*item.span()) for item in _ITEM.finditer(twin, *listed.span("items"))]
    if not all(is_place(item.of(twin)) and item.of(twin) not in places.spelled for item in items):
        return  # 贵安新区和洋浦经开区 are two names
    for item in items:
        name = item.of(twin) + ending
        park = places.spelled.get(name)
        yield Mention(
            item,
            park.place if park else Place(full_name(item.of(twin), ending), "park"),
            f"{name}, whose ending a list shares",
            topic,
        )


_SHARING = re.compile(
    "(?:(?<![\u4e00-\u9fff、])|(?<=[是中括对]))(?P<items>[\u4e00-\u9fff]{2,4}(?:[、和与及][\u4e00-\u9fff]{2,4}){0,6})[、和与及]$"
)
_ITEM = re.compile("[^、和与及]{2,4}")
_LONGEST_LIST = 40  # code points
_AREAS = frozenset("县市区")
_ITS_AREA = re.compile(
    "(?:(?<![\u4e00-\u9fff])|(?<=[年月日度]))[我本]?[县市区]$"
)  # 2021年|县|经开区在126个开发区中位列第33名
_THAT_PARK = re.compile("该(?:园区?|区)")


def mentions(places: Places, twin: str, span: Span) -> list[Mention]:
    """Find the places that a stretch of the folded text names, in order."""
    found: list[Mention] = []
    compared = -1  # where the last place ends that something is only compared with
    for match in places.called(twin, span):
        before = twin[max(span.start, match.start() - 4) : match.start()]
        topic = is_topic(places, twin, span, match, found, compared)
        compared = compared if topic else match.end()
        place, rule = place_called(places, twin, match, before)
        if rule != OWN and (back := _pointed_to(places, twin, match, span.start, before, found)):
            place, rule = back, f"{match[0]}, the park named before"
        if rule != OWN and match["type"] and (whole := _all_of_the_area(places, match[0], before)):
            place, rule = whole, f"{match[0]}, all of the area"
        if match["type"] and places.main.kind == "park" and is_raised(twin, span, match.start()):
            place, rule = places.main, f"{match[0]}, what it became"
        if rule != OWN and (group := _group_goes_on(twin, match, found)):
            place, rule = group.place, f"{match[0]}, the parks named before"
        if rule != OWN and _THE_OTHERS.search(twin, max(span.start, match.start() - _NEAR), match.start()):
            place, rule = places.main, f"{match[0]}, the others of those that the text is about"
        if place is None:
            continue
        if match["park"] in places.spelled and place.kind == "park":
            shared = Span(max(span.start, compared), match.start())
            found += _sharing_its_ending(places, twin, shared, match[0], topic=topic)
        if (
            match["generic"]
            and found
            and COLLECTIVE.search(before)
            and match.start() - found[-1].span.end <= _SUMMED_UP
        ):
            continue  # 洋浦经济开发区、海南生态软件园|2个园区|合计: those that were just named
        if found and before.endswith("(") and found[-1].place == place and match.start() - found[-1].span.end <= _ASIDE:
            continue  # 咸宁高新区(高新区)
        parted = place.kind == "park" and place != places.main and places.about_park and _is_part(twin, match, before)
        own = _ITS_AREA.search(before) if before[-1:] in _AREAS else None
        begin = match.start() - (len(own[0]) if own else rule == OWN)
        found.append(Mention(Span(begin, match.end()), place, rule, topic, passing=topic and parted))
    if places.main.kind == "organization":
        return found
    if len(places.parks) > 1:
        found += list(_the_former_or_latter(twin, span, found))  # a list: what it finds is none of those named before
        found += _both(places, twin, span)
        found += _by_their_places(places, twin, span, found)
    taken = [mention.span for mention in found]
    return sorted([*found, *areas_beside(places, twin, span, taken)], key=lambda mention: mention.span)


def _both(places: Places, twin: str, span: Span) -> Iterator[Mention]:
    """Yield the two parks that a text is on where it says 双园: |双园|累计引进项目210个, in a text on 中马钦州产业园区 and its twin."""
    first, second, *others = sorted(places.parks, key=lambda park: -park.weight)
    rivals = max((park.weight for park in others), default=0)
    if second.weight < _AS_OFTEN or rivals > 1:
        return
    pair = sorted((first, second), key=lambda park: min(at for word in park.spellings if (at := twin.find(word)) >= 0))
    both = Place("、".join(park.place.name for park in pair), "group")
    for match in _TWINS.finditer(twin, *span):
        yield Mention(Span(*match.span()), both, f"{match[0]}, the two that the text is on", topic=True)


_AS_OFTEN = 3  # times that a text names the second of two that it is on
_TWINS = re.compile("双(?:园|区)(?=累计|共|已|还|合计|新|实现|完成|总|内|产|税|[,、])")


def _the_former_or_latter(twin: str, span: Span, known: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the one of two that 前者 or 后者 means: 祁阳高新区和永兴经开区分别增长18.9%、16.7%,|后者|产值400亿元."""
    for match in _ONE_OF_TWO.finditer(twin, *span) if twin.find("者", *span) >= 0 else ():
        two = [mention for mention in known if mention.topic and mention.span.end <= match.start()][-2:]
        if len(two) > 1:
            place = two[match["which"] == "后"].place
            yield Mention(Span(*match.span()), place, f"{match[0]}, of the two named before", topic=True)


_ONE_OF_TWO = re.compile("(?<![\u4e00-\u9fff])(?P<which>[前后])者(?=的|则|更|是|为|约|近|超|[\u4e00-\u9fff]{0,10}\\d)")
_THE_OTHERS = re.compile("(?:其余|其他|其它)(?:的)?(?:[两三四五六七八九十\\d]{1,2}[个家])?$")
_NEAR = 8  # code points


def _by_their_places(places: Places, twin: str, span: Span, known: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the parks of a list that calls them by their places alone: |福泉、瓮安|两家签约资金分别为178亿元和126亿元."""
    if _DEALT_TO_PLACES.search(twin, *span) is None:
        return
    table: dict[str, Place] = {}
    for park in places.parks:
        if park.place.kind == "park" and is_place(park.stem):
            table[park.stem] = NOWHERE if park.stem in table else park.place
    if len(table) < _SEVERAL:
        return
    one = any_of(table)
    for run in re.finditer(rf"(?:{one})(?:[、和与及](?:{one})){{1,8}}(?={_DEALT_TO_PLACES.pattern})", twin[: span.end]):
        beside = twin.endswith(_SET_AGAINST, 0, run.start())  # 强度3.4%,比|龙南、瑞金|分别高0.9个、1.5个百分点
        for item in re.finditer(one, run[0]) if run.start() >= span.start and not beside else ():
            own = Span(*item.span()).shifted(run.start())
            if table[item[0]] != NOWHERE and not any(mention.span.overlaps(own) for mention in known):
                yield Mention(own, table[item[0]], f"{item[0]}, a park by its place", topic=True)


_SEVERAL = 2
_SET_AGAINST = ("比", "较", "于")
_DEALT_TO_PLACES = re.compile("(?:[两三四五六七八九]|\\d)(?:家|个(?:园区|开发区|经开区|高新区))|分别|依次")


def _all_of_the_area(places: Places, word: str, before: str) -> Place | None:
    """Return 江西省经开区 for 全省|经开区|, in a text on parks of the province."""
    if word not in types()[0] or not _ALL_OF.search(before):
        return None
    province = province_of(places.region.name) if before.endswith("省") else ""
    city = places.region.name if before.endswith("市") and places.region.name.endswith("市") else ""
    group = Place((province or city) + word, "group")
    known = places.about_park or any(park.place == group for park in places.parks)
    return group if known and (province or city) else None


_ALL_OF = re.compile("(?:^|[,;。:年月底度前])全[省市]$")  # not 增幅居全省|工业园区|第一


def _group_goes_on(twin: str, match: re.Match[str], found: Sequence[Mention]) -> Mention | None:
    """Return the parks that a sentence goes on with by their ending: |广东省综保区|发展良好,前10月|综保区|进出口4173亿元."""
    last = found[-1] if found and match["type"] else None
    if last is None or not last.topic or last.place.kind != "group" or "。" in twin[last.span.end : match.start()]:
        return None
    return last if len(last.place.name) > len(match[0]) and last.place.name.endswith(match[0]) else None


def _pointed_to(
    places: Places, twin: str, match: re.Match[str], begin: int, before: str, found: Sequence[Mention]
) -> Place | None:
    """Return the park that was named before where 园区 or 产业园 means it, and not what the text is about."""
    if match["type"] and match["type"].startswith("该") and places.main.kind != "park":
        return _last_named(places, twin, match)
    if match["type"] and places.main.kind == "region":
        last = next((mention.place for mention in reversed(found) if mention.topic), None)
        kind = next((park.type for park in places.parks if park.place == last), "")
        # 岐江新城智慧港是…产业园之一。|产业园|规划面积19.17平方公里
        return last if kind == types()[0][match["type"].removeprefix("该")].name else None
    if match["generic"] and places.told_of and not found:
        return places.told_of  # |园区|的企业规模梯度合理, in a text on a region and its one park
    if not match["generic"] or not found or found[-1].place.kind != "park":
        return None
    listed = len(found) > 1 and twin[found[-2].span.end : found[-1].span.start] in _JOINTS
    if places.main.kind == "group" and listed and match["generic"] == "全区":
        return places.main  # 10个园区,依次为高雄、楠梓与台中软体园区。|全区|营业额4000亿
    one = places.main.kind == "group" and not COLLECTIVE.search(before)
    # 威海经济技术开发区是1992年批准的国家级开发区,|辖区|面积278平方公里
    stays = (
        found[-1].topic
        and not in_aside(twin, found[-1].span, match.start())
        and "。" not in twin[found[-1].span.end : match.start()]
    )
    # 马中关丹产业园位于关丹。|园区|已开发约10平方公里: a paragraph that opens with it, and names no other
    opens = found[0].span.start == begin and len({mention.place for mention in found if mention.topic}) == 1
    # 在万洋高新技术产业园…。该|园区|实现100%招商
    again = before.endswith("该") or _THAT_PARK.fullmatch(match["generic"])
    return found[-1].place if one or stays or again or opens else None


_JOINTS = frozenset("、和与及")


def _last_named(places: Places, twin: str, match: re.Match[str]) -> Place | None:
    """Return the park of a type that the text named last: 记者从珲春跨境电商产业园了解到,|该产业园|新增28个揽收仓."""
    kind = types()[0][match["type"].removeprefix("该")].name
    alike = ((twin.rfind(word, 0, match.start()), park) for word, park in places.spelled.items() if park.type == kind)
    at, last = max(((at, park) for at, park in alike), key=lambda found: found[0], default=(-1, None))
    return last.place if last is not None and at >= 0 else None


_SUMMED_UP = 4  # code points: 等12个
_ASIDE = 3  # code points between a name and what restates it


def _is_part(twin: str, match: re.Match[str], before: str) -> bool:
    """Tell whether a park is one of a list of parts with a figure each: 软件园5家、|生态工业园|1家."""
    return before[-1:] in {"、", ":"} and _ITS_COUNT.match(twin, match.end()) is not None


_ITS_COUNT = re.compile(r"\d[\d.]*[\u4e00-\u9fff%]{1,3}[、。;]")
