"""Dating one document by another: texts of one place that give this year the same campaign name share it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from parsers.reading import Clue, Reading
from parsers.statement import Span
from tracking.model import Version


def date_across(versions: Sequence[Version]) -> dict[str, tuple[Clue, Clue]]:
    """(published, plan year) by SHA-256 for undated versions that a dated text of their place can date.

    Only a campaign that the undated text calls this year's own counts, and only where all texts that date it
    agree. A text dated so can date the next. The result does not depend on the order of the versions.
    """
    by_place: dict[str, list[Version]] = defaultdict(list)
    for version in versions:
        by_place[version.reading.place.code].append(version)
    found: dict[str, tuple[Clue, Clue]] = {}
    for group in by_place.values():
        _date_group(sorted(group, key=lambda v: v.sha256), found)
    return found


def _date_group(group: Sequence[Version], found: dict[str, tuple[Clue, Clue]]) -> None:
    while True:
        years = _years(group, found)
        new = {}
        for version in group:
            if version.reading.plan_year is None and version.sha256 not in found:
                clue = _dated_by(version.reading, years)
                if clue:
                    new[version.sha256] = (clue, clue)
        if not new:
            return
        found.update(new)


def _years(
    group: Sequence[Version], found: dict[str, tuple[Clue, Clue]]
) -> dict[str, dict[int, tuple[str, Version]]]:
    """The years that texts give each campaign, with a version that says so."""
    years: dict[str, dict[int, tuple[str, Version]]] = defaultdict(dict)
    for version in group:
        dated = found.get(version.sha256)
        for name, year in version.reading.slogans:
            said = year if year is not None else int(dated[1].value) if dated else None
            if said is not None:
                years[name].setdefault(said, (version.reading.title or version.sha256[:12], version))
    return years


def _dated_by(reading: Reading, years: dict[str, dict[int, tuple[str, Version]]]) -> Clue | None:
    agreed = {
        year: (name, said[year][0])
        for name, open_year in reading.slogans
        if open_year is None
        for said in (years.get(name, {}),)
        if len(said) == 1
        for year in said
    }
    if len(agreed) != 1:
        return None
    year, (name, other) = next(iter(agreed.items()))
    why = f"calls this year “{name}”, as does {other}, which is of {year}"
    return Clue(str(year), why, _span(reading.source.text, name))


def _span(text: str, name: str) -> Span | None:
    at = text.find(name)
    return (at, at + len(name)) if at >= 0 else None
