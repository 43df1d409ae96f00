"""Which parts of a named system may have come back under another name: proposed, never taken for granted.

A part that is gone and one that came are proposed as one renamed where they share half of their characters
in one order (招商引资, 双招双引; not 东湾新城, 城市更新), each is nearest to the other, and what they share
is no ending that the other parts have too (教育强区, 生态强区).
"""

from __future__ import annotations

from collections.abc import Sequence

from tracking.terms import normal

SHARED = 0.5
"""Of the characters of the longer part, how many both must have in one order."""
COMMON = 3
"""Parts that must have an ending for it to be the ending of the list, which says nothing of one part."""
_JOINING = str.maketrans("", "", "和与及")


def renames(removed: Sequence[str], added: Sequence[str], kept: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """(part that is gone, part that may be it now), in the order of the parts that are gone."""
    every = [normal(part) for part in (*removed, *added, *kept)]
    old, new = ([_own(part, every) for part in side] for side in (removed, added))
    alike = {(i, j): _alike(a, b) for i, a in enumerate(old) for j, b in enumerate(new)}
    found = []
    for (i, j), share in alike.items():
        rivals = [s for (x, y), s in alike.items() if (x == i) != (y == j)]
        if share >= SHARED and all(share > other for other in rivals):
            found.append((removed[i], added[j]))
    return tuple(found)


def _own(part: str, every: Sequence[str]) -> str:
    """The characters of a part before the ending that it shares with most of the list."""
    plain = normal(part)
    size = next((n for n in range(len(plain), 0, -1) if _ends(plain[-n:], every) >= COMMON), 0)
    return plain[: len(plain) - size].translate(_JOINING)


def _ends(ending: str, every: Sequence[str]) -> int:
    return sum(part.endswith(ending) for part in every)


def _alike(a: str, b: str) -> float:
    return _in_order(a, b) / max(len(a), len(b), 1)


def _in_order(a: str, b: str) -> int:
    """Length of the longest common subsequence."""
    row = [0] * (len(b) + 1)
    for one in a:
        above = row
        row = [0]
        for at, other in enumerate(b):
            row.append(above[at] + 1 if one == other else max(above[at + 1], row[at]))
    return row[-1]
