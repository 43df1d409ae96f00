"""What a run leaves in Prefect's page for people: a report, and a table of what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from prefect.artifacts import create_markdown_artifact, create_table_artifact

from digests.items import by_importance, change_label
from flows.settings import language
from storage.ledger import open_ledger
from storage.queries.leading import leading
from tracking.model import ACCUSATIONS
from tracking.words.labels import Lang, label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flows.core import Outcome
    from flows.looking import Look
    from storage.ledger import Ledger

SHOWN = 100
"""Rows of the table: the most important; the log has all."""


def publish(url: str, outcome: Outcome) -> None:
    """Write both artifacts of a run over the ledger at `url`."""
    with open_ledger(url) as ledger:
        changes = publish_changes(ledger, outcome.run)
    create_markdown_artifact(_report(outcome, changes), key="run-report", description="运行报告 · run report")


def publish_changes(ledger: Ledger, run: str) -> int:
    """Write the table of what a run was the first to say, the most important; how many entries in all."""
    found = leading(ledger, by_importance, SHOWN, run=run)
    rows = [_row(entry, language()) for entry in found.entries]
    if rows:
        told = f"变化 · changes: {len(rows)} / {found.total} ({run})"
        create_table_artifact(rows, key="changes", description=told)
    return found.total


def _row(entry: dict[str, Any], lang: Lang) -> dict[str, str]:
    return {
        "change": _word(entry, lang),
        "place": entry["district"],
        "commitment": entry["commitment"]["title"],
        "old": _quote(entry, "old"),
        "new": _quote(entry, "new"),
        "said on": entry["said_on"] or "",
        "id": entry["id"],
    }


def publish_looks(looks: Sequence[Look], failed: Mapping[str, str]) -> None:
    """Write what looks at sources brought: a row a source, and what each fault was."""
    lines = ["| source | listed | texts | faults |", "| --- | --- | --- | --- |"]
    for look in looks:
        texts = ", ".join(f"{state} {count}" for state, count in sorted(look.texts.items()) if count)
        listed = "=" if look.listed is None else look.listed
        lines.append(f"| {look.source} | {listed} | {texts or '-'} | {len(look.faults)} |")
    lines += [f"| {name} | broke off | {why} | |" for name, why in failed.items()]
    faults = [(look.source, *fault) for look in looks for fault in look.faults]
    lines += ["", *(f"- {name} {address}: {state}: {why}" for name, address, state, why in faults[:SHOWN])]
    if len(faults) > SHOWN:
        lines.append(f"- … and {len(faults) - SHOWN} more: `duixian sources`")
    create_markdown_artifact("\n".join(lines), key="sources", description="来源 · sources looked at")


def _word(entry: dict[str, Any], lang: Lang) -> str:
    """The kind of change in a person's word; an accusation that nobody reviewed says so."""
    word = change_label(entry, lang).word
    unseen = entry["change"] in ACCUSATIONS and entry["reviewed"] is None
    return f"{word} ({label('review', 'pending', lang).word})" if unseen else word


def _quote(entry: dict[str, Any], side: str) -> str:
    return next((str(one["quote"]) for one in entry["evidence"] if one["side"] == side), "")


def _report(outcome: Outcome, changes: int) -> str:
    lines = [
        f"# {outcome.run}",
        "",
        "| texts | |",
        "| --- | --- |",
        *(f"| {status} | {count} |" for status, count in sorted(outcome.documents.items())),
        "",
        f"{changes} entries of the change log, {sum(outcome.withdrawn.values())} withdrawn, "
        f"{len(outcome.places)} places.",
    ]
    if outcome.refusals:
        lines += ["", "## Refused or quarantined", ""]
        lines += [f"- `{given}`: {sentence}" for given, sentence in outcome.refusals[:SHOWN]]
        if len(outcome.refusals) > SHOWN:
            lines.append(f"- … and {len(outcome.refusals) - SHOWN} more: `duixian quarantine`")
    return "\n".join(lines)
