"""new, restated, changed between editions; dropped and revived.

Each edition is compared with the last earlier one that states the commitment. What a text says in words
goes before what another one leaves out (`tracking.changes.dropped`).
"""

from __future__ import annotations

from collections.abc import Iterator

from tracking.changes import within
from tracking.changes.dropped import dropped
from tracking.changes.entry import entry
from tracking.comparison import compare
from tracking.explain import Payload
from tracking.mentions import Mention
from tracking.model import Change
from tracking.shelf import Shelf
from tracking.stories import Chapter, Story, Telling


def changes(story: Story, shelf: Shelf, suspect: frozenset[int] = frozenset()) -> Iterator[Change]:
    """Entries from edition to edition, and within each one, in order.

    suspect: years in which silence proves less (`tracking.changes.suspect`).
    """
    state: Payload | None = None
    last: tuple[Chapter, Telling] | None = None
    given_up = False
    for at, chapter in enumerate(story.chapters):
        promised = [t for t in chapter.tellings if not t.absent]
        if not promised:
            if last is not None and not given_up:
                yield _not_set(story, last, chapter)
                given_up = True
            continue
        first = promised[0]
        if state is None or last is None:
            yield _new(story, chapter, first)
            state = first.payload
        else:
            differs, fields, state = compare(state, first.payload)
            kind = "revived" if given_up else "changed" if differs else "restated"
            yield entry(
                story,
                kind,  # type: ignore[arg-type]
                about=first.main,
                edition_from=last[0].period,
                edition_to=chapter.period,
                old=last[1].mentions,
                new=first.mentions,
                fields=fields,
                why=_why(story, first.main),
            )
        given_up = False
        found, state, holding = within.changes(story, chapter.period, promised, state)
        yield from found
        last = (chapter, holding)
        silence = dropped(story, at, shelf, suspect)
        if silence is not None:
            yield silence
            given_up = silence.grade == "inferred"


def _new(story: Story, chapter: Chapter, telling: Telling) -> Change:
    told = "told in retrospect" if telling.main.retrospective else ""
    return entry(
        story,
        "new",
        about=telling.main,
        edition_from=None,
        edition_to=chapter.period,
        new=telling.mentions,
        why="; ".join(filter(None, ("in no earlier edition that is known", told))),
    )


def _not_set(story: Story, last: tuple[Chapter, Telling], chapter: Chapter) -> Change:
    silent = chapter.tellings[0]
    return entry(
        story,
        "dropped",
        about=silent.main,
        edition_from=last[0].period,
        edition_to=chapter.period,
        old=last[1].mentions,
        new=silent.mentions,
        grade="stated",
        why="the text says that none is set",
    )


def _why(story: Story, mention: Mention) -> str:
    why, confidence = story.thread.joined[mention.id]
    return why if why == "first statement" else f"{why} ({confidence:.2f})"
