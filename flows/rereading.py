"""Reading stored texts again: after an upgrade of the parser, or because a person asks for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from flows.progress import Progress
from flows.version import parser_version
from flows.when_needed import derive, read
from parsers.reading import Declared, Reading
from parsers.refusal import Refused
from storage.arrivals import name_of
from storage.held import decide_held
from storage.readings import StoredText
from storage.runs import finish_run, start_run
from storage.upgrades import HeldText, held_texts, places_behind, rehearse, texts_behind
from storage.write import Arrival, record

if TYPE_CHECKING:
    from storage.arrivals import DocumentOutcome
    from storage.ledger import Ledger
    from storage.runs import Run
    from storage.write import RunOutcome

SAMPLES = 50
"""Entries that a preview shows."""


@dataclass
class Reread:
    """What reading again did. texts: by status; changes and withdrawn: entries of the log by kind."""

    texts: Counter[str] = field(default_factory=Counter)
    changes: Counter[str] = field(default_factory=Counter)
    withdrawn: Counter[str] = field(default_factory=Counter)

    def add(self, outcome: RunOutcome) -> None:
        """Count in one call of `record`."""
        self.texts.update(document.status for document in outcome.documents)
        self.changes.update(outcome.changes)
        self.withdrawn.update(outcome.withdrawn)


def again(text: StoredText | HeldText, declared: Declared | None = None) -> Arrival:
    """A stored text as today's parser reads it (declared: otherwise than it was)."""
    declared = text.declared if declared is None else declared
    outcome: Reading | Refused
    try:
        outcome = read(text.content, name_of(text.locator), declared)
    except Refused as refusal:
        outcome = refusal
    except Exception as error:  # a defect of ours must not stop an upgrade of everything else
        outcome = Refused("broken", f"the reader failed ({type(error).__name__}: {error}); please report it")
    given_by = text.given_by if isinstance(text, HeldText) else None
    return Arrival(
        text.source, text.locator, text.content, text.observed_at, outcome, declared, given_by=given_by
    )


def catch_up(ledger: Ledger, run: Run, places: Iterable[str], reread: Reread | None = None) -> Reread:
    """Read again what older parsers read of these places, so that what follows rests on one parser."""
    done = Reread() if reread is None else reread
    for code in places_behind(ledger, run.parser_version, sorted(set(places))):
        texts = [again(text) for text in texts_behind(ledger, run.parser_version, code)]
        done.add(record(ledger, run, texts, derive))
    return done


def places_read(arrivals: Sequence[Arrival]) -> set[str]:
    """Codes of the places that arrivals were read as."""
    return {a.outcome.place.code for a in arrivals if isinstance(a.outcome, Reading)}


def reparse(ledger: Ledger, version: str) -> Reread:
    """Read everything again that another parser version read or refused; place by place."""
    done = Reread()
    behind = places_behind(ledger, version)
    progress = Progress(sum(behind.values()))
    run = start_run(ledger, kind="reparse", parser_version=version)
    try:
        for code in behind:
            catch_up(ledger, run, [code], done)
            progress(sum(done.texts.values()))
        held = [again(text) for text in held_texts(ledger, but=version)]
        if held:
            done.add(record(ledger, run, held, derive))
    except BaseException:
        finish_run(ledger, run, status="failed", counts=dict(done.texts))
        raise
    finish_run(ledger, run, status="completed", counts=dict(done.texts))
    return done


@dataclass
class Preview:
    """What reparsing would do to the log. texts: to be read again. counts: entries altered, withdrawn and
    added. samples: some of them, {"verdict", "before", "after"}."""

    texts: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    samples: list[dict[str, Any]] = field(default_factory=list)

    @property
    def conclusions(self) -> int:
        """Entries held now that would change."""
        return self.counts["withdrawn"] + self.counts["altered"]


def preview(ledger: Ledger, version: str) -> Preview:
    """Which conclusions a reparse would change, without changing any."""
    found = Preview()
    behind = places_behind(ledger, version)
    progress = Progress(sum(behind.values()))
    for code in behind:
        texts = [again(text) for text in texts_behind(ledger, version, code)]
        found.texts += len(texts)
        for before, after in rehearse(ledger, version, texts, derive):
            verdict = "added" if before is None else "withdrawn" if after is None else "altered"
            found.counts[verdict] += 1
            found.samples.append({"verdict": verdict, "before": before, "after": after})
        # What was held comes first: that is what people have read.
        found.samples = sorted(found.samples, key=lambda s: s["verdict"] == "added")[:SAMPLES]
        progress(found.texts)
    return found


def release(ledger: Ledger, name: str, more: Declared, by: str, reason: str) -> DocumentOutcome:
    """Read a quarantined text again with what a person declares of it; take it in if that helps."""
    [text] = held_texts(ledger, ids=[name])
    told = {fact: value for fact, value in asdict(more).items() if value is not None}
    arrival = again(text, replace(text.declared, **told))
    run = start_run(ledger, kind="review", parser_version=parser_version())
    catch_up(ledger, run, places_read([arrival]))
    [document] = record(ledger, run, [arrival], derive).documents
    if document.status != "refused":
        decide_held(ledger, run, name, "released", by, reason)
    finish_run(ledger, run, status="completed", counts={document.status: 1})
    return document


def discard(ledger: Ledger, name: str, by: str, reason: str) -> None:
    """Put a quarantined thing away for good; it stays on record."""
    run = start_run(ledger, kind="review", parser_version=parser_version())
    decide_held(ledger, run, name, "discarded", by, reason)
    finish_run(ledger, run, status="completed")
