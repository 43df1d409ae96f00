"""The six invariants of the ledger over random histories: real reader, tracker and store on invented texts.

A history is what happens to a district's texts: they come late, twice, edited, at two addresses, as pages and
files, some unreadable; people rule on them; parsers come and go; writes are cut off. It is played twice, in
another order, other batches and with other parsers in between, and both ledgers are looked at. Among them are
copies of one text at several addresses: typed anew, a sentence short, with another figure.
"""

from __future__ import annotations

import io
import os
import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, note, seed, settings
from hypothesis import strategies as st
from sqlalchemy import select

from flows import core, deciding, rereading
from parsers.read import read
from parsers.reading import Declared, Reading
from parsers.refusal import Refused
from storage.export import export_current
from storage.ledger import Ledger, open_ledger
from storage.models import Document, VersionRow
from storage.place_texts import place_versions, rulings_on
from storage.queries import changes, commitments, editions, quarantine
from storage.readings import text_of
from storage.runs import start_run
from storage.sightings import Seen, see_again
from storage.verify import verify
from storage.write import Arrival, places_of_texts, record
from tracking.comparison import replay
from tracking.decisions import Decisions
from tracking.derive import derive, mentions_told
from tracking.keys import commitment_id
from tracking.model import FieldChange
from tracking.rulings import Cited, Ruling
from tracking.stories import story_of

FULL = os.environ.get("DUIXIAN_SOAK") == "1"
SEED = int(os.environ.get("DUIXIAN_SEED", "20261120"))
START = datetime(2026, 1, 1, tzinfo=UTC)
PLACES = ("云川市澄湖区", "云川市南麓区")
NAMES = ("a.txt", "b.txt", "x/a.txt", "page.html")
PARSERS = ("whole", "overlooks", "misreads")
REFUSING = "overlooks"
LINES = (
    "{y}年，城镇新增就业{n}00人以上。",
    "{y}年，新建停车泊位{n}0个。",
    "{y}年，打通望湖路北段。",
    "力争建成云帆科技园{n}期。",
    "以“1+{n}”工作思路统揽全局，聚焦产业、湖水、出行、日子四个方面。",
    "{y}年不设旧村改造的具体目标。",
)
REVIEW = "一、{p}年工作回顾\n\n过去一年，累计实现城镇新增就业{r}00人。\n\n二、{y}年工作安排"


@dataclass(frozen=True)
class Text:
    """A text as it was handed in. told: (line, amount) pairs; visits: what changes round its body. typed:
    with other marks."""

    name: str
    year: int
    told: tuple[tuple[int, int], ...]
    review: int
    visits: int
    day: int
    dated: bool
    place: int
    typed: bool = False

    @property
    def content(self) -> bytes:
        about = {"y": self.year, "p": self.year - 1, "r": self.review}
        lines = [LINES[line].format(n=n, **about) for line, n in self.told]
        lines = [line.replace("，", ", ") if self.typed else line for line in lines]
        parts = [f"{PLACES[self.place][3:]}{self.year}年工作要点"]
        parts += [REVIEW.format(**about)] if self.review else []
        if not self.name.endswith("html"):
            return "\n\n".join((*parts, *lines, "")).encode()
        body = "".join(f"<p>{one}</p>" for part in (*parts, *lines) for one in part.split("\n\n"))
        counter = f"<script>visits = {self.visits}</script>"
        return f"<html><head><title>{parts[0]}</title>{counter}</head><body>{body}</body></html>".encode()

    @property
    def declared(self) -> Declared:
        return Declared(PLACES[self.place], "district", str(self.year) if self.dated else None, type="plan")

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()

    def arrival(self) -> Arrival:
        outcome = Parser.read(self.content, self.name, self.declared)
        at = START + timedelta(days=self.day)
        return Arrival("invented", self.name, self.content, at, outcome, self.declared)


class Parser:
    """The reader of the moment: reading as it is, or as other versions of it might have been."""

    version = PARSERS[0]

    @classmethod
    def read(cls, content: bytes, name: str, declared: Declared) -> Reading | Refused:
        return _read(cls.version, content, name, declared)

    @classmethod
    def raising(cls, content: bytes, name: str, declared: Declared) -> Reading:
        found = cls.read(content, name, declared)
        if isinstance(found, Refused):
            raise found
        return found


