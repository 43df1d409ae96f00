"""The log of looks at sources: appended as a look goes on, asked for what is known before the next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, RowMapping, func, insert, select

from storage.canonical import canonical
from storage.ledger import Ledger
from storage.models import Base, FetchRow, ListingRow, LookRow
from storage.runs import Run

State = Literal["new", "changed", "unchanged", "left", "gone", "down", "blocked", "unread"]
GOOD: frozenset[str] = frozenset({"new", "changed", "unchanged", "left"})
"""States in which the address answered with what was asked for."""


ARCHIVE = "archive"
"""Key among the counts of a look: the days of the archive that it took in."""


@dataclass(frozen=True, slots=True)
class Fetch:
    """What one address was found to be; fields as in `storage.models.FetchRow`."""

    address: str
    role: Literal["list", "text"]
    state: State
    observed_at: datetime
    code: str = ""
    detail: str = ""
    status: int | None = None
    sha256: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    declared: str | None = None
    requests: int = 1


@dataclass(frozen=True, slots=True)
class Listing:
    """An entry as a list named it; fields as in `storage.models.ListingRow`."""

    address: str
    href: str
    title: str
    dated: str | None
    changed: str | None
    observed_at: datetime


@dataclass
class Known:
    """What the ledger knows of a source before a look.

    listings: by address, as last named; first_seen: when first. last: the last fetch of each address; good:
    the last that brought what was asked for, with the hash of how lists were read then.
    """

    listings: dict[str, Listing] = field(default_factory=dict)
    first_seen: dict[str, datetime] = field(default_factory=dict)
    last: dict[str, Fetch] = field(default_factory=dict)
    good: dict[str, tuple[Fetch, str]] = field(default_factory=dict)


def known(ledger: Ledger, source: str) -> Known:
    """What the ledger knows of a source."""
    found = Known()
    had = FetchRow.state.in_(sorted(GOOD)) & FetchRow.sha256.is_not(None)
    with ledger.reading() as connection:
        for row in _rows(connection, ListingRow, source):
            found.first_seen.setdefault(row["address"], row["observed_at"])
            found.listings[row["address"]] = Listing(**{name: row[name] for name in _fields(Listing)})
        for row in _last(connection, source):
            found.last[row["address"]] = _fetch(row)
        for row in _last(connection, source, had):
            found.good[row["address"]] = _fetch(row), row["spec_sha256"]
    return found


def _last(connection: Connection, source: str, *having: ColumnElement[bool]) -> Iterable[RowMapping]:
    """The last fetch of each address of a source, of those that fulfil a condition."""
    t = FetchRow.__table__
    last = select(func.max(FetchRow.seq)).where(FetchRow.source == source, *having).group_by(FetchRow.address)
    return connection.execute(select(*t.c).where(t.c.seq.in_(last))).mappings()


def _fetch(row: RowMapping) -> Fetch:
    return Fetch(**{name: row[name] for name in _fields(Fetch)})


def log_fetches(
    ledger: Ledger,
    run: Run,
    source: str,
    spec_sha256: str,
    fetches: Sequence[Fetch],
    listings: Iterable[Listing] = (),
) -> None:
    """Append what was fetched, and entries that are new or named otherwise, in one step.

    A list and what it names go together: a list that is known by its hash but whose entries were lost would
    answer “not modified” for ever.
    """
    about = {"run_seq": run.seq, "source": source}
    with ledger.writing() as connection:
        _append(connection, FetchRow, [{**about, "spec_sha256": spec_sha256, **_row(f)} for f in fetches])
        _append(connection, ListingRow, [{**about, **_row(one)} for one in listings])


def log_look(
    ledger: Ledger,
    run: Run,
    source: str,
    spec_sha256: str,
    began_at: datetime,
    ended_at: datetime,
    *,
    seen: bool,
    counts: Mapping[str, int],
    not_before: datetime | None = None,
    note: str = "",
    archive: tuple[date, date] | None = None,
) -> None:
    """Append that a look at a source has ended.

    archive: first and last day, for a look that took in a part of the source's archive; `seen` then says that
    nothing of these days is missing. What was there long ago tells nothing of how the source does today.
    """
    told: dict[str, Any] = dict(counts)
    if archive is not None:
        told[ARCHIVE] = [day.isoformat() for day in archive]
    row = {
        "run_seq": run.seq,
        "source": source,
        "spec_sha256": spec_sha256,
        "began_at": began_at,
        "ended_at": ended_at,
        "seen": seen,
        "counts": canonical(told),
        "not_before": not_before,
        "note": note,
    }
    with ledger.writing() as connection:
        _append(connection, LookRow, [row])


def _append(connection: Connection, model: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    if not rows:
        return
    last = connection.execute(select(func.max(model.__table__.c["seq"]))).scalar() or 0
    connection.execute(insert(model), [{"seq": last + n, **row} for n, row in enumerate(rows, 1)])


def _rows(connection: Connection, model: type[Base], source: str) -> Iterable[RowMapping]:
    t = model.__table__
    return connection.execute(select(*t.c).where(t.c.source == source).order_by(t.c.seq)).mappings()


def _fields(of: type[Any]) -> tuple[str, ...]:
    return tuple(of.__dataclass_fields__)


def _row(of: Fetch | Listing) -> dict[str, Any]:
    return {name: getattr(of, name) for name in _fields(type(of))}
