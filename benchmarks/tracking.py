"""How long tracking takes: `python -m benchmarks.tracking FOLDER`.

FOLDER is the corpus. Prints the time to conclude anew on every place (two processes, reading not counted),
how it grows with the number of editions of one place, and the time for one new report among many.
"""

from __future__ import annotations

import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks.places import PROCESSES, by_length, place_folders, versions_of
from tracking.derive import derive


def timed(folder: Path) -> tuple[int, float]:
    """(texts, seconds of processor time) of one place."""
    versions = versions_of(folder)
    start = time.process_time()
    derive(versions)
    return len(versions), time.process_time() - start


def main() -> int:
    """Print the times."""
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    corpus = Path(sys.argv[1])
    with ProcessPoolExecutor(PROCESSES) as pool:
        done = list(pool.map(timed, place_folders(corpus), chunksize=4))
    texts, seconds = sum(n for n, _ in done), sum(s for _, s in done)
    print(f"{texts} reports of {len(done)} places: {seconds:.1f} s of processor time,")
    print(f"{seconds / PROCESSES:.1f} s on {PROCESSES} cores")
    longest = versions_of(by_length(corpus)[max(by_length(corpus))][0])
    for share in (4, 2, 1):
        part = longest[len(longest) - len(longest) // share :]
        start = time.process_time()
        derive(part)
        took = time.process_time() - start
        print(f"{len(part):3} editions of one place: {took:5.2f} s, {1000 * took / len(part):.0f} ms each")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
