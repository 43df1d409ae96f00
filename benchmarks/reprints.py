"""Copies of one text among real ones, and of real ones: `python -m benchmarks.reprints FOLDER [--copies N]`.

FOLDER is the corpus (reports/LEVEL/PLACE/YEAR.md; other folders with .md and .txt files are read as news).
Prints the pairs that are told as one text where each text stands under its own place and year, and where all
are filed under one place and one year, which takes away what keeps yearly reports apart. Then makes copies of
N reports, as a page with other things round it, typed anew, a paragraph short, with another figure, and
counts what is told of them. Last, by figures alone: which pairs of real texts would be told as one text under
two places, and how many of the copies are, were they filed under another.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from hashlib import sha256
from html import escape
from pathlib import Path

from benchmarks.places import PROCESSES, place_folders, versions_of
from parsers.read import read
from parsers.reading import Clue, Declared, Place
from parsers.refusal import Refused
from tracking.likeness import figures, same_figures
from tracking.model import Version
from tracking.reprints import Reprints, told_once

SEED = 20261121
ONE = Place("999903", "云川市澄湖区", "district")
PAGE = (
    "<html><head><title>转载</title></head><body><ul><li>首页</li><li>要闻</li><li>专题</li></ul>"
    "<div class='article'>{body}</div><p>相关阅读</p><p>责任编辑：某某</p><p>版权所有</p></body></html>"
)
_FIGURE = re.compile(r"(?<=增长)\d{1,2}(?=(?:\.\d+)?%)")


def news_in(corpus: Path) -> list[Version]:
    """All other texts of the corpus that can be read, under the place that they name."""
    found = []
    for path in sorted([*corpus.glob("*/*.txt"), *corpus.glob("[!r]*/*/*.md")]):
        content = path.read_bytes()
        try:
            reading = read(content, path.name, placed=False)
        except Refused:
            continue
        found.append(Version(sha256(content).hexdigest(), str(path.relative_to(corpus)), reading))
    return found


def together(versions: Iterable[Version]) -> list[Version]:
    """The texts as if all were of one place, level and year."""
    year = Clue("2019", "declared")
    return [
        replace(v, reading=replace(v.reading, place=ONE, level="district", plan_year=year, slogans=()))
        for v in versions
    ]


def pairs(found: Reprints) -> list[str]:
    """One line a pair: the copy, its text, how many statements it has and how many of its own."""
    return [
        f"  {found.every[sha].document} = {found.every[copy.of].document}: "
        f"{len(found.every[sha].reading.statements)} statements, {copy.other} of its own"
        for sha, copy in sorted(found.copies.items())
    ]


def copies_of(version: Version) -> dict[str, Version | None]:
    """Copies of a report at other addresses, by what was done to it; None where that cannot be done."""
    words = version.reading.source.text
    lines = [line for line in words.splitlines() if line.strip() and not line.startswith("---")]
    wide = str.maketrans({"，": ",", "：": ":", "；": ";", "（": "(", "）": ")", "％": "%"})
    longest = max(lines, key=len)
    figure = _FIGURE.search(words)
    made: dict[str, tuple[str, str] | None] = {
        "a page": (PAGE.format(body="".join(f"<p>{escape(line)}</p>" for line in lines)), "copy.html"),
        "typed anew": (words.translate(wide), "copy.txt"),
        "a paragraph short": (
            "\n\n".join(line for line in lines if line != longest),
            "copy.txt",
        ),
        "another figure": (
            (words[: figure.start()] + "97" + words[figure.end() :], "copy.txt") if figure else None
        ),
    }
    return {how: None if one is None else _read_as(version, *one, how) for how, one in made.items()}


def _read_as(version: Version, words: str, name: str, how: str) -> Version:
    own = version.reading
    year = own.plan_year.value if own.plan_year else None
    declared = Declared(own.place.name, own.level, year, type="report")
    reading = read(words.encode(), name, declared)
    reading = replace(reading, plan_year=own.plan_year, published=own.published)
    return Version(sha256(f"{how}{words}".encode()).hexdigest(), f"{version.document} {how}", reading)


def told_of(version: Version) -> list[tuple[str, str, int, int, bool]]:
    """(what was done, what is told, statements, of its own, found under another place) by copy."""
    rows = []
    for how, copy in copies_of(version).items():
        if copy is None:
            continue
        found = told_once([version, copy]).copies
        one = next(iter(found.values()), None)
        told = "another text" if one is None else "differs" if one.other else "one text"
        elsewhere = same_figures(*(figures(v.reading.source.text) for v in (version, copy)))
        rows.append((how, told, len(copy.reading.statements), one.other if one else 0, elsewhere))
    return rows


def by_figures(versions: Sequence[Version]) -> list[tuple[Version, Version]]:
    """Pairs of texts that would be told as one, were they filed under two places."""
    sketches = [figures(version.reading.source.text) for version in versions]
    holding: dict[int, list[int]] = defaultdict(list)
    for number, sketch in enumerate(sketches):
        for part in sketch:
            holding[part].append(number)
    near = {(a, b) for own in holding.values() for a in own for b in own if a < b}
    return [(versions[a], versions[b]) for a, b in sorted(near) if same_figures(sketches[a], sketches[b])]


def _report(name: str, versions: Sequence[Version]) -> None:
    found = told_once(versions)
    print(f"{name}: {len(versions)} texts, {len(found.copies)} pairs")
    print("\n".join(pairs(found)))


def main() -> int:
    """Print pairs and counts."""
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        prog="benchmarks.reprints",
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--copies", type=int, default=60, metavar="N")
    given = parser.parse_args()
    with ProcessPoolExecutor(PROCESSES) as pool:
        reports = [v for own in pool.map(versions_of, place_folders(given.folder), chunksize=4) for v in own]
        texts = list({v.sha256: v for v in (*reports, *news_in(given.folder))}.values())
        _report("each under its place and year", texts)
        _report("all under one place and year", together(texts))
        found = by_figures(texts)
        print(f"by figures, under whatever places: {len(found)} pairs")
        print("\n".join(f"  {a.document} = {b.document}" for a, b in found))
        some = random.Random(SEED).sample(reports, min(given.copies, len(reports)))
        rows = [row for told in pool.map(told_of, some) for row in told]
    for (how, told), count in sorted(Counter((how, told) for how, told, *_ in rows).items()):
        own = [other for h, t, _, other, _ in rows if (h, t) == (how, told)]
        print(f"{how:18} {told:12} {count:3}  own statements at most {max(own)}, {sum(own)} in all")
    for how in dict.fromkeys(how for how, *_ in rows):
        found_there = [there for h, *_, there in rows if h == how]
        print(f"{how:18} under another place: {sum(found_there)} of {len(found_there)} told")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
