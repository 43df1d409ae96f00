"""How fast texts are read: `python -m benchmarks.reading [FOLDER]` (without one: the examples, repeated).

Prints seconds, MB/s and peak memory of reading all texts on one core, the ratio to a bare scan of the
same texts for numbers with a unit, the gain of two processes, and how time grows with length (1 is linear).
"""

from __future__ import annotations

import math
import re
import resource
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from flows.inputs import from_paths
from flows.sidefile import declared_for
from parsers.read import read
from parsers.reading import Declared
from parsers.refusal import Refused

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
REPEATED = 100
BARE = re.compile(
    r"(?:\d[\d,]*(?:\.\d+)?|[一二三四五六七八九十百千]+)[余多]?[万亿千百]{0,2}[%个家件项处户人套所公平亩元吨]"
)

Text = tuple[bytes, str, Declared]


def load(paths: Sequence[Path], times: int) -> list[Text]:
    """All texts below the paths with what is declared of them."""
    inputs = from_paths(paths, Declared())
    found = [(i.path.read_bytes(), i.path.name, declared_for(i.path, Declared())) for i in inputs]
    return found * times


def read_all(texts: Sequence[Text]) -> int:
    """Read texts one after the other; how many statements they hold."""
    statements = 0
    for content, name, declared in texts:
        try:
            statements += len(read(content, name, declared, placed=False).statements)
        except Refused:
            continue
    return statements


def scan_all(texts: Sequence[Text]) -> int:
    """The floor: decode and look for numbers with a unit, nothing else."""
    return sum(len(BARE.findall(content.decode("utf-8", "replace"))) for content, _, _ in texts)


def two_processes(texts: Sequence[Text]) -> None:
    """The same with two processes, in chunks."""
    chunks = [texts[i : i + 20] for i in range(0, len(texts), 20)]
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(read_all, chunks))


def seconds(work: partial[object], best_of: int = 1) -> float:
    """The best time that a piece of work took."""
    times = []
    for _ in range(best_of):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def slope(text: str, sizes: Sequence[int]) -> float:
    """The exponent by which time grows with length, fitted over texts made of the same one repeated."""
    points = []
    for size in sizes:
        content = (text * (size // len(text) + 1))[:size].encode()
        points.append(
            (math.log(size), math.log(seconds(partial(read_all, [(content, "long.txt", Declared())]))))
        )
    mean_x, mean_y = (sum(values) / len(points) for values in zip(*points, strict=True))
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / sum((x - mean_x) ** 2 for x, _ in points)


def main(arguments: Sequence[str]) -> None:
    """Measure and print."""
    paths = [Path(argument) for argument in arguments]
    texts = load(paths or [EXAMPLES], 1 if paths else REPEATED)
    size = sum(len(content) for content, _, _ in texts) / 1e6
    read_all(texts[:5])  # compile patterns, load word lists
    one = seconds(partial(read_all, texts))
    floor = seconds(partial(scan_all, texts), best_of=3)
    two = seconds(partial(two_processes, texts))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    longest = max(
        (c.decode("utf-8", "replace") for c, name, _ in texts if name.endswith((".txt", ".md"))), key=len
    )
    print(f"{len(texts)} texts, {size:.1f} MB: {one:.2f} s, {size / one:.2f} MB/s, peak {memory:.0f} MB")
    print(f"bare scan {floor:.3f} s: reading takes {one / floor:.1f} times as long")
    print(f"two processes {two:.2f} s: {one / two:.2f} times as fast")
    print(f"time grows with length to the power of {slope(longest, (100_000, 300_000, 1_000_000)):.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
