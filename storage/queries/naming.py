"""What commitments are called in texts of other years, and where the words that named them are withheld."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, select

from storage.asking import Ask, Prepared, Rows, ask
from storage.by_key import has_key
from storage.models import MemberRow, StatementRow
from storage.queries.statements import statements_of
from storage.queries.veil import Veil
from storage.selecting import chunks
from storage.withholding import LABEL

_SUBJECTS = Prepared(
    select(StatementRow.key, StatementRow.subject)
    .where(has_key(StatementRow.key, "keys"))
    .order_by(StatementRow.reading_seq)
)


def names_then(connection: Connection, keys: Iterable[str]) -> dict[str, str]:
    """By key of statements what each calls its thing: a thread carries its newest name beside every year."""
    return ask(connection, ask_names_then(keys))


def ask_names_then(keys: Iterable[str]) -> Ask[dict[str, str]]:
    """The same, to be asked together with other questions."""
    wanted = set(keys)
    return Ask(_names_then, _SUBJECTS, {"keys": wanted}) if wanted else Ask(_names_then)


def _names_then(rows: Rows) -> dict[str, str]:
    return {row.key: row.subject for row in rows}  # the last reading's, where there are several


def other_names(connection: Connection, veil: Veil, rows: Iterable[Row[Any]], upto: int) -> dict[int, str]:
    """By number of commitment rows that a withheld statement belongs to: the subject of one that is not, else
    the label that stands for withheld words."""
    seqs = [] if veil.lifted else sorted({row.seq for row in rows})
    listed: dict[int, list[Row[Any]]] = {}
    for some in chunks(seqs):
        query = select(MemberRow.commitment_seq, MemberRow.key, MemberRow.sha256)
        query = query.where(MemberRow.commitment_seq.in_(some))
        for m in connection.execute(query.order_by(MemberRow.commitment_seq, MemberRow.ordinal)):
            listed.setdefault(m.commitment_seq, []).append(m)
    touched = {seq: ms for seq, ms in listed.items() if any(m.sha256 in veil.versions for m in ms)}
    every = [m for members in touched.values() for m in members]
    said = statements_of(connection, {m.sha256 for m in every}, upto, {m.key for m in every})
    found: dict[int, str] = {}
    for seq, members in touched.items():
        told = [said[m.key] for m in members if m.key in said]
        if any(one.get("withheld") for one in told):
            found[seq] = next((one["subject"] for one in told if not one.get("withheld")), LABEL)
    return found
