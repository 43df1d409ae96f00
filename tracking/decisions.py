"""What rulings do to the conclusions about one place: to its texts, its threads and its entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from parsers.reading import Clue
from parsers.statement import Quantity, Span, Statement
from tracking.aliases import NO_ALIASES, Aliases
from tracking.keys import statement_keys
from tracking.mentions import Mention
from tracking.model import Change, Version
from tracking.owners import Owner, owner_of
from tracking.reprints import said_in, told_once
from tracking.ruled_threads import Pairs, threads_with
from tracking.rulings import RULED, Cited, Ruling, in_force, overlap, statements_at
from tracking.terms import normal
from tracking.threads import Thread

AMOUNT = ("value", "high", "unit", "op", "approx")
TERMS = (
    "subject", "period", "base", "stage", "scope", "modality", "nature", "vintage", "basis", "project",
    "object", "indicator", "area",
)  # fmt: skip
"""What a right_value ruling may set: parts of an amount, and terms of the statement."""


class Decisions:
    """The rulings in force that bear on some versions.

    reprints: which of the versions are one text; rulings on a copy are rulings on the text. wrong: keys of
    statements that are none, or are told in the text that theirs repeats. covers: areas that people say a
    version (by hash) treats.
    """

    def __init__(
        self,
        versions: Mapping[str, Version],
        rulings: Iterable[Ruling],
        said_in: Callable[[Version], Sequence[str]] = said_in,
    ) -> None:
        """said_in: what a text states, computed or remembered."""
        self.reprints = told_once(versions.values(), said_in)
        versions = {version.sha256: version for version in self.reprints.versions}
        self.rulings = [self.reprints.on_texts(ruling) for ruling in in_force(rulings)]
        self.wrong: set[str] = set()
        self.covers: dict[str, frozenset[str]] = {}
        self.pairs = Pairs()
        self._aliases: dict[Owner, dict[frozenset[str], tuple[str, str] | None]] = defaultdict(dict)
        self._right: dict[str, list[Mapping[str, Any]]] = {}
        self._righted: set[str] = set()
        self._complete: dict[str, tuple[bool, Ruling]] = {}
        self._reviews = [r for r in self.rulings if r.kind == "review"]
        for ruling in self.rulings:
            found = [_keys(versions, cited) for cited in ruling.evidence]
            self._take(ruling, found)
            if ruling.kind == "alias":
                words = str(ruling.body.get("word") or ""), str(ruling.body.get("means") or "")
                for owner in {o for cited in ruling.evidence for o in _owners(versions, cited)}:
                    holds = bool(ruling.body.get("holds", True))
                    self._aliases[owner][frozenset(map(normal, words))] = words if holds else None
        self.wrong.update(*self.reprints.repeated.values())

    def _take(self, ruling: Ruling, found: Sequence[frozenset[tuple[str, str]]]) -> None:
        """Count in one ruling; later ones come later and so win."""
        keys = {key for places in found for key, _ in places}
        if ruling.kind == "wrong_statement":
            self.wrong |= keys
        elif ruling.kind == "right_value":
            self.wrong -= keys
            for key in keys:
                self._right.setdefault(key, []).append(ruling.body)
            self._righted |= {cited.sha256 for cited in ruling.evidence}
        elif ruling.kind in ("same", "merge"):
            self.pairs.join(found, ruling)
        elif ruling.kind == "not_same":
            self.pairs.part(found)
        elif ruling.kind == "split":
            self.pairs.split(found, ruling)
        elif ruling.kind == "complete":
            for cited in ruling.evidence:
                self._complete[cited.sha256] = (bool(ruling.body.get("complete", True)), ruling)
        elif ruling.kind == "covers":
            for cited in ruling.evidence:
                areas = self.covers.get(cited.sha256, frozenset())
                self.covers[cited.sha256] = areas | {str(ruling.body["area"])}

    def corrected(self, version: Version) -> Version:
        """The version with right values, and complete or not as people say."""
        reading = version.reading
        if version.sha256 in self._righted:
            keys = statement_keys(version.sha256, reading.statements)
            if not self._right.keys().isdisjoint(keys):
                righted = tuple(
                    _righted(s, self._right.get(key, ()))
                    for key, s in zip(keys, reading.statements, strict=True)
                )
                reading = replace(reading, statements=righted)
        if version.sha256 in self._complete:
            complete, ruling = self._complete[version.sha256]
            clue = Clue("yes", f"{RULED} {ruling.author}") if complete else None
            reading = replace(reading, complete=clue)
        return version if reading is version.reading else replace(version, reading=reading)

    def bearing(self, sha256: str) -> tuple[str, ...]:
        """Ids of the rulings in force that decide how a text is read, earlier ones first."""
        kinds = ("wrong_statement", "right_value", "complete")
        return tuple(
            r.id for r in self.rulings if r.kind in kinds and any(c.sha256 == sha256 for c in r.evidence)
        )

    def reviews(self) -> Mapping[str, list[tuple[tuple[Span, ...], str]]]:
        """By text the words that reviews cite, each with the review's id."""
        found: dict[str, list[tuple[tuple[Span, ...], str]]] = defaultdict(list)
        for ruling in self._reviews:
            for cited in ruling.evidence:
                found[cited.sha256].append((cited.spans, ruling.id))
        return found

    def aliases(self, owner: Owner) -> Aliases:
        """What people say means the same at a place and level."""
        held = [words for words in self._aliases.get(owner, {}).values() if words is not None]
        return Aliases(held) if held else NO_ALIASES

    def threads(self, mentions: Sequence[Mention]) -> list[Thread]:
        """The threads of mentions, joined and parted as people say."""
        return threads_with(mentions, self.pairs)

    def reviewed(self, changes: Iterable[Change]) -> list[Change]:
        """The entries, with who reviewed them; without those that a reviewer rejected."""
        found = []
        for change in changes:
            ruling = next((r for r in reversed(self._reviews) if _speaks_of(r, change)), None)
            if ruling is None:
                found.append(change)
            elif ruling.body.get("verdict") != "rejected":
                by = {"by": ruling.author, "at": ruling.record()["ruled_at"]}
                found.append(replace(change, reviewed=by))
        return found


