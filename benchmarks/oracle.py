"""Versions of keyed records whose changes the generator knows: `python -m benchmarks.oracle`.

The ledger is given 200 versions of 500 records, a version a year, and must hold exactly the entries that the
generator made: read back from its tables, not from what was handed to it. What the benchmark itself takes to
make statements and to compare versions is told beside the ledger's time and is no part of it. Then, where it
is installed (`pip install git-history==0.8` anywhere; GIT_HISTORY names its program), the same versions as a
git repository go through git-history.
"""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TypeVar, overload

from benchmarks.generated import DAY, reading_of, text_of
from parsers.reading import Declared, Place, Reading
from parsers.statement import Quantity, Span, Statement
from storage.ledger import Ledger, open_ledger
from storage.models import ChangeRow, CommitmentRow
from storage.queries.facts import standing
from storage.runs import start_run
from storage.selecting import horizon
from storage.write import Arrival, record
from tracking.keys import change_id, commitment_id, edition_id
from tracking.model import Change, Commitment, Derived, Edition, Evidence, FieldChange, Member, Version

SEED = 20261120
VERSIONS, RECORDS = 200, 500
FIRST = 2000
PLACE = Place("990101", "示例省示例市示例区", "district")
T = TypeVar("T")
Entry = tuple[str, str, str]
"""Edition, kind of change, name of the record."""


def generate(versions: int, records: int) -> tuple[list[dict[str, int]], Counter[Entry]]:
    """The records of each version, and the entries that follow: 10 changed, 2 gone, 2 new a version."""
    chance = random.Random(SEED)
    held = {f"记录{n}": chance.randrange(10_000) for n in range(records)}
    wanted: Counter[Entry] = Counter((str(FIRST), "new", name) for name in held)
    told = [dict(held)]
    fresh = records
    for year in range(FIRST + 1, FIRST + versions):
        names = chance.sample(sorted(held), 12)
        for name in names[:10]:
            held[name] += 1 + chance.randrange(100)
            wanted[str(year), "changed", name] += 1
        for name in names[10:]:
            del held[name]
            wanted[str(year), "dropped", name] += 1
        for _ in range(2):
            held[f"记录{fresh}"] = chance.randrange(10_000)
            wanted[str(year), "new", f"记录{fresh}"] += 1
            fresh += 1
        told.append(dict(held))
    return told, wanted


class Watch:
    """Seconds on the wall and of the processor, of what is done inside."""

    def __init__(self) -> None:
        self.wall = self.busy = 0.0

    def __enter__(self) -> None:
        self.wall -= time.perf_counter()
        self.busy -= time.process_time()

    def __exit__(self, *_: object) -> None:
        self.wall += time.perf_counter()
        self.busy += time.process_time()

    def over(self, given: Iterator[T]) -> Iterator[T]:
        """The same, counting what it takes to make each."""
        nothing = object()
        while True:
            with self:
                one = next(given, nothing)
            if one is nothing:
                return
            yield one  # type: ignore[misc]


OWN = Watch()
"""What the benchmark takes for what a reader and a comparison would do, while the ledger works."""


class Records(Sequence[Statement]):
    """The statements of a text of records, made when they are asked for: 100,000 at once are 90 MB."""

    def __init__(self, text: str, year: int) -> None:
        self.text, self.year = text, str(year)
        self._count = text.count("\n") + 1

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Statement: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Statement]: ...
    def __getitem__(self, at: int | slice) -> Statement | Sequence[Statement]:
        return list(self)[at]

    def __iter__(self) -> Iterator[Statement]:
        with OWN:
            made = list(self._made())
        return iter(made)

    def _made(self) -> Iterator[Statement]:
        for name, value, span in lines_of(self.text):
            amount = Quantity(
                span[0] + len(name) + 1, span[1], ">=", None, Decimal(value), None, "个", "generated"
            )
            words = self.text[span[0] : span[1]]
            yield Statement("target", (span,), words, name, (amount,), period=self.year, rule="generated")


