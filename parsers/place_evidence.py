"""Which place a text is about by its own words: the title, the body that speaks, how often it is named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import cast

from parsers.gazetteer import Entry, gazetteer
from parsers.lazily import lazily
from parsers.statement import Level, Span
from parsers.text import Paragraph

ENDING = lazily("[省市区县州盟旗]")
LONGEST_NAME = 15
SPEAKS = lazily(
    r"(?:第[一二三四五六七八九十]+届(?:人民代表大会|委员会)|人民代表大会|人民政府|政府|[市区县州省]?委(?![员托派会])"
    r"|代?理?[区市县州省]长|人大|党委)"
)
NOT_A_NAME = lazily("[场民]|域(?!名)|委会")
"""What shows that the ending belongs to another word: 市场, 市民, 区域."""
WORDS_ACROSS = frozenset({"示范", "模范", "典范"})
"""Words whose last character begins a place's name."""
IN_AN_ADDRESS = lazily(r"(?:小区|新村|社区|路|街|大道|大街|大厦|宾馆|酒店|饭店|广场|公园|花园|桥|村|庄|苑)")
"""A place's name in the name of a street, house or estate says nothing of where the text is."""
ADDRESS_LIST = lazily(r"(?:、[一-龥]{2,4}){1,5}等[一-龥]{0,4}(?:社区|小区|村|路)")
TITLE_WEIGHT, SPEAKER_WEIGHT = 8, 3
READ = 20_000
"""Characters read for evidence: who speaks is said early."""
COMMON_WORDS = lazily("^(?:[市城郊矿山新东西南北中]|[新老旧]城|新市|城[中东西南北关])[区县]$")
"""Names that are also common words (新区, 老城区): they count only behind their parent's name."""
RANK = "[^，。；]{0,4}(?:前[列茅三五十]|第[一二三四五六七八九十]|首|唯一|领先|最|平均|排|先进|示范|试点)"
ON_BEHALF = lazily("代表(自治区|自治州|省|市|州|区|县)人民政府")
BY_GOVERNMENT: dict[str, Level] = {
    "自治区": "province",
    "省": "province",
    "自治州": "city",
    "州": "city",
    "市": "city",
    "区": "district",
    "县": "district",
}
HEAD = 15
"""Paragraphs in which a report says for whom it speaks."""
SELF = {
    "province": lazily(f"全省(?!{RANK})|我省"),
    "city": lazily(f"全[市州盟](?!{RANK})|我[市州盟]"),
    "district": lazily(f"全[区县旗](?!{RANK})|我[区县旗]"),
}


@dataclass
class Evidence:
    """What speaks for the places of one own name (市中区)."""

    own: str
    entries: list[Entry]
    score: int = 0
    full: dict[str, int] = field(default_factory=dict)
    """Mentions behind a parent's name, by code."""
    first: Span | None = None
    """The first mention, in the source text."""
    first_full: dict[str, Span] = field(default_factory=dict)
    why: str = ""


def names_in(text: str) -> list[tuple[int, int, str]]:
    """Spans of own names of places, the longest at each ending; a parent's right in front is left out."""
    lengths = _lengths()
    known = gazetteer().by_own
    found: list[tuple[int, int, str]] = []
    for match in ENDING.finditer(text):
        end = match.end()
        for length in lengths.get(text[end - 2 : end], ()):
            start = end - length
            name = text[start:end]
            if start >= 0 and name in known:
                if not NOT_A_NAME.match(text, end) and not _inside_another(text, start):
                    if found and found[-1][1] == start:
                        found.pop()
                    found.append((start, end, name))
                break
    return found


def _inside_another(text: str, start: int) -> bool:
    """Whether a name's first character ends another word: 示范县 names no 范县, 南昌都市圈 no 昌都市.

    A name right behind a name is none of these: 中山西区 names no 山西.
    """
    across = text[start - 1 : start + 1] if start else ""
    return across in WORDS_ACROSS or (
        across in _shorts() and text[max(start - 2, 0) : start] not in _shorts()
    )


