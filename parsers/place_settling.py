"""Which of the places that share a name a text means: settled by the cities it names."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.gazetteer import Entry, gazetteer
from parsers.place_evidence import Evidence, namings
from parsers.reading import Clue, Place
from parsers.refusal import Refused
from parsers.statement import Span
from parsers.text import Paragraph


def candidates(evidence: Evidence) -> list[Place]:
    """The places an own name can mean: behind a parent's name, else those valid today, else former ones."""
    table = gazetteer()
    entries = [e for e in evidence.entries if e.code in evidence.full] or evidence.entries
    entries = [e for e in entries if e.last is None] or entries
    places = (table.today(e).place for e in entries)
    return list({p.code: p for p in places}.values())


def settle(evidence: Evidence, body: Sequence[Paragraph], title: str | None) -> tuple[Place, Clue]:
    """The one place that the evidence means, with its clue; Refused("ambiguous_place") if several stay."""
    places = candidates(evidence)
    if len(places) == 1:
        span = next(iter(evidence.first_full.values()), evidence.first)
        named = places[0].name if places[0].code in evidence.full else evidence.own
        why = f"the text names {named}" + (f" ({evidence.why})" if evidence.why else "")
        return places[0], Clue(places[0].name, why, span)
    return by_cities(evidence, places, body, title)


def by_cities(
    evidence: Evidence, places: Sequence[Place], body: Sequence[Paragraph], title: str | None
) -> tuple[Place, Clue]:
    """Settle a shared name by the cities that the text names: 市中区 beside 济南's parks is 济南市市中区."""
    table = gazetteer()
    texts = [title or "", *(p.text for p in body)]
    counts: list[tuple[int, int, Place, Entry]] = []
    for place in places:
        above = table.parents(table.by_code[place.code][0])
        nearest = above[0]
        named = sum(len(namings(text, nearest)) for text in texts)
        wider = sum(len(namings(text, e)) for e in above[1:2] for text in texts)
        counts.append((named, wider, place, nearest))
    counts.sort(key=lambda c: (-c[0], -c[1]))
    named, wider, place, city = counts[0]
    rivals = [
        c
        for c in counts[1:]
        if c[0] and not (c[0] * 2 <= named and (c[0] * 3 <= named or (wider and not c[1])))
    ]
    if not named or rivals:
        raise Refused("ambiguous_place", " / ".join(p.name for p in places))
    word, span = first_naming(city, body)
    return place, Clue(place.name, f"{evidence.own} is several places; the text also names {word}", span)


def first_naming(city: Entry, body: Sequence[Paragraph]) -> tuple[str, Span | None]:
    """The first words in which a text names a city, and where."""
    for paragraph in body:
        for at in namings(paragraph.text, city):
            end = at + len(city.short)
            return paragraph.text[at : end + 8], paragraph.spans(at, end)[0]
    return city.short, None
