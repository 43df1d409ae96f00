"""What the machine does to a run: a full disk, a database that goes away, a clock that is set back."""

from __future__ import annotations

import os
import resource
import subprocess
import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select, text

from storage import ledger as ledgers
from storage.ledger import open_ledger
from storage.models import Commit


def told(said: Path) -> tuple[str, str]:
    """Kind of error and the sentence that a run ended with."""
    kind, _, sentence = said.read_text(encoding="utf-8").partition("\n")
    assert sentence and "\n" not in sentence.strip()
    return kind, sentence


@pytest.mark.soak
def test_a_file_that_may_not_grow_is_said_and_the_next_run_mends_it(
    tmp_path, texts, said, proof, tell
) -> None:
    whole = str(tmp_path / "whole.db")
    texts.run(whole)
    expected, size = proof.holds(whole), Path(whole).stat().st_size
    refused = 0
    for share in range(1, proof.times(20) + 1):
        limit = size * share // (proof.times(20) + 1)
        url = str(tmp_path / f"{share}.db")
        status = proof.ended(
            texts.start(url, prepare=lambda n=limit: resource.setrlimit(resource.RLIMIT_FSIZE, (n, n)))
        )
        if status != 0:
            kind, sentence = told(said)
            assert (status, kind) == (3, "LedgerError")
            assert "disk" in sentence
            refused += 1
        texts.run(url)
        assert proof.holds(url) == expected
    assert refused
    tell(f"{refused} runs stopped by a limit on the file")


@pytest.mark.soak
def test_a_full_disk_is_said_and_the_next_run_mends_it(tmp_path, texts, said, proof) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=900k", "tmpfs", disk], capture_output=True)
    if mounted.returncode:
        pytest.skip("no disk of its own may be mounted here")
    try:
        url = str(disk / "ledger.db")
        assert proof.ended(texts.start(url)) == 3
        assert told(said)[0] == "LedgerError"
        assert "disk is full" in told(said)[1]
        subprocess.run(["mount", "-o", "remount,size=200m", disk], check=True)
        texts.run(url)
        alone = str(tmp_path / "alone.db")
        texts.run(alone)
        assert proof.holds(url) == proof.holds(alone)
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


@pytest.mark.soak
def test_a_server_that_drops_the_connection_is_said_and_the_next_run_mends_it(
    postgres, texts, said, chance, proof, tell
) -> None:
    begun = time.monotonic()
    alone = postgres()
    texts.run(alone)
    whole, expected = time.monotonic() - begun, proof.holds(alone)
    dropped = 0
    for _ in range(proof.times(20)):
        url = postgres()
        child = texts.start(url)
        time.sleep(chance.uniform(0.05, whole * 0.7))
        engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
        with engine.connect() as connection:
            connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )
        engine.dispose()
        if (status := proof.ended(child)) != 0:
            kind, sentence = told(said)
            assert (status, kind) == (3, "LedgerError"), sentence
            assert "cannot be reached" in sentence
            dropped += 1
        texts.run(url)
        assert proof.holds(url) == expected
    tell(f"{dropped} runs lost their connection")


@pytest.mark.soak
def test_a_file_that_is_taken_away_is_said_and_none_is_made_anew(tmp_path, texts, said, proof) -> None:
    path = tmp_path / "ledger.db"
    open_ledger(path, create=True).close()
    child = texts.start(str(path))
    log, latest = path.with_name("ledger.db-wal"), time.monotonic() + 60
    while not log.exists() and time.monotonic() < latest:  # it is opened, and anew for each job of the run
        time.sleep(0.001)
    path.rename(tmp_path / "away.db")
    assert proof.ended(child) == 3
    assert told(said)[0] == "LedgerError"
    assert not path.exists() or path.stat().st_size == 0


@pytest.mark.soak
def test_an_account_that_may_not_write_is_told_so(postgres, texts, said, proof) -> None:
    url = postgres()
    texts.run(url)
    before = proof.holds(url)
    reader = f"reader{os.getpid()}"
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(text(f"CREATE ROLE {reader} LOGIN"))
        connection.execute(text(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {reader}"))
    name = engine.url.username
    engine.dispose()
    assert proof.ended(texts.start(url.replace(f"//{name}:", f"//{reader}:", 1))) == 3
    assert told(said)[0] == "LedgerError"
    assert "may not be written" in told(said)[1]
    assert proof.holds(url) == before


@pytest.mark.soak
def test_a_clock_that_is_set_back_changes_no_order(
    new_ledger, texts, said, chance, proof, monkeypatch
) -> None:
    right = new_ledger()
    texts.run(right)
    monkeypatch.setattr(
        ledgers, "utc_now", lambda: datetime.now(UTC) - timedelta(days=chance.uniform(0, 400))
    )
    url = new_ledger()
    texts.run(url, texts.inputs[:5])
    texts.run(url)
    assert proof.holds(url) == proof.holds(right)
    with open_ledger(url) as ledger, ledger.reading() as connection:
        times = connection.execute(select(Commit.recorded_at).order_by(Commit.seq)).scalars().all()
    assert len(times) > 2
    assert all(a < b for a, b in pairwise(times))
