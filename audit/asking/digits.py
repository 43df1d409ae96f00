"""The digits of numbered systems side by side: which part of one telling is which of another."""

from __future__ import annotations

from collections.abc import Sequence

from tracking.frameworks import part_key

Items = Sequence[str]


def paired(old: Sequence[Items], new: Sequence[Items]) -> list[tuple[Items | None, Items | None]]:
    """Digits of one label (1+446 has two fours) in two tellings, matched by the parts they share; what is
    left alone on both sides is matched too. In the order of the newer one, then what only the older lists.

    >>> paired([["甲", "乙"], ["丙", "丁"]], [["丙", "戊"], ["甲", "乙"]])
    [(['丙', '丁'], ['丙', '戊']), (['甲', '乙'], ['甲', '乙'])]
    """
    shared = sorted(
        ((len(_keys(a) & _keys(b)), i, j) for i, a in enumerate(old) for j, b in enumerate(new)),
        key=lambda one: (-one[0], one[1], one[2]),
    )
    of_new: dict[int, int] = {}
    for number, i, j in shared:
        if number and j not in of_new and i not in of_new.values():
            of_new[j] = i
    rest = [i for i in range(len(old)) if i not in of_new.values()]
    alone = [j for j in range(len(new)) if j not in of_new]
    if len(rest) == len(alone) == 1:
        of_new[alone[0]] = rest.pop()
    found: list[tuple[Items | None, Items | None]] = [
        (old[of_new[j]] if j in of_new else None, items) for j, items in enumerate(new)
    ]
    return found + [(old[i], None) for i in rest]


def moved(old: Items | None, new: Items | None) -> tuple[list[str], list[str]]:
    """What came and what went, as sets: another order is the same. What one side does not list is open."""
    if not old or not new:
        return [], []
    before, after = _keys(old), _keys(new)
    came = {item for item in new if part_key(item) not in before}
    return sorted(came), sorted({item for item in old if part_key(item) not in after})


def _keys(items: Items) -> set[str]:
    """Parts as the log compares them: 围绕建设… and 继续建设… are one part."""
    return set(map(part_key, items))