@lru_cache(maxsize=500)
def _read(version: str, content: bytes, name: str, declared: Declared) -> Reading | Refused:
    try:
        found = read(content, name, declared)
    except Refused as refusal:
        return refusal
    if version == REFUSING:
        if name.endswith("html"):
            return Refused("unreadable", "pages cannot be read yet")
        return replace(found, statements=found.statements[:-1])
    if version == "misreads":
        more = (
            replace(s, quantities=tuple(replace(q, value=q.value + 1) for q in s.quantities))
            for s in found.statements
        )
        return replace(found, statements=tuple(more))
    return found


def nearly_all(at: int, n: int, without: int) -> tuple[tuple[int, int], ...]:
    """What a copy of a longer text tells: one line with an amount of its own, one line left out."""
    return tuple((line, n if line == at else 2) for line in range(len(LINES)) if line != without)


TOLD = st.lists(
    st.tuples(st.integers(0, len(LINES) - 1), st.integers(2, 4)), max_size=3, unique_by=lambda one: one[0]
).map(lambda found: tuple(sorted(found)))
COPIED = st.builds(nearly_all, st.sampled_from([0, 1]), st.integers(2, 3), st.integers(1, len(LINES) + 4))
TEXT = st.builds(
    Text,
    name=st.sampled_from(NAMES),
    year=st.integers(2018, 2020),
    told=st.one_of(TOLD, TOLD, TOLD, COPIED),
    review=st.integers(0, 3),
    visits=st.integers(1, 2),
    day=st.integers(0, 5),
    dated=st.sampled_from([True, True, False]),
    place=st.sampled_from([0, 0, 0, 1]),
    typed=st.sampled_from([False, False, True]),
)
KINDS = (
    "same",
    "not_same",
    "merge",
    "split",
    "wrong_statement",
    "right_value",
    "alias",
    "covers",
    "complete",
    "withhold",
)
RULED = st.tuples(
    st.sampled_from(KINDS), st.integers(0, 9), st.integers(0, 9), st.integers(0, 3), st.booleans()
)
HISTORY = st.tuples(
    st.lists(TEXT, min_size=1, max_size=7), st.lists(RULED, max_size=3), st.integers(0, 2**32)
)


def rulings_from(texts: Sequence[Text], ruled: Sequence[tuple[str, int, int, int, bool]]) -> list[Ruling]:
    """Rulings on statements of the texts; the last field takes some of them back again."""
    said = [
        Cited(text.sha256, statement.spans)
        for text in texts
        if isinstance(found := _read(PARSERS[0], text.content, text.name, text.declared), Reading)
        for statement in found.statements
    ]
    found: list[Ruling] = []
    for hour, (kind, one, other, value, back) in enumerate(ruled if said else ()):
        cited = (said[one % len(said)], said[other % len(said)])
        whole = kind in ("covers", "complete")
        if kind not in ("same", "not_same", "merge"):
            cited = cited[:1]
        evidence = tuple(Cited(c.sha256) if whole else c for c in dict.fromkeys(cited))
        body = {
            "right_value": {"value": str(value * 100)},
            "alias": {"word": "停车泊位", "means": "城镇新增就业"},
            "covers": {"area": "就业"},
            "complete": {"complete": value > 0},
            "withhold": {"erase": False},
        }.get(kind, {})
        ruling = Ruling(kind, evidence, "甲", "因为", START + timedelta(hours=hour), body)  # type: ignore[arg-type]
        found.append(ruling)
        if back:
            at = START + timedelta(hours=hour + 1)
            found.append(Ruling("revoke", (), "乙", "误判", at, {}, ruling.id))
    return list({ruling.id: ruling for ruling in found}.values())


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


def current(ledger: Ledger) -> str:
    stream = io.StringIO()
    export_current(ledger, stream)
    return stream.getvalue()


def said(ledger: Ledger, at: datetime | None = None) -> list[Any]:
    """What the ledger says (or said)."""
    return [
        changes(ledger, known_at=at).entries,
        changes(ledger, known_at=at, include_all=True).entries,
        commitments(ledger, known_at=at),
        editions(ledger, known_at=at),
    ]


# The invariants, as semantics has them; each takes a ledger and raises where it does not hold.


def nothing_new_changes_nothing(ledger: Ledger, texts: Sequence[Text]) -> None:
    """2. All texts again, all places concluded anew: no row, no entry."""
    before = current(ledger)
    run = start_run(ledger, kind="run", parser_version=Parser.version)
    again = record(ledger, run, [text.arrival() for text in texts], derive, rederive=["*"])
    assert again.commit is None and not again.changes and not again.withdrawn
    assert rereading.reparse(ledger, Parser.version).texts == {}
    assert current(ledger) == before


