"""The table of places with their GB/T 2260 codes, former ones included; loaded when first needed."""

from __future__ import annotations

from functools import cached_property, lru_cache
from importlib.resources import files
from typing import NamedTuple, cast

from parsers.reading import Place
from parsers.statement import Level

NATION = Place("000000", "全国", "nation")
NATION_NAMES = frozenset({"全国", "中国", "中华人民共和国", "国务院"})


class Entry(NamedTuple):
    """One name of one code.

    name: with the city (济南市市中区) or, where none stands between, the province (北京市海淀区).
    own: the name without parents (市中区). short: without its kind (市中).
    first, last: years of the yearly code lists that have it, None where not known or still valid.
    successor: the code that goes on where this one ended, empty where none is known.
    """

    code: str
    name: str
    own: str
    short: str
    level: Level
    parent: str
    first: int | None
    last: int | None
    successor: str

    @property
    def place(self) -> Place:
        """The place as the rest of the product knows it."""
        return Place(self.code, self.name, self.level)


class Gazetteer:
    """Places by code, by own name and by short name."""

    def __init__(self, rows: str) -> None:
        self.entries: list[Entry] = []
        self.by_code: dict[str, list[Entry]] = {}
        for line in rows.splitlines()[1:]:
            code, name, short, level, parent, first, last, successor = line.split("\t")
            own = name
            if level == "district":
                for above in self.by_code[parent]:
                    if name.startswith(above.name):
                        own = name[len(above.name) :]
                        break
            entry = Entry(
                code,
                name,
                own,
                short,
                cast(Level, level),
                parent,
                int(first) if first else None,
                int(last) if last else None,
                successor,
            )
            self.entries.append(entry)
            self.by_code.setdefault(code, []).append(entry)

    @cached_property
    def by_own(self) -> dict[str, list[Entry]]:
        """Entries by the name without parents; a 自治州 also by its everyday name (黔南州)."""
        found = self._index("own")
        for entry in self.entries:
            if entry.own.endswith("自治州"):
                found.setdefault(entry.short + "州", []).append(entry)
        return found

    @cached_property
    def by_short(self) -> dict[str, list[Entry]]:
        """Entries by the name without its kind."""
        return self._index("short")

    @cached_property
    def chief(self) -> list[Entry]:
        """The provinces and cities of today: the places that texts name without their kind."""
        return [e for e in self.entries if e.level in ("province", "city") and e.last is None]

    def _index(self, key: str) -> dict[str, list[Entry]]:
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(getattr(entry, key), []).append(entry)
        return found

    def current(self, code: str) -> Entry | None:
        """The entry valid today under a code."""
        return next((e for e in self.by_code.get(code, ()) if e.last is None), None)

    def today(self, entry: Entry) -> Entry:
        """The same place as it is called now: 襄樊市 is 襄阳市, 密云县 is 密云区.

        A place that was merged or lost its rank (莱芜市) stays what it was.
        """
        now = self.current(entry.code)
        if now is None and entry.successor:
            heir = self.current(entry.successor)
            now = heir if heir and heir.short == entry.short else None
        return now if now and now.level == entry.level else entry

    def parents(self, entry: Entry) -> list[Entry]:
        """City and province above an entry (all their names), the nearest first; the nation is left out."""
        above: list[Entry] = []
        code = entry.parent
        while code and code != NATION.code:
            named = self.by_code.get(code, [])
            above.extend(named)
            code = named[0].parent if named else ""
        return above


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The table, read once."""
    return Gazetteer(files("parsers").joinpath("data/places.tsv").read_text("utf-8"))
