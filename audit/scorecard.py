"""A place's scorecard: rows of the ledger put into its rates, and each row opened into its sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from audit.standing import OUTCOMES, PROMISING, outcomes_told, whole_years
from audit.tellings import Telling, outcomes_told_of, tellings
from storage.ledger import Ledger
from storage.models import ReadingRow
from storage.queries.changes import render
from storage.queries.outlines import Outline, outlines
from storage.readings import standing_readings
from storage.selecting import chunks, horizon
from tracking.rates import Rate, accused, measured
from tracking.scorecard import Row, Scorecard, scorecard
from tracking.views import Promise

RATES = (
    "reported_back", "told_of", "met", "missed", "unreported", "restated", "met_openly", "missed_vaguely",
    "reviewed",
)  # fmt: skip


def scores(
    ledger: Ledger,
    district: str,
    period: str | None = None,
    *,
    as_of: date | None = None,
    known_at: datetime | None = None,
    most: int | None = None,
) -> list[dict[str, Any]]:
    """The scorecard of a place, one a level; period: only what fell due in that year.

    as_of: only what texts dated by then say; known_at: as the ledger knew it then. most: open only so many
    rows of each outcome (`outcomes` counts them all).

    Each rate: k, n, share, interval, enough, coverage, reviewed. Each row: commitment, title, edition,
    outcome, openly, reviewed, again, entries (ids) and evidence: the sentences of the promise and of what was
    told. A sentence that only tells of the promise has `told_of`: how surely.
    """
    whole = whole_years(ledger, district, as_of, known_at)
    with ledger.reading() as connection:
        upto = horizon(connection, known_at)
        log = outlines(connection, upto, district=district, as_of=as_of)
        reports = _reports(connection, log, upto)
        beside = tellings(connection, _promised(log, period), upto, as_of)
        found = []
        for level in sorted({entry.level for entry in log}):
            own = [e for e in log if e.level == level]
            years = {y for place, at, y in whole if (place, at) == (district, level)}
            card = _card(own, period, years, reports, beside)
            shown = _first(card.rows, most)
            sentences = _sentences(own)
            rows = [e.row for one in shown for e in sentences.get((one.commitment, one.edition), ())]
            entries = {e["id"]: e for e in render(connection, list(dict.fromkeys(rows)), upto)}
            found.append(
                {
                    "district": district,
                    "level": level,
                    "period": period,
                    "due": card.due,
                    "observed": card.observed,
                    **{name: _plain(getattr(card, name)) for name in RATES},
                    "not_quantified": card.not_quantified,
                    "not_observed": card.not_observed,
                    "not_due": card.not_due,
                    "outcomes": dict(sorted(Counter(row.outcome or "unknown" for row in card.rows).items())),
                    "rows": [_opened(row, sentences, entries, beside) for row in shown],
                }
            )
    return found


def _card(
    own: Sequence[Outline],
    period: str | None,
    years: set[int],
    reports: set[str],
    beside: Mapping[tuple[str, str], Telling],
) -> Scorecard:
    """The counts of one level."""
    promises = _promised(own, period)
    again: dict[str, set[str]] = {}
    for promise in _promised(own, None):
        again.setdefault(promise.commitment, set()).add(promise.edition)
    outcomes = [o for group in outcomes_told(own, reports).values() for o in group]
    outcomes += outcomes_told_of(promises, beside.values())
    return scorecard(promises, outcomes, years, again, measured(), accused())


def _promised(log: Iterable[Outline], period: str | None) -> list[Promise]:
    """What entries state in an edition; systems are not due. period: only what falls due in that year."""
    return [
        Promise(e.commitment, e.edition_to, e.edition_to, e.kind == "target")
        for e in log
        if e.change in PROMISING and e.kind != "framework" and e.edition_to
        if period is None or e.edition_to.split("..")[-1] == period
    ]


def _reports(connection: Connection, log: Iterable[Outline], upto: int) -> set[str]:
    """Hashes of the whole reports and plans, as they stand, among the texts that entries cite."""
    cited = {e["sha256"] for entry in log if entry.change in OUTCOMES for e in entry.evidence}
    seqs = standing_readings(connection, sorted(cited), upto, only=True)
    found: set[str] = set()
    for some in chunks(sorted(seqs.values())):
        query = select(ReadingRow.seq).where(
            ReadingRow.seq.in_(some),
            ReadingRow.type.in_(("report", "plan")),
            ReadingRow.complete_clue.is_not(None),
        )
        whole = set(connection.execute(query).scalars())
        found |= {sha256 for sha256, seq in seqs.items() if seq in whole}
    return found


def _first(rows: Sequence[Row], most: int | None) -> list[Row]:
    """Rows up to so many of each outcome."""
    seen: Counter[str | None] = Counter()
    shown = []
    for row in rows:
        seen[row.outcome] += 1
        if most is None or seen[row.outcome] <= most:
            shown.append(row)
    return shown


def _plain(one: Rate) -> dict[str, Any]:
    def rounded(share: float | None) -> float | None:
        return None if share is None else round(share, 4)

    return {
        "k": one.k,
        "n": one.n,
        "share": rounded(one.share),
        "interval": [round(one.low, 4), round(one.high, 4)],
        "enough": one.enough,
        "coverage": rounded(one.coverage),
        "reviewed": rounded(one.reviewed),
    }


_Sentences = Mapping[tuple[str, str], list[Outline]]


def _sentences(log: Iterable[Outline]) -> _Sentences:
    """By commitment and edition the entries that state it, then those that tell what became of it."""
    found: dict[tuple[str, str], list[Outline]] = {}
    for entry in log:
        if entry.change in PROMISING and entry.edition_to:
            found.setdefault((entry.commitment, entry.edition_to), []).insert(0, entry)
        elif entry.change in OUTCOMES and entry.edition_from:
            found.setdefault((entry.commitment, entry.edition_from), []).append(entry)
    return found


def _opened(
    row: Row,
    sentences: _Sentences,
    shown: Mapping[str, Mapping[str, Any]],
    beside: Mapping[tuple[str, str], Telling],
) -> dict[str, Any]:
    entries = [shown[e.id] for e in sentences.get((row.commitment, row.edition), ())]
    return {
        "commitment": row.commitment,
        "title": entries[0]["commitment"]["title"] if entries else "",
        "edition": row.edition,
        "outcome": row.outcome or None,
        "openly": row.openly,
        "reviewed": row.reviewed,
        "again": row.again,
        "entries": [entry["id"] for entry in entries],
        "evidence": [
            {**piece, "side": "old" if entry["change"] in PROMISING else "new"}
            for entry in entries
            for piece in entry["evidence"]
            if piece["side"] == "new"
        ]
        + [beside[row.commitment, key].evidence for key in row.told_by],
    }
