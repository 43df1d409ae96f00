"""How long concluding takes: `python -m benchmarks.tracking [PATH ...]` (else the examples).

Links, editions and changes of every place of the texts, as processor time, beside reading the same texts (the
floor: who has read a text once has to do no less); how it grows with the number of texts of one place; and
what one text more takes where the others are remembered, neither reading nor storing counted.
"""

from __future__ import annotations

import hashlib
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks.places import PROCESSES
from benchmarks.reading import EXAMPLES
from flows.inputs import Input, from_paths
from parsers.read import read
from parsers.reading import Declared
from parsers.refusal import Refused
from tracking.derive import derive
from tracking.memory.again import derive_again
from tracking.memory.kept import Memory
from tracking.model import Version


def version_of(text: Input) -> Version | None:
    """A text as tracking gets it; None for one that cannot be read."""
    try:
        content = text.content()
        reading = read(content, text.path.name, text.declared())
    except Refused:
        return None
    return Version(hashlib.sha256(content).hexdigest(), text.given, reading)


def timed(texts: Sequence[Input]) -> tuple[int, float, float]:
    """(texts, seconds to read them, seconds to conclude) of the texts of one folder, place by place."""
    begun = time.process_time()
    places: dict[str, list[Version]] = defaultdict(list)
    for version in map(version_of, texts):
        if version is not None:
            places[version.reading.place.code].append(version)
    read_in = time.process_time() - begun
    begun = time.process_time()
    for versions in places.values():
        derive(versions)
    return sum(map(len, places.values())), read_in, time.process_time() - begun


def one_more(versions: Sequence[Version]) -> float:
    """Seconds of processor time for the middle one of these texts, where the others are remembered."""
    new = versions[len(versions) // 2]
    tokens = {version.sha256: version.sha256 for version in versions}
    others = [version for version in versions if version is not new]
    memory = Memory(dict(derive_again(others, (), Memory(), tokens).written))
    begun = time.process_time()
    derive_again(versions, (), memory, tokens)
    return time.process_time() - begun


def main(arguments: Sequence[str]) -> int:
    """Print the times."""
    folders: dict[Path, list[Input]] = defaultdict(list)
    for text in from_paths([Path(one) for one in arguments] or [EXAMPLES], Declared()):
        folders[text.path.parent].append(text)
    timed(next(iter(folders.values()))[:1])  # patterns and word lists
    with ProcessPoolExecutor(PROCESSES, initializer=timed, initargs=([],)) as pool:
        done = list(pool.map(timed, folders.values(), chunksize=4))
    count, read_in, concluded = (sum(one[at] for one in done) for at in range(3))
    print(
        f"{count} texts of {len(done)} folders: read in {read_in:.1f} s, concluded in {concluded:.1f} s of "
        f"processor time, {concluded / read_in:.1f} times reading"
    )
    most = max(folders.values(), key=len)
    longest = [version for version in map(version_of, most) if version is not None]
    for share in (4, 2, 1):
        part = longest[len(longest) - len(longest) // share :]
        begun = time.process_time()
        derive(part)
        took = time.process_time() - begun
        if part:
            print(f"{len(part):3} texts of one place: {took:5.2f} s, {1000 * took / len(part):.0f} ms each")
    for some in (longest[:1], longest[: len(longest) // 4 + 1], longest):
        print(f"one text more, to {len(some) - 1:3} of its place: {one_more(some):5.2f} s")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
