"""Questions that are asked by key, again and again: worked out once, then handed to the driver as they are.

SQLAlchemy builds such a statement; running it through SQLAlchemy takes longer than the databases need for the
answer. Statements here keep one text whatever the number of keys (`among`), so that each
database keeps their plans, and several that do not need each other's answers go to a server together.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from sqlalchemy import CompoundSelect, Connection, Dialect, Integer, Select
from sqlalchemy.exc import DBAPIError

from storage.among import Listed

T = TypeVar("T")
Values = Mapping[str, Any]
Rows = list[Any]


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A statement in the words of one database: parameters by name (or in order, for `order`), what is made
    of a value on its way in and, by column, on its way out."""

    sql: str
    order: tuple[str, ...]
    given: dict[str, Any]
    into: dict[str, Callable[[Any], Any]]
    out: tuple[tuple[int, Callable[[Any], Any]], ...]
    row: Callable[[Sequence[Any]], Any]

    def parameters(self, values: Values) -> Any:
        told = {**self.given, **values}
        for name, turned in self.into.items():
            told[name] = turned(told[name])
        return [told[name] for name in self.order] if self.order else told

    def rows(self, fetched: Sequence[Sequence[Any]]) -> Rows:
        if self.out:
            fetched = list(map(list, fetched))
            for row in fetched:
                for at, turned in self.out:
                    row[at] = turned(row[at])  # type: ignore[index]
        return list(map(self.row, fetched))


@dataclass(frozen=True, slots=True)
class Prepared:
    """A statement whose columns have names of their own. Rows are named tuples in their order."""

    statement: Select[Any] | CompoundSelect[Any]
    _compiled: dict[str, _Compiled] = field(default_factory=dict)

    def on(self, dialect: Dialect) -> _Compiled:
        """In the words of this database."""
        known = self._compiled.get(dialect.name)
        if known is None:
            known = self._compiled[dialect.name] = _compile(self.statement, dialect)
        return known


def _compile(statement: Select[Any] | CompoundSelect[Any], dialect: Dialect) -> _Compiled:
    made: Any = statement.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
    into: dict[str, Callable[[Any], Any]] = {}
    for parameter, name in made.bind_names.items():
        turned = _into(parameter.type, dialect)
        if turned is not None and name in made.params:
            into[name] = turned
    columns = statement.selected_columns
    out = []
    for at, column in enumerate(columns):
        processor: Any = column.type.dialect_impl(dialect).result_processor(dialect, None)
        if processor is not None:
            out.append((at, processor))
    named: Any = namedtuple  # its names are those of the statement
    row = named("Row", columns.keys())
    return _Compiled(str(made), tuple(made.positiontup or ()), dict(made.params), into, tuple(out), row._make)


def _into(kind: Any, dialect: Dialect) -> Callable[[Any], Any] | None:
    if dialect.name == "postgresql":
        # As text: for each size of number psycopg would name another type, and the server plan anew.
        if isinstance(kind, Listed):
            return _array
        if isinstance(kind, Integer):
            return str
    turned: Callable[[Any], Any] | None = kind.dialect_impl(dialect).bind_processor(dialect)
    return turned


def _array(values: Sequence[Any]) -> str:
    """PostgreSQL's notation of an array."""
    told = (str(value).replace("\\", "\\\\").replace('"', '\\"') for value in values)
    return "{" + ",".join(f'"{one}"' for one in told) + "}"


@dataclass(frozen=True, slots=True)
class Ask(Generic[T]):
    """A question: a statement with its values (none: no rows), and what is made of its rows."""

    told: Callable[[Rows], T]
    prepared: Prepared | None = None
    values: Values = field(default_factory=dict)


def rows_of(rows: Rows) -> Rows:
    """Rows as they are."""
    return rows


def ask(connection: Connection, asked: Ask[T]) -> T:
    """The answer to one question."""
    [answer] = together(connection, asked)
    return answer  # type: ignore[no-any-return]


def together(connection: Connection, *asked: Ask[Any], by_key: bool = False) -> list[Any]:
    """The answer to each question. A server gets all of them at once, and answers in one go.

    by_key: from here to the end of the transaction rows are looked up by keys alone, so a server may keep one
    plan for each statement: planning takes longer than answering, and no key would change the plan. It would
    where values decide which index is best. Raises DBAPIError, as SQLAlchemy does.
    """
    waiting = [(one.prepared.on(connection.dialect), one.values) for one in asked if one.prepared is not None]
    driver: Any = connection.connection.dbapi_connection
    base = connection.dialect.loaded_dbapi.Error
    try:
        if connection.dialect.name == "postgresql":
            fetched = _of_server(driver, waiting, by_key)
        else:
            fetched = [driver.execute(one.sql, one.parameters(told)).fetchall() for one, told in waiting]
    except base as error:
        sql = "; ".join(one.sql for one, _ in waiting)
        raise DBAPIError.instance(sql, None, error, base, dialect=connection.dialect) from error
    answers = iter(one.rows(rows) for (one, _), rows in zip(waiting, fetched, strict=True))
    return [one.told([] if one.prepared is None else next(answers)) for one in asked]


def _of_server(driver: Any, waiting: Sequence[tuple[_Compiled, Values]], by_key: bool) -> list[Any]:
    with driver.pipeline() if len(waiting) + by_key > 1 else nullcontext():
        if by_key:
            driver.execute("SET LOCAL plan_cache_mode = force_generic_plan", prepare=True)
        # prepare: at once, not when it was asked five times.
        cursors = [driver.execute(one.sql, one.parameters(told), prepare=True) for one, told in waiting]
    return [cursor.fetchall() for cursor in cursors]