def deltas_replay(ledger: Ledger) -> None:
    """3. From a commitment's first telling, the logged field changes lead to its last."""
    logged: dict[str, list[dict[str, Any]]] = {}
    for entry in changes(ledger, include_all=True).entries:
        if entry["superseded_by"] is None:
            logged.setdefault(entry["commitment"]["id"], []).append(entry)
    with ledger.reading() as connection:
        for code in sorted(places_of_texts(connection)):
            versions = place_versions(connection, code)
            decided = Decisions({v.sha256: v for v in versions}, rulings_on(connection, versions))
            known = {c.id: c for d in derive(versions, decided.rulings) for c in d.commitments}
            for owner, mentions in mentions_told(versions, decided):
                for thread in decided.threads(mentions):
                    name = commitment_id(
                        owner.code, f"{owner.level} {owner.name}", (m.id for m in thread.mentions)
                    )
                    if name in known:
                        _replayed(story_of(owner, known[name], thread), logged.get(name, []))


def _replayed(story: Any, logged: Sequence[dict[str, Any]]) -> None:
    tellings = {m.key: t for c in story.chapters for t in c.tellings if not t.absent for m in t.mentions}
    order = list(tellings)
    told = [e for e in logged if e["change"] in ("new", "restated", "changed", "revived")]
    told.sort(key=lambda e: order.index(e["about"]))
    if not told:
        assert not tellings
        return
    state = tellings[told[0]["about"]].payload
    for entry in told[1:]:
        state = replay(state, [_field(name, one) for name, one in entry["fields"].items()])
    last = tellings[told[-1]["about"]].payload
    for term, value in last.items():
        if term not in ("listed", "components") and value is not None:
            assert state.get(term) == value, (story.commitment.title, term, state, last)


def _field(name: str, one: dict[str, Any]) -> FieldChange:
    sets = {k: tuple(one.get(k, ())) for k in ("added", "removed", "kept")}
    return FieldChange(name, one["old"], one["new"], one["direction"], **sets)


def evidence_holds(ledger: Ledger, texts: Sequence[Text]) -> None:
    """4. Conclusions follow anew from what they cite, and every quote stands in the bytes handed in."""
    checks = list(verify(ledger, derive=derive, parser_version=Parser.version))
    assert [check for check in checks if check.wrong or "older parser" in check.note] == []
    raw = {text.sha256: text.content.decode() for text in texts}
    for entry in changes(ledger, include_all=True).entries:
        assert entry["evidence"]
        for piece in entry["evidence"]:
            words = "".join(raw[piece["sha256"]][start:end] for start, end in piece["spans"])
            assert piece["quote"] == words or piece.get("withheld")


def told(text: Text) -> Any:
    """What a text says, without what stands round it."""
    return replace(text, visits=0, day=0)


def nothing_is_lost(ledger: Ledger, texts: Sequence[Text]) -> None:
    """6. Every text handed in stands as a version of its address, or as the page round one, or is held with
    its reason."""
    with ledger.reading() as connection:
        query = select(Document.locator, VersionRow.sha256).join(
            VersionRow, VersionRow.document_seq == Document.seq
        )
        versions = {tuple(row) for row in connection.execute(query)}
    held = {(q["sha256"], q["code"]) for q in quarantine(ledger, closed=True)}
    for text in texts:
        outcome = text.arrival().outcome
        if isinstance(outcome, Refused):
            assert (text.sha256, outcome.code) in held
            assert text_of(ledger, text.sha256) if (text.name, text.sha256) in versions else True
        elif (text.name, text.sha256) not in versions:
            bodies = {
                other.arrival().outcome.body_sha256  # type: ignore[union-attr]
                for other in texts
                if (other.name, other.sha256) in versions and isinstance(other.arrival().outcome, Reading)
            }
            assert outcome.body_sha256 in bodies


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
@seed(SEED)
@histories(1000)
@given(HISTORY)
def test_the_invariants_hold_on_sqlite(reader, on_sqlite, tell, history) -> None:
    check(on_sqlite, history)
    counted(tell, "sqlite")


@pytest.mark.soak
@seed(SEED)
@histories(100)
@given(HISTORY)
def test_the_invariants_hold_on_postgresql(reader, postgres, tell, history) -> None:
    check(lambda: open_ledger(postgres(), mode="demo", create=True, clock=Clock()), history)
    counted(tell, "postgresql")
