"""What a person should know of the texts of a place: texts set aside, years without one, reprints."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from storage.ledger import Ledger
from storage.models import NotesRow
from storage.queries.facts import standing
from storage.selecting import horizon

_T = NotesRow.__table__


def place_notes(
    ledger: Ledger, *, district: str | None = None, level: str | None = None, known_at: datetime | None = None
) -> list[dict[str, Any]]:
    """By place and level: district, level, notes (in English; `tracking.words.clues` tells them)."""
    with ledger.reading() as connection:
        query = standing(NotesRow, horizon(connection, known_at))
        for column, value in ((_T.c.district, district), (_T.c.level, level)):
            if value is not None:
                query = query.where(column == value)
        rows = connection.execute(query.order_by(_T.c.district, _T.c.level, _T.c.scope)).all()
    return [
        {"district": row.district, "level": row.level, "notes": notes}
        for row in rows
        if (notes := json.loads(row.body)["notes"])
    ]


def reprints(connection: Connection, scopes: Iterable[str], upto: int) -> dict[str, str]:
    """By hash of a copy that of the text it repeats, for texts of these places."""
    query = standing(NotesRow, upto).where(_T.c.scope.in_(sorted(set(scopes))))
    return {
        copy: text for row in connection.execute(query) for copy, text in json.loads(row.body)["reprints"]
    }
