"""Ledgers to test on, and a small world of invented texts with a reader and a tracker of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from parsers.reading import Clue, Declared, Place, Reading
from parsers.refusal import Refused
from parsers.statement import Quantity, Statement
from parsers.text import SourceText
from storage.ledger import Ledger, open_ledger
from storage.write import Arrival
from tracking.keys import change_id, commitment_id, edition_id, statement_keys
from tracking.model import (
    Change,
    Commitment,
    Derived,
    Edition,
    Evidence,
    FieldChange,
    Member,
    Version,
)

START = datetime(2026, 1, 1, tzinfo=UTC)
PLACES = {
    "云溪区": Place("990101", "示例省云州市云溪区", "district"),
    "云泽区": Place("990102", "示例省云州市云泽区", "district"),
}


class Clock:
    """A clock that moves a second each time it is read, and can be set."""

    def __init__(self) -> None:
        self.now = datetime(2026, 6, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@dataclass(frozen=True)
class World:
    """Texts of lines such as “道路 12”, below a first line that is page furniture."""

    def text(self, *lines: str, furniture: str = "") -> str:
        return "\n".join((furniture, *lines))

    def read(self, content: str, declared: Declared) -> Reading | Refused:
        furniture, *lines = content.split("\n")
        if any(line.startswith("拒") for line in lines):
            return Refused("no_statement", "invented")
        if "公园 7" in lines and declared.district is None:
            return Refused("ambiguous_place", "invented")
        place = PLACES[declared.district or "云溪区"]
        year = declared.published or "2020"
        statements, position = [], len(furniture) + 1
        for line in lines:
            subject, _, amount = line.partition(" ")
            end = position + len(line)
            at = position + len(subject) + 1
            quantity = Quantity(at, end, ">=", None, Decimal(amount), None, "个", "toy")
            statements.append(
                Statement("target", ((position, end),), line, subject, (quantity,), period=year, rule="toy")
            )
            position = end + 1
        return Reading(
            source=SourceText(content, "utf-8", "utf-8", "text"),
            body_sha256=sha256("\n".join(lines).encode()).hexdigest(),
            title="示例",
            published=Clue(year, "declared"),
            plan_year=Clue(year, "declared"),
            type="report",
            rights="official",
            place=place,
            place_clue=Clue(place.name, "declared"),
            level="district",
            issuer="government",
            authority="report",
            speaker=None,
            statements=tuple(statements),
            declared=declared,
        )

    def arrival(
        self,
        name: str,
        content: str,
        *,
        day: int = 0,
        year: str | None = None,
        district: str | None = None,
        source: str = "invented",
    ) -> Arrival:
        declared = Declared(district=district, published=year)
        outcome = self.read(content, declared)
        observed_at = START + timedelta(days=day)
        return Arrival(source, name, content.encode(), observed_at, outcome, declared)

    def refused(self, name: str, code: str = "unreadable", day: int = 0) -> Arrival:
        return Arrival("invented", name, None, START + timedelta(days=day), Refused(code, "invented"))

    def derive(self, versions: Sequence[Version]) -> list[Derived]:
        """One thread a subject, over the standing versions; each statement compared with the one before."""
        gone = {(v.document, v.supersedes) for v in versions}
        found: dict[str, list[tuple[str, str, Version, Statement]]] = {}
        for v in versions:
            if (v.document, v.sha256) in gone:
                continue
            assert v.reading.plan_year is not None
            keys = statement_keys(v.sha256, v.reading.statements)
            for key, s in zip(keys, v.reading.statements, strict=True):
                found.setdefault(s.subject, []).append((v.reading.plan_year.value, key, v, s))
        if not found:
            return []
        commitments: list[Commitment] = []
        changes: list[Change] = []
        place = versions[0].reading.place
        owner: dict[str, Any] = {"place_code": place.code, "district": place.name, "level": "district"}
        for subject, told in sorted(found.items()):
            told.sort(key=lambda one: one[:2])
            thread = commitment_id(place.code, "district", [(key, "") for _, key, _, _ in told])
            members = tuple(Member(k, v.sha256, y, "promise", "same subject", 1.0) for y, k, v, _ in told)
            commitments.append(
                Commitment(
                    id=thread,
                    **owner,
                    kind="target",
                    title=subject,
                    subject=subject,
                    life="recurring",
                    members=members,
                )
            )
            before: tuple[str, str, Version, Statement] | None = None
            for one in told:
                changes.append(self._change(owner, thread, before, one))
                before = one
        editions = [
            Edition(
                id=edition_id(place.code, "district", "yearly", year),
                **owner,
                lineage="yearly",
                period=year,
                documents=tuple(sorted({v.sha256 for y, _, v, _ in every if y == year})),
                clues=tuple(
                    Clue(year, "declared") for _ in sorted({v.sha256 for y, _, v, _ in every if y == year})
                ),
                members=tuple(sorted(k for y, k, _, _ in every if y == year)),
            )
            for every in [[one for told in found.values() for one in told]]
            for year in sorted({y for y, _, _, _ in every})
        ]
        return [Derived(tuple(commitments), tuple(editions), tuple(changes))]

    def _change(
        self,
        owner: dict[str, Any],
        thread: str,
        before: tuple[str, str, Version, Statement] | None,
        one: tuple[str, str, Version, Statement],
    ) -> Change:
        year, key, version, statement = one
        evidence = [Evidence("new", version.sha256, statement.spans, statement.text)]
        fields: tuple[FieldChange, ...] = ()
        kind: Any = "new"
        if before is not None:
            evidence.insert(0, Evidence("old", before[2].sha256, before[3].spans, before[3].text))
            old, new = before[3].quantities[0].value, statement.quantities[0].value
            kind = "restated" if old == new else "changed"
            if old != new:
                fields = (FieldChange("value", old, new, "raised" if new > old else "lowered"),)
        cited = [(e.side, e.sha256, e.spans) for e in evidence]
        name = change_id(kind, before and before[0], year, cited, key)
        published = version.reading.published
        return Change(
            id=name,
            change=kind,
            grade="stated",
            **owner,
            commitment=thread,
            about=key,
            edition_from=before[0] if before else None,
            edition_to=year,
            fields=fields,
            evidence=tuple(evidence),
            said_on=published.value if published else None,
        )


@pytest.fixture(scope="session")
def world() -> World:
    return World()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ledger(database: str, clock: Clock) -> Iterator[Ledger]:
    with open_ledger(database, mode="demo", create=True, clock=clock) as opened:
        yield opened


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger without rows, to be copied: making one takes longer than most tests."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    open_ledger(path, mode="demo", create=True).close()
    return path
