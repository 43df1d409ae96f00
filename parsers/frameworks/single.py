"""Parts of a system with one headcount: “五大动力”, “六库”, “五个一”, “四个确保”."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.frameworks.beside import list_after, list_before
from parsers.frameworks.heads import shared
from parsers.frameworks.lists import Listing, masked, trim_lead
from parsers.frameworks.names import Form, bare
from parsers.lazily import lazily

_ONE_OF = lazily(
    r"一(?:张|套|支|个|本|条|块|份|项|批|部|场|次|册|群|屏|站|院|校|村|所|家|座|台|把|根|名|户|园|片|库|网|图|码)"
    r"[^，。；;,\n]+"
)
_ATTRIBUTE = lazily(r"^(一.)(?:由|包含|包括|涵盖|含有|以)[^\n]*的(?=[^的]{2,16}$)")
_LABELLED = lazily(
    r"[ \t\u3000]{0,8}\*{0,2}(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．])?[ \t\u3000]{0,4}"
    r"(?P<label>[\u4e00-\u9fffA-Za-z]{2,12})\*{0,2}[：:]"
)
_ANNOUNCED = lazily(r"”?[\u4e00-\u9fff]{0,4}[：:。]?[ \t\u3000]{0,8}\n")
_NUMERAL = lazily(r"^.*?[两二三四五六七八九十\d]+[个大]?(?:大(?=.))?")
_COMMA = lazily(r"[，、；。：:“”,;\n]")
_AROUND = 800
"""How far from its name a family of like-worded parts is looked for, in characters."""


def single(
    text: str, form: Form, count: int | None, start: int, ends: Sequence[int], limit: int
) -> tuple[Listing, str] | None:
    """Parts of the name from `start` to one of `ends`, with the rule that read them."""
    listing = list_before(text, start, count)
    if listing is not None:
        return shared(form.core, listing), "list-before"
    listing = list_after(text, ends, count)
    if listing is not None:
        return listing, "list-after"
    if count is None:
        return None
    if form.core.endswith(("个一", "个一批")):
        listing = _ones(text, count, ends[0], limit)
        return (listing, "one-each") if listing else None
    noun = bare(_NUMERAL.sub("", form.core))
    low, high = max(0, start - _AROUND), start + _AROUND
    often = text.count(noun, low, high) >= count if noun else False
    listing = _same_verb(text, noun, count, ends[0], limit) if often else None
    if listing is not None:
        return listing, "same-verb"
    listing = _labels(text, noun, count, ends[0])
    if listing is not None:
        return listing, "paragraph-labels"
    listing = _family(text, noun, count, low, high) if often else None
    return (listing, "same-word") if listing else None


def _ones(text: str, count: int, at: int, limit: int) -> Listing | None:
    """“五个一”: 一张…，一套…，一支…"""
    limit = min(limit, at + 700)
    found = list(_ONE_OF.finditer(masked(text[at:limit])))[:count]
    if len(found) < count:
        return None
    items = tuple(_ATTRIBUTE.sub(r"\1", text[at + m.start() : at + m.end()]) for m in found)
    return Listing(items, at + found[0].start(), at + found[-1].end())


def _same_verb(text: str, noun: str, count: int, at: int, limit: int) -> Listing | None:
    """“四个坚持”: 坚持…，坚持…; “六有”: 有…、有…"""
    limit = min(limit, at + 400)
    if len(noun) > 4 or text.count(noun, at, limit) < count:
        return None
    items: list[str] = []
    low, high, here, gap = 0, 0, at, 0
    for piece in _COMMA.split(text[at:limit]):
        gap += 1
        if piece.startswith(noun) and len(noun) + 1 <= len(piece) <= 34:
            if items and gap > 2:
                return None  # the same word by chance, not a row
            items.append(piece)
            low, high, gap = low or here, here + len(piece), 0
        here += len(piece) + 1
    return Listing(tuple(items), low, high) if len(items) == count else None


def _labels(text: str, noun: str, count: int, at: int) -> Listing | None:
    """The leading labels of the paragraphs that follow: 新思路：…, 新理念：…"""
    mark = _ANNOUNCED.match(text, at)
    if mark is None or count < 3:
        return None
    labels: list[tuple[str, int]] = []
    line, seen = mark.end(), 0
    while line < len(text) and seen < 3 * count + 6:
        found = _LABELLED.match(text, line)
        if found:
            labels.append((found["label"], found.start("label")))
        following = text.find("\n", line)
        if following < 0:
            break
        line, seen = following + 1, seen + 1
    # A label that comes again is a speaker's name.
    labels = [(word, at) for word, at in labels if text.count(f"\n{word}：") < 2]
    # Labels that share the name's own word (新变化: 新思路, 新理念) are told from a speaker's name by it.
    alike = [pair for pair in labels if pair[0][0] == noun[:1]]
    chosen = (alike if 2 * len(alike) >= count else labels)[:count]
    if len(chosen) != count:
        return None
    return Listing(tuple(w for w, _ in chosen), chosen[0][1], chosen[0][1] + len(chosen[0][0]))


def _family(text: str, noun: str, count: int, low: int, high: int) -> Listing | None:
    """A run of exactly `count` items elsewhere that share the name's word: 人才强区、科技强区."""
    if len(noun) > 3 or count < 3:
        return None
    first = text.find(noun, low, high)
    while first >= 0:
        start = first
        while start > low and text[start - 1] not in "，。；：:,;\n、“”":
            start -= 1
        stop = _RUN_END.search(text, first, high)
        end = stop.start() if stop else min(len(text), high)
        items = text[start:end].split("、")
        named = [i for i in items if i.startswith(noun) or i[:10].endswith(noun) or noun in i[2:6]]
        if len(items) == count == len(named) and all(len(noun) < len(i) <= 14 for i in items):
            return _tidy(items, noun, start, end)
        first = text.find(noun, end + 1, high)
    return None


_RUN_END = lazily(r"[，。；：:,;\n“”]")


def _tidy(items: list[str], noun: str, start: int, end: int) -> Listing | None:
    """Cut what follows the shared word in the last item (文化强区聚力共进)."""
    if all(i.endswith(noun) for i in items[:-1]) and len(noun) > 1:
        items = [*trim_lead([*items[:-1], items[-1][: items[-1].find(noun) + len(noun)]])]
    elif not all(i.startswith(noun) for i in items):
        return None
    return Listing(tuple(items), start, end)
