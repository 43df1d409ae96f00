"""Reading and concluding, loaded when they are first asked for: their patterns and word lists cost a process
half a second and 60 MB, and a run that finds all its texts known needs neither."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parsers.reading import Declared, Reading
    from tracking.model import Derived, Version
    from tracking.rulings import Ruling


def read(content: bytes, name: str, declared: Declared | None = None) -> Reading:
    """`parsers.read.read`."""
    from parsers.read import read as now

    return now(content, name, declared)


class _Derive:
    """`tracking.derive.derive`, which the ledger replaces by what it remembers where it can."""

    def __call__(self, versions: Sequence[Version], rulings: Sequence[Ruling] = ()) -> Sequence[Derived]:
        from tracking.derive import derive as now

        return now(versions, rulings)

    def known(self, versions: Sequence[Version]) -> None:
        """Nothing is ready."""


derive = _Derive()
