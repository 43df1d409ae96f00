"""How fast the site answers from a large ledger, each question beside the bare query of its list.

    python -m benchmarks.site [--entries 1000000] [--db LEDGER] [--seconds 60] [--rounds 40]

Makes a ledger of generated entries on each database that is at hand (or asks the one named), then measures
pages, API reads of one commitment and searches one at a time, and at last twenty at once. Timings say what
this machine did at that moment: the load stands beside them, and CPU time beside wall time.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import httpx
from fastapi.testclient import TestClient

from audit.asking import changes, commitments
from audit.asking.places import places
from audit.scorecard import scores
from audit.site.options import Options
from audit.site.place_page import OPENED
from benchmarks.generated import fill
from benchmarks.ledger import ledgers
from flows.serving import application, listen, settle
from storage.ledger import Ledger, open_ledger
from storage.queries.search import search_statements


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--db", help="a ledger to ask; without one, one is made and thrown away")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--rounds", type=int, default=40, help="how often each question is asked")
    asked = parser.parse_args()
    if asked.db is not None:
        with open_ledger(asked.db) as ledger:
            measure(ledger, asked.rounds)
            together(ledger, asked.seconds)
        return
    with tempfile.TemporaryDirectory() as folder, ledgers(Path(folder)) as opened:
        for ledger in opened:
            started = time.process_time()
            fill(ledger, asked.entries)
            print(f"made {asked.entries} entries in {time.process_time() - started:.0f} s of CPU")
            measure(ledger, asked.rounds)
            together(ledger, asked.seconds)


def measure(ledger: Ledger, rounds: int) -> None:
    """One question at a time."""
    row = partial(measured, rounds)
    first = commitments.ask(ledger, commitments.CommitmentQuestion(), limit=200).entries
    ids = [one["id"] for one in first]
    names = [place.name for place in places(ledger)]
    words = first[0]["title"][:2]
    question = changes.ChangeQuestion()
    app = application(ledger, Options(requests_a_minute=10**9, secret="s" * 32))
    app.state.once_loaded.append(settle)
    with TestClient(app, base_url="http://localhost") as client:

        def get(path: str) -> Callable[[int], None]:
            def ask(turn: int) -> None:
                # Another place each time: what is remembered of one does not help the next.
                told = {"id": ids[turn % len(ids)], "place": names[7 * turn % len(names)]}
                answer = client.get(path.format(**told))
                assert answer.status_code == 200, answer.text[:200]

            return ask

        client.get("/")  # counts what the ledger holds, as a server does once before anybody asks
        print(f"{ledger.dialect}; load {os.getloadavg()[0]:.1f}; milliseconds: {HEADINGS}")
        row("bare query: a page of the log", lambda _: changes.ask(ledger, question, limit=25))
        row("page /changes", get("/changes"))
        row("page /changes of a place", get("/changes?district={place}"))
        row("page /changes, one kind", get("/changes?kind=changed"))
        row("page /changes as of a day", get("/changes?as_of=2025"))
        row("page /changes, one direction", get("/changes?direction=lowered"))
        row("page /changes, a direction nothing has", get("/changes?direction=softened"))
        row("page /changes, an edition nothing has", get("/changes?edition=2011"))
        row("page /commitments", get("/commitments"))
        row("page /commitments of a place, by title", get("/commitments?district={place}&sort=title"))
        row("page /documents", get("/documents"))
        row("bare query: a story", lambda n: commitments.story(ledger, ids[n % len(ids)], question.clocks))
        row("page of a commitment", get("/commitments/{id}"))
        row("API: one commitment", get("/api/commitments/{id}"))
        row("API: one commitment as of a day", get("/api/commitments/{id}?as_of=2026"))
        row("bare query: a scorecard", lambda n: scores(ledger, names[7 * n % len(names)], most=OPENED))
        row("page of a place", get("/places/{place}"))
        row("page of a plan", get("/plans/{place}/2026"))
        row("page of two plans", get("/plans/{place}/2026?against=2025"))
        row("page of what changed between two plans", get("/plans/{place}/2026?against=2025&group=changed"))
        row("API: scorecard", get("/api/scorecard?district={place}"))
        row("API: due in a place", get("/api/due?district={place}&as_of=2026-06-30&within=365"))
        row("API: lineages of a place", get("/api/lineages?district={place}"))
        row("bare query: a search", lambda _: search_statements(ledger, words))
        row(f"API: search, words everywhere ({words})", get(f"/api/search?q={words}"))
        row("API: search, a word in one place of hundreds", get("/api/search?q=指标7&district={place}"))
        row("API: search, a word nowhere", get("/api/search?q=没有的词"))
        row("API: search in whole texts", get(f"/api/search?q={words}&in=texts"))
        row("page / (what it counts is renewed behind the scenes)", get("/"))


HEADINGS = "median, p95, CPU median, CPU p95"


def measured(rounds: int, name: str, ask: Callable[[int], object]) -> None:
    """Ask so often, after once to warm up."""
    ask(0)
    walls, cpus = [], []
    for turn in range(1, rounds + 1):
        wall, cpu = time.perf_counter(), time.process_time()
        ask(turn)
        walls.append(1000 * (time.perf_counter() - wall))
        cpus.append(1000 * (time.process_time() - cpu))
    told = [f(some) for some in (walls, cpus) for f in (statistics.median, p95)]
    print(f"  {name:52}" + "".join(f" {value:8.1f}" for value in told), flush=True)


def p95(values: list[float]) -> float:
    """What nineteen of twenty stay below."""
    return statistics.quantiles(values, n=20)[-1]


def together(ledger: Ledger, seconds: float, at_once: int = 20) -> None:
    """Twenty readers at once, against a real server."""
    import uvicorn

    listening = listen(0)
    app = application(ledger, Options(requests_a_minute=10**9, secret="s" * 32))
    app.state.once_loaded.append(settle)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True).start()
    base = f"http://127.0.0.1:{listening.getsockname()[1]}"
    ids = [one["id"] for one in commitments.ask(ledger, commitments.CommitmentQuestion(), limit=200).entries]
    taken: list[float] = []
    bad = [0]
    until = time.monotonic() + seconds

    def read(number: int) -> None:
        turn = 13 * number
        with httpx.Client(base_url=base, timeout=60) as client:
            while time.monotonic() < until:
                turn += 1
                path = ("/changes", f"/commitments/{ids[turn % len(ids)]}", "/api/changes?limit=10")[turn % 3]
                begun = time.perf_counter()
                try:
                    if client.get(path).status_code != 200:
                        bad.append(1)
                        continue
                except httpx.HTTPError:
                    bad.append(1)
                    continue
                taken.append(1000 * (time.perf_counter() - begun))

    spent = time.process_time()
    readers = [threading.Thread(target=read, args=(number,)) for number in range(at_once)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    server.should_exit = True
    spent = time.process_time() - spent
    told = f"{len(taken)} answers ({len(taken) / seconds:.0f} a second), {sum(bad)} errors"
    waits = f"median {statistics.median(taken):.0f} ms, p95 {p95(taken):.0f} ms"
    cost = f"{1000 * spent / len(taken):.0f} ms of CPU each, readers' own included"
    print(f"  {at_once} at once for {seconds:.0f} s: {told}; {waits}; {cost}; load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
