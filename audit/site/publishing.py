"""What strangers may see of words: clauses of press texts in short, names of private people masked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from audit.site.viewing import View
from parsers.people import private_names
from storage.models import ReadingRow, VersionRow
from storage.selecting import chunks

Record = dict[str, Any]
LONGEST_CLAUSE = 150
"""Characters of a press text that are shown at a time."""
_NO_WORDS = frozenset(
    {"id", "sha256", "key", "entry_hash", "run", "document", "district", "level", "recorded_at", "said_on",
     "published_on", "address", "change", "grade", "edition_from", "edition_to", "kind", "rule", "cause"}
)  # fmt: skip


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

    def entry(self, record: Record) -> Record:
        """With short clauses, masked names, and without who reviewed it."""
        shown = masked(record)
        if shown["reviewed"]:
            shown["reviewed"] = {**shown["reviewed"], "by": None}
        return {**shown, "evidence": self.evidence(shown["evidence"])}

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
        shown = masked(record)
        return {**shown, **{k: self._clause(record["sha256"], shown[k]) for k in ("quote", "text")}}

    def evidence(self, records: list[Record]) -> list[Record]:
        """With clauses in short."""
        return [{**masked(e), "quote": self._clause(e["sha256"], masked(e)["quote"])} for e in records]

    def document(self, record: Record) -> Record:
        """Official texts whole, of others only the clauses that something rests on."""
        shown: Record = masked(record)
        text = shown["text"] if record["rights"] == "official" else ""
        return {**shown, "text": text, "statements": [self.statement(s) for s in record["statements"]]}

    def hit(self, record: Record) -> Record:
        """With the passage in short."""
        shown = masked(record)
        return {**shown, "passage": shown["passage"][:LONGEST_CLAUSE]}

    def clause(self, record: Record) -> Record:
        """With its words in short."""
        return {**record, "quote": self._clause(record["sha256"], mask(record["quote"]))}

    def _clause(self, sha256: str, words: str) -> str:
        if len(words) <= LONGEST_CLAUSE or self._of(sha256) == "official":
            return words
        return words[: LONGEST_CLAUSE - 1] + "…"

    def _of(self, sha256: str) -> str:
        if sha256 not in self._rights:
            self._rights.update(rights_of(self._ledger, [sha256]))
        return self._rights.get(sha256, "unknown")


def publisher(view: View) -> Publisher:
    """What stands between the ledger and who asks."""
    return Public(view) if view.audience == "public" else Publisher()


def masked(value: Any, key: str = "") -> Any:
    """The same with names of private people masked: 谭晓明 → 谭某某. Lengths and offsets stay."""
    if isinstance(value, str):
        return value if key in _NO_WORDS else mask(value)
    if isinstance(value, dict):
        return {name: masked(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [masked(inner, key) for inner in value]
    return value


def mask(text: str) -> str:
    """A text with names of private people masked, as long as before.

    >>> mask("居民谭晓明说，区委书记顾明澜来过")
    '居民谭某某说，区委书记顾明澜来过'
    """
    for start, end in private_names(text):
        kept = 2 if end - start == 4 else 1
        text = text[: start + kept] + "某" * (end - start - kept) + text[end:]
    return text


def rights_of(ledger: Any, hashes: Iterable[str]) -> dict[str, str]:
    """Whose words texts are, as last read, by hash."""
    found: dict[str, str] = {}
    with ledger.reading() as connection:
        for some in chunks(sorted(set(hashes))):
            query = (
                select(VersionRow.sha256, ReadingRow.rights)
                .join(ReadingRow, ReadingRow.version_seq == VersionRow.seq)
                .where(VersionRow.sha256.in_(some), ReadingRow.refused.is_(None))
                .order_by(ReadingRow.seq)
            )
            for sha256, rights in connection.execute(query):
                found[sha256] = rights
    return found
