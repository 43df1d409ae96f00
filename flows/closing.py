"""What a run ends with: figures and the digest preview, kept while the ledger says the same, so that a run
that brings nothing new need not count and render again."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from flows.home import PACKAGE_ROOT, data_folder
from flows.settings import language
from flows.summary import Summary, summarise
from storage.code_version import code_version
from storage.models import Commit
from storage.queries.counting import Counts, counts

if TYPE_CHECKING:
    from flows.core import Outcome
    from flows.previews import News
    from storage.ledger import Ledger

ROOMS = ("digests", "storage", "tracking")
"""Whose files decide how a ledger is counted and rendered."""


class Ended(NamedTuple):
    """The figures of a run, the path of its preview, and what the last run with news said: None where nothing
    is new."""

    summary: Summary
    preview: Path
    news: News | None


def close(ledger: Ledger, outcome: Outcome) -> Ended:
    """How a run ends; all anew unless nothing differs from when it was last made: the head of the chain, the
    ledger, the language, the program, the preview's own files."""
    memory = data_folder() / "cache" / "last-run.json"
    mark = _mark(ledger)
    # A text that went back to old words makes no commit where nothing followed from either.
    if not outcome.places and (held := _kept(memory, mark)) is not None:
        return Ended(summarise(outcome, held[0]), held[1], None)
    from flows.previews import news_of_last_run, write_news

    news = news_of_last_run(ledger)
    preview = write_news(ledger, news)
    found = counts(ledger)
    _keep(memory, mark, found, preview)
    return Ended(summarise(outcome, found), preview, news)


def _mark(ledger: Ledger) -> str:
    with ledger.reading() as connection:
        head = connection.execute(select(Commit.hash).order_by(Commit.seq.desc()).limit(1)).scalar()
    files = (file for room in ROOMS for file in (PACKAGE_ROOT / room).rglob("*.*"))
    changed = max(file.stat().st_mtime_ns for file in files if file.suffix != ".pyc")
    # Hashed, since an address may hold a password.
    return hashlib.sha256(
        json.dumps([str(ledger.engine.url), ledger.mode, head, language(), code_version(), changed]).encode()
    ).hexdigest()


def _files(preview: Path) -> list[list[int] | None]:
    """Size and time of the preview's files, as they lie there."""
    found: list[list[int] | None] = []
    for path in (preview, preview.with_suffix(".txt")):
        try:
            told = path.stat()
        except OSError:
            found.append(None)
        else:
            found.append([told.st_size, told.st_mtime_ns])
    return found


def _kept(memory: Path, mark: str) -> tuple[Counts, Path] | None:
    try:
        kept = json.loads(memory.read_text(encoding="utf-8"))
        preview = Path(kept["preview"])
        if kept["mark"] != mark or None in kept["files"] or kept["files"] != _files(preview):
            return None
        return Counts(**kept["counts"]), preview
    except (OSError, ValueError, TypeError, KeyError):
        return None  # not there, or written by another version: made anew


def _keep(memory: Path, mark: str, found: Counts, preview: Path) -> None:
    kept = {"mark": mark, "counts": asdict(found), "preview": str(preview), "files": _files(preview)}
    try:
        memory.parent.mkdir(parents=True, exist_ok=True)
        memory.write_text(json.dumps(kept), encoding="utf-8")
    except OSError:
        return  # it only saves time
