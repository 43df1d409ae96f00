"""One indicator of a place over the years: what was promised beside what was reported."""

from __future__ import annotations

from typing import Any

from audit.asking import commitments
from audit.asking.changes import Audience
from audit.asking.clocks import Clocks
from audit.asking.points import Picture, picture
from storage.ledger import Ledger

MOST = 40


def indicator(
    ledger: Ledger, district: str, subject: str, clocks: Clocks, audience: Audience = "operator"
) -> tuple[list[dict[str, Any]], Picture]:
    """The commitments of a place about exactly this subject, and one picture of all of them."""
    question = commitments.CommitmentQuestion(clocks=clocks, district=district, subject=subject)
    found = commitments.ask(ledger, question, limit=MOST).entries
    stories = [s for c in found if (s := commitments.story(ledger, c["id"], clocks, audience)) is not None]
    every = {"statements": [s for one in stories for s in one["statements"]]}
    return stories, picture(every, ())


def series(drawn: Picture) -> list[dict[str, Any]]:
    """The picture as records: year, promised or result, amount and unit, the words and where they stand."""
    return [
        {
            "year": p.year,
            "role": p.role,
            "op": p.op,
            "value": p.value,
            "high": p.high,
            "unit": p.unit,
            "edition": p.edition,
            "published_on": p.published_on,
            "quote": p.quote,
            "sha256": p.sha256,
            "start": p.start,
            "statement": p.key,
        }
        for p in drawn.points
    ]


def leading(
    ledger: Ledger, district: str, clocks: Clocks, audience: Audience, most: int = 12
) -> list[tuple[dict[str, Any], Picture]]:
    """The indicators of a place that most editions set, each with its picture."""
    question = commitments.CommitmentQuestion(clocks=clocks, district=district, kind="target", sort="title")
    found = commitments.ask(ledger, question, limit=2000).entries
    found.sort(key=lambda c: (-len(c["editions"]), -c["statements"], c["title"]))
    told: list[tuple[dict[str, Any], Picture]] = []
    for one in found[: 3 * most]:
        if len(one["editions"]) < 2 or len(told) == most:
            break
        story = commitments.story(ledger, one["id"], clocks, audience)
        if story is not None and (drawn := picture(story, ())).measured:
            told.append((story, drawn))
    return told
