"""What a person sees when a run is done: figures, the change log, where things lie, what to type next."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from digests.items import ORDER, by_importance
from flows.cli.log_table import show_log
from flows.cli.out import console
from flows.settings import language
from tracking.words.catalogue import translator
from tracking.words.labels import label, names

if TYPE_CHECKING:
    from flows.closing import Ended
    from flows.jobs import Job
    from flows.summary import Summary
    from storage.ledger import Ledger

SHOWN = 30
"""Entries that a run shows, the most important; the digest preview has more."""

LOOKED_AT = 300
"""Entries among which an example for the next command is looked for."""


def show(ledger: Ledger, job: Job, run: str, ended: Ended) -> None:
    """Print the end of a run: what it was the first to say; the whole log where that is nothing, or where
    several runs said it."""
    from storage.queries.leading import leading

    summary, preview, news = ended
    own = news is not None and news.run == run
    found = news.found if news is not None and own else leading(ledger, by_importance, LOOKED_AT)
    rest = f"{_program()} {'digest preview' if own else 'changes'}{_db(job)}"
    entries = found.entries
    terminal = console()
    terminal.print()
    show_log(ledger, entries, limit=SHOWN, rest=rest, total=found.total)
    for line in _figures(summary, demo=ledger.mode == "demo"):
        terminal.print(line)
    terminal.print()
    for line in _next(job, summary, preview, by_importance(entries)):
        terminal.print(line, soft_wrap=True)


def _figures(summary: Summary, *, demo: bool) -> list[str]:
    lang = language()
    _ = translator(lang)
    news = summary.recorded or summary.withdrawn
    said = _by_kind(summary.recorded, "change") if news else _("nothing new")
    held = f" ({_('in quarantine')}: {summary.quarantined})" if summary.quarantined else ""
    figures = {
        _("this run"): f"{_by_status(summary.read)}; {said}",
        _("texts"): f"{summary.documents}{held}",
        _("statements"): _by_kind(summary.statements, "kind"),
        _("commitments"): str(summary.commitments),
        _("changes"): _by_kind(summary.changes, "change"),
    }
    lines = [f"[bold]{_('Demo: the texts, places and people below are invented.')}[/bold]"] if demo else []
    line = _("{field}: {change}")
    return [
        *lines,
        *(line.format(field=f"[bold]{name}[/bold]", change=told) for name, told in figures.items()),
    ]


def _by_kind(counted: Mapping[str, int], group: str) -> str:
    order = list(ORDER) if group == "change" else names(group)
    shown = [f"{label(group, kind, language()).word} {counted[kind]}" for kind in order if counted.get(kind)]
    return ", ".join(shown) or "0"


def _by_status(read: Mapping[str, int]) -> str:
    _ = translator(language())
    words = {
        "new": _("texts read for the first time"),
        "edited": _("edited texts"),
        "reread": _("texts read again"),
        "unchanged": _("texts known already"),
        "refused": _("refused"),
    }
    return ", ".join(f"{word} {read[status]}" for status, word in words.items() if read.get(status))


def _next(job: Job, summary: Summary, preview: Path, entries: Sequence[Mapping[str, Any]]) -> list[str]:
    """Where things lie, and commands that lead on from here, with arguments that work."""
    _ = translator(language())
    db = _db(job)
    program = _program()
    compared = next(
        (e for e in entries if e["change"] == "changed" and e["edition_from"] != e["edition_to"]), None
    )
    lines = [
        f"{_('ledger')}: {job.ledger.name}",
        f"{_('digest preview')}: {preview}  ({preview.with_suffix('.txt').name})",
        f"{_('next')}:",
        f"  {program} changes{db}",
    ]
    if compared is not None:
        lines.append(f"  {program} show {compared['commitment']['id'][:12]}{db}")
        old, new = compared["edition_from"], compared["edition_to"]
        lines.append(f"  {program} plan {compared['district']} {new} --against {old}{db}")
    if summary.quarantined:
        lines.append(f"  {program} quarantine{db}")
    return [*lines, f"  {program} --help"]


def _db(job: Job) -> str:
    """The option that names the run's ledger, where a command would choose another one."""
    return "" if job.ledger.why in ("settings", "default") else f" --db {job.ledger.name}"


def _program() -> str:
    """How the command is called from here."""
    if shutil.which("duixian") is not None:
        return "duixian"
    return r".venv\Scripts\duixian" if sys.platform == "win32" else ".venv/bin/duixian"
