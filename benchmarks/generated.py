"""Generated ledgers to ask questions of: `python -m benchmarks.generated FILE_OR_URL --entries N`.

Two years of 500 promises a place, written through the ledger's own tables: half of the entries are `new` and
half `changed`. The same number gives the same texts. A million takes some minutes of processor time.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256

from parsers.reading import Clue, Declared, Place, Reading
from parsers.statement import Quantity, Statement
from parsers.text import SourceText
from storage.ledger import Ledger, open_ledger
from storage.runs import start_run
from storage.write import Arrival, record
from tracking.keys import change_id, commitment_id, edition_id, statement_keys
from tracking.model import Change, Commitment, Derived, Edition, Evidence, FieldChange, Member, Version

SEED = 20261120
A_PLACE = 500
"""Promises of one generated place and year."""
DAY = datetime(2026, 1, 1, tzinfo=UTC)


def text_of(records: dict[str, int]) -> str:
    """Records as lines of a text."""
    return "\n".join(f"{name} {value}" for name, value in records.items())


def arrival(place: Place, name: str, year: int, records: dict[str, int], declared: Declared) -> Arrival:
    """A text with a promise a line, read without the reader: the ledger is measured, not the reading."""
    text, statements, at = text_of(records), [], 0
    for name_of, value in records.items():
        line = f"{name_of} {value}"
        end = at + len(line)
        amount = Quantity(at + len(name_of) + 1, end, ">=", None, Decimal(value), None, "个", "generated")
        statements.append(
            Statement("target", ((at, end),), line, name_of, (amount,), period=str(year), rule="generated")
        )
        at = end + 1
    reading = reading_of(place, name, year, text, tuple(statements), declared)
    return Arrival("generated", name, text.encode(), DAY + timedelta(days=year), reading, declared)


def reading_of(
    place: Place, name: str, year: int, text: str, statements: tuple[Statement, ...], declared: Declared
) -> Reading:
    """The reading of a generated text."""
    said = Clue(str(year), "generated")
    return Reading(
        source=SourceText(text, "utf-8", "utf-8", "text"),
        body_sha256=sha256(text.encode()).hexdigest(),
        title=name,
        published=said,
        plan_year=said,
        type="report",
        rights="official",
        place=place,
        place_clue=Clue(place.name, "generated"),
        level="district",
        issuer="government",
        authority="report",
        speaker=None,
        statements=statements,
        declared=declared,
    )


def compare(versions: Sequence[Version]) -> list[Derived]:
    """What each text adds to, changes of and leaves out from the one of the year before."""
    told = sorted(versions, key=lambda v: int(v.reading.plan_year.value) if v.reading.plan_year else 0)
    place = told[0].reading.place
    owner = {"place_code": place.code, "district": place.name, "level": "district"}
    threads: dict[str, list[tuple[str, Version, str]]] = {}
    before: dict[str, tuple[Version, Statement, str]] = {}
    found: list[Change] = []
    shown: list[Edition] = []
    first: dict[str, str] = {}
    for version in told:
        assert version.reading.plan_year is not None
        year = version.reading.plan_year.value
        now = {}
        keys = statement_keys(version.sha256, version.reading.statements)
        for key, s in zip(keys, version.reading.statements, strict=True):
            now[s.subject] = (version, s, key)
            first.setdefault(s.subject, key)
            threads.setdefault(s.subject, []).append((year, version, key))
        for name in sorted(before.keys() | now.keys()):
            old, new = before.get(name), now.get(name)
            if old and new and old[1].quantities[0].value == new[1].quantities[0].value:
                continue
            kind = "new" if old is None else "dropped" if new is None else "changed"
            sides = [(s, t) for s, t in (("old", old), ("new", new)) if t is not None]
            evidence = tuple(Evidence(s, t[0].sha256, t[1].spans, t[1].text) for s, t in sides)  # type: ignore[arg-type]
            about = sides[-1][1][2]
            differing: tuple[FieldChange, ...] = ()
            if old and new:
                pair = (old[1].quantities[0].value, new[1].quantities[0].value)
                differing = (FieldChange("value", *pair, "raised" if pair[1] > pair[0] else "lowered"),)
            cited = [(e.side, e.sha256, e.spans) for e in evidence]
            found.append(
                Change(
                    id=change_id(kind, None, year, cited, about),
                    change=kind,  # type: ignore[arg-type]
                    grade="inferred",
                    **owner,  # type: ignore[arg-type]
                    commitment=name,
                    about=about,
                    edition_from=None,
                    edition_to=year,
                    fields=differing,
                    evidence=evidence,
                    said_on=year,
                )
            )
        members = tuple(sorted(key for _, _, key in now.values()))
        shown.append(
            Edition(
                edition_id(place.code, "district", "yearly", year),
                **owner,  # type: ignore[arg-type]
                lineage="yearly",
                period=year,
                documents=(version.sha256,),
                clues=(version.reading.plan_year,),
                members=members,
            )
        )
        before = now
    ids = {n: commitment_id(place.code, "district", ((k, "") for _, _, k in ms)) for n, ms in threads.items()}
    commitments = tuple(
        Commitment(
            id=ids[name],
            **owner,  # type: ignore[arg-type]
            kind="target",
            title=name,
            subject=name,
            life="recurring",
            members=tuple(Member(k, v.sha256, y, "promise", "same name", 1.0) for y, v, k in of),
        )
        for name, of in sorted(threads.items())
    )
    filed = []
    for change in found:
        values = {f: getattr(change, f) for f in change.__dataclass_fields__}
        filed.append(Change(**{**values, "commitment": ids[change.commitment]}))
    return [Derived(commitments, tuple(shown), tuple(filed))]


@dataclass(frozen=True)
class Sample:
    """What to ask of a filled ledger. then: a past moment at which all that is asked for was known."""

    commitments: list[str]
    districts: list[str]
    then: datetime
    day: date


def fill(ledger: Ledger, entries: int, asked: int = 100) -> Sample:
    """Write places with two years of promises each, until the log has so many entries."""
    chance = random.Random(SEED)
    begun = start_run(ledger, kind="run", parser_version="generated")
    known: list[str] = []
    written = number = 0
    districts: list[str] = []

    def derive(versions: Sequence[Version]) -> list[Derived]:
        derived = compare(versions)
        known.extend(c.id for c in derived[0].commitments[:: A_PLACE // 2])
        return derived

    then = ledger.clock()
    while written < entries:
        place = Place(f"{number:06}", f"示例省示例市示例{number}区", "district")
        records = {f"指标{n}": chance.randrange(10_000) for n in range(A_PLACE)}
        later = {name: value + 1 for name, value in records.items()}
        declared = Declared(district=place.name)
        some = [
            arrival(place, f"{number}/{year}.txt", year, told, declared)
            for year, told in ((2025, records), (2026, later))
        ]
        written += record(ledger, begun, some, derive).changes.total()
        districts.append(place.name)
        number += 1
        if written <= entries // 2:
            then = ledger.clock()
    half = len(districts) // 3
    return Sample(
        chance.sample(known[: half or 1], min(asked, half or 1)),
        chance.sample(districts[: half or 1], min(asked, half or 1)),
        then,
        date(2026, 12, 31),
    )


def main(arguments: Sequence[str]) -> None:
    """Make a ledger, and say what to ask of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("ledger", metavar="FILE_OR_URL")
    parser.add_argument("--entries", type=int, default=1_000_000)
    told = parser.parse_args(arguments)
    with open_ledger(told.ledger, create=True) as ledger:
        sample = fill(ledger, told.entries)
    print(f"commitment {sample.commitments[0]}, district {sample.districts[0]}, known at {sample.then}")


if __name__ == "__main__":
    main(sys.argv[1:])