@cache
def _shorts() -> frozenset[str]:
    """Short names of two characters of provinces and cities."""
    found = gazetteer().entries
    return frozenset(e.short for e in found if e.level in ("province", "city") and len(e.short) == 2)


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """How long own names are that end in these two characters, the longest first."""
    found: dict[str, set[int]] = {}
    for name in gazetteer().by_own:
        if 2 <= len(name) <= LONGEST_NAME:
            found.setdefault(name[-2:], set()).add(len(name))
    return {tail: tuple(sorted(lengths, reverse=True)) for tail, lengths in found.items()}


def gather(paragraphs: Sequence[Paragraph], title: str | None) -> dict[str, Evidence]:
    """Evidence by own name, from the title and the first part of the text."""
    found: dict[str, Evidence] = {}
    if title:
        _read(title, None, TITLE_WEIGHT, found)
    left = READ
    for paragraph in paragraphs:
        if left <= 0:
            break
        weight = TITLE_WEIGHT if paragraph.role == "title" and paragraph.text != title else 1
        _read(paragraph.text[:left], paragraph, weight, found)
        left -= len(paragraph.text)
    return found


def _read(text: str, paragraph: Paragraph | None, weight: int, found: dict[str, Evidence]) -> None:
    table = gazetteer()
    for start, end, name in names_in(text):
        head = text[:start]
        entries = table.by_own[name]
        behind = [e for e in entries if any(head.endswith((p.name, p.short)) for p in table.parents(e))]
        if COMMON_WORDS.match(name) and not behind:
            continue
        evidence = found.setdefault(name, Evidence(name, entries))
        spoken = bool(SPEAKS.match(text, end))
        evidence.score += weight + (SPEAKER_WEIGHT if spoken else 0)
        if spoken:
            evidence.why = "its leader or body speaks"
        if weight == TITLE_WEIGHT:
            evidence.why = "named in the title"
        span = paragraph.spans(start, end)[0] if paragraph else None
        evidence.first = evidence.first or span
        for entry in behind:
            evidence.full[entry.code] = evidence.full.get(entry.code, 0) + 1
            if span:
                evidence.first_full.setdefault(entry.code, span)


def own_level(paragraphs: Sequence[Paragraph]) -> Level | None:
    """The level that a text speaks of as its own most often (全市, 我省), None where that is not clear."""
    for paragraph in paragraphs[:HEAD]:
        if said := ON_BEHALF.search(paragraph.text):
            return BY_GOVERNMENT[said.group(1)]
    counts = dict.fromkeys(SELF, 0)
    left = READ
    for paragraph in paragraphs:
        if left <= 0:
            break
        left -= len(paragraph.text)
        for level, words in SELF.items():
            counts[level] += len(words.findall(paragraph.text))
    best = max(counts, key=lambda level: counts[level])
    others = max(n for level, n in counts.items() if level != best)
    return cast(Level, best) if counts[best] >= 3 and counts[best] >= 2 * others else None


def most_named(paragraphs: Sequence[Paragraph], level: Level) -> tuple[Entry, int] | None:
    """The place of a level that a text names most: at least thrice, and twice as often as the next."""
    text = "\n".join(p.text for p in paragraphs)[: 2 * READ]
    counts = [(text.count(e.short), e) for e in gazetteer().chief if e.level == level and e.short in text]
    counts.sort(key=lambda c: -c[0])
    if not counts or counts[0][0] < 3 or (len(counts) > 1 and counts[1][0] * 2 > counts[0][0]):
        return None
    return counts[0][1], counts[0][0]


def namings(text: str, entry: Entry) -> list[int]:
    """Where a text names a city or province, by full or short name, other than in an address."""
    places = []
    for match in re.finditer(re.escape(entry.short), text):
        end = match.end()
        if not IN_AN_ADDRESS.match(text, end) and not ADDRESS_LIST.match(text, end):
            places.append(match.start())
    return places
