"""One entry of the change log, built from the statements it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal

from tracking.dates import published_of
from tracking.keys import change_id
from tracking.mentions import Mention
from tracking.model import Change, ChangeKind, Evidence, FieldChange, Grade, Version
from tracking.stories import Story

Side = Literal["old", "new"]
SHOWN = 3
"""Statements of one side that an entry shows; more would bury the sentence that matters."""


def evidence_of(side: Side, mentions: Iterable[Mention]) -> list[Evidence]:
    """Evidence of the first few mentions, each stretch of text once."""
    found: dict[tuple[str, tuple[tuple[int, int], ...]], Evidence] = {}
    for mention in mentions:
        place = (mention.version.sha256, mention.spans)
        if place not in found and len(found) < SHOWN:
            found[place] = Evidence(side, mention.version.sha256, mention.spans, mention.quote)
    return list(found.values())


def entry(
    story: Story,
    change: ChangeKind,
    *,
    about: Mention,
    edition_from: str | None,
    edition_to: str | None,
    old: Sequence[Mention] = (),
    new: Sequence[Mention] = (),
    fields: Sequence[FieldChange] = (),
    grade: Grade | None = None,
    why: str = "",
    silent: Version | None = None,
    searched: dict[str, Any] | None = None,
) -> Change:
    """An entry about a mention; it was said when the newer text was published.

    silent: the text whose silence it tells of. searched: what was looked for in it, and what came nearest.
    """
    evidence = (*evidence_of("old", old), *evidence_of("new", new))
    newest = silent or (new or old)[0].version
    return Change(
        id=change_id(
            change,
            edition_from,
            edition_to,
            ((e.side, e.sha256, e.spans) for e in evidence),
            about.key if not about.slot else f"{about.key}#{about.slot}",
        ),
        change=change,
        grade=grade,
        place_code=story.owner.code,
        district=story.owner.name,
        level=story.owner.level,
        commitment=story.commitment.id,
        about=about.key,
        edition_from=edition_from,
        edition_to=edition_to,
        fields=tuple(fields),
        evidence=evidence,
        said_on=published_of(newest),
        searched=searched,
        why=why,
    )
