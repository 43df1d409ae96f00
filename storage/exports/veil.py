"""What is withheld, kept out of every record: the questions hide quotes, this hides what was made of them.

Names of commitments, amounts and parts are cut from sentences too. Hashes, offsets and the kind stay.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from storage.models import RulingRow

Record = dict[str, Any]
LABEL = "[withheld]"
_KEPT = (
    "key", "document", "sha256", "published_on", "kind", "start", "end", "spans", "quote", "text", "district",
    "level", "withheld",
)  # fmt: skip


class Veil:
    """Hides what follows from withheld words. Where nothing is withheld it costs one question in all."""

    def __init__(self, connection: Connection) -> None:
        query = select(RulingRow.seq).where(RulingRow.kind == "withhold").limit(1)
        self.lifted = connection.execute(query).first() is None
        self._hides: Callable[[str, Sequence[tuple[int, int]]], bool] = lambda sha256, spans: False
        if not self.lifted:
            from storage.withholding import withheld

            self._hides = withheld(connection).hides

    def document(self, record: Record) -> Record:
        """A text; one that is withheld as a whole keeps no title."""
        return {**record, "title": LABEL, "withheld": True} if self._hides(record["sha256"], ()) else record

    def statement(self, record: Record) -> Record:
        """A statement; a withheld one keeps where it stands."""
        if self._hides(record["sha256"], ()):
            record = {**record, "document_title": LABEL}
        if not record.get("withheld"):
            return record
        bare = {name: value if name in _KEPT else None for name, value in record.items()}
        return {**bare, "quote": LABEL, "text": LABEL, "subject": LABEL, "quantities": [], "absent": False}

    def commitment(self, record: Record, said: Mapping[str, Record]) -> Record:
        """A commitment; where one of its statements is withheld, another gives it its name, or none."""
        told = [said[m["key"]] for m in record["members"] if m["key"] in said]
        if not any(one.get("withheld") for one in told):
            return record
        shown = [one["subject"] for one in told if not one.get("withheld")]
        name = shown[0] if shown else LABEL
        return {**record, "title": name, "subject": name}

    def change(self, entry: Record, thread: Record) -> Record:
        """An entry under the name that its commitment has (`thread`), without terms of withheld words."""
        named = {**entry["commitment"], "title": thread["title"], "subject": thread["subject"]}
        entry = {**entry, "commitment": named}
        sides = {piece["side"] for piece in entry["evidence"] if piece.get("withheld")}
        if not sides:
            return entry
        fields = {
            name: {side: LABEL if side in sides else differs.get(side) for side in ("old", "new")}
            | {"direction": differs.get("direction")}
            for name, differs in entry["fields"].items()
        }
        searched = entry["searched"] and {**entry["searched"], "terms": []}
        return {**entry, "fields": fields, "searched": searched, "why": ""}
