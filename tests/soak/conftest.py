"""Runs of the real job in processes that can be killed, and what their ledgers say afterwards."""

from __future__ import annotations

import hashlib
import io
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from flows.core import work
from flows.inputs import Input, from_paths
from flows.jobs import Job
from flows.ledgers import Choice
from parsers.reading import Declared
from storage.export import export_current
from storage.ledger import open_ledger
from storage.verify import verify

pytest.register_assert_rewrite("tests.soak.invariants")
FULL = os.environ.get("DUIXIAN_SOAK") == "1"
STEP = 3
"""Texts of one job: each concludes anew on what the ones before it left, in transactions of its own."""


def times(full: int) -> int:
    """How often a proof is tried: all of it in `make soak`, a tenth elsewhere."""
    return full if FULL else max(1, full // 10)


@dataclass(frozen=True)
class Texts:
    """Real texts, and the runs over them: in several jobs, so that a kill finds many moments."""

    inputs: tuple[Input, ...]

    def run(self, url: str, inputs: Sequence[Input] | None = None) -> None:
        """Read them into the ledger, in this process."""
        chosen = tuple(self.inputs if inputs is None else inputs)
        for start in range(0, len(chosen), STEP):
            some = chosen[start : start + STEP]
            work(Job(some, Choice(url, url, "option"), "real", standard=False), version="soak")

    def start(
        self, url: str, inputs: Sequence[Input] | None = None, prepare: Callable[[], None] | None = None
    ) -> int:
        """The same in a process of its own; status 3 where it ended with a sentence (kept in SOAK_SAID)."""
        child = os.fork()
        if child:
            return child
        status = 1
        try:
            sys.stderr = io.StringIO()
            if prepare is not None:
                prepare()
            self.run(url, inputs)
            status = 0
        except Exception as error:
            from flows.cli.unexpected import ending

            sentence, _ = ending(error)
            Path(os.environ["SOAK_SAID"]).write_text(f"{type(error).__name__}\n{sentence}", encoding="utf-8")
            status = 3
        finally:
            os._exit(status)


@pytest.fixture(scope="session")
def chance(seed: int) -> random.Random:
    """The chance of this test run; the same seed takes the same decisions."""
    return random.Random(seed)


@pytest.fixture(scope="session")
def texts(examples: Path) -> Texts:
    """The examples, and some of the development reports where they are on this machine."""
    if not hasattr(os, "fork"):
        pytest.skip("no fork on this system")
    shared = Path(os.environ.get("DUIXIAN_SHARED", examples.parent.parent / "shared"))
    reports = sorted((shared / "corpus" / "reports").rglob("*.md"))[:: 270 if FULL else 810]
    return Texts(tuple(from_paths([examples, *reports], Declared())))


@pytest.fixture
def said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a child writes the sentence that it ended with."""
    path = tmp_path / "said.txt"
    monkeypatch.setenv("SOAK_SAID", str(path))
    monkeypatch.setenv("DUIXIAN_VAR", str(tmp_path / "var"))
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def new_ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], str]]:
    """Makes addresses of ledgers that are not there yet."""
    if request.param == "postgresql":
        yield request.getfixturevalue("postgres")
        return
    folder = tmp_path / "ledgers"
    folder.mkdir()
    numbers = iter(range(10**6))
    yield lambda: str(folder / f"{next(numbers)}.db")
    shutil.rmtree(folder, ignore_errors=True)


def ended(child: int) -> int:
    """Wait for a process; its exit status, negative for a signal."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def kill_after(child: int, seconds: float) -> bool:
    """Kill a process after so long; whether it was still at work."""
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)  # it is there until it is waited for, even if it has ended
    return ended(child) == -signal.SIGKILL


def holds(url: str) -> str:
    """Hash of the current export of a ledger that verifies."""
    stream = io.StringIO()
    with open_ledger(url) as ledger:
        assert [check.wrong for check in verify(ledger) if check.wrong] == []
        export_current(ledger, stream)
    return hashlib.sha256(stream.getvalue().encode()).hexdigest()


class Proof:
    """What the proofs share; importing from here is not possible."""

    times = staticmethod(times)
    ended = staticmethod(ended)
    kill_after = staticmethod(kill_after)
    holds = staticmethod(holds)


@pytest.fixture
def proof() -> type[Proof]:
    """Counting, killing, comparing."""
    return Proof
