"""Which place a name means, and what lies above it."""

from __future__ import annotations

from parsers.gazetteer import NATION, NATION_NAMES, Entry, gazetteer
from parsers.reading import Place
from parsers.statement import Level

LEVELS: tuple[Level, ...] = ("nation", "province", "city", "district", "street")
STREET_ENDINGS = ("街道办事处", "街道", "镇", "乡", "村", "社区")


def match_district(query: str) -> list[Place]:
    """The places whose full name ends in the query: 济南市市中区, 济南市中区, 市中区.

    Parents may be given in full, shortened or left out. Names of today go before former ones; a short
    name (济南) counts only where no name fits. Several places: the query is ambiguous; none: unknown.
    """
    query = query.strip()
    if query in NATION_NAMES:
        return [NATION]
    table = gazetteer()
    for index in (table.by_own, table.by_short):
        for start in range(len(query) - 1):
            entries = [e for e in index.get(query[start:], ()) if _fits(query[:start], e)]
            if entries:
                return _todays(entries)
    street = _street(query)
    return [street] if street else []


def _fits(head: str, entry: Entry) -> bool:
    """Whether the words before a name are its parents' names, long or short, in order (or nothing)."""
    for above in gazetteer().parents(entry):
        for name in (above.name, above.short):
            if head.endswith(name):
                head = head[: -len(name)]
                break
    return head in ("", "中国")


def _todays(entries: list[Entry]) -> list[Place]:
    """One place a code; those valid today where there are any, a renamed one under its name of today."""
    table = gazetteer()
    valid = [e for e in entries if e.last is None]
    if not valid:
        # A former county and a former city of one name: the last to end is the one people mean.
        last = max(e.last or 0 for e in entries)
        entries = [e for e in entries if (e.last or 0) == last]
    places = (table.today(e).place for e in valid or entries)
    return list({place.code: place for place in places}.values())


def _street(query: str) -> Place | None:
    """A street or town below a known district; it has the district's code and its own name."""
    if not query.endswith(STREET_ENDINGS):
        return None
    for end in range(len(query) - 2, 3, -1):
        if query[end - 1] in "市区县旗":
            owners = match_district(query[:end])
            if len(owners) == 1 and owners[0].level in ("district", "city"):
                return Place(owners[0].code, owners[0].name + query[end:], "street")
    return None


def ancestor(place: Place, level: Level) -> Place:
    """The place of a level at or above this one: the city of a district, the nation of all.

    A level below the place, or one missing above it (北京市海淀区 has no city), gives the place itself.
    """
    if level == "nation":
        return NATION
    table = gazetteer()
    entries = table.by_code.get(place.code)
    if place.level == "street" and entries and level != "street":
        place = (table.current(place.code) or entries[0]).place
    if not entries or LEVELS.index(level) >= LEVELS.index(place.level):
        return place
    for above in table.parents(entries[0]):
        if above.level == level:
            return (table.current(above.code) or above).place
    return place
