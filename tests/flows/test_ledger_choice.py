"""Which ledger a command means, and which texts a run takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows import home, jobs, ledgers
from flows.settings import settings
from parsers.reading import Declared


@pytest.fixture(autouse=True)
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty clone with its own data folder and nothing configured."""
    for folder in ("seeds", "examples"):
        (tmp_path / folder).mkdir()
    monkeypatch.setattr(home, "clone", lambda: tmp_path)
    monkeypatch.setattr(ledgers, "clone", lambda: tmp_path)
    monkeypatch.setenv("DUIXIAN_VAR", str(tmp_path / "var"))
    monkeypatch.delenv("DUIXIAN_DB", raising=False)
    settings.cache_clear()
    return tmp_path


def test_an_asked_ledger_wins_over_the_configured_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUIXIAN_DB", "b.sqlite")
    settings.cache_clear()
    assert ledgers.choose("a.sqlite").url == "a.sqlite"
    assert ledgers.choose(None).url == "b.sqlite"


def test_questions_go_to_the_ledger_that_the_last_run_used(clone: Path) -> None:
    ledgers.remember("demo")
    assert ledgers.choose(None).url == str(clone / "var" / "demo.sqlite")
    ledgers.remember("real")
    assert ledgers.choose(None).url == str(clone / "var" / "ledger.sqlite")


def test_the_name_of_a_ledger_holds_no_password() -> None:
    assert ledgers.choose("postgresql://ann:s3cret@db:5432/duixian").name == "postgresql://db:5432/duixian"


def test_without_paths_seeds_go_before_examples(clone: Path) -> None:
    (clone / "examples" / "a.txt").write_text("x", encoding="utf-8")
    demo = jobs.job_for([], Declared(), None)
    assert (demo.mode, demo.inputs[0].source, Path(demo.ledger.url).name) == (
        "demo",
        "examples",
        "demo.sqlite",
    )
    (clone / "seeds" / "README.md").write_text("x", encoding="utf-8")
    assert jobs.job_for([], Declared(), None).mode == "demo"
    (clone / "seeds" / "b.txt").write_text("x", encoding="utf-8")
    real = jobs.job_for([], Declared(), None)
    assert (real.mode, real.inputs[0].source, Path(real.ledger.url).name) == (
        "real",
        "seeds",
        "ledger.sqlite",
    )


def test_named_examples_are_a_demo_and_anything_else_is_real(clone: Path) -> None:
    invented = clone / "examples" / "a.txt"
    other = clone / "other.txt"
    for path in (invented, other):
        path.write_text("x", encoding="utf-8")
    assert jobs.job_for([invented], Declared(), None).mode == "demo"
    assert jobs.job_for([invented, other], Declared(), None).mode == "real"


def test_nothing_to_read_is_said_in_a_sentence(clone: Path) -> None:
    with pytest.raises(jobs.NothingToRead, match="name files or folders"):
        jobs.job_for([], Declared(), None)
    with pytest.raises(jobs.NothingToRead, match="no text in"):
        jobs.job_for([clone / "seeds"], Declared(), None)
