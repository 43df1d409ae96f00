"""Rulings as rows and back, without loss."""

from __future__ import annotations

import json
from datetime import UTC
from typing import Any

from sqlalchemy import Connection, select

from storage.canonical import canonical
from storage.models import RulingRow
from tracking.rulings import Ruling, cited_from


def ruling_row(ruling: Ruling) -> dict[str, Any]:
    """Columns of `rulings` that the ruling itself decides."""
    return {
        "id": ruling.id,
        "kind": ruling.kind,
        "evidence": canonical([cited.record() for cited in ruling.evidence]),
        "body": canonical(dict(ruling.body)),
        "author": ruling.author,
        "reason": ruling.reason,
        "ruled_at": ruling.ruled_at.astimezone(UTC),
        "revokes": ruling.revokes,
    }


def ruling_from(row: Any) -> Ruling:
    """The ruling that a row holds."""
    return Ruling(
        kind=row.kind,
        evidence=tuple(cited_from(one) for one in json.loads(row.evidence)),
        author=row.author,
        reason=row.reason,
        ruled_at=row.ruled_at,
        body=json.loads(row.body),
        revokes=row.revokes,
    )


def rulings_held(connection: Connection, upto: int | None = None) -> list[Ruling]:
    """Every ruling recorded (by commit `upto`), in the order of recording, revoked ones too."""
    query = select(*RulingRow.__table__.c).order_by(RulingRow.seq)
    if upto is not None:
        query = query.where(RulingRow.commit_seq <= upto)
    return [ruling_from(row) for row in connection.execute(query)]
