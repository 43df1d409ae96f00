"""Which place a document is about, and whose level its clauses speak of."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.gazetteer import NATION, Entry, gazetteer
from parsers.level_cues import level_cue
from parsers.place_evidence import Evidence, gather, own_level
from parsers.place_hints import CLEAR, by_districts, by_frequency, by_short_name, nation_speaks
from parsers.place_names import LEVELS, ancestor, match_district
from parsers.place_settling import candidates, settle
from parsers.reading import Clue, Declared, Place
from parsers.refusal import Refused
from parsers.statement import Level
from parsers.text import BODY_ROLES, Paragraph
from parsers.unlisted import unlisted

__all__ = ["LEVELS", "ancestor", "level_cue", "match_district", "resolve_place"]

ENOUGH = 6
"""Evidence that carries a name which neither the title nor a leader's office supports."""


def resolve_place(
    paragraphs: Sequence[Paragraph], title: str | None, declared: Declared
) -> tuple[Place, Clue]:
    """The place a document is about, with the words that show it.

    Declared first; else a name in the text: the title's, that whose body or leader speaks, the most frequent.
    A name that several places share is settled by the cities that the text itself names.
    Raises Refused("ambiguous_place") with the candidates or Refused("unknown_place").
    """
    if declared.district:
        return _declared(declared.district, declared, paragraphs)
    body = [p for p in paragraphs if p.role in BODY_ROLES or p.role == "byline"]
    nation = nation_speaks(body, title)
    if nation:
        return NATION, nation
    ranked = sorted(gather(body, title).values(), key=lambda e: -e.score)
    own = own_level(body) or _city_of_districts(ranked)
    short = by_short_name(body, title)
    if short and (not ranked or (short[2] > ranked[0].score and not _below(ranked[0], short[0]))):
        return short[0], short[1]
    weak = not ranked or not (ranked[0].why or ranked[0].score >= ENOUGH)
    if weak or _elsewhere(ranked[0], own):
        found = by_frequency(body, own) or by_districts(ranked, own) or (short[:2] if short else None)
        if found:
            return found
    if weak:
        raise _in_passing(ranked)
    best = ranked[0]
    rivals = [e for e in ranked[1:4] if e.score * CLEAR > best.score and not _related(best, e)]
    if rivals:
        names = [p.name for e in (best, *rivals) for p in candidates(e)]
        raise Refused("ambiguous_place", " / ".join(dict.fromkeys(names)))
    return settle(best, body, title)


def _in_passing(ranked: Sequence[Evidence]) -> Refused:
    """Names that carry too little: a shared one is asked back with its places, another one as a guess."""
    named = [p.name for e in ranked[:1] for p in candidates(e)]
    if len(named) > 1:
        return Refused("ambiguous_place", " / ".join(named))
    return Refused("unknown_place", f"{named[0]}?" if named else "")


def _city_of_districts(ranked: Sequence[Evidence]) -> Level | None:
    """A text that names several districts of one city, none by its leader or in the title, is the city's."""
    if not ranked or ranked[0].why or ranked[0].entries[0].level != "district":
        return None
    parents = {e.parent for e in ranked[0].entries if e.last is None}
    siblings = [
        v for v in ranked[1:] if any(e.parent in parents and e.level == "district" for e in v.entries)
    ]
    return "city" if len(siblings) >= 2 else None


def _below(evidence: Evidence, place: Place) -> bool:
    """Whether the evidence is for a place below this one, named behind its parent or by its leader."""
    table = gazetteer()
    codes = evidence.full or ([e.code for e in evidence.entries] if evidence.why else [])
    return any(p.code == place.code for code in codes for p in table.parents(table.by_code[code][0]))


def _elsewhere(evidence: Evidence, own: Level | None) -> bool:
    """Whether a name is not at the level that the text calls its own.

    A city's report quotes its province and names its districts; a district's title or leader outweighs that.
    """
    level = evidence.entries[0].level
    if own is None or level == own:
        return False
    return LEVELS.index(level) < LEVELS.index(own) or not evidence.why


def _declared(name: str, declared: Declared, paragraphs: Sequence[Paragraph]) -> tuple[Place, Clue]:
    places = match_district(name)
    if len(places) > 1 and declared.level:
        places = [p for p in places if p.level == declared.level] or places
    if len(places) > 1:
        try:
            found, clue = settle(Evidence(name, _entries(places)), paragraphs, None)
        except Refused:
            raise Refused("ambiguous_place", " / ".join(p.name for p in places)) from None
        return found, Clue(found.name, f"declared as {name}; {clue.why}", clue.span)
    if not places:
        # Without a level it may be a slip of the pen; with one it was meant.
        place = unlisted(name, declared.level) if declared.level else None
        if place is None:
            raise Refused("unknown_place", name)
        return place, Clue(place.name, "declared; no list of places has it")
    return places[0], Clue(places[0].name, "declared")


def _entries(places: Sequence[Place]) -> list[Entry]:
    table = gazetteer()
    return [e for p in places for e in table.by_code[p.code] if e.last is None]


def _related(best: Evidence, other: Evidence) -> bool:
    """A place above or below the winner or in its city is no rival: a city names districts."""
    table = gazetteer()
    codes = {e.code for e in best.entries}
    parents = {p.code for e in best.entries for p in table.parents(e)}
    for entry in other.entries:
        above = {p.code for p in table.parents(entry)}
        if entry.code in parents or codes & above or {c for c in parents & above if not c.endswith("0000")}:
            return True
    return False
