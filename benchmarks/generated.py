"""Generated ledgers to ask questions of: `python -m benchmarks.generated FILE_OR_URL --entries N`.

Two whole reports of 500 promises a place, a year apart, written through the ledger's own tables. Of the
first year's promises the second report sets most on other terms and some on the same, leaves some out and
reports on some. The same number gives the same texts. A million takes some minutes of processor time.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Literal

from sqlalchemy import func, select

from parsers.reading import Clue, Declared, Place, Reading
from parsers.statement import Quantity, Statement
from parsers.text import SourceText
from storage.ledger import Ledger, open_ledger
from storage.models import Commit, CommitmentRow
from storage.runs import start_run
from storage.write import Arrival, record
from tracking.keys import change_id, commitment_id, edition_id, statement_keys
from tracking.model import Change, Commitment, Derived, Edition, Evidence, FieldChange, Member, Version

SEED = 20261120
A_PLACE = 500
"""Promises of one generated place and year."""
LEFT_OUT = SAME = FRESH = 50
"""Promises of the first year that the second leaves out or sets on the same terms; and what only it sets."""
TOLD = 100
"""Promises of the first year that the second report reports on."""
DAY = datetime(2026, 1, 1, tzinfo=UTC)
RESULT = "完成"
"""What a line of a report begins with that tells a result."""


def text_of(records: dict[str, int]) -> str:
    """Records as lines of a text."""
    return "\n".join(f"{name} {value}" for name, value in records.items())


def two_years(chance: random.Random) -> tuple[dict[str, int], dict[str, int]]:
    """What a place's reports of two years say: promises and, in the second, results by name."""
    first = {f"指标{n}": 100 + chance.randrange(10_000) for n in range(A_PLACE)}
    names = chance.sample(sorted(first), A_PLACE)
    same, told = set(names[LEFT_OUT : LEFT_OUT + SAME]), names[-TOLD:]
    gone = set(names[:LEFT_OUT])
    second = {
        name: value if name in same else max(1, value + chance.choice((-90, -7, 3, 40, 500)))
        for name, value in first.items()
        if name not in gone
    }
    second |= {f"指标{A_PLACE + n}": 100 + chance.randrange(10_000) for n in range(FRESH)}
    more = (20, 0, -60, 5)
    second |= {f"{RESULT}{name}": first[name] + more[at % 4] for at, name in enumerate(told)}
    return first, second


