"""What is remembered of a level as tables, each written down whole once and then by what it differs by.

A new text changes a twentieth of them. They are compared by identity: what is as it was is the very object
that was loaded, so whoever changes a value puts another one in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from tracking.memory.linked import FAMILIES
from tracking.memory.retold import By

Tables = dict[str, dict[Any, Any]]
"""By name of a table its values by key."""
WHOLE = 4
"""Tables are written whole again where a quarter of them differs."""


class Form(NamedTuple):
    """How a table is put into JSON. name, key: a key as text and back. value: undoes what JSON makes of one;
    None where that is the same."""

    name: Callable[[Any], str] = str
    key: Callable[[str], Any] = str
    value: Callable[[Any], Any] | None = None

    def out(self, table: Mapping[Any, Any]) -> Mapping[str, Any]:
        """For JSON."""
        return table if self.key is str else {self.name(key): value for key, value in table.items()}

    def back(self, stored: dict[str, Any]) -> dict[Any, Any]:
        """From JSON."""
        if self.key is str and self.value is None:
            return stored
        value = self.value or _same
        return {self.key(name): value(one) for name, one in stored.items()}


def _same(value: Any) -> Any:
    return value


def _links(stored: list[Any]) -> list[Any]:
    return [(a, b, sure, why) for a, b, sure, why in stored]


def _told_of(stored: list[Any]) -> list[By]:
    return [By((p[0], p[1]), (o[0], o[1]), why, sure) for p, o, why, sure in stored]


def forms(cluster: Callable[[Any], Any]) -> dict[str, Form]:
    """By name of a table how it is put into JSON. cluster: undoes what JSON makes of a cluster."""
    pairs = Form("\n".join, lambda name: tuple(name.split("\n")))
    return {
        "names": Form(),
        "sources": Form(value=_links),
        **{f"grams {family}": Form() for family in FAMILIES},
        **{f"promised {family}": Form() for family in FAMILIES},
        **{f"pairs {family}": pairs for family in FAMILIES},
        "clusters": Form(value=cluster),
        "answers": Form(),
        "years": Form(str, int, _told_of),
    }


def difference(before: Tables, now: Tables, how: Mapping[str, Form]) -> dict[str, Any] | None:
    """By table what came and which keys went, as JSON has it; None where it is better written whole."""
    found: dict[str, Any] = {}
    rows = moved = 0
    for name, table in now.items():
        known = before[name]
        come = {key: value for key, value in table.items() if known.get(key) is not value}
        gone = known.keys() - table.keys()
        rows, moved = rows + len(known), moved + len(come) + len(gone)
        if come or gone:
            found[name] = [how[name].out(come), sorted(map(how[name].name, gone))]
    return None if moved * WHOLE > rows else found


def brought(before: Tables, since: Mapping[str, Any], how: Mapping[str, Form]) -> Tables:
    """The tables with what they differ by; those of before are left as they are."""
    now = {name: dict(table) for name, table in before.items()}
    for name, (come, gone) in since.items():
        for key in map(how[name].key, gone):
            del now[name][key]
        now[name].update(how[name].back(come))
    return now
