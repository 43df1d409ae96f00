"""How work grows with the editions of a place: `python -m benchmarks.editions [PATH ...]`.

Prints what the newest report takes beside 0, 5, 10, 20 and 32 earlier ones of its own place: read, stored,
linked and compared, beside adding it to an empty ledger; and how concluding from scratch grows: the exponent
is 1 where twice the statements take twice as long. Asks the folder with the most reports among PATHS if it
has enough, else written reports of an invented district, all of one length (`benchmarks.written_reports`).
"""

from __future__ import annotations

import math
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from shutil import copyfile

from benchmarks.ledger import busy, run
from benchmarks.tracking import version_of
from benchmarks.written_reports import write_reports
from flows.inputs import Input, from_paths
from parsers.reading import Declared
from storage.ledger import open_ledger
from tracking.at_hand import let_go
from tracking.derive import derive
from tracking.memory.again import derive_again
from tracking.memory.kept import Memory
from tracking.model import Version

BESIDE = (5, 10, 20, 32)
FROM_SCRATCH = (8, 4, 2, 1)
"""An eighth of the editions to all of them, the last ones."""
TIMES = 3
"""Each is measured so often; the least counts, since other work on the machine only adds."""


def asked(paths: Sequence[Path], folder: Path) -> list[Input]:
    """The reports of one place, in the order of years."""
    folders: dict[Path, list[Input]] = defaultdict(list)
    for text in from_paths(list(paths), Declared()) if paths else ():
        folders[text.path.parent].append(text)
    most = max(folders.values(), key=len, default=[])
    if len(most) <= BESIDE[-1]:
        most = from_paths(write_reports(folder, range(1991, 1991 + 2 * BESIDE[-1])), Declared())
    return sorted(most, key=lambda text: text.path.name)


def added(texts: Sequence[Input], folder: Path) -> float:
    """Seconds to add the last of these texts to a ledger of the others."""
    full, copy = folder / "full.db", folder / "copy.db"
    open_ledger(full, create=True).close()
    if texts[:-1]:
        run(texts[:-1], full)
    seconds = []
    for _ in range(TIMES):
        copyfile(full, copy)
        seconds.append(busy(lambda: run(texts[-1:], copy)))
        copy.unlink()
    full.unlink()
    return min(seconds)


def concluded(versions: Sequence[Version]) -> float:
    """Seconds to conclude the last of these texts where the others are remembered."""
    tokens = {version.sha256: version.sha256 for version in versions}
    parts = dict(derive_again(versions[:-1], (), Memory(), tokens).written)
    return min(busy(lambda: derive_again(versions, (), Memory(parts), tokens)) for _ in range(TIMES))


def from_scratch(versions: Sequence[Version]) -> float:
    """Seconds to conclude these texts."""

    def anew() -> None:
        let_go()  # as a run does: else what is at hand of few editions, and not of many, is not worked out
        derive(versions)

    return min(busy(anew) for _ in range(TIMES))


def main(arguments: Sequence[str]) -> int:
    """Print both."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        texts = asked([Path(one) for one in arguments], folder / "reports")
        versions = [version for version in map(version_of, texts) if version is not None]
        print(f"{len(texts)} reports of {versions[0].reading.place.name}; load {os.getloadavg()[0]:.1f}")
        added(texts[-1:], folder)  # patterns and word lists
        none, alone = added(texts[-1:], folder), concluded(versions[-1:])
        print(f"  newest report added to an empty ledger: {none:.3f} s, of which concluding {alone:.3f} s")
        for beside in (n for n in BESIDE if n < len(texts)):
            cost, conclusion = added(texts[-beside - 1 :], folder), concluded(versions[-beside - 1 :])
            print(
                f"  beside {beside:2} earlier ones of its place: {cost:.3f} s, {cost / none:.2f} times; "
                f"concluding {conclusion:.3f} s"
            )
        before: tuple[int, float] | None = None
        for share in FROM_SCRATCH:
            part = versions[-(len(versions) // share) :]
            said = sum(len(version.reading.statements) for version in part)
            took = from_scratch(part)
            grown = "" if before is None else f", exponent {_exponent(before, (said, took)):.2f}"
            print(f"  {len(part):2} editions from scratch, {said:5} statements: {took:.3f} s{grown}")
            before = said, took
    return 0


def _exponent(one: tuple[int, float], more: tuple[int, float]) -> float:
    """1 where twice as many statements take twice as long, 2 where four times."""
    return math.log(more[1] / one[1]) / math.log(more[0] / one[0])


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