def lines_of(text: str) -> Iterator[tuple[str, str, Span]]:
    """Name, value and place of each record of a text."""
    at = 0
    for line in text.split("\n"):
        name, _, value = line.partition(" ")
        yield name, value, (at, at + len(line))
        at += len(line) + 1


def arrivals(told: Sequence[dict[str, int]]) -> Iterator[Arrival]:
    """The versions as texts of one place, a year each."""
    declared = Declared(district=PLACE.name)
    for number, records in enumerate(told):
        text, year = text_of(records), FIRST + number
        read = reading_of(PLACE, f"{number}.txt", year, text, (), declared)
        reading: Reading = replace(read, statements=Records(text, year))  # type: ignore[arg-type]
        day = DAY + timedelta(days=year)
        yield Arrival("generated", f"{number}.txt", text.encode(), day, reading, declared)


def compare(versions: Sequence[Version]) -> Iterator[Derived]:
    """What each text adds to, changes of and leaves out from the one of the year before; a thread a name."""
    told = sorted(versions, key=lambda v: _year(v))
    threads: dict[
        str, tuple[int, list[str]]
    ] = {}  # a record is told from its first version on, without a gap
    before: dict[str, tuple[Version, Span, str, str]] = {}
    changes: list[tuple[str, str, str, list[tuple[str, Version, Span, str, str]]]] = []
    for position, version in enumerate(told):
        year = _year(version)
        now = {}
        for name, value, span in lines_of(version.reading.source.text):
            key = sha256(f'["{version.sha256}",[[{span[0]},{span[1]}]],"target",0]'.encode()).hexdigest()
            now[name] = (version, span, value, key)
            threads.setdefault(name, (position, []))[1].append(key)
        for name in before.keys() | now.keys():
            old, new = before.get(name), now.get(name)
            if old and new and old[2] == new[2]:
                continue
            kind = "new" if old is None else "dropped" if new is None else "changed"
            sides = [(side, *one) for side, one in (("old", old), ("new", new)) if one is not None]
            changes.append((kind, year, name, sides))
        members = tuple(sorted(key for _, _, _, key in now.values()))
        assert version.reading.plan_year is not None
        yield Derived(
            editions=(
                Edition(
                    edition_id(PLACE.code, "district", "yearly", year),
                    PLACE.code,
                    PLACE.name,
                    "district",
                    "yearly",
                    year,
                    (version.sha256,),
                    (version.reading.plan_year,),
                    members=members,
                ),
            )
        )
        before = now
    ids = {}
    for name, (first, of) in sorted(threads.items()):
        ids[name] = commitment_id(PLACE.code, "district", ((key, "") for key in of))
        found = tuple(
            Member(key, told[at].sha256, _year(told[at]), "promise", "same name", 1.0)
            for at, key in enumerate(of, first)
        )
        owner = (PLACE.code, PLACE.name, "district")
        yield Derived((Commitment(ids[name], *owner, "target", name, name, "recurring", found),))  # type: ignore[arg-type]
    for kind, year, name, sides in changes:
        yield Derived(changes=(_entry(kind, year, ids[name], sides),))


def _year(version: Version) -> str:
    assert version.reading.plan_year is not None
    return version.reading.plan_year.value


def _entry(kind: str, year: str, commitment: str, sides: list[tuple[str, Version, Span, str, str]]) -> Change:
    cited = [(side, version.sha256, (span,)) for side, version, span, _, _ in sides]
    fields: tuple[FieldChange, ...] = ()
    if kind == "changed":
        pair = Decimal(sides[0][3]), Decimal(sides[1][3])
        fields = (FieldChange("value", *pair, "raised" if pair[1] > pair[0] else "lowered"),)
    evidence = tuple(
        Evidence(side, v.sha256, (span,), v.reading.source.text[span[0] : span[1]])  # type: ignore[arg-type]
        for side, v, span, _, _ in sides
    )
    return Change(
        change_id(kind, None, year, cited, sides[-1][4]),
        kind,  # type: ignore[arg-type]
        "inferred",
        PLACE.code,
        PLACE.name,
        "district",
        commitment,
        sides[-1][4],
        None,
        year,
        fields,
        evidence,
        year,
    )