def _keys(versions: Mapping[str, Version], cited: Cited) -> frozenset[tuple[str, str]]:
    """(statement key, slot or "") of what is cited; nothing where the version is not at hand."""
    version = versions.get(cited.sha256)
    if version is None or not cited.spans:
        return frozenset()
    return frozenset((key, cited.slot) for key, _ in statements_at(version, cited))


def _owners(versions: Mapping[str, Version], cited: Cited) -> set[Owner]:
    """Places and levels that own the statements cited."""
    version = versions.get(cited.sha256)
    if version is None:
        return set()
    return {owner_of(statement, version.reading) for _, statement in statements_at(version, cited)}


def _speaks_of(ruling: Ruling, change: Change) -> bool:
    """Whether a review is of this entry: the same accusation, the same editions, the same words."""
    body = ruling.body
    if (body.get("change"), body.get("edition_from"), body.get("edition_to")) != (
        change.change,
        change.edition_from,
        change.edition_to,
    ):
        return False
    cited = {(e.sha256, e.spans) for e in ruling.evidence}
    shown = {(e.sha256, e.spans) for e in change.evidence}
    return all(any(_meet(a, b) for b in shown) for a in cited) and all(
        any(_meet(a, b) for b in cited) for a in shown
    )


def _meet(left: tuple[str, Any], right: tuple[str, Any]) -> bool:
    return left == right or (left[0] == right[0] and overlap(left[1], right[1]) > 0)


def _righted(statement: Statement, bodies: Sequence[Mapping[str, Any]]) -> Statement:
    for body in bodies:
        terms = {name: body[name] for name in TERMS if name in body}
        amount = {name: body[name] for name in AMOUNT if name in body}
        if terms:
            statement = replace(statement, **terms)
        if amount and statement.quantities:
            at = min(int(body.get("quantity", 0)), len(statement.quantities) - 1)
            quantities = list(statement.quantities)
            quantities[at] = _amount(quantities[at], amount)
            statement = replace(statement, quantities=tuple(quantities))
    return statement


def _amount(quantity: Quantity, told: Mapping[str, Any]) -> Quantity:
    values: dict[str, Any] = dict(told)
    for name in ("value", "high"):
        if values.get(name) is not None:
            values[name] = Decimal(str(values[name]))
    return replace(quantity, rule="ruling", **values)
