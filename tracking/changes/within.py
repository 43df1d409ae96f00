"""Several texts of one edition: a later text of the same body changes what it said; else they conflict."""

from __future__ import annotations

from collections.abc import Sequence

from tracking.changes.entry import entry
from tracking.comparison import compare
from tracking.dates import precedes
from tracking.explain import Payload
from tracking.links import EQUAL
from tracking.model import Change
from tracking.stories import Story, Telling

ADDS = "another text of the edition, which adds to it"


def changes(
    story: Story, period: str, tellings: Sequence[Telling], state: Payload
) -> tuple[list[Change], Payload, Telling]:
    """Entries within one edition, the state after them, and the telling that holds at its end.

    tellings: in order, at least one; state: after the first of them. Texts that differ conflict where
    neither their dates nor their issuers say which one holds: the state then stays as it was. A text that
    only adds terms restates, so that the log tells them and leads to the state.
    """
    found = []
    holding = tellings[0]
    for telling in tellings[1:]:
        differs, fields, after = compare(state, telling.payload)
        if not differs and not fields:
            continue
        ordered = precedes(holding.version, telling.version)
        replaces = telling.version.supersedes == holding.version.sha256
        if not differs:
            kind, why = "restated", ADDS
        elif replaces or (ordered and _same_body(holding, telling)):
            kind, why = "changed", "an edited page" if replaces else "a later text of the same body"
        elif _surely_same(story, holding, telling):
            kind, why = (
                "conflict",
                "two texts of one edition differ; dates and issuers leave it open",
            )
        else:
            continue
        found.append(
            entry(
                story,
                kind,  # type: ignore[arg-type]
                about=telling.main,
                edition_from=period,
                edition_to=period,
                old=holding.mentions,
                new=telling.mentions,
                fields=fields,
                grade=None if kind == "restated" else "stated",
                why=why,
            )
        )
        if kind != "conflict":
            state = after
        if kind == "changed":
            holding = telling
    return found, state, holding


def _same_body(left: Telling, right: Telling) -> bool:
    return left.main.statement.issuer == right.main.statement.issuer


def _surely_same(story: Story, left: Telling, right: Telling) -> bool:
    """A conflict is only told of what is surely one thing, not of what merely reads alike."""
    return all(story.thread.joined[t.main.id][1] >= EQUAL or _first(story, t) for t in (left, right))


def _first(story: Story, telling: Telling) -> bool:
    return story.thread.joined[telling.main.id][0] == "first statement"
