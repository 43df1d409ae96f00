"""Append the difference between what follows now and what the ledger holds."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Row, RowMapping, and_, bindparam, exists, select

from storage.asking import Ask, Prepared, Rows, ask
from storage.batch import Batch
from storage.canonical import canonical
from storage.conclusions import Conclusions
from storage.derived_rows import CONTENT, member_rows
from storage.models import Base, ChangeRow, CommitmentRow, EditionRow, MemberRow, NotesRow
from storage.models.order import DERIVED
from storage.selecting import chunks


class Held(NamedTuple):
    """A conclusion that holds: its row's number, and the hash of what it says."""

    seq: int
    body_sha256: str


Holding = dict[type[Base], dict[str, Held]]
"""What holds in a scope, by table and id."""


def holding(batch: Batch, scope: str) -> Holding:
    """What holds in a scope."""
    return {model: _holding(batch, model, scope) for model in DERIVED}


def reconcile(
    batch: Batch, scope: str, concluded: Conclusions, cause: str, holds: Holding
) -> tuple[Counter[str], Counter[str]]:
    """Bring the conclusions of one scope up to date; returns asserted and withdrawn changes by kind.

    Uses up `concluded`: its rows go into the batch. holds: what holds in the scope, and in the end what holds
    then.
    """
    asserted: Counter[str] = Counter()
    withdrawn: Counter[str] = Counter()
    for model in DERIVED:
        wanted = concluded.wanted.pop(model)
        held = holds[model]
        kept = concluded.kept.get(model, set())
        news = [
            name
            for name, (row, _) in wanted.items()
            if name not in held or held[name].body_sha256 != row["body_sha256"]
        ]
        ended = held.keys() - wanted.keys() - kept
        differing = {*news, *ended}
        before = _rows(batch, model, (held[name] for name in differing if name in held))
        for old_row in before.values():
            _count(batch, model, old_row._mapping, -1)
        gone = [before[name] for name in sorted(ended)]
        added: list[dict[str, Any]] = []
        for name in sorted(news):
            row, members = wanted.pop(name)
            row.update(scope=scope, op="assert", cause=cause, replaced_by=None)
            seq = batch.next_seq(model)
            if model is ChangeRow:
                row["first_seq"] = _first_seq(before.get(name), row) or seq
                asserted[row["change"]] += row["first_seq"] == seq
            if gone:
                added.append({**row, "seq": seq, "keys": [key for key, *_ in members]})
            held[name] = Held(seq, row["body_sha256"])
            _count(batch, model, row, 1)
            batch.add(model, row, seq=seq)
            if members:
                batch.attach(MemberRow, member_rows(seq, members))
        successor = _FINDERS[model](batch, added, gone)
        for row_gone in gone:
            del held[row_gone.id]
            old = dict(row_gone._mapping)
            old.update(op="withdraw", cause=cause, replaced_by=successor.get(row_gone.seq))
            batch.add(model, old)
            if model is ChangeRow:
                withdrawn[old["change"]] += 1
    return asserted, withdrawn


def _count(batch: Batch, model: type[Base], row: Mapping[str, Any] | RowMapping, number: int) -> None:
    """Note that this row holds now (1), or no longer (-1)."""
    if model is CommitmentRow:
        batch.difference.commitments += number
    elif model is ChangeRow:
        batch.difference.log[row["district"], row["change"]] += number


def _held(model: type[Base]) -> Prepared:
    t = model.__table__
    later = t.alias()
    overtaken = exists().where(and_(later.c.scope == t.c.scope, later.c.id == t.c.id, later.c.seq > t.c.seq))
    query = select(t.c.id, t.c.seq, t.c.body_sha256)
    return Prepared(query.where(t.c.scope == bindparam("scope"), t.c.op == "assert", ~overtaken))


_HELD = {model: _held(model) for model in DERIVED}


def _holding(batch: Batch, model: type[Base], scope: str) -> dict[str, Held]:
    """What holds in a scope, by id."""
    return ask(batch.connection, Ask(_by_id, _HELD[model], {"scope": scope}))


def _by_id(rows: Rows) -> dict[str, Held]:
    return {name: Held(seq, body_sha256) for name, seq, body_sha256 in rows}


