"""What of an issue one subscriber gets: by the file's wishes, and with what is archive set apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from digests.issue import Correction, Fact, Issue
from digests.subscriptions import Subscription
from storage.mails.texts import Text


@dataclass(frozen=True, slots=True)
class Special:
    """A government's full report and what it brought."""

    text: Text
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One subscriber's share. news: without what stands in `specials`; archive: texts that were said long
    before they were recorded, told in one line."""

    news: tuple[Fact, ...]
    specials: tuple[Special, ...]
    corrections: tuple[Correction, ...]
    archive: tuple[Text, ...]

    @property
    def empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.news or self.specials or self.corrections or self.archive)


def choose(issue: Issue, subscription: Subscription, corrections: Iterable[Correction]) -> Choice:
    """A subscriber's share of an issue, and what has to be taken back from this subscriber."""
    corrections = tuple(corrections)
    places = set(subscription.places)
    texts = [t for t in issue.texts if not places or t.district in places]
    archive = tuple(t for t in texts if t.archive(subscription.archive_days))
    fresh = [
        fact
        for fact in issue.facts
        if wanted(fact.entry, fact.area, subscription) and not fact.archive(subscription.archive_days)
    ]
    fresh = [f for f in fresh if not _replaces(f, corrections)]
    specials = _specials([t for t in texts if t not in archive], fresh)
    taken = {fact.seq for special in specials for fact in special.facts}
    return Choice(tuple(f for f in fresh if f.seq not in taken), specials, corrections, archive)


def wanted(entry: Mapping[str, Any], area: str, subscription: Subscription) -> bool:
    """Whether a subscription asks for an entry; what it leaves empty asks for everything."""
    commitment = entry["commitment"]
    words = f"{commitment['title']} {commitment['subject']}"
    named = (*subscription.indicators, *subscription.projects)
    if commitment["kind"] == "framework":
        right_words = _any(subscription.systems, words) if subscription.systems else not named
    else:
        right_words = _any(named, words) if named else not subscription.systems
    return (
        (not subscription.places or entry["district"] in subscription.places)
        and (not subscription.areas or area in subscription.areas)
        and (not subscription.kinds or entry["change"] in subscription.kinds)
        and right_words
    )


def _any(words: Iterable[str], text: str) -> bool:
    return any(word in text for word in words)


def _replaces(fact: Fact, corrections: Iterable[Correction]) -> bool:
    """Whether a correction shows this entry already, as what holds instead."""
    return any(one.now_seq == fact.seq for one in corrections)


def _specials(texts: Iterable[Text], facts: list[Fact]) -> tuple[Special, ...]:
    """Full reports with what they brought: entries that cite them, and absences found in them."""
    found = []
    taken: set[int] = set()
    for text in texts:
        if not (text.whole and text.type == "report"):
            continue
        share = tuple(
            fact
            for fact in facts
            if fact.seq not in taken
            and fact.entry["district"] == text.district
            and (
                any(e["sha256"] == text.sha256 for e in fact.entry["evidence"])
                or (
                    fact.entry["change"] in ("dropped", "unreported")
                    and fact.entry["edition_to"] == text.year
                )
            )
        )
        if share:
            taken.update(fact.seq for fact in share)
            found.append(Special(text, share))
    return tuple(found)
