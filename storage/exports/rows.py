"""What an export may hold, read in one place: one state of the ledger, through the questions everybody asks.

Everything goes through `storage.queries`, which keeps out what is withheld. Public exports leave out
accusations that nobody reviewed, who reviewed the others, who handed texts in, names of private people, and
of texts that are no official ones all but short clauses (`storage.strangers`). Rows stream: only lists of
documents and editions are held as a whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Row, Select, collate, select

from storage.ledger import Ledger
from storage.models import Base, ChangeRow, Commit, CommitmentRow, MemberRow
from storage.queries.changes import render
from storage.queries.documents import documents
from storage.queries.editions import editions
from storage.queries.facts import commits, moment, standing
from storage.queries.naming import other_names
from storage.queries.statements import statements_of
from storage.queries.veil import Record, Veil
from storage.selecting import chunks, horizon
from storage.strangers import cited, clauses_shown, entry_shown, masked, rights_of
from storage.withholding import LABEL
from tracking.model import ACCUSATIONS

Audience = Literal["operator", "public"]
KINDS = ("documents", "statements", "commitments", "editions", "changes")
"""Kinds of records, in the order of an export."""
_PAGE = 1000
_TEXTS = 20


@dataclass(frozen=True)
class Source:
    """One state of a ledger, for one audience. upto, at, head: its last commit, its time, its hash.

    district: only what concerns this place (full name).
    """

    ledger: Ledger
    connection: Connection
    audience: Audience
    district: str | None
    upto: int
    at: datetime | None
    head: str | None
    veil: Veil

    @property
    def demo(self) -> bool:
        """Whether all of this is invented."""
        return self.ledger.mode == "demo"

    def records(self) -> Iterator[tuple[str, Record]]:
        """Every record with its kind, kind by kind, each in an order that only its content decides."""
        for kind in KINDS:
            for record in getattr(self, kind)():
                yield kind, record

    def documents(self) -> list[Record]:
        """The texts. Their ids are left out: they hash paths of this machine."""
        if self.at is None:
            return []
        found = documents(self.ledger, district=self.district, known_at=self.at)
        held = [{name: value for name, value in d.items() if name != "id"} for d in found]
        held.sort(key=lambda d: (d["document"], d["source"], d["sha256"]))
        names: set[str] = set()
        for document in held:
            if document["document"] in names:  # one address, two sources
                document["document"] += f" ({document['source']})"
            names.add(document["document"])
        return [{**masked(d), "given_by": None} for d in held] if self._public else held

    def editions(self) -> list[Record]:
        """The editions."""
        if self.at is None:
            return []
        return sorted(editions(self.ledger, district=self.district, known_at=self.at), key=lambda e: e["id"])

    def statements(self) -> Iterator[Record]:
        """The statements of the texts, in the order of their versions' hashes."""
        hashes = sorted({d["sha256"] for d in self.documents()})
        for some in chunks(hashes, _TEXTS):
            found = self._clauses(statements_of(self.connection, some, self.upto)).values()
            yield from sorted(found, key=lambda s: (s["sha256"], s["start"], s["end"], s["key"]))

    def commitments(self) -> Iterator[Record]:
        """The commitments with their members, by place and id."""
        t = CommitmentRow.__table__.c
        for page in self._pages(CommitmentRow, t.district, t.id, t.scope):
            yield from self._with_members(page)

    def ordered_commitments(self) -> Iterator[list[Record]]:
        """The commitments by place, level, kind and title, a page at a time."""
        t = CommitmentRow.__table__.c
        for page in self._pages(CommitmentRow, t.district, t.level, t.kind, t.title, t.id):
            yield self._with_members(page)

    def changes(self) -> Iterator[Record]:
        """The entries that hold, by place (a page then cites few texts) and id."""
        t = ChangeRow.__table__.c
        for page in self._pages(ChangeRow, t.district, t.id, t.scope):
            yield from self._shown(page)

    def ordered_changes(self) -> Iterator[list[Record]]:
        """The entries by place and date (unknown ones last), without `restated`, a page at a time."""
        t = ChangeRow.__table__.c
        order = (t.district, t.said_last.is_(None), t.said_last, t.id)
        for page in self._pages(ChangeRow, *order, where=(t.change != "restated",)):
            yield self._shown(page)

    def changes_of(self, commitments: Sequence[str]) -> dict[str, list[Record]]:
        """The entries of some commitments, by commitment, in the order of their editions."""
        t = ChangeRow.__table__.c
        found: dict[str, list[Record]] = {name: [] for name in commitments}
        for some in chunks(sorted(found)):
            rows = self.connection.execute(standing(ChangeRow, self.upto).where(t.commitment.in_(some))).all()
            for entry in self._shown(rows):
                found[entry["commitment"]["id"]].append(entry)
        for entries in found.values():
            entries.sort(key=lambda e: (e["edition_to"] or "9999", e["said_on"] or "9999", e["id"]))
        return found

    def statements_by_key(self, members: Sequence[Mapping[str, Any]]) -> dict[str, Record]:
        """The statements of members of commitments."""
        versions, keys = {m["sha256"] for m in members}, {m["key"] for m in members}
        return self._clauses(statements_of(self.connection, versions, self.upto, keys))

    @property
    def _public(self) -> bool:
        return self.audience == "public"

    def _clauses(self, said: dict[str, Record]) -> dict[str, Record]:
        """Statements as this audience may see them."""
        if not self._public:
            return said
        rights = rights_of(self.connection, {s["sha256"] for s in said.values()})
        return {key: clauses_shown(s, rights.get(s["sha256"], "unknown")) for key, s in said.items()}

    def _pages(
        self, model: type[Base], *order: ColumnElement[Any], where: Sequence[ColumnElement[bool]] = ()
    ) -> Iterator[Sequence[Row[Any]]]:
        query: Select[Any] = standing(model, self.upto).where(*where)
        if self.district is not None:
            query = query.where(model.__table__.c.district == self.district)
        # Byte order: by their own rules two databases sort text differently.
        bytewise = "C" if self.ledger.dialect == "postgresql" else "BINARY"
        query = query.order_by(*(collate(o, bytewise) if str(o.type) == "TEXT" else o for o in order))
        yield from self.connection.execute(query.execution_options(yield_per=_PAGE)).partitions()

    def _shown(self, rows: Sequence[Row[Any]]) -> list[Record]:
        entries = render(self.connection, rows, self.upto)
        return self._for_audience(self.veiled([entry for entry in entries if self._may_leave(entry)]))

    def veiled(self, entries: list[Record]) -> list[Record]:
        """Entries without what was made of withheld words."""
        if self.veil.lifted or not entries:
            return entries
        ids = {entry["commitment"]["id"] for entry in entries}
        query = standing(CommitmentRow, self.upto).where(CommitmentRow.__table__.c.id.in_(sorted(ids)))
        threads: dict[str, Record] = {
            c["id"]: c for c in self._with_members(self.connection.execute(query).all())
        }
        return [self.veil.change(e, threads.get(e["commitment"]["id"]) or e["commitment"]) for e in entries]

    def _may_leave(self, entry: Record) -> bool:
        reviewed = entry["reviewed"] or entry["change"] not in ACCUSATIONS
        return not self._public or bool(reviewed)

    def _for_audience(self, entries: list[Record]) -> list[Record]:
        if not self._public:
            return entries
        rights = rights_of(self.connection, cited(entries))
        return [entry_shown(entry, rights) for entry in entries]

    def _with_members(self, rows: Sequence[Row[Any]]) -> list[Record]:
        members: dict[int, list[Record]] = {row.seq: [] for row in rows}
        query = (
            select(*MemberRow.__table__.c)
            .where(MemberRow.commitment_seq.in_(sorted(members)))
            .order_by(MemberRow.commitment_seq, MemberRow.ordinal)
        )
        for m in self.connection.execute(query):
            facts = {name: m._mapping[name] for name in ("key", "sha256", "period", "role", "why")}
            extra = json.loads(m.extra)
            members[m.commitment_seq].append({**facts, "confidence": float(m.confidence), **extra})
        when = commits(self.connection, (row.commit_seq for row in rows))
        head = ("id", "title", "kind", "subject", "life", "district", "place_code", "level")
        found = [
            {
                **{name: row._mapping[name] for name in head},
                "editions": sorted({m["period"] for m in members[row.seq] if m["period"]}),
                "statements": len({m["key"] for m in members[row.seq]}),
                "recorded_at": moment(when[row.commit_seq].recorded_at),
                "members": members[row.seq],
            }
            for row in rows
        ]
        renamed = other_names(self.connection, self.veil, rows, self.upto)
        for row, record in zip(rows, found, strict=True):
            if row.seq in renamed:
                record["title"] = record["subject"] = renamed[row.seq]
                record["members"] = [{**m, "why": LABEL} for m in record["members"]]
        return [masked(record) for record in found] if self._public else found


@contextmanager
def source(
    ledger: Ledger,
    *,
    audience: Audience = "operator",
    district: str | None = None,
    known_at: datetime | None = None,
) -> Iterator[Source]:
    """One state of the ledger (as it was at `known_at`), for as long as the block lasts."""
    with ledger.reading() as connection:
        upto = horizon(connection, known_at)
        last = connection.execute(select(Commit.recorded_at, Commit.hash).where(Commit.seq == upto)).first()
        at, head = (last.recorded_at, last.hash) if last else (None, None)
        yield Source(ledger, connection, audience, district, upto, at, head, Veil(connection))
