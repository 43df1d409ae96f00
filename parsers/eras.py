"""Public calendar facts: the five-year plans, and the events that texts count from."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def plans() -> dict[str, tuple[int, int]]:
    """First and last year of each five-year plan by its short name (十三五)."""
    rows = files("parsers").joinpath("data/five_year_plans.tsv").read_text("utf-8").splitlines()[1:]
    return {name: (int(start), int(end)) for name, start, end in (row.split("\t") for row in rows)}


@cache
def eras() -> tuple[tuple[str, int], ...]:
    """Events that texts count from (改革开放以来), with the year they began."""
    rows = files("parsers").joinpath("data/eras.tsv").read_text("utf-8").splitlines()[1:]
    pairs = [(name, int(year)) for name, year in (row.split("\t") for row in rows)]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))