def arrival(place: Place, name: str, year: int, records: dict[str, int], declared: Declared) -> Arrival:
    """A text with a promise or a result a line, read without the reader: the ledger is measured, not the
    reading."""
    text, statements, at = text_of(records), [], 0
    for name_of, value in records.items():
        line = f"{name_of} {value}"
        end = at + len(line)
        told = name_of.startswith(RESULT)
        amount = Quantity(
            at + len(name_of) + 1, end, "=" if told else ">=", None, Decimal(value), None, "个", "generated"
        )
        statements.append(
            Statement(
                "result" if told else "target",
                ((at, end),),
                line,
                name_of.removeprefix(RESULT),
                (amount,),
                period=str(year - 1 if told else year),
                rule="generated",
            )
        )
        at = end + 1
    reading = reading_of(place, name, year, text, tuple(statements), declared)
    reading = replace(reading, complete=Clue(str(year), "generated"))
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


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of a text, with its key."""

    version: Version
    statement: Statement
    key: str

    @property
    def value(self) -> Decimal:
        """Its amount."""
        return self.statement.quantities[0].value

    @property
    def year(self) -> str:
        """The edition that it stands in."""
        assert self.version.reading.plan_year is not None
        return self.version.reading.plan_year.value


def compare(versions: Sequence[Version]) -> list[Derived]:
    """What each text adds to, changes of, leaves out from and reports on the one of the year before."""
    told = sorted(versions, key=lambda v: v.reading.plan_year.value if v.reading.plan_year else "")
    place = told[0].reading.place
    threads: dict[str, list[Said]] = {}
    before: dict[str, Said] = {}
    found: list[tuple[str, Said | None, Said | None, Version]] = []
    shown: list[Edition] = []
    for version in told:
        keys = statement_keys(version.sha256, version.reading.statements)
        every = [Said(version, s, key) for s, key in zip(version.reading.statements, keys, strict=True)]
        now = {one.statement.subject: one for one in every if one.statement.kind == "target"}
        for one in every:
            threads.setdefault(one.statement.subject, []).append(one)
            if one.statement.kind == "result":
                found.append(
                    (
                        _outcome(before[one.statement.subject], one),
                        before[one.statement.subject],
                        one,
                        version,
                    )
                )
        for name in sorted(before.keys() | now.keys()):
            old, new = before.get(name), now.get(name)
            found.append((_kind(old, new), old, new, version))
        assert version.reading.plan_year is not None
        year = version.reading.plan_year
        shown.append(
            Edition(
                edition_id(place.code, "district", "yearly", year.value),
                place.code,
                place.name,
                "district",
                lineage="yearly",
                period=year.value,
                documents=(version.sha256,),
                clues=(year,),
                complete=True,
                members=tuple(sorted(one.key for one in every)),
            )
        )
        before = now
    ids = {n: commitment_id(place.code, "district", ((m.key, "") for m in ms)) for n, ms in threads.items()}
    commitments = tuple(
        Commitment(
            id=ids[name],
            place_code=place.code,
            district=place.name,
            level="district",
            kind="target",
            title=name,
            subject=name,
            life="recurring",
            members=tuple(
                Member(
                    m.key,
                    m.version.sha256,
                    m.year,
                    "result" if m.statement.kind == "result" else "promise",
                    "same name",
                    1.0,
                )
                for m in of
            ),
        )
        for name, of in sorted(threads.items())
    )
    return [Derived(commitments, tuple(shown), tuple(_entry(place, ids, *one) for one in found))]


def _kind(old: Said | None, new: Said | None) -> str:
    """The kind of entry that two promises of one name make."""
    if old is None:
        return "new"
    if new is None:
        return "dropped"
    return "restated" if old.value == new.value else "changed"


def _outcome(promise: Said, result: Said) -> str:
    if result.value >= promise.value:
        return "fulfilled"
    return "missed" if int(result.value) % 2 else "reported"


def _entry(
    place: Place, ids: Mapping[str, str], kind: str, old: Said | None, new: Said | None, version: Version
) -> Change:
    """One entry of the log. version: the text that it follows from."""
    assert version.reading.plan_year is not None
    last = new or old
    assert last is not None
    sides: tuple[tuple[Literal["old", "new"], Said | None], ...] = (("old", old), ("new", new))
    cited = [(side, one) for side, one in sides if one is not None]
    evidence = tuple(
        Evidence(s, one.version.sha256, one.statement.spans, one.statement.text) for s, one in cited
    )
    fields: tuple[FieldChange, ...] = ()
    if old and new and kind == "changed":
        fields = (
            FieldChange("value", old.value, new.value, "raised" if new.value > old.value else "lowered"),
        )
    elif old and new and kind != "restated":
        fields = (FieldChange("result", old.value, new.value, None),)
    editions = (old.year if old else None, version.reading.plan_year.value)
    at = ((0, 12), (20, 32), (40, 52))
    searched = {
        "terms": [last.statement.subject],
        "nearest": [{"sha256": version.sha256, "start": start, "end": end} for start, end in at],
    }
    return Change(
        id=change_id(kind, *editions, [(e.side, e.sha256, e.spans) for e in evidence], last.key),
        change=kind,  # type: ignore[arg-type]
        grade="inferred"
        if kind == "dropped"
        else None
        if kind in ("new", "restated", "changed")
        else "stated",
        place_code=place.code,
        district=place.name,
        level="district",
        commitment=ids[last.statement.subject],
        about=last.key,
        edition_from=editions[0],
        edition_to=editions[1],
        fields=fields,
        evidence=evidence,
        said_on=editions[1],
        searched=searched if kind == "dropped" else None,
    )


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
        records, later = two_years(chance)
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


def sampled(ledger: Ledger, asked: int = 100) -> Sample:
    """The same of a ledger that was filled before, by what it holds."""
    chance = random.Random(SEED)
    with ledger.reading() as connection:
        last = connection.execute(select(func.max(Commit.seq))).scalar_one()
        then = connection.execute(select(Commit.recorded_at).where(Commit.seq == last // 2 + 1)).scalar_one()
        early = CommitmentRow.commit_seq <= last // 3 + 1
        names = connection.execute(select(CommitmentRow.district).where(early).distinct()).scalars().all()
        districts = chance.sample(sorted(names), min(asked, len(names)))
        ids: list[str] = []
        for district in districts:
            one = select(CommitmentRow.id).where(CommitmentRow.district == district)
            ids += connection.execute(one.offset(chance.randrange(A_PLACE)).limit(1)).scalars().all()
    return Sample(ids, districts, then, date(2026, 12, 31))


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
