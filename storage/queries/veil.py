"""What is withheld, kept out of every record: the quotes, and what was made of them.

Names of commitments, amounts and parts are cut from sentences too, and clues cite them. Hashes, offsets and
the kind stay. Withholding has no past: it lies over what the ledger said before as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from storage.withholding import LABEL, withheld

Record = dict[str, Any]
_KEPT = (
    "key", "document", "sha256", "published_on", "kind", "start", "end", "spans", "quote", "text", "district",
    "level", "withheld",
)  # fmt: skip
_CLUES = ("place_clue", "published_clue", "plan_year_clue", "complete")


class Veil:
    """Hides what follows from withheld words. Where nothing is withheld it costs one question in all."""

    def __init__(self, connection: Connection) -> None:
        self._withheld = withheld(connection)
        self.lifted = not self._withheld.places

    @property
    def versions(self) -> set[str]:
        """Hashes of the versions of which something is withheld."""
        return set(self._withheld.places)

    def hides(self, sha256: str, spans: Sequence[tuple[int, int]] = ()) -> bool:
        """Whether words at these spans may not be shown; for none, whether the whole text may not."""
        return self._withheld.hides(sha256, spans)

    def clue(self, sha256: str, clue: Mapping[str, Any] | None) -> Record | None:
        """A clue of a text; what it cites of withheld words is left out, the value stays."""
        if clue is None:
            return None
        span = clue["span"]
        hidden = self.hides(sha256) or (span is not None and self.hides(sha256, [(span[0], span[1])]))
        return {**clue, "why": LABEL} if hidden else dict(clue)

    def document(self, record: Record) -> Record:
        """A text; one that is withheld as a whole keeps no title and no notes."""
        if self.lifted:
            return record
        told = {name: self.clue(record["sha256"], record[name]) for name in _CLUES}
        if not self.hides(record["sha256"]):
            return {**record, **told}
        return {**record, **told, "title": LABEL, "notes": [], "withheld": True}

    def statement(self, record: Record) -> Record:
        """A statement; a withheld one keeps where it stands."""
        if self.lifted:
            return record
        if self.hides(record["sha256"]):
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
