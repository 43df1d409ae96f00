"""Places that the ledger knows, by the end of their name."""

from __future__ import annotations

from sqlalchemy import select

from parsers.reading import Place
from storage.ledger import Ledger
from storage.models import Base, ChangeRow, CommitmentRow, EditionRow, PlaceRow


def find_places(ledger: Ledger, tail: str) -> list[Place]:
    """Every place whose full name ends in `tail`: of documents, and those that documents speak for."""
    found: set[tuple[str, str, str]] = set()
    models: tuple[type[Base], ...] = (CommitmentRow, EditionRow, ChangeRow)
    with ledger.reading() as connection:
        for row in connection.execute(select(PlaceRow.code, PlaceRow.name, PlaceRow.level)):
            found.add((row.code, row.name, row.level))
        for model in models:
            t = model.__table__
            for row in connection.execute(select(t.c.place_code, t.c.district, t.c.level).distinct()):
                found.add((row.place_code, row.district, row.level))
    named: dict[tuple[str, str], Place] = {}
    for code, name, level in sorted(found):
        # A street's facts are filed under its district: the place itself is what the name says first.
        if name.endswith(tail):
            named.setdefault((code, name), Place(code, name, level))  # type: ignore[arg-type]
    return list(named.values())
