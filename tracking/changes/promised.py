"""Which edition's promise a figure is held against: looked up by its period, since each text brings one."""

from __future__ import annotations

from collections.abc import Iterable

from tracking.dates import years_of
from tracking.fulfilment import crosses
from tracking.mentions import Mention
from tracking.stories import Chapter

Period = tuple[int, int]
"""First and last year."""
Promise = tuple[Chapter, Mention]


class Promised:
    """The promises of a story's editions, the last telling of each, without those told in retrospect."""

    def __init__(self, chapters: Iterable[Chapter]) -> None:
        self._due: dict[Period, tuple[int, Promise]] = {}
        self._crossing: list[tuple[Period, Promise]] = []
        for at, chapter in enumerate(chapters):
            promise, span = chapter.tellings[-1].main, years_of(chapter.period)
            if chapter.tellings[-1].absent or promise.retrospective or span is None:
                continue
            self._due[span] = at, (chapter, promise)
            if promise.terms.base == "stock":
                # Its last year alone stands for a whole plan only where a level is due at its end.
                self._due[span[1], span[1]] = at, (chapter, promise)
            if crosses(promise.statement):
                self._crossing.append((span, (chapter, promise)))

    def for_period(self, told: Period) -> Promise | None:
        """The latest promise for the very years that a figure is told of."""
        found = self._due.get(told)
        return found and found[1]

    def to_be_crossed(self, told: Period | None, result: Mention, year: int) -> Promise | None:
        """The latest threshold that a figure may tell as crossed. told: the years that it is of, if any.
        year: of the text that tells it."""
        for span, (chapter, promise) in reversed(self._crossing):
            own = promise.version.sha256 == result.version.sha256 and not told
            if not own and (told is None or told[1] >= span[0]) and span[0] < year:
                return chapter, promise
        return None
