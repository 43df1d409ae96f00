"""Named campaign years (“有效落实年”) with the year that a text gives them."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.lazily import lazily
from parsers.text import Paragraph

SLOGAN = lazily(r"[“\"「『‘']([一-龥·]{2,12}年)[”\"」』’']")
NOT_A_CAMPAIGN = lazily(
    r"[周百千万少青老成壮中童新拜丰]年$|[一二三四五六七八九十两几多]年$|(?:今|去|明|前|后|全|每|当|当|元|往|上)年$|之年$|时代|前年|过年"
)
NAMED_BY = lazily(r"(?<!\d)((?:19|20)\d\d)年|(今年|本年)|(去年|上年)|(明年)")


def find_slogans(paragraphs: Sequence[Paragraph], year: int | None) -> tuple[tuple[str, int | None], ...]:
    """Campaign years in order, each once; the year is the one its sentence names, 今年 being `year`.

    None: the sentence says 今年 and the document has no year of its own. A campaign whose sentence names no
    year at all is left out: it dates nothing.
    """
    found: dict[str, int | None] = {}
    for paragraph in paragraphs:
        for match in SLOGAN.finditer(paragraph.text):
            name = match.group(1)
            if NOT_A_CAMPAIGN.search(name):
                continue
            begin = max(paragraph.text.rfind(stop, 0, match.start()) for stop in "。；！？\n") + 1
            named = list(NAMED_BY.finditer(paragraph.text, begin, match.start()))
            if not named:
                continue
            last = named[-1]
            said = int(last.group(1)) if last.group(1) else year
            if said is not None:
                said += -1 if last.group(3) else 1 if last.group(4) else 0
            elif last.group(3) or last.group(4):
                continue
            if found.get(name) is None:
                found[name] = said
    return tuple(found.items())