def _rows(batch: Batch, model: type[Base], held: Iterable[Held]) -> dict[str, Row[Any]]:
    """Whole rows by id: only of what differs, which is little where most stays as it was."""
    t = model.__table__
    found: dict[str, Row[Any]] = {}
    for some in chunks(sorted(one.seq for one in held)):
        for row in batch.connection.execute(select(*t.c).where(t.c.seq.in_(some))):
            found[row.id] = row
    return found


def _first_seq(held: Row[Any] | None, row: Mapping[str, Any]) -> int | None:
    """The row that first said the same, where only the id of the commitment differs from what is held."""
    if held is None or any(
        getattr(held, name) != row[name] for name in CONTENT[ChangeRow] if name != "commitment"
    ):
        return None
    first: int = held.first_seq
    return first


Added = Sequence[dict[str, Any]]
Gone = Sequence[Row[Any]]


def _thread_successors(batch: Batch, added: Added, gone: Gone) -> dict[int, int]:
    """The thread that holds most of a withdrawn one's statements: the former id is its alias."""
    holders = {key: row for row in added for key in row["keys"]}
    votes: dict[int, Counter[tuple[str, int]]] = {row.seq: Counter() for row in gone}
    for some in chunks(sorted(votes)):
        query = select(MemberRow.commitment_seq, MemberRow.key).where(MemberRow.commitment_seq.in_(some))
        for seq, key in batch.connection.execute(query):
            if key in holders:
                votes[seq][holders[key]["id"], holders[key]["seq"]] += 1
    return {
        seq: min(cast, key=lambda thread: (-cast[thread], thread))[1] for seq, cast in votes.items() if cast
    }


def _entry_successors(batch: Batch, added: Added, gone: Gone) -> dict[int, int]:
    """The entry that says anew what a withdrawn one said: about the same statement; else the same about a
    commitment of the same title, whose words now stand in another text (a reprint that is read first); else
    of the same commitment and edition. Of the same kind if there is one."""
    about: dict[str, list[dict[str, Any]]] = {}
    thread: dict[tuple[str, str | None], list[dict[str, Any]]] = {}
    for row in added:
        about.setdefault(row["about"], []).append(row)
        thread.setdefault((row["commitment"], row["edition_to"]), []).append(row)
    found: dict[int, int] = {}
    titles = _titles(batch, added, gone)
    same = {_said(row, titles): row for row in sorted(added, key=lambda row: str(row["id"]), reverse=True)}
    for old in gone:
        alike = same.get(_said(old._mapping, titles))
        candidates = (
            about.get(old.about)
            or ([alike] if alike is not None else None)
            or thread.get((old.commitment, old.edition_to))
            or []
        )
        if candidates:
            same_kind = [row for row in candidates if row["change"] == old.change]
            found[old.seq] = min(same_kind or candidates, key=lambda row: str(row["id"]))["seq"]
    return found


def _said(row: Mapping[str, Any] | RowMapping, titles: Mapping[str, str]) -> tuple[Any, ...]:
    """What an entry tells, without where it stands."""
    fields = canonical(json.loads(row["body"])["fields"])
    title = titles.get(row["commitment"], row["commitment"])
    return row["change"], row["edition_from"], row["edition_to"], title, row["district"], row["level"], fields


def _titles(batch: Batch, added: Added, gone: Gone) -> dict[str, str]:
    """Titles of the commitments that entries belong to, those of this batch among them."""
    if not added or not gone:
        return {}
    t = CommitmentRow.__table__
    wanted = sorted({row["commitment"] for row in added} | {row.commitment for row in gone})
    found: dict[str, str] = {}
    for some in chunks(wanted):
        query = select(t.c.id, t.c.title).where(t.c.scope == gone[0].scope, t.c.id.in_(some))
        for row in batch.connection.execute(query.order_by(t.c.seq)):
            found[row.id] = row.title
    return found | {row["id"]: row["title"] for row in batch.waiting(CommitmentRow)}


def _no_successors(batch: Batch, added: Added, gone: Gone) -> dict[int, int]:
    """An edition that is gone has none: its id is its place, lineage and period."""
    return {}


_FINDERS = {
    CommitmentRow: _thread_successors,
    EditionRow: _no_successors,
    ChangeRow: _entry_successors,
    NotesRow: _no_successors,
}
