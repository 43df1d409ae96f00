"""Append the difference between what follows now and what the ledger holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, and_, exists, select

from storage.batch import Batch
from storage.derived_rows import CONTENT, Fact, facts
from storage.errors import BrokenInvariant
from storage.models import Base, ChangeRow, CommitmentRow, EditionRow, MemberRow
from storage.selecting import chunks
from storage.statement_rows import cut
from tracking.model import Derived, Version

DERIVED: tuple[type[Base], ...] = (CommitmentRow, EditionRow, ChangeRow)


def reconcile(
    batch: Batch, scope: str, versions: Sequence[Version], derived: Iterable[Derived], cause: str
) -> tuple[Counter[str], Counter[str]]:
    """Bring the conclusions of one scope up to date; returns asserted and withdrawn changes by kind."""
    derived = list(derived)
    _check_evidence(versions, derived)
    wanted = _collect(fact for one in derived for fact in facts(one))
    asserted: Counter[str] = Counter()
    withdrawn: Counter[str] = Counter()
    for model in DERIVED:
        held = {row.id: row for row in _holding(batch, model, scope)}
        added: list[dict[str, Any]] = []
        for name in sorted(wanted[model].keys() - held.keys() | _differing(wanted[model], held)):
            row, members = wanted[model][name]
            row.update(scope=scope, op="assert", cause=cause, replaced_by=None)
            seq = batch.next_seq(model)
            if model is ChangeRow:
                row["first_seq"] = _first_seq(held.get(name), row) or seq
                asserted[row["change"]] += row["first_seq"] == seq
            batch.add(model, row, seq=seq)
            added.append({**row, "members": members})
            for member in members:
                member["commitment_seq"] = seq
            batch.attach(MemberRow, members)
        gone = [held[name] for name in sorted(held.keys() - wanted[model].keys())]
        successor = _FINDERS[model](batch, added, gone)
        for row_gone in gone:
            old = dict(row_gone._mapping)
            old.update(op="withdraw", cause=cause, replaced_by=successor.get(row_gone.seq))
            batch.add(model, old)
            if model is ChangeRow:
                withdrawn[old["change"]] += 1
    return asserted, withdrawn


def _holding(batch: Batch, model: type[Base], scope: str) -> Sequence[Row[Any]]:
    """Latest rows of a scope that assert something."""
    t = model.__table__
    later = t.alias()
    overtaken = exists().where(and_(later.c.scope == t.c.scope, later.c.id == t.c.id, later.c.seq > t.c.seq))
    return batch.connection.execute(
        select(*t.c).where(t.c.scope == scope, t.c.op == "assert", ~overtaken)
    ).all()


def _collect(
    found: Iterable[Fact],
) -> dict[type[Base], dict[str, tuple[dict[str, Any], list[dict[str, Any]]]]]:
    """Facts by table and id; one id must not say two things."""
    wanted: dict[type[Base], dict[str, tuple[dict[str, Any], list[dict[str, Any]]]]] = {
        m: {} for m in DERIVED
    }
    for model, row, members in found:
        known = wanted[model].setdefault(row["id"], (row, members))
        if known[0]["body_sha256"] != row["body_sha256"]:
            raise BrokenInvariant(
                f"two different {model.__tablename__} have the id {row['id']}: ids must tell them apart"
            )
    return wanted


def _differing(wanted: Mapping[str, tuple[dict[str, Any], Any]], held: Mapping[str, Row[Any]]) -> set[str]:
    return {
        name
        for name in wanted.keys() & held.keys()
        if wanted[name][0]["body_sha256"] != held[name].body_sha256
    }


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
    holders = {member["key"]: row for row in added for member in row["members"]}
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
    """The entry that says anew what a withdrawn one said: about the same statement, else of the same
    commitment and edition; of the same kind if there is one."""
    about: dict[str, list[dict[str, Any]]] = {}
    thread: dict[tuple[str, str | None], list[dict[str, Any]]] = {}
    for row in added:
        about.setdefault(row["about"], []).append(row)
        thread.setdefault((row["commitment"], row["edition_to"]), []).append(row)
    found: dict[int, int] = {}
    for old in gone:
        candidates = about.get(old.about) or thread.get((old.commitment, old.edition_to)) or []
        if candidates:
            same_kind = [row for row in candidates if row["change"] == old.change]
            found[old.seq] = min(same_kind or candidates, key=lambda row: str(row["id"]))["seq"]
    return found


def _no_successors(batch: Batch, added: Added, gone: Gone) -> dict[int, int]:
    """An edition that is gone has none: its id is its place, lineage and period."""
    return {}


_FINDERS = {CommitmentRow: _thread_successors, EditionRow: _no_successors, ChangeRow: _entry_successors}


def _check_evidence(versions: Sequence[Version], derived: Iterable[Derived]) -> None:
    """Every quote must be the raw text at its offsets, of a version that was handed to tracking."""
    texts = {version.sha256: version.reading.source.text for version in versions}
    for one in derived:
        for change in one.changes:
            for evidence in change.evidence:
                text = texts.get(evidence.sha256)
                if text is None:
                    raise BrokenInvariant(f"change {change.id} cites {evidence.sha256}, which is not at hand")
                if cut(text, evidence.spans) != evidence.quote:
                    raise BrokenInvariant(
                        f"change {change.id} quotes words that {evidence.sha256} does not have there"
                    )
