"""Places that the ledger knows, by the end of their name."""

from __future__ import annotations

from threading import Lock

from sqlalchemy import func, select

from parsers.reading import Place
from storage.ledger import Ledger
from storage.models import Base, CommitmentRow, EditionRow, PlaceRow

_MODELS: tuple[type[Base], ...] = (CommitmentRow, EditionRow)
"""An entry of the log is filed where its commitment is, and the log is the longest table."""


class KnownPlaces:
    """Every place of a ledger: of documents, and those that documents speak for. Rows are never changed, so
    asking again looks only at those that came since."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._seen = dict.fromkeys(_MODELS, 0)
        self._found: set[tuple[str, str, str]] = set()
        self._lock = Lock()

    def all(self) -> list[Place]:
        """The places by code and name."""
        with self._lock, self._ledger.reading() as connection:
            for row in connection.execute(select(PlaceRow.code, PlaceRow.name, PlaceRow.level)):
                self._found.add((row.code, row.name, row.level))
            for model, last in self._seen.items():
                t = model.__table__
                upto = connection.execute(select(func.max(t.c.seq))).scalar() or 0
                if upto == last:
                    continue
                query = select(t.c.place_code, t.c.district, t.c.level).distinct()
                for row in connection.execute(query.where(t.c.seq > last, t.c.seq <= upto)):
                    self._found.add((row.place_code, row.district, row.level))
                self._seen[model] = upto
            named: dict[tuple[str, str], Place] = {}
            for code, name, level in sorted(self._found):
                # A street's facts are filed under its district: the place itself is what the name says first.
                named.setdefault((code, name), Place(code, name, level))  # type: ignore[arg-type]
        return list(named.values())


def find_places(ledger: Ledger, tail: str) -> list[Place]:
    """Every place whose full name ends in `tail`."""
    return [place for place in KnownPlaces(ledger).all() if place.name.endswith(tail)]
