"""What strangers may see of words: clauses of press texts in short, names of private people masked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from audit.site.viewing import View
from storage.strangers import clauses_shown, entry_shown, masked, rights_of

Record = dict[str, Any]


class Publisher:
    """Lets everything through, for the operator and for editors."""

    def entries(self, records: Iterable[Record]) -> list[Record]:
        """Entries of the log."""
        return [self.entry(record) for record in records]

    def entry(self, record: Record) -> Record:
        """An entry of the log."""
        return record

    def commitment(self, record: Record) -> Record:
        """A commitment in a list, or its whole story."""
        return record

    def statement(self, record: Record) -> Record:
        """A statement."""
        return record

    def evidence(self, records: list[Record]) -> list[Record]:
        """The words that something rests on."""
        return records

    def due(self, record: Record) -> Record:
        """A promise as it stands on a day."""
        return record

    def listed(self, record: Record) -> Record:
        """A text in a list."""
        return record

    def document(self, record: Record) -> Record:
        """A text with everything read from it."""
        return record

    def hit(self, record: Record) -> Record:
        """A text with a passage that was searched for."""
        return record

    def clause(self, record: Record) -> Record:
        """A figure with its words."""
        return record


class Public(Publisher):
    """Lets through what strangers may see."""

    def __init__(self, view: View) -> None:
        self._ledger = view.site.ledger
        self._rights: dict[str, str] = {}

    def entries(self, records: Iterable[Record]) -> list[Record]:
        """Entries, the rights of whose texts are looked up at once."""
        every = list(records)
        self._know({e["sha256"] for record in every for e in record["evidence"]})
        return [self.entry(record) for record in every]

    def entry(self, record: Record) -> Record:
        """With short clauses, masked names, and without who reviewed it."""
        self._know({e["sha256"] for e in record["evidence"]})
        return entry_shown(record, self._rights)

    def commitment(self, record: Record) -> Record:
        """With short clauses and masked names throughout."""
        shown: Record = masked(record)
        if isinstance(shown.get("statements"), list):
            shown["statements"] = [self.statement(s) for s in record["statements"]]
        if "changes" in shown:
            shown["changes"] = self.entries(record["changes"])
        return shown

    def statement(self, record: Record) -> Record:
        """With its clause in short."""
        self._know({record["sha256"]})
        return clauses_shown(record, self._rights[record["sha256"]])

    def evidence(self, records: list[Record]) -> list[Record]:
        """With clauses in short."""
        self._know({e["sha256"] for e in records})
        return [clauses_shown(e, self._rights[e["sha256"]]) for e in records]

    def due(self, record: Record) -> Record:
        """With masked names and short clauses."""
        return {**masked(record), "evidence": self.evidence(record["evidence"])}

    def listed(self, record: Record) -> Record:
        """With names in its title masked."""
        shown: Record = masked(record)
        return shown

    def document(self, record: Record) -> Record:
        """Official texts whole, of others only the clauses that something rests on."""
        shown: Record = masked(record)
        text = shown["text"] if record["rights"] == "official" else ""
        return {**shown, "text": text, "statements": [self.statement(s) for s in record["statements"]]}

    def hit(self, record: Record) -> Record:
        """Of texts that are no official ones without the passage: who asks for one word after the other would
        get the whole text."""
        shown = masked(record)
        return shown if record["rights"] == "official" else {**shown, "passage": ""}

    def clause(self, record: Record) -> Record:
        """With its words in short."""
        return self.statement(record)

    def _know(self, hashes: set[str]) -> None:
        new = hashes - self._rights.keys()
        if new:
            with self._ledger.reading() as connection:
                found = rights_of(connection, new)
            self._rights.update({sha256: found.get(sha256, "unknown") for sha256 in new})


def publisher(view: View) -> Publisher:
    """What stands between the ledger and who asks."""
    return Public(view) if view.audience == "public" else Publisher()
