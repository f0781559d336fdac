"""The company whose own report a text is -> its `Place`."""

from __future__ import annotations

import re

from miner.places.parks import Place
from miner.places.regions import known_places, speaks_of_region
from miner.text import SENTENCE
from miner.words import cut

_COMPANY = re.compile(
    r"(?:^|[^\u4e00-\u9fff]|日)[在由据]?(?P<core>[\u4e00-\u9fff]{2,20}?)(?:股份|集团|控股)?(?:有限)?(?:责任)?(?:公司|集团)(?![们数总旗的内各]|产值)"
)


def company_of(twin: str, title: str) -> Place | None:
    """Return the company that the headline or the first sentence names, where the text stays with it.

    Example:
        >>> company_of("8月,聚仁化工集团公布年报。公司营收180亿元,公司利润8亿元。聚仁化工投资3亿元。", "")
        Place(name='聚仁化工集团', kind='organization')
    """
    first = SENTENCE.match(twin)
    found = _COMPANY.search(title) or (_COMPANY.search(first[0]) if first else None)
    if found is None or any(word in _OF_MANY for word in cut(found["core"])):
        return None
    name = found[0][found.start("core") - found.start() :]
    placed = max((end for at, end in known_places(found["core"]) if at == 0), default=0)
    brief = found["core"][placed : placed + _BRIEF]
    spoken = len(re.findall(rf"{re.escape(brief)}|(?<![\u4e00-\u9fff])(?:该|本)?(?:公司|集团)", twin))
    return Place(name, "organization") if spoken > max(_STAYS, 2 * speaks_of_region(twin)) else None


_STAYS = 3  # names of a company in a text that stays with it
_BRIEF = 4  # code points: 昊源化工 for 安徽昊源化工集团有限公司
_OF_MANY = {"企业", "家", "上市", "多家", "国有", "世界", "公司", "投资", "建设", "上市公司", "央企"}