def read_back(ledger: Ledger) -> Counter[Entry]:
    """The entries that the ledger's own rows hold."""
    with ledger.reading() as connection:
        upto = horizon(connection, None)
        titles = {row.id: row.title for row in connection.execute(standing(CommitmentRow, upto))}
        rows = connection.execute(standing(ChangeRow, upto))
        return Counter((row.edition_to, row.change, titles[row.commitment]) for row in rows)


def ours(path: Path, told: Sequence[dict[str, int]], wanted: Counter[Entry]) -> float:
    """Versions a second, durably stored; prints whether all entries are right."""
    with open_ledger(path, create=True) as ledger:
        run = start_run(ledger, kind="run", parser_version="generated")
        given, whole = list(arrivals(told)), Watch()
        with whole:
            record(ledger, run, given, lambda versions: OWN.over(compare(versions)))  # type: ignore[arg-type]
        took, worked = whole.wall - OWN.wall, whole.busy - OWN.busy
        found = read_back(ledger)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"oracle (seed {SEED}): {len(told)} versions of {len(told[0])} records, {found.total()} entries read "
        f"back, {'all right' if found == wanted else 'WRONG'}; {len(told) / took:.0f} versions/s in one "
        f"durable commit ({len(told) / worked:.0f} a second of processor time; {worked:.1f} s, beside "
        f"{OWN.busy:.1f} s of the benchmark's own), peak {memory:.0f} MiB; load {os.getloadavg()[0]:.1f}"
    )
    return len(told) / took


def theirs(folder: Path, told: Sequence[dict[str, int]]) -> None:
    """The same versions through git-history, where it is at hand."""
    program = shutil.which(os.environ.get("GIT_HISTORY", "git-history"))
    if program is None:
        print("  git-history is not installed: nothing to set beside it (see benchmarks/oracle.py)")
        return
    repository = folder / "repository"
    repository.mkdir()
    git = partial(subprocess.run, cwd=repository, check=True, capture_output=True)
    who = {"GIT_AUTHOR_NAME": "o", "GIT_AUTHOR_EMAIL": "o@example.org"}
    who |= {key.replace("AUTHOR", "COMMITTER"): value for key, value in who.items()}
    git(["git", "init", "-q", "-b", "main"])
    for number, records in enumerate(told):
        items = [{"id": name, "value": value} for name, value in records.items()]
        (repository / "records.json").write_text(json.dumps(items, ensure_ascii=False), encoding="utf-8")
        when = {f"GIT_{who_}_DATE": f"{1_700_000_000 + number} +0000" for who_ in ("AUTHOR", "COMMITTER")}
        git(["git", "add", "."])
        git(["git", "commit", "-qm", str(number)], env={**os.environ, **who, **when})
    for more in ((), ("--wal", "--full-versions")):
        made = folder / f"history{len(more)}.db"
        command = [program, "file", str(made), "records.json", "--id", "id", "--silent", *more]
        begun, worked = time.perf_counter(), _of_children()
        done = subprocess.run(command, cwd=repository, capture_output=True, text=True)
        took, worked = time.perf_counter() - begun, _of_children() - worked
        if done.returncode:
            print(f"  git-history failed: {done.stderr.strip().splitlines()[-1:]}")
            continue
        how = " ".join(more) or "by default"
        each = f"{len(told) / took:.1f} versions/s ({len(told) / worked:.1f} a second of processor time)"
        print(f"  git-history {how}: {each}; it knows no drop")


def _of_children() -> float:
    """Processor seconds of all processes that were started and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Both, one after the other."""
    told, wanted = generate(VERSIONS, RECORDS)
    with tempfile.TemporaryDirectory() as name:
        ours(Path(name) / "oracle.db", told, wanted)
        theirs(Path(name), told)


if __name__ == "__main__":
    main()
