"""Weaker signs of the place a text is about: the nation's bodies, short names, 全市 with one city's name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.gazetteer import NATION, Entry, gazetteer
from parsers.place_evidence import TITLE_WEIGHT, Evidence, most_named
from parsers.place_names import LEVELS
from parsers.place_settling import first_naming
from parsers.reading import Clue, Place
from parsers.statement import Level, Span
from parsers.text import Paragraph

NATION_SPEAKS = re.compile(r"代表国务院|国务院总理|届全国人民代表大会第[一二三四五六七八九十]+次会议上")
STATISTICS = re.compile(r"中华人民共和国.{0,12}(?:公报|计划|规划|纲要)")
LEAD = 400
"""Characters of the first body text in which a short name (江苏) counts as the subject."""
CLEAR = 1.5
"""How much more evidence the winner needs than the next."""


def by_frequency(body: Sequence[Paragraph], own: Level | None) -> tuple[Place, Clue] | None:
    """A report that says 全市 throughout and names one city far more often than any other."""
    if own not in ("province", "city"):
        return None
    named = most_named(body, own)
    if not named:
        return None
    entry, count = named
    _, span = first_naming(entry, body)
    return entry.place, Clue(
        entry.name, f"speaks of its own {own} and names {entry.short} {count} times", span
    )


def by_districts(ranked: Sequence[Evidence], own: Level | None) -> tuple[Place, Clue] | None:
    """A report that says 全市 throughout and names several districts, most of them of one city."""
    if own != "city":
        return None
    table = gazetteer()
    districts: dict[str, list[Evidence]] = {}
    for evidence in ranked:
        for parent in {e.parent for e in evidence.entries if e.level == "district" and e.last is None}:
            districts.setdefault(parent, []).append(evidence)
    by_number = sorted(districts.items(), key=lambda item: -len(item[1]))
    if not by_number or len(by_number[0][1]) < 2:
        return None
    if len(by_number) > 1 and len(by_number[1][1]) * 2 > len(by_number[0][1]):
        return None
    city = table.current(by_number[0][0])
    if city is None or city.level != "city":
        return None
    named = [e.own for e in by_number[0][1][:4]]
    return city.place, Clue(
        city.name, f"speaks of its own city and names {'、'.join(named)}", by_number[0][1][0].first
    )


def nation_speaks(body: Sequence[Paragraph], title: str | None) -> Clue | None:
    """The State Council reporting to the National People's Congress, or the nation's paper by its title."""
    if title and (match := NATION_SPEAKS.search(title) or STATISTICS.search(title)):
        return Clue(NATION.name, f"the nation speaks in the title: {match.group()}")
    for paragraph in body[:12]:
        if match := NATION_SPEAKS.search(paragraph.text):
            return Clue(NATION.name, f"the nation speaks: {match.group()}", paragraph.spans(*match.span())[0])
    return None


def by_short_name(body: Sequence[Paragraph], title: str | None) -> tuple[Place, Clue, int] | None:
    """A province or city named shortly in the title or first lines (江苏, 甘肃陇南), the lowest of a chain.

    Where a province and its city share the name (吉林), the larger is meant.
    """
    table = gazetteer()
    lead_paragraph = next(
        (p for p in body if p.role == "body" and len(p.text) > 30 and p.text != title), None
    )
    lead = lead_paragraph.text[:LEAD] if lead_paragraph else ""
    head = title or next((p.text for p in body if p.role == "title"), "")
    found: list[tuple[int, int, Entry, Span | None]] = []
    for entry in table.chief:
        in_title = head.find(entry.short)
        count = lead.count(entry.short)
        score = (TITLE_WEIGHT * 2 if in_title >= 0 else 0) + count
        if score > 1 or (in_title >= 0):
            at = lead.find(entry.short)
            span = lead_paragraph.spans(at, at + len(entry.short))[0] if lead_paragraph and at >= 0 else None
            found.append((score, LEVELS.index(entry.level), entry, span))
    if not found:
        return None
    found.sort(key=lambda f: (-f[0], f[1]))
    score, _, entry, span = found[0]
    below = [
        f
        for f in found[1:]
        if f[0] >= TITLE_WEIGHT and f[2].parent == entry.code and f[2].short != entry.short
    ]
    rivals = [
        f
        for f in found[1:]
        if f[0] * CLEAR > score
        and f[2].parent != entry.code
        and entry.parent != f[2].code
        and f[2].short != entry.short
    ]
    if rivals:
        return None
    if below and score >= TITLE_WEIGHT:
        _, _, entry, span = below[0]
    return entry.place, Clue(entry.name, f"the title or first lines name {entry.short}", span), score
