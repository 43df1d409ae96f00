"""Which projects and named systems the promises of a place speak of."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from sqlalchemy import Connection

from storage.by_key import same_key
from storage.models import CommitmentRow, MemberRow, StatementRow
from storage.queries.facts import standing
from storage.queries.veil import Veil

_C = CommitmentRow.__table__


class Naming(NamedTuple):
    """A statement of a commitment that names a project (as the reader gives it) or is told as a system."""

    commitment: str
    title: str
    period: str | None
    key: str
    project: str | None
    system: dict[str, Any] | None


def namings(connection: Connection, district: str, upto: int) -> list[Naming]:
    """What the statements of a place's commitments name, at commit `upto`; nothing that is withheld."""
    s = StatementRow.__table__
    query = (
        standing(CommitmentRow, upto)
        .join(MemberRow, MemberRow.commitment_seq == _C.c.seq)
        .join(StatementRow, same_key(StatementRow.key, MemberRow.key))
        .where(_C.c.district == district)
        .where((s.c.project.is_not(None) & (_C.c.kind != "framework")) | (s.c.framework.is_not(None)))
        .with_only_columns(
            *(_C.c.id, _C.c.title, _C.c.kind, MemberRow.period, MemberRow.sha256),
            *(s.c.key, s.c.spans, s.c.project, s.c.framework),
        )
    )
    veil = Veil(connection)
    found: dict[tuple[str, str], Naming] = {}
    for row in connection.execute(query):
        if not veil.lifted and veil.hides(row.sha256, json.loads(row.spans)):
            continue
        # A text read again has its statements twice, under the same keys.
        system = json.loads(row.framework) if row.framework and row.kind == "framework" else None
        project = row.project if system is None else None
        if system is not None or project is not None:
            found[row.id, row.key] = Naming(row.id, row.title, row.period, row.key, project, system)
    return list(found.values())
