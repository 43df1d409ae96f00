"""Rows as they may leave the house: what is withheld, and what was made of it, taken out of the columns.

Numbers, hashes, keys and offsets stay: they say what was there without saying it. An entry hash still covers
the row as it was recorded.
"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, select

from storage.by_key import has_key
from storage.canonical import canonical
from storage.models import (
    Base,
    ChangeRow,
    CommitmentRow,
    EditionRow,
    MemberRow,
    ReadingRow,
    StatementRow,
    VersionRow,
)
from storage.queries.veil import Veil
from storage.selecting import chunks
from storage.statement_rows import spans_of
from storage.withholding import LABEL

Line = dict[str, Any]
_SAID = ("quote", "text", "subject", "deed", "object", "project", "scope", "speaker")
"""Columns of a statement that hold words; amounts and parts of systems are left out whole."""
_SIDES = ("old", "new")


class VeiledRows:
    """Takes withheld words out of the rows of each table."""

    def __init__(self, connection: Connection) -> None:
        self.veil = Veil(connection)
        self._versions: dict[int, str] = {}
        self._keys: set[str] = set()
        self._threads: set[int] = set()
        self._names: set[str] = set()
        if not self.veil.lifted:
            self._find(connection)

    def _find(self, connection: Connection) -> None:
        for some in chunks(sorted(self.veil.versions)):
            known = select(VersionRow.seq, VersionRow.sha256).where(VersionRow.sha256.in_(some))
            self._versions.update((row.seq, row.sha256) for row in connection.execute(known))
        for versions in chunks(sorted(self._versions)):
            query = (
                select(StatementRow.key, StatementRow.spans, VersionRow.sha256)
                .join(ReadingRow, ReadingRow.seq == StatementRow.reading_seq)
                .join(VersionRow, VersionRow.seq == ReadingRow.version_seq)
                .where(VersionRow.seq.in_(versions))
            )
            for row in connection.execute(query):
                if self.veil.hides(row.sha256, spans_of(json.loads(row.spans))):
                    self._keys.add(row.key)
        for keys in chunks(sorted(self._keys)):
            members = select(MemberRow.commitment_seq).where(has_key(MemberRow.key, "keys"))
            self._threads.update(connection.execute(members, {"keys": keys}).scalars())
        for seqs in chunks(sorted(self._threads)):
            names = select(CommitmentRow.id).where(CommitmentRow.seq.in_(seqs))
            self._names.update(connection.execute(names).scalars())

    def line(self, model: type[Base], line: Line) -> Line:
        """A row as it may leave; the same where nothing of it is withheld."""
        clean = _CLEANERS.get(model)
        return line if self.veil.lifted or clean is None else clean(self, line)

    def _statement(self, line: Line) -> Line:
        if line["key"] not in self._keys:
            return line
        words = {name: LABEL for name in _SAID if line[name]}
        return {**line, **words, "quantities": None, "framework": None, "indicator": None}

    def _reading(self, line: Line) -> Line:
        sha256 = self._versions.get(line["version_seq"])
        if sha256 is None:
            return line
        clues = {name: self._clue(sha256, line[name]) for name in line if name.endswith("_clue")}
        if not self.veil.hides(sha256):
            return {**line, **clues}
        told = {name: LABEL for name in ("title", "speaker") if line[name]}
        return {**line, **clues, **told, "slogans": "[]", "notes": "[]"}

    def _clue(self, sha256: str, text: str | None) -> str | None:
        value, why, span = json.loads(text) if text else (None, None, None)
        clue = self.veil.clue(sha256, {"value": value, "why": why, "span": span})
        return text if clue is None or text is None or why is None else canonical([value, clue["why"], span])

    def _commitment(self, line: Line) -> Line:
        # By id: a withdrawal repeats the words of the row that it takes back, and has no members of its own.
        return {**line, "title": LABEL, "subject": LABEL} if line["id"] in self._names else line

    def _member(self, line: Line) -> Line:
        return {**line, "why": LABEL} if line["commitment_seq"] in self._threads else line

    def _edition(self, line: Line) -> Line:
        body = json.loads(line["body"])
        if not self.veil.versions.intersection(body["documents"]):
            return line
        pairs = zip(body["documents"], body["clues"], strict=True)
        clues = [json.loads(self._clue(sha256, canonical(clue)) or "null") for sha256, clue in pairs]
        return {**line, "body": canonical({**body, "clues": clues, "remarks": []})}

    def _change(self, line: Line) -> Line:
        body = json.loads(line["body"])
        sides = {e["side"] for e in body["evidence"] if self.veil.hides(e["sha256"], spans_of(e["spans"]))}
        if not sides:
            return line
        fields = {
            name: {
                "direction": one.get("direction"),
                **{s: LABEL if s in sides else one.get(s) for s in _SIDES},
            }
            for name, one in body["fields"].items()
        }
        searched = body.get("searched") and {**body["searched"], "terms": []}
        return {**line, "body": canonical({**body, "fields": fields, "searched": searched, "why": ""})}


_CLEANERS = {
    StatementRow: VeiledRows._statement,
    ReadingRow: VeiledRows._reading,
    CommitmentRow: VeiledRows._commitment,
    MemberRow: VeiledRows._member,
    EditionRow: VeiledRows._edition,
    ChangeRow: VeiledRows._change,
}
