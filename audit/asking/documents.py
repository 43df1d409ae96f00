"""A text with everything read from it, and the list of texts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, func, or_, select

from audit.asking.clocks import Clocks
from storage.ledger import Ledger
from storage.models import Document, ReadingRow, VersionRow
from storage.queries.facts import commits, moment
from storage.queries.paging import Order, page
from storage.queries.search import commitments_of
from storage.queries.statements import statements_of
from storage.queries.tails import names_of_versions
from storage.readings import standing_readings, texts_of
from storage.selecting import horizon
from storage.withholding import LABEL, blanked, withheld

_R = ReadingRow.__table__
_FACTS = (
    "title", "type", "rights", "level", "issuer", "authority", "published", "plan_year", "media", "encoding",
)  # fmt: skip
Sort = Literal["read", "read_asc", "said", "said_asc"]
ORDERS: dict[str, Order] = {
    "read": Order("read", _R.c.seq),
    "read_asc": Order("read_asc", _R.c.seq, descending=False),
    "said": Order("said", _R.c.seq, _R.c.published),
    "said_asc": Order("said_asc", _R.c.seq, _R.c.published, descending=False),
}
"""Texts read last first, or first first; or by their dates, unknown ones last."""


def ask(
    ledger: Ledger,
    clocks: Clocks,
    *,
    district: str | None = None,
    rights: str | None = None,
    sort: Sort = "read",
    after: str | None = None,
    limit: int = 25,
) -> tuple[list[dict[str, Any]], str | None]:
    """One page of the texts as they were read, in an order (of `ORDERS`); and where the next page begins."""
    with ledger.reading() as connection:
        upto = horizon(connection, clocks.known_at)
        later = _R.alias()
        again = select(later.c.seq).where(
            later.c.version_seq == _R.c.version_seq, later.c.seq > _R.c.seq, later.c.commit_seq <= upto
        )
        query = (
            select(*_R.c, VersionRow.sha256)
            .join(VersionRow, VersionRow.seq == _R.c.version_seq)
            .where(_R.c.refused.is_(None), _R.c.commit_seq <= upto, ~again.exists())
        )
        if district is not None:
            query = query.where(_R.c.place_name == district)
        if rights is not None:
            query = query.where(_R.c.rights == rights)
        if clocks.as_of is not None:
            query = query.where(_said_by(clocks.as_of))
        found = page(connection, query, ORDERS[sort], after, limit)
        names = names_of_versions(connection, {row.sha256 for row in found.rows}, upto)
        hidden = withheld(connection)
    records = [
        {
            "document": names[row.sha256],
            "sha256": row.sha256,
            **_facts(row, hidden.hides(row.sha256, ())),
            "statements": row.statement_count,
        }
        for row in found.rows
    ]
    return records, found.next


def _said_by(day: date) -> ColumnElement[bool]:
    """What `Clocks.holds` says, asked of the database: a year or month counts as its last day."""
    ended = day + timedelta(days=1)
    month = (ended.replace(day=1) - timedelta(days=1)).isoformat()[:7]
    year = str(ended.year - 1)
    said, long = _R.c.published, func.length(_R.c.published)
    return or_(
        and_(long == 10, said <= day.isoformat()),
        and_(long == 7, said <= month),
        and_(long == 4, said <= year),
        and_(said.is_(None), _R.c.plan_year <= str(day.year)),
    )


def document(ledger: Ledger, sha256: str, clocks: Clocks) -> dict[str, Any] | None:
    """A version of a text: what is known of it, its text with offsets as stored, its statements with the
    commitment each belongs to, and the document's other versions. None where there is none."""
    with ledger.reading() as connection:
        upto = horizon(connection, clocks.known_at)
        seq = standing_readings(connection, [sha256], upto).get(sha256)
        if seq is None:
            return None
        row = connection.execute(
            select(*_R.c, VersionRow.document_seq, VersionRow.commit_seq.label("came_with"))
            .join(VersionRow, VersionRow.seq == _R.c.version_seq)
            .where(_R.c.seq == seq)
        ).one()
        others = connection.execute(
            select(VersionRow.sha256, VersionRow.observed_at)
            .where(VersionRow.document_seq == row.document_seq, VersionRow.commit_seq <= upto)
            .order_by(VersionRow.seq)
        ).all()
        locator = connection.execute(
            select(Document.locator).where(Document.seq == row.document_seq)
        ).scalar_one()
        said = statements_of(connection, [sha256], upto)
        of = commitments_of(connection, set(said), upto)
        name = names_of_versions(connection, [sha256], upto)[sha256]
        when = commits(connection, [row.came_with])[row.came_with]
        hidden = withheld(connection)
        source = texts_of(connection, [sha256])[sha256]
    if not clocks.holds(row.published, row.plan_year):
        return None
    whole = hidden.hides(sha256, ())
    for spans in hidden.places.get(sha256, ()):
        source = blanked(source, spans)
    return {
        "document": name,
        "address": locator if "://" in locator else None,
        "sha256": sha256,
        **_facts(row, whole),
        "recorded_at": moment(when.recorded_at),
        "versions": [{"sha256": one.sha256, "observed_at": moment(one.observed_at)} for one in others],
        "withheld": whole,
        "text": "" if whole else source,
        "statements": sorted(
            ({**s, "commitment": None if s.get("withheld") else of.get(key)} for key, s in said.items()),
            key=lambda s: (s["start"], s["end"], s["key"]),
        ),
    }


def named(ledger: Ledger, beginning: str) -> list[str]:
    """Hashes of the texts whose hash begins so; two where there are several."""
    # A range, not LIKE: hashes hold no letter beyond f, and it uses the index on both databases.
    query = select(VersionRow.sha256).where(VersionRow.sha256.between(beginning, beginning + "g"))
    with ledger.reading() as connection:
        return list(connection.execute(query.distinct().limit(2)).scalars())


def _facts(row: Any, hidden: bool) -> dict[str, Any]:
    facts = {name: row._mapping[name] for name in _FACTS}
    return {
        **facts,
        "title": LABEL if hidden else facts["title"],
        "published_on": facts.pop("published"),
        "district": row.place_name,
        "place_code": row.place_code,
    }
