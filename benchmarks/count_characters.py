"""Count how Chinese characters stand in running text, for parsers/data/characters.tsv.

    python benchmarks/count_characters.py FOLDER > parsers/data/characters.tsv

FOLDER holds UTF-8 texts (.md, .txt). One line a character seen often enough: the character, how many in
ten thousand of its uses open a sentence, how many close a clause, and the characters it is bound to on
its right (pointwise mutual information of at least 3 bits). Counts only; no text is kept.
"""

from __future__ import annotations

import math
import re
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

RUN = re.compile(r"[\u4e00-\u9fff]+")
OPENS = re.compile(r"[。！？；\n]([\u4e00-\u9fff])")
CLOSES = re.compile(r"([\u4e00-\u9fff])[”’）》]?[。！？；，、：,;:\n]")
LEAST_USES, LEAST_PAIRS, LEAST_BITS = 200, 100, 3.0


def main(folder: Path) -> None:
    """Print the table for the texts under `folder`."""
    uses, opens, closes, pairs = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for path in sorted(p for p in folder.rglob("*") if p.suffix in {".md", ".txt"}):
        text = path.read_text(encoding="utf-8")
        for run in RUN.findall(text):
            uses.update(run)
            pairs.update(map("".join, pairwise(run)))
        opens.update(OPENS.findall(text))
        closes.update(CLOSES.findall(text))
    total = sum(uses.values())
    bound: dict[str, str] = {}
    for pair, count in sorted(pairs.items()):
        if count >= LEAST_PAIRS and math.log2(count * total / (uses[pair[0]] * uses[pair[1]])) >= LEAST_BITS:
            bound[pair[0]] = bound.get(pair[0], "") + pair[1]
    print("# character\topens a sentence\tcloses a clause (per 10,000 uses)\tbound to, on its right")
    print("# counted by benchmarks/count_characters.py on government work reports")
    for char in sorted(c for c, n in uses.items() if n >= LEAST_USES):
        rates = (round(1e4 * found[char] / uses[char]) for found in (opens, closes))
        print(char, *rates, bound.get(char, ""), sep="\t")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
