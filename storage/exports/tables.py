"""The tables of an export and what their columns mean, from tables.yml: one description for every format."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

from tracking.words.labels import Lang

Type = Literal["string", "integer", "number", "boolean"]


@dataclass(frozen=True, slots=True)
class Field:
    """A column: name, type, what it means, and its unit or form where that needs saying."""

    name: str
    type: Type
    means: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: titles, what one row is, columns, the columns that tell rows apart, columns to count by."""

    name: str
    title: dict[Lang, str]
    means: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    facets: tuple[str, ...] = ()
    refers: tuple[tuple[str, str, str], ...] = ()
    """(column, table, column there): where rows of another table are meant that stand in the same export."""


DEMO = Field("demo", "boolean", "true: invented texts about places that do not exist; nothing here is real")


@cache
def tables(demo: bool = False) -> dict[str, Table]:
    """The tables by name. In the export of a demo ledger every one has a last column that says so."""
    loaded = yaml.safe_load(files("storage.exports").joinpath("tables.yml").read_text(encoding="utf-8"))
    return {name: _table(name, facts, demo) for name, facts in loaded.items()}


def _table(name: str, facts: dict[str, object], demo: bool) -> Table:
    columns = facts["fields"]
    assert isinstance(columns, dict)
    found = [_field(str(column), str(told)) for column, told in columns.items()]
    return Table(
        name=name,
        title={"zh": str(facts["zh"]), "en": str(facts["en"])},
        means=str(facts["means"]),
        fields=tuple([*found, DEMO] if demo else found),
        key=tuple(str(facts["key"]).split()),
        facets=tuple(str(facts.get("facets", "")).split()),
        refers=tuple(_reference(one) for one in str(facts.get("refers", "")).split()),
    )


def _field(name: str, told: str) -> Field:
    """A column from “type; meaning” or “type; meaning; unit”."""
    kind, means, unit = [part.strip() for part in (told + ";").split(";")[:3]]
    assert kind in ("string", "integer", "number", "boolean"), (name, kind)
    return Field(name, kind, means, unit)  # type: ignore[arg-type]


def _reference(text: str) -> tuple[str, str, str]:
    """A reference from “column>table.column”."""
    column, _, there = text.partition(">")
    table, _, other = there.partition(".")
    return column, table, other
