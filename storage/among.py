"""Selecting by a list of values, in one statement for lists of every length."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import ARRAY, BigInteger, Dialect, Integer, Text, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import NullType, TypeDecorator, TypeEngine


class Listed(TypeDecorator[Collection[Any]]):
    """A list of texts or numbers as one parameter: an array, or JSON where there are no arrays."""

    impl = Text
    cache_ok = True

    def __init__(self, numbers: bool) -> None:
        super().__init__()
        self.numbers = numbers

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """What the driver is told that it is."""
        if dialect.name == "postgresql":
            return ARRAY(BigInteger() if self.numbers else Text())
        return Text()

    def process_bind_param(self, value: Collection[Any] | None, dialect: Dialect) -> Any:
        """To the database."""
        told = list(value or ())
        return told if dialect.name == "postgresql" else json.dumps(told)


class among(GenericFunction[Any]):  # noqa: N801 - it reads like the functions of SQLAlchemy
    """Whether a column has one of the values of a parameter: among(column, "keys").

    However many they are, the statement stays the same: it is built once, and a database keeps its plan.
    """

    type = NullType()  # as Boolean, SQLite would compare the answer with 1, and look at every row
    inherit_cache = True

    def __init__(self, column: Any, name: str) -> None:
        told = getattr(column, "type", None)
        super().__init__(column, bindparam(name, type_=Listed(isinstance(told, Integer))))


@compiles(among)
def _in_json(element: Any, compiler: Any, **kw: Any) -> str:
    column, values = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({values}))"


@compiles(among, "postgresql")
def _in_array(element: Any, compiler: Any, **kw: Any) -> str:
    column, values = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"{column} = ANY ({values})"
