"""What became of a place's quantified commitments, counted: each rate opens into the rows it counts.

Three of the rates are those of 杨君 (2,257 commitments of 15 cities, 2002–2011, followed by hand): of what
was promised in figures 67 % were ever reported back; of what was met 92 % was reported openly; of what was
missed 85 % was reported vaguely or not at all. The first needs only the reports themselves. For the other
two it must be known from elsewhere (a communiqué, a later report) whether a promise was met, or a silent
report could never be found silent; so their n counts only such promises. What is only told of (a weaker link,
`tracking.told`) is reported back, in words: it enters the first rate and one of its own. No figure of it is
compared, so it is neither met nor missed, and a miss that is told no better is told vaguely. No single score,
no ranking of persons.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from tracking.rates import NO_ERROR, LinkError, Rate, rate
from tracking.views import Outcome, Promise, last_day

NO_DOUBT: Mapping[str, float] = {}
_ORDER = ("fulfilled", "missed", "reported", "told_of", "unreported")
_TOLD = ("fulfilled", "missed", "reported", "told_of")


@dataclass(frozen=True, slots=True)
class Row:
    """One counted commitment in one edition.

    outcome: the strongest thing told, "" where nothing was found either way. openly: for what is known from
    elsewhere to be met or missed, whether the reviewing text itself says so in figures; else None.
    entries: ids of the log's entries that tell of it; told_by: keys of statements that only tell of it.
    """

    commitment: str
    edition: str
    outcome: str
    openly: bool | None
    reviewed: bool
    again: bool
    entries: tuple[str, ...]
    told_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Rates over quantified commitments that were due and whose following whole text is there.

    due: all quantified commitments whose period has ended before the latest whole text; counted apart:
    not_observed (the following whole text is not there), not_due (no text could review them yet) and
    not_quantified (promises without a figure). told_of: the part of reported_back that no figure is told of.
    """

    due: int
    observed: int
    reported_back: Rate
    told_of: Rate
    met: Rate
    missed: Rate
    unreported: Rate
    restated: Rate
    met_openly: Rate
    missed_vaguely: Rate
    reviewed: Rate
    not_quantified: int
    not_observed: int
    not_due: int
    rows: tuple[Row, ...]


def scorecard(
    promises: Collection[Promise],
    outcomes: Collection[Outcome],
    whole: Collection[int],
    editions: Mapping[str, Collection[str]] | None = None,
    error: LinkError = NO_ERROR,
    accused: Mapping[str, float] = NO_DOUBT,
) -> Scorecard:
    """What became of one place's promises, one commitment once an edition.

    whole: years of which the whole text is there; that of the year after a promise falls due reviews it. What
    is only apparent is not counted as missed or unreported. editions: by commitment all editions that state
    it, where promises holds only some. error: of the links the rates rest on, those too that only tell of
    it. accused: by kind of accusation the share that holds, where that was measured.
    """
    every = {(p.commitment, p.edition): p for p in promises if _ends(p) is not None}
    quantified = {key: p for key, p in every.items() if p.quantified}
    latest = max(whole, default=0)
    due = {key: p for key, p in quantified.items() if (_ends(p) or 0) < latest}
    counted = sorted(key for key, p in due.items() if (_ends(p) or 0) + 1 in whole)
    told: dict[tuple[str, str], list[Outcome]] = {}
    for outcome in outcomes:
        told.setdefault((outcome.commitment, outcome.edition), []).append(outcome)
    stated = {c: set(found) for c, found in (editions or {}).items()}
    for commitment, edition in every:
        stated.setdefault(commitment, set()).add(edition)
    rows = tuple(
        _row(key, told.get(key, ()), str((_ends(due[key]) or 0) + 1) in stated[key[0]]) for key in counted
    )
    return _counted(
        rows, len(due), error, accused, _Apart(len(every) - len(quantified), len(quantified) - len(due))
    )


def _ends(promise: Promise) -> int | None:
    day = last_day(promise.edition)
    return day.year if day else None


def _row(key: tuple[str, str], told: Collection[Outcome], again: bool) -> Row:
    """The strongest outcome; an apparent miss is a report, an apparent silence says nothing."""
    kinds = []
    entries = []
    elsewhere = openly = reviewed = False
    for outcome in sorted(told, key=lambda o: o.entry):
        entries.append(outcome.entry)
        reviewed |= outcome.reviewed
        kind = str(outcome.kind)
        if outcome.apparent:
            kind = {"missed": "reported", "unreported": ""}.get(kind, kind)
        kinds.append(kind)
        if kind in ("fulfilled", "missed"):
            openly |= outcome.in_review
            elsewhere |= outcome.elsewhere
    best = next((kind for kind in _ORDER if kind in kinds), "")
    known = elsewhere and best in ("fulfilled", "missed")
    by = tuple(sorted({o.told_by for o in told if o.told_by}))
    return Row(*key, best, openly if known else None, reviewed, again, tuple(filter(None, entries)), by)


@dataclass(frozen=True, slots=True)
class _Apart:
    not_quantified: int
    not_due: int


def _counted(
    rows: Sequence[Row], due: int, error: LinkError, accused: Mapping[str, float], apart: _Apart
) -> Scorecard:
    n = len(rows)

    def share(
        chosen: Collection[Row], among: Collection[Row], of: int, absence: bool = False, kind: str = ""
    ) -> Rate:
        people = sum(row.reviewed for row in chosen)
        own = replace(error, precision=accused.get(kind, error.precision))
        return rate(len(chosen), len(among), error=own, absence=absence, of=of, reviewed=people)

    def told(*kinds: str) -> list[Row]:
        return [row for row in rows if row.outcome in kinds]

    met, missed = told("fulfilled"), told("missed")
    met_known = [row for row in met if row.openly is not None]
    missed_known = [row for row in missed if row.openly is not None]
    return Scorecard(
        due=due,
        observed=n,
        reported_back=share(told(*_TOLD), rows, due),
        told_of=share(told("told_of"), rows, due),
        met=share(met, rows, due),
        missed=share(missed, rows, due, kind="missed"),
        unreported=share(told("unreported"), rows, due, kind="unreported"),
        restated=share([row for row in rows if row.again], rows, due),
        met_openly=share([row for row in met_known if row.openly], met_known, len(met)),
        missed_vaguely=share(
            [row for row in missed_known if not row.openly], missed_known, len(missed), absence=True
        ),
        reviewed=rate(sum(row.reviewed for row in rows), n, of=due),
        not_quantified=apart.not_quantified,
        not_observed=due - n,
        not_due=apart.not_due,
        rows=tuple(rows),
    )
