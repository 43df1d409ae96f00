"""How a ledger's promises stand on a day: rows of the ledger put into the views."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, bindparam, select

from audit.tellings import outcomes_told_of, tellings
from storage.by_key import has_key
from storage.ledger import Ledger
from storage.models import ReadingRow, StatementRow
from storage.queries import edition_heads
from storage.queries.changes import render
from storage.queries.outlines import Outline, outlines
from storage.selecting import chunks, horizon
from storage.statement_rows import amounts_of
from tracking.views import Outcome, Promise, Standing, done, elapsed, last_day, reviewing, standing

Key = tuple[str, str]
PROMISING = ("new", "restated", "changed", "revived")
OUTCOMES = ("fulfilled", "missed", "reported", "unreported")


def due(
    ledger: Ledger,
    *,
    on: date,
    within: timedelta,
    district: str | None = None,
    states: Collection[Standing],
    known_at: datetime | None = None,
) -> list[dict[str, Any]]:
    """Promises that stand in one of the states on a day, the first due first.

    Only what texts dated by that day say is counted; undated ones are left out.
    """
    whole = whole_years(ledger, district, on, known_at)
    with ledger.reading() as connection:
        upto = horizon(connection, known_at)
        log = outlines(connection, upto, district=district, as_of=on, kinds=(*PROMISING, *OUTCOMES))
        told = outcomes_told(log)
        latest = _latest(log, _terms(connection, log, upto))
        asked = set(states) & {"overdue", "awaiting_report", "reported"}
        silent = [p for key, (p, _) in latest.items() if asked and not told[key] and _past(p, on)]
        beside = tellings(connection, silent, upto, on)
        for outcome in outcomes_told_of(silent, beside.values()):
            told[outcome.commitment, outcome.edition].append(outcome)
        found = []
        for key, (promise, entry) in latest.items():
            year = last_day(promise.due)
            reviewed = year is not None and (entry.district, entry.level, year.year + 1) in whole
            state = standing(promise, told[key], reviewed, on, within)
            if state is None or state not in states or year is None:
                continue
            facts = {
                "state": state,
                "due": year.isoformat(),
                "days": (year - on).days,
                "district": entry.district,
                "level": entry.level,
                "edition": promise.edition,
                "elapsed": elapsed(promise.due, on),
                "done": done(promise, told[key]),
            }
            found.append((facts, entry.row))
        shown = render(connection, [row for _, row in found], upto)
    rows = [
        {**facts, "commitment": e["commitment"], "evidence": [x for x in e["evidence"] if x["side"] == "new"]}
        for (facts, _), e in zip(found, shown, strict=True)
    ]
    return sorted(rows, key=lambda row: (row["due"], row["district"], row["commitment"]["id"]))


def _past(promise: Promise, on: date) -> bool:
    day = last_day(promise.due)
    return day is not None and day < on


def whole_years(
    ledger: Ledger, district: str | None, on: date | None, known_at: datetime | None
) -> set[tuple[str, str, int]]:
    """(district, level, year) of whole texts; on a day only those of years begun by then."""
    return {
        (one.district, one.level, int(one.period))
        for one in edition_heads(ledger, district=district, known_at=known_at)
        if one.complete and one.period.isdigit() and (on is None or int(one.period) <= on.year)
    }


def outcomes_told(log: Iterable[Outline], reviews: Collection[str] = ()) -> dict[Key, list[Outcome]]:
    """By commitment and edition what later texts tell. reviews: hashes of whole reports, which review."""
    found: dict[Key, list[Outcome]] = defaultdict(list)
    for entry in log:
        if entry.change in OUTCOMES and entry.edition_from:
            result = entry.body["fields"].get("result")
            key = (entry.commitment, entry.edition_from)
            year, told = reviewing(key[1]), {e["sha256"] for e in entry.evidence if e["side"] == "new"}
            inside = bool(told & set(reviews)) and entry.edition_to == year
            found[key].append(
                Outcome(
                    *key,
                    kind=entry.change,  # type: ignore[arg-type]
                    said_on=entry.said_on,
                    apparent=entry.grade == "apparent",
                    reviewed=entry.body.get("reviewed") is not None,
                    value=Decimal(str(result["new"])) if result else None,
                    entry=entry.id,
                    in_review=inside,
                    elsewhere=bool(told) and (entry.edition_to != year or bool(told - set(reviews))),
                )
            )
    return found


_TERMS = (
    select(StatementRow.key, StatementRow.period, StatementRow.quantities)
    .join(ReadingRow, ReadingRow.seq == StatementRow.reading_seq)
    .where(has_key(StatementRow.key, "keys"), ReadingRow.commit_seq <= bindparam("upto"))
    .order_by(StatementRow.reading_seq)
)


def _terms(
    connection: Connection, log: Iterable[Outline], upto: int
) -> dict[str, tuple[str | None, list[dict[str, Any]]]]:
    """By key of a statement that an entry is about: when it is due, and its amounts."""
    found: dict[str, tuple[str | None, list[dict[str, Any]]]] = {}
    for some in chunks(sorted({e.about for e in log if e.change in PROMISING})):
        for row in connection.execute(_TERMS, {"keys": some, "upto": upto}):
            found[row.key] = (row.period, amounts_of(row.quantities)[0])
    return found


def _latest(
    log: Iterable[Outline], terms: Mapping[str, tuple[str | None, list[dict[str, Any]]]]
) -> dict[Key, tuple[Promise, Outline]]:
    """Of each commitment and edition the entry that states it last; systems are not due."""
    found: dict[Key, tuple[Promise, Outline]] = {}
    for entry in log:
        if entry.change not in PROMISING or entry.kind == "framework":
            continue
        if entry.edition_to is None or not any(e["side"] == "new" for e in entry.evidence):
            continue
        period, amounts = terms.get(entry.about, (None, []))
        promise = Promise(
            entry.commitment,
            entry.edition_to,
            period or entry.edition_to,
            bool(amounts),
            Decimal(str(amounts[0]["value"])) if len(amounts) == 1 else None,
        )
        found[promise.commitment, promise.edition] = (promise, entry)
    return found
