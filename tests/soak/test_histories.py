"""The six invariants of the ledger over random histories: real reader, tracker and store on invented texts.

A history is what happens to a district's texts: they come late, twice, edited, at two addresses, as pages and
files, some unreadable; people rule on them; parsers come and go; writes are cut off. It is played twice, in
another order, other batches and with other parsers in between, and both ledgers are looked at. Among them are
copies of one text at several addresses: typed anew, a sentence short, with another figure.
"""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings

from flows import core, deciding, rereading
from storage.ledger import Ledger, open_ledger
from storage.queries import changes, commitments, editions
from storage.runs import start_run
from storage.sightings import Seen, see_again
from tests.soak.histories import HISTORY, PARSERS, REFUSING, START, Parser, Text, rulings_from
from tests.soak.invariants import (
    current,
    deltas_replay,
    evidence_holds,
    nothing_is_lost,
    nothing_new_changes_nothing,
    told,
)
from tracking.rulings import Cited, Ruling

FULL = os.environ.get("DUIXIAN_SOAK") == "1"


class CutOffError(Exception):
    """A write that did not come to its end."""


def play(ledger: Ledger, steps: Sequence[Any], chance: random.Random, parsers: Sequence[str]) -> None:
    """Texts and rulings into a ledger, some at a time, in runs that may be cut off; read last by the first
    of the parsers."""
    rest = list(steps)
    while rest:
        some = [rest.pop(0) for _ in range(min(len(rest), chance.randint(1, 4)))]
        Parser.version = chance.choice(parsers)
        if chance.random() < 0.2:
            with suppress(CutOffError):
                step(cut_off(ledger), some)
        step(ledger, some)
    Parser.version = parsers[0]
    rereading.reparse(ledger, Parser.version)


def step(ledger: Ledger, some: Sequence[Any]) -> None:
    """One run: what is seen again is noted, the rest is read and stored, rulings are recorded."""
    texts = [one for one in some if isinstance(one, Text)]
    if texts:
        run = start_run(ledger, kind="run", parser_version=Parser.version)
        arrivals = [text.arrival() for text in texts]
        seen = [
            Seen(a.source, a.locator, t.sha256, a.declared, a.observed_at)
            for a, t in zip(arrivals, texts, strict=True)
        ]
        known = see_again(ledger, run, seen)
        new = [arrival for arrival, outcome in zip(arrivals, known, strict=True) if outcome is None]
        if new:
            core.store(ledger, run, new)
    if len(texts) < len(some):
        deciding.decide(ledger, [one for one in some if isinstance(one, Ruling)])


def cut_off(ledger: Ledger) -> Ledger:
    """The ledger with a clock that fails where a commit asks for its time, after all rows were written."""
    times = iter((True,))

    def clock() -> datetime:
        if next(times, False):
            return ledger.clock()
        raise CutOffError

    return replace(ledger, clock=clock)


class Clock:
    """A clock that moves a second each time it is read."""

    def __init__(self) -> None:
        self.now = datetime(2026, 6, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def said(ledger: Ledger, at: datetime | None = None) -> list[Any]:
    """What the ledger says (or said)."""
    return [
        changes(ledger, known_at=at).entries,
        changes(ledger, known_at=at, include_all=True).entries,
        commitments(ledger, known_at=at),
        editions(ledger, known_at=at),
    ]


def check(make: Callable[[], Any], history: Any) -> None:
    """Play a history in two ways and hold both ledgers against every invariant."""
    texts, ruled, number = history
    note(repr(history))
    chance = random.Random(number)
    exports: list[str] = []
    rulings = rulings_from(texts, ruled)
    # Which of two bytes round one body a refusal is told of depends on whether a parser ever read them.
    twins = len({text.sha256 for text in texts}) > len({(text.name, told(text)) for text in texts})
    final, *others = chance.sample([p for p in PARSERS if not (twins and p == REFUSING)], 3 - twins)
    for order in (1, 2):
        with make() as ledger:
            steps = [*texts, *rulings]
            past: list[tuple[datetime, list[Any]]] = []
            if order == 1:
                middle = chance.randint(0, len(steps))
                play(ledger, steps[:middle], chance, [final])
                past.append((ledger.clock(), said(ledger)))
                play(ledger, steps[middle:], chance, [final])
                accused = reviews_of(ledger, chance)
                deciding.decide(ledger, accused)
                rulings += accused
            else:
                chance.shuffle(steps)
                steps.sort(key=lambda one: isinstance(one, Ruling) and one.kind == "revoke")
                play(ledger, steps, chance, [final, *others])
            exports.append(current(ledger))
            if not any(ruling.kind == "withhold" for ruling in rulings):
                assert [(at, said(ledger, at)) for at, _ in past] == past, "5. known at"
            nothing_is_lost(ledger, texts)
            if order == 2:  # the more troubled of the two, and they hold the same
                nothing_new_changes_nothing(ledger, texts)
                deltas_replay(ledger)
                evidence_holds(ledger, texts)
    assert exports[0] == exports[1], "1. another order"


def reviews_of(ledger: Ledger, chance: random.Random) -> list[Ruling]:
    """Verdicts on accusations that the ledger holds."""
    found = []
    for entry in changes(ledger, kinds=("missed", "dropped", "unreported")).entries[:2]:
        cited = tuple(Cited(p["sha256"], tuple(map(tuple, p["spans"]))) for p in entry["evidence"])
        body = {name: entry[name] for name in ("change", "edition_from", "edition_to")}
        body["verdict"] = chance.choice(["confirmed", "rejected"])
        found.append(Ruling("review", cited, "丙", "查过全文", START + timedelta(days=1), body))
    return found


@pytest.fixture(scope="module")
def reader() -> Iterator[None]:
    """The commands' own code reads with the reader of the moment."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rereading, "read", Parser.raising)
        patch.setattr(deciding, "parser_version", lambda: Parser.version)
        yield


@pytest.fixture(scope="module")
def on_sqlite() -> Iterator[Callable[[], Any]]:
    """Opens an empty ledger. All of them lie in one file, one after the other: a known engine has its
    questions prepared, and making the tables takes longer than a history."""
    # What survives a power cut is proved elsewhere; here waiting for the disk would take half of the time.
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        empty, path = Path(folder) / "empty.db", Path(folder) / "ledger.db"
        open_ledger(empty, mode="demo", create=True).close()
        shutil.copy(empty, path)
        with open_ledger(path) as known:

            @contextmanager
            def emptied() -> Iterator[Ledger]:
                for old in path.parent.glob("ledger.db*"):
                    old.unlink()
                shutil.copy(empty, path)
                yield replace(known, clock=Clock())

            yield emptied


def histories(count: int) -> settings:
    """A twentieth of so many in `make soak` (tests/conftest.py then makes it all), a tenth in CI; the
    same ones each time."""
    return settings(
        max_examples=count // 20 if FULL else count // 10,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )


PLAYED: Counter[str] = Counter()


def counted(tell: Callable[[str], None], database: str) -> None:
    """One history more has passed on this database."""
    PLAYED[database] += 1
    tell(f"{PLAYED[database]} random histories, each played in two orders")


@pytest.mark.soak
@histories(1000)
@given(HISTORY)
def test_the_invariants_hold_on_sqlite(reader, on_sqlite, tell, history) -> None:
    check(on_sqlite, history)
    counted(tell, "sqlite")


@pytest.mark.soak
@histories(100)
@given(HISTORY)
def test_the_invariants_hold_on_postgresql(reader, postgres, tell, history) -> None:
    check(lambda: open_ledger(postgres(), mode="demo", create=True, clock=Clock()), history)
    counted(tell, "postgresql")
