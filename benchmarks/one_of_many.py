"""What adding one report costs a ledger of many: `python -m benchmarks.one_of_many [FOLDER ...] [--hold N]`.

N reports are held back, drawn with a seed from all, ordered by how many editions their place has, so that
places with few and with many are among them. Each is added to a copy of the ledger that the others make, and
to an empty ledger, both at the same parser version; as a person does it (`duixian run --direct FILE`, all of
its process), and the work alone, from reading to the commit, in a process that has read and written before.
Of each the least of three counts. Prints both and their ratio: the median report's and the worst. With
`--ledger FILE` the ledger of the others is kept there and used again.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from shutil import copyfile

from benchmarks.ledger import run
from benchmarks.reading import EXAMPLES
from flows.inputs import Input, from_paths
from parsers.reading import Declared
from storage.ledger import open_ledger

HOLD = 12
"""At most, and a tenth of the texts."""
TIMES = 3
SEED = 800


@dataclass(frozen=True)
class Took:
    """Seconds: of the processor, and on the wall."""

    busy: float
    wall: float

    def beside(self, none: Took) -> tuple[float, float]:
        """How many times as long as with nothing beside it."""
        return self.busy / none.busy, self.wall / none.wall


def held_back(texts: Sequence[Input], number: int, seed: int = SEED) -> list[Input]:
    """So many texts: one from each of as many equal parts of all, ordered by the editions of their place."""
    chance = random.Random(seed)
    editions = Counter(text.path.parent for text in texts)
    ordered = sorted(texts, key=lambda text: (editions[text.path.parent], str(text.path)))
    cuts = [len(ordered) * part // number for part in range(number + 1)]
    return [chance.choice(ordered[start:end]) for start, end in pairwise(cuts) if start < end]


def as_a_person_does(text: Input, ledger: Path) -> Took:
    """The command, from the start of its process to the end."""
    command = [sys.executable, "-m", "flows.cli.app", "run", "--direct", "--db", str(ledger), str(text.path)]
    environment = {**os.environ, "DUIXIAN_VAR": str(ledger.parent / "var")}
    return took(
        lambda: subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL),
        resource.RUSAGE_CHILDREN,
    )


def the_work(text: Input, ledger: Path) -> Took:
    """From reading to the commit."""
    return took(lambda: run([text], ledger), resource.RUSAGE_SELF)


def took(work: Callable[[], object], whose: int) -> Took:
    """What something takes of the processor in this process or the one that it starts, and on the wall."""
    before, began = resource.getrusage(whose), time.perf_counter()
    work()
    wall, after = time.perf_counter() - began, resource.getrusage(whose)
    return Took(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall)


def least(work: Callable[[Input, Path], Took], text: Input, full: Path, folder: Path) -> Took:
    """The least of three times, each on a copy of the same ledger."""
    copy, found = folder / "copy.db", []
    for _ in range(TIMES):
        copyfile(full, copy)
        found.append(work(text, copy))
        copy.unlink()
    return Took(min(one.busy for one in found), min(one.wall for one in found))


def measured(
    what: str,
    work: Callable[[Input, Path], Took],
    texts: Sequence[tuple[Input, int]],
    ledgers: tuple[Path, Path],
    folder: Path,
) -> None:
    """Measure each report both ways and print. texts: with the number of other editions of their place.
    ledgers: the empty one, the full one."""
    empty, full = ledgers
    work(texts[0][0], _copied(empty, folder))  # patterns and word lists, and the system's own memory of files
    ratios = []
    print(f"{what}; load {os.getloadavg()[0]:.1f}")
    for text, others in texts:
        none, many = least(work, text, empty, folder), least(work, text, full, folder)
        ratios.append(many.beside(none))
        print(
            f"  {text.path.stem[:40]}, {others} others of its place: {none.busy:.2f} s ({none.wall:.2f}) "
            f"to none, {many.busy:.2f} s ({many.wall:.2f}), {ratios[-1][0]:.2f} times ({ratios[-1][1]:.2f})",
            flush=True,
        )
    for name, number in (("median", statistics.median), ("worst", max)):
        busy, wall = (number([one[part] for one in ratios]) for part in (0, 1))
        print(f"  {name}: {busy:.2f} times of the processor, {wall:.2f} on the wall", flush=True)


def _copied(ledger: Path, folder: Path) -> Path:
    return Path(copyfile(ledger, folder / "warm.db"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--hold", type=int, default=HOLD, help="how many reports are held back")
    parser.add_argument("--ledger", type=Path, help="keep the ledger of the others here, or use it")
    asked = parser.parse_args(arguments)
    texts = from_paths(asked.paths or [EXAMPLES], Declared())
    held = held_back(texts, max(1, min(asked.hold, len(texts) // 10)))
    others = [text for text in texts if text not in held]
    beside = Counter(text.path.parent for text in others)
    with tempfile.TemporaryDirectory(prefix="duixian-bench-") as name:
        folder = Path(name)
        empty, full = folder / "empty.db", asked.ledger or folder / "full.db"
        open_ledger(empty, create=True).close()
        if not full.exists():
            full.parent.mkdir(parents=True, exist_ok=True)
            filled = took(lambda: run(others, full), resource.RUSAGE_SELF)
            print(f"a ledger of {len(others)} texts made in {filled.wall:.0f} s")
        chosen = [(text, beside[text.path.parent]) for text in held]
        print(f"{len(held)} texts, each added to none and to {len(others)}: processor (wall)")
        measured("as a person does it, from start to end", as_a_person_does, chosen, (empty, full), folder)
        measured("the work, from reading to the commit", the_work, chosen, (empty, full), folder)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
