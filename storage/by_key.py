"""Rows found by the key of a statement, of which the index holds the beginning alone."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, bindparam, literal_column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import NullType

from storage.among import Listed, among
from storage.models.base import BEGINNING, beginning


def has_key(column: Any, name: str) -> ColumnElement[bool]:
    """Whether a column of keys has one of the values of a parameter, as `among` says it, by the index."""
    return and_(_begins_among(column, name), among(column, name))


def key_of(column: Any, others: Select[Any]) -> ColumnElement[bool]:
    """Whether a column of keys has one of the keys that a statement selects, by the index."""
    [key] = others.selected_columns
    return and_(begins(column).in_(others.with_only_columns(begins(key))), column.in_(others))


def same_key(one: Any, other: Any) -> ColumnElement[bool]:
    """Whether two columns have the same key, by the index of either."""
    return and_(begins(one) == begins(other), one == other)


def begins(column: Any) -> ColumnElement[str]:
    """The beginning of a key in a column, as its index holds it.

    Never ask for it beside `column = value`: SQLite then works the beginning out of the value, and looks at
    every row.
    """
    of = column.__clause_element__() if hasattr(column, "__clause_element__") else column
    return literal_column(beginning(f"{of.table.name}.{of.name}").text, Text())


class _begins_among(GenericFunction[Any]):  # noqa: N801 - as `among`
    """Whether a key begins like one of the values of a parameter."""

    type = NullType()
    inherit_cache = True

    def __init__(self, column: Any, name: str) -> None:
        super().__init__(begins(column), bindparam(name, type_=Listed(numbers=False)))


@compiles(_begins_among)
def _in_json(element: Any, compiler: Any, **kw: Any) -> str:
    begun, values = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"{begun} IN (SELECT substr(value, 1, {BEGINNING}) FROM json_each({values}))"


@compiles(_begins_among, "postgresql")
def _in_array(element: Any, compiler: Any, **kw: Any) -> str:
    begun, values = (compiler.process(clause, **kw) for clause in element.clauses)
    listed = f"SELECT substr(one, 1, {BEGINNING}) FROM unnest(CAST({values} AS text[])) AS one"
    return f"{begun} = ANY (ARRAY({listed}))"
