"""How telling a pair of characters is: weights of character 1- and 2-grams in government texts.

The weights are fixed data (counted once over work reports), not counted over the texts at hand: two
statements are as similar today as after the next hundred documents have arrived.
`python -m tracking.grams FOLDER` counts them again.
"""

from __future__ import annotations

import math
import re
import sys
from collections import Counter
from functools import cache
from importlib.resources import files
from itertools import repeat
from operator import add, mul
from pathlib import Path
from sys import intern

from tracking.at_hand import at_hand

KEPT = 12_000
"""Commonest grams that are stored; a rarer one weighs as much as the rarest of them."""

Vector = dict[str, float]


def grams(text: str) -> list[str]:
    """Character 1- and 2-grams, in order."""
    # Interned: thousands of vectors then share their keys, a third of the memory.
    return [*map(intern, text), *map(intern, map(add, text, text[1:]))]


@cache
def weights() -> dict[str, float]:
    """Inverse document frequency of the stored grams; "" holds the weight of all others."""
    lines = files("tracking").joinpath("data/grams.tsv").read_text(encoding="utf-8").splitlines()
    return {intern(gram): float(weight) for gram, _, weight in (line.partition("\t") for line in lines)}


@at_hand(8192)
def vector(text: str) -> Vector:
    """Unit vector of a text's grams: term frequency times weight."""
    table = weights()
    rare = table[""]
    told = grams(text)
    raw = dict(zip(told, map(table.get, told, repeat(rare)), strict=True))
    if len(raw) < len(told):
        raw = {gram: count * raw[gram] for gram, count in Counter(told).items()}
    norm = math.sqrt(sum(map(mul, raw.values(), raw.values())))
    return {gram: weight / norm for gram, weight in raw.items()} if norm else {}


def cosine(left: Vector, right: Vector) -> float:
    """Cosine of two unit vectors."""
    if len(left) > len(right):
        left, right = right, left
    return sum([weight * right[gram] for gram, weight in left.items() if gram in right], 0.0)


def count(folder: Path) -> list[tuple[str, float]]:
    """Weights over the clauses of all text files below a folder."""
    seen: Counter[str] = Counter()
    clauses = 0
    for path in sorted(folder.rglob("*.md")):
        for clause in re.split(r"[，。；、：\n]", path.read_text(encoding="utf-8", errors="ignore")):
            if letters := re.sub(r"[^\u4e00-\u9fa5A-Za-z0-9]", "", clause).upper():
                clauses += 1
                seen.update(set(grams(letters)))
    common = sorted(seen.items(), key=lambda item: (-item[1], item[0]))[:KEPT]
    found = [(gram, round(math.log(clauses / n), 2)) for gram, n in common]
    return [("", found[-1][1]), *found]


if __name__ == "__main__":
    sys.stdout.writelines(f"{gram}\t{weight}\n" for gram, weight in count(Path(sys.argv[1])))
